//! What a client of Kubernetes takes away that holds data.

use super::super::command::Words;
use super::super::{Hit, hit};

/// Whether what is deleted keeps data, or has what does within it.
pub(super) fn kubectl(words: &Words) -> Hit {
    if words.rest.iter().any(|it| it.text.starts_with("--dry-run")) {
        return Hit::Miss;
    }
    // The kind stands behind `delete`, or is that of what a command lists.
    let mut behind = words.plain().skip_while(|it| it.text != "delete").skip(1);
    let what = behind.next().map(|it| {
        let kind = it.text.split('/').next().unwrap_or_default().to_owned();
        if it.has_holes() { it.listed().unwrap_or(kind) } else { kind }
    });
    let is_stateful = what.is_some_and(|it| {
        // What helm knows of its releases.
        let of_helm = || words.rest.iter().any(|it| it.text.starts_with("sh.helm.release"));
        it.split(',').any(|it| {
            let it = it.split('.').next().unwrap_or_default();
            (matches!(it, "secret" | "secrets") && of_helm())
                || matches!(
                    it,
                    "ns" | "namespace"
                        | "namespaces"
                        | "pv"
                        | "pvc"
                        | "persistentvolume"
                        | "persistentvolumes"
                        | "persistentvolumeclaim"
                        | "persistentvolumeclaims"
                        | "crd"
                        | "customresourcedefinition"
                        | "statefulset"
                        | "statefulsets"
                        | "sts"
                        | "project"
                )
        }) || (it == "all" && words.has("--all"))
    });
    hit(is_stateful || names_storage(words))
}

/// `kubectl delete -f volumes.yaml`: the file is called as what holds data.
fn names_storage(words: &Words) -> bool {
    words.value_of(&["-f", "--filename"]).is_some_and(|file| {
        let lower = file.text.to_lowercase();
        let name = lower.rsplit('/').next().unwrap_or_default();
        let name = name.trim_end_matches(".yaml").trim_end_matches(".yml");
        let mut parts = name.split(|c: char| !c.is_ascii_alphanumeric());
        !name.contains("class")
            && parts.any(|it| {
                matches!(
                    it,
                    "pv" | "pvc"
                        | "pvs"
                        | "pvcs"
                        | "storage"
                        | "volume"
                        | "volumes"
                        | "persistentvolume"
                        | "persistentvolumeclaim"
                        | "namespace"
                        | "namespaces"
                        | "ns"
                )
            })
    })
}
