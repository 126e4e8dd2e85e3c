//! Ruby, and the tasks of Rake.

use super::{defects, guarded, open};
use crate::content::script::{Defect, GuardKind};

#[test]
fn finds() {
    for (text, found) in [
        ("User.delete_all\n", &[(1, "rb.ar")][..]),
        ("Shop::Order.unscoped.destroy_all\n", &[(1, "rb.ar")]),
        ("User.find_each(&:destroy)\n", &[(1, "rb.ar")]),
        ("%w[User Post].each { |it| it.constantize.delete_all }\n", &[(1, "rb.ar")]),
        ("ActiveStorage::Blob.find_each(&:purge)\n", &[(1, "rb.ar")]),
        ("DB = Sequel.connect(url)\nDB[:users].delete\n", &[(2, "rb.sequel")]),
        ("client.indices.delete index: '_all'\n", &[(1, "rb.es")]),
        ("s3.bucket('uploads').clear!\n", &[(1, "rb.s3")]),
        (
            "task :wipe do\n  on roles(:db) do\n    execute :dropdb, 'app'\n  end\nend\n",
            &[(3, "sh.dropdb")],
        ),
        ("User.find_each do |user|\n  user.destroy\nend\n", &[(2, "rb.ar")]),
        ("[Order, Invoice].each(&:delete_all)\n", &[(1, "rb.ar")]),
        ("[Order, Invoice].each { |it| it.delete_all }\n", &[(1, "rb.ar")]),
        ("User.delete_all if verbose\n", &[(1, "rb.ar")]),
        ("User.delete_all unless quiet\n", &[(1, "rb.ar")]),
        ("begin\n  User.delete_all\nrescue StandardError => e\n  puts e\nend\n", &[(2, "rb.ar")]),
        ("case mode\nwhen 'all' then User.delete_all\nelse puts 'no'\nend\n", &[(2, "rb.ar")]),
        ("ActiveRecord::Base.transaction do\n  User.delete_all\nend\n", &[(2, "rb.ar")]),
        ("def wipe\n  User.delete_all\nend\nwipe\n", &[(2, "rb.ar")]),
        ("def wipe\n  User.delete_all\nend\nwipe if $0 == __FILE__\n", &[(2, "rb.ar")]),
        (
            "class Wiper\n  def self.call\n    User.delete_all\n  end\nend\nWiper.call\n",
            &[(3, "rb.ar")],
        ),
        ("ActiveRecord::Base.connection.truncate(:users)\n", &[(1, "rb.ar.tables")]),
        ("ActiveRecord::Base.connection.drop_table(:users)\n", &[(1, "rb.ar.tables")]),
        (
            "ActiveRecord::Base.connection.execute('TRUNCATE users CASCADE')\n",
            &[(1, "sql.truncate")],
        ),
        (
            "ActiveRecord::Base.connection.execute(<<~SQL)\n  SELECT 1;\n  DELETE FROM users;\nSQL\n",
            &[(3, "sql.delete_all")],
        ),
        (
            "tables.each do |t|\n  connection.execute(\"DROP TABLE #{t} CASCADE\")\nend\n",
            &[(2, "sql.drop_table")],
        ),
        ("ActiveRecord::Base.connection.drop_database('app')\n", &[(1, "rb.database")]),
        ("Mongoid.purge!\n", &[(1, "rb.database")]),
        ("redis.flushall\n", &[(1, "rb.redis")]),
        ("DB[:users].delete\n", &[(1, "rb.sequel")]),
        ("client[:users].delete_many({})\n", &[(1, "rb.mongo")]),
        ("`dropdb app`\n", &[(1, "sh.dropdb")]),
        ("%x(dropdb app)\n", &[(1, "sh.dropdb")]),
        ("system('dropdb app')\n", &[(1, "sh.dropdb")]),
        ("system('dropdb', 'app')\n", &[(1, "sh.dropdb")]),
        ("system({ 'PGPASSWORD' => 'x' }, 'dropdb app')\n", &[(1, "sh.dropdb")]),
        ("sh({ 'PGHOST' => 'x' }, \"psql -c 'DROP DATABASE app'\")\n", &[(1, "sql.drop_database")]),
        ("sh \"dropdb #{name}\"\n", &[(1, "sh.dropdb")]),
        ("FileUtils.rm_rf(Rails.root.join('public', 'uploads'))\n", &[(1, "rb.fs")]),
        ("FileUtils.rm_rf('storage/uploads')\n", &[(1, "rb.fs")]),
        ("File.delete('db/production.sqlite3')\n", &[(1, "rb.fs.database")]),
        ("redis.keys('*').each { |key| redis.del(key) }\n", &[(1, "client.keys")]),
        ("def run!(*args)\n  system(*args)\nend\nrun! 'dropdb app'\n", &[(4, "sh.dropdb")]),
        ("File.delete(File.expand_path('../data/app.db', __dir__))\n", &[(1, "rb.fs.database")]),
        (
            "ENV['DISABLE_DATABASE_ENVIRONMENT_CHECK'] = '1'\nRake::Task['db:drop'].invoke\n",
            &[(2, "rb.rake")],
        ),
    ] {
        assert_eq!(open("scripts/a.rb", text), found, "{text}");
    }
}

#[test]
fn finds_in_tasks() {
    for (text, found) in [
        ("task :wipe do\n  User.delete_all\nend\n", &[(2, "rb.ar")][..]),
        ("task wipe: :environment do\n  User.delete_all\nend\n", &[(2, "rb.ar")]),
        ("task :wipe => [:environment] do\n  User.delete_all\nend\n", &[(2, "rb.ar")]),
        (
            "namespace :db do\n  task wipe: %i[environment log] do\n    User.delete_all\n  end\n  task :log do\n    puts 1\n  end\nend\n",
            &[(3, "rb.ar")],
        ),
        (
            "namespace :demo do\n  task wipe: :environment do\n    User.delete_all\n  end\n  task again: :environment do\n    Rake::Task['demo:wipe'].invoke\n  end\nend\n",
            &[(3, "rb.ar")],
        ),
    ] {
        assert_eq!(open("lib/tasks/a.rake", text), found, "{text}");
    }
}

#[test]
fn lets_through() {
    for text in [
        "# User.delete_all\nx = 'delete_all'\n",
        "=begin\nUser.delete_all\n=end\nputs 1\n",
        "puts 'DROP TABLE users'\n",
        "Cart.find_each(&:purge)\nlist.clear!\n",
        "puts 1\n__END__\nUser.delete_all\n",
        "def wipe\n  User.delete_all\nend\n",
        "User.where(id: params[:id]).delete_all\n",
        "user.orders.destroy_all\n",
        "User.first.destroy\nUser.all.first.destroy\nUser.destroy(3)\nUser.find(3).destroy\n",
        "User.where(active: false).find_each { |it| it.destroy }\n",
        "items.delete_all\nname.truncate(20)\n",
        "connection.execute(\"DELETE FROM users WHERE id = #{id}\")\n",
        "FileUtils.rm_rf('tmp/cache')\nFileUtils.rm_rf('build')\n",
        "Dir.mktmpdir { |dir| FileUtils.rm_rf(dir) }\n",
        "exit\nUser.delete_all\n",
        "abort 'no longer used'\nUser.delete_all\n",
        "raise 'no longer used'\nUser.delete_all\n",
        "Rake::Task['db:migrate'].invoke\n",
        "RSpec.configure do |config|\n  config.before { User.delete_all }\nend\n",
    ] {
        assert_eq!(open("scripts/a.rb", text), [], "{text}");
        assert_eq!(guarded("scripts/a.rb", text), [], "{text}");
    }
}

#[test]
fn rails_itself_looks_whether_the_environment_is_protected() {
    let text = "Rake::Task['db:drop'].invoke\n";
    assert_eq!(open("scripts/a.rb", text), []);
    assert_eq!(guarded("scripts/a.rb", text), [(1, GuardKind::Framework)]);
}

#[test]
fn finds_what_is_made_anew() {
    for text in [
        "Rake::Task['db:mongoid:drop'].invoke\n",
        "ActiveRecord::Base.connection.create_table :users, force: true do |t|\nend\n",
        "DB.create_table!(:users) { primary_key :id }\n",
        "User.auto_migrate!\n",
        "FileUtils.rm(Dir.glob('/srv/uploads/*'))\n",
    ] {
        assert_eq!(open("scripts/a.rb", text).len(), 1, "{text}");
    }
    for text in [
        "create_table :users do |t|\nend\n",
        "create_table :users, force: false do |t|\nend\n",
        "list[:users].drop\n",
    ] {
        assert_eq!(open("scripts/a.rb", text), [], "{text}");
    }
}

#[test]
fn knows_guards() {
    use GuardKind::{Confirmation, EnvironmentAllowed, EnvironmentDenied, OptIn, TargetChecked};
    for (text, kind) in [
        ("print 'Sure? '\nexit unless gets.chomp == 'yes'\nUser.delete_all\n", Confirmation),
        (
            "answer = $stdin.gets.chomp\nabort unless answer == 'yes'\nUser.delete_all\n",
            Confirmation,
        ),
        (
            "answer = STDIN.gets.to_s.strip.downcase\nif answer != 'y'\n  exit 1\nend\nUser.delete_all\n",
            Confirmation,
        ),
        ("exit unless %w[y yes].include?(gets.chomp.downcase)\nUser.delete_all\n", Confirmation),
        ("exit unless gets =~ /\\Ay(es)?\\Z/i\nUser.delete_all\n", Confirmation),
        ("case gets.chomp\nwhen 'yes'\nelse\n  exit\nend\nUser.delete_all\n", Confirmation),
        (
            "def sure?\n  gets.chomp == 'yes'\nend\nabort unless sure?\nUser.delete_all\n",
            Confirmation,
        ),
        (
            "prompt = TTY::Prompt.new\nexit unless prompt.yes?('Sure?')\nUser.delete_all\n",
            Confirmation,
        ),
        ("prompt = TTY::Prompt.new\nexit if prompt.no?('Sure?')\nUser.delete_all\n", Confirmation),
        ("exit unless HighLine.agree('Sure?')\nUser.delete_all\n", Confirmation),
        ("return if Rails.env.production?\nUser.delete_all\n", EnvironmentDenied),
        ("abort if Rails.env == 'production'\nUser.delete_all\n", EnvironmentDenied),
        ("unless Rails.env.production?\n  User.delete_all\nend\n", EnvironmentDenied),
        ("raise 'no' unless Rails.env.development?\nUser.delete_all\n", EnvironmentAllowed),
        ("raise 'no' unless Rails.env.local?\nUser.delete_all\n", EnvironmentAllowed),
        (
            "abort unless %w[development test].include?(Rails.env)\nUser.delete_all\n",
            EnvironmentAllowed,
        ),
        ("abort unless Rails.env.in?(%w[development test])\nUser.delete_all\n", EnvironmentAllowed),
        (
            "exit unless Rails.env.development? || Rails.env.test?\nUser.delete_all\n",
            EnvironmentAllowed,
        ),
        ("if Rails.env.development?\n  User.delete_all\nend\n", EnvironmentAllowed),
        ("exit unless ENV['CONFIRM_WIPE'] == 'yes'\nUser.delete_all\n", OptIn),
        ("exit unless ARGV.include?('--yes')\nUser.delete_all\n", OptIn),
        (
            "abort unless ENV['DATABASE_URL'].include?('localhost')\nUser.delete_all\n",
            TargetChecked,
        ),
    ] {
        assert_eq!(open("scripts/a.rb", text), [], "{text}");
        let all = guarded("scripts/a.rb", text);
        assert!(matches!(all[..], [(_, it)] if it == kind), "{text}: {all:?}");
    }
}

#[test]
fn knows_the_guards_of_tasks() {
    for (path, text, kind) in [
        (
            "lib/tasks/a.rake",
            "task :sure do\n  abort unless $stdin.gets.chomp == 'yes'\nend\ntask wipe: [:environment, :sure] do\n  User.delete_all\nend\n",
            GuardKind::Confirmation,
        ),
        (
            "lib/tasks/a.rake",
            "namespace :demo do\n  task :safe do\n    raise 'no' unless Rails.env.development?\n  end\n  task wipe: %i[environment safe] do\n    User.delete_all\n  end\nend\n",
            GuardKind::EnvironmentAllowed,
        ),
        (
            "lib/tasks/a.rake",
            "task :wipe => :environment do\n  next if Rails.env.production?\n  User.delete_all\nend\n",
            GuardKind::EnvironmentDenied,
        ),
        (
            "lib/tasks/a.rake",
            "task :wipe, [:confirm] => :environment do |_, args|\n  abort unless args[:confirm] == 'yes'\n  User.delete_all\nend\n",
            GuardKind::OptIn,
        ),
        (
            "lib/wipe.thor",
            "class Wipe < Thor\n  desc 'all', 'Wipes'\n  def all\n    exit unless yes?('Sure?')\n    User.delete_all\n  end\nend\n",
            GuardKind::Confirmation,
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
        let all = guarded(path, text);
        assert!(matches!(all[..], [(_, it)] if it == kind), "{text}: {all:?}");
    }
}

#[test]
fn knows_false_guards() {
    for (text, defect) in [
        ("sleep 5\nUser.delete_all\n", Defect::OnlyWaits),
        ("puts 'Press enter'\ngets\nUser.delete_all\n", Defect::AnswerIgnored),
        ("answer = gets.chomp\nputs answer\nUser.delete_all\n", Defect::AnswerIgnored),
        ("puts 'WARNING: all data goes'\nUser.delete_all\n", Defect::StopsNothing),
        ("exit if gets.chomp == 'yes'\nUser.delete_all\n", Defect::WrongWayRound),
        ("User.delete_all\nexit unless gets.chomp == 'yes'\n", Defect::TooLate),
        (
            "exit unless ENV.fetch('APP_ENV', 'development') == 'development'\nUser.delete_all\n",
            Defect::OpenWhenUnset,
        ),
        (
            "exit unless (ENV['APP_ENV'] || 'development') == 'development'\nUser.delete_all\n",
            Defect::OpenWhenUnset,
        ),
        (
            "exit unless ENV.fetch('APP_ENV') { 'development' } == 'development'\nUser.delete_all\n",
            Defect::OpenWhenUnset,
        ),
        (
            "if verbose\n  exit unless gets.chomp == 'yes'\nend\nUser.delete_all\n",
            Defect::NotOnEveryWay,
        ),
    ] {
        assert_eq!(open("scripts/a.rb", text).len(), 1, "{text}");
        let all = defects("scripts/a.rb", text);
        assert!(all.contains(&defect), "{text}: {all:?}");
    }
}

#[test]
fn finds_in_stores() {
    for (text, id) in [
        ("Aws::DynamoDB::Client.new.delete_table(table_name: 'photos')\n", "rb.aws"),
        ("client = Mongo::Client.new(url)\nclient.collections.each(&:drop)\n", "rb.each"),
        (
            "es = Elasticsearch::Client.new\nes.delete_by_query(index: 'p', body: { query: { match_all: {} } })\n",
            "rb.es.query",
        ),
        ("Sidekiq::RetrySet.new.clear\n", "rb.jobs"),
        ("DB = Sequel.connect(url)\nDB.from(:photos).delete\n", "rb.sequel"),
        (
            "s3 = Aws::S3::Client.new\ns3.list_objects_v2(bucket: 'b').contents.each do |it|\n  s3.delete_object(bucket: 'b', key: it.key)\nend\n",
            "each.listed",
        ),
    ] {
        let found: Vec<&str> = open("scripts/wipe.rb", text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, [id], "{text}");
    }
    for text in [
        "es = Elasticsearch::Client.new\nes.delete_by_query(index: 'p', body: { query: { term: { id: 7 } } })\n",
        "s3 = Aws::S3::Client.new\ns3.list_objects_v2(bucket: 'b', prefix: 'tmp/').contents.each do |it|\n  s3.delete_object(bucket: 'b', key: it.key)\nend\n",
    ] {
        assert_eq!(open("scripts/wipe.rb", text), [], "{text}");
    }
}

#[test]
fn finds_what_is_called_in_other_ways() {
    for (text, id) in [
        ("wipe = ->(model) { model.delete_all }\nwipe.(User)\n", "rb.ar"),
        ("wipe = proc { |model| model.delete_all }\nwipe.call(User)\n", "rb.ar"),
        ("User.public_send(:delete_all)\n", "rb.ar"),
        ("at_exit { User.delete_all }\n", "rb.ar"),
        (
            "all = []\nall << 'DROP TABLE users'\nall.each { |it| DB.execute(it) }\n",
            "sql.drop_table",
        ),
        ("sql = 'DELETE '\nsql << 'FROM users'\nDB.execute(sql)\n", "sql.delete_all"),
        ("db.execute_batch('DROP TABLE users;')\n", "sql.drop_table"),
        ("Rails.root.join('storage').rmtree\n", "rb.fs"),
        (
            "Dir.children('uploads').each { |it| File.unlink(File.join('uploads', it)) }\n",
            "rb.fs.each",
        ),
        ("DB.from(:users).truncate\n", "rb.ar.tables"),
    ] {
        let found: Vec<&str> = open("a.rb", text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, [id], "{text}");
    }
    for text in [
        "wipe = ->(model) { model.delete_all }\n",
        "User.public_send(name)\n",
        "Rails.root.join('tmp').rmtree\n",
        "Dir.children('tmp').each { |it| File.unlink(File.join('tmp', it)) }\n",
    ] {
        assert_eq!(open("a.rb", text), [], "{text}");
    }
}
