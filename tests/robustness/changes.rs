//! What can be done to a database without taking the people out of it.

use crate::Dice;
use crate::draft::{Cell, Column, Draft, Holds, Place, Table};
use crate::fakes::{self, Fake};

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// Rows and columns of nobody, beside the people.
    Bait,
    /// What tables and columns are called.
    Names,
    /// How values are written.
    Values,
    /// In which rows, columns and tables they are.
    Shape,
    /// How all of it is a file.
    File,
}

/// One way to change a database. It returns whether there is anything to change.
pub(crate) struct Change {
    pub(crate) name: &'static str,
    pub(crate) about: About,
    pub(crate) apply: fn(&mut Draft, &mut Dice) -> bool,
}

const fn change(
    name: &'static str,
    about: About,
    apply: fn(&mut Draft, &mut Dice) -> bool,
) -> Change {
    Change { name, about, apply }
}

pub(crate) static CHANGES: &[Change] = &[
    change("numbered users of reserved domains mixed in", About::Bait, |it, dice| {
        fakes::mix(it, Fake::Reserved, dice)
    }),
    change("test words mixed in", About::Bait, |it, dice| fakes::mix(it, Fake::TestWords, dice)),
    change("keyboard mash mixed in", About::Bait, |it, dice| fakes::mix(it, Fake::Mash, dice)),
    change("rows of a generator mixed in", About::Bait, |it, dice| {
        fakes::mix(it, Fake::Generated, dice)
    }),
    change("empty rows mixed in", About::Bait, |it, dice| fakes::mix(it, Fake::Nothing, dice)),
    change("a table of made-up users added", About::Bait, |it, dice| {
        fakes::add_table(it, Fake::Reserved, dice)
    }),
    change("a table of a generator added", About::Bait, |it, dice| {
        fakes::add_table(it, Fake::Generated, dice)
    }),
    change("a column of reserved mails added", About::Bait, |it, _| {
        fakes::add_column(it, "contact_email", |n| format!("user{n}@example.com"))
    }),
    change("a column of test words added", About::Bait, |it, _| {
        fakes::add_column(it, "login", |n| ["test", "admin", "demo"][n % 3].to_owned())
    }),
    change("a column of one reserved mail added", About::Bait, |it, _| {
        fakes::add_column(it, "reply_to", |_| "user1@example.com".to_owned())
    }),
    change("columns called c1, c2", About::Names, |it, _| {
        rename(it, |n| format!("t{n}"), |n| format!("c{n}"))
    }),
    change("all called x", About::Names, |it, _| {
        rename(it, |n| "x".repeat(n), |n| format!("x{n}"))
    }),
    change("called as products are", About::Names, |it, _| {
        rename(it, product_table, product_column)
    }),
    change("in upper case", About::Values, |it, _| {
        map(it, &[Holds::Name, Holds::Mail, Holds::Login], str::to_uppercase)
    }),
    change("in lower case", About::Values, |it, _| {
        map(it, &[Holds::Name, Holds::Mail, Holds::Login], str::to_lowercase)
    }),
    change("given names as initials", About::Values, |it, _| {
        initials(it, |given, surname| format!("{given}. {surname}"))
    }),
    change("initials behind surnames", About::Values, |it, _| {
        initials(it, |given, surname| format!("{surname}, {given}."))
    }),
    change("mails in JSON", About::Values, |it, _| {
        mails_within(it, |it| format!("{{\"at\": 3, \"contact\": {{\"mail\": \"{it}\"}}}}"))
    }),
    change("mails in longer text", About::Values, |it, _| mails_within(it, longer)),
    change("digits as integers", About::Values, |it, _| to_integers(it)),
    change("integers as text", About::Values, |it, _| to_texts(it)),
    change("rows shuffled", About::Shape, shuffle_rows),
    change("columns shuffled", About::Shape, shuffle_columns),
    change("names in two columns", About::Shape, |it, _| split(it, 2)),
    change("names in three columns", About::Shape, |it, _| split(it, 3)),
    change("two columns in one", About::Shape, |it, _| join(it)),
    change("a table for each person", About::Shape, |it, _| one_table_each(it)),
    change("UTF-16le", About::File, |it, _| encode(it, "UTF-16le")),
    change("UTF-16be", About::File, |it, _| encode(it, "UTF-16be")),
    change("pages of 512 bytes", About::File, |it, _| page(it, 512)),
    change("pages of 65536 bytes", About::File, |it, _| page(it, 65_536)),
    change("in the log", About::File, |it, _| place(it, Place::Log)),
    change("rows deleted", About::File, |it, _| place(it, Place::Deleted)),
    change("tables dropped", About::File, |it, _| place(it, Place::Dropped)),
    change("as a dump", About::File, |it, _| place(it, Place::Dump)),
    change("cut at the end of a page", About::File, |it, dice| cut(it, dice, true)),
    change("cut anywhere", About::File, |it, dice| cut(it, dice, false)),
];

fn rename(draft: &mut Draft, table: fn(usize) -> String, column: fn(usize) -> String) -> bool {
    for (n, it) in draft.tables.iter_mut().enumerate() {
        it.name = table(n + 1);
        for (n, it) in it.columns.iter_mut().enumerate() {
            it.name = column(n + 1);
        }
    }
    draft.is_nameless = true;
    true
}

fn product_table(n: usize) -> String {
    if n == 1 { "products".to_owned() } else { format!("products_{n}") }
}

fn product_column(n: usize) -> String {
    let names =
        ["title", "sku", "brand", "category", "color", "weight", "stock", "vendor", "unit", "ean"];
    names.get(n - 1).map_or_else(|| format!("attribute{n}"), |it| (*it).to_owned())
}

/// Changes the values of the columns that hold such, and says whether there are any.
fn map_cells(draft: &mut Draft, holds: &[Holds], change: impl Fn(&Cell) -> Option<Cell>) -> bool {
    let mut is_changed = false;
    for table in draft.people() {
        let is_of = |it: &Column| holds.contains(&it.holds);
        let places: Vec<usize> =
            (0..table.columns.len()).filter(|n| is_of(&table.columns[*n])).collect();
        for row in &mut table.rows {
            for place in &places {
                if let Some(changed) = row.get(*place).and_then(&change) {
                    is_changed |= row[*place] != changed;
                    row[*place] = changed;
                }
            }
        }
    }
    is_changed
}

fn map(draft: &mut Draft, holds: &[Holds], change: fn(&str) -> String) -> bool {
    map_cells(draft, holds, |it| it.text().map(|it| Cell::Text(change(it))))
}

fn initials(draft: &mut Draft, written: fn(char, &str) -> String) -> bool {
    map_cells(draft, &[Holds::Name], |it| {
        let (given, surname) = it.text()?.split_once(' ')?;
        let initial = given.chars().next().filter(|it| it.is_uppercase())?;
        Some(Cell::Text(written(initial, surname)))
    })
}

fn mails_within(draft: &mut Draft, written: fn(&str) -> String) -> bool {
    map_cells(draft, &[Holds::Mail], |it| Some(Cell::Text(written(it.text()?))))
}

fn longer(mail: &str) -> String {
    format!(
        "Called on Monday about the order that did not arrive, and wants to have an answer to {mail} before the end of the week."
    )
}

fn to_integers(draft: &mut Draft) -> bool {
    let is_changed = map_cells(draft, &[Holds::Phone, Holds::Number], |it| {
        let text = it.text().filter(|it| !it.bytes().any(|it| it.is_ascii_alphabetic()))?;
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok().map(Cell::Integer)
    });
    // Digits may count anything.
    draft.needs_names |= is_changed && draft.base == "contacts";
    is_changed
}

fn to_texts(draft: &mut Draft) -> bool {
    let all = [Holds::Phone, Holds::Number, Holds::Other];
    map_cells(draft, &all, |it| match it {
        Cell::Integer(number) => Some(Cell::Text(number.to_string())),
        _ => None,
    })
}

fn shuffle<T>(list: &mut [T], dice: &mut Dice) {
    for n in (1..list.len()).rev() {
        list.swap(n, dice.below(n + 1));
    }
}

fn shuffle_rows(draft: &mut Draft, dice: &mut Dice) -> bool {
    draft.tables.iter_mut().for_each(|it| shuffle(&mut it.rows, dice));
    shuffle(&mut draft.tables, dice);
    true
}

fn shuffle_columns(draft: &mut Draft, dice: &mut Dice) -> bool {
    for table in &mut draft.tables {
        let mut order: Vec<usize> = (0..table.columns.len()).collect();
        shuffle(&mut order, dice);
        table.columns = order.iter().map(|n| table.columns[*n].clone()).collect();
        for row in &mut table.rows {
            *row = order.iter().map(|n| row[*n].clone()).collect();
        }
    }
    true
}

/// Parts names at their blanks. A third column takes a middle name that some have.
fn split(draft: &mut Draft, columns: usize) -> bool {
    let mut is_changed = false;
    for table in draft.people() {
        let Some(place) = table.place(Holds::Name) else { continue };
        if !table.rows.iter().filter_map(|it| it[place].text()).any(|it| it.contains(' ')) {
            continue;
        }
        is_changed = true;
        let middle = ["Maria", "Johannes", "Luise"];
        for (n, row) in table.rows.iter_mut().enumerate() {
            let name = row[place].clone();
            let parts = name.text().and_then(|it| it.split_once(' '));
            let (first, last) =
                parts.map_or((name.clone(), Cell::Null), |(one, two)| (one.into(), two.into()));
            row[place] = first;
            row.insert(place + 1, last);
            if columns == 3 {
                row.insert(
                    place + 1,
                    if n % 3 == 0 { middle[n % 9 / 3].into() } else { Cell::Null },
                );
            }
        }
        let names = if columns == 3 {
            &["first_name", "middle_name", "last_name"][..]
        } else {
            &["first_name", "last_name"]
        };
        let new = names.iter().map(|it| Column { name: (*it).to_owned(), holds: Holds::Name });
        table.columns.splice(place..=place, new);
    }
    is_changed
}

/// Joins a column of people with the one behind it.
fn join(draft: &mut Draft) -> bool {
    let mut is_changed = false;
    for table in draft.people() {
        let last = table.columns.len() - 1;
        let Some(place) = (0..last).find(|n| table.columns[*n].holds != Holds::Other) else {
            continue;
        };
        is_changed = true;
        let is_mail = table.columns[place + 1].holds == Holds::Mail;
        table.columns.remove(place + 1);
        for row in &mut table.rows {
            let second = row.remove(place + 1);
            let text = |it: &Cell| match it {
                Cell::Text(text) => text.clone(),
                Cell::Integer(number) => number.to_string(),
                Cell::Null => String::new(),
            };
            let (one, two) = (text(&row[place]), text(&second));
            row[place] = Cell::Text(if is_mail {
                format!("{one} <{two}>")
            } else {
                format!("{one}, {two}")
            });
        }
    }
    is_changed
}

fn one_table_each(draft: &mut Draft) -> bool {
    // No name says whose it is, and one number by itself may be anything.
    draft.needs_names |= draft.base.starts_with("patients");
    let mut tables: Vec<Table> = Vec::new();
    for table in draft.tables.drain(..) {
        if table.rows.len() > 250
            || table.is_bait
            || table.columns.iter().all(|it| it.holds == Holds::Other)
        {
            tables.push(table);
            continue;
        }
        for (n, row) in table.rows.iter().enumerate() {
            let name = format!("{}_{}", table.name, n + 1);
            tables.push(Table { name, rows: vec![row.clone()], ..table.clone() });
        }
    }
    draft.tables = tables;
    true
}

fn encode(draft: &mut Draft, encoding: &'static str) -> bool {
    draft.encoding = encoding;
    true
}

fn page(draft: &mut Draft, size: u32) -> bool {
    draft.page_size = size;
    true
}

fn place(draft: &mut Draft, place: Place) -> bool {
    let is_free = draft.place == Place::Tables;
    draft.place = place;
    is_free
}

fn cut(draft: &mut Draft, dice: &mut Dice, is_at_page: bool) -> bool {
    draft.cut = Some((50 + dice.below(940), is_at_page));
    true
}
