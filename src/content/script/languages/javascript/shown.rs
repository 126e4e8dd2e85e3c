//! What the grammar is shown in place of what it takes for something else. Places stay the same; what stands there is read from the
//! text itself.

use std::borrow::Cow;

/// Bytes of the types of a template that are looked at.
const LONGEST: usize = 300;

/// The text with blanks for the types between a tag and its template: the grammar takes ``db.$queryRaw<User[]>`SELECT 1` `` for two
/// comparisons.
pub(in crate::content::script::languages) fn as_known(text: &str) -> Cow<'_, str> {
    let mut bytes: Option<Vec<u8>> = None;
    for (end, _) in text.match_indices(">`") {
        if let Some(start) = start_of_types(text.as_bytes(), end) {
            let types = &mut bytes.get_or_insert_with(|| text.as_bytes().to_vec())[start..=end];
            // Lines stay where they are.
            types.iter_mut().filter(|it| **it != b'\n').for_each(|it| *it = b' ');
        }
    }
    match bytes.map(String::from_utf8) {
        Some(Ok(shown)) => Cow::Owned(shown),
        _ => Cow::Borrowed(text),
    }
}

/// Where the types begin that end here, on the name of a tag. Nothing but types stands between: neither functions nor statements.
fn start_of_types(text: &[u8], end: usize) -> Option<usize> {
    let (mut depth, mut braces) = (0_u32, 0_u32);
    for at in (end.saturating_sub(LONGEST)..=end).rev() {
        match text.get(at)? {
            b'>' => depth += 1,
            b'<' => depth = depth.checked_sub(1)?,
            b'}' => braces += 1,
            b'{' => braces = braces.checked_sub(1)?,
            b';' if braces > 0 => {}
            it if it.is_ascii_alphanumeric() || it.is_ascii_whitespace() => {}
            b'_' | b'$' | b'.' | b',' | b':' | b'?' | b'|' | b'&' | b'[' | b']' | b'\'' | b'"' => {}
            _ => return None,
        }
        if depth == 0 && braces == 0 {
            let before = at.checked_sub(1).and_then(|it| text.get(it))?;
            return (before.is_ascii_alphanumeric() || *before == b'_').then_some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::as_known;

    #[test]
    fn blanks_types_before_templates() {
        for (text, shown) in [
            ("a.b<T>`x`", "a.b   `x`"),
            ("sql<Array<{ a: string }>>`x`", "sql                      `x`"),
            ("sql<{\n a: string; b: 'c'\n}>`x`", "sql  \n                  \n  `x`"),
        ] {
            assert_eq!(as_known(text), shown);
        }
        for text in [
            "`<b>`",
            "a > `x`",
            "a >`x`",
            "<T>`x`",
            "x = `a` <b>`c`",
            "f<T>();\ndrop();\ng(()=>`x`)",
            "let a: X<Y>;\ng(() =>`x`)",
            "if (a<1) drop();\nconst s = b>`x`",
            "a<b; c>`x`",
            "if (a<b) { drop() }\nx>`y`",
        ] {
            assert_eq!(as_known(text), text);
        }
    }
}
