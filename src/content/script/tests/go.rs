//! Go.

use super::{defects, guarded, open};
use crate::content::script::{Defect, GuardKind};

/// A program whose `main` begins on line 2 with the text.
fn main(body: &str) -> String {
    format!("package main\nfunc main() {{ {body}\n}}\n")
}

#[test]
fn finds() {
    for (body, kind) in [
        ("db.Migrator().DropTable(&User{})", "go.gorm.drop"),
        ("db.DropTableIfExists(&User{})", "go.gorm.drop"),
        ("pop.DropDB(connection)", "go.drop_database"),
        ("c.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: &name})", "go.aws"),
        ("goose.Reset(db, \"migrations\")", "go.drop_all"),
        ("os.RemoveAll(filepath.Join(home, \"data\"))", "go.fs.remove_all"),
        (
            "app := &cli.App{Commands: []*cli.Command{{Action: func(c *cli.Context) error { return db.Exec(\"DROP TABLE users\").Error }}}}; app.Run(os.Args)",
            "sql.drop_table",
        ),
        ("db.Where(\"1 = 1\").Delete(&User{})", "go.gorm.delete"),
        ("db.Unscoped().Delete(&User{})", "go.gorm.delete"),
        ("db.Session(&gorm.Session{AllowGlobalUpdate: true}).Delete(&User{})", "go.gorm.delete"),
        ("db.NewDropTable().Model(m).Exec(ctx)", "go.orm.exec"),
        ("client.User.Delete().Exec(ctx)", "go.orm.exec"),
        ("if err := m.Drop(); err != nil { log.Fatal(err) }", "go.migrate.drop"),
        ("client.Database(name).Drop(ctx)", "go.mongo.drop"),
        ("collection.Drop(context.Background())", "go.mongo.drop"),
        ("collection.DeleteMany(ctx, bson.M{})", "go.mongo.delete_many"),
        ("collection.DeleteMany(ctx, bson.D{{}})", "go.mongo.delete_many"),
        ("db.Exec(\"DROP TABLE users\")", "sql.drop_table"),
        ("_, err := conn.Exec(ctx, \"TRUNCATE users\")", "sql.truncate"),
        ("db.ExecContext(ctx, `DELETE FROM users`)", "sql.delete_all"),
        ("db.Exec(fmt.Sprintf(\"DROP TABLE %s\", name))", "sql.drop_table"),
        ("db.Exec(\"DROP TABLE \" + name)", "sql.drop_table"),
        ("exec.Command(\"dropdb\", \"app\").Run()", "sh.dropdb"),
        ("exec.CommandContext(ctx, \"dropdb\", \"app\").Run()", "sh.dropdb"),
        ("exec.CommandContext(stop, \"dropdb\", \"app\").Run()", "sh.dropdb"),
        ("exec.Command(\"sh\", \"-c\", \"dropdb app\").Run()", "sh.dropdb"),
        ("rdb.FlushAll(ctx)", "go.redis.flush"),
        ("os.RemoveAll(\"./uploads\")", "go.fs.remove_all"),
        ("os.Remove(\"data/app.sqlite3\")", "go.fs.remove_db"),
        ("os.Remove(cfg.DatabasePath)", "go.fs.remove_db"),
        ("os.Remove(config.App.GetDBPath())", "go.fs.remove_db"),
        (
            "p := s3.NewListObjectsV2Paginator(c, &s3.ListObjectsV2Input{Bucket: b}); page, _ := p.NextPage(ctx); for _, it := range page.Contents { c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: b, Key: it.Key}) }",
            "go.s3",
        ),
        (
            "batcher.Delete(ctx, s3manager.NewDeleteListIterator(c, &s3.ListObjectsInput{Bucket: b}))",
            "go.s3.iterator",
        ),
        (
            "it := bucket.Objects(ctx, nil); attrs, _ := it.Next(); bucket.Object(attrs.Name).Delete(ctx)",
            "go.gcs",
        ),
        (
            "out, _ := svc.Scan(&dynamodb.ScanInput{TableName: name}); for _, it := range out.Items { svc.DeleteItem(&dynamodb.DeleteItemInput{TableName: name, Key: it}) }",
            "go.dynamo.items",
        ),
        ("keys := rdb.Keys(ctx, \"*\").Val(); rdb.Del(ctx, keys...)", "client.keys"),
    ] {
        assert_eq!(open("cmd/wipe/main.go", &main(body)), [(2, kind)], "{body}");
    }
}

#[test]
fn finds_what_commands_and_functions_run() {
    for (text, line) in [
        (
            "package cmd\nvar wipe = &cobra.Command{\n\tUse: \"wipe\",\n\tRun: func(cmd *cobra.Command, args []string) {\n\t\tdb.Exec(\"DROP TABLE users\")\n\t},\n}\n",
            5,
        ),
        (
            "package cmd\nvar wipe = &cobra.Command{\n\tRunE: func(cmd *cobra.Command, args []string) error {\n\t\t_, err := db.Exec(\"DROP TABLE users\")\n\t\treturn err\n\t},\n}\n",
            4,
        ),
        (
            "package cmd\nvar c = &cobra.Command{Use: \"wipe\", RunE: runWipe}\nfunc runWipe(cmd *cobra.Command, args []string) error {\n\t_, err := db.Exec(\"DROP TABLE users\")\n\treturn err\n}\n",
            4,
        ),
        (
            "package main\nfunc wipe(table string) {\n\tdb.Exec(\"DROP TABLE users\")\n}\nfunc main() {\n\twipe(\"a\")\n}\n",
            3,
        ),
        (
            "package main\nfunc main() {\n\tfor _, q := range []string{\"DROP TABLE users\"} {\n\t\tdb.Exec(q)\n\t}\n}\n",
            // Where the statement is written.
            3,
        ),
    ] {
        let found: Vec<u32> = open("cmd/wipe.go", text).into_iter().map(|it| it.0).collect();
        assert_eq!(found, [line], "{text}");
    }
}

#[test]
fn lets_through() {
    for body in [
        "// db.Exec(\"DROP TABLE users\")",
        "fmt.Println(\"DROP TABLE users\")",
        "db.Delete(&user)",
        "form.Reset()",
        "os.RemoveAll(filepath.Join(dir, \"build\"))",
        "db.Delete(&User{}, 7)",
        "db.Where(\"id = ?\", id).Delete(&User{})",
        "db.Exec(\"DELETE FROM users WHERE id = $1\", id)",
        "collection.DeleteMany(ctx, bson.M{\"user\": id})",
        "os.RemoveAll(tmpDir)",
        "os.RemoveAll(\"build\")",
        "os.Remove(\"out.txt\")",
        "list.Drop(3)",
        "os.Remove(cfg.TestDatabasePath)",
        "out, _ := c.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: b, Prefix: p}); for _, it := range out.Contents { c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: b, Key: it.Key}) }",
        "c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: b, Key: key})",
        "c.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: name, Key: key})",
        "exec.Command(\"go\", \"build\").Run()",
        "log.Fatal(\"no\"); db.Exec(\"DROP TABLE users\")",
        "os.Exit(1); db.Exec(\"DROP TABLE users\")",
        "return; db.Exec(\"DROP TABLE users\")",
    ] {
        let text = main(body);
        assert_eq!(open("cmd/a/main.go", &text), [], "{body}");
        assert_eq!(guarded("cmd/a/main.go", &text), [], "{body}");
    }
    // What a library offers, nobody runs here.
    let text = "package store\nfunc Wipe() {\n\tdb.Exec(\"DROP TABLE users\")\n}\nfunc (s *Store) Drop() {\n\ts.db.Exec(\"DROP TABLE users\")\n}\n";
    assert_eq!(open("store/store.go", text), []);
}

const DROP: &str = "db.Exec(\"DROP TABLE users\")";

#[test]
fn knows_guards() {
    for (before, kind) in [
        ("var a string\nfmt.Scanln(&a)\nif a != \"yes\" {\nreturn\n}", GuardKind::Confirmation),
        (
            "var a string\nfmt.Scanln(&a)\nif strings.ToLower(a) != \"y\" {\nos.Exit(1)\n}",
            GuardKind::Confirmation,
        ),
        (
            "r := bufio.NewReader(os.Stdin)\na, _ := r.ReadString('\\n')\nif strings.TrimSpace(a) != \"yes\" {\nlog.Fatal(\"no\")\n}",
            GuardKind::Confirmation,
        ),
        (
            "s := bufio.NewScanner(os.Stdin)\ns.Scan()\nif s.Text() != \"DELETE\" {\nreturn\n}",
            GuardKind::Confirmation,
        ),
        ("if !sure() {\nreturn\n}", GuardKind::Confirmation),
        ("if err := ask(); err != nil {\nlog.Fatal(err)\n}", GuardKind::Confirmation),
        (
            "if os.Getenv(\"APP_ENV\") != \"development\" {\nlog.Fatal(\"no\")\n}",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "if os.Getenv(\"APP_ENV\") == \"production\" {\nlog.Fatalf(\"no\")\n}",
            GuardKind::EnvironmentDenied,
        ),
        (
            "env := os.Getenv(\"APP_ENV\")\nswitch env {\ncase \"development\", \"test\":\ndefault:\npanic(\"no\")\n}",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "if !strings.Contains(dsn, \"localhost\") {\nlog.Fatal(\"no\")\n}",
            GuardKind::TargetChecked,
        ),
        (
            "force := flag.Bool(\"force\", false, \"x\")\nflag.Parse()\nif !*force {\nlog.Fatal(\"no\")\n}",
            GuardKind::OptIn,
        ),
        (
            "var yes bool\nflag.BoolVar(&yes, \"yes\", false, \"x\")\nflag.Parse()\nif !yes {\nos.Exit(1)\n}",
            GuardKind::OptIn,
        ),
        ("if os.Getenv(\"ALLOW_WIPE\") != \"1\" {\nreturn\n}", GuardKind::OptIn),
    ] {
        let text = format!(
            "package main\nfunc main() {{\n{before}\n{DROP}\n}}\n\
             func sure() bool {{\nvar a string\nfmt.Scanln(&a)\nreturn a == \"yes\"\n}}\n\
             func ask() error {{\nvar a string\nfmt.Scanln(&a)\nif a != \"yes\" {{\nreturn errors.New(\"no\")\n}}\nreturn nil\n}}\n"
        );
        let line = 3 + u32::try_from(before.lines().count()).unwrap();
        assert_eq!(open("cmd/a/main.go", &text), [], "{before}");
        assert_eq!(guarded("cmd/a/main.go", &text), [(line, kind)], "{before}");
    }
    let text = "package cmd\nvar force bool\nfunc init() {\nc.Flags().BoolVar(&force, \"force\", false, \"x\")\n}\nvar c = &cobra.Command{RunE: func(cmd *cobra.Command, args []string) error {\nif !force {\nreturn errors.New(\"no\")\n}\ndb.Exec(\"DROP TABLE users\")\nreturn nil\n}}\n";
    assert_eq!(guarded("cmd/wipe.go", text), [(10, GuardKind::OptIn)]);
}

#[test]
fn knows_false_guards() {
    for (before, after, defect) in [
        ("var a string\nfmt.Scanln(&a)", "", Defect::AnswerIgnored),
        ("bufio.NewReader(os.Stdin).ReadString('\\n')", "", Defect::AnswerIgnored),
        ("var a string\nfmt.Scanln(&a)\nif a == \"yes\" {\nreturn\n}", "", Defect::WrongWayRound),
        ("", "var a string\nfmt.Scanln(&a)\nif a != \"yes\" {\nreturn\n}", Defect::TooLate),
        ("time.Sleep(5 * time.Second)", "", Defect::OnlyWaits),
        ("fmt.Println(\"WARNING: all data goes\")", "", Defect::StopsNothing),
        (
            "if verbose {\nvar a string\nfmt.Scanln(&a)\nif a != \"yes\" {\nreturn\n}\n}",
            "",
            Defect::NotOnEveryWay,
        ),
    ] {
        let text = format!("package main\nfunc main() {{\n{before}\n{DROP}\n{after}\n}}\n");
        assert_eq!(open("cmd/a/main.go", &text).len(), 1, "{text}");
        let found = defects("cmd/a/main.go", &text);
        assert!(found.contains(&defect), "{text}: {found:?}");
    }
}

#[test]
fn finds_a_statement_that_is_written_piece_by_piece() {
    for body in [
        "var b strings.Builder\nb.WriteString(\"DELETE \")\nb.WriteString(\"FROM users\")\ndb.Exec(b.String())",
        "for _, it := range strings.Split(\"DELETE FROM users; SELECT 1\", \";\") {\ndb.Exec(strings.TrimSpace(it))\n}",
        "stmt, _ := db.Prepare(\"DELETE FROM users\")\nstmt.Exec()",
    ] {
        let text = format!("package main\nfunc main() {{\n{body}\n}}\n");
        let found: Vec<&str> = open("a.go", &text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, ["sql.delete_all"], "{text}");
    }
}

#[test]
fn finds_what_old_clients_of_go_do() {
    let program = |line: &str| format!("package main\nfunc main() {{\n\t{line}\n}}\n");
    for line in [
        "conn.Do(\"FLUSHALL\")",
        "session.DB(\"shop\").C(\"users\").RemoveAll(nil)",
        "db.Where(\"email <> ?\", \"admin\").Delete(&User{})",
        "db.Where(\"id > 0\").Delete(&User{})",
    ] {
        assert_eq!(open("cmd/wipe/main.go", &program(line)).len(), 1, "{line}");
    }
    for line in [
        "conn.Do(\"GET\", \"a\")",
        "list.RemoveAll(nil)",
        "db.Where(\"email = ?\", it).Delete(&User{})",
    ] {
        assert!(open("cmd/wipe/main.go", &program(line)).is_empty(), "{line}");
    }
}

#[test]
fn an_error_that_is_passed_on_is_one() {
    let ask = |refusal: &str, check: &str| {
        format!(
            "package main\nfunc ask() error {{\n\tline, err := bufio.NewReader(os.Stdin).ReadString('\\n')\n\tif err != nil {{\n\t\t{refusal}\n\t}}\n\tif strings.TrimSpace(line) != \"yes\" {{\n\t\treturn errors.New(\"no\")\n\t}}\n\treturn nil\n}}\nfunc main() {{\n\tif err := ask(); err != nil {{\n\t\t{check}\n\t}}\n\tdb.Exec(\"DROP DATABASE shop\")\n}}\n"
        )
    };
    let path = "cmd/reset/main.go";
    assert_eq!(guarded(path, &ask("return err", "log.Fatal(err)")).len(), 1);
    // What could not be read counts as a yes; the error is said and no more.
    assert_eq!(open(path, &ask("return nil", "log.Fatal(err)")).len(), 1);
    assert_eq!(open(path, &ask("return err", "log.Println(err)")).len(), 1);
}
