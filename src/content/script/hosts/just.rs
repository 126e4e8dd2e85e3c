//! Justfiles: recipes with parameters, what they need, and `[confirm]`.

use std::collections::HashMap;

use super::{
    Filling, Hosted, answer, call, filled, handed_to, only_if, process, run, run_task, task,
    unknown, whatever,
};
use crate::content::script::model::Reach;
use crate::content::script::syntax::{Block, Expression, Form, Parameter, Shared};
use crate::content::script::value::Told;

/// A recipe as it is written.
#[derive(Default)]
struct Recipe {
    line: u32,
    name: String,
    parameters: Vec<(String, Option<String>)>,
    before: Vec<String>,
    after: Vec<String>,
    attributes: Vec<(String, u32)>,
    body: Vec<(String, u32)>,
}

/// The program that a justfile is.
pub(super) fn read(text: &str) -> Hosted {
    let mut hosted = Hosted::default();
    let (recipes, variables) = parse(text);
    hosted.program.stops_on_failure = true;
    for recipe in &recipes {
        let mut body: Block = Block::new();
        if let Some((_, line)) = recipe.attributes.iter().find(|(it, _)| it.starts_with("confirm"))
        {
            body.push(only_if(*line, call(*line, "confirm", Vec::new())));
        }
        body.extend(recipe.before.iter().map(|it| run_task(it, recipe.line)));
        body.extend(lines(recipe, &variables));
        body.extend(recipe.after.iter().map(|it| run_task(it, recipe.line)));
        // What nobody calls from outside runs only where another recipe needs it.
        let is_private =
            recipe.name.starts_with('_') || recipe.attributes.iter().any(|(it, _)| it == "private");
        let reach = (!is_private).then_some(Reach::Task);
        let parameters = recipe.parameters.iter().filter(|(_, default)| default.is_none());
        let parameters =
            parameters.map(|(name, _)| Parameter { name: name.clone(), default: None }).collect();
        hosted.program.body.push(task(&recipe.name, recipe.line, parameters, body, reach));
    }
    hosted
}

/// What the lines of a recipe run: each a shell of its own, or all of them one script.
fn lines(recipe: &Recipe, variables: &HashMap<String, String>) -> Block {
    let fill = |inner: &str, line: u32| value_of(inner, line, recipe, variables);
    let first = recipe.body.first().map(|(text, _)| text.trim()).unwrap_or_default();
    let script = recipe
        .attributes
        .iter()
        .find(|(it, _)| it.starts_with("script"))
        .map(|(it, _)| it.as_str());
    if first.starts_with("#!") || script.is_some() {
        let mut told = Told::default();
        let indent = recipe
            .body
            .iter()
            .filter(|(it, _)| !it.trim().is_empty())
            .map(|(it, _)| it.len() - it.trim_start().len())
            .min();
        for (text, line) in recipe.body.iter().skip(usize::from(first.starts_with("#!"))) {
            told.add(
                &format!("{}\n", text.get(indent.unwrap_or(0)..).unwrap_or_default()),
                *line,
                false,
            );
        }
        let told = filled(&told, "{{", "}}", &fill);
        let interpreter = script.unwrap_or(first);
        return match other_language(interpreter) {
            Some((program, flag)) => vec![run(handed_to(recipe.line, program, flag, told))],
            None => process(recipe.line, &told, Vec::new(), false).map(run).into_iter().collect(),
        };
    }
    // `set shell := ["bash", "-euc"]`; else it is `sh -cu`.
    let flags = variables.get("shell").map_or("", |it| it).split(['"', '\'']);
    let is_strict = flags.skip(1).any(|it| it.starts_with('-') && it.contains('e'));
    let mut all = Block::new();
    let mut lines = recipe.body.iter();
    while let Some((text, line)) = lines.next() {
        let bare = text.trim_start();
        let command = bare.trim_start_matches(['@', '-']);
        let ignores = bare.get(..bare.len() - command.len()).is_some_and(|it| it.contains('-'));
        let mut told = Told::default();
        told.add(command, *line, false);
        let mut goes_on = command.ends_with('\\');
        while goes_on {
            let Some((next, line)) = lines.next() else { break };
            told.add("\n", *line, false);
            told.add(next.trim_start(), *line, false);
            goes_on = next.ends_with('\\');
        }
        let told = filled(&told, "{{", "}}", &fill);
        let Some(ran) = process(*line, &told, Vec::new(), is_strict) else { continue };
        all.push(run(if ignores { whatever(ran) } else { ran }));
    }
    all
}

/// The program that runs a script of this first line, where that is no shell.
fn other_language(interpreter: &str) -> Option<(&'static str, &'static str)> {
    [("python", "-c"), ("node", "-e"), ("ruby", "-e"), ("php", "-r")]
        .into_iter()
        .find(|(name, _)| interpreter.contains(name))
}

/// What stands for `{{ ... }}`.
fn value_of(
    inner: &str,
    line: u32,
    recipe: &Recipe,
    variables: &HashMap<String, String>,
) -> Filling {
    if let Some((name, default)) = recipe.parameters.iter().find(|(name, _)| name == inner) {
        let form = match default {
            Some(default) => {
                Form::Environment(name.clone(), Some(Expression::text(line, default.as_str())))
            }
            None => Form::Name(name.clone()),
        };
        return Filling::Value(Expression::new(line, form));
    }
    if let Some(text) = variables.get(inner) {
        return match literal(text) {
            Some(plain) => Filling::Text(plain.to_owned()),
            None => Filling::Value(computed(text, line)),
        };
    }
    if inner.starts_with("just_executable") {
        return Filling::Text("just".to_owned());
    }
    match literal(inner) {
        Some(plain) => Filling::Text(plain.to_owned()),
        None => Filling::Value(computed(inner, line)),
    }
}

/// `env_var("X")`, `env("X", "default")`, or what a command wrote.
fn computed(text: &str, line: u32) -> Shared {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("env") {
        let mut quoted = rest.split(['"', '\'']).skip(1).step_by(2);
        if let Some(name) = quoted.next() {
            let default = quoted.next().map(|it| Expression::text(line, it));
            return Expression::new(line, Form::Environment(name.to_owned(), default));
        }
    }
    if text.starts_with('`') && text.contains("read ") { answer(line) } else { unknown(line) }
}

fn literal(text: &str) -> Option<&str> {
    let text = text.trim();
    ['"', '\''].iter().find_map(|quote| {
        text.strip_prefix(*quote)
            .and_then(|it| it.strip_suffix(*quote))
            .filter(|it| !it.contains(*quote))
    })
}

fn parse(text: &str) -> (Vec<Recipe>, HashMap<String, String>) {
    let mut recipes: Vec<Recipe> = Vec::new();
    let mut variables = HashMap::new();
    let mut attributes: Vec<(String, u32)> = Vec::new();
    let mut is_open = false;
    for (whole, line) in text.split('\n').map(|it| it.trim_end_matches('\r')).zip(1u32..) {
        let is_indented = whole.starts_with([' ', '\t']);
        if is_indented || whole.is_empty() {
            if let Some(recipe) = recipes.last_mut().filter(|_| is_open) {
                recipe.body.push((whole.to_owned(), line));
            }
            continue;
        }
        let plain = whole.trim();
        if plain.starts_with('#') {
            continue;
        }
        if let Some(inner) = plain.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            attributes.extend(inner.split(',').map(|it| (it.trim().to_owned(), line)));
            continue;
        }
        is_open = false;
        let colon = outside_quotes(plain, ':');
        if let Some(at) = colon
            && !plain.get(at..).unwrap_or_default().starts_with(":=")
        {
            let mut recipe = header(
                plain.get(..at).unwrap_or_default(),
                plain.get(at + 1..).unwrap_or_default(),
                line,
            );
            recipe.attributes = std::mem::take(&mut attributes);
            recipes.push(recipe);
            is_open = true;
        } else if let Some((left, right)) = plain.split_once(":=") {
            let name = left.split_whitespace().last().unwrap_or_default();
            variables.insert(name.to_owned(), right.trim().to_owned());
        }
    }
    (recipes, variables)
}

/// The first such sign that stands in no quotes.
fn outside_quotes(text: &str, sign: char) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if c == sign => return Some(at),
            None => {}
        }
    }
    None
}

/// `@reset env='dev' *args: build (drop "x") && check`.
fn header(left: &str, right: &str, line: u32) -> Recipe {
    let mut words = left.split_whitespace();
    let name = words.next().unwrap_or_default().trim_start_matches('@').to_owned();
    let parameters = words
        .map(|it| {
            let it = it.trim_start_matches(['*', '+', '$']);
            match it.split_once('=') {
                Some((name, default)) => {
                    (name.to_owned(), Some(default.trim_matches(['"', '\'']).to_owned()))
                }
                None => (it.to_owned(), None),
            }
        })
        .collect();
    let (before, after) = right.split_once("&&").unwrap_or((right, ""));
    let needs = |text: &str| -> Vec<String> {
        let text = text.split('#').next().unwrap_or_default();
        let mut all = Vec::new();
        let mut depth = 0usize;
        for word in text.split_whitespace() {
            if depth == 0 || word.starts_with('(') {
                all.push(word.trim_matches(['(', ')']).to_owned());
            }
            depth += word.matches('(').count();
            depth = depth.saturating_sub(word.matches(')').count());
        }
        all.retain(|it| !it.is_empty());
        all
    };
    Recipe {
        line,
        name,
        parameters,
        before: needs(before),
        after: needs(after),
        ..Recipe::default()
    }
}
