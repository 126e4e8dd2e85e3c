//! The policy that a repository starts with: every key explained, and an entry for each database it already has.

use std::collections::BTreeMap;
use std::fmt::Write;

use bstr::{BString, ByteSlice};

use super::{Date, allowance};
use crate::text::hidden;

/// A database that the repository has already.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundDatabase {
    /// Its path, relative to the top of the repository. Untrusted bytes.
    pub path: BString,
    /// Rows of all its tables.
    pub rows: u64,
    /// Rows that stand for people.
    pub people: u64,
    /// How sure it is that all of it is test data, 0.0 to 1.0.
    pub test_confidence: f64,
    /// Identities that look real.
    pub real_looking_identities: u64,
    /// Whether each of its rows was looked at: a condition holds of no other.
    pub is_read_in_full: bool,
}

/// The confidence from which a database in a fixture directory is taken for test data.
const CONFIDENT: f64 = 0.9;

/// The most entries of each kind.
const ENTRIES: usize = 50;

/// The words by which a directory shows that it holds what tests need.
const FIXTURE_WORDS: &[&str] =
    &["test", "tests", "testdata", "fixture", "fixtures", "spec", "specs", "sample", "samples"];

/// Renders the policy that `dataward init` writes: commented YAML that [`Policy::parse`](super::Policy::parse) accepts.
pub fn starter(databases: &[FoundDatabase], today: Date) -> String {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut others = BTreeMap::new();
    let mut unwritable = 0;
    for database in databases {
        match database.path.to_str().ok().and_then(glob_of) {
            None => unwritable += 1,
            Some((_, group)) if database.is_fixture() && allowance::Files::of(&group).is_ok() => {
                groups.entry(group).or_default().add(database);
            }
            Some((file, _)) => {
                others.insert(file, database);
            }
        }
    }

    let mut text = head();
    for (glob, group) in groups.iter().take(ENTRIES) {
        text += &group.entry(glob, today);
    }
    if !others.is_empty() {
        text += "  # These are in git already. Take each out, or give its reason and take the `# ` off:\n";
    }
    for (glob, database) in others.iter().take(ENTRIES) {
        text += &database.entry(glob);
    }
    let left_out =
        unwritable + groups.len().saturating_sub(ENTRIES) + others.len().saturating_sub(ENTRIES);
    if left_out > 0 {
        let _ = writeln!(
            text,
            "  # Left out, as too many or with a name that has no place here: {left_out}"
        );
    }
    text
}

/// What explains the keys; it ends with `allow:`.
fn head() -> String {
    let (major, minor) = (env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
    format!(
        r#"# What dataward lets into this repository. An error blocks, a warning is only said.
version: 1
# The oldest dataward that may apply this policy.
requires: "{major}.{minor}"

# What a rule weighs here, where that is not its own severity: error, warning or off.
# rules:
#   database-file: warning

# The bounds on reading one file. One that meets them is a finding.
# limits:
#   file_size: 256 MiB
#   tables: 1000
#   rows_per_table: 10000
#   seconds: 10
#   archive_depth: 5
#   archive_members: 100000
#   archive_size: 1 GiB

# Whether a comment in a script lets a finding pass: dataward: allow(RULE): REASON
# waivers: true

# Whether what `dataward baseline` accepted passes.
# baseline: true

# Whether a script that was put away needs a row in DANGEROUS_SCRIPTS.md.
# registry: required

# What may be in git all the same, and why. An entry looks like this:
#   - rule: database-with-personal-data    # the most that may pass
#     path: "tests/fixtures/*.sqlite3"     # `*` stays in its directory, `**` does not
#     reason: made by tests/make_fixtures.py, no real people
#     until: 2099-12-31                    # optional: the last day it holds, in UTC
#     when:                                # optional: what the database must hold
#       test_confidence: 0.9               # at least; 1 is certainly test data
#       real_looking_identities: 0         # at most
#       rows: 1000                         # at most, in all tables
allow:
"#
    )
}

/// Databases of one directory that have the same extension.
#[derive(Debug, Default)]
struct Group {
    files: usize,
    most_rows: u64,
    has_people: bool,
}

impl Group {
    fn add(&mut self, database: &FoundDatabase) {
        self.files += 1;
        self.most_rows = self.most_rows.max(database.rows);
        self.has_people |= database.people > 0;
    }

    /// An entry that holds: rows may grow up to the next power of ten.
    fn entry(&self, glob: &str, today: Date) -> String {
        let rows =
            (2..19).map(|it| 10_u64.pow(it)).find(|it| *it >= self.most_rows).unwrap_or(u64::MAX);
        format!(
            "  - rule: {}\n    path: {}\n    reason: \"fixture found by dataward init on {today}: confirm\"\n    \
             when:\n      test_confidence: {CONFIDENT}\n      real_looking_identities: 0\n      rows: {rows}\n",
            rule(self.has_people),
            quoted(glob),
        )
    }
}

impl FoundDatabase {
    /// Whether it is where fixtures are, and holds what fixtures hold.
    fn is_fixture(&self) -> bool {
        let directory =
            self.path.rsplitn_str(2, "/").nth(1).unwrap_or_default().to_ascii_lowercase();
        let named = directory
            .split(|it| !it.is_ascii_alphanumeric())
            .any(|word| FIXTURE_WORDS.iter().any(|it| it.as_bytes() == word));
        let holds = self.test_confidence >= CONFIDENT && self.real_looking_identities == 0;
        named && holds && self.is_read_in_full
    }

    /// An entry that is commented out, with the figures that speak for or against it.
    fn entry(&self, glob: &str) -> String {
        let figures = format!(
            "people: {}, rows: {}, test_confidence {:.2}, real-looking identities: {}",
            self.people,
            self.rows,
            // Rounded down, so that a policy with this figure lets it through.
            (self.test_confidence * 100.0).floor() / 100.0,
            self.real_looking_identities
        );
        format!(
            "  # - rule: {}\n  #   path: {}    # {figures}\n  #   reason: \"\"\n",
            rule(self.people > 0),
            quoted(glob),
        )
    }
}

fn rule(has_people: bool) -> &'static str {
    if has_people { "database-with-personal-data" } else { "database-file" }
}

/// The globs for this file alone, and for those beside it that have its extension; none where no allowance can name it.
fn glob_of(path: &str) -> Option<(String, String)> {
    let escaped = |text: &str| globset::escape(text).replace('\\', "[\\]");
    let file = escaped(path);
    allowance::Files::of(&file).ok()?;
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let group = match name.rsplit_once('.') {
        Some((_, extension)) => format!("{}/*.{}", escaped(directory), escaped(extension)),
        None => file.clone(),
    };
    Some((file, group))
}

/// The text as a double-quoted YAML scalar on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '"' | '\\' => quoted.extend(['\\', it]),
            it if it.is_control() || hidden(it) || !(it.is_ascii() || it.is_alphanumeric()) => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(it));
            }
            it => quoted.push(it),
        }
    }
    quoted + "\""
}
