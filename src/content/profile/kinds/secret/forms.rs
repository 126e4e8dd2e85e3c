//! The public forms of API tokens.

use super::{Found, Kind, Look, Of, token};

/// A prefix, and what is known of the rest.
pub(super) struct Form {
    pub(super) prefix: &'static str,
    /// Bytes behind it, at least and at most.
    length: std::ops::RangeInclusive<usize>,
    of: Of,
    is_for_tests: bool,
}

const fn form(prefix: &'static str, of: Of, least: usize, most: usize) -> Form {
    Form { prefix, length: least..=most, of, is_for_tests: false }
}

const fn test(prefix: &'static str) -> Form {
    Form { prefix, length: 16..=256, of: Of::Letters, is_for_tests: true }
}

impl Form {
    /// The token that bytes begin with.
    pub(super) fn of(&self, bytes: &[u8]) -> Option<Found<'static>> {
        let rest = bytes.get(self.prefix.len()..)?;
        let most = *self.length.end();
        let length = rest.iter().take(most + 1).take_while(|it| self.of.has(**it)).count();
        let body = rest.get(..length).filter(|_| self.length.contains(&length))?;
        // `sk-some-name-of-something` has no digit; what is filled in has not either.
        let is_token = body.iter().any(u8::is_ascii_digit)
            || matches!(self.of, Of::Letters | Of::Hex | Of::Capitals);
        if !is_token {
            return None;
        }
        match self.is_for_tests {
            true => Some(Found::new(Kind::ApiToken, Look::Synthetic)),
            false => Some(token(body)),
        }
    }
}

/// By the documents of those who give them out, and by the rules of gitleaks (<https://github.com/gitleaks/gitleaks>, MIT) where these say
/// nothing of lengths.
pub(super) static FORMS: &[Form] = &[
    // GitHub, "About authentication to GitHub: GitHub's token formats".
    form("ghp_", Of::Letters, 36, 255),
    form("gho_", Of::Letters, 36, 255),
    form("ghu_", Of::Letters, 36, 255),
    form("ghs_", Of::Letters, 36, 255),
    form("ghr_", Of::Letters, 36, 255),
    form("github_pat_", Of::Words, 82, 255),
    // GitLab, "Token overview: token prefixes".
    form("glpat-", Of::Parts, 20, 300),
    form("gldt-", Of::Words, 20, 64),
    form("glrt-", Of::Parts, 20, 300),
    form("glptt-", Of::Words, 40, 40),
    // Slack, "Token types".
    form("xoxb-", Of::Words, 20, 255),
    form("xoxp-", Of::Words, 20, 255),
    form("xoxa-", Of::Words, 20, 255),
    form("xoxr-", Of::Words, 20, 255),
    form("xoxs-", Of::Words, 20, 255),
    form("xapp-", Of::Words, 20, 255),
    // AWS, "IAM identifiers: unique ID prefixes".
    form("AKIA", Of::Capitals, 16, 16),
    form("ASIA", Of::Capitals, 16, 16),
    // Google Cloud, "API keys"; OAuth's access tokens and client secrets.
    form("AIza", Of::Words, 35, 35),
    form("ya29.", Of::Words, 20, 1024),
    form("GOCSPX-", Of::Words, 28, 28),
    // Stripe, "API keys".
    form("sk_live_", Of::Letters, 16, 256),
    form("rk_live_", Of::Letters, 16, 256),
    form("whsec_", Of::Letters, 32, 64),
    test("sk_test_"),
    test("rk_test_"),
    // OpenAI and Anthropic.
    form("sk-", Of::Letters, 40, 64),
    form("sk-proj-", Of::Words, 40, 256),
    form("sk-svcacct-", Of::Words, 40, 256),
    form("sk-ant-", Of::Words, 40, 256),
    form("hf_", Of::Letters, 34, 40),
    // Registries of packages.
    form("npm_", Of::Letters, 36, 36),
    form("pypi-", Of::Words, 50, 512),
    form("rubygems_", Of::Hex, 48, 48),
    form("dckr_pat_", Of::Words, 20, 64),
    // Mail: SendGrid, Mailgun.
    form("SG.", Of::Parts, 66, 66),
    form("key-", Of::Hex, 32, 32),
    // Hosts and shops: DigitalOcean, Shopify, HashiCorp Vault, Atlassian.
    form("dop_v1_", Of::Hex, 64, 64),
    form("shpat_", Of::Hex, 32, 32),
    form("shpss_", Of::Hex, 32, 32),
    form("hvs.", Of::Words, 24, 255),
    form("ATATT3", Of::Words, 60, 300),
];
