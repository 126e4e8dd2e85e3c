//! What the place of a script says of it: tests clean up after themselves, and migrations are reviewed as such.

mod state;

use bstr::{BStr, ByteSlice};

use super::{operations, words};

pub(super) use state::{is_of_store, is_state};

/// Directories of tests and their data.
const TESTS: &[&str] = &[
    "test",
    "tests",
    "spec",
    "specs",
    "__tests__",
    "__mocks__",
    "e2e",
    "cypress",
    "testdata",
    "fixtures",
    "fixture",
    "integration-tests",
    "test-utils",
    "functional_tests",
    "integration_tests",
    "testcases",
    "testsuite",
    "unittests",
    "unit-tests",
    "unit_tests",
    "regress",
    "node_modules",
    "vendor",
    "third_party",
    "docs",
    "doc",
    "site-packages",
    "third-party",
    "type-tests",
    "molecule",
    ".yarn",
    "examples",
    "exercises",
    "samples",
];

/// Directories that are often those of tests, of images or of revisions, and as often are not.
const UNSURE: &[&str] = &["testing", "unit", "packer", "benchmarks", "versions"];

/// Words of a name that say that whoever runs the file wants data gone.
const DESTROYS: &[&str] = &[
    "clear",
    "clean",
    "reset",
    "drop",
    "delete",
    "wipe",
    "remove",
    "purge",
    "destroy",
    "teardown",
    "nuke",
    "truncate",
    "flush",
    "prod",
    "production",
];

/// Directories of what others wrote, or of what is only read.
const OTHERS: &[&str] = &["node_modules", "vendor", "third_party", "docs", "doc", "jstests"];

/// Directories of migrations.
const MIGRATIONS: &[&str] = &[
    "migrations",
    "migration",
    "migrate",
    "changelog",
    "changelogs",
    "flyway",
    "liquibase",
    "upgrades",
    "revisions",
];

/// Whether nothing in a file at this path is run against data that anybody keeps, or it is a migration.
pub(super) fn is_harmless(path: &BStr, bytes: &[u8]) -> bool {
    let path = path.to_str_lossy().to_lowercase();
    let (directories, name) = path.rsplit_once('/').unwrap_or(("", path.as_str()));
    let directories: Vec<&str> = directories.split('/').collect();
    let is_in = |all: &[&str]| directories.iter().any(|it| all.contains(it));
    // What Yarn writes for itself.
    let is_of_yarn = name.starts_with(".pnp.");
    // A program of Go is run by hand wherever it lies: `cmd/migration/drop/main.go`.
    let is_program = name.ends_with(".go") && bytes.lines().any(|it| it == b"package main");
    is_of_yarn
        || is_in(TESTS)
        || is_in(UNSURE) && !says_wipe(name)
        || name.ends_with(".java") && is_beside_main(&directories)
        || is_of_migrations(&directories) && !is_run_by_hand(name, bytes) && !is_program
        || directories.iter().any(|it| it.contains("migration"))
            && may_migrate(name)
            && !is_run_by_hand(name, bytes)
            && !is_program
        || is_test(name) && !is_no_test(name, bytes)
        || is_migration(name)
        || (is_way_back(&directories, name) || is_in(&["drizzle"]) && is_numbered(name))
            && !is_run_by_hand(name, bytes)
            && !begins_with_wipe(name)
        || is_sample(&directories)
        || is_in(&["upgrade", "upgrader"]) && is_version(name)
}

/// Whether a file of SQL leads back from a migration, as its directory says: `down/`, `db/rollbacks/R4__orders.sql`, `revert/` of
/// sqitch.
fn is_way_back(directories: &[&str], name: &str) -> bool {
    let is_one = |it: &&str| matches!(*it, "down" | "revert" | "rollback" | "rollbacks");
    name.ends_with(".sql") && directories.iter().any(is_one)
}

/// Whether a file of SQL lies where it is run on a database that is new: one in memory, or that of a container at its first start.
pub(super) fn is_for_new(path: &BStr) -> bool {
    let path = path.to_str_lossy().to_lowercase();
    let is_in = |all: &[&str]| path.split('/').any(|it| all.contains(&it));
    let name = path.rsplit('/').next().unwrap_or_default();
    let fills = ["schema", "data", "init", "import", "create", "populate"];
    is_in(&["docker-entrypoint-initdb.d"])
        || is_in(&["h2", "hsqldb"])
            && (is_in(&["resources"]) || fills.iter().any(|it| name.starts_with(it)))
}

/// Whether a directory is one of migrations; `cmd/migrate/` is that of a program which anybody runs.
fn is_of_migrations(directories: &[&str]) -> bool {
    let before = std::iter::once(&"").chain(directories);
    directories.iter().zip(before).any(|(it, before)| MIGRATIONS.contains(it) && *before != "cmd")
}

/// Whether a file is in a language in which migrations are written; a playbook below `pre-migration/` is none.
fn may_migrate(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, it)| it);
    !matches!(ending, "sh" | "bash" | "ps1" | "yml" | "yaml" | "mk" | "tf")
}

/// Whether a file beside migrations is none: `liquibase/drop_all.sh`, `migrations/reset.js`.
fn is_run_by_hand(name: &str, bytes: &[u8]) -> bool {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_script = match ending {
        "sh" | "bash" | "ps1" => true,
        // `migrations/reset_data.sql`: no step of a schema is called so.
        "sql" => {
            let bare = stem.trim_start_matches(|it: char| it.is_ascii_digit() || "_-".contains(it));
            let bare = bare.replace("complete", "all").replace("full", "all");
            return (bare == "reset" || bare.contains(['_', '-'])) && operations::says_reset(&bare);
        }
        "js" | "mjs" | "cjs" | "ts" | "mts" => {
            let is_numbered = stem.starts_with(|it: char| it.is_ascii_digit());
            !is_numbered && !["up", "down"].iter().any(|it| defines(bytes, it))
        }
        _ => false,
    };
    is_script && says_wipe(name)
}

/// Whether a file is called after wiping above all: `0001_wipe_users.sql`. Steps of a schema drop and remove.
fn begins_with_wipe(name: &str) -> bool {
    let bare = name.trim_start_matches(|it: char| it.is_ascii_digit() || "_-".contains(it));
    let first = bare.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    matches!(first, "wipe" | "nuke")
}

/// Whether a text in JavaScript defines what a tool calls by this name: `exports.up = ...`, `async up(queryInterface) {`.
fn defines(bytes: &[u8], name: &str) -> bool {
    let before = ["export", "async", "function", "const", "exports.", "module."];
    bytes.lines().any(|line| {
        let mut rest = line.trim_ascii_start();
        while let Some(it) = before.iter().find_map(|it| rest.strip_prefix(it.as_bytes())) {
            rest = it.trim_ascii_start();
        }
        let behind = rest.strip_prefix(name.as_bytes()).map(<[u8]>::trim_ascii_start);
        matches!(behind.and_then(<[u8]>::first), Some(b'(' | b'=' | b':' | b','))
    })
}

/// Whether a directory holds programs that show how something is done: `example/` above all others, `shop-examples/`. A package
/// of Java may be called so as well.
fn is_sample(directories: &[&str]) -> bool {
    directories.first().is_some_and(|it| matches!(*it, "example" | "sample"))
        || directories.iter().any(|it| it.ends_with("-examples") || it.ends_with("-samples"))
}

/// What a file is called, without its directories and ending; `cmd/wipe/main.go` and `api/wipe/route.ts` are called as their
/// directories are.
pub(super) fn name(path: &BStr) -> String {
    let path = path.to_str_lossy();
    let mut parts = path.rsplit('/');
    let stem = parts.next().and_then(|it| it.split('.').next()).unwrap_or_default();
    let is_first = matches!(stem, "main" | "index" | "__main__" | "route" | "+server");
    parts.next().filter(|_| is_first).unwrap_or(stem).to_owned()
}

/// Whether a name says that data goes: `wipe_prod.py`.
fn says_wipe(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    stem.split(|it: char| !it.is_alphanumeric()).any(|it| DESTROYS.contains(&it))
}

/// Whether a file that is called as a test is none: one of Python that wipes by its name, with no test in it, `reset_db_test.py`, or
/// one of a shell that works with what is of production, `psql "$PROD_URL"`.
fn is_no_test(name: &str, bytes: &[u8]) -> bool {
    if name.ends_with(".sh") {
        return bytes.lines().any(|it| works_in_production(&it.to_str_lossy()));
    }
    let tests = ["def test", "class Test", "unittest", "pytest", "TestCase"];
    let is_python = name.ends_with(".py") && name != "conftest.py";
    is_python && says_wipe(name) && !tests.iter().any(|it| bytes.contains_str(it))
}

/// Whether a command looks at a variable of production, or runs something on a machine of it.
fn works_in_production(line: &str) -> bool {
    let line = line.trim_start();
    let is_said = ["#", "echo", "export"].iter().any(|it| line.starts_with(it));
    let is_name = |it: char| it.is_alphanumeric() || it == '_';
    let mut named = line.split('$').skip(1).map(|it| {
        let it = it.trim_start_matches('{');
        it.split(|it| !is_name(it)).next().unwrap_or_default()
    });
    let is_remote = line.starts_with("ssh ") && words::says_production(line);
    !is_said && (is_remote || named.any(words::says_production))
}

/// `0003_drop_scores.sql`: a step of drizzle-kit, which writes them into a directory that is called after it.
fn is_numbered(name: &str) -> bool {
    let number = name.split('_').next().unwrap_or_default();
    name.ends_with(".sql") && number.len() == 4 && number.bytes().all(|it| it.is_ascii_digit())
}

/// `V6_14_0.php`: what is done once on the way to a version.
fn is_version(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let numbers: Vec<&str> = stem.trim_start_matches('v').split(['_', '.', '-']).collect();
    let is_number = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    numbers.len() > 1 && numbers.iter().all(is_number)
}

/// Whether it is a script of a Debian package which tells by itself that the package is purged: then its data goes as well.
pub(super) fn is_run_by_purge(path: &BStr, bytes: &[u8]) -> bool {
    let path = path.to_str_lossy();
    let name = path.rsplit('/').next().unwrap_or_default();
    let step = name.rsplit('.').next().unwrap_or_default();
    let says = |it: &[u8]| !it.trim_start().starts_with(b"#") && it.contains_str("purge");
    matches!(step, "prerm" | "postrm") && bytes.lines().any(says)
}

/// Whether a script among tests is none of them: one for the shell of MongoDB, that runs against what that is connected to.
pub(super) fn is_of_mongo_shell(path: &BStr, bytes: &[u8]) -> bool {
    let path = path.to_str_lossy().to_lowercase();
    let mut parts = path.split('/');
    let name = parts.next_back().unwrap_or_default();
    let is_own = parts.all(|it| !MIGRATIONS.contains(&it) && !OTHERS.contains(&it));
    let is_plain = name.ends_with(".js") && !name.contains("test") && !name.contains("spec");
    let has = |all: &[&str]| all.iter().any(|it| bytes.contains_str(it));
    is_own
        && is_plain
        && bytes.len() < 1 << 16
        && has(&["db.getCollectionNames(", "db.dropDatabase(", "db.getSiblingDB("])
        && !has(&["require(", "import ", "export", "describe(", "it(", "assert", "jsTest"])
}

/// Whether a directory of Maven or Gradle holds what is built beside the program: `src/examples`, `src/integrationTest`.
fn is_beside_main(directories: &[&str]) -> bool {
    directories.windows(2).any(|it| {
        it[0] == "src"
            && (it[1].contains("test")
                || matches!(it[1], "examples" | "example" | "samples" | "it" | "jmh"))
    })
}

/// Whether a module lies where `manage.py runscript` of django-extensions looks for those that it runs by their name.
pub(super) fn is_run_by_name(path: &BStr) -> bool {
    path.to_str_lossy().rsplit('/').nth(1) == Some("scripts")
}

/// Whether a file holds the tasks of fabric.
pub(super) fn is_fabfile(path: &BStr) -> bool {
    path.to_str_lossy().rsplit('/').next() == Some("fabfile.py")
}

/// Whether a file lies where an application keeps functions that its other files call.
pub(super) fn is_of_helpers(path: &BStr) -> bool {
    let path = path.to_str_lossy().to_lowercase();
    let directory = path.rsplit('/').nth(1).unwrap_or_default();
    matches!(directory, "util" | "utils" | "helper" | "helpers")
}

/// Whether a file of Go lies where its program keeps what its commands do: `cmd/drop.go`.
pub(super) fn is_of_commands(path: &BStr) -> bool {
    let path = path.to_str_lossy();
    let mut parts = path.rsplit('/').skip(1);
    // What an application does for others lies in a directory of commands as well: `services/command/delete_all.go`.
    let is_of_application = ["service", "services", "usecase", "usecases", "application", "domain"];
    parts.next().is_some_and(|it| matches!(it, "cmd" | "commands" | "command"))
        && !parts.any(|it| is_of_application.contains(&it))
        && says_wipe(path.rsplit('/').next().unwrap_or_default())
}

/// Whether a directory says that what is in it is for the machine of a developer.
pub(super) fn is_for_development(path: &BStr) -> bool {
    let path = path.to_str_lossy().to_lowercase();
    path.split('/').any(|it| {
        matches!(
            it,
            "dev"
                | "devenv"
                | ".devcontainer"
                | "hack"
                | "dotfiles"
                | "local-dev"
                | "playground"
                | "sandbox"
        )
    })
}

/// Whether a script is called after taking down what a cluster holds, and whoever runs it has chosen the cluster: `hack/uninstall.sh`.
/// One that is called after tests, or makes or asks for a cluster on this machine, is about that.
pub(super) fn says_taken_down(path: &BStr, text: &str) -> bool {
    let name = name(path);
    let has =
        |all: &[&str]| name.split(|it: char| !it.is_alphanumeric()).any(|it| all.contains(&it));
    let near = ["kind create cluster", "kind get clusters", "minikube ", "k3d cluster", "kind-"];
    has(&["cleanup", "uninstall", "teardown", "nuke", "destroy", "wipe", "purge"])
        && !has(&["kind", "k3d", "minikube", "e2e", "test", "tests", "local"])
        && !near.iter().any(|it| text.contains(it))
}

/// `test_app.py`, `app_test.go`, `app.spec.ts`, `conftest.py`.
fn is_test(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let parts: Vec<&str> = name.split('.').collect();
    matches!(name, "conftest.py" | "runtests.py")
        || [
            "jest.",
            "vitest.",
            "globalsetup.",
            "global-setup.",
            "globalteardown.",
            "global-teardown.",
        ]
        .iter()
        .any(|it| name.starts_with(it))
        || (name.starts_with("test_") && name.ends_with(".py"))
        || ["_test", "_tests", "_spec"].iter().any(|it| stem.ends_with(it))
            && !name.ends_with(".sh")
            && !name.ends_with(".sql")
        // `bin/db-scripts-tests`
        || stem.ends_with("-tests") && stem.len() == name.len()
        || name.ends_with(".sh") && (is_test_run(stem) || is_of_sharness(stem))
        || parts
            .iter()
            .skip(1)
            .any(|it| matches!(*it, "test" | "tests" | "spec" | "cy" | "e2e" | "stories" | "bats"))
        || (name.ends_with(".java") || name.ends_with(".php") || name.ends_with(".kt"))
            && (stem.ends_with("test") || stem.ends_with("tests"))
}

/// `t0001-init.sh`: a test of git or of another program that has its harness (https://github.com/felipec/sharness).
fn is_of_sharness(stem: &str) -> bool {
    let (number, name) = stem.split_once('-').unwrap_or_default();
    let digits = number.strip_prefix('t').unwrap_or_default();
    digits.len() == 4 && digits.bytes().all(|it| it.is_ascii_digit()) && !name.is_empty()
}

/// `test.sh`, `run-tests.sh`, `test_migrations.sh`.
fn is_test_run(stem: &str) -> bool {
    let mut words = stem.split(['-', '_']);
    let verb = words.next().unwrap_or_default();
    if DESTROYS.iter().any(|it| stem.contains(it)) {
        return false;
    }
    if ["_test", "-test", "_tests", "-tests"].iter().any(|it| stem.ends_with(it)) {
        return true;
    }
    matches!(verb, "test" | "tests" | "e2e" | "bench" | "benchmark")
        || matches!(verb, "run" | "ci")
            && words.next().is_some_and(|it| matches!(it, "test" | "tests" | "e2e"))
}

/// Whether it is a script that brings an extension of PostgreSQL from one version to another, as `CREATE EXTENSION` has them called:
/// `timescaledb--2.13.1--2.14.0.sql`, or the same before it is built, without the name of the extension.
/// <https://www.postgresql.org/docs/current/extend-extensions.html>, "Extension Updates".
fn is_update_of_extension(name: &str) -> bool {
    let stem = name.strip_suffix(".sql").unwrap_or_default();
    let mut parts = stem.rsplit("--");
    let is_one =
        |it: Option<&str>| it.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()));
    is_one(parts.next()) && is_one(parts.next())
}

/// `V1__users.sql`, `0001_init.up.sql`, `20200101120000_users.rb`.
fn is_migration(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let is_versioned = name.starts_with('v') && name.contains("__") && name.ends_with(".sql");
    // Scripts of a shell are dated as well, and no tool for migrations runs those.
    let is_of_tool = [".sql", ".rb", ".py", ".php"].iter().any(|it| name.ends_with(it));
    let is_stamped = is_of_tool
        && digits >= 8
        && name.as_bytes().get(digits).is_some_and(|it| matches!(it, b'_' | b'-'));
    let is_of_extension = is_update_of_extension(name);
    is_versioned
        || is_stamped
        || is_of_extension
        || name.ends_with(".up.sql")
        || name.ends_with(".down.sql")
}

/// Whether a program puts JavaScript together at this path, as it says: `js/all.min.js`, `pdfjs/build/pdf.worker.mjs`.
pub(super) fn is_built(path: &BStr) -> bool {
    let path = path.to_str_lossy().to_lowercase();
    let (directories, name) = path.rsplit_once('/').unwrap_or(("", path.as_str()));
    let is_one = |it: &str| matches!(it, "build" | "dist" | "node_modules" | "vendor" | "vendors");
    [".min.", ".bundle.", "-bundle."].iter().any(|it| name.contains(it))
        || directories.split('/').any(is_one)
}

/// Whether a program wrote the text, for programs: lines that nobody would write.
pub(super) fn is_made_by_a_tool(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(1 << 22)];
    let lines = start.iter().filter(|it| **it == b'\n').count();
    start.len() / (lines + 1) > 500
}
