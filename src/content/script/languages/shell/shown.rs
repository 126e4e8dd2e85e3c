//! What the grammar is shown in place of what it takes for something else. Places stay the same; what stands there is read from the
//! text itself.

use std::borrow::Cow;

/// The text as the grammar knows to read it.
pub(in crate::content::script::languages) fn as_known(text: &str) -> Cow<'_, str> {
    if ![">&", " ]", "\t]", "$", "<<"].iter().any(|it| text.contains(it)) {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    blank_duplicates(text, &mut bytes);
    end_tests(text, &mut bytes);
    name_ends_of_options(text, &mut bytes);
    name_arguments(text, &mut bytes);
    hide_notes(text, &mut bytes);
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Blanks each `>&2` or `2>&1`: nothing that is run depends on them, and the grammar takes what stands behind one for more of its target,
/// over lines.
fn blank_duplicates(text: &str, bytes: &mut [u8]) {
    for (at, _) in text.match_indices(">&") {
        let is_number = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let ends = bytes.get(at + 3).is_none_or(|it| !it.is_ascii_alphanumeric() && *it != b'-');
        if !is_number(at + 2) || !ends {
            continue;
        }
        // `cmd 2>&1`, and not `file2>&1`.
        let is_apart =
            |at: usize| at.checked_sub(1).is_none_or(|it| b" \t\n;(){}".contains(&bytes[it]));
        let start = at.checked_sub(1).filter(|it| is_number(*it) && is_apart(*it)).unwrap_or(at);
        bytes[start..at + 3].fill(b' ');
    }
}

/// Bytes of a test on one line that are looked at.
const LONGEST_TEST: usize = 2_000;

/// Puts `];` in place of a blank and the `]` of a test at the end of a line: the grammar looks for the end of a test in the tests
/// behind it, and takes all that stands between for words of this one where something is redirected there.
fn end_tests(text: &str, bytes: &mut [u8]) {
    for (at, _) in text.match_indices(']') {
        let is_apart = at.checked_sub(1).is_some_and(|it| matches!(bytes[it], b' ' | b'\t'));
        let behind = &text[at + 1..];
        let rest = behind.trim_start_matches([' ', '\t', '\r']);
        let is_last = rest.starts_with('\n') || rest.starts_with('#') && rest.len() < behind.len();
        if !is_apart || !is_last {
            continue;
        }
        let line = line_before(text, at);
        let begins = line.trim_start().starts_with("[ ") || line.contains(" [ ");
        if begins && !line.contains("<<") {
            bytes[at - 1..=at].copy_from_slice(b"];");
        }
    }
}

/// Puts a letter in place of a bare `-` or `--` in a test, as in `[ "$1" = -- ]`: the grammar takes it for a sign of arithmetic, and all
/// that follows for what it counts.
fn name_ends_of_options(text: &str, bytes: &mut [u8]) {
    for sign in [" - ", " -- "] {
        for (at, _) in text.match_indices(sign) {
            let before = line_before(text, at);
            let behind = text.as_bytes()[at + sign.len()..].trim_ascii_start();
            let ends = |all: &[&str]| all.iter().any(|it| behind.starts_with(it.as_bytes()));
            let is_compared = before.ends_with('=') && ends(&["]", "-o ", "-a ", "&&", "||"])
                || ends(&["= ", "== ", "!= "]);
            if is_compared && before.contains('[') {
                bytes[at + 1..at + sign.len() - 1].fill(b'a');
            }
        }
    }
}

/// The line before a place, no more than so much of it as a test has.
fn line_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(LONGEST_TEST);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..at].rsplit('\n').next().unwrap_or_default()
}

/// Puts a letter in place of the number of an argument: the grammar takes `$DIR/$1` for two words, the second of which is `1`.
fn name_arguments(text: &str, bytes: &mut [u8]) {
    let of = text.as_bytes();
    for (at, _) in text.match_indices('$') {
        let is_plain = at.checked_sub(1).is_none_or(|it| of[it] != b'\\');
        let is_number = matches!(of.get(at + 1), Some(b'1'..=b'9'));
        let ends = of.get(at + 2).is_none_or(|it| !it.is_ascii_alphanumeric() && *it != b'_');
        if is_plain && is_number && ends {
            bytes[at + 1] = b'a';
        }
    }
}

/// Here-documents without a command whose ends are looked for.
const NOTES: usize = 100;

/// Puts a comment in place of a here-document that no command reads, as notes are kept: the grammar takes what follows for commands.
fn hide_notes(text: &str, bytes: &mut [u8]) {
    let mut lines = text.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line.trim_end_matches(['\n', '\r'])))
    });
    let mut left = NOTES;
    let mut before = "";
    while let Some((start, line)) = lines.next() {
        // What goes on from the line before is that of its command.
        let goes_on = std::mem::replace(&mut before, line).trim_end().ends_with(['\\', '|', '&']);
        if goes_on {
            continue;
        }
        let Some(end) = line.trim_start().strip_prefix("<<").and_then(end_of_notes) else {
            continue;
        };
        if left == 0 {
            return;
        }
        left -= 1;
        let mut rest = lines.clone();
        let Some((last, ended)) = rest.find(|(_, it)| it.trim_start_matches('\t') == end) else {
            continue;
        };
        for byte in bytes[start..last + ended.len()].iter_mut().filter(|it| **it != b'\n') {
            *byte = b'#';
        }
        lines = rest;
    }
}

/// The line that ends a here-document of which this stands alone behind `<<`.
fn end_of_notes(begin: &str) -> Option<&str> {
    let word = begin.strip_prefix('-').unwrap_or(begin).trim().trim_matches(['\'', '"']);
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == '_';
    (!word.is_empty() && word.chars().all(is_word)).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::as_known;

    #[test]
    fn shows_streams_as_blanks_and_where_tests_end() {
        for (text, shown) in [
            ("echo >&2 'a'", "echo     'a'"),
            ("a 2>&1 | b", "a      | b"),
            ("a 1>&2; b", "a     ; b"),
            ("file2>&1", "file2   "),
            ("2>&1", "    "),
            ("rm $A/$1 $2\n", "rm $A/$a $a\n"),
            ("if [ a ]\nthen\n", "if [ a];\nthen\n"),
            ("<<N\nrm é\n\nN\nrm a\n", "###\n#####\n\n#\nrm a\n"),
            ("<<-'N'\n\trm\n\tN\n", "######\n###\n##\n"),
            ("[ $x = -- ] && rm a", "[ $x = aa ] && rm a"),
            ("[[ -- == $x ]] && rm a", "[[ aa == $x ]] && rm a"),
            ("[ a = b -o $x = - ]; rm a", "[ a = b -o $x = a ]; rm a"),
            ("while [ a ] \n\n\tdo\n", "while [ a]; \n\n\tdo\n"),
        ] {
            assert_eq!(as_known(text), shown);
        }
        for text in [
            "a >&file",
            "a >&$n",
            "a >&2-",
            "a &>file",
            "a > b",
            "git checkout -- a",
            "a=[ -- ]",
            "ä >&",
            "$10",
            "\\$1",
            "$0",
            "a=[ ] b",
            "cat <<N\na\nN\n",
            "<<N cat\na\nN\n",
            "<<N\na\n",
            "a <<\nN\n",
            "psql \\\n<<N\na\nN\n",
        ] {
            assert_eq!(as_known(text), text);
        }
    }
}
