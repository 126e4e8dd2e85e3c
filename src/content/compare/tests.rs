//! What is said of two files, and that no value is in it.

use super::*;
use crate::content::made_from;

fn compared(in_git: &str, made: &str) -> Likeness {
    let [in_git, made] = [in_git, made].map(|it| made_from(it).unwrap());
    compare(&in_git, &made, &Limits::default()).unwrap()
}

fn other(in_git: &str, made: &str) -> Vec<String> {
    match compared(in_git, made) {
        Likeness::Other(lines) => lines,
        same => panic!("{same:?}"),
    }
}

const ONE: &str = "pragma secure_delete=on; create table a(b); insert into a values('secret');";

#[test]
fn bytes_come_first_then_rows() {
    assert_eq!(compared(ONE, ONE), Likeness::SameBytes);
    let smaller = format!("pragma page_size=512; {ONE}");
    let digest = logical_digest(&made_from(ONE).unwrap(), &Limits::default()).unwrap().unwrap();
    assert_eq!(compared(ONE, &smaller), Likeness::SameRows(digest.clone()));
    assert_eq!(compared(&smaller, ONE), Likeness::SameRows(digest));
    assert_eq!(logical_digest(b"text", &Limits::default()), Ok(None));
}

#[test]
fn what_differs_is_named_with_counts_and_without_a_value() {
    let other_value = ONE.replace("secret", "hidden");
    assert_eq!(other(ONE, &other_value), ["table a: 1 rows, with other values"]);
    let more = format!("{ONE} insert into a values('hidden'); create table \"ada@gmail.com\"(c);");
    assert_eq!(
        other(ONE, &more),
        [
            "the schema differs",
            "table a: 1 rows in git, 2 made",
            "table <masked>: 0 rows made, not in git"
        ]
    );
    assert_eq!(
        other(&more, ONE),
        [
            "the schema differs",
            "table a: 2 rows in git, 1 made",
            "table <masked>: 0 rows in git, not made"
        ]
    );
    let many: String = (0..30).map(|n| format!("create table t{n:02}(a);")).collect();
    let lines = other(&many, "create table none(a);");
    assert_eq!(lines.len(), 12, "{lines:?}");
    assert_eq!(lines[11], "tables that differ as well: 21");
}

#[test]
fn the_same_rows_are_not_enough_where_more_is_in_the_pages() {
    let deleted = "pragma secure_delete=off; create table a(b); create table z(c, d);
        insert into z select 'secret' || value, 'more' from generate_series(1, 2000); drop table z;
        insert into a values('secret');";
    let deleted = deleted.replace(
        "select 'secret' || value, 'more' from generate_series(1, 2000)",
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000) select 'secret' || i, 'more' from n",
    );
    let lines = other(&deleted, ONE);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("the one in git has deleted rows in its pages ("), "{lines:?}");
    // What the command leaves behind itself is no matter.
    assert!(matches!(compared(ONE, &deleted), Likeness::SameRows(_)));
}

#[test]
fn another_database_behind_the_first_is_seen() {
    let one = made_from(ONE).unwrap();
    let two = [one.clone(), made_from("create table real(people);").unwrap()].concat();
    let limits = Limits::default();
    let Likeness::Other(lines) = compare(&two, &one, &limits).unwrap() else { panic!() };
    assert!(lines[0].contains("another database follows it"), "{lines:?}");
}

#[test]
fn what_is_no_database_is_compared_by_its_bytes() {
    let limits = Limits::default();
    let lines = vec!["its bytes differ: 3 in git, 4 made".to_owned()];
    assert_eq!(compare(b"one", b"four", &limits), Ok(Likeness::Other(lines)));
    assert_eq!(compare(b"one", b"one", &limits), Ok(Likeness::SameBytes));
}

#[test]
fn a_bound_is_an_error_and_damage_is_a_difference() {
    let [one, two] =
        [ONE, "pragma page_size=512; create table a(b);"].map(|it| made_from(it).unwrap());
    let late = Limits { seconds: 0, ..Limits::default() };
    assert_eq!(compare(&one, &two, &late).unwrap_err().cause, Cause::TooSlow);
    let cut = &two[..two.len() - 512];
    let Likeness::Other(lines) = compare(&one, cut, &Limits::default()).unwrap() else { panic!() };
    assert_eq!(lines, ["the one made cannot be read: truncated: 1 of 2 pages are here"]);
}
