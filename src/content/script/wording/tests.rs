//! By what an operation is known, and where its statement begins.

use super::*;
use crate::content::Answer;
use crate::content::script::read;

/// What the operations of a text are known by.
fn known(path: &str, text: &str) -> Vec<String> {
    match read(path.into(), text.as_bytes()) {
        Answer::Yes(it) => it.operations.iter().map(|it| it.wording.clone()).collect(),
        other => panic!("{path}: {text}: {other:?}"),
    }
}

/// The lines of the operations of a text, and those on which their statements begin.
fn lines(path: &str, text: &str) -> Vec<(u32, u32)> {
    match read(path.into(), text.as_bytes()) {
        Answer::Yes(it) => it.operations.iter().map(|it| (it.line, it.begins)).collect(),
        other => panic!("{path}: {text}: {other:?}"),
    }
}

#[test]
fn a_comment_is_no_part_of_a_statement() {
    for (language, line, expected) in [
        (Language::Shell, "dropdb old # c", "dropdb old "),
        (Language::Shell, "# c", ""),
        (Language::Shell, "rm -rf /srv/a#b", "rm -rf /srv/a#b"),
        (Language::Shell, "rm -rf \"a # b\" # c", "rm -rf \"a # b\" "),
        (Language::Shell, "rm -rf a\\ # b", "rm -rf a\\ "),
        (Language::Shell, "rm -rf \"a", "rm -rf \"a"),
        (Language::Sql, "DROP TABLE a; -- c", "DROP TABLE a; "),
        (Language::Go, "get(\"http://a\") // c", "get(\"http://a\") "),
        (Language::Systemd, "ExecStart=rm -rf /srv # /", "ExecStart=rm -rf /srv # /"),
    ] {
        assert_eq!(without_comment(language, line), expected, "{line}");
    }
}

#[test]
fn an_operation_is_another_one_where_it_goes_elsewhere() {
    for (path, before, after) in [
        ("a.sh", "D=/srv/uploads\nrm -rf \"$D\"\n", "D=/srv/media\nrm -rf \"$D\"\n"),
        ("a.sh", "B=/srv\nD=$B/a\nrm -rf \"$D\"\n", "B=/data\nD=$B/a\nrm -rf \"$D\"\n"),
        ("a.sh", "cd /srv/uploads\nrm -rf ./*\n", "cd /srv/media\nrm -rf ./*\n"),
        ("a.sh", "rm -rf /srv/uploads\n", "rm -rf /srv /uploads\n"),
        ("a.sh", "dropdb shop\n", "export PGHOST=db.example.com\ndropdb shop\n"),
        ("a.sh", "rm -rf /srv/a\n", "ssh live <<X\nrm -rf /srv/a\nX\n"),
        ("a.sh", "ssh stage <<X\nrm -rf /srv/a\nX\n", "ssh live <<X\nrm -rf /srv/a\nX\n"),
        (
            "a.sh",
            "psql -h stage <<X\nDROP TABLE users;\nX\n",
            "psql -h live <<X\nDROP TABLE users;\nX\n",
        ),
        (
            "a.sh",
            "kubectl config use-context stage\nkubectl delete namespace shop\n",
            "kubectl config use-context live\nkubectl delete namespace shop\n",
        ),
        ("Makefile", "DB=a\nwipe:\n\tdropdb $(DB)\n", "DB=b\nwipe:\n\tdropdb $(DB)\n"),
        ("a.sql", "USE stage;\nDROP TABLE users;\n", "USE live;\nDROP TABLE users;\n"),
        ("a.sql", "\\c stage\nDROP TABLE users;\n", "\\c live\nDROP TABLE users;\n"),
        (
            "a.py",
            "import shutil\nT = '/srv/a'\nshutil.rmtree(T)\n",
            "import shutil\nT = '/srv/b'\nshutil.rmtree(T)\n",
        ),
        (
            "a.py",
            "import shutil\ndef w(d):\n    shutil.rmtree(d)\nw('/srv/a')\n",
            "import shutil\ndef w(d):\n    shutil.rmtree(d)\nw('/srv/a')\nw('/srv/b')\n",
        ),
        (
            "a.py",
            "U = 'postgresql://a@stage/x'\ne = create_engine(U)\nBase.metadata.drop_all(e)\n",
            "U = 'postgresql://a@live/x'\ne = create_engine(U)\nBase.metadata.drop_all(e)\n",
        ),
        (
            "a.js",
            "const fs = require('fs');\nconst d = '/srv/a';\nfs.rmSync(d, {recursive: true, force: true});\n",
            "const fs = require('fs');\nconst d = '/srv/b';\nfs.rmSync(d, {recursive: true, force: true});\n",
        ),
    ] {
        assert_ne!(known(path, before), known(path, after), "{before} {after}");
    }
}

#[test]
fn an_operation_stays_the_same_whatever_stands_around_it() {
    for (path, before, after) in [
        (
            "a.sh",
            "D=/srv/a\nrm -rf \"$D\"\n",
            "# c\nX=1\nD='/srv/a' # d\nif true; then\n  rm  -rf \"$D\" # e\nfi\n",
        ),
        ("a.sh", "ssh live <<X\nrm -rf /srv/a\nX\n", "ssh live <<X\necho b\nrm -rf /srv/a\nX\n"),
        ("a.py", "db.drop_all()\n", "import os\n\nX = 1\ndb.drop_all()  # c\n"),
        ("a.sql", "DROP TABLE users;\n", "SELECT 1;\n\nDROP TABLE users; -- c\n"),
        (
            "a.js",
            "mongoose.connection.dropDatabase();\n",
            "mongoose.connection.dropDatabase(); // c\n",
        ),
    ] {
        assert_eq!(known(path, before), known(path, after), "{before} {after}");
    }
}

#[test]
fn only_what_is_alike_in_all_is_numbered() {
    let both = known("a.sh", "dropdb a\ndropdb b\n");
    assert_eq!(known("a.sh", "dropdb b\n"), both[1..]);
    assert_eq!(known("a.sh", "dropdb c\ndropdb a\ndropdb b\n")[1..], both);
    let twice = known("a.sh", "dropdb a\necho\ndropdb a\n");
    assert_eq!(twice[0], both[0]);
    assert!(twice[1].ends_with(" 1") && twice[1] != twice[0], "{twice:?}");
}

#[test]
fn a_statement_begins_on_its_first_line() {
    for (path, text, expected) in [
        ("a.sh", "psql -c \"\n  DELETE FROM users\n\"\n", &[(2, 1)][..]),
        ("a.sh", "cd /x && \\\n  dropdb shop\n", &[(2, 1)]),
        ("a.sh", "psql <<X\nDROP TABLE users;\nX\n", &[(2, 2)]),
        ("a.sh", "if true; then\n  dropdb shop\nfi\n", &[(2, 2)]),
        ("a.py", "db.session.execute(\n    'DELETE FROM users'\n)\n", &[(2, 1)]),
        ("a.py", "def a():\n    db.drop_all()\na()\n", &[(2, 2)]),
        (
            ".gitlab-ci.yml",
            "wipe:\n  environment: production\n  script:\n    - >-\n      dropdb\n      -h db.example.com shop\n",
            &[(5, 4)],
        ),
        (
            ".gitlab-ci.yml",
            "wipe:\n  environment: production\n  script:\n    - |\n      dropdb -h db.example.com a\n      dropdb -h db.example.com b\n",
            &[(5, 4), (6, 6)],
        ),
        (
            ".gitlab-ci.yml",
            "wipe:\n  environment: production\n  script:\n    - cd infra &&\n      terraform destroy\n      -auto-approve\n",
            &[(5, 4)],
        ),
    ] {
        assert_eq!(lines(path, text), expected, "{text}");
    }
}
