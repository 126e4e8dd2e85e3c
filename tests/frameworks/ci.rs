//! The recipes of docs/ci.md: their commands are run as a CI service would run them, in a clone as it would make it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::frameworks;
use crate::support::{CHECK, Ended, Repo};

const PAGE: &str = include_str!("../../docs/ci.md");
const ZEROS: &str = "0000000000000000000000000000000000000000";

fn parse(yaml: &str) -> Value {
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
}

/// The YAML block below this heading.
fn recipe(heading: &str) -> Value {
    let (_, rest) = PAGE.split_once(&format!("\n## {heading}\n")).unwrap();
    let (_, rest) = rest.split_once("```yaml\n").unwrap();
    parse(rest.split_once("```\n").unwrap().0)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// What a service runs on: the clone, its home with a `cargo` that installs the programs under test, and its variables.
struct Service {
    origin: Repo,
    /// The commits before and after the change.
    from: String,
    to: String,
    clone: PathBuf,
    path: String,
    variables: HashMap<String, String>,
}

impl Service {
    /// With a change that brings a database and a script that wipes, and deletes both again, or one that brings none.
    fn new(brings: bool, clone: &[&str]) -> Service {
        let origin = frameworks::repository();
        let from = origin.asked(&["rev-parse", "HEAD"]);
        origin.git(["switch", "--quiet", "--create", "change"]).ok();
        origin.stage("notes.txt", "Notes.\n");
        // A change that allows itself what it brings.
        origin.stage(
            ".dataward.yaml",
            "version: 1\nallow:\n- rule: database-file\n  path: '**'\n  reason: mine\n\
             - rule: database-with-personal-data\n  path: '**'\n  reason: mine\n",
        );
        origin.force("notes");
        if brings {
            origin.stage_database("app.bin");
            origin.stage("wipe.sh", "#!/bin/sh\ndropdb shop\n");
            origin.force("both");
            origin.git(["rm", "--quiet", "app.bin", "wipe.sh"]).ok();
            origin.force("none of them");
        }
        let to = origin.asked(&["rev-parse", "HEAD"]);
        let home = origin.home.path().to_owned();
        let url = format!("file://{}", origin.top.display());
        let arguments = [&["clone", "--quiet"], clone, &[url.as_str(), "../clone"]].concat();
        origin.git(arguments).ok();
        let programs = Path::new(CHECK).parent().unwrap();
        origin.script(
            "../bin/cargo",
            &format!(
                "#!/bin/bash\nset -eu\n\
                 [[ $* == 'install --git https://github.com/OWNER/dataward --tag v0.1.0 --locked --root '* ]]\n\
                 mkdir -p \"$8/bin\"\nln -s '{0}/check-database-files' '{0}/dataward' \"$8/bin\"\n",
                programs.display()
            ),
        );
        let path = format!("{}:{}", home.join("bin").display(), std::env::var("PATH").unwrap());
        let clone = home.join("clone");
        Service { origin, from, to, clone, path, variables: HashMap::new() }
    }

    fn set(&mut self, name: &str, value: &str) {
        self.variables.insert(name.to_owned(), value.to_owned());
    }

    fn bash(&self, script: &str) -> Ended {
        let mut command = self.origin.command("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
        command.current_dir(&self.clone).env("PATH", &self.path).envs(&self.variables);
        Ended::of(command.output().unwrap())
    }

    /// Runs the steps of the GitHub job for this event, and ends as it would.
    fn github(&mut self, event: &str, before: &str) -> Ended {
        let workflow = recipe("GitHub Actions");
        let job = &workflow["jobs"]["dataward"];
        assert_eq!(job["steps"][0]["with"]["fetch-depth"], 0);
        let expressions = HashMap::from([
            ("github.event.pull_request.base.sha", self.from.clone()),
            ("github.event.pull_request.head.sha", self.to.clone()),
            ("github.event.before", before.to_owned()),
            ("github.sha", self.to.clone()),
        ]);
        let added = self.origin.home.path().join("github-path");
        self.set("GITHUB_PATH", added.to_str().unwrap());
        for variable in ["DATAWARD", "DATAWARD_TAG"] {
            self.set(variable, text(&job["env"], variable));
        }
        let mut last = Ended { code: Some(0), text: String::new() };
        for step in job["steps"].as_array().unwrap() {
            let runs = match text(step, "if") {
                "" | "steps.cache.outputs.cache-hit != 'true'" => true,
                other => other == format!("github.event_name == '{event}'"),
            };
            let script = text(step, "run");
            if !runs || script.is_empty() {
                continue;
            }
            assert!(!script.contains("${{"), "an expression in a command: {script}");
            for (name, value) in step["env"].as_object().into_iter().flatten() {
                let value = value.as_str().unwrap();
                let name_of = value.strip_prefix("${{ ").and_then(|it| it.strip_suffix(" }}"));
                self.set(name, &expressions[name_of.unwrap()]);
            }
            last = self.bash(script);
            if last.code != Some(0) {
                break;
            }
            let added = fs::read_to_string(&added).unwrap_or_default();
            self.path = format!("{}:{}", added.trim_end(), self.path);
        }
        last
    }

    /// Runs a job of GitLab.
    fn gitlab(&mut self, job: &str) -> Ended {
        let recipe = recipe("GitLab CI");
        let base = &recipe[".dataward"];
        for (name, value) in base["variables"].as_object().unwrap() {
            self.set(name, value.as_str().unwrap());
        }
        assert_eq!(self.variables["GIT_DEPTH"], "0");
        let lines = [&base["before_script"], &recipe[job]["script"]];
        let lines = lines.into_iter().flat_map(|lines| lines.as_array().unwrap());
        let script: Vec<&str> = lines.map(|line| line.as_str().unwrap()).collect();
        self.bash(&script.join("\n"))
    }

    /// How many results the SARIF file of the last run has; it is gone afterwards.
    fn sarif(&self) -> usize {
        let path = self.clone.join("dataward.sarif");
        let sarif: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        fs::remove_file(path).unwrap();
        sarif["runs"][0]["results"].as_array().unwrap().len()
    }
}

#[test]
fn github_actions() {
    for (brings, code) in [(true, 1), (false, 0)] {
        let mut service = Service::new(brings, &[]);
        service.github("pull_request", "").ends(code);
        assert_eq!(service.sarif(), if brings { 2 } else { 0 });
        // A push to main is judged by the policy that it leaves there.
        service.bash("rm .dataward.yaml").ok();
        for before in [service.from.clone(), ZEROS.to_owned()] {
            fs::remove_dir_all(service.origin.home.path().join("dataward")).unwrap();
            service.github("push", &before).ends(code);
            assert_eq!(service.sarif(), if brings { 2 } else { 0 });
        }
    }
}

#[test]
fn gitlab_ci() {
    for (brings, code) in [(true, 1), (false, 0)] {
        let mut service = Service::new(brings, &[]);
        let (from, to) = (service.from.clone(), service.to.clone());
        service.set("CI_MERGE_REQUEST_DIFF_BASE_SHA", &from);
        service.set("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "");
        service.set("CI_COMMIT_SHA", &to);
        service.gitlab("dataward-of-a-merge-request").ends(code);
        assert_eq!(service.sarif(), if brings { 2 } else { 0 });
        service.set("CI_COMMIT_SHA", "a merge that GitLab made");
        service.set("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", &to);
        service.gitlab("dataward-of-a-merge-request").ends(code);
        service.set("CI_COMMIT_SHA", &to);
        service.bash("rm .dataward.yaml").ok();
        for before in [from.as_str(), ZEROS] {
            service.set("CI_COMMIT_BEFORE_SHA", before);
            service.gitlab("dataward-of-a-push").ends(code);
            assert_eq!(service.sarif(), if brings { 2 } else { 0 });
        }
    }
}

#[test]
fn a_shallow_clone_is_no_reason_to_pass() {
    for depth in ["--depth=1", "--depth=2"] {
        let mut service = Service::new(true, &[depth, "--branch=change"]);
        let said = service.github("pull_request", "").says(2, &["this clone is shallow"]);
        assert!(said.contains("fetch-depth: 0"), "{said}");
        assert!(!service.clone.join("dataward.sarif").exists());
        service.bash("git fetch --quiet --unshallow").ok();
        fs::remove_dir_all(service.origin.home.path().join("dataward")).unwrap();
        service.github("pull_request", "").ends(1);
    }
}

#[test]
fn the_workflow_of_this_project_parses() {
    let workflow = parse(include_str!("../../.github/workflows/ci.yml"));
    for job in workflow["jobs"].as_object().unwrap().values() {
        assert!(job["runs-on"].is_string() && !job["steps"].as_array().unwrap().is_empty());
    }
}
