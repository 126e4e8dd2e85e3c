//! What lessens or shows the damage, and what only seems to.

use super::{defects, script};
use crate::content::script::{Defect, GuardKind};

/// What supports the last operation.
fn supports(path: &str, text: &str) -> Vec<GuardKind> {
    let operations = script(path, text).map(|it| it.operations).unwrap_or_default();
    let guards = operations.last().map(|it| it.guards.clone()).unwrap_or_default();
    guards.iter().filter(|it| it.defect.is_none()).map(|it| it.kind).collect()
}

#[test]
fn python_has_support() {
    for (text, kind) in [
        ("print(User.objects.count())\ndb.drop_all()\n", GuardKind::CountShown),
        ("cursor.execute('SELECT count(*) FROM users')\ndb.drop_all()\n", GuardKind::CountShown),
        ("subprocess.run(['pg_dump', 'app'])\ndb.drop_all()\n", GuardKind::Backup),
        ("os.system('pg_dump app | gzip > a.gz')\ndb.drop_all()\n", GuardKind::Backup),
        ("shutil.copy('app.db', 'old.db')\ndb.drop_all()\n", GuardKind::Backup),
        ("rds.create_db_snapshot(DBInstanceIdentifier='a')\ndb.drop_all()\n", GuardKind::Backup),
        ("def backup():\n    dump(rows)\nbackup()\ndb.drop_all()\n", GuardKind::Backup),
        ("with transaction.atomic():\n    db.drop_all()\n", GuardKind::Transaction),
        ("with session.begin():\n    db.drop_all()\n", GuardKind::Transaction),
        ("@transaction.atomic\ndef run():\n    db.drop_all()\nrun()\n", GuardKind::Transaction),
        ("cursor.execute('BEGIN')\ncursor.execute('DELETE FROM users')\n", GuardKind::Transaction),
        ("audit_log('drops all')\ndb.drop_all()\n", GuardKind::AuditLog),
        ("AuditLog.objects.create(what='all')\ndb.drop_all()\n", GuardKind::AuditLog),
        ("c.execute('INSERT INTO audit VALUES (1)')\ndb.drop_all()\n", GuardKind::AuditLog),
    ] {
        assert_eq!(supports("scripts/a.py", text), [kind], "{text}");
    }
}

#[test]
fn python_has_none() {
    for text in [
        "logger.info('drops all')\ndb.drop_all()\n",
        "'banana'.count('a')\ndb.drop_all()\n",
        "shutil.copy('backup.db', 'app.db')\ndb.drop_all()\n",
        "restore_backup()\ndb.drop_all()\n",
        "if keep:\n    backup()\ndb.drop_all()\n",
        "with transaction.atomic():\n    pass\ndb.drop_all()\n",
        "session.begin()\nsession.commit()\ndb.drop_all()\n",
        "@transaction.atomic()\ndef other():\n    pass\ndb.drop_all()\n",
    ] {
        assert_eq!(supports("scripts/a.py", text), [], "{text}");
    }
}

#[test]
fn shell_and_sql_have_support() {
    for (path, text, kinds) in [
        ("a.sh", "pg_dump app > a.sql\ndropdb app\n", &[GuardKind::Backup][..]),
        ("a.sh", "pg_dump app | gzip > a.gz\ndropdb app\n", &[GuardKind::Backup]),
        ("a.sh", "cp app.db app.db.bak\nrm -f app.db\n", &[GuardKind::Backup]),
        ("a.sh", "sqlite3 app.db '.backup b.db'\ndropdb app\n", &[GuardKind::Backup]),
        ("a.sh", "aws rds create-db-snapshot --x y\ndropdb app\n", &[GuardKind::Backup]),
        ("a.sh", "gcloud sql backups create --instance=a\ndropdb app\n", &[GuardKind::Backup]),
        ("a.sh", "az snapshot create -n a\ndropdb app\n", &[GuardKind::Backup]),
        ("a.sh", "restic backup /srv\ndropdb app\n", &[GuardKind::Backup]),
        ("a.sh", "n=$(psql -c 'SELECT count(*) FROM a')\ndropdb app\n", &[GuardKind::CountShown]),
        ("a.sh", "ls | wc -l\ndropdb app\n", &[GuardKind::CountShown]),
        ("a.sh", "mysqlshow --count app\ndropdb app\n", &[GuardKind::CountShown]),
        ("a.sh", "audit_log wipe\ndropdb app\n", &[GuardKind::AuditLog]),
        ("a.sh", "borg delete x\ndropdb app\n", &[]),
        ("a.sh", "cp app.db.bak app.db\ndropdb app\n", &[]),
        ("a.sh", "pg_dump other | psql third\ndropdb app\n", &[]),
        ("a.sql", "BEGIN;\nDELETE FROM a;\nCOMMIT;\n", &[GuardKind::Transaction]),
        ("a.sql", "BEGIN;\nSELECT 1;\nCOMMIT;\nDELETE FROM a;\n", &[]),
        ("a.sql", "INSERT INTO audit_log VALUES (1);\nDELETE FROM a;\n", &[GuardKind::AuditLog]),
        ("a.sql", "SELECT count(*) FROM a;\nDELETE FROM a;\n", &[GuardKind::CountShown]),
    ] {
        assert_eq!(supports(path, text), kinds, "{text}");
    }
}

#[test]
fn a_backup_after_the_operation_is_too_late() {
    for (path, text) in [
        ("a.py", "db.drop_all()\nsubprocess.run(['pg_dump', 'app'])\n"),
        ("a.py", "db.drop_all()\nmake_backup()\n"),
        ("a.sh", "dropdb app\npg_dump app > a.sql\n"),
    ] {
        assert_eq!(defects(path, text), [Defect::TooLate], "{text}");
    }
    for (path, text) in [
        ("a.sh", "pg_dump app > a.sql\ndropdb app\npg_dump app > b.sql\n"),
        ("a.sh", "dropdb app\ncreatedb app\npg_dump other | psql app\n"),
        ("a.py", "db.drop_all()\nrestore_backup()\n"),
    ] {
        assert_eq!(defects(path, text), [], "{text}");
    }
}

#[test]
fn a_strong_guard_on_one_way_is_named_beside_a_backup_on_the_other() {
    let text = "if ask:\n    if input('? ') != 'y':\n        sys.exit()\nelse:\n    backup()\ndb.drop_all()\n";
    assert_eq!(defects("scripts/a.py", text), [Defect::NotOnEveryWay]);
}

#[test]
fn a_comment_that_only_warns_is_named_where_nothing_stops() {
    for (path, text) in [
        ("a.py", "\"\"\"Dev only.\"\"\"\ndb.drop_all()\n"),
        ("a.py", "db.drop_all()  # do not run in production\n"),
        ("a.sh", "# development only\ndropdb app\n"),
        ("a.sql", "-- never run in production\nTRUNCATE users;\n"),
    ] {
        assert_eq!(defects(path, text), [Defect::StopsNothing], "{text}");
    }
    let checked = "# dev only\nassert settings.DEBUG\ndb.drop_all()\n";
    assert_eq!(defects("scripts/a.py", checked), []);
    let far =
        format!("{}# dev only\n{}db.drop_all()\n", "x = 1\n".repeat(30), "x = 1\n".repeat(30));
    assert_eq!(defects("scripts/a.py", &far), []);
}
