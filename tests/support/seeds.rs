//! Small files of every kind that a reader takes: what fuzzing starts from. All people in them are invented, and the value
//! `fuzzed::CANARY` is in rows only.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "tests and fuzz targets use their own parts"
)]

use std::fs;
use std::io::Read;

use bzip2::Compression;
use bzip2::read::BzEncoder;
use rusqlite::{Connection, MAIN_DB};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

#[path = "../../src/content/archive/tests/build.rs"]
mod build;
#[path = "../../src/content/archive/tests/made.rs"]
mod made;
#[path = "scripts.rs"]
pub mod scripts;

/// What there is in databases: SQL, after which it is one. Each is made in several sizes of pages and encodings.
const SCHEMAS: &[&str] = &[
    "CREATE TABLE users(id INTEGER PRIMARY KEY, name, email);
     INSERT INTO users VALUES(1, 'Anna Qxzvwqkj', 'qxzvwqkj@keller-werke.de'), (7, 'Jonas Brandt', 'jonas@gmx.de');",
    "CREATE TABLE \"a\"\"b\"(x UNIQUE, y REAL, z BLOB DEFAULT (abs(-1)), g AS (x || y), h AS (y) STORED); CREATE INDEX i ON \"a\"\"b\"(y);
     INSERT INTO \"a\"\"b\"(x, y, z) VALUES('qxzvwqkj', 1.5, x'7178'), (NULL, 2, zeroblob(900)), (3, -4, '+49 7391 846205');
     CREATE VIEW v AS SELECT * FROM \"a\"\"b\"; CREATE TRIGGER t AFTER INSERT ON \"a\"\"b\" BEGIN SELECT 1; END;",
    "CREATE TABLE w(email PRIMARY KEY, password) WITHOUT ROWID; CREATE TABLE s(id INTEGER PRIMARY KEY AUTOINCREMENT, n);
     INSERT INTO w VALUES('qxzvwqkj@web.de', '$2b$12$QxzvWqkjQxzvWqkjQxzvWqkjQxzvWqkjQxzvWqkjQxzvWqkjQxzvW'), ('b', NULL);
     INSERT INTO s(n) VALUES('qxzvwqkj'); ANALYZE;",
    "CREATE TABLE login_log(user_id, email, at); CREATE TABLE users(id, email, phone);
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
     INSERT INTO users SELECT i, 'qxzvwqkj' || i || '@web.de', '+49 7391 84620' || i FROM n;
     INSERT INTO login_log SELECT id, email, 1715904000 + id FROM users;
     DELETE FROM users WHERE id % 3 = 0; DELETE FROM login_log;",
    "PRAGMA auto_vacuum = full; CREATE TABLE a(x); CREATE TABLE b(x); INSERT INTO a VALUES('qxzvwqkj' || hex(zeroblob(1200)));
     INSERT INTO b SELECT x FROM a; DROP TABLE a;",
    "CREATE VIRTUAL TABLE f USING fts5(body); INSERT INTO f VALUES('qxzvwqkj wrote a note'), ('another');",
    "CREATE TABLE t(a, b, c, d, e); INSERT INTO t VALUES(0, 1, 255, 65536, 4294967296), (-1, 1e300, '', x'', NULL);
     ALTER TABLE t ADD COLUMN f DEFAULT 5; CREATE UNIQUE INDEX u ON t(a, b) WHERE a > 0;",
];

const DUMPS: &[&str] = &[
    "--\n-- PostgreSQL database dump\n--\n\n\\restrict x\n\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n
CREATE TABLE public.users (\n    id integer NOT NULL,\n    email text DEFAULT 'x'::text,\n    n numeric(3,2)\n);\n
CREATE FUNCTION f() RETURNS trigger AS $_$ BEGIN; SELECT 'a'; END; $_$ LANGUAGE plpgsql;\n
COPY public.users (id, email, n) FROM stdin;\n1\tqxzvwqkj@keller.de\t\\N\n2\ta\\tb\\x41\\\\\t1.5\n\\.\n
SELECT pg_catalog.setval('public.users_id_seq', 2, true);\n",
    "-- MySQL dump 10.13  Distrib 8.0.36, for Linux\n--\n-- Host: localhost    Database: shop\n/*!40101 SET NAMES utf8 */;\n
DROP TABLE IF EXISTS `users`;\nCREATE TABLE `users` (\n  `id` int(11) NOT NULL AUTO_INCREMENT,\n  `email` varchar(255) COMMENT 'a;b',\n
  PRIMARY KEY (`id`),\n  KEY `by` (`email`)\n) ENGINE=InnoDB;\nLOCK TABLES `users` WRITE;\n/*!40000 ALTER TABLE `users` DISABLE KEYS */;\n
INSERT INTO `users` VALUES (1,'qxzvwqkj@keller.de'),(2,'it\\'s; ''x''\\\\'),(3,_binary '\\0\\''),(4,0xDEADBEEF),(5,NULL);\nUNLOCK TABLES;\n
DELIMITER ;;\nCREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW BEGIN SET @a = 'x;'; END ;;\nDELIMITER ;\n",
    "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19-11.4.2-MariaDB\nUSE `shop`;\n
INSERT INTO `users` (`id`, `email`) VALUES\n(1,'qxzvwqkj@keller.de'),\n(2,_utf8mb4'a');\nREPLACE INTO users SET id=3;\n",
    "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE users(id INTEGER PRIMARY KEY, email);\n
INSERT INTO users VALUES(1,'qxzvwqkj@keller.de');\nINSERT INTO users VALUES(2,replace('a\\nb','\\n',char(10)));\n
INSERT INTO \"a\"\"b\" VALUES(x'00ff',-1.5e10,NULL);\nCOMMIT;\n",
    "-- phpMyAdmin SQL Dump\n-- version 5.2.1\nSET time_zone = \"+00:00\";\nINSERT INTO `users` (`id`, `email`) VALUES\n
(1, 'qxzvwqkj@keller.de'),\n(2, NULL);\n",
    "USE [shop]\nGO\nSET IDENTITY_INSERT [dbo].[users] ON \n
INSERT [dbo].[users] ([id], [email], [at]) VALUES (1, N'qxzvwqkj@keller.de', CAST(N'2024-01-01T00:00:00.000' AS DateTime))\nGO\n",
    "REM INSERTING into SHOP.USERS\nSET DEFINE OFF;\nInsert into SHOP.USERS (ID,EMAIL,AT) values ('1','qxzvwqkj@keller.de',to_date('01-JAN-24','DD-MON-RR'));\n",
    "--\n-- PostgreSQL database dump\n--\nCOPY users (id, email) FROM stdin WITH (FORMAT csv);\n1,\"qxzv\"\"wqkj\"\n2,\n\\.\n
INSERT INTO t VALUES (E'a\\'b', U&'\\0041', $x$ it's; $x$, ARRAY[1,2], ROW('a', 2), now());\n",
];

/// The seeds of each target, in the form that it takes.
pub fn all() -> [(&'static str, Vec<Vec<u8>>); 6] {
    [
        ("database", databases()),
        ("log", logs()),
        ("dump", dumps()),
        ("archive", archives()),
        ("file", files()),
        ("script", scripts::seeds()),
    ]
}

/// Those of one target.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    all().into_iter().filter(|(it, _)| *it == target).flat_map(|(_, seeds)| seeds).collect()
}

/// The database that `sql` makes. Deleted rows stay in it, as they do in most builds of SQLite.
pub fn made(page_size: u32, encoding: &str, sql: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    let sql = format!(
        "PRAGMA secure_delete = off; PRAGMA encoding = '{encoding}'; PRAGMA page_size = {page_size}; {sql}"
    );
    connection.execute_batch(&sql).unwrap();
    connection.serialize(MAIN_DB).unwrap().to_vec()
}

pub fn databases() -> Vec<Vec<u8>> {
    let mut databases = Vec::new();
    for sql in SCHEMAS {
        for (page_size, encoding) in [(512, "UTF-8"), (512, "UTF-16le"), (1024, "UTF-16be")] {
            databases.push(made(page_size, encoding, sql));
        }
    }
    databases.push(made(4096, "UTF-8", SCHEMAS[0]));
    databases
}

/// A database in WAL mode after a checkpoint and some changes: the file, and its log.
fn with_log(page_size: u32, before: &str, after: &str) -> (Vec<u8>, Vec<u8>) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.db");
    let connection = Connection::open(&path).unwrap();
    let sql = format!(
        "PRAGMA page_size = {page_size}; PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0;
         PRAGMA secure_delete = off; {before}; PRAGMA wal_checkpoint(truncate); {after}"
    );
    connection.execute_batch(&sql).unwrap();
    (fs::read(&path).unwrap(), fs::read(directory.path().join("a.db-wal")).unwrap())
}

pub fn logs() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (page_size, before, after) in [
        (
            512,
            SCHEMAS[0],
            "INSERT INTO users VALUES(2, 'Nina Qxzvwqkj', 'nina@web.de'); UPDATE users SET name = 'x' || name;",
        ),
        (512, SCHEMAS[0], "DELETE FROM users; DROP TABLE users; VACUUM;"),
        (1024, "CREATE TABLE t(x)", SCHEMAS[2]),
        (
            512,
            SCHEMAS[3],
            "DELETE FROM users WHERE id > 5; PRAGMA wal_checkpoint(restart); CREATE TABLE z(y); INSERT INTO z VALUES('qxzvwqkj');",
        ),
    ] {
        let (database, log) = with_log(page_size, before, after);
        for choices in 0..4_u8 {
            let length = u16::try_from(database.len()).unwrap();
            let database = if choices & 2 == 0 { &database[..] } else { &[] };
            let length = if choices & 2 == 0 { length } else { 0 };
            seeds.push([&[choices][..], &length.to_be_bytes(), database, &log].concat());
        }
    }
    seeds
}

pub fn dumps() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = DUMPS.iter().map(|it| it.as_bytes().to_vec()).collect();
    // Without a tool's head it takes some people.
    for seed in &mut seeds[5..7] {
        let text = String::from_utf8_lossy(seed).into_owned();
        let mail = |n: u8| text.replace("qxzvwqkj@", &format!("qxzv{}wqkj@", char::from(b'a' + n)));
        *seed = (0..12).map(mail).collect::<String>().into_bytes();
    }
    // Rows by hand, without a tool's head.
    let rows = (0..12_u8).map(|n| {
        format!(
            "INSERT INTO people (name, mail) VALUES ('Anna Keller', 'anna.{}ke@keller-werke.de');\n",
            char::from(b'a' + n)
        )
    });
    seeds.push(rows.collect::<String>().into_bytes());
    for text in [DUMPS[1].to_owned(), DUMPS[1].to_owned() + DUMPS[5]] {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        seeds.push([b"\xff\xfe".as_slice(), &wide].concat());
    }
    seeds.push(DUMPS[0].replace('\n', "\r\n").into_bytes());
    seeds
}

pub fn archives() -> Vec<Vec<u8>> {
    let database = made(512, "UTF-8", SCHEMAS[0]);
    let dump = DUMPS[3].as_bytes();
    let bzip2 = |bytes: &[u8]| {
        let mut packed = Vec::new();
        BzEncoder::new(bytes, Compression::fast()).read_to_end(&mut packed).unwrap();
        packed
    };
    let zip =
        build::zip(&[build::member(b"data/a.db", &database), build::stored(b"dump.sql", dump)]);
    let tar = build::tar(&[
        build::entry(b"a.db", b'0', &database),
        build::entry(b"d", b'5', b""),
        build::entry(b"dump.sql", b'0', dump),
    ]);
    let mut locked = build::stored(b"a.db", &database);
    locked.flags = 1;
    let mut unlisted = build::member(b"a.db", &database);
    unlisted.is_listed = false;
    let mut streamed = build::member(b"a.db", &database);
    (streamed.flags, streamed.size, streamed.packed_size) = (8, 0, 0);
    let mut seeds = vec![
        build::zip(&[locked, unlisted]),
        build::zip(&[streamed]),
        build::zip(&[build::member(b"tar", &tar), build::stored(b"zip", &zip)]),
        build::tar(&[build::entry(b"a.zip", b'0', &zip)]),
        build::tar(&[
            build::entry(b"long", b'L', b"a/long/name\0"),
            build::entry(b"x", b'0', &database),
            build::entry(b"pax", b'x', b"16 path=a/b.db\n17 size=0000100\n"),
            build::entry(b"y", b'0', dump),
        ]),
        build::deflate(&build::deflate(&database, true), true),
        build::deflate(&tar, true),
        [build::deflate(dump, true), build::deflate(&database, true)].concat(),
        bzip2(&database),
        bzip2(&tar),
        compress_to_vec(&database[..], CompressionLevel::Fastest),
        compress_to_vec(&zip[..], CompressionLevel::Fastest),
        [b"\x50\x2a\x4d\x18\x02\0\0\0..", &made::bytes(made::ZSTD)[..]].concat(),
        zip,
        tar,
    ];
    for packed in [
        made::SEVEN_ZIP,
        made::SEVEN_ZIP_BZIP2,
        made::SEVEN_ZIP_HIDDEN,
        made::SEVEN_ZIP_LOCKED,
        made::XZ,
        made::BZIP2,
        made::ZSTD,
        made::ZIP_LOCKED,
        made::ZIP_LZMA,
        made::ZIP_DEFLATE64,
    ] {
        seeds.push(made::bytes(packed));
    }
    seeds
}

/// Archives of all kinds without a database.
pub fn of_text() -> Vec<Vec<u8>> {
    let text = b"invented rows of nobody\n";
    vec![
        build::zip(&[build::member(b"a", text)]),
        build::zip(&[]),
        build::tar(&[build::entry(b"a", b'0', text)]),
        build::deflate(text, true),
        made::bytes(made::SEVEN_ZIP),
        made::bytes(made::XZ),
        made::bytes(made::BZIP2),
        made::bytes(made::ZSTD),
    ]
}

pub fn files() -> Vec<Vec<u8>> {
    let database = made(512, "UTF-8", SCHEMAS[0]);
    let mut headless = database.clone();
    headless[..100].fill(0);
    let hex: String = database.iter().map(|it| format!("{it:02x}")).collect();
    let numbers: String = database.iter().map(|it| format!("{it}, ")).collect();
    let units: Vec<u16> =
        database.chunks(2).map(|it| u16::from_le_bytes([it[0], it[it.len() - 1]])).collect();
    let journal = [&b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\0\0\0\x01\x12\x34\x56\x78\0\0\0\x02\0\0\x02\0\0\0\x02\0"[..], &[0; 484], &[0, 0, 0, 1], &database[..512], &[0; 4]].concat();
    let files: Vec<(u8, Vec<u8>)> = vec![
        (2, format!("{{\"blob\": \"{}\"}}", base64(&database)).into_bytes()),
        (6, format!("blob = '''\n{}'''", base64(&[b"x", &database[..]].concat())).into_bytes()),
        (1, format!("\\x{hex}").into_bytes()),
        (6, format!("x = [{numbers}]").into_bytes()),
        (1, String::from_utf16_lossy(&units).into_bytes()),
        (4, [b"#!/bin/sh\n", &database[..]].concat()),
        (0, headless),
        (0, database[512..].to_vec()),
        (5, journal),
        (1, b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n".to_vec()),
        (1, b"../.git/annex/objects/w8/2x/SHA256E-s1048576--4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393.db".to_vec()),
    ];
    files.into_iter().map(|(name, bytes)| [&[name][..], &bytes].concat()).collect()
}

/// RFC 4648.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |it: &[u8]| {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | usize::from(*it.get(at).unwrap_or(&0)));
        let digit = move |at: usize| char::from(DIGITS[bits >> (18 - 6 * at) & 63]);
        (0..4).map(digit).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}
