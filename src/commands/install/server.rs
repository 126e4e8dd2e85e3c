//! `dataward install --server`: the hook of a server, at the place where each host looks for it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use super::hook::{self, Wanted};
use super::{outside, script, shown};
use crate::source::Git;

/// The hooks of a server: what check-receive is told there, and whether it decides on the push. The second writes down what became of it.
const HOOKS: &[(&str, &str, bool)] =
    &[("pre-receive", "", true), ("post-receive", " --post-receive", false)];

/// The program that they run.
const PROGRAM: &str = "check-receive";

/// What a hook in a directory of hooks is called, each of which runs.
const PART: &str = "dataward";

/// The hosts that are known, by their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::commands) enum Host {
    Ssh,
    Http,
    Gitolite,
    Gitlab,
    Gitea,
    Forgejo,
    Github,
    Bitbucket,
}

impl Host {
    /// Its word in `git config dataward.host`.
    pub(in crate::commands) fn word(self) -> &'static str {
        match self {
            Host::Ssh => "ssh",
            Host::Http => "http",
            Host::Gitolite => "gitolite",
            Host::Gitlab => "gitlab",
            // Forgejo sets the variables of Gitea.
            Host::Gitea | Host::Forgejo => "gitea",
            Host::Github => "github",
            Host::Bitbucket => "bitbucket",
        }
    }
}

/// The steps for GitHub Enterprise Server, from
/// https://docs.github.com/en/enterprise-server/admin/policies/enforcing-policy-with-pre-receive-hooks/creating-a-pre-receive-hook-script
/// and the pages beside it on environments and on uploading.
const GITHUB: &str = "GitHub Enterprise Server takes no hook from a file system, so this is done by hand:
hint: 1. make a chroot environment of Linux with git and check-receive in /usr/local/bin, as one tar.gz (64-bit, below 1 GB)
hint: 2. as a site administrator: Settings, Hooks, Pre-receive hook environments, Manage environments, Add environment: the URL of that file
hint: 3. commit this as an executable file to a repository that few may write to:
hint:      #!/bin/sh
hint:      git config --global dataward.host github
hint:      exec /usr/local/bin/check-receive
hint: 4. Settings, Hooks, Pre-receive hooks, Add pre-receive hook: that environment, repository and file, \"Use the exit-status to accept or reject pushes\"
hint: docs/server.md says more: all hooks of a push have 5 seconds together";

/// The steps for Bitbucket Data Center, from https://confluence.atlassian.com/bitbucketserver/using-hook-scripts
const BITBUCKET: &str = "Bitbucket Data Center keeps hook scripts itself, so this is done by hand:
hint: 1. put check-receive at the same path on every node, such as /usr/local/bin/check-receive
hint: 2. on every node, as the user that runs Bitbucket: git config --global dataward.host bitbucket
hint: 3. write this to pre-receive.sh:
hint:      #!/bin/sh
hint:      exec /usr/local/bin/check-receive
hint: 4. as a system administrator: POST it to /rest/api/latest/hook-scripts with name, type=PRE and content=@pre-receive.sh
hint: 5. PUT {\"triggerIds\":[]} to /rest/api/latest/projects/PROJECT/hook-scripts/ID
hint: docs/server.md has the commands";

/// Where the hooks of a host go.
pub(in crate::commands) struct Layout {
    pub(in crate::commands) host: Host,
    /// The repository's directory; none where PATH is no repository.
    pub(in crate::commands) repository: Option<PathBuf>,
    pub(in crate::commands) directory: PathBuf,
    /// Whether each file of a directory of the hook's name runs, rather than one file.
    pub(in crate::commands) is_parted: bool,
}

/// A hook of a server.
pub(in crate::commands) struct Part {
    pub(in crate::commands) name: &'static str,
    pub(in crate::commands) directory: PathBuf,
    pub(in crate::commands) wanted: Wanted,
}

/// Writes the hooks of a server, or takes them out again; what was done.
pub(super) fn install(
    path: &Path,
    host: Option<Host>,
    is_uninstall: bool,
    is_global: bool,
) -> Result<String> {
    let layout = Layout::of(path, host, is_global)?;
    let program = script::beside(PROGRAM)?;
    if !is_uninstall && !program.is_file() {
        bail!("{} is not there: install it beside dataward first", shown(&program));
    }
    let mut said = String::new();
    for Part { directory, wanted, .. } in layout.parts()? {
        said += &match is_uninstall {
            true => hook::uninstall(&directory, &[wanted])?,
            false => hook::install(&directory, &[wanted])?,
        };
    }
    said += &match is_uninstall {
        true => layout.kept()?,
        false => layout.named(host)?,
    };
    Ok(said)
}

impl Layout {
    /// The layout of this host, or of the one that the directory shows.
    ///
    /// # Errors
    ///
    /// When it shows none, or a host keeps its hooks itself.
    pub(in crate::commands) fn of(
        path: &Path,
        host: Option<Host>,
        is_global: bool,
    ) -> Result<Layout> {
        let path =
            path.canonicalize().with_context(|| format!("cannot look at {}", shown(path)))?;
        let repository = repository(&path);
        let host = match host {
            Some(host) => host,
            None => shows(&path, repository.as_deref())?,
        };
        match host {
            Host::Github => bail!("{GITHUB}"),
            Host::Bitbucket => bail!("{BITBUCKET}"),
            Host::Gitolite if repository.is_some() => bail!(
                "{} is a repository: gitolite links the hooks of all of them to LOCAL_CODE/hooks/common, so name its LOCAL_CODE directory (see ~/.gitolite.rc of the git user)",
                shown(&path)
            ),
            Host::Gitolite => {
                let directory = path.join("hooks/common");
                return Ok(Layout { host, repository: None, directory, is_parted: false });
            }
            _ => {}
        }
        let Some(own) = repository else {
            bail!(
                "{} is no repository: name a bare one, or the .git directory of one",
                shown(&path)
            );
        };
        let (directory, is_parted) = match host {
            Host::Gitlab => (own.join("custom_hooks"), true),
            Host::Gitea | Host::Forgejo => (hooks(&own, is_global)?, true),
            _ => (hooks(&own, is_global)?, false),
        };
        Ok(Layout { host, repository: Some(own), directory, is_parted })
    }

    /// Its hooks: where each goes, and what it is.
    pub(in crate::commands) fn parts(&self) -> Result<Vec<Part>> {
        let program = script::beside(PROGRAM)?;
        let part = |(name, arguments, decides): &(&'static str, &'static str, bool)| {
            let gate = script::Gate {
                program: &program,
                arguments,
                hint: script::GONE_AT_SERVER,
                decides: *decides,
                is_chained: !self.is_parted,
            };
            let (directory, file) = match self.is_parted {
                true => (self.directory.join(format!("{name}.d")), PART),
                false => (self.directory.clone(), *name),
            };
            let wanted = Wanted {
                name: file,
                calls: "`check-receive` with the same standard input",
                is_chained: gate.is_chained,
                bytes: Some(script::push(name, &gate)),
            };
            Part { name, directory, wanted }
        };
        Ok(HOOKS.iter().map(part).collect())
    }

    /// Writes down what the host is, where that was asked for; what is left to do.
    fn named(&self, host: Option<Host>) -> Result<String> {
        let word = self.host.word();
        let mut said = String::new();
        match (&self.repository, host) {
            (Some(own), Some(_)) => {
                Git::at(own)?
                    .bytes(["--git-dir", ".", "config", "dataward.host", word])
                    .context("cannot write the configuration of the repository")?;
                said += &format!("success: git config dataward.host is {word}\n");
            }
            (Some(own), None) if known_host(own)?.is_none() && word != "ssh" => {
                said += &format!(
                    "hint: this looks like {word}; add --host {word}, so that check-receive takes it for that\n"
                );
            }
            (Some(_), None) => {}
            (None, _) => {
                said += &format!(
                    "hint: as the git user, once: git config --global dataward.host {word}\n\
                     hint: then link the hook into every repository: gitolite setup --hooks-only\n"
                );
            }
        }
        if matches!(self.host, Host::Gitea | Host::Forgejo)
            && !self.directory.join("pre-receive").exists()
        {
            said += "warning: there is no hooks/pre-receive that would run it: let the host write its hooks first (gitea admin regenerate hooks)\n";
        }
        Ok(said)
    }

    /// What stays after the hook is taken out.
    fn kept(&self) -> Result<String> {
        let Some(own) = &self.repository else {
            return Ok(
                "hint: then take the links to it away in every repository: gitolite setup --hooks-only\n"
                    .to_owned(),
            );
        };
        Ok(match known_host(own)? {
            Some(_) => "hint: git config dataward.host stays as it is\n".to_owned(),
            None => String::new(),
        })
    }
}

/// The directory of a repository, where this is one: a bare one or a `.git` itself, or a work tree with one.
fn repository(path: &Path) -> Option<PathBuf> {
    let is_one = |it: &Path| it.join("HEAD").is_file() && it.join("objects").is_dir();
    [path.to_owned(), path.join(".git")].into_iter().find(|it| is_one(it))
}

/// Which host a directory is of, as far as it shows.
fn shows(path: &Path, repository: Option<&Path>) -> Result<Host> {
    let Some(own) = repository else {
        if path.join("hooks/common").is_dir() {
            return Ok(Host::Gitolite);
        }
        bail!(
            "{} is no repository, and shows no host: name a bare repository, or say what it is of with --host",
            shown(path)
        );
    };
    let update = own.join("hooks/update").read_link().unwrap_or_default();
    if update.ends_with("hooks/common/update") || own.join("gl-conf").is_file() {
        bail!(
            "gitolite looks after {}: name its LOCAL_CODE directory with --host gitolite, or say --host ssh for this repository alone",
            shown(own)
        );
    }
    Ok(if own.join("custom_hooks").is_dir() {
        Host::Gitlab
    } else if own.join("hooks/pre-receive.d").is_dir() {
        Host::Gitea
    } else {
        Host::Ssh
    })
}

/// What the configuration of a repository says that its host is.
fn known_host(own: &Path) -> Result<Option<String>> {
    let known = Git::at(own)?.output(["--git-dir", ".", "config", "--get", "dataward.host"])?;
    let text = String::from_utf8_lossy(&known.stdout).trim_end().to_owned();
    Ok(known.status.success().then_some(text))
}

/// The directory that git runs the hooks of a server's repository from.
fn hooks(own: &Path, is_global: bool) -> Result<PathBuf> {
    let hooks = Git::at(own)?.path(["--git-dir", ".", "rev-parse", "--git-path", "hooks"])?;
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    // Of one that is not there yet, the part that is decides.
    let there = hooks.ancestors().find(|above| above.exists()).unwrap_or(&hooks);
    if !is_global && !whole(there).starts_with(whole(own)) {
        bail!("{}", outside(&hooks));
    }
    Ok(hooks)
}
