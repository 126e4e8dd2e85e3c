//! The shell: what is common to sh, bash, ksh and zsh.

mod arithmetic;
mod ended;
mod grouped;
mod redirects;
mod shown;
mod words;

use std::rc::Rc;

use tree_sitter::Node;

use super::Reader;
use crate::content::script::syntax::{
    Act, Arm, Block, Command, Expression, Form, Function, Loop, Parameter, Shared, Statement,
};
use crate::content::script::tree::{children, field, fields, has};
use crate::content::script::words as said;
use redirects::{redirect, redirected};
pub(super) use shown::as_known;
pub(super) use words::with_holes;
use words::{add_word, call, test, word};
pub(in crate::content::script) use words::{compare, unary};

/// The statements of a file.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    block(reader, root)
}

fn block(reader: &Reader, node: Node) -> Block {
    all_of(reader, children(node))
}

fn all_of(reader: &Reader, nodes: Vec<Node>) -> Block {
    reader
        .deeper(|| {
            let mut all: Block = Vec::new();
            for node in nodes {
                let mut these = statement(reader, node);
                ended::looked_at(reader, node, &mut all, &mut these);
                all.append(&mut these);
            }
            all
        })
        .unwrap_or_default()
}

fn statement(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    let one = |act| vec![Statement { line, act }];
    match node.kind() {
        "if_statement" => one(if_statement(reader, node)),
        "while_statement" => {
            let test = condition(reader, node);
            // `until` looks the same but for its word.
            let test = match has(node, "until") {
                true => Expression::new(line, Form::Not(test)),
                false => test,
            };
            let body = field(node, "body").map(|it| block(reader, it)).unwrap_or_default();
            one(Act::Loop(Loop {
                variable: None,
                over: None,
                test: Some(test),
                body,
                runs_first: false,
            }))
        }
        "for_statement" | "select_statement" => {
            let mut values: Vec<Shared> =
                fields(node, "value").into_iter().map(|it| word(reader, it)).collect();
            // `for arg; do ... done` goes over all arguments.
            if values.is_empty() && !has(node, "in") {
                values.push(Expression::new(line, words::variable("@")));
            }
            let mut variable = field(node, "variable").map(|it| reader.text(it).to_owned());
            let mut body = field(node, "body").map(|it| block(reader, it)).unwrap_or_default();
            // `select` asks which of them it is to be, again and again, until something leaves it.
            if has(node, "select")
                && let Some(name) = variable.take()
            {
                let answer = Expression::new(line, call(line, "read", Vec::new()));
                body.insert(0, Statement { line, act: Act::Set(name, answer) });
                let test = Some(Expression::new(line, Form::Bool(true)));
                return one(Act::Loop(Loop {
                    variable,
                    over: None,
                    test,
                    body,
                    runs_first: false,
                }));
            }
            one(Act::Loop(Loop {
                variable,
                over: Some(Expression::new(line, Form::List(values))),
                test: None,
                body,
                runs_first: false,
            }))
        }
        "c_style_for_statement" => one(Act::Loop(Loop {
            variable: None,
            over: Some(Expression::new(line, Form::Other(Vec::new()))),
            test: None,
            body: field(node, "body").map(|it| block(reader, it)).unwrap_or_default(),
            runs_first: false,
        })),
        "case_statement" => one(case(reader, node)),
        "function_definition" => one(Act::Define(Rc::new(Function {
            name: field(node, "name").map(|it| reader.text(it).to_owned()).unwrap_or_default(),
            line,
            parameters: positional(reader, node),
            body: field(node, "body").map(|it| statement(reader, it)).unwrap_or_default(),
            ..Function::default()
        }))),
        "compound_statement" | "do_group" => {
            let decides =
                || Some(Act::Run(reader.expression(node, arithmetic::condition(reader, node)?)));
            let act = arithmetic::assignment(reader, node).or_else(decides);
            one(act.unwrap_or_else(|| Act::Block(block(reader, node))))
        }
        "variable_assignment" => assignment(reader, node)
            .map(|(name, value)| one(Act::Set(name, value)))
            .unwrap_or_default(),
        "variable_assignments" => block(reader, node),
        "declaration_command" => children(node)
            .into_iter()
            .filter(|it| it.kind() == "variable_assignment")
            .flat_map(|it| statement(reader, it))
            .collect(),
        "unset_command" => children(node)
            .into_iter()
            .filter(|it| it.kind() == "variable_name")
            .map(|it| {
                let line = reader.line(it);
                let act = Act::Set(reader.text(it).to_owned(), Expression::text(line, ""));
                Statement { line, act }
            })
            .collect(),
        "ERROR" => block(reader, node),
        "command" if reader.text(node).starts_with(": ") => {
            let mut all = one(Act::Run(expression(reader, node)));
            all.extend(set_where_unset(reader, node));
            all
        }
        _ if node.next_sibling().is_some_and(|it| it.kind() == "&") => {
            one(Act::Run(in_background(reader, node)))
        }
        _ => one(Act::Run(expression(reader, node))),
    }
}

/// What runs in a process of its own that nothing waits for: however it ends, the script goes on.
fn in_background(reader: &Reader, node: Node) -> Shared {
    let line = reader.line(node);
    let inner = vec![Statement { line, act: Act::Run(expression(reader, node)) }];
    let inner = Expression::new(line, Form::Subshell(Rc::new(inner)));
    let goes_on = Command { words: vec![Expression::text(line, "true")], ..Command::default() };
    let goes_on = Expression::new(line, Form::Command(goes_on));
    Expression::new(line, Form::Any(vec![inner, goes_on]))
}

/// `: "${ENV:=dev}"`: what it is from here on, where nobody says otherwise.
fn set_where_unset(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    let sets = children(node).into_iter().filter(|it| reader.text(*it).contains('='));
    let told = sets.filter_map(|it| {
        let mut open = vec![word(reader, it)];
        let mut left = 20;
        while let Some(it) = open.pop().filter(|_| left > 0) {
            left -= 1;
            if let Form::Environment(name, Some(_)) = &it.form {
                return Some(Act::Set(name.clone(), it.clone()));
            }
            open.extend(it.children().into_iter().map(Rc::clone));
        }
        None
    });
    told.map(|act| Statement { line, act }).collect()
}

/// What stands for the arguments of a function, where it looks at them.
fn positional(reader: &Reader, node: Node) -> Vec<Parameter> {
    let text = reader.text(node);
    let looks = ["$1", "$2", "$@", "$*", "${1", "${2", "${@"].iter().any(|it| text.contains(it));
    let all = Parameter { name: "$@".to_owned(), default: None };
    if looks { vec![all] } else { Vec::new() }
}

/// The commands of an `if` or `while` that decide, the last of them by how it ends.
fn condition(reader: &Reader, node: Node) -> Shared {
    let nodes: Vec<Node> =
        fields(node, "condition").into_iter().filter(|it| it.is_named()).collect();
    match nodes.as_slice() {
        [one] => expression(reader, *one),
        _ => {
            let line = reader.line(node);
            Expression::new(line, Form::Group(Rc::new(all_of(reader, nodes))))
        }
    }
}

fn if_statement(reader: &Reader, node: Node) -> Act {
    let decides: Vec<usize> = fields(node, "condition").iter().map(|it| it.id()).collect();
    let is_clause = |it: &Node| matches!(it.kind(), "elif_clause" | "else_clause");
    let body = children(node)
        .into_iter()
        .filter(|it| !is_clause(it) && !decides.contains(&it.id()))
        .collect();
    let mut otherwise: Block = Vec::new();
    for clause in children(node).into_iter().filter(is_clause).rev() {
        otherwise = match clause.kind() {
            "else_clause" => block(reader, clause),
            _ => {
                // The first statement of an `elif` decides.
                let mut parts = children(clause);
                if parts.is_empty() {
                    continue;
                }
                let test = expression(reader, parts.remove(0));
                let line = reader.line(clause);
                vec![Statement {
                    line,
                    act: Act::If { test, then: all_of(reader, parts), otherwise },
                }]
            }
        };
    }
    Act::If { test: condition(reader, node), then: all_of(reader, body), otherwise }
}

fn case(reader: &Reader, node: Node) -> Act {
    let subject = field(node, "value")
        .map_or_else(|| reader.expression(node, Form::Nothing), |it| word(reader, it));
    let arms = children(node)
        .into_iter()
        .filter(|it| it.kind() == "case_item")
        .map(|item| {
            let values = fields(item, "value");
            let ids: Vec<usize> = values.iter().map(|it| it.id()).collect();
            let body = children(item).into_iter().filter(|it| !ids.contains(&it.id())).collect();
            let mut patterns: Vec<Shared> = values.into_iter().map(|it| word(reader, it)).collect();
            if patterns.iter().any(|it| it.literal().as_deref() == Some("*")) {
                patterns.clear();
            }
            Arm { patterns, body: all_of(reader, body), falls_through: false }
        })
        .collect();
    Act::Switch { subject, arms }
}

fn assignment(reader: &Reader, node: Node) -> Option<(String, Shared)> {
    let name = reader.text(field(node, "name")?).to_owned();
    let value = match field(node, "value") {
        Some(it) => word(reader, it),
        None => Expression::text(reader.line(node), ""),
    };
    let line = value.line;
    let before = || Expression::new(line, Form::Name(name.clone()));
    let value = match &value.form {
        _ if !has(node, "+=") => value,
        // `command+=(--force)`.
        Form::List(_) => Expression::new(line, Form::List(vec![before(), value])),
        _ => Expression::new(line, Form::Join(vec![before(), value])),
    };
    Some((name, value))
}

fn expression(reader: &Reader, node: Node) -> Shared {
    reader.bounded(node, || form(reader, node))
}

fn form(reader: &Reader, node: Node) -> Form {
    match node.kind() {
        "command" => Form::Command(command(reader, node)),
        "redirected_statement" => redirected(reader, node),
        "pipeline" => pipeline(reader, node),
        "list" => {
            let both: Vec<Shared> =
                children(node).into_iter().map(|it| expression(reader, it)).collect();
            if has(node, "||") { Form::Any(both) } else { Form::All(both) }
        }
        "negated_command" => match children(node).first() {
            Some(inner) => Form::Not(expression(reader, *inner)),
            None => Form::Nothing,
        },
        "test_command" => match children(node).first() {
            // Its end was taken from another test.
            Some(inner)
                if inner.kind() == "redirected_statement" && reader.text(*inner).contains('\n') =>
            {
                reader.is_cut.set(true);
                Form::Nothing
            }
            Some(inner) => test(reader, *inner),
            None => Form::Nothing,
        },
        "unset_command" => Form::Other(Vec::new()),
        "subshell" => Form::Subshell(Rc::new(block(reader, node))),
        "compound_statement" | "do_group" => match arithmetic::assignment(reader, node) {
            // `dropdb app || (( failed++ ))`.
            Some(act) => Form::Group(Rc::new(vec![Statement { line: reader.line(node), act }])),
            None => arithmetic::condition(reader, node)
                .unwrap_or_else(|| Form::Group(Rc::new(block(reader, node)))),
        },
        // What is a statement elsewhere, as in `if ...; then ...; fi | cat` or `for ... done && x`.
        _ => Form::Group(Rc::new(statement_only(reader, node))),
    }
}

/// Commands of which each reads what the one before writes. A `!` before the first turns round how all of them end.
fn pipeline(reader: &Reader, node: Node) -> Form {
    let mut parts: Vec<Shared> =
        children(node).into_iter().map(|it| expression(reader, it)).collect();
    let line = reader.line(node);
    let negated = parts.first().and_then(|it| match &it.form {
        Form::Not(inner) => Some(Rc::clone(inner)),
        _ => None,
    });
    match (negated, parts.first_mut()) {
        (Some(inner), Some(first)) => {
            *first = inner;
            Form::Not(Expression::new(line, Form::Pipe(parts)))
        }
        _ => Form::Pipe(parts),
    }
}

fn statement_only(reader: &Reader, node: Node) -> Block {
    match node.kind() {
        "if_statement"
        | "while_statement"
        | "for_statement"
        | "case_statement"
        | "function_definition"
        | "variable_assignment"
        | "variable_assignments"
        | "declaration_command"
        | "unset_command"
        | "c_style_for_statement"
        | "select_statement" => statement(reader, node),
        _ => Vec::new(),
    }
}

fn command(reader: &Reader, node: Node) -> Command {
    let mut command = Command::default();
    let mut end = None;
    for it in children(node) {
        match it.kind() {
            "command_name" => {
                let inner = children(it).first().copied().unwrap_or(it);
                if says_where_dry(reader.text(inner)) {
                    continue;
                }
                add_word(reader, inner, &mut command.words, &mut end);
            }
            "variable_assignment" => command.sets.extend(assignment(reader, it)),
            "file_redirect" | "heredoc_redirect" | "herestring_redirect" => {
                redirect(reader, it, &mut command)
            }
            _ => add_word(reader, it, &mut command.words, &mut end),
        }
    }
    command
}

/// `${DRY_RUN:+echo} dropdb shop`: where the variable is set the command is only said, and else it is run.
fn says_where_dry(word: &str) -> bool {
    let inner = word.trim_matches('"').strip_prefix("${").and_then(|it| it.strip_suffix('}'));
    inner.and_then(|it| it.split_once(":+").or_else(|| it.split_once('+'))).is_some_and(|it| {
        let said = it.1.trim_matches(['"', '\'']).split_whitespace().next();
        said::is_dry_run(it.0) && matches!(said, Some("echo" | "printf"))
    })
}
