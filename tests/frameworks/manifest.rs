//! `.pre-commit-hooks.yaml` against the programs that there are.

use crate::MANIFEST;

fn values(key: &str) -> Vec<&'static str> {
    let key = format!("{key}: ");
    MANIFEST
        .lines()
        .filter_map(|line| line.trim_start_matches(['-', ' ']).strip_prefix(key.as_str()))
        .collect()
}

#[test]
fn every_hook_is_a_program_of_its_own_name() {
    let cargo = include_str!("../../Cargo.toml");
    let ids = values("id");
    assert!(!ids.is_empty());
    assert_eq!(values("entry"), ids);
    for id in ids {
        assert!(cargo.contains(&format!("[[bin]]\nname = \"{id}\"\npath = \"hooks/{id}.rs\"\n")));
    }
}

#[test]
fn the_stages_are_those_in_which_a_framework_shows_everything() {
    let commits = "[pre-commit, pre-merge-commit, manual]";
    assert_eq!(values("stages"), [commits, commits, "[pre-push]"]);
    assert_eq!(values("require_serial"), ["true"; 3]);
    assert_eq!(values("always_run"), ["true"; 3]);
    assert_eq!(values("types"), ["[]"; 3]);
    assert_eq!(values("pass_filenames"), ["false"]);
}
