//! The guard that a finding shows, in each language: the environment, the name typed, the dry run, the count, the backup.

use crate::content::script::Language;

/// The guard in this language. It is a pattern to adapt: which variable names the environment, and what would go, is the script's.
pub(super) fn of(language: Language) -> &'static str {
    match language {
        Language::Python => include_str!("guards/python.txt"),
        // The script that a line or job runs.
        Language::Shell
        | Language::Crontab
        | Language::Kubernetes
        | Language::Systemd
        | Language::Settings => include_str!("guards/shell.txt"),
        Language::Sql => include_str!("guards/sql.txt"),
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

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[Language] = &[
        Language::Python,
        Language::Shell,
        Language::Sql,
        Language::JavaScript,
        Language::TypeScript,
        Language::Make,
        Language::Just,
        Language::Package,
        Language::Workflow,
        Language::Docker,
        Language::Compose,
        Language::Ruby,
        Language::Php,
        Language::Go,
        Language::PowerShell,
        Language::Crontab,
        Language::Kubernetes,
        Language::Ansible,
        Language::Java,
        Language::Terraform,
        Language::Systemd,
        Language::Taskfile,
        Language::Settings,
    ];

    #[test]
    fn an_example_is_short_ascii_and_ends_in_a_line_feed() {
        for language in ALL {
            let text = of(*language);
            let word = language.word();
            assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{word}");
            assert!((2..=12).contains(&text.lines().count()), "{word}");
            let is_plain = |c: char| matches!(c, ' '..='~' | '\t' | '\n');
            assert!(text.chars().all(is_plain), "{word}");
            for line in text.lines() {
                assert!(line.len() <= 80 && line == line.trim_end(), "{word}: {line}");
                // What a git client colours, what a CI obeys, what a transcript takes for a command.
                let first = line.split([' ', ':']).next().unwrap_or_default();
                assert!(
                    !["error", "warning", "hint", "success", "$", ">"].contains(&first),
                    "{line}"
                );
                assert!(!line.contains("##") && !line.contains("::"), "{word}: {line}");
            }
        }
    }

    #[test]
    fn an_example_names_each_part_of_a_guard() {
        for language in ALL {
            let text = of(*language).to_lowercase();
            let parts: &[&[&str]] = &[
                &["app_env", "current_database()", "environment:"],
                &["type", "confirm"],
                &["dry run", "rollback", "required"],
                &["count"],
                &["pg_dump"],
            ];
            for part in parts {
                assert!(part.iter().any(|it| text.contains(it)), "{}: {part:?}", language.word());
            }
        }
    }
}
