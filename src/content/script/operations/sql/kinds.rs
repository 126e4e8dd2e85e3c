//! The kinds of operations in SQL.

use super::graph;
use crate::content::script::model::Kind;
use crate::content::script::model::Scope::{self, Database, Table};
use crate::content::script::model::Weight::{Critical, High, Medium};
use crate::content::script::operations::kind;

pub(super) static DROP_DATABASE: Kind =
    kind("sql.drop_database", "DROP DATABASE|SCHEMA|OWNED BY|KEYSPACE", "", Database, Critical, "");

pub(super) static DROP_TABLE: Kind = kind(
    "sql.drop_table",
    "DROP TABLE",
    "no other table takes its place, and the file is no dump",
    Table,
    High,
    "a migration",
);

pub(super) static TRUNCATE: Kind = kind("sql.truncate", "TRUNCATE TABLE", "", Table, High, "");

pub(super) static DELETE_ALL: Kind = kind(
    "sql.delete_all",
    "DELETE FROM table",
    "no WHERE, or one that always holds",
    Table,
    High,
    "BEGIN and ROLLBACK",
);

pub(super) static DELETE_EACH: Kind = kind(
    "sql.delete_each",
    "SELECT id FROM table, then DELETE FROM table WHERE id = ? for each of them",
    "the query has no WHERE, and nothing chooses among its rows",
    Table,
    High,
    "BEGIN and ROLLBACK",
);

pub(super) static DELETE_ORPHANS: Kind = kind(
    "sql.delete_orphans",
    "DELETE FROM items WHERE order_id NOT IN (SELECT id FROM orders)",
    "a program runs three such statements or more: an empty list of the others takes all rows away",
    Table,
    High,
    "BEGIN and ROLLBACK",
);

pub(super) static DELETE_LITERAL: Kind = kind(
    "sql.delete_literal",
    "DELETE FROM table WHERE client_id = 7",
    "the id of a tenant stands in the script, and two statements or more go by one",
    Scope::Tenant,
    High,
    "",
);

pub(super) static UPDATE_ALL: Kind =
    kind("sql.update_all", "UPDATE table SET ...", "no WHERE", Table, Medium, "");

pub(super) static EXECUTE: Kind = kind(
    "sql.plpgsql_exec",
    "EXECUTE 'DROP TABLE ' || name",
    "in a block or function, or for each row that a query puts together",
    Database,
    Critical,
    "IF current_database() NOT LIKE '%test%' THEN RAISE EXCEPTION",
);

pub(super) static ALTER_DROP: Kind = kind(
    "sql.alter_drop",
    "ALTER TABLE table DROP COLUMN|PARTITION",
    "outside of a migration",
    Table,
    Medium,
    "a migration",
);

pub(super) static CALLED: Kind = kind(
    "sql.called",
    "CALL drop_all_tables(), SELECT truncate_tables('app'), EXEC dbo.WipeDatabase",
    "the name says that a database goes, or all that is in it",
    Database,
    High,
    "",
);

/// The kinds of operations in SQL.
pub(in crate::content::script::operations) static KINDS: &[&Kind] = &[
    &DROP_DATABASE,
    &DROP_TABLE,
    &TRUNCATE,
    &DELETE_ALL,
    &DELETE_EACH,
    &DELETE_LITERAL,
    &DELETE_ORPHANS,
    &UPDATE_ALL,
    &EXECUTE,
    &ALTER_DROP,
    &CALLED,
    &graph::ALL,
    &graph::OF_LABEL,
];

/// The kind of a statement of which only the name is known.
pub(in crate::content::script) fn by_name() -> &'static Kind {
    &CALLED
}
