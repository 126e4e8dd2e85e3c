//! Expressions of Java.

use std::rc::Rc;

use tree_sitter::Node;

use super::File;
use crate::content::script::languages::text::unescaped;
use crate::content::script::syntax::{
    Act, Argument, Block, Call, Comparison, Expression, Form, Function, Parameter, Part, Shared,
    Statement,
};
use crate::content::script::tree::{children, field, long_chain};

/// What stands for what a method is given that is handed over by its name.
const GIVEN: &str = "%given";

impl File<'_, '_> {
    pub(super) fn expression(&self, node: Node) -> Shared {
        let node = match node.kind() {
            "parenthesized_expression" => children(node).first().copied().unwrap_or(node),
            _ => node,
        };
        let read = self.reader.bounded(node, || self.form(node));
        match &read.form {
            Form::Either(all) if all.len() == 1 => Rc::clone(&all[0]),
            _ => read,
        }
    }

    pub(super) fn of(&self, node: Node, name: &str) -> Shared {
        field(node, name)
            .map_or_else(|| self.reader.expression(node, Form::Nothing), |it| self.expression(it))
    }

    pub(super) fn all(&self, node: Node) -> Vec<Shared> {
        children(node).into_iter().map(|it| self.expression(it)).collect()
    }

    fn form(&self, node: Node) -> Form {
        match node.kind() {
            "string_literal" => Form::Text(self.string(node)),
            "character_literal" => {
                let text = unescaped(self.text(node).trim_matches('\''));
                let line = self.reader.line(node);
                Form::Text(vec![Part::Plain { text, line, is_spread: false }])
            }
            "decimal_integer_literal" | "decimal_floating_point_literal" => {
                Form::Number(self.text(node).trim_end_matches(['L', 'l']).to_owned())
            }
            "true" => Form::Bool(true),
            "false" => Form::Bool(false),
            "null_literal" => Form::Nothing,
            "identifier" | "type_identifier" => self.name(node),
            "this" => Form::Name("this".to_owned()),
            "field_access" => self.member(node),
            "array_access" => match self.word(node, "array") {
                "args" | "argv" => match self.of(node, "index").literal() {
                    Some(n) => Form::Argument(n),
                    None => Form::Argument("args".to_owned()),
                },
                _ => Form::Index(self.of(node, "array"), self.of(node, "index")),
            },
            "array_initializer" | "element_value_array_initializer" => Form::List(self.all(node)),
            "array_creation_expression" => match field(node, "value") {
                Some(it) => Form::List(self.all(it)),
                None => Form::Other(Vec::new()),
            },
            "cast_expression" => Form::Either(vec![self.of(node, "value")]),
            "unary_expression" => {
                let inner = self.of(node, "operand");
                let is_not = self.word(node, "operator") == "!";
                if is_not { Form::Not(inner) } else { Form::Either(vec![inner]) }
            }
            "binary_expression" => self.binary(node),
            "ternary_expression" => Form::Choice(
                self.of(node, "condition"),
                self.of(node, "consequence"),
                self.of(node, "alternative"),
            ),
            "assignment_expression" => self.assignment(node),
            "method_invocation" => self.call(node),
            "object_creation_expression" => self.creation(node),
            "lambda_expression" => Form::Lambda(Rc::new(self.lambda(node))),
            "method_reference" => self.reference(node),
            "switch_expression" => Form::Other(Vec::new()),
            _ => Form::Other(self.all(node)),
        }
    }

    fn name(&self, node: Node) -> Form {
        let name = self.text(node);
        match self.reader.hole(name) {
            Some(hole) => Form::Either(vec![hole]),
            None => Form::Name(name.to_owned()),
        }
    }

    fn member(&self, node: Node) -> Form {
        let name = self.word(node, "field");
        let line = self.reader.line(node);
        let said = |text: &str| {
            Form::Text(vec![Part::Plain { text: text.to_owned(), line, is_spread: false }])
        };
        match (self.word(node, "object"), name) {
            ("this", _) => Form::Name(name.to_owned()),
            // How many there are says nothing of what they are.
            (_, "length") => Form::Other(Vec::new()),
            ("JOptionPane", "YES_OPTION" | "OK_OPTION") => said("yes"),
            ("JOptionPane", "NO_OPTION" | "CANCEL_OPTION" | "CLOSED_OPTION") => said("no"),
            ("ButtonType", "YES" | "OK") => said("yes"),
            ("ButtonType", "NO" | "CANCEL") => said("no"),
            _ => Form::Member(self.of(node, "object"), name.to_owned()),
        }
    }

    fn assignment(&self, node: Node) -> Form {
        let name = self.word(node, "left").trim_start_matches("this.").to_owned();
        let value = self.of(node, "right");
        match self.word(node, "operator") {
            "=" => Form::Set(name, value),
            "+=" => {
                let both = Form::Join(vec![self.of(node, "left"), value]);
                Form::Set(name, self.reader.expression(node, both))
            }
            _ => Form::Other(vec![value]),
        }
    }

    fn string(&self, node: Node) -> Vec<Part> {
        let text = self.text(node);
        let line = self.reader.line(node);
        if let Some(inner) = text.strip_prefix("\"\"\"") {
            let inner = inner.strip_suffix("\"\"\"").unwrap_or(inner);
            let text = inner.replace("\\\"", "\"");
            return vec![Part::Plain { text, line, is_spread: true }];
        }
        let inner = text.strip_prefix('"').unwrap_or(text);
        let inner = inner.strip_suffix('"').unwrap_or(inner);
        vec![Part::Plain { text: unescaped(inner), line, is_spread: false }]
    }

    fn binary(&self, node: Node) -> Form {
        if let Some(all) = long_chain(node, "+") {
            return Form::Join(all.into_iter().map(|it| self.expression(it)).collect());
        }
        let (left, right) = (self.of(node, "left"), self.of(node, "right"));
        let not = |form| Form::Not(self.reader.expression(node, form));
        match self.word(node, "operator") {
            "&&" => Form::All(vec![left, right]),
            "||" => Form::Any(vec![left, right]),
            "+" => Form::Join(vec![left, right]),
            "==" => Form::Compare(equality(&left, &right), left, right),
            "!=" => not(Form::Compare(equality(&left, &right), left, right)),
            "<" | ">" | "<=" | ">=" => Form::Compare(Comparison::Order, left, right),
            _ => Form::Other(vec![left, right]),
        }
    }

    pub(super) fn lambda(&self, node: Node) -> Function {
        let line = self.reader.line(node);
        let body = match field(node, "body") {
            Some(it) if it.kind() == "block" => self.block(it),
            Some(it) => {
                let value = self.expression(it);
                vec![Statement { line: value.line, act: Act::Return(Some(value)) }]
            }
            None => Block::new(),
        };
        Function {
            line,
            parameters: field(node, "parameters").map(|it| self.parameters(it)).unwrap_or_default(),
            body,
            ..Function::default()
        }
    }

    /// `this::wipe`, `File::delete`, `repository::deleteAll`.
    fn reference(&self, node: Node) -> Form {
        let text = self.text(node);
        let Some((on, name)) = text.split_once("::") else { return Form::Nothing };
        if on == "this" {
            return Form::Name(name.to_owned());
        }
        let line = self.reader.line(node);
        let callee =
            Form::Member(Expression::new(line, Form::Name(on.to_owned())), name.to_owned());
        let callee = Expression::new(line, callee);
        let mut arguments = self.called_on(on, line);
        let mut parameters = Vec::new();
        // `users::delete` is given what goes.
        let takes_one = ["delete", "remove", "drop"].iter().any(|it| name.starts_with(it))
            && !name.contains("All")
            && on.starts_with(|it: char| it.is_lowercase());
        if takes_one || on == "Files" {
            let value = Expression::new(line, Form::Name(GIVEN.to_owned()));
            arguments.insert(0, Argument { name: None, value });
            parameters.push(Parameter { name: GIVEN.to_owned(), default: None });
        }
        let call = Call { callee, arguments, block: None };
        let value = Expression::new(line, Form::Call(call));
        let body = vec![Statement { line, act: Act::Run(value) }];
        Form::Lambda(Rc::new(Function { line, parameters, body, ..Function::default() }))
    }
}

/// What the environment says under this name, with `_` for what else parts the words of a setting.
pub(super) fn environment(line: u32, name: &str, default: Option<Shared>) -> Shared {
    let name = match name {
        "spring.profiles.active" | "SPRING_PROFILES_ACTIVE" | "quarkus.profile" => {
            "environment".to_owned()
        }
        _ => name.replace(['.', '-'], "_"),
    };
    Expression::new(line, Form::Environment(name, default))
}

/// What `==` tells of two values: of a text that is written down, and of one that is read as it runs, whether they are one object.
fn equality(left: &Shared, right: &Shared) -> Comparison {
    let is_text = |it: &Shared| matches!(it.form, Form::Text(_));
    match is_text(left) != is_text(right) {
        true => Comparison::Same,
        false => Comparison::Equal,
    }
}
