//! PHP.

mod plain;
mod stores;

use super::{defects, guarded, open};
use crate::content::script::{Defect, GuardKind, read};

/// A command of Laravel with this body, which begins on line 3.
fn command(body: &str) -> String {
    format!(
        "<?php use Illuminate\\Console\\Command; class Wipe extends Command {{\npublic function handle() {{\n{body}\n}} }}\n"
    )
}

#[test]
fn finds() {
    for (text, found) in [
        ("DB::table('users')->truncate();", &[(2, "php.laravel.rows")][..]),
        ("\\DB::table($name)->delete();", &[(2, "php.laravel.rows")]),
        ("DB::connection('x')->table('users')->delete();", &[(2, "php.laravel.rows")]),
        ("User::truncate();", &[(2, "php.laravel.rows")]),
        ("App\\Models\\User::query()->delete();", &[(2, "php.laravel.rows")]),
        ("User::query()\n  ->delete();", &[(3, "php.laravel.rows")]),
        ("foreach (User::all() as $user) {\n  $user->delete();\n}", &[(3, "php.laravel.rows")]),
        (
            "foreach (User::all() as $user):\n  $user->delete();\nendforeach;",
            &[(3, "php.laravel.rows")],
        ),
        ("Schema::dropIfExists('users');", &[(2, "php.laravel.schema")]),
        ("Schema::dropAllTables();", &[(2, "php.laravel.schema_all")]),
        ("DB::statement('DROP TABLE users');", &[(2, "sql.drop_table")]),
        ("DB::delete('delete from users');", &[(2, "sql.delete_all")]),
        ("Artisan::call('migrate:fresh', ['--force' => true]);", &[(2, "php.laravel.artisan")]),
        ("Artisan::call('db:wipe --force');", &[(2, "php.laravel.artisan")]),
        ("$tool = new SchemaTool($em);\n$tool->dropDatabase();", &[(3, "php.doctrine.schema")]),
        ("$connection->executeStatement('TRUNCATE users');", &[(2, "sql.truncate")]),
        (
            "$connection->executeStatement($platform->getTruncateTableSQL('users', true));",
            &[(2, "php.doctrine.table")],
        ),
        ("$em->createQuery('DELETE FROM App:User')->execute();", &[(2, "php.doctrine.query")]),
        ("$purger = new ORMPurger($em);\n$purger->purge();", &[(3, "php.doctrine.purger")]),
        ("pg_query($link, 'DROP TABLE users');", &[(2, "sql.drop_table")]),
        ("Yii::app()->db->createCommand()->truncateTable('users');", &[(2, "php.builder")]),
        ("\\Drupal::database()->truncate('users')->execute();", &[(2, "php.builder")]),
        ("Order::deleteAll();", &[(2, "php.builder")]),
        ("$db->users->deleteMany([]);", &[(2, "php.mongo")]),
        ("$redis->flushAll();", &[(2, "php.redis")]),
        ("mysqli_query($link, 'TRUNCATE TABLE users');", &[(2, "sql.truncate")]),
        ("$pdo->exec(\"DELETE FROM users\");", &[(2, "sql.delete_all")]),
        ("$table = 'users';\n$pdo->query(\"DROP TABLE $table\");", &[(3, "sql.drop_table")]),
        ("$pdo->query(\"TRUNCATE TABLE {$this->table}\");", &[(2, "sql.truncate")]),
        ("$pdo->exec('DELETE FROM ' . $table);", &[(2, "sql.delete_all")]),
        ("$sql = 'DELETE ';\n$sql .= 'FROM users';\n$pdo->exec($sql);", &[(2, "sql.delete_all")]),
        (
            "$sql = <<<SQL\nSELECT 1;\nTRUNCATE $name;\nSQL;\n$pdo->exec($sql);",
            &[(4, "sql.truncate")],
        ),
        (
            "$sql = <<<'SQL'\nSELECT 1;\nTRUNCATE users;\nSQL;\n$pdo->exec($sql);",
            &[(4, "sql.truncate")],
        ),
        ("$wpdb->query(\"TRUNCATE TABLE {$wpdb->prefix}orders\");", &[(2, "sql.truncate")]),
        ("WP_CLI::runcommand('db reset --yes');", &[(2, "php.wp")]),
        ("shell_exec('dropdb app');", &[(2, "sh.dropdb")]),
        ("exec('dropdb ' . escapeshellarg($name), $out, $code);", &[(2, "sh.dropdb")]),
        ("`dropdb app`;", &[(2, "sh.dropdb")]),
        ("$p = new Process(['dropdb', 'app']);\n$p->run();", &[(2, "sh.dropdb")]),
        ("array_map('unlink', glob('uploads/*'));", &[(2, "php.fs.files")]),
        (
            "foreach (glob(__DIR__ . '/uploads/*') as $f) {\n  if (is_file($f)) {\n    unlink($f);\n  }\n}",
            &[(4, "php.fs.files")],
        ),
        ("unlink('data/app.sqlite');", &[(2, "php.fs.files")]),
        ("Storage::deleteDirectory('uploads');", &[(2, "php.fs.directory")]),
        (
            "function wipe($pdo) {\n  $pdo->exec('TRUNCATE users');\n}\nwipe($pdo);",
            &[(3, "sql.truncate")],
        ),
        (
            "class Wiper {\n  private $tables = ['users'];\n  function run() {\n    DB::table($this->tables[0])->truncate();\n  }\n}\n(new Wiper)->run();",
            &[(5, "php.laravel.rows")],
        ),
        ("DB::transaction(function () {\n  User::truncate();\n});", &[(3, "php.laravel.rows")]),
        ("try {\n  User::truncate();\n} catch (Exception $e) {\n}", &[(3, "php.laravel.rows")]),
        (
            "match ($mode) {\n  'all' => User::truncate(),\n  default => null,\n};",
            &[(3, "php.laravel.rows")],
        ),
        (
            "Artisan::command('wipe', function () {\n  User::truncate();\n});",
            &[(3, "php.laravel.rows")],
        ),
        ("?>\n<p>Wiping</p>\n<?php User::truncate(); ?>", &[(4, "php.laravel.rows")]),
        (
            "if (php_sapi_name() !== 'cli') {\n  exit;\n}\nUser::truncate();",
            &[(5, "php.laravel.rows")],
        ),
        ("namespace App;\nuse DB;\nDB::table('users')->truncate();", &[(4, "php.laravel.rows")]),
    ] {
        let got = open("scripts/a.php", &format!("<?php\n{text}\n"));
        assert_eq!(got, found, "{text}");
    }
}

#[test]
fn finds_in_commands_of_frameworks() {
    for text in [
        command("User::truncate();"),
        command("$this->wipe(); } private function wipe() { User::truncate();"),
        "<?php use Symfony\\Component\\Console\\Command\\Command;\nclass A extends Command { protected function execute($input, $output): int {\n$this->db->executeStatement('TRUNCATE users'); return 0; } }\n".to_owned(),
        "<?php use Symfony\\Component\\Console\\Attribute\\AsCommand;\n#[AsCommand('wipe')] class A { public function __invoke(): int {\n$this->db->executeStatement('TRUNCATE users'); return 0; } }\n".to_owned(),
        "<?php\nclass A extends WP_CLI_Command { public function wipe($args, $assoc_args) {\nglobal $wpdb; $wpdb->query('TRUNCATE orders'); } }\n".to_owned(),
        "<?php use yii\\console\\Controller;\nclass A extends Controller { public function actionWipe() {\nYii::$app->db->createCommand('TRUNCATE orders')->execute(); } }\n".to_owned(),
    ] {
        let found = open("app/Console/A.php", &text);
        assert_eq!(found.iter().map(|it| it.0).collect::<Vec<u32>>(), [3], "{text}");
    }
}

#[test]
fn lets_through() {
    for text in [
        "// User::truncate();\n$x = 'drop';",
        "echo 'DROP TABLE users';",
        "function wipe() { User::truncate(); }",
        "class UserController extends Controller { function destroy($id) { User::truncate(); } }",
        "Route::post('/wipe', function () { User::truncate(); });",
        "add_action('init', function () { global $wpdb; $wpdb->query('TRUNCATE a'); });",
        "User::where('id', $id)->delete();",
        "DB::table('users')->where('id', $id)->delete();",
        "User::find($id)->delete();",
        "$user->delete();\n$file->truncate();",
        "foreach (User::all() as $user) { if ($user->is_old) { $user->delete(); } }",
        "Order::deleteAll(['id' => $id]);\nOrder::deleteAll('id = 1');",
        "echo Str::truncate($text, 20);\nCache::flush();\nSession::forget('a');",
        "$pdo->prepare('DELETE FROM users WHERE id = ?')->execute([$id]);",
        "$pdo->exec('DELETE FROM users WHERE id = ' . $id);",
        "$pdo->exec(\"DELETE FROM users $where\");",
        "$pdo->exec('CREATE TEMPORARY TABLE t (a INT)');\n$pdo->exec('DROP TABLE t');",
        "Artisan::call('migrate:status');\nArtisan::call('cache:clear');",
        "if (!defined('WP_UNINSTALL_PLUGIN')) exit;\n$wpdb->query('DROP TABLE ' . $wpdb->prefix . 'x');",
        "unlink($path);\nunlink($_FILES['a']['tmp_name']);\narray_map('unlink', glob('cache/*'));",
        "foreach (glob('uploads/*') as $f) { if (filemtime($f) < $old) { unlink($f); } }",
        "exit;\nUser::truncate();",
        "die('off');\nUser::truncate();",
        "if (false) { User::truncate(); }",
        "throw new Exception('no');\nUser::truncate();",
        "$pdo = new PDO('sqlite::memory:');\n$pdo->exec('DROP TABLE users');",
        "$installer->startSetup();\n$installer->run('TRUNCATE TABLE users');",
        "return [\n  'drop' => 'DROP TABLE users',\n];",
    ] {
        let text = format!("<?php\n{text}\n");
        assert_eq!(open("scripts/a.php", &text), [], "{text}");
        assert_eq!(guarded("scripts/a.php", &text), [], "{text}");
    }
}

#[test]
fn knows_guards() {
    for (text, kind) in [
        ("if ($this->confirm('Sure?')) {\nUser::truncate();\n}", GuardKind::Confirmation),
        (
            "if (! $this->confirm('Sure?')) {\nreturn;\n}\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        (
            "if (! $this->confirmToProceed()) {\nreturn 1;\n}\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        (
            "if (!$this->option('force') && !$this->confirm('Sure?')) {\nexit();\n}\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        (
            "if ($this->ask('Type DELETE') !== 'DELETE') {\nreturn;\n}\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        ("if (!confirm('Sure?')) return;\nUser::truncate();", GuardKind::Confirmation),
        (
            "$io = new SymfonyStyle($input, $output);\nif (!$io->confirm('Sure?', false)) {\nreturn 0;\n}\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        (
            "$question = new ConfirmationQuestion('Sure?', false);\nif (!$helper->ask($input, $output, $question)) {\nreturn 0;\n}\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        ("WP_CLI::confirm('Sure?', $assoc_args);\nUser::truncate();", GuardKind::Confirmation),
        (
            "$a = trim(fgets(STDIN));\nif ($a !== 'yes') {\ndie('no');\n}\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        (
            "$h = fopen('php://stdin', 'r');\nif (strtolower(trim(fgets($h))) != 'y') exit(1);\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        (
            "if (strtolower(readline('Sure? ')) !== 'y'):\nexit;\nendif;\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        (
            "if (!in_array(readline('Sure? '), ['y', 'yes'])) exit;\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        ("readline('Sure? ') === 'yes' or die();\nUser::truncate();", GuardKind::Confirmation),
        (
            "if (!preg_match('/^y(es)?$/i', readline('Sure? '))) exit;\nUser::truncate();",
            GuardKind::Confirmation,
        ),
        (
            "if (app()->environment('production')) {\nreturn;\n}\nUser::truncate();",
            GuardKind::EnvironmentDenied,
        ),
        (
            "if (App::environment(['local', 'testing'])) {\nUser::truncate();\n}",
            GuardKind::EnvironmentAllowed,
        ),
        ("if (!app()->isLocal()) return;\nUser::truncate();", GuardKind::EnvironmentAllowed),
        ("abort_if(app()->isProduction(), 403);\nUser::truncate();", GuardKind::EnvironmentDenied),
        (
            "if (app()->isProduction()) throw new Exception('no');\nUser::truncate();",
            GuardKind::EnvironmentDenied,
        ),
        (
            "if ($this->laravel->environment() === 'production') return;\nUser::truncate();",
            GuardKind::EnvironmentDenied,
        ),
        (
            "if (config('app.env') !== 'local') return;\nUser::truncate();",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "if (! config('shop.sandbox_mode')) return;\nUser::truncate();",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "if (getenv('APP_ENV') !== 'dev') exit(1);\nUser::truncate();",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "if (($_ENV['APP_ENV'] ?? 'production') === 'production') exit(1);\nUser::truncate();",
            GuardKind::EnvironmentDenied,
        ),
        (
            "if ($this->getParameter('kernel.environment') === 'prod') return 1;\nUser::truncate();",
            GuardKind::EnvironmentDenied,
        ),
        ("if (YII_ENV_PROD) return 1;\nUser::truncate();", GuardKind::EnvironmentDenied),
        (
            "if (strpos($dbHost, 'localhost') === false) exit;\nUser::truncate();",
            GuardKind::TargetChecked,
        ),
        (
            "if ($_SERVER['HTTP_HOST'] !== 'localhost') exit;\nUser::truncate();",
            GuardKind::TargetChecked,
        ),
        ("if (!$this->option('force')) {\nreturn;\n}\nUser::truncate();", GuardKind::OptIn),
        ("if (!$input->getOption('force')) {\nreturn;\n}\nUser::truncate();", GuardKind::OptIn),
        ("if (isset($_POST['submit'])) {\nUser::truncate();\n}", GuardKind::OptIn),
        ("if (!in_array('--yes', $argv)) exit;\nUser::truncate();", GuardKind::OptIn),
        (
            "$o = getopt('', ['force']);\nif (!isset($o['force'])) exit;\nUser::truncate();",
            GuardKind::OptIn,
        ),
        ("if (($argv[1] ?? '') !== '--force') exit;\nUser::truncate();", GuardKind::OptIn),
        ("switch ($argv[1]) {\ncase '--wipe':\nUser::truncate();\nbreak;\n}", GuardKind::OptIn),
    ] {
        let text = command(text);
        assert_eq!(open("app/a.php", &text), [], "{text}");
        let found: Vec<GuardKind> =
            guarded("app/a.php", &text).into_iter().map(|it| it.1).collect();
        assert!(found == [kind] || found == [GuardKind::OptIn], "{text}: {found:?}");
    }
}

#[test]
fn knows_false_guards() {
    for (text, defect) in [
        ("sleep(5);\nUser::truncate();", Defect::OnlyWaits),
        ("readline('Press enter');\nUser::truncate();", Defect::AnswerIgnored),
        ("echo 'WARNING: all data goes';\nUser::truncate();", Defect::StopsNothing),
        ("if ($this->confirm('Sure?')) {\nreturn;\n}\nUser::truncate();", Defect::WrongWayRound),
        ("User::truncate();\nif (!$this->confirm('Sure?')) return;", Defect::TooLate),
        ("if (env('APP_ENV', 'local') === 'local') {\nUser::truncate();\n}", Defect::OpenWhenUnset),
        ("if (!isset($argv[1])) exit;\nUser::truncate();", Defect::OnlyPresence),
        (
            "if ($verbose) {\nif (!$this->confirm('Sure?')) return;\n}\nUser::truncate();",
            Defect::NotOnEveryWay,
        ),
    ] {
        let text = command(text);
        assert_eq!(open("app/a.php", &text).len(), 1, "{text}");
        let found = defects("app/a.php", &text);
        assert!(found.contains(&defect), "{text}: {found:?}");
    }
}

#[test]
fn deep_nesting_is_bounded() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("f(", ")"),
        ("!", ""),
        ("if (1) {", "}"),
        ("$a->b(", ")"),
        ("fn() => ", ""),
        ("\"{$a[", "]}\""),
    ] {
        let (before, behind) = (open.repeat(20_000), close.repeat(20_000));
        for text in
            [format!("<?php {before} delete"), format!("<?php $a = {before}1{behind}; delete")]
        {
            let _ = read("a.php".into(), text.as_bytes());
        }
    }
}

#[test]
fn finds_in_frameworks_of_php() {
    for text in [
        "<?php\n$this->db->truncate('users');\n",
        "<?php\nCapsule::schema()->dropIfExists('users');\n",
        "<?php\ndb_drop_table('log');\n",
        "<?php\n\\Drupal::database()->delete('node')->execute();\n",
        "<?php\n(new User)->truncate();\n",
        "<?php\nforeach (get_posts(['numberposts' => -1]) as $it) { wp_delete_post($it->ID, true); }\n",
    ] {
        assert_eq!(open("wipe.php", text).len(), 1, "{text}");
    }
    for text in [
        "<?php\n$text->truncate('users');\n",
        "<?php\n\\Drupal::database()->delete('node')->condition('nid', $nid)->execute();\n",
        "<?php\nforeach (get_posts(['meta_query' => $old]) as $it) { wp_delete_post($it->ID, true); }\n",
        "<?php\nwp_delete_post($id, true);\n",
    ] {
        assert!(open("wipe.php", text).is_empty(), "{text}");
    }
}

#[test]
fn scripts_of_mediawiki_are_run() {
    let script = |body: &str| {
        format!(
            "<?php\nclass Reset extends Maintenance {{\n  public function execute() {{\n{body}\n  }}\n}}\nrequire_once RUN_MAINTENANCE_IF_MAIN;\n"
        )
    };
    let each = script(
        "    foreach (Titles::all() as $it) {\n      $page = new Article($it);\n      $page->doDeleteArticle('x');\n    }",
    );
    assert_eq!(open("maintenance/reset.php", &each), [(6, "php.mediawiki.each")]);
    let written_down = each.replace("Titles::all()", "file('spam.txt')");
    assert_eq!(open("maintenance/spam.php", &written_down), []);
    let store = script("    ARC2::getStore($config)->reset();");
    assert_eq!(open("maintenance/reset.php", &store), [(4, "php.arc2")]);
    let one = script(
        "    $page = new Article($title);\n    $page->doDeleteArticle('x');\n    $cache->reset();",
    );
    assert_eq!(open("maintenance/reset.php", &one), []);
}
