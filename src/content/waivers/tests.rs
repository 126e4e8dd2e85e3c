//! What is a waiver, and what is none.

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
        format!("/** {SAID} */"),
        format!("<# {SAID} #>"),
        format!("<!-- {SAID} -->"),
        format!("% {SAID}"),
        format!("REM {SAID}"),
        format!("rem {SAID}"),
    ] {
        for line in [comment.clone(), format!("clean() {comment}"), format!("x = 'a' {comment}")] {
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
        "# dataward allows unguarded-table-wipe".to_owned(),
        "# dataward: allow the drop-in file".to_owned(),
        format!("* {SAID}"),
        format!("/* a */\n * {SAID}"),
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
        (": why until 2027-01-31 (see #12)", "why (see #12)", Some("2027-01-31")),
        (": why until: 2027-01-31", "why", Some("2027-01-31")),
        (": why (until 2027-01-31)", "why", Some("2027-01-31")),
        (": why, Until 2027-01-31.", "why,", Some("2027-01-31")),
        (": why UNTIL  2027-01-31, then not", "why then not", Some("2027-01-31")),
        (": until 2027-01-31: why", "why", Some("2027-01-31")),
        (": why till 2027-01-31", "why", Some("2027-01-31")),
        (": why until 2027-01-31T00:00", "why", Some("2027-01-31T00:00")),
        (": why until 01.01.2099", "why", Some("01.01.2099")),
        (": why until tomorrow", "why until tomorrow", Some("tomorrow")),
        (": why until", "why until", Some("")),
        (": kept until it is gone until 2027-01-31", "kept until it is gone", Some("2027-01-31")),
        (": a until 2028-01-01 or until 2027-01-01", "a or", Some("2027-01-01")),
        (": a until 2028-01-01 or until 2027-31-31", "a or", Some("2027-31-31")),
        (": run-until-done, wait_until", "run-until-done, wait_until", None),
        (": until 2027-01-31", "", Some("2027-01-31")),
        (":", "", None),
        ("", "", None),
        (" why", "", None),
    ] {
        let waiver = only(&format!("# dataward: allow(a){said}")).expect(said);
        assert_eq!((waiver.reason.as_str(), waiver.until.as_deref()), (reason, until), "{said}");
    }
    assert_eq!(only("# dataward: allow(a").expect("said").rule, "a");
    assert_eq!(only("# dataward: allow()").expect("said").rule, "");
}

#[test]
fn a_waiver_speaks_of_its_own_line_or_of_the_first_one_below_that_is_none() {
    let text = format!("a\n# {SAID}\n  # {SAID}\nclean()\nclean() # {SAID}\nb\n# {SAID}");
    let spoken: Vec<_> =
        waivers(text.as_bytes()).iter().map(|it| (it.line, it.from, it.to)).collect();
    assert_eq!(spoken, [(2, 4, 4), (3, 4, 4), (5, 5, 5), (7, 8, 8)]);
}

#[test]
fn what_a_waiver_is_parted_from_is_known() {
    let parted = |text: &str| waivers(text.as_bytes())[0].parted_from;
    for (text, from) in [
        (format!("# {SAID}\n# and more\nclean()"), Some(3)),
        (format!("# {SAID}\n# {SAID}\n  # and more\n\nclean()"), Some(5)),
        (format!("# {SAID}\n\nclean()"), Some(3)),
        (format!("/* {SAID} */\n// and more\nclean()"), Some(3)),
        (format!("rem {SAID}\nREM and more\nclean"), Some(3)),
        (format!("# {SAID}\nclean()\n# more\nclean()"), None),
        (format!("clean() # {SAID}\n# more\nclean()"), None),
        (format!("# {SAID}\n# more\n"), None),
        (format!("# {SAID}\n{}clean()", "# more\n".repeat(LINES + 1)), Some(LINES as u32 + 2)),
    ] {
        assert_eq!(parted(&text), from, "{text}");
    }
}

#[test]
fn a_comment_over_several_lines_speaks_of_what_is_below_all_of_it() {
    for (text, from) in [
        (format!("/**\n * {SAID}\n */\nclean()"), 4),
        (format!("/*\n * {SAID}\n * more\n */ clean()"), 4),
        (format!("/* {SAID}\n   more */\nclean()"), 3),
        (format!("<# {SAID}\nmore #>\nclean"), 3),
        (format!("/**\n * {SAID}\n */\n// {}\nclean()", SAID.replace("table", "file")), 5),
    ] {
        let waiver = waivers(text.as_bytes()).swap_remove(0);
        assert_eq!((waiver.from, waiver.reason.as_str()), (from, "one of a kind"), "{text}");
    }
    // One that does not end speaks of nothing.
    assert!(waivers(format!("/* {SAID}\nclean()").as_bytes()).is_empty());
}

#[test]
fn a_comment_before_code_speaks_of_its_own_line_alone() {
    for comment in [format!("/* {SAID} */"), format!("<!-- {SAID} -->"), format!("<# {SAID} #>")] {
        let waiver = only(&format!("{comment} clean();\nclean();")).expect("it is one");
        assert_eq!((waiver.from, waiver.to), (1, 1), "{comment}");
        assert_eq!(waiver.reason, "one of a kind");
    }
}

#[test]
fn a_line_that_goes_on_is_one_with_the_next() {
    let lines = "sudo \\\n  dropdb \\\n  shop";
    let of = |text: &str| only(text).map(|it| (it.from, it.to));
    assert_eq!(of(&format!("# {SAID}\n{lines}\nb")), Some((2, 4)));
    assert_eq!(of(&format!("a\n{lines} # {SAID}\nb")), Some((2, 4)));
    // A path of Windows.
    assert_eq!(of(&format!("# {SAID}\nrd C:\\data\\\nb")), Some((2, 2)));
}

#[test]
fn what_is_written_almost_so_is_told() {
    for (line, is_told) in [
        ("# dataward: allow unguarded-table-wipe: why", true),
        ("# dataward allow(unguarded-table-wipe): why", true),
        ("# Dataward: allow(unguarded-table-wipe): why", true),
        ("// DATAWARD: ALLOW(unguarded-table-wipe): why", true),
        ("# dataward: allow[unguarded-table-wipe]: why", true),
        ("# dataward: allow(unguarded-table-wipe): why", false),
    ] {
        let waiver = only(line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(waiver.rule, "unguarded-table-wipe", "{line}");
        assert_eq!(waiver.is_misspelt, is_told, "{line}");
    }
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
        reason in "[a-zA-Z0-9][a-zA-Z0-9,.;:'\"#/-]{0,8}( [a-zA-Z0-9,.;:'\"#-]{1,8}x){0,3}",
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
