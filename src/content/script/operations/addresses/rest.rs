//! Requests to delete all that an address of the web lists, at once or one after the other.

use super::{hit, is_delete};
use crate::content::script::operations::Hit;
use crate::content::script::operations::chain::{Chain, name_of};
use crate::content::script::operations::listed::is_choice;
use crate::content::script::syntax::{Form, Shared, is_each};
use crate::content::script::value::texts;

/// Last parts of a path that stand for all there is.
const ALL: &[&str] = &[
    "all",
    "delete-all",
    "delete_all",
    "deleteall",
    "remove-all",
    "removeall",
    "clear-all",
    "clearall",
    "wipe",
    "wipe-all",
    "truncate",
    "purge-all",
    "reset-all",
    "everything",
];

pub(super) fn deletes_all(chain: &Chain) -> Hit {
    // `requests.request('DELETE', address)`.
    let is_named = chain.name() == "request"
        && chain.argument(0).and_then(|it| it.literal()).is_some_and(|it| it == "DELETE");
    let at = usize::from(is_named);
    let is_delete = is_named || chain.name() != "request" && is_delete(chain);
    let Some(address) = chain.argument(at).filter(|_| is_delete) else { return Hit::Miss };
    let told: Vec<String> = texts(address).into_iter().map(|it| it.text).collect();
    hit(told.iter().any(|it| says_all(it)) || told.iter().any(|it| is_of_each(it, address, chain)))
}

/// An address on a host that stands in the script, and that is no machine of one's own.
fn says_all(address: &str) -> bool {
    let lower = address.to_lowercase();
    let Some((_, rest)) = lower.split_once("://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_near = ["localhost", "127.0.0.1", "0.0.0.0", "test", "mock", "dwhole"];
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    !is_near.iter().any(|it| host.contains(it)) && ALL.contains(&last)
}

/// `${api}/orders/${it.id}`, where it is one of those that `${api}/orders` gave.
fn is_of_each(told: &str, address: &Shared, chain: &Chain) -> bool {
    let Some((above, key)) = told.rsplit_once('/') else { return false };
    if !key.starts_with("dwhole") || above.is_empty() {
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
            if is_choice(&name) {
                return false;
            }
            let from = call.arguments.first().filter(|_| lists(&name));
            let lists_these = |it: &str| {
                let (path, options) = it.split_once('?').unwrap_or((it, ""));
                path.trim_end_matches('/') == above && leaves_all(options)
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
fn leaves_all(options: &str) -> bool {
    let plain = ["limit", "page", "per_page", "perpage", "size", "pagesize", "offset", "count"];
    options
        .split('&')
        .filter(|it| !it.is_empty())
        .all(|it| plain.contains(&it.split('=').next().unwrap_or_default().to_lowercase().as_str()))
}
