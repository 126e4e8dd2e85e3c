//! What a repository says of itself to the gates of a push.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use bstr::{BString, ByteSlice};

use super::advertised;
use super::repository::Repository;

impl Repository {
    /// The names by which a push moves the branch that `HEAD` names, such as `refs/heads/main`, whether or not it is there yet: its own
    /// first, then those of symbolic refs that lead to it. None where `HEAD` names a commit.
    pub fn default_branch(&self) -> Result<Vec<BString>> {
        let git = self.git()?;
        let output = git.output(["symbolic-ref", "--quiet", "HEAD"])?;
        let name = output.stdout.trim_end_with(|it| matches!(it, '\n' | '\r'));
        if !output.status.success() || name.is_empty() {
            return Ok(Vec::new());
        }
        let mut names = vec![BString::from(name)];
        let arguments = ["for-each-ref", "--format=%(symref) %(refname)"];
        git.lines(arguments, Vec::new(), |line| {
            if let Some((to, from)) = line.split_once_str(" ")
                && to == name
            {
                names.push(from.into());
            }
            Ok(())
        })?;
        Ok(names)
    }

    /// What git's configuration says for dataward: the variables below `dataward.`, in lower case and without that.
    pub fn settings(&self) -> Result<BTreeMap<String, String>> {
        let output = self.git()?.output(["config", "--null", "--get-regexp", r"^dataward\."])?;
        let mut settings = BTreeMap::new();
        for entry in output.stdout.split_str("\0") {
            let (name, value) = entry.split_once_str("\n").unwrap_or((entry, b"true"));
            if let Some(name) = name.strip_prefix(b"dataward.") {
                settings.insert(name.to_str_lossy().into(), value.to_str_lossy().into());
            }
        }
        match output.status.code() {
            Some(0 | 1) => Ok(settings),
            _ => bail!("cannot read git's configuration: see git config --list"),
        }
    }

    /// The id that a revision has here, and the one that a ref has at a URL, where that says one: the two ends of a push.
    ///
    /// # Errors
    ///
    /// When there is no such revision.
    pub fn ends_of_push(
        &self,
        tip: &str,
        url: &str,
        reference: &str,
    ) -> Result<(String, Option<String>)> {
        let git = self.git()?;
        let Some(new) = git.id(tip)? else {
            bail!("there is no revision {tip:?} in this repository: {}", git.why_lacking()?);
        };
        Ok((new, advertised::names(&git, url, reference)?))
    }
}
