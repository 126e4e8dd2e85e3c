//! Environments: which one a push goes to, and what the policy makes of findings there.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use globset::{Glob, GlobBuilder, GlobSet};
use serde_yaml::Spanned;

use super::allowance::{GLOB_LENGTH, GLOB_PARTS, classes, is_plain};
use super::apply::{known_rule, level, truth};
use super::config::{self, Text};
use super::fault::{Fault, shown, unknown};
use super::{Level, Policy};
use crate::finding::Severity;
use crate::rules;
use crate::target::{Target, Url, platform};
use crate::text::{line, short};

/// The name of what no environment of the policy and no platform speaks of.
pub const ORDINARY: &str = "ordinary";

/// The name of what a deploy platform's URL leads to.
pub const PRODUCTION: &str = "production";

/// The most entries of `environments:`.
const MAX_ENTRIES: usize = 100;

/// The most globs in all of them together.
const MAX_GLOBS: usize = 500;

/// Bytes of the longest name of an environment.
const MAX_NAME: usize = 64;

/// Characters of a URL or name that a reason repeats.
const SHOWN: usize = 200;

/// An entry of `environments:`.
#[derive(Debug, Clone)]
pub struct DeclaredEnvironment {
    /// Its name: letters, digits, `-`, `_` and `.`.
    pub name: String,
    /// Whether what arrives there is in service.
    pub is_production: bool,
    /// What rules weigh there, over the policy's own severities.
    pub severities: BTreeMap<String, Level>,
    /// The line of the policy on which it begins.
    pub line: u64,
    remotes: Vec<Pattern>,
    urls: Vec<Pattern>,
}

impl DeclaredEnvironment {
    /// Whether it is declared by every glob that the other one has.
    pub(super) fn covers(&self, other: &DeclaredEnvironment) -> bool {
        let has = |own: &[Pattern], others: &[Pattern]| {
            others.iter().all(|it| own.iter().any(|own| own.written == it.written))
        };
        has(&self.remotes, &other.remotes) && has(&self.urls, &other.urls)
    }
}

/// Where a push goes, and why that is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// The name by which the policy declares it; else `production` for a deploy platform, and `ordinary` for all else.
    pub name: String,
    /// Whether what arrives there is in service.
    pub is_production: bool,
    /// The deploy platform that one of the URLs leads to.
    pub platform: Option<&'static str>,
    /// Which form of the URL was met by what, a clause each, in ASCII but for what others chose; cleaned.
    pub reasons: Vec<String>,
}

/// A glob, and as it is written. It is compiled when the first text is held against it, since most runs push nothing.
#[derive(Debug, Clone)]
struct Pattern {
    written: String,
    glob: Glob,
    compiled: OnceCell<GlobSet>,
}

impl Pattern {
    /// Whether text is of it. A glob too large to be compiled takes none; none is within the bounds of [`check`].
    fn takes(&self, text: &str) -> bool {
        let set = || GlobSet::new([&self.glob]).unwrap_or_else(|_| GlobSet::empty());
        self.compiled.get_or_init(set).is_match(text)
    }
}

/// What one form of a URL says.
struct Outcome {
    declared: Option<usize>,
    is_production: bool,
    platform: Option<&'static str>,
    /// How strict it is: the most wins.
    strictness: u8,
    reasons: Vec<String>,
}

impl Policy {
    /// The environment that a push to this target goes to. Each form of its URL is asked, and the strictest answer counts.
    pub fn environment(&self, target: &Target) -> Environment {
        let forms: Vec<Option<&Url>> = match target.urls.is_empty() {
            true => vec![None],
            false => target.urls.iter().map(Some).collect(),
        };
        let outcomes: Vec<Outcome> =
            forms.into_iter().filter_map(|url| self.outcome(target, url)).collect();
        let platform = outcomes.iter().find_map(|it| it.platform);
        // Of equals the first in the policy.
        let strictest = outcomes
            .iter()
            .max_by_key(|it| (it.strictness, std::cmp::Reverse(it.declared.unwrap_or(usize::MAX))));
        let is_production = strictest.is_some_and(|it| it.is_production);
        let declared = strictest.and_then(|it| it.declared);
        let name = match declared.and_then(|at| self.environments.get(at)) {
            Some(declared) => declared.name.clone(),
            None if is_production => PRODUCTION.to_owned(),
            None => ORDINARY.to_owned(),
        };
        let mut reasons: Vec<String> = Vec::new();
        let said = outcomes.iter().flat_map(|it| &it.reasons).cloned();
        for reason in said.chain(target.notes.iter().map(|it| line(it))) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let differ = |it: &Outcome| (it.declared, it.is_production) != (declared, is_production);
        if outcomes.iter().any(differ) {
            reasons.push(format!("the strictest of them counts: {name}"));
        }
        Environment { name, is_production, platform, reasons }
    }

    /// The environment of this name, as a server's repository is pinned to one.
    ///
    /// # Errors
    ///
    /// When the policy declares none of this name, and it is neither `production` nor `ordinary`.
    pub fn environment_named(&self, name: &str) -> Result<Environment> {
        let reason = |end: &str| vec![format!("it is named in the configuration of git{end}")];
        if let Some(it) = self.environments.iter().find(|it| it.name == name) {
            return Ok(Environment {
                name: name.to_owned(),
                is_production: it.is_production,
                platform: None,
                reasons: reason(&format!(", and declared on line {} of the policy", it.line)),
            });
        }
        if [PRODUCTION, ORDINARY].contains(&name) {
            return Ok(Environment {
                name: name.to_owned(),
                is_production: name == PRODUCTION,
                platform: None,
                reasons: reason(""),
            });
        }
        let declared = self.environments.iter().map(|it| it.name.as_str());
        let known: Vec<&str> = declared.chain([PRODUCTION, ORDINARY]).collect();
        Err(anyhow!(
            "git config dataward.environment: {}; declare it in the policy, or name another one",
            unknown("environment", name, &known)
        ))
    }

    /// This policy as it holds for what goes to an environment: with the severities that are declared for it, and for production
    /// without allowances that lean on a content score.
    pub fn towards(mut self, environment: &Environment) -> Policy {
        if let Some(it) = self.environments.iter().find(|it| it.name == environment.name) {
            self.severities.extend(it.severities.clone());
        }
        self.is_for_production |= environment.is_production;
        self
    }

    /// What one form of the URL says; nothing where it is only another name for one that is asked as well.
    fn outcome(&self, target: &Target, url: Option<&Url>) -> Option<Outcome> {
        let by_url = |it: &DeclaredEnvironment| it.pattern_of(url).map(|it| it.written.clone());
        let by_name =
            |it: &DeclaredEnvironment| it.name_of(target).map(|(_, it)| it.written.clone());
        let place = url.map(|it| format!("the {} URL {}", it.form.word(), shown_text(&it.text)));
        let place = place.unwrap_or_else(|| "the target".to_owned());
        let platform = url.and_then(platform).map(|it| it.name);
        let remote = target.remote.as_deref().map(shown_text).unwrap_or_default();
        let first = |is_production: bool, by: &dyn Fn(&DeclaredEnvironment) -> Option<String>| {
            let mut all = self.environments.iter().enumerate();
            all.find_map(|(at, it)| {
                let glob = by(it).filter(|_| it.is_production == is_production)?;
                Some((at, line(&glob)))
            })
        };
        let declared = |(at, glob): (usize, String), what: &str, key: &str| {
            let it = &self.environments[at];
            let kind = if it.is_production { "production" } else { "not production" };
            let reason = format!(
                "{what} is declared by environment {} on line {} of the policy (`{key}`: {glob}): {kind}",
                it.name, it.line
            );
            self.told(Some(at), it.is_production, platform, vec![reason])
        };
        let name = format!("the remote's name {remote}");
        if let Some(found) = first(true, &by_url) {
            return Some(declared(found, &place, "urls"));
        }
        if let Some(found) = first(true, &by_name) {
            return Some(declared(found, &name, "remotes"));
        }
        if let Some(found) = first(false, &by_url) {
            return Some(declared(found, &place, "urls"));
        }
        let lenient = first(false, &by_name);
        if let Some(platform) = platform {
            let mut reasons = vec![format!(
                "{place} leads to {platform}, which puts what is pushed to it into service: production, unless the policy declares this URL"
            )];
            reasons.extend(lenient.map(|(at, _)| {
                format!(
                    "{name} is declared by environment {}, but a name can be pointed elsewhere: declare the URL under its `urls`",
                    self.environments[at].name
                )
            }));
            let at = self.environments.iter().position(|it| it.name == PRODUCTION);
            return Some(self.told(at, true, Some(platform), reasons));
        }
        if let Some(found) = lenient {
            return Some(declared(found, &name, "remotes"));
        }
        if url.is_some_and(|it| it.is_alias) {
            return None;
        }
        let reason = format!("{place} is declared by no environment, and is no deploy platform's");
        Some(self.told(None, false, None, vec![reason]))
    }

    fn told(
        &self,
        declared: Option<usize>,
        is_production: bool,
        platform: Option<&'static str>,
        reasons: Vec<String>,
    ) -> Outcome {
        // What is declared and turns a rule down is more lenient than what is not declared; else it is stricter.
        let within = match declared.map(|at| self.loosens(&self.environments[at])) {
            Some(true) => 0,
            None => 1,
            Some(false) => 2,
        };
        let strictness = if is_production { 3 + within } else { within };
        Outcome { declared, is_production, platform, strictness, reasons }
    }

    /// Whether a rule weighs less in this environment than elsewhere.
    fn loosens(&self, environment: &DeclaredEnvironment) -> bool {
        let elsewhere = |rule: &str| match self.severities.get(rule) {
            Some(level) => weight(*level),
            None if rules::named(rule).is_some_and(|it| it.is_off) => weight(Level::Off),
            None => weight(Level::Severity(Severity::Error)),
        };
        environment.severities.iter().any(|(rule, level)| weight(*level) < elsewhere(rule))
    }
}

fn weight(level: Level) -> u8 {
    match level {
        Level::Off => 0,
        Level::Severity(Severity::Warning) => 1,
        Level::Severity(Severity::Error) => 2,
    }
}

/// A URL or a name as a reason repeats it.
fn shown_text(text: &str) -> String {
    short(&line(text), SHOWN)
}

impl DeclaredEnvironment {
    /// The glob under `urls` that this URL is of.
    fn pattern_of(&self, url: Option<&Url>) -> Option<&Pattern> {
        let spellings = url?.spellings();
        self.urls.iter().find(|it| spellings.iter().any(|text| it.takes(text)))
    }

    /// The name of the remote, and the glob under `remotes` that it is of.
    fn name_of<'a>(&'a self, target: &'a Target) -> Option<(&'a str, &'a Pattern)> {
        let remote = target.remote.as_deref()?;
        Some((remote, self.remotes.iter().find(|it| it.takes(remote))?))
    }
}

/// Reads `environments:`.
pub(super) fn declared(
    written: Vec<Spanned<config::Environment>>,
    known: &[&str],
) -> Result<Vec<DeclaredEnvironment>, Fault> {
    if let Some(surplus) = written.get(MAX_ENTRIES) {
        let text = format!(
            "more than {MAX_ENTRIES} environments; a URL may be a glob, so that one does for many"
        );
        return Err(Fault::at(surplus.referenced, text));
    }
    let mut all: Vec<DeclaredEnvironment> = Vec::new();
    for environment in written {
        let at = environment.referenced;
        let environment = one(environment, known)?;
        if let Some(other) = all.iter().find(|it| it.name == environment.name) {
            let text = format!(
                "the environment {} is declared on line {} as well; keep one",
                shown(&environment.name),
                other.line
            );
            return Err(Fault::at(at, text));
        }
        all.push(environment);
        let globs: usize = all.iter().map(|it| it.remotes.len() + it.urls.len()).sum();
        if globs > MAX_GLOBS {
            let text = format!("more than {MAX_GLOBS} globs in all; let one do for many");
            return Err(Fault::at(at, text));
        }
    }
    Ok(all)
}

fn one(
    written: Spanned<config::Environment>,
    known: &[&str],
) -> Result<DeclaredEnvironment, Fault> {
    let at = written.referenced;
    let written = written.value;
    let name = written.name.ok_or_else(|| {
        Fault::at(
            at,
            "this environment has no `name`; add the line `name: WORD`, such as `staging`",
        )
    })?;
    check_name(&name)?;
    let is_production = written.production.as_ref().map(truth).transpose()?.unwrap_or(true);
    if name.value == PRODUCTION && !is_production {
        let text = "an environment of the name `production` is production; name it otherwise";
        return Err(Fault::at(name.referenced, text));
    }
    let mut severities = BTreeMap::new();
    for (rule, word) in written.rules.map(|it| it.0).unwrap_or_default() {
        severities.insert(known_rule(&rule, known)?, level(&word)?);
    }
    Ok(DeclaredEnvironment {
        name: name.value,
        is_production,
        severities,
        line: at.line(),
        remotes: patterns(written.remotes, "remotes")?,
        urls: patterns(written.urls, "urls")?,
    })
}

fn check_name(name: &Text) -> Result<(), Fault> {
    let is_word = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
    let text = match name.value.as_str() {
        ORDINARY => {
            "`ordinary` is the name of what no environment is declared for; take another one".into()
        }
        it if it.is_empty() || it.len() > MAX_NAME || !it.bytes().all(is_word) => format!(
            "{} is no name for an environment; write at most {MAX_NAME} letters, digits, `-`, `_` and `.`",
            shown(it)
        ),
        _ => return Ok(()),
    };
    Err(Fault::at(name.referenced, text))
}

fn patterns(written: Option<Vec<Text>>, key: &str) -> Result<Vec<Pattern>, Fault> {
    written.unwrap_or_default().into_iter().map(|it| pattern(it, key)).collect()
}

fn pattern(written: Text, key: &str) -> Result<Pattern, Fault> {
    let at = written.referenced;
    let text = written.value;
    check(&text, key).map_err(|wrong| Fault::at(at, wrong))?;
    let glob = GlobBuilder::new(&text)
        .literal_separator(true)
        .backslash_escape(false)
        .case_insensitive(true)
        .build()
        .map_err(|error| format!("not a valid glob: {}", line(&error.kind().to_string())));
    let glob = glob.map_err(|wrong| Fault::at(at, wrong))?;
    Ok(Pattern { written: text, glob, compiled: OnceCell::new() })
}

/// Refuses globs that no URL or name can match, those made to be slow, and a password.
fn check(glob: &str, key: &str) -> Result<(), String> {
    let wrong = if glob.is_empty() {
        "the glob is empty; write a URL such as `example.com/acme/*`, or the name of a remote"
    } else if glob.len() > GLOB_LENGTH {
        return Err(format!("the glob is too long; at most {GLOB_LENGTH} bytes"));
    } else if ['{', '[', '*'].iter().any(|it| glob.matches(*it).count() > GLOB_PARTS) {
        return Err(format!("too many `{{`, `[` or `*` in the glob; at most {GLOB_PARTS} of each"));
    } else if glob.contains('\\') {
        "a glob has no `\\`; the parts of a URL are separated by `/`"
    } else if glob.split('/').any(|part| part.contains("**") && part != "**") {
        "`**` stands for whole parts between `/`; for `git@example.com:**` write `git@example.com/**`"
    } else if key == "urls" && has_password(glob) {
        "a URL is compared without its password; take `:` and the password out"
    } else if !classes(glob).all(is_plain) {
        "a `[...]` in a glob may hold ASCII letters, digits and ranges of them, or one other ASCII character but `/`"
    } else {
        return Ok(());
    };
    Err(wrong.into())
}

/// Whether a glob names a password before the host: `https://user:password@host/`.
fn has_password(glob: &str) -> bool {
    let Some((_, rest)) = glob.split_once("://") else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}
