//! Tasks of Rake that are run by their names.

use crate::content::script::operations::Hit;
use crate::content::script::operations::chain::Chain;
use crate::content::script::value::texts;

pub(super) fn rake(chain: &Chain) -> Hit {
    if !chain.has(&["Rake::Task"]) {
        return Hit::Miss;
    }
    let tasks = [
        "db:drop",
        "db:reset",
        "db:purge",
        "db:migrate:reset",
        "db:truncate_all",
        "db:seed:replant",
        "db:schema:load",
        "db:setup",
        "db:structure:load",
    ];
    // What is executed goes without the tasks it needs, of which one checks the environment.
    let is_open = chain.named("unprotected").is_some() || chain.name() == "execute";
    let is_hit = chain.argument(0).into_iter().flat_map(texts).any(|task| {
        let is = |it: &&str| task.text == **it || task.text.starts_with(&format!("{it}:"));
        tasks.iter().any(is)
    });
    match (is_hit, is_open) {
        (true, true) => Hit::Full,
        (true, false) => Hit::Asked,
        (false, _) => Hit::Miss,
    }
}
