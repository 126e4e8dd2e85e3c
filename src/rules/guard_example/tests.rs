//! The guards that findings show, in each language and for all that goes: short, whole, and guards to the reader.

use super::*;
use crate::content::Answer;
use crate::content::script;
use crate::rules::sample;

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
    Some(Manner::Sql(Dialect::Postgres)),
    Some(Manner::Sql(Dialect::MySql)),
    Some(Manner::Sql(Dialect::SqlServer)),
    Some(Manner::Sql(Dialect::Sqlite)),
    Some(Manner::Sql(Dialect::Cassandra)),
    Some(Manner::Sql(Dialect::Neo4j)),
];

fn shown(language: Language, manner: Option<Manner>, scope: Scope, name: &str) -> String {
    let mut operation = sample::operation(scope, vec![]);
    operation.name = name.to_owned();
    let script = Script { language, manner, ..sample::script(&[]) };
    of(&script, Some(&operation)).text
}

fn each(look: &mut dyn FnMut(&str, &str)) {
    for language in ALL {
        for manner in MANNERS {
            for scope in SCOPES {
                for name in NAMES {
                    let what = format!("{} {manner:?} {scope} {name}", language.word());
                    look(&what, &shown(*language, *manner, *scope, name));
                }
            }
        }
    }
}

#[test]
fn an_example_is_short_ascii_and_ends_in_a_line_feed() {
    each(&mut |what, text| {
        assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{what}");
        assert!((2..=17).contains(&text.lines().count()), "{what}\n{text}");
        assert!(!text.contains("%VAR%") && !text.contains("%count%"), "{what}\n{text}");
        let is_plain = |c: char| matches!(c, ' '..='~' | '\t' | '\n');
        assert!(text.chars().all(is_plain), "{what}");
        for line in text.lines() {
            assert!(line.len() <= 100 && line == line.trim_end(), "{what}: {line}");
            // What a git client colours, what a CI obeys, what a transcript takes for a command.
            let first = line.split([' ', ':']).next().unwrap_or_default();
            assert!(!["error", "warning", "hint", "success", "$", ">"].contains(&first), "{line}");
            assert!(!line.contains("##") && !line.contains("::"), "{what}: {line}");
        }
    });
}

#[test]
fn an_example_names_each_part_of_a_guard() {
    each(&mut |what, text| {
        let text = text.to_lowercase();
        let parts: &[&[&str]] = &[
            &["app_env", "current_database()", "database()", "db_name()", "environment:"],
            &["type", "confirm", "set wipe="],
            &["dry run", "rollback", "required"],
        ];
        for part in parts {
            assert!(part.iter().any(|it| text.contains(it)), "{what}: {part:?}\n{text}");
        }
    });
}

#[test]
fn the_count_and_the_backup_are_by_the_tool_of_what_goes() {
    for (language, manner, scope, name, says) in [
        (Language::Shell, None, Scope::Database, "dropdb", "pg_dump -Fc"),
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
            "psql -v ON_ERROR_STOP=1 -f FILE",
        ),
    ] {
        let text = shown(language, manner, scope, name);
        assert!(text.contains(says), "{}: {scope} {name}: {says}\n{text}", language.word());
        let is_of_psql = text.contains("pg_dump") || text.contains("psql");
        let is_meant = manner == Some(Manner::Sql(Dialect::Postgres))
            || ["dropdb", "drop"].contains(&name)
            || scope == Scope::Tenant;
        assert!(!is_of_psql || is_meant, "{}: {scope} {name}\n{text}", language.word());
    }
}

/// The path of a file in this language, and what stands in it before a guard, behind it, and the operation.
const PASTED: &[(&str, Language, &str, &str)] = &[
    ("a.sh", Language::Shell, "", "dropdb \"$X\"\n"),
    ("a.py", Language::Python, "", "db.drop_all()\n"),
    ("a.mjs", Language::JavaScript, "", "await sequelize.drop();\n"),
    ("a.rb", Language::Ruby, "", "User.delete_all\n"),
    ("a.php", Language::Php, "<?php\n", "$pdo->exec('DROP TABLE users');\n"),
    ("a.ps1", Language::PowerShell, "", "dropdb $name\n"),
    ("a.go", Language::Go, "package main\n\nfunc main() {\n", "db.Exec(\"DROP TABLE users\")\n}\n"),
    ("a.sh", Language::Crontab, "", "dropdb \"$X\"\n"),
];

#[test]
fn whatever_it_is_about_an_example_is_a_guard_to_dataward_and_destroys_nothing() {
    for (path, language, before, operation) in PASTED {
        for scope in SCOPES {
            for name in NAMES {
                let text = shown(*language, None, *scope, name);
                let text = format!("{before}{text}{operation}");
                let Answer::Yes(script) = script::read((*path).into(), text.as_bytes()) else {
                    panic!("{path}: {scope} {name}\n{text}");
                };
                assert_eq!(script.operations.len(), 1, "{path} {scope} {name}\n{text}");
                assert!(script.operations[0].is_guarded(), "{path} {scope} {name}\n{text}");
            }
        }
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
