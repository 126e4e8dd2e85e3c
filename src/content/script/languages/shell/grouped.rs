//! Conditions of `[ ]` and `[[ ]]` in the order in which the shell looks at them. The grammar takes `a = b -o c = d` for
//! `(a = (b -o c)) = d`.

use std::rc::Rc;

use tree_sitter::Node;

use super::Reader;
use super::words::{call, compare, test, unary, word};
use crate::content::script::syntax::{Expression, Form, Shared};

/// How deep signs may stand within each other.
const DEPTH: usize = 40;

const OR: &[&str] = &["||", "-o"];
const AND: &[&str] = &["&&", "-a"];

/// What a condition is made of.
enum Piece<'a> {
    Sign(&'a str),
    Value(Node<'a>),
}

/// A condition whose parts stand within each other in another order than that of the shell; none of any other.
pub(super) fn grouped(reader: &Reader, node: Node) -> Option<Form> {
    let is_either =
        |it: &Piece| matches!(it, Piece::Sign(it) if OR.contains(it) || AND.contains(it));
    let mut pieces = Vec::new();
    take_apart(reader, node, DEPTH, &mut pieces)?;
    let own = sign_of(reader, node)?;
    let is_wrong = !OR.contains(&own) && !AND.contains(&own) && pieces.iter().any(is_either);
    is_wrong.then(|| any(reader, node, &pieces))
}

fn is_nested(node: Node) -> bool {
    matches!(node.kind(), "binary_expression" | "unary_expression")
}

/// The sign of a condition itself.
fn sign_of<'a>(reader: &Reader<'a>, node: Node<'a>) -> Option<&'a str> {
    let mut own = (0..node.child_count()).filter_map(|it| node.child(it as u32));
    own.find(|it| is_sign(*it)).map(|it| reader.text(it))
}

fn is_sign(node: Node) -> bool {
    !node.is_named() || node.kind() == "test_operator"
}

/// The pieces of a condition, one after the other; none where it is too deep.
fn take_apart<'a>(
    reader: &Reader<'a>,
    node: Node<'a>,
    depth: usize,
    all: &mut Vec<Piece<'a>>,
) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    for it in (0..node.child_count()).filter_map(|it| node.child(it as u32)) {
        match it {
            it if is_nested(it) => take_apart(reader, it, depth, all)?,
            it if is_sign(it) => all.push(Piece::Sign(reader.text(it))),
            it => all.push(Piece::Value(it)),
        }
    }
    Some(())
}

fn any(reader: &Reader, node: Node, pieces: &[Piece]) -> Form {
    let is_or = |it: &Piece| matches!(it, Piece::Sign(it) if OR.contains(it));
    match pieces.split(is_or).collect::<Vec<_>>().as_slice() {
        [one] => all(reader, node, one),
        ways => Form::Any(each(reader, node, ways, all)),
    }
}

fn all(reader: &Reader, node: Node, pieces: &[Piece]) -> Form {
    let is_and = |it: &Piece| matches!(it, Piece::Sign(it) if AND.contains(it));
    match pieces.split(is_and).collect::<Vec<_>>().as_slice() {
        [one] => single(reader, node, one),
        parts => Form::All(each(reader, node, parts, single)),
    }
}

fn each(
    reader: &Reader,
    node: Node,
    parts: &[&[Piece]],
    by: fn(&Reader, Node, &[Piece]) -> Form,
) -> Vec<Shared> {
    parts.iter().map(|it| reader.expression(node, by(reader, node, it))).collect()
}

/// One condition that has no others within it.
fn single(reader: &Reader, node: Node, pieces: &[Piece]) -> Form {
    let line = reader.line(node);
    match pieces {
        [Piece::Sign("!"), rest @ ..] => {
            Form::Not(reader.expression(node, single(reader, node, rest)))
        }
        [Piece::Sign(sign), Piece::Value(value)] => unary(line, sign, word(reader, *value)),
        [Piece::Value(value)] if value.kind() == "parenthesized_expression" => test(reader, *value),
        [Piece::Value(value)] => call(line, "present", vec![word(reader, *value)]),
        [Piece::Value(left), Piece::Sign(sign), rest @ ..] => {
            let values = rest.iter().filter_map(|it| match it {
                Piece::Value(it) => Some(word(reader, *it)),
                Piece::Sign(_) => None,
            });
            let right = match values.collect::<Vec<Shared>>() {
                one if one.len() == 1 => Rc::clone(&one[0]),
                pieces => Expression::new(line, Form::Join(pieces)),
            };
            compare(line, sign, word(reader, *left), right)
        }
        _ => Form::Other(Vec::new()),
    }
}
