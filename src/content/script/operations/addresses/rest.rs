//! Requests to delete all that an address of the web lists, at once or one after the other.

use super::{hit, is_delete};
use crate::content::script::operations::Hit;
use crate::content::script::operations::chain::{Chain, is_argument, name_of};
use crate::content::script::operations::command::{Word, Words};
use crate::content::script::operations::listed::is_choice;
use crate::content::script::operations::named::names_wipe;
use crate::content::script::syntax::{Form, Shared, is_each};
use crate::content::script::value::texts;

/// Last parts of a path that stand for all there is, in small letters and without what parts their words.
const ALL: &[&str] = &["all", "truncate", "everything"];

/// Those of them that say what is done with it, whatever the method of the request.
const WIPES: &[&str] = &[
    "wipe",
    "nuke",
    "deleteall",
    "destroyall",
    "removeall",
    "clearall",
    "wipeall",
    "purgeall",
    "resetall",
    "cleanupall",
    "eraseall",
    "dropall",
    "truncateall",
    "flushall",
    "deleteeverything",
    "resetdb",
    "resetdatabase",
    "cleardb",
    "cleardatabase",
    "dropdb",
    "dropdatabase",
    "wipedb",
    "wipedatabase",
    "deletealldata",
    "clearalldata",
    "resetalldata",
    "wipedata",
];

pub(super) fn deletes_all(chain: &Chain) -> Hit {
    // `requests.request('DELETE', address)`.
    let is_named = chain.name() == "request"
        && chain.argument(0).and_then(|it| it.literal()).is_some_and(|it| it == "DELETE");
    let at = usize::from(is_named);
    let is_post = matches!(chain.name(), "post" | "put") && chain.links.len() > 1;
    let may_delete = !is_post && !matches!(chain.name(), "request" | "urlopen");
    let is_delete = is_named || may_delete && is_delete(chain);
    let is_fetch = chain.name() == "fetch" && chain.argument(1).is_some();
    // `urllib.request.urlopen(address, data)` sends what it is given.
    let is_sent =
        chain.name() == "urlopen" && (chain.argument(1).is_some() || chain.named("data").is_some());
    let is_request = is_delete || is_post || is_fetch || is_sent;
    let Some(address) = chain.argument(at).filter(|_| is_request) else { return Hit::Miss };
    let told: Vec<String> = texts(address).into_iter().map(|it| it.text).collect();
    let says_all = told.iter().any(|it| {
        (it.contains("://") || is_of_argument(address)) && says_wipe(it)
            || is_delete && it.contains("://") && is_all(it)
    });
    let is_told = is_of_argument(address) && told.iter().any(|it| is_path_of_wipe(it));
    hit(says_all || is_told || is_delete && told.iter().any(|it| is_of_each(it, address, chain)))
}

/// Whether an address begins with what whoever runs the script says: `sys.argv[1] + '/orders/delete-all'`.
fn is_of_argument(address: &Shared) -> bool {
    let first = match &address.form {
        Form::Join(all) => all.first(),
        _ => None,
    };
    first.is_some_and(|it| match &it.form {
        Form::Either(all) => all.iter().any(|it| is_argument(it)),
        _ => is_argument(it),
    })
}

/// `curl -X POST https://HOST/admin/wipe`.
pub(super) fn wipes(words: &Words) -> Hit {
    let methods = ["POST", "PUT", "DELETE"];
    let is_sent = words.rest.iter().any(|it| {
        let text = it.text.trim_start_matches("--request=").trim_start_matches("-X");
        methods.iter().any(|method| text.eq_ignore_ascii_case(method))
            || matches!(it.text.as_str(), "-d" | "--data" | "--json" | "-F" | "-Body")
    });
    // A file that is sent or written has a path as well.
    let is_address = |at: usize| {
        let before = at.checked_sub(1).and_then(|it| words.rest.get(it)).map(|it| it.text.as_str());
        let is_uri = before.is_some_and(|it| it.eq_ignore_ascii_case("-uri") || it == "--url");
        let is_value = before.is_some_and(|it| it.starts_with('-') && !is_silent(it));
        words.rest[at].text.contains("://") || is_uri || !is_value
    };
    let wipes =
        |(at, it): (usize, &Word)| it.text.contains('/') && is_address(at) && says_wipe(&it.text);
    hit(is_sent && words.rest.iter().enumerate().any(wipes))
}

/// Whether an address is that of all rows of a table that PostgREST serves: each condition always holds, as Supabase wants one.
pub(super) fn is_whole_table(address: &str) -> bool {
    let lower = address.trim_matches(['"', '\'']).to_lowercase();
    let Some((_, said)) = lower.split_once("/rest/v1/") else { return false };
    let Some((table, conditions)) = said.split_once('?') else { return false };
    let holds = |it: &str| {
        let (_, value) = it.split_once('=').unwrap_or(("", it));
        let (sign, value) = value.split_once('.').unwrap_or((value, ""));
        // `0`, `-1`, and `00000000-0000-0000-0000-000000000000`.
        let is_least = |it: &str| {
            let number = it.replace('-', "");
            matches!(number.trim_start_matches('0'), "" | "1")
        };
        match sign {
            "neq" | "gt" | "gte" => {
                is_least(value) || value.starts_with("1970-") || value == "null"
            }
            "not" => value == "is.null",
            _ => false,
        }
    };
    // What is given back says nothing of what goes.
    let is_aside =
        |it: &&str| ["select=", "order=", "columns="].iter().any(|of| it.starts_with(of));
    let mut conditions = conditions.split('&').filter(|it| !is_aside(it)).peekable();
    let is_of_table = !table.is_empty() && !table.contains('/');
    is_of_table && conditions.peek().is_some() && conditions.all(holds)
}

/// Flags without a value behind them: `-fsSL`, `-XPOST`.
fn is_silent(flag: &str) -> bool {
    let has_value = flag.contains('=') || flag.starts_with("-X") && flag.len() > 2;
    let is_plain = match flag.strip_prefix("--") {
        Some(name) => matches!(name, "fail" | "silent" | "show-error" | "location" | "insecure"),
        None => flag.bytes().skip(1).all(|it| b"fsSLkviN".contains(&it)),
    };
    has_value || is_plain
}

/// Whether the path of an address says that all goes, on a host that is no machine of one's own.
fn says_wipe(address: &str) -> bool {
    last_of_path(address).is_some_and(|it| WIPES.contains(&it.as_str())) || is_routine(address)
}

/// Whether an address calls a routine of a database whose name says what it wipes: `/rest/v1/rpc/truncate_orders`.
fn is_routine(address: &str) -> bool {
    let name = address.rsplit_once("/rpc/").map_or("", |(_, it)| it.trim_end_matches(['"', '/']));
    last_of_path(address).is_some() && (names_wipe(name, false) || name.starts_with("truncate_"))
}

/// Whether the path of an address stands for all there is.
fn is_all(address: &str) -> bool {
    last_of_path(address).is_some_and(|it| ALL.contains(&it.as_str()))
}

/// The last part of the path, as [`ALL`] and [`WIPES`] spell it; none of an address on one's own machine.
fn last_of_path(address: &str) -> Option<String> {
    let lower = address.to_lowercase();
    let (_, rest) = lower.split_once("://").unwrap_or(("", &lower));
    let (host, path) = rest.split_once('/')?;
    let is_near = ["localhost", "127.0.0.1", "0.0.0.0", "test", "mock", "dwhole"];
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_known = !is_near.iter().any(|it| host.contains(it));
    is_known.then(|| plain(last))
}

/// Whether the path behind a host that is not known says that all goes.
fn is_path_of_wipe(address: &str) -> bool {
    let path = address.to_lowercase();
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit_once('/').filter(|_| path.starts_with("dwhole"));
    last.is_some_and(|(_, it)| WIPES.contains(&plain(it).as_str()))
}

fn plain(part: &str) -> String {
    part.replace(['-', '_'], "")
}

/// `${api}/orders/${it.id}`, where it is one of those that `${api}/orders` gave.
fn is_of_each(told: &str, address: &Shared, chain: &Chain) -> bool {
    let Some((above, key)) = told.trim_end_matches('/').rsplit_once('/') else { return false };
    // What somebody has put into a cart is no data of a shop.
    let of_one_person = ["cart", "basket", "wishlist", "favorites", "favourites"];
    let is_of_one =
        above.rsplit('/').any(|it| of_one_person.contains(&it.trim_end_matches("-items")));
    if !key.starts_with("dwhole") || above.is_empty() || is_of_one {
        return false;
    }
    let mut open: Vec<&Shared> = vec![address];
    let (mut is_one, mut is_listed, mut left) = (false, false, 300);
    while let Some(it) = open.pop() {
        if left == 0 || chain.is_chosen(it) {
            return false;
        }
        left -= 1;
        is_one |= is_each(it);
        if let Form::Call(call) = &it.form {
            let name = name_of(&call.callee);
            if is_choice(call) {
                return false;
            }
            let from = call.arguments.first().filter(|_| lists(&name));
            let lists_these = |it: &str| {
                let (path, options) = it.split_once('?').unwrap_or((it, ""));
                // `orders.json` lists them, and `orders/7.json` is one.
                path.trim_end_matches('/').trim_end_matches(".json") == above && only_page(options)
            };
            is_listed |=
                from.is_some_and(|it| texts(&it.value).iter().any(|it| lists_these(&it.text)));
        }
        open.extend(it.children());
    }
    is_one && is_listed
}

fn lists(name: &str) -> bool {
    matches!(name, "get" | "fetch" | "axios" | "request")
}

/// Whether options of an address only say how many are given at once.
pub(in crate::content::script::operations) fn only_page(options: &str) -> bool {
    let plain = [
        "limit",
        "page",
        "per_page",
        "perpage",
        "size",
        "pagesize",
        "page_size",
        "offset",
        "count",
        "populate",
        "sort",
        "fields",
    ];
    options.split('&').filter(|it| !it.is_empty()).all(|it| {
        let name = it.split('=').next().unwrap_or_default().to_lowercase();
        // `page%5Bsize%5D`, `page[size]`.
        let is_page = name.starts_with("page%5b") || name.starts_with("page[");
        plain.contains(&name.as_str()) || name.starts_with("pagination") || is_page
    })
}
