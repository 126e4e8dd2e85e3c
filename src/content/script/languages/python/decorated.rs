//! Functions with a decorator of the same file: what runs is what that one gives back, with the function in its place.

use std::collections::HashMap;
use std::rc::Rc;

use crate::content::script::syntax::{
    Act, Block, Class, Expression, Form, Function, Shared, Statement,
};

/// The deepest that is looked for a call.
const DEPTH: usize = 40;

/// What stands behind the name of a function that was put in the place of another.
const BARE: &str = " without decorator";

type Known = HashMap<String, Rc<Function>>;

/// Puts the functions that decorators of the file give back in the place of those that they are for.
pub(super) fn wrapped(block: Block) -> Block {
    let known: Known = block
        .iter()
        .filter_map(|it| match &it.act {
            Act::Define(function) => Some((function.name.clone(), Rc::clone(function))),
            _ => None,
        })
        .filter(|(_, it)| given_back(it).is_some())
        .collect();
    if known.is_empty() { block } else { within(&block, &known) }
}

fn within(block: &Block, known: &Known) -> Block {
    let mut all: Block = Vec::new();
    for it in block {
        match &it.act {
            Act::Define(function) => {
                let marks = all.iter().rev().take_while(|mark| mark.line == it.line);
                let marks: Vec<Shared> = marks
                    .filter_map(|it| match &it.act {
                        Act::Run(mark) => Some(Rc::clone(mark)),
                        _ => None,
                    })
                    .collect();
                for one in decorated(function, &marks, known) {
                    all.push(Statement { line: it.line, act: Act::Define(one) });
                }
            }
            Act::Class(class) => {
                let (name, base) = (class.name.clone(), class.base.clone());
                let class = Class { name, base, body: within(&class.body, known) };
                all.push(Statement { line: it.line, act: Act::Class(Rc::new(class)) });
            }
            _ => all.push(it.clone()),
        }
    }
    all
}

/// Decorators of one function that are followed: what they wrap it in is copied for each.
const MARKS: usize = 4;

/// A function and all that its decorators make of it, the innermost first.
fn decorated(function: &Rc<Function>, marks: &[Shared], known: &Known) -> Vec<Rc<Function>> {
    let mut all = vec![Rc::clone(function)];
    for (n, mark) in marks.iter().take(MARKS).enumerate() {
        let (name, given) = match &mark.form {
            Form::Name(name) => (name, None),
            Form::Call(call) => match &call.callee.form {
                Form::Name(name) => (name, Some(&call.arguments)),
                _ => continue,
            },
            _ => continue,
        };
        let Some(decorator) = known.get(name) else { continue };
        let mut sets: Block = Vec::new();
        let mut set = |name: &str, value: Shared| {
            sets.push(Statement { line: mark.line, act: Act::Set(name.to_owned(), value) });
        };
        // `@only_in("dev")` is called to give back the decorator.
        let decorator = match given {
            Some(given) => {
                for (parameter, it) in decorator.parameters.iter().zip(given) {
                    set(parameter.name.trim_start_matches('*'), Rc::clone(&it.value));
                }
                given_back(decorator)
            }
            None => Some(Rc::clone(decorator)),
        };
        let Some((decorator, wrapper)) = decorator
            .and_then(|it| Some((given_back(&it)?, it)))
            .map(|(wrapper, decorator)| (decorator, wrapper))
        else {
            continue;
        };
        let Some(inner) =
            decorator.parameters.first().filter(|it| calls(&wrapper.body, &it.name, 0))
        else {
            continue;
        };
        let Some(outer) = all.pop() else { continue };
        let bare = format!("{}{BARE}{n}", outer.name);
        set(&inner.name, Expression::new(mark.line, Form::Name(bare.clone())));
        let body = [sets, wrapper.body.clone()].concat();
        let made = Function { body, ..(*outer).clone() };
        // It knows its arguments by the names that they have in the other.
        let rest =
            Function { name: bare, parameters: Vec::new(), called_by: None, ..(*outer).clone() };
        all.push(Rc::new(rest));
        all.push(Rc::new(made));
    }
    all
}

/// The function within another that it gives back.
fn given_back(of: &Function) -> Option<Rc<Function>> {
    let name = of.body.iter().rev().find_map(|it| match &it.act {
        Act::Return(Some(value)) => match &value.form {
            Form::Name(name) => Some(name),
            _ => None,
        },
        _ => None,
    })?;
    of.body.iter().find_map(|it| match &it.act {
        Act::Define(inner) if inner.name == *name => Some(Rc::clone(inner)),
        _ => None,
    })
}

/// Whether a block calls what has this name.
fn calls(block: &Block, name: &str, depth: usize) -> bool {
    depth < DEPTH
        && block.iter().any(|it| {
            let inner = |it: &Block| calls(it, name, depth + 1);
            match &it.act {
                Act::Run(it) | Act::Set(_, it) | Act::Return(Some(it)) => is_called(it, name, 0),
                Act::If { then, otherwise, .. } => inner(then) || inner(otherwise),
                Act::Loop(it) => inner(&it.body),
                Act::Try { body, handlers, otherwise, finally } => {
                    [body, otherwise, finally].into_iter().chain(handlers).any(inner)
                }
                Act::Block(it) => inner(it),
                _ => false,
            }
        })
}

fn is_called(of: &Shared, name: &str, depth: usize) -> bool {
    let is_one = match &of.form {
        Form::Call(call) => matches!(&call.callee.form, Form::Name(it) if it == name),
        _ => false,
    };
    is_one || depth < DEPTH && of.children().iter().any(|it| is_called(it, name, depth + 1))
}
