//! What a registry is read as, and how it is written.

use proptest::prelude::*;

use super::*;

fn some(file: &str) -> Row {
    Row {
        file: quarantine::put_away(file.into()),
        was: file.into(),
        operation: "delete from users".to_owned(),
        scope: "table".to_owned(),
        why: "it deleted all customers".to_owned(),
        alternative: String::new(),
        sha256: "0".repeat(64),
        since: "2026-11-25".to_owned(),
        line: 0,
    }
}

#[test]
fn a_row_is_added_at_the_end_of_the_table_and_all_else_stays() {
    let one = with_row("", &some("a.sh"));
    assert!(one.starts_with(HEAD), "{one}");
    let text = format!("{one}\nWritten by people.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
    let two = with_row(&text, &some("b.sh"));
    let registry = Registry::read(two.as_bytes());
    let was: Vec<_> = registry.rows.iter().map(|it| it.was.to_string()).collect();
    assert_eq!((was, registry.faults), (vec!["a.sh".to_owned(), "b.sh".to_owned()], vec![]));
    assert!(two.ends_with("|\n\nWritten by people.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"));
    // A page without our table keeps what it has, and a last line without an end is no part of a row.
    let page = with_row("# Ours", &some("a.sh"));
    assert!(page.starts_with("# Ours\n\n| file |"), "{page}");
    let cut = with_row(one.trim_end(), &some("b.sh"));
    assert_eq!(Registry::read(cut.as_bytes()).rows.len(), 2, "{cut}");
}

#[test]
fn what_is_no_row_is_said_with_its_line() {
    let good = with_row("", &some("a.sh"));
    let last = good.lines().last().expect("a row");
    for (line, fault) in [
        ("| x |".to_owned(), "the line has not eight cells"),
        (last.replace("`.DANGEROUS_a.sh.disabled`", "a.sh"), "the file is no path in backquotes"),
        (
            last.replace(".DANGEROUS_a.sh.disabled", "../.DANGEROUS_a.sh.disabled"),
            "the file is no path from the top of the repository",
        ),
        (
            last.replace(".DANGEROUS_a.sh.disabled", "a.sh"),
            "the file has not the name of one that was put away",
        ),
        (last.replace(&"0".repeat(64), "0"), "the digest is no SHA-256 in 64 hex digits"),
        (last.to_owned(), "the file has two rows"),
        (
            format!("\n{last}"),
            "the row is not in the table: take out what stands between, also a blank line, or the blanks before it",
        ),
        (">>>>>>> other".to_owned(), "the conflict of a merge is not resolved"),
    ] {
        let text = format!("{good}{line}\n");
        let registry = Registry::read(text.as_bytes());
        let number = u32::try_from(text.lines().count()).expect("few");
        assert_eq!(registry.faults, [(number, fault)], "{text}");
        assert_eq!(registry.rows.len(), 1);
    }
}

#[test]
fn only_what_people_see_is_the_table() {
    let good = with_row("", &some("a.sh"));
    let hidden = "the row is in a comment or in a block of code, so that nobody sees it";
    for (before, after) in [
        ("<!--\n", "-->\n"),
        ("  <!-- so\n", "and so --> on\n"),
        ("```\n", "```\n"),
        ("````md\n```\n", "````\n"),
        (" ~~~ `\n", "~~~~ \n"),
        ("<!--\n", ""),
    ] {
        let text = format!("{before}{good}{after}");
        let registry = Registry::read(text.as_bytes());
        let number = 8 + u32::try_from(before.lines().count()).expect("few");
        assert_eq!((registry.rows, registry.faults), (vec![], vec![(number, hidden)]), "{text}");
        // A new row goes where it is seen, where there is such a place.
        let more = Registry::read(with_row(&text, &some("b.sh")).as_bytes());
        assert_eq!(more.rows.len(), usize::from(!after.is_empty()), "{text}");
    }
    for before in ["<!-- so -->\n", "<!-->\n", "``` a ` b\n", "``\n", "    <!--\n", "a <!--\n"] {
        let registry = Registry::read(format!("{before}{good}").as_bytes());
        assert_eq!((registry.rows.len(), registry.faults), (1, vec![]), "{before}");
    }
}

#[test]
fn a_table_may_be_written_as_markdown_allows() {
    let good = with_row("", &some("a.sh"));
    for text in [
        good.replace("| file | was |", "| File | Was |"),
        good.replace("\n| `", "\n   | `"),
        good.replace("\n|", "\n  |"),
    ] {
        let registry = Registry::read(text.as_bytes());
        assert_eq!((registry.rows.len(), registry.faults), (1, vec![]), "{text}");
        assert_eq!(Registry::read(with_row(&text, &some("b.sh")).as_bytes()).rows.len(), 2);
    }
    let far = Registry::read(good.replace("\n| `", "\n    | `").as_bytes());
    assert!(matches!(far.faults[..], [(8, fault)] if fault.contains("or the blanks before it")));
    let none = "the row is in no table: no line above it has the heads of the columns";
    for text in
        [good.replace("| file | was |", "| file | where |"), good.replace("| file | was |", "")]
    {
        assert_eq!(Registry::read(text.as_bytes()).faults, [(8, none)], "{text}");
    }
    let row = good.lines().last().expect("a row");
    let above = Registry::read(format!("{row}\n{}", with_row("", &some("b.sh"))).as_bytes());
    assert_eq!((above.rows.len(), above.faults), (1, vec![(1, none)]));
}

#[test]
fn what_is_wrong_in_a_row_is_said_and_the_row_counts() {
    let good = with_row("", &some("scripts/a.sh"));
    assert_eq!(Registry::read(good.as_bytes()).faults, []);
    let moved = good.replace("`scripts/a.sh`", "`tools/a.sh`");
    assert_eq!(Registry::read(moved.as_bytes()).faults, []);
    let was = "the former path is not that of the file";
    let since = "the last cell is no date such as 2026-11-25";
    for (old, new, fault) in [
        ("`scripts/a.sh`", "`scripts/b.sh`", was),
        ("`scripts/a.sh`", "`../a.sh`", was),
        ("it deleted all customers", "", "it does not say why"),
        ("2026-11-25", "yesterday", since),
        ("2026-11-25", "2026-02-29", since),
        ("2026-11-25", "", since),
    ] {
        let text = good.replace(old, new);
        let registry = Registry::read(text.as_bytes());
        assert_eq!(registry.faults, [(8, fault)], "{text}");
        assert_eq!(registry.rows.len(), 1);
    }
}

#[test]
fn a_row_ends_as_the_lines_do_that_are_there() {
    let one = with_row("", &some("a.sh"));
    for text in [one.clone(), format!("{one}\nBelow.\n"), "# Ours\n".to_owned()] {
        let two = with_row(&text.replace('\n', "\r\n"), &some("b.sh"));
        assert_eq!(two, with_row(&text, &some("b.sh")).replace('\n', "\r\n"));
        let registry = Registry::read(two.as_bytes());
        assert!(registry.row(b".DANGEROUS_b.sh.disabled".as_bstr()).is_some(), "{two}");
    }
}

#[test]
fn line_ends_do_not_count_for_the_digest() {
    assert_eq!(digest(b"a\r\nb\r\n"), digest(b"a\nb\n"));
    assert_ne!(digest(b"a\nb"), digest(b"a\nb\n"));
}

proptest! {
    #[test]
    fn any_row_is_read_as_it_was_written(
        name in proptest::collection::vec(1_u8..=255, 1..20),
        texts in proptest::collection::vec("[ -~\u{e4}]{0,20}", 4),
    ) {
        let name: Vec<u8> = name.into_iter().filter(|it| *it != b'/').collect();
        prop_assume!(!name.is_empty());
        let mut texts = texts.iter().map(|it| line(it.trim()));
        let mut text = || texts.next().unwrap_or_default();
        let row = Row {
            file: quarantine::put_away(name.as_bstr()),
            was: name.into(),
            operation: text(),
            scope: text(),
            why: format!("so {}", text()).trim().to_owned(),
            alternative: text(),
            ..some("a.sh")
        };
        let written = with_row(&with_row("", &some("first.sh")), &row);
        let registry = Registry::read(written.as_bytes());
        prop_assert_eq!(&registry.faults, &[]);
        prop_assert_eq!(&registry.rows[1], &Row { line: registry.rows[1].line, ..row });
    }

    #[test]
    fn any_bytes_are_read(text in proptest::collection::vec(any::<u8>(), 0..300)) {
        let whole = [COLUMNS.as_bytes(), &text].concat();
        let _ = Registry::read(&whole);
        let _ = Registry::read(&text);
    }
}
