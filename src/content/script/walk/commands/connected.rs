//! Which database a client is connected to, as its words say.

use crate::content::script::operations::sql::Client;
use crate::content::script::operations::{Word, Words, files};
use crate::content::script::syntax::{Form, Part};
use crate::content::script::value::Told;
use crate::content::script::words::{is_for_a_while, is_of_tests, parts};

/// Flags whose value says who connects, from where to where, or with what, and not to which database.
const ASIDE: &[&str] = &[
    "-U",
    "-u",
    "--user",
    "--username",
    "-h",
    "--host",
    "-S",
    "-P",
    "-p",
    "--port",
    "--password",
    "-v",
    "--set",
    "--variable",
    "-i",
    "-f",
    "--file",
    "-o",
    "--output",
    "-L",
    "--log-file",
    "--defaults-file",
    "--login-path",
];

/// What a statement begins with that is about another database than the one that a client is connected to.
const ELSEWHERE: &[&str] = &["DROP DATABASE ", "DROP KEYSPACE ", "USE ", "\\C ", "\\CONNECT "];

/// Whether a statement is run on a database of this machine that a tool made for development.
pub(super) fn is_of_tool(words: &Words) -> bool {
    words.program == "wrangler" && words.has("--local")
}

/// Whether a database of SQLite is none that anybody keeps: in memory, in a file for a while, or one that macOS keeps about its own
/// user and fills again by itself.
pub(super) fn is_of_nobody(words: &Words) -> bool {
    let of_system = ["/Library/Preferences/", "/Library/Caches/"];
    // It may open another one: `ATTACH 'shop.db' AS s`, `.open shop.db`.
    let opens = |text: &str| {
        let lower = text.to_lowercase();
        lower.contains("attach") || lower.contains(".open") || lower.contains(".read")
    };
    let opens_other = opens(&words.said) || words.rest.iter().any(|it| opens(&it.text));
    words.program == "sqlite3"
        && !opens_other
        && words.reads.is_none()
        && words.plain().next().is_some_and(|it| {
            let is_plain = it.value.literal().is_some() && !it.text.contains("..");
            is_plain && (it.text == ":memory:" || it.text.starts_with("/tmp/"))
                || matches!(it.value.form, Form::Text(_) | Form::Subshell(_))
                    && files::is_passing(&it.value)
                || of_system.iter().any(|of| it.text.contains(of))
        })
}

/// Whether a program is connected to a database of tests, as its name says.
pub(super) fn is_on_tests(words: &Words) -> bool {
    // A password of MySQL stands in the word itself, and none follows: `-psecret app_test`.
    let is_aside = |flag: &str| ASIDE.contains(&flag) && !(flag == "-p" && is_mysql(words));
    let mut before = "";
    words.rest.iter().any(|it| {
        let text = it.text.as_str();
        let flag = std::mem::replace(&mut before, text);
        let own = text.split_once('=').map_or(text.get(..2), |(flag, _)| Some(flag));
        let is_of_own = text.starts_with('-') && own.is_some_and(|it| ASIDE.contains(&it));
        !is_aside(flag) && !is_of_own && (is_database_of_tests(text) || is_named_for_tests(it))
    })
}

/// Whether a word is nothing but a variable, which names a database of tests or one for a while: `"$TEST_DB"`.
fn is_named_for_tests(word: &Word) -> bool {
    let mut of = &word.value;
    while let Form::Text(all) = &of.form
        && let [Part::Hole(only)] = all.as_slice()
    {
        of = only;
    }
    let Form::Environment(name, None) = &of.form else { return false };
    let words = parts(name);
    let has = |all: &[&str]| words.iter().any(|it| all.contains(&it.as_str()));
    has(&["db", "database", "url", "dsn"])
        && !has(&["host", "user", "port", "password", "pass", "server"])
        && (is_of_tests(name) || is_for_a_while(name))
}

/// Whether a name, or the last part of an address, is that of a database of tests: `shop_test`, `postgres://localhost/test`,
/// `host=db dbname=shop_test`.
fn is_database_of_tests(text: &str) -> bool {
    let named = text.split_whitespace().find_map(|it| it.strip_prefix("dbname="));
    let address = named.unwrap_or(text).split('?').next().unwrap_or_default();
    let name = address.rsplit(['/', '=']).next().unwrap_or_default();
    name.chars().all(|it| it.is_alphanumeric() || "_-".contains(it)) && is_of_tests(name)
}

fn is_mysql(words: &Words) -> bool {
    matches!(words.program.as_str(), "mysql" | "mariadb" | "mycli")
}

/// Keeps what the texts do behind where one of them goes on to a database that is none of tests.
pub(super) fn keep_elsewhere(words: &Words, all: &mut Vec<(Client, Told)>) {
    let mut has_left = false;
    all.retain_mut(|it| {
        has_left = has_left || leaves_database(words, &mut it.1);
        has_left
    });
}

/// Whether a text goes on to a database that is none of tests. What stands before that is blanked out.
fn leaves_database(words: &Words, told: &mut Told) -> bool {
    let upper = told.text.to_ascii_uppercase();
    let starts = |at: usize| {
        let before = upper.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with([';', '\n'])
    };
    let schema = ["DROP SCHEMA "];
    let all = ELSEWHERE.iter().chain(schema.iter().filter(|_| is_mysql(words)));
    let leaves = all.flat_map(|it| upper.match_indices(it)).filter(|(at, it)| {
        let rest = told.text.get(at + it.len()..).unwrap_or_default();
        let mut named = rest.split(|it: char| it.is_whitespace() || it == ';');
        let named = named.find(|it| !it.is_empty()).unwrap_or_default();
        starts(*at) && !is_database_of_tests(named.trim_matches(['"', '`', '\'']))
    });
    let Some(first) = leaves.map(|(at, _)| at).min() else { return false };
    let blank = |it: char| if it == '\n' { it } else { ' ' };
    let blanked: String = told.text.bytes().take(first).map(|it| blank(it.into())).collect();
    told.text.replace_range(..first, &blanked);
    true
}
