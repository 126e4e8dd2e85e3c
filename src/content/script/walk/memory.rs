//! Databases that are kept in memory, or in a file for a while: whatever a script does to them, nobody misses it.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::content::script::guards::called;
use crate::content::script::modules::module_of;
use crate::content::script::state::State;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Part, Shared};
use crate::content::script::value::{ENVIRONMENT, texts, way};
use crate::content::script::words::is_of_tests;

/// Expressions that are looked at to tell where a value comes from.
const STEPS: usize = 200;

/// The deepest of these.
const DEPTH: usize = 20;

/// Values of one name, and connections of a file, that are kept.
const VALUES: usize = 8;

/// Bytes of a text that is looked at for one statement.
const LONG: usize = 10_000;

/// Functions that open a database which their arguments name.
const OPENS: &[&str] = &[
    "connect",
    "create_engine",
    "create_async_engine",
    "createEngine",
    "createConnection",
    "createClient",
    "getConnection",
    "addConnection",
    "forRoot",
    "Database",
    "DatabaseSync",
    "DataSource",
    "Sequelize",
    "SqliteDatabase",
    "QdrantClient",
    "TinyDB",
    "PDO",
    "knex",
    "Knex",
    "drizzle",
    "JdbcTemplate",
    "JdbcConnectionPool.create",
    "Jdbi.create",
    "establish_connection",
    "DataMapper.setup",
    "Database.new",
    "gorm.Open",
    "sqlite.Open",
];

/// Those that are told first which driver opens it.
const OPENS_BY_DRIVER: &[&str] =
    &["sql.Open", "sqlx.Open", "sqlx.Connect", "sqlx.MustConnect", "sqlx.MustOpen"];

/// Functions that open the one that models go to which are not told of any.
const OPENS_FOR_ALL: &[&str] = &[
    "mongoose.connect",
    "createConnection",
    "createConnections",
    "addConnection",
    "establish_connection",
    "DataMapper.setup",
];

/// Clients that are made with the address of what they go to.
const CLIENTS: &[&str] = &[
    "MongoClient",
    "Redis",
    "IORedis",
    "Pool",
    "Client",
    "createClient",
    "createPool",
    "Sequelize",
    "DataSource",
];

/// Methods by which a client is told where its database is.
const TELLS: &[&str] = &["setURL", "setUrl", "setJdbcUrl"];

/// Fields in which it stands where a database is.
const FIELDS: &[&str] = &[
    "database",
    "storage",
    "filename",
    "file",
    "url",
    "uri",
    "dsn",
    "connection",
    "connectionString",
];

/// What stands for a store in tests: in memory, or in a container of its own.
const STAND_INS: &[&str] = &[
    "FakeRedis",
    "FakeStrictRedis",
    "RedisMock",
    "EphemeralClient",
    "MemoryStorage",
    "PGlite",
    "newDb",
    "MongoMemoryServer",
    "MongoMemoryReplSet",
    "EmbeddedDatabaseBuilder",
    "PostgresContainer",
    "PostgreSqlContainer",
    "MySqlContainer",
    "MongoDbContainer",
    "RedisContainer",
];

/// Those of them that are servers: who starts one goes there.
const SERVERS: &[&str] = &["MongoMemoryServer", "MongoMemoryReplSet"];

/// Modules of which everything does.
const MODULES: &[&str] = &["pg-mem", "mongo-mock", "ioredis-mock", "redis-mock"];

/// Functions that make a file or directory for a while.
const PASSES: &[&str] = &[
    "TemporaryDirectory",
    "NamedTemporaryFile",
    "TemporaryFile",
    "mkdtemp",
    "mkstemp",
    "mktemp",
    "mkdtempSync",
];

/// What the names of a file are set to anywhere in it, and what its models are connected to.
#[derive(Default)]
pub(super) struct Connections {
    values: HashMap<String, Vec<Option<Shared>>>,
    for_all: Vec<Shared>,
    /// Clients that go where they are told.
    clients: Vec<Shared>,
    /// Names that are told where a database is, and each such place.
    told: HashMap<String, Vec<Shared>>,
    /// A database that lies elsewhere is taken in beside that in memory: `ATTACH 'shop.db'`.
    attaches: bool,
    /// Values that may still be looked at for the question at hand.
    left: Cell<usize>,
    /// What is looked at stands on one of two ways, and which is taken is said from outside.
    pub(super) is_on_a_way: bool,
    pub(super) is_chosen: bool,
}

impl Connections {
    /// Keeps what a name is set to; none where nobody knows.
    pub(super) fn sets(&mut self, name: &str, value: Option<&Shared>) {
        self.attaches |= value.and_then(|it| beginning(it)).is_some_and(attaches);
        if value.is_some_and(|it| matches!(it.form, Form::Nothing)) {
            return;
        }
        let all = self.values.entry(name.to_owned()).or_default();
        if all.len() < VALUES {
            all.push(value.map(Rc::clone));
        }
        // It may be another as well.
        if all.len() <= VALUES && self.is_chosen || all.len() == VALUES {
            all.push(None);
        }
    }

    /// Keeps where a call leads what is not told of any connection.
    pub(super) fn opens(&mut self, of: &Shared, call: &Call) {
        let name = called(call);
        if let Form::Member(on, method) = &call.callee.form
            && TELLS.contains(&method.as_str())
            && let (Some(on), [url]) = (way(on), call.arguments.as_slice())
        {
            let told = self.told.entry(on).or_default();
            keep(told, &url.value);
            if self.is_chosen {
                keep(told, &unknown(of.line));
            }
        }
        let first = call.arguments.first().and_then(|it| beginning(&it.value));
        self.attaches |= first.is_some_and(attaches);
        let last = name.rsplit('.').next().unwrap_or_default();
        if CLIENTS.contains(&last) && !call.arguments.is_empty() {
            keep(&mut self.clients, of);
        }
        let is_started = name.split_once('.').is_some_and(|(first, _)| SERVERS.contains(&first));
        if is_started && !self.is_on_a_way {
            keep(&mut self.for_all, of);
        }
        let is_one = OPENS_FOR_ALL
            .iter()
            .any(|it| *it == name || !it.contains('.') && name.rsplit('.').next() == Some(it));
        if is_one && !call.arguments.is_empty() {
            keep(&mut self.for_all, of);
            if self.is_chosen {
                keep(&mut self.for_all, &unknown(of.line));
            }
        }
    }

    /// Whether all that models are connected to is in memory, and whatever else the file goes to.
    pub(super) fn are_in_memory(&self) -> bool {
        self.left.set(STEPS);
        !self.for_all.is_empty()
            && self.for_all.iter().chain(&self.clients).all(|it| self.is_in_memory(it, 0))
    }

    /// Whether a call is made on, or told, a database that is kept in memory or in a file for a while: on every way.
    pub(super) fn has(&self, call: &Call) -> bool {
        self.left.set(STEPS);
        let on = match &call.callee.form {
            // `duckdb.sql('...')`.
            Form::Member(on, name) if matches!(&on.form, Form::Name(it) if it == "duckdb") => {
                matches!(name.as_str(), "sql" | "execute" | "query")
                    && call.arguments.len() == 1
                    && !self.attaches
            }
            Form::Member(on, _) => self.is_in_memory(on, 0),
            _ => false,
        };
        // What a statement is given besides says nothing of where it runs.
        let is_statement = call.arguments.first().is_some_and(|it| !texts(&it.value).is_empty());
        on || !is_statement && call.arguments.iter().any(|it| self.is_in_memory(&it.value, 0))
    }

    /// Whether one more value may be looked at for the question at hand.
    fn may_look(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    fn is_in_memory(&self, of: &Shared, depth: usize) -> bool {
        if depth > DEPTH || !self.may_look() {
            return false;
        }
        let inner = |it: &Shared| self.is_in_memory(it, depth + 1);
        match &of.form {
            Form::Call(call) => self.gives_memory(call, depth),
            Form::Name(_) | Form::Environment(..) | Form::Member(..) => {
                self.is_named(of, false, depth)
                    || matches!(&of.form, Form::Member(on, _) if inner(on))
            }
            Form::Outcome { value, .. } => inner(value),
            Form::Either(all) => !all.is_empty() && all.iter().all(inner),
            Form::Map(pairs) => pairs.iter().any(|(key, value)| {
                key.literal().is_some_and(|it| FIELDS.contains(&it.as_str()))
                    && (self.is_of_memory(value, depth) || inner(value))
            }),
            _ => false,
        }
    }

    fn gives_memory(&self, call: &Call, depth: usize) -> bool {
        let name = called(call);
        let last = name.rsplit('.').next().unwrap_or_default();
        let is_given = call.arguments.iter().any(|it| !matches!(it.value.form, Form::Map(_)));
        let stands_in = STAND_INS.contains(&last)
            && !(matches!(last, "newDb" | "PGlite") && is_given)
            || name.split_once('.').is_some_and(|(first, _)| STAND_INS.contains(&first))
            || name.starts_with("mongomock.")
            || name == "chromadb.Client" && call.arguments.is_empty()
            || name == "postgresql.Postgresql"
            || name == "duckdb.connect" && call.arguments.is_empty() && !self.attaches
            || is_chroma_in_memory(&name, call);
        if stands_in {
            return true;
        }
        let opens = OPENS.iter().any(|it| *it == last || it.contains('.') && *it == name)
            || CLIENTS.contains(&last);
        // Active Record is told by names, and DataMapper behind that of the connection.
        if matches!(name.as_str(), "Base.establish_connection" | "DataMapper.setup") {
            let of_path = |it: &&Argument| it.name.as_deref().is_none_or(|it| FIELDS.contains(&it));
            return call.arguments.iter().filter(of_path).any(|it| {
                self.is_of_memory(&it.value, depth) || self.is_in_memory(&it.value, depth + 1)
            });
        }
        let by_driver = OPENS_BY_DRIVER.contains(&name.as_str());
        let told = call.arguments.get(usize::from(by_driver));
        match told.filter(|_| opens || by_driver) {
            Some(first) => {
                self.is_of_memory(&first.value, depth) || self.is_in_memory(&first.value, depth + 1)
            }
            None => match &call.callee.form {
                Form::Member(on, _) => self.is_in_memory(on, depth + 1),
                _ => self.is_in_memory(&call.callee, depth + 1),
            },
        }
    }

    /// Whether a name is one of what is in memory, wherever the file sets it.
    fn is_named(&self, of: &Expression, is_address: bool, depth: usize) -> bool {
        let name = match &of.form {
            Form::Environment(name, None) => format!("{ENVIRONMENT}{name}"),
            _ => match way(of) {
                Some(name) => name,
                None => return false,
            },
        };
        let is_of_it = |it: &Shared| self.is_of_memory(it, depth + 1);
        if let Some(told) = self.told.get(&name) {
            return told.iter().all(is_of_it);
        }
        if let Some(modules) = self.values.get(&module_of(&name)) {
            let is_mock = |it: &Option<Shared>| {
                it.as_ref().and_then(|it| it.literal()).is_some_and(|it| MODULES.contains(&&*it))
            };
            return modules.iter().all(is_mock);
        }
        let known = self.values.get(&name).map(Vec::as_slice).unwrap_or_default();
        let is_memory =
            |it: &Shared| is_address && is_of_it(it) || self.is_in_memory(it, depth + 1);
        !known.is_empty() && known.iter().all(|it| it.as_ref().is_some_and(is_memory))
    }

    /// `:memory:`, `sqlite://`, or a path below a directory for a while.
    fn is_of_memory(&self, of: &Shared, depth: usize) -> bool {
        if let Some(text) = of.literal() {
            return is_url_of_memory(&text);
        }
        // `process.env.DATABASE_URL_TEST`.
        if let Form::Environment(name, None) = &of.form {
            return is_of_tests(name);
        }
        if !self.may_look() {
            return false;
        }
        if depth < DEPTH && matches!(of.form, Form::Name(_) | Form::Member(..)) {
            // `with NamedTemporaryFile() as file: connect(file.name)`.
            let of_file = |it: &Form| match it {
                Form::Member(file, name) if name == "name" => self.is_of_memory(file, depth + 1),
                _ => false,
            };
            return self.is_named(of, true, depth + 1) || of_file(&of.form);
        }
        if beginning(of).is_some_and(is_of_memory_alone) {
            return true;
        }
        let mut open = vec![Rc::clone(of)];
        while let Some(it) = open.pop().filter(|_| self.may_look()) {
            match &it.form {
                // One of several: it may be another.
                Form::Either(all) | Form::Any(all) if all.len() > 1 => {}
                Form::Choice(..) | Form::Environment(..) => {}
                Form::Call(call)
                    if PASSES.contains(&called(call).rsplit('.').next().unwrap_or_default()) =>
                {
                    return true;
                }
                _ => open.extend(it.children().into_iter().map(Rc::clone)),
            }
        }
        false
    }
}

/// Whether a store of vectors is made that is told neither where it is kept nor of a client that knows: `Chroma.from_documents(all, by)`.
fn is_chroma_in_memory(name: &str, call: &Call) -> bool {
    let is_one = matches!(name, "Chroma" | "Chroma.from_documents" | "Chroma.from_texts");
    let (named, by_place): (Vec<_>, Vec<_>) =
        call.arguments.iter().partition(|it| it.name.is_some());
    let is_of_content = |it: &str| {
        matches!(
            it,
            "documents"
                | "texts"
                | "embedding"
                | "embedding_function"
                | "collection_name"
                | "ids"
                | "metadatas"
                | "collection_metadata"
        )
    };
    is_one
        && by_place.len() < 3
        && named.iter().all(|it| it.name.as_deref().is_some_and(is_of_content))
}

/// Keeps one more; behind too many stands what nobody knows.
fn keep(all: &mut Vec<Shared>, one: &Shared) {
    match all.len() {
        n if n < VALUES => all.push(Rc::clone(one)),
        VALUES => all.push(unknown(one.line)),
        _ => {}
    }
}

fn unknown(line: u32) -> Shared {
    Expression::new(line, Form::Other(Vec::new()))
}

/// What a text begins with, as far as it is plain.
fn beginning(of: &Expression) -> Option<&str> {
    match &of.form {
        Form::Text(parts) => match parts.first() {
            Some(Part::Plain { text, .. }) => Some(text),
            _ => None,
        },
        Form::Join(parts) => beginning(parts.first()?),
        _ => None,
    }
}

/// Whether a statement takes in a database that lies elsewhere: `ATTACH 'shop.db'`, `CALL postgres_attach(...)`.
fn attaches(text: &str) -> bool {
    text.len() < LONG && text.to_uppercase().contains("ATTACH")
}

/// Whether an address is one in memory, whatever the name behind it.
fn is_of_memory_alone(text: &str) -> bool {
    let of_java = ["jdbc:h2:mem:", "jdbc:hsqldb:mem:", "jdbc:derby:memory:"];
    of_java.iter().any(|it| text.starts_with(it)) || text.contains(":memory:")
}

/// Whether a database is in memory, in a directory for a while or one of tests by its address or path.
fn is_url_of_memory(text: &str) -> bool {
    let path = text.trim_start_matches("sqlite:///").split('?').next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let is_file = name.ends_with(".db") || name.ends_with(".sqlite") || name.ends_with(".sqlite3");
    is_of_memory_alone(text)
        || text == "sqlite://"
        || is_file
            && (path.starts_with("/tmp/") && !path.contains("..")
                || !path.starts_with('/') && is_of_tests(stem))
}

/// Whether the address of the database, by the name that frameworks look at, was set to one of these before:
/// `os.environ['DATABASE_URL'] = 'sqlite:///:memory:'`.
pub(super) fn is_set_to_memory(state: &State) -> bool {
    state.names.iter().any(|(name, value)| {
        let name = name.rsplit(['.', '|']).next().unwrap_or_default();
        let is_address =
            matches!(name, "DATABASE_URL" | "DATABASE_URI" | "SQLALCHEMY_DATABASE_URI" | "DB_URL");
        is_address && value.literal().is_some_and(|it| is_url_of_memory(&it))
    })
}
