//! The remotes of a repository, and every form of the URLs that a push to one goes to.

use std::collections::HashMap;

use anyhow::{Result, bail};
use bstr::ByteSlice;

use super::Repository;
use super::ssh::{Answer, Ssh};
use crate::target::{Form, Target, Url};

/// The most URLs of one remote that are looked at, and rules that rewrite them.
const MOST: usize = 1000;

/// A user, a host and a port that ssh was asked about.
type Asked = (Option<String>, String, Option<u16>);

/// What git's configuration says of remotes.
#[derive(Debug, Default)]
struct Configuration {
    /// The keys and values, in the order in which git reads them.
    entries: Vec<(String, String)>,
}

impl Repository {
    /// The names of its remotes, in the order of their names.
    pub fn remotes(&self) -> Result<Vec<String>> {
        let text = self.git()?.text(["remote"])?;
        let mut names: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
        // git lists those of this repository only, and pushes to those of the user's configuration as well.
        let configuration = self.configuration()?;
        names.extend(configuration.remotes());
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Where a push to a remote goes. `remote` is its name, or the URL that was typed in its place; `url` is the one that git hands to
    /// the hook, if any: then only those forms are told that end there.
    ///
    /// # Errors
    ///
    /// When git's configuration cannot be read. A name of a host that ssh does not resolve is a note in the target.
    pub fn target(&self, remote: &str, url: Option<&str>) -> Result<Target> {
        let configuration = self.configuration()?;
        let is_configured = self.is_remote(remote, &configuration)?;
        let mut pairs = match is_configured {
            true => configuration.pairs(remote),
            false => vec![(remote.to_owned(), configuration.rewritten(remote, true))],
        };
        if is_configured {
            let told = self.told_by_git(remote)?;
            if !told.is_empty() {
                pairs.retain(|(_, effective)| told.contains(effective));
                let other = told.iter().filter(|it| pairs.iter().all(|(_, end)| end != *it));
                pairs.extend(other.map(|it| (it.clone(), it.clone())).collect::<Vec<_>>());
            }
        }
        if let Some(url) = url
            && pairs.iter().any(|(_, effective)| effective == url)
        {
            pairs.retain(|(_, effective)| effective == url);
        }
        let mut target =
            Target { remote: is_configured.then(|| remote.to_owned()), ..Target::default() };
        let mut ends = Vec::new();
        for (written, effective) in pairs.into_iter().take(MOST) {
            let mut configured = Url::parse(&written, Form::Configured);
            configured.is_alias = written != effective;
            target.add(configured);
            if written != effective {
                target.add(Url::parse(&effective, Form::Effective));
            }
            ends.push(effective);
        }
        if let Some(url) = url.filter(|url| !ends.iter().any(|it| it == url)) {
            target.add(Url::parse(url, Form::Given));
        }
        self.resolve(&mut target, &configuration);
        Ok(target)
    }

    /// The environment that git's configuration pins this repository to: `dataward.environment`.
    pub fn pinned_environment(&self) -> Result<Option<String>> {
        let name = self.configuration()?.last("dataward.environment").map(ToOwned::to_owned);
        Ok(name.filter(|it| !it.is_empty()))
    }

    /// Adds what ssh and the file system make of each form.
    fn resolve(&self, target: &mut Target, configuration: &Configuration) {
        let ssh =
            Ssh::of_git(configuration.last("core.sshcommand"), configuration.last("ssh.variant"));
        let mut asked: HashMap<Asked, Result<Answer, &str>> = HashMap::new();
        for mut url in std::mem::take(&mut target.urls) {
            let mut found = None;
            // Of one that is rewritten ssh never hears.
            if let Some(host) = url.host.clone().filter(|_| url.is_ssh() && !url.is_alias) {
                let key = (url.user.clone(), host.clone(), url.port);
                let answer = asked
                    .entry(key)
                    .or_insert_with(|| ssh.ask(url.user.as_deref(), &host, url.port, self.place()));
                match answer {
                    Ok(answer) => {
                        let end = url.resolved(answer.user.as_deref(), &answer.host);
                        url.is_alias = end.host != url.host;
                        found = Some(end).filter(|it| url.is_alias || it.user != url.user);
                    }
                    Err(why) => target.notes.push(format!(
                        "where ssh leads for {host} is not known, as {why}; it is taken for the host itself"
                    )),
                }
            } else if url.host.is_none() {
                found = self.place().join(&url.path).canonicalize().ok().and_then(|whole| {
                    let whole = whole.to_str()?.to_owned();
                    let is_new = whole != url.path;
                    let text = whole.clone();
                    is_new.then(|| Url { form: Form::Resolved, text, path: whole, ..url.clone() })
                });
            }
            target.add(url);
            if let Some(found) = found {
                target.add(Url { is_alias: false, ..found });
            }
        }
    }

    fn is_remote(&self, name: &str, configuration: &Configuration) -> Result<bool> {
        if configuration.remotes().any(|it| it == name) {
            return Ok(true);
        }
        // Those in files of their own, as git had them once.
        let listed = self.git()?.text(["remote"])?;
        Ok(listed.lines().any(|it| it == name))
    }

    /// The URLs that git says it pushes to; none where it does not know the remote.
    fn told_by_git(&self, remote: &str) -> Result<Vec<String>> {
        if remote.starts_with('-') {
            return Ok(Vec::new());
        }
        let output = self.git()?.output(["remote", "get-url", "--push", "--all", "--", remote])?;
        if !output.status.success() {
            return Ok(Vec::new());
        }
        Ok(String::from_utf8_lossy(&output.stdout).lines().map(ToOwned::to_owned).collect())
    }

    fn configuration(&self) -> Result<Configuration> {
        const KEYS: &str = r"^(url\..*\.(insteadof|pushinsteadof)|remote\..*\.(url|pushurl)|core\.sshcommand|ssh\.variant|dataward\.environment)$";
        let output = self.git()?.output(["config", "-z", "--get-regexp", KEYS])?;
        // It fails with 1 where there is none of them.
        match output.status.code() {
            Some(0) => {}
            Some(1) if output.stdout.is_empty() => return Ok(Configuration::default()),
            _ => {
                let said = String::from_utf8_lossy(&output.stderr);
                bail!("cannot read git's configuration: {}", said.lines().last().unwrap_or(""));
            }
        }
        let entries = output.stdout.split_str(b"\0").filter(|it| !it.is_empty()).map(|entry| {
            let (key, value) = entry.split_once_str(b"\n").unwrap_or((entry, b""));
            (key.to_str_lossy().into_owned(), value.to_str_lossy().into_owned())
        });
        Ok(Configuration { entries: entries.collect() })
    }
}

impl Configuration {
    fn values<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.entries.iter().filter(move |(it, _)| it == key).map(|(_, value)| value.as_str())
    }

    fn last<'a>(&'a self, key: &'a str) -> Option<&'a str> {
        self.values(key).last()
    }

    /// The names of the remotes that have a URL.
    fn remotes(&self) -> impl Iterator<Item = String> {
        self.entries.iter().filter_map(|(key, _)| {
            let name = key.strip_prefix("remote.")?;
            let name = name.strip_suffix(".url").or_else(|| name.strip_suffix(".pushurl"))?;
            Some(name.to_owned())
        })
    }

    /// The URLs of a remote that a push goes to: as written, and as git rewrites them.
    fn pairs(&self, remote: &str) -> Vec<(String, String)> {
        let of = |key: &str| -> Vec<String> {
            let key = format!("remote.{remote}.{key}");
            self.values(&key).filter(|it| !it.is_empty()).map(ToOwned::to_owned).collect()
        };
        let pushed = of("pushurl");
        let (urls, for_push) = if pushed.is_empty() { (of("url"), true) } else { (pushed, false) };
        urls.into_iter()
            .map(|url| {
                let effective = self.rewritten(&url, for_push);
                (url, effective)
            })
            .collect()
    }

    /// What git makes of a URL: by `pushInsteadOf` where that counts, else by `insteadOf`.
    fn rewritten(&self, url: &str, for_push: bool) -> String {
        let by = |kind: &str| {
            let rules = self.entries.iter().filter_map(|(key, start)| {
                let base = key.strip_prefix("url.")?.strip_suffix(kind)?.strip_suffix('.')?;
                Some((start.len(), base, url.strip_prefix(start.as_str())?))
            });
            // The longest start, and of equals the first.
            let best =
                rules.take(MOST).reduce(|one, other| if other.0 > one.0 { other } else { one });
            best.map(|(_, base, rest)| format!("{base}{rest}"))
        };
        for_push
            .then(|| by("pushinsteadof"))
            .flatten()
            .or_else(|| by("insteadof"))
            .unwrap_or_else(|| url.to_owned())
    }
}
