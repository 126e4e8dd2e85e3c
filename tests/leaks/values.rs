//! Files of all kinds whose values can be known again wherever they turn up.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use rusqlite::{Connection, MAIN_DB};

use crate::build;

/// What all values are made of. No word, name, path, hexadecimal number or Base64 of ours has four letters of it in a row.
pub(crate) const CANARIES: &[&str] = &["qxzvwqkjxq", "zqjxkvqzwx", "vqkxjzqwvx", "xwqzkqvjqx"];

/// The digits of values, in which three in a row are no sign: five are.
pub(crate) const DIGITS: &[&str] = &["739184620573", "628401957386"];

/// A row for each kind of value, in a table for each: SQL after which a database has them.
fn values() -> String {
    let [one, two, three, four] = [0, 1, 2, 3].map(|n| CANARIES[n]);
    let [digits, others] = [0, 1].map(|n| DIGITS[n]);
    let hash = format!("{one}{two}{three}{four}{one}{two}");
    let hash = &hash[..53];
    let huge = format!("{one} {two} ").repeat(4000);
    format!(
        "CREATE TABLE users(id INTEGER PRIMARY KEY, name, email UNIQUE, phone, password, born, note DEFAULT '{four}');
         INSERT INTO users VALUES(1, 'Anna {one}', '{two}@{three}-{four}.de', '+49 {digits}', '$2b$12${hash}', '1991-03-07', '{one} {two}'),
          (2, '{three} Keller', '{one}.keller@gmail.com', '0{others}', '{four}!7', '1984-11-30', 'write to {two}.{one}@web.de soon'),
          (3, 'Jonas {four}', 'jonas.{four}@web.de', NULL, '{two}{three}', NULL, NULL);
         CREATE TABLE addresses(user_id, street, postcode, city, x TEXT DEFAULT 'ask {three}' CHECK (x <> '{two}'));
         INSERT INTO addresses VALUES(1, '{one} street 12', '{digits}', '{two}', '{three}'), (2, 'at {four} 3', '{others}', '{one}', 'y');
         CREATE TABLE tokens(user_id, token, session, api_key, jwt);
         INSERT INTO tokens VALUES(1, 'ghp_{one}{two}{three}vwqkj', '{four}{one}', 'sk_live_{two}{three}', 'eyJhbGciOiJIUzI1NiJ9.{one}.{two}');
         CREATE TABLE payments(user_id, iban, card, amount);
         INSERT INTO payments VALUES(1, 'DE89{digits}{others}', '4{digits}', 9.5), (2, {digits}, {others}, {others}.25);
         CREATE TABLE documents(body, picture BLOB, \"data\" JSON);
         INSERT INTO documents VALUES('{huge}', x'{blob}', '{{\"{three}\": \"{one}\", \"mail\": \"{two}@{four}.de\", \"tel\": \"+49 {digits}\"}}'),
          ('-----BEGIN PRIVATE KEY-----{one}{two}-----END PRIVATE KEY-----', zeroblob(300), '[\"{four}\", {others}]');
         CREATE VIEW v AS SELECT * FROM users WHERE note = '{one}'; CREATE INDEX i ON users(note) WHERE note <> '{two}';
         CREATE TRIGGER t AFTER INSERT ON tokens BEGIN UPDATE users SET note = '{three}'; END; -- {four}
         CREATE TABLE gone(name, email, token); INSERT INTO gone SELECT '{two} {one}', '{four}' || id || '@{one}.de', '{three}' FROM users;
         DELETE FROM gone WHERE email LIKE '%1@%'; DELETE FROM documents WHERE rowid > 5;",
        blob = format!("{one}@{two}.de {three}").bytes().map(|it| format!("{it:02x}")).collect::<String>(),
    )
}

pub(crate) fn database(setup: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    let sql = format!("PRAGMA secure_delete = off; {setup}; {}", values());
    connection.execute_batch(&sql).unwrap();
    connection.serialize(MAIN_DB).unwrap().to_vec()
}

/// A database and the log beside it, in which the values are.
fn logged(directory: &Path) -> (Vec<u8>, Vec<u8>) {
    let path = directory.join("live.db");
    let connection = Connection::open(&path).unwrap();
    let sql = "PRAGMA synchronous = off; PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; CREATE TABLE n(x);
        PRAGMA wal_checkpoint(truncate);";
    connection.execute_batch(&format!("{sql}{}", values())).unwrap();
    (fs::read(&path).unwrap(), fs::read(directory.join("live.db-wal")).unwrap())
}

/// The statements that tools put into dumps, with such values.
fn dumps() -> Vec<(&'static str, String)> {
    let [one, two, three, four] = [0, 1, 2, 3].map(|n| CANARIES[n]);
    let copied = format!(
        "1\tAnna {one}\t{two}@{three}.de\t+49 {}\n2\t{four}\\t{one}\t\\N\t\\x41\n",
        DIGITS[0]
    );
    let rows = (0..15).map(|n| format!("INSERT INTO people (name, mail) VALUES ('Anna {one}', '{two}{n}@{three}.de'); -- {four}\n"));
    vec![
        (
            "sqlite.sql",
            format!("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n{}\nCOMMIT;\n", values()),
        ),
        (
            "postgres.sql",
            format!(
                "--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE users (id int, name text DEFAULT '{three}', email text, tel text);\nCOPY public.users (id, name, email, tel) FROM stdin;\n{copied}\\.\n"
            ),
        ),
        (
            "mysql.sql",
            format!(
                "-- MySQL dump 10.13  Distrib 8.0.36, for Linux\n-- Host: localhost\nCREATE TABLE `users` (`id` int, `email` varchar(255) COMMENT '{four}');\nINSERT INTO `users` VALUES (1,'{one}@{two}.de'),(2,'it\\'s {three}'),(3,_binary '{four}');\n"
            ),
        ),
        (
            "torn.sql",
            format!(
                "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nINSERT INTO users VALUES(1,'{one}@{two}.de');\nINSERT INTO users VALUES(2,'{three} {four}"
            ),
        ),
        (
            "tangled.sql",
            format!(
                "-- MySQL dump 10.13\nINSERT INTO `users` VALUES (1,'{one}@{two}.de',({three},{{{four}\n"
            ),
        ),
        ("rows.sql", rows.collect()),
    ]
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |it: &[u8]| {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | usize::from(*it.get(at).unwrap_or(&0)));
        (0..4).map(move |at| char::from(LETTERS[bits >> (18 - 6 * at) & 63])).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

/// All files, by name: databases that are whole, in other encodings, torn, wrong, packed, written as text; logs and dumps.
pub(crate) fn files() -> &'static BTreeMap<String, Vec<u8>> {
    // Each log is made with numbers of its own.
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(made)
}

fn made() -> BTreeMap<String, Vec<u8>> {
    let whole = database("");
    let directory = tempfile::tempdir().unwrap();
    let (live, log) = logged(directory.path());
    let mut corrupt = whole.clone();
    // The pages of the first tables: no tree any more, and cells that point astray.
    for at in [4096 + 3, 2 * 4096, 2 * 4096 + 9, 3 * 4096 + 5, 5 * 4096 + 1] {
        corrupt[at] ^= 0x7f;
    }
    let mut schema = whole.clone();
    schema[104] ^= 0x30;
    let mut headless = whole.clone();
    headless[..100].fill(0);
    let mut locked = build::member(b"data/a.db", &whole);
    locked.flags = 1;
    let packed = build::zip(&[
        build::member(b"data/a.db", &whole),
        build::stored(b"dump.sql", dumps()[0].1.as_bytes()),
    ]);
    let text = base64(&whole);
    let torn_log = log[..log.len() * 2 / 3].to_vec();
    let torn_zip = packed[..packed.len() / 2].to_vec();
    let mut files: BTreeMap<String, Vec<u8>> = [
        ("whole.db", whole.clone()),
        ("wide.db", database("PRAGMA encoding = 'UTF-16le'; PRAGMA page_size = 1024")),
        ("cut.db", whole[..whole.len() / 2 + 77].to_vec()),
        ("page.db", whole[4096..3 * 4096].to_vec()),
        ("corrupt.db", corrupt),
        ("schema.db", schema),
        ("headless.db", headless),
        ("live.db", live.clone()),
        ("live.db-wal", log.clone()),
        ("torn.db", live),
        ("torn.db-wal", torn_log),
        ("lone.db-wal", log),
        ("a.zip", packed),
        ("torn.zip", torn_zip),
        ("locked.zip", build::zip(&[locked])),
        ("a.db.gz", build::deflate(&whole, true)),
        ("dump.sql.gz", build::deflate(dumps()[2].1.as_bytes(), true)),
        ("page.html", format!("<img src=\"data:;base64,{text}\">\n").into_bytes()),
        (
            "table.csv",
            format!("name,mail\n{0},{1}@{2}.de\n", CANARIES[0], CANARIES[1], CANARIES[2])
                .into_bytes(),
        ),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into();
    files.extend(dumps().into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())));
    files
}
