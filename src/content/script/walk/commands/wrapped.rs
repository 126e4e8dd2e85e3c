//! Commands that run another command.

use super::packages::{is_typeorm, of_package, started};
use crate::content::script::operations::{self, Word, Words};
use crate::content::script::syntax::{Expression, Form, Part, Shared};
use crate::content::script::value::texts;
use crate::content::script::walk::calls::runs;
use crate::content::script::words::parts;
use std::rc::Rc;

/// Whether this word of sudo has a value after it: `-u postgres`, `-iu postgres`, `--user postgres`.
fn takes_value(word: &str) -> bool {
    let is_short = word.starts_with('-') && !word.starts_with("--");
    (is_short && word.ends_with(['u', 'g', 'h', 'C', 'p', 'T']))
        || matches!(word, "--user" | "--group" | "--host")
}

/// Programs that run the command that follows their own words.
pub(super) const WRAPS: &[&str] = &[
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
    "env-cmd",
    "cross-env",
    "run",
    "caffeinate",
    "wsl",
    "wsl.exe",
    "chronic",
    "strace",
    "runuser",
    "gosu",
    "su-exec",
    "then",
    "do",
    "coproc",
    "sshpass",
];

/// The value of one of these flags.
pub(super) fn flagged(words: &Words, flags: &[&str]) -> Option<Shared> {
    if let Some(word) = words.value_of(flags) {
        return Some(Rc::clone(&word.value));
    }
    // `--command="..."`.
    words.rest.iter().find_map(|it| {
        flags
            .iter()
            .filter(|flag| flag.starts_with("--"))
            .find_map(|flag| behind(&it.value, &format!("{flag}=")))
    })
}

/// The values of a flag, each time that it is given, behind it or in the same word: `-c "..." -c "..."`, `-e"DROP DATABASE shop"`.
pub(super) fn all_flagged(words: &Words, flag: &str) -> Vec<Shared> {
    let is_short = flag.len() == 2 && flag.starts_with('-');
    let mut all = Vec::new();
    for (at, word) in words.rest.iter().enumerate() {
        if word.text == flag {
            all.extend(words.rest.get(at + 1).map(|it| Rc::clone(&it.value)));
        } else if is_short && word.text.starts_with(flag) && word.text.contains(' ') {
            all.extend(behind(&word.value, flag));
        } else if !is_short && word.text.starts_with(flag) {
            all.extend(behind(&word.value, &format!("{flag}=")));
        }
    }
    all
}

/// A text without the flag that it begins with.
fn behind(of: &Shared, flag: &str) -> Option<Shared> {
    let form = match &of.form {
        Form::Text(parts) => {
            let (first, rest) = parts.split_first()?;
            let first = match first {
                Part::Plain { text, line, is_spread } => Part::Plain {
                    text: text.strip_prefix(flag)?.trim_start_matches(['"', '\'']).to_owned(),
                    line: *line,
                    is_spread: *is_spread,
                },
                Part::Hole(hole) => Part::Hole(behind(hole, flag)?),
            };
            Form::Text([&[first], rest].concat())
        }
        Form::Join(parts) => {
            let (first, rest) = parts.split_first()?;
            Form::Join([&[behind(first, flag)?], rest].concat())
        }
        _ => return None,
    };
    Some(Expression::new(of.line, form))
}

/// What a command runs that wraps another: its words.
pub(super) fn wrapped(words: &Words) -> Option<Vec<Shared>> {
    if WRAPS.contains(&words.program.as_str()) {
        return behind_own_words(words);
    }
    started(words)
        .or_else(|| of_package(words))
        .or_else(|| elsewhere(words))
        .or_else(|| by_helper(words))
}

/// A function of another file that runs what it is given: `run_cmd docker volume rm data`, `retry 3 'dropdb app'`.
fn by_helper(words: &Words) -> Option<Vec<Shared>> {
    if operations::is_program(&words.program) || !runs(&parts(&words.program)) {
        return None;
    }
    let is_number = |it: &&Word| it.text.bytes().all(|it| it.is_ascii_digit());
    let at = words.rest.iter().take_while(is_number).count();
    let first = words.rest.get(at)?;
    let program = first.text.split_whitespace().next()?;
    let is_known = operations::is_program(program.rsplit('/').next().unwrap_or_default());
    match first.text.contains(' ') {
        true => is_known.then(|| in_shell(&first.value)),
        false => rest(words, at).filter(|_| is_known),
    }
}

/// The words from one on, where there is one.
pub(super) fn rest(words: &Words, at: usize) -> Option<Vec<Shared>> {
    (at < words.rest.len()).then(|| words.values(at))
}

/// Flags with a value behind them of programs that wrap others.
const WITH_VALUE: &[&str] = &[
    "-u",
    "-g",
    "-n",
    "-I",
    "-P",
    "-L",
    "-k",
    "-s",
    "-c",
    "-e",
    "-C",
    "-w",
    "--user",
    "--workdir",
    "--env",
    "--index",
    "-a",
    "--app",
    "--env-file",
    "-p",
];

/// Options of `xargs` whose value is the next word.
pub(in crate::content::script::walk) const XARGS: &[&str] = &[
    "-I",
    "-J",
    "-n",
    "-P",
    "-L",
    "-d",
    "-E",
    "-s",
    "-a",
    "-R",
    "-S",
    "--max-args",
    "--max-procs",
    "--max-chars",
    "--delimiter",
    "--arg-file",
    "--process-slot-var",
];

/// Where the words end, from one on, that are of the wrapping program: flags with their values, and variables that it sets.
pub(super) fn behind_flags(words: &Words, from: usize) -> usize {
    let mut at = from;
    while let Some(word) = words.rest.get(at) {
        let text = word.text.as_str();
        let has_value = match words.program.as_str() {
            "sudo" => takes_value(text),
            "xargs" => XARGS.contains(&text),
            "env-cmd" | "run" if matches!(text, "-f" | "--file" | "-r") => true,
            _ => WITH_VALUE.contains(&text),
        };
        if text.starts_with('-') {
            at += 1 + usize::from(has_value);
        } else if text.split_once('=').is_some_and(|(name, _)| !name.contains(['/', ' '])) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// `sudo -u postgres dropdb shop`.
fn behind_own_words(words: &Words) -> Option<Vec<Shared>> {
    let program = words.program.as_str();
    let at = behind_flags(words, 0);
    // `sudo -iu postgres <<EOF`: a shell that reads what is to be done.
    if matches!(program, "sudo" | "doas") && at >= words.rest.len() && at > 0 {
        let line = words.rest.first().map_or(0, |it| it.value.line);
        return Some(vec![Expression::text(line, "sh")]);
    }
    let has_own = matches!(program, "timeout" | "flock" | "chroot" | "gosu" | "su-exec");
    // `flock -n FILE PROGRAM`: its flags have no values but these.
    let at = match program {
        "flock" => words.rest.iter().take_while(|it| it.text.starts_with('-')).count(),
        _ => at,
    };
    rest(words, at + usize::from(has_own))
}

/// What is run by an interpreter that a framework brings, in a container, in a terminal of its own or on another machine.
fn elsewhere(words: &Words) -> Option<Vec<Shared>> {
    let program = words.program.as_str();
    let rest = |at: usize| rest(words, at);
    match program {
        // `ts-node node_modules/typeorm/cli.js schema:drop`.
        "node" | "ts-node" | "ts-node-esm" | "tsx" | "bun" if words.rest.iter().any(is_typeorm) => {
            let at = words.rest.iter().position(is_typeorm)?;
            let name = Expression::text(words.rest[at].value.line, "typeorm");
            // Options may stand before what is to be done: `cli.js -d source.ts schema:drop`.
            let (done, options): (Vec<_>, Vec<_>) =
                words.rest[at + 1..].iter().partition(|it| it.text.contains(':'));
            let all = done.into_iter().chain(options).map(|it| Rc::clone(&it.value));
            Some(std::iter::once(name).chain(all).collect())
        }
        // `cargo sqlx database reset`: programs that cargo starts.
        "cargo" if matches!(words.rest.first()?.text.as_str(), "sqlx" | "diesel" | "prisma") => {
            rest(0)
        }
        _ if is_interpreter(program) => {
            // `python manage.py flush`, `php8.3 artisan migrate:fresh`.
            let first = words.rest.first()?;
            let name = first.text.rsplit('/').next().unwrap_or_default();
            let is_known =
                matches!(name, "manage.py" | "artisan" | "console" | "rails" | "rake" | "ace");
            match first.text.as_str() {
                "-m" => rest(1),
                _ => rest(0).filter(|_| is_known),
            }
        }
        "docker" | "podman" | "docker-compose" | "kubectl" | "oc" | "podman-compose" => {
            let mut rest = inside_container(words).and_then(rest)?;
            if let Some(first) = rest.first_mut()
                && texts(first).first().is_some_and(|it| it.text.contains("/aws-cli"))
            {
                *first = Expression::text(first.line, "aws");
            }
            // The program that an image starts with may be another one: `--entrypoint sh`.
            let other = flagged(words, &["--entrypoint"])
                .filter(|it| it.literal().is_some_and(|it| !it.is_empty()));
            Some(other.into_iter().chain(rest).collect())
        }
        // `aws-vault exec prod -- terraform destroy`, `op run -- ...`: what stands behind the dashes is run.
        "aws-vault" | "op" | "infisical" | "direnv" | "nix" | "doppler" | "chamber" | "teller"
        | "vals" => {
            let at = words
                .rest
                .iter()
                .position(|it| matches!(it.text.as_str(), "--" | "-c" | "--command"))?;
            rest(at + 1)
        }
        "find" => {
            let at =
                words.rest.iter().position(|it| it.text == "-exec" || it.text == "-execdir")?;
            let inner = words.rest.get(at + 1)?;
            if inner.text.ends_with("sh") { rest(at + 1) } else { None }
        }
        // A terminal of its own: `tmux new -d 'dropdb app'`, `screen -dm bash -c ...`.
        "tmux" | "screen" => {
            let text = words.rest.iter().rev().find(|it| it.text.contains(' '))?;
            let is_shell = |it: &str| matches!(it, "bash" | "sh" | "zsh");
            match words.rest.iter().position(|it| is_shell(&it.text)) {
                Some(at) => rest(at),
                None => Some(in_shell(&text.value)),
            }
        }
        "fly" | "flyctl" if words.says(&["ssh", "console"]) => {
            Some(in_shell(&flagged(words, &["-C", "--command"])?))
        }
        // On many machines at once.
        "ansible" | "pssh" | "parallel-ssh" | "pdsh" | "clush" | "dsh" => {
            let runs = ["shell", "command", "raw"];
            let is_run = words.value_of(&["-m"]).is_none_or(|it| runs.contains(&it.text.as_str()));
            Some(in_shell(&match program {
                "ansible" => flagged(words, &["-a", "--args"]).filter(|_| is_run)?,
                _ => Rc::clone(&words.plain().last()?.value),
            }))
        }
        "gcloud" if words.says(&["compute", "ssh"]) => {
            Some(in_shell(&flagged(words, &["--command"])?))
        }
        _ => None,
    }
}

/// The variables that `env A=1 PROGRAM` and its like set for the program behind them.
pub(super) fn assigned(words: &Words) -> Vec<(String, Shared)> {
    let is_before = |it: &&Word| it.text.starts_with('-') || it.text.contains('=');
    let sets = words.rest.iter().take_while(is_before).filter_map(|it| {
        let (name, _) = it.text.split_once('=').filter(|(name, _)| !name.starts_with('-'))?;
        Some((name.to_owned(), behind(&it.value, &format!("{name}="))?))
    });
    let sets = sets.filter(|_| WRAPS.contains(&words.program.as_str()));
    // `docker compose run -e NAME=VALUE web rake ...`.
    let of_container = words.rest.windows(2).filter_map(|it| {
        let (flag, word) = (&it[0], &it[1]);
        let (name, _) =
            word.text.split_once('=').filter(|_| matches!(flag.text.as_str(), "-e" | "--env"))?;
        Some((name.to_owned(), behind(&word.value, &format!("{name}="))?))
    });
    sets.chain(of_container).collect()
}

/// Whether a program runs a file in its language, of whatever version: `php8.3`, or what `$PHP_BIN` stands for.
fn is_interpreter(program: &str) -> bool {
    let bare = program.trim_end_matches(|it: char| it.is_ascii_digit() || it == '.');
    let is_named = |it: &str| program.to_uppercase().split('_').any(|part| part == it);
    matches!(bare, "python" | "php" | "ruby" | "node")
        || ["PHP", "PYTHON", "RUBY"].iter().any(|it| is_named(it))
}

/// A text as what a shell is told to run.
pub(super) fn in_shell(text: &Shared) -> Vec<Shared> {
    let sh = ["sh", "-c"].map(|it| Expression::text(text.line, it));
    sh.into_iter().chain([Rc::clone(text)]).collect()
}

/// Where the command begins that is run in a container.
pub(in crate::content::script::walk) fn inside_container(words: &Words) -> Option<usize> {
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
                | "--volumes-from"
        );
        if !text.starts_with('-') {
            break;
        }
        at += 1 + usize::from(has_value);
    }
    // The name of the container, service or image. One that is called as a tool starts that.
    let is_tool = |it: &str| {
        let name = it.rsplit('/').next().unwrap_or_default();
        matches!(
            name.split(':').next().unwrap_or_default(),
            "terraform"
                | "tofu"
                | "terragrunt"
                | "pulumi"
                | "flyway"
                | "liquibase"
                | "aws"
                | "aws-cli"
                | "migrate"
                | "aws-nuke"
                | "cloud-nuke"
                | "kubectl"
                | "rclone"
                | "restic"
        )
    };
    if words.rest.get(at).is_some_and(|it| is_tool(it.text.as_str())) {
        return Some(at);
    }
    Some(at + 1)
}

/// The words behind the host of `ssh`.
pub(super) fn after_host(words: &Words) -> Vec<Shared> {
    let mut at = 0;
    while let Some(word) = words.rest.get(at) {
        let text = word.text.as_str();
        if !text.starts_with('-') {
            break;
        }
        at += if matches!(text, "-i" | "-p" | "-o" | "-l" | "-F" | "-J") { 2 } else { 1 };
    }
    // `ssh host -- docker compose down -v`.
    let is_end = words.rest.get(at + 1).is_some_and(|it| it.text == "--");
    words.values(at + 1 + usize::from(is_end))
}

pub(super) fn with_blanks(words: &[Shared]) -> Vec<Shared> {
    words.iter().flat_map(|it| [Rc::clone(it), Expression::text(it.line, " ")]).collect()
}
