//! Where a statement begins.

use crate::content::Answer;
use crate::content::script::read;

/// The lines of the operations of a text, and those on which their statements begin.
fn lines(path: &str, text: &str) -> Vec<(u32, u32)> {
    match read(path.into(), text.as_bytes()) {
        Answer::Yes(it) => it.operations.iter().map(|it| (it.line, it.begins)).collect(),
        other => panic!("{path}: {text}: {other:?}"),
    }
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
