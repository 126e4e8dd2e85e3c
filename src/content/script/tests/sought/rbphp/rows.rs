//! Rows and tables that Ruby and PHP delete; the scripts here are invented.

use crate::content::script::tests::open;

#[test]
fn finds() {
    for (path, text, found) in [
        (
            "scripts/x.php",
            "<?php\nexec('psql -c ' . escapeshellarg('DROP SCHEMA public CASCADE'));\n",
            (2, "sql.drop_database"),
        ),
        (
            "scripts/x.php",
            "<?php\n$sql = <<<SQL\nDROP SCHEMA public CASCADE;\nSQL;\n$cmd = sprintf('psql -h %s -c %s', escapeshellarg($host), escapeshellarg($sql));\nshell_exec($cmd);\n",
            (5, "sql.drop_database"),
        ),
        (
            "load_users.php",
            "<?php\n$executor = new ORMExecutor($em, new ORMPurger()); $executor->execute($loader->getFixtures());\n",
            (2, "php.doctrine.purger"),
        ),
        (
            "load_users.php",
            "<?php\n$purger = new ORMPurger($em); $executor = new ORMExecutor($em, $purger); $executor->execute($loader->getFixtures());\n",
            (2, "php.doctrine.purger"),
        ),
        (
            "src/Command/C.php",
            "<?php\nuse Symfony\\Component\\Console\\Command\\Command;\nclass C extends Command { protected function execute(InputInterface $i, OutputInterface $o): int { $this->runCommand('doctrine:schema:drop', ['--force'=>true]); return 0; } }\n",
            (3, "php.laravel.artisan"),
        ),
        (
            "database/seeds/S.php",
            "<?php\nDB::table('users')->truncate(false);\n",
            (2, "php.laravel.rows"),
        ),
        ("scripts/S.php", "<?php\nUser::truncate(false);\n", (2, "php.laravel.rows")),
        ("scripts/a.php", "<?php\nmodel('UserModel')->truncate();\n", (2, "php.laravel.rows")),
        (
            "scripts/a.php",
            "<?php\n$this->load->dbforge(); $this->dbforge->drop_table('users');\n",
            (2, "php.framework"),
        ),
        ("scripts/a.php", "<?php\n$this->dbforge->drop_database('shop');\n", (2, "php.framework")),
        (
            "scripts/a.php",
            "<?php\n$this->db->where('1=1')->delete('users');\n",
            (2, "php.all_rows"),
        ),
        (
            "db/seeds/U.php",
            "<?php\nuse Phinx\\Seed\\AbstractSeed;\nclass U extends AbstractSeed { public function run() { $this->table('users')->truncate(); } }\n",
            (3, "php.laravel.rows"),
        ),
        (
            "scripts/a.php",
            "<?php\n$this->fetchTable('Users')->deleteAll(['1 = 1']);\n",
            (2, "php.table"),
        ),
        ("scripts/a.php", "<?php\n$this->User->deleteAll(array('1 = 1'));\n", (2, "php.table")),
        (
            "scripts/a.php",
            "<?php\n$this->User->deleteAll(array('User.id >'=>0));\n",
            (2, "php.table"),
        ),
        (
            "scripts/a.php",
            "<?php\nuse think\\facade\\Db;\nDb::name('user')->where('id','>',0)->delete();\n",
            (3, "php.laravel.rows"),
        ),
        (
            "scripts/a.php",
            "<?php\nuse think\\facade\\Db;\nDb::name('user')->where('1=1')->delete();\n",
            (3, "php.laravel.rows"),
        ),
        (
            "scripts/a.php",
            "<?php\nuse think\\facade\\Db;\nDb::name('user')->delete(true);\n",
            (3, "php.laravel.rows"),
        ),
        (
            "protected/commands/CleanCommand.php",
            "<?php\nclass CleanCommand extends CConsoleCommand { public function actionIndex() { User::model()->deleteAll(); } }\n",
            (2, "php.builder"),
        ),
        (
            "scripts/a.php",
            "<?php\nYii::app()->db->createCommand()->delete('user');\n",
            (2, "php.builder"),
        ),
        (
            "scripts/x.rb",
            "ActiveRecord::Base.connection.delete('DELETE FROM users')\n",
            (1, "sql.delete_all"),
        ),
        ("scripts/x.rb", "DB << 'DROP SCHEMA public CASCADE'\n", (1, "sql.drop_database")),
        (
            "scripts/x.rb",
            "ActiveRecord::Base.connection.recreate_database('shop')\n",
            (1, "rb.database"),
        ),
        (
            "lib/tasks/x.rake",
            "task(x: :environment) { User.destroy(User.pluck(:id)) }\n",
            (1, "rb.ar.keys"),
        ),
        (
            "lib/tasks/x.rake",
            "task(x: :environment) { User.delete(User.ids) }\n",
            (1, "rb.ar.keys"),
        ),
        ("lib/tasks/x.rake", "task(x: :environment) { User.delete User.all }\n", (1, "rb.ar.keys")),
        (
            "lib/tasks/x.rake",
            "task(x: :environment) { Parallel.each(User.all) { |u| u.destroy } }\n",
            (1, "rb.ar"),
        ),
        (
            "app/Console/Commands/C.php",
            "<?php\nuse Illuminate\\Console\\Command;\nclass C extends Command { public function handle() { $this->withProgressBar(User::all(), function ($u) { $u->delete(); }); } }\n",
            (3, "php.laravel.rows"),
        ),
        (
            "scripts/a.php",
            "<?php\n$dm->getSchemaManager()->dropDatabases();\n",
            (2, "php.doctrine.schema"),
        ),
        (
            "scripts/a.php",
            "<?php\n$dm->createQueryBuilder(User::class)->remove()->getQuery()->execute();\n",
            (2, "php.doctrine.query"),
        ),
        (
            "app.rb",
            "ActiveRecord::Base.establish_connection(adapter: 'sqlite3', database: 'shop.db')\nUser.delete_all\n",
            (2, "rb.ar"),
        ),
        (
            "lib/tasks/x.rake",
            "task(:x) { sh \"psql -c #{Shellwords.escape('DROP SCHEMA public CASCADE')}\" }\n",
            (1, "sql.drop_database"),
        ),
        (
            "lib/tasks/x.rake",
            "task(:x) { q = 'DROP SCHEMA public CASCADE'\nsh \"psql -c #{q.shellescape}\" }\n",
            (2, "sql.drop_database"),
        ),
        (
            "scripts/a.php",
            "<?php\nforeach ($storage->bucket('u')->objects() as $o) { $o->delete(); }\n",
            (2, "php.google"),
        ),
        (
            "scripts/a.php",
            "<?php\nforeach ($db->collection('users')->documents() as $d) { $d->reference()->delete(); }\n",
            (2, "php.google"),
        ),
        (
            "scripts/a.php",
            "<?php\n$database->getReference('users')->remove();\n",
            (2, "php.google"),
        ),
        (
            "app/Console/Kernel.php",
            "<?php\nuse Illuminate\\Console\\Scheduling\\Schedule;\nclass Kernel extends ConsoleKernel { protected function schedule(Schedule $schedule) { $schedule->command('migrate:fresh --seed --force')->daily(); } }\n",
            (3, "php.laravel.artisan"),
        ),
        ("scripts/a.php", "<?php\nUserQuery::create()->deleteAll();\n", (2, "php.builder")),
        (
            "scripts/a.php",
            "<?php\nDoctrine_Query::create()->delete('User')->execute();\n",
            (2, "php.framework"),
        ),
        ("scripts/a.php", "<?php\nR::trashAll(R::findAll('user'));\n", (2, "php.redbean")),
        ("scripts/a.php", "<?php\nDb::table('x')->truncate();\n", (2, "php.laravel.rows")),
        (
            "scripts/a.php",
            "<?php\n$db = Zend_Db_Table::getDefaultAdapter(); $db->delete('users');\n",
            (2, "php.all_rows"),
        ),
        (
            "scripts/a.php",
            "<?php\n$sql = $platform->getTruncateTableSql($t); $conn->executeUpdate($sql);\n",
            (2, "php.doctrine.table"),
        ),
        (
            "scripts/a.rb",
            "options = { dry_run: false }\nOptionParser.new { |o| o.on('--dry-run') { options[:dry_run] = true } }.parse!\nUser.delete_all unless options[:dry_run]\n",
            (3, "rb.ar"),
        ),
        (
            "scripts/a.rb",
            "clear = true if Rails.env.development?\nclear = true\nif clear\nUser.destroy_all\nend\n",
            (4, "rb.ar"),
        ),
        (
            "src/Command/C.php",
            "<?php\nuse Symfony\\Component\\Console\\Command\\Command;\nclass C extends Command { protected function execute(InputInterface $input, OutputInterface $o): int { $executor = new ORMExecutor($this->em, new ORMPurger($this->em)); $executor->execute($loader->getFixtures(), (bool) $input->getOption('append')); return 0; } }\n",
            (3, "php.doctrine.purger"),
        ),
        (
            "database/seeders/TruncateSeeder.php",
            "<?php\nclass TruncateSeeder extends Seeder { use TruncateTable; public function run() { $this->truncate('users'); } }\n",
            (2, "php.builder"),
        ),
        (
            "database/seeders/S.php",
            "<?php\nclass S extends Seeder { public function run() { $this->truncateTables(['users', 'orders']); } }\n",
            (2, "php.builder"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}
