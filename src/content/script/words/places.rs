//! How environments, hosts and databases are named: where real users are, and where none are.

use super::lower;
use super::names::{has_part, parts};

/// Whether a name is that of the environment a program runs in.
pub(in crate::content::script) fn is_environment(name: &str) -> bool {
    let lower = lower(name);
    is_debug(name)
        || is_production_flag(name)
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

/// Whether a name is that of the setting that makes a program one for production.
pub(in crate::content::script) fn is_production_flag(name: &str) -> bool {
    matches!(
        lower(name).replace('_', "").as_str(),
        "prod" | "production" | "isprod" | "isproduction" | "inproduction" | "runninginproduction"
    )
}

/// Whether a constant is called as an environment is.
pub(in crate::content::script) fn names_environment(name: &str) -> bool {
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
pub(in crate::content::script) fn is_debug(name: &str) -> bool {
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
            | "DEVELOPMENT"
            | "DEV_MODE"
            | "IS_DEVELOPMENT"
            | "SANDBOX"
            | "SANDBOX_MODE"
            | "is_local"
            | "is_dev"
            | "is_testing"
            | "is_local_env"
            | "is_dev_mode"
            | "IsLocal"
            | "IsDev"
            | "IsDevelopment"
            | "IsTesting"
    )
}

/// Whether a word names where real users are.
pub(in crate::content::script) fn is_production(word: &str) -> bool {
    let lower = lower(word);
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let is_one = |it: &str| {
        let of_goods = it.starts_with("product") && !it.starts_with("production");
        it == "live" || it == "prd" || it.contains("prod") && !of_goods
    };
    matches!(lower, "release" | "main" | "master")
        || !is_before_production(lower) && lower.split(|c: char| !c.is_alphanumeric()).any(is_one)
        || is_hosted(lower)
}

/// Whether one of the words of a text, such as the name of a variable or a host, is that of production: `psql $PROD_URL`.
pub(in crate::content::script) fn says_production(text: &str) -> bool {
    parts(text).iter().any(|it| matches!(it.as_str(), "prod" | "production" | "prd"))
        && !is_before_production(&lower(text))
}

/// `preprod`, `non-production`: it is named after what it is not.
fn is_before_production(lower: &str) -> bool {
    ["nonprod", "non-prod", "non_prod", "notprod", "not-prod", "preprod", "pre-prod", "pre_prod"]
        .iter()
        .any(|it| lower.contains(it))
}

/// Whether a word is part of the address of a database that somebody hosts.
pub(in crate::content::script) fn is_hosted(word: &str) -> bool {
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
        "railway",
        "rlwy.net",
        "render.com",
        "ondigitalocean.com",
        "aivencloud.com",
        "upstash.io",
        "turso.io",
    ]
    .iter()
    .any(|it| lower.contains(it))
}

/// Whether a word is a state in which nothing was ever made: a stack of CloudFormation that was rolled back.
pub(in crate::content::script) fn is_failed_start(word: &str) -> bool {
    matches!(
        word,
        "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" | "ROLLBACK_IN_PROGRESS" | "CREATE_FAILED"
    )
}

/// Words that stand for where no real users are.
const DEVELOPMENT: &[&str] = &[
    "dev",
    "devel",
    "develop",
    "developer",
    "development",
    "desarrollo",
    "debug",
    "test",
    "tests",
    "testing",
    "tester",
    "unittest",
    "e2e",
    "local",
    "localdev",
    "localhost",
    "localdomain",
    "staging",
    "stage",
    "stg",
    "sandbox",
    "ci",
    "qa",
    "uat",
    "demo",
    "preview",
    "ephemeral",
    "scratch",
    "playground",
    "dummy",
    "mock",
    "sqlite",
    "sqlite3",
    "memory",
    "minikube",
    "kind",
    "k3d",
    "colima",
    "orbstack",
    "loopback",
    "nonprod",
    "preprod",
    "template",
    "tmp",
    "temp",
];

/// What such a word may be written together with.
const THINGS: &[&str] =
    &["database", "db", "box", "server", "host", "machine", "vm", "env", "cluster", "site"];

/// Whether a text names where no real users are, by one of its words or as the address of this machine.
pub(in crate::content::script) fn is_development(text: &str) -> bool {
    let lower = lower(text);
    let is_here = ["127.0.0.1", "0.0.0.0", "::1", "host.docker.internal", "docker-desktop"]
        .iter()
        .any(|it| lower.contains(it));
    // A way on a server, such as `/test/reset`, is no place; `/instance/app-development.db` is a file.
    let is_file = [".db", ".sqlite", ".sqlite3"].iter().any(|end| lower.ends_with(end));
    let is_way = lower.starts_with('/') && !is_file;
    // `testdb2`, `devbox`.
    let bare = |it: &str| {
        let it = it.trim_end_matches(|c: char| c.is_ascii_digit());
        let it = THINGS.iter().find_map(|of| it.strip_suffix(of)).unwrap_or(it);
        let it = THINGS.iter().find_map(|of| it.strip_prefix(of)).unwrap_or(it);
        DEVELOPMENT.contains(&it)
    };
    let is_one = |it: &String| DEVELOPMENT.contains(&it.as_str()) || bare(it);
    is_here
        || !is_way
            && (is_before_production(&lower)
                || parts(text).iter().any(is_one)
                || lower.split(|c: char| !c.is_alphanumeric()).any(|it| is_one(&it.to_owned())))
}

/// Whether a list or constant is named as one of what may be destroyed: `ALLOWED_HOSTS`, `TEST_DATABASE`.
pub(in crate::content::script) fn names_allowed(name: &str) -> bool {
    let allows =
        ["allow", "allowed", "allowlist", "whitelist", "whitelisted", "permitted", "safe", "known"];
    let denies = ["deny", "denied", "denylist", "blacklist", "forbidden", "protected", "unsafe"];
    (has_part(name, &allows) || is_development(name))
        && !has_part(name, &denies)
        && !is_production(name)
}

/// Whether a variable of this name leads clients to an emulator on a machine of one's own: `FIRESTORE_EMULATOR_HOST`.
pub(in crate::content::script) fn is_emulator(name: &str) -> bool {
    matches!(name, "FIRESTORE_EMULATOR_HOST" | "FIREBASE_DATABASE_EMULATOR_HOST")
}

/// Whether a function of this name has a client go to one: `connectFirestoreEmulator`.
pub(in crate::content::script) fn goes_to_emulator(name: &str) -> bool {
    matches!(name, "connectFirestoreEmulator" | "connectDatabaseEmulator")
}

/// Whether a name is that of the host of a service that holds no data: `SMTP_HOST`, `FRONTEND_URL`.
pub(in crate::content::script) fn is_of_service(name: &str) -> bool {
    let services = ["smtp", "email", "mail", "mailer", "frontend", "proxy", "sentry", "statsd"];
    has_part(name, &services)
        && has_part(name, &["host", "hostname", "server", "url"])
        && !has_part(name, &["db", "database"])
}

/// Whether a name is that of a host, a database or a connection.
pub(in crate::content::script) fn is_target(name: &str) -> bool {
    let lower = lower(name);
    if is_of_service(name) {
        return false;
    }
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

/// Whether a text is a query for the database that it runs in.
pub(in crate::content::script) fn asks_database(query: &str) -> bool {
    let lower = lower(query);
    lower.contains("select")
        && ["current_database()", "current_catalog", "select database()", "db_name()"]
            .iter()
            .any(|it| lower.contains(it))
}

/// Whether a word names a kind of database and no database.
pub(in crate::content::script) fn is_kind_of_database(word: &str) -> bool {
    let lower = lower(word);
    let lower = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    // `postgresql+psycopg2://`.
    let lower = lower.split('+').next().unwrap_or_default();
    matches!(
        lower,
        "sqlite"
            | "sqlite3"
            | "postgres"
            | "postgresql"
            | "mysql"
            | "mariadb"
            | "mongodb"
            | "oracle"
            | "mssql"
            | "file"
            | "django.db.backends.sqlite3"
    )
}

/// Whether a text is the beginning of a name that is required, such as `clone_`: no kind of address.
pub(in crate::content::script) fn is_prefix(text: &str) -> bool {
    let text = text.trim_start_matches('^').trim_end_matches(['*', '.', '$', '%']);
    let is_kind = matches!(lower(text).as_str(), "http" | "https" | "jdbc" | "s3" | "gs" | "redis");
    text.len() > 1
        && !is_kind
        && !is_kind_of_database(text)
        && text.chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | '-'))
}

/// The setting that names the environment which a command looks for in a file of settings, and what it is to be:
/// `grep -q '^APP_ENV=production' .env`.
pub(in crate::content::script) fn looked_for(line: &str) -> Option<(&str, &str)> {
    let words = || line.split_whitespace();
    let is_flag = |it: &str, letters: &[char]| it.starts_with('-') && it.contains(letters);
    let is_template =
        |it: &str| ["example", "sample", "template", "dist"].iter().any(|end| it.ends_with(end));
    let looks = words().any(|it| it.contains(".env") || it.ends_with("/env"))
        && !words().any(|it| is_flag(it, &['L', 'c', 'v']) || is_template(it));
    let bare = |it: &'_ str| -> Option<(usize, usize)> {
        let from = it.len() - it.trim_start_matches(['^', '"', '\'']).len();
        let equals = it.get(from..)?.find('=')?;
        Some((from, from + equals))
    };
    words().filter(|_| looks).find_map(|it| {
        let (from, equals) = bare(it)?;
        let (name, value) = (it.get(from..equals)?, it.get(equals + 1..)?);
        is_environment(name).then(|| (name, value.trim_matches(['"', '\'', '$'])))
    })
}
