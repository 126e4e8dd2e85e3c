//! Texts as languages write them: escapes, and places that are filled in.

use std::rc::Rc;

use crate::content::script::syntax::{Expression, Form, Part, Shared};

/// A text without its backslashes. What an unusual escape stands for does not matter here.
pub(in crate::content::script) fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => plain.push('\n'),
            Some('t') => plain.push('\t'),
            Some('r') => plain.push('\r'),
            Some('\n') | None => {}
            Some(other) => plain.push(other),
        }
    }
    plain
}

/// Fills `{}`, `{0}` and `{name}` in a text.
pub(super) fn braces(text: &Expression, values: &[(Option<String>, Shared)]) -> Vec<Part> {
    let mut next = 0;
    fill(text, |plain| {
        let open = plain.find('{')?;
        let close = open + plain.get(open..)?.find('}')?;
        let name = plain.get(open + 1..close)?.split([':', '!', '.', '[']).next()?;
        let at = match name.parse::<usize>() {
            Ok(n) => n,
            Err(_) if name.is_empty() => {
                next += 1;
                next - 1
            }
            Err(_) => {
                values.iter().position(|(it, _)| it.as_deref() == Some(name)).unwrap_or(usize::MAX)
            }
        };
        Some((open, close + 1, values.get(at).map(|(_, value)| Rc::clone(value))))
    })
}

/// Fills `%s`, `%d` and `%(name)s` in a text.
pub(in crate::content::script) fn percents(text: &Expression, values: &[Shared]) -> Vec<Part> {
    let mut next = 0;
    fill(text, |plain| {
        let mut from = 0;
        loop {
            let at = from + plain.get(from..)?.find('%')?;
            let rest = plain.get(at + 1..)?;
            let name = rest.strip_prefix('(').and_then(|it| it.find(')')).map_or(0, |n| n + 2);
            match rest.get(name..)?.chars().next()? {
                c if c.is_ascii_alphabetic() => {
                    let value = values.get(next).map(Rc::clone);
                    next += 1;
                    return Some((at, at + 1 + name + c.len_utf8(), value));
                }
                c => from = at + 1 + name + c.len_utf8(),
            }
        }
    })
}

/// Cuts the plain parts of a text at places: where one begins and ends, and what fills it.
fn fill(
    text: &Expression,
    mut place: impl FnMut(&str) -> Option<(usize, usize, Option<Shared>)>,
) -> Vec<Part> {
    let mut parts = Vec::new();
    for (plain, line, is_spread) in plain(text) {
        let (mut rest, mut line) = (plain.as_str(), line);
        while let Some((from, to, value)) = place(rest) {
            let (Some(before), Some(behind)) = (rest.get(..from), rest.get(to..)) else { break };
            parts.push(Part::Plain { text: before.to_owned(), line, is_spread });
            if is_spread {
                line += u32::try_from(before.matches('\n').count()).unwrap_or(0);
            }
            parts.push(Part::Hole(value.unwrap_or_else(|| Expression::new(line, Form::Nothing))));
            rest = behind;
        }
        parts.push(Part::Plain { text: rest.to_owned(), line, is_spread });
    }
    parts
}

/// The plain parts of a text.
fn plain(text: &Expression) -> Vec<(String, u32, bool)> {
    match &text.form {
        Form::Text(parts) => parts
            .iter()
            .filter_map(|part| match part {
                Part::Plain { text, line, is_spread } => Some((text.clone(), *line, *is_spread)),
                Part::Hole(_) => None,
            })
            .collect(),
        Form::Join(all) => all.iter().flat_map(|it| plain(it)).collect(),
        _ => Vec::new(),
    }
}
