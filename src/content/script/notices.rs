//! Comments and docstrings that say where a script must not run. Nothing checks them.

use super::Language;
use super::model::{Operation, Strength};
use super::supports;

/// Lines at the beginning of a file that speak of all of it.
const TOP: u32 = 25;

/// Lines above an operation that speak of it.
const NEAR: u32 = 6;

/// Notices that are kept of one file.
const MOST: usize = 50;

/// Bytes of a comment that are looked at.
const LONGEST: usize = 300;

/// Words for where no real users are.
const DEVELOPMENT: &[&str] =
    &["dev", "development", "local", "localhost", "test", "testing", "tests", "staging", "sandbox"];

/// Names the notice of each operation that nothing stops: the nearest above it, else one at the top.
pub(super) fn name(language: Language, text: &str, met: &mut [Operation]) {
    let open = |it: &Operation| it.strength() <= Some(Strength::Supporting);
    if !met.iter().any(open) {
        return;
    }
    let lines = notices(language, text);
    for it in met.iter_mut().filter(|it| open(it)) {
        let near = |line: &&u32| **line <= it.line && it.line - **line <= NEAR;
        let line = lines.iter().rfind(near).or_else(|| lines.iter().find(|line| **line <= TOP));
        let Some(line) = line.copied() else { continue };
        it.guards.push(supports::notice(line));
        it.guards.sort_by_key(|it| it.line);
    }
}

/// The lines of a text on which a comment says so.
fn notices(language: Language, text: &str) -> Vec<u32> {
    let signs = signs(language);
    let mut lines = Vec::new();
    // What ends the text over several lines that is open here, and whether that is a docstring.
    let mut open: Option<(&str, bool)> = None;
    for (n, line) in (1_u32..).zip(text.lines()) {
        let bare = line.trim_start();
        let mut said = None;
        if language == Language::Python {
            match open {
                Some((end, is_docstring)) => {
                    said = is_docstring.then_some(bare);
                    if line.contains(end) {
                        open = None;
                    }
                }
                None => {
                    let quotes = ["\"\"\"", "'''"];
                    let end = quotes.into_iter().find(|it| line.matches(it).count() % 2 == 1);
                    let begins = quotes.iter().any(|it| bare.starts_with(it));
                    said = begins.then_some(bare);
                    open = end.map(|it| (it, begins));
                }
            }
        }
        let said = match (said, open) {
            (None, None) => comment(bare, signs),
            (said, _) => said,
        };
        if said.is_some_and(says_where) {
            lines.push(n);
            if lines.len() == MOST {
                break;
            }
        }
    }
    lines
}

/// What begins a comment.
fn signs(language: Language) -> &'static [&'static str] {
    match language {
        Language::Sql => &["--", "/*", "*"],
        Language::JavaScript | Language::TypeScript | Language::Go | Language::Java => {
            &["//", "/*", "*"]
        }
        Language::Php => &["//", "#", "/*", "*"],
        Language::Package => &[],
        Language::PowerShell => &["#", "<#"],
        Language::Python
        | Language::Shell
        | Language::Make
        | Language::Just
        | Language::Workflow
        | Language::Docker
        | Language::Compose
        | Language::Crontab
        | Language::Kubernetes
        | Language::Ansible
        | Language::Terraform
        | Language::Systemd
        | Language::Taskfile
        | Language::Settings
        | Language::Ruby => &["#"],
    }
}

/// The comment on a line: all of it, or what follows the code.
fn comment<'a>(bare: &'a str, signs: &[&str]) -> Option<&'a str> {
    if signs.iter().any(|it| bare.starts_with(it)) {
        return Some(bare);
    }
    let trails = |sign: &&str| {
        let at = bare.find(&format!(" {sign} "))?;
        let is_in_text = ["\"", "'"].iter().any(|it| bare[..at].matches(it).count() % 2 == 1);
        (!is_in_text).then(|| &bare[at..])
    };
    signs.iter().filter(|it| it.len() > 1 || **it == "#").find_map(trails)
}

/// Whether a comment says that it is for development only, or nothing for production.
fn says_where(comment: &str) -> bool {
    let mut end = comment.len().min(LONGEST);
    while !comment.is_char_boundary(end) {
        end -= 1;
    }
    let lower = comment[..end].to_lowercase();
    let words: Vec<&str> =
        lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    (0..words.len()).any(|at| match words[at] {
        "only" => is_only_for(&words, at),
        "not" | "never" | "don" | "dont" => is_not_for(&words[at + 1..]),
        _ => false,
    })
}

/// `dev only`, `for local use only`, `only run this in development`.
fn is_only_for(words: &[&str], at: usize) -> bool {
    let between = ["use", "usage", "environment", "environments", "env", "mode", "purposes"];
    let before = words[..at].iter().rev().find(|it| !between.contains(*it));
    if before.is_some_and(|it| DEVELOPMENT.contains(it)) {
        return true;
    }
    let ways = ["for", "in", "on", "against", "with"];
    let passed = ["use", "used", "be", "run", "runs", "this", "it", "the", "a", "your", "meant"];
    let rest = &words[at + 1..];
    let to = rest.iter().take(6).position(|it| !ways.contains(it) && !passed.contains(it));
    to.is_some_and(|to| {
        DEVELOPMENT.contains(&rest[to]) && rest[..to].iter().any(|it| ways.contains(it))
    })
}

/// `(do not) run this in production`, `(not) for production`.
fn is_not_for(rest: &[&str]) -> bool {
    let is_production = |it: &&str| matches!(*it, "prod" | "production" | "live");
    let Some(to) = rest.iter().take(8).position(is_production) else { return false };
    rest[..to].iter().any(|it| {
        matches!(*it, "run" | "use" | "used" | "execute" | "for" | "in" | "on" | "against")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_says_where_it_must_not_run() {
        for text in [
            "# dev only",
            "# DEV-ONLY!",
            "# For development use only.",
            "# for local use only",
            "# Only run this in development",
            "# to be used only against a local database",
            "# do not run in production",
            "# Don't ever run this against prod",
            "# NEVER use in production!",
            "# not for production",
        ] {
            assert!(says_where(text), "{text}");
        }
        for text in [
            "# only the local copy is removed",
            "# only tests that fail",
            "# read only",
            "# does not touch production",
            "# production",
            "# not needed any more",
            "# local files",
        ] {
            assert!(!says_where(text), "{text}");
        }
    }

    #[test]
    fn comments_and_docstrings_are_told_from_text() {
        for (language, text, lines) in [
            (Language::Python, "\"\"\"Starts over.\n\nDev only.\n\"\"\"\n", &[3][..]),
            (Language::Python, "'''Dev only.'''\nx = 1  # do not run in production\n", &[1, 2]),
            (Language::Python, "x = '''\n# dev only\n'''\n# dev only\n", &[4]),
            (Language::Python, "print('a # dev only')\n", &[]),
            (Language::Shell, "echo dev only\n# dev only\n", &[2]),
            (Language::Sql, "-- dev only\nSELECT 'dev only';\n", &[1]),
            (Language::JavaScript, "/**\n * Dev only.\n */\nrun(); // dev only\n", &[2, 4]),
            (Language::Package, "# dev only\n", &[]),
        ] {
            assert_eq!(notices(language, text), lines, "{text}");
        }
        let many = "# dev only\n".repeat(1000);
        assert_eq!(notices(Language::Shell, &many).len(), MOST);
    }
}
