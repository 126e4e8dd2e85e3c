//! What a script destroys that is its own: machines that it started or runs on, containers that it made, databases that it keeps
//! in a file for a while, and directories in whose place it puts a link.

use std::rc::Rc;

use super::Walk;
use super::commands::inside_container;
use crate::content::script::guards::called;
use crate::content::script::operations::{Words, sql};
use crate::content::script::state::State;
use crate::content::script::syntax::{Act, Call, Command, Form, Shared};
use crate::content::script::value::texts;
use crate::content::script::{place, words};

/// Expressions that are looked at to tell where a value comes from.
const STEPS: usize = 200;

/// Paths that are kept of one file.
const PATHS: usize = 1_000;

impl Walk {
    /// Keeps the container that a command starts by a name, with nothing in it that was there before.
    pub(super) fn starts(&mut self, words: &Words) {
        let is_plain = !words.any(&["-v", "--volume", "--mount", "--volumes-from"]);
        if is_plain
            && matches!(words.program.as_str(), "docker" | "podman")
            && words.says(&["run"])
            && let Some(name) = words.value_of(&["--name"])
            && !name.has_holes()
        {
            self.commands_made.insert(("docker run".to_owned(), name.text.clone()));
        }
    }

    /// Whether a command runs in a container that the script started.
    pub(super) fn is_inside_own(&self, words: &Words) -> bool {
        let is_inside =
            matches!(words.program.as_str(), "docker" | "podman") && words.says(&["exec"]);
        let name = inside_container(words)
            .filter(|_| is_inside)
            .and_then(|at| words.rest.get(at.checked_sub(1)?));
        name.is_some_and(|it| {
            self.commands_made.contains(&("docker run".to_owned(), it.text.clone()))
        })
    }

    /// Whether a command is told, for itself alone, that its database is one that lasts as long as this run.
    pub(super) fn is_on_passing(&self, words: &Words, command: &Command, state: &State) -> bool {
        command.sets.iter().any(|(name, value)| {
            let value = self.resolve(value, state);
            words::is_target(name)
                && may_look_at(&words.program, name)
                && (comes_from(&value, &|it| it.contains("mktemp"))
                    || texts(&value).iter().any(|it| it.text.contains(":memory:")))
        })
    }

    /// Keeps in place of what a link is put.
    pub(super) fn links(&mut self, words: &Words) {
        if words.program != "ln" || !words.has("-s") || self.linked.len() > PATHS {
            return;
        }
        self.linked.extend(words.plain().skip(1).map(|it| it.text.clone()));
    }

    /// Keeps the paths that an operation removes, by its number.
    pub(super) fn removes(&mut self, words: &Words, state: &State) {
        if words.program == "rm"
            && let Some(n) = state.passed.last()
            && self.removed.len() < PATHS
        {
            let paths = words.plain().map(|it| it.text.clone()).collect();
            self.removed.push((*n, paths));
        }
    }

    /// Whether a link is put in the place of all that an operation removes; what a program keeps below `/var/lib` is lost all the same.
    pub(super) fn is_linked(&self, n: usize) -> bool {
        let mut of_it = self.removed.iter().filter(|(at, _)| *at == n).peekable();
        of_it.peek().is_some()
            && of_it.all(|(_, paths)| {
                let is_in_place = |it: &String| self.linked.contains(it) && !place::is_state(it);
                !paths.is_empty() && paths.iter().all(is_in_place)
            })
    }

    /// A table that the script made is filled by a call which is told its name.
    pub(super) fn fills(&mut self, call: &Call, name: &str) {
        if self.made.is_empty() {
            return;
        }
        let lower = name.to_lowercase();
        let puts = ["insert", "load", "to_sql", "copy", "append", "upsert", "bulk"];
        let does_put = puts.iter().any(|it| lower.contains(it));
        let told = call.arguments.iter().filter_map(|it| {
            let is_table = it.name.as_deref().is_some_and(|it| it.contains("table"));
            it.value.literal().filter(|_| is_table || does_put)
        });
        let told: Vec<String> =
            told.filter(|it| self.made.contains_key(&sql::table_of(it))).collect();
        told.iter().for_each(|name| self.makes_table(name, sql::How::Filled));
    }

    /// Keeps that the script makes or fills a table here.
    pub(super) fn makes_table(&mut self, name: &str, how: sql::How) {
        let table = sql::table_of(name);
        if !table.is_empty() {
            self.made.entry(table).or_default().push((how, self.met.len()));
        }
    }
}

/// A time that is moved stands for another one: `cutoff.setDate(cutoff.getDate() - 30)`.
pub(super) fn moves(call: &Call, state: &mut State) {
    let Form::Member(on, method) = &call.callee.form else { return };
    let Form::Name(name) = &on.form else { return };
    let sets = method.strip_prefix("set").is_some_and(|it| it.starts_with(char::is_uppercase));
    let is_time =
        |it: &Shared| matches!(&it.form, Form::Call(made) if called(made).ends_with("Date"));
    if sets && state.names.get(name).is_some_and(is_time) {
        state.forget(name);
    }
}

/// Whether a program may look at a variable: a client of a database knows its own alone.
fn may_look_at(program: &str, variable: &str) -> bool {
    match program {
        "psql" | "dropdb" | "createdb" | "pg_restore" => variable.starts_with("PG"),
        "mysql" | "mysqladmin" | "mariadb" => variable.starts_with("MYSQL"),
        "mongosh" | "mongo" | "sqlcmd" | "sqlite3" => false,
        "redis-cli" => variable.starts_with("REDISCLI"),
        _ => true,
    }
}

/// Whether a word that a value is made of, commands that it reads from among them, is such a one.
pub(super) fn comes_from(of: &Shared, is_one: &dyn Fn(&str) -> bool) -> bool {
    let mut open: Vec<Shared> = vec![Rc::clone(of)];
    for _ in 0..STEPS {
        let Some(it) = open.pop() else { return false };
        match &it.form {
            Form::Subshell(block) | Form::Group(block) => {
                open.extend(block.iter().filter_map(|it| match &it.act {
                    Act::Run(it) => Some(Rc::clone(it)),
                    _ => None,
                }));
            }
            Form::Command(command) => {
                let told = command.words.iter().flat_map(texts);
                if told.into_iter().any(|it| is_one(&it.text)) {
                    return true;
                }
            }
            _ => open.extend(it.children().into_iter().map(Rc::clone)),
        }
    }
    false
}

/// Whether a word of a command says that it gives back the machine it runs on, or one that it starts.
pub(super) fn is_of_one_machine(word: &str) -> bool {
    let tells_own = ["169.254.169.254", "metadata.google.internal"];
    let name = word.rsplit('/').next().unwrap_or_default();
    let is_script = name.ends_with(".sh") || name.ends_with(".py");
    let starts = name.split(['_', '-', '.']).any(|it| matches!(it, "boot" | "launch" | "create"));
    tells_own.iter().any(|it| word.contains(it)) || word == "run-instances" || is_script && starts
}
