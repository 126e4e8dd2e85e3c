//! Shapes of Go: methods of objects that are made in many ways, commands, and stores in memory.

use crate::content::script::model::GuardKind;
use crate::content::script::tests::{guarded, open};

/// A program of a type whose method wipes, with what its main function says.
fn of_store(main: &str) -> String {
    format!(
        "package main\ntype Store struct{{ db *sql.DB }}\nfunc (s *Store) Wipe() {{ os.RemoveAll(\"/var/lib/shop\") }}\n{main}\n"
    )
}

#[test]
fn a_method_is_followed_however_its_object_is_made() {
    for main in [
        "func main() { s := Store{db}; s.Wipe() }",
        "func main() { s := &Store{db}; s.Wipe() }",
        "func main() { var s Store; s.Wipe() }",
        "func main() { s := new(Store); s.Wipe() }",
        // The function that makes it is in another file.
        "func main() { s := NewStore(db); s.Wipe() }",
        "func NewStore(db *sql.DB) *Store { return &Store{db} }\nfunc main() { s := NewStore(db); s.Wipe() }",
        "func run(s *Store) { s.Wipe() }\nfunc main() { run(newStore()) }",
        "type App struct{ store *Store }\nfunc main() { a := &App{store: &Store{}}; a.store.Wipe() }",
        "type App struct{ store *Store }\nfunc main() { a := App{&Store{}}; a.store.Wipe() }",
        // Nothing outside of the package has methods that begin with a small letter.
        "func (s *Store) all() { s.Wipe() }\nfunc main() { s := connect(); s.all() }",
    ] {
        let text = of_store(main);
        assert_eq!(open("cmd/wipe/main.go", &text), [(3, "go.fs.remove_all")], "{text}");
    }
    for main in [
        "func main() { screen.Wipe() }",
        "type Screen struct{}\nfunc (s *Screen) Wipe() { s.n = 0 }\nfunc main() { s := &Screen{}; s.Wipe() }",
    ] {
        let text = of_store(main);
        assert_eq!(open("cmd/shop/main.go", &text), [], "{text}");
    }
    let asks = "func (s *Store) sure() bool { var it string; fmt.Scanln(&it); return it == \"yes\" }\nfunc main() { s := Store{db}; if !s.sure() { return }; s.Wipe() }";
    assert_eq!(guarded("cmd/wipe/main.go", &of_store(asks)), [(3, GuardKind::Confirmation)]);
}

#[test]
fn finds() {
    for (path, text, found) in [
        // What a command runs knows the objects around it.
        (
            "cmd/wipe.go",
            "package cmd\nfunc newCommand() *cobra.Command {\n\to := &options{}\n\treturn &cobra.Command{Use: \"wipe\", RunE: func(cmd *cobra.Command, args []string) error { return o.Run() }}\n}\nfunc (o *options) Run() error {\n\treturn os.RemoveAll(\"/var/lib/shop\")\n}\n",
            (7, "go.fs.remove_all"),
        ),
        (
            "cmd/wipe.go",
            "package cmd\nfunc newCommand(o *options) *cobra.Command {\n\treturn &cobra.Command{Use: \"wipe\", RunE: func(cmd *cobra.Command, args []string) error { return o.Run() }}\n}\nfunc (o *options) Run() error {\n\treturn os.RemoveAll(\"/var/lib/shop\")\n}\n",
            (6, "go.fs.remove_all"),
        ),
        (
            "cmd/wipe.go",
            "package cmd\nimport \"github.com/spf13/cobra\"\nfunc init() { wipe.RunE = runWipe }\nfunc runWipe(cmd *cobra.Command, args []string) error {\n\treturn os.RemoveAll(\"/var/lib/shop\")\n}\n",
            (5, "go.fs.remove_all"),
        ),
        (
            "cmd/wipe.go",
            "package cmd\nimport \"github.com/spf13/cobra\"\nfunc init() {\n\twipe.Run = func(cmd *cobra.Command, args []string) {\n\t\tos.RemoveAll(\"/var/lib/shop\")\n\t}\n}\n",
            (5, "go.fs.remove_all"),
        ),
        (
            "cmd/main.go",
            "package main\nimport \"github.com/alecthomas/kong\"\ntype Wipe struct{}\nfunc (w *Wipe) Run() error {\n\treturn os.RemoveAll(\"/var/lib/shop\")\n}\n",
            (5, "go.fs.remove_all"),
        ),
        (
            "cmd/demo/main.go",
            "package main\nfunc main() {\n\tmemory, _ := sql.Open(\"sqlite3\", \":memory:\")\n\tdb, _ := sql.Open(\"postgres\", os.Getenv(\"DATABASE_URL\"))\n\tmemory.Exec(\"SELECT 1\")\n\tdb.Exec(\"DROP TABLE users\")\n}\n",
            (6, "sql.drop_table"),
        ),
        (
            "cmd/a.go",
            "package main\nfunc main() { orm.RunSyncdb(\"default\", true, true) }\n",
            (2, "go.orm.tables"),
        ),
        (
            "cmd/a.go",
            "package main\nfunc main() { tables.DropTablesIfExists() }\n",
            (2, "go.orm.tables"),
        ),
        (
            "cmd/a.go",
            "package main\nfunc main() { db.Where(\"id > ?\", 0).Delete(&User{}) }\n",
            (2, "go.gorm.delete"),
        ),
        (
            "cmd/a.go",
            "package main\nfunc main() { squirrel.Delete(\"users\").RunWith(db).Exec() }\n",
            (2, "go.builder"),
        ),
        (
            "cmd/a.go",
            "package main\nfunc main() { models.Users().DeleteAll(ctx, db) }\n",
            (2, "go.builder"),
        ),
        (
            "cmd/a.go",
            "package main\nfunc main() {\n\tall, _ := client.Collection(\"users\").Documents(ctx).GetAll()\n\tfor _, it := range all { batch.Delete(it.Ref) }\n}\n",
            (4, "go.firestore.batch"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "cmd/demo/main.go",
            "package main\nfunc main() {\n\tdb, _ := sql.Open(\"sqlite3\", \":memory:\")\n\tdb.Exec(\"DROP TABLE users\")\n}\n",
        ),
        (
            "cmd/demo/main.go",
            "package main\nfunc main() {\n\tdb, _ := gorm.Open(sqlite.Open(\"file::memory:?cache=shared\"), &gorm.Config{})\n\tdb.Migrator().DropTable(&User{})\n}\n",
        ),
        ("cmd/a.go", "package cmd\nfunc main() { orm.RunSyncdb(\"default\", false, true) }\n"),
        ("cmd/a.go", "package cmd\nfunc main() { db.Where(\"id > ?\", 7).Delete(&User{}) }\n"),
        (
            "cmd/a.go",
            "package cmd\nfunc main() { squirrel.Delete(\"users\").Where(one).RunWith(db).Exec() }\n",
        ),
        (
            "cmd/a.go",
            "package cmd\nfunc main() { models.Users(one).DeleteAll(ctx, db); users.DeleteAll(ctx, db) }\n",
        ),
        (
            "cmd/a.go",
            "package main\nfunc main() {\n\tall, _ := client.Collection(\"users\").Where(\"a\", \"==\", 1).Documents(ctx).GetAll()\n\tfor _, it := range all { batch.Delete(it.Ref) }\n}\n",
        ),
        (
            "cmd/a.go",
            "package cmd\nfunc init() { timer.Run = runWipe }\nfunc runWipe() { os.RemoveAll(\"/var/lib/shop\") }\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn knows_what_asks() {
    for (text, kind) in [
        (
            "package main\nfunc main() {\n\tif ok, _ := pterm.DefaultInteractiveConfirm.Show(\"Go on?\"); !ok { return }\n\tos.RemoveAll(\"/var/lib/shop\")\n}\n",
            GuardKind::Confirmation,
        ),
        (
            "package main\nfunc main() {\n\tif !slices.Contains(os.Args, \"--force\") { os.Exit(1) }\n\tos.RemoveAll(\"/var/lib/shop\")\n}\n",
            GuardKind::OptIn,
        ),
    ] {
        assert_eq!(guarded("cmd/shop/main.go", text), [(4, kind)], "{text}");
    }
    // It looks for something else.
    let text = "package main\nfunc main() {\n\tif !slices.Contains(names, \"--force\") { os.Exit(1) }\n\tos.RemoveAll(\"/var/lib/shop\")\n}\n";
    assert_eq!(open("cmd/shop/main.go", text), [(4, "go.fs.remove_all")]);
}
