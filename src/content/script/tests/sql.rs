//! SQL.

use super::{defects, guarded, open};
use crate::content::script::{Defect, GuardKind};

#[test]
fn finds() {
    for (text, found) in [
        ("DROP DATABASE app;", &[(1, "sql.drop_database")][..]),
        ("drop schema if exists public cascade;", &[(1, "sql.drop_database")]),
        ("DROP TABLE IF EXISTS users CASCADE;", &[(1, "sql.drop_table")]),
        ("SELECT 1;\n\nTRUNCATE TABLE users;", &[(3, "sql.truncate")]),
        ("DELETE FROM users;", &[(1, "sql.delete_all")]),
        ("DELETE FROM users WHERE 1=1;", &[(1, "sql.delete_all")]),
        ("DELETE FROM users WHERE id > 0;", &[(1, "sql.delete_all")]),
        ("UPDATE users SET active = 0;", &[(1, "sql.update_all")]),
        (
            "DELETE FROM a WHERE client_id = 7;\nDELETE FROM b WHERE client_id = 7;",
            &[(1, "sql.delete_literal"), (2, "sql.delete_literal")],
        ),
        ("DO $$ BEGIN\n  EXECUTE 'DROP TABLE ' || name;\nEND $$;", &[(2, "sql.plpgsql_exec")]),
        (
            "DO $$ DECLARE c text; BEGIN\n  SELECT 'truncate ' || string_agg(t, ',') INTO c FROM pg_tables;\n  EXECUTE c;\nEND $$;",
            &[(3, "sql.plpgsql_exec")],
        ),
        ("MATCH (n) OPTIONAL MATCH (n)-[r]-() DELETE n, r;", &[(1, "cypher.detach_delete")]),
        ("\u{feff}DROP TABLE users;", &[(1, "sql.drop_table")]),
        ("USE shop\ngo \t\nDROP TABLE users\nGO", &[(3, "sql.drop_table")]),
        ("DELETE FROM sqlite_master WHERE type = 'table';", &[(1, "sql.drop_table")]),
        ("ALTER TABLE users DROP COLUMN name;", &[(1, "sql.alter_drop")]),
        ("delete orders;", &[(1, "sql.delete_all")]),
        ("DELETE users WHERE 1=1;", &[(1, "sql.delete_all")]),
        ("DELETE TOP (1000) FROM orders;", &[(1, "sql.delete_all")]),
        ("DELETE a.* FROM orders a;", &[(1, "sql.delete_all")]),
        ("DELETE FROM users u WHERE u.id IS NOT NULL;", &[(1, "sql.delete_all")]),
        ("DELETE FROM users WHERE 1 = 1 AND id > 0;", &[(1, "sql.delete_all")]),
        ("DELETE FROM users WHERE id > 7000 OR 1 = 1;", &[(1, "sql.delete_all")]),
        ("ALTER TABLE events DELETE WHERE 1;", &[(1, "sql.delete_all")]),
        ("ALTER TABLE events TRUNCATE PARTITION p7;", &[(1, "sql.truncate")]),
        ("DROP PLUGGABLE DATABASE shop INCLUDING DATAFILES;", &[(1, "sql.drop_database")]),
        ("CREATE OR REPLACE SCHEMA shop;", &[(1, "sql.drop_database")]),
        (
            "CREATE PROCEDURE wipe() BEGIN\n  DELETE FROM users;\nEND;\nCALL wipe();",
            &[(2, "sql.delete_all")],
        ),
        (
            "BEGIN FOR r IN (SELECT object_name, object_type FROM user_objects) LOOP\n EXECUTE IMMEDIATE 'DROP ' || r.object_type || r.object_name;\nEND LOOP; END;",
            &[(2, "sql.plpgsql_exec")],
        ),
        ("WITH old AS (SELECT 1) DELETE FROM users;", &[(1, "sql.delete_all")]),
        ("IF 1 = 1\nBEGIN\n  DROP TABLE users\nEND", &[(3, "sql.drop_table")]),
        ("EXEC sp_MSForEachTable 'SET NOCOUNT ON; DELETE FROM ?'", &[(1, "sql.plpgsql_exec")]),
        (
            "EXEC sp_MSforeachtable '\nIF 1 = 1 DELETE FROM ?\nELSE TRUNCATE TABLE ?'",
            &[(1, "sql.plpgsql_exec")],
        ),
        (
            "BEGIN\n  v := 'truncate table ' || name;\n  execute immediate v;\nEND;",
            &[(3, "sql.plpgsql_exec")],
        ),
        (
            "BEGIN FOR r IN (SELECT 'DROP TABLE ' || n AS s FROM user_tables) LOOP\n EXECUTE IMMEDIATE r.s;\nEND LOOP; END;",
            &[(2, "sql.plpgsql_exec")],
        ),
        (
            "BEGIN FOR r IN (SELECT n, k FROM user_objects WHERE k IN ('TABLE', 'VIEW')) LOOP\n EXECUTE IMMEDIATE 'DROP ' || r.k || r.n;\nEND LOOP; END;",
            &[(2, "sql.plpgsql_exec")],
        ),
        (
            "SELECT format('DROP TABLE %I', tablename) FROM pg_tables\n\\gexec",
            &[(2, "sql.plpgsql_exec")],
        ),
    ] {
        assert_eq!(open("scripts/a.sql", text), found, "{text}");
    }
}

#[test]
fn lets_through() {
    for text in [
        "-- DROP TABLE users;\nSELECT 1;",
        "/* DROP TABLE users; */",
        "INSERT INTO log VALUES ('DROP TABLE users;');",
        "-- Dumped by pg_dump version 16.2\nDROP TABLE IF EXISTS users;\nCREATE TABLE users (id int);",
        "CREATE TABLE new (id int);\nDROP TABLE old;\nALTER TABLE new RENAME TO old;",
        "DELETE FROM users WHERE id = $1;",
        "DELETE FROM users WHERE client_id = 7;",
        "DELETE FROM users WHERE created < now() - interval '30 days';",
        "UPDATE users SET active = 0 WHERE id = 7;",
        "BEGIN;\nDELETE FROM users;\nROLLBACK;",
        "-- +goose Up\nCREATE TABLE a (id int);\n-- +goose Down\nDROP TABLE b;",
        "DROP TABLE tmp_users;",
        "EXEC sp_MSforeachdb N'USE [?];\nTRUNCATE TABLE #sizes;'",
        "EXEC sp_MSforeachtable 'ALTER INDEX ALL ON ? REBUILD'",
        "CREATE EVENT TRIGGER t ON sql_drop WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION keep();",
        "SELECT format('DROP TABLE %I', tablename) FROM pg_tables;",
        "CREATE TRIGGER t AFTER DELETE ON users BEGIN SELECT 1; END;",
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN DELETE FROM b; END",
        "CREATE FUNCTION f() RETURNS trigger AS $$\nBEGIN\n  DELETE FROM users; RETURN NULL;\nEND; $$ LANGUAGE plpgsql;",
        "CREATE PROCEDURE load AS BEGIN\n  TRUNCATE TABLE orders;\nEND\nGO",
    ] {
        assert_eq!(open("scripts/a.sql", text), [], "{text}");
    }
}

#[test]
fn knows_guards() {
    let text = "DO $$ BEGIN\n  IF current_database() NOT LIKE '%test%' THEN\n    RAISE EXCEPTION 'no';\n  END IF;\nEND $$;\nTRUNCATE users;";
    assert_eq!(guarded("a.sql", text), [(6, GuardKind::TargetChecked)]);
    let text = "BEGIN\n  SELECT sys_context('USERENV', 'DB_NAME') INTO v_db FROM dual;\n  IF v_db <> 'DEV' THEN RAISE_APPLICATION_ERROR(-20001, 'no'); END IF;\n  EXECUTE IMMEDIATE 'TRUNCATE TABLE users';\nEND;";
    assert_eq!(guarded("a.sql", text), [(4, GuardKind::TargetChecked)]);
    let text = "IF DB_NAME() = 'prod' PRINT 'careful';\nTRUNCATE TABLE users;";
    assert_eq!(defects("a.sql", text), [Defect::StopsNothing]);
}

#[test]
fn a_statement_of_sql_server_ends_with_its_line() {
    for (text, found) in [
        ("USE shop\nDELETE FROM orders\n", &[(2, "sql.delete_all")][..]),
        ("SET @n = 1\nTRUNCATE TABLE users\n", &[(2, "sql.truncate")]),
        ("SELECT 1 AS n\nDROP TABLE users\n", &[(2, "sql.drop_table")]),
        ("exec start @n\n\ndrop database shop\n", &[(3, "sql.drop_database")]),
        (
            "BEGIN TRAN\nDELETE FROM users\nDELETE FROM orders WHERE id = 3\nCOMMIT TRAN\n",
            &[(2, "sql.delete_all")],
        ),
        ("DELETE FROM users\nSELECT * FROM orders WHERE id = 3\n", &[(1, "sql.delete_all")]),
        ("CREATE TABLE a (id int)\nDROP TABLE users\n", &[(2, "sql.drop_table")]),
        ("SET NOCOUNT ON\nDELETE FROM users\n", &[(2, "sql.delete_all")]),
        ("ALTER TABLE a NOCHECK CONSTRAINT ALL\n-- all\nDELETE FROM a\n", &[(3, "sql.delete_all")]),
        ("ALTER TABLE a DISABLE TRIGGER ALL\nTRUNCATE TABLE a\n", &[(2, "sql.truncate")]),
        ("GRANT SELECT ON a TO shop\nDELETE FROM users\n", &[(2, "sql.delete_all")]),
        ("IF DB_ID('shop') > 0\n  DROP DATABASE shop\n", &[(2, "sql.drop_database")]),
        ("IF @n = 1\n  DELETE FROM users\n", &[(2, "sql.delete_all")]),
        (
            "USE master\nRESTORE DATABASE shop FROM DISK = 'a' WITH REPLACE\n",
            &[(2, "sql.drop_database")],
        ),
        ("USE shop\nEXEC('TRUNCATE TABLE users')\n", &[(2, "sql.plpgsql_exec")]),
    ] {
        assert_eq!(open("a.sql", text), found, "{text}");
    }
    for text in [
        "CREATE PROCEDURE wipe AS\nDELETE FROM orders\nDROP TABLE users\n",
        "CREATE RULE a AS ON DELETE TO b DO INSTEAD\nDELETE FROM c;\n",
        "EXPLAIN\nDELETE FROM orders;\n",
        "DELETE FROM orders\nWHERE id = 3\n",
        "DELETE FROM orders\nFROM orders o JOIN old ON o.id = old.id\n",
        "GRANT SELECT,\nDELETE ON orders TO shop;\n",
        "WITH old AS (SELECT 1)\nDELETE FROM orders WHERE id IN (SELECT * FROM old);\n",
        "INSERT INTO a\nSELECT 'DROP TABLE users'\n",
    ] {
        assert_eq!(open("a.sql", text), [], "{text}");
    }
}

#[test]
fn a_backslash_ends_a_path_of_windows() {
    for text in [
        "BACKUP DATABASE shop TO DISK = 'D:\\Backups\\';\nDROP DATABASE shop;\n",
        "SELECT REPLACE(a, '\\', '/');\nDROP DATABASE shop;\n",
        "SELECT 'it\\'s', 'a \\' b';\nDROP DATABASE shop;\n",
    ] {
        assert_eq!(open("a.sql", text), [(2, "sql.drop_database")], "{text}");
    }
    assert_eq!(open("a.sql", "SELECT 'say \\'no\\'; DROP DATABASE shop;';\n"), []);
}

#[test]
fn what_is_made_anew_was_there() {
    for (text, line) in [
        ("DROP TABLE IF EXISTS users;\nCREATE TABLE users (id int);\n", 1),
        ("DROP TABLE IF EXISTS users\nCREATE TABLE users (id int)\n", 1),
        ("IF OBJECT_ID('users') IS NOT NULL\n  DROP TABLE users\nCREATE TABLE users (id int)\n", 2),
        ("BEGIN EXECUTE IMMEDIATE 'DROP TABLE users'; END;\n/\nCREATE TABLE users (id int);", 1),
    ] {
        assert_eq!(open("a.sql", text).first().map(|it| it.0), Some(line), "{text}");
    }
    let text =
        "IF DB_NAME() <> 'shop_dev'\n  RAISERROR('no', 20, 1) WITH LOG\nDELETE FROM orders\n";
    assert_eq!(open("a.sql", text), []);
}

#[test]
fn a_name_may_be_filled_in_by_the_client() {
    for (text, kind) in [
        ("DROP DATABASE :name;", "sql.drop_database"),
        ("DROP SCHEMA :\"name\" CASCADE;", "sql.drop_database"),
        ("DROP DATABASE $(Name)", "sql.drop_database"),
        ("TRUNCATE TABLE &name;", "sql.truncate"),
        ("DELETE FROM &owner..orders;", "sql.delete_all"),
        ("drop user &1. cascade;", "sql.drop_database"),
        ("DROP TABLE ${schema}.orders;", "sql.drop_table"),
        ("DROP TABLE {{ schema }}.orders;", "sql.drop_table"),
    ] {
        assert_eq!(open("scripts/a.sql", text), [(1, kind)], "{text}");
    }
    for text in ["DELETE FROM orders WHERE id = :id;", "DELETE FROM orders WHERE id = &id;"] {
        assert!(open("scripts/a.sql", text).is_empty(), "{text}");
    }
}

#[test]
fn conditions_that_leave_a_few_rows_alone() {
    for text in [
        "DELETE FROM users WHERE id > 1;",
        "DELETE FROM users WHERE email NOT LIKE '%@shop.example';",
        "DELETE FROM users WHERE NOT is_admin;",
        "DELETE FROM users WHERE is_superuser = false;",
        "DELETE FROM users WHERE name LIKE '%%';",
        "DELETE FROM orders WHERE user_id IN (SELECT id FROM users);",
    ] {
        assert_eq!(open("scripts/a.sql", text), [(1, "sql.delete_all")], "{text}");
    }
    for text in [
        "DELETE FROM users WHERE id > 1000;",
        "DELETE FROM users WHERE active = false;",
        "DELETE FROM users WHERE age > 1;",
        "DELETE FROM orders WHERE user_id IN (SELECT id FROM doubles);",
        "DELETE FROM orders WHERE user_id IN (SELECT id FROM users WHERE gone);",
    ] {
        assert!(open("scripts/a.sql", text).is_empty(), "{text}");
    }
}

#[test]
fn a_procedure_may_be_called_after_what_it_does() {
    for text in
        ["CALL truncate_all_tables();", "SELECT drop_tables('shop');", "EXEC dbo.WipeDatabase"]
    {
        assert_eq!(open("scripts/a.sql", text), [(1, "sql.called")], "{text}");
    }
    for text in ["SELECT drop_tables FROM settings;", "CALL clear_cache();", "EXEC dbo.ShowAll"] {
        assert!(open("scripts/a.sql", text).is_empty(), "{text}");
    }
}

#[test]
fn a_database_of_sql_server_that_is_freed_of_its_users_is_dropped_behind_that() {
    let text =
        "ALTER DATABASE [Shop] SET SINGLE_USER WITH ROLLBACK IMMEDIATE\nDROP DATABASE [Shop]\nGO\n";
    assert_eq!(open("scripts/a.sql", text), [(2, "sql.drop_database")]);
}

#[test]
fn a_routine_ends_where_it_ends_and_runs_where_it_is_called() {
    for text in [
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();\nDROP DATABASE shop;\n",
        "CREATE TRIGGER t BEFORE INSERT ON a\nFOR EACH ROW\nEXECUTE FUNCTION f();\nDROP DATABASE shop;\n",
        "ALTER FUNCTION f() OWNER TO app;\nDROP DATABASE shop;\n",
        "ALTER TRIGGER t ON a RENAME TO b;\nDROP DATABASE shop;\n",
        "ALTER PROCEDURE p COMPILE;\nDROP DATABASE shop;\n",
        "CREATE FUNCTION add(a int, b int) RETURNS int AS 'select 1' LANGUAGE SQL;\nDROP DATABASE shop;\n",
        "CREATE FUNCTION add(a int) RETURNS int RETURN a + 1;\nDROP DATABASE shop;\n",
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM old;\nDROP DATABASE shop;\n",
        "CREATE TRIGGER t AFTER INSERT ON a\nBEGIN\n  UPDATE b SET c = 1 WHERE id = NEW.id;\n  END;\nDROP DATABASE shop;\n",
        "DELIMITER $$\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 1 $$\nDELIMITER ;\nDROP DATABASE shop;\n",
        "CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql; DROP TABLE users;\n",
        "CREATE PROCEDURE wipe AS\nDELETE FROM orders\nGO\nSELECT 1, wipe();\n",
        "CREATE FUNCTION wipe() RETURNS void AS $$ DELETE FROM orders; $$ LANGUAGE sql;\nSELECT now(), wipe();\n",
        "CREATE FUNCTION wipe() RETURNS void AS $$ DELETE FROM orders; $$ LANGUAGE sql;\nVALUES (wipe());\n",
        "CREATE OR REPLACE PROCEDURE wipe IS BEGIN DELETE FROM orders; END;\n/\nBEGIN NULL; wipe; END;\n/\n",
        "-- ıııııııııııııııııııııııııııııı\nCREATE PROCEDURE wipe AS\nDELETE FROM orders\nGO\nEXEC wipe\n",
        "CREATE PROCEDURE dbo.wipe AS\nDELETE FROM orders\nGO\nEXEC dbo.wipe\n",
        "CREATE PROCEDURE load AS BEGIN SELECT 1 END\nGO\nDROP TABLE users\n",
        "CREATE OR REPLACE PACKAGE BODY p AS\n PROCEDURE a IS BEGIN DELETE FROM x; END;\n PROCEDURE b IS BEGIN NULL; END;\nEND p;\n/\nDROP TABLE users;\n",
    ] {
        assert_eq!(open("scripts/a.sql", text).len(), 1, "{text}");
    }
    for text in [
        "CREATE PROCEDURE a AS\nDELETE FROM orders\nGO\nSELECT apples FROM x\n",
        "CREATE OR REPLACE PROCEDURE wipe IS\n v NUMBER;\nBEGIN\n IF v > 1 THEN DELETE FROM orders; END IF;\n CASE v WHEN 1 THEN NULL; END CASE;\n DELETE FROM items;\nEND;\n/\n",
        "CREATE FUNCTION f() RETURNS trigger\nLANGUAGE plpgsql\nAS $body$\nBEGIN\n  DELETE FROM users;\n  RETURN CASE WHEN 1 THEN 2 END;\nEND;\n$body$;\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();\nDROP FUNCTION IF EXISTS f();\nGRANT EXECUTE ON FUNCTION f() TO x;\n",
        "CREATE PROCEDURE wipe AS\nSET NOCOUNT ON;\nIF 1 = 1\nBEGIN\n SELECT 1\nEND\nDELETE FROM orders;\nTRUNCATE TABLE a;\nGO\n",
        "DELIMITER //\nCREATE PROCEDURE wipe()\nBEGIN\n  DECLARE x INT;\n  DELETE FROM orders;\nEND //\nDELIMITER ;\n",
        "CREATE DEFINER=`root`@`localhost` PROCEDURE `wipe`()\nBEGIN\nDELETE FROM orders;\nEND;\n",
        "CREATE OR REPLACE PACKAGE BODY p AS\n PROCEDURE a IS BEGIN DELETE FROM x; END;\n PROCEDURE b IS BEGIN DELETE FROM y; END;\nEND p;\n/\n",
        "CREATE PROCEDURE wipe WITH EXECUTE AS OWNER AS\nBEGIN\n DELETE FROM orders;\nEND\nGO\n-- EXEC wipe\n",
        "CREATE OR REPLACE TRIGGER t INSTEAD OF DELETE ON v FOR EACH ROW\nBEGIN\n DELETE FROM orders;\nEND;\n",
        "CREATE FUNCTION wipe() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM orders; END;\n",
    ] {
        assert_eq!(open("scripts/a.sql", text), [], "{text}");
    }
}

#[test]
fn what_stands_in_the_way_is_judged_by_what_it_does() {
    for (text, line, kind) in [
        (
            "IF DB_NAME() = 'prod'\n  RAISERROR('no', 16, 1);\nELSE\n  DROP TABLE users;",
            4,
            GuardKind::TargetChecked,
        ),
        (
            "IF @@SERVERNAME = 'DEVBOX'\nBEGIN\n  DROP TABLE users;\nEND",
            3,
            GuardKind::TargetChecked,
        ),
        (
            "DO $$ BEGIN IF current_database() <> 'app_dev' THEN\nRETURN; END IF;\nDELETE FROM users; END $$;",
            3,
            GuardKind::TargetChecked,
        ),
        (
            "DO $$ BEGIN IF current_database() = 'app_dev' THEN\nDELETE FROM users;\nELSE RAISE NOTICE 'no'; END IF; END $$;",
            2,
            GuardKind::TargetChecked,
        ),
        (
            "SELECT CASE WHEN current_database() <> 'app_dev' THEN 1/0 END;\nDELETE FROM users;",
            2,
            GuardKind::TargetChecked,
        ),
        ("DECLARE @DryRun BIT = 1;\nIF @DryRun = 0\n  DELETE FROM users;", 3, GuardKind::OptIn),
        (
            "DECLARE @Execute bit = 0;\nIF @Execute = 1\nBEGIN\n  DELETE FROM users;\nEND",
            4,
            GuardKind::OptIn,
        ),
        (
            "\\prompt 'Type yes: ' answer\nSELECT :'answer' <> 'yes' AS stop \\gset\n\\if :stop\n\\quit\n\\endif\nDROP TABLE users;",
            6,
            GuardKind::Confirmation,
        ),
        ("\\if :{?confirm}\n\\else\n\\quit\n\\endif\nDROP TABLE users;", 5, GuardKind::OptIn),
        (
            "ACCEPT answer PROMPT 'yes? '\nWHENEVER SQLERROR EXIT\nBEGIN\n  IF '&answer' <> 'yes' THEN\n    RAISE_APPLICATION_ERROR(-20001, 'no');\n  END IF;\nEND;\n/\nDROP TABLE users;",
            9,
            GuardKind::Confirmation,
        ),
        // A function that refuses, and is called.
        (
            "CREATE FUNCTION check_place() RETURNS void AS $$ BEGIN IF current_database() <> 'app_dev' THEN RAISE EXCEPTION 'no'; END IF; END $$ LANGUAGE plpgsql;\nSELECT check_place();\nDELETE FROM users;",
            3,
            GuardKind::TargetChecked,
        ),
    ] {
        assert_eq!(guarded("reset.sql", text), [(line, kind)], "{text}");
    }
    for (text, defect) in [
        (
            "DO $$ BEGIN IF current_database() = 'app_dev' THEN RAISE EXCEPTION 'no'; END IF;\nDELETE FROM users; END $$;",
            Some(Defect::WrongWayRound),
        ),
        ("IF DB_NAME() = 'prod'\nBEGIN\n  DELETE FROM users;\nEND", Some(Defect::WrongWayRound)),
        (
            "IF DB_NAME() <> 'dev'\nBEGIN\n  PRINT 'no';\nEND\nDELETE FROM users;",
            Some(Defect::StopsNothing),
        ),
        (
            "DECLARE @Execute bit = 1;\nIF @Execute = 1\n  DELETE FROM users;",
            Some(Defect::SwitchedOff),
        ),
        (
            "DECLARE @DryRun bit = 1;\nSET @DryRun = 0;\nIF @DryRun = 1\n  DELETE FROM users;",
            Some(Defect::WrongWayRound),
        ),
        ("\\prompt 'Type yes: ' answer\nDROP TABLE users;", Some(Defect::AnswerIgnored)),
        (
            "\\prompt 'Type yes: ' answer\nSELECT :'answer' = 'yes' AS ok \\gset\n\\if :ok\n\\quit\n\\endif\nDROP TABLE users;",
            Some(Defect::WrongWayRound),
        ),
        // Nothing stops by an error of it.
        (
            "ACCEPT answer PROMPT 'yes? '\nBEGIN\n  IF '&answer' <> 'yes' THEN\n    RAISE_APPLICATION_ERROR(-20001, 'no');\n  END IF;\nEND;\n/\nDROP TABLE users;",
            Some(Defect::StopsNothing),
        ),
        // It returns from the block or the batch, and the next one runs.
        (
            "DO $$ BEGIN IF current_database() <> 'app_dev' THEN RETURN; END IF; END $$;\nDELETE FROM users;",
            None,
        ),
        ("IF DB_NAME() <> 'dev'\nBEGIN\n  RETURN;\nEND\nGO\nDELETE FROM users;", None),
        // Below 20 an error of SQL Server ends nothing by itself, and what is thrown ends its batch; others take it up.
        (
            "IF DB_NAME() <> 'dev'\n  RAISERROR('no', 16, 1);\nDELETE FROM users;",
            Some(Defect::StopsNothing),
        ),
        ("IF DB_NAME() <> 'dev'\n  THROW 50000, 'no', 1;\nGO\nDELETE FROM users;", None),
        (
            "BEGIN TRY\nIF DB_NAME() <> 'dev'\n  THROW 50000, 'no', 1;\nEND TRY\nBEGIN CATCH\nPRINT 'no'\nEND CATCH\nDELETE FROM users;",
            None,
        ),
        (
            "DO $$ BEGIN IF current_database() <> 'dev' THEN RAISE EXCEPTION 'no'; END IF;\nEXCEPTION WHEN OTHERS THEN NULL; END $$;\nDELETE FROM users;",
            None,
        ),
        // Rows that are there, and what the text itself finds.
        ("IF EXISTS (SELECT 1 FROM t WHERE s = DATABASE()) THEN DELETE FROM users; END IF;", None),
        ("DECLARE @found bit = 0\nSET @found = 1\nIF @found = 1\n  DELETE FROM users", None),
        (
            "IF DB_NAME() <> 'dev'\n  SET NOEXEC OFF;\nDELETE FROM users;",
            Some(Defect::StopsNothing),
        ),
        (
            "DO $$ BEGIN IF current_database() <> 'dev' THEN RAISE EXCEPTION 'no'; END IF;\nEXCEPTION WHEN raise_exception THEN NULL; END $$;\nDELETE FROM users;",
            None,
        ),
        // Nobody calls it.
        (
            "CREATE FUNCTION check_place() RETURNS void AS $$ BEGIN IF current_database() <> 'app_dev' THEN RAISE EXCEPTION 'no'; END IF; END $$ LANGUAGE plpgsql;\nDELETE FROM users;",
            None,
        ),
    ] {
        assert_eq!(guarded("reset.sql", text), [], "{text}");
        let expected: Vec<Defect> = defect.into_iter().collect();
        assert_eq!(defects("reset.sql", text), expected, "{text}");
    }
}

#[test]
fn a_text_ends_where_its_reader_ends_it() {
    for (text, line) in [
        ("COMMENT ON TABLE t IS $$User's table$$;\nDROP TABLE users;", 2),
        ("DO $do$ BEGIN EXECUTE $q$DROP TABLE it's$q$; END $do$;\nDROP TABLE users;", 2),
        ("COPY t FROM stdin;\n1\tO'Brien\n\\.\nDROP TABLE users;", 4),
        ("PROMPT Deleting user's data\nDROP TABLE users;", 2),
        ("\\echo don't stop\nDROP TABLE users;", 2),
        ("REM don't\nDROP TABLE users;", 2),
        ("DELIMITER $$\nDROP TABLE users$$\nDROP TABLE orders$$\n", 3),
        (
            "SELECT 1\nDELETE [a].[dbo].[b]\nDBCC CHECKIDENT ('b', RESEED, 0);\nDROP TABLE users;\n",
            4,
        ),
        ("SELECT 'a' || $$;\nDROP TABLE users;", 2),
        ("DELIMITER $$\nDROP TABLE users$$\nDROP TABLE orders$$\nDELIMITER ;\n", 3),
        ("SELECT 'a' || $$;\nDROP TABLE users;", 2),
        ("INSERT INTO t VALUES ('path\\');\nDROP TABLE users;", 2),
        ("INSERT INTO t VALUES ('it\\'s', 'x');\nDROP TABLE users;", 2),
        ("INSERT INTO t VALUES ('say \\'hi\\'', 'x');\nDROP TABLE users;", 2),
    ] {
        assert!(open("reset.sql", text).contains(&(line, "sql.drop_table")), "{text}");
    }
}

#[test]
fn a_condition_of_one_line_is_before_what_it_does() {
    for text in [
        "IF (SELECT COUNT(*) FROM users) > 0 DELETE FROM users;",
        "WHILE EXISTS(SELECT 1 FROM users) DELETE TOP (1000) FROM users;",
        "DELETE FROM users LIMIT 100000;",
    ] {
        assert_eq!(open("reset.sql", text), [(1, "sql.delete_all")], "{text}");
    }
}
