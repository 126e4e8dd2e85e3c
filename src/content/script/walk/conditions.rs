//! Which way a program goes on, and what is certain on each.

mod choices;

use std::rc::Rc;

use super::records::keep_checked;
use super::{Frame, Walk};
use crate::content::script::Language;
use crate::content::script::guards::{
    as_list, asked_of, by_list, called, certain, is_true, may_be_list, tells_dry, without_kinds,
};
use crate::content::script::model::{Defect, Guard};
use crate::content::script::operations::files;
use crate::content::script::state::State;
use crate::content::script::syntax::{
    Call, Comparison, Expression, Form, Shared, has_one, is_each,
};
use crate::content::script::value::way;
use crate::content::script::words;
use choices::chooses_for_a_while;
pub(super) use choices::chosen_by;

impl Walk {
    /// Evaluates a condition: what is known where it holds, and where it does not.
    pub(super) fn branch(&mut self, test: &Shared, state: &State) -> (State, State) {
        if !state.is_live || !self.enter() {
            return (state.clone(), state.clone());
        }
        if may_be_list(test)
            && let Some(list) = as_list(&self.resolve(test, state))
        {
            self.leave();
            return self.split(&list, state);
        }
        let ways = match &test.form {
            Form::Not(inner) => {
                let (one, other) = self.tested(inner, state);
                (other, one)
            }
            Form::All(parts) | Form::Any(parts) if is_constant(test, parts) => {
                self.constant(test, parts, state)
            }
            Form::All(parts) => self.chain(parts, state, true),
            Form::Any(parts) => {
                let parts: Vec<Shared> = without_kinds(parts).map(Rc::clone).collect();
                let (if_none, if_any) = self.chain(&parts, state, false);
                (if_any, if_none)
            }
            Form::Either(parts) if parts.len() == 1 => self.branch(&parts[0], state),
            Form::Group(block) => self.status(block, state),
            Form::Subshell(block) if self.is_shell() => self.process(block, state),
            Form::Command(command) => self.command_branch(test, command, state),
            _ => self.leaf(test, state),
        };
        self.leave();
        ways
    }

    /// The same of what is only tested: what fails in it ends no shell, `set -e` or not.
    pub(super) fn tested(&mut self, test: &Shared, state: &State) -> (State, State) {
        if !state.is_strict || !self.is_shell() {
            return self.branch(test, state);
        }
        std::mem::swap(&mut self.effects, &mut self.effects_of_tested);
        let lax = State { is_strict: false, ..state.clone() };
        let (mut yes, mut no) = self.branch(test, &lax);
        (yes.is_strict, no.is_strict) = (true, true);
        std::mem::swap(&mut self.effects, &mut self.effects_of_tested);
        (yes, no)
    }

    /// Conditions one after the other, of which each is looked at only while those before are `goes_on`: what is known where all
    /// of them are, and where one of them is not.
    fn chain(&mut self, parts: &[Shared], state: &State, goes_on: bool) -> (State, State) {
        let mut through = state.clone();
        let mut left: Option<State> = None;
        for (n, part) in parts.iter().enumerate() {
            if !through.is_live {
                break;
            }
            let (yes, no) = match n + 1 == parts.len() {
                true => self.branch(part, &through),
                false => self.tested(part, &through),
            };
            let (on, mut out) = if goes_on { (yes, no) } else { (no, yes) };
            through = on;
            // `!it.name || it.name === 'old'` chooses, whichever of them holds.
            out.chose_by(state, !goes_on);
            left = Some(left.map_or_else(|| out.clone(), |it| it.join(&out)));
        }
        let left = left.unwrap_or_else(|| state.dead());
        (through, left)
    }

    /// A list of which only the last command ends the shell where it fails: `[ "$a" = y ] || (exit 1)`, `read a && [ "$a" = y ]`.
    pub(super) fn strict_list(&mut self, parts: &[Shared], goes_on: bool, state: &mut State) {
        let Some((last, before)) = parts.split_last().filter(|_| self.enter()) else { return };
        let mut through = state.clone();
        let mut left: Option<State> = None;
        for part in before {
            if !through.is_live {
                break;
            }
            let (yes, no) = self.tested(part, &through);
            let (on, out) = if goes_on { (yes, no) } else { (no, yes) };
            through = on;
            // Where nobody is there to answer, nobody runs it.
            if !(goes_on && reads(part)) {
                left = Some(left.map_or_else(|| out.clone(), |it| it.join(&out)));
            }
        }
        if through.is_live {
            self.run(last, &mut through);
        }
        self.leave();
        *state = left.map_or_else(|| through.clone(), |it| it.join(&through));
    }

    /// A condition that is always the same: `env != 'production' || env != 'staging'`.
    fn constant(&mut self, test: &Shared, parts: &[Shared], state: &State) -> (State, State) {
        let mut here = state.clone();
        let is_any = matches!(test.form, Form::Any(_));
        let first = parts.first().map(|it| self.value(it, &mut here));
        let known = first.map(|it| certain(&it, is_any, &self.flags)).unwrap_or_default();
        let known = known.into_iter().map(|it| Guard { defect: Some(Defect::AlwaysTrue), ..it });
        here.hold(known.collect());
        let never = here.dead();
        if is_any { (here, never) } else { (never, here) }
    }

    fn leaf(&mut self, test: &Shared, state: &State) -> (State, State) {
        let mut state = state.clone();
        if self.is_function(test, &state) {
            return (state.clone(), state.dead());
        }
        let value = self.value(test, &mut state);
        let value = match &test.form {
            Form::Compare(..) | Form::Call(_) | Form::Member(..) | Form::Index(..) => {
                self.within(test, &value, &state, 0)
            }
            _ => value,
        };
        let mut ways = self.split(&value, &state);
        let is_told = |it: &Guard| {
            matches!(it.defect, None | Some(Defect::OpenWhenUnset | Defect::AlwaysTrue))
        };
        let is_plain = !certain(&value, true, &self.flags).iter().any(is_told);
        if let Some(guard) = by_list(test, &value).filter(|_| is_plain) {
            self.note(std::slice::from_ref(&guard), &state);
            ways.0.hold(vec![guard]);
        }
        self.told_dry(test, &value, ways)
    }

    /// `if confirm:`, `if self.confirm:` looks at the function, and does not call it.
    fn is_function(&self, test: &Expression, state: &State) -> bool {
        let calls_unsaid = !matches!(self.language, Language::Python | Language::JavaScript);
        let (name, known) = match &test.form {
            Form::Name(name) => (name, name.clone()),
            Form::Member(on, name) if matches!(&on.form, Form::Name(it) if it == "self") => {
                (name, format!("self.{name}"))
            }
            _ => return false,
        };
        !calls_unsaid
            && self.functions.contains(name)
            && !self.functions.is_property(name)
            && !state.names.contains_key(&known)
    }

    /// The two ways with what the name of a variable says: `if dry_run`.
    pub(super) fn told_dry(
        &self,
        test: &Expression,
        value: &Expression,
        ways: (State, State),
    ) -> (State, State) {
        let (mut yes, mut no) = ways;
        let is_in_loop = self.frames.iter().any(|it| matches!(it, Frame::Loop(_)));
        if (is_in_loop || is_of_one(value)) && chooses_by_age(test) {
            yes.aged = Some((test.line, true));
            no.aged = Some((test.line, false));
        }
        if tells_dry(value, true, false).is_none() {
            for (way, truth) in [(&mut yes, true), (&mut no, false)] {
                if let Some(is_dry) = tells_dry(test, truth, true) {
                    way.is_told_dry(is_dry);
                }
            }
        }
        (yes, no)
    }

    /// A value with what functions of the file give back in their place: `(await ask()).trim() === 'yes'`.
    fn within(&mut self, of: &Shared, value: &Shared, state: &State, depth: usize) -> Shared {
        let form = match (&of.form, &value.form) {
            _ if depth > 6 => return Rc::clone(value),
            (Form::Call(call), _) if depth > 0 && self.function_of(call, state).is_some() => {
                return self.value(of, &mut state.clone());
            }
            (Form::Compare(comparison, left, right), Form::Compare(_, one, other)) => {
                let one = self.within(left, one, state, depth + 1);
                Form::Compare(*comparison, one, self.within(right, other, state, depth + 1))
            }
            (Form::Member(on, name), Form::Member(known, _)) => {
                Form::Member(self.within(on, known, state, depth + 1), name.clone())
            }
            (Form::Index(on, _), Form::Index(known, by)) => {
                Form::Index(self.within(on, known, state, depth + 1), Rc::clone(by))
            }
            (Form::Call(call), Form::Call(known))
                if matches!(call.callee.form, Form::Member(..)) =>
            {
                let callee = self.within(&call.callee, &known.callee, state, depth + 1);
                Form::Call(Call {
                    callee,
                    arguments: known.arguments.clone(),
                    block: known.block.clone(),
                })
            }
            _ => return Rc::clone(value),
        };
        Expression::new(value.line, form)
    }

    /// The two ways that a value leads.
    pub(super) fn split(&mut self, value: &Shared, state: &State) -> (State, State) {
        if !state.is_live {
            return (state.clone(), state.clone());
        }
        self.look_at(value);
        self.empty.extend(asked_of(value));
        let known = is_true(value);
        let mut way = |truth: bool| {
            if known == Some(!truth) {
                return state.dead();
            }
            let guards = certain(value, truth, &self.flags);
            self.note(&guards, state);
            let mut way = state.clone();
            keep_checked(value, &guards, &mut way);
            way.hold(guards);
            way.hold_unless_dry(unless_dry_of(value, truth));
            let is_database = truth && files::ends_as_databases(value);
            way.choose(chosen_by(value, truth), truth, is_database);
            if truth && chooses_for_a_while(value) {
                way.aged = Some((value.line, true));
            }
            if let Some(is_dry) = tells_dry(value, truth, false) {
                way.is_told_dry(is_dry);
            }
            way
        };
        (way(true), way(false))
    }

    /// Keeps which answers are looked at.
    pub(super) fn look_at(&mut self, value: &Shared) {
        let mut open: Vec<Rc<Expression>> = vec![Rc::clone(value)];
        let mut left = 500;
        while let Some(it) = open.pop() {
            if left == 0 {
                break;
            }
            left -= 1;
            if let Form::Call(call) = &it.form
                && (words::asks(&called(call)) || words::confirms(&called(call)))
            {
                self.tested.insert(it.line);
            }
            open.extend(it.children().into_iter().map(Rc::clone));
        }
    }
}

/// What is certain of a function that gave this back, unless this is a run that destroys nothing.
pub(in crate::content::script::walk) fn unless_dry_of(value: &Expression, truth: bool) -> &[Guard] {
    match &value.form {
        Form::Not(inner) => unless_dry_of(inner, !truth),
        Form::Outcome { unless_dry, .. } if truth => unless_dry,
        _ => &[],
    }
}

/// Whether a value is one of what a loop goes through.
fn is_of_one(value: &Expression) -> bool {
    has_one(vec![value], 100, is_each)
}

/// Whether a condition looks at how old a thing is: `snap["StartTime"] < cutoff`.
fn chooses_by_age(test: &Expression) -> bool {
    let mut open: Vec<&Expression> = vec![test];
    let mut left = 100;
    let is_order = loop {
        match open.pop().map(|it| (&it.form, it)) {
            // Less than one is none, whatever it is called.
            Some((Form::Compare(Comparison::Order, left, right), _)) => {
                let is_none = |it: &Shared| matches!(it.literal().as_deref(), Some("0" | "1"));
                break !is_none(left) && !is_none(right);
            }
            Some((Form::Not(_) | Form::All(_) | Form::Any(_) | Form::Either(_), it))
                if left > 0 =>
            {
                left -= 1;
                open.extend(it.children().into_iter().map(|it| &**it));
            }
            Some(_) if left > 0 => left -= 1,
            _ => break false,
        }
    };
    open = vec![test];
    while let Some(it) = open.pop().filter(|_| is_order && left > 0) {
        left -= 1;
        let says = match &it.form {
            Form::Name(name) | Form::Member(_, name) | Form::Environment(name, _) => {
                words::tells_age(name)
            }
            Form::Index(_, by) => by.literal().is_some_and(|it| words::tells_age(&it)),
            Form::Call(call) => words::tells_age(&called(call)),
            _ => false,
        };
        if says {
            return true;
        }
        open.extend(it.children().into_iter().map(|it| &**it));
    }
    false
}

fn only_exists(called: &str) -> bool {
    let last = called.rsplit('.').next().unwrap_or_default();
    let known = ["isdirectory", "isfile", "isdir", "islink", "issymboliclink"];
    let last = last.to_lowercase().replace('_', "");
    last.contains("exists") || known.contains(&last.as_str())
}

/// Whether one and the same value is said to be none of one, or none of another; or to be two at once.
fn is_constant(test: &Expression, parts: &[Shared]) -> bool {
    let is_any = matches!(test.form, Form::Any(_));
    let held = |it: &Shared| -> Option<(String, String)> {
        let compared = match (&it.form, is_any) {
            (Form::Not(inner), true) => inner,
            (_, false) => it,
            _ => return None,
        };
        let Form::Compare(Comparison::Equal, left, right) = &compared.form else { return None };
        let subject = match &left.form {
            Form::Environment(name, _) | Form::Argument(name) => name.clone(),
            _ => way(left)?,
        };
        Some((subject, right.literal()?))
    };
    let all: Option<Vec<(String, String)>> = parts.iter().map(held).collect();
    match all.as_deref() {
        Some([(subject, one), rest @ ..]) => {
            rest.iter().any(|(it, other)| it == subject && other != one)
                && (is_any || rest.iter().all(|(it, _)| it == subject))
        }
        _ => false,
    }
}

/// Whether commands do nothing but ask, and read the answer.
fn reads(of: &Expression) -> bool {
    let command = match &of.form {
        Form::All(parts) => return of.depth < 20 && parts.iter().all(|it| reads(it)),
        Form::Command(command) => command,
        _ => return false,
    };
    let name = command.words.first().and_then(|it| it.literal()).unwrap_or_default();
    matches!(name.as_str(), "read" | "echo" | "printf")
}
