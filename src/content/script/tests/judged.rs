//! What looks like a guard and tells nothing of what it asks, and what agrees though it looks like something else.

use super::{guarded, open};
use crate::content::script::GuardKind;

const JAVA: &str =
    "DriverManager.getConnection(URL).createStatement().executeUpdate(\"DROP TABLE orders\");";

fn java(text: &str) -> String {
    format!("class A {{ public static void main(String[] args) {{\n{text}\n{JAVA}\n}} }}\n")
}

#[test]
fn texts_that_are_read_as_java_runs_are_no_one_object() {
    for text in [
        "if (System.getenv(\"APP_ENV\") == \"production\") System.exit(1);",
        "if (args[0] == \"prod\") throw new IllegalStateException(\"no\");",
        "String answer = new Scanner(System.in).nextLine();if (answer == \"no\") return;",
    ] {
        assert_eq!(open("A.java", &java(text)), [(3, "sql.drop_table")], "{text}");
    }
    for text in [
        "if (!System.getenv(\"APP_ENV\").equals(\"dev\")) System.exit(1);",
        "if (System.getenv(\"APP_ENV\") != \"dev\") System.exit(1);",
    ] {
        assert_eq!(guarded("A.java", &java(text)), [(3, GuardKind::EnvironmentAllowed)], "{text}");
    }
    let never = format!(
        "class A {{ static final String MODE = \"keep\";\nvoid run() {{ if (MODE == \"wipe\")\n{JAVA} }} }}\n"
    );
    assert_eq!(open("A.java", &never), []);
}

#[test]
fn the_parameters_of_what_is_made_a_command_are_its_flags() {
    let main = |default: &str, call: &str| {
        format!(
            "def main(yes: bool = {default}):\n    if not yes:\n        raise SystemExit\n    db.drop_all()\n{call}\n"
        )
    };
    for call in ["typer.run(main)", "fire.Fire(main)", "main()"] {
        assert_eq!(open("a.py", &main("True", call)).len(), 1, "{call}");
    }
    for call in ["typer.run(main)", "fire.Fire(main)"] {
        assert_eq!(guarded("a.py", &main("False", call)), [(4, GuardKind::OptIn)], "{call}");
    }
    let phrase = "def wipe(confirm: str = ''):\n    if confirm != 'orders':\n        raise ValueError\n    db.drop_all()\nfire.Fire(wipe)\n";
    assert_eq!(guarded("a.py", phrase), [(4, GuardKind::OptIn)]);
}

#[test]
fn what_somebody_writes_to_have_it_done_names_no_environment() {
    for (path, text) in [
        ("a.sh", "[ \"$CONFIRM\" = delete-production ] || exit 1\ndropdb shop\n"),
        ("a.sh", "[ \"$DESTROY_CONFIRM\" = destroy-prod ] || exit 1\ndropdb shop\n"),
        ("a.py", "if os.environ.get('CONFIRM') != 'wipe-prod': raise SystemExit\ndb.drop_all()\n"),
    ] {
        assert_eq!(guarded(path, text), [(2, GuardKind::OptIn)], "{text}");
    }
    for text in [
        "[ \"$APP_ENV\" = production ] || exit 1\ndropdb shop\n",
        "[ \"$CONFIRM\" != delete-production ] || exit 1\ndropdb shop\n",
    ] {
        assert_eq!(open("a.sh", text), [(2, "sh.dropdb")], "{text}");
    }
}

#[test]
fn a_function_of_powershell_gives_back_what_it_writes() {
    let ask = |says: &str| {
        format!(
            "function Ask {{ {says}; return (Read-Host) -eq 'y' }}\nif (Ask) {{ Invoke-Sqlcmd -Query 'DROP DATABASE Shop' }}\n"
        )
    };
    for says in ["'Sure?'", "Write-Output 'Sure?'", "echo 'Sure?'"] {
        assert_eq!(open("a.ps1", &ask(says)), [(2, "sql.drop_database")], "{says}");
    }
    for says in ["Write-Host 'Sure?'", "Write-Warning 'Sure?'", "$null = 'Sure?'"] {
        assert_eq!(guarded("a.ps1", &ask(says)), [(2, GuardKind::Confirmation)], "{says}");
    }
}

#[test]
fn an_error_that_is_written_stops_powershell_where_it_is_told_to() {
    let error = |before: &str, flags: &str| {
        format!(
            "{before}\nif ($env:APP_ENV -ne 'dev') {{ Write-Error 'no' {flags} }}\nInvoke-Sqlcmd -Query 'DROP DATABASE Shop'\n"
        )
    };
    for (before, flags) in [("$ErrorActionPreference = 'Stop'", ""), ("", "-ErrorAction Stop")] {
        let text = error(before, flags);
        assert_eq!(guarded("a.ps1", &text), [(3, GuardKind::EnvironmentAllowed)], "{text}");
    }
    for (before, flags) in [("", ""), ("$ErrorActionPreference = 'Stop'", "-ErrorAction Continue")]
    {
        assert_eq!(open("a.ps1", &error(before, flags)).len(), 1, "{before} {flags}");
    }
}

#[test]
fn where_something_stands_in_a_text_is_no_yes_or_no() {
    for (path, text) in [
        ("a.py", "if os.environ['DSN'].find('localhost'):\n    db.drop_all()\n"),
        ("a.py", "if os.environ['APP_ENV'].rfind('dev'):\n    db.drop_all()\n"),
        ("a.js", "if (process.env.APP_ENV.search(/dev/)) User.deleteMany({});\n"),
        ("a.js", "if (process.env.APP_ENV.lastIndexOf('dev')) User.deleteMany({});\n"),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        ("a.py", "if not re.search('dev', os.environ['APP_ENV']):\n    exit()\ndb.drop_all()\n"),
        ("a.js", "if (/dev/.test(process.env.APP_ENV)) {\n\nUser.deleteMany({}); }\n"),
    ] {
        assert_eq!(guarded(path, text), [(3, GuardKind::EnvironmentAllowed)], "{text}");
    }
}

#[test]
fn what_is_so_where_nobody_says_otherwise_is_open_when_it_is_not_said() {
    let go = |test: &str| {
        format!(
            "package main\nfunc main() {{\n{test} {{ os.Exit(1) }}\nredis.NewClient(o).FlushAll(ctx)\n}}\n"
        )
    };
    let python = "def env(name, default='dev'):\n    return os.environ.get(name, default)\nif env('APP_ENV') != 'dev':\n    exit(1)\ndb.drop_all()\n";
    let viper = "viper.SetDefault(\"confirm\", true)\nif !viper.GetBool(\"confirm\")";
    let js = |before: &str| format!("{before}\nawait User.deleteMany({{}});\n");
    let php = |before: &str| {
        format!(
            "<?php\n{before}\nif (ENVIRONMENT !== 'development') exit(1);\n(new Redis())->flushAll();\n"
        )
    };
    for (path, text) in [
        ("a.py", python.to_owned()),
        ("a.go", go("if cmp.Or(os.Getenv(\"APP_ENV\"), \"dev\") != \"dev\"")),
        ("a.go", go(viper)),
        (
            "a.ts",
            js(
                "enum Env { Dev = 'dev' }\nif ((process.env.APP_ENV || Env.Dev) !== Env.Dev) process.exit(1);",
            ),
        ),
        (
            "a.ts",
            js(
                "function env(name, by = 'dev') { return process.env[name] ?? by; }\nif (env('APP_ENV') !== 'dev') process.exit(1);",
            ),
        ),
        ("a.js", js("if (_.get(process.env, 'APP_ENV', 'dev') !== 'dev') process.exit(1);")),
        ("a.php", php("define('ENVIRONMENT', $_SERVER['CI_ENV'] ?? 'development');")),
        ("a.php", php("const ENVIRONMENT = 'development';")),
        ("A.java", java("if (!env.getProperty(\"app.wipe\", Boolean.class, true)) return;")),
    ] {
        assert_eq!(open(path, &text).len(), 1, "{text}");
    }
    for (path, text) in [
        ("a.py", python.replace("='dev'", "=None")),
        ("a.go", go("if os.Getenv(\"APP_ENV\") != \"dev\"")),
        ("a.go", go(&viper.replace("true", "false"))),
        ("a.js", js("if (_.get(process.env, 'APP_ENV') !== 'dev') process.exit(1);")),
        ("a.php", php("// ENVIRONMENT is set by index.php")),
        ("A.java", java("if (!env.getProperty(\"app.wipe\", Boolean.class, false)) return;")),
    ] {
        assert_eq!(open(path, &text), [], "{text}");
        assert_eq!(guarded(path, &text).len(), 1, "{text}");
    }
}

#[test]
fn what_a_shell_is_told_to_run_is_no_file() {
    let text = "bash -c 'if [ \"$RESET_DB\" = yes ]; then python manage.py flush --no-input; fi'\n";
    assert_eq!(open("a.sh", text), []);
    assert_eq!(guarded("a.sh", text), [(1, GuardKind::OptIn)]);
    assert_eq!(open("a.sh", "bash ./bin/reset_db.sh\n"), [(1, "sh.named")]);
}

#[test]
fn what_lies_in_a_directory_that_ruby_makes_for_a_while_is_nobodys() {
    for text in [
        "Dir.mktmpdir { |d| FileUtils.rm_rf(File.join(d, 'data')) }\n",
        "Dir.mktmpdir do |d|\n  FileUtils.rm_rf(\"#{d}/data\")\nend\n",
    ] {
        assert_eq!(open("a.rb", text), [], "{text}");
    }
    let other = "Dir.chdir('/srv') { |d| FileUtils.rm_rf(File.join(d, 'data')) }\n";
    assert_eq!(open("a.rb", other), [(1, "rb.fs")]);
}

#[test]
fn what_a_command_of_cobra_runs_before_guards_it() {
    let command = |before: &str| {
        format!(
            "package main\nvar c = &cobra.Command{{\nRunE: func(cmd *cobra.Command, a []string) error {{\nreturn rdb.FlushAll(ctx).Err()\n}},\n{before}\n}}\nfunc main() {{ c.Execute() }}\n"
        )
    };
    let of = "(cmd *cobra.Command, a []string)";
    for before in [
        format!(
            "PreRunE: func{of} error {{ if os.Getenv(\"APP_ENV\") != \"dev\" {{ return errors.New(\"no\") }}; return nil }},"
        ),
        format!(
            "PersistentPreRun: func{of} {{ if os.Getenv(\"APP_ENV\") != \"dev\" {{ os.Exit(1) }} }},"
        ),
    ] {
        assert_eq!(
            guarded("a.go", &command(&before)),
            [(4, GuardKind::EnvironmentAllowed)],
            "{before}"
        );
    }
    let behind =
        format!("PostRun: func{of} {{ if os.Getenv(\"APP_ENV\") != \"dev\" {{ os.Exit(1) }} }},");
    assert_eq!(open("a.go", &command(&behind)).len(), 1);
}

#[test]
fn what_is_mapped_over_files_is_done_to_each() {
    for text in [
        "pool.map(os.remove, glob.glob('/srv/shop/uploads/*'))\n",
        "list(executor.map(shutil.rmtree, ['/var/lib/mysql', '/srv/uploads']))\n",
    ] {
        assert_eq!(open("a.py", text).len(), 1, "{text}");
    }
    for text in [
        "pool.map(os.remove, glob.glob('/tmp/x/*'))\n",
        "pool.map(os.stat, glob.glob('/srv/uploads/*'))\n",
    ] {
        assert_eq!(open("a.py", text), [], "{text}");
    }
}
