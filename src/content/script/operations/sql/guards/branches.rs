//! What a condition chooses between: the arms of an `IF` of each dialect, and of `\if` of psql.

use super::{Arm, Condition, LONGEST, LONGEST_ARM, Reader, Variable};
use crate::content::script::operations::sql::lexer::What;

/// What may stand behind the condition of SQL Server without a `BEGIN`.
const DONE: &[&str] = &[
    "PRINT",
    "RAISERROR",
    "THROW",
    "RETURN",
    "SET",
    "DROP",
    "DELETE",
    "TRUNCATE",
    "EXEC",
    "EXECUTE",
    "SELECT",
    "UPDATE",
    "INSERT",
    "USE",
    "GOTO",
    "ALTER",
    "CREATE",
];

/// What stands behind a condition, and from which token on.
pub(super) enum Body {
    /// It ends with `END IF`.
    Then(usize),
    /// A block or a statement.
    Server(usize),
}

impl Body {
    /// What is done where the condition holds, and what is done elsewhere.
    pub(super) fn arms(&self, reader: &Reader) -> Vec<Arm> {
        match *self {
            Body::Then(from) => of_then(reader, from),
            Body::Server(from) => of_server(reader, from),
        }
    }
}

/// The condition of the `IF` at this token, and what stands behind it.
pub(super) fn condition_at(reader: &Reader, n: usize) -> Option<(Arm, Body)> {
    let mut depth = 0_usize;
    let last = reader.tokens.len().min(n + LONGEST);
    for at in n + 1..last {
        let body = match reader.word(at).as_str() {
            _ if reader.sign(at, "(") => {
                depth += 1;
                continue;
            }
            _ if reader.sign(at, ")") => {
                depth = depth.saturating_sub(1);
                continue;
            }
            _ if depth > 0 || reader.sign(at - 1, "@") => continue,
            _ if reader.tokens[at].what == What::End => return None,
            // That which the lexer puts in stands where the next one does.
            "THEN" if reader.place(at) != reader.place(at + 1) => Body::Then(at + 1),
            "THEN" => Body::Server(at + 1),
            it if it == "BEGIN" || DONE.contains(&it) => Body::Server(at),
            _ => continue,
        };
        return Some((n + 1..at, body));
    }
    None
}

/// `... ELSE ... END IF`.
fn of_then(reader: &Reader, from: usize) -> Vec<Arm> {
    let mut all = Vec::new();
    let (mut begun, mut depth) = (from, 0_usize);
    for n in from..reader.tokens.len().min(from + LONGEST_ARM) {
        match reader.word(n).as_str() {
            "END" if reader.is(n + 1, &["IF"]) && depth == 0 => {
                all.push(begun..n);
                return all;
            }
            "END" if reader.is(n + 1, &["IF"]) => depth -= 1,
            "IF" if !reader.is_of_statement(n) => depth += 1,
            "ELSE" | "ELSIF" | "ELSEIF" if depth == 0 && all.len() < 2 => {
                all.push(begun..n);
                begun = n + 1;
            }
            _ => {}
        }
    }
    // It does not end: only the first statement is its own.
    all.clear();
    all.push(from..reader.end_of_statement(from));
    all
}

/// `BEGIN ... END ELSE ...`, or one statement.
fn of_server(reader: &Reader, from: usize) -> Vec<Arm> {
    let end = end_of_body(reader, from);
    let first = from..end;
    let is_ended = reader.tokens.get(end).is_some_and(|it| it.what == What::End);
    let other = end + usize::from(is_ended);
    if !reader.is(other, &["ELSE"]) {
        return vec![first];
    }
    vec![first, other + 1..end_of_body(reader, other + 1)]
}

/// The token behind a block or a statement.
fn end_of_body(reader: &Reader, from: usize) -> usize {
    let end = reader.end_of_statement(from);
    if !reader.is(from, &["BEGIN"]) {
        return (from..end).find(|n| reader.is(*n, &["ELSE"])).unwrap_or(end);
    }
    let mut depth = 0_usize;
    for n in from..reader.tokens.len().min(from + LONGEST_ARM) {
        match reader.word(n).as_str() {
            "BEGIN" if !reader.is(n + 1, &["TRAN", "TRANSACTION", "WORK"]) => depth += 1,
            "CASE" => depth += 1,
            "END" => {
                depth -= 1;
                if depth == 0 {
                    return n + 1;
                }
            }
            _ => {}
        }
    }
    end
}

/// The `\if` that are open.
#[derive(Debug, Default)]
pub(super) struct Branches {
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    at: usize,
    condition: Option<Condition>,
    arms: Vec<Arm>,
    from: usize,
}

/// How deep `\if` are looked at.
const DEEPEST: usize = 50;

impl Reader<'_> {
    /// A command of psql: its name is at this token.
    pub(super) fn of_client(&mut self, n: usize, branches: &mut Branches) {
        let end = self.end_of_statement(n);
        match self.word(n).as_str() {
            "PROMPT" if end > n + 1 => self.asks(end - 1, n),
            "GSET" => self.takes_columns(n - 1),
            "IF" if branches.open.len() < DEEPEST => {
                let condition = self.condition(n + 1..end);
                let arms = Vec::new();
                branches.open.push(Open { at: n, condition, arms, from: end });
            }
            "ELIF" | "ELSE" => {
                if let Some(last) = branches.open.last_mut() {
                    last.arms.push(last.from..n - 1);
                    last.from = end;
                }
            }
            "ENDIF" => {
                let Some(mut last) = branches.open.pop() else { return };
                last.arms.push(last.from..n - 1);
                if let Some(condition) = last.condition {
                    self.judge(last.at, &condition, &last.arms);
                }
            }
            _ => {}
        }
    }

    /// `SELECT current_database() = 'shop_dev' AS ok \gset`: columns become variables.
    fn takes_columns(&mut self, end: usize) {
        let before = &self.tokens[..end];
        let from = before.iter().rposition(|it| it.what == What::End).map_or(0, |it| it + 1);
        let mut begun = from;
        let mut depth = 0_usize;
        for n in from..=end {
            if self.sign(n, "(") {
                depth += 1;
            } else if self.sign(n, ")") {
                depth = depth.saturating_sub(1);
            }
            if n < end && !(depth == 0 && self.sign(n, ",")) {
                continue;
            }
            let column = begun..n;
            begun = n + 1;
            if column.len() < 3 || !self.is(n - 2, &["AS"]) {
                continue;
            }
            let name = self.tokens[n - 1].text.to_lowercase();
            if let Some(it) = self.condition(column.start..n - 2) {
                let allows = if it.compares { it.allows } else { None };
                let is_open = it.is_open;
                self.variables
                    .insert(name, Variable { kind: it.kind, allows, is_open, asked: None });
            }
        }
    }
}
