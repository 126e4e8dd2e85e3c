//! What a client of Kubernetes takes away that holds data.

use super::super::command::{Word, Words};
use super::super::files::with_names_of;
use super::super::piped::{commands, is_inverting};
use super::super::{Hit, hit};
use crate::content::script::words::is_of_tests;

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
    let named = words.rest.iter().skip_while(|it| it.text != "delete").skip(2);
    let is_kind = |all: &[&str]| what.as_deref().is_some_and(|it| all.contains(&it));
    let passes = is_kind(&["ns", "namespace"]) && names_plumbing(named.clone())
        || is_kind(&["crd", "crds"]) && named.clone().any(looks_for_plumbing);
    if passes {
        return Hit::Miss;
    }
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
    hit(is_stateful || names_storage(words) || of_whole_directory(words))
}

/// What a cluster passes its traffic on by, or is measured by: it keeps nothing.
const PLUMBING: &[&str] = &[
    "istio",
    "istiod",
    "cilium",
    "calico",
    "flannel",
    "tigera-operator",
    "ingress-nginx",
    "nginx-ingress",
    "metallb",
    "metrics-server",
    "linkerd",
    "external-dns",
];

/// Whether a release or a namespace is called after such a part of a cluster: `istio-base`, `$CILIUM_NAMESPACE`.
pub(in crate::content::script::operations) fn is_plumbing(name: &str) -> bool {
    let ends = [
        "",
        "system",
        "operator",
        "base",
        "cni",
        "ingress",
        "gateway",
        "ingressgateway",
        "egressgateway",
        "namespace",
        "ns",
        "release",
    ];
    let name = name.replace('_', "-");
    PLUMBING.iter().any(|it| {
        let rest = name.strip_prefix(it).filter(|rest| rest.is_empty() || rest.starts_with('-'));
        rest.is_some_and(|rest| {
            rest.trim_start_matches('-').split('-').all(|it| ends.contains(&it))
        })
    })
}

/// Whether all that is named behind a word is such a part.
fn names_plumbing<'a>(behind: impl Iterator<Item = &'a Word>) -> bool {
    let mut named = behind.take_while(|it| !it.text.starts_with('-')).peekable();
    let passes = |it: &Word| {
        let said = with_names_of(&it.value);
        let mut said = said.split(' ').filter(|it| !matches!(*it, "" | "?")).peekable();
        said.peek().is_some() && said.all(is_plumbing)
    };
    named.peek().is_some() && named.all(passes)
}

/// Whether what is named was looked for by such a name: `kubectl get crd | grep cilium`.
fn looks_for_plumbing(word: &Word) -> bool {
    let found = commands(&word.value);
    found.iter().any(|it| {
        it.first().is_some_and(|it| it == "grep")
            && it.last().is_some_and(|it| is_plumbing(it))
            && !it.iter().any(|it| is_inverting(it))
    })
}

/// Whether a release goes that may keep data.
pub(super) fn helm(words: &Words) -> Hit {
    hit(!names_plumbing(words.rest.iter().skip(1)))
}

/// `kubectl delete -k deploy/base`: all that a kustomization makes, with its namespace and claims. Those of a tool that makes
/// operators stand below `config`, and are taken down at each turn of their development.
fn of_whole_directory(words: &Words) -> bool {
    words.value_of(&["-k", "--kustomize"]).is_some_and(|it| {
        let is_known = it.value.literal().is_some() && !it.text.contains(".com/");
        let mut parts = it.text.split('/').filter(|it| !matches!(*it, "" | "." | ".."));
        let passes = |it: &str| {
            is_of_tests(it)
                || is_plumbing(it)
                || matches!(it, "config" | "dev" | "local" | "samples" | "crd" | "ingress")
        };
        is_known && !parts.any(passes)
    })
}

/// `kubectl delete -f volumes.yaml`: the file is called as what holds data, or as a definition without which all of a kind goes.
fn names_storage(words: &Words) -> bool {
    words.value_of(&["-f", "--filename"]).is_some_and(|file| {
        let lower = file.text.to_lowercase();
        let name = lower.rsplit('/').next().unwrap_or_default();
        let name = name.trim_end_matches(".yaml").trim_end_matches(".yml");
        let mut parts = name.split(|c: char| !c.is_ascii_alphanumeric());
        !name.contains("class")
            && !name.contains("example")
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
                        | "crd"
                        | "crds"
                )
            })
    })
}
