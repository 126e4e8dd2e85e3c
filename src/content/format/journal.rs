//! Journals, logs and locks beside a database. Those of SQLite are with SQLite.

use super::{Family, Format, Reading, Sight, Signature, always, mark};

static POSTGRESQL_WAL: Format = Format {
    name: "PostgreSQL write-ahead log",
    family: Family::Journal,
    extensions: &["partial"],
    signatures: &[
        Signature::Bytes(&[mark(1, &[0xd0])], postgresql_wal),
        Signature::Bytes(&[mark(1, &[0xd1])], postgresql_wal),
    ],
    recognised_by: "d0 or d1 at 1, the flag of a first page, the sizes of a segment and of a page",
    reading: Reading::Nothing,
    source: "PostgreSQL: src/include/access/xlog_internal.h",
};

static MYSQL_BINLOG: Format = Format {
    name: "MySQL binary log",
    family: Family::Journal,
    extensions: &["binlog", "000001"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"\xfebin")], |sight| matches!(sight.byte(8), Some(1 | 15))),
        // What an encrypted one begins with, and the version of its header.
        Signature::Bytes(&[mark(0, b"\xfdbin\x01")], always),
    ],
    recognised_by: "`bin` after fe and an event that begins a log; after fd it is encrypted",
    reading: Reading::Nothing,
    source: "https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_replication.html",
};

static REDIS_AOF: Format = Format {
    name: "Redis append-only file",
    family: Family::Journal,
    extensions: &["aof"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"*2\r\n$6\r\nSELECT\r\n")], always),
        Signature::Bytes(&[mark(0, b"#TS:")], |sight| {
            sight.bytes.get(4..).is_some_and(|it| it.first().is_some_and(u8::is_ascii_digit))
                && sight.has_ending(&["aof"])
        }),
    ],
    recognised_by: "the command `SELECT`; or `#TS:`, a digit and the ending `.aof`",
    reading: Reading::Nothing,
    source: "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/",
};

static REDIS_AOF_MANIFEST: Format = Format {
    name: "Redis append-only manifest",
    family: Family::Journal,
    extensions: &["manifest"],
    signatures: &[Signature::Bytes(&[mark(0, b"file ")], redis_manifest)],
    recognised_by: "a line `file … seq … type …` whose type is b, h or i",
    reading: Reading::Nothing,
    source: "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/",
};

static LEVELDB_CURRENT: Format = Format {
    name: "LevelDB or RocksDB CURRENT",
    family: Family::Journal,
    extensions: &[],
    signatures: &[Signature::Bytes(&[mark(0, b"MANIFEST-")], leveldb_current)],
    recognised_by: "the name `CURRENT`; `MANIFEST-`, six digits or more, the end of the line and of the file",
    reading: Reading::Nothing,
    source: "https://github.com/google/leveldb/blob/main/doc/impl.md",
};

static LMDB_LOCK: Format = Format {
    name: "LMDB lock",
    family: Family::Journal,
    extensions: &["mdb-lock", "mdb", "lock"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"\xde\xc0\xef\xbe")], |sight| lmdb_lock(sight.le32(4))),
        Signature::Bytes(&[mark(0, b"\xbe\xef\xc0\xde")], |sight| lmdb_lock(sight.be32(4))),
    ],
    recognised_by: "beefc0de in either order and a version of its layout",
    reading: Reading::Nothing,
    source: "https://github.com/LMDB/lmdb/blob/mdb.master/libraries/liblmdb/mdb.c",
};

static TARANTOOL_LOG: Format = Format {
    name: "Tarantool log",
    family: Family::Journal,
    extensions: &["xlog", "vylog"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"XLOG\n0.1")], always),
        Signature::Bytes(&[mark(0, b"VYLOG\n0.1")], always),
    ],
    recognised_by: "the line `XLOG` or `VYLOG`, then `0.1`",
    reading: Reading::Nothing,
    source: "https://www.tarantool.io/en/doc/latest/reference/internals/file_formats/",
};

/// In the order in which they are asked for.
pub(super) static ALL: &[&Format] = &[
    &POSTGRESQL_WAL,
    &MYSQL_BINLOG,
    &REDIS_AOF,
    &REDIS_AOF_MANIFEST,
    &LEVELDB_CURRENT,
    &LMDB_LOCK,
    &TARANTOOL_LOG,
];

/// The number at 0 differs with each version, d0?? or d1??. The first page of a segment has the flag 2 and, at 32, the size of
/// the segment, a power of two from 1 MiB to 1 GiB, and that of a page, one from 1 to 64 KiB.
fn postgresql_wal(sight: &Sight) -> bool {
    let within = |at, least: u32, most: u32| {
        sight.le32(at).is_some_and(|it| it.is_power_of_two() && (least..=most).contains(&it))
    };
    sight.le16(2).is_some_and(|flags| flags & 2 != 0 && flags < 16)
        && within(32, 1 << 20, 1 << 30)
        && within(36, 1 << 10, 64 << 10)
}

/// Bytes of a line of a manifest: a name, a number and a letter.
const LINE: usize = 512;

fn redis_manifest(sight: &Sight) -> bool {
    let head = sight.bytes.get(..LINE.min(sight.bytes.len())).unwrap_or_default();
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let words: Vec<&[u8]> = line.split(|byte| *byte == b' ').collect();
    let [_, _, b"seq", number, b"type", kind] = words[..] else { return false };
    number.iter().all(u8::is_ascii_digit) && [&b"b"[..], b"h", b"i"].contains(&kind)
}

fn leveldb_current(sight: &Sight) -> bool {
    let digits = sight.bytes.get(9..).and_then(|it| it.strip_suffix(b"\n")).unwrap_or_default();
    sight.name() == b"CURRENT"
        && sight.is_whole()
        && digits.len() >= 6
        && digits.iter().all(u8::is_ascii_digit)
}

/// The lowest 12 bits are the version of the layout, 1 or 2; the rest is a hash of it.
fn lmdb_lock(format: Option<u32>) -> bool {
    matches!(format.map(|it| it & 0xfff), Some(1 | 2))
}
