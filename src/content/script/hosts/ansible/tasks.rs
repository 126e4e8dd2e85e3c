//! Files of tasks, as roles have them: lists of mappings with one module each.

use super::modules::{bare, is_known};
use crate::content::script::hosts::document::Value;
use crate::content::script::operations::says_wipe;

/// What may be said of a task, beside its module.
const KEYWORDS: &[&str] = &[
    "any_errors_fatal",
    "args",
    "async",
    "become",
    "become_exe",
    "become_flags",
    "become_method",
    "become_user",
    "changed_when",
    "check_mode",
    "collections",
    "connection",
    "debugger",
    "delay",
    "delegate_facts",
    "delegate_to",
    "diff",
    "environment",
    "failed_when",
    "ignore_errors",
    "ignore_unreachable",
    "listen",
    "loop",
    "loop_control",
    "module_defaults",
    "name",
    "no_log",
    "notify",
    "poll",
    "port",
    "register",
    "remote_user",
    "retries",
    "run_once",
    "sudo",
    "sudo_user",
    "tags",
    "throttle",
    "timeout",
    "until",
    "vars",
    "when",
];

/// Whether the lines of a document are those of a list in which some module of Ansible stands.
pub(in crate::content::script) fn holds_tasks(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let bare_of = |it: &str| it.trim_start().trim_start_matches("- ").trim_start().to_owned();
    let mut lines = text.lines().filter(|it| {
        let it = it.trim();
        !it.is_empty() && !it.starts_with('#') && it != "---"
    });
    lines.next().is_some_and(|it| it.trim_start().starts_with("- "))
        && text.lines().any(|it| {
            let it = bare_of(it);
            let (key, _) = it.split_once(':').unwrap_or_default();
            is_known(bare(key.trim_end())) || matches!(key, "action" | "local_action")
        })
}

/// Whether other tasks of a role take a file in, where something holds: all but `main.yml`, unless it says what it is for.
pub(super) fn are_taken_in(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    parts.next() == Some("tasks") && stem != "main" && !says_wipe(stem)
}

/// Whether a document is a list of tasks: each has one module or a block beside what may be said of it.
pub(super) fn are_tasks(file: &Value) -> bool {
    let items = file.items();
    !items.is_empty() && items.iter().all(|it| is_task(it))
}

fn is_task(of: &Value) -> bool {
    let is_word = |key: &str| KEYWORDS.contains(&key) || key.starts_with("with_");
    let is_block = ["block", "rescue", "always"];
    let own: Vec<&str> =
        of.pairs().iter().map(|(key, _)| key.as_str()).filter(|it| !is_word(it)).collect();
    match of.get("block") {
        Some(_) => own.iter().all(|it| is_block.contains(it)),
        None => own.len() == 1,
    }
}
