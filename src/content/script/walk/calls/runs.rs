//! Calls that destroy, and those that run another language.

use super::{RUNS_SHELL, RUNS_SQL, SQL_FIELDS, operations_name};
use crate::content::script::Language;
use crate::content::script::model::{Guard, GuardKind, Kind, Operation, Scope, Strength, Target};
use crate::content::script::modules::module_of;
use crate::content::script::operations::{self, Chain, Hit, is_argument, sql};
use crate::content::script::state::State;
use crate::content::script::supports;
use crate::content::script::syntax::{
    Argument, Call, Command, Expression, Form, Shared, has_one, is_each,
};
use crate::content::script::tree::mark;
use crate::content::script::value::{Told, texts};
use crate::content::script::walk::{Walk, passing};
use crate::content::script::{languages, sieve, target};
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
    let is_plain = |it: &Shared| it.literal().is_some() || is_argument(it);
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

/// A statement with numbers in the place of what whoever runs the script says, as long as what stood there.
fn with_arguments(told: Told) -> (Told, bool) {
    let mut text = told.text.clone();
    for (n, _) in told.origin.holes.iter().enumerate().filter(|(_, it)| is_argument(it)) {
        let mark = mark(n);
        let is_value = told
            .text
            .split_once(&mark)
            .is_some_and(|(before, _)| before.trim_end_matches(['\'', '"', ' ']).ends_with('='));
        if is_value {
            text = text.replace(&mark, &"7".repeat(mark.len()));
        }
    }
    let is_given = text != told.text;
    (Told { text, ..told }, is_given)
}

/// Whether a part of a call is what whoever runs the script says.
fn names_argument(call: &Call) -> bool {
    let mut parts: Vec<&Expression> = vec![&call.callee];
    parts.extend(call.arguments.iter().map(|it| &*it.value));
    has_one(parts, 300, is_argument)
}

/// Whether a statement is handed over by a method whose name says less: `client.command('...')` of ClickHouse,
/// `session.Run(ctx, 'MATCH ...')` of Go, `supabase.rpc('exec_sql', ...)`.
fn hands_statement(chain: &Chain) -> bool {
    match chain.name() {
        "command" => {
            let is_store = |it: &str| it.to_lowercase().contains("clickhouse");
            is_store(&chain.module) || chain.links.iter().any(|it| is_store(it.name))
        }
        "Run" => chain.links.len() > 1,
        "rpc" => chain
            .argument(0)
            .and_then(|it| it.literal())
            .is_some_and(|it| it.contains("sql") || it.contains("exec") || it.contains("query")),
        _ => false,
    }
}

/// The first text that a value may be.
fn texts_of_one(of: &Shared) -> Option<String> {
    texts(of).into_iter().next().map(|it| it.text)
}

/// What a framework or tool asks by itself.
pub(in crate::content::script::walk) fn framework(line: u32) -> Guard {
    Guard { kind: GuardKind::Framework, strength: Strength::Strong, line, defect: None }
}

/// Whether a part of a call is one of what a loop goes through.
fn is_about_one(of: &Shared) -> bool {
    has_one(vec![of], 300, is_each)
}

/// Whether what a method is called on is one of several that are written down: `for it in [Order, Invoice]`.
fn is_one_of_several(of: &Shared) -> bool {
    has_one(vec![of], 100, |it| matches!(&it.form, Form::Either(all) if all.len() > 1))
}

/// The ways in which a program may be called whose words are in one of several lists: `for args in [["-c", a], ["-c", b]]`.
fn ways(given: Vec<Shared>) -> Vec<Vec<Shared>> {
    let mut ways = vec![Vec::new()];
    for it in given {
        // `args...` of Go.
        let it = match &it.form {
            Form::Other(all) if all.len() == 1 => Rc::clone(&all[0]),
            _ => it,
        };
        let lists = lists(&it).unwrap_or_else(|| vec![it]);
        ways = ways
            .iter()
            .flat_map(|way| lists.iter().map(|it| [way.as_slice(), &[Rc::clone(it)]].concat()))
            .take(WAYS)
            .collect();
    }
    ways
}

/// The lists that a value may be, or that it may be put together to.
fn lists(of: &Shared) -> Option<Vec<Shared>> {
    let is_list = |it: &Shared| matches!(it.form, Form::List(_));
    match &of.form {
        Form::Either(all) if all.iter().any(is_list) => Some(all.clone()),
        Form::List(parts) => {
            let (at, all) = parts.iter().enumerate().find_map(|(at, it)| Some((at, lists(it)?)))?;
            let with = |it: Shared| {
                let mut parts = parts.clone();
                parts[at] = it;
                Expression::new(of.line, Form::List(parts))
            };
            Some(all.into_iter().map(with).collect())
        }
        _ => None,
    }
}

impl Walk {
    /// Looks a call up in the table of operations, and in what runs other languages.
    pub(in crate::content::script::walk) fn look_for(
        &mut self,
        of: &Shared,
        call: &Call,
        name: &str,
        state: &mut State,
    ) {
        let aim = target::of(call.arguments.iter().map(|it| &it.value).chain([&call.callee]));
        let outer = self.aims(aim);
        self.look_up(of, call, name, state);
        self.aim = outer;
    }

    fn look_up(&mut self, of: &Shared, call: &Call, name: &str, state: &mut State) {
        if passing::is_on_memory(call) {
            return;
        }
        let behind = self.behind.clone();
        let chain = Chain::of(call);
        let first = chain.links.first().map(|it| it.name).unwrap_or_default();
        let module = state.names.get(&module_of(first)).and_then(texts_of_one);
        let is_made = chain.links.first().is_some_and(|it| it.call.is_some());
        let is_known = is_made || self.classes.contains(first);
        let chain = Chain {
            module: match module {
                Some(it) => it,
                None if is_known => String::new(),
                None => self.modules.clone(),
            },
            behind: behind.iter().map(String::as_str).collect(),
            chosen: state.chosen.iter().map(|it| Rc::clone(&it.one)).collect(),
            databases: (state.chosen.iter().filter(|it| it.is_database))
                .map(|it| Rc::clone(&it.one))
                .collect(),
            ..chain
        };
        for row in operations::calls() {
            let is_named = row.names.is_empty() || row.names.contains(&chain.name());
            if !is_named || !row.languages.contains(&self.language) {
                continue;
            }
            match (row.when)(&chain) {
                Hit::Miss => continue,
                _ if state.aged.is_some() && is_about_one(&self.resolve(of, state)) => return,
                hit => {
                    let scope = if hit == Hit::Tenant { Scope::Tenant } else { row.kind.scope };
                    self.is_given = scope == Scope::Tenant && names_argument(call);
                    self.is_over_several |=
                        scope == Scope::Tenant && is_one_of_several(&call.callee);
                    let guards = Rc::clone(&state.guards);
                    if hit == Hit::Asked {
                        state.hold(vec![framework(of.line)]);
                    }
                    self.destroys(&row.kind, scope, of.line, chain.spoken(), None, state);
                    self.is_given = false;
                    state.guards = guards;
                    return;
                }
            }
        }
        let is_own = |it: &str| self.functions.contains(it) || self.classes.contains(it);
        let is_of_table =
            || chain.links.len() > 1 && operations::has_row(self.language, chain.name());
        if !self.own_name.is_empty()
            && !is_of_table()
            && !is_own(chain.name())
            && let Some(kind) = operations::calls_alike(&self.own_name, &chain)
        {
            return self.destroys(kind, kind.scope, of.line, chain.spoken(), None, state);
        }
        let last = chain.name();
        let first = call.arguments.first().map(|it| &it.value);
        if RUNS_SHELL.contains(&name)
            || (RUNS_SHELL.contains(&last)
                && matches!(
                    last,
                    "execSync" | "execa" | "shell_exec" | "passthru" | "exec_command"
                ))
        {
            self.runs_shell(call, state);
        }
        let runs_sql = RUNS_SQL.contains(&last) || hands_statement(&chain);
        if runs_sql {
            self.row_by_row(of, call, state);
        }
        if runs_sql && let Some(first) = first {
            // `mysqli_query($db, '...')`, `db.Exec(ctx, '...')`.
            let second =
                call.arguments.get(1).filter(|_| texts(first).is_empty()).map(|it| &it.value);
            let is_second = second.is_some();
            let given = call.arguments.get(1 + usize::from(is_second)..).unwrap_or_default();
            for told in std::iter::once(first).chain(second).flat_map(texts) {
                let (told, is_given) = filled(told, given);
                self.is_given = is_given;
                self.sql(&told, state);
                self.is_given = false;
            }
            if let Form::List(all) = &first.form {
                for told in all.iter().flat_map(texts) {
                    self.sql(&told, state);
                }
            }
            // `client.query({ text: '...' })`, `supabase.rpc('exec_sql', { sql: '...' })`.
            let options = match last {
                "rpc" => call.arguments.get(1).map(|it| &it.value.form),
                _ => Some(&first.form),
            };
            if let Some(Form::Map(pairs)) = options {
                let spoken = pairs.iter().filter(|(key, _)| {
                    key.literal().is_some_and(|it| SQL_FIELDS.contains(&it.as_str()))
                });
                for told in spoken.flat_map(|(_, value)| texts(value)) {
                    self.sql(&told, state);
                }
            }
        }
    }

    pub(in crate::content::script::walk) fn runs_shell(&mut self, call: &Call, state: &mut State) {
        let by_place = call.arguments.iter().all(|it| it.name.is_none());
        let given: Vec<Shared> = call.arguments.iter().map(|it| Rc::clone(&it.value)).collect();
        for way in ways(given) {
            self.runs_words(&way, by_place, state);
        }
    }

    /// A list of words needs no shell; a program and a list as `spawn` and `exec.Command` take them does not either.
    fn runs_words(&mut self, given: &[Shared], by_place: bool, state: &mut State) {
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
                Some(Form::Text(_)) => words = given.to_vec(),
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
        let is_idle = !told.text.contains('$')
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
        self.layers.push(Language::Shell.word());
        let mut inside = State { is_strict: false, ..state.clone() };
        if !is_within {
            inside.names = Rc::default();
        }
        let (well, failed) = self.process(&program.body, &inside);
        self.ended = well.is_live.then(|| Rc::clone(&well.guards));
        let inside = well.join(&failed);
        state.supported_by(&inside);
        state.passed = inside.passed;
        self.layers.pop();
        self.restore(own);
    }

    /// Goes through a text of SQL.
    pub(in crate::content::script::walk) fn sql(&mut self, told: &Told, state: &mut State) {
        if told.is_cut {
            self.cut();
        }
        let text = &told.text;
        let mut made = sql::made(text).into_iter().peekable();
        let line_of = |at: usize| told.origin.line(text.as_bytes(), at);
        let steps = supports::in_sql(text);
        let is_aged = state.aged.is_some() && !told.origin.holes.is_empty();
        for statement in sql::statements(text, &line_of).0.into_iter().filter(|_| !is_aged) {
            let line = line_of(statement.at);
            while let Some(it) = made.next_if(|it| it.at < statement.at) {
                self.made.push((it, self.met.len()));
            }
            let mut here = state.clone();
            here.hold(supports::before(&steps, statement.at, &line_of));
            here.hold(statement.guards);
            let name = operations_name(&statement.name);
            self.layers.push(Language::Sql.word());
            self.destroys(statement.kind, statement.kind.scope, line, name, None, &mut here);
            state.passed = here.passed;
            self.layers.pop();
        }
        let n = self.met.len();
        self.made.extend(made.map(|it| (it, n)));
        if steps.iter().any(|(_, kind)| kind.is_none()) {
            state.commit(&[]);
        }
        for it in supports::before(&steps, usize::MAX, &line_of) {
            self.support(it.kind, it.line, state);
        }
    }

    /// Keeps an operation.
    pub(in crate::content::script::walk) fn destroys(
        &mut self,
        kind: &'static Kind,
        scope: Scope,
        line: u32,
        name: String,
        prompt_off: Option<String>,
        state: &mut State,
    ) {
        let target = match scope {
            Scope::Tenant if self.is_given => Target::Argument,
            Scope::Tenant => Target::Tenant,
            Scope::Files if self.aim == Target::Connection => Target::Local,
            _ => self.aim,
        };
        let met = Operation {
            kind,
            scope,
            target,
            line,
            name,
            layers: self.layers.clone(),
            reach: self.reach,
            guards: Vec::new(),
            prompt_off,
            anchor: String::new(),
            wording: String::new(),
        };
        self.record(met, state);
    }
}
