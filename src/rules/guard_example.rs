//! The guard that a finding shows, in each language: the environment, the name typed, the dry run, and the count and the backup that
//! fit what goes. A file that cannot stop by itself is shown the script that runs it and asks.

mod render;
mod subject;

use crate::content::script::{Dialect, Language, Manner, Operation, Scope, Script};
use render::Use;
use subject::{Step, Subject};

/// A guard to be copied.
pub(super) struct Example {
    /// What it is written in.
    pub(super) language: Language,
    /// Why it is a script of its own, which asks and runs the file; none where it stands in the file itself.
    pub(super) why_a_script: Option<&'static str>,
    /// Its lines.
    pub(super) text: String,
}

/// The guard for this operation, or for any of the script. It is a pattern to adapt: which variable names the environment, and what
/// would go, is the script's.
pub(super) fn of(script: &Script, operation: Option<&Operation>) -> Example {
    let subject = subject::of(script, operation);
    let language = script.language;
    let is_tenant = operation.is_some_and(|it| it.scope == Scope::Tenant);
    if language == Language::Sql {
        let drops = operation.is_some_and(|it| it.scope == Scope::Database);
        return match script.manner {
            Some(Manner::Sql(_)) if drops => {
                by_a_script(subject, "it is connected to another database than the one that goes")
            }
            Some(Manner::Sql(it)) if it.can_stop() => {
                let text = of_sql(it, is_tenant).to_owned();
                Example { language, why_a_script: None, text }
            }
            Some(_) => by_a_script(subject, "no statement of this database stops those after it"),
            None => by_a_script(subject, "the file does not say which database it is for"),
        };
    }
    let is_common_js = script.manner == Some(Manner::CommonJs);
    let template = match is_tenant {
        true => of_tenant(language, is_common_js),
        false => None,
    };
    let template = template.unwrap_or_else(|| of_language(language, is_common_js));
    Example { language, why_a_script: None, text: filled(template, subject, language) }
}

/// The script that asks and then runs the file.
fn by_a_script(subject: &Subject, why: &'static str) -> Example {
    let guard = filled(include_str!("guards/shell.txt"), subject, Language::Shell);
    let run = subject.run.unwrap_or("# the command that runs the file");
    let text = format!("{guard}{run}\n");
    Example { language: Language::Shell, why_a_script: Some(why), text }
}

/// A template with the steps for what goes.
fn filled(template: &str, subject: &Subject, language: Language) -> String {
    let mut text = String::new();
    for line in template.lines() {
        let step: Option<(&str, Step, Use)> = match () {
            () if line.contains("%count%") => Some(("%count%", subject.count, Use::Show)),
            () if line.contains("%backup%") => Some(("%backup%", subject.backup, Use::Succeed)),
            () => None,
        };
        match step {
            Some((mark, step, of)) => text.push_str(&render::line(line, mark, step, of, language)),
            None => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text.replace("%VAR%", subject.variable)
}

fn of_language(language: Language, is_common_js: bool) -> &'static str {
    match language {
        Language::Python => include_str!("guards/python.txt"),
        Language::Shell | Language::Sql => include_str!("guards/shell.txt"),
        // The script that a line or job runs, with nobody there to ask.
        Language::Crontab | Language::Kubernetes | Language::Systemd | Language::Settings => {
            include_str!("guards/unattended.txt")
        }
        Language::JavaScript | Language::TypeScript if is_common_js => {
            include_str!("guards/javascript_require.txt")
        }
        Language::JavaScript | Language::TypeScript => include_str!("guards/javascript.txt"),
        Language::Make => include_str!("guards/make.txt"),
        Language::Just => include_str!("guards/just.txt"),
        Language::Package => include_str!("guards/package.txt"),
        Language::Workflow => include_str!("guards/workflow.txt"),
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
    }
}

/// The guard that takes the id of a tenant as an argument and asks for the tenant's name.
fn of_tenant(language: Language, is_common_js: bool) -> Option<&'static str> {
    match language {
        Language::Python => Some(include_str!("guards/tenant_python.txt")),
        Language::Shell => Some(include_str!("guards/tenant_shell.txt")),
        Language::JavaScript | Language::TypeScript if is_common_js => {
            Some(include_str!("guards/tenant_javascript_require.txt"))
        }
        Language::JavaScript | Language::TypeScript => {
            Some(include_str!("guards/tenant_javascript.txt"))
        }
        _ => None,
    }
}

/// The guard within a file of SQL.
fn of_sql(dialect: Dialect, is_tenant: bool) -> &'static str {
    match dialect {
        Dialect::MySql => include_str!("guards/sql_mysql.txt"),
        Dialect::SqlServer => include_str!("guards/sql_server.txt"),
        _ if is_tenant => include_str!("guards/tenant_sql.txt"),
        _ => include_str!("guards/sql_postgres.txt"),
    }
}

#[cfg(test)]
mod tests;
