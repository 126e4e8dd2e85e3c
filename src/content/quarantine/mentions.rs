//! Where a text names scripts that were put away.

use std::borrow::Cow;

use bstr::{BString, ByteSlice};

use super::pattern::{Piece, closed, may_begin, may_end, pieces};
use super::{END, START};

/// Bytes of the longest name within its start and its end: longer than any system has.
const LONGEST: usize = 255;

/// Bytes that are looked at from where a name begins.
const ROOM: usize = START.len() + LONGEST + END.len();

/// The most names of one file, and the most patterns.
pub(super) const MOST: usize = 100;

/// What stands for a name that is put together of others.
const ANY: &[u8] = b".DANGEROUS_*";

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
}

/// Where a text names a script that was put away, in the order of its lines.
pub fn mentions(text: &[u8]) -> Vec<Mention> {
    let (text, joints) = joined(text);
    let names = text.find_iter(START).filter_map(|at| Some((at, name(ahead(&text, at))?)));
    let patterns = text.find_iter(END).filter_map(|at| Some((at, pattern(&text, at)?)));
    let mut found: Vec<(usize, BString)> = names.take(MOST).chain(patterns.take(MOST)).collect();
    found.sort_by_key(|(at, _)| *at);
    let (mut line_feeds, mut from) = (0, 0);
    let mention = |(at, name): (usize, BString)| {
        line_feeds += text[from..at].find_iter(b"\n").count();
        from = at;
        let line = 1 + line_feeds + joints.partition_point(|it| *it <= at);
        Mention { line: u32::try_from(line).unwrap_or(u32::MAX), name }
    };
    found.into_iter().map(mention).collect()
}

/// A text whose lines that end in a backslash are one with the next, and where they were joined.
fn joined(text: &[u8]) -> (Cow<'_, [u8]>, Vec<usize>) {
    let goes_on = |line: &[u8]| {
        let ends: [&[u8]; 2] = [b"\\\n", b"\\\r\n"];
        ends.iter().find_map(|it| Some(line.strip_suffix(*it)?.len()))
    };
    let mut joints = Vec::new();
    if !text.lines_with_terminator().any(|it| goes_on(it).is_some()) {
        return (Cow::Borrowed(text), joints);
    }
    let mut whole = Vec::with_capacity(text.len());
    for line in text.lines_with_terminator() {
        match goes_on(line) {
            Some(length) => {
                whole.extend_from_slice(&line[..length]);
                joints.push(whole.len());
            }
            None => whole.extend_from_slice(line),
        }
    }
    (Cow::Owned(whole), joints)
}

/// What is looked at from where a name begins: the rest of its line up to the next such place, no more than a name is long.
fn ahead(text: &[u8], at: usize) -> &[u8] {
    let rest = &text[at..text.len().min(at + ROOM)];
    let rest = &rest[..rest.find_byte(b'\n').unwrap_or(rest.len())];
    &rest[..rest[START.len()..].find(START).map_or(rest.len(), |next| START.len() + next)]
}

/// What is looked at before where a name ends: its line from the last such place on, no more than a name is long.
fn behind(text: &[u8], at: usize) -> &[u8] {
    let before = &text[at.saturating_sub(LONGEST)..at];
    let before = &before[before.rfind_byte(b'\n').map_or(0, |at| at + 1)..];
    &before[before.rfind(END).map_or(0, |last| last + END.len())..]
}

/// The name that a text begins with, or the pattern of names. A name may have blanks and quotes in it, and how each language writes them
/// nobody need know: what lies between a start and an end of such names on one line is one. Where a quote ends the start, it is one only
/// where something is put to it.
fn name(text: &[u8]) -> Option<BString> {
    let first = text.get(START.len())?;
    if first.is_ascii_whitespace() {
        return None;
    }
    if !is_quote(*first) {
        let own = text[START.len()..].iter().take_while(|it| !b"/\t".contains(it)).count();
        let text = &text[..START.len() + own];
        if let Some(end) = text.find(END) {
            return whole(&text[..end + END.len()], b"\\");
        }
    }
    let word = &text[..word(text)];
    if let Some(end) = word.find(END) {
        return whole(&word[..end + END.len()], b"\"'");
    }
    let word = without(word, b"\"'");
    match may_end(&pieces(&word)) {
        true => Some(word),
        false => is_joined(&text[START.len()..]).then(|| ANY.into()),
    }
}

/// A name from its start to its end, without these signs that only wrote it; none where it has no part of its own.
fn whole(name: &[u8], signs: &[u8]) -> Option<BString> {
    let name = without(name, signs);
    (name.len() > START.len() + END.len()).then_some(name)
}

/// How long the word is that a text begins with, as a shell reads it: its quotes are part of it, and what stands in braces.
fn word(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at += match closed(&text[at..], b'{', b'}') {
            Some(length) => length,
            None if is_of_word(*byte) || matches!(byte, b'"' | b'\'') => 1,
            None => break,
        };
    }
    at
}

/// Whether a text that ends with this quote is put together with another one, by the sign of one language or another.
fn is_joined(rest: &[u8]) -> bool {
    let Some(rest) =
        rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).or(rest.strip_prefix(b"`"))
    else {
        return false;
    };
    let then = rest.trim_start();
    match then {
        [b'+', ..] | [b'.', b'.', ..] => true,
        // With a name right behind it, it is a method that is called.
        [b'.', next, ..] => then.len() < rest.len() || *next == b'$' || is_quote(*next),
        _ => false,
    }
}

/// The pattern whose end stands at this place, a word with a hole in it that is no name.
fn pattern(text: &[u8], at: usize) -> Option<BString> {
    let end = at + END.len();
    let goes_on = |it: &u8| it.is_ascii_alphanumeric() || b"_-.*".contains(it);
    if text.get(end).is_some_and(goes_on) {
        return None;
    }
    let before = behind(text, at);
    let back_to = |is_part: fn(u8) -> bool| {
        let begin = before.iter().rposition(|it| !is_part(*it)).map_or(0, |at| at + 1);
        without(&[&before[begin..], END].concat(), b"\"'")
    };
    // Quotes are part of a word where what they hold is none.
    let words = [back_to(is_of_word), back_to(|it| is_of_word(it) || matches!(it, b'"' | b'\''))];
    let is_hole = |it: &Piece| matches!(it, Piece::One | Piece::Many);
    let word = words.into_iter().find(|it| pieces(it).iter().any(is_hole))?;
    (may_begin(&pieces(&word)) && word.find(START).is_none()).then_some(word)
}

fn without(text: &[u8], signs: &[u8]) -> BString {
    text.iter().copied().filter(|it| !signs.contains(it)).collect::<Vec<u8>>().into()
}

/// Whether a byte may stand in a word that is a pattern.
fn is_of_word(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !b"\"'`/\\()=,:;".contains(&byte)
}

fn is_quote(byte: u8) -> bool {
    b"\"'`".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = ".DANGEROUS_clean.py.disabled";

    fn lines(text: &str) -> Vec<(u32, String)> {
        let found = mentions(text.as_bytes()).into_iter();
        found.map(|it| (it.line, it.name.to_string())).collect()
    }

    fn only(text: &str) -> Option<String> {
        let found = lines(text);
        assert!(found.len() < 2, "{text}: {found:?}");
        found.into_iter().next().map(|(_, name)| name)
    }

    #[test]
    fn a_mention_is_found_on_its_line() {
        let text = format!("all:\n\tpython scripts/{NAME} --yes\n\techo '{NAME}';{NAME}\n");
        let found = [2, 3, 3].map(|line| (line, NAME.to_owned()));
        assert_eq!(lines(&text), found);
        assert_eq!(lines("sh .DANGEROUS_*.disabled"), [(1, ".DANGEROUS_*.disabled".to_owned())]);
        // Lines that end in a backslash are one with the next.
        let text = format!(
            "\\\na\nsh scripts/.DANGEROUS_cle\\\nan.py.dis\\\r\nabled\n{NAME} \\\n{NAME}\n"
        );
        assert_eq!(lines(&text), [3, 6, 7].map(|line| (line, NAME.to_owned())));
    }

    #[test]
    fn blanks_and_quotes_are_part_of_a_name_however_they_are_written() {
        for (text, name) in [
            ("sh '.DANGEROUS_with space.sh.disabled'", ".DANGEROUS_with space.sh.disabled"),
            (r"sh .DANGEROUS_with\ space.sh.disabled", ".DANGEROUS_with space.sh.disabled"),
            (r#"sh ".DANGEROUS_it's.sh.disabled""#, ".DANGEROUS_it's.sh.disabled"),
            (r"sh .DANGEROUS_it\'s.sh.disabled", ".DANGEROUS_it's.sh.disabled"),
            (r#"sh scripts/".DANGEROUS_"clean.sh".disabled""#, ".DANGEROUS_clean.sh.disabled"),
            ("sh '.DANGEROUS_''clean.sh'.disabled", ".DANGEROUS_clean.sh.disabled"),
        ] {
            assert_eq!(only(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn a_pattern_is_found_and_what_is_put_together_is_one() {
        for (text, name) in [
            ("for f in .DANGEROUS_*; do sh $f; done", ".DANGEROUS_*"),
            ("for f in \".DANGEROUS_\"*; do sh $f; done", ".DANGEROUS_*"),
            ("find . -name '*.disabled' -exec sh {} +", "*.disabled"),
            ("sh scripts/*\".disabled\"", "*.disabled"),
            ("sh \"$all\"*.disabled", "*.disabled"),
            ("cat scripts/.D*.sh.disabled", ".D*.sh.disabled"),
            ("cat scripts/.[D]ANGEROUS_a.disabled", ".[D]ANGEROUS_a.disabled"),
            ("sh .DANGEROUS_clean.sh.disable?", ".DANGEROUS_clean.sh.disable?"),
            ("sh .DANGEROUS_clean.sh.disable[d]", ".DANGEROUS_clean.sh.disable[d]"),
            ("sh .DANGEROUS_clean.sh.{disabled,old}", ".DANGEROUS_clean.sh.{disabled,old}"),
            ("sh .DANGEROUS_?lean.sh.*", ".DANGEROUS_?lean.sh.*"),
            ("sh .DANGEROUS_\"$n\".disabled", ".DANGEROUS_$n.disabled"),
            ("sh \".DANGEROUS_$n\"", ".DANGEROUS_$n"),
            ("sh .DANGEROUS_${n//a/b}.disabled", ".DANGEROUS_${n//a/b}.disabled"),
            ("run('.DANGEROUS_%s%s' % (n, end))", ".DANGEROUS_%s%s"),
            ("run(f'.DANGEROUS_{n}')", ".DANGEROUS_{n}"),
            ("run('scripts/.DANGEROUS_' + n + '.disabled')", ".DANGEROUS_*"),
            ("run('scripts/.DANGEROUS_'+n+'.disabled')", ".DANGEROUS_+n+.disabled"),
            ("run('scripts/.DANGEROUS_'+name())", ".DANGEROUS_*"),
            ("system('.DANGEROUS_' . $n . '.disabled');", ".DANGEROUS_*"),
            ("system('.DANGEROUS_'.$n);", ".DANGEROUS_.$n"),
            ("system('.DANGEROUS_'.$n.'x');", ".DANGEROUS_*"),
            ("os.execute('.DANGEROUS_' .. n)", ".DANGEROUS_*"),
        ] {
            let found = lines(text);
            assert!(found.contains(&(1, name.to_owned())), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_name_is_none() {
        for text in [
            ".DANGEROUS_",
            ".DANGEROUS_.disabled",
            "'.DANGEROUS_''.disabled'",
            "x.disabled",
            "name.startswith('.DANGEROUS_') and name.endswith('.disabled')",
            "START, END = '.DANGEROUS_', '.disabled'",
            "name.slice('.DANGEROUS_'.length)",
            "['.DANGEROUS_', '.old']",
            "# what is .DANGEROUS_clean?",
            "cat .DANGEROUS_*.log",
            "2*button.disabledNow",
            "button.disabled = rows * 2",
            "form.rows[0].disabled = a?.disabled",
            "x*.disabled",
        ] {
            assert_eq!(lines(text), [], "{text}");
        }
    }

    #[test]
    fn a_line_of_any_length_is_looked_at_once() {
        let long = [START, "x".repeat(1 << 20).as_bytes()].concat();
        assert_eq!(behind(&long, long.len()).len(), LONGEST);
        assert_eq!(ahead(&long, 0).len(), ROOM);
        // However many names there are on it, what is looked at for one is not looked at for the next.
        for (text, from_a_start, to_an_end) in [
            (START.repeat(100), START.len(), 0),
            ([START, b"a", END].concat().repeat(100), START.len() + 1 + END.len(), START.len() + 1),
            ([b"\"", END].concat().repeat(100), 0, 1),
        ] {
            for at in text.find_iter(START) {
                assert_eq!(ahead(&text, at).len(), from_a_start, "{at} {}", text.as_bstr());
            }
            for at in text.find_iter(END) {
                assert_eq!(behind(&text, at).len(), to_an_end, "{at} {}", text.as_bstr());
            }
        }
        // It ends once there are enough.
        for line in [format!("{NAME} "), format!("{NAME}_"), "*.disabled ".to_owned()] {
            assert_eq!(lines(&line.repeat(20_000)).len(), MOST, "{line}");
        }
        for text in [END, START, b".disabled\"", b"'.DANGEROUS_'", b"x\\\n"] {
            assert_eq!(mentions(&text.repeat(20_000)), [], "{}", text.as_bstr());
        }
        // What crowds a text out of patterns leaves the names in it.
        let text = format!("{}{NAME}\n", "*x.disabled\n".repeat(1000));
        assert_eq!(lines(&text).last(), Some(&(1001, NAME.to_owned())));
    }
}
