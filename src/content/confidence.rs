//! How sure it is that a database holds test data, the counts that made it, and what the database is by that.

use std::fmt;

use super::people::Identities;

/// How sure it is that a database holds test data, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Confidence {
    /// 0.0 to 1.0; 1.0 is certainly test data.
    pub value: f64,
    /// What made it: first the upper bounds that were met, the tightest first; then the points, the weightiest first.
    pub reasons: Vec<Reason>,
    /// Whether all of it is made up by proof: each value is reserved for examples, a number, a day or a flag.
    pub is_proven: bool,
    /// The counts that made it.
    pub signs: Signs,
}

impl Confidence {
    /// That of what was not read.
    pub(super) fn none() -> Confidence {
        Confidence { value: 0.0, reasons: Vec::new(), is_proven: false, signs: Signs::default() }
    }
}

/// Two digits, rounded down: a value that falls short of a threshold never looks as if it met it.
impl fmt::Display for Confidence {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:.2}", (self.value.clamp(0.0, 1.0) * 100.0).floor() / 100.0)
    }
}

/// One reason of a [`Confidence`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Points towards test data; negative ones speak for real data.
    pub points: i32,
    /// A clause with counts, never a value: `made-up people: 12 of 12`.
    pub text: String,
}

/// What a database is, going by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Its people are made up, or are those who develop it.
    TestData,
    /// People whom nothing shows to be made up.
    RealData,
    /// No rows.
    EmptySchema,
    /// Nobody: products, places, words.
    ReferenceData,
    /// Nobody: what a program remembers, such as caches and settings.
    ApplicationState,
    /// A sample database that is known by the people in it.
    SampleDatabase(&'static str),
    /// It was not read in full, and what was read does not settle it.
    Unreadable,
    /// What was read does not settle it.
    Undecided,
}

impl Nature {
    /// Its name in messages and machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Nature::TestData => "test data",
            Nature::RealData => "real data",
            Nature::EmptySchema => "empty schema",
            Nature::ReferenceData => "reference data",
            Nature::ApplicationState => "application state",
            Nature::SampleDatabase(_) => "sample database",
            Nature::Unreadable => "unreadable",
            Nature::Undecided => "undecided",
        }
    }
}

/// The counts that a confidence is made of. Shares are told by two counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs {
    /// Rows of all tables but those that frameworks keep for themselves.
    pub rows: u64,
    /// Those whose values were looked at.
    pub rows_read: u64,
    /// People, deleted ones included where they count.
    pub people: Identities,
    /// People who are in no table any more, of those.
    pub deleted_people: u64,
    /// Bytes of text of deleted rows, of which nothing else is known.
    pub deleted_text: u64,
    /// Mail addresses inside of longer texts, of nobody counted, that nothing shows to be made up.
    pub loose_mails: u64,
    /// Values that are personal data or secrets, and no name, mail address or phone number.
    pub other_personal: u64,
    /// Of those, keys, tokens, cards and numbers of accounts and people that are valid and none of those for tests.
    pub valid_numbers: u64,
    /// Salted hashes of passwords, and those that another row has too: nobody's password gets the same salt twice.
    pub salted_hashes: u64,
    /// See [`Signs::salted_hashes`].
    pub repeated_hashes: u64,
    /// Sign-ups with a time, and those within a second of another.
    pub sign_ups: u64,
    /// See [`Signs::sign_ups`].
    pub sign_ups_at_once: u64,
    /// People whose names were put together from short lists of given names and surnames.
    pub listed_people: u64,
    /// People of tables that begin with names of A, B, C, D, in this order, as those who write test data like them.
    pub lettered_people: u64,
    /// Days on which anything happened, by columns of time.
    pub active_days: u64,
    /// Days from the 5th to the 95th percentile of activity.
    pub active_span: u64,
    /// Hours of the day in which anything happened, of the times that tell one.
    pub active_hours: u64,
    /// Longer texts, and those of placeholder Latin.
    pub texts: u64,
    /// See [`Signs::texts`].
    pub lorem_texts: u64,
    /// Texts that developers type to see whether it works.
    pub test_texts: u64,
    /// Columns of texts that may be names of people, as they are written, and that nothing says to be.
    pub name_like_columns: u64,
    /// Tables whose names speak of a program's own state, and of things.
    pub state_tables: u64,
    /// See [`Signs::state_tables`].
    pub thing_tables: u64,
    /// Values that keep it from being test data by proof: whatever is neither reserved for examples nor a number, a day, a flag.
    pub unproven: u64,
    /// It was not read in full for another reason than its number of rows.
    pub is_damaged: bool,
}

impl Signs {
    /// Whether only a part of the rows was looked at.
    pub fn is_sampled(&self) -> bool {
        self.rows_read < self.rows
    }

    /// The counts by their names in machine formats, but for rows and people, which stand elsewhere.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, u64)> {
        [
            ("deleted text", self.deleted_text),
            ("loose mails", self.loose_mails),
            ("other personal values", self.other_personal),
            ("valid numbers and keys", self.valid_numbers),
            ("salted hashes", self.salted_hashes),
            ("repeated hashes", self.repeated_hashes),
            ("sign-ups", self.sign_ups),
            ("sign-ups at once", self.sign_ups_at_once),
            ("people of listed names", self.listed_people),
            ("people of lettered names", self.lettered_people),
            ("active days", self.active_days),
            ("active span", self.active_span),
            ("active hours", self.active_hours),
            ("texts", self.texts),
            ("placeholder texts", self.lorem_texts),
            ("test texts", self.test_texts),
            ("name-like columns", self.name_like_columns),
            ("state tables", self.state_tables),
            ("thing tables", self.thing_tables),
            ("unproven values", self.unproven),
        ]
        .into_iter()
    }
}
