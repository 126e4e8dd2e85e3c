//! Conditions of workflows: `inputs.confirm == 'destroy' && github.ref == 'refs/heads/main'`, `eq(parameters.x, true)`.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::document::Value;
use super::super::{Filling, answer, call, outcome, unknown};
use crate::content::script::model::{Defect, Guard, GuardKind, Strength};
use crate::content::script::syntax::{Comparison, Expression, Form, Shared};
use crate::content::script::words;

/// The deepest that brackets are followed.
const DEPTH: usize = 30;

/// What whoever starts a workflow types or picks, each with what it is where nobody touches it.
pub(in crate::content::script::hosts) type Inputs = HashMap<String, String>;

/// What expressions speak about.
#[derive(Debug, Default)]
pub(in crate::content::script::hosts) struct Context {
    pub(in crate::content::script::hosts) inputs: Inputs,
    pub(super) env: HashMap<String, Shared>,
    /// What variables are where nobody says otherwise.
    pub(super) defaults: HashMap<String, Shared>,
}

/// The variables that a pipeline sets for itself: a map, with what each is or what is said of it, or a list of Azure.
pub(super) fn variables_of(file: &Value) -> HashMap<String, Shared> {
    let Some(variables) = file.get("variables") else { return HashMap::new() };
    let listed =
        variables.items().iter().filter_map(|it| Some((it.word("name"), it.get("value")?)));
    let mapped =
        variables.pairs().iter().map(|(name, it)| (name.as_str(), it.get("value").unwrap_or(it)));
    let told = |it: &Rc<Value>| {
        let text = it.text().filter(|it| !it.contains('$'))?;
        Some(Expression::text(it.line, text))
    };
    listed.chain(mapped).filter_map(|(name, it)| Some((name.to_owned(), told(it)?))).collect()
}

/// One side of a comparison.
struct Operand {
    value: Shared,
    /// The input that it is.
    input: Option<String>,
}

impl Context {
    /// What a condition asks.
    pub(in crate::content::script::hosts) fn condition(&self, text: &str, line: u32) -> Shared {
        let inner = text.trim();
        let inner = inner.strip_prefix("${{").and_then(|it| it.strip_suffix("}}")).unwrap_or(inner);
        let inner = &with_dots(inner);
        let mut read = Read { context: self, tokens: tokens(inner), at: 0, line, depth: 0 };
        read.any()
    }

    /// What stands for `${{ ... }}` in a text.
    pub(super) fn hole(&self, inner: &str, line: u32) -> Filling {
        let mut read = Read { context: self, tokens: tokens(inner), at: 0, line, depth: 0 };
        let of = read.operand();
        let is_alone = read.at >= read.tokens.len();
        if !is_alone {
            return Filling::Value(unknown(line));
        }
        match &of.input {
            Some(name) if words::is_environment(name) || words::is_target(name) => {
                Filling::Value(Expression::new(line, Form::Argument(name.clone())))
            }
            Some(name) => {
                let default = self.inputs.get(name).map_or("", |it| it);
                let is_open = words::is_yes(default)
                    || ["destroy", "delete", "reset", "drop", "wipe"]
                        .iter()
                        .any(|it| default.contains(it));
                Filling::Value(if is_open { unknown(line) } else { answer(line) })
            }
            None => match of.value.literal() {
                Some(text) => Filling::Text(text),
                None => Filling::Value(of.value),
            },
        }
    }
}

/// `inputs['confirm']` as `inputs.confirm`.
fn with_dots(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("['") {
        all.push_str(before);
        match after.split_once("']").filter(|_| before.ends_with(char::is_alphanumeric)) {
            Some((name, behind)) => {
                all.push('.');
                all.push_str(name);
                rest = behind;
            }
            None => {
                all.push_str("['");
                rest = after;
            }
        }
    }
    all.push_str(rest);
    all
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Name(String),
    Text(String),
    Sign(&'static str),
}

const SIGNS: &[&str] =
    &["&&", "||", "==", "!=", "=~", "!~", "<=", ">=", "!", "(", ")", ",", "<", ">"];

fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if all.len() > 500 {
            break;
        }
        if let Some(sign) = SIGNS.iter().find(|it| rest.starts_with(**it)) {
            all.push(Token::Sign(sign));
            rest = rest.get(sign.len()..).unwrap_or_default().trim_start();
            continue;
        }
        let (token, length) = match first {
            '\'' | '"' | '/' => {
                let inner = rest.get(1..).unwrap_or_default();
                let end = inner.find(first).unwrap_or(inner.len());
                (Token::Text(inner.get(..end).unwrap_or_default().to_owned()), end + 2)
            }
            _ => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || "&|=!(),<>'\"".contains(c))
                    .unwrap_or(rest.len());
                let end = end.max(first.len_utf8());
                (Token::Name(rest.get(..end).unwrap_or_default().to_owned()), end)
            }
        };
        all.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    all
}

struct Read<'a> {
    context: &'a Context,
    tokens: Vec<Token>,
    at: usize,
    line: u32,
    depth: usize,
}

impl Read<'_> {
    fn takes(&mut self, sign: &str) -> bool {
        let is_it = matches!(self.tokens.get(self.at), Some(Token::Sign(it)) if *it == sign);
        self.at += usize::from(is_it);
        is_it
    }

    fn any(&mut self) -> Shared {
        let mut all = vec![self.all()];
        while self.takes("||") {
            all.push(self.all());
        }
        self.one_of(all, Form::Any)
    }

    fn all(&mut self) -> Shared {
        let mut all = vec![self.compared()];
        while self.takes("&&") {
            all.push(self.compared());
        }
        self.one_of(all, Form::All)
    }

    fn one_of(&self, mut all: Vec<Shared>, form: fn(Vec<Shared>) -> Form) -> Shared {
        match all.len() {
            1 => all.pop().unwrap_or_else(|| unknown(self.line)),
            _ => Expression::new(self.line, form(all)),
        }
    }

    fn compared(&mut self) -> Shared {
        if self.depth > DEPTH {
            self.at = self.tokens.len();
            return unknown(self.line);
        }
        if self.takes("!") {
            self.depth += 1;
            let inner = self.compared();
            self.depth -= 1;
            return self.not(inner);
        }
        let left = self.operand();
        for sign in ["==", "!=", "=~", "!~", "<", ">", "<=", ">="] {
            if self.takes(sign) {
                let right = self.operand();
                return match sign {
                    "==" => self.equal(left, right),
                    "!=" => {
                        let equal = self.equal(left, right);
                        self.not(equal)
                    }
                    "=~" => Expression::new(
                        self.line,
                        Form::Compare(Comparison::Fits, left.value, right.value),
                    ),
                    _ => unknown(self.line),
                };
            }
        }
        self.truth(left)
    }

    fn not(&self, inner: Shared) -> Shared {
        Expression::new(self.line, Form::Not(inner))
    }

    fn operand(&mut self) -> Operand {
        let line = self.line;
        let plain = |value| Operand { value, input: None };
        if self.takes("(") {
            self.depth += 1;
            let inner = if self.depth > DEPTH { unknown(line) } else { self.any() };
            self.depth -= 1;
            self.takes(")");
            return plain(inner);
        }
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        match token {
            // `'${{ parameters.confirm }}'` of Azure is what that stands for.
            Some(Token::Text(text)) => {
                let inner = text.strip_prefix("${{").and_then(|it| it.strip_suffix("}}"));
                let name = inner.map(str::trim).filter(|it| !it.contains([' ', '(', '\'']));
                match name {
                    Some(name) => self.name(name),
                    None => plain(Expression::text(line, text)),
                }
            }
            // `fromJSON(inputs.wipe)` is the input as what it says.
            Some(Token::Name(name))
                if name.eq_ignore_ascii_case("fromjson")
                    && self.tokens.get(self.at + 2) == Some(&Token::Sign(")"))
                    && self.takes("(") =>
            {
                let inner = self.operand();
                self.takes(")");
                inner
            }
            Some(Token::Name(name)) if self.takes("(") => plain(self.function(&name)),
            Some(Token::Name(name)) => self.name(&name),
            _ => plain(unknown(line)),
        }
    }

    fn function(&mut self, name: &str) -> Shared {
        let line = self.line;
        let mut given: Vec<Operand> = Vec::new();
        self.depth += 1;
        while !self.takes(")") && self.at < self.tokens.len() && self.depth <= DEPTH {
            let before = self.at;
            let of = match self.tokens.get(self.at + 1) {
                // A name or text alone keeps what it is.
                Some(Token::Sign("," | ")")) => self.operand(),
                _ => Operand { value: self.any(), input: None },
            };
            given.push(of);
            self.takes(",");
            if self.at == before {
                self.at += 1;
            }
        }
        self.depth -= 1;
        let count = given.len();
        let mut given = given.into_iter();
        match (name.to_lowercase().as_str(), given.next(), given.next()) {
            ("eq", Some(one), Some(other)) => self.equal(one, other),
            ("ne", Some(one), Some(other)) => {
                let equal = self.equal(one, other);
                self.not(equal)
            }
            ("not", Some(one), _) => self.not(one.value),
            ("and" | "or", Some(one), Some(other)) => {
                let all = [one, other].into_iter().chain(given).map(|it| it.value).collect();
                self.one_of(
                    all,
                    if name.eq_ignore_ascii_case("and") { Form::All } else { Form::Any },
                )
            }
            ("contains" | "startswith" | "endswith", Some(of), Some(text)) if count == 2 => {
                Expression::new(line, Form::Compare(Comparison::In, text.value, of.value))
            }
            ("fromjson" | "format" | "tojson", Some(one), _) => one.value,
            _ => unknown(line),
        }
    }

    fn name(&self, name: &str) -> Operand {
        let line = self.line;
        let lower = name.to_lowercase();
        let plain = |form| Operand { value: Expression::new(line, form), input: None };
        let after =
            |starts: &[&str]| starts.iter().find_map(|it| name.strip_prefix(it)).map(str::to_owned);
        if let Some(input) =
            after(&["inputs.", "github.event.inputs.", "parameters.", "pipeline.parameters."])
        {
            let default = self.context.inputs.contains_key(&input);
            return Operand { value: answer(line), input: default.then_some(input) };
        }
        if let Some(variable) = after(&["env."]) {
            return match self.context.env.get(&variable) {
                Some(value) => Operand { value: Rc::clone(value), input: None },
                None => plain(Form::Environment(variable, None)),
            };
        }
        // What somebody wrote to have it done.
        let is_written = [
            "comment.body",
            "pull_request.labels",
            "head_commit.message",
            "issue.labels",
            "event.label.name",
            "$ci_commit_message",
            "$ci_commit_title",
            "build.sourceversionmessage",
        ];
        if is_written.iter().any(|it| lower.contains(it)) {
            return Operand { value: answer(line), input: None };
        }
        if let Some(variable) = after(&["variables.", "$"]) {
            let default = self.context.defaults.get(&variable).cloned();
            return plain(Form::Environment(variable, default));
        }
        if let Some(variable) = after(&["vars.", "secrets."]) {
            return plain(Form::Environment(variable, None));
        }
        if lower.starts_with("needs.") || lower.starts_with("steps.") {
            let last = name.rsplit('.').next().unwrap_or_default();
            return plain(Form::Environment(last.to_owned(), None));
        }
        match lower.as_str() {
            "true" | "false" => Operand { value: Expression::text(line, lower), input: None },
            _ if lower.bytes().all(|it| it.is_ascii_digit()) => {
                Operand { value: Expression::text(line, lower), input: None }
            }
            _ => plain(Form::Other(Vec::new())),
        }
    }

    fn guard(&self, kind: GuardKind, defect: Option<Defect>) -> Vec<Guard> {
        vec![Guard { kind, strength: Strength::Strong, line: self.line, defect }]
    }

    fn equal(&self, left: Operand, right: Operand) -> Shared {
        let line = self.line;
        let (of, with) = if left.input.is_some() { (left, right) } else { (right, left) };
        let compare = |one: Shared, other: Shared| {
            Expression::new(line, Form::Compare(Comparison::Equal, one, other))
        };
        let Some(name) = &of.input else { return compare(with.value, of.value) };
        let Some(word) = with.value.literal() else { return compare(of.value, unknown(line)) };
        if words::is_environment(name) || words::is_target(name) {
            return compare(Expression::new(line, Form::Argument(name.clone())), with.value);
        }
        let default = self.context.inputs.get(name).map_or("", |it| it);
        if word.is_empty() {
            return outcome(
                line,
                Vec::new(),
                self.guard(GuardKind::Presence, Some(Defect::OnlyPresence)),
            );
        }
        let kind = if default.is_empty() { GuardKind::Confirmation } else { GuardKind::OptIn };
        match default.eq_ignore_ascii_case(&word) {
            true => outcome(line, Vec::new(), self.guard(GuardKind::OptIn, None)),
            false => outcome(line, self.guard(kind, None), Vec::new()),
        }
    }

    fn truth(&self, of: Operand) -> Shared {
        let Some(name) = &of.input else {
            return match &of.value.form {
                Form::Text(_) => match of.value.literal().as_deref() {
                    Some("true") => Expression::new(self.line, Form::Bool(true)),
                    Some("false") => Expression::new(self.line, Form::Bool(false)),
                    _ => of.value,
                },
                Form::Environment(_, _) => call(self.line, "present", vec![of.value]),
                _ => of.value,
            };
        };
        match self.context.inputs.get(name).map_or("", |it| it) {
            "false" => outcome(self.line, self.guard(GuardKind::OptIn, None), Vec::new()),
            "true" => outcome(self.line, Vec::new(), self.guard(GuardKind::OptIn, None)),
            _ => outcome(
                self.line,
                self.guard(GuardKind::Presence, Some(Defect::OnlyPresence)),
                Vec::new(),
            ),
        }
    }
}
