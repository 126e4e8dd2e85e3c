//! Remotes as git's configuration has them: `insteadOf`, `pushInsteadOf`, several URLs, and the hook of a real push.

use std::fs;

use serde_json::{Value, json};

use crate::support::{DATAWARD, Repo};

const HEROKU: &str = "https://git.heroku.com/shop.git";

/// What `dataward environment` says with these arguments, held against its schema.
#[track_caller]
pub(crate) fn told(repo: &Repo, arguments: &[&str]) -> Value {
    let run = repo.dataward(&[&["environment", "--format", "json"], arguments].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:#?}");
    let document: Value = serde_json::from_str(&run.out).expect("JSON");
    let mut schema: Value =
        serde_json::from_str(include_str!("../../docs/report.schema.json")).expect("JSON");
    schema["$ref"] = json!("#/$defs/environments");
    let schema = jsonschema::draft202012::new(&schema).expect("a JSON Schema");
    let errors: Vec<String> = schema.iter_errors(&document).map(|it| it.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    document
}

/// The name of the environment of the first target, and its URLs with their forms.
#[track_caller]
pub(crate) fn first(repo: &Repo, arguments: &[&str]) -> (String, Vec<String>) {
    let document = told(repo, arguments);
    let target = &document["targets"][0];
    let urls = target["urls"].as_array().expect("a list").iter();
    let word = |it: &Value| it.as_str().expect("a text").to_owned();
    let urls = urls.map(|it| format!("{} {}", word(&it["form"]), word(&it["url"]))).collect();
    (word(&target["environment"]["name"]), urls)
}

#[test]
fn what_git_makes_of_a_url_counts() {
    let repo = Repo::new();
    repo.git(&["remote", "add", "origin", "work:shop.git"]);
    repo.git(&["config", "url.https://example.com/.insteadOf", "work:"]);
    let (name, urls) = first(&repo, &["origin"]);
    assert_eq!(name, "ordinary");
    assert_eq!(urls, ["configured work:shop.git", "effective https://example.com/shop.git"]);

    // Only for pushes, and stronger than the other.
    repo.git(&["config", "url.https://git.heroku.com/.pushInsteadOf", "work:"]);
    let (name, urls) = first(&repo, &["origin"]);
    assert_eq!(name, "production");
    assert_eq!(urls, ["configured work:shop.git", &format!("effective {HEROKU}")]);

    // The longest start wins, and a `pushurl` is not rewritten for pushes alone.
    repo.git(&["config", "url.https://example.org/x.pushInsteadOf", "work:s"]);
    assert_eq!(first(&repo, &["origin"]).1[1], "effective https://example.org/xhop.git");
    repo.git(&["config", "remote.origin.pushurl", "work:a.git"]);
    assert_eq!(first(&repo, &["origin"]).1[1], "effective https://example.com/a.git");
    // As git has it.
    let git = repo.git(&["remote", "get-url", "--push", "origin"]);
    assert_eq!(git, "https://example.com/a.git");
}

#[test]
fn the_configured_form_counts_as_well() {
    let repo = Repo::new();
    repo.git(&["remote", "add", "origin", HEROKU]);
    repo.git(&["config", "url.https://example.com/.insteadOf", "https://git.heroku.com/"]);
    assert_eq!(first(&repo, &["origin"]).0, "production");
}

#[test]
fn a_remote_of_the_user_and_one_in_the_environment_are_known() {
    let repo = Repo::new();
    let mut command = repo.command(DATAWARD.unwrap());
    command.args(["environment", "live"]);
    for (n, (key, value)) in
        [("remote.live.url", "work:shop.git"), ("url.https://git.heroku.com/.insteadOf", "work:")]
            .iter()
            .enumerate()
    {
        command.env(format!("GIT_CONFIG_KEY_{n}"), key).env(format!("GIT_CONFIG_VALUE_{n}"), value);
    }
    let output = command.env("GIT_CONFIG_COUNT", "2").output().unwrap();
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(out.starts_with("live: environment production, production (Heroku)\n"), "{out}");
}

#[test]
fn a_url_that_is_typed_is_rewritten_too() {
    let repo = Repo::new();
    repo.git(&["config", "url.https://git.heroku.com/.pushInsteadOf", "work:"]);
    let (name, urls) = first(&repo, &["work:shop.git"]);
    assert_eq!(name, "production");
    assert_eq!(urls, ["configured work:shop.git", &format!("effective {HEROKU}")]);
    assert_eq!(first(&repo, &["--url", HEROKU]).0, "production");
}

#[test]
fn no_password_is_said_in_any_form() {
    let repo = Repo::new();
    let url = "https://me:s3cret@git.example.com/shop.git?token=s3cret";
    repo.git(&["remote", "add", "origin", url]);
    repo.git(&[
        "config",
        "url.https://you:s3cret@example.org/.insteadOf",
        "https://me:s3cret@git.",
    ]);
    for arguments in
        [&["environment"][..], &["environment", "--format", "json"], &["environment", url]]
    {
        let run = repo.dataward(arguments);
        run.passes();
        assert!(!run.out.contains("s3cret") && !run.err.contains("s3cret"), "{run:#?}");
    }
}

#[cfg(unix)]
#[test]
fn a_path_counts_as_it_is_written_and_where_it_leads() {
    let repo = Repo::new();
    let live = repo.beside("live.git");
    repo.git(&["init", "--quiet", "--bare", live.top.to_str().unwrap()]);
    std::os::unix::fs::symlink(&live.top, repo.top.parent().unwrap().join("dev.git")).unwrap();
    repo.git(&["remote", "add", "origin", "../dev.git"]);
    let policy = "version: 1\nenvironments:\n  - {name: live, urls: ['/**/live.git']}\n  - {name: dev, production: false, urls: \
                  ['../dev.git']}\n";
    repo.write(".dataward.yaml", policy.as_bytes());
    assert_eq!(first(&repo, &["origin"]).0, "live");
}

#[cfg(unix)]
#[test]
fn a_real_push_to_two_urls_is_asked_for_each_alone() {
    use std::os::unix::fs::PermissionsExt;
    let repo = Repo::with_commit();
    let mut urls = Vec::new();
    for name in ["live.git", "dev.git"] {
        let other = repo.beside(name);
        repo.git(&["init", "--quiet", "--bare", other.top.to_str().unwrap()]);
        urls.push(format!("file://{}", other.top.display()));
    }
    let start = urls[1].strip_suffix("dev.git").unwrap().to_owned();
    repo.git(&["remote", "add", "both", &urls[0]]);
    repo.git(&["config", &format!("url.{start}.insteadOf"), "work:"]);
    repo.git(&["remote", "set-url", "--push", "both", &urls[0]]);
    repo.git(&["remote", "set-url", "--push", "--add", "both", "work:dev.git"]);
    repo.write(
        ".dataward.yaml",
        b"version: 1\nenvironments:\n  - {name: live, urls: ['/**/live.git']}\n",
    );
    let hook = repo.path(".git/hooks/pre-push");
    let program = DATAWARD.unwrap();
    let script =
        format!("#!/bin/sh\n'{program}' environment \"$1\" --url \"$2\" >> told.txt || exit 1\n");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, script).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    repo.git(&["push", "--quiet", "both", "main"]);
    let told = fs::read_to_string(repo.path("told.txt")).unwrap();
    let heads: Vec<&str> = told.lines().filter(|it| it.starts_with("both: ")).collect();
    assert_eq!(
        heads,
        ["both: environment live, production", "both: environment ordinary, not production"],
        "{told}"
    );
    assert!(told.contains("--> work:dev.git (configured)"), "{told}");
    // Without the URL all of them are meant.
    assert_eq!(first(&repo, &["both"]).0, "live");
}
