//! Prefixes of blobs, over stores of every make, against libgit2; and stores that are damaged.

use std::path::{Path, PathBuf};

use crate::support::{Dice, Repo};
use gix::ObjectId;

use super::*;

const WANT: usize = 4096;

fn objects(top: &Path) -> Objects {
    let options = gix::open::Options::isolated();
    let repository = gix::ThreadSafeRepository::open_opts(top, options).expect("it opens");
    Objects::of(&repository.to_thread_local(), &[]).expect("its objects")
}

/// The prefix without the slow way round; none where the quick ways did not understand.
fn quick(objects: &Objects, id: &ObjectId, want: usize) -> Option<Vec<u8>> {
    let loose = objects.loose.iter().find_map(|store| loose_prefix(&store.object_path(id), want));
    loose.map(|(_, bytes)| bytes).or_else(|| objects.packs().prefix(id, want))
}

/// Lines that look random, so that they do not deflate to nothing.
fn noise(dice: &mut Dice, length: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(length + 16);
    while bytes.len() < length {
        bytes.extend_from_slice(format!("{:x}\n", dice.number()).as_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// Blobs of every size about the prefix, and long chains of changes at the start, in the middle and at the end of large ones.
fn fill(repo: &Repo) -> Vec<ObjectId> {
    let oracle = git2::Repository::open(&repo.top).expect("libgit2 opens it");
    let mut dice = Dice::new(11);
    let mut contents: Vec<Vec<u8>> = Vec::new();
    for length in [0, 1, 7, 31, 32, 33, 4063, 4064, 4095, 4096, 4097, 4128, 4129, 8191, 65536] {
        contents.push(noise(&mut dice, length));
        contents.push(vec![0; length]);
    }
    for (length, rounds) in [(6_000, 60), (70_000, 30), (300_000, 10)] {
        let mut bytes = noise(&mut dice, length);
        for round in 0..rounds {
            let fresh = noise(&mut dice, 1 + round % 40);
            match round % 5 {
                0 => drop(bytes.splice(0..0, fresh)),
                1 => bytes.extend(fresh),
                2 => drop(bytes.splice(2000..2000 + round, fresh)),
                3 => bytes.rotate_left(length / 3),
                _ => drop(bytes.drain(10..20)),
            }
            contents.push(bytes.clone());
        }
    }
    // Enough literals at the start of a delta that the first guess at its length is too short.
    let mut base = noise(&mut dice, 100_000);
    contents.push(base.clone());
    for at in (0..60_000).step_by(3) {
        base[at] = base[at].wrapping_add(1);
    }
    contents.push(base);
    contents.push(crate::content::made_from("create table t(x)").expect("a database"));
    let mut index = git2::Index::new().expect("an index");
    let mut ids = Vec::new();
    for (number, bytes) in contents.iter().enumerate() {
        let id = oracle.blob(bytes).expect("a blob");
        ids.push(ObjectId::from_hex(id.to_string().as_bytes()).expect("an id"));
        let zero = git2::IndexTime::new(0, 0);
        index
            .add(&git2::IndexEntry {
                ctime: zero,
                mtime: zero,
                dev: 0,
                ino: 0,
                mode: 0o100_644,
                uid: 0,
                gid: 0,
                file_size: 0,
                id,
                flags: 0,
                flags_extended: 0,
                path: format!("f{number:04}").into_bytes(),
            })
            .expect("an entry");
    }
    let tree = index.write_tree_to(&oracle).expect("a tree");
    let commit = repo.git(&["commit-tree", "-m", "all", &tree.to_string()]);
    repo.git(&["update-ref", "HEAD", &commit]);
    ids
}

/// Every prefix of every blob, small and large, is that of libgit2; how many of them came the quick way.
#[track_caller]
fn equal(repo: &Repo, ids: &[ObjectId]) -> usize {
    let oracle = git2::Repository::open(&repo.top).expect("libgit2 opens it");
    let objects = objects(&repo.top);
    let mut quickly = 0;
    for (number, id) in ids.iter().enumerate() {
        let whole = oracle.find_blob(git2::Oid::from_str(&id.to_string()).expect("an id"));
        let whole = whole.expect("a blob");
        let whole = whole.content();
        let wants = [WANT, 512, 64, 100_000];
        for want in wants.into_iter().take(if number % 4 == 0 { 4 } else { 1 }) {
            let (size, bytes) =
                objects.prefix(&id.to_string(), want).expect("read").expect("there");
            assert_eq!(size, whole.len() as u64, "size of {id}");
            let expected = &whole[..want.min(whole.len())];
            assert!(bytes == expected, "prefix of {want} bytes of {id}, {size} bytes");
            if let Some(bytes) = quick(&objects, id, want) {
                assert!(bytes == expected, "quick prefix of {want} bytes of {id}, {size} bytes");
                quickly += usize::from(want == WANT);
            }
        }
        if number % 8 == 0 {
            assert!(objects.read(&id.to_string()).expect("read").expect("there") == whole);
        }
    }
    quickly
}

#[test]
fn a_prefix_is_what_libgit2_reads_however_the_blob_is_stored() {
    let repo = Repo::new();
    let ids = fill(&repo);
    let ways: &[(&str, &[&[&str]])] = &[
        ("loose", &[]),
        ("long chains", &[&["repack", "-adfq", "--depth=200", "--window=50"]]),
        ("a multi-pack index", &[&["multi-pack-index", "write"], &["commit-graph", "write"]]),
        (
            "deltas by id",
            &[&["-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq", "--depth=200"]],
        ),
        ("no deltas", &[&["repack", "-adfq", "--depth=0", "--window=0"]]),
        ("version 1", &[&["-c", "pack.indexVersion=1", "repack", "-adfq"]]),
        ("stored", &[&["-c", "core.compression=0", "repack", "-adFq"]]),
    ];
    for (name, commands) in ways {
        for command in *commands {
            repo.git(command);
        }
        let quickly = equal(&repo, &ids);
        assert!(quickly * 100 >= ids.len() * 95, "{name}: {quickly} of {}", ids.len());
    }
    // Kept and promisor packs, some blobs of which are loose again, at no compression and at most.
    let pack = packs(&repo).remove(0);
    std::fs::write(pack.with_extension("keep"), "").expect("written");
    std::fs::write(pack.with_extension("promisor"), "").expect("written");
    for (level, id) in ["0", "9", "1"].into_iter().zip(&ids[60..]) {
        let bytes = repo.command("git").args(["cat-file", "blob", &id.to_string()]).output();
        let mut write = repo.command("git");
        write.args([
            "-c",
            &format!("core.looseCompression={level}"),
            "hash-object",
            "-w",
            "--stdin",
        ]);
        let other = [bytes.expect("git runs").stdout, level.into()].concat();
        let id = crate::support::fed(&mut write, &other).stdout;
        let id = ObjectId::from_hex(id.trim_ascii()).expect("an id");
        assert_eq!(equal(&repo, &[id]), 1, "level {level}");
    }
    equal(&repo, &ids);
}

fn packs(repo: &Repo) -> Vec<PathBuf> {
    let directory = repo.path(".git/objects/pack").read_dir().expect("packs");
    let paths = directory.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|it| it == "pack")).collect()
}

#[test]
fn deltas_are_mostly_followed_in_the_packs_that_test_them() {
    let repo = Repo::new();
    let ids = fill(&repo);
    repo.git(&["repack", "-adfq", "--depth=200", "--window=50"]);
    let pack = packs(&repo).remove(0);
    let listed = repo.git(&["verify-pack", "-v", &pack.to_string_lossy()]);
    let deepest = listed.lines().filter_map(|line| line.split(' ').nth(5)?.parse::<u32>().ok());
    assert!(deepest.max() > Some(20), "{listed}");
    let chains = listed.lines().filter(|line| line.split_ascii_whitespace().count() == 7);
    assert!(chains.count() > ids.len() / 2, "{listed}");
}

#[test]
fn an_object_that_is_no_blob_is_not_taken_for_one() {
    let repo = Repo::with_commit();
    for _ in 0..2 {
        for name in ["HEAD", "HEAD^{tree}"] {
            let id = repo.git(&["rev-parse", name]);
            let error = objects(&repo.top).prefix(&id, WANT).expect_err("no blob");
            assert!(error.to_string().contains("not a blob"), "{error}");
            assert!(objects(&repo.top).read(&id).is_err());
        }
        repo.git(&["repack", "-adfq"]);
    }
    let absent = "1".repeat(40);
    assert_eq!(objects(&repo.top).prefix(&absent, WANT).expect("looked"), None);
    assert_eq!(objects(&repo.top).read(&absent).expect("looked"), None);
}

/// Whatever comes of it, it is an answer: no panic, and no bytes without end.
fn survives(top: &Path, ids: &[ObjectId]) {
    let objects = objects(top);
    for id in ids {
        if let Ok(Some((_, bytes))) = objects.prefix(&id.to_string(), WANT) {
            assert!(bytes.len() <= WANT);
        }
        let _ = objects.read(&id.to_string());
    }
}

/// A few small blobs that are deltas of each other.
fn small(repo: &Repo) -> Vec<ObjectId> {
    let mut dice = Dice::new(5);
    let mut bytes = noise(&mut dice, 3000);
    let mut ids = Vec::new();
    for round in 0..8 {
        bytes[round * 300] ^= 1;
        bytes.extend_from_slice(b"more\n");
        repo.write(&format!("f{round}"), &bytes);
        let id = repo.blob(&bytes);
        ids.push(ObjectId::from_hex(id.as_bytes()).expect("an id"));
    }
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "-m", "all"]);
    ids
}

fn overwrite(path: &Path, bytes: &[u8]) {
    // git writes packs and objects without the right to write, and a mapped file must not shrink.
    std::fs::remove_file(path).expect("removed");
    std::fs::write(path, bytes).expect("written");
}

#[test]
fn damaged_packs_and_indexes_end_in_an_answer() {
    let repo = Repo::new();
    let ids = small(&repo);
    for configuration in ["true", "false"] {
        let offsets = format!("repack.useDeltaBaseOffset={configuration}");
        repo.git(&["-c", &offsets, "repack", "-adfq", "--depth=50"]);
        let pack = packs(&repo).remove(0);
        let mut dice = Dice::new(17);
        for path in [pack.clone(), pack.with_extension("idx")] {
            let whole = std::fs::read(&path).expect("a pack");
            for round in 0..120 {
                let mut bytes = whole.clone();
                match round % 6 {
                    0 => bytes.truncate(dice.below(whole.len())),
                    1 => {
                        let at = dice.below(whole.len());
                        let end = (at + 40).min(whole.len());
                        bytes[at..end].fill(*dice.pick(&[0, 0x7f, 0x80, 0xff]));
                    }
                    _ => {
                        for _ in 0..1 + dice.below(4) {
                            let at = dice.below(whole.len());
                            bytes[at] ^= 1 << dice.below(8);
                        }
                    }
                }
                overwrite(&path, &bytes);
                survives(&repo.top, &ids);
            }
            overwrite(&path, &whole);
        }
        equal(&repo, &ids);
    }
}

#[test]
fn a_delta_of_itself_ends_in_an_answer() {
    let repo = Repo::new();
    let ids = small(&repo);
    repo.git(&["repack", "-adfq", "--depth=50"]);
    let pack = packs(&repo).remove(0);
    let whole = std::fs::read(&pack).expect("a pack");
    let listed = repo.git(&["verify-pack", "-v", &pack.to_string_lossy()]);
    let mut deltas = 0;
    for line in listed.lines() {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        if words.len() != 7 {
            continue;
        }
        let mut at: usize = words[4].parse().expect("an offset");
        while whole[at] & 0x80 != 0 {
            at += 1;
        }
        // The distance to the base, which follows the size.
        let mut bytes = whole.clone();
        bytes[at + 1] = 0;
        overwrite(&pack, &bytes);
        survives(&repo.top, &ids);
        deltas += 1;
    }
    assert!(deltas > 4, "{listed}");
}

#[test]
fn damaged_loose_objects_end_in_an_answer() {
    let repo = Repo::new();
    let ids = small(&repo);
    let mut dice = Dice::new(23);
    let path = objects(&repo.top).loose[0].object_path(&ids[0]);
    let whole = std::fs::read(&path).expect("an object");
    for length in (0..whole.len()).step_by(17) {
        overwrite(&path, &whole[..length]);
        let answer = objects(&repo.top).prefix(&ids[0].to_string(), WANT);
        let said = answer.as_ref().map(|it| it.as_ref().map(|(size, bytes)| (*size, bytes.len())));
        assert!(answer.is_err(), "cut after {length} of {} bytes: {said:?}", whole.len());
    }
    for _ in 0..200 {
        let mut bytes = whole.clone();
        for _ in 0..1 + dice.below(3) {
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(8);
        }
        overwrite(&path, &bytes);
        survives(&repo.top, &ids[..1]);
    }
}

#[test]
fn a_blob_of_an_alternate_store_is_read_quickly_too() {
    let origin = Repo::new();
    let ids = small(&origin);
    origin.git(&["repack", "-adfq"]);
    origin.git(&["clone", "--quiet", "--shared", ".", "../shared"]);
    origin.git(&["clone", "--quiet", "--shared", "../shared", "../again"]);
    for name in ["shared", "again"] {
        assert_eq!(equal(&origin.beside(name), &ids), ids.len(), "{name}");
    }
}
