//! Over gitolite, behind a real sshd: with a home directory, an administrator and a repository of its own.

use std::fs;

use crate::daemon::tools;
use crate::server::Server;
use crate::ssh::{Sshd, keys};
use crate::support::Repo;

#[test]
fn over_gitolite() {
    let Some([_, gitolite]) = tools(["sshd", "gitolite"]) else { return };
    let mut repo = Repo::new();
    let own = repo.home.path().canonicalize().unwrap();
    let home = own.join("gitolite");
    fs::create_dir(&home).unwrap();
    keys(&own);
    fs::copy(own.join("user.pub"), own.join("ada.pub")).unwrap();
    // gitolite commits to its own repository, and knows its host by the configuration.
    let own_config = fs::read_to_string(own.join(".gitconfig")).unwrap();
    fs::write(home.join(".gitconfig"), own_config + "[dataward]\n\thost = gitolite\n").unwrap();
    let setup = |arguments: &[&str]| {
        let mut command = repo.command(&gitolite);
        command.env("HOME", &home).env_remove("GIT_CONFIG_GLOBAL").current_dir(&home);
        let output = command.arg("setup").args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    setup(&["-pk", own.join("ada.pub").to_str().unwrap()]);
    let settings = home.join(".gitolite.rc");
    let text = fs::read_to_string(&settings).unwrap();
    let changed = text.replace(
        "# LOCAL_CODE                =>  \"$ENV{HOME}/local\"",
        "LOCAL_CODE => \"$ENV{HOME}/local\"",
    );
    assert_ne!(text, changed, "gitolite has no LOCAL_CODE where it was");
    fs::write(&settings, changed).unwrap();
    let bare = home.join("repositories/testing.git");
    let common = home.join("local/hooks/common/pre-receive");
    repo.script(&common, &Server::script(&own));
    setup(&["--hooks-only"]);
    let authorized = home.join(".ssh/authorized_keys");
    let Some(sshd) = Sshd::start(&mut repo, &authorized, &home) else { return };
    repo.git(["remote", "add", "origin", &format!("ssh://127.0.0.1:{}/testing", sshd.port)]).ok();
    let server = Server { repo, bare };
    server.accepts(&["origin", "main"]);
    server.refuses_a_database_and_accepts_the_rest("gitolite", "ada");
    assert!(server.trail().iter().all(|it| it["repository"] == "testing"));
    let environment = server.environment();
    for words in ["\nGL_USER=ada\n", "\nGL_REPO=testing\n"] {
        assert!(environment.contains(words), "{environment}");
    }
}
