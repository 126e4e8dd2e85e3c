//! The words of a command, and what conditions ask of them.

use std::rc::Rc;

use crate::content::script::hosts::TASK;
use crate::content::script::place;
use crate::content::script::syntax::{Act, Expression, Form, Shared};
use crate::content::script::value::{Told, other_ways, texts};

mod options;

use super::{Hit, hit, is_program};
use crate::content::script::words::parts;
use options::{before_subcommand, options_last};

/// The words of a command, without what only wraps it.
pub(in crate::content::script) struct Words {
    /// Its name, without the directory.
    pub(in crate::content::script) program: String,
    /// What follows, as text with marks for what is not known.
    pub(in crate::content::script) rest: Vec<Word>,
    /// The file that it reads.
    pub(in crate::content::script) reads: Option<Word>,
    /// The text that it reads, as far as that is known.
    pub(in crate::content::script) said: String,
}

/// A word of a command.
#[derive(Clone)]
pub(in crate::content::script) struct Word {
    pub(in crate::content::script) text: String,
    pub(in crate::content::script) value: Shared,
}

impl Word {
    pub(in crate::content::script) fn of(value: &Shared) -> Word {
        let told = texts(value).into_iter().next().unwrap_or_default();
        Word {
            text: shown(&told).trim_matches(char::is_whitespace).to_owned(),
            value: Rc::clone(value),
        }
    }

    /// What else it may be. A flag is what switches it on, and stays.
    fn others(&self) -> Vec<Word> {
        match self.text.starts_with('-') {
            true => Vec::new(),
            false => other_ways(&self.value).iter().map(Word::of).collect(),
        }
    }

    /// The kind of the objects that it stands for, where a command lists them: `$(kubectl get pvc -o name)`.
    pub(in crate::content::script) fn listed(&self) -> Option<String> {
        let mut open: Vec<Shared> = vec![Rc::clone(&self.value)];
        for _ in 0..100 {
            let it = open.pop()?;
            match &it.form {
                Form::Subshell(block) => open.extend(block.iter().filter_map(|it| match &it.act {
                    Act::Run(it) => Some(Rc::clone(it)),
                    _ => None,
                })),
                Form::Command(command) => {
                    let words: Vec<String> =
                        command.words.iter().filter_map(|it| it.literal()).collect();
                    let at = words.iter().position(|it| it == "get");
                    if let Some(kind) = at.and_then(|at| words.get(at + 1)) {
                        return Some(kind.clone());
                    }
                }
                _ => open.extend(it.children().into_iter().map(Rc::clone)),
            }
        }
        None
    }

    /// Whether it is a disk, or a part of one, by the name of what stands for it: `$DISK`, `of=$TARGET_DISK`, `${DEVICE}1`.
    pub(in crate::content::script) fn is_disk(&self) -> bool {
        let rest = self.text.trim_start_matches("of=").strip_prefix('\u{1}');
        let is_alone =
            rest.is_some_and(|it| it.trim_start_matches('p').bytes().all(|it| it.is_ascii_digit()));
        let mut open = vec![&self.value];
        for _ in 0..20 {
            let Some(it) = open.pop().filter(|_| is_alone) else { return false };
            if let Form::Name(name) | Form::Environment(name, _) | Form::Argument(name) = &it.form {
                let lower = name.to_lowercase();
                // `$PART3`.
                let lower = lower.trim_end_matches(|it: char| it.is_ascii_digit());
                let is_image = ["image", "img", "loop", "ram", "virtual", "file", "null"];
                let ends =
                    ["disk", "drive", "device", "dev", "partition", "part", "sdcard", "sd_card"];
                if !is_image.iter().any(|it| lower.contains(it))
                    && ends.iter().any(|end| lower.ends_with(end))
                {
                    return true;
                }
            }
            open.extend(it.children());
        }
        false
    }

    /// Whether it is a disk or a part of one.
    pub(in crate::content::script) fn is_device(&self) -> bool {
        let path = self.text.trim_start_matches("of=");
        let passes = ["null", "loop", "zram", "ram", "nbd", "mapper/loop", "stdout", "tty", "fd"];
        let named = path
            .strip_prefix("/dev/")
            .is_some_and(|name| !name.is_empty() && !passes.iter().any(|it| name.starts_with(it)));
        named || self.is_disk()
    }

    /// Whether some of it is not known before it runs.
    pub(in crate::content::script) fn has_holes(&self) -> bool {
        self.text.contains('\u{1}')
    }
}

/// The text with one character for each hole; that character alone where there is no text at all.
fn shown(told: &Told) -> String {
    if told.text.is_empty() && told.origin.holes.is_empty() {
        return "\u{1}".to_owned();
    }
    crate::content::script::tree::pieces(&told.text)
        .into_iter()
        .map(|piece| piece.map_or("\u{1}", |plain| plain))
        .collect()
}

/// The program that is called by what a variable stands for, where its name says which: `$PSQL -c ...`, `$dc down`, `TOOLS.command`,
/// `shutil.which('docker')`.
fn program_of(first: &Shared) -> Option<String> {
    let name = match &first.form {
        // `${COMPOSE:-docker-compose}`, `CONTAINER ?= docker`.
        Form::Environment(_, Some(default))
            if default.literal().is_some_and(|it| is_program(&it)) =>
        {
            return default.literal();
        }
        Form::Environment(name, _) | Form::Name(name) => name,
        // `sys.executable`.
        Form::Member(_, name) if name == "executable" => {
            return Some("python".to_owned());
        }
        Form::Member(on, name) if is_program_word(name) => match &on.form {
            Form::Name(of) | Form::Member(_, of) => of,
            _ => return None,
        },
        Form::Member(_, name) => name,
        // `$(drush sql-connect) < dump.sql`: what it writes is how the client is called.
        Form::Subshell(_) if connects(first) => return Some("mysql".to_owned()),
        // What looks for a program is told its name.
        Form::Call(call) => {
            let told = call.arguments.first()?.value.literal()?;
            return is_program(&told).then_some(told);
        }
        _ => return None,
    };
    let mut words = parts(name);
    while words.len() > 1 && words.last().is_some_and(|it| is_program_word(it)) {
        words.pop();
    }
    Some(match words.join("_").as_str() {
        "dc" | "compose" | "docker_compose" => "docker-compose".to_owned(),
        "redis_cli" => "redis-cli".to_owned(),
        name => name.to_owned(),
    })
}

/// Whether a value is what Drush says of how the client of a database is called.
fn connects(first: &Shared) -> bool {
    super::piped::commands(first).iter().any(|it| {
        let says = |word: &String| matches!(word.as_str(), "sql-connect" | "sql:connect");
        it.first().is_some_and(|it| it == "drush") && it.iter().any(says)
    })
}

/// Words of names for the file of a program.
fn is_program_word(word: &str) -> bool {
    matches!(
        word,
        "cmd" | "command" | "bin" | "binary" | "path" | "exe" | "executable" | "program" | "tool"
    )
}

/// Programs that have commands which are called as programs are: `$HG rm`.
const HAVE_COMMANDS: &[&str] = &[
    "hg", "git", "svn", "bzr", "fossil", "docker", "podman", "kubectl", "oc", "aws", "gsutil",
    "hdfs", "hadoop", "mc", "rclone", "ipfs", "apt", "brew", "npm", "pip", "conda", "cli",
    "client", "adb", "vagrant",
];

/// Whether a variable of this name may be about how the next word is run, and neither a program nor what only says it.
fn may_precede(name: &str) -> bool {
    let speaks =
        ["noop", "print", "debug", "log", "logger", "msg", "say", "confirm", "ask", "info", "warn"];
    let words = parts(name);
    // `DRYRUN`, `RUNECHO`.
    let shows = |it: &String| it.starts_with("dry") || it.ends_with("echo");
    let is = |all: &[&str]| words.iter().any(|it| all.contains(&it.as_str()));
    !is_program(name)
        && !super::says_wipe(name)
        && !words.iter().any(shows)
        && !is(&speaks)
        && !is(HAVE_COMMANDS)
}

impl Words {
    pub(in crate::content::script) fn of(words: &[Shared]) -> Option<Words> {
        let (first, rest) = words.split_first()?;
        let program = Word::of(first);
        let named = program_of(first);
        // `$PREFIX bundle exec rake db:drop`: what stands before a program is about how it is run.
        let next = rest.first().and_then(|it| it.literal()).filter(|it| is_program(it));
        let is_before = next.is_some_and(|next| match &named {
            Some(it) => may_precede(it),
            None => matches!(first.form, Form::Call(_)) && next == "bundle",
        });
        if is_before {
            return Words::of(rest);
        }
        if let Some(program) = named {
            return Some(Words::called(program, rest));
        }
        // The name of a task is whole: `db/reset`.
        let bare = match program.text.starts_with(TASK) {
            true => program.text.as_str(),
            false => program.text.rsplit(['/', '\\']).next().unwrap_or_default(),
        };
        // An image that is called as its tool: `flyway/flyway:10`.
        let bare = match bare.split_once(':') {
            Some((name, tag))
                if tag.trim_start_matches('v').starts_with(|it: char| it.is_ascii_digit()) =>
            {
                name
            }
            Some((name, "latest")) => name,
            _ => bare,
        };
        // `prisma@latest`, as npx takes it.
        let bare = bare
            .split_once('@')
            .map_or(bare, |(name, _)| if name.is_empty() { bare } else { name });
        // Functions and aliases that are called as people call it for short.
        let name = match bare.trim_end_matches(".exe") {
            "dc" | "dco" | "dcp" | "compose" | "docker_compose" | "dockercompose" => {
                "docker-compose"
            }
            "aws-cdk" => "cdk",
            name => name,
        };
        Some(Words::called(name.to_owned(), rest))
    }

    fn called(program: String, rest: &[Shared]) -> Words {
        let mut rest: Vec<Word> = rest.iter().map(Word::of).collect();
        let n = before_subcommand(&program, &rest);
        rest.rotate_left(n);
        options_last(&program, &mut rest);
        Words { program, rest, reads: None, said: String::new() }
    }

    /// The command as it is in other cases: `dropdb "${1:-app_test}"`, where one is given.
    pub(in crate::content::script) fn in_other_cases(&self) -> Vec<Words> {
        let others: Vec<Vec<Word>> = self.rest.iter().map(Word::others).collect();
        let most = others.iter().map(Vec::len).max().unwrap_or(0);
        let word = |at: usize, n: usize| others[at].get(n).unwrap_or(&self.rest[at]).clone();
        let case = |n| Words {
            program: self.program.clone(),
            rest: (0..self.rest.len()).map(|at| word(at, n)).collect(),
            reads: self.reads.clone(),
            said: self.said.clone(),
        };
        (0..most).map(case).collect()
    }

    /// Whether one of these words stands in the text that it reads, whatever its case.
    pub(in crate::content::script) fn reads_word(&self, words: &[&str]) -> bool {
        self.said
            .split(|it: char| !it.is_ascii_alphanumeric() && it != '_')
            .any(|it| words.iter().any(|word| word.eq_ignore_ascii_case(it)))
    }

    /// Leaves the question of `rm` and `dropdb` out, which another command answers.
    pub(in crate::content::script) fn leave_question_out(&mut self) {
        if !matches!(self.program.as_str(), "rm" | "dropdb") {
            return;
        }
        self.rest.retain(|it| !matches!(it.text.as_str(), "-i" | "-I" | "--interactive"));
        for word in self.rest.iter_mut().filter(|_| self.program == "rm") {
            let letters = word.text.strip_prefix('-').filter(|it| !it.starts_with('-'));
            if let Some(letters) = letters.filter(|it| it.contains('i')) {
                let rest = format!("-{}", letters.replace('i', ""));
                *word = Word::of(&Expression::text(word.value.line, rest));
            }
        }
    }

    /// Says of `*` and `*.gz` what they are in this directory; so too of all other names where that is one of what passes.
    pub(in crate::content::script) fn stand_in(&mut self, here: &Shared) {
        let known = texts(here).into_iter().next().map(|it| shown(&it)).unwrap_or_default();
        let is_passing = known.contains("tmp") || known.contains("temp");
        // Behind the directories of `find` stand its conditions.
        let is_before = |it: &&mut Word| self.program != "find" || !it.text.starts_with('-');
        for word in self.rest.iter_mut().take_while(is_before) {
            let is_all = matches!(word.text.as_str(), "*" | "./*" | "." | "./")
                || word.text.starts_with("*.") && !word.text.contains('/');
            let is_near = !word.text.starts_with(['-', '/', '~', '$', '\u{1}']);
            let is_state = || place::is_state(&format!("{known}/{}", word.text));
            if is_all || is_near && (is_passing || is_state()) {
                let line = word.value.line;
                let way =
                    vec![Rc::clone(here), Expression::text(line, "/"), Rc::clone(&word.value)];
                *word = Word::of(&Expression::new(line, Form::Join(way)));
            }
        }
    }

    /// The words that are no flags.
    pub(in crate::content::script) fn plain(&self) -> impl Iterator<Item = &Word> {
        self.rest.iter().filter(|it| !it.text.starts_with('-') || it.text.len() == 1)
    }

    /// The words that are neither flags nor values of these.
    pub(in crate::content::script) fn plain_but(
        &self,
        has_value: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = &Word> {
        let mut rest = self.rest.iter();
        std::iter::from_fn(move || {
            while let Some(it) = rest.next() {
                if has_value(&it.text) {
                    rest.next();
                } else if !it.text.starts_with('-') {
                    return Some(it);
                }
            }
            None
        })
    }

    /// The values of the words, from this one on.
    pub(in crate::content::script) fn values(&self, from: usize) -> Vec<Shared> {
        self.rest.iter().skip(from).map(|it| Rc::clone(&it.value)).collect()
    }

    /// Whether this flag is given, with or without a value behind `=`. A flag of one letter counts among others: `-rf`.
    pub(in crate::content::script) fn has(&self, flag: &str) -> bool {
        self.flag(flag).is_some()
    }

    /// The word in which this flag is given.
    pub(in crate::content::script) fn flag(&self, flag: &str) -> Option<&str> {
        let letter = flag.strip_prefix('-').filter(|it| it.len() == 1);
        self.rest.iter().map(|it| it.text.as_str()).find(|word| {
            let among = || {
                let letters = word.strip_prefix('-').filter(|it| !it.starts_with('-'));
                letters.is_some_and(|it| {
                    it.len() < 6 && letter.is_some_and(|letter| it.contains(letter))
                })
            };
            *word == flag
                || word.strip_prefix(flag).is_some_and(|rest| rest.starts_with(['=', ':']))
                || among()
        })
    }

    /// Whether one of these flags is given.
    pub(in crate::content::script) fn any(&self, flags: &[&str]) -> bool {
        flags.iter().any(|it| self.has(it))
    }

    /// The value of a flag that stands apart from it: the next word.
    pub(in crate::content::script) fn value_of(&self, flags: &[&str]) -> Option<&Word> {
        let at = self.rest.iter().position(|it| flags.contains(&it.text.as_str()))?;
        self.rest.get(at + 1)
    }

    /// The values that are joined to these flags, or names, by `=`.
    pub(in crate::content::script) fn joined_to<'a>(
        &'a self,
        flags: &[&str],
    ) -> impl Iterator<Item = &'a str> {
        let pairs = self.rest.iter().filter_map(|it| it.text.split_once('='));
        pairs.filter(|(flag, _)| flags.contains(flag)).map(|(_, value)| value)
    }

    /// Whether these words stand in it in this order, flags and other words left out between the first and the last. The first of
    /// them is the first word that is no flag.
    pub(in crate::content::script) fn says(&self, words: &[&str]) -> bool {
        let mut left = words.iter();
        let Some(mut next) = left.next() else { return true };
        let mut passed = 0;
        for word in self.plain() {
            if next.split('|').any(|it| it == word.text) {
                match left.next() {
                    Some(it) => next = it,
                    None => return true,
                }
            } else {
                passed += 1;
                if passed > 6 {
                    return false;
                }
            }
        }
        false
    }

    /// The name of the command in a message: its program and the words that say what it does.
    pub(in crate::content::script) fn spoken(&self, program: &str, words: &[&str]) -> String {
        let mut all = vec![program.to_owned()];
        all.extend(words.iter().filter_map(|alternatives| {
            self.plain()
                .map(|it| it.text.clone())
                .find(|it| alternatives.split('|').any(|that| that == it))
        }));
        all.join(" ")
    }
}

/// One of these flags is given.
pub(super) fn given(words: &Words, flags: &[&str]) -> Hit {
    hit(words.any(flags))
}

/// Every such command.
pub(in crate::content::script) fn always(_: &Words) -> Hit {
    Hit::Full
}

/// A program, the words that follow in this order, and flags of which one must be there. The last two may be empty.
pub(in crate::content::script) type Line = (&'static str, &'static str, &'static str);

/// Whether a command is one of these lines, and no dry run.
pub(in crate::content::script) fn told(words: &Words, lines: &[Line]) -> bool {
    !words.any(&["--dry-run"])
        && lines.iter().any(|(program, said, flags)| {
            let said: Vec<&str> = said.split_whitespace().collect();
            program.eq_ignore_ascii_case(&words.program)
                && words.says(&said)
                && (flags.is_empty() || flags.split(' ').any(|it| words.has(it)))
        })
}
