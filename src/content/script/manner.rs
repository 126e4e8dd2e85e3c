//! In which of several ways files of a language are run: what works in one does not in another.

use bstr::{BStr, ByteSlice};

use super::operations::sql::Dialect;
use super::{Language, hosts};

/// How a file is run, where its language has several ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Manner {
    /// SQL for this database.
    Sql(Dialect),
    /// JavaScript that loads with `require`: `import` is an error in it.
    CommonJs,
    /// JavaScript that the shell of MongoDB runs: `db` is there, and nothing is loaded.
    MongoShell,
    /// The scripts of `composer.json`.
    Composer,
    /// A pipeline of this service.
    Pipeline(Pipeline),
}

/// What runs a pipeline, as far as it decides how one is started and asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pipeline {
    /// A workflow of GitHub, and what obeys the same file.
    GitHub,
    /// GitLab.
    GitLab,
    /// Another one: its steps run commands.
    Other,
}

impl Manner {
    /// That of a file; none where nothing tells, or its language has but one.
    pub(super) fn of(language: Language, path: &BStr, text: &str) -> Option<Manner> {
        match language {
            Language::Sql => Dialect::of(path, text).map(Manner::Sql),
            Language::JavaScript | Language::TypeScript => match () {
                () if is_common_js(path, text) => Some(Manner::CommonJs),
                () if is_of_mongo_shell(path, text) => Some(Manner::MongoShell),
                () => None,
            },
            Language::Package => is_of_composer(path).then_some(Manner::Composer),
            Language::Workflow => Some(Manner::Pipeline(Pipeline::of(path, text))),
            _ => None,
        }
    }
}

impl Pipeline {
    fn of(path: &BStr, text: &str) -> Pipeline {
        // YAML takes `on` for a truth value, so that some quote it.
        let has =
            |keys: &[&str]| text.lines().any(|line| keys.iter().any(|it| line.starts_with(it)));
        match () {
            () if hosts::is_of_gitlab(&path.to_str_lossy().to_lowercase()) => Pipeline::GitLab,
            () if has(&["on:", "\"on\":", "'on':"]) && has(&["jobs:"]) => Pipeline::GitHub,
            () => Pipeline::Other,
        }
    }
}

fn is_of_composer(path: &BStr) -> bool {
    path.to_str_lossy().to_lowercase().ends_with("composer.json")
}

/// Whether a file speaks to `db` as if it were there: it is at the beginning of what a line calls, and nothing is loaded or set.
fn is_of_mongo_shell(path: &BStr, text: &str) -> bool {
    let is_plain = path.to_ascii_lowercase().ends_with(b".js");
    let is_made = |line: &str| {
        ["import ", "export ", "const db ", "let db ", "var db "]
            .iter()
            .any(|it| line.starts_with(it))
    };
    let calls = |line: &str| {
        let call = line.trim_start();
        ["db.dropDatabase(", "db.getCollection", "db.getSiblingDB(", "db.adminCommand("]
            .iter()
            .any(|it| call.starts_with(it))
            || call.starts_with("db.") && (call.contains(".deleteMany(") || call.contains(".drop("))
    };
    is_plain && !text.lines().any(is_made) && text.lines().any(calls)
}

/// Whether a file loads with `require`, by its ending or by what its lines begin with.
fn is_common_js(path: &BStr, text: &str) -> bool {
    let ending = path.rsplit(|it| *it == b'.').next().unwrap_or_default().to_ascii_lowercase();
    let is_module = |line: &str| {
        (line.starts_with("import ") || line.starts_with("export "))
            && !line.starts_with("import type ")
    };
    match ending.as_slice() {
        b"cjs" | b"cts" => true,
        b"mjs" | b"mts" => false,
        _ => text.contains("require(") && !text.lines().any(is_module),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_javascript_that_loads_with_require_is_told() {
        for (path, text, expected) in [
            ("a.js", "const db = require('./db');\n", true),
            ("a.js", "import db from './db';\n", false),
            ("a.js", "import { createRequire } from 'module';\nrequire('./db');\n", false),
            ("a.js", "db.drop();\n", false),
            ("a.cjs", "db.drop();\n", true),
            ("a.mjs", "require('./db');\n", false),
        ] {
            assert_eq!(is_common_js(path.into(), text), expected, "{path}: {text}");
        }
    }

    #[test]
    fn what_runs_a_file_is_told() {
        let of = |language, path: &str, text: &str| Manner::of(language, path.into(), text);
        let workflow = "name: a\non: push\njobs:\n  a:\n    steps: []\n";
        let quoted = "\"on\": push\njobs:\n  a:\n    steps: []\n";
        for (path, text, expected) in [
            (".github/workflows/a.yml", workflow, Pipeline::GitHub),
            (".github/workflows/gitlab-ci.yml", workflow, Pipeline::GitHub),
            (".forgejo/workflows/a.yml", quoted, Pipeline::GitHub),
            (".gitlab-ci.yml", "a:\n  script: [make]\n", Pipeline::GitLab),
            (".gitlab-ci.yml", workflow, Pipeline::GitLab),
            ("ci/wipe.gitlab-ci.yml", "a:\n  script: [make]\n", Pipeline::GitLab),
            ("azure-pipelines.yml", "steps:\n  - script: make\n", Pipeline::Other),
            (".circleci/config.yml", "version: 2.1\njobs:\n  a: {}\n", Pipeline::Other),
            ("action.yml", "runs:\n  using: composite\n", Pipeline::Other),
        ] {
            let manner = of(Language::Workflow, path, text);
            assert_eq!(manner, Some(Manner::Pipeline(expected)), "{path}: {text}");
        }
        for (path, expected) in [("composer.json", Some(Manner::Composer)), ("package.json", None)]
        {
            assert_eq!(of(Language::Package, path, "{}"), expected, "{path}");
        }
        for (path, text, expected) in [
            ("a.js", "db.dropDatabase();\n", Some(Manner::MongoShell)),
            ("a.js", "db.users.deleteMany({});\n", Some(Manner::MongoShell)),
            ("a.js", "import db from './db.js';\ndb.dropDatabase();\n", None),
            ("a.js", "const db = client.db();\ndb.dropDatabase();\n", None),
            ("a.js", "await mongoose.connection.dropDatabase();\n", None),
            ("a.mjs", "db.dropDatabase();\n", None),
        ] {
            assert_eq!(of(Language::JavaScript, path, text), expected, "{path}: {text}");
        }
    }
}
