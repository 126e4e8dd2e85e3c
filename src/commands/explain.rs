//! `dataward explain`: the manual page of a rule.

use anyhow::{Result, bail};
use clap::Args;

use crate::rules;
use crate::run;

/// Show the manual page of a rule, or the list of rules
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The id of a rule, such as database-file
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> Result<bool> {
        let text = match &self.rule {
            Some(id) => match rules::named(id) {
                Some(rule) => rule.manual.to_owned(),
                None => bail!("there is no rule {id:?}; the rules are {}", rules::ids().join(", ")),
            },
            None => {
                rules::ALL.iter().map(|rule| format!("{}: {}\n", rule.id, rule.summary())).collect()
            }
        };
        run::print(&text)?;
        Ok(true)
    }
}
