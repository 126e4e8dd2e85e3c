//! The guards that findings show, in each language and for all that goes: short, whole, and guards to the reader.

use super::*;
use crate::content::Answer;
use crate::content::script;
use crate::rules::sample;

mod pasted;

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

const SCOPES: &[Scope] = &[
    Scope::Database,
    Scope::Table,
    Scope::Tenant,
    Scope::Files,
    Scope::Cloud,
    Scope::Backup,
    Scope::GitHistory,
];

const NAMES: &[&str] = &[
    "plain",
    "mysql",
    "sqlite3",
    "sqlcmd",
    "mongosh",
    "redis-cli",
    "es",
    "terraform",
    "kubectl",
    "aws s3 rb",
    "borg",
    "restic",
];

const MANNERS: &[Option<Manner>] = &[
    None,
    Some(Manner::CommonJs),
    Some(Manner::MongoShell),
    Some(Manner::Composer),
    Some(Manner::Pipeline(Pipeline::GitHub)),
    Some(Manner::Pipeline(Pipeline::GitLab)),
    Some(Manner::Pipeline(Pipeline::Other)),
    Some(Manner::Sql(Dialect::Postgres)),
    Some(Manner::Sql(Dialect::MySql)),
    Some(Manner::Sql(Dialect::SqlServer)),
    Some(Manner::Sql(Dialect::Sqlite)),
    Some(Manner::Sql(Dialect::Cassandra)),
    Some(Manner::Sql(Dialect::Neo4j)),
];

/// Whether a file of this language may be run in this manner.
fn is_of(language: Language, manner: Option<Manner>) -> bool {
    let is_code = matches!(language, Language::JavaScript | Language::TypeScript);
    match manner {
        None => language != Language::Workflow,
        Some(Manner::CommonJs) => is_code,
        Some(Manner::MongoShell) => language == Language::JavaScript,
        Some(Manner::Composer) => language == Language::Package,
        Some(Manner::Pipeline(_)) => language == Language::Workflow,
        Some(Manner::Sql(_)) => language == Language::Sql,
    }
}

fn script_of(language: Language, manner: Option<Manner>) -> Script {
    Script { language, manner, ..sample::script(&[]) }
}

fn operation_of(language: Language, scope: Scope, name: &str) -> Operation {
    let mut operation = sample::operation(scope, vec![]);
    operation.name = name.to_owned();
    operation.layers = vec![language.word()];
    operation
}

fn shown(language: Language, manner: Option<Manner>, scope: Scope, name: &str) -> String {
    of(&script_of(language, manner), Some(&operation_of(language, scope, name))).text
}

/// What is shown of all languages and manners, for all that goes, with what it is about.
fn each(look: &mut dyn FnMut(&str, &str, &About)) {
    for language in ALL {
        for manner in MANNERS.iter().filter(|it| is_of(*language, **it)) {
            for scope in SCOPES {
                for name in NAMES {
                    let what = format!("{} {manner:?} {scope} {name}", language.word());
                    let script = script_of(*language, *manner);
                    let operation = operation_of(*language, *scope, name);
                    let about = About::of(&script, Some(&operation));
                    look(&what, &of(&script, Some(&operation)).text, &about);
                }
            }
        }
    }
}

const MARKS: &[&str] = &["%VAR%", "%count%", "%backup%", "%run%", "%say%", "{table}", "%table%"];

#[test]
fn an_example_is_short_ascii_and_ends_in_a_line_feed() {
    each(&mut |what, text, _| {
        assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{what}");
        assert!((2..=20).contains(&text.lines().count()), "{what}\n{text}");
        assert!(!text.contains('%') || !MARKS.iter().any(|it| text.contains(it)), "{what}\n{text}");
        let is_plain = |c: char| matches!(c, ' '..='~' | '\t' | '\n');
        assert!(text.chars().all(is_plain), "{what}");
        for line in text.lines() {
            assert!(line.len() <= 125 && line == line.trim_end(), "{what}: {line}");
            // What a git client colours, what a CI obeys, what a transcript takes for a command.
            let first = line.split([' ', ':']).next().unwrap_or_default();
            assert!(!["error", "warning", "hint", "success", "$", ">"].contains(&first), "{line}");
            assert!(!line.contains("##") && !line.contains("::"), "{what}: {line}");
        }
    });
}

/// Where the first of these stands in a text.
fn first(text: &str, all: &[&str]) -> Option<usize> {
    all.iter().filter_map(|it| text.find(it)).min()
}

/// Where a step stands: what it says, or the words that it runs. Where a copy goes differs.
fn stands(text: &str, step: Step) -> Option<usize> {
    let words = match step {
        Step::Say(said) => return text.find(said),
        Step::Run(words) => words.iter().filter(|it| !it.contains('{')),
    };
    let words = words.filter_map(|it| it.split("before.").next());
    let has_all = |line: &&str| words.clone().all(|it| line.contains(it));
    let line = text.lines().find(has_all)?;
    text.find(line)
}

#[test]
fn an_example_names_each_part_of_a_guard() {
    each(&mut |what, text, about| {
        let is_in_sql = about.language == Language::Sql && text.starts_with("--");
        let lists: &[&str] = match is_in_sql {
            true => &["app_dev", "app_test"],
            false => &["development", "test"],
        };
        assert!(lists.iter().all(|it| text.contains(it)), "{what}: a list\n{text}");
        let environment = ["APP_ENV", "app_env", "current_database()", "DATABASE()", "DB_NAME()"];
        assert!(first(text, &environment).is_some(), "{what}: the environment\n{text}");
        let typed =
            ["type", "typed", "confirm=", "@confirm =", "WIPE=NAME", "set WIPE=", "wipe=NAME"];
        assert!(first(text, &typed).is_some(), "{what}: the name typed\n{text}");
        assert!(first(text, &["dry run"]).is_some(), "{what}: a dry run\n{text}");
        if is_in_sql || about.manner == Some(Manner::MongoShell) && !about.is_tenant {
            let count = ["SELECT count(*)", "SELECT here a count", "countDocuments()"];
            assert!(first(text, &count).is_some(), "{what}: a count\n{text}");
            let backup = ["pg_dump", "mysqldump", "BACKUP DATABASE", "mongodump"];
            assert!(first(text, &backup).is_some(), "{what}: a backup\n{text}");
            return;
        }
        let (count, backup) = about.steps();
        let (count, backup) = (stands(text, count), stands(text, backup));
        assert!(count.is_some() && backup.is_some(), "{what}: count, backup\n{text}");
        assert!(count < backup, "{what}: the backup comes before the count\n{text}");
        let asks = first(text, &["WIPE", "wipe"]).is_some_and(|it| Some(it) < backup);
        assert!(asks, "{what}: the backup comes before the question\n{text}");
    });
}

#[test]
fn the_count_and_the_backup_are_by_the_tool_of_what_goes() {
    for (language, manner, scope, name, says) in [
        (Language::Shell, None, Scope::Database, "dropdb", "pg_dump -Fc"),
        (
            Language::Shell,
            None,
            Scope::Database,
            "dropdb",
            "FROM pg_stat_user_tables' \"$DB_NAME\"",
        ),
        (Language::Shell, None, Scope::Database, "mysql", "mysqlshow --count \"$DB_NAME\""),
        (Language::Shell, None, Scope::Database, "mysql", "mysqldump --result-file"),
        (Language::Shell, None, Scope::Database, "mongosh", "mongodump --archive"),
        (Language::Shell, None, Scope::Database, "redis-cli flushall", "--rdb before.rdb"),
        (Language::Shell, None, Scope::Files, "rm", "tar -czf before.tgz \"$TARGET_DIR\""),
        (
            Language::Python,
            None,
            Scope::Files,
            "rmtree",
            "[\"tar\", \"-czf\", \"before.tgz\", name]",
        ),
        (Language::PowerShell, None, Scope::Files, "Remove-Item", "Compress-Archive"),
        (Language::Shell, None, Scope::Cloud, "terraform destroy", "terraform plan -destroy"),
        (Language::Shell, None, Scope::Cloud, "kubectl delete", "kubectl get"),
        (Language::Shell, None, Scope::Cloud, "az group", "by the tool of the provider"),
        (Language::Shell, None, Scope::Backup, "borg delete", "borg list"),
        (Language::Shell, None, Scope::GitHistory, "git push", "git bundle create"),
        (Language::Python, None, Scope::Tenant, "delete", "TENANT_ID"),
        (Language::Crontab, None, Scope::Database, "dropdb", "set WIPE=$DB_NAME"),
        (
            Language::JavaScript,
            Some(Manner::CommonJs),
            Scope::Table,
            "drop",
            "require(\"node:readline/promises\")",
        ),
        (Language::Sql, None, Scope::Table, "DELETE", "# the command that runs FILE"),
        (
            Language::Sql,
            Some(Manner::Sql(Dialect::Sqlite)),
            Scope::Table,
            "DELETE",
            "sqlite3 -bail \"$DB_FILE\" < FILE",
        ),
        (
            Language::Sql,
            Some(Manner::Sql(Dialect::Cassandra)),
            Scope::Table,
            "TRUNCATE",
            "cqlsh -k \"$KEYSPACE\" -f FILE",
        ),
        (Language::Sql, Some(Manner::Sql(Dialect::MySql)), Scope::Table, "DELETE", "SIGNAL"),
        (Language::Sql, Some(Manner::Sql(Dialect::SqlServer)), Scope::Table, "DELETE", "NOEXEC ON"),
        (Language::Sql, Some(Manner::Sql(Dialect::Postgres)), Scope::Table, "DELETE", ":'confirm'"),
        (
            Language::Sql,
            Some(Manner::Sql(Dialect::Postgres)),
            Scope::Database,
            "DROP DATABASE",
            "psql -v ON_ERROR_STOP=1 -f FILE postgres\n",
        ),
        (
            Language::Sql,
            Some(Manner::Sql(Dialect::SqlServer)),
            Scope::Database,
            "DROP DATABASE",
            "sqlcmd -b -d master -i FILE\n",
        ),
        (
            Language::Sql,
            Some(Manner::Sql(Dialect::MySql)),
            Scope::Database,
            "DROP SCHEMA shop",
            "mysql < FILE\n",
        ),
        (
            Language::Sql,
            Some(Manner::Sql(Dialect::Postgres)),
            Scope::Database,
            "DROP SCHEMA public",
            ":'confirm'",
        ),
        (
            Language::Shell,
            None,
            Scope::Cloud,
            "kubectl delete",
            "--wait --include-namespaces \"$NAMESPACE\"",
        ),
        (Language::Ruby, None, Scope::Table, "User.delete_all", "# back it up here"),
    ] {
        let text = shown(language, manner, scope, name);
        assert!(text.contains(says), "{}: {scope} {name}: {says}\n{text}", language.word());
        let is_of_psql = text.contains("pg_dump") || text.contains("psql");
        let is_meant = manner == Some(Manner::Sql(Dialect::Postgres)) || name == "dropdb";
        assert!(!is_of_psql || is_meant, "{}: {scope} {name}\n{text}", language.word());
    }
}

#[test]
fn what_is_run_for_a_step_stops_by_itself_or_is_asked_whether_it_went_well() {
    let of = |scope, name| shown(Language::PowerShell, None, scope, name);
    assert!(!of(Scope::Files, "Remove-Item").contains("LASTEXITCODE"));
    assert!(of(Scope::Database, "dropdb").contains("if ($LASTEXITCODE) { throw"));
}

#[test]
fn a_count_is_of_the_table_and_by_the_database_that_the_file_is_for() {
    let shown = |database, name: &str| {
        let script = Script { database, ..script_of(Language::Python, None) };
        let mut operation = operation_of(Language::Python, Scope::Table, name);
        operation.layers.push("SQL");
        of(&script, Some(&operation)).text
    };
    for (database, name, has, lacks) in [
        (Some(Dialect::Sqlite), "DELETE FROM orders", "SELECT count(*) FROM orders", "psql"),
        (Some(Dialect::Sqlite), "DELETE FROM orders", ".backup before.db", "pg_dump"),
        (Some(Dialect::MySql), "TRUNCATE orders", "\"mysqldump\", ", "pg_dump"),
        (Some(Dialect::Postgres), "TRUNCATE orders", "\"pg_dump\", ", "users"),
        (Some(Dialect::Postgres), "DELETE FROM Orders", "# show here how much", "users"),
        (Some(Dialect::Postgres), "DELETE FROM user", "# show here how much", "count(*)"),
        // The name of a table tells no store.
        (Some(Dialect::Postgres), "DELETE FROM store", "SELECT count(*) FROM store", "# show"),
        (None, "DELETE FROM orders", "# back it up here, and stop unless", "pg_dump"),
        (None, "DELETE FROM mysql", "# show here how much would go", "mysqldump"),
    ] {
        let text = shown(database, name);
        assert!(text.contains(has) && !text.contains(lacks), "{database:?} {name}\n{text}");
    }
}

#[test]
fn what_a_file_of_sql_is_shown_is_a_guard_in_it_and_that_of_another_is_none() {
    let of = |dialect: Dialect| shown(Language::Sql, Some(Manner::Sql(dialect)), Scope::Table, "");
    let dialects = [
        (Dialect::Postgres, "CREATE TABLE a (n serial);\n", "DELETE FROM users;\n"),
        (Dialect::MySql, "INSERT INTO `log` VALUES (1);\n", "DELETE FROM `users`;\n"),
        (Dialect::SqlServer, "", "DELETE FROM [dbo].[users];\nGO\n"),
    ];
    for (dialect, before, wipe) in dialects {
        let text = format!("{before}{}{wipe}", of(dialect));
        let Answer::Yes(script) = script::read("a.sql".into(), text.as_bytes()) else {
            panic!("{text}")
        };
        assert_eq!(script.manner, Some(Manner::Sql(dialect)), "{text}");
        assert_eq!(script.operations.len(), 1, "{text}");
        assert!(script.operations[0].is_guarded(), "{:?}\n{text}", script.operations);
    }
    let guard = of(Dialect::Postgres);
    for (path, wipe) in [
        ("a.sql", "DELETE FROM `users`;\n"),
        ("a.sql", "DELETE FROM [users];\nGO\n"),
        ("a.sql", "PRAGMA foreign_keys = off;\nDELETE FROM users;\n"),
        ("a.cql", "TRUNCATE users;\n"),
        ("a.cypher", "MATCH (n) DETACH DELETE n;\n"),
    ] {
        let asks = "\\prompt 'go on?' answer\nSELECT :'answer' = 'yes' AS ok \\gset\n\\if :ok\n\\else\n\\q\n\\endif\n";
        for guard in [guard.as_str(), asks] {
            let text = format!("{guard}{wipe}");
            let Answer::Yes(script) = script::read(path.into(), text.as_bytes()) else {
                panic!("{path}: {text}")
            };
            assert!(!script.operations[0].is_guarded(), "{path}\n{text}");
        }
    }
}
