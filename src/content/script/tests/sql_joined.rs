//! Conditions of SQL that `OR` and `AND` join: each of their parts denies for itself.

use super::*;

#[test]
fn what_is_joined_denies_part_by_part() {
    for condition in [
        "DB_NAME() NOT IN ('shop_dev') OR '$(confirm)' <> DB_NAME()",
        "DB_NAME() <> 'shop_dev' AND DB_NAME() <> 'shop_test'",
        "DB_NAME() <> 'shop_dev' OR @@SERVERNAME = 'prod'",
        "NOT (DB_NAME() = 'shop_dev' OR DB_NAME() = 'shop_test')",
    ] {
        let text = format!("IF {condition}\n  SET NOEXEC ON;\nGO\nDELETE FROM users;\n");
        assert_eq!(open("a.sql", &text), [], "{text}");
    }
    let text = "IF DB_NAME() = 'shop_dev' OR DB_NAME() = 'shop_test'\n  SET NOEXEC ON;\nGO\nDELETE FROM users;\n";
    assert_eq!(defects("a.sql", text), [Defect::WrongWayRound]);
}
