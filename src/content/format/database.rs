//! Databases of servers and of programs on a desk.

use super::{Family, Format, Reading, Sight, Signature, always, mark};

static DUCKDB: Format = Format {
    name: "DuckDB",
    family: Family::Database,
    extensions: &["duckdb", "ddb", "db"],
    signatures: &[Signature::Bytes(&[mark(8, b"DUCK")], |sight| {
        sight.le64(12).is_some_and(|version| (1..=99_999).contains(&version))
            && sight.size >= 3 * 4096
    })],
    recognised_by: "`DUCK` at 8, a version, at least three headers of 4096 bytes",
    reading: Reading::Nothing,
    source: "https://duckdb.org/docs/stable/internals/storage",
};

static ACCESS: Format = Format {
    name: "Microsoft Access",
    family: Family::Database,
    extensions: &["mdb", "accdb", "accde", "mde"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"\0\x01\0\0Standard Jet DB\0")], always),
        Signature::Bytes(&[mark(0, b"\0\x01\0\0Standard ACE DB\0")], always),
    ],
    recognised_by: "00010000, `Standard Jet DB` or `Standard ACE DB`, a zero byte",
    reading: Reading::Nothing,
    source: "https://github.com/mdbtools/mdbtools/blob/dev/HACKING.md",
};

static MYSQL_FRM: Format = Format {
    name: "MySQL table definition",
    family: Family::Database,
    extensions: &["frm"],
    signatures: &[Signature::Bytes(&[mark(0, b"\xfe\x01")], |sight| {
        sight.byte(2).is_some_and(|version| (5..=20).contains(&version))
            && sight.le16(8) == Some(1)
            && sight.has_ending(&["frm"])
    })],
    recognised_by: "fe01, a version, one form, the ending `.frm`",
    reading: Reading::Nothing,
    source: "MariaDB: sql/unireg.cc, sql/table.cc",
};

static MYISAM_INDEX: Format = Format {
    name: "MyISAM index",
    family: Family::Database,
    extensions: &["myi"],
    signatures: &[Signature::Bytes(&[mark(0, b"\xfe\xfe\x07")], index_header)],
    recognised_by: "fefe07, lengths of its headers within the file",
    reading: Reading::Nothing,
    source: "MariaDB: storage/myisam/myisamdef.h",
};

static ARIA_INDEX: Format = Format {
    name: "Aria index",
    family: Family::Database,
    extensions: &["mai"],
    signatures: &[Signature::Bytes(&[mark(0, b"\xfe\xfe\x09")], index_header)],
    recognised_by: "fefe09, lengths of its headers within the file",
    reading: Reading::Nothing,
    source: "MariaDB: storage/maria/maria_def.h",
};

static INNODB: Format = Format {
    name: "InnoDB tablespace",
    family: Family::Database,
    extensions: &["ibd", "ibdata1"],
    signatures: &[Signature::Bytes(&[mark(4, &[0; 4]), mark(24, b"\0\x08")], innodb)],
    recognised_by: "page 0 of type 8, the number of its space twice, as many pages as the file has",
    reading: Reading::Nothing,
    source: "MariaDB: storage/innobase/include/fil0types.h, fsp0types.h",
};

static SQL_SERVER: Format = Format {
    name: "SQL Server data file",
    family: Family::Database,
    extensions: &["mdf", "ndf", "ldf"],
    signatures: &[Signature::Bytes(
        &[mark(0, b"\x01\x0f\0\0"), mark(24, b"\x63\0\0\0"), mark(32, &[0; 4])],
        |sight| sight.le16(22) == Some(1) && sight.has_pages_of(8192),
    )],
    recognised_by: "the header of a page of type 15 and object 99, page 0, one slot, pages of 8192 bytes",
    reading: Reading::Nothing,
    source: "https://improve.dk/reverse-engineering-sql-server-page-headers/",
};

static FIREBIRD: Format = Format {
    name: "Firebird",
    family: Family::Database,
    extensions: &["fdb", "gdb", "ib"],
    signatures: &[Signature::Bytes(
        &[mark(0, &[1]), mark(12, &[0; 4]), mark(19, &[0x80])],
        firebird,
    )],
    recognised_by: "a header page with number 0, a page size that divides the file, a version 8000 + 8 to 15 at 18",
    reading: Reading::Nothing,
    source: "https://firebirdsql.org/file/documentation/html/en/firebirddocs/firebirdinternals/firebird-internals.html",
};

static REDIS: Format = Format {
    name: "Redis RDB",
    family: Family::Database,
    extensions: &["rdb"],
    signatures: &[Signature::Bytes(&[mark(0, b"REDIS00")], |sight| {
        sight.bytes.get(7..9).is_some_and(|it| it.iter().all(u8::is_ascii_digit))
            && sight.byte(9).is_some_and(|opcode| !opcode.is_ascii_graphic())
    })],
    recognised_by: "`REDIS00`, two digits, no letter after them",
    reading: Reading::Nothing,
    source: "https://rdb.fnordig.de/file_format.html",
};

static WIREDTIGER: Format = Format {
    name: "WiredTiger",
    family: Family::Database,
    extensions: &["wt"],
    signatures: &[Signature::Bytes(&[mark(0, b"\x41\xd8\x01\x00\x01\x00")], |sight| {
        sight.le16(6).is_some_and(|minor| minor < 100)
            && sight.le32(12) == Some(0)
            && sight.has_pages_of(512)
    })],
    recognised_by: "41d80100, version 1, blocks of 512 bytes",
    reading: Reading::Nothing,
    source: "https://github.com/wiredtiger/wiredtiger/blob/develop/src/include/block.h",
};

static REALM: Format = Format {
    name: "Realm",
    family: Family::Database,
    extensions: &["realm"],
    signatures: &[Signature::Bytes(&[mark(16, b"T-DB")], realm)],
    recognised_by: "`T-DB` at 16 after two offsets, the newer one in multiples of 8",
    reading: Reading::Nothing,
    source: "https://github.com/realm/realm-core/blob/master/src/realm/alloc_slab.hpp",
};

static H2: Format = Format {
    name: "H2",
    family: Family::Database,
    extensions: &["mv.db", "h2.db"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"H:2,block:")], always),
        Signature::Bytes(&[mark(0, b"-- H2 0.5/B -- ")], always),
        Signature::Bytes(&[mark(0, b"H2encrypt\n")], always),
    ],
    recognised_by: "`H:2,block:`; `-- H2 0.5/B -- `; `H2encrypt` and the end of the line",
    reading: Reading::Nothing,
    source: "https://h2database.com/html/mvstore.html#fileFormat",
};

static HSQLDB: Format = Format {
    name: "HSQLDB script",
    family: Family::Database,
    extensions: &["script"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"SET DATABASE UNIQUE NAME HSQLDB")], always),
        Signature::Bytes(&[mark(0, b"CREATE SCHEMA PUBLIC AUTHORIZATION DBA")], |sight| {
            sight.has_ending(&["script"])
        }),
    ],
    recognised_by: "`SET DATABASE UNIQUE NAME HSQLDB`; of 1.8 `CREATE SCHEMA PUBLIC AUTHORIZATION DBA` and the ending `.script`",
    reading: Reading::Nothing,
    source: "https://hsqldb.org/doc/2.0/guide/management-chapt.html",
};

static ESE: Format = Format {
    name: "Extensible Storage Engine",
    family: Family::Database,
    extensions: &["edb", "dat", "mdb", "sdb"],
    signatures: &[Signature::Bytes(&[mark(4, b"\xef\xcd\xab\x89")], |sight| {
        sight.le32(8).is_some_and(|version| matches!(version, 0x500 | 0x600..=0x6ff))
            && matches!(sight.le32(12), Some(0 | 1))
    })],
    recognised_by: "efcdab89 at 4, version 500 or 600 to 6ff, a database or its stream",
    reading: Reading::Nothing,
    source: "https://github.com/libyal/libesedb/blob/main/documentation/Extensible%20Storage%20Engine%20(ESE)%20Database%20File%20(EDB)%20format.asciidoc",
};

static KEEPASS: Format = Format {
    name: "KeePass",
    family: Family::Database,
    extensions: &["kdbx", "kdb"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5")], always),
        Signature::Bytes(&[mark(0, b"\x03\xd9\xa2\x9a\x66\xfb\x4b\xb5")], always),
        Signature::Bytes(&[mark(0, b"\x03\xd9\xa2\x9a\x65\xfb\x4b\xb5")], always),
    ],
    recognised_by: "03d9a29a and 65, 66 or 67fb4bb5",
    reading: Reading::Nothing,
    source: "https://keepass.info/help/kb/kdbx.html",
};

static OUTLOOK: Format = Format {
    name: "Outlook store",
    family: Family::Database,
    extensions: &["pst", "ost", "pab"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"!BDN"), mark(8, b"SM")], always),
        Signature::Bytes(&[mark(0, b"!BDN"), mark(8, b"SO")], always),
        Signature::Bytes(&[mark(0, b"!BDN"), mark(8, b"AB")], always),
    ],
    recognised_by: "`!BDN`, and `SM`, `SO` or `AB` at 8",
    reading: Reading::Nothing,
    source: "https://learn.microsoft.com/en-us/openspecs/office_file_formats/ms-pst/c9876f5a-664b-46a3-9887-ba63f113abf5",
};

static NOTES: Format = Format {
    name: "Notes store",
    family: Family::Database,
    extensions: &["nsf", "ntf"],
    signatures: &[Signature::Bytes(&[mark(0, b"\x1a\0\0\x04\0\0")], |sight| {
        sight.has_ending(&["nsf", "ntf"])
    })],
    recognised_by: "1a0000040000, the ending `.nsf` or `.ntf`",
    reading: Reading::Nothing,
    source: "https://github.com/libyal/libnsfdb/blob/main/documentation/Notes%20Storage%20Facility%20(NSF)%20database%20file%20format.asciidoc",
};

static INFLUXDB: Format = Format {
    name: "InfluxDB TSM",
    family: Family::Database,
    extensions: &["tsm"],
    signatures: &[Signature::Bytes(&[mark(0, b"\x16\xd1\x16\xd1\x01")], always)],
    recognised_by: "16d116d1, version 1",
    reading: Reading::Nothing,
    source: "https://github.com/influxdata/influxdb/blob/1.8/tsdb/engine/tsm1/DESIGN.md",
};

static TARANTOOL: Format = Format {
    name: "Tarantool snapshot",
    family: Family::Database,
    extensions: &["snap", "run"],
    signatures: &[Signature::Bytes(&[mark(0, b"SNAP\n0.1")], always)],
    recognised_by: "the line `SNAP`, then `0.1`",
    reading: Reading::Nothing,
    source: "https://www.tarantool.io/en/doc/latest/reference/internals/file_formats/",
};

static COUCHDB: Format = Format {
    name: "CouchDB",
    family: Family::Database,
    extensions: &["couch"],
    signatures: &[
        Signature::Bytes(
            &[mark(0, &[1]), mark(21, b"\x83h"), mark(24, b"d\0\x09db_header")],
            couchdb,
        ),
        Signature::Bytes(
            &[mark(0, &[1]), mark(21, b"\x83h"), mark(24, b"w\x09db_header")],
            couchdb,
        ),
    ],
    recognised_by: "a header block at 0 with the term `db_header` at 24",
    reading: Reading::Nothing,
    source: "https://github.com/apache/couchdb/blob/main/src/couch/src/couch_file.erl",
};

/// In the order in which they are asked for.
pub(super) static ALL: &[&Format] = &[
    &DUCKDB,
    &ACCESS,
    &MYSQL_FRM,
    &MYISAM_INDEX,
    &ARIA_INDEX,
    &INNODB,
    &SQL_SERVER,
    &FIREBIRD,
    &REDIS,
    &WIREDTIGER,
    &REALM,
    &H2,
    &HSQLDB,
    &ESE,
    &KEEPASS,
    &OUTLOOK,
    &NOTES,
    &INFLUXDB,
    &TARANTOOL,
    &COUCHDB,
];

/// Big-endian: the bytes of the header at 6, of the state at 8 and of the base at 10, and where that is at 12.
fn index_header(sight: &Sight) -> bool {
    let header = sight.be16(6).unwrap_or_default();
    let (state, base) = (sight.be16(8).unwrap_or_default(), sight.be16(12).unwrap_or_default());
    header >= 24 && u64::from(header) <= sight.size && state >= 24 && base >= 24 && base < header
}

/// Pages of the largest extent: 4 MiB of the smallest pages.
const EXTENT: u32 = 4096;

/// Big-endian. Each page begins with 38 bytes: a checksum, its number at 4, at 16 a place in the log, which is never 0, its type
/// at 24, its space at 34. Page 0 goes on with the space again, at 46 the pages of the space, and at 50 where those end that
/// were made ready, which may be up to an extent past the file.
fn innodb(sight: &Sight) -> bool {
    let pages = sight.be32(46).unwrap_or_default();
    let used = sight.be32(50).unwrap_or_default();
    let page_size = sight.size.checked_div(u64::from(pages)).unwrap_or_default();
    sight.be32(34).is_some()
        && sight.be32(34) == sight.be32(38)
        && sight.be32(42) == Some(0)
        && sight.be64(16).is_some_and(|place| place > 0)
        && (1..=pages.saturating_add(EXTENT)).contains(&used)
        && (1024..=65_536).contains(&page_size)
        && sight.has_pages_of(1024)
}

/// At 16 the size of a page, a power of two from 1024 to 32768; at 18 the version of the structure, whose highest bit says
/// Firebird.
fn firebird(sight: &Sight) -> bool {
    sight.le16(16).is_some_and(|size| {
        size >= 1024 && size.is_power_of_two() && sight.has_pages_of(u64::from(size))
    }) && sight.byte(18).is_some_and(|version| (8..=15).contains(&version))
}

/// Two places of the root, of which the lowest bit at 23 says which counts, each a multiple of 8 within the file, or, in a file
/// that was written as a stream, zero and all ones.
fn realm(sight: &Sight) -> bool {
    let is_place =
        |at| sight.le64(at).is_some_and(|it| it % 8 == 0 && it < sight.size || it == u64::MAX);
    is_place(0) && is_place(8) && sight.byte(23).is_some_and(|flags| flags <= 1)
}

/// At 1 the bytes of the header, big-endian, with those of its digest at 5.
fn couchdb(sight: &Sight) -> bool {
    sight.be32(1).is_some_and(|size| (32..=1 << 20).contains(&size))
}
