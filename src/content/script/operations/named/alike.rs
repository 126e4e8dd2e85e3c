//! What a file runs that is called as the file itself is: `delete_users()` of another file in `delete_users.py`, `./destroy.sh` in
//! `destroy.yml`. One such name may mean anything; two that agree say what is done.

mod terms;

#[cfg(test)]
pub(in crate::content::script) use terms::every_verb;
pub(super) use terms::{DATABASES, in_english};

use super::{
    PASSES, RUN_FILES, RUN_TASKS, helper_kind, is_quiet, names_wipe, of_named, only_handles,
    parts_of, stem,
};
use crate::content::script::model::Kind;
use crate::content::script::operations::chain::{Chain, is_each_of_some};
use crate::content::script::operations::command::Words;
use crate::content::script::operations::copies;
use crate::content::script::syntax::{has_one, is_each};
use terms::{GRAVE, OF_TEXTS, SOME, SPARED, STRONG, VERBS, is_plural, is_store};

/// Methods that make an object do what its class is called after.
const DOES: &[&str] =
    &["run", "call", "execute", "perform", "perform_now", "handle", "process", "start", "invoke"];

/// A name by what it says.
struct Name {
    verbs: Vec<String>,
    /// What it is done to.
    things: Vec<String>,
}

impl Name {
    /// None where it says nothing, or names what is spared.
    fn of(name: &str) -> Option<Name> {
        let filler = [
            "the", "from", "in", "of", "by", "to", "script", "task", "cmd", "command", "service",
            "job",
        ];
        let parts: Vec<String> = parts_of(name)
            .into_iter()
            .filter(|it| !it.is_empty() && !filler.contains(&it.as_str()))
            .collect();
        // What is empty already: `delete_empty_namespaces`.
        if parts.iter().skip(1).any(|it| it == "empty") {
            return None;
        }
        let (verbs, things): (Vec<String>, Vec<String>) =
            parts.into_iter().partition(|it| VERBS.contains(&it.as_str()));
        let is_spared =
            |it: &String| PASSES.contains(&it.as_str()) || SPARED.contains(&it.as_str());
        let shortens = verbs.iter().any(|it| it == "truncate")
            && things.iter().any(|it| OF_TEXTS.contains(&it.as_str()));
        let says = !verbs.is_empty() && !shortens && !things.iter().any(is_spared);
        says.then_some(Name { verbs, things })
    }

    /// What a name that has no verb of its own says that something is done to: `chain.on()`. None where it names what is spared.
    fn of_things(name: &str) -> Option<Name> {
        Name::of(&format!("drop_{name}"))
    }

    fn has_verb_of(&self, other: &Name) -> bool {
        self.verbs.iter().any(|it| other.verbs.contains(it))
    }

    fn is_grave(&self) -> bool {
        self.verbs.iter().any(|it| GRAVE.contains(&it.as_str()))
    }

    /// Whether it is a grave verb and nothing besides: `wipe`.
    fn is_bare(&self) -> bool {
        self.things.is_empty() && self.is_grave() && !self.verbs.iter().any(|it| it == "drop")
    }

    /// Whether it says nothing but what the other one does to a table: `drop`, and `UserDropTable`.
    fn is_bare_of(&self, other: &Name) -> bool {
        let is_of_table = other.things.iter().any(|it| matches!(it.as_str(), "table" | "tables"));
        self.things.is_empty() && self.is_grave() && self.has_verb_of(other) && is_of_table
    }

    /// Whether it may as well be about what is too old: `purge`, `purgeAll`.
    fn may_be_of_old(&self) -> bool {
        self.verbs.iter().all(|it| it == "purge") && self.things.iter().all(|it| it == "all")
    }

    /// Whether it is about a store, or all data: `purge_database` is not about what is old.
    fn names_data(&self) -> bool {
        self.things.iter().any(|it| it != "all" && is_store(it))
    }

    /// Whether it is about a database, and not about any data.
    fn names_database(&self) -> bool {
        self.things.iter().any(|it| DATABASES.contains(&it.as_str()))
    }

    /// Whether it does the same to a table that it names: `clearUsersTable`, not `resetTable` of a page.
    fn is_of_table(&self, other: &Name) -> bool {
        let is_table = self.things.last().is_some_and(|it| it == "table" || it == "tables");
        is_table && self.things.len() > 1 && self.things[0] != "data" && self.has_verb_of(other)
    }

    /// Whether it is about a store, or says nothing of what it is about: `reset`, `reset_db`.
    fn is_of_all(&self) -> bool {
        self.things.iter().all(|it| is_store(it))
    }

    /// Whether nobody says so of less than a store.
    fn is_whole(&self) -> bool {
        self.is_grave() || self.things.iter().any(|it| is_store(it))
    }

    /// Whether it is about many of what the other one is about as well, or about a store.
    fn is_about_same(&self, own: &Name) -> bool {
        let is_same = |it: &String| own.things.contains(it) || is_store(it);
        let is_many = |it: &String| is_plural(it) || is_store(it);
        self.things.iter().all(is_same) && self.things.iter().any(is_many)
    }
}

/// Whether the name of a file says that data goes when it is run.
pub(in crate::content::script) fn says_wipe(own: &str) -> bool {
    Name::of(own).is_some()
}

/// Whether an address, or a file that answers requests, says that data goes or is made anew: `/admin/reset`, `/api/seed`. What
/// deletes one by its id is ordinary work: `/{project_id} delete_project`.
pub(in crate::content::script) fn is_asked_to_wipe(own: &str) -> bool {
    let anew = ["seed", "reseed", "cleanup", "clean", "init", "initialize"];
    let wipes = Name::of(own).is_some_and(|it| {
        let only_deletes =
            it.verbs.iter().all(|it| matches!(it.as_str(), "delete" | "remove" | "destroy"));
        let is_many = |it: &String| is_plural(it) || is_store(it);
        let has_id = it.things.iter().any(|it| it == "id");
        !only_deletes || it.things.is_empty() || !has_id && it.things.iter().any(is_many)
    });
    wipes || parts_of(own).iter().any(|it| anew.contains(&it.as_str()))
}

/// Whether a word, in the singular or not, says that some of many are meant, or what is taken away on a rule: `expired`, `orphaned`.
pub(in crate::content::script) fn says_some(word: &str) -> bool {
    let many = format!("{word}s");
    [SOME, SPARED].iter().any(|all| all.contains(&word) || all.contains(&many.as_str()))
}

/// Whether a name says that what goes is not all of a database: `clear_database_locks`, `delete_stale_tables`, `remove_schema_comments`.
pub(super) fn spares(name: &str) -> bool {
    let beside =
        ["backup", "backups", "comment", "comments", "export", "exports", "older", "dump", "dumps"];
    parts_of(name).iter().any(|it| says_some(it) || beside.contains(&it.as_str()))
}

/// Whether it says that something is emptied, and not that one of it is deleted: `clear_orders`.
pub(in crate::content::script) fn says_emptied(own: &str) -> bool {
    let empties = ["clear", "reset", "wipe", "purge", "empty", "nuke", "flush", "truncate"];
    Name::of(own).is_some_and(|it| it.verbs.iter().any(|it| empties.contains(&it.as_str())))
}

/// Whether a name says that all of some things go, and begins with that: `DeleteUsers`, `truncateOrdersTable`, `Reset`.
pub(super) fn empties(name: &str) -> bool {
    let begins = parts_of(name).first().is_some_and(|it| VERBS.contains(&it.as_str()));
    let is_many = |it: &String| is_plural(it) || it.starts_with("table") || is_store(it);
    Name::of(name).filter(|_| begins).is_some_and(|it| match it.things.as_slice() {
        [] => it.is_grave() || it.verbs.iter().any(|it| matches!(it.as_str(), "reset" | "clear")),
        [.., last] => {
            // An adjective says which of them: `DeleteIdleConnections`.
            let is_whole = it.things.len() == 1
                || it.things.first().is_some_and(|it| it == "all")
                || last.starts_with("table");
            is_many(last)
                && is_whole
                && it.things.len() <= 3
                && !it.things.iter().any(|it| SOME.contains(&it.as_str()))
        }
    })
}

/// Whether a method of a store, or a function of its package, is called after what the file is called after as well: `db.Clear()`
/// in `clear-db`.
fn is_of_same_store(own: &Name, chain: &Chain) -> bool {
    let given = chain.arguments().iter().filter(|it| it.name.is_none()).count();
    let is_plain = is_on_store(chain) && given == 0;
    let called = Name::of(chain.name()).filter(|it| {
        it.things.is_empty()
            && (it.is_grave()
                || it.verbs.iter().any(|it| matches!(it.as_str(), "reset" | "clear" | "recreate")))
    });
    is_plain && called.is_some_and(|it| it.has_verb_of(own) && own.is_of_all())
}

/// Whether a file that is called after wiping, and of nothing but a store, calls what wipes by its name: `Graph.drop()` in `wipe`,
/// `truncateOrders()` in `reset_db`.
fn wipes_as_said(own: &Name, chain: &Chain) -> bool {
    let Some(called) = Name::of(chain.name()).filter(|_| own.is_of_all()) else { return false };
    let begins = parts_of(chain.name()).first().is_some_and(|it| called.verbs.contains(it));
    let given = chain.arguments().iter().filter(|it| it.name.is_none()).count();
    let is_many = |it: &String| is_plural(it) || it == "table" || is_store(it);
    let is_strong = called.verbs.iter().any(|it| STRONG.contains(&it.as_str()));
    let on = Name::of_things(chain.on());
    let is_whole = match called.things.as_slice() {
        // `conn.destroy()` only closes it.
        [] => is_strong && chain.links.len() == 2 && given == 0 && on.is_some(),
        all => {
            let is_told = called.is_grave() || own.names_database() && called.is_of_table(own);
            is_told && given <= 1 && all.iter().all(is_many)
        }
    };
    begins && is_whole && !called.may_be_of_old() && !own.may_be_of_old()
}

/// The kind of a method of many things that does to them what the file is called after, and what nothing but a store is said of:
/// `indices.reset()` in `reset`.
pub(in crate::content::script) fn empties_many(own: &str, chain: &Chain) -> Option<&'static Kind> {
    let own = Name::of(own).filter(|it| it.is_of_all() && !it.may_be_of_old())?;
    let called =
        Name::of(chain.name()).filter(|it| it.things.is_empty() && it.has_verb_of(&own))?;
    let on = Name::of_things(chain.on())?;
    let is_many = !on.things.is_empty() && on.things.iter().all(|it| is_plural(it));
    let is_plain = chain.links.len() == 2 && chain.arguments().is_empty();
    let is_bare = !called.verbs.iter().any(|it| it == "clear" || it == "remove");
    helper_kind().filter(|_| is_many && is_plain && is_bare)
}

/// Calls that take one thing away.
const TAKES_ONE: &[&str] = &[
    "delete",
    "remove",
    "destroy",
    "delete_one",
    "deleteOne",
    "unlink",
    "terminate",
    "Delete",
    "Remove",
];

/// Values that are looked through for one of a list.
const LOOKED_AT: usize = 60;

/// The kind of a call that takes away one after the other of what a loop goes through, in a file that is called after wiping:
/// `for it in rooms: rooms.delete(it)` in `clear_rooms`. Nothing chooses among them.
pub(in crate::content::script) fn removes_each(own: &str, chain: &Chain) -> Option<&'static Kind> {
    // `purge_users` are those who have been away for long, as likely as not.
    let own = Name::of(own).filter(|it| it.verbs.iter().any(|it| it != "purge"))?;
    let is_of_many =
        own.is_of_all() && !own.things.is_empty() || own.things.iter().any(|it| is_plural(it));
    if !is_of_many || !TAKES_ONE.contains(&chain.name()) || chain.is_on_chosen() {
        return None;
    }
    let on = chain.links.last().and_then(|it| it.call).map(|it| &it.callee);
    let given = chain.arguments().iter().map(|it| &it.value);
    let is_one = on.into_iter().chain(given).any(|it| {
        let has_each = has_one(vec![&**it], LOOKED_AT, is_each);
        has_each && !has_one(vec![&**it], LOOKED_AT, is_each_of_some) && !chain.is_of_chosen(it)
    });
    helper_kind().filter(|_| is_one)
}

/// Whether it says that a database is made anew, and nothing besides: `reset_db`.
pub(in crate::content::script) fn says_reset(own: &str) -> bool {
    let is_named = |it: &Name| it.verbs.iter().any(|verb| verb != "empty" && verb != "remove");
    Name::of(own).is_some_and(|it| is_named(&it) && it.things.iter().all(|it| is_store(it)))
}

/// Whether it says that, or that a database is put back.
pub(in crate::content::script) fn says_loss(own: &str) -> bool {
    says_wipe(own) || says_restore(own)
}

/// Whether it says that a database is put back.
pub(in crate::content::script) fn says_restore(own: &str) -> bool {
    let parts = parts_of(own);
    let things = ["backup", "backups", "dump", "sql", "pg", "postgres", "mysql", "from", "the"];
    let is_known = |it: &String| it == "restore" || things.contains(&it.as_str()) || is_store(it);
    parts.iter().any(|it| it == "restore") && parts.iter().all(is_known)
}

/// Whether a row about methods of this name says nothing of a call: it is one of a store itself, `db.Reset()`.
pub(in crate::content::script) fn is_on_store(chain: &Chain) -> bool {
    chain.links.len() == 2 && is_store(chain.on())
}

/// The kind of a call of another file's function that is called as this file is.
pub(in crate::content::script) fn calls_alike(own: &str, chain: &Chain) -> Option<&'static Kind> {
    // `fs.renameSync(loaded, 'data/app.db')` in `restore-db`.
    if says_restore(own) {
        return copies::puts_back(chain);
    }
    let own = Name::of(own)?;
    // A method that is said to purge all says nothing of what.
    let names_store = own.things.iter().any(|it| it != "all" && is_store(it));
    let is_told = |it: &Name| {
        chain.links.len() == 1 || it.things != ["all"] || names_store && it.has_verb_of(&own)
    };
    let is_same = |it: &Name| {
        let is_old = it.may_be_of_old() && !own.names_data();
        (it.is_about_same(&own) && is_told(it) || own.is_bare_of(it)) && !is_old
    };
    let called = Name::of(chain.name()).filter(is_same);
    // `FavouritesDelete.new.run`: a class that is called so, and so many of what it is about.
    let of_class = || {
        let class = chain.links.iter().rev().skip(1).find(|it| it.name != "new")?;
        let named = Name::of(class.name)?;
        let is_many = named.things.iter().any(|it| is_plural(it));
        (named.has_verb_of(&own) && is_many).then_some(named)
    };
    let is_hit = called.is_some()
        || DOES.contains(&chain.name()) && of_class().is_some()
        || is_of_same_store(&own, chain)
        || wipes_as_said(&own, chain);
    helper_kind().filter(|_| is_hit)
}

/// The kind of a command that runs a file, or a task, which is called as this file is.
pub(in crate::content::script) fn runs_alike(own: &str, words: &Words) -> Option<&'static Kind> {
    if own.is_empty() {
        return None;
    }
    // `psql shop < "$1"` in `restore-db`.
    if says_restore(own) {
        return copies::reads_given(words);
    }
    let own = Name::of(own)?;
    let ends = [".sh", ".py", ".js", ".ts", ".mjs", ".rb", ".php", ".ps1", ".sql"];
    let is_file = |it: &&str| ends.iter().any(|end| it.ends_with(end));
    let program = words.program.as_str();
    let plain = || {
        words
            .plain()
            .filter(|it| !it.has_holes() || it.text.contains('/'))
            .map(|it| it.text.as_str())
    };
    let runs = RUN_FILES.contains(&program) || is_file(&program);
    // `reset.sh` may run `wipe.sh`.
    let same = |it: &str| {
        Name::of(it)
            .filter(|it| !it.may_be_of_old() || own.names_data())
            .filter(|it| it.has_verb_of(&own) || own.is_of_all() && it.is_bare())
    };
    // `delete-orders.sh` may run `purge-orders.sh`.
    let other = |it: &str| Name::of(it).filter(|it| it.is_grave() && it.is_about_same(&own));
    let is_alike = |it: &str| {
        same(it).is_some_and(|it| it.is_whole() || it.is_about_same(&own)) || other(it).is_some()
    };
    let by_file =
        std::iter::once(program).filter(is_file).chain(plain().filter(is_file).filter(|_| runs));
    // `pnpm --filter shop wipe --yes`, `python store.py purge`.
    let is_task = |it: &str| same(it).is_some_and(|it| it.is_whole());
    let mut by_task =
        plain().filter(|it| RUN_TASKS.contains(&program) || runs && !it.contains(['.', '/']));
    let mut statements = plain().filter(|it| it.ends_with(".sql") && !only_handles(program));
    // `dotnet run --project src/DbTool -- --reset` in `reset_db`.
    let runs_own = matches!(program, "dotnet" | "cargo" | "go") && own.names_database();
    let mut told =
        words.rest.iter().map(|it| it.text.as_str()).skip_while(|it| *it != "--").skip(1);
    let is_told = |it: &str| {
        let flag = it.strip_prefix("--").and_then(Name::of);
        flag.is_some_and(|it| it.things.is_empty() && it.has_verb_of(&own))
    };
    let is_hit = runs_own && told.any(is_told)
        || statements.any(|it| names_wipe(stem(it), true))
        || by_file.map(stem).any(is_alike)
        || own.is_whole() && by_task.any(is_task);
    (is_hit && !is_quiet(words)).then_some(of_named()?)
}
