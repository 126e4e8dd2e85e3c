//! Statements that are gathered in a list before they are run, and commands whose names alone say what they do.

use super::open;

#[test]
fn finds() {
    for (path, text, found) in [
        (
            "a.py",
            "q = []\nq.append('DROP TABLE t')\nfor it in q:\n    c.execute(it)\n",
            (2, "sql.drop_table"),
        ),
        (
            "a.go",
            "package main\nfunc main() {\nq := make([]string, 0)\nq = append(q, \"DROP TABLE t\")\nfor _, it := range q {\ndb.Exec(it)\n}\n}\n",
            (4, "sql.drop_table"),
        ),
        (
            "a.go",
            "package main\nfunc main() {\nq := []string{\"SELECT 1\"}\nq = append(q, \"TRUNCATE t\")\nfor _, it := range q {\ndb.Exec(it)\n}\n}\n",
            (4, "sql.truncate"),
        ),
        (
            "a.go",
            "package main\nfunc main() {\npool, err := db.DropDb(url)\n}\n",
            (3, "code.helper"),
        ),
        ("a.sh", "npx sqd db drop\n", (1, "sh.db_drop")),
        ("a.sh", "orm database:reset --yes\n", (1, "sh.db_drop")),
        (
            "a.sh",
            "if ! s=$(prisma migrate status); then\n  prisma migrate reset --force\nfi\n",
            (2, "sh.prisma"),
        ),
        ("a.sh", "if s=$(status); then\n  dropdb app\nelse\n  echo ok\nfi\n", (2, "sh.dropdb")),
    ] {
        assert_eq!(open(path, text), [found], "{path}: {text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("a.py", "q = []\nq.append('DROP TABLE t')\nfor it in q:\n    print(it)\n"),
        ("a.sh", "orm db:drop --help\n"),
        ("a.sh", "orm db:migrate\n"),
        ("a.sh", "orm restore db drop\n"),
        ("a.sh", "echo db drop\n"),
        ("a.sh", "if ! x=1; then dropdb app; fi\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}
