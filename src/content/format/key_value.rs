//! Databases of keys and values.

use super::{Family, Format, Mark, Reading, Sight, Signature, always, mark};

static LEVELDB: Format = Format {
    name: "LevelDB table",
    family: Family::Database,
    extensions: &["ldb", "sst"],
    signatures: &[Signature::Bytes(&[mark(-8, b"\x57\xfb\x80\x8b\x24\x75\x47\xdb")], |sight| {
        sight.size >= 48
    })],
    recognised_by: "57fb808b247547db in the last 8 bytes",
    reading: Reading::Nothing,
    source: "https://github.com/google/leveldb/blob/main/doc/table_format.md",
};

static ROCKSDB: Format = Format {
    name: "RocksDB table",
    family: Family::Database,
    extensions: &["sst"],
    signatures: &[Signature::Bytes(&[mark(-8, b"\xf7\xcf\xf4\x85\xb7\x41\xe2\x88")], |sight| {
        sight.size >= 53
    })],
    recognised_by: "f7cff485b741e288 in the last 8 bytes",
    reading: Reading::Nothing,
    source: "https://github.com/facebook/rocksdb/wiki/Rocksdb-BlockBasedTable-Format",
};

static LMDB: Format = Format {
    name: "LMDB",
    family: Family::Database,
    extensions: &["mdb", "lmdb", "db"],
    signatures: &[
        Signature::Bytes(&[mark(16, b"\xde\xc0\xef\xbe")], |it| lmdb(it.le32(20), it.le16(10))),
        Signature::Bytes(&[mark(16, b"\xbe\xef\xc0\xde")], |it| lmdb(it.be32(20), it.be16(10))),
        // Made by a machine of 32 bits.
        Signature::Bytes(&[mark(12, b"\xde\xc0\xef\xbe")], |it| lmdb(it.le32(16), it.le16(6))),
    ],
    recognised_by: "beefc0de in either order at 16 (at 12 from a machine of 32 bits), version 1 or 2, the flag of a meta page",
    reading: Reading::Nothing,
    source: "https://github.com/LMDB/lmdb/blob/mdb.master/libraries/liblmdb/mdb.c",
};

static BBOLT: Format = Format {
    name: "bbolt",
    family: Family::Database,
    extensions: &["db", "bolt", "boltdb"],
    signatures: &[Signature::Bytes(&[mark(16, b"\xed\xda\x0c\xed")], |sight| {
        sight.le32(20) == Some(2) && sight.le16(8) == Some(4)
    })],
    recognised_by: "edda0ced at 16, version 2, the flag of a meta page",
    reading: Reading::Nothing,
    source: "https://github.com/etcd-io/bbolt/blob/main/internal/common/meta.go",
};

static BERKELEY_DB: Format = Format {
    name: "Berkeley DB",
    family: Family::Database,
    extensions: &["db", "bdb", "dat"],
    signatures: &[
        Signature::Bytes(&[mark(12, b"\x62\x31\x05\x00")], |it| berkeley_little(it, 9)),
        Signature::Bytes(&[mark(12, b"\x61\x15\x06\x00")], |it| berkeley_little(it, 8)),
        Signature::Bytes(&[mark(12, b"\x53\x22\x04\x00")], |it| berkeley_little(it, 10)),
        Signature::Bytes(&[mark(12, b"\x82\x45\x07\x00")], |it| berkeley_little(it, 14)),
        Signature::Bytes(&[mark(12, b"\x00\x05\x31\x62")], |it| berkeley_big(it, 9)),
        Signature::Bytes(&[mark(12, b"\x00\x06\x15\x61")], |it| berkeley_big(it, 8)),
        Signature::Bytes(&[mark(12, b"\x00\x04\x22\x53")], |it| berkeley_big(it, 10)),
        Signature::Bytes(&[mark(12, b"\x00\x07\x45\x82")], |it| berkeley_big(it, 14)),
    ],
    recognised_by: "the number of a B-tree, hash, queue or heap at 12 in either order, a version, a page size, the kind of page at 25",
    reading: Reading::Nothing,
    source: "Berkeley DB: src/dbinc/db_page.h",
};

static BERKELEY_DB_1: Format = Format {
    name: "Berkeley DB 1.85",
    family: Family::Database,
    extensions: &["db"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"\x61\x15\x06\x00")], |it| hash_1(it.le32(4), it.le32(8))),
        Signature::Bytes(&[mark(0, b"\x00\x06\x15\x61")], |it| hash_1(it.be32(4), it.be32(8))),
        Signature::Bytes(&[mark(0, b"\x62\x31\x05\x00")], |it| btree_1(it.le32(4), it.le32(8))),
        Signature::Bytes(&[mark(0, b"\x00\x05\x31\x62")], |it| btree_1(it.be32(4), it.be32(8))),
    ],
    recognised_by: "the number of a hash or B-tree at 0 in either order, a version, an order of bytes or a page size",
    reading: Reading::Nothing,
    source: "BSD: lib/libc/db/hash/hash.h, lib/libc/db/btree/btree.h",
};

static GDBM: Format = Format {
    name: "GDBM",
    family: Family::Database,
    extensions: &["gdbm", "db", "pag"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"\xcd\x9a\x57\x13")], |it| gdbm(it.le32(4))),
        Signature::Bytes(&[mark(0, b"\xce\x9a\x57\x13")], |it| gdbm(it.le32(4))),
        Signature::Bytes(&[mark(0, b"\xcf\x9a\x57\x13")], |it| gdbm(it.le32(4))),
        Signature::Bytes(&[mark(0, b"\xd0\x9a\x57\x13")], |it| gdbm(it.le32(4))),
        Signature::Bytes(&[mark(0, b"\xd1\x9a\x57\x13")], |it| gdbm(it.le32(4))),
        Signature::Bytes(&[mark(0, b"\x13\x57\x9a\xcd")], |it| gdbm(it.be32(4))),
        Signature::Bytes(&[mark(0, b"\x13\x57\x9a\xce")], |it| gdbm(it.be32(4))),
        Signature::Bytes(&[mark(0, b"\x13\x57\x9a\xcf")], |it| gdbm(it.be32(4))),
        Signature::Bytes(&[mark(0, b"\x13\x57\x9a\xd0")], |it| gdbm(it.be32(4))),
        Signature::Bytes(&[mark(0, b"\x13\x57\x9a\xd1")], |it| gdbm(it.be32(4))),
    ],
    recognised_by: "13579acd to 13579ad1 in either order, the size of a block",
    reading: Reading::Nothing,
    source: "GDBM: src/gdbmconst.h, src/gdbmdefs.h",
};

static TDB: Format = Format {
    name: "TDB",
    family: Family::Database,
    extensions: &["tdb"],
    signatures: &[Signature::Bytes(&[mark(0, b"TDB file\n\0")], always)],
    recognised_by: "`TDB file`, the end of the line, a zero byte",
    reading: Reading::Nothing,
    source: "https://tdb.samba.org/",
};

static KYOTO_CABINET: Format = Format {
    name: "Kyoto Cabinet",
    family: Family::Database,
    extensions: &["kch", "kct"],
    signatures: &[Signature::Bytes(&[mark(0, b"KC\n\0")], |sight| {
        // What is in use at 40 is not more than there is.
        matches!(sight.byte(8), Some(0x30 | 0x31))
            && sight.be64(40).is_some_and(|used| used <= sight.size)
    })],
    recognised_by: "`KC`, the end of the line, a zero byte, a hash or a tree, and no more bytes used than there are",
    reading: Reading::Nothing,
    source: "https://dbmx.net/kyotocabinet/spex.html",
};

static TOKYO_CABINET: Format = Format {
    name: "Tokyo Cabinet",
    family: Family::Database,
    extensions: &["tch", "tcb", "tcf", "tct"],
    signatures: &[Signature::Bytes(&[mark(0, b"ToKyO CaBiNeT")], always)],
    recognised_by: "`ToKyO CaBiNeT`",
    reading: Reading::Nothing,
    source: "https://dbmx.net/tokyocabinet/spex-en.html",
};

/// Little-endian `RpmP`, version 0 and a first page of slots.
const RPM_PACKAGES: &[Mark] = &[mark(0, b"RpmP\0\0\0\0")];

static RPM: Format = Format {
    name: "rpm database (ndb)",
    family: Family::Database,
    extensions: &["db"],
    signatures: &[Signature::Bytes(RPM_PACKAGES, |sight| {
        sight.le32(12).is_some_and(|pages| (1..=2048).contains(&pages)) && sight.size >= 4096
    })],
    recognised_by: "`RpmP`, version 0, a number of pages",
    reading: Reading::Nothing,
    source: "https://github.com/rpm-software-management/rpm/blob/master/lib/backend/ndb/rpmpkg.c",
};

/// In the order in which they are asked for.
pub(super) static ALL: &[&Format] = &[
    &LEVELDB,
    &ROCKSDB,
    &LMDB,
    &BBOLT,
    &BERKELEY_DB,
    &BERKELEY_DB_1,
    &GDBM,
    &TDB,
    &KYOTO_CABINET,
    &TOKYO_CABINET,
    &RPM,
];

fn lmdb(version: Option<u32>, flags: Option<u16>) -> bool {
    matches!(version, Some(1 | 2)) && flags == Some(8)
}

/// After the number come a version, a page size and, at 25, the kind of the page, which has to be that of the number.
fn berkeley_little(sight: &Sight, kind: u8) -> bool {
    berkeley(sight.le32(16), sight.le32(20)) && sight.byte(25) == Some(kind)
}

fn berkeley_big(sight: &Sight, kind: u8) -> bool {
    berkeley(sight.be32(16), sight.be32(20)) && sight.byte(25) == Some(kind)
}

fn berkeley(version: Option<u32>, page: Option<u32>) -> bool {
    version.is_some_and(|it| (1..=20).contains(&it))
        && page.is_some_and(|it| it.is_power_of_two() && (512..=65_536).contains(&it))
}

/// The order of its bytes is 1234 or 4321.
fn hash_1(version: Option<u32>, order: Option<u32>) -> bool {
    matches!(version, Some(1 | 2)) && matches!(order, Some(1234 | 4321))
}

fn btree_1(version: Option<u32>, page: Option<u32>) -> bool {
    version == Some(3)
        && page.is_some_and(|it| it.is_power_of_two() && (512..=65_536).contains(&it))
}

/// A block is a page of the file system, or what its maker asked for.
fn gdbm(block: Option<u32>) -> bool {
    block.is_some_and(|it| (128..=16 << 20).contains(&it))
}
