//! Rows about commands that destroy resources of a cloud or cluster.

mod clusters;

pub(super) use clusters::is_plumbing;

use super::command::{Word, Words, always};
use super::files::path_of_data;
use super::{CommandRow, Hit, hit, kind, piped};
use crate::content::script::model::Scope::{Backup, Cloud, Files};
use crate::content::script::model::Weight::{Critical, High, Medium};

/// Programs that make and take down what files of Terraform say.
pub(in crate::content::script) const TERRAFORM: &[&str] =
    &["terraform", "tofu", "terragrunt", "tf"];

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.kubectl",
            "kubectl delete namespace|pv|pvc|statefulset NAME",
            "",
            Cloud,
            Critical,
            "--dry-run=server",
        ),
        programs: &["kubectl", "oc", "k", "k3s"],
        words: &["delete"],
        when: clusters::kubectl,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.terraform",
            "terraform destroy -auto-approve",
            "-auto-approve",
            Cloud,
            Critical,
            "the prompt without it; prevent_destroy",
        ),
        programs: TERRAFORM,
        words: &["destroy"],
        when: always,
        prompt_off: &[
            "-auto-approve",
            "--auto-approve",
            "-force",
            "--force",
            "--terragrunt-non-interactive",
            "TF_INPUT",
        ],
    },
    CommandRow {
        kind: kind(
            "sh.terraform.apply",
            "terraform apply -destroy -auto-approve",
            "-auto-approve",
            Cloud,
            Critical,
            "the prompt without it",
        ),
        programs: TERRAFORM,
        words: &["apply"],
        when: |it| hit(it.any(&["-destroy", "--destroy"])),
        prompt_off: &["-auto-approve", "--auto-approve"],
    },
    CommandRow {
        kind: kind(
            "sh.terraform.plan",
            "terraform apply destroy.tfplan",
            "the plan was made by plan -destroy, or is called so; a plan that was kept is never asked about",
            Cloud,
            Critical,
            "what the plan shows",
        ),
        programs: TERRAFORM,
        words: &["apply"],
        when: |it| {
            let is_plan = |it: &Word| it.text.contains("destroy") && !it.text.contains('=');
            hit(it.plain().skip(1).any(is_plan))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.pulumi",
            "pulumi destroy -y",
            "-y",
            Cloud,
            Critical,
            "the prompt without -y",
        ),
        programs: &["pulumi"],
        words: &["destroy"],
        when: always,
        prompt_off: &["-y", "--yes", "-f", "--non-interactive"],
    },
    CommandRow {
        kind: kind(
            "sh.cdk",
            "cdk destroy --force",
            "--force",
            Cloud,
            Critical,
            "the prompt without --force; RemovalPolicy.RETAIN",
        ),
        programs: &["cdk", "cdktf"],
        words: &["destroy"],
        when: always,
        prompt_off: &["-f", "--force", "--auto-approve"],
    },
    CommandRow {
        kind: kind("sh.serverless", "serverless remove, sst remove", "", Cloud, High, ""),
        programs: &["serverless", "sls", "sst"],
        words: &["remove"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.sam",
            "sam delete --no-prompts",
            "--no-prompts",
            Cloud,
            Critical,
            "the prompt without it",
        ),
        programs: &["sam"],
        words: &["delete"],
        when: always,
        prompt_off: &["--no-prompts"],
    },
    CommandRow {
        kind: kind(
            "sh.aws.s3",
            "aws s3 rb --force, aws s3 rm --recursive, aws s3 sync --delete",
            "of sync: from one bucket to another, or of data",
            Cloud,
            Critical,
            "--dryrun",
        ),
        programs: &["aws"],
        words: &["s3", "rb|rm|sync"],
        when: aws_s3,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.aws",
            "aws rds delete-db-instance, dynamodb delete-table, cloudformation delete-stack, ec2 terminate-instances",
            "",
            Cloud,
            Critical,
            "termination and deletion protection",
        ),
        programs: &["aws"],
        words: &[
            "rds|dynamodb|cloudformation|ec2|eks|efs|elasticache|redshift|kms|docdb|opensearch|s3api|ecr|lightsail|neptune|logs|cognito-idp|sqs|ecs|elasticbeanstalk",
            "delete-db-instance|delete-db-cluster|delete-table|delete-stack|terminate-instances|delete-volume|delete-cluster|delete-file-system|delete-cache-cluster|delete-replication-group|schedule-key-deletion|delete-domain|delete-bucket|delete-repository|delete-instance|delete-relational-database|delete-nodegroup|delete-objects|delete-log-group|delete-user-pool|purge-queue|terminate-environment",
        ],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.aws.backup",
            "aws rds delete-db-snapshot, ec2 delete-snapshot, backup delete-recovery-point",
            "",
            Backup,
            Critical,
            "a vault lock",
        ),
        programs: &["aws"],
        words: &[
            "rds|ec2|backup|dynamodb|redshift",
            "delete-db-snapshot|delete-snapshot|delete-recovery-point|delete-backup|delete-db-cluster-snapshot|delete-cluster-snapshot|delete-backup-vault",
        ],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.az",
            "az group delete --yes, az sql db delete --yes",
            "--yes",
            Cloud,
            Critical,
            "the prompt without --yes; resource locks",
        ),
        programs: &["az"],
        words: &[
            "group|sql|cosmosdb|storage|aks|vm|webapp|keyvault|postgres|mysql|acr|redis|disk|deployment-stack|containerapp|functionapp|ml",
            "delete|delete-batch|purge",
        ],
        when: az,
        prompt_off: &["--yes", "-y"],
    },
    CommandRow {
        kind: kind(
            "sh.az.unasked",
            "az storage blob delete-batch, az storage container delete, az resource delete --ids ID, az ad app delete --id ID",
            "they never ask",
            Cloud,
            Critical,
            "soft delete",
        ),
        programs: &["az"],
        words: &["storage|resource|ad", "delete|delete-batch|clear"],
        when: |it| {
            let kinds = ["blob", "container", "share", "fs", "table", "queue"];
            let is_kind = it.plain().nth(1).is_some_and(|it| kinds.contains(&it.text.as_str()));
            let is_one = it.says(&["storage", "blob", "delete"]);
            // One that is looked for by its name is one that a script made.
            let is_found =
                || it.value_of(&["--id"]).is_some_and(|it| !piped::commands(&it.value).is_empty());
            let is_identity = it.says(&["ad", "app|sp|user|group", "delete"]);
            hit(it.says(&["resource", "delete"])
                || it.says(&["storage"]) && is_kind && !is_one
                || is_identity && !is_found())
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.azd",
            "azd down --force --purge",
            "--force",
            Cloud,
            Critical,
            "the prompt without --force",
        ),
        programs: &["azd"],
        words: &["down"],
        when: always,
        prompt_off: &["--force"],
    },
    CommandRow {
        kind: kind(
            "sh.gcloud",
            "gcloud sql instances delete --quiet",
            "--quiet",
            Cloud,
            Critical,
            "the prompt without --quiet; liens",
        ),
        programs: &["gcloud"],
        words: &[
            "projects|sql|compute|container|spanner|bigtable|firestore|redis|alloydb|run|app|functions|filestore",
            "delete|bulk-delete",
        ],
        when: |it| {
            // What holds no data: `gcloud compute firewall-rules delete`, `gcloud run services delete`.
            let passes = [
                "firewall-rules",
                "addresses",
                "routes",
                "routers",
                "networks",
                "subnets",
                "forwarding-rules",
                "target-pools",
                "health-checks",
                "services",
                "revisions",
                "jobs",
                "versions",
                "triggers",
                "images",
            ];
            hit(!it.plain().any(|it| passes.contains(&it.text.as_str())))
        },
        prompt_off: &["--quiet", "-q", "CLOUDSDK_CORE_DISABLE_PROMPTS"],
    },
    CommandRow {
        kind: kind(
            "sh.gcloud.storage",
            "gcloud storage rm -r gs://..., gsutil -m rm -r gs://...",
            "recursive",
            Cloud,
            Critical,
            "soft delete",
        ),
        programs: &["gsutil", "gcloud"],
        words: &["rm|rb"],
        when: |it| {
            let is_all = it.any(&["-r", "-R", "--recursive", "-f", "-a"]);
            let goes = |word: &Word| {
                let is_of_cloud = word.text.starts_with("gs://") || word.has_holes();
                // `gs://BUCKET/**` is all that is in it.
                let bucket = word.text.trim_start_matches("gs://").strip_suffix("/**");
                is_of_cloud && (is_all || bucket.is_some_and(|it| !it.contains('/')))
            };
            hit(it.plain().any(goes))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.fly",
            "fly apps destroy APP -y, fly volumes destroy ID -y",
            "-y",
            Cloud,
            High,
            "the prompt without -y",
        ),
        programs: &["fly", "flyctl"],
        words: &["apps|volumes|postgres|machine", "destroy|delete"],
        when: always,
        prompt_off: &["-y", "--yes", "--force"],
    },
    CommandRow {
        kind: kind(
            "sh.doctl",
            "doctl databases delete ID -f",
            "-f",
            Cloud,
            High,
            "the prompt without -f",
        ),
        programs: &["doctl"],
        words: &["databases|compute|kubernetes|apps|projects", "delete"],
        when: always,
        prompt_off: &["-f", "--force"],
    },
    CommandRow {
        kind: kind("sh.vercel", "vercel rm NAME -y", "-y", Cloud, Medium, "the prompt without -y"),
        programs: &["vercel", "railway", "netlify"],
        words: &["rm|remove|delete|down|sites:delete"],
        when: always,
        prompt_off: &["-y", "--yes", "--force", "-f"],
    },
    CommandRow {
        kind: kind(
            "sh.databricks",
            "databricks bundle destroy --auto-approve",
            "--auto-approve",
            Cloud,
            High,
            "the prompt without it",
        ),
        programs: &["databricks"],
        words: &["bundle", "destroy"],
        when: always,
        prompt_off: &["--auto-approve"],
    },
    CommandRow {
        kind: kind("sh.helm", "helm uninstall RELEASE", "", Cloud, Medium, "resource-policy keep"),
        programs: &["helm"],
        words: &["uninstall|delete|del|un"],
        when: clusters::helm,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.vagrant", "vagrant destroy -f", "-f", Files, High, "the prompt without -f"),
        programs: &["vagrant"],
        words: &["destroy"],
        when: always,
        prompt_off: &["-f", "--force"],
    },
    CommandRow {
        kind: kind(
            "sh.nuke",
            "aws-nuke --no-dry-run --force, cloud-nuke aws --force",
            "--force",
            Cloud,
            Critical,
            "the prompt without --force; the dry run by default",
        ),
        programs: &["aws-nuke", "cloud-nuke"],
        words: &[],
        when: |it| {
            if !it.has("--older-than") && (it.program == "cloud-nuke" || it.has("--no-dry-run")) {
                Hit::Full
            } else {
                Hit::Miss
            }
        },
        prompt_off: &["--force", "--no-prompt"],
    },
    CommandRow {
        kind: kind("sh.eksctl", "eksctl delete cluster", "", Cloud, Critical, ""),
        programs: &["eksctl"],
        words: &["delete", "cluster"],
        when: always,
        prompt_off: &[],
    },
];

fn aws_s3(words: &Words) -> Hit {
    let dry = words.any(&["--dryrun", "--include"]);
    // What is built goes out with `sync --delete` each time; data does not.
    let mirrors = || {
        let buckets = words.plain().skip(2).filter(|it| it.text.starts_with("s3://")).count();
        let of_data = words.plain().last().is_some_and(|it| path_of_data(&it.text));
        words.has("--delete") && (buckets > 1 || of_data)
    };
    let is_hit = match words.plain().nth(1).map(|it| it.text.as_str()) {
        Some("rb") => words.has("--force"),
        Some("sync") => mirrors(),
        _ => words.has("--recursive"),
    };
    hit(is_hit && !dry)
}

/// `az storage blob delete` of one blob is no wipe.
fn az(words: &Words) -> Hit {
    let says = |all: &[&str]| words.says(all);
    let small = says(&["storage", "blob", "delete"])
        || says(&["storage", "message", "delete"])
        || says(&["sql", "server", "firewall-rule", "delete"])
        || says(&["webapp", "deployment", "slot", "delete"]);
    if small { Hit::Miss } else { Hit::Full }
}
