//! Rows about cmdlets that remove each of what another one lists, or put a copy over what is there.

use super::super::chain::{Chain, name_of};
use super::super::command::Words;
use super::super::piped::commands;
use super::super::{CommandRow, Hit, kind};
use super::{UNASKED, meant};
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::High;
use crate::content::script::syntax::{Form, Shared};

pub(in crate::content::script::operations) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "ps.restore",
            "Restore-SqlDatabase -ReplaceDatabase, Restore-DbaDatabase -WithReplace",
            "it takes the place of what is there",
            Database,
            High,
            "a new database to restore into",
        ),
        programs: &["Restore-SqlDatabase", "Restore-DbaDatabase"],
        words: &[],
        when: |it| {
            if it.any(&["-ReplaceDatabase", "-WithReplace"]) { meant(it) } else { Hit::Miss }
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "ps.purge",
            "New-ComplianceSearchAction -Purge -PurgeType HardDelete -Confirm:$false",
            "-Confirm:$false or -Force",
            Table,
            High,
            "the prompt without it",
        ),
        programs: &["New-ComplianceSearchAction"],
        words: &[],
        when: |it| if it.has("-Purge") { meant(it) } else { Hit::Miss },
        prompt_off: UNASKED,
    },
    CommandRow {
        kind: kind(
            "ps.each",
            "Get-PnPList | ForEach-Object { Remove-PnPList -Identity $_ -Force }",
            "each of what the cmdlet of the same name lists, and nothing chooses among them; -Force or -Confirm:$false where it asks",
            Table,
            High,
            "-WhatIf",
        ),
        programs: &[],
        words: &[],
        when: |it| {
            if asks(&it.program) && !it.any(UNASKED) && !it.has("-Batch") {
                Hit::Miss
            } else {
                removes_each(it)
            }
        },
        prompt_off: &[],
    },
];

/// Cmdlets that ask before each thing, beside those that have a row of their own.
const ASK: &[&str] = &[
    "remove-mailuser",
    "remove-mailcontact",
    "remove-distributiongroup",
    "remove-dynamicdistributiongroup",
    "remove-unifiedgroup",
    "remove-publicfolder",
    "remove-pnplistitem",
    "remove-pnpfile",
    "remove-pnpfolder",
    "remove-spweb",
    "remove-splist",
    "remove-cmcollection",
    "remove-cmdevice",
    "remove-gpo",
];

/// Whether a cmdlet asks before it removes anything, unless it is told not to.
fn asks(program: &str) -> bool {
    let is_it = |it: &&str| it.eq_ignore_ascii_case(program);
    let mut rows = super::COMMANDS.iter().filter(|it| it.prompt_off == UNASKED);
    rows.any(|it| it.programs.iter().any(is_it)) || ASK.iter().any(is_it)
}

/// Parts of the names of things that hold what people wrote.
const HOLDS: &[&str] = &[
    "list",
    "site",
    "web",
    "team",
    "user",
    "group",
    "mailbox",
    "vm",
    "snapshot",
    "blob",
    "container",
    "share",
    "table",
    "database",
    "disk",
    "resource",
    "bucket",
    "object",
    "volume",
    "site",
    "folder",
    "file",
    "queue",
    "computer",
    "guest",
    "contact",
    "collection",
    "item",
    "storage",
    "cosmosdb",
    "vault",
    "secret",
    "gpo",
    "backup",
];

/// Things that hold nothing of that kind, though they are called alike.
const PASSES: &[&str] = &[
    "item",
    "itemproperty",
    "job",
    "process",
    "module",
    "variable",
    "psdrive",
    "pssession",
    "netfirewallrule",
    "filesharing",
    "smbshare",
    "wmiobject",
    "ciminstance",
    "psobject",
    "childitem",
    "localuser",
    "localgroup",
    "printer",
    "scheduledtask",
    "appxpackage",
    "appxprovisionedpackage",
    "userprofile",
    "typedata",
];

/// Whether a cmdlet is given what it is about by its place.
pub(super) fn is_given(words: &Words) -> bool {
    let switches = ["-Force", "-Confirm:$false", "-Recursive", "-Recurse"];
    let mut before: Option<&str> = None;
    for word in &words.rest {
        let text = word.text.as_str();
        let is_value = before.is_some_and(|it| it.starts_with('-') && !switches.contains(&it));
        if !text.starts_with('-') && !is_value {
            return true;
        }
        before = Some(text);
    }
    false
}

/// Whether each of what `Get-NAME` lists is removed by `Remove-NAME`.
fn removes_each(words: &Words) -> Hit {
    let Some((verb, noun)) = words.program.split_once('-') else { return Hit::Miss };
    let noun = noun.to_lowercase();
    let is_removal = matches!(verb.to_lowercase().as_str(), "remove" | "clear");
    let holds = HOLDS.iter().any(|it| noun.contains(it)) && !PASSES.contains(&noun.as_str());
    if !is_removal || !holds {
        return Hit::Miss;
    }
    let lists = |it: &Vec<String>| {
        let of = it
            .first()
            .and_then(|it| it.split_once('-'))
            .map(|(verb, noun)| (verb.to_lowercase(), noun.to_lowercase()));
        let is_list = of.is_some_and(|(verb, of)| {
            verb == "get"
                && (of == noun || of.ends_with(&noun) || noun.ends_with(&of) && of.len() > 3)
        });
        is_list && !narrows(it)
    };
    let of_all =
        words.rest.iter().any(|it| commands(&it.value).iter().any(lists) && !chooses(&it.value));
    if of_all { meant(words) } else { Hit::Miss }
}

/// Whether the words of a cmdlet choose among what it lists.
fn narrows(words: &[String]) -> bool {
    let of_one = ["-identity", "-id", "-name", "-userid", "-groupid", "-search", "-query"];
    words.windows(2).any(|it| {
        let flag = it[0].to_lowercase();
        let is_all =
            it[1].contains('*') && it[1].trim_matches(['*', '"', '\'', '{', '}']).is_empty();
        flag == "-filter" && !is_all || of_one.contains(&flag.as_str()) && !it[1].contains('*')
    })
}

/// Whether something chooses among what is listed: `Where-Object`, `Select-Object -First 1`.
fn chooses(of: &Shared) -> bool {
    let mut open: Vec<&Shared> = vec![of];
    for _ in 0..100 {
        let Some(it) = open.pop() else { return false };
        let name = match &it.form {
            Form::Call(call) => name_of(&call.callee),
            Form::Command(command) => {
                command.words.first().and_then(|it| it.literal()).unwrap_or_default()
            }
            _ => String::new(),
        };
        if matches!(
            name.to_lowercase().as_str(),
            "where-object" | "where" | "?" | "select-object" | "select"
        ) {
            return true;
        }
        open.extend(it.children());
    }
    // Too much to tell.
    true
}

/// Whether a method is called on each of the tables of a database of SQL Server, or of the copies that Windows keeps.
pub(super) fn is_of_store(chain: &Chain) -> bool {
    let Some(call) = chain.links.last().and_then(|it| it.call) else { return false };
    let drops = chain.name().to_lowercase().starts_with("drop");
    let tables = drops
        && chain.links.iter().any(|it| it.name.eq_ignore_ascii_case("tables"))
        && chain.links.iter().any(|it| it.name.eq_ignore_ascii_case("databases"));
    let of_windows =
        |it: &Vec<String>| it.iter().any(|it| it.eq_ignore_ascii_case("win32_shadowcopy"));
    tables || !drops && commands(&call.callee).iter().any(of_windows)
}
