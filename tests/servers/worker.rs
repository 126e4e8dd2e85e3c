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

/// The program in this hook, after what a shell does first.
fn hook(server: &Server, before: &str, run: &str) {
    let script = format!("#!/bin/sh\n{before}\n{run}\n");
    server.repo.script(server.bare.join("hooks/pre-receive"), &script);
}

#[test]
fn a_server_needs_no_directory_for_temporary_files() {
    let server = Server::new();
    hook(&server, "export TMPDIR=/nowhere", &format!("exec '{RECEIVE}'"));
    server.note("notes.txt");
    // What it keeps without a name is memory on Linux alone.
    if cfg!(target_os = "linux") {
        server.accepts(&["origin", "main"]);
        server.database("app.bin");
        server.refuses_database(&["origin", "main"], "app.bin");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_newer_version_may_take_the_place_of_one_that_runs() {
    let server = Server::new();
    let program = server.repo.home.path().join("check-receive");
    std::fs::copy(RECEIVE, &program).unwrap();
    // The file is gone before git has said which refs move.
    let run = format!(
        "exec 3<&0; mkfifo \"$HOME/refs\"; '{0}' <\"$HOME/refs\" & exec 4>\"$HOME/refs\"; for n in $(seq 500); do [ \"$(readlink /proc/$!/exe)\" = '{0}' ] && break; sleep 0.01; done; rm '{0}'; cat <&3 >&4; exec 4>&-; wait $!",
        program.display()
    );
    hook(&server, "", &run);
    server.note("notes.txt");
    server.accepts(&["origin", "main"]);
}

#[test]
fn a_hook_that_does_not_decide_lets_nothing_through() {
    let server = Server::new();
    server.note("notes.txt");
    hook(&server, "", &format!("exec '{RECEIVE}' --look"));
    server.refuses(&["origin", "main"], &["error: cannot write what was decided: --look is not"]);
    hook(&server, "", &format!("exec '{RECEIVE}' </dev/null"));
    server.refuses(&["origin", "main"], &["error: no ref moves: is this program run by git"]);
}

#[test]
fn the_blobs_of_a_push_are_named_in_its_first_records() {
    let server = Server::new();
    let (_, blob) = server.database("app.bin");
    for number in 0..150 {
        server.repo.git(["tag", &format!("v{number}"), "main"]).ok();
    }
    server.refuses_database(&["origin", "--tags"], "app.bin");
    let trail = server.trail();
    assert_eq!(trail.len(), 150);
    for (number, record) in trail.iter().enumerate() {
        let named = if number < 100 { vec![blob.as_str()] } else { vec![] };
        assert_eq!(record["blobs"], serde_json::json!(named));
        assert_eq!(record["blobs_left_out"], if number < 100 { 0 } else { 1 });
        assert_eq!(record["counts"]["errors"], 1);
    }
}
