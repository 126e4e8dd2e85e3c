//! The lines of a makefile: rules, recipes, variables and conditionals.

use std::collections::{HashMap, HashSet};

/// A makefile as it is written.
#[derive(Debug, Default)]
pub(super) struct Makefile {
    pub(super) rules: Vec<Rule>,
    /// Targets that stand for many: `confirm-%`.
    patterns: Vec<String>,
    pub(super) variables: HashMap<String, Variable>,
    /// Lines that are neither, such as `$(error ...)`.
    pub(super) top: Vec<(u32, String, Vec<Condition>)>,
    /// A recipe is one script.
    pub(super) is_one_shell: bool,
    /// Targets whose commands may fail, by `.IGNORE`; an empty name for all of them.
    pub(super) ignored: Vec<String>,
    /// A command that fails ends its line.
    pub(super) is_strict: bool,
    /// Variables that the commands find in their environment.
    pub(super) exported: HashSet<String>,
    /// It takes other files in: what is not set here may be set there.
    pub(super) has_include: bool,
}

/// Targets, what they need, and how they are made.
#[derive(Debug, Default)]
pub(super) struct Rule {
    pub(super) line: u32,
    pub(super) targets: Vec<String>,
    pub(super) needs: Vec<String>,
    pub(super) recipe: Vec<Recipe>,
    pub(super) variables: HashMap<String, Variable>,
}

/// A line of a recipe.
#[derive(Debug)]
pub(super) struct Recipe {
    pub(super) line: u32,
    pub(super) text: String,
    pub(super) conditions: Vec<Condition>,
}

/// What a variable is.
#[derive(Debug, Clone, Default)]
pub(super) struct Variable {
    pub(super) text: String,
    pub(super) line: u32,
    /// Only where nothing else sets it.
    pub(super) is_default: bool,
    /// Of several lines, by `define`.
    pub(super) is_defined: bool,
}

/// `ifeq (A,B)`, `ifdef A`, and whether it is to hold.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) line: u32,
    pub(super) left: String,
    /// None where it only asks whether the left one is set.
    pub(super) right: Option<String>,
    pub(super) holds: bool,
}

impl Makefile {
    /// Where the rules of each target are.
    pub(super) fn by_name(&self) -> HashMap<&str, Vec<usize>> {
        let mut all: HashMap<&str, Vec<usize>> = HashMap::new();
        for (n, rule) in self.rules.iter().enumerate() {
            for target in &rule.targets {
                all.entry(target).or_default().push(n);
            }
        }
        all
    }

    /// The target that makes what is needed: one of this name, or of a pattern.
    pub(super) fn named(&self, by_name: &HashMap<&str, Vec<usize>>, need: &str) -> Option<String> {
        if by_name.contains_key(need) {
            return Some(need.to_owned());
        }
        let fits = |it: &&String| {
            it.split_once('%').is_some_and(|(start, end)| {
                need.len() > start.len() + end.len()
                    && need.starts_with(start)
                    && need.ends_with(end)
                    && !start.is_empty()
            })
        };
        self.patterns.iter().find(fits).cloned()
    }
}

/// Reads a makefile.
pub(super) fn makefile(text: &str) -> Makefile {
    let mut read = Read::default();
    let mut lines = text.split('\n').map(|it| it.trim_end_matches('\r')).zip(1u32..);
    while let Some((first, line)) = lines.next() {
        let prefix = read.prefix.unwrap_or('\t');
        let is_recipe = first.starts_with(prefix) && read.current.is_some();
        let bare = if is_recipe { first.strip_prefix(prefix) } else { None };
        let mut whole = bare.unwrap_or(first).to_owned();
        while whole.ends_with('\\') && !whole.ends_with("\\\\") {
            let Some((next, _)) = lines.next() else { break };
            if is_recipe {
                whole.push('\n');
                whole.push_str(next.strip_prefix(prefix).unwrap_or(next));
            } else {
                whole.pop();
                whole.push(' ');
                whole.push_str(next.trim_start());
            }
        }
        read.line(&whole, line, is_recipe);
    }
    read.file
}

#[derive(Default)]
struct Read {
    file: Makefile,
    /// What a line of a recipe begins with, by `.RECIPEPREFIX`.
    prefix: Option<char>,
    /// The rule that recipe lines belong to.
    current: Option<usize>,
    conditions: Vec<Condition>,
    /// A variable that is being defined, line by line.
    define: Option<(String, Variable)>,
}

impl Read {
    fn line(&mut self, whole: &str, line: u32, is_recipe: bool) {
        let trimmed = whole.trim();
        if let Some((name, variable)) = &mut self.define {
            if trimmed == "endef" {
                self.file.variables.insert(std::mem::take(name), std::mem::take(variable));
                self.define = None;
            } else {
                variable.text.push_str(whole);
                variable.text.push('\n');
            }
            return;
        }
        if is_recipe {
            if let Some(rule) = self.current.and_then(|it| self.file.rules.get_mut(it))
                && !trimmed.is_empty()
                && !trimmed.starts_with('#')
            {
                rule.recipe.push(Recipe {
                    line,
                    text: trimmed.to_owned(),
                    conditions: self.conditions.clone(),
                });
            }
            return;
        }
        let plain = without_comment(trimmed);
        if plain.is_empty() || self.directive(plain, line) {
            return;
        }
        let (left, operator, right) = cut(plain);
        match operator {
            ":" | "::" => self.rule(left, right, line),
            "" => {
                self.current = None;
                self.file.top.push((line, plain.to_owned(), self.conditions.clone()));
            }
            _ => {
                self.current = None;
                if let Some(name) = left.trim().strip_prefix("export ") {
                    self.file.exported.insert(name.trim().to_owned());
                }
                assign(&mut self.file.variables, left, operator, right, line);
                self.settings(left, right);
            }
        }
    }

    fn settings(&mut self, left: &str, right: &str) {
        if left.trim() == ".RECIPEPREFIX" {
            self.prefix = right.trim().chars().next();
        }
        if left.trim() == ".SHELLFLAGS" {
            self.file.is_strict =
                right.split_whitespace().any(|it| it.starts_with('-') && it.contains('e'));
        }
        // `MAKEFLAGS += -i`: no failure of any target stops make.
        let name = left.trim().trim_start_matches("export ");
        let ignores = |it: &str| match it.strip_prefix("--") {
            Some(word) => word == "ignore-errors",
            None => it.strip_prefix('-').is_some_and(|it| it.contains('i')),
        };
        if name == "MAKEFLAGS" && right.split_whitespace().any(ignores) {
            self.file.ignored.push(String::new());
        }
    }

    /// `ifeq`, `include`, `define` and the like. Whether it was one.
    fn directive(&mut self, plain: &str, line: u32) -> bool {
        let (word, rest) = plain.split_once([' ', '\t', '(']).map_or((plain, ""), |(word, _)| {
            (word, plain.get(word.len()..).unwrap_or_default().trim())
        });
        match word {
            "ifeq" | "ifneq" | "ifdef" | "ifndef" => {
                self.conditions.extend(condition(word, rest, line))
            }
            "else" => {
                if let Some(last) = self.conditions.last_mut() {
                    last.holds = !last.holds;
                }
            }
            "endif" => {
                self.conditions.pop();
            }
            "include" | "-include" | "sinclude" => self.file.has_include = true,
            "define" => {
                let name = rest.split_whitespace().next().unwrap_or_default().to_owned();
                let variable = Variable { line: line + 1, is_defined: true, ..Variable::default() };
                self.define = Some((name, variable));
            }
            "unexport" | "undefine" | "vpath" => {}
            "export" if !rest.contains('=') => self.file.exported.extend(words(rest)),
            _ => return false,
        }
        true
    }

    fn rule(&mut self, left: &str, right: &str, line: u32) {
        let (_, operator, value) = cut(right);
        if operator.ends_with('=') {
            let name = right.split(['=', ':', '?', '+']).next().unwrap_or_default();
            let mut rule = Rule { line, targets: words(left), ..Rule::default() };
            assign(&mut rule.variables, name, operator, value, line);
            self.file.rules.push(rule);
            self.current = None;
            return;
        }
        let (needs, inline) =
            right.split_once(';').map_or((right, None), |(needs, it)| (needs, Some(it)));
        if left.trim() == ".ONESHELL" {
            self.file.is_one_shell = true;
        }
        let targets: Vec<String> = words(left).into_iter().filter(|it| !is_special(it)).collect();
        let patterns = targets.iter().filter(|it| it.contains('%'));
        self.file.patterns.extend(patterns.take(50).cloned());
        let needs = words(&needs.replace('|', " "));
        if left.trim() == ".IGNORE" {
            let all = if needs.is_empty() { vec![String::new()] } else { needs.clone() };
            self.file.ignored.extend(all);
        }
        let mut rule = Rule { line, targets, needs, ..Rule::default() };
        if let Some(text) = inline {
            rule.recipe.push(Recipe {
                line,
                text: text.trim().to_owned(),
                conditions: self.conditions.clone(),
            });
        }
        self.current = Some(self.file.rules.len());
        self.file.rules.push(rule);
    }
}

/// `.PHONY` and the like.
fn is_special(target: &str) -> bool {
    target.starts_with('.')
        && target.len() > 1
        && target.bytes().skip(1).all(|it| it.is_ascii_uppercase() || it == b'_')
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn without_comment(text: &str) -> &str {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c == '#' && before != '\\' {
            return text.get(..at).unwrap_or_default().trim_end();
        }
        before = c;
    }
    text
}

/// What stands before and after the first sign of a rule or assignment, and the sign.
fn cut(text: &str) -> (&str, &str, &str) {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ':' | '=' | '?' | '+' | '!' => {
                let sign = [":::=", "::=", ":=", "?=", "+=", "!=", "::", ":", "="]
                    .iter()
                    .find(|it| rest.starts_with(**it));
                if let Some(sign) = sign {
                    return (
                        text.get(..at).unwrap_or_default(),
                        sign,
                        rest.get(sign.len()..).unwrap_or_default(),
                    );
                }
            }
            _ => {}
        }
    }
    (text, "", "")
}

fn assign(to: &mut HashMap<String, Variable>, left: &str, operator: &str, right: &str, line: u32) {
    let Some(name) = left.split_whitespace().last() else { return };
    let text = right.trim().to_owned();
    match (operator, to.get_mut(name)) {
        ("+=", Some(known)) => {
            known.text.push(' ');
            known.text.push_str(&text);
        }
        ("?=", Some(_)) => {}
        _ => {
            let text = if operator == "!=" { format!("$(shell {text})") } else { text };
            to.insert(
                name.to_owned(),
                Variable { text, line, is_default: operator == "?=", is_defined: false },
            );
        }
    }
}

/// `ifeq (A,B)`, `ifeq "A" "B"`, `ifdef A`.
fn condition(word: &str, rest: &str, line: u32) -> Option<Condition> {
    let holds = !word.starts_with("ifn");
    if word.ends_with("def") {
        return Some(Condition { line, left: format!("$({rest})"), right: None, holds });
    }
    let (left, right) = match rest.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        Some(inner) => {
            let at = super::expand::comma(inner)?;
            (inner.get(..at)?.to_owned(), inner.get(at + 1..)?.to_owned())
        }
        None => {
            let mut quoted = rest.split(['"', '\'']).filter(|it| !it.trim().is_empty());
            (quoted.next()?.to_owned(), quoted.next().unwrap_or_default().to_owned())
        }
    };
    Some(Condition {
        line,
        left: left.trim().to_owned(),
        right: Some(right.trim().to_owned()),
        holds,
    })
}
