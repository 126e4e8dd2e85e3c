//! The policy as written in YAML: its keys, and where each value stands.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};
use serde_yaml::options::{DuplicateKeyPolicy, MergeKeyPolicy};
use serde_yaml::{Error, Options, Spanned, budget, options};

use super::fault::Fault;

/// A value as written, and where it stands. Numbers and dates are read from it later, so that one place says what is
/// wrong with them.
pub(super) type Text = Spanned<String>;

/// What is read first: whether this program may apply the policy at all. All other keys are passed over.
#[derive(Debug, Deserialize)]
pub(super) struct Preamble {
    pub(super) version: Option<Text>,
    pub(super) requires: Option<Text>,
}

/// The whole policy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    #[serde(rename = "version")]
    _version: Option<Text>,
    #[serde(rename = "requires", default, deserialize_with = "given")]
    _requires: Option<Text>,
    pub(super) rules: Option<Severities>,
    pub(super) allow: Option<Vec<Spanned<Allowance>>>,
    pub(super) limits: Option<Limits>,
    pub(super) fixtures: Option<Fixtures>,
    #[serde(default, deserialize_with = "given")]
    pub(super) waivers: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) baseline: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) registry: Option<Text>,
    pub(super) environments: Option<Vec<Spanned<Environment>>>,
}

/// An entry of `environments:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Environment {
    #[serde(default, deserialize_with = "given")]
    pub(super) name: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) remotes: Option<Vec<Text>>,
    #[serde(default, deserialize_with = "given")]
    pub(super) urls: Option<Vec<Text>>,
    #[serde(default, deserialize_with = "given")]
    pub(super) production: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) rules: Option<Severities>,
}

/// `fixtures:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fixtures {
    #[serde(default, deserialize_with = "given")]
    pub(super) locks: Option<Text>,
}

/// An entry of `allow:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Allowance {
    #[serde(default, deserialize_with = "given")]
    pub(super) rule: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) path: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) reason: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) until: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) when: Option<Spanned<Option<Conditions>>>,
}

/// The `when:` of an allowance.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Conditions {
    #[serde(default, deserialize_with = "given")]
    pub(super) test_confidence: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) real_looking_identities: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) proven: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) rows: Option<Text>,
}

/// `limits:`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    #[serde(default, deserialize_with = "given")]
    pub(super) file_size: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) tables: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) rows_per_table: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) seconds: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) archive_depth: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) archive_members: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) archive_size: Option<Text>,
}

/// `rules:`: ids of rules and words for severities, in the order of the policy.
#[derive(Debug)]
pub(super) struct Severities(pub(super) Vec<(Text, Text)>);

impl<'de> Deserialize<'de> for Severities {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Severities, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Severities;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of rules and severities")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Severities, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Severities(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// Reads a key that may be left out, but not left empty: an empty `when:` or `until:` must not allow more.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// The whole lock of fixtures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lock {
    pub(super) version: Option<Text>,
    pub(super) fixtures: Option<Vec<Spanned<LockedFixture>>>,
}

/// An entry of the lock.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LockedFixture {
    pub(super) path: Text,
    pub(super) made_by: Text,
    pub(super) sha256: Text,
    pub(super) size: Text,
    #[serde(default, deserialize_with = "given")]
    pub(super) content: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    pub(super) people: Option<Text>,
}

/// Reads the text as this layer, within the budget of a policy.
pub(super) fn read<'de, T: de::Deserialize<'de>>(text: &'de str) -> Result<T, Fault> {
    Ok(parse(text)?)
}

/// The same with the library's own error.
pub(super) fn parse<'de, T: de::Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    serde_yaml::from_str_with_options(text, budgeted())
}

/// The options that keep a hostile policy small: no anchors, so that nothing expands, and few nodes.
fn budgeted() -> Options {
    options! {
        budget: budget! {
            max_anchors: 0,
            max_aliases: 0,
            max_depth: 8,
            flow_nesting_limit: 8,
            max_documents: 1,
            max_nodes: 15_000,
            max_events: 30_000,
        },
        duplicate_keys: DuplicateKeyPolicy::Error,
        merge_keys: MergeKeyPolicy::Error,
        strict_booleans: true,
        ignore_binary_tag_for_string: true,
        reject_unsupported_tags: true,
        reject_tagged_field_names: true,
        with_snippet: false,
    }
}
