//! Crontabs, and jobs of Kubernetes.

use super::{finds, guarded, lets_through, reach_of};
use crate::content::script::Reach;

#[test]
fn a_crontab_runs_by_itself() {
    let text = "MAILTO=ops\n# 0 1 * * * dropdb shop\n0 3 * * * dropdb shop\n@daily psql -c 'TRUNCATE users'\n*/5 * * * mon-fri echo dropdb\n0 4 * * * date +\\%F; dropdb other\n";
    finds("deploy/crontab", text, &[3, 4, 6]);
    assert_eq!(reach_of("deploy/crontab", text, 3), Some(Reach::Task));
    finds("app.cron", "30 2 * * 0 cd /srv && rm -rf uploads/*\n", &[1]);
    finds("etc/cron.d/reset", "0 3 * * * postgres dropdb shop\n", &[1]);
    lets_through("etc/cron.d/clean", "0 3 * * * root find /srv/backups -mtime +7 -delete\n");
    lets_through("app.cron", "0 3 * * * mail -s x%dropdb shop\n0 4 * * *\n@daily\nnot a line\n");
}

/// A job with this in its `spec` and its container.
fn job(spec: &str, container: &str) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\n---\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: wipe\nspec:\n{spec}  template:\n    spec:\n      containers:\n        - name: a\n{container}\n"
    )
}

#[test]
fn a_job_runs_its_containers() {
    for (container, line) in [
        ("          command: [sh, -c, 'dropdb shop']", 13),
        ("          command: [psql, -c, 'DROP TABLE users']", 13),
        (
            "          command: [sh, -c]\n          args:\n            - |\n              set -e\n              dropdb shop",
            17,
        ),
        ("          args: [/bin/sh, -c, 'redis-cli FLUSHALL']", 13),
    ] {
        finds("k8s/wipe.yaml", &job("", container), &[line]);
    }
    let wipe = "          command: [dropdb, shop]";
    guarded("k8s/wipe.yaml", &job("  suspend: true\n", wipe), &[14]);
    lets_through("k8s/wipe.yaml", &job("", "          command: [echo, dropdb]"));
    lets_through("k8s/wipe.yaml", &job("", wipe).replace("name: wipe", "name: e2e-wipe"));
    lets_through("k8s/wipe.yaml", &job("", wipe).replace("kind: Job", "kind: Service"));
    finds("chart/templates/wipe.yaml", &job("", wipe).replace("shop", "'{{ .Values.db }}'"), &[13]);
    let asked = job("", wipe).replace("metadata:", "{{- if .Values.wipe }}\nmetadata:");
    guarded("chart/templates/wipe.yaml", &asked, &[14]);
    let labelled = job("", wipe).replace(
        "metadata:",
        "metadata:\n  {{- include \"shop.labels\" . | nindent 2 }}\n  app: {{ .Chart.Name }}",
    );
    finds("chart/templates/wipe.yaml", &labelled, &[15]);
    let cron = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: reset}\nspec:\n  schedule: '@daily'\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - command: [dropdb, shop]\n";
    finds("k8s/reset.yml", cron, &[11]);
}

#[test]
fn blocks_within_blocks_are_read_no_deeper_than_the_grammar_can() {
    let steps: String = (1..700).map(|it| format!("{}a:\n", " ".repeat(it))).collect();
    let items = "- ".repeat(3000);
    for text in [
        format!("on: push\njobs:\n{steps}{}b: drop\n", " ".repeat(800)),
        format!("on: push\njobs:\n  a:\n    {items}drop\n"),
        format!("on: push\njobs:\n  a:\n    {}drop\n", "? ".repeat(3000)),
        format!("on: push\njobs:\n{}", format!("    {}drop\n", "- ".repeat(90)).repeat(9)),
    ] {
        lets_through(".github/workflows/wipe.yml", &text);
        lets_through("wipe.yml", &format!("- hosts: a\n{text}"));
        lets_through("wipe.yml", &format!("kind: Job\n---\n{text}"));
    }
}

#[test]
fn a_job_that_may_fail_stops_none_that_need_it() {
    let github = |may: &str| {
        format!(
            "on: workflow_dispatch\njobs:\n  check:\n    runs-on: x\n{may}    steps:\n      - run: test \"$CONFIRM\" = yes\n  wipe:\n    needs: check\n    steps:\n      - run: dropdb shop\n"
        )
    };
    let gitlab = |may: &str| {
        format!(
            "check:\n{may}  script:\n    - test \"$CONFIRM\" = yes\nwipe:\n  needs: [check]\n  script:\n    - dropdb shop\n"
        )
    };
    let (path, other) = (".github/workflows/a.yml", ".gitlab-ci.yml");
    guarded(path, &github(""), &[10]);
    guarded(path, &github("    continue-on-error: false\n"), &[11]);
    finds(path, &github("    continue-on-error: true\n"), &[11]);
    guarded(other, &gitlab(""), &[7]);
    finds(other, &gitlab("  allow_failure: true\n"), &[8]);
}

#[test]
fn a_variable_that_the_pipeline_sets_itself_agrees_to_nothing() {
    let gitlab = |variables: &str| {
        format!(
            "{variables}wipe:\n  rules:\n    - if: $CONFIRM == \"yes\"\n  script: dropdb shop\n"
        )
    };
    let azure = |variables: &str| {
        format!(
            "{variables}steps:\n  - script: dropdb shop\n    condition: eq(variables['confirm'], 'yes')\n"
        )
    };
    finds(".gitlab-ci.yml", &gitlab("variables:\n  CONFIRM: 'yes'\n"), &[6]);
    finds(".gitlab-ci.yml", &gitlab("variables:\n  CONFIRM:\n    value: 'yes'\n"), &[7]);
    guarded(".gitlab-ci.yml", &gitlab("variables:\n  CONFIRM: 'no'\n"), &[6]);
    guarded(".gitlab-ci.yml", &gitlab(""), &[4]);
    finds("azure-pipelines.yml", &azure("variables:\n  confirm: 'yes'\n"), &[4]);
    finds("azure-pipelines.yml", &azure("variables:\n  - name: confirm\n    value: 'yes'\n"), &[5]);
    guarded("azure-pipelines.yml", &azure(""), &[2]);
}
