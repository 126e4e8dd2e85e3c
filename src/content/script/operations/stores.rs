//! Rows about commands of stores, brokers, ledgers and tools of builds that destroy what is kept.

use super::command::{Word, Words, always};
use super::files::{file_of_database, path_of_data};
use super::{CommandRow, Hit, hit, kind};
use crate::content::script::model::Scope::{Cloud, Database, Files, GitHistory};
use crate::content::script::model::Weight::{Critical, High};

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.ecto",
            "mix ecto.drop, mix ecto.reset",
            "",
            Database,
            High,
            "--force in production",
        ),
        programs: &["mix"],
        words: &["ecto.drop|ecto.reset|ash.reset"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.build_tool",
            "mvn flyway:clean, gradlew flywayClean, mvn liquibase:dropAll",
            "",
            Database,
            Critical,
            "cleanDisabled, on by default since 9",
        ),
        programs: &["mvn", "mvnw", "gradle", "gradlew"],
        words: &["flyway:clean|flywayClean|liquibase:dropAll|dropAll"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.ace",
            "ace migration:fresh --force, ace db:wipe --force",
            "--force",
            Database,
            Critical,
            "the prompt in production",
        ),
        programs: &["ace"],
        words: &["migration:fresh|migration:refresh|migration:reset|db:wipe"],
        when: always,
        prompt_off: &["--force"],
    },
    CommandRow {
        kind: kind(
            "sh.drizzle",
            "drizzle-kit push --force",
            "--force",
            Database,
            Critical,
            "the prompt without --force",
        ),
        programs: &["drizzle-kit"],
        words: &["push"],
        when: always,
        prompt_off: &["--force"],
    },
    CommandRow {
        kind: kind(
            "sh.redis.keys",
            "redis-cli KEYS '*' | xargs redis-cli DEL",
            "all keys are listed",
            Database,
            High,
            "",
        ),
        programs: &["redis-cli", "valkey-cli", "keydb-cli"],
        words: &["del|DEL|unlink|UNLINK"],
        when: |it| hit(it.plain().any(|it| it.text == "*")),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.hdfs",
            "hdfs dfs -rm -r PATH",
            "the path holds data, or nothing goes to the trash",
            Files,
            High,
            "the trash, without -skipTrash",
        ),
        programs: &["hdfs", "hadoop"],
        words: &["dfs|fs"],
        when: hdfs,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.kafka",
            "kafka-topics --delete --topic NAME, kafka-configs --alter --entity-type topics --add-config retention.ms=1000",
            "of retention.ms: a minute or less, after which a topic is empty",
            Database,
            High,
            "",
        ),
        programs: &["kafka-topics", "kafka-topics.sh", "kafka-configs", "kafka-configs.sh"],
        words: &[],
        when: |it| {
            let deletes = it.program.starts_with("kafka-topics") && it.has("--delete");
            hit(deletes && it.has("--topic") || it.has("--alter") && empties_topic(it))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.rabbitmq",
            "rabbitmqctl reset, rabbitmqctl purge_queue NAME",
            "",
            Database,
            High,
            "",
        ),
        programs: &["rabbitmqctl", "rabbitmqadmin"],
        words: &["reset|force_reset|delete_vhost|purge_queue|delete_queue|purge"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.nats",
            "nats stream rm NAME -f, nats stream purge NAME -f",
            "-f",
            Database,
            High,
            "the prompt without -f",
        ),
        programs: &["nats"],
        words: &["stream|kv|object", "rm|purge|del"],
        when: always,
        prompt_off: &["-f", "--force"],
    },
    CommandRow {
        kind: kind(
            "sh.directory",
            "ldapdelete -r 'ou=people,dc=example,dc=org'",
            "-r",
            Database,
            Critical,
            "",
        ),
        programs: &["ldapdelete"],
        words: &[],
        when: |it| hit(it.has("-r")),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.couchbase",
            "couchbase-cli bucket-flush --bucket NAME, couchbase-cli bucket-delete --bucket NAME",
            "",
            Database,
            Critical,
            "the prompt of bucket-flush without --force",
        ),
        programs: &["couchbase-cli"],
        words: &["bucket-flush|bucket-delete|scope-delete"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.mail", "postsuper -d ALL", "all mail that waits", Database, High, ""),
        programs: &["postsuper"],
        words: &["ALL"],
        when: |it| hit(it.has("-d")),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.influx", "influx bucket delete -n NAME", "", Database, High, ""),
        programs: &["influx"],
        words: &["bucket|org|delete"],
        when: |it| {
            // A measurement is a table of its own; what else is asked for chooses among rows.
            let of_table = it.value_of(&["--predicate", "-p"]).is_none_or(|it| {
                it.text.starts_with("_measurement=") && !it.text.to_lowercase().contains(" and ")
            });
            let from_first = !it.has("--predicate")
                || it.value_of(&["--start"]).is_some_and(|it| it.text.starts_with("1970-01-01"));
            let is_all =
                it.plain().next().is_some_and(|it| it.text == "delete") && of_table && from_first;
            hit(is_all || it.says(&["bucket|org", "delete"]))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.objects",
            "mc rm --recursive --force BUCKET, s3cmd del --recursive --force s3://...",
            "recursive",
            Cloud,
            Critical,
            "versioning",
        ),
        programs: &["mc", "s3cmd", "s5cmd", "s4cmd"],
        words: &["rm|rb|del"],
        when: |it| hit(it.any(&["--recursive", "-r", "--force"]) && !it.has("--older-than")),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.gh",
            "gh repo delete NAME --yes",
            "--yes",
            GitHistory,
            Critical,
            "the prompt without --yes",
        ),
        programs: &["gh"],
        words: &["repo", "delete"],
        when: always,
        prompt_off: &["--yes", "--confirm"],
    },
    CommandRow {
        kind: kind(
            "sh.gh.api",
            "gh api -X DELETE repos/OWNER/NAME",
            "the path is that of a whole repository",
            GitHistory,
            Critical,
            "",
        ),
        programs: &["gh"],
        words: &["api"],
        when: |words| {
            let method = words.value_of(&["-X", "--method"]).map(|it| it.text.as_str());
            let method = method.or(words.joined_to(&["--method"]).next());
            let is_delete = words.has("-XDELETE") || method == Some("DELETE");
            let is_repository = |it: &Word| {
                let path: Vec<&str> = it.text.trim_matches('/').split('/').collect();
                matches!(path.as_slice(), ["repos", _, _])
            };
            hit(is_delete && words.plain().any(is_repository))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.firebase",
            "firebase firestore:delete --all-collections --force, firebase database:remove / --force",
            "--force",
            Database,
            Critical,
            "the prompt without --force",
        ),
        programs: &["firebase", "firebase-tools"],
        words: &["firestore:delete|database:remove"],
        when: always,
        prompt_off: &["--force", "-f", "--yes", "-y", "--confirm"],
    },
    CommandRow {
        kind: kind(
            "sh.ledger",
            "NODE tendermint unsafe-reset-all, geth removedb",
            "",
            Database,
            High,
            "the prompt of removedb",
        ),
        programs: &[],
        words: &[],
        when: |it| {
            hit(it
                .plain()
                .any(|it| matches!(it.text.as_str(), "unsafe-reset-all" | "unsafe_reset_all"))
                || it.program == "geth" && it.says(&["removedb"]))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.machines",
            "virsh undefine NAME --remove-all-storage, lxc delete NAME --force",
            "its disks go as well",
            Files,
            High,
            "",
        ),
        programs: &["virsh", "lxc", "incus", "qm"],
        words: &["undefine|vol-delete|delete|destroy"],
        when: machines,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.dokku",
            "dokku postgres:destroy NAME --force",
            "--force",
            Database,
            Critical,
            "the prompt without --force",
        ),
        programs: &["dokku"],
        words: &[
            "apps:destroy|postgres:destroy|mysql:destroy|mariadb:destroy|mongo:destroy|redis:destroy",
        ],
        when: always,
        prompt_off: &["--force", "-f"],
    },
    CommandRow {
        kind: kind(
            "sh.wrangler",
            "wrangler d1 delete NAME, wrangler r2 bucket delete NAME",
            "",
            Cloud,
            Critical,
            "the prompt of d1",
        ),
        programs: &["wrangler"],
        words: &["d1|r2|kv:namespace|kv", "delete"],
        when: always,
        prompt_off: &["-y", "--skip-confirmation", "--force"],
    },
    CommandRow {
        kind: kind(
            "sh.other_cloud",
            "openstack server delete ID, hcloud volume delete ID, kops delete cluster --yes",
            "they never ask, but for kops",
            Cloud,
            Critical,
            "protection against deletion",
        ),
        programs: &["openstack", "hcloud", "kops", "linode-cli"],
        words: &[
            "server|volume|stack|project|cluster|linodes|volumes|databases|delete",
            "delete|cluster",
        ],
        when: |it| hit(it.program != "kops" || it.has("--yes")),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.truncate",
            "truncate -s 0 app.db, : > app.db, cat /dev/null > app.db",
            "the name is that of a database",
            Files,
            High,
            "",
        ),
        programs: &["truncate"],
        words: &[],
        when: |it| hit(it.plain().any(|it| file_of_database(&it.text))),
        prompt_off: &[],
    },
];

/// Whether a topic is told to keep nothing that is older than a minute, as it is emptied.
fn empties_topic(words: &Words) -> bool {
    let settings = words.rest.iter().flat_map(|it| it.text.split([',', '"', '\'']));
    let kept = settings.filter_map(|it| it.strip_prefix("retention.ms=")?.parse::<u64>().ok());
    kept.into_iter().any(|it| it <= 60_000)
}

fn hdfs(words: &Words) -> Hit {
    let is_recursive = words.rest.iter().any(|it| it.text == "-rmr")
        || words.rest.iter().any(|it| it.text == "-rm")
            && words.rest.iter().any(|it| matches!(it.text.as_str(), "-r" | "-R" | "-skipTrash"));
    let of_data = words.plain().skip(1).any(|it| path_of_data(&it.text));
    hit(is_recursive && (of_data || words.rest.iter().any(|it| it.text == "-skipTrash")))
}

fn machines(words: &Words) -> Hit {
    match words.program.as_str() {
        "virsh" => hit(words.says(&["vol-delete"]) || words.has("--remove-all-storage")),
        "qm" => hit(words.says(&["destroy"])),
        _ => hit(words.says(&["delete"]) && words.any(&["--force", "-f"])),
    }
}
