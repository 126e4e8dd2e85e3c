//! The row about settings of Terraform. Types and values are read in `hosts/terraform/settings.rs`.

use super::kind;
use crate::content::script::model::{Kind, Scope, Weight};

pub(super) static SETTING: Kind = kind(
    "tf.config",
    "skip_final_snapshot = true, force_destroy = true, deletion_protection = false, delete_contents_on_destroy = true",
    "on a resource that holds data; the warning `prompt-switched-off`, since it destroys nothing by itself",
    Scope::Cloud,
    Weight::Medium,
    "a last snapshot, a bucket that must be empty, deletion protection",
);
