//! Options that stand before, or among, the words that say what a program does.

use super::{Word, Words};

/// Options with a value that a program takes before the word that says what it does.
const BEFORE: &[(&str, &[&str])] = &[
    ("aws", &["--profile", "--region", "--endpoint-url", "--output", "--ca-bundle", "--color"]),
    ("kubectl", &["-n", "--namespace", "--context", "--cluster", "--kubeconfig", "-s", "--server"]),
    ("oc", &["-n", "--namespace", "--context", "--cluster", "--kubeconfig", "-s", "--server"]),
    ("helm", &["-n", "--namespace", "--kube-context", "--kubeconfig"]),
    ("gcloud", &["--project", "--account", "--configuration"]),
    ("bq", &["--project_id", "--location"]),
    ("gsutil", &["-o", "-u"]),
    ("docker", &["-H", "--host", "-c", "--context"]),
    ("s3cmd", &["-c", "--config", "--host", "--host-bucket", "--access_key", "--secret_key"]),
    ("s5cmd", &["--endpoint-url", "--profile"]),
    ("rclone", &["--config"]),
    ("restic", &["-r", "--repo", "-p", "--password-file"]),
    ("git", &["-C", "-c", "--git-dir", "--work-tree"]),
];

/// Parameters of `Invoke-Sqlcmd` that switch something on, and have no value (https://learn.microsoft.com/powershell/module/sqlserver/invoke-sqlcmd).
const SWITCHES: &[&str] = &[
    "-AbortOnError",
    "-DedicatedAdministratorConnection",
    "-DisableCommands",
    "-DisableVariables",
    "-EncryptConnection",
    "-IncludeSqlUserErrors",
    "-SuppressProviderContextWarning",
    "-TrustServerCertificate",
    // Of every cmdlet.
    "-Confirm",
    "-Debug",
    "-Verbose",
    "-WhatIf",
];

impl Words {
    /// The word of a cmdlet that stands by itself, as the value of no parameter.
    pub(in crate::content::script) fn unnamed(&self) -> Option<&Word> {
        let mut is_value = false;
        self.rest.iter().find(|it| {
            let is_parameter = it.text.starts_with('-') && it.text.len() > 1;
            let is_switch = SWITCHES.iter().any(|switch| it.text.eq_ignore_ascii_case(switch));
            let was_value = std::mem::replace(&mut is_value, is_parameter && !is_switch);
            !is_parameter && !was_value
        })
    }
}

/// Puts the options that go for all that a client of a cluster does behind its other words: `kubectl delete -n shop pvc data`.
pub(super) fn options_last(program: &str, rest: &mut Vec<Word>) {
    let Some((_, valued)) =
        BEFORE.iter().find(|(name, _)| *name == program && matches!(program, "kubectl" | "oc"))
    else {
        return;
    };
    let end = rest.iter().position(|it| it.text == "--").unwrap_or(rest.len());
    let behind = rest.split_off(end);
    let mut options = Vec::new();
    let mut others = Vec::new();
    let mut words = rest.drain(..);
    while let Some(word) = words.next() {
        let is_option = valued.contains(&word.text.as_str());
        let into = if is_option { &mut options } else { &mut others };
        into.push(word);
        if is_option {
            options.extend(words.next());
        }
    }
    drop(words);
    *rest = [others, options, behind].concat();
}

/// How many words stand before the one that says what a program does: options that go for all that it does.
pub(super) fn before_subcommand(program: &str, rest: &[Word]) -> usize {
    let Some((_, valued)) = BEFORE.iter().find(|(name, _)| *name == program) else { return 0 };
    let mut at = 0;
    while let Some(word) = rest.get(at).filter(|it| it.text.starts_with('-')) {
        at += 1 + usize::from(valued.contains(&word.text.as_str()));
    }
    if at < rest.len() { at } else { 0 }
}
