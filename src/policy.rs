//! What this repository makes of a finding: its severity here, or the stated reason to let it through.

use crate::content::Limits;
use crate::finding::Finding;

/// The policy as applied.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The bounds on reading.
    pub limits: Limits,
}

/// What the policy made of the findings.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// What stands, errors and warnings, in the order of the snapshot.
    pub findings: Vec<Finding>,
    /// What was let through, and why.
    pub allowed: Vec<Allowed>,
}

/// A finding that an allowance let through.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// The finding.
    pub finding: Finding,
    /// The allowance's reason, as the policy states it.
    pub reason: String,
}
