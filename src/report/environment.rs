//! What `dataward environment` says: where pushes go and why, and the signs of where the program runs.

use serde::Serialize;

use super::human::{ARROW, BOLD, ERROR, ink};
use super::{Style, json};
use crate::policy::Environment;
use crate::target::Target;
use crate::text::line;

/// The version of the document.
const VERSION: u32 = 1;

/// Where pushes of a repository go.
#[derive(Debug, Clone)]
pub struct Environments {
    /// What was asked of: the name of a remote or a URL without its password, where a push there goes, and what that is. Untrusted text.
    pub targets: Vec<(String, Target, Environment)>,
    /// What `dataward.environment` in git's configuration makes of this repository itself.
    pub pinned: Option<Environment>,
    /// The signs of where the program runs.
    pub signs: Vec<Sign>,
}

/// A sign of the environment that a program runs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// The variable.
    pub variable: &'static str,
    /// What it means, as a clause.
    pub meaning: &'static str,
    /// What it says, where that is one of the words that all know.
    pub word: Option<&'static str>,
    /// Whether that word means production.
    pub is_production: bool,
}

/// As text for people.
pub fn environments(all: &Environments, style: &Style) -> String {
    let mut lines = Vec::new();
    for (name, target, environment) in &all.targets {
        lines.push(format!("{}: {}", ink(*style, &line(name), BOLD), kind(environment, *style)));
        for url in &target.urls {
            let arrow = ink(*style, "-->", ARROW);
            lines.push(format!(" {arrow} {} ({})", line(&url.text), url.form.word()));
        }
        lines.extend(environment.reasons.iter().map(|it| format!("    | {it}")));
    }
    if all.targets.is_empty() {
        lines.push("this repository has no remotes".to_owned());
    }
    if let Some(pinned) = &all.pinned {
        let name = ink(*style, "this repository", BOLD);
        lines.push(format!("{name}: {}", kind(pinned, *style)));
        lines.extend(pinned.reasons.iter().map(|it| format!("    | {it}")));
    }
    let name = ink(*style, "here", BOLD);
    match all.signs.is_empty() {
        true => lines.push(format!("{name}: no sign of an environment")),
        false => lines.push(format!("{name}: signs of an environment: {}", all.signs.len())),
    }
    lines.extend(all.signs.iter().map(|it| match it.word {
        Some(word) => format!("    | {} is {word}: {}", it.variable, it.meaning),
        None => format!("    | {} is set: {}", it.variable, it.meaning),
    }));
    lines.join("\n") + "\n"
}

fn kind(environment: &Environment, style: Style) -> String {
    let platform = environment.platform.map_or_else(String::new, |it| format!(" ({it})"));
    let name = match environment.is_production {
        true => ink(style, "production", ERROR),
        false => "not production".to_owned(),
    };
    format!("environment {}, {name}{platform}", environment.name)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: u32,
    program_version: &'static str,
    targets: Vec<TargetJson<'a>>,
    pinned: Option<EnvironmentJson<'a>>,
    signs: Vec<SignJson>,
}

#[derive(Serialize)]
struct TargetJson<'a> {
    target: &'a str,
    remote: Option<&'a str>,
    urls: Vec<UrlJson<'a>>,
    environment: EnvironmentJson<'a>,
}

#[derive(Serialize)]
struct UrlJson<'a> {
    form: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
struct EnvironmentJson<'a> {
    name: &'a str,
    production: bool,
    platform: Option<&'static str>,
    reasons: &'a [String],
}

#[derive(Serialize)]
struct SignJson {
    variable: &'static str,
    meaning: &'static str,
    word: Option<&'static str>,
    production: bool,
}

/// As one JSON document, described in docs/report.md.
pub fn environments_json(all: &Environments) -> String {
    json::pretty(&Document {
        schema: "dataward-environments",
        version: VERSION,
        program_version: env!("CARGO_PKG_VERSION"),
        targets: (all.targets.iter())
            .map(|(name, target, it)| TargetJson {
                target: name,
                remote: target.remote.as_deref(),
                urls: (target.urls.iter())
                    .map(|it| UrlJson { form: it.form.word(), url: &it.text })
                    .collect(),
                environment: environment(it),
            })
            .collect(),
        pinned: all.pinned.as_ref().map(environment),
        signs: (all.signs.iter())
            .map(|it| SignJson {
                variable: it.variable,
                meaning: it.meaning,
                word: it.word,
                production: it.is_production,
            })
            .collect(),
    })
}

fn environment(it: &Environment) -> EnvironmentJson<'_> {
    EnvironmentJson {
        name: &it.name,
        production: it.is_production,
        platform: it.platform,
        reasons: &it.reasons,
    }
}
