//! Rows about commands of platforms that run what others wrote.

use super::command::{Words, always};
use super::{CommandRow, Hit, hit, kind};
use crate::content::script::model::Scope::{Cloud, Database};
use crate::content::script::model::Weight::{Critical, High};

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.platform",
            "copilot app delete --yes, eb terminate --force, amplify delete --force, rosa delete cluster -y",
            "without a prompt",
            Cloud,
            Critical,
            "the prompt without it",
        ),
        programs: &["copilot", "eb", "amplify", "rosa", "civo", "oci"],
        words: &[],
        when: |it| hit(takes_down(it)),
        prompt_off: &["--yes", "-y", "--force", "-f"],
    },
    CommandRow {
        kind: kind(
            "sh.aws.parts",
            "aws secretsmanager delete-secret --force-delete-without-recovery, route53 delete-hosted-zone, ecs delete-service --force, ec2 delete-vpc",
            "",
            Cloud,
            High,
            "the time in which a secret can be had back",
        ),
        programs: &["aws"],
        words: &[
            "secretsmanager|route53|ecs|lambda|iam|ec2",
            "delete-secret|delete-hosted-zone|delete-service|delete-function|delete-user|delete-vpc",
        ],
        when: |it| {
            let comes_back =
                it.says(&["delete-secret"]) && !it.has("--force-delete-without-recovery");
            if comes_back { Hit::Miss } else { Hit::Full }
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.fresh",
            "mikro-orm schema:fresh --run, atlas schema clean --auto-approve, payload migrate:fresh --force-accept-warning",
            "without a prompt, or told to do it",
            Database,
            Critical,
            "the prompt, or that nothing is done without the flag",
        ),
        programs: &["mikro-orm", "payload", "atlas", "graphile-migrate", "sanity", "kysely"],
        words: &[],
        when: |it| hit(begins_anew(it)),
        prompt_off: &[
            "--run",
            "-r",
            "--force",
            "--force-accept-warning",
            "--auto-approve",
            "--erase",
            "--all",
        ],
    },
    CommandRow {
        kind: kind(
            "sh.terragrunt.all",
            "terragrunt destroy-all",
            "",
            Cloud,
            Critical,
            "the prompt",
        ),
        programs: &["terragrunt"],
        words: &["destroy-all"],
        when: always,
        prompt_off: &["--terragrunt-non-interactive", "--non-interactive", "-auto-approve"],
    },
];

/// Whether the words say that an application, a cluster or a database goes.
fn takes_down(words: &Words) -> bool {
    match words.program.as_str() {
        "copilot" => words.says(&["app|env|svc", "delete"]),
        "eb" => words.says(&["terminate"]),
        "amplify" => words.plain().next().is_some_and(|it| it.text == "delete"),
        "rosa" => words.says(&["delete", "cluster"]),
        "civo" => words.says(&["kubernetes|k3s|database|instance", "remove|delete|rm"]),
        _ => words.says(&["db|ce|bv|fs", "delete|terminate"]),
    }
}

/// Whether the words say that a database begins anew, or that all in it goes.
fn begins_anew(words: &Words) -> bool {
    let first = words.plain().next().map(|it| it.text.as_str()).unwrap_or_default();
    match words.program.as_str() {
        "mikro-orm" => matches!(first, "schema:fresh" | "schema:drop" | "migration:fresh"),
        "payload" => matches!(first, "migrate:fresh" | "migrate:reset"),
        "atlas" => words.says(&["schema", "clean"]),
        "graphile-migrate" => first == "reset",
        "sanity" => words.says(&["dataset", "delete"]),
        _ => matches!(first, "migrate:down" | "migrate:rollback"),
    }
}
