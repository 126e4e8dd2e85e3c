//! The page of the formats.

use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs};

use dataward::content::format::{self, Family, Reading};

use crate::{named, real, repository};

fn family(family: Family) -> &'static str {
    match family {
        Family::Database => "database",
        Family::Dump => "dump",
        Family::Journal => "journal",
        Family::Data => "data",
        Family::Container => "container",
    }
}

fn reading(reading: Reading) -> &'static str {
    match reading {
        Reading::Everything => "everything",
        Reading::Rows => "rows",
        Reading::Members => "members",
        Reading::Nothing => "that it is one",
    }
}

const HEAD: &str = "\
# Formats

A test writes this page out of the table in src/content/format.rs. A file is recognised by its bytes; places
are counted from 0, bytes without quotes are hexadecimal. An ending counts only where a row says so; the others are
what tools give such files. Whatever is a database, a dump or a journal does not enter git unless the policy
allows it; data and containers do, and what is in a container is looked at.

\"Verified on\" names the tool that made a file on which the test of this page recognises the format, see
`.ci/formats`. Formats without one are recognised by their definition only.

| format | family | recognised by | endings | what is read of it | verified on | definition |
|---|---|---|---|---|---|---|
";

#[test]
fn the_page_of_the_formats_is_their_table() {
    let verified = real::verified();
    let mut tools: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (format, tool) in verified.lines().map(|it| it.split_once('\t').unwrap()) {
        tools.entry(named(format).name).or_default().push(tool);
    }
    let mut page = HEAD.to_owned();
    for it in format::all() {
        let endings: Vec<String> = it.extensions.iter().map(|it| format!("`.{it}`")).collect();
        let tools =
            tools.get(it.name).map_or("by its definition only".to_owned(), |it| it.join(", "));
        page += &format!(
            "| {} | {} | {} | {} | {} | {} | {} |\n",
            it.name,
            family(it.family),
            it.recognised_by,
            endings.join(" "),
            reading(it.reading),
            tools,
            it.source,
        );
    }
    let file = repository("docs/formats.md");
    if env::var("SNAPSHOTS").is_ok_and(|it| it == "overwrite") {
        fs::write(&file, &page).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page,
        "docs/formats.md is old: SNAPSHOTS=overwrite cargo test --test formats"
    );
}

#[test]
fn formats_have_names_and_words_of_their_own() {
    let mut names = BTreeSet::new();
    for it in format::all() {
        assert!(names.insert(it.name), "{} twice", it.name);
        let words = [it.name, it.recognised_by, it.source];
        assert!(words.iter().all(|it| !it.is_empty() && !it.contains('|')), "{}", it.name);
        let lower = |it: &&str| it.chars().all(|it| it.is_ascii_lowercase() || !it.is_alphabetic());
        assert!(it.extensions.iter().all(lower), "{}: {:?}", it.name, it.extensions);
    }
    assert!(names.len() > 80, "{}", names.len());
}
