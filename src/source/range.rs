//! A range of commits: those that one revision has and another has not.

use anyhow::{Result, bail};

use super::commits::{self, Walk};
use super::git::Git;
use super::repository::Repository;
use super::room::Room;
use super::{refs, tree};
use crate::snapshot::{File, Origin};

/// The files of every commit that `to` has and `from` has not, and the tree that these end in.
///
/// An id of zeros is what git says for a ref that is not there: from nothing means all of `to`, to nothing means no commit.
pub(super) fn files(
    repository: &Repository,
    from: &str,
    to: &str,
) -> Result<(Vec<File>, Vec<Origin>)> {
    let git = repository.git()?;
    if refs::is_null(to) {
        return Ok((Vec::new(), Vec::new()));
    }
    // A tag may stand for a tree or a blob, and then there are no commits to walk.
    if git.id(&format!("{to}^{{commit}}"))?.is_none() && is_named(&git, to)? {
        return Ok((tree::files(repository, to, &mut Room::new())?, Vec::new()));
    }
    let mut walk = Walk { tips: vec![(commit(&git, to)?, None)], ..Walk::default() };
    if !refs::is_null(from) {
        walk.hidden.push(commit(&git, from)?);
    }
    let walked = commits::files(repository, &walk, &mut Room::new())?;
    let tips = walked.tips.into_iter();
    let tips = tips.map(|(tree, _)| Origin::Tree { revision: to.to_owned(), tree }).collect();
    Ok((walked.files, tips))
}

/// Whether a name stands for a tree or a blob.
fn is_named(git: &Git, name: &str) -> Result<bool> {
    Ok(git.id(&format!("{name}^{{tree}}"))?.is_some()
        || git.id(&format!("{name}^{{blob}}"))?.is_some())
}

/// The full id of the commit that this names.
fn commit(git: &Git, name: &str) -> Result<String> {
    if let Some(id) = git.id(&format!("{name}^{{commit}}"))? {
        return Ok(id);
    }
    bail!("there is no commit {name:?} in this repository: {}", git.why_lacking()?);
}
