//! Conditions of Ansible: `confirm == 'yes'`, `wipe | default(false) | bool`.

use std::collections::HashSet;
use std::rc::Rc;

use super::Playbook;
use crate::content::script::Language;
use crate::content::script::hosts::document::{Form, Value};
use crate::content::script::hosts::unknown;
use crate::content::script::languages;
use crate::content::script::syntax::{Act, Block, Expression, Form as Shape, Shared, Statement};
use crate::content::script::tree::Origin;
use crate::content::script::words;

/// What stands for that somebody asked for something to be absent.
const ABSENCE: &str = "confirm_absent";

/// Names that speak of a machine, and of no wish of anybody.
const OF_MACHINES: &[&str] = &["item", "groups", "hostvars", "inventory_hostname", "playbook_dir"];

impl Playbook {
    /// What a condition asks: all of them, where there are several. Variables that nothing sets are those of whoever runs it.
    pub(super) fn condition(&mut self, when: &Value, before: &mut Block) -> Shared {
        let parts: Vec<Shared> = match &when.form {
            Form::List(items) => items.iter().map(|it| self.one(it, before)).collect(),
            _ => vec![self.one(when, before)],
        };
        Expression::new(when.line, Shape::All(parts))
    }

    fn one(&mut self, of: &Value, before: &mut Block) -> Shared {
        let read = of.text().and_then(|text| self.plain(text)).and_then(|text| {
            let origin = Origin::at(of.line);
            let program = languages::program(Language::Python, &format!("({text})"), &origin)?;
            match program.body.as_slice() {
                [Statement { act: Act::Run(it), .. }] => Some(Rc::clone(it)),
                _ => None,
            }
        });
        let Some(read) = read else { return unknown(of.line) };
        let mut open = vec![Rc::clone(&read)];
        let mut left = 500;
        while let Some(it) = open.pop() {
            left -= 1;
            if left == 0 {
                break;
            }
            if let Shape::Name(name) = &it.form
                && !self.known.contains(name)
            {
                let is_of_machines =
                    OF_MACHINES.contains(&name.as_str()) || name.starts_with("ansible_");
                let value = match is_of_machines {
                    true => unknown(of.line),
                    false => Expression::new(of.line, Shape::Argument(name.clone())),
                };
                self.stand(name, value, before);
            }
            open.extend(it.children().into_iter().map(Rc::clone));
        }
        read
    }

    /// A condition as Python has it: without filters, and what is defined as what is there. None where it asks for more.
    fn plain(&self, text: &str) -> Option<String> {
        let text = text.trim();
        let text = text.strip_prefix("{{").and_then(|it| it.strip_suffix("}}")).unwrap_or(text);
        let text = unfiltered(text, &self.asked)?;
        let mut words: Vec<String> = Vec::new();
        let mut rest = text.split_whitespace().peekable();
        while let Some(word) = rest.next() {
            if word != "is" {
                words.push(match word {
                    "true" => "True".to_owned(),
                    "false" => "False".to_owned(),
                    _ => word.to_owned(),
                });
                self.ask_for_absence(&mut words);
                continue;
            }
            let is_not = rest.next_if_eq(&"not").is_some();
            let kind = rest.next()?;
            let plain = kind.trim_end_matches(')');
            // One of them ends what is handed to a test.
            let ends = (kind.len() - plain.len()).saturating_sub(usize::from(plain.contains('(')));
            match (plain, is_not) {
                ("defined" | "true" | "truthy" | "sameas", false) => {}
                ("defined", true) | ("undefined" | "false" | "falsy", false) => {
                    let last = words.last_mut()?;
                    *last = format!("(not {last})");
                }
                (it, _) => {
                    words.extend(is_not.then(|| "not".to_owned()));
                    words.extend(["in".to_owned(), fitting(it)?]);
                }
            }
            words.last_mut()?.push_str(&")".repeat(ends));
        }
        Some(words.join(" "))
    }

    /// `item.state == 'absent'`: whoever uses the role asks for it, where nothing here says so.
    fn ask_for_absence(&self, words: &mut Vec<String>) {
        let [.., name, sign, value] = words.as_slice() else { return };
        let is_absent =
            sign == "==" && value.trim_matches(['\'', '"', ')']).eq_ignore_ascii_case("absent");
        let opens = name.len() - name.trim_start_matches('(').len();
        let root = name.get(opens..).unwrap_or_default().split(['.', '[']).next();
        if !is_absent || root.is_none_or(|it| it.is_empty() || self.said.contains(it)) {
            return;
        }
        let closes = value.matches(')').count();
        let asked = format!("{}{ABSENCE}{}", "(".repeat(opens), ")".repeat(closes));
        words.truncate(words.len() - 3);
        words.push(asked);
    }
}

/// A condition without its filters; none where one of them makes it hold unless somebody says otherwise. An answer is a yes where it is
/// taken as one.
fn unfiltered(text: &str, asked: &HashSet<String>) -> Option<String> {
    let mut pieces = parts(text).into_iter();
    let mut all = pieces.next()?;
    for piece in pieces {
        let filter = piece.trim_start();
        let name = filter.len()
            - filter.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        let (name, mut rest) = filter.split_at(name);
        if rest.starts_with('(') {
            let end = rest.find(')')?;
            let given = rest.get(1..end)?.trim_matches(['\'', '"', ' ']);
            if matches!(name, "default" | "d") && words::is_yes(given) {
                return None;
            }
            rest = rest.get(end + 1..)?;
        }
        if !matches!(name, "default" | "d" | "bool" | "lower" | "upper" | "trim" | "string" | "int")
        {
            return None;
        }
        let value = all.rsplit([' ', '(']).find(|it| !it.is_empty()).unwrap_or_default();
        if name == "bool" && value.split(['.', '[']).next().is_some_and(|it| asked.contains(it)) {
            all.push_str(" == 'yes'");
        }
        all.push_str(rest);
    }
    Some(all)
}

/// The pieces of a text between `|` that stand in no quotes.
fn parts(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            None if matches!(c, '\'' | '"') => quote = Some(c),
            None if c == '|' => {
                all.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = all.last_mut() {
            last.push(c);
        }
    }
    all
}

/// What fits a test such as `match('^(y|yes` as a list, where those are plain words.
fn fitting(test: &str) -> Option<String> {
    let (name, pattern) = test.split_once('(')?;
    if !matches!(name, "match" | "search" | "regex") {
        return None;
    }
    let plain = pattern.trim_matches(['\'', '"', '^', '$', '(', ')']).trim_start_matches("?i)");
    let plain = plain.trim_start_matches(['^', '(']);
    let all: Vec<String> = plain.split('|').map(|it| format!("'{it}'")).collect();
    let is_plain = plain.chars().all(|it| it.is_alphanumeric() || it == '|') && !plain.is_empty();
    is_plain.then(|| format!("[{}]", all.join(",")))
}
