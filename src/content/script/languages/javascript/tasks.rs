//! Functions that are handed over in JavaScript: to a starter of tasks, or to an application or a test that runs them elsewhere.

use std::rc::Rc;

use tree_sitter::Node;

use super::Js;
use super::expressions::bare;
use super::functions::function;
use super::routes::{self, is_requested};
use crate::content::script::Reach;
use crate::content::script::syntax::{
    Act, Argument, Call, Expression, Form, Function, Shared, Statement,
};
use crate::content::script::tree::{children, field};

/// First parameters of functions that answer requests and events.
pub(super) const REQUESTS: &[&str] = &[
    "req",
    "_req",
    "request",
    "_request",
    "ctx",
    "context",
    "event",
    "_event",
    "evt",
    "interaction",
    "socket",
    "msg",
    "message",
    "job",
    "queryInterface",
    "conn",
    "$",
    "scope",
];

/// Functions of tests.
const TESTS: &[&str] = &[
    "describe",
    "it",
    "test",
    "suite",
    "specify",
    "before",
    "after",
    "beforeEach",
    "afterEach",
    "beforeAll",
    "afterAll",
    "setup",
    "teardown",
    "bench",
    "xit",
    "xdescribe",
    "fit",
    "fdescribe",
    "Given",
    "When",
    "Then",
    "Before",
    "After",
    "BeforeAll",
    "AfterAll",
    "expect",
];

/// Functions that run what they are given when something comes in, is shown, or at a time.
const LATER: &[&str] = &[
    "useEffect",
    "useCallback",
    "useMemo",
    "useLayoutEffect",
    "setInterval",
    "addEventListener",
    "addListener",
    "createServer",
    "schedule",
    "scheduleJob",
    "onRequest",
    "onCall",
    "onRun",
    "onCreate",
    "onDelete",
    "onUpdate",
    "onWrite",
    "defineEventHandler",
    "eventHandler",
    "asyncHandler",
    "catchAsync",
    "createAsyncThunk",
    "useMutation",
    "useQuery",
    "createFunction",
    "onSchedule",
    "catchAsyncErrors",
    "expressAsyncHandler",
    "wrapAsync",
    "registerCommand",
    "Deno.cron",
    "onMounted",
    "onUnmounted",
    "watch",
    "watchEffect",
    "computed",
    "createSlice",
    "defineStore",
    "memo",
    "forwardRef",
    "observer",
    "serve",
    "handler",
];

/// Objects that an application registers its functions with.
const ROUTERS: &[&str] = &[
    "app",
    "router",
    "server",
    "fastify",
    "api",
    "route",
    "routes",
    "hono",
    "koa",
    "io",
    "bot",
    "ipcMain",
    "ipcRenderer",
    "chrome",
    "browser",
    "queue",
    "agenda",
    "wss",
    "ws",
    "socket",
    "$",
    "jQuery",
    "cron",
    "functions",
    "exports",
    "emitter",
    "events",
    "eventBus",
    "bus",
    "window",
    "document",
    "page",
    "scene",
];

/// What they are registered by.
const REGISTERS: &[&str] = &[
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "del",
    "all",
    "use",
    "head",
    "options",
    "param",
    "route",
    "register",
    "on",
    "once",
    "handle",
    "define",
    "process",
    "command",
    "action",
    "hears",
    "schedule",
    "subscribe",
    "addHook",
    "decorate",
    "click",
    "submit",
    "ready",
    "each",
    "emit",
    "addEventListener",
    "bind",
    "change",
    "evaluate",
];

/// Events that come by themselves once a program has started.
const STARTED: &[&str] =
    &["open", "connect", "connected", "ready", "line", "listening", "end", "finish"];

/// Whether a node is a function.
pub(super) fn is_function(node: Node) -> bool {
    matches!(node.kind(), "arrow_function" | "function_expression" | "generator_function")
}

/// Whether a function answers requests: its first parameter says so.
pub(super) fn handles_requests(js: &Js, node: Node) -> bool {
    match node.kind() {
        "identifier" => js.known.handlers.contains(js.text(node)),
        // `router.post('/clear', controllers.clear)`.
        "member_expression" => {
            field(node, "property").is_some_and(|it| js.known.handlers.contains(js.text(it)))
        }
        _ if is_function(node) || node.kind() == "function_declaration" => {
            first_parameter(node).is_some_and(|it| REQUESTS.contains(&js.text(it)))
        }
        _ => false,
    }
}

/// The first parameter of a function.
pub(super) fn first_parameter(node: Node) -> Option<Node> {
    field(node, "parameter").or_else(|| {
        let parameters = field(node, "parameters")?;
        field(*children(parameters).first()?, "pattern")
    })
}

/// The name that a chain of calls begins with, and its last one.
pub(super) fn ends<'a>(js: &Js<'_, 'a>, called: Node) -> (&'a str, &'a str) {
    let last = match called.kind() {
        "member_expression" => field(called, "property").map(|it| js.text(it)),
        "identifier" => Some(js.text(called)),
        _ => None,
    };
    let mut node = called;
    for _ in 0..200 {
        let inner = match node.kind() {
            "member_expression" | "subscript_expression" => field(node, "object"),
            "call_expression" => field(node, "function"),
            _ => None,
        };
        match inner {
            Some(it) => node = bare(it),
            None => break,
        }
    }
    let first = if matches!(node.kind(), "identifier" | "this") { js.text(node) } else { "" };
    (first, last.unwrap_or_default())
}

/// Whether what a call hands over is run by an application, a test, or at another time.
pub(super) fn is_handled_elsewhere(js: &Js, called: Node, given: &[Node]) -> bool {
    let is_handler = |it: &Node| {
        is_function(*it) || it.kind() == "identifier" || routes::wrapped(js, *it).is_some()
    };
    if !given.iter().any(is_handler) {
        return false;
    }
    let called = bare(called);
    let (first, last) = ends(js, called);
    let event = given.first().filter(|it| it.kind() == "string").map(|it| js.text(*it));
    let event = event.unwrap_or_default().trim_matches(['\'', '"', '`']);
    let hands_over = given.iter().any(|it| is_function(*it));
    if matches!(last, "on" | "once" | "addListener") {
        let is_asked = super::calls::asking(js, called, given).is_some();
        let is_heard = is_asked || STARTED.contains(&event);
        // What a stream of keys or rows gives comes without anybody asking.
        let is_stream = first.to_lowercase().ends_with("stream")
            && matches!(event, "data" | "end" | "finish" | "close");
        return first == "process" && !is_asked || !(is_heard || is_stream);
    }
    if TESTS.contains(&first) && hands_over {
        return true;
    }
    if LATER.contains(&last) || LATER.contains(&js.text(called)) {
        return true;
    }
    let is_member = called.kind() == "member_expression";
    // `api.delete(ids)` is told what to delete, and no address.
    let is_plain = field(called, "object").is_some_and(|it| it.kind() == "identifier");
    if is_plain && given.len() == 1 && matches!(last, "delete" | "del") && !hands_over {
        return false;
    }
    if is_member && REGISTERS.contains(&last) {
        let is_router = ROUTERS.contains(&first)
            || first.ends_with("Router")
            || first.ends_with("router")
            || first.ends_with("Routes")
            || first.ends_with("Queue");
        return is_router || event.starts_with('/') || event == "*";
    }
    false
}

/// The function that a starter of programs calls by a name, and which argument it is.
pub(super) fn task(js: &Js, called: Node, given: &[Node]) -> Option<(usize, Function)> {
    let called = bare(called);
    let (first, last) = ends(js, called);
    let place = given.len().checked_sub(1)?;
    let handler = *given.get(place)?;
    let is_task = match (first, last) {
        (_, "action") => given.len() == 1,
        ("gulp" | "shipit" | "task" | "jake", "task" | "blTask") => given.len() > 1,
        ("grunt", "registerTask" | "registerMultiTask") => given.len() > 1,
        // `yargs.command('reset', 'what it does', builder, handler)`.
        (_, "command") => {
            if handler.kind() == "object" {
                return Some((place, in_object(js, handler, "handler")?));
            }
            given.len() > 1
        }
        (_, "defineCommand" | "defineTask") => {
            return Some((place, in_object(js, handler, "run")?));
        }
        _ => false,
    };
    if !is_task {
        return None;
    }
    let function = match handler.kind() {
        "identifier" => by_name(js, handler),
        _ if is_function(handler) => function(js, handler),
        _ => return None,
    };
    Some((place, Function { called_by: Some(Reach::Task), ..function }))
}

/// A task whose function has a name of its own.
pub(super) fn by_name(js: &Js, node: Node) -> Function {
    let line = js.line(node);
    let said = || Argument {
        name: None,
        value: Expression::new(line, Form::Argument("options".to_owned())),
    };
    let call = Form::Call(Call {
        callee: Expression::new(line, Form::Name(js.text(node).to_owned())),
        arguments: (0..4).map(|_| said()).collect(),
        block: None,
    });
    let body = vec![Statement { line, act: Act::Run(Expression::new(line, call)) }];
    Function { line, body, ..Function::default() }
}

/// What a file hands over as a whole: its one function, the tasks of gulp, a command of yargs, a seed of knex.
pub(super) fn exported(js: &Js, name: &str, function: Node) -> Option<Shared> {
    if matches!(function.kind(), "object" | "satisfies_expression" | "as_expression") {
        return of_object(js, function);
    }
    if let Some(task) = routes::by_export(js, name, function) {
        return Some(task);
    }
    let is_exported = name.starts_with("exports.") || name.starts_with("module.exports.");
    let is_task = match name {
        "module.exports" | "exports.seed" | "module.exports.seed" | "default" | "seed" => true,
        _ if name.ends_with("exports.handler") => js.known.has_command,
        _ => is_exported && js.known.has_gulp,
    };
    // What the file calls by itself is gone through there.
    let own =
        if function.kind() == "identifier" { Some(function) } else { field(function, "name") };
    let own = own.map(|it| js.text(it)).unwrap_or_default();
    let is_called = js.known.called.contains(own);
    let is_of_tests = ["eardown", "lobalSetup"].iter().any(|it| own.contains(it));
    let requested = is_requested(js, name, function);
    if requested.is_none() && (!is_task || handles_requests(js, function))
        || is_called
        || is_of_tests
    {
        return None;
    }
    let task = match function.kind() {
        "identifier" => by_name(js, function),
        kind if kind.contains("function") => self::function(js, function),
        _ => return None,
    };
    // Such a method says nothing of what is done: `DELETE`.
    let name = match requested.is_some() {
        true if routes::says_all(name) => name.rsplit('.').next().unwrap_or_default().to_owned(),
        true => String::new(),
        false => task.name,
    };
    let task = Function { name, called_by: requested.or(Some(Reach::Task)), ..task };
    let callee = js.make(function, Form::Name("exports".to_owned()));
    Some(js.make(
        function,
        Form::Call(Call { callee, arguments: Vec::new(), block: Some(Rc::new(task)) }),
    ))
}

/// A command of yargs, or a seeder of Sequelize, as an object: `{ command: 'wipe', handler: async () => ... }`,
/// `{ up: async (queryInterface) => queryInterface.bulkDelete('users', null, {}) }`.
pub(super) fn of_object(js: &Js, node: Node) -> Option<Shared> {
    let node = if node.kind() == "object" { node } else { *children(node).first()? };
    let text = js.text(node);
    let has = |name: &str| {
        children(node).into_iter().any(|it| {
            let key = field(it, "key").or(field(it, "name"));
            key.is_some_and(|it| js.text(it) == name)
        })
    };
    let says = |all: &[&str]| all.iter().any(|it| text.contains(it));
    let name = match () {
        () if has("command") && has("handler") => "handler",
        () if has("up")
            && says(&["bulkDelete(", "DELETE FROM"])
            && says(&["bulkInsert(", "INSERT INTO"]) =>
        {
            "up"
        }
        () => return None,
    };
    let task = in_object(js, node, name)?;
    let callee = js.make(node, Form::Name("exports".to_owned()));
    let call = Call { callee, arguments: Vec::new(), block: Some(Rc::new(task)) };
    Some(js.make(node, Form::Call(call)))
}

/// The function under this name in an object, as a task.
pub(super) fn in_object(js: &Js, node: Node, name: &str) -> Option<Function> {
    let function = children(node).into_iter().find_map(|it| match it.kind() {
        "method_definition" if field(it, "name").is_some_and(|it| js.text(it) == name) => {
            Some(function(js, it))
        }
        "pair" if field(it, "key").is_some_and(|it| js.text(it) == name) => {
            let value = field(it, "value")?;
            is_function(value).then(|| function(js, value))
        }
        _ => None,
    })?;
    Some(Function { called_by: Some(Reach::Task), ..function })
}
