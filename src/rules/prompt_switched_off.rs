#![doc = include_str!("prompt_switched_off.md")]

use super::operation::{about, mended, on_line};
use super::{Find, Rule, ScriptFile};
use crate::content::script::SwitchedOff;
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
    let flags = off.filter_map(|it| {
        let flag = name(it.prompt_off.as_ref()?);
        let message =
            format!("switches off the question that its tool asks ({flag}; {})", name(&it.name));
        let mut finding = about(&RULE, message, it, of);
        finding.hint.push(format!("take it out, so that the tool asks: {flag}"));
        finding.hint.extend(mended(of));
        Some(finding)
    });
    let settings = of.script().into_iter().flat_map(|it| &it.safeguards_off);
    flags.chain(settings.map(|it| setting(it, of))).collect()
}

/// A setting that switches off what keeps the data of a resource.
fn setting(off: &SwitchedOff, of: &ScriptFile) -> Finding {
    let written = name(&off.setting);
    let message =
        format!("switches off what keeps its data when it goes ({written}; {})", name(&off.of));
    let mut finding = on_line(&RULE, message, Some(off.line), &off.anchor, of);
    finding
        .hint
        .push(format!("take it out, so that the tool keeps the data or refuses: {written}"));
    finding.hint.extend(mended(of));
    finding
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
    fn finds_a_setting() {
        let off = SwitchedOff {
            line: 4,
            setting: "skip_final_snapshot = true".to_owned(),
            of: "aws_db_instance".to_owned(),
            anchor: "tf.config aws_db_instance.main skip_final_snapshot".to_owned(),
        };
        let script = Script { safeguards_off: vec![off], ..script(&[]) };
        let found = found_in(&RULE, Answer::Yes(Rc::new(script)));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].severity, found[0].at.line), (Severity::Warning, Some(4)));
        assert!(found[0].message.ends_with("(skip_final_snapshot = true; aws_db_instance)"));
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
