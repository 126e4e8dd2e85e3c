//! Standard output, standard error and report files: the only place that writes to them.

use std::borrow::Cow;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::PathBuf;
use std::sync::OnceLock;

use anyhow::{Context, Result};

use super::progress::Progress;
use super::{Saying, is_for_people};
use crate::report::{self, Format, Report, Style};
use crate::text;

/// Where a run is said, and how.
pub(crate) struct Streams {
    format: Format,
    outputs: Vec<(Format, PathBuf)>,
    /// How text for people on standard error looks.
    style: Style,
    /// How text for people on standard output looks.
    pub(crate) out: Style,
}

impl Streams {
    pub(crate) fn new(saying: &Saying) -> Result<Streams> {
        let width = terminal_size::terminal_size()
            .map_or(usize::from(u16::MAX), |(width, _)| usize::from(width.0));
        let variable = |name: &str| std::env::var(name).ok();
        let style = |is_terminal| Style {
            color: report::use_color(saying.color, is_terminal, variable),
            width,
        };
        Ok(Streams {
            format: saying.format,
            outputs: saying.output.clone(),
            style: style(stderr().is_terminal()),
            out: style(stdout().is_terminal()),
        })
    }

    /// Says a report in every format that was asked for: first to who waits for it.
    pub(crate) fn report(&self, report: &Report) -> Result<()> {
        let text = report::render(report, self.format, &self.style);
        match is_for_people(self.format) {
            true => stderr()
                .write_all(prefixed(&text).as_bytes())
                .context("cannot write to standard error")?,
            false => print(&text)?,
        }
        let plain = Style { color: false, ..self.style };
        for (format, file) in &self.outputs {
            std::fs::write(file, report::render(report, *format, &plain))
                .with_context(|| format!("cannot write the report {}", file.display()))?;
        }
        Ok(())
    }

    /// A line about the progress of a run, where somebody sees it.
    pub(crate) fn progress(&self) -> Progress {
        Progress::new(stderr().is_terminal() && is_for_people(self.format))
    }

    /// The command that explains a rule: by its full name where no shell finds it, as where a framework installed it.
    pub(crate) fn explain(&self) -> String {
        let name = format!("dataward{}", std::env::consts::EXE_SUFFIX);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let is_found = std::env::var_os("PRE_COMMIT").is_none()
            && std::env::split_paths(&path).any(|directory| directory.join(&name).is_file());
        let beside = || {
            let program = std::env::current_exe().ok()?.with_file_name(&name);
            let program = program.is_file().then_some(program)?;
            Some(format!("{} explain", text::quoted(program.to_str()?.into())))
        };
        let whole = if is_found { None } else { beside() };
        whole.unwrap_or_else(|| "dataward explain".to_owned())
    }
}

/// What stands before each line on standard error, where a host asks for that.
static PREFIX: OnceLock<&'static str> = OnceLock::new();

/// Has this stand before each line on standard error from now on.
pub(super) fn begin_lines_with(prefix: &'static str) {
    // The first one stays.
    let _ = PREFIX.set(prefix);
}

fn prefixed(text: &str) -> Cow<'_, str> {
    match PREFIX.get() {
        Some(prefix) if !prefix.is_empty() => {
            text.split_inclusive('\n').flat_map(|line| [*prefix, line]).collect::<String>().into()
        }
        _ => text.into(),
    }
}

/// Writes to standard output. Somebody who stops reading, such as `head`, is no failure.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to standard output")
        }
        _ => Ok(()),
    }
}

/// Says to a person how a command went on.
pub(crate) fn tell(text: &str) -> Result<()> {
    stderr().write_all(prefixed(text).as_bytes()).context("cannot write to standard error")
}

/// Says why a run could not go on.
pub(super) fn complain(why: &str) {
    last_words(&format!("error: {}\n", text::line(why)));
}

/// Says what it means for a commit or push that a run could not look.
pub(super) fn say_blocked() {
    last_words(
        "hint: dataward could not do its work, so this blocks; put it right and try again\n",
    );
}

fn last_words(said: &str) {
    // Where even standard error is closed, the exit code must do.
    let _ = stderr().write_all(prefixed(said).as_bytes());
}
