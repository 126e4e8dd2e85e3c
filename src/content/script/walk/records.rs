//! Operations as they are met, and what is said of each in the end.

use super::Walk;
use crate::content::script::guards::{may_be_about, on_every_way};
use crate::content::script::model::{Defect, Guard, GuardKind, Operation, Scope, Strength};
use crate::content::script::operations;
use crate::content::script::operations::sql::{self, How};
use crate::content::script::state::State;
use crate::content::script::supports;
use crate::content::script::syntax::{Expression, Form, Shared};
use crate::content::script::words::parts;
use std::collections::HashMap;
use std::rc::Rc;

/// Guards that come too late, kept of one file.
const LATE: usize = 20_000;

impl Walk {
    /// Keeps guards that come to hold where an operation was passed already.
    pub(in crate::content::script::walk) fn note(&mut self, guards: &[Guard], state: &State) {
        let strong = guards.iter().filter(|it| {
            it.defect.is_none()
                && (it.kind == GuardKind::Backup
                    || it.strength == Strength::Strong && it.kind != GuardKind::OptIn)
        });
        for guard in strong {
            if self.late.len() > LATE {
                return;
            }
            self.late.extend(state.passed.iter().map(|n| (*n, guard.clone())));
        }
    }

    /// Keeps what lessens or shows the damage from here on.
    pub(in crate::content::script::walk) fn support(
        &mut self,
        kind: GuardKind,
        line: u32,
        state: &mut State,
    ) {
        let held = vec![supports::supporting(kind, line)];
        self.note(&held, state);
        state.hold(held);
    }

    /// Adds an operation at this place.
    pub(in crate::content::script::walk) fn record(
        &mut self,
        mut met: Operation,
        state: &mut State,
    ) {
        if !state.is_live || self.is_of_passing(&met) {
            return;
        }
        self.notes_aim(&mut met, state);
        let holds =
            |it: &&Guard| !self.is_of_other_table(it, &met) && !is_of_other_store(it, &met, state);
        let guards: Vec<Guard> = state.guards.iter().filter(holds).cloned().collect();
        let key = (met.line, met.kind.id, met.name.clone());
        let n = match self.places.get(&key).copied() {
            Some(n) => {
                let known = &mut self.met[n];
                known.guards = on_every_way(&known.guards, &guards);
                known.begins = known.begins.max(met.begins);
                n
            }
            None => {
                let n = self.met.len();
                self.met.push(Operation { guards, ..met });
                self.places.insert(key, n);
                n
            }
        };
        if !state.passed.contains(&n) {
            Rc::make_mut(&mut state.passed).push(n);
        }
    }

    /// Whether what stands before an operation is that another table than the one which it is about has no rows.
    fn is_of_other_table(&self, guard: &Guard, met: &Operation) -> bool {
        let is_such = guard.kind == GuardKind::TargetChecked && guard.strength == Strength::Medium;
        let empty = self.empty.get(&guard.line).filter(|_| is_such && guard.defect.is_none());
        empty.is_some_and(|it| {
            !matches!(met.scope, Scope::Table | Scope::Tenant) || !may_be_about(&met.name, it)
        })
    }

    /// Leaves out directories in whose place a link is put, and what is done to tables that the script made before, or makes of
    /// others. One that it makes anew after it was dropped was there, and full, unless the script drops it in the end as well; what
    /// is called a reset is run where the tables are full in any case.
    pub(in crate::content::script::walk) fn leave_out_own(&mut self) {
        let made = std::mem::take(&mut self.made);
        let is_reset = operations::says_reset(&self.own_name);
        let tables: Vec<String> = self.met.iter().map(|it| sql::table_of(&it.name)).collect();
        let last: HashMap<&str, usize> =
            tables.iter().enumerate().map(|(n, it)| (it.as_str(), n)).collect();
        let is_own = |n: usize, it: &Operation| {
            let Some(of_it) = made.get(&tables[n]) else { return false };
            let is_filled_from =
                |from: usize| of_it.iter().any(|(how, at)| *how == How::Filled && *at >= from);
            of_it.iter().any(|(how, at)| match how {
                How::Derived => true,
                // Before; else it is dropped again, or filled from elsewhere.
                How::New => {
                    let is_dropped = || last.get(tables[n].as_str()).is_some_and(|it| it >= at);
                    *at <= n || !is_reset && (is_filled_from(0) || is_dropped())
                }
                // One that is there stays, and may be full; one that was dropped before is new.
                How::Missing { .. } => {
                    *at > n && it.name.starts_with("DROP") && is_filled_from(*at)
                }
                How::Filled => false,
            })
        };
        let own: Vec<bool> = (self.met.iter().enumerate())
            .map(|(n, it)| {
                let is_own = sql::is_of_table(it.kind) && is_own(n, it);
                is_own || self.is_linked(n) || self.is_made_anew(n)
            })
            .collect();
        // Guards that came too late are known by the number of the operation.
        let mut numbers = 0..;
        let places: Vec<Option<usize>> =
            own.iter().map(|is_own| if *is_own { None } else { numbers.next() }).collect();
        self.late = std::mem::take(&mut self.late)
            .into_iter()
            .filter_map(|(n, it)| Some((places.get(n).copied().flatten()?, it)))
            .collect();
        let mut own = own.iter();
        self.met.retain(|_| own.next() != Some(&true));
    }

    /// Says of each operation without a guard what looks like one.
    pub(in crate::content::script::walk) fn explain(&mut self) {
        let ignored: Vec<u32> = self.asked.difference(&self.tested).copied().collect();
        let mut all_late: HashMap<usize, Vec<&Guard>> = HashMap::new();
        for (n, guard) in &self.late {
            all_late.entry(*n).or_default().push(guard);
        }
        for (n, met) in self.met.iter_mut().enumerate() {
            if met.is_guarded() {
                continue;
            }
            for line in ignored.iter().filter(|line| **line < met.line) {
                met.guards.push(Guard {
                    kind: GuardKind::Confirmation,
                    strength: Strength::Strong,
                    line: *line,
                    defect: Some(Defect::AnswerIgnored),
                });
            }
            let late = all_late.get(&n).into_iter().flatten().copied();
            let has_backup = met.guards.iter().any(is_backup);
            for it in late.filter(|it| !(has_backup && is_backup(it))) {
                let late = Guard { defect: Some(Defect::TooLate), ..it.clone() };
                if !met.guards.contains(&late)
                    && !met.guards.iter().any(|that| that.line == it.line)
                {
                    met.guards.push(late);
                }
            }
            met.guards.sort_by_key(|it| it.line);
            only_telling(&mut met.guards);
        }
        self.met.sort_by_key(|it| it.line);
    }
}

/// Whether a guard is a backup that is made in time.
fn is_backup(guard: &Guard) -> bool {
    guard.kind == GuardKind::Backup && guard.defect.is_none()
}

/// Leaves out what tells nothing: most conditions of a script are about other things.
fn only_telling(guards: &mut Vec<Guard>) {
    // The nearest of a kind that only supports tells as much as all of them.
    let all = guards.clone();
    let mut n = 0;
    guards.retain(|it| {
        n += 1;
        it.strength != Strength::Supporting
            || !all[n..].iter().any(|that| that.kind == it.kind && that.defect == it.defect)
    });
    let mut presence = guards.iter().filter(|it| it.kind == GuardKind::Presence).count();
    guards.retain(|it| {
        if it.kind == GuardKind::Presence {
            presence -= 1;
            return presence == 0;
        }
        let is_aside = it.defect == Some(Defect::NotOnEveryWay) && it.kind == GuardKind::OptIn;
        !is_aside
    });
}

/// Begins the names by which what was checked on a line is kept.
const CHECKED: &str = "checked on ";

/// Words of the names of variables that say where a store is which knows no SQL.
const OTHER_STORES: &[&str] = &[
    "redis",
    "valkey",
    "cache",
    "memcached",
    "rabbit",
    "rabbitmq",
    "amqp",
    "kafka",
    "smtp",
    "mail",
    "mongo",
    "mongodb",
];

/// Keeps what was looked at where a condition says that the target is none of production.
pub(super) fn keep_checked(value: &Shared, guards: &[Guard], state: &mut State) {
    let is_check = |it: &&Guard| it.kind == GuardKind::TargetChecked && it.defect.is_none();
    for guard in guards.iter().filter(is_check) {
        let name = format!("{CHECKED}{}", guard.line);
        let value = match state.names.get(&name) {
            Some(known) => {
                Expression::new(value.line, Form::Either(vec![Rc::clone(known), Rc::clone(value)]))
            }
            None => Rc::clone(value),
        };
        if value.depth < 20 {
            state.set(&name, value);
        }
    }
}

/// Whether a guard is about where another store is than the database that an operation is about: `[ "$REDIS_HOST" = localhost ]`.
fn is_of_other_store(guard: &Guard, met: &Operation, state: &State) -> bool {
    let is_of_sql = met.kind.id.contains("sql") || met.kind.id == "sh.dropdb";
    if guard.kind != GuardKind::TargetChecked || !is_of_sql {
        return false;
    }
    let Some(checked) = state.names.get(&format!("{CHECKED}{}", guard.line)) else { return false };
    let mut open: Vec<&Expression> = vec![checked];
    let (mut left, mut is_other) = (100, false);
    while let Some(it) = open.pop().filter(|_| left > 0) {
        left -= 1;
        match &it.form {
            Form::Environment(name, _) => {
                if !parts(name).iter().any(|it| OTHER_STORES.contains(&it.as_str())) {
                    return false;
                }
                is_other = true;
            }
            Form::Argument(_) | Form::Name(_) => return false,
            // `urlparse(URL).hostname`: what is called is no place.
            Form::Call(call) if matches!(call.callee.form, Form::Name(_)) => {
                open.extend(call.arguments.iter().map(|it| &*it.value));
                continue;
            }
            _ => {}
        }
        open.extend(it.children().into_iter().map(|it| &**it));
    }
    is_other
}
