//! Calls of functions and methods: of the file's own, of those that destroy, and of those that run another language.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Effect, Frame, Met, Walk};
use crate::content::script::Language;
use crate::content::script::guards::{called, certain, is_true, on_every_way};
use crate::content::script::model::{Defect, Guard, GuardKind, Kind, Scope, Strength, Target};
use crate::content::script::operations::{self, Chain, Hit, sql, target_of};
use crate::content::script::state::State;
use crate::content::script::supports;
use crate::content::script::syntax::{Act, Call, Expression, Form, Function, Shared};
use crate::content::script::value::{Told, texts, texts_in};
use crate::content::script::words;
use crate::content::script::{languages, sieve};

/// Functions that end the program.
const ENDS: &[&str] = &[
    "exit",
    "sys.exit",
    "os._exit",
    "quit",
    "process.exit",
    "die",
    "abort",
    "os.Exit",
    "log.Fatal",
    "log.Fatalf",
    "log.Fatalln",
    "System.exit",
    "Deno.exit",
    "exit!",
    "Process.exit",
    "panic",
    "bail",
    "ctx.exit",
    "typer.Exit",
    "pytest.skip",
    "self.skipTest",
    "unreachable",
    "halt",
];

/// Methods that are handed over to be called elsewhere.
const REFERENCES: &[&str] = &["drop_all", "flushall", "flushdb", "dropDatabase", "drop_database"];

/// Functions that run SQL.
const RUNS_SQL: &[&str] = &[
    "execute",
    "executemany",
    "executescript",
    "execute_sql",
    "exec_driver_sql",
    "query",
    "exec",
    "run_sql",
    "raw",
    "$executeRaw",
    "$executeRawUnsafe",
    "$queryRawUnsafe",
    "$queryRaw",
    "executeUpdate",
    "executeStatement",
    "prepare",
    "statement",
    "unprepared",
    "mysqli_query",
    "pg_query",
    "mysql_query",
    "sqlite_query",
    "Exec",
    "ExecContext",
    "MustExec",
    "Query",
    "QueryRow",
    "Raw",
    "unsafe",
    "nativeQuery",
    "createNativeQuery",
    "select_all",
    "exec_query",
    "executeQuery",
    "sql",
    "multi_query",
    "query_unbuffered",
    "real_query",
    "Invoke-Sqlcmd",
    "run",
    "batch",
    "ExecuteNonQuery",
    "update",
    "fetch",
    "fetchrow",
    "read_sql",
    "session.run",
    "execute_query",
    "pgm.sql",
    "db.none",
    "none",
    "any",
    "manyOrNone",
    "all",
    "simple",
    "tx",
    "write_transaction",
];

/// Functions that run a command line.
const RUNS_SHELL: &[&str] = &[
    "os.system",
    "os.popen",
    "subprocess.run",
    "subprocess.call",
    "subprocess.check_call",
    "subprocess.check_output",
    "subprocess.Popen",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
    "check_call",
    "check_output",
    "system",
    "popen",
    "exec",
    "execSync",
    "spawn",
    "spawnSync",
    "execFile",
    "execFileSync",
    "execa",
    "execaSync",
    "execaCommand",
    "execaCommandSync",
    "shell.exec",
    "shelljs.exec",
    "$",
    "sh",
    "child_process.exec",
    "child_process.execSync",
    "child_process.spawn",
    "cp.execSync",
    "shell_exec",
    "passthru",
    "proc_open",
    "%x",
    "backtick",
    "spawn_sync",
    "exec.Command",
    "Command",
    "run_command",
    "c.run",
    "ctx.run",
    "connection.run",
    "conn.run",
    "local",
    "sudo",
    "os.execvp",
    "Process.run",
    "Open3.capture3",
    "Open3.capture2e",
    "Kernel.system",
    "Process.spawn",
    "Invoke-Expression",
    "iex",
    "Start-Process",
    "zx",
    "Bun.spawn",
    "Deno.Command",
    "Process::fromShellCommandline",
    "runCommand",
    "run",
    "execAsync",
    "execPromise",
    "exec_command",
];

/// Fields in which a statement is handed over.
const SQL_FIELDS: &[&str] = &["text", "sql", "query", "statement", "sqlQuery", "sql_query"];

/// Methods that call a function with one element after the other.
const EACH: &[&str] = &["forEach", "map", "flatMap", "each", "filter", "for_each"];

impl Walk {
    /// Evaluates a call.
    pub(super) fn call(&mut self, of: &Shared, call: &Call, state: &mut State) {
        if let Some(function) = self.function_of(call, state) {
            self.behind.clear();
            let before = Rc::clone(&state.guards);
            self.inline(&function, of, call, state);
            return self.named(&called(call), of.line, &before, state);
        }
        let behind = std::mem::take(&mut self.behind);
        if let Form::Member(on, name) = &call.callee.form {
            self.behind.push(name.clone());
            self.behind.extend(behind.iter().take(40).cloned());
            self.evaluate(on, state);
            self.behind.clear();
        } else if !matches!(call.callee.form, Form::Name(_)) {
            self.evaluate(&call.callee, state);
        }
        for argument in &call.arguments {
            self.evaluate(&argument.value, state);
        }
        let resolved = self.resolve(of, state);
        let Form::Call(known) = &resolved.form else { return };
        let name = called(call);
        self.behind = behind;
        self.look_for(of, known, &name, state);
        self.behind.clear();
        self.handed_over(call, &name, state);
        self.after(of.line, known, &name, state);
    }

    /// What a call does beyond its arguments: asks, ends, waits.
    fn after(&mut self, line: u32, call: &Call, name: &str, state: &mut State) {
        let last = name.rsplit('.').next().unwrap_or_default();
        if ENDS.contains(&name)
            || (ENDS.contains(&last) && matches!(last, "die" | "abort" | "exit!" | "halt"))
        {
            state.is_live = false;
            return;
        }
        let guard = |kind, strength, defect| vec![Guard { kind, strength, line, defect }];
        if words::asks(name) {
            self.asked.insert(line);
        }
        let named = |name: &str| {
            call.arguments.iter().find(|it| it.name.as_deref() == Some(name)).map(|it| &it.value)
        };
        let lower = last.to_lowercase();
        let stops_itself = named("abort").is_some_and(|it| is_true(it) == Some(true))
            || lower.contains("confirm")
                && ["or_exit", "or_abort", "orexit", "orabort", "require", "ensure"]
                    .iter()
                    .any(|it| lower.contains(it));
        if words::confirms(name) && stops_itself {
            let held = guard(GuardKind::Confirmation, Strength::Strong, None);
            self.note(&held, state);
            state.hold(held);
        }
        match last {
            "sleep" | "Sleep" | "usleep" | "setTimeout" | "delay" | "Start-Sleep" => {
                state.hold(guard(GuardKind::Pause, Strength::Medium, Some(Defect::OnlyWaits)));
            }
            "print" | "echo" | "log" | "warn" | "error" | "puts" | "Println" | "warning"
            | "info" | "write" => {
                let warns = call
                    .arguments
                    .iter()
                    .flat_map(|it| texts_in(&it.value))
                    .any(|it| it.contains("WARNING") || it.contains("DANGER"));
                if warns {
                    state.hold(guard(
                        GuardKind::Notice,
                        Strength::Medium,
                        Some(Defect::StopsNothing),
                    ));
                }
            }
            _ => {}
        }
        if supports::ends_transaction(name) {
            state.commit(&[]);
        }
        // A transaction is that of the function which is handed over, where there is one.
        let kind = supports::of_call(name, call);
        let kind = kind.filter(|it| *it != GuardKind::Transaction || !self.hands_over(call));
        if let Some(kind) = kind {
            self.support(kind, line, state);
        }
    }

    /// Whether a function or block is handed over to be run.
    fn hands_over(&self, call: &Call) -> bool {
        let is_function = |it: &Shared| match &it.form {
            Form::Lambda(_) => true,
            Form::Name(name) => self.functions.contains_key(name),
            _ => false,
        };
        call.block.is_some() || call.arguments.iter().any(|it| is_function(&it.value))
    }

    /// What a function of the file does by its name, where nothing in it was seen to do so.
    pub(super) fn named(&mut self, name: &str, line: u32, before: &[Guard], state: &mut State) {
        let Some(kind) = supports::of_name(name).filter(|_| state.is_live) else { return };
        let does = state.guards.iter().any(|it| it.kind == kind && !before.contains(it));
        if !does {
            self.support(kind, line, state);
        }
    }

    /// Functions and blocks that are handed over may run.
    fn handed_over(&mut self, call: &Call, name: &str, state: &mut State) {
        let mut functions: Vec<Rc<Function>> =
            call.block.iter().filter(|it| it.called_by.is_none()).map(Rc::clone).collect();
        for argument in &call.arguments {
            match &argument.value.form {
                Form::Lambda(function) => functions.push(Rc::clone(function)),
                Form::Name(name) => functions.extend(self.functions.get(name).map(Rc::clone)),
                // `connection.run_sync(Base.metadata.drop_all)`.
                Form::Member(_, name) if REFERENCES.contains(&name.as_str()) => {
                    let callee = Rc::clone(&argument.value);
                    let inner = Call { callee, arguments: Vec::new(), block: None };
                    self.look_for(&argument.value, &inner, name, state);
                }
                _ => {}
            }
        }
        for function in functions {
            if self.stack.contains(&Rc::as_ptr(&function)) || self.stack.len() > 12 || !self.enter()
            {
                continue;
            }
            self.stack.push(Rc::as_ptr(&function));
            let mut inside = state.clone();
            if words::asks(name)
                && let Some(first) = function.parameters.first()
            {
                // The answer comes as the argument of the function that is handed over.
                let ask = Form::Call(Call {
                    callee: Rc::clone(&call.callee),
                    arguments: Vec::new(),
                    block: None,
                });
                inside.set(&first.name, Expression::new(function.line, ask));
            }
            if supports::of_call(name, call) == Some(GuardKind::Transaction) {
                inside.hold(vec![supports::supporting(GuardKind::Transaction, function.line)]);
            }
            if let (Form::Member(on, method), Some(first)) =
                (&call.callee.form, function.parameters.first())
                && EACH.contains(&method.as_str())
            {
                inside.set(&first.name, super::one_of(&self.resolve(on, state)));
            }
            self.function_body(&function.body, &mut inside);
            inside.commit(&state.guards);
            *state = state.join(&inside);
            self.stack.pop();
            self.leave();
        }
    }

    /// The function of this file that a call means.
    pub(super) fn function_of(&self, call: &Call, state: &State) -> Option<Rc<Function>> {
        match &call.callee.form {
            Form::Name(name) => {
                if self.classes.contains(name) {
                    return None;
                }
                let named = |name: &String| self.functions.get(name).cloned();
                // A function that was handed over.
                let given = || match &state.names.get(name)?.form {
                    Form::Lambda(function) => Some(Rc::clone(function)),
                    Form::Name(other) => named(other),
                    _ => None,
                };
                named(name).or_else(given)
            }
            Form::Member(on, name) => {
                // `const tasks = { drop() { ... } }; tasks.drop()`.
                if let Form::Map(pairs) = &self.resolve(on, state).form
                    && let Some((_, value)) =
                        pairs.iter().find(|(key, _)| key.literal().as_ref() == Some(name))
                    && let Form::Lambda(function) = &value.form
                {
                    return Some(Rc::clone(function));
                }
                let is_own = match &on.form {
                    Form::Name(it) => {
                        matches!(it.as_str(), "self" | "this" | "cls" | "$this" | "static")
                            || self.classes.contains(it)
                            || state.names.get(it).is_some_and(|value| self.is_object(value))
                    }
                    _ => self.is_object(on),
                };
                if is_own { self.functions.get(name).cloned() } else { None }
            }
            Form::Lambda(function) => Some(Rc::clone(function)),
            _ => None,
        }
    }

    /// Whether a value is one of a class of this file.
    fn is_object(&self, value: &Expression) -> bool {
        match &value.form {
            Form::Call(call) => {
                matches!(&call.callee.form, Form::Name(name) if self.classes.contains(name))
            }
            _ => false,
        }
    }

    /// Goes through a function of the file where it is called: what it gives back.
    pub(super) fn inline(
        &mut self,
        function: &Rc<Function>,
        of: &Shared,
        call: &Call,
        state: &mut State,
    ) -> Shared {
        for argument in &call.arguments {
            self.evaluate(&argument.value, state);
        }
        let values: Vec<(Option<String>, Shared)> = call
            .arguments
            .iter()
            .map(|it| (it.name.clone(), self.resolve(&it.value, state)))
            .collect();
        let pointer = Rc::as_ptr(function);
        if !self.may_run(&values)
            && let Some(value) = self.known_effect(pointer, state)
        {
            return if function.parameters.is_empty() { value } else { Rc::clone(of) };
        }
        if self.stack.contains(&pointer) || self.stack.len() > 12 || !self.enter() {
            return Rc::clone(of);
        }
        let before = state.clone();
        let mut inside = state.clone();
        let mut next = 0;
        for parameter in function
            .parameters
            .iter()
            .filter(|it| !matches!(it.name.as_str(), "self" | "cls" | "$@"))
        {
            let named =
                values.iter().find(|(name, _)| name.as_deref() == Some(parameter.name.as_str()));
            let value = named.map(|(_, value)| Rc::clone(value)).or_else(|| {
                let value = values
                    .iter()
                    .filter(|(name, _)| name.is_none())
                    .nth(next)
                    .map(|(_, value)| Rc::clone(value));
                next += 1;
                value
            });
            match value.or_else(|| parameter.default.as_ref().map(Rc::clone)) {
                Some(value) => inside.set(&parameter.name, value),
                None => {
                    Rc::make_mut(&mut inside.names).remove(&parameter.name);
                }
            }
        }
        self.stack.push(pointer);
        let asked = self.asked.len();
        let value = self.body_at(function, of, &before, inside, state);
        let did = self.asked.len() > asked
            || state.passed != before.passed
            || state.guards != before.guards
            || !state.is_live;
        if !did && !matches!(value.form, Form::Outcome { .. }) {
            self.inert.insert(pointer, Rc::clone(&value));
        }
        let effect = Effect {
            guards: Rc::clone(&state.guards),
            passed: Rc::clone(&state.passed),
            is_live: state.is_live,
            value: Rc::clone(&value),
        };
        self.effects.insert((pointer, before.guards.to_vec()), effect);
        self.stack.pop();
        self.leave();
        value
    }

    /// What a function that was gone through gives back, where it does nothing, or did the same with the same guards in force.
    fn known_effect(&self, pointer: *const Function, state: &mut State) -> Option<Shared> {
        if let Some(value) = self.inert.get(&pointer) {
            return Some(Rc::clone(value));
        }
        let effect = self.effects.get(&(pointer, state.guards.to_vec()))?;
        // An answer is looked at where it is asked for, each time anew.
        if matches!(effect.value.form, Form::Outcome { .. }) {
            return None;
        }
        state.guards = Rc::clone(&effect.guards);
        state.is_live = effect.is_live;
        for n in effect.passed.iter() {
            if !state.passed.contains(n) {
                Rc::make_mut(&mut state.passed).push(*n);
            }
        }
        Some(Rc::clone(&effect.value))
    }

    /// Whether something that is handed to a function may destroy there: a text, or another function.
    fn may_run(&self, values: &[(Option<String>, Shared)]) -> bool {
        values.iter().any(|(_, value)| {
            let is_function = match &value.form {
                Form::Lambda(_) => true,
                Form::Name(name) => self.functions.contains_key(name),
                _ => false,
            };
            is_function
                || texts_in(value)
                    .iter()
                    .any(|it| sieve::may_destroy(it.as_bytes()) || self.functions.contains_key(it))
        })
    }

    /// Goes through the body of a function that is called here; `state` is what is known behind the call.
    fn body_at(
        &mut self,
        function: &Rc<Function>,
        of: &Shared,
        before: &State,
        mut inside: State,
        state: &mut State,
    ) -> Shared {
        self.frames.push(Frame::Function(Vec::new()));
        self.block(&function.body, &mut inside);
        let mut exits = match self.frames.pop() {
            Some(Frame::Function(exits)) => exits,
            _ => Vec::new(),
        };
        if inside.is_live {
            let last = function.body.last().filter(|_| function.yields_last || self.is_shell());
            let value = last.and_then(|it| match &it.act {
                Act::Run(it) => Some(self.resolve(it, &inside)),
                _ => None,
            });
            exits.push((inside, value));
        }
        let mut after = before.dead();
        for (it, _) in &exits {
            after = after.join(it);
        }
        let value = self.outcome(of, before, &exits);
        if !self.is_shell() {
            // Names of its own end with it; fields of the object stay.
            let mut names = Rc::clone(&before.names);
            for (name, it) in after.names.iter().filter(|(name, _)| name.contains('.')) {
                Rc::make_mut(&mut names).insert(name.clone(), Rc::clone(it));
            }
            after.names = names;
        }
        *state = after;
        value
    }

    /// What is certain where the value that a function gives back counts as true, and where not.
    fn outcome(&self, of: &Shared, before: &State, exits: &[(State, Option<Shared>)]) -> Shared {
        let is_shell = self.is_shell();
        let gained = |state: &State| -> Vec<Guard> {
            state.guards.iter().filter(|it| !before.guards.contains(it)).cloned().collect()
        };
        let ways = |truth: bool| -> Vec<Guard> {
            let mut all: Option<Vec<Guard>> = None;
            for (state, value) in exits {
                let known = match value {
                    Some(value) => is_true(value),
                    None => (!is_shell).then_some(false),
                };
                if known == Some(!truth) {
                    continue;
                }
                let mut here = gained(state);
                if let Some(value) = value {
                    here.extend(certain(value, truth, &self.flags));
                }
                all = Some(all.map_or_else(|| here.clone(), |all| on_every_way(&all, &here)));
            }
            all.unwrap_or_default()
        };
        let values: Vec<Shared> = exits.iter().filter_map(|(_, value)| value.clone()).collect();
        let (if_true, if_false) = (ways(true), ways(false));
        let value = match values.as_slice() {
            [] => Rc::clone(of),
            [one] => Rc::clone(one),
            _ => Expression::new(of.line, Form::Either(values)),
        };
        if if_true.is_empty() && if_false.is_empty() {
            return value;
        }
        Expression::new(of.line, Form::Outcome { value, if_true, if_false })
    }

    /// Looks a call up in the table of operations, and in what runs other languages.
    fn look_for(&mut self, of: &Shared, call: &Call, name: &str, state: &mut State) {
        let behind = self.behind.clone();
        let chain =
            Chain { behind: behind.iter().map(String::as_str).collect(), ..Chain::of(call) };
        for row in operations::calls() {
            if !row.names.contains(&chain.name()) || !row.languages.contains(&self.code_language())
            {
                continue;
            }
            match (row.when)(&chain) {
                Hit::Miss => continue,
                hit => {
                    let scope = if hit == Hit::Tenant { Scope::Tenant } else { row.kind.scope };
                    let line = self.line_of_last(of);
                    self.destroys(&row.kind, scope, line, chain.spoken(), None, state);
                    return;
                }
            }
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
        if RUNS_SQL.contains(&last)
            && let Some(first) = first
        {
            // `mysqli_query($db, '...')`, `db.Exec(ctx, '...')`.
            let second =
                call.arguments.get(1).filter(|_| texts(first).is_empty()).map(|it| &it.value);
            for told in std::iter::once(first).chain(second).flat_map(texts) {
                self.sql(&told, state);
            }
            if let Form::List(all) = &first.form {
                for told in all.iter().flat_map(texts) {
                    self.sql(&told, state);
                }
            }
            // `client.query({ text: '...' })`.
            if let Form::Map(pairs) = &first.form {
                let spoken = pairs.iter().filter(|(key, _)| {
                    key.literal().is_some_and(|it| SQL_FIELDS.contains(&it.as_str()))
                });
                for told in spoken.flat_map(|(_, value)| texts(value)) {
                    self.sql(&told, state);
                }
            }
        }
    }

    /// The language whose functions are called here.
    fn code_language(&self) -> Language {
        self.language
    }

    /// The line of the last name of a chain that goes over several lines.
    fn line_of_last(&self, of: &Expression) -> u32 {
        of.line
    }

    fn runs_shell(&mut self, call: &Call, state: &mut State) {
        let Some(first) = call.arguments.first().map(|it| Rc::clone(&it.value)) else { return };
        // A list of words needs no shell; a program and a list as `spawn` and `exec.Command` take them does not either.
        let mut words: Vec<Shared> = match &first.form {
            Form::List(all) => all.clone(),
            _ => Vec::new(),
        };
        if words.is_empty()
            && call.arguments.len() > 1
            && call.arguments.iter().all(|it| it.name.is_none())
        {
            let rest: Vec<Shared> =
                call.arguments[1..].iter().map(|it| Rc::clone(&it.value)).collect();
            match rest.first().map(|it| &it.form) {
                Some(Form::List(all)) => words = [vec![Rc::clone(&first)], all.clone()].concat(),
                Some(Form::Text(_)) => words = [vec![Rc::clone(&first)], rest].concat(),
                _ => {}
            }
        }
        if words.is_empty() {
            for told in texts(&first) {
                self.shell(&told, state);
            }
        } else {
            let command = crate::content::script::syntax::Command { words, ..Default::default() };
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
    pub(super) fn shell(&mut self, told: &Told, state: &mut State) {
        let is_idle =
            !sieve::may_destroy(told.text.as_bytes()) && !supports::may_support(&told.text);
        if is_idle || self.layers.len() > 8 {
            return;
        }
        let Some(program) = languages::program(Language::Shell, &told.text, &told.origin) else {
            return;
        };
        self.layers.push(Language::Shell.word());
        let mut inside = State { is_strict: false, ..state.clone() };
        let names: HashMap<String, Shared> = HashMap::new();
        if self.layers.iter().filter(|it| **it == Language::Shell.word()).count() == 1 {
            inside.names = Rc::new(names);
        }
        self.function_body(&program.body, &mut inside);
        state.supported_by(&inside);
        state.passed = inside.passed;
        self.layers.pop();
    }

    /// Goes through a text of SQL.
    pub(super) fn sql(&mut self, told: &Told, state: &mut State) {
        let text = &told.text;
        self.made.extend(sql::made(text));
        let line_of = |at: usize| told.origin.line(text.as_bytes(), at);
        let steps = supports::in_sql(text);
        for statement in sql::read(text, &line_of) {
            let line = line_of(statement.at);
            let mut here = state.clone();
            here.hold(supports::before(&steps, statement.at, &line_of));
            here.hold(statement.guards);
            let name = operations_name(&statement.name);
            self.layers.push(Language::Sql.word());
            self.destroys(statement.kind, statement.kind.scope, line, name, None, &mut here);
            state.passed = here.passed;
            self.layers.pop();
        }
        if steps.iter().any(|(_, kind)| kind.is_none()) {
            state.commit(&[]);
        }
        for it in supports::before(&steps, usize::MAX, &line_of) {
            self.support(it.kind, it.line, state);
        }
    }

    /// Keeps an operation.
    pub(super) fn destroys(
        &mut self,
        kind: &'static Kind,
        scope: Scope,
        line: u32,
        name: String,
        prompt_off: Option<String>,
        state: &mut State,
    ) {
        let target = match scope {
            Scope::Tenant => Target::Tenant,
            _ => target_of(&name),
        };
        let met = Met {
            kind,
            scope,
            target,
            line,
            name,
            layers: self.layers.clone(),
            reach: self.reach,
            guards: Vec::new(),
            prompt_off,
        };
        self.record(met, state);
    }
}

/// The name of a statement without marks of holes.
fn operations_name(name: &str) -> String {
    crate::content::script::tree::pieces(name)
        .into_iter()
        .map(|it| it.map_or("...", |plain| plain))
        .collect()
}
