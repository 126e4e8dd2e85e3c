#![doc = include_str!("unreadable_script.md")]

use super::operation::on_line;
use super::{Find, Rule, ScriptFile};
use crate::content::{Answer, Cause};
use crate::finding::{Finding, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unreadable-script",
    severity: Severity::Warning,
    is_off: false,
    refines: &[],
    manual: include_str!("unreadable_script.md"),
    find: Find::Script(find),
};

fn find(of: &ScriptFile) -> Vec<Finding> {
    let cut = match &of.script {
        Answer::Unreadable(why) => Some(why),
        Answer::Yes(script) => script.cut.as_ref(),
        Answer::No => None,
    };
    let Some(why) = cut else { return Vec::new() };
    let message = format!("script that was not read to its end: {}", why.detail);
    let mut finding = on_line(&RULE, message, None, "", of);
    if why.cause == Cause::Inaccessible {
        // Nothing of it was looked at: a wrong name in a pipeline is not to pass.
        finding.severity = Severity::Error;
        return vec![finding];
    }
    finding
        .hint
        .push("what was not read may destroy anything: cut it in two, or mend it".to_owned());
    vec![finding]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::*;

    #[test]
    fn finds() {
        let why = Unreadable { cause: Cause::TooLarge, detail: "too many lines".to_owned() };
        let found = found_in(&RULE, Answer::Unreadable(why));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "script that was not read to its end: too many lines");
        // Beside what was found until then.
        let why = Unreadable { cause: Cause::TooLarge, detail: "too deep".to_owned() };
        let part = Script { cut: Some(why), ..script(&[operation(Scope::Table, vec![])]) };
        assert_eq!(found_in(&RULE, Answer::Yes(Rc::new(part))).len(), 1);
    }

    #[test]
    fn a_file_that_is_not_there_is_an_error() {
        let why =
            Unreadable { cause: Cause::Inaccessible, detail: "there is no such file".to_owned() };
        assert_eq!(found_in(&RULE, Answer::Unreadable(why))[0].severity, Severity::Error);
    }

    #[test]
    fn lets_through() {
        assert!(found(&RULE, &[operation(Scope::Table, vec![])]).is_empty());
        assert!(found_in(&RULE, Answer::No).is_empty());
    }
}
