//! Which database a text of SQL is for, as far as it says so itself.

use bstr::{BStr, ByteSlice};

use super::guards::Client;
use super::lexer::{self, Token, What};

/// The database that a file of SQL is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `PostgreSQL`, run by psql.
    Postgres,
    /// `MySQL` and `MariaDB`.
    MySql,
    /// SQL Server.
    SqlServer,
    /// `SQLite`.
    Sqlite,
    /// Cassandra and what speaks CQL.
    Cassandra,
    /// Neo4j and what speaks Cypher.
    Neo4j,
}

/// Words that only `PostgreSQL` has.
const POSTGRES: &[&str] =
    &["SERIAL", "BIGSERIAL", "JSONB", "TIMESTAMPTZ", "SEARCH_PATH", "EXTENSION", "PLPGSQL"];

/// Those of `MySQL`; `ENGINE` only where it is set.
const MYSQL: &[&str] = &["AUTO_INCREMENT", "FOREIGN_KEY_CHECKS", "SQL_SAFE_UPDATES"];

/// Commands of the client of `SQLite`, each of a line.
const OF_SQLITE: &[&str] = &[
    ".bail", ".open", ".mode", ".headers", ".header", ".timeout", ".read", ".import", ".output",
    ".once", ".echo", ".changes", ".backup", ".print", ".tables",
];

impl Dialect {
    /// That of the file at this path; none where neither its ending nor its text tells.
    pub(in crate::content::script) fn of(path: &BStr, text: &str) -> Option<Dialect> {
        let path = path.to_str_lossy().to_lowercase();
        match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "cql" => Some(Dialect::Cassandra),
            "cypher" | "cyp" => Some(Dialect::Neo4j),
            "psql" | "pgsql" => Some(Dialect::Postgres),
            "tsql" => Some(Dialect::SqlServer),
            _ => of_text(text, &lexer::tokens(text)),
        }
    }

    /// Whether its files can stop by themselves where the database is another one than was meant.
    pub fn can_stop(self) -> bool {
        matches!(self, Dialect::Postgres | Dialect::MySql | Dialect::SqlServer)
    }
}

/// What a text says by what only one of them has. A guard of psql is not looked at where others have a say: it may be copied from elsewhere.
fn of_text(text: &str, tokens: &[Token]) -> Option<Dialect> {
    let is_postgres = says_postgres(text, tokens);
    match another(text, tokens) {
        Some(_) if is_postgres => None,
        Some(it) => Some(it),
        None if is_postgres || has_parts_of_psql(text, tokens) => Some(Dialect::Postgres),
        None => None,
    }
}

/// What runs a file of SQL, as far as it says so itself: by its name, its first line, a comment, or commands that only psql has.
pub(in crate::content::script) fn client_of(path: &BStr, text: &str) -> Client {
    let path = path.to_str_lossy().to_lowercase();
    let says = |line: &str, word: &str| line.split([' ', '/', '\t', '`']).any(|it| it == word);
    let mut is_of_psql = path.ends_with(".psql");
    for line in text.lines() {
        let is_said = (line.starts_with("#!") || line.starts_with("--")) && says(line, "psql");
        // `-- psql -v ON_ERROR_STOP=1 -f reset.sql`.
        if is_said && (line.contains("ON_ERROR_STOP=") || says(line, "-1")) {
            return Client::Stops;
        }
        is_of_psql |= is_said || line.starts_with('\\');
    }
    if is_of_psql { Client::GoesOn } else { Client::Stops }
}

/// The database that a text is plainly for, which is not `PostgreSQL`.
pub(super) fn plainly_another(text: &str, tokens: &[Token]) -> Option<Dialect> {
    another(text, tokens).filter(|_| !says_postgres(text, tokens))
}

fn another(text: &str, tokens: &[Token]) -> Option<Dialect> {
    match () {
        () if is_of_sqlite(text, tokens) => Some(Dialect::Sqlite),
        () if is_of_server(text, tokens) => Some(Dialect::SqlServer),
        () if is_of_mysql(text, tokens) => Some(Dialect::MySql),
        () => None,
    }
}

fn is_word(token: Option<&Token>, all: &[&str]) -> bool {
    let is = |it: &Token| all.iter().any(|word| it.text.eq_ignore_ascii_case(word));
    token.is_some_and(|it| it.what == What::Word && is(it))
}

fn is_sign(token: Option<&Token>, sign: &str) -> bool {
    token.is_some_and(|it| it.what == What::Sign && it.text == sign)
}

/// The byte so many places before another one in the text.
fn before(text: &str, at: usize, n: usize) -> Option<u8> {
    at.checked_sub(n).and_then(|it| text.as_bytes().get(it)).copied()
}

fn says_postgres(text: &str, tokens: &[Token]) -> bool {
    let is_cast = |n: usize, it: &Token| {
        let next = tokens.get(n + 1);
        is_sign(Some(it), ":") && is_sign(next, ":") && before(text, it.at + 1, 0) == Some(b':')
    };
    tokens.iter().enumerate().any(|(n, it)| is_word(Some(it), POSTGRES) || is_cast(n, it))
}

/// `\set` and the like, `DO $$`.
fn has_parts_of_psql(text: &str, tokens: &[Token]) -> bool {
    let is_block = |it: &Token| is_word(Some(it), &["DO"]) && runs_block(text, it.at);
    text.lines().any(|it| it.starts_with('\\')) || tokens.iter().any(is_block)
}

/// Whether a block in dollar quotes follows the `DO` at this place.
fn runs_block(text: &str, at: usize) -> bool {
    text.get(at + 2..).is_some_and(|rest| rest.trim_start().starts_with('$'))
}

fn is_of_mysql(text: &str, tokens: &[Token]) -> bool {
    // That of BigQuery has dots in the quotes.
    let is_quoted = |it: &Token| {
        it.what == What::Name && before(text, it.at, 1) == Some(b'`') && !it.text.contains('.')
    };
    let is_said = |n: usize, it: &Token| {
        is_word(Some(it), MYSQL)
            || is_word(Some(it), &["ENGINE"]) && is_sign(tokens.get(n + 1), "=")
    };
    let is_delimiter = |line: &str| {
        line.get(..10).is_some_and(|it| it.eq_ignore_ascii_case("delimiter ")) && line.len() > 10
    };
    tokens.iter().enumerate().any(|(n, it)| is_quoted(it) || is_said(n, it))
        || text.lines().any(is_delimiter)
}

fn is_of_server(text: &str, tokens: &[Token]) -> bool {
    let is_part_of_word =
        |it: Option<u8>| it.is_some_and(|it| it.is_ascii_alphanumeric() || it == b'_');
    // `[users]`, and neither `list[n]` nor `ARRAY[n]`.
    let is_bracketed = |it: &Token| {
        it.what == What::Name
            && before(text, it.at, 1) == Some(b'[')
            && !is_part_of_word(before(text, it.at, 2))
            && before(text, it.at, 2) != Some(b']')
            && it.text.starts_with(|it: char| it.is_ascii_alphabetic())
    };
    let is_national = |it: &Token| {
        it.what == What::Text
            && before(text, it.at, 1) == Some(b'\'')
            && before(text, it.at, 2) == Some(b'N')
            && !is_part_of_word(before(text, it.at, 3))
    };
    let is_own =
        |n: usize, it: &Token| is_word(Some(it), &["dbo"]) && is_sign(tokens.get(n + 1), ".");
    super::tables::is_of_sql_server(text)
        || tokens
            .iter()
            .enumerate()
            .any(|(n, it)| is_bracketed(it) || is_national(it) || is_own(n, it))
}

fn is_of_sqlite(text: &str, tokens: &[Token]) -> bool {
    let begins = |n: usize| n == 0 || tokens[n - 1].what == What::End;
    let is_said = |n: usize, it: &Token| {
        is_word(Some(it), &["AUTOINCREMENT"]) || begins(n) && is_word(Some(it), &["PRAGMA"])
    };
    let is_command = |line: &str| {
        line.starts_with('.') && line.split(' ').next().is_some_and(|it| OF_SQLITE.contains(&it))
    };
    tokens.iter().enumerate().any(|(n, it)| is_said(n, it)) || text.lines().any(is_command)
}

/// Whether what stands at this place is of psql alone: one of its commands, or a block that `DO` runs.
pub(super) fn is_of_psql(text: &str, blocks: &[(usize, usize)], at: usize) -> bool {
    let is_command = before(text, at, 0) == Some(b'\\') || before(text, at, 1) == Some(b'\\');
    let is_run = |from: usize| {
        let words = text.get(..from).unwrap_or_default().trim_end().to_ascii_uppercase();
        words.ends_with("DO") || words.ends_with("LANGUAGE PLPGSQL")
    };
    is_command || blocks.iter().any(|(from, to)| (*from..*to).contains(&at) && is_run(*from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_sql_says_which_database_it_is_for() {
        for (path, text, expected) in [
            ("a.sql", "DELETE FROM users;\n", None),
            ("a.sql", "DELETE FROM `users`;\n", Some(Dialect::MySql)),
            ("a.sql", "CREATE TABLE a (n int) ENGINE=InnoDB;\n", Some(Dialect::MySql)),
            ("a.sql", "DELIMITER //\nDELETE FROM users//\n", Some(Dialect::MySql)),
            ("a.sql", "-- `users`\nDELETE FROM users;\n", None),
            ("a.sql", "DELETE FROM `shop.users` WHERE true;\n", None),
            ("a.sql", "DELETE FROM dbo.users;\n", Some(Dialect::SqlServer)),
            ("a.sql", "DELETE FROM [users];\n", Some(Dialect::SqlServer)),
            ("a.sql", "DELETE FROM users\nGO\n", Some(Dialect::SqlServer)),
            ("a.sql", "PRINT N'x';\nDELETE FROM users;\n", Some(Dialect::SqlServer)),
            ("a.sql", "PRAGMA foreign_keys = off;\nDELETE FROM users;\n", Some(Dialect::Sqlite)),
            ("a.sql", ".bail on\nDELETE FROM users;\n", Some(Dialect::Sqlite)),
            (
                "a.sql",
                "CREATE TABLE a (n INTEGER PRIMARY KEY AUTOINCREMENT);\n",
                Some(Dialect::Sqlite),
            ),
            ("a.sql", "\\set ON_ERROR_STOP on\nDELETE FROM users;\n", Some(Dialect::Postgres)),
            ("a.sql", "DO $$ BEGIN DELETE FROM users; END $$;\n", Some(Dialect::Postgres)),
            ("a.sql", "CREATE TABLE a (n serial);\n", Some(Dialect::Postgres)),
            ("a.sql", "SELECT n::int, list[n], ARRAY[a] FROM users;\n", Some(Dialect::Postgres)),
            // A guard of psql says nothing against what the rest says.
            ("a.sql", "\\set ON_ERROR_STOP on\nDELETE FROM `users`;\n", Some(Dialect::MySql)),
            ("a.cql", "TRUNCATE users;\n", Some(Dialect::Cassandra)),
            ("a.cypher", "MATCH (n) DETACH DELETE n;\n", Some(Dialect::Neo4j)),
            ("a.psql", "DELETE FROM users;\n", Some(Dialect::Postgres)),
        ] {
            assert_eq!(Dialect::of(path.into(), text), expected, "{path}: {text}");
        }
    }
}
