//! Where the values in a condition come from.

use crate::content::script::operations::piped::commands;
use crate::content::script::syntax::{
    Act, Argument, Call, Command, Expression, Form, Shared, has_one,
};
use crate::content::script::value::{texts_in, way};
use crate::content::script::words;

/// Where the values in a condition come from.
#[derive(Debug, Default)]
pub(super) struct Origins {
    pub(super) asks: bool,
    /// A function that gives back yes or no.
    pub(super) confirms: bool,
    /// Where nobody answers, it goes on, as after some seconds.
    pub(super) goes_on: bool,
    /// It takes a mere line feed for yes.
    pub(super) is_yes_unasked: bool,
    /// It gives back which one of a list is chosen.
    pub(super) chooses: bool,
    /// What it asks is which of some things is meant.
    pub(super) picks: bool,
    /// It asks whether something is to stay, so that a no agrees.
    pub(super) keeps: bool,
    pub(super) environment: Option<(String, Option<Option<String>>)>,
    pub(super) argument: Option<String>,
    /// What it is where it is not given, as far as that stands beside it.
    pub(super) default: Option<String>,
    /// Words that name a host, a database or a connection.
    pub(super) target: bool,
}

/// Whether something is part of what whoever runs the program, or asks for a page, says: `request.json.get`.
fn is_of_argument(of: &Expression) -> bool {
    let mut it = of;
    for _ in 0..10 {
        it = match &it.form {
            Form::Argument(_) => return true,
            Form::Member(on, _) | Form::Index(on, _) => on,
            Form::Call(call) => &call.callee,
            _ => return false,
        };
    }
    false
}

impl Origins {
    fn call(&mut self, call: &Call, name: &str) {
        let last = name.rsplit('.').next().unwrap_or_default();
        let confirms = words::confirms(name) || asks_yes_or_no(call, name);
        self.asks |= words::asks(name);
        self.confirms |= confirms;
        self.goes_on |= name == "read -t";
        self.is_yes_unasked |= (confirms || words::asks(name)) && is_yes_unasked(call, name);
        self.chooses |= name.ends_with("PromptForChoice") || name.ends_with("showMessageBox");
        self.picks |= picks_one(call, name);
        self.keeps |= (confirms || words::asks(name)) && asks_to_keep(call);
        self.target |= words::is_target(name);
        // `config.get("env", "production")`.
        let first = call.arguments.first().and_then(|it| it.value.literal());
        self.target |= first.as_deref().is_some_and(words::asks_database);
        // `app.config.get("SQLALCHEMY_DATABASE_URI")`.
        self.target |= matches!(last, "get" | "getenv" | "get_setting")
            && is_of_settings(name)
            && first.as_deref().is_some_and(words::is_target);
        // `request.json.get("confirm")`.
        if last == "get" && is_of_argument(&call.callee) {
            self.argument = self.argument.take().or_else(|| first.clone());
        }
        // `st.checkbox("I understand")`.
        self.confirms |= last == "checkbox" && first.as_deref().is_some_and(words::is_yes);
        let is_getter = name.ends_with("get") || matches!(name, "env" | "getEnv" | "config");
        if let Some(setting) = first.filter(|it| is_getter && words::is_environment(it)) {
            let default = call.arguments.get(1).map(|it| it.value.literal());
            self.environment.get_or_insert((setting, default));
        }
    }

    fn command(&mut self, command: &Command) {
        let line = spoken(command);
        self.confirms |= words::command_confirms(&line);
        self.asks |= words::command_asks(&line);
        self.target |= words::command_tells_target(&line);
        if let Some((name, _)) = words::looked_for(&line) {
            self.environment(name, None);
        }
    }

    /// Keeps the first variable of the environment, or one that names the environment.
    fn environment(&mut self, name: &str, default: Option<&Expression>) {
        let is_known = self.environment.as_ref().is_some_and(|(it, _)| it == name);
        if self.environment.is_none() || words::is_environment(name) && !is_known {
            self.environment = Some((name.to_owned(), default.map(constant)));
        }
        self.target |= words::is_target(name);
    }

    /// A name of the program, or of a setting.
    fn name(&mut self, name: &str) {
        self.target |= words::is_target(name);
        if words::is_environment(name) && self.environment.is_none() {
            self.environment = Some((name.to_owned(), None));
        }
    }

    /// Keeps what a value is where nobody says otherwise.
    fn defaults(&mut self, inner: &Origins, default: String) {
        self.is_yes_unasked |= inner.asks && words::is_yes(&default);
        if let Some((name, None)) = &inner.environment {
            self.environment = Some((name.clone(), Some(Some(default))));
        } else if inner.argument.is_some() {
            self.default = Some(default);
        }
    }
}

/// `os.environ.get("ENV") or "development"`, `sys.argv[1] if len(sys.argv) > 1 else "dev"`: what is said, and what it is by default.
fn or_else(of: &Expression) -> Option<(Vec<&Expression>, String)> {
    match &of.form {
        Form::Any(parts) => {
            let (last, rest) = parts.split_last()?;
            Some((rest.iter().map(|it| &**it).collect(), constant(last)?))
        }
        Form::Choice(_, one, other) => match (constant(one), constant(other)) {
            (None, Some(default)) => Some((vec![&**one], default)),
            (Some(default), None) => Some((vec![&**other], default)),
            _ => None,
        },
        _ => None,
    }
}

fn constant(of: &Expression) -> Option<String> {
    match of.form {
        Form::Bool(it) => Some(it.to_string()),
        _ => of.literal(),
    }
}

/// Methods that ask a database for rows.
const QUERIES: &[&str] = &["execute", "query", "fetchall", "fetchone", "fetchmany", "fetch"];

/// Calls that give back what a command writes: it is no answer, whatever the command is told.
const WRITTEN: &[&str] =
    &["check_output", "getoutput", "Popen", "execSync", "spawnSync", "execFileSync", "run"];

/// Commands that write what they are told.
const SAYS: &[&str] = &["echo", "printf", "tr", "basename", "Write-Output", ""];

/// Whether it is what whoever runs the program says.
fn is_said(it: &Expression) -> bool {
    matches!(it.form, Form::Argument(_))
}

/// Values with a default within each other that are looked at.
const DEFAULTS: usize = 5;

pub(super) fn origins(parts: &[&Expression]) -> Origins {
    origins_within(parts, 0)
}

/// The origins of parts of a value that has so many defaults around it.
fn origins_within(parts: &[&Expression], mut defaults: usize) -> Origins {
    let mut found = Origins::default();
    let mut open: Vec<&Expression> = parts.to_vec();
    let mut left = 500;
    let mut is_judged = false;
    while let Some(it) = open.pop() {
        if left == 0 {
            break;
        }
        left -= 1;
        match &it.form {
            Form::Call(call) => {
                let name = called(call);
                is_judged |= words::tells_yes(&name);
                found.call(call, &name);
                // What a query gives back says nothing of the client that it was asked by.
                let last = name.rsplit('.').next().unwrap_or_default();
                // `asyncio.run(confirm("Sure?"))` gives back what it is given.
                let asks = |it: &Argument| matches!(&it.value.form, Form::Call(it) if words::asks(&called(it)) || words::confirms(&called(it)));
                if !WRITTEN.contains(&last)
                    || name == "asyncio.run"
                    || call.arguments.iter().any(asks)
                {
                    open.extend(call.arguments.iter().map(|it| &*it.value));
                }
                // `inquirer.confirm(message="Sure?").execute()`.
                let is_shown = last == "execute" && call.arguments.is_empty();
                if !QUERIES.contains(&last) || is_shown {
                    open.push(&call.callee);
                }
                continue;
            }
            Form::Command(command) => {
                found.command(command);
                // What a command writes is no answer of whoever told it what it is about: `$(az group exists -n $group)`.
                let program = command.words.first().and_then(|it| it.literal()).unwrap_or_default();
                if !SAYS.contains(&program.as_str()) {
                    let words = command.words.iter().map(|it| &**it);
                    open.extend(words.filter(|it| !has_one(vec![it], 10, is_said)));
                    continue;
                }
            }
            Form::Environment(name, default) => found.environment(name, default.as_deref()),
            // `sys.argv`.
            Form::Name(name) | Form::Member(_, name)
                if matches!(name.as_str(), "argv" | "ARGV") =>
            {
                found.argument.get_or_insert_with(|| name.clone());
            }
            Form::Argument(name) => {
                found.argument.get_or_insert_with(|| name.clone());
                found.target |= words::is_target(name) && !name.starts_with('$');
            }
            // `$(hostname)`.
            Form::Subshell(block) => open.extend(block.iter().filter_map(|it| match &it.act {
                Act::Run(it) => Some(&**it),
                _ => None,
            })),
            // `(await Swal.fire("Sure?")).isConfirmed`.
            Form::Member(_, name) if name == "isConfirmed" => {
                (found.asks, found.confirms) = (true, true);
            }
            // `cfg.platform`; that of a process is its system.
            Form::Member(on, name) if name == "platform" => {
                let of = way(on).unwrap_or_default().to_lowercase();
                let is_setting = ["cfg", "config", "conf", "settings", "api", "env"];
                if is_setting.iter().any(|it| of.ends_with(it)) {
                    found.environment("PLATFORM", None);
                }
            }
            Form::Name(name) | Form::Member(_, name) => found.name(name),
            // `app.config['MYSQL_HOST']`.
            Form::Index(on, by) => {
                if let Some(name) = by.literal() {
                    if is_of_argument(on) {
                        found.argument.get_or_insert_with(|| name.clone());
                    }
                    found.name(&name);
                }
            }
            _ => {
                if let Some((rest, default)) = or_else(it).filter(|_| defaults < DEFAULTS) {
                    defaults += 1;
                    found.defaults(&origins_within(&rest, defaults), default);
                }
            }
        }
        open.extend(it.children().into_iter().map(|it| &**it));
    }
    found.confirms |= is_judged && found.asks;
    found
}

/// Whether an answer that is there already agrees.
fn agrees(of: &Expression) -> bool {
    constant(of).is_some_and(|it| words::is_yes(&it))
}

/// `confirm("Sure?", default=True)`, `{ type: 'confirm', default: true }`.
fn is_yes_unasked(call: &Call, name: &str) -> bool {
    fn has_default(of: &Expression) -> bool {
        match &of.form {
            Form::Map(pairs) => pairs.iter().any(|(key, value)| {
                let key = key.literal().unwrap_or_default();
                matches!(key.as_str(), "default" | "initial" | "initialValue") && agrees(value)
            }),
            Form::List(all) => all.iter().any(|it| has_default(it)),
            _ => false,
        }
    }
    let named = call.arguments.iter().find(|it| it.name.as_deref() == Some("default"));
    // `confirmToProceed('Sure?', true)` of Laravel asks whatever the environment is.
    let is_plain = !name.ends_with("confirmToProceed");
    let second = call.arguments.get(1).filter(|it| it.name.is_none() && is_plain);
    named.or(second).is_some_and(|it| agrees(&it.value))
        || call.arguments.iter().any(|it| has_default(&it.value))
}

/// `prompt({ type: 'confirm', name: 'sure' })`: what it gives back is yes or no.
pub(super) fn asks_yes_or_no(call: &Call, name: &str) -> bool {
    fn is_confirm(of: &Expression) -> bool {
        match &of.form {
            Form::Map(pairs) => pairs.iter().any(|(key, value)| {
                key.literal().as_deref() == Some("type")
                    && matches!(value.literal().as_deref(), Some("confirm" | "toggle"))
            }),
            Form::List(all) => all.iter().any(|it| is_confirm(it)),
            _ => false,
        }
    }
    words::asks(name) && call.arguments.iter().any(|it| is_confirm(&it.value))
}

/// `read -p "Keep the database? [Y/n]"`.
fn asks_to_keep(call: &Call) -> bool {
    let told = call.arguments.iter().flat_map(|it| texts_in(&it.value)).next();
    told.is_some_and(|it| words::speaks_of_keeping(&it))
}

/// `prompts({ type: 'confirm', name: 'sure' })`: what it gives back holds the answers by their names, and counts as true whatever they are.
pub(super) fn gives_answers(of: &Expression) -> bool {
    fn is_question(of: &Expression) -> bool {
        match &of.form {
            Form::Map(pairs) => {
                let has = |name: &str| {
                    pairs.iter().any(|(key, _)| key.literal().as_deref() == Some(name))
                };
                has("name") && (has("type") || has("message"))
            }
            Form::List(all) => all.iter().any(|it| is_question(it)),
            _ => false,
        }
    }
    let Form::Call(call) = &of.form else { return false };
    words::asks(&called(call)) && call.arguments.first().is_some_and(|it| is_question(&it.value))
}

/// Whether a question is which of some things is meant: `inquirer.prompt({ type: 'list' })`, `$this->choice(...)`.
fn picks_one(call: &Call, name: &str) -> bool {
    fn is_list(of: &Expression) -> bool {
        match &of.form {
            Form::Map(pairs) => pairs.iter().any(|(key, value)| {
                let kind = value.literal().filter(|_| key.literal().as_deref() == Some("type"));
                kind.is_some_and(|it| LISTS.contains(&it.as_str()))
            }),
            Form::List(all) => all.iter().any(|it| is_list(it)),
            Form::Call(made) => called(made) == "ChoiceQuestion",
            _ => false,
        }
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_named = matches!(last, "choice" | "select" | "rawselect" | "Select");
    is_named || words::asks(name) && call.arguments.iter().any(|it| is_list(&it.value))
}

/// Kinds of such questions.
const LISTS: &[&str] =
    &["list", "rawlist", "expand", "select", "autocomplete", "checkbox", "multiselect"];

/// The name of what is called, with what it is called on where that is a name: `click.confirm`.
pub(in crate::content::script) fn called(call: &Call) -> String {
    match &call.callee.form {
        Form::Name(name) => name.clone(),
        Form::Member(on, name) => match &on.form {
            Form::Name(on) | Form::Member(_, on) => format!("{on}.{name}"),
            // `open(path).read()` is no `read` of the shell.
            _ if name == "read" => format!(".{name}"),
            _ => name.clone(),
        },
        _ => String::new(),
    }
}

/// Words that the name of what holds settings ends with.
const SETTINGS: &[&str] = &[
    "settings",
    "setting",
    "config",
    "configuration",
    "conf",
    "cfg",
    "environment",
    "environ",
    "env",
    "options",
    "opts",
    "args",
    "params",
];

/// Whether a call of this name asks for a setting, and not for a field of any record: `app.config.get`, `getenv`, not `row.get`.
fn is_of_settings(name: &str) -> bool {
    let on = name.rsplit_once('.').map(|(on, _)| on.to_lowercase());
    on.is_none_or(|on| SETTINGS.iter().any(|it| on.ends_with(it)))
}

/// Whether a variable is called after the program that asks.
fn is_gum(of: &Expression) -> bool {
    let (Form::Name(name) | Form::Environment(name, _)) = &of.form else { return false };
    name.to_lowercase().split('_').any(|it| it == "gum")
}

/// The words of a command as far as they are plain, with blanks between them.
pub(in crate::content::script) fn spoken(command: &Command) -> String {
    // `$(command -v gum)` stands for the program that it looks for, and `$GUM_BIN` for what it is called after.
    let looked_for = |it: &Shared| match &it.form {
        _ if has_one(vec![it], 20, is_gum) => Some("gum".to_owned()),
        Form::Subshell(_) => {
            let looks =
                |it: &Vec<String>| it.first().is_some_and(|it| it == "command" || it == "which");
            commands(it).into_iter().find(looks)?.pop()
        }
        _ => None,
    };
    let spelled = |it: &Shared| it.literal().or_else(|| looked_for(it));
    let words = command.words.iter().map(|it| spelled(it).unwrap_or_else(|| "?".to_owned()));
    words.collect::<Vec<String>>().join(" ")
}
