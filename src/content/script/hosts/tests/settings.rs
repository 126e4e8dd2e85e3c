//! Settings of platforms and tools, and pipelines that are lists of commands.

use super::{finds, guarded, lets_through, reach_of};
use crate::content::script::Reach;

#[test]
fn what_a_platform_runs_is_read() {
    for (path, text, line) in [
        ("Procfile", "web: server\nrelease: dropdb shop\n", 2),
        ("fly.toml", "app = \"x\"\n[deploy]\n  release_command = \"dropdb shop\"\n", 3),
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
        ("mise.toml", "[tasks.reset]\nrun = [\"echo a\", \"dropdb shop\"]\n", 2),
        ("mise.toml", "[tasks.\"db:reset\"]\nrun = '''\necho a\ndropdb shop\n'''\n", 4),
        ("mise.toml", "[tasks]\nreset = { run = \"dropdb shop\" }\n", 2),
        ("pyproject.toml", "[tool.poe.tasks]\nreset = \"dropdb shop\" # all\n", 2),
        (
            "pyproject.toml",
            "[tool.poe.tasks.reset]\nshell = \"\"\"\necho a\ndropdb shop\n\"\"\"\n",
            4,
        ),
        ("pyproject.toml", "[tool.pdm.scripts]\nreset = {cmd = \"dropdb shop\"}\n", 2),
        (
            "pyproject.toml",
            "[tool.hatch.envs.default.scripts]\nreset = [\n  \"dropdb shop\",\n]\n",
            3,
        ),
        ("lefthook.yml", "post-checkout:\n  commands:\n    a:\n      run: dropdb shop\n", 4),
        (
            ".vscode/tasks.json",
            "{\n// x\n\"tasks\": [\n{\"label\": \"a\", \"command\": \"dropdb shop\"}\n]}\n",
            4,
        ),
        (
            "apps/a/project.json",
            "{\"targets\": {\"a\": {\"options\": {\n\"commands\": [\"dropdb shop\"]\n}}}}\n",
            2,
        ),
        (
            ".devcontainer/devcontainer.json",
            "{\n\"postCreateCommand\": \"terraform destroy -auto-approve\"\n}\n",
            2,
        ),
    ] {
        finds(path, text, &[line]);
    }
    guarded("mise.toml", "[tasks.reset]\nconfirm = \"Sure?\"\nrun = \"dropdb shop\"\n", &[3]);
    guarded(
        "mise.toml",
        "[tasks.ask]\nrun = \"read a && [ $a = y ]\"\n[tasks.reset]\ndepends = [\"ask\"]\nrun = \"dropdb shop\"\n",
        &[5],
    );
    // What runs there is gone with it.
    lets_through(
        ".devcontainer/devcontainer.json",
        "{\n\"postCreateCommand\": \"dropdb shop\"\n}\n",
    );
    lets_through("pyproject.toml", "[tool.poe.tasks]\ntest = \"dropdb shop\"\n");
    lets_through("pyproject.toml", "[project]\ndescription = \"dropdb shop\"\n");
}

#[test]
fn broken_settings_are_read_as_far_as_they_go() {
    for text in [
        "[",
        "a = ",
        "a = \"",
        "a = [1, ",
        "a = {b = ",
        "= 1",
        "a.b.c",
        "[a\nb = '''x",
        "\"",
        "a = \"\\",
    ] {
        lets_through("mise.toml", &format!("{text}\ndropdb shop"));
    }
    let deep = format!("a = {}1", "[".repeat(10_000));
    lets_through("mise.toml", &format!("{deep}\ndropdb = 1"));
    let long = format!("[{}]\nb = \"dropdb shop\"\n", "a.".repeat(10_000));
    lets_through("mise.toml", &long);
    lets_through("Procfile", "dropdb shop\n:\nrelease\n");
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

#[test]
fn a_jenkinsfile_is_read() {
    let steps = |it: &str| {
        format!(
            "pipeline {{\n  stages {{\n    stage('a') {{\n      steps {{\n        {it}\n      }}\n    }}\n  }}\n}}\n"
        )
    };
    let destroy = "terraform destroy -auto-approve";
    for step in [
        format!("sh '{destroy}'"),
        format!("sh \"{destroy}\""),
        format!("sh(script: '{destroy}', label: 'x')"),
        format!("sh label: 'x', script: '{destroy}'"),
        format!("dir('a') {{ sh '{destroy}' }}"),
        format!("powershell '{destroy}'"),
    ] {
        finds("Jenkinsfile", &steps(&step), &[5]);
    }
    finds("ci/deploy.jenkinsfile", &steps(&format!("sh '''\n  cd a\n  {destroy}\n'''")), &[7]);
    finds(
        "Jenkinsfile",
        &format!("def wipe() {{\n  sh '{destroy}'\n}}\nnode {{\n  wipe()\n}}\n"),
        &[2],
    );
    guarded("Jenkinsfile", &steps(&format!("input 'Sure?'\nsh '{destroy}'")), &[6]);
    guarded(
        "Jenkinsfile",
        &steps(&format!("script {{\nif (params.A != 'yes') {{ error 'no' }}\n}}\nsh '{destroy}'")),
        &[8],
    );
    let when = |it: &str| {
        format!(
            "stage('a') {{\n  when {{ expression {{ {it} }} }}\n  steps {{ sh '{destroy}' }}\n}}\n"
        )
    };
    let declared = "parameters { booleanParam(name: 'WIPE', defaultValue: false) }\n";
    guarded("Jenkinsfile", &format!("{declared}{}", when("return params.WIPE")), &[4]);
    finds(
        "Jenkinsfile",
        &format!("{}{}", declared.replace("false", "true"), when("params.WIPE")),
        &[4],
    );
    finds("Jenkinsfile", &steps(&format!("sh '{destroy}'\ninput 'Fine?'")), &[5]);
    finds(
        "Jenkinsfile",
        &format!("node {{\n  catchError {{ input 'Sure?' }}\n  sh '{destroy}'\n}}\n"),
        &[3],
    );
    lets_through("Jenkinsfile", &steps(&format!("echo '{destroy}' // sh '{destroy}'")));
    lets_through("Jenkinsfile", &steps("sh 'docker compose down -v'"));
    for text in
        ["sh '", "sh(\"\"\"", "}}}}", "if (", "/*", "def", "when {", "input", "sh '''drop\\"]
    {
        lets_through("Jenkinsfile", &format!("{text} terraform destroy"));
    }
    lets_through("Jenkinsfile", &format!("{}drop", "{".repeat(50_000)));
    lets_through("Jenkinsfile", &format!("{}drop", "if (a) {} else ".repeat(20_000)));
}
