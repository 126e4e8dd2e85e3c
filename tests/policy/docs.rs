//! docs/policy.md names every key there is, and its examples are policies.

use std::collections::BTreeSet;

use dataward::content::Limits;

use crate::{parse, refusal};

const PAGE: &str = include_str!("../../docs/policy.md");

/// All keys, as the refusals of an unknown one list them.
fn keys() -> BTreeSet<String> {
    [
        "zzzzzzzz: 1",
        "allow: [{zzzzzzzz: 1}]",
        "allow: [{when: {zzzzzzzz: 1}}]",
        "limits: {zzzzzzzz: 1}",
        "environments: [{zzzzzzzz: 1}]",
    ]
    .iter()
    .flat_map(|text| {
        let refusal = refusal(format!("version: 1\n{text}\n"));
        let known =
            refusal.split_once("; there are `").expect("it lists the keys").1.trim_end_matches('`');
        known.split("`, `").map(String::from).collect::<Vec<_>>()
    })
    .collect()
}

#[test]
fn the_page_names_every_key_and_shows_it() {
    let keys = keys();
    assert!(keys.len() > 15, "{keys:?}");
    for key in keys {
        assert!(PAGE.contains(&format!("\n| `{key}` |")), "docs/policy.md has no line for `{key}`");
        assert!(
            PAGE.contains(&format!("{key}: ")) || PAGE.contains(&format!("{key}:\n")),
            "no example has `{key}`"
        );
    }
}

#[test]
fn every_example_of_the_page_is_a_policy_and_the_first_states_the_default_limits() {
    let examples: Vec<&str> = PAGE
        .split("```yaml\n")
        .skip(1)
        .map(|it| it.split_once("```").expect("a fence").0)
        .collect();
    assert_eq!(examples.len(), 4);
    for example in &examples {
        let policy = parse(example).unwrap_or_else(|error| panic!("{error:#}\n{example}"));
        assert_eq!(policy.limits, Limits::default());
        assert_eq!(policy.allowances.len(), 1);
    }
}
