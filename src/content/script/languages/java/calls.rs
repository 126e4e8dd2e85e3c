//! Calls in Java: what they stand for in the common form.

use std::rc::Rc;

use tree_sitter::Node;

use super::File;
use super::classes::NEW;
use super::entries::{Owner, among};
use super::expressions::environment;
use crate::content::script::guards::called;
use crate::content::script::languages::text::percents;
use crate::content::script::syntax::{
    Act, Argument, Call, Expression, Form, Function, Shared, Statement,
};
use crate::content::script::tree::{children, field};

/// The argument that says what a method is called on: its name, and the type that it is declared with.
pub(in crate::content::script) const CALLED_ON: &str = "%on";

/// Methods for which it matters what they are called on.
const OF: &[&str] = &[
    "deleteAll",
    "deleteAllInBatch",
    "delete",
    "drop",
    "clean",
    "dropAll",
    "create",
    "flushAll",
    "flushDB",
    "flushDb",
    "flushdb",
    "flushall",
    "clear",
    "remove",
    "removeAll",
];

/// Methods that keep what they are given for later, or run it when somebody asks.
const LATER: &[&str] =
    &["get", "post", "put", "patch", "delete", "path", "route", "before", "after"];

/// Methods that give back what is typed next.
const TYPED: &[&str] = &[
    "next",
    "nextLine",
    "nextInt",
    "nextBoolean",
    "readLine",
    "readln",
    "read",
    "findWithinHorizon",
];

/// What an object of a class without a name is, where something runs it.
const RUN: &[&str] = &[
    "Runnable",
    "Callable",
    "Thread",
    "TimerTask",
    "CommandLineRunner",
    "ApplicationRunner",
    "FlywayMigrationStrategy",
    "TransactionCallbackWithoutResult",
    "FileVisitor",
];

/// The methods by which it is run.
const RUN_BY: &[&str] = &["run", "call", "migrate", "doInTransactionWithoutResult", "visitFile"];

impl File<'_, '_> {
    pub(super) fn call(&self, node: Node) -> Form {
        let line = self.reader.line(node);
        let name = self.word(node, "name");
        let on = self.word(node, "object");
        let mut values = field(node, "arguments").map(|it| self.all(it)).unwrap_or_default();
        if let Some(form) = self.said(line, on, name, &values) {
            return form;
        }
        if let Some(form) = self.asked(line, on, name, &values) {
            return form;
        }
        match name {
            "format" if on == "String" => {
                if let Some((first, rest)) = values.split_first() {
                    return Form::Text(percents(first, rest));
                }
            }
            "formatted" => return Form::Text(percents(&self.of(node, "object"), &values)),
            // `Paths.get("data", "app.db")`, `Path.of(...)`.
            "get" | "of" if matches!(on, "Paths" | "Path") => return path(line, &values),
            "resolve" if values.len() == 1 => {
                return path(line, &[self.of(node, "object"), Rc::clone(&values[0])]);
            }
            "toPath" | "toFile" | "toAbsolutePath" | "normalize" if values.is_empty() => {
                return Form::Either(vec![self.of(node, "object")]);
            }
            _ => {}
        }
        let is_for_later = name.ends_with("Listener")
            || name.starts_with("setOn")
            || name.ends_with("Handler")
            || LATER.contains(&name) && !on.ends_with("indices()");
        if is_for_later {
            values.retain(|it| !matches!(it.form, Form::Lambda(_)));
        }
        // `Optional.ofNullable(System.getenv("ENV")).orElse("dev")`.
        if let ("orElse", [default]) = (name, values.as_slice())
            && let Form::Call(of) = &self.of(node, "object").form
            && called(of).starts_with("Optional.")
            && let [given] = of.arguments.as_slice()
        {
            return Form::Any(vec![Rc::clone(&given.value), Rc::clone(default)]);
        }
        let n = values.len();
        let callee = match on {
            // A method of the file that removes a directory and all below it.
            _ if n == 1 && self.removers.contains(name) => {
                Form::Member(named(line, "FileUtils"), "deleteDirectory".to_owned())
            }
            "" | "this" => Form::Name(self.method(name, n)),
            _ => {
                let name = if self.is_own(on) { self.method(name, n) } else { name.to_owned() };
                Form::Member(self.of(node, "object"), name)
            }
        };
        let mut arguments: Vec<Argument> =
            values.into_iter().map(|value| Argument { name: None, value }).collect();
        let is_of_all = ["deleteAll", "removeAll", "clearAll", "wipeAll", "purgeAll", "truncate"]
            .iter()
            .any(|it| name.starts_with(it));
        if (OF.contains(&name) || is_of_all) && !on.is_empty() {
            arguments.extend(self.called_on(on, line));
            if name == "delete" {
                let value = self.of(node, "object");
                arguments.push(Argument { name: Some("path".to_owned()), value });
            }
        }
        Form::Call(Call { callee: Expression::new(line, callee), arguments, block: None })
    }

    /// Whether something is of a class of the file.
    fn is_own(&self, on: &str) -> bool {
        let kind = self.types.get(on).map_or(on, String::as_str);
        self.classes.contains(kind) || on.starts_with("new ")
    }

    /// What a method is called on, as an argument that is given by name.
    pub(super) fn called_on(&self, on: &str, line: u32) -> Vec<Argument> {
        let last = on.trim_start_matches("this.");
        let kind = self.types.get(last).map_or("", String::as_str);
        let value = Expression::text(line, format!("{last} {kind}"));
        vec![Argument { name: Some(CALLED_ON.to_owned()), value }]
    }

    /// What the environment, or whoever runs the program, says.
    fn said(&self, line: u32, on: &str, name: &str, values: &[Shared]) -> Option<Form> {
        let literal = values.first().and_then(|it| it.literal());
        let of = |it: Shared| Some(Form::Either(vec![it]));
        match name {
            "getActiveProfiles" => of(environment(line, "environment", None)),
            "acceptsProfiles" | "matchesProfiles" => {
                let names: Vec<String> = values.iter().flat_map(texts).collect();
                let (not, plain): (Vec<&str>, Vec<&str>) =
                    names.iter().map(String::as_str).partition(|it| it.starts_with('!'));
                match (not.as_slice(), plain.is_empty()) {
                    ([], false) => of(among(line, &plain)),
                    ([one], true) => Some(Form::Not(among(line, &[one.trim_start_matches('!')]))),
                    _ => None,
                }
            }
            "getenv" => of(environment(line, &literal?, None)),
            "getOrDefault" if on.ends_with("getenv()") => {
                of(environment(line, &literal?, values.get(1).map(Rc::clone)))
            }
            "get" if on.ends_with("getenv()") => of(environment(line, &literal?, None)),
            "getProperty" => {
                let name = literal?;
                if on == "System" && !name.contains("profile") && values.len() < 2 {
                    return Some(Form::Argument(name.replace('.', "_")));
                }
                // What type it has stands before what it is where nobody says it.
                of(environment(
                    line,
                    &name,
                    values.get(1..).and_then(|it| it.last()).map(Rc::clone),
                ))
            }
            "getBoolean" if on == "Boolean" => Some(Form::Argument(literal?.replace('.', "_"))),
            "containsOption" | "hasOption" | "getOptionValue" | "getOptionValues" => {
                Some(Form::Argument(literal?.trim_start_matches('-').to_owned()))
            }
            _ => None,
        }
    }

    /// What somebody types.
    fn asked(&self, line: u32, on: &str, name: &str, values: &[Shared]) -> Option<Form> {
        let ask = |name: &str| {
            let callee = Expression::new(line, Form::Name(name.to_owned()));
            Some(Form::Call(Call { callee, arguments: Vec::new(), block: None }))
        };
        match name {
            "showConfirmDialog" => ask("confirm"),
            "showInputDialog" | "showAndWait" => ask("readline"),
            _ if self.is_asking && TYPED.contains(&name) && values.len() < 3 => {
                let kind = self.types.get(on).map_or("", String::as_str);
                let is_typed =
                    matches!(kind, "Scanner" | "Console" | "BufferedReader" | "LineReader")
                        || ["console()", "System.in"].iter().any(|it| on.contains(it))
                        || matches!(
                            on,
                            "IO" | "in"
                                | "sc"
                                | "scan"
                                | "input"
                                | "keyboard"
                                | "scanner"
                                | "console"
                        );
                if is_typed { ask("readline") } else { None }
            }
            _ => None,
        }
    }

    /// `new Wipe(args)`, `new File("app.db")`, `new Thread(() -> ...)`.
    pub(super) fn creation(&self, node: Node) -> Form {
        let line = self.reader.line(node);
        let kind = self.word(node, "type");
        let kind = kind.split('<').next().unwrap_or_default();
        let mut values = field(node, "arguments").map(|it| self.all(it)).unwrap_or_default();
        if matches!(kind, "File" | "Path" | "FileSystemResource") {
            return path(line, &values);
        }
        if let Some(body) = children(node).into_iter().find(|it| it.kind() == "class_body") {
            values.extend(self.nameless(kind, body));
        }
        let name = if kind == "ProcessBuilder" { "exec.Command" } else { kind };
        let arguments: Vec<Argument> =
            values.into_iter().map(|value| Argument { name: None, value }).collect();
        if self.made.contains(kind) {
            let maker = Form::Member(named(line, kind), format!("{NEW}{kind}"));
            let callee = Expression::new(line, maker);
            let call = Call { callee, arguments: arguments.clone(), block: None };
            let act = Act::Run(Expression::new(line, Form::Call(call)));
            self.before.borrow_mut().push(Statement { line, act });
        }
        let callee = match name.split_once('.') {
            Some((on, name)) => {
                Expression::new(line, Form::Member(named(line, on), name.to_owned()))
            }
            None => named(line, name),
        };
        Form::Call(Call { callee, arguments, block: None })
    }

    /// What runs of a class without a name, as functions that are handed over.
    fn nameless(&self, kind: &str, body: Node) -> Vec<Shared> {
        if !RUN.iter().any(|it| kind.ends_with(it)) {
            return Vec::new();
        }
        let members = self.members(body, &Owner::default());
        let functions = members.into_iter().filter_map(|it| match it.act {
            Act::Define(function) if RUN_BY.contains(&function.name.as_str()) => {
                let body = function.body.clone();
                let function = Function { line: it.line, body, ..Function::default() };
                Some(Expression::new(it.line, Form::Lambda(Rc::new(function))))
            }
            _ => None,
        });
        functions.collect()
    }
}

fn named(line: u32, name: &str) -> Shared {
    Expression::new(line, Form::Name(name.to_owned()))
}

/// Pieces of a path, one below the other.
fn path(line: u32, values: &[Shared]) -> Form {
    if let [one] = values {
        return Form::Either(vec![Rc::clone(one)]);
    }
    let between = |it: &Shared| vec![Expression::text(line, "/"), Rc::clone(it)];
    Form::Join(values.iter().flat_map(between).skip(1).collect())
}

/// The texts that are given, or stand in a call: `Profiles.of("dev")`.
fn texts(of: &Shared) -> Vec<String> {
    match &of.form {
        Form::Call(call) => call.arguments.iter().flat_map(|it| texts(&it.value)).collect(),
        Form::List(all) => all.iter().flat_map(texts).collect(),
        _ => of.literal().into_iter().collect(),
    }
}
