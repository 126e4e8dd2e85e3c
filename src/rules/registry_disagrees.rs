#![doc = include_str!("registry_disagrees.md")]

use bstr::ByteSlice;

use super::{Find, Rule, ScriptFile, in_file};
use crate::content::quarantine;
use crate::content::registry::{self, Row};
use crate::finding::{Finding, Severity};
use crate::snapshot::{File, Snapshot};
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
    let (file, snapshot) = (it.file, it.snapshot);
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
        (Some(_), None) => "a script that was put away cannot be read".to_owned(),
        (Some(row), Some(digest)) if digest != row.sha256 => format!(
            "a script that was put away is not the one of its row (line {} of DANGEROUS_SCRIPTS.md)",
            row.line
        ),
        (Some(_), Some(_)) => return Vec::new(),
    };
    let mut finding = in_file(&RULE, said, file, snapshot);
    finding.hint = vec![
        "give it its old name back, and put it away again: dataward quarantine FILE".to_owned(),
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
        finding(*line, format!("fault {at}"), format!("a line of the registry is no row: {fault}"))
    });
    let is_looked_at =
        |row: &Row| snapshot.files.binary_search_by(|it| it.path.cmp(&row.file)).is_ok();
    let rows = registry.rows.iter().filter(|it| !is_looked_at(it)).filter_map(|row| {
        let there = snapshot.neighbour(file, row.file.as_bstr());
        let said = match there.map(|it| snapshot.digest_in_registry(&it)) {
            None => "has no file",
            Some(None) => "has a file that cannot be read",
            Some(Some(digest)) if digest != row.sha256 => "has another file",
            Some(Some(_)) => return None,
        };
        let file = name(&row.file);
        Some(finding(row.line, file.clone(), format!("the row of {file} {said}")))
    });
    faults.chain(rows).collect()
}
