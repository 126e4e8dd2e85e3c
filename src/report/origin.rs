//! How a file came to be looked at: in words, and in JSON.

use std::borrow::Cow;

use bstr::ByteSlice;
use serde::Serialize;

use crate::snapshot::{Origin, Pending, Place};

/// An origin in words; the ids, refs and revisions in it are not cleaned.
pub(super) fn words(origin: &Origin) -> String {
    match origin {
        Origin::Staged(_) => "staged".to_owned(),
        Origin::Index => "in the index".to_owned(),
        Origin::Tracked => "on disk, tracked".to_owned(),
        Origin::Untracked => "on disk, not tracked".to_owned(),
        Origin::Disk => "on disk".to_owned(),
        Origin::Commit { id, reference: None, .. } => format!("commit {}", short(id)),
        Origin::Commit { id, reference: Some(reference), .. } => {
            format!("commit {}, pushed to {}", short(id), reference.to_str_lossy())
        }
        Origin::Arriving { reference, commit } => {
            format!("in the tree of {}, pushed to {}", short(commit), reference.to_str_lossy())
        }
        Origin::Tree { revision, .. } => format!("in the tree of {revision}"),
        Origin::Named { .. } => "a blob without a path".to_owned(),
    }
}

fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum OriginJson<'a> {
    Staged {
        pending: &'static str,
    },
    Index,
    Tracked,
    Untracked,
    Disk,
    Commit {
        id: &'a str,
        place: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        reference: Option<Cow<'a, str>>,
    },
    Arriving {
        reference: Cow<'a, str>,
        commit: &'a str,
    },
    Tree {
        revision: &'a str,
    },
    Named {
        revision: &'a str,
    },
}

impl OriginJson<'_> {
    pub(super) fn of(origin: &Origin) -> OriginJson<'_> {
        match origin {
            Origin::Staged(pending) => OriginJson::Staged {
                pending: match pending {
                    Pending::Commit => "commit",
                    Pending::First => "first",
                    Pending::Merge => "merge",
                    Pending::Patch => "patch",
                },
            },
            Origin::Index => OriginJson::Index,
            Origin::Tracked => OriginJson::Tracked,
            Origin::Untracked => OriginJson::Untracked,
            Origin::Disk => OriginJson::Disk,
            Origin::Commit { id, place, parents, reference, .. } => OriginJson::Commit {
                id,
                place: match (place, parents) {
                    (Place::Head, _) => "head",
                    (Place::Elsewhere, _) => "elsewhere",
                    (Place::Below, 0) => "root",
                    (Place::Below, 1) => "older",
                    (Place::Below, _) => "merge",
                },
                reference: reference.as_ref().map(|it| it.to_str_lossy()),
            },
            Origin::Arriving { reference, commit } => {
                OriginJson::Arriving { reference: reference.to_str_lossy(), commit }
            }
            Origin::Tree { revision, .. } => OriginJson::Tree { revision },
            Origin::Named { revision } => OriginJson::Named { revision },
        }
    }
}
