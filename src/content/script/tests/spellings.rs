//! The same operations in other spellings: rows by their keys, all but a few, files by their names, requests over the web.

use super::{Defect, defects, guarded, open};

/// What is destroyed without a guard: the path, the text, the line and the kind.
const FINDS: &[(&str, &str, u32, &str)] = &[
    // A condition on another act chooses nothing.
    (
        "a.js",
        "const all = await User.find({});\nfor (const it of all) {\n  if (it.isOpen()) await close(it);\n  await it.deleteOne();\n}\n",
        4,
        "js.each",
    ),
    (
        "a.js",
        "const all = await User.find({});\nall.forEach(async (it) => {\n  if (it.open) console.log(it.id);\n  await it.deleteOne();\n});\n",
        4,
        "js.each",
    ),
    // Each row that a query gave.
    (
        "a.py",
        "cur.execute('SELECT id FROM orders')\nfor row in cur.fetchall():\n    cur.execute('DELETE FROM orders WHERE id = %s', (row[0],))\n",
        3,
        "sql.delete_each",
    ),
    (
        "a.py",
        "rows = c.execute('SELECT id, name FROM clients ORDER BY id').fetchall()\nfor key, name in rows:\n    c.execute(f'DELETE FROM clients WHERE id={key}')\n",
        3,
        "sql.delete_each",
    ),
    (
        "a.py",
        "c.execute('SELECT id FROM clients')\nids = [it[0] for it in c.fetchall()]\nc.executemany('DELETE FROM clients WHERE id = ?', ids)\n",
        3,
        "sql.delete_each",
    ),
    (
        "a.js",
        "const { rows } = await pool.query('SELECT id FROM orders');\nfor (const row of rows) {\n  await pool.query('DELETE FROM orders WHERE id = $1', [row.id]);\n}\n",
        3,
        "sql.delete_each",
    ),
    (
        "a.js",
        "const rows = db.prepare('SELECT id FROM orders').all();\nconst one = db.prepare('DELETE FROM orders WHERE id = ?');\nfor (const it of rows) one.run(it.id);\n",
        2,
        "sql.delete_each",
    ),
    // All but a few.
    ("a.py", "User.query.filter(User.id != 1).delete()\n", 1, "py.sqlalchemy.bulk_delete"),
    ("a.py", "User.delete().where(User.id != keeper.id).execute()\n", 1, "py.peewee"),
    ("a.py", "User.objects.exclude(pk=keeper.pk).delete()\n", 1, "py.django.qs_delete"),
    (
        "a.ts",
        "await prisma.user.deleteMany({ where: { id: { not: admin.id } } });\n",
        1,
        "js.prisma",
    ),
    (
        "a.ts",
        "await prisma.user.deleteMany({ where: { NOT: { email: 'a@b.example' } } });\n",
        1,
        "js.prisma",
    ),
    ("a.js", "await User.deleteMany({ _id: { $ne: process.env.KEEP } });\n", 1, "js.prisma"),
    ("a.js", "await User.destroy({ where: { id: { [Op.ne]: 1 } } });\n", 1, "js.sequelize.destroy"),
    ("a.js", "await knex('users').whereNot('id', 1).del();\n", 1, "js.knex"),
    ("a.js", "await knex('users').where('email', '<>', keep).del();\n", 1, "js.knex"),
    ("a.ts", "await db.delete(users).where(ne(users.id, 1));\n", 1, "js.drizzle"),
    // Nodes of a graph.
    ("a.py", "session.run('MATCH (p:Person) DETACH DELETE p')\n", 1, "cypher.label"),
    (
        "a.py",
        "session.run('MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 100 ROWS')\n",
        1,
        "cypher.detach_delete",
    ),
    // Requests over the web.
    (
        "a.js",
        "await axios.delete('https://api.shop.example/admin/orders/delete-all');\n",
        1,
        "web.all",
    ),
    (
        "a.py",
        "all = requests.get(f'{API}/orders?limit=100').json()\nfor it in all:\n    requests.delete(f\"{API}/orders/{it['id']}\")\n",
        3,
        "web.all",
    ),
    // Databases among files that are listed.
    (
        "a.py",
        "for it in os.listdir('.'):\n    if it.endswith('.sqlite3'):\n        os.unlink(it)\n",
        3,
        "py.fs.remove_db",
    ),
    ("a.py", "for it in glob.glob('var/*.db'):\n    os.remove(it)\n", 2, "py.fs.remove_db"),
    (
        "a.js",
        "for (const it of fs.readdirSync(dir)) {\n  if (it.endsWith('.db') || it.endsWith('.db-wal')) fs.unlinkSync(path.join(dir, it));\n}\n",
        2,
        "js.fs.unlink_db",
    ),
    (
        "a.js",
        "const all = fs.readdirSync(dir).filter((it) => it.endsWith('.sqlite'));\nfor (const it of all) fs.rmSync(path.join(dir, it));\n",
        2,
        "js.fs.unlink_db",
    ),
    (
        "a.js",
        "fs.readdirSync('uploads').filter((it) => it !== '.gitkeep').forEach((it) => fs.unlinkSync('uploads/' + it));\n",
        1,
        "js.fs.each",
    ),
    // The shell of MongoDB, wherever it lies.
    (
        "test/clean.js",
        "var all = db.getCollectionNames();\nfor (var i = 0; i < all.length; i++) {\n  db[all[i]].drop();\n}\n",
        3,
        "js.mongoose.drop",
    ),
    ("a.js", "cleaner.clean(knex, { mode: 'truncate' });\n", 1, "js.cleaner"),
    // What one command lists another takes away.
    ("a.sh", "git branch | grep -v main | xargs git branch -D\n", 1, "sh.git_branches"),
    (
        "a.sh",
        "for b in $(git branch -r | grep -v main); do\n  git push origin --delete $b\ndone\n",
        2,
        "sh.git_branches",
    ),
    (
        "a.sh",
        "aws s3api list-objects --bucket b --output text | while read key; do\n  aws s3api delete-object --bucket b --key \"$key\"\ndone\n",
        2,
        "sh.aws.each",
    ),
    (
        "a.sh",
        "curl -s \"$API/orders\" | jq -r '.[].id' | while read id; do\n  curl -X DELETE \"$API/orders/$id\"\ndone\n",
        2,
        "sh.web.each",
    ),
    (
        "a.sh",
        "for s in sh.helm.release.v1.a.v1 sh.helm.release.v1.a.v2; do\n  kubectl delete secret $s\ndone\n",
        2,
        "sh.kubectl",
    ),
    // One after the other of all that a store gives.
    (
        "a.py",
        "for it in db.users.find():\n    db.users.delete_one({'_id': it['_id']})\n",
        2,
        "py.each",
    ),
    (
        "a.py",
        "for it in db.collection('orders').get():\n    it.reference.delete()\n",
        2,
        "py.firestore",
    ),
    (
        "a.py",
        "rows = s.table('orders').select('id').execute().data\nfor it in rows:\n    s.table('orders').delete().eq('id', it['id']).execute()\n",
        3,
        "py.supabase.each",
    ),
    ("a.py", "for it in client.get_boards():\n    client.delete_board(it.id)\n", 2, "each.listed"),
    ("a.py", "storage.Client().bucket('b').delete(force=True)\n", 1, "py.gcs"),
    ("a.py", "await db.user.delete_many()\n", 1, "py.pymongo.delete_many"),
    ("a.py", "db.collection('users').truncate()\n", 1, "py.arango"),
    (
        "a.py",
        "c.delete_api().delete('1970-01-01T00:00:00Z', now, '', bucket='b')\n",
        1,
        "py.influx",
    ),
    ("a.py", "requests.request('DELETE', 'https://api.shop.example/users/all')\n", 1, "web.all"),
    (
        "a.js",
        "const { data } = await s.from('orders').select('id');\nawait s.from('orders').delete().in('id', data.map((it) => it.id));\n",
        2,
        "js.each",
    ),
    (
        "a.js",
        "const { data } = await s.storage.from('files').list();\nawait s.storage.from('files').remove(data.map((it) => it.name));\n",
        2,
        "js.cloud.files",
    ),
    (
        "a.js",
        "const [all] = await bucket.getFiles();\nfor (const it of all) await it.delete();\n",
        2,
        "each.listed",
    ),
    (
        "a.ts",
        "await payload.delete({ collection: 'orders', where: { id: { exists: true } } });\n",
        1,
        "js.payload",
    ),
    (
        "a.ts",
        "await repo.createQueryBuilder().delete().where('id != :id', { id: 1 }).execute();\n",
        1,
        "js.typeorm.query_builder",
    ),
    ("a.sql", "DELETE orders;\nDELETE dbo.clients;\n", 1, "sql.delete_all"),
];

/// What is none, or is not known to be.
const LETS_THROUGH: &[(&str, &str)] = &[
    (
        "a.js",
        "const all = await User.find({});\nfor (const it of all) {\n  if (it.isOpen()) continue;\n  await it.deleteOne();\n}\n",
    ),
    (
        "a.js",
        "const all = await User.find({});\nall.forEach(async (it) => {\n  if (it.expired) await it.deleteOne();\n});\n",
    ),
    (
        "a.py",
        "c.execute('SELECT id FROM orders WHERE expired')\nfor row in c.fetchall():\n    c.execute('DELETE FROM orders WHERE id = ?', row)\n",
    ),
    (
        "a.py",
        "c.execute('SELECT id, old FROM orders')\nfor key, old in c.fetchall():\n    if old > 90:\n        c.execute('DELETE FROM orders WHERE id = ?', (key,))\n",
    ),
    (
        "a.py",
        "c.execute('SELECT id FROM orders LIMIT 10')\nfor row in c.fetchall():\n    c.execute('DELETE FROM orders WHERE id = ?', row)\n",
    ),
    (
        "a.py",
        "rows = c.execute('SELECT id FROM orders ' + 'WHERE old').fetchall()\nfor it in rows:\n    c.execute('DELETE FROM orders WHERE id = ?', it)\n",
    ),
    ("a.sh", "aws ec2 deregister-image --image-id \"$1\"\n"),
    ("a.py", "User.query.filter(User.status != 'active').delete()\n"),
    ("a.py", "Item.objects.exclude(pk__in=ids).delete()\n"),
    ("a.ts", "await prisma.item.deleteMany({ where: { id: { notIn: ids } } });\n"),
    ("a.ts", "await prisma.token.deleteMany({ where: { userId, id: { not: token.id } } });\n"),
    ("a.ts", "await db.delete(users).where(eq(users.id, id));\n"),
    ("a.py", "session.run('MATCH (p:Person {id: $id}) DETACH DELETE p', id=key)\n"),
    ("a.py", "session.run('MATCH (p:Person) WHERE p.old DETACH DELETE p')\n"),
    ("a.js", "await axios.delete('http://localhost:3000/orders/all');\n"),
    ("a.js", "await fetch('/api/cart/all', { method: 'DELETE' });\n"),
    ("a.py", "requests.delete(f'{API}/orders/{key}')\n"),
    ("a.py", "for it in glob.glob('out/*.log'):\n    os.remove(it)\n"),
    (
        "a.js",
        "for (const it of fs.readdirSync(dir)) {\n  if (it.endsWith('.log')) fs.unlinkSync(path.join(dir, it));\n}\n",
    ),
    ("test/orders.test.js", "beforeEach(() => db.dropDatabase());\n"),
    ("test/clean.js", "const db = require('./db');\ndb.dropDatabase();\n"),
    ("a.js", "cleaner.clean(html);\n"),
    ("a.sh", "git branch --merged | grep -v main | xargs git branch -D\n"),
    ("a.sh", "git branch | grep feature/ | xargs git branch -D\n"),
    ("a.sh", "git branch -D \"$branch\"\n"),
    (
        "a.sh",
        "aws s3api list-objects --bucket b --prefix logs/ | while read key; do\n  aws s3api delete-object --bucket b --key \"$key\"\ndone\n",
    ),
    ("a.sh", "kubectl delete secret registry\n"),
    (
        "a.py",
        "for it in db.users.find({'old': True}):\n    db.users.delete_one({'_id': it['_id']})\n",
    ),
    ("a.py", "it = db.collection('orders').document(key).get()\nit.reference.delete()\n"),
    (
        "a.py",
        "rows = s.table('orders').select('id').eq('old', True).execute().data\nfor it in rows:\n    s.table('orders').delete().eq('id', it['id']).execute()\n",
    ),
    (
        "a.py",
        "for it in client.get_boards():\n    if it.old:\n        client.delete_board(it.id)\n",
    ),
    ("a.ts", "await payload.delete({ collection: 'orders', where: { id: { equals: id } } });\n"),
    ("a.ts", "await repo.createQueryBuilder().delete().where('id = :id', { id }).execute();\n"),
    (
        "a.py",
        "all = requests.get(f'{API}/orders?state=old').json()\nfor it in all:\n    requests.delete(f\"{API}/orders/{it['id']}\")\n",
    ),
];

/// What is done only where somebody agreed, with the line of the operation.
const GUARDED: &[(&str, &str, u32)] = &[
    (
        "a.sh",
        "ask() {\n  if [[ \"${1:-}\" == -y ]] || [[ \"${1:-}\" == --yes ]]; then return 0; fi\n  read -r -p 'Sure? ' answer\n  [[ $answer == yes ]] || return 1\n  return 0\n}\nauto=\"\"\ncase $1 in\n  -y) auto=-y ;;\nesac\nif ! ask \"$auto\"; then exit 0; fi\ndropdb app\n",
        12,
    ),
    (
        "a.sh",
        "psql -At -c 'select 1' | while read -r line; do\n  read -r -p \"$line? \" answer < /dev/tty\n  if [ \"$answer\" = yes ]; then dropdb app; fi\ndone\n",
        3,
    ),
];

#[test]
fn finds() {
    for (path, text, line, kind) in FINDS {
        assert!(open(path, text).contains(&(*line, *kind)), "{path}: {text}{:?}", open(path, text));
    }
}

#[test]
fn lets_through() {
    for (path, text) in LETS_THROUGH {
        assert_eq!(open(path, text), [], "{path}: {text}");
        assert_eq!(guarded(path, text), [], "{path}: {text}");
    }
}

#[test]
fn knows_guards() {
    for (path, text, line) in GUARDED {
        assert_eq!(open(path, text), [], "{path}: {text}");
        assert!(guarded(path, text).iter().any(|it| it.0 == *line), "{path}: {text}");
    }
}

#[test]
fn a_condition_that_is_always_the_same_is_named() {
    for (path, text) in [
        (
            "a.js",
            "if (process.env.NODE_ENV !== 'production' || process.env.NODE_ENV !== 'staging') {\n  knex('users').del();\n}\n",
        ),
        (
            "a.py",
            "if os.environ['ENV'] == 'production' and os.environ['ENV'] == 'staging':\n    sys.exit(1)\ndb.drop_all()\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{path}: {text}");
        assert!(defects(path, text).contains(&Defect::AlwaysTrue), "{path}: {text}");
    }
}

#[test]
fn finds_in_python_what_is_spelled_otherwise() {
    for (path, text) in [
        (
            "a.py",
            "from queries import drop_table_queries\nfor it in drop_table_queries:\n    cur.execute(it)\n",
        ),
        ("a.py", "import queries\ncur.execute(queries.DROP_USERS)\n"),
        ("a.py", "import shutil\nshutil.rmtree('/var/lib/shop')\n"),
        ("a.py", "import shutil\nshutil.rmtree(app.config['UPLOAD_FOLDER'])\n"),
        ("a.py", "import shutil\nshutil.rmtree(PERSIST_DIRECTORY)\n"),
        ("a.py", "import os\nos.remove(app.config['DATABASE'])\n"),
        ("a.py", "from config import DB_PATH\nDB_PATH.unlink()\n"),
        ("fabfile.py", "from fabric.api import local\ndef resetdb():\n    local('dropdb shop')\n"),
        (
            "a.py",
            "def lambda_handler(event, context):\n    boto3.client('rds').delete_db_instance(DBInstanceIdentifier='a')\n",
        ),
        (
            "a.py",
            "import subprocess, sys\nsubprocess.run([sys.executable, 'manage.py', 'flush', '--no-input'])\n",
        ),
        ("a.py", "t = PostgresOperator(task_id='a', sql='TRUNCATE TABLE users')\n"),
        ("a.py", "t = BashOperator(task_id='a', bash_command='dropdb shop')\n"),
        ("a.py", "db = MongoClient()['shop']\ndb.users.delete_many({}, session=it)\n"),
        ("a.py", "client.admin.command({'dropDatabase': 1})\n"),
        ("a.py", "db.users.delete_many({'email': {'$regex': '.*'}})\n"),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        (
            "a.py",
            "from queries import create_table_queries\nfor it in create_table_queries:\n    cur.execute(it)\n",
        ),
        ("a.py", "import shutil\nshutil.rmtree(app.config['BUILD_FOLDER'])\n"),
        ("tasks.py", "def resetdb():\n    local('dropdb shop')\n"),
        ("a.py", "client.admin.command({'ping': 1})\n"),
    ] {
        assert!(open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn options_are_known_whatever_they_are_called() {
    let command = |parameter: &str, test: &str| {
        format!(
            "class Command(BaseCommand):\n    def handle(self, *args, **{parameter}):\n        if {test}:\n            Order.objects.all().delete()\n"
        )
    };
    let of_django = command("kw", "kw['clear']");
    for text in [
        of_django.as_str(),
        "from docopt import docopt\na = docopt(__doc__)\nif a['--reset']:\n    db.drop_all()\n",
        "p = OptionParser()\np.add_option('--reset', action='store_true')\n(o, args) = p.parse_args()\nif o.reset:\n    db.drop_all()\n",
    ] {
        assert!(open("a.py", text).is_empty(), "{text}");
        assert_eq!(guarded("a.py", text).len(), 1, "{text}");
    }
}
