//! Texts of SQL that a program runs.

use std::rc::Rc;

use crate::content::script::Language;
use crate::content::script::operations::sql::Client;
use crate::content::script::operations::{piped, sql};
use crate::content::script::state::State;
use crate::content::script::supports;
use crate::content::script::syntax::Shared;
use crate::content::script::tree::pieces;
use crate::content::script::value::Told;
use crate::content::script::walk::Walk;
use crate::content::script::walk::calls::operations_name;

impl Walk {
    /// Goes through a text of SQL.
    pub(in crate::content::script::walk) fn sql(&mut self, told: &Told, state: &mut State) {
        self.sql_by(Client::Stops, told, state);
    }

    /// The same of one that this client runs.
    pub(in crate::content::script::walk) fn sql_by(
        &mut self,
        client: Client,
        told: &Told,
        state: &mut State,
    ) {
        if told.is_cut {
            self.cut();
        }
        let text = &told.text;
        let line_of = told.origin.lines_of(text);
        let steps = supports::in_sql(text);
        let is_old = |it: &Shared| state.aged.is_some() || piped::lists_for_a_while(it);
        let old: Vec<bool> = told.origin.holes.iter().map(is_old).collect();
        let is_of_old = |it: Result<&str, usize>| it.is_err_and(|n| old.get(n) == Some(&true));
        let (found, made) = sql::statements(text, client, &line_of);
        let mut made = made.into_iter().peekable();
        let mut found = found.into_iter().peekable();
        while let Some(statement) = found.next() {
            // What is about one that is old, or there for a while.
            let end = found.peek().map_or(text.len(), |it| it.at);
            let own = text.get(statement.at..end).and_then(|it| it.split(';').next());
            if old.contains(&true) && own.is_some_and(|it| pieces(it).into_iter().any(is_of_old)) {
                continue;
            }
            let line = line_of(statement.at);
            while let Some(it) = made.next_if(|it| it.at < statement.at) {
                self.makes_table(&it.name, it.how);
            }
            let mut here = state.clone();
            // Not one copy of what was passed for each statement.
            state.passed = Rc::default();
            here.hold(steps.before(statement.at, &line_of));
            here.hold(statement.guards);
            let name = operations_name(&statement.name);
            self.layers.push(Language::Sql.word());
            self.aims.statement = Some(statement.words);
            self.destroys(statement.kind, statement.kind.scope, line, name, None, &mut here);
            self.aims.statement = None;
            state.passed = here.passed;
            self.layers.pop();
        }
        made.for_each(|it| self.makes_table(&it.name, it.how));
        if steps.commits {
            state.commit(&[]);
        }
        for it in steps.before(usize::MAX, &line_of) {
            self.support(it.kind, it.line, state);
        }
    }
}
