//! Calls that are handed what is done when they are done, calls with named arguments, and functions that a program has called for it.

use super::{guarded, open, script};

#[test]
fn finds() {
    for (path, text, found) in [
        ("a.js", "User.deleteMany(function (error) {});\n", (1, "js.prisma")),
        ("a.js", "User.remove((error) => {});\n", (1, "js.mongoose.drop")),
        ("a.js", "User.find({}).remove().exec((error) => {});\n", (1, "js.mongoose.drop")),
        ("a.js", "User.collection.drop(function (error) {});\n", (1, "js.mongoose.drop")),
        ("a.js", "db.users.drop((error) => done());\n", (1, "js.mongoose.drop")),
        ("a.js", "admin.database().ref('/').remove(() => done());\n", (1, "js.firebase")),
        (
            "a.js",
            "const r = require('rethinkdb');\nr.table('users').delete().run(c, () => done());\n",
            (2, "client.store"),
        ),
        ("a.ts", "await ctx.db.delete(users);\n", (1, "js.drizzle")),
        ("a.ts", "Bun.spawnSync(['dropdb', 'shop']);\n", (1, "sh.dropdb")),
        ("a.php", "<?php\nunlink(filename: 'var/database.sqlite');\n", (2, "php.fs.files")),
        (
            "a.php",
            "<?php\nclass C extends Command {\n  function handle() {\n    $this->call('db:delete', ['--force' => true]);\n  }\n}\n",
            (4, "php.laravel.artisan"),
        ),
        (
            "a.py",
            "def take(key, version):\n    s3.delete_object(Bucket=b, Key=key, VersionId=version)\nfor page in s3.get_paginator('list_object_versions').paginate(Bucket=b):\n    for it in page['Versions']:\n        pool.submit(take, key=it['Key'], version=it['VersionId'])\n",
            (2, "py.boto3.objects"),
        ),
        ("a.py", "import pyes\nes = pyes.ES(url)\nes.delete_index('users')\n", (3, "py.vector")),
        (
            "cmd/migration/drop/main.go",
            "package main\n\nfunc main() {\n\tdb.Exec(\"DROP TABLE posts\")\n}\n",
            (4, "sql.drop_table"),
        ),
        (
            "cmd/drop_all.go",
            "package cmd\n\nfunc DropAll() {\n\tdb.Exec(\"DROP TABLE posts\")\n}\n",
            (4, "sql.drop_table"),
        ),
        (
            "cmd/drop.go",
            "package cmd\n\nvar dropCmd = &cobra.Command{\n\tRun: func(cmd *cobra.Command, args []string) {\n\t\tdb.Drop(config)\n\t},\n}\n",
            (5, "go.helper"),
        ),
        ("a.sh", "npx sequelize-cli db:seed:undo:all\n", (1, "sh.sequelize")),
        (
            "package.json",
            "{\"scripts\": {\n\"truncate\": \"tsx prisma/truncate.ts\"\n}}\n",
            (2, "sh.named"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{path}: {text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        ("a.js", "User.remove({ _id: id }, (error) => {});\n"),
        ("a.js", "User.find({ old: true }).remove().exec((error) => {});\n"),
        ("a.js", "user.remove((error) => {});\n"),
        ("a.js", "const r = require('rethinkdb');\nr.table('users').get(1).delete().run(c);\n"),
        ("a.php", "<?php\nunlink(filename: $cached);\n"),
        (
            "a.php",
            "<?php\nclass C extends Command {\n  function handle() {\n    $this->call('db:delete');\n  }\n}\n",
        ),
        (
            "migrations/0001_drop.go",
            "package migrations\n\nfunc main() {\n\tdb.Exec(\"DROP TABLE posts\")\n}\n",
        ),
        ("cmd/drop_all.go", "package cmd\n\nfunc Help() {\n\tdb.Exec(\"DROP TABLE posts\")\n}\n"),
        ("store/drop.go", "package store\n\nfunc Drop() {\n\tdb.Exec(\"DROP TABLE posts\")\n}\n"),
        ("package.json", "{\"scripts\": {\n\"truncate\": \"tsx text/truncate.ts\"\n}}\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
}

#[test]
fn lets_through_what_only_looks_so() {
    for (path, text) in [
        ("a.js", "Toast.remove(() => {});\nModal.remove((it) => it.id === 3);\n"),
        ("a.js", "sanitizeSql('DROP TABLE users');\nhighlightSql('DROP TABLE users');\n"),
        ("a.py", "assert blocks_sql('DROP TABLE users')\ntokenize_sql('DROP TABLE users')\n"),
        ("a.php", "<?php\n$client->delete('https://api.example.com/users/1', []);\n"),
        ("a.php", "<?php\nRoute::delete('/users', []);\n$this->cache->delete('users', []);\n"),
        ("a.py", "c.execute('SELECT 1 FROM m WHERE n = %s', ('003_truncate_tables.sql',))\n"),
        ("a.js", "exec('git add db/drop_all.sql');\n"),
        ("a.sql", "BEGIN TRANSACTION\nDELETE FROM orders\nROLLBACK\n"),
    ] {
        assert_eq!(open(path, text), [], "{path}: {text}");
    }
    for (path, text, found) in [
        (
            "a.rb",
            "DB = Sequel.connect(url)\nDB << 'SET a = 1'\nDB[:users].delete\n",
            (3, "rb.sequel"),
        ),
        ("a.sql", "DROP TABLE\n  IF EXISTS orders;\n", (1, "sql.drop_table")),
        ("a.sh", "if [ $1 ]; then C='dropdb app'; else C=''; fi\n$C\n", (2, "sh.dropdb")),
        (
            "a.sh",
            "F=\nif [ \"$2\" ]; then F=--volumes; fi\ndocker compose down $F\n",
            (3, "sh.docker_compose_volumes"),
        ),
        ("a.ps1", "$x = $y ??\n  'a'\ndropdb app\n", (3, "sh.dropdb")),
        (
            "chart/templates/wipe.yaml",
            "{{- /*\n  Wipes: all\n*/ -}}\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n        - command: [dropdb, app]\n          {{- if .Values.a }}\n          resources: {}\n          {{- end }}\n",
            (9, "sh.dropdb"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{path}: {text}");
    }
}

#[test]
fn what_nest_does_at_each_start_is_read() {
    let found = |drops: &str| {
        let text = format!(
            "@Module({{\n  imports: [TypeOrmModule.forRoot({{ type: 'postgres', url: process.env.DATABASE_URL, dropSchema: {drops} }})],\n}})\nexport class AppModule {{}}\n"
        );
        open("src/app.module.ts", &text).len()
    };
    assert_eq!(found("true"), 1);
    for drops in ["false", "process.env.NODE_ENV === 'test'"] {
        assert_eq!(found(drops), 0, "{drops}");
    }
}

#[test]
fn an_answer_that_is_called_back_agrees_and_a_flag_stands_for_it() {
    let wipe = "function wipe() { db.collection('users').drop(); }\n";
    let asked = "program.confirm('Sure?', (yes) => { if (yes) wipe(); else process.exit(); });";
    for text in [
        asked.to_owned(),
        format!("if (program.silent) wipe(); else {{ {asked} }}"),
        format!("if (!options.quiet) {{ {asked} }} else wipe();"),
        format!("if (options.force) {{ wipe(); }} else {{ {asked} }}"),
    ] {
        let text = format!("{wipe}{text}\n");
        assert_eq!(guarded("a.js", &text).len(), 1, "{text}");
    }
    for text in [
        // What is asked is thrown away, or nothing is asked.
        "program.confirm('Sure?', () => { wipe(); });",
        "program.confirm('Sure?', (err) => { if (err) wipe(); });",
        "if (program.silent) wipe(); else { console.log('!'); wipe(); }",
        // It is said by nobody.
        "const silent = true;\nif (silent) wipe(); else { confirm('Sure?', (yes) => { if (yes) wipe(); }); }",
    ] {
        let text = format!("{wipe}{text}\n");
        assert_eq!(open("a.js", &text).len(), 1, "{text}");
    }
}

#[test]
fn a_flag_leaves_a_question_out_where_whoever_runs_it_says_so() {
    let parsed = "import argparse\np = argparse.ArgumentParser()\np.add_argument('--silent', action='store_true')\np.add_argument('--force', action='store_true')\nargs = p.parse_args()\n";
    let wipe = "    User.objects.all().delete()\n";
    let asks = "else:\n    if input('Really wipe? ') != 'yes':\n        raise SystemExit\n";
    assert_eq!(guarded("a.py", &format!("{parsed}if args.silent:\n{wipe}{asks}")).len(), 1);
    for text in [
        // It is one of what a loop goes through.
        "for batch in batches:\n    if batch:\n        User.objects.all().delete()\n    else:\n        input('Really wipe? ')\n".to_owned(),
        // It speaks of something else.
        format!("{parsed}if args.silent:\n{wipe}else:\n    input('next?')\n"),
    ] {
        assert_eq!(open("a.py", &text).len(), 1, "{text}");
    }
    let text = format!("{parsed}if args.force:\n{wipe}else:\n    input('Really wipe? ')\n");
    let found = script("a.py", &text).map(|it| it.operations).unwrap_or_default();
    let lines: Vec<u32> = found.iter().flat_map(|it| &it.guards).map(|it| it.line).collect();
    assert_eq!(lines, [6]);
}

#[test]
fn a_setting_is_asked_of_settings() {
    for on in ["row", "request", "event"] {
        let text = format!("if {on}.get('context') != 'production':\n    db.drop_all()\n");
        assert_eq!(open("a.py", &text).len(), 1, "{on}");
    }
    for on in ["app.config", "settings", "db_settings", "options"] {
        let text = format!("if {on}.get('db_host') != 'localhost':\n    exit()\ndb.drop_all()\n");
        assert_eq!(guarded("a.py", &text).len(), 1, "{on}");
    }
}
