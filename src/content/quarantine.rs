//! Scripts that were put away: the names that say so, and where text mentions one of them.

mod mentions;
mod pattern;

use bstr::{BStr, BString, ByteSlice};

pub use mentions::{Mention, mentions};
pub use pattern::Names;

/// What the name of a script that was put away begins and ends with.
const START: &[u8] = b".DANGEROUS_";
const END: &[u8] = b".disabled";

/// Endings of documents, of style sheets, and of lists of files: who is named there is not called.
const DOCUMENTS: &[&str] = &[
    "md",
    "markdown",
    "rst",
    "adoc",
    "txt",
    "html",
    "css",
    "scss",
    "gitignore",
    "gitattributes",
    "dockerignore",
];

/// Files with such an ending that are programs all the same.
const PROGRAMS: &[&str] = &["CMakeLists.txt"];

/// Files of dataward at the top of a repository, and the directory of its baseline with the digits that its entries are named by: they name
/// what they allow.
const OWN: &[&str] = &[".dataward.yaml", ".dataward.lock"];
const OWN_DIRECTORY: &[u8] = b".dataward-baseline/";
const OWN_DIGITS: usize = 32;

/// The path that a file has once it is put away: in its own directory, `.DANGEROUS_<name>.disabled`.
pub fn put_away(path: &BStr) -> BString {
    let (directory, name) = parts(path);
    [directory, START, name, END].concat().into()
}

/// The path that a file had before it was put away; none where its name does not say that it was.
pub fn before(path: &BStr) -> Option<BString> {
    let (directory, name) = parts(path);
    let own = name.strip_prefix(START)?.strip_suffix(END).filter(|it| !it.is_empty())?;
    Some([directory, own].concat().into())
}

/// The directory of a path with its slash, and its last part.
fn parts(path: &BStr) -> (&[u8], &[u8]) {
    path.split_at(path.rfind_byte(b'/').map_or(0, |slash| slash + 1))
}

/// Whether text at this path may call anything: a document and dataward's own files name files and call none, and a script that was put away
/// may name itself.
pub fn may_call(path: &BStr, is_script: bool) -> bool {
    is_written_for_programs(path, is_script) && before(path).is_none()
}

/// Whether comments in text at this path say anything of the text: a document only shows how they are written. What is read as a script is
/// no document, whatever its ending.
pub fn is_written_for_programs(path: &BStr, is_script: bool) -> bool {
    (is_script || !is_called_document(path)) && !is_own(path)
}

/// Whether a file has a name as documents have, that of a script that was put away aside.
pub fn is_called_document(path: &BStr) -> bool {
    let before = before(path);
    let (_, name) = parts(before.as_ref().map_or(path, |it| it.as_bstr()));
    let ending = name.rsplit_once_str(b".").map_or(&b""[..], |(_, ending)| ending);
    let has =
        |all: &[&str], it: &[u8]| all.iter().any(|one| it.eq_ignore_ascii_case(one.as_bytes()));
    has(DOCUMENTS, ending) && !has(PROGRAMS, name)
}

fn is_own(path: &BStr) -> bool {
    let is_entry = |name: &[u8]| name.len() == OWN_DIGITS && name.iter().all(u8::is_ascii_hexdigit);
    OWN.iter().any(|it| path == *it) || path.strip_prefix(OWN_DIRECTORY).is_some_and(is_entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_there_and_back() {
        for path in ["clean.py", "scripts/clean all.sh", "a/b/.x", "a/\u{e9}|`.sh"] {
            let away = put_away(path.into());
            assert_eq!(before(away.as_bstr()), Some(path.into()), "{away}");
        }
        assert_eq!(put_away("scripts/clean.py".into()), "scripts/.DANGEROUS_clean.py.disabled");
        for path in [
            "clean.py",
            ".DANGEROUS_.disabled",
            ".DANGEROUS_a",
            "a.disabled",
            "DANGEROUS_a.disabled",
        ] {
            assert_eq!(before(path.into()), None, "{path}");
        }
    }

    #[test]
    fn a_document_calls_nothing() {
        let entry = format!(".dataward-baseline/{}", "0a".repeat(16));
        for path in ["README.md", ".gitignore", "docs/a.TXT", "x/CMakeLists.txt.md"] {
            assert!(!may_call(path.into(), false), "{path}");
            assert!(!is_written_for_programs(path.into(), false), "{path}");
            // What is read as a script is none.
            assert!(may_call(path.into(), true), "{path}");
            assert!(is_written_for_programs(path.into(), true), "{path}");
        }
        for path in [".dataward.yaml", &entry] {
            assert!(!may_call(path.into(), true), "{path}");
            assert!(!is_written_for_programs(path.into(), true), "{path}");
        }
        for path in [
            "Makefile",
            "run.sh",
            ".github/workflows/ci.yml",
            "md",
            "x/.dataward.yaml",
            ".dataward-baseline/run.sh",
            "src/CMakeLists.txt",
        ] {
            assert!(may_call(path.into(), false), "{path}");
            assert!(is_written_for_programs(path.into(), false), "{path}");
        }
    }

    #[test]
    fn a_script_that_was_put_away_names_itself_and_may_have_comments() {
        let (script, document) = ("a/.DANGEROUS_b.sh.disabled", ".DANGEROUS_b.txt.disabled");
        for (path, is_document) in [(script, false), (document, true)] {
            assert!(!may_call(path.into(), true), "{path}");
            assert!(is_written_for_programs(path.into(), true), "{path}");
            assert_eq!(is_called_document(path.into()), is_document);
        }
    }
}
