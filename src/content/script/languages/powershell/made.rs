//! Objects that a script makes, and what they stand for in the common form.

use std::rc::Rc;

use super::commands::called;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Shared};

/// Ends of the names of classes whose objects run the statement that they are made with.
const RUNS: &[&str] = &[
    "sqlcommand",
    "oledbcommand",
    "odbccommand",
    "mysqlcommand",
    "npgsqlcommand",
    "sqlitecommand",
    "oraclecommand",
];

/// What `New-Object TYPE ARGUMENTS` stands for, by the words behind the name of the cmdlet; none where the object is like others.
pub(super) fn made(words: &[Shared], line: u32) -> Option<Form> {
    let is_name = |it: &Shared| {
        it.literal().is_some_and(|it| {
            it.eq_ignore_ascii_case("-TypeName") || it.eq_ignore_ascii_case("-ArgumentList")
        })
    };
    let mut plain = words.iter().filter(|it| !is_name(it));
    let kind = plain.next()?.literal()?;
    let given: Vec<Shared> = plain
        .flat_map(|it| match &it.form {
            Form::List(all) => all.clone(),
            _ => vec![Rc::clone(it)],
        })
        .collect();
    of_class(&kind, &given, line)
}

/// What an object of a class stands for: of a choice its label, and a statement for a database is run by its command.
pub(super) fn of_class(kind: &str, given: &[Shared], line: u32) -> Option<Form> {
    let lower = kind.trim_matches(['[', ']']).to_lowercase();
    let first = given.first()?;
    if lower.ends_with("choicedescription") {
        return Some(Form::Either(vec![Rc::clone(first)]));
    }
    let last = lower.rsplit('.').next().unwrap_or_default();
    RUNS.contains(&last).then(|| {
        let on = Expression::new(line, Form::Name(last.to_owned()));
        let callee = Expression::new(line, Form::Member(on, "ExecuteNonQuery".to_owned()));
        let arguments = vec![Argument { name: None, value: Rc::clone(first) }];
        Form::Call(Call { callee, arguments, block: None })
    })
}

/// Cmdlets that run a block which is handed over.
const RUN_BLOCKS: &[&str] = &[
    "start-job",
    "start-threadjob",
    "start-rsjob",
    "invoke-command",
    "icm",
    "foreach-object",
    "%",
    "foreach",
    "measure-command",
];

/// A cmdlet that is given a block by the name of a variable: `Start-Job -ScriptBlock $block`, `Invoke-Command -Session $s $block`.
pub(super) fn runs_named_block(name: &str, words: &[Shared], line: u32) -> Option<Form> {
    if !RUN_BLOCKS.contains(&name) {
        return None;
    }
    let is_flag = |it: &Shared| {
        it.literal().is_some_and(|it| {
            let lower = it.to_lowercase();
            lower.len() > 2 && "-scriptblock".starts_with(&lower) || lower == "-parallel"
        })
    };
    let by_flag = words.windows(2).find(|it| is_flag(&it[0])).map(|it| &it[1]);
    let block = by_flag.or(words.first()).filter(|it| matches!(it.form, Form::Name(_)))?;
    Some(called(line, name, vec![Argument { name: None, value: Rc::clone(block) }]))
}
