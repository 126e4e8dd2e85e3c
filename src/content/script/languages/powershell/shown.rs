//! What the grammar of PowerShell is shown in place of what it does not know: `$root\uploads` and `name="value"` as words, `./wipe.ps1`,
//! `??`, sizes, workflows, and statements right behind `param()`.

use std::borrow::Cow;

/// The text as it is typed on a keyboard: PowerShell takes the quotes and dashes that word processors make of it for the plain ones.
pub(in crate::content::script::languages) fn as_typed(text: &str) -> Cow<'_, str> {
    let plain = |it: char| match it {
        '\u{2018}'..='\u{201b}' => '\'',
        '\u{201c}'..='\u{201e}' => '"',
        '\u{2013}'..='\u{2015}' => '-',
        it => it,
    };
    match text.chars().all(|it| it == plain(it)) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().map(plain).collect()),
    }
}

/// The text with letters in place of the variables that such paths begin with: each is one word to the grammar; and `-or` in place
/// of `??`. Places stay the same; what stands there is read from the text itself.
pub(in crate::content::script::languages) fn as_known(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut masked: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'\'' => after(text, at + 1, "'"),
            b'@' if next_is(bytes, at, b'"') => after(text, at + 2, "\n\"@"),
            b'@' if next_is(bytes, at, b'\'') => after(text, at + 2, "\n'@"),
            b'"' => after_quotes(bytes, at + 1),
            b'<' if next_is(bytes, at, b'#') => after(text, at + 2, "#>"),
            b'#' if is_apart(bytes, at) => after(text, at, "\n"),
            b'`' => at + 2,
            // `$name ?? 'dev'`, as `-or`.
            b'?' if next_is(bytes, at, b'?') && at > 0 && bytes[at - 1] == b' ' => {
                let masked = masked.get_or_insert_with(|| bytes.to_vec());
                masked[at - 1..at + 2].copy_from_slice(b"-or");
                at + 2
            }
            // `{ param($name) dropdb $name }`, as `param($name);`.
            b'p' | b'P' => {
                if let Some(end) = parameters(bytes, at) {
                    masked.get_or_insert_with(|| bytes.to_vec())[end] = b';';
                }
                at + 1
            }
            // `$all.ForEach({ ... })`, as any other method.
            b'.' if is_method_for_each(bytes, at) => {
                masked.get_or_insert_with(|| bytes.to_vec())[at + 1..at + 8]
                    .copy_from_slice(b"eachOne");
                at + 8
            }
            // `./wipe.ps1 -Force`, as `.\wipe.ps1`.
            b'.' if next_is(bytes, at, b'/') && begins_statement(bytes, at) => {
                masked.get_or_insert_with(|| bytes.to_vec())[at + 1] = b'\\';
                at + 2
            }
            // `workflow Clear-All { ... }`, as a function.
            b'w' | b'W' if begins_workflow(text, at) => {
                masked.get_or_insert_with(|| bytes.to_vec())[at..at + WORKFLOW.len()]
                    .copy_from_slice(b"function");
                at + WORKFLOW.len()
            }
            // `/ 1KB`, as a number without a unit.
            b'0'..=b'9' => match size(bytes, at) {
                Some(end) => {
                    masked.get_or_insert_with(|| bytes.to_vec())[end - 2..end].fill(b'0');
                    end
                }
                None => at + 1,
            },
            // `jsonpath="{.items}"` is one word.
            b'=' => match value(text, at) {
                Some(end) => {
                    masked.get_or_insert_with(|| bytes.to_vec())[at..end].fill(b'a');
                    end
                }
                None => at + 1,
            },
            b'$' if is_argument(bytes, at) => match variable(bytes, at) {
                Some(end) if begins_path(bytes, end) => {
                    let masked = masked.get_or_insert_with(|| bytes.to_vec());
                    for it in
                        masked[at..end].iter_mut().filter(|it| it.is_ascii() && !is_of_word(**it))
                    {
                        *it = b'a';
                    }
                    end
                }
                Some(end) => end,
                None => at + 1,
            },
            _ => at + 1,
        };
    }
    match masked.map(String::from_utf8) {
        Some(Ok(masked)) => Cow::Owned(masked),
        _ => Cow::Borrowed(text),
    }
}

/// The longest variable in braces that is looked for.
const LONGEST: usize = 300;

/// Bytes of parameters that are looked through.
const PARAMETERS: usize = 4_000;

fn next_is(bytes: &[u8], at: usize, sign: u8) -> bool {
    bytes.get(at + 1) == Some(&sign)
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':'
}

/// Whether the method that is called like the word for a loop stands behind this point.
fn is_method_for_each(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1..at + 9).is_some_and(|it| it.eq_ignore_ascii_case(b"foreach("))
}

/// Whether a statement may begin at this place.
fn begins_statement(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].iter().rev().find(|it| !matches!(it, b' ' | b'\t'));
    before.is_none_or(|it| b"\n\r;{}|(=".contains(it))
}

/// Whether nothing stands right before a place that belongs to the same word.
fn is_apart(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|it| b" \t\n\r(,;{|&".contains(&bytes[it]))
}

/// The place behind the next of these marks.
fn after(text: &str, from: usize, mark: &str) -> usize {
    text.get(from..).and_then(|it| it.find(mark)).map_or(text.len(), |it| from + it + mark.len())
}

/// The place behind the quotes that close, where a backtick takes one away.
fn after_quotes(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        match bytes.get(at) {
            None => return at,
            Some(b'"') => return at + 1,
            Some(b'`') => at += 2,
            Some(_) => at += 1,
        }
    }
}

/// The blank behind the parameters of a function, where its first statement stands on the same line.
fn parameters(bytes: &[u8], at: usize) -> Option<usize> {
    let word = bytes.get(at..at + 5)?;
    let is_of_other = |it: u8| is_of_word(it) || matches!(it, b'-' | b'$' | b'.');
    let is_apart = at.checked_sub(1).is_none_or(|it| !is_of_other(bytes[it]));
    if !is_apart || !word.eq_ignore_ascii_case(b"param") {
        return None;
    }
    let rest = bytes.get(at + 5..)?;
    let open = rest.iter().position(|it| !matches!(it, b' ' | b'\t'))?;
    let mut depth = 0_usize;
    let close = rest.iter().take(PARAMETERS).skip(open).position(|it| {
        match it {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })?;
    let end = at + 5 + open + close + 1;
    let behind = bytes.get(end..)?.iter().find(|it| !matches!(it, b' ' | b'\t'))?;
    let is_blank = matches!(bytes.get(end), Some(b' ' | b'\t'));
    (close > 0 && is_blank && !b"\r\n;}#".contains(behind)).then_some(end)
}

/// What a workflow begins with.
const WORKFLOW: &[u8] = b"workflow";

/// Whether a text is that of a workflow.
pub(super) fn is_workflow(text: &str) -> bool {
    let word = text.as_bytes().get(..WORKFLOW.len());
    let is_word = word.is_some_and(|it| it.eq_ignore_ascii_case(WORKFLOW));
    is_word && text[WORKFLOW.len()..].starts_with(' ')
}

/// Whether a line begins with a workflow.
fn begins_workflow(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|it| it == '\n') && is_workflow(&text[at..])
}

/// The end of a number with a unit of size.
fn size(bytes: &[u8], at: usize) -> Option<usize> {
    if at.checked_sub(1).is_some_and(|it| is_of_word(bytes[it])) {
        return None;
    }
    let digits = bytes[at..].iter().take_while(|it| it.is_ascii_digit()).count();
    let end = at + digits + 2;
    let [unit, b'B' | b'b'] = bytes.get(end - 2..end)? else { return None };
    let is_unit = b"KMGTP".contains(&unit.to_ascii_uppercase());
    (is_unit && !bytes.get(end).is_some_and(|it| is_of_word(*it))).then_some(end)
}

/// The end of a variable: `$root`, `$env:DATA`, `$it.Name`, `${root}`, `$(Get-Root)`.
fn variable(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at + 1..)?;
    let close = match rest.first()? {
        b'{' => Some(b'}'),
        b'(' => Some(b')'),
        _ => None,
    };
    let length = match close {
        Some(close) => {
            let end = rest.iter().take(LONGEST).position(|it| *it == close)?;
            let inner = &rest[1..end];
            if inner.iter().any(|it| b"\n({\"'".contains(it)) {
                return None;
            }
            end + 1
        }
        None => rest.iter().take_while(|it| is_of_word(**it) || **it == b'.').count(),
    };
    (length > 0).then_some(at + 1 + length)
}

/// Whether what stands here is handed to a command: a word or a value stands before it on its line.
fn is_argument(bytes: &[u8], at: usize) -> bool {
    let before = &bytes[..at];
    let blanks = before.iter().rev().take_while(|it| matches!(it, b' ' | b'\t')).count();
    let is_word = |it: &u8| it.is_ascii_alphanumeric() || b"\"')*_".contains(it) || *it >= 0x80;
    match before.len().checked_sub(blanks + 1).map(|it| &before[it]) {
        Some(b',') => true,
        Some(it) => blanks > 0 && is_word(it),
        None => false,
    }
}

/// The end of what is set by a word that is handed to a command, where that is in quotes or braces: `jsonpath={.items}`.
fn value(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let word = bytes[..at].iter().rev().take_while(|it| is_of_word(**it) || **it == b'-').count();
    if word == 0 || !is_argument(bytes, at - word) {
        return None;
    }
    let end = match bytes.get(at + 1)? {
        b'"' => after_quotes(bytes, at + 2),
        b'\'' => after(text, at + 2, "'"),
        b'{' => at + bytes[at..].iter().position(|it| it.is_ascii_whitespace() || *it == b'|')?,
        _ => return None,
    };
    // A text over several lines is none that is handed over so, and holes are read from texts.
    let inner = text.get(at..end).filter(|it| it.is_ascii() && !it.contains(['\n', '$']));
    inner.is_some().then_some(end)
}

/// Whether what stands behind a variable goes on with a path; a slash before a number divides.
fn begins_path(bytes: &[u8], end: usize) -> bool {
    let is_name = |it: &u8| it.is_ascii_alphabetic() || matches!(it, b'*' | b'.' | b'_');
    match bytes.get(end) {
        Some(b'\\') => true,
        Some(b'/') => bytes.get(end + 1).is_some_and(is_name),
        _ => false,
    }
}

/// The variable that a word begins with, and what comes behind it.
pub(super) fn split(word: &str) -> Option<(&str, &str)> {
    let end = word.starts_with('$').then(|| variable(word.as_bytes(), 0)).flatten()?;
    word.split_at_checked(end)
}

#[cfg(test)]
mod tests {
    use super::as_known;

    #[test]
    fn variables_that_begin_paths_are_words() {
        for (text, masked) in [
            ("rm $root\\a -r", "rm aroot\\a -r"),
            ("rm -Path $env:DATA/a", "rm -Path aenv:DATA/a"),
            ("rm ${root}\\a", "rm aaroota\\a"),
            ("rm $it.Name\\a", "rm aitaName\\a"),
            ("rm $a\\b,$c\\d", "rm aa\\b,ac\\d"),
            ("rm $(Get-Root)\\a", "rm aaGetaRoota\\a"),
            ("rm 'a' $b/*", "rm 'a' ab/*"),
            ("$a = $b ?? 'c'", "$a = $b-or 'c'"),
            ("{ param([int]$a) b $a }", "{ param([int]$a);b $a }"),
            ("get -o jsonpath=\"{.a}\" b", "get -o jsonpathaaaaaaa b"),
            ("get -o jsonpath={.a[0]} b", "get -o jsonpathaaaaaaaa b"),
            ("$a / 1KB + 20mb", "$a / 100 + 2000"),
            ("workflow A { b }", "function A { b }"),
        ] {
            assert_eq!(as_known(text), masked);
        }
        for text in [
            "$a=\"b\"",
            "@{ a=\"b\"; c='d' }",
            "a b=\"$c\"",
            "[string]$a='b'",
            "$a / $b",
            "$r = $a/2",
            "rm $root",
            "\"$root\\a\"",
            "'$root\\a'",
            "# $root\\a",
            "<# $a\\b #>",
            "@\"\n$a\\b\n\"@",
            "`$root\\a",
            "$a1KB 2KBs c1MB",
            "a workflow b",
            "$",
            "$(",
            "\"",
            "@'",
            "ä $é",
        ] {
            assert_eq!(as_known(text), text);
        }
    }
}
