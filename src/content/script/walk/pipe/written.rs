//! What a command writes for the next to read, as far as that is known.

use std::rc::Rc;

use super::plain;
use crate::content::script::operations::dumps;
use crate::content::script::syntax::{Command, Expression, Form, Shared, find_in};
use crate::content::script::value::texts;

/// What the commands before one leave for it to read.
#[derive(Default)]
pub(super) struct Written {
    /// A text that is written down.
    pub(super) text: Option<Shared>,
    /// A file.
    pub(super) file: Option<Shared>,
    /// The words of the command right before.
    pub(super) by: Vec<Shared>,
}

/// What is there to read after a command.
pub(super) fn after(command: &Command, words: Vec<Shared>, before: Written) -> Written {
    let line = words.first().map_or(0, |it| it.line);
    let name = plain(&words, 0);
    // What changes a dump on its way hands it on, unless it looks for what is dropped.
    if before.file.as_ref().is_some_and(dumps::is_dump) && keeps_dump(&name, &words) {
        return before;
    }
    let (text, file) = match name.as_str() {
        "printf" if plain(&words, 1).contains("%s") => (Some(formatted(line, &words)), None),
        "echo" | "printf" | "print" => {
            let blank = || Expression::text(line, " ");
            let is_flag = |it: &&Shared| {
                it.literal()
                    .is_some_and(|it| matches!(it.as_str(), "-e" | "-n" | "-en" | "-ne" | "--"))
            };
            let said = words.iter().skip(1).skip_while(is_flag);
            let all = said.flat_map(|it| [with_breaks(it), blank()]).collect();
            (Some(Expression::new(line, Form::Join(all))), None)
        }
        // `gzip -dc` hands on what it reads.
        _ if UNPACKS.contains(&name.as_str()) && words.len() > 1 && !only_flags(&words) => {
            (None, unpacked(&words))
        }
        // `aws s3 cp s3://shop/backup.sql.gz -`.
        "aws" | "gsutil" | "gcloud"
            if plain(&words, words.len() - 1) == "-"
                && words.iter().any(|it| it.literal().as_deref() == Some("cp")) =>
        {
            (None, words.get(words.len() - 2).map(Rc::clone))
        }
        "cat" if command.input.is_some() || words.len() == 1 => {
            (command.input.as_ref().map(Rc::clone), command.file.clone())
        }
        // `manage.py sqlflush` writes what empties all tables.
        _ if words.iter().any(|it| it.literal().as_deref() == Some("sqlflush")) => {
            (Some(Expression::text(line, "TRUNCATE all_tables;")), None)
        }
        _ if dumps::is_dumper(&words) => {
            let dump = Command { words: words.clone(), ..Command::default() };
            (None, Some(Expression::new(line, Form::Command(dump))))
        }
        // They hand on what they read.
        "envsubst" | "sed" | "gunzip" | "pv" | "zstd" | "xz" if before.by.is_empty() => {
            (None, command.file.clone())
        }
        "tee" | "sort" | "uniq" | "tr" | "head" | "tail" | "gunzip" | "pv" | "gzip" | "zstd"
        | "xz" | "bunzip2" | "gpg" | "openssl" | "envsubst" | "zcat" | "pigz" | "unpigz" => {
            return Written { by: if before.by.is_empty() { words } else { before.by }, ..before };
        }
        _ => (None, None),
    };
    // `psql -t <<EOF | psql`: what the first one reads says what it writes.
    let read = command.input.iter().filter(|_| is_client(&name)).map(Rc::clone);
    let by = words.into_iter().chain(read).collect();
    Written { text: text.filter(|it| !texts(it).is_empty()), file, by }
}

/// Whether a command hands a dump on that it reads, all of it or with other words in it.
fn keeps_dump(name: &str, words: &[Shared]) -> bool {
    let drops = |it: &Shared| it.literal().is_some_and(|it| it.to_lowercase().contains("drop"));
    let hands_on = matches!(
        name,
        "sed"
            | "pv"
            | "tee"
            | "perl"
            | "gzip"
            | "gunzip"
            | "zcat"
            | "pigz"
            | "zstd"
            | "xz"
            | "envsubst"
    );
    hands_on && !words.iter().any(drops)
}

/// Whether a program is a client of a database, which writes what it is asked for.
fn is_client(name: &str) -> bool {
    matches!(name, "psql" | "mysql" | "mariadb" | "sqlite3" | "sqlplus" | "clickhouse-client")
}

/// `printf 'DROP DATABASE %s;' "$name"`: the format once for each of what follows, where there is one place in it.
fn formatted(line: u32, words: &[Shared]) -> Shared {
    let format = plain(words, 1).replace("\\n", "\n");
    let mut rest = words.iter().skip(2).peekable();
    let mut parts = Vec::new();
    loop {
        let mut pieces = format.split("%s");
        parts.extend(pieces.next().map(|it| Expression::text(line, it)));
        for piece in pieces {
            parts.push(rest.next().map_or_else(|| Expression::text(line, "name"), with_breaks));
            parts.push(Expression::text(line, piece));
        }
        if rest.peek().is_none() || parts.len() > 1_000 {
            return Expression::new(line, Form::Join(parts));
        }
    }
}

/// A text with lines where it says that they end: `a\nb`.
fn with_breaks(of: &Shared) -> Shared {
    match of.literal().filter(|it| it.contains("\\n")) {
        Some(text) => Expression::text(of.line, text.replace("\\n", "\n")),
        None => Rc::clone(of),
    }
}

/// The text that a command writes, where that is known, or the command itself where it dumps a database.
pub(in crate::content::script::walk) fn written_by(
    command: &Command,
    words: Vec<Shared>,
) -> Option<Shared> {
    let written = after(command, words, Written::default());
    written.text.or_else(|| written.file.filter(dumps::is_dump))
}

/// Programs that write a file as it is, or what is packed in it.
const UNPACKS: &[&str] = &[
    "cat",
    "zcat",
    "gzcat",
    "bzcat",
    "xzcat",
    "zstdcat",
    "pv",
    "gunzip",
    "gzip",
    "bunzip2",
    "unxz",
    "xz",
    "zstd",
    "pigz",
    "unpigz",
    "lz4",
    "Get-Content",
    "gc",
    "type",
    "openssl",
    "gpg",
    "unzip",
    "envsubst",
    "sed",
];

/// Values within one that are looked at for a command that reads a file.
const LOOKED_AT: usize = 50;

/// The file whose text a value is, whatever is done to that: `$sql = (Get-Content reset.sql) -replace 'a', 'b'`.
pub(super) fn read_from(value: &Shared) -> Option<Shared> {
    find_in(vec![value], LOOKED_AT, |it| match &it.form {
        Form::Command(command) => {
            let is_reader = matches!(&*plain(&command.words, 0), "Get-Content" | "gc" | "cat");
            is_reader.then(|| unpacked(&command.words)).flatten()
        }
        _ => None,
    })
}

/// Whether a command names no file.
fn only_flags(words: &[Shared]) -> bool {
    words.iter().skip(1).all(|it| it.literal().is_some_and(|it| it.starts_with('-')))
}

/// The file that one of these writes, where it has one: it writes to the standard output by itself, or is told to.
fn unpacked(words: &[Shared]) -> Option<Shared> {
    let name = plain(words, 0);
    let texts: Vec<String> =
        words.iter().skip(1).map(|it| it.literal().unwrap_or_default()).collect();
    let is_told = matches!(
        name.as_str(),
        "gunzip" | "gzip" | "bunzip2" | "unxz" | "xz" | "zstd" | "pigz" | "unpigz" | "lz4"
    );
    let to_output = texts.iter().any(|it| {
        it.starts_with('-') && !it.starts_with("--") && it.contains('c') || it == "--stdout"
    });
    if is_told && !to_output {
        return None;
    }
    let mut files =
        words.iter().skip(1).filter(|it| !it.literal().is_some_and(|it| it.starts_with('-')));
    match name.as_str() {
        "sed" => files.nth(1).map(Rc::clone),
        "unzip" | "Get-Content" | "gc" => files.next().map(Rc::clone),
        _ => words
            .last()
            .filter(|it| !it.literal().is_some_and(|it| it.starts_with('-')))
            .map(Rc::clone),
    }
}
