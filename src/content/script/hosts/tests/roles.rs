//! Tasks of roles of Ansible, and scripts in maps of Kubernetes.

use super::{finds, guarded, lets_through};

const TASKS: &str = "roles/db/tasks/main.yml";

#[test]
fn the_tasks_of_a_role_take_away() {
    for task in [
        "- name: x\n  shell: dropdb app",
        "- name: x\n  ansible.builtin.command: {cmd: dropdb app}",
        "- name: x\n  command: {argv: [dropdb, app]}",
        "- name: x\n  local_action: command dropdb app",
        "- name: x\n  action: postgresql_db name=app state=absent",
        "- name: x\n  local_action: {module: mysql_db, name: app, state: absent}",
        "- name: x\n  become: true\n  file: {path: /var/lib/mysql, state: absent}".trim(),
    ] {
        let line = u32::from(task.contains("become")) + 2;
        finds(TASKS, &format!("{task}\n"), &[line]);
    }
    let handlers = "---\n# gone\n- name: wipe\n  shell: |\n    cd /srv\n    dropdb app\n";
    finds("roles/db/handlers/main.yml", handlers, &[6]);
    finds(TASKS, "- block:\n    - shell: dropdb app\n  rescue:\n    - debug: {msg: no}\n", &[2]);
    // What the module reads is no shell, and its lines are one command.
    lets_through(TASKS, "- command: |\n    docker run\n    --cap-drop=ALL\n    app\n");
}

#[test]
fn what_is_no_list_of_tasks_is_let_through() {
    lets_through("bots.yml", "- name: x\n  command: dropdb app\n  help: drops all\n");
    lets_through("all.yml", "- command\n- shell: dropdb app\n");
    lets_through("all.yml", "tasks:\n  - shell: dropdb app\n");
}

#[test]
fn whoever_uses_a_role_asks_for_it() {
    let drop = "- postgresql_db: {name: '{{ item.name }}', state: absent}\n";
    let when = |it: &str| format!("{drop}  loop: '{{{{ databases }}}}'\n  when: {it}\n");
    guarded(TASKS, &when("item.state == 'absent'"), &[1]);
    guarded(TASKS, &when("item.state | default('present') == 'absent'"), &[1]);
    guarded(TASKS, &when("(db_state == 'absent')"), &[1]);
    guarded(TASKS, &when("db_reset | default(false) | bool"), &[1]);
    finds(TASKS, &when("db_installed.changed"), &[1]);
    let written =
        format!("{drop}  loop: [{{name: a, state: absent}}]\n  when: item.state == 'absent'\n");
    finds(TASKS, &written, &[1]);
    guarded(TASKS, "- shell: dropdb app\n  tags: [never, wipe]\n", &[1]);
    // Files that others take in are there for when something is to be absent.
    let gone = "- file: {path: /var/lib/mysql, state: absent}\n";
    lets_through("roles/db/tasks/uninstall.yml", gone);
    finds("roles/db/tasks/wipe.yml", gone, &[1]);
    finds(TASKS, gone, &[1]);
    lets_through(TASKS, "- file: {path: '{{ data_dir }}/{{ item.name }}', state: absent}\n");
}

#[test]
fn an_answer_is_taken_in_several_ways() {
    let ask = "- hosts: db\n  tasks:\n    - pause: {prompt: Sure?}\n      register: it\n";
    let fail = |when: &str| {
        format!("{ask}    - fail: {{msg: no}}\n      when: {when}\n    - shell: dropdb app\n")
    };
    guarded("a.yml", &fail("not (it.user_input | bool)"), &[7]);
    guarded("a.yml", &fail("it.user_input is not match('yes')").replace("is not", "is not "), &[7]);
    finds("a.yml", &fail("it.user_input | bool"), &[7]);
    let when = |it: &str| format!("{ask}    - shell: dropdb app\n      when: {it}\n");
    guarded("a.yml", &when("it.user_input is match('^(y|yes)$')"), &[5]);
    guarded("a.yml", &when("(it.user_input is match('yes'))"), &[5]);
    finds("a.yml", &when("it.user_input != 'yes'"), &[5]);
}

/// A map with this script under this name.
fn map(name: &str, script: &str) -> String {
    let script: String = script.lines().map(|it| format!("    {it}\n")).collect();
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: jobs\ndata:\n  {name}: |\n{script}"
    )
}

#[test]
fn a_map_holds_scripts() {
    finds("k8s/map.yaml", &map("reset.sh", "#!/bin/sh\ndropdb shop"), &[8]);
    finds("k8s/map.yaml", &map("reset", "#!/bin/sh\ndropdb shop"), &[8]);
    finds("k8s/map.yaml", &map("wipe.sql", "SELECT 1;\nDROP TABLE users;"), &[8]);
    finds("k8s/map.yaml", &map("a.py", "import shutil\nshutil.rmtree('/srv/uploads')"), &[8]);
    guarded(
        "k8s/map.yaml",
        &map("a.sh", "read -p 'Sure? ' a\n[ \"$a\" = yes ] || exit 1\ndropdb shop"),
        &[9],
    );
    let secret = map("reset.sh", "dropdb shop").replace("ConfigMap", "Secret");
    finds("k8s/map.yaml", &secret.replace("data:", "stringData:"), &[7]);
    lets_through("k8s/map.yaml", &map("notes.txt", "dropdb shop"));
    // An image of a database runs it where there is none yet.
    lets_through("k8s/map.yaml", &map("init.sql", "DROP DATABASE shop;"));
    let init = map("a.sql", "DROP DATABASE shop;").replace("name: jobs", "name: db-init");
    lets_through("k8s/map.yaml", &init);
    finds("chart/map.yaml", &map("reset.sh", "dropdb {{ .Values.db }}"), &[7]);
    lets_through(
        "chart/map.yaml",
        &map("reset.sh", "{{- if .Values.on }}\ndropdb shop\n{{- end }}"),
    );
}

#[test]
fn what_is_started_runs_its_containers() {
    let text = "kind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      initContainers:\n        - command: [sh, -c, dropdb shop]\n      containers:\n        - lifecycle:\n            preStop:\n              exec:\n                command: [sh, -c, redis-cli -h cache FLUSHALL]\n";
    finds("k8s/app.yaml", text, &[8, 13]);
    lets_through("k8s/app.yaml", &text.replace("Deployment", "Service"));
    let job = "kind: Job\nspec:\n  template:\n    spec:\n      containers:\n        - command: [/bin/sh]\n          args: [-c, dropdb shop]\n";
    finds("k8s/job.yaml", job, &[7]);
    let inner: String = job.lines().map(|it| format!("    {it}\n")).collect();
    let listed = format!("kind: List\nitems:\n  -\n{inner}");
    finds("k8s/job.yaml", &listed, &[10]);
    let book = "- hosts: db\n  tasks:\n    - debug: {msg: a}\n  handlers:\n    - name: b\n      shell: dropdb shop\n";
    finds("wipe.yml", book, &[6]);
}

#[test]
fn a_crontab_may_name_the_user() {
    finds(
        "crontab",
        "0 3 * * * root dropdb shop\n@daily postgres psql -c 'DROP TABLE users'\n",
        &[1, 2],
    );
    finds("crontab", "0 3 * * * dropdb shop\n0 4 * * * redis-cli -h cache FLUSHALL\n", &[1, 2]);
    guarded("crontab", "0 3 * * * root [ \"$RESET\" = yes ] && dropdb shop\n", &[1]);
}
