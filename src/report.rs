//! How a verdict is said. Renderers are pure: they return text, and [`run`](crate::run) writes it.

use crate::policy::Verdict;

/// Everything a renderer may say of a run.
#[derive(Debug, Clone)]
pub struct Report {
    /// The program, such as `check-database-files`.
    pub program: &'static str,
    /// What was looked at, in words: `staged files`, `commits main..HEAD`.
    pub source: String,
    /// Files looked at.
    pub files: usize,
    /// What was found, and what the policy let through.
    pub verdict: Verdict,
    /// The command that explains a rule, without the rule: `dataward explain`.
    pub explain: String,
}
