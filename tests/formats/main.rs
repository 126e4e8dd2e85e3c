//! Every format is recognised: in files that real tools made, which `.ci/formats` puts into target/formats, and by each of
//! its signatures on bytes that are made here. `SNAPSHOTS=overwrite cargo test --test formats` writes docs/formats.md, and
//! tests/formats/verified.tsv of the files that there are.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/examined.rs"]
mod examined;
mod made;
mod page;
mod real;
mod samples;

use std::path::{Path, PathBuf};

use dataward::content::Format;
use dataward::content::format::{self, Sight};

/// What a file of this name is recognised as; `size` is that of all of it.
fn recognised(path: &str, size: usize, bytes: &[u8]) -> Option<&'static Format> {
    format::recognise(&Sight { size: size as u64, bytes, path: path.into() })
}

fn name(format: Option<&Format>) -> &str {
    format.map_or("nothing", |it| it.name)
}

fn named(name: &str) -> &'static Format {
    format::all().find(|it| it.name == name).unwrap_or_else(|| panic!("no format {name}"))
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
