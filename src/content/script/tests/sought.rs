//! Shapes that files showed which were sought out in public repositories; the scripts here are invented.

mod clouds;
mod compiled;
mod javascript;
mod purges;
mod python;
mod rbphp;
mod shell;
mod sql;

use super::{guarded, open};
use crate::content::script::model::GuardKind;

#[test]
fn finds() {
    for (path, text, found) in [
        // What an application does for a request, where its address or its file says that it wipes.
        (
            "src/users.js",
            "router.post('/reset', resetAll);\nasync function resetAll(req, res) { await User.deleteMany({}); }\n",
            (2, "js.prisma"),
        ),
        (
            "src/routes/cleanup.ts",
            "router.post('/', async (req, res) => {\n  await db.collection('a').deleteMany({});\n});\n",
            (2, "js.prisma"),
        ),
        (
            "app/api/clear-database/route.ts",
            "export async function POST(request: NextRequest) {\n  await prisma.user.deleteMany({});\n}\n",
            (2, "js.prisma"),
        ),
        (
            "pages/api/wipe.ts",
            "export default async function handler(req, res) {\n  await prisma.user.deleteMany({});\n}\n",
            (2, "js.prisma"),
        ),
        (
            "app/api/seed/route.ts",
            "export const GET = async () => {\n  await prisma.user.deleteMany({});\n};\n",
            (2, "js.prisma"),
        ),
        (
            "seeds/001.js",
            "export const seed = async knex => {\n  await knex('users').del();\n};\n",
            (2, "js.knex"),
        ),
        // All of what the file is called after; a class with a name of its own in each program.
        (
            "cmd/drop/main.go",
            "package main\nimport \"shop/data\"\nfunc main() {\n\tdata.UserDropTable()\n}\n",
            (4, "code.helper"),
        ),
        (
            "a.php",
            "<?php\nforeach ($handle->getTables($name) as $table) {\n  $handle->truncate($name, $table);\n}\n",
            (3, "each.table"),
        ),
        (
            "a.php",
            "<?php\n$db = $dbal->database('default');\nforeach (['users', 'orders'] as $table) {\n  $db->delete($table)->run();\n}\n",
            (4, "php.all_rows"),
        ),
        ("a.rb", "Shop::Order.dataset.delete\n", (1, "rb.sequel")),
        ("a.rb", "system(env, 'dropdb', 'shop')\n", (1, "sh.dropdb")),
        (
            "a.rb",
            "words = ['dropdb', '--if-exists']\nwords += ['--username', user] if user\nwords << db\nsystem(*words)\n",
            (1, "sh.dropdb"),
        ),
        ("a.py", "c.execute('DELETE FROM users WHERE `_rowid_`')\n", (1, "sql.delete_all")),
        (
            "a.py",
            "for it in ec2_res.instances.filter(Filters=[{'Name': 'tag:Name', 'Values': [NAME]}]):\n    it.terminate()\n",
            (2, "py.boto3.instances"),
        ),
        (
            "cmd/wipe.go",
            "package cmd\nfunc (c *Wipe) Execute(_ context.Context, f *flag.FlagSet, _ ...any) int {\n\tm, _ := newMigrate()\n\tm.Down()\n\treturn 0\n}\n",
            (4, "go.migrate.drop"),
        ),
        (
            "a.sh",
            "curl \"$URL\" --data-binary '{ \"delete\": { \"query\": \"*:*\" } }'\n",
            (1, "sh.es_curl"),
        ),
        (
            "a.sh",
            "es_host=$(jq -r .host vars.json)\ncurl \"https://$es_host/$index\" -XDELETE\n",
            (2, "sh.es_curl"),
        ),
        ("a.sh", "openshift-install destroy cluster\n", (1, "sh.store")),
        ("a.sh", "nats str rm -f ORDERS\n", (1, "sh.store")),
        (
            "a.ps1",
            "Remove-SPServiceApplication $app -RemoveData -Confirm:$false\n",
            (1, "ps.database"),
        ),
        (
            "a.ps1",
            "$dir = Join-Path $env:APPDATA 'Shop'\n$db = Join-Path $dir 'shop.db'\nRemove-Item $db\n",
            (3, "ps.fs"),
        ),
        // The marks that word processors make.
        ("a.ps1", "Remove-AzResourceGroup –Name “shop” –Force\n", (1, "ps.az")),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

/// What a review let through by what only looks like an excuse.
#[test]
fn finds_what_is_not_excused() {
    for (path, text, line) in [
        // Nothing is no other word for good: it may be set later, or elsewhere.
        (
            "a.py",
            "c = None\nwhile c != 'q':\n    if c == '1':\n        os.system('dropdb shop')\n    c = input()\n",
            4,
        ),
        (
            "a.py",
            "before = None\nfor it in sys.argv:\n    if before == '--db':\n        os.system('dropdb shop')\n    before = it\n",
            4,
        ),
        ("a.sh", "run_or_die mkdir x\ndropdb shop\n", 2),
        ("a.sh", "try_or_abort make\nassert::fail x\n./exit.sh\ndropdb shop\n", 4),
        ("a.sh", "sqlite3 :memory: \"ATTACH 'shop.db' AS s; DROP TABLE s.users\"\n", 1),
        ("a.sh", "DB=${SHOP_DB:-/tmp/shop.db}\nsqlite3 \"$DB\" 'DROP TABLE users'\n", 2),
        ("a.sh", "sqlite3 /tmp/../srv/shop.db 'DROP TABLE users'\n", 1),
        (
            "a.py",
            "if not os.environ.get('PUBSUB_EMULATOR_HOST'):\n    raise SystemExit\nos.system('dropdb shop')\n",
            3,
        ),
        (
            "a.py",
            "it = QMessageBox.Yes\nif it == QMessageBox.Yes:\n    os.system('dropdb shop')\n",
            3,
        ),
        (
            "a.py",
            "it = QMessageBox.question(None, 'a', 'b', QMessageBox.Yes | QMessageBox.No)\nif it != QMessageBox.Cancel:\n    os.system('dropdb shop')\n",
            3,
        ),
        ("scripts/purge_database.py", "from shop import db\ndb.purge_all()\n", 2),
        ("a.js", "if (process.platform !== 'prod') execSync('dropdb shop');\n", 1),
        (
            "a.py",
            "p.add_argument('--replace')\na = p.parse_args()\nif a.replace:\n    os.system('dropdb shop')\n",
            4,
        ),
        ("a.sh", "zfs destroy -r tank/data@2024\n", 1),
        ("sql/2025/h2/fix_orders.sql", "DELETE FROM orders;\n", 1),
        ("a.sh", "if grep -L 'APP_ENV=local' .env; then dropdb shop; fi\n", 1),
        ("a.js", "cli.showHelp();\nexecSync('dropdb shop');\n", 2),
        (
            "a.ps1",
            "$WhatIfPreference = $true\nRemove-Item -Recurse D:\\uploads -WhatIf:$false\n",
            2,
        ),
        ("a.ts", "f<T>();\ndb.dropDatabase();\ng(()=>`x`);\n", 2),
        (
            "a.ts",
            "await sql<{\n a: string\n}>`SELECT 1`;\nawait pool.query('DROP TABLE users');\n",
            4,
        ),
        (
            "a.sql",
            "DROP SCHEMA shop CASCADE;\nCREATE SCHEMA x;\nCREATE FUNCTION x.f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql;\n",
            1,
        ),
        (
            "a.sql",
            "DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\nCREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql;\n",
            1,
        ),
        (
            "a.sql",
            "DROP TABLE users;\nCREATE TABLE users AS SELECT EXTRACT(YEAR FROM now()) AS y;\n",
            1,
        ),
        ("a.sql", "DROP TABLE users;\nCREATE TABLE users AS SELECT * FROM old WHERE 1 = 0;\n", 1),
        (
            "a.sql",
            "-- Navicat: run this to start anew\nDROP TABLE users;\nCREATE TABLE users (id int);\n",
            2,
        ),
        (
            "a.py",
            "for u in users:\n    shutil.rmtree(f'/srv/uploads/{u.created.isoformat()}')\n",
            2,
        ),
        ("a.py", "shutil.rmtree('/srv/data/' + args.day.strftime('%F'))\n", 1),
        ("a.sh", "rm -rf /srv/uploads/$(date +%Y)\n", 1),
        ("a.sh", "rm -rf /srv/uploads/*$(date +%F)*\n", 1),
        (
            "a.sh",
            "if [ \"$L\" ]; then c=(psql shop_test); else c=(psql shop); fi\n\"${c[@]}\" -c 'DROP TABLE users'\n",
            2,
        ),
        ("a.sh", "if [ \"$L\" ]; then c=(echo); else c=(sudo); fi\n\"${c[@]}\" dropdb shop\n", 2),
        (
            "a.py",
            "from subprocess import run\nif run(['ping', sys.argv[1]]).stdout == 'ok':\n    os.system('dropdb shop')\n",
            3,
        ),
        ("a.sh", "heroku pg:psql -a shop -c 'drop table users'\n", 1),
        ("a.sh", "$AS_ROOT rm -rf /var/lib/postgresql\n", 1),
        ("scripts/delete-orders.sh", "./purge-orders.sh\n", 1),
        ("a.js", "importSqlFile('drop_tables.sql');\n", 1),
        ("a.sh", "sqitch revert -y -d shop -h prod\n", 1),
        ("a.sh", "sqlcmd -S prod -d shop -i dump.sql\n", 1),
        (
            "a.sh",
            "bash <<E\"O\"F\n[ \"\\$NODE_ENV\" = production ] && exit 1\ndropdb shop\nEOF\n",
            3,
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-vps\n    steps:\n      - run: rm -rf /var/lib/mysql\n",
            6,
        ),
    ] {
        let found = open(path, text);
        assert_eq!(found.first().map(|it| it.0), Some(line), "{path}: {text}");
        assert!(guarded(path, text).is_empty(), "{path}: {text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "cmd/tidy/main.go",
            "package main\nfunc main() {\n\tq.DeleteIdleConnections(ctx)\n\tq.ResetStuckJobs(ctx)\n\tstore.FlushMetrics(ctx)\n}\n",
        ),
        (
            "a.js",
            "new Keyv('redis://localhost', { namespace: 'cache' }).clear();\nnew Enmap().clear();\n",
        ),
        ("a.js", "app.all('/x', [auth, drop]);\nfunction drop() { pool.query('TRUNCATE a'); }\n"),
        ("a.js", "import { dropTable } from './x';\nawait dropTable('tmp_users');\n"),
        ("a.go", "package main\nfunc main() {\n\tos.RemoveAll(read(\"tmp\"))\n}\n"),
        (
            "a.sql",
            "-- Dump created by MySQL pump utility\nDROP TABLE users;\nCREATE TABLE users (id int);\n",
        ),
        ("h2/data.sql", "DELETE FROM users;\nINSERT INTO users VALUES (1);\n"),
        ("a.sh", "$DRYRUN dropdb shop\n$RUNECHO dropdb shop\n$INFO dropdb shop\n"),
        ("a.sh", "mysql -hlocalhost shop < backup.sql\n"),
        ("a.sh", "pg_restore --clean -dshop_test f.dump\n"),
        ("a.sh", "rm -rf $HOME/preprocessed_data ~/cleandata\n"),
        (
            "a.js",
            "const before = new Date();\nbefore.setDate(before.getDate() - 30);\nawait prisma.order.deleteMany({ where: { createdAt: { lt: before } } });\n",
        ),
        (
            "app/api/orders/route.ts",
            "export async function DELETE(request: NextRequest) {\n  await prisma.order.deleteMany({});\n}\n",
        ),
        (
            "app/api/clear/route.ts",
            "export async function POST(request) {\n  await prisma.cart.deleteMany({ where: { userId: request.user.id } });\n}\n",
        ),
        (
            "a.rb",
            "s3.list_objects(bucket: b).contents.each do |it|\n  case it.key\n  when 'old'\n    s3.delete_object(bucket: b, key: it.key)\n  end\nend\n",
        ),
        ("a.py", "c.execute('DELETE FROM users WHERE id')\n"),
        ("a.py", "for it in ec2.instances.filter(InstanceIds=[one]):\n    it.terminate()\n"),
        (
            "a.php",
            "<?php\n$db->delete('cache')->run();\n$db->delete('users')->where('id', 1)->run();\n",
        ),
        ("a.sh", "curl \"$URL\" -d '{ \"delete\": { \"query\": \"id:7\" } }'\n"),
        ("a.sh", "openshift-install destroy bootstrap\n"),
        ("a.ps1", "$db = Join-Path $env:TEMP 'shop.db'\nRemove-Item $db\n"),
        ("a.ps1", "$db = Join-Path $env:LOCALAPPDATA 'iconcache.db'\nRemove-Item $db\n"),
        (
            "cmd/drop/main.go",
            "package main\nfunc main() {\n\tlist.Drop()\n\tdata.DropCaches()\n}\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn knows_what_stops() {
    for (path, text, line, kind) in [
        (
            "src/app.js",
            "if (process.env.NODE_ENV === 'test') {\n  app.post('/reset', async (req, res) => { await User.deleteMany({}); });\n}\n",
            2,
            GuardKind::EnvironmentAllowed,
        ),
        (
            "a.sh",
            "read -r reply\nif [ \"$reply\" != shop ]; then\n  tal_die 'did not match'\nfi\ndropdb shop\n",
            5,
            GuardKind::Confirmation,
        ),
        (
            "a.ps1",
            "$size = (Get-Item $backup).Length / 1KB\n$answer = Read-Host 'Go on?'\nif ($answer -ne 'y') { exit 0 }\nRemove-Item 'shop.db'\n",
            4,
            GuardKind::Confirmation,
        ),
        (
            "a.ps1",
            "workflow Clear-All\n{\n  param([bool]$PreviewMode = $true)\n  if ($PreviewMode -eq $true) { Write-Output 'would' }\n  else { Remove-AzResourceGroup -Name $name -Force }\n}\n",
            5,
            GuardKind::DryRun,
        ),
        (
            "app/api/reset/route.ts",
            "export async function POST() {\n  if (process.env.NODE_ENV === 'production') return;\n  await prisma.user.deleteMany({});\n}\n",
            3,
            GuardKind::EnvironmentDenied,
        ),
    ] {
        assert_eq!(guarded(path, text), [(line, kind)], "{text}");
    }
}
