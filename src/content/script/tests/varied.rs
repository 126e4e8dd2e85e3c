//! What is the same in many languages: stores behind an address, functions that are picked by name, tables that are made anew,
//! and guards that only a run which destroys nothing goes around.

use super::{guarded, open};
use crate::content::script::GuardKind;

const TYPER: &str = "def main():\n    args = p.parse_args()\n";

#[test]
fn finds() {
    for (path, text, found) in [
        ("a.py", "requests.delete('http://es:9200/_all')\n", "web.store"),
        (
            "a.js",
            "await axios.post(`${url}/api/v2/delete?bucket=${it.name}`, { start: '1970-01-01T00:00:00Z', stop: now });\n",
            "web.store",
        ),
        (
            "a.py",
            "requests.post(f'{url}/api/v2/delete', json={'start': '1970-01-01T00:00:00Z', 'stop': now, 'predicate': '_measurement=\"a\"'})\n",
            "web.store",
        ),
        ("a.py", "requests.delete(f'{ELASTIC_URL}/products')\n", "web.store"),
        ("a.js", "fetch('http://couch:5984/shop', { method: 'DELETE' });\n", "web.store"),
        ("a.sh", "curl -X DELETE \"$QDRANT_URL/collections/docs\"\n", "sh.es_curl"),
        ("a.sh", "curl -XDELETE -u $A:$B \"https://$ELASTICHOST/$INDEX\"\n", "sh.es_curl"),
        ("a.ps1", "Invoke-RestMethod -Method Delete -Uri 'http://x:9200/shop'\n", "ps.web"),
        ("a.py", "es.indices.delete(index='products')\n", "py.es.delete"),
        ("a.js", "client.indices.delete({ index: name });\n", "js.es"),
        ("a.rb", "client.indices.delete index: 'products'\n", "rb.es"),
        ("a.php", "<?php\n$client->indices()->delete(['index' => 'shop']);\n", "php.es"),
        (
            "a.py",
            "for n in db.list_collection_names():\n    getattr(db, n).drop()\n",
            "py.pymongo.drop_each",
        ),
        (
            "a.py",
            "for it in t.scan()['Items']:\n    b.delete_item(Key=it['id'])\n",
            "py.boto3.items",
        ),
        ("a.py", "db.reference('/').delete()\n", "py.firebase"),
        ("a.py", "c = chromadb.PersistentClient('a')\nc.reset()\n", "py.vector"),
        ("a.py", "from x import wipe_all_tables\nwipe_all_tables()\n", "code.helper"),
        ("a.ts", "import { resetDatabase } from './db';\nawait resetDatabase();\n", "code.helper"),
        ("a.js", "client.initIndex('products').clearObjects();\n", "js.vector"),
        ("a.py", "for q in 'SELECT a; TRUNCATE b'.split(';'):\n    c.execute(q)\n", "sql.truncate"),
        (
            "a.py",
            "c.execute(SQL('DROP DATABASE {}').format(Identifier('app')))\n",
            "sql.drop_database",
        ),
        (
            "a.py",
            "DO = {'reset': r, 'seed': s}\ndef r():\n    db.drop_all()\ndef s():\n    pass\nDO[sys.argv[1]]()\n",
            "py.sqlalchemy.drop_all",
        ),
        (
            "a.py",
            "def r(args):\n    db.drop_all()\np.set_defaults(func=r)\nargs = p.parse_args()\nargs.func(args)\n",
            "py.sqlalchemy.drop_all",
        ),
        (
            "a.js",
            "const all = { reset: async () => { await sequelize.drop(); } };\nall[process.argv[2]]();\n",
            "js.mongoose.drop",
        ),
        ("a.sh", "for d in $DIRS; do rm -rf \"/srv/app/$d\"; done\n", ""),
        (
            "a.sh",
            "DIRS=\"logs uploads\"\nfor d in $DIRS; do rm -rf \"/srv/app/$d\"; done\n",
            "sh.rm",
        ),
        ("a.sh", "f() { mysql --execute=\"$1\" app; }\nf 'DROP TABLE users'\n", "sql.drop_table"),
        ("a.sh", "DC=$(pick)\n$DC -f a.yml down -v\n", "sh.docker_volumes"),
        ("a.ps1", "& dotnet run -p Tools -- sql -c \"DROP DATABASE shop\"\n", "sql.drop_database"),
        ("a.ps1", "$sql = 'DROP TABLE users;'\n$sql | psql app\n", "sql.drop_table"),
        ("a.ps1", "Get-S3Object -BucketName b | Remove-S3Object -Force\n", "ps.aws.objects"),
        ("a.sh", "turso db destroy shop --yes\n", "sh.turso"),
        ("a.sh", "sqlx migrate revert --target-version 0\n", "sh.sqlx.revert"),
        (
            "package.json",
            "{\"scripts\":{\"x\":\"ts-node ./node_modules/typeorm/cli.js schema:drop\"}}",
            "sh.typeorm",
        ),
        (
            "package.json",
            "{\"scripts\":{\"typeorm\":\"a\",\"x\":\"npm run typeorm schema:drop\"}}",
            "sh.typeorm",
        ),
        (
            "a.sql",
            "SET @t = CONCAT('DROP TABLE ', @all);\nPREPARE s FROM @t;\n",
            "sql.plpgsql_exec",
        ),
        ("a.sql", "DELETE FROM users WHERE email <> 'admin@example.com';\n", "sql.delete_all"),
        ("a.py", "User.objects.exclude(username='admin').delete()\n", "py.django.qs_delete"),
        ("a.js", "await User.deleteMany({ role: { $ne: 'admin' } });\n", "js.prisma"),
        (
            "a.go",
            "package main\nfunc main() {\n\tm, _ := migrate.New(a, b)\n\tm.Down()\n}\n",
            "go.migrate.drop",
        ),
        ("a.sh", "f() {\n  grep -q x y || return 1\n}\nf && dropdb app\n", "sh.dropdb"),
        ("a.sh", "rm -rf /var/lib/postgresql/14/main\n", "sh.rm"),
        ("a.sh", "curl -X DELETE \"$ES/$index\"\n", "sh.es_curl"),
        ("a.sql", "IF DB_ID('shop') IS NOT NULL DROP DATABASE shop;\n", "sql.drop_database"),
        ("a.sql", "DROP USER shop CASCADE;\n", "sql.drop_database"),
        ("a.sql", "DELETE u FROM users u;\n", "sql.delete_all"),
        ("a.py", "for f in glob.glob('./data/*'):\n    os.remove(f)\n", "py.fs.each"),
        (
            "a.py",
            "for h in session.exec(select(Hero)).all():\n    session.delete(h)\n",
            "py.sqlalchemy.each",
        ),
        ("a.ts", "for (const t of Object.values(schema)) await db.delete(t);\n", "js.drizzle"),
        ("package.json", "{\"scripts\":{\"clean:db\":\"node scripts/clean.js\"}}", "sh.named"),
        ("package.json", "{\"scripts\":{\"clean\":\"node scripts/clean.js\"}}", ""),
        (
            "a.py",
            "def c(*args):\n    subprocess.run(['docker', 'compose', *args])\nc('down', '-v')\n",
            "sh.docker_compose_volumes",
        ),
        ("a.py", "solr.delete(q='*:*')\n", "py.es.delete"),
        ("a.py", "db = Path('instance') / 'app.sqlite'\ndb.unlink()\n", "py.fs.remove_db"),
        ("a.py", "for i in ec2.instances.all():\n    i.terminate()\n", "py.boto3.instances"),
        (
            "a.py",
            "steps = [a]\ndef a():\n    db.drop_all()\nfor step in steps:\n    step()\n",
            "py.sqlalchemy.drop_all",
        ),
        (
            "a.js",
            "app.listen(80, async () => { await sequelize.sync({ force: true }); });\n",
            "js.sequelize",
        ),
        (
            "a.go",
            "package main\ntype S struct{}\nfunc NewS() *S { return &S{} }\nfunc (s *S) Run() { db.Exec(\"TRUNCATE users\") }\nfunc main() { NewS().Run() }\n",
            "sql.truncate",
        ),
        ("a.ps1", "cmd /c \"dropdb app\"\n", "sh.dropdb"),
        (
            "a.py",
            "q = []\nfor t in ts:\n    q.append(f'DROP TABLE {t}')\nfor s in q:\n    c.execute(s)\n",
            "sql.drop_table",
        ),
        (
            "a.py",
            "q = {'a': 'TRUNCATE a'}\nfor name, s in q.items():\n    c.execute(s)\n",
            "sql.truncate",
        ),
        ("a.py", "c.execute('; '.join(f'TRUNCATE {t}' for t in ts))\n", "sql.truncate"),
        (
            "a.sh",
            "SQL=$(cat <<EOF\nDROP TABLE users;\nEOF\n)\npsql -c \"$SQL\"\n",
            "sql.drop_table",
        ),
        ("a.sh", "printf 'DROP DATABASE %s;\\n' \"$DB\" | mysql\n", "sql.drop_database"),
        (
            "a.go",
            "package main\nfunc run(n string, a ...string) { exec.Command(n, a...).Run() }\nfunc main() { run(\"dropdb\", \"app\") }\n",
            "sh.dropdb",
        ),
        // It was there, and full.
        (
            "a.py",
            "c.execute('DROP TABLE IF EXISTS users')\nc.execute('CREATE TABLE users (id int)')\n",
            "sql.drop_table",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|it| it.1).collect();
        // An empty name is for none.
        let expected: Vec<&str> = Some(found).filter(|it| !it.is_empty()).into_iter().collect();
        assert_eq!(kinds, expected, "{path}: {text}");
    }
    // The same tenant in one table after the other.
    let text = "ID = 7\nc.execute('DELETE FROM a WHERE client_id = %s', (ID,))\nc.execute('DELETE FROM b WHERE client_id = %s', (ID,))\n";
    assert_eq!(open("a.py", text), [(2, "sql.delete_literal"), (3, "sql.delete_literal")]);
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("a.py", "requests.delete('https://api.example.com/v1/collections/7')\n"),
        ("a.py", "requests.delete('http://es:9200/products/_doc/7')\n"),
        (
            "a.js",
            "axios.post(`${url}/api/v2/delete`, { start: '1970-01-01T00:00:00Z', predicate: 'host=\"a\"' });\n",
        ),
        ("a.js", "axios.post(`${url}/api/v2/delete`, { start: since, stop: now });\n"),
        ("a.js", "axios.post('http://es:9200/orders', order);\n"),
        ("a.js", "axios.delete(`/api/indexes/${id}`);\n"),
        ("a.sh", "curl -X DELETE http://localhost:8080/api/jobs/7\n"),
        ("a.py", "es.indices.delete(index='products-old')\n"),
        ("a.py", "from x import reset_cache, clear_temp_data\nreset_cache()\nclear_temp_data()\n"),
        ("a.py", "c.execute('CREATE TABLE t (a int)')\nc.execute('DROP TABLE t')\n"),
        // It is filled again from elsewhere, or made of others.
        (
            "a.py",
            "c.execute('DROP TABLE t')\nc.execute('CREATE TABLE t (a int)')\nc.execute('INSERT INTO t SELECT a FROM b')\n",
        ),
        ("a.py", "c.execute('DROP TABLE t')\nc.execute('CREATE TABLE t AS SELECT a FROM b')\n"),
        ("a.py", "d = tempfile.mkdtemp()\nos.remove(os.path.join(d, 'x.db'))\n"),
        ("a.sh", "rm -rf \"$SYSROOT\"/var/lib/postgresql/*\n"),
        ("a.sh", "psql app_test -c 'DROP SCHEMA public CASCADE'\n"),
        ("a.sh", "log_info 'DROP TABLE users'\ngit commit -m 'DROP TABLE users'\n"),
        ("a.sql", "DELETE FROM orders WHERE user_id NOT IN (SELECT id FROM users);\n"),
        (
            "a.sql",
            "-- MySQL dump 10.13\nDROP TABLE IF EXISTS users;\nCREATE TABLE users (id int);\n",
        ),
        ("a.py", "c.execute('DELETE FROM a WHERE id = %s', (7,))\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}

#[test]
fn knows_guards() {
    for (path, text, guard) in [
        (
            "a.py",
            "if '--force' not in sys.argv:\n    sys.exit(1)\ndb.drop_all()\n",
            GuardKind::OptIn,
        ),
        (
            "a.py",
            "p.add_argument('--i-know', action='store_true')\nargs = p.parse_args()\nif not args.i_know:\n    p.error('no')\ndb.drop_all()\n",
            GuardKind::OptIn,
        ),
        (
            "a.py",
            "if app.config['DB_HOST'] in ('localhost',):\n    db.drop_all()\n",
            GuardKind::TargetChecked,
        ),
        (
            "a.ts",
            "if (APP_ENV === Environments.DEVELOPMENT) await sequelize.drop();\n",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "a.sh",
            "case \"$(hostname)\" in\n  devbox) dropdb app ;;\nesac\n",
            GuardKind::TargetChecked,
        ),
        (
            "a.sh",
            "a=$(echo no | fzf)\n[ \"$a\" = yes ] || exit 1\ndropdb app\n",
            GuardKind::Confirmation,
        ),
        (
            "a.sh",
            "read answer\nif [ \"$answer\" != \"${answer#[Yy]}\" ]; then dropdb app; fi\n",
            GuardKind::Confirmation,
        ),
    ] {
        let found: Vec<GuardKind> = guarded(path, text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, [guard], "{path}: {text}");
    }
}

#[test]
fn what_a_dry_run_goes_around_still_holds() {
    let asks = "    if not args.dry_run:\n        if input('? ') != 'yes':\n            return\n    print('-' * 20)\n";
    let text =
        format!("{TYPER}{asks}    if args.dry_run:\n        return\n    db.drop_all()\nmain()\n");
    assert_eq!(guarded("a.py", &text), [(9, GuardKind::Confirmation)]);
    let text = "DRY_RUN=false\nif [ \"$1\" = --dry-run ]; then DRY_RUN=true; fi\nif [ \"$DRY_RUN\" != true ]; then\n  read -r a\n  [ \"$a\" = yes ] || exit 1\nfi\nif [ \"$DRY_RUN\" = true ]; then exit 0; fi\ndropdb app\n";
    assert_eq!(guarded("a.sh", text), [(8, GuardKind::Confirmation)]);
    // It destroys in a dry run as well.
    let text = format!("{TYPER}{asks}    db.drop_all()\nmain()\n");
    assert_eq!(open("a.py", &text), [(7, "py.sqlalchemy.drop_all")]);
}
