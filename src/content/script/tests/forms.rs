//! The forms in which commands are written: options given again, packages and versions before a program, braces, consoles, environments
//! of tests, and helpers with any number of arguments.

use super::{guarded, open};

#[test]
fn finds_in_a_shell() {
    for (line, kind) in [
        ("psql -c 'select 1' -c 'drop database shop'", "sql.drop_database"),
        ("mysql -e 'select 1' -e 'drop database shop'", "sql.drop_database"),
        ("mysql -u root -e\"DROP DATABASE shop\"", "sql.drop_database"),
        ("npx prisma@latest migrate reset --force", "sh.prisma"),
        ("pnpm --filter db prisma migrate reset --force", "sh.prisma"),
        ("yarn workspace @shop/db prisma migrate reset --force", "sh.prisma"),
        ("npm --prefix db exec prisma migrate reset -- --force", "sh.prisma"),
        ("npx aws-cdk@2 destroy --all --force", "sh.cdk"),
        (
            "ts-node -r paths/register ./node_modules/typeorm/cli.js -d ds.ts schema:drop",
            "sh.typeorm",
        ),
        ("flock -n /tmp/lock dropdb shop", "sh.dropdb"),
        ("mkfs.ext4 -F \"$DISK\"", "sh.dd_mkfs"),
        ("mkfs.xfs \"${DEVICE}1\"", "sh.dd_mkfs"),
        ("mkfs.ext4 \"$1\"", "sh.dd_mkfs"),
        ("read -p 'disk: ' it; mkfs.ext4 \"$it\"", "sh.dd_mkfs"),
        ("rm -f db.sqlite3{,-shm,-wal}", "sh.rm"),
        ("php artisan tinker --execute='User::truncate();'", "php.laravel.rows"),
        ("php -r '$p = new PDO($x); $p->exec(\"DROP DATABASE shop\");'", "sql.drop_database"),
        ("echo 'from shop import db; db.drop_all()' | flask shell", "py.sqlalchemy.drop_all"),
        ("echo User.delete_all | bundle exec rails console", "rb.ar"),
        ("php bin/console doctrine:fixtures:load -n", "sh.doctrine.fixtures"),
        ("drush site-install standard -y", "sh.framework.more"),
        ("mix do ecto.drop, ecto.create", "sh.framework.more"),
        ("yii migrate/fresh --interactive=0", "sh.framework.more"),
        ("gsutil rb gs://photos", "sh.provider"),
        ("k3s-uninstall.sh", "sh.provider"),
        ("docker compose run -e DISABLE_DATABASE_ENVIRONMENT_CHECK=1 web rake db:drop", "sh.rails"),
    ] {
        let kinds: Vec<&str> =
            open("scripts/a.sh", &format!("{line}\n")).into_iter().map(|(_, it)| it).collect();
        assert!(kinds.first() == Some(&kind), "{line}: {kinds:?}");
    }
}

#[test]
fn lets_through_in_a_shell() {
    for line in [
        "psql -c 'select 1' -c 'select 2'",
        "mkfs.ext4 \"$IMAGE\"",
        "mkfs.ext4 disk.img",
        "php bin/console doctrine:fixtures:load -n --append",
        "NODE_ENV=test npx prisma migrate reset --force",
        "APP_ENV=testing php artisan migrate:fresh --force",
        "export RAILS_ENV=test; DISABLE_DATABASE_ENVIRONMENT_CHECK=1 rails db:drop",
        "DATABASE_URL=postgres://localhost/shop_test npx prisma migrate reset --force",
        "python manage.py flush --noinput --settings=shop.settings.test",
        "echo 'User.count' | rails console",
    ] {
        assert!(open("scripts/a.sh", &format!("{line}\n")).is_empty(), "{line}");
    }
}

#[test]
fn a_flag_may_stand_bare_in_a_test() {
    guarded("a.sh", "if [ \"$1\" = --apply ]; then\n  dropdb shop\nfi\n");
}

#[test]
fn arguments_that_are_left_go_to_the_last_parameter() {
    for (path, text) in [
        (
            "a.go",
            "package main\nfunc run(name string, args ...string) { exec.Command(name, args...).Run() }\nfunc main() { run(\"docker\", \"volume\", \"rm\", \"data\") }\n",
        ),
        (
            "a.go",
            "package main\nfunc docker(args ...string) { exec.Command(\"docker\", args...).Run() }\nfunc main() { docker(\"volume\", \"rm\", \"data\") }\n",
        ),
        (
            "a.go",
            "package main\nfunc run(all ...string) { exec.Command(all[0], all[1:]...).Run() }\nfunc main() { run(\"docker\", \"volume\", \"rm\", \"data\") }\n",
        ),
        (
            "a.php",
            "<?php\nfunction run(string ...$args) { $p = new Process($args); $p->mustRun(); }\nrun('docker', 'volume', 'rm', 'data');\n",
        ),
        (
            "a.js",
            "const docker = (...args) => spawn('docker', args);\ndocker('volume', 'rm', 'data');\n",
        ),
    ] {
        let kinds: Vec<&str> = open(path, text).into_iter().map(|(_, it)| it).collect();
        assert_eq!(kinds, ["sh.docker_volume_rm"], "{text}");
    }
}
