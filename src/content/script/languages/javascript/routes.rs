//! What an application, Next or a cloud runs in JavaScript when somebody asks for it, by its address or its name.

use std::rc::Rc;

use tree_sitter::Node;

use super::Js;
use super::expressions::bare;
use super::functions::function;
use super::tasks::{by_name, ends, handles_requests, in_object, is_function};
use crate::content::script::Reach;
use crate::content::script::syntax::{
    Act, Argument, Call, Expression, Form, Function, Shared, Statement,
};
use crate::content::script::tree::{children, field};
use crate::content::script::words::parts;

/// Methods of requests, as routers spell them; Next calls exported functions that are named so in capitals.
const METHODS: &[&str] = &["get", "post", "put", "patch", "delete", "del", "all", "any"];

/// Functions that give back a function for requests which calls the one that they are given: `asyncHandler(async (req, res) => ...)`.
const WRAPS: &[&str] = &[
    "asyncHandler",
    "expressAsyncHandler",
    "asyncWrapper",
    "asyncMiddleware",
    "wrapAsync",
    "wrap",
    "catchAsync",
    "catchAsyncErrors",
    "catchErrors",
    "tryCatch",
];

/// Functions of Firebase and Convex that make one which is called by its name from outside.
const CALLED_BY_NAME: &[&str] =
    &["onRequest", "onCall", "mutation", "internalMutation", "action", "internalAction"];

/// The function that a call like `asyncHandler(async (req, res) => ...)` is given, where a node is one.
pub(super) fn wrapped<'t>(js: &Js, node: Node<'t>) -> Option<Node<'t>> {
    let called = field(node, "function").filter(|_| node.kind() == "call_expression")?;
    let (_, last) = ends(js, bare(called));
    let given = children(field(node, "arguments")?);
    let [given] = given.as_slice() else { return None };
    let is_one = WRAPS.contains(&last) && (is_function(*given) || given.kind() == "identifier");
    is_one.then_some(*given)
}

/// The address that a route is registered with: the first argument, or that of `router.route('/reset')`.
fn address<'a>(js: &Js<'_, 'a>, called: Node, given: &[Node]) -> Option<&'a str> {
    let of_chain = || {
        let on = bare(field(bare(called), "object")?);
        let is_route = field(on, "function").is_some_and(|it| ends(js, it).1 == "route");
        children(field(on, "arguments")?).first().copied().filter(|_| is_route)
    };
    let first = given.first().copied().filter(|it| !is_function(*it) && given.len() > 1);
    let first = first.filter(|it| matches!(it.kind(), "string" | "template_string"));
    let address = js.text(first.or_else(of_chain)?).trim_matches(['\'', '"', '`']);
    address.starts_with('/').then_some(address)
}

/// What an application runs for a request: `router.post('/reset', async (req, res) => { ... })`. It is called as its address is.
pub(super) fn route(js: &Js, called: Node, given: &[Node]) -> Option<Function> {
    let (_, last) = ends(js, bare(called));
    let (handler, before) = given.split_last()?;
    if !METHODS.contains(&last) {
        return None;
    }
    let address = address(js, called, given)?;
    let handler = wrapped(js, *handler).unwrap_or(*handler);
    let function = match handler.kind() {
        "identifier" => by_name(js, handler),
        _ if is_function(handler) => function(js, handler),
        _ => return None,
    };
    // `router.delete('/testing/all-data', ...)`.
    let is_of_all = address.split(['/', '-', '_']).any(|it| it == "all");
    let name = match last {
        "delete" | "del" if is_of_all => format!("/delete{address}"),
        _ => address.to_owned(),
    };
    let function = before.iter().rev().fold(function, |inner, it| behind(js, *it, inner));
    Some(Function { name, called_by: Some(Reach::Request), ..function })
}

/// A function behind one of the file that calls it as `next()`, or stops: `app.post('/reset', devOnly, reset)`.
fn behind(js: &Js, before: Node, inner: Function) -> Function {
    let is_known = before.kind() == "identifier"
        && js.known.handlers.contains(js.text(before))
        && js.known.called.contains("next");
    if !is_known {
        return inner;
    }
    let line = inner.line;
    let said = |name: &str| Expression::new(line, Form::Argument(name.to_owned()));
    let next = Expression::new(line, Form::Lambda(Rc::new(taken(inner))));
    let given = [said("req"), said("res"), next].into_iter();
    let call = Form::Call(Call {
        callee: Expression::new(line, Form::Name(js.text(before).to_owned())),
        arguments: given.map(|value| Argument { name: None, value }).collect(),
        block: None,
    });
    let body = vec![Statement { line, act: Act::Run(Expression::new(line, call)) }];
    Function { line, body, ..Function::default() }
}

/// A function for requests as one without parameters: they are what whoever asks says.
fn taken(function: Function) -> Function {
    let line = function.line;
    let sets = function.parameters.iter().map(|it| {
        let value = Expression::new(line, Form::Argument(it.name.clone()));
        Statement { line, act: Act::Set(it.name.clone(), value) }
    });
    let body = sets.chain(function.body).collect();
    Function { name: function.name, line, body, ..Function::default() }
}

/// What Next calls for a request: `export async function POST() { ... }`, or the one function of a page of its API; and what a
/// cloud does: `exports.handler = async (event) => { ... }`.
pub(super) fn is_requested(js: &Js, name: &str, function: Node) -> Option<Reach> {
    let is_method = METHODS.iter().any(|it| it.to_uppercase() == name);
    let is_page = name == "default" && handles_requests(js, function);
    let is_lambda = !js.known.has_command && matches!(name, "handler" | "exports.handler");
    // What a file of Next that says `'use server'` exports is called from pages, by its name.
    let is_action = js.known.has_actions && says_all(name);
    // `exports.resetDatabase = async (req, res) => { ... }` of a controller.
    let is_controller = says_database(name) && handles_requests(js, function);
    let is_one = is_method || is_page || is_lambda || is_action || is_controller;
    is_one.then_some(Reach::Request)
}

/// Words of names that are said of more than one thing of many.
const OF_MANY: &[&str] = &[
    "reset",
    "wipe",
    "clear",
    "nuke",
    "purge",
    "truncate",
    "flush",
    "seed",
    "reseed",
    "clean",
    "cleanup",
    "all",
    "everything",
    "database",
    "db",
];

/// Whether it says that it is about a database: `resetDatabase`.
fn says_database(name: &str) -> bool {
    parts(name).iter().any(|it| matches!(it.as_str(), "database" | "db"))
}

/// Whether a function that is called by its name says that more than one thing goes: `clearAll`, `resetDatabase`.
pub(super) fn says_all(name: &str) -> bool {
    parts(name).iter().any(|it| OF_MANY.contains(&it.as_str()))
}

/// Whether it says that one thing goes: `deleteAccount`.
fn says_one(name: &str) -> bool {
    let takes = ["delete", "remove", "destroy", "drop"];
    parts(name).iter().any(|it| takes.contains(&it.as_str())) && !says_all(name)
}

/// The address by which Nest calls a method, where this decorator says so: `@Post('reset')`.
pub(super) fn decorated(js: &Js, decorator: Node) -> Option<String> {
    let call = children(decorator).first().copied().filter(|it| it.kind() == "call_expression")?;
    let method = js.text(field(call, "function")?);
    let is_route = matches!(method, "Get" | "Post" | "Put" | "Patch" | "Delete" | "All");
    let given = field(call, "arguments").map(children).unwrap_or_default();
    let address = given.first().map(|it| js.text(*it).trim_matches(['\'', '"', '`', '/']));
    let address = address.unwrap_or_default();
    let before = if method == "Delete" && address.contains("all") { "/delete" } else { "" };
    // To take away what a controller is about is its work.
    let is_plain = method == "Delete" && address.is_empty();
    (is_route && !is_plain).then(|| format!("{before}/{address}"))
}

/// Whether decorators let nobody in where real users are: `@UseGuards(DevOnlyGuard)`.
pub(super) fn is_kept_out(js: &Js, node: Node) -> bool {
    let only = ["Dev", "Local", "NonProd", "NotProd", "Test"];
    let all = children(node).into_iter().filter(|it| it.kind() == "decorator");
    let mut all = all.map(|it| js.text(it));
    all.any(|it| it.contains("Guards(") && only.iter().any(|word| it.contains(word)))
}

/// What Nest runs for a request: a method of this name by this address, or by its own name where that says nothing.
pub(super) fn of_method(line: u32, address: &str, method: &str) -> Function {
    let name = if address == "/" { method } else { address };
    let callee = Expression::new(line, Form::Name("this".to_owned()));
    let callee = Expression::new(line, Form::Member(callee, method.to_owned()));
    let call = Form::Call(Call { callee, arguments: Vec::new(), block: None });
    let body = vec![Statement { line, act: Act::Run(Expression::new(line, call)) }];
    let (name, called_by) = (name.to_owned(), Some(Reach::Request));
    Function { name, line, body, called_by, ..Function::default() }
}

/// What Firebase, Convex or Nuxt calls by the name that it is exported under: `exports.reset = functions.https.onRequest(...)`,
/// `export const clearAll = mutation({ handler: async (ctx) => { ... } })`.
pub(super) fn by_export(js: &Js, name: &str, node: Node) -> Option<Shared> {
    let called = field(node, "function").filter(|_| node.kind() == "call_expression")?;
    let (_, last) = ends(js, bare(called));
    // `export default defineEventHandler(async () => { ... })` of Nuxt is called as its file is.
    let is_page = name == "default" && matches!(last, "defineEventHandler" | "eventHandler");
    if !CALLED_BY_NAME.contains(&last) && !is_page || says_one(name) {
        return None;
    }
    let given = children(field(node, "arguments")?).last().copied()?;
    let mut function = match given.kind() {
        "object" => in_object(js, given, "handler")?,
        _ if is_function(given) => function(js, given),
        _ => return None,
    };
    // What Convex gives first is its database, and nothing that whoever asks says.
    if !last.starts_with("on") && !is_page && !function.parameters.is_empty() {
        function.parameters.remove(0);
    }
    let name = name.rsplit('.').next().unwrap_or_default();
    let name = if is_page { String::new() } else { name.to_owned() };
    let function = Function { name, called_by: Some(Reach::Request), ..function };
    let callee = js.make(node, Form::Name("exports".to_owned()));
    let call = Call { callee, arguments: Vec::new(), block: Some(Rc::new(function)) };
    Some(js.make(node, Form::Call(call)))
}
