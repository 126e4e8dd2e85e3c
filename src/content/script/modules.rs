//! Of which module a name is that an import brings, and what it is called there.

use super::syntax::{Act, Expression, Statement};

/// What stands before a name where it is known of which module that is: no name of a language has a blank.
const MODULE: &str = "%module ";

/// The name under which it is known of which module a name is.
pub(super) fn module_of(name: &str) -> String {
    format!("{MODULE}{name}")
}

/// The name that an import brings, where this is what says of which module it is.
pub(super) fn is_module(name: &str) -> Option<&str> {
    name.strip_prefix(MODULE)
}

/// Says of which module a name is.
pub(super) fn imported(line: u32, name: &str, module: &str) -> Statement {
    Statement { line, act: Act::Set(module_of(name), Expression::text(line, module)) }
}

/// What stands before a name that an import gives to something.
const RENAMED: &str = "%renamed ";

/// Says what something is called where an import brings it: `import subprocess as sp`.
pub(super) fn renamed(line: u32, name: &str, known: &str) -> Statement {
    Statement { line, act: Act::Set(format!("{RENAMED}{name}"), Expression::text(line, known)) }
}

/// The name that an import gave, where this is what says so.
pub(super) fn is_renamed(name: &str) -> Option<&str> {
    name.strip_prefix(RENAMED)
}
