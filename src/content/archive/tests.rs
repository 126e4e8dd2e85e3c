//! Tests of archives: real ones, hostile ones, and random changes to both.

mod build;
mod made;

use std::sync::LazyLock;

use bstr::BString;
use proptest::prelude::*;

use self::build::{Member, deflate, entry, header, local, member, stored, tar, zip};
use super::super::{Cause, Limits, Unreadable};
use super::{Budget, Kind, Stream, kind, walk};

const TEXT: &[u8] = b"invented rows of nobody\n";

/// What a walk handed over, archives in archives opened, and what went wrong in each of them.
#[derive(Default, Debug, PartialEq)]
struct Seen {
    members: Vec<(BString, Result<Vec<u8>, Cause>)>,
    errors: Vec<Unreadable>,
}

impl Seen {
    fn look(&mut self, path: &[u8], bytes: &[u8], budget: &Budget) {
        let Some(kind) = kind(bytes) else { return };
        let walked = walk(kind, bytes, budget, &mut |name, found| {
            let path = [path, name, b"!/"].concat();
            let shown = BString::from(path.strip_suffix(b"!/").unwrap());
            self.members.push((shown, found.clone().map_err(|it| it.why.cause)));
            match found {
                Ok(bytes) => self.look(&path, &bytes, budget),
                Err(lacking) => self.errors.push(lacking.why),
            }
        });
        self.errors.extend(walked.err());
    }

    fn has(&self, path: &[u8], bytes: &[u8]) -> bool {
        self.members.iter().any(|(name, it)| name == path && it.as_deref() == Ok(bytes))
    }

    fn causes(&self) -> Vec<Cause> {
        self.errors.iter().map(|it| it.cause).collect()
    }

    fn says(&self, words: &str) -> bool {
        self.errors.iter().any(|it| it.detail.contains(words))
    }
}

fn seen_within(bytes: &[u8], limits: &Limits) -> Seen {
    let mut seen = Seen::default();
    seen.look(b"", bytes, &Budget::new(limits, bytes.len() as u64));
    seen
}

fn seen(bytes: &[u8]) -> Seen {
    seen_within(bytes, &Limits::default())
}

/// The bytes have exactly this one member, and nothing is wrong with them.
fn assert_one(bytes: &[u8], path: &[u8], content: &[u8]) {
    let members = vec![(BString::from(path), Ok(content.to_vec()))];
    assert_eq!(seen(bytes), Seen { members, errors: Vec::new() });
}

#[test]
fn a_container_is_known_by_its_bytes_alone() {
    let prefixed = [b"#!/bin/sh\n".as_slice(), &zip(&[member(b"a", TEXT)])].concat();
    let skipped = [b"\x50\x2a\x4d\x18\x02\0\0\0..".as_slice(), &made::bytes(made::ZSTD)].concat();
    let finds = [
        (zip(&[member(b"a", TEXT)]), Kind::Zip),
        (zip(&[]), Kind::Zip),
        (prefixed, Kind::Zip),
        (tar(&[entry(b"a", b'0', TEXT)]), Kind::Tar),
        (tar(&[header(b"a", 0, 0, false)]), Kind::Tar),
        (deflate(TEXT, true), Kind::Stream(Stream::Gzip)),
        (made::bytes(made::XZ), Kind::Stream(Stream::Xz)),
        (made::bytes(made::BZIP2), Kind::Stream(Stream::Bzip2)),
        (made::bytes(made::ZSTD), Kind::Stream(Stream::Zstd)),
        (skipped, Kind::Stream(Stream::Zstd)),
        (made::bytes(made::SEVEN_ZIP), Kind::SevenZip),
    ];
    for (bytes, wanted) in finds {
        assert_eq!(kind(&bytes), Some(wanted));
    }
    let far = [zip(&[]), vec![b' '; 70_000]].concat();
    let lets_through: [&[u8]; 8] = [
        b"",
        b"PK",
        b"text about PK\x03\x04 and PK\x05\x06, and no directory where the latter says...........",
        b"BZh9 is how bzip2 begins",
        &[0; 1024],
        &[b' '; 512],
        &far[10..],
        b"\x50\x2a\x4d\x18\x02\0\0\0.. no frame of zstd",
    ];
    for bytes in lets_through {
        assert_eq!(kind(bytes), None, "{:?}", bstr::BStr::new(bytes));
    }
}

#[test]
fn what_real_tools_made_is_read() {
    let mut b = vec![b'x'; 300];
    b.push(b'\n');
    for archive in [made::SEVEN_ZIP, made::SEVEN_ZIP_BZIP2] {
        let seen = seen(&made::bytes(archive));
        assert!(seen.has(b"a.txt", TEXT) && seen.has(b"data/b.txt", &b), "{seen:?}");
        assert_eq!((seen.members.len(), seen.errors.len()), (2, 0));
    }
    assert_one(&made::bytes(made::ZIP_LZMA), b"data/b.txt", &b);
    assert_one(&made::bytes(made::ZIP_DEFLATE64), b"data/b.txt", &b);
    for stream in [made::XZ, made::BZIP2, made::ZSTD] {
        assert_one(&made::bytes(stream), b"", TEXT);
    }
}

#[test]
fn what_needs_a_password_is_said_to() {
    let mut hidden = stored(b"a", TEXT);
    hidden.flags = 0x2001;
    let locked = [
        made::bytes(made::ZIP_LOCKED),
        made::bytes(made::SEVEN_ZIP_LOCKED),
        made::bytes(made::SEVEN_ZIP_HIDDEN),
        zip(&[hidden]),
    ];
    for archive in locked {
        let seen = seen(&archive);
        assert_eq!(seen.causes(), [Cause::Encrypted]);
        assert!(seen.members.iter().all(|(_, it)| it.is_err()));
    }
}

#[test]
fn a_member_is_found_however_a_zip_hides_it() {
    let (shown, mut hidden) = (member(b"shown", b"nothing"), member(b"hidden", TEXT));
    hidden.is_listed = false;
    let unlisted = [shown.clone(), hidden.clone(), shown.clone()];
    assert!(seen(&zip(&unlisted)).has(b"hidden", TEXT));
    assert!(
        seen(&[zip(std::slice::from_ref(&shown)), local(&hidden)].concat()).has(b"hidden", TEXT)
    );
    assert!(
        seen(&[local(&hidden), zip(std::slice::from_ref(&shown))].concat()).has(b"hidden", TEXT)
    );
    // The member before it claims its bytes as well.
    let mut greedy = shown.clone();
    greedy.packed_size = 10_000;
    assert!(seen(&zip(&[greedy, hidden.clone()])).has(b"hidden", TEXT));
    // Its size is said to follow, and is said to be nothing.
    let mut streamed = Member { flags: 8, size: 0, packed_size: 0, ..hidden.clone() };
    let with_descriptor = |it: &Member| [local(it), b"PK\x07\x08".to_vec(), vec![0; 12]].concat();
    assert!(seen(&with_descriptor(&streamed)).has(b"hidden", TEXT));
    streamed.method = 0;
    streamed.packed = TEXT.to_vec();
    assert!(seen(&with_descriptor(&streamed)).has(b"hidden", TEXT));
    // Each is a member once, and none twice.
    let found = seen(&zip(&unlisted)).members.len();
    assert_eq!(found, 3);
}

#[test]
fn a_zip_that_contradicts_itself_is_said_to() {
    let it = member(b"a", TEXT);
    let start = local(&it).len();
    let other = Member { method: 0, ..it.clone() };
    let directory = build::listed(&other, 0);
    let bytes = [local(&it), directory.clone(), build::end(1, directory.len(), start)].concat();
    assert!(seen(&bytes).says("contradict each other"));
    let directory = build::listed(&it, 7);
    let bytes = [local(&it), directory.clone(), build::end(1, directory.len(), start)].concat();
    let seen_there = seen(&bytes);
    assert!(seen_there.says("where no member is") && seen_there.has(b"a", TEXT));
    let unknown = Member { method: 98, ..it };
    assert!(seen(&zip(&[unknown])).says("method 98 of zip files is not supported"));
}

#[test]
fn what_breaks_off_is_handed_over_as_far_as_it_goes() {
    let whole: Vec<u8> =
        (0..20_000_u32).flat_map(|it| it.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let archives = [
        zip(&[member(b"a", &whole)]),
        zip(&[stored(b"a", &whole)]),
        tar(&[entry(b"a", b'0', &whole)]),
        deflate(&whole, true),
        deflate(&tar(&[entry(b"a", b'0', &whole)]), true),
    ];
    for archive in archives {
        let seen = seen(&archive[..archive.len() / 2]);
        let [(_, Ok(bytes))] = &seen.members[..] else { panic!("{:?}", seen.errors) };
        assert!(bytes.len() > 20_000 && whole.starts_with(bytes), "{}", bytes.len());
        assert_eq!(seen.causes(), [Cause::Corrupt]);
    }
    // A wrong checksum hides nothing.
    let mut wrong = deflate(TEXT, true);
    let at = wrong.len() - 8;
    wrong[at] ^= 1;
    let seen = seen(&wrong);
    assert!(seen.has(b"", TEXT) && seen.says("gzip data is damaged"), "{seen:?}");
}

#[test]
fn streams_that_are_joined_are_one_and_what_follows_is_a_member() {
    let streams = [
        deflate(TEXT, true),
        made::bytes(made::XZ),
        made::bytes(made::BZIP2),
        made::bytes(made::ZSTD),
    ];
    for one in streams {
        assert_one(&[one.clone(), one.clone()].concat(), b"", &[TEXT, TEXT].concat());
        assert_one(&[one.clone(), vec![0; 512]].concat(), b"", TEXT);
        let seen = seen(&[&one, b"something else".as_slice()].concat());
        assert!(seen.has(b"", TEXT) && seen.has(b"", b"something else"), "{seen:?}");
    }
    let skipped = [b"\x5f\x2a\x4d\x18\x02\0\0\0..".as_slice(), &made::bytes(made::ZSTD)].concat();
    assert_one(&[skipped.clone(), skipped].concat(), b"", &[TEXT, TEXT].concat());
}

#[test]
fn a_tar_is_read_in_all_its_dialects() {
    let long = [b"d/".as_slice(), &[b'n'; 4000]].concat();
    let gnu = tar(&[entry(b"././@LongLink", b'L', &long), entry(b"short", b'0', TEXT)]);
    assert_one(&gnu, &long, TEXT);
    let pax =
        tar(&[entry(b"x", b'x', b"15 path=d/name\n11 size=24\n"), header(b"s", b'0', 0, true)]);
    let pax = [&pax[..1536], TEXT, &[0; 1000]].concat();
    assert_one(&pax, b"d/name", TEXT);
    let old = [header(b"old", 0, TEXT.len(), false), TEXT.to_vec(), vec![0; 488]].concat();
    assert_one(&old, b"old", TEXT);
    let mut large = entry(b"large", b'0', TEXT);
    large[124..136].copy_from_slice(&[0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 24]);
    let sum: u32 = large[..512].iter().map(|it| u32::from(*it)).sum::<u32>()
        - large[148..156].iter().map(|it| u32::from(*it)).sum::<u32>()
        + 256;
    large[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    assert_one(&tar(&[large]), b"large", TEXT);
    // Directories and links have no bytes; a link that has some is no link.
    let links = tar(&[
        header(b"d/", b'5', 0, true),
        header(b"soft", b'2', 0, true),
        header(b"stated", b'1', 24, true),
        entry(b"a", b'0', TEXT),
    ]);
    assert_one(&links, b"a", TEXT);
    assert_one(&tar(&[entry(b"hard", b'1', TEXT)]), b"hard", TEXT);
    // Behind the end.
    let joined = [tar(&[entry(b"a", b'0', b"")]), tar(&[entry(b"b", b'0', TEXT)])].concat();
    assert!(seen(&joined).has(b"b", TEXT));
    assert_one(&deflate(&gnu, true), &long, TEXT);
}

#[test]
fn a_name_is_bytes_and_nothing_else() {
    let long = vec![b'n'; 4096];
    let names: [&[u8]; 7] =
        [b"../../x", b"/etc/passwd", b"", &long, b"a\0b", b"\xff\xfe", b"C:\\x\n\x1b[31m"];
    for name in names {
        assert_one(&zip(&[member(name, TEXT)]), name, TEXT);
    }
    for name in [b"../../x".as_slice(), b"/etc/passwd", b"", b"\xff\xfe"] {
        assert_one(&tar(&[entry(name, b'0', TEXT)]), name, TEXT);
    }
}

#[test]
fn a_long_name_is_cut() {
    let cut = [[b'n'; 4096].as_slice(), b"..."].concat();
    for length in [4097, 65_535] {
        assert_one(&zip(&[member(&vec![b'n'; length], TEXT)]), &cut, TEXT);
    }
    let long = vec![b'n'; 1_000_000];
    let gnu = |inner: &[u8]| tar(&[entry(b"@", b'L', &long), entry(b"short", b'0', inner)]);
    assert_one(&gnu(TEXT), &cut, TEXT);
    assert_one(&deflate(&gnu(TEXT), true), &cut, TEXT);
    // The way to what is inside grows by no more with each step.
    let seen = seen(&gnu(&gnu(&gnu(TEXT))));
    assert!(seen.has(&[&cut[..], &cut, &cut].join(&b"!/"[..]), TEXT));
}

#[test]
fn archives_in_archives_are_opened_to_a_depth() {
    let nested = zip(&[member(b"in/b.tgz", &deflate(&tar(&[entry(b"app.db", b'0', TEXT)]), true))]);
    assert!(seen(&nested).has(b"in/b.tgz!/app.db", TEXT));
    let mut deep = TEXT.to_vec();
    for _ in 0..6 {
        deep = zip(&[stored(b"z", &deep)]);
    }
    let seen = seen(&deep);
    assert_eq!((seen.members.len(), seen.causes()), (5, vec![Cause::TooLarge]));
    assert!(seen.says("over 5 deep (setting limits.archive_depth)"));
}

#[test]
fn a_bomb_is_said_to_be_one_after_a_bounded_part() {
    let zeros = vec![0; 17 << 20];
    let kernel = member(b"k", &zeros[..1 << 20]);
    let start = local(&kernel).len();
    let directory = build::listed(&kernel, 0).repeat(5000);
    let overlapping =
        [local(&kernel), directory.clone(), build::end(5000, directory.len(), start)].concat();
    let bombs = [
        deflate(&zeros, true),
        zip(&[member(b"a", &zeros)]),
        zip(&[member(b"a", &zip(&[member(b"b", &zeros)]))]),
        deflate(&tar(&[entry(b"a", b'0', &zeros)]), true),
        overlapping,
    ];
    for bomb in bombs {
        let seen = seen(&bomb);
        let had: usize = seen.members.iter().map(|(_, it)| it.as_ref().map_or(0, Vec::len)).sum();
        let most = (bomb.len() * 100).max(16 << 20);
        assert!(had <= most, "{had} of {most}");
        assert!(seen.says("expands to over 100 times its size"), "{:?}", seen.errors);
    }
}

#[test]
fn each_limit_is_named_when_it_is_met() {
    let usual = Limits::default();
    let three = zip(&[stored(b"a", TEXT), stored(b"b", b"short"), stored(b"c", TEXT)]);
    let two = seen_within(&three, &Limits { archive_members: 2, ..usual.clone() });
    assert!(two.says("over 2 members (setting limits.archive_members)"));
    let small = seen_within(&three, &Limits { file_size: 10, ..usual.clone() });
    assert!(small.says("over the limit of 10 bytes (setting limits.file_size)"));
    assert!(small.has(b"b", b"short"), "the next one is read");
    let tar = tar(&[entry(b"a", b'0', TEXT), entry(b"b", b'0', b"short")]);
    let small = seen_within(&tar, &Limits { file_size: 10, ..usual.clone() });
    assert!(small.has(b"b", b"short") && small.causes() == [Cause::TooLarge]);
    let size = seen_within(&three, &Limits { archive_size: 30, ..usual.clone() });
    assert!(size.says("to over 30 bytes (setting limits.archive_size)"));
    assert_eq!(seen_within(&three, &Limits { seconds: 0, ..usual }).causes(), [Cause::TooSlow]);
    // A window of 1 GiB, in the header of a block of xz; the checksum of that is right.
    let mut window = made::bytes(made::XZ);
    window[16] = 36;
    let sum = crc32(&window[12..20]);
    window[20..24].copy_from_slice(&sum.to_le_bytes());
    assert!(seen(&window).says("needs a xz window over 64 MiB"));
}

#[test]
fn of_a_member_that_is_too_large_the_first_bytes_are_handed_over() {
    let text: Vec<u8> = (0..9000_u32).flat_map(|it| (it * it).to_string().into_bytes()).collect();
    for (limit, known) in [(10, 4096), (4096, 4096), (60_000, 4096)] {
        for (archive, size) in [
            (zip(&[member(b"a", &text)]), None),
            (tar(&[entry(b"a", b'0', &text)]), Some(text.len() as u64)),
            (deflate(&text, true), None),
        ] {
            let limits = Limits { file_size: limit, ..Limits::default() };
            let budget = Budget::new(&limits, archive.len() as u64);
            let mut all = Vec::new();
            let it = kind(&archive).expect("a container");
            walk(it, &archive, &budget, &mut |_, found| all.push(found)).expect("all is well");
            let [Err(lacking)] = &all[..] else { panic!("{limit}: {}", all.len()) };
            assert!(lacking.prefix == text[..known], "{limit}: {}", lacking.prefix.len());
            assert_eq!(lacking.why.cause, Cause::TooLarge);
            let counted = lacking.size;
            assert!(size.map_or(counted > limit, |it| it == counted), "{counted}");
        }
    }
}

/// The checksum of xz and others, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |it, _| {
            (it >> 1) ^ (0xedb8_8320 & (it & 1).wrapping_neg())
        })
    })
}

/// One of each kind. They are made once: nothing is optimised in a test.
static ARCHIVES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let text: Vec<u8> = (0..3000_u32).flat_map(|it| (it * it).to_string().into_bytes()).collect();
    let zip = zip(&[member(b"a", &text), stored(b"b", TEXT), member(b"c", TEXT)]);
    let tar = tar(&[
        entry(b"a", b'0', &text),
        entry(b"x", b'x', b"15 path=d/name\n11 size=24\n"),
        entry(b"l", b'L', b"long"),
        entry(b"b", b'0', TEXT),
    ]);
    let mut all = vec![deflate(&tar, true), deflate(&zip, true), zip, tar];
    let tools = [
        made::SEVEN_ZIP,
        made::SEVEN_ZIP_BZIP2,
        made::SEVEN_ZIP_HIDDEN,
        made::XZ,
        made::BZIP2,
        made::ZSTD,
        made::ZIP_LOCKED,
        made::ZIP_LZMA,
        made::ZIP_DEFLATE64,
    ];
    all.extend(tools.map(made::bytes));
    all
});

/// Walks with narrow limits: it ends, and hands over no more than they let it.
fn assert_bounded(bytes: &[u8]) {
    let limits = Limits {
        file_size: 1 << 16,
        archive_members: 50,
        archive_size: 1 << 18,
        ..Limits::default()
    };
    let seen = seen_within(bytes, &limits);
    let had: usize = seen.members.iter().map(|(_, it)| it.as_ref().map_or(0, Vec::len)).sum();
    assert!(had as u64 <= limits.archive_size && seen.members.len() <= 50, "{had}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn random_bytes_behind_any_magic_do_no_harm(
        which in 0..ARCHIVES.len(),
        head in 0..64_usize,
        rest in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        let archive = &ARCHIVES[which];
        assert_bounded(&[&archive[..head.min(archive.len())], &rest].concat());
    }

    #[test]
    fn changed_archives_do_no_harm(
        which in 0..ARCHIVES.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        end in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut archive = ARCHIVES[which].clone();
        for (at, byte) in changes {
            let at = at.index(archive.len());
            archive[at] = byte;
        }
        if is_cut {
            archive.truncate(end.index(archive.len()));
        }
        assert_bounded(&archive);
    }
}
