//! Python.

use super::{defects, guarded, open};
use crate::content::script::{Defect, GuardKind};

const COMMAND: &str =
    "from django.core.management.base import BaseCommand\nclass Command(BaseCommand):\n";

#[test]
fn finds_what_is_kept_apart() {
    for text in [
        "import shutil\nshutil.rmtree('/srv/shop/scans')\n",
        "import shutil\nshutil.rmtree(r'D:\\scans')\n",
        "import os\nfor it in os.listdir('/mnt/nas/films'): os.remove(os.path.join('/mnt/nas/films', it))\n",
    ] {
        assert_eq!(open("a.py", text).len(), 1, "{text}");
    }
    for text in [
        "import shutil\nshutil.rmtree('/srv/shop/build')\nshutil.rmtree('/opt/tool')\n",
        "import shutil\nshutil.rmtree('C:/Windows/Temp/x')\nshutil.rmtree('D:/results_old')\n",
        "import os\nfor it in os.listdir(folder): os.remove(os.path.join(folder, it))\n",
        "import shutil\nshutil.rmtree(f'/mnt/nas/{old}')\n",
    ] {
        assert_eq!(open("a.py", text), [], "{text}");
    }
}

#[test]
fn finds() {
    for (text, found) in [
        ("db.drop_all()\n", &[(1, "py.sqlalchemy.drop_all")][..]),
        ("Base.metadata.drop_all(bind=engine)\n", &[(1, "py.sqlalchemy.drop_all")]),
        (
            "async def main():\n    await c.run_sync(Base.metadata.drop_all)\nasyncio.run(main())\n",
            &[(2, "py.sqlalchemy.drop_all")],
        ),
        ("session.query(User).delete()\n", &[(1, "py.sqlalchemy.bulk_delete")]),
        ("session.execute(delete(User))\n", &[(1, "py.sqlalchemy.table_delete")]),
        (
            "for it in [t for t in meta.sorted_tables if t.foreign_keys]:\n    db.execute(it.delete())\n",
            &[(2, "py.sqlalchemy.table_delete")],
        ),
        ("query = users.delete()\ndatabase.execute(query)\n", &[(2, "py.sqlalchemy.table_delete")]),
        ("User.objects.all().delete()\n", &[(1, "py.django.qs_delete")]),
        ("for user in User.objects.all():\n    user.delete()\n", &[(2, "py.django.qs_delete")]),
        ("call_command('flush', interactive=False)\n", &[(1, "py.django.call_command")]),
        ("client.drop_database('app')\n", &[(1, "py.pymongo.drop_database")]),
        ("db.users.delete_many({})\n", &[(1, "py.pymongo.delete_many")]),
        ("redis.flushall()\n", &[(1, "py.redis.flush")]),
        ("cursor.execute('DELETE FROM users')\n", &[(1, "sql.delete_all")]),
        ("cursor.execute('DELETE FROM ' + 'users')\n", &[(1, "sql.delete_all")]),
        (
            "for t in tables:\n    cursor.execute(f'DROP TABLE {t} CASCADE')\n",
            &[(2, "sql.drop_table")],
        ),
        (
            "SQL = '''\nSELECT 1;\nTRUNCATE users;\n'''\ncursor.execute(SQL)\n",
            &[(3, "sql.truncate")],
        ),
        ("cursor.execute('TRUNCATE {} CASCADE'.format(name))\n", &[(1, "sql.truncate")]),
        ("cursor.execute('DROP TABLE %s' % name)\n", &[(1, "sql.drop_table")]),
        (
            "for u in session.exec(select(User)):\n    session.delete(u)\n",
            &[(2, "py.sqlalchemy.each")],
        ),
        ("r.execute_command('FLUSHALL')\n", &[(1, "py.redis.flush")]),
        (
            "with connection.schema_editor() as se:\n    se.delete_model(Order)\n",
            &[(2, "py.django.schema")],
        ),
        (
            "for p in db.get_paginator('scan').paginate(TableName=T):\n    for i in p['Items']:\n        db.delete_item(TableName=T, Key={'id': i['id']})\n",
            &[(3, "py.boto3.items")],
        ),
        ("session.run('MATCH ()-[r]-() DELETE r')\n", &[(1, "cypher.detach_delete")]),
        ("es.indices.delete_data_stream(name='logs')\n", &[(1, "py.es.delete")]),
        ("os.system('rmdir /s /q data')\n", &[(1, "cmd.rmdir")]),
        ("User.delete_table()\n", &[(1, "py.peewee")]),
        ("store.vector_store.delete_index()\n", &[(1, "py.vector")]),
        ("os.system('dropdb app')\n", &[(1, "sh.dropdb")]),
        ("subprocess.run(['dropdb', 'app'], check=True)\n", &[(1, "sh.dropdb")]),
        ("shutil.rmtree(UPLOAD_DIR)\n", &[(1, "py.fs.rmtree")]),
        ("os.remove('instance/app.sqlite3')\n", &[(1, "py.fs.remove_db")]),
        ("s3.Bucket('b').objects.all().delete()\n", &[(1, "py.boto3.s3")]),
        ("@click.command()\ndef wipe():\n    db.drop_all()\n", &[(3, "py.sqlalchemy.drop_all")]),
        ("def run():\n    User.objects.all().delete()\n", &[(2, "py.django.qs_delete")]),
        (
            "BASE = os.path.dirname(__file__)\nfor d in ['data', 'uploads']:\n    shutil.rmtree(os.path.join(BASE, d))\n",
            &[(3, "py.fs.rmtree")],
        ),
        ("os.remove(HERE.joinpath('app.sqlite3'))\n", &[(1, "py.fs.remove_db")]),
        (
            "for user in User.query.all():\n    db.session.delete(user)\n",
            &[(2, "py.sqlalchemy.each")],
        ),
        (
            "for table in reversed(metadata.sorted_tables):\n    table.drop(engine)\n",
            &[(2, "py.sqlalchemy.drop_each")],
        ),
        ("await User.all().delete()\n", &[(1, "py.odm.all")]),
        (
            "for name in db.list_collection_names():\n    db[name].drop()\n",
            &[(2, "py.pymongo.drop_each")],
        ),
        (
            "for it in db.collection('users').stream():\n    it.reference.delete()\n",
            &[(2, "py.firestore")],
        ),
        ("r.delete(*r.keys('*'))\n", &[(1, "client.keys")]),
        ("for it in table.all():\n    table.delete(it['id'])\n", &[(2, "py.each")]),
        (
            "for page in s3.get_paginator('x').paginate(Bucket=b):\n    for it in page['Contents']:\n        s3.delete_object(Bucket=b, Key=it['Key'])\n",
            &[(3, "py.boto3.objects")],
        ),
        ("dynamodb.delete_table(TableName=name)\n", &[(1, "py.cloud")]),
        ("for blob in bucket.list_blobs():\n    blob.delete()\n", &[(2, "py.gcs")]),
        ("command.downgrade(config, 'base')\n", &[(1, "py.alembic")]),
        ("from app.db import reset_database\nreset_database()\n", &[(2, "code.helper")]),
        (
            "uploads = Path('a') / 'uploads'\nfor path in uploads.glob('*'):\n    path.unlink()\n",
            &[(3, "py.fs.each")],
        ),
        (
            "for name in os.listdir(UPLOAD_DIR):\n    os.remove(os.path.join(UPLOAD_DIR, name))\n",
            &[(2, "py.fs.each")],
        ),
        (
            "def main():\n    db.drop_all()\nif __name__ == '__main__':\n    main()\n",
            &[(2, "py.sqlalchemy.drop_all")],
        ),
    ] {
        assert_eq!(open("scripts/a.py", text), found, "{text}");
    }
}

#[test]
fn options_by_their_names_and_questions_that_are_shown_are_guards() {
    let options = "import argparse\ndef main(drop=False, path='a'):\n    if drop:\n        db.drop_all()\nparser = argparse.ArgumentParser()\nparser.add_argument('--drop', action='store_true')\n";
    let named = format!("{options}main(**vars(parser.parse_args()))\n");
    assert_eq!(open("a.py", &named), []);
    assert_eq!(guarded("a.py", &named), [(4, GuardKind::OptIn)]);
    for call in ["main(True)\n", "main(drop=True)\n"] {
        assert_eq!(open("a.py", &format!("{options}{call}")).len(), 1, "{call}");
    }
    for (question, kind) in [
        ("inquirer.confirm(message='Sure?').execute()", GuardKind::Confirmation),
        ("aioconsole.ainput('sure? ') == 'yes'", GuardKind::Confirmation),
    ] {
        let text = format!("if {question}:\n    db.drop_all()\n");
        assert_eq!(guarded("a.py", &text), [(2, kind)], "{question}");
    }
    let query = "if cursor.execute():\n    db.drop_all()\n";
    assert_eq!(open("a.py", query).len(), 1);
}

#[test]
fn lets_through() {
    for text in [
        "# db.drop_all()\nx = 'drop'\n",
        "\"\"\"db.drop_all()\"\"\"\n",
        "print('DROP TABLE users')\n",
        "def wipe():\n    db.drop_all()\n",
        "shutil.rmtree(os.path.join(HERE, 'build', 'data'))\n",
        "', '.join(['data', 'uploads'])\nshutil.rmtree(os.path.join(tmp, x))\n",
        "def wipe():\n    db.drop_all()\n# wipe()\n",
        "r.execute_command('GET', 'a')\n",
        "session.run('MATCH (n {id: 1}) DELETE n')\nsession.run('MATCH (n) RETURN n')\n",
        "for p in db.get_paginator('query').paginate(TableName=T):\n    for i in p['Items']:\n        db.delete_item(TableName=T, Key={'id': i['id']})\n",
        "for u in session.exec(select(User).where(User.old)):\n    session.delete(u)\n",
        "os.system('rmdir data')\nos.system('rmdir /s /q build')\n",
        "admin.delete_model(request, it)\n",
        "User.objects.filter(pk=pk).delete()\n",
        "User.objects.get(name='a').delete()\n",
        "session.query(User).filter(User.id == id).delete()\n",
        "session.execute(delete(User).where(User.id == id))\n",
        "cursor.execute('DELETE FROM users WHERE id = ?', (id,))\n",
        "cursor.execute('CREATE TABLE t (a)')\ncursor.execute('DROP TABLE t')\n",
        "frame.drop(columns=['a'])\nitems.remove(x)\ncache.delete('key')\n",
        "shutil.rmtree(tmp_path)\nshutil.rmtree('build')\n",
        "import sys\nsys.exit()\ndb.drop_all()\n",
        "if False:\n    db.drop_all()\n",
        "for user in User.query.filter_by(name=name).all():\n    db.session.delete(user)\n",
        "for it in db.collection('users').where('a', '==', a).stream():\n    it.reference.delete()\n",
        "r.delete(*r.keys('cache:*'))\n",
        "for it in s3.list_objects_v2(Bucket=b, Prefix='tmp')['Contents']:\n    s3.delete_object(Bucket=b, Key=it['Key'])\n",
        "for path in uploads.glob('*.lock'):\n    path.unlink()\n",
        "self.reset_db()\n",
        "command.downgrade(config, '-1')\n",
    ] {
        assert_eq!(open("scripts/a.py", text), [], "{text}");
        assert_eq!(guarded("scripts/a.py", text), [], "{text}");
    }
}

#[test]
fn the_second_incident_is_found_line_by_line() {
    let text = "import sqlite3\nCLIENT_ID = 17\nconnection = sqlite3.connect('app.db')\ncursor = connection.cursor()\n\
                cursor.execute(f\"DELETE FROM orders WHERE client_id = {CLIENT_ID}\")\n\
                cursor.execute(f\"DELETE FROM invoices WHERE client_id = {CLIENT_ID}\")\nconnection.commit()\n";
    assert_eq!(
        open("clean_all_demo_data.py", text),
        [(5, "sql.delete_literal"), (6, "sql.delete_literal")]
    );
    let models = "CLIENT = 17\nOrder.objects.filter(client_id=CLIENT).delete()\nInvoice.objects.filter(client_id=CLIENT).delete()\n";
    assert_eq!(open("clean.py", models).len(), 2);
}

#[test]
fn knows_guards() {
    for (text, kind) in [
        ("if input('Sure? ') == 'yes':\n    db.drop_all()\n", GuardKind::Confirmation),
        (
            "a = input('Sure? ').strip().lower()\nif a != 'y':\n    raise SystemExit\ndb.drop_all()\n",
            GuardKind::Confirmation,
        ),
        (
            "if input('Sure? ') not in ('y', 'yes'):\n    sys.exit(1)\ndb.drop_all()\n",
            GuardKind::Confirmation,
        ),
        (
            "def sure():\n    while True:\n        a = input('? ')\n        if a == 'y':\n            return True\n        if a == 'n':\n            return False\nif sure():\n    db.drop_all()\n",
            GuardKind::Confirmation,
        ),
        (
            "def ask():\n    if input('? ') != 'DELETE':\n        sys.exit()\nask()\ndb.drop_all()\n",
            GuardKind::Confirmation,
        ),
        ("click.confirm('Sure?', abort=True)\ndb.drop_all()\n", GuardKind::Confirmation),
        (
            "if os.environ.get('APP_ENV') not in ('development', 'test'):\n    raise RuntimeError\ndb.drop_all()\n",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "if os.environ['APP_ENV'] == 'production':\n    sys.exit(1)\ndb.drop_all()\n",
            GuardKind::EnvironmentDenied,
        ),
        ("assert settings.DEBUG\ndb.drop_all()\n", GuardKind::EnvironmentAllowed),
        (
            "if 'localhost' not in DATABASE_URL:\n    sys.exit(1)\ndb.drop_all()\n",
            GuardKind::TargetChecked,
        ),
        (
            "p.add_argument('--yes', action='store_true')\nargs = p.parse_args()\nif not args.yes:\n    sys.exit(1)\ndb.drop_all()\n",
            GuardKind::OptIn,
        ),
        (
            "p.add_argument('--dry-run', action='store_true', default=True)\nargs = p.parse_args()\nif args.dry_run:\n    sys.exit(0)\ndb.drop_all()\n",
            GuardKind::DryRun,
        ),
        ("if os.getenv('ALLOW_WIPE') == '1':\n    db.drop_all()\n", GuardKind::OptIn),
        // Either way somebody meant it, whatever the flags are called.
        (
            "p.add_argument('--yes', action='store_true')\ndef given():\n    return p.parse_args()\na = given()\nif not a.yes and input('? ') != 'RESET':\n    sys.exit()\ndb.drop_all()\n",
            GuardKind::Confirmation,
        ),
        (
            "if not args.force:\n    if input('? ') != 'y':\n        sys.exit()\ndb.drop_all()\n",
            GuardKind::Confirmation,
        ),
    ] {
        assert_eq!(open("scripts/a.py", text), [], "{text}");
        let line = u32::try_from(text.lines().count()).unwrap();
        let strong = guarded("scripts/a.py", text);
        assert!(
            strong == [(line, kind)] || strong == [(line, GuardKind::OptIn)],
            "{text}: {strong:?}"
        );
    }
    let text = format!(
        "{COMMAND}    def handle(self, *args, **options):\n        if not options['yes']:\n            return\n        User.objects.all().delete()\n"
    );
    assert_eq!(guarded("management/commands/wipe.py", &text), [(6, GuardKind::OptIn)]);
}

#[test]
fn knows_false_guards() {
    for (text, defect) in [
        ("time.sleep(5)\ndb.drop_all()\n", Defect::OnlyWaits),
        ("input('Press enter')\ndb.drop_all()\n", Defect::AnswerIgnored),
        ("name = input('Which? ')\nprint(name)\ndb.drop_all()\n", Defect::AnswerIgnored),
        ("print('WARNING: all data goes')\ndb.drop_all()\n", Defect::StopsNothing),
        ("if input('? ') == 'y':\n    sys.exit()\ndb.drop_all()\n", Defect::WrongWayRound),
        ("db.drop_all()\nif input('? ') != 'y':\n    sys.exit()\n", Defect::TooLate),
        (
            "if os.environ.get('APP_ENV', 'development') == 'development':\n    db.drop_all()\n",
            Defect::OpenWhenUnset,
        ),
        (
            "if len(sys.argv) < 2:\n    pass\nif not sys.argv[1]:\n    sys.exit()\ndb.drop_all()\n",
            Defect::OnlyPresence,
        ),
        (
            "p.add_argument('--yes', type=bool)\nargs = p.parse_args()\nif not args.yes:\n    sys.exit(1)\ndb.drop_all()\n",
            Defect::AnyTextIsTrue,
        ),
        (
            "if verbose:\n    if input('? ') != 'y':\n        sys.exit()\ndb.drop_all()\n",
            Defect::NotOnEveryWay,
        ),
        ("if True or args.yes:\n    db.drop_all()\ninput('x')\n", Defect::StopsNothing),
    ] {
        assert_eq!(open("scripts/a.py", text).len(), 1, "{text}");
        if defect != Defect::StopsNothing || text.starts_with("print") {
            assert!(
                defects("scripts/a.py", text).contains(&defect),
                "{text}: {:?}",
                defects("scripts/a.py", text)
            );
        }
    }
}
