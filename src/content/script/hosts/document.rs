//! YAML and JSON as values that know their lines.

use std::collections::HashMap;
use std::rc::Rc;

use tree_sitter::Node;

use crate::content::script::tree::{Origin, Source, children, field};
use crate::content::script::value::Told;

/// The deepest that a document is read.
const DEPTH: usize = 60;

/// The most levels of a document: beyond some more of them the scanner of the grammar ends the process.
const LEVELS: usize = 150;

/// Documents of one file that are read.
const DOCUMENTS: usize = 200;

/// Values that a document is read to; aliases count each time.
const VALUES: usize = 100_000;

/// A value, and the lines it stands on.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) line: u32,
    pub(super) last: u32,
    pub(super) form: Form,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Form {
    Text(Told),
    List(Vec<Rc<Value>>),
    Map(Vec<(String, Rc<Value>)>),
}

impl Value {
    /// What stands under this key.
    pub(super) fn get(&self, key: &str) -> Option<&Rc<Value>> {
        self.pairs().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// What stands under these keys, one below the other.
    pub(super) fn at(&self, keys: &[&str]) -> Option<&Rc<Value>> {
        let (first, rest) = keys.split_first()?;
        rest.iter().try_fold(self.get(first)?, |value, key| value.get(key))
    }

    pub(super) fn pairs(&self) -> &[(String, Rc<Value>)] {
        match &self.form {
            Form::Map(pairs) => pairs,
            _ => &[],
        }
    }

    pub(super) fn items(&self) -> &[Rc<Value>] {
        match &self.form {
            Form::List(items) => items,
            _ => &[],
        }
    }

    pub(super) fn told(&self) -> Option<&Told> {
        match &self.form {
            Form::Text(told) => Some(told),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        self.told().map(|it| it.text.as_str())
    }

    /// The text under this key; empty where there is none.
    pub(super) fn word(&self, key: &str) -> &str {
        self.get(key).and_then(|it| it.text()).unwrap_or_default()
    }

    /// The texts of a list, or the text alone.
    pub(super) fn words(&self) -> Vec<String> {
        match &self.form {
            Form::Text(told) => vec![told.text.clone()],
            Form::List(items) => items.iter().flat_map(|it| it.text()).map(str::to_owned).collect(),
            Form::Map(pairs) => pairs.iter().map(|(key, _)| key.clone()).collect(),
        }
    }
}

/// Reads YAML: its first document.
pub(super) fn yaml(text: &str) -> Option<Rc<Value>> {
    if is_too_deep(text) {
        return None;
    }
    read(text, tree_sitter_yaml::LANGUAGE.into(), 1)
}

/// Reads the first documents of YAML, each with its lines.
pub(super) fn documents(text: &str) -> Vec<Rc<Value>> {
    if is_too_deep(text) {
        return Vec::new();
    }
    let mut pieces: Vec<(u32, usize, usize)> = vec![(1, 0, 0)];
    let mut at = 0;
    for (n, line) in (1_u32..).zip(text.split_inclusive('\n')) {
        at += line.len();
        if line.trim_end() == "---" && pieces.len() < DOCUMENTS {
            pieces.push((n + 1, at, at));
        } else if let Some(last) = pieces.last_mut() {
            last.2 = at;
        }
    }
    let of = |(line, from, to): (u32, usize, usize)| {
        read(text.get(from..to)?, tree_sitter_yaml::LANGUAGE.into(), line)
    };
    pieces.into_iter().filter_map(of).collect()
}

/// Reads JSON, with comments as well.
pub(super) fn json(text: &str) -> Option<Rc<Value>> {
    read(text, tree_sitter_json::LANGUAGE.into(), 1)
}

/// Whether more blocks of YAML stand within each other than its scanner can keep.
fn is_too_deep(text: &str) -> bool {
    let mut open: Vec<usize> = Vec::new();
    text.lines().any(|line| {
        let bare = line.trim_start_matches(' ');
        if bare.trim().is_empty() {
            return false;
        }
        let column = line.len() - bare.len();
        while open.last().is_some_and(|it| *it >= column) {
            open.pop();
        }
        open.push(column);
        // `- - a`, `? - a`: each of them is a level that stays open for the lines below.
        for (at, c) in line.char_indices() {
            let is_mark = matches!(c, '-' | '?' | ':') && at > 0;
            let is_alone = line.as_bytes().get(at + 1).is_none_or(|it| it.is_ascii_whitespace())
                && line
                    .as_bytes()
                    .get(at.wrapping_sub(1))
                    .is_none_or(|it| it.is_ascii_whitespace());
            if is_mark && is_alone {
                open.push(at);
            }
        }
        open.len() > LEVELS
    })
}

fn read(text: &str, grammar: tree_sitter::Language, line: u32) -> Option<Rc<Value>> {
    let origin = Origin::at(line);
    let source = Source { text, origin: &origin };
    source.parse(grammar, |root| {
        let mut read = Read {
            source: Source { text, origin: &origin },
            anchors: HashMap::new(),
            left: VALUES,
        };
        read.value(root, 0)
    })?
}

struct Read<'a> {
    source: Source<'a>,
    anchors: HashMap<String, Rc<Value>>,
    left: usize,
}

impl Read<'_> {
    fn value(&mut self, node: Node, depth: usize) -> Option<Rc<Value>> {
        if depth > DEPTH || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let line = self.source.line(node);
        let last = self.source.line_at(node.end_byte(), node.end_position().row);
        let form = match node.kind() {
            "stream" | "document" => {
                return children(node).into_iter().find_map(|it| self.value(it, depth + 1));
            }
            "block_node" | "flow_node" => return self.node(node, depth),
            "block_mapping" | "flow_mapping" | "object" => Form::Map(self.pairs(node, depth)),
            "block_sequence" | "flow_sequence" | "array" => Form::List(
                children(node).into_iter().filter_map(|it| self.value(it, depth + 1)).collect(),
            ),
            "block_sequence_item" => {
                let inner = children(node).into_iter().next()?;
                return self.value(inner, depth + 1);
            }
            "flow_pair" => Form::Map(self.pair(node, depth).into_iter().collect()),
            "block_scalar" => Form::Text(block(self.source.text(node), line)),
            "plain_scalar"
            | "single_quote_scalar"
            | "double_quote_scalar"
            | "string"
            | "number"
            | "true"
            | "false"
            | "null" => Form::Text(flow(self.source.text(node), line, node.kind())),
            _ => return None,
        };
        Some(Rc::new(Value { line, last, form }))
    }

    /// A node with its anchor, or one that stands for another.
    fn node(&mut self, node: Node, depth: usize) -> Option<Rc<Value>> {
        let mut anchor = None;
        for it in children(node) {
            match it.kind() {
                "anchor" => anchor = Some(self.source.text(it).trim_start_matches('&').to_owned()),
                "alias" => {
                    let name = self.source.text(it).trim_start_matches('*');
                    return self.anchors.get(name).map(Rc::clone);
                }
                "tag" => {}
                _ => {
                    let value = self.value(it, depth + 1)?;
                    if let Some(name) = anchor {
                        self.anchors.insert(name, Rc::clone(&value));
                    }
                    return Some(value);
                }
            }
        }
        None
    }

    fn pairs(&mut self, node: Node, depth: usize) -> Vec<(String, Rc<Value>)> {
        let mut all = Vec::new();
        for it in children(node) {
            let Some((key, value)) = self.pair(it, depth) else { continue };
            if key == "<<" {
                // What is taken over counts less than what is said here.
                let taken = std::iter::once(&value).chain(value.items());
                all.extend(taken.flat_map(|it| it.pairs().to_vec()));
            } else {
                all.insert(
                    all.iter().position(|(name, _)| *name == key).unwrap_or(all.len()),
                    (key, value),
                );
            }
        }
        all
    }

    fn pair(&mut self, node: Node, depth: usize) -> Option<(String, Rc<Value>)> {
        let key = self.value(field(node, "key")?, depth + 1)?;
        let value = field(node, "value").and_then(|it| self.value(it, depth + 1));
        let line = key.line;
        let empty = || Rc::new(Value { line, last: line, form: Form::Text(Told::default()) });
        Some((key.text()?.to_owned(), value.unwrap_or_else(empty)))
    }
}

/// `|` and `>`: the lines below, without what they are moved in by.
fn block(text: &str, line: u32) -> Told {
    let mut told = Told::default();
    let mut lines = text.split('\n');
    let header = lines.next().unwrap_or_default();
    let is_folded = header.trim_start().starts_with('>');
    let lines: Vec<&str> = lines.collect();
    let indent = |it: &&str| it.len() - it.trim_start_matches(' ').len();
    let by = lines.iter().find(|it| !it.trim().is_empty()).map_or(0, indent);
    for (n, it) in lines.iter().enumerate() {
        let plain = it.get(by.min(indent(it))..).unwrap_or_default().trim_end_matches('\r');
        let ends = if is_folded && !plain.is_empty() { " " } else { "\n" };
        let at = line + 1 + u32::try_from(n).unwrap_or(0);
        told.add(&format!("{plain}{ends}"), at, false);
    }
    told
}

/// A text within a line, or over several that are one.
fn flow(text: &str, line: u32, kind: &str) -> Told {
    let mut told = Told::default();
    let is_double = matches!(kind, "double_quote_scalar" | "string");
    let inner = match kind {
        "single_quote_scalar" => {
            text.trim_start_matches('\'').strip_suffix('\'').unwrap_or_default()
        }
        _ if is_double => {
            text.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(text)
        }
        _ => text,
    };
    for (n, it) in inner.split('\n').enumerate() {
        let it = if n == 0 { it } else { it.trim_start() };
        let plain = match kind {
            "single_quote_scalar" => it.replace("''", "'"),
            _ if is_double => crate::content::script::languages::unescaped(it),
            _ => it.to_owned(),
        };
        let at = line + u32::try_from(n).unwrap_or(0);
        told.add(if n == 0 { "" } else { " " }, at, false);
        told.add(&plain, at, false);
    }
    told
}
