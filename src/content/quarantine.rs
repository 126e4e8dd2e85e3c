//! Scripts that were put away: the names that say so, and where text mentions one of them.

use bstr::{BStr, BString, ByteSlice};

/// What the name of a script that was put away begins and ends with.
const START: &[u8] = b".DANGEROUS_";
const END: &[u8] = b".disabled";

/// Bytes of the longest name within them: longer than any system has.
const LONGEST: usize = 255;

/// The most mentions of one file.
const MOST: usize = 100;

/// Endings of documents, and of lists of files: who is named there is not called.
const DOCUMENTS: &[&str] =
    &["md", "markdown", "rst", "adoc", "txt", "html", "gitignore", "gitattributes", "dockerignore"];

/// A place where a text names a script that was put away.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mention {
    /// The line it stands on, from 1.
    pub line: u32,
    /// The name, without directories. Untrusted bytes.
    pub name: BString,
}

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

/// Whether text at this path may call anything: a document names files and calls none, and a script that was put away may name itself.
pub fn may_call(path: &BStr) -> bool {
    let ending = path.rsplit_once_str(b".").map_or(&b""[..], |(_, ending)| ending);
    let is_document = DOCUMENTS.iter().any(|it| ending.eq_ignore_ascii_case(it.as_bytes()));
    !is_document && before(path).is_none()
}

/// Where a text names a script that was put away.
pub fn mentions(text: &[u8]) -> Vec<Mention> {
    if text.find(START).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let names = line.find_iter(START).filter_map(|at| name(&line[at..]));
        found.extend(names.map(|name| Mention { line: number, name: name.into() }));
        if found.len() >= MOST {
            found.truncate(MOST);
            break;
        }
    }
    found
}

/// The name that a text begins with.
fn name(text: &[u8]) -> Option<&[u8]> {
    let goes_on = |it: &&u8| !it.is_ascii_whitespace() && !b"\"'`/\\".contains(it);
    let word = text.iter().take(START.len() + LONGEST + END.len()).take_while(goes_on).count();
    let end = text[..word].find(END)? + END.len();
    before(text[..end].as_bstr()).map(|_| &text[..end])
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
    fn a_mention_is_found_on_its_line() {
        let lines = |text: &str| -> Vec<(u32, String)> {
            let found = mentions(text.as_bytes()).into_iter();
            found.map(|it| (it.line, it.name.to_string())).collect()
        };
        let name = ".DANGEROUS_clean.py.disabled";
        let text = format!("all:\n\tpython scripts/{name} --yes\n\techo '{name}';{name}\n");
        let found = [2, 3, 3].map(|line| (line, name.to_owned()));
        assert_eq!(lines(&text), found);
        assert_eq!(lines("sh .DANGEROUS_*.disabled"), [(1, ".DANGEROUS_*.disabled".to_owned())]);
        for text in
            ["sh .DANGEROUS_a b.disabled", ".DANGEROUS_", ".DANGEROUS_.disabled", "x.disabled"]
        {
            assert_eq!(lines(text), [], "{text}");
        }
        assert_eq!(lines(&format!("{name} {name}\n").repeat(1000)).len(), MOST);
    }

    #[test]
    fn a_document_calls_nothing() {
        for path in ["README.md", ".gitignore", "docs/a.TXT", "scripts/.DANGEROUS_b.disabled"] {
            assert!(!may_call(path.into()), "{path}");
        }
        for path in ["Makefile", "run.sh", ".github/workflows/ci.yml", "md"] {
            assert!(may_call(path.into()), "{path}");
        }
    }
}
