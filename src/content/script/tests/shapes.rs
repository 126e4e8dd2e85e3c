//! Shapes of programs: values that are lost on the way from where they are written down to where they are used.

use super::open;

#[test]
fn finds_what_functions_and_maps_give() {
    for (path, text, found) in [
        (
            "a.py",
            "def build():\n    return 'TRUNCATE orders'\nc.execute(build())\n",
            "sql.truncate",
        ),
        (
            "a.py",
            "Q = {'n': 'SELECT 1', 'w': 'TRUNCATE orders'}\nc.execute(Q['w'])\n",
            "sql.truncate",
        ),
        ("a.py", "Q = {'w': 'TRUNCATE orders'}\nc.execute(Q.get('w'))\n", "sql.truncate"),
        // What is given, or an end.
        (
            "a.php",
            "<?php\n$b = $argv[1] ?? exit('no');\n$pdo->exec(\"TRUNCATE $b\");\n",
            "sql.truncate",
        ),
        (
            "a.js",
            "const b = process.argv[2] ?? process.exit(1);\npool.query('TRUNCATE ' + b);\n",
            "sql.truncate",
        ),
        (
            "a.js",
            "const b = process.env.B ?? fail('no');\nfunction fail(it) { process.exit(1); }\npool.query('TRUNCATE ' + b);\n",
            "sql.truncate",
        ),
        (
            "a.php",
            "<?php\nforeach (['orders'] as $index) { $es->indices()->delete(compact('index')); }\n",
            "php.es",
        ),
        (
            "a.py",
            "db = firestore.client()\nfor it in list(db.collection('users').limit(9).stream()):\n    it.reference.delete()\n",
            "py.firestore",
        ),
        // What runs beside it, or after it, ends nothing before.
        (
            "a.go",
            "package main\nfunc main() {\n\tgo func() { <-stop; os.Exit(1) }()\n\tdefer os.Exit(0)\n\tdb.Exec(\"TRUNCATE orders\")\n}\n",
            "sql.truncate",
        ),
        ("a.sh", "ssh a bash <<EOF\nssh b bash <<END\ndropdb shop\nEND\nEOF\n", "sh.dropdb"),
        // What does no harm once may do some with what is only known as it runs.
        ("a.sh", "wipe() { rm -rf \"$1\"; }\nwipe build\nwipe \"$DATA_DIR\"\n", "sh.rm"),
        (
            "a.py",
            "def clear(rows):\n    rows.delete()\nclear(User.objects.filter(id=3))\nclear(User.objects.all())\n",
            "py.django.qs_delete",
        ),
        // What imports call otherwise.
        (
            "a.py",
            "import subprocess as sp\nsp.check_call('dropdb shop', shell=True)\n",
            "sh.dropdb",
        ),
        (
            "a.py",
            "from subprocess import check_call as go\ngo('dropdb shop', shell=True)\n",
            "sh.dropdb",
        ),
        (
            "a.js",
            "import * as cp from 'node:child_process';\ncp.spawnSync('dropdb', ['shop']);\n",
            "sh.dropdb",
        ),
        (
            "a.js",
            "import { rm as remove } from 'node:fs/promises';\nawait remove('/var/lib/mysql', { recursive: true });\n",
            "js.fs",
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\texec.Command(\"terraform\", \"-chdir=\"+dir, \"destroy\", \"-auto-approve\").Run()\n}\n",
            "sh.terraform",
        ),
        ("a.js", "pool.query(['SET a = 0', 'TRUNCATE orders'].join(';\\n'));\n", "sql.truncate"),
        // Words in several lists, pairs in lists, structures by the order of their fields.
        ("a.py", "for it in [['ls'], ['dropdb', 'shop']]:\n    subprocess.run(it)\n", "sh.dropdb"),
        (
            "a.py",
            "for it in (['-l'], ['-c', 'TRUNCATE orders']):\n    subprocess.run(['psql', *it])\n",
            "sql.truncate",
        ),
        (
            "a.js",
            "for (const it of [['-l'], ['-c', 'TRUNCATE orders']]) spawnSync('psql', it);\n",
            "sql.truncate",
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tfor _, it := range [][]string{{\"-l\"}, {\"-c\", \"TRUNCATE orders\"}} {\n\t\texec.Command(\"psql\", it...).Run()\n\t}\n}\n",
            "sql.truncate",
        ),
        (
            "a.go",
            "package main\ntype step struct{ name, sql string }\nfunc main() {\n\tfor _, it := range []step{{\"a\", \"SELECT 1\"}, {\"b\", \"TRUNCATE orders\"}} {\n\t\tdb.Exec(it.sql)\n\t}\n}\n",
            "sql.truncate",
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tfor _, it := range []struct{ name, sql string }{{\"b\", \"TRUNCATE orders\"}} {\n\t\tdb.Exec(it.sql)\n\t}\n}\n",
            "sql.truncate",
        ),
        (
            "a.rb",
            "[['a', 'ls'], ['b', 'dropdb shop']].each { |name, it| system(it) }\n",
            "sh.dropdb",
        ),
        (
            "a.php",
            "<?php\nforeach ([['a', 'SELECT 1'], ['b', 'TRUNCATE orders']] as [$name, $it]) { $pdo->exec($it); }\n",
            "sql.truncate",
        ),
        // What is made of each of a list.
        (
            "a.py",
            "for it in [f'TRUNCATE {t}' for t in ('orders',)]:\n    c.execute(it)\n",
            "sql.truncate",
        ),
        (
            "a.py",
            "for it in [f'TRUNCATE {t}' for t in names()]:\n    c.execute(it)\n",
            "sql.truncate",
        ),
        (
            "a.py",
            "all = map(lambda t: 'TRUNCATE ' + t, names)\nfor it in all:\n    c.execute(it)\n",
            "sql.truncate",
        ),
        ("a.js", "pool.query(['orders'].map((t) => `TRUNCATE ${t}`).join(';'));\n", "sql.truncate"),
        (
            "a.rb",
            "all = %w[orders].map { |t| \"TRUNCATE #{t}\" }\nall.each { |it| c.execute(it) }\n",
            "sql.truncate",
        ),
        (
            "a.php",
            "<?php\nforeach (array_map(fn($t) => \"TRUNCATE $t\", ['orders']) as $it) {\n    $pdo->exec($it);\n}\n",
            "sql.truncate",
        ),
        ("a.py", "Q = {'w': 'TRUNCATE orders'}\nc.execute(Q[sys.argv[1]])\n", "sql.truncate"),
        ("a.py", "n, w = 'SELECT 1', 'TRUNCATE orders'\nc.execute(w)\n", "sql.truncate"),
        ("a.py", "c.execute(given or 'TRUNCATE orders')\n", "sql.truncate"),
        (
            "a.py",
            "class Q(Enum):\n    W = 'TRUNCATE orders'\nc.execute(Q.W.value)\n",
            "sql.truncate",
        ),
        (
            "a.js",
            "const q = Object.freeze({ w: 'TRUNCATE orders' });\nawait pool.query(q.w);\n",
            "sql.truncate",
        ),
        (
            "a.js",
            "class Q { static W = 'TRUNCATE orders'; }\nawait pool.query(Q.W);\n",
            "sql.truncate",
        ),
        ("a.php", "<?php\n$pdo->exec(sprintf('TRUNCATE %s', 'orders'));\n", "sql.truncate"),
        (
            "a.php",
            "<?php\nclass Q { const W = 'TRUNCATE orders'; }\n$pdo->exec(Q::W);\n",
            "sql.truncate",
        ),
        (
            "a.py",
            "def both():\n    return Path('data/app.db'), 5\npath, n = both()\npath.unlink()\n",
            "py.fs.remove_db",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [found], "{text}");
    }
}

#[test]
fn finds_in_functions_that_are_picked_bound_or_wrapped() {
    for (path, text, found) in [
        (
            "a.py",
            "def w():\n    r.flushall()\nfor name, step in [('w', w)]:\n    step()\n",
            "py.redis.flush",
        ),
        (
            "a.py",
            "def w(p):\n    shutil.rmtree(p)\npool.submit(w, '/srv/app/uploads')\n",
            "py.fs.rmtree",
        ),
        (
            "a.py",
            "def w(p):\n    shutil.rmtree(p)\ndo = partial(w, '/srv/app/uploads')\ndo()\n",
            "py.fs.rmtree",
        ),
        (
            "a.py",
            "class Tool:\n    def wipe(self):\n        r.flushall()\nfire.Fire(Tool)\n",
            "py.redis.flush",
        ),
        (
            "a.js",
            "const steps = [{ run: async () => { await redis.flushall(); } }];\nfor (const it of steps) await it.run();\n",
            "js.redis",
        ),
        (
            "a.js",
            "const timed = (fn) => async () => { await fn(); };\nconst w = timed(async () => { await redis.flushall(); });\nw();\n",
            "js.redis",
        ),
        (
            "a.js",
            "const t = { async w() { await redis.flushall(); }, async run() { await this.w(); } };\nt.run();\n",
            "js.redis",
        ),
        (
            "a.js",
            "exports.w = async () => { await redis.flushall(); };\nexports.w();\n",
            "js.redis",
        ),
        (
            "a.php",
            "<?php\nfunction w() { $redis->flushAll(); }\n$all = ['w' => 'w'];\n$all[$argv[1]]();\n",
            "php.redis",
        ),
        ("a.rb", "w = -> { redis.flushall }\nw.call\n", "rb.redis"),
        (
            "a.rb",
            "def with_dir\n  yield '/srv/app/uploads'\nend\nwith_dir { |it| FileUtils.rm_rf(it) }\n",
            "rb.fs",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [found], "{text}");
    }
}

#[test]
fn finds_what_fields_of_objects_are() {
    for (before, over) in [
        ("from settings import DATABASE_PATH\n", "[DATABASE_PATH, DATABASE_PATH + '-wal']"),
        ("from settings import DB_FILE\n", "sorted({os.path.abspath(it) for it in [DB_FILE]})"),
    ] {
        let text = format!("{before}for it in {over}:\n    os.remove(it)\n");
        let kinds: Vec<&str> = open("a.py", &text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, ["py.fs.remove_db"], "{text}");
    }
    let remove = "class Wiper(Base):\n    def run(self):\n        os.remove(self.path)\n";
    for (before, after) in [
        (
            "class Base:\n    def __init__(self):\n        self.path = 'data/app.db'\n",
            "Wiper().run()\n",
        ),
        ("class Base:\n    path = 'data/app.db'\n", "Wiper().run()\n"),
        (
            "class Base:\n    @property\n    def path(self):\n        return 'data/app.db'\n",
            "Wiper().run()\n",
        ),
        (
            "class Base:\n    def __init__(self, path):\n        self.path = path\n",
            "w = Wiper('data/app.db')\nw.run()\n",
        ),
    ] {
        let text = [before, remove, after].concat();
        let kinds: Vec<&str> = open("a.py", &text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, ["py.fs.remove_db"], "{text}");
    }
    for (path, text) in [
        (
            "a.py",
            "path = None\ndef init():\n    global path\n    path = 'data/app.db'\ninit()\nos.remove(path)\n",
        ),
        (
            "a.py",
            "@contextmanager\ndef it():\n    yield 'data/app.db'\nwith it() as path:\n    os.remove(path)\n",
        ),
        (
            "a.js",
            "class A { constructor(p) { this.p = p; } }\nclass B extends A {\n  constructor() { super('data/app.db'); }\n  run() { fs.unlinkSync(this.p); }\n}\nnew B().run();\n",
        ),
        (
            "a.js",
            "let p;\nfunction init() { p = 'data/app.db'; }\nfunction main() { init(); fs.unlinkSync(p); }\nmain();\n",
        ),
        (
            "a.ts",
            "class A {\n  constructor(private readonly p: string) {}\n  run() { fs.unlinkSync(this.p); }\n}\nnew A('data/app.db').run();\n",
        ),
        (
            "a.php",
            "<?php\nclass A {\n  public function __construct(private $p) {}\n  public function run() { unlink($this->p); }\n}\n(new A('data/app.sqlite'))->run();\n",
        ),
        (
            "a.rb",
            "class A\n  attr_reader :p\n  def initialize(p)\n    @p = p\n  end\n  def run\n    FileUtils.rm_rf(p)\n  end\nend\nA.new('/srv/app/uploads').run\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        // The one that is picked destroys nothing.
        ("a.py", "Q = {'n': 'SELECT 1', 'w': 'TRUNCATE orders'}\nc.execute(Q['n'])\n"),
        ("a.py", "n, w = 'SELECT 1', 'TRUNCATE orders'\nc.execute(n)\n"),
        (
            "a.py",
            "class A:\n    path = 'data/app.db'\nclass B:\n    path = 'out/a.txt'\n    def run(self):\n        os.remove(self.path)\nB().run()\n",
        ),
        (
            "a.js",
            "const wrap = (fn) => (req, res) => fn(req, res);\napp.get('/x', wrap(async (req, res) => { await Order.deleteMany({}); }));\n",
        ),
        ("a.py", "class Tool:\n    def wipe(self):\n        r.flushall()\nprint(Tool)\n"),
        (
            "a.js",
            "const all = { clear: async (req, res) => { await Order.deleteMany({}); } };\nrouter.post('/clear', all.clear);\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn finds_in_objects_that_may_be_none_and_texts_with_values_behind() {
    let go = "package main\ntype store struct{ db *sql.DB }\nfunc newStore() (*store, error) {\n\tif x {\n\t\treturn nil, err\n\t}\n\treturn &store{db: db}, nil\n}\nfunc (s *store) wipe() {\n\ts.db.Exec(\"TRUNCATE orders\")\n}\nfunc main() {\n\ts, err := newStore()\n\ts.wipe()\n}\n";
    for (path, text, found) in [
        ("cmd/x/main.go", go, "sql.truncate"),
        (
            "a.py",
            "ID = 'ab12'\nfor t in ['orders', 'users']:\n    c.execute(f'DELETE FROM {t} WHERE client_id = $1', ID)\n",
            "sql.delete_literal",
        ),
        (
            "a.js",
            "const models = {};\nfiles.forEach((f) => { models[f] = require(f); });\nfor (const m of Object.keys(models)) await models[m].deleteMany();\n",
            "js.prisma",
        ),
        (
            "a.js",
            "const page = await doc.send(new ScanCommand({ TableName: t }));\nfor (const it of page.Items ?? []) await doc.send(new DeleteCommand({ TableName: t, Key: { id: it.id } }));\n",
            "js.each",
        ),
        ("a.rb", "def conn\n  @conn ||= Order\nend\nconn.delete_all\n", "rb.ar"),
        ("a.js", "await connection.query('TRUNCATE TABLE ??', [name]);\n", "sql.truncate"),
        (
            "a.py",
            "def w():\n    r.flushall()\nM = {'1': ('Wipe', w)}\nlabel, action = M[input()]\naction()\n",
            "py.redis.flush",
        ),
        (
            "a.js",
            "const steps = [{ run: () => execSync('dropdb shop') }];\nfor (const [n, it] of steps.entries()) it.run();\n",
            "sh.dropdb",
        ),
        (
            "a.py",
            "def w():\n    r.flushall()\nfor n, it in enumerate([w]):\n    it()\n",
            "py.redis.flush",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|(_, kind)| kind).collect();
        assert!(!kinds.is_empty() && kinds.iter().all(|it| *it == found), "{text}{kinds:?}");
    }
}

#[test]
fn finds_functions_of_modules_that_are_handed_on() {
    for text in [
        "await asyncio.to_thread(os.system, 'dropdb shop')\n",
        "await asyncio.to_thread(shutil.rmtree, '/srv/uploads')\n",
        "loop.run_in_executor(None, conn.execute, 'DROP TABLE users')\n",
        "pool.submit(os.system, 'dropdb shop')\n",
        "threading.Thread(target=os.system, args=('dropdb shop',)).start()\n",
        "Process(target=subprocess.run, args=(['dropdb', 'shop'],)).start()\n",
        "functools.partial(os.system, 'dropdb shop')()\n",
        "do = partial(os.system, 'dropdb shop')\ndo()\n",
        "class A:\n    def wipe(self, name):\n        os.system('dropdb ' + name)\n    async def go(self):\n        await asyncio.to_thread(self.wipe, 'shop')\nasyncio.run(A().go())\n",
    ] {
        assert_eq!(open("a.py", text).len(), 1, "{text}");
    }
    for text in [
        "pool.submit()\nawait asyncio.to_thread()\nloop.run_in_executor(None)\nThread(target=os.system)\nThread(args=(1,))\n",
        "pool.submit(os.system, 'ls')\ndo = partial(os.system, 'dropdb shop')\n",
    ] {
        assert_eq!(open("a.py", text), [], "{text}");
    }
}
