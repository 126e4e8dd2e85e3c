//! The shell.

use super::{defects, guarded, open, script};
use crate::content::script::{Defect, GuardKind};

#[test]
fn finds() {
    for (text, found) in [
        ("dropdb app\n", &[(1, "sh.dropdb")][..]),
        ("sudo -u postgres dropdb app\n", &[(1, "sh.dropdb")]),
        ("psql -c 'DROP SCHEMA public CASCADE'\n", &[(1, "sql.drop_database")]),
        ("psql <<EOF\nSELECT 1;\nTRUNCATE users;\nEOF\n", &[(3, "sql.truncate")]),
        ("echo 'DROP DATABASE app' | mysql -u root\n", &[(1, "sql.drop_database")]),
        (
            "docker compose exec -T db bash -lc \"psql -c 'TRUNCATE users'\"\n",
            &[(1, "sql.truncate")],
        ),
        ("ssh deploy@host 'dropdb app'\n", &[(1, "sh.dropdb")]),
        ("ssh_exec host 'dropdb app'\n", &[(1, "sh.dropdb")]),
        ("sudo -iu postgres psql -c 'DROP DATABASE app'\n", &[(1, "sql.drop_database")]),
        ("snow sql -q 'DROP DATABASE app'\n", &[(1, "sql.drop_database")]),
        (
            "mongosh app --eval 'db.dropDatabase()' && redis-cli FLUSHALL\n",
            &[(1, "js.mongoose"), (1, "sh.redis")],
        ),
        ("python manage.py flush --no-input\n", &[(1, "sh.django")]),
        ("echo yes | ./manage.py reset_db\n", &[(1, "sh.django")]),
        ("DISABLE_DATABASE_ENVIRONMENT_CHECK=1 bundle exec rails db:drop\n", &[(1, "sh.rails")]),
        ("php artisan migrate:fresh --force\n", &[(1, "sh.laravel")]),
        ("npx prisma migrate reset --force\n", &[(1, "sh.prisma")]),
        ("terraform destroy -auto-approve\n", &[(1, "sh.terraform")]),
        ("az group delete \\\n  --name rg \\\n  --yes\n", &[(1, "sh.az")]),
        ("aws s3 rm s3://bucket --recursive\n", &[(1, "sh.aws.s3")]),
        ("kubectl delete namespace prod\n", &[(1, "sh.kubectl")]),
        ("docker compose down -v\n", &[(1, "sh.docker_compose_volumes")]),
        ("rm -rf /var/lib/postgresql/data\n", &[(1, "sh.rm")]),
        ("rm -f instance/app.sqlite3\n", &[(1, "sh.rm")]),
        ("rm -rf \"$DIR/\"*\n", &[(1, "sh.rm")]),
        ("find uploads -type f -delete\n", &[(1, "sh.find_delete")]),
        ("run() {\n  \"$@\"\n}\nrun dropdb app\n", &[(4, "sh.dropdb")]),
        ("CMD=(dropdb app)\n\"${CMD[@]}\"\n", &[(1, "sh.dropdb")]),
        (
            "python3 - <<'PY'\nfrom app import db\ndb.drop_all()\nPY\n",
            &[(3, "py.sqlalchemy.drop_all")],
        ),
        (
            "python3 - <<'PY'\ndef wipe():\n    db.drop_all()\nwipe()\nPY\n",
            &[(3, "py.sqlalchemy.drop_all")],
        ),
        ("bash -c 'wipe() { dropdb app; }; wipe'\n", &[(1, "sh.dropdb")]),
        ("borg delete repo\n", &[(1, "sh.backup")]),
        ("git push --mirror other\n", &[(1, "sh.git_history")]),
    ] {
        assert_eq!(open("scripts/a.sh", text), found, "{text}");
    }
}

#[test]
fn lets_through() {
    for text in [
        "# dropdb app\n",
        "echo 'dropdb app'\n",
        "cat <<EOF\ndropdb app\nEOF\n",
        "wipe() {\n  dropdb app\n}\n",
        "rm -rf build node_modules \"$TMPDIR/x\" /tmp/y\n",
        "rm -rf \"${DIR:?}/\"*\n",
        "dir=$(mktemp -d)\nrm -rf \"$dir/\"*\n",
        "find backups -name '*.gz' -mtime +30 -delete\n",
        "psql -c 'SELECT 1'\ngrep DROP dump.sql\n",
        "terraform destroy\naz group delete --name rg\n",
        "dropdb app_test\nexit 0\ndropdb app\n",
        "docker volume create v\ndocker volume rm v\n",
        "docker compose -f docker-compose.test.yml down -v\n",
        "git push --force-with-lease origin main\n",
    ] {
        assert_eq!(open("scripts/a.sh", text), [], "{text}");
    }
}

#[test]
fn knows_guards() {
    for (text, kind) in [
        (
            "read -p 'Sure? ' answer\nif [ \"$answer\" != yes ]; then\n  exit 1\nfi\ndropdb app\n",
            GuardKind::Confirmation,
        ),
        (
            "read -p 'Sure? ' -n 1 -r\nif [[ ! $REPLY =~ ^[Yy]$ ]]; then exit 1; fi\ndropdb app\n",
            GuardKind::Confirmation,
        ),
        ("read -r a\n[ \"$a\" = yes ] || exit 1\ndropdb app\n", GuardKind::Confirmation),
        ("read -r a\n[[ $a == y* ]] && dropdb app\n", GuardKind::Confirmation),
        (
            "read -r a\ncase \"$a\" in\n  [Yy]*) ;;\n  *) exit 1 ;;\nesac\ndropdb app\n",
            GuardKind::Confirmation,
        ),
        (
            "confirm() {\n  read -r a\n  [ \"$a\" = y ]\n}\nconfirm || exit 1\ndropdb app\n",
            GuardKind::Confirmation,
        ),
        (
            "set -e\nconfirm() {\n  read -r a\n  [ \"$a\" = y ]\n}\nconfirm\ndropdb app\n",
            GuardKind::Confirmation,
        ),
        ("gum confirm 'Sure?' || exit 1\ndropdb app\n", GuardKind::Confirmation),
        (
            "if [ \"$APP_ENV\" != development ]; then exit 1; fi\ndropdb app\n",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "if [ \"$APP_ENV\" = production ]; then exit 1; fi\ndropdb app\n",
            GuardKind::EnvironmentDenied,
        ),
        (
            "if [[ \"$DATABASE_URL\" != *localhost* ]]; then exit 1; fi\ndropdb app\n",
            GuardKind::TargetChecked,
        ),
        ("if [ \"$1\" = --force ]; then\n  dropdb app\nfi\n", GuardKind::OptIn),
        (
            "FORCE=0\nfor a in \"$@\"; do\n  case \"$a\" in --yes) FORCE=1 ;; esac\ndone\nif [ $FORCE -eq 1 ]; then\n  dropdb app\nfi\n",
            GuardKind::OptIn,
        ),
        ("[ \"${DESTROY:-}\" = true ] || exit 0\ndropdb app\n", GuardKind::OptIn),
    ] {
        assert_eq!(open("scripts/a.sh", text), [], "{text}");
        let kinds: Vec<GuardKind> =
            guarded("scripts/a.sh", text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [kind], "{text}");
    }
}

#[test]
fn bash_goes_on_behind_a_return_outside_of_functions() {
    let of = |first: &str, rest: &str| format!("{first}\n{rest}dropdb app\n");
    let check = "[ \"$APP_ENV\" = development ]";
    for (first, rest) in [
        ("#!/bin/bash", format!("{check} || return 1\n")),
        ("#!/usr/bin/env bash", format!("{check} || {{ echo no; return 1; }}\n")),
        ("#!/bin/bash", format!("if ! {check}; then\n  echo no\n  return 1\nfi\n")),
        ("#!/bin/bash", format!("{check} || continue\n")),
        ("#!/bin/sh", format!("{check} || break\n")),
        ("", format!("if ! {check}; then break; fi\n")),
    ] {
        let text = of(first, &rest);
        assert_eq!(open("a.sh", &text).len(), 1, "{text}");
        let ends_well = rest.contains("|| continue") || rest.contains("|| break");
        let defect = if ends_well { Defect::NotOnEveryWay } else { Defect::StopsNothing };
        assert_eq!(defects("a.sh", &text), [defect], "{text}");
    }
    for (first, rest) in [
        ("#!/bin/sh", format!("{check} || return 1\n")),
        ("#!/bin/zsh", format!("{check} || return 1\n")),
        // What others read in leaves the file.
        ("# Of a deploy.", format!("{check} || return 1\n")),
        ("#!/bin/bash", format!("{check} || return 1 2>/dev/null || exit 1\n")),
        ("#!/bin/bash -e", format!("{check} || return 1\n")),
        ("#!/bin/bash\nset -e", format!("if ! {check}; then return 1; fi\n")),
        ("#!/bin/bash", format!("f() {{ {check} || return 1; }}\nf || exit 1\n")),
        (
            "#!/bin/bash",
            format!("for it in a b; do\n  {check} || continue\n  dropdb app\ndone\nexit\n"),
        ),
    ] {
        assert_eq!(open("a.sh", &of(first, &rest)), [], "{first} {rest}");
    }
}

#[test]
fn what_stops_only_a_process_of_its_own_is_named() {
    for text in [
        "( [ \"$APP_ENV\" = development ] || exit 1 )\ndropdb app\n",
        "f() ( [ \"$APP_ENV\" = development ] || exit 1 )\nf | cat\nf\ndropdb app\n",
        "check() { [ \"$APP_ENV\" = development ] || exit 1; echo ok; }\nx=$(check)\ndropdb app\n",
        "ls | ( read a; [ \"$APP_ENV\" = test ] || exit 1 )\ndropdb app\n",
        "ls | while read it; do [ \"$APP_ENV\" = test ] || exit 1; done\ndropdb app\n",
        "confirm() { read -r a; [ \"$a\" = yes ]; }\nconfirm\ndropdb app\n",
        "read -r a\n[ \"$a\" = yes ]\ndropdb app\n",
        "[ \"$APP_ENV\" = test ]; \\\n  dropdb app\n",
    ] {
        assert_eq!(open("a.sh", text).len(), 1, "{text}");
        let defects = defects("a.sh", text);
        let is_named = |it: &Defect| matches!(it, Defect::StopsNothing | Defect::NotOnEveryWay);
        assert!(defects.iter().any(is_named), "{text}: {defects:?}");
        assert!(!defects.contains(&Defect::AnswerIgnored), "{text}");
    }
    for text in [
        "( [ \"$APP_ENV\" = development ] || exit 1 ) || exit 1\ndropdb app\n",
        "f() ( [ \"$APP_ENV\" = development ] || exit 1 )\nf || exit 1\ndropdb app\n",
        "set -e\n( [ \"$APP_ENV\" = development ] || exit 1 )\ndropdb app\n",
        "confirm() { read -r a; [ \"$a\" = yes ]; }\nconfirm\n[ $? -eq 0 ] || exit 1\ndropdb app\n",
    ] {
        assert_eq!(open("a.sh", text), [], "{text}");
    }
}

#[test]
fn knows_false_guards() {
    for (text, defect) in [
        ("sleep 5\ndropdb app\n", Defect::OnlyWaits),
        ("read -p 'Press enter'\ndropdb app\n", Defect::AnswerIgnored),
        ("read -r a\n[ \"$a\" = yes ] || (echo no; exit 1)\ndropdb app\n", Defect::StopsNothing),
        ("read -r a\nif [ \"$a\" = y ]; then exit 1; fi\ndropdb app\n", Defect::WrongWayRound),
        ("dropdb app\nread -r a\n[ \"$a\" = y ] || exit 1\n", Defect::TooLate),
        ("if [ -z \"$1\" ]; then exit 1; fi\ndropdb app\n", Defect::OnlyPresence),
        ("if [ \"$APP_ENV\" -eq prod ]; then exit 1; fi\ndropdb app\n", Defect::ComparesNumbers),
        (
            "if [ \"${APP_ENV:-development}\" = development ]; then\n  dropdb app\nfi\n",
            Defect::OpenWhenUnset,
        ),
        (
            "[ \"${APP_ENV:-development}\" != production ] || exit 1\ndropdb app\n",
            Defect::OpenWhenUnset,
        ),
    ] {
        assert_eq!(open("scripts/a.sh", text).len(), 1, "{text}");
        assert!(
            defects("scripts/a.sh", text).contains(&defect),
            "{text}: {:?}",
            defects("scripts/a.sh", text)
        );
    }
}

#[test]
fn a_prompt_that_is_switched_off_is_named() {
    let script = script("a.sh", "terraform destroy -auto-approve\n").unwrap();
    assert_eq!(script.operations[0].prompt_off.as_deref(), Some("-auto-approve"));
}

#[test]
fn a_database_that_is_taken_along_is_found() {
    let script = script("deploy.sh", "git add -f app.db\ngit commit -m x\ngit push azure main\nscp data/app.sqlite3 host:/srv/\nrsync -a b.db host:/srv/\nkubectl cp c.db pod:/data/\nfly ssh sftp put d.db /data/d.db\naz webapp deploy -n shop --src-path e.db\nkubectl cp pod:/data/c.db f.db\ngit add --force -- g.db data/h.sqlite3\nscp i.db host:/srv/i.db\n").unwrap();
    let taken: Vec<(u32, &str, &str)> =
        script.databases_taken_along.iter().map(|it| (it.line, it.by, it.file.as_str())).collect();
    let expected = [
        (1, "git add -f", "app.db"),
        (4, "scp", "data/app.sqlite3"),
        (5, "rsync", "b.db"),
        (6, "kubectl cp", "c.db"),
        (7, "fly sftp put", "d.db"),
        (8, "az webapp deploy", "e.db"),
        (10, "git add -f", "g.db"),
        (10, "git add -f", "data/h.sqlite3"),
        (11, "scp", "i.db"),
    ];
    assert_eq!(taken, expected);
}

#[test]
fn a_flag_that_says_how_much_is_told_asks_for_nothing() {
    for flag in ["-q", "-v", "--quiet", "-h"] {
        let text = format!("[[ \" $* \" == *\" {flag} \"* ]] || exit 1\ndropdb app\n");
        assert_eq!(open("a.sh", &text).len(), 1, "{text}");
    }
}

#[test]
fn a_variable_that_is_empty_is_no_word() {
    for text in [
        "S=\n$S dropdb app\n",
        "RUN=\nif [ \"$1\" = --dry-run ]; then RUN=echo; fi\n$RUN dropdb app\n",
        "RUN=''\n[ -n \"$DRY_RUN\" ] && RUN=echo\n$RUN dropdb app\n",
        "S=\nwhile getopts s o; do\n  case $o in s) S=sudo ;; esac\ndone\n$S dropdb app\n",
    ] {
        let found: Vec<&str> = open("a.sh", text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, ["sh.dropdb"], "{text}");
    }
    for text in [
        "RUN=echo\nif [ \"$1\" = --yes ]; then RUN=; fi\n$RUN dropdb app\n",
        "RUN=echo\n$RUN dropdb app\n",
        "S=\n\"$S\" dropdb app\n",
    ] {
        assert_eq!(open("a.sh", text), [], "{text}");
    }
}

#[test]
fn words_behind_a_file_are_words_of_the_command() {
    assert_eq!(open("a.sh", "aws >/dev/null s3 rb --force s3://shop\n"), [(1, "sh.aws.s3")]);
    let text = "main() {\n[ $# -eq 0 ] || usage\nif [ ! \"$A\" ]\nthen\n  echo >&2 'a'\nfi\nif [ ! \"$B\" ]\nthen\n  exit 1\nfi\ndropdb app\n}\nmain\n";
    assert_eq!(open("a.sh", text), [(11, "sh.dropdb")]);
}

#[test]
fn what_is_set_on_one_way_alone_may_be_unset() {
    let set = "while [ $# -gt 0 ]; do\n  case \"$1\" in --all) ALL=true ;; esac\n  shift\ndone\n";
    let after = format!("{set}if [ \"$ALL\" = true ]; then\n  echo all\nfi\ndropdb app\n");
    assert_eq!(open("a.sh", &after), [(8, "sh.dropdb")]);
    let otherwise = format!("{set}if [ -n \"$ALL\" ]; then\n  echo\nelse\n  dropdb app\nfi\n");
    assert_eq!(open("a.sh", &otherwise), [(8, "sh.dropdb")]);
    let within = format!("{set}if [ \"$ALL\" = true ]; then\n  dropdb app\nfi\n");
    assert_eq!(open("a.sh", &within), []);
}

#[test]
fn finds_what_stands_behind_a_test_for_the_end_of_options() {
    for test in [
        "[ \"$1\" = -- ] && shift",
        "[[ \"$1\" == -- ]] && shift",
        "[ -- = \"$1\" ] || a",
        "[ \"$1\" = a -o \"$1\" = - ] && shift",
        "[ \"$1\" == -- -o \"$1\" = - ] && shift",
        "while [ \"$1\" != -- ] && [ $# -gt 0 ]; do shift; done",
    ] {
        assert_eq!(open("a.sh", &format!("{test}\ndropdb shop\n")), [(2, "sh.dropdb")], "{test}");
    }
}

#[test]
fn a_function_that_gives_back_what_another_command_said_may_end_well() {
    for text in [
        "f() { ping -c1 db; return $?; }\nf || exit 1\ndropdb shop\n",
        "f() {\n  local rc\n  psql -c 'select 1'\n  rc=$?\n  echo\n  return $rc\n}\nset -e\nf\ndropdb shop\n",
        "f() { ping -c1 db; return $?; }\nif ! f; then exit 1; fi\ndropdb shop\n",
        "#!/bin/bash\n(return 0 2>/dev/null) || { echo 'source this file'; exit 1; }\ndropdb shop\n",
    ] {
        assert_eq!(open("a.sh", text).len(), 1, "{text}");
    }
    let read_in = "#!/usr/bin/env bash\nif [ \"${BASH_SOURCE[0]}\" = \"$0\" ]; then exit 1; fi\nif [ \"$APP_ENV\" != test ]; then return 1; fi\ndropdb shop\n";
    assert_eq!(open("a.sh", read_in), []);
}
