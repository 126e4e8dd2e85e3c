//! PowerShell. Names are the same in any case: those of variables and functions are kept in lower case.

mod commands;
mod ended;
mod expressions;
mod listings;
mod made;
mod methods;
mod shown;
mod unasked;

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use tree_sitter::Node;

use shown::is_workflow;
pub(super) use shown::{as_known, as_typed};
use unasked::Unasked;

use super::Reader;
use crate::content::script::Reach;
use crate::content::script::syntax::{
    Act, Argument, Arm, Block, Call, Comparison, Expression, Form, Function, Loop, Parameter,
    Shared, Statement,
};
use crate::content::script::tree::{children, field, has};

/// A file as it is read.
struct File<'r, 'a> {
    reader: &'r Reader<'a>,
    /// The functions of the file, and what they take.
    functions: HashMap<String, Taken>,
    /// What asks before it does something asks indeed: `ConfirmImpact = 'High'`.
    asks: Cell<bool>,
    /// What is kept from it.
    unasked: Unasked,
}

/// What a function takes.
struct Taken {
    /// Its parameters, and of each whether it is a switch.
    parameters: Vec<(String, bool)>,
    /// The variable that holds all words besides.
    rest: Option<String>,
}

/// The statements of a file.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    let mut functions = HashMap::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if node.kind() == "function_statement" {
            let parameters = parameters_of(node).into_iter().filter_map(|it| {
                let name = variable_of(reader, it)?;
                Some((name.to_lowercase(), is_switch(reader, it)))
            });
            let taken = Taken { parameters: parameters.collect(), rest: rest_of(reader, node) };
            functions.insert(name_of(reader, node), taken);
        }
        open.extend(children(node));
    }
    let unasked = Unasked::of(reader.source.text);
    let file = File { reader, functions, asks: Cell::new(false), unasked };
    file.asks.set(children(root).into_iter().any(|it| file.asks_by_itself(it)));
    file.block(root)
}

/// The name of a function, in lower case and without its scope.
fn name_of(reader: &Reader, node: Node) -> String {
    let name = children(node).into_iter().find(|it| it.kind() == "function_name");
    let name = name.map(|it| reader.text(it).to_lowercase()).unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

/// The nodes of the parameters of a function, or of a script.
fn parameters_of(node: Node) -> Vec<Node> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match node.kind() {
            "script_parameter" => found.push(node),
            "function_statement"
            | "function_parameter_declaration"
            | "script_block"
            | "param_block"
            | "parameter_list" => {
                open.extend(children(node).into_iter().rev());
            }
            _ => {}
        }
    }
    found
}

/// The name of a parameter as it is written.
fn variable_of<'a>(reader: &Reader<'a>, node: Node) -> Option<&'a str> {
    let variable = children(node).into_iter().find(|it| it.kind() == "variable")?;
    Some(reader.text(variable).trim_start_matches('$'))
}

/// The parameter of a function that takes all words that no other one does, or `$args`, where it is looked at.
fn rest_of(reader: &Reader, function: Node) -> Option<String> {
    let takes_rest = |it: &Node| {
        let types = children(*it).into_iter().filter(|it| it.kind() == "attribute_list");
        types.map(|it| reader.text(it).to_lowercase()).any(|it| {
            it.contains("valuefromremainingarguments") && !it.contains("arguments=$false")
        })
    };
    let all = parameters_of(function);
    if let Some(it) = all.iter().find(|it| takes_rest(it)) {
        return variable_of(reader, *it).map(str::to_lowercase);
    }
    let text = reader.text(function).to_lowercase();
    ["$args", "@args"].iter().any(|it| text.contains(it)).then(|| "args".to_owned())
}

fn is_switch(reader: &Reader, node: Node) -> bool {
    let types = children(node).into_iter().filter(|it| it.kind() == "attribute_list");
    let mut types = types.map(|it| reader.text(it).to_lowercase());
    types.any(|it| it.contains("[switch]") || it.contains("switchparameter"))
}

impl<'a> File<'_, 'a> {
    fn text(&self, node: Node) -> &'a str {
        self.reader.text(node)
    }

    /// Whether the parameters of a script or function say that it asks by itself.
    fn asks_by_itself(&self, node: Node) -> bool {
        if self.unasked.is_all {
            return false;
        }
        let lower = match node.kind() {
            "param_block" => self.text(node).to_lowercase(),
            "script_block" => {
                return children(node)
                    .into_iter()
                    .any(|it| it.kind() == "param_block" && self.asks_by_itself(it));
            }
            _ => return false,
        };
        lower.split_once("confirmimpact").is_some_and(|(_, rest)| {
            rest.trim_start_matches([' ', '=', '\'', '"']).starts_with("high")
        })
    }

    fn block(&self, node: Node) -> Block {
        self.all_of(children(node))
    }

    fn all_of(&self, nodes: Vec<Node>) -> Block {
        self.reader
            .deeper(|| {
                let mut all = Block::new();
                for node in nodes {
                    let mut these = self.statement(node);
                    let condition = field(node, "condition").map(|it| self.text(it));
                    ended::looked_at(condition, &mut all, &mut these);
                    all.append(&mut these);
                }
                all
            })
            .unwrap_or_default()
    }

    fn statement(&self, node: Node) -> Block {
        let line = self.reader.line(node);
        let one = |act| vec![Statement { line, act }];
        match node.kind() {
            "statement_list" | "script_block" | "script_block_body" | "named_block_list"
            | "named_block" | "statement_block" | "ERROR" => self.block(node),
            "inlinescript_statement" | "parallel_statement" | "sequence_statement" => {
                self.block(node)
            }
            "param_block" => self.parameters(node),
            "if_statement" => one(self.if_statement(node)),
            "switch_statement" => one(self.switch(node)),
            "foreach_statement" => one(self.foreach(node)),
            "for_statement" => one(Act::Loop(Loop {
                variable: None,
                over: Some(Expression::new(line, Form::Other(Vec::new()))),
                test: None,
                body: self.body(node),
                runs_first: false,
            })),
            "while_statement" | "do_statement" => {
                let test = field(node, "condition")
                    .and_then(|it| self.child(it, "pipeline"))
                    .map(|it| self.pipeline(it));
                let test = match has(node, "until") {
                    true => test.map(|it| Expression::new(line, Form::Not(it))),
                    false => test,
                };
                let runs_first = node.kind() == "do_statement";
                one(Act::Loop(Loop {
                    variable: None,
                    over: None,
                    test,
                    body: self.body(node),
                    runs_first,
                }))
            }
            "function_statement" => one(self.function(node)),
            "flow_control_statement" => one(self.flow(node)),
            "try_statement" => one(self.try_statement(node)),
            "pipeline" => one(Act::Run(self.pipeline(node))),
            _ => Vec::new(),
        }
    }

    fn foreach(&self, node: Node) -> Act {
        let variable = children(node).into_iter().find(|it| it.kind() == "variable");
        let name = variable.map(|it| self.name(it));
        let over = self.child(node, "pipeline").map(|it| self.pipeline(it));
        let mut body = self.body(node);
        // `foreach ($file in Get-ChildItem $data)`.
        if let (Some(name), Some(path)) = (&name, over.as_ref().and_then(listings::listed)) {
            for name in [name.clone(), format!("{name}.FullName")] {
                let set = Act::Set(name, Rc::clone(&path));
                body.insert(0, Statement { line: path.line, act: set });
            }
        }
        Act::Loop(Loop { variable: name, over, test: None, body, runs_first: false })
    }

    fn child<'t>(&self, node: Node<'t>, kind: &str) -> Option<Node<'t>> {
        children(node).into_iter().find(|it| it.kind() == kind)
    }

    fn body(&self, node: Node) -> Block {
        self.child(node, "statement_block").map(|it| self.block(it)).unwrap_or_default()
    }

    /// The parameters of a script: what whoever runs it says.
    fn parameters(&self, node: Node) -> Block {
        let mut all = Vec::new();
        for it in parameters_of(node) {
            let Some(name) = variable_of(self.reader, it) else { continue };
            let line = self.reader.line(it);
            let default = self.default_of(it);
            let is_flag = is_switch(self.reader, it) || self.text(it).contains("[bool]");
            if is_flag || default.is_some() {
                let given =
                    |name: Option<&str>, value| Argument { name: name.map(str::to_owned), value };
                let mut arguments = vec![given(None, Expression::text(line, name))];
                if is_flag {
                    let value = Expression::new(line, Form::Bool(true));
                    arguments.push(given(Some("is_flag"), value));
                }
                arguments.extend(default.map(|it| given(Some("default"), it)));
                let callee = Expression::new(line, Form::Name("option".to_owned()));
                let option = Form::Call(Call { callee, arguments, block: None });
                all.push(Statement { line, act: Act::Run(Expression::new(line, option)) });
            }
            let value = Expression::new(line, Form::Argument(name.to_owned()));
            all.extend(self.allowed(it, &value));
            all.push(Statement { line, act: Act::Set(name.to_lowercase(), value) });
        }
        all
    }

    /// What a parameter is where nobody says otherwise; nothing where it must be said: `$(throw "-Name is required")`.
    fn default_of(&self, parameter: Node) -> Option<Shared> {
        let default = self.child(parameter, "script_parameter_default")?;
        if self.text(default).to_lowercase().contains("throw") {
            return None;
        }
        children(default).first().map(|it| self.expression(*it))
    }

    /// What a parameter refuses by itself: all but the texts of `[ValidateSet('dev', 'test')]`.
    fn allowed(&self, node: Node, value: &Shared) -> Option<Statement> {
        let line = self.reader.line(node);
        let text = self.text(node);
        let at = text.to_lowercase().find("validateset(")?;
        // A default that is none of them is not looked at.
        let inner = text.get(at + "validateset(".len()..)?.split(')').next()?;
        let all = inner.split(',').map(|it| it.trim().trim_matches(['\'', '"']));
        let all = all.map(|it| Expression::text(line, it)).collect();
        let list = Expression::new(line, Form::List(all));
        let is_one = Form::Compare(Comparison::In, Rc::clone(value), list);
        let test = Expression::new(line, Form::Not(Expression::new(line, is_one)));
        let then = vec![Statement { line, act: Act::Throw(None) }];
        Some(Statement { line, act: Act::If { test, then, otherwise: Vec::new() } })
    }

    fn if_statement(&self, node: Node) -> Act {
        let mut otherwise = field(node, "else_clause").map(|it| self.body(it)).unwrap_or_default();
        let clauses = field(node, "elseif_clauses").map(children).unwrap_or_default();
        for clause in clauses.into_iter().rev() {
            let line = self.reader.line(clause);
            let act = Act::If { test: self.condition(clause), then: self.body(clause), otherwise };
            otherwise = vec![Statement { line, act }];
        }
        Act::If { test: self.condition(node), then: self.body(node), otherwise }
    }

    fn condition(&self, node: Node) -> Shared {
        match field(node, "condition") {
            Some(it) => self.pipeline(it),
            None => self.reader.expression(node, Form::Nothing),
        }
    }

    fn switch(&self, node: Node) -> Act {
        let subject =
            self.child(node, "switch_condition").and_then(|it| self.child(it, "pipeline"));
        let subject = subject
            .map_or_else(|| self.reader.expression(node, Form::Nothing), |it| self.pipeline(it));
        let clauses =
            self.child(node, "switch_body").and_then(|it| self.child(it, "switch_clauses"));
        let arms = clauses
            .map(children)
            .unwrap_or_default()
            .into_iter()
            .filter(|it| it.kind() == "switch_clause");
        let arms = arms.map(|it| {
            let condition = self.child(it, "switch_clause_condition");
            let text = condition.map(|it| self.text(it).trim()).unwrap_or_default();
            let patterns = match condition.and_then(|it| children(it).first().copied()) {
                _ if text.eq_ignore_ascii_case("default") => Vec::new(),
                Some(inner) => vec![self.expression(inner)],
                None => vec![Expression::text(self.reader.line(it), text)],
            };
            Arm { patterns, body: self.body(it), falls_through: false }
        });
        Act::Switch { subject, arms: arms.collect() }
    }

    fn flow(&self, node: Node) -> Act {
        let value = self.child(node, "pipeline").map(|it| self.pipeline(it));
        match self.text(node).to_lowercase() {
            it if it.starts_with("return") => Act::Return(value),
            it if it.starts_with("throw") => Act::Throw(value),
            it if it.starts_with("break") => Act::Break,
            it if it.starts_with("continue") => Act::Continue,
            _ => {
                let line = self.reader.line(node);
                let callee = Expression::new(line, Form::Name("exit".to_owned()));
                let code = value.map(|value| Argument { name: None, value });
                let arguments = code.into_iter().collect();
                let exit = Form::Call(Call { callee, arguments, block: None });
                Act::Run(Expression::new(line, exit))
            }
        }
    }

    fn try_statement(&self, node: Node) -> Act {
        let clauses = self.child(node, "catch_clauses").map(children).unwrap_or_default();
        Act::Try {
            body: self.body(node),
            handlers: clauses.into_iter().map(|it| self.body(it)).collect(),
            otherwise: Vec::new(),
            finally: self.child(node, "finally_clause").map(|it| self.body(it)).unwrap_or_default(),
        }
    }

    fn function(&self, node: Node) -> Act {
        let parameters = parameters_of(node).into_iter().filter_map(|it| {
            let name = variable_of(self.reader, it)?.to_lowercase();
            let default = match self.default_of(it) {
                Some(value) => Some(value),
                None => is_switch(self.reader, it)
                    .then(|| self.reader.expression(it, Form::Bool(false))),
            };
            Some(Parameter { name, default })
        });
        let mut parameters: Vec<Parameter> = parameters.collect();
        if rest_of(self.reader, node).is_some_and(|it| it == "args") {
            parameters.push(Parameter { name: "args".to_owned(), default: None });
        }
        let block = self.child(node, "script_block");
        let outer = self.asks.replace(
            block.is_some_and(|it| self.asks_by_itself(it))
                && !self.unasked.called.contains(&name_of(self.reader, node)),
        );
        let mut body = block.map(|it| self.inside(it)).unwrap_or_default();
        self.asks.set(outer);
        ended::with_written(&mut body);
        Act::Define(Rc::new(Function {
            name: name_of(self.reader, node),
            line: self.reader.line(node),
            parameters,
            body,
            yields_last: true,
            // Azure Automation runs the workflow of a file.
            called_by: is_workflow(self.reader.text(node)).then_some(Reach::Task),
            ..Function::default()
        }))
    }

    /// The statements of a block without its parameters: they are what its caller says.
    fn inside(&self, node: Node) -> Block {
        self.all_of(children(node).into_iter().filter(|it| it.kind() != "param_block").collect())
    }
}
