//! What the grammars give: a tree over the bytes of a text. The only file that names tree-sitter.

mod choosing;
pub(super) mod worded;

use std::cell::Cell;
use std::ops::ControlFlow;
use std::rc::Rc;

use tree_sitter::{Language, Node, ParseOptions, ParseState, Parser, Point};

use super::syntax::{Expression, Form, Shared};

/// The deepest tree that is followed; what is below is left out.
pub(super) const DEPTH: usize = 200;

/// A text with the holes in it, and the line of the file each part of it is from.
#[derive(Debug, Clone, Default)]
pub(super) struct Origin {
    /// Places in the text and their lines, in order.
    pub(super) lines: Vec<(usize, u32, bool)>,
    /// What stands for each hole.
    pub(super) holes: Vec<Shared>,
}

impl Origin {
    /// That of a file, or of text that begins on this line and has as many lines as the file has there.
    pub(super) fn at(line: u32) -> Origin {
        Origin { lines: vec![(0, line, true)], holes: Vec::new() }
    }

    /// The line of a place in the text.
    pub(super) fn line(&self, text: &[u8], at: usize) -> u32 {
        let n = self.lines.partition_point(|(start, _, _)| *start <= at);
        match n.checked_sub(1).and_then(|n| self.lines.get(n)) {
            Some((start, line, true)) => {
                let passed = text.get(*start..at).unwrap_or_default();
                line + u32::try_from(newlines(passed)).unwrap_or(0)
            }
            Some((_, line, false)) => *line,
            None => 1,
        }
    }

    /// Tells the lines of many places in the text, each from where the one before was.
    pub(super) fn lines_of<'a>(&'a self, text: &'a str) -> impl Fn(usize) -> u32 + 'a {
        let last = Cell::new((0, 0));
        move |at| {
            let [(start, line, true)] = self.lines.as_slice() else {
                return self.line(text.as_bytes(), at);
            };
            let (from, passed) = if last.get().0 <= at { last.get() } else { (*start, 0) };
            let rest = text.as_bytes().get(from..at).unwrap_or_default();
            let passed = passed + newlines(rest);
            last.set((at, passed));
            line + u32::try_from(passed).unwrap_or(0)
        }
    }

    /// The pieces of the text from here to there that are of one part each: where they begin and end, and their line.
    pub(super) fn runs(
        &self,
        text: &str,
        from: usize,
        to: usize,
    ) -> Vec<(usize, usize, u32, bool)> {
        let mut all = Vec::new();
        let mut at = from;
        let mut n = self.lines.partition_point(|(start, _, _)| *start <= at);
        while at < to {
            let next = self.lines.get(n).map_or(to, |(start, _, _)| (*start).min(to));
            let is_spread =
                n.checked_sub(1).and_then(|n| self.lines.get(n)).is_some_and(|(_, _, it)| *it);
            if next > at {
                all.push((at, next, self.line(text.as_bytes(), at), is_spread));
                at = next;
            }
            n += 1;
        }
        all
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|it| **it == b'\n').count()
}

/// What stands in a text for the hole of this number.
pub(super) fn mark(hole: usize) -> String {
    format!("dwhole{hole}x")
}

/// The pieces of a text: plain ones, and numbers of holes.
pub(super) fn pieces(text: &str) -> Vec<Result<&str, usize>> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("dwhole") {
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, behind) = after.split_at(digits);
        let (Ok(n), Some(behind)) = (number.parse::<usize>(), behind.strip_prefix('x')) else {
            break;
        };
        if !before.is_empty() {
            all.push(Ok(before));
        }
        all.push(Err(n));
        rest = behind;
    }
    if !rest.is_empty() {
        all.push(Ok(rest));
    }
    all
}

/// The pieces of a text with the places at which they begin and end, and the numbers of those that are holes.
pub(super) fn places(text: &str) -> Vec<(usize, usize, Option<usize>)> {
    let mut at = 0;
    let of = |piece: Result<&str, usize>| {
        let (length, hole) =
            piece.map_or_else(|n| (mark(n).len(), Some(n)), |plain| (plain.len(), None));
        at += length;
        (at - length, at, hole)
    };
    pieces(text).into_iter().map(of).collect()
}

/// A parsed text.
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) origin: &'a Origin,
}

impl<'a> Source<'a> {
    /// Hands the root of the tree to a reader; none where the text cannot be parsed within bounds.
    pub(super) fn parse<T>(&self, grammar: Language, read: impl FnOnce(Node) -> T) -> Option<T> {
        self.parse_as(self.text, grammar, read)
    }

    /// The same, where the grammar sees another text of the same length: one that it knows to read.
    pub(super) fn parse_as<T>(
        &self,
        shown: &str,
        grammar: Language,
        read: impl FnOnce(Node) -> T,
    ) -> Option<T> {
        let mut parser = Parser::new();
        parser.set_language(&grammar).ok()?;
        // The scanner of the shell's grammar reads beyond its memory at some characters of four bytes.
        let safe: Vec<u8>;
        let bytes = match shown.bytes().any(|it| it >= 0xf0) {
            true => {
                safe = without_four(shown);
                safe.as_slice()
            }
            false => shown.as_bytes(),
        };
        let left = Cell::new(bytes.len() / BYTES_PER_LOOK + LOOKS);
        let mut goes_on = |_: &ParseState| match left.get().checked_sub(1) {
            Some(n) => {
                left.set(n);
                ControlFlow::Continue(())
            }
            None => ControlFlow::Break(()),
        };
        let options = ParseOptions::new().progress_callback(&mut goes_on);
        let rest = &mut |at: usize, _: Point| {
            left.set(left.get().saturating_sub(1));
            let rest = bytes.get(at..).unwrap_or_default();
            &rest[..rest.len().min(BLOCK)]
        };
        let tree = parser.parse_with_options(rest, None, Some(options))?;
        Some(read(tree.root_node()))
    }

    pub(super) fn text(&self, node: Node) -> &'a str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    pub(super) fn line(&self, node: Node) -> u32 {
        self.line_at(node.start_byte(), node.start_position().row)
    }

    /// The line of a place in the text that is in this row of it, from 0.
    pub(super) fn line_at(&self, byte: usize, row: usize) -> u32 {
        match self.origin.lines.as_slice() {
            [(0, line, true)] => line + u32::try_from(row).unwrap_or(0),
            _ => self.origin.line(self.text.as_bytes(), byte),
        }
    }

    pub(super) fn expression(&self, node: Node, form: Form) -> Shared {
        Expression::new(self.line(node), form)
    }

    /// What stands for the hole that this text is, where it is one.
    pub(super) fn hole(&self, text: &str) -> Option<Shared> {
        match pieces(text).as_slice() {
            [Err(n)] => self.origin.holes.get(*n).map(Rc::clone),
            _ => None,
        }
    }
}

/// Looks that the parser takes at whether to go on, each after 100 of its steps, for a text of any length. Where it mends
/// what is no sentence of the language, it may go on without end (seen with tree-sitter 0.26 on 800 bytes).
const LOOKS: usize = 2_000;

/// Bytes for each of which there is one more look. Ordinary files take one for every 50 bytes or more.
const BYTES_PER_LOOK: usize = 20;

/// Bytes that the parser is handed at once, for which it takes a look as well: at some words the scanner of the shell's grammar goes
/// through all that follows.
const BLOCK: usize = 4_096;

/// The text with each character of four bytes replaced by as many `_`: places stay the same.
fn without_four(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        if c.len_utf8() == 4 {
            bytes.extend(b"____");
        } else {
            bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    bytes
}

/// The named children of a node but its comments.
pub(super) fn children<'t>(node: Node<'t>) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|it| !it.kind().contains("comment")).collect()
}

/// Parts of a chain of one sign from which on it is taken at once, as each part is a level of the tree.
const LONG: usize = 20;

/// The parts of a long chain of one sign, `a + b + c`; none of what is none.
pub(super) fn long_chain<'t>(node: Node<'t>, sign: &str) -> Option<Vec<Node<'t>>> {
    let mut all = Vec::new();
    let mut at = node;
    while at.kind() == node.kind()
        && field(at, "operator").is_some_and(|it| it.kind() == sign)
        && let (Some(left), Some(right)) = (field(at, "left"), field(at, "right"))
    {
        all.push(right);
        at = left;
    }
    all.push(at);
    all.reverse();
    Some(all).filter(|it| it.len() > LONG)
}

/// The child of this field.
pub(super) fn field<'t>(node: Node<'t>, name: &str) -> Option<Node<'t>> {
    node.child_by_field_name(name)
}

/// The children of this field.
pub(super) fn fields<'t>(node: Node<'t>, name: &str) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    node.children_by_field_name(name, &mut cursor).collect()
}

/// Whether one of its unnamed children is this word or sign.
pub(super) fn has(node: Node, word: &str) -> bool {
    let mut cursor = node.walk();
    node.children(&mut cursor).any(|it| it.kind() == word)
}
