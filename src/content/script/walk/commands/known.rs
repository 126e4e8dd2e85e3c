//! Commands in the table of operations, and what they take along.

use std::cell::LazyCell;
use std::rc::Rc;

use super::ANSWERED;
use super::environments::is_for_tests;
use super::made::named_by;
use crate::content::script::Language;
use crate::content::script::model::{Guard, GuardKind, Scope, Strength, Taken};
use crate::content::script::operations::{self, CommandRow, Hit, Word, Words, files, piped};
use crate::content::script::state::{Chosen, State};
use crate::content::script::supports;
use crate::content::script::syntax::{
    Command, Expression, Form, Part, Shared, has_one, is_each, is_listed, is_same_one,
};
use crate::content::script::walk::Walk;
use crate::content::script::words;

/// Commands that destroy nothing by themselves: only what they are told besides makes them.
const COMPLETES: &[&str] =
    &["sh.prisma.push", "sh.drizzle", "sh.terraform.apply", "sh.rails.unchecked"];

/// Commands of tools that ask whoever runs them, and fail where the answer is no.
const FAIL_ON_NO: &[&str] = &["sh.terraform", "sh.pulumi", "sh.luks"];

/// What stands for the program that made a plan to destroy.
const PLAN: &str = "plan -destroy";

impl Walk {
    /// Looks a command up in the table of operations.
    pub(in crate::content::script::walk) fn looked_up(
        &mut self,
        line: u32,
        words: &Words,
        command: &Command,
        state: &mut State,
    ) {
        let is_plan = |it: &str| self.commands_made.contains(&(PLAN.to_owned(), it.to_owned()));
        if operations::TERRAFORM.contains(&words.program.as_str())
            && words.says(&["apply"])
            && words.plain().skip(1).any(|it| is_plan(&it.text))
            && let Some(row) = operations::commands().find(|it| it.kind.id == "sh.terraform.plan")
        {
            let name = format!("{} apply", words.program);
            return self.destroys(&row.kind, row.kind.scope, line, name, None, state);
        }
        // It only says how it is called.
        if words.has("--help") || is_only_shown(words, state) {
            return;
        }
        // No program is called so: the grammar did not understand what stands here.
        if is_of_emulator(words) || words.program.contains('\n') {
            return;
        }
        let mut asks = false;
        let others = LazyCell::new(|| words.in_other_cases());
        let is_for_tests = is_for_tests(words, command, state);
        for row in operations::commands() {
            // Names of cmdlets are the same in any case. A row without programs is about those of any name.
            let mut programs = row.programs.iter().copied();
            let program = match row.programs.is_empty() {
                true => Some(words.program.as_str()),
                false => programs.find(|it| it.eq_ignore_ascii_case(&words.program)),
            };
            let Some(program) = program else { continue };
            if !words.says(row.words) {
                continue;
            }
            let is_hit = |it: &Words| (row.when)(it) != Hit::Miss;
            if !is_hit(words) && !others.iter().any(is_hit)
                || is_for_tests && row.kind.scope == Scope::Database
                || row.kind.id.ends_with(".each") && is_of_chosen(words, state)
            {
                continue;
            }
            let prompt_off = match row.prompt_off.is_empty() {
                true => None,
                false => match self.prompt_off(row, words, command, state) {
                    Some(flag) => Some(flag),
                    None => {
                        self.asks_itself(row, line, words, program, state);
                        asks = true;
                        continue;
                    }
                },
            };
            if self.has_made(words, state)
                || state.aged.is_some() && names_one(words)
                || names_what_passes(words, row.words)
            {
                return;
            }
            let mut paths = words.plain().map(|it| it.text.as_str());
            self.destroys(
                &row.kind,
                files::scope_of(row.kind.scope, &mut paths),
                line,
                words.spoken(program, row.words),
                prompt_off,
                state,
            );
            self.removes(words, state);
            return;
        }
        let in_pipeline = self.layers.first() == Some(&Language::Workflow.word());
        if let Some(kind) = operations::runs_destruction(words).filter(|_| in_pipeline) {
            let name = words.program.clone();
            return self.destroys(kind, kind.scope, line, name, None, state);
        }
        let task = state.names.get(operations::NAME).and_then(|it| it.literal());
        let kind = task.and_then(|it| operations::runs_wipe(&it, words));
        let alike = || operations::runs_alike(&self.own_name, words).filter(|_| !asks);
        if let Some(kind) = kind.or_else(alike) {
            self.destroys(kind, kind.scope, line, words.program.clone(), None, state);
        }
    }

    /// An operation before which the tool asks or refuses by itself. What only completes another one is none without its flag.
    fn asks_itself(
        &mut self,
        row: &'static CommandRow,
        line: u32,
        words: &Words,
        program: &str,
        state: &mut State,
    ) {
        let completes = COMPLETES.contains(&row.kind.id);
        if completes || !row.kind.id.starts_with("sh.") || self.has_made(words, state) {
            return;
        }
        let guards = Rc::clone(&state.guards);
        state.hold(vec![Guard {
            kind: GuardKind::Framework,
            strength: Strength::Strong,
            line,
            defect: None,
        }]);
        let name = words.spoken(program, row.words);
        self.destroys(&row.kind, row.kind.scope, line, name, None, state);
        if !FAIL_ON_NO.contains(&row.kind.id) {
            state.guards = guards;
            return;
        }
        self.ended = Some(Rc::clone(&state.guards));
        // `set -e`: where the answer is no, nothing behind it is run either.
        if !state.is_strict {
            state.guards = guards;
        }
    }

    /// Keeps what a command makes, and that it switches off the check of others.
    pub(in crate::content::script::walk) fn makes(&mut self, words: &Words, state: &mut State) {
        // The environment that the database keeps is what Rails refuses by.
        if matches!(words.program.as_str(), "rails" | "rake")
            && words.says(&["db:environment:set"])
            && let Some(word) = words.plain().next()
        {
            state.set("DISABLE_DATABASE_ENVIRONMENT_CHECK", Rc::clone(&word.value));
        }
        if words.program == "gcloud"
            && words.says(&["config", "set", "disable_prompts|core/disable_prompts"])
            && let Some(word) = words.plain().last()
        {
            state.set("CLOUDSDK_CORE_DISABLE_PROMPTS", Rc::clone(&word.value));
        }
        if operations::TERRAFORM.contains(&words.program.as_str())
            && words.says(&["plan"])
            && words.any(&["-destroy", "--destroy"])
        {
            let flags = ["-out", "--out"];
            let apart = words.value_of(&flags).map(|it| it.text.as_str());
            if let Some(name) = words.joined_to(&flags).next().or(apart) {
                self.commands_made.insert((PLAN.to_owned(), name.to_owned()));
            }
        }
        self.keeps_made(words, state);
        // A copy that is put back later is one of this run.
        if matches!(words.program.as_str(), "cp" | "mv")
            && let Some(copy) = words.plain().last().filter(|it| it.text.len() > 1)
        {
            for program in ["cp", "mv"] {
                self.commands_made.insert((program.to_owned(), copy.text.clone()));
            }
        }
    }

    /// By what the prompt of a tool is switched off: a flag, a variable that is set for it, or `yes` before it.
    pub(in crate::content::script::walk) fn prompt_off(
        &self,
        row: &CommandRow,
        words: &Words,
        command: &Command,
        state: &State,
    ) -> Option<String> {
        let flag = row.prompt_off.iter().find_map(|it| words.flag(it));
        if let Some(flag) = flag {
            return Some(flag.split('=').next().unwrap_or_default().to_owned());
        }
        let set = row.prompt_off.iter().find(|name| {
            let here = command.sets.iter().any(|(it, _)| it == *name);
            let named = words.rest.iter().any(|it| it.text.starts_with(&format!("{name}=")));
            here || named || state.names.contains_key(**name)
        });
        if let Some(set) = set {
            return Some((*set).to_owned());
        }
        // `export TF_CLI_ARGS_destroy=-auto-approve`: flags of Terraform that stand elsewhere.
        let takes_more = row.prompt_off.contains(&"-auto-approve");
        let more = ["TF_CLI_ARGS", "TF_CLI_ARGS_destroy", "TF_CLI_ARGS_apply"].into_iter();
        let more = more.filter(|_| takes_more).find(|name| {
            let here = command.sets.iter().find(|(it, _)| it == name).map(|(_, value)| value);
            let said = here.or_else(|| state.names.get(*name)).and_then(|it| it.literal());
            said.is_some_and(|it| it.contains("auto-approve"))
        });
        if let Some(more) = more {
            return Some(more.to_owned());
        }
        // `$ConfirmPreference = "None"`.
        let is_quiet = row.prompt_off.contains(&"-Confirm:$false")
            && state
                .names
                .get("confirmpreference")
                .is_some_and(|it| it.literal().is_some_and(|it| it.eq_ignore_ascii_case("none")));
        if is_quiet {
            return Some("$ConfirmPreference".to_owned());
        }
        // Rails asks for nothing: it refuses where the environment is production.
        let is_answered = state.names.contains_key(ANSWERED)
            || command
                .input
                .as_ref()
                .and_then(|it| it.literal())
                .is_some_and(|it| words::is_yes(it.trim()));
        is_answered.then(|| "yes |".to_owned())
    }

    /// A database that is forced into git, or copied to where real users are.
    pub(in crate::content::script::walk) fn taken_along(&mut self, line: u32, words: &Words) {
        let names_database = |it: &str| {
            let it = it.trim_matches(['"', '\'']);
            [".db", ".sqlite", ".sqlite3", ".dump", ".mdb"].iter().any(|end| it.ends_with(end))
        };
        let mut files = words.plain().map(|it| &it.text).filter(|it| names_database(it)).cloned();
        let Some(first) = files.next() else { return };
        let goes_elsewhere = words.plain().last().is_some_and(|it| it.text.contains(':'));
        let by = match words.program.as_str() {
            "git" if words.says(&["add|stage"]) && words.any(&["-f", "--force"]) => "git add -f",
            "scp" if goes_elsewhere => "scp",
            "rsync" if goes_elsewhere => "rsync",
            "kubectl" | "oc" if words.says(&["cp"]) && goes_elsewhere => "kubectl cp",
            "gcloud" if words.says(&["compute", "scp"]) && goes_elsewhere => "gcloud compute scp",
            "fly" | "flyctl" if words.says(&["sftp", "put"]) => "fly sftp put",
            "az" if words.says(&["webapp", "deploy"]) => "az webapp deploy",
            _ => return,
        };
        // What goes elsewhere is named once more where it goes.
        let more = files.filter(|_| words.program == "git");
        for file in std::iter::once(first).chain(more) {
            let n = self.taken.iter().filter(|it| it.file == file).count();
            let anchor = format!("{by} {file} {n}");
            self.taken.push(Taken { line, by, file, anchor });
        }
    }

    /// What lessens the damage.
    pub(in crate::content::script::walk) fn supports(
        &mut self,
        line: u32,
        words: &Words,
        state: &mut State,
    ) {
        if let Some(kind) = supports::of_command(words) {
            self.support(kind, line, state);
        }
    }
}

/// Whether cmdlets only show what they would do: `$WhatIfPreference = $true`.
fn is_only_shown(words: &Words, state: &State) -> bool {
    let is_on = |it: &Shared| matches!(it.form, Form::Bool(true));
    let is_meant = words.rest.iter().any(|it| it.text.eq_ignore_ascii_case("-WhatIf:$false"));
    words.program.contains('-')
        && !is_meant
        && state.names.get("whatifpreference").is_some_and(is_on)
}

/// Whether a command of AWS is told to go to an emulator on this machine.
fn is_of_emulator(words: &Words) -> bool {
    let is_local =
        |it: &str| ["localhost", "127.0.0.1", "localstack"].iter().any(|host| it.contains(host));
    let mut values = words
        .rest
        .windows(2)
        .filter(|it| it[0].text == "--endpoint-url")
        .map(|it| it[1].text.as_str());
    words.program == "aws"
        && (values.any(is_local)
            || words
                .rest
                .iter()
                .any(|it| it.text.starts_with("--endpoint-url=") && is_local(&it.text)))
}

/// Whether all that a command names is what another one lists of what is named for tests or for a while: `dropdb $(psql -lqt | grep test_)`,
/// and not `rm -rf $(ls /tmp | grep test_) /srv/uploads`.
fn names_what_passes(words: &Words, verbs: &[&str]) -> bool {
    let passes = |it: &Word| piped::lists_for_a_while(&it.value);
    if !words.rest.iter().any(passes) {
        return false;
    }
    let is_verb = |it: &Word| verbs.iter().any(|all| all.split('|').any(|verb| verb == it.text));
    let mut named = named_by(words).into_iter().filter(|it| !is_verb(it)).peekable();
    named.peek().is_some() && named.all(passes)
}

/// Whether a command names what it is about by a variable: not by one that is set for the whole run.
fn names_one(words: &Words) -> bool {
    let is_set = |it: &Shared| matches!(it.form, Form::Environment(..) | Form::Argument(_));
    let is_whole = |it: &Shared| match &it.form {
        Form::Text(parts) => parts.iter().all(|it| match it {
            Part::Hole(hole) => is_set(hole),
            Part::Plain { .. } => true,
        }),
        Form::Join(parts) => parts.iter().all(|it| is_set(it) || it.literal().is_some()),
        _ => is_set(it) || it.literal().is_some(),
    };
    words.rest.iter().any(|it| !is_whole(&it.value))
}

/// Whether a command only says something, by a program that it names itself.
pub(super) fn is_said(command: &Command) -> bool {
    let first = command.words.first().and_then(|it| it.literal());
    first.is_some_and(|it| matches!(it.as_str(), "echo" | "printf"))
}

/// Whether a word of a command is one that a condition has chosen among what a loop goes through: it is not each of them that goes.
fn is_of_chosen(words: &Words, state: &State) -> bool {
    let is_it = |it: &Expression| {
        let is_one = |of: &Chosen| of.truth && is_same_one(&of.one, it);
        (is_each(it) || is_listed(it)) && state.chosen.iter().any(is_one)
    };
    !state.chosen.is_empty() && words.rest.iter().any(|it| has_one(vec![&*it.value], 100, is_it))
}
