//! Commands that run a text in another language: SQL, a shell, Python and others.

use std::borrow::Cow;
use std::rc::Rc;

use super::made::without_made;
use super::wrapped::{after_host, flagged, with_blanks};
use crate::content::script::operations::{Words, sql};
use crate::content::script::state::State;
use crate::content::script::syntax::{Command, Expression, Form, STDIN, STDIN_FILE, Shared};
use crate::content::script::value::{Told, texts};
use crate::content::script::walk::Walk;
use crate::content::script::words::parts;
use crate::content::script::{Language, languages};

/// What a text of PHP begins with.
const TAG: &str = "<?php ";

/// Programs that run a script of which nobody knows what it does with what it reads.
const INTERPRETERS: &[&str] =
    &["python", "node", "ruby", "perl", "php", "deno", "bun", "tsx", "ts-node"];

/// Words of the names of programs that look at a text and run nothing.
const LOOKS: &[&str] = &[
    "lint",
    "linter",
    "check",
    "checker",
    "format",
    "fmt",
    "formatter",
    "validate",
    "parse",
    "test",
    "highlight",
    "explain",
    "diff",
    "pretty",
    "lolcat",
    "fzf",
    "show",
];

/// Programs that show, keep or change a text, whatever is in it.
const PASSES_TEXT_ON: &[&str] = &[
    "cat",
    "wc",
    "head",
    "tail",
    "sort",
    "uniq",
    "cut",
    "tr",
    "fold",
    "nl",
    "column",
    "base64",
    "gzip",
    "zstd",
    "openssl",
    "md5sum",
    "sha1sum",
    "sha256sum",
    "shasum",
    "less",
    "more",
    "bat",
    "mail",
    "sendmail",
    "pbcopy",
    "xclip",
    "xsel",
    "clip",
    "xxd",
    "hexdump",
    "od",
    "dd",
    "split",
    "diff",
    "cmp",
    "read",
    "sponge",
    "install",
    "cp",
    "xargs",
    "paste",
    "envsubst",
    "true",
    ":",
    "mapfile",
    "sqlfluff",
    "pg_format",
    "out-file",
    "set-content",
    "add-content",
    "out-null",
];

impl Walk {
    /// Programs that run a text in a language of their own.
    pub(in crate::content::script::walk) fn interpreted(
        &mut self,
        line: u32,
        words: &Words,
        command: &Command,
        state: &mut State,
    ) {
        let program = words.program.as_str();
        let mut input = self.written(command, state);
        input.extend(command.input.as_ref().map(|it| self.resolve(it, state)));
        let shells = ["sh", "bash", "zsh", "dash", "ash", "ksh"];
        let is_written =
            command.words.first().is_some_and(|it| !self.written(&only(it), state).is_empty());
        if shells.contains(&program) || program == "su" || is_written {
            let text = flagged(words, &["-c", "-lc", "-ec", "-ic", "-xc", "-euc", "-cx", "-ce"]);
            for told in text.iter().flat_map(texts) {
                self.shell_reading(&told, None, command, state);
            }
            for told in input.iter().flat_map(texts) {
                self.shell(&told, state);
            }
        }
        // `cmd /c "dropdb app"`.
        if program.eq_ignore_ascii_case("cmd")
            && let Some(at) = words.rest.iter().position(|it| it.text.eq_ignore_ascii_case("/c"))
        {
            let joined = Expression::new(line, Form::Join(with_blanks(&words.values(at + 1))));
            for told in texts(&joined) {
                self.shell(&told, state);
            }
        }
        // `concurrently "npm run api" "dropdb app"`: each of them is a command.
        if program == "concurrently" {
            let all = words.plain().filter(|it| it.text.contains(' '));
            for told in all.flat_map(|it| texts(&it.value)).collect::<Vec<_>>() {
                self.shell(&told, state);
            }
        }
        // Helpers of other files are called so: `ssh_exec host 'dropdb app'`.
        if program.split('_').any(|it| it == "ssh") {
            let rest: Vec<Shared> = after_host(words);
            let joined = Expression::new(line, Form::Join(with_blanks(&rest)));
            for told in texts(&joined) {
                self.shell_reading(&told, input.first(), command, state);
            }
            for told in input.iter().flat_map(texts) {
                self.shell(&told, state);
            }
        }
        if !self.runs_statements(words, &input, state) {
            self.unknown_program(words, command, state);
        }
        self.other_language(words, &input, state);
    }

    /// Goes through the text of a shell whose commands read what stands behind it: `ssh host "psql shop" <<EOF`,
    /// `su -c "psql shop" < drop.sql`.
    fn shell_reading(
        &mut self,
        told: &Told,
        input: Option<&Shared>,
        command: &Command,
        state: &mut State,
    ) {
        let mut inner = state.clone();
        if let Some(input) = input {
            inner.set(STDIN, Rc::clone(input));
        }
        if let Some(file) = &command.file {
            inner.set(STDIN_FILE, self.resolve(file, state));
        }
        self.shell(told, &mut inner);
        *state = State { names: Rc::clone(&state.names), ..inner };
    }

    /// A program that nobody here knows, and that is given a statement: what else would it do with that than run it?
    fn unknown_program(&mut self, words: &Words, command: &Command, state: &mut State) {
        let name = words.program.to_lowercase();
        let speaks = [
            "echo", "print", "log", "msg", "message", "info", "warn", "err", "say", "step",
            "notify", "title", "ask", "confirm", "prompt", "fail", "die", "debug", "git", "gh",
            "grep", "sed", "awk", "test", "write-", "assert", "expect", "jq", "rg", "perl", "tee",
            "header", "desc",
        ];
        if name.is_empty() || speaks.iter().any(|it| name.contains(it)) || name == "[" {
            return;
        }
        let is_message = |at: usize| {
            at.checked_sub(1).and_then(|it| words.rest.get(it)).is_some_and(|it| {
                ["-m", "--message", "-t", "--title", "--desc", "--name"].contains(&&*it.text)
            })
        };
        // `curl --data-urlencode 'q=DROP DATABASE x'`.
        let bare = |it: &str| {
            it.strip_prefix("q=").or(it.strip_prefix("query=")).is_some_and(sql::is_plain_wipe)
        };
        // In small letters it may be what somebody says, but not behind `-e`, nor behind `-c` of what is called as a client.
        let clients = ["psql", "sql", "db", "database", "pg", "postgres", "mysql"];
        let is_client = parts(&name).iter().any(|it| clients.contains(&it.as_str()))
            || name.ends_with("sql")
            || words.plain().any(|it| it.text.ends_with("sql"));
        let is_run = |at: usize, it: &str| {
            let flag = at.checked_sub(1).and_then(|it| words.rest.get(it));
            sql::is_plain_wipe(&it.to_uppercase())
                && flag.is_some_and(|it| match &*it.text {
                    "-e" | "--execute" => true,
                    "-c" | "--command" => is_client,
                    _ => false,
                })
        };
        let mut given: Vec<Told> = (words.rest.iter().enumerate())
            .filter(|(at, it)| {
                (sql::is_plain_wipe(&it.text) || bare(&it.text) || is_run(*at, &it.text))
                    && !is_message(*at)
            })
            .flat_map(|(_, it)| texts(&it.value))
            .collect();
        for told in &mut given {
            let from = told.text.find('=').filter(|_| bare(&told.text));
            told.text.replace_range(..from.map_or(0, |it| it + 1), "");
        }
        // `echo 'DROP TABLE x' | curl http://clickhouse:8123 --data-binary @-`, `echo 'DROP TABLE x' | bin/db-write`.
        let looks_only = PASSES_TEXT_ON.contains(&name.as_str())
            || INTERPRETERS.contains(&name.trim_end_matches(|it: char| it.is_ascii_digit()))
            || parts(&name).iter().any(|it| LOOKS.contains(&it.as_str()));
        if !looks_only && sql::is_plain_wipe(&words.said) {
            given.extend(
                command.input.iter().map(|it| self.resolve(it, state)).flat_map(|it| texts(&it)),
            );
        }
        for told in given {
            self.sql(&told, state);
        }
    }

    fn other_language(&mut self, words: &Words, input: &[Shared], state: &mut State) {
        let (language, flags): (Language, &[&str]) = match words
            .program
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
        {
            "mongosh" | "mongo" => (Language::JavaScript, &["--eval"]),
            "arangosh" => (Language::JavaScript, &["--javascript.execute-string"]),
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
            // What a console reads: `echo 'User.delete_all' | rails console`.
            "rails" if words.says(&["console|c"]) => (Language::Ruby, &[]),
            "irb" => (Language::Ruby, &[]),
            "flask" if words.says(&["shell"]) => (Language::Python, &[]),
            "tsx" | "ts-node" => (Language::TypeScript, &["-e", "--eval"]),
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

    /// A command as a condition. One that runs a text goes well where that text does.
    pub(in crate::content::script::walk) fn run_branch(
        &mut self,
        test: &Shared,
        command: &Command,
        state: &State,
        program: &str,
    ) -> (State, State) {
        let mut here = state.clone();
        self.ended = None;
        self.command(test, command, &mut here);
        let ends_so = !matches!(program, "find" | "trap" | "xargs" | "parallel" | "watch");
        if let Some(guards) = self.ended.take().filter(|it| ends_so && *it != here.guards) {
            return (State { guards, ..here.clone() }, without_made(state, here));
        }
        let resolved = self.resolve(test, state);
        let (well, failed) = self.split(&resolved, &here);
        (well, without_made(state, failed))
    }

    /// Goes through a text in another language, as a program of its own that is run here.
    /// Where a failure ends the program around it, what follows runs only if that one ended well.
    fn embedded(&mut self, language: Language, told: &Told, state: &mut State) {
        if !self.may_nest() {
            return;
        }
        // What a command in it printed was run where the text was put together, and is not run again.
        let mut origin = told.origin.clone();
        for hole in &mut origin.holes {
            if matches!(hole.form, Form::Subshell(_)) {
                *hole = Expression::new(hole.line, Form::Other(Vec::new()));
            }
        }
        let mut text = Cow::Borrowed(told.text.as_str());
        // What is handed to `php -r` or a console begins without a tag.
        if language == Language::Php && !text.contains("<?") {
            text = Cow::Owned(format!("{TAG}{text}"));
            for (at, _, _) in origin.lines.iter_mut().filter(|it| it.0 > 0) {
                *at += TAG.len();
            }
        }
        let Some(program) = languages::program(language, &text, &origin) else { return };
        if told.is_cut {
            self.cut();
        }
        let outer = self.language;
        let is_from_shell = self.is_shell();
        // Its functions are its own, and those around it are of another language.
        let own = self.defines(&program, false);
        self.enters_text(&program.worded, state);
        self.language = language;
        self.layers.push(language.word());
        let is_other = is_from_shell && !self.is_shell();
        let around = if is_other { state.seen_within(&mut self.seen) } else { state.clone() };
        let (well, failed) = self.process(&program.body, &around);
        self.layers.pop();
        self.aims.leave_text();
        self.language = outer;
        self.restore(own);
        let after = well.join(&failed);
        self.ended = well.is_live.then(|| Rc::clone(&well.guards));
        let is_strict = state.is_strict && self.is_shell();
        (state.passed, state.made) = (after.passed, after.made);
        if is_strict && well.is_live {
            state.guards = well.guards;
        }
    }
}

/// A command of one word.
fn only(word: &Shared) -> Command {
    Command { words: vec![Rc::clone(word)], ..Command::default() }
}
