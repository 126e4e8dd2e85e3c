//! The words by which people, and the scripts they write, name asking, environments and targets.

mod age;
mod answers;
mod consent;
mod names;
mod passing;
mod places;
mod refusals;

pub(super) use age::tells_age;
pub(super) use answers::{
    has_no_word, is_form, is_no, is_yes, judges, speaks, speaks_of_keeping, taken, takes_anything,
    tells_yes,
};
pub(super) use consent::{
    is_consent, is_dry_run, is_flag, is_opt_in, keeps_asking, only_tells, says_confirm,
    says_to_wipe, takes_target,
};
pub(super) use names::{is_of_administrators, parts, singular};
pub(super) use passing::{is_for_a_while, is_for_show, is_of_tests};
pub(super) use places::{
    asks_database, goes_to_emulator, is_debug, is_development, is_emulator, is_environment,
    is_failed_start, is_hosted, is_kind_of_database, is_of_service, is_prefix, is_production,
    is_production_flag, is_target, looked_for, names_allowed, names_environment, says_production,
};
pub(super) use refusals::{refuses, says_end};

/// Functions that ask for an answer and give it back.
const ASKS: &[&str] = &[
    "input",
    "createSelection",
    "raw_input",
    "ainput",
    "read",
    "prompt",
    "ask",
    "question",
    "gets",
    "getline",
    "readline",
    "readLine",
    "ReadString",
    "ReadKey",
    "getch",
    "Scanln",
    "Scan",
    "Scanf",
    "nextLine",
    "Read-Host",
    "PromptForChoice",
    "inquirer.prompt",
    "prompt.get",
    "p.text",
    "p.password",
    "clack.text",
    "prompts",
    "enquirer.prompt",
    "readlineSync.question",
    "rl.question",
    "askQuestion",
    "askquestion",
    "askstring",
    "text_input",
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
    "showWarningMessage",
    "awaitMessageComponent",
    "awaitMessages",
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
    "Confirm.prompt",
    "yes_no",
    "yesno",
    "askYesNo",
    "askokcancel",
    "ynbox",
    "ccbox",
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
    "str_ends_with",
    "matches",
    "StartsWith",
    "EndsWith",
    "Equals",
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

/// Words of names that are about something else which is confirmed, or about what is sent to be confirmed.
const NO_QUESTION: &[&str] = &[
    "send",
    "resend",
    "mail",
    "email",
    "sms",
    "notify",
    "order",
    "orders",
    "payment",
    "purchase",
    "booking",
    "reservation",
    "appointment",
    "delivery",
    "receipt",
    "registration",
    "signup",
    "subscription",
    "password",
    "account",
    "channel",
    "message",
    "publish",
    "publisher",
    "tx",
    "transaction",
    "transactions",
    "block",
    "blocks",
    "confirmations",
    "intent",
    "intents",
    "invoice",
    "create",
    "generate",
    "build",
    "render",
    "parse",
    "set",
    "handle",
    "wait",
    "await",
    "confirmed",
    "on",
    "token",
    "code",
    "link",
    "url",
];

/// Words of names of a prompt that no person answers.
const NO_PERSON: &[&str] = &[
    "llm",
    "model",
    "chat",
    "openai",
    "anthropic",
    "claude",
    "gpt",
    "agent",
    "ai",
    "system",
    "build",
    "render",
    "template",
    "format",
    "load",
    "create",
    "make",
    "generate",
    "send",
    "set",
    "save",
    "run",
    "text",
    "image",
    "prompts",
];

/// Whether a function of this name asks for an answer. The name may have what it is called on before a `.`.
pub(super) fn asks(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    if matches!(last, "read" | "choice" | "text" | "secret" | "Scan" | "read -t") {
        // Too usual as names of other things.
        return matches!(
            name,
            "read"
                | "read -t"
                | "select"
                | "questionary.text"
                | "questionary.select"
                | "fmt.Scan"
                | "$this.choice"
                | "this.choice"
                | "stdin.read"
        );
    }
    if last == "prompt" && names::has_part(name, NO_PERSON) {
        return false;
    }
    ASKS.contains(&name.trim_start_matches('_'))
        || ASKS.contains(&last)
        || names::has_part(last, &["prompt"]) && !names::has_part(last, NO_PERSON)
}

/// Whether a function of this name asks, and gives back yes or no.
pub(super) fn confirms(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    let lower = lower(last);
    if CONFIRMS.contains(&name) || lower != "confirm" && CONFIRMS.contains(&last) {
        return true;
    }
    let words = parts(last);
    let has = |word: &str| words.iter().any(|it| it == word);
    // `payment.confirm()` is about the payment; `confirm_email_deletion()` is about what is deleted.
    let is_of_another = match words.as_slice() {
        [_] => names::has_part(name, NO_QUESTION) || names::has_part(name, &["user"]),
        _ => names::has_part(last, NO_QUESTION) && !names::has_part(last, DESTROYS),
    };
    let is_one = ["confirm", "confirms", "confirmation", "confirmer"].iter().any(|it| has(it));
    is_one && !is_of_another
        || lower.contains("prompt_bool")
        || lower.contains("yes_no")
        || lower.contains("yesno")
        || lower.contains("yes_or_no")
        || lower.contains("are_you_sure")
        || lower.contains("areyousure")
        || lower.contains("answer_yes")
        || lower.contains("user_agree")
}

/// Words by which a question says what it is about.
const DESTROYS: &[&str] = &[
    "delete",
    "deletion",
    "deleting",
    "destroy",
    "destruction",
    "drop",
    "wipe",
    "reset",
    "purge",
    "remove",
    "removal",
    "erase",
    "clear",
    "truncate",
    "overwrite",
    "action",
    "dialog",
    "prompt",
    "exit",
    "abort",
];

/// Whether a command asks, and ends as the answer is.
pub(super) fn command_confirms(line: &str) -> bool {
    let mut words = line.split(' ');
    let first = words.next().unwrap_or_default();
    let first = first.rsplit('/').next().unwrap_or_default();
    let first = first.trim_end_matches(".sh").trim_end_matches(".bash").trim_end_matches(".py");
    match first {
        "whiptail" | "dialog" => line.contains("--yesno"),
        "zenity" | "kdialog" => line.contains("question") || line.contains("yesno"),
        "confirm" => true,
        "gum" => words.next() == Some("confirm"),
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
        "workspace show",
        "get-caller-identity",
        "remote get-url",
        "config get-value project",
        "account show",
        "uname -n",
    ]
    .iter()
    .any(|it| line.contains(it))
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}
