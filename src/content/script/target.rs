//! What an operation is aimed at, as far as the words of a command or the arguments of a call say.

use super::model::Target;
use super::operations::Words;
use super::syntax::{Expression, Form, Part, Shared};

/// Expressions that are looked at, at most.
const STEPS: usize = 300;

/// Options of commands whose value is a host.
const HOST: &[&str] = &["-h", "--host", "--hostname", "-H"];

/// Schemes of stores that are always elsewhere.
const ELSEWHERE: &[&str] = &["s3://", "gs://", "az://", "abfs://"];

/// What these say. A place that is written down comes before who else names it.
pub(super) fn of<'a>(parts: impl IntoIterator<Item = &'a Shared>) -> Target {
    let mut open: Vec<&Expression> = parts.into_iter().map(|it| &**it).collect();
    let mut found = Target::Connection;
    for _ in 0..STEPS {
        let Some(it) = open.pop() else { break };
        let here = match &it.form {
            Form::Text(parts) => {
                let plain = parts.iter().filter_map(|part| match part {
                    Part::Plain { text, .. } => place(text),
                    Part::Hole(_) => None,
                });
                plain.max_by_key(|it| weight(*it))
            }
            Form::Environment(..) => Some(Target::Environment),
            Form::Argument(_) => Some(Target::Argument),
            _ => None,
        };
        found = here.into_iter().chain([found]).max_by_key(|it| weight(*it)).unwrap_or(found);
        open.extend(it.children().into_iter().map(|it| &**it));
    }
    found
}

/// What the words of a command say.
pub(super) fn of_command(words: &Words) -> Target {
    let host =
        words.value_of(HOST).filter(|it| !it.has_holes()).map(|it| match is_here(&it.text) {
            true => Target::Local,
            false => Target::Remote,
        });
    host.unwrap_or_else(|| of(words.rest.iter().map(|it| &it.value)))
}

/// What is said last where several are said.
fn weight(of: Target) -> u8 {
    match of {
        Target::Remote => 4,
        Target::Local => 3,
        Target::Argument => 2,
        Target::Environment => 1,
        Target::Tenant | Target::Connection => 0,
    }
}

/// The place that a text names: a host in a URL, or a database in a file.
fn place(text: &str) -> Option<Target> {
    if text.starts_with("sqlite:") || is_here(text) {
        return Some(Target::Local);
    }
    if ELSEWHERE.iter().any(|it| text.starts_with(it)) {
        return Some(Target::Remote);
    }
    let (before, behind) = text.split_once("://").unwrap_or(("", text));
    let is_url = !before.is_empty() || text.starts_with('@');
    let host = behind.split(['/', '?']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let is_host = is_url && host.contains('.') && !host.contains(char::is_whitespace);
    is_host.then_some(Target::Remote)
}

/// Whether a text names this machine.
fn is_here(text: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|it| text.contains(it))
}

#[cfg(test)]
mod tests {
    use super::Target;
    use crate::content::Answer;
    use crate::content::script::read;

    /// What the one operation of a text is aimed at.
    fn aimed(path: &str, text: &str) -> Option<Target> {
        match read(path.into(), text.as_bytes()) {
            Answer::Yes(script) => script.operations.first().map(|it| it.target),
            _ => None,
        }
    }

    #[test]
    fn the_words_of_a_command_say_what_it_is_aimed_at() {
        let drop = "-c 'DROP DATABASE shop'";
        for (text, target) in [
            (format!("psql \"$DATABASE_URL\" {drop}\n"), Target::Environment),
            (format!("psql -h db.shop.example.com {drop}\n"), Target::Remote),
            (format!("psql postgres://app@db.shop.example.com/shop {drop}\n"), Target::Remote),
            (format!("psql -h localhost {drop}\n"), Target::Local),
            ("dropdb -h \"$1\" shop\n".to_owned(), Target::Argument),
            ("dropdb shop\n".to_owned(), Target::Connection),
            ("rm -rf /srv/uploads\n".to_owned(), Target::Local),
            ("aws s3 rb --force s3://shop\n".to_owned(), Target::Remote),
        ] {
            assert_eq!(aimed("a.sh", &text), Some(target), "{text}");
        }
    }

    #[test]
    fn what_a_client_is_made_of_says_what_it_is_aimed_at() {
        let text = |url: &str| {
            format!("import os, sys\ne = create_engine({url})\nBase.metadata.drop_all(e)\n")
        };
        for (url, target) in [
            ("os.environ['DATABASE_URL']", Target::Environment),
            ("sys.argv[1]", Target::Argument),
            ("'postgresql://app@db.shop.example.com/shop'", Target::Remote),
            ("'postgresql://app@localhost/shop'", Target::Local),
            ("URL", Target::Connection),
        ] {
            assert_eq!(aimed("a.py", &text(url)), Some(target), "{url}");
        }
    }
}
