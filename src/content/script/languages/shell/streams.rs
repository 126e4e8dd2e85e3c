//! Streams that are sent where another one goes, `>&2`: nothing that is run depends on them, and the grammar takes what stands
//! behind one for more of its target, over lines.

use std::borrow::Cow;

/// The text with blanks for each `>&2` or `2>&1`: places stay the same.
pub(in crate::content::script::languages) fn without_duplicates(text: &str) -> Cow<'_, str> {
    if !text.contains(">&") {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
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
    match String::from_utf8(bytes) {
        Ok(blanked) => Cow::Owned(blanked),
        Err(_) => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::without_duplicates;

    #[test]
    fn blanks_what_sends_one_stream_to_another() {
        for (text, blanked) in [
            ("echo >&2 'a'", "echo     'a'"),
            ("a 2>&1 | b", "a      | b"),
            ("a 1>&2; b", "a     ; b"),
            ("file2>&1", "file2   "),
            ("2>&1", "    "),
        ] {
            assert_eq!(without_duplicates(text), blanked);
        }
        for text in ["a >&file", "a >&$n", "a >&2-", "a &>file", "a > b", "ä >&"] {
            assert_eq!(without_duplicates(text), text);
        }
    }
}
