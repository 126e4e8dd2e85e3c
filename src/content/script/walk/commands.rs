//! Commands of a shell: what the shell does by itself, what wraps another command, and what destroys.

use std::rc::Rc;

use super::Walk;
use crate::content::script::Language;
use crate::content::script::languages::{compare, unary};
use crate::content::script::model::{Defect, Guard, GuardKind, Strength, Taken};
use crate::content::script::operations::{self, CommandRow, Hit, Words};
use crate::content::script::state::State;
use crate::content::script::supports;
use crate::content::script::syntax::{
    Argument, Call, Command, Comparison, Expression, Form, Part, Shared,
};
use crate::content::script::value::{Told, texts};
use crate::content::script::words;

/// Programs that run the command that follows their own words.
const WRAPS: &[&str] = &[
    "sudo",
    "doas",
    "env",
    "nice",
    "nohup",
    "time",
    "timeout",
    "xargs",
    "ionice",
    "command",
    "exec",
    "builtin",
    "setsid",
    "stdbuf",
    "watch",
    "parallel",
    "npx",
    "bunx",
    "pnpx",
    "winpty",
    "flock",
    "chroot",
    "unbuffer",
    "dotenv",
    "dotenvx",
    "cross-env",
    "run",
    "caffeinate",
    "chronic",
    "strace",
    "runuser",
    "gosu",
    "su-exec",
    "then",
    "do",
];

/// Programs of packages: `poetry run X`, `bundle exec X`, `yarn X`.
const RUNNERS: &[(&str, &[&str])] = &[
    ("poetry", &["run"]),
    ("pipenv", &["run"]),
    ("uv", &["run"]),
    ("pdm", &["run"]),
    ("hatch", &["run"]),
    ("bundle", &["exec"]),
    ("npm", &["exec", "--"]),
    ("pnpm", &["exec", "dlx", ""]),
    ("yarn", &["run", "dlx", "exec", ""]),
    ("bun", &["x", "run"]),
    ("heroku", &["run"]),
    ("railway", &["run"]),
    ("rbenv", &["exec"]),
    ("conda", &["run"]),
    ("doppler", &["run", "--"]),
    ("ddev", &["exec", ""]),
    ("lando", &[""]),
    ("sail", &[""]),
    ("rye", &["run"]),
];

/// Programs that read SQL, the flags with it, and how they are called as a layer.
const SQL_PROGRAMS: &[(&str, &[&str])] = &[
    ("psql", &["-c", "--command"]),
    ("mysql", &["-e", "--execute"]),
    ("mariadb", &["-e", "--execute"]),
    ("sqlite3", &[]),
    ("sqlcmd", &["-Q", "-q"]),
    ("clickhouse-client", &["--query", "-q"]),
    ("cqlsh", &["-e"]),
    ("bq", &["query"]),
    ("influx", &["-execute"]),
    ("duckdb", &["-c"]),
    ("cypher-shell", &[]),
    ("snowsql", &["-q"]),
    ("turso", &["shell"]),
    ("wrangler", &["--command"]),
    ("osql", &["-Q"]),
    ("usql", &["-c"]),
    ("cockroach", &["-e", "--execute"]),
    ("Invoke-Sqlcmd", &["-Query"]),
    ("Invoke-DbaQuery", &["-Query"]),
    ("Invoke-SqliteQuery", &["-Query"]),
    ("Invoke-MySqlQuery", &["-Query"]),
];

impl Walk {
    /// Evaluates a command.
    pub(super) fn command(&mut self, of: &Shared, command: &Command, state: &mut State) {
        if !state.is_live || !self.enter() {
            return;
        }
        for word in &command.words {
            self.evaluate(word, state);
        }
        let resolved = self.spread(command, state);
        if let Some(words) = Words::of(&resolved) {
            if command.words.is_empty() {
                for (name, value) in &command.sets {
                    let value = self.resolve(value, state);
                    state.set(name, value);
                }
            }
            // Words out of a list stand where that was written.
            let is_spread = resolved.len() != command.words.len();
            let words_of = if is_spread { &resolved } else { &command.words };
            let line = words_of.first().map_or(of.line, |it| it.line);
            self.words(line, &words, command, state);
        }
        self.leave();
    }

    /// The words of a command, with those of lists one by one.
    fn spread(&self, command: &Command, state: &State) -> Vec<Shared> {
        let mut all = Vec::new();
        for word in &command.words {
            let word = self.resolve(word, state);
            let inner = match &word.form {
                Form::Text(parts) => match parts.as_slice() {
                    [Part::Hole(hole)] => Rc::clone(hole),
                    _ => word,
                },
                _ => word,
            };
            match &inner.form {
                Form::List(words) => all.extend(words.iter().map(Rc::clone)),
                _ => all.push(inner),
            }
        }
        all
    }

    fn words(&mut self, line: u32, words: &Words, command: &Command, state: &mut State) {
        if let Some(function) = self.functions.get(&words.program).cloned()
            && self.is_shell()
        {
            let call = call_of(words, line);
            let of = Expression::new(line, Form::Nothing);
            let mut inner = state.clone();
            give(&words.values(0), line, &mut inner);
            self.inline(&function, &of, &call, &mut inner);
            self.named(&words.program, line, &state.guards, &mut inner);
            *state = inner;
            return;
        }
        if self.builtin(line, words, state) {
            return;
        }
        if let Some(well) = self.runs_task(line, words, state) {
            *state = well.join(state);
            return;
        }
        if let Some(rest) = wrapped(words) {
            let of = Expression::new(line, Form::Nothing);
            let inner = Command {
                words: rest,
                input: command.input.clone(),
                file: command.file.clone(),
                sets: command.sets.clone(),
            };
            return self.command(&of, &inner, state);
        }
        self.interpreted(line, words, command, state);
        self.looked_up(line, words, command, state);
        self.makes(words);
        self.taken_along(line, words);
        self.supports(line, words, state);
    }

    /// What the shell itself does.
    fn builtin(&mut self, line: u32, words: &Words, state: &mut State) -> bool {
        match words.program.as_str() {
            "exit" if self.leave_process(words, state) => {}
            "exit" | "die" | "abort" | "fatal" | "fail" | "error_exit" | "log_fatal"
            | "err_exit" | "panic" => state.is_live = false,
            "return" => {
                let code = words.rest.first().map(|it| it.text == "0");
                let value = code.map(|it| Expression::new(line, Form::Bool(it)));
                self.give_back(state, value);
            }
            "break" => self.break_loop(state),
            "continue" => state.is_live = false,
            "set" => {
                let on = words.rest.iter().any(|it| {
                    it.text.starts_with('-') && it.text.contains('e') && !it.text.starts_with("--")
                }) || words.rest.iter().any(|it| it.text == "errexit");
                let off =
                    words.rest.iter().any(|it| it.text.starts_with('+') && it.text.contains('e'));
                state.is_strict = (state.is_strict || on) && !off;
            }
            "read" | "vared" => {
                self.asked.insert(line);
                let ask = ask(line);
                let names = names_read(words);
                for name in names {
                    state.set(&name, Rc::clone(&ask));
                }
            }
            "sleep" => state.hold(vec![Guard {
                kind: GuardKind::Pause,
                strength: Strength::Medium,
                line,
                defect: Some(Defect::OnlyWaits),
            }]),
            "echo" | "printf" => {
                if words
                    .rest
                    .iter()
                    .any(|it| it.text.contains("WARNING") || it.text.contains("DANGER"))
                {
                    state.hold(vec![Guard {
                        kind: GuardKind::Notice,
                        strength: Strength::Medium,
                        line,
                        defect: Some(Defect::StopsNothing),
                    }]);
                }
            }
            "eval" => {
                for value in words.values(0) {
                    for told in texts(&value) {
                        self.shell(&told, state);
                    }
                }
            }
            "trap" | ":" | "cd" | "unset" | "shift" | "alias" | "export" | "local" | "true"
            | "false" | "grep" | "sed" | "awk" | "cat" | "man" => {}
            _ => return false,
        }
        true
    }

    /// Commands as conditions.
    pub(super) fn command_branch(
        &mut self,
        test: &Shared,
        command: &Command,
        state: &State,
    ) -> (State, State) {
        let mut here = state.clone();
        let words = self.spread(command, state);
        // `if $force; then`: the variable is `true` or `false`.
        if let [only] = words.as_slice()
            && matches!(only.form, Form::Either(_) | Form::Outcome { .. })
        {
            let form = Form::Compare(
                Comparison::Equal,
                Rc::clone(only),
                Expression::text(test.line, "true"),
            );
            return self.split(&Expression::new(test.line, form), &here);
        }
        let Some(words) = Words::of(&words) else {
            self.command(test, command, &mut here);
            return (here.clone(), here.dead());
        };
        match words.program.as_str() {
            "true" | ":" => return (here.clone(), here.dead()),
            "false" => return (here.dead(), here.clone()),
            "test" | "[" => {
                let value = tested(test.line, &words);
                return self.split(&value, &here);
            }
            _ => {}
        }
        if let Some(function) = self.functions.get(&words.program).cloned()
            && self.is_shell()
        {
            let call = call_of(&words, test.line);
            give(&words.values(0), test.line, &mut here);
            let value = self.inline(&function, test, &call, &mut here);
            return self.split(&value, &here);
        }
        if let Some(well) = self.runs_task(test.line, &words, state) {
            return (well, here);
        }
        self.command(test, command, &mut here);
        let resolved = self.resolve(test, state);
        self.split(&resolved, &here)
    }

    /// Programs that run a text in a language of their own.
    fn interpreted(&mut self, line: u32, words: &Words, command: &Command, state: &mut State) {
        let program = words.program.as_str();
        let input = command.input.as_ref().map(|it| self.resolve(it, state));
        let shells = ["sh", "bash", "zsh", "dash", "ash", "ksh"];
        if shells.contains(&program) || program == "su" {
            let text = flagged(words, &["-c", "-lc", "-ec", "-ic", "-xc", "-euc", "-cx", "-ce"]);
            for told in text.iter().chain(&input).flat_map(texts) {
                self.shell(&told, state);
            }
        }
        if program == "ssh" {
            let rest: Vec<Shared> = after_host(words);
            let joined = Expression::new(line, Form::Join(with_blanks(&rest)));
            for told in Some(joined).iter().chain(&input).flat_map(texts) {
                self.shell(&told, state);
            }
        }
        if let Some((name, flags)) =
            SQL_PROGRAMS.iter().find(|(name, _)| name.eq_ignore_ascii_case(program))
        {
            let mut given: Vec<Shared> =
                flags.iter().filter_map(|flag| flagged(words, &[flag])).collect();
            if flags.is_empty() {
                given.extend(
                    words
                        .plain()
                        .skip(usize::from(program == "sqlite3"))
                        .map(|it| Rc::clone(&it.value)),
                );
            }
            let all: Vec<Told> = given.iter().chain(&input).flat_map(texts).collect();
            self.layers.push(name);
            for told in all {
                self.sql(&told, state);
            }
            self.layers.pop();
        }
        self.other_language(words, &input, state);
    }

    fn other_language(&mut self, words: &Words, input: &Option<Shared>, state: &mut State) {
        let (language, flags): (Language, &[&str]) = match words
            .program
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
        {
            "mongosh" | "mongo" => (Language::JavaScript, &["--eval"]),
            "node" | "bun" => (Language::JavaScript, &["-e", "--eval"]),
            "python" | "pypy" => (Language::Python, &["-c"]),
            "manage.py" | "django-admin" if words.says(&["shell|shell_plus"]) => {
                (Language::Python, &["-c", "--command"])
            }
            "pwsh" | "powershell" => (Language::PowerShell, &["-Command", "-command", "-c", "-C"]),
            "Invoke-Expression" => (Language::PowerShell, &["-Command"]),
            "ruby" => (Language::Ruby, &["-e"]),
            "php" => (Language::Php, &["-r"]),
            "artisan" if words.says(&["tinker"]) => (Language::Php, &["--execute"]),
            "rails" if words.says(&["runner|r"]) => (Language::Ruby, &["runner"]),
            _ => return,
        };
        let mut given: Vec<Shared> =
            flags.iter().filter_map(|flag| flagged(words, &[flag])).collect();
        if words.says(&["runner|r"]) {
            given.extend(words.plain().nth(1).map(|it| Rc::clone(&it.value)));
        }
        if words.program == "Invoke-Expression" {
            given.extend(words.plain().next().map(|it| Rc::clone(&it.value)));
        }
        for told in given.iter().chain(input).flat_map(texts) {
            self.embedded(language, &told, state);
        }
    }

    /// Goes through a text in another language, as a program of its own that is run here.
    /// Where a failure ends the program around it, what follows runs only if that one ended well.
    fn embedded(&mut self, language: Language, told: &Told, state: &mut State) {
        if self.layers.len() > 8 {
            return;
        }
        let Some(program) =
            crate::content::script::languages::program(language, &told.text, &told.origin)
        else {
            return;
        };
        let outer = self.language;
        self.language = language;
        self.layers.push(language.word());
        let (well, failed) = self.process(&program.body, state);
        self.layers.pop();
        self.language = outer;
        let after = well.join(&failed);
        let is_strict = state.is_strict && self.is_shell();
        state.passed = after.passed;
        if is_strict && well.is_live {
            state.guards = well.guards;
        }
    }

    /// Looks a command up in the table of operations.
    fn looked_up(&mut self, line: u32, words: &Words, command: &Command, state: &mut State) {
        for row in operations::commands() {
            // Names of cmdlets are the same in any case.
            let Some(program) =
                row.programs.iter().find(|it| it.eq_ignore_ascii_case(&words.program))
            else {
                continue;
            };
            if !words.says(row.words) {
                continue;
            }
            if (row.when)(words) == Hit::Miss {
                continue;
            }
            let prompt_off = match row.prompt_off.is_empty() {
                true => None,
                false => match self.prompt_off(row, words, command, state) {
                    Some(flag) => Some(flag),
                    // The tool asks by itself.
                    None => continue,
                },
            };
            if self.has_made(words) {
                return;
            }
            self.destroys(
                &row.kind,
                row.kind.scope,
                line,
                words.spoken(program, row.words),
                prompt_off,
                state,
            );
            return;
        }
    }

    /// Whether the script made such a thing before by the same program: it takes away what is its own.
    fn has_made(&self, words: &Words) -> bool {
        let what = words.plain().next().map(|it| it.text.clone()).unwrap_or_default();
        !what.is_empty() && self.commands_made.contains(&(words.program.clone(), what))
    }

    /// Keeps what a command makes.
    fn makes(&mut self, words: &Words) {
        let makes = words.plain().skip(1).take(3).any(|it| {
            let verb = it.text.split('-').next().unwrap_or_default();
            matches!(verb, "create") || it.text == "run-instances"
        });
        if let (true, Some(what)) = (makes, words.plain().next()) {
            self.commands_made.insert((words.program.clone(), what.text.clone()));
        }
    }

    /// By what the prompt of a tool is switched off: a flag, a variable that is set for it, or `yes` before it.
    fn prompt_off(
        &self,
        row: &CommandRow,
        words: &Words,
        command: &Command,
        state: &State,
    ) -> Option<String> {
        let flag = row.prompt_off.iter().find_map(|it| words.flag(it));
        if let Some(flag) = flag {
            return Some(flag.split('=').next().unwrap_or_default().to_owned());
        }
        let set = row.prompt_off.iter().find(|name| {
            let here = command.sets.iter().any(|(it, _)| it == *name);
            let named = words.rest.iter().any(|it| it.text.starts_with(&format!("{name}=")));
            here || named || state.names.contains_key(**name)
        });
        if let Some(set) = set {
            return Some((*set).to_owned());
        }
        // Rails asks for nothing: it refuses where the environment is production.
        let is_answered = state.names.contains_key("|yes")
            || command
                .input
                .as_ref()
                .and_then(|it| it.literal())
                .is_some_and(|it| words::is_yes(it.trim()));
        is_answered.then(|| "yes |".to_owned())
    }

    /// A database that is forced into git, or copied to where real users are.
    fn taken_along(&mut self, line: u32, words: &Words) {
        let names_database = |it: &str| {
            let it = it.trim_matches(['"', '\'']);
            [".db", ".sqlite", ".sqlite3", ".dump", ".mdb"].iter().any(|end| it.ends_with(end))
        };
        let file = words.plain().find(|it| names_database(&it.text)).map(|it| it.text.clone());
        let Some(file) = file else { return };
        let by = match words.program.as_str() {
            "git" if words.says(&["add"]) && words.any(&["-f", "--force"]) => "git add -f",
            "scp" | "rsync" if words.plain().last().is_some_and(|it| it.text.contains(':')) => {
                "scp"
            }
            _ => return,
        };
        let n = self.taken.iter().filter(|it| it.file == file).count();
        let anchor = format!("{by} {file} {n}");
        self.taken.push(Taken { line, by, file, anchor });
    }

    /// What lessens the damage.
    fn supports(&mut self, line: u32, words: &Words, state: &mut State) {
        if let Some(kind) = supports::of_command(words) {
            self.support(kind, line, state);
        }
    }
}

/// The value of one of these flags.
fn flagged(words: &Words, flags: &[&str]) -> Option<Shared> {
    if let Some(word) = words.value_of(flags) {
        return Some(Rc::clone(&word.value));
    }
    // `--command="..."`, `-lc "..."`.
    let word = words.rest.iter().find(|it| {
        flags.iter().any(|flag| flag.starts_with("--") && it.text.starts_with(&format!("{flag}=")))
    })?;
    Some(Rc::clone(&word.value))
}

/// What a command runs that wraps another: its words.
fn wrapped(words: &Words) -> Option<Vec<Shared>> {
    let program = words.program.as_str();
    let skip_flags = |from: usize| {
        let mut at = from;
        while let Some(word) = words.rest.get(at) {
            let text = word.text.as_str();
            let has_value = matches!(
                text,
                "-u" | "-g"
                    | "-n"
                    | "-I"
                    | "-P"
                    | "-L"
                    | "-k"
                    | "-s"
                    | "-c"
                    | "-e"
                    | "-C"
                    | "-w"
                    | "--user"
                    | "--workdir"
                    | "--env"
                    | "--index"
                    | "-a"
                    | "--app"
                    | "--env-file"
                    | "-p"
            ) && program != "sudo"
                || (program == "sudo" && matches!(text, "-u" | "-g" | "-H" | "-h")) && text != "-H";
            if text.starts_with('-') {
                at += 1 + usize::from(has_value);
            } else if text.contains('=') && !text.starts_with('/') {
                at += 1;
            } else {
                break;
            }
        }
        at
    };
    let rest = |at: usize| (at < words.rest.len()).then(|| words.values(at));
    if WRAPS.contains(&program) {
        let mut at = skip_flags(0);
        if matches!(program, "timeout" | "flock" | "chroot" | "gosu" | "su-exec") {
            at += 1;
        }
        return rest(at);
    }
    if let Some((_, verbs)) = RUNNERS.iter().find(|(name, _)| *name == program) {
        let first = words.rest.first().map(|it| it.text.as_str()).unwrap_or_default();
        let at = if verbs.contains(&first) {
            skip_flags(1)
        } else if verbs.contains(&"") && !first.starts_with('-') {
            0
        } else {
            return None;
        };
        return rest(at);
    }
    match program {
        "python" | "python2" | "python3" | "php" | "ruby" | "node" => {
            // `python manage.py flush`, `php artisan migrate:fresh`.
            let first = words.rest.first()?;
            let name = first.text.rsplit('/').next().unwrap_or_default();
            let is_known = matches!(name, "manage.py" | "artisan" | "console" | "rails" | "rake");
            if is_known {
                rest(0)
            } else if first.text == "-m" {
                rest(1)
            } else {
                None
            }
        }
        "docker" | "podman" | "docker-compose" | "kubectl" | "oc" | "podman-compose" => {
            inside_container(words).and_then(rest)
        }
        "find" => {
            let at =
                words.rest.iter().position(|it| it.text == "-exec" || it.text == "-execdir")?;
            let inner = words.rest.get(at + 1)?;
            if inner.text.ends_with("sh") { rest(at + 1) } else { None }
        }
        "fly" | "flyctl" if words.says(&["ssh", "console"]) => {
            let text = flagged(words, &["-C", "--command"])?;
            let line = text.line;
            Some(vec![Expression::text(line, "sh"), Expression::text(line, "-c"), text])
        }
        "gcloud" if words.says(&["compute", "ssh"]) => {
            let text = flagged(words, &["--command"])?;
            let line = text.line;
            Some(vec![Expression::text(line, "sh"), Expression::text(line, "-c"), text])
        }
        _ => None,
    }
}

/// Where the command begins that is run in a container.
fn inside_container(words: &Words) -> Option<usize> {
    let at = words.rest.iter().position(|it| matches!(it.text.as_str(), "exec" | "run"))?;
    if words.rest[..at].iter().any(|it| {
        !it.text.starts_with('-')
            && !matches!(it.text.as_str(), "compose" | "container")
            && !it.text.ends_with(".yml")
            && !it.text.ends_with(".yaml")
            && !it.has_holes()
    }) {
        return None;
    }
    let mut at = at + 1;
    if words.program == "kubectl" || words.program == "oc" {
        return words.rest.iter().position(|it| it.text == "--").map(|it| it + 1);
    }
    while let Some(word) = words.rest.get(at) {
        let text = word.text.as_str();
        let has_value = matches!(
            text,
            "-e" | "--env"
                | "-u"
                | "--user"
                | "-w"
                | "--workdir"
                | "-v"
                | "--volume"
                | "--name"
                | "--network"
                | "-p"
                | "--index"
                | "--entrypoint"
                | "--env-file"
                | "--mount"
        );
        if !text.starts_with('-') {
            break;
        }
        at += 1 + usize::from(has_value);
    }
    // The name of the container, service or image. One that is called as a tool starts that.
    let is_tool = |it: &str| {
        matches!(
            it,
            "terraform" | "tofu" | "terragrunt" | "pulumi" | "flyway" | "liquibase" | "aws"
        )
    };
    if words.rest.get(at).is_some_and(|it| is_tool(it.text.as_str())) {
        return Some(at);
    }
    Some(at + 1)
}

/// The words behind the host of `ssh`.
fn after_host(words: &Words) -> Vec<Shared> {
    let mut at = 0;
    while let Some(word) = words.rest.get(at) {
        let text = word.text.as_str();
        if !text.starts_with('-') {
            break;
        }
        at += if matches!(text, "-i" | "-p" | "-o" | "-l" | "-F" | "-J") { 2 } else { 1 };
    }
    words.values(at + 1)
}

fn with_blanks(words: &[Shared]) -> Vec<Shared> {
    words.iter().flat_map(|it| [Rc::clone(it), Expression::text(it.line, " ")]).collect()
}

/// The names that `read` sets.
fn names_read(words: &Words) -> Vec<String> {
    let mut names = Vec::new();
    let mut skip = false;
    for word in &words.rest {
        let text = word.text.as_str();
        if skip {
            skip = false;
        } else if text.starts_with('-') {
            // `-p PROMPT`, `-n 1`, `-rp PROMPT`: the last letter takes a value.
            skip = text.len() > 1
                && text.ends_with(['p', 'n', 't', 'd', 'N', 'u', 'i', 'a', 'q'])
                && !text.ends_with('a');
        } else if text.chars().all(|it| it.is_alphanumeric() || it == '_') && !text.is_empty() {
            names.push(text.to_owned());
        } else if let Some((name, _)) = text.split_once('?') {
            // `read "answer?Are you sure? "` of zsh.
            names.push(name.to_owned());
        }
    }
    if names.is_empty() {
        names.push("REPLY".to_owned());
    }
    names
}

/// An answer that is asked for.
fn ask(line: u32) -> Shared {
    let callee = Expression::new(line, Form::Name("read".to_owned()));
    Expression::new(line, Form::Call(Call { callee, arguments: Vec::new(), block: None }))
}

/// Hands arguments to a function of the shell.
fn give(values: &[Shared], line: u32, state: &mut State) {
    for (n, word) in values.iter().enumerate() {
        state.set(&format!("${}", n + 1), Rc::clone(word));
    }
    let all = Expression::new(line, Form::List(values.to_vec()));
    state.set("$@", Rc::clone(&all));
    state.set("$*", all);
}

pub(super) fn call_of(words: &Words, line: u32) -> Call {
    Call {
        callee: Expression::new(line, Form::Name(words.program.clone())),
        arguments: words
            .values(0)
            .into_iter()
            .map(|value| Argument { name: None, value })
            .collect(),
        block: None,
    }
}

/// `test A = B`, `[ -z A ]`.
fn tested(line: u32, words: &Words) -> Shared {
    let mut values: Vec<Shared> = words.values(0);
    if words.program == "[" {
        values.pop();
    }
    let word = |at: usize| words.rest.get(at).map(|it| it.text.as_str()).unwrap_or_default();
    let (not, from) = if word(0) == "!" { (true, 1) } else { (false, 0) };
    let form = match values.len() - from.min(values.len()) {
        3 => compare(line, word(from + 1), Rc::clone(&values[from]), Rc::clone(&values[from + 2])),
        2 => unary(line, word(from), Rc::clone(&values[from + 1])),
        _ => Form::Other(values),
    };
    let value = Expression::new(line, form);
    if not { Expression::new(line, Form::Not(value)) } else { value }
}
