//! What dumps are found and read, and what is let through. All people here are invented.

use crate::content::Cause;
use std::fmt::Write as _;

use super::*;
use crate::content::Kind;

mod hostile;
mod syntax;

/// The head of a tool that is no hint to the dialect.
const HEAD: &str = "-- Adminer 4 dump\n";

pub(super) fn found(text: &str) -> Option<Database> {
    read(text.as_bytes(), &Limits::default()).map(|it| it.expect(text))
}

/// The tables with their rows, of a text that is a dump.
pub(super) fn tables(text: &str) -> Vec<(String, u64)> {
    let database = found(text).expect(text);
    assert_eq!(database.damage, None, "{text}");
    database.tables.into_iter().map(|it| (it.name, it.rows)).collect()
}

/// A name that no other number gives, of syllables.
fn name(n: usize) -> String {
    let of = |letters: &str, n: usize| letters.chars().nth(n % letters.len()).unwrap();
    let (consonants, vowels) = ("bdfgklmnprst", "aeiou");
    [of(consonants, n), of(vowels, n / 12), of(consonants, n / 60), of(vowels, n / 720)]
        .iter()
        .collect()
}

/// So many rows of people whom nothing shows to be made up.
fn people(n: usize) -> String {
    let mut text = String::new();
    for n in 0..n {
        let _ = writeln!(
            text,
            "INSERT INTO people (id, name, mail) VALUES ({n}, 'Anna Keller', 'anna.{}@keller-werke.de');",
            name(n)
        );
    }
    text
}

fn things(n: usize) -> String {
    (0..n).map(|n| format!("INSERT INTO towns VALUES ({n}, 'town');\n")).collect()
}

#[test]
fn each_tool_is_told_and_read() {
    for (text, format) in [
        (
            "--\n-- PostgreSQL database dump\n--\n\n\\restrict x\n\nSET client_encoding = 'UTF8';\n\
             CREATE TABLE public.users (\n    id integer NOT NULL,\n    email text\n);\n\
             COPY public.users (id, email) FROM stdin;\n1\tanna@keller.de\n2\t\\N\n\\.\n",
            &format::POSTGRESQL_DUMP,
        ),
        (
            "--\n-- PostgreSQL database cluster dump\n--\n\\connect shop\n\
             COPY public.users (id, email) FROM stdin;\n1\tanna@keller.de\n2\tx\n\\.\n",
            &format::POSTGRESQL_CLUSTER_DUMP,
        ),
        (
            "-- MySQL dump 10.13  Distrib 8.0.36\n/*!40101 SET NAMES utf8 */;\n\
             CREATE TABLE `users` (\n  `id` int(11) NOT NULL,\n  `email` text,\n  PRIMARY KEY (`id`),\n  KEY `by` (`email`)\n) ENGINE=InnoDB;\n\
             LOCK TABLES `users` WRITE;\n/*!40000 ALTER TABLE `users` DISABLE KEYS */;\n\
             INSERT INTO `users` VALUES (1,'anna@keller.de'),(2,'it\\'s; ''x''\\\\');\n",
            &format::MYSQL_DUMP,
        ),
        (
            "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19-11.4.2-MariaDB\n\
             INSERT INTO `users` (`id`, `email`) VALUES\n(1,'anna@keller.de'),\n(2,_binary '\\0\\'');\n",
            &format::MARIADB_DUMP,
        ),
        (
            "-- phpMyAdmin SQL Dump\n-- version 5.2.1\nSET time_zone = \"+00:00\";\n\
             INSERT INTO `users` (`id`, `email`) VALUES\n(1, 'anna@keller.de'),\n(2, NULL);\n",
            &format::PHPMYADMIN_DUMP,
        ),
        (
            "-- --------------------------------------------------------\n-- Host:   127.0.0.1\n-- HeidiSQL Version:  12.3\n\
             INSERT IGNORE INTO `users` (`id`, `email`) VALUES\n\t(1, 'anna@keller.de'),\n\t(2, NULL);\n",
            &format::HEIDISQL_DUMP,
        ),
        (
            "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE users(id INTEGER PRIMARY KEY, email);\n\
             INSERT INTO users VALUES(1,'anna@keller.de');\nINSERT INTO users VALUES(2,replace('a\\nb','\\n',char(10)));\nCOMMIT;\n",
            &format::SQLITE_DUMP,
        ),
        (
            "/*\n Navicat Premium Data Transfer\n*/\nINSERT INTO `users` (id, email) VALUES (1, 'anna@keller.de');\n\
             INSERT INTO `users` (id, email) VALUES (2, 'it''s');\n",
            &format::SQL_DUMP,
        ),
    ] {
        let database = found(text).expect(text);
        assert_eq!((database.format, &database.damage), (format, &None));
        let [users] = &database.tables[..] else { panic!("{database:?}") };
        assert_eq!((&*users.name, users.rows, users.rows_read), ("users", 2, 2), "{text}");
        let names: Vec<_> = users.columns.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["id", "email"], "{text}");
        assert_eq!(users.columns[1].kinds.get(&Kind::Email), Some(&1), "{text}");
        assert_eq!(users.identities.real_looking, 1, "{text}");
        assert!(database.test_confidence.value < 1.0);
    }
}

#[test]
fn without_a_head_many_rows_or_some_people_make_a_dump() {
    assert_eq!(found(&things(999)), None);
    assert_eq!(tables(&things(1000)), [("towns".to_owned(), 1000)]);
    assert_eq!(found(&people(9)), None);
    assert_eq!(tables(&people(10)), [("people".to_owned(), 10)]);
    // Made-up people are what seeds are made of.
    let seeds: String = (0..50)
        .map(|n| format!("INSERT INTO users (email) VALUES ('user{n}@example.com');\n"))
        .collect();
    assert_eq!(found(&seeds), None);
    // As much that is no row as there are rows.
    let schema = "CREATE INDEX some_index ON some_table (some_column);\n".repeat(20);
    assert!(found(&format!("{schema}{}", people(20))).is_some());
    assert_eq!(found(&format!("{}{}", schema.repeat(3), people(20))), None);
}

#[test]
fn lets_through_what_is_no_dump() {
    let rails = "SET statement_timeout = 0;\n--\n-- PostgreSQL database dump\n--\n\
        CREATE TABLE public.users (id bigint, email text);\n\
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\nINSERT INTO log VALUES (NEW.id, 'x');\nEND $$;\n\
        INSERT INTO \"schema_migrations\" (version) VALUES\n('20240101000000'),\n('20240102000000');\n\
        INSERT INTO ar_internal_metadata VALUES ('environment', 'development');\n";
    let trigger = "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(x);\n\
        CREATE TRIGGER u AFTER DELETE ON t BEGIN\nINSERT INTO log VALUES (CASE WHEN old.x THEN 1 ELSE 2 END);\n\
        INSERT INTO log VALUES (3);\nEND;\nINSERT INTO sqlite_sequence VALUES('t',3);\nCOMMIT;\n";
    let procedure = "-- MySQL dump 10.13\nDELIMITER ;;\nCREATE DEFINER=`root`@`%` PROCEDURE `p`()\nBEGIN\n\
        IF 1 THEN\nINSERT INTO t VALUES (1);\nEND IF;\nINSERT INTO t VALUES (2);\nEND ;;\nDELIMITER ;\n";
    let program = format!(
        "db = connect()\nfor n in range(3):\n    db.execute(\"\"\"\n{}\"\"\")\n",
        "INSERT INTO t (a, b) VALUES (%s, %s);\n".repeat(2000)
    );
    let patterns = "INSERT INTO t (a, b) VALUES (?, :b), ($1, {c});\n".repeat(2000);
    let prose =
        "Don't do this:\n\nINSERT INTO users VALUES (1, 'it');\n\nIt's bad, and here is why.\n"
            .repeat(2000);
    for text in [
        rails,
        trigger,
        procedure,
        &program,
        &patterns,
        &prose,
        "-- MySQL dump 10.13\nCREATE TABLE `t` (`a` int);\n",
        "--\n-- PostgreSQL database dump\n--\nCOPY public.t (a) FROM stdin;\n\\.\n",
        "INSERT INTO roles (name) VALUES ('admin'), ('editor');\n",
        "\u{feff}",
        "",
    ] {
        assert_eq!(found(text), None, "{:.400}", text);
    }
    assert!(read(b"\0\0INSERT INTO t VALUES (1);", &Limits::default()).is_none());
}

#[test]
fn every_encoding_and_end_of_line_says_the_same() {
    let text = format!(
        "{HEAD}CREATE TABLE größe (név text, mail text);\nINSERT INTO größe VALUES ('Jörg Weiß', 'joerg@weiss.de');\n"
    );
    let expected = found(&text).unwrap();
    assert_eq!(expected.tables[0].name, "größe");
    let mut latin_1: Vec<u8> =
        text.chars().filter_map(|it| u8::try_from(u32::from(it)).ok()).collect();
    assert_eq!(latin_1.len(), text.chars().count());
    latin_1.push(b'\n');
    for bytes in [
        text.replace('\n', "\r\n").into_bytes(),
        text.replace('\n', "\r").into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        latin_1,
    ] {
        let database = read(&bytes, &Limits::default()).unwrap().unwrap();
        assert_eq!(database.tables, expected.tables);
        assert_eq!(database.size, bytes.len() as u64);
    }
}

#[test]
fn a_log_before_the_people_counts_only_people_that_no_other_table_has() {
    let database = found(&format!(
        "{HEAD}INSERT INTO login_log (user_id, email) VALUES (1, 'anna@web.de'), (1, 'Anna@web.de'), (2, 'paul@web.de');\n\
         INSERT INTO users (id, email) VALUES (1, 'anna@web.de');\n"
    ));
    let people: Vec<_> = database.unwrap().tables.iter().map(|it| it.identities.total()).collect();
    assert_eq!(people, [1, 1]);
}

#[test]
fn a_sample_is_spread_over_all_rows() {
    let mut text = HEAD.to_owned();
    for n in 0..4000 {
        let name = name(n);
        let mail =
            if n < 2000 { format!("{name}@example.com") } else { format!("anna.{name}@web.de") };
        let _ = writeln!(text, "INSERT INTO users (id, email) VALUES ({n}, '{mail}');");
    }
    let limits = Limits { rows_per_table: 100, ..Limits::default() };
    let database = read(text.as_bytes(), &limits).unwrap().unwrap();
    let [users] = &database.tables[..] else { panic!() };
    assert_eq!((users.rows, users.rows_read), (4000, 100));
    let Identities { synthetic, real_looking, .. } = users.identities;
    assert_eq!((synthetic, real_looking), (2000, 2000));
    assert!(!database.was_read_in_full());
}

#[test]
fn limits_are_findings() {
    let text = format!("{HEAD}CREATE TABLE a(x);\nCREATE TABLE b(x);\n{}", things(3));
    let within = |limits: Limits| read(text.as_bytes(), &limits);
    let tables = within(Limits { tables: 2, ..Limits::default() }).unwrap().unwrap();
    assert_eq!(tables.tables.len(), 2);
    let damage = tables.damage.unwrap();
    assert_eq!(damage.cause, Cause::TooLarge);
    assert_eq!(damage.detail, "3 tables, over the limit of 2 (setting limits.tables)");
    let slow = within(Limits { seconds: 0, ..Limits::default() }).unwrap().unwrap_err();
    assert_eq!(slow.cause, Cause::TooSlow);
    let large = within(Limits { file_size: 10, ..Limits::default() }).unwrap().unwrap_err();
    assert_eq!(large.cause, Cause::TooLarge);
}

#[test]
fn no_value_is_kept() {
    let text = format!(
        "{HEAD}CREATE TABLE \"anna@keller.de\" (\"+49 30 901820\" text);\nINSERT INTO t VALUES ('secret');\nINSERT INTO t VALUES ('secret' oops;\n"
    );
    let shown = format!("{:?}", found(&text).unwrap());
    for word in ["secret", "keller", "901820", "oops"] {
        assert!(!shown.contains(word), "{shown}");
    }
}
