//! Calls that are made in one of several ways, and questions that only ask which of some things is meant.

use super::{guarded, open};

#[test]
fn a_filter_that_is_not_always_there_is_none() {
    for (path, text) in [
        (
            "lib/tasks/w.rake",
            "task w: :environment do\n  scope = Order.all\n  scope = scope.where(tenant: ENV[\"TENANT\"]) if ENV[\"TENANT\"]\n  scope.delete_all\nend\n",
        ),
        (
            "app/Console/Commands/W.php",
            "<?php\nclass W extends Command {\n    protected $signature = 'a:w {--tenant=}';\n    public function handle() { $q = Order::query(); if ($this->option('tenant')) { $q = $q->where('tenant', $this->option('tenant')); } $q->delete(); }\n}\n",
        ),
        (
            "scripts/r.js",
            "const filter = process.argv[2] ? { tenant: process.argv[2] } : {};\nUser.deleteMany(filter).then(() => process.exit());\n",
        ),
        (
            "scripts/r.js",
            "const where = process.argv[2] ? { tenant: process.argv[2] } : {};\nUser.destroy({ where }).then(() => process.exit());\n",
        ),
        (
            "scripts/r.js",
            "const knex = require('knex')(require('../knexfile').production);\nlet q = knex('users');\nif (process.argv[2]) q = q.where('tenant', process.argv[2]);\nq.del().then(() => knex.destroy());\n",
        ),
        (
            "cmd/r/main.go",
            "package main\n\nfunc main() {\n\tq := db.Session(&gorm.Session{AllowGlobalUpdate: true})\n\tif t != \"\" {\n\t\tq = q.Where(\"tenant = ?\", t)\n\t}\n\tq.Delete(&User{})\n}\n",
        ),
        (
            "a.py",
            "client = mongomock.MongoClient() if os.environ.get('TESTING') else MongoClient(os.environ['URI'])\nclient.drop_database('shop')\n",
        ),
        ("scripts/r.js", "User.deleteMany(process.env.FORCE ? {} : {});\n"),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn a_filter_on_every_way_is_one() {
    for (path, text) in [
        (
            "lib/tasks/w.rake",
            "task w: :environment do\n  scope = Order.where(old: true)\n  scope = scope.where(tenant: ENV[\"TENANT\"]) if ENV[\"TENANT\"]\n  scope.delete_all\nend\n",
        ),
        (
            "scripts/r.js",
            "const filter = process.argv[2] ? { tenant: process.argv[2] } : { tenant: process.env.TENANT };\nUser.deleteMany(filter).then(() => process.exit());\n",
        ),
        (
            "scripts/r.js",
            "const filter = process.argv.includes('--all') ? {} : { tenant: process.argv[2] };\nUser.deleteMany(filter).then(() => process.exit());\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn to_pick_a_thing_confirms_nothing() {
    for (path, text) in [
        (
            "scripts/r.js",
            "const inquirer = require('inquirer');\n(async () => { const { table } = await inquirer.prompt([{ type: 'list', name: 'table', message: 'Which?', choices: ['user', 'order'] }]); if (table === 'user') await User.deleteMany({}); })();\n",
        ),
        (
            "app/Console/Commands/W.php",
            "<?php\nclass W extends Command {\n    protected $signature = 'a:w';\n    public function handle() { $t = $this->choice('Which table?', ['users', 'orders']); if ($t === 'users') { DB::table('users')->truncate(); } }\n}\n",
        ),
        (
            "src/Command/W.php",
            "<?php\nclass W extends Command {\n    protected function execute(InputInterface $input, OutputInterface $output) { $t = $helper->ask($input, $output, new ChoiceQuestion('Which?', ['users', 'orders'])); if ($t === 'users') { $this->em->getConnection()->executeStatement('TRUNCATE users'); } return 0; }\n}\n",
        ),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn an_answer_from_a_list_confirms() {
    for (path, text) in [
        (
            "scripts/r.js",
            "const inquirer = require('inquirer');\n(async () => { const { a } = await inquirer.prompt([{ type: 'list', name: 'a', message: 'Sure?', choices: ['no', 'yes'] }]); if (a === 'yes') await User.deleteMany({}); })();\n",
        ),
        (
            "scripts/r.js",
            "const inquirer = require('inquirer');\n(async () => { const { a } = await inquirer.prompt([{ type: 'list', name: 'a', message: 'What?', choices: ['exit', 'wipe'] }]); if (a !== 'wipe') return; await User.deleteMany({}); })();\n",
        ),
        (
            "scripts/r.js",
            "const inquirer = require('inquirer');\n(async () => { const { t, ok } = await inquirer.prompt([{ type: 'list', name: 't', choices: ['user', 'order'] }, { type: 'confirm', name: 'ok' }]); if (ok && t === 'user') await User.deleteMany({}); })();\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
        assert!(!guarded(path, text).is_empty(), "{text}");
    }
}
