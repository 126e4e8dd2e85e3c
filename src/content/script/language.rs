//! Which language a file is in: by its name, by its first line, and by what it begins with.

use bstr::{BStr, ByteSlice};

use super::hosts;

/// A language, or a kind of file that holds commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Python.
    Python,
    /// POSIX shell, bash, zsh, ksh.
    Shell,
    /// SQL.
    Sql,
    /// JavaScript.
    JavaScript,
    /// TypeScript.
    TypeScript,
    /// A makefile.
    Make,
    /// A justfile.
    Just,
    /// The scripts of `package.json`, `composer.json` or `deno.json`.
    Package,
    /// A workflow or pipeline of GitHub, GitLab and the like.
    Workflow,
    /// A Dockerfile or Containerfile.
    Docker,
    /// A compose file.
    Compose,
    /// Ruby.
    Ruby,
    /// PHP.
    Php,
    /// Go.
    Go,
    /// PowerShell.
    PowerShell,
    /// A crontab.
    Crontab,
    /// Objects of Kubernetes that run something or hold scripts.
    Kubernetes,
    /// A playbook or the tasks of a role of Ansible.
    Ansible,
    /// Java.
    Java,
    /// A file of Terraform or OpenTofu.
    Terraform,
    /// A unit of systemd.
    Systemd,
    /// A Taskfile.
    Taskfile,
    /// Settings of a platform or tool with commands in them.
    Settings,
}

impl Language {
    /// Whether its files are read by a tool under their names, with more in them than one script: whoever renames one stops all of it.
    pub fn is_of_project(self) -> bool {
        use Language::{
            Compose, Crontab, Docker, Just, Kubernetes, Make, Package, Settings, Systemd, Taskfile,
            Terraform, Workflow,
        };
        matches!(
            self,
            Compose
                | Crontab
                | Docker
                | Just
                | Kubernetes
                | Make
                | Package
                | Settings
                | Systemd
                | Taskfile
                | Terraform
                | Workflow
        )
    }

    /// Its name in a report.
    pub fn word(self) -> &'static str {
        match self {
            Language::Python => "python",
            Language::Shell => "shell",
            Language::Sql => "SQL",
            Language::JavaScript => "javascript",
            Language::TypeScript => "typescript",
            Language::Make => "make",
            Language::Just => "just",
            Language::Package => "package script",
            Language::Workflow => "workflow",
            Language::Docker => "dockerfile",
            Language::Compose => "compose",
            Language::Ruby => "ruby",
            Language::Php => "php",
            Language::Go => "go",
            Language::PowerShell => "powershell",
            Language::Crontab => "crontab",
            Language::Kubernetes => "kubernetes",
            Language::Ansible => "ansible",
            Language::Java => "java",
            Language::Terraform => "terraform",
            Language::Systemd => "systemd",
            Language::Taskfile => "taskfile",
            Language::Settings => "settings",
        }
    }

    /// The language of a file, as far as its name and its beginning tell.
    pub fn of(path: &BStr, bytes: &[u8]) -> Option<Language> {
        // A first line that names an interpreter is what the system obeys, whatever the file is called.
        by_first_line(bytes).or_else(|| by_name(path, bytes)).or_else(|| by_text(path, bytes))
    }
}

/// Commands with which lines of a shell begin, and no lines of prose or of settings.
const COMMANDS: &[&str] = &[
    "set",
    "cd",
    "echo",
    "export",
    "source",
    "sudo",
    "rm",
    "cp",
    "mv",
    "mkdir",
    "docker",
    "docker-compose",
    "kubectl",
    "psql",
    "mysql",
    "dropdb",
    "createdb",
    "pg_dump",
    "pg_restore",
    "mongo",
    "mongorestore",
    "redis-cli",
    "aws",
    "gcloud",
    "git",
    "npm",
    "npx",
    "yarn",
    "python",
    "php",
    "bundle",
    "rake",
    "rails",
    "if",
    "fi",
    "then",
    "else",
    "for",
    "do",
    "done",
    "while",
    "exit",
    "sleep",
    "read",
    "cat",
    "curl",
    "ssh",
    "scp",
    "rsync",
    "tar",
    "find",
    "chmod",
    "chown",
    "systemctl",
    "service",
    "make",
    "sh",
    "bash",
    "eval",
    "exec",
    "trap",
    "local",
    "return",
    "wait",
];

/// Directories in which files without an ending are programs.
const OF_PROGRAMS: &[&str] =
    &["bin", "sbin", "script", "scripts", "tools", "ops", "hack", "deploy"];

/// Lines that are looked at to tell commands from other text.
const LINES: usize = 60;

/// A program without an ending, and without a first line that says what it is: one of PHP begins with its tag, and of one of a shell
/// most lines are commands, assignments or comments.
fn by_text(path: &BStr, bytes: &[u8]) -> Option<Language> {
    let path = path.to_str_lossy();
    let (directory, name) = path.rsplit_once('/')?;
    let last = directory.rsplit('/').next().unwrap_or_default();
    if name.contains('.') || !OF_PROGRAMS.contains(&last) {
        return None;
    }
    if bytes.starts_with(b"<?php") {
        return Some(Language::Php);
    }
    let is_name =
        |it: &[u8]| !it.is_empty() && it.iter().all(|it| it.is_ascii_alphanumeric() || *it == b'_');
    let is_command = |line: &&[u8]| {
        let word = line.fields().next().unwrap_or_default();
        COMMANDS.iter().any(|it| it.as_bytes() == word)
            || word.starts_with(b"$")
            || word.split_once_str("=").is_some_and(|(name, _)| is_name(name))
    };
    let lines = bytes.lines().map(<[u8]>::trim_ascii);
    let lines: Vec<&[u8]> =
        lines.filter(|it| !it.is_empty() && !it.starts_with(b"#")).take(LINES).collect();
    let n = lines.iter().filter(|it| is_command(it)).count();
    (n > 1 && n * 3 >= lines.len() * 2).then_some(Language::Shell)
}

fn by_first_line(bytes: &[u8]) -> Option<Language> {
    let line = bytes.strip_prefix(b"#!")?.lines().next()?;
    let words = line.fields();
    let interpreter = words
        .map(|word| word.rsplit_once_str("/").map_or(word, |(_, name)| name))
        .find(|word| {
            !matches!(*word, b"env" | b"") && !word.starts_with(b"-") && !word.contains(&b'=')
        })?;
    let name = interpreter.trim_end_with(|c| c.is_ascii_digit() || c == '.');
    Some(match name {
        // `#!/usr/bin/env -S uv run --script`.
        b"python" | b"pypy" | b"uv" | b"pipx" => Language::Python,
        b"sh" | b"bash" | b"zsh" | b"ksh" | b"dash" | b"ash" | b"mksh" => Language::Shell,
        b"node" | b"nodejs" | b"bun" | b"zx" => Language::JavaScript,
        b"deno" | b"tsx" | b"ts-node" => Language::TypeScript,
        b"ruby" | b"rake" => Language::Ruby,
        b"php" => Language::Php,
        b"pwsh" | b"powershell" => Language::PowerShell,
        b"make" | b"gmake" => Language::Make,
        b"just" => Language::Just,
        b"psql" | b"sqlite" => Language::Sql,
        _ => return None,
    })
}

/// Endings of templates, behind the ending of what they are made into.
const TEMPLATES: &[&str] =
    &["j2", "jinja", "jinja2", "erb", "tmpl", "tpl", "template", "tftpl", "in", "dist"];

fn by_name(path: &BStr, bytes: &[u8]) -> Option<Language> {
    let path = path.to_str_lossy().to_lowercase();
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path.as_str()));
    let ending = |name: &str| name.rsplit_once('.').map_or("", |(_, it)| it).to_owned();
    // A template of a script: `wipe.sql.j2`.
    let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
    let is_template =
        TEMPLATES.contains(&ending(name).as_str()) && matches!(ending(stem).as_str(), "sql" | "sh");
    let ending = if is_template { ending(stem) } else { ending(name) };
    let ending = ending.as_str();
    let is_docker = |name: &str| {
        ["dockerfile", "containerfile"].iter().any(|it| {
            name == *it
                || name.strip_prefix(it).is_some_and(|rest| rest.starts_with('.'))
                || name.strip_suffix(it).is_some_and(|rest| rest.ends_with('.'))
        })
    };
    let by_ending = match ending {
        "py" | "pyw" => Some(Language::Python),
        "sh" | "bash" | "zsh" | "ksh" if is_workflow(bytes) => Some(Language::Workflow),
        "sh" | "bash" | "zsh" | "ksh" | "command" => Some(Language::Shell),
        "sql" | "psql" | "pgsql" | "cql" | "cypher" | "cyp" | "ddl" | "hql" | "tsql" | "pls"
        | "prc" => Some(Language::Sql),
        "js" | "mjs" | "cjs" | "jsx" => Some(Language::JavaScript),
        "ts" | "mts" | "cts" | "tsx" => Some(Language::TypeScript),
        "mk" | "mak" => Some(Language::Make),
        "just" => Some(Language::Just),
        "rb" | "rake" | "ru" | "thor" => Some(Language::Ruby),
        "php" | "inc" | "module" | "install" | "phtml"
            if ending == "php" || bytes.contains_str("<?") =>
        {
            Some(Language::Php)
        }
        "go" => Some(Language::Go),
        "java" => Some(Language::Java),
        "cron" | "crontab" => Some(Language::Crontab),
        "ps1" | "psm1" => Some(Language::PowerShell),
        "tf" | "tofu" => Some(Language::Terraform),
        "service" => Some(Language::Systemd),
        "conf" if directory.ends_with(".service.d") => Some(Language::Systemd),
        _ => None,
    };
    if is_docker(name) {
        return Some(Language::Docker);
    }
    by_ending.or_else(|| match name {
        "crontab" | "crontabs" => Some(Language::Crontab),
        _ if directory.ends_with("cron.d") && ending.is_empty() => Some(Language::Crontab),
        "makefile" | "gnumakefile" | "bsdmakefile" => Some(Language::Make),
        // `Makefile.db`, and not what automake and configure make others of.
        _ if name.starts_with("makefile.") && !matches!(ending, "am" | "in" | "md" | "txt") => {
            Some(Language::Make)
        }
        "justfile" | ".justfile" => Some(Language::Just),
        "package.json" | "composer.json" | "deno.json" => Some(Language::Package),
        "rakefile" | "capfile" | "gemfile" => Some(Language::Ruby),
        ".gitlab-ci.yml"
        | ".gitlab-ci.yaml"
        | "azure-pipelines.yml"
        | "azure-pipelines.yaml"
        | "bitbucket-pipelines.yml" => Some(Language::Workflow),
        // Hooks of git that husky runs.
        _ if is_of_husky(directory, name) => Some(Language::Shell),
        ".bashrc" | ".zshrc" | ".profile" | ".bash_profile" | ".envrc" => Some(Language::Shell),
        _ if hosts::is_settings(&path) => Some(Language::Settings),
        _ if matches!(ending, "yml" | "yaml") => of_yaml(directory, name, bytes),
        _ => None,
    })
}

/// Whether a file is one of the hooks that husky runs with a shell.
fn is_of_husky(directory: &str, name: &str) -> bool {
    let is_hook = ["pre-", "post-", "commit-", "prepare-"].iter().any(|it| name.starts_with(it));
    directory.rsplit('/').next() == Some(".husky") && is_hook && !name.contains('.')
}

fn of_yaml(directory: &str, name: &str, bytes: &[u8]) -> Option<Language> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if hosts::is_listed(name, bytes)
        || directory.ends_with(".github/workflows")
        || directory.ends_with(".circleci")
        || name.contains("gitlab-ci") && !bytes.lines().any(hosts::is_kind)
        || directory.split('/').any(|part| part == ".gitlab" || part == ".gitlab-ci")
        || name == "action.yml"
        || name == "action.yaml"
    {
        return Some(Language::Workflow);
    }
    let is_compose = ["docker-compose", "compose"].iter().any(|it| {
        stem == *it || stem.strip_prefix(it).is_some_and(|rest| rest.starts_with(['.', '-', '_']))
    });
    if is_compose {
        return Some(Language::Compose);
    }
    if is_workflow(bytes) || is_pipeline(bytes) {
        return Some(Language::Workflow);
    }
    if is_taskfile(stem, bytes) {
        return Some(Language::Taskfile);
    }
    if holds_services(bytes) {
        return Some(Language::Compose);
    }
    if bytes.lines().any(hosts::is_kind) {
        return Some(Language::Kubernetes);
    }
    let is_play = |it: &[u8]| it.starts_with(b"- hosts:") || it.starts_with(b"  hosts:");
    (bytes.lines().any(is_play) || hosts::holds_tasks(bytes)).then_some(Language::Ansible)
}

/// Whether it is called as a Taskfile is, or has its keys at the top.
fn is_taskfile(stem: &str, bytes: &[u8]) -> bool {
    let has = |key: &[u8]| bytes.lines().any(|line| line.starts_with(key));
    let is_called = stem
        .strip_prefix("taskfile")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']));
    has(b"tasks:") && (is_called || has(b"version:"))
}

/// Whether these are the keys of a pipeline of Azure, or of a template of one: its files may have any name.
fn is_pipeline(bytes: &[u8]) -> bool {
    let tops: [&[u8]; 3] = [b"steps:", b"jobs:", b"stages:"];
    let items: [&[u8]; 8] = [
        b"- task:",
        b"- job:",
        b"- stage:",
        b"- deployment:",
        b"- script:",
        b"- bash:",
        b"- pwsh:",
        b"- powershell:",
    ];
    let begins = |line: &[u8], all: &[&[u8]]| all.iter().any(|it| line.starts_with(it));
    bytes.lines().any(|it| begins(it, &tops))
        && bytes.lines().any(|it| begins(it.trim_ascii_start(), &items))
}

/// Whether these are the services of Compose, in a file of any name.
fn holds_services(bytes: &[u8]) -> bool {
    let has = |key: &[u8]| bytes.lines().any(|line| line.starts_with(key));
    let is_service =
        |line: &[u8]| line.starts_with(b"    image:") || line.starts_with(b"    build:");
    has(b"services:")
        && bytes.lines().any(is_service)
        && !has(b"stages:")
        && !has(b"before_script:")
        && !has(b"jobs:")
}

/// Whether these are the keys of a GitHub workflow at the top of a document.
fn is_workflow(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let has = |key: &[u8]| start.lines().any(|line| line.starts_with(key));
    !start.starts_with(b"#!") && has(b"on:") && has(b"jobs:")
}
