//! Commands of a shell: what the shell does by itself, what wraps another command, and what destroys.

mod clients;
mod connected;
mod environments;
mod functions;
mod interpreted;
mod known;
mod leaves;
mod made;
mod packages;
mod reads;
mod spread;
mod traps;
mod wrapped;
mod written;

use std::rc::Rc;

use super::{Walk, aims};
use crate::content::script::guards::LETTERS;
use crate::content::script::languages::{compare, unary};
use crate::content::script::model::{Guard, Strength};
use crate::content::script::operations::{Word, Words};
use crate::content::script::state::State;
use crate::content::script::syntax::{
    Act, Argument, Call, Command, Comparison, Expression, Form, PIPED, Part, STDIN, STDIN_FILE,
    Shared, Statement,
};
use crate::content::script::value::texts;
use crate::content::script::{supports, target, words};
use functions::given;
pub(super) use functions::{call_of, give};
use known::is_said;
pub(super) use made::Thing;
use reads::ask;
pub(super) use traps::Trap;
pub(super) use wrapped::{XARGS, inside_container};
use wrapped::{assigned, with_blanks, wrapped};
use written::shifted;

/// What stands for the text that a function printed last, where somebody takes it.
pub(super) const SAID: &str = "|said";

/// What stands for the yes that a command before writes: `yes | dropdb -i shop`.
pub(super) const ANSWERED: &str = "|yes";

/// What stands for the directory that a script went to.
pub(super) const HERE: &str = "|here";

/// What a function of another file, or that file as a whole, makes sure of: `ensure_not_production`, `. ./require-local.sh`.
/// Where a failure ends nothing, it may have stopped nobody.
fn refusal(line: u32, words: &Words, is_strict: bool) -> Option<Guard> {
    let file = || {
        words
            .rest
            .first()
            .and_then(|it| it.text.rsplit('/').next()?.split('.').next().map(str::to_owned))
    };
    let kind = match words.program.as_str() {
        "." | "source" => words::refuses(&file()?),
        name => words::refuses(name).filter(|_| !name.contains('.')),
    }?;
    let ends = is_strict || words::says_end(&words.program);
    let strength = if ends { Strength::Strong } else { Strength::Medium };
    Some(Guard { kind, strength, line, defect: None })
}

impl Walk {
    /// Evaluates a command.
    pub(super) fn command(&mut self, of: &Shared, command: &Command, state: &mut State) {
        if !state.is_live || !self.enter() {
            return;
        }
        // What the function or group around it reads is there for each command in it; what one of them runs reads it no more.
        let is_free = command.input.is_none() && command.file.is_none();
        let around = |by: &str| given(state, by).filter(|_| is_free);
        match (around(STDIN), around(STDIN_FILE)) {
            (None, None) => self.goes_through(of, command, state),
            (input, file) => {
                let fed = Command { input, file, ..command.clone() };
                let names = Rc::make_mut(&mut state.names);
                let kept = [STDIN, STDIN_FILE].map(|it| (it, names.remove(it)));
                self.goes_through(of, &fed, state);
                for (name, it) in kept {
                    it.into_iter().for_each(|it| state.set(name, it));
                }
            }
        }
        self.leave();
    }

    fn goes_through(&mut self, of: &Shared, command: &Command, state: &mut State) {
        if let Some(ways) = self.beginnings(command, state) {
            let before = state.clone();
            state.is_live = false;
            for way in ways {
                let mut here = before.clone();
                self.goes_through(of, &way, &mut here);
                *state = state.join(&here);
            }
            return;
        }
        for word in &command.words {
            self.evaluate(word, state);
        }
        let resolved = self.spread(command, state);
        if matches!(of.form, Form::Command(_)) && self.is_shell() {
            self.dispatches(&resolved, state);
        }
        // `& $action`: a block that was handed over.
        if let Some(Form::Lambda(function)) = resolved.first().map(|it| &it.form) {
            let given = resolved.iter().skip(1);
            let arguments = given.map(|it| Argument { name: None, value: Rc::clone(it) }).collect();
            let call = Call { callee: Rc::clone(&resolved[0]), arguments, block: None };
            self.inline(function, of, &call, state);
            return;
        }
        let resolved = called_by_name(command, resolved);
        if let Some(mut words) = Words::of(&resolved) {
            // A function of the file is no other program, whatever people call so for short.
            let own = resolved.first().and_then(|it| it.literal());
            if let Some(own) = own.filter(|it| self.is_shell() && self.functions.contains(it)) {
                words.program = own;
            }
            if matches!(words.program.as_str(), "rm" | "rimraf" | "find")
                && let Some(here) = state.names.get(HERE)
            {
                words.stand_in(here);
            }
            if state.names.contains_key(ANSWERED) {
                words.leave_question_out();
            }
            words.reads = self.read_by(command, state).map(|it| Word::of(&it));
            if let Some(input) = &command.input {
                let input = self.resolve(input, state);
                words.said = texts(&input).into_iter().map(|it| it.text).collect();
            }
            if command.words.is_empty() {
                for (name, value) in &command.sets {
                    let value = self.resolve(value, state);
                    state.set(name, value);
                }
            }
            // Words out of a list stand where that was written.
            let is_spread = resolved.len() != command.words.len();
            let words_of = if is_spread { &resolved } else { &command.words };
            let line = words_of.first().map_or(of.line, |it| it.line);
            let outer = self.aims(target::of_command(&words));
            self.words(line, &words, command, state);
            self.writes(command, &resolved, state);
            self.aim = outer;
        }
    }

    fn words(&mut self, line: u32, words: &Words, command: &Command, state: &mut State) {
        if let Some(function) = self.function_called(words) {
            let guards = Rc::clone(&state.guards);
            let of = Expression::new(line, Form::Nothing);
            let value = self.calls_function(&function, &of, words, command, state);
            self.goes_on_behind(&value, state);
            self.named(&words.program, line, &guards, state);
            return;
        }
        if self.builtin(line, words, command, state) {
            return;
        }
        if let Some(guard) = refusal(line, words, state.is_strict) {
            return state.hold(vec![guard]);
        }
        if let Some(well) = self.runs_task(line, words, state) {
            *state = well.join(state);
            return;
        }
        if self.is_inside_own(words) || self.is_on_passing(words, command, state) {
            return;
        }
        if let Some(rest) = wrapped(words) {
            let of = Expression::new(line, Form::Nothing);
            let sets = [command.sets.clone(), assigned(words)].concat();
            return self.command(&of, &Command { words: rest, sets, ..command.clone() }, state);
        }
        self.interpreted(line, words, command, state);
        self.looked_up(line, words, command, state);
        aims::switches(line, words, state);
        self.makes(words, state);
        self.sets_up(words);
        self.starts(words);
        self.links(words);
        self.taken_along(line, words);
        self.supports(line, words, state);
    }

    /// What the shell itself does.
    fn builtin(&mut self, line: u32, words: &Words, command: &Command, state: &mut State) -> bool {
        match words.program.as_str() {
            _ if self.leaves(line, words, state) => {}
            "set" => {
                let on = words.rest.iter().any(|it| {
                    it.text.starts_with('-') && it.text.contains('e') && !it.text.starts_with("--")
                }) || words.rest.iter().any(|it| it.text == "errexit");
                let off =
                    words.rest.iter().any(|it| it.text.starts_with('+') && it.text.contains('e'));
                state.is_strict = (state.is_strict || on) && !off;
                // `set -- dropdb app`, and then `"$@"`.
                if let Some(at) = words.rest.iter().position(|it| it.text == "--") {
                    give(&words.values(at + 1), line, state);
                }
            }
            "read" | "vared" => self.reads(line, words, command, state),
            "getopts" => {
                if let Some(name) = words.plain().nth(1) {
                    let given = Form::Argument(LETTERS.to_owned());
                    state.set(&name.text.clone(), Expression::new(line, given));
                }
            }
            "sleep" => state.hold(vec![supports::pause(line)]),
            "printf" if self.prints_into(words, state) => {}
            "echo" | "printf" => {
                if words.rest.iter().any(|it| supports::warns(&it.text)) {
                    state.hold(vec![supports::notice(line)]);
                }
                if state.names.contains_key(SAID)
                    && let Some(last) = words.rest.last()
                {
                    state.set(SAID, Rc::clone(&last.value));
                }
            }
            "eval" => {
                // It puts its words together and takes them apart anew.
                let all = Expression::new(line, Form::Join(with_blanks(&words.values(0))));
                for told in texts(&all) {
                    self.shell(&told, state);
                }
            }
            // Each of what it reads.
            "mapfile" | "readarray" => {
                let list = command.file.as_ref().map(|it| self.resolve(it, state));
                let list = list.or_else(|| given(state, PIPED));
                if let (Some(list), Some(name)) = (list, words.plain().last()) {
                    state.set(&name.text.clone(), Expression::new(line, Form::List(vec![list])));
                }
            }
            "cd" | "pushd" | "popd" => goes_to(line, words, state),
            "trap" => self.traps(line, words, state),
            "shift" => {
                let by = words.rest.first().map_or(Some(1), |it| it.text.parse().ok());
                if let Some(rest) = by.and_then(|by| shifted(state, by)) {
                    give(&rest, line, state);
                }
            }
            "source" | "." => {
                let is_of_settings = |it: &str| {
                    let last = it.rsplit('/').next().unwrap_or_default();
                    last.contains("env") || last.ends_with(".conf") || last.contains("config")
                };
                aims::switches(line, words, state);
                let is_read = self.sources(command, state);
                if !is_read && words.rest.first().is_some_and(|it| is_of_settings(&it.text)) {
                    state.reads_settings();
                }
                return is_read;
            }
            // `command -v PROGRAM` only asks whether it is there.
            "command" if words.any(&["-v", "-V"]) => {}
            ":" | "unset" | "alias" | "export" | "local" | "true" | "false" | "grep" | "sed"
            | "awk" | "cat" | "man" => {}
            _ => return false,
        }
        true
    }

    /// Commands as conditions.
    pub(super) fn command_branch(
        &mut self,
        test: &Shared,
        command: &Command,
        state: &State,
    ) -> (State, State) {
        let mut here = state.clone();
        let words = self.spread(command, state);
        // `if $force; then`: the variable is `true` or `false`.
        if let [only] = words.as_slice()
            && matches!(only.form, Form::Either(_) | Form::Outcome { .. })
        {
            let is_true = |it: &Shared| {
                let yes = Expression::text(test.line, "true");
                let form = Form::Compare(Comparison::Equal, Rc::clone(it), yes);
                Expression::new(test.line, form)
            };
            let value = is_true(only);
            let ways = self.split(&value, &here);
            return match command.words.first() {
                Some(named) => self.told_dry(&is_true(named), &value, ways),
                None => ways,
            };
        }
        let Some(words) = Words::of(&words) else {
            self.command(test, command, &mut here);
            return (here.clone(), here.dead());
        };
        let ends_well = match words.program.as_str() {
            "true" | ":" => Some(true),
            "false" => Some(false),
            name => self.goes_on(name),
        };
        match ends_well {
            Some(true) => return (here.clone(), here.dead()),
            Some(false) => return (here.dead(), here.clone()),
            None => {}
        }
        match words.program.as_str() {
            // `{ echo no && exit 1; }`: what only says something goes well.
            "echo" | "printf" if is_said(command) => {
                self.command(test, command, &mut here);
                return (here.clone(), here.dead());
            }
            // `read -q` of zsh is true only where the answer is yes.
            "read" if words.any(&["-q"]) => {
                self.asked.insert(test.line);
                let answer = Form::Compare(
                    Comparison::Equal,
                    ask(test.line, "read"),
                    Expression::text(test.line, "y"),
                );
                return self.split(&Expression::new(test.line, answer), &here);
            }
            "test" | "[" => {
                let value = tested(test.line, &words);
                let ways = self.split(&value, &here);
                let named = Words::of(&command.words).map(|it| tested(test.line, &it));
                return match named {
                    Some(named) => self.told_dry(&named, &value, ways),
                    None => ways,
                };
            }
            _ => {}
        }
        if let Some(function) = self.function_called(&words) {
            let value = self.calls_function(&function, test, &words, command, &mut here);
            return self.split(&value, &here);
        }
        if let Some(well) = self.runs_task(test.line, &words, state) {
            return (well, here);
        }
        // Where it fails and the script goes on, it has stopped nobody.
        if let Some(guard) = refusal(test.line, &words, true) {
            let mut well = here.clone();
            well.hold(vec![guard]);
            return (well, here);
        }
        self.run_branch(test, command, state, &words.program)
    }
}

/// The words of a command with the name of a variable in the place of a program that is not known before it runs:
/// `$DC down -v`.
fn called_by_name(command: &Command, resolved: Vec<Shared>) -> Vec<Shared> {
    let named = command.words.first().map(|it| match &it.form {
        Form::Text(parts) => match parts.as_slice() {
            [Part::Hole(hole)] => Rc::clone(hole),
            _ => Rc::clone(it),
        },
        _ => Rc::clone(it),
    });
    if let Some((first, rest)) = resolved.split_first()
        && let Some(program) = found_by(first)
    {
        return [&[program], rest].concat();
    }
    let named = named.filter(|it| matches!(it.form, Form::Name(_) | Form::Environment(..)));
    match (named, resolved.split_first()) {
        (Some(named), Some((first, rest)))
            if matches!(first.form, Form::Subshell(_) | Form::Other(_) | Form::Either(_))
                && texts(first).is_empty() =>
        {
            [&[named], rest].concat()
        }
        _ => resolved,
    }
}

/// The program that a command looks for: `$(command -v dropdb)`, `$(which dropdb)`.
fn found_by(of: &Shared) -> Option<Shared> {
    let Form::Subshell(block) = &of.form else { return None };
    let [Statement { act: Act::Run(one), .. }] = block.as_slice() else { return None };
    // `$(command -v podman || command -v docker)`: any of them would do.
    let one = match &one.form {
        Form::Any(ways) => ways.first()?,
        _ => one,
    };
    let Form::Command(command) = &one.form else { return None };
    let words: Vec<String> = command.words.iter().filter_map(|it| it.literal()).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["which", name] | ["command", "-v", name] | ["type", "-p" | "-P", name] => {
            Some(Expression::text(of.line, *name))
        }
        _ => None,
    }
}

/// Keeps the directory that it goes to, as far as that is known.
fn goes_to(line: u32, words: &Words, state: &mut State) {
    let Some(to) = words.plain().next().filter(|it| it.text != "-" && !it.text.starts_with(".."))
    else {
        Rc::make_mut(&mut state.names).remove(HERE);
        return;
    };
    let is_whole = to.text.starts_with(['/', '~', '\u{1}']);
    let way = match state.names.get(HERE).filter(|_| !is_whole) {
        Some(from) => vec![Rc::clone(from), Expression::text(line, "/"), Rc::clone(&to.value)],
        None => vec![Rc::clone(&to.value)],
    };
    // A way that is made up again and again is not followed.
    let here = Expression::new(line, Form::Join(way));
    if here.depth < 20 {
        state.set(HERE, here);
    }
}

/// `test A = B`, `[ -z A ]`.
fn tested(line: u32, words: &Words) -> Shared {
    let mut values: Vec<Shared> = words.values(0);
    if words.program == "[" {
        values.pop();
    }
    let word = |at: usize| words.rest.get(at).map(|it| it.text.as_str()).unwrap_or_default();
    let (not, from) = if word(0) == "!" { (true, 1) } else { (false, 0) };
    let form = match values.len() - from.min(values.len()) {
        3 => compare(line, word(from + 1), Rc::clone(&values[from]), Rc::clone(&values[from + 2])),
        2 => unary(line, word(from), Rc::clone(&values[from + 1])),
        _ => Form::Other(values),
    };
    let value = Expression::new(line, form);
    if not { Expression::new(line, Form::Not(value)) } else { value }
}
