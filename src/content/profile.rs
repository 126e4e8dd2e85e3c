//! What the rows of one table hold: kinds of personal data by column, and the people they stand for.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

mod garbled;
mod kinds;
mod score;
mod time;
mod unnamed;
mod words;

use self::garbled::Endings;
use self::kinds::{Found, Look};
use self::score::Extent;
use self::words::{ColumnSays, TableSays};
use super::database::{Column, Database, Identities, Kind, Reason};

/// A value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    /// NULL.
    Nothing,
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// Text in UTF-8, or what claims to be.
    Text(&'a [u8]),
    /// Bytes.
    Blob(&'a [u8]),
}

/// People remembered so that a log does not count them again; past this many they are counted anew.
const PEOPLE_REMEMBERED: usize = 1 << 20;

/// Bytes of a text that are looked at, of which long ones are searched in part only.
const LOOKED_AT: usize = 8192;

/// What all tables together say, next to the identities: what the score goes by.
#[derive(Default)]
pub(super) struct Evidence {
    /// Contacts met so far, as hashes: never the values.
    people: HashSet<u64>,
    /// The endings of their mail addresses, to know them again where they are garbled.
    endings: Endings,
    /// Mail addresses of nobody counted, that nothing shows to be made up.
    pub(super) loose_mails: u64,
    /// Hashes of passwords.
    pub(super) password_hashes: u64,
    /// How often each day occurs in columns of time, by its number since 1970.
    pub(super) days: BTreeMap<i32, u64>,
}

/// A table by its names alone.
pub(super) struct Layout {
    table: TableSays,
    columns: Vec<ColumnSays>,
}

impl Layout {
    pub(super) fn new(table: &str, columns: &[String]) -> Layout {
        let columns: Vec<_> = columns.iter().map(|it| words::column_says(it)).collect();
        Layout { table: words::table_says(table), columns }
    }

    /// Whether the rows are what happened to people rather than people: then only people that no other table has count,
    /// and such tables are read last.
    pub(super) fn is_of_events(&self) -> bool {
        match self.table {
            TableSays::People => false,
            TableSays::Events => true,
            TableSays::Things | TableSays::Nothing => self.has(ColumnSays::PersonId),
        }
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    fn has(&self, says: ColumnSays) -> bool {
        self.columns.contains(&says)
    }

    /// Whether a column `name` holds people, going by the names around it; none where they do not say.
    fn name_is_of_people(&self) -> Option<bool> {
        match self.table {
            TableSays::People => Some(true),
            TableSays::Things => Some(false),
            // `roles(user_id, name)`: the name is the role's.
            TableSays::Events if self.has(ColumnSays::PersonId) => Some(false),
            _ if self.columns.iter().any(|it| is_of_a_person(*it)) => Some(true),
            _ => None,
        }
    }
}

/// What one row shows of a person.
#[derive(Default)]
struct Person {
    mail: Option<Look>,
    phone: Option<Look>,
    name: Option<Look>,
    /// The name of a column that may hold things as well.
    doubtful_name: Option<Look>,
    name_parts: usize,
    login: Option<Look>,
    password: bool,
    /// Hashes of its contacts, and of its name.
    keys: Vec<u64>,
}

/// The profile of a table in the making.
pub(super) struct Profile<'a> {
    layout: &'a Layout,
    columns: Vec<BTreeMap<Kind, u64>>,
    /// Values of each column that may hold names of people or of things, and those that begin with a given name.
    doubtful_names: Vec<(u64, u64)>,
    /// Identities if such names are those of people, and if they are not.
    with_names: Identities,
    without_names: Identities,
}

impl<'a> Profile<'a> {
    pub(super) fn new(layout: &'a Layout) -> Profile<'a> {
        Profile {
            layout,
            columns: vec![BTreeMap::new(); layout.columns.len()],
            doubtful_names: vec![(0, 0); layout.columns.len()],
            with_names: Identities::default(),
            without_names: Identities::default(),
        }
    }

    /// Takes in one row: `value` yields that of each column, by its place in the layout.
    pub(super) fn add<'v, E>(
        &mut self,
        value: impl Fn(usize) -> Result<Value<'v>, E>,
        evidence: &mut Evidence,
    ) -> Result<(), E> {
        self.add_row(self.columns.len(), value, evidence)
    }

    fn add_row<'v, E>(
        &mut self,
        width: usize,
        value: impl Fn(usize) -> Result<Value<'v>, E>,
        evidence: &mut Evidence,
    ) -> Result<(), E> {
        let mut person = Person::default();
        for column in 0..width {
            let says = self.layout.columns.get(column).copied().unwrap_or(ColumnSays::Nothing);
            match value(column)? {
                Value::Text(bytes) => self.add_text(column, says, bytes, &mut person, evidence),
                Value::Blob(bytes) => self.add_inside(column, bytes, &mut person, evidence),
                Value::Integer(number) if says == ColumnSays::Time => {
                    evidence.add_day(time::day_of_number(number))
                }
                Value::Real(number) if says == ColumnSays::Time => {
                    evidence.add_day(time::day_of_float(number))
                }
                Value::Integer(number) => {
                    if let Some(found) = kinds::of_integer(number, says) {
                        self.add_found(column, found, false, &mut person, evidence);
                    }
                }
                Value::Real(number) => {
                    if let Some(found) = kinds::of_real(number, says) {
                        self.add_found(column, found, false, &mut person, evidence);
                    }
                }
                Value::Nothing => {}
            }
        }
        self.add_person(&person, evidence);
        Ok(())
    }

    fn add_text(
        &mut self,
        column: usize,
        says: ColumnSays,
        bytes: &[u8],
        person: &mut Person,
        evidence: &mut Evidence,
    ) {
        let text =
            String::from_utf8_lossy(bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default());
        if let Some(found) = kinds::of_text(&text, says) {
            self.add_found(column, found, bytes.starts_with(b"{"), person, evidence);
            return;
        }
        if bytes.len() > kinds::LONG {
            self.add_inside(column, bytes, person, evidence);
            return;
        }
        match says {
            ColumnSays::Time => evidence.add_day(time::day_of_text(&text)),
            ColumnSays::PersonName | ColumnSays::Name => self.add_name(column, says, &text, person),
            ColumnSays::Login if !text.trim().is_empty() => {
                let is_test = words::is_test_identity(&text);
                person.login = Some(if is_test { Look::Synthetic } else { Look::Unknown });
            }
            _ => {}
        }
    }

    /// Takes in what stands inside of a long text or of bytes.
    fn add_inside(
        &mut self,
        column: usize,
        bytes: &[u8],
        person: &mut Person,
        evidence: &mut Evidence,
    ) {
        // A document that is a row of its own is about somebody; an address in a long text only names somebody.
        let is_document = bytes.starts_with(b"{");
        kinds::inside(bytes, |found| self.add_found(column, found, is_document, person, evidence));
    }

    fn add_found(
        &mut self,
        column: usize,
        found: Found,
        is_document: bool,
        person: &mut Person,
        evidence: &mut Evidence,
    ) {
        self.count(column, found.kind);
        if let Some(mail) = found.mail {
            evidence.endings.add(mail.local, mail.domain);
            let key = key(&format!("{}@{}", mail.local, mail.domain));
            if mail.alone || is_document {
                person.mail = stronger(person.mail, found.look);
                person.keys.push(key);
            } else if found.look == Look::Real && evidence.is_new(&[key]) {
                evidence.loose_mails += 1;
            }
        } else if let Some(number) = found.number {
            person.phone = stronger(person.phone, found.look);
            person.keys.push(key(&number.to_string()));
        } else if found.kind == Kind::PasswordHash {
            evidence.password_hashes += 1;
            person.password = true;
        }
    }

    fn add_name(&mut self, column: usize, says: ColumnSays, text: &str, person: &mut Person) {
        let Some(look) = kinds::person_name(text) else { return };
        person.name_parts += text.split_whitespace().count();
        person.keys.push(key(text.trim()));
        if says == ColumnSays::PersonName || self.layout.name_is_of_people() == Some(true) {
            self.count(column, Kind::PersonName);
            person.name = stronger(person.name, look);
        } else if self.layout.name_is_of_people().is_none() {
            if let Some((values, known)) = self.doubtful_names.get_mut(column) {
                *values += 1;
                *known += u64::from(look == Look::Real);
            }
            person.doubtful_name = stronger(person.doubtful_name, look);
        }
    }

    fn count(&mut self, column: usize, kind: Kind) {
        if let Some(kinds) = self.columns.get_mut(column) {
            *kinds.entry(kind).or_default() += 1;
        }
    }

    fn add_person(&mut self, person: &Person, evidence: &mut Evidence) {
        let is_account = self.layout.table == TableSays::People && person.login.is_some();
        let is_person =
            is_account || person.mail.is_some() || person.phone.is_some() || person.password;
        let (without, with) = (is_person || person.name.is_some(), person.doubtful_name.is_some());
        if !without && !with {
            return;
        }
        let is_new = evidence.is_new(&person.keys);
        if self.layout.is_of_events() && (!is_new || person.keys.is_empty()) {
            return;
        }
        if without {
            self.without_names.add(person.look(person.name));
        }
        let name = person.name.map_or(person.doubtful_name, Some);
        self.with_names.add(person.look(name));
    }

    /// The columns' kinds, and the identities; those of a sample of `read` rows are scaled to all `rows`, but for people in
    /// events, who repeat.
    pub(super) fn finish(
        mut self,
        names: Vec<String>,
        rows: u64,
        read: u64,
    ) -> (Vec<Column>, Identities) {
        let mut of_people = false;
        for (kinds, (values, known)) in self.columns.iter_mut().zip(&self.doubtful_names) {
            // Two of five begin with a frequent given name: products and cities reach one of twenty.
            if *values >= 3 && known * 5 >= values * 2 {
                kinds.insert(Kind::PersonName, *values);
                of_people = true;
            }
        }
        let mut identities = if of_people { self.with_names } else { self.without_names };
        if read > 0 && rows > read && !self.layout.is_of_events() {
            for n in
                [&mut identities.synthetic, &mut identities.real_looking, &mut identities.unknown]
            {
                let scaled = u128::from(*n) * u128::from(rows) / u128::from(read);
                *n = u64::try_from(scaled).unwrap_or(u64::MAX);
            }
        }
        let columns = names
            .iter()
            .zip(self.columns)
            .map(|(name, kinds)| Column { name: shown(name), kinds })
            .collect();
        (columns, identities)
    }
}

impl Person {
    /// A real-looking address outweighs what is made up beside it, so that one added column does not hide people.
    fn look(&self, name: Option<Look>) -> Look {
        let says = |look| name == Some(look) || self.login == Some(look);
        match (self.mail, self.phone) {
            (Some(Look::Real), _) => Look::Real,
            (Some(Look::Synthetic), _) => Look::Synthetic,
            (_, Some(Look::Real)) if !says(Look::Synthetic) => Look::Real,
            (_, Some(Look::Real)) => Look::Unknown,
            _ if says(Look::Synthetic) => Look::Synthetic,
            _ if name == Some(Look::Real) && self.name_parts > 1 => Look::Real,
            (_, Some(Look::Synthetic)) => Look::Synthetic,
            _ => Look::Unknown,
        }
    }
}

impl Identities {
    fn add(&mut self, look: Look) {
        match look {
            Look::Synthetic => self.synthetic += 1,
            Look::Real => self.real_looking += 1,
            Look::Unknown => self.unknown += 1,
        }
    }
}

impl Evidence {
    /// Whether none of `keys` was met before; remembers them.
    fn is_new(&mut self, keys: &[u64]) -> bool {
        let is_new = keys.iter().all(|it| !self.people.contains(it));
        if self.people.len() < PEOPLE_REMEMBERED {
            self.people.extend(keys);
        }
        is_new
    }

    fn add_day(&mut self, day: Option<i32>) {
        if let Some(day) = day {
            *self.days.entry(day).or_default() += 1;
        }
    }
}

/// Whether only people have what such a column holds.
fn is_of_a_person(says: ColumnSays) -> bool {
    matches!(
        says,
        ColumnSays::Mail
            | ColumnSays::Password
            | ColumnSays::BirthDate
            | ColumnSays::Gender
            | ColumnSays::NationalId(_)
            | ColumnSays::Health
            | ColumnSays::Religion
            | ColumnSays::PersonTrait
    )
}

/// The look that says more for a real person.
fn stronger(one: Option<Look>, other: Look) -> Option<Look> {
    Some(match (one, other) {
        (Some(Look::Real), _) | (_, Look::Real) => Look::Real,
        (Some(Look::Synthetic), _) | (_, Look::Synthetic) => Look::Synthetic,
        _ => Look::Unknown,
    })
}

fn key(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.to_lowercase().hash(&mut hasher);
    hasher.finish()
}

/// Settles how sure it is that a database holds test data, once its tables are there. What remains of deleted rows counts as if it
/// were live where that makes it less sure, so that neither deleting people nor adding made-up ones and deleting them helps.
pub(super) fn settle(database: &mut Database, evidence: &Evidence) {
    let extent = Extent {
        rows: database.rows(),
        read: database.tables.iter().map(|table| table.rows_read).sum(),
        is_damaged: database.damage.is_some(),
    };
    let live = score::confidence(database.identities(), extent, evidence);
    let left = database.remains.people;
    database.test_confidence = live;
    if left.real_looking + left.unknown > 0 {
        let people = database.identities() + left;
        let n = left.total();
        let extent = Extent { rows: extent.rows + n, read: extent.read + n, ..extent };
        let mut all = score::confidence(people, extent, evidence);
        all.reasons.push(Reason { points: 0, text: format!("people only in deleted rows: {n}") });
        if all.value < database.test_confidence.value {
            database.test_confidence = all;
        }
    }
}

/// A table's or column's name as it may be shown: one that is itself somebody's address or number is masked.
pub(super) fn shown(name: &str) -> String {
    let is_personal = kinds::of_text(name, ColumnSays::Nothing)
        .is_some_and(|it| it.kind.is_contact() || it.kind.is_secret());
    if is_personal { "<masked>".to_owned() } else { name.to_owned() }
}
