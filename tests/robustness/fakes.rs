//! Rows of nobody, to be mixed into those of people.

use crate::Dice;
use crate::bases::{GIVEN, SURNAMES, words};
use crate::draft::{Cell, Column, Draft, Holds, Table};

/// Who made them up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fake {
    /// A loop: numbered users of reserved domains.
    Reserved,
    /// A developer who signs up.
    TestWords,
    /// The same in a hurry.
    Mash,
    /// A generator such as Faker, whose names and mail addresses know nothing of each other.
    Generated,
    /// Nobody: there is nothing in them.
    Nothing,
}

/// Fake rows for each real one.
const EACH: usize = 10;

impl Fake {
    fn row(self, columns: &[Column], n: usize, like: &[Cell], dice: &mut Dice) -> Vec<Cell> {
        let (given, surnames) = (words(GIVEN), words(SURNAMES));
        let one = |list: &[&str], dice: &mut Dice| (*dice.pick(list)).to_owned();
        let cell = |column: &Column, like: &Cell, dice: &mut Dice| match (self, column.holds) {
            (Fake::Nothing, _) => Cell::Null,
            (_, Holds::Other) => like.clone(),
            (_, Holds::Number) => Cell::Text("00000000000".to_owned()),
            (Fake::Reserved, Holds::Name | Holds::Login) => Cell::Text(format!("user{n}")),
            (Fake::Reserved, Holds::Mail) => Cell::Text(format!("user{n}@example.com")),
            (Fake::Generated, Holds::Name) => {
                Cell::Text(format!("{} {}", one(&given, dice), one(&surnames, dice)))
            }
            (Fake::Generated, Holds::Login | Holds::Mail) => {
                let (given, surname) =
                    (one(&given, dice).to_lowercase(), one(&surnames, dice).to_lowercase());
                let login = match dice.below(4) {
                    0 => format!("{given}{}", 10 + dice.below(90)),
                    1 => format!("{given}.{surname}"),
                    2 => format!("{surname}.{given}"),
                    _ => format!("{}{surname}", &given[..1]),
                };
                let domain = one(&["gmail.com", "yahoo.com", "hotmail.com"], dice);
                Cell::Text(if column.holds == Holds::Mail {
                    format!("{login}@{domain}")
                } else {
                    login
                })
            }
            (Fake::TestWords, Holds::Mail) => Cell::Text("test@test.com".to_owned()),
            (Fake::TestWords, Holds::Name | Holds::Login) => {
                Cell::Text(one(&["test", "Test User", "admin", "foo bar", "demo"], dice))
            }
            (Fake::Mash, Holds::Mail) => Cell::Text("asdf@asdf.com".to_owned()),
            (Fake::Mash, Holds::Name | Holds::Login) => {
                Cell::Text(one(&["asdf", "asdf asdf", "qwerty", "sdfgsdfg", "aaa"], dice))
            }
            (_, Holds::Phone) => Cell::Text(format!("+1 212 555 01{:02}", n % 100)),
        };
        columns.iter().zip(like).map(|(column, like)| cell(column, like, dice)).collect()
    }
}

/// Mixes rows of this kind into each table of people.
pub(crate) fn mix(draft: &mut Draft, fake: Fake, dice: &mut Dice) -> bool {
    for table in draft.people() {
        let real = std::mem::take(&mut table.rows);
        for (n, row) in real.into_iter().enumerate() {
            for fakes in 0..EACH {
                table.rows.push(fake.row(&table.columns, n * EACH + fakes + 1, &row, dice));
            }
            table.rows.push(row);
        }
    }
    true
}

/// Adds a table of such people, ten for each real one, up to some hundreds.
pub(crate) fn add_table(draft: &mut Draft, fake: Fake, dice: &mut Dice) -> bool {
    let people = draft.people().map(|it| it.rows.len()).max().unwrap_or_default().min(30);
    let columns = [("id", Holds::Other), ("name", Holds::Name), ("email", Holds::Mail)];
    let name = if draft.tables.iter().any(|it| it.name == "users") { "accounts" } else { "users" };
    let mut table = Table::new(name, &columns, Vec::new());
    for n in 1..=people * EACH {
        let like = [Cell::Integer(n as i64), Cell::Null, Cell::Null];
        table.rows.push(fake.row(&table.columns, n, &like, dice));
    }
    table.is_bait = true;
    let is_new = draft.tables.iter().all(|it| it.name != table.name);
    draft.tables.push(table);
    is_new
}

/// Adds a column of such values beside the real ones.
pub(crate) fn add_column(draft: &mut Draft, name: &str, value: impl Fn(usize) -> String) -> bool {
    let mut is_new = true;
    for table in draft.people() {
        is_new &= table.columns.iter().all(|it| it.name != name);
        table.columns.push(Column { name: name.to_owned(), holds: Holds::Other });
        for (n, row) in table.rows.iter_mut().enumerate() {
            row.push(Cell::Text(value(n + 1)));
        }
    }
    is_new
}

/// Databases of nobody, which may be let through.
pub(crate) fn all() -> Vec<Draft> {
    let mut dice = Dice::new(12);
    let columns = [
        ("id", Holds::Other),
        ("name", Holds::Name),
        ("email", Holds::Mail),
        ("created_at", Holds::Other),
    ];
    let mut of = |base: &'static str, fake: Fake, n: usize| {
        let mut table = Table::new("users", &columns, Vec::new());
        for n in 1..=n {
            let like = [
                Cell::Integer(n as i64),
                Cell::Null,
                Cell::Null,
                Cell::from("2024-03-01 09:00:00"),
            ];
            table.rows.push(fake.row(&table.columns, n, &like, &mut dice));
        }
        let courses =
            [["Introduction to SQL", "Tables and rows"], ["Git for Teams", "Branches and hooks"]];
        let rows = courses.iter().map(|it| it.map(Cell::from).to_vec()).collect();
        let columns = [("title", Holds::Other), ("description", Holds::Other)];
        Draft::new(base, vec![table, Table::new("courses", &columns, rows)], Vec::new())
    };
    vec![
        of("numbered users", Fake::Reserved, 40),
        of("test words", Fake::TestWords, 8),
        of("keyboard mash", Fake::Mash, 5),
        of("a generator's users", Fake::Generated, 200),
    ]
}
