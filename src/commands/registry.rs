//! `dataward registry`: the scripts that were put away, held against their registry.

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::content::script::ReadScript;
use crate::content::{Answer, Depth};
use crate::finding::{Location, Severity};
use crate::policy::{Level, Policy};
use crate::rules::{
    self, Rule, quarantined_script_called, quarantined_script_executable, registry_disagrees,
};
use crate::run::{self, Judging, Place};
use crate::source::Source;
use crate::text;

/// What is asked of each file.
const RULES: &[&Rule] = &[
    &quarantined_script_called::RULE,
    &quarantined_script_executable::RULE,
    &registry_disagrees::RULE,
];

/// Hold the scripts that were put away against their registry
#[derive(Debug, Args)]
pub(super) struct Registry {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say where DANGEROUS_SCRIPTS.md and the files disagree, a line each
    Check(Check),
}

/// Say where DANGEROUS_SCRIPTS.md and the files disagree, a line each
#[derive(Debug, Args)]
struct Check {
    /// The revision whose tree is looked at [default: the files on disk that git tracks or would add]
    #[arg(value_name = "REV")]
    revision: Option<String>,
}

impl Registry {
    pub(super) fn run(&self) -> Result<bool> {
        let Command::Check(check) = &self.command;
        check.run()
    }
}

impl Check {
    fn run(&self) -> Result<bool> {
        let place = Place::here()?;
        place.repository()?;
        let source = self.revision.clone().map_or(Source::Worktree, Source::Tree);
        // What the policy or a waiver allows is no disagreement; severities do not count here.
        let given = place.policy(&Judging::default())?;
        let policy = Policy {
            severities: [(
                registry_disagrees::RULE.id.to_owned(),
                Level::Severity(Severity::Error),
            )]
            .into(),
            ..given
        };
        let mut snapshot = place.snapshot(&source, Depth::Deep, &policy)?;
        let date = run::today()?;
        snapshot.judged_on(date.to_string());
        let waivers = |at: &Location| snapshot.waivers_at(at);
        let mut judge = policy.judging(date).with_waivers(&waivers);
        // What the scripts do is not asked.
        let read_script = Some((|_, _| Answer::No) as ReadScript);
        rules::find(RULES, &snapshot, read_script, |findings| judge.take(findings));
        let findings = judge.verdict().findings;
        for finding in &findings {
            let line = finding.at.line.map_or_else(String::new, |it| format!(":{it}"));
            let path = text::clean(&finding.at.path);
            run::tell(&format!("error: {path}{line}: {}\n", text::line(&finding.message)))?;
        }
        if findings.is_empty() {
            run::tell("success: the registry and the files agree\n")?;
        }
        Ok(findings.is_empty())
    }
}
