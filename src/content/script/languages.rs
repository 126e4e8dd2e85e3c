//! Each language brought into the one form of [`super::syntax`], by its grammar.

mod go;
mod java;
mod javascript;
mod php;
mod powershell;
mod python;
mod ruby;
mod shell;
pub(super) mod text;

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

use tree_sitter::Node;

use super::Language;
use super::model::Reach;
use super::syntax::{
    Act, Argument, Block, Call, Expression, Form, Function, Program, Shared, Statement,
};
use super::tree::worded::Worded;
use super::tree::{DEPTH, Origin, Source};
use super::{with_stack, words};

pub(super) use java::CALLED_ON;
pub(super) use shell::{compare, unary};
pub(super) use text::unescaped;

/// Reads a tree, no deeper than [`DEPTH`].
pub(super) struct Reader<'a> {
    source: Source<'a>,
    depth: Cell<usize>,
    /// Something lay deeper than is read.
    is_cut: Cell<bool>,
    /// The words of its statements.
    worded: RefCell<Worded>,
    /// The names before a parenthesis, once they were asked for: those of functions of the shell, or what Python calls, are among them.
    called: OnceCell<HashSet<String>>,
    /// It has a function of its own that asks for the environment, once that was asked.
    own_env: OnceCell<bool>,
}

/// How such functions are defined in Python and JavaScript.
const OWN_ENV: &[&str] = &[
    "def env(",
    "def config(",
    "function env(",
    "function getEnv(",
    "const env = (",
    "const getEnv = (",
];

impl<'a> Reader<'a> {
    /// Whether the file has a function of its own by a name that others use for what asks for the environment.
    fn has_own_env(&self) -> bool {
        let text = self.source.text;
        *self.own_env.get_or_init(|| OWN_ENV.iter().any(|it| text.contains(it)))
    }

    /// Reads one level deeper; none where the tree goes deeper than is followed.
    fn deeper<T>(&self, read: impl FnOnce() -> T) -> Option<T> {
        let depth = self.depth.get();
        if depth == DEPTH {
            self.is_cut.set(true);
            return None;
        }
        self.depth.set(depth + 1);
        let found = with_stack(read);
        self.depth.set(depth);
        Some(found)
    }

    /// The expression of a node that is read one level deeper; nothing where that is too deep.
    fn bounded(&self, node: Node, read: impl FnOnce() -> Form) -> Shared {
        self.expression(node, self.deeper(read).unwrap_or(Form::Nothing))
    }

    /// Reads a file, and keeps how its statements are worded.
    fn told(&self, read: impl FnOnce(&Reader<'a>, Node) -> Block, root: Node) -> Block {
        self.worded.replace(Worded::of(&self.source, root));
        read(self, root)
    }

    fn text(&self, node: Node) -> &'a str {
        self.source.text(node)
    }

    fn line(&self, node: Node) -> u32 {
        self.source.line(node)
    }

    fn expression(&self, node: Node, form: Form) -> Shared {
        self.source.expression(node, form)
    }

    fn hole(&self, text: &str) -> Option<Shared> {
        self.source.hole(text)
    }
}

/// The named children of a node, comments as well.
fn named(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).collect()
}

/// A flag that the program takes, as a declaration, and what it is where nobody gives it.
fn declared(line: u32, name: &str, default: Shared) -> Shared {
    let given = |name: Option<&str>, value| Argument { name: name.map(str::to_owned), value };
    let mut arguments = vec![given(None, Expression::text(line, name))];
    if matches!(default.form, Form::Bool(_)) {
        arguments.push(given(Some("is_flag"), Expression::new(line, Form::Bool(true))));
    }
    arguments.push(given(Some("default"), default));
    let callee = Expression::new(line, Form::Name("option".to_owned()));
    Expression::new(line, Form::Call(Call { callee, arguments, block: None }))
}

/// Has functions of a module be called that something outside of the file calls.
pub(super) fn run_where(program: &mut Program, is_called: impl Fn(&Function) -> bool) {
    program.body.iter_mut().for_each(|it| run_one_where(it, &is_called));
}

/// Has functions and methods of a command of Go be called that are called as their file is.
pub(super) fn run_as_file(program: &mut Program) {
    let own = program.name.clone();
    let is_called = |it: &Function| is_called_as(&own, it);
    for statement in &mut program.body {
        match &mut statement.act {
            Act::Class(class) => {
                let body = Rc::get_mut(class).map(|it| &mut it.body);
                body.into_iter().flatten().for_each(|it| run_one_where(it, &is_called));
            }
            _ => run_one_where(statement, &is_called),
        }
    }
}

/// Whether a file of Python calls any of its functions that its caller names: `globals()[sys.argv[1]]()`.
pub(super) fn calls_by_argument(text: &str) -> bool {
    text.contains("globals()[sys.argv[1]]()")
}

fn run_one_where(statement: &mut Statement, is_called: &impl Fn(&Function) -> bool) {
    if let Act::Define(function) = &mut statement.act
        && is_called(function)
        && let Some(function) = Rc::get_mut(function)
    {
        function.called_by = Some(Reach::Task);
    }
}

/// Whether a function of a command of Go has in its name what its file is called, and says that data goes: `Drop`, `InitDrop` or
/// `DropTables` in `cmd/drop.go`.
fn is_called_as(file: &str, function: &Function) -> bool {
    let said = words::parts(&function.name);
    function.name.starts_with(|it: char| it.is_uppercase())
        && words::parts(file).iter().all(|it| said.contains(it))
}

/// Has what does the work of a class of Ruby be called, where the file only defines it: a task of another file does.
pub(super) fn run_by_class(program: &mut Program) {
    let only_defines = program.body.iter().all(|it| match &it.act {
        Act::Class(_) | Act::Define(_) | Act::Set(..) => true,
        Act::Run(it) => matches!(&it.form, Form::Call(call) if requires(call)),
        _ => false,
    });
    for statement in program.body.iter_mut().filter(|_| only_defines) {
        let Act::Class(class) = &mut statement.act else { continue };
        let Some(class) = Rc::get_mut(class) else { continue };
        for inner in &mut class.body {
            if let Act::Define(function) = &mut inner.act
                && matches!(function.name.as_str(), "perform" | "call" | "run" | "execute")
                && let Some(function) = Rc::get_mut(function)
            {
                function.called_by = Some(Reach::Task);
            }
        }
    }
}

/// Leaves out what a file of JavaScript hands over as a task, where another one only calls it.
pub(super) fn without_exports(program: &mut Program) {
    let is_handed_over = |it: &Statement| match &it.act {
        Act::Run(it) => match &it.form {
            Form::Call(call) => {
                let is_task =
                    call.block.as_ref().is_some_and(|it| it.called_by == Some(Reach::Task));
                is_task && matches!(&call.callee.form, Form::Name(name) if name == "exports")
            }
            _ => false,
        },
        _ => false,
    };
    program.body.retain(|it| !is_handed_over(it));
}

fn requires(call: &Call) -> bool {
    matches!(&call.callee.form, Form::Name(name) if name.starts_with("require"))
}

/// The program that a text in this language is; none where the language has no grammar here, or it cannot be parsed.
pub(super) fn program(language: Language, text: &str, origin: &Origin) -> Option<Program> {
    let typed: Cow<str> = match language {
        Language::PowerShell => powershell::as_typed(text),
        Language::Python => python::as_code(text),
        _ => Cow::Borrowed(text),
    };
    let text = typed.as_ref();
    let source = Source { text, origin };
    let reader = Reader {
        source: Source { text, origin },
        depth: Cell::new(0),
        is_cut: Cell::new(false),
        worded: RefCell::default(),
        called: OnceCell::new(),
        own_env: OnceCell::new(),
    };
    let body = match language {
        Language::Python => source
            .parse(tree_sitter_python::LANGUAGE.into(), |root| reader.told(python::file, root)),
        Language::Shell => {
            let shown = shell::as_known(text);
            let grammar = tree_sitter_bash::LANGUAGE.into();
            source.parse_as(&shown, grammar, |root| reader.told(shell::file, root))
        }
        Language::Go => {
            source.parse(tree_sitter_go::LANGUAGE.into(), |root| reader.told(go::file, root))
        }
        Language::Java => {
            source.parse(tree_sitter_java::LANGUAGE.into(), |root| reader.told(java::file, root))
        }
        Language::JavaScript => source.parse(tree_sitter_typescript::LANGUAGE_TSX.into(), |root| {
            reader.told(javascript::file, root)
        }),
        Language::TypeScript => {
            // Elements in angle brackets need the other grammar.
            let clean =
                |root: Node| (!root.has_error()).then(|| reader.told(javascript::file, root));
            let plain: tree_sitter::Language = tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into();
            let shown = javascript::as_known(text);
            let with_tags: tree_sitter::Language = tree_sitter_typescript::LANGUAGE_TSX.into();
            let other = || source.parse_as(&shown, with_tags, clean).flatten();
            let any = || {
                source.parse_as(&shown, plain.clone(), |root| reader.told(javascript::file, root))
            };
            source.parse_as(&shown, plain.clone(), clean).flatten().or_else(other).or_else(any)
        }
        Language::Php => {
            source.parse(tree_sitter_php::LANGUAGE_PHP.into(), |root| reader.told(php::file, root))
        }
        Language::Ruby => {
            source.parse(tree_sitter_ruby::LANGUAGE.into(), |root| reader.told(ruby::file, root))
        }
        Language::PowerShell => {
            let shown = powershell::as_known(text);
            let grammar = tree_sitter_powershell::LANGUAGE.into();
            source.parse_as(&shown, grammar, |root| reader.told(powershell::file, root))
        }
        _ => return None,
    };
    let mut body = body.unwrap_or_else(|| vec![cut(origin)]);
    if reader.is_cut.get() {
        body.insert(0, cut(origin));
    }
    let stops_on_failure = language == Language::Shell && is_strict(text);
    let mut worded = reader.worded.into_inner();
    // What a shell goes by is known at each place.
    if language == Language::Shell {
        worded.chosen.clear();
    }
    let returns_go_on = language == Language::Shell && is_of_bash(text);
    let worded = Rc::new(worded);
    Some(Program { body, stops_on_failure, returns_go_on, worded, ..Program::default() })
}

/// Whether the first line of a script of the shell has it end where a command fails: `#!/bin/sh -e`.
fn is_strict(text: &str) -> bool {
    first_words(text).skip(1).any(|it| {
        let letters = it.strip_prefix('-').filter(|it| !it.starts_with('-'));
        letters.is_some_and(|it| it.contains('e'))
    })
}

/// Whether bash runs a script, by its first line: `#!/bin/bash`, `#!/usr/bin/env bash`; not one that asks whether it is read into another.
fn is_of_bash(text: &str) -> bool {
    let asks = |it: &str| it.contains("(return") || it.contains("BASH_SOURCE") && it.contains("$0");
    !text.lines().any(asks)
        && first_words(text).any(|it| it.rsplit(['/', '!']).next() == Some("bash"))
}

/// The words of a first line that says what runs the script.
fn first_words(text: &str) -> impl Iterator<Item = &str> {
    let first = text.lines().next().filter(|it| it.starts_with("#!")).unwrap_or_default();
    first.split_whitespace()
}

/// What stands for what could not be read within bounds.
fn cut(origin: &Origin) -> Statement {
    Statement { line: origin.line(b"", 0), act: Act::Cut }
}
