//! Rows about cmdlets of PowerShell.

pub(super) mod each;

use super::chain::{Chain, always as any_call};
use super::command::{Word, Words};
use super::files::{is_data, names_database};
use super::{CallRow, CommandRow, Hit, hit, kind};
use crate::content::script::Language::PowerShell;
use crate::content::script::model::Scope::{Backup, Cloud, Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Form, has_one};

/// By what a cmdlet is kept from asking.
const UNASKED: &[&str] = &["-Force", "-Confirm:$false"];

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "ps.az",
            "Remove-AzResourceGroup -Force, Remove-AzSqlDatabase -Force, Remove-AzStorageAccount -Force",
            "-Force or -Confirm:$false",
            Cloud,
            Critical,
            "the prompt without it; -WhatIf; resource locks",
        ),
        programs: &[
            "Remove-AzResourceGroup",
            "Remove-AzureRmResourceGroup",
            "Remove-AzSqlDatabase",
            "Remove-AzureRmSqlDatabase",
            "Remove-AzSqlServer",
            "Remove-AzureRmSqlServer",
            "Remove-AzSqlInstance",
            "Remove-AzSqlInstanceDatabase",
            "Remove-AzSqlElasticPool",
            "Remove-AzStorageAccount",
            "Remove-AzureRmStorageAccount",
            "Remove-AzStorageContainer",
            "Remove-AzureStorageContainer",
            "Remove-AzRmStorageContainer",
            "Remove-AzStorageShare",
            "Remove-AzRmStorageShare",
            "Remove-AzStorageTable",
            "Remove-AzKeyVault",
            "Remove-AzureRmKeyVault",
            "Remove-AzVM",
            "Remove-AzureRmVM",
            "Remove-AzVmss",
            "Remove-AzDisk",
            "Remove-AzureRmDisk",
            "Remove-AzImage",
            "Remove-AzureRmImage",
            "Remove-AzResource",
            "Remove-AzureRmResource",
            "Remove-AzAksCluster",
            "Remove-AzWebApp",
            "Remove-AzureRmWebApp",
            "Remove-AzFunctionApp",
            "Remove-AzRedisCache",
            "Remove-AzDataFactoryV2",
            "Remove-AzSynapseWorkspace",
            "Remove-AzSynapseSqlPool",
            "Remove-AzManagementGroup",
            "Remove-AzDataLakeStoreAccount",
            "Remove-AzKustoCluster",
            "Remove-AzContainerRegistry",
        ],
        words: &[],
        when: meant,
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.az.unasked",
            "Remove-AzCosmosDBAccount, Remove-AzPostgreSqlFlexibleServer, Remove-AzMySqlServer",
            "they never ask",
            Cloud,
            Critical,
            "-WhatIf; resource locks",
        ),
        programs: &[
            "Remove-AzCosmosDBAccount",
            "Remove-AzCosmosDBSqlDatabase",
            "Remove-AzCosmosDBMongoDBDatabase",
            "Remove-AzPostgreSqlServer",
            "Remove-AzPostgreSqlFlexibleServer",
            "Remove-AzMySqlServer",
            "Remove-AzMySqlFlexibleServer",
            "Remove-AzMariaDbServer",
            "Remove-AzureStorageAccount",
        ],
        words: &[],
        when: meant,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "ps.az.backup",
            "Remove-AzSnapshot -Force, Remove-AzRecoveryServicesVault, Disable-AzRecoveryServicesBackupProtection -RemoveRecoveryPoints -Force",
            "-Force or -Confirm:$false",
            Backup,
            Critical,
            "soft delete, a vault lock",
        ),
        programs: &[
            "Remove-AzSnapshot",
            "Remove-AzureRmSnapshot",
            "Remove-AzRecoveryServicesVault",
            "Disable-AzRecoveryServicesBackupProtection",
        ],
        words: &[],
        when: backup,
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.backup",
            "vssadmin delete shadows /all /quiet, wbadmin delete catalog -quiet, Remove-WBBackupSet -Force",
            "without a prompt",
            Backup,
            Critical,
            "the prompt",
        ),
        programs: &["vssadmin", "wbadmin", "Remove-WBBackupSet"],
        words: &[],
        when: |it| {
            let is_cmdlet = it.program.contains('-');
            if is_cmdlet || it.says(&["delete|Delete"]) { meant(it) } else { Hit::Miss }
        },
        prompt_off: &["-Force", "-Confirm:$false", "/quiet", "/Quiet", "-quiet"],
    },
    CommandRow {
        kind: kind(
            "ps.aws",
            "Remove-RDSDBInstance -Force, Remove-DDBTable -Force, Remove-CFNStack -Force",
            "-Force or -Confirm:$false",
            Cloud,
            Critical,
            "the prompt without it; deletion protection",
        ),
        programs: &[
            "Remove-RDSDBInstance",
            "Remove-RDSDBCluster",
            "Remove-DDBTable",
            "Remove-CFNStack",
            "Remove-EC2Instance",
            "Remove-EC2Volume",
            "Remove-EKSCluster",
            "Remove-EFSFileSystem",
            "Remove-RSCluster",
            "Remove-SECSecret",
            "Remove-ECRRepository",
        ],
        words: &[],
        when: meant,
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.aws.bucket",
            "Remove-S3Bucket -DeleteBucketContent -Force",
            "-Force or -Confirm:$false",
            Cloud,
            Critical,
            "the prompt without it; versioning",
        ),
        programs: &["Remove-S3Bucket"],
        words: &[],
        when: |it| if it.has("-DeleteBucketContent") { meant(it) } else { Hit::Miss },
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.aws.objects",
            "Get-S3Object -BucketName NAME | Remove-S3Object -Force",
            "all that is piped to it; -Force or -Confirm:$false",
            Cloud,
            Critical,
            "the prompt without it; versioning",
        ),
        programs: &["Remove-S3Object"],
        words: &[],
        when: |it| {
            let is_one = it.rest.iter().any(|it| it.text.to_lowercase().starts_with("-key"));
            if is_one { Hit::Miss } else { meant(it) }
        },
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.fs",
            "Remove-Item -Recurse -Force PATH",
            "the path is a drive or home, or holds data, uploads, backups or a database",
            Files,
            High,
            "-WhatIf",
        ),
        programs: &["Remove-Item"],
        words: &[],
        when: remove_item,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "ps.fs.clear",
            "Clear-Content PATH",
            "the path holds data, or names a database",
            Files,
            High,
            "-WhatIf",
        ),
        programs: &["Clear-Content"],
        words: &[],
        when: |it| {
            if paths(it).any(|path| names_database(&path.value)) { meant(it) } else { Hit::Miss }
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "ps.disk",
            "Format-Volume -Force, Clear-Disk -RemoveData -Confirm:$false",
            "-Force or -Confirm:$false",
            Files,
            Critical,
            "the prompt without it",
        ),
        programs: &[
            "Format-Volume",
            "Clear-Disk",
            "Remove-Partition",
            "Remove-VirtualDisk",
            "Remove-StoragePool",
        ],
        words: &[],
        when: meant,
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.list",
            "Remove-PnPList -Identity 'Orders' -Force, Remove-SPOSite -Identity URL -Confirm:$false",
            "-Force or -Confirm:$false, and the list or site is named here",
            Table,
            High,
            "the prompt without it, -Recycle",
        ),
        programs: &["Remove-PnPList", "Remove-SPOSite"],
        words: &[],
        when: |it| {
            let named = it.value_of(&["-Identity"]).is_some_and(|it| !it.has_holes());
            if named && !it.has("-Recycle") { meant(it) } else { Hit::Miss }
        },
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.database",
            "Remove-DbaDatabase -Confirm:$false, Remove-MailboxDatabase -Confirm:$false",
            "-Confirm:$false or -Force",
            Database,
            Critical,
            "the prompt without it",
        ),
        programs: &[
            "Remove-DbaDatabase",
            "Remove-Database",
            "Remove-MailboxDatabase",
            "Remove-DbaDatabaseSafely",
            "Remove-SPContentDatabase",
            "Remove-SPServiceApplication",
            "Remove-SPSite",
            "Remove-SPWeb",
            "Remove-PnPTenantSite",
            "Remove-DbaDbData",
        ],
        words: &[],
        when: meant,
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.mailbox",
            "Get-Mailbox | Search-Mailbox -DeleteContent -Force",
            "-Force or -Confirm:$false",
            Table,
            High,
            "the prompt without it; -EstimateResultOnly",
        ),
        programs: &["Search-Mailbox"],
        words: &[],
        when: |it| if it.has("-DeleteContent") { meant(it) } else { Hit::Miss },
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.machine",
            "Get-VM | Remove-VM -Force",
            "-Force or -Confirm:$false",
            Files,
            Critical,
            "the prompt without it; checkpoints",
        ),
        programs: &["Remove-VM", "Remove-VHD"],
        words: &[],
        when: meant,
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.directory",
            "Get-ADUser -Filter * | Remove-ADUser -Confirm:$false",
            "-Confirm:$false or -Force, and all that is piped to it",
            Table,
            High,
            "the prompt without it; the recycle bin",
        ),
        programs: &[
            "Remove-ADUser",
            "Remove-ADObject",
            "Remove-ADOrganizationalUnit",
            "Remove-ADGroup",
            "Remove-Mailbox",
            "Remove-ADComputer",
            "Remove-MsolUser",
        ],
        words: &[],
        when: |it| {
            let is_tree = it.has("-Recursive") && it.program.ends_with("OrganizationalUnit");
            let is_one = it.has("-Identity") || each::is_given(it);
            if is_one && !is_tree { Hit::Miss } else { meant(it) }
        },
        prompt_off: UNASKED,
    },
];

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind("ps.smo.kill", "$server.KillDatabase('name')", "", Database, Critical, ""),
        languages: &[PowerShell],
        names: &["KillDatabase", "killDatabase"],
        when: any_call,
    },
    CallRow {
        kind: kind(
            "ps.smo.drop",
            "$server.Databases['name'].Drop()",
            "what is dropped is a database",
            Database,
            Critical,
            "",
        ),
        languages: &[PowerShell],
        names: &["Drop", "drop", "DropIfExists", "Delete", "delete"],
        when: smo_drop,
    },
];

/// It is done, and not only shown.
fn meant(words: &Words) -> Hit {
    // With `-Confirm` alone it asks.
    let is_shown =
        |it: &Word| matches!(it.text.as_str(), "-WhatIf" | "-Confirm" | "-Confirm:$true");
    if words.rest.iter().any(is_shown) { Hit::Miss } else { Hit::Full }
}

fn backup(words: &Words) -> Hit {
    let keeps = words.program.to_lowercase().starts_with("disable")
        && !words.rest.iter().any(|it| it.text.eq_ignore_ascii_case("-RemoveRecoveryPoints"));
    if keeps { Hit::Miss } else { meant(words) }
}

/// Directories in which programs keep what they make anew.
const OF_PROGRAMS: &[&str] = &[
    "TEMP",
    "TMP",
    "LOCALAPPDATA",
    "APPDATA",
    "PROGRAMDATA",
    "SYSTEMROOT",
    "WINDIR",
    "RUNNER_TEMP",
];

/// Those of them where a user's database may lie all the same.
const OF_USERS: &[&str] = &["LOCALAPPDATA", "APPDATA", "PROGRAMDATA"];

/// The paths that a cmdlet is about.
fn paths(words: &Words) -> impl Iterator<Item = &Word> {
    words.plain().filter(|it| {
        let is_database = names_database(&it.value) && !it.text.to_lowercase().contains("cache");
        let of_programs =
            |name: &str| OF_PROGRAMS.contains(&name) && !(is_database && OF_USERS.contains(&name));
        !has_one(
            vec![&*it.value],
            100,
            |it| matches!(&it.form, Form::Environment(name, _) if of_programs(name)),
        )
    })
}

fn remove_item(words: &Words) -> Hit {
    // What narrows it down is what it is about.
    if words.any(&["-Include", "-Exclude", "-Filter"]) {
        return Hit::Miss;
    }
    let is_recursive = words.rest.iter().any(|it| {
        let letters = it.text.strip_prefix('-').unwrap_or_default();
        it.text == "-Recurse" || matches!(letters, "rf" | "fr" | "Rf" | "rF")
    });
    let of_data = paths(words).any(|it| {
        let bare = it.text.trim_matches(['*', '\\', '/', '"', '\'']);
        let is_drive = is_recursive
            && bare.len() == 2
            && bare.ends_with(':')
            && bare.starts_with(|c: char| c.is_ascii_alphabetic());
        let is_all = is_recursive || it.text.ends_with('*');
        is_drive || names_database(&it.value) || (is_all && is_data(&it.value))
    });
    if of_data { meant(words) } else { Hit::Miss }
}

fn smo_drop(chain: &Chain) -> Hit {
    if each::is_of_store(chain) {
        return Hit::Full;
    }
    let is_database = chain.links.iter().rev().skip(1).take(1).any(|it| {
        let lower = it.name.to_lowercase();
        matches!(lower.as_str(), "db" | "database" | "databases") || lower.ends_with("database")
    });
    let drops = chain.name().to_lowercase().starts_with("drop");
    hit(drops && is_database)
}
