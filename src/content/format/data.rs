//! Data in columns, caches and indexes: seldom anybody's live data, and everywhere in some repositories.

use super::{Family, Format, Reading, Sight, Signature, always, mark};

static PARQUET: Format = Format {
    name: "Parquet",
    family: Family::Data,
    extensions: &["parquet", "pq"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"PAR1"), mark(-4, b"PAR1")], always),
        Signature::Bytes(&[mark(0, b"PARE"), mark(-4, b"PARE")], always),
    ],
    recognised_by: "`PAR1`, or `PARE` where it is encrypted, at both ends",
    reading: Reading::Nothing,
    source: "https://parquet.apache.org/docs/file-format/",
};

static ARROW: Format = Format {
    name: "Arrow IPC",
    family: Family::Data,
    extensions: &["arrow", "feather"],
    signatures: &[Signature::Bytes(&[mark(0, b"ARROW1\0\0")], always)],
    recognised_by: "`ARROW1` and two zero bytes",
    reading: Reading::Nothing,
    source: "https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format",
};

static FEATHER_1: Format = Format {
    name: "Feather 1",
    family: Family::Data,
    extensions: &["feather"],
    signatures: &[Signature::Bytes(&[mark(0, b"FEA1"), mark(-4, b"FEA1")], always)],
    recognised_by: "`FEA1` at both ends",
    reading: Reading::Nothing,
    source: "https://github.com/wesm/feather/blob/master/doc/FORMAT.md",
};

static ORC: Format = Format {
    name: "ORC",
    family: Family::Data,
    extensions: &["orc"],
    signatures: &[Signature::Bytes(&[mark(0, b"ORC"), mark(-4, b"ORC")], always)],
    recognised_by: "`ORC` at the start and before the last byte",
    reading: Reading::Nothing,
    source: "https://orc.apache.org/specification/ORCv1/",
};

static AVRO: Format = Format {
    name: "Avro",
    family: Family::Data,
    extensions: &["avro"],
    signatures: &[Signature::Bytes(&[mark(0, b"Obj\x01")], always)],
    recognised_by: "`Obj` 01",
    reading: Reading::Nothing,
    source: "https://avro.apache.org/docs/1.12.0/specification/#object-container-files",
};

static HDF5: Format = Format {
    name: "HDF5",
    family: Family::Data,
    extensions: &["h5", "hdf5", "nc", "mat"],
    signatures: &[Signature::Bytes(&[mark(0, b"\x89HDF\r\n\x1a\n")], always)],
    recognised_by: "89, `HDF`, 0d0a1a0a",
    reading: Reading::Nothing,
    source: "https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html",
};

static RRD: Format = Format {
    name: "RRDtool",
    family: Family::Data,
    extensions: &["rrd"],
    signatures: &[Signature::Bytes(&[mark(0, b"RRD\0")], |sight| {
        sight.bytes.get(4..8).is_some_and(|it| it.iter().all(u8::is_ascii_digit))
    })],
    recognised_by: "`RRD`, a zero byte, four digits",
    reading: Reading::Nothing,
    source: "https://github.com/oetiker/rrdtool-1.x/blob/master/src/rrd_format.h",
};

static SPSS: Format = Format {
    name: "SPSS",
    family: Family::Data,
    extensions: &["sav", "zsav"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"$FL2@(#)")], always),
        Signature::Bytes(&[mark(0, b"$FL3@(#)")], always),
    ],
    recognised_by: "`$FL2@(#)` or `$FL3@(#)`",
    reading: Reading::Nothing,
    source: "https://www.gnu.org/software/pspp/pspp-dev/html_node/File-Header-Record.html",
};

static STATA: Format = Format {
    name: "Stata",
    family: Family::Data,
    extensions: &["dta"],
    signatures: &[Signature::Bytes(&[mark(0, b"<stata_dta><header>")], always)],
    recognised_by: "`<stata_dta><header>`",
    reading: Reading::Nothing,
    source: "https://www.stata.com/help.cgi?dta",
};

const SAS_MAGIC: &[u8] = b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00\x09\xc7\x31\x8c\x18\x1f\x10\x11";

static SAS: Format = Format {
    name: "SAS",
    family: Family::Data,
    extensions: &["sas7bdat"],
    signatures: &[Signature::Bytes(&[mark(0, SAS_MAGIC)], always)],
    recognised_by: "12 zeros and the 20 bytes from c2ea8160",
    reading: Reading::Nothing,
    source: "https://cran.r-project.org/web/packages/sas7bdat/vignettes/sas7bdat.pdf",
};

static LUCENE: Format = Format {
    name: "Lucene segment",
    family: Family::Data,
    extensions: &["cfs", "cfe", "si", "fdt", "fdx", "fnm", "tim", "doc"],
    signatures: &[Signature::Bytes(&[mark(0, b"\x3f\xd7\x6c\x17")], lucene)],
    recognised_by: "3fd76c17 and the name of a codec",
    reading: Reading::Nothing,
    source: "https://lucene.apache.org/core/9_0_0/core/org/apache/lucene/codecs/CodecUtil.html",
};

static LOCATE: Format = Format {
    name: "mlocate or plocate",
    family: Family::Data,
    extensions: &["db"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"\0mlocate")], always),
        Signature::Bytes(&[mark(0, b"\0plocate")], always),
    ],
    recognised_by: "a zero byte, `mlocate` or `plocate`",
    reading: Reading::Nothing,
    source: "mlocate.db(5); https://git.sesse.net/?p=plocate",
};

static DBASE: Format = Format {
    name: "dBase table",
    family: Family::Data,
    extensions: &["dbf"],
    signatures: &[Signature::Bytes(&[], dbase)],
    recognised_by: "a version, a date, as many bytes as header and records need, and fields whose names and types are sound up to the byte 0d",
    reading: Reading::Nothing,
    source: "https://www.loc.gov/preservation/digital/formats/fdd/fdd000325.shtml",
};

static GIT_LFS: Format = Format {
    name: "Git LFS pointer",
    family: Family::Data,
    extensions: &[],
    signatures: &[Signature::Lines(&["version https://git-lfs.github.com/spec/"])],
    recognised_by: "`version https://git-lfs.github.com/spec/`: the file that it stands for is elsewhere",
    reading: Reading::Nothing,
    source: "https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md",
};

/// In the order in which they are asked for.
pub(super) static ALL: &[&Format] = &[
    &PARQUET, &ARROW, &FEATHER_1, &ORC, &AVRO, &HDF5, &RRD, &SPSS, &STATA, &SAS, &LUCENE, &LOCATE,
    &GIT_LFS, &DBASE,
];

/// A length of at most 127 at 4, then a name in ASCII of that many bytes.
fn lucene(sight: &Sight) -> bool {
    let length = sight.byte(4).filter(|it| (1..128).contains(it)).map(usize::from);
    let name = length.and_then(|it| sight.bytes.get(5..5 + it));
    name.is_some_and(|it| it.iter().all(u8::is_ascii_graphic))
}

/// What the first byte may be: dBase II is not among them, whose header is another.
const DBASE_VERSIONS: &[u8] =
    &[0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0x8e, 0xcb, 0xe5, 0xf5, 0xfb];

/// The types of fields.
const DBASE_TYPES: &[u8] = b"CDFLMNTYIBGPQVWX@O+0";

/// A date at 1, the number of records at 4, the bytes of the header at 8 and of a record at 10; from 32 on fields of 32 bytes: a
/// name that is filled up with zeros, a type, at 16 a length. 0d ends them.
fn dbase(sight: &Sight) -> bool {
    if !sight.byte(0).is_some_and(|version| DBASE_VERSIONS.contains(&version)) {
        return false;
    }
    let (Some(records), Some(header), Some(record)) =
        (sight.le32(4), sight.le16(8), sight.le16(10))
    else {
        return false;
    };
    let date = sight.byte(2).zip(sight.byte(3));
    let needed = u64::from(header) + u64::from(records) * u64::from(record);
    if !date.is_some_and(|(month, day)| month <= 12 && day <= 31) || needed > sight.size {
        return false;
    }
    let fields = sight.bytes.get(32..).unwrap_or_default();
    // The first byte is the mark of a deleted record.
    let mut length = 1_u32;
    for (n, field) in fields.chunks(32).enumerate() {
        if field.first() == Some(&0x0d) {
            return n > 0 && length == u32::from(record) && usize::from(header) > 32 + n * 32;
        }
        let Some(field) = field.first_chunk::<32>() else { break };
        let (name, rest) = field.split_at(11);
        let end = name.iter().position(|it| *it == 0).unwrap_or(name.len());
        let (name, filler) = name.split_at(end);
        let is_sound = !name.is_empty()
            && name.iter().all(|it| it.is_ascii_graphic() || *it >= 0x80)
            && (filler.iter().all(|it| *it == 0) || n > 0)
            && rest.first().is_some_and(|it| DBASE_TYPES.contains(it));
        if !is_sound {
            return false;
        }
        length += u32::from(field[16]);
        // A long text has the higher byte of its length where others have the number of decimals.
        if field[11] == b'C' {
            length += u32::from(field[17]) << 8;
        }
    }
    // It goes on past what is here.
    !sight.is_whole() && usize::from(header) > sight.bytes.len()
}
