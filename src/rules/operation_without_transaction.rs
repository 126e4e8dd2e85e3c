#![doc = include_str!("operation_without_transaction.md")]

use super::operation::{Fix, unsupported};
use super::{Find, Rule, ScriptFile};
use crate::content::script::{GuardKind, Operation};
use crate::finding::{Finding, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    id: "operation-without-transaction",
    severity: Severity::Warning,
    is_off: true,
    refines: &[],
    manual: include_str!("operation_without_transaction.md"),
    find: Find::Script(find),
};

/// Names of libraries whose calls run in a transaction where one is open.
const LIBRARIES: &[&str] = &[
    "ar",
    "django",
    "doctrine",
    "drizzle",
    "eloquent",
    "gorm",
    "hibernate",
    "jdbc",
    "jpa",
    "knex",
    "kysely",
    "laravel",
    "orm",
    "pdo",
    "peewee",
    "prisma",
    "sequel",
    "sequelize",
    "sqlalchemy",
    "typeorm",
];

/// Whether a transaction could take it back.
fn can_be_rolled_back(operation: &Operation) -> bool {
    let id = operation.kind.id;
    let mut parts = id.split('.');
    let language = parts.next().unwrap_or_default();
    match language {
        "sql" => id != "sql.drop_database",
        "cypher" => true,
        "sh" => false,
        _ => {
            parts.next().is_some_and(|it| LIBRARIES.contains(&it)) && id != "py.django.call_command"
        }
    }
}

fn find(of: &ScriptFile) -> Vec<Finding> {
    let fix =
        Fix::Hint("run it in a transaction, and look at what it did before that is committed");
    unsupported(
        &RULE,
        GuardKind::Transaction,
        "it is in no transaction",
        fix,
        can_be_rolled_back,
        of,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::script::{Guard, kinds};
    use crate::rules::sample::*;

    fn of_sql(guards: Vec<Guard>) -> Operation {
        let kind = kinds().find(|it| it.id == "sql.delete_all").expect("a kind");
        Operation { kind, ..operation(Scope::Table, guards) }
    }

    #[test]
    fn finds() {
        for guards in [vec![], vec![asked(3)], vec![backup(3)]] {
            let found = found(&RULE, &[of_sql(guards)]);
            assert_eq!(found.len(), 1);
            assert_eq!(
                found[0].message,
                "wipes a table, and it is in no transaction (DELETE FROM)"
            );
        }
    }

    #[test]
    fn lets_through() {
        let held = vec![asked(2), supporting(GuardKind::Transaction, 3)];
        assert!(found(&RULE, &[of_sql(held)]).is_empty());
        for kind in kinds().filter(|it| it.id.starts_with("sh.") || it.id == "sql.drop_database") {
            let it = Operation { kind, ..operation(Scope::Database, vec![]) };
            assert!(found(&RULE, &[it]).is_empty(), "{}", kind.id);
        }
    }
}
