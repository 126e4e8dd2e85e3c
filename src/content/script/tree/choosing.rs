//! Whether a statement is one by which a program chooses what it is connected to, or what it goes by where nobody says so.

/// What the words of a statement say of that so far.
#[derive(Default)]
pub(super) struct Choosing {
    /// It has a word.
    is_begun: bool,
    /// Its first word alone was met, and names a variable of the environment.
    is_first_passed: bool,
    /// The word before is the name of what connects.
    is_named: bool,
    declares: bool,
    has_default: bool,
    chooses: bool,
}

/// Bytes of the longest name that is looked at.
const LONGEST: usize = 60;

/// Names of calls that choose a database, a client or a directory, in small letters and without `_`; those that end with
/// one of them as well.
const CONNECT: &[&str] = &[
    "chdir",
    "client",
    "connect",
    "connection",
    "createasyncengine",
    "createengine",
    "createpool",
    "datasource",
    "loaddotenv",
    "mysqli",
    "pdo",
    "pool",
    "redis",
    "selectdatabase",
    "selectdb",
    "sequelize",
    "sessionmaker",
    "usedatabase",
];

/// Commands of PowerShell that do.
const GO: &[&str] = &["connect-", "select-azsubscription", "set-azcontext", "set-location"];

/// Names of calls that declare what whoever runs a program may say.
const DECLARE: &[&str] = &["addargument", "addoption", "option", "argument"];

impl Choosing {
    /// Takes the next word.
    pub(super) fn met(&mut self, token: &str) {
        let is_given = token == "(" || token.starts_with(['"', '\'', ':']);
        self.chooses |= self.is_named && is_given || is_address(token) || is_use(token);
        let name = if token.len() > LONGEST { "" } else { token };
        let name = name.to_ascii_lowercase().replace('_', "");
        self.has_default |= name.trim_matches(':') == "default";
        self.declares |= DECLARE.contains(&name.as_str());
        self.is_named = CONNECT.iter().any(|it| name.ends_with(it));
        // PowerShell.
        self.chooses |=
            self.is_first_passed && token == "=" || GO.iter().any(|it| name.starts_with(it));
        self.is_first_passed = !self.is_begun && name.starts_with("$env:");
        self.is_begun = true;
    }

    pub(super) fn chooses(&self) -> bool {
        self.chooses || self.declares && self.has_default
    }
}

/// Whether a text has the address of a database in it, and not one of a page or file.
fn is_address(token: &str) -> bool {
    let Some((scheme, _)) = token.split_once("://") else { return false };
    let scheme = scheme.rsplit(|it: char| !it.is_ascii_alphanumeric() && it != '+').next();
    !matches!(scheme.unwrap_or_default(), "" | "http" | "https" | "file" | "git" | "ws" | "wss")
}

/// Whether a text is a statement by which later ones go to another database or schema.
fn is_use(token: &str) -> bool {
    let text = token.trim_start_matches(['"', '\'', '`', ' ']);
    let begins = |it: &&str| text.get(..it.len()).is_some_and(|own| own.eq_ignore_ascii_case(it));
    // `use the force` is prose: a database has one word, and that ends it.
    let is_one = |it: &str| {
        let name = it.trim_end_matches([';', '"', '\'', '`', ' ', '\n']);
        !name.is_empty() && !name.contains(char::is_whitespace)
    };
    ["set search_path", "set schema", "alter session set"].iter().any(begins)
        || begins(&"use ") && text.get(4..).is_some_and(is_one)
}
