//! Is this file a database, and what does it hold?

use std::collections::BTreeMap;

use super::confidence::{Confidence, Nature};
use super::format::{self, Family, Format, Reading};
use super::people::{Identities, Why};
use super::{Cause, Unreadable};

/// A database that was opened and read. It holds names and counts, never a value out of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Database {
    /// What it was recognised as.
    pub format: &'static Format,
    /// Bytes.
    pub size: u64,
    /// What is known of a write-ahead log beside it.
    pub write_ahead_log: WriteAheadLog,
    /// Its tables, in the order of its schema.
    pub tables: Vec<Table>,
    /// Rows that are still in its bytes, and that no table has.
    pub remains: Remains,
    /// What it is, going by all of this.
    pub nature: Nature,
    /// How sure it is that all of this is test data.
    pub test_confidence: Confidence,
    /// What could not be read of it, where that is so: the tables above are then only a part.
    pub damage: Option<Unreadable>,
}

impl Database {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// People who look real: in tables, in deleted rows that are still in the pages, and as addresses in longer texts.
    pub fn real_looking(&self) -> u64 {
        self.identities().real_looking
            + self.remains.people.real_looking
            + self.test_confidence.signs.loose_mails
    }

    /// Rows whose values were looked at, in all tables.
    pub fn rows_read(&self) -> u64 {
        self.tables.iter().map(|table| table.rows_read).sum()
    }

    /// Rows that stand for people, in all tables.
    pub fn people(&self) -> u64 {
        self.tables.iter().map(|table| table.identities.total()).sum()
    }

    /// Whether nothing is damaged and the values of every row were looked at. What may be in a write-ahead log beside it is
    /// left out of this: see [`Database::write_ahead_log`].
    pub fn was_read_in_full(&self) -> bool {
        self.damage.is_none() && self.tables.iter().all(|table| table.rows_read == table.rows)
    }

    /// What it is called: `SQLite database`, `Berkeley DB file`, `PostgreSQL dump`.
    pub fn called(&self) -> String {
        match self.format.family {
            // Pages are no whole database.
            Family::Database if self.format == &format::SQLITE_PAGES => self.format.name.to_owned(),
            Family::Database if self.format.reading == Reading::Nothing => {
                format!("{} file", self.format.name)
            }
            Family::Database => format!("{} database", self.format.name),
            Family::Dump | Family::Journal | Family::Data | Family::Container => {
                self.format.name.to_owned()
            }
        }
    }

    /// One of which only the format is known, since it is not opened.
    pub(super) fn recognised(format: &'static Format, size: u64) -> Database {
        let detail = format!("{} is recognised and not opened", format.name);
        Database {
            format,
            size,
            write_ahead_log: WriteAheadLog::Off,
            tables: Vec::new(),
            remains: Remains::default(),
            nature: Nature::Unreadable,
            test_confidence: Confidence::none(),
            damage: Some(Unreadable { cause: Cause::NotOpened, detail }),
        }
    }

    /// Whether its tables were read, if not all of them.
    pub fn is_opened(&self) -> bool {
        self.damage.as_ref().is_none_or(|it| it.cause != Cause::NotOpened)
    }

    /// Identities of all tables, by class.
    pub fn identities(&self) -> Identities {
        self.tables.iter().fold(Identities::default(), |sum, table| sum + table.identities)
    }
}

/// What is known of the write-ahead log of a database, which is a file beside it with `-wal` after its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteAheadLog {
    /// The header says that there is none.
    Off,
    /// The header says that there may be one, and it was not there to be read: it may hold newer rows.
    NotHere,
    /// It was read together with the database: the tables are as SQLite sees them.
    Merged {
        /// Pages that it holds, up to the last commit.
        frames: u64,
    },
    /// It was there, and SQLite takes nothing of it: it is empty, another database's, or damaged.
    Unused,
}

/// What is left in a database's bytes of rows that none of its tables has: deleted ones, older versions of changed ones, and those of
/// tables that the schema does not name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remains {
    /// Pages on which any were found.
    pub pages: u64,
    /// Rows on pages that are whole.
    pub rows: u64,
    /// Mail addresses found elsewhere, where no row can be told from the next. One may be counted more than once.
    pub mails: u64,
    /// Full names of people found elsewhere.
    pub names: u64,
    /// Bytes of text found elsewhere, of which nothing else is known: of deleted rows, or older copies of those of tables.
    pub text: u64,
    /// People whom no row of a table names, going by these rows, addresses and names. Made-up ones are counted in rows only.
    pub people: Identities,
}

/// A table of a database.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name: untrusted text.
    pub name: String,
    /// Its rows, all of them.
    pub rows: u64,
    /// The rows whose values were looked at.
    pub rows_read: u64,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// The rows that stand for people, of those looked at; scaled to all rows where a part was read. A table of events counts
    /// people that no other row before it has, and those are not scaled: a log names the same ones again and again.
    pub identities: Identities,
    /// The same rows by the reason that decided about each.
    pub reasons: BTreeMap<Why, u64>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name: untrusted text.
    pub name: String,
    /// How many of the values looked at are personal data, by kind.
    pub kinds: BTreeMap<Kind, u64>,
}

/// A kind of personal data or secret that is recognised in a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A mail address.
    Email,
    /// A phone number.
    Phone,
    /// The name of a person.
    PersonName,
    /// The day on which somebody was born.
    BirthDate,
    /// Where somebody lives: a street with a number, or what a column of addresses holds.
    PostalAddress,
    /// A number by which a state knows a person.
    NationalId(NationalId),
    /// The number of a payment card.
    PaymentCard,
    /// The number of a bank account.
    Iban,
    /// The address of a machine on the internet.
    IpAddress,
    /// The address of a network card.
    MacAddress,
    /// A latitude or a longitude.
    Coordinates,
    /// Something of somebody's health.
    Health,
    /// What somebody believes.
    Religion,
    /// The hash of a password.
    PasswordHash,
    /// A password itself.
    Password,
    /// What proves a session.
    SessionKey,
    /// A signed JSON Web Token.
    Jwt,
    /// A key or token of an API.
    ApiToken,
    /// A private key.
    PrivateKey,
}

/// A number that a state gives to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NationalId {
    /// Social security number of the United States.
    UsSsn,
    /// Cadastro de Pessoas Físicas of Brazil.
    Cpf,
    /// Cadastro Nacional da Pessoa Jurídica of Brazil: of a company, which may be one person.
    Cnpj,
    /// Aadhaar of India.
    Aadhaar,
    /// Numéro d'inscription au répertoire of France, its social security number.
    Nir,
    /// Documento nacional de identidad of Spain, or a foreigner's NIE.
    Dni,
    /// PESEL of Poland.
    Pesel,
    /// Codice fiscale of Italy.
    CodiceFiscale,
    /// Burgerservicenummer of the Netherlands.
    Bsn,
    /// Resident identity number of China.
    ChineseId,
}

impl Kind {
    /// Its name in messages and machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::PersonName => "person name",
            Kind::BirthDate => "birth date",
            Kind::PostalAddress => "postal address",
            Kind::NationalId(id) => id.word(),
            Kind::PaymentCard => "payment card",
            Kind::Iban => "iban",
            Kind::IpAddress => "ip address",
            Kind::MacAddress => "mac address",
            Kind::Coordinates => "coordinates",
            Kind::Health => "health",
            Kind::Religion => "religion",
            Kind::PasswordHash => "password hash",
            Kind::Password => "password",
            Kind::SessionKey => "session key",
            Kind::Jwt => "jwt",
            Kind::ApiToken => "api token",
            Kind::PrivateKey => "private key",
        }
    }

    /// Whether it opens something, or helps to.
    pub fn is_secret(self) -> bool {
        matches!(
            self,
            Kind::PasswordHash
                | Kind::Password
                | Kind::SessionKey
                | Kind::Jwt
                | Kind::ApiToken
                | Kind::PrivateKey
        )
    }

    /// Whether a person can be reached by it.
    pub fn is_contact(self) -> bool {
        matches!(self, Kind::Email | Kind::Phone)
    }
}

impl NationalId {
    /// Its name in messages and machine formats.
    pub fn word(self) -> &'static str {
        match self {
            NationalId::UsSsn => "us ssn",
            NationalId::Cpf => "brazilian cpf",
            NationalId::Cnpj => "brazilian cnpj",
            NationalId::Aadhaar => "indian aadhaar",
            NationalId::Nir => "french nir",
            NationalId::Dni => "spanish dni",
            NationalId::Pesel => "polish pesel",
            NationalId::CodiceFiscale => "italian codice fiscale",
            NationalId::Bsn => "dutch bsn",
            NationalId::ChineseId => "chinese resident id",
        }
    }
}
