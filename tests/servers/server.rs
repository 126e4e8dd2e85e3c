//! A bare repository that refuses what `check-receive` refuses, and a clone that pushes to it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Ended, Repo};

/// The program under test.
pub(crate) const RECEIVE: &str = env!("CARGO_BIN_EXE_check-receive");

/// A bare repository beside a clone of it, both in the same throw-away home.
pub(crate) struct Server {
    /// Who pushes. The remote is called `origin`.
    pub(crate) repo: Repo,
    /// The bare repository.
    pub(crate) bare: PathBuf,
}

impl Server {
    /// One that has the first commit of the clone as `main`, and is pushed to over `file://`.
    pub(crate) fn new() -> Server {
        Server::with(Repo::new(), &[])
    }

    /// The same, made with these options of `git init`.
    pub(crate) fn with(repo: Repo, options: &[&str]) -> Server {
        let bare = repo.home.path().canonicalize().unwrap().join("server.git");
        let server = Server { repo, bare };
        let path = server.bare.to_str().unwrap().to_owned();
        server.repo.git([&["init", "--quiet", "--bare"], options, &[path.as_str()]].concat()).ok();
        server.repo.git(["remote", "add", "origin", &format!("file://{path}")]).ok();
        server.repo.git(["push", "--quiet", "origin", "main"]).ok();
        server.hook("pre-receive");
        server
    }

    /// Has this hook of the server run the program.
    pub(crate) fn hook(&self, name: &str) {
        let script = Server::script(self.repo.home.path());
        self.repo.script(self.bare.join("hooks").join(name), &script);
    }

    /// A hook that runs the program, and writes down in this directory what is in its environment.
    pub(crate) fn script(home: &Path) -> String {
        format!("#!/bin/sh\nenv >'{}/environment'\nexec '{RECEIVE}' \"$@\"\n", home.display())
    }

    /// The environment of the last hook, a variable a line.
    pub(crate) fn environment(&self) -> String {
        "\n".to_owned() + &fs::read_to_string(self.repo.home.path().join("environment")).unwrap()
    }

    /// Has the clone push to this URL.
    pub(crate) fn pushes_to(&self, url: &str) {
        self.repo.git(["remote", "set-url", "origin", url]).ok();
    }

    /// The audit trail of the server.
    pub(crate) fn trail(&self) -> Vec<serde_json::Value> {
        let text = fs::read_to_string(self.bare.join("dataward/audit.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// What every server has to show, and to write down of who pushes; all that was said.
    pub(crate) fn refuses_a_database_and_accepts_the_rest(
        &self,
        host: &str,
        pusher: &str,
    ) -> String {
        let (commit, blob) = self.database("instance/app.bin");
        let mut said = self.refuses_database(&["origin", "main"], "instance/app.bin");
        assert!(said.contains("remote: blocked: errors 1, warnings 0, files 1"), "{said}");
        assert!(!self.has(&commit) && !self.has(&blob));
        // Deleted on top, in a ref of its own, beside one that is clean.
        self.repo.git(["rm", "--quiet", "instance/app.bin"]).ok();
        self.repo.force("without it");
        self.repo.git(["branch", "clean", "main~2"]).ok();
        let refs = ["origin", "clean", "HEAD:refs/heads/second"];
        said += &self.refuses_database(&refs, "instance/app.bin");
        assert!(!self.has(&commit) && !self.has(&blob));
        self.repo.git(["reset", "--quiet", "--hard", "HEAD~2"]).ok();
        self.note("notes.txt");
        said += &self.accepts(&["origin", "main", "clean"]);
        assert!(self.has(&self.repo.asked(&["rev-parse", "HEAD"])));
        let trail = self.trail();
        let mut kept: Vec<String> = trail[trail.len() - 5..]
            .iter()
            .map(|it| {
                assert_eq!((&it["host"], &it["pusher"]), (&host.into(), &pusher.into()), "{it}");
                assert_eq!(it["gate"], "pre-receive");
                format!("{} {}", it["ref"].as_str().unwrap(), it["verdict"].as_str().unwrap())
            })
            .collect();
        kept[..3].sort();
        kept[3..].sort();
        let expected =
            ["clean refused", "main refused", "second refused", "clean passed", "main passed"];
        assert_eq!(kept, expected.map(|it| format!("refs/heads/{it}")));
        assert_eq!(trail[trail.len() - 5]["blobs"][0], blob.as_str());
        said
    }

    pub(crate) fn no_hook(&self, name: &str) {
        fs::remove_file(self.bare.join("hooks").join(name)).unwrap();
    }

    /// Runs git in the bare repository.
    pub(crate) fn git(&self, arguments: &[&str]) -> Ended {
        self.repo.git([&["-C", self.bare.to_str().unwrap()], arguments].concat())
    }

    pub(crate) fn configure(&self, variable: &str, value: &str) {
        self.git(&["config", variable, value]).ok();
    }

    pub(crate) fn push(&self, arguments: &[&str]) -> Ended {
        self.repo.git([&["push", "--porcelain"], arguments].concat())
    }

    /// A push is refused, in these words, and leaves neither refs nor objects behind.
    #[track_caller]
    pub(crate) fn refuses(&self, arguments: &[&str], words: &[&str]) -> String {
        let before = (self.refs(), self.objects());
        let text = self.push(arguments).says(1, words);
        assert!(text.contains("hook declined"), "{text}");
        assert_eq!((self.refs(), self.objects()), before, "the push left something: {text}");
        text
    }

    /// A push is refused for a database at this path.
    #[track_caller]
    pub(crate) fn refuses_database(&self, arguments: &[&str], path: &str) -> String {
        let place = format!("remote:  --> {path} (");
        let words = ["remote: error[database-with-personal-data]: SQLite database", &place];
        self.refuses(arguments, &words)
    }

    /// A push is accepted, and nothing is said.
    #[track_caller]
    pub(crate) fn accepts(&self, arguments: &[&str]) -> String {
        let text = self.push(arguments).ok();
        assert!(!text.contains("remote:"), "{text}");
        text
    }

    fn refs(&self) -> String {
        self.git(&["for-each-ref", "--format=%(objectname) %(refname)"]).ok()
    }

    /// All objects of the bare repository, reachable or not. A quarantine that was left behind counts.
    fn objects(&self) -> String {
        let kept: Vec<String> = fs::read_dir(self.bare.join("objects"))
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .filter(|it| it.contains("incoming") || it.contains("tmp"))
            .collect();
        assert_eq!(kept, [""; 0], "a quarantine was left behind");
        self.git(&["cat-file", "--batch-all-objects", "--batch-check"]).ok()
    }

    /// Whether the server has this object, however it is reached.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.git(&["cat-file", "-e", id]).code == Some(0)
    }

    /// Commits a database at this path here; the ids of its commit and its blob.
    pub(crate) fn database(&self, path: &str) -> (String, String) {
        self.repo.database(path);
        // Each has an id of its own.
        let database = rusqlite::Connection::open(self.repo.top.join(path)).unwrap();
        let sql = format!("create table \"in {path}\"(id integer)");
        database.execute_batch(&sql).unwrap();
        database.close().unwrap();
        self.repo.git(["add", "--force", "--", path]).ok();
        self.repo.force("a database");
        let blob = self.repo.asked(&["rev-parse", &format!("HEAD:{path}")]);
        (self.repo.asked(&["rev-parse", "HEAD"]), blob)
    }

    /// Commits a text file here.
    pub(crate) fn note(&self, path: &str) {
        self.repo.stage(path, &format!("Notes of {path}.\n"));
        self.repo.force("notes");
    }
}
