//! By what an operation is known.

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

/// Holds that operations are others, or not, where a word of a text is another one, in each of these.
fn with_another_word(cases: &[(&str, &str)], is_other: bool) {
    for (path, text) in cases {
        let (one, other) = (text.replace('@', "stage"), text.replace('@', "live"));
        assert_eq!(known(path, &one) != known(path, &other), is_other, "{path}: {text}");
    }
}

#[test]
fn all_lines_of_a_statement_count() {
    let long: String = (0..30).map(|it| format!("  \"/srv/u{it}\",\n")).collect();
    let long =
        format!("import subprocess\nsubprocess.run([\"rm\", \"-rf\",\n{long}  \"/srv/@\",\n])\n");
    with_another_word(
        &[
            ("a.py", long.as_str()),
            ("a.py", "import shutil\nshutil.rmtree(\n    # old files\n    \"/srv/@\"\n)\n"),
            ("a.py", "import shutil\nshutil.rmtree(\n\n    \"/srv/@\"\n)\n"),
            ("a.py", "import shutil\nshutil.rmtree(\"/srv/\" +\n    \"@\")\n"),
            ("a.py", "import shutil\nshutil.rmtree(\"/srv/\"\n    \"@\")\n"),
            ("a.py", "import shutil\nshutil.rmtree(\n  path=\n  \"/srv/@\")\n"),
            ("a.py", "import shutil\nshutil.rmtree(Path(\"/srv\")\n  / \"@\")\n"),
            (
                "a.py",
                "import subprocess\nsubprocess.run(\n  [\"rm\", \"-rf\"]\n  + [\"/srv/@\"],\n)\n",
            ),
            ("a.py", "cursor.execute(\"\"\"\nTRUNCATE\n  logs,\n  @\n\"\"\")\n"),
            ("a.sql", "TRUNCATE TABLE\nlog_a,\n@;\n"),
            ("a.sql", "TRUNCATE TABLE orders\n, @;\n"),
            ("a.sql", "DROP TABLE orders\n-- which\n@;\n"),
            (
                "a.js",
                "const fs = require('fs');\nfs.rmSync(\n  // all\n  '/srv/@',\n  { recursive: true, force: true });\n",
            ),
            (
                "a.js",
                "const c = new MongoClient(U);\nasync function main() {\n  await c\n    .db('@')\n    .dropDatabase();\n}\nmain();\n",
            ),
            (
                "a.go",
                "package main\nimport \"os\"\nfunc main() {\n\tos.RemoveAll(\n\t\t// all\n\t\t\"/srv/@\")\n}\n",
            ),
            ("a.rb", "require 'fileutils'\nFileUtils.rm_rf(\n  # all\n  '/srv/@')\n"),
            ("a.sh", "PGHOST=@ \\\n  dropdb shop\n"),
            ("a.sh", "psql -h @ -c \"\nDROP TABLE users\n\"\n"),
        ],
        true,
    );
}

#[test]
fn what_is_set_around_it_counts() {
    with_another_word(
        &[
            ("a.sh", "wipe() {\n  psql -h \"$1\" -c 'DROP DATABASE shop'\n}\nwipe @\n"),
            ("a.sh", "wipe() {\n  echo 'DROP DATABASE shop' | psql \"$1\"\n}\nwipe @\n"),
            ("a.sh", "set -- @\ndocker exec \"$1\" psql -c 'DROP DATABASE shop'\n"),
            ("a.sql", "USE\t@;\nDROP TABLE users;\n"),
            ("a.sql", "SET x=1; USE @;\nDROP TABLE users;\n"),
            ("a.sql", "SET LOCAL search_path TO @;\nDROP TABLE users;\n"),
            ("a.sql", ":CONNECT @\nDROP TABLE dbo.users;\nGO\n"),
            ("a.sql", "\\set db @\nDROP DATABASE :db;\n"),
            ("a.sh", "mysql <<X\nUSE @;\nDROP TABLE users;\nX\n"),
            ("a.sh", "cd infra/@\nterraform destroy -auto-approve\n"),
            ("a.sh", ". ./@.env\ndropdb shop\n"),
            ("a.ps1", "$env:PGHOST = \"@\"\ndropdb shop\n"),
            ("a.py", "c = db.cursor()\nc.execute('USE @')\nc.execute('DROP TABLE users')\n"),
            ("a.py", "import os, shutil\nos.chdir('/srv/@')\nshutil.rmtree('uploads')\n"),
            (
                "a.py",
                "import argparse, subprocess\np = argparse.ArgumentParser()\np.add_argument('--db', default='@')\na = p.parse_args()\nsubprocess.run(['dropdb', a.db])\n",
            ),
            (
                "a.js",
                "const mongoose = require('mongoose');\nasync function main() {\n  await mongoose.connect('mongodb://@/shop');\n  await mongoose.connection.dropDatabase();\n}\nmain();\n",
            ),
            (
                "a.php",
                "<?php\n$db = new mysqli('h');\n$db->select_db('@');\n$db->query('DROP TABLE users');\n",
            ),
            ("crontab", "PGHOST=@\n0 1 * * * dropdb shop\n"),
            ("Makefile", "export PGHOST := @\nwipe:\n\tdropdb shop\n"),
            ("justfile", "export PGHOST := \"@\"\nwipe:\n  dropdb shop\n"),
            (
                ".circleci/config.yml",
                "version: 2.1\njobs:\n  a:\n    docker:\n      - image: x\n    environment:\n      PGHOST: @\n    steps:\n      - run: dropdb shop\n",
            ),
            (
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    runs-on: [self-hosted, @]\n    steps:\n      - run: dropdb shop\n",
            ),
            (
                ".github/workflows/a.yml",
                "on: push\njobs:\n  a:\n    runs-on: self-hosted\n    steps:\n      - run: terraform destroy -auto-approve\n        working-directory: infra/@\n",
            ),
            (
                "job.yaml",
                "apiVersion: batch/v1\nkind: Job\nmetadata:\n  namespace: @\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        image: postgres\n        command: [\"dropdb\", \"shop\"]\n",
            ),
            ("play.yml", "- hosts: @\n  tasks:\n    - command: dropdb shop\n"),
        ],
        true,
    );
}

#[test]
fn what_is_beside_it_does_not_count() {
    with_another_word(
        &[
            (
                ".github/workflows/a.yml",
                "on: push\njobs:\n  b:\n    runs-on: @\n    steps:\n      - run: echo\n  a:\n    runs-on: self-hosted\n    steps:\n      - run: echo @\n      - run: dropdb shop\n",
            ),
            (
                "job.yaml",
                "apiVersion: v1\nkind: Job\nmetadata:\n  namespace: a\nspec:\n  template:\n    spec:\n      containers:\n      - image: postgres\n        command: [\"dropdb\", \"shop\"]\n---\nkind: Namespace\nmetadata:\n  name: @\n",
            ),
            ("a.sql", "SELECT '@';\nDROP TABLE users; /* @ */\n"),
            ("a.sql", "DROP TABLE users; # @\n"),
            ("a.sh", "if true; then\n  echo @\n  dropdb shop\nfi\n"),
            ("a.js", "mongoose.connection.dropDatabase(); /* @ */\n"),
            ("a.py", "import shutil\nshutil.rmtree(\n    # @\n    '/srv/a',\n)\n"),
        ],
        false,
    );
}

#[test]
fn how_it_is_held_back_counts_and_one_that_is_guarded_has_no_number_of_others() {
    let plain = known("a.sh", "dropdb a\n");
    assert_ne!(known("a.sh", "pg_dump a > a.dump\ndropdb a\n"), plain);
    let both = known("a.sh", "if [ \"$APP_ENV\" = test ]; then\n  dropdb a\nfi\ndropdb a\n");
    assert_eq!(both[1..], plain);
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
        // The same over more lines.
        (
            "a.py",
            "c.execute(\"DELETE FROM orders\")\n",
            "c.execute(\n    \"DELETE FROM orders\"\n)\n",
        ),
        ("a.sh", "psql -h a -c 'DROP TABLE users'\n", "psql -h a \\\n  -c 'DROP TABLE users'\n"),
        ("a.js", "p.query('DROP TABLE users');\n", "p\n  .query('DROP TABLE users');\n"),
        (
            "a.py",
            "db.drop_all()\n",
            "print('use with care')\nprint(\"Use --help for help\")\ndb.drop_all()\n",
        ),
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
