//! How far exceptions reach: what is named alike, and is not meant.

use super::{guarded, open};

#[test]
fn exceptions_let_nothing_else_through() {
    for (path, text) in [
        (
            "a.js",
            "const { newDb } = require('./db');\nconst db = newDb(process.env.DATABASE_URL);\ndb.query('DROP TABLE users');\n",
        ),
        (
            "a.js",
            "const db = new PGlite('/var/lib/shop/pgdata');\nawait db.query('DROP TABLE users');\n",
        ),
        ("a.js", "await User.destroy({ where: { id: { [Op.gte]: 1 } } });\n"),
        ("a.py", "import redis\nr = redis.Redis()\nr.delete(*r.keys(\"reviews:*\"))\n"),
        ("a.py", "import redis\nr = redis.Redis()\nr.delete(*r.keys(\"strategies:*\"))\n"),
        ("a.py", "import redis\nr = redis.Redis()\nr.delete(*r.keys(\"homepages:*\"))\n"),
        ("a.py", "import redis\nr = redis.Redis()\nr.delete(*r.keys(\"contestants:*\"))\n"),
        ("a.py", "import redis\nr = redis.Redis()\nr.delete(*r.keys(\"corporate:*\"))\n"),
        ("a.py", "import redis\nr = redis.Redis()\nr.delete(*r.keys(\"shipping:*\"))\n"),
        ("a.py", "import redis\nr = redis.Redis()\nr.delete(*r.keys(\"blocks:*\"))\n"),
        ("a.py", "import redis\nr = redis.Redis()\nr.delete(*r.keys(\"interviews:*\"))\n"),
        ("a.py", "import redis\nr = redis.Redis()\nr.delete(*r.keys(\"assessments:*\"))\n"),
        (
            "a.py",
            "import os, redis\nTEST_DATABASE_URL = 'sqlite:///:memory:'\nredis.Redis(host='prod').flushall()\n",
        ),
        (
            "a.py",
            "OLD_DATABASE_URL='sqlite:////tmp/cache.db'\nMongoClient('mongodb://prod').drop_database('shop')\n",
        ),
        ("a.py", "FALLBACK_DATABASE_URL='sqlite://'\ndb.drop_all()\n"),
        (
            "a.py",
            "mem = sqlite3.connect(':memory:')\nprod.cursor().execute('DROP TABLE users', mem)\n",
        ),
        ("a.py", "c = sqlite3.connect('/srv/data/test.db')\nc.execute('DROP TABLE users')\n"),
        ("a.sh", "rm -rf /var/lib/latest\n"),
        ("a.sh", "rm -rf /var/lib/contestdb\n"),
        ("a.sh", "ensure_production\ndropdb shop\n"),
        ("a.sh", "stop_local_server\ndropdb shop\n"),
        ("a.sh", ". ./stop_local.sh\ndropdb shop\n"),
        ("a.sh", "source ./env/prod_only.sh\ndropdb shop\n"),
        ("a.sh", "assert_not_production || true\ndropdb shop\n"),
        ("a.sh", "assert_not_production || echo warning\ndropdb shop\n"),
        ("a.sh", "if assert_not_production; then echo ok; fi\ndropdb shop\n"),
        ("a.sh", "assert_not_production &\ndropdb shop\n"),
        ("a.sh", "NODE_ENV=test dropdb -h prod.example.com shop\n"),
        ("a.sh", "redis-cli -h prod -e ci FLUSHALL\n"),
        ("a.sh", "mysqladmin -h prod -f drop shop -e test\n"),
        ("a.sh", "export DB_NAME=shop_test\nmysqladmin -f drop shop_production\n"),
        (
            "a.sh",
            "FLASK_ENV=test RAILS_ENV=production DISABLE_DATABASE_ENVIRONMENT_CHECK=1 rails db:drop\n",
        ),
        (
            "a.sh",
            "NODE_ENV=test DISABLE_DATABASE_ENVIRONMENT_CHECK=1 rails db:drop RAILS_ENV=production\n",
        ),
        ("a.sh", "export NODE_ENV=test\nDATABASE_URL=$PROD_URL npx prisma migrate reset --force\n"),
        ("a.sh", "export NODE_ENV=test\nunset NODE_ENV\nnpx prisma migrate reset --force\n"),
        (
            "a.sh",
            "if [ -z \"$NODE_ENV\" ]; then NODE_ENV=test; fi\nnpx prisma migrate reset --force\n",
        ),
        ("a.sh", "if [ \"$1\" = x ]; then NODE_ENV=test; fi\nnpx prisma migrate reset --force\n"),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
        assert_eq!(guarded(path, text).len(), 0, "{text}");
    }
}

#[test]
fn names_are_read_word_by_word() {
    for (path, text) in [
        ("a.sql", "DELETE FROM email_templates;"),
        ("a.sql", "DROP TABLE contests;"),
        ("a.sql", "DELETE FROM temperature_readings;"),
        ("a.sql", "DELETE FROM latest_prices;"),
        ("a.sql", "DELETE FROM testimonials;"),
        ("a.sql", "DELETE FROM contest.users;"),
        ("a.sql", "DELETE FROM test_results;"),
        ("a.sql", "DELETE FROM lab_tests;"),
        ("a.sh", "dropdb contest\n"),
        ("a.sh", "dropdb songcontests\n"),
        ("a.sh", "dropdb protestdb\n"),
        ("a.sh", "docker volume rm app_latest\n"),
        ("a.sh", "docker compose -p contest down -v\n"),
        ("a.sh", "docker compose -f latest.yml down -v\n"),
        ("a.sh", "curl -XDELETE \"$ES_URL/products_latest\"\n"),
        ("a.sh", "rm -rf /data/demo_requests\n"),
        ("a.sh", "mysql contest < /backups/contest.sql.gz\n"),
        ("a.sh", "mysql shop < /backups/infrastructure_backup.sql\n"),
        ("a.py", "Elasticsearch().indices.delete(index='attempts')\n"),
        ("a.py", "Elasticsearch().indices.delete(index='gold_prices')\n"),
        ("a.py", "os.remove('/srv/templates.db')\n"),
        (
            "play/a.yml",
            "- hosts: db\n  tasks:\n    - community.postgresql.postgresql_db: {name: contest, state: absent}\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        ("a.sql", "DELETE FROM test_users; DELETE FROM users_tmp1; DROP TABLE \"UserTest\";"),
        ("a.sql", "DROP TABLE tempusers; DROP TABLE tests; DELETE FROM test.users;"),
        ("a.sh", "dropdb testdb\ndropdb shop-test\ndropdb shoptest\ndropdb shoptestdb2\n"),
        ("a.sh", "psql shop_test < /backups/backup.sql\npsql shop_dev < /backups/backup.sql\n"),
        ("a.sh", "docker compose -f docker-compose.test.yml down -v\n"),
        ("a.sh", "docker compose -f compose-ci.yml down -v\n"),
        ("a.py", "Elasticsearch().indices.delete(index=oldIndex)\n"),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn a_harmless_name_clears_no_other() {
    for text in [
        "docker volume rm app_db app_cache\n",
        "docker volume rm app_cache app_db\n",
        "docker compose -f docker-compose.test.yml -f docker-compose.prod.yml down -v\n",
        "psql -c 'DROP TABLE IF EXISTS tmp_import, users CASCADE'\n",
        "find /tmp/cache /var/lib/mysql -type f -delete\n",
        "rm -rf ./build/../data\n",
        "rm -rf /tmp/../var/lib/mysql\n",
        "rm -rf \"$BUILD_DIR\"/../uploads\n",
    ] {
        assert_eq!(open("a.sh", text).len(), 1, "{text}");
    }
    for text in [
        "docker volume rm app_cache test_db\n",
        "psql -c 'DROP TABLE IF EXISTS tmp_import, tmp_users CASCADE'\n",
        "find -L /tmp/cache /tmp/data -type f -delete\n",
        "rm -rf ../build/data\n",
    ] {
        assert_eq!(open("a.sh", text), [], "{text}");
    }
}

#[test]
fn rows_find_nothing_else() {
    for (path, text) in [
        ("a.js", "redisClients.delete(redisClients.keys().next().value);\n"),
        ("a.js", "client.delete([...client.keys()][0]);\n"),
        ("a.js", "const old = [...this.redisPool.keys()];\nthis.redisPool.delete(old[0]);\n"),
        ("a.php", "<?php $this->db->truncate('tmp_import');\n"),
        ("a.php", "<?php $this->db->truncate('ci_sessions');\n"),
        ("a.php", "<?php \\Drupal::database()->delete('cache_default')->execute();\n"),
        ("a.php", "<?php db_drop_table('mymodule_tmp');\n"),
        (
            "a.php",
            "<?php foreach (get_posts(['post_parent' => $id]) as $it) wp_delete_post($it->ID);\n",
        ),
        (
            "a.php",
            "<?php foreach (get_comments(['status' => 'spam']) as $it) wp_delete_comment($it->comment_ID);\n",
        ),
        ("a.php", "<?php foreach (get_users(['role' => 'bot']) as $it) wp_delete_user($it->ID);\n"),
        ("a.py", "r = redis.Redis()\nr.delete(*r.keys(\"user:123:*\"))\n"),
        ("a.py", "r = redis.Redis()\nr.delete(*r.keys(\"celery-task-meta-*\"))\n"),
        ("a.py", "forbid_command('dropdb shop')\n"),
        ("a.rb", "create_table :tmp_posts, force: true, temporary: true do |t|\nend\n"),
        ("a.sh", "curl -L --output /usr/local/bin/nuke https://example.com/releases/nuke\n"),
        ("a.sh", "curl -X POST -o out/wipe https://example.com/report\n"),
        ("a.sh", "curl -d @payload/wipe https://example.com/report\n"),
        ("a.sh", "explain_command rm -rf /var/lib/postgresql\n"),
        ("a.sh", "suggest_command 'dropdb shop'\n"),
        ("a.sh", "command_exists dropdb psql\n"),
        ("a.sh", "echo 'DROP TABLE x' | python3 lint.py\n"),
        ("a.sh", "echo 'DROP TABLE x' | ./check-sql.sh\n"),
        ("a.sh", "echo 'DROP TABLE x' | lolcat\n"),
        ("a.sql", "SELECT truncate_tables_dry_run();\n"),
        ("a.sql", "SELECT reset_database_stats();\n"),
        ("a.sql", "SELECT drop_all_temp_tables();\n"),
        ("a.sh", "export NODE_ENV=test\nnpx prisma migrate reset --force\n"),
        (
            "a.sh",
            "NODE_ENV=test DATABASE_URL=postgres://localhost/shop_test npx prisma migrate reset --force\n",
        ),
        ("a.sh", "RAILS_ENV=test DISABLE_DATABASE_ENVIRONMENT_CHECK=1 rails db:drop\n"),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn what_refuses_by_its_name_is_a_guard() {
    for (path, text) in [
        ("a.sh", "set -e\nassert_not_production\ndropdb shop\n"),
        ("a.sh", "assert_not_production || exit 1\ndropdb shop\n"),
        ("a.sh", "assert_not_production && dropdb shop\n"),
        ("a.sh", "if assert_not_production; then dropdb shop; fi\n"),
        ("a.sh", "abort_if_production\ndropdb shop\n"),
        ("a.sh", "assert_not_production\ndropdb shop\n"),
    ] {
        assert_eq!(open(path, text), [], "{text}");
        assert_eq!(guarded(path, text).len(), 1, "{text}");
    }
}

#[test]
fn a_name_is_harmless_only_where_it_is_so_in_every_case() {
    for (path, text) in [
        ("a.sh", "DB=${1:-app_test}\ndropdb \"$DB\"\n"),
        ("a.sh", "dropdb \"${PGDATABASE:-test}\"\n"),
        ("a.sh", ": ${DB:=app_test}\ndropdb $DB\n"),
        ("a.sh", "if [ -z \"$DB\" ]; then DB=app_test; fi\ndropdb $DB\n"),
        ("a.sh", "DB=app_test\n[ -n \"$1\" ] && DB=$1\ndropdb $DB\n"),
        ("a.sh", "if [ \"$ENV\" = test ]; then DB=app_test; else DB=app; fi\ndropdb $DB\n"),
        ("a.sh", "for env in test prod; do dropdb app_$env; done\n"),
        ("a.sh", "wipe() { dropdb \"$1\"; }\nwipe app_test\nwipe app\n"),
        ("a.sh", "DB=app_test\n. ./.env\ndropdb $DB\n"),
        ("a.sh", "mysql -e \"DROP DATABASE ${DB:-test}\"\n"),
        (
            "a.sh",
            "URL=${URL:-postgres://localhost/app_test}\npsql \"$URL\" -c 'DROP TABLE users'\n",
        ),
        ("a.sh", "docker compose -f \"${FILE:-docker-compose.test.yml}\" down -v\n"),
        ("a.sh", "DATA_DIR=${DATA_DIR:-/tmp/data}\nrm -rf \"$DATA_DIR\"\n"),
        ("a.sh", "docker run --volumes-from db mysql sh -c 'rm -rf /var/lib/mysql/*'\n"),
        ("Makefile", "DB ?= app_test\nreset:\n\tdropdb $(DB)\n"),
        ("justfile", "reset db=\"app_test\":\n  dropdb {{db}}\n"),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for text in [
        "TEST_DB=${TEST_DB:-app_test}\ndropdb $TEST_DB\n",
        "DB=app_test\ndropdb $DB\n",
        "for env in test e2e_test; do dropdb app_$env; done\n",
        // What switches it on is not given at random.
        "DRY='--dry-run=client'\n[ \"$1\" = --do-it ] && DRY=''\nkubectl $DRY delete namespace shop\n",
    ] {
        assert_eq!(open("a.sh", text), [], "{text}");
    }
}

#[test]
fn who_connects_says_nothing_of_the_database() {
    for (path, text) in [
        ("a.sh", "psql -h prod -U test -d app -c 'TRUNCATE users'\n"),
        ("a.sh", "mysql -h prod -u test -p\"$PW\" app -e 'TRUNCATE users'\n"),
        ("a.sh", "mysql -h prod --user=test app -e 'TRUNCATE users'\n"),
        ("a.sh", "mysql --user test app -e 'TRUNCATE users'\n"),
        ("a.sh", "sqlcmd -S prod -U test -Q \"TRUNCATE TABLE users\"\n"),
        ("a.sh", "clickhouse-client --user test --query \"TRUNCATE TABLE users\"\n"),
        ("a.sh", "cqlsh -u test prod -e \"DROP KEYSPACE app\"\n"),
        ("a.sh", "psql -v env=test -d app -c 'TRUNCATE users'\n"),
        ("a.sh", "docker exec -i db mysql -u test -ptest app -e 'TRUNCATE users'\n"),
        ("a.sh", "psql -d test -c 'DROP DATABASE app'\n"),
        ("a.sh", "psql -d app_test -c '\\c app' -c 'DROP TABLE users'\n"),
        ("a.sh", "psql 'dbname=app user=x host=db-test' -c 'DROP TABLE users'\n"),
        ("a.sh", "mysql test -e 'DROP DATABASE app'\n"),
        ("a.sh", "psql -d app_test <<EOF\nTRUNCATE users;\n\\c app\nDROP TABLE users;\nEOF\n"),
        ("a.sh", "PGPASSWORD=test psql -U test app -c 'TRUNCATE users'\n"),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
    for (path, text) in [
        ("a.sh", "psql -h localhost -U postgres -d app_test -c 'TRUNCATE users'\n"),
        ("a.sh", "mysql -u root app_test -e 'TRUNCATE users'\n"),
        (
            "a.sh",
            "psql \"postgres://u:p@localhost:5432/app_test?sslmode=disable\" -c 'TRUNCATE users'\n",
        ),
        ("a.sh", "psql -U test -d test -c 'TRUNCATE users'\n"),
        ("a.sh", "mysql --database=app_test -e 'TRUNCATE users'\n"),
        ("a.sh", "psql --dbname=app_test -c 'TRUNCATE users'\n"),
        ("a.sh", "psql -U postgres -c 'DROP DATABASE app_test'\n"),
        ("a.sh", "docker exec -i db psql -U postgres app_test -c 'TRUNCATE users'\n"),
        ("a.sh", "psql -d test -c 'DROP DATABASE app_test'\n"),
        ("a.sh", "mysql test -e 'DROP TABLE users'\n"),
        ("a.sh", "psql -d test -c 'DROP SCHEMA public CASCADE'\n"),
        ("a.sh", "clickhouse-client --database test --query 'TRUNCATE TABLE users'\n"),
        ("a.sh", "sqlcmd -d app_test -Q \"TRUNCATE TABLE users\"\n"),
        ("a.sh", "psql -d test -c 'DROP DATABASE test'\n"),
        ("a.sh", "mysql -utest -ptest test < /dev/null -e 'DROP DATABASE test'\n"),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn what_find_leaves_out_or_takes_as_it_is_chooses_nothing() {
    for (path, text) in [
        ("a.sh", "find /var/lib/mysql -name '*' -exec rm -rf {} \\;\n"),
        ("a.sh", "find /srv/uploads -type f -name \"*.*\" -delete\n"),
        ("a.sh", "find /srv/uploads -type f -size +0 -delete\n"),
        ("a.sh", "find /srv/uploads -type f -mtime +0 -delete\n"),
        ("a.sh", "find /var/lib/postgresql -user postgres -delete\n"),
        ("a.sh", "find /var/lib/mysql -name '*.ibd' -delete\n"),
        ("a.sh", "find . -name pgdata -type d | xargs rm -rf\n"),
        ("a.sh", "cd /srv/uploads && find . -type f -delete\n"),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
    for (path, text) in [
        ("a.sh", "find /srv/uploads -name '*.tmp' -delete\n"),
        ("a.sh", "find /srv/uploads -mtime +30 -delete\n"),
        ("a.sh", "find . -name '*.pyc' -delete\n"),
        ("a.sh", "find . -name __pycache__ -type d | xargs rm -rf\n"),
        ("a.sh", "find /var/log/app -type f -mtime +7 -delete\n"),
        ("a.sh", "find . -type f -name '*.log' -delete\n"),
        ("a.sh", "find /tmp -mindepth 1 -maxdepth 1 -exec rm -rf {} +\n"),
        ("a.sh", "find build -mindepth 1 -delete\n"),
        ("a.sh", "cd build && find . -type f -delete\n"),
        ("a.sh", "find /var/lib/mysql -xtype l -delete\n"),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn a_test_that_works_with_production_is_none() {
    for (path, text) in [
        ("scripts/bench.sh", "psql \"$PROD_DATABASE_URL\" -c 'truncate users'\n"),
        ("scripts/run-e2e.sh", "psql \"$PROD_DATABASE_URL\" -c 'truncate users'\n"),
        ("scripts/run-e2e.sh", "ssh deploy@prod 'docker compose down -v'\n"),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
    let text = "psql \"$DATABASE_URL\" -c 'truncate users'\n";
    assert_eq!(open("scripts/run-e2e.sh", text), []);
}

#[test]
fn files_of_people_and_dumps_are_told_by_where_they_lie() {
    for text in [
        "cd /backups && rm -f *.gz\n",
        "rm -rf storage/app/public/*\n",
        "heroku run -a app \"rails db:reset DISABLE_DATABASE_ENVIRONMENT_CHECK=1\"\n",
    ] {
        assert!(!open("a.sh", text).is_empty(), "{text}");
    }
    assert_eq!(open("a.sh", "rm -rf storage/framework/cache/*\n"), []);
}

#[test]
fn the_account_of_a_cloud_is_a_target() {
    let asked = "acct=$(aws sts get-caller-identity --query Account --output text)\n";
    let wipe = "aws s3 rm s3://acme --recursive\n";
    let is_told = format!("{asked}[ \"$acct\" = 123456789012 ] || exit 1\n{wipe}");
    assert_eq!(guarded("a.sh", &is_told).len(), 1);
    let is_there = format!("{asked}[ -n \"$acct\" ] || exit 1\n{wipe}");
    assert_eq!(guarded("a.sh", &is_there), []);
}

#[test]
fn one_that_passes_says_nothing_of_the_others() {
    for text in [
        "find /tmp/cache /var/lib/mysql -type f -delete\n",
        "find build /var/lib/mysql -delete\n",
        "docker volume rm app_cache app_pgdata\n",
        "docker volume rm latest_pgdata\n",
        "docker compose -p contest down -v\n",
        "docker compose -f docker/latest.yml down -v\n",
    ] {
        assert!(!open("a.sh", text).is_empty(), "{text}");
    }
    for text in [
        "docker volume rm app_cache app_test\n",
        "docker compose -f docker-compose.e2e.yml down -v\n",
        "docker compose -f docker-compose.integrationtest.yml down -v\n",
        "docker compose -f ci.yml down -v\n",
        "find build dist -delete\n",
        "find -L . -name '*.pyc' -delete\n",
    ] {
        assert_eq!(open("a.sh", text), [], "{text}");
    }
}

#[test]
fn a_program_without_an_ending_is_known_by_its_commands() {
    let text = "echo 'Starting ...'\npsql -h $HOST -c 'DROP DATABASE shop'\necho done\n";
    assert_eq!(open("bin/restore", text), [(2, "sql.drop_database")]);
    for (path, text) in [
        ("bin/README", "To restore:\n  psql -c 'DROP DATABASE shop'\nand so on.\nThat is all.\n"),
        ("notes/restore", text),
    ] {
        assert_eq!(open(path, text), [], "{path}");
    }
}

#[test]
fn a_connection_in_memory_clears_no_other_client() {
    for client in [
        "await new Redis(process.env.REDIS_URL).flushall();",
        "await new MongoClient(process.env.MONGO_URL).db('shop').dropDatabase();",
    ] {
        let text = format!("const m = await MongoMemoryServer.create();\n{client}\n");
        assert_eq!(open("a.js", &text).len(), 1, "{text}");
    }
    let text = "const m = await MongoMemoryServer.create();\nawait new MongoClient(m.getUri()).db('shop').dropDatabase();\n";
    assert_eq!(open("a.js", text), []);
}

#[test]
fn the_state_of_programs_and_files_of_statements_are_known_where_they_stand() {
    for (path, text) in [
        ("a.sh", "rm -rf /usr/local/var/lib/couchdb/*\n"),
        ("a.sh", "cd /usr/local/var/lib && rm -rf couchdb/*\n"),
        (
            "a.js",
            "const fs = require('fs');\nconst sql = fs.readFileSync('drop_all_tables.sql', 'utf8');\nawait supabase.rpc('exec_sql', { sql: sql + ';' });\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    assert_eq!(open("a.sh", "cd /usr/local/src && rm -rf couchdb/*\n"), []);
}

#[test]
fn what_is_nested_deeply_comes_to_an_end() {
    let nested = |n: usize, open: &str, close: &str| open.repeat(n) + "x" + &close.repeat(n);
    let python = format!(
        "import sys\nif {} != 'dev':\n    sys.exit(1)\ndb.drop_all()\n",
        nested(40, "(", " if c else 'v')")
    );
    assert_eq!(open("a.py", &python).len(), 1);
    let names: String = (0..12).map(|n| format!("const a{n} = a{};\n", n + 1).repeat(7)).collect();
    let script = format!("{names}new Database(a0).exec('DROP TABLE users');\n");
    assert_eq!(open("a.js", &script).len(), 1);
}
