//! Rows about what WordPress, Drupal, Moodle and TYPO3 call deleting all that a site holds of a kind.

use super::super::chain::{Chain, call_among, name_of};
use super::super::{CallRow, Hit, kind};
use super::stores::passes;
use super::{PHP, hit};
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Call, Expression, Form, Shared, has_one, is_each};
use crate::content::script::value::texts;

/// Expressions that are looked at.
const LOOKED_AT: usize = 200;

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "php.wordpress",
            "foreach (get_posts(['numberposts' => -1]) as $it) wp_delete_post($it->ID, true)",
            "the query asks for no more than which type, role or taxonomy",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &[
            "wp_delete_post",
            "wp_delete_attachment",
            "wp_delete_user",
            "wp_delete_term",
            "wp_delete_comment",
            "delete",
        ],
        when: of_all_posts,
    },
    CallRow {
        kind: kind(
            "php.mediawiki.each",
            "foreach ($titles as $it) (new Article($it))->doDeleteArticle('reset')",
            "each of a list, and nothing chooses among them",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &["doDeleteArticle", "doDeleteArticleReal"],
        when: |chain| {
            let on = chain.links.last().and_then(|it| it.call).map(|it| &*it.callee);
            let is_one = on.is_some_and(|it| has_one(vec![it], LOOKED_AT, is_each));
            // Titles that somebody has written down.
            let reads = |it: &Expression| {
                let reads = ["file", "file_get_contents", "fgets"];
                matches!(&it.form, Form::Call(call) if reads.contains(&name_of(&call.callee).as_str()))
            };
            let is_chosen = on.is_some_and(|it| has_one(vec![it], LOOKED_AT, reads));
            hit(is_one && !is_chosen && !chain.is_on_chosen())
        },
    },
    CallRow {
        kind: kind("php.arc2", "ARC2::getStore($config)->reset()", "", Database, Critical, ""),
        languages: PHP,
        names: &["reset", "drop"],
        when: |chain| hit(chain.has(&["getStore"]) && chain.has(&["ARC2"])),
    },
    CallRow {
        kind: kind(
            "php.drupal.each",
            "$storage->delete($storage->loadMultiple()), entity_delete_multiple('node', $ids), Node::load($id)->delete()",
            "the query asks for no more than how many, and of which type",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &[
            "delete",
            "entity_delete_multiple",
            "node_delete_multiple",
            "user_delete_multiple",
            "node_delete",
            "user_delete",
            "taxonomy_term_delete",
            "comment_delete",
            "entity_delete",
        ],
        when: of_all_entities,
    },
    CallRow {
        kind: kind(
            "php.moodle",
            "$DB->delete_records('user'), foreach ($DB->get_records('course') as $it) delete_course($it)",
            "nothing narrows it down",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &["delete_records", "delete_records_select", "delete_course", "delete_user"],
        when: of_moodle,
    },
    CallRow {
        kind: kind(
            "php.typo3",
            "$GLOBALS['TYPO3_DB']->exec_TRUNCATEquery('pages')",
            "",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &["exec_TRUNCATEquery"],
        when: |chain| hit(chain.argument(0).is_some_and(|it| !passes(it))),
    },
];

/// Options of a query of WordPress that leave all of a type.
const OPEN: &[&str] = &[
    "numberposts",
    "posts_per_page",
    "post_type",
    "limit",
    "number",
    "fields",
    "return",
    "taxonomy",
    "hide_empty",
    "orderby",
    "order",
    "suppress_filters",
    "nopaging",
    "no_found_rows",
];

/// Roles of people whose accounts are data.
const PEOPLE: &[&str] =
    &["customer", "subscriber", "author", "contributor", "editor", "member", "student", "vendor"];

/// Types of posts that nobody keeps.
const PASSING: &[&str] =
    &["revision", "auto-draft", "oembed_cache", "customize_changeset", "scheduled-action", "trash"];

/// Whether the options of a query ask for anything but how many there are to be, of which type, and in what form.
fn narrows(options: &Shared) -> bool {
    match &options.form {
        Form::Map(pairs) => pairs.iter().any(|(key, value)| {
            let is_any = || value.literal().as_deref() == Some("any");
            let is_role = || value.literal().is_some_and(|it| PEOPLE.contains(&it.as_str()));
            let passes = || value.literal().is_some_and(|it| PASSING.contains(&it.as_str()));
            let leaves_all = |it: &str| match it {
                "post_status" => is_any(),
                "role" => is_role(),
                _ => OPEN.contains(&it),
            };
            !key.literal().is_some_and(|it| leaves_all(&it)) || passes()
        }),
        _ => texts(options).iter().any(|it| has_condition(&it.text, &["post_type", "type"])),
    }
}

/// Whether a query in SQL has a condition on anything but what its rows are, by one of these columns.
fn has_condition(query: &str, kinds: &[&str]) -> bool {
    let flat = query.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let Some((_, rest)) = flat.split_once(" where ") else {
        return flat.contains(" join ") || flat.contains(" having ");
    };
    let end = [" order by ", " limit ", " group by "].iter().filter_map(|it| rest.find(it)).min();
    let conditions = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    let is_open = |it: &str| {
        let Some((column, value)) = it.split_once('=') else { return false };
        let column = column.trim().trim_matches('`');
        let column = column.rsplit(['.', '`']).next().unwrap_or_default();
        let value = value.trim().trim_matches([';', '(', ')', ' ']);
        let value = value.trim_matches(['\'', '"', '\\']);
        kinds.contains(&column)
            && !value.is_empty()
            && !PASSING.contains(&value)
            && !value.contains([' ', '\u{1}', ':', '%', '?', '('])
    };
    flat.contains(" join ") || !conditions.split(" and ").all(is_open)
}

/// Calls that give back posts, users or terms of WordPress.
const LISTS: &[&str] = &[
    "get_posts",
    "wc_get_products",
    "wc_get_orders",
    "get_users",
    "get_terms",
    "get_categories",
    "get_pages",
    "get_comments",
    "get_col",
    "get_results",
    "WP_Query",
    "Query",
];

/// The list that is about all of a type, somewhere in these values.
fn list_of_all(values: Vec<&Expression>) -> Option<&Call> {
    let list = call_among(values, LOOKED_AT, LISTS);
    list.filter(|it| !it.arguments.iter().any(|it| narrows(&it.value)))
}

/// A post that is deleted as one of all that a query finds.
fn of_all_posts(chain: &Chain) -> Hit {
    // `foreach (wc_get_products(['limit' => -1]) as $it) $it->delete(true)`.
    if chain.name() == "delete" {
        let on = receiver(chain).filter(|it| is_each(it) && !chain.is_on_chosen());
        let list = on.and_then(|it| list_of_all(vec![it]));
        let is_shop = list.is_some_and(|it| name_of(&it.callee).starts_with("wc_get_"));
        return hit(is_shop && chain.links.len() == 2);
    }
    let is_one = chain.arguments().iter().any(|it| chain.is_of_chosen(&it.value));
    let values = chain.arguments().iter().map(|it| &*it.value).collect();
    hit(!is_one && list_of_all(values).is_some())
}

/// What a method is called on.
fn receiver<'a>(chain: &Chain<'a>) -> Option<&'a Shared> {
    match &chain.links.last()?.call?.callee.form {
        Form::Member(on, _) => Some(on),
        _ => None,
    }
}

/// An entity that is deleted as one of all of a type, or all of them at once.
fn of_all_entities(chain: &Chain) -> Hit {
    let last = chain.arguments().last().map(|it| &it.value);
    let is_one_by_one = chain.name().ends_with("_delete") || last.is_none();
    let what = match last {
        Some(it) => it,
        None => match receiver(chain) {
            Some(it) => it,
            None => return Hit::Miss,
        },
    };
    let is_each = || has_one(vec![what.as_ref()], LOOKED_AT, is_each);
    hit((!is_one_by_one || is_each() && !chain.is_of_chosen(what)) && is_all_entities(what))
}

/// Whether a value is all entities of a type: what a query without a condition found, or what is loaded without ids.
fn is_all_entities(of: &Shared) -> bool {
    let mut open = vec![of];
    let (mut is_listed, mut is_query, mut is_of_storage) = (false, false, false);
    for _ in 0..LOOKED_AT {
        let Some(it) = open.pop() else { break };
        if let Form::Name(name) | Form::Member(_, name) = &it.form {
            let lower = name.to_lowercase();
            is_of_storage |= lower.contains("storage") || lower.contains("entity");
        }
        if let Form::Call(call) = &it.form {
            let first = call.arguments.first().map(|it| &it.value);
            match name_of(&call.callee).as_str() {
                "condition" | "propertyCondition" | "entityCondition" if !is_of_type(call) => {
                    return false;
                }
                "range" | "exists" | "notExists" | "where" | "addTag" => return false,
                "loadByProperties" => match first.map(|it| &it.form) {
                    Some(Form::Map(pairs)) if pairs.iter().all(|it| says_type(&it.0, &it.1)) => {
                        is_listed = true;
                    }
                    _ => return false,
                },
                "entityQuery" | "db_select" => is_listed = true,
                "getQuery" => is_query = true,
                "loadMultiple" if call.arguments.is_empty() => is_listed = true,
                // `db_query('SELECT nid FROM {node}')`.
                "mysqli_query" => match first.map(texts).unwrap_or_default().first() {
                    Some(it)
                        if it.text.contains('{')
                            && !has_condition(&it.text, &["type", "bundle"]) =>
                    {
                        is_listed = true;
                    }
                    _ => return false,
                },
                _ => {}
            }
        }
        open.extend(it.children());
    }
    is_listed || is_query && is_of_storage
}

/// `condition('type', 'event')`.
fn is_of_type(condition: &Call) -> bool {
    match condition.arguments.as_slice() {
        [column, value] => says_type(&column.value, &value.value),
        _ => false,
    }
}

/// Whether a column says of which type a thing is, and the type is written down.
fn says_type(column: &Expression, value: &Expression) -> bool {
    let column = column.literal().unwrap_or_default();
    let column = column.rsplit('.').next().unwrap_or_default();
    matches!(column, "type" | "bundle" | "vid" | "entity_type") && value.literal().is_some()
}

/// What Moodle deletes of a table, or one by one of all that it has.
fn of_moodle(chain: &Chain) -> Hit {
    let is_open = |it: Option<&Shared>| {
        it.is_none_or(|it| match &it.form {
            Form::Nothing => true,
            Form::List(all) => all.is_empty(),
            _ => it
                .literal()
                .is_some_and(|it| matches!(it.replace(' ', "").as_str(), "" | "1=1" | "1")),
        })
    };
    let table = chain.argument(0);
    match chain.name() {
        "delete_records" | "delete_records_select" => {
            let is_select = chain.name() == "delete_records_select";
            let told = table.is_some_and(|it| it.literal().is_some() && !passes(it));
            hit(chain.on() == "DB"
                && told
                && is_open(chain.argument(1))
                && (!is_select || chain.argument(1).is_some()))
        }
        _ => {
            let is_list = |it: &Expression| match &it.form {
                Form::Call(call) => {
                    name_of(&call.callee) == "get_records"
                        && is_open(call.arguments.get(1).map(|it| &it.value))
                }
                _ => false,
            };
            let one = table.filter(|it| has_one(vec![it.as_ref()], LOOKED_AT, is_each));
            hit(one.is_some_and(|it| {
                has_one(vec![it.as_ref()], LOOKED_AT, is_list) && !chain.is_of_chosen(it)
            }))
        }
    }
}
