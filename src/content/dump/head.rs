//! By which comment at its head a dump is known, and which tables hold bookkeeping instead of data.

use crate::content::format::{self, Format};

/// What wrote a dump, which decides how its quotes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    /// pg_dump and pg_dumpall.
    PostgreSql,
    /// mysqldump, mariadb-dump, phpMyAdmin, HeidiSQL and their like.
    MySql,
    /// The `.dump` of the SQLite shell.
    Sqlite,
    /// Another tool.
    Other,
    /// Nothing says so.
    None,
}

impl Tool {
    pub(super) fn is_mysql(self) -> bool {
        self == Tool::MySql
    }
}

/// How much of a text is its head: licence texts and SET lines come first at times.
const HEAD: usize = 4096;

/// What the comments at the head of a dump begin with, in small letters. The first that is there tells the tool.
static HEADS: &[(&str, Tool, &Format)] = &[
    ("postgresql database dump", Tool::PostgreSql, &format::POSTGRESQL_DUMP),
    ("postgresql database cluster dump", Tool::PostgreSql, &format::POSTGRESQL_CLUSTER_DUMP),
    ("mariadb dump ", Tool::MySql, &format::MARIADB_DUMP),
    ("mysql dump ", Tool::MySql, &format::MYSQL_DUMP),
    ("dump created by mysql pump utility", Tool::MySql, &format::MYSQL_DUMP),
    ("mysqldump-php ", Tool::MySql, &format::MYSQL_DUMP),
    ("phpmyadmin sql dump", Tool::MySql, &format::PHPMYADMIN_DUMP),
    ("phpmyadmin mysql-dump", Tool::MySql, &format::PHPMYADMIN_DUMP),
    ("heidisql version", Tool::MySql, &format::HEIDISQL_DUMP),
    ("adminer ", Tool::Other, &format::SQL_DUMP),
    ("sequel pro sql dump", Tool::MySql, &format::SQL_DUMP),
    ("sequel ace sql dump", Tool::MySql, &format::SQL_DUMP),
    ("sqlyog ", Tool::MySql, &format::SQL_DUMP),
    ("navicat ", Tool::Other, &format::SQL_DUMP),
    ("tableplus ", Tool::Other, &format::SQL_DUMP),
];

/// What wrote a text, by its head; none where it does not say.
pub(super) fn tool(text: &[u8]) -> Option<(Tool, &'static Format)> {
    let head = text.get(..text.len().min(HEAD))?;
    let mut lines = head.split(|it| *it == b'\n').map(<[u8]>::trim_ascii);
    let found = lines.clone().find_map(|line| {
        let is_comment = [&b"--"[..], b"#", b"/*", b"*"].iter().any(|it| line.starts_with(it));
        let says = line.get(line.iter().position(|it| !b"-#/* \t".contains(it))?..)?;
        let head = HEADS.iter().find(|(head, ..)| {
            says.get(..head.len()).is_some_and(|it| it.eq_ignore_ascii_case(head.as_bytes()))
        });
        // Navicat names itself in the second line of a comment, without a mark of its own.
        head.filter(|(head, ..)| is_comment || *head == "navicat ")
    });
    if let Some((_, tool, format)) = found {
        return Some((*tool, format));
    }
    let is =
        |line: Option<&[u8]>, says: &[u8]| line.is_some_and(|it| it.eq_ignore_ascii_case(says));
    let is_sqlite =
        is(lines.next(), b"pragma foreign_keys=off;") && is(lines.next(), b"begin transaction;");
    is_sqlite.then_some((Tool::Sqlite, &format::SQLITE_DUMP))
}

/// Tables in which tools keep which migrations ran and the like; rows in them are part of a schema.
const BOOKKEEPING: &[&str] = &[
    // Rails and what follows it (Ecto, dbmate, golang-migrate), Sequel.
    "schema_migrations",
    "ar_internal_metadata",
    "schema_info",
    // Alembic, Django, yoyo.
    "alembic_version",
    "django_migrations",
    "_yoyo_migration",
    "_yoyo_version",
    // Flyway, Liquibase, Play, MyBatis.
    "flyway_schema_history",
    "schema_version",
    "databasechangelog",
    "databasechangeloglock",
    "play_evolutions",
    // Knex, Sequelize, TypeORM and Laravel, Prisma, Drizzle.
    "knex_migrations",
    "knex_migrations_lock",
    "sequelizemeta",
    "migrations",
    "_prisma_migrations",
    "__drizzle_migrations",
    // Doctrine, Phinx.
    "doctrine_migration_versions",
    "migration_versions",
    "phinxlog",
    // Entity Framework, goose, sqlx, Diesel, refinery.
    "__efmigrationshistory",
    "goose_db_version",
    "gorp_migrations",
    "_sqlx_migrations",
    "__diesel_schema_migrations",
    "refinery_schema_history",
    // PostGIS: the coordinate systems of the world, thousands of rows.
    "spatial_ref_sys",
];

/// Tables of SQLite itself.
const INTERNAL: &[&str] = &[
    "sqlite_sequence",
    "sqlite_stat1",
    "sqlite_stat2",
    "sqlite_stat3",
    "sqlite_stat4",
    "sqlite_master",
    "sqlite_schema",
];

/// Whether a table of this name holds bookkeeping: rows in it make no dump.
pub(super) fn is_bookkeeping(name: &str) -> bool {
    BOOKKEEPING.iter().any(|it| name.eq_ignore_ascii_case(it)) || is_internal(name)
}

/// Whether a table of this name is SQLite's own.
pub(super) fn is_internal(name: &str) -> bool {
    INTERNAL.iter().any(|it| name.eq_ignore_ascii_case(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_tools_by_their_heads() {
        for (text, expected) in [
            ("--\n-- PostgreSQL database dump\n--\n", "PostgreSQL dump"),
            ("SET x = 1;\r\n--\r\n-- PostgreSQL database dump\r\n", "PostgreSQL dump"),
            ("--\n-- PostgreSQL database cluster dump\n--\n", "PostgreSQL cluster dump"),
            ("-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n", "MySQL dump"),
            ("# MySQL dump 8.16\n#\n", "MySQL dump"),
            (
                "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19-11.4.2-MariaDB\n",
                "MariaDB dump",
            ),
            ("-- phpMyAdmin SQL Dump\n-- version 5.2.1\n", "phpMyAdmin dump"),
            (
                "-- -----\n-- Host:  127.0.0.1\n-- HeidiSQL Version:  12.3\n-- -----\n",
                "HeidiSQL dump",
            ),
            ("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(x);\n", "SQLite dump"),
            ("-- Adminer 4.8.1 MySQL 8.0 dump\n", "SQL text with rows"),
            ("/*\n Navicat Premium Data Transfer\n*/\n", "SQL text with rows"),
        ] {
            assert_eq!(tool(text.as_bytes()).map(|(_, it)| it.name), Some(expected), "{text}");
        }
    }

    #[test]
    fn lets_through_other_heads() {
        for text in [
            "-- how to take a MySQL dump of this\n",
            "PostgreSQL database dump\n",
            "PRAGMA foreign_keys=OFF;\nCREATE TABLE t(x);\n",
            "",
        ] {
            assert_eq!(tool(text.as_bytes()).map(|(_, it)| it.name), None, "{text}");
        }
    }
}
