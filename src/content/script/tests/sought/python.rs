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
    ] {
        assert!(guarded("a.py", text).is_empty(), "{text}");
        assert_eq!(defects("a.py", text), [defect], "{text}");
    }
}
