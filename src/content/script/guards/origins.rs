//! Where the values in a condition come from, and what they are held against.

use super::buttons::button;
use crate::content::script::operations::piped::{commands, is_inverting};
use crate::content::script::syntax::{
    Act, Call, Command, Comparison, Expression, Form, Shared, has_one,
};
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
    pub(super) environment: Option<(String, Option<Option<String>>)>,
    pub(super) argument: Option<String>,
    /// What it is where it is not given, as far as that stands beside it.
    pub(super) default: Option<String>,
    /// Words that name a host, a database or a connection.
    pub(super) target: bool,
}

impl Origins {
    fn call(&mut self, call: &Call, name: &str) {
        let confirms = words::confirms(name) || asks_yes_or_no(call, name);
        self.asks |= words::asks(name);
        self.confirms |= confirms;
        self.goes_on |= name == "read -t";
        self.is_yes_unasked |= (confirms || words::asks(name)) && is_yes_unasked(call, name);
        self.chooses |= name.ends_with("PromptForChoice") || name.ends_with("showMessageBox");
        self.picks |= picks_one(call, name);
        self.target |= words::is_target(name);
        // `config.get("env", "production")`.
        let first = call.arguments.first().and_then(|it| it.value.literal());
        self.target |= first.as_deref().is_some_and(words::asks_database);
        // `st.checkbox("I understand")`.
        let is_box = name.rsplit('.').next() == Some("checkbox");
        self.confirms |= is_box && first.as_deref().is_some_and(words::is_yes);
        if let Some(setting) = first.filter(|it| name.ends_with("get") && words::is_environment(it))
        {
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
                if !WRITTEN.contains(&last) || name == "asyncio.run" {
                    open.extend(call.arguments.iter().map(|it| &*it.value));
                }
                // `inquirer.confirm(message="Sure?").execute()`.
                let is_shown = last == "execute" && call.arguments.is_empty();
                if !QUERIES.contains(&last) || is_shown {
                    open.push(&call.callee);
                }
                continue;
            }
            Form::Command(command) => found.command(command),
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
            Form::Name(name) | Form::Member(_, name) => found.name(name),
            // `app.config['MYSQL_HOST']`.
            Form::Index(_, by) => {
                if let Some(name) = by.literal() {
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

/// How a condition holds a value against words.
pub(super) struct Held {
    /// The words; none where it only asks whether the value is true or there at all.
    pub(super) words: Vec<String>,
    /// The value may only be like them.
    pub(super) comparison: Option<Comparison>,
    /// It may be any part of the one word, nothing as well: `answer in "yes"`.
    pub(super) is_part: bool,
    /// It need only begin or end so.
    pub(super) is_affix: bool,
}

impl Held {
    fn new(words: Vec<String>, comparison: Option<Comparison>) -> Held {
        Held { words, comparison, is_part: false, is_affix: false }
    }
}

/// What stands for a value that an answer has to be, where that is not known before it runs: the name of a database.
const NAMED: &str = "what is named";

/// Functions that tell how a text begins or ends.
const AFFIX: &[&str] = &[
    "startswith",
    "endswith",
    "startsWith",
    "endsWith",
    "start_with?",
    "end_with?",
    "str_starts_with",
    "str_ends_with",
    "StartsWith",
    "EndsWith",
    "HasPrefix",
    "HasSuffix",
];

pub(super) fn held(test: &Expression) -> Held {
    match &test.form {
        Form::Compare(comparison, left, right) => {
            let mut words = literals(right);
            let is_part = *comparison == Comparison::In
                && right.literal().is_some()
                && left.literal().is_none();
            // What is asked with is nothing that an answer is held against.
            if words.is_empty()
                && !(*comparison == Comparison::In && matches!(left.form, Form::Call(_)))
            {
                words = match &left.form {
                    Form::Call(call) if words::asks(&called(call)) => vec![NAMED.to_owned()],
                    _ => literals(left),
                };
            }
            let is_affix = match comparison {
                Comparison::Fits => words.iter().all(|it| it.starts_with('^')),
                _ => !is_part && words.iter().all(|it| it.len() > 2 && it.ends_with('*')),
            };
            let is_affix = is_affix && !words.is_empty();
            Held { is_part, is_affix, ..Held::new(words, Some(*comparison)) }
        }
        // `answer.startswith("y")`, `url.includes("localhost")`.
        Form::Call(call) => {
            let name = called(call);
            let name = name.rsplit('.').next().unwrap_or_default();
            let is_test = words::LIKENESS.contains(&name);
            if is_test {
                let mut words: Vec<String> =
                    call.arguments.iter().flat_map(|it| literals(&it.value)).collect();
                if let (true, Form::Member(on, _)) = (words.is_empty(), &call.callee.form) {
                    words = literals(on);
                }
                if let Form::Member(on, _) = &call.callee.form
                    && matches!(on.form, Form::List(_))
                {
                    words = literals(on);
                }
                let is_part = match &call.callee.form {
                    Form::Member(on, _) => on.literal().is_some(),
                    _ => false,
                };
                let is_affix = AFFIX.contains(&name);
                return Held { is_part, is_affix, ..Held::new(words, Some(Comparison::In)) };
            }
            Held::new(Vec::new(), None)
        }
        Form::Command(command) => {
            // `grep -q production`.
            let line: Vec<String> = command.words.iter().filter_map(|it| it.literal()).collect();
            match line.split_first() {
                Some((program, rest)) if program.contains("grep") => {
                    let value = words::looked_for(&line.join(" ")).map(|it| vec![it.1.to_owned()]);
                    let plain = || rest.iter().filter(|it| !it.starts_with('-')).cloned().collect();
                    Held::new(value.unwrap_or_else(plain), Some(Comparison::In))
                }
                _ => Held::new(Vec::new(), None),
            }
        }
        _ => Held::new(Vec::new(), None),
    }
}

pub(super) fn literals(of: &Expression) -> Vec<String> {
    match &of.form {
        Form::List(all) => all.iter().flat_map(|it| literals(it)).collect(),
        Form::Either(all) => {
            let is_plain = all.iter().all(|it| !literals(it).is_empty());
            let mut words: Vec<String> = all.iter().flat_map(|it| literals(it)).collect();
            // `"${1:-}"` is what is given, and not nothing.
            words.retain(|it| is_plain || !it.trim().is_empty());
            words
        }
        Form::Map(all) => all.iter().flat_map(|(key, _)| literals(key)).collect(),
        Form::Bool(it) => vec![it.to_string()],
        Form::Call(call) => {
            // `['y', 'yes'].freeze`, `new Set(["y"])`.
            call.arguments.iter().flat_map(|it| literals(&it.value)).collect()
        }
        _ if button(of).is_some() => button(of).into_iter().map(str::to_owned).collect(),
        // `JOptionPane.YES_OPTION`, `DialogResult.Yes`.
        Form::Member(_, name) if matches!(name.as_str(), "YES_OPTION" | "Yes" | "YES") => {
            vec!["yes".to_owned()]
        }
        // `Environments.PRODUCTION`.
        Form::Member(_, name) if words::names_environment(name) => vec![name.clone()],
        _ => of.literal().into_iter().collect(),
    }
}

/// `grep -qv production`: it goes well where that is not there.
pub(super) fn inverts(of: &Expression) -> bool {
    let Form::Command(command) = &of.form else { return false };
    let line: Vec<String> = command.words.iter().filter_map(|it| it.literal()).collect();
    // `grep -q -- -dev`: what stands behind the flags is looked for.
    line.split_first().is_some_and(|(it, rest)| {
        let mut flags = rest.iter().take_while(|it| it.starts_with('-') && *it != "--");
        it.ends_with("grep") && flags.any(|it| is_inverting(it))
    })
}
