//! `dataward audit`: the audit trail of a repository, held against itself.

use std::path::PathBuf;

use anyhow::Result;
use bstr::ByteSlice;
use clap::{Args, Subcommand};

use crate::audit::{self, Trail, Verified};
use crate::report::{self, Format};
use crate::run::{self, Place};
use crate::text;

/// Verify the trail of what the gates decided
#[derive(Debug, Args)]
pub(super) struct Audit {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say whether a record was changed, moved, inserted or taken out
    Verify(Verify),
    /// Print the hash of the last record, to be kept where the trail is not
    Head(File),
}

/// Say whether a record was changed, moved, inserted or taken out
#[derive(Debug, Args)]
struct Verify {
    #[command(flatten)]
    file: File,
    /// The hash of a record that must be there, as `dataward audit head` printed it: without one, nobody can tell that the last
    /// records were cut off or changed
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format)]
    format: Format,
}

/// Print the hash of the last record, to be kept where the trail is not
#[derive(Debug, Args)]
struct File {
    /// The trail [default: that of the repository here: dataward.audit in git's configuration, else dataward/audit.jsonl in its
    /// directory]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

fn format(argument: &str) -> Result<Format, String> {
    match argument.parse()? {
        Format::Sarif => Err("a trail has no findings to report: say human or json".to_owned()),
        format => Ok(format),
    }
}

impl Audit {
    pub(super) fn run(&self) -> Result<bool> {
        match &self.command {
            Command::Verify(verify) => verify.run(),
            Command::Head(file) => {
                run::print(&format!("{}\n", Trail::at(file.path()?).head()?))?;
                Ok(true)
            }
        }
    }
}

impl File {
    fn path(&self) -> Result<PathBuf> {
        match &self.file {
            Some(file) => Ok(file.clone()),
            None => Place::here()?.repository()?.audit_trail(),
        }
    }
}

impl Verify {
    fn run(&self) -> Result<bool> {
        let path = self.file.path()?;
        let verified = audit::verify(&path, self.head.as_deref())?;
        let name = path.as_os_str().as_encoded_bytes().as_bstr();
        match run::is_for_people(self.format) {
            true => say(&verified, &text::clean(name))?,
            false => run::print(&report::trail_json(&verified, name))?,
        }
        Ok(verified.is_sound())
    }
}

/// Says it to a person: what is wrong on standard error, and what is not on standard output.
fn say(verified: &Verified, name: &str) -> Result<()> {
    let Verified { records, head, .. } = verified;
    for repair in &verified.repairs {
        run::tell(&format!(
            "warning: {name}:{}: a write before this record was cut off, as when its writer was killed; repaired (bytes: {})\n",
            repair.line, repair.bytes
        ))?;
    }
    for fault in &verified.faults {
        run::tell(&format!("error: {name}:{}: {}\n", fault.line, fault.wrong))?;
    }
    if verified.faults_left_out > 0 {
        run::tell(&format!("error: {name}: further faults: {}\n", verified.faults_left_out))?;
    }
    if !verified.is_sound() {
        return Ok(());
    }
    let after = match verified.after {
        None => String::new(),
        Some(after) => format!(", {after} of them after the one that was given"),
    };
    let records = if *records == 1 { "1 record".to_owned() } else { format!("{records} records") };
    run::print(&format!("success: {records}{after}, head {head}\n"))
}
