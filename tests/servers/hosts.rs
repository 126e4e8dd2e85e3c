//! Hosts that cannot be installed here: what their documentation says they set, and what of it is written down and shown.

use crate::server::Server;

/// Variables and their values.
type Variables = &'static [(&'static str, &'static str)];

/// The host, what it sets, and what the trail is to say of who pushed and where.
const HOSTS: &[(&str, Variables, &str, &str)] = &[
    (
        "gitlab",
        &[
            ("GL_ID", "user-12"),
            ("GL_USERNAME", "ada"),
            ("GL_PROJECT_PATH", "team/shop"),
            ("GL_PROTOCOL", "ssh"),
            ("GL_REPOSITORY", "project-3"),
        ],
        "ada",
        "team/shop",
    ),
    (
        "gitea",
        &[
            ("GITEA_PUSHER_NAME", "ada"),
            ("GITEA_REPO_USER_NAME", "team"),
            ("GITEA_REPO_NAME", "shop"),
            ("GITEA_PUSHER_EMAIL", "ada@example.com"),
        ],
        "ada",
        "team/shop",
    ),
    (
        "github",
        &[
            ("GITHUB_USER_LOGIN", "ada"),
            ("GITHUB_REPO_NAME", "team/shop"),
            ("GITHUB_USER_IP", "192.0.2.7"),
            ("GITHUB_VIA", "git push"),
        ],
        "ada",
        "team/shop",
    ),
    (
        "bitbucket",
        &[
            ("BB_USER_NAME", "ada"),
            ("BB_PROJECT_KEY", "TEAM"),
            ("BB_REPO_SLUG", "shop"),
            ("BB_USER_EMAIL", "ada@example.com"),
        ],
        "ada",
        "TEAM/shop",
    ),
];

#[test]
fn who_pushed_and_where_is_told_by_the_host() {
    for (host, variables, pusher, repository) in HOSTS {
        let mut server = Server::new();
        server.configure("dataward.host", host);
        // The time that GitHub gives is short for a program that is not optimised.
        server.configure("dataward.budget", "60");
        for (name, value) in *variables {
            server.repo.variables.push((name, (*value).to_owned()));
        }
        server.repo.variables.push(("HTTP_AUTHORIZATION", "Basic c2VjcmV0".to_owned()));
        server.database("app.bin");
        let said = server.push(&["origin", "main"]).ends(1);
        let prefix = if *host == "gitlab" { "remote: GL-HOOK-ERR: " } else { "remote: " };
        for line in ["error[database-with-personal-data]: ", "blocked: errors 1, "] {
            assert!(said.contains(&format!("{prefix}{line}")), "{host}: {said}");
        }
        let text = std::fs::read_to_string(server.bare.join("dataward/audit.jsonl")).unwrap();
        let trail = server.trail();
        let record = trail.last().unwrap();
        assert_eq!(record["host"], *host);
        assert_eq!(record["pusher"], *pusher);
        assert_eq!(record["repository"], *repository);
        for secret in ["c2VjcmV0", "ada@example.com", "192.0.2.7"] {
            assert!(!said.contains(secret) && !text.contains(secret), "{host}: {secret}");
        }
    }
}
