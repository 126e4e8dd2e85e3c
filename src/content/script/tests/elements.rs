//! Lists that are written down, behind what orders, joins, filters or copies them.

use super::open;

/// What stands for the list in each of the texts.
const LIST: &str = "LIST";

/// Its path, the text, the line and the kind of what it destroys, and ways to write the list.
type Program = (&'static str, &'static str, (u32, &'static str), &'static [&'static str]);

/// Programs over a list.
const FINDS: &[Program] = &[
    (
        "a.rb",
        "ALL = [User, Order]\n(LIST).each(&:delete_all)\n",
        (2, "rb.ar"),
        &[
            "ALL",
            "ALL.reverse",
            "ALL.reject { |it| it == Post }",
            "ALL.sort_by(&:name)",
            "ALL - [Post]",
            "ALL + [Post]",
            "[*ALL]",
            "ALL.compact.uniq.to_a",
            "%w[User Order].map(&:constantize)",
            "%w[user order].map { |it| it.classify.constantize }",
            "ActiveRecord::Base.descendants.reject(&:abstract_class?)",
            "ApplicationRecord.subclasses.sort_by(&:name)",
            "ActiveRecord::Base.connection.tables.map { |it| it.classify.constantize }",
            "Mongoid.models",
        ],
    ),
    (
        "a.php",
        "<?php\n$all = [User::class, Order::class];\nforeach (LIST as $it) {\n  $it::truncate();\n}\n",
        (4, "php.laravel.rows"),
        &[
            "$all",
            "array_reverse($all)",
            "array_filter($all, fn($it) => $it !== Post::class)",
            "array_merge($all, [Post::class])",
            "[...$all]",
            "collect($all)->filter()->reverse()",
        ],
    ),
    (
        "a.js",
        "const all = [User, Order];\nfor (const it of LIST) await it.deleteMany({});\n",
        (2, "js.prisma"),
        &[
            "all",
            "[...all]",
            "[...all].reverse()",
            "[].concat(all)",
            "Array.from(all)",
            "_.uniq(all)",
            "all.filter(Boolean)",
            "[...new Set(all)]",
        ],
    ),
    (
        "a.py",
        "ALL = [User, Order]\nfor it in LIST:\n    it.objects.all().delete()\n",
        (3, "py.django.qs_delete"),
        &["ALL", "reversed(ALL)", "ALL[::-1]", "filter(None, ALL)", "tqdm(ALL)", "[*ALL, Post]"],
    ),
    (
        "a.go",
        "package main\n\nfunc main() {\n\tall := []any{&User{}, &Order{}}\n\tfor _, it := range LIST {\n\t\tdb.Unscoped().Delete(it)\n\t}\n}\n",
        (6, "go.gorm.delete"),
        &["all", "slices.Clone(all)", "append(all, &Post{})"],
    ),
    (
        "a.js",
        "const all = `TRUNCATE users;\nSELECT 1;`;\nfor (const it of LIST) await db.query(it);\n",
        (1, "sql.truncate"),
        &["all.split(';')", "all.split(';').map((it) => it.trim()).filter(Boolean)"],
    ),
];

#[test]
fn finds() {
    for (path, text, found, ways) in FINDS {
        for way in *ways {
            let text = text.replace(LIST, way);
            assert_eq!(open(path, &text), [*found], "{path}: {text}");
        }
    }
}

#[test]
fn finds_what_is_taken_of_a_list() {
    for (path, text, found) in [
        (
            "a.py",
            "left = ['TRUNCATE users', 'SELECT 1']\nwhile left:\n    c.execute(left.pop())\n",
            (1, "sql.truncate"),
        ),
        (
            "a.py",
            "def steps():\n    yield 'SELECT 1'\n    yield 'TRUNCATE users'\nfor it in steps():\n    c.execute(it)\n",
            (3, "sql.truncate"),
        ),
        ("a.php", "<?php\nR::nuke();\n", (2, "php.redbean")),
        ("a.php", "<?php\n$db->delete('users', []);\n", (2, "php.all_rows")),
        ("a.php", "<?php\nORM::for_table('users')->delete_many();\n", (2, "php.all_rows")),
        (
            "a.py",
            "with open('drop_all.sql') as f:\n    c.execute(f.read())\n",
            (2, "code.sql_file"),
        ),
        ("a.rb", "DB.execute(File.read('db/truncate.sql'))\n", (1, "code.sql_file")),
    ] {
        assert_eq!(open(path, text), [found], "{path}: {text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("a.rb", "[User, Order].map(&:name).each(&:delete_all)\n"),
        ("a.rb", "Company.models.select { |it| it }.each { |it| it.delete_all }\n"),
        ("a.rb", "tables.map { |it| it.classify }.each(&:delete_all)\n"),
        (
            "a.php",
            "<?php\nforeach (array_map('strlen', [User::class]) as $it) {\n  $it::truncate();\n}\n",
        ),
        ("a.php", "<?php\n$db->delete('users', ['id' => $id]);\n"),
        ("a.php", "<?php\nORM::for_table('users')->where('id', 3)->delete_many();\n"),
        (
            "a.go",
            "package main\n\nfunc main() {\n\tfor _, it := range all {\n\t\tdb.Delete(it)\n\t}\n}\n",
        ),
        ("a.py", "c.execute(open('create_tables.sql').read())\n"),
        ("a.py", "print(open('drop_all.sql').read())\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}
