//! Names of hosts that only ssh knows, resolved by the real ssh with a configuration of the test.

use crate::remotes::first;
use crate::support::{Repo, has_tool};

/// A repository whose git reaches hosts by the real ssh with this configuration; none where there is no ssh.
fn with_ssh(configuration: &str) -> Option<Repo> {
    if !has_tool("ssh", &["-V"]) {
        return None;
    }
    let repo = Repo::new();
    repo.write("ssh config", configuration.as_bytes());
    let file = repo.path("ssh config");
    repo.git(&["config", "core.sshCommand", &format!("ssh -F '{}'", file.display())]);
    Some(repo)
}

#[test]
fn the_host_and_the_user_that_ssh_names_count() {
    let Some(repo) = with_ssh(
        "Host work\n  HostName heroku.com\n  User git\nHost box\n  HostName 192.0.2.7\n  User dokku\nHost plain\n  HostName \
         git.example.com\n",
    ) else {
        return;
    };
    for (url, name, resolved) in [
        ("work:shop.git", "production", "resolved git@heroku.com:shop.git"),
        ("ssh://work/shop.git", "production", "resolved git@heroku.com:shop.git"),
        ("box:shop", "production", "resolved dokku@192.0.2.7:shop"),
        ("git@plain:shop.git", "ordinary", "resolved git@git.example.com:shop.git"),
    ] {
        let (found, urls) = first(&repo, &["--url", url]);
        assert_eq!((found.as_str(), urls[1].as_str()), (name, resolved), "{url}");
    }
    // A name that is no alias is asked about, and is what it was.
    let (name, urls) = first(&repo, &["--url", "git@github.com:acme/shop.git"]);
    assert_eq!(name, "ordinary");
    assert_eq!(urls, ["configured git@github.com:acme/shop.git"]);
    // ssh is asked about what git makes of a URL.
    repo.git(&["remote", "add", "origin", "gh:shop.git"]);
    repo.git(&["config", "url.work:.insteadOf", "gh:"]);
    assert_eq!(first(&repo, &["origin"]).1[2], "resolved git@heroku.com:shop.git");
}

#[test]
fn an_alias_is_declared_by_where_it_leads() {
    let Some(repo) = with_ssh("Host work\n  HostName heroku.com\n  User git\n") else { return };
    let policy = |glob: &str| {
        let text = format!(
            "version: 1\nenvironments:\n  - {{name: dev, production: false, urls: ['{glob}']}}\n"
        );
        repo.write(".dataward.yaml", text.as_bytes());
        first(&repo, &["--url", "work:shop.git"]).0
    };
    assert_eq!(policy("heroku.com/shop"), "dev");
    // The alias may lead elsewhere on another machine.
    assert_eq!(policy("work/shop"), "production");
}

#[test]
fn a_name_that_is_not_resolved_is_said_and_is_no_error() {
    let repo = Repo::new();
    repo.git(&["config", "core.sshCommand", "exit 3;"]);
    let run = repo.dataward(&["environment", "--url", "work:shop.git"]);
    run.passes();
    let said = "where ssh leads for work is not known, as ssh cannot tell; it is taken for the host itself";
    assert!(run.out.contains(said), "{run:#?}");
    let run = repo.dataward(&["environment", "--url", "ssh://-oProxyCommand=touch%20hacked/a"]);
    run.passes();
    assert!(run.out.contains("its name begins with `-`"), "{run:#?}");
    assert!(!repo.path("hacked").exists());
}
