//! `dataward environment`: which environment a push goes to, and why.

use anyhow::{Result, bail};
use clap::Args;

use crate::policy::Environment;
use crate::report::{self, ColorChoice, Environments, Format};
use crate::run::{self, Judging, Place, Saying, Streams};
use crate::target::{Form, Url};
use crate::text;

/// Say which environment a push goes to, and why
#[derive(Debug, Args)]
pub(super) struct Named {
    /// The remote [default: each of this repository]
    #[arg(value_name = "REMOTE")]
    remote: Option<String>,
    /// The URL that git would push to
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Read the policy from this file instead of .dataward.yaml at the top of the work tree
    #[arg(long, value_name = "FILE", conflicts_with = "policy_from")]
    policy: Option<std::path::PathBuf>,
    /// Read the policy as this revision has it
    #[arg(long, value_name = "REV")]
    policy_from: Option<String>,
    /// human or json
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format)]
    format: Format,
    /// Colour the text for people: auto, always or never
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

fn format(argument: &str) -> Result<Format, String> {
    match argument.parse()? {
        Format::Sarif => Err("environment has no findings to report: say human or json".to_owned()),
        format => Ok(format),
    }
}

impl Named {
    pub(super) fn run(&self) -> Result<bool> {
        let saying = Saying { format: self.format, output: Vec::new(), color: self.color };
        let streams = Streams::new(&saying)?;
        let place = Place::here()?;
        let repository = place.repository()?;
        let judging = Judging {
            policy: self.policy.clone(),
            policy_from: self.policy_from.clone(),
            date: None,
        };
        let policy = place.policy(&judging)?;
        let known = repository.remotes()?;
        // A URL may stand for a remote, as it may for `git push`.
        let named = match (&self.remote, &self.url) {
            (Some(remote), None) if !known.contains(remote) && is_word(remote) => {
                bail!("{}", unknown(remote, &known))
            }
            (Some(remote), _) => vec![remote.clone()],
            (None, Some(url)) => vec![url.clone()],
            (None, None) => known,
        };
        let url = self.url.as_deref().filter(|_| self.remote.is_some());
        let mut targets = Vec::new();
        for name in named {
            let target = repository.target(&name, url)?;
            let environment = policy.environment(&target);
            let shown = match target.remote {
                Some(_) => name,
                None => Url::parse(&name, Form::Configured).text,
            };
            targets.push((shown, target, environment));
        }
        let pinned: Option<Environment> = match repository.pinned_environment()? {
            Some(name) => Some(policy.environment_named(&name)?),
            None => None,
        };
        let all = Environments { targets, pinned, signs: run::signs() };
        run::print(&match run::is_for_people(self.format) {
            true => report::environments(&all, &streams.out),
            false => report::environments_json(&all),
        })?;
        Ok(true)
    }
}

/// Whether it can only be meant as the name of a remote.
fn is_word(text: &str) -> bool {
    !text.contains([':', '/', '\\', '.'])
}

fn unknown(remote: &str, known: &[String]) -> String {
    let names: Vec<String> = known.iter().map(text::name).collect();
    let there = match names.is_empty() {
        true => "this repository has none".to_owned(),
        false => format!("there are {}", names.join(", ")),
    };
    format!("there is no remote {}; {there}", text::name(remote))
}
