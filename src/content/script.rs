//! What a script does to data, told from its text. The only part that names a grammar.
//!
//! A text is brought into one form (`syntax`) by the grammar of its language (`languages`), and gone through along every way
//! that it may run (`walk`). Calls, commands and statements are looked up in the table of `operations`; conditions on the way
//! are told by `guards`. Text that one language hands to another is read as that other one.

mod assembled;
mod begins;
mod elements;
pub mod framework;
mod guards;
mod hosts;
mod language;
mod languages;
mod manner;
mod model;
mod modules;
mod notices;
mod operations;
mod parts;
mod place;
mod sieve;
mod state;
mod store;
mod supports;
mod syntax;
mod target;
mod texts;
mod tree;
mod value;
mod walk;
mod wording;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use bstr::BStr;

pub use language::Language;
pub use manner::{Manner, Pipeline};
pub use model::{
    Defect, Guard, GuardKind, Kind, Operation, Reach, ReadScript, Scope, Script, Strength,
    SwitchedOff, Taken, Target, Weight,
};
pub use operations::kinds;
pub use operations::sql::Dialect;

use super::plain::{plain, without_mark};
use super::{Answer, Cause, Unreadable};
use operations::sql;
use syntax::Program;
use tree::Origin;
use tree::worded::Known;
use walk::Found;
use wording::Noted;

/// Bytes of the largest file that is read as a script; nobody writes a larger one by hand.
pub const MAX_SIZE: usize = 1 << 20;

/// Bytes from which on a text with long lines is what a program made of other files.
const BUNDLE: usize = 8 << 10;

/// Bytes of the stack below which more is taken: one level of a tree, or of what it runs, takes less.
const RED_ZONE: usize = 128 << 10;

/// Bytes of the stack that are taken then.
const MORE_STACK: usize = 2 << 20;

/// Goes one level deeper: what is read may nest deep, while the stack of a thread is small.
fn with_stack<T>(go: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RED_ZONE, MORE_STACK, go)
}

/// What the file at this path does, were it run; no where it is no script, or none that can destroy anything.
pub fn read(path: &BStr, bytes: &[u8]) -> Answer<Rc<Script>> {
    // What is too large to be a script is not written anew.
    let is_read = bytes.len() <= 2 * MAX_SIZE;
    let bytes = if is_read { plain(bytes) } else { Cow::Borrowed(without_mark(bytes)) };
    let bytes = bytes.as_ref();
    let Some(language) = Language::of(path, bytes) else { return Answer::No };
    let is_harmless = place::is_harmless(path, bytes) && !place::is_of_mongo_shell(path, bytes);
    let may_destroy = sieve::may_destroy(bytes) || operations::says_loss(&place::name(path));
    if is_harmless || place::is_run_by_purge(path, bytes) || !may_destroy {
        return Answer::No;
    }
    let is_code = matches!(language, Language::JavaScript | Language::TypeScript);
    if is_code && bytes.len() >= BUNDLE && place::is_made_by_a_tool(bytes) {
        return Answer::No;
    }
    if bytes.len() > MAX_SIZE {
        let is_bundle = is_code && place::is_built(path);
        return match is_bundle || language == Language::Sql {
            true => Answer::No,
            false => Answer::Unreadable(Unreadable {
                cause: Cause::TooLarge,
                detail: format!(
                    "{} bytes, over the {MAX_SIZE} that are read as a script",
                    bytes.len()
                ),
            }),
        };
    }
    let text = String::from_utf8_lossy(bytes);
    texts::begin();
    let mut found = match language {
        Language::Sql => of_sql(path, &sql::without_kept(&text)),
        _ if hosts::holds(language) => match of_host(language, path, &text) {
            Some(found) => found,
            None => return Answer::No,
        },
        _ => {
            let origin = Origin::at(1);
            match languages::program(language, &text, &origin) {
                Some(mut program) => {
                    program.name = place::name(path);
                    calls_from_outside(language, path, &text, &mut program);
                    walk::walk(language, &program)
                }
                None => return Answer::No,
            }
        }
    };
    if place::is_for_development(path) {
        let takes_down = place::says_taken_down(path, &text);
        found.met.retain(|it| {
            !operations::is_of_containers(it.kind) || takes_down && it.kind.id == "sh.kubectl"
        });
        found.off.clear();
    }
    if texts::is_spent() {
        found.cut_at.get_or_insert(1);
    }
    // Most files say nothing: what is told of operations is not asked for.
    if found.is_nothing() {
        return Answer::No;
    }
    notices::name(language, &text, &mut found.met);
    begins::tell(language, &text, &mut found.met);
    wording::tell(language, &text, &mut found.met, &found.noted);
    let (manner, own) = (Manner::of(language, path, &text), place::name(path));
    script(language, manner, store::of(&text), &own, found)
}

/// Has functions of a file be called that something outside of it calls, as its path and text say.
fn calls_from_outside(language: Language, path: &BStr, text: &str, program: &mut Program) {
    match language {
        Language::Python => {
            if place::is_run_by_name(path) {
                languages::run_where(program, |it| it.name == "run");
            }
            // `fab resetdb` runs any function of the file.
            if place::is_fabfile(path) || languages::calls_by_argument(text) {
                languages::run_where(program, |it| !it.name.starts_with('_'));
            }
        }
        Language::Ruby if place::is_run_by_name(path) => languages::run_by_class(program),
        Language::JavaScript | Language::TypeScript if place::is_of_helpers(path) => {
            languages::without_exports(program);
        }
        Language::Go => {
            if place::is_of_commands(path) {
                languages::run_as_file(program);
            }
            // What an application does at its start: `func Migrate() { db.Migrator().DropTable(...); db.AutoMigrate(...) }`.
            if text.contains(".DropTable(") && text.contains(".AutoMigrate(") {
                let starts = ["Migrate", "Connect", "Init", "Setup", "Seed", "Run", "Start"];
                languages::run_where(program, |it| {
                    starts.iter().any(|name| it.name.starts_with(name))
                });
            }
        }
        _ => {}
    }
}

fn script(
    language: Language,
    manner: Option<Manner>,
    database: Option<Dialect>,
    own: &str,
    found: Found,
) -> Answer<Rc<Script>> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut met = found.met;
    // One row of one tenant may be a correction; the same tenant in one table after the other is a wipe.
    // A file that is called `clear_orders` is none. Whoever says by an argument whose rows go may mean those; all that is kept of somebody lies in several tables.
    let tenants = met.iter().filter(|it| it.scope == Scope::Tenant);
    let named = tenants.clone().filter(|it| it.target == Target::Tenant).count();
    let is_said = named > 0 && operations::says_emptied(own);
    if named < 2 && tenants.count() < 3 && !found.is_over_several && !is_said {
        met.retain(|it| it.scope != Scope::Tenant);
    }
    // What belongs to nobody is taken away by many a file of SQL; a program that does so again and again is a cleanup by hand.
    let is_orphans = |it: &Operation| it.kind.id.ends_with("orphans");
    if language == Language::Sql || met.iter().filter(|it| is_orphans(it)).count() < 3 {
        met.retain(|it| !is_orphans(it));
    }
    for it in &mut met {
        let known = format!("{} {}", it.kind.id, it.name);
        let n = seen.entry(known.clone()).or_default();
        it.anchor = format!("{known} {n}");
        *n += 1;
    }
    let cut = found.cut_at.map(|line| Unreadable {
        cause: Cause::TooLarge,
        detail: format!("it branches, calls or nests too much to be followed beyond line {line}"),
    });
    if met.is_empty() && found.taken.is_empty() && found.off.is_empty() {
        return cut.map_or(Answer::No, Answer::Unreadable);
    }
    Answer::Yes(Rc::new(Script {
        language,
        manner,
        database,
        operations: met,
        databases_taken_along: found.taken,
        safeguards_off: found.off,
        cut,
    }))
}

/// A file that holds commands of a shell.
fn of_host(language: Language, path: &BStr, text: &str) -> Option<Found> {
    let mut hosted = hosts::read(language, &path.to_string(), text)?;
    hosted.program.name = place::name(path);
    let mut found = walk::walk(language, &hosted.program);
    found.met.retain(|it| hosted.counts(it));
    found.off = hosted.off;
    Some(found)
}

/// A file of SQL: it is its statements.
fn of_sql(path: &BStr, text: &str) -> Found {
    let origin = Origin::at(1);
    let line = origin.lines_of(text);
    let steps = supports::in_sql(text);
    let can_stop = Dialect::of(path, text).is_none_or(Dialect::can_stop);
    let is_for_new = place::is_for_new(path);
    let client = sql::client_of(path, text);
    let mut noted = Noted::default();
    let mut met = Vec::new();
    for it in sql::read(&place::name(path), is_for_new, text, client, &line) {
        let operation = Operation {
            kind: it.kind,
            scope: it.kind.scope,
            target: match it.kind.scope {
                Scope::Tenant => Target::Tenant,
                _ => Target::Connection,
            },
            line: line(it.at),
            begins: line(it.at),
            name: it.name,
            layers: vec![Language::Sql.word()],
            reach: Reach::TopLevel,
            guards: [held(it.guards, can_stop), steps.before(it.at, &line)].concat(),
            prompt_off: None,
            anchor: String::new(),
            wording: String::new(),
        };
        noted.note(&operation, Known::default(), Some(it.words), std::iter::empty());
        met.push(operation);
    }
    Found { met, noted, taken: Vec::new(), off: Vec::new(), cut_at: None, is_over_several: false }
}

/// Guards that hold in files of a database which can stop; those of others stop nothing, whatever they say.
fn held(mut guards: Vec<Guard>, can_stop: bool) -> Vec<Guard> {
    for it in guards.iter_mut().filter(|_| !can_stop) {
        it.defect = it.defect.or(Some(Defect::StopsNothing));
    }
    guards
}

#[cfg(test)]
mod tests;
