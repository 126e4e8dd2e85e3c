//! `dataward init`: a commented policy that suits the repository it finds.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::content::{Answer, Depth, Family};
use crate::policy::{self, FoundDatabase, Policy};
use crate::run::{self, Place};
use crate::snapshot::Subject;
use crate::source::Source;
use crate::text;

/// Write a commented policy that suits this repository
#[derive(Debug, Args)]
pub(super) struct Init {}

impl Init {
    pub(super) fn run(&self) -> Result<bool> {
        let place = Place::here()?;
        let repository = place.repository()?;
        let top = repository.work_tree("write the policy in a clone")?;
        // Before the first commit what is staged is all that there is.
        let source = match repository.has_head()? {
            true => Source::Tree("HEAD".to_owned()),
            false => Source::Staged,
        };
        let snapshot = place.snapshot(&source, Depth::Deep, &Policy::default())?;
        let mut found = Vec::new();
        let mut unread = 0;
        for file in &snapshot.files {
            let content = snapshot.content(file);
            for subject in Subject::all(file, &content) {
                match &subject.content.database {
                    Answer::Yes(it) if it.format.family == Family::Database => {
                        found.push(FoundDatabase {
                            path: subject.path(),
                            rows: it.rows(),
                            people: it.people(),
                            test_confidence: it.test_confidence.value,
                            real_looking_identities: it.real_looking(),
                            is_read_in_full: it.was_read_in_full(),
                        });
                    }
                    Answer::Yes(_) | Answer::No => {}
                    Answer::Unreadable(_) => unread += 1,
                }
            }
        }
        let path = top.join(policy::NAME);
        let shown = text::clean(path.to_string_lossy().as_bytes());
        let opened = OpenOptions::new().write(true).create_new(true).open(&path);
        let mut file = match opened {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                bail!("{shown} is there already: change it by hand, or move it away first")
            }
            opened => opened.with_context(|| format!("cannot write {shown}"))?,
        };
        file.write_all(policy::starter(&found, run::today()?).as_bytes())
            .with_context(|| format!("cannot write {shown}"))?;
        let (files, databases) = (snapshot.files.len(), found.len());
        run::tell(&format!(
            "success: wrote {shown} (files looked at: {files}, databases: {databases}, not readable: {unread})\n\
             hint: read it, then commit it: git add {}\n",
            policy::NAME
        ))?;
        Ok(true)
    }
}
