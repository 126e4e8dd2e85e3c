//! Rows about volumes of containers, and the containers that take theirs with them.

use super::spelled;
use crate::content::script::model::Scope::Files;
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::operations::command::{Word, Words};
use crate::content::script::operations::{CommandRow, Hit, hit, kind, piped};
use crate::content::script::words::{is_of_tests, parts, says_production};

pub(in crate::content::script::operations) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind("sh.docker_volumes", "docker compose down -v", "", Files, High, ""),
        programs: &["docker-compose", "podman-compose"],
        words: &["down"],
        when: volumes,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.docker_compose_volumes",
            "docker compose down --volumes",
            "",
            Files,
            High,
            "",
        ),
        programs: &["docker", "podman"],
        words: &["compose", "down"],
        when: volumes,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.docker_compose_rm",
            "docker compose rm -fsv db",
            "-v and -f, of a service whose name ends as that of a database: its volume may have no name of its own",
            Files,
            High,
            "the prompt without -f",
        ),
        programs: &["docker", "podman", "docker-compose", "podman-compose"],
        words: &["rm"],
        when: removes_database,
        prompt_off: &["-f", "--force"],
    },
    CommandRow {
        kind: kind(
            "sh.all_volumes",
            "docker volume rm $(docker volume ls -q)",
            "all volumes of the machine, whose ever they are",
            Files,
            Critical,
            "",
        ),
        programs: &["docker", "podman"],
        words: &["volume", "rm|remove"],
        when: |it| hit(it.plain().skip(2).any(lists_all_volumes)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.docker_volume_rm", "docker volume rm NAME", "", Files, High, ""),
        programs: &["docker", "podman"],
        words: &["volume", "rm|remove"],
        when: |it| {
            let named = || it.plain().skip(2);
            let is_all = named().any(lists_all_volumes);
            hit(!is_all && (named().next().is_none() || !named().all(is_made_anew)))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.docker_prune",
            "docker volume prune -f, docker system prune --volumes -f",
            "-f",
            Files,
            High,
            "the prompt without -f",
        ),
        programs: &["docker", "podman"],
        words: &["volume|system", "prune"],
        when: prune,
        prompt_off: &["-f", "--force"],
    },
];

/// `$(docker volume ls -q)`: what lists all volumes, and nothing chooses among them.
fn lists_all_volumes(word: &Word) -> bool {
    let listed = piped::commands(&word.value);
    let is_list = |it: &Vec<String>| {
        matches!(it.as_slice(), [program, volume, ls, rest @ ..]
            if matches!(program.as_str(), "docker" | "podman") && volume == "volume" && ls == "ls"
                && rest.iter().all(|it| matches!(it.as_str(), "-q" | "--quiet" | "-qf" | "-f" | "dangling=true")))
    };
    matches!(listed.as_slice(), [only] if is_list(only))
}

/// Whether what a volume is called says that what it holds is made anew: `app_cache`, `"$CACHE_VOLUME"`,
/// `$(docker volume ls -q | grep app_dist)`.
fn is_made_anew(volume: &Word) -> bool {
    let listed = piped::commands(&volume.value);
    let sought = listed.iter().find(|it| it.first().is_some_and(|it| it == "grep"));
    let sought = sought.filter(|it| !it.iter().any(|it| piped::is_inverting(it)));
    let name = sought.and_then(|it| it.last()).cloned().unwrap_or_else(|| spelled(volume));
    let anew = ["tmp", "temp", "dist", "static", "modules", "build"];
    let holds = ["db", "pgdata", "database", "postgres", "mysql", "mongo"];
    // `grep -E 'cache|pgdata'`.
    name.split('|').all(|name| {
        let all = parts(name);
        let has = |of: &[&str]| all.iter().any(|it| of.contains(&it.as_str()));
        let is_cache = all.iter().any(|it| it.contains("cache"));
        is_of_tests(name) || is_cache || has(&anew) && !has(&holds)
    })
}

/// Whether a service goes with its volume whose name ends as that of a database: `db`, `shop_postgres`, and not `worker-db-sync`. Without
/// `-f` the tool asks.
fn removes_database(words: &Words) -> Hit {
    let databases =
        ["db", "database", "postgres", "postgresql", "mysql", "mariadb", "mongo", "mongodb"];
    let is_one = |it: &Word| {
        let last =
            parts(&it.text).into_iter().rfind(|it| !it.bytes().all(|it| it.is_ascii_digit()));
        last.is_some_and(|it| databases.contains(&it.as_str())) && !is_of_tests(&it.text)
    };
    let is_compose = words.program.ends_with("compose") || words.says(&["compose", "rm"]);
    let mut services = words.plain().skip_while(|it| it.text != "rm").skip(1);
    hit(is_compose && words.any(&["-v", "--volumes"]) && services.any(is_one))
}

fn volumes(words: &Words) -> Hit {
    // The containers of a test, or of a pipeline.
    let is_for_tests = |it: &Word| {
        is_of_tests(&it.text)
            || parts(&it.text).iter().any(|it| matches!(it.as_str(), "e2e" | "ci"))
    };
    let is_live = words.rest.iter().any(|it| says_production(&it.text));
    if words.rest.iter().any(is_for_tests) && !is_live {
        return Hit::Miss;
    }
    hit(words.any(&["-v", "--volumes"]))
}

fn prune(words: &Words) -> Hit {
    if words.plain().next().is_some_and(|it| it.text == "volume") || words.has("--volumes") {
        Hit::Full
    } else {
        Hit::Miss
    }
}
