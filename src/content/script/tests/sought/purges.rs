//! What goes through all that a store has, and what asks before; the scripts here are invented.

use crate::content::script::model::GuardKind;
use crate::content::script::tests::{guarded, open};

#[test]
fn finds() {
    for (path, text, found) in [
        // Lists that are put together out of pages.
        (
            "a.py",
            "rows = []\nwhile True:\n    page = orders.scan(**more)\n    rows.extend(page.get('Items', []))\n    if 'LastEvaluatedKey' not in page:\n        break\nfor it in rows:\n    orders.delete_item(Key={'id': it['id']})\n",
            (8, "py.boto3.items"),
        ),
        (
            "a.py",
            "keys = []\nfor page in pages.paginate(Bucket='shop'):\n    if 'Contents' in page:\n        keys.extend(page['Contents'])\ns3.delete_objects(Bucket='shop', Delete={'Objects': keys})\n",
            (5, "py.boto3.objects"),
        ),
        (
            "a.py",
            "everybody = []\npage = auth.list_users()\nwhile page:\n    everybody.extend(page.users)\n    page = page.get_next_page()\nauth.delete_users([it.uid for it in everybody])\n",
            (6, "py.each"),
        ),
        (
            "a.py",
            "rows = []\nwhile True:\n    page = orders.scan(**more)\n    if not page['Items']:\n        break\n    rows.extend(page['Items'])\nfor it in rows:\n    orders.delete_item(Key={'id': it['id']})\n",
            (8, "py.boto3.items"),
        ),
        (
            "a.py",
            "for it in orders.scan()['Items']:\n    orders.delete_item(Key=dict((key, it[key]) for key in names))\n",
            (2, "py.boto3.items"),
        ),
        (
            "a.py",
            "for it in orders.scan()['Items']:\n    orders.delete_item(Key={key: it[key] for key in it.items() if key in NAMES})\n",
            (2, "py.boto3.items"),
        ),
        (
            "a.py",
            "API = 'https://api.shop.example/orders/'\nfor it in requests.get(API).json():\n    requests.delete(f\"{API}{it['id']}/\")\n",
            (3, "web.all"),
        ),
        (
            "Wipe.java",
            "class Wipe {\npublic static void main(String[] a) { solr.deleteByQuery(\"*\"); }\n}\n",
            (2, "java.es.query"),
        ),
        (
            "a.py",
            "machines = boto3.resource('ec2').instances\nids = [it.id for it in machines.all()]\nmachines.filter(InstanceIds=ids).terminate()\n",
            (3, "py.boto3.instances"),
        ),
        (
            "a.py",
            "for it in shop.list_products(ListProductsRequest(parent=BRANCH)):\n    shop.delete_product(DeleteProductRequest(name=it.name))\n",
            (2, "each.listed"),
        ),
        (
            "a.py",
            "for it in frappe.get_all('Invoice', pluck='name'):\n    frappe.delete_doc('Invoice', it)\n",
            (2, "py.frappe"),
        ),
        // Mails.
        ("a.py", "box.store('1:*', '+FLAGS', '\\\\Deleted')\n", (1, "py.imap")),
        (
            "a.py",
            "_, found = box.search(None, 'ALL')\nfor it in found[0].split():\n    box.store(it, '+FLAGS', r'(\\Deleted)')\nbox.expunge()\n",
            (3, "py.imap"),
        ),
        (
            "a.py",
            "box = imaplib.IMAP4_SSL('h')\nbox.select('Spam')\nbox.select('INBOX')\nbox.store('1:*', '+FLAGS', '\\Deleted')\n",
            (4, "py.imap"),
        ),
        (
            "a.py",
            "todo = []\nfor it in api.list_orders():\n    todo += [it.id]\nfor it in todo:\n    api.delete_order(it)\n",
            (5, "each.listed"),
        ),
        (
            "a.py",
            "import pandas as pd\npd.DataFrame().to_sql('users', engine, if_exists='replace')\n",
            (2, "py.pandas"),
        ),
        // Who runs it, and what a text is made of.
        (
            "a.py",
            "class Wipe(Command):\n    def run(self):\n        db.drop_all()\nmanager.add_command('wipe', Wipe())\nmanager.run()\n",
            (3, "py.sqlalchemy.drop_all"),
        ),
        (
            "a.py",
            "class Wipe(Command):\n    def handle(self):\n        db.drop_all()\nwipe = Wipe()\napplication.add(wipe)\n",
            (3, "py.sqlalchemy.drop_all"),
        ),
        (
            "seeds/orders.py",
            "class OrderSeeder(Seeder):\n    def run(self):\n        db.session.query(Order).delete()\n",
            (3, "py.sqlalchemy.bulk_delete"),
        ),
        ("a.py", "T = 'dropdb -h %s %s'\nos.system(T % (host, 'shop'))\n", (1, "sh.dropdb")),
        ("a.py", "shutil.rmtree('./chromadb_persist')\n", (1, "py.fs.rmtree")),
        // Go.
        (
            "a.go",
            "package main\nfunc main() {\nkeys := make(chan minio.ObjectInfo)\ngo func() {\nfor it := range c.ListObjects(ctx, \"shop\", minio.ListObjectsOptions{Recursive: true}) { keys <- it }\n}()\nc.RemoveObjects(ctx, \"shop\", keys, minio.RemoveObjectsOptions{})\n}\n",
            (7, "go.s3"),
        ),
        (
            "a.go",
            "package main\nfunc main() {\nall := c.Collection(\"orders\").Documents(ctx)\nfor {\nit, err := all.Next()\nif err != nil { break }\nc.Collection(\"orders\").Doc(it.Ref.ID).Delete(ctx)\n}\n}\n",
            (7, "go.firestore"),
        ),
        (
            "a.go",
            "package main\nfunc main() {\nall := c.Users(ctx, \"\")\nfor {\nit, err := all.Next()\nif err != nil { break }\nc.DeleteUser(ctx, it.UID)\n}\n}\n",
            (7, "go.firebase.users"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "a.py",
            "keys = []\nfor page in pages.paginate(Bucket='shop'):\n    keys.extend([it['Key'] for it in page['Contents'] if it['Key'].endswith('.part')])\nfor it in keys:\n    s3.delete_object(Bucket='shop', Key=it)\n",
        ),
        (
            "a.py",
            "keys = []\nfor it in s3.list_objects_v2(Bucket='shop')['Contents']:\n    if it['Key'].endswith('.part'):\n        keys.append(it['Key'])\nfor it in keys:\n    s3.delete_object(Bucket='shop', Key=it)\n",
        ),
        (
            "a.py",
            "machines = boto3.resource('ec2').instances\nmachines.filter(InstanceIds=sys.argv[1:]).terminate()\n",
        ),
        (
            "a.py",
            "_, found = box.search(None, 'FROM news@shop.example')\nfor it in found[0].split():\n    box.store(it, '+FLAGS', '\\\\Deleted')\n",
        ),
        (
            "a.py",
            "box = imaplib.IMAP4_SSL('h')\nbox.select('Trash')\nbox.store('1:*', '+FLAGS', '\\Deleted')\n",
        ),
        (
            "a.py",
            "todo = []\nfor it in api.list_orders():\n    if it.status == 'draft':\n        todo.extend([it.id])\nfor it in todo:\n    api.delete_order(it)\n",
        ),
        (
            "a.py",
            "todo = []\nfor it in api.list_orders():\n    if it.status == 'draft':\n        todo += [it.id]\nfor it in todo:\n    api.delete_order(it)\n",
        ),
        (
            "a.py",
            "import pandas as pd\npd.DataFrame(rows).to_sql('users', engine, if_exists='replace')\n",
        ),
        ("a.py", "for it in found:\n    box.store(it, '+FLAGS', '\\\\Seen')\n"),
        (
            "a.py",
            "for it in frappe.get_all('Invoice', filters={'docstatus': 2}):\n    frappe.delete_doc('Invoice', it.name)\n",
        ),
        (
            "a.py",
            "rows = []\nwhile True:\n    page = orders.scan(**more)\n    if not page['Items']:\n        break\n    rows.extend([it for it in page['Items'] if it['state'] == 'draft'])\nfor it in rows:\n    orders.delete_item(Key={'id': it['id']})\n",
        ),
        (
            "Wipe.java",
            "class Wipe {\npublic static void main(String[] a) { solr.deleteByQuery(\"state:draft\"); }\n}\n",
        ),
        ("a.py", "for n in range(9):\n    if total % (n, 2):\n        print(n)\n"),
        // It is a command of the file's own, which runs none of it.
        (
            "a.py",
            "class Wipe(Command):\n    def run(self):\n        db.drop_all()\nmade = Wipe()\n",
        ),
        ("a.go", "package main\nfunc main() {\nc.DeleteUser(ctx, os.Args[1])\n}\n"),
        (
            "a.go",
            "package main\nfunc main() {\nall := c.Collection(\"orders\").Where(\"paid\", \"==\", false).Documents(ctx)\nfor {\nit, err := all.Next()\nif err != nil { break }\nc.Collection(\"orders\").Doc(it.Ref.ID).Delete(ctx)\n}\n}\n",
        ),
    ] {
        assert!(open(path, text).is_empty(), "{text}: {:?}", open(path, text));
    }
}

#[test]
fn knows_guards() {
    let opt_in = GuardKind::OptIn;
    for (path, text, kind) in [
        // A variable of the environment whose name stands elsewhere.
        (
            "a.py",
            "FLAG = 'ALLOW_RESET'\nif os.environ.get(FLAG) != '1':\n    sys.exit(1)\ndb.drop_all()\n",
            opt_in,
        ),
        (
            "a.py",
            "FLAG = 'ALLOW_RESET'\ndef refuse():\n    allowed = os.getenv(FLAG, '').strip().lower() in {'1', 'true'}\n    if not allowed:\n        sys.exit(1)\nrefuse()\ndb.drop_all()\n",
            opt_in,
        ),
        (
            "a.py",
            "NAME = 'APP_ENV'\nif os.environ[NAME] != 'development':\n    raise SystemExit\ndb.drop_all()\n",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "a.go",
            "package main\nconst flag = \"CONFIRM_RESET\"\nfunc main() {\nif os.Getenv(flag) != \"yes\" { os.Exit(1) }\ndb.Exec(\"DROP TABLE users\")\n}\n",
            opt_in,
        ),
        (
            "a.js",
            "const FLAG = 'ALLOW_RESET';\nif (process.env[FLAG] !== 'yes') process.exit(1);\nawait db.dropDatabase();\n",
            opt_in,
        ),
        (
            "Wipe.java",
            "class Wipe {\nstatic final String FLAG = \"CONFIRM_WIPE\";\npublic static void main(String[] args) {\nif (!\"yes\".equals(System.getenv(FLAG))) return;\nstatement.execute(\"DROP TABLE users\");\n}\n}\n",
            opt_in,
        ),
        // What is typed, and what is asked.
        (
            "a.py",
            "code = secrets.token_hex(2)\nif input(f'type {code}: ') != code:\n    raise SystemExit\ndb.drop_all()\n",
            GuardKind::Confirmation,
        ),
        (
            "a.go",
            "package main\nfunc main() {\nconfirm := flag.String(\"confirm\", \"\", \"\")\nname := flag.String(\"db\", \"\", \"\")\nif *confirm != *name { log.Fatal(\"no\") }\ndb.Exec(\"DROP DATABASE \" + *name)\n}\n",
            opt_in,
        ),
        (
            "a.go",
            "package main\nfunc main() {\np := promptui.Prompt{Label: \"Drop\", IsConfirm: true}\nif _, err := p.Run(); err != nil { return }\ndb.Exec(\"DROP TABLE users\")\n}\n",
            GuardKind::Confirmation,
        ),
        (
            "a.py",
            "if not is_answer_yes('Drop it?'):\n    exit()\ndb.drop_all()\n",
            GuardKind::Confirmation,
        ),
        (
            "a.py",
            "if not settings.is_local:\n    raise RuntimeError('no')\ndb.drop_all()\n",
            GuardKind::EnvironmentAllowed,
        ),
        // A profile that is called after what is done.
        (
            "Config.java",
            "@Profile(\"clean\")\n@Configuration\nclass Config {\n@Bean\nFlywayMigrationStrategy clean() { return flyway -> { flyway.clean(); flyway.migrate(); }; }\n}\n",
            opt_in,
        ),
        // Whoever says `--force` is not asked by the function of another file.
        (
            "drop_orders.py",
            "import argparse\np = argparse.ArgumentParser()\np.add_argument('--force', action='store_true')\nargs = p.parse_args()\nstore.drop_collection('orders', args.force)\n",
            GuardKind::Framework,
        ),
        // A command of the file's own is run where that is called.
        (
            "a.py",
            "@click.command()\ndef clear():\n    if click.confirm('Sure?'):\n        Wipe().run()\nclass Wipe(Command):\n    def run(self):\n        db.drop_all()\n",
            GuardKind::Confirmation,
        ),
    ] {
        let kinds: Vec<GuardKind> = guarded(path, text).into_iter().map(|it| it.1).collect();
        assert!(!kinds.is_empty() && kinds.iter().all(|it| *it == kind), "{text}: {kinds:?}");
        assert!(open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn knows_what_is_no_guard() {
    for (path, text) in [
        (
            "a.py",
            "NAME = 'DATABASE_URL'\nif not os.environ.get(NAME):\n    sys.exit(1)\ndb.drop_all()\n",
        ),
        (
            "a.go",
            "package main\nfunc main() {\np := promptui.Prompt{Label: \"Name\"}\nif _, err := p.Run(); err != nil { return }\ndb.Exec(\"DROP TABLE users\")\n}\n",
        ),
        (
            "a.py",
            "import argparse\nfrom shutil import rmtree\np = argparse.ArgumentParser()\np.add_argument('--force', action='store_true')\nargs = p.parse_args()\nrmtree('uploads', ignore_errors=args.force)\n",
        ),
        (
            "a.py",
            "import argparse\np = argparse.ArgumentParser()\np.add_argument('--force', action='store_true')\nargs = p.parse_args()\nMongoClient().drop_database('shop', args.force)\n",
        ),
        ("a.rb", "FileUtils.rm_rf('public/uploads', force: opts[:force])\n"),
        (
            "Config.java",
            "@Profile(\"prod\")\n@Configuration\nclass Config {\n@Bean\nFlywayMigrationStrategy clean() { return flyway -> { flyway.clean(); flyway.migrate(); }; }\n}\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
}
