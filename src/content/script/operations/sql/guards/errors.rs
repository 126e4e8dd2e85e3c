//! What an error does to what stands behind it: psql goes on with the next statement, unless it was told to stop, or a transaction
//! is open.

use super::Reader;
use crate::content::script::model::{Defect, GuardKind};
use crate::content::script::operations::sql::lexer::What;

/// What runs a text of SQL, as far as that says what becomes of the rest where a statement fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content::script) enum Client {
    /// It goes on with the next one, as psql does where nobody says otherwise.
    GoesOn,
    /// It ends there, or is not known.
    Stops,
}

/// Where in a text what runs it goes on behind an error.
#[derive(Debug, Default)]
pub(super) struct Errors {
    /// Whether it stops from a place on, in their order.
    set: Vec<(usize, bool)>,
    /// Transactions that are open from one place to another.
    open: Vec<(usize, usize)>,
}

impl Errors {
    pub(super) fn of(client: Client, text: &str) -> Errors {
        if client == Client::Stops {
            return Errors::default();
        }
        let mut set = vec![(0, false)];
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let mut words = line.split_whitespace();
            let is_set = words.next() == Some("\\set") && words.next() == Some("ON_ERROR_STOP");
            if is_set {
                set.push((at, is_on(words.next().unwrap_or_default())));
            }
            at += line.len();
        }
        Errors { set, open: Vec::new() }
    }

    fn goes_on(&self, at: usize) -> bool {
        self.set.iter().take_while(|it| it.0 <= at).last().is_some_and(|it| !it.1)
    }
}

/// Whether what a setting is given turns it on: `ON_ERROR_STOP=1`, `\set ON_ERROR_STOP`.
pub(in crate::content::script) fn is_on(value: &str) -> bool {
    let value = value.trim_matches(['\'', '"', ';']);
    !["0", "off", "false", "no"].iter().any(|it| value.eq_ignore_ascii_case(it))
}

impl Reader<'_> {
    /// Notes where transactions begin and end, where errors stop nothing else.
    pub(super) fn notes_transactions(&mut self) {
        if self.errors.set.is_empty() {
            return;
        }
        let mut begun: Option<usize> = None;
        let mut blocks = self.blocks.iter().peekable();
        for n in 0..self.tokens.len() {
            let at = self.place(n);
            while blocks.next_if(|it| it.1 <= at).is_some() {}
            let is_within = blocks.peek().is_some_and(|it| it.0 <= at);
            if is_within || n > 0 && self.tokens[n - 1].what != What::End {
                continue;
            }
            let opens = match self.word(n).as_str() {
                "BEGIN" => {
                    let is_last = self.end_of_statement(n) == n + 1;
                    is_last || self.is(n + 1, &["TRANSACTION", "WORK", "ISOLATION", "READ"])
                }
                "START" => self.is(n + 1, &["TRANSACTION"]),
                "ROLLBACK" if self.is(n + 1, &["TO"]) => continue,
                "COMMIT" | "END" | "ROLLBACK" | "ABORT" => false,
                _ => continue,
            };
            match (begun, opens) {
                (None, true) => begun = Some(at),
                (Some(from), false) => {
                    self.errors.open.push((from, at));
                    begun = None;
                }
                _ => {}
            }
        }
        self.errors.open.extend(begun.map(|from| (from, self.end)));
    }

    /// How far what an error at this token stops reaches, where nothing takes it up.
    pub(super) fn end_of_error(&self, n: usize) -> usize {
        let at = self.place(n);
        if !self.errors.goes_on(at) {
            return self.end;
        }
        let open = self.errors.open.iter().find(|it| (it.0..it.1).contains(&at));
        let of_statement = || self.place(self.end_of_statement(n));
        let end = open.map(|it| it.1).or_else(|| self.end_of_block(n));
        end.unwrap_or_else(of_statement)
    }

    /// Says of what stands behind what an error stops that nothing stops it.
    pub(super) fn names_rest(&mut self, n: usize, kind: GuardKind, from: usize) {
        if self.errors.goes_on(self.place(n)) && from < self.end {
            let at = self.place(n);
            self.found.push(super::Found {
                kind,
                defect: Some(Defect::StopsNothing),
                at,
                from,
                to: self.end,
            });
        }
    }
}
