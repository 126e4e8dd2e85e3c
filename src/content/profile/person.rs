//! What one row shows of a person, and what that makes of them as long as no other row is looked at.

use super::crowd::{Row, Signal};
use super::keys::key;
use super::kinds::Look;
use super::mailbox::{self, Agreement, SHORTEST, is_name};
use super::naming::{Naming, naming};
use super::{generator, samples, words};
use crate::content::people::{Class, Why};

/// Bytes of names and of a local part that are kept while a row is read.
const KEPT: usize = 200;

/// What one row shows of a person.
#[derive(Default)]
pub(super) struct Person {
    mail: Option<Why>,
    /// The local part of the mail address that says most, and what a person signs in with.
    local: String,
    /// The hash of its domain.
    domain: u64,
    login: String,
    /// The names in the row, parted by blanks.
    names: String,
    name: Option<Naming>,
    /// Those of columns that may hold names of things as well.
    doubtful: String,
    doubtful_name: Option<Naming>,
    phone: Option<Look>,
    /// An identity number, card or account.
    number: Option<Look>,
    has_page: bool,
    pub(super) has_password: bool,
    /// Hashes of its contacts and names: never the values.
    keys: Contacts,
    row: Row,
}

/// What a person is known again by.
#[derive(Default)]
pub(super) struct Contacts {
    mails: Vec<u64>,
    phones: Vec<u64>,
    /// Numbers of identity, cards, accounts.
    numbers: Vec<u64>,
    /// The names that it signs in with.
    logins: Vec<u64>,
}

impl Person {
    /// Empties it for the next row, and keeps its memory.
    pub(super) fn clear(&mut self) {
        self.local.clear();
        self.login.clear();
        self.names.clear();
        self.doubtful.clear();
        let Contacts { mails, phones, numbers, logins } = &mut self.keys;
        [mails, phones, numbers, logins].into_iter().for_each(Vec::clear);
        (self.mail, self.phone, self.number) = (None, None, None);
        self.domain = 0;
        (self.name, self.doubtful_name) = (None, None);
        (self.has_page, self.has_password) = (false, false);
        self.row = Row::default();
    }

    /// Whether anything but a name shows that the row stands for somebody.
    pub(super) fn is_somebody(&self) -> bool {
        self.mail.is_some()
            || self.phone.is_some()
            || self.number.is_some()
            || self.has_page
            || self.has_password
    }

    /// Whether it can be known again.
    pub(super) fn has_keys(&self) -> bool {
        let Contacts { mails, phones, numbers, logins } = &self.keys;
        [mails, phones, numbers, logins].iter().any(|it| !it.is_empty())
            || !self.names.is_empty()
            || !self.doubtful.is_empty()
    }

    /// Whether there is a name to sign in.
    pub(super) fn has_login(&self) -> bool {
        !self.login.is_empty()
    }

    /// Whether there is a name of a person.
    pub(super) fn has_name(&self) -> bool {
        self.name.is_some()
    }

    /// Whether there is a name that may be a thing's.
    pub(super) fn has_doubtful_name(&self) -> bool {
        self.doubtful_name.is_some()
    }

    pub(super) fn add_mail(&mut self, local: &str, domain: &str, key: u64) {
        let why = mailbox::look(local, domain);
        // A real-looking address outweighs what is made up beside it, so that one added column does not hide people.
        if self.mail.is_none_or(|it| mailbox::weight(why) > mailbox::weight(it)) {
            self.mail = Some(why);
            self.local.clear();
            self.local.extend(local.chars().take(KEPT / 4));
            self.domain = super::keys::key(domain);
            let label = domain.split('.').next().unwrap_or_default();
            if label.split('-').all(is_name) {
                self.row.set(Signal::NamedDomain);
            }
        }
        self.keys.mails.push(key);
    }

    pub(super) fn add_phone(
        &mut self,
        look: Look,
        is_unassigned: bool,
        has_extension: bool,
        key: u64,
    ) {
        self.phone = Some(stronger(self.phone, look));
        self.row.set(Signal::Phone);
        if is_unassigned {
            self.row.set(Signal::UnassignedPhone);
        }
        if has_extension {
            self.row.set(Signal::Extension);
        }
        self.keys.phones.push(key);
    }

    pub(super) fn add_number(&mut self, look: Look, key: u64) {
        self.number = Some(stronger(self.number, look));
        self.keys.numbers.push(key);
    }

    /// The address of a page that is a person's.
    pub(super) fn add_page(&mut self, key: u64) {
        self.has_page = true;
        self.keys.numbers.push(key);
    }

    pub(super) fn add_address(&mut self, text: &str) {
        self.row.set(Signal::Address);
        if generator::is_rare_street(text) {
            self.row.set(Signal::RareStreet);
        }
    }

    pub(super) fn add_login(&mut self, text: &str) {
        // Of several the one that is not made up says more.
        if self.login.is_empty() || words::is_test_identity(&self.login) {
            self.login.clear();
            self.login.extend(text.trim().chars().take(KEPT / 4));
        }
        self.keys.logins.push(key(text));
    }

    /// Leaves out what is somebody's who was counted already. False where nothing new is left, and nothing that is not known
    /// again, such as a password.
    pub(super) fn is_new(&mut self, mut is_new: impl FnMut(&[u64]) -> bool) -> bool {
        let names = [key(self.all_names())];
        let has_names = !(self.names.is_empty() && self.doubtful.is_empty());
        let names = if has_names { &names[..] } else { &[] };
        let Contacts { mails, phones, numbers, logins } = &self.keys;
        let mut any_new = |keys: &[u64]| !keys.is_empty() && is_new(keys);
        let (new_mail, new_number) = (any_new(mails), any_new(numbers));
        let new_phone = any_new(phones);
        let (new_name, new_login) = (any_new(names), any_new(logins));
        let has_keys = self.has_keys();
        if !new_mail {
            (self.mail, self.domain) = (None, 0);
            self.local.clear();
        }
        if !new_phone {
            self.phone = None;
        }
        if !new_login {
            self.login.clear();
        }
        new_mail || new_number || new_phone || new_name || new_login || !has_keys
    }

    pub(super) fn add_name(&mut self, text: &str, naming: Naming) {
        self.name = self.name.max(Some(naming));
        if self.names.len() < KEPT {
            self.names.push(' ');
            self.names.extend(text.trim().chars().take(KEPT / 2));
        }
    }

    /// Takes in a name that may be a thing's. Of several those count that say most: a note beside a name is none.
    pub(super) fn add_doubtful_name(&mut self, text: &str, naming: Naming) {
        if self.doubtful_name < Some(naming) {
            self.doubtful.clear();
            self.doubtful_name = Some(naming);
        }
        if self.doubtful_name == Some(naming) && self.doubtful.len() < KEPT {
            self.doubtful.push(' ');
            self.doubtful.extend(text.trim().chars().take(KEPT / 2));
        }
    }

    /// A day of birth: those before 1930 and after 2019 together are rare among the people of one table, and no clock is asked.
    pub(super) fn add_birth(&mut self, text: &str) {
        let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|it| it.len() == 4);
        if let Some(year) = numbers.next().and_then(|it| it.parse::<u32>().ok()) {
            self.row.set(Signal::Age);
            // The first year of a century is what forms fill in.
            match year {
                1901..1930 => self.row.set(Signal::Old),
                2020.. => self.row.set(Signal::Young),
                _ => {}
            }
        }
    }

    pub(super) fn add_salted_hash(&mut self, key: u64) {
        self.row.hash = key;
    }

    /// The first moment of a row is when it was made, as far as anything tells.
    pub(super) fn add_moment(&mut self, seconds: i64) {
        if self.row.second == 0 {
            self.row.second = seconds;
        }
    }

    /// The names in the row, those that may be of things only where there are no others.
    pub(super) fn all_names(&self) -> &str {
        if self.names.is_empty() { &self.doubtful } else { &self.names }
    }

    /// Takes the doubtful names for those of people.
    pub(super) fn trust_names(&mut self) {
        self.name = self.name.max(self.doubtful_name);
        self.names.push_str(&self.doubtful);
    }

    /// The row as it is compared with the others.
    pub(super) fn row(&mut self) -> Row {
        let mut row = self.row;
        if self.name.is_some() && self.name < Some(Naming::Full) {
            // First name and surname have columns of their own.
            self.name = self.name.max(naming(self.names.trim()));
        }
        row.why = self.why();
        if self.mail.is_some() && !self.local.is_empty() {
            row.set(Signal::Mail);
        }
        let handle = if self.local.is_empty() { &self.login } else { &self.local };
        if generator::is_handle(handle) || generator::is_handle(&self.login) {
            row.set(Signal::GeneratedHandle);
        }
        let run = match (self.mail.is_some(), self.login.is_empty()) {
            (true, _) => words::numbered_run(&self.local),
            (false, false) => words::numbered_run(&self.login),
            (false, true) => words::numbered_run(self.names.trim()),
        };
        if let Some((stem, number)) = run {
            row.stem = key(stem);
            row.number = u32::try_from(number).unwrap_or(u32::MAX);
        } else {
            let stem = handle.trim_end_matches(|c: char| c.is_ascii_digit());
            // Digits alone are an account of its own.
            row.stem = if stem.is_empty() { 0 } else { key(stem) };
        }
        if self.mail.is_some() && row.stem != 0 {
            row.stem ^= self.domain.rotate_left(1);
        }
        row.sample = samples::sample_of(&self.names);
        let mut parts = self.names.split([' ', ',']).filter(|it| !it.is_empty());
        if let Some(first) = parts.next() {
            let initial = first.bytes().next().unwrap_or(0).to_ascii_lowercase();
            row.initial = if initial.is_ascii_lowercase() { initial } else { 0 };
            row.ends = [key(first), key(parts.next_back().unwrap_or(first))];
        }
        if self.mail.is_some() && self.name >= Some(Naming::Unknown) {
            match mailbox::agreement(&self.names, &self.local) {
                Agreement::Agrees => row.set(Signal::Agrees),
                Agreement::NamesAnother => row.set(Signal::NamesAnother),
                Agreement::Unclear => {}
            }
            if self.login_names_another() {
                row.set(Signal::LoginNamesAnother);
            }
            let letters = self.local.bytes().filter(u8::is_ascii_alphabetic).count();
            if letters >= SHORTEST && words::latin(&self.names).is_ascii() {
                row.set(Signal::Compared);
            }
            if row.has(Signal::Agrees) && row.why == Why::Mail {
                row.why = Why::MailAndName;
            }
        }
        row
    }

    /// Whether the name to sign in is a third person's.
    fn login_names_another(&self) -> bool {
        let stem = |it: &str| it.get(..SHORTEST).map(str::to_ascii_lowercase);
        !self.login.is_empty()
            && stem(&self.login) != stem(&self.local)
            && matches!(mailbox::agreement(&self.names, &self.login), Agreement::NamesAnother)
    }

    fn why(&self) -> Why {
        let of_words = match (self.name, self.login.as_str()) {
            (Some(Naming::Test), _) => Some(Why::TestWord),
            (Some(Naming::Mash), _) => Some(Why::KeyboardMash),
            (Some(Naming::Full | Naming::Likely), _) | (_, "") => None,
            (_, login) if words::is_test_identity(login) => Some(Why::TestWord),
            (_, login) if words::keyboard_mash(login) => Some(Why::KeyboardMash),
            _ => None,
        };
        let of_words = of_words.or(match (self.name, self.doubtful_name) {
            (None, Some(Naming::Test)) => Some(Why::TestWord),
            (None, Some(Naming::Mash)) => Some(Why::KeyboardMash),
            _ => None,
        });
        match (self.mail, self.number, self.phone) {
            (Some(Why::Mail), ..) => Why::Mail,
            (_, Some(Look::Real), _) => Why::Number,
            // Somebody has the number, and may have mistyped the address.
            (Some(why), _, Some(Look::Real))
                if why != Why::ReservedDomain && why.class() == Class::Synthetic =>
            {
                Why::NumberOnly
            }
            (Some(why), ..) if !matches!(why, Why::RoleWord | Why::BareName) => why,
            (_, _, Some(Look::Real)) if of_words.is_none() => Why::Phone,
            (_, _, Some(Look::Real)) => Why::NumberOnly,
            _ if self.has_page && of_words.is_none() => Why::Page,
            _ if of_words.is_some() => of_words.unwrap_or(Why::TestWord),
            _ if self.name == Some(Naming::Full) => Why::FullName,
            (_, Some(Look::Synthetic), _) | (_, _, Some(Look::Synthetic)) => Why::FictionalNumber,
            (Some(why), ..) => why,
            _ if self.name.is_some() => Why::NameOnly,
            (_, Some(_), _) | (_, _, Some(_)) => Why::NumberOnly,
            _ => Why::AccountOnly,
        }
    }
}

/// The look that says more for a real person.
fn stronger(one: Option<Look>, other: Look) -> Look {
    match (one, other) {
        (Some(Look::Real), _) | (_, Look::Real) => Look::Real,
        (Some(Look::Synthetic), _) | (_, Look::Synthetic) => Look::Synthetic,
        _ => Look::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(names: &[(&str, Naming)], address: &str, phone: Option<Look>) -> Why {
        let mut person = Person::default();
        for (name, naming) in names {
            person.add_name(name, *naming);
        }
        if let Some((local, domain)) = address.split_once('@') {
            person.add_mail(local, domain, 1);
        }
        if let Some(look) = phone {
            person.add_phone(look, false, false, 2);
        }
        person.row().why
    }

    #[test]
    fn what_says_most_decides() {
        let anna = &[("Anna Keller", Naming::Full)][..];
        let test = &[("Test User", Naming::Test)][..];
        for (names, address, phone, why) in [
            (anna, "anna.keller@web.de", None, Why::MailAndName),
            (anna, "sunflower99@web.de", None, Why::Mail),
            (anna, "anna@example.com", Some(Look::Real), Why::ReservedDomain),
            (anna, "info@keller.de", None, Why::FullName),
            (anna, "", Some(Look::Real), Why::Phone),
            (anna, "", Some(Look::Synthetic), Why::FullName),
            (anna, "", None, Why::FullName),
            (test, "", None, Why::TestWord),
            (test, "", Some(Look::Real), Why::NumberOnly),
            (test, "jonas.b@web.de", None, Why::Mail),
            (&[], "", Some(Look::Synthetic), Why::FictionalNumber),
            (&[], "", Some(Look::Unknown), Why::NumberOnly),
            (&[("Qxz", Naming::Unknown)], "", None, Why::NameOnly),
            (&[], "", None, Why::AccountOnly),
        ] {
            assert_eq!(person(names, address, phone), why, "{names:?} {address} {phone:?}");
        }
    }

    #[test]
    fn a_name_in_two_columns_is_one() {
        let parts = [("Anna", Naming::Known), ("Keller", Naming::Known)];
        assert_eq!(person(&parts, "", None), Why::FullName);
    }

    #[test]
    fn a_valid_identity_number_outweighs_a_reserved_domain() {
        let mut person = Person::default();
        person.add_mail("user1", "example.com", 1);
        person.add_number(Look::Real, 2);
        assert_eq!(person.row().why, Why::Number);
    }

    #[test]
    fn somebody_counted_already_is_not_new() {
        let mut seen = std::collections::HashSet::new();
        let mut is_new = |mail: u64, name: &str| {
            let mut person = Person::default();
            person.add_mail("anna", "web.de", mail);
            person.add_name(name, Naming::Full);
            person.is_new(|keys| keys.iter().all(|it| seen.insert(*it)))
        };
        assert!(is_new(1, "Anna Keller"));
        assert!(!is_new(1, "Anna Keller"));
        assert!(is_new(1, "Jonas Brandt"));
        assert!(is_new(2, "Anna Keller"));
    }
}
