//! How a step of a guard is written in each language.

use super::subject::Step;
use crate::content::script::Language;

/// What is wanted of a command.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// What it says is shown.
    Show,
    /// Nothing goes on where it fails.
    Succeed,
}

/// The line of a template that a step takes the place of, in this language.
pub(super) fn line(template: &str, mark: &str, step: Step, of: Use, language: Language) -> String {
    let indent: String = template.chars().take_while(|it| it.is_whitespace()).collect();
    match step {
        Step::Say(text) => format!("{indent}{} {text}\n", comment(language)),
        Step::Run(words) => {
            let command = command(words, of, language);
            let lines = template.replace(mark, &command.replace('\n', &format!("\n{indent}")));
            format!("{lines}\n")
        }
    }
}

fn comment(language: Language) -> &'static str {
    match language {
        Language::JavaScript
        | Language::TypeScript
        | Language::Php
        | Language::Go
        | Language::Java => "//",
        _ => "#",
    }
}

fn command(words: &[&str], of: Use, language: Language) -> String {
    let is_shown = of == Use::Show;
    let list = |name: &str| {
        let all = words.iter().map(|it| match *it {
            "{}" => name.to_owned(),
            it => format!("\"{it}\""),
        });
        all.collect::<Vec<_>>()
    };
    match language {
        Language::Python => format!("subprocess.run([{}], check=True)", list("name").join(", ")),
        Language::Ruby => format!("system({}, exception: true)", list("name").join(", ")),
        Language::JavaScript | Language::TypeScript => {
            let all = list("name");
            let (program, rest) = all.split_at(1);
            let shown = if is_shown { ", { stdio: \"inherit\" }" } else { "" };
            format!("execFileSync({}, [{}]{shown});", program.concat(), rest.join(", "))
        }
        Language::Go if is_shown => format!(
            "out, _ := exec.Command({}).Output()\nfmt.Printf(\"%s\", out)",
            list("name").join(", ")
        ),
        Language::Go => format!(
            "if exec.Command({}).Run() != nil {{\n\tlog.Fatal(\"there is no backup\")\n}}",
            list("name").join(", ")
        ),
        Language::Java if is_shown => format!(
            "ProcessBuilder count =\n    new ProcessBuilder({});\ncount.inheritIO().start().waitFor();",
            list("name").join(", ")
        ),
        Language::Java => format!(
            "ProcessBuilder copy =\n    new ProcessBuilder({});\nif (copy.start().waitFor() != 0) throw new IllegalStateException(\"there is no backup\");",
            list("name").join(", ")
        ),
        Language::Php => {
            let plain = in_shell(words, "\0").replace("\"\0\"", "\0");
            let parts = plain.split('\0').map(|it| format!("\"{it}\""));
            let said = parts.collect::<Vec<_>>().join(" . escapeshellarg($name) . ");
            let said = said.strip_suffix(" . \"\"").unwrap_or(&said);
            match is_shown {
                true => format!("passthru({said});"),
                false => format!("exec({said}, $out, $code);\nif ($code !== 0) exit(1);"),
            }
        }
        // What belongs to the shell stops it by itself.
        Language::PowerShell if is_shown || is_cmdlet(words) => in_shell(words, "$name"),
        Language::PowerShell => format!(
            "{}\nif ($LASTEXITCODE) {{ throw 'there is no backup' }}",
            in_shell(words, "$name")
        ),
        Language::Make => format!("@{}", in_shell(words, "$(%VAR%)")),
        Language::Just => in_shell(words, "{{ name }}"),
        Language::Compose => elsewhere(&in_shell(words, "$$%VAR%")),
        Language::Taskfile => in_shell(words, "{{.NAME}}"),
        Language::Ansible => elsewhere(&in_shell(words, "{{ name_of_it }}").replace('"', "")),
        Language::Docker
        | Language::Crontab
        | Language::Kubernetes
        | Language::Systemd
        | Language::Settings
        | Language::Workflow => elsewhere(&in_shell(words, "$%VAR%")),
        Language::Shell | Language::Sql | Language::Package | Language::Terraform => {
            in_shell(words, "$%VAR%")
        }
    }
}

/// Whether a command is one of PowerShell's own, by the form of its name: `Compress-Archive`.
fn is_cmdlet(words: &[&str]) -> bool {
    words.first().is_some_and(|it| it.contains('-') && it.starts_with(char::is_uppercase))
}

/// A copy is no help in a container that goes, or where nobody looks.
fn elsewhere(command: &str) -> String {
    command.replace("before.", "/backup/before.")
}

/// A command as a shell has it; this is how the name is filled in.
fn in_shell(words: &[&str], name: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=".contains(it);
    let quoted = words.iter().map(|it| match *it {
        "{}" => format!("\"{name}\""),
        it if it.chars().all(is_plain) => it.to_owned(),
        it => format!("'{it}'"),
    });
    quoted.collect::<Vec<_>>().join(" ")
}
