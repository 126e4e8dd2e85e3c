//! What in a pipeline lasts no longer than its run: the runner, the databases beside it, and places made for one test.

use super::{Text, databases};
use crate::content::script::hosts::document::Value;
use crate::content::script::hosts::{Lasting, is_for_tests, runs_as_test};
use crate::content::script::words;

/// Where the steps of a job run.
pub(super) struct Place<'a> {
    is_for_tests: bool,
    has_own_cluster: bool,
    makes: bool,
    has_databases: bool,
    /// The machine stays, and is one of users or of whoever runs it.
    is_lasting: bool,
    /// It is of the environment of production.
    is_of_users: bool,
    /// What is set for all of its steps.
    set: String,
    file: &'a Text<'a>,
}

impl<'a> Place<'a> {
    /// That of a job, by its name, its text, what is set for all jobs, and the text of the whole file.
    pub(super) fn of(id: &str, job: &Value, shared: &str, file: &'a Text<'a>) -> Place<'a> {
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
        let own =
            job.get("env").or_else(|| job.get("variables")).or_else(|| job.get("environment"));
        let is_for_tests = is_for_tests(id) || is_for_tests(job.word("name"));
        Place {
            is_for_tests,
            has_own_cluster: databases::commands(text)
                .any(|line| own_cluster.iter().any(|it| line.contains(it))),
            // What one job of a test makes, another one takes down.
            makes: makes(if is_for_tests { file.text } else { text }),
            has_databases: has_services
                || databases::is_started(if file.has_shared_services { file.text } else { text }),
            is_lasting: job.get("runs-on").is_some_and(|it| {
                let group = it.word("group").to_owned();
                let mut named = it.words().into_iter().chain([group]);
                // `runs-on: [staging]`: a machine of one's own that is called after what it serves.
                let serves = ["staging", "server", "vps", "live"];
                named.any(|it| {
                    it.contains("self-hosted")
                        || words::says_production(&it)
                        || !is_of_github(&it)
                            && words::parts(&it).iter().any(|it| serves.contains(&it.as_str()))
                })
            }),
            is_of_users: job.get("environment").is_some_and(|it| names_production(it)),
            set: format!("{shared}\n{}", own.map_or("", |it| file.of(it))),
            file,
        }
    }

    /// The same on a machine that stays, where it is one.
    pub(super) fn lasting(self, is_lasting: bool) -> Place<'a> {
        Place { is_lasting: self.is_lasting || is_lasting, ..self }
    }

    /// What does not last where a step runs.
    pub(super) fn lasts(&self, name: &str, condition: &str, text: &str) -> Option<Lasting> {
        let is_for_tests = self.is_for_tests || is_for_tests(name);
        let takes_down = is_for_tests || condition.contains("always()");
        if self.has_own_cluster || takes_down && self.makes || self.is_of_run(text) {
            return Some(Lasting::Nothing);
        }
        let is_elsewhere = ELSEWHERE.iter().any(|it| text.contains(it))
            || [text, &self.set]
                .iter()
                .any(|it| it.contains("DOCKER_HOST") && it.contains("ssh://"));
        if is_elsewhere || self.is_lasting {
            return None;
        }
        let is_own = self.has_own_databases(text, is_for_tests);
        Some(if is_own { Lasting::Databases } else { Lasting::Files })
    }

    /// Whether the databases of a step are those of its job.
    fn has_own_databases(&self, text: &str, is_for_tests: bool) -> bool {
        let is_elsewhere = |it: &str| databases::is_elsewhere(it, self.file.text);
        if self.is_of_users || is_elsewhere(text) || is_elsewhere(&self.set) {
            return false;
        }
        match self.file.databases {
            Databases::Real => false,
            Databases::OfTests => true,
            Databases::Unsaid if self.has_databases || is_for_tests => true,
            Databases::Unsaid => {
                let is_told = text.contains("secrets.") || self.set.contains("secrets.");
                !is_told && !self.names_secrets() && !databases::is_asked_for(text)
            }
        }
    }

    fn names_secrets(&self) -> bool {
        self.file.text.contains("secrets.")
    }

    /// Whether what a step names is named by this run alone, in the step or by a variable that it looks at.
    fn is_of_run(&self, text: &str) -> bool {
        let names_run = |line: &str| OF_RUN.iter().any(|it| line.contains(it));
        let mut named: Vec<&str> = variables_of(self.file.text, names_run);
        // `NAME=$(echo "$REF" | tr / -)`: made of such a one.
        let of_named = |line: &str| named.iter().any(|it| line.contains(&format!("${it}")));
        let made_of = variables_of(self.file.text, |line| line.contains('=') && of_named(line));
        named.extend(made_of);
        let text = text.replace("\\\n", " ");
        let is_action = text.contains("uses:");
        databases::commands(&text)
            .filter(|line| is_action || TAKES_DOWN.iter().any(|it| line.contains(it)))
            .any(|line| {
                let is_named = |name: &&str| {
                    [format!("${name}"), format!("${{{name}"), format!("env.{name}")]
                        .iter()
                        .any(|it| line.contains(it))
                };
                names_run(line) || named.iter().any(is_named)
            })
    }
}

/// Whether a label is one of GitHub's own machines, or one of several of them: `ubuntu-24.04-arm`, `${{ matrix.os }}`.
fn is_of_github(label: &str) -> bool {
    let systems = ["windows-", "ubuntu-", "macos-"];
    let sizes = ["server", "arm", "arm64", "intel", "large", "xlarge", "core", "cores", "slim"];
    let version = systems.iter().find_map(|it| label.strip_prefix(it)).map(words::parts);
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    label.contains("matrix.")
        || version.is_some_and(|all| {
            all.iter().any(|it| it == "latest" || is_number(it))
                && all
                    .iter()
                    .all(|it| it == "latest" || is_number(it) || sizes.contains(&it.as_str()))
        })
}

/// The variables that the lines of a text which are such ones set.
fn variables_of(text: &str, is_one: impl Fn(&str) -> bool) -> Vec<&str> {
    let is_name =
        |it: &&str| it.len() > 2 && it.chars().all(|it| it.is_alphanumeric() || it == '_');
    let names = (text.lines().filter(|line| is_one(line)))
        .filter_map(|line| line.trim().split([':', '=']).next())
        .map(|it| it.rsplit(['"', '\'', ' ']).next().unwrap_or_default());
    names.filter(is_name).take(100).collect()
}

/// What takes something down, or says which one is to be.
const TAKES_DOWN: &[&str] = &[
    "delete",
    "destroy",
    "down",
    "drop",
    "remove",
    "uninstall",
    "purge",
    "clean",
    "terminate",
    "rm ",
    "rb ",
    "workspace",
    "stack",
    "init ",
    "cd ",
    "wipe",
    "reset",
];

/// What tells one run of a pipeline, or one pull request, from all others.
const OF_RUN: &[&str] = &[
    "pull_request.number",
    "github.head_ref",
    "GITHUB_HEAD_REF",
    "github.event.number",
    "github.run_id",
    "github.run_number",
    "GITHUB_RUN_ID",
    "GITHUB_RUN_NUMBER",
    "github.sha",
    "GITHUB_SHA",
    "CI_MERGE_REQUEST_IID",
    "CIRCLE_SHA1",
    "TRAVIS_BUILD_ID",
    "TRAVIS_BUILD_NUMBER",
    "TRAVIS_COMMIT",
    "CODEBUILD_BUILD_ID",
    "CODEBUILD_BUILD_NUMBER",
    "CODEBUILD_RESOLVED_SOURCE_VERSION",
    "$BUILD_ID",
    "SHORT_SHA",
    "_PR_NUMBER",
    "CI_PIPELINE_ID",
    "CI_PIPELINE_IID",
    "CI_JOB_ID",
    "Build.BuildId",
    "CIRCLE_BUILD_NUM",
    "CIRCLE_WORKFLOW_ID",
];

/// Whether a text makes what may be taken down after it.
pub(super) fn makes(text: &str) -> bool {
    let makers = [
        "terraform apply",
        "tofu apply",
        "terragrunt apply",
        "run-all apply",
        "pulumi up",
        "cdk deploy",
        "sam deploy",
        "serverless deploy",
        "sls deploy",
        "helm install",
        "helm upgrade",
        "kubectl apply",
        "kubectl create",
        "eksctl create",
        "run-instances",
        " create ",
        " create-",
        "make deploy",
        "make apply",
        "compose up",
    ];
    // `terraform -chdir=infra apply`.
    let plain = |line: &str| -> String {
        line.split(' ').filter(|it| !it.starts_with("-chdir")).collect::<Vec<_>>().join(" ")
    };
    databases::commands(text).map(plain).any(|line| makers.iter().any(|it| line.contains(it)))
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
    "docker context use",
    "docker --context",
    "docker -H",
    "vercel env pull",
];

/// Whether an environment is called as production is.
pub(super) fn names_production(environment: &Value) -> bool {
    [environment.word("name"), environment.text().unwrap_or_default()]
        .iter()
        .any(|it| words::says_production(it))
}

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

/// Whether a workflow is about something that it makes for one branch or one run, by its name and what it does.
pub(super) fn is_for_a_run(name: &str, text: &str) -> bool {
    let lower = name.to_lowercase();
    makes(text)
        && lower.split(|c: char| !c.is_alphanumeric()).any(|it| {
            matches!(
                it,
                "preview" | "previews" | "ephemeral" | "e2e" | "acceptance" | "pr" | "review"
            )
        })
}
