//! `dataward classify`: what files on disk hold, for a person or a program to read.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::content::{Answer, Depth};
use crate::report::{self, ColorChoice, Format};
use crate::run::{self, Judging, Place, Saying, Streams};
use crate::snapshot::Subject;
use crate::source::Source;

/// Show what files on disk hold, as far as they are databases
#[derive(Debug, Args)]
pub(super) struct Classify {
    /// The files, read from disk whether or not git tracks them
    #[arg(value_name = "FILE", required = true)]
    files: Vec<OsString>,
    /// Read the limits from this policy instead of .dataward.yaml at the top of the work tree
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// human or json (one line a file)
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format)]
    format: Format,
    /// Colour the text for people: auto, always or never
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

fn format(argument: &str) -> Result<Format, String> {
    match argument.parse()? {
        Format::Sarif => Err("classify has no findings to report: say human or json".to_owned()),
        format => Ok(format),
    }
}

impl Classify {
    pub(super) fn run(&self) -> Result<bool> {
        let saying = Saying { format: self.format, output: Vec::new(), color: self.color };
        let streams = Streams::new(&saying)?;
        let place = Place::here()?;
        let judging = Judging { policy: self.policy.clone(), policy_from: None, date: None };
        let policy = place.policy(&judging)?;
        let snapshot = Source::Files(self.files.clone()).take(
            None,
            &place.directory,
            Depth::Deep,
            policy.limits,
        )?;
        let mut is_read = true;
        for file in &snapshot.files {
            let content = snapshot.content(file);
            for subject in Subject::all(file, &content) {
                is_read &= !matches!(subject.content.database, Answer::Unreadable(_));
                run::print(&match run::is_for_people(self.format) {
                    true => report::profile(&subject, &streams.out),
                    false => report::profile_json(&subject),
                })?;
            }
        }
        Ok(is_read)
    }
}
