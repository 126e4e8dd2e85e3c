//! Which paths hold data.

use super::databases::{DATABASES, words_in};
use super::numbered::is_numbered;
use super::stamped::is_stamped;
use crate::content::script::place;
use crate::content::script::syntax::{Call, Expression, Form, Shared};
use crate::content::script::tree::pieces;
use crate::content::script::value::{Told, texts};
use crate::content::script::words::{is_for_a_while, is_for_show, is_of_tests};

/// Directories and files whose loss is a loss of data.
pub(super) const DATA: &[&str] = &[
    "data",
    "database",
    "databases",
    "db",
    "dbdata",
    "pgdata",
    "mysql",
    "mysqldata",
    "postgres",
    "postgresql",
    "pg",
    "mongo",
    "mongodb",
    "mongodata",
    "redis-data",
    "uploads",
    "upload",
    "media",
    "backup",
    "backups",
    "dumps",
    "volumes",
    "volume",
    "storage",
    "attachments",
    "esdata",
    "elasticsearch",
    "mariadb",
    "minio",
    "sqlite",
    "postgres-data",
    "postgres_data",
    "mysql-data",
    "mysql_data",
    "db_data",
    "db-data",
    "mongo-data",
    "userdata",
    "lancedb",
    "chroma",
    "chromadb",
    "chroma_db",
    "chroma_data",
    "chroma_store",
    "chroma_storage",
    "chroma_persist",
    "chromadb_persist",
    "persist",
    "persist_directory",
    "vector_store",
    "vector_db",
    "faiss_index",
    "qdrant_storage",
    "user_data",
];

/// Words of a name that say that people's own things lie there: `user_uploads`, `photo-archive`.
const KEPT: &[&str] = &[
    "uploads",
    "attachments",
    "recordings",
    "photos",
    "avatars",
    "invoices",
    "customers",
    "wallet",
    "wallets",
    "maildir",
    "mailboxes",
    "blockchain",
    "chaindata",
    "datadir",
    "dbdata",
    "pgdata",
    "userdata",
    "vectorstore",
    "vectordb",
    "keystore",
    "ledger",
    "saves",
    "savegames",
    "volume",
    "volumes",
    "backups",
    "letsencrypt",
];

/// Directories that anybody makes anew.
pub(super) const MADE: &[&str] = &[
    "build",
    "dist",
    "node_modules",
    "cache",
    ".cache",
    "tmp",
    "temp",
    "target",
    "out",
    "coverage",
    "__pycache__",
    "log",
    "logs",
    "test",
    "tests",
    ".next",
    "vendor",
    "bin",
    "obj",
    "venv",
    ".venv",
    "site",
    "public",
    "docs",
    "doc",
    "examples",
    "fixtures",
    "testdata",
    "generated",
    "apt",
    "lists",
    "site-packages",
    "src",
    "assets",
    "workspace",
    "processed",
    "interim",
];

/// The directories of a path, without those that `..` leaves again.
pub(super) fn words_of(path: &str) -> Vec<String> {
    let mut words = Vec::new();
    for it in path.to_lowercase().split(['/', '\\']) {
        match it.trim_matches(['*', '"', '\'', ' ', '_']) {
            "" | "." => {}
            ".." => drop(words.pop()),
            it => words.push(it.to_owned()),
        }
    }
    words
}

/// Whether a path is one of data: its last directories say so, and none that it is made anew.
pub(in crate::content::script::operations) fn path_of_data(path: &str) -> bool {
    let words = words_of(path);
    // What people upload lies below what a site is made of: `public/uploads`, and `storage/app/public` of Laravel.
    let ends = |all: &[&str]| {
        words.len() >= all.len()
            && words.iter().rev().zip(all.iter().rev()).all(|(it, end)| it == end)
    };
    let is_uploaded = ends(&["uploads"])
        || ends(&["upload"])
        || ends(&["attachments"])
        || ends(&["public", "system"])
        || ends(&["storage", "app", "public"]);
    if words.iter().any(|it| {
        (MADE.contains(&it.as_str()) && !(is_uploaded && it == "public"))
            || it.starts_with("tmp")
            || is_for_tests(it)
            || it.contains("cache")
            || it.contains("static") && !is_uploaded
    }) {
        return false;
    }
    // One file of another kind is no wipe, wherever it lies.
    let last = words.last().map(String::as_str).unwrap_or_default();
    let ending = last
        .rsplit_once('.')
        .map_or("", |(stem, ending)| if stem.is_empty() { "" } else { ending });
    let is_database = DATABASES.iter().any(|end| last.ends_with(end));
    if !is_database
        && !ending.is_empty()
        && ending.chars().all(|it| it.is_ascii_alphanumeric())
        && ending.len() <= 4
    {
        return false;
    }
    let is_root =
        matches!(path.trim_end_matches(['*', '/']), "" | "~" | "$HOME") && !path.is_empty();
    // `chain-data`, `pg_data`, `mysqldata`.
    let is_made_of = |it: &String| {
        let made_of =
            ["clean", "parsed", "processed", "preprocessed", "generated", "output", "derived"];
        let mut parts = it.split(|it: char| !it.is_alphanumeric());
        parts.any(|it| made_of.iter().any(|made| it.starts_with(made)))
            || it.contains("meta")
            || it.contains("app")
    };
    let ends_so = |it: &String| it.ends_with("data") && !is_made_of(it);
    // `volume1`, `data2`, `mongodb27017`.
    let is_named = |it: &String| {
        let bare = it.trim_end_matches(|it: char| it.is_ascii_digit() || it == '\u{1}');
        DATA.contains(&it.as_str())
            || matches!(bare, "volume" | "data")
            || is_numbered(&words, it, bare)
    };
    // `data/btc/chain`.
    let is_chain = words.last().is_some_and(|it| matches!(it.as_str(), "chain" | "chains"))
        && words.iter().any(|it| it == "data");
    let is_data = is_uploaded
        || is_chain
        || words.iter().rev().take(2).any(is_named)
        || words.iter().rev().take(2).any(|it| ends_so(it) || says_kept(it));
    // `/var/lib/postgresql/14/main`.
    let is_below = matches!(words.as_slice(), [var, lib, name, ..] if var == "var" && lib == "lib" && (DATA.contains(&name.as_str()) || name == "libvirt"));
    let is_mail = matches!(path.trim_end_matches(['*', '/']), "/var/mail" | "/var/spool/mail");
    is_root || is_mail || is_data || is_database || is_below && path.starts_with('/')
}

/// Whether a word of a name says that it is for tests, or only shows something: `test-data`, `testdb`, `demo`.
pub(super) fn is_for_tests(name: &str) -> bool {
    is_of_tests(name) || is_for_show(name)
}

/// Whether a word of the name of a file says that another one is the real one.
pub(super) fn is_spare(name: &str) -> bool {
    let mut words = name.split(|it: char| !it.is_alphanumeric());
    let spare = ["thumbs", "old", "bak", "backup", "backups", "copy", "new", "template"];
    is_for_a_while(name) || words.any(|it| spare.contains(&it))
}

/// Whether a word of a name says that people's own things lie there.
fn says_kept(name: &str) -> bool {
    let mut words = name.split(|it: char| !it.is_alphabetic());
    words.any(|it| KEPT.contains(&it))
}

/// Calls that give back what somebody types.
const ASKS: &[&str] = &["Read-Host", "input", "raw_input"];

/// Whether a path in code is one of data. What makes it up from variables is told by their names.
pub(in crate::content::script) fn is_data(path: &Shared) -> bool {
    match &path.form {
        Form::Either(all) => all.iter().any(is_data),
        // What whoever runs the script types, whatever that is: `$folder = Read-Host "Folder"`.
        Form::Call(call) if matches!(&call.callee.form, Form::Name(it) if ASKS.contains(&it.as_str())) => {
            true
        }
        _ => !is_passing(path) && says_data(path),
    }
}

/// Whether a path lies in a directory that was made to be thrown away: `tempfile.mkdtemp()`.
pub(in crate::content::script) fn is_passing(path: &Shared) -> bool {
    let is_made = |it: &Vec<String>| it.first().is_some_and(|it| it == "mktemp");
    if crate::content::script::operations::piped::commands(path).iter().any(is_made) {
        return true;
    }
    let mut open: Vec<&Shared> = vec![path];
    for _ in 0..100 {
        let Some(it) = open.pop() else { break };
        if let Form::Call(call) = &it.form
            && let Form::Name(name) | Form::Member(_, name) = &call.callee.form
        {
            let lower = name.to_lowercase();
            if ["mkdtemp", "mkstemp", "mktemp", "tmpdir", "temporary", "tempdir"]
                .iter()
                .any(|it| lower.contains(it))
            {
                return true;
            }
        }
        open.extend(it.children());
    }
    false
}

/// Whether a name says that it is a directory of data, and what it stands for says nothing: `data_dir = config.get("x")`.
pub(in crate::content::script) fn is_known_by_name(name: &str, value: &Shared) -> bool {
    let is_value = matches!(
        value.form,
        Form::Call(_) | Form::Index(..) | Form::Subshell(_) | Form::Text(_) | Form::Other(_)
    );
    let name = words_in(name);
    let ends = ["dir", "path", "folder", "directory", "root"];
    if !is_value || !ends.iter().any(|it| name.ends_with(it)) {
        return false;
    }
    let named = Expression::new(value.line, Form::Name(name));
    let is_plain = |it: &Told| it.text.contains(['/', '\\']);
    path_of_data(&name_of(Some(&named))) && !texts(value).iter().any(is_plain) && !is_passing(value)
}

fn says_data(path: &Shared) -> bool {
    let ways = texts(path);
    ways.iter().filter(|it| !is_stamped(it)).any(|it| {
        path_of_data(&with_names(it)) || is_kept_apart(&it.text) || place::is_state(&with_names(it))
    }) || path_of_data(&name_of(Some(path)))
}

/// All that a path in code says by its texts and by what its variables are called.
pub(in crate::content::script) fn with_names_of(path: &Shared) -> String {
    let mut all: Vec<String> = texts(path).iter().map(with_names).collect();
    all.push(name_of(Some(path)));
    all.join(" ")
}

/// A path with what variables in it are called.
pub(super) fn with_names(path: &Told) -> String {
    let named = |n: usize| name_of(path.origin.holes.get(n).map(|it| &**it));
    pieces(&path.text).into_iter().map(|it| it.map_or_else(named, str::to_owned)).collect()
}

/// What a variable in a path is called, as a directory would be.
pub(super) fn name_of(of: Option<&Expression>) -> String {
    let key_name;
    let name = match of.map(|it| &it.form) {
        Some(Form::Name(name) | Form::Member(_, name) | Form::Environment(name, _)) => {
            name.as_str()
        }
        // `args.data_dir`.
        Some(Form::Argument(name)) if name.len() > 2 => name.trim_start_matches('$'),
        // `app.config['UPLOAD_FOLDER']`.
        Some(Form::Index(_, by)) if by.literal().is_some() => {
            key_name = by.literal().unwrap_or_default();
            &key_name
        }
        // `${DATA_DIR:?}`.
        Some(Form::Call(call)) => match call.arguments.first().map(|it| &it.value.form) {
            Some(Form::Name(name) | Form::Environment(name, _)) => name.as_str(),
            // `settings.get("backup:dir")`.
            Some(Form::Text(_)) if is_named(call, "get") => {
                let key = call.arguments.first().and_then(|it| it.value.literal());
                key_name = key.unwrap_or_default().replace([':', '.', '-'], "_");
                &key_name
            }
            _ => return "?".to_owned(),
        },
        _ => return "?".to_owned(),
    };
    // `mediaRoot` is called as `MEDIA_ROOT` is.
    let lower = match name.strip_suffix("Root").or(name.strip_suffix("Folder")) {
        Some(it) if !it.is_empty() => it.to_lowercase(),
        _ => name.to_lowercase(),
    };
    // The root of an image or package that is being made.
    if matches!(
        lower.as_str(),
        "sysroot"
            | "rootfs"
            | "rootfs_dir"
            | "destdir"
            | "pkgdir"
            | "buildroot"
            | "chroot"
            | "image_root"
    ) {
        return "build".to_owned();
    }
    let lower = lower
        .trim_end_matches("_dir")
        .trim_end_matches("_path")
        .trim_end_matches("_folder")
        .trim_end_matches("_root");
    match lower.trim_end_matches("dir").trim_end_matches("path") {
        // It says only that it is a directory.
        "" => "?".to_owned(),
        name => name.to_owned(),
    }
}

/// Whether a path in code lies where neither the system nor a build puts anything.
pub(in crate::content::script::operations) fn lies_apart(path: &Shared) -> bool {
    texts(path).iter().any(|it| is_kept_apart(&it.text))
}

/// Whether a directory lies where neither the system nor a build puts anything: `D:\scans`, `/srv/shop`, `/mnt/nas/films`.
pub(super) fn is_kept_apart(path: &str) -> bool {
    let words = words_of(path);
    let is_absolute = path.starts_with('/');
    let is_apart = match words.as_slice() {
        [top, below, ..] if is_absolute => {
            matches!(top.as_str(), "srv" | "mnt" | "media") && !below.is_empty()
        }
        // `\\\\nas\\photos`: a share of another machine.
        [host, share, ..] if path.starts_with("\\\\") => !host.is_empty() && !share.is_empty(),
        [drive, below, ..] => is_drive(drive) && !OF_WINDOWS.contains(&below.as_str()),
        _ => false,
    };
    let made =
        ["out", "output", "outputs", "result", "results", "tmp", "temp", "cache", "log", "logs"];
    let is_made = |it: &String| {
        let mut parts = it.split(|it: char| !it.is_alphabetic());
        MADE.contains(&it.as_str()) || is_for_tests(it) || parts.any(|it| made.contains(&it))
    };
    let is_file = words.last().is_some_and(|it| it.contains('.'));
    // One of several that the script chooses by a variable is not all that lies there.
    let is_plain = !path.contains('\u{1}') && pieces(path).iter().all(Result::is_ok);
    is_apart && is_plain && !is_file && !words.iter().any(is_made)
}

/// `c:`.
fn is_drive(word: &str) -> bool {
    matches!(word.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic())
}

/// Directories of a drive that belong to the system, to programs, or to what builds them.
const OF_WINDOWS: &[&str] = &[
    "windows",
    "program files",
    "program files (x86)",
    "programdata",
    "users",
    "msys64",
    "mingw64",
    "tools",
    "python",
    "hostedtoolcache",
    "inetpub",
    "a",
];

/// `/home/anna`, `~/Documents`: what somebody keeps.
pub(super) fn is_of_somebody(path: &str) -> bool {
    let lower = path.to_lowercase();
    let parts: Vec<&str> = lower.split('/').collect();
    let kept = ["documents", "pictures", "desktop", "photos", "music", "videos", "movies"];
    match parts.as_slice() {
        ["", "home" | "users", name] => {
            let is_of_machine = ["runner", "vscode", "node", "app", "linuxbrew"];
            !name.is_empty() && !name.contains(['\u{1}', '*']) && !is_of_machine.contains(name)
        }
        ["~" | "$home" | "${home}", name] => kept.contains(name),
        _ => false,
    }
}

fn is_named(call: &Call, name: &str) -> bool {
    matches!(&call.callee.form, Form::Member(_, it) if it == name)
}
