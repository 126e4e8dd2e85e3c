//! What stands around the commands of a file that holds them, and has them go where they go: what is set for the step, the job, the play,
//! the unit or all of the file.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::Language;
use crate::content::script::tree::worded::{Known, ended, known, part};
use crate::content::script::wording::without_comment;

/// Keys that hold commands, or only say what something is called.
const OWN: &[&str] = &[
    "after_script",
    "before_script",
    "cmds",
    "data",
    "description",
    "handlers",
    "id",
    "jobs",
    "msg",
    "name",
    "output",
    "post_tasks",
    "pre_tasks",
    "resource",
    "roles",
    "run",
    "script",
    "services",
    "stages",
    "steps",
    "tasks",
    "title",
    "version",
];

/// Keys by which what stands around them holds commands of its own.
const HOLDING: &[&str] = &[
    "after_script",
    "before_script",
    "build",
    "cmds",
    "command",
    "entrypoint",
    "image",
    "local-exec",
    "provisioner",
    "run",
    "script",
    "shell",
    "steps",
    "tasks",
    "uses",
];

/// Keys whose settings count, whatever is called so in them.
const SETTINGS: &[&str] = &["defaults", "env", "environment", "variables", "vars", "metadata"];

/// Keys of a unit that say how it is called, and when it runs beside others.
const SAID: &[&str] = &[
    "After",
    "Before",
    "Description",
    "Documentation",
    "Requires",
    "Restart",
    "RestartSec",
    "Type",
    "WantedBy",
    "Wants",
];

/// Entries within each other that are told apart.
const DEEPEST: usize = 30;

/// What stands around the lines of a file.
pub(in crate::content::script) struct Around {
    /// What is set for the whole file.
    file: Known,
    /// Its entries, in order.
    entries: Vec<Entry>,
    /// The number of the innermost entry of each line.
    on: HashMap<u32, usize>,
}

/// An entry of a map or an element of a list, with all that is in it.
struct Entry {
    depth: usize,
    /// The entry that it is part of.
    of: Option<usize>,
    key: String,
    /// Something in it holds commands.
    holds: bool,
    /// The words of all of it.
    words: Sha256,
    /// What the entries in it set.
    settings: Sha256,
    /// What is set in it and around it.
    known: Known,
}

impl Around {
    pub(in crate::content::script) fn of(language: Language, text: &str) -> Around {
        let mut around = Around { file: Known::default(), entries: Vec::new(), on: HashMap::new() };
        match language {
            Language::Make
            | Language::Just
            | Language::Docker
            | Language::Crontab
            | Language::Systemd => {
                around.file = set_by_lines(language, text);
            }
            Language::Workflow
            | Language::Compose
            | Language::Kubernetes
            | Language::Ansible
            | Language::Taskfile
            | Language::Settings
            | Language::Terraform => around.reads(language, text),
            _ => {}
        }
        around
    }

    /// What is set around a line, as a hash.
    pub(in crate::content::script) fn at(&self, line: u32) -> Known {
        let entry = self.on.get(&line).and_then(|it| self.entries.get(*it));
        entry.map_or(self.file, |it| it.known)
    }

    fn reads(&mut self, language: Language, text: &str) {
        let mut open: Vec<usize> = Vec::new();
        self.opens(&mut open, 0, "");
        for (line, it) in (1_u32..).zip(text.lines()) {
            let it = without_comment(language, it).trim_end();
            let blank = it.len() - it.trim_start().len();
            let mut rest = it.trim_start();
            if rest.is_empty() || rest.starts_with("//") {
                continue;
            }
            if rest == "---" {
                self.opens(&mut open, 0, "");
            }
            let mut depth = 2 * blank + 2;
            // An element of a list may stand as deep as the key that it is of.
            while let Some(inner) = rest.strip_prefix("- ").map(str::trim_start) {
                self.opens(&mut open, depth + 1, "");
                depth += 2 * (rest.len() - inner.len());
                rest = inner;
            }
            self.opens(&mut open, depth, key_of(rest));
            for at in &open {
                if let Some(entry) = self.entries.get_mut(*at) {
                    rest.split_whitespace().for_each(|it| part(&mut entry.words, it.as_bytes()));
                }
            }
            self.on.extend(open.last().map(|it| (line, *it)));
        }
        self.ends();
    }

    /// Begins an entry, and ends those that it is not in.
    fn opens(&mut self, open: &mut Vec<usize>, depth: usize, key: &str) {
        while open.last().is_some_and(|it| self.entries.get(*it).is_none_or(|it| it.depth >= depth))
        {
            open.pop();
        }
        let of = open.last().copied();
        if open.len() < DEEPEST {
            open.push(self.entries.len());
            self.entries.push(Entry {
                depth,
                of,
                key: key.to_owned(),
                holds: HOLDING.contains(&key),
                words: Sha256::new(),
                settings: Sha256::new(),
                known: Known::default(),
            });
        }
    }

    /// Says of each entry what is set in it and around it.
    fn ends(&mut self) {
        for n in (0..self.entries.len()).rev() {
            let (before, rest) = self.entries.split_at_mut(n);
            let Some(it) = rest.first() else { continue };
            let Some(outer) = it.of.and_then(|of| before.get_mut(of)) else { continue };
            let key = it.key.as_str();
            let sets = SETTINGS.contains(&key);
            outer.holds |= !sets && (it.holds || HOLDING.contains(&key));
            if !key.is_empty() && !OWN.contains(&key) && (sets || !it.holds) {
                outer.settings.update(ended(it.words.clone()));
            }
        }
        for n in 0..self.entries.len() {
            let Some(it) = self.entries.get(n) else { continue };
            let outer = it.of.and_then(|of| self.entries.get(of)).map_or(self.file, |it| it.known);
            let own = ended(it.settings.clone());
            let around = known([&outer[..], &own[..]].into_iter());
            self.entries.iter_mut().skip(n).take(1).for_each(|it| it.known = around);
        }
    }
}

/// The key that a line begins with: `env:`, `path =`, `provisioner "local-exec" {`, `"command":`.
fn key_of(line: &str) -> &str {
    let line = line.trim_start_matches(['"', '\'']);
    let end =
        line.find(|it: char| it.is_whitespace() || matches!(it, ':' | '=' | '"' | '\'' | '{'));
    line.get(..end.unwrap_or(line.len())).unwrap_or_default()
}

/// What the lines of a file set for all that it runs.
fn set_by_lines(language: Language, text: &str) -> Known {
    let mut hash = Sha256::new();
    let mut goes_on = false;
    for line in text.lines() {
        let line = without_comment(language, line).trim_end();
        if goes_on || sets(language, line) {
            line.split_whitespace().for_each(|it| part(&mut hash, it.as_bytes()));
            goes_on = line.ends_with('\\');
        }
    }
    ended(hash)
}

/// Whether a line sets something for all that the file runs.
fn sets(language: Language, line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let key = line.split_once('=').map_or("", |it| it.0.trim_end());
    match language {
        Language::Make | Language::Just => {
            let is_of_target = || line.contains(": export ") && !line.starts_with([' ', '\t']);
            matches!(first, "export" | "include" | "-include" | "set" | "import") || is_of_target()
        }
        Language::Docker => {
            ["env", "workdir", "user"].iter().any(|it| first.eq_ignore_ascii_case(it))
        }
        Language::Crontab => {
            !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
        }
        Language::Systemd => !key.is_empty() && !key.starts_with("Exec") && !SAID.contains(&key),
        _ => false,
    }
}
