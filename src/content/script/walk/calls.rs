//! Calls of functions and methods: of the file's own, of those that destroy, and of those that run another language.

mod anew;
mod callbacks;
mod chosen;
mod helpers;
mod inline;
mod judged;
mod look_up;
mod named_by;
mod objects;
mod rows;
mod runs;
mod statements;
mod ways;
mod which;

use std::rc::Rc;

use super::Walk;
use super::emulators::to_emulator;
use super::passing::moves;
use crate::content::script::guards::{called, is_true};
use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::state::State;
use crate::content::script::supports;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Shared};
use crate::content::script::value::texts_in;
use crate::content::script::words;
pub(super) use anew::Anew;
pub(super) use helpers::runs;
pub(super) use inline::Effects;

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
    "pytest.skip",
    "self.skipTest",
    "st.stop",
    "notebook.exit",
    "unreachable",
    "halt",
];

/// Functions that run SQL.
const RUNS_SQL: &[&str] = &[
    // A text with a name before it: db`TRUNCATE users`.
    "db",
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
    "oci_parse",
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
    "fetchAllAssociative",
    "fetchAllNumeric",
    "fetchAssociative",
    "fetchOne",
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
    "prepareStatement",
    "Prepare",
    "PrepareContext",
    "Preparex",
    "execute_batch",
    "exec_params",
    "async_exec",
    "createQuery",
    "createSQLQuery",
    "createMutationQuery",
    "runPartitionedUpdate",
    "createNativeMutationQuery",
    "batchUpdate",
    "addBatch",
    "executeLargeUpdate",
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
    "asyncio.create_subprocess_exec",
    "asyncio.create_subprocess_shell",
    "check_call",
    "check_output",
    "system",
    "popen",
    "exec",
    "execSync",
    "spawn",
    "spawnSync",
    "Bun.spawn",
    "Bun.spawnSync",
    "execFile",
    "execFileSync",
    "execa",
    "execaSync",
    "execaCommand",
    "execaCommandSync",
    "execa.sync",
    "execa.command",
    "execa.commandSync",
    "execa.shell",
    "spawn.sync",
    "crossSpawn.sync",
    "sh.exec",
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
    "sh.Run",
    "sh.RunV",
    "sh.Output",
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
    "exec_run",
];

/// Fields in which a statement is handed over.
const SQL_FIELDS: &[&str] =
    &["text", "sql", "query", "statement", "sqlQuery", "sql_query", "sqlText", "sql_text"];

impl Walk {
    /// Evaluates a call.
    pub(super) fn call(&mut self, of: &Shared, call: &Call, state: &mut State) {
        if let Some(renamed) = self.with_own_names(call) {
            let of = Expression::new(of.line, Form::Call(renamed));
            if let Form::Call(call) = &of.form {
                self.call_by_own_name(&of, call, state);
            }
            return;
        }
        self.call_by_own_name(of, call, state);
    }

    /// A call in which something goes by another name than its own, with that: `session.execute(sa_delete(User))`.
    fn with_own_names(&self, call: &Call) -> Option<Call> {
        if self.renamed.is_empty() {
            return None;
        }
        let of_argument = |it: &Argument| match &it.value.form {
            Form::Call(inner) => {
                let callee = self.by_own_name(&inner.callee)?;
                let (arguments, block) = (inner.arguments.clone(), inner.block.clone());
                let form = Form::Call(Call { callee, arguments, block });
                Some(Argument {
                    name: it.name.clone(),
                    value: Expression::new(it.value.line, form),
                })
            }
            _ => None,
        };
        let callee = self.by_own_name(&call.callee);
        let new: Vec<Option<Argument>> = call.arguments.iter().map(of_argument).collect();
        if callee.is_none() && new.iter().all(Option::is_none) {
            return None;
        }
        let both = call.arguments.iter().zip(new);
        Some(Call {
            callee: callee.unwrap_or_else(|| Rc::clone(&call.callee)),
            arguments: both.map(|(old, new)| new.unwrap_or_else(|| old.clone())).collect(),
            block: call.block.clone(),
        })
    }

    /// What is called, by its name where an import brought it under another: `sp.run` is `subprocess.run`.
    fn by_own_name(&self, callee: &Shared) -> Option<Shared> {
        let form = match &callee.form {
            Form::Name(name) if !self.functions.contains(name) => {
                Form::Name(self.renamed.get(name)?.clone())
            }
            Form::Member(on, name) => Form::Member(self.by_own_name(on)?, name.clone()),
            _ => return None,
        };
        Some(Expression::new(callee.line, form))
    }

    fn call_by_own_name(&mut self, of: &Shared, call: &Call, state: &mut State) {
        if let Some(function) = self.function_of(call, state) {
            self.behind.clear();
            // `Wiper(args).run()`: the object is made first.
            if let Form::Member(on, _) = &call.callee.form
                && (self.is_object(on) || self.gives_itself(on).is_some())
            {
                self.evaluate(on, state);
            }
            let before = Rc::clone(&state.guards);
            self.inline(&function, of, call, state);
            return self.named(&called(call), of.line, &before, state);
        }
        if let Some(bound) = self.bound(call, state) {
            // What is bound may be bound again, and in the end to itself.
            if self.enter() {
                // What a function of the file gives back is known by where it is called; another is looked at with what it is given.
                let is_own = !matches!(bound.callee.form, Form::Member(..));
                let whole = Expression::new(of.line, Form::Call(bound));
                if let Form::Call(bound) = &whole.form {
                    self.call(if is_own { of } else { &whole }, bound, state);
                }
                self.leave();
            }
            return;
        }
        if self.calls_one_of(of, call, state) || self.calls_by_name(of, call, state) {
            return;
        }
        self.keeps_handlers(call, &called(call));
        self.makes_object(of, call, state);
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
        let resolved = self.without_chosen(&self.resolve(of, state), state);
        let Form::Call(known) = &resolved.form else { return };
        let name = called(call);
        self.behind = behind;
        self.look_for(of, known, &name, state);
        self.behind.clear();
        self.called_by_text(of, known, state);
        self.handed_over(call, &name, state);
        self.fills(known, &name);
        moves(call, state);
        self.after(of.line, known, &name, state);
    }

    /// What a call does beyond its arguments: asks, ends, waits.
    fn after(&mut self, line: u32, call: &Call, name: &str, state: &mut State) {
        let last = name.rsplit('.').next().unwrap_or_default();
        if crate::content::script::walk::flags::refuses(name, call, self.language)
            || ENDS.contains(&name)
            || (ENDS.contains(&last) && matches!(last, "die" | "abort" | "exit!" | "halt"))
        {
            return self.ends(call, name, state);
        }
        self.takes_flags(line, call, state);
        // A task of Rails refuses where the environment is protected.
        if name == "check_protected_environments" {
            state.hold(vec![look_up::framework(line)]);
        }
        // `: "${CONFIRM_WIPE:?set it}"`.
        let given = call.arguments.first().filter(|_| name == "required" && self.is_shell());
        if let Some(Form::Name(it) | Form::Environment(it, _)) = given.map(|it| &it.value.form)
            && words::is_consent(it)
        {
            let (kind, strength) = (GuardKind::OptIn, Strength::Strong);
            state.hold(vec![Guard { kind, strength, line, defect: None }]);
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
        if words::asks(name) || words::confirms(name) && !stops_itself {
            self.asked.insert(line);
        }
        if words::confirms(name) && stops_itself {
            // Where a mere line feed is yes, any key may go on.
            let is_loose = named("default").is_some_and(|it| is_true(it) == Some(true));
            let strength = if is_loose { Strength::Medium } else { Strength::Strong };
            let kind = GuardKind::Confirmation;
            let held = vec![Guard { kind, strength, line, defect: None }];
            self.note(&held, state);
            state.hold(held);
        }
        if judged::asks_until_typed(call, name) {
            let (kind, strength) = (GuardKind::Confirmation, Strength::Strong);
            state.hold(vec![Guard { kind, strength, line, defect: None }]);
        }
        if words::goes_to_emulator(last) {
            state.hold(vec![to_emulator(line)]);
        }
        // `assertNotProduction()` of another file.
        if let Some(kind) = words::refuses(name) {
            state.hold(vec![Guard { kind, strength: Strength::Strong, line, defect: None }]);
        }
        match last {
            "sleep" | "Sleep" | "usleep" | "setTimeout" | "delay" | "Start-Sleep" => {
                state.hold(vec![supports::pause(line)]);
            }
            "print" | "echo" | "log" | "warn" | "error" | "puts" | "Println" | "warning"
            | "info" | "write" | "println" => {
                let mut texts = call.arguments.iter().flat_map(|it| texts_in(&it.value));
                if texts.any(|it| supports::warns(&it)) {
                    state.hold(vec![supports::notice(line)]);
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
            Form::Name(name) => self.functions.contains(name),
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
}

/// The name of a statement without marks of holes.
fn operations_name(name: &str) -> String {
    crate::content::script::tree::pieces(name)
        .into_iter()
        .map(|it| it.map_or("...", |plain| plain))
        .collect()
}
