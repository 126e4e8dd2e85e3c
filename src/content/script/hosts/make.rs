//! Makefiles: each line of a recipe is a shell of its own, whose failure stops the target and those that need it.

mod expand;
mod parse;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{Hosted, TASK, needing, process, run, run_task, task, whatever};
use crate::content::script::model::Reach;
use crate::content::script::sieve;
use crate::content::script::syntax::{Act, Block, Shared, Statement};
use crate::content::script::value::Told;
use expand::{Expand, Exported};
use parse::{Condition, Makefile, Rule};

/// Targets that one needs, and those that these need, at most.
const NEEDS: usize = 100;

/// All such in one file.
const ALL_NEEDS: usize = 4_000;

/// The longest way from one target to another that it needs.
const DEPTH: usize = 40;

/// The program that a makefile is.
pub(super) fn read(text: &str) -> Hosted {
    let file = parse::makefile(text);
    let mut expand = Expand::new(&file);
    let mut hosted = Hosted::default();
    let recipes: Vec<Vec<Line>> = file.rules.iter().map(|it| lines_of(&mut expand, it)).collect();
    let destroys = |lines: &Vec<Line>| lines.iter().any(Line::may_destroy);
    if !recipes.iter().any(destroys) {
        return hosted;
    }
    hosted.program.stops_on_failure = true;
    for (line, text, conditions) in &file.top {
        let mut told = Told::default();
        let stops = expand.line(text, *line, &mut told);
        hosted.program.body.extend(under(&mut expand, conditions, stops));
    }
    let by_name = file.by_name();
    let mut left = ALL_NEEDS;
    for (rule, lines) in file.rules.iter().zip(&recipes) {
        let is_ignored = |it: &String| it.is_empty() || rule.targets.contains(it);
        let ignores = file.ignored.iter().any(is_ignored);
        let own = own_body(&mut expand, &file, lines, ignores);
        for target in &rule.targets {
            hosted.program.body.push(task(
                &own_name(target),
                rule.line,
                Vec::new(),
                own.clone(),
                None,
            ));
            let needs = needs(&file, &by_name, target, left);
            left -= needs.len();
            let mut body: Block =
                needs.iter().map(|it| run_task(&own_name(it), rule.line)).collect();
            body.push(run_task(&own_name(target), rule.line));
            let reach = destroys(lines).then_some(Reach::Task);
            let whole = task(target, rule.line, Vec::new(), body, reach);
            // What an included file has is known by its name alone.
            let others = rule.needs.iter().filter(|it| file.named(&by_name, it).is_none());
            hosted.program.body.push(needing(whole, others.map(|it| format!("{TASK}{it}"))));
        }
    }
    hosted
}

/// The function that has only the recipe of a target.
fn own_name(target: &str) -> String {
    format!(" {target}")
}

/// A line of a recipe as its shell gets it.
struct Line<'a> {
    line: u32,
    told: Told,
    /// What it finds in its environment.
    sets: Vec<Exported>,
    ignores_failure: bool,
    conditions: &'a [Condition],
    /// What stops make while it reads the line.
    stops: Block,
}

impl Line<'_> {
    fn may_destroy(&self) -> bool {
        self.sets.iter().any(|it| it.may_destroy) || sieve::may_destroy(self.told.text.as_bytes())
    }

    fn sets(&self) -> Vec<(String, Shared)> {
        self.sets.iter().map(|it| (it.name.clone(), Rc::clone(&it.value))).collect()
    }
}

fn lines_of<'a>(expand: &mut Expand, rule: &'a Rule) -> Vec<Line<'a>> {
    expand.enter(rule);
    let mut all = Vec::new();
    for recipe in &rule.recipe {
        for (line, text) in expand.defined(&recipe.text, recipe.line) {
            let mut told = Told::default();
            let (text, ignores_failure) = without_prefix(&text);
            let stops = expand.line(text, line, &mut told);
            let (sets, conditions) = (expand.exported(&told), recipe.conditions.as_slice());
            all.push(Line { line, told, sets, ignores_failure, conditions, stops });
        }
    }
    expand.leave();
    all
}

/// The command without `@`, `-` and `+`, and whether its failure is ignored.
fn without_prefix(text: &str) -> (&str, bool) {
    let rest = text.trim_start_matches(['@', '-', '+', ' ', '\t']);
    let ignores = text.get(..text.len() - rest.len()).is_some_and(|it| it.contains('-'));
    // `$(Q)rm`: a variable that says whether the command is shown.
    let silent = rest.strip_prefix("$(").and_then(|it| it.split_once(')')).map(|(_, rest)| rest);
    match silent {
        Some(command) if command.starts_with(|c: char| c.is_ascii_lowercase()) => {
            (command, ignores)
        }
        _ => (rest, ignores),
    }
}

fn own_body(expand: &mut Expand, file: &Makefile, lines: &[Line], ignores: bool) -> Block {
    let mut body = Block::new();
    for it in lines {
        body.extend(under(expand, it.conditions, it.stops.clone()));
    }
    if file.is_one_shell {
        let mut whole = Told::default();
        let mut line = 1;
        for it in lines.iter().rev() {
            line = it.line;
        }
        for it in lines {
            super::join(&mut whole, &it.told);
            whole.add("\n", it.line, false);
        }
        let sets = lines.iter().flat_map(|it| it.sets()).collect();
        body.extend(process(line, &whole, sets, file.is_strict).map(run));
        return body;
    }
    for it in lines {
        let Some(ran) = process(it.line, &it.told, it.sets(), file.is_strict) else { continue };
        let ran = if it.ignores_failure || ignores { whatever(ran) } else { ran };
        body.extend(under(expand, it.conditions, vec![run(ran)]));
    }
    body
}

/// Statements that are there only under conditions.
fn under(expand: &mut Expand, conditions: &[Condition], block: Block) -> Block {
    if block.is_empty() {
        return block;
    }
    conditions.iter().rev().fold(block, |block, it| {
        let test = expand.condition(it);
        let (then, otherwise) =
            if it.holds { (block, Block::new()) } else { (Block::new(), block) };
        vec![Statement { line: it.line, act: Act::If { test, then, otherwise } }]
    })
}

/// The targets that one needs, each after those that it needs itself, so many at most.
fn needs(
    file: &Makefile,
    by_name: &HashMap<&str, Vec<usize>>,
    target: &str,
    most: usize,
) -> Vec<String> {
    let seen = HashSet::from([target.to_owned()]);
    let mut follow = Follow { file, by_name, seen, all: Vec::new() };
    follow.target(target, 0);
    follow.all.truncate(most);
    follow.all
}

struct Follow<'a> {
    file: &'a Makefile,
    by_name: &'a HashMap<&'a str, Vec<usize>>,
    seen: HashSet<String>,
    all: Vec<String>,
}

impl Follow<'_> {
    fn target(&mut self, target: &str, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let (file, by_name) = (self.file, self.by_name);
        let rules = by_name.get(target).into_iter().flatten().filter_map(|it| file.rules.get(*it));
        for need in rules.flat_map(|it| &it.needs) {
            if self.seen.len() > NEEDS {
                return;
            }
            let Some(name) = file.named(by_name, need) else { continue };
            if self.seen.insert(name.clone()) {
                self.target(&name, depth + 1);
                self.all.push(name);
            }
        }
    }
}
