//! Go.

mod calls;
mod expressions;
mod functions;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use tree_sitter::Node;

use super::{Reader, declared};
use crate::content::script::modules::imported;
use crate::content::script::parts;
use crate::content::script::syntax::{
    Act, Arm, Block, Class, Expression, Form, Loop, Shared, Statement,
};
use crate::content::script::tree::{children, field, fields};

/// A file as it is read.
struct File<'r, 'a> {
    reader: &'r Reader<'a>,
    /// The structures of the file, with the names of their fields.
    types: HashMap<String, Vec<String>>,
    /// Functions and methods that commands of the program name.
    tasks: HashSet<String>,
    /// Variables that flags of the command line set.
    flags: RefCell<Block>,
    /// What settings are where nobody says: `viper.SetDefault("env", "dev")`.
    defaults: RefCell<HashMap<String, Shared>>,
    /// Functions that stand in the descriptions of commands.
    commands: RefCell<Block>,
    /// What methods call the value that they are called on, the innermost last.
    receivers: RefCell<Vec<String>>,
    /// What names of the function at hand stand for where that is an object of a type of the file.
    objects: RefCell<Block>,
    /// What the file calls questions that are of yes or no.
    confirms: HashSet<&'a str>,
    /// How often a name stands in the file.
    mentioned: HashMap<&'a str, usize>,
    /// Those of the packages that run functions by their names which the file speaks of.
    packages: Vec<&'static str>,
    has_main: bool,
    /// It reads what is typed.
    is_asking: bool,
}

/// Packages that run functions by their names, or make commands of them.
const PACKAGES: &[&str] = &["spf13/cobra", "alecthomas/kong", "jessevdk/go-flags"];

/// Fields of the description of a command that name what it runs.
const RUNS: &[&str] = &["Run", "RunE", "Action", "Exec", "RunFunc"];

/// The statements of a file.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    let file = File {
        reader,
        types: HashMap::new(),
        tasks: HashSet::new(),
        flags: RefCell::default(),
        defaults: RefCell::default(),
        commands: RefCell::default(),
        receivers: RefCell::default(),
        objects: RefCell::default(),
        confirms: HashSet::new(),
        mentioned: HashMap::new(),
        packages: PACKAGES.iter().copied().filter(|it| reader.source.text.contains(it)).collect(),
        has_main: reader.source.text.contains("func main()"),
        is_asking: reader.source.text.contains("os.Stdin"),
    };
    let file = file.surveyed(root);
    let mut body = file.block(root);
    let mut all = file.flags.take();
    all.append(&mut body);
    all.append(&mut file.commands.take());
    all
}

impl<'a> File<'_, 'a> {
    fn text(&self, node: Node) -> &'a str {
        self.reader.text(node)
    }

    /// Looks up what the file declares before it is read.
    fn surveyed(mut self, root: Node) -> Self {
        // Every public function of a file of Mage is a target.
        let text = self.reader.source.text;
        let is_of_mage = text.contains("magefile/mage") || text.contains("//go:build mage");
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            match node.kind() {
                "type_spec" => {
                    let of = field(node, "type").filter(|it| it.kind() == "struct_type");
                    let fields = of.map(|it| self.fields_of(it));
                    let name = field(node, "name").map(|it| self.text(it).to_owned());
                    self.types.extend(name.zip(fields));
                }
                "keyed_element" => {
                    let parts = children(node);
                    let key = parts.first().map(|it| self.text(*it)).unwrap_or_default();
                    let value = parts.last().and_then(|it| children(*it).first().copied());
                    if RUNS.contains(&key)
                        && let Some(value) = value
                        && matches!(value.kind(), "identifier" | "selector_expression")
                    {
                        let name = self.text(value).rsplit('.').next().unwrap_or_default();
                        self.tasks.insert(name.to_owned());
                    }
                }
                "function_declaration" | "method_declaration" => {
                    if let Some(receiver) = self.receiver(node) {
                        self.types.entry(receiver.to_owned()).or_default();
                    }
                    let name = field(node, "name").map(|it| self.text(it).to_owned());
                    let name = name.filter(|it| it.starts_with(|c: char| c.is_uppercase()));
                    self.tasks.extend(name.filter(|_| is_of_mage));
                }
                "assignment_statement" => {
                    self.tasks.extend(self.assigned_task(node));
                    self.confirms.extend(self.made_confirm(node));
                }
                "short_var_declaration" => self.confirms.extend(self.made_confirm(node)),
                "identifier" => *self.mentioned.entry(self.text(node)).or_default() += 1,
                "call_expression" => self.flag_variable(node),
                "composite_literal" => self.flag_field(node),
                _ => {}
            }
            open.extend(children(node));
        }
        self
    }

    /// `flag.BoolVar(&force, "force", false, "...")`.
    fn flag_variable(&self, node: Node) {
        let name = field(node, "function").map(|it| self.text(it)).unwrap_or_default();
        let last = name.rsplit('.').next().unwrap_or_default();
        let arguments = field(node, "arguments").map(children).unwrap_or_default();
        if name == "viper.SetDefault"
            && let [name, value] = arguments.as_slice()
            && let Some(name) = self.expression(*name).literal()
        {
            let value = self.expression(*value);
            self.declares(self.reader.line(node), &name, Rc::clone(&value));
            self.defaults.borrow_mut().insert(name, value);
        }
        if !(last.ends_with("Var") || last.ends_with("VarP")) || last.len() > 16 {
            return;
        }
        let (Some(variable), Some(flag)) = (arguments.first(), arguments.get(1)) else { return };
        let variable = self.text(*variable).trim_start_matches('&');
        let Some(flag) = self.expression(*flag).literal() else { return };
        // Behind the name stands a letter first, where there is one.
        let default = arguments.get(if last.ends_with('P') { 3 } else { 2 });
        let line = self.reader.line(node);
        if let Some(default) = default {
            self.declares(line, &flag, self.expression(*default));
        }
        let mut flags = self.flags.borrow_mut();
        let value = Expression::new(line, Form::Argument(flag));
        let name = variable.rsplit_once('.').map_or(variable, |_| variable);
        flags.push(Statement { line, act: Act::Set(name.to_owned(), value) });
    }

    /// Keeps that a flag is declared, and what it is where nobody gives it.
    fn declares(&self, line: u32, flag: &str, default: Shared) {
        let act = Act::Run(declared(line, flag, default));
        self.flags.borrow_mut().push(Statement { line, act });
    }

    /// `&cli.BoolFlag{Name: "force", Value: true}`.
    fn flag_field(&self, node: Node) {
        let kind = field(node, "type").map(|it| self.text(it)).unwrap_or_default();
        if !(kind.ends_with("BoolFlag") || kind.ends_with("StringFlag")) {
            return;
        }
        let fields = self.expression(node);
        let name = parts::field(&fields, "Name").and_then(|it| it.literal());
        let value = parts::field(&fields, "Value");
        let default = value.or_else(|| {
            let is_switch = kind.ends_with("BoolFlag");
            is_switch.then(|| Expression::new(fields.line, Form::Bool(false)))
        });
        if let (Some(name), Some(default)) = (name, default) {
            self.declares(fields.line, &name, default);
        }
    }

    fn block(&self, node: Node) -> Block {
        self.reader
            .deeper(|| children(node).into_iter().flat_map(|it| self.statement(it)).collect())
            .unwrap_or_default()
    }

    fn body(&self, node: Node, name: &str) -> Block {
        field(node, name).map(|it| self.block(it)).unwrap_or_default()
    }

    fn statement(&self, node: Node) -> Block {
        let line = self.reader.line(node);
        let one = |act| vec![Statement { line, act }];
        let run = |it: Node| vec![Statement { line, act: Act::Run(self.expression(it)) }];
        match node.kind() {
            "statement_list" | "block" | "ERROR" | "var_spec_list" => self.block(node),
            "expression_statement" => children(node).first().map(|it| run(*it)).unwrap_or_default(),
            // It runs beside what follows, or after it, and may end neither.
            "go_statement" | "defer_statement" => {
                let then = children(node).first().map(|it| run(*it)).unwrap_or_default();
                let test = Expression::new(line, Form::Other(Vec::new()));
                one(Act::If { test, then, otherwise: Vec::new() })
            }
            "var_declaration" | "const_declaration" => self.block(node),
            "var_spec" | "const_spec" => {
                let names = fields(node, "name").into_iter().filter(|it| it.is_named()).collect();
                match field(node, "value") {
                    Some(value) => self.assigned(names, Some(value)),
                    None => self.declared(node, names),
                }
            }
            "import_declaration" | "import_spec_list" => self.block(node),
            "import_spec" => self.import(node).into_iter().collect(),
            "short_var_declaration" | "assignment_statement" => self.assignment(node),
            // `objects <- object`: whoever reads from it gets that.
            "send_statement" => match field(node, "channel") {
                Some(it) => {
                    let all = Form::List(vec![self.of(node, "value")]);
                    one(Act::Set(self.target(it), Expression::new(line, all)))
                }
                None => Vec::new(),
            },
            "if_statement" => {
                let mut all =
                    field(node, "initializer").map(|it| self.statement(it)).unwrap_or_default();
                let test = self.of(node, "condition");
                let then = self.body(node, "consequence");
                let otherwise =
                    field(node, "alternative").map(|it| self.statement(it)).unwrap_or_default();
                all.push(Statement { line, act: Act::If { test, then, otherwise } });
                one(Act::Block(all))
            }
            "expression_switch_statement" | "type_switch_statement" | "select_statement" => {
                self.switch(node)
            }
            "for_statement" => one(Act::Loop(self.repeat(node))),
            "return_statement" => one(Act::Return(self.returned(node))),
            "break_statement" => one(Act::Break),
            "continue_statement" => one(Act::Continue),
            "labeled_statement" => {
                children(node).last().map(|it| self.statement(*it)).unwrap_or_default()
            }
            "function_declaration" | "method_declaration" => one(self.function(node)),
            "type_declaration" => children(node)
                .into_iter()
                .filter_map(|it| field(it, "name"))
                .map(|it| self.text(it).to_owned())
                .filter(|it| self.types.contains_key(it))
                .map(|name| Statement {
                    line,
                    act: Act::Class(Rc::new(Class { name, base: None, body: Vec::new() })),
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Says of the name of a package where it is from.
    fn import(&self, node: Node) -> Option<Statement> {
        let path = self.text(field(node, "path")?).trim_matches(['"', '`']);
        // `github.com/acme/client-go/v2` is called `client`.
        let is_version = |it: &&str| {
            it.strip_prefix('v').is_some_and(|it| it.chars().all(|it| it.is_ascii_digit()))
        };
        let last = path.rsplit('/').find(|it| !is_version(it))?;
        let plain = last.split(['.', '-']).find(|it| *it != "go").unwrap_or(last);
        let name = field(node, "name").map_or(plain, |it| self.text(it));
        Some(imported(self.reader.line(node), name, path))
    }

    fn assignment(&self, node: Node) -> Block {
        let names = field(node, "left").map(children).unwrap_or_default();
        self.task_of(node).into_iter().for_each(|it| self.task(it, Block::new()));
        let operator = field(node, "operator").map(|it| self.text(it)).unwrap_or_default();
        if operator == "+="
            && let (Some(left), Some(right)) = (names.first(), field(node, "right"))
        {
            let line = self.reader.line(node);
            let value = Expression::new(
                line,
                Form::Join(vec![self.expression(*left), self.expression(right)]),
            );
            return vec![Statement { line, act: Act::Set(self.target(*left), value) }];
        }
        self.assigned(names, field(node, "right"))
    }

    /// What names stand for; where one call gives back several values, the first is its value.
    fn assigned(&self, names: Vec<Node>, values: Option<Node>) -> Block {
        let Some(values) = values else { return Vec::new() };
        let values =
            if values.kind() == "expression_list" { children(values) } else { vec![values] };
        let is_one = values.len() == 1 && names.len() > 1;
        let mut all = Vec::new();
        for (n, name) in names.iter().enumerate() {
            let line = self.reader.line(*name);
            let name = self.target(*name);
            let value = match values.get(n) {
                Some(value) => self.expression(*value),
                // What was asked for with `IsConfirm` fails where it is declined.
                None if is_one && self.asks_by_prompt(values[0]) => self.confirmed(values[0]),
                None => Expression::new(line, Form::Other(Vec::new())),
            };
            let is_object = self.is_object(&value);
            let act = if name == "_" { Act::Run(value) } else { Act::Set(name, value) };
            if is_object {
                self.objects.borrow_mut().push(Statement { line, act: act.clone() });
            }
            all.push(Statement { line, act });
        }
        all
    }

    /// What is set, as a name or a way to a field.
    fn target(&self, node: Node) -> String {
        let text = self.text(node).trim_start_matches(['&', '*']);
        match text.split_once('.') {
            Some((on, rest)) if self.receivers.borrow().last().is_some_and(|it| it == on) => {
                format!("self.{rest}")
            }
            _ => text.to_owned(),
        }
    }

    fn returned(&self, node: Node) -> Option<Shared> {
        let values = children(node).first().copied()?;
        let values =
            if values.kind() == "expression_list" { children(values) } else { vec![values] };
        // `return false, err`: the first says how it went, but for a value that is nothing.
        let last = values.last().copied()?;
        let first = values.first().copied()?;
        let is_nothing = values.len() > 1
            && matches!(first.kind(), "nil" | "interpreted_string_literal" | "int_literal");
        let value = if is_nothing { last } else { first };
        let name = self.text(value).rsplit('.').next().unwrap_or_default();
        let is_fault = !self.text(value).contains('(')
            && (name.starts_with("Err") || name.starts_with("err") && name.len() > 3);
        Some(if is_fault || self.is_passed_on(node, self.text(value)) {
            self.reader.expression(value, Form::Bool(true))
        } else {
            self.expression(value)
        })
    }

    fn switch(&self, node: Node) -> Block {
        let line = self.reader.line(node);
        let mut all = field(node, "initializer").map(|it| self.statement(it)).unwrap_or_default();
        let cases: Vec<Node> =
            children(node).into_iter().filter(|it| it.kind().ends_with("_case")).collect();
        let of_case = |it: Node| -> Block {
            let list = children(it).into_iter().filter(|it| it.kind() == "statement_list");
            list.flat_map(|it| self.block(it)).collect()
        };
        let values = |it: Node| -> Vec<Shared> {
            let list = field(it, "value").map(children).unwrap_or_default();
            list.into_iter().map(|it| self.expression(it)).collect()
        };
        let subject = field(node, "value").filter(|_| node.kind() == "expression_switch_statement");
        if let Some(subject) = subject {
            let arms = cases.into_iter().map(|it| Arm {
                patterns: values(it),
                body: of_case(it),
                falls_through: self.text(it).trim_end().ends_with("fallthrough"),
            });
            let act = Act::Switch { subject: self.expression(subject), arms: arms.collect() };
            all.push(Statement { line, act });
            return all;
        }
        // Conditions one after the other, or ways of which nothing is known.
        let mut otherwise = Vec::new();
        for case in cases.into_iter().rev() {
            if case.kind() == "default_case" {
                otherwise = of_case(case);
                continue;
            }
            let line = self.reader.line(case);
            let tests = if node.kind() == "expression_switch_statement" {
                values(case)
            } else {
                Vec::new()
            };
            let form = if tests.is_empty() { Form::Other(Vec::new()) } else { Form::Any(tests) };
            let act = Act::If { test: Expression::new(line, form), then: of_case(case), otherwise };
            otherwise = vec![Statement { line, act }];
        }
        all.append(&mut otherwise);
        // A `break` leaves it.
        let body = Act::Switch {
            subject: self.reader.expression(node, Form::Nothing),
            arms: vec![Arm { patterns: Vec::new(), body: all, falls_through: false }],
        };
        vec![Statement { line, act: body }]
    }

    fn repeat(&self, node: Node) -> Loop {
        let line = self.reader.line(node);
        let body = self.body(node, "body");
        let head = children(node).into_iter().find(|it| it.kind() != "block");
        let opaque = || Some(Expression::new(line, Form::Other(Vec::new())));
        match head {
            Some(range) if range.kind() == "range_clause" => {
                let names = field(range, "left").map(children).unwrap_or_default();
                let variable =
                    names.last().map(|it| self.text(*it).to_owned()).filter(|it| it != "_");
                let over = field(range, "right").map(|it| self.expression(it));
                Loop { variable, over, test: None, body, runs_first: false }
            }
            Some(clause) if clause.kind() == "for_clause" => {
                Loop { variable: None, over: opaque(), test: None, body, runs_first: false }
            }
            Some(test) => Loop {
                variable: None,
                over: None,
                test: Some(self.expression(test)),
                body,
                runs_first: false,
            },
            None => Loop {
                variable: None,
                over: None,
                test: Some(Expression::new(line, Form::Bool(true))),
                body,
                runs_first: false,
            },
        }
    }
}
