//! Calls that empty or drop one after the other of the tables that a database is asked for, in any language.

use super::chain::name_of;
use super::{CallRow, hit, kind};
use crate::content::script::Language::{self, Go, JavaScript, Php, Python, Ruby, TypeScript};
use crate::content::script::model::Scope::Database;
use crate::content::script::model::Weight::Critical;
use crate::content::script::syntax::{Form, Shared, each_of};

const LANGUAGES: &[Language] = &[Python, JavaScript, TypeScript, Go, Ruby, Php];

pub(super) static CALLS: &[CallRow] = &[CallRow {
    kind: kind(
        "each.table",
        "foreach ($handle->getTables($name) as $table) $handle->truncate($name, $table)",
        "each of what a call gives back that asks for tables, and nothing chooses among them",
        Database,
        Critical,
        "",
    ),
    languages: LANGUAGES,
    names: &[
        "truncate",
        "Truncate",
        "truncateTable",
        "truncate_table",
        "TruncateTable",
        "dropTable",
        "drop_table",
        "DropTable",
        "emptyTable",
        "empty_table",
        "clearTable",
        "clear_table",
        "deleteTable",
        "delete_table",
    ],
    when: |chain| {
        let of_each = chain.arguments().iter().any(|it| is_one_of_tables(&it.value));
        hit(of_each
            && chain.links.len() > 1
            && !chain.arguments().iter().any(|it| chain.is_chosen(&it.value)))
    },
}];

/// Whether a value is one of all tables that a database has.
fn is_one_of_tables(of: &Shared) -> bool {
    let lists = |it: &Shared| {
        let asked = match &it.form {
            Form::Call(call) => &call.callee,
            _ => it,
        };
        let name = name_of(asked).to_lowercase();
        name.contains("table") && name.ends_with('s') && !name.contains("temp")
    };
    each_of(of).is_some_and(lists)
}
