//! Robustness: no change to a refused database that leaves the people in it gets it allowed, and none that says nothing of them gets
//! an allowed one refused. All people in here are invented.
#![allow(clippy::unwrap_used)]

mod bases;
mod changes;
#[path = "../support/dice.rs"]
mod dice;
mod draft;
#[path = "../support/examined.rs"]
mod examined;
mod fakes;
#[path = "../../fixtures/people.rs"]
mod people;
mod proof;
mod tricks;

use changes::{About, CHANGES, Change};
use dice::Dice;
use draft::{Draft, Place};

/// Bases and changes, as a failure names them, after which people are let through and it is known. Each has its reason.
const KNOWN: &[(&str, &str)] = &[
    // A reserved domain says made up, whatever name or number stands beside it: fixtures are made like that.
    ("", "a column of reserved mails added"),
    ("", "a column of one reserved mail added"),
    // Eight digits and a letter, or eleven digits, may be anything without a name of their column, or beside another word.
    ("patients of Spain", "called"),
    ("patients of Poland", "called"),
    ("patients of Poland", "two columns in one"),
];

/// The changed database, or none where a change finds nothing to change or the people are not readable any more.
fn changed(base: &Draft, changes: &[&Change], seed: u64) -> Option<(Draft, draft::Written)> {
    let (mut draft, mut dice) = (base.clone(), Dice::new(seed + 1));
    if !changes.iter().all(|it| (it.apply)(&mut draft, &mut dice)) {
        return None;
    }
    let is_said_by_names_only = draft.needs_names
        && (draft.is_nameless || draft.place == Place::Dropped || draft.place == Place::Deleted);
    if is_said_by_names_only {
        return None;
    }
    let written = draft.written();
    let least = match (draft.place, draft.cut) {
        (_, Some(_)) => 1,
        (Place::Deleted | Place::Dropped, _) => draft.marks.len().div_ceil(2),
        _ => 0,
    };
    (least == 0 || written.readable(&draft.marks, draft.encoding) >= least)
        .then_some((draft, written))
}

/// Holds changed databases against what is asked of them, and fails with all that are not so.
#[derive(Default)]
struct Failures {
    cases: usize,
    found: Vec<String>,
}

impl Failures {
    fn refused(&mut self, base: &Draft, changes: &[&Change], seed: u64) {
        self.hold(base, changes, seed, false);
    }

    fn hold(&mut self, base: &Draft, changes: &[&Change], seed: u64, is_allowed: bool) {
        let Some((draft, written)) = changed(base, changes, seed) else { return };
        self.cases += 1;
        let (found, why) = written.judged();
        if found != is_allowed {
            let names: Vec<&str> = changes.iter().map(|it| it.name).collect();
            self.found.push(format!("{}: {} ({why})", draft.base, names.join(", then ")));
        }
    }

    fn add(&mut self, other: Failures) {
        self.cases += other.cases;
        self.found.extend(other.found);
    }

    #[track_caller]
    fn end(mut self, least: usize) {
        assert!(self.cases >= least, "only {} cases", self.cases);
        let is_known = |it: &String| {
            KNOWN.iter().any(|(base, change)| it.starts_with(base) && it.contains(change))
        };
        self.found.retain(|it| !is_known(it));
        self.found.sort();
        self.found.dedup();
        assert!(
            self.found.is_empty(),
            "{} of {}:\n{}",
            self.found.len(),
            self.cases,
            self.found.join("\n")
        );
    }
}

/// All bases with each change that is about this.
fn each_alone(about: About) -> Failures {
    let mut failures = Failures::default();
    for base in bases::all() {
        for change in CHANGES.iter().filter(|it| it.about == about) {
            failures.refused(&base, &[change], 0);
        }
    }
    failures
}

/// Each change that is about one thing, after each bait; of all these pairs every so many.
fn each_with_bait(about: About, every: usize) -> Failures {
    let mut failures = Failures::default();
    let of = |about: About| CHANGES.iter().filter(move |it| it.about == about);
    for (n, base) in bases::all().iter().filter(|it| it.base != "members of 200").enumerate() {
        let pairs = of(about).flat_map(|it| of(About::Bait).map(move |bait| [bait, it]));
        let pairs = pairs.filter(|[bait, it]| {
            !(bait.name.ends_with("mixed in") && it.name.ends_with("mixed in"))
        });
        pairs.skip(n % every).step_by(every).for_each(|it| failures.refused(base, &it, 0));
    }
    failures
}

/// Chains of two to four changes at random.
fn chains(seeds: std::ops::Range<u64>) -> Failures {
    let mut failures = Failures::default();
    let bases = bases::all();
    for seed in seeds {
        let mut dice = Dice::new(1000 + seed);
        let base = dice.pick(&bases);
        let length = 2 + dice.below(3);
        let mut picked: Vec<usize> = Vec::new();
        while picked.len() < length {
            let n = dice.below(CHANGES.len());
            if !picked.contains(&n) {
                picked.push(n);
            }
        }
        // Twice ten fake rows for each real one are a hundred.
        let mixings = picked.iter().filter(|n| CHANGES[**n].name.ends_with("mixed in")).count();
        if mixings > 1 {
            continue;
        }
        // What makes a file of it comes last.
        picked.sort_by_key(|n| CHANGES[*n].about == About::File);
        let changes: Vec<&Change> = picked.iter().map(|n| &CHANGES[*n]).collect();
        failures.refused(base, &changes, seed);
    }
    failures
}

#[test]
fn each_base_is_refused() {
    let mut failures = Failures::default();
    bases::all().iter().for_each(|it| failures.refused(it, &[], 0));
    failures.end(13);
}

#[test]
fn what_is_put_beside_people_does_not_hide_them() {
    let mut failures = each_alone(About::Bait);
    failures.add(each_with_bait(About::Bait, 5));
    failures.end(300);
}

#[test]
fn other_names_of_tables_and_columns_do_not_hide_people() {
    each_alone(About::Names).end(30);
}

#[test]
fn other_names_and_bait_do_not_hide_people() {
    each_with_bait(About::Names, 2).end(120);
}

#[test]
fn another_way_to_write_values_does_not_hide_people() {
    let mut failures = each_alone(About::Values);
    failures.add(each_with_bait(About::Values, 2));
    failures.end(180);
}

#[test]
fn another_shape_does_not_hide_people() {
    let mut failures = each_alone(About::Shape);
    failures.add(each_with_bait(About::Shape, 3));
    failures.end(200);
}

#[test]
fn another_file_does_not_hide_people() {
    each_alone(About::File).end(100);
}

#[test]
fn another_file_and_bait_do_not_hide_people() {
    each_with_bait(About::File, 6).end(150);
}

#[test]
fn chains_of_changes_do_not_hide_people() {
    chains(0..160).end(60);
}

#[test]
fn further_chains_of_changes_do_not_hide_people() {
    chains(160..320).end(60);
}

#[test]
fn made_up_databases_stay_allowed() {
    let mut failures = Failures::default();
    let is_harmless = |it: &&Change| {
        let names = [
            "rows shuffled",
            "columns shuffled",
            "UTF-16le",
            "UTF-16be",
            "as a dump",
            "in the log",
        ];
        names.contains(&it.name) || it.name.starts_with("pages of") || it.about == About::Names
    };
    for base in fakes::all() {
        failures.hold(&base, &[], 0, true);
        for change in CHANGES.iter().filter(is_harmless) {
            failures.hold(&base, &[change], 0, true);
        }
    }
    failures.end(30);
}
