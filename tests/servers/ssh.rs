//! Over a real sshd on this machine, with a configuration and keys of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Server;
use crate::daemon::{Daemon, answers, free_port, tools};
use crate::support::Repo;

/// A running sshd.
pub(crate) struct Sshd {
    pub(crate) port: u16,
    /// What it says.
    pub(crate) log: PathBuf,
    _daemon: Daemon,
}

/// The keys of a test: one of the server, one of who pushes.
pub(crate) fn keys(home: &Path) {
    for name in ["host", "user"] {
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"]).arg(home.join(name));
        assert!(command.status().unwrap().success());
    }
}

impl Sshd {
    /// Starts one that lets in who has a key of this file, with this home directory; has the clone use it. None where there is no sshd.
    pub(crate) fn start(repo: &mut Repo, authorized: &Path, home: &Path) -> Option<Sshd> {
        // As root, sshd locks a part of itself into an empty directory.
        let [sshd] = tools(["sshd"])?;
        if is_root() {
            tools(["/run/sshd"])?;
        }
        let port = free_port();
        let own = repo.home.path().canonicalize().unwrap();
        let (config, log) = (own.join("sshd_config"), own.join("sshd.log"));
        let path = std::env::var("PATH").unwrap();
        let text = format!(
            "ListenAddress 127.0.0.1:{port}\nHostKey {own}/host\nPidFile none\nUsePAM no\n\
             AuthorizedKeysFile {authorized}\nStrictModes no\nPermitRootLogin prohibit-password\n\
             PasswordAuthentication no\nKbdInteractiveAuthentication no\nExposeAuthInfo yes\n\
             SetEnv \"HOME={home}\" \"PATH={path}\" GIT_CONFIG_NOSYSTEM=1\n",
            own = own.display(),
            authorized = authorized.display(),
            home = home.display(),
        );
        fs::write(&config, text).unwrap();
        let mut command = Command::new(sshd);
        command.args(["-D", "-e", "-f"]).arg(&config);
        let daemon = Daemon::start(command, &log, || answers(port));
        let host = fs::read_to_string(own.join("host.pub")).unwrap();
        fs::write(own.join("known"), format!("[127.0.0.1]:{port} {host}")).unwrap();
        let client = own.join("ssh_config");
        let text = format!(
            "IdentityFile {own}/user\nIdentitiesOnly yes\nUserKnownHostsFile {own}/known\n\
             BatchMode yes\n",
            own = own.display()
        );
        fs::write(&client, text).unwrap();
        repo.variables.push(("GIT_SSH_COMMAND", format!("ssh -F '{}'", client.display())));
        Some(Sshd { port, log, _daemon: daemon })
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap().stdout;
    id.trim_ascii() == b"0"
}

#[test]
fn over_ssh() {
    let mut server = Server::new();
    let home = server.repo.home.path().canonicalize().unwrap();
    keys(&home);
    let authorized = home.join("user.pub");
    let Some(sshd) = Sshd::start(&mut server.repo, &authorized, &home) else { return };
    server.configure("dataward.host", "ssh");
    let url = format!("ssh://127.0.0.1:{}{}", sshd.port, server.bare.display());
    server.pushes_to(&url);
    let user = server.repo.run("id", ["-un"]).ok();
    let printed = server.repo.run("ssh-keygen", ["-lf", authorized.to_str().unwrap()]).ok();
    let fingerprint = printed.split(' ').nth(1).unwrap();
    let who = format!("{} ({fingerprint})", user.trim_end());
    server.refuses_a_database_and_accepts_the_rest("ssh", &who);
    let environment = server.environment();
    assert!(environment.contains("\nSSH_USER_AUTH="), "no real sshd: {environment}");
    let said = fs::read_to_string(&sshd.log).unwrap();
    assert!(said.contains("Accepted publickey"), "{said}");
}

#[test]
fn who_has_a_certificate_is_named_by_it() {
    let mut server = Server::new();
    let home = server.repo.home.path().canonicalize().unwrap();
    keys(&home);
    let authorized = home.join("authorized");
    let authority = fs::read_to_string(home.join("host.pub")).unwrap();
    fs::write(&authorized, format!("cert-authority {authority}")).unwrap();
    let Some(sshd) = Sshd::start(&mut server.repo, &authorized, &home) else { return };
    server.configure("dataward.host", "ssh");
    server.pushes_to(&format!("ssh://127.0.0.1:{}{}", sshd.port, server.bare.display()));
    let user = server.repo.run("id", ["-un"]).ok();
    let user = user.trim_end();
    for (number, kind) in ["ed25519", "rsa", "ecdsa"].into_iter().enumerate() {
        for old in ["user", "user.pub", "user-cert.pub"] {
            let _ = fs::remove_file(home.join(old));
        }
        let (key, number) = (home.join("user"), number.to_string());
        let made = ["-q", "-t", kind, "-N", "", "-f", key.to_str().unwrap()];
        server.repo.run("ssh-keygen", made).ok();
        let authority = home.join("host");
        let (authority, key) = (authority.to_str().unwrap(), format!("{}.pub", key.display()));
        let signed = ["-q", "-s", authority, "-I", "a person", "-n", user, "-z", &number, &key];
        server.repo.run("ssh-keygen", signed).ok();
        server.note(kind);
        server.accepts(&["origin", "main"]);
        let who = format!("{user} (certificate a person, serial {number})");
        assert_eq!(server.trail().last().unwrap()["pusher"], who, "{kind}");
    }
}
