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
    for it in children(node).into_iter().filter(|it| it.kind() == "case_pattern") {
        patterns.extend(pattern(reader, it));
    }
    // `case x if x > 3`: it is not known which.
    if patterns.is_empty() && field(node, "guard").is_some() {
        patterns.push(Expression::new(reader.line(node), Form::Other(Vec::new())));
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
        "union_pattern" => children(one).into_iter().map(|it| expression(reader, it)).collect(),
        "dotted_name" if !reader.text(one).contains('.') => Vec::new(),
        _ => vec![expression(reader, one)],
    }
}
