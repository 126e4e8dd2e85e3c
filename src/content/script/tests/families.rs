//! One operation in the spellings that frameworks have for it: Ruby, PHP, Go, and the files of tasks and pipelines.

use super::{guarded, open};
use crate::content::script::GuardKind;

/// A task of Rake with this body.
fn task(body: &str) -> String {
    format!("task wipe: :environment do\n  {body}\nend\n")
}

/// A command of Laravel with this body.
fn command(body: &str) -> String {
    format!(
        "<?php\nuse Illuminate\\Console\\Command;\nclass Wipe extends Command {{\n  protected $signature = 'wipe {{--force}}';\n  public function handle() {{\n    {body}\n  }}\n}}\n"
    )
}

/// A program of Go with this body.
fn program(body: &str) -> String {
    format!("package main\n\nfunc main() {{\n\t{body}\n}}\n")
}

/// A job of GitHub that somebody starts by hand.
fn job(line: &str) -> String {
    format!(
        "on: workflow_dispatch\njobs:\n  go:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          {line}\n"
    )
}

#[test]
fn finds_in_ruby() {
    for body in [
        "Rake::Task['db:drop'].execute",
        "%w[db:drop db:create].each { |it| Rake::Task[it].execute }",
        "ActiveRecord::Tasks::DatabaseTasks.drop_current",
        "DatabaseCleaner.clean",
        "[Order, Invoice].map(&:delete_all)",
        "Order.where.not(email: 'root@example.com').destroy_all",
        "Order.where('id > 0').delete_all",
        "Order.in_batches.each_record(&:destroy)",
        "Order.find_in_batches { |group| group.each(&:destroy) }",
        "Sidekiq.redis(&:flushdb)",
        "ActiveFedora::Cleaner.clean!",
        "FileUtils.rm_rf(Dir[Rails.root.join('public/uploads/*')])",
        "FileUtils.rm_rf(Dir.glob('public/system/*'))",
        "s3.bucket('shop').objects.each(&:delete)",
    ] {
        assert_eq!(open("lib/tasks/wipe.rake", &task(body)).len(), 1, "{body}");
    }
    let off = "ENV['DISABLE_DATABASE_ENVIRONMENT_CHECK'] = '1'\n";
    for text in [
        "task rebuild: ['db:drop', 'db:create']\n",
        "task :rebuild => %w(db:drop db:create)\n",
        "namespace :app do\n  task(rebuild: 'db:reset') { puts 'done' }\nend\n",
        "task(:rebuild) { Rake.application.invoke_task('db:reset') }\n",
    ] {
        assert_eq!(open("Rakefile", text), [], "{text}");
        let text = &format!("{off}{text}");
        assert_eq!(open("Rakefile", text).len(), 1, "{text}");
    }
    let of_one =
        "shop = Shop.first\n  Order.where(shop: shop).delete_all\n  shop.users.destroy_all";
    assert_eq!(open("lib/tasks/wipe.rake", &task(of_one)).len(), 2);
}

#[test]
fn lets_through_in_ruby() {
    for body in [
        "Rake::Task['db:migrate'].invoke",
        "Rake::Task['db:schema:load'].invoke",
        "Order.where.not(state: 'open').destroy_all",
        "Order.where('id > 100').delete_all",
        "Order.all.each do |it|\n    if it.user.nil?\n      it.destroy!\n    end\n  end",
        "s3.bucket('shop').objects(prefix: 'tmp/').each(&:delete)",
        "Shop.find(id).users.destroy_all",
    ] {
        assert_eq!(open("lib/tasks/wipe.rake", &task(body)), [], "{body}");
    }
    let text = "task :only_here do\n  raise 'no' if Rails.env.production?\nend\ntask rebuild: [:only_here, 'db:drop']\nENV['DISABLE_DATABASE_ENVIRONMENT_CHECK'] = '1'\n";
    assert_eq!(guarded("Rakefile", text), [(4, GuardKind::EnvironmentDenied)]);
}

#[test]
fn finds_in_php() {
    for body in [
        "User::chunk(100, function ($users) { foreach ($users as $user) { $user->delete(); } });",
        "User::onlyTrashed()->forceDelete();",
        "foreach (User::onlyTrashed()->get() as $user) { $user->forceDelete(); }",
        "User::where('id', '>', 0)->delete();",
        "User::whereNotNull('id')->delete();",
        "User::where('role', '!=', 'admin')->delete();",
        "User::destroy(User::pluck('id'));",
        "User::whereIn('id', User::pluck('id'))->delete();",
        "Artisan::queue('migrate:fresh', ['--force' => true]);",
        "Storage::deleteDirectory('public');",
        "File::cleanDirectory(storage_path('app/public/uploads'));",
        "$mongo->selectDatabase('shop')->drop();",
        "foreach ($this->orders->findAll() as $it) { $this->em->remove($it); }",
    ] {
        assert_eq!(open("app/Console/Commands/Wipe.php", &command(body)).len(), 1, "{body}");
    }
    let two = "DB::table('orders')->where('tenant_id', 7)->delete();\n    DB::table('users')->where('tenant_id', 7)->delete();";
    assert_eq!(open("app/Console/Commands/Wipe.php", &command(two)).len(), 2);
    let page = "<?php\nRoute::get('/wipe', function () { User::truncate(); });\n";
    assert_eq!(open("routes/web.php", page), [(2, "php.laravel.rows")]);
    let drop = "<?php\n$app->find('doctrine:database:drop')->run(new ArrayInput(['--force' => true]), $out);\n";
    assert_eq!(open("wipe.php", drop), [(2, "php.doctrine.command")]);
}

#[test]
fn lets_through_in_php() {
    for body in [
        "User::where('created_at', '<', $old)->delete();",
        "User::onlyTrashed()->where('id', $id)->forceDelete();",
        "User::destroy($id);",
        "User::whereNotNull('deleted_at')->delete();",
        "Storage::deleteDirectory('tmp');",
    ] {
        assert_eq!(open("app/Console/Commands/Wipe.php", &command(body)), [], "{body}");
    }
    let page = "<?php\nRoute::post('/wipe', function () { User::truncate(); });\n";
    assert_eq!(open("routes/web.php", page), []);
    for (body, guard) in [
        ("Artisan::call('migrate:fresh');", GuardKind::Framework),
        (
            "if (! $this->confirm('Sure?')) return;\n    Artisan::call('migrate:fresh');",
            GuardKind::Framework,
        ),
        (
            "$force = $this->option('force') ? true : false;\n    if ($force) { User::truncate(); }",
            GuardKind::OptIn,
        ),
    ] {
        let found = guarded("app/Console/Commands/Wipe.php", &command(body));
        assert_eq!(found.iter().map(|it| it.1).collect::<Vec<_>>(), [guard], "{body}");
    }
    let read_in = "<?php\nif (!$Reset) {\n  exit();\n}\n$db->query('TRUNCATE users');\n";
    assert_eq!(guarded("wipe.php", read_in), [(5, GuardKind::OptIn)]);
}

#[test]
fn finds_in_go() {
    for body in [
        "store.DestroySchema(tx)",
        "goose.DownTo(db, \"migrations\", 0)",
        "db.NewDelete().Model((*User)(nil)).Where(\"1=1\").Exec(ctx)",
    ] {
        assert_eq!(open("cmd/wipe/main.go", &program(body)).len(), 1, "{body}");
    }
    let target = "//go:build mage\n\npackage main\n\nfunc Reset() error {\n\treturn sh.RunV(\"dropdb\", \"app\")\n}\n";
    assert_eq!(open("magefile.go", target), [(6, "sh.dropdb")]);
    for body in [
        "goose.DownTo(db, \"migrations\", 12)",
        "db.NewDelete().Model(user).Where(\"id = ?\", id).Exec(ctx)",
        "store.ResetSchema(tx)",
    ] {
        assert_eq!(open("cmd/serve/main.go", &program(body)), [], "{body}");
    }
}

#[test]
fn finds_in_tasks_and_pipelines() {
    for (text, line) in [
        ("db/reset:\n\tnpx prisma migrate reset --force\n", 2),
        ("all: db/drop\n\ndb/drop:\n\tdropdb app\n", 4),
        ("down:\n\tmigrate -path m -database $(DB) down -all\n", 2),
    ] {
        assert_eq!(open("Makefile", text).first().map(|it| it.0), Some(line), "{text}");
    }
    let asked = "db/reset:\n\tnpx prisma migrate reset\n";
    assert_eq!(guarded("Makefile", asked), [(2, GuardKind::Framework)]);
    assert_eq!(open("Makefile", "down:\n\tmigrate -path m -database $(DB) down 1\n"), []);
    let flow = ".github/workflows/destroy.yml";
    for line in [
        "terraform apply -auto-approve destroy.tfplan",
        "terraform plan -destroy -out=plan && terraform apply plan",
        "./scripts/teardown.sh production --yes",
        "bash scripts/destroy-prod.sh",
        "npx sst remove --stage production",
        "npm run cdk -- destroy --all --force",
        "copilot app delete --yes",
        "rosa delete cluster -c shop -y",
        "firebase firestore:delete --all-collections --force",
        "aws secretsmanager delete-secret --secret-id a --force-delete-without-recovery",
        "ansible-playbook playbooks/teardown.yml",
        "make destroy",
        "make destroy-prod",
        "npm run infra:destroy",
        "yarn destroy",
        "psql \"${{ secrets.DATABASE_URL }}\" -f db/reset.sql",
    ] {
        assert_eq!(open(flow, &job(line)).len(), 1, "{line}");
    }
    for line in [
        "terraform plan -out=plan && terraform apply plan",
        "./scripts/teardown.sh",
        "./scripts/teardown-preview.sh --yes",
        "./scripts/destroy-prod.sh --dry-run",
        "copilot app show",
        "aws secretsmanager delete-secret --secret-id a",
        "ansible-playbook playbooks/site.yml",
        "make destroy-preview",
        "npm run build",
    ] {
        assert_eq!(open(flow, &job(line)), [], "{line}");
    }
}

#[test]
fn finds_in_scripts_of_a_package() {
    let package = |line: &str| format!("{{\n  \"scripts\": {{ \"x\": \"{line}\" }}\n}}\n");
    for line in [
        "mikro-orm schema:fresh --run",
        "payload migrate:fresh --force-accept-warning",
        "atlas schema clean -u x --auto-approve",
        "sanity dataset delete production --force",
        "npm run typeorm -- schema:drop",
        "turbo run db:reset",
    ] {
        assert_eq!(open("package.json", &package(line)).len(), 1, "{line}");
    }
    for line in
        ["mikro-orm schema:update --run", "atlas schema apply --auto-approve", "turbo run build"]
    {
        assert_eq!(open("package.json", &package(line)), [], "{line}");
    }
}

#[test]
fn an_action_runs_the_tool_that_it_is_called_after() {
    let flow = |uses: &str, with: &str| {
        format!(
            "on: workflow_dispatch\njobs:\n  go:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: {uses}\n        with:\n          {with}\n"
        )
    };
    let path = ".github/workflows/destroy.yml";
    for (uses, with) in [
        ("dflook/terraform-destroy@v1", "path: infra"),
        ("pulumi/actions@v5", "command: destroy"),
        ("serverless/github-action@v3", "args: remove --stage prod"),
        ("gruntwork-io/terragrunt-action@v2", "tg_command: 'destroy -auto-approve'"),
        ("hashicorp/tfc-workflows-github/actions/create-run@v1", "is_destroy: true"),
    ] {
        assert_eq!(open(path, &flow(uses, with)).len(), 1, "{uses}");
    }
    for (uses, with) in [
        ("hashicorp/setup-terraform@v3", "terraform_version: 1"),
        ("pulumi/actions@v5", "command: up"),
        ("actions/checkout@v4", "ref: destroy"),
    ] {
        assert_eq!(open(path, &flow(uses, with)), [], "{uses}");
    }
}

#[test]
fn a_class_that_a_file_of_scripts_only_defines_is_run_by_another() {
    let class = "module Purge\n  def self.perform\n    User.delete_all\n  end\nend\n";
    assert_eq!(open("lib/tasks/scripts/purge.rb", class), [(3, "rb.ar")]);
    assert_eq!(open("lib/purge.rb", class), []);
    let asks = format!("{class}exit unless yes?('Sure?')\nPurge.perform\n");
    assert_eq!(guarded("scripts/purge.rb", &asks), [(3, GuardKind::Confirmation)]);
}

#[test]
fn a_directory_is_known_by_the_name_of_what_holds_it() {
    let open = crate::content::script::tests::open;
    for (path, text) in [
        ("a.sh", "DATA_DIR=$(get_dir)\nrm -rf $DATA_DIR/*\n"),
        ("a.py", "import shutil\nupload_dir = config['paths']['x']\nshutil.rmtree(upload_dir)\n"),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        ("a.sh", "find \"$HOME/Library/Application Support/Dock\" -name '*-*.db' -delete\n"),
        ("a.sh", "DATA_DIR=$(mktemp -d)\nrm -rf $DATA_DIR/*\n"),
        ("a.py", "import shutil\nbuild_dir = config['paths']['x']\nshutil.rmtree(build_dir)\n"),
        (
            "a.py",
            "import shutil, tempfile\ndata_dir = tempfile.mkdtemp()\nshutil.rmtree(data_dir)\n",
        ),
    ] {
        assert!(open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn words_that_a_condition_stands_before_are_taken_apart() {
    let text = "if [ -z \"$1\" ]; then\n  exit 1\nfi\ntool=\"aws --profile shop\"\n$tool s3 rb --force s3://shop\ncargo sqlx database reset -y\n";
    assert_eq!(crate::content::script::tests::open("a.sh", text).len(), 2);
}

#[test]
fn a_flag_against_a_dry_run_is_asked_for() {
    let text = "import argparse\np = argparse.ArgumentParser()\np.add_argument('--no-dry-run', action='store_true')\nargs = p.parse_args()\ndry_run = not args.no_dry_run\nif dry_run:\n    print('would')\nelse:\n    db.drop_all()\n";
    assert!(crate::content::script::tests::open("a.py", text).is_empty());
}

#[test]
fn finds_in_javascript_what_frameworks_run() {
    for text in [
        "import Thing from '../thing/thing.model';\nThing.find({}).remove().then(() => { Thing.create({ name: 'a' }); });\n",
        "const User = require('../models/User');\nUser.remove((err) => {});\n",
        "export default class UserSeeder implements Seeder {\n  async run(source) {\n    await source.query('TRUNCATE users CASCADE');\n  }\n}\n",
        "export class Clean {\n  @Command({ command: 'db:clean' })\n  async clean() {\n    await this.users.deleteMany({});\n  }\n}\n",
        "export class Seeds implements OnModuleInit {\n  async onModuleInit() {\n    await this.prisma.user.deleteMany();\n  }\n}\n",
        "module.exports = {\n  up: async (queryInterface) => {\n    await queryInterface.bulkDelete('users', null, {});\n    await queryInterface.bulkInsert('users', []);\n  },\n};\n",
        "export const wipe: CommandModule = {\n  command: 'wipe',\n  handler: async () => {\n    await mongoose.connection.dropDatabase();\n  },\n};\n",
        "const execa = require('execa');\nexeca.sync('dropdb', ['shop']);\n",
        "const users = await repository.find();\nawait repository.remove(users);\n",
        "const all = await cloudinary.api.resources();\nawait cloudinary.api.delete_resources(all.resources.map((it) => it.public_id));\n",
        "await supabase.from('posts').delete().neq('role', 'admin');\n",
        "await repository.delete({ id: MoreThan(0) });\n",
    ] {
        assert_eq!(open("a.ts", text).len(), 1, "{text}");
    }
    for text in [
        "const { Command } = require('commander');\nconst it = new Command('db:drop');\n",
        "export class Users {\n  async clean() {\n    await this.users.deleteMany({});\n  }\n}\n",
        "module.exports = {\n  up: async (queryInterface) => {\n    await queryInterface.dropTable('users');\n  },\n};\n",
        "const args = require('minimist')(process.argv.slice(2));\nif (!args.yes) process.exit(1);\nawait sequelize.drop();\n",
        "const prompt = require('prompt');\nprompt.get(['confirm'], async (err, result) => {\n  if (result.confirm !== 'yes') return;\n  await User.deleteMany({});\n});\n",
    ] {
        assert!(open("a.ts", text).is_empty(), "{text}");
    }
}
