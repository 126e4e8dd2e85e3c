//! Crontabs: each line as a task that runs by itself.

use super::{Hosted, process, run, task};
use crate::content::script::model::Reach;
use crate::content::script::value::Told;

/// The program that a crontab is.
pub(super) fn read(path: &str, text: &str) -> Hosted {
    let mut hosted = Hosted::default();
    // That of the system names the user before the command.
    let lower = path.to_lowercase();
    let is_of_system = lower.contains("cron.d/") || lower.ends_with("etc/crontab");
    let is_crontab = lower.rsplit('/').next().is_some_and(|it| it == "crontab");
    for (line, it) in (1_u32..).zip(text.lines()) {
        let names_user = is_of_system || is_crontab && user_of(it.trim());
        let Some(command) = command(it.trim(), names_user) else { continue };
        let mut told = Told::default();
        told.add(&command, line, false);
        let body = process(line, &told, Vec::new(), false).map(run).into_iter().collect();
        let name = format!("cron {line}");
        hosted.program.body.push(task(&name, line, Vec::new(), body, Some(Reach::Task)));
    }
    hosted
}

/// Users that run what a machine does by itself.
const USERS: &[&str] = &[
    "root", "postgres", "mysql", "mongodb", "redis", "www-data", "nginx", "apache", "httpd",
    "nobody", "ubuntu", "debian", "ec2-user", "admin", "deploy", "django",
];

/// Whether what follows the time of a line is a user, and then a command.
fn user_of(line: &str) -> bool {
    let times = if line.starts_with('@') { 1 } else { 5 };
    let mut words = line.split_whitespace().skip(times);
    let is_user = words.next().is_some_and(|it| USERS.contains(&it));
    is_user && words.next().is_some_and(|it| !it.starts_with('-'))
}

/// The command of a line: what follows the time, and the user where one is named.
fn command(line: &str, names_user: bool) -> Option<String> {
    let times = match line.chars().next()? {
        '@' => 1,
        '*' | '0'..='9' | '{' => 5,
        _ => return None,
    };
    let mut rest = line;
    for n in 0..times + usize::from(names_user) {
        let (word, after) = rest.split_once(char::is_whitespace)?;
        let is_time = |c: char| c.is_alphanumeric() || "*/,-@?#LW{}_~".contains(c);
        if n < times && !word.chars().all(is_time) {
            return None;
        }
        rest = after.trim_start();
    }
    // What follows a plain `%` is what the command reads.
    let mut plain = String::with_capacity(rest.len());
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&'%') => plain.extend(chars.next()),
            '%' => break,
            _ => plain.push(c),
        }
    }
    Some(plain)
}
