//! Statements of SQL that destroy rows, tables and databases. Words are told apart as all dialects do; what a statement says beyond
//! what it destroys is passed over, so that no dialect is refused.

mod aside;
mod conditions;
mod deletes;
mod dialect;
mod executed;
mod filled;
mod gone;
mod graph;
mod guards;
mod kept;
mod kinds;
mod lexer;
mod routines;
mod rows;
mod tables;

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use aside::{is_passing, ways_back};
pub(in crate::content::script) use conditions::holds_for_all;
pub use dialect::Dialect;
pub(in crate::content::script) use dialect::client_of;
pub(in crate::content::script) use executed::made_of_rows;
use executed::{Assembled, RUNS};
use gone::Gone;
use guards::Guards;
pub(in crate::content::script) use guards::{Client, is_on};
pub(in crate::content::script) use kept::without_kept;
pub(super) use kinds::KINDS;
pub(in crate::content::script) use kinds::by_name;
use kinds::{ALTER_DROP, CALLED, DROP_DATABASE, DROP_TABLE, EXECUTE, TRUNCATE, UPDATE_ALL};
use lexer::{Token, What};
use routines::{is_in, uncalled_routines};
pub(in crate::content::script) use rows::{ByKey, all_rows_of, by_key, each_row};
pub(in crate::content::script) use tables::{
    How, Made, is_about, is_of_table, is_plain_wipe, table_of,
};

use super::{kind, named::names_wipe};
use crate::content::script::model::{Guard, Kind};
use crate::content::script::tree::worded::Known;
use crate::content::script::words::{is_for_a_while, is_of_tests};

/// A statement that destroys something.
#[derive(Debug)]
pub(in crate::content::script) struct Statement {
    pub(in crate::content::script) kind: &'static Kind,
    /// Where it begins in the text.
    pub(in crate::content::script) at: usize,
    /// Its first words, and the name that it is about.
    pub(in crate::content::script) name: String,
    /// How it is worded, with what has it go elsewhere, as a hash.
    pub(in crate::content::script) words: Known,
    /// What stands before it in the same text: places for lines.
    pub(in crate::content::script) guards: Vec<Guard>,
}

/// Statements that are looked at in one text.
const STATEMENTS: usize = 100_000;

/// The statements of a file that destroy something, but for tables that it made before, or puts others in the place of.
/// A table that it makes anew was there, and may have been full, unless the file says that it is a dump; where it lies may say that
/// it `is_for_new` databases, which have nothing to lose. `line` tells the line of a place in it.
pub(in crate::content::script) fn read(
    name: &str,
    is_for_new: bool,
    text: &str,
    client: Client,
    line: &dyn Fn(usize) -> u32,
) -> Vec<Statement> {
    let (mut found, made) = statements(text, client, line);
    // What is called a reset is run where the tables are there, and full.
    let is_reset = super::says_wipe(name);
    if is_for_new && !is_reset {
        return Vec::new();
    }
    let is_for_new = tables::is_dump(text) && !is_reset;
    // Where a table was made for certain, and where one took its place last.
    let mut places: HashMap<String, (Option<usize>, Option<usize>)> = HashMap::new();
    for it in made {
        let (first, last) = places.entry(tables::table_of(&it.name)).or_default();
        if matches!(it.how, How::New | How::Derived) {
            *first = Some(first.map_or(it.at, |at| at.min(it.at)));
        }
        if matches!(it.how, How::Derived | How::Missing { is_derived: true })
            || is_for_new && it.how != How::Filled
        {
            *last = Some(last.map_or(it.at, |at| at.max(it.at)));
        }
    }
    let of_routines = LazyCell::new(|| tables::schemas_of_routines(text));
    // SQL Server drops a schema only where nothing is in it.
    let of_server = LazyCell::new(|| tables::is_of_sql_server(text));
    let filled = LazyCell::new(|| filled::Filled::of(text));
    found.retain(|it| {
        if !is_reset && filled.is_worked_off(it) {
            return false;
        }
        let is_schema = it.name.starts_with("DROP SCHEMA ");
        let is_empty = || *of_server && !tables::cascades(text, it.at);
        if is_schema && (is_empty() || of_routines.contains(&tables::table_of(&it.name))) {
            return false;
        }
        let (first, last) = places.get(&tables::table_of(&it.name)).copied().unwrap_or_default();
        let is_replaced = it.kind.id == DROP_TABLE.id && last.is_some_and(|at| at > it.at);
        !is_of_table(it.kind) || !(first.is_some_and(|at| at < it.at) || is_replaced)
    });
    found
}

/// The statements of a text that destroy something, and the tables that it makes or fills.
pub(in crate::content::script) fn statements(
    text: &str,
    client: Client,
    line: &dyn Fn(usize) -> u32,
) -> (Vec<Statement>, Vec<Made>) {
    let tokens = lexer::tokens(text);
    let down = ways_back(text);
    let routines = uncalled_routines(text, &tokens);
    let mut found = Vec::new();
    let mut made: Vec<Made> = Vec::new();
    let mut own: HashSet<String> = HashSet::new();
    let guards = Guards::of(text, &tokens, &routines, client, line);
    let mut begun: Option<usize> = None;
    let mut put_together = Assembled::default();
    let mut is_in_passing = false;
    let mut gone = Gone::of(text);
    for statement in tokens.split(|it| it.what == What::End).take(STATEMENTS) {
        let Some(first) = statement.first() else { continue };
        let at = first.at;
        let words = Words { all: statement };
        made.extend(Words { all: statement }.made());
        match words.word(0).as_str() {
            "CREATE" => own.extend(words.set_up().map(|it| tables::table_of(&it))),
            "USE" => is_in_passing = words.is(1, &["TEMPDB"]),
            "BEGIN" | "START" => begun = Some(found.len()),
            "COMMIT" => begun = None,
            "ROLLBACK" => {
                if let Some(from) = begun.take() {
                    found.truncate(from);
                }
            }
            _ => {}
        }
        gone.note(&words);
        put_together.note(&words);
        own.extend(words.handed_on().map(|it| tables::table_of(&it)));
        let is_of_routine = is_in(&routines, at);
        if is_in_passing
            || is_of_routine
            || down.iter().any(|(from, to)| (*from..*to).contains(&at))
        {
            continue;
        }
        let run = put_together.run_by(&words);
        let run = run.map(|verb| (&EXECUTE, at, format!("EXECUTE {verb}")));
        let destroyed: Vec<_> = words.destroyed().into_iter().chain(run).collect();
        let known = if destroyed.is_empty() { Known::default() } else { gone.known(&words) };
        for (kind, at, name) in destroyed {
            if kind.id == DROP_DATABASE.id && own.contains(&tables::table_of(&name)) {
                continue;
            }
            found.push(Statement { kind, at, name, words: known, guards: guards.before(at) });
        }
    }
    (found, made)
}

/// The words of one statement.
struct Words<'a> {
    all: &'a [Token<'a>],
}

impl Words<'_> {
    /// The word at this place, in upper case; empty where there is another thing.
    fn word(&self, at: usize) -> String {
        match self.all.get(at) {
            Some(Token { what: What::Word, text, .. }) => text.to_uppercase(),
            _ => String::new(),
        }
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at).as_str())
    }

    /// The name at this place, without its quotes and with what is before its dots.
    fn name(&self, at: usize) -> Option<(String, usize)> {
        let mut at = at;
        while self.is(
            at,
            &[
                "IF",
                "EXISTS",
                "NOT",
                "ONLY",
                "TABLE",
                "LOW_PRIORITY",
                "QUICK",
                "IGNORE",
                "FROM",
                "CONCURRENTLY",
                "BY",
            ],
        ) {
            at += 1;
        }
        let mut name = String::new();
        loop {
            let token = self.all.get(at)?;
            if !matches!(token.what, What::Word | What::Name) {
                break;
            }
            name.push_str(token.text);
            at += 1;
            if self.all.get(at).is_some_and(|it| it.text == ".") {
                name.push('.');
                at += 1;
            } else {
                break;
            }
        }
        (!name.is_empty()).then_some((name, at))
    }

    /// The table or schema that it makes, or gives a new name to.
    fn created(&self) -> Option<String> {
        if self.is(0, &["ALTER"]) {
            let at = (0..self.all.len())
                .find(|at| self.is(*at, &["RENAME"]) && self.is(at + 1, &["TO"]))?;
            return self.name(at + 2).map(|(name, _)| name);
        }
        if !self.is(0, &["CREATE"]) {
            return None;
        }
        let at = (1..5).find(|at| self.is(*at, &["TABLE"]))?;
        self.name(at + 1).map(|(name, _)| name)
    }

    /// Whether it makes something only where there is none: `IF NOT EXISTS`. A temporary table is the session's own in any case.
    fn is_where_missing(&self) -> bool {
        let is_temporary = (1..4).any(|at| self.is(at, &["TEMP", "TEMPORARY"]));
        !is_temporary && (0..6).any(|at| self.is(at, &["IF"]) && self.is(at + 1, &["NOT"]))
    }

    /// The database or schema that it makes, for certain.
    fn set_up(&self) -> Option<String> {
        let is_one = self.is(0, &["CREATE"])
            && self.is(1, &["DATABASE", "SCHEMA", "KEYSPACE"])
            && !self.is_where_missing();
        if is_one { self.name(2).map(|(name, _)| name) } else { None }
    }

    /// The user all of whose things were given to another one: `REASSIGN OWNED BY name TO other`. What is dropped of that is rights.
    fn handed_on(&self) -> Option<String> {
        let at = (0..self.all.len())
            .find(|at| self.is(*at, &["REASSIGN"]) && self.is(at + 1, &["OWNED"]))?;
        self.name(at + 2).map(|(name, _)| name)
    }

    /// What it destroys: the kind, where it begins, and its name.
    fn destroyed(&self) -> Vec<(&'static Kind, usize, String)> {
        let mut found = Vec::new();
        let mut depth = 0_i32;
        for at in 0..self.all.len() {
            match self.all[at].text {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
            let begins = at == 0 || self.starts_after(at - 1);
            if depth > 0 || self.all[at].what != What::Word || !begins {
                continue;
            }
            if let Some((kind, name)) = self.verb(at) {
                found.push((kind, self.all[at].at, name));
            }
        }
        found.extend(self.deleted_within().filter(|_| found.is_empty()));
        if found.is_empty() && (self.is(0, RUNS) || self.runs_rows()) {
            found.extend(self.executed());
        }
        found
    }

    /// Whether a statement may begin behind the word at this place: in a block, behind a CTE, or after `GO`.
    fn starts_after(&self, at: usize) -> bool {
        self.is(at, &["BEGIN", "THEN", "ELSE", "LOOP", "GO", "DO", "AS", "END"])
            && !(self.is(at, &["AS"])
                && self.is(0, &["CREATE", "SELECT", "GRANT"])
                && !self.makes_routine())
            || (self.all[at].text == ")" && self.is(0, &["WITH", "IF"]))
            || (self.is(at, &["NULL"]) && self.is(0, &["IF"]))
            || self.is(0, &["IF", "WHILE"]) && self.destroys_from(at + 1)
            || self.all[at].text == "\\"
    }

    /// `IF @wipe = 1 DROP TABLE users`: these words stand in no condition.
    fn destroys_from(&self, at: usize) -> bool {
        let next = |all: &[&str]| self.is(at + 1, all);
        match self.word(at).as_str() {
            "DELETE" => next(&["FROM", "TOP"]),
            "TRUNCATE" => next(&["TABLE"]),
            "DROP" => next(&["TABLE", "DATABASE", "SCHEMA"]),
            _ => false,
        }
    }

    fn makes_routine(&self) -> bool {
        (1..5).any(|at| self.is(at, &["FUNCTION", "PROCEDURE", "PROC"]))
    }

    fn verb(&self, at: usize) -> Option<(&'static Kind, String)> {
        match self.word(at).as_str() {
            "DROP" => self.drop(at),
            "TRUNCATE" => {
                let (name, end) = self.name(at + 1)?;
                let name = self.names(name, end).into_iter().find(|it| !is_passing(it))?;
                Some((&TRUNCATE, format!("TRUNCATE {name}")))
            }
            // SurrealDB.
            "REMOVE" if at == 0 => {
                let what = self.word(1);
                let kind = match what.as_str() {
                    "NAMESPACE" | "DATABASE" => &DROP_DATABASE,
                    "TABLE" => &DROP_TABLE,
                    _ => return None,
                };
                let (name, end) = self.name(2)?;
                (end == self.all.len()).then(|| (kind, format!("REMOVE {what} {name}")))
            }
            "DELETE" => self.delete(at),
            // SQL Server puts a backup over the database that is there.
            "RESTORE" if self.is(at + 1, &["DATABASE"]) => {
                // `RESTORE DATABASE @name`.
                let (name, end) = self.name(at + 2).or_else(|| self.name(at + 3))?;
                let replaces = (end..self.all.len()).any(|at| self.is(at, &["REPLACE"]));
                replaces.then(|| (&DROP_DATABASE, format!("RESTORE DATABASE {name}")))
            }
            "UPDATE" if self.all.iter().any(|it| it.text.eq_ignore_ascii_case("SET")) => {
                let (name, end) = self.name(at + 1)?;
                let is_plain = self.is(end, &["SET"]);
                let has_where = self
                    .all
                    .iter()
                    .any(|it| it.what == What::Word && it.text.eq_ignore_ascii_case("WHERE"))
                    || self.ends_open();
                (is_plain && !has_where).then(|| (&UPDATE_ALL, format!("UPDATE {name}")))
            }
            "ALTER" if self.is(at + 1, &["TABLE"]) => {
                let (name, end) = self.name(at + 2)?;
                // ClickHouse.
                if self.is(end, &["DELETE"]) && self.is(end + 1, &["WHERE"]) {
                    return self.deleted_where(end + 1, &name);
                }
                if self.is(end, &["TRUNCATE"]) {
                    return Some((&TRUNCATE, format!("TRUNCATE {name}")));
                }
                let drops = (at..self.all.len())
                    .any(|at| self.is(at, &["DROP"]) && self.is(at + 1, &["COLUMN", "PARTITION"]));
                drops.then(|| (&ALTER_DROP, format!("ALTER TABLE {name}")))
            }
            "MATCH" if at == 0 => self.graph(),
            "CALL" if at == 0 && self.is(1, &["APOC"]) => self.periodic(),
            // Snowflake and BigQuery put an empty one in its place.
            "CREATE" if self.is(at + 1, &["OR"]) && self.is(at + 3, &["DATABASE", "SCHEMA"]) => {
                let (name, _) = self.name(at + 4)?;
                Some((&DROP_DATABASE, format!("CREATE OR REPLACE {} {name}", self.word(at + 3))))
            }
            "CALL" | "SELECT" | "PERFORM" | "EXEC" | "EXECUTE" => self.called(at),
            _ => None,
        }
    }

    /// `CALL drop_all_tables()`, `SELECT truncate_tables('app')`, `EXEC dbo.WipeDatabase`: the name says what it does.
    fn called(&self, at: usize) -> Option<(&'static Kind, String)> {
        let (name, end) = self.name(at + 1)?;
        let is_call = self.all.get(end).is_some_and(|it| it.text == "(")
            && self.all.last().is_some_and(|it| it.text == ")");
        let is_procedure = end == self.all.len() && !self.is(at, &["SELECT"]);
        let own = name.rsplit('.').next().unwrap_or_default();
        let lower = own.to_lowercase();
        let is_less = ["dry_run", "dryrun", "stats", "statistic"];
        let says_so = at == 0
            && (is_call || is_procedure)
            && names_wipe(own, false)
            && !is_for_a_while(own)
            && !is_less.iter().any(|it| lower.contains(it));
        says_so.then(|| (&CALLED, format!("{} {name}", self.word(at))))
    }

    /// Whether the last thing is a hole: more may follow.
    fn ends_open(&self) -> bool {
        self.all.last().is_some_and(|it| it.text.starts_with("dwhole"))
    }

    fn drop(&self, at: usize) -> Option<(&'static Kind, String)> {
        let at = at + usize::from(self.is(at + 1, &["PLUGGABLE"]));
        let what = self.word(at + 1);
        let (name, end) = self.name(at + 2)?;
        match what.as_str() {
            "DATABASE" | "SCHEMA" if is_of_tests(&name) || is_for_a_while(&name) => None,
            "DATABASE" | "SCHEMA" | "OWNED" | "KEYSPACE" | "TABLESPACE" => {
                Some((&DROP_DATABASE, format!("DROP {what} {name}")))
            }
            // `DROP ALL OBJECTS` of H2.
            "ALL" if name.eq_ignore_ascii_case("OBJECTS") => {
                Some((&DROP_DATABASE, "DROP ALL OBJECTS".to_owned()))
            }
            // The schema of a user of Oracle.
            "USER" if self.all.iter().any(|it| it.text.eq_ignore_ascii_case("CASCADE")) => {
                Some((&DROP_DATABASE, format!("DROP USER {name}")))
            }
            "TABLE" | "TABLES" | "COLUMNFAMILY" | "COLLECTION" | "MEASUREMENT" => {
                let name = self.names(name, end).into_iter().find(|it| !is_passing(it))?;
                Some((&DROP_TABLE, format!("DROP {what} {name}")))
            }
            _ => None,
        }
    }

    /// A name, and those that follow it behind commas.
    fn names(&self, first: String, end: usize) -> Vec<String> {
        let mut all = vec![first];
        let mut at = end;
        while self.all.get(at).is_some_and(|it| it.text == ",")
            && let Some((name, end)) = self.name(at + 1)
        {
            all.push(name);
            at = end;
        }
        all
    }
}
