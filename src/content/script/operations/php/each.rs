//! Rows about calls in PHP that go through all that a site, a disk or a bucket holds.

use super::super::chain::{Chain, Link, call_among, name_of};
use super::super::{CallRow, Hit, kind};
use super::{PHP, hit};
use crate::content::script::model::Scope::{Cloud, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Expression, Form, Shared, each_of, has_one};

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "php.wp.each",
            "foreach (get_posts(['numberposts' => -1]) as $it) wp_delete_post($it->ID, true)",
            "all of them",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &[
            "wp_delete_post",
            "wp_delete_user",
            "wpmu_delete_user",
            "wp_delete_term",
            "wp_delete_attachment",
            "wp_delete_comment",
        ],
        when: |chain| hit(chain.argument(0).is_some_and(lists_wordpress)),
    },
    CallRow {
        kind: kind(
            "php.s3",
            "$s3->deleteMatchingObjects($bucket, ''), BatchDelete::fromListObjects(...)->delete(), BatchDelete::fromIterator(...)->delete()",
            "no prefix",
            Cloud,
            Critical,
            "versioning",
        ),
        languages: PHP,
        names: &["deleteMatchingObjects", "delete"],
        when: bucket,
    },
    CallRow {
        kind: kind(
            "php.google",
            "foreach ($storage->bucket('b')->objects() as $it) $it->delete(), $database->getReference('users')->remove()",
            "nothing narrows it down",
            Cloud,
            Critical,
            "versioning",
        ),
        languages: PHP,
        names: &["delete", "remove"],
        when: google,
    },
    CallRow {
        kind: kind(
            "php.storage",
            "Storage::delete(Storage::allFiles())",
            "all files of a disk",
            Files,
            High,
            "",
        ),
        languages: PHP,
        names: &["delete", "deleteDirectory"],
        when: |chain| {
            hit(chain.has(&["Storage"]) && chain.argument(0).is_some_and(super::files::lists_disk))
        },
    },
    CallRow {
        kind: kind(
            "php.doctrine.each",
            "foreach ($repository->findAll() as $it) $em->remove($it)",
            "all of them",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &["remove"],
        when: |chain| {
            let one = chain.argument(0);
            hit(one.is_some_and(|it| finds_all(it) && !chain.is_of_chosen(it)))
        },
    },
    CallRow {
        kind: kind(
            "php.magento.each",
            "foreach ($model->getCollection() as $it) $it->delete(), foreach ($collectionFactory->create() as $it) $it->delete()",
            "nothing is filtered",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &["delete"],
        when: |chain| {
            let one = chain.argument(0).and_then(|it| each_of(it));
            hit(match one.map(|it| &it.form) {
                Some(Form::Call(call)) => is_collection(&Chain::of(call).links),
                Some(_) => false,
                None => is_collection(&chain.links) && !chain.is_on_chosen(),
            })
        },
    },
];

/// Whether these names give a collection of Magento that nothing filters: `$model->getCollection()`, `$collectionFactory->create()`.
fn is_collection(links: &[Link]) -> bool {
    let is_class = |it: &Expression| {
        matches!(&it.form, Form::Name(name)
            if matches!(name.rsplit('\\').next(), Some("Collection" | "CollectionFactory")))
    };
    let made_of = |it: &Link| {
        let mut given = it.call.iter().flat_map(|it| &it.arguments);
        given.any(|it| has_one(vec![&it.value], 20, is_class))
    };
    let is_made = |both: &[Link]| {
        both[1].name == "create"
            && (both[0].name.ends_with("ollectionFactory") || both.iter().any(made_of))
    };
    let is_old = links.iter().any(|it| it.name == "getCollection");
    let loads = |it: &Link| is_old && it.name == "load";
    let filters = |it: &Link| it.name.contains("ilter") || loads(it);
    (is_old || links.windows(2).any(is_made)) && !links.iter().any(filters)
}

/// One of all posts, users or terms of WordPress.
fn lists_wordpress(of: &Shared) -> bool {
    let plain = [
        "post_type",
        "post_status",
        "numberposts",
        "posts_per_page",
        "fields",
        "hide_empty",
        "taxonomy",
        "number",
    ];
    let is_plain = |it: &Shared| match &it.form {
        Form::Map(pairs) => pairs
            .iter()
            .all(|(key, _)| key.literal().is_some_and(|it| plain.contains(&it.as_str()))),
        _ => false,
    };
    let lists = ["get_posts", "get_users", "get_terms", "get_comments"];
    let list = call_among(vec![of], 100, &lists);
    list.is_some_and(|it| it.arguments.iter().all(|it| is_plain(&it.value)))
}

/// All that a bucket, a collection or a branch of Google's stores holds.
fn google(chain: &Chain) -> Hit {
    let names: Vec<&str> = chain.links.iter().map(|it| it.name).collect();
    let given = |name: &str| chain.links.iter().find(|it| it.name == name).and_then(|it| it.call);
    let is_plain = chain.arguments().is_empty() && !chain.is_on_chosen();
    hit(is_plain
        && match names.as_slice() {
            [.., "bucket", "objects", "delete"] => {
                given("objects").is_some_and(|it| it.arguments.is_empty())
            }
            [.., "collection", "documents", "reference", "delete"] => true,
            [.., "getReference", "remove"] => given("getReference")
                .and_then(|it| it.arguments.first()?.value.literal())
                .is_some_and(|it| !it.trim_matches('/').contains('/')),
            _ => false,
        })
}

/// A bucket of S3 as a whole.
fn bucket(chain: &Chain) -> Hit {
    if chain.name() == "deleteMatchingObjects" {
        return hit(chain.argument(1).is_some_and(|it| it.literal().as_deref() == Some("")));
    }
    let one = chain.links.iter().find(|it| it.name == "fromIterator").and_then(|it| it.call);
    if let Some(list) = one.and_then(|it| it.arguments.get(2)) {
        return hit(chain.on() == "fromIterator" && super::stores::is_of_list(&list.value));
    }
    let list = chain.links.iter().find(|it| it.name == "fromListObjects").and_then(|it| it.call);
    let options = list.and_then(|it| it.arguments.get(1)).map(|it| &it.value.form);
    hit(
        matches!(options, Some(Form::Map(pairs)) if pairs.iter().all(|(key, _)| key.literal().as_deref() == Some("Bucket"))),
    )
}

/// One of all that a repository holds.
fn finds_all(of: &Shared) -> bool {
    let Some(Form::Call(call)) = each_of(of).map(|it| &it.form) else { return false };
    name_of(&call.callee) == "findAll"
}

/// The maps that a value is put together of: `['command' => $name] + $arguments`, `array_merge($one, $other)`.
fn maps_in(of: &Shared) -> Vec<&Shared> {
    let (mut open, mut found) = (vec![of], Vec::new());
    for _ in 0..50 {
        let Some(it) = open.pop() else { break };
        match &it.form {
            Form::Other(all) | Form::Either(all) => open.extend(all),
            Form::Call(call) if name_of(&call.callee) == "array_merge" => {
                open.extend(call.arguments.iter().map(|it| &it.value));
            }
            _ => found.push(it),
        }
    }
    found
}

/// Whether a command of Doctrine that drops all is run, and told to do so.
pub(super) fn runs_drop(chain: &Chain) -> Hit {
    let input = chain.argument(0).map(|it| match &it.form {
        Form::Call(call) => call.arguments.first().map(|it| &it.value).unwrap_or(it),
        _ => it,
    });
    let maps = input.map(maps_in).unwrap_or_default();
    let pairs: Vec<&(Shared, Shared)> = (maps.iter())
        .filter_map(|it| match &it.form {
            Form::Map(pairs) => Some(pairs),
            _ => None,
        })
        .flatten()
        .collect();
    let given = |name: &str| {
        pairs.iter().find(|it| it.0.literal().as_deref() == Some(name)).map(|it| &it.1)
    };
    let found = chain.links.iter().filter(|it| it.name == "find").filter_map(|it| it.call);
    let found = found.filter_map(|it| it.arguments.first()).map(|it| &it.value);
    let names = found.chain(given("command")).filter_map(|it| it.literal());
    let drops = ["doctrine:database:drop", "doctrine:schema:drop", "doctrine:fixtures:load"];
    let is_forced = given("--force").is_some_and(|it| !matches!(it.form, Form::Bool(false)));
    hit(is_forced && names.into_iter().any(|it| drops.contains(&it.as_str())))
}
