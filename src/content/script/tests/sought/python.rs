//! Shapes of Python; the scripts here are invented.

use crate::content::script::model::{Defect, GuardKind};
use crate::content::script::tests::{defects, guarded, open};

#[test]
fn finds_who_calls() {
    for (path, text, found) in [
        (
            "lake/tidy.py",
            "# Databricks notebook source\n# MAGIC %md\n# MAGIC DROP TABLE lies\n# COMMAND ----------\n# MAGIC %sql\n# MAGIC -- orders\n# MAGIC DROP TABLE shop.orders\n",
            (7, "sql.drop_table"),
        ),
        ("lake/tidy.py", "# MAGIC %sql DROP DATABASE shop CASCADE\n", (1, "sql.drop_database")),
        ("lake/tidy.py", "# MAGIC %sh\n# MAGIC dropdb shop\n", (2, "sh.dropdb")),
        ("lake/tidy.py", "# MAGIC %fs rm -r /mnt/shop/orders\n", (1, "client.store")),
        (
            "lake/tidy.py",
            "# MAGIC %python\n# MAGIC dbutils.fs.rm('/mnt/shop/orders', True)\n",
            (2, "client.store"),
        ),
        (
            "main.py",
            "@app.before_first_request\ndef tables():\n    db.drop_all()\n",
            (3, "py.sqlalchemy.drop_all"),
        ),
        (
            "shop/__init__.py",
            "def create_app():\n    app = Flask('shop')\n    with app.app_context():\n        db.drop_all()\n    return app\n",
            (4, "py.sqlalchemy.drop_all"),
        ),
        (
            "a.py",
            "def tidy(event, _context):\n    c.execute('TRUNCATE orders')\n",
            (2, "sql.truncate"),
        ),
        (
            "a.py",
            "@functions_framework.cloud_event\ndef tidy(e):\n    c.execute('TRUNCATE orders')\n",
            (3, "sql.truncate"),
        ),
        (
            "a.py",
            "@functions_framework.http\ndef wipe(request):\n    c.execute('TRUNCATE orders')\n",
            (3, "sql.truncate"),
        ),
        (
            "a.py",
            "@scheduler_fn.on_schedule(schedule='1 1 * * *')\ndef tidy(e):\n    c.execute('TRUNCATE orders')\n",
            (3, "sql.truncate"),
        ),
        (
            "a.py",
            "def main(clock: func.TimerRequest) -> None:\n    c.execute('TRUNCATE orders')\n",
            (2, "sql.truncate"),
        ),
        (
            "a.py",
            "@dg.asset\ndef tidy(it):\n    c.execute('TRUNCATE orders')\n",
            (3, "sql.truncate"),
        ),
        (
            "a.py",
            "@dramatiq.actor\ndef tidy():\n    c.execute('TRUNCATE orders')\n",
            (3, "sql.truncate"),
        ),
        (
            "a.py",
            "import luigi\nclass Tidy(luigi.Task):\n    def run(self):\n        c.execute('TRUNCATE orders')\n",
            (4, "sql.truncate"),
        ),
        (
            "a.py",
            "class Shop(cmd.Cmd):\n    def do_tidy(self, it):\n        c.execute('TRUNCATE orders')\nShop().cmdloop()\n",
            (3, "sql.truncate"),
        ),
        (
            "a.py",
            "def tidy():\n    c.execute('TRUNCATE orders')\nglobals()[sys.argv[1]]()\n",
            (2, "sql.truncate"),
        ),
        ("a.py", "os.system('python manage.py sqlflush | psql shop')\n", (1, "sql.truncate")),
        ("a.sh", "python manage.py sqlflush | python manage.py dbshell\n", (1, "sql.truncate")),
        ("a.sh", "echo 'DROP TABLE users' | python manage.py dbshell\n", (1, "sql.drop_table")),
        ("a.py", "client.containers.get('db').exec_run('dropdb shop')\n", (1, "sh.dropdb")),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn finds() {
    for (text, found) in [
        ("all = store._collection\nall.delete(ids=all.get()['ids'])\n", (2, "client.search")),
        ("ids = notes.get(include=[])['ids']\nnotes.delete(ids)\n", (2, "client.search")),
        ("db._collection.delete(ids=db.get()['ids'])\n", (1, "client.search")),
        ("vectordb.reset_collection()\n", (1, "client.search")),
        ("wr.s3.delete_objects('s3://shop-orders/')\n", (1, "py.file_systems")),
        (
            "fs = s3fs.S3FileSystem()\nfs.rm('shop/orders', recursive=True)\n",
            (2, "py.file_systems"),
        ),
        (
            "bucket = boto3.resource('s3').Bucket('shop')\nbucket.delete_objects(Delete={'Objects': [{'Key': it.key} for it in bucket.objects.all()]})\n",
            (2, "py.boto3.objects"),
        ),
        ("S3DeleteBucketOperator(bucket_name='shop', force_delete=True)\n", (1, "py.airflow")),
        (
            "BigQueryDeleteTableOperator(deletion_dataset_table='p.shop.orders')\n",
            (1, "py.airflow"),
        ),
        (
            "from elasticsearch_dsl import Index\nIndex('orders').delete(ignore=404)\n",
            (2, "client.search"),
        ),
        ("Order._index.delete(ignore=404)\n", (1, "client.search")),
        ("db.reference('/').set({})\n", (1, "py.firebase")),
        ("db.reference('users').set(None)\n", (1, "py.firebase")),
        ("base = firebase.database()\nbase.child('users').remove()\n", (2, "py.firebase")),
        ("delete(it for it in Order)\n", (1, "py.pony")),
        ("for it in Order.scan():\n    it.delete()\n", (2, "py.odm.all")),
        (
            "with Order.batch_write() as batch:\n    for it in Order.scan():\n        batch.delete(it)\n",
            (3, "py.each"),
        ),
        ("db = dataset.connect('sqlite:///shop.db')\ndb['users'].delete()\n", (2, "py.dataset")),
        ("import pymongo\ndb['users'].remove()\n", (2, "py.pymongo.delete_many")),
        ("for it in db.collection_names():\n    db[it].remove()\n", (2, "py.pymongo.delete_many")),
        (
            "db = motor.motor_asyncio.AsyncIOMotorClient(url).shop\nfor it in db.list_collection_names():\n    db[it].drop()\n",
            (3, "py.pymongo.drop"),
        ),
        ("db.users.bulk_write([DeleteMany({})])\n", (1, "py.pymongo.bulk")),
        (
            "from cassandra.cqlengine.management import drop_keyspace\ndrop_keyspace('shop')\n",
            (2, "client.store"),
        ),
        (
            "from piccolo.table import drop_db_tables_sync\ndrop_db_tables_sync(Order)\n",
            (2, "client.store"),
        ),
        ("r.ft('orders').dropindex(delete_documents=True)\n", (1, "client.search")),
        ("cluster.buckets().flush_bucket('shop')\n", (1, "client.store")),
        ("FalkorDB(host=h).select_graph('shop').delete()\n", (1, "client.store")),
        ("Order.delete(force=True).run_sync()\n", (1, "py.piccolo")),
        ("DeltaTable.forPath(spark, path).delete()\n", (1, "client.store")),
        ("Base.metadata.tables['users'].drop(engine)\n", (1, "py.pymongo.drop_each")),
        ("client.query('DROP MEASUREMENT visits')\n", (1, "sql.drop_table")),
        (
            "es.delete_by_query(index='orders', query={'bool': {'must': [{'match_all': {}}]}})\n",
            (1, "py.es.delete"),
        ),
        (
            "c = duckdb.connect('shop.duckdb')\nc.execute('DROP TABLE users')\n",
            (2, "sql.drop_table"),
        ),
        (
            "c = duckdb.connect()\nc.execute(\"ATTACH 'shop.duckdb'\")\nc.execute('DROP TABLE shop.users')\n",
            (3, "sql.drop_table"),
        ),
        (
            "os.environ['FIRESTORE_EMULATOR_HOST'] = 'localhost:8080'\nclient.drop_database('shop')\n",
            (2, "py.pymongo.drop_database"),
        ),
        (
            "store = Chroma.from_documents(all, by, persist_directory='notes')\nstore.delete_collection()\n",
            (2, "py.pymongo.drop"),
        ),
    ] {
        assert_eq!(open("a.py", text), [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("a.py", "# MAGIC %md\n# MAGIC DROP TABLE users\n"),
        ("a.py", "# MAGIC %sql\n# MAGIC SELECT 1\n# COMMAND ----------\n# DROP TABLE users\n"),
        ("a.py", "# MAGIC %fs ls /mnt/shop\n# MAGIC rm -r\n"),
        ("a.py", "def create_app():\n    @app.route('/x')\n    def x():\n        db.drop_all()\n"),
        ("a.py", "def create_tables():\n    db.drop_all()\n"),
        (
            "a.py",
            "def create_app(url):\n    db.drop_all()\nif __name__ == '__main__':\n    create_app('sqlite://') if False else None\n",
        ),
        (
            "a.py",
            "@functions_framework.http\ndef report(request):\n    c.execute('TRUNCATE orders')\n",
        ),
        ("a.py", "def on(event, sender):\n    c.execute('TRUNCATE orders')\n"),
        ("a.py", "class Tidy(Task):\n    def run(self):\n        c.execute('TRUNCATE orders')\n"),
        ("a.py", "@asset\ndef tidy():\n    c.execute('DELETE FROM orders WHERE day = %s', day)\n"),
        ("a.py", "os.system('python manage.py sqlflush > all.sql')\ncall_command('sqlflush')\n"),
        ("a.py", "all.delete(ids=all.get(where={'topic': 'a'})['ids'])\n"),
        ("a.py", "collection.delete(ids=collection.get(where={'topic': 'a'})['ids'])\n"),
        ("a.py", "all.delete(ids=others.get()['ids'])\n"),
        (
            "a.py",
            "fs = s3fs.S3FileSystem()\nfs.rm('shop/tmp/a', recursive=True)\nfs.rm('shop/a.csv')\n",
        ),
        ("a.py", "fs = fsspec.filesystem('file')\nfs.rm('orders', recursive=True)\n"),
        ("a.py", "wr.s3.delete_objects('s3://shop/staging/')\nwr.s3.delete_objects(path)\n"),
        (
            "a.py",
            "bucket.delete_objects(Delete={'Objects': [{'Key': it.key} for it in bucket.objects.filter(Prefix='a')]})\n",
        ),
        (
            "a.py",
            "BigQueryDeleteTableOperator(deletion_dataset_table='p.shop.orders_{{ ds }}')\nBigQueryDeleteTableOperator(deletion_dataset_table='p.tmp.orders')\nS3DeleteBucketOperator(bucket_name='shop')\n",
        ),
        ("a.py", "base = firebase.database()\nbase.child('users').child(uid).remove()\n"),
        ("a.py", "delete(it for it in Order if it.age > 3)\ndelete(it.id for it in Order)\n"),
        ("a.py", "for it in Order.scan(Order.day < day):\n    it.delete()\n"),
        ("a.py", "db = dataset.connect(url)\ndb['users'].delete(id=7)\n"),
        ("a.py", "r.ft('orders').dropindex()\n"),
        ("a.py", "legend.remove()\ndb['orders'].remove()\n"),
        ("a.py", "db.users.bulk_write([DeleteMany({'id': it}), InsertOne(it)])\n"),
        ("a.py", "Order.delete(force=True).where(Order.id == 7).run_sync()\n"),
        (
            "a.py",
            "es.delete_by_query(index='a', query={'bool': {'must': [{'match_all': {}}], 'filter': [{'range': {'at': {'lt': 'now-30d'}}}]}})\n",
        ),
        ("a.py", "c = duckdb.connect()\nc.execute('DROP TABLE users')\n"),
        ("a.py", "import duckdb\nduckdb.sql('DROP TABLE IF EXISTS users')\n"),
        ("a.py", "store = Chroma.from_documents(all, by)\nstore.delete_collection()\n"),
        (
            "a.py",
            "with tempfile.NamedTemporaryFile(suffix='.db') as f:\n    c = sqlite3.connect(f.name)\n    c.execute('DROP TABLE users')\n",
        ),
        (
            "a.py",
            "os.environ['FIRESTORE_EMULATOR_HOST'] = 'localhost:8080'\nfor it in db.collection('users').stream():\n    it.reference.delete()\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn what_is_asked_for_is_told_where_that_says_so() {
    let route = |before: &str, given: &str| {
        format!("{before}\ndef handler({given}):\n    db.execute('DELETE FROM users')\n")
    };
    for before in [
        "@app.route('/admin/reset-db', methods=['POST'])",
        "@router.post(\"/wipe\", status_code=204)",
        "@router.delete('/users/all')",
        "@login_required\n@bp.route('/clear-data')",
    ] {
        let text = route(before, "db=Depends(get_db)");
        let line = 2 + before.lines().count() as u32;
        assert_eq!(open("app/api.py", &text), [(line, "sql.delete_all")], "{text}");
    }
    let named = "@router.post('/danger')\nasync def reset_all_data():\n    db.execute('DELETE FROM users')\n";
    assert_eq!(open("app/api.py", named), [(3, "sql.delete_all")]);
    for before in [
        "@router.delete('/users/{id}')",
        "@app.route('/users')",
        "@app.post('/reset-password')",
        "@pytest.fixture('reset')",
    ] {
        let text = route(before, "id");
        assert_eq!(open("app/api.py", &text), [], "{text}");
    }
    let one = "@app.post('/reset/{id}')\ndef reset(id):\n    db.execute('DELETE FROM users WHERE id = %s', id)\n";
    assert_eq!(open("app/api.py", one), []);
    let only = "def local_only():\n    if os.environ.get('ENV') != 'dev':\n        raise HTTPException(403)\n\n@app.post('/reset')\ndef reset(it=Depends(local_only)):\n    db.execute('DELETE FROM users')\n";
    assert_eq!(guarded("app/api.py", only), [(7, GuardKind::EnvironmentAllowed)]);
    for asked in
        ["request.json.get('confirm')", "request.get_json()['confirm']", "request.form['confirm']"]
    {
        let text = format!(
            "@app.post('/reset')\ndef reset():\n    if {asked} != 'RESET':\n        return 'no', 400\n    db.execute('DELETE FROM users')\n"
        );
        assert_eq!(guarded("app/api.py", &text), [(5, GuardKind::OptIn)], "{text}");
    }
    let only = "@require_dev_environment\n@app.post('/reset')\ndef reset():\n    db.execute('DELETE FROM users')\n";
    assert_eq!(guarded("app/api.py", only).len(), 1);
}

#[test]
fn knows_what_stops() {
    use GuardKind::{Confirmation, EnvironmentAllowed, OptIn, TargetChecked};
    for (text, line, kind) in [
        ("if messagebox.askokcancel('a', 'b'):\n    db.drop_all()\n", 2, Confirmation),
        (
            "if tk.messagebox.askokcancel('a', 'b') != True:\n    sys.exit()\ndb.drop_all()\n",
            3,
            Confirmation,
        ),
        ("if messagebox.askquestion('a', 'b') == 'yes':\n    db.drop_all()\n", 2, Confirmation),
        ("if simpledialog.askstring('a', 'b') == 'DELETE':\n    db.drop_all()\n", 2, Confirmation),
        (
            "it = QMessageBox.question(a, 'b', 'c', QMessageBox.Yes | QMessageBox.No)\nif it == QMessageBox.No:\n    sys.exit()\ndb.drop_all()\n",
            4,
            Confirmation,
        ),
        (
            "it = QtWidgets.QMessageBox.warning(a, 'b', 'c')\nif it == QtWidgets.QMessageBox.StandardButton.Yes:\n    db.drop_all()\n",
            3,
            Confirmation,
        ),
        (
            "box = QMessageBox()\nif box.exec_() == QMessageBox.Yes:\n    db.drop_all()\n",
            3,
            Confirmation,
        ),
        ("if wx.MessageBox('a', 'b', wx.YES_NO) == wx.YES:\n    db.drop_all()\n", 2, Confirmation),
        ("if box.ShowModal() != wx.ID_YES:\n    sys.exit()\ndb.drop_all()\n", 3, Confirmation),
        (
            "it = st.text_input('Type DELETE')\nif it != 'DELETE':\n    st.stop()\ndb.drop_all()\n",
            4,
            Confirmation,
        ),
        ("if st.checkbox('I understand'):\n    db.drop_all()\n", 2, Confirmation),
        (
            "if 'FIRESTORE_EMULATOR_HOST' not in os.environ:\n    raise SystemExit\ndb.drop_all()\n",
            3,
            TargetChecked,
        ),
        (
            "if not os.environ.get('FIRESTORE_EMULATOR_HOST'):\n    raise SystemExit\ndb.drop_all()\n",
            3,
            TargetChecked,
        ),
        (
            "if os.getenv('FIRESTORE_EMULATOR_HOST') is None:\n    sys.exit(1)\ndb.drop_all()\n",
            3,
            TargetChecked,
        ),
        (
            "dbutils.widgets.text('confirm', 'no')\nif dbutils.widgets.get('confirm') != 'yes':\n    dbutils.notebook.exit('no')\nspark.sql('DROP TABLE users')\n",
            4,
            OptIn,
        ),
        ("if 'ALLOW_WIPE' not in os.environ:\n    sys.exit(1)\ndb.drop_all()\n", 3, OptIn),
        ("def create_app(testing=False):\n    if testing:\n        db.drop_all()\n", 3, OptIn),
        (
            "def create_app(name):\n    if name == 'testing':\n        db.drop_all()\n",
            3,
            EnvironmentAllowed,
        ),
        (
            "def handler(event, context):\n    if event['RequestType'] == 'Delete':\n        c.execute('TRUNCATE orders')\n",
            3,
            OptIn,
        ),
    ] {
        assert_eq!(guarded("a.py", text), [(line, kind)], "{text}");
    }
}

#[test]
fn says_why_it_does_not_help() {
    for (text, defect) in [
        ("if messagebox.askquestion('a', 'b'):\n    db.drop_all()\n", Defect::OnlyPresence),
        (
            "it = QMessageBox.question(a, 'b', 'c')\nif it == QMessageBox.No:\n    db.drop_all()\n",
            Defect::WrongWayRound,
        ),
        (
            "dbutils.widgets.text('confirm', 'yes')\nif dbutils.widgets.get('confirm') == 'yes':\n    spark.sql('DROP TABLE users')\n",
            Defect::OpenWhenUnset,
        ),
    ] {
        assert!(guarded("a.py", text).is_empty(), "{text}");
        assert_eq!(defects("a.py", text), [defect], "{text}");
    }
}
