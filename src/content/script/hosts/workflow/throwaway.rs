//! What in a pipeline lasts no longer than its run: the runner, the databases beside it, and places made for one test.

use super::Text;
use crate::content::script::hosts::document::Value;
use crate::content::script::hosts::{Lasting, is_for_tests, runs_as_test};

/// Where the steps of a job run.
pub(super) struct Place {
    is_for_tests: bool,
    has_own_databases: bool,
    is_self_hosted: bool,
}

impl Place {
    /// That of a job, by its name, its text, what is set for all jobs, and the text of the whole file.
    pub(super) fn of(id: &str, job: &Value, shared: &str, file: &Text) -> Place {
        let text = file.of(job);
        let own_cluster = [
            "kind-action",
            "kind create",
            "minikube start",
            "setup-minikube",
            "k3d cluster create",
            "setup-k3d",
        ];
        let has_services = job.get("services").is_some_and(|it| !it.words().is_empty());
        Place {
            is_for_tests: is_for_tests(id)
                || is_for_tests(job.word("name"))
                || own_cluster.iter().any(|it| text.contains(it)),
            has_own_databases: match file.databases {
                Databases::Real => false,
                Databases::OfTests => true,
                Databases::Unsaid => {
                    has_services || !(text.contains("secrets.") || shared.contains("secrets."))
                }
            },
            is_self_hosted: job
                .get("runs-on")
                .is_some_and(|it| it.words().iter().any(|it| it.contains("self-hosted"))),
        }
    }

    /// What does not last where a step runs.
    pub(super) fn lasts(&self, name: &str, condition: &str, text: &str) -> Option<Lasting> {
        let of_pull_request = [
            "pull_request.number",
            "github.head_ref",
            "github.event.number",
            "CI_MERGE_REQUEST_IID",
            "CI_ENVIRONMENT_SLUG",
        ];
        if self.is_for_tests
            || is_for_tests(name)
            || condition.contains("always()")
            || of_pull_request.iter().any(|it| text.contains(it))
        {
            return Some(Lasting::Nothing);
        }
        let is_elsewhere = ELSEWHERE.iter().any(|it| text.contains(it));
        if is_elsewhere || self.is_self_hosted {
            return None;
        }
        Some(if self.has_own_databases { Lasting::Databases } else { Lasting::Files })
    }
}

/// What works on another machine than that of the job.
const ELSEWHERE: &[&str] = &[
    "ssh ",
    "ssh-action",
    "ssh\t",
    "kubectl exec",
    "heroku ",
    "flyctl ssh",
    "--linked",
    "--remote",
    "pscale ",
    "turso ",
    "neonctl ",
    "firebase ",
];

/// What a file says of the databases that it works with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Databases {
    /// A secret says where one is.
    Real,
    /// Those of tests.
    OfTests,
    Unsaid,
}

impl Databases {
    pub(super) fn of(file: &str) -> Databases {
        match () {
            () if names_real_database(file) => Databases::Real,
            () if runs_as_test_in(file) => Databases::OfTests,
            () => Databases::Unsaid,
        }
    }
}

/// Whether a secret says where a database is.
fn names_real_database(text: &str) -> bool {
    text.split("secrets.").skip(1).any(|it| {
        let name: String = it
            .chars()
            .take_while(|it| it.is_alphanumeric() || *it == '_')
            .collect::<String>()
            .to_uppercase();
        let is_database = [
            "DB",
            "DATABASE",
            "POSTGRES",
            "PG",
            "MYSQL",
            "MONGO",
            "REDIS",
            "SUPABASE",
            "NEON",
            "DIRECT",
            "TURSO",
            "PLANETSCALE",
        ]
        .iter()
        .any(|it| name.contains(it));
        is_database
            && !name.contains("TEST")
            && !name.ends_with("PASSWORD")
            && !name.ends_with("USER")
    })
}

fn runs_as_test_in(text: &str) -> bool {
    runs_as_test(text)
        || [
            "RAILS_ENV: test",
            "NODE_ENV: test",
            "APP_ENV: test",
            "RACK_ENV: test",
            "RAILS_ENV: \"test\"",
        ]
        .iter()
        .any(|it| text.contains(it))
}

/// Whether a workflow runs only when a pull request is closed or a branch deleted: it takes down what was made for that.
pub(super) fn ends_with_its_branch(on: &Value) -> bool {
    let triggers = on.words();
    !triggers.is_empty()
        && triggers.iter().all(|it| match it.as_str() {
            "delete" => true,
            "pull_request" | "pull_request_target" => on.at(&[it, "types"]).is_some_and(|it| {
                it.words().iter().all(|it| matches!(it.as_str(), "closed" | "unlabeled"))
            }),
            _ => false,
        })
}

/// Whether a name is that of something made for one branch or one run.
pub(super) fn is_for_a_run(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|it| {
        matches!(it, "preview" | "previews" | "ephemeral" | "e2e" | "acceptance" | "pr" | "review")
    })
}
