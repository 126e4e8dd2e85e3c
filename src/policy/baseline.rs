//! The baseline: findings that a repository had when it began, known by their content, so that only new and changed ones block.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::read_dir;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result, bail};
use bstr::{BStr, BString, ByteSlice, ByteVec};

use super::judge::{Refines, refined};
use super::lock::LETS_THROUGH;
use super::regular;
use crate::content::sha256;
use crate::finding::Finding;
use crate::rules;
use crate::text::{clean, line, packed, unpacked};

/// The name of the baseline at the top of a repository: a directory with a file for each entry, so that merges do not meet.
pub const DIRECTORY: &str = ".dataward-baseline";

/// The most entries.
pub const MAX_ENTRIES: usize = 100_000;

/// Bytes of the largest entry.
pub const MAX_ENTRY: usize = 64 << 10;

/// Bytes of all entries together.
const MAX_ENTRIES_SIZE: usize = 64 << 20;

/// Digits of the name of an entry.
const NAME_LENGTH: usize = 32;

/// Rules about scripts whose findings no baseline takes: they are about what was accepted, and not about what was there.
const NEVER: &[&str] = &[
    "expired-waiver",
    "quarantined-script-called",
    "quarantined-script-executable",
    "registry-disagrees",
];

/// What is said of a file in the directory that is no entry.
const NO_ENTRY: &str = "is no entry as dataward writes it (was a merge not resolved, or the file changed by hand?): delete it, then write it anew: dataward baseline";

/// An entry: one finding that was there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The path of the file, with the way to a member of it. Untrusted bytes.
    pub path: BString,
    /// The id of the rule.
    pub rule: String,
    /// What it is known by.
    pub known_by: KnownBy,
}

/// What a finding is known by, whatever moves around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KnownBy {
    /// What is done in a script, how that is worded and what it is aimed at; else the anchor of the finding.
    Anchor(String),
    /// The SHA-256 of the file in hex.
    Sha256(String),
}

/// The entries of a baseline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// By path, then by rule.
    places: BTreeMap<BString, BTreeMap<String, BTreeSet<KnownBy>>>,
    entries: usize,
    size: usize,
}

impl Entry {
    /// The entry of a finding; none where no baseline takes it: nobody looked at what could not be read.
    pub fn of(finding: &Finding) -> Option<Entry> {
        let is_about_lines = rules::named(finding.rule).is_some_and(|it| it.is_about_lines());
        Entry::known(finding, is_about_lines && !NEVER.contains(&finding.rule))
    }

    fn known(finding: &Finding, is_about_lines: bool) -> Option<Entry> {
        let known_by = if LETS_THROUGH.contains(&finding.rule) {
            KnownBy::Sha256(finding.at.sha256.clone()?)
        } else {
            let is_known = finding.at.line.is_some() && !finding.anchor.is_empty();
            // Which of its like an operation is changes with those around it.
            let known_by = match &finding.operation {
                Some(it) => format!("{} {} {}", it.kind.id, it.name, it.wording),
                None => finding.anchor.clone(),
            };
            (is_about_lines && is_known).then_some(KnownBy::Anchor(known_by))?
        };
        Some(Entry { path: finding.at.full_path(), rule: finding.rule.to_owned(), known_by })
    }

    /// The name of its file: the same for the same entry, and for no other.
    pub fn name(&self) -> String {
        let mut name = sha256(self.text().as_bytes());
        name.truncate(NAME_LENGTH);
        name
    }

    /// Its text, which [`Entry::read`] reads.
    pub fn text(&self) -> String {
        let (key, value) = match &self.known_by {
            KnownBy::Anchor(anchor) => ("anchor", packed(anchor.as_bytes(), b"")),
            KnownBy::Sha256(digest) => ("sha256", digest.clone()),
        };
        format!("rule: {}\npath: {}\n{key}: {value}\n", self.rule, packed(&self.path, b""))
    }

    /// The entry that a text states; none where it is not as dataward writes it, but for the ends of its lines.
    pub fn read(text: &[u8]) -> Option<Entry> {
        let text = text.to_str().ok()?;
        let mut lines = text.lines();
        let is_id = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        let is_hex = |it: u8| matches!(it, b'0'..=b'9' | b'a'..=b'f');
        let rule = lines.next()?.strip_prefix("rule: ").filter(|it| it.bytes().all(is_id))?;
        let path = unpacked(lines.next()?.strip_prefix("path: ")?)?.into();
        let known_by = match lines.next()?.split_once(": ")? {
            ("anchor", it) => KnownBy::Anchor(unpacked(it)?.into_string().ok()?),
            ("sha256", it) if it.len() == 64 && it.bytes().all(is_hex) => {
                KnownBy::Sha256(it.to_owned())
            }
            _ => return None,
        };
        let entry = Entry { path, rule: rule.to_owned(), known_by };
        (lines.next().is_none() && entry.text().lines().eq(text.lines())).then_some(entry)
    }
}

impl Baseline {
    /// Reads the baseline in this directory; an empty one where there is none.
    ///
    /// # Errors
    ///
    /// When it is no directory, or something in it is no entry.
    pub fn read(directory: &Path) -> Result<Baseline> {
        let shown = line(&directory.display().to_string());
        let mut baseline = Baseline::default();
        let kind = match directory.symlink_metadata() {
            Ok(it) => it.file_type(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(baseline),
            Err(error) => return Err(error).with_context(|| format!("cannot look at {shown}")),
        };
        if !kind.is_dir() {
            bail!("{shown} is no directory; a baseline is one, with a file for each entry");
        }
        let listed = read_dir(directory).with_context(|| format!("cannot list {shown}"))?;
        for found in listed {
            let found = found.with_context(|| format!("cannot list {shown}"))?;
            let name = Vec::from_os_string(found.file_name()).unwrap_or_default();
            // Such as `.DS_Store`. It lets nothing through.
            if name.starts_with(b".") {
                continue;
            }
            let file = format!("{shown}/{}", clean(&name));
            let text = regular(&found.path(), &file, "baseline entry")?;
            let text = text.with_context(|| format!("{file} is gone again"))?;
            baseline.take(name.as_bstr(), &text, &shown)?;
        }
        Ok(baseline)
    }

    /// Takes in the file of an entry. `shown` is what errors call the directory.
    ///
    /// # Errors
    ///
    /// When it is no entry, or there are too many.
    pub fn take(&mut self, name: &BStr, text: &[u8], shown: &str) -> Result<()> {
        let file = || format!("{shown}/{}", clean(name));
        if text.len() > MAX_ENTRY {
            bail!("{} is larger than {} KiB, so it {NO_ENTRY}", file(), MAX_ENTRY >> 10);
        }
        self.size += text.len();
        if self.entries == MAX_ENTRIES || self.size > MAX_ENTRIES_SIZE {
            bail!(
                "{shown} has more than {MAX_ENTRIES} entries, or more than {} MiB of them: allow some of it by a glob in the policy instead",
                MAX_ENTRIES_SIZE >> 20
            );
        }
        match Entry::read(text) {
            Some(entry) if entry.name().as_bytes() == name.as_bytes() => self.add(entry),
            Some(_) => bail!("{} has not the name of its entry, so it {NO_ENTRY}", file()),
            None => bail!("{} {NO_ENTRY}", file()),
        }
        Ok(())
    }

    /// Adds an entry.
    pub fn add(&mut self, entry: Entry) {
        let rules = self.places.entry(entry.path).or_default();
        if rules.entry(entry.rule).or_default().insert(entry.known_by) {
            self.entries += 1;
        }
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.entries
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// All entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        self.places.iter().flat_map(|(path, rules)| {
            rules.iter().flat_map(move |(rule, known)| {
                known.iter().map(move |known_by| Entry {
                    path: path.clone(),
                    rule: rule.clone(),
                    known_by: known_by.clone(),
                })
            })
        })
    }

    /// The paths of all files that have an entry, or have a member that has: each part of a path with `!/` in it may be one.
    pub fn paths(&self) -> impl Iterator<Item = BString> {
        self.places.keys().flat_map(|path| {
            let files = path.find_iter("!/").map(|at| path[..at].into());
            files.chain([path.clone()]).collect::<Vec<BString>>()
        })
    }

    /// The entry that lets this finding through, or else why none does; nothing where none speaks of it. One covers the findings of more
    /// general rules as well.
    pub(super) fn judge(
        &self,
        finding: &Finding,
        refines: Refines,
    ) -> Option<Result<Entry, &'static str>> {
        self.judge_entry(Entry::of(finding)?, refines)
    }

    fn judge_entry(&self, found: Entry, refines: Refines) -> Option<Result<Entry, &'static str>> {
        let rules = self.places.get(&found.path)?;
        let asked = found.rule.as_str();
        let covers = |rule: &str| rule == asked || refined(rule, refines).contains(&asked);
        let mut spoken_of = rules.iter().filter(|(rule, _)| covers(rule)).peekable();
        let is_file = matches!(found.known_by, KnownBy::Sha256(_)) && spoken_of.peek().is_some();
        match spoken_of.find(|(_, known)| known.contains(&found.known_by)) {
            Some((rule, _)) => Some(Ok(Entry { rule: rule.clone(), ..found })),
            None => is_file.then_some(Err("the baseline has this file with other content")),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn some() -> Entry {
        Entry {
            path: "instance/app.db".into(),
            rule: "database-file".to_owned(),
            known_by: KnownBy::Sha256("0".repeat(64)),
        }
    }

    #[test]
    fn an_entry_can_be_read_by_people() {
        let zeros = "0".repeat(64);
        let expected = format!("rule: database-file\npath: instance/app.db\nsha256: {zeros}\n");
        assert_eq!(some().text(), expected);
        assert_eq!(some().name().len(), NAME_LENGTH);
        let windows = expected.replace('\n', "\r\n");
        assert_eq!(Entry::read(windows.as_bytes()), Some(some()));
    }

    #[test]
    fn what_is_not_written_so_is_no_entry() {
        let text = some().text();
        for changed in [
            String::new(),
            text.replace("rule: ", "rule:  "),
            text.replace("path: ", "Path: "),
            text.replace("sha256", "size"),
            text.replace("app.db", "app\\x2edb"),
            text.replace("app.db", "app.db "),
            format!("{text}path: other.db\n"),
            format!("\n{text}"),
            format!("<<<<<<< HEAD\n{text}"),
        ] {
            assert_eq!(Entry::read(changed.as_bytes()), None, "{changed}");
        }
        let mut baseline = Baseline::default();
        let error = baseline.take("0".into(), text.as_bytes(), "here").expect_err("another name");
        assert!(error.to_string().starts_with("here/0 has not the name"), "{error}");
        assert!(baseline.is_empty());
    }

    /// A finding in a script, as no rule of today makes it.
    fn in_script(line: u32, anchor: &str) -> Finding {
        Finding {
            rule: "unguarded-table-wipe",
            severity: crate::finding::Severity::Error,
            at: crate::finding::Location {
                path: "clean.py".into(),
                member: None,
                blob: None,
                line: Some(line),
                sha256: None,
                origins: Vec::new(),
            },
            anchor: anchor.to_owned(),
            message: String::new(),
            evidence: Vec::new(),
            database: None,
            hint: Vec::new(),
            operation: None,
            example: None,
        }
    }

    #[test]
    fn a_finding_in_a_script_is_known_by_its_anchor_and_not_by_its_line() {
        let entry = |line, anchor: &str| Entry::known(&in_script(line, anchor), true);
        let known = entry(7, "delete users 0").expect("a baseline takes it");
        let mut baseline = Baseline::default();
        baseline.add(known.clone());
        let refines: Refines = &|_| &[];
        let judged = |line, anchor| baseline.judge_entry(entry(line, anchor)?, refines);
        assert_eq!(judged(7, "delete users 0"), Some(Ok(known.clone())));
        assert_eq!(judged(93, "delete users 0"), Some(Ok(known)));
        assert_eq!(judged(7, "delete users 1"), None);
        assert_eq!(judged(7, "drop users 0"), None);
        assert_eq!(entry(7, ""), None, "nothing tells it from others");
        let mut reworded = in_script(7, "delete users 0");
        let mut wipe =
            crate::rules::sample::operation(crate::content::script::Scope::Table, Vec::new());
        reworded.operation = Some(std::rc::Rc::new(wipe.clone()));
        let accepted = Entry::known(&reworded, true);
        assert_ne!(accepted, entry(7, "delete users 0"));
        wipe.wording = "fedcba9876543210".to_owned();
        reworded.operation = Some(std::rc::Rc::new(wipe));
        assert_ne!(Entry::known(&reworded, true), accepted, "another statement");
        assert_eq!(Entry::known(&in_script(7, "a 0"), false), None, "no rule about a line");
    }

    #[test]
    fn an_entry_of_a_special_rule_covers_the_general_one_and_no_other() {
        let refines: Refines = &|rule| match rule {
            "special" => &["general"],
            _ => &[],
        };
        let entry = |rule: &str, digest: &str| Entry {
            rule: rule.to_owned(),
            known_by: KnownBy::Sha256(digest.to_owned()),
            ..some()
        };
        let mut baseline = Baseline::default();
        baseline.add(entry("special", "1"));
        assert_eq!(
            baseline.judge_entry(entry("general", "1"), refines),
            Some(Ok(entry("special", "1")))
        );
        let other = Err("the baseline has this file with other content");
        assert_eq!(baseline.judge_entry(entry("general", "2"), refines), Some(other));
        assert_eq!(baseline.judge_entry(entry("other", "1"), refines), None);
        let mut general = Baseline::default();
        general.add(entry("general", "1"));
        assert_eq!(general.judge_entry(entry("special", "1"), refines), None);
    }

    #[test]
    fn a_file_is_asked_for_its_digest_whichever_part_of_a_path_it_is() {
        let mut baseline = Baseline::default();
        baseline.add(Entry { path: "a.zip!/b.zip!/c.db".into(), ..some() });
        let paths: Vec<_> = baseline.paths().map(|it| it.to_string()).collect();
        assert_eq!(paths, ["a.zip", "a.zip!/b.zip", "a.zip!/b.zip!/c.db"]);
    }

    proptest! {
        #[test]
        fn any_entry_is_read_as_it_was_written(
            path in proptest::collection::vec(any::<u8>(), 1..30),
            rule in "[a-z-]{1,20}",
            known_by in prop_oneof![
                "[0-9a-f]{64}".prop_map(KnownBy::Sha256),
                any::<String>().prop_map(KnownBy::Anchor),
            ],
        ) {
            let entry = Entry { path: path.into(), rule, known_by };
            let mut baseline = Baseline::default();
            baseline.take(entry.name().as_str().into(), entry.text().as_bytes(), "here").expect("an entry");
            prop_assert_eq!(baseline.entries().collect::<Vec<_>>(), [entry]);
        }

        #[test]
        fn any_bytes_are_an_entry_or_none(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Entry::read(&text);
        }
    }
}
