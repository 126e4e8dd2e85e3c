//! Shapes of the shell, of makefiles and playbooks, and what stops in any language; the scripts here are invented.

use crate::content::script::model::GuardKind;
use crate::content::script::tests::{guarded, open};

#[test]
fn finds() {
    for (path, text, found) in [
        ("a.sh", "kubectl delete -n shop pvc data\n", (1, "sh.kubectl")),
        ("a.sh", "weka s3 bucket destroy shop -f\n", (1, "sh.forced")),
        ("a.sh", "bin/destroy --no-dry-run --force\n", (1, "sh.named.destroy")),
        (
            "a.sh",
            "kubectl get pvc -n app -o name | xargs kubectl delete -n app\n",
            (1, "sh.kubectl"),
        ),
        ("a.sh", "${COMPOSE_CMD:-docker-compose} down -v\n", (1, "sh.docker_volumes")),
        ("a.sh", "CMD=${CMD:-docker-compose}\n$CMD down -v\n", (2, "sh.docker_volumes")),
        (
            "a.sh",
            "ENGINE=$(command -v podman || command -v docker)\n$ENGINE volume rm pgdata\n",
            (2, "sh.docker_volume_rm"),
        ),
        (
            "Makefile",
            "CONTAINER ?= docker\nclean:\n\t$(CONTAINER) volume rm pgdata\n",
            (3, "sh.docker_volume_rm"),
        ),
        ("a.sh", "mkfs.ext4 -F $PART3\n", (1, "sh.dd_mkfs")),
        ("a.sh", "dc() { docker compose exec -T db \"$@\"; }\ndc dropdb app\n", (2, "sh.dropdb")),
        ("a.sh", "D=\"$D DROP TABLE users;\"\npsql -c \"$D\"\n", (1, "sql.drop_table")),
        (
            "a.sh",
            "psql -t <<EOF | psql\nselect 'drop table ' || tablename || ' cascade;' from pg_tables;\nEOF\n",
            (1, "sql.drop_table"),
        ),
        ("a.sh", "aws-vault exec prod -- terraform destroy -auto-approve\n", (1, "sh.terraform")),
        (
            ".github/workflows/a.yml",
            "on: workflow_dispatch\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: sudo apt-get install -y postgresql-client\n      - run: psql \"$DATABASE_URL\" -c \"DROP SCHEMA public CASCADE\"\n        env:\n          DATABASE_URL: ${{ steps.x.outputs.url }}\n",
            (7, "sql.drop_database"),
        ),
        (
            "playbooks/a.yml",
            "- hosts: db\n  tasks:\n    - file: path={{ item }} state=absent\n      with_items: [/var/lib/mysql]\n",
            (3, "ansible.file"),
        ),
        (
            "playbooks/a.yml",
            "- hosts: db\n  tasks:\n    - command: \"{{ item }}\"\n      with_items:\n        - dropdb shop\n",
            (5, "sh.dropdb"),
        ),
        (
            "playbooks/a.yml",
            "- hosts: db\n  tasks:\n    - command:\n        argv: [docker, volume, rm, pgdata]\n",
            (4, "sh.docker_volume_rm"),
        ),
        (
            "playbooks/a.yml",
            "- hosts: db\n  tasks:\n    - docker_compose:\n        state: absent\n        remove_volumes: yes\n",
            (4, "ansible.volume"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("a.sh", "kubectl delete -n shop pod web\n"),
        ("a.sh", "weka s3 bucket destroy shop\n"),
        ("a.sh", "echo destroy -f\n"),
        ("a.sh", "crio wipe -f\n"),
        ("a.sh", "${COMPOSE_CMD:-docker-compose} down\n"),
        ("a.sh", "mkfs.ext4 -F $LOOP3\n"),
        ("a.sh", "gcloud compute firewall-rules delete allow-all -q\n"),
        ("a.sh", "sqlite3 :memory: 'DROP TABLE a'\n"),
        ("a.sh", "DB=$(mktemp)\nsqlite3 \"$DB\" 'DROP TABLE a'\n"),
        ("a.sh", "zfs destroy tank/data@2024-01-01\n"),
        (
            "playbooks/a.yml",
            "- hosts: db\n  tasks:\n    - file: path={{ item }} state=absent\n      with_items: [/tmp/build]\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: sudo apt-get install -y postgresql\n      - run: psql -h localhost -c \"DROP SCHEMA public CASCADE\"\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn knows_what_stops() {
    use GuardKind::{Confirmation, EnvironmentAllowed, EnvironmentDenied, OptIn, TargetChecked};
    for (path, text, line, kind) in [
        (
            "a.sh",
            "read -p 'Delete it? (1: delete; 2: cancel) ' n\nif [ \"$n\" = 1 ]; then\n  dropdb shop\nfi\n",
            3,
            Confirmation,
        ),
        (
            "a.sh",
            "read -p 'Sure? 1/0 ' n\ncase $n in 1) dropdb shop;; 0) exit;; esac\n",
            2,
            Confirmation,
        ),
        (
            "a.sh",
            "read -p '> ' name\nif [ \"$name\" != \"$target\" ]; then exit 1; fi\ndropdb shop\n",
            3,
            Confirmation,
        ),
        (
            "a.sh",
            "whiptail --yesno 'Drop?' 8 40\n[ $? -eq 0 ] || exit 1\ndropdb shop\n",
            3,
            Confirmation,
        ),
        (
            "a.sh",
            "whiptail --yesno 'Drop?' 8 40\n[ $? -ne 0 ] && exit\ndropdb shop\n",
            3,
            Confirmation,
        ),
        (
            "a.sh",
            "if grep -q '^APP_ENV=production' .env; then exit 1; fi\ndropdb shop\n",
            2,
            EnvironmentDenied,
        ),
        (
            "a.sh",
            "APP_ENV=$(grep '^APP_ENV=' .env | cut -d= -f2)\n[ \"$APP_ENV\" = local ] || exit 1\ndropdb shop\n",
            3,
            EnvironmentAllowed,
        ),
        (
            "a.sh",
            "if [ \"$(terraform workspace show)\" != dev ]; then exit 1; fi\nterraform destroy -auto-approve\n",
            2,
            TargetChecked,
        ),
        (
            "a.sh",
            "GO=0\nfor arg; do case $arg in --delete) GO=1;; esac; done\n[ $GO = 1 ] || exit 0\ndropdb shop\n",
            4,
            OptIn,
        ),
        ("Makefile", "include common.mk\ndrop: confirm\n\tdropdb shop\n", 3, Confirmation),
        (
            "lib/tasks/a.rake",
            "task :wipe => [:environment, :ensure_not_production] do\n  User.delete_all\nend\n",
            2,
            EnvironmentDenied,
        ),
        // What asks again until an answer is one of those.
        (
            "a.py",
            "a = None\nwhile a not in ('y', 'n'):\n    a = input('Sure? ')\nif a == 'y':\n    os.system('dropdb shop')\n",
            5,
            Confirmation,
        ),
        (
            "a.js",
            "let a;\nwhile (!['y', 'n'].includes(a)) a = readlineSync.question('Sure? ');\nif (a === 'y') execSync('dropdb shop');\n",
            3,
            Confirmation,
        ),
        // Calls that end the program.
        (
            "a.js",
            "if (!program.opts().confirm) program.error('no');\nexecSync('dropdb shop');\n",
            2,
            OptIn,
        ),
        (
            "app/Console/Commands/Wipe.php",
            "<?php\nclass Wipe extends Command {\n  public function handle() {\n    if (!$this->confirm('Wipe?')) { $this->fail('no'); }\n    User::truncate();\n  }\n}\n",
            5,
            Confirmation,
        ),
    ] {
        assert_eq!(guarded(path, text), [(line, kind)], "{text}");
    }
}

#[test]
fn a_menu_is_no_question() {
    let text =
        "read -p 'What to do? 1) drop 2) seed ' n\ncase $n in 1) dropdb shop;; 2) seed;; esac\n";
    assert_eq!(open("a.sh", text), [(2, "sh.dropdb")]);
    assert_eq!(guarded("a.sh", text), []);
}

#[test]
fn a_step_of_another_language_knows_the_variables_around_it() {
    let steps = |shell: &str, asks: &str| {
        format!(
            "on:\n  workflow_dispatch:\n    inputs:\n      sure: {{required: true, type: string}}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    env:\n      Sure: ${{{{ inputs.sure }}}}\n    steps:\n      - shell: {shell}\n        run: |\n          {asks}\n      - run: heroku pg:reset --confirm shop\n"
        )
    };
    let path = ".github/workflows/a.yml";
    for (shell, asks) in [
        ("pwsh", "if ($env:SURE -ne 'shop') { throw \"no\" }"),
        ("pwsh", "if ($env:Sure -ne 'shop') { exit 1 }"),
        ("python", "import os; assert os.environ['Sure'] == 'shop'"),
        ("bash", "[ \"$Sure\" = shop ] || exit 1"),
    ] {
        let text = steps(shell, asks);
        assert_eq!(guarded(path, &text), [(14, GuardKind::Confirmation)], "{text}");
    }
    for asks in ["if ($env:OTHER -ne 'shop') { echo no }", "echo $env:SURE"] {
        assert_eq!(open(path, &steps("pwsh", asks)), [(14, "sh.heroku")], "{asks}");
    }
}

#[test]
fn what_only_handles_a_file_of_sql_runs_nothing_of_it() {
    for line in [
        "rm -f drop_tables.sql",
        "cp sql/drop_tables.sql /tmp/",
        "[ -f drop_tables.sql ] || exit 1",
    ] {
        assert_eq!(open("bin/reset-db.sh", &format!("{line}\n")), [], "{line}");
    }
    for line in ["Test-Path 'sql/drop_tables.sql'", "Set-Content -Path drop_tables.sql -Value $sql"]
    {
        assert_eq!(open("bin/reset-db.ps1", &format!("{line}\n")), [], "{line}");
    }
    let run = "./run-psql.sh -f sql/drop_tables.sql\n";
    assert_eq!(open("bin/reset-db.sh", run), [(1, "sh.named")]);
}

#[test]
fn a_here_document_that_nothing_reads_is_a_note() {
    let notes = "<<NOTES\nUsed to be:\n\trm -rf data\nNOTES\n";
    assert_eq!(open("a.sh", notes), []);
    let asked = format!(
        "{notes}read -p 'Sure? ' -r\nif [[ $REPLY =~ ^[Yy]$ ]]; then echo ok\nelse exit 1; fi\ndropdb shop\n"
    );
    assert_eq!(guarded("a.sh", &asked), [(8, GuardKind::Confirmation)]);
    assert_eq!(open("a.sh", &format!("{notes}dropdb shop\n")), [(5, "sh.dropdb")]);
    assert_eq!(open("a.sh", "bash <<RUN\ndropdb shop\nRUN\n"), [(2, "sh.dropdb")]);
}

#[test]
fn what_stands_right_behind_a_word_is_a_part_of_it() {
    for (text, found) in [
        ("N=app\nrm -f $DIR/$N.sqlite3\n", (2, "sh.rm")),
        ("N=uploads\nrm -rf /srv/$N $DIR/$N/x\n", (2, "sh.rm")),
        ("N=drop_db\n$DIR/$N.sh\n", (2, "sh.named")),
        ("mysql shop < $DIR/$N.dump\n", (1, "sh.restore")),
    ] {
        assert_eq!(open("a.sh", text), [found], "{text}");
    }
    for text in ["N=cache\nrm -rf $DIR/$N.db.d\n", "rm -rf $TMP/$N.d\n", "N=app\necho $DIR/$N.db\n"]
    {
        assert_eq!(open("a.sh", text), [], "{text}");
    }
}
