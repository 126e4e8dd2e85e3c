//! SQLite, and what it leaves beside a database.

use super::{Family, Format, Reading, Sight, Signature, always, mark};

/// How a SQLite database begins (<https://www.sqlite.org/fileformat.html>, 1.3).
pub const SQLITE_MAGIC: &[u8] = b"SQLite format 3\0";

const FILE_FORMAT: &str = "https://www.sqlite.org/fileformat.html";

/// SQLite 3.
pub static SQLITE: Format = Format {
    name: "SQLite",
    family: Family::Database,
    extensions: &[
        "db",
        "sqlite",
        "sqlite3",
        "db3",
        "s3db",
        "sl3",
        "anki2",
        "localstorage",
        "storedata",
    ],
    signatures: &[Signature::Bytes(&[mark(0, SQLITE_MAGIC)], always)],
    recognised_by: "`SQLite format 3` and a zero byte",
    reading: Reading::Everything,
    source: FILE_FORMAT,
};

/// A SQLite database with the application id of GeoPackage, or with those that its versions 1.0 and 1.1 had.
pub static GEOPACKAGE: Format = Format {
    name: "GeoPackage",
    family: Family::Database,
    extensions: &["gpkg"],
    signatures: &[
        Signature::Bytes(&[mark(0, SQLITE_MAGIC), mark(68, b"GPKG")], always),
        Signature::Bytes(&[mark(0, SQLITE_MAGIC), mark(68, b"GP10")], always),
        Signature::Bytes(&[mark(0, SQLITE_MAGIC), mark(68, b"GP11")], always),
    ],
    recognised_by: "SQLite with the application id `GPKG`, `GP10` or `GP11`",
    reading: Reading::Everything,
    source: "https://www.geopackage.org/spec/#_sqlite_container",
};

/// A SQLite database with the application id of MBTiles.
pub static MBTILES: Format = Format {
    name: "MBTiles",
    family: Family::Database,
    extensions: &["mbtiles"],
    signatures: &[Signature::Bytes(&[mark(0, SQLITE_MAGIC), mark(68, b"MPBX")], always)],
    recognised_by: "SQLite with the application id `MPBX`",
    reading: Reading::Everything,
    source: "https://github.com/mapbox/mbtiles-spec",
};

/// Version 2, of before 2004.
static SQLITE_2: Format = Format {
    name: "SQLite 2",
    family: Family::Database,
    extensions: &["db", "sqlite", "sqlite2"],
    signatures: &[Signature::Bytes(&[mark(0, b"** This file contains an SQLite 2.")], always)],
    recognised_by: "`** This file contains an SQLite 2.`",
    reading: Reading::Nothing,
    source: "https://www.sqlite.org/src/file?name=src/btree.c&ci=version-2.8.17",
};

/// The newest rows of a database, in whole pages.
pub static SQLITE_WAL: Format = Format {
    name: "SQLite write-ahead log",
    family: Family::Journal,
    extensions: &["db-wal", "sqlite-wal", "sqlite3-wal"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"\x37\x7f\x06\x82\x00\x2d\xe2\x18")], wal),
        Signature::Bytes(&[mark(0, b"\x37\x7f\x06\x83\x00\x2d\xe2\x18")], wal),
    ],
    recognised_by: "377f0682 or 377f0683, version 3007000, a page size",
    reading: Reading::Everything,
    source: "https://www.sqlite.org/fileformat.html#the_write_ahead_log",
};

/// Pages as they were before a transaction.
pub static SQLITE_JOURNAL: Format = Format {
    name: "SQLite rollback journal",
    family: Family::Journal,
    extensions: &["db-journal", "sqlite-journal", "sqlite3-journal"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")], always),
        Signature::Bytes(&[mark(0, &[0; 28])], ended_journal),
    ],
    recognised_by: "d9d505f920a163d7; or, where it is kept after its end, 28 zeros and a name in `-journal`",
    reading: Reading::Everything,
    source: "https://www.sqlite.org/fileformat.html#the_rollback_journal",
};

/// The index of a write-ahead log. It holds no rows.
pub static SQLITE_SHM: Format = Format {
    name: "SQLite shared memory",
    family: Family::Journal,
    extensions: &["db-shm", "sqlite-shm", "sqlite3-shm"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"\x18\xe2\x2d\x00"), mark(48, b"\x18\xe2\x2d\x00")], shm),
        Signature::Bytes(&[mark(0, b"\x00\x2d\xe2\x18"), mark(48, b"\x00\x2d\xe2\x18")], shm),
    ],
    recognised_by: "version 3007000 at 0 and at 48, blocks of 32768 bytes",
    reading: Reading::Nothing,
    source: "https://www.sqlite.org/walformat.html#the_wal_index_file_format",
};

/// What is left of a database whose first page is gone. No bytes tell it; its pages do.
pub static SQLITE_PAGES: Format = Format {
    name: "SQLite pages",
    family: Family::Database,
    extensions: &[],
    signatures: &[],
    recognised_by: "pages of a SQLite B-tree, one after the other",
    reading: Reading::Everything,
    source: FILE_FORMAT,
};

/// A database of SQLCipher and the like. No bytes tell it; that they look random does, with the name.
pub static ENCRYPTED_SQLITE: Format = Format {
    name: "encrypted SQLite",
    family: Family::Database,
    extensions: &["db", "sqlite", "sqlite3"],
    signatures: &[],
    recognised_by: "the name of a database, pages of random bytes",
    reading: Reading::Nothing,
    source: "https://www.zetetic.net/sqlcipher/design/",
};

/// In the order in which they are asked for.
pub(super) static ALL: &[&Format] = &[
    &GEOPACKAGE,
    &MBTILES,
    &SQLITE,
    &SQLITE_2,
    &SQLITE_WAL,
    &SQLITE_JOURNAL,
    &SQLITE_SHM,
    &SQLITE_PAGES,
    &ENCRYPTED_SQLITE,
];

/// Big-endian at 8: the size of a page, a power of two from 512 to 65536.
fn wal(sight: &Sight) -> bool {
    sight.be32(8).is_some_and(|size| size.is_power_of_two() && (512..=65_536).contains(&size))
}

/// A transaction under `journal_mode=PERSIST` ends by zeroing the 28 bytes of the header: pages follow in the next sector.
fn ended_journal(sight: &Sight) -> bool {
    sight.name().ends_with(b"-journal") && sight.size > 512
}

/// It grows by blocks of 32 KiB; the page size at 14 is in the order of the machine, where 1 means 65536.
fn shm(sight: &Sight) -> bool {
    let is_size = |size: u16| size == 1 || (size >= 512 && size.is_power_of_two());
    sight.has_pages_of(32_768)
        && (sight.le16(14).is_some_and(is_size) || sight.be16(14).is_some_and(is_size))
}
