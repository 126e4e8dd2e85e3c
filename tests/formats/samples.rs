//! What signatures with a condition ask for beside their marks, and the smallest changes that spoil it.

/// Bytes at a place; a negative one counts from the end.
pub(crate) type Piece = (i64, &'static [u8]);

/// A signature with a condition.
pub(crate) struct Sample {
    pub(crate) format: &'static str,
    /// Its number among the signatures of the format.
    pub(crate) signature: usize,
    pub(crate) path: &'static str,
    /// Bytes of the file.
    pub(crate) size: usize,
    /// Laid over zeros and the marks.
    pub(crate) pieces: &'static [Piece],
    /// Each of them alone, laid over the rest, makes it something else.
    pub(crate) misses: &'static [Piece],
}

/// Writes a piece over the bytes.
pub(crate) fn lay(bytes: &mut [u8], at: i64, piece: &[u8]) {
    let from = if at < 0 { bytes.len() as i64 } else { 0 } + at;
    let from = usize::try_from(from).unwrap();
    bytes[from..from + piece.len()].copy_from_slice(piece);
}

const fn sample(
    format: &'static str,
    signature: usize,
    path: &'static str,
    size: usize,
    pieces: &'static [Piece],
    misses: &'static [Piece],
) -> Sample {
    Sample { format, signature, path, size, pieces, misses }
}

/// A document `{"name": "Zelda", "n": 7}`, which is invented, and the same again.
const BSON: &[u8] = b"\x1c\0\0\0\x02name\0\x06\0\0\0Zelda\0\x10n\0\x07\0\0\0\0\x1c\0\0\0\x02name\0\x06\0\0\0Zelda\0\x10n\0\x07\0\0\0\0";

/// A table of 2 records with fields NAME, text of 20, and N, a number of 5, on the 3rd of February 2024.
const DBF: &[Piece] = &[
    (0, b"\x03\x7c\x02\x03\x02\0\0\0\x61\0\x1a\0"),
    (32, b"NAME\0\0\0\0\0\0\0C\0\0\0\0\x14"),
    (64, b"N\0\0\0\0\0\0\0\0\0\0N\0\0\0\0\x05"),
    (96, b"\x0d"),
];

const ONE: &[u8] = &[1, 0, 0, 0];
const ONE_BIG: &[u8] = &[0, 0, 0, 1];
const ZERO: &[u8] = &[0, 0, 0, 0];
const ALL: &[u8] = &[0xff; 4];
/// 4096 in either order.
const PAGE: &[u8] = &[0, 0x10, 0, 0];
const PAGE_BIG: &[u8] = &[0, 0, 0x10, 0];
const ODD_PAGE: &[u8] = &[0, 0x11, 0, 0];
const ODD_PAGE_BIG: &[u8] = &[0, 0, 0x11, 0];

const WAL_MISSES: &[Piece] =
    &[(8, ZERO), (8, ODD_PAGE_BIG), (8, &[0, 2, 0, 0]), (8, &[0, 0, 1, 0])];
const POSTGRESQL_WAL: &[Piece] =
    &[(0, &[0x10]), (2, &[2, 0]), (32, &[0, 0, 0, 1]), (36, &[0, 0x20, 0, 0])];
const POSTGRESQL_WAL_MISSES: &[Piece] = &[
    (2, &[0, 0]),
    (3, &[1]),
    (32, ZERO),
    (32, &[1, 0, 0, 1]),
    (32, &[0, 0, 8, 0]),
    (36, &[0, 0x30, 0, 0]),
    (36, &[0, 0, 2, 0]),
];
const INDEX: &[Piece] = &[(6, &[1, 0x89, 0, 0xb0, 0, 0x64, 0, 0xd4])];
const INDEX_MISSES: &[Piece] =
    &[(6, &[0, 0]), (6, &[0x20, 0]), (8, &[0, 0]), (12, &[0, 0]), (12, &[2, 0])];
const INNODB_MISSES: &[Piece] = &[
    (16, &[0; 8]),
    (34, ONE),
    (42, ONE),
    (46, ZERO),
    (46, &[0, 0, 1, 0]),
    (50, ZERO),
    (50, &[0, 1, 0, 0]),
];
const BERKELEY_MISSES: &[Piece] = &[
    (16, ZERO),
    (16, ALL),
    (20, ZERO),
    (20, ODD_PAGE),
    (20, ODD_PAGE_BIG),
    (25, &[0]),
    (25, &[13]),
];

/// All signatures whose condition asks for something.
pub(crate) const SAMPLES: &[Sample] = &[
    sample("SQLite write-ahead log", 0, "a", 4096, &[(8, PAGE_BIG)], WAL_MISSES),
    sample("SQLite write-ahead log", 1, "a", 4096, &[(8, &[0, 1, 0, 0])], WAL_MISSES),
    sample("SQLite rollback journal", 1, "b/a.db-journal", 1024, &[(512, ONE_BIG)], &[(27, &[1])]),
    sample(
        "SQLite shared memory",
        0,
        "a",
        32_768,
        &[(14, &[0, 0x10])],
        &[(14, &[3, 0x11]), (14, &[0, 0])],
    ),
    sample(
        "SQLite shared memory",
        1,
        "a",
        32_768,
        &[(14, &[0, 1])],
        &[(14, &[3, 0x11]), (14, &[0, 0])],
    ),
    sample(
        "PostgreSQL custom dump",
        0,
        "a",
        4096,
        &[(6, &[14, 0, 4, 8, 1])],
        &[(6, &[60]), (8, &[5]), (10, &[0]), (10, &[6])],
    ),
    sample(
        "SQL Server backup",
        0,
        "a",
        4096,
        &[(8, &[0x60, 0])],
        &[(7, b"S"), (8, &[51]), (8, &[1, 0x20]), (48, &[3])],
    ),
    sample("Oracle export", 0, "a", 4096, &[(11, b"11.02.00")], &[(11, b"x")]),
    sample("mongodump archive", 0, "a", 4096, &[(4, &[0x60, 0, 0, 0])], &[(4, &[4]), (4, ALL)]),
    sample("BSON", 0, "a", 56, &[(0, BSON)], BSON_MISSES),
    sample("PostgreSQL write-ahead log", 0, "a", 4096, POSTGRESQL_WAL, POSTGRESQL_WAL_MISSES),
    sample("PostgreSQL write-ahead log", 1, "a", 4096, POSTGRESQL_WAL, POSTGRESQL_WAL_MISSES),
    sample("MySQL binary log", 0, "a", 4096, &[(8, &[15])], &[(8, &[0]), (8, b"a")]),
    sample("Redis append-only file", 1, "a.aof", 40, &[(4, b"1700000000\r\n")], &[(4, b"x")]),
    sample(
        "Redis append-only manifest",
        0,
        "a",
        25,
        &[(5, b"a.aof seq 12 type b\n")],
        &[(11, b"x"), (15, b"x"), (18, b"x"), (23, b"c")],
    ),
    sample(
        "LevelDB or RocksDB CURRENT",
        0,
        "b/CURRENT",
        16,
        &[(9, b"000004\n")],
        &[(9, b"x"), (15, b" ")],
    ),
    sample("LMDB lock", 0, "a", 4096, &[(4, &[2, 0x40, 0, 0])], &[(4, &[3]), (4, &[0])]),
    sample("LMDB lock", 1, "a", 4096, &[(4, &[0, 0, 0x40, 1])], &[(7, &[3]), (7, &[0])]),
    sample(
        "LMDB",
        0,
        "a",
        4096,
        &[(10, &[8, 0]), (20, ONE)],
        &[(10, &[4]), (11, &[1]), (20, ZERO), (20, &[3])],
    ),
    sample(
        "LMDB",
        1,
        "a",
        4096,
        &[(10, &[0, 8]), (20, ONE_BIG)],
        &[(11, &[4]), (10, &[1]), (20, ONE)],
    ),
    sample("LMDB", 2, "a", 4096, &[(6, &[8, 0]), (16, ONE)], &[(6, &[4]), (7, &[1]), (16, ZERO)]),
    sample("bbolt", 0, "a", 4096, &[(8, &[4, 0]), (20, &[2])], &[(8, &[5]), (20, &[3])]),
    sample("Berkeley DB", 0, "a", 4096, &[(16, &[9]), (20, PAGE), (25, &[9])], BERKELEY_MISSES),
    sample("Berkeley DB", 1, "a", 4096, &[(16, &[9]), (20, PAGE), (25, &[8])], BERKELEY_MISSES),
    sample("Berkeley DB", 2, "a", 4096, &[(16, &[4]), (20, PAGE), (25, &[10])], BERKELEY_MISSES),
    sample("Berkeley DB", 3, "a", 4096, &[(16, &[1]), (20, PAGE), (25, &[14])], BERKELEY_MISSES),
    sample("Berkeley DB", 4, "a", 4096, &[(19, &[9]), (20, PAGE_BIG), (25, &[9])], BERKELEY_MISSES),
    sample("Berkeley DB", 5, "a", 4096, &[(19, &[9]), (20, PAGE_BIG), (25, &[8])], BERKELEY_MISSES),
    sample(
        "Berkeley DB",
        6,
        "a",
        4096,
        &[(19, &[4]), (20, PAGE_BIG), (25, &[10])],
        BERKELEY_MISSES,
    ),
    sample(
        "Berkeley DB",
        7,
        "a",
        4096,
        &[(19, &[1]), (20, PAGE_BIG), (25, &[14])],
        BERKELEY_MISSES,
    ),
    sample(
        "Berkeley DB 1.85",
        0,
        "a",
        4096,
        &[(4, &[2]), (8, &[0xd2, 4])],
        &[(4, &[3]), (8, &[0xd3])],
    ),
    sample(
        "Berkeley DB 1.85",
        1,
        "a",
        4096,
        &[(7, &[2]), (10, &[0x10, 0xe1])],
        &[(7, &[3]), (8, &[1])],
    ),
    sample("Berkeley DB 1.85", 2, "a", 4096, &[(4, &[3]), (8, PAGE)], &[(4, &[2]), (8, ODD_PAGE)]),
    sample(
        "Berkeley DB 1.85",
        3,
        "a",
        4096,
        &[(7, &[3]), (8, PAGE_BIG)],
        &[(7, &[2]), (8, ODD_PAGE_BIG)],
    ),
    sample("GDBM", 0, "a", 4096, &[(4, PAGE)], &[(4, ZERO), (4, ALL)]),
    sample("GDBM", 1, "a", 4096, &[(4, PAGE)], &[(4, ZERO), (4, ALL)]),
    sample("GDBM", 2, "a", 4096, &[(4, PAGE)], &[(4, ZERO), (4, ALL)]),
    sample("GDBM", 3, "a", 4096, &[(4, PAGE)], &[(4, ZERO), (4, ALL)]),
    sample("GDBM", 4, "a", 4096, &[(4, PAGE)], &[(4, ZERO), (4, ALL)]),
    sample("GDBM", 5, "a", 4096, &[(4, PAGE_BIG)], &[(4, ZERO), (4, ALL)]),
    sample("GDBM", 6, "a", 4096, &[(4, PAGE_BIG)], &[(4, ZERO), (4, ALL)]),
    sample("GDBM", 7, "a", 4096, &[(4, PAGE_BIG)], &[(4, ZERO), (4, ALL)]),
    sample("GDBM", 8, "a", 4096, &[(4, PAGE_BIG)], &[(4, ZERO), (4, ALL)]),
    sample("GDBM", 9, "a", 4096, &[(4, PAGE_BIG)], &[(4, ZERO), (4, ALL)]),
    sample(
        "Kyoto Cabinet",
        0,
        "a",
        4096,
        &[(8, &[0x30]), (46, &[0x10, 0])],
        &[(8, &[0x20]), (46, &[0x10, 1])],
    ),
    sample("rpm database (ndb)", 0, "a", 4096, &[(12, ONE)], &[(12, ZERO), (12, ALL)]),
    sample("bzip2", 0, "a", 4096, &[(3, b"9")], &[(3, b"0"), (3, b"a")]),
    sample("bzip2", 1, "a", 4096, &[(3, b"1")], &[(3, b"0"), (3, b"a")]),
    sample("tar", 0, "a", 4096, &[(148, b"001457\0 ")], &[(148, b"001456"), (0, b"a")]),
    sample("RRDtool", 0, "a", 4096, &[(4, b"0003")], &[(7, b"x")]),
    sample(
        "Lucene segment",
        0,
        "a",
        4096,
        &[(4, b"\x04Abcd")],
        &[(4, &[0]), (4, &[200]), (7, b" ")],
    ),
    sample("dBase table", 0, "a", 149, DBF, DBF_MISSES),
    sample("DuckDB", 0, "a", 12_288, &[(12, &[64])], &[(12, ZERO), (12, ALL), (18, ONE)]),
    sample(
        "MySQL table definition",
        0,
        "b/a.frm",
        4096,
        &[(2, &[10]), (8, &[1])],
        &[(2, &[4]), (2, &[21]), (8, &[2])],
    ),
    sample("MyISAM index", 0, "a", 4096, INDEX, INDEX_MISSES),
    sample("Aria index", 0, "a", 4096, INDEX, INDEX_MISSES),
    sample(
        "InnoDB tablespace",
        0,
        "a",
        65_536,
        &[(16, ONE), (34, ONE_BIG), (38, ONE_BIG), (46, &[0, 0, 0, 4, 0, 0, 0, 4])],
        INNODB_MISSES,
    ),
    sample("SQL Server data file", 0, "a", 8192, &[(22, &[1])], &[(22, &[2])]),
    sample(
        "Firebird",
        0,
        "a",
        16_384,
        &[(16, &[0, 0x20, 12])],
        &[
            (16, &[0, 0x21]),
            (16, &[0, 0]),
            (16, &[0, 2]),
            (16, &[0, 0x80]),
            (18, &[7]),
            (18, &[16]),
        ],
    ),
    sample("Redis RDB", 0, "a", 4096, &[(7, b"10\xfa")], &[(7, b"x"), (8, b"x"), (9, b"a")]),
    sample("WiredTiger", 0, "a", 4096, &[], &[(6, &[100]), (12, ONE)]),
    sample(
        "Realm",
        0,
        "a",
        4096,
        &[(0, &[0x18]), (20, &[9, 9])],
        &[(0, &[0x19]), (8, &[0, 0x20]), (23, &[2])],
    ),
    sample("HSQLDB script", 1, "b/a.script", 4096, &[], &[]),
    sample(
        "Extensible Storage Engine",
        0,
        "a",
        4096,
        &[(8, &[0x20, 6])],
        &[(8, &[0x20, 7]), (12, &[2])],
    ),
    sample("Notes store", 0, "b/A.NSF", 4096, &[], &[]),
    sample("CouchDB", 0, "a", 4096, &[(4, &[0x80])], &[(4, &[0x10]), (1, &[0x10])]),
    sample("CouchDB", 1, "a", 4096, &[(4, &[0x80])], &[(4, &[0x10]), (1, &[0x10])]),
];

/// Lengths, kinds, the length of the text, its end, the end of a document, an empty name's control byte.
const BSON_MISSES: &[Piece] = &[
    (0, &[0x1b]),
    (0, &[0x1d]),
    (0, &[4]),
    (3, &[1]),
    (4, &[0x14]),
    (5, &[7]),
    (10, &[0]),
    (10, &[0x60]),
    (20, &[0]),
    (27, &[1]),
    (28, &[5]),
    (55, &[1]),
];

/// The version, the month, the day, the lengths, a name, a type, the length of a field, the end of the fields.
const DBF_MISSES: &[Piece] = &[
    (0, &[0x06]),
    (2, &[13]),
    (3, &[32]),
    (4, &[9]),
    (8, &[0x41]),
    (10, &[0x1b]),
    (32, b" "),
    (32, &[0]),
    (40, b"x"),
    (43, b"a"),
    (48, &[0x15]),
    (96, b" "),
];
