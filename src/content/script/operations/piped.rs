//! Rows about commands that take away, one by one, what another command lists.

use super::addresses::only_page;
use super::command::Word;
use super::{CommandRow, hit, kind};
use crate::content::script::model::Scope::{Cloud, Database, GitHistory};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Act, Form, Shared};
use crate::content::script::words::{is_for_a_while, is_of_tests, singular};

/// Expressions that are looked at.
const LOOKED_AT: usize = 200;

/// What stands for all branches, where a command gets them from another one.
pub(in crate::content::script) const BRANCHES: &str = "refs/heads/*";

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.git_branches",
            "git branch | grep -v main | xargs git branch -D",
            "all branches but a few, merged or not",
            GitHistory,
            High,
            "git branch --merged, git branch -d",
        ),
        programs: &["git"],
        words: &["branch|push"],
        when: |words| {
            let forced = words.says(&["branch"]) && words.any(&["-D"])
                || words.says(&["push"]) && words.any(&["--delete", "-d"]);
            let of_all = || {
                let is_all =
                    |it: &Word| it.text == BRANCHES || lists_branches(&commands(&it.value));
                words.plain().skip(1).any(is_all)
            };
            hit(forced && of_all())
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.aws.each",
            "aws s3api list-objects ... | while read key; do aws s3api delete-object ...; done",
            "the list has neither a prefix nor a filter",
            Cloud,
            Critical,
            "versioning, MFA delete, Object Lock",
        ),
        programs: &["aws"],
        words: &[
            "s3api|dynamodb|cognito-idp|ec2",
            "delete-object|delete-item|batch-write-item|admin-delete-user|deregister-image",
        ],
        when: |words| {
            let narrow = ["--prefix", "--filter", "--key-condition"];
            hit(words.rest.iter().any(|it| {
                let all = commands(&it.value);
                let lists = |it: &[String]| {
                    let verbs = [
                        "list-objects",
                        "list-object-versions",
                        "scan",
                        "list-users",
                        "describe-images",
                    ];
                    let is_list = it.iter().any(|it| verbs.iter().any(|verb| it.starts_with(verb)));
                    let is_narrow = it.iter().any(|it| {
                        narrow.iter().any(|that| it.starts_with(that))
                            || it.contains("LastModified")
                    });
                    it.first().is_some_and(|it| it == "aws") && is_list && !is_narrow
                };
                let puts = words.says(&["batch-write-item"])
                    && !all.iter().flatten().any(|it| it.contains("DeleteRequest"));
                all.iter().any(|it| lists(it)) && !chooses(&all) && !puts
            }))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.web.each",
            "curl API/orders | jq .id | while read id; do curl -X DELETE API/orders/$id; done",
            "the same address lists all of them",
            Database,
            High,
            "",
        ),
        programs: &["curl"],
        words: &[],
        when: |words| {
            let texts: Vec<&str> = words.rest.iter().map(|it| it.text.as_str()).collect();
            let is_delete = texts
                .windows(2)
                .any(|it| matches!(it[0], "-X" | "--request" | "-sX") && it[1] == "DELETE")
                || texts.contains(&"-XDELETE");
            hit(is_delete && words.rest.iter().any(is_of_each))
        },
        prompt_off: &[],
    },
];

/// `$API/orders/$id`, where the key is one of what `curl $API/orders`, or `curl $API/shops/7/orders`, wrote.
fn is_of_each(word: &Word) -> bool {
    let Some((above, "\u{1}")) = word.text.rsplit_once('/') else { return false };
    let all = commands(&word.value);
    let host = |it: &str| it.split('/').take(if it.contains("://") { 3 } else { 1 }).collect();
    let is_above = |it: &str| {
        let (path, options) = it.split_once('?').unwrap_or((it, ""));
        let path = path.trim_end_matches('/');
        let hosts: [String; 2] = [host(path), host(above)];
        let is_same = path == above
            || hosts[0] == hosts[1] && path.rsplit('/').next() == above.rsplit('/').next()
            || path.starts_with('\u{1}') && ends_so(above, path);
        is_same && !is_of_one_person(path) && only_page(options)
    };
    let lists = |it: &Vec<String>| {
        it.first().is_some_and(|it| it == "curl") && it.iter().any(|it| is_above(it))
    };
    above.len() > 3 && all.iter().any(lists) && !chooses(&all)
}

/// Whether an address lists what one person has: `$API/users/$USER_ID/orders`, `$API/me/orders`.
fn is_of_one_person(path: &str) -> bool {
    let people = ["user", "customer", "member", "person", "people", "patient"];
    let parts: Vec<&str> = path.split('/').collect();
    // Their id stands behind, and what they have behind that.
    let is_person = |it: &[&str]| people.contains(&singular(&it[0].to_lowercase()).as_str());
    parts.windows(3).any(is_person) || parts.windows(2).any(|it| it[0] == "me")
}

/// Whether an address ends with the parts of another one, whose beginning is not known where it stands: `$API/orders`, `$API/$kind`.
fn ends_so(address: &str, path: &str) -> bool {
    let mut parts = address.rsplit('/');
    let mut said = path.split('/').skip(1).collect::<Vec<&str>>().into_iter().rev().peekable();
    said.peek().is_some() && said.all(|it| parts.next().is_some_and(|of| it == "\u{1}" || it == of))
}

/// The commands whose output a value is, each with its words.
pub(in crate::content::script) fn commands(of: &Shared) -> Vec<Vec<String>> {
    let mut open: Vec<Shared> = vec![of.clone()];
    let mut found = Vec::new();
    for _ in 0..LOOKED_AT {
        let Some(it) = open.pop() else { break };
        match &it.form {
            Form::Subshell(block) => open.extend(block.iter().filter_map(|it| match &it.act {
                Act::Run(it) => Some(it.clone()),
                _ => None,
            })),
            Form::Command(command) => {
                let words: Vec<String> = command.words.iter().map(spelled).collect();
                // `echo "$orders" | jq`
                if words.first().is_some_and(|it| matches!(it.as_str(), "echo" | "printf")) {
                    open.extend(command.words.iter().skip(1).cloned());
                }
                open.extend(command.input.iter().cloned());
                found.push(words);
            }
            Form::Lambda(_) => {}
            _ => open.extend(it.children().into_iter().cloned()),
        }
    }
    found
}

fn spelled(word: &Shared) -> String {
    Word::of(word).text
}

/// Whether a flag of grep makes it look for what does not fit: `-v`, `-qv`.
pub(in crate::content::script) fn is_inverting(flag: &str) -> bool {
    flag.starts_with('-') && !flag.starts_with("--") && flag.contains('v')
        || flag == "--invert-match"
}

/// Whether one of some commands chooses among what another one lists.
pub(super) fn chooses(all: &[Vec<String>]) -> bool {
    all.iter().any(|it| {
        let program = it.first().map(String::as_str).unwrap_or_default();
        let says = |part: &str| it.iter().any(|it| it.contains(part));
        match program {
            "grep" | "egrep" => {
                let inverts = it.iter().any(|it| is_inverting(it));
                !inverts
                    && !takes_field(it)
                    && !it.last().is_some_and(|it| it.starts_with("origin"))
            }
            "jq" => says("select("),
            "head" | "tail" | "find" => true,
            "awk" => says("if") || it.iter().any(|it| it.starts_with('/') || it.contains("$1 ==")),
            _ => false,
        }
    })
}

/// Whether a value is one of what other commands list, of which only what is named as one of tests or for a while is left:
/// `psql -lqt | grep test_`, `SHOW DATABASES LIKE 'tmp%'`.
pub(in crate::content::script) fn lists_for_a_while(of: &Shared) -> bool {
    let is_such = |name: &str| is_of_tests(name) || is_for_a_while(name);
    commands(of).iter().any(|it| {
        let sought = match it.first().map(String::as_str) {
            Some("grep" | "egrep") if !it.iter().any(|it| is_inverting(it)) => {
                it.iter().skip(1).find(|it| !it.starts_with('-')).cloned()
            }
            // `awk -F'|' '/^test/ {print $1}'`.
            Some("awk" | "gawk") => {
                let program = it.iter().skip(1).find_map(|it| it.strip_prefix('/'));
                program.and_then(|it| it.split_once('/')).map(|(it, _)| it.to_owned())
            }
            Some("psql" | "mysql" | "mariadb") => it.iter().find_map(|it| liked(it)),
            _ => None,
        };
        sought.is_some_and(|it| it.split('|').all(is_such))
    })
}

/// The pattern of a query that asks for names that are like it, and for no others.
fn liked(query: &str) -> Option<String> {
    let lower = query.to_lowercase();
    let (before, behind) = lower.split_once(" like '")?;
    let is_plain = !before.ends_with(" not") && !behind.contains(" or ");
    let (pattern, _) = behind.split_once('\'').filter(|_| is_plain)?;
    Some(pattern.replace(['\\', '%'], ""))
}

/// Fields of what a program lists as JSON, by which each thing is named.
const FIELDS: &[&str] =
    &["username", "name", "id", "_id", "uuid", "key", "arn", "email", "sub", "uid", "queueurl"];

/// Whether grep only takes the field out of each thing by which it is named, which all of them have: `grep Username`,
/// `grep -o '"id":[0-9]*'`.
fn takes_field(words: &[String]) -> bool {
    let pattern = words.iter().skip(1).find(|it| !it.starts_with('-'));
    pattern.is_some_and(|it| {
        let (field, value) = it.split_once(':').unwrap_or((it, ""));
        let bare = field.trim_matches(['"', '\'', '\\', ' ']);
        // In small letters it may be a part of any name.
        let is_field = bare.starts_with(char::is_uppercase) || field.contains('"');
        // Letters and digits stand for any only in brackets: `[0-9]*`, and not `42`.
        let mut is_in_brackets = false;
        let is_any = value.chars().all(|it| {
            is_in_brackets = it == '[' || is_in_brackets && it != ']';
            is_in_brackets || !it.is_alphanumeric()
        });
        is_field && is_any && FIELDS.iter().any(|it| bare.to_lowercase().ends_with(it))
    })
}

/// Whether commands list branches, merged or not, and leave only a few out.
pub(in crate::content::script) fn lists_branches(all: &[Vec<String>]) -> bool {
    let lists = |it: &Vec<String>| {
        let mut words = it.iter().map(String::as_str);
        words.next() == Some("git") && matches!(words.next(), Some("branch" | "for-each-ref"))
    };
    let narrow = ["merged", "gone", "--list", "-vv", "--contains", "--points-at"];
    let is_narrow =
        |it: &Vec<String>| it.iter().any(|it| narrow.iter().any(|that| it.contains(that)));
    let deletes = |it: &Vec<String>| it.iter().any(|it| it == "-D");
    all.iter().any(|it| lists(it) && !deletes(it)) && !all.iter().any(is_narrow) && !chooses(all)
}
