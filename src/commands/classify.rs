//! `dataward classify`: what files on disk hold, for a person or a program to read.

use std::ffi::OsString;

use anyhow::Result;
use bstr::ByteSlice;
use clap::Args;

use crate::content::Answer;
use crate::report;
use crate::run::{self, Judging, Place, Saying, Streams};
use crate::source::Source;

/// Show what files on disk hold, as far as they are databases
#[derive(Debug, Args)]
pub(super) struct Classify {
    /// The files, read from disk whether or not git tracks them
    #[arg(value_name = "FILE", required = true)]
    files: Vec<OsString>,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    saying: Saying,
}

impl Classify {
    pub(super) fn run(&self) -> Result<bool> {
        let streams = Streams::new(&self.saying)?;
        let place = Place::here()?;
        let policy = place.policy(&self.judging)?;
        let snapshot =
            Source::Files(self.files.clone()).take(None, &place.directory, policy.limits)?;
        let mut is_read = true;
        for file in &snapshot.files {
            let answer = snapshot.database(file);
            is_read &= !matches!(answer, Answer::Unreadable(_));
            let path = file.path.as_bstr();
            run::print(&match run::is_for_people(self.saying.format) {
                true => report::profile(path, &answer, &streams.out),
                false => report::profile_json(path, &answer),
            })?;
        }
        Ok(is_read)
    }
}
