//! Where statements of a text go to: another database or schema, or what its variables stand for; and how they are worded.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::Words;
use super::lexer::What;
use crate::content::script::tree::worded::{Known, ended, known, part};

/// Different settings of one text that are kept.
const SETTINGS: usize = 1_000;

/// Commands of clients that go elsewhere or set something: psql, sqlcmd, SQL*Plus.
const OF_CLIENTS: &[&str] =
    &["\\c", "\\connect", "\\set", "\\i", ":connect", ":setvar", "connect", "define"];

/// What was set on the way.
pub(super) struct Gone {
    /// Where commands of a client stand that set something, with the way to tell them, the last first.
    of_clients: Vec<(usize, String, Known)>,
    /// The last of each.
    set: BTreeMap<String, Known>,
    /// All of it.
    all: Option<Known>,
}

impl Gone {
    /// What the commands of a client in a text set.
    pub(super) fn of(text: &str) -> Gone {
        let mut of_clients = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let mut words = line.split_whitespace();
            let first = words.next().unwrap_or_default().to_lowercase();
            if OF_CLIENTS.contains(&first.as_str()) {
                let is_set = matches!(first.as_str(), "\\set" | ":setvar" | "define");
                let name = if is_set { words.next().unwrap_or_default() } else { "" };
                let is_way = matches!(first.as_str(), "\\c" | "\\connect" | ":connect" | "connect");
                let named = if is_way { "USE".to_owned() } else { format!("{first} {name}") };
                let said = known(line.split_whitespace().map(str::as_bytes));
                of_clients.push((at, named, said));
            }
            at += line.len();
        }
        of_clients.reverse();
        Gone { of_clients, set: BTreeMap::new(), all: None }
    }

    /// Takes what a statement sets for those behind it.
    pub(super) fn note(&mut self, words: &Words) {
        let Some(first) = words.all.first() else { return };
        while let Some((_, name, said)) = self.of_clients.pop_if(|it| it.0 <= first.at) {
            self.keep(name, said);
        }
        if let Some(name) = set_by(words) {
            self.keep(name, worded(words, None));
        }
    }

    fn keep(&mut self, name: String, said: Known) {
        if self.set.len() < SETTINGS || self.set.contains_key(&name) {
            self.set.insert(name, said);
            self.all = None;
        }
    }

    /// How a statement is worded, and what it goes by.
    pub(super) fn known(&mut self, words: &Words) -> Known {
        let set = &self.set;
        let all = *self.all.get_or_insert_with(|| {
            known(set.iter().flat_map(|(name, said)| [name.as_bytes(), said.as_slice()]))
        });
        worded(words, Some(all))
    }
}

/// What a statement sets, where it sets what others go by.
fn set_by(words: &Words) -> Option<String> {
    let first = words.word(0);
    let has = |names: &[&str]| {
        words
            .all
            .iter()
            .take(8)
            .find(|it| names.iter().any(|name| it.text.eq_ignore_ascii_case(name)))
    };
    match first.as_str() {
        "USE" | "CONNECT" | "ATTACH" => Some("USE".to_owned()),
        "SET" | "ALTER" if first == "SET" || words.is(1, &["SESSION"]) => {
            let goes = ["SEARCH_PATH", "SCHEMA", "CURRENT_SCHEMA", "CONTAINER", "ROLE"];
            let variable = || {
                words
                    .all
                    .get(1)
                    .filter(|it| it.text.starts_with('@'))
                    .and_then(|_| words.all.get(2))
            };
            let named = has(&goes).or_else(variable)?;
            Some(format!("SET {}", named.text.to_uppercase()))
        }
        "DECLARE" => Some(format!("SET {}", words.all.get(2)?.text.to_uppercase())),
        _ => None,
    }
}

/// The words of a statement as a hash, whatever stands between them.
fn worded(words: &Words, behind: Option<Known>) -> Known {
    let mut hash = Sha256::new();
    for it in words.all {
        let is_text = it.what == What::Text;
        part(&mut hash, &[u8::from(is_text)]);
        part(&mut hash, it.text.as_bytes());
    }
    behind.iter().for_each(|it| hash.update(it));
    ended(hash)
}
