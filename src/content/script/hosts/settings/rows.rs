//! Which files are read as settings, and where in them commands stand.

/// Files of one tool.
pub(super) struct Row {
    /// What they are called, or end with.
    names: &'static [&'static str],
    pub(super) format: Format,
    /// Ways to the commands; `*` is any key, and each of a list.
    pub(super) ways: &'static [&'static [&'static str]],
    /// A list is the words of one command, and a map several commands.
    pub(super) lists_words: bool,
    /// It runs where nothing lasts: files and databases there count for nothing.
    pub(super) lasts_shortly: bool,
}

/// How they are written.
pub(super) enum Format {
    Yaml,
    Json,
    /// `name: command`, line by line.
    Lines,
}

const PLAIN: Row =
    Row { names: &[], format: Format::Yaml, ways: &[], lists_words: false, lasts_shortly: false };

static ROWS: &[Row] = &[
    Row { names: &["/procfile"], format: Format::Lines, ..PLAIN },
    Row {
        names: &["/railway.json"],
        format: Format::Json,
        ways: &[
            &["deploy", "startCommand"],
            &["deploy", "preDeployCommand"],
            &["build", "buildCommand"],
        ],
        ..PLAIN
    },
    Row {
        names: &["/vercel.json"],
        format: Format::Json,
        ways: &[&["buildCommand"], &["installCommand"]],
        ..PLAIN
    },
    Row {
        names: &["/render.yaml"],
        ways: &[
            &["services", "*", "preDeployCommand"],
            &["services", "*", "buildCommand"],
            &["services", "*", "startCommand"],
        ],
        ..PLAIN
    },
    Row { names: &["/heroku.yml"], ways: &[&["release", "command"], &["run", "*"]], ..PLAIN },
    Row {
        names: &["/.platform.app.yaml"],
        ways: &[&["hooks", "deploy"], &["hooks", "post_deploy"], &["hooks", "build"]],
        ..PLAIN
    },
    Row { names: &[".config"], ways: &[&["container_commands", "*", "command"]], ..PLAIN },
    Row {
        names: &["/lefthook.yml", "/lefthook.yaml", "/.lefthook.yml"],
        ways: &[&["*", "commands", "*", "run"], &["*", "jobs", "*", "run"]],
        ..PLAIN
    },
    Row {
        names: &["/devcontainer.json", "/.devcontainer.json"],
        format: Format::Json,
        ways: &[
            &["onCreateCommand"],
            &["updateContentCommand"],
            &["postCreateCommand"],
            &["postStartCommand"],
            &["postAttachCommand"],
        ],
        lists_words: true,
        lasts_shortly: true,
    },
];

/// The row of a file.
pub(super) fn of(path: &str) -> Option<&'static Row> {
    let path = format!("/{}", path.to_lowercase());
    let is_of_beanstalk = path.contains("/.ebextensions/");
    let fits = |it: &str| path.ends_with(it) && (it.starts_with('/') || is_of_beanstalk);
    ROWS.iter().find(|row| row.names.iter().any(|it| fits(it)))
}

/// Whether a file is one of these.
pub(in crate::content::script) fn is_one(path: &str) -> bool {
    of(path).is_some()
}
