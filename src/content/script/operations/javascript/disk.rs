//! Rows about calls in JavaScript and TypeScript that remove files and directories.

use super::super::chain::{Chain, name_of};
use super::super::listed::takes_lot;
use super::super::{CallRow, Hit, files, kind};
use super::BOTH;
use super::asked::field;
use crate::content::script::guards::is_true;
use crate::content::script::model::Scope::Files;
use crate::content::script::model::Weight::High;
use crate::content::script::operations::hit;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Shared};
use crate::content::script::value::texts;

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "js.fs",
            "fs.rmSync(path, { recursive: true }), rimraf(path), fse.emptyDir(path)",
            "the path is a home, a root, or holds data, uploads, backups or a database",
            Files,
            High,
            "",
        ),
        languages: BOTH,
        names: &[
            "rm",
            "rmSync",
            "rmdir",
            "rmdirSync",
            "remove",
            "removeSync",
            "emptyDir",
            "emptyDirSync",
            "rimraf",
            "rimrafSync",
            "sync",
            "del",
            "deleteAsync",
            "deleteSync",
        ],
        when: tree_of_data,
    },
    CallRow {
        kind: kind(
            "js.fs.unlink_db",
            "fs.unlinkSync('app.sqlite')",
            "the name is that of a database",
            Files,
            High,
            "",
        ),
        languages: BOTH,
        names: &["unlink", "unlinkSync", "rm", "rmSync", "remove", "removeSync"],
        when: database_file,
    },
    CallRow {
        kind: kind(
            "js.fs.each",
            "for (const file of fs.readdirSync('uploads')) fs.unlinkSync(path.join('uploads', file))",
            "each file of a directory that holds data, uploads or backups",
            Files,
            High,
            "",
        ),
        languages: BOTH,
        names: &["unlink", "unlinkSync", "rm", "rmSync", "remove", "removeSync"],
        when: each_file,
    },
];

/// Names of modules of files.
const MODULES: &[&str] = &[
    "fs",
    "fsp",
    "fse",
    "fsPromises",
    "fsExtra",
    "promises",
    "fs_extra",
    "Deno",
    "fsx",
    "jetpack",
    "fsAsync",
];

/// Whether an option is on, or is told as the program runs.
fn may_be_true(of: Option<&Shared>, name: &str) -> bool {
    of.and_then(|it| field(it, name)).is_some_and(|it| is_true(it) != Some(false))
}

fn paths(of: &Shared) -> Vec<&Shared> {
    match &of.form {
        Form::List(all) => all.iter().collect(),
        _ => vec![of],
    }
}

fn tree_of_data(chain: &Chain) -> Hit {
    let Some(path) = chain.argument(0) else { return Hit::Miss };
    let (on, name) = (chain.on(), chain.name());
    let is_file = chain.links.len() == 1 || MODULES.contains(&on);
    let is_tree = match name {
        "rm" | "rmSync" | "rmdir" | "rmdirSync" => {
            let is_all = chain.argument(1).is_some_and(|it| is_true(it) == Some(true));
            is_file && may_be_true(chain.argument(1), "recursive")
                || on.to_lowercase().ends_with("sftp") && is_all
        }
        "remove" => {
            (MODULES.contains(&on) && on != "Deno")
                || (on == "Deno" && may_be_true(chain.argument(1), "recursive"))
        }
        "removeSync" | "emptyDir" | "emptyDirSync" => is_file,
        "sync" => matches!(on, "rimraf" | "del"),
        _ => chain.links.len() == 1 || on == "del",
    };
    let of_data =
        || paths(path).into_iter().any(|it| files::is_data(it) && !is_pattern_of_files(it));
    hit(is_tree && of_data())
}

/// `data/*.tmp`: some of the files only.
fn is_pattern_of_files(of: &Expression) -> bool {
    of.literal().is_some_and(|it| it.rsplit('/').next().is_some_and(|it| it.contains("*.")))
}

fn database_file(chain: &Chain) -> Hit {
    let Some(path) = chain.argument(0) else { return Hit::Miss };
    let is_file = chain.links.len() == 1 || MODULES.contains(&chain.on());
    let is_plain = texts(path).iter().any(|it| !it.text.is_empty());
    let is_database = is_plain && files::names_database(path);
    let is_so = is_file && (is_database || files::is_listed_database(path, chain));
    hit(is_so)
}

/// Modules that list files by a pattern.
const GLOBS: &[&str] = &["glob", "globby", "fg", "fastGlob"];

fn leaves_out(call: &Call) -> bool {
    call.arguments.iter().all(|it| files::only_leaves_out(&it.value))
}

/// Each of all that a directory of data holds.
fn each_file(chain: &Chain) -> Hit {
    let is_file = chain.links.len() == 1 || MODULES.contains(&chain.on());
    let mut open: Vec<&Shared> = chain.argument(0).filter(|_| is_file).into_iter().collect();
    let mut left = 200;
    while let Some(it) = open.pop().filter(|_| left > 0) {
        left -= 1;
        if let Form::Call(call) = &it.form {
            let name = name_of(&call.callee);
            let is_glob = |it: &Shared| GLOBS.contains(&name_of(it).as_str());
            // `glob.sync('uploads/**/*')`.
            let name = match &call.callee.form {
                Form::Member(on, last) if last == "sync" && is_glob(on) => "globSync",
                _ => name.as_str(),
            };
            match name {
                "filter" if leaves_out(call) => {}
                "slice" if takes_lot(call) => {}
                "filter" | "slice" => return Hit::Miss,
                "readdir" | "readdirSync" | "glob" | "globSync" | "globby" | "fg" => {
                    let of_data = |it: &Argument| {
                        files::is_data(&it.value) && !is_pattern_of_files(&it.value)
                    };
                    return hit(call.arguments.first().is_some_and(of_data));
                }
                _ => {}
            }
        }
        open.extend(it.children());
    }
    Hit::Miss
}
