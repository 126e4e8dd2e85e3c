//! Rows about methods of clients that are told by their names and by what made the client, in any language: names of Python, of
//! JavaScript and of Go differ only in how their words are put together.

mod clouds;
mod queues;
pub(super) mod search;
mod stores;

use std::collections::HashSet;
use std::sync::OnceLock;

use super::chain::{Chain, Narrowed, name_of, narrowed_by, narrowed_to};
use super::sql::holds_for_all;
use super::{CallRow, Hit, hit, kind};
use crate::content::script::Language::{self, Go, JavaScript, Php, Python, Ruby, TypeScript};
use crate::content::script::guards::is_true;
use crate::content::script::model::Scope::{Cloud, Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Form, Shared};

/// Rows of one tenant, by a filter behind `delete()`.
fn one_tenant(chain: &Chain) -> Hit {
    let is_delete = |at: usize| chain.links.get(at).is_some_and(|it| it.name == "delete");
    // The one filter, right behind it.
    let n = chain.links.len();
    if n < 2 || !is_delete(n - 2) || !chain.has(&["from", "table", "from_"]) {
        return Hit::Miss;
    }
    if !chain.behind.iter().all(|it| matches!(*it, "execute" | "select" | "then" | "throwOnError"))
    {
        return Hit::Miss;
    }
    let narrowed = match chain.arguments() {
        [column, value] => column.value.literal().map(|it| narrowed_to(&it, &value.value)),
        all => Some(narrowed_by(all)),
    };
    if narrowed == Some(Narrowed::Tenant) { Hit::Tenant } else { Hit::Miss }
}

const LANGUAGES: &[Language] = &[Python, JavaScript, TypeScript, Go, Ruby, Php];

/// Expressions that are looked at.
const LOOKED_AT: usize = 300;

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "client.tenant",
            "supabase.from('orders').delete().eq('client_id', 'acme')",
            "one tenant that the script names, in one table after the other",
            Table,
            High,
            "",
        ),
        languages: LANGUAGES,
        names: &["eq", "match"],
        when: one_tenant,
    },
    CallRow {
        kind: kind(
            "client.search",
            "typesense.collections['orders'].delete(), algolia.clearObjects(...), milvus.dropCollection(...)",
            "all of an index or a collection",
            Table,
            High,
            "",
        ),
        languages: LANGUAGES,
        names: &[],
        when: |it| of(search::METHODS, it),
    },
    CallRow {
        kind: kind(
            "client.queue",
            "sqs.purge_queue(QueueUrl=...), channel.queueDelete('mails'), admin.deleteTopics(...), jetstream.purge_stream('ORDERS')",
            "",
            Database,
            High,
            "",
        ),
        languages: LANGUAGES,
        names: &[],
        when: |it| of(queues::METHODS, it),
    },
    CallRow {
        kind: kind(
            "client.store",
            "influx.dropDatabase('metrics'), etcd.delete_prefix('/'), g.V().drop(), cosmos.delete_container('orders')",
            "a database, a collection, or all keys below one",
            Database,
            High,
            "",
        ),
        languages: LANGUAGES,
        names: &[],
        when: |it| of(stores::METHODS, it),
    },
    CallRow {
        kind: kind(
            "client.cloud",
            "cognito.delete_user_pool(...), new DeleteLogGroupCommand(...), core.deleteNamespace(...), docker.pruneVolumes()",
            "",
            Cloud,
            Critical,
            "deletion protection",
        ),
        languages: LANGUAGES,
        names: &[],
        when: |it| of(clouds::METHODS, it),
    },
];

/// Methods of a kind of client.
struct Methods {
    /// Parts of the names that made the client, or of their module, in small letters; empty where the method says all.
    made_by: &'static [&'static str],
    /// Their names, as [`plain`] spells them.
    names: &'static [&'static str],
    when: fn(&Chain) -> bool,
}

/// A name of any language: `delete_queue`, `deleteQueue`, `DeleteQueue` and `DeleteQueueCommand`.
fn plain(name: &str) -> String {
    let name = name.strip_suffix("Command").unwrap_or(name);
    let name = name.strip_suffix("WithContext").unwrap_or(name);
    let letters = name.chars().filter(|it| *it != '_' && *it != '!');
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether any method in these tables may be called so: told without spelling the name, since most calls are of others.
fn is_known(name: &str) -> bool {
    static BEGINNINGS: OnceLock<HashSet<[u8; 2]>> = OnceLock::new();
    let first = |name: &str| {
        let mut bytes = name.bytes().filter(|it| *it != b'_').map(|it| it.to_ascii_lowercase());
        Some([bytes.next()?, bytes.next()?])
    };
    let beginnings = BEGINNINGS.get_or_init(|| {
        let all = [search::METHODS, queues::METHODS, stores::METHODS, clouds::METHODS];
        all.iter().copied().flatten().flat_map(|it| it.names).filter_map(|it| first(it)).collect()
    });
    first(name).is_some_and(|it| beginnings.contains(&it))
}

fn of(methods: &[Methods], chain: &Chain) -> Hit {
    if !is_known(chain.name()) {
        return Hit::Miss;
    }
    let name = plain(chain.name());
    let is_so = methods.iter().any(|it| {
        it.names.contains(&name.as_str())
            && (it.made_by.is_empty() && is_of_another(chain) || is_made_by(chain, it.made_by))
            && (it.when)(chain)
    });
    hit(is_so)
}

/// Whether it is a method of a client, or a command that is sent to one, and none of the program itself.
fn is_of_another(chain: &Chain) -> bool {
    let is_sent = chain.name().ends_with("Command") && chain.name().len() > 14;
    is_sent || chain.links.len() > 1 && !matches!(chain.on(), "self" | "this" | "cls")
}

/// Whether one of these is a part of what made the client.
fn is_made_by(chain: &Chain, parts: &[&str]) -> bool {
    let is_one = |text: &str| {
        let text = text.to_lowercase();
        parts.iter().any(|it| text.contains(it))
    };
    let n = chain.links.len().saturating_sub(1);
    !parts.is_empty()
        && (is_one(&chain.module)
            || chain.links[..n].iter().any(|link| {
                // `require('nano')(url)`.
                let required = link.call.filter(|_| link.name == "require");
                let module = required.and_then(|it| it.arguments.first()?.value.literal());
                is_one(link.name) || module.is_some_and(|it| is_one(&it))
            }))
}

fn any(_: &Chain) -> bool {
    true
}

/// It is told what goes.
fn is_told(chain: &Chain) -> bool {
    !chain.arguments().is_empty()
}

fn is_bare(chain: &Chain) -> bool {
    chain.arguments().iter().all(|it| it.name.as_deref() == Some("ctx"))
}

/// The value of an argument of this name, or of a field of a map that is handed over, whatever its letters.
fn option<'a>(chain: &'a Chain, name: &str) -> Option<&'a Shared> {
    let named = |it: &str| plain(it) == name;
    chain.arguments().iter().find_map(|it| {
        if it.name.as_deref().is_some_and(named) {
            return Some(&it.value);
        }
        match &it.value.form {
            Form::Map(pairs) => pairs.iter().find_map(|(key, value)| {
                let key = key.literal().unwrap_or_else(|| name_of(key));
                named(&key).then_some(value)
            }),
            _ => None,
        }
    })
}

fn is_on(chain: &Chain, name: &str) -> bool {
    option(chain, name).is_some_and(|it| is_true(it) == Some(true))
}

/// Whether a value is made of what a call of one of these names gives back, nothing chosen among it.
fn is_of_all(of: &Shared, names: &[&str], chain: &Chain) -> bool {
    let mut open: Vec<&Shared> = vec![of];
    let (mut is_so, mut left) = (false, LOOKED_AT);
    if chain.is_of_chosen(of) {
        return false;
    }
    while let Some(it) = open.pop() {
        let Some(rest) = left.checked_sub(1) else { return false };
        left = rest;
        if let Form::Call(call) = &it.form {
            let name = name_of(&call.callee);
            if super::is_choice(call) && !names.contains(&plain(&name).as_str()) {
                return false;
            }
            let is_of_these = names.contains(&plain(&name).as_str());
            // `list({ prefix: 'old/' })` is a choice as well.
            if is_of_these && call.arguments.iter().any(|it| has_prefix(&it.value)) {
                return false;
            }
            is_so |= is_of_these;
        }
        open.extend(it.children());
    }
    is_so
}

/// Whether options say how all that is listed begins.
fn has_prefix(of: &Shared) -> bool {
    let named = |(key, _): &(Shared, Shared)| key.literal().as_deref() == Some("prefix");
    matches!(&of.form, Form::Map(pairs) if pairs.iter().any(named))
}

/// Whether one of its arguments is made of all that such a call gives back.
fn takes_all_of(chain: &Chain, names: &[&str]) -> bool {
    chain.arguments().iter().any(|it| is_of_all(&it.value, names, chain))
}

/// Whether the first argument is a filter that holds for everything.
fn is_filter_for_all(of: &Shared) -> bool {
    of.literal().is_some_and(|it| holds_for_all(&it))
}
