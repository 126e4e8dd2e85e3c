//! Methods of searches and of stores of vectors.

use super::{
    Chain, Methods, any, is_bare, is_filter_for_all, is_on, is_told, is_true, option, takes_all_of,
};
use crate::content::script::syntax::{Argument, Form, Shared};

pub(super) static METHODS: &[Methods] = &[
    Methods {
        made_by: &[],
        names: &[
            "clearobjects",
            "deletealldocuments",
            "dropcollection",
            "recreatecollection",
            "deleteallcollections",
            "dropallcollections",
        ],
        when: any,
    },
    Methods { made_by: &["typesense"], names: &["delete"], when: typesense },
    Methods { made_by: &["algolia", "searchclient"], names: &["deleteindex"], when: is_told },
    Methods {
        made_by: &["algolia"],
        names: &["delete"],
        when: |it| it.has(&["initIndex", "init_index", "InitIndex"]) && is_bare(it),
    },
    Methods { made_by: &["meili"], names: &["deleteindex"], when: is_told },
    Methods {
        made_by: &["meili"],
        names: &["delete"],
        when: |it| it.has(&["index", "Index"]) && is_bare(it),
    },
    Methods {
        made_by: &["weaviate"],
        names: &["deleteclass", "deleteall", "classdeleter", "alldeleter"],
        when: any,
    },
    Methods {
        made_by: &["weaviate"],
        names: &["delete"],
        when: |it| it.on() == "collections" && is_told(it),
    },
    Methods {
        made_by: &["chroma", "qdrant", "milvus", "astra", "zilliz"],
        names: &["deletecollection", "dropcollection"],
        when: is_told,
    },
    Methods {
        made_by: &["qdrant"],
        names: &["delete", "deletepoints"],
        when: |it| option(it, "filter").is_some_and(asks_nothing),
    },
    Methods { made_by: &["chroma"], names: &["reset"], when: is_bare },
    Methods {
        made_by: &["chroma", "langchain", "vectordb", "vectorstore", "vector_store"],
        names: &["resetcollection"],
        when: is_bare,
    },
    // `store.delete(ids=store.get()["ids"])`: no other store of vectors says so.
    Methods { made_by: &[], names: &["delete"], when: takes_own_ids },
    Methods {
        made_by: &["milvus"],
        names: &["drop"],
        when: |it| it.links.iter().rev().nth(1).is_some_and(|it| it.name == "Collection"),
    },
    Methods { made_by: &["pinecone"], names: &["deleteindex", "deleteall"], when: any },
    Methods {
        made_by: &["lancedb"],
        names: &["droptable", "dropdatabase", "dropalltables"],
        when: any,
    },
    Methods {
        made_by: &["lancedb", "milvus"],
        names: &["delete"],
        when: |it| {
            let told = option(it, "expr").or(option(it, "filter")).or(it.argument(0));
            told.is_some_and(is_filter_for_all)
        },
    },
    Methods {
        made_by: &["@upstash/vector", "upstash_vector", "@upstash/search"],
        names: &["reset"],
        when: any,
    },
    Methods {
        made_by: &["elastic", "opensearch", "azure.search", "azure/search"],
        names: &["deleteindex"],
        when: is_told,
    },
    Methods {
        made_by: &["elastic", "opensearch"],
        names: &["deletebyquery"],
        when: |it| it.arguments().iter().any(|it| matches_all(&it.value)),
    },
    Methods {
        made_by: &["elasticsearch_dsl", "opensearch_dsl", "elasticsearch.dsl"],
        names: &["delete"],
        when: |it| {
            // `Index('articles').delete(ignore=404)`.
            let says_what = |it: &Argument| !it.name.as_deref().is_some_and(is_of_request);
            let is_whole = it.on() == "Index" && it.links.len() == 2;
            is_whole && !it.arguments().iter().any(says_what)
        },
    },
    // `Article._index.delete()`: the index of a class of documents.
    Methods {
        made_by: &[],
        names: &["delete"],
        when: |it| {
            let says_what = |it: &Argument| !it.name.as_deref().is_some_and(is_of_request);
            it.on() == "_index" && !it.arguments().iter().any(says_what)
        },
    },
    // `index.dropindex(delete_documents=True)` of Redis.
    Methods { made_by: &[], names: &["dropindex"], when: |it| is_on(it, "deletedocuments") },
    Methods { made_by: &["solr"], names: &["deleteall"], when: any },
    Methods {
        made_by: &["solr"],
        names: &["delete", "deletebyquery"],
        when: |it| format!("{:?}", it.arguments()).contains("*:*"),
    },
    Methods {
        made_by: &["open_dir", "whoosh"],
        names: &["deletebyquery"],
        when: |it| takes_all_of(it, &["every"]),
    },
    Methods {
        made_by: &["pgvector", "langchain", "vectorstore", "chroma", "milvus", "qdrant"],
        names: &["deletecollection", "droptables", "dropvectorstoretable"],
        when: any,
    },
];

/// A filter without a condition: `{}`, `{ must: [] }`.
fn asks_nothing(filter: &Shared) -> bool {
    let is_empty = |it: &Shared| matches!(&it.form, Form::List(all) if all.is_empty());
    match &filter.form {
        Form::Map(pairs) => pairs.iter().all(|(_, it)| is_empty(it)),
        // `Filter()`, `models.Filter(must=[])`.
        Form::Call(call) => {
            super::name_of(&call.callee) == "Filter"
                && call.arguments.iter().all(|it| is_empty(&it.value))
        }
        _ => false,
    }
}

/// Expressions of a query that are looked at.
const LOOKED_AT: usize = 200;

/// What a request is told besides what it is about.
fn is_of_request(name: &str) -> bool {
    matches!(name, "ignore" | "ignore_status" | "using" | "request_timeout" | "ignore_unavailable")
}

/// Whether a query of Elasticsearch finds every document: `{"query": {"match_all": {}}}`, and not where something is asked besides, as
/// in `{"bool": {"must": [{"match_all": {}}], "filter": [...]}}`.
pub(in crate::content::script::operations) fn matches_all(of: &Shared) -> bool {
    let mut open: Vec<&Shared> = vec![of];
    let (mut is_all, mut left) = (false, LOOKED_AT);
    while let Some(it) = open.pop() {
        let Some(rest) = left.checked_sub(1) else { return false };
        left = rest;
        match &it.form {
            Form::Map(pairs) => {
                for (key, value) in pairs {
                    match key.literal().unwrap_or_else(|| super::name_of(key)).as_str() {
                        "match_all" => is_all = true,
                        "range" | "term" | "terms" | "match" | "exists" | "must_not" | "prefix"
                        | "wildcard" | "ids" | "query_string" | "match_phrase" => return false,
                        _ => open.push(value),
                    }
                }
            }
            _ if it.literal().is_some_and(|it| it.contains("match_all")) => is_all = true,
            _ => open.extend(it.children()),
        }
    }
    is_all
}

/// Whether what is deleted are the ids that the same collection gives back, all of them: `all.delete(ids=all.get()["ids"])`.
fn takes_own_ids(chain: &Chain) -> bool {
    let ids = option(chain, "ids").or(chain.argument(0));
    let Some(Form::Index(all, by)) = ids.map(|it| &it.form) else { return false };
    let Form::Call(call) = &all.form else { return false };
    let is_whole = call.arguments.iter().all(|it| it.name.as_deref() == Some("include"));
    let from = Chain::of(call);
    by.literal().as_deref() == Some("ids")
        && from.name() == "get"
        && is_whole
        && way(chain) == way(&from)
        && !ids.is_some_and(|it| chain.is_of_chosen(it))
}

/// The names that a chain is called on, whether on a store or on the collection within it.
fn way<'a>(chain: &'a Chain) -> Vec<&'a str> {
    let before = chain.links.iter().rev().skip(1).map(|it| it.name);
    before.filter(|it| *it != "_collection").collect()
}

/// A whole collection, or all documents of it by a filter.
fn typesense(chain: &Chain) -> bool {
    if !chain.has(&["collections", "Collection", "Collections"]) {
        return false;
    }
    if !chain.has(&["documents", "Documents"]) {
        return is_bare(chain);
    }
    let is_emptied = option(chain, "truncate").is_some_and(|it| is_true(it) == Some(true));
    is_emptied
        || option(chain, "filterby").and_then(|it| it.literal()).is_some_and(|it| {
            let it: String = it.split_whitespace().collect();
            let is_open = [":!=", ":>0", ":>=0", ":*", ":>-1"].iter().any(|sign| it.contains(sign));
            is_open && !it.contains("&&")
        })
}
