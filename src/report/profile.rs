//! What `dataward classify` says of one file: names and counts, never a value.

use super::human::{ARROW, BOLD, ERROR, Ink, WARNING, columns, ink};
use super::{Style, cause_word, json};
use crate::content::{
    Answer, Column, Content, Database, Family, Identities, Nature, Remains, Table, Unreadable, Why,
    WriteAheadLog,
};
use crate::snapshot::Subject;
use crate::text::{clean, line, name, wrapped};

/// What one file or member is and holds, as text for people.
pub fn profile(subject: &Subject, style: &Style) -> String {
    let path = clean(subject.path());
    let mut lines = vec![format!("{path}: {}", ink(*style, &summary(subject.content), BOLD))];
    match &subject.content.database {
        Answer::Yes(db) if db.is_opened() => lines.extend(of_database(db, *style)),
        Answer::Yes(_) | Answer::No => {}
        Answer::Unreadable(why) => lines.extend(of_unreadable(why, "error", *style)),
    }
    lines.join("\n") + "\n"
}

/// The same as one line of JSON, described in docs/report.md.
pub fn profile_json(subject: &Subject) -> String {
    json::profile(subject)
}

fn summary(content: &Content) -> String {
    match &content.database {
        Answer::Yes(db) if db.is_opened() => format!(
            "{} (bytes: {}, tables: {}, rows: {}, people: {})",
            content.called(db),
            db.size,
            db.tables.len(),
            db.rows(),
            db.people()
        ),
        Answer::Yes(db) => {
            format!("{} (bytes: {}; its tables are not read)", content.called(db), db.size)
        }
        Answer::No => match (&content.pointer, content.format) {
            (Some(pointer), _) => format!("content kept by {}, not here", pointer.holder.word()),
            (None, Some(format)) if format.family == Family::Container => {
                format!("{} archive, no database itself", format.name)
            }
            (None, _) => "no database".to_owned(),
        },
        Answer::Unreadable(_) => "could not be read".to_owned(),
    }
}

fn of_database(db: &Database, style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    for table in &db.tables {
        lines.extend(of_table(table, style));
    }
    if db.people() > 0 {
        lines.push(format!(" {} people: {}", ink(style, "-->", ARROW), classes(db.identities())));
    }
    if db.remains.people.total() > 0 {
        lines.extend(of_remains(&db.remains, style));
    }
    let arrow = ink(style, "-->", ARROW);
    lines.push(format!(" {arrow} {}", read(db)));
    lines.push(format!(" {arrow} {}", nature(db.nature)));
    lines.push(format!(" {arrow} test data confidence {}", db.test_confidence));
    for reason in &db.test_confidence.reasons {
        let text = match reason.points {
            0 => line(&reason.text),
            points => format!("{points:+} {}", line(&reason.text)),
        };
        lines.extend(wrapped(&text, "    | ", "    |   ", columns(style)));
    }
    match db.write_ahead_log {
        WriteAheadLog::NotHere => {
            lines.extend(warning("its newest rows may be in a -wal file beside it", style));
        }
        WriteAheadLog::Merged { frames } => {
            let text = format!("read together with its write-ahead log: pages {frames}");
            lines.push(format!(" {} {text}", ink(style, "-->", ARROW)));
        }
        WriteAheadLog::Off | WriteAheadLog::Unused => {}
    }
    if let Some(why) = &db.damage {
        lines.extend(of_unreadable(why, "warning", style));
    }
    lines
}

/// What share of the rows was looked at.
fn read(db: &Database) -> String {
    let (rows, read) = (db.rows(), db.rows_read());
    match read < rows {
        true => {
            let percent = u128::from(read) * 100 / u128::from(rows.max(1));
            format!("rows looked at: {read} of {rows} ({percent} %)")
        }
        false => format!("rows looked at: all {rows}"),
    }
}

fn nature(nature: Nature) -> String {
    match nature {
        Nature::SampleDatabase(sample) => format!("by its content: sample database ({sample})"),
        nature => format!("by its content: {}", nature.word()),
    }
}

fn of_table(table: &Table, style: Style) -> Vec<String> {
    let read = match table.rows_read < table.rows {
        true => format!(" (read: {})", table.rows_read),
        false => String::new(),
    };
    let arrow = ink(style, "-->", ARROW);
    let mut lines =
        vec![format!(" {arrow} table {}: rows {}{read}", name(&table.name), table.rows)];
    let (plain, telling): (Vec<&Column>, Vec<&Column>) =
        table.columns.iter().partition(|column| column.kinds.is_empty());
    for column in telling {
        let text = format!("{}: {}", name(&column.name), kinds(column));
        lines.extend(wrapped(&text, "    | ", "    |   ", columns(style)));
    }
    if !plain.is_empty() {
        let names: Vec<String> = plain.iter().map(|column| name(&column.name)).collect();
        let text = format!("no personal data seen in {}", names.join(", "));
        lines.extend(wrapped(&text, "    | ", "    |   ", columns(style)));
    }
    if table.identities.total() > 0 {
        let text = format!("people: {}", classes(table.identities));
        lines.extend(wrapped(&text, "    | ", "    |   ", columns(style)));
        lines.extend(wrapped(&reasons(table), "    | ", "    |   ", columns(style)));
    }
    lines
}

/// Why the people of a table are taken for what they are: the most frequent reason first.
fn reasons(table: &Table) -> String {
    let mut reasons: Vec<(&Why, &u64)> = table.reasons.iter().collect();
    reasons.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    let reasons = reasons.iter().map(|(why, n)| format!("{} {n}", why.word()));
    format!("by: {}", reasons.collect::<Vec<String>>().join(", "))
}

fn of_remains(remains: &Remains, style: Style) -> Vec<String> {
    let arrow = ink(style, "-->", ARROW);
    let Remains { pages, rows, mails, names, people, .. } = remains;
    let text = format!("people: {}", classes(*people));
    let mut lines = vec![format!(
        " {arrow} deleted rows that are still in its pages: rows {rows}, mail addresses {mails}, names {names}, pages {pages}"
    )];
    lines.extend(wrapped(&text, "    | ", "    |   ", columns(style)));
    lines
}

fn kinds(column: &Column) -> String {
    let kinds = column.kinds.iter().map(|(kind, n)| format!("{} {n}", kind.word()));
    kinds.collect::<Vec<String>>().join(", ")
}

fn classes(identities: Identities) -> String {
    let Identities { synthetic, real_looking, unknown } = identities;
    format!("real-looking {real_looking}, synthetic {synthetic}, unknown {unknown}")
}

fn of_unreadable(why: &Unreadable, word: &str, style: Style) -> Vec<String> {
    let text = format!("{}: {}", cause_word(why.cause), line(&why.detail));
    match word {
        "error" => said("error", ERROR, &text, style),
        _ => warning(&format!("only a part was read: {text}"), style),
    }
}

fn warning(text: &str, style: Style) -> Vec<String> {
    said("warning", WARNING, text, style)
}

fn said(word: &str, look: Ink, text: &str, style: Style) -> Vec<String> {
    let mut lines = wrapped(text, &format!("{word}: "), "    ", columns(style));
    lines[0].replace_range(..word.len(), &ink(style, word, look));
    lines
}
