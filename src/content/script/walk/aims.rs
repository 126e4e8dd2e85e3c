//! What an operation is aimed at by names that are set elsewhere: it is another one where those stand for something else.

use std::rc::Rc;

use sha2::{Digest, Sha256};

use super::Walk;
use crate::content::script::Language;
use crate::content::script::model::Operation;
use crate::content::script::operations::Words;
use crate::content::script::state::State;
use crate::content::script::syntax::{Act, Command, Expression, Form, Part, Shared, Statement};
use crate::content::script::tree::worded::{Known, Worded, ended};
use crate::content::script::value::{ENVIRONMENT, resolved};
use crate::content::script::wording::Noted;

/// Expressions of a statement, or of what a name stands for, that are looked at.
const STEPS: usize = 500;

/// Bytes of one text that count; of a longer one its length does as well.
const LONGEST: usize = 4_000;

/// Variables by which clients and tools choose where they go.
const CHOOSE: &[&str] = &[
    "APP_ENV",
    "ARM_SUBSCRIPTION_ID",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_PROFILE",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_PROFILE",
    "AWS_REGION",
    "AZURE_CONFIG_DIR",
    "BORG_REPO",
    "CLOUDSDK_ACTIVE_CONFIG_NAME",
    "CLOUDSDK_CORE_PROJECT",
    "COMPOSE_FILE",
    "COMPOSE_PROJECT_NAME",
    "DATABASE_URL",
    "DB_DATABASE",
    "DB_HOST",
    "DB_NAME",
    "DB_URL",
    "DJANGO_ENV",
    "DJANGO_SETTINGS_MODULE",
    "DOCKER_CONTEXT",
    "DOCKER_HOST",
    "ETCDCTL_ENDPOINTS",
    "FLASK_APP",
    "FLASK_ENV",
    "GIT_DIR",
    "GOOGLE_APPLICATION_CREDENTIALS",
    "GOOGLE_CLOUD_PROJECT",
    "HEROKU_APP",
    "INFLUX_HOST",
    "KUBECONFIG",
    "MIX_ENV",
    "MONGODB_URI",
    "MONGO_URL",
    "MYSQL_HOME",
    "MYSQL_HOST",
    "MYSQL_TCP_PORT",
    "NODE_ENV",
    "ORACLE_SID",
    "PGDATABASE",
    "PGHOST",
    "PGHOSTADDR",
    "PGPASSFILE",
    "PGPORT",
    "PGSERVICE",
    "PGSERVICEFILE",
    "PGUSER",
    "PULUMI_STACK",
    "RACK_ENV",
    "RAILS_ENV",
    "REDIS_URL",
    "RESTIC_REPOSITORY",
    "SQLCMDDBNAME",
    "SQLCMDSERVER",
    "SYMFONY_ENV",
    "TF_WORKSPACE",
    "TWO_TASK",
    "VAULT_ADDR",
];

/// What stands for the file of settings that was read last.
const SETTINGS: &str = "|goes by";

/// Commands by which all later ones of their program go elsewhere, and the name under which their words are kept.
const SWITCHES: &[(&str, &[&str], &str)] = &[
    ("kubectl", &["config", "use-context|set-context|use"], "|goes kubectl"),
    ("kubectx", &[], "|goes kubectl"),
    ("docker", &["context", "use"], "|goes docker"),
    ("gcloud", &["config", "set|configurations"], "|goes gcloud"),
    ("az", &["account", "set"], "|goes az"),
    ("terraform", &["workspace", "select"], "|goes terraform"),
    ("terraform", &["init"], "|goes terraform backend"),
    ("tofu", &["init"], "|goes terraform backend"),
    ("firebase", &["use"], "|goes firebase"),
    ("oc", &["project"], "|goes kubectl"),
    ("source", &[], SETTINGS),
    (".", &[], SETTINGS),
    ("tofu", &["workspace", "select"], "|goes terraform"),
    ("pulumi", &["stack", "select"], "|goes pulumi"),
];

/// Keeps where a command has later ones go.
pub(super) fn switches(line: u32, words: &Words, state: &mut State) {
    let it = SWITCHES.iter().find(|it| it.0 == words.program && words.says(it.1));
    if let Some((_, _, name)) = it {
        state.set(name, Expression::new(line, Form::List(words.values(0))));
    }
}

/// What is at hand, and what is noted of the operations so far.
#[derive(Default)]
pub(super) struct Aims {
    /// The line on which the statement at hand begins, and what it runs or looks at.
    begins: u32,
    at_hand: Option<Shared>,
    /// The words of the statement of SQL at hand.
    pub(super) statement: Option<Known>,
    /// What is at hand where something runs the text that is gone through, and the line on which that begins; the outermost first.
    around: Vec<(Known, u32)>,
    pub(super) noted: Noted,
}

impl Aims {
    /// Begins a statement; gives back what was at hand before it.
    pub(super) fn enter(&mut self, statement: &Statement) -> (u32, Option<Shared>) {
        let at_hand = match &statement.act {
            Act::Run(it) | Act::Set(_, it) | Act::If { test: it, .. } => Some(it),
            Act::Switch { subject, .. } => Some(subject),
            Act::Loop(it) => it.over.as_ref().or(it.test.as_ref()),
            Act::Return(it) | Act::Throw(it) => it.as_ref(),
            _ => None,
        };
        let outer = (self.begins, self.at_hand.take());
        (self.begins, self.at_hand) = (statement.line, at_hand.map(Rc::clone));
        outer
    }

    /// Ends a statement.
    pub(super) fn leave(&mut self, outer: (u32, Option<Shared>)) {
        (self.begins, self.at_hand) = outer;
    }

    /// Keeps how the statements of a text are worded.
    pub(super) fn reads(&mut self, worded: &Rc<Worded>) {
        self.noted.reads(worded);
    }

    /// Ends a text that was run.
    pub(super) fn leave_text(&mut self) {
        self.around.pop();
    }
}

impl Walk {
    /// Begins a text that the statement at hand runs.
    pub(super) fn enters_text(&mut self, worded: &Rc<Worded>, state: &State) {
        let around = (self.aimed_by(state), self.aims.begins);
        self.aims.around.push(around);
        self.aims.reads(worded);
    }

    /// Notes by what an operation is aimed that was met here, and where the statement begins that runs it.
    pub(super) fn notes_aim(&mut self, met: &mut Operation, state: &State) {
        met.begins = self.aims.begins.min(met.line);
        let aim = self.aimed_by(state);
        let lines = self.aims.around.iter().map(|it| it.1).chain([met.line, self.aims.begins]);
        self.aims.noted.note(met, aim, self.aims.statement, lines);
    }

    /// A hash of what the names at hand stand for, of the commands at hand, and of what is around them.
    fn aimed_by(&self, state: &State) -> Known {
        let mut said = Said { hash: Sha256::new(), left: STEPS };
        self.layers.iter().for_each(|it| said.part(it));
        self.aims.around.last().iter().for_each(|it| said.hash.update(it.0));
        if let Some(it) = &self.aims.at_hand {
            self.names_in(it, state, &mut said);
        }
        for value in SWITCHES.iter().filter_map(|it| state.names.get(it.2)) {
            said.expression(value, 0);
        }
        for name in CHOOSE {
            let own = format!("{ENVIRONMENT}{name}");
            for (name, value) in
                [*name, &own].iter().filter_map(|it| state.names.get_key_value(*it))
            {
                said.part(name);
                said.expression(value, 0);
            }
        }
        if let Some(here) = state.names.get(super::commands::HERE) {
            said.expression(here, 0);
        }
        ended(said.hash)
    }

    /// Says what the names in an expression stand for, and the words of its commands.
    fn names_in(&self, of: &Shared, state: &State, said: &mut Said) {
        let mut open = vec![of];
        for _ in 0..STEPS {
            let Some(it) = open.pop() else { break };
            match &it.form {
                Form::Name(_) | Form::Environment(..) | Form::Argument(_) | Form::Member(..) => {
                    // What a client of SQL is run with belongs to the shell.
                    let by_shell = self.layers.contains(&Language::Shell.word());
                    let known = resolved(it, &state.names, &self.returned, by_shell);
                    if !Rc::ptr_eq(&known, it) && !is_same_name(&known, it) {
                        said.expression(it, 0);
                        said.expression(&known, 0);
                    }
                }
                Form::Command(command) => said.words(command),
                _ => {}
            }
            open.extend(it.children());
        }
    }
}

/// Whether nothing is known of a name but what it is called.
fn is_same_name(known: &Expression, of: &Expression) -> bool {
    match (&known.form, &of.form) {
        (Form::Environment(one, None), Form::Name(other) | Form::Environment(other, None)) => {
            one == other
        }
        (Form::Member(_, one), Form::Member(_, other)) => one == other,
        _ => false,
    }
}

/// What is said, within bounds.
struct Said {
    hash: Sha256,
    left: usize,
}

impl Said {
    fn part(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.hash.update(&bytes[..bytes.len().min(LONGEST)]);
        self.hash.update((bytes.len() as u64).to_le_bytes());
    }

    /// The words of a command that are of one line: what it runs over several is made of operations of its own.
    fn words(&mut self, command: &Command) {
        for it in &command.words {
            // As most words are: not copied for that.
            let plain = match &it.form {
                Form::Text(parts) => parts.as_slice(),
                _ => &[],
            };
            let is_of_one_line = match plain {
                [Part::Plain { text, .. }] => !text.contains('\n'),
                _ => it.literal().is_none_or(|it| !it.contains('\n')),
            };
            if is_of_one_line {
                self.expression(it, 0);
            }
        }
    }

    /// An expression, whatever its lines.
    fn expression(&mut self, of: &Expression, depth: usize) {
        if self.left == 0 || depth > super::DEEPEST as usize {
            return;
        }
        self.left -= 1;
        match &of.form {
            Form::Text(parts) => {
                for part in parts {
                    match part {
                        Part::Plain { text, .. } => self.part(text),
                        Part::Hole(hole) => self.expression(hole, depth + 1),
                    }
                }
                return;
            }
            Form::Outcome { value, .. } => return self.expression(value, depth + 1),
            Form::Number(it) | Form::Name(it) | Form::Argument(it) => self.part(it),
            Form::Environment(it, _) | Form::Member(_, it) | Form::Set(it, _) => self.part(it),
            Form::Bool(it) => self.part(if *it { "true" } else { "false" }),
            Form::Call(call) => {
                call.arguments.iter().filter_map(|it| it.name.as_ref()).for_each(|it| self.part(it))
            }
            Form::Group(block) | Form::Subshell(block) => {
                for it in block.iter() {
                    if let Act::Run(it) | Act::Set(_, it) | Act::Return(Some(it)) = &it.act {
                        self.expression(it, depth + 1);
                    }
                }
            }
            _ => {}
        }
        self.part("(");
        of.children().into_iter().for_each(|it| self.expression(it, depth + 1));
        self.part(")");
    }
}
