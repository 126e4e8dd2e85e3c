//! What a condition looks at, and in which case it holds.

use super::{Arm, Reader};
use crate::content::script::model::GuardKind;
use crate::content::script::operations::sql::lexer::{Token, What};
use crate::content::script::words;

/// Functions and variables that tell which database or server this is.
const TELLS: &[&str] = &[
    "CURRENT_DATABASE",
    "DB_NAME",
    "SERVERNAME",
    "SERVERPROPERTY",
    "INET_SERVER_ADDR",
    "CURRENT_SETTING",
    "HOST_NAME",
    "HOSTNAME",
    "SYS_CONTEXT",
    "ORA_DATABASE_NAME",
];

/// Whether these words tell which database or server this is.
pub(super) fn tells(tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|n| is_telling(tokens, n))
}

fn is_telling(tokens: &[Token], n: usize) -> bool {
    let is = |all: &[&str]| all.iter().any(|it| tokens[n].text.eq_ignore_ascii_case(it));
    // `DATABASE()` of MySQL, and not `DROP DATABASE`.
    let is_called = tokens.get(n + 1).is_some_and(|it| it.text == "(");
    tokens[n].what == What::Word && (is(TELLS) || is(&["DATABASE"]) && is_called)
}

/// A condition that somebody or something decides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Condition {
    pub(super) kind: GuardKind,
    /// Whether it holds where it is right to go on; none where that is not known.
    pub(super) allows: Option<bool>,
    /// It holds by what the text itself sets.
    pub(super) is_open: bool,
    /// Whether it compares; what it looks at is the answer or the name itself otherwise.
    pub(super) compares: bool,
}

impl Reader<'_> {
    /// The condition that these tokens are; none where it looks at nothing of use. Of several that `OR` or `AND` join, the first of
    /// use, where no other opens what it keeps shut: `1 = 1 OR DB_NAME() = 'dev'` says nothing of where it is right to go on.
    pub(super) fn condition(&mut self, of: Arm) -> Option<Condition> {
        let tokens = self.tokens.get(of.clone())?;
        let joins = |word: &str| {
            tokens.iter().any(|it| it.what == What::Word && it.text.eq_ignore_ascii_case(word))
        };
        let (any, all) = (joins("OR"), joins("AND"));
        let parts = parts(tokens);
        let parts = parts.into_iter().map(|it| of.start + it.start..of.start + it.end);
        let found: Vec<Option<Condition>> = parts.map(|it| self.one_condition(it)).collect();
        let first = found.iter().flatten().next().copied()?;
        let may_open = match first.allows {
            Some(true) => any,
            Some(false) => all,
            None => false,
        };
        let agrees = |it: &Option<Condition>| it.is_some_and(|it| it.allows == first.allows);
        (!may_open || found.iter().all(agrees)).then_some(first)
    }

    fn one_condition(&mut self, of: Arm) -> Option<Condition> {
        let tokens = self.tokens.get(of)?;
        let is_word = |it: &Token, all: &[&str]| {
            it.what == What::Word && all.iter().any(|word| it.text.eq_ignore_ascii_case(word))
        };
        // Rows that are there tell nothing of where this is.
        if tokens.iter().take(3).any(|it| is_word(it, &["EXISTS"])) {
            return None;
        }
        let variable = tokens.iter().find_map(|it| {
            let name = it.text.trim_start_matches('&').to_lowercase();
            (it.what != What::Sign).then(|| self.variables.get_mut(&name)).flatten().map(|it| {
                it.asked = None;
                *it
            })
        });
        // One that whoever runs it gives.
        let given = tokens.iter().enumerate().find(|(n, it)| {
            let is_marked = *n > 0 && matches!(tokens[n - 1].text, ":" | "@" | "?");
            let bare = it.text.trim_start_matches("p_").trim_start_matches("P_");
            it.what == What::Word
                && words::is_opt_in(bare)
                && (is_marked || bare.to_uppercase().starts_with("CONFIRM"))
        });
        let kind = match (&variable, given) {
            (Some(it), _) => it.kind,
            (None, Some(_)) => GuardKind::OptIn,
            (None, None) if tells(tokens) => GuardKind::TargetChecked,
            (None, None) => return None,
        };
        let signs = |n: usize, a: &str, b: &str| {
            tokens[n].text == a && tokens.get(n + 1).is_some_and(|it| it.text == b)
        };
        let denies = (0..tokens.len())
            .filter(|n| {
                signs(*n, "<", ">")
                    || signs(*n, "!", "=")
                    || signs(*n, "!", "~")
                    || is_word(&tokens[*n], &["NOT", "DISTINCT", "NULL"])
            })
            .count();
        let compares = denies > 0
            || tokens.iter().any(|it| {
                it.text == "=" || it.text == "~" || is_word(it, &["LIKE", "ILIKE", "IN"])
            });
        let holds_here = match kind {
            GuardKind::TargetChecked => names_here(tokens),
            _ => Some(!declines(tokens)),
        };
        let variable_allows = variable.and_then(|it| it.allows).unwrap_or(true);
        let is_dry = |it: &Token| it.what == What::Word && words::is_dry_run(it.text);
        let is_turned = denies % 2 == 1;
        let is_dry = kind == GuardKind::OptIn && tokens.iter().any(is_dry);
        // What is a variable's own yes or no is not known by a name.
        let holds_here = match variable.and_then(|it| it.allows) {
            Some(_) => Some(!declines(tokens)),
            None => holds_here,
        };
        let allows = holds_here.map(|it| it ^ is_turned ^ is_dry ^ !variable_allows);
        let is_open = variable.is_some_and(|it| it.is_open);
        Some(Condition { kind, allows, is_open, compares })
    }
}

/// What `OR` and `AND` join outside of parentheses.
fn parts(tokens: &[Token]) -> Vec<Arm> {
    let mut depth = 0_usize;
    let (mut all, mut begun) = (Vec::new(), 0);
    let joins = |it: &Token| {
        it.what == What::Word && ["OR", "AND"].iter().any(|word| it.text.eq_ignore_ascii_case(word))
    };
    for (n, token) in tokens.iter().enumerate() {
        match token.text {
            "(" if token.what == What::Sign => depth += 1,
            ")" if token.what == What::Sign => depth = depth.saturating_sub(1),
            _ if depth == 0 && joins(token) => {
                all.push(begun..n);
                begun = n + 1;
            }
            _ => {}
        }
    }
    all.push(begun..tokens.len());
    all
}

/// Whether what is compared with names where no real users are; none where nothing tells.
fn names_here(tokens: &[Token]) -> Option<bool> {
    let mut depth = 0_usize;
    let (mut is_here, mut is_there) = (false, false);
    for (n, token) in tokens.iter().enumerate() {
        match token.text {
            // What a function is told which thing to look up: `current_setting('app.env')`.
            "(" if depth > 0 || n > 0 && is_telling(tokens, n - 1) => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            text if depth == 0 && token.what == What::Text => {
                is_there |= words::is_production(text);
                is_here |= words::is_development(&text.replace('%', ""));
            }
            _ => {}
        }
    }
    (is_here != is_there).then_some(is_here)
}

/// Whether an answer or a switch is compared with one that declines: `= 'no'`, `= 0`.
fn declines(tokens: &[Token]) -> bool {
    tokens.iter().any(|it| {
        let is_value =
            matches!(it.what, What::Text | What::Number) || it.text.eq_ignore_ascii_case("false");
        let is_name = it.text.starts_with('&');
        is_value && !is_name && words::is_no(it.text)
    })
}
