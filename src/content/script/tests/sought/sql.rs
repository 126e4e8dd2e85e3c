//! Shapes of SQL, Cypher and CQL; the scripts here are invented.

use crate::content::script::tests::open;

#[test]
fn finds() {
    for (path, text, found) in [
        (
            "a.cypher",
            "// Delete everything\nMATCH (n) DETACH DELETE n;\n",
            (2, "cypher.detach_delete"),
        ),
        ("a.cypher", ":auto MATCH (n) DETACH DELETE n;\n", (1, "cypher.detach_delete")),
        (
            "a.cypher",
            "CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DETACH DELETE n', {batchSize: 1000});\n",
            (1, "cypher.detach_delete"),
        ),
        (
            "a.cypher",
            "CALL apoc.periodic.commit('MATCH (n) WITH n LIMIT $limit DETACH DELETE n RETURN count(*)', {limit: 7});\n",
            (1, "cypher.detach_delete"),
        ),
        ("a.cql", "// all\nTRUNCATE shop.orders;\n", (2, "sql.truncate")),
        (
            "a.sql",
            "DECLARE v varchar2(99) := 'TRUNCATE TABLE orders'; BEGIN EXECUTE IMMEDIATE v; END;\n/\n",
            (1, "sql.plpgsql_exec"),
        ),
        (
            "a.sql",
            "declare\n l varchar2(2000);\nbegin\n for r in (select object_type, object_name from user_objects) loop\n  l := 'drop '||r.object_type||' '||r.object_name;\n  execute immediate l;\n end loop;\nend;\n/\n",
            (6, "sql.plpgsql_exec"),
        ),
        (
            "a.sql",
            "begin\n for rec in (select 'drop '||object_type||' '||object_name as stmt from user_objects) loop\n  execute immediate rec.stmt;\n end loop;\nend;\n/\n",
            (3, "sql.plpgsql_exec"),
        ),
        ("a.sql", "@drop_objects.sql\nDROP USER shop CASCADE;\n", (2, "sql.drop_database")),
        ("a.sql", "EXEC sp_MSforeachtable 'DELETE ?'\n", (1, "sql.plpgsql_exec")),
        (
            "a.sql",
            "set @c = 'delete [' + @db + '].[' + @t + ']'\nexec sp_executesql @c\n",
            (2, "sql.plpgsql_exec"),
        ),
        ("migrations/old/reset_data.sql", "TRUNCATE TABLE users CASCADE;\n", (1, "sql.truncate")),
        ("migrations/000_reset.sql", "DROP TABLE users CASCADE;\n", (1, "sql.drop_table")),
        ("migrations/000_complete_reset.sql", "DROP TABLE users;\n", (1, "sql.drop_table")),
        (
            "db/clear_orders.sql",
            "DELETE FROM orders WHERE tenant_id = 7;\n",
            (1, "sql.delete_literal"),
        ),
        ("a.sql", "EXEC p\n@name = 'x'\nDROP TABLE users\n", (3, "sql.drop_table")),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "a.cypher",
            "CALL apoc.periodic.iterate('MATCH (n:Old) WHERE n.t < 3 RETURN n', 'DETACH DELETE n', {});\n",
        ),
        ("a.cypher", "// MATCH (n) DETACH DELETE n;\n"),
        ("a.sql", "SELECT 'delete' AS action FROM log;\n"),
        ("migrations/0007_reset_passwords.sql", "DELETE FROM passwords;\n"),
        ("db/fix_orders.sql", "DELETE FROM orders WHERE tenant_id = 7;\n"),
        ("a.sql", "DECLARE v varchar2(99) := 'DROP INDEX a'; BEGIN EXECUTE IMMEDIATE v; END;\n/\n"),
        (
            "a.sql",
            "create or replace function f return number as\npragma autonomous_transaction;\nbegin\n execute immediate 'drop table users';\n return 0;\nend;\n/\n",
        ),
        (
            "a.sql",
            "create or replace function f return number as\ncursor c is select table_name from user_tables;\nbegin\n for r in c loop execute immediate 'drop table '||r.table_name; end loop;\n return 0;\nend;\n/\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn what_a_session_keeps_for_itself_is_its_own() {
    for text in [
        "CREATE TEMP TABLE IF NOT EXISTS rows_read (id int);\nTRUNCATE rows_read;",
        "CREATE TEMPORARY TABLE IF NOT EXISTS rows_read (id int);\nDELETE FROM rows_read;",
        "TRUNCATE TABLE tmp_orders;",
        "TRUNCATE temp_orders, staging_orders;",
    ] {
        assert_eq!(open("reset.sql", text), [], "{text}");
    }
    for text in [
        "CREATE TABLE IF NOT EXISTS rows_read (id int); TRUNCATE rows_read;",
        "TRUNCATE tmp_orders, orders;",
        "TRUNCATE temperatures;",
    ] {
        assert_eq!(open("reset.sql", text), [(1, "sql.truncate")], "{text}");
    }
}

#[test]
fn a_routine_runs_where_what_runs_calls_it() {
    let made = "CREATE FUNCTION one() RETURNS void AS $$ BEGIN TRUNCATE orders; END $$ LANGUAGE plpgsql;\n\
        CREATE FUNCTION other() RETURNS void AS $$ BEGIN PERFORM one(); END $$ LANGUAGE plpgsql;\n";
    assert_eq!(open("a.sql", made), []);
    let by_itself = "CREATE FUNCTION a() RETURNS void AS $$ BEGIN TRUNCATE orders; PERFORM b(); END $$ LANGUAGE plpgsql;\n\
        CREATE FUNCTION b() RETURNS void AS $$ BEGIN PERFORM a(); END $$ LANGUAGE plpgsql;\n";
    assert_eq!(open("a.sql", by_itself), []);
    for call in ["SELECT other();", "SELECT one();", "DO $$ BEGIN PERFORM other(); END $$;"] {
        let text = format!("{made}{call}\n");
        assert_eq!(open("a.sql", &text), [(1, "sql.truncate")], "{call}");
    }
}

#[test]
fn a_way_back_of_a_migration_is_known_by_its_directory() {
    for path in [
        "db/rollbacks/R4__orders.sql",
        "sql/rollback/orders.sql",
        "db/down/orders.sql",
        "api/drizzle/0003_drop_orders.sql",
    ] {
        assert_eq!(open(path, "DROP TABLE orders;\n"), [], "{path}");
    }
    for path in [
        "db/rollback.sql",
        "sql/rollforward/orders.sql",
        "api/drizzle/drop_orders.sql",
        "ops/rollback/wipe_all.sql",
        "db/rollback/reset_database.sql",
        "db/revert/reset.sql",
        "api/drizzle/0001_wipe_users.sql",
        "api/drizzle/0002_reset_db.sql",
    ] {
        assert_eq!(open(path, "DROP TABLE orders;\n"), [(1, "sql.drop_table")], "{path}");
    }
    assert_eq!(open("ops/rollback/run.sh", "dropdb shop\n"), [(1, "sh.dropdb")]);
}

#[test]
fn a_table_that_is_filled_read_and_emptied_is_there_for_a_while() {
    for text in [
        "INSERT INTO delta SELECT id FROM orders;\nINSERT INTO sums SELECT sum(n) FROM delta;\nDELETE FROM delta;",
        "INSERT INTO delta SELECT id FROM orders;\nINSERT INTO sums SELECT id, count(*) FROM delta GROUP BY id;\nDELETE FROM delta;",
        "INSERT INTO delta SELECT id FROM orders;\nINSERT INTO sums SELECT id, (SELECT count(*) FROM users) FROM delta;\nDELETE FROM delta;",
        "INSERT INTO stage.delta SELECT id FROM orders;\nCREATE TABLE sums AS SELECT id, count(*) AS n FROM stage.delta GROUP BY id;\nTRUNCATE TABLE stage.delta;",
        "INSERT INTO dbo.delta SELECT id FROM orders;\nMERGE INTO sums s USING delta d ON s.id = d.id WHEN MATCHED THEN UPDATE SET s.n = d.n;\nTRUNCATE TABLE [dbo].[delta];",
        "INSERT INTO delta SELECT id FROM orders;\nUPDATE sums SET n = d.n FROM delta d WHERE d.id = sums.id;\nDELETE FROM delta;",
        "INSERT INTO delta SELECT o.id FROM orders o;\nUPDATE sums SET n = (SELECT sum(n) FROM delta) WHERE id = 1;\nTRUNCATE delta;",
    ] {
        assert_eq!(open("load.sql", text), [], "{text}");
    }
    for text in [
        "DROP TABLE orders;\nCREATE TABLE orders (id int);\nINSERT INTO orders VALUES (1);",
        "DROP TABLE orders;\nCREATE TABLE orders (id int);\nINSERT INTO orders SELECT id FROM loaded;",
        "INSERT INTO orders VALUES (1);\nSELECT * FROM orders;\nDELETE FROM orders;",
        "DELETE FROM delta;\nINSERT INTO delta SELECT id FROM orders;\nSELECT * FROM delta;",
        "TRUNCATE orders;\nINSERT INTO orders SELECT id FROM loaded;",
        "INSERT INTO kept SELECT id FROM orders;\nDELETE FROM orders;",
        "INSERT INTO orders SELECT id FROM loaded;\nDROP TABLE orders;",
        // What is only looked at is kept nowhere; the table may have been full.
        "INSERT INTO users (name, role_id) SELECT 'admin', id FROM roles;\nSELECT count(*) FROM users;\nDELETE FROM users;",
        "INSERT INTO delta SELECT id FROM orders WHERE id NOT IN (SELECT id FROM delta);\nDELETE FROM delta;",
        "INSERT INTO sums SELECT id FROM delta;\nINSERT INTO delta SELECT id FROM orders;\nDELETE FROM delta;",
        // A number of rows is no copy of them.
        "INSERT INTO users SELECT * FROM loaded;\nINSERT INTO log SELECT count(*) FROM users;\nDELETE FROM users;",
        "INSERT INTO users SELECT * FROM loaded;\nUPDATE log SET n = (SELECT count(*) FROM users WHERE a = 1) WHERE id = 1;\nTRUNCATE users;",
        "INSERT INTO users SELECT * FROM loaded;\nINSERT INTO log SELECT 'users', count(*), now() FROM users;\nDELETE FROM users;",
        // Another one of this name.
        "INSERT INTO a.delta SELECT id FROM orders;\nINSERT INTO sums SELECT id FROM a.delta;\nTRUNCATE b.delta;",
    ] {
        assert_eq!(open("load.sql", text).len(), 1, "{text}");
    }
    let text = "INSERT INTO delta SELECT id FROM orders;\nINSERT INTO sums SELECT id FROM delta;\nDELETE FROM delta;";
    assert_eq!(open("wipe_delta.sql", text).len(), 1);
}

#[test]
fn very_many_routines_and_fills_of_one_name_are_read() {
    let routine = "CREATE FUNCTION f() AS $$ BEGIN PERFORM f(); END $$;\n";
    assert_eq!(open("a.sql", &format!("{}TRUNCATE orders;\n", routine.repeat(10_000))).len(), 1);
    let moved =
        "INSERT INTO delta SELECT id FROM orders;\nINSERT INTO sums SELECT id FROM delta;\n";
    let emptied = "SELECT id FROM delta;\nDELETE FROM delta;\n".repeat(10_000);
    assert_eq!(open("a.sql", &format!("{moved}{emptied}")).len(), 0);
}

#[test]
fn a_schema_goes_with_what_is_in_it_where_it_cascades() {
    for text in ["IF OBJECT_ID('t') IS NULL SELECT 1;\nDROP SCHEMA old;", "DROP SCHEMA old;\nGO\n"]
    {
        assert_eq!(open("a.sql", text), [], "{text}");
    }
    for text in [
        "/*\nGO\n*/\nDROP SCHEMA old;",
        "DROP SCHEMA old CASCADE;\nGO\n",
        "-- OBJECT_ID(\nDROP SCHEMA public;",
        "SELECT OBJECT_ID('t');\nDROP SCHEMA public\n  CASCADE;",
    ] {
        assert_eq!(open("a.sql", text).len(), 1, "{text}");
    }
}
