//! The part that looks at a push runs apart: when it ends in a way that it does not choose, the push is refused and that is written down.

use crate::Server;
use crate::server::RECEIVE;
use crate::support::Repo;

/// The verdicts of the trail.
fn verdicts(server: &Server) -> Vec<String> {
    server.trail().iter().map(|it| it["verdict"].as_str().unwrap().to_owned()).collect()
}

/// A git that does this before it lists commits, and the hook that finds it first. `$PPID` is who asked it.
fn with_git(before: &str) -> Server {
    let server = Server::with(Repo::new(), &[]);
    let home = server.repo.home.path().to_owned();
    let shims = home.join("shims");
    std::fs::create_dir(&shims).unwrap();
    let git = format!(
        "#!/bin/sh\nPATH=${{PATH#*:}}\ncase \"$*\" in *rev-list*) {before} ;; esac\nexec git \"$@\"\n"
    );
    server.repo.script(shims.join("git"), &git);
    let hook = format!("#!/bin/sh\nPATH='{}':$PATH exec '{RECEIVE}'\n", shims.display());
    server.repo.script(server.bare.join("hooks/pre-receive"), &hook);
    server
}

#[test]
fn a_push_that_takes_too_much_memory_is_refused() {
    let server = Server::new();
    server.configure("dataward.memory", "64");
    server.repo.write("large.bin", vec![b'a'; 200 << 20]);
    server.repo.git(["add", "large.bin"]).ok();
    server.repo.git(["commit", "--quiet", "--message", "large"]).ok();
    // Where it can, a part that lacks memory says so itself.
    server.refuses(&["origin", "main"], &["file that cannot be read", "large.bin"]);
    assert_eq!(verdicts(&server), ["refused"]);
    server.configure("dataward.memory", "1024");
    server.accepts(&["origin", "main"]);
    server.configure("dataward.memory", "much");
    server.note("notes.txt");
    server.refuses(&["origin", "main"], &["git config dataward.memory is no number of mebibytes"]);
    assert_eq!(verdicts(&server).last().unwrap(), "refused");
}

#[test]
fn a_look_that_crashes_is_a_refusal() {
    let server = with_git("kill -s ABRT $PPID; exit 1");
    server.note("notes.txt");
    server.refuses(&["origin", "main"], &["error: the part that looks at the push was ended"]);
    assert_eq!(verdicts(&server), ["refused"]);
}

#[test]
fn a_look_that_hangs_is_ended_with_its_time() {
    let server = with_git("echo $PPID >\"$HOME/looks\"; exec sleep 60");
    server.configure("dataward.budget", "1");
    server.note("notes.txt");
    server.refuses(&["origin", "main"], &["error: the push was not looked at in the 1 seconds"]);
    assert_eq!(verdicts(&server), ["refused"]);
    let looks = std::fs::read_to_string(server.repo.home.path().join("looks")).unwrap();
    assert!(!std::path::Path::new("/proc").join(looks.trim()).exists(), "it still looks");
}
