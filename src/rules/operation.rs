//! What the rules about scripts share: a finding on the line of an operation, what was seen there, and how to mend it.

use std::rc::Rc;

use bstr::{BStr, ByteSlice};

use super::guard_example::{self, Stands};
use super::{Rule, ScriptFile, remedy};
use crate::content::script::{
    Dialect, Guard, GuardKind, Language, Manner, Operation, Scope, Script, Strength, Weight,
};
use crate::content::{Answer, quarantine, registry};
use crate::finding::{Finding, Location, Severity};
use crate::snapshot::{Origin, Place};
use crate::text::{name, quoted};

/// Guards that are named one by one.
const MOST: usize = 6;

impl ScriptFile<'_> {
    /// What it does, where it was read.
    pub(super) fn script(&self) -> Option<&Script> {
        match &self.script {
            Answer::Yes(script) => Some(script),
            Answer::No | Answer::Unreadable(_) => None,
        }
    }

    /// What it destroys.
    pub(super) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.script().into_iter().flat_map(|it| &it.operations)
    }

    /// The path for a command that is run where a person stands.
    pub(super) fn argument(&self) -> String {
        let prefix = self.snapshot.prefix.as_deref().map(BStr::new).unwrap_or_default();
        quoted(remedy::relative(self.file.path.as_bstr(), prefix).as_bstr())
    }
}

/// What an operation does, as a message begins.
pub(super) fn act(operation: &Operation) -> &'static str {
    match operation.scope {
        Scope::Database => "wipes a database",
        Scope::Table => "wipes a table",
        Scope::Tenant => "deletes what a tenant named in the script has",
        Scope::Files => "deletes files that are kept",
        Scope::Cloud => "destroys resources of a cloud",
        Scope::Backup => "deletes backups",
        Scope::GitHistory => "rewrites the history of a git repository",
    }
}

/// A finding for each operation of this scope that nothing stops, not even in part.
pub(super) fn unguarded(rule: &'static Rule, scope: Scope, of: &ScriptFile) -> Vec<Finding> {
    let found = of.operations().filter(|it| it.scope == scope && is_unguarded(it));
    found
        .map(|it| {
            let message = format!("{}, and nothing asks first ({})", act(it), name(&it.name));
            let mut finding = about(rule, message, it, of);
            with_example(&mut finding, "put a guard before it", of);
            leave(&mut finding, of);
            finding
        })
        .collect()
}

/// What a finding says to do first.
pub(super) enum Fix {
    /// This, as the guard in the language of the file shows it.
    Example(&'static str),
    /// This alone: the guard that is shown has nothing of it.
    Hint(&'static str),
}

/// A finding for each operation that `counts`, guarded or not, before which nothing of this kind supports it.
pub(super) fn unsupported(
    rule: &'static Rule,
    kind: GuardKind,
    lacks: &str,
    fix: Fix,
    counts: fn(&Operation) -> bool,
    of: &ScriptFile,
) -> Vec<Finding> {
    let has = |it: &Operation| it.guards.iter().any(|it| it.kind == kind && it.defect.is_none());
    let found = of.operations().filter(|it| counts(it) && !has(it));
    found
        .map(|it| {
            let message = format!("{}, and {lacks} ({})", act(it), name(&it.name));
            let mut finding = about(rule, message, it, of);
            match fix {
                Fix::Example(first) => with_example(&mut finding, first, of),
                Fix::Hint(first) => {
                    finding.hint.push(first.to_owned());
                    finding.hint.extend(mended(of));
                }
            }
            leave(&mut finding, of);
            finding
        })
        .collect()
}

/// Whether no guard is in force that stops more than it shows.
pub(super) fn is_unguarded(operation: &Operation) -> bool {
    operation.strength().is_none_or(|it| it == Strength::Supporting)
}

/// A finding about an operation, with what was seen of it. It has no hint yet.
pub(super) fn about(
    rule: &'static Rule,
    message: String,
    operation: &Operation,
    of: &ScriptFile,
) -> Finding {
    let mut finding = on_line(rule, message, Some(operation.line), &operation.anchor, of);
    if operation.kind.weight == Weight::Medium {
        finding.severity = Severity::Warning;
    }
    finding.evidence = evidence(operation);
    finding.operation = Some(Rc::new(operation.clone()));
    finding
}

/// A finding about a line of a script, or about all of it.
pub(super) fn on_line(
    rule: &'static Rule,
    message: String,
    line: Option<u32>,
    anchor: &str,
    of: &ScriptFile,
) -> Finding {
    let file = of.file;
    let at = Location {
        path: file.path.clone(),
        member: None,
        blob: file.blob().cloned(),
        line,
        sha256: None,
        origins: file.origins.clone(),
    };
    Finding {
        rule: rule.id,
        severity: rule.severity,
        at,
        anchor: anchor.to_owned(),
        message,
        evidence: Vec::new(),
        database: None,
        operation: None,
        hint: Vec::new(),
        example: None,
    }
}

/// What was seen of an operation, a line each.
fn evidence(operation: &Operation) -> Vec<String> {
    let mut evidence = vec![
        format!("read as: {}", operation.layers.join(" > ")),
        format!("target: {}; runs {}", operation.target.word(), operation.reach.word()),
    ];
    if operation.guards.is_empty() {
        evidence.push("guards: none".to_owned());
    }
    evidence.extend(operation.guards.iter().take(MOST).map(seen));
    if operation.guards.len() > MOST {
        evidence.push(format!("and {} more of that kind", operation.guards.len() - MOST));
    }
    evidence
}

/// A guard with its line, and why it is not enough.
fn seen(guard: &Guard) -> String {
    let why = match (guard.defect, guard.strength) {
        (Some(defect), _) => format!("does not help: {}", defect.clause()),
        (None, Strength::Supporting) => "lessens or shows the damage, and stops nobody".to_owned(),
        (None, Strength::Medium) => "stops some mistakes, not all".to_owned(),
        (None, Strength::Strong) => "stops whoever did not mean it".to_owned(),
    };
    format!("line {}: {}; {why}", guard.line, guard.kind.word())
}

/// Adds the guard in the file's own language, as what to do first.
pub(super) fn with_example(finding: &mut Finding, first: &str, of: &ScriptFile) {
    let Some(script) = of.script() else { return };
    let example = guard_example::of(script, finding.operation.as_deref());
    let first = match example.stands {
        Stands::Before => first.to_owned(),
        Stands::Around => first.replace("before it", "around it"),
        Stands::Script => format!("{first}, in a script that it runs"),
        Stands::Runner(why) => format!("{why}, so let only a script that asks run it"),
    };
    finding.hint.push(format!("{first}, such as this one ({}):", example.language.word()));
    if matches!(example.stands, Stands::Runner(_))
        && let Some(sign) = comment(script.language, script.manner)
    {
        finding.hint.push(format!(
            "then say so in the file: {sign} dataward: allow({}): run by wipe.sh, which asks",
            finding.rule
        ));
    }
    finding.example = Some(example.text);
    finding.hint.extend(mended(of));
}

/// How what was mended gets to where it was found.
pub(super) fn mended(of: &ScriptFile) -> Option<String> {
    let path = of.argument();
    match of.file.origins.first()? {
        Origin::Staged(_) => Some(format!("then stage it again: git add -- {path}")),
        Origin::Commit { place: Place::Head, .. } => Some(format!(
            "then put it into the last commit: git add -- {path} && git commit --amend --no-edit"
        )),
        Origin::Commit { id, place: Place::Below, parents: 1, .. } => {
            let id = id.get(..12).unwrap_or(id);
            Some(format!("mend it in its commit, marked `edit`: git rebase -i {id}~1"))
        }
        _ => None,
    }
}

/// Adds the ways to leave a script as it is: out of use, or with a reason.
pub(super) fn leave(finding: &mut Finding, of: &ScriptFile) {
    finding.hint.push(out_of_use(of));
    finding.hint.push(waive(finding.rule, of));
}

/// How a script is taken out of use. One that was put away is looked at only where its row lacks, or where it can be run.
fn out_of_use(of: &ScriptFile) -> String {
    let is_away = quarantine::before(of.file.path.as_bstr()).is_some();
    let is_of_project = of.script().is_some_and(|it| it.language.is_of_project());
    match (is_away, is_of_project) {
        (true, _) => {
            format!("or see that it cannot be run, and has its row in {}", registry::NAME)
        }
        (false, true) => "or take it out of the file, where nobody needs it".to_owned(),
        (false, false) => format!("or take it out of use: dataward quarantine {}", of.argument()),
    }
}

/// How what this rule finds is allowed at its line, or else in the policy.
pub(super) fn waive(rule: &str, of: &ScriptFile) -> String {
    let known = of.script().map(|it| (it.language, it.manner));
    let known = known.or_else(|| Some((Language::of(of.file.path.as_bstr(), b"")?, None)));
    match known.and_then(|(language, manner)| comment(language, manner)) {
        Some(sign) => format!("or say why it may stay: {sign} dataward: allow({rule}): REASON"),
        None => "or let the policy allow it, with the reason".to_owned(),
    }
}

/// What begins a comment on a line of its own; nothing where there are no comments.
fn comment(language: Language, manner: Option<Manner>) -> Option<&'static str> {
    match language {
        Language::Python
        | Language::Shell
        | Language::Make
        | Language::Just
        | Language::Workflow
        | Language::Docker
        | Language::Compose
        | Language::Crontab
        | Language::Kubernetes
        | Language::Ansible
        | Language::Terraform
        | Language::Systemd
        | Language::Taskfile
        | Language::Settings
        | Language::Ruby
        | Language::PowerShell => Some("#"),
        // Two dashes are a relationship there.
        Language::Sql if manner == Some(Manner::Sql(Dialect::Neo4j)) => Some("//"),
        Language::Sql => Some("--"),
        Language::JavaScript
        | Language::TypeScript
        | Language::Php
        | Language::Go
        | Language::Java => Some("//"),
        Language::Package => None,
    }
}
