//! Shapes of Ruby and PHP; the scripts here are invented.

mod all;
mod files;
mod rows;
mod sites;
mod stores;

use crate::content::script::model::GuardKind;
use crate::content::script::tests::{guarded, open};

#[test]
fn finds_what_is_run() {
    for (path, text, found) in [
        (
            "tasks/CleanTask.php",
            "<?php\nclass CleanTask extends \\Phalcon\\CLI\\Task { public function mainAction() { $this->db->execute('TRUNCATE users'); } }\n",
            (2, "sql.truncate"),
        ),
        (
            "lib/task/WipeTask.class.php",
            "<?php\nclass WipeTask extends sfBaseTask { protected function execute($arguments = array(), $options = array()) { $pdo->exec('TRUNCATE users'); } }\n",
            (2, "sql.truncate"),
        ),
        (
            "app/Command/C.php",
            "<?php\nuse Hyperf\\Command\\Command as HyperfCommand;\nclass C extends HyperfCommand { public function handle() { Db::table('users')->truncate(); } }\n",
            (3, "php.laravel.rows"),
        ),
        (
            "Classes/Command/C.php",
            "<?php\nuse TYPO3\\CMS\\Extbase\\Mvc\\Controller\\CommandController;\nclass CleanCommandController extends CommandController { public function wipeCommand() { $GLOBALS['TYPO3_DB']->sql_query('TRUNCATE orders'); } }\n",
            (3, "sql.truncate"),
        ),
        (
            "src/Command/C.php",
            "<?php\nuse Symfony\\Component\\Console\\Command\\Command;\nclass C extends Command { protected function execute(InputInterface $i, OutputInterface $o): int { $this->check()->wipe(); return 0; } private function check() { return $this; } private function wipe() { $this->em->createQuery('DELETE FROM Shop:User')->execute(); return $this; } }\n",
            (3, "php.doctrine.query"),
        ),
        (
            "lib/x.rb",
            "class Reset\ndef run; check.wipe; end\ndef check; self; end\ndef wipe; User.delete_all; end\nend\nReset.new.run\n",
            (4, "rb.ar"),
        ),
        (
            "src/Command/C.php",
            "<?php\nuse Symfony\\Component\\Console\\Command\\Command;\nclass C extends Command { protected function execute(InputInterface $i, OutputInterface $o): int { $this->check()->one()->wipe()->last(); return 0; } private function check(): self { $this->x = 1; return $this; } private function one() { $this->log('x'); return $this; } private function wipe() { $this->em->createQuery('DELETE FROM Shop:User')->execute(); return $this; } private function last() { return $this; } }\n",
            (3, "php.doctrine.query"),
        ),
        (
            "app/Console/Commands/C.php",
            "<?php\nuse Illuminate\\Console\\Command;\nclass C extends Command { public function handle() { collect(['a','b'])->each([$this, 'wipe']); } public function wipe($t) { DB::table($t)->truncate(); } }\n",
            (3, "php.laravel.rows"),
        ),
        (
            "app/Console/Commands/C.php",
            "<?php\nuse Illuminate\\Console\\Command;\nclass C extends Command { public function handle() { array_map([$this,'wipe'], ['users','orders']); } public function wipe($t) { DB::table($t)->truncate(); } }\n",
            (3, "php.laravel.rows"),
        ),
        (
            "scripts/a.php",
            "<?php\nfunction wipe($t) { DB::table($t)->truncate(); }\narray_map('wipe', ['users']);\n",
            (2, "php.laravel.rows"),
        ),
        (
            "scripts/a.php",
            "<?php\nfunction wipe($t) { DB::table($t)->truncate(); }\ncall_user_func('wipe', 'users');\n",
            (2, "php.laravel.rows"),
        ),
        (
            "lib/tasks/x.rake",
            "task :x do\n%w[users orders].each { |t| send(\"clean_#{t}\") }\nend\ndef clean_users\nUser.delete_all\nend\n",
            (5, "rb.ar"),
        ),
        (
            "lib/x.rb",
            "class Empty < Hanami::CLI::Command\ndef call(cmd)\nUser.delete_all\nend\nend\n",
            (3, "rb.ar"),
        ),
        (
            "lib/x.rb",
            "class Empty < Dry::CLI::Command\ndef call(*)\nUser.delete_all\nend\nend\n",
            (3, "rb.ar"),
        ),
        ("lib/x.rb", "class X < Thor::Group\ndef go\nUser.delete_all\nend\nend\n", (3, "rb.ar")),
        (
            "lib/x.rb",
            "class Wipe < Rails::Command::Base\ndef perform\nUser.delete_all\nend\nend\n",
            (3, "rb.ar"),
        ),
        (
            "app/Commands/Clean.php",
            "<?php\nuse CodeIgniter\\CLI\\BaseCommand;\nclass Clean extends BaseCommand { public function run(array $params) { $db = \\Config\\Database::connect(); $db->table('users')->truncate(); } }\n",
            (3, "php.laravel.rows"),
        ),
        (
            "app/Commands/Clean.php",
            "<?php\nuse CodeIgniter\\CLI\\BaseCommand;\nclass Clean extends BaseCommand { public function run(array $params) { $db = db_connect(); $db->table('users')->truncate(); } }\n",
            (3, "php.laravel.rows"),
        ),
        (
            "cli/wp.php",
            "<?php\nWP_CLI::confirm('Sure?', ['yes' => true]);\n$wpdb->query('TRUNCATE users');\n",
            (3, "sql.truncate"),
        ),
        (
            "lib/x.rb",
            "class Wipe\ndef run; %w[users].each { |t| send(\"clean_#{t}\") }; end\ndef clean_users; User.delete_all; end\nend\nWipe.new.run\n",
            (3, "rb.ar"),
        ),
        (
            "lib/tasks/cloud.rake",
            "task :wipe do\nImageService.new.client.directories.each do |directory|\ndirectory.destroy\nend\nend\n",
            (3, "rb.machines"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn knows_what_stops() {
    for (path, text, line, kind) in [
        (
            "config/deploy.rb",
            "task(:wipe) { set :confirmed, ask(\"Type 'yes'\", nil)\nif fetch(:confirmed) == 'yes' then on(roles(:db)) { execute 'dropdb shop' } end }\n",
            2,
            GuardKind::Confirmation,
        ),
        (
            "config/deploy.rb",
            "task(:wipe) { ask :sure, 'no'\nexit 1 unless fetch(:sure) == 'yes'\non(roles(:db)) { execute 'dropdb shop' } }\n",
            3,
            GuardKind::Confirmation,
        ),
        (
            "config/deploy.rb",
            "task(:wipe) { abort 'no' if fetch(:stage) == :production\non(roles(:db)) { execute 'dropdb shop' } }\n",
            2,
            GuardKind::EnvironmentDenied,
        ),
        (
            "src/Command/M.php",
            "<?php\nuse Symfony\\Component\\Console\\Command\\Command;\nclass M extends Command { protected function execute(InputInterface $i, OutputInterface $o): int { $io = new SymfonyStyle($i, $o); $io->ask('Type DELETE', '', function ($a) { if ($a !== 'DELETE') { throw new \\RuntimeException('no'); } return $a; }); $this->connection->executeStatement('DELETE FROM orders'); return 0; } }\n",
            3,
            GuardKind::Confirmation,
        ),
        (
            "cli/wp.php",
            "<?php\nif (empty($assoc['yes'])) { WP_CLI::error('pass --yes'); }\n$wpdb->query('TRUNCATE users');\n",
            3,
            GuardKind::OptIn,
        ),
        (
            "cli/wp.php",
            "<?php\nclass W extends WP_CLI_Command { public function go($args, $assoc_args) { if (empty($assoc_args['yes'])) { WP_CLI::error('pass --yes'); }\nglobal $wpdb; $wpdb->query('TRUNCATE users'); } }\n",
            3,
            GuardKind::OptIn,
        ),
        (
            "cli/wp.php",
            "<?php\nclass W extends WP_CLI_Command { public function go($args, $assoc) { $dry = ! \\WP_CLI\\Utils\\get_flag_value($assoc,'execute',false); if ($dry) return;\nglobal $wpdb; $wpdb->query('TRUNCATE users'); } }\n",
            3,
            GuardKind::OptIn,
        ),
        (
            "cli/m.php",
            "<?php\nif (cli_input('Sure?','n',['n','y']) != 'y') { cli_error('Aborted'); }\n$DB->execute('TRUNCATE users');\n",
            3,
            GuardKind::Confirmation,
        ),
        (
            "app/Console/Command/XShell.php",
            "<?php\nclass XShell extends AppShell { public function main() { $a = $this->in('Sure?',['y','n'],'n'); if ($a !== 'y') return; $this->User->query('TRUNCATE users'); } }\n",
            2,
            GuardKind::Confirmation,
        ),
        (
            "cli/wp.php",
            "<?php\nclass W extends WP_CLI_Command { public function go($args, $assoc_args) { WP_CLI::confirm('Sure?', $assoc_args);\nglobal $wpdb; $wpdb->query('TRUNCATE users'); } }\n",
            3,
            GuardKind::Confirmation,
        ),
        (
            "scripts/a.rb",
            "clear = true if Rails.env.development?\nif clear\nUser.destroy_all\nend\n",
            3,
            GuardKind::EnvironmentAllowed,
        ),
        (
            "scripts/a.rb",
            "options = { dry_run: true }\nOptionParser.new { |o| o.on('--execute') { options[:dry_run] = false } }.parse!\nUser.delete_all unless options[:dry_run]\n",
            3,
            GuardKind::DryRun,
        ),
        (
            "app/Console/Commands/M.php",
            "<?php\nuse Illuminate\\Console\\Command;\nuse function Laravel\\Prompts\\text;\nclass M extends Command { public function handle() { $a = text('Type DELETE'); if ($a !== 'DELETE') return 1;\nUser::truncate(); } }\n",
            5,
            GuardKind::Confirmation,
        ),
    ] {
        assert_eq!(guarded(path, text), [(line, kind)], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "Classes/C.php",
            "<?php\nclass CleanController extends Controller { public function wipeAction() { $this->db->execute('TRUNCATE users'); } }\n",
        ),
        ("lib/x.rb", "class Wipe < Base\ndef call(x)\nUser.delete_all\nend\nend\n"),
        (
            "scripts/x.php",
            "<?php\nexec('rm -rf ' . escapeshellarg($dir));\nexec('grep ' . escapeshellarg('DROP TABLE users') . ' a.log');\n",
        ),
        (
            "load_users.php",
            "<?php\n$executor = new ORMExecutor($em, new ORMPurger()); $executor->execute($loader->getFixtures(), true);\n",
        ),
        (
            "load_users.php",
            "<?php\n$executor = new ORMExecutor($em); $executor->execute($loader->getFixtures());\n",
        ),
        (
            "src/Command/C.php",
            "<?php\nuse Symfony\\Component\\Console\\Command\\Command;\nclass C extends Command { protected function execute(InputInterface $i, OutputInterface $o): int { $this->runCommand('doctrine:schema:update', ['--force'=>true]); return 0; } }\n",
        ),
        (
            "application/migrations/001_users.php",
            "<?php\nclass Migration_users extends CI_Migration { public function down() { $this->dbforge->drop_table('users'); } }\n",
        ),
        ("scripts/a.php", "<?php\n$this->db->where('id', $id)->delete('users');\n"),
        (
            "scripts/a.php",
            "<?php\nuse think\\facade\\Db;\nDb::name('user')->where('id', $id)->delete();\nDb::name('user')->delete($id);\n$this->User->deleteAll(array('User.id' => $id));\n$this->User->deleteAll(array('User.id >' => $id));\n",
        ),
        (
            "scripts/a.php",
            "<?php\nYii::app()->db->createCommand()->delete('user', 'id=:id', [':id' => $id]);\nUser::model()->deleteAll('id=?', [$id]);\n",
        ),
        (
            "lib/tasks/x.rake",
            "task(x: :environment) { User.destroy(params[:id]); User.delete(old_ids); Sequel::Migrator.run(DB, 'db/migrations') }\n",
        ),
        (
            "scripts/wp.php",
            "<?php\n$all = $wpdb->get_results(\"SELECT ID FROM {$wpdb->posts} WHERE post_type='product' AND post_date < '2019-01-01'\"); foreach ($all as $it) { wp_delete_post($it->ID, true); }\n$ids = $wpdb->get_col(\"SELECT ID FROM $wpdb->posts WHERE post_type = 'revision'\"); foreach ($ids as $id) { wp_delete_post($id, true); }\n",
        ),
        (
            "scripts/wp.php",
            "<?php\n$q = new WP_Query(['post_type'=>'product','author'=>$id]); while ($q->have_posts()) { $q->the_post(); wp_delete_post(get_the_ID(), true); }\n",
        ),
        (
            "scripts/wp.php",
            "<?php\nforeach (get_terms(array('taxonomy'=>'category','hide_empty'=>false)) as $t) { if ($t->count == 0) wp_delete_term($t->term_id, 'category'); }\nforeach (get_terms(array('taxonomy'=>'category')) as $t) { if ($t->slug === 'old') wp_delete_term($t->term_id, 'category'); }\n",
        ),
        (
            "scripts/del.php",
            "<?php\n$nids = \\Drupal::entityQuery('node')->condition('uid', $uid)->execute(); foreach (Node::loadMultiple($nids) as $n) { $n->delete(); }\n$nids = \\Drupal::entityQuery('node')->condition('created', $old, '<')->condition('type', 'log')->execute(); $s->delete($s->loadMultiple($nids));\nNode::load($nid)->delete();\nforeach (Node::loadMultiple($ids) as $n) { $n->delete(); }\n$r = db_query(\"SELECT nid FROM {node} WHERE uid = :uid\", array(':uid' => $u)); foreach ($r as $x) { node_delete($x->nid); }\n",
        ),
        (
            "cli/clean.php",
            "<?php\ndefine('CLI_SCRIPT', true); $DB->delete_records('user', ['id' => $id]); $DB->delete_records('sessions'); $DB->delete_records_select('log', 'time < ?', [$t]); foreach ($DB->get_records('course', ['category' => $x]) as $c) { delete_course($c); }\n",
        ),
        (
            "cli/j.php",
            "<?php\n$query=$db->getQuery(true)->delete($db->quoteName('#__users'))->where('id = ' . $id); $db->setQuery($query); $db->execute();\n$db->setQuery('DELETE FROM #__users WHERE id = ' . (int) $id); $db->execute();\n",
        ),
        (
            "app/Console/Commands/C.php",
            "<?php\nuse Illuminate\\Console\\Command;\nclass C extends Command { public function handle() { Storage::deleteDirectory('livewire-tmp'); Storage::deleteDirectory('products/'.$id); Storage::deleteDirectory('cache'); Storage::disk('temp')->deleteDirectory('x'); Storage::deleteDirectory($dir); Storage::disk('local')->deleteDirectory('exports/tmp'); } }\n",
        ),
        (
            "app/Console/Commands/C.php",
            "<?php\nuse Illuminate\\Console\\Command;\nclass C extends Command { public function handle() { File::cleanDirectory(storage_path('framework/views')); File::deleteDirectory(storage_path('logs/x')); Storage::delete(Storage::allFiles('temp')); Storage::delete(Storage::files('users/'.$id)); File::deleteDirectory(storage_path('app/public/' . $id)); File::deleteDirectory(public_path('build')); } }\n",
        ),
        (
            "scripts/up.php",
            "<?php\nforeach (new DirectoryIterator('uploads') as $f) { if ($f->getMTime() < time() - 3600) unlink($f->getPathname()); }\nforeach (new DirectoryIterator('uploads') as $f) { if ($f->getExtension() == 'tmp') unlink($f->getPathname()); }\n",
        ),
        (
            "scripts/a.php",
            "<?php\n$redis = new Redis(); foreach ($redis->keys('cache:*') as $k) { $redis->del($k); }\n",
        ),
        (
            "scripts/a.php",
            "<?php\n$m = new MongoClient(); $m->shop->users->remove(array('_id' => $id)); $list->remove(array()); $bulk = new MongoDB\\Driver\\BulkWrite; $bulk->delete(['_id' => $id]); $dm->remove($user);\n",
        ),
        ("app.rb", "DataMapper.setup(:default, 'sqlite::memory:')\nDataMapper.auto_migrate!\n"),
        (
            "app.rb",
            "ActiveRecord::Base.establish_connection(adapter: 'sqlite3', database: ':memory:')\nUser.delete_all\n",
        ),
        ("app.rb", "db = SQLite3::Database.new(':memory:')\ndb.execute('DELETE FROM users')\n"),
        (
            "scripts/x.php",
            "<?php\nforeach ([A_CACHE_DIR, CACHE . '/css'] as $d) { exec(sprintf(\"rm -rf %s\", escapeshellarg($d . '/*'))); }\n",
        ),
        (
            "app/Console/Commands/C.php",
            "<?php\nuse Illuminate\\Console\\Command;\nclass C extends Command { public function handle() { add_action('init', [$this, 'wipe']); $this->app->each('x'); } public function wipe() { DB::table('users')->truncate(); } }\n",
        ),
        (
            "scripts/up.php",
            "<?php\n$it = new RecursiveIteratorIterator(new RecursiveDirectoryIterator(__DIR__.'/cache')); foreach ($it as $f) { $todo = $f->isDir() ? 'rmdir' : 'unlink'; $todo($f->getRealPath()); }\n",
        ),
        (
            "scripts/up.php",
            "<?php\n$h = opendir('uploads'); while (($f = readdir($h)) !== false) { if (filemtime('uploads/' . $f) < time() - 86400) { unlink('uploads/' . $f); } }\n",
        ),
        (
            "scripts/up.php",
            "<?php\n$h = opendir('uploads'); while (($f = readdir($h)) !== false) { if (substr($f, -4) == '.tmp') { unlink('uploads/' . $f); } }\n",
        ),
        (
            "scripts/wp.php",
            "<?php\n$q = new WP_Query(['post_type'=>'product','posts_per_page'=>-1]); while ($q->have_posts()) { $q->the_post(); if (get_post_meta(get_the_ID(), 'old', true)) { wp_delete_post(get_the_ID(), true); } }\n",
        ),
        (
            "scripts/wp.php",
            "<?php\nforeach (get_posts(['post_type'=>'product','numberposts'=>-1]) as $p) { if ($p->post_status != 'publish') wp_delete_post($p->ID, true); }\n",
        ),
        (
            "lib/tasks/x.rake",
            "task(x: :environment) { Order.__elasticsearch__.delete_document; UsersIndex.import; Redis.current.del('x'); cart.items.remove; hash.delete(User.first) }\n",
        ),
        (
            "config/deploy.rb",
            "set :linked_dirs, ['log']\ntask(:x) { on(roles(:db)) { execute \"rm -rf #{fetch(:tmp_dir)}\" } }\n",
        ),
        (
            "app/Console/Kernel.php",
            "<?php\nuse Illuminate\\Console\\Scheduling\\Schedule;\nclass Kernel extends ConsoleKernel { protected function schedule(Schedule $schedule) { $schedule->command('migrate:fresh --seed --force')->environments(['staging']); $schedule->call(function () { DB::table('users')->delete(); })->daily(); $schedule->command('queue:prune'); } }\n",
        ),
        (
            "scripts/a.php",
            "<?php\nforeach ($storage->bucket('u')->objects(['prefix' => 'x/']) as $o) { $o->delete(); }\nforeach ($db->collection('users')->where('a', '=', 1)->documents() as $d) { $d->reference()->delete(); }\n$database->getReference('users/' . $id)->remove();\n$database->getReference('users/7')->remove();\n",
        ),
        (
            "scripts/a.php",
            "<?php\nUserQuery::create()->filterById(1)->delete();\nR::trashAll(R::findAll('user', 'id = ?', [7]));\nZend_Db_Table::getDefaultAdapter()->delete('users', 'id = 7');\n",
        ),
        (
            "RoboFile.php",
            "<?php\nclass RoboFile extends \\Robo\\Tasks { public function wipe() { $this->_deleteDir(['build', 'cache/uploads']); } }\n",
        ),
        (
            "database/seeders/S.php",
            "<?php\nclass S extends Seeder { public function run() { $this->truncateTables(['cache', 'sessions']); $this->truncate('A long text'); $this->truncate($text, 50); } }\n",
        ),
        (
            "lib/tasks/cloud.rake",
            "task :wipe do\nshop.servers.each(&:destroy)\nclient.servers.each { |s| s.destroy if s.name == 'old' }\nclient.servers(filter).each(&:destroy)\nend\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}
