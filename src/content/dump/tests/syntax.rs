//! The ways in which tables and rows are written. All people here are invented.

use super::*;
use crate::content::Cause;

fn with_head(text: &str) -> String {
    format!("{HEAD}{text}\n")
}

#[test]
fn rows_are_counted_in_every_writing() {
    for (text, rows) in [
        ("INSERT INTO t VALUES (1), (2),\n(3)\n;", 3),
        ("insert into t(a,b)values(1,2)", 1),
        (
            "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING;\nINSERT INTO t VALUES (2) RETURNING id;",
            2,
        ),
        (
            "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a);\nREPLACE INTO t VALUES (2);",
            2,
        ),
        ("INSERT OR REPLACE INTO t VALUES (1); INSERT OR IGNORE INTO t VALUES (2);", 2),
        ("INSERT LOW_PRIORITY IGNORE INTO t VALUES ROW(1), ROW(2);", 2),
        ("INSERT INTO t OVERRIDING SYSTEM VALUE VALUES (1);", 1),
        ("INSERT INTO t (a) VALUE (1);", 1),
        (
            "Insert into \"t\" (\"A\") values (to_date('01-01-24','DD-MM-RR'));\nREM it's\nInsert into T (A) values (null);",
            2,
        ),
        (
            "SET IDENTITY_INSERT [dbo].[t] ON\nINSERT [dbo].[t] ([a]) VALUES (N'it''s')\nGO\nINSERT t VALUES (CAST(N'2024' AS DateTime))\nINSERT t VALUES (0xAB)\n",
            3,
        ),
        ("INSERT INTO t VALUES ('a;b', '--', '/*', '),(', '(');", 1),
        (
            "INSERT INTO t VALUES ($$it's$$, $a$ $$ $a$, 'x'::text, ARRAY['a','b'], '{1,2}'::int[]);",
            1,
        ),
        (
            "INSERT INTO t VALUES (E'it\\'s', U&'x', B'01', X'AB', 1.5e-3, -.5, now(), (SELECT max(a) FROM t));",
            1,
        ),
        ("INSERT INTO t VALUES -- one\n(1, /* two */ 2), # three\n(3, 4);", 2),
        ("/*!50000 INSERT INTO t VALUES (1) */;\n/*!40000 INSERT INTO t VALUES (2)*/;", 2),
        (
            "/* INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (1);\n*/ INSERT INTO t VALUES (2);",
            1,
        ),
        (
            "DELIMITER //\nINSERT INTO t VALUES (';')//\nINSERT INTO t VALUES (2)//\nDELIMITER ;\nINSERT INTO t VALUES (3);",
            3,
        ),
        ("COPY t (a, b) FROM stdin;\n1\tx\n--\t'\n\\\\.\t\n\\.\nINSERT INTO t VALUES (1);", 4),
        ("COPY t FROM STDIN WITH (FORMAT csv, HEADER);\na,b\n1,\"x\ny\"\n2,\"it\"\"s\"\n\\.\n", 2),
        ("COPY \"t\" FROM stdin WITH DELIMITER '|';\n1|x\n\\.\n", 1),
        ("INSERT INTO t () VALUES ();", 1),
        ("INSERT INTO t SELECT 1;\nINSERT INTO t SET a = 1;\nINSERT INTO t VALUES (1);", 1),
        ("INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (?, ?);", 1),
    ] {
        assert_eq!(tables(&with_head(text)), [("t".to_owned(), rows)], "{text}");
    }
}

#[test]
fn names_are_read_in_every_writing() {
    for (text, name, columns) in [
        (
            "CREATE TABLE IF NOT EXISTS `a b` (`key` int, `it``s` text, KEY `k` (`key`), UNIQUE KEY (x))",
            "a b",
            &["key", "it`s"][..],
        ),
        (
            "CREATE TABLE public.\"it\"\"s\" (\"a,b\" text DEFAULT ',)', CONSTRAINT c CHECK (a > 0), PRIMARY KEY (a))",
            "it\"s",
            &["a,b"],
        ),
        (
            "CREATE TABLE [dbo].[t]([a]]b] [nvarchar](20) NOT NULL,[c] [numeric](18, 2)) ON [PRIMARY]",
            "t",
            &["a]b", "c"],
        ),
        (
            "CREATE UNLOGGED TABLE crm.t (key text, index varchar(9), period int, check_ int)",
            "crm.t",
            &["key", "index", "period", "check_"],
        ),
        (
            "create global temporary table t (a int, -- it's (\nb int /* , c int */)",
            "t",
            &["a", "b"],
        ),
        ("CREATE TABLE t (LIKE other, a int)", "t", &["a"]),
        ("CREATE TABLE t (a int);\nINSERT INTO t (A, b) VALUES (1, 2)", "t", &["a", "b"]),
        ("INSERT INTO t VALUES (1, 2), (1, 2, 3)", "t", &["column 1", "column 2", "column 3"]),
    ] {
        let database =
            found(&with_head(&format!("{text};\nINSERT INTO rows VALUES (1);"))).unwrap();
        let names: Vec<_> = database.tables[0].columns.iter().map(|it| &*it.name).collect();
        assert_eq!((&*database.tables[0].name, &names[..]), (name, columns), "{text}");
    }
}

#[test]
fn values_go_to_the_columns_they_are_for() {
    let database = found(&with_head(
        "CREATE TABLE users (id int, phone text, mail text, pass text);\n\
         INSERT INTO users (mail, id) VALUES ('anna@keller.de', 1);\n\
         INSERT INTO users VALUES (2, 4930901820, CAST(N'paul@brandt.de' AS varchar), NULL);\n\
         COPY users (pass, mail) FROM stdin;\n$2b$12$4YkZp0XlQd3cVwT8mUeGfuKs1oNbJr7HiA5LxDy2EtC9WqPz6RvMa\tnora@moretti.it\n\\.\n",
    ));
    let table = &database.unwrap().tables[0];
    let counts: Vec<_> = table.columns.iter().map(|it| it.kinds.values().sum::<u64>()).collect();
    assert_eq!(counts, [0, 1, 3, 1]);
}

#[test]
fn an_odd_quote_does_not_hide_the_rest() {
    for odd in [
        "INSERT INTO t VALUES ('it's');",
        "INSERT INTO t VALUES ('abc, 'b');",
        "INSERT INTO t VALUES ('abc', 'b);",
        "INSERT INTO t VALUES ('abc', b');",
        "INSERT INTO t VALUES ('abc",
        "INSERT INTO t VALUES ($a$",
        "INSERT INTO t VALUES (/* 1);",
        "INSERT INTO t VALUES (1;",
        "INSERT INTO t VALUES (1, ('x');",
    ] {
        let text = with_head(&format!("{odd}\n{}", "INSERT INTO u VALUES ('x', 2);\n".repeat(50)));
        let database = found(&text).unwrap();
        let rows = database.tables.iter().find(|it| it.name == "u").map(|it| it.rows);
        assert!(rows >= Some(49), "{odd} {rows:?}");
        assert!(database.damage.is_some(), "{odd}");
    }
    // Prose and other statements that are not understood.
    for odd in [
        "It's",
        "ALTER TABLE t COMMENT 'it's';",
        "CREATE TABLE t (a 'b);",
        "/* no end",
        "CREATE TRIGGER x BEGIN y;",
    ] {
        let text = with_head(&format!("{odd}\n{}", "INSERT INTO u VALUES ('x', 2);\n".repeat(50)));
        let database = found(&text).unwrap();
        let rows = database.tables.iter().find(|it| it.name == "u").map(|it| it.rows);
        assert_eq!(rows, Some(50), "{odd}");
    }
    // Within one statement the rows behind the odd one are still there.
    let text = with_head("INSERT INTO t VALUES (1,'a'),(2,'it's'),(3,'b'),(4,'c');");
    assert_eq!(found(&text).unwrap().tables[0].rows, 3);
}

#[test]
fn a_backslash_is_what_it_has_to_be() {
    for text in [
        r"INSERT INTO t VALUES ('C:\'), ('D:\'), ('e');",
        r"INSERT INTO t VALUES ('it\'s'), ('\''), ('e\\');",
        r"INSERT INTO t VALUES ('a\\'), ('b\'''), ('e');",
    ] {
        assert_eq!(tables(&with_head(text)), [("t".to_owned(), 3)], "{text}");
    }
}

#[test]
fn what_breaks_off_is_damage() {
    for text in [
        "-- MySQL dump 10.13\nINSERT INTO t VALUES (1,'a'),(2,'b",
        "-- MySQL dump 10.13\nINSERT INTO t VALUES (1,'a'),(2,'b'),",
        "--\n-- PostgreSQL database dump\n--\nCOPY t (a) FROM stdin;\n1\n2",
    ] {
        let database = found(text).unwrap();
        assert_eq!(database.damage.map(|it| it.cause), Some(Cause::Corrupt), "{text}");
        assert!(database.tables[0].rows >= 1, "{text}");
    }
    // The middle of a dump that was cut in pieces.
    let middle = format!("x'),(3,'y');\n{}", people(20));
    assert_eq!(tables(&middle), [("people".to_owned(), 20)]);
}

#[test]
fn tables_of_several_databases_are_told_apart() {
    let text = with_head(
        "USE `a`;\nINSERT INTO t VALUES (1);\nUSE `b`;\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);",
    );
    assert_eq!(tables(&text), [("t".to_owned(), 1), ("t".to_owned(), 2)]);
    let text = with_head(
        "INSERT INTO public.t VALUES (1);\nINSERT INTO T VALUES (1);\nINSERT INTO s.t VALUES (2);",
    );
    assert_eq!(tables(&text), [("t".to_owned(), 2), ("s.t".to_owned(), 1)]);
}

#[test]
fn a_view_is_no_table() {
    let text = with_head(
        "CREATE TABLE `v` (`a` tinyint);\nINSERT INTO t VALUES (1);\nDROP TABLE `v`;\nCREATE ALGORITHM=UNDEFINED DEFINER=`root`@`%` SQL SECURITY DEFINER VIEW `v` AS select 1;",
    );
    assert_eq!(tables(&text), [("t".to_owned(), 1)]);
}
