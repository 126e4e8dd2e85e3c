//! What the condition of a statement leaves of all rows.

use super::Words;
use super::lexer::{self, Token, What};
use crate::content::script::operations::chain::{is_tenant, says_who};
use crate::content::script::words::is_of_administrators;

/// Rows of a table that came with the program, at most.
const FIRST_ROWS: u32 = 20;

/// Whether a condition by itself holds for all rows, or for all but a few: `1 = 1`, `id != ?`.
pub(in crate::content::script) fn holds_for_all(condition: &str) -> bool {
    let tokens = lexer::tokens(condition);
    !tokens.is_empty() && Words { all: &tokens }.always_holds()
}

/// `now()`, `CURRENT_TIMESTAMP`.
fn is_now(word: &str) -> bool {
    matches!(word, "NOW" | "CURRENT_TIMESTAMP" | "GETDATE" | "SYSDATE" | "LOCALTIMESTAMP")
}

/// Whether a column says when a row was made.
fn is_when_made(column: &str) -> bool {
    let mut words = column.split('_');
    words.any(|it| matches!(it, "CREATED" | "CREATEDAT" | "INSERTED" | "REGISTERED" | "JOINED"))
}

impl Words<'_> {
    /// `1=1`, `TRUE`, `id > 0`, `id IS NOT NULL`; all of those that `AND` joins, or any of those that `OR` does.
    pub(super) fn always_holds(&self) -> bool {
        let end = (0..self.all.len())
            .find(|at| self.is(*at, &["LIMIT", "RETURNING", "END"]))
            .unwrap_or(self.all.len());
        let all = &self.all[..end];
        let is =
            |it: &Token, word: &str| it.what == What::Word && it.text.eq_ignore_ascii_case(word);
        let is_plain = !all.iter().any(|it| is(it, "BETWEEN") || it.text == "(");
        for (word, needs_all) in [("OR", false), ("AND", true)] {
            if is_plain && all.iter().any(|it| is(it, word)) {
                let mut parts = all.split(|it| is(it, word)).map(|all| Words { all });
                return match needs_all {
                    true => parts.all(|it| it.always_holds()),
                    false => parts.any(|it| it.always_holds()),
                };
            }
        }
        // `u.id` and `NOT (email = 'admin')` without what stands around them.
        let all = match all {
            [_, dot, rest @ ..] if dot.text == "." && !rest.is_empty() => rest,
            _ => all,
        };
        if let [not, open, inner @ .., close] = all
            && is(not, "NOT")
            && (open.text, close.text) == ("(", ")")
            && let [column, sign, value] = inner
        {
            let is_value = matches!(value.what, What::Text | What::Number);
            return sign.text == "=" && is_value && says_who(column.text);
        }
        Words { all }.holds_alone()
    }

    /// The same of a condition that is made of no others.
    fn holds_alone(&self) -> bool {
        let text: Vec<String> = self.all.iter().map(|it| it.text.to_uppercase()).collect();
        let text: Vec<&str> = text.iter().map(String::as_str).collect();
        match text.as_slice() {
            // Every row has one.
            ["ROWID" | "_ROWID_"] => true,
            ["TRUE" | "1"] | ["EXISTS", "(", "SELECT", "1" | "TRUE" | "NULL", ")"] => true,
            // Whatever was made before now: all of it.
            [column, "<" | "<=", now, ..] | [column, "<", "=", now, ..] if is_now(now) => {
                let is_bare = !text.iter().any(|it| {
                    matches!(*it, "-" | "+" | "AND" | "OR" | "INTERVAL" | "," | "DATE_SUB")
                });
                is_bare && is_when_made(column)
            }
            [one, "=", other] if one == other => true,
            [_, ">", "0"] | [_, ">", "=", "0" | "1"] | [_, ">", "-", "1"] => true,
            [_, "IS", "NOT", "NULL"] => {
                self.all.first().is_some_and(|it| it.text.to_lowercase().ends_with("id"))
            }
            [_, "LIKE", "%" | "%%"] => true,
            // All but the first ones, which came with the program.
            [column, ">", few] | [column, ">", "=", few] => {
                *column == "ID" && few.parse::<u32>().is_ok_and(|it| it <= FIRST_ROWS)
            }
            // Whoever is no administrator.
            ["NOT", flag] | [flag, "=", "FALSE" | "0"] => is_of_administrators(flag),
            // All that belongs to any of the others: `order_id IN (SELECT id FROM orders)`.
            [column, "IN", "(", "SELECT", "ID", "FROM", others, ")"] => {
                column.strip_suffix("_ID").is_some_and(|it| others.starts_with(it))
            }
            _ => self.leaves_few(),
        }
    }

    /// `id IN (SELECT id FROM orders)`, of a statement about the same table; `LIMIT` takes them one lot after the other.
    pub(super) fn is_among_all_of(&self, table: &str) -> bool {
        let text: Vec<String> = self.all.iter().map(|it| it.text.to_lowercase()).collect();
        let text: Vec<&str> = text.iter().map(String::as_str).collect();
        match text.as_slice() {
            [column, "in", "(", "select", same, "from", of, ")"]
            | [column, "in", "(", "select", same, "from", of, "limit", _, ")"] => {
                column == same && of.eq_ignore_ascii_case(table)
            }
            _ => false,
        }
    }

    /// `email != 'admin@example.com'`, `id NOT IN (1, 2)`, `id <> ?`: all but those who are named here, or one.
    fn leaves_few(&self) -> bool {
        let Some((first, rest)) = self.all.split_first() else { return false };
        let signs: Vec<String> = rest
            .iter()
            .filter(|it| !matches!(it.what, What::Text | What::Number))
            .map(|it| it.text.to_uppercase())
            .collect();
        let signs: Vec<&str> = signs.iter().map(String::as_str).filter(|it| *it != ",").collect();
        let is_named = rest.iter().any(|it| it.what == What::Text || it.what == What::Number);
        let leaves_few = match signs.as_slice() {
            ["!", "="] | ["<", ">"] | ["NOT", "IN", "(", ")"] | ["NOT", "LIKE" | "ILIKE"] => {
                is_named
            }
            // One who is found out while it runs.
            ["!", "=", value @ ..] | ["<", ">", value @ ..] => match value {
                ["?"] | ["$" | "%" | ":" | "@", ..] => value.len() < 3,
                [hole] => hole.starts_with("DWHOLE"),
                _ => false,
            },
            _ => false,
        };
        leaves_few && says_who(first.text)
    }

    /// `order_id NOT IN (SELECT id FROM orders)`, with nothing else.
    pub(super) fn leaves_others(&self) -> bool {
        let Some(at) = (0..self.all.len()).find(|at| self.is(*at, &["NOT"])) else { return false };
        let has = |words: &[&str]| (0..self.all.len()).any(|at| self.is(at, words));
        let ends = self.all.iter().filter(|it| it.text == ")").count();
        self.is(at + 1, &["IN"])
            && self.is(at + 3, &["SELECT"])
            && (1..4).contains(&at)
            && ends == 1
            && !has(&["AND", "OR", "WHERE", "GROUP", "LIMIT", "UNION", "JOIN"])
    }

    /// `client_id = 7`, `user_id IN (7, 8)`, with nothing else.
    pub(super) fn names_tenant(&self) -> bool {
        let is_column = self
            .all
            .first()
            .is_some_and(|it| is_tenant(it.text.trim_matches(['"', '`', '[', ']'])));
        let last_part = self.all.iter().take(3).rfind(|it| it.what != What::Sign);
        let is_column = is_column
            || (self.all.get(1).is_some_and(|it| it.text == ".")
                && last_part.is_some_and(|it| is_tenant(it.text)));
        let values: Vec<&Token> =
            self.all.iter().filter(|it| matches!(it.what, What::Text | What::Number)).collect();
        let is_open = self.all.iter().any(|it| {
            it.text.starts_with("dwhole")
                || matches!(it.text, "?" | "$" | ":" | "@" | "%")
                || it.text.eq_ignore_ascii_case("SELECT")
        });
        let by_key = self.all.iter().any(|it| it.text == "=" || it.text.eq_ignore_ascii_case("IN"));
        let joined = self.all.iter().any(|it| {
            it.what == What::Word && matches!(it.text.to_uppercase().as_str(), "AND" | "OR")
        });
        is_column && by_key && !values.is_empty() && !is_open && !joined
    }
}
