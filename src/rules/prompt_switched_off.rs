#![doc = include_str!("prompt_switched_off.md")]

use super::operation::{about, mended};
use super::{Find, Rule, ScriptFile};
use crate::finding::{Finding, Severity};
use crate::text::name;

/// The rule.
pub static RULE: Rule = Rule {
    id: "prompt-switched-off",
    severity: Severity::Warning,
    is_off: false,
    refines: &[],
    manual: include_str!("prompt_switched_off.md"),
    find: Find::Script(find),
};

fn find(of: &ScriptFile) -> Vec<Finding> {
    let off = of.operations().filter(|it| !it.is_guarded());
    off.filter_map(|it| {
        let flag = name(it.prompt_off.as_ref()?);
        let message =
            format!("switches off the question that its tool asks ({flag}; {})", name(&it.name));
        let mut finding = about(&RULE, message, it, of);
        finding.hint.push(format!("take it out, so that the tool asks: {flag}"));
        finding.hint.extend(mended(of));
        Some(finding)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::*;

    #[test]
    fn finds() {
        let mut off = operation(Scope::Cloud, vec![]);
        off.prompt_off = Some("-auto-approve".to_owned());
        let found = found(&RULE, &[off]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(found[0].message.contains("(-auto-approve; "), "{found:?}");
    }

    #[test]
    fn lets_through() {
        let mut guarded = operation(Scope::Cloud, vec![asked(3)]);
        guarded.prompt_off = Some("-auto-approve".to_owned());
        for case in [guarded, operation(Scope::Cloud, vec![])] {
            assert!(found(&RULE, &[case]).is_empty());
        }
    }
}
