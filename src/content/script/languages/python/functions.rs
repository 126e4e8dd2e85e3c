//! Functions and classes of Python, and what their decorators and bases say of who calls them.

use std::rc::Rc;

use tree_sitter::Node;

use super::body;
use super::entries::{called_by, imports_of, runs_method};
use super::routes::named;
use super::values::expression;
use crate::content::script::Reach;
use crate::content::script::languages::Reader;
use crate::content::script::syntax::{
    Act, Argument, Call, Class, Expression, Form, Function, Parameter, Statement,
};
use crate::content::script::tree::{children, field};
use crate::content::script::value::ARGUMENTS as ARGUMENTS_OF;
use crate::content::script::words::parts;

pub(super) fn function(reader: &Reader, node: Node, marks: &[&str]) -> Function {
    let name = field(node, "name").map(|it| reader.text(it).to_owned()).unwrap_or_default();
    let parameters = field(node, "parameters").map(|it| parameters(reader, it)).unwrap_or_default();
    let called_by = called_by(reader, node, &name, marks);
    let outer = field(node, "body").map(|it| of_others(reader, it)).unwrap_or_default();
    let mut body = body(reader, node, "body");
    // `def handle(self, *args, **kw)` of a command of Django.
    let options = parameters.iter().find_map(|it| it.name.strip_prefix("**"));
    if let Some(options) = options.filter(|_| name.starts_with("handle")) {
        let line = reader.line(node);
        let callee = Expression::new(line, Form::Name(ARGUMENTS_OF.to_owned()));
        let call = Form::Call(Call { callee, arguments: Vec::new(), block: None });
        let act = Act::Set(options.to_owned(), Expression::new(line, call));
        body.insert(0, Statement { line, act });
    }
    if marks.iter().any(|mark| asks_first(reader, mark)) {
        let line = reader.line(node);
        let name = |text: &str| Expression::new(line, Form::Name(text.to_owned()));
        let abort = Argument {
            name: Some("abort".to_owned()),
            value: Expression::new(line, Form::Bool(true)),
        };
        let call = Call { callee: name("confirm"), arguments: vec![abort], block: None };
        let ask = Act::Run(Expression::new(line, Form::Call(call)));
        body.insert(0, Statement { line, act: ask });
    }
    if marks.iter().any(|mark| is_atomic(mark)) {
        let line = reader.line(node);
        let callee = Expression::new(line, Form::Name("atomic".to_owned()));
        let call = Call { callee, arguments: Vec::new(), block: None };
        let begin = Act::Run(Expression::new(line, Form::Call(call)));
        body.insert(0, Statement { line, act: begin });
        // The transaction ends with it.
        body = vec![Statement { line, act: Act::Block(body) }];
    }
    Function {
        name,
        line: reader.line(node),
        parameters,
        body,
        called_by,
        needs: Vec::new(),
        yields_last: false,
        is_property: marks.iter().any(|mark| is_property(mark)),
        outer,
    }
}

/// The names that a function says are of the file, or of the function around it.
fn of_others(reader: &Reader, body: Node) -> Vec<String> {
    let said = children(body).into_iter();
    let said = said.filter(|it| matches!(it.kind(), "global_statement" | "nonlocal_statement"));
    said.flat_map(children).map(|it| reader.text(it).to_owned()).collect()
}

/// A decorator that makes a method a field.
fn is_property(mark: &str) -> bool {
    mark.trim_start_matches('@')
        .rsplit('.')
        .next()
        .is_some_and(|it| it.trim_end().ends_with("property"))
}

/// A decorator of Django that runs the function in a transaction.
pub(super) fn is_atomic(mark: &str) -> bool {
    let mark = mark.trim_start_matches('@').split('(').next().unwrap_or_default();
    mark.rsplit('.').next() == Some("atomic")
}

/// A decorator that asks before the function runs, and ends it: one of click, or one of another file that is called so, `@AskUser`.
fn asks_first(reader: &Reader, mark: &str) -> bool {
    let name = named(mark);
    let is_imported = || {
        let mut head = imports_of(reader).lines().filter(|it| it.contains("import "));
        head.any(|it| it.split(|it: char| !it.is_alphanumeric() && it != '_').any(|it| it == name))
    };
    let says = |it: &String| matches!(it.as_str(), "ask" | "asks" | "confirm" | "confirmation");
    mark.contains("confirmation_option")
        || (mark.contains("is_flag") && mark.contains("prompt=") && mark.contains("callback="))
        || parts(name).iter().any(says) && is_imported()
}

pub(super) fn parameters(reader: &Reader, node: Node) -> Vec<Parameter> {
    let named = |it: Node| {
        let (name, default) = match it.kind() {
            "default_parameter" | "typed_default_parameter" => {
                let default = field(it, "value").map(|it| expression(reader, it));
                (field(it, "name")?, default)
            }
            "typed_parameter" => (*children(it).first()?, None),
            _ => (it, None),
        };
        Some(Parameter { name: reader.text(name).to_owned(), default })
    };
    children(node).into_iter().filter_map(named).collect()
}

pub(super) fn class(reader: &Reader, node: Node) -> Act {
    let bases: Vec<String> = field(node, "superclasses")
        .map(|it| children(it).into_iter().map(|it| reader.text(it).to_owned()).collect())
        .unwrap_or_default();
    let mut body = body(reader, node, "body");
    let name = field(node, "name").map(|it| reader.text(it).to_owned()).unwrap_or_default();
    for statement in &mut body {
        if let Act::Define(function) = &mut statement.act
            && runs_method(reader, &name, &bases, &function.name)
            && let Some(function) = Rc::get_mut(function)
        {
            function.called_by = Some(Reach::Task);
        }
    }
    Act::Class(Rc::new(Class { name, base: bases.into_iter().next(), body }))
}

/// What a function that runs in a thread or process is called with: `asyncio.to_thread(input, 'Sure?')`,
/// `loop.run_in_executor(None, input)`, `pool.submit(shutil.rmtree, path)`, `Thread(target=os.system, args=("ls",))`.
pub(super) fn handed_on(way: &str, arguments: &[Argument]) -> Option<Call> {
    let last = way.rsplit('.').next()?;
    let plain = |at: usize| arguments.get(at).filter(|it| it.name.is_none());
    let named = |name: &str| arguments.iter().find(|it| it.name.as_deref() == Some(name));
    let of_module = |it: &&Argument| matches!(it.value.form, Form::Member(..));
    // What is mapped with others is a method of any object.
    let of_disk = |it: &&Argument| {
        matches!(&it.value.form, Form::Member(on, _)
            if matches!(&on.form, Form::Name(it) if it == "os" || it == "shutil"))
    };
    let (function, arguments) = match last {
        "to_thread" => (plain(0)?, arguments[1..].to_vec()),
        "run_in_executor" => (plain(1)?, arguments[2..].to_vec()),
        // Functions of the file are gone through where they are handed over.
        "submit" => (plain(0).filter(of_module)?, arguments[1..].to_vec()),
        // `pool.map(os.remove, files)`.
        "map" | "imap" | "imap_unordered" if arguments.len() > 1 => {
            let each = |it: &Argument| {
                let value = match &it.value.form {
                    Form::List(all) => Expression::new(it.value.line, Form::Either(all.clone())),
                    _ => Expression::each(&it.value),
                };
                Argument { name: it.name.clone(), value }
            };
            (plain(0).filter(of_disk)?, arguments[1..].iter().map(each).collect())
        }
        "Thread" | "Process" => {
            let Form::List(given) = &named("args")?.value.form else { return None };
            let given = given.iter().map(|it| Argument { name: None, value: Rc::clone(it) });
            (named("target").filter(of_module)?, given.collect())
        }
        _ => return None,
    };
    let is_function =
        matches!(function.value.form, Form::Name(_) | Form::Member(..) | Form::Lambda(_));
    is_function.then(|| Call { callee: Rc::clone(&function.value), arguments, block: None })
}
