#![doc = include_str!("quarantined_script_executable.md")]

use bstr::{BStr, ByteSlice};

use super::remedy::relative;
use super::{Find, Rule, ScriptFile, in_file};
use crate::content::quarantine::before;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Mode, Origin};
use crate::text::{pathspec, quoted};

/// The rule.
pub static RULE: Rule = Rule {
    id: "quarantined-script-executable",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("quarantined_script_executable.md"),
    find: Find::Script(find),
};

fn find(it: &ScriptFile) -> Vec<Finding> {
    let (file, snapshot) = (it.file, it.snapshot);
    if before(file.path.as_bstr()).is_none() || file.mode != Mode::Executable {
        return Vec::new();
    }
    let message = "a script that was put away can be run".to_owned();
    let mut finding = in_file(&RULE, message, file, snapshot);
    if let Some(prefix) = &snapshot.prefix {
        let path = relative(file.path.as_bstr(), BStr::new(prefix));
        let path = path.as_bstr();
        let on_disk = format!("take its permission on disk: chmod a-x {}", quoted(path));
        let in_git = format!("take it in git: git update-index --chmod=-x -- {}", pathspec(path));
        finding.hint = match file.origins.first() {
            Some(Origin::Untracked | Origin::Disk) | None => vec![on_disk],
            Some(_) => vec![on_disk, in_git],
        };
    }
    vec![finding]
}
