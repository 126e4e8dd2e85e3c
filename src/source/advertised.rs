//! What a remote has already: by its own answer, as far as that is worth asking for.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use bstr::ByteSlice;

use super::commits::Walk;
use super::git::Git;
use super::refs::{self, Kind, Peeled, Pushed};

/// The time in which a remote has to answer. One that does not is taken to have nothing but what the push itself says: more is looked
/// at then, never less.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of an answer that are read: a million refs.
const LONGEST_ANSWER: u64 = 100 << 20;

/// The commits here that the remote has, beyond those that the push itself names, where that leaves out any.
///
/// A tracking ref tells only whether it is worth asking: what it names may never have been at this URL, or is gone from there.
pub(super) fn also_has(
    git: &Git,
    walk: &Walk,
    pushed: &Pushed,
    peeled: &BTreeMap<&str, Peeled>,
    url: &str,
) -> Result<Vec<String>> {
    let is_known = |it: &refs::Update| it.old.as_deref().is_some_and(|it| peeled.contains_key(it));
    let moves = || pushed.updates.iter().filter(|it| it.new.is_some());
    if walk.tips.is_empty() || (moves().all(is_known) && !is_shortened(git, walk)?) {
        return Ok(Vec::new());
    }
    // Where git would write another URL in place of this one, the answer would come from somewhere else.
    if git.text(["ls-remote", "--get-url", "--end-of-options", url])? != url {
        return Ok(Vec::new());
    }
    let Some(answer) = git.remote_refs(url, PATIENCE, LONGEST_ANSWER)? else {
        return Ok(Vec::new());
    };
    let ids: Vec<&str> = answer
        .lines()
        .filter_map(|line| line.split_str("\t").next()?.to_str().ok())
        .filter(|id| refs::is_id(id))
        .collect();
    let here = refs::peel(git, ids.into_iter())?;
    let mut commits: Vec<String> =
        here.into_values().filter(|it| it.kind == Kind::Commit).map(|it| it.id).collect();
    commits.sort();
    commits.dedup();
    Ok(commits)
}

/// What a ref names at the remote, as it says itself; none where it has no such ref, or does not say.
pub(super) fn names(git: &Git, url: &str, reference: &str) -> Result<Option<String>> {
    let answer = git.remote_refs(url, PATIENCE, LONGEST_ANSWER)?.unwrap_or_default();
    let named = answer.lines().find_map(|line| {
        let (id, name) = line.split_once_str("\t")?;
        (name == reference.as_bytes()).then(|| id.to_str().ok()).flatten()
    });
    Ok(named.filter(|id| refs::is_id(id)).map(str::to_owned))
}

/// Whether fewer commits were new if the remote had what any tracking ref says.
fn is_shortened(git: &Git, walk: &Walk) -> Result<bool> {
    let count = |more: &[&str]| -> Result<String> {
        let arguments = [&["rev-list", "--count", "--stdin"], more].concat();
        let mut counted = String::new();
        git.lines(arguments, walk.input(), |line| {
            counted = line.to_str_lossy().into_owned();
            Ok(())
        })
        .context("cannot count the commits of the push")?;
        Ok(counted)
    };
    Ok(count(&[])? != count(&["--not", "--remotes"])?)
}
