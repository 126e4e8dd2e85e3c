//! The text of the hooks that `dataward install` writes: which programs they run, and the hook that was there after them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bstr::{BString, ByteSlice, ByteVec};
use sha2::{Digest, Sha256};

use super::shown;
use crate::source::slashed;
use crate::text;

/// The programs that a hook of a commit runs.
const CHECKS: &[&str] = &["check-database-files", "check-dangerous-scripts"];

/// What to do where one of them is gone.
pub(super) const GONE: &str = "hint: run dataward install again, or: dataward install --uninstall";

/// The same at a server.
pub(super) const GONE_AT_SERVER: &str =
    "hint: whoever runs this server runs dataward install --server again, or takes the hook out";

/// What follows where one is gone: where the hook decides, and where it writes down what became of a push.
const BLOCKS: &str = "this hook blocks";
const KEEPS_NOTHING: &str = "nothing is written down of this push";

/// The second line of a hook of ours. The third holds a digest of the rest, which tells whether it was changed by hand.
pub(super) const MARK: &str =
    "# Written by `dataward install`. To take it out: dataward install --uninstall";

/// What a hook that was there before is called from then on: the name of the hook and this.
pub(in crate::commands) const BEFORE: &str = ".before-dataward";

/// What `pre-commit install` and `prek install` call the hook that they find, which theirs runs first.
pub(in crate::commands) const LEGACY: &str = ".legacy";

/// What the hooks of a work tree run.
pub(in crate::commands) struct Programs {
    /// Every one of them looks at a commit, with the same arguments.
    files: Vec<PathBuf>,
    arguments: &'static str,
    /// The one that looks at a push; none where it is not beside this program.
    pub(super) push: Option<PathBuf>,
}

/// The hooks from beside this program, or what does the same where one of them is missing.
pub(in crate::commands) fn programs() -> Result<Programs> {
    let beside: Vec<PathBuf> = CHECKS.iter().map(|it| beside(it)).collect::<Result<_>>()?;
    let push = Some(self::beside("check-push")?).filter(|it| it.is_file());
    Ok(match beside.iter().all(|file| file.is_file()) {
        true => Programs { files: beside, arguments: "--staged", push },
        false => {
            Programs { files: vec![self::beside("dataward")?], arguments: "scan --staged", push }
        }
    })
}

/// Where a program of ours is, as far as it is installed: in the directory of this one.
pub(super) fn beside(name: &str) -> Result<PathBuf> {
    let dataward = std::env::current_exe().context("cannot tell where dataward itself is")?;
    Ok(match name {
        "dataward" => dataward,
        _ => dataward.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX)),
    })
}

/// The bytes of a hook of a commit. The empty input keeps what git says to the hook for the one that was there before.
pub(super) fn commit(name: &str, programs: &Programs) -> Vec<u8> {
    let mut body = BString::from(format!(
        "# A program, and what is said where it is gone.\n\
         check() {{\n\
         \tcode=0\n\
         \tif [ -x \"$1\" ]; then\n\
         \t\t\"$1\" {} </dev/null || code=$?\n\
         \telse\n\
         \t\tprintf '%s\\n' \"$2\" '{GONE}' >&2\n\
         \t\tcode=2\n\
         \tfi\n\
         \t[ \"$code\" -le \"$worst\" ] || worst=$code\n\
         }}\n\
         # All of them run, so that one sees everything at once.\n\
         checks() {{\n\
         \tworst=0\n",
        programs.arguments
    ));
    for file in &programs.files {
        body.extend_from_slice(b"\tcheck ");
        body.extend(word(&slashed(file)));
        body.push(b' ');
        body.extend(gone(file, BLOCKS));
        body.push(b'\n');
    }
    body.extend_from_slice(
        format!(
            "\t[ \"$worst\" -eq 0 ] || exit \"$worst\"\n\
             }}\n\
             checks\n\
             {}if [ -x \"$before\" ]; then\n\
             \t\"$before\" \"$@\" || exit $?\n\
             \t# It may have staged more.\n\
             \tchecks\n\
             fi\n",
            place_of_the_one_before(name)
        )
        .as_bytes(),
    );
    sealed(&body)
}

/// A program that looks at a push, and how a hook runs it.
pub(super) struct Gate<'a> {
    pub(super) program: &'a Path,
    /// What it is told before what git tells the hook.
    pub(super) arguments: &'static str,
    /// What to do where it is gone.
    pub(super) hint: &'static str,
    /// The hook that was there runs only where this one lets the push pass: so it is before a push, and not after one.
    pub(super) decides: bool,
    /// Whether the hook that was there runs at all. It does not where each file of a directory runs by itself.
    pub(super) is_chained: bool,
}

/// The bytes of a hook of a push that runs this program with what git says of the push on standard input.
pub(super) fn push(name: &str, gate: &Gate<'_>) -> Vec<u8> {
    let mut body = BString::from(
        "# What git says of the push is read once, and given to each.\n\
         refs=$(cat) || exit 2\n\
         fed() {\n\
         \tif [ -z \"$refs\" ]; then\n\
         \t\t\"$@\" </dev/null\n\
         \telse\n\
         \t\t\"$@\" <<END\n\
         $refs\n\
         END\n\
         \tfi\n\
         }\n\
         program=",
    );
    body.extend(word(&slashed(gate.program)));
    body.extend_from_slice(
        format!(
            "\ncode=0\n\
             if [ -x \"$program\" ]; then\n\
             \tfed \"$program\"{} \"$@\" || code=$?\n\
             else\n\
             \tprintf '%s\\n' ",
            gate.arguments
        )
        .as_bytes(),
    );
    body.extend(gone(gate.program, if gate.decides { BLOCKS } else { KEEPS_NOTHING }));
    body.extend_from_slice(format!(" '{}' >&2\n\tcode=2\nfi\n", gate.hint).as_bytes());
    if gate.decides {
        body.extend_from_slice(b"[ \"$code\" -eq 0 ] || exit \"$code\"\n");
    }
    if gate.is_chained {
        body.extend_from_slice(
            format!(
                "{}if [ -x \"$before\" ]; then\n\
                 \tfed \"$before\" \"$@\" || exit $?\n\
                 fi\n",
                place_of_the_one_before(name)
            )
            .as_bytes(),
        );
    }
    body.extend_from_slice(b"exit \"$code\"\n");
    sealed(&body)
}

/// The lines that tell where the hook is that was there before.
fn place_of_the_one_before(name: &str) -> String {
    format!(
        "case $0 in\n\
         */*) before=${{0%/*}}/{name}{BEFORE} ;;\n\
         *) before=./{name}{BEFORE} ;;\n\
         esac\n"
    )
}

/// What is said where a program is gone, as a word of the shell.
fn gone(program: &Path, so: &str) -> Vec<u8> {
    word(format!("error: {} is gone, so {so}", shown(program)).as_bytes())
}

/// Any bytes as one word of every POSIX shell.
fn word(bytes: &[u8]) -> Vec<u8> {
    [b"'".as_slice(), &bytes.replace("'", r"'\''"), b"'"].concat()
}

/// A hook of ours with this body.
fn sealed(body: &[u8]) -> Vec<u8> {
    let digest = text::hex(&Sha256::digest(body)[..8]);
    [format!("#!/bin/sh\n{MARK}\n# Digest of the rest: {digest}\n").as_bytes(), body].concat()
}

/// Whether this is a hook of ours, byte for byte as some dataward wrote it; none where dataward wrote no part of it.
pub(super) fn is_whole(bytes: &[u8]) -> Option<bool> {
    let body = || bytes.splitn_str(4, "\n").nth(3);
    bytes.contains_str(MARK).then(|| body().is_some_and(|body| sealed(body) == bytes))
}

/// The programs that a hook of ours runs, in this order.
pub(in crate::commands) fn programs_of(bytes: &[u8]) -> Vec<PathBuf> {
    let mut programs = Vec::new();
    let mut rest = bytes;
    // A path may hold line feeds, so words are read rather than lines.
    while let Some(at) = [b"\n\tcheck '".as_slice(), b"\nprogram='"]
        .into_iter()
        .filter_map(|it| Some(rest.find(it)? + it.len()))
        .min()
    {
        let mut path = Vec::new();
        rest = &rest[at..];
        while let Some(end) = rest.find_byte(b'\'') {
            path.extend_from_slice(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix(br"\''".as_slice()) {
                Some(more) => rest = more,
                None => break,
            }
            path.push(b'\'');
        }
        programs.push(path.into_path_buf_lossy());
    }
    programs
}
