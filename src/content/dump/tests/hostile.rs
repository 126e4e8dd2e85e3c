//! Damaged and hostile texts: no panic, and a bounded number of steps, counted and not timed. All people here are invented.

use proptest::prelude::*;

use super::*;

/// Steps of one pass over a text, and whether it was given up.
fn steps(text: &[u8]) -> (u64, bool) {
    let limits = Limits { seconds: 600, ..Limits::default() };
    let reading = Reading {
        text,
        size: text.len() as u64,
        found: head::tool(text),
        limits: &limits,
        deadline: Instant::now() + Duration::from_secs(600),
    };
    let Ok((reader, is_tangled)) = reading.pass(Tables::new(100), None) else { panic!("too slow") };
    (reader.cursor.steps, is_tangled)
}

/// What may be repeated to make a reader go over the same bytes again and again.
const NASTY: &[&str] = &[
    "INSERT INTO t VALUES (",
    "INSERT INTO t VALUES ('\n",
    "INSERT INTO t VALUES ('\\\n",
    "INSERT INTO t VALUES ('''\n",
    "INSERT INTO t VALUES (/*\n",
    "INSERT INTO t VALUES ($a$\n",
    "INSERT INTO t VALUES (1),(",
    "INSERT INTO t (",
    "INSERT INTO t (a, ",
    "(",
    "((1),",
    "'",
    "\"",
    "`",
    "[",
    "$a$",
    "$a$\n",
    "/*",
    "/*\n",
    "/*!",
    "*/",
    "--\n",
    "\\",
    "\n",
    "CREATE TABLE t (\n",
    "CREATE TABLE t (a '\n",
    "CREATE TRIGGER x BEGIN\n",
    "CREATE FUNCTION f AS $a$\n",
    "COPY t FROM stdin;\n",
    "COPY t FROM stdin CSV;\n\"\n",
    "COPY t FROM stdin;\n\\.\n",
    "COPY t (",
    "DELIMITER x\n",
    "SET a = '\n",
    "SET a = E'\\\n",
    "SELECT /*\n",
    "VALUES (",
    "values(",
    "stdin",
    "),(",
    "INSERT ",
    "CREATE ",
    "a.",
    "USE `",
];

#[test]
fn twice_the_text_takes_at_most_twice_the_steps() {
    for nasty in NASTY {
        for quote in
            ["", "INSERT INTO t VALUES ('", "CREATE TABLE x (", "COPY t FROM stdin CSV;\n\""]
        {
            let text = |n: usize| format!("{quote}{}", nasty.repeat(n / nasty.len()));
            let (once, _) = steps(text(30_000).as_bytes());
            let (twice, is_tangled) = steps(text(60_000).as_bytes());
            // Where it is given up, the bound on the steps is met, which grows with the text.
            assert!(is_tangled || twice <= 2 * once + 10_000, "{quote}{nasty}: {once} {twice}");
            assert!(twice <= 8 * (60_100 + (1 << 20)) + (1 << 20), "{quote}{nasty}: {twice}");
        }
    }
}

#[test]
fn what_cannot_be_followed_is_damage() {
    let nasty = "INSERT INTO t VALUES (1);\nSELECT /*\n".repeat(20_000);
    let text = format!("{HEAD}{nasty}");
    let database = found(&text).unwrap();
    let damage = database.damage.as_ref().expect("given up");
    assert_eq!(damage.detail, "quotes and comments in it cannot be followed to its end");
    assert!(database.rows() > 0);
}

#[test]
fn a_hundred_thousand_tables_are_bounded() {
    let mut text = HEAD.to_owned();
    for n in 0..100_000 {
        let _ = writeln!(text, "CREATE TABLE t{n} (a int);");
    }
    text.push_str("INSERT INTO t99999 VALUES (1);\n");
    let database = found(&text).unwrap();
    assert_eq!(database.tables.len(), Limits::default().tables);
    let damage = database.damage.unwrap();
    assert_eq!(damage.detail, "100000 tables, over the limit of 1000 (setting limits.tables)");
}

#[test]
fn wide_and_deep_rows_are_bounded() {
    let wide = format!("{HEAD}INSERT INTO t VALUES (1{});\n", ",1".repeat(100_000));
    assert_eq!(found(&wide).unwrap().tables[0].columns.len(), tables::MOST_COLUMNS);
    let deep =
        format!("{HEAD}INSERT INTO t VALUES ({}1{});\n", "(".repeat(500_000), ")".repeat(500_000));
    assert_eq!(tables(&deep), [("t".to_owned(), 1)]);
    let long =
        format!("{HEAD}INSERT INTO t VALUES ('{}', 'anna@keller.de');\n", "x".repeat(3 << 20));
    assert_eq!(found(&long).unwrap().people(), 1);
}

/// A dump with most of what there is in it.
const MIXED: &str = "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\nCREATE TABLE `users` (`id` int, `a``b` text, KEY `k` (`id`));\n\
    INSERT INTO `users` VALUES (1,'it\\'s'),(2,NULL),(3,X'AB');\nDELIMITER ;;\nCREATE TRIGGER x BEGIN INSERT INTO t VALUES (1); END ;;\nDELIMITER ;\n\
    COPY t (a, b) FROM stdin;\n1\tx\\ty\n\\.\nCOPY t FROM STDIN WITH CSV HEADER;\na\n\"x\ny\"\n\\.\n\
    INSERT INTO t (a, b) VALUES ($$x$$, E'\\n', 'x'::text, (1 + 2)) ON CONFLICT DO NOTHING;\n-- it's\nINSERT [dbo].[t] VALUES (N'x')\nGO\n";

#[test]
fn every_start_of_a_dump_is_read() {
    for end in 0..MIXED.len() {
        let _ = read(&MIXED.as_bytes()[..end], &Limits::default());
        let _ = read(&MIXED.as_bytes()[end..], &Limits::default());
    }
}

/// A value as each dialect writes it.
fn quoted(value: &str, dialect: usize) -> String {
    let doubled = value.replace('\'', "''");
    match dialect {
        0 => format!("'{}'", doubled.replace('\\', "\\\\").replace('\n', "\\n")),
        1 => format!("'{doubled}'"),
        2 => format!("N'{doubled}'"),
        _ => value
            .replace('\\', "\\\\")
            .replace('\t', "\\t")
            .replace('\n', "\\n")
            .replace('\r', "\\r"),
    }
}

fn dump(rows: &[(String, String)], dialect: usize) -> String {
    let (head, begin) = match dialect {
        0 => ("-- MySQL dump 10.13\n", "INSERT INTO `t` VALUES "),
        1 => ("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n", "INSERT INTO t VALUES"),
        2 => (HEAD, "INSERT [dbo].[t] ([a], [b]) VALUES "),
        _ => ("--\n-- PostgreSQL database dump\n--\n", ""),
    };
    let mut text = head.to_owned();
    if dialect == 3 {
        text.push_str("COPY public.t (a, b) FROM stdin;\n");
    }
    for (a, b) in rows {
        let (a, b) = (quoted(a, dialect), quoted(b, dialect));
        let _ = match dialect {
            3 => writeln!(text, "{a}\t{b}"),
            2 => writeln!(text, "{begin}({a}, {b})"),
            _ => writeln!(text, "{begin}({a},{b});"),
        };
    }
    if dialect == 3 {
        text.push_str("\\.\n");
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes, &Limits::default());
        let _ = read(&[HEAD.as_bytes(), b"INSERT INTO t VALUES (1);\n", &bytes].concat(), &Limits::default());
    }

    #[test]
    fn any_text_of_sql_is_read(parts in prop::collection::vec(prop::sample::select(NASTY), 0..60)) {
        let text = format!("{HEAD}INSERT INTO t VALUES (1);\n{}", parts.concat());
        let _ = read(text.as_bytes(), &Limits::default());
    }

    #[test]
    fn a_dump_with_other_bytes_in_it_is_read(at in 0..MIXED.len(), bytes in prop::collection::vec(any::<u8>(), 0..4), cut in 0usize..4) {
        let mut text = MIXED.as_bytes().to_vec();
        text.splice(at..(at + cut).min(MIXED.len()), bytes);
        let _ = read(&text, &Limits::default());
    }

    #[test]
    fn what_is_written_is_counted(
        rows in prop::collection::vec(("[a-z'\\\\;,()\\n\\t$%?\"`\\[\\]/*#{}:-]{0,12}", "[ -~é😀]{0,8}"), 1..20),
        dialect in 0usize..4,
    ) {
        let rows: Vec<_> = rows.into_iter().map(|(a, b)| (a, format!("{b}x"))).collect();
        let text = dump(&rows, dialect);
        prop_assert_eq!(tables(&text), [("t".to_owned(), rows.len() as u64)], "{}", text);
    }
}
