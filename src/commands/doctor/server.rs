//! The hook of a server: whether git runs it, and what it judges by.

use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::super::install::server::{Host, Layout, Part};
use super::{Checked, State, hooks, hooks_path, shown, unreadable};
use crate::audit;
use crate::policy;
use crate::run::{self, Place};
use crate::source::{Git, Repository, slashed};
use crate::text;

/// All that is said of the server whose repository is at this path.
pub(super) fn checks(path: &Path) -> Result<Vec<Checked>> {
    let layout = Layout::of(path, None, true)?;
    let mut checks = Vec::new();
    if let Some(own) = &layout.repository
        && !layout.is_parted
        && let Some(check) =
            hooks::bypassed(hooks_path(&Git::at(own)?, &["--git-dir", "."])?, &layout.directory)
    {
        checks.push(check);
    }
    let mend = format!("dataward install --server {}", text::quoted(slashed(path).as_ref()));
    for Part { name, directory, wanted } in layout.parts()? {
        let of = hooks::of(&directory, &wanted, false)?;
        checks.extend(of.into_iter().map(|mut check| {
            name.clone_into(&mut check.subject);
            for hint in &mut check.hints {
                *hint = hint.replace("dataward install", &mend);
            }
            check
        }));
    }
    match &layout.repository {
        None => checks.push(Checked::good(
            "host",
            "gitolite, whose set-up links the hooks into every repository: gitolite setup --hooks-only",
        )),
        Some(own) => checks.extend(repository(own, layout.host)?),
    }
    Ok(checks)
}

/// What the repository says of itself.
fn repository(own: &Path, shows: Host) -> Result<Vec<Checked>> {
    let repository = Repository::find(own)?.context("it is no repository")?;
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if whole(repository.directory()) != whole(own) {
        bail!("the environment names {}: unset GIT_DIR first", shown(repository.directory()));
    }
    let version = repository.git()?.text(["version"])?;
    let mut checks = vec![Checked::good(
        "git",
        format!("{} keeps what arrives apart until the hook has passed", text::clean(version)),
    )];
    let settings = repository.settings()?;
    let named = settings.get("host").map(String::as_str);
    checks.push(match run::Terms::here(&repository) {
        Ok(terms) => {
            let (host, seconds) = (terms.host(), terms.budget.as_secs_f64());
            let said = format!("{host}, with {seconds} seconds for a push");
            match named {
                None if shows.word() != host => {
                    let said = format!("{said}, but it looks like {}", shows.word());
                    let mend = format!("git config dataward.host {}", shows.word());
                    Checked::new("host", State::Warning, said).hint(mend)
                }
                _ => Checked::good("host", said),
            }
        }
        Err(error) => Checked::new("host", State::Error, text::clean(format!("{error:#}"))),
    });
    let source = match settings.get("policy") {
        Some(file) => {
            format!("is read from {}, as git config dataward.policy says", text::clean(file))
        }
        None if own.join(policy::NAME).symlink_metadata().is_ok() => {
            format!("is read from {} beside the objects", policy::NAME)
        }
        None => match repository.default_branch()?.into_iter().next() {
            Some(branch) if repository.has_head()? => {
                format!("is read from {} as it stands before a push", text::clean(branch))
            }
            _ => "is the strictest, as there is no default branch yet".to_owned(),
        },
    };
    let policy = settings.get("policy").cloned();
    let place = Place { directory: own.to_owned(), repository: Some(repository) };
    checks.push(match place.server_policy(policy.as_deref()) {
        Ok(_) => Checked::good("policy", source),
        Err(error) => unreadable("policy", &error),
    });
    checks.push(trail(&place.repository()?.audit_trail()?));
    Ok(checks)
}

/// The audit trail, held against itself.
fn trail(path: &Path) -> Checked {
    let (subject, name) = ("audit trail", shown(path));
    if path.symlink_metadata().is_err_and(|it| it.kind() == ErrorKind::NotFound) {
        return Checked::good(subject, format!("the first push makes {name}"));
    }
    let command = format!("dataward audit verify {}", text::quoted(slashed(path).as_ref()));
    match audit::verify(path, None) {
        Ok(verified) if verified.is_sound() => Checked::good(
            subject,
            format!("{} records in {name}, each with the hash of the one before", verified.records),
        ),
        Ok(verified) => {
            let first = verified.faults.first();
            let said = first.map_or_else(String::new, |it| format!(":{}: {}", it.line, it.wrong));
            Checked::new(subject, State::Error, format!("{name}{said}")).hint(command)
        }
        Err(error) => {
            let is_denied = error.chain().any(|it| {
                it.downcast_ref::<io::Error>()
                    .is_some_and(|it| it.kind() == ErrorKind::PermissionDenied)
            });
            let hint = match is_denied {
                true => "run dataward doctor as the user that git runs as, who has to write it",
                false => "mend it: a push is refused whose decision cannot be written down",
            };
            Checked::new(subject, State::Error, text::clean(format!("{error:#}"))).hint(hint)
        }
    }
}
