//! Calls that destroy: those in the table of operations, and those that are called as their file is.

use super::ways::ways;
use super::{RUNS_SHELL, RUNS_SQL};
use crate::content::script::Language;
use crate::content::script::guards::certain;
use crate::content::script::model::{Guard, GuardKind, Kind, Operation, Scope, Strength, Target};
use crate::content::script::modules::module_of;
use crate::content::script::operations::{self, CallRow, Chain, Hit, files, is_argument, sql};
use crate::content::script::state::State;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Shared, has_one, is_each};
use crate::content::script::target;
use crate::content::script::value::texts;
use crate::content::script::walk::{Walk, emulators, memory};
use crate::content::script::words::{is_of_tests, parts};
use std::rc::Rc;

/// Whether a part of a call is what whoever runs the script says.
fn names_argument(call: &Call) -> bool {
    let mut all: Vec<&Expression> = vec![&call.callee];
    all.extend(call.arguments.iter().map(|it| &*it.value));
    has_one(all, 300, is_argument)
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

/// Whether a function of another file is called after what it does with a statement: `runQuery`, `db.execAsync`, `query_db`.
fn runs_statements(chain: &Chain) -> bool {
    let parts = parts(chain.name());
    let has = |all: &[&str]| parts.iter().any(|it| all.contains(&it.as_str()));
    let of_store = ["db", "database", "conn", "connection", "client", "pool", "cursor", "session"];
    let is_of_store = || {
        let on = parts_of_way(chain);
        on.iter().any(|it| of_store.contains(&it.as_str()))
    };
    // The verb comes first, or the name of what runs it: `pgQuery`.
    let first = parts.first().map_or("", |it| it.as_str());
    let begins = [
        "run", "exec", "execute", "query", "do", "db", "send", "raw", "sql", "mysql", "pg",
        "sqlite", "postgres",
    ];
    let foreign = ["ejecutar", "executar", "consulta", "preparar", "requete"];
    let of_sql = has(&["query", "queries", "sql", "exec", "execute", "statement", "statements"]);
    let is_label = first == "sql" && !has(&["query", "exec", "execute"]);
    let runs = begins.contains(&first) && of_sql && !is_label || foreign.contains(&first);
    let does = has(&["run", "do", "command", "write", "request"]) && parts.len() < 3;
    let only_speaks =
        has(&["dry", "mock", "fake", "log", "test", "count", "build", "parse", "format"]);
    !only_speaks && (runs || does && is_of_store())
}

/// The words of the names that a call is made on.
fn parts_of_way(chain: &Chain) -> Vec<String> {
    chain.links.iter().rev().skip(1).flat_map(|it| parts(it.name)).collect()
}

/// Whether it is made on a database of MongoDB that is named as one of tests: `client.db('shop_test').dropDatabase()`.
fn is_on_database_of_tests(chain: &Chain) -> bool {
    let names = ["db", "getSiblingDB", "getDB", "useDb", "get_database"];
    let calls = chain.links.iter().filter(|it| names.contains(&it.name)).filter_map(|it| it.call);
    let mut named = calls.filter_map(|it| it.arguments.first()?.value.literal());
    // Of a server that is rented, `test` is what keeps the data of whoever named no database.
    let given = chain.links.iter().filter_map(|it| it.call).flat_map(|it| &it.arguments);
    let is_rented =
        |it: &Argument| texts_of_one(&it.value).is_some_and(|it| it.starts_with("mongodb+srv://"));
    let is_default = |it: &str| it == "test" && given.clone().any(is_rented);
    named.any(|it| is_of_tests(&it) && !is_default(&it))
}

/// Whether a call is given a whole statement that destroys.
fn is_given_wipe(chain: &Chain) -> bool {
    let first = chain.argument(0).map(texts).unwrap_or_default();
    first.iter().any(|it| sql::is_plain_wipe(&it.text.to_uppercase()))
}

/// The first text that a value may be.
fn texts_of_one(of: &Shared) -> Option<String> {
    texts(of).into_iter().next().map(|it| it.text)
}

/// What a framework or tool asks by itself.
pub(in crate::content::script::walk) fn framework(line: u32) -> Guard {
    Guard { kind: GuardKind::Framework, strength: Strength::Strong, line, defect: None }
}

/// Whether it is a function of another file or package of the program, and no method of a library: `delete_collection(name)`,
/// `store.drop_collection(name)`, `database.Drop(ctx)` of Go. What takes files away is of a library, and so is what is called on a
/// client that the file makes.
fn is_function_elsewhere(chain: &Chain, scope: Scope, language: Language) -> bool {
    let is_on_client = chain.links.first().is_some_and(|it| it.call.is_some());
    scope != Scope::Files
        && match (language, chain.links.len()) {
            // `migrator.New(dsn).DropDatabase(ctx, yes)`.
            (Language::Go, n) => n <= 3,
            (_, 1) => true,
            (_, n) => n == 2 && !is_on_client,
        }
}

/// Whether a function is handed the switch that leaves out its question: `delete_collection(name, args.yes)`. It asks without.
fn is_handed_question(call: &Call) -> bool {
    let is_switch = |name: &str| {
        let name = name.trim_start_matches('-').to_lowercase().replace(['_', '-'], "");
        SWITCHES.contains(&name.as_str())
    };
    call.arguments.iter().any(|it| {
        let mut value = &it.value;
        while let Form::Not(inner) = &value.form {
            value = inner;
        }
        match &value.form {
            // What somebody says on the command line; `force=True` may be about those who are connected.
            Form::Argument(name) if name.trim_start_matches('-') == "force" => true,
            Form::Argument(name) | Form::Name(name) | Form::Member(_, name) => is_switch(name),
            _ => false,
        }
    })
}

/// Names of such switches, in small letters and without what parts their words.
const SWITCHES: &[&str] = &[
    "yes",
    "assumeyes",
    "confirm",
    "confirmed",
    "skipconfirm",
    "skipconfirmation",
    "noconfirm",
    "autoapprove",
    "noinput",
    "interactive",
];

/// Whether a part of a call is one of what a loop goes through.
fn is_about_one(of: &Shared) -> bool {
    has_one(vec![of], 300, is_each)
}

/// Whether what a method is called on is one of several that are written down: `for it in [Order, Invoice]`.
fn is_one_of_several(of: &Shared) -> bool {
    has_one(vec![of], 100, |it| matches!(&it.form, Form::Either(all) if all.len() > 1))
}

/// Whether a document that a call is given is of one collection after the other: `batch.delete(one.ref)`.
fn is_of_several_collections(call: &Call) -> bool {
    let given = call.arguments.iter().map(|it| &*it.value).collect();
    let collection = operations::call_among(given, 300, &["collection"]);
    collection.is_some_and(|it| it.arguments.iter().any(|it| is_one_of_several(&it.value)))
}

/// What is set where the folder of mails that was selected last is one of what is thrown away.
const THROWN_AWAY: &str = "%thrown-away";

/// Keeps whether the folder that is selected is one of what is thrown away: `box.select("Trash")`.
fn note_mailbox(chain: &Chain, state: &mut State) {
    let Some(folder) = chain.argument(0).filter(|_| chain.name() == "select") else { return };
    let away = ["trash", "bin", "junk", "spam", "deleted"];
    let name = folder.literal().unwrap_or_default();
    match parts(&name).iter().any(|it| away.contains(&it.as_str())) {
        true if state.names.contains_key(THROWN_AWAY) => {}
        true => state.set(THROWN_AWAY, Rc::clone(folder)),
        false => state.forget(THROWN_AWAY),
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
        let is_on_memory = |it: &Call| self.connections.has(it);
        if is_on_memory(call) || matches!(&of.form, Form::Call(it) if is_on_memory(it)) {
            return;
        }
        let behind = self.behind.clone();
        if let Some((way, mut here)) = self.widest(call, &behind, state) {
            let chain = self.chain_of(&way, &behind, &here);
            self.looked_up_in_table(of, &way, &chain, &mut here);
            state.passed = here.passed;
            return;
        }
        let chain = self.chain_of(call, &behind, state);
        self.note_created(call, &chain);
        if self.language == Language::Python {
            note_mailbox(&chain, state);
        }
        if self.looked_up_in_table(of, call, &chain, state) {
            return;
        }
        if let Some(kind) = self.called_alike(&chain) {
            let guards = Rc::clone(&state.guards);
            if is_handed_question(call) {
                state.hold(vec![framework(of.line)]);
            }
            self.destroys(kind, kind.scope, of.line, chain.spoken(), None, state);
            state.guards = guards;
            return;
        }
        let last = chain.name();
        let runs = ["execSync", "execa", "shell_exec", "passthru", "exec_command", "exec_run"];
        let is_of_processes = chain.module.contains("child_process");
        // `new Command('db:drop')` of commander names a command.
        let names_command = name == "Command" && chain.has_callback;
        if RUNS_SHELL.contains(&name) && !names_command
            || RUNS_SHELL.contains(&last) && (is_of_processes || runs.contains(&last))
        {
            self.runs_shell(call, state);
        } else {
            self.writes_to_program(call, &chain, state);
            self.runs_helper(call, &chain, state);
        }
        self.sends_statements(call, state);
        let runs_by_name =
            || !self.functions.contains(last) && runs_statements(&chain) && is_given_wipe(&chain);
        if RUNS_SQL.contains(&last) || hands_statement(&chain) || runs_by_name() {
            self.row_by_row(of, call, state);
            self.runs_statement(call, last, state);
        } else {
            self.runs_named(call, state);
        }
    }

    /// Of the ways in which a call may be made, the one that destroys the most, and what stands before it: the least that is.
    fn widest(&self, call: &Call, behind: &[String], state: &State) -> Option<(Call, State)> {
        let hits = ways(call).into_iter().filter_map(|(way, chooses)| {
            let mut here = state.clone();
            let by = chooses.map(|(test, truth)| certain(&test, truth, &self.flags));
            here.hold(by.unwrap_or_default());
            let row = self.row_of(&self.chain_of(&way, behind, &here));
            let is_full = row.is_some_and(|(_, hit)| hit == Hit::Full);
            (is_full && !self.connections.has(&way)).then_some((way, here))
        });
        hits.min_by_key(|(_, here)| {
            here.guards.iter().filter(|it| it.defect.is_none()).map(|it| it.strength).max()
        })
    }

    /// A call as a chain, with what is known of it here.
    fn chain_of<'a>(&self, call: &'a Call, behind: &'a [String], state: &State) -> Chain<'a> {
        let chain = Chain::of(call);
        Chain {
            has_callback: matches!(self.language, Language::JavaScript | Language::TypeScript),
            module: self.module_of(&chain, state),
            behind: behind.iter().map(String::as_str).collect(),
            chosen: state.chosen.iter().map(|it| Rc::clone(&it.one)).collect(),
            databases: (state.chosen.iter().filter(|it| it.is_database))
                .map(|it| Rc::clone(&it.one))
                .collect(),
            ..chain
        }
    }

    /// The module that what a method is called on comes from; of what nobody knows, all that the file brings in.
    fn module_of(&self, chain: &Chain, state: &State) -> String {
        let first = chain.links.first();
        let name = first.map(|it| it.name).unwrap_or_default();
        let is_made = first.is_some_and(|it| it.call.is_some());
        match state.names.get(&module_of(name)).and_then(texts_of_one) {
            Some(it) => it,
            None if is_made || self.classes.contains(name) => String::new(),
            None => self.modules.clone(),
        }
    }

    /// Looks a call up in the rows of the table; whether it has one.
    fn looked_up_in_table(
        &mut self,
        of: &Shared,
        call: &Call,
        chain: &Chain,
        state: &mut State,
    ) -> bool {
        let Some((row, hit)) = self.row_of(chain) else { return false };
        let is_of_rows = matches!(row.kind.scope, Scope::Database | Scope::Table);
        if state.aged.is_some() && is_about_one(&self.resolve(of, state))
            || is_of_rows && (memory::is_set_to_memory(state) || self.connections.are_in_memory())
            || row.kind.id.contains("fire") && emulators::is_set_to_emulator(state)
            || row.kind.id == "py.imap" && state.names.contains_key(THROWN_AWAY)
        {
            return true;
        }
        let path = chain.argument(0).and_then(|it| it.literal());
        let scope = match hit {
            Hit::Tenant => Scope::Tenant,
            _ => files::scope_of(row.kind.scope, &mut path.iter().map(String::as_str)),
        };
        if scope == Scope::Tenant && Walk::is_on_ephemeral(chain) {
            return true;
        }
        self.note_found(of.line, call, chain);
        self.is_given = scope == Scope::Tenant && names_argument(call);
        self.is_over_several |= scope == Scope::Tenant
            && (is_one_of_several(&call.callee) || is_of_several_collections(call));
        let guards = Rc::clone(&state.guards);
        let is_handed =
            is_function_elsewhere(chain, scope, self.language) && is_handed_question(call);
        if hit == Hit::Asked || is_handed {
            state.hold(vec![framework(of.line)]);
        }
        self.destroys(&row.kind, scope, of.line, chain.spoken(), None, state);
        self.is_given = false;
        state.guards = guards;
        true
    }

    /// The row of the table that a call is of, and what it says of it.
    fn row_of(&self, chain: &Chain) -> Option<(&'static CallRow, Hit)> {
        if is_on_database_of_tests(chain) {
            return None;
        }
        let is_of = |row: &&CallRow| {
            (row.names.is_empty() || row.names.contains(&chain.name()))
                && row.languages.contains(&self.language)
        };
        let mut hits = operations::calls().filter(is_of).map(|row| (row, (row.when)(chain)));
        hits.find(|(_, hit)| *hit != Hit::Miss)
    }

    /// The kind of a call of another file's function that is called as this file is.
    fn called_alike(&self, chain: &Chain) -> Option<&'static Kind> {
        let name = chain.name();
        let is_own = self.functions.contains(name) || self.classes.contains(name);
        // `Graph.drop()`: of a class of another file the row of a connection says nothing.
        let is_of_class =
            chain.links.len() == 2 && chain.on().starts_with(|it: char| it.is_uppercase());
        let is_of_table = chain.links.len() > 1
            && operations::has_row(self.language, name)
            && !is_of_class
            && !operations::is_on_store(chain);
        if self.own_name.is_empty() || is_own {
            return None;
        }
        let own = &self.own_name;
        if let Some(kind) = operations::empties_file(own, chain) {
            return Some(kind);
        }
        if is_of_table {
            return operations::removes_each(own, chain)
                .or_else(|| operations::empties_many(own, chain));
        }
        operations::calls_alike(own, chain)
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
            begins: line,
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
