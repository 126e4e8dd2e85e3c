//! The rows of one table: what kinds of personal data their values are, and whom they stand for.

use std::collections::{BTreeMap, BTreeSet};

use super::crowd::{self, Row};
use super::evidence::{Evidence, ROWS_KEPT};
use super::keys::{key, key_of};
use super::kinds::{self, Look};
use super::layout::Layout;
use super::mailbox;
use super::naming::{Doubtful, Naming, naming};
use super::person::Person;
use super::words::{self, ColumnSays, TableSays};
use super::{Value, shown, text, time};
use crate::content::database::{Column, Kind};
use crate::content::people::{Identities, Why};

/// Numbers from here on prove nothing: accounts of other services have six digits and more, as phones have.
const LARGE: u64 = 100_000;

/// Bytes of a text that are looked at, of which long ones are searched in part only.
const LOOKED_AT: usize = 8192;

/// The profile of a table in the making.
pub(in crate::content) struct Profile<'a> {
    layout: &'a Layout,
    pub(super) columns: Vec<BTreeMap<Kind, u64>>,
    pub(super) doubtful: Vec<Doubtful>,
    /// Rows that stand for somebody: if doubtful names are those of things, and if they are those of people.
    rows: Vec<(Option<Row>, Option<Row>)>,
    /// Further ones, once there is no room for more.
    judged: BTreeMap<Why, u64>,
    person: Person,
}

impl<'a> Profile<'a> {
    pub(in crate::content) fn new(layout: &'a Layout) -> Profile<'a> {
        Profile {
            layout,
            columns: vec![BTreeMap::new(); layout.columns.len()],
            doubtful: vec![Doubtful::default(); layout.columns.len()],
            rows: Vec::new(),
            judged: BTreeMap::new(),
            person: Person::default(),
        }
    }
}

impl Profile<'_> {
    /// Takes in one row: `value` yields that of each column, by its place in the layout.
    pub(in crate::content) fn add<'v, E>(
        &mut self,
        value: impl Fn(usize) -> Result<Value<'v>, E>,
        evidence: &mut Evidence,
    ) -> Result<(), E> {
        self.add_row(self.columns.len(), value, evidence)
    }

    pub(super) fn add_row<'v, E>(
        &mut self,
        width: usize,
        value: impl Fn(usize) -> Result<Value<'v>, E>,
        evidence: &mut Evidence,
    ) -> Result<(), E> {
        self.person.clear();
        for column in 0..width {
            let says = self.layout.columns.get(column).copied().unwrap_or(ColumnSays::Nothing);
            match value(column)? {
                Value::Text(bytes) => self.add_text(column, says, bytes, evidence),
                Value::Blob(bytes) => self.add_blob(column, bytes, evidence),
                Value::Integer(number) => match time::of_number(number) {
                    Some(moment) if says == ColumnSays::Time => self.add_moment(moment, evidence),
                    _ => {
                        let found = kinds::of_integer(number, says);
                        self.add_number(column, found, number.unsigned_abs(), evidence);
                    }
                },
                Value::Real(number) => match time::of_float(number) {
                    Some(moment) if says == ColumnSays::Time => self.add_moment(moment, evidence),
                    _ => {
                        let found = kinds::of_real(number, says);
                        self.add_number(column, found, number.abs() as u64, evidence);
                    }
                },
                Value::Nothing => {}
            }
        }
        self.add_person(evidence);
        Ok(())
    }

    fn add_blob(&mut self, column: usize, bytes: &[u8], evidence: &mut Evidence) {
        evidence.signs.unproven += u64::from(!bytes.is_empty());
        self.add_inside(column, bytes, evidence);
    }

    /// Takes in what stands inside of a long text or of bytes. It is one value of each kind, however many stand in it.
    fn add_inside(&mut self, column: usize, bytes: &[u8], evidence: &mut Evidence) {
        // A document that is a row of its own is about somebody; an address in a long text only names somebody.
        let mut is_document = bytes.starts_with(b"{");
        let mut counted = BTreeSet::new();
        kinds::inside(bytes, |found| {
            if counted.insert(found.kind) {
                self.count(column, found.kind);
            }
            self.add_found(&found, "", is_document, evidence);
            is_document &= found.mail.is_none();
        });
    }

    /// Takes in what a number of this size is. A large one may be an account elsewhere, or a phone.
    fn add_number(
        &mut self,
        column: usize,
        found: Option<kinds::Found>,
        size: u64,
        evidence: &mut Evidence,
    ) {
        match found {
            Some(found) => {
                self.count(column, found.kind);
                self.add_found(&found, &size.to_string(), false, evidence);
            }
            None => evidence.signs.unproven += u64::from(size >= LARGE),
        }
    }

    fn add_text(&mut self, column: usize, says: ColumnSays, bytes: &[u8], evidence: &mut Evidence) {
        let bytes = bytes.trim_ascii();
        let head = String::from_utf8_lossy(bytes.get(..LOOKED_AT).unwrap_or(bytes));
        let text = head.trim();
        if text.is_empty() {
            evidence.signs.unproven += u64::from(!bytes.is_empty());
            return;
        }
        if says != ColumnSays::BirthDate
            && let Some(moment) = match says {
                ColumnSays::Time => time::of_text(text),
                _ => time::of_date(text),
            }
        {
            return self.add_moment(moment, evidence);
        }
        if let Some(found) = kinds::of_text(text, says) {
            self.count(column, found.kind);
            return self.add_found(&found, text, bytes.starts_with(b"{"), evidence);
        }
        if text::is_page_of_person(text) {
            self.person.add_page(key(text));
            evidence.signs.unproven += 1;
            return;
        }
        if bytes.len() > kinds::LONG {
            evidence.texts.add(text, None);
            evidence.signs.unproven += 1;
            return self.add_inside(column, bytes, evidence);
        }
        let (is_text, naming) = match says {
            ColumnSays::PersonName => (false, self.add_name(column, true, text)),
            ColumnSays::Name => {
                let is_of_people = self.layout.name_is_of_people();
                match is_of_people {
                    Some(false) => (true, naming(text)),
                    _ => (false, self.add_name(column, is_of_people == Some(true), text)),
                }
            }
            ColumnSays::Login => {
                self.person.add_login(text);
                match naming(text) {
                    Some(Naming::Full) => (false, self.add_name(column, true, text)),
                    naming => (false, naming),
                }
            }
            ColumnSays::Nothing => (true, self.add_name(column, false, text)),
            _ => (true, naming(text)),
        };
        if is_text {
            evidence.texts.add(text, naming);
        }
        // A phone number behind a test word is no test word.
        let is_test = naming == Some(Naming::Test)
            && text.bytes().filter(u8::is_ascii_digit).count() <= text::LONG_NUMBER;
        if !is_test && !text::is_flag(text) {
            evidence.signs.unproven += 1;
        }
    }

    fn add_moment(&mut self, moment: time::Moment, evidence: &mut Evidence) {
        evidence.activity.add(moment);
        if let Some(seconds) = moment.seconds() {
            self.person.add_moment(seconds);
        }
    }

    /// Takes in what a find shows of the row's person. `text` is as it is written, where it is a text.
    fn add_found(
        &mut self,
        found: &kinds::Found,
        text: &str,
        is_document: bool,
        evidence: &mut Evidence,
    ) {
        let is_reserved = match found.mail {
            Some(mail) => words::is_reserved_domain(mail.domain) && mail.alone,
            None => found.look == Look::Synthetic || found.kind == Kind::PasswordHash,
        };
        evidence.signs.unproven += u64::from(!is_reserved);
        if let Some(mail) = found.mail {
            self.add_mail(mail, is_document, evidence);
        } else if let Some(number) = found.number {
            let is_unassigned = found.look == Look::Unknown && text.starts_with('+');
            let has_extension = text.contains(['x', 'X', '#']);
            let key = key_of([number].iter());
            self.person.add_phone(found.look, is_unassigned, has_extension, key);
        } else {
            match found.kind {
                Kind::PasswordHash | Kind::Password => {
                    self.person.has_password = true;
                    if found.kind == Kind::PasswordHash && text.contains('$') {
                        self.person.add_salted_hash(key(text));
                    }
                }
                Kind::NationalId(_) | Kind::PaymentCard | Kind::Iban => {
                    self.person.add_number(found.look, key(text));
                }
                Kind::PostalAddress => self.person.add_address(text),
                Kind::BirthDate => self.person.add_birth(text),
                _ => {}
            }
            evidence.signs.other_personal += u64::from(found.kind != Kind::PasswordHash);
            evidence.signs.valid_numbers +=
                u64::from(found.look == Look::Real && opens_or_names(found.kind));
        }
    }

    fn add_mail(&mut self, mail: kinds::Mail, is_document: bool, evidence: &mut Evidence) {
        evidence.endings.add(mail.local, mail.domain);
        let key = key(&format!("{}@{}", mail.local, mail.domain));
        if mail.alone || is_document {
            self.person.add_mail(mail.local, mail.domain, key);
        } else if mailbox::look(mail.local, mail.domain) == Why::Mail && evidence.is_new_loose(key)
        {
            evidence.signs.loose_mails += 1;
        }
    }

    /// Takes in a name, and says how it reads.
    fn add_name(&mut self, column: usize, is_of_people: bool, text: &str) -> Option<Naming> {
        let naming = naming(text);
        if is_of_people {
            // A word for a thing is a surname as well, where the column says so: `Park`, `King`.
            let is_word =
                || text.len() <= 80 && text.chars().all(|c| words::is_letter(c) || c == ' ');
            if let Some(naming) = naming.or_else(|| is_word().then_some(Naming::Unknown)) {
                self.count(column, Kind::PersonName);
                self.person.add_name(text, naming);
            }
        } else if let Some(doubtful) = self.doubtful.get_mut(column) {
            doubtful.add(naming, text);
            if let Some(naming) = naming {
                self.person.add_doubtful_name(text, naming);
            }
        }
        naming
    }

    fn count(&mut self, column: usize, kind: Kind) {
        if let Some(kinds) = self.columns.get_mut(column) {
            *kinds.entry(kind).or_default() += 1;
        }
    }

    fn add_person(&mut self, evidence: &mut Evidence) {
        let is_account = match self.layout.table {
            TableSays::People => true,
            TableSays::Events | TableSays::Nothing => self.person.has_login(),
            TableSays::Things => false,
        };
        let person = &mut self.person;
        let is_certain = is_account || person.is_somebody() || person.has_name();
        let is_doubtful = person.has_doubtful_name();
        let has_keys = person.has_keys();
        if !(is_certain || is_doubtful)
            || !person.is_new(|keys| evidence.is_new(keys))
            || (self.layout.is_of_events() && !has_keys)
        {
            return;
        }
        evidence.name_pairs.add(person.all_names());
        let certain = is_certain.then(|| person.row());
        if is_doubtful {
            person.trust_names();
        }
        let doubtful = is_doubtful.then(|| person.row());
        if evidence.rows_kept < ROWS_KEPT {
            evidence.rows_kept += 1;
            self.rows.push((certain, doubtful));
        } else if let Some(row) = certain.or(doubtful) {
            *self.judged.entry(row.why).or_default() += 1;
        }
    }

    /// The table's columns and people; those of a sample of `read` rows are scaled to all `rows`, but for people in events, who
    /// repeat.
    pub(in crate::content) fn finish(
        mut self,
        names: Vec<String>,
        rows: u64,
        read: u64,
        evidence: &mut Evidence,
    ) -> Found {
        let mut of_people = false;
        let layout = self.layout;
        for (n, (kinds, doubtful)) in self.columns.iter_mut().zip(&self.doubtful).enumerate() {
            let says = layout.columns.get(n).copied().unwrap_or(ColumnSays::Nothing);
            if doubtful.is_of_people(says, layout) {
                kinds.insert(Kind::PersonName, doubtful.values);
                of_people = true;
            } else if doubtful.may_be_of_people(layout.table) {
                evidence.signs.name_like_columns += 1;
            }
        }
        evidence.rows_kept -= self.rows.len();
        let chosen = self.rows.into_iter().filter_map(|(certain, doubtful)| match of_people {
            true => doubtful.or(certain),
            false => certain,
        });
        let mut people: Vec<Row> = chosen.collect();
        if layout.table == TableSays::Things {
            // The author of a book and the like: known to all, and nobody's user.
            people
                .iter_mut()
                .filter(|it| it.why == Why::FullName)
                .for_each(|it| it.why = Why::NameOnly);
        }
        let together = crowd::settle(&mut people);
        if layout.table == TableSays::Things {
            evidence.authors += people.iter().filter(|it| it.why == Why::NameOnly).count() as u64;
        }
        let of_samples = people.iter().filter(|it| it.why == Why::SamplePerson);
        for sample in of_samples.filter_map(|it| it.sample) {
            *evidence.samples.entry(sample).or_default() += 1;
        }
        evidence.add_together(together);
        let mut reasons = self.judged;
        for row in &people {
            *reasons.entry(row.why).or_default() += 1;
        }
        if read > 0 && rows > read && !self.layout.is_of_events() {
            for n in reasons.values_mut() {
                let scaled = u128::from(*n) * u128::from(rows) / u128::from(read);
                *n = u64::try_from(scaled).unwrap_or(u64::MAX);
            }
        }
        match self.layout.named {
            Some(Naming::Full) => *reasons.entry(Why::FullName).or_default() += 1,
            Some(Naming::Known) => evidence.named_tables += 1,
            _ => {}
        }
        let is_plain = reasons.is_empty() && self.columns.iter().all(BTreeMap::is_empty);
        evidence.add_table(self.layout, (rows, read), is_plain);
        let columns = names
            .iter()
            .zip(self.columns)
            .map(|(name, kinds)| Column { name: shown(name), kinds })
            .collect();
        Found::new(columns, reasons)
    }
}

/// Whether such a value, if it is valid, opens something or is somebody's: whoever it belongs to.
fn opens_or_names(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::ApiToken
            | Kind::PrivateKey
            | Kind::Jwt
            | Kind::PaymentCard
            | Kind::Iban
            | Kind::NationalId(_)
    )
}

/// What was found in a table.
pub(in crate::content) struct Found {
    /// Its columns, with the kinds of personal data in each.
    pub(in crate::content) columns: Vec<Column>,
    /// Its people.
    pub(in crate::content) identities: Identities,
    /// The same by reason.
    pub(in crate::content) reasons: BTreeMap<Why, u64>,
}

impl Found {
    fn new(columns: Vec<Column>, reasons: BTreeMap<Why, u64>) -> Found {
        let mut identities = Identities::default();
        for (why, n) in &reasons {
            identities.add(*why, *n);
        }
        Found { columns, identities, reasons }
    }

    /// The same without people: rows that are no data.
    pub(in crate::content) fn without_people(self) -> Found {
        Found::new(self.columns, BTreeMap::new())
    }
}
