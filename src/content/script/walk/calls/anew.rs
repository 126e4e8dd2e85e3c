//! What one whom a script names has, and nobody misses: what ends by itself, and rows that the script makes anew.

use crate::content::script::Language;
use crate::content::script::model::{Operation, Scope};
use crate::content::script::operations::{self, Chain, is_of_found};
use crate::content::script::syntax::{Call, has_one};
use crate::content::script::walk::Walk;
use crate::content::script::words::{parts, singular};
use std::collections::{HashMap, HashSet};

/// Things that end by themselves: whose they are logs in again, or fills them again.
const PASSING: &[&str] = &["session", "token", "cart", "basket", "notification", "otp"];

/// What stands before them in a name and leaves them what they are: `user_sessions`, and not `therapy_sessions`.
const OF_WHOM: &[&str] = &[
    "user",
    "users",
    "customer",
    "account",
    "member",
    "admin",
    "auth",
    "oauth",
    "jwt",
    "csrf",
    "api",
    "app",
    "web",
    "http",
    "login",
    "signin",
    "active",
    "access",
    "refresh",
    "bearer",
    "id",
    "personal",
    "remember",
    "password",
    "reset",
    "email",
    "phone",
    "mail",
    "sms",
    "verification",
    "verify",
    "confirmation",
    "activation",
    "invite",
    "magic",
    "link",
    "push",
    "device",
    "browser",
    "django",
    "shopping",
    "saved",
    "in",
    "tenant",
];

/// What stands behind them in a name and says how they are kept: `SessionModel`, `token_table`.
const KEPT: &[&str] = &[
    "model",
    "entity",
    "repository",
    "repo",
    "table",
    "store",
    "collection",
    "dao",
    "schema",
    "ref",
];

/// Calls that make rows.
const CREATES: &[&str] = &[
    "create",
    "createMany",
    "createManyAndReturn",
    "insert",
    "insertMany",
    "insertOne",
    "bulkCreate",
    "upsert",
    "save",
    "values",
];

/// Calls whose first argument says which table is meant.
const NAMES_TABLE: &[&str] = &["collection", "table", "from", "into", "deleteFrom", "knex", "db"];

/// Expressions of a call that are looked through for whose the rows are.
const LOOKED_AT: usize = 200;

/// What is known of rows that are made anew.
pub(in crate::content::script::walk) struct Anew {
    /// The file is called after filling tables.
    is_seed: bool,
    /// What rows are made of, and how many operations were met before.
    created: HashMap<String, usize>,
    /// Lines of calls that go by the id of one whom the script finds.
    by_found: HashSet<u32>,
    /// What rows were taken out of.
    taken_from: HashSet<String>,
    /// How many operations were met before rows were last made of one of those.
    refilled: usize,
}

impl Anew {
    /// Of a file of this name.
    pub(in crate::content::script::walk) fn of(name: &str) -> Anew {
        Anew {
            is_seed: is_seed(name),
            created: HashMap::new(),
            by_found: HashSet::new(),
            taken_from: HashSet::new(),
            refilled: 0,
        }
    }
}

/// Whether a name of a table or model is one of what ends by itself: `session`, `userSessions`, `cart_items`, `otp_codes`.
fn names_passing(name: &str) -> bool {
    let mut all = parts(name);
    while all.len() > 1 && all.last().is_some_and(|it| KEPT.contains(&it.as_str())) {
        all.pop();
    }
    let is = |at: usize, of: &[&str]| {
        let word = all.len().checked_sub(at).and_then(|it| all.get(it));
        word.is_some_and(|it| of.contains(&singular(it).as_str()))
    };
    let holds = is(1, &["item", "line", "entry"]) && is(2, &["cart", "basket"]);
    let n = if holds || is(1, &["code"]) && is(2, &["otp"]) { 2 } else { 1 };
    let before = all.len().saturating_sub(n);
    is(n, PASSING) && all.iter().take(before).all(|it| OF_WHOM.contains(&it.as_str()))
}

/// What a call is made on, as it is spelled.
fn on_of(chain: &Chain) -> String {
    let spoken = chain.spoken();
    spoken.rsplit_once('.').map_or("", |(on, _)| on).to_owned()
}

impl Walk {
    /// Whether an operation takes away only what ends by itself: `Session.deleteMany`, `DELETE FROM cart_items`. The session of
    /// SQLAlchemy and Hibernate is that of a database.
    pub(in crate::content::script::walk) fn is_of_passing(&self, met: &Operation) -> bool {
        let is_script = matches!(self.language, Language::JavaScript | Language::TypeScript);
        let on = met
            .name
            .rsplit_once([' ', '.'])
            .map_or("", |(on, last)| if met.name.contains(' ') { last } else { on });
        let mut named = on.split('.').filter(|it| !it.ends_with("()"));
        met.scope == Scope::Tenant
            && named.any(|it| names_passing(it) && (is_script || it != "session"))
    }

    /// Whether a call is on a collection of what ends by itself, by a name that stands in a text: `db.collection('sessions')`.
    pub(in crate::content::script::walk::calls) fn is_on_ephemeral(chain: &Chain) -> bool {
        chain.links.iter().filter(|it| NAMES_TABLE.contains(&it.name)).any(|it| {
            let first = it.call.and_then(|it| it.arguments.first());
            first.and_then(|it| it.value.literal()).is_some_and(|it| names_passing(&it))
        })
    }

    /// Keeps that rows are made of what a call is on: of whom the script finds, or of anybody in a file that fills tables.
    pub(in crate::content::script::walk::calls) fn note_created(
        &mut self,
        call: &Call,
        chain: &Chain,
    ) {
        if !CREATES.contains(&chain.name()) {
            return;
        }
        let given = call.arguments.iter().map(|it| &*it.value).collect();
        if self.anew.is_seed || has_one(given, LOOKED_AT, is_of_found) {
            let on = on_of(chain);
            if self.anew.taken_from.contains(&on) {
                self.anew.refilled = self.met.len();
            }
            self.anew.created.insert(on, self.met.len());
        }
    }

    /// Keeps what a call takes rows out of, and that it goes by the id of one whom the script finds.
    pub(in crate::content::script::walk::calls) fn note_found(
        &mut self,
        line: u32,
        call: &Call,
        chain: &Chain,
    ) {
        if self.anew.is_seed {
            self.anew.taken_from.insert(on_of(chain));
        }
        let parts = call.arguments.iter().map(|it| &*it.value).chain([&*call.callee]).collect();
        if has_one(parts, LOOKED_AT, is_of_found) {
            self.anew.by_found.insert(line);
        }
    }

    /// Whether what one whom the script finds has is made anew after this operation: in a file that fills tables, with one of those
    /// that it takes rows out of. An id that is written down is that of somebody whose rows are there.
    pub(in crate::content::script::walk) fn is_made_anew(&self, n: usize) -> bool {
        let Some(met) = self.met.get(n).filter(|it| it.scope == Scope::Tenant) else {
            return false;
        };
        if !self.anew.by_found.contains(&met.line) {
            return false;
        }
        let on = met.name.rsplit_once('.').map_or("", |(on, _)| on);
        let is_behind = |at: &usize| *at > n;
        self.anew.created.get(on).is_some_and(is_behind) || is_behind(&self.anew.refilled)
    }
}

/// Whether a file is called after filling tables, and not after wiping them: `seed.ts`.
fn is_seed(own: &str) -> bool {
    let says_so = |it: &String| matches!(it.as_str(), "seed" | "seeds" | "seeder" | "seeding");
    parts(own).iter().any(says_so) && !operations::says_wipe(own)
}
