//! Programs of packages, and what runs them: `poetry run X`, `pnpm --filter db X`, `ts-node node_modules/typeorm/cli.js`.

use super::wrapped::{behind_flags, in_shell, rest};
use crate::content::script::operations::{self, Word, Words};
use crate::content::script::syntax::Shared;

/// Programs of packages: `poetry run X`, `bundle exec X`, `yarn X`.
pub(super) const RUNNERS: &[(&str, &[&str])] = &[
    ("poetry", &["run"]),
    ("pipenv", &["run"]),
    ("uv", &["run"]),
    ("pdm", &["run"]),
    ("hatch", &["run"]),
    ("bundle", &["exec"]),
    ("npm", &["exec", "--"]),
    ("pnpm", &["exec", "dlx", ""]),
    ("yarn", &["run", "dlx", "exec", ""]),
    ("bun", &["x", "run"]),
    ("heroku", &["run"]),
    ("railway", &["run"]),
    ("rbenv", &["exec"]),
    ("conda", &["run"]),
    ("doppler", &["run", "--"]),
    ("ddev", &["exec", ""]),
    ("lando", &[""]),
    ("sail", &[""]),
    ("rye", &["run"]),
];

/// Programs after which scripts of a package are called that hand on their words.
const STARTED: &[&str] = &[
    "cdk",
    "sst",
    "serverless",
    "sls",
    "terraform",
    "pulumi",
    "cdktf",
    "typeorm",
    "prisma",
    "sequelize",
    "mikro-orm",
];

/// `npm run cdk -- destroy`: a script that is called as the program that it runs.
pub(super) fn started(words: &Words) -> Option<Vec<Shared>> {
    let is_runner = matches!(words.program.as_str(), "npm" | "yarn" | "pnpm" | "bun");
    let at = words.rest.iter().position(|it| STARTED.contains(&it.text.as_str()))?;
    if !is_runner || words.rest[..at].iter().any(|it| it.text != "run") {
        return None;
    }
    let rest = words.values(at).into_iter();
    Some(rest.filter(|it| it.literal().as_deref() != Some("--")).collect())
}

/// How many words say in which package or directory a script is run: `pnpm --filter db`, `yarn workspace @shop/db`, `npm --prefix db`.
fn behind_workspace(words: &Words) -> usize {
    if !matches!(words.program.as_str(), "npm" | "pnpm" | "yarn" | "bun") {
        return 0;
    }
    let with_value =
        ["--filter", "-F", "-C", "--dir", "--cwd", "--prefix", "-w", "--workspace", "workspace"];
    let mut at = 0;
    while let Some(word) = words.rest.get(at) {
        match word.text.as_str() {
            it if with_value.contains(&it) => at += 2,
            "rw" | "-r" | "--recursive" | "-s" | "--silent" => at += 1,
            it if with_value
                .iter()
                .any(|of| it.strip_prefix(of).is_some_and(|it| it.starts_with('='))) =>
            {
                at += 1
            }
            _ => break,
        }
    }
    at
}

/// `poetry run X`, `bundle exec X`, `heroku run 'dropdb app' --app shop`.
pub(super) fn of_package(words: &Words) -> Option<Vec<Shared>> {
    let (_, verbs) = RUNNERS.iter().find(|(name, _)| *name == words.program)?;
    let from = behind_workspace(words);
    let first = words.rest.get(from).map(|it| it.text.as_str()).unwrap_or_default();
    let at = if verbs.contains(&first) {
        behind_flags(words, from + 1)
    } else if (verbs.contains(&"") || from > 0)
        && !first.starts_with('-')
        && (from == 0 || operations::is_program(first))
    {
        from
    } else {
        return None;
    };
    match words.rest.get(at) {
        Some(one) if one.text.contains(' ') => Some(in_shell(&one.value)),
        _ => rest(words, at),
    }
}

/// The program of TypeORM as a file: `./node_modules/typeorm/cli.js`.
pub(super) fn is_typeorm(word: &Word) -> bool {
    ["/typeorm/cli", "/typeorm-extension/bin", ".bin/typeorm"]
        .iter()
        .any(|it| word.text.contains(it))
}
