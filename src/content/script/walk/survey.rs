//! What a program defines, looked up before it is gone through: functions, classes, and the flags that it takes.

use std::collections::HashSet;
use std::rc::Rc;

use super::Walk;
use super::functions::Functions;
use super::memory::Connections;
use crate::content::script::guards::{Flag, Flags, called, is_true};
use crate::content::script::syntax::{
    Act, Block, Call, Expression, Form, Function, Parameter, Program, Shared, has_one,
};
use crate::content::script::words;

/// What a program defines.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) functions: Functions,
    pub(super) classes: HashSet<String>,
    pub(super) flags: Flags,
    pub(super) connections: Connections,
    /// The functions that something outside of the file calls, in their order.
    pub(super) entries: Vec<Rc<Function>>,
    /// The classes around what is looked at, the innermost last.
    within: Vec<String>,
}

/// The deepest that expressions are looked into.
const DEPTH: usize = 100;

/// What this program defines.
pub(super) fn of(program: &Program) -> Survey {
    let mut survey = Survey::default();
    survey.block(&program.body);
    survey
}

/// What was known before a text within the file was gone through.
pub(super) struct Outer {
    functions: Functions,
    classes: HashSet<String>,
    flags: Flags,
    connections: Connections,
}

impl Walk {
    /// Goes by what a text within the file defines, beside what is around it or in its place; [`Walk::restore`] is owed.
    pub(super) fn defines(&mut self, program: &Program, is_within: bool) -> Outer {
        let own = of(program);
        let outer = Outer {
            functions: std::mem::take(&mut self.functions),
            classes: std::mem::take(&mut self.classes),
            flags: std::mem::take(&mut self.flags),
            connections: std::mem::replace(&mut self.connections, own.connections),
        };
        if is_within {
            self.functions.clone_from(&outer.functions);
            self.classes.clone_from(&outer.classes);
            self.flags.clone_from(&outer.flags);
        }
        self.functions.extend(own.functions);
        self.classes.extend(own.classes);
        self.flags.extend(own.flags);
        outer
    }

    /// Goes by what is around a text again.
    pub(super) fn restore(&mut self, outer: Outer) {
        self.functions = outer.functions;
        self.classes = outer.classes;
        self.flags = outer.flags;
        self.connections = outer.connections;
    }
}

impl Survey {
    fn block(&mut self, block: &Block) {
        for statement in block {
            match &statement.act {
                Act::Run(it) => self.expression(it, 0),
                Act::Set(name, it) => {
                    super::flags::in_signature(name, it, &mut self.flags);
                    self.connections.sets(name, Some(it));
                    self.expression(it, 0);
                }
                Act::If { test, then, otherwise } => {
                    self.expression(test, 0);
                    let outer = (self.connections.is_on_a_way, self.connections.is_chosen);
                    self.connections.is_on_a_way = true;
                    self.connections.is_chosen |= is_from_outside(test);
                    self.block(then);
                    self.block(otherwise);
                    (self.connections.is_on_a_way, self.connections.is_chosen) = outer;
                }
                Act::Switch { arms, .. } => arms.iter().for_each(|it| self.block(&it.body)),
                Act::Loop(it) => {
                    it.variable.iter().for_each(|name| self.connections.sets(name, None));
                    self.block(&it.body);
                }
                Act::Try { body, handlers, otherwise, finally } => {
                    self.block(body);
                    handlers.iter().for_each(|it| self.block(it));
                    self.block(otherwise);
                    self.block(finally);
                }
                Act::Return(Some(it)) | Act::Throw(Some(it)) => self.expression(it, 0),
                Act::Define(function) => self.function(function),
                Act::Class(class) => {
                    self.classes.insert(class.name.clone());
                    if let Some(base) = &class.base {
                        self.functions.comes_from(&class.name, base);
                    }
                    self.within.push(class.name.clone());
                    self.block(&class.body);
                    self.within.pop();
                }
                Act::Block(block) => self.block(block),
                Act::Return(None)
                | Act::Throw(None)
                | Act::Break
                | Act::Continue
                | Act::Cut
                | Act::Worded(_) => {}
            }
            // `const main = async () => { ... }`.
            if let Act::Set(name, value) = &statement.act
                && let Form::Lambda(function) = &value.form
            {
                let class = self.within.last().map(String::as_str);
                self.functions.add(name, class, function);
            }
        }
    }

    fn function(&mut self, function: &Rc<Function>) {
        if function.called_by.is_some() {
            self.entries.push(Rc::clone(function));
        }
        for parameter in &function.parameters {
            self.connections.sets(&parameter.name, None);
            self.parameter(parameter, function.called_by.is_some());
        }
        let class = self.within.last().map(String::as_str);
        self.functions.add(&function.name, class, function);
        // What is defined within a method is no method.
        let within = std::mem::take(&mut self.within);
        self.block(&function.body);
        self.within = within;
    }

    /// What a parameter is where nobody says otherwise: `def wipe(force: bool = typer.Option(True))`, `def wipe(env: str = "dev")` of a
    /// command.
    fn parameter(&mut self, parameter: &Parameter, is_of_command: bool) {
        let Some(default) = &parameter.default else { return };
        let given = match &default.form {
            Form::Call(call) if ["Option", "Argument"].contains(&last_of(&called(call))) => {
                call.arguments.first().map(|it| &it.value)
            }
            _ => Some(default).filter(|_| is_of_command),
        };
        let Some(given) = given else { return };
        // `def create_app(testing=False)`: whoever calls it says so.
        if matches!(given.form, Form::Bool(false)) {
            self.flags.entry(parameter.name.clone()).or_default().is_switch = true;
        }
        let on = matches!(given.form, Form::Bool(true)).then_some(true);
        let text = if on.is_some() { None } else { given.literal() };
        if on.is_some() || text.is_some() {
            let flag = self.flags.entry(parameter.name.clone()).or_default();
            (flag.default, flag.text) = (on, text);
        }
    }

    /// `typer.run(main)`: the parameters of that function are flags.
    fn makes_command(&mut self, call: &Call) {
        let first = call.arguments.first().filter(|_| makes_command(&called(call)));
        let Some(Form::Name(name)) = first.map(|it| &it.value.form) else { return };
        let Some(function) = self.functions.get(name).map(Rc::clone) else { return };
        function.parameters.iter().for_each(|it| self.parameter(it, true));
    }

    fn expression(&mut self, of: &Shared, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match &of.form {
            Form::Lambda(function) => {
                for it in &function.parameters {
                    self.connections.sets(&it.name, None);
                }
                self.block(&function.body);
            }
            Form::Set(name, value) => self.connections.sets(name, Some(value)),
            // That an argument by its number is looked at at all.
            Form::Argument(n) if n.parse::<u8>().is_ok() => {
                self.flags.entry(n.clone()).or_default();
            }
            Form::Group(block) | Form::Subshell(block) => self.block(block),
            Form::Map(pairs) => {
                for (key, value) in pairs {
                    if let (Some(name), Form::Lambda(function)) = (key.literal(), &value.form) {
                        self.functions.add_field(&name, function);
                    }
                }
            }
            Form::Call(call) => {
                self.flag(call);
                self.makes_command(call);
                self.connections.opens(of, call);
                super::flags::set_by(call, &mut self.flags);
                if let Some(block) = &call.block {
                    self.task(block);
                }
            }
            _ => {}
        }
        for it in of.children() {
            self.expression(it, depth + 1);
        }
    }

    fn task(&mut self, block: &Rc<Function>) {
        match block.called_by {
            Some(_) => self.function(block),
            None => self.block(&block.body),
        }
    }

    /// A flag that is declared: `add_argument("--yes", action="store_true")`, `click.option("--yes", is_flag=True)`.
    fn flag(&mut self, call: &Call) {
        let name = called(call);
        let last = name.rsplit('.').next().unwrap_or_default();
        if !matches!(
            last,
            "add_argument"
                | "option"
                | "add_option"
                | "make_option"
                | "Option"
                | "addOption"
                | "requiredOption"
                | "method_option"
                | "class_option"
        ) {
            return;
        }
        let names = call
            .arguments
            .iter()
            .filter(|it| it.name.is_none())
            .filter_map(|it| it.value.literal());
        let named = |name: &str| named(call, name);
        let field = |name: &str| in_options(call, name);
        let action = named("action").and_then(|it| it.literal()).unwrap_or_default();
        let is_by_place = call.arguments.iter().all(|it| it.name.is_none());
        let given = default_of(call, &name);
        let text = given.and_then(|it| it.literal());
        let given = given.and_then(|it| is_true(it));
        // `requiredOption('--yes-really')` of commander, `{ demandOption: true }` of yargs.
        let is_demanded = last == "requiredOption";
        let is_switch = action.starts_with("store_true")
            || action.starts_with("store_false")
            || action.contains("Boolean")
            || named("is_flag").is_some()
            || field("type").and_then(|it| it.literal()).is_some_and(|it| it == "boolean")
            || is_demanded && !names.clone().any(|it| it.contains('<') || it.contains('['));
        let any_text_is_true =
            named("type").is_some_and(|it| matches!(&it.form, Form::Name(name) if name == "bool"));
        let by_action = match action.as_str() {
            "store_true" => Some(false),
            "store_false" => Some(true),
            _ => None,
        };
        let required = named("required").or_else(|| field("demandOption"));
        let is_required = is_demanded || required.and_then(|it| is_true(it)) == Some(true);
        let default = given.or(by_action);
        let flag = Flag { is_switch, default, any_text_is_true, text, is_required };
        // Behind the first stands what it is for.
        for name in names.take(if is_by_place { 1 } else { usize::MAX }) {
            for it in names_of_flag(&name) {
                self.declares(it, flag.clone());
            }
            // `--no-confirm` of commander: it is on unless that is given.
            let negated = name.split([' ', ',']).find_map(|it| it.strip_prefix("--no-"));
            if let Some(negated) = negated.filter(|_| is_by_place && given.is_none()) {
                for it in names_of_flag(negated) {
                    self.flags.entry(it).or_default().default = Some(true);
                }
            }
        }
        if let Some(name) = named("dest").or_else(|| field("alias")).and_then(|it| it.literal()) {
            self.declares(name, flag);
        }
    }

    /// Keeps a flag; what was set before for where nobody gives it stays, where its declaration says nothing of that.
    fn declares(&mut self, name: String, flag: Flag) {
        let known = self.flags.remove(&name).unwrap_or_default();
        let (default, text) = (flag.default.or(known.default), flag.text.clone().or(known.text));
        self.flags.insert(name, Flag { default, text, ..flag });
    }
}

/// Whether what is called so makes a command of a function, with its parameters for flags.
pub(super) fn makes_command(name: &str) -> bool {
    matches!(name, "typer.run" | "fire.Fire" | "Fire" | "tyro.cli" | "defopt.run" | "plac.call")
}

/// The argument of this name.
fn named<'a>(call: &'a Call, name: &str) -> Option<&'a Shared> {
    call.arguments.iter().find(|it| it.name.as_deref() == Some(name)).map(|it| &it.value)
}

/// A field of the options that a declaration is given: `.option('yes', { type: 'boolean', default: false })`.
fn in_options<'a>(call: &'a Call, name: &str) -> Option<&'a Shared> {
    call.arguments.iter().find_map(|it| match &it.value.form {
        Form::Map(pairs) => {
            let found = pairs.iter().find(|(key, _)| key.literal().as_deref() == Some(name));
            found.map(|(_, value)| value)
        }
        _ => None,
    })
}

/// What a declaration says that a flag is where nobody gives it. By its place it stands last, behind what the flag is for and maybe a
/// function that reads it: `.option('--yes', 'what it does', false)`, `addOption('force', null, InputOption::VALUE_OPTIONAL, '', true)`.
fn default_of<'a>(call: &'a Call, name: &str) -> Option<&'a Shared> {
    let is_by_place = call.arguments.iter().all(|it| it.name.is_none());
    let before = if name.ends_with("addOption") { 4 } else { 2 };
    let last = call.arguments.iter().skip(before).next_back().map(|it| &it.value);
    let told = named(call, "default").or_else(|| in_options(call, "default"));
    told.or(last.filter(|_| is_by_place))
}

/// Whether a condition looks at what whoever runs the script says.
fn is_from_outside(test: &Expression) -> bool {
    has_one(vec![test], 100, |it| match &it.form {
        Form::Environment(..) | Form::Argument(_) => true,
        Form::Name(name) | Form::Member(_, name) => words::is_environment(name) || name == "argv",
        _ => false,
    })
}

/// The names that a flag has where it is looked at: of `--dry-run/--no-dry-run` of click, `-y, --yes <word>` of commander.
pub(super) fn names_of_flag(told: &str) -> [String; 2] {
    let mut all = told.split(['/', ' ', ',', '|']).filter(|it| !it.is_empty());
    let first = all.clone().next().unwrap_or_default();
    let name = all.find(|it| it.starts_with("--")).unwrap_or(first).trim_start_matches('-');
    [name.replace('-', "_"), camel(name)]
}

fn last_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// `dry-run` as `dryRun`.
fn camel(name: &str) -> String {
    let mut parts = name.split('-');
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut chars = part.chars();
        all.extend(chars.next().map(|it| it.to_ascii_uppercase()));
        all.push_str(chars.as_str());
    }
    all
}
