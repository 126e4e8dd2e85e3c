//! What files showed that were drawn by the very paths of the labelled set, and ordinary repositories that no rule was made on.

use super::{guarded, open};
use crate::content::script::model::GuardKind;

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
        ("a.sh", "git push -f origin HEAD:staging\n", (1, "sh.git_history")),
        ("a.rb", "system(*%w[docker volume rm], 'data')\n", (1, "sh.docker_volume_rm")),
        // What another part of a condition opens is not kept shut.
        (
            "a.sql",
            "IF 1 = 1 OR DB_NAME() = 'dev'\nDROP TABLE dbo.users;\nGO\n",
            (2, "sql.drop_table"),
        ),
        // Words of a command that stand elsewhere.
        ("a.sh", "RUN=\"docker volume rm\"\n$RUN pgdata\n", (2, "sh.docker_volume_rm")),
        ("a.sh", "ssh prod -- docker compose down -v\n", (1, "sh.docker_compose_volumes")),
        (
            "a.sh",
            "export TF_CLI_ARGS_destroy=-auto-approve\nterraform destroy\n",
            (2, "sh.terraform"),
        ),
        ("a.sh", "TF_CLI_ARGS=-auto-approve terraform destroy\n", (1, "sh.terraform")),
        ("a.sh", "rm -rf /var/spool/mail\n", (1, "sh.rm")),
        (
            "a.sql",
            "WITH gone AS (DELETE FROM orders RETURNING id)\nSELECT count(*) FROM gone;\n",
            (1, "sql.delete_all"),
        ),
        (
            "a.sql",
            "DELETE orders, items FROM orders JOIN items ON items.order_id = orders.id;\n",
            (1, "sql.delete_all"),
        ),
        ("a.ps1", "az ad app delete --id $app.CLIENT_ID\n", (1, "sh.az.unasked")),
        (
            "a.js",
            "const client = new MongoClient('mongodb+srv://a.b.mongodb.net/x');\nclient.db('test').collection('users').deleteMany({});\n",
            (2, "js.prisma"),
        ),
        (
            "database/migrate.go",
            "package database\n\nfunc Migrate() {\n\tdb := open()\n\tdb.Migrator().DropTable(&User{})\n\tdb.AutoMigrate(&User{})\n}\n",
            (5, "go.gorm.drop"),
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
        ("a.sql", "-- name: delete_all!\nDELETE FROM users;\n"),
        (
            "a.sql",
            "-- name: DeleteAll :exec\nDELETE FROM users;\n\n-- name: All :many\nSELECT 1;\n",
        ),
        (
            "a.js",
            "axios.post(url, { text: 'DROP TABLE users is what Bobby wrote in the field of his name' });\n",
        ),
        ("a.py", "call_command('clear_cache')\n"),
        // Rows that are put elsewhere, or chosen.
        ("a.sql", "WITH it AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM it;\n"),
        ("a.sql", "WITH it AS (DELETE FROM a WHERE id < 5 RETURNING *) SELECT 1;\n"),
        ("a.sql", "DELETE a, b FROM a JOIN b ON a.id = b.id WHERE a.id = 3;\n"),
        ("a.sh", "rm -rf ~/Library/Developer/Xcode/DerivedData\n"),
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
        // An application that deletes what it is asked to, one by its id.
        (
            "app/routes/projects.py",
            "router = APIRouter()\nclient = CloudClient()\n@router.delete('/{project_id}')\ndef delete_project(project_id: int):\n    client.delete_database(project_id)\n",
        ),
        (
            "internal/services/command/delete_all_orders.go",
            "package command\n\nfunc (uc *UseCase) DeleteAllOrders(db *gorm.DB) {\n\tdb.Migrator().DropTable(all...)\n}\n",
        ),
        (
            "a.py",
            "from tools import ask_user\n@ask_user\ndef wipe():\n    os.system('dropdb shop')\nwipe()\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}

#[test]
fn knows_options_that_a_script_reads_by_itself() {
    let read = "const o = { force: false };\nfor (const it of process.argv) {\n  if (it === '--force') o.force = true;\n  if (it === '--dry-run') o.dryRun = true;\n}\n";
    for (rest, line, kind) in [
        ("if (o.force) await db.query('DELETE FROM users');\n", 6, GuardKind::OptIn),
        (
            "if (!o.force && !o.dryRun) {\n  if (!await confirm('Sure?')) process.exit(1);\n}\nif (o.dryRun) process.exit(0);\nawait db.query('DELETE FROM users');\n",
            10,
            GuardKind::Confirmation,
        ),
    ] {
        assert_eq!(guarded("a.js", &format!("{read}{rest}")), [(line, kind)], "{rest}");
    }
    for (path, text, line) in [
        (
            "a.php",
            "<?php\n$o = ['force' => false];\nforeach ($argv as $it) { if ($it === '--force') $o['force'] = true; }\nif (!$o['force']) exit(1);\n$pdo->exec('TRUNCATE users');\n",
            5,
        ),
        (
            "a.go",
            "package main\nfunc main() {\n\tforce := false\n\tfor _, it := range os.Args[1:] {\n\t\tif it == \"--force\" {\n\t\t\tforce = true\n\t\t}\n\t}\n\tif !force {\n\t\tos.Exit(1)\n\t}\n\tdb.Exec(\"TRUNCATE users\")\n}\n",
            12,
        ),
    ] {
        assert_eq!(guarded(path, text), [(line, GuardKind::OptIn)], "{text}");
    }
    for text in [
        "const o = { force: true };\nif (process.argv.includes('--ask')) o.force = false;\nif (o.force) await db.query('DELETE FROM users');\n",
        "const o = load();\nif (process.argv.includes('--force')) o.force = true;\nif (o.force) await db.query('DELETE FROM users');\n",
    ] {
        assert_eq!(open("a.js", text).first(), Some(&(3, "sql.delete_all")), "{text}");
    }
}
