//! PHP: scripts that run as they stand, and the commands of its frameworks.

mod callables;
mod calls;
mod classes;
mod expressions;
mod settings;

use std::collections::HashSet;
use std::rc::Rc;

use tree_sitter::Node;

use super::Reader;
use crate::content::script::syntax::{Act, Arm, Block, Expression, Form, Loop, Shared, Statement};
use crate::content::script::tree::{DEPTH, children, field, fields};
use crate::content::script::value::way;
use expressions::{expression, of};

/// What a plugin does to its own tables when somebody removes it, and the migrations of Magento.
const PASSING: &[&str] = &["WP_UNINSTALL_PLUGIN", "->startSetup("];

/// A file of PHP while it is read.
struct Php<'r, 'a> {
    reader: &'r Reader<'a>,
    /// The functions and methods that the file defines: a variable of such a name is another thing.
    functions: HashSet<&'a str>,
    /// It reads what is typed.
    reads_input: bool,
    /// It asks by the prompts of Laravel.
    has_prompts: bool,
    /// It is of a framework for commands.
    has_commands: bool,
}

impl<'a> Php<'_, 'a> {
    fn text(&self, node: Node) -> &'a str {
        self.reader.text(node)
    }

    fn line(&self, node: Node) -> u32 {
        self.reader.line(node)
    }

    fn make(&self, node: Node, form: Form) -> Shared {
        self.reader.expression(node, form)
    }

    /// The name of a variable, without its sign.
    fn variable(&self, node: Node) -> String {
        let text = self.text(node);
        let bare = text.trim_start_matches('$');
        match self.functions.contains(bare) {
            true => text.to_owned(),
            false => bare.to_owned(),
        }
    }
}

/// The statements of a file.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    let text = reader.text(root);
    if PASSING.iter().any(|it| text.contains(it)) {
        return Vec::new();
    }
    let mut php = Php {
        reader,
        functions: HashSet::new(),
        reads_input: text.contains("STDIN") || text.contains("php://stdin"),
        has_prompts: text.contains("Laravel\\Prompts"),
        has_commands: classes::has_commands(text),
    };
    collect(&mut php, root, 0);
    block(&php, root)
}

/// Looks for the functions that are defined anywhere in the file.
fn collect(php: &mut Php, node: Node, depth: usize) {
    if depth > DEPTH {
        return;
    }
    if matches!(node.kind(), "function_definition" | "method_declaration") {
        php.functions.extend(field(node, "name").map(|it| php.reader.text(it)));
    }
    for it in super::named(node) {
        collect(php, it, depth + 1);
    }
}

fn block(php: &Php, node: Node) -> Block {
    php.reader
        .deeper(|| children(node).into_iter().flat_map(|it| statement(php, it)).collect())
        .unwrap_or_default()
}

/// What stands in a body, with or without braces.
fn body(php: &Php, node: Node) -> Block {
    let of = |it: Node| match it.kind() {
        "compound_statement" | "colon_block" => block(php, it),
        _ => statement(php, it),
    };
    fields(node, "body").into_iter().flat_map(of).collect()
}

fn statement(php: &Php, node: Node) -> Block {
    php.reader.deeper(|| acts(php, node)).unwrap_or_default()
}

fn acts(php: &Php, node: Node) -> Block {
    let line = php.line(node);
    let one = |act| vec![Statement { line, act }];
    let value = || children(node).first().map(|it| expression(php, *it));
    match node.kind() {
        "expression_statement" => {
            children(node).into_iter().flat_map(|it| alone(php, it)).collect()
        }
        "echo_statement" => one(Act::Run(calls::plain(php, node, "echo"))),
        "exit_statement" => one(Act::Run(calls::plain(php, node, "exit"))),
        "if_statement" => one(choice(php, node)),
        "while_statement" | "do_statement" => one(Act::Loop(repeated(php, node))),
        "for_statement" => one(Act::Block(counted(php, node))),
        "foreach_statement" => one(Act::Loop(over(php, node))),
        "switch_statement" => one(Act::Switch {
            subject: of(php, node, "condition"),
            arms: field(node, "body").map(|it| arms(php, it)).unwrap_or_default(),
        }),
        "try_statement" => one(attempt(php, node)),
        "return_statement" => one(Act::Return(value())),
        "break_statement" => one(Act::Break),
        "continue_statement" => one(Act::Continue),
        "function_definition" => one(Act::Define(Rc::new(classes::function(php, node)))),
        "class_declaration" | "trait_declaration" | "enum_declaration" => {
            one(classes::class(php, node))
        }
        "compound_statement" | "colon_block" | "ERROR" | "declare_statement" => {
            one(Act::Block(block(php, node)))
        }
        "namespace_definition" => one(Act::Block(body(php, node))),
        "const_declaration" => classes::constants(php, node, ""),
        "function_static_declaration" => {
            let set = |it: Node| {
                let name = php.variable(field(it, "name")?);
                let value = expression(php, field(it, "value")?);
                Some(Statement { line, act: Act::Set(name, value) })
            };
            children(node).into_iter().filter_map(set).collect()
        }
        _ => Vec::new(),
    }
}

/// An expression that stands alone.
fn alone(php: &Php, node: Node) -> Block {
    let node = expressions::bare_of(node);
    let line = php.line(node);
    let one = |act| vec![Statement { line, act }];
    match node.kind() {
        "throw_expression" => {
            one(Act::Throw(children(node).first().map(|it| expression(php, *it))))
        }
        "assignment_expression"
        | "reference_assignment_expression"
        | "augmented_assignment_expression" => assignment(php, node),
        _ => match calls::act(php, node) {
            Some(act) => one(act),
            None => one(Act::Run(expression(php, node))),
        },
    }
}

fn assignment(php: &Php, node: Node) -> Block {
    let line = php.line(node);
    let Some(left) = field(node, "left") else { return Vec::new() };
    let value = expressions::assigned(php, node);
    bind(php, left, value, line)
}

/// Lets the names on the left side stand for a value.
fn bind(php: &Php, left: Node, value: Shared, line: u32) -> Block {
    let set = |name: String, value: Shared| Statement { line, act: Act::Set(name, value) };
    match left.kind() {
        "variable_name" => vec![set(php.variable(left), value)],
        "list_literal" | "array_creation_expression" => {
            let mut all = vec![Statement { line, act: Act::Run(Rc::clone(&value)) }];
            for (n, it) in children(left).into_iter().enumerate() {
                let by = Expression::new(line, Form::Number(n.to_string()));
                // `['name' => $name]`.
                let (by, it) = match children(it).as_slice() {
                    [key, one] => (expression(php, *key), *one),
                    [one] if it.kind() == "array_element_initializer" => (by, *one),
                    _ => (by, it),
                };
                let part = Form::Index(Rc::clone(&value), by);
                if it.kind() == "variable_name" {
                    all.push(set(php.variable(it), Expression::new(line, part)));
                }
            }
            all
        }
        // `$all[] = $one`.
        "subscript_expression" if children(left).len() == 1 => {
            let whole = children(left).first().and_then(|it| way(&expression(php, *it)));
            let mut all = vec![Statement { line, act: Act::Run(Rc::clone(&value)) }];
            if let Some(name) = whole {
                let either =
                    Form::List(vec![Expression::new(line, Form::Name(name.clone())), value]);
                all.push(set(name, Expression::new(line, either)));
            }
            all
        }
        _ => match way(&expression(php, left)) {
            Some(name) => vec![set(name, value)],
            None => vec![Statement { line, act: Act::Run(value) }],
        },
    }
}

/// `if`, with all that is asked where it does not hold.
fn choice(php: &Php, node: Node) -> Act {
    let mut otherwise = Block::new();
    for it in fields(node, "alternative").into_iter().rev() {
        otherwise = match it.kind() {
            "else_if_clause" => {
                let test = of(php, it, "condition");
                let act = Act::If { test, then: body(php, it), otherwise };
                vec![Statement { line: php.line(it), act }]
            }
            _ => body(php, it),
        };
    }
    Act::If { test: of(php, node, "condition"), then: body(php, node), otherwise }
}

fn counted(php: &Php, node: Node) -> Block {
    let line = php.line(node);
    let mut all: Block =
        fields(node, "initialize").into_iter().flat_map(|it| alone(php, it)).collect();
    let test = field(node, "condition")
        .map_or_else(|| Expression::new(line, Form::Bool(true)), |it| expression(php, it));
    let body = body(php, node);
    let act =
        Act::Loop(Loop { variable: None, over: None, test: Some(test), body, runs_first: false });
    all.push(Statement { line, act });
    all
}

/// `while ($test)`, and what WordPress makes of it: `while ($query->have_posts())` goes through all of its posts.
fn repeated(php: &Php, node: Node) -> Loop {
    let test = of(php, node, "condition");
    let runs_first = node.kind() == "do_statement";
    let mut body = body(php, node);
    let posts = match &test.form {
        Form::Call(call) => match &call.callee.form {
            Form::Member(on, name) if name == "have_posts" => {
                Some(Expression::new(test.line, Form::Member(Rc::clone(on), "posts".to_owned())))
            }
            _ => None,
        },
        _ => None,
    };
    let inner = field(node, "body");
    let picks = |name: &str| inner.is_some_and(|it| expressions::picks(php, it, name));
    if let Some(over) = posts {
        let is_all = !picks("$post") && !picks("get_the_ID");
        let variable = is_all.then(|| "post".to_owned());
        return Loop { variable, over: Some(over), test: None, body, runs_first };
    }
    // `while (($name = readdir($handle)) !== false)`, where the body is about some of them only.
    if let Some(name) = expressions::read_of_directory(&test).filter(|it| picks(&format!("${it}")))
    {
        let unknown = Expression::new(test.line, Form::Other(Vec::new()));
        body.insert(0, Statement { line: test.line, act: Act::Set(name, unknown) });
    }
    Loop { variable: None, over: None, test: Some(test), body, runs_first }
}

/// What stands for one of what a loop goes through that is taken apart at once.
const EACH: &str = "|each";

/// `foreach ($all as $key => $one)`.
fn over(php: &Php, node: Node) -> Loop {
    let parts: Vec<Node> = {
        let bodies = fields(node, "body");
        children(node).into_iter().filter(|it| !bodies.contains(it)).collect()
    };
    let one = parts.get(1).map(|it| match it.kind() {
        "pair" => children(*it).last().copied().unwrap_or(*it),
        _ => *it,
    });
    let one = one.map(|it| match it.kind() {
        "by_ref" => children(it).first().copied().unwrap_or(it),
        _ => it,
    });
    let mut body = body(php, node);
    let mut variable = None;
    if let Some(one) = one.filter(|it| it.kind() == "variable_name") {
        let name = php.variable(one);
        // `foreach (array_slice($argv, 1) as $flag)`: what the caller says is read.
        let is_said = parts.first().is_some_and(|it| php.text(*it).contains("$argv"));
        let picks = |it| expressions::picks(php, it, php.text(one));
        match !is_said && field(node, "body").is_some_and(picks) {
            // It is about some of them only.
            true => {
                let line = php.line(one);
                let unknown = Expression::new(line, Form::Other(Vec::new()));
                body.insert(0, Statement { line, act: Act::Set(name, unknown) });
            }
            false => variable = Some(name),
        }
    }
    // `foreach ($all as [$name, $query])`.
    let is_list = |it: &Node| matches!(it.kind(), "list_literal" | "array_creation_expression");
    if let Some(list) = one.filter(is_list) {
        let line = php.line(list);
        let each = Expression::new(line, Form::Name(EACH.to_owned()));
        body.splice(0..0, bind(php, list, each, line));
        variable = Some(EACH.to_owned());
    }
    let over = parts.first().map(|it| expression(php, *it));
    Loop { variable, over, test: None, body, runs_first: false }
}

fn arms(php: &Php, node: Node) -> Vec<Arm> {
    let mut arms = Vec::new();
    for it in children(node) {
        let value = field(it, "value");
        let patterns = match it.kind() {
            "case_statement" => vec![of(php, it, "value")],
            "default_statement" => Vec::new(),
            _ => continue,
        };
        let statements = children(it).into_iter().filter(|it| Some(*it) != value);
        let mut body: Block = statements.flat_map(|it| statement(php, it)).collect();
        let falls_through = !stops(&mut body);
        arms.push(Arm { patterns, body, falls_through });
    }
    arms
}

/// Takes the `break` at the end of a way through a switch; whether there was one.
fn stops(body: &mut Block) -> bool {
    match body.last_mut().map(|it| &mut it.act) {
        Some(Act::Break | Act::Continue) => {
            body.pop();
            true
        }
        Some(Act::Block(inner)) => stops(inner),
        _ => false,
    }
}

fn attempt(php: &Php, node: Node) -> Act {
    let (mut handlers, mut finally) = (Vec::new(), Block::new());
    for it in children(node) {
        match it.kind() {
            "catch_clause" => handlers.push(body(php, it)),
            "finally_clause" => finally = body(php, it),
            _ => {}
        }
    }
    Act::Try { body: body(php, node), handlers, otherwise: Block::new(), finally }
}
