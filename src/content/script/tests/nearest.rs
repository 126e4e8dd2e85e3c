//! What files showed that were drawn by the very paths of the labelled set, and ordinary repositories that no rule was made on.

use super::open;

#[test]
fn finds() {
    for (path, text, found) in [
        // Lines that end as those of the Macs of old.
        (
            "a.py",
            "from shop import Order\rOrder.objects.all().delete()\r",
            (2, "py.django.qs_delete"),
        ),
        ("a.sql", "-- all\rTRUNCATE users;\r", (2, "sql.truncate")),
        // What only defines a macro ends with it.
        (
            "a.sql",
            "{% macro a() %}\nDROP TABLE users;\n{% endmacro %}\nDROP TABLE orders;\n",
            (4, "sql.drop_table"),
        ),
        (
            "resetDB.js",
            "fs.writeFileSync('data.json', JSON.stringify({ orders: [], next: 1 }, null, 2));\n",
            (1, "code.helper"),
        ),
        ("wipe.py", "import json\njson.dump([], open('users.json', 'w'))\n", (2, "code.helper")),
        (
            "reset.php",
            "<?php\nfile_put_contents('db.json', json_encode([]));\n",
            (2, "code.helper"),
        ),
        ("a.sh", "curl -X POST \"$URL/web/database/drop\" -d \"name=$DB\"\n", (1, "sh.es_curl")),
        (
            "a.py",
            "import requests\nrequests.post(f'{url}/web/database/drop', data=given)\n",
            (2, "web.store"),
        ),
        (
            "a.js",
            "const client = new MongoClient('mongodb+srv://a.b.mongodb.net/x');\nclient.db('test').collection('users').deleteMany({});\n",
            (2, "js.prisma"),
        ),
        (
            "cmd/drop.go",
            "package cmd\n\nfunc InitDrop() {\n\tdb.DB.Migrator().DropTable(models.All()...)\n}\n",
            (4, "go.gorm.drop"),
        ),
    ] {
        assert_eq!(open(path, text).first(), Some(&found), "{path}: {text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "a.sql",
            "{%- macro a(it) -%}\n  drop table {{ it }};\n{%- endmacro %}\n{% macro b() %}truncate users{% endmacro %}\n",
        ),
        ("app.js", "fs.writeFileSync('data.json', JSON.stringify({ orders: [] }));\n"),
        ("reset.js", "fs.writeFileSync('data.json', JSON.stringify({ orders: [first] }));\n"),
        ("reset.js", "fs.writeFileSync('package.json', '{}');\n"),
        ("clean.py", "import json\njson.dump([], open('cache.json', 'w'))\n"),
        (
            "a.js",
            "const client = new MongoClient('mongodb://localhost');\nclient.db('test').collection('users').deleteMany({});\n",
        ),
        (
            "cmd/drop.go",
            "package cmd\n\nfunc Help() {\n\tdb.DB.Migrator().DropTable(models.All()...)\n}\n",
        ),
        // Retention by age, whatever the command is called after.
        (
            "app/management/commands/delete_courses.py",
            "class Command(BaseCommand):\n    def handle(self, *args, **options):\n        for it in Course.objects.filter(created__lte=past):\n            it.delete()\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}
