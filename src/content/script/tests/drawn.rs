//! Shapes that files drawn at random from public repositories showed; the scripts here are invented.

use super::{guarded, open};
use crate::content::script::model::GuardKind;
use crate::content::script::{Answer, read};

#[test]
fn finds() {
    for (path, text, found) in [
        // The grammar of the shell takes the end of the second test for that of the first one.
        (
            "a.sh",
            "if [ \"$CI\" == \"true\" ]\nthen\n  echo a > b\nfi\ndropdb shop\nif [ $N -eq 1 ]\nthen\n  ls\nfi\n",
            (5, "sh.dropdb"),
        ),
        // And the argument for a word of its own.
        ("a.sh", "rm -rf $HOME/backups/$1\n", (1, "sh.rm")),
        ("a.sh", "rm -rf ~/.oh-my-zsh\n", (1, "sh.rm")),
        ("a.ps1", "$path = Read-Host 'Folder'\nRemove-Item $path -Recurse -Force\n", (2, "ps.fs")),
        ("a.sh", "$MY shop -e 'truncate users'\n", (1, "sql.truncate")),
        ("a.sh", "sh -c 'psql shop' < drop.sql\n", (1, "sh.sql_file")),
        ("a.sh", "sudo su - postgres -c 'psql shop' < destroy.sql\n", (1, "sh.sql_file")),
        ("a.sh", "ssh db 'psql shop' < wipe.sql\n", (1, "sh.sql_file")),
        ("a.sh", "cat sql/teardown.sql | psql shop\n", (1, "sh.sql_file")),
        ("a.sh", "ES_URL=$1\ncurl -XDELETE \"$ES_URL/logs\"\n", (2, "sh.es_curl")),
        (
            "a.sh",
            "curl -X POST \"$URL/api/v2/delete?bucket=b\" -d '{\"start\": \"1970-01-01T00:00:00Z\"}'\n",
            (1, "sh.es_curl"),
        ),
        ("a.sh", "sqitch revert -y\n", (1, "sh.sqitch")),
        ("a.sh", "rake warehouse:db:reset\n", (1, "sh.rails.own")),
        (
            "a.sh",
            "$PREFIX bundle exec rake db:drop DISABLE_DATABASE_ENVIRONMENT_CHECK=1\n",
            (1, "sh.rails"),
        ),
        ("a.sh", "rm -rf $HOME_DIR/data/btc/chain/*\n", (1, "sh.rm")),
        ("bin/reset", "#!/bin/sh\n./scripts/wipe.sh\n", (2, "sh.named")),
        ("bin/restore", "#!/bin/sh\ncat $DIR/$1 | gzip -dc | mysql shop\n", (2, "sh.restore")),
        ("ops/restore.sh", "mysql -h localhost shop < \"$1\"\n", (1, "sh.restore")),
        ("bin/reload", "<?php\nsystem('dropdb shop');\n", (2, "sh.dropdb")),
        (
            "database/seeders/UserSeeder.php",
            "<?php\nclass UserSeeder extends Seeder {\n  public function run() {\n    User::truncate();\n  }\n}\n",
            (4, "php.laravel.rows"),
        ),
        (
            ".github/workflows/staging.yml",
            "on: push\njobs:\n  a:\n    runs-on: [staging]\n    steps:\n      - run: php artisan migrate:fresh --force\n",
            (6, "sh.laravel"),
        ),
        ("a.php", "<?php\nshow_run('Dropping', 'dropdb shop', true);\n", (2, "sh.dropdb")),
        (
            "a.php",
            "<?php\nif ($_SERVER['REQUEST_METHOD'] !== 'POST') exit;\n$pdo->query('TRUNCATE users');\n",
            (3, "sql.truncate"),
        ),
        ("migrations/reset.js", "pool.query('DROP TABLE users');\n", (1, "sql.drop_table")),
        (
            "a.js",
            "const async = require('async');\nasync.series([open, drop], done);\nfunction drop(next) {\n  mongoose.connection.db.dropDatabase(next);\n}\n",
            (4, "js.mongoose"),
        ),
        (
            "a.js",
            "const all = [];\nall.push(next => pool.query('TRUNCATE users', next));\nasync.parallel(all, done);\n",
            (2, "sql.truncate"),
        ),
        (
            "scripts/restore-db.js",
            "fs.copyFileSync(given, next);\nfs.renameSync(next, 'data/shop.db');\n",
            (2, "sh.restore.file"),
        ),
        (
            "cmd/drop/main.go",
            "package main\nfunc main() {\n\tdb.Exec(database.DropSchema)\n}\n",
            (3, "sql.called"),
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tdatabasepg.Truncate(ctx, pool)\n}\n",
            (3, "go.helper"),
        ),
        ("a.go", "package main\nfunc main() {\n\tdb.ClearAndReseed()\n}\n", (3, "go.helper")),
        (
            "a.go",
            "package main\nfunc main() {\n\tdb.MigrateDatabase(filepath.Join(\"sql\", \"drop_tables.sql\"))\n}\n",
            (3, "code.sql_file.given"),
        ),
        (
            "a.ts",
            "const all = await prisma.$queryRaw<Array<{ sql: string }>>`SELECT 'TRUNCATE TABLE ' || string_agg(t, ', ') AS sql FROM names`;\nawait prisma.$executeRawUnsafe(all[0]?.sql);\n",
            (2, "sql.plpgsql_exec"),
        ),
        (
            "a.sh",
            "mariadb shop <<SQL\nDROP TABLE \\`${PREFIX}users\\`;\nSQL\n",
            (2, "sql.drop_table"),
        ),
        (
            "a.php",
            "<?php\n$this->connection->fetchAllAssociative('TRUNCATE TABLE users');\n",
            (2, "sql.truncate"),
        ),
        (
            "a.py",
            "for it in metadata.sorted_tables:\n    conn.execute(DropTable(it, if_exists=True))\n",
            (2, "py.sqlalchemy.table_delete"),
        ),
        (
            "a.py",
            "request.urlopen(request.Request(f'{es_url}/{index}', method='DELETE'))\n",
            (1, "web.store"),
        ),
        (
            "a.ts",
            "import { dropCollection } from './seed';\nawait dropCollection('areas');\n",
            (2, "code.helper"),
        ),
        ("a.sh", "./region.sh x.sh prod destroy -auto-approve\n", (1, "sh.terraform.wrapped")),
        ("a.sql", "DROP ALL OBJECTS DELETE FILES;\n", (1, "sql.drop_database")),
        (
            "a.sql",
            "RESTORE DATABASE @name FROM DISK = @file WITH REPLACE;\n",
            (1, "sql.drop_database"),
        ),
        // A text, which counts as true whatever the input is.
        (
            ".github/workflows/a.yml",
            "on:\n  workflow_dispatch:\n    inputs:\n      wipe:\n        type: boolean\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: terraform destroy -auto-approve\n        if: ${{ inputs.wipe }} == true\n",
            (10, "sh.terraform"),
        ),
        (
            "a.py",
            "from sqlalchemy import delete as sa_delete\nsession.execute(sa_delete(User))\n",
            (2, "py.sqlalchemy.table_delete"),
        ),
        // What a command writes is no answer, whatever it is told.
        (
            "a.py",
            "of = input('Prefix: ')\nall = json.loads(subprocess.run(f'list {of}', shell=True).stdout)\nif all['kind'] == 'shop':\n    os.system('dropdb shop')\n",
            (4, "sh.dropdb"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("a.sh", "say \"$MY\" -e 'truncate users'\n"),
        ("a.sh", "sh -c 'psql shop' < schema.sql\n"),
        ("a.sh", "sqitch revert -y --to @v1\n"),
        ("a.sh", "rake test:db:reset\n"),
        ("a.sh", "rm -rf build/chain\n"),
        (
            "a.sh",
            "curl -X POST \"$URL/api/v2/delete\" -d '{\"start\": \"2024-01-01T00:00:00Z\"}'\n",
        ),
        ("ops/restore.sh", "psql -h localhost shop < \"$1\"\n"),
        ("bin/dev-setup", "#!/bin/sh\nmysql -h localhost shop < \"$DUMP\"\n"),
        ("migrations/reset.js", "exports.down = () => pool.query('DROP TABLE users');\n"),
        (
            "migrations/reset.js",
            "module.exports = {\n  async up(q) { q.dropTable('users'); }\n};\n",
        ),
        ("migrations/0002-clear.js", "pool.query('DROP TABLE users');\n"),
        ("scripts/restore-db.js", "fs.renameSync('data/shop.db', 'data/shop.db.old');\n"),
        (
            "a.js",
            "const pool = new Pool({ connectionString: process.env.DATABASE_URL_TEST });\npool.query('TRUNCATE users');\n",
        ),
        ("a.go", "package main\nfunc main() {\n\tdb.Reset()\n\tcache.Truncate(it)\n}\n"),
        ("a.go", "package main\nfunc main() {\n\tlog.Printf(\"drop_tables.sql\")\n}\n"),
        ("a.py", "ecs = boto3.client('ecs')\nboto3.client('ecs').delete_cluster(cluster=name)\n"),
        ("a.py", "shutil.rmtree('cleaned_data')\n"),
        ("a.sh", "out=/srv/backups/shop-$(date +%F)\nmkdir -p $out\nrm -rf \"$out\"\n"),
        (
            "a.ps1",
            "$stamp = Get-Date -Format 'yyyyMMdd'\n$out = Join-Path 'D:\\backups' \"shop-$stamp\"\nRemove-Item $out -Recurse -Force\n",
        ),
        (
            "a.sql",
            "DROP SCHEMA IF EXISTS jwt CASCADE;\nCREATE SCHEMA jwt;\nCREATE FUNCTION jwt.sign() RETURNS text AS $$ SELECT 'a' $$ LANGUAGE sql;\n",
        ),
        (
            "a.sql",
            "IF DATABASE() LIKE '%test%' THEN\n  IF EXISTS(SELECT 1 FROM a) THEN\n    DROP TABLE users;\n  END IF;\n  DROP TABLE orders;\nEND IF;\n",
        ),
        ("a.sql", "ALTER TABLE temp.users SET SCHEMA public;\nDROP SCHEMA temp;\n"),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn knows_what_stops() {
    for (path, text, line, kind) in [
        (
            "lib/tasks/seed.rake",
            "if Rails.env.development?\n  task reseed: :environment do\n    User.delete_all\n  end\nend\n",
            3,
            GuardKind::EnvironmentAllowed,
        ),
        (
            "a.py",
            "if os.environ['ENV'] == 'development':\n    @app.cli.command('wipe')\n    def wipe():\n        db.drop_all()\n",
            4,
            GuardKind::EnvironmentAllowed,
        ),
        (
            "a.py",
            "if settings.PROD:\n    sys.exit(1)\nUser.objects.all().delete()\n",
            3,
            GuardKind::EnvironmentDenied,
        ),
        (
            ".github/workflows/a.yml",
            "on:\n  workflow_dispatch:\n    inputs:\n      wipe:\n        type: boolean\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: terraform destroy -auto-approve\n        if: ${{ inputs.wipe == true }}\n",
            10,
            GuardKind::OptIn,
        ),
        (
            "a.js",
            "async.series([check, drop]);\nfunction check(next) {\n  if (process.env.NODE_ENV === 'production') process.exit(1);\n  next();\n}\nfunction drop(next) {\n  pool.query('TRUNCATE users', next);\n}\n",
            7,
            GuardKind::EnvironmentDenied,
        ),
        (
            "a.py",
            "if not asyncio.run(confirm('Sure?')):\n    exit()\nos.system('dropdb shop')\n",
            3,
            GuardKind::Confirmation,
        ),
        (
            "a.sh",
            "read -p 'Sure? [y/N]' r\nif [[ ${r,,} =~ ^(y| ) ]]; then\n  dropdb shop\nfi\n",
            3,
            GuardKind::Confirmation,
        ),
        (
            "a.py",
            "parser = argparse.ArgumentParser()\nparser.add_argument('--confirmar', default='')\nargs = parser.parse_args()\nif args.confirmar != 'APAGAR':\n    exit()\nos.system('dropdb shop')\n",
            6,
            GuardKind::OptIn,
        ),
        (
            "a.js",
            "const dry = process.argv.includes('--dry-run');\nfunction ask() {\n  return new Promise(resolve => {\n    if (dry) {\n      resolve(true);\n      return;\n    }\n    rl.question('Type DELETE', it => resolve(it === 'DELETE'));\n  });\n}\nasync function main() {\n  if (!await ask()) return;\n  if (dry) return;\n  execSync('dropdb shop');\n}\nmain();\n",
            14,
            GuardKind::Confirmation,
        ),
    ] {
        assert_eq!(guarded(path, text), [(line, kind)], "{text}");
    }
}

#[test]
fn finds_what_only_looks_harmless() {
    for (path, text, line) in [
        // That an argument is there says nothing of whether it may go, whatever it is kept in.
        ("a.sh", "DELETE_DB=$1\n[ -z \"$DELETE_DB\" ] && exit 1\ndropdb \"$DELETE_DB\"\n", 3),
        ("a.sql", "-- Take a dump first!\nDROP TABLE users;\nCREATE TABLE users (id int);\n", 2),
        (
            "scripts/reset_db.sql",
            "-- MySQL dump 10.13\nDROP TABLE users;\nCREATE TABLE users (id int);\n",
            2,
        ),
        ("a.sql", "DROP TABLE users;\nCREATE TABLE users AS SELECT 1 AS id;\n", 1),
        ("h2/wipe.sql", "DROP TABLE users;\nDROP DATABASE shop;\n", 1),
        ("a.sql", "DROP DATABASE speedtest;\n", 1),
        ("a.sh", "pg_restore --clean -d shop -U tester test.dump\n", 1),
        ("a.sh", "$WIPE_DB mysql\n", 1),
        ("a.sh", "$FOUNDRY dropdb shop\n", 1),
        ("a.sh", "mysql -ulocalhost_admin -h prod shop < backup.sql\n", 1),
        ("a.sh", "mysql --defaults-file=/usr/local/my.cnf shop < backup.sql\n", 1),
        ("a.sh", "psql shop -o /tmp/tests -c 'DROP TABLE users'\n", 1),
        ("a.sh", "cat <<'a ]'\nfoo\na ]\ndropdb x\n", 4),
        ("a.sh", "if [ a == b ] # ci\nthen\n  echo a > b\nfi\ndropdb x\n[ $N -eq 1 ]\n", 5),
        ("a.sh", "rm -rf $HOME/unparsed_data\n", 1),
        ("a.sh", "sqitch revert -y --target prod\n", 1),
        ("a.py", "boto3.client('redshift').delete_cluster(ClusterIdentifier='ecs')\n", 1),
        (
            "migrations/reset.js",
            "// wind up, tear down (all)\npool.query('DROP TABLE users');\n",
            2,
        ),
    ] {
        assert_eq!(open(path, text).first().map(|it| it.0), Some(line), "{path}: {text}");
    }
}

#[test]
fn lets_through_what_only_looks_dangerous() {
    for (path, text) in [
        // Lists of functions that nothing here says to run.
        ("a.py", "def drop():\n    db.drop_all()\nhandlers = [drop]\nprint(handlers)\n"),
        ("a.js", "app.post('/x', [auth, drop]);\nfunction drop() { pool.query('TRUNCATE a'); }\n"),
        ("scripts/restore-db.py", "name = given.replace('.bak', 'app.db')\n"),
        ("a.js", "const path = get_script_path('drop_tables.sql');\n"),
        ("a.js", "loadIgnored('reset.sql', 'wipe.sql');\n"),
        ("scripts/delete_order.sh", "./drop.sh\n"),
        ("scripts/remove-user.sh", "./wipe.sh home\n"),
        ("a.sh", "$HG rm -rf data\n"),
        ("a.sh", "$NOOP dropdb shop\n"),
        ("a.sh", "rake dev:db:reset\n"),
        ("a.sh", "figlet -c 'drop table users'\n"),
        ("a.go", "package main\nfunc main() {\n\tdatabaseMock.Drop()\n}\n"),
        (
            "docker-entrypoint-initdb.d/01.sql",
            "DROP TABLE IF EXISTS users;\nCREATE TABLE users (id int);\n",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    runs-on: windows-server-2022\n    services:\n      db:\n        image: mysql\n    steps:\n      - run: php artisan migrate:fresh --force\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}

#[test]
fn refuses_a_test_whose_end_is_not_found() {
    let text = "if [ \"$CI\" == true ] || true\nthen\n  echo a > b\nfi\n[ \"$CI\" == true\necho a > b\ndropdb shop\n[ $N -eq 1 ]\nls\n";
    let answer = read("a.sh".into(), text.as_bytes());
    assert!(matches!(answer, Answer::Unreadable(_)), "{text}");
}
