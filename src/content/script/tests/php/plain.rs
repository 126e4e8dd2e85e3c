//! PHP that runs as it stands, with the conditions of its commands.

use super::super::{defects, guarded, open};
use crate::content::script::{Defect, GuardKind};

/// A command of Laravel with this in its `handle`, from line 4 on.
fn command(body: &str) -> String {
    format!(
        "<?php\nclass Wipe extends Command {{\n  public function handle() {{\n{body}\n  }}\n}}\n"
    )
}

#[test]
fn finds() {
    for (text, found) in [
        ("<?php\nmysqli_query($db, 'DELETE FROM users');\n", &[(2, "sql.delete_all")][..]),
        ("<?php\n$pdo->exec(\"TRUNCATE TABLE $table\");\n", &[(2, "sql.truncate")]),
        ("<?php\n$sql = 'DROP TABLE ' . $t;\n$db->query($sql);\n", &[(2, "sql.drop_table")]),
        ("<?php\nDB::table('users')->truncate();\n", &[(2, "php.laravel.rows")]),
        ("<?php\nforeach ($t as $x) { DB::table($x)->delete(); }\n", &[(2, "php.laravel.rows")]),
        ("<?php\nSchema::dropIfExists('users');\n", &[(2, "php.laravel.schema")]),
        (
            "<?php\nArtisan::call('migrate:fresh', ['--force' => true]);\n",
            &[(2, "php.laravel.artisan")],
        ),
        ("<?php\nshell_exec('dropdb app');\n", &[(2, "sh.dropdb")]),
        ("<?php\n`dropdb app`;\n", &[(2, "sh.dropdb")]),
        (
            "<?php\nfunction wipe() { global $db; $db->query('DELETE FROM users'); }\nwipe();\n",
            &[(2, "sql.delete_all")],
        ),
        ("<?php\n$db->query(<<<SQL\nSELECT 1;\nTRUNCATE users;\nSQL);\n", &[(4, "sql.truncate")]),
    ] {
        assert_eq!(open("scripts/a.php", text), found, "{text}");
    }
    assert_eq!(
        open("app/Console/Commands/Wipe.php", &command("User::truncate();")),
        [(4, "php.laravel.rows")]
    );
    assert_eq!(
        open("app/Console/Commands/Wipe.php", &command("User::query()->delete();")),
        [(4, "php.laravel.rows")]
    );
}

#[test]
fn lets_through() {
    for text in [
        "<?php\n// DB::table('users')->truncate();\necho 'DROP TABLE users';\n",
        "<?php\nclass Users extends Controller { function clear() { User::truncate(); } }\n",
        "<?php\nfunction wipe() { DB::table('users')->truncate(); }\n",
        "<?php\nDB::table('users')->where('id', $id)->delete();\n",
        "<?php\n$db->query('DELETE FROM users WHERE id = ' . $id);\n",
        "<?php\n$user->delete();\n$cache->delete('drop');\n",
        "<?php\nexit;\nDB::table('users')->truncate();\n",
    ] {
        assert_eq!(open("scripts/a.php", text), [], "{text}");
    }
}

#[test]
fn knows_guards() {
    for (body, kind) in [
        ("if (! $this->confirm('Sure?')) { return; }\nUser::truncate();", GuardKind::Confirmation),
        ("if ($this->confirm('Sure?')) {\n  User::truncate(); }", GuardKind::Confirmation),
        ("if (! $this->confirmToProceed()) return 1;\nUser::truncate();", GuardKind::Confirmation),
        (
            "if (!$this->option('force') && !$this->confirm('Sure?')) { return 1; }\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        (
            "if (app()->environment('production')) { exit(1); }\nUser::truncate();",
            GuardKind::EnvironmentDenied,
        ),
        (
            "if (! app()->environment(['local', 'testing'])) { return; }\nUser::truncate();",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "if (readline('Sure? ') !== 'yes') { die('no'); }\nUser::truncate();",
            GuardKind::Confirmation,
        ),
    ] {
        let text = command(body);
        assert_eq!(open("Wipe.php", &text), [], "{text}");
        let kinds: Vec<GuardKind> =
            guarded("Wipe.php", &text).into_iter().map(|(_, kind)| kind).collect();
        assert!(kinds == [kind] || kinds == [GuardKind::OptIn], "{text}: {kinds:?}");
    }
}

#[test]
fn knows_false_guards() {
    for (body, defect) in [
        ("sleep(5);\nUser::truncate();", Defect::OnlyWaits),
        ("$this->ask('Which?');\nUser::truncate();", Defect::AnswerIgnored),
        ("if ($this->confirm('Sure?')) { return; }\nUser::truncate();", Defect::WrongWayRound),
        ("if (env('APP_ENV', 'local') === 'local') { User::truncate(); }", Defect::OpenWhenUnset),
    ] {
        let text = command(body);
        assert_eq!(open("Wipe.php", &text).len(), 1, "{text}");
        assert!(
            defects("Wipe.php", &text).contains(&defect),
            "{text}: {:?}",
            defects("Wipe.php", &text)
        );
    }
}

#[test]
fn a_query_is_narrowed_down_by_statements_of_their_own() {
    let path = "scripts/a.php";
    for body in [
        "$query = Order::query();\n$query->where('paid', false);\n$query->delete();",
        "$query = DB::table('orders');\n$query->select('id')->whereNull('paid_at');\n$query->delete();",
    ] {
        assert_eq!(open(path, &format!("<?php\n{body}\n")), [], "{body}");
    }
    for body in [
        "$query = Order::query();\n$query->orderBy('id');\n$query->delete();",
        "$query = Order::query();\nif ($old) { $query->where('paid', false); }\n$query->delete();",
        "$query = Order::query();\n$paid = $query->get()->where('paid', true);\n$query->delete();",
    ] {
        let found = open(path, &format!("<?php\n{body}\n"));
        assert_eq!(found, [(4, "php.laravel.rows")], "{body}");
    }
}

#[test]
fn where_a_table_has_no_rows_nothing_is_lost() {
    let path = "app/Console/Commands/Wipe.php";
    for body in [
        "if (User::query()->exists() && ! $this->option('force')) { return 1; }\nUser::query()->delete();",
        "if (User::count() > 0 && ! $this->option('force')) { return 1; }\nUser::query()->delete();",
        "if (DB::table('users')->doesntExist() || $this->confirm('Sure?')) { User::truncate(); }",
        "if (testing() || $this->confirm('Sure?')) { User::truncate(); }",
    ] {
        let text = command(body);
        assert_eq!(open(path, &text), [], "{body}");
        assert_eq!(guarded(path, &text).len(), 1, "{body}");
    }
    for body in [
        "if (User::query()->exists()) { User::query()->delete(); }",
        "if (User::where('old', true)->count() > 9 && ! $this->option('force')) { return 1; }\nUser::query()->delete();",
        "if ($this->files->exists('a') && ! $this->option('force')) { return 1; }\nUser::query()->delete();",
        "if (User::count() == 0 && ! $this->option('force')) { return 1; }\nUser::query()->delete();",
        // Some have none, or another table has.
        "if (DB::table('users')->where('is_admin', 1)->doesntExist()) { DB::table('users')->truncate(); }",
        "if (User::active()->doesntExist()) { User::truncate(); }",
        "if (Order::doesntExist()) { User::truncate(); }",
        "if (Order::doesntExist()) { DB::statement('DELETE FROM users'); }",
        "if (User::doesntExist()) { DB::statement('DROP DATABASE shop'); }",
    ] {
        assert_eq!(open(path, &command(body)).len(), 1, "{body}");
    }
}

#[test]
fn what_has_no_rows_is_the_table_that_is_wiped_in_other_languages_as_well() {
    for (path, text) in [
        ("a.py", "if User.objects.count() == 0:\n    User.objects.all().delete()\n"),
        ("a.py", "if session.query(User).count() == 0:\n    session.query(User).delete()\n"),
        ("a.rb", "unless Setting.any?\n  Setting.delete_all\nend\n"),
        ("a.js", "if ((await prisma.order.count()) === 0) { await prisma.order.deleteMany(); }\n"),
    ] {
        assert_eq!(guarded(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        (
            "a.py",
            "if User.objects.filter(active=False).count() == 0:\n    User.objects.all().delete()\n",
        ),
        ("a.py", "if Order.objects.count() == 0:\n    User.objects.all().delete()\n"),
        ("a.py", "if not Lock.exists():\n    User.objects.all().delete()\n"),
        ("a.rb", "unless Setting.any?\n  User.delete_all\nend\n"),
        ("a.rb", "unless Setting.any? { |it| it.on }\n  Setting.delete_all\nend\n"),
        ("a.js", "if ((await prisma.order.count()) === 0) { await prisma.user.deleteMany(); }\n"),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
}
