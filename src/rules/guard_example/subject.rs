//! What a guard is about: what names it, how it is counted and how it is copied first, by the tool of what goes.

use crate::content::script::{Dialect, Language, Manner, Operation, Scope, Script};

/// A step of a guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A command; `{}` stands for the name that is asked for, `{table}` for the table that is wiped.
    Run(&'static [&'static str]),
    /// What is to be written there, since no one command does it.
    Say(&'static str),
}

impl Step {
    /// The step for this table. Where that cannot be named, its command would be about another one.
    pub(super) fn about(self, table: Option<&str>) -> Step {
        match self {
            Step::Run(words)
                if table.is_none() && words.iter().any(|it| it.contains("{table}")) =>
            {
                COUNT
            }
            it => it,
        }
    }
}

/// What goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// The variable that names it.
    pub(super) variable: &'static str,
    /// Shows how much there is, in the table that goes where it is one of a database.
    pub(super) count: Step,
    /// Shows how much there is in all tables, where there are such.
    pub(super) count_of_all: Option<Step>,
    /// Makes a copy.
    pub(super) backup: Step,
    /// Runs a file of statements on it.
    pub(super) run: Option<&'static str>,
    /// Runs one that drops it, which cannot be done from within.
    pub(super) run_beside: Option<&'static str>,
}

/// Where no tool is known to count by.
const COUNT: Step = Step::Say("show here how much would go, by a count of it");

/// Where none is known to copy by.
const BACKUP: Step = Step::Say("back it up here, and stop unless the backup is there");

/// What nobody counts as a whole, and no file of statements is run on.
const PLAIN: Subject = Subject {
    variable: "TARGET",
    count: COUNT,
    count_of_all: None,
    backup: BACKUP,
    run: None,
    run_beside: None,
};

static POSTGRES: Subject = Subject {
    variable: "DB_NAME",
    count_of_all: Some(Step::Run(&[
        "psql",
        "-c",
        "SELECT count(*), sum(n_live_tup) FROM pg_stat_user_tables",
        "{}",
    ])),
    count: Step::Run(&["psql", "-c", "SELECT count(*) FROM {table}", "{}"]),
    backup: Step::Run(&["pg_dump", "-Fc", "-f", "before.dump", "{}"]),
    run: Some("psql -v ON_ERROR_STOP=1 -f FILE \"$DB_NAME\""),
    run_beside: Some("psql -v ON_ERROR_STOP=1 -f FILE postgres"),
};

static MYSQL: Subject = Subject {
    variable: "DB_NAME",
    count_of_all: Some(Step::Run(&["mysqlshow", "--count", "{}"])),
    count: Step::Run(&["mysql", "-e", "SELECT count(*) FROM {table}", "{}"]),
    backup: Step::Run(&["mysqldump", "--result-file=before.sql", "{}"]),
    run: Some("mysql \"$DB_NAME\" < FILE"),
    run_beside: Some("mysql < FILE"),
};

static SQL_SERVER: Subject = Subject {
    variable: "DB_NAME",
    count_of_all: Some(Step::Run(&[
        "sqlcmd",
        "-Q",
        "SELECT count(*), sum(rows) FROM sys.partitions",
        "-d",
        "{}",
    ])),
    count: Step::Run(&["sqlcmd", "-Q", "SELECT count(*) FROM {table}", "-d", "{}"]),
    backup: Step::Say("take a backup: BACKUP DATABASE ... TO DISK = N'before.bak'"),
    run: Some("sqlcmd -b -d \"$DB_NAME\" -i FILE"),
    run_beside: Some("sqlcmd -b -d master -i FILE"),
};

static SQLITE: Subject = Subject {
    variable: "DB_FILE",
    count_of_all: Some(Step::Run(&["sqlite3", "{}", "SELECT count(*) FROM sqlite_master"])),
    count: Step::Run(&["sqlite3", "{}", "SELECT count(*) FROM {table}"]),
    backup: Step::Run(&["sqlite3", "{}", ".backup before.db"]),
    run: Some("sqlite3 -bail \"$DB_FILE\" < FILE"),
    ..PLAIN
};

static CASSANDRA: Subject = Subject {
    variable: "KEYSPACE",
    count: Step::Run(&["cqlsh", "-k", "{}", "-e", "SELECT count(*) FROM {table}"]),
    backup: Step::Run(&["nodetool", "snapshot", "-t", "before", "{}"]),
    run: Some("cqlsh -k \"$KEYSPACE\" -f FILE"),
    run_beside: Some("cqlsh -f FILE"),
    ..PLAIN
};

static NEO4J: Subject = Subject {
    variable: "DB_NAME",
    count: Step::Run(&["cypher-shell", "-d", "{}", "MATCH (n) RETURN count(n)"]),
    backup: Step::Run(&["neo4j-admin", "database", "backup", "{}"]),
    run: Some("cypher-shell -d \"$DB_NAME\" -f FILE"),
    run_beside: Some("cypher-shell -d system -f FILE"),
    ..PLAIN
};

static MONGO: Subject = Subject {
    variable: "DB_NAME",
    count_of_all: Some(Step::Run(&["mongosh", "{}", "--eval", "db.stats().objects"])),
    count: Step::Run(&["mongosh", "{}", "--eval", "db.{table}.countDocuments()"]),
    backup: Step::Run(&["mongodump", "--archive=before.archive", "--db", "{}"]),
    run: Some("mongosh \"$DB_NAME\" FILE"),
    ..PLAIN
};

static REDIS: Subject = Subject {
    variable: "REDIS_HOST",
    count: Step::Run(&["redis-cli", "-h", "{}", "DBSIZE"]),
    backup: Step::Run(&["redis-cli", "-h", "{}", "--rdb", "before.rdb"]),
    ..PLAIN
};

/// A store whose tools are not known, or a file of SQL that does not say which it is for.
static STORE: Subject = Subject {
    variable: "DB_NAME",
    count: COUNT,
    backup: BACKUP,
    run: Some("# the command that runs FILE on \"$DB_NAME\" and stops at the first error"),
    run_beside: Some("# the command that runs FILE, connected to another one than \"$DB_NAME\""),
    ..PLAIN
};

static TENANT: Subject = Subject {
    variable: "TENANT_ID",
    count: Step::Say("by this id: show the name of the tenant, and a count of its rows"),
    backup: BACKUP,
    ..PLAIN
};

static FILES: Subject = Subject {
    variable: "TARGET_DIR",
    count: Step::Run(&["find", "{}", "-type", "f", "-print"]),
    backup: Step::Run(&["tar", "-czf", "before.tgz", "{}"]),
    ..PLAIN
};

static FILES_OF_WINDOWS: Subject = Subject {
    variable: "TARGET_DIR",
    count: Step::Run(&["Get-ChildItem", "-Recurse", "-File", "{}"]),
    backup: Step::Run(&["Compress-Archive", "-DestinationPath", "before.zip", "-Path", "{}"]),
    ..PLAIN
};

static TERRAFORM: Subject = Subject {
    variable: "TF_WORKSPACE",
    count: Step::Run(&["terraform", "plan", "-destroy"]),
    backup: Step::Say("take a snapshot of what holds data: a plan has no copy of it"),
    ..PLAIN
};

static CLUSTER: Subject = Subject {
    variable: "NAMESPACE",
    count: Step::Run(&["kubectl", "get", "all,pvc,secret", "-n", "{}"]),
    backup: Step::Run(&[
        "velero",
        "backup",
        "create",
        "before",
        "--wait",
        "--include-namespaces",
        "{}",
    ]),
    ..PLAIN
};

static BUCKET: Subject = Subject {
    variable: "BUCKET_URL",
    count: Step::Run(&["aws", "s3", "ls", "--recursive", "--summarize", "{}"]),
    backup: Step::Run(&["aws", "s3", "cp", "--recursive", "{}", "before"]),
    ..PLAIN
};

static CLOUD: Subject = Subject {
    variable: "TARGET",
    count: Step::Say("list here what would go, by the tool of the provider"),
    backup: Step::Say("take a snapshot here of what holds data, and wait until it is done"),
    ..PLAIN
};

static BORG: Subject = Subject {
    variable: "BORG_REPO",
    count: Step::Run(&["borg", "list", "{}"]),
    backup: BACKUPS.backup,
    ..PLAIN
};

static RESTIC: Subject = Subject {
    variable: "RESTIC_REPOSITORY",
    count: Step::Run(&["restic", "-r", "{}", "snapshots"]),
    backup: BACKUPS.backup,
    ..PLAIN
};

static BACKUPS: Subject = Subject {
    variable: "TARGET",
    count: Step::Say("list here the backups that would go"),
    backup: Step::Say("see that a newer one is there, elsewhere, and can be restored"),
    ..PLAIN
};

static GIT: Subject = Subject {
    variable: "BRANCH",
    count: Step::Run(&["git", "log", "--oneline", "HEAD..@{upstream}"]),
    backup: Step::Run(&["git", "bundle", "create", "before.bundle", "--all"]),
    ..PLAIN
};

/// Parts of what an operation is called by that tell the store.
const STORES: &[(&[&str], &Subject)] = &[
    (&["psql", "dropdb", "pg", "postgres", "postgresql"], &POSTGRES),
    (&["mysql", "mariadb"], &MYSQL),
    (&["sqlite"], &SQLITE),
    (&["sqlcmd", "mssql", "smo"], &SQL_SERVER),
    (&["cqlsh", "cassandra"], &CASSANDRA),
    (&["cypher", "neo4j"], &NEO4J),
    (&["mongo", "mongosh", "pymongo", "mongoose"], &MONGO),
    (&["redis", "keydb", "valkey"], &REDIS),
    (
        &[
            "es",
            "elasticsearch",
            "couch",
            "influx",
            "kafka",
            "nats",
            "rabbitmq",
            "firestore",
            "dynamodb",
            "key_value",
            "search",
            "web",
            "store",
        ],
        &STORE,
    ),
];

/// Those that tell what is destroyed of a cloud.
const CLOUDS: &[(&[&str], &Subject)] = &[
    (&["terraform", "tofu", "tf"], &TERRAFORM),
    (&["kubectl", "helm"], &CLUSTER),
    (&["s3"], &BUCKET),
];

const COPIES: &[(&[&str], &Subject)] = &[(&["borg"], &BORG), (&["restic"], &RESTIC)];

/// What is about several stores, and seldom about MongoDB, whose calls have the same names.
const OF_SEVERAL: &[&str] = &["sequelize"];

/// What this operation is about.
pub(super) fn of(script: &Script, operation: Option<&Operation>) -> &'static Subject {
    let Some(operation) = operation else { return of_store(script, None) };
    match operation.scope {
        Scope::Database | Scope::Table => of_store(script, Some(operation)),
        Scope::Tenant => &TENANT,
        Scope::Files if script.language == Language::PowerShell => &FILES_OF_WINDOWS,
        Scope::Files => &FILES,
        Scope::Cloud => among(CLOUDS, operation).unwrap_or(&CLOUD),
        Scope::Backup => among(COPIES, operation).unwrap_or(&BACKUPS),
        Scope::GitHistory => &GIT,
    }
}

/// By what the operation is called by, or else what the file connects to. No other is ever guessed: its tools would copy another
/// database, and let this one go.
fn of_store(script: &Script, operation: Option<&Operation>) -> &'static Subject {
    match script.manner {
        Some(Manner::Sql(it)) => of_dialect(it),
        _ if script.language == Language::Sql => &STORE,
        _ => operation
            .filter(|it| !says(it, OF_SEVERAL))
            .and_then(|it| among(STORES, it))
            .or_else(|| script.database.map(of_dialect))
            .unwrap_or(&STORE),
    }
}

fn of_dialect(dialect: Dialect) -> &'static Subject {
    match dialect {
        Dialect::Postgres => &POSTGRES,
        Dialect::MySql => &MYSQL,
        Dialect::SqlServer => &SQL_SERVER,
        Dialect::Sqlite => &SQLITE,
        Dialect::Cassandra => &CASSANDRA,
        Dialect::Neo4j => &NEO4J,
    }
}

/// The first whose parts are in what the operation runs within or is called by.
fn among(all: &[(&[&str], &'static Subject)], operation: &Operation) -> Option<&'static Subject> {
    all.iter().find(|(words, _)| says(operation, words)).map(|(_, subject)| *subject)
}

/// Whether one of these words is in what an operation runs within or is called by. The names in a statement are those of tables.
fn says(operation: &Operation, words: &[&str]) -> bool {
    let is_end = |it: char| !it.is_ascii_alphanumeric() && it != '_';
    let name = if is_sql(operation) { "" } else { operation.name.as_str() };
    let said = [operation.kind.id, name].into_iter().chain(operation.layers.iter().copied());
    let mut parts = said.flat_map(|it| it.split(is_end)).map(str::to_lowercase);
    parts
        .any(|part| words.contains(&part.as_str()) || part.split('_').any(|it| words.contains(&it)))
}

pub(super) fn is_sql(operation: &Operation) -> bool {
    operation.layers.last() == Some(&Language::Sql.word())
}
