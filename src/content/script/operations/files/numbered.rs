//! Directories of stores of which a machine has several, each with its port or number behind the name.

/// Stores of which a machine has several, each in a directory with its port or number behind the name. Programs have their version
/// there: `lib/mysql2`, `/usr/lib/postgresql15`.
const NUMBERED: &[&str] =
    &["mysql", "mariadb", "mongodb", "postgres", "postgresql", "pgdata", "elasticsearch"];

/// Whether a directory that is called after a store and a number is one of several of it: by its port, or as it lies among data.
fn is_one_of_several(words: &[String], bare: &str, number: &str) -> bool {
    let is_port = number.contains('\u{1}') || number.len() >= 4;
    let has = |all: &[&str]| words.iter().any(|it| all.contains(&it.as_str()));
    let is_among_data = has(&["var", "srv", "mnt", "data", "volumes", "storage"]);
    let is_of_programs = has(&["usr", "opt", "include", "node_modules"]);
    bare == "pgdata" || is_port || is_among_data && !is_of_programs
}

/// Whether a part of a path, which these words are, is called after such a store and a number; `bare` is it without that.
pub(super) fn is_numbered(words: &[String], part: &str, bare: &str) -> bool {
    NUMBERED.contains(&bare)
        && is_one_of_several(words, bare, part.get(bare.len()..).unwrap_or_default())
}
