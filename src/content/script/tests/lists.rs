//! Statements that are gathered in a list before they are run, and commands whose names alone say what they do.

use super::{open, script};
use crate::content::script::model::Scope;

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
        ("a.sql", "DELETE FROM users WHERE id <> ?;\n", (1, "sql.delete_all")),
        ("a.py", "c.execute(f'DELETE FROM users WHERE id != {keep}')\n", (1, "sql.delete_all")),
        ("a.py", "c.execute('DELETE FROM users WHERE id != %s', (keep,))\n", (1, "sql.delete_all")),
        (
            "a.py",
            "for it in ['a.lance', 'b.lance']:\n    shutil.rmtree('data/lancedb/' + it)\n",
            (2, "py.fs.rmtree"),
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
fn names_of_tests_of_git_tell_what_they_are() {
    for (path, found) in
        [("t/t0001-init.sh", 0), ("t0001-.sh", 1), ("t001-init.sh", 1), ("reset-0001.sh", 1)]
    {
        assert_eq!(open(path, "dropdb app\n").len(), found, "{path}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("a.py", "q = []\nq.append('DROP TABLE t')\nfor it in q:\n    print(it)\n"),
        ("a.sql", "DELETE FROM users WHERE status <> ?;\n"),
        ("a.sql", "DELETE FROM users WHERE id <> ? AND age > 3;\n"),
        ("a.py", "shutil.rmtree('build/lancedb')\n"),
        ("a.sh", "orm db:drop --help\n"),
        ("a.sh", "orm db:migrate\n"),
        ("a.sh", "orm restore db drop\n"),
        ("a.sh", "echo db drop\n"),
        ("a.sh", "if ! x=1; then dropdb app; fi\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}

#[test]
fn what_leaves_a_few_out_chooses_nothing() {
    let found = |path: &str, text: &str| !open(path, text).is_empty();
    let firestore = |test: &str| {
        format!(
            "const keep = new Set(['users']);\nfor (const it of await db.listCollections()) {{\n  if ({test}) continue;\n  await db.recursiveDelete(it);\n}}\n"
        )
    };
    assert!(found("a.js", &firestore("keep.has(it.id)")));
    let rows = |test: &str| format!("User.all.each do |it|\n  next if {test}\n  it.destroy\nend\n");
    for test in [
        "it.admin?",
        "it.username == 'root'",
        "PROTECTED.include?(it.email)",
        "it.email.start_with?('admin')",
    ] {
        assert!(found("a.rb", &rows(test)), "{test}");
    }
    for test in ["it.active?", "it.orders.any?", "it.seen > cutoff"] {
        assert!(!found("a.rb", &rows(test)), "{test}");
    }
}

#[test]
fn filters_that_leave_a_few_out_are_none() {
    for (path, text) in [
        ("a.py", "User.query.filter(User.id > 0).delete()\n"),
        ("a.py", "session.execute(delete(User).where(true()))\n"),
        ("a.py", "session.query(User).filter(User.id != None).delete()\n"),
        ("a.py", "session.query(User).filter(not_(User.username == 'admin')).delete()\n"),
        ("a.py", "session.query(User).filter(User.is_admin.is_(False)).delete()\n"),
        ("a.py", "Order.objects.filter(pk__gte=1).delete()\n"),
        ("a.py", "Order.objects.filter(created__lte=timezone.now()).delete()\n"),
        ("a.py", "User.objects.exclude(is_superuser=True, is_staff=True).delete()\n"),
        ("a.py", "User.objects.filter(~Q(username='admin')).delete()\n"),
        ("a.py", "await User.filter(id__gt=0).delete()\n"),
        ("a.py", "await User.find({}).delete()\n"),
        ("a.rb", "User.where.not(admin: true).destroy_all\n"),
        ("a.php", "<?php\nUser::where('is_admin', false)->delete();\n"),
        ("a.js", "await knex('users').whereNot({ role: 'admin' }).del();\n"),
        ("a.js", "await knex('orders').whereNot('user_id', 1).del();\n"),
        ("a.js", "await knex('orders').whereNot('user_id', '=', 1).del();\n"),
        ("a.js", "await User.deleteMany({ isAdmin: { $ne: true } });\n"),
        ("a.js", "await User.deleteMany({ createdAt: { $lte: Date.now() } });\n"),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        ("a.py", "User.query.filter(User.id > 1000).delete()\n"),
        ("a.py", "Token.objects.filter(expires__lt=timezone.now()).delete()\n"),
        ("a.py", "User.objects.exclude(is_active=True).delete()\n"),
        ("a.py", "await User.filter(id=7).delete()\n"),
        ("a.rb", "User.where.not(confirmed_at: nil).destroy_all\n"),
        ("a.js", "await knex('orders').where('user_id', 1).orWhere('total', '>', 3).del();\n"),
        ("a.js", "await Session.deleteMany({ expiresAt: { $lte: Date.now() } });\n"),
    ] {
        assert!(open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn all_but_one_tenant_are_no_tenant() {
    for (filter, scope) in
        [(".whereNot('user_id', 1)", Scope::Table), (".whereNot('user_id', '=', 1)", Scope::Table)]
    {
        let found = script("a.js", &format!("await knex('orders'){filter}.del();\n"));
        let scopes: Vec<Scope> =
            found.map(|it| it.operations).unwrap_or_default().iter().map(|it| it.scope).collect();
        assert_eq!(scopes, [scope], "{filter}");
    }
}

#[test]
fn what_lies_among_backups_is_one() {
    let scopes = |path: &str, text: &str| {
        let operations = script(path, text).map(|it| it.operations).unwrap_or_default();
        operations.iter().map(|it| it.scope).collect::<Vec<Scope>>()
    };
    for (path, text) in [
        ("a.sh", "rm -rf /var/backups/shop\n"),
        ("a.sh", "rm -rf /srv/shop/backups/*\n"),
        ("a.py", "shutil.rmtree('/srv/shop/backups')\n"),
    ] {
        assert_eq!(scopes(path, text), [Scope::Backup], "{text}");
    }
    for (path, text) in [
        ("a.sh", "rm -rf /srv/uploads\n"),
        ("a.sh", "rm -rf /var/backups/shop /var/lib/mysql\n"),
        ("a.py", "shutil.rmtree('/srv/backups/shop/uploads')\n"),
    ] {
        assert_eq!(scopes(path, text), [Scope::Files], "{text}");
    }
}
