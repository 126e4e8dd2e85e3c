//! Methods of searches and of stores of vectors.

use super::{
    Chain, Methods, any, is_bare, is_filter_for_all, is_told, is_true, option, takes_all_of,
};

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
    Methods { made_by: &["chroma"], names: &["reset"], when: is_bare },
    Methods {
        made_by: &["chroma"],
        names: &["delete"],
        when: |it| takes_all_of(it, &["get"]) && option(it, "ids").is_some(),
    },
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
        made_by: &["lancedb"],
        names: &["delete"],
        when: |it| it.argument(0).is_some_and(is_filter_for_all),
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
        when: |it| format!("{:?}", it.arguments()).contains("match_all"),
    },
    Methods {
        made_by: &["elasticsearch_dsl", "opensearch_dsl"],
        names: &["delete"],
        when: |it| it.on() == "Index" && it.links.len() == 2 && is_bare(it),
    },
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
