//! The words of each statement of a text as a hash: from where it begins to where it ends, whatever lines, blanks and comments stand
//! in it. What its blocks hold is theirs.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use tree_sitter::{Node, TreeCursor};

use super::Source;
use super::choosing::Choosing;

/// Bytes of a hash by which words are known.
pub(in crate::content::script) type Known = [u8; 8];

/// Levels of a tree below which nothing is a statement of its own.
const LEVELS: usize = 2_000;

/// Statements by which a text chooses where it goes that are kept.
const CHOSEN: usize = 10_000;

/// The statements of a text.
#[derive(Debug, Default)]
pub(in crate::content::script) struct Worded {
    /// The lines on which something of a statement stands, and its number.
    on: Vec<(u32, usize)>,
    statements: Vec<Words>,
    /// The statements by which the text chooses what it is connected to.
    pub(in crate::content::script) chosen: BTreeSet<Known>,
}

/// How a statement is worded.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::content::script) struct Words {
    /// All of it.
    pub(in crate::content::script) whole: Known,
    /// All but texts of several lines.
    pub(in crate::content::script) frame: Known,
}

impl Worded {
    pub(in crate::content::script) fn of(source: &Source, root: Node) -> Worded {
        let (levels, worded) = (Vec::new(), Worded::default());
        let mut told = Teller { source, worded, levels, end: 0, passed: (0, 0) };
        told.goes_through(&mut root.walk());
        let mut worded = told.worded;
        worded.on.sort_unstable();
        worded.on.dedup();
        worded
    }

    /// Each line with the words of all statements of which something stands on it.
    pub(in crate::content::script) fn lines(&self) -> impl Iterator<Item = (u32, Words)> {
        self.on.chunk_by(|one, other| one.0 == other.0).filter_map(|there| {
            let all: Vec<&Words> =
                there.iter().filter_map(|it| self.statements.get(it.1)).collect();
            let words = match all.as_slice() {
                [one] => **one,
                _ => Words {
                    whole: known(all.iter().map(|it| &it.whole[..])),
                    frame: known(all.iter().map(|it| &it.frame[..])),
                },
            };
            Some((there.first()?.0, words))
        })
    }

    /// What all of it is known by, with its lines.
    pub(in crate::content::script) fn known(&self) -> Known {
        let mut hash = Sha256::new();
        for (line, n) in &self.on {
            hash.update(line.to_le_bytes());
            hash.update(self.statements.get(*n).map_or([0; 8], |it| it.whole));
        }
        self.chosen.iter().for_each(|it| hash.update(it));
        ended(hash)
    }
}

/// A hash of pieces.
pub(in crate::content::script) fn known<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Known {
    let mut hash = Sha256::new();
    pieces.for_each(|it| part(&mut hash, it));
    ended(hash)
}

/// Adds a piece to a hash, and where it ends.
pub(in crate::content::script) fn part(hash: &mut Sha256, piece: &[u8]) {
    hash.update((piece.len() as u64).to_le_bytes());
    hash.update(piece);
}

/// The hash as it is kept.
pub(in crate::content::script) fn ended(hash: Sha256) -> Known {
    let mut known = Known::default();
    known.copy_from_slice(&hash.finalize()[..8]);
    known
}

/// A walk over a tree.
struct Teller<'a> {
    source: &'a Source<'a>,
    worded: Worded,
    levels: Vec<Level>,
    /// Where what was told last ends.
    end: usize,
    /// A place, and the line feeds before it.
    passed: (usize, usize),
}

/// A node that is gone through.
struct Level {
    /// It begins a statement.
    begins: Option<Box<Open>>,
    /// The level of the statement that it is part of.
    of: Option<usize>,
    /// Its children are statements.
    holds: bool,
    /// It is part of a text of several lines.
    is_text: bool,
}

/// A statement that is not at its end.
struct Open {
    number: usize,
    whole: Sha256,
    frame: Sha256,
    choosing: Choosing,
    /// The word before is a comma.
    has_comma: bool,
}

impl Open {
    /// Takes the next word. A comma before the end of a list is none.
    fn takes(&mut self, token: &str, is_text: bool) {
        self.choosing.met(token);
        let is_behind = std::mem::replace(&mut self.has_comma, token == ",");
        let comma = (is_behind && !matches!(token, ")" | "]" | "}")).then_some(",");
        for it in comma.into_iter().chain(Some(token).filter(|it| *it != ",")) {
            part(&mut self.whole, it.as_bytes());
            if !is_text {
                part(&mut self.frame, it.as_bytes());
            }
        }
    }
}

impl Teller<'_> {
    fn goes_through(&mut self, cursor: &mut TreeCursor) {
        loop {
            let node = cursor.node();
            let is_told = !node.kind().contains("comment");
            self.enter(node, is_told);
            if is_told && cursor.goto_first_child() {
                continue;
            }
            loop {
                self.leave(cursor.node());
                if cursor.goto_next_sibling() {
                    break;
                }
                if !cursor.goto_parent() {
                    return;
                }
            }
        }
    }

    fn enter(&mut self, node: Node, is_told: bool) {
        self.until(node.start_byte());
        let (of, in_holder, in_text) = match self.levels.last() {
            Some(it) => (it.of, it.holds, it.is_text),
            None => (None, false, false),
        };
        let begins = in_holder && node.is_named() && is_told && self.levels.len() < LEVELS;
        // Signs between statements, and words around blocks, are of none.
        let of = match begins {
            true => Some(self.levels.len()),
            false => of.filter(|_| !in_holder || self.levels.len() >= LEVELS),
        };
        let begins = begins.then(|| {
            self.worded.statements.push(Words::default());
            Box::new(Open {
                number: self.worded.statements.len() - 1,
                whole: Sha256::new(),
                frame: Sha256::new(),
                choosing: Choosing::default(),
                has_comma: false,
            })
        });
        let is_long = node.start_position().row != node.end_position().row;
        let is_text = in_text || is_long && is_text(node.kind());
        self.levels.push(Level { begins, of, holds: holds(node.kind()), is_text });
        if !is_told {
            self.end = node.end_byte();
        } else if node.child_count() == 0 {
            self.until(node.end_byte());
        }
    }

    fn leave(&mut self, node: Node) {
        self.until(node.end_byte());
        let Some(Level { begins: Some(open), .. }) = self.levels.pop() else { return };
        let chooses = open.choosing.chooses();
        let words = Words { whole: ended(open.whole), frame: ended(open.frame) };
        if chooses && self.worded.chosen.len() < CHOSEN {
            self.worded.chosen.insert(words.whole);
        }
        if let Some(it) = self.worded.statements.get_mut(open.number) {
            *it = words;
        }
    }

    /// Tells what stands from the end of what was told last to here: a word, or what the grammar has no node for.
    fn until(&mut self, to: usize) {
        let from = self.end;
        self.end = from.max(to);
        let Some(token) = self.source.text.get(from..to) else { return };
        // What has a statement go on in the next line.
        let plain = token.trim_matches(|it: char| it.is_whitespace() || it == '\\' || it == '`');
        let Some(level) = self.levels.last().filter(|_| !plain.is_empty()) else { return };
        let (of, is_text) = (level.of, level.is_text);
        let of = of.and_then(|it| self.levels.get_mut(it)).and_then(|it| it.begins.as_mut());
        let Some(open) = of else { return };
        let blank = token.len() - token.trim_start().len();
        let token = token.trim();
        open.takes(token, is_text);
        let number = open.number;
        self.stands_on(from + blank, number, token);
    }

    /// Keeps the lines on which a word stands that begins here.
    fn stands_on(&mut self, from: usize, number: usize, token: &str) {
        let ends = token.match_indices('\n').map(|(n, _)| from + n + 1);
        for at in std::iter::once(from).chain(ends) {
            let line = self.line(at);
            if self.worded.on.last() != Some(&(line, number)) {
                self.worded.on.push((line, number));
            }
        }
    }

    /// The line of a place, which is none before that it was asked for last.
    fn line(&mut self, at: usize) -> u32 {
        let text = self.source.text.as_bytes();
        let [(0, line, true)] = self.source.origin.lines.as_slice() else {
            return self.source.origin.line(text, at);
        };
        let (from, passed) = self.passed;
        let rest = text.get(from..at).unwrap_or_default();
        self.passed = (at.max(from), passed + rest.iter().filter(|it| **it == b'\n').count());
        line + u32::try_from(self.passed.1).unwrap_or(0)
    }
}

/// Whether a node is a text, in any language.
fn is_text(kind: &str) -> bool {
    kind.contains("string")
        || matches!(kind, "heredoc_body" | "heredoc_content" | "heredoc" | "nowdoc" | "text_block")
}

/// Whether the children of a node are statements, in any language.
fn holds(kind: &str) -> bool {
    matches!(
        kind,
        "begin"
            | "begin_block"
            | "block"
            | "block_body"
            | "body_statement"
            | "case_item"
            | "case_statement_item"
            | "class_body"
            | "colon_block"
            | "communication_case"
            | "compound_statement"
            | "constructor_body"
            | "declaration_list"
            | "default_case"
            | "default_statement"
            | "do"
            | "do_group"
            | "elif_clause"
            | "else"
            | "else_clause"
            | "ensure"
            | "enum_body_declarations"
            | "expression_case"
            | "if_statement"
            | "interface_body"
            | "module"
            | "named_block"
            | "program"
            | "script_block"
            | "script_block_body"
            | "source_file"
            | "statement_block"
            | "statement_list"
            | "subshell"
            | "switch_block_statement_group"
            | "switch_case"
            | "switch_default"
            | "then"
            | "type_case"
    )
}
