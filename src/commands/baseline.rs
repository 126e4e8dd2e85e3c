//! `dataward baseline`: accepts what a whole tree has today, by its content.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::content::script::ReadScript;
use crate::content::{Depth, script};
use crate::finding::{Finding, Location, Severity};
use crate::policy::{self, Date, Entry, Policy, Verdict};
use crate::rules::{self, Rule};
use crate::run::{self, Judging, Place};
use crate::source::Source;
use crate::text;

/// Entries that are named one by one.
const NAMED: usize = 10;

/// Accept what a whole tree has today, so that only new and changed findings block
#[derive(Debug, Args)]
pub(super) struct Baseline {
    /// Take the files on disk that git tracks or would add, instead of the tree of HEAD
    #[arg(long)]
    worktree: bool,
    /// Write nothing: exit with 1 where entries are missing, or no longer of use
    #[arg(long)]
    check: bool,
    /// The date by which `until` is judged [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
}

/// What becomes of a baseline.
struct Change {
    added: Vec<Entry>,
    kept: usize,
    removed: Vec<Entry>,
}

impl Baseline {
    /// Whether a commit or push may hang on its answer.
    pub(super) fn is_gate(&self) -> bool {
        self.check
    }

    pub(super) fn run(&self) -> Result<bool> {
        let place = Place::here()?;
        let repository = place.repository()?;
        let top = repository.work_tree("a baseline is written in a clone")?;
        let directory = top.join(policy::BASELINE);
        let before = policy::Baseline::read(&directory)?;
        let (verdict, counts_baseline) = self.verdict(&place)?;
        if let Some(((rule, _), n)) = verdict.left_out.first_key_value() {
            bail!(
                "the same blob is at very many paths, so that {n} findings of {rule} are only counted: allow it by a glob in the policy"
            );
        }
        let entries: BTreeSet<Entry> = verdict.findings.iter().filter_map(Entry::of).collect();
        if entries.len() > policy::MAX_ENTRIES {
            bail!(
                "there are more than {} findings: allow some of them by a glob in the policy",
                policy::MAX_ENTRIES
            );
        }
        let known: BTreeSet<Entry> = before.entries().collect();
        let change = Change {
            added: entries.difference(&known).cloned().collect(),
            kept: entries.intersection(&known).count(),
            removed: known.difference(&entries).cloned().collect(),
        };
        let holds = match self.check {
            true => said(&change)?,
            false => {
                write(&directory, &change)?;
                if !self.worktree && change.added.is_empty() && change.removed.is_empty() {
                    run::tell(
                        "hint: the tree of HEAD was looked at; what is only staged, or on disk, is taken with: dataward baseline --worktree\n",
                    )?;
                }
                true
            }
        };
        if counts_baseline == Some(false) {
            run::tell(
                "warning: the policy has the baseline let nothing through (`baseline: false`)\n",
            )?;
        }
        blocking(&verdict.findings)?;
        Ok(holds)
    }

    /// What stands without a baseline, and whether the policy says that one counts.
    fn verdict(&self, place: &Place) -> Result<(Verdict, Option<bool>)> {
        let judging = Judging { date: self.date, ..Judging::default() };
        let whole = place.whole_policy(&judging)?;
        let policy = Policy { baseline: policy::Baseline::default(), ..whole };
        let source = match self.worktree {
            true => Source::Worktree,
            false if place.repository()?.has_head()? => Source::Tree("HEAD".to_owned()),
            false => bail!("there is no commit yet: take the files on disk with --worktree"),
        };
        let date = self.date.map_or_else(run::today, Ok)?;
        let mut snapshot = place.snapshot(&source, Depth::Deep, &policy)?;
        let paths: Vec<_> = snapshot.files.iter().map(|it| it.path.clone()).collect();
        snapshot.digest(paths.into_iter());
        snapshot.judged_on(date.to_string());
        let waivers = |at: &Location| snapshot.waivers_at(at);
        let mut judge = policy.judging(date).with_waivers(&waivers);
        let rules: Vec<&Rule> =
            rules::ALL.iter().copied().filter(|it| !policy.is_off(it.id)).collect();
        let read_script = Some(script::read as ReadScript);
        rules::find(&rules, &snapshot, read_script, |findings| judge.take(findings));
        Ok((judge.verdict(), policy.counts_baseline))
    }
}

/// Says what is not as it should be; whether all is.
fn said(change: &Change) -> Result<bool> {
    for (entries, word) in
        [(&change.added, "is not in"), (&change.removed, "is no longer of use in")]
    {
        for Entry { rule, path, .. } in entries.iter().take(NAMED) {
            run::tell(&format!(
                "error: {} at {} {word} the baseline\n",
                text::clean(rule),
                text::clean(path)
            ))?;
        }
        if let Some(more @ 1..) = entries.len().checked_sub(NAMED) {
            run::tell(&format!("error: {more} more, which {word} the baseline\n"))?;
        }
    }
    if change.added.is_empty() && change.removed.is_empty() {
        run::tell(&format!(
            "success: the baseline is as it should be (entries: {})\n",
            change.kept
        ))?;
        return Ok(true);
    }
    run::tell(
        "hint: mend what is new, or accept it and take out what is gone: dataward baseline\n",
    )?;
    Ok(false)
}

/// Writes the entries that are new, and takes those out that are no longer of use.
fn write(directory: &Path, change: &Change) -> Result<()> {
    let failed = || format!("cannot write {}", policy::BASELINE);
    let Change { added, kept, removed } = change;
    if !added.is_empty() {
        match std::fs::create_dir(directory) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(error).with_context(failed);
            }
            _ => {}
        }
    }
    for entry in added {
        let mut builder = tempfile::Builder::new();
        // What begins with a dot is no entry: one that is not written to its end counts for nothing.
        builder.prefix(".new-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // What the umask leaves of it, as of any file.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(directory).with_context(failed)?;
        file.write_all(entry.text().as_bytes()).with_context(failed)?;
        file.persist(directory.join(entry.name())).with_context(failed)?;
    }
    for entry in removed {
        std::fs::remove_file(directory.join(entry.name())).with_context(failed)?;
    }
    if *kept == 0 && added.is_empty() {
        // Where something else is in it, it stays.
        let _ = std::fs::remove_dir(directory);
    }
    let (added, removed) = (added.len(), removed.len());
    let name = policy::BASELINE;
    run::tell(&format!(
        "success: wrote {name} (findings: {}, added: {added}, removed: {removed})\n",
        kept + added
    ))?;
    match added + removed {
        0 => Ok(()),
        _ => run::tell(&format!(
            "hint: read what it accepts, then commit it: git add --all -- ':(top){name}'\n"
        )),
    }
}

/// Says how many findings block whatever the baseline has.
fn blocking(findings: &[Finding]) -> Result<()> {
    let blocks = |it: &&Finding| it.severity == Severity::Error && Entry::of(it).is_none();
    match findings.iter().filter(blocks).count() {
        0 => Ok(()),
        n => run::tell(&format!(
            "warning: no baseline takes these, such as what could not be read: {n}\n\
             hint: see them: dataward scan\n"
        )),
    }
}
