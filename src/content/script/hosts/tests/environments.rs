//! What hosts hand over to commands: environments, templates, lists of statements.

use super::{finds, guarded, lets_through};

fn job(name: &str, command: &str, environment: &str) -> String {
    format!(
        "kind: Job\nmetadata:\n  name: {name}\nspec:\n  template:\n    spec:\n      containers:\n        - command: {command}\n{environment}"
    )
}

#[test]
fn of_containers() {
    let drop = "[rails, db:drop]";
    let off = "          env:\n            - name: DISABLE_DATABASE_ENVIRONMENT_CHECK\n              value: \"1\"\n";
    finds("k8s/wipe.yaml", &job("a", drop, off), &[8]);
    guarded("k8s/wipe.yaml", &job("a", drop, ""), &[8]);
    // Another container is told nothing of it, and nobody knows what a secret says.
    let other = format!("{off}        - command: {drop}\n");
    guarded("k8s/wipe.yaml", &job("a", "[rails, s]", &other), &[12]);
    let secret = off.replace("value: \"1\"", "valueFrom: {secretKeyRef: {name: a, key: b}}");
    guarded("k8s/wipe.yaml", &job("a", drop, &secret), &[8]);
}

#[test]
fn of_templates() {
    let drop = "[dropdb, shop]";
    for name in ["{{ .Release.Name }}-reset", "{{ include \"app.name\" . }}-reset", "reset"] {
        finds("charts/a/templates/job.yaml", &job(name, drop, ""), &[8]);
        lets_through("charts/a/templates/job.yaml", &job(name, "[psql, shop]", ""));
    }
}

#[test]
fn of_makefiles() {
    finds("Makefile", "export Q = DROP TABLE users;\nwipe:\n\tpsql -c \"$$Q\"\n", &[1]);
    finds(
        "Makefile",
        "define Q\nDROP TABLE a;\nDROP TABLE b;\nendef\nexport Q\nwipe:\n\t@echo \"$$Q\" | psql shop\n",
        &[2, 3],
    );
    lets_through("Makefile", "Q = DROP TABLE users;\nwipe:\n\tpsql -c \"$$Q\"\n");
    lets_through("Makefile", "export Q = DROP TABLE users;\nwipe:\n\techo \"$$Q\"\n");
    lets_through("Makefile", "export Q = DROP TABLE users;\nshow:\n\tpsql -c \"$$QUERY\"\n");
}

#[test]
fn of_queries() {
    let task = |queries: &str| {
        format!("- hosts: db\n  tasks:\n    - mysql_query:\n        query:\n{queries}")
    };
    let list = "          - TRUNCATE a\n          - SELECT 1\n          - DELETE FROM b\n";
    finds("wipe.yml", &task(list), &[5, 7]);
    lets_through("wipe.yml", &task("          - SELECT 1\n"));
}
