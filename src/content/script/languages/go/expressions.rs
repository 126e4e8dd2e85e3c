//! Expressions of Go.

use std::rc::Rc;

use tree_sitter::Node;

use super::{File, RUNS};
use crate::content::script::Reach;
use crate::content::script::languages::text::unescaped;
use crate::content::script::syntax::{
    Act, Argument, Block, Call, Comparison, Expression, Form, Function, Part, Shared, Statement,
};
use crate::content::script::tree::{children, field, fields, long_chain};

/// Objects of a function that those know which it hands to commands, at most.
const OBJECTS: usize = 20;

impl File<'_, '_> {
    pub(super) fn expression(&self, node: Node) -> Shared {
        let node = match node.kind() {
            "expression_list" | "parenthesized_expression" | "literal_element" => {
                children(node).first().copied().unwrap_or(node)
            }
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
            "interpreted_string_literal" | "raw_string_literal" => Form::Text(self.string(node)),
            "int_literal" | "float_literal" => Form::Number(self.text(node).to_owned()),
            "true" => Form::Bool(true),
            "false" => Form::Bool(false),
            "nil" => Form::Nothing,
            "identifier" | "package_identifier" | "field_identifier" | "type_identifier" => {
                self.name(node)
            }
            "selector_expression" if self.text(node) == "os.Args" => {
                Form::Argument("argv".to_owned())
            }
            "selector_expression" => {
                let name =
                    field(node, "field").map(|it| self.text(it).to_owned()).unwrap_or_default();
                Form::Member(self.of(node, "operand"), name)
            }
            "index_expression" => {
                let (on, by) = (self.of(node, "operand"), self.of(node, "index"));
                match (self.text(field(node, "operand").unwrap_or(node)), by.literal()) {
                    ("os.Args" | "args", Some(n)) => Form::Argument(n),
                    _ => Form::Index(on, by),
                }
            }
            // `args[1:]`.
            "slice_expression"
                if field(node, "start").is_some() && field(node, "end").is_none() =>
            {
                let line = self.reader.line(node);
                let callee = Form::Member(self.of(node, "operand"), "slice".to_owned());
                let arguments = vec![Argument { name: None, value: self.of(node, "start") }];
                Form::Call(Call { callee: Expression::new(line, callee), arguments, block: None })
            }
            "slice_expression" | "type_assertion_expression" => {
                Form::Either(vec![self.of(node, "operand")])
            }
            "type_conversion_expression" => Form::Either(vec![self.of(node, "operand")]),
            "unary_expression" => {
                let inner = self.of(node, "operand");
                let is_not = field(node, "operator").is_some_and(|it| it.kind() == "!");
                if is_not { Form::Not(inner) } else { Form::Either(vec![inner]) }
            }
            "binary_expression" => self.binary(node),
            "call_expression" => self.call(node),
            "composite_literal" => self.literal(node),
            "literal_value" => self.values(node, false),
            "func_literal" => Form::Lambda(Rc::new(self.lambda(node))),
            _ => Form::Other(self.all(node)),
        }
    }

    fn name(&self, node: Node) -> Form {
        let name = self.text(node);
        if let Some(hole) = self.reader.hole(name) {
            return Form::Either(vec![hole]);
        }
        match self.receivers.borrow().iter().any(|it| it == name) {
            true => Form::Name("self".to_owned()),
            false => Form::Name(name.to_owned()),
        }
    }

    pub(super) fn lambda(&self, node: Node) -> Function {
        Function {
            line: self.reader.line(node),
            parameters: field(node, "parameters").map(|it| self.parameters(it)).unwrap_or_default(),
            body: self.body(node, "body"),
            ..Function::default()
        }
    }

    fn string(&self, node: Node) -> Vec<Part> {
        let is_raw = node.kind() == "raw_string_literal";
        let text = self.text(node).trim_start_matches(['"', '`']);
        let text = text.strip_suffix(['"', '`']).unwrap_or(text);
        let text = if is_raw { text.to_owned() } else { unescaped(text) };
        vec![Part::Plain { text, line: self.reader.line(node), is_spread: is_raw }]
    }

    fn binary(&self, node: Node) -> Form {
        if let Some(all) = long_chain(node, "+") {
            return Form::Join(all.into_iter().map(|it| self.expression(it)).collect());
        }
        let (left, right) = (self.of(node, "left"), self.of(node, "right"));
        let not = |form| Form::Not(self.reader.expression(node, form));
        match field(node, "operator").map(|it| it.kind()).unwrap_or_default() {
            "&&" => Form::All(vec![left, right]),
            "||" => Form::Any(vec![left, right]),
            "+" => Form::Join(vec![left, right]),
            "==" => Form::Compare(Comparison::Equal, left, right),
            "!=" => not(Form::Compare(Comparison::Equal, left, right)),
            "<" | ">" | "<=" | ">=" => Form::Compare(Comparison::Order, left, right),
            _ => Form::Other(vec![left, right]),
        }
    }

    /// `bson.M{}`, `[]string{"a"}`, `&User{ID: 7}`, `&cobra.Command{Run: ...}`.
    fn literal(&self, node: Node) -> Form {
        let kind = field(node, "type");
        let name = kind.map(|it| self.text(it)).unwrap_or_default();
        let Some(body) = field(node, "body") else { return Form::Nothing };
        let is_command =
            name.ends_with(".Command") || name.ends_with(".App") || name.ends_with("cobra.Command");
        let form = self.values(body, is_command);
        let is_list = kind.is_some_and(|it| {
            matches!(it.kind(), "slice_type" | "array_type" | "implicit_length_array_type")
        });
        // `Store{db}`: the fields by their order.
        let form = match (form, self.types.get(name)) {
            (Form::List(all), Some(fields)) => {
                let list = self.reader.expression(node, Form::List(all));
                match &with_fields(Rc::clone(&list), Some(fields)).form {
                    Form::Map(pairs) => Form::Map(pairs.clone()),
                    _ => Form::Map(Vec::new()),
                }
            }
            (form, _) => form,
        };
        match form {
            Form::Map(pairs) if self.types.contains_key(name) => {
                let callee = self.reader.expression(node, Form::Name(name.to_owned()));
                let arguments =
                    pairs.into_iter().map(|(key, value)| Argument { name: key.literal(), value });
                Form::Call(Call { callee, arguments: arguments.collect(), block: None })
            }
            Form::Map(pairs) if is_list || name.ends_with("bson.D") => {
                Form::List(pairs.into_iter().map(|(_, value)| value).collect())
            }
            Form::List(all) if is_list => {
                let fields = kind.and_then(|it| field(it, "element")).map(|it| self.fields_of(it));
                Form::List(all.into_iter().map(|it| with_fields(it, fields.as_deref())).collect())
            }
            form => form,
        }
    }

    /// The names of the fields of a structure: one that is written here, or one of the file.
    pub(super) fn fields_of(&self, of: Node) -> Vec<String> {
        match of.kind() {
            "pointer_type" => {
                children(of).first().map(|it| self.fields_of(*it)).unwrap_or_default()
            }
            "struct_type" => {
                let list = children(of).into_iter().flat_map(children);
                let names = list.flat_map(|it| fields(it, "name"));
                names.map(|it| self.text(it).to_owned()).collect()
            }
            _ => self.types.get(self.text(of)).cloned().unwrap_or_default(),
        }
    }

    fn values(&self, body: Node, is_command: bool) -> Form {
        let parts = children(body);
        if parts.iter().any(|it| it.kind() != "keyed_element") {
            let one = |it: Node| {
                let inner = if it.kind() == "literal_element" { children(it) } else { vec![it] };
                match inner.first() {
                    Some(it) if it.kind() == "literal_value" && is_command => {
                        self.reader.bounded(*it, || self.values(*it, is_command))
                    }
                    _ => self.expression(it),
                }
            };
            return Form::List(parts.into_iter().map(one).collect());
        }
        let before = if is_command { self.run_before(&parts) } else { Block::new() };
        let mut pairs = Vec::new();
        for it in parts {
            let inner = children(it);
            let (Some(key), Some(value)) = (inner.first(), inner.last()) else { continue };
            let name = self.text(*key).trim_matches('"').to_owned();
            let function = children(*value).into_iter().find(|it| it.kind() == "func_literal");
            if is_command
                && RUNS.contains(&name.as_str())
                && let Some(function) = function
            {
                self.task(function, before.clone());
                continue;
            }
            pairs.push((Expression::text(self.reader.line(*key), name), self.expression(*value)));
        }
        Form::Map(pairs)
    }

    /// A function that a command of the program runs: it knows the objects of the function that it is written down in.
    /// `before` it, others are run.
    pub(super) fn task(&self, node: Node, before: Block) {
        let line = self.reader.line(node);
        let known: Block = self.objects.borrow().iter().take(OBJECTS).cloned().collect();
        let lambda = self.lambda(node);
        let function = Function {
            name: format!("command:{line}"),
            called_by: Some(Reach::Task),
            body: [known, before, lambda.body].concat(),
            ..lambda
        };
        self.commands.borrow_mut().push(Statement { line, act: Act::Define(Rc::new(function)) });
    }
}

/// A structure that is written down by the order of its fields: `{"a", "b"}`.
fn with_fields(of: Shared, fields: Option<&[String]>) -> Shared {
    let Form::List(values) = &of.form else { return of };
    let Some(fields) = fields.filter(|it| it.len() == values.len() && !it.is_empty()) else {
        return of;
    };
    let names = fields.iter().map(|it| Expression::text(of.line, it));
    Expression::new(of.line, Form::Map(names.zip(values.iter().map(Rc::clone)).collect()))
}
