//! Methods of queues, topics and streams.

use super::{Chain, Methods, any, is_bare, is_told, option, plain};

/// What makes a queue of jobs.
const JOBS: &[&str] = &["bull", "bee-queue", "rq", "queue"];

pub(super) static METHODS: &[Methods] = &[
    Methods {
        made_by: &[],
        names: &[
            "purgequeue",
            "queuepurge",
            "queuedelete",
            "deletequeue",
            "purgestream",
            "obliterate",
            "discardall",
            "deleteallpendingtasks",
            "deleteallscheduledtasks",
            "deleteallarchivedtasks",
            "deletetopics",
        ],
        when: |it| is_told(it) || matches!(plain(it.name()).as_str(), "obliterate" | "discardall"),
    },
    Methods { made_by: &["celery", "control"], names: &["purge"], when: |it| it.on() == "control" },
    Methods {
        made_by: &["bull", "rq.queue", "bee-queue"],
        names: &["empty", "drain", "destroy"],
        when: |it| it.links.len() == 2 && it.name() != "destroy",
    },
    Methods {
        made_by: &["nats", "jetstream", "kinesis"],
        names: &["deletestream", "purgestream", "deletekeyvalue", "deleteobjectstore"],
        when: is_told,
    },
    Methods {
        made_by: &["nats", "jetstream"],
        names: &["purge", "delete"],
        when: |it| it.on() == "streams" && is_told(it),
    },
    Methods {
        made_by: &["kafka", "sarama", "confluent", "pubsub", "publisher", "servicebus", "admin"],
        names: &["deletetopic"],
        when: is_told,
    },
    Methods {
        made_by: &["pubsub", "subscriber", "servicebus"],
        names: &["deletesubscription"],
        when: is_told,
    },
    Methods {
        made_by: &["pubsub"],
        names: &["delete"],
        when: |it| {
            let on = plain(it.on());
            matches!(on.as_str(), "topic" | "subscription") && is_bare(it)
        },
    },
    Methods { made_by: JOBS, names: &["clean"], when: cleans_waiting },
    Methods {
        made_by: &["redis"],
        names: &["xtrim"],
        when: |it| option(it, "maxlen").and_then(|it| it.literal()).as_deref() == Some("0"),
    },
    Methods { made_by: &["pika", "amqp", "bunny"], names: &["purge"], when: is_bare },
    Methods { made_by: &["huey", "dramatiq"], names: &["flush", "flushall"], when: any },
    Methods { made_by: &["gearman", "beanstalk", "sidekiq"], names: &["clear"], when: any },
];

/// `queue.clean(0, 0, 'wait')`: jobs of any age that wait.
fn cleans_waiting(chain: &Chain) -> bool {
    let all: Vec<String> = chain.arguments().iter().filter_map(|it| it.value.literal()).collect();
    all.first().is_some_and(|it| it == "0")
        && all.iter().any(|it| matches!(it.as_str(), "wait" | "delayed" | "paused" | "waiting"))
}
