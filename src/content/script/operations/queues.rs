//! Rows about queues, brokers and stores that have commands of their own.

use super::command::{Line, Word, Words, told};
use super::piped::commands;
use super::{CommandRow, Hit, hit, kind};
use crate::content::script::model::Scope::{Database, GitHistory};
use crate::content::script::model::Weight::{Critical, High};

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.store",
            "rpk topic delete, pulsar-admin topics delete, solr delete -c NAME, vault secrets disable PATH",
            "",
            Database,
            High,
            "",
        ),
        programs: &[],
        words: &[],
        when: |it| hit(told(it, STORES) || is_realm(it)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.celery",
            "celery -A app purge -f",
            "-f",
            Database,
            High,
            "the prompt without -f",
        ),
        programs: &["celery"],
        words: &["purge"],
        when: |_| Hit::Full,
        prompt_off: &["-f", "--force"],
    },
    CommandRow {
        kind: kind(
            "sh.store.said",
            "echo \"drop 'orders'\" | hbase shell, echo 'REMOVE DATABASE shop;' | surreal sql, echo FLUSHALL | nc redis 6379",
            "the text that it reads says so",
            Database,
            Critical,
            "",
        ),
        programs: &[
            "hbase",
            "surreal",
            "nc",
            "ncat",
            "netcat",
            "telnet",
            "redis-cli",
            "valkey-cli",
            "gremlin.sh",
        ],
        words: &[],
        when: |it| {
            hit(match it.program.as_str() {
                "hbase" => it.reads_word(&["drop", "drop_all", "truncate", "truncate_preserve"]),
                "surreal" => {
                    it.reads_word(&["REMOVE"]) && it.reads_word(&["DATABASE", "NAMESPACE", "TABLE"])
                }
                "gremlin.sh" => it.said.contains("g.V().drop()"),
                _ => it.reads_word(&["flushall", "flushdb", "flush_all"]),
            })
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.redis.each",
            "redis-cli --scan | while read key; do redis-cli del $key; done",
            "the pattern is that of all keys",
            Database,
            High,
            "",
        ),
        programs: &["redis-cli", "valkey-cli", "keydb-cli"],
        words: &["del|DEL|unlink|UNLINK"],
        when: |it| hit(it.rest.iter().any(of_all_keys)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.git_tags",
            "git tag -l | xargs git push --delete origin",
            "all tags that there are",
            GitHistory,
            High,
            "",
        ),
        programs: &["git", "gh"],
        words: &["push|update-ref|release"],
        when: |it| hit(it.any(&["--delete", "-d"]) && of_all_names(it) || of_all_releases(it)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.each",
            "wp post delete $(wp post list --format=ids) --force, for it in $(vault kv list secret/app): vault kv metadata delete",
            "each of what the same program lists, and nothing chooses among them",
            Database,
            High,
            "",
        ),
        programs: &["wp", "vault", "aws", "drush", "consul", "etcdctl", "nats", "kcat", "mc", "az"],
        words: &[],
        when: |it| hit(each_listed(it)),
        prompt_off: &[],
    },
];

const STORES: &[Line] = &[
    ("rpk", "topic delete", ""),
    ("pulsar-admin", "topics|namespaces|tenants delete", "-f --force"),
    ("pulsar-admin", "topics delete-partitioned-topic", ""),
    ("solr", "delete", "-c"),
    ("vault", "secrets disable", ""),
    ("kafka-delete-records", "", "--offset-json-file"),
    ("kafka-delete-records.sh", "", "--offset-json-file"),
    ("rabbitmqadmin", "delete queue|vhost", ""),
    ("rabbitmqadmin", "purge queue", ""),
    ("kafkactl", "delete topic", ""),
    ("repmgr", "standby clone", "-F --force"),
    ("curator_cli", "delete_indices|delete-indices", ""),
    ("curator_cli", "delete_snapshots|delete-snapshots", ""),
    ("n98-magerun2", "db:drop", "--force -f"),
    ("n98-magerun2.phar", "db:drop", "--force -f"),
    ("n98-magerun", "db:drop", "--force -f"),
    ("magento", "setup:uninstall", "-n --no-interaction"),
    ("drush", "entity:delete", "-y --yes"),
    ("drupal", "database:drop", "-y --yes"),
    ("temporal", "operator namespace delete", "-y --yes"),
    ("openshift-install", "destroy cluster", ""),
    ("nats", "str|stream|kv|object rm|del|delete", "-f --force"),
    ("weka", "local reset-data", "-f --force"),
    ("weka", "fs delete", "-f --force"),
    ("glab", "repo delete", "-y --yes"),
    ("bench", "drop-site", "--force"),
    ("neo4j-admin", "database delete", ""),
    ("limactl", "delete", "-f --force"),
    ("nerdctl", "volume rm|remove", ""),
];

/// `kcadm.sh delete realms/customers`: all users of it go.
fn is_realm(words: &Words) -> bool {
    let mut plain = words.plain().map(|it| it.text.as_str());
    let is_admin = matches!(words.program.as_str(), "kcadm.sh" | "kcadm");
    is_admin
        && plain.next() == Some("delete")
        && plain.next().is_some_and(|it| {
            it.strip_prefix("realms/").is_some_and(|it| !it.is_empty() && !it.contains('/'))
        })
}

/// Whether a key is one of all that a store lists.
fn of_all_keys(word: &Word) -> bool {
    let lists = |it: &Vec<String>| {
        let is_list = it.iter().any(|it| it == "--scan" || it.eq_ignore_ascii_case("keys"));
        let narrows =
            it.iter().skip(1).any(|it| it.len() > 1 && it.contains('*') || it.ends_with('\u{1}'));
        it.first().is_some_and(|it| it.ends_with("-cli")) && is_list && !narrows
    };
    let all = commands(&word.value);
    all.iter().any(lists) && !super::piped::chooses(&all)
}

/// Whether a command goes through all tags or heads of a repository.
fn of_all_names(words: &Words) -> bool {
    let lists = |it: &Vec<String>| {
        let mut said = it.iter().map(String::as_str);
        said.next() == Some("git")
            && match said.next() {
                Some("tag") => it.len() == 2 || it.len() == 3 && it[2].starts_with('-'),
                Some("for-each-ref") => true,
                _ => false,
            }
    };
    words.rest.iter().any(|it| {
        let all = commands(&it.value);
        all.iter().any(lists) && !super::piped::chooses(&all)
    })
}

/// `gh release list | ... | xargs gh release delete --yes`.
fn of_all_releases(words: &Words) -> bool {
    words.program == "gh"
        && words.says(&["release", "delete"])
        && words.any(&["--yes", "-y"])
        && words.rest.iter().any(|it| {
            let all = commands(&it.value);
            let lists = |it: &Vec<String>| it.iter().any(|it| it == "list");
            all.iter().any(lists) && !super::piped::chooses(&all)
        })
}

/// Whether a query of JMESPath picks one of what is listed: `[0].id`, `topics[?name=='orders']`.
fn picks(query: &str) -> bool {
    query.contains("[0]")
        || query.contains("[?") && query.contains("==") && !query.contains("==null")
}

/// Whether a key is one of all that etcd keeps.
fn of_all_of_etcd(word: &Word) -> bool {
    let all = commands(&word.value);
    let lists = |it: &Vec<String>| {
        let mut said = it.iter().map(String::as_str);
        let is_all = it.iter().any(|it| it == "--prefix" || it == "--from-key");
        said.next() == Some("etcdctl")
            && is_all
            && it.iter().any(|it| it == "get")
            && said.any(|it| it == "/")
    };
    all.iter().any(lists) && !super::piped::chooses(&all)
}

/// Whether it deletes each of what the same program lists of the same kind.
fn each_listed(words: &Words) -> bool {
    // `etcdctl get / --prefix --keys-only | xargs etcdctl del`.
    if words.program == "etcdctl" {
        return words.says(&["del"]) && words.rest.iter().any(of_all_of_etcd);
    }
    let deletes =
        words.plain().take(4).any(|it| it.text == "delete" || it.text.starts_with("delete-"));
    let kind = words.plain().next().map(|it| it.text.clone()).unwrap_or_default();
    let narrow = [
        "--filter",
        "--query-filter",
        "--prefix",
        "--key-condition",
        "--search",
        "--status",
        "--author",
        "--before",
        "--post_status",
        "--role",
        "--meta",
        "--include",
    ];
    let of_all = |it: &Word| {
        let all = commands(&it.value);
        let lists = |it: &Vec<String>| {
            let is_list = it
                .iter()
                .any(|it| it == "list" || it.starts_with("list-") || it.starts_with("describe-"));
            it.first() == Some(&words.program)
                && it.contains(&kind)
                && is_list
                && !it.iter().any(|it| narrow.iter().any(|that| it.starts_with(that)) || picks(it))
        };
        all.iter().any(lists) && !super::piped::chooses(&all)
    };
    let passes = ["logs", "cache", "transient", "iam", "ecr", "lambda", "ecs"];
    deletes && !passes.contains(&kind.as_str()) && words.rest.iter().any(of_all)
}
