//! Calls that run another language: a shell, a program, a statement of SQL.

use super::SQL_FIELDS;
use crate::content::script::Language;
use crate::content::script::assembled::{is_split, lists};
use crate::content::script::guards::called;
use crate::content::script::operations::Chain;
use crate::content::script::operations::{self, is_argument, is_of_found, sql};
use crate::content::script::parts::field;
use crate::content::script::state::State;
use crate::content::script::supports;
use crate::content::script::syntax::{
    Argument, Call, Command, Expression, Form, STDIN, STDIN_FILE, Shared,
};
use crate::content::script::tree::mark;
use crate::content::script::value::{Told, texts};
use crate::content::script::walk::Walk;
use crate::content::script::{languages, sieve};
use std::rc::Rc;

/// Ways in which one call may be made that are looked at.
const WAYS: usize = 8;

/// A statement with numbers in its places, where all that is given for them stands in the script, or is said by whoever runs it;
/// and whether it is.
fn filled(told: Told, given: &[Argument]) -> (Told, bool) {
    let (mut told, is_given) = with_arguments(told);
    // What stands for a name in the client of MySQL for JavaScript.
    if told.text.contains(" ??") {
        told.text = told.text.replace(" ??", " t7");
    }
    let is_plain = |it: &Shared| it.literal().is_some() || is_argument(it) || is_of_found(it);
    let values: Vec<&Shared> = match given.first().map(|it| &it.value.form) {
        Some(Form::List(all)) => all.iter().collect(),
        Some(Form::Map(pairs)) => pairs.iter().map(|(_, it)| it).collect(),
        // One after the other: `execute("... = $1", id)`.
        Some(_) => given.iter().filter(|it| it.name.is_none()).map(|it| &it.value).collect(),
        None => Vec::new(),
    };
    if values.is_empty() || !values.iter().all(|it| is_plain(it)) {
        return (told, is_given);
    }
    let is_given = is_given || values.iter().any(|it| is_argument(it));
    let is_of_place = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '%';
    let mut text = String::with_capacity(told.text.len());
    let mut letters = told.text.chars().peekable();
    while let Some(letter) = letters.next() {
        let opens = matches!(letter, '$' | '%' | ':' | '@')
            && text.ends_with([' ', '=', '('])
            && letters.peek().is_some_and(|it| is_of_place(*it));
        match letter {
            '?' => text.push('7'),
            // As long as before, so that lines stay where they are.
            _ if opens => {
                text.push('7');
                while letters.next_if(|it| is_of_place(*it)).is_some() {
                    text.push('7');
                }
            }
            _ => text.push(letter),
        }
    }
    (Told { text, ..told }, is_given)
}

/// A statement with numbers in the place of what whoever runs the script says, and of the id of a record that the script names, as
/// long as what stood there.
fn with_arguments(told: Told) -> (Told, bool) {
    let mut text = told.text.clone();
    let mut is_given = false;
    let is_said = |it: &Shared| is_argument(it) || is_of_found(it);
    for (n, hole) in told.origin.holes.iter().enumerate().filter(|(_, it)| is_said(it)) {
        let mark = mark(n);
        let is_value = told
            .text
            .split_once(&mark)
            .is_some_and(|(before, _)| before.trim_end_matches(['\'', '"', ' ']).ends_with('='));
        if is_value {
            text = text.replace(&mark, &"7".repeat(mark.len()));
            is_given |= is_argument(hole);
        }
    }
    (Told { text, ..told }, is_given)
}

/// The ways in which a program may be called whose words are in one of several lists: `for args in [["-c", a], ["-c", b]]`.
pub(super) fn ways(given: Vec<Shared>) -> Vec<Vec<Shared>> {
    let mut ways = vec![Vec::new()];
    for (n, it) in given.into_iter().enumerate() {
        // `args...` of Go.
        let it = match &it.form {
            Form::Other(all) if all.len() == 1 => Rc::clone(&all[0]),
            _ => it,
        };
        let it = from_one_on(&it).unwrap_or(it);
        // A line that is taken apart is read as one by itself.
        let is_line = n == 0 && is_split(&it);
        let lists = lists(&it).filter(|_| !is_line).unwrap_or_else(|| vec![it]);
        ways = ways
            .iter()
            .flat_map(|way| lists.iter().map(|it| [way.as_slice(), &[Rc::clone(it)]].concat()))
            .take(WAYS)
            .collect();
    }
    ways
}

/// `args[1:]` of a list that is known.
fn from_one_on(of: &Shared) -> Option<Shared> {
    let Form::Call(call) = &of.form else { return None };
    let Form::Member(on, name) = &call.callee.form else { return None };
    let (Form::List(all), "slice", [from]) = (&on.form, name.as_str(), call.arguments.as_slice())
    else {
        return None;
    };
    let from: usize = from.value.literal()?.parse().ok()?;
    Some(Expression::new(of.line, Form::List(all.get(from..)?.to_vec())))
}

/// `system(*COMPOSE, "down", "-v")` of Ruby: all words of a call as one list, where a list stands before others.
fn splatted(given: &[Shared]) -> Option<Shared> {
    let (first, _) = given.split_first()?;
    let is_option = |it: &Shared| matches!(it.form, Form::Map(_));
    let all = given.iter().filter(|it| !is_option(it)).cloned().collect();
    matches!(first.form, Form::List(_))
        .then(|| Expression::new(first.line, Form::List(all)))
        .and_then(|it| lists(&it)?.into_iter().next())
}

/// What a program is given to read: `input="DROP TABLE users"`, `{ input: "..." }`.
fn input_of(call: &Call) -> Option<Shared> {
    let is_map = |it: &&Argument| matches!(it.value.form, Form::Map(_));
    let in_map = |it: &Argument| field(&it.value, "input");
    let named = call.arguments.iter().find(|it| it.name.as_deref() == Some("input"));
    named
        .map(|it| Rc::clone(&it.value))
        .or_else(|| call.arguments.iter().filter(is_map).find_map(in_map))
        .filter(|it| !texts(it).is_empty())
}

/// Whether a function of this name starts a program, and goes on.
fn starts_program(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    matches!(last, "Popen" | "spawn" | "popen" | "create_subprocess_exec")
}

/// The texts of the fields in which a statement is handed over.
fn statements_in(pairs: &[(Shared, Shared)]) -> impl Iterator<Item = Told> {
    let is_field = |key: &Shared| key.literal().is_some_and(|it| SQL_FIELDS.contains(&it.as_str()));
    let said = pairs.iter().filter(move |(key, _)| is_field(key));
    said.flat_map(|(_, value)| texts(value))
}

/// Values of a request that are looked at.
const SENT: usize = 60;

/// Whole statements that destroy, sent to a server as fields of what a request carries:
/// `requests.post(url, json={'statement': 'DROP TABLE users'})`, `fetch(url, { body: JSON.stringify({ sql: 'TRUNCATE users' }) })`.
fn statements_sent(call: &Call) -> Vec<Told> {
    let name = called(call);
    let sends = ["post", "put", "fetch", "request", "urlopen"];
    if !sends.contains(&name.rsplit('.').next().unwrap_or_default()) {
        return Vec::new();
    }
    let mut open: Vec<&Shared> = call.arguments.iter().map(|it| &it.value).collect();
    let mut found = Vec::new();
    for _ in 0..SENT {
        let Some(it) = open.pop() else { break };
        if let Form::Map(pairs) = &it.form {
            found.extend(statements_in(pairs));
        }
        open.extend(it.children());
    }
    found.retain(|it| sql::is_plain_wipe(&it.text.to_uppercase()));
    found
}

impl Walk {
    /// Goes through the statements that a call hands over, by a method of this name.
    pub(super) fn runs_statement(&mut self, call: &Call, name: &str, state: &mut State) {
        let Some(first) = call.arguments.first().map(|it| &it.value) else { return };
        // `mysqli_query($db, '...')`, `db.Exec(ctx, '...')`.
        let second = call.arguments.get(1).filter(|_| texts(first).is_empty()).map(|it| &it.value);
        let given = call.arguments.get(1 + usize::from(second.is_some())..).unwrap_or_default();
        for told in std::iter::once(first).chain(second).flat_map(texts) {
            let (told, is_given) = filled(told, given);
            self.is_given = is_given;
            self.sql(&told, state);
            self.is_given = false;
        }
        // `subprocess.run(['echo', 'DROP DATABASE shop'])` says it only.
        let is_said = |all: &[Shared]| {
            let program = all.first().and_then(|it| it.literal());
            program.is_some_and(|it| matches!(it.as_str(), "echo" | "printf" | "grep" | "git"))
        };
        if let Form::List(all) = &first.form
            && !is_said(all)
        {
            for told in all.iter().flat_map(texts) {
                self.sql(&told, state);
            }
        }
        // `cursor.execute(queries.DROP_USERS)` of another file, one of `drop_table_queries`.
        if texts(first).is_empty() && operations::names_wipe_of_sql(first) {
            self.destroys(
                sql::by_name(),
                sql::by_name().scope,
                first.line,
                name.to_owned(),
                None,
                state,
            );
        }
        // `client.query({ text: '...' })`, `supabase.rpc('exec_sql', { sql: '...' })`.
        let options = match name {
            "rpc" => call.arguments.get(1).map(|it| &it.value.form),
            _ => Some(&first.form),
        };
        if let Some(Form::Map(pairs)) = options {
            for told in statements_in(pairs) {
                self.sql(&told, state);
            }
        }
    }

    /// Goes through what a call is given by name: `PostgresOperator(sql='TRUNCATE users')`, `BashOperator(bash_command='dropdb shop')`.
    pub(super) fn runs_named(&mut self, call: &Call, state: &mut State) {
        for argument in &call.arguments {
            let Some(name) = argument.name.as_deref() else { continue };
            let told = texts(&argument.value);
            match name {
                "sql" | "query" | "statement" | "QueryString" | "Sql" | "Statement" => {
                    let wipes =
                        told.iter().filter(|it| sql::is_plain_wipe(&it.text.to_uppercase()));
                    for told in wipes.cloned().collect::<Vec<_>>() {
                        self.sql(&told, state);
                    }
                }
                "bash_command" => told.iter().for_each(|told| self.shell(told, state)),
                _ => {}
            }
        }
    }

    /// Goes through the statements that a request carries.
    pub(super) fn sends_statements(&mut self, call: &Call, state: &mut State) {
        statements_sent(call).iter().for_each(|it| self.sql(it, state));
    }

    /// Goes through the command that a call runs, and what it is given to read.
    pub(in crate::content::script::walk) fn runs_shell(&mut self, call: &Call, state: &mut State) {
        match input_of(call) {
            Some(input) => self.runs_shell_fed(call, &input, state),
            None => self.runs_line(call, state),
        }
    }

    fn runs_shell_fed(&mut self, call: &Call, input: &Shared, state: &mut State) {
        let mut inside = state.clone();
        inside.set(STDIN, Rc::clone(input));
        self.runs_line(call, &mut inside);
        Rc::make_mut(&mut inside.names).remove(STDIN);
        *state = inside;
    }

    /// What is written to a program that was started before: `process.communicate(b"DROP DATABASE shop")`.
    pub(super) fn writes_to_program(&mut self, call: &Call, chain: &Chain, state: &mut State) {
        let writes = ["communicate", "write", "end", "puts"];
        let Some(text) = chain.argument(0).or(chain.named("input")) else { return };
        if !writes.contains(&chain.name()) || texts(text).is_empty() {
            return;
        }
        let mut on = &call.callee;
        for _ in 0..5 {
            match &on.form {
                Form::Member(of, _) => on = of,
                Form::Call(started) if starts_program(&called(started)) => {
                    return self.runs_shell_fed(started, text, &mut state.clone());
                }
                _ => return,
            }
        }
    }

    fn runs_line(&mut self, call: &Call, state: &mut State) {
        let by_place = call.arguments.iter().all(|it| it.name.is_none());
        // `system({ "PGPASSWORD" => "..." }, "dropdb shop")`, `system(env, "dropdb", "shop")`: what is set for it comes first.
        let is_ruby = self.language == Language::Ruby && call.arguments.len() > 1;
        let is_set = |it: &&Argument| match &it.value.form {
            Form::Map(_) => true,
            Form::Name(name) => is_ruby && name.contains("env"),
            _ => false,
        };
        let given = call.arguments.iter().skip_while(is_set).map(|it| Rc::clone(&it.value));
        let given: Vec<Shared> = given.collect();
        for way in ways(given) {
            match is_ruby.then(|| splatted(&way)).flatten() {
                Some(words) => self.runs_words(&[words], by_place, state),
                None => self.runs_words(&way, by_place, state),
            }
        }
    }

    /// A list of words needs no shell; a program and a list as `spawn` and `exec.Command` take them does not either.
    pub(super) fn runs_words(&mut self, given: &[Shared], by_place: bool, state: &mut State) {
        let Some((first, rest)) = given.split_first() else { return };
        let mut words: Vec<Shared> = match &first.form {
            // `["docker", "compose", *args]`.
            Form::List(all) => (all.iter())
                .flat_map(|it| match &it.form {
                    Form::List(inner) => inner.clone(),
                    _ => vec![Rc::clone(it)],
                })
                .collect(),
            _ => Vec::new(),
        };
        if words.is_empty() && by_place {
            match rest.first().map(|it| &it.form) {
                Some(Form::List(all)) => words = [&[Rc::clone(first)], all.as_slice()].concat(),
                // `exec.Command("docker", "compose", args...)`.
                Some(_) if rest.iter().any(|it| matches!(it.form, Form::List(_))) => {
                    words = given
                        .iter()
                        .flat_map(|it| match &it.form {
                            Form::List(all) => all.clone(),
                            _ => vec![Rc::clone(it)],
                        })
                        .collect();
                }
                // Options and functions that are called back are no words.
                Some(Form::Map(_) | Form::Lambda(_) | Form::Name(_) | Form::Nothing) | None => {}
                Some(_) if first.literal().is_some_and(|it| !it.contains(' ')) => {
                    words = given.to_vec();
                }
                _ => {}
            }
        }
        // One word with blanks is a line for the shell: `system(*arguments)` of a single one.
        let line = match words.as_slice() {
            [one] if texts(one).iter().any(|it| it.text.contains(' ')) => Some(Rc::clone(one)),
            [] => Some(Rc::clone(first)),
            _ => None,
        };
        if let Some(line) = line {
            for told in texts(&line) {
                self.shell(&told, state);
            }
        } else {
            let command = Command { words, ..Default::default() };
            let layer = self.layers.last().is_none_or(|it| *it != Language::Shell.word());
            if layer {
                self.layers.push(Language::Shell.word());
            }
            let of = Expression::new(first.line, Form::Nothing);
            self.command(&of, &command, state);
            if layer {
                self.layers.pop();
            }
        }
    }

    /// Goes through a text that a shell runs, in a process of its own.
    pub(in crate::content::script::walk) fn shell(&mut self, told: &Told, state: &mut State) {
        // `$BEFORE` may stand for a command that is not written here.
        let is_idle = ![STDIN, STDIN_FILE].iter().any(|it| state.names.contains_key(*it))
            && !told.text.contains('$')
            && !sieve::may_destroy(told.text.as_bytes())
            && !supports::may_support(&told.text);
        if is_idle || !self.may_nest() {
            return;
        }
        let Some(program) = languages::program(Language::Shell, &told.text, &told.origin) else {
            return;
        };
        if told.is_cut {
            self.cut();
        }
        let is_within = self.is_shell();
        let own = self.defines(&program, is_within);
        self.enters_text(&program.worded, state);
        self.layers.push(Language::Shell.word());
        let mut inside = State { is_strict: false, ..state.clone() };
        if !is_within {
            inside.names = Rc::default();
            // What the program around it hands over is there to be read.
            for name in [STDIN, STDIN_FILE] {
                if let Some(input) = state.names.get(name) {
                    inside.set(name, Rc::clone(input));
                }
            }
        }
        let (well, failed) = self.process(&program.body, &inside);
        self.ended = well.is_live.then(|| Rc::clone(&well.guards));
        let inside = well.join(&failed);
        state.supported_by(&inside);
        (state.passed, state.made) = (inside.passed, inside.made);
        self.layers.pop();
        self.aims.leave_text();
        self.restore(own);
    }
}
