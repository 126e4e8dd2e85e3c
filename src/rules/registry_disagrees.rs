#![doc = include_str!("registry_disagrees.md")]

use std::collections::HashSet;

use bstr::ByteSlice;

use super::{Find, Rule, ScriptFile, in_file};
use crate::content::quarantine;
use crate::content::registry::{self, Row};
use crate::finding::{Finding, Severity};
use crate::snapshot::{Bytes, File, Mode, Origin, Snapshot};
use crate::text::name;

/// The rule.
pub static RULE: Rule = Rule {
    id: "registry-disagrees",
    severity: Severity::Error,
    is_off: true,
    refines: &[],
    manual: include_str!("registry_disagrees.md"),
    find: Find::Script(find),
};

fn find(it: &ScriptFile) -> Vec<Finding> {
    in_one(it.file, it.snapshot)
}

/// What disagrees where a run ends, in the index or at the tips of commits, as far as it was not said before.
pub(crate) fn at_the_ends<'a>(
    snapshot: &Snapshot,
    said: impl Iterator<Item = &'a Finding>,
) -> Vec<Finding> {
    let key = |it: &Finding| (it.at.path.clone(), it.message.clone());
    let mut said: HashSet<_> = said.filter(|it| it.rule == RULE.id).map(key).collect();
    let found = snapshot.ends.iter().flat_map(|it| in_one(it, snapshot));
    found.filter(|it| said.insert(key(it))).collect()
}

fn in_one(file: &File, snapshot: &Snapshot) -> Vec<Finding> {
    if file.path == registry::NAME {
        return in_registry(file, snapshot);
    }
    if quarantine::before(file.path.as_bstr()).is_none() {
        return Vec::new();
    }
    let registry = snapshot.registry(file);
    let row = registry.as_ref().and_then(|it| it.row(file.path.as_bstr()));
    let said = match (row, snapshot.digest_in_registry(&file.bytes)) {
        (None, _) => "a script that was put away has no row in DANGEROUS_SCRIPTS.md".to_owned(),
        (Some(row), _) if file.mode == Mode::Link => format!(
            "a symbolic link is in the place of a script that was put away (line {} of DANGEROUS_SCRIPTS.md)",
            row.line
        ),
        (Some(_), None) => "a script that was put away cannot be read".to_owned(),
        (Some(row), Some(digest)) if digest != row.sha256 => format!(
            "a script that was put away is not the one of its row (line {} of DANGEROUS_SCRIPTS.md)",
            row.line
        ),
        (Some(_), Some(_)) => return Vec::new(),
    };
    let mut finding = in_file(&RULE, said, file, snapshot);
    finding.hint = vec![
        "put its row back where that was taken out; else look at it as at a new script".to_owned(),
        "to write its row, give it its old name back, and put it away again: dataward quarantine FILE"
            .to_owned(),
    ];
    vec![finding]
}

/// What the registry says that is not so. What is wrong with a file of the snapshot is said of that file.
fn in_registry(file: &File, snapshot: &Snapshot) -> Vec<Finding> {
    let finding = |line: u32, anchor: String, message: String| {
        let mut finding = in_file(&RULE, message, file, snapshot);
        finding.at.line = Some(line);
        finding.anchor = anchor;
        finding
    };
    let Some(registry) = snapshot.registry(file) else {
        let message = "the registry cannot be read, or is larger than 1 MiB".to_owned();
        return vec![in_file(&RULE, message, file, snapshot)];
    };
    let faults = registry.faults.iter().enumerate().map(|(at, (line, fault))| {
        finding(*line, format!("fault {at}"), format!("a line of the registry is wrong: {fault}"))
    });
    let rows = registry.rows.iter().filter_map(|row| {
        let (said, away) = (disagreement(row, file, snapshot)?, name(&row.file));
        Some(finding(row.line, away.clone(), format!("the row of {away} {said}")))
    });
    faults.chain(rows).collect()
}

/// What a row says that is not so, as a clause.
fn disagreement(row: &Row, registry: &File, snapshot: &Snapshot) -> Option<&'static str> {
    let path = row.file.as_bstr();
    let there = snapshot.neighbour(registry, path);
    // What only lacks for a while may stand in other commits of the same range: where they end counts.
    let is_end = !matches!(registry.origins.first(), Some(Origin::Commit { .. }));
    let Some(bytes) = there else { return is_end.then_some("has no file") };
    if matches!(bytes, Bytes::Lacking(_)) {
        return Some("has a symbolic link in the place of its file");
    }
    if !snapshot.looks_at(path, &bytes) {
        match snapshot.digest_in_registry(&bytes) {
            None => return Some("has a file that cannot be read"),
            Some(digest) if digest != row.sha256 => return Some("has another file"),
            Some(_) if matches!(bytes, Bytes::Disk(_)) && snapshot.is_ignored(path) => {
                return Some("has a file that git ignores, so that nobody else gets it");
            }
            Some(_) => {}
        }
    }
    let was =
        row.is_former_path_right().then(|| snapshot.neighbour(registry, row.was.as_bstr()))??;
    let is_back = is_end && snapshot.digest_in_registry(&was).as_ref() == Some(&row.sha256);
    is_back.then_some("has its script where it was before as well")
}
