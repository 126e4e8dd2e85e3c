//! Calls of PHP: what asks for the environment and for the caller's options, and what runs a command.

use std::rc::Rc;

use tree_sitter::Node;

use super::classes::bare;
use super::expressions::{all, constant, expression};
use super::settings::{environment, requested, said, setting, testing};
use super::{Php, callables};
use crate::content::script::Reach;
use crate::content::script::syntax::{
    Act, Argument, Block, Call, Comparison, Expression, Form, Function, Shared, Statement,
};
use crate::content::script::tree::{children, field};
use crate::content::script::value::ARGUMENTS;
use crate::content::script::words;

/// Functions and methods whose functions run at another time: on a request, on an event, for a service.
const LATER: &[&str] = &[
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "any",
    "match",
    "add",
    "group",
    "add_action",
    "add_filter",
    "add_shortcode",
    "listen",
    "on",
    "bind",
    "singleton",
    "scoped",
    "extend",
    "macro",
    "register_shutdown_function",
    "register_activation_hook",
    "register_deactivation_hook",
    "register_uninstall_hook",
    "register_rest_route",
    "set_error_handler",
    "set_exception_handler",
    "spl_autoload_register",
    "addListener",
    "addEventListener",
    "set",
    "share",
    "factory",
    "route",
    "map",
    "created",
    "deleting",
    "deleted",
    "saving",
    "saved",
    "updating",
    "booted",
    "it",
    "test",
    "describe",
    "beforeEach",
    "afterEach",
    "beforeAll",
    "afterAll",
];

/// The node whose line a call is told by: its name, as a chain may go over several lines.
pub(super) fn spoken(node: Node<'_>) -> Node<'_> {
    match node.kind() {
        "member_call_expression" | "nullsafe_member_call_expression" | "scoped_call_expression" => {
            field(node, "name").unwrap_or(node)
        }
        _ => node,
    }
}

fn value(value: Shared) -> Argument {
    Argument { name: None, value }
}

pub(super) fn call_of(line: u32, callee: Form, arguments: Vec<Argument>) -> Form {
    Form::Call(Call { callee: Expression::new(line, callee), arguments, block: None })
}

/// A word of the language that is as good as a function.
pub(super) fn plain_form(php: &Php, node: Node, name: &str) -> Form {
    let arguments = all(php, node).into_iter().map(value).collect();
    call_of(php.line(node), Form::Name(name.to_owned()), arguments)
}

pub(super) fn plain(php: &Php, node: Node, name: &str) -> Shared {
    php.make(node, plain_form(php, node, name))
}

/// A command line.
pub(super) fn of_shell(php: &Php, node: Node, line: Form) -> Form {
    let text = php.make(node, line);
    call_of(php.line(node), Form::Name("shell_exec".to_owned()), vec![value(text)])
}

/// The class on the left of `::`.
pub(super) fn scope(php: &Php, node: Node) -> Shared {
    match node.kind() {
        "name" | "qualified_name" | "relative_name" | "relative_scope" => {
            let name = match bare(php.text(node)) {
                "static" => "self",
                it => it,
            };
            php.make(node, Form::Name(name.to_owned()))
        }
        _ => expression(php, node),
    }
}

fn arguments(php: &Php, node: Node) -> Vec<Argument> {
    let list = field(node, "arguments")
        .or_else(|| children(node).into_iter().find(|it| it.kind() == "arguments"));
    let one = |it: Node| {
        let name = field(it, "name");
        let inner = children(it).into_iter().find(|it| Some(*it) != name);
        Argument {
            name: name.map(|it| php.text(it).to_owned()),
            value: inner.map_or_else(|| php.make(it, Form::Nothing), |it| expression(php, it)),
        }
    };
    list.map(children).unwrap_or_default().into_iter().map(one).collect()
}

pub(super) fn call(php: &Php, node: Node) -> Form {
    match node.kind() {
        "function_call_expression" => of_function(php, node),
        "object_creation_expression" => creation(php, node),
        _ => of_method(php, node),
    }
}

/// `new Name(...)`.
fn creation(php: &Php, node: Node) -> Form {
    let Some(class) = children(node).into_iter().next() else { return Form::Nothing };
    if class.kind() == "anonymous_class" {
        return Form::Nothing;
    }
    let arguments = arguments(php, node);
    match bare(php.text(class)) {
        "Process" => of_list(php, node, arguments, "shell_exec"),
        name => call_of(php.line(node), Form::Name(name.to_owned()), arguments),
    }
}

/// A command whose words come first, whatever is said of how it runs.
fn of_list(php: &Php, node: Node, arguments: Vec<Argument>, name: &str) -> Form {
    call_of(php.line(node), Form::Name(name.to_owned()), arguments.into_iter().take(1).collect())
}

/// Leaves out functions that run later.
fn now(mut arguments: Vec<Argument>, name: &str) -> Vec<Argument> {
    if LATER.contains(&name) {
        arguments.retain(|it| !matches!(it.value.form, Form::Lambda(_)));
    }
    arguments
}

fn of_function(php: &Php, node: Node) -> Form {
    let line = php.line(node);
    let mut arguments = arguments(php, node);
    let Some(callee) = field(node, "function") else { return Form::Nothing };
    if !matches!(callee.kind(), "name" | "qualified_name" | "relative_name") {
        return call_of(line, Form::Either(vec![expression(php, callee)]), arguments);
    }
    let name = bare(php.text(callee));
    if php.functions.contains(name) {
        return call_of(line, Form::Name(name.to_owned()), arguments);
    }
    callables::named(php, name, &mut arguments);
    // `unlink(filename: $path)`: functions of PHP itself are known by the order of what they take, in which names mostly stand.
    let arguments: Vec<Argument> =
        arguments.into_iter().map(|it| Argument { name: None, ..it }).collect();
    let lower = name.to_lowercase();
    let text = |n: usize| arguments.get(n).and_then(|it| it.value.literal());
    let given = |n: usize| arguments.get(n).map(|it| Rc::clone(&it.value));
    let form = match (lower.as_str(), given(0), given(1)) {
        ("getenv" | "env" | "config", Some(_), default) => {
            text(0).map(|name| setting(name, default))
        }
        ("isset", Some(one), None) => Some(Form::Either(vec![one])),
        ("isset", ..) => Some(Form::All(arguments.iter().map(|it| Rc::clone(&it.value)).collect())),
        ("empty" | "is_null" | "blank", Some(one), None) => Some(Form::Not(one)),
        ("filled", Some(one), None) => Some(Form::Either(vec![one])),
        ("in_array", Some(one), Some(list)) => Some(Form::Compare(Comparison::In, one, list)),
        ("array_key_exists", Some(_), Some(on)) => text(0).map(|it| Form::Member(on, it)),
        ("preg_match", Some(pattern), Some(one)) => {
            let words = pattern.literal().map(|it| words_of_pattern(line, &it));
            words.map(|words| Form::Compare(Comparison::Fits, one, words))
        }
        ("strcmp" | "strcasecmp", Some(one), Some(other)) => {
            Some(Form::Not(Expression::new(line, Form::Compare(Comparison::Equal, one, other))))
        }
        ("getopt", ..) => Some(call_of(line, Form::Name(ARGUMENTS.to_owned()), Vec::new())),
        ("request", Some(_), _) => text(0).map(|it| requested(&it)),
        // A helper of the program for `app()->runningUnitTests()`.
        ("testing" | "istesting" | "is_testing", None, None) => testing(line),
        ("wp_get_environment_type", ..) => {
            Some(Form::Environment("WP_ENVIRONMENT_TYPE".to_owned(), None))
        }
        ("fgets" | "fread" | "fgetc" | "stream_get_line" | "fscanf", ..) => {
            let asks = if php.reads_input { "readline" } else { "read_file" };
            Some(call_of(line, Form::Name(asks.to_owned()), arguments.clone()))
        }
        ("read" | "input" | "question" | "select", ..) if !php.has_commands => {
            Some(call_of(line, Form::Name(format!("{lower}()")), arguments.clone()))
        }
        // `compact('index')` is `['index' => $index]`.
        ("compact", Some(_), _) => Some(Form::Map(
            (0..arguments.len())
                .filter_map(&text)
                .map(|it| {
                    let value = Expression::new(line, Form::Name(it.clone()));
                    (Expression::text(line, it), value)
                })
                .collect(),
        )),
        // The connection comes first.
        (
            "mysqli_query" | "mysqli_multi_query" | "mysqli_real_query" | "pg_query"
            | "sqlsrv_query" | "odbc_exec",
            Some(_),
            Some(text),
        ) => Some(call_of(line, Form::Name("mysqli_query".to_owned()), vec![value(text)])),
        ("db_query" | "dbquery" | "sqlite_exec", Some(text), _) => {
            Some(call_of(line, Form::Name("mysqli_query".to_owned()), vec![value(text)]))
        }
        ("task", Some(_), Some(block)) => task(&text(0).unwrap_or_default(), &block, line),
        ("call_user_func" | "call_user_func_array", Some(callee), _) => {
            callables::called(line, callee, &arguments)
        }
        ("get_the_id", None, _) => {
            let post = Expression::new(line, Form::Name("post".to_owned()));
            Some(Form::Member(post, "ID".to_owned()))
        }
        // `WP_CLI\Utils\get_flag_value($assoc_args, 'execute', false)`.
        ("get_flag_value", Some(_), Some(flag)) => {
            let is_off =
                given(2).is_none_or(|it| matches!(it.form, Form::Bool(false) | Form::Nothing));
            flag.literal().filter(|_| is_off).map(Form::Argument)
        }
        // A prompt of Laravel.
        ("text", Some(_), _) if php.has_prompts => {
            Some(call_of(line, Form::Name("readline".to_owned()), arguments.clone()))
        }
        ("cli_input", Some(_), _) => {
            Some(call_of(line, Form::Name("readline".to_owned()), arguments.clone()))
        }
        ("cli_error", ..) => Some(call_of(line, Form::Name("exit".to_owned()), arguments.clone())),
        _ => None,
    };
    form.unwrap_or_else(|| {
        let name = match lower.as_str() {
            "die" | "exit" => "exit",
            it @ ("exec" | "system" | "passthru" | "shell_exec" | "popen" | "unlink") => it,
            _ => name,
        };
        let arguments = now(arguments, name);
        call_of(line, Form::Name(name.to_owned()), arguments)
    })
}

/// The words that a pattern looks for, as far as it is a list of them.
fn words_of_pattern(line: u32, pattern: &str) -> Shared {
    let sign = pattern.chars().next().unwrap_or('/');
    let inner = pattern.rsplit_once(sign).map_or(pattern, |(inner, _)| inner);
    if words::has_no_word(inner) {
        return Expression::new(line, Form::List(vec![Expression::text(line, inner)]));
    }
    let plain: String = inner
        .chars()
        .filter(|it| it.is_alphanumeric() || matches!(it, '|' | '.' | '-' | '_' | ' '))
        .collect();
    let words = plain.split('|').filter(|it| !it.is_empty());
    Expression::new(line, Form::List(words.map(|it| Expression::text(line, it)).collect()))
}

/// A function that is kept under a name, to be run by it.
fn task(name: &str, block: &Shared, line: u32) -> Option<Form> {
    let Form::Lambda(it) = &block.form else { return None };
    let function = Function {
        name: format!("task {name}"),
        line: it.line,
        parameters: it.parameters.clone(),
        body: it.body.clone(),
        called_by: Some(Reach::Task),
        ..Function::default()
    };
    Some(Form::Call(Call {
        callee: Expression::new(line, Form::Name("task".to_owned())),
        arguments: Vec::new(),
        block: Some(Rc::new(function)),
    }))
}

fn of_method(php: &Php, node: Node) -> Form {
    let line = php.line(spoken(node));
    let arguments = arguments(php, node);
    let name = field(node, "name");
    let is_dynamic = name.is_none_or(|it| it.kind() != "name");
    let name = name.map(|it| php.text(it)).unwrap_or_default();
    let is_static = node.kind() == "scoped_call_expression";
    let on = field(node, if is_static { "scope" } else { "object" });
    let Some(on) = on else { return Form::Other(all(php, node)) };
    // `$tool->$name()`.
    if let Some(name) = field(node, "name").filter(|_| is_dynamic) {
        let (on, by) = (expression(php, on), expression(php, name));
        return call_of(line, Form::Index(on, by), arguments);
    }
    let on_text = php.text(on).trim_start_matches('\\');
    if let Some(form) = environment(line, on_text, name, &arguments) {
        return form;
    }
    if let Some(form) = said(line, on_text, name, &arguments) {
        return form;
    }
    let on = if is_static { scope(php, on) } else { expression(php, on) };
    let class = bare(on_text);
    let given = |n: usize| arguments.get(n).map(|it| Rc::clone(&it.value));
    match (class, name, given(1)) {
        ("Artisan" | "$this->schedule", "command", Some(block)) => {
            let text = given(0).and_then(|it| it.literal()).unwrap_or_default();
            if let Some(form) = task(&text, &block, line) {
                return form;
            }
        }
        // Whoever looks at the page runs it.
        ("Route" | "$router" | "$app", "get" | "any", Some(block)) => {
            if let Some(form) = task("GET", &block, line) {
                return form;
            }
        }
        ("Process", "fromShellCommandline", _) => {
            return of_list(php, node, arguments, "shell_exec");
        }
        _ => {}
    }
    // A function that is run at its times keeps what it likes.
    let is_planned = class == "$schedule" && name == "call";
    let mut arguments = now(arguments, if is_planned { "on" } else { name });
    callables::named(php, name, &mut arguments);
    // `WP_CLI::confirm('Sure?', ['yes' => true])` asks nobody.
    if class == "WP_CLI"
        && name == "confirm"
        && arguments.get(1).is_some_and(|it| says_yes(&it.value))
    {
        return call_of(line, Form::Name("print".to_owned()), arguments);
    }
    if class == "WP_CLI" && matches!(name, "confirm" | "error") {
        if name == "error" {
            return call_of(line, Form::Name("exit".to_owned()), arguments);
        }
        // It ends by itself.
        let abort = Expression::new(line, Form::Bool(true));
        arguments.push(Argument { name: Some("abort".to_owned()), value: abort });
    }
    let name = match (class, name) {
        // What it is given is SQL.
        ("DB", "delete") if !arguments.is_empty() => "statement",
        (_, "createCommand") if !arguments.is_empty() => "query",
        ("dd" | "ddd", _) => "exit",
        // Joomla is told the statement first.
        (_, "setQuery") if arguments.len() == 1 => "query",
        // A shell of CakePHP 2.
        ("$this", "in") if php.has_commands && !arguments.is_empty() => "ask",
        _ => name,
    };
    call_of(line, Form::Member(on, name.to_owned()), arguments)
}

/// `['yes' => true]`.
fn says_yes(options: &Expression) -> bool {
    let Form::Map(pairs) = &options.form else { return false };
    pairs.iter().any(|(key, value)| {
        key.literal().as_deref() == Some("yes") && matches!(value.form, Form::Bool(true))
    })
}

/// Functions that are statements: `define('NAME', $value)`, `abort_if($test, 403)`.
pub(super) fn act(php: &Php, node: Node) -> Option<Act> {
    let callee = field(node, "function").filter(|_| node.kind() == "function_call_expression")?;
    let name = php.text(callee);
    let first = || arguments(php, node).into_iter().next().map(|it| it.value);
    let ends = || vec![Statement { line: php.line(node), act: Act::Throw(None) }];
    match name {
        "define" => {
            let all = arguments(php, node);
            let name = all.first()?.value.literal()?;
            Some(Act::Set(constant(&name), Rc::clone(&all.get(1)?.value)))
        }
        "abort_if" | "throw_if" => {
            Some(Act::If { test: first()?, then: ends(), otherwise: Block::new() })
        }
        "abort_unless" | "throw_unless" => {
            Some(Act::If { test: first()?, then: Block::new(), otherwise: ends() })
        }
        _ => None,
    }
}

/// Whether a call gives back the place of one text in another.
pub(super) fn is_place(of: &Expression) -> bool {
    match &of.form {
        Form::Call(call) => match &call.callee.form {
            Form::Name(name) => {
                matches!(name.as_str(), "strpos" | "stripos" | "strstr" | "stristr")
            }
            _ => false,
        },
        _ => false,
    }
}
