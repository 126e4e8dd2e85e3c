//! Which database a program works with, as the drivers that it loads and the addresses in it tell.

use super::operations::sql::Dialect;

/// Bytes before a word that are looked at.
const BEFORE: usize = 16;

/// Drivers and calls of theirs, wherever they stand.
const DRIVERS: &[(&[&str], Dialect)] = &[
    (
        &[
            "psycopg",
            "psycopg2",
            "asyncpg",
            "aiopg",
            "pg8000",
            "psycopg2-binary",
            "pg-promise",
            "pgx",
            "pg_connect",
            "pg_query",
            "node-postgres",
        ],
        Dialect::Postgres,
    ),
    (
        &[
            "pymysql",
            "aiomysql",
            "asyncmy",
            "mysqldb",
            "mysqlclient",
            "mysql2",
            "mysqli",
            "mysqli_connect",
            "mysqli_query",
            "go-sql-driver",
        ],
        Dialect::MySql,
    ),
    (&["pymssql", "tedious", "sqlsrv_connect", "go-mssqldb"], Dialect::SqlServer),
    (&["sqlite3", "aiosqlite", "better-sqlite3", "go-sqlite3", "sqlite-jdbc"], Dialect::Sqlite),
];

/// Names of databases, which say so only where they are what a driver or an address is called by.
const NAMES: &[(&[&str], Dialect)] = &[
    (&["pg", "pq", "postgres", "postgresql", "pgsql"], Dialect::Postgres),
    (&["mysql", "mariadb"], Dialect::MySql),
    (&["mssql", "sqlserver", "sqlsrv"], Dialect::SqlServer),
    (&["sqlite"], Dialect::Sqlite),
];

/// What stands before such a name.
const BEFORE_NAMES: &[&str] =
    &["\"", "'", "`", "jdbc:", "driver/", "lib/", "backends.", "import ", "from ", "="];

/// The database of a text; none where nothing tells, or where it names several.
pub(super) fn of(text: &str) -> Option<Dialect> {
    let mut found = None;
    for line in text.lines().filter(|it| !is_comment(it)) {
        for (start, word) in words(line) {
            match (of_word(line, start, word), found) {
                (Some(one), Some(other)) if one != other => return None,
                (Some(one), _) => found = Some(one),
                (None, _) => {}
            }
        }
    }
    found
}

fn is_comment(line: &str) -> bool {
    ["#", "//", "*", "/*", "--"].iter().any(|it| line.trim_start().starts_with(it))
}

/// The words of a line, with where they begin.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_end = |it: char| !(it.is_ascii_alphanumeric() || matches!(it, '_' | '-'));
    let start = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    line.split(is_end).filter(|it| (2..20).contains(&it.len())).map(move |it| (start(it), it))
}

fn of_word(line: &str, start: usize, word: &str) -> Option<Dialect> {
    let among = |all: &[(&[&str], Dialect)]| {
        let is = |names: &[&str]| names.iter().any(|it| word.eq_ignore_ascii_case(it));
        all.iter().find(|(names, _)| is(names)).map(|(_, it)| *it)
    };
    among(DRIVERS).or_else(|| among(NAMES).filter(|_| is_called_by(line, start, word)))
}

/// Whether a name is that of a driver or the scheme of an address: `'mysql:host=...'`, `postgres://`, `require("pg")`.
fn is_called_by(line: &str, start: usize, word: &str) -> bool {
    let (before, after) = (&line[..start], &line[start + word.len()..]);
    if after.starts_with("://") || after.starts_with('+') && after.contains("://") {
        return true;
    }
    let from = before.len().saturating_sub(BEFORE);
    let near = before.get(from..).unwrap_or_default();
    let is_ended = after.is_empty() || after.starts_with(['"', '\'', '`', ':', '.', ' ', ';']);
    is_ended && BEFORE_NAMES.iter().any(|it| near.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_driver_or_an_address_tells_the_database() {
        for (text, expected) in [
            ("import sqlite3\n", Some(Dialect::Sqlite)),
            ("import psycopg2\n", Some(Dialect::Postgres)),
            ("import MySQLdb\n", Some(Dialect::MySql)),
            ("import mysql.connector\n", Some(Dialect::MySql)),
            ("const mysql = require('mysql2/promise');\n", Some(Dialect::MySql)),
            ("const { Pool } = require('pg');\n", Some(Dialect::Postgres)),
            ("import Database from \"better-sqlite3\";\n", Some(Dialect::Sqlite)),
            ("$db = new PDO('mysql:host=db;dbname=shop');\n", Some(Dialect::MySql)),
            ("$db = new PDO(\"sqlite:app.db\");\n", Some(Dialect::Sqlite)),
            ("$db = new mysqli($host, $user);\n", Some(Dialect::MySql)),
            ("connect(\"jdbc:mariadb://db/shop\");\n", Some(Dialect::MySql)),
            ("connect(\"jdbc:sqlserver://db\");\n", Some(Dialect::SqlServer)),
            ("require 'sqlite3'\n", Some(Dialect::Sqlite)),
            ("gem 'pg'\n", Some(Dialect::Postgres)),
            ("import _ \"github.com/go-sql-driver/mysql\"\n", Some(Dialect::MySql)),
            ("import \"gorm.io/driver/postgres\"\n", Some(Dialect::Postgres)),
            ("import \"github.com/lib/pq\"\n", Some(Dialect::Postgres)),
            ("e = create_engine('mysql+pymysql://db/shop')\n", Some(Dialect::MySql)),
            ("URL=postgresql://db/shop\n", Some(Dialect::Postgres)),
            ("new Sequelize({ dialect: 'mssql' })\n", Some(Dialect::SqlServer)),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn what_names_none_or_several_or_only_speaks_of_one_tells_nothing() {
        for text in [
            "db.drop_all()\n",
            "# like sqlite3\ndb.drop_all()\n",
            "print('not for mysql servers')\n",
            "open('/var/lib/mysql/data')\n",
            "import sqlite3\nimport psycopg2\n",
            "url = os.environ.get('URL', 'sqlite:///a.db')\nother = 'postgres://db/shop'\n",
            "",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
