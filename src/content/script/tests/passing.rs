//! What a script destroys that is its own, or that passes, and files that only show how something is done.

use super::{guarded, open};
use crate::content::script::GuardKind;

#[test]
fn finds() {
    for (path, text, lines) in [
        ("bin/wipe.sh", "dropdb app\n", &[1][..]),
        ("src/com/example/Wipe.php", "<?php\n$db->exec('DROP TABLE users');\n", &[2]),
        ("debian/postrm", "#!/bin/sh\nrm -rf /var/lib/shop/data\n", &[2]),
        ("db/V2_wipe.php", "<?php\nSchema::drop('users');\n", &[2]),
        // The image has a volume.
        ("up.sh", "docker run -d -v data:/d --name db image\ndocker exec db dropdb app\n", &[2]),
        ("up.sh", "docker exec db dropdb app\n", &[1]),
        ("up.sh", "id=$(./ids.sh web)\naws ec2 terminate-instances --instance-ids $id\n", &[2]),
        ("up.sh", "DATABASE_URL=\"$URL\" python - <<'E'\ndb.drop_all()\nE\n", &[2]),
        ("start.sh", "rm -rf /srv/uploads /srv/data\nln -s /mnt/data /srv/data\n", &[1]),
        (
            "a.go",
            "package main\nfunc main() {\n\tdb.Exec(\"DROP TABLE posts\")\n\tdb.Exec(\"CREATE TABLE IF NOT EXISTS posts (id int)\")\n}\n",
            &[3],
        ),
        ("a.sql", "USE tempdb;\nDROP TABLE users;\nUSE shop;\nDROP TABLE orders;\n", &[4]),
        ("a.sql", "DROP OWNED BY shop CASCADE;\n", &[1]),
        // PostgreSQL drops what is in it as well where it is told to, MySQL always.
        ("a.sql", "DROP SCHEMA shop;\n", &[1]),
        ("a.sql", "DO $$ BEGIN\nCREATE TEMP TABLE b AS SELECT 1;\nDROP TABLE c;\nEND $$;\n", &[3]),
        ("a.sh", "dropdb \"${TEST_DB:-shop}\"\n", &[1]),
        ("a.sh", "psql \"$LATEST_DB\" -c 'DROP TABLE users'\n", &[1]),
        ("a.sh", "psql \"$TEST_USER\" -c 'DROP TABLE users'\n", &[1]),
        ("a.sh", "docker volume rm app_cache app_db\n", &[1]),
        ("a.sh", "docker volume rm $(docker volume ls -q | grep -v app_cache)\n", &[1]),
        ("a.sh", "ts=$(date +%Y)\nrm -r backups/$ts/\n", &[2]),
        ("a.js", "await client.db('latest').dropDatabase();\n", &[1]),
        ("a.sh", "docker volume rm build_pgdata\n", &[1]),
        ("a.sh", "docker volume rm shop_data\n", &[1]),
        ("a.sh", "docker volume rm $(docker volume ls -q | grep -E 'cache|pgdata')\n", &[1]),
        ("a.sh", "psql \"$TEST_DB_HOST\" -c 'DROP TABLE users'\n", &[1]),
        ("a.sh", "kubectl delete ns istio-orders\n", &[1]),
        ("bin/contests", "#!/bin/sh\ndropdb shop\n", &[2]),
        ("db/rollback/wipe.sh", "dropdb shop\n", &[1]),
        ("a.sh", "set -e\nread -p 'Sure? ' answer\nlog_to_file \"$answer\"\ndropdb app\n", &[4]),
    ] {
        let found: Vec<u32> = open(path, text).iter().map(|it| it.0).collect();
        assert_eq!(found, lines, "{path}\n{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("examples/shop/wipe.sh", "dropdb app\n"),
        ("a.sql", "IF SCHEMA_ID('shop') IS NOT NULL\nDROP SCHEMA shop;\nGO\n"),
        ("a.sql", "DO $$ BEGIN\nCREATE TEMP TABLE b AS SELECT 1 FROM a;\nDROP TABLE b;\nEND $$;\n"),
        (
            "a.sql",
            "DO $$ BEGIN IF x THEN\nCREATE TEMP TABLE b AS SELECT 1 FROM a;\nDROP TABLE b;\nEND IF; END $$;\n",
        ),
        ("db/revert/0006_regions.sql", "DROP TABLE regions;\n"),
        ("bin/db-scripts-tests", "#!/bin/sh\ndropdb shop\n"),
        ("a.sh", "dropdb \"$TEST_DB\"\n"),
        ("a.sh", "psql -d $DB_TEMPORARY -c 'DROP SCHEMA x CASCADE'\n"),
        ("a.sh", "psql \"$TEST_DATABASE_URL\" -c 'DROP TABLE users'\n"),
        ("a.sh", "docker volume rm \"$BUILDER_CACHE_VOLUME\"\n"),
        ("a.sh", "docker volume rm app_static app_tmp app_cache\n"),
        ("a.sh", "docker volume rm tmp_data redis_cache_data node_modules_data\n"),
        ("a.sh", "docker volume rm $(docker volume ls -q | grep angular_dist)\n"),
        ("a.sh", "ts=\"$(date +%Y-%m-%d_%H-%M)\"\nmkdir -p backups/$ts\nrm -r backups/$ts/\n"),
        ("a.js", "await client.db('shop_test').dropDatabase();\n"),
        ("a.sh", "mongosh --eval \"db.getSiblingDB('test_setup').users.drop()\"\n"),
        ("example/wipe.sh", "dropdb app\n"),
        ("course/week1/exercises/wipe.sh", "dropdb app\n"),
        ("orm-examples/wipe.sh", "dropdb app\n"),
        ("packer/disk.sh", "mkfs.ext4 -F /dev/nvme1n1\n"),
        ("debian/shop.postrm", "#!/bin/sh\n[ \"$1\" = purge ] && rm -rf /var/lib/shop/data\n"),
        ("app/Upgrade/V2_1_0.php", "<?php\nSchema::drop('visits');\n"),
        ("up.sh", "docker run -d --rm --name db image\ndocker exec -it db dropdb app\n"),
        ("up.sh", "id=$(./boot_instance.sh web)\naws ec2 terminate-instances --instance-ids $id\n"),
        (
            "init.sh",
            "me=$(curl http://169.254.169.254/latest/meta-data/instance-id)\naws ec2 terminate-instances --instance-ids $me\n",
        ),
        (
            "check.sh",
            "db=$(mktemp /tmp/x.XXX)\nDATABASE_URL=\"sqlite:///$db\" python - <<'E'\ndb.drop_all()\nE\n",
        ),
        ("start.sh", "rm -rf /srv/uploads\nln -fs /mnt/uploads /srv/uploads\n"),
        (
            "a.go",
            "package main\nfunc main() {\n\tdb.Exec(\"DROP TABLE posts\")\n\tdb.Exec(\"CREATE TABLE IF NOT EXISTS posts (id int)\")\n\tdb.Exec(\"INSERT INTO posts VALUES (1)\")\n}\n",
        ),
        (
            "load.py",
            "db.execute('DROP TABLE rates')\ndb.execute('CREATE TABLE rates (id int)')\nLoader(table_name='RATES').run(rows)\n",
        ),
        (
            "clear.sh",
            "for db in ~/Library/Preferences/com.apple.Events*; do\n  sqlite3 \"$db\" 'DELETE FROM Event'\ndone\n",
        ),
        ("a.sql", "USE tempdb;\nDROP TABLE users;\n"),
        ("a.sql", "REASSIGN OWNED BY shop TO admin;\nDROP OWNED BY shop;\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}\n{text}");
    }
}

#[test]
fn an_answer_that_is_judged_elsewhere_guards() {
    let text = "set -e\n. lib.sh\nread -p 'Sure? ' answer\ncheck_yes \"$answer\"\ndropdb app\n";
    assert_eq!(guarded("a.sh", text), [(5, GuardKind::Confirmation)]);
    let text = "read -p 'Sure? ' answer\nis_yes \"$answer\" || exit 1\ndropdb app\n";
    assert_eq!(guarded("a.sh", text), [(3, GuardKind::Confirmation)]);
}

#[test]
fn whoever_refuses_to_destroy_thought_of_where_it_must_not_run() {
    let text = |test: &str, said: &str| {
        format!("if {test}; then\n  echo \"{said}\" >&2\n  exit 1\nfi\ndropdb \"$1\"\n")
    };
    let said = "It is in use, refusing to drop it.";
    let in_use = text("git worktree list | grep -q \"$1\"", said);
    assert_eq!(guarded("a.sh", &in_use), [(5, GuardKind::TargetChecked)]);
    assert_eq!(guarded("a.sh", &text("git worktree list | grep -q \"$1\"", "No.")), []);
    assert_eq!(guarded("a.sh", &text("[ -z \"$1\" ]", said)), []);
}
