//! Methods of clouds, clusters and services that keep what belongs to somebody.

use super::{Chain, Methods, any, is_bare, is_on, is_told, option, plain, takes_all_of};
use crate::content::script::syntax::Form;
use crate::content::script::value::texts_in;

pub(super) static METHODS: &[Methods] = &[
    Methods {
        made_by: &[],
        names: &[
            "deletereplicationgroup",
            "deletecachecluster",
            "schedulekeydeletion",
            "deleteuserpool",
            "deleteloggroup",
            "deletehostedzone",
            "deletebackupvault",
            "deleterecoverypoint",
            "deleteglobalcluster",
            "deletefilesystem",
            "terminateinstances",
            "deletedbinstance",
            "deletedbcluster",
            "deletedbsnapshot",
            "deletedbclustersnapshot",
            "deletestack",
            "deleteservercertificate",
        ],
        when: is_of_aws,
    },
    Methods {
        made_by: &[],
        names: &["deletedomain"],
        when: |it| option(it, "domainname").is_some(),
    },
    Methods {
        made_by: &[],
        names: &["deletestream"],
        when: |it| option(it, "streamname").is_some(),
    },
    Methods {
        made_by: &[],
        names: &["deletedatabase"],
        when: |it| option(it, "name").is_some() && it.module.contains("boto"),
    },
    Methods {
        made_by: &[],
        names: &["deletesecret"],
        when: |it| is_on(it, "forcedeletewithoutrecovery"),
    },
    Methods {
        made_by: &[],
        names: &["deleterepository"],
        when: |it| is_on(it, "force") && option(it, "repositoryname").is_some(),
    },
    Methods {
        made_by: &[],
        names: &["deletecluster"],
        when: |it| option(it, "skipfinalclustersnapshot").is_some(),
    },
    Methods {
        made_by: &[],
        names: &["batchdeleteimage"],
        when: |it| {
            option(it, "imageids").is_some() && takes_all_of(it, &["listimages", "describeimages"])
        },
    },
    Methods {
        made_by: &[],
        names: &["admindeleteuser"],
        when: |it| takes_all_of(it, &["listusers", "paginate"]),
    },
    Methods {
        made_by: &["boto"],
        names: &["delete"],
        when: |it| {
            it.has(&["snapshots"]) && !it.is_on_chosen() && it.links.iter().any(|it| owns(it.call))
        },
    },
    Methods {
        made_by: &["boto"],
        names: &["delete"],
        when: |it| it.has(&["volumes"]) && !it.is_on_chosen() && is_of_unused(it),
    },
    Methods { made_by: &[], names: &["begindelete", "begindeleteandwait"], when: azure },
    Methods { made_by: &["resourcegroups"], names: &["begindelete", "delete"], when: is_told },
    Methods { made_by: &["resourcemanager", "projects"], names: &["deleteproject"], when: is_told },
    Methods {
        made_by: &["discovery", "googleapiclient"],
        names: &["delete"],
        when: |it| {
            let on = it.links.iter().rev().nth(1).is_some_and(|it| {
                matches!(
                    it.name,
                    "instances" | "databases" | "projects" | "buckets" | "datasets" | "disks"
                )
            });
            on && (option(it, "instance")
                .or(option(it, "database"))
                .or(option(it, "projectid"))
                .or(option(it, "bucket"))
                .or(option(it, "datasetid"))
                .or(option(it, "disk")))
            .is_some()
        },
    },
    Methods { made_by: &["docker"], names: &["prunevolumes", "volumesprune"], when: any },
    Methods { made_by: &["docker"], names: &["prune"], when: |it| it.on() == "volumes" },
    Methods {
        made_by: &["docker"],
        names: &["remove"],
        when: |it| it.has(&["volumes"]) && it.on() == "get" || it.on() == "getVolume",
    },
    Methods {
        made_by: &[],
        names: &[
            "deletenamespace",
            "deletepersistentvolume",
            "deletenamespacedpersistentvolumeclaim",
            "deletecollectionnamespacedpersistentvolumeclaim",
            "deletecollectionpersistentvolume",
        ],
        when: is_told,
    },
    Methods { made_by: &[], names: &["delete", "deletecollection"], when: kubernetes },
    Methods {
        made_by: &["github", "gitlab", "octokit"],
        names: &["delete"],
        when: |it| {
            matches!(it.on(), "get_repo" | "get_project") && is_bare(it)
                || it.on() == "repos" && option(it, "repo").is_some()
        },
    },
    Methods { made_by: &["github"], names: &["delete"], when: |it| it.on() == "Repositories" },
    Methods { made_by: &[], names: &["emptytrash"], when: |it| it.on() == "files" },
    Methods {
        made_by: &["cloudinary"],
        names: &["deleteresourcesbyprefix", "deleteallresources"],
        when: any,
    },
    Methods {
        made_by: &["slack", "webclient", "discord"],
        names: &["delete", "chatdelete"],
        when: |it| takes_all_of(it, &["history", "conversationshistory"]),
    },
    Methods {
        made_by: &["notion"],
        names: &["delete"],
        when: |it| it.on() == "blocks" && takes_all_of(it, &["query", "search"]),
    },
    Methods {
        made_by: &["@vercel/blob", "utapi", "uploadthing"],
        names: &["del", "deletefiles"],
        when: |it| takes_all_of(it, &["list", "listfiles"]),
    },
    Methods {
        made_by: &["supabase", "createclient"],
        names: &["emptybucket", "deletebucket"],
        when: is_told,
    },
    Methods { made_by: &["minio"], names: &["removebucket", "removeobjects"], when: minio },
];

/// A request as those of Amazon are: its parts have names, or it is sent as a command.
fn is_of_aws(chain: &Chain) -> bool {
    chain.name().ends_with("Command")
        || chain.arguments().iter().any(|it| match &it.value.form {
            _ if it.name.as_deref().is_some_and(|it| it != "ctx") => true,
            Form::Map(pairs) => !pairs.is_empty(),
            _ => false,
        })
}

/// `filter(OwnerIds=['self'])` is no choice.
fn owns(call: Option<&crate::content::script::syntax::Call>) -> bool {
    call.is_some_and(|it| {
        it.arguments.iter().all(|it| it.name.as_deref() == Some("OwnerIds"))
            && !it.arguments.is_empty()
    })
}

/// What Azure keeps, by the name of what manages it.
fn azure(chain: &Chain) -> bool {
    let on = plain(chain.on());
    is_told(chain)
        && [
            "resourcegroups",
            "databases",
            "sqldatabases",
            "servers",
            "storageaccounts",
            "managedclusters",
            "disks",
            "virtualmachines",
            "vaults",
            "databaseaccounts",
            "managedinstances",
            "redis",
        ]
        .contains(&on.as_str())
}

/// `clientset.CoreV1().Namespaces().Delete(...)`, `PersistentVolumeClaims(namespace).DeleteCollection(...)`.
fn kubernetes(chain: &Chain) -> bool {
    matches!(chain.on(), "Namespaces" | "PersistentVolumeClaims" | "PersistentVolumes")
        && chain.has(&["CoreV1"])
}

fn minio(chain: &Chain) -> bool {
    if chain.name().to_lowercase().ends_with("bucket") {
        return is_told(chain);
    }
    takes_all_of(chain, &["listobjects", "listobjectsv2"])
}

/// All volumes, or all that no machine has at the moment.
fn is_of_unused(chain: &Chain) -> bool {
    let asked = chain.links.iter().rev().nth(1);
    asked.is_some_and(|it| match it.name {
        "all" => true,
        "filter" => {
            let given = it.call.map(|it| it.arguments.as_slice()).unwrap_or_default();
            let told: Vec<String> = given.iter().flat_map(|it| texts_in(&it.value)).collect();
            told.iter().all(|it| matches!(it.as_str(), "Name" | "status" | "Values" | "available"))
                && !told.is_empty()
        }
        _ => false,
    })
}
