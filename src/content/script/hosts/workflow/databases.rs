//! Where the databases of a pipeline are: beside its job, or where others keep theirs.

/// Programs that talk to a server of a database, which has to be somewhere.
const CLIENTS: &[&str] = &[
    "psql",
    "dropdb",
    "mysql",
    "mysqladmin",
    "mariadb",
    "mongo",
    "mongosh",
    "redis-cli",
    "sqlcmd",
    "clickhouse-client",
];

/// Words by which a job sets up a server of a database.
const SERVERS: &[&str] =
    &["postgres", "mysql", "mariadb", "mongo", "redis", "mssql", "clickhouse", "cassandra"];

/// Words of a variable that says where a database is.
const DATABASES: &[&str] =
    &["DB", "DATABASE", "POSTGRES", "PG", "MYSQL", "MONGO", "MONGODB", "REDIS", "MARIADB"];

/// Whether a command on these lines talks to a server of a database.
pub(super) fn is_asked_for(text: &str) -> bool {
    let is_program = |it: &str| CLIENTS.contains(&it.trim_matches(['"', '\'', '(', '`']));
    commands(text).any(|line| line.split([' ', '\t', '|', ';', '(']).any(is_program))
}

/// Whether a job starts a server of a database by itself.
pub(super) fn is_started(job: &str) -> bool {
    let starts = ["image:", "docker run", "compose", "systemctl start", "service ", "install"];
    job.lines().any(|line| {
        // A client alone is no server.
        let lower =
            line.to_lowercase().replace("postgresql-client", "").replace("mysql-client", "");
        let names_server = SERVERS.iter().any(|it| lower.contains(it));
        lower.contains("compose up")
            || names_server && (starts.iter().any(|it| lower.contains(it)) || is_image(&lower))
    })
}

/// `- postgres:16` in a list of services.
fn is_image(line: &str) -> bool {
    let item = line.trim().trim_start_matches("- ").trim_matches(['"', '\'']);
    item.contains(':') && !item.contains(' ') && !item.contains("://")
}

/// Whether a text says that its database is none of the job's own: by a host or a variable. `file` is the whole file.
pub(super) fn is_elsewhere(text: &str, file: &str) -> bool {
    commands(text).any(|line| {
        let words: Vec<&str> = line
            .split([' ', '\t', '=', ','])
            .map(|it| it.trim_matches(['"', '\'', '(', ')']))
            .filter(|it| !it.is_empty())
            .collect();
        let by_flag = words.windows(2).any(|it| {
            let is_host = it[0] == "--host"
                || it[0] == "-h"
                || key(it[0]).is_some_and(|it| it.ends_with("HOST") && is_of_database(it));
            is_host && is_host_elsewhere(it[1], file)
        });
        by_flag
            || words.iter().any(|it| is_address_elsewhere(it, file))
            || variables(line).iter().any(|it| is_set_elsewhere(it, file))
    })
}

/// The lines that do something, without comments and what is only said.
pub(super) fn commands(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|it| it.trim().trim_start_matches("- ").trim_start()).filter(|it| {
        let it = it.strip_prefix("run: ").unwrap_or(it);
        let says = ["#", "echo ", "echo\t", "printf ", "name:", "displayName:", "id:"];
        !says.iter().any(|word| it.starts_with(word))
    })
}

/// `DB_HOST:`, `DB_HOST`.
fn key(word: &str) -> Option<&str> {
    let name = word.trim_end_matches(':');
    let is_name = |it: char| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_';
    (name.len() > 1 && name.chars().all(is_name)).then_some(name)
}

fn is_of_database(name: &str) -> bool {
    name.split('_').any(|it| DATABASES.contains(&it) || it.starts_with("PG"))
}

fn is_host_elsewhere(host: &str, file: &str) -> bool {
    if host.contains('$') {
        return false;
    }
    let host = host.split([':', '/', '?']).next().unwrap_or_default();
    let is_number = host.chars().all(|it| it.is_ascii_digit() || it == '.');
    let is_here = host.starts_with("127.") || host == "0.0.0.0";
    // A service may have dots in its alias.
    let is_service = file.contains(&format!("alias: {host}"));
    let has_letters = host.chars().any(|it| it.is_ascii_alphabetic());
    let is_local = [".local", ".internal", ".svc", ".cluster"].iter().any(|it| host.contains(it));
    host.contains('.') && (has_letters || is_number) && !is_here && !is_service && !is_local
}

fn is_address_elsewhere(word: &str, file: &str) -> bool {
    let Some((scheme, rest)) = word.split_once("://") else { return false };
    let scheme = scheme.rsplit(['"', '\'']).next().unwrap_or_default();
    if !SERVERS.iter().any(|it| scheme.starts_with(it)) {
        return false;
    }
    is_host_elsewhere(rest.rsplit('@').next().unwrap_or_default(), file)
}

/// The variables that a line looks at: `$NAME`, `${NAME}`, `$(NAME)`, `${{ vars.NAME }}`.
fn variables(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for piece in line.split('$').skip(1) {
        let inner = piece.trim_start_matches(['{', '(', ' ']);
        let inner = ["secrets.", "vars.", "env.", "variables."]
            .iter()
            .find_map(|it| inner.strip_prefix(it))
            .unwrap_or(inner);
        let end = inner
            .find(|it: char| !(it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_'))
            .unwrap_or(inner.len());
        found.extend(inner.get(..end).filter(|it| it.len() > 1));
    }
    found
}

/// Whether a variable names a database, and nothing in the file says which one, or its name says that it is one of users.
fn is_set_elsewhere(name: &str, file: &str) -> bool {
    let words: Vec<&str> = name.split('_').collect();
    let has = |all: &[&str]| words.iter().any(|it| all.contains(it));
    let is_passing = has(&["TEST", "TESTS", "CI", "E2E", "LOCAL", "DEV", "PREVIEW"]);
    let names_place = has(&["URL", "URI", "DSN", "HOST", "PGURL", "CONNECTION"])
        || name.ends_with("URL") && is_of_database(name);
    if !names_place || is_passing {
        return false;
    }
    let is_of_users = has(&["PROD", "PRODUCTION", "STAGING", "LIVE"]);
    let is_told = [":", "=", "\":", "':"].iter().any(|end| {
        let key = format!("{name}{end}");
        // `DATABASE_URL: ${{ vars.DATABASE_URL }}` says nothing.
        file.split(&key).skip(1).any(|it| !it.lines().next().unwrap_or_default().contains(name))
    });
    is_of_users || is_of_database(name) && !is_told
}
