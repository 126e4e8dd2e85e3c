//! Functions of the shell, which are called as commands are.

use std::rc::Rc;

use crate::content::script::guards::is_true;
use crate::content::script::operations::Words;
use crate::content::script::state::State;
use crate::content::script::syntax::{
    Argument, Call, Command, Comparison, Expression, Form, Function, STDIN, STDIN_FILE, Shared,
};
use crate::content::script::walk::Walk;
use crate::content::script::walk::branches::{hold_as_none, of_test};
use crate::content::script::walk::commands::Word;

impl Walk {
    /// The function of the shell that a command calls. Within itself it is the program: `psql() { docker exec db psql "$@"; }`.
    pub(in crate::content::script::walk) fn function_called(
        &self,
        words: &Words,
    ) -> Option<Rc<Function>> {
        let function = self.functions.get(&words.program).filter(|_| self.is_shell())?;
        (!self.stack.contains(&Rc::as_ptr(function))).then(|| Rc::clone(function))
    }

    /// What a value stands for. `ask Sure`, and then `rc=$?`, is 0 where the function ended well, by what is certain there.
    pub(in crate::content::script::walk) fn value_or_end(
        &mut self,
        of: &Shared,
        state: &mut State,
    ) -> Shared {
        let value = self.value(of, state);
        let (Form::Choice(test, ..), Form::Choice(_, well, failed)) = (&of.form, &value.form)
        else {
            return value;
        };
        let returned = self.returned.get(&Rc::as_ptr(test)).filter(|_| self.is_shell());
        let Some((_, outcome)) = returned else { return value };
        let form = Form::Choice(Rc::clone(outcome), Rc::clone(well), Rc::clone(failed));
        Expression::new(value.line, form)
    }

    /// A function that is called by itself where a failure ends nothing: what it checks at its end stops nothing.
    pub(super) fn goes_on_behind(&mut self, value: &Shared, state: &mut State) {
        if !state.is_strict && state.is_live && is_true(value).is_none() {
            let (one, other) = self.split(value, state);
            hold_as_none(of_test(state, &one, &other), state);
        }
    }

    /// Goes through a function of the shell with its words and what it reads, and gives back how it ends.
    pub(super) fn calls_function(
        &mut self,
        function: &Rc<Function>,
        of: &Shared,
        words: &Words,
        command: &Command,
        state: &mut State,
    ) -> Shared {
        let mut inner = state.clone();
        // The words of the caller are its own.
        let own = taken(&mut inner);
        give(&words.values(0), of.line, &mut inner);
        let read = [(STDIN, &command.input), (STDIN_FILE, &command.file)];
        let read = read.into_iter().filter_map(|(name, it)| Some((name, it.as_ref()?)));
        let mut around = Vec::new();
        for (name, value) in read {
            around.push((name, given(state, name)));
            inner.set(name, self.resolve(value, state));
        }
        let value = self.inline(function, of, &call_of(words, of.line), &mut inner);
        for (name, value) in around {
            match value {
                Some(value) => inner.set(name, value),
                None => _ = Rc::make_mut(&mut inner.names).remove(name),
            }
        }
        taken(&mut inner);
        own.into_iter().for_each(|(name, value)| inner.set(&name, value));
        *state = inner;
        value
    }
}

/// How a function ends that returns this: well where it is 0.
pub(super) fn ended(line: u32, code: &Word) -> Shared {
    let well = || Expression::new(line, Form::Number("0".to_owned()));
    match code.value.form {
        // `return $rc`, that was set on one way or another.
        Form::Either(_) | Form::Outcome { .. } | Form::Choice(..) => {
            Expression::new(line, Form::Compare(Comparison::Equal, Rc::clone(&code.value), well()))
        }
        _ if code.text.bytes().all(|it| it.is_ascii_digit()) => {
            Expression::new(line, Form::Bool(code.text == "0"))
        }
        // `return $?`: either may be.
        _ => {
            Expression::new(line, Form::Compare(Comparison::Equal, Rc::clone(&code.value), well()))
        }
    }
}

/// What a block reads, where that is known.
pub(super) fn given(state: &State, by: &str) -> Option<Shared> {
    state.names.get(by).filter(|it| !may_be_nothing(it)).cloned()
}

fn may_be_nothing(of: &Shared) -> bool {
    match &of.form {
        Form::Nothing => true,
        Form::Either(ways) => ways.iter().any(may_be_nothing),
        _ => false,
    }
}

/// Takes the words away that a script or a function was called with: `$1`, `$@`.
fn taken(state: &mut State) -> Vec<(String, Shared)> {
    let is_word = |name: &String| {
        name.strip_prefix('$').is_some_and(|it| {
            matches!(it, "@" | "*") || !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit())
        })
    };
    let names: Vec<String> = state.names.keys().filter(|it| is_word(it)).cloned().collect();
    let all = Rc::make_mut(&mut state.names);
    names.into_iter().filter_map(|name| all.remove_entry(&name)).collect()
}

/// Hands arguments to a function of the shell.
pub(in crate::content::script::walk) fn give(values: &[Shared], line: u32, state: &mut State) {
    for (n, word) in values.iter().enumerate() {
        state.set(&format!("${}", n + 1), Rc::clone(word));
    }
    let all = Expression::new(line, Form::List(values.to_vec()));
    state.set("$@", Rc::clone(&all));
    state.set("$*", all);
}

pub(in crate::content::script::walk) fn call_of(words: &Words, line: u32) -> Call {
    Call {
        callee: Expression::new(line, Form::Name(words.program.clone())),
        arguments: words
            .values(0)
            .into_iter()
            .map(|value| Argument { name: None, value })
            .collect(),
        block: None,
    }
}
