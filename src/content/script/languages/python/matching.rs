//! `match`: what a value is compared with, one pattern after the other.

use tree_sitter::Node;

use super::{block, expression};
use crate::content::script::languages::Reader;
use crate::content::script::syntax::{Act, Arm, Expression, Form, Shared};
use crate::content::script::tree::{children, field};

pub(super) fn switch(reader: &Reader, node: Node) -> Act {
    let subject = match field(node, "subject") {
        Some(it) => expression(reader, it),
        None => reader.expression(node, Form::Nothing),
    };
    let clauses = field(node, "body").map(children).unwrap_or_default();
    let clauses = clauses.into_iter().filter(|it| it.kind() == "case_clause");
    Act::Switch { subject, arms: clauses.map(|it| arm(reader, it)).collect() }
}

fn arm(reader: &Reader, node: Node) -> Arm {
    let body = field(node, "consequence").map(|it| block(reader, it)).unwrap_or_default();
    let mut patterns: Vec<Shared> = Vec::new();
    let mut takes_all = false;
    for it in children(node).into_iter().filter(|it| it.kind() == "case_pattern") {
        let one = pattern(reader, it);
        takes_all |= one.is_empty();
        patterns.extend(one);
    }
    // `case x if x > 3`: it is not known which.
    if field(node, "guard").is_some() {
        patterns = vec![Expression::new(reader.line(node), Form::Other(Vec::new()))];
    } else if takes_all {
        patterns.clear();
    }
    Arm { patterns, body, falls_through: false }
}

/// The values of a pattern; none where it takes all others: `_`, or a name.
fn pattern(reader: &Reader, node: Node) -> Vec<Shared> {
    let inner = children(node);
    let one = match inner.as_slice() {
        [one] => *one,
        _ => return Vec::new(),
    };
    match one.kind() {
        "union_pattern" if reader.text(one).split('|').any(|it| is_bare(it.trim())) => Vec::new(),
        "union_pattern" => children(one).into_iter().map(|it| expression(reader, it)).collect(),
        _ if is_bare(reader.text(one)) => Vec::new(),
        _ => vec![expression(reader, one)],
    }
}

/// `_`, or a name that stands for whatever it is.
fn is_bare(pattern: &str) -> bool {
    let is_constant = matches!(pattern, "True" | "False" | "None");
    let is_name = pattern.chars().all(|it| it.is_alphanumeric() || it == '_');
    is_name && !is_constant && !pattern.starts_with(|it: char| it.is_ascii_digit())
}
