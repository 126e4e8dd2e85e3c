//! Dumps and backups.

use super::{Family, Format, Reading, Sight, Signature, always, mark};

/// `pg_dump` as text. A schema alone matches as well: whether there are rows is another question.
pub static POSTGRESQL_DUMP: Format = Format {
    name: "PostgreSQL dump",
    family: Family::Dump,
    extensions: &["sql", "dump", "pgsql", "txt"],
    signatures: &[Signature::Lines(&["--", "-- PostgreSQL database dump"])],
    recognised_by: "the comment `PostgreSQL database dump`",
    reading: Reading::Rows,
    source: "https://www.postgresql.org/docs/current/app-pgdump.html",
};

/// `pg_dumpall`: it holds the hashes of the passwords of all roles.
pub static POSTGRESQL_CLUSTER_DUMP: Format = Format {
    name: "PostgreSQL cluster dump",
    family: Family::Dump,
    extensions: &["sql", "dump", "out"],
    signatures: &[Signature::Lines(&["--", "-- PostgreSQL database cluster dump"])],
    recognised_by: "the comment `PostgreSQL database cluster dump`",
    reading: Reading::Rows,
    source: "https://www.postgresql.org/docs/current/app-pg-dumpall.html",
};

/// `pg_dump --format=custom`, and `toc.dat` of its other formats.
static POSTGRESQL_ARCHIVE: Format = Format {
    name: "PostgreSQL custom dump",
    family: Family::Dump,
    extensions: &["dump", "pgdump", "backup", "dat"],
    signatures: &[Signature::Bytes(&[mark(0, b"PGDMP\x01")], postgresql_archive)],
    recognised_by: "`PGDMP`, version 1, sizes of numbers, a format",
    reading: Reading::Nothing,
    source: "PostgreSQL: src/bin/pg_dump/pg_backup_archiver.c",
};

/// `pg_dump --format=tar`.
static POSTGRESQL_TAR: Format = Format {
    name: "PostgreSQL tar dump",
    family: Family::Dump,
    extensions: &["tar", "dump", "backup"],
    signatures: &[Signature::Bytes(
        &[mark(0, b"toc.dat\0"), mark(257, b"ustar"), mark(512, b"PGDMP")],
        always,
    )],
    recognised_by: "a tar archive whose first file is `toc.dat` and begins with `PGDMP`",
    reading: Reading::Nothing,
    source: "PostgreSQL: src/bin/pg_dump/pg_backup_tar.c",
};

/// `mysqldump`, that of older MariaDB, and `mysqlpump`.
pub static MYSQL_DUMP: Format = Format {
    name: "MySQL dump",
    family: Family::Dump,
    extensions: &["sql", "dump"],
    signatures: &[
        Signature::Lines(&["-- MySQL dump "]),
        Signature::Lines(&["-- Dump created by MySQL pump utility"]),
    ],
    recognised_by: "the comment `MySQL dump` or `Dump created by MySQL pump utility`",
    reading: Reading::Rows,
    source: "https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html",
};

/// `mariadb-dump`; since 2024 its first line keeps a client from running commands.
pub static MARIADB_DUMP: Format = Format {
    name: "MariaDB dump",
    family: Family::Dump,
    extensions: &["sql", "dump"],
    signatures: &[
        Signature::Lines(&["-- MariaDB dump "]),
        Signature::Lines(&["/*M!999999\\- enable the sandbox mode"]),
        Signature::Lines(&["/*!999999\\- enable the sandbox mode"]),
    ],
    recognised_by: "the comment `MariaDB dump` or `enable the sandbox mode`",
    reading: Reading::Rows,
    source: "https://mariadb.com/kb/en/mariadb-dump/",
};

/// Exports of phpMyAdmin.
pub static PHPMYADMIN_DUMP: Format = Format {
    name: "phpMyAdmin dump",
    family: Family::Dump,
    extensions: &["sql"],
    signatures: &[
        Signature::Lines(&["-- phpMyAdmin SQL Dump"]),
        Signature::Lines(&["# phpMyAdmin SQL Dump"]),
    ],
    recognised_by: "the comment `phpMyAdmin SQL Dump`",
    reading: Reading::Rows,
    source: "https://docs.phpmyadmin.net/en/latest/import_export.html",
};

/// Exports of HeidiSQL.
pub static HEIDISQL_DUMP: Format = Format {
    name: "HeidiSQL dump",
    family: Family::Dump,
    extensions: &["sql"],
    signatures: &[Signature::Lines(&["-- ----------------------------------------", "-- Host:"])],
    recognised_by: "a line of dashes, then the comment `Host:`",
    reading: Reading::Rows,
    source: "https://www.heidisql.com/help.php#export",
};

/// `.dump` of the shell of SQLite.
pub static SQLITE_DUMP: Format = Format {
    name: "SQLite dump",
    family: Family::Dump,
    extensions: &["sql", "dump"],
    signatures: &[Signature::Lines(&["PRAGMA foreign_keys=OFF;", "BEGIN TRANSACTION;"])],
    recognised_by: "the lines `PRAGMA foreign_keys=OFF;` and `BEGIN TRANSACTION;`",
    reading: Reading::Rows,
    source: "https://www.sqlite.org/cli.html#converting_an_entire_database_to_a_text_file",
};

/// Any other SQL that inserts rows. No bytes tell it; reading its statements does.
pub static SQL_DUMP: Format = Format {
    name: "SQL text with rows",
    family: Family::Dump,
    extensions: &["sql", "dump", "ddl", "psql", "pgsql", "mysql"],
    signatures: &[],
    recognised_by: "statements that insert rows",
    reading: Reading::Rows,
    source: "ISO/IEC 9075-2",
};

static XBSTREAM: Format = Format {
    name: "Percona xbstream",
    family: Family::Dump,
    extensions: &["xbstream", "xb"],
    signatures: &[Signature::Bytes(&[mark(0, b"XBSTCK01")], always)],
    recognised_by: "`XBSTCK01`",
    reading: Reading::Nothing,
    source: "https://docs.percona.com/percona-xtrabackup/8.0/xbstream-binary-overview.html",
};

static SQL_SERVER_BACKUP: Format = Format {
    name: "SQL Server backup",
    family: Family::Dump,
    extensions: &["bak", "bkf", "trn"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"TAPE"), mark(20, &[0; 8])], tape),
        Signature::Bytes(&[mark(0, b"MSSQLBAK")], always),
    ],
    recognised_by: "`TAPE` and the header of a Microsoft tape; `MSSQLBAK`",
    reading: Reading::Nothing,
    source: "Microsoft Tape Format Specification 1.00a, 5.2.1 and 5.2.2",
};

static ORACLE_EXPORT: Format = Format {
    name: "Oracle export",
    family: Family::Dump,
    extensions: &["dmp"],
    signatures: &[Signature::Bytes(&[mark(3, b"EXPORT:V")], |sight| {
        sight.byte(11).is_some_and(|version| version.is_ascii_digit())
    })],
    recognised_by: "`EXPORT:V` at 3 and a digit",
    reading: Reading::Nothing,
    source: "https://docs.oracle.com/cd/E11882_01/server.112/e22490/original_export.htm",
};

static MONGODUMP_ARCHIVE: Format = Format {
    name: "mongodump archive",
    family: Family::Dump,
    extensions: &["archive", "agz"],
    signatures: &[Signature::Bytes(&[mark(0, b"\x6d\xe2\x99\x81")], |sight| {
        sight.le32(4).is_some_and(|length| (5..=MOST_BSON).contains(&length))
    })],
    recognised_by: "6de29981 and the length of a document",
    reading: Reading::Nothing,
    source: "https://github.com/mongodb/mongo-tools/blob/master/common/archive/archive.go",
};

static BSON: Format = Format {
    name: "BSON",
    family: Family::Dump,
    extensions: &["bson"],
    signatures: &[Signature::Bytes(&[], bson)],
    recognised_by: "documents one after the other to the end: lengths, kinds and names of their fields; of a single document also the ending `.bson`",
    reading: Reading::Nothing,
    source: "https://bsonspec.org/spec.html",
};

/// In the order in which they are asked for.
pub(super) static ALL: &[&Format] = &[
    &POSTGRESQL_DUMP,
    &POSTGRESQL_CLUSTER_DUMP,
    &POSTGRESQL_ARCHIVE,
    &POSTGRESQL_TAR,
    &MYSQL_DUMP,
    &MARIADB_DUMP,
    &PHPMYADMIN_DUMP,
    &HEIDISQL_DUMP,
    &SQLITE_DUMP,
    &SQL_DUMP,
    &XBSTREAM,
    &SQL_SERVER_BACKUP,
    &ORACLE_EXPORT,
    &MONGODUMP_ARCHIVE,
    &BSON,
];

/// After the version come the minor version, the revision, the bytes of a number, since 1.7 those of an offset, and the
/// format: 1 custom, 2 files, 3 tar, 4 null, 5 directory.
fn postgresql_archive(sight: &Sight) -> bool {
    let format = if sight.byte(6).is_some_and(|minor| minor < 7) { 9 } else { 10 };
    sight.byte(6).is_some_and(|minor| minor <= 50)
        && matches!(sight.byte(8), Some(2 | 4 | 8))
        && sight.byte(format).is_some_and(|it| (1..=5).contains(&it))
}

/// The descriptor block of a medium: attributes at 4, the offset to the first event at 8 after the 52 bytes that all blocks
/// begin with, the address of a first block, zero, at 20, and at 48 what its strings are: none, ANSI or Unicode.
fn tape(sight: &Sight) -> bool {
    sight.byte(7) == Some(0)
        && sight.le16(8).is_some_and(|offset| (52..=4096).contains(&offset))
        && sight.byte(48).is_some_and(|strings| strings <= 2)
        && sight.size >= 512
}

/// Bytes of a document, at most: 16 MiB, and 16 KiB that a server allows itself.
const MOST_BSON: u32 = (16 << 20) + (16 << 10);

/// Documents that are looked at: a file of that many is no coincidence.
const BSON_DOCUMENTS: usize = 100;

fn bson(sight: &Sight) -> bool {
    let mut at = 0_usize;
    for documents in 0..BSON_DOCUMENTS {
        if at as u64 == sight.size {
            return documents >= 2 || documents == 1 && sight.has_ending(&["bson"]);
        }
        let rest = sight.bytes.get(at..).unwrap_or_default();
        let Some(length) = document(rest) else { return false };
        // Past what is seen: what was seen is sound.
        if length > rest.len() || rest.len() == length && !sight.is_whole() {
            let fits = (at as u64).saturating_add(length as u64) <= sight.size;
            return fits && (documents >= 1 || sight.has_ending(&["bson"]));
        }
        at = at.saturating_add(length);
    }
    true
}

/// The length of the document that these bytes begin with, if what is here of it is sound. An empty one says nothing.
fn document(bytes: &[u8]) -> Option<usize> {
    let length = u32::from_le_bytes(*bytes.first_chunk()?);
    if !(8..=MOST_BSON).contains(&length) {
        return None;
    }
    let length = usize::try_from(length).ok()?;
    let seen = bytes.get(..length.min(bytes.len()))?;
    let mut rest = seen.get(4..)?;
    let mut fields = 0;
    while let Some((kind, after)) = rest.split_first() {
        if *kind == 0 {
            return (after.is_empty() && seen.len() == length).then_some(length);
        }
        let Some(end) = after.iter().position(|byte| *byte == 0) else {
            break;
        };
        let (name, value) = after.split_at(end);
        let name = std::str::from_utf8(name).ok()?;
        let size = value_size(*kind, value.get(1..)?);
        if name.chars().any(char::is_control) || size == Some(None) {
            return None;
        }
        fields += 1;
        match size.flatten().and_then(|size| value.get(size.checked_add(1)?..)) {
            Some(next) => rest = next,
            None => break,
        }
    }
    // It goes on past what is here.
    (seen.len() < length && fields > 0).then_some(length)
}

/// Bytes of a value of this kind: none where too few are here to say, and none inside where there is no such kind or value.
fn value_size(kind: u8, value: &[u8]) -> Option<Option<usize>> {
    let number = || value.first_chunk().map(|it| i32::from_le_bytes(*it));
    let sized = |least: i32, extra: usize| {
        number().map(|it| {
            let size = usize::try_from(it).ok().filter(|_| it >= least && it <= MOST_BSON as i32);
            size.map(|size| size.saturating_add(extra))
        })
    };
    let text = |from: usize| value.get(from..)?.iter().position(|it| *it == 0).map(|end| end + 1);
    match kind {
        // A double, a date, a timestamp, a 64-bit number.
        0x01 | 0x09 | 0x11 | 0x12 => Some(Some(8)),
        // Strings, code, symbols: the length counts the zero at the end.
        0x02 | 0x0d | 0x0e => sized(1, 4),
        // A document, an array, code with a scope: the length counts itself.
        0x03 | 0x04 | 0x0f => sized(5, 0),
        0x05 => sized(0, 5),
        0x07 => Some(Some(12)),
        0x08 => value.first().map(|it| (*it <= 1).then_some(1)),
        // Undefined, null, the least and the greatest key.
        0x06 | 0x0a | 0x7f | 0xff => Some(Some(0)),
        // A regular expression: two texts that end in a zero.
        0x0b => text(0).and_then(|first| Some(Some(first + text(first)?))),
        0x0c => sized(1, 16),
        0x10 => Some(Some(4)),
        0x13 => Some(Some(16)),
        _ => Some(None),
    }
}
