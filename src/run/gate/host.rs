//! The hosts of repositories, as far as they differ: what tells who pushed and where to, and what text reaches who pushes.

use std::time::Duration;

use anyhow::{Result, bail};

use super::key;

/// A host of repositories. Variables hold what the host says itself; no other variable is written down.
#[derive(Debug)]
pub(super) struct Host {
    /// Its word in `git config dataward.host`.
    pub(super) name: &'static str,
    /// The variables that name who pushed, the best first.
    pusher: &'static [&'static str],
    /// The variables that together name the repository, its parts parted by `/`.
    repository: &'static [&'static str],
    /// What stands before each line, so that the host shows it.
    pub(super) prefix: &'static str,
    /// The time for a push where the configuration names none.
    pub(super) budget: Duration,
}

const MINUTE: Duration = Duration::from_secs(60);

/// All of them, from their documentation; what can be installed here is tested with the host itself (docs/server.md).
static HOSTS: &[Host] = &[
    // sshd sets these of the account; several people may share one, so the key is named as well.
    Host { name: "ssh", pusher: &["LOGNAME", "USER"], repository: &[], prefix: "", budget: MINUTE },
    // RFC 3875, 4.1.11: who authenticated to the web server.
    Host { name: "http", pusher: &["REMOTE_USER"], repository: &[], prefix: "", budget: MINUTE },
    // https://gitolite.com/gitolite/dev-notes.html#appendix-1-environment-variables
    Host {
        name: "gitolite",
        pusher: &["GL_USER"],
        repository: &["GL_REPO"],
        prefix: "",
        budget: MINUTE,
    },
    // https://docs.gitlab.com/administration/server_hooks/
    Host {
        name: "gitlab",
        pusher: &["GL_USERNAME", "GL_ID"],
        repository: &["GL_PROJECT_PATH"],
        prefix: "GL-HOOK-ERR: ",
        budget: MINUTE,
    },
    // https://github.com/go-gitea/gitea/blob/main/modules/repository/env.go
    Host {
        name: "gitea",
        pusher: &["GITEA_PUSHER_NAME"],
        repository: &["GITEA_REPO_USER_NAME", "GITEA_REPO_NAME"],
        prefix: "",
        budget: MINUTE,
    },
    // https://docs.github.com/en/enterprise-server/admin/policies/enforcing-policy-with-pre-receive-hooks/creating-a-pre-receive-hook-script
    // All hooks together have 5 seconds.
    Host {
        name: "github",
        pusher: &["GITHUB_USER_LOGIN"],
        repository: &["GITHUB_REPO_NAME"],
        prefix: "",
        budget: Duration::from_millis(4500),
    },
    // https://confluence.atlassian.com/bitbucketserver/using-hook-scripts
    Host {
        name: "bitbucket",
        pusher: &["BB_USER_NAME"],
        repository: &["BB_PROJECT_KEY", "BB_REPO_SLUG"],
        prefix: "",
        budget: MINUTE,
    },
];

/// Characters of a name that are kept.
const LONGEST_NAME: usize = 200;

impl Host {
    /// The host of this word; plain ssh where there is none.
    ///
    /// # Errors
    ///
    /// When no host is called that.
    pub(super) fn named(word: Option<&str>) -> Result<&'static Host> {
        let word = word.unwrap_or("ssh");
        if let Some(host) = HOSTS.iter().find(|it| it.name == word) {
            return Ok(host);
        }
        let names: Vec<&str> = HOSTS.iter().map(|it| it.name).collect();
        bail!(
            "git config dataward.host is no host that is known here: use one of {}",
            names.join(", ")
        );
    }

    /// Who pushed, as the host says; empty where it does not.
    pub(super) fn pusher(&self) -> String {
        let name = self.pusher.iter().find_map(|it| variable(it)).unwrap_or_default();
        match if self.name == "ssh" { key::presented() } else { None } {
            Some(key) => format!("{name} ({key})"),
            None => name,
        }
    }

    /// The repository, as the host calls it; none where it has no name of its own for it.
    pub(super) fn repository(&self) -> Option<String> {
        let parts: Option<Vec<String>> = self.repository.iter().map(|it| variable(it)).collect();
        parts.filter(|it| !it.is_empty()).map(|it| it.join("/"))
    }
}

fn variable(name: &str) -> Option<String> {
    let value = std::env::var_os(name)?;
    Some(cleaned(&value.to_string_lossy())).filter(|it| !it.is_empty())
}

/// A name as it is kept.
pub(super) fn cleaned(name: &str) -> String {
    name.chars().filter(|it| !it.is_control()).take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_known_by_its_word_alone() {
        assert_eq!(Host::named(None).unwrap().name, "ssh");
        assert_eq!(Host::named(Some("github")).unwrap().budget.as_millis(), 4500);
        assert_eq!(Host::named(Some("gitlab")).unwrap().prefix, "GL-HOOK-ERR: ");
        let error = Host::named(Some("sourcehut")).unwrap_err().to_string();
        assert!(error.contains("use one of ssh, http, gitolite"), "{error}");
    }
}
