//! Cmdlets that put paths together, or list what lies below one, and what is done to each of what they list.

use std::rc::Rc;

use crate::content::script::syntax::{Act, Command, Expression, Form, Function, Shared, Statement};

/// Cmdlets that list what lies in a directory.
const LISTS: &[&str] = &["get-childitem", "gci", "ls", "dir"];

/// Cmdlets that hand on all that they are given, in some order.
const HANDS_ON: &[&str] = &["Sort-Object", "Sort", "Tee-Object"];

/// Cmdlets that run a block with each of what they are given.
const EACH: &[&str] = &["foreach-object", "%", "foreach"];

/// The path that a cmdlet puts together: `Join-Path $root "data"`.
pub(super) fn path_of(name: &str, words: &[Shared], line: u32) -> Option<Form> {
    let plain = || words.iter().filter(|it| is_plain(it));
    match name {
        "join-path" => {
            let mut parts = Vec::new();
            for it in plain() {
                if !parts.is_empty() {
                    parts.push(Expression::text(line, "/"));
                }
                parts.push(Rc::clone(it));
            }
            (parts.len() > 1).then_some(Form::Join(parts))
        }
        "resolve-path" | "get-item" | "convert-path" => {
            plain().next().map(|it| Form::Either(vec![Rc::clone(it)]))
        }
        _ => None,
    }
}

fn is_plain(word: &Shared) -> bool {
    word.literal().is_none_or(|it| !it.starts_with('-'))
}

/// Parameters of every cmdlet that have a value, with their short names
/// (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_commonparameters).
const COMMON: &[&str] = &[
    "-ErrorAction",
    "-ea",
    "-ErrorVariable",
    "-ev",
    "-InformationAction",
    "-infa",
    "-InformationVariable",
    "-iv",
    "-OutBuffer",
    "-ob",
    "-OutVariable",
    "-ov",
    "-PipelineVariable",
    "-pv",
    "-ProgressAction",
    "-proga",
    "-WarningAction",
    "-wa",
    "-WarningVariable",
    "-wv",
];

/// Whether a word is such a parameter, and its value stands behind it.
fn is_common(word: &str) -> bool {
    COMMON.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// Whether a cmdlet is told by itself what it is about, and not by what is piped to it: `Remove-Item C:\\data -ErrorAction Stop`.
fn names_path(words: &[Shared]) -> bool {
    let mut words = words.iter().skip(1);
    while let Some(word) = words.next() {
        if word.literal().is_some_and(|it| is_common(&it)) {
            words.next();
        } else if is_plain(word) {
            return true;
        }
    }
    false
}

/// Whether a name is that of a file for which git keeps a directory: `.gitkeep`.
fn keeps_place(name: &str) -> bool {
    matches!(name, ".gitkeep" | ".gitignore" | ".keep" | "*.gitkeep" | "*.gitignore")
}

/// Whether a pattern is one of databases in files, or of their dumps.
fn is_of_data(pattern: &str) -> bool {
    let ends = ["*", ".db", ".sqlite", ".sqlite3", ".bak", ".sql", ".dump"];
    ends.iter().any(|it| pattern.ends_with(it))
}

fn name_of(of: &Shared) -> String {
    let callee = match &of.form {
        Form::Command(command) => command.words.first().and_then(|it| it.literal()),
        Form::Call(call) => match &call.callee.form {
            Form::Name(name) => Some(name.clone()),
            _ => None,
        },
        _ => None,
    };
    callee.unwrap_or_default()
}

/// What a cmdlet lists: all that lies below a path, or those below it that have some ending.
pub(super) fn listed(of: &Shared) -> Option<Shared> {
    let Form::Command(command) = &of.form else { return None };
    if !LISTS.contains(&name_of(of).to_lowercase().as_str()) {
        return None;
    }
    let words = command.words.get(1..).unwrap_or_default();
    let mut path = None;
    let mut ending = None;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        match word.literal().as_deref() {
            Some("-Filter" | "-Include") => {
                ending = Some(words.get(at)?.literal().filter(|it| is_of_data(it))?);
                at += 1;
            }
            // A file that keeps the directory in git is none of what is kept there.
            Some("-Exclude") if words.get(at)?.literal().is_some_and(|it| keeps_place(&it)) => {
                at += 1;
            }
            Some("-Exclude" | "-File") => return None,
            Some("-Depth" | "-Attributes") => at += 1,
            Some(text) if is_common(text) => at += 1,
            Some(text) if text.starts_with('-') => {}
            _ if path.is_none() => path = Some(Rc::clone(word)),
            _ => return None,
        }
    }
    let path = path?;
    let below = format!("/{}", ending.unwrap_or_else(|| "*".to_owned()));
    let pattern = path.literal().filter(|it| it.contains('*'));
    if let Some(pattern) = pattern {
        let last = pattern.rsplit(['/', '\\']).next().unwrap_or_default();
        return (last == "*" || is_of_data(last)).then_some(path);
    }
    Some(Expression::new(of.line, Form::Join(vec![path, Expression::text(of.line, below)])))
}

/// `Get-ChildItem C:\\data | Remove-Item -Recurse`: what is removed is all that lies there, and so is what a block that is run
/// with each of them removes.
pub(super) fn handed_on(parts: &mut [Shared]) {
    let Some(first) = parts.first() else { return };
    if let Some(one) = one_of_listed(first) {
        return each_of(parts, &one);
    }
    let given = match &first.form {
        Form::Name(_) | Form::Member(..) => Some(Rc::clone(first)),
        _ => listed(first),
    };
    let Some(path) = given else { return };
    let behind = parts.iter().skip(1).position(|it| !HANDS_ON.contains(&name_of(it).as_str()));
    let Some(it) = behind.and_then(|at| parts.get_mut(at + 1)) else { return };
    let changed = match &it.form {
        Form::Command(command) if name_of(it) == "Remove-Item" => {
            if names_path(&command.words) {
                return;
            }
            let mut words = command.words.clone();
            words.push(Rc::clone(&path));
            words.push(Expression::text(it.line, "-Recurse"));
            Form::Command(Command { words, ..Command::default() })
        }
        Form::Call(call) if EACH.contains(&name_of(it).to_lowercase().as_str()) => {
            let arguments = call.arguments.iter().map(|argument| {
                let mut argument = argument.clone();
                if let Form::Lambda(function) = &argument.value.form {
                    let lambda = Form::Lambda(Rc::new(with_path(function, &path)));
                    argument.value = Expression::new(argument.value.line, lambda);
                }
                argument
            });
            let arguments = arguments.collect();
            let callee = Rc::clone(&call.callee);
            Form::Call(crate::content::script::syntax::Call { callee, arguments, block: None })
        }
        _ => return,
    };
    *it = Expression::new(it.line, changed);
}

/// One of what a cmdlet lists that is no directory: `Get-VM`.
fn one_of_listed(of: &Shared) -> Option<Shared> {
    let name = name_of(of).to_lowercase();
    let is_list = name.starts_with("get-") && !LISTS.contains(&name.as_str());
    let is_text = matches!(name.as_str(), "get-content" | "get-date" | "get-item" | "get-process");
    let any = Expression::new(of.line, Form::Nothing);
    (is_list && !is_text && matches!(of.form, Form::Command(_)))
        .then(|| Expression::new(of.line, Form::Index(Rc::clone(of), any)))
}

/// Hands what is listed to the last of some commands, where those between choose nothing.
fn each_of(parts: &mut [Shared], one: &Shared) {
    let Some((last, between)) = parts.split_last_mut() else { return };
    let is_whole = |it: &Shared| HANDS_ON.contains(&name_of(it).as_str());
    if !between.iter().skip(1).all(is_whole) {
        return;
    }
    let changed = match &last.form {
        Form::Command(command) if name_of(last).to_lowercase().starts_with("remove-") => {
            let mut words = command.words.clone();
            words.push(Expression::text(last.line, "-InputObject"));
            words.push(Rc::clone(one));
            Form::Command(Command { words, ..Command::default() })
        }
        Form::Call(call) if EACH.contains(&name_of(last).to_lowercase().as_str()) => {
            let arguments = call.arguments.iter().map(|argument| {
                let mut argument = argument.clone();
                if let Form::Lambda(function) = &argument.value.form {
                    let set = Act::Set("_".to_owned(), Rc::clone(one));
                    let mut body = vec![Statement { line: function.line, act: set }];
                    body.extend(function.body.iter().cloned());
                    let inner = Function {
                        line: function.line,
                        body,
                        yields_last: true,
                        ..Function::default()
                    };
                    argument.value =
                        Expression::new(argument.value.line, Form::Lambda(Rc::new(inner)));
                }
                argument
            });
            let arguments = arguments.collect();
            let callee = Rc::clone(&call.callee);
            Form::Call(crate::content::script::syntax::Call { callee, arguments, block: None })
        }
        _ => return,
    };
    *last = Expression::new(last.line, changed);
}

/// A block in which `$_` and its path are what is listed.
fn with_path(function: &Function, path: &Shared) -> Function {
    let set = |name: &str| Statement {
        line: function.line,
        act: Act::Set(name.to_owned(), Rc::clone(path)),
    };
    let mut body = vec![set("_"), set("_.FullName"), set("_.fullname")];
    body.extend(function.body.iter().cloned());
    Function { line: function.line, body, yields_last: true, ..Function::default() }
}
