//! In which of several ways files of a language are run: what works in one does not in another.

use bstr::BStr;

use super::Language;
use super::operations::sql::Dialect;

/// How a file is run, where its language has several ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Manner {
    /// SQL for this database.
    Sql(Dialect),
    /// JavaScript that loads with `require`: `import` is an error in it.
    CommonJs,
}

impl Manner {
    /// That of a file; none where nothing tells, or its language has but one.
    pub(super) fn of(language: Language, path: &BStr, text: &str) -> Option<Manner> {
        match language {
            Language::Sql => Dialect::of(path, text).map(Manner::Sql),
            Language::JavaScript | Language::TypeScript => {
                is_common_js(path, text).then_some(Manner::CommonJs)
            }
            _ => None,
        }
    }
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
}
