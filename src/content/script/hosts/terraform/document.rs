//! HCL as blocks and values that know their lines. What is computed stays the text that it is written as.

use tree_sitter::Node;

use crate::content::script::hosts::join;
use crate::content::script::languages::unescaped;
use crate::content::script::syntax::{Expression, Form};
use crate::content::script::tree::{Origin, Source, children};
use crate::content::script::value::Told;

/// The deepest that blocks and values are read.
const DEPTH: usize = 30;

/// Bytes of the longest expression that is kept.
const LONGEST: usize = 2_000;

/// A block: `resource "null_resource" "wipe" { ... }`.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) line: u32,
    pub(super) last: u32,
    pub(super) kind: String,
    pub(super) labels: Vec<String>,
    pub(super) attributes: Vec<(String, Value)>,
    pub(super) blocks: Vec<Block>,
}

/// A value, and the line it begins on.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) line: u32,
    pub(super) content: Content,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Content {
    /// Each hole is the name of what stands there, as it is written.
    Text(Told),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
    /// Anything else, as it is written.
    Code(String),
}

impl Block {
    pub(super) fn label(&self, n: usize) -> &str {
        self.labels.get(n).map_or("", String::as_str)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.attributes.iter().find(|(it, _)| it == name).map(|(_, value)| value)
    }

    /// The blocks of this kind in it.
    pub(super) fn all<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Block> {
        self.blocks.iter().filter(move |it| it.kind == kind)
    }
}

impl Value {
    pub(super) fn told(&self) -> Option<&Told> {
        match &self.content {
            Content::Text(told) => Some(told),
            _ => None,
        }
    }

    /// The text, where nothing in it is computed.
    pub(super) fn literal(&self) -> Option<&str> {
        self.told().filter(|it| it.origin.holes.is_empty()).map(|it| it.text.as_str())
    }

    /// What is written, where it is no text, list or map: `true`, `var.name`.
    pub(super) fn code(&self) -> &str {
        match &self.content {
            Content::Code(text) => text,
            _ => "",
        }
    }

    pub(super) fn items(&self) -> &[Value] {
        match &self.content {
            Content::List(items) => items,
            _ => &[],
        }
    }

    pub(super) fn pairs(&self) -> &[(String, Value)] {
        match &self.content {
            Content::Map(pairs) => pairs,
            _ => &[],
        }
    }
}

/// The blocks at the top of a file; none where it cannot be parsed.
pub(super) fn read(text: &str) -> Option<Vec<Block>> {
    let origin = Origin::at(1);
    let source = Source { text, origin: &origin };
    source.parse(tree_sitter_hcl::LANGUAGE.into(), |root| {
        let mut top = Block::default();
        Read { source: Source { text, origin: &origin } }.body(root, &mut top, 0);
        top.blocks
    })
}

struct Read<'a> {
    source: Source<'a>,
}

impl Read<'_> {
    /// What stands in a body. What is broken around it is passed over.
    fn body(&self, node: Node, to: &mut Block, depth: usize) {
        if depth > DEPTH {
            return;
        }
        for it in children(node) {
            match it.kind() {
                "body" | "ERROR" => self.body(it, to, depth + 1),
                "block" => to.blocks.push(self.block(it, depth)),
                "attribute" => {
                    let mut parts = children(it).into_iter();
                    if let (Some(name), Some(value)) = (parts.next(), parts.next()) {
                        let value = self.value(value, depth);
                        to.attributes.push((self.source.text(name).to_owned(), value));
                    }
                }
                _ => {}
            }
        }
    }

    fn block(&self, node: Node, depth: usize) -> Block {
        let line = self.source.line(node);
        let rows = node.end_position().row.saturating_sub(node.start_position().row);
        let mut block =
            Block { line, last: line + u32::try_from(rows).unwrap_or(0), ..Block::default() };
        for it in children(node) {
            let text = self.source.text(it);
            match it.kind() {
                "identifier" if block.kind.is_empty() => block.kind = text.to_owned(),
                "identifier" => block.labels.push(text.to_owned()),
                "string_lit" => block.labels.push(text.trim_matches('"').to_owned()),
                "body" | "ERROR" => self.body(it, &mut block, depth + 1),
                _ => {}
            }
        }
        block
    }

    fn value(&self, node: Node, depth: usize) -> Value {
        let line = self.source.line(node);
        let content = self.content(node, depth).unwrap_or_else(|| {
            let text = self.source.text(node);
            let is_short = text.len() <= LONGEST;
            Content::Code(if is_short { text.trim().to_owned() } else { String::new() })
        });
        Value { line, content }
    }

    /// What a value is, where it is no computation.
    fn content(&self, node: Node, depth: usize) -> Option<Content> {
        if depth > DEPTH {
            return None;
        }
        let inner = children(node);
        Some(match node.kind() {
            "expression" | "literal_value" | "template_expr" | "collection_value" => {
                // A sign in brackets before it makes it something else.
                let only = inner.first().filter(|it| it.byte_range() == node.byte_range())?;
                return self.content(*only, depth + 1);
            }
            "string_lit" | "quoted_template" => Content::Text(self.quoted(node)),
            "heredoc_template" => Content::Text(self.heredoc(node)),
            "tuple" => Content::List(
                inner
                    .into_iter()
                    .filter(|it| it.kind() == "expression")
                    .map(|it| self.value(it, depth + 1))
                    .collect(),
            ),
            "object" => {
                let pairs = inner.into_iter().filter(|it| it.kind() == "object_elem");
                Content::Map(pairs.filter_map(|it| self.pair(it, depth)).collect())
            }
            "function_call" => return self.call(&inner, depth),
            _ => return None,
        })
    }

    /// `concat([...], [...])`, and `join("\n", [...])` as the text that it makes.
    fn call(&self, parts: &[Node], depth: usize) -> Option<Content> {
        let name = self.source.text(*parts.first()?);
        let given = parts.iter().find(|it| it.kind() == "function_arguments")?;
        let given: Vec<Value> =
            children(*given).into_iter().map(|it| self.value(it, depth + 1)).collect();
        match (name, given.as_slice()) {
            ("compact" | "concat" | "flatten", _) => {
                let lists = given.into_iter().filter_map(|it| match it.content {
                    Content::List(items) => Some(items),
                    _ => None,
                });
                Some(Content::List(lists.flatten().collect()))
            }
            ("join", [between, list]) => {
                let between = between.literal()?;
                let mut told = Told::default();
                for (n, it) in list.items().iter().enumerate() {
                    told.add(if n == 0 { "" } else { between }, it.line, false);
                    join(&mut told, it.told()?);
                }
                Some(Content::Text(told))
            }
            _ => None,
        }
    }

    fn pair(&self, node: Node, depth: usize) -> Option<(String, Value)> {
        let mut parts = children(node).into_iter();
        let (key, value) = (parts.next()?, parts.next()?);
        let key = self.source.text(key).trim_matches(['"', '(', ')']).to_owned();
        Some((key, self.value(value, depth + 1)))
    }

    fn quoted(&self, node: Node) -> Told {
        let range = node.byte_range();
        let mut told = Told::default();
        self.template(
            node,
            (range.start + 1, range.end.saturating_sub(1)),
            Plain::Quoted,
            &mut told,
        );
        told
    }

    /// `<<EOT`, and `<<-EOT` without what its lines are moved in by.
    fn heredoc(&self, node: Node) -> Told {
        let text = self.source.text;
        let mut told = Told::default();
        let marks: Vec<Node> =
            children(node).into_iter().filter(|it| it.kind() == "heredoc_identifier").collect();
        let Some(opening) = marks.first() else { return told };
        let after = text.get(opening.end_byte()..).unwrap_or_default();
        let Some(start) = after.find('\n').map(|it| opening.end_byte() + it + 1) else {
            return told;
        };
        let closing = marks.get(1).map_or(node.end_byte(), |it| it.start_byte());
        // The line of the closing word is none of the text.
        let body = text.get(start..closing).unwrap_or_default();
        let end = start + body.rfind('\n').map_or(0, |it| it + 1);
        let indent = |it: &str| it.len() - it.trim_start_matches([' ', '\t']).len();
        let lines = text.get(start..end).unwrap_or_default().lines();
        let by = match self.source.text(node).starts_with("<<-") {
            true => lines.filter(|it| !it.trim().is_empty()).map(indent).min().unwrap_or(0),
            false => 0,
        };
        self.template(node, (start, end), Plain::Lines(by), &mut told);
        told
    }

    /// A text with what is computed in it as holes. Of `%{ if ... }` the texts on all ways remain.
    fn template(&self, node: Node, (start, end): (usize, usize), plain: Plain, to: &mut Told) {
        let text = self.source.text;
        let row = text.get(node.start_byte()..start).unwrap_or_default().matches('\n').count();
        let line = self.source.line(node) + u32::try_from(row).unwrap_or(0);
        let mut at = Place { byte: start, line };
        for (from, until, is_hole) in computed(node) {
            if from < at.byte || until > end {
                continue;
            }
            self.plain(&mut at, from, plain, to);
            if is_hole {
                let inner = text.get(from..until).unwrap_or_default();
                let name = inner.trim_start_matches("${").trim_end_matches('}');
                let name = name.trim_matches(|c: char| c == '~' || c.is_whitespace()).to_owned();
                to.hole(&Expression::new(at.line, Form::Name(name)));
            }
            at.pass(text, until);
        }
        self.plain(&mut at, end, plain, to);
    }

    /// Adds what is written up to there, a line at a time.
    fn plain(&self, at: &mut Place, end: usize, plain: Plain, to: &mut Told) {
        let text = self.source.text;
        let mut from = at.byte;
        for it in text.get(at.byte..end).unwrap_or_default().split_inclusive('\n') {
            let begins = from == 0 || text.as_bytes().get(from - 1) == Some(&b'\n');
            from += it.len();
            let shown = match plain {
                Plain::Lines(by) if begins => {
                    let own = it.len() - it.trim_start_matches([' ', '\t']).len();
                    it.get(by.min(own)..).unwrap_or_default().to_owned()
                }
                Plain::Lines(_) => it.to_owned(),
                Plain::Quoted => unescaped(it),
            };
            let shown = shown.replace("$${", "${").replace("%%{", "%{").replace("\r\n", "\n");
            to.add(&shown, at.line, false);
            at.line += u32::from(it.ends_with('\n'));
        }
        at.byte = at.byte.max(end);
    }
}

/// How the plain pieces of a text are written.
#[derive(Clone, Copy)]
enum Plain {
    /// With backslashes.
    Quoted,
    /// As they are, each line moved in by this.
    Lines(usize),
}

/// Where in the file something stands.
struct Place {
    byte: usize,
    line: u32,
}

impl Place {
    fn pass(&mut self, text: &str, until: usize) {
        let passed = text.get(self.byte..until).unwrap_or_default().matches('\n').count();
        self.line += u32::try_from(passed).unwrap_or(0);
        self.byte = self.byte.max(until);
    }
}

/// Where in a text something is computed, in order, and whether that is put there.
fn computed(node: Node) -> Vec<(usize, usize, bool)> {
    let mut all = Vec::new();
    let mut open = vec![(node, 0)];
    while let Some((node, depth)) = open.pop() {
        let kind = node.kind();
        let is_mark = matches!(
            kind,
            "template_if_intro"
                | "template_else_intro"
                | "template_if_end"
                | "template_for_start"
                | "template_for_end"
        );
        if kind == "template_interpolation" {
            all.push((node.start_byte(), node.end_byte(), true));
        } else if is_mark {
            all.push((node.start_byte(), node.end_byte(), false));
        } else if depth < DEPTH {
            open.extend(children(node).into_iter().rev().map(|it| (it, depth + 1)));
        }
    }
    all
}
