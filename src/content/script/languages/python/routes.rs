//! What an application in Python runs when somebody asks for it, by its address: Flask, FastAPI, Sanic, aiohttp, Bottle.

use crate::content::script::Reach;
use crate::content::script::syntax::{
    Act, Argument, Call, Expression, Form, Function, Shared, Statement,
};

/// Methods of an application or router that register the function below them.
const METHODS: &[&str] = &["route", "api_route", "get", "post", "put", "patch", "delete"];

/// The name by which Flask and Bottle know what whoever asks says.
const REQUEST: &str = "request";

/// Functions of FastAPI that call the one they are given before the route, which may refuse.
const BEFORE: &[&str] = &["Depends", "Security"];

/// What is called for a request that these decorators register a function for, after it and its address:
/// `@router.post("/reset-all")` above `def reset(db=Depends(local_only))`. What stands around it is called before.
pub(super) fn route(function: &Function, marks: &[&str]) -> Option<Function> {
    let line = function.line;
    let addresses: Vec<String> = marks.iter().filter_map(|it| address(it)).collect();
    let name = format!("{} {}", addresses.first()?, function.name);
    let around = marks.iter().filter(|it| address(it).is_none()).map(|it| named(it));
    let around = around.map(|it| Expression::new(line, Form::Name(it.to_owned())));
    let before = function.parameters.iter().filter_map(|it| given_before(it.default.as_ref()?));
    let run = |callee: Shared, arguments: Vec<Argument>| {
        let call = Form::Call(Call { callee, arguments, block: None });
        Statement { line, act: Act::Run(Expression::new(line, call)) }
    };
    // What whoever asks says.
    let given = function.parameters.iter().map(|it| Argument {
        name: Some(it.name.clone()),
        value: Expression::new(line, Form::Argument(it.name.clone())),
    });
    let itself = run(Expression::new(line, Form::Name(function.name.clone())), given.collect());
    let request = Expression::new(line, Form::Argument(REQUEST.to_owned()));
    let asked = Statement { line, act: Act::Set(REQUEST.to_owned(), request) };
    let called = around.chain(before).map(|it| run(it, Vec::new())).chain([itself]);
    let called = [asked].into_iter().chain(called);
    let (body, called_by) = (called.collect(), Some(Reach::Request));
    Some(Function { name, line, body, called_by, ..Function::default() })
}

/// The name of a decorator without what it is given.
pub(super) fn named(mark: &str) -> &str {
    mark.trim_start_matches('@').split('(').next().unwrap_or_default().trim()
}

/// The address that a decorator registers a function for; to delete all that it is about is said in front.
fn address(mark: &str) -> Option<String> {
    let (_, method) = named(mark).rsplit_once('.')?;
    let given = mark.split_once('(').map(|(_, it)| it.trim_start())?;
    let quote = given.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let address = given.get(1..)?.split(quote).next()?;
    let is_of_all = address.split(['/', '-', '_']).any(|it| it == "all");
    let before = if method == "delete" && is_of_all { "/delete" } else { "" };
    let is_route = METHODS.contains(&method) && address.starts_with('/');
    is_route.then(|| format!("{before}{address}"))
}

/// The function that a parameter has called before: `db=Depends(local_only)`.
fn given_before(default: &Shared) -> Option<Shared> {
    let Form::Call(call) = &default.form else { return None };
    let Form::Name(name) = &call.callee.form else { return None };
    let first = call.arguments.first().filter(|_| BEFORE.contains(&name.as_str()))?;
    matches!(first.value.form, Form::Name(_) | Form::Member(..))
        .then(|| Shared::clone(&first.value))
}
