#![doc = include_str!("quarantined_script_called.md")]

use bstr::ByteSlice;

use super::operation::waive;
use super::{Find, Rule, ScriptFile, in_file};
use crate::content::quarantine::{Mention, may_call};
use crate::finding::{Finding, Severity};
use crate::text::name;

/// The rule.
pub static RULE: Rule = Rule {
    id: "quarantined-script-called",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("quarantined_script_called.md"),
    find: Find::Script(find),
};

fn find(it: &ScriptFile) -> Vec<Finding> {
    let (file, snapshot) = (it.file, it.snapshot);
    if !may_call(file.path.as_bstr()) {
        return Vec::new();
    }
    let takes_one = |it: &Mention| {
        let registry = snapshot.registry(file);
        registry.iter().flat_map(|it| &it.rows).any(|row| it.fits(row.file.as_bstr()))
    };
    let mut mentions = snapshot.mentions(file);
    // A pattern that may stand for any file counts only where it would take one that was put away.
    mentions.retain(|it| !it.is_open() || takes_one(it));
    let found = mentions.iter().enumerate().map(|(at, mention)| {
        let message = format!("a script that was put away is named: {}", name(&mention.name));
        let mut finding = in_file(&RULE, message, file, snapshot);
        finding.at.line = Some(mention.line);
        let number = mentions[..at].iter().filter(|it| it.name == mention.name).count();
        finding.anchor = format!("{} {number}", name(&mention.name));
        finding.hint = vec![
            "take the call out, and do what its row in DANGEROUS_SCRIPTS.md says instead"
                .to_owned(),
            waive(RULE.id, it),
        ];
        finding
    });
    found.collect()
}
