//! Waivers in the text of a file: comments that say why a finding on a line may stand.

use bstr::{ByteSlice, ByteVec};

/// What a waiver begins with.
const WORD: &[u8] = b"dataward:";

/// What follows it, before the rule.
const ALLOW: &[u8] = b"allow(";

/// The marks that begin a comment in one language or another.
const MARKS: &[&[u8]] = &[b"#", b"//", b"<!--", b"--", b";", b"/*", b"%", b"REM"];

/// What ends a comment on its own line.
const ENDS: &[&str] = &["*/", "-->"];

/// The most waivers of one file. Further ones count for nothing.
const MOST: usize = 1000;

/// Bytes of a line in which a waiver is looked for: one in a longer line would be read by nobody.
const LONGEST_LINE: usize = 4096;

/// Places of one line that are looked at: a person writes one, and may quote another before it.
const TRIED: usize = 8;

/// A waiver as written. What it is worth is for the policy to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Waiver {
    /// The line it stands on, from 1.
    pub line: u32,
    /// The line that it speaks of beside its own, where it has a line to itself: the next one that is no waiver.
    pub below: Option<u32>,
    /// The rule between its brackets, as written. Untrusted text.
    pub rule: String,
    /// Why the finding may stand; empty where it does not say. Untrusted text.
    pub reason: String,
    /// The last day it holds, as written; none is for ever.
    pub until: Option<String>,
}

/// The waivers in this text, in the order of its lines.
///
/// A waiver is `dataward: allow(RULE): REASON`, with `until YYYY-MM-DD` at its end or without. Before it on its line stand the mark of a
/// comment, and nothing else that is part of that comment. A mark counts at the start of the line and after a blank, where no
/// quote is open.
pub fn waivers(text: &[u8]) -> Vec<Waiver> {
    if text.find(WORD).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.len() <= LONGEST_LINE
            && let Some((is_alone, said)) = comment(line)
        {
            found.push((is_alone, read(said, number)));
            if found.len() == MOST {
                break;
            }
        }
    }
    // From the last one up, since a line of waivers speaks of what the one below it speaks of.
    let mut below = None;
    for (is_alone, waiver) in found.iter_mut().rev() {
        let next = waiver.line.saturating_add(1);
        waiver.below = is_alone.then(|| match below {
            Some((line, spoken_of)) if line == next => spoken_of,
            _ => next,
        });
        below = waiver.below.map(|spoken_of| (waiver.line, spoken_of));
    }
    found.into_iter().map(|(_, waiver)| waiver).collect()
}

/// What follows `dataward: allow(` in the comment of a line, and whether the comment has the line to itself.
fn comment(line: &[u8]) -> Option<(bool, &[u8])> {
    line.find_iter(WORD).take(TRIED).find_map(|at| {
        let said = line[at + WORD.len()..].trim_start().strip_prefix(ALLOW)?;
        let before = line[..at].trim_end();
        let mark = MARKS.iter().find(|it| ends_in(before, it))?;
        // `##` and `///` are marks as well.
        let last = &mark[mark.len() - 1..];
        let before = before[..before.len() - mark.len()].trim_end_with(|it| {
            mark.iter().all(|same| same == &last[0]) && u8::try_from(it) == Ok(last[0])
        });
        let is_alone = before.trim().is_empty();
        let is_parted = before.last().is_some_and(u8::is_ascii_whitespace);
        (is_alone || (is_parted && !is_quoted(before))).then_some((is_alone, said))
    })
}

fn ends_in(text: &[u8], mark: &[u8]) -> bool {
    let start = text.len().checked_sub(mark.len());
    start.is_some_and(|start| text[start..].eq_ignore_ascii_case(mark))
}

/// Whether a quote is open at the end of this text.
fn is_quoted(text: &[u8]) -> bool {
    let mut open = None;
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match (open, byte) {
            (_, b'\\') => {
                bytes.next();
            }
            (None, b'"' | b'\'' | b'`') => open = Some(byte),
            (Some(quote), byte) if quote == byte => open = None,
            _ => {}
        }
    }
    open.is_some()
}

/// Reads what follows the opening bracket.
fn read(said: &[u8], line: u32) -> Waiver {
    let said = Vec::from(said).into_string_lossy();
    let mut said = said.trim();
    for end in ENDS {
        said = said.strip_suffix(end).unwrap_or(said).trim_end();
    }
    let (rule, rest) = said.split_once(')').unwrap_or((said, ""));
    // Without a colon nothing is a reason: what follows may be anything.
    let reason = rest.trim_start().strip_prefix(':').unwrap_or_default();
    let mut words: Vec<&str> = reason.split_whitespace().collect();
    let mut until = None;
    if let [.., "until", day] = words[..]
        && day.starts_with(|it: char| it.is_ascii_digit())
    {
        until = Some(day.to_owned());
        words.truncate(words.len() - 2);
    }
    Waiver { line, below: None, rule: rule.trim().to_owned(), reason: words.join(" "), until }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAID: &str = "dataward: allow(unguarded-table-wipe): one of a kind";

    fn only(text: &str) -> Option<Waiver> {
        let found = waivers(text.as_bytes());
        assert!(found.len() < 2, "{found:?}");
        found.into_iter().next()
    }

    #[test]
    fn a_waiver_is_found_in_the_comment_of_any_language() {
        for comment in [
            format!("# {SAID}"),
            format!("#{SAID}"),
            format!("    ## {SAID}"),
            format!("// {SAID}"),
            format!("/// {SAID}"),
            format!("-- {SAID}"),
            format!("; {SAID}"),
            format!(";; {SAID}"),
            format!("/* {SAID} */"),
            format!("<!-- {SAID} -->"),
            format!("% {SAID}"),
            format!("REM {SAID}"),
            format!("rem {SAID}"),
        ] {
            for line in
                [comment.clone(), format!("clean() {comment}"), format!("x = 'a' {comment}")]
            {
                let waiver = only(&line).unwrap_or_else(|| panic!("{line}"));
                assert_eq!(waiver.rule, "unguarded-table-wipe", "{line}");
                assert_eq!(waiver.reason, "one of a kind", "{line}");
                assert_eq!(waiver.until, None, "{line}");
            }
        }
    }

    #[test]
    fn what_is_in_quotes_or_in_the_midst_of_a_comment_is_no_waiver() {
        for line in [
            SAID.to_owned(),
            format!("x = \"# {SAID}\""),
            format!("x = 'see # {SAID}'"),
            format!("x = \"\\\" # {SAID}\""),
            format!("# never write {SAID}"),
            format!("clean()# {SAID}"),
            format!("http://{SAID}"),
            "# dataward: allow unguarded-table-wipe: why".to_owned(),
            "# dataward allow(unguarded-table-wipe): why".to_owned(),
            format!("# {SAID}{}", "x".repeat(LONGEST_LINE)),
        ] {
            assert_eq!(only(&line), None, "{line}");
        }
        // A quote that is closed is none, whatever stands in it.
        assert!(only(&format!("echo \"it's\" # {SAID}")).is_some());
    }

    #[test]
    fn the_reason_and_the_last_day_are_told_apart() {
        for (said, reason, until) in [
            (": why", "why", None),
            ("  :  why \t so ", "why so", None),
            (": why until 2027-01-31", "why", Some("2027-01-31")),
            (": why until 2027-13-31", "why", Some("2027-13-31")),
            (": why until it is gone", "why until it is gone", None),
            (": kept until next week", "kept until next week", None),
            (": until 2027-01-31", "", Some("2027-01-31")),
            (":", "", None),
            ("", "", None),
            (" why", "", None),
        ] {
            let waiver = only(&format!("# dataward: allow(a){said}")).expect(said);
            assert_eq!(
                (waiver.reason.as_str(), waiver.until.as_deref()),
                (reason, until),
                "{said}"
            );
        }
        assert_eq!(only("# dataward: allow(a").expect("said").rule, "a");
        assert_eq!(only("# dataward: allow()").expect("said").rule, "");
    }

    #[test]
    fn a_waiver_speaks_of_its_own_line_or_of_the_first_one_below_that_is_none() {
        let text = format!("a\n# {SAID}\n  # {SAID}\nclean()\nclean() # {SAID}\nb\n# {SAID}");
        let spoken: Vec<_> =
            waivers(text.as_bytes()).iter().map(|it| (it.line, it.below)).collect();
        assert_eq!(spoken, [(2, Some(4)), (3, Some(4)), (5, None), (7, Some(8))]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(
            text in proptest::collection::vec(any::<u8>(), 0..400),
        ) {
            let found = waivers(&text);
            prop_assert!(found.is_sorted_by_key(|it| it.line));
        }

        #[test]
        fn what_is_written_is_read_again(
            before in "[a-z =]{0,20}",
            rule in "[a-z-]{1,30}",
            reason in "[a-zA-Z0-9,.;:'\"#/-]{1,8}( [a-zA-Z0-9,.;:'\"#-]{1,8}x){0,3}",
            day in proptest::option::of("20[0-9]{2}-[01][0-9]-[0-3][0-9]"),
            lines in 0_u32..20,
        ) {
            let until = day.as_ref().map_or_else(String::new, |it| format!(" until {it}"));
            let text = format!(
                "{}{before} # dataward: allow({rule}): {reason}{until}\n",
                "x\n".repeat(lines as usize)
            );
            let waiver = only(&text).expect("it is one");
            prop_assert_eq!(waiver.line, lines + 1);
            prop_assert_eq!(waiver.rule, rule);
            prop_assert_eq!(waiver.until, day);
            let reason = reason.strip_suffix("*/").or(reason.strip_suffix("-->")).unwrap_or(&reason);
            prop_assert_eq!(waiver.reason, reason);
        }
    }
}
