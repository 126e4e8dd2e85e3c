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
        ("a.sh", "psql contest < /backups/contest.sql.gz\n"),
        ("a.sh", "psql shop < /backups/infrastructure_backup.sql\n"),
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
