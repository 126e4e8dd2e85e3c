//! What functions that are handed over are called with: what was asked for, or one after the other of what is found.

use std::collections::HashSet;
use std::rc::Rc;

use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::state::State;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Function, Shared};
use crate::content::script::value::texts;
use crate::content::script::walk::survey::makes_command;
use crate::content::script::walk::{Walk, one_of};
use crate::content::script::{Language, supports, words};

/// Names of a first parameter that says what went wrong.
const FAULTS: &[&str] = &["err", "error", "e", "er", "_", "_err", "erro", "ex"];

/// Functions that go through a directory and all below it.
const WALKS: &[&str] = &["Walk", "WalkDir"];

/// Methods that are handed over to be called elsewhere.
const REFERENCES: &[&str] = &["drop_all", "flushall", "flushdb", "dropDatabase", "drop_database"];

/// Calls that run a list of functions one after the other, and those that run them beside each other.
const SERIES: &[&str] = &["series", "waterfall", "eachSeries", "runSeries", "sequence", "pipeline"];
const TOGETHER: &[&str] =
    &["parallel", "parallelLimit", "auto", "all", "allSettled", "race", "concurrently", "gather"];

/// Methods that call a function with one element after the other.
const EACH: &[&str] =
    &["forEach", "map", "flatMap", "each", "filter", "for_each", "each_record", "autoPagingEach"];

/// Those that call it with some elements after the others.
const BATCHES: &[&str] =
    &["find_in_batches", "in_batches", "each_slice", "chunk", "chunkById", "eachPage"];

impl Walk {
    /// Functions and blocks that are handed over may run.
    pub(super) fn handed_over(&mut self, call: &Call, name: &str, state: &mut State) {
        // `if (process.env.NODE_ENV === 'test') { app.post('/reset', ...) }`.
        if let Some(block) = &call.block {
            self.keep_defined(block, state);
        }
        let last = name.rsplit('.').next().unwrap_or_default();
        // What one of a series leaves is there for the next.
        let mut left: Option<State> = None;
        for function in self.functions_handed(call, name, state) {
            if !self.may_enter(Rc::as_ptr(&function)) || !self.enter() {
                continue;
            }
            self.stack.push(Rc::as_ptr(&function));
            let mut inside = left.take().unwrap_or_else(|| state.clone());
            // `opts.on("--execute") { dry_run = false }` runs where the flag is given.
            if let Some(guard) = asked_for(call, name) {
                inside.hold(vec![guard]);
            }
            if supports::of_call(name, call) == Some(GuardKind::Transaction) {
                inside.hold(vec![supports::supporting(GuardKind::Transaction, function.line)]);
            }
            self.gives_first(call, name, &function, state, &mut inside);
            self.function_body(&function.body, &mut inside);
            inside.commit(&state.guards);
            // What looks at an answer runs in any case: `$io->ask($question, '', function ($it) { ... throw ...; })`.
            let looks =
                self.language == Language::Php && words::asks(name) && call.arguments.len() > 2;
            *state = if looks { inside.clone() } else { state.join(&inside) };
            self.stack.pop();
            self.leave();
            left = Some(inside).filter(|_| SERIES.contains(&last));
        }
    }

    /// Functions of PHP by names that a variable holds: `$do = $it->isDir() ? 'rmdir' : 'unlink'; $do($path)`.
    pub(super) fn called_by_text(&mut self, of: &Shared, call: &Call, state: &mut State) {
        let is_named = !matches!(call.callee.form, Form::Name(_) | Form::Member(..));
        if self.language != Language::Php || !is_named {
            return;
        }
        for told in texts(&call.callee) {
            let callee = Expression::new(of.line, Form::Name(told.text.clone()));
            let named = Call { callee, arguments: call.arguments.clone(), block: None };
            self.look_for(of, &named, &told.text, state);
        }
    }

    /// The functions that a call is given, by themselves, by name or in a list.
    fn functions_handed(
        &mut self,
        call: &Call,
        name: &str,
        state: &mut State,
    ) -> Vec<Rc<Function>> {
        let mut functions: Vec<Rc<Function>> =
            call.block.iter().filter(|it| it.called_by.is_none()).map(Rc::clone).collect();
        let last = name.rsplit('.').next().unwrap_or_default();
        // `app.all('/x', [auth, drop])` keeps them for later.
        let is_route = last == "all" && !matches!(name, "all" | "Promise.all");
        let takes_lists = SERIES.contains(&last) || TOGETHER.contains(&last) && !is_route;
        for argument in &call.arguments {
            let called =
                || Call { callee: Rc::clone(&argument.value), arguments: Vec::new(), block: None };
            match &argument.value.form {
                Form::Lambda(function) => functions.push(Rc::clone(function)),
                // `async.series([open, it => it.drop()])`.
                Form::List(all) => functions.extend(self.functions_among(all, takes_lists)),
                Form::Name(name) => match self.functions.get(name) {
                    Some(function) => functions.push(Rc::clone(function)),
                    None => match &self.resolve(&argument.value, state).form {
                        // `fns.push(done => drop(done)); async.parallel(fns)`.
                        Form::List(all) if takes_lists => {
                            functions.extend(self.functions_among(all, true));
                        }
                        // `$block = { ... }; Start-Job -ScriptBlock $block`.
                        Form::Lambda(function) if self.language == Language::PowerShell => {
                            functions.push(Rc::clone(function));
                        }
                        _ => {}
                    },
                },
                // `connection.run_sync(Base.metadata.drop_all)`.
                Form::Member(_, name) if REFERENCES.contains(&name.as_str()) => {
                    self.look_for(&argument.value, &called(), name, state);
                }
                // `session.execute_write(self.clear)`.
                Form::Member(..) => functions.extend(self.function_of(&called(), state)),
                _ => {}
            }
        }
        functions.extend(self.made_commands(call, name));
        functions
    }

    /// The functions in a list, written down there or called by name, each once.
    fn functions_among(&self, all: &[Shared], by_name: bool) -> Vec<Rc<Function>> {
        let function = |it: &Shared| match &it.form {
            Form::Lambda(function) => Some(Rc::clone(function)),
            Form::Name(name) if by_name => self.functions.get(name).map(Rc::clone),
            _ => None,
        };
        let mut known = HashSet::new();
        let functions = all.iter().filter_map(function);
        functions.filter(|it| known.insert(Rc::as_ptr(it))).collect()
    }

    /// Sets what a function that is handed over is called with, where the call tells.
    fn gives_first(
        &mut self,
        call: &Call,
        name: &str,
        function: &Rc<Function>,
        state: &State,
        inside: &mut State,
    ) {
        if makes_command(name) {
            for it in &function.parameters {
                let said = Form::Argument(it.name.clone());
                inside.set(&it.name, Expression::new(function.line, said));
            }
        }
        let first = function.parameters.first();
        // `Dir.mktmpdir { |dir| ... }`.
        if let Some(first) = first.filter(|_| name == "Dir.mktmpdir") {
            inside.set(&first.name, Expression::text(function.line, "/tmp/made"));
        }
        // `program.confirm('Sure?', (yes) => ...)`.
        let confirms = || {
            let answers = function.parameters.len() == 1 && function.called_by.is_none();
            let is_fault = first.is_some_and(|it| FAULTS.contains(&it.name.as_str()));
            words::confirms(name) && answers && !is_fault
        };
        if let Some(first) = first.filter(|_| words::asks(name) || confirms()) {
            // The answer comes as the argument of the function that is handed over.
            let callee = Rc::clone(&call.callee);
            let ask = Form::Call(Call { callee, arguments: Vec::new(), block: None });
            inside.set(&first.name, Expression::new(function.line, ask));
        }
        let method = match &call.callee.form {
            Form::Member(on, method) => Some((on, method.as_str())),
            _ => None,
        };
        if let (Some((on, method)), Some(first)) = (method, first)
            && EACH.contains(&method)
        {
            inside.set(&first.name, one_of(&self.resolve(on, state)));
        }
        // `orders.reduce((all, it) => all.delete(it.id), client.transaction())`.
        if let (Some((on, "reduce")), [all, one, ..]) = (method, function.parameters.as_slice())
            && let Some(start) = call.arguments.get(1)
        {
            inside.set(&all.name, self.resolve(&start.value, state));
            inside.set(&one.name, one_of(&self.resolve(on, state)));
        }
        if let (Some(list), Some(first)) = (list_beside(call), first) {
            inside.set(&first.name, one_of(&self.resolve(list, state)));
        }
        self.handed_on(call, function, state, inside);
        self.called_back(call, function, state, inside);
        // `redis.scan_each { |key| ... }`: one after the other of what it lists by itself.
        if let (Some((_, "scan_each")), Some(first)) = (method, first) {
            let (callee, arguments) = (Rc::clone(&call.callee), call.arguments.clone());
            let asked = Call { callee, arguments, block: None };
            let all = self.resolve(&Expression::new(function.line, Form::Call(asked)), state);
            inside.set(&first.name, one_of(&all));
        }
        if let (Some((_, method)), Some(first)) = (method, first)
            && (BATCHES.contains(&method) || gives_pages(method))
        {
            let callee = self.resolve(&call.callee, state);
            // Pages are those of what is asked for.
            let is_lambda = |it: &Argument| matches!(it.value.form, Form::Lambda(_));
            let asked = call.arguments.iter().filter(|it| gives_pages(method) && !is_lambda(it));
            let arguments = asked.map(|it| Argument {
                name: it.name.clone(),
                value: self.resolve(&it.value, state),
            });
            let arguments = arguments.collect();
            let all = Form::Call(Call { callee, arguments, block: None });
            inside.set(&first.name, Expression::new(function.line, all));
        }
    }

    /// Says what a function that is handed over gets.
    pub(in crate::content::script::walk) fn called_back(
        &mut self,
        call: &Call,
        function: &Function,
        state: &State,
        inside: &mut State,
    ) {
        let Form::Member(on, method) = &call.callee.form else { return };
        let [first, rest @ ..] = function.parameters.as_slice() else { return };
        let is_script = matches!(self.language, Language::JavaScript | Language::TypeScript);
        // `filepath.WalkDir(root, func(path string, ...) error { ... })`.
        if WALKS.contains(&method.as_str())
            && let Some(root) = call.arguments.first()
        {
            inside.set(&first.name, Expression::each(&self.resolve(&root.value, state)));
        }
        // `keys.on('data', (some) => ...)`.
        let event = call.arguments.first().and_then(|it| it.value.literal());
        if is_script && method == "on" && event.as_deref() == Some("data") {
            inside.set(&first.name, Expression::each(&self.resolve(on, state)));
        }
        // `files.list(options, (error, found) => ...)`.
        if let Some(second) = rest.first().filter(|_| is_script)
            && FAULTS.contains(&first.name.as_str())
        {
            let callee = self.resolve(&call.callee, state);
            let given = call.arguments.iter().filter(|it| !is_function(&it.value)).cloned();
            let mut arguments: Vec<_> = given.collect();
            for it in &mut arguments {
                it.value = self.resolve(&it.value, state);
            }
            let value = Form::Call(Call { callee, arguments, block: None });
            inside.set(&second.name, Expression::new(function.line, value));
        }
    }
}

/// The list whose elements a function that stands beside it is called with: `array_map($function, $list)`,
/// `$this->withProgressBar($list, $function)`, `Parallel.each(list) { |it| ... }`.
fn list_beside(call: &Call) -> Option<&Shared> {
    let at = match &call.callee.form {
        Form::Name(name) if name == "array_map" => 1,
        Form::Name(name) if name == "array_walk" => 0,
        Form::Member(_, name) if name == "withProgressBar" => 0,
        Form::Member(on, name) if matches!(name.as_str(), "each" | "map") => {
            matches!(&on.form, Form::Name(it) if it == "Parallel").then_some(0)?
        }
        _ => return None,
    };
    call.arguments.get(at).map(|it| &it.value)
}

fn is_function(of: &Rc<Expression>) -> bool {
    matches!(of.form, Form::Lambda(_))
}

/// What holds in a block that runs where a flag is given, `opts.on("--force") { ... }`, or somebody agreed: `Popup.afterConfirm(wipe)`.
fn asked_for(call: &Call, name: &str) -> Option<Guard> {
    let last = name.rsplit('.').next().unwrap_or_default();
    let first = words::parts(last).into_iter().next().unwrap_or_default();
    if words::confirms(last) && matches!(first.as_str(), "after" | "if" | "on" | "once" | "when") {
        let (kind, strength) = (GuardKind::Confirmation, Strength::Strong);
        return Some(Guard { kind, strength, line: call.callee.line, defect: None });
    }
    let mut flag = call.arguments.iter().filter_map(|it| it.value.literal());
    let flag = flag.rfind(|it| it.starts_with('-')).filter(|_| name.ends_with(".on"))?;
    let line = call.callee.line;
    let (kind, strength) = (GuardKind::OptIn, Strength::Strong);
    (!words::only_tells(&flag)).then_some(Guard { kind, strength, line, defect: None })
}

/// `ListObjectsV2Pages(input, func(page, last) ...)` of Go.
fn gives_pages(method: &str) -> bool {
    method.ends_with("Pages") || method.ends_with("PagesWithContext")
}
