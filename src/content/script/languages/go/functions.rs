//! Functions and methods of Go, the types that they are of, and what runs them.

use std::rc::Rc;

use tree_sitter::Node;

use super::{File, RUNS};
use crate::content::script::Reach;
use crate::content::script::syntax::{
    Act, Block, Call, Class, Comparison, Expression, Form, Function, Parameter, Shared, Statement,
};
use crate::content::script::tree::{children, field, fields};

/// Channels of a function that are known.
const CHANNELS: usize = 8;

impl<'a> File<'_, 'a> {
    /// The channels that something is sent to: mostly by a function that runs beside this one.
    fn channels(&self, node: Node) -> Vec<String> {
        let mut open = vec![node];
        let mut found = Vec::new();
        while let Some(it) = open.pop().filter(|_| found.len() < CHANNELS) {
            let channel = field(it, "channel").filter(|_| it.kind() == "send_statement");
            found.extend(channel.map(|it| self.text(it).to_owned()));
            open.extend(children(it));
        }
        found
    }

    /// Whether an error is given back where it was found to be one: `if err != nil { return err }`.
    pub(super) fn is_passed_on(&self, node: Node, name: &str) -> bool {
        let mut inner = node;
        while let Some(it) = inner.parent() {
            if matches!(it.kind(), "function_declaration" | "method_declaration" | "func_literal") {
                return false;
            }
            if it.kind() == "if_statement" && field(it, "consequence") == Some(inner) {
                let test = field(it, "condition").map(|it| self.text(it)).unwrap_or_default();
                if test
                    .strip_suffix("nil")
                    .and_then(|it| it.trim_end().strip_suffix("!="))
                    .is_some_and(|it| it.trim_end() == name)
                {
                    return true;
                }
            }
            inner = it;
        }
        false
    }

    /// A function, or a method in the class that it is of.
    pub(super) fn function(&self, node: Node) -> Act {
        let name = field(node, "name").map(|it| self.text(it).to_owned()).unwrap_or_default();
        let receiver = field(node, "receiver")
            .and_then(|it| children(it).first().copied())
            .and_then(|it| field(it, "name"));
        let is_method = field(node, "receiver").is_some();
        let is_handler = !is_method && self.is_handler(node, &name);
        let called_by = match name.as_str() {
            _ if self.tasks.contains(&name) => Some(Reach::Task),
            "main" if !is_method => Some(Reach::Main),
            "init" if !is_method => Some(Reach::TopLevel),
            // A command of `google/subcommands`, `alecthomas/kong` or `jessevdk/go-flags`.
            "Execute" if is_method && self.takes_flags(node) => Some(Reach::Task),
            "Run" if is_method && self.imports("alecthomas/kong") => Some(Reach::Task),
            "Execute" if is_method && self.imports("jessevdk/go-flags") => Some(Reach::Task),
            _ if is_handler => Some(Reach::Task),
            _ => None,
        };
        self.receivers
            .borrow_mut()
            .push(receiver.map(|it| self.text(it).to_owned()).unwrap_or_default());
        let parameters = field(node, "parameters");
        let given = parameters.map(|it| self.objects_given(it)).unwrap_or_default();
        let outer = self.objects.replace(given);
        let body = self.body(node, "body");
        self.objects.replace(outer);
        self.receivers.borrow_mut().pop();
        let function = Act::Define(Rc::new(Function {
            name,
            line: self.reader.line(node),
            // What the program hands over is no word of whoever starts it.
            parameters: parameters
                .filter(|_| !is_handler)
                .map(|it| self.parameters(it))
                .unwrap_or_default(),
            outer: self.channels(node),
            body,
            called_by,
            ..Function::default()
        }));
        match self.receiver(node) {
            Some(name) => {
                let body = vec![Statement { line: self.reader.line(node), act: function }];
                Act::Class(Rc::new(Class { name: name.to_owned(), base: None, body }))
            }
            None => function,
        }
    }

    fn takes_flags(&self, function: Node) -> bool {
        field(function, "parameters").is_some_and(|it| self.text(it).contains("flag.FlagSet"))
    }

    pub(super) fn parameters(&self, node: Node) -> Vec<Parameter> {
        let mut all = Vec::new();
        for it in children(node) {
            // What only carries deadlines is no argument in the common form.
            if field(it, "type").is_some_and(|it| self.text(it) == "context.Context") {
                continue;
            }
            let names = fields(it, "name").into_iter().filter(|it| it.is_named());
            // `args ...string` takes all that are left.
            let star = if it.kind() == "variadic_parameter_declaration" { "*" } else { "" };
            let named = names.map(|it| format!("{star}{}", self.text(it)));
            all.extend(named.map(|name| Parameter { name, default: None }));
        }
        all
    }

    /// Whether another file makes a command of a function: this one does not name it again, and it takes what commands are given, as
    /// `func reset(s *state, cmd command) error` and `func wipe(cmd *cobra.Command, args []string)` do.
    fn is_handler(&self, function: Node, name: &str) -> bool {
        let parameters = field(function, "parameters").map(children).unwrap_or_default();
        let types = parameters.into_iter().filter_map(|it| field(it, "type"));
        let types: Vec<&str> = types.map(|it| self.text(it)).collect();
        let takes_command = types.contains(&"command") || types == ["*cobra.Command", "[]string"];
        takes_command && !self.has_main && self.mentioned.get(name).is_none_or(|it| *it < 2)
    }

    /// Whether the file speaks of one of the packages that run functions by their names.
    fn imports(&self, package: &str) -> bool {
        self.packages.contains(&package)
    }

    /// The type that a method is of: `Store` of `func (s *Store) wipe()`.
    pub(super) fn receiver(&self, node: Node) -> Option<&'a str> {
        let receiver = children(field(node, "receiver")?).first().copied()?;
        self.named_type(field(receiver, "type")?)
    }

    /// The name of a type, or of what a pointer goes to.
    fn named_type(&self, node: Node) -> Option<&'a str> {
        match node.kind() {
            "type_identifier" => Some(self.text(node)),
            "pointer_type" => {
                let inner = children(node).first().copied()?;
                (inner.kind() == "type_identifier").then(|| self.text(inner))
            }
            _ => None,
        }
    }

    /// An object of a type of the file that nothing is said of.
    pub(super) fn made(&self, node: Node, name: &str) -> Option<Form> {
        self.types.contains_key(name).then(|| {
            let callee = self.reader.expression(node, Form::Name(name.to_owned()));
            Form::Call(Call { callee, arguments: Vec::new(), block: None })
        })
    }

    /// `new(Store)` of a type of the file.
    pub(super) fn made_new(&self, node: Node) -> Option<Form> {
        let name = field(node, "function").filter(|it| self.text(*it) == "new")?;
        let given = field(node, "arguments").map(children)?;
        self.made(name, self.text(*given.first()?))
    }

    /// `var store Store`.
    pub(super) fn declared(&self, node: Node, names: Vec<Node>) -> Block {
        let kind = field(node, "type").filter(|it| it.kind() == "type_identifier");
        let Some(kind) = kind.map(|it| self.text(it)) else { return Block::new() };
        let line = self.reader.line(node);
        let set = |name: Node| {
            let value = Expression::new(line, self.made(node, kind)?);
            let act = Act::Set(self.text(name).to_owned(), value);
            Some(Statement { line, act })
        };
        let all: Block = names.into_iter().filter_map(set).collect();
        self.objects.borrow_mut().extend(all.iter().cloned());
        all
    }

    /// Whether a value is an object of a type of the file.
    pub(super) fn is_object(&self, value: &Shared) -> bool {
        match &value.form {
            Form::Call(call) => {
                matches!(&call.callee.form, Form::Name(name) if self.types.contains_key(name))
            }
            _ => false,
        }
    }

    /// What parameters of a function stand for where their types are of the file.
    fn objects_given(&self, parameters: Node) -> Block {
        let set = |it: Node| {
            let line = self.reader.line(it);
            let kind = self.named_type(field(it, "type")?)?;
            let value = Expression::new(line, self.made(it, kind)?);
            let name = self.text(field(it, "name")?).to_owned();
            Some(Statement { line, act: Act::Set(name, value) })
        };
        children(parameters).into_iter().filter_map(set).collect()
    }

    /// What a command is said to run behind its description: `wipeCmd.RunE = ...` of cobra.
    fn assigned_to_command<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        let left = field(node, "left").filter(|_| self.imports("spf13/cobra"))?;
        let (_, name) = self.text(left).rsplit_once('.')?;
        let right = children(field(node, "right")?).first().copied()?;
        RUNS.contains(&name).then_some(right)
    }

    /// The name of the function that a command is said to run: `wipeCmd.RunE = wipe`.
    pub(super) fn assigned_task(&self, node: Node) -> Option<String> {
        let right = self.assigned_to_command(node)?;
        let is_name = matches!(right.kind(), "identifier" | "selector_expression");
        let last = self.text(right).rsplit('.').next()?;
        is_name.then(|| last.to_owned())
    }

    /// The function without a name that a command is said to run: `wipeCmd.RunE = func(...) error { ... }`.
    pub(super) fn task_of<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        self.assigned_to_command(node).filter(|it| it.kind() == "func_literal")
    }

    /// What a command runs before it is run itself, as fields of its description say: `PreRunE: func(...) error { ... }` of cobra, whose
    /// error ends it.
    pub(super) fn run_before(&self, fields: &[Node]) -> Block {
        let run = |name: &&str| {
            let parts = fields.iter().map(|it| children(*it));
            let of_it = parts.filter(|it| it.first().is_some_and(|key| self.text(*key) == *name));
            let value = of_it.filter_map(|it| it.last().copied()).next()?;
            let function = children(value).into_iter().find(|it| it.kind() == "func_literal")?;
            let line = self.reader.line(function);
            let callee = Expression::new(line, Form::Lambda(Rc::new(self.lambda(function))));
            let call = Call { callee, arguments: Vec::new(), block: None };
            let call = Expression::new(line, Form::Call(call));
            let act = match name.ends_with('E') {
                true => {
                    let nothing = Expression::new(line, Form::Nothing);
                    let went_well = Form::Compare(Comparison::Equal, call, nothing);
                    let test = Expression::new(line, went_well);
                    let otherwise = vec![Statement { line, act: Act::Throw(None) }];
                    Act::If { test, then: Block::new(), otherwise }
                }
                false => Act::Run(call),
            };
            Some(Statement { line, act })
        };
        ["PersistentPreRunE", "PersistentPreRun", "PreRunE", "PreRun"]
            .iter()
            .filter_map(run)
            .collect()
    }
}
