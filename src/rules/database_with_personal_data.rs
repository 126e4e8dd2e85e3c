#![doc = include_str!("database_with_personal_data.md")]

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Find, Rule, about_database};
use crate::content::{Answer, Kind, Table};
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "database-with-personal-data",
    severity: Severity::Error,
    is_off: false,
    refines: &[
        "data-file",
        "database-dump",
        "database-file",
        "database-journal",
        "encoded-database",
    ],
    manual: include_str!("database_with_personal_data.md"),
    find: Find::Each(find),
};

/// Tables with people that are named one by one.
const MOST: usize = 5;

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    let Answer::Yes(database) = &subject.content.database else { return None };
    let (people, left) = (database.people(), database.remains.people.total());
    let (name, tables) = (subject.content.called(database), database.tables.len());
    let loose = database.test_confidence.signs.loose_mails;
    let tell_by_themselves: u64 = database.tables.iter().map(telling).sum();
    let message = match (people, left, tell_by_themselves) {
        (0, 0, 0) if loose == 0 => return None,
        (0, 0, 0) => format!("{name} with mail addresses in its texts (addresses: {loose})"),
        (0, 0, n) => format!("{name} with secrets or numbers of people (values: {n})"),
        (0, left, _) => format!("{name} with personal data in deleted rows (people: {left})"),
        _ => format!("{name} with personal data (people: {people}, tables: {tables})"),
    };
    let mut finding = about_database(&RULE, message, database, subject, snapshot);
    let mut peopled: Vec<&Table> =
        database.tables.iter().filter(|it| it.identities.total() + telling(it) > 0).collect();
    peopled.sort_by_key(|table| Reverse((table.identities.total(), telling(table))));
    let mut evidence: Vec<String> = peopled.iter().take(MOST).map(|table| line(table)).collect();
    if peopled.len() > MOST {
        evidence.push(format!("and {} more tables with people", peopled.len() - MOST));
    }
    finding.evidence.splice(0..0, evidence);
    Some(finding)
}

/// Values that are secrets or numbers of people, whoever they belong to.
fn telling(table: &Table) -> u64 {
    let kinds = table.columns.iter().flat_map(|column| &column.kinds);
    let is_telling = |kind: Kind| {
        kind.is_secret() || matches!(kind, Kind::NationalId(_) | Kind::PaymentCard | Kind::Iban)
    };
    kinds.filter(|(kind, _)| is_telling(**kind)).map(|(_, n)| n).sum()
}

/// What a table holds of people: `table users: 412 rows; email 412, phone 380`.
fn line(table: &Table) -> String {
    let mut counts: BTreeMap<Kind, u64> = BTreeMap::new();
    for (kind, count) in table.columns.iter().flat_map(|column| &column.kinds) {
        *counts.entry(*kind).or_default() += count;
    }
    let mut kinds: Vec<String> =
        counts.iter().map(|(kind, count)| format!("{} {count}", kind.word())).collect();
    if kinds.is_empty() {
        kinds.push(format!("accounts {}", table.identities.total()));
    }
    format!("table {}: {} rows; {}", table.name, table.rows, kinds.join(", "))
}
