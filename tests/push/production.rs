//! Pushes to production: all that arrives is looked at, and all that goes.

use crate::Desk;

const AZURE: &str = "https://shop.scm.azurewebsites.net/shop.git";

/// A desk whose remote `azure` has the URL of a deploy platform, which git rewrites to the server here.
fn desk() -> Desk {
    let desk = Desk::new();
    let key = format!("url.{}.insteadOf", desk.server.display());
    desk.repo.git(["config", &key, AZURE]).ok();
    desk.repo.git(["remote", "add", "azure", AZURE]).ok();
    desk
}

#[test]
fn a_database_that_is_there_already_is_refused_as_well() {
    let desk = desk();
    desk.database("app.bin");
    desk.push("--no-verify azure main").ok();
    desk.note("a.txt");
    let said =
        desk.push("azure main").says(1, &["--> app.bin (in the tree of", "Azure App Service"]);
    assert!(said.contains("dataward environment azure"), "{said}");
    // To the same server by a URL of no platform only what is new counts.
    desk.push("origin main").ok();
}

#[test]
fn no_score_lets_a_database_go_there() {
    let desk = desk();
    let policy = "version: 1\nallow:\n- rule: database-with-personal-data\n  path: app.bin\n  reason: made up\n  when: {test_confidence: 0.5}\n";
    desk.repo.stage(".dataward.yaml", policy);
    desk.repo.force("policy");
    desk.database("app.bin");
    desk.push("azure main").says(1, &["--> app.bin"]);
    desk.push("origin main").ok();
}

#[test]
fn a_database_that_would_be_deleted_there_is_named() {
    let desk = desk();
    desk.database("app.bin");
    desk.push("--no-verify azure main").ok();
    desk.remove("app.bin");
    desk.push("azure main")
        .says(1, &["error[tracked-database-removed]", "deletes the live database"]);
    desk.repo.stage("app.bin", "No database any more.\n");
    desk.repo.force("text");
    desk.push("azure main").says(1, &["puts another file in place of the live database"]);
    // A branch that is deleted there is no deploy.
    desk.push("--no-verify azure main:old").ok();
    desk.push("azure :old").ok();
}

#[test]
fn a_declared_environment_has_its_own_severities() {
    let desk = desk();
    let policy = "version: 1\nenvironments:\n- name: staging\n  urls: ['shop.scm.azurewebsites.net/**', '**/server.git']\n  production: false\n  rules: {database-with-personal-data: warning, database-file: warning}\n";
    desk.repo.stage(".dataward.yaml", policy);
    desk.repo.force("policy");
    desk.database("app.bin");
    desk.push("azure main").says(0, &["warning[database-with-personal-data]"]);
}
