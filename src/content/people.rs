//! People in rows: made up, real-looking or unknown, and why.

use std::ops::Add;

/// Rows that stand for people, by what their values look like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Identities {
    /// Made up: a reserved domain, a numbered run, a role or test word.
    pub synthetic: u64,
    /// Nothing shows that it is made up, and something speaks for a real person.
    pub real_looking: u64,
    /// Neither.
    pub unknown: u64,
}

impl Identities {
    /// All of them.
    pub fn total(&self) -> u64 {
        self.synthetic + self.real_looking + self.unknown
    }

    /// One more, or `n`, of the class of this reason.
    pub(super) fn add(&mut self, why: Why, n: u64) {
        let of_class = match why.class() {
            Class::Synthetic => &mut self.synthetic,
            Class::RealLooking => &mut self.real_looking,
            Class::Unknown => &mut self.unknown,
        };
        *of_class = of_class.saturating_add(n);
    }
}

impl Add for Identities {
    type Output = Identities;

    fn add(self, other: Identities) -> Identities {
        Identities {
            synthetic: self.synthetic.saturating_add(other.synthetic),
            real_looking: self.real_looking.saturating_add(other.real_looking),
            unknown: self.unknown.saturating_add(other.unknown),
        }
    }
}

/// What somebody in a row is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Made up.
    Synthetic,
    /// Something speaks for a real person, and nothing shows that it is made up.
    RealLooking,
    /// Neither.
    Unknown,
}

/// Why somebody in a row is taken for made up, for real, or for neither: the one reason that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The mail address and the name of the row agree.
    MailAndName,
    /// A mail address that nothing shows to be made up.
    Mail,
    /// A phone number that the numbering plan of its country has.
    Phone,
    /// A number with a check digit that holds: of a person, a card, an account.
    Number,
    /// The address of somebody's page in a social network.
    Page,
    /// A full name, with a frequent given name or surname in it.
    FullName,
    /// A mail address under a domain that is reserved for examples.
    ReservedDomain,
    /// A mail address under a domain that stands for none.
    PlaceholderDomain,
    /// A mail address that its provider gives nobody.
    ImpossibleMail,
    /// Somebody of a known sample database.
    SamplePerson,
    /// A word by which developers sign up.
    TestWord,
    /// One of a run: `user1`, `user2`, `user3`.
    NumberedRun,
    /// Keys hit at random.
    KeyboardMash,
    /// A phone number, card or identity number that nobody has.
    FictionalNumber,
    /// One of many that a generator of test data wrote, going by what they have in common.
    Generated,
    /// Words of a shared mailbox.
    RoleWord,
    /// A given name or surname and no more, at a provider where millions have an address.
    BareName,
    /// The name of somebody counted already, with another number behind it.
    Variant,
    /// A name that may be anything.
    NameOnly,
    /// An account with a name to sign in and no more.
    AccountOnly,
    /// A phone number of which nothing is known.
    NumberOnly,
}

impl Why {
    /// The class that it puts somebody in.
    pub fn class(self) -> Class {
        match self {
            Why::MailAndName | Why::Mail | Why::Phone | Why::Number | Why::Page | Why::FullName => {
                Class::RealLooking
            }
            Why::ReservedDomain
            | Why::PlaceholderDomain
            | Why::ImpossibleMail
            | Why::SamplePerson
            | Why::TestWord
            | Why::NumberedRun
            | Why::KeyboardMash
            | Why::FictionalNumber
            | Why::Generated => Class::Synthetic,
            Why::RoleWord
            | Why::BareName
            | Why::Variant
            | Why::NameOnly
            | Why::AccountOnly
            | Why::NumberOnly => Class::Unknown,
        }
    }

    /// Its name in messages and machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Why::MailAndName => "mail address and name agree",
            Why::Mail => "mail address",
            Why::Phone => "valid phone number",
            Why::Number => "valid identity, card or account number",
            Why::Page => "page in a social network",
            Why::FullName => "full name",
            Why::ReservedDomain => "reserved domain",
            Why::PlaceholderDomain => "placeholder domain",
            Why::ImpossibleMail => "address that its provider gives nobody",
            Why::SamplePerson => "known sample database",
            Why::TestWord => "test word",
            Why::NumberedRun => "numbered run",
            Why::KeyboardMash => "keyboard mash",
            Why::FictionalNumber => "fictional number",
            Why::Generated => "signature of a generator",
            Why::RoleWord => "shared mailbox",
            Why::BareName => "a bare name at a large provider",
            Why::Variant => "variant of another account",
            Why::NameOnly => "a name only",
            Why::AccountOnly => "nothing but an account or its table",
            Why::NumberOnly => "a number only",
        }
    }
}
