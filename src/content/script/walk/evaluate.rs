//! Goes through an expression in the order in which it is evaluated.

use std::rc::Rc;

use super::branches::{hold_as_none, of_test};
use super::{Frame, Walk};
use crate::content::script::Language;
use crate::content::script::operations::is_where;
use crate::content::script::state::State;
use crate::content::script::syntax::{Act, Call, Class, Expression, Form, Part, Shared};
use crate::content::script::value::{FETCHES, way};
use crate::content::script::{with_stack, words};

impl Walk {
    /// Evaluates an expression that is a statement by itself: `$query->where('paid', false);` narrows down what the name stands for.
    pub(super) fn stands_alone(&mut self, of: &Shared, state: &mut State) {
        if self.is_idle_test(of, state) {
            return self.idle_test(of, state);
        }
        self.evaluate(of, state);
        let may_change =
            matches!(self.language, Language::Php | Language::JavaScript | Language::TypeScript);
        let Some(name) = builder(of).filter(|_| may_change) else { return };
        let known = state.names.get(&name);
        if known.is_some_and(|it| matches!(it.form, Form::Call(_)) && !is_where(it)) {
            state.set(&name, self.resolve(of, state));
        }
    }

    /// `[ "$ENV" = test ]` alone on a line of the shell, and not the last one of a function, which ends as it does.
    fn is_idle_test(&self, of: &Shared, state: &State) -> bool {
        let is_test = match &of.form {
            Form::Command(command) => {
                let program = command.words.first().and_then(|it| it.literal());
                program.is_some_and(|it| matches!(it.as_str(), "[" | "test"))
            }
            Form::Compare(..) => true,
            _ => false,
        };
        let mut frames = self.frames.iter().rev();
        let within = frames.find(|it| !matches!(it, Frame::Loop(_)));
        let is_within = matches!(within, Some(Frame::Function(_))) && !self.stack.is_empty();
        is_test && self.is_shell() && !state.is_strict && !is_within
    }

    /// Nothing is done by how such a test ends.
    fn idle_test(&mut self, of: &Shared, state: &mut State) {
        let (one, other) = self.branch(of, state);
        hold_as_none(of_test(state, &one, &other), state);
    }

    /// Evaluates an expression for what it does.
    pub(super) fn evaluate(&mut self, of: &Shared, state: &mut State) {
        if !state.is_live || !self.enter() {
            return;
        }
        with_stack(|| self.evaluate_form(of, state));
        self.leave();
    }

    fn evaluate_form(&mut self, of: &Shared, state: &mut State) {
        match &of.form {
            Form::Not(_) | Form::All(_) | Form::Any(_) => self.list(of, state),
            Form::Choice(test, then, otherwise) => {
                let (mut one, mut other) = self.branch(test, state);
                self.evaluate(then, &mut one);
                self.evaluate(otherwise, &mut other);
                *state = one.join(&other);
            }
            Form::Environment(_, Some(default)) => {
                let mut unset = state.clone();
                self.evaluate(default, &mut unset);
                *state = state.join(&unset);
            }
            // `given ?? exit('no')`: what follows is looked at only where there is nothing before.
            Form::Either(ways) if ways.len() > 1 => {
                for (n, way) in ways.iter().enumerate() {
                    let mut one = state.clone();
                    self.evaluate(way, &mut one);
                    *state = if n == 0 { one } else { state.join(&one) };
                }
            }
            Form::Call(call) => {
                self.call(of, call, state);
                self.lengthen(call, state);
                keep_answer(of, call, state);
            }
            Form::Member(on, name) if self.functions.is_property(name) => {
                self.evaluate(on, state);
                self.reads_property(of, state);
            }
            Form::Command(command) => self.command(of, command, state),
            Form::Pipe(parts) => self.pipe(parts, state),
            Form::Set(name, value) => self.set(name, value, state),
            Form::Group(block) => self.block(block, state),
            Form::Subshell(block) => self.subshell(block, state),
            _ => {
                for it in of.children() {
                    self.evaluate(it, state);
                }
            }
        }
    }

    /// A method that is called where it is read.
    fn reads_property(&mut self, of: &Shared, state: &mut State) {
        let call = Call { callee: Rc::clone(of), arguments: Vec::new(), block: None };
        if let Some(function) = self.function_of(&call, state).filter(|it| it.is_property) {
            self.inline(&function, of, &call, state);
        }
    }

    /// Commands in a process of their own: what ends it ends nothing else.
    fn subshell(&mut self, block: &crate::content::script::syntax::Block, state: &mut State) {
        let (well, _, is_left) = self.process_left(block, state);
        state.supported_by(&well);
        // `( [ "$ENV" = test ] || exit 1 )`.
        if is_left && well.is_live && !state.is_strict && self.is_shell() {
            hold_as_none(of_test(state, &well, &well), state);
        }
        if !Rc::ptr_eq(&well.made, &state.made) {
            let made = Rc::make_mut(&mut state.made);
            well.made.iter().for_each(|(n, is_certain)| _ = made.entry(*n).or_insert(*is_certain));
        }
        if state.is_strict && !well.is_live {
            state.is_live = false;
        }
    }
}

/// What `cursor.fetchone()` gives back behind a query for the database that it runs in.
fn keep_answer(of: &Shared, call: &Call, state: &mut State) {
    let Form::Member(cursor, name) = &call.callee.form else { return };
    let Some(cursor) = way(cursor).filter(|_| name == "execute") else { return };
    let asked = call.arguments.first().and_then(|it| it.value.literal());
    let answer = format!("{cursor}.{FETCHES}");
    match asked.is_some_and(|it| words::asks_database(&it)) {
        true => state.set(&answer, Rc::clone(of)),
        false => state.forget(&answer),
    }
}

/// An argument that has only a number goes by the name of the variable that it is kept in, behind a `$`: `ES_URL=$1`. That says what it
/// is, and not that anybody asked for something.
pub(super) fn argument_by_name(name: &str, value: Shared) -> Shared {
    match &value.form {
        Form::Argument(n) if name.len() > 2 && n.bytes().all(|it| it.is_ascii_digit()) => {
            Expression::new(value.line, Form::Argument(format!("${name}")))
        }
        _ => value,
    }
}

/// `D="$D DROP TABLE users;"`, where nothing is known of `D` before.
pub(super) fn without_itself(name: &str, value: Shared) -> Shared {
    let is_own = |it: &Part| matches!(it, Part::Hole(it) if matches!(&it.form, Form::Name(of) | Form::Environment(of, None) if of == name));
    match &value.form {
        Form::Text(parts) if parts.len() > 1 && parts.iter().any(is_own) => {
            let rest = parts.iter().filter(|it| !is_own(it)).cloned().collect();
            Expression::new(value.line, Form::Text(rest))
        }
        _ => value,
    }
}

/// What a class sets is known by its name as well: `Settings.ENV`.
pub(super) fn keep_fields(class: &Class, state: &mut State) {
    for statement in &class.body {
        if let Act::Set(name, _) = &statement.act
            && let Some(value) = state.names.get(name).map(Rc::clone)
        {
            let bare = name.strip_prefix("this.").or(name.strip_prefix("self.")).unwrap_or(name);
            state.set(&format!("self.{bare}"), Rc::clone(&value));
            state.set(&format!("{}.{bare}", class.name), value);
        }
    }
}

/// The name on which a query is built further, where nothing but that is called: `$query->from('orders')->where('paid', false)`.
fn builder(of: &Expression) -> Option<String> {
    let mut it = of;
    let mut left = 100;
    while let Form::Call(call) = &it.form
        && let Form::Member(on, _) = &call.callee.form
    {
        left -= 1;
        it = on;
        if left == 0 {
            return None;
        }
    }
    match &it.form {
        Form::Name(name) if is_where(of) => Some(name.clone()),
        _ => None,
    }
}
