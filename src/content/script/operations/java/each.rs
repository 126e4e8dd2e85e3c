//! Rows about calls in Java that take away, one by one, all that is listed.

use super::super::chain::{Chain, name_of};
use super::super::files::is_data;
use super::super::listed::each_listed;
use super::super::{CallRow, Hit, hit, kind};
use super::{JAVA, called_on};
use crate::content::script::model::Scope::{Database, Files, Table};
use crate::content::script::model::Weight::High;
use crate::content::script::syntax::{Call, Expression, Form, Shared, each_of, has_one};

/// Expressions that are looked at.
const LOOKED_AT: usize = 300;

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "java.fs.each",
            "for (File it : new File(\"data\").listFiles()) it.delete()",
            "each file of a directory that holds data, uploads or backups",
            Files,
            High,
            "",
        ),
        languages: JAVA,
        names: &["delete", "deleteIfExists", "forceDelete", "deleteQuietly"],
        when: each_file,
    },
    CallRow {
        kind: kind(
            "java.jpa.each",
            "em.createQuery(\"from User\").getResultList().forEach(em::remove)",
            "each of all rows",
            Table,
            High,
            "",
        ),
        languages: JAVA,
        names: &["remove", "delete"],
        when: each_row,
    },
    CallRow {
        kind: kind(
            "java.each",
            "users.findAll().forEach(users::delete), for (Blob it : storage.list(bucket).iterateAll()) it.delete()",
            "the same repository or client lists all of them, and nothing chooses among them",
            Database,
            High,
            "",
        ),
        languages: JAVA,
        names: &[],
        when: |chain| {
            let parts = chain.links.iter().filter_map(|it| it.call);
            let is_spared = ["session", "token", "cache", "mock", "list", "memory", "temp"];
            let on = called_on(chain);
            match chooses(parts) || is_spared.iter().any(|it| on.contains(it)) {
                true => Hit::Miss,
                false => each_listed(chain),
            }
        },
    },
];

/// Whether calls, or what they are given, list the files of a directory, or only what begins with something.
fn chooses<'a>(calls: impl Iterator<Item = &'a Call>) -> bool {
    let is_choice = |it: &Expression| {
        let Form::Call(call) = &it.form else { return false };
        let name = name_of(&call.callee);
        let given = call.arguments.iter().filter(|it| it.name.is_none()).count();
        match name.as_str() {
            "listFiles" | "newDirectoryStream" | "walk" | "listRoots" => true,
            "prefix" | "withPrefix" | "setPrefix" => given > 0,
            // `s3.listObjects(bucket, prefix)`.
            "listObjects" | "listObjectsV2" => given > 1,
            _ => false,
        }
    };
    let parts = calls.flat_map(|it| {
        it.arguments.iter().map(|it| &*it.value).chain(std::iter::once(&*it.callee))
    });
    has_one(parts.collect(), LOOKED_AT, is_choice)
}

/// A file of which a loop takes one after the other out of a directory of data.
fn each_file(chain: &Chain) -> Hit {
    let path = match chain.on() {
        "Files" | "FileUtils" | "FileSystemUtils" => chain.argument(0),
        _ => chain.named("path"),
    };
    let path = path.filter(|it| !chain.is_of_chosen(it));
    let listed = path.and_then(|it| each_of(it)).and_then(|it| match &it.form {
        Form::Call(call) => directory_of(call),
        _ => None,
    });
    hit(listed.is_some_and(is_data))
}

/// The directory of which a call lists all: `directory.listFiles()`, `Files.newDirectoryStream(directory)`.
fn directory_of(call: &Call) -> Option<&Shared> {
    let Form::Member(on, name) = &call.callee.form else { return None };
    match (name.as_str(), call.arguments.as_slice()) {
        ("listFiles", []) => Some(on),
        ("newDirectoryStream" | "list" | "walk", [one]) => Some(&one.value),
        _ => None,
    }
}

/// One of the rows that a query without a condition gives back.
fn each_row(chain: &Chain) -> Hit {
    let row = chain.argument(0).filter(|it| !chain.is_of_chosen(it));
    let Some(Form::Call(list)) = row.and_then(|it| each_of(it)).map(|it| &it.form) else {
        return Hit::Miss;
    };
    let from = Chain::of(list);
    let lists = matches!(from.name(), "getResultList" | "getResultStream" | "list" | "stream");
    let is_of_same = from.links.first().map(|it| it.name) == chain.links.first().map(|it| it.name);
    let asks = from.links.iter().filter(|it| it.name == "createQuery").find_map(|it| it.call);
    let text = asks.and_then(|it| it.arguments.first()).and_then(|it| it.value.literal());
    let is_all = text.is_some_and(|it| {
        let lower = it.to_lowercase();
        lower.contains("from ") && ![" where ", " join "].iter().any(|it| lower.contains(it))
    });
    let is_plain = !from.has(&["setMaxResults", "setFirstResult", "filter", "limit"]);
    hit(lists && is_of_same && is_all && is_plain)
}
