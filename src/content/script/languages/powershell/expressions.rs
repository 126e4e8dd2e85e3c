//! Expressions of PowerShell: values, comparisons and texts.

use std::rc::Rc;

use tree_sitter::Node;

use super::{File, shown};
use crate::content::script::languages::shell::with_holes;
use crate::content::script::languages::text::braces;
use crate::content::script::syntax::{
    Act, Argument, Call, Comparison, Expression, Form, Part, Shared, Statement,
};
use crate::content::script::tree::{children, field};
use crate::content::script::value::way;

impl File<'_, '_> {
    pub(super) fn expression(&self, node: Node) -> Shared {
        // Each level of precedence is a node of its own, most of them around one other.
        let mut node = node;
        while wraps(node) {
            let mut inner = children(node).into_iter();
            match (inner.next(), inner.next()) {
                (Some(one), None) => node = one,
                _ => break,
            }
        }
        let read = self.reader.bounded(node, || self.form(node));
        match &read.form {
            Form::Either(all) if all.len() == 1 => Rc::clone(&all[0]),
            _ => read,
        }
    }

    pub(super) fn all(&self, node: Node) -> Vec<Shared> {
        children(node).into_iter().map(|it| self.expression(it)).collect()
    }

    pub(super) fn pipeline(&self, node: Node) -> Shared {
        let parts = children(node);
        let Some((first, rest)) = parts.split_first() else {
            return self.reader.expression(node, Form::Nothing);
        };
        let mut all = self.expression(*first);
        for pair in rest.chunks(2) {
            let [sign, next] = pair else { break };
            let both = vec![all, self.expression(*next)];
            let form = if self.text(*sign) == "&&" { Form::All(both) } else { Form::Any(both) };
            all = self.reader.expression(node, form);
        }
        all
    }

    fn form(&self, node: Node) -> Form {
        match node.kind().replace("_argument_expression", "_expression").as_str() {
            "pipeline" => Form::Either(vec![self.pipeline(node)]),
            "pipeline_chain" => Form::Either(vec![self.chain(node)]),
            "command" => self.command(node),
            "assignment_expression" => self.assignment(node),
            "logical_expression" => match self.sign(node).as_str() {
                "-and" => Form::All(self.all(node)),
                "-or" | "??" => Form::Any(self.all(node)),
                _ => Form::Other(self.all(node)),
            },
            "comparison_expression" => self.comparison(node),
            "additive_expression" if self.sign(node) == "+" => Form::Join(self.all(node)),
            "format_expression" => self.format(node),
            "array_literal_expression" => Form::List(self.all(node)),
            "expression_with_unary_operator" => {
                match (self.sign(node).as_str(), children(node).first()) {
                    ("-not" | "!", Some(inner)) => Form::Not(self.expression(*inner)),
                    (_, Some(inner)) => Form::Either(vec![self.expression(*inner)]),
                    _ => Form::Nothing,
                }
            }
            "cast_expression" | "parenthesized_expression" => match children(node).last() {
                Some(inner) => Form::Either(vec![self.expression(*inner)]),
                None => Form::Nothing,
            },
            "sub_expression" | "array_expression" => self.statements(node),
            "script_block_expression" => self.lambda(node),
            "hash_literal_expression" => self.map(node),
            "string_literal" => {
                Form::Text(children(node).first().map(|it| self.string(*it)).unwrap_or_default())
            }
            "integer_literal" | "real_literal" => Form::Number(self.text(node).to_owned()),
            "variable" => self.variable(node),
            "type_literal" => Form::Name(self.text(node).to_lowercase()),
            "member_access" => self.member(node),
            "element_access" => match self.all(node).as_slice() {
                [on, by] => match (&on.form, by.literal()) {
                    (Form::Name(name), Some(n)) if name == "args" => Form::Argument(n),
                    (Form::Name(name), Some(n)) if name == "psboundparameters" => Form::Argument(n),
                    _ => Form::Index(Rc::clone(on), Rc::clone(by)),
                },
                other => Form::Other(other.to_vec()),
            },
            "invokation_expression" => self.invocation(node),
            "generic_token" => self.bare(node),
            "statement_block" | "statement_list" => Form::Group(Rc::new(self.block(node))),
            "if_statement" => match self.choice(node) {
                Some(choice) => choice,
                None => Form::Group(Rc::new(self.statement(node))),
            },
            kind if kind.ends_with("_statement") => Form::Group(Rc::new(self.statement(node))),
            _ => Form::Other(self.all(node)),
        }
    }

    /// `$tool = if (Get-Command podman) { "podman" } else { "docker" }`: one of two values that are plain. What runs is a statement.
    fn choice(&self, node: Node) -> Option<Form> {
        let Act::If { test, then, otherwise } = self.if_statement(node) else { return None };
        let plain = |block: &[Statement]| match block {
            [Statement { act: Act::Run(value), .. }] => {
                let is_plain = matches!(
                    value.form,
                    Form::Text(_) | Form::Number(_) | Form::Bool(_) | Form::Nothing | Form::Name(_)
                );
                is_plain.then(|| Rc::clone(value))
            }
            _ => None,
        };
        Some(Form::Choice(test, plain(&then)?, plain(&otherwise)?))
    }

    /// The sign between, or before, the parts of an expression.
    fn sign(&self, node: Node) -> String {
        let mut cursor = node.walk();
        let sign = node.children(&mut cursor).find(|it| {
            !it.is_named()
                || it.kind().ends_with("_operator") && it.kind() != "expression_with_unary_operator"
        });
        sign.map(|it| self.text(it).trim().to_lowercase()).unwrap_or_default()
    }

    /// One statement stands for its value.
    fn statements(&self, node: Node) -> Form {
        let list = field(node, "statements").map(children).unwrap_or_default();
        let is_list = node.kind() == "array_expression";
        match list.as_slice() {
            [] if is_list => Form::List(Vec::new()),
            [one] if one.kind() == "pipeline" => {
                let value = self.pipeline(*one);
                match &value.form {
                    Form::List(_) => Form::Either(vec![value]),
                    _ if is_list => Form::List(vec![value]),
                    _ => Form::Either(vec![value]),
                }
            }
            all if is_list => Form::List(
                all.iter()
                    .filter(|it| it.kind() == "pipeline")
                    .map(|it| self.pipeline(*it))
                    .collect(),
            ),
            _ => Form::Group(Rc::new(
                field(node, "statements").map(|it| self.block(it)).unwrap_or_default(),
            )),
        }
    }

    fn map(&self, node: Node) -> Form {
        let body = children(node).into_iter().find(|it| it.kind() == "hash_literal_body");
        let entries = body
            .map(children)
            .unwrap_or_default()
            .into_iter()
            .filter(|it| it.kind() == "hash_entry");
        Form::Map(
            entries
                .filter_map(|it| match children(it).as_slice() {
                    [key, value, ..] => Some((
                        Expression::text(
                            self.reader.line(*key),
                            self.text(*key).trim_matches(['"', '\'']),
                        ),
                        self.expression(*value),
                    )),
                    _ => None,
                })
                .collect(),
        )
    }

    fn assignment(&self, node: Node) -> Form {
        let Some(value) = field(node, "value") else { return Form::Nothing };
        let mut value = self.expression(value);
        // `$files = Get-ChildItem $data`.
        if let Some(path) = super::listings::listed(&value) {
            value = path;
        }
        let Some(left) = children(node).first().map(|it| self.expression(*it)) else {
            return Form::Nothing;
        };
        let Some(name) = way(&left) else {
            // `$PSDefaultParameterValues["*:Confirm"] = $false` keeps all cmdlets from asking.
            let is_quiet = matches!(&left.form, Form::Index(on, of)
                if matches!(&on.form, Form::Name(it) if it == "psdefaultparametervalues")
                    && of.literal().is_some_and(|it| it.eq_ignore_ascii_case("*:confirm"))
                    && matches!(value.form, Form::Bool(false)));
            return match is_quiet {
                true => {
                    Form::Set("confirmpreference".to_owned(), Expression::text(left.line, "None"))
                }
                false => Form::Other(vec![value]),
            };
        };
        let sign = children(node).get(1).map(|it| self.text(*it)).unwrap_or_default();
        if sign == "+=" {
            value = self.reader.expression(node, Form::Join(vec![left, value]));
        } else if name.ends_with(".CommandText") {
            // A statement for a database is run by its command.
            let callee =
                Expression::new(left.line, Form::Member(left, "ExecuteNonQuery".to_owned()));
            return Form::Call(Call {
                callee,
                arguments: vec![Argument { name: None, value }],
                block: None,
            });
        }
        Form::Set(name, value)
    }

    fn comparison(&self, node: Node) -> Form {
        let parts = children(node);
        let (Some(left), Some(right)) = (parts.first(), parts.last()) else { return Form::Nothing };
        let (left, right) = (self.expression(*left), self.expression(*right));
        let sign = self.sign(node);
        let sign = sign.trim_start_matches('-');
        let plain = sign.strip_prefix(['i', 'c']).filter(|it| SIGNS.contains(it)).unwrap_or(sign);
        let comparison = match plain {
            "eq" | "ne" => Comparison::Equal,
            "like" | "notlike" | "match" | "notmatch" => Comparison::Fits,
            "in" | "notin" => Comparison::In,
            "contains" | "notcontains" => {
                return negated(node, self, plain, Form::Compare(Comparison::In, right, left));
            }
            "lt" | "le" | "gt" | "ge" => Comparison::Order,
            // What is done to a text, such as `-replace` and `-split`.
            _ => return Form::Other(vec![left, right]),
        };
        negated(node, self, plain, Form::Compare(comparison, left, right))
    }

    /// `"... {0} ..." -f values`.
    fn format(&self, node: Node) -> Form {
        let parts = children(node);
        let (Some(left), Some(right)) = (parts.first(), parts.last()) else { return Form::Nothing };
        let (left, right) = (self.expression(*left), self.expression(*right));
        let values = match &right.form {
            Form::List(all) => all.iter().map(|it| (None, Rc::clone(it))).collect(),
            _ => vec![(None, right)],
        };
        Form::Text(braces(&left, &values))
    }

    /// The name of a variable, in lower case and without its scope.
    pub(super) fn name(&self, node: Node) -> String {
        plain_name(self.text(node))
    }

    fn variable(&self, node: Node) -> Form {
        called_so(&self.name(node))
    }

    fn member(&self, node: Node) -> Form {
        let parts = children(node);
        let (Some(on), Some(name)) = (parts.first(), parts.get(1)) else { return Form::Nothing };
        let on = self.expression(*on);
        let name = self.text(*name).to_owned();
        match &on.form {
            Form::Name(it) if it == "psboundparameters" => Form::Argument(name),
            // `$Force.IsPresent` is what `$Force` is.
            Form::Name(_) if name.eq_ignore_ascii_case("ispresent") => Form::Either(vec![on]),
            _ => Form::Member(on, name),
        }
    }

    /// A text without its quotes, with the holes in it.
    fn string(&self, node: Node) -> Vec<Part> {
        let whole = self.text(node);
        let (open, close) = match whole {
            it if it.starts_with('@') => {
                (it.find('\n').map_or(it.len(), |n| n + 1), it.trim_end().len().saturating_sub(2))
            }
            it => (1, it.len().saturating_sub(1)),
        };
        let (mut at, end) = (node.start_byte() + open, node.start_byte() + close.max(open));
        let is_verbatim = node.kind().starts_with("verbatim");
        let mut parts = Vec::new();
        let plain = |parts: &mut Vec<Part>, from: usize, to: usize| {
            let raw = self.reader.source.text.get(from..to).unwrap_or_default();
            let line = self.reader.source.origin.line(self.reader.source.text.as_bytes(), from);
            let text = if is_verbatim { raw.replace("''", "'") } else { unescaped(raw) };
            parts.extend(with_holes(self.reader, &text, line, !raw.contains("`n")));
        };
        for it in children(node) {
            plain(&mut parts, at, it.start_byte());
            parts.push(Part::Hole(self.expression(it)));
            at = it.end_byte();
        }
        plain(&mut parts, at, end);
        parts
    }

    /// A word outside of quotes, which may begin with a variable: `$root\uploads`.
    pub(super) fn bare(&self, node: Node) -> Form {
        let word = self.text(node);
        let line = self.reader.line(node);
        let (begin, rest) = shown::split(word).unwrap_or(("", word));
        let mut parts = Vec::new();
        if !begin.is_empty() {
            let form = match begin.starts_with("$(") {
                true => Form::Other(Vec::new()),
                false => called_so(&plain_name(begin)),
            };
            parts.push(Part::Hole(Expression::new(line, form)));
        }
        parts.extend(with_holes(self.reader, &unescaped(rest), line, true));
        Form::Text(parts)
    }
}

/// The name of a variable without its signs and where it is kept.
fn plain_name(text: &str) -> String {
    let name = text.trim_start_matches(['$', '@', '{']).trim_end_matches('}').to_lowercase();
    match name.split_once(':') {
        Some((
            "script" | "global" | "local" | "private" | "using" | "variable" | "function",
            rest,
        )) => rest.to_owned(),
        _ => name,
    }
}

/// What a variable of this name is.
fn called_so(name: &str) -> Form {
    if let Some(variable) = name.strip_prefix("env:") {
        return Form::Environment(variable.to_uppercase(), None);
    }
    match name {
        "true" => Form::Bool(true),
        "false" => Form::Bool(false),
        "null" => Form::Nothing,
        // No name of a machine.
        "host" => Form::Name("$host".to_owned()),
        _ => Form::Name(name.to_owned()),
    }
}

const SIGNS: &[&str] = &[
    "eq",
    "ne",
    "like",
    "notlike",
    "match",
    "notmatch",
    "in",
    "notin",
    "contains",
    "notcontains",
    "lt",
    "le",
    "gt",
    "ge",
];

fn negated(node: Node, file: &File, sign: &str, form: Form) -> Form {
    match sign.starts_with("not") || sign == "ne" {
        true => Form::Not(file.reader.expression(node, form)),
        false => form,
    }
}

/// Whether a node may be there for the order of signs alone.
fn wraps(node: Node) -> bool {
    node.kind().ends_with("_expression")
        && !matches!(
            node.kind(),
            "parenthesized_expression"
                | "sub_expression"
                | "array_expression"
                | "script_block_expression"
                | "hash_literal_expression"
                | "assignment_expression"
                | "invokation_expression"
                | "cast_expression"
                | "post_increment_expression"
                | "post_decrement_expression"
                | "pre_increment_expression"
                | "pre_decrement_expression"
        )
}

/// A text without the signs that keep others from their meaning.
fn unescaped(text: &str) -> String {
    if !text.contains('`') {
        return text.replace("\"\"", "\"");
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, if c == '`' { chars.next() } else { None }) {
            ('`', Some('n')) => plain.push('\n'),
            ('`', Some('t')) => plain.push('\t'),
            ('`', Some('\n' | '\r' | '0')) | ('`', None) => {}
            ('`', Some(other)) => plain.push(other),
            _ => plain.push(c),
        }
    }
    plain
}
