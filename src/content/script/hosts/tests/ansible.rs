//! Playbooks of Ansible.

use super::{finds, guarded, guards_of, lets_through, reach_of};
use crate::content::script::{Defect, Reach};

const BOOK: &str = "playbooks/wipe.yml";

/// A play whose tasks begin on line 4, with this before them.
fn play(head: &str, tasks: &str) -> String {
    format!("---\n- hosts: db\n{head}  tasks:\n{tasks}\n")
}

const DROP: &str = "    - postgresql_db: {name: app, state: absent}";

#[test]
fn a_playbook_takes_away() {
    for task in [
        DROP,
        "    - community.mysql.mysql_db: {name: shop, state: absent}",
        "    - mysql_db: name=shop state=absent",
        "    - shell: dropdb app",
        "    - ansible.builtin.command: dropdb app",
        "    - command: {argv: [dropdb, app]}",
        "    - command: {cmd: dropdb app}",
        "    - community.postgresql.postgresql_query: {query: DROP TABLE users}",
        "    - community.mongodb.mongodb_shell: {db: shop, eval: db.dropDatabase()}",
        "    - file: {path: /var/lib/mysql, state: absent}",
        "    - file: path=/srv/uploads state=absent",
        "    - s3_bucket: {name: shop, state: absent, force: true}",
        "    - docker_volume: {name: shop, state: absent}",
        "    - docker_compose_v2: {project_src: /srv, state: absent, remove_volumes: true}",
        "    - {shell: 'dropdb {{ item }}', loop: [a, b]}",
        "    - {shell: dropdb app, when: ansible_os_family == 'Debian'}",
    ] {
        finds(BOOK, &play("", task), &[4]);
    }
    finds(
        BOOK,
        &play(
            "",
            "    - name: x\n      block:\n        - shell: |\n            cd /srv\n            dropdb app\n",
        ),
        &[8],
    );
    finds(
        BOOK,
        &play(
            "",
            "    - file: {path: '{{ item }}', state: absent}\n      with_items: [/etc/x, /var/lib/mysql]",
        ),
        &[4],
    );
    assert_eq!(reach_of(BOOK, &play("", DROP), 4), Some(Reach::Task));
}

#[test]
fn what_it_asks_guards() {
    let prompt = "  vars_prompt:\n    - name: sure\n      prompt: Sure?\n";
    let fail = "    - fail: {msg: no}\n      when: sure != 'yes'\n";
    guarded(BOOK, &play(prompt, &format!("{fail}{DROP}")), &[9]);
    guarded(
        BOOK,
        &play(prompt, &format!("    - assert: {{that: [\"sure == 'yes'\"]}}\n{DROP}")),
        &[8],
    );
    guarded(
        BOOK,
        &play(prompt, &format!("    - meta: end_play\n      when: sure != 'yes'\n{DROP}")),
        &[9],
    );
    guarded(BOOK, &play(prompt, &format!("{DROP}\n      when: sure == 'yes'")), &[7]);
    // The play before it ends the book.
    let two = format!("{}- hosts: all\n  tasks:\n{DROP}\n", play(prompt, fail.trim_end()));
    guarded(BOOK, &two, &[11]);
    let pause = "    - pause: {prompt: Sure?}\n      register: typed\n";
    guarded(
        BOOK,
        &play("", &format!("{pause}{DROP}\n      when: typed.user_input == 'yes'")),
        &[6],
    );
    guarded(
        BOOK,
        &play(
            "",
            &format!(
                "{pause}    - fail:\n      when: not typed.user_input | default('') == 'yes'\n{DROP}"
            ),
        ),
        &[8],
    );
}

#[test]
fn what_whoever_runs_it_says_guards() {
    for when in [
        "wipe | default(false) | bool",
        "confirm_wipe is defined",
        "env in ['dev', 'test']",
        "[force | bool, ansible_os_family == 'Debian']",
        "inventory_env != 'production'",
    ] {
        guarded(BOOK, &play("", &format!("{DROP}\n      when: {when}")), &[4]);
    }
    guarded(BOOK, &play("", &format!("{DROP}\n      tags: [never, wipe]")), &[4]);
    guarded(BOOK, &play("  vars: {wipe: false}\n", &format!("{DROP}\n      when: wipe")), &[5]);
    for when in
        ["wipe | default(true)", "ansible_os_family == 'Debian'", "result.rc == 0", "not wipe"]
    {
        finds(BOOK, &play("", &format!("{DROP}\n      when: {when}")), &[4]);
    }
    finds(BOOK, &play("  vars: {wipe: true}\n", &format!("{DROP}\n      when: wipe")), &[5]);
}

#[test]
fn what_stops_nothing_is_no_guard() {
    let pause = "    - pause: {prompt: Press enter}\n";
    let text = play("", &format!("{pause}{DROP}"));
    finds(BOOK, &text, &[5]);
    assert!(guards_of(BOOK, &text, 5).iter().any(|it| it.defect == Some(Defect::AnswerIgnored)));
    for goes_on in ["ignore_errors: true", "failed_when: false"] {
        let fails = format!("    - fail: {{msg: no}}\n      when: not wipe\n      {goes_on}\n");
        finds(BOOK, &play("", &format!("{fails}{DROP}")), &[7]);
    }
}

#[test]
fn what_takes_nothing_away_is_let_through() {
    for task in [
        "    - postgresql_db: {name: app, state: present}",
        "    - mysql_db: {name: test, state: absent}",
        "    - mysql_user: {name: app, state: absent}",
        "    - file: {path: /etc/nginx/sites-enabled/default, state: absent}",
        "    - file: {path: /tmp/data, state: absent}",
        "    - file: {path: /var/lib/mysql, state: directory}",
        "    - shell: rm -rf {{ src_dir }}/build",
        "    - debug: {msg: dropdb app}",
        "    - {shell: dropdb app, args: {creates: /srv/app}}",
        "    - command: dropdb app creates=/srv/app",
        "    - {fail: {msg: no}}\n    - shell: dropdb app",
        "    - {shell: dropdb app, when: false}",
    ] {
        lets_through(BOOK, &play("", task));
    }
    lets_through("roles/db/molecule/default/cleanup.yml", &play("", DROP));
}

#[test]
fn modules_of_clouds_and_of_windows_take_away() {
    let task = |module: &str| format!("- hosts: shop\n  tasks:\n    - {module}\n");
    for module in [
        "k8s: {state: absent, kind: Namespace, name: shop}",
        "community.general.proxmox_kvm: {name: shop, state: absent}",
        "django_manage: {command: flush, app_path: /srv/shop}",
        "filesystem: {fstype: xfs, dev: /dev/sdb, force: true}",
        "community.docker.docker_prune: {volumes: true}",
        "win_shell: Invoke-Sqlcmd -Query 'DROP DATABASE shop'",
    ] {
        finds("playbook.yml", &task(module), &[3]);
    }
    for module in [
        "k8s: {state: absent, kind: ConfigMap, name: shop}",
        "django_manage: {command: migrate, app_path: /srv/shop}",
        "filesystem: {fstype: xfs, dev: /dev/sdb}",
        "win_shell: Get-Date",
    ] {
        lets_through("playbook.yml", &task(module));
    }
}
