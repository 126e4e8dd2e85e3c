//! Which addresses of the web are those of stores, where a request to delete takes away all that is at one.

mod rest;

pub(super) use rest::only_page;

use super::chain::Chain;
use super::command::Words;
use super::files::with_names_of;
use super::{CallRow, CommandRow, Hit, hit, kind};
use crate::content::script::Language::{self, JavaScript, Python, TypeScript};
use crate::content::script::model::Scope::Database;
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Form, Shared};
use crate::content::script::value::texts_in;
use crate::content::script::words::{is_for_a_while, is_of_tests, parts};

const LANGUAGES: &[Language] = &[Python, JavaScript, TypeScript];

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "web.store",
            "requests.delete('http://HOST:9200/INDEX'), fetch(address, { method: 'DELETE' }), urllib.request.Request(address, method='DELETE')",
            "the address is that of a database, an index or a collection of a store",
            Database,
            Critical,
            "",
        ),
        languages: LANGUAGES,
        names: &["delete", "fetch", "Request", "post"],
        when: request,
    },
    CallRow {
        kind: kind(
            "web.all",
            "axios.post('https://HOST/orders/delete-all'), for it in all: requests.delete(f'{api}/orders/{it}')",
            "the host stands in the script and the path says that all goes, or each of all that the same address lists",
            Database,
            High,
            "",
        ),
        languages: LANGUAGES,
        names: &["delete", "fetch", "del", "request", "post", "put", "urlopen"],
        when: rest::deletes_all,
    },
];

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.es_curl",
            "curl -X DELETE http://HOST:9200/INDEX",
            "a database, an index or a collection of a store, or all documents",
            Database,
            Critical,
            "",
        ),
        programs: &["curl"],
        words: &[],
        when: curl,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.web",
            "curl -X POST https://HOST/admin/wipe, Invoke-RestMethod -Method Post -Uri https://HOST/admin/delete-all",
            "the path says that all goes, and the host is not this machine",
            Database,
            High,
            "",
        ),
        programs: &["curl", "Invoke-RestMethod", "Invoke-WebRequest", "irm", "iwr", "http", "xh"],
        words: &[],
        when: rest::wipes,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "ps.web",
            "Invoke-RestMethod -Method Delete -Uri http://HOST:9200/INDEX",
            "the address is that of a database, an index or a collection of a store",
            Database,
            Critical,
            "",
        ),
        programs: &["Invoke-RestMethod", "Invoke-WebRequest", "irm", "iwr", "http", "xh"],
        words: &[],
        when: |it| {
            let is_delete = it.rest.iter().any(|it| it.text.eq_ignore_ascii_case("delete"));
            hit(is_delete && it.rest.iter().any(|it| names_store(&it.value)))
        },
        prompt_off: &[],
    },
];

/// A kind of store: how its hosts are called, on which port it listens, and what of it lies at which path.
struct Store {
    names: &'static [&'static str],
    port: &'static str,
    /// Whether a path is that of a database, an index or a collection.
    holds_many: fn(&[&str]) -> bool,
}

static STORES: &[Store] = &[
    Store {
        names: &["elastic", "opensearch", "es_host", "es_url", "eshost", "esurl", "es-host"],
        port: ":9200",
        holds_many: |path| match path {
            [] | ["_all"] | ["_data_stream", _] => true,
            // A backup: all of them, or one after the other.
            ["_snapshot", _, one] => matches!(*one, "*" | "\u{1}" | "one" | "_all"),
            [index] => !index.starts_with('_'),
            _ => false,
        },
    },
    Store {
        names: &["rabbitmq"],
        port: ":15672",
        holds_many: |path| {
            matches!(path, ["api", "queues" | "vhosts", _] | ["api", "queues", _, _])
                || matches!(path, ["api", "queues", _, _, "contents"])
        },
    },
    Store {
        names: &["gitlab"],
        port: "/api/v4/projects/",
        holds_many: |path| matches!(path, [.., "projects" | "groups", _]),
    },
    Store {
        names: &["api.github.com"],
        port: "api.github.com/repos",
        holds_many: |path| matches!(path, ["repos", _, _]),
    },
    Store {
        names: &["api.render.com"],
        port: "api.render.com/v1",
        holds_many: |path| matches!(path, ["v1", "postgres" | "services" | "redis" | "disks", _]),
    },
    // A workspace of HCP Terraform, or Terraform Enterprise by any host, with its state.
    Store {
        names: &["app.terraform.io"],
        port: "/api/v2/organizations/",
        holds_many: |path| matches!(path, [.., "organizations", _, "workspaces", _]),
    },
    Store {
        names: &["api.cloudflare.com"],
        port: "api.cloudflare.com/client",
        holds_many: |path| {
            matches!(
                path,
                [_, _, "accounts", _, "d1", "database", _]
                    | [_, _, "accounts", _, "r2", "buckets", _]
                    | [_, _, "accounts", _, "storage", "kv", "namespaces", _]
                    | [_, _, "zones", _]
            )
        },
    },
    Store {
        names: &["api.digitalocean.com", "api.hetzner.cloud", "api.vultr.com", "api.linode.com"],
        port: "api.digitalocean.com/v2",
        holds_many: |path| {
            let kind = path.get(path.len().wrapping_sub(2)).copied().unwrap_or_default();
            let kinds = [
                "droplets",
                "servers",
                "instances",
                "databases",
                "volumes",
                "clusters",
                "snapshots",
            ];
            kinds.contains(&kind)
        },
    },
    Store {
        names: &["console.neon.tech", "api.supabase.com"],
        port: "console.neon.tech/api",
        holds_many: |path| matches!(path, [.., "projects", _]),
    },
    Store {
        names: &["api.heroku.com"],
        port: "api.heroku.com/apps",
        holds_many: |path| matches!(path, ["apps" | "addons", _]),
    },
    Store { names: &["couch"], port: ":5984", holds_many: |path| path.len() == 1 },
    Store { names: &["qdrant"], port: ":6333", holds_many: |path| is_below(path, "collections") },
    Store {
        names: &["weaviate"],
        port: "/v1/schema",
        holds_many: |path| matches!(path, ["v1", "schema"] | ["v1", "schema", _]),
    },
    Store {
        names: &["meili"],
        port: ":7700",
        holds_many: |path| is_below(path, "indexes") || matches!(path, ["indexes", _, "documents"]),
    },
    Store {
        names: &["typesense"],
        port: ":8108",
        holds_many: |path| is_below(path, "collections"),
    },
];

/// Where Odoo drops a database that is named in the request.
const ODOO_DROP: &str = "/web/database/drop";

fn is_below(path: &[&str], above: &str) -> bool {
    matches!(path, [first, _] if *first == above)
}

/// Whether a request to delete at this address takes away a database, an index or a collection.
pub(super) fn is_of_store(address: &str) -> bool {
    let lower = address.trim_matches(['"', '\'', ' ']).to_lowercase();
    let lower = lower.split(['?', '#']).next().unwrap_or_default();
    let (_, bare) = lower.split_once("://").unwrap_or(("", lower));
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    let path: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    let of_tests = path.iter().any(|it| is_of_tests(it) || it.contains("tmp"));
    let store = STORES.iter().find(|it| {
        it.names.iter().any(|name| host.contains(name) || (host == "es" && *name == "elastic"))
            || it.port.starts_with(':') && host.ends_with(it.port)
            || it.port.starts_with('/') && bare.contains(it.port)
    });
    store.is_some_and(|it| (it.holds_many)(&path)) && !of_tests
}

/// Whether one of the ways that a value is spelled is such an address.
pub(super) fn names_store(address: &Shared) -> bool {
    // What is not known of a path is one of them.
    with_names_of(address).replace("/?", "/one").split(' ').any(is_of_store)
}

/// `curl -X DELETE ADDRESS`, and queries that delete all that they find.
pub(super) fn curl(words: &Words) -> Hit {
    let texts: Vec<&str> = words.rest.iter().map(|it| it.text.as_str()).collect();
    let is_delete =
        texts.windows(2).any(|it| matches!(it[0], "-X" | "--request") && it[1] == "DELETE")
            || texts.iter().any(|it| {
                matches!(*it, "-XDELETE" | "--request=DELETE" | "-sXDELETE" | "-ksXDELETE")
            });
    let is_store = |it: &&str| is_of_store(it);
    let named = || words.rest.iter().any(|it| names_store(&it.value));
    if is_delete && (texts.iter().any(is_store) || named()) {
        return Hit::Full;
    }
    let says = |part: &str| texts.iter().any(|it| it.contains(part)) || words.said.contains(part);
    let is_query = says("_delete_by_query") && says("match_all")
        || says("<delete><query>*:*</query></delete>")
        || says("/update") && says("\"delete\"") && says("*:*")
        || texts.iter().any(|it| is_solr_wipe(it))
        // InfluxDB, from the beginning of time on.
        || says("/api/v2/delete") && says("1970-01-01")
        // The manager of databases of Odoo.
        || says(ODOO_DROP)
        // What Consul keeps below a key.
        || is_delete && says("/v1/kv/") && says("?recurse")
        || is_delete && texts.iter().any(|it| rest::is_whole_table(it));
    hit(is_query)
}

/// `{ "delete": { "query": "*:*" } }`, which Solr takes whatever its address is.
fn is_solr_wipe(text: &str) -> bool {
    let bare: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    bare.contains("{\"delete\":{\"query\":\"*:*\"")
}

/// Whether a name says that it is the address of a store, and what it stands for says nothing: `es_host=$(jq -r .host vars.json)`.
pub(in crate::content::script) fn is_known_by_name(name: &str, value: &Shared) -> bool {
    let is_value =
        matches!(value.form, Form::Call(_) | Form::Index(..) | Form::Subshell(_) | Form::Other(_));
    let lower = name.to_lowercase();
    let ends = ["host", "url", "uri", "endpoint", "server", "address"];
    is_value
        && ends.iter().any(|it| lower.ends_with(it))
        && STORES.iter().flat_map(|it| it.names).any(|it| lower.contains(it))
}

/// `requests.delete(address)`, `axios.delete(address)`, `fetch(address, { method: 'DELETE' })`.
fn request(chain: &Chain) -> Hit {
    let is_store = || chain.argument(0).is_some_and(names_store);
    let drops = || {
        let address = chain.argument(0).map(texts_in).unwrap_or_default();
        chain.name() != "delete" && address.iter().any(|it| it.ends_with(ODOO_DROP))
    };
    let is_hit = chain.name() != "post" && is_store() && is_delete(chain);
    hit(is_hit || empties_bucket(chain) || drops())
}

/// All that InfluxDB has measured, from the beginning of time on: `axios.post(`${url}/api/v2/delete`, { start: '1970-01-01' })`.
fn empties_bucket(chain: &Chain) -> bool {
    let [address, rest @ ..] = chain.arguments() else { return false };
    let is_delete = texts_in(&address.value).iter().any(|it| it.contains("/api/v2/delete"));
    let begins = |it: &String| it.starts_with("1970-01-01");
    let told = || rest.iter().flat_map(|it| texts_in(&it.value));
    // `_measurement="orders"` is a table of its own; what else is asked for chooses among rows.
    let chooses =
        |it: &String| it.contains("=\"") && !it.starts_with("_measurement") || it.contains(" AND ");
    is_delete && told().any(|it| begins(&it)) && !told().any(|it| chooses(&it))
}

/// Whether a call is a request to delete.
fn is_delete(chain: &Chain) -> bool {
    match chain.name() {
        "fetch" => chain.argument(1).is_some_and(|it| match &it.form {
            Form::Map(pairs) => pairs.iter().any(|(key, value)| {
                key.literal().as_deref() == Some("method")
                    && value.literal().is_some_and(|it| it.eq_ignore_ascii_case("delete"))
            }),
            _ => false,
        }),
        "Request" => chain.named("method").and_then(|it| it.literal()).as_deref() == Some("DELETE"),
        _ => chain.links.len() > 1,
    }
}

/// Whether an index is named that goes as a whole, and not one of tests or one that another took the place of.
pub(super) fn names_index(index: &Shared) -> bool {
    let own = match &index.form {
        Form::Name(name) | Form::Member(_, name) => name,
        _ => "",
    };
    let is_given = !matches!(&index.form, Form::Nothing);
    is_given && !passes(&with_names_of(index)) && !passes(own)
}

/// Whether an index is one of tests, one for a while, or one that another took the place of, by its name.
pub(super) fn passes(index: &str) -> bool {
    let is_old = |it: &String| it.starts_with("old");
    is_of_tests(index) || is_for_a_while(index) || parts(index).iter().any(is_old)
}
