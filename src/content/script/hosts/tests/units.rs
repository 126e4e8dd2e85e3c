//! Units of systemd, and Taskfiles.

use super::{finds, guarded, lets_through, reach_of};
use crate::content::script::Reach;

#[test]
fn a_service_runs_its_commands_when_it_starts() {
    let unit = |lines: &str| {
        format!(
            "[Unit]\nDescription=dropdb shop\n\n[Service]\nType=oneshot\n{lines}\n\n[Install]\nWantedBy=multi-user.target\n"
        )
    };
    for (line, at) in [
        ("ExecStart=/usr/bin/dropdb shop", 6),
        ("ExecStartPre=-/usr/bin/dropdb shop\nExecStart=/usr/bin/app", 6),
        ("ExecStart=@/usr/bin/dropdb drop shop", 6),
        ("ExecStart=+!/bin/sh -c 'dropdb shop'", 6),
        ("ExecStart=/bin/sh -c \"psql -c 'TRUNCATE users'\"", 6),
        ("ExecStart=/bin/echo a ; /usr/bin/dropdb shop", 6),
        ("ExecStart=/bin/sh -c \\\n  'cd /srv && \\\n# and then\n  dropdb shop'", 9),
        ("ExecStart=|dropdb shop", 6),
        ("ExecStart=/bin/rm -rf %S/mysql", 6),
        ("Environment=\"DIR=/srv/uploads\" A=b\nExecStart=/bin/rm -rf ${DIR}", 7),
        ("ExecStart=/bin/bash -c 'DB=shop; dropdb $$DB'", 6),
        ("ExecStopPost=/usr/bin/dropdb shop", 6),
    ] {
        finds("deploy/reset.service", &unit(line), &[at]);
    }
    let text = unit("ExecStart=/usr/bin/dropdb shop\nExecStop=/usr/bin/dropdb other");
    finds("reset.service", &text, &[6, 7]);
    assert_eq!(reach_of("reset.service", &text, 6), Some(Reach::Start));
    assert_eq!(reach_of("reset.service", &text, 7), Some(Reach::Task));
    finds("app.service.d/wipe.conf", "[Service]\nExecStartPre=/usr/bin/dropdb shop\n", &[2]);
    for line in [
        "ExecStart=/bin/echo dropdb shop",
        "ExecStart=/bin/echo a \\; dropdb shop",
        "# ExecStart=/usr/bin/dropdb shop",
        "ExecStart=/usr/bin/dropdb shop\nExecStart=\nExecStart=/usr/bin/app",
        "ExecStartPre=/bin/rm -rf %t/app /tmp/app",
        "ExecStart=/usr/bin/psql -c 'SELECT 1'",
    ] {
        lets_through("deploy/reset.service", &unit(line));
    }
    lets_through("e2e-reset.service", &unit("ExecStart=/usr/bin/dropdb shop"));
    lets_through("bus.service", "[D-BUS Service]\nExec=/usr/bin/dropdb shop\n");
}

#[test]
fn a_service_may_look_where_it_is_first() {
    let wipe = "ExecStart=/usr/bin/dropdb shop\n";
    guarded(
        "reset.service",
        &format!("[Unit]\nConditionEnvironment=APP_ENV=development\n[Service]\n{wipe}"),
        &[4],
    );
    guarded(
        "reset.service",
        &format!("[Service]\nExecCondition=/bin/sh -c '[ \"$APP_ENV\" = development ]'\n{wipe}"),
        &[3],
    );
    finds(
        "reset.service",
        &format!("[Service]\nExecStartPre=-/bin/sh -c '[ \"$APP_ENV\" = development ]'\n{wipe}"),
        &[3],
    );
}

#[test]
fn broken_units_are_read_as_far_as_they_go() {
    for text in [
        "[Service]\nExecStart=\\\n",
        "[Service]\nExecStart='drop \"a\n",
        "[Service]\nExecStart=; ; drop $ ${ ${A $$ % %% \\\n",
        "[Service\nExecStart=drop\n=\n[]\n[Service]\n=drop\n",
        "\\\n[Service]\\\nExecStart=-@\n# drop",
    ] {
        lets_through("a.service", text);
    }
}

/// A Taskfile with this task, whose first line is the third.
fn tasks(inner: &str) -> String {
    format!("version: '3'\ntasks:\n{inner}")
}

#[test]
fn a_task_runs_its_commands() {
    for (inner, line) in [
        ("  wipe: dropdb shop\n", 3),
        ("  wipe:\n    - dropdb shop\n", 4),
        ("  wipe:\n    cmd: dropdb shop\n", 4),
        ("  wipe:\n    cmds:\n      - echo a\n      - dropdb {{.NAME}}\n", 6),
        ("  wipe:\n    cmds:\n      - cmd: dropdb shop\n        silent: true\n", 5),
        ("  wipe:\n    cmds:\n      - |\n        cd /srv\n        dropdb shop\n", 7),
        ("  wipe:\n    cmds:\n      - defer: dropdb shop\n      - echo a\n", 5),
        ("  wipe:\n    vars: {DIR: /srv/uploads}\n    cmds:\n      - rm -rf {{.DIR}}\n", 6),
        ("  wipe:\n    cmds:\n      - '{{if .A}}dropdb shop{{end}}'\n", 5),
        ("  all:\n    deps: [wipe]\n  wipe:\n    internal: true\n    cmds: [dropdb shop]\n", 7),
        (
            "  all:\n    cmds:\n      - task: wipe\n  wipe:\n    internal: true\n    cmds: [dropdb shop]\n",
            8,
        ),
        (
            "  all:\n    cmds:\n      - task wipe\n  wipe:\n    internal: true\n    cmds: [dropdb shop]\n",
            8,
        ),
    ] {
        for path in
            ["Taskfile.yml", "deploy/taskfile.dist.yaml", "Taskfile_db.yml", ".taskfiles/a.yml"]
        {
            finds(path, &tasks(inner), &[line]);
        }
    }
    let text = tasks("  wipe: dropdb shop\n");
    assert_eq!(reach_of("Taskfile.yml", &text, 3), Some(Reach::Task));
    lets_through("Taskfile.yml", &tasks("  a:\n    internal: true\n    cmds: [dropdb shop]\n"));
    lets_through("Taskfile.yml", &tasks("  a:\n    desc: dropdb shop\n    cmds: [echo dropdb]\n"));
    lets_through("Taskfile.yml", &tasks("  test:reset:\n    cmds: [dropdb shop]\n"));
    lets_through("Taskfile.yml", &tasks("  clean:\n    cmds: ['rm -rf {{.ROOT_DIR}}/dist']\n"));
    lets_through("values.yml", "tasks:\n  wipe: dropdb shop\n");
}

#[test]
fn a_task_asks_where_it_is_told_to() {
    let wipe = "    cmds:\n      - dropdb shop\n";
    for (before, line) in [
        ("  wipe:\n    prompt: Sure?\n", 6),
        ("  wipe:\n    prompt: [Sure?, Really?]\n", 6),
        ("  wipe:\n    preconditions:\n      - '[ \"$APP_ENV\" = development ]'\n", 7),
        ("  wipe:\n    preconditions:\n      - sh: test \"{{.ENV}}\" = dev\n        msg: no\n", 8),
        ("  wipe:\n    requires:\n      vars: [{name: ENV, enum: [dev, test]}]\n", 7),
        ("  wipe:\n    if: '[ \"$APP_ENV\" = development ]'\n", 6),
        (
            "  sure:\n    internal: true\n    cmds: ['read a; [ \"$a\" = y ]']\n  wipe:\n    deps: [sure]\n",
            9,
        ),
    ] {
        guarded("Taskfile.yml", &tasks(&format!("{before}{wipe}")), &[line]);
    }
    for (before, line) in [
        ("  wipe:\n    prompt: ''\n", 6),
        ("  wipe:\n    requires: {vars: [NAME]}\n", 6),
        ("  wipe:\n    requires:\n      vars: [{name: ENV, enum: [dev, prod]}]\n", 7),
        ("  wipe:\n    ignore_error: true\n    preconditions: ['true']\n", 7),
    ] {
        finds("Taskfile.yml", &tasks(&format!("{before}{wipe}")), &[line]);
    }
    // Those that it needs run before it asks.
    let needed = "  wipe:\n    prompt: Sure?\n    deps: [drop]\n  drop:\n    internal: true\n    cmds: [dropdb shop]\n";
    finds("Taskfile.yml", &tasks(needed), &[8]);
    let only = "  wipe:\n    cmds:\n      - cmd: dropdb shop\n        if: '[ \"$APP_ENV\" = development ]'\n      - dropdb other\n";
    assert_eq!(super::said("Taskfile.yml", &tasks(only)), (vec![7], vec![5]));
}

#[test]
fn broken_taskfiles_are_read_as_far_as_they_go() {
    let deferred: String = (0..5_000).map(|n| format!("      - defer: echo {n}\n")).collect();
    for inner in [
        "  a: {cmds: {drop: b}}\n".to_owned(),
        "  a:\n    deps: [a]\n    cmds: [{task: a}, {}, {cmd: {}}, {defer: {task: a}}]\n"
            .to_owned(),
        "  a:\n    cmds: ['{{', '}}', '{{.}}drop', '{{.A | default}}']\n".to_owned(),
        format!("  a:\n    cmds:\n{deferred}"),
    ] {
        lets_through("Taskfile.yml", &tasks(&format!("{inner}  # drop\n")));
    }
}
