//! The words of names: what a table's or column's name says it holds, in many languages, and what a value says by itself.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::content::database::NationalId;

mod columns;
mod domains;
mod fold;
mod identifier;
mod mash;
mod names;
mod tables;
mod test_words;
mod vocabulary;

pub(super) use self::columns::column_says;
pub(super) use self::domains::{is_freemail, is_placeholder_domain, is_reserved_domain};
pub(super) use self::fold::{is_letter, latin, sounds_like};
pub(super) use self::mash::{keyboard_mash, numbered_run};
pub(super) use self::names::{is_family_name, is_given_name, name_likeness};
pub(super) use self::tables::table_says;
pub(super) use self::test_words::{is_role, is_test_identity};

/// What the name of a column says about its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ColumnSays {
    /// Names of people, whatever the table.
    PersonName,
    /// Names: of people only if the table or its other columns say so.
    Name,
    /// What a person signs in with.
    Login,
    /// Mail addresses.
    Mail,
    /// Phone numbers.
    Phone,
    /// Passwords or their hashes.
    Password,
    /// When something happened.
    Time,
    /// Which person this row belongs to.
    PersonId,
    /// When a person was born.
    BirthDate,
    /// Male, female, other.
    Gender,
    /// A street, or a whole postal address.
    Address,
    /// A town.
    City,
    /// The code of a post office.
    PostalCode,
    /// A number that a state gave to a person; which state's, where the name says so.
    NationalId(Option<NationalId>),
    /// Numbers of payment cards.
    Card,
    /// Numbers of bank accounts.
    BankAccount,
    /// Addresses of computers.
    IpAddress,
    /// Addresses of network cards.
    MacAddress,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Illness, treatment, blood group.
    Health,
    /// What a person believes.
    Religion,
    /// Sessions: their keys or what is in them.
    Session,
    /// Secrets other than passwords.
    Token,
    /// Something else that only people have, such as a nationality.
    PersonTrait,
    /// Nothing of these.
    Nothing,
}

impl ColumnSays {
    /// Whether only people have such values: a name beside them is a person's.
    pub(super) fn is_only_of_people(self) -> bool {
        matches!(
            self,
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
}

/// What the name of a table says about its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum TableSays {
    /// They are people.
    People,
    /// They are things that happened to or belong to people.
    Events,
    /// They are things: products, places, kinds.
    Things,
    /// Nothing of these.
    Nothing,
}

/// FNV-1a: words are short, and nobody gains from words that collide.
#[derive(Clone, Copy)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        // The set takes its bits from both ends, and the last byte has hardly reached the upper one.
        self.0 ^ (self.0 >> 29)
    }
}

/// A map from words, folded as `fold` does it.
type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// Words as they are looked up.
type Set = HashSet<Box<str>, BuildHasherDefault<Fnv>>;

/// Words to look up, made ready once they are asked for.
type Words = LazyLock<Set>;

/// The words between the blanks of `lists`, folded.
fn set(lists: &[&str]) -> Set {
    let words = lists.iter().flat_map(|it| it.split_whitespace());
    words.map(|it| fold::folded(it).into_boxed_str()).collect()
}
