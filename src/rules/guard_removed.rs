#![doc = include_str!("guard_removed.md")]

use std::collections::HashMap;

use super::operation::{about, act, leave, mended};
use super::{Find, Rule, ScriptFile};
use crate::content::Answer;
use crate::content::script::{Guard, Operation, Strength};
use crate::finding::{Finding, Severity};
use crate::snapshot::Origin;
use crate::text::name;

/// The rule.
pub static RULE: Rule = Rule {
    id: "guard-removed",
    severity: Severity::Error,
    is_off: false,
    refines: &[
        "backup-deletion",
        "hard-coded-tenant-delete",
        "unguarded-cloud-destroy",
        "unguarded-database-wipe",
        "unguarded-file-wipe",
        "unguarded-history-rewrite",
        "unguarded-table-wipe",
        "weakly-guarded-operation",
    ],
    manual: include_str!("guard_removed.md"),
    find: Find::Script(find),
};

/// What makes two operations the same one: their kind and name.
type Like<'a> = (&'static str, &'a str);

fn find(of: &ScriptFile) -> Vec<Finding> {
    if of.operations().all(Operation::is_guarded) {
        return Vec::new();
    }
    let Answer::Yes(before) = (of.before)() else { return Vec::new() };
    let guarded = by_like(before.operations.iter().filter(|it| it.is_guarded()));
    let mut now = by_like(of.operations());
    let mut found = Vec::new();
    for (like, before) in guarded {
        let Some(now) = now.get_mut(&like) else { continue };
        let lost = before.len().saturating_sub(now.iter().filter(|it| it.is_guarded()).count());
        now.retain(|it| !it.is_guarded());
        // Where others of its like are around, the one that has its place has lost its guard.
        now.sort_by_key(|it| !before.iter().any(|before| before.anchor == it.anchor));
        let gone = |it: &Operation| {
            let same = before.iter().find(|before| before.anchor == it.anchor);
            same.or(before.first()).and_then(|it| strong(it))
        };
        found.extend(now.iter().take(lost).filter_map(|it| Some(finding(it, gone(it)?, of))));
    }
    found.sort_by_key(|it: &Finding| it.at.line);
    found
}

fn by_like<'a>(
    operations: impl Iterator<Item = &'a Operation>,
) -> HashMap<Like<'a>, Vec<&'a Operation>> {
    let mut by: HashMap<Like, Vec<&Operation>> = HashMap::new();
    for operation in operations {
        by.entry((operation.kind.id, &operation.name)).or_default().push(operation);
    }
    by
}

/// The first guard that stops whoever did not mean it.
fn strong(operation: &Operation) -> Option<&Guard> {
    operation.guards.iter().find(|it| it.defect.is_none() && it.strength == Strength::Strong)
}

fn finding(operation: &Operation, gone: &Guard, of: &ScriptFile) -> Finding {
    let (word, line) = (gone.kind.word(), gone.line);
    let message =
        format!("{}, and its guard is gone: {word} ({})", act(operation), name(&operation.name));
    let mut finding = about(&RULE, message, operation, of);
    finding.evidence.push(format!("before, line {line}: {word}"));
    if let Some(Origin::Staged(_)) = of.file.origins.first() {
        finding.hint.push(format!("see what went: git diff --cached -- {}", of.argument()));
    }
    finding.hint.push("put that guard back, or another one in its place".to_owned());
    finding.hint.extend(mended(of));
    leave(&mut finding, of);
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::*;

    #[test]
    fn finds() {
        let before = [operation(Scope::Table, vec![asked(3)])];
        for guards in [vec![], vec![backup(3)], vec![list_of_refused(3)], vec![pause(3)]] {
            let found = found_after(&RULE, &before, &[operation(Scope::Table, guards)]);
            assert_eq!(found.len(), 1);
            assert!(found[0].message.contains("its guard is gone: confirmation"), "{found:?}");
        }
        // The one that had the guard is the one that is named, and not the one that came before it.
        let [mut first, mut second] =
            [operation(Scope::Table, vec![]), operation(Scope::Table, vec![asked(3)])];
        (first.line, first.anchor) = (4, "first".to_owned());
        (second.line, second.anchor) = (5, "second".to_owned());
        let before = [first.clone(), second.clone()];
        second.guards.clear();
        let found = found_after(&RULE, &before, &[first, second]);
        assert_eq!(found.iter().map(|it| it.at.line).collect::<Vec<_>>(), [Some(5)]);
    }

    #[test]
    fn lets_through() {
        let guarded = operation(Scope::Table, vec![asked(3)]);
        let open = operation(Scope::Table, vec![]);
        let mut other = open.clone();
        other.name = "another call".to_owned();
        for (before, now) in [
            (vec![], vec![open.clone()]),
            (vec![open.clone()], vec![open.clone()]),
            (vec![guarded.clone()], vec![guarded.clone()]),
            (vec![guarded.clone()], vec![]),
            (vec![guarded.clone()], vec![other]),
            // A further one came, and that has a rule of its own.
            (vec![guarded.clone()], vec![open, guarded]),
        ] {
            assert!(found_after(&RULE, &before, &now).is_empty(), "{before:?} {now:?}");
        }
    }
}
