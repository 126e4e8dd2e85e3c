//! Statements of Cypher that take nodes away.

use super::lexer::{self, What};
use super::{Words, kind};
use crate::content::script::model::Kind;
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::{Critical, High};

pub(super) static ALL: Kind = kind(
    "cypher.detach_delete",
    "MATCH (n) DETACH DELETE n",
    "no label and no WHERE",
    Database,
    Critical,
    "",
);
pub(super) static OF_LABEL: Kind = kind(
    "cypher.label",
    "MATCH (n:Person) DETACH DELETE n",
    "no WHERE, and no property is asked for",
    Table,
    High,
    "",
);

impl Words<'_> {
    /// `CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DETACH DELETE n', {...})`: the statements are texts.
    pub(super) fn periodic(&self) -> Option<(&'static Kind, String)> {
        let is_periodic = self.is(0, &["CALL"])
            && self.is(1, &["APOC"])
            && (2..8).any(|at| self.is(at, &["PERIODIC"]))
            && (2..8).any(|at| self.is(at, &["ITERATE", "COMMIT"]));
        let texts = self.all.iter().filter(|it| it.what == What::Text).take(2);
        let both: Vec<&str> = texts.map(|it| it.text).collect();
        let both = both.join(" ");
        let both = both.replace("RETURN count(*)", "").replace("LIMIT $limit", "");
        let tokens = lexer::tokens(&both);
        let words = Words { all: tokens.split(|it| it.what == What::End).next()? };
        if is_periodic { words.graph() } else { None }
    }

    /// What a statement takes away that begins with what it looks for.
    pub(super) fn graph(&self) -> Option<(&'static Kind, String)> {
        let has = |word: &str| (0..self.all.len()).any(|at| self.is(at, &[word]));
        let text: String = self.all.iter().map(|it| it.text.to_uppercase()).collect();
        // `CALL { WITH n DETACH DELETE n } IN TRANSACTIONS`.
        let text = text.replace("CALL{", "CALL").replace("CALL(N){", "CALL");
        let is_narrow = ["WHERE", "SET", "CREATE", "MERGE", "STARTS", "IN"].iter().any(|it| {
            let is_batched = *it == "IN" && has("TRANSACTIONS");
            has(it) && !is_batched
        });
        // `MATCH (n) OPTIONAL MATCH (n)-[r]-() DELETE n, r`, `MATCH ()-[r]-() DELETE r`.
        if !has("DELETE") || is_narrow || text.contains('{') {
            return None;
        }
        let of = if text.contains(':') { &OF_LABEL } else { &ALL };
        let is_passing = ["TEST", "TMP", "TEMP"].iter().any(|it| text.contains(it));
        (!is_passing).then(|| (of, "DETACH DELETE".to_owned()))
    }
}
