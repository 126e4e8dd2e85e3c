//! What stands in the way of statements in the same text: which database it is, answers, and variables that are given to it.

use std::collections::HashMap;

use super::dialect;
use super::lexer::{Token, What};
use super::routines::{Routine, dollar_quotes};
use crate::content::script::model::{Defect, Guard, GuardKind, Strength};
use crate::content::script::words;

mod branches;
mod conditions;
mod errors;
mod stops;

use branches::{Branches, condition_at};
use conditions::Condition;
use errors::Errors;
pub(in crate::content::script) use errors::{Client, is_on};

/// Guards that are told apart in one text.
const GUARDS: usize = 200;

/// Guards that are told of one statement.
const TOLD: usize = 10;

/// Words of a statement or condition that are looked at.
const LONGEST: usize = 400;

/// Words of what a condition chooses between.
const LONGEST_ARM: usize = 10_000;

/// The guards of a text, and the statements that each is before.
#[derive(Debug, Default)]
pub(super) struct Guards {
    all: Vec<Standing>,
}

/// A guard, and the places in the text that it is before.
#[derive(Debug)]
struct Standing {
    from: usize,
    to: usize,
    guard: Guard,
}

impl Guards {
    /// Those of a text. What stands in a routine that nothing calls is before nothing outside of it.
    pub(super) fn of(
        text: &str,
        tokens: &[Token],
        uncalled: &[Routine],
        client: Client,
        line: &dyn Fn(usize) -> u32,
    ) -> Guards {
        let mut reader = Reader {
            tokens,
            blocks: blocks(text),
            end: text.len(),
            variables: HashMap::new(),
            found: Vec::new(),
            is_asked_by_oracle: false,
            is_stopped_by_errors: false,
            errors: Errors::of(client, text),
        };
        reader.notes_transactions();
        reader.read();
        let mut all = reader.found;
        all.truncate(GUARDS);
        for it in &mut all {
            let routine = uncalled.iter().find(|that| that.holds(it.at));
            it.to = routine.map_or(it.to, |that| it.to.min(that.to()));
        }
        // What only psql runs is an error to any other client, and that goes on behind it.
        let is_of_another = dialect::plainly_another(text, tokens).is_some();
        let is_unknown_here =
            |at: usize| is_of_another && dialect::is_of_psql(text, &blocks(text), at);
        let all = all.into_iter().map(|it| Standing {
            from: it.from,
            to: it.to,
            guard: Guard {
                kind: it.kind,
                strength: Strength::Strong,
                line: line(it.at),
                defect: match it.defect {
                    None if is_unknown_here(it.at) => Some(Defect::StopsNothing),
                    it => it,
                },
            },
        });
        Guards { all: all.collect() }
    }

    /// Those before the statement at this place, as many as help to see what stops it; such as hold come first.
    pub(super) fn before(&self, at: usize) -> Vec<Guard> {
        let is_before = |it: &&Standing| (it.from..it.to).contains(&at);
        let of = |holds: bool| {
            let all = self.all.iter().filter(is_before);
            all.map(|it| &it.guard).filter(move |it| it.defect.is_none() == holds)
        };
        of(true).chain(of(false)).take(TOLD).cloned().collect()
    }
}

/// `DO $$ ... $$` and the like: from and to.
fn blocks(text: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    for (at, tag) in dollar_quotes(text) {
        match open {
            Some((from, that)) if that == tag => {
                all.push((from, at));
                open = None;
            }
            Some(_) => {}
            None => open = Some((at, tag)),
        }
    }
    all
}

/// A guard that was found: what it is, where it stands, and what it is before.
struct Found {
    kind: GuardKind,
    defect: Option<Defect>,
    at: usize,
    from: usize,
    to: usize,
}

/// What is known of a variable.
#[derive(Debug, Clone, Copy)]
struct Variable {
    kind: GuardKind,
    /// Whether what it holds lets go on, where it holds yes or no.
    allows: Option<bool>,
    /// The text itself gives it the value that lets go on.
    is_open: bool,
    /// Where it is asked for, and nothing has looked at it yet.
    asked: Option<usize>,
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    blocks: Vec<(usize, usize)>,
    /// The length of the text.
    end: usize,
    variables: HashMap<String, Variable>,
    found: Vec<Found>,
    is_asked_by_oracle: bool,
    is_stopped_by_errors: bool,
    /// What becomes of the rest where a statement fails.
    errors: Errors,
}

/// What an `IF` does in one case or the other: tokens, from and to.
type Arm = std::ops::Range<usize>;

impl Reader<'_> {
    fn word(&self, n: usize) -> String {
        match self.tokens.get(n) {
            Some(Token { what: What::Word, text, .. }) => text.to_uppercase(),
            _ => String::new(),
        }
    }

    fn is(&self, n: usize, all: &[&str]) -> bool {
        all.contains(&self.word(n).as_str())
    }

    fn sign(&self, n: usize, sign: &str) -> bool {
        self.tokens.get(n).is_some_and(|it| it.what == What::Sign && it.text == sign)
    }

    /// The place in the text of a token; its end behind the last.
    fn place(&self, n: usize) -> usize {
        self.tokens.get(n).map_or(self.end, |it| it.at)
    }

    /// The first token from here that ends a statement, or up to which one is looked at.
    fn end_of_statement(&self, n: usize) -> usize {
        let rest = self.tokens.iter().skip(n).take(LONGEST);
        n + rest.take_while(|it| it.what != What::End).count()
    }

    fn read(&mut self) {
        let mut branches = Branches::default();
        for n in 0..self.tokens.len() {
            if self.found.len() >= GUARDS {
                break;
            }
            if n == 0 || self.tokens[n - 1].what == What::End {
                self.note(n..self.end_of_statement(n));
            }
            if self.sign(n, "\\") {
                self.of_client(n + 1, &mut branches);
                continue;
            }
            let is_of_client = n > 0 && self.sign(n - 1, "\\");
            match self.word(n).as_str() {
                _ if is_of_client => {}
                "IF" if !self.is_of_statement(n) => self.judge_if(n),
                "ASSERT" => {
                    let end = self.end_of_statement(n);
                    if let Some(it) = self.condition(n + 1..end) {
                        self.stands(n, &it, it.allows == Some(false), end);
                    }
                }
                "CASE" => self.judge_case(n),
                _ => {}
            }
        }
        // What was asked for, and looked at nowhere.
        let ignored = self.variables.values().filter_map(|it| it.asked);
        let ignored = ignored.map(|at| Found {
            kind: GuardKind::Confirmation,
            defect: Some(Defect::AnswerIgnored),
            at,
            from: at,
            to: self.end,
        });
        let ignored: Vec<Found> = ignored.collect();
        self.found.extend(ignored);
    }

    /// `END IF`, `DROP TABLE IF EXISTS`: no condition begins here, as one does with `IF EXISTS (SELECT ...`.
    fn is_of_statement(&self, n: usize) -> bool {
        let is_end = n > 0 && self.is(n - 1, &["END"]);
        let next = n + 1 + usize::from(self.is(n + 1, &["NOT"]));
        is_end || self.is(next, &["EXISTS"]) && !self.sign(next + 1, "(")
    }

    /// What a statement tells of variables.
    fn note(&mut self, statement: Arm) {
        let first = statement.start;
        match self.word(first).as_str() {
            "ACCEPT" => {
                self.is_asked_by_oracle = true;
                return self.asks(first + 1, first);
            }
            "WHENEVER" if self.is(first + 1, &["SQLERROR"]) && self.is(first + 2, &["EXIT"]) => {
                self.is_stopped_by_errors = true;
            }
            // `:on error exit` of sqlcmd.
            _ if self.sign(first, ":") && self.is(first + 2, &["ERROR"]) => {
                self.is_stopped_by_errors |= self.is(first + 3, &["EXIT"]);
            }
            _ => {}
        }
        let tells = conditions::tells(&self.tokens[statement.clone()]);
        for n in statement {
            // `SELECT ... INTO name`.
            let into = tells && self.is(n, &["INTO"]);
            if into {
                self.keep(n + 1, GuardKind::TargetChecked, false);
            }
            if !self.sign(n, "=") {
                continue;
            }
            // `@name = ...`, `name := ...`, `@name bit = 0`, `name boolean := false`.
            let before = n - usize::from(n > 0 && self.sign(n - 1, ":"));
            let Some((name, is_declared)) = self.given(before) else { continue };
            // And not compared: `SET @name = 1`, `name := 1`.
            let verb = name.saturating_sub(1 + usize::from(name > 0 && self.sign(name - 1, "@")));
            let is_set = before < n || self.is(verb, &["SET", "SELECT"]);
            let text = self.tokens[name].text;
            let value = self.tokens.get(n + 1).map_or("", |it| it.text);
            let is_dry = words::is_dry_run(text);
            let is_said = is_dry || words::is_opt_in(text);
            // A switch: it is as it is made, unless the text turns it later.
            let is_switch = is_declared && self.is(name + 1, &["BIT", "BOOL", "BOOLEAN"]);
            if is_declared && (is_said || is_switch) {
                let is_yes = words::is_yes(value) && !words::is_no(value);
                self.keep(name, GuardKind::OptIn, is_yes != is_dry);
            } else if !is_declared && !is_set {
            } else if is_said && let Some(that) = self.variables.get_mut(&text.to_lowercase()) {
                that.is_open |= words::is_yes(value);
            } else if tells {
                self.keep(name, GuardKind::TargetChecked, false);
            } else {
                self.variables.remove(&text.to_lowercase());
            }
        }
    }

    /// The name of the variable that is given a value here, and whether it is made with it.
    fn given(&self, end: usize) -> Option<(usize, bool)> {
        let is_word = |n: usize| !self.word(n).is_empty();
        let mut last = end.checked_sub(1)?;
        // `varchar(10)`.
        if self.sign(last, ")") && last >= 3 && self.sign(last - 2, "(") {
            last -= 3;
        }
        if !is_word(last) {
            return None;
        }
        let is_declared = last > 0 && is_word(last - 1) && !self.is(last - 1, &["SET", "DECLARE"]);
        Some(if is_declared { (last - 1, true) } else { (last, false) })
    }

    fn keep(&mut self, n: usize, kind: GuardKind, is_open: bool) {
        let Some(token) = self.tokens.get(n).filter(|it| it.what == What::Word) else { return };
        let variable = Variable { kind, allows: None, is_open, asked: None };
        self.variables.insert(token.text.to_lowercase(), variable);
    }

    /// Somebody is asked for this variable.
    fn asks(&mut self, name: usize, n: usize) {
        let asked = Some(self.place(n));
        let variable =
            Variable { kind: GuardKind::Confirmation, allows: None, is_open: false, asked };
        if let Some(token) = self.tokens.get(name) {
            self.variables.insert(token.text.to_lowercase(), variable);
        }
    }

    /// The guard of a condition stands before all from this token on, as far as what stops reaches.
    fn stands(&mut self, n: usize, condition: &Condition, is_right: bool, end: usize) {
        let (from, reach) = (self.place(end), self.end_of_error(n));
        self.push(n, condition, is_right, from..reach);
        self.names_rest(n, condition.kind, from.max(reach));
    }

    fn push(&mut self, n: usize, condition: &Condition, is_right: bool, places: Arm) {
        let defect = match () {
            () if condition.is_open => Some(Defect::SwitchedOff),
            () if !is_right => Some(Defect::WrongWayRound),
            () => None,
        };
        self.put(n, condition.kind, defect, places);
    }

    fn put(&mut self, n: usize, kind: GuardKind, defect: Option<Defect>, places: Arm) {
        let at = self.place(n);
        self.found.push(Found { kind, defect, at, from: places.start, to: places.end });
    }

    fn judge_if(&mut self, n: usize) {
        let Some((condition, body)) = condition_at(self, n) else { return };
        let Some(condition) = self.condition(condition) else { return };
        self.judge(n, &condition, &body.arms(self));
    }

    /// What a condition guards that does one thing or another: the arms.
    fn judge(&mut self, n: usize, condition: &Condition, arms: &[Arm]) {
        let Some(end) = arms.last().map(|it| it.end) else { return };
        let mut is_stopped = false;
        for (k, arm) in arms.iter().enumerate().take(2) {
            // The arm behind the condition is taken where it holds.
            let is_let_in = |allows: bool| condition.allows != Some(allows != (k == 0));
            let places = self.place(arm.start)..self.place(arm.end);
            if let Some(reach) = self.stops(arm.clone()) {
                is_stopped = true;
                self.push(n, condition, is_let_in(false), self.place(arm.end)..reach);
                self.names_rest(n, condition.kind, reach);
            } else {
                self.push(n, condition, is_let_in(true), places);
            }
        }
        if !is_stopped {
            let rest = self.place(end)..self.end;
            self.put(n, condition.kind, Some(Defect::StopsNothing), rest);
        }
    }

    /// `CASE WHEN current_database() <> 'shop_dev' THEN 1/0 END`: an error is made so.
    fn judge_case(&mut self, n: usize) {
        let end = self.end_of_statement(n);
        let at = |word: &str| (n..end).find(|n| self.is(*n, &[word]));
        let (Some(when), Some(then)) = (at("WHEN"), at("THEN")) else { return };
        let Some(condition) = (when < then).then(|| self.condition(when + 1..then)).flatten()
        else {
            return;
        };
        let fails = (then..end)
            .any(|n| self.sign(n, "/") && self.tokens.get(n + 1).is_some_and(|it| it.text == "0"));
        if fails || self.stops(then..end).is_some() {
            self.stands(n, &condition, condition.allows != Some(true), end);
        }
    }
}
