#![doc = include_str!("forced_database_add.md")]

use super::operation::{leave, mended, on_line};
use super::{Find, Rule, ScriptFile};
use crate::finding::{Finding, Severity};
use crate::text::name;

/// The rule.
pub static RULE: Rule = Rule {
    id: "forced-database-add",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("forced_database_add.md"),
    find: Find::Script(find),
};

fn find(of: &ScriptFile) -> Vec<Finding> {
    let taken = of.script().into_iter().flat_map(|it| &it.databases_taken_along);
    taken
        .map(|it| {
            let message = format!("takes a database along: {} {}", it.by, name(&it.file));
            let mut finding = on_line(&RULE, message, Some(it.line), &it.anchor, of);
            finding.hint.push("leave the database out, and have .gitignore name it".to_owned());
            finding.hint.push("a deploy target keeps its own: migrate it there".to_owned());
            finding.hint.extend(mended(of));
            leave(&mut finding, of);
            finding
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::*;

    #[test]
    fn finds() {
        let found = found_in(
            &RULE,
            Answer::Yes(Rc::new(Script {
                databases_taken_along: vec![taken("instance/app.db"), taken("b\u{1b}.db")],
                ..script(&[])
            })),
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].message, "takes a database along: git add -f instance/app.db");
        assert_eq!(found[1].message, "takes a database along: git add -f b\\x1b.db");
        assert_eq!(found[0].at.line, Some(7));
    }

    #[test]
    fn lets_through() {
        assert!(found(&RULE, &[operation(Scope::Database, vec![])]).is_empty());
        assert!(found_in(&RULE, Answer::No).is_empty());
    }
}
