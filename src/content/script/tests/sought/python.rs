//! Shapes of Python; the scripts here are invented.

use crate::content::script::tests::open;

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
