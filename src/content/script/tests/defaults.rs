//! Flags, arguments and settings that are what a check asks for where nobody gives them.

use super::{guarded, open};

#[test]
fn a_default_that_satisfies_a_check_of_javascript_makes_it_none() {
    for (path, text) in [
        (
            "scripts/r.js",
            "const { program } = require('commander');\nprogram.option('-e, --env <env>', 'env', 'development').parse();\nconst o = program.opts();\nif (o.env !== 'development') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const { program } = require('commander');\nprogram.option('--no-confirm').parse();\nconst o = program.opts();\nif (!o.confirm) process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const { program } = require('commander');\nprogram.option('--confirm <word>', 'x', 'DELETE').parse();\nif (program.opts().confirm !== 'DELETE') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const argv = require('minimist')(process.argv.slice(2), { default: { yes: true } });\nif (!argv.yes) process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const argv = require('minimist')(process.argv.slice(2), { default: { env: 'dev' } });\nif (argv.env !== 'dev') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const { values } = require('util').parseArgs({ options: { env: { type: 'string', default: 'dev' } } });\nif (values.env !== 'dev') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const { parseArgs } = require('util');\nconst { values } = parseArgs({ options: { yes: { type: 'boolean', default: true } } });\nif (!values.yes) process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const argv = require('yargs').default('force', true).argv;\nif (!argv.force) process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const a = process.argv[2] || 'yes';\nif (a !== 'yes') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const env = process.argv[2] || 'development';\nif (env !== 'development') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const { program } = require('commander');\nprogram.command('wipe').option('--no-yes', 'x').action(async (o) => { if (!o.yes) return; await User.deleteMany({}); });\nprogram.parse();\n",
        ),
        (
            "scripts/r.js",
            "const { program } = require('commander');\nprogram.command('wipe').option('-e, --env <env>', 'env', 'development').action(async (o) => { if (o.env === 'development') await User.deleteMany({}); });\nprogram.parse();\n",
        ),
        (
            "scripts/r.js",
            "const yargs = require('yargs');\nconst argv = yargs.options({ force: { type: 'boolean', default: true } }).argv;\nif (!argv.force) process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const env = process.argv[2] ?? 'development';\nif (env !== 'development') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const env = process.argv.length > 2 ? process.argv[2] : 'development';\nif (env !== 'development') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const { program, Option } = require('commander');\nprogram.addOption(new Option('--env <env>', 'x').default('dev')).parse();\nif (program.opts().env !== 'dev') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn a_default_that_satisfies_a_check_of_go_makes_it_none() {
    for (path, text) in [
        (
            "cmd/r/main.go",
            "package main\n\nfunc main() {\n\tenv := flag.String(\"env\", \"dev\", \"\")\n\tflag.Parse()\n\tif *env != \"dev\" {\n\t\tos.Exit(1)\n\t}\n\tdb.Exec(\"DROP TABLE users\")\n}\n",
        ),
        (
            "cmd/r/main.go",
            "package main\n\nfunc main() {\n\tconfirm := flag.String(\"confirm\", \"yes\", \"\")\n\tflag.Parse()\n\tif *confirm != \"yes\" {\n\t\tos.Exit(1)\n\t}\n\tdb.Exec(\"DROP TABLE users\")\n}\n",
        ),
        (
            "cmd/wipe.go",
            "package cmd\n\nvar env string\n\nvar wipeCmd = &cobra.Command{\n\tUse: \"wipe\",\n\tRunE: func(cmd *cobra.Command, args []string) error {\n\t\tif env != \"dev\" {\n\t\t\treturn errors.New(\"no\")\n\t\t}\n\t\t_, err := db.Exec(\"TRUNCATE TABLE users\")\n\t\treturn err\n\t},\n}\n\nfunc init() {\n\twipeCmd.Flags().StringVarP(&env, \"env\", \"e\", \"dev\", \"environment\")\n}\n",
        ),
        (
            "cmd/wipe.go",
            "package cmd\n\nvar wipeCmd = &cobra.Command{\n\tUse: \"wipe\",\n\tRunE: func(cmd *cobra.Command, args []string) error {\n\t\tenv, _ := cmd.Flags().GetString(\"env\")\n\t\tif env != \"dev\" {\n\t\t\treturn errors.New(\"no\")\n\t\t}\n\t\t_, err := db.Exec(\"TRUNCATE TABLE users\")\n\t\treturn err\n\t},\n}\n\nfunc init() {\n\twipeCmd.Flags().String(\"env\", \"dev\", \"environment\")\n}\n",
        ),
        (
            "cmd/r/main.go",
            "package main\n\nfunc main() {\n\tviper.SetDefault(\"env\", \"dev\")\n\tif viper.GetString(\"env\") != \"dev\" {\n\t\tos.Exit(1)\n\t}\n\tdb.Exec(\"DROP TABLE users\")\n}\n",
        ),
        (
            "cmd/r/main.go",
            "package main\n\nfunc main() {\n\tapp := &cli.App{\n\t\tFlags: []cli.Flag{&cli.BoolFlag{Name: \"force\", Value: true}},\n\t\tAction: func(c *cli.Context) error {\n\t\t\tif !c.Bool(\"force\") {\n\t\t\t\treturn errors.New(\"no\")\n\t\t\t}\n\t\t\t_, err := db.Exec(\"DROP TABLE users\")\n\t\t\treturn err\n\t\t},\n\t}\n\tapp.Run(os.Args)\n}\n",
        ),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn a_default_that_satisfies_a_check_of_ruby_makes_it_none() {
    for (path, text) in [
        (
            "lib/cli.rb",
            "class Cli < Thor\n  desc \"wipe\", \"x\"\n  option :force, type: :boolean, default: true\n  def wipe\n    return unless options[:force]\n    User.delete_all\n  end\nend\n",
        ),
        (
            "lib/tasks/w.rake",
            "task :wipe, [:force] => :environment do |_, args|\n  args.with_defaults(force: true)\n  abort \"no\" unless args[:force]\n  User.delete_all\nend\n",
        ),
        (
            "lib/tasks/w.rake",
            "task :wipe, [:confirm] => :environment do |_, args|\n  args.with_defaults(confirm: \"yes\")\n  abort \"no\" unless args[:confirm] == \"yes\"\n  User.delete_all\nend\n",
        ),
        (
            "lib/tasks/w.rake",
            "task :wipe, [:env] => :environment do |_, args|\n  args.with_defaults(env: \"development\")\n  abort \"no\" unless args.env == \"development\"\n  User.delete_all\nend\n",
        ),
        (
            "lib/tasks/w.rake",
            "task :wipe, [:env] => :environment do |_, args|\n  env = args[:env] || \"development\"\n  abort \"no\" unless env == \"development\"\n  User.delete_all\nend\n",
        ),
        (
            "lib/tasks/w.rake",
            "task wipe: :environment do\n  ENV[\"CONFIRM\"] ||= \"yes\"\n  abort \"no\" unless ENV[\"CONFIRM\"] == \"yes\"\n  User.delete_all\nend\n",
        ),
        (
            "script/w.rb",
            "ENV['RAILS_ENV'] ||= 'development'\nabort 'no' unless ENV['RAILS_ENV'] == 'development'\nUser.delete_all\n",
        ),
        (
            "lib/tasks/w.rake",
            "task wipe: :environment do\n  env = ENV[\"TARGET_ENV\"].presence || \"development\"\n  abort \"no\" unless env == \"development\"\n  User.delete_all\nend\n",
        ),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn a_default_that_satisfies_a_check_of_php_makes_it_none() {
    for (path, text) in [
        (
            "app/Console/Commands/W.php",
            "<?php\nclass W extends Command {\n    protected $signature = 'a:w {--force=1}';\n    public function handle() { if (!$this->option('force')) return 1; DB::table('users')->truncate(); }\n}\n",
        ),
        (
            "app/Console/Commands/W.php",
            "<?php\nclass W extends Command {\n    protected $signature = 'a:w {--confirm=yes}';\n    public function handle() { if ($this->option('confirm') !== 'yes') return 1; DB::table('users')->truncate(); }\n}\n",
        ),
        (
            "app/Console/Commands/W.php",
            "<?php\nclass W extends Command {\n    protected $signature = 'a:w {--env=local}';\n    public function handle() { if ($this->option('env') !== 'local') return 1; DB::table('users')->truncate(); }\n}\n",
        ),
        (
            "app/Console/Commands/W.php",
            "<?php\nclass W extends Command {\n    protected $signature = 'a:w {env=local : the environment}';\n    public function handle() { if ($this->argument('env') !== 'local') return 1; DB::table('users')->truncate(); }\n}\n",
        ),
        (
            "src/Command/W.php",
            "<?php\nclass W extends Command {\n    protected function configure() { $this->setName('w')->addOption('force', null, InputOption::VALUE_OPTIONAL, '', true); }\n    protected function execute(InputInterface $input, OutputInterface $output) { if (!$input->getOption('force')) return 1; $this->em->getConnection()->executeStatement('TRUNCATE users'); return 0; }\n}\n",
        ),
        (
            "src/Command/W.php",
            "<?php\nclass W extends Command {\n    protected function configure() { $this->addOption('env-name', null, InputOption::VALUE_REQUIRED, '', 'dev'); }\n    protected function execute(InputInterface $input, OutputInterface $output) { if ($input->getOption('env-name') !== 'dev') return 1; $this->em->getConnection()->executeStatement('TRUNCATE users'); return 0; }\n}\n",
        ),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn a_default_that_satisfies_a_check_of_java_makes_it_none() {
    for (path, text) in [
        (
            "src/main/java/com/acme/R.java",
            "@Command(name = \"reset\")\npublic class R implements Runnable {\n  @Option(names = \"--force\", defaultValue = \"true\") boolean force;\n  public void run() { if (!force) return; jdbcTemplate.execute(\"TRUNCATE TABLE users\"); }\n}\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "public class R {\n  public static void main(String[] args) {\n    String env = Optional.ofNullable(System.getenv(\"ENV\")).orElse(\"dev\");\n    if (!env.equals(\"dev\")) System.exit(1);\n    jdbcTemplate.execute(\"TRUNCATE TABLE users\");\n  }\n}\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "public class R {\n  public static void main(String[] args) {\n    String e = System.getenv(\"ENV\");\n    if (e == null) e = \"dev\";\n    if (!e.equals(\"dev\")) System.exit(1);\n    jdbcTemplate.execute(\"TRUNCATE TABLE users\");\n  }\n}\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "public class R {\n  public static void main(String[] args) {\n    String e = args.length > 0 ? args[0] : \"dev\";\n    if (!e.equals(\"dev\")) System.exit(1);\n    jdbcTemplate.execute(\"TRUNCATE TABLE users\");\n  }\n}\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "@Command(name = \"reset\")\npublic class R implements Runnable {\n  @Option(names = \"--env\", defaultValue = \"dev\") String env;\n  public void run() { if (!env.equals(\"dev\")) return; jdbcTemplate.execute(\"TRUNCATE TABLE users\"); }\n}\n",
        ),
    ] {
        assert!(!open(path, text).is_empty(), "{text}");
    }
}

#[test]
fn other_defaults_leave_it_one() {
    for (path, text) in [
        (
            "scripts/r.js",
            "const env = process.argv[2] || 'production';\nif (env !== 'development') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const { program } = require('commander');\nprogram.option('-e, --env <env>', 'env', 'production').parse();\nif (program.opts().env !== 'development') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const argv = require('minimist')(process.argv.slice(2), { boolean: ['yes'], default: { yes: false } });\nif (!argv.yes) process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const argv = require('minimist')(process.argv.slice(2), { boolean: ['yes'] });\nif (!argv.yes) process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const env = process.argv[2] || 'development';\nif (env === 'production') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const { program } = require('commander');\nprogram.option('-e, --env <env>', 'env', 'development').option('--yes', 'really').parse();\nif (!program.opts().yes) process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "scripts/r.js",
            "const a = process.argv[2] || '';\nif (a !== 'yes') process.exit(1);\nUser.deleteMany({}).then(() => {});\n",
        ),
        (
            "cmd/r/main.go",
            "package main\n\nfunc main() {\n\tenv := flag.String(\"env\", \"prod\", \"\")\n\tflag.Parse()\n\tif *env != \"dev\" {\n\t\tos.Exit(1)\n\t}\n\tdb.Exec(\"DROP TABLE users\")\n}\n",
        ),
        (
            "cmd/r/main.go",
            "package main\n\nfunc main() {\n\tapp := &cli.App{\n\t\tFlags: []cli.Flag{&cli.BoolFlag{Name: \"force\", Usage: \"x\"}},\n\t\tAction: func(c *cli.Context) error {\n\t\t\tif !c.Bool(\"force\") {\n\t\t\t\treturn errors.New(\"no\")\n\t\t\t}\n\t\t\t_, err := db.Exec(\"DROP TABLE users\")\n\t\t\treturn err\n\t\t},\n\t}\n\tapp.Run(os.Args)\n}\n",
        ),
        (
            "lib/tasks/w.rake",
            "task :wipe, [:force] => :environment do |_, args|\n  args.with_defaults(force: false)\n  abort \"no\" unless args[:force]\n  User.delete_all\nend\n",
        ),
        (
            "lib/cli.rb",
            "class Cli < Thor\n  desc \"wipe\", \"x\"\n  option :force, type: :boolean, default: false\n  def wipe\n    return unless options[:force]\n    User.delete_all\n  end\nend\n",
        ),
        (
            "lib/tasks/w.rake",
            "task :wipe, [:env] => :environment do |_, args|\n  env = args[:env] || \"production\"\n  abort \"no\" unless env == \"development\"\n  User.delete_all\nend\n",
        ),
        (
            "app/Console/Commands/W.php",
            "<?php\nclass W extends Command {\n    protected $signature = 'a:w {--force : really}';\n    public function handle() { if (!$this->option('force')) return 1; DB::table('users')->truncate(); }\n}\n",
        ),
        (
            "src/Command/W.php",
            "<?php\nclass W extends Command {\n    protected function configure() { $this->addOption('force', null, InputOption::VALUE_NONE, 'do it'); }\n    protected function execute(InputInterface $input, OutputInterface $output) { if (!$input->getOption('force')) return 1; $this->em->getConnection()->executeStatement('TRUNCATE users'); return 0; }\n}\n",
        ),
        (
            "app/Console/Commands/W.php",
            "<?php\nclass W extends Command {\n    protected $signature = 'a:w {--confirm=no}';\n    public function handle() { if ($this->option('confirm') !== 'yes') return 1; DB::table('users')->truncate(); }\n}\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "@Command(name = \"reset\")\npublic class R implements Runnable {\n  @Option(names = \"--force\", defaultValue = \"false\") boolean force;\n  public void run() { if (!force) return; jdbcTemplate.execute(\"TRUNCATE TABLE users\"); }\n}\n",
        ),
        (
            "src/main/java/com/acme/R.java",
            "public class R {\n  public static void main(String[] args) {\n    String e = args.length > 0 ? args[0] : \"prod\";\n    if (!e.equals(\"dev\")) System.exit(1);\n    jdbcTemplate.execute(\"TRUNCATE TABLE users\");\n  }\n}\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
        assert!(!guarded(path, text).is_empty(), "{text}");
    }
}
