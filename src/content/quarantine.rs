//! Scripts that were put away: the names that say so, and where text mentions one of them.

use bstr::{BStr, BString, ByteSlice};

/// What the name of a script that was put away begins and ends with.
const START: &[u8] = b".DANGEROUS_";
const END: &[u8] = b".disabled";

/// Bytes of the longest name within them: longer than any system has.
const LONGEST: usize = 255;

/// The most mentions of one file.
const MOST: usize = 100;

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

/// Files of dataward at the top of a repository, and the directory of its baseline with the digits that its entries are named by: they name
/// what they allow.
const OWN: &[&str] = &[".dataward.yaml", ".dataward.lock"];
const OWN_DIRECTORY: &[u8] = b".dataward-baseline/";
const OWN_DIGITS: usize = 32;

/// A place where a text names a script that was put away.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mention {
    /// The line it stands on, from 1.
    pub line: u32,
    /// The name, without directories, or a pattern of names. Untrusted bytes.
    pub name: BString,
}

impl Mention {
    /// Whether it is a pattern that says nothing of scripts that were put away, such as `*.disabled`: it speaks of them only where there is
    /// one that it fits.
    pub fn is_open(&self) -> bool {
        !self.name.starts_with(START)
    }

    /// Whether a pattern fits this path, by what stands before its first star and behind its last one.
    pub fn fits(&self, path: &BStr) -> bool {
        let (_, name) = parts(path);
        let (Some(first), Some(last)) = (self.name.find_byte(b'*'), self.name.rfind_byte(b'*'))
        else {
            return self.name == name;
        };
        let (start, end) = (&self.name[..first], &self.name[last + 1..]);
        name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
    }
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

/// Whether text at this path may call anything: a document and dataward's own files name files and call none, and a script that was put away
/// may name itself.
pub fn may_call(path: &BStr) -> bool {
    let ending = path.rsplit_once_str(b".").map_or(&b""[..], |(_, ending)| ending);
    let is_document = DOCUMENTS.iter().any(|it| ending.eq_ignore_ascii_case(it.as_bytes()));
    !is_document && !is_own(path) && before(path).is_none()
}

fn is_own(path: &BStr) -> bool {
    let is_entry = |name: &[u8]| name.len() == OWN_DIGITS && name.iter().all(u8::is_ascii_hexdigit);
    OWN.iter().any(|it| path == *it) || path.strip_prefix(OWN_DIRECTORY).is_some_and(is_entry)
}

/// Where a text names a script that was put away.
pub fn mentions(text: &[u8]) -> Vec<Mention> {
    if text.find(START).is_none() && text.find(END).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let names = line.find_iter(START).filter_map(|at| name(&line[at..]));
        let patterns = line.find_iter(END).filter_map(|at| pattern(line, at + END.len()));
        let all = names.chain(patterns.map(BString::from));
        found.extend(all.map(|name| Mention { line: number, name }));
        if found.len() >= MOST {
            found.truncate(MOST);
            break;
        }
    }
    found
}

/// The name that a text begins with, or the pattern of names. A name may have blanks and quotes in it, and how each language writes them
/// nobody need know: what lies between a start and an end of such names on one line is one.
fn name(text: &[u8]) -> Option<BString> {
    let text = &text[..text.len().min(START.len() + LONGEST + END.len())];
    let own = text[START.len()..].iter().take_while(|it| !b"/\t".contains(it)).count();
    let text = &text[..START.len() + own];
    let first = text.get(START.len())?;
    if first.is_ascii_whitespace() || b"\"'`".contains(first) {
        return None;
    }
    if let Some(end) = text.find(END) {
        let name: BString = text[..end + END.len()].replace(b"\\", b"").into();
        return before(name.as_bstr()).map(|_| name);
    }
    let word = text.iter().take_while(|it| is_of_word(**it)).count();
    text[..word].contains(&b'*').then(|| text[..word].into())
}

/// The pattern that a line has up to here, a word with a star in it that is no name.
fn pattern(line: &[u8], end: usize) -> Option<&[u8]> {
    let goes_on = |it: &u8| it.is_ascii_alphanumeric() || b"_-.*".contains(it);
    let is_whole = line.get(end).is_none_or(|it| !goes_on(it));
    let begin = line[..end].iter().rposition(|it| !is_of_word(*it)).map_or(0, |at| at + 1);
    let word = &line[begin..end];
    (is_whole && word.contains(&b'*') && word.find(START).is_none()).then_some(word)
}

/// Whether a byte may stand in a word that is a pattern.
fn is_of_word(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !b"\"'`/\\()=,:;".contains(&byte)
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
        // Blanks and quotes are part of a name however they are written.
        for (text, name) in [
            ("sh '.DANGEROUS_with space.sh.disabled'", ".DANGEROUS_with space.sh.disabled"),
            (r"sh .DANGEROUS_with\ space.sh.disabled", ".DANGEROUS_with space.sh.disabled"),
            (r#"sh ".DANGEROUS_it's.sh.disabled""#, ".DANGEROUS_it's.sh.disabled"),
            (r"sh .DANGEROUS_it\'s.sh.disabled", ".DANGEROUS_it's.sh.disabled"),
            ("for f in .DANGEROUS_*; do sh $f; done", ".DANGEROUS_*"),
            ("find . -name '*.disabled' -exec sh {} +", "*.disabled"),
            ("cat scripts/.D*.sh.disabled", ".D*.sh.disabled"),
        ] {
            assert_eq!(lines(text), [(1, name.to_owned())], "{text}");
        }
        for text in [
            ".DANGEROUS_",
            ".DANGEROUS_.disabled",
            "x.disabled",
            "name.startswith('.DANGEROUS_') and name.endswith('.disabled')",
            "2*button.disabledNow",
            "button.disabled = rows * 2",
        ] {
            assert_eq!(lines(text), [], "{text}");
        }
        assert_eq!(lines(&format!("{name} {name}\n").repeat(1000)).len(), MOST);
    }

    #[test]
    fn a_pattern_fits_by_its_start_and_its_end() {
        let fits =
            |pattern: &str, path: &str| Mention { line: 1, name: pattern.into() }.fits(path.into());
        let path = "a/.DANGEROUS_b.sh.disabled";
        for pattern in ["*.disabled", "*.sh.disabled", ".D*.disabled", ".*b*.disabled"] {
            assert!(fits(pattern, path), "{pattern}");
        }
        for pattern in ["*.py.disabled", "a*.disabled", "this*.disabled"] {
            assert!(!fits(pattern, path), "{pattern}");
        }
    }

    #[test]
    fn a_document_calls_nothing() {
        let entry = format!(".dataward-baseline/{}", "0a".repeat(16));
        for path in [
            "README.md",
            ".gitignore",
            "docs/a.TXT",
            "scripts/.DANGEROUS_b.disabled",
            ".dataward.yaml",
            &entry,
        ] {
            assert!(!may_call(path.into()), "{path}");
        }
        for path in [
            "Makefile",
            "run.sh",
            ".github/workflows/ci.yml",
            "md",
            "x/.dataward.yaml",
            ".dataward-baseline/run.sh",
        ] {
            assert!(may_call(path.into()), "{path}");
        }
    }
}
