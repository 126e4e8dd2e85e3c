//! What is found in scripts and what is let through, a table for each language. All scripts are invented.
#![allow(clippy::unwrap_used)]

mod alike;
mod answers;
mod assembled;
mod bounds;
mod by_name;
mod called_back;
mod clients;
mod commands;
mod defaults;
mod drawn;
mod dumps;
mod elements;
mod errors;
mod families;
mod flags;
mod forms;
mod functions;
mod given;
mod go;
mod gone_through;
mod guard_shapes;
mod handed;
mod helpers;
mod java;
mod javascript;
mod judged;
mod listed;
mod lists;
mod looked_up;
mod memory;
mod nearest;
mod own;
mod passing;
mod php;
mod powershell;
mod promises;
mod python;
mod ruby;
mod shapes;
mod shell;
mod sought;
mod spellings;
mod sql;
mod sql_joined;
mod supports;
mod tools;
mod unguarded;
mod unsaid;
mod varied;
mod ways;

use super::{Answer, Defect, GuardKind, Script, Strength, read};

/// The script that a text is.
fn script(path: &str, text: &str) -> Option<Script> {
    match read(path.into(), text.as_bytes()) {
        Answer::Yes(script) => Some((*script).clone()),
        Answer::No => None,
        Answer::Unreadable(why) => panic!("{path} is not read: {}", why.detail),
    }
}

/// The operations that nothing stops: the line and the kind of each.
pub(super) fn open(path: &str, text: &str) -> Vec<(u32, &'static str)> {
    let operations = script(path, text).map(|it| it.operations).unwrap_or_default();
    let open = operations.iter().filter(|it| it.strength() < Some(Strength::Medium));
    open.map(|it| (it.line, it.kind.id)).collect()
}

/// The operations that something stops, with what does.
pub(super) fn guarded(path: &str, text: &str) -> Vec<(u32, GuardKind)> {
    let operations = script(path, text).map(|it| it.operations).unwrap_or_default();
    let by = |it: &super::Operation| {
        let real =
            it.guards.iter().filter(|it| it.defect.is_none() && it.strength >= Strength::Medium);
        real.max_by_key(|it| it.strength).map(|it| it.kind)
    };
    operations.iter().filter_map(|it| Some((it.line, by(it)?))).collect()
}

/// The defects of what looks like a guard before the first operation.
pub(super) fn defects(path: &str, text: &str) -> Vec<Defect> {
    let operations = script(path, text).map(|it| it.operations).unwrap_or_default();
    operations
        .first()
        .map(|it| it.guards.iter().filter_map(|it| it.defect).collect())
        .unwrap_or_default()
}

#[test]
fn what_is_no_script_or_destroys_nothing_is_none() {
    for (path, text) in [
        ("README.md", "Run `dropdb app`."),
        ("notes.txt", "DROP TABLE users;"),
        ("app.py", "print('nothing')\n"),
        ("tests/test_app.py", "db.drop_all()\n"),
        ("app_test.go", "db.Exec(\"DROP TABLE users\")"),
        ("migrations/0002.sql", "DROP TABLE users;"),
        ("sql/updates/2.13.1--2.14.0.sql", "DROP TABLE users;"),
        ("shop--1.0--1.1.sql", "DROP TABLE users;"),
        ("V2__users.sql", "DROP TABLE users;"),
        ("empty.py", ""),
    ] {
        assert_eq!(script(path, text), None, "{path}");
    }
}

#[test]
fn a_script_is_told_by_its_first_line_as_well() {
    assert_eq!(open("bin/reset", "#!/usr/bin/env bash\ndropdb app\n"), [(2, "sh.dropdb")]);
    assert_eq!(
        open("bin/reset", "#!/usr/bin/python3\ndb.drop_all()\n"),
        [(2, "py.sqlalchemy.drop_all")]
    );
}

#[test]
fn a_script_is_told_by_names_that_are_less_usual() {
    for (path, text, kind) in [
        ("Makefile.db", "wipe:\n\tdropdb shop\n", "sh.dropdb"),
        ("wipe.cypher", "MATCH (n) DETACH DELETE n;\n", "cypher.detach_delete"),
        ("wipe.sql.j2", "DROP TABLE {{ name }};\n", "sql.drop_table"),
        ("wipe.sh.tpl", "dropdb ${name}\n", "sh.dropdb"),
        ("shop.install", "<?php\n$db->query('DROP TABLE orders');\n", "sql.drop_table"),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [kind], "{path}");
    }
    for path in ["Makefile.in", "Makefile.am", "shop.install", "wipe.j2"] {
        assert!(open(path, "wipe:\n\tdropdb shop\n").is_empty(), "{path}");
    }
}

#[test]
fn an_anchor_stays_when_lines_move() {
    let text = "dropdb app\ndropdb other\n";
    let anchors = |text: &str| -> Vec<String> {
        script("reset.sh", text).unwrap().operations.into_iter().map(|it| it.anchor).collect()
    };
    assert_eq!(anchors(text), anchors(&format!("# A line more.\n\n{text}")));
    assert_eq!(anchors(text), ["sh.dropdb dropdb 0", "sh.dropdb dropdb 1"]);
}

#[test]
fn thousands_of_conditions_and_operations_are_read_in_bounded_time() {
    let text = "if [ $sure = yes ]; then dropdb app; fi\n".repeat(2_000);
    assert_eq!(guarded("wipe.sh", &text).len(), 2_000);
}

#[test]
fn bytes_that_nobody_would_write_are_read_in_bounded_time() {
    let deep = "(".repeat(50_000);
    let nested = "if true; then ".repeat(5_000);
    let wide = "{\u{1f600}}\u{10ffff}{\u{1f4a9}".repeat(100);
    for path in
        ["a.py", "a.sh", "a.sql", "a.js", "a.ts", "a.rb", "a.rake", "a.go", "a.ps1", "a.java"]
    {
        for text in [&deep, &nested, &wide] {
            let _ = read(path.into(), format!("drop {text} delete").as_bytes());
            let closed = text.replace('(', ")");
            let _ = read(path.into(), format!("drop = {text}{closed} delete\n").as_bytes());
        }
        let _ = read(path.into(), b"\xff\xfe drop \x00 delete");
    }
}

#[test]
fn a_command_of_a_client_may_be_the_last_line() {
    for last in [
        "DELIMITER ;",
        "\\echo done",
        "PROMPT done",
        "REM",
        "\\gset",
        "COPY a FROM stdin;",
        "@next",
    ] {
        let text = format!("DROP TABLE users;\n{last}");
        for end in 17..=text.len() {
            assert_eq!(
                open("reset.sql", &text[..end]),
                [(1, "sql.drop_table")],
                "{}",
                &text[..end]
            );
        }
    }
}

#[test]
fn names_that_are_set_to_each_other_are_read_in_bounded_time() {
    let set = |n: usize| format!("a{n} = a{};\n", (n * 7 + 1) % 30).repeat(8);
    let sets: String = (0..30).map(set).collect();
    let wipes = "a0.exec('DROP TABLE users');\n".repeat(300);
    let text = format!("a1 = open();\n{sets}{wipes}");
    assert_eq!(open("a.js", &text).len(), 300);
}

#[test]
fn what_is_put_together_again_and_again_is_read_in_bounded_time() {
    let doubled = |it: &str| format!("x0 = 'dropdb shop '\n{}os.system(x20)\n", it);
    let line = |n: usize| format!("x{n} = x{0} + x{0} if a else [*x{0}, *x{0}]\n", n - 1);
    let text = doubled(&(1..=20).map(line).collect::<String>());
    assert!(matches!(read("a.py".into(), text.as_bytes()), Answer::Unreadable(_)));
    // The texts of one file together, as far as they are spelled.
    let text = format!("X=a\n{}", "X=$X$X; dropdb $X\n".repeat(10_000));
    assert!(matches!(read("a.sh".into(), text.as_bytes()), Answer::Yes(it) if it.cut.is_some()));
    let drops =
        |end: &str| (0..6_000).map(|n| format!("DROP TABLE a{n};{end}")).collect::<String>();
    assert_eq!(open("a.sh", &format!("psql -c '{}'\n", drops(""))).len(), 6_000);
    assert_eq!(open("a.sh", &format!("psql <<EOF\n{}EOF\n", drops("\n"))).len(), 6_000);
    // What the scanner of the grammar goes through to its end again and again is given up.
    let text = format!("[[ $a =~ {} ]] && dropdb a\n", "(a".repeat(20_000));
    assert!(matches!(read("a.sh".into(), text.as_bytes()), Answer::Unreadable(_)));
}

#[test]
fn a_large_script_of_many_functions_is_followed() {
    let says = "say() { if [ \"$QUIET\" ]; then return; fi; printf '%s\\n' \"$1\"; }\n";
    let body = "if [ \"$A\" ]; then say 'rm -rf it'; else say \"drop $1\"; fi\n".repeat(20);
    let one = |n: usize| format!("f{n}() {{\n{body}f{}; [ \"$B\" ] && f{}\n}}\n", n + 1, n + 2);
    let all: String = (0..40).map(one).collect();
    let text = format!("{says}{all}f40() {{ :; }}\nf41() {{ dropdb shop; }}\nf0\n");
    assert_eq!(open("a.sh", &text).len(), 1);
}

#[test]
fn what_is_asked_of_a_whole_file_again_and_again_is_read_in_bounded_time() {
    let set = |after: &str| (0..10_000).map(|n| format!("a{n}{after}\n")).collect::<String>();
    let program = "python -c \"import os; os.remove('app.db')\"\n".repeat(1_000);
    assert_eq!(open("a.sh", &format!("{}{program}", set("b=1"))).len(), 1_000);
    let loops = "while b: c()\n".repeat(2_000);
    assert_eq!(open("a.py", &format!("{}{loops}os.remove('app.db')\n", set(" = []"))).len(), 1);
    let methods = "    def handle(self): 0\n".repeat(10_000);
    let text = format!("class Command(BaseCommand):\n{methods}os.remove('app.db')\n");
    assert_eq!(open("a.py", &text).len(), 1);
    let asked = "\tx, err := p.Run()\n".repeat(10_000);
    let text = format!("package main\nfunc main() {{\n{asked}\tos.Remove(\"app.db\")\n}}\n");
    assert_eq!(open("a.go", &text).len(), 1);
    let schemas = "DROP SCHEMA a\n".repeat(20_000);
    assert_eq!(open("a.sql", &format!("SELECT OBJECT_ID('a')\nGO\n{schemas}")), []);
}

#[test]
fn a_text_that_is_said_again_and_again_does_not_grow() {
    let text = format!(
        "x=$(cat f)\n{}rm -rf /srv/data\n",
        "x=$(echo \"$x\" | sed 's/a/b/')\n".repeat(2_000)
    );
    assert_eq!(open("a.sh", &text), [(2_002, "sh.rm")]);
}

#[test]
fn what_is_built_is_not_read_where_it_is_large() {
    let text = format!("// {}\nexecSync('dropdb shop');\n", "a\n// ".repeat(300_000));
    for path in ["js/all.min.js", "lib/build/worker.mjs", "public/a.bundle.js"] {
        assert!(matches!(read(path.into(), text.as_bytes()), Answer::No), "{path}");
    }
    assert!(matches!(read("js/all.js".into(), text.as_bytes()), Answer::Unreadable(_)));
}

#[test]
fn what_meets_a_bound_is_said() {
    let is_cut = |path: &str, text: &str| match read(path.into(), text.as_bytes()) {
        Answer::Unreadable(_) => true,
        Answer::Yes(script) => script.cut.is_some(),
        Answer::No => false,
    };
    // Functions that call each other, deeper than is followed.
    let calls = |n: usize| (0..n).map(|it| format!("def f{it}():\n    f{}()\n", it + 1));
    let chain = |n: usize| calls(n).chain([format!("def f{n}():\n    db.drop_all()\nf0()\n")]);
    assert!(is_cut("a.py", &chain(80).collect::<String>()));
    assert_eq!(open("a.py", &chain(50).collect::<String>()).len(), 1);
    let ifs = |n: usize| format!("{}dropdb shop\n{}", "if a; then\n".repeat(n), "fi\n".repeat(n));
    assert!(is_cut("a.sh", &ifs(300)));
    assert_eq!(open("a.sh", &ifs(40)).len(), 1);
    // Beside what was found before it.
    let both = format!("dropdb shop\n{}", ifs(300));
    assert!(is_cut("a.sh", &both));
    assert_eq!(open("a.sh", &both).len(), 1);
    // A statement of SQL before much that is none.
    let rows = "INSERT INTO t VALUES (1, 'some text');\n".repeat(10_000);
    let text = format!("psql <<EOF\nDROP DATABASE shop;\n{rows}EOF\n");
    assert_eq!(open("a.sh", &text), [(2, "sql.drop_database")]);
}
