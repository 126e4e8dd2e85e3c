//! Texts that SQL makes into statements and runs: of a variable, of each row of a query, of each table.

use super::Words;
use super::aside::is_passing;
use super::kinds::EXECUTE;
use super::lexer::{Token, What};
use crate::content::script::model::Kind;

/// Words that begin a statement in which a text may be run.
pub(super) const RUNS: &[&str] = &[
    "DO",
    "CREATE",
    "BEGIN",
    "DECLARE",
    "EXECUTE",
    "EXEC",
    "FOR",
    "LOOP",
    "IF",
    "WHILE",
    "END",
    "ELSE",
    "SP_MSFOREACHTABLE",
    "SP_MSFOREACHDB",
];

const VERBS: &[&str] = &["DROP TABLE", "DROP SCHEMA", "DROP DATABASE", "TRUNCATE", "DELETE FROM"];

/// The statement that one of the texts among these has.
fn verb_in(all: &[Token]) -> Option<&'static str> {
    let is_text = |it: &Token| {
        it.what == What::Text || it.what == What::Name && it.text.trim_start().contains(' ')
    };
    all.iter().filter(|it| is_text(it)).find_map(|it| verb_of(it.text))
}

/// Whether a text is the beginning of a `DELETE` without `FROM`, and of nothing else: `'DELETE ?'`, `'delete ' || name`.
fn is_bare_delete(upper: &str) -> bool {
    let rest = upper.strip_prefix("DELETE").map(|it| (it, it.trim_start()));
    rest.is_some_and(|(all, rest)| {
        all.len() > rest.len() && (rest.is_empty() || rest == "?" || rest == "[")
    })
}

/// The statement that begins in a text, or on a line or behind a semicolon of it.
fn verb_of(text: &str) -> Option<&'static str> {
    let upper = text.trim_start().to_uppercase();
    if is_bare_delete(&upper) {
        return Some("DELETE");
    }
    let asks = upper.starts_with("IF ") || upper.starts_with("IF(");
    VERBS.iter().copied().find(|verb| {
        upper.match_indices(verb).any(|(at, _)| {
            let before = upper.get(..at).unwrap_or_default();
            let line = before.trim_end_matches([' ', '\t']);
            let last = line.split_whitespace().next_back().unwrap_or_default();
            let behind = upper.get(at + verb.len()..).unwrap_or_default();
            let words = ["TABLE", "IF", "EXISTS", "ONLY"];
            let name = behind.split_whitespace().find(|it| !words.contains(it)).unwrap_or_default();
            if is_passing(name) {
                return false;
            }
            line.is_empty()
                || line.ends_with([';', '\n'])
                || matches!(last, "BEGIN" | "ELSE" | "THEN")
                || line.ends_with("IS NOT NULL")
                || asks && before.ends_with(' ')
        })
    })
}

/// What each row of a query is run for: `SELECT 'DROP TABLE ' || tablename FROM pg_tables`.
pub(in crate::content::script) fn made_of_rows(query: &str) -> Option<(&'static Kind, String)> {
    let verb = verb_in(&super::lexer::tokens(query))?;
    Some((&EXECUTE, format!("EXECUTE {verb}")))
}

/// Tokens of a type and of the name before it.
const LONGEST_TYPE: usize = 5;

/// Kinds of objects that hold no rows.
const WITHOUT_ROWS: &[&str] =
    &["VIEW", "SEQUENCE", "PROCEDURE", "FUNCTION", "PACKAGE", "TRIGGER", "SYNONYM", "TYPE"];

/// `'DROP ' || kind || ' ' || name`, where tables are among the kinds.
fn drops_each_in(all: &[Token]) -> Option<&'static str> {
    let texts = || all.iter().filter(|it| it.what == What::Text).map(|it| it.text.trim());
    let is_kind = |it: &str| WITHOUT_ROWS.iter().any(|kind| it.eq_ignore_ascii_case(kind));
    let asks_kind = all.iter().any(|it| it.text.eq_ignore_ascii_case("OBJECT_TYPE"));
    let has_tables = asks_kind && !texts().any(is_kind)
        || texts().any(|it| {
            let upper = it.to_uppercase();
            upper == "TABLE" || upper.contains("CASCADE CONSTRAINTS")
        });
    (has_tables && texts().any(|it| it.eq_ignore_ascii_case("DROP"))).then_some("DROP")
}

/// Variables that a statement was put together in.
#[derive(Default)]
pub(super) struct Assembled {
    /// In one of SQL Server or MySQL, which begins with `@`.
    marked: Option<&'static str>,
    /// In those of blocks, by their names.
    named: Vec<(String, &'static str)>,
}

impl Assembled {
    /// `SET @sql = 'DROP TABLE ...'`, `command := 'DROP TABLE ' || name`.
    pub(super) fn note(&mut self, words: &Words) {
        let all = words.all;
        let sets = words.is(0, &["DECLARE", "SET", "SELECT"]) || words.is(0, RUNS);
        if sets && all.iter().any(|it| it.text == "@") {
            self.marked = verb_in(all).or(self.marked);
        }
        if self.named.len() > 100 {
            return;
        }
        // `SELECT string_agg('DROP TABLE ' || name, ';') INTO command`.
        for at in (1..all.len()).filter(|at| words.is(*at, &["INTO"])) {
            let name = words.word(if words.is(at + 1, &["STRICT"]) { at + 2 } else { at + 1 });
            self.named.extend(verb_in(all).filter(|_| !name.is_empty()).map(|it| (name, it)));
        }
        for at in 1..all.len() {
            if all.get(at).is_none_or(|it| it.text != ":") {
                continue;
            }
            // The name may stand before a type: `command varchar2(99) := ...`.
            let names: Vec<String> = (1..=LONGEST_TYPE)
                .filter_map(|it| at.checked_sub(it))
                .map(|it| words.word(it))
                .collect();
            let rest = || all.get(at + 1..).unwrap_or_default();
            if let Some(verb) = verb_in(rest()).or_else(|| drops_each_in(rest())) {
                self.named
                    .extend(names.into_iter().filter(|it| !it.is_empty()).map(|it| (it, verb)));
            }
        }
    }

    /// The statement that one of them holds which these words run.
    pub(super) fn run_by(&self, words: &Words) -> Option<&'static str> {
        if let Some(verb) = self.marked.filter(|_| words.runs_variable()) {
            return Some(verb);
        }
        let run = (0..words.all.len()).filter(|at| words.is(*at, &["EXECUTE"])).find_map(|at| {
            let at = if words.is(at + 1, &["IMMEDIATE"]) { at + 2 } else { at + 1 };
            let name = words.word(at);
            self.named.iter().find(|it| it.0 == name)
        });
        run.map(|it| it.1)
    }
}

impl Words<'_> {
    /// `EXEC sp_executesql @sql`, `PREPARE statement FROM @sql`.
    fn runs_variable(&self) -> bool {
        (0..self.all.len())
            .filter(|at| self.is(*at, &["EXECUTE", "EXEC", "PREPARE"]))
            .any(|at| self.all.iter().skip(at).take(6).any(|it| it.text == "@"))
    }

    /// `SELECT 'DROP TABLE ...' FROM pg_tables \gexec` runs each row.
    pub(super) fn runs_rows(&self) -> bool {
        (1..self.all.len()).any(|at| {
            self.is(at, &["GEXEC"])
                && at
                    .checked_sub(1)
                    .and_then(|it| self.all.get(it))
                    .is_some_and(|it| it.text == "\\")
        })
    }

    /// A text that is made into a statement: `EXECUTE 'DROP TABLE ' || name`.
    pub(super) fn executed(&self) -> Option<(&'static Kind, usize, String)> {
        let by = [
            "EXECUTE",
            "EXEC",
            "SP_EXECUTESQL",
            "PREPARE",
            "SP_MSFOREACHTABLE",
            "SP_MSFOREACHDB",
            "GEXEC",
        ];
        (0..self.all.len()).filter(|at| self.is(*at, &by)).find_map(|at| {
            let (before, behind) = (self.all.get(..at)?, self.all.get(at..)?);
            if let Some(text) = self.whole(at) {
                let inner = super::lexer::tokens(text);
                let words = Words { all: inner.split(|it| it.what == What::End).next()? };
                let (kind, _, name) = words.destroyed_plainly()?;
                return Some((kind, self.all.get(at)?.at, name));
            }
            // `SELECT @sql += 'DROP TABLE ...' EXEC(@sql)`: what the variable stands for is written before.
            let of_variable = behind.iter().take(3).any(|it| it.text == "@")
                || self.is(at, &["GEXEC"])
                || self.names_row(at + 1);
            let verb = verb_in(behind)
                .or_else(|| verb_in(before).filter(|_| of_variable))
                .or_else(|| self.drops_each(at))
                .or_else(|| drops_each_in(before).filter(|_| of_variable))?;
            Some((&EXECUTE, self.all.get(at)?.at, format!("EXECUTE {verb}")))
        })
    }

    /// `EXECUTE IMMEDIATE 'DROP TABLE orders'`: the text is all of the statement.
    fn whole(&self, at: usize) -> Option<&str> {
        let at = if self.is(at + 1, &["IMMEDIATE"]) { at + 2 } else { at + 1 };
        let is_run = self.is(at - 1, &["IMMEDIATE", "EXECUTE"]);
        let is_open = self.all.get(at).is_some_and(|it| it.text == "(");
        let at = at + usize::from(is_open);
        let text = self.all.get(at).filter(|it| it.what == What::Text)?.text;
        let is_all = self.all.get(at + 1 + usize::from(is_open)).is_none()
            && !text.contains(['?', '%', '\'', ';']);
        (is_run && is_all).then_some(text)
    }

    /// What it destroys itself.
    fn destroyed_plainly(&self) -> Option<(&'static Kind, usize, String)> {
        let (kind, name) = self.verb(0)?;
        Some((kind, 0, name))
    }

    /// `EXECUTE IMMEDIATE row.statement`.
    fn names_row(&self, at: usize) -> bool {
        let at = if self.is(at, &["IMMEDIATE"]) { at + 1 } else { at };
        !self.word(at).is_empty() && !self.is(at, &["FUNCTION", "PROCEDURE", "ON", "FORMAT"])
    }

    /// `EXECUTE IMMEDIATE 'DROP ' || kind || ' ' || name`.
    fn drops_each(&self, at: usize) -> Option<&'static str> {
        let drops =
            |it: &Token| it.what == What::Text && it.text.trim().eq_ignore_ascii_case("DROP");
        let is_next = self.all.get(at..)?.iter().take(5).any(drops);
        drops_each_in(self.all).filter(|_| is_next)
    }
}
