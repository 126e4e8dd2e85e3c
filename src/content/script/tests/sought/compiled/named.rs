//! Calls of other files of Go and Java whose names say what goes.

use crate::content::script::model::GuardKind;
use crate::content::script::tests::{guarded, open};

/// A program of Go that makes one call, on line 4.
fn calls(import: &str, call: &str) -> String {
    format!("package main\nimport \"shop/{import}\"\nfunc main() {{\n\t{call}\n}}\n")
}

#[test]
fn finds_in_go() {
    for (path, import, call, kind) in [
        ("cmd/seed/main.go", "internal/database", "db.DeleteUsers(ctx)", "go.query"),
        ("cmd/seed/main.go", "internal/database", "s.db.DeleteAllOrders(ctx)", "go.query"),
        ("cmd/seed/main.go", "internal/database", "database.New(conn).Reset(ctx)", "go.query"),
        ("cmd/seed/main.go", "store", "store.TruncateOrdersTable(ctx)", "go.query"),
        ("cmd/shop/main.go", "internal/database", "database.Reset(db)", "go.package"),
        ("cmd/shop/main.go", "database", "database.CleanupAllData()", "go.package"),
        ("cmd/shop/main.go", "migrations", "migrations.Fresh(db)", "go.package"),
        ("cmd/shop/main.go", "seed", "seed.ClearAll(db)", "go.package"),
        ("cmd/shop/main.go", "store", "store.DropAll()", "go.package"),
        // The file is called so as well.
        ("cmd/reset/main.go", "internal/db", "db.Reset()", "code.helper"),
        ("cmd/clear-db/main.go", "internal/db", "db.Clear()", "code.helper"),
    ] {
        let text = calls(import, call);
        assert_eq!(open(path, &text), [(4, kind)], "{path}: {text}");
    }
    // Another file makes commands of them.
    for (path, text, line) in [
        (
            "reset.go",
            "package main\nfunc reset(s *state, cmd command) error {\n\treturn s.db.DeleteUsers(context.Background())\n}\n",
            3,
        ),
        (
            "cmd/orders.go",
            "package cmd\nfunc runOrders(cmd *cobra.Command, args []string) error {\n\treturn queries.DeleteOrders(cmd.Context())\n}\n",
            3,
        ),
        (
            "cmd/drop.go",
            "package cmd\nfunc (a *app) Drop() error {\n\treturn a.db.DeleteOrders(ctx)\n}\n",
            3,
        ),
    ] {
        assert_eq!(open(path, text), [(line, "go.query")], "{text}");
    }
}

#[test]
fn lets_through_in_go() {
    for (path, import, call) in [
        ("cmd/shop/main.go", "internal/database", "db.DeleteUsers(ctx, ids)"),
        ("cmd/shop/main.go", "internal/database", "db.DeleteUser(ctx)"),
        ("cmd/shop/main.go", "internal/database", "db.DeleteExpiredTokens(ctx)"),
        ("cmd/shop/main.go", "internal/database", "db.DeleteInactiveUsers(ctx)"),
        ("cmd/shop/main.go", "internal/database", "db.DeleteUsersOlderThan(ctx)"),
        ("cmd/shop/main.go", "internal/database", "q.DeleteSessions(ctx)"),
        ("cmd/shop/main.go", "internal/database", "client.DeleteUsers(ctx)"),
        ("cmd/shop/main.go", "internal/database", "cacheStore.Reset(ctx)"),
        ("cmd/shop/main.go", "internal/db", "db.Reset()"),
        ("cmd/shop/main.go", "internal/db", "db.Clear()"),
        ("cmd/shop/main.go", "internal/screen", "database.Reset()"),
        ("cmd/reset/main.go", "internal/db", "timer.Reset()"),
    ] {
        let text = calls(import, call);
        assert_eq!(open(path, &text), [], "{path}: {text}");
    }
    let asked =
        "reset := flag.Bool(\"reset\", false, \"\"); flag.Parse(); if *reset { database.Reset() }";
    let found = guarded("cmd/shop/main.go", &calls("database", asked));
    assert_eq!(found, [(4, GuardKind::OptIn)]);
    // Those are called by others of the file, which ask.
    let text = "package cmd\nfunc run(cmd *cobra.Command, args []string) error {\n\tif !sure() { return nil }\n\treturn wipe(cmd, args)\n}\nfunc wipe(cmd *cobra.Command, args []string) error {\n\treturn db.DeleteOrders(ctx)\n}\nfunc sure() bool { var it string; fmt.Scanln(&it); return it == \"yes\" }\n";
    assert_eq!(open("cmd/orders.go", text), []);
}

/// A program of Java that makes one call of a field, on line 4.
fn runner(field: &str, call: &str) -> String {
    format!(
        "class Seed implements CommandLineRunner {{\n  @Autowired {field};\n  public void run(String... a) {{\n    {call};\n  }}\n}}\n"
    )
}

#[test]
fn in_java() {
    for (field, call, kind) in [
        ("UserService users", "users.deleteAll()", "java.query"),
        ("UserService users", "users.deleteAllUsers()", "java.query"),
        ("UserRepository users", "users.deleteAllUsers()", "java.query"),
        ("UserRepository users", "users.truncate()", "java.query"),
        ("Tool tool", "Database.reset()", "java.helper"),
        ("Tool tool", "DatabaseUtil.clear()", "java.helper"),
        ("Tool tool", "DatabaseUtil.resetDatabase()", "java.helper"),
        ("Tool tool", "Helper.deleteAllData()", "java.helper"),
        ("Tool tool", "DatabaseManager.getInstance().resetDatabase()", "java.helper"),
    ] {
        let text = runner(field, call);
        assert_eq!(open("src/main/java/shop/Seed.java", &text), [(4, kind)], "{text}");
    }
    for (field, call) in [
        ("StorageService files", "files.deleteAll()"),
        ("SessionService sessions", "sessions.deleteAll()"),
        ("UserService users", "users.deleteAll(ids)"),
        ("UserService users", "users.deleteAllExpiredTokens()"),
        ("List<User> users", "users.clear()"),
        ("Tool tool", "DatabaseConnection.reset()"),
        ("Tool tool", "Form.reset()"),
    ] {
        let text = runner(field, call);
        assert_eq!(open("src/main/java/shop/Seed.java", &text), [], "{text}");
    }
}
