//! Rows about commands of providers of clouds, beside those that have a row of their own.

use super::command::{Line, Word, Words, told};
use super::{CommandRow, Hit, hit, kind};
use crate::content::script::model::Scope::{Backup, Cloud};
use crate::content::script::model::Weight::{Critical, High};

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.terraform.wrapped",
            "./run.sh destroy -auto-approve",
            "a script of one's own hands both on",
            Cloud,
            Critical,
            "",
        ),
        programs: &[],
        words: &[],
        when: |it| {
            let is_own =
                it.program.ends_with(".sh") || matches!(it.program.as_str(), "bash" | "sh");
            let asks_none = it.any(&["-auto-approve", "--auto-approve"]);
            hit(is_own && asks_none && it.plain().any(|it| it.text == "destroy"))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.provider",
            "linode-cli databases mysql-delete ID, aliyun rds DeleteDBInstance, az keyvault purge, cbt deletetable NAME",
            "they never ask",
            Cloud,
            Critical,
            "protection against deletion",
        ),
        programs: &[],
        words: &[],
        when: |it| hit(told(it, UNASKED) || of_aliyun(it)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.provider.asked",
            "ibmcloud resource service-instance-delete -f, cf delete-service NAME -f, pulumi stack rm --yes, argocd app delete -y",
            "without a prompt",
            Cloud,
            Critical,
            "the prompt without the flag",
        ),
        programs: &[
            "ibmcloud",
            "cf",
            "render",
            "argocd",
            "flux",
            "pulumi",
            "oci",
            "netlify",
            "railway",
            "vercel",
            "scw",
            "vultr-cli",
            "upctl",
            "exo",
            "neonctl",
            "koyeb",
            "northflank",
            "aiven",
            "avn",
            "atlas",
            "astro",
            "confluent",
            "databricks",
            "dokku",
            "jelastic",
            "gcloud",
            "heat",
        ],
        words: &[],
        when: |it| hit(told(it, ASKED) && !it.says(&["keys", "delete"])),
        prompt_off: &[
            "-f",
            "-y",
            "--yes",
            "--force",
            "--confirm",
            "--silent",
            "--quiet",
            "-q",
            "--skip-confirmation",
            "--auto-approve",
            "CLOUDSDK_CORE_DISABLE_PROMPTS",
        ],
    },
    CommandRow {
        kind: kind(
            "sh.aws.more",
            "aws es delete-elasticsearch-domain, kinesis delete-stream, glue delete-database, fsx delete-file-system",
            "",
            Cloud,
            Critical,
            "",
        ),
        programs: &["aws"],
        words: &[
            "es|kinesis|glue|timestream-write|keyspaces|memorydb|qldb|fsx|workspaces|organizations|docdb-elastic|dax|cloudsearch|firehose|kafka|mq|simspaceweaver|sdb|s3control|s3tables|cloudhsmv2|storagegateway|efs|glacier|codecommit|route53|iot|healthlake|redshift-serverless|emr|sagemaker|ssm|cognito-identity|dms|transfer",
            "delete-elasticsearch-domain|delete-stream|delete-database|delete-table|delete-keyspace|delete-cluster|delete-ledger|delete-file-system|terminate-workspaces|close-account|delete-delivery-stream|delete-broker|delete-domain|delete-vault|delete-archive|delete-repository|delete-volume|delete-fhir-datastore|delete-namespace|terminate-job-flows|delete-notebook-instance|delete-table-bucket|delete-identity-pool",
        ],
        when: |_| Hit::Full,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.bucket",
            "swift delete --all, b2 rm --recursive b2://..., ossutil rm -r oss://..., s5cmd rm 's3://bucket/*', gsutil rsync -d gs://a gs://b",
            "all of a bucket or container",
            Cloud,
            Critical,
            "versioning",
        ),
        programs: &[
            "swift",
            "b2",
            "ossutil",
            "ossutil64",
            "s5cmd",
            "coscmd",
            "coscli",
            "obsutil",
            "gsutil",
            "s4cmd",
            "linode-cli",
        ],
        words: &[],
        when: |it| hit(of_bucket(it)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.cloud.snapshots",
            "gcloud compute snapshots delete NAME --quiet, doctl compute snapshot delete ID -f, hcloud image delete ID",
            "without a prompt, or they never ask",
            Backup,
            Critical,
            "the prompt without the flag",
        ),
        programs: &["hcloud", "openstack"],
        words: &["image|snapshot|backup", "delete"],
        when: |it| {
            let is_backup = it.says(&["volume", "snapshot|backup", "delete"])
                || it.says(&["image|snapshot|backup", "delete"]);
            hit(is_backup && it.plain().any(|it| !super::piped::commands(&it.value).is_empty()))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.kubectl.finalizers",
            "kubectl patch pvc NAME -p '{\"metadata\":{\"finalizers\":null}}'",
            "of what holds data",
            Cloud,
            High,
            "",
        ),
        programs: &["kubectl", "oc", "k"],
        words: &["patch"],
        when: |it| hit(lets_go(it)),
        prompt_off: &[],
    },
];

const UNASKED: &[Line] = &[
    ("linode-cli", "databases mysql-delete|postgresql-delete|postgres-delete", ""),
    ("linode-cli", "lke cluster-delete", ""),
    ("cbt", "deletetable|deletefamily|deleteinstance|deleteallrows", ""),
    ("az", "keyvault purge|delete", ""),
    ("az", "cognitiveservices account purge", ""),
    ("nova", "delete", ""),
    ("doctl", "kubernetes cluster delete", "--dangerous"),
    ("vcluster", "delete", ""),
    ("openstack", "container delete", "--recursive -r"),
    ("openstack", "database instance delete", ""),
    ("scw", "rdb instance delete", ""),
    ("scw", "instance server delete|terminate", ""),
    ("scw", "block volume delete", ""),
    ("scw", "object bucket delete", ""),
    ("gsutil", "rb", ""),
    ("doctl", "k8s cluster delete", "-f --force"),
    ("azcopy", "remove|rm", "--recursive"),
    ("neonctl", "branches delete", ""),
    ("db2", "drop database|db", ""),
    ("podman", "system reset", "--force -f"),
    ("k3s-uninstall.sh", "", ""),
    ("rke2-uninstall.sh", "", ""),
    ("rke", "remove", "--force"),
    ("microk8s", "reset", ""),
    ("helmfile", "destroy", ""),
    ("zappa", "undeploy", "--yes -y"),
    ("gcloud", "sql backups restore", "-q --quiet"),
    ("gcloud", "firestore bulk-delete", "-q --quiet"),
    ("terragrunt", "run-all destroy", "--non-interactive"),
    ("vultr-cli", "database|instance|block-storage|kubernetes delete", ""),
];

const ASKED: &[Line] = &[
    ("ibmcloud", "ks|oc cluster", "--force-delete-storage -f"),
    ("ibmcloud", "resource service-instance-delete|group-delete", ""),
    ("ibmcloud", "cos bucket-delete|object-delete", ""),
    ("ibmcloud", "is instance-delete|volume-delete|vpc-delete", ""),
    ("cf", "delete-service|delete-org|delete-space|delete", ""),
    ("render", "services delete", ""),
    ("argocd", "app delete", "--cascade --cascade=true -y --yes"),
    ("flux", "uninstall", ""),
    ("pulumi", "stack rm", ""),
    ("oci", "os object bulk-delete", ""),
    ("oci", "os bucket delete", "--empty"),
    ("oci", "compute instance terminate", ""),
    ("oci", "nosql|mysql|psql|dbms delete", ""),
    ("netlify", "sites:delete", ""),
    ("railway", "volume|environment|project delete", ""),
    ("vercel", "project|blob rm|remove|delete|del", ""),
    ("upctl", "server|storage|database delete", ""),
    ("exo", "dbaas|compute delete", ""),
    ("koyeb", "service|database|app delete", ""),
    ("avn", "service|project terminate|delete", ""),
    ("atlas", "clusters|projects|backups delete", ""),
    ("astro", "deployment delete", ""),
    ("confluent", "kafka topic|cluster delete", ""),
    ("gcloud", "secrets|kms|artifacts|beyondcorp|composer|dataproc delete", ""),
    ("gcloud", "storage buckets delete", ""),
    ("gcloud", "iam service-accounts delete", ""),
    ("heat", "stack-delete", ""),
];

/// `aliyun rds DeleteDBInstance`, `aliyun ecs DeleteInstances`.
fn of_aliyun(words: &Words) -> bool {
    let of_data = ["rds", "ecs", "dds", "r-kvstore", "cs", "nas", "polardb", "drds"];
    matches!(words.program.as_str(), "aliyun" | "tccli")
        && words.plain().next().is_some_and(|it| of_data.contains(&it.text.as_str()))
        && words.plain().nth(1).is_some_and(|it| {
            let verb = it.text.as_str();
            ["DeleteDB", "DeleteInstance", "DeleteCluster", "DeleteDisk", "DeleteFileSystem"]
                .iter()
                .any(|begin| verb.starts_with(begin))
        })
}

/// Whether all that lies in a bucket or container goes.
fn of_bucket(words: &Words) -> bool {
    let is_recursive = words.any(&["-r", "-R", "--recursive", "-rf"]);
    let narrows = words.any(&["--older-than", "--exclude", "--include", "--versions", "--dry-run"]);
    let says = |verbs: &[&str]| words.plain().next().is_some_and(|it| verbs.contains(&&*it.text));
    let buckets = || words.plain().filter(|it| it.text.contains("://")).count();
    let whole = match words.program.as_str() {
        // A container alone, or all of them.
        "swift" => says(&["delete"]) && (words.has("--all") || words.plain().count() == 2),
        "b2" => says(&["rm", "delete-bucket"]) && is_recursive,
        "s5cmd" => says(&["rm"]) && words.plain().any(|it| it.text.ends_with("/*")),
        "gsutil" => words.says(&["rsync"]) && words.has("-d") && buckets() > 1,
        "linode-cli" => words.says(&["obj", "rb"]) && is_recursive,
        _ => says(&["rm", "delete"]) && is_recursive,
    };
    whole && !narrows
}

/// Whether what keeps data from going is taken away.
fn lets_go(words: &Words) -> bool {
    let of_data = |it: &Word| {
        let kind = it.text.split('/').next().unwrap_or_default();
        ["pv", "pvc", "ns", "namespace", "persistentvolume", "persistentvolumeclaim"]
            .iter()
            .any(|name| kind == *name || kind.strip_suffix('s') == Some(name))
    };
    let is_off = |text: &str| {
        let text: String = text.chars().filter(|it| !matches!(it, ' ' | '"' | '\'')).collect();
        text.contains("finalizers:null") || text.contains("finalizers:[]")
    };
    words.says(&["patch"])
        && words.plain().nth(1).is_some_and(of_data)
        && words.rest.iter().any(|it| is_off(&it.text) || it.text.contains("/finalizers"))
}
