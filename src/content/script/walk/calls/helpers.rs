//! Functions of other files that run the command which they are given: `runCommand('docker volume rm data')`,
//! `execDocker(['volume', 'rm', 'data'])`. Their names say so, and what they are given is the command of a program that is known.

use std::rc::Rc;

use super::runs::ways;
use crate::content::script::Language;
use crate::content::script::guards::called;
use crate::content::script::operations::{self, Chain, sql};
use crate::content::script::state::State;
use crate::content::script::syntax::{Call, Expression, Form, Shared};
use crate::content::script::value::texts;
use crate::content::script::walk::Walk;
use crate::content::script::words::parts;

/// Words of a name that say that a command is run.
const RUNS: &[&str] = &[
    "run", "exec", "execute", "executes", "shell", "sh", "bash", "cmd", "command", "system",
    "spawn", "process", "invoke", "sudo", "ssh", "remote", "call", "do", "must", "try", "retry",
];

/// Words of a name that say that something else is done with it.
const SPEAKS: &[&str] = &[
    "dry",
    "log",
    "print",
    "echo",
    "say",
    "test",
    "mock",
    "fake",
    "parse",
    "format",
    "build",
    "assert",
    "expect",
    "show",
    "confirm",
    "ask",
    "check",
    "is",
    "has",
    "find",
    "register",
    "add",
    "help",
    "describe",
    "maybe",
    "exists",
    "exist",
    "explain",
    "suggest",
    "forbid",
    "queue",
    "need",
    "needs",
    "require",
    "requires",
    "ensure",
    "available",
    "installed",
    "which",
    "have",
    "missing",
];

/// Words beside those two in a name that is called after a program.
const PLAIN: &[&str] = &[
    "cli", "client", "live", "quiet", "safe", "safely", "with", "json", "output", "sync", "async",
    "capture", "silent", "or", "throw", "fail", "die", "and", "wait", "cmds", "helper", "runner",
    "executor",
];

/// Programs that functions are called after.
const TOOLS: &[&str] = &[
    "docker",
    "podman",
    "kubectl",
    "helm",
    "terraform",
    "tofu",
    "terragrunt",
    "pulumi",
    "aws",
    "gcloud",
    "gsutil",
    "az",
    "doctl",
    "hcloud",
    "flyctl",
    "heroku",
    "wrangler",
    "vercel",
    "supabase",
    "prisma",
    "psql",
    "mysql",
    "mongosh",
    "dropdb",
    "git",
    "virsh",
    "zfs",
    "restic",
    "rclone",
    "railway",
    "netlify",
    "firebase",
    "artisan",
    "drush",
    "wp",
    "manage",
    "multipass",
    "vagrant",
];

/// How the program is called that a word of a name stands for.
fn program(word: &str) -> &str {
    match word {
        "manage" => "manage.py",
        other => other,
    }
}

/// The program that a function is called after, or the client that its method is of.
fn tool(chain: &Chain) -> Option<&'static str> {
    let tool_in =
        |all: &[String]| TOOLS.iter().copied().find(|it| all.iter().any(|word| word == it));
    let own = parts(chain.name());
    let is_plain = |it: &String| [RUNS, PLAIN, TOOLS].iter().any(|all| all.contains(&it.as_str()));
    if !own.iter().all(is_plain) {
        return None;
    }
    let on: Vec<String> = chain.links.iter().rev().skip(1).flat_map(|it| parts(it.name)).collect();
    tool_in(&own).or_else(|| tool_in(&on).filter(|_| runs(&own)))
}

/// Whether the words of a name say that it runs a command.
pub(in crate::content::script::walk) fn runs(name: &[String]) -> bool {
    // What is shown may be run as well: `show_and_run('Dropping', 'dropdb shop')`.
    let is_shown_too = matches!(name, [first, .., last] if first == "show" && last == "run");
    let name = &name[usize::from(is_shown_too)..];
    let has = |all: &[&str]| name.iter().any(|it| all.contains(&it.as_str()));
    has(RUNS) && !has(SPEAKS)
}

/// The first word of what is given, where that is the name of a program.
fn begins_with_program(given: &[Shared]) -> bool {
    let first = match given.first().map(|it| &it.form) {
        Some(Form::List(all)) => all.first(),
        _ => given.first(),
    };
    let told = first.map(texts).unwrap_or_default();
    told.iter().any(|it| {
        let word = it.text.split_whitespace().next().unwrap_or_default();
        operations::is_program(word.rsplit('/').next().unwrap_or_default())
    })
}

impl Walk {
    /// Goes through the command that a function of another file is given, where its name says that it runs it.
    pub(super) fn runs_helper(&mut self, call: &Call, chain: &Chain, state: &mut State) {
        if self.language == Language::Python
            && self.modules.contains("plumbum")
            && let Some(words) = bound_words(&call.callee)
        {
            return self.runs_words(&[words], true, state);
        }
        if call.arguments.is_empty() || self.functions.contains(chain.name()) {
            return;
        }
        let all = call.arguments.iter().filter(|it| it.name.is_none()).map(|it| echoed(&it.value));
        let all: Vec<Shared> = all.collect();
        if let Some(words) = program_of_module(chain, &all) {
            return self.runs_words(&[words], true, state);
        }
        for given in ways(all) {
            self.runs_helper_with(&given, chain, state);
        }
    }

    fn runs_helper_with(&mut self, all: &[Shared], chain: &Chain, state: &mut State) {
        let is_text = |it: &Shared| matches!(it.form, Form::List(_)) || !texts(it).is_empty();
        // `run(ctx, 'docker ...')`, `ssh.exec(host, 'rm ...')`.
        let from = usize::from(all.len() > 1 && !is_text(&all[0]));
        let given = &all[from..];
        let Some(first) = given.first().filter(|it| is_text(it)) else { return };
        if let Some(tool) = tool(chain) {
            let plain = |it: &str| sql::is_plain_wipe(&it.to_uppercase());
            let statements: Vec<_> =
                texts(first).into_iter().filter(|it| plain(&it.text)).collect();
            for told in &statements {
                self.sql(told, state);
            }
            if statements.is_empty() {
                self.runs_words(&[of_tool(program(tool), given)], true, state);
            }
        } else if runs(&parts(chain.name())) {
            // What is done may be said first: `run('Dropping', 'dropdb shop')`.
            let from = if begins_with_program(given) { 0 } else { 1 };
            if let Some(given) = given.get(from..).filter(|it| begins_with_program(it)) {
                self.runs_words(given, true, state);
            }
        }
    }
}

/// Packages of Python of which any name is a program.
const PROGRAMS: &[&str] = &["sh", "plumbum.cmd"];

/// The program of such a package that is called, with its words: `sh.rm("-rf", path)`, `rm("-rf", path)` of `from sh import rm`.
fn program_of_module(chain: &Chain, given: &[Shared]) -> Option<Shared> {
    let is_of = |module: &str| match chain.links.as_slice() {
        [one] => chain.module == format!("{module}.{}", one.name),
        [on, _] => chain.module == module && on.call.is_none() && on.name == module,
        _ => false,
    };
    let first = given.first()?;
    PROGRAMS.iter().any(|it| is_of(it)).then(|| {
        let name = Expression::text(first.line, chain.name().replace('_', "-"));
        Expression::new(first.line, Form::List([&[name], given].concat()))
    })
}

/// `docker["volume", "rm", name]()` of plumbum: a program with words that are bound to it.
fn bound_words(callee: &Shared) -> Option<Shared> {
    let Form::Index(on, by) = &callee.form else { return None };
    let program = match &on.form {
        Form::Name(name) => Expression::text(on.line, name.replace('_', "-")),
        // `local["docker"]["volume", "rm", name]()`.
        Form::Index(local, name) if matches!(&local.form, Form::Name(it) if it == "local") => {
            Rc::clone(name)
        }
        _ => return None,
    };
    let words = match &by.form {
        Form::List(all) => all.as_slice(),
        _ => std::slice::from_ref(by),
    };
    Some(Expression::new(on.line, Form::List([&[program], words].concat())))
}

/// `script.Echo("DROP TABLE users")`: what is written for a program to read.
fn echoed(of: &Shared) -> Shared {
    match &of.form {
        Form::Call(call) if called(call) == "script.Echo" => {
            call.arguments.first().map_or_else(|| Rc::clone(of), |it| Rc::clone(&it.value))
        }
        _ => Rc::clone(of),
    }
}

/// The words of a command of a program, or the line that it is, with the program's name before it where that lacks.
fn of_tool(program: &str, given: &[Shared]) -> Shared {
    let first = &given[0];
    let name = Expression::text(first.line, program);
    let is_name =
        |it: &Shared| it.literal().is_some_and(|it| it.split(' ').next() == Some(program));
    match &first.form {
        Form::List(all) if all.first().is_some_and(is_name) => Rc::clone(first),
        Form::List(all) => {
            Expression::new(first.line, Form::List([&[name], all.as_slice()].concat()))
        }
        _ if is_name(first) => Rc::clone(first),
        _ if given.len() == 1 || texts(first).iter().any(|it| it.text.contains(' ')) => {
            let blank = Expression::text(first.line, " ");
            Expression::new(first.line, Form::Join(vec![name, blank, Rc::clone(first)]))
        }
        _ => {
            let is_word = |it: &&Shared| !matches!(it.form, Form::Map(_) | Form::Lambda(_));
            let words = given.iter().take_while(is_word).cloned();
            Expression::new(first.line, Form::List(std::iter::once(name).chain(words).collect()))
        }
    }
}
