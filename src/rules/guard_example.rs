//! The guard that a finding shows, in each language: the environment, the name typed, the dry run, and the count and the backup that
//! fit what goes. A file that cannot stop by itself is shown the script that runs it and asks.

mod javascript;
mod render;
mod subject;
mod table;

use std::borrow::Cow;

use crate::content::script::{Dialect, Language, Manner, Operation, Pipeline, Scope, Script};
use javascript::Load;
use render::Use;
use subject::{Step, Subject};

/// A guard to be copied.
pub(super) struct Example {
    /// What it is written in.
    pub(super) language: Language,
    /// Where it goes.
    pub(super) stands: Stands,
    /// Its lines.
    pub(super) text: String,
}

/// Where a guard stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// Before the operation.
    Before,
    /// Around it, as in a function.
    Around,
    /// In a script of its own, which the file runs in place of the operation.
    Script,
    /// In a script of its own, which runs the file as it is; why.
    Runner(&'static str),
}

/// What the guard is for.
struct About<'a> {
    language: Language,
    manner: Option<Manner>,
    is_tenant: bool,
    subject: &'static Subject,
    /// Whether all of it goes, and not a table alone.
    is_whole: bool,
    /// The table that goes, where it can be named.
    table: Option<&'a str>,
}

/// The guard for this operation, or for any of the script. It is a pattern to adapt: which variable names the environment, and what
/// would go, is the script's.
pub(super) fn of(script: &Script, operation: Option<&Operation>) -> Example {
    let about = About::of(script, operation);
    match script.language {
        Language::Sql => about.of_sql(operation),
        language => about.shown(about.template(language)),
    }
}

/// A guard before its steps are filled in.
struct Template {
    language: Language,
    stands: Stands,
    text: Cow<'static, str>,
}

impl Template {
    fn before(language: Language, text: &'static str) -> Template {
        Template { language, stands: Stands::Before, text: Cow::Borrowed(text) }
    }

    /// The script that a line or job runs, with nobody there to ask.
    fn unattended() -> Template {
        let text = Cow::Borrowed(include_str!("guards/unattended.txt"));
        Template { language: Language::Shell, stands: Stands::Script, text }
    }

    /// The program that a script of npm runs, which has no other way to ask.
    fn of_package(is_tenant: bool) -> Template {
        let guard = javascript::template(Load::Import, is_tenant).replace(" %run%", "");
        let text = include_str!("guards/package.txt").replace("%guard%\n", &guard);
        Template { language: Language::JavaScript, stands: Stands::Script, text: text.into() }
    }

    fn of_composer() -> Template {
        let guard = include_str!("guards/php.txt");
        let text = include_str!("guards/composer.txt").replace("%guard%\n", guard);
        Template { language: Language::Php, stands: Stands::Script, text: text.into() }
    }

    fn of_code(language: Language, manner: Option<Manner>, is_tenant: bool) -> Template {
        match manner {
            Some(Manner::MongoShell) if !is_tenant => {
                Template::before(language, include_str!("guards/mongo_shell.txt"))
            }
            Some(Manner::CommonJs) => {
                let text = javascript::template(Load::Require, is_tenant).into();
                Template { language, stands: Stands::Around, text }
            }
            _ => {
                let guard = javascript::template(Load::Import, is_tenant);
                let place = "// at the top level of a module, or in an async function\n";
                let text = format!("{place}{guard}").into();
                Template { language, stands: Stands::Before, text }
            }
        }
    }
}

impl<'a> About<'a> {
    fn of(script: &Script, operation: Option<&'a Operation>) -> About<'a> {
        About {
            language: script.language,
            manner: script.manner,
            is_tenant: operation.is_some_and(|it| it.scope == Scope::Tenant),
            subject: subject::of(script, operation),
            is_whole: operation.is_some_and(|it| it.scope == Scope::Database),
            table: operation.and_then(table::of),
        }
    }

    /// The count and the backup.
    fn steps(&self) -> (Step, Step) {
        let count = match self.subject.count_of_all {
            Some(it) if self.is_whole => it,
            _ => self.subject.count.about(self.table),
        };
        (count, self.subject.backup)
    }

    fn template(&self, language: Language) -> Template {
        let text = match language {
            Language::Python if self.is_tenant => include_str!("guards/tenant_python.txt"),
            Language::Python => include_str!("guards/python.txt"),
            Language::Shell if self.is_tenant => include_str!("guards/tenant_shell.txt"),
            // What runs a file of SQL is a script of a shell.
            Language::Shell | Language::Sql => include_str!("guards/shell.txt"),
            Language::JavaScript | Language::TypeScript => {
                return Template::of_code(language, self.manner, self.is_tenant);
            }
            Language::Package if self.manner == Some(Manner::Composer) => {
                return Template::of_composer();
            }
            Language::Package => return Template::of_package(self.is_tenant),
            Language::Workflow => match self.manner {
                Some(Manner::Pipeline(Pipeline::GitHub)) => include_str!("guards/workflow.txt"),
                Some(Manner::Pipeline(Pipeline::GitLab)) => include_str!("guards/gitlab.txt"),
                _ => return Template::unattended(),
            },
            Language::Crontab | Language::Kubernetes | Language::Systemd | Language::Settings => {
                return Template::unattended();
            }
            Language::Make => include_str!("guards/make.txt"),
            Language::Just => include_str!("guards/just.txt"),
            Language::Docker => include_str!("guards/docker.txt"),
            Language::Compose => include_str!("guards/compose.txt"),
            Language::Ruby => include_str!("guards/ruby.txt"),
            Language::Php => include_str!("guards/php.txt"),
            Language::Go => include_str!("guards/go.txt"),
            Language::PowerShell => include_str!("guards/powershell.txt"),
            Language::Java => include_str!("guards/java.txt"),
            Language::Ansible => include_str!("guards/ansible.txt"),
            Language::Terraform => include_str!("guards/terraform.txt"),
            Language::Taskfile => include_str!("guards/taskfile.txt"),
        };
        Template::before(language, text)
    }

    fn shown(&self, template: Template) -> Example {
        let text = self.filled(&template.text, template.language);
        Example { language: template.language, stands: template.stands, text }
    }

    /// The guard in a file of SQL, or the script that runs it where none can stand in it.
    fn of_sql(&self, operation: Option<&Operation>) -> Example {
        let drops = operation.is_some_and(|it| drops_database(it, self.manner));
        match self.manner {
            Some(Manner::Sql(_)) if drops => {
                self.runner("it is connected to another database than the one that goes", true)
            }
            Some(Manner::Sql(it)) if it.can_stop() => {
                self.shown(Template::before(Language::Sql, of_dialect(it, self.is_tenant)))
            }
            Some(_) => self.runner("no statement of this database stops those after it", drops),
            None => self.runner("the file does not say which database it is for", drops),
        }
    }

    /// The script that asks and then runs the file.
    fn runner(&self, why: &'static str, drops: bool) -> Example {
        let guard = self.filled(include_str!("guards/shell.txt"), Language::Shell);
        let beside = self.subject.run_beside.filter(|_| drops);
        let run = beside.or(self.subject.run).unwrap_or("# the command that runs the file");
        let text = format!("{guard}{run}\n");
        Example { language: Language::Shell, stands: Stands::Runner(why), text }
    }

    /// A template with the steps for what goes.
    fn filled(&self, template: &str, language: Language) -> String {
        let (count, backup) = self.steps();
        // What runs a script may go, and a copy beside it with it.
        let language = match self.language {
            Language::Package | Language::Sql => language,
            it => it,
        };
        let runs = [count, backup].iter().any(|it| matches!(it, Step::Run(_)));
        let mut text = String::new();
        for line in template.lines() {
            // What is loaded for commands, or where there are none.
            let line = match (line.strip_suffix(" %run%"), line.strip_suffix(" %say%")) {
                (Some(line), _) if runs => line,
                (_, Some(line)) if !runs => line,
                (None, None) => line,
                _ => continue,
            };
            let step = match () {
                () if line.contains("%count%") => Some(("%count%", count, Use::Show)),
                () if line.contains("%backup%") => Some(("%backup%", backup, Use::Succeed)),
                () => None,
            };
            match step {
                Some((mark, step, of)) => {
                    text.push_str(&render::line(line, mark, step, of, language));
                }
                None => {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
        let text = match self.table {
            Some(table) => text
                .replace("%table%", "SELECT count(*) FROM {table}; -- what would go")
                .replace("{table}", table),
            None => text.replace("%table%", "-- SELECT here a count of what would go"),
        };
        text.replace("%VAR%", self.subject.variable)
    }
}

/// Whether a statement takes the whole database away, which none can do that is connected to it.
fn drops_database(operation: &Operation, manner: Option<Manner>) -> bool {
    let is_schema = manner != Some(Manner::Sql(Dialect::MySql));
    operation.scope == Scope::Database
        && !operation.name.starts_with("DROP OWNED ")
        && !(is_schema && operation.name.starts_with("DROP SCHEMA "))
}

/// The guard within a file of SQL.
fn of_dialect(dialect: Dialect, is_tenant: bool) -> &'static str {
    match dialect {
        Dialect::MySql => include_str!("guards/sql_mysql.txt"),
        Dialect::SqlServer => include_str!("guards/sql_server.txt"),
        _ if is_tenant => include_str!("guards/tenant_sql.txt"),
        _ => include_str!("guards/sql_postgres.txt"),
    }
}

#[cfg(test)]
mod tests;
