//! What stands in the way in makefiles, justfiles and package scripts, and what only looks so.

use super::{finds, guarded, guards_of, lets_through, reach_of};
use crate::content::script::{Defect, Reach};

#[test]
fn make_finds_what_recipes_destroy() {
    finds("Makefile", "reset-db:\n\t@echo gone\n\tdropdb shop\n", &[3]);
    finds("Makefile", "DB := shop\nreset:\n\tdropdb \\\n\t  $(DB)\n", &[3]);
    finds("Makefile", "DC ?= docker compose\nclean:\n\t-$(DC) down -v\n", &[3]);
    finds("db.mk", "define WIPE\n@echo x\ndropdb shop\nendef\nwipe:\n\t$(WIPE)\n", &[3]);
    finds("Makefile", "wipe: ; dropdb shop\n", &[1]);
    finds("Makefile", ".RECIPEPREFIX = >\nwipe:\n> @dropdb shop\n> @echo \\\n>  a\n", &[3]);
    // It stands for itself.
    finds("Makefile", "V := $(if $(V),$(V),a)\nwipe:\n\t@echo $(V)\n\tdropdb shop\n", &[4]);
    finds("Makefile", "T = redis-cli flushall\nwipe:\n\t@$(T)\n", &[3]);
    finds("Makefile", "ifeq ($(OS),Linux)\nwipe:\n\tdropdb shop\nendif\n", &[3]);
    assert_eq!(reach_of("Makefile", "wipe:\n\tdropdb shop\n", 2), Some(Reach::Task));
}

#[test]
fn make_lets_through_what_is_made_anew() {
    lets_through("Makefile", "clean:\n\trm -rf build dist $(OUT)\n\trm -f *.o\n");
    lets_through("Makefile", "# dropdb shop\nhelp:\n\t@echo \"make reset runs dropdb shop\"\n");
    lets_through(
        "Makefile",
        "test:\n\tdropdb shop_test\n\tpsql -c 'drop database if exists shop_test'\n",
    );
}

#[test]
fn a_line_of_make_guards_the_next_ones() {
    guarded("Makefile", "wipe:\n\t@read -p 'Sure? ' a && [ \"$$a\" = yes ]\n\tdropdb shop\n", &[3]);
    guarded("Makefile", "wipe:\n\t@[ \"$(CONFIRM)\" = yes ] || exit 1\n\tdropdb shop\n", &[3]);
    guarded(
        "Makefile",
        "wipe:\n\t@[ \"$$CONFIRM\" = yes ] || (echo no && exit 1)\n\tdropdb shop\n",
        &[3],
    );
    guarded(
        "Makefile",
        "wipe:\n\t@read -p 'Sure? ' a; if [ \"$$a\" != y ]; then exit 1; fi\n\tdropdb shop\n",
        &[3],
    );
    guarded(
        "Makefile",
        "wipe:\n\t@read -p 'Sure? ' a; \\\n\tif [ \"$$a\" = y ]; then \\\n\t\tdropdb shop; \\\n\tfi\n",
        &[4],
    );
    guarded(
        "Makefile",
        "wipe:\n\t@echo -n 'Sure? ' && read a && [ $${a:-N} = y ]\n\tdropdb shop\n",
        &[3],
    );
}

#[test]
fn a_need_of_make_guards_what_needs_it() {
    let confirm = "confirm:\n\t@read -p 'Sure? ' a; [ \"$$a\" = y ]\n";
    guarded("Makefile", &format!("{confirm}wipe: confirm\n\tdropdb shop\n"), &[4]);
    guarded("Makefile", &format!("{confirm}check: confirm\nwipe: | check\n\tdropdb shop\n"), &[5]);
    guarded("Makefile", &format!("{confirm}wipe:\n\t$(MAKE) confirm\n\tdropdb shop\n"), &[5]);
    finds("Makefile", &format!("{confirm}wipe:\n\t-$(MAKE) confirm\n\tdropdb shop\n"), &[5]);
    finds("Makefile", &format!("{confirm}safe: confirm wipe\nwipe:\n\tdropdb shop\n"), &[5]);
    finds(
        "Makefile",
        &format!("{confirm}wipe:\n\t$(MAKE) -C other confirm\n\tdropdb shop\n"),
        &[5],
    );
}

#[test]
fn make_itself_may_stop() {
    guarded(
        "Makefile",
        "wipe:\nifneq ($(CONFIRM),yes)\n\t$(error say CONFIRM=yes)\nendif\n\tdropdb shop\n",
        &[5],
    );
    guarded(
        "Makefile",
        "ifeq ($(ENV),production)\n$(error not there)\nendif\nwipe:\n\tdropdb shop\n",
        &[5],
    );
    guarded(
        "Makefile",
        "wipe:\n\t$(if $(filter yes,$(CONFIRM)),,$(error say CONFIRM=yes))\n\tdropdb shop\n",
        &[3],
    );
    guarded("Makefile", "ifeq ($(ENV),dev)\nwipe:\n\tdropdb shop\nendif\n", &[3]);
}

#[test]
fn what_looks_like_a_guard_in_make_is_named() {
    let ignored = "wipe:\n\t@read -p 'Sure? ' a\n\tdropdb shop\n";
    assert!(
        guards_of("Makefile", ignored, 3).iter().any(|it| it.defect == Some(Defect::AnswerIgnored))
    );
    let exits_well =
        "wipe:\n\t@read -p 'Sure? ' a; if [ \"$$a\" != y ]; then exit 0; fi\n\tdropdb shop\n";
    finds("Makefile", exits_well, &[3]);
    finds("Makefile", "wipe:\n\t-@read -p 'Sure? ' a && [ \"$$a\" = y ]\n\tdropdb shop\n", &[3]);
    finds(
        "Makefile",
        "wipe:\n\t@read -p 'Sure? ' a; [ \"$$a\" = y ] || echo no\n\tdropdb shop\n",
        &[3],
    );
    finds("Makefile", "wipe:\n\t@sleep 5\n\tdropdb shop\n", &[3]);
    finds("Makefile", "wipe:\n\t@test -n \"$(DB)\"\n\tdropdb $(DB)\n", &[3]);
    // Each line has a shell of its own: what is typed in one is not known in the next.
    finds(
        "Makefile",
        "wipe:\n\t@read -p 'Sure? ' a\n\t@[ \"$$a\" = y ] || true\n\tdropdb shop\n",
        &[4],
    );
}

#[test]
fn just_asks_where_it_is_told_to() {
    finds("justfile", "reset:\n  docker compose down -v\n", &[2]);
    guarded("justfile", "[confirm]\nreset:\n  docker compose down -v\n", &[3]);
    guarded("justfile", "[confirm('Really?')]\nreset db:\n  dropdb {{db}}\n", &[3]);
    guarded("justfile", "[private]\n_wipe:\n  dropdb shop\n\n[confirm]\nreset: _wipe\n", &[3]);
    finds("justfile", "[confirm]\nreset: wipe\n\nwipe:\n  dropdb shop\n", &[5]);
    guarded(
        "justfile",
        "ask:\n  @read -p 'Sure? ' a && [ \"$a\" = y ]\nreset: ask\n  dropdb shop\n",
        &[4],
    );
    guarded(
        "justfile",
        "reset:\n  #!/usr/bin/env bash\n  read -p 'Sure? ' a\n  [[ $a == y ]] || exit 1\n  dropdb shop\n",
        &[5],
    );
    finds("justfile", "db := 'shop'\nreset:\n  #!/usr/bin/env bash\n  dropdb {{db}}\n", &[4]);
    finds("justfile", "reset env='dev':\n  -@dropdb shop_{{env}}\n", &[2]);
    finds(
        "justfile",
        "wipe:\n  #!/usr/bin/env python3\n  import shutil\n  shutil.rmtree('/srv/uploads')\n",
        &[4],
    );
    lets_through("justfile", "clean:\n  rm -rf target\n");
}

#[test]
fn scripts_of_packages_run_with_what_stands_before_them() {
    let file = |scripts: &str| format!("{{\n  \"scripts\": {{\n{scripts}\n  }}\n}}\n");
    finds("package.json", &file("    \"reset\": \"prisma migrate reset --force\""), &[3]);
    finds(
        "package.json",
        &file("    \"postinstall\": \"npx prisma db push --accept-data-loss\""),
        &[3],
    );
    for it in ["env-cmd -f .env", "dotenvx run -f .env --", "cross-env A=b"] {
        finds("package.json", &file(&format!("    \"reset\": \"{it} dropdb shop\"")), &[3]);
    }
    finds("package.json", &file("    \"a\": \"concurrently \\\"dropdb shop\\\" b\""), &[3]);
    finds("package.json", &file("    \"a\": \"npm run b\",\n    \"b\": \"dropdb shop\""), &[4]);
    guarded(
        "package.json",
        &file("    \"reset\": \"[ \\\"$CONFIRM\\\" = yes ] && dropdb shop\""),
        &[3],
    );
    guarded(
        "package.json",
        &file(
            "    \"ask\": \"read a && [ $a = y ]\",\n    \"reset\": \"npm run ask && dropdb shop\"",
        ),
        &[4],
    );
    guarded(
        "package.json",
        &file("    \"prereset\": \"read a && [ $a = y ]\",\n    \"reset\": \"dropdb shop\""),
        &[4],
    );
    finds(
        "package.json",
        &file(
            "    \"reset\": \"npm run ask; dropdb shop\",\n    \"ask\": \"read a && [ $a = y ]\"",
        ),
        &[3],
    );
    lets_through("package.json", &file("    \"pretest\": \"prisma migrate reset --force\""));
    lets_through(
        "package.json",
        &file("    \"db\": \"cross-env NODE_ENV=test prisma migrate reset --force\""),
    );
    lets_through("package.json", &file("    \"clean\": \"rimraf dist node_modules\""));
    lets_through("package.json", "{ \"description\": \"dropdb shop\" }");
    let start = file("    \"start\": \"prisma migrate reset --force && node app\"");
    assert_eq!(reach_of("package.json", &start, 3), Some(Reach::Start));
    finds(
        "composer.json",
        &file(
            "    \"fresh\": [\n      \"@php artisan migrate:fresh --force\",\n      \"@seed\"\n    ]",
        ),
        &[4],
    );
    finds(
        "deno.json",
        "{\n \"tasks\": {\n  \"wipe\": { \"command\": \"redis-cli flushall\" }\n }\n}\n",
        &[3],
    );
}

#[test]
fn commands_of_a_package_are_of_tests_one_by_one() {
    for (path, text) in [
        (
            "package.json",
            "{\"scripts\":{\"x\":\"docker compose down -v && NODE_ENV=test jest\"}}\n",
        ),
        (
            "package.json",
            "{\"scripts\":{\"x\":\"psql $DATABASE_URL -c 'truncate users' && NODE_ENV=test jest\"}}\n",
        ),
        (
            "package.json",
            "{\"scripts\":{\"x\":\"sequelize db:drop && NODE_ENV=test sequelize db:create\"}}\n",
        ),
        (
            "package.json",
            "{\"scripts\":{\"x\":\"prisma migrate reset --force && dotenv -e .env.test -- jest\"}}\n",
        ),
        (
            "package.json",
            "{\"scripts\":{\"test:e2e\":\"psql $PROD_URL -c 'truncate users' && cypress run\"}}\n",
        ),
        ("package.json", "{\"scripts\":{\"deploy:ci\":\"prisma migrate reset --force\"}}\n"),
    ] {
        finds(path, text, &[1]);
    }
    for (path, text) in [
        (
            "package.json",
            "{\"scripts\":{\"x\":\"NODE_ENV=test sequelize db:drop && NODE_ENV=test sequelize db:create\"}}\n",
        ),
        (
            "package.json",
            "{\"scripts\":{\"x\":\"dotenv -e .env.test -- prisma migrate reset --force && dotenv -e .env.test -- jest\"}}\n",
        ),
        ("package.json", "{\"scripts\":{\"x\":\"cross-env NODE_ENV=test sequelize db:drop\"}}\n"),
        ("package.json", "{\"scripts\":{\"test:e2e\":\"prisma migrate reset --force && jest\"}}\n"),
        (
            "package.json",
            "{\"scripts\":{\"x\":\"export NODE_ENV=test && sequelize db:drop && sequelize db:create\"}}\n",
        ),
        ("package.json", "{\"scripts\":{\"pretest\":\"prisma migrate reset --force\"}}\n"),
        ("package.json", "{\"scripts\":{\"x\":\"NODE_ENV=test npm run y\", \"y\":\"echo a\"}}\n"),
        (
            "package.json",
            "{\"scripts\":{\"db:reset:test\":\"dotenv -e .env.test -- sh -c 'prisma migrate reset --force && prisma db seed'\"}}\n",
        ),
        ("package.json", "{\"scripts\":{\"x\":\"env-cmd -f .env.test sequelize db:drop\"}}\n"),
        ("package.json", "{\"scripts\":{\"x\":\"set NODE_ENV=test && sequelize db:drop\"}}\n"),
        ("package.json", "{\"scripts\":{\"x\":\"set NODE_ENV=test&& sequelize db:drop\"}}\n"),
    ] {
        lets_through(path, text);
    }
}

#[test]
fn a_file_of_gitlab_is_read_as_one_whatever_its_keys() {
    let github = "on:\n  workflow_dispatch:\n    inputs: { name: { required: true } }\njobs:\n  sure:\n    environment: wipe\n    steps: [{ run: test -n x }]\n";
    let text = format!("{github}wipe:\n  script:\n    - dropdb -h db.example.com shop\n");
    finds(".gitlab-ci.yml", &text, &[10]);
    finds(".gitlab/ci/wipe.yml", &text, &[10]);
    // One of GitHub has no jobs there.
    lets_through(".github/workflows/gitlab-ci.yml", &text);
}

#[test]
fn make_that_ignores_failures_stops_at_none() {
    let rest = "wipe:\n\t[ \"$(APP_ENV)\" = development ]\n\tdropdb shop\n";
    guarded("Makefile", rest, &[3]);
    guarded("Makefile", &format!("MAKEFLAGS += -rR\n{rest}"), &[4]);
    for set in ["MAKEFLAGS += -i", "export MAKEFLAGS = --ignore-errors", "MAKEFLAGS := -rik"] {
        let text = format!("{set}\n{rest}");
        finds("Makefile", &text, &[4]);
    }
}
