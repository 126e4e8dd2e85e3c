//! Of which module a name is that an import brings.

use super::syntax::{Act, Expression, Statement};

/// What stands before a name where it is known of which module that is: no name of a language has a blank.
const MODULE: &str = "%module ";

/// The name under which it is known of which module a name is.
pub(super) fn module_of(name: &str) -> String {
    format!("{MODULE}{name}")
}

/// Whether it is such a name.
pub(super) fn is_module(name: &str) -> bool {
    name.starts_with(MODULE)
}

/// Says of which module a name is.
pub(super) fn imported(line: u32, name: &str, module: &str) -> Statement {
    Statement { line, act: Act::Set(module_of(name), Expression::text(line, module)) }
}
