//! Containers: what is in them may be a database.

use super::{Family, Format, Reading, Sight, Signature, always, mark};

/// ZIP.
pub static ZIP: Format = Format {
    name: "ZIP",
    family: Family::Container,
    extensions: &["zip", "apkg", "colpkg", "jar", "apk", "ipa", "docx", "xlsx", "odt", "whl"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"PK\x03\x04")], always),
        Signature::Bytes(&[mark(0, b"PK\x05\x06")], always),
    ],
    recognised_by: "`PK` 0304, or 0506 where it is empty",
    reading: Reading::Members,
    source: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
};

/// gzip.
pub static GZIP: Format = Format {
    name: "gzip",
    family: Family::Container,
    extensions: &["gz", "tgz"],
    signatures: &[Signature::Bytes(&[mark(0, b"\x1f\x8b\x08")], always)],
    recognised_by: "1f8b08",
    reading: Reading::Members,
    source: "RFC 1952",
};

/// Zstandard.
pub static ZSTD: Format = Format {
    name: "Zstandard",
    family: Family::Container,
    extensions: &["zst", "tzst", "anki21b"],
    signatures: &[Signature::Bytes(&[mark(0, b"\x28\xb5\x2f\xfd")], always)],
    recognised_by: "28b52ffd",
    reading: Reading::Members,
    source: "RFC 8878",
};

/// xz.
pub static XZ: Format = Format {
    name: "xz",
    family: Family::Container,
    extensions: &["xz", "txz"],
    signatures: &[Signature::Bytes(&[mark(0, b"\xfd7zXZ\0")], always)],
    recognised_by: "fd, `7zXZ`, a zero byte",
    reading: Reading::Members,
    source: "https://tukaani.org/xz/xz-file-format.txt",
};

/// bzip2: after the size of its blocks comes the number of a block, or that of the end where it is empty.
pub static BZIP2: Format = Format {
    name: "bzip2",
    family: Family::Container,
    extensions: &["bz2", "tbz2"],
    signatures: &[
        Signature::Bytes(&[mark(0, b"BZh"), mark(4, b"\x31\x41\x59\x26\x53\x59")], block_size),
        Signature::Bytes(&[mark(0, b"BZh"), mark(4, b"\x17\x72\x45\x38\x50\x90")], block_size),
    ],
    recognised_by: "`BZh`, a digit, 314159265359",
    reading: Reading::Members,
    source: "https://sourceware.org/bzip2/manual/manual.html",
};

/// 7-Zip.
pub static SEVEN_ZIP: Format = Format {
    name: "7-Zip",
    family: Family::Container,
    extensions: &["7z"],
    signatures: &[Signature::Bytes(&[mark(0, b"7z\xbc\xaf\x27\x1c")], always)],
    recognised_by: "`7z`, bcaf271c",
    reading: Reading::Members,
    source: "https://py7zr.readthedocs.io/en/latest/archive_format.html",
};

/// tar, of POSIX and of GNU.
pub static TAR: Format = Format {
    name: "tar",
    family: Family::Container,
    extensions: &["tar"],
    signatures: &[Signature::Bytes(&[mark(257, b"ustar")], checksum)],
    recognised_by: "`ustar` at 257, the checksum of the first header",
    reading: Reading::Members,
    source: "POSIX.1-2017, pax",
};

/// In the order in which they are asked for.
pub(super) static ALL: &[&Format] = &[&ZIP, &GZIP, &ZSTD, &XZ, &BZIP2, &SEVEN_ZIP, &TAR];

fn block_size(sight: &Sight) -> bool {
    sight.byte(3).is_some_and(|size| (b'1'..=b'9').contains(&size))
}

/// At 148: the sum of the 512 bytes of the header in octal, with blanks for the sum itself.
fn checksum(sight: &Sight) -> bool {
    let (Some(header), Some(claimed)) = (sight.bytes.get(..512), sight.bytes.get(148..156)) else {
        return false;
    };
    let digits = claimed.iter().skip_while(|it| **it == b' ');
    let claimed = digits
        .take_while(|it| (b'0'..=b'7').contains(it))
        .fold(0_u32, |sum, it| sum << 3 | u32::from(it & 7));
    let sum: u32 = header
        .iter()
        .enumerate()
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
        .sum();
    sum == claimed
}
