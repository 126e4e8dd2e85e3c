//! Ways that part and come together again: switches and loops.

use super::conditions::chosen_by;
use super::pipe::keeps_newest;
use super::unasked::{hold_said, leaves_question_out};
use super::{Frame, Walk, one_of};
use crate::content::script::Language;
use crate::content::script::guards::{certain, holds_at_first, is_true};
use crate::content::script::model::{Defect, Guard, GuardKind, Strength};
use crate::content::script::operations::is_narrow;
use crate::content::script::parts::element;
use crate::content::script::state::State;
use crate::content::script::syntax::{
    Act, Arm, Block, Command, Comparison, Expression, Form, Loop, Shared,
};
use crate::content::script::value::texts_in;
use std::rc::Rc;

/// Whether a block refuses, and says that it does, where a program was asked about what the script is told. What only looks whether
/// something is there is said by the shell itself; that a service runs says nothing of what is destroyed.
fn refuses(test: &Shared, block: &Block) -> bool {
    let commands = match &test.form {
        Form::Pipe(all) => all.iter().collect(),
        _ => vec![test],
    };
    let asks = commands.iter().any(|it| match &it.form {
        Form::Command(command) => {
            let program = command.words.first().and_then(|it| it.literal()).unwrap_or_default();
            !matches!(program.as_str(), "[" | "[[" | "test" | "command" | "type" | "which" | "hash")
                && command.words.iter().skip(1).any(|it| it.literal().is_none())
        }
        _ => false,
    });
    asks && block.iter().any(|it| match &it.act {
        Act::Run(it) => texts_in(it).iter().any(|it| says_refusal(it)),
        _ => false,
    })
}

fn says_refusal(text: &str) -> bool {
    let lower = text.to_lowercase();
    let verbs = ["drop", "delet", "destroy", "wip", "reset", "purg", "remov", "truncat", "clean"];
    let said = lower.split_once("refus").map(|(_, rest)| rest);
    said.is_some_and(|rest| verbs.iter().any(|it| rest.contains(it)))
}

/// What holds behind a block that refuses: somebody thought of where this must not run.
fn refusal(line: u32) -> Guard {
    Guard { kind: GuardKind::TargetChecked, strength: Strength::Medium, line, defect: None }
}

/// Whether a guard is one of those by which a script refuses.
fn is_check(guard: &Guard) -> bool {
    matches!(
        guard.kind,
        GuardKind::Confirmation
            | GuardKind::EnvironmentAllowed
            | GuardKind::EnvironmentDenied
            | GuardKind::TargetChecked
    )
}

/// The guards of a condition that would hold on one of its ways.
pub(super) fn of_test(before: &State, one: &State, other: &State) -> Vec<Guard> {
    let new = one.guards.iter().chain(other.guards.iter()).filter(|it| is_check(it));
    new.filter(|it| it.defect.is_none() && !before.guards.contains(it)).cloned().collect()
}

/// Those of commands that run in a process of their own, whatever stops there: `ls | while read it; do [ "$ENV" = test ] || exit; done`.
pub(super) fn left_inside(before: &State, inside: &State) -> Vec<Guard> {
    let is_meant = |it: &&Guard| {
        matches!(it.defect, None | Some(Defect::NotOnEveryWay | Defect::StopsNothing))
    };
    let new = inside.guards.iter().filter(|it| is_check(it) && !before.guards.contains(it));
    new.filter(is_meant).cloned().collect()
}

/// Names guards as such that stop nothing.
pub(super) fn hold_as_none(guards: Vec<Guard>, state: &mut State) {
    let defect = Some(Defect::StopsNothing);
    state.hold(guards.into_iter().map(|it| Guard { defect, ..it }).collect());
}

/// Behind a condition that stops on neither way, and destroys on neither: its guards are none.
fn without_stop(mut joined: State, lost: &[Guard]) -> State {
    let is_lost = |it: &Guard| {
        matches!(it.defect, Some(Defect::NotOnEveryWay | Defect::WrongWayRound))
            && lost.iter().any(|that| that.line == it.line && that.kind == it.kind)
    };
    if joined.guards.iter().any(is_lost) {
        let mut named: Vec<Guard> = Vec::new();
        for it in joined.guards.iter() {
            let defect = if is_lost(it) { Some(Defect::StopsNothing) } else { it.defect };
            let it = Guard { defect, ..it.clone() };
            if !named.contains(&it) {
                named.push(it);
            }
        }
        joined.guards = Rc::new(named);
    }
    joined
}

impl Walk {
    /// A condition, and what runs where it holds and where it does not.
    pub(in crate::content::script::walk) fn part(
        &mut self,
        test: &Shared,
        then: &Block,
        otherwise: &Block,
        state: &mut State,
    ) {
        let line = self.line;
        let (mut one, mut other) = self.tested(test, state);
        let (met, checks) = (self.met.len(), of_test(state, &one, &other));
        let known = self.resolve(test, state);
        let left_out = leaves_question_out(test, &known, then, otherwise, &self.flags);
        match left_out.filter(|_| is_true(&known).is_none()) {
            Some(true) => hold_said(&mut one, state, test.line),
            Some(false) => hold_said(&mut other, state, test.line),
            None => {}
        }
        self.block(then, &mut one);
        self.block(otherwise, &mut other);
        if !one.is_live && refuses(test, then) {
            other.hold(vec![refusal(line)]);
        }
        self.puts_together(&one);
        *state = self.goes_together(&one, &other, met, &checks);
    }

    /// What is known behind a list of which nothing takes how it ended: `[ "$ENV" = test ] || echo no`.
    pub(in crate::content::script::walk) fn list(&mut self, of: &Shared, state: &mut State) {
        let met = self.met.len();
        let (one, other) = self.branch(of, state);
        let checks = of_test(state, &one, &other);
        *state = self.goes_together(&one, &other, met, &checks);
    }

    /// Two ways of a condition together, with its checks as none where neither way stops, and no operation was met on either.
    fn goes_together(&self, one: &State, other: &State, met: usize, checks: &[Guard]) -> State {
        let goes_on = one.is_live && other.is_live && self.met.len() == met;
        let joined = one.join(other);
        if goes_on { without_stop(joined, checks) } else { joined }
    }

    pub(in crate::content::script::walk) fn switch(
        &mut self,
        subject: &Shared,
        arms: &[Arm],
        state: &mut State,
    ) {
        self.switched(subject, arms, state, &mut None);
    }

    /// The two ways that a switch of the shell ends: as the last command on its way does.
    pub(in crate::content::script::walk) fn switch_status(
        &mut self,
        subject: &Shared,
        arms: &[Arm],
        state: &State,
    ) -> (State, State) {
        let mut well = state.clone();
        let mut failed = Some(state.dead());
        self.switched(subject, arms, &mut well, &mut failed);
        (well, failed.unwrap_or_else(|| state.dead()))
    }

    /// Where a place for it is given, ways that fail go there.
    fn switched(
        &mut self,
        subject: &Shared,
        arms: &[Arm],
        state: &mut State,
        failed: &mut Option<State>,
    ) {
        self.evaluate(subject, state);
        let subject = self.resolve(subject, state);
        self.look_at(&subject);
        // There `break` leaves the loop around it.
        let within_loop = [Language::Ruby, Language::Python];
        let catches = !self.is_shell() && !within_loop.contains(&self.language);
        if catches {
            self.frames.push(Frame::Loop(Vec::new()));
        }
        let mut rest = state.clone();
        let mut ends: Option<State> = None;
        let mut falling: Option<State> = None;
        let mut has_default = false;
        // The way of all others is taken after all patterns, wherever it stands.
        for arm in arms {
            let tests: Vec<Shared> = arm
                .patterns
                .iter()
                .map(|it| {
                    Expression::new(
                        it.line,
                        Form::Compare(
                            Comparison::Equal,
                            Rc::clone(&subject),
                            self.resolve(it, state),
                        ),
                    )
                })
                .collect();
            let mut here = state.clone();
            match tests.as_slice() {
                [] => {
                    has_default = true;
                    let others = arms.iter().flat_map(|it| &it.patterns);
                    for it in others {
                        let test = Form::Compare(
                            Comparison::Equal,
                            Rc::clone(&subject),
                            self.resolve(it, state),
                        );
                        here.hold(certain(&Expression::new(it.line, test), false, &self.flags));
                    }
                }
                tests => {
                    let any = Expression::new(subject.line, Form::Any(tests.to_vec()));
                    let held = certain(&any, true, &self.flags);
                    self.note(&held, &here);
                    here.hold(held);
                    if !self.is_shell() {
                        here.choose(chosen_by(&tests[0], true), true, false);
                    }
                    rest.hold(certain(&any, false, &self.flags));
                }
            }
            self.puts_together(&here);
            if let Some(fallen) = falling.take() {
                here = here.join(&fallen);
            }
            match failed {
                Some(all) => {
                    let (well, fails) = self.status(&arm.body, &here);
                    *all = all.join(&fails);
                    here = well;
                }
                None => self.block(&arm.body, &mut here),
            }
            match arm.falls_through {
                true => falling = Some(here),
                false => ends = Some(ends.map_or_else(|| here.clone(), |it| it.join(&here))),
            }
        }
        let mut after = ends.unwrap_or_else(|| state.dead());
        if let Some(fallen) = falling {
            after = after.join(&fallen);
        }
        if !has_default {
            after = after.join(&rest);
        }
        if catches && let Some(Frame::Loop(breaks)) = self.frames.pop() {
            after = breaks.iter().fold(after, |all, it| all.join(it));
        }
        *state = after;
    }

    pub(in crate::content::script::walk) fn repeat(&mut self, it: &Loop, state: &mut State) {
        self.puts_together(state);
        self.frames.push(Frame::Loop(Vec::new()));
        if let Some(over) = &it.over {
            // What a function of the file gives back, where it is that.
            let is_own =
                matches!(&over.form, Form::Call(it) if self.function_of(it, state).is_some());
            let given = is_own.then(|| self.value(over, state));
            if given.is_none() {
                self.evaluate(over, state);
            }
            if let Some(name) = &it.variable {
                let all = match &over.form {
                    // `for dir in $DIRS`: a variable may stand for several words.
                    Form::List(words) if self.is_shell() => {
                        let words = Command { words: words.clone(), ..Default::default() };
                        Expression::new(over.line, Form::List(self.spread(&words, state)))
                    }
                    _ => match given.as_ref().map(|it| &it.form) {
                        Some(Form::Outcome { value, .. }) => Rc::clone(value),
                        _ => given.unwrap_or_else(|| self.resolve(over, state)),
                    },
                };
                // What a generator gives, one after the other.
                let one = if is_own && is_text(&all) { all } else { one_of(&all) };
                // `for name, statement in statements.items()`.
                for (n, name) in name.split(',').enumerate() {
                    let name = name.trim_matches(['(', ')', ' ']);
                    let by = Expression::new(one.line, Form::Number(n.to_string()));
                    let part = element(&one, &by).unwrap_or_else(|| Rc::clone(&one));
                    if !name.is_empty() {
                        state.set(name, part);
                    }
                }
                state.set(name, one);
            }
        }
        let outer = state.aged;
        if it.over.iter().any(leaves_newest) {
            state.aged = Some((self.line, true));
        }
        let mut turned = None;
        let mut after = match &it.test {
            Some(test) if !it.runs_first => {
                let runs = holds_at_first(&self.resolve(test, state));
                let (mut inside, mut outside) = self.tested(test, state);
                outside.is_live &= !runs;
                self.block(&it.body, &mut inside);
                let (_, again) = self.tested(test, &inside);
                turned = inside.is_live.then_some(inside);
                outside.join(&again)
            }
            test => {
                let mut inside = state.clone();
                self.block(&it.body, &mut inside);
                let inside = match test {
                    Some(test) => self.tested(test, &inside).1,
                    None => inside,
                };
                match (it.runs_first, test) {
                    (true, _) => inside,
                    (false, Some(_)) => with_filters(inside.join(state), &inside),
                    (false, None) => with_filters(inside.join_as_made(state), &inside),
                }
            }
        };
        if let Some(Frame::Loop(breaks)) = self.frames.pop() {
            after = breaks.iter().fold(after, |all, it| all.join(it));
        }
        if let Some(turned) = turned {
            after = with_lists(after, &turned);
        }
        after.aged = outer;
        *state = after;
    }
}

/// `while (true) { page = list(); if (!page.length) break; all = all.concat(page) }`: behind a loop, a list that was empty before its
/// first turn is what the turns made of it.
fn with_lists(mut joined: State, turned: &State) -> State {
    // Where the turns set nothing, there is nothing to look for.
    if Rc::ptr_eq(&joined.names, &turned.names) {
        return joined;
    }
    let is_empty = |it: &Shared| matches!(&it.form, Form::List(all) if all.is_empty());
    let made: Vec<(String, Shared)> = (joined.names.iter())
        .filter(|(_, before)| is_empty(before))
        .filter_map(|(name, _)| Some((name, turned.names.get(name)?)))
        .filter(|(_, it)| !is_empty(it))
        .map(|(name, it)| (name.clone(), Rc::clone(it)))
        .collect();
    for (name, value) in made {
        joined.set(&name, value);
    }
    joined
}

/// `for it in filters: query = query.filter(it)`: what a loop narrows down is narrowed down behind it.
fn with_filters(mut joined: State, inside: &State) -> State {
    let is_either =
        |name: &str| joined.names.get(name).is_some_and(|it| matches!(it.form, Form::Either(_)));
    let filtered: Vec<(String, Shared)> = inside
        .names
        .iter()
        .filter(|(name, value)| is_narrow(value) && is_either(name))
        .map(|(name, value)| (name.clone(), Rc::clone(value)))
        .collect();
    for (name, value) in filtered {
        joined.set(&name, value);
    }
    joined
}

/// Whether a value is a text, or one of some.
fn is_text(of: &Expression) -> bool {
    match &of.form {
        Form::Text(_) | Form::Join(_) => true,
        Form::Either(all) => all.iter().any(|it| matches!(it.form, Form::Text(_))),
        _ => false,
    }
}

/// `for it in $(ls -t | tail -n +8)`: a loop goes through all but the newest.
fn leaves_newest(over: &Shared) -> bool {
    let Form::List(words) = &over.form else { return false };
    words.iter().any(|it| match &it.form {
        Form::Subshell(block) => block.iter().any(|it| match &it.act {
            Act::Run(it) => match &it.form {
                Form::Pipe(parts) => keeps_newest(parts),
                _ => false,
            },
            _ => false,
        }),
        _ => false,
    })
}
