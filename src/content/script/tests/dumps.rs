//! Dumps that go from one database straight into another.

use super::open;

#[test]
fn a_dump_that_drops_what_is_there_is_found_where_it_arrives() {
    for (text, line) in [
        ("mysqldump -h staging app | mysql -h prod app\n", 1),
        ("pg_dump --clean dev | psql shop\n", 1),
        ("pg_dump -c -h staging app | psql -h prod app\n", 1),
        ("pg_dumpall --clean | psql -h newdb postgres\n", 1),
        ("pg_dump -c dev > /tmp/x.sql\npsql shop < /tmp/x.sql\n", 2),
        ("pg_dump -c dev -f out.sql\npsql shop -f out.sql\n", 2),
        ("mysqldump app > /tmp/x.sql\nmysql -h prod app < /tmp/x.sql\n", 2),
        ("mysqldump --no-data shop | mysql live\n", 1),
        // As whom, and on which machines, says nothing of the database.
        ("mysqldump -h staging app | mysql -h prod -u backup app\n", 1),
        ("mysqldump -uroot app t1 | gzip | gunzip | mysql -uroot live\n", 1),
        ("mysqldump app | sed 's/utf8/utf8mb4/' | pv | mysql -h prod app\n", 1),
        ("ssh prod \"mysqldump app\" | docker compose exec -T db mysql app\n", 1),
        ("mysqldump app | gzip | ssh prod 'gunzip -c | mysql app'\n", 1),
        ("kubectl exec pg -- pg_dump -U u -c app | kubectl exec -i b -- psql -U u app\n", 1),
    ] {
        assert_eq!(open("a.sh", text), [(line, "sh.restore.dump")], "{text}");
    }
    let python = "import subprocess\nsubprocess.run('mysqldump -h staging app | mysql -h prod app', shell=True)\n";
    assert_eq!(open("a.py", python), [(2, "sh.restore.dump")]);
}

#[test]
fn a_dump_that_only_adds_or_goes_into_what_nobody_misses_is_let_through() {
    for text in [
        "pg_dump dev | psql shop\n",
        "pg_dump -Fc dev | psql shop\n",
        "pg_dump -c prod | psql app_test\n",
        "pg_dump -c $PROD_URL | psql $LOCAL_URL\n",
        "mysqldump --skip-add-drop-table a | mysql b\n",
        "mysqldump -t a | mysql b\n",
        "mysqldump a | mysql a_backup\n",
        "mysqldump a | grep -v DROP | mysql b\n",
        "mysqldump a | sed '/^DROP/d' | mysql b\n",
        "mysqldump a | gzip > b.sql.gz\nmysql b -e 'select 1'\n",
        "mysqldump -h prod app | mysql -h localhost app\n",
        "mysqldump -h prod app | mysql -h127.0.0.1 -P3307 app\n",
        "pg_dump -c -h prod app | psql postgresql://app@127.0.0.1:5432/app\n",
        "pg_dump -c -h prod app | psql -d postgresql://app@localhost:5432/app\n",
        "pg_dump -c -h prod app | psql 'host=localhost dbname=app'\n",
        "mysqldump --no-data app | mysql app_shadow\n",
        "mysqldump app | mysql -h staging-db.example.com app\n",
        "mysqldump a > x.sql\nmysql b < y.sql\n",
        "set -e\ncreatedb b\npg_dump -c a | psql b\n",
    ] {
        assert_eq!(open("a.sh", text), [], "{text}");
    }
}
