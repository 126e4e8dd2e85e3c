//! What one policy lets through that another does not.

use std::collections::{BTreeSet, HashSet};

use super::{Allowance, DeclaredEnvironment, Entry, Fixture, Level, ORDINARY, PRODUCTION, Policy};
use crate::content::Limits;
use crate::finding::Severity;
use crate::rules;
use crate::text::line;

/// Changes that are said one by one.
const SAID: usize = 20;

impl Policy {
    /// What the next policy lets through that this one does not, a sentence each; nothing where it lets through no more.
    pub fn loosened_by(&self, next: &Policy) -> Vec<String> {
        let mut said = Vec::new();
        lighter(self, next, "", &mut said);
        // What one of them declares may be what a server is pinned to.
        let declared = self.environments.iter().chain(&next.environments);
        let names: BTreeSet<&str> =
            declared.map(|it| it.name.as_str()).chain([ORDINARY, PRODUCTION]).collect();
        for name in names {
            let place = format!(" in {}", line(name));
            lighter(&self.pinned_to(name), &next.pinned_to(name), &place, &mut said);
        }
        for ((name, before), (_, after)) in
            bounds(&self.limits).into_iter().zip(bounds(&next.limits))
        {
            if after < before {
                said.push(format!("limits.{name}: {after} was {before}, so more goes unread"));
            }
        }
        for allowance in &next.allowances {
            if !self.allowances.iter().any(|it| it.allows_all_of(allowance)) {
                said.push(format!(
                    "the allowance on line {} is new, or holds for more: {} for {}",
                    allowance.line,
                    allowance.rule,
                    line(&allowance.path)
                ));
            }
        }
        let turned_on = |before: bool, after: bool| !before && after;
        for (what, before, after) in [
            ("waivers", self.counts_waivers == Some(true), next.counts_waivers == Some(true)),
            (
                "the baseline",
                self.counts_baseline == Some(true),
                next.counts_baseline == Some(true),
            ),
            ("locked fixtures", !self.ignores_locks, !next.ignores_locks),
        ] {
            if turned_on(before, after) {
                said.push(format!("{what} did not count, and now would"));
            }
        }
        let fixtures = &self.locks.fixtures;
        for (path, fixture) in next.locks.fixtures.iter().filter(|_| !next.ignores_locks) {
            let proves = |it: &Fixture| (it.sha256.clone(), it.content.clone(), it.people.clone());
            if fixtures.get(path).is_none_or(|known| proves(known) != proves(fixture)) {
                said.push(format!("the locked fixture {} is new, or another one", line(path)));
            }
        }
        if next.counts_baseline == Some(true) {
            let known: HashSet<Entry> = self.baseline.entries().collect();
            let new = next.baseline.entries().filter(|it| !known.contains(it)).count();
            if new > 0 {
                said.push(format!("entries that are new in the baseline: {new}"));
            }
        }
        for environment in self.environments.iter().filter(|it| it.is_production) {
            let is_kept = |it: &DeclaredEnvironment| {
                it.is_production && it.name == environment.name && it.covers(environment)
            };
            if !next.environments.iter().any(is_kept) {
                said.push(format!(
                    "the environment {} is no longer production, or for fewer remotes",
                    line(&environment.name)
                ));
            }
        }
        for environment in next.environments.iter().filter(|it| !it.is_production) {
            let is_known = |it: &DeclaredEnvironment| !it.is_production && it.covers(environment);
            if !self.environments.iter().any(is_known) {
                said.push(format!(
                    "the environment {} is declared not to be production",
                    line(&environment.name)
                ));
            }
        }
        if let Some(more) = said.len().checked_sub(SAID + 1) {
            said.truncate(SAID);
            said.push(format!("further changes like these: {}", more + 1));
        }
        said
    }

    /// This policy as it holds for a repository that is pinned to an environment of this name; as it is where there is none.
    fn pinned_to(&self, name: &str) -> Policy {
        match self.environment_named(name) {
            Ok(environment) => self.clone().towards(&environment),
            Err(_) => self.clone(),
        }
    }

    /// What a rule weighs here; none where it is off.
    fn weight(&self, rule: &rules::Rule) -> Option<Severity> {
        match self.severities.get(rule.id) {
            Some(Level::Off) => None,
            Some(Level::Severity(severity)) => Some(*severity),
            None if rule.is_off => None,
            None => Some(rule.severity),
        }
    }
}

/// Says which rules weigh less in the next policy.
fn lighter(policy: &Policy, next: &Policy, place: &str, said: &mut Vec<String>) {
    // Where no waiver counts, none that expired is worth a word.
    let others = rules::ALL.iter().filter(|it| it.id != rules::expired_waiver::RULE.id);
    for rule in others {
        let (before, after) = (policy.weight(rule), next.weight(rule));
        let what = format!("{}: {} was {}", rule.id, word(after), word(before));
        // What holds everywhere is said once.
        if after < before && !said.contains(&what) {
            said.push(what + place);
        }
    }
    if policy.is_for_production && !next.is_for_production {
        said.push(format!("it is no longer production{place}"));
    }
}

/// The bounds on reading, each by its key.
fn bounds(of: &Limits) -> [(&'static str, u64); 7] {
    [
        ("file_size", of.file_size),
        ("tables", of.tables as u64),
        ("rows_per_table", of.rows_per_table),
        ("seconds", of.seconds),
        ("archive_depth", of.archive_depth as u64),
        ("archive_members", of.archive_members),
        ("archive_size", of.archive_size),
    ]
}

fn word(weight: Option<Severity>) -> &'static str {
    weight.map_or("off", Severity::word)
}

impl Allowance {
    /// Whether this one lets through all that the other does: the same files on the same conditions, and for as long.
    fn allows_all_of(&self, other: &Allowance) -> bool {
        self.rule == other.rule
            && self.path == other.path
            && self.when == other.when
            && match (self.until, other.until) {
                (None, _) => true,
                (Some(own), Some(others)) => own >= others,
                (Some(_), None) => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(text: &str) -> Policy {
        Policy::parse(format!("version: 1\n{text}").as_bytes(), "policy", &rules::ids()).unwrap()
    }

    #[test]
    fn more_that_may_pass_is_told_and_less_is_not() {
        let allow = |more: &str| {
            format!("allow:\n  - {{rule: database-file, path: a.db, reason: made, {more}}}\n")
        };
        for (before, after, finds) in [
            ("", "", ""),
            ("", "rules: {database-file: warning}\n", "database-file: warning was error"),
            ("", "rules: {database-file: off}\n", "database-file: off was error"),
            ("rules: {database-file: off}\n", "", ""),
            (
                "rules: {operation-without-backup: error}\n",
                "",
                "operation-without-backup: off was error",
            ),
            ("", &allow(""), "the allowance on line 3"),
            (&allow(""), &allow(""), ""),
            (&allow(""), "", ""),
            (&allow("until: 2026-01-01"), &allow("until: 2026-02-01"), "the allowance on line 3"),
            (&allow("until: 2026-02-01"), &allow("until: 2026-01-01"), ""),
            (&allow("when: {rows: 5}"), &allow("when: {rows: 9}"), "the allowance on line 3"),
            ("", "waivers: true\n", "waivers did not count"),
            ("waivers: true\n", "waivers: false\n", ""),
            ("", "baseline: true\n", "the baseline did not count"),
            ("", "limits: {file_size: 100}\n", "limits.file_size: 100 was"),
            ("limits: {file_size: 100}\n", "", ""),
            (
                "environments:\n- {name: live, remotes: [live]}\n",
                "environments:\n- {name: live, remotes: [live], rules: {database-file: off}}\n",
                "database-file: off was error in live",
            ),
            ("fixtures: {locks: false}\n", "", "locked fixtures did not count"),
        ] {
            let said = policy(before).loosened_by(&policy(after));
            match finds {
                "" => assert_eq!(said, Vec::<String>::new(), "{before} {after}"),
                finds => assert!(said.len() == 1 && said[0].contains(finds), "{after}: {said:?}"),
            }
        }
    }
}
