//! The table that an operation wipes, where its name can be written into a statement as it is.

use super::subject::is_sql;
use crate::content::script::{Operation, Scope};

/// What stands before the name of a table in that of an operation.
const VERBS: &[&str] = &["DELETE FROM ", "DELETE ", "TRUNCATE ", "DROP TABLE ", "UPDATE "];

/// Words that are no names of tables unless they are quoted, and tables are called so all the same.
const RESERVED: &[&str] = &[
    "all",
    "case",
    "check",
    "column",
    "current_user",
    "default",
    "end",
    "from",
    "group",
    "index",
    "key",
    "limit",
    "order",
    "primary",
    "references",
    "rows",
    "select",
    "session_user",
    "system",
    "table",
    "trigger",
    "user",
    "values",
    "where",
    "window",
];

/// Characters of the longest name that is shown.
const LONGEST: usize = 40;

/// Its table; none where it is no plain word. Quotes are not in the name of an operation, and databases differ in what they make of
/// capital letters without them.
pub(super) fn of(operation: &Operation) -> Option<&str> {
    if !matches!(operation.scope, Scope::Table | Scope::Tenant) {
        return None;
    }
    let name = match is_sql(operation) {
        true => VERBS.iter().find_map(|it| operation.name.strip_prefix(it))?,
        false => of_mongo(operation)?,
    };
    (name.len() <= LONGEST && name.split('.').all(is_plain)).then_some(name)
}

/// The collection in `db.users.drop`.
fn of_mongo(operation: &Operation) -> Option<&str> {
    let is_one = operation.kind.id.contains("mongo") || operation.layers.last() == Some(&"mongosh");
    let (name, call) = operation.name.strip_prefix("db.")?.split_once('.')?;
    (is_one && !call.contains('.')).then_some(name)
}

fn is_plain(part: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_lowercase() || it == '_';
    part.starts_with(is_letter)
        && part.chars().all(|it| is_letter(it) || it.is_ascii_digit())
        && !RESERVED.contains(&part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample;

    #[test]
    fn the_table_of_a_statement_is_told_where_it_is_a_plain_word() {
        for (layers, name, expected) in [
            (["python", "SQL"], "DELETE FROM orders", Some("orders")),
            (["python", "SQL"], "TRUNCATE public.orders", Some("public.orders")),
            (["python", "SQL"], "DROP TABLE order_items2", Some("order_items2")),
            (["python", "SQL"], "DELETE FROM user", None),
            (["python", "SQL"], "DELETE FROM Orders", None),
            (["python", "SQL"], "DELETE FROM two words", None),
            (["python", "SQL"], "DELETE FROM it's", None),
            (["python", "SQL"], "DELETE FROM", None),
            (["shell", "mongosh"], "db.orders.deleteMany", Some("orders")),
            (["shell", "mongosh"], "db.shop.orders.deleteMany", None),
            (["python", "python"], "db.session.delete", None),
            (["python", "python"], "Order.objects.delete", None),
        ] {
            let mut operation = sample::operation(Scope::Table, vec![]);
            operation.layers = layers.to_vec();
            operation.name = name.to_owned();
            assert_eq!(of(&operation), expected, "{name}");
        }
        let mut operation = sample::operation(Scope::Database, vec![]);
        operation.name = "DROP DATABASE shop".to_owned();
        assert_eq!(of(&operation), None);
    }
}
