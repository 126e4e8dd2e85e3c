//! What looks like a guard and is none, and guards that do not look like it.

use super::{defects, guarded, open, script};
use crate::content::script::{Defect, Strength};

/// Whether something of this strength stands before the last operation.
fn strength(path: &str, text: &str) -> Option<Strength> {
    script(path, text).and_then(|it| it.operations.last().and_then(|it| it.strength()))
}

const ASK: &str = "read a; [ \"$a\" = yes ]";

#[test]
fn what_is_no_guard() {
    let mut wrong = Vec::new();
    for (path, text) in [
        // A tool that is told not to refuse by what stands before it.
        ("a.sh", "env DISABLE_DATABASE_ENVIRONMENT_CHECK=1 rails db:drop\n"),
        (
            "package.json",
            "{\n  \"scripts\": {\n    \"drop\": \"cross-env DISABLE_DATABASE_ENVIRONMENT_CHECK=1 rails db:drop\"\n  }\n}\n",
        ),
        // A pattern that takes all, beside one; a condition beside a pattern; an argument that decides.
        ("a.py", "match input('Sure? '):\n    case 'yes' | _:\n        db.drop_all()\n"),
        (
            "a.py",
            "match input('Sure? '):\n    case 'no' if never():\n        sys.exit(1)\ndb.drop_all()\n",
        ),
        (
            "a.py",
            "def sure(skip):\n    if skip:\n        return True\n    if input('Sure? ') == 'yes':\n        return True\n    skip = True\n    return sure(skip)\nif sure(False):\n    db.drop_all()\n",
        ),
        // What is counted is not what it was, and a heading that is left out is no retention.
        (
            "a.sh",
            "n=0\npsql -f a.sql || (( n++ ))\nif (( n == 0 )); then exit 0; fi\ndropdb shop\n",
        ),
        ("a.sh", "psql -l | tail -n +4 | awk '{print $1}' | xargs -I{} dropdb {}\n"),
        ("a.py", "for it in tables:\n    if days >= 0:\n        c.execute(f'DROP TABLE {it}')\n"),
        // A dry run is not asked, and destroys all the same.
        (
            "a.py",
            "def sure():\n    if args.dry_run:\n        return True\n    return input('Sure? ') == 'YES'\nif not sure():\n    sys.exit(1)\ndb.drop_all()\n",
        ),
        // How many arguments there are says nothing of what they are, and none is the least that can be said.
        ("a.py", "if len(sys.argv) == 1 or sys.argv[1] == '--all':\n    db.drop_all()\n"),
        ("a.php", "<?php\nif (count($argv) === 1) { $pdo->exec('DROP DATABASE shop'); }\n"),
        // Which target it is says nothing of whether it may be destroyed.
        ("a.py", "if os.environ['DB_HOST'] == 'db1.shop.example.com':\n    db.drop_all()\n"),
        ("a.sh", "if [ \"$DB_NAME\" = shop ]; then dropdb shop; fi\n"),
        ("a.py", "if '@' in os.environ['DATABASE_URL']:\n    db.drop_all()\n"),
        ("a.py", "if database == 'shop':\n    db.drop_all()\n"),
        ("a.py", "if url.startswith('postgresql+psycopg2://'):\n    db.drop_all()\n"),
        ("a.py", "if url.startswith('https'):\n    db.drop_all()\n"),
        ("a.py", "if engine.dialect.name == 'oracle':\n    db.drop_all()\n"),
        ("a.py", "if connection.status == 'open':\n    db.drop_all()\n"),
        ("a.js", "if (url === '/admin/wipe') db.dropDatabase()\n"),
        ("a.js", "if (url === '/test/reset') db.dropDatabase()\n"),
        ("a.js", "if (process.env.BASE_URL === 'https://shop.example.com') db.dropDatabase()\n"),
        ("a.py", "if host in PROTECTED_HOSTS:\n    db.drop_all()\n"),
        ("a.py", "if os.environ['APP_ENV'] == 'eu-central':\n    db.drop_all()\n"),
        ("a.py", "if os.environ.get('ENV', '') in 'development':\n    db.drop_all()\n"),
        // What is not set counts as development.
        (
            "a.py",
            "p.add_argument('--env', default='dev')\nargs = p.parse_args()\nif args.env == 'dev':\n    db.drop_all()\n",
        ),
        (
            "a.py",
            "@click.command()\n@click.option('--env', default='dev')\ndef main(env):\n    if env == 'dev':\n        db.drop_all()\nmain()\n",
        ),
        (
            "a.py",
            "if (os.environ.get('ENV') or 'development') == 'development':\n    db.drop_all()\n",
        ),
        (
            "a.py",
            "os.environ.setdefault('ENV', 'dev')\nif os.environ['ENV'] == 'dev':\n    db.drop_all()\n",
        ),
        ("a.py", "os.environ['ENV'] = 'dev'\nif os.environ['ENV'] == 'dev':\n    db.drop_all()\n"),
        ("a.sh", ": \"${ENV:=dev}\"\nif [ \"$ENV\" = dev ]; then dropdb shop; fi\n"),
        (
            "a.py",
            "class Settings:\n    ENV = os.environ.get('ENV', 'dev')\nif Settings.ENV == 'dev':\n    db.drop_all()\n",
        ),
        (
            "main.go",
            "package main\nfunc main() {\n\tenv := os.Getenv(\"ENV\")\n\tif env == \"\" {\n\t\tenv = \"dev\"\n\t}\n\tif env == \"dev\" {\n\t\tdb.Exec(\"DROP TABLE users\")\n\t}\n}\n",
        ),
        // A variable that is merely there.
        ("a.py", "if os.environ.get('DROPBOX_TOKEN'):\n    db.drop_all()\n"),
        ("a.js", "if (process.env.CLEARDB_DATABASE_URL) db.dropDatabase()\n"),
        ("a.sh", "if [ -n \"$RESET_URL\" ]; then dropdb shop; fi\n"),
        ("a.sh", "if [ -n \"$DELETE_AFTER_DAYS\" ]; then dropdb shop; fi\n"),
        (
            "a.py",
            "p.add_argument('--verbose', action='store_true')\nargs = p.parse_args()\nif args.verbose:\n    db.drop_all()\n",
        ),
        // Names of what is confirmed, and of prompts that nobody answers.
        ("a.py", "if confirm_order(5):\n    db.drop_all()\n"),
        ("a.sh", "send_confirm_mail && dropdb shop\n"),
        (
            "a.js",
            "async function f() { if (await sendConfirmation(user)) db.dropDatabase() }\nf()\n",
        ),
        ("a.py", "if payment.confirm():\n    db.drop_all()\n"),
        ("a.py", "if channel.confirm_delivery():\n    db.drop_all()\n"),
        ("a.py", "if llm.prompt('hi') == 'ok':\n    db.drop_all()\n"),
        ("a.py", "if build_prompt('hi') == 'ok':\n    db.drop_all()\n"),
        // What runs on every way, and what stops only a process of its own.
        (
            "a.py",
            "try:\n    if input('?') != 'yes':\n        sys.exit()\nfinally:\n    db.drop_all()\n",
        ),
        ("a.sh", "confirm &\ndropdb shop\n"),
        ("a.sh", "set -e\n(read a; [ \"$a\" = yes ]) &\ndropdb shop\n"),
        // A promise that nothing waits for counts as true.
        (
            "a.js",
            "async function sure() { return (await prompt('?')) === 'yes' }\nif (sure()) db.dropDatabase()\n",
        ),
        (
            "a.js",
            "const sure = async () => (await prompt('?')) === 'yes'\nif (!sure()) process.exit(1)\ndb.dropDatabase()\n",
        ),
        (
            "a.py",
            "async def sure():\n    return input('?') == 'yes'\nif sure():\n    db.drop_all()\n",
        ),
        // SQL that says something and goes on.
        (
            "a.sql",
            "DO $$ BEGIN IF current_database() LIKE '%prod%' THEN RAISE NOTICE 'no'; END IF; END $$;\nDELETE FROM users;\n",
        ),
        ("a.sql", "IF DB_NAME() = 'prod' RAISERROR('no', 10, 1);\nDELETE FROM users;\n"),
        // What the script gives itself.
        (
            "a.py",
            "p.add_argument('--force', action='store_true')\np.set_defaults(force=True)\nargs = p.parse_args()\nif args.force:\n    db.drop_all()\n",
        ),
        (
            "a.py",
            "p.add_argument('--force', action='store_true')\nargs = p.parse_args(['--force'])\nif args.force:\n    db.drop_all()\n",
        ),
        (
            "a.sh",
            "if systemctl is-active -q nginx; then echo 'refusing to delete'; exit 1; fi\ndropdb shop\n",
        ),
        (
            "a.sh",
            "while getopts vn opt; do case $opt in v) loud=1 ;; esac; done\nif [ -n \"$loud\" ]; then dropdb shop; fi\n",
        ),
    ] {
        if !guarded(path, text).is_empty() || open(path, text).len() != 1 {
            wrong.push(text);
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn a_function_that_is_tested_ends_no_shell() {
    for text in [
        format!("set -e\ncheck() {{ {ASK}; }}\nif ! check; then echo no; fi\ndropdb shop\n"),
        format!(
            "set -e\ncheck() {{ {ASK}; echo done; }}\nif check; then echo go; fi\ndropdb shop\n"
        ),
        format!("set -e\ncheck() {{ {ASK}; echo done; }}\ncheck || echo no\ndropdb shop\n"),
    ] {
        assert_eq!(guarded("a.sh", &text), [], "{text}");
    }
    for text in [
        format!("set -e\ncheck() {{ {ASK}; echo done; }}\ncheck\ndropdb shop\n"),
        format!(
            "set -e\ncheck() {{ {ASK}; echo done; }}\nif check; then :; fi\ncheck\ndropdb shop\n"
        ),
    ] {
        assert_eq!(guarded("a.sh", &text).len(), 1, "{text}");
    }
}

#[test]
fn what_any_answer_goes_through_is_weak() {
    let mut wrong = Vec::new();
    for (path, text) in [
        ("a.py", "if input('[Y/n]') != 'n':\n    db.drop_all()\n"),
        ("a.py", "if input('?') in 'yes':\n    db.drop_all()\n"),
        ("a.py", "if input('?') in ('', 'y'):\n    db.drop_all()\n"),
        ("a.py", "if click.confirm('?', default=True):\n    db.drop_all()\n"),
        ("a.py", "click.confirm('?', abort=True, default=True)\ndb.drop_all()\n"),
        ("a.sh", "read a\n[ \"$a\" = n ] && exit\ndropdb shop\n"),
        ("a.py", "from settings import DROP_TABLES\nif DROP_TABLES:\n    db.drop_all()\n"),
    ] {
        if strength(path, text) != Some(Strength::Medium) {
            wrong.push(text);
        }
    }
    assert_eq!(wrong, [""; 0]);
    let timed = "read -t 5 a\n[ \"$a\" = n ] && exit\ndropdb shop\n";
    assert_eq!(defects("a.sh", timed), [Defect::OnlyWaits]);
}

#[test]
fn what_is_a_guard() {
    let mut wrong = Vec::new();
    for (path, text) in [
        (
            "a.py",
            "def sure():\n    if args.dry_run:\n        return True\n    return input('Sure? ') == 'YES'\nif not sure():\n    sys.exit(1)\nif not args.dry_run:\n    db.drop_all()\n",
        ),
        (
            "a.sh",
            "DRY_RUN=false\n[ \"$1\" = --dry-run ] && DRY_RUN=true\nsure() {\n  $DRY_RUN && return 0\n  read -rp 'Sure? ' yn\n  [[ \"${yn,,}\" == y* ]]\n}\nif sure; then\n  if $DRY_RUN; then echo no; else dropdb shop; fi\nfi\n",
        ),
        (
            "a.sh",
            "DRY_RUN=false\n[ \"$1\" = --dry-run ] && DRY_RUN=true\nif ! $DRY_RUN; then\n  read -rp 'Sure? ' a\n  [ \"$a\" = yes ] || exit 1\nfi\nif $DRY_RUN; then echo no; else dropdb shop; fi\n",
        ),
        ("a.py", "if len(sys.argv) > 1 and sys.argv[1] == '--all':\n    db.drop_all()\n"),
        ("a.py", "if 'localhost' in os.environ['DATABASE_URL']:\n    db.drop_all()\n"),
        ("a.py", "if os.environ['DB_NAME'] == 'shop_test':\n    db.drop_all()\n"),
        ("a.py", "if os.environ['DB_NAME'].startswith('clone_'):\n    db.drop_all()\n"),
        ("a.py", "if os.environ['DB_HOST'] in ALLOWED_HOSTS:\n    db.drop_all()\n"),
        (
            "a.py",
            "ALLOWED_HOSTS = ['db7', 'db8']\nif os.environ['DB_HOST'] not in ALLOWED_HOSTS:\n    sys.exit(1)\ndb.drop_all()\n",
        ),
        (
            "a.sh",
            "if [ \"$(kubectl config current-context)\" != minikube ]; then exit 1; fi\ndropdb shop\n",
        ),
        ("a.sh", "if [ \"$DB_RESET\" = true ]; then dropdb shop; fi\n"),
        ("a.sh", "if [ \"$ENV_RECREATE\" = true ]; then dropdb shop; fi\n"),
        ("a.py", "if os.environ.get('ALLOW_DB_RESET') == '1':\n    db.drop_all()\n"),
        ("a.py", "if confirm_delete():\n    db.drop_all()\n"),
        ("a.py", "if os.environ.get('DEVELOPMENT'):\n    db.drop_all()\n"),
        ("a.js", "if (process.argv.includes('--i-know-this-wipes-prod')) db.dropDatabase()\n"),
        ("a.py", "if ask_confirmation():\n    db.drop_all()\n"),
        ("a.py", "if prompt_user('?') == 'yes':\n    db.drop_all()\n"),
        ("a.js", "if (confirm('?')) db.dropDatabase()\n"),
        (
            "a.js",
            "async function sure() { return (await prompt('?')) === 'yes' }\nasync function f() { if (await sure()) db.dropDatabase() }\nf()\n",
        ),
        (
            "a.js",
            "async function ask() { if ((await prompt('?')) !== 'yes') throw new Error('no') }\nask().then(() => db.dropDatabase()).catch(() => {})\n",
        ),
        (
            "a.js",
            "async function ask() { if ((await prompt('?')) !== 'yes') throw new Error('no') }\nask().catch(() => process.exit(1)).then(() => db.dropDatabase())\n",
        ),
        ("a.py", "if sys.argv[1] != 'really':\n    sys.exit(1)\ndb.drop_all()\n"),
        (
            "a.py",
            "for n in range(3):\n    if input('?') == 'yes':\n        break\nelse:\n    raise SystemExit\ndb.drop_all()\n",
        ),
        (
            "a.py",
            "while n < 3:\n    if input('?') == 'yes':\n        break\nelse:\n    sys.exit()\ndb.drop_all()\n",
        ),
        (
            "a.py",
            "class Command(BaseCommand):\n    def add_arguments(self, parser):\n        parser.add_argument('--noinput', action='store_false', dest='interactive')\n    def handle(self, *args, **options):\n        if options['interactive']:\n            if input('?') != 'yes':\n                return\n        db.drop_all()\n",
        ),
        (
            "a.py",
            "p.add_argument('--force', action='store_true', required=True)\nargs = p.parse_args()\ndb.drop_all()\n",
        ),
        (
            "a.sh",
            "while getopts f opt; do case $opt in f) force=1 ;; esac; done\nif [ -z \"$force\" ]; then read a; [ \"$a\" = yes ] || exit 1; fi\ndropdb shop\n",
        ),
        (
            "a.sh",
            "force=\nwhile getopts f opt; do case $opt in f) force=1 ;; esac; done\nif [ -z \"$force\" ]; then read a; [ \"$a\" = yes ] || exit 1; fi\ndropdb shop\n",
        ),
        ("a.sh", "#!/bin/sh -e\ntest \"$ENV\" = dev\ndropdb shop\n"),
        (
            "a.py",
            "try:\n    if input('?') != 'yes':\n        sys.exit()\nfinally:\n    conn.close()\ndb.drop_all()\n",
        ),
        (
            "a.sql",
            "DO $$ BEGIN IF current_database() LIKE '%prod%' THEN RAISE EXCEPTION 'no'; END IF; END $$;\nDELETE FROM users;\n",
        ),
        ("a.sql", "IF DB_NAME() = 'prod' THROW 50000, 'no', 1;\nDELETE FROM users;\n"),
    ] {
        if strength(path, text) != Some(Strength::Strong) {
            wrong.push(text);
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn says_why() {
    let mut wrong = Vec::new();
    for (path, text, defect) in [
        ("a.py", "click.confirm('?')\ndb.drop_all()\n", Defect::AnswerIgnored),
        ("a.py", "input('?')\ndb.drop_all()\n", Defect::AnswerIgnored),
        (
            "a.php",
            "<?php\n$this->confirm('?');\nDB::table('users')->truncate();\n",
            Defect::AnswerIgnored,
        ),
        ("a.py", "if input('?') != 'yes':\n    print('no')\ndb.drop_all()\n", Defect::StopsNothing),
        (
            "a.sh",
            "read a\nif [ \"$a\" != yes ]; then echo no; fi\ndropdb shop\n",
            Defect::StopsNothing,
        ),
        (
            "a.py",
            "if os.environ['ENV'] != 'dev':\n    print('no')\ndb.drop_all()\n",
            Defect::StopsNothing,
        ),
        ("a.py", "if input('?'):\n    db.drop_all()\n", Defect::OnlyPresence),
        (
            "a.py",
            "if os.environ.get('ENV', 'dev') == 'dev':\n    db.drop_all()\n",
            Defect::OpenWhenUnset,
        ),
    ] {
        if defects(path, text) != [defect] {
            wrong.push((text, defects(path, text)));
        }
    }
    assert_eq!(wrong, []);
}

#[test]
fn a_database_that_is_kept_for_a_while_is_nobodys() {
    for text in [
        "conn = sqlite3.connect(':memory:')\nconn.execute('DROP TABLE users')\n",
        "conn = sqlite3.connect(':memory:')\ncur = conn.cursor()\ncur.execute('DELETE FROM users')\n",
        "engine = create_engine('sqlite://')\nBase.metadata.drop_all(engine)\n",
        "with tempfile.TemporaryDirectory() as d:\n    conn = sqlite3.connect(os.path.join(d, 'a.db'))\n    conn.execute('DROP TABLE users')\n",
    ] {
        assert_eq!(open("a.py", text), [], "{text}");
    }
    for text in [
        "conn = sqlite3.connect('shop.db')\nconn.execute('DROP TABLE users')\n",
        "conn = sqlite3.connect(path if path else ':memory:')\nconn.execute('DROP TABLE users')\n",
        "if dry:\n    conn = sqlite3.connect(':memory:')\nelse:\n    conn = sqlite3.connect(PATH)\nconn.execute('DROP TABLE users')\n",
    ] {
        assert_eq!(open("a.py", text).len(), 1, "{text}");
    }
}

#[test]
fn an_answer_that_only_picks_what_goes_is_no_guard() {
    for text in [
        "env = input('Environment: ')\nif env not in ('dev', 'prod'):\n    sys.exit()\nBase.metadata.drop_all(engines[env])\n",
        "it = input('Table: ')\nif it in tables:\n    cursor.execute(f'DROP TABLE {it}')\n",
        "while True:\n    it = input('Sure? ')\n    if it in ('y', 'n'):\n        break\ndb.drop_all()\n",
        "if questionary.select('Which?', choices=['users', 'orders']).ask() == 'users':\n    db.drop_all()\n",
    ] {
        assert_eq!(open("a.py", text).len(), 1, "{text}");
    }
    for text in [
        "if input('Sure? ') in ('y', 'yes'):\n    db.drop_all()\n",
        "if input('Type it: ') not in ('DELETE', 'delete'):\n    sys.exit()\ndb.drop_all()\n",
        "if input('Name: ') == name:\n    db.drop_all()\n",
        "if questionary.select('Drop?', choices=['No', 'Yes, drop']).ask() == 'Yes, drop':\n    db.drop_all()\n",
    ] {
        assert!(open("a.py", text).is_empty(), "{text}");
    }
}

#[test]
fn a_store_that_stands_in_for_another_is_nobodys() {
    for (path, text) in [
        ("a.py", "r = fakeredis.FakeRedis()\nr.flushall()\n"),
        ("a.py", "c = QdrantClient(':memory:')\nc.delete_collection('a')\n"),
        ("a.py", "e = create_engine('sqlite:////tmp/a.db')\nBase.metadata.drop_all(e)\n"),
        (
            "a.py",
            "os.environ['DATABASE_URL'] = 'sqlite:///:memory:'\nfrom shop import db\ndb.drop_all()\n",
        ),
        ("a.js", "const db = new PGlite();\nawait db.exec('DROP TABLE users');\n"),
    ] {
        assert!(open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn what_only_looks_as_if_it_refused_is_no_guard() {
    for text in [
        "@app.command()\ndef main(yes: bool = False):\n    if not yes:\n        typer.Exit(1)\n    db.drop_all()\n",
        "with suppress(SystemExit):\n    if input('Sure? ') != 'yes':\n        sys.exit(1)\ndb.drop_all()\n",
        "with suppress(Exception):\n    if os.environ['APP_ENV'] != 'development':\n        raise RuntimeError()\ndb.drop_all()\n",
        "with contextlib.suppress(ValueError, RuntimeError):\n    if input('Sure? ') != 'yes':\n        raise NotImplementedError('no')\ndb.drop_all()\n",
        "if questionary.confirm('Sure?'):\n    db.drop_all()\n",
        "it = inquirer.prompt([inquirer.Confirm('ok', message='Sure?')])\nif it:\n    db.drop_all()\n",
        "if os.environ.get('EMAIL_HOST') != 'localhost':\n    sys.exit(1)\ndb.drop_all()\n",
    ] {
        assert_eq!(open("a.py", text).len(), 1, "{text}");
    }
    let method = "class Reset:\n    def confirm(self):\n        return input('Sure? ') == 'yes'\n    def run(self):\n        if self.confirm:\n            db.drop_all()\nReset().run()\n";
    assert_eq!(open("a.py", method).len(), 1);
    for text in [
        "@app.command()\ndef main(yes: bool = False):\n    if not yes:\n        raise typer.Exit(1)\n    db.drop_all()\n",
        "with suppress(OSError):\n    if input('Sure? ') != 'yes':\n        sys.exit(1)\ndb.drop_all()\n",
        "with suppress(FileNotFoundException):\n    if input('Sure? ') != 'yes':\n        raise RuntimeError('no')\ndb.drop_all()\n",
        "if questionary.confirm('Sure?').ask():\n    db.drop_all()\n",
        "it = inquirer.prompt([inquirer.Confirm('ok', message='Sure?')])\nif it['ok']:\n    db.drop_all()\n",
        "if os.environ.get('DB_HOST') != 'localhost':\n    sys.exit(1)\ndb.drop_all()\n",
    ] {
        assert!(open("a.py", text).is_empty(), "{text}");
    }
    let property = method.replace("    def confirm", "    @property\n    def confirm");
    assert!(open("a.py", &property).is_empty(), "{property}");
}

#[test]
fn a_query_may_ask_which_database_this_is() {
    let drop = "    sys.exit('no')\ncur.execute('DROP TABLE users')\n";
    for asks in [
        "cur.execute('SELECT current_database()')\nif not cur.fetchone()[0].endswith('_dev'):\n",
        "cur.execute('SELECT DATABASE()')\n(name,) = cur.fetchone()\nif name != 'shop_dev':\n",
        "name = cur.execute('SELECT current_database()').scalar()\nif not name.endswith('_dev'):\n",
    ] {
        assert_eq!(guarded("a.py", &format!("{asks}{drop}")).len(), 1, "{asks}");
    }
    for asks in [
        "cur.execute('SELECT name FROM users')\nif not cur.fetchone()[0].endswith('_dev'):\n",
        "cur.execute('SELECT current_database()')\ncur.execute('SELECT 1')\nif cur.fetchone()[0] != 'x_dev':\n",
    ] {
        assert_eq!(open("a.py", &format!("{asks}{drop}")).len(), 1, "{asks}");
    }
}
