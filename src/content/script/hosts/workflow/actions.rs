//! Actions of GitHub and tasks of Azure that run a tool, as the command that they run.

use std::rc::Rc;

use crate::content::script::hosts::document::Value;
use crate::content::script::tree::Origin;
use crate::content::script::value::Told;

/// Tools by the words in the name of an action, and how each is told to destroy without a prompt.
const TOOLS: &[(&str, &str)] = &[
    ("aws-nuke", "aws-nuke run --no-dry-run --force"),
    ("cloud-nuke", "cloud-nuke aws --force"),
    ("terragrunt", "terragrunt destroy -auto-approve"),
    ("opentofu", "tofu destroy -auto-approve"),
    ("terraform", "terraform destroy -auto-approve"),
    ("tfc-", "terraform destroy -auto-approve"),
    ("pulumi", "pulumi destroy --yes"),
    ("serverless", "serverless remove"),
    ("cdk", "cdk destroy --all --force"),
    ("delete-stack", "aws cloudformation delete-stack"),
];

/// The command of an action or a task that is told to destroy; none where it does something else, or is not known.
pub(super) fn destroys(uses: &str, step: &Value) -> Option<Told> {
    let name = uses.split('@').next().unwrap_or_default().to_lowercase();
    let (_, command) = TOOLS.iter().find(|(word, _)| name.contains(word))?;
    let is_one = ["terraform-destroy", "destroy-workspace", "delete-stack", "-destroy"]
        .iter()
        .any(|it| name.contains(it));
    let given = step.get("with").or(step.get("inputs"));
    let given = given.map(|it| it.pairs()).unwrap_or_default();
    let is_told = given.iter().any(|(key, value)| {
        let value = value.text().unwrap_or_default().trim();
        let first = value.split_whitespace().next().unwrap_or_default();
        let is_nuke = name.contains("nuke") && value.contains("no-dry-run");
        is_nuke
            || matches!(first, "destroy" | "remove" | "destroy-all")
            || key.contains("destroy") && value == "true"
    });
    (is_one || is_told).then(|| said(command, step))
}

/// A command as the text of a step.
fn said(command: &str, step: &Value) -> Told {
    Told { text: command.to_owned(), origin: Origin::at(step.line), ..Told::default() }
}

/// The command of an action whose script does nothing but fail: `core.setFailed('not confirmed')`.
pub(super) fn fails(uses: &str, step: &Value) -> Option<Told> {
    let script = step.at(&["with", "script"])?.text()?.trim();
    let is_one = !script.trim_end_matches(';').contains([';', '\n', '{', '?', '|', '&']);
    let fails = ["core.setFailed(", "throw new Error("].iter().any(|it| script.starts_with(it));
    (uses.starts_with("actions/github-script") && is_one && fails).then(|| said("exit 1", step))
}

/// The text that an action runs, and by which shell.
pub(super) fn script<'a>(uses: &str, step: &'a Value) -> Option<(&'a Rc<Value>, &'static str)> {
    let lower = uses.to_lowercase();
    let of = |keys: &[&str]| keys.iter().find_map(|it| step.at(&["with", it]));
    let is_called = |it: &str| lower.contains(it);
    if is_called("ssh") {
        return Some((of(&["script", "command"])?, "bash"));
    }
    if lower.starts_with("azure/") {
        return Some((of(&["inlineScript"])?, "bash"));
    }
    if is_called("github-script") && fails(uses, step).is_none() {
        return Some((of(&["script"])?, "node"));
    }
    // What runs a command again where it fails, or in a container.
    if is_called("retry") || is_called("docker-run") {
        return Some((of(&["command", "run"])?, "bash"));
    }
    None
}
