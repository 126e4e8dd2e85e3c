//! The words by which people, and the scripts they write, name asking, environments and targets.

mod answers;

pub(super) use answers::{is_consent, is_no, is_yes, judges};

/// Functions that ask for an answer and give it back.
const ASKS: &[&str] = &[
    "input",
    "raw_input",
    "read",
    "prompt",
    "ask",
    "question",
    "gets",
    "getline",
    "readline",
    "readLine",
    "ReadString",
    "Scanln",
    "Scan",
    "Scanf",
    "nextLine",
    "Read-Host",
    "PromptForChoice",
    "inquirer.prompt",
    "prompts",
    "enquirer.prompt",
    "readlineSync.question",
    "rl.question",
    "askQuestion",
    "fgets",
    "$stdin.gets",
    "STDIN.gets",
    "click.prompt",
    "typer.prompt",
    "Prompt.ask",
    "getpass",
    "io.read",
    "stdin.read",
    "choice",
    "anticipate",
    "secret",
    "text",
    "promptUser",
];

/// Functions that ask and give back yes or no.
const CONFIRMS: &[&str] = &[
    "confirm",
    "yes?",
    "no?",
    "agree",
    "ShouldProcess",
    "ShouldContinue",
    "keyInYN",
    "keyInYNStrict",
    "confirmToProceed",
    "Confirm.ask",
    "yes_no",
    "yesno",
    "askYesNo",
];

/// Functions that tell whether a text is like another.
pub(super) const LIKENESS: &[&str] = &[
    "startswith",
    "endswith",
    "startsWith",
    "endsWith",
    "includes",
    "contains",
    "match",
    "match?",
    "test",
    "search",
    "fullmatch",
    "start_with?",
    "end_with?",
    "include?",
    "equals",
    "equalsIgnoreCase",
    "in_array",
    "str_contains",
    "str_starts_with",
    "strpos",
    "Contains",
    "HasPrefix",
    "HasSuffix",
    "EqualFold",
    "preg_match",
    "indexOf",
    "eql?",
    "casecmp?",
    "in?",
    "strcmp",
    "strcasecmp",
    "environment",
    "isLocal",
    "find",
    "has",
];

/// Whether a function of this name asks for an answer. The name may have what it is called on before a `.`.
pub(super) fn asks(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    if matches!(last, "read" | "choice" | "text" | "secret" | "Scan") {
        // Too usual as names of other things.
        return matches!(
            name,
            "read"
                | "select"
                | "questionary.text"
                | "questionary.select"
                | "fmt.Scan"
                | "stdin.read"
        );
    }
    ASKS.contains(&name)
        || ASKS.contains(&last)
        || (lower(last).contains("prompt") && !last.contains("Prompts"))
}

/// Whether a function of this name asks, and gives back yes or no.
pub(super) fn confirms(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    let lower = lower(last);
    CONFIRMS.contains(&last)
        || CONFIRMS.contains(&name)
        || (lower.contains("confirm")
            && !lower.contains("confirmed")
            && !lower.contains("confirmation_")
            && !lower.contains("confirmpassword"))
        || lower.contains("prompt_bool")
        || lower.contains("yes_no")
        || lower.contains("yesno")
        || lower.contains("yes_or_no")
        || lower.contains("are_you_sure")
        || lower.contains("areyousure")
}

/// Whether a command asks, and ends as the answer is.
pub(super) fn command_confirms(line: &str) -> bool {
    let mut words = line.split(' ');
    let first = words.next().unwrap_or_default();
    let first = first.rsplit('/').next().unwrap_or_default();
    match first {
        "gum" => line.starts_with("gum confirm"),
        "whiptail" | "dialog" => line.contains("--yesno"),
        "zenity" | "kdialog" => line.contains("question") || line.contains("yesno"),
        "confirm" => true,
        _ => !first.starts_with('-') && confirms(first) && !first.contains('='),
    }
}

/// Whether a command asks, and writes the answer.
pub(super) fn command_asks(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    match first.rsplit('/').next().unwrap_or_default() {
        "fzf" | "sk" | "rofi" | "dmenu" => true,
        "gum" => line.starts_with("gum choose") || line.starts_with("gum input"),
        "whiptail" | "dialog" => {
            ["--menu", "--inputbox", "--radiolist"].iter().any(|it| line.contains(it))
        }
        "zenity" => line.contains("--entry") || line.contains("--list"),
        _ => false,
    }
}

/// Whether a command tells where it runs, or what it is connected to.
pub(super) fn command_tells_target(line: &str) -> bool {
    [
        "hostname",
        "current-context",
        "get-caller-identity",
        "remote get-url",
        "config get-value project",
        "account show",
        "uname -n",
    ]
    .iter()
    .any(|it| line.contains(it))
}

/// Whether a name is that of the environment a program runs in.
pub(super) fn is_environment(name: &str) -> bool {
    let lower = lower(name);
    is_debug(name)
        || matches!(
            lower.as_str(),
            "env"
                | "environment"
                | "stage"
                | "node_env"
                | "deployment"
                | "tier"
                | "profile"
                | "appenv"
        )
        || lower.split('_').any(|it| matches!(it, "env" | "environment" | "stage"))
            && !lower.contains("file")
            && !lower.contains("path")
            && !lower.contains("dir")
        || name.ends_with("Environment")
        || name.ends_with("Env")
}

/// Whether a constant is called as an environment is.
pub(super) fn names_environment(name: &str) -> bool {
    matches!(
        lower(name).as_str(),
        "production"
            | "prod"
            | "development"
            | "develop"
            | "dev"
            | "local"
            | "staging"
            | "test"
            | "testing"
    )
}

/// Whether a name is that of the setting that makes a program one for development.
pub(super) fn is_debug(name: &str) -> bool {
    matches!(
        name,
        "DEBUG"
            | "IS_DEV"
            | "IS_LOCAL"
            | "IS_TESTING"
            | "TESTING"
            | "is_development"
            | "isDevelopment"
            | "isDev"
            | "isLocal"
            | "runningUnitTests"
            | "APP_DEBUG"
            | "DJANGO_DEBUG"
            | "FLASK_DEBUG"
            | "DEMO"
            | "DEMO_MODE"
            | "IS_DEMO"
    )
}

/// Whether a word names where real users are.
pub(super) fn is_production(word: &str) -> bool {
    let lower = lower(word);
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(lower, "production" | "prod" | "live" | "prd" | "release" | "main" | "master")
        || lower.contains("prod")
        || lower.split(|c: char| !c.is_alphanumeric()).any(|it| it == "live")
        || is_hosted(lower)
}

/// Whether a word is part of the address of a database that somebody hosts.
pub(super) fn is_hosted(word: &str) -> bool {
    let lower = lower(word);
    [
        ".amazonaws.com",
        "rds.",
        "azure",
        "neon.tech",
        "supabase.co",
        "heroku",
        "cockroachlabs.cloud",
        "mongodb.net",
        "psdb.cloud",
    ]
    .iter()
    .any(|it| lower.contains(it))
}

/// Whether a word names where no real users are.
pub(super) fn is_development(word: &str) -> bool {
    let lower = lower(word);
    [
        "dev",
        "test",
        "local",
        "staging",
        "stage",
        "sandbox",
        "ci",
        "qa",
        "demo",
        "preview",
        "127.0.0.1",
        "0.0.0.0",
        "::1",
        "sqlite",
    ]
    .iter()
    .any(|it| lower == *it || (it.len() > 2 && lower.contains(it)))
}

/// Whether a name is that of a host, a database or a connection.
pub(super) fn is_target(name: &str) -> bool {
    let lower = lower(name);
    [
        "host",
        "database",
        "db_name",
        "dbname",
        "db_url",
        "dburl",
        "dsn",
        "connection",
        "current_database",
        "context",
        "cluster",
        "mongo_uri",
        "mongodb_uri",
        "mongouri",
        "account_id",
        "project_id",
    ]
    .iter()
    .any(|it| lower.contains(it))
        || matches!(
            lower.as_str(),
            "db" | "url" | "uri" | "engine" | "db_uri" | "datname" | "base_url"
        )
}

/// Whether a word names a kind of database and no database.
pub(super) fn is_kind_of_database(word: &str) -> bool {
    let lower = lower(word);
    let lower = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    matches!(
        lower,
        "sqlite"
            | "sqlite3"
            | "postgres"
            | "postgresql"
            | "mysql"
            | "mariadb"
            | "mongodb"
            | "file"
            | "django.db.backends.sqlite3"
    )
}

/// Whether a name is that of a run which destroys nothing.
pub(super) fn is_dry_run(name: &str) -> bool {
    let lower = lower(name).replace('-', "_");
    let lower = lower.trim_matches('_');
    ["dry_run", "dryrun", "simulate", "whatif", "what_if", "preview", "no_act", "pretend"]
        .iter()
        .any(|it| lower == *it || lower.ends_with(it))
        || matches!(lower, "n" | "dry")
}

/// Whether a name is that of a flag which somebody sets to have it done.
pub(super) fn is_opt_in(name: &str) -> bool {
    let lower = lower(name);
    lower.split(|c: char| !c.is_alphanumeric()).any(|it| {
        matches!(
            it,
            "force"
                | "yes"
                | "confirm"
                | "confirmed"
                | "execute"
                | "apply"
                | "commit"
                | "really"
                | "allow"
                | "reset"
                | "wipe"
                | "destroy"
                | "drop"
                | "delete"
                | "purge"
                | "clear"
                | "clean"
                | "flush"
                | "truncate"
                | "remove"
                | "erase"
                | "recreate"
                | "rebuild"
                | "reseed"
                | "fresh"
                | "nuke"
                | "sure"
                | "assume"
                | "overwrite"
                | "live"
                | "doit"
                | "go"
                | "hard"
                | "noinput"
                | "y"
                | "f"
        )
    }) || [
        "force",
        "confirm",
        "allow",
        "reset",
        "wipe",
        "destroy",
        "drop",
        "delete",
        "purge",
        "clear",
        "iknow",
        "i_know",
        "iunderstand",
        "i_understand",
    ]
    .iter()
    .any(|it| lower.starts_with(it) || lower.ends_with(it))
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}
