//! Settings of platforms and tools, and pipelines that are lists of commands.

use super::{finds, guarded, lets_through, reach_of};
use crate::content::script::Reach;

#[test]
fn what_a_platform_runs_is_read() {
    for (path, text, line) in [
        ("Procfile", "web: server\nrelease: dropdb shop\n", 2),
        ("render.yaml", "services:\n  - type: web\n    preDeployCommand: dropdb shop\n", 3),
        ("heroku.yml", "release:\n  image: web\n  command:\n    - dropdb shop\n", 4),
        ("railway.json", "{\n \"deploy\": {\n  \"preDeployCommand\": \"dropdb shop\"\n }\n}\n", 3),
        ("vercel.json", "{\n\"buildCommand\": \"npx prisma migrate reset --force\"\n}\n", 2),
        (".platform.app.yaml", "hooks:\n  deploy: |\n    set -e\n    dropdb shop\n", 4),
        (
            ".ebextensions/01.config",
            "container_commands:\n  01_reset:\n    command: dropdb shop\n",
            3,
        ),
    ] {
        finds(path, text, &[line]);
        assert_eq!(reach_of(path, text, line), Some(Reach::Start), "{path}");
    }
    lets_through("app.config", "container_commands:\n  a:\n    command: dropdb shop\n");
    guarded("Procfile", "release: [ \"$RESET\" = true ] && dropdb shop\n", &[1]);
}

#[test]
fn what_a_tool_runs_is_read() {
    for (path, text, line) in [
        ("lefthook.yml", "post-checkout:\n  commands:\n    a:\n      run: dropdb shop\n", 4),
        (
            ".devcontainer/devcontainer.json",
            "{\n\"postCreateCommand\": \"terraform destroy -auto-approve\"\n}\n",
            2,
        ),
    ] {
        finds(path, text, &[line]);
    }
    // What runs there is gone with it.
    lets_through(
        ".devcontainer/devcontainer.json",
        "{\n\"postCreateCommand\": \"dropdb shop\"\n}\n",
    );
}

#[test]
fn broken_settings_are_read_as_far_as_they_go() {
    lets_through("Procfile", "dropdb shop\n:\nrelease\n");
    lets_through("vercel.json", "{\"buildCommand\": [\"dropdb shop\"");
    lets_through("heroku.yml", &format!("run: {}dropdb", "[".repeat(10_000)));
}

#[test]
fn lists_of_pipelines_are_read() {
    let destroy = "terraform destroy -auto-approve";
    finds(
        ".travis.yml",
        &format!("language: go\nscript:\n  - go test\nafter_success:\n  - {destroy}\n"),
        &[5],
    );
    finds(".travis.yml", &format!("jobs:\n  include:\n    - script: {destroy}\n"), &[3]);
    finds(
        "buildspec.yml",
        &format!("version: 0.2\nphases:\n  build:\n    commands:\n      - {destroy}\n"),
        &[5],
    );
    // A project names the file that it takes.
    finds(
        "ci/nightly.yaml",
        &format!("version: 0.2\n\nphases:\n  build:\n    commands:\n      - {destroy}\n"),
        &[6],
    );
    finds(
        "cloudbuild.yaml",
        &format!("steps:\n- name: gcr.io/a/b\n  entrypoint: bash\n  args: ['-c', '{destroy}']\n"),
        &[4],
    );
    finds(
        "cloudbuild.yaml",
        "steps:\n- name: gcr.io/cloud-builders/gcloud\n  args: [sql, instances, delete, prod, --quiet]\n",
        &[2],
    );
    finds(
        "cloudbuild.yaml",
        &format!("steps:\n- name: gcr.io/a/b\n  script: |\n    set -e\n    {destroy}\n"),
        &[5],
    );
    // The runner and its databases are gone after the run, also by another name.
    lets_through(
        ".travis.yml",
        "services: [mysql]\n.a: &a\n  mysql -e 'DROP DATABASE shop'\ninstall:\n  - *a\n",
    );
}
