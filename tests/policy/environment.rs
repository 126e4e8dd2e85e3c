//! Environments: what a policy accepts, and which one a target is taken for.

use dataward::policy::{Environment, Level, Policy};
use dataward::target::{Form, Target, Url};

use crate::{parse, refusal};

/// A policy with these entries under `environments`.
fn declaring(entries: &str) -> Policy {
    let text = format!("version: 1\nenvironments:\n{entries}");
    parse(&text).unwrap_or_else(|error| panic!("{error:#}\n{text}"))
}

/// A target of this remote with these URLs, as configured; one that ends in ` ->` is an alias.
fn target(remote: &str, urls: &[&str]) -> Target {
    let mut target = Target { remote: Some(remote.to_owned()), ..Target::default() };
    for url in urls {
        let (text, is_alias) = url.strip_suffix(" ->").map_or((*url, false), |it| (it, true));
        target.add(Url { is_alias, ..Url::parse(text, Form::Configured) });
    }
    target
}

fn of(policy: &Policy, remote: &str, urls: &[&str]) -> Environment {
    policy.environment(&target(remote, urls))
}

#[test]
fn without_a_policy_a_deploy_platform_is_production_and_all_else_is_ordinary() {
    let policy = Policy::default();
    let azure = of(&policy, "azure", &["https://me@shop.scm.azurewebsites.net/shop.git"]);
    assert_eq!((azure.name.as_str(), azure.is_production), ("production", true));
    assert_eq!(azure.platform, Some("Azure App Service"));
    assert_eq!(
        azure.reasons,
        [
            "the configured URL https://me@shop.scm.azurewebsites.net/shop.git leads to Azure App Service, which puts what is \
             pushed to it into service: production, unless the policy declares this URL"
        ]
    );
    let origin = of(&policy, "production", &["git@github.com:acme/shop.git"]);
    assert_eq!((origin.name.as_str(), origin.is_production), ("ordinary", false));
    assert_eq!(
        origin.reasons,
        [
            "the configured URL git@github.com:acme/shop.git is declared by no environment, and is no deploy platform's"
        ]
    );
    // Where nothing is known of the URL.
    assert_eq!(of(&policy, "origin", &[]).name, "ordinary");
}

#[test]
fn the_strictest_form_wins() {
    const PLATFORM: &str = "https://git.heroku.com/shop.git";
    const HOST: &str = "git@github.com:acme/shop.git";
    let both = "  - {name: live, urls: ['example.com/live/**'], remotes: [live]}\n  - {name: dev, urls: \
                ['git.heroku.com/shop', 'github.com/acme/*'], remotes: ['dev*'], production: false}\n  - {name: lax, \
                remotes: [lax], urls: ['example.com/lax'], production: false, rules: {database-file: off}}\n";
    let policy = declaring(both);
    for (remote, urls, name, is_production) in [
        ("origin", &["https://example.com/live/a/b.git"][..], "live", true),
        ("live", &[HOST], "live", true),
        ("live", &[], "live", true),
        ("live", &[PLATFORM], "live", true),
        // Declared by its URL, a platform is what it is declared to be.
        ("origin", &[PLATFORM], "dev", false),
        ("origin", &[HOST], "dev", false),
        ("origin", &["https://git.heroku.com/other.git"], "production", true),
        // A name alone does not make production anything else.
        ("development", &["https://git.heroku.com/other.git"], "production", true),
        ("development", &["git@git.wpengine.com:production/shop.git"], "production", true),
        ("development", &["https://example.com/a"], "dev", false),
        // Any form of the URL.
        ("origin", &[HOST, "https://git.heroku.com/other.git"], "production", true),
        ("origin", &[HOST, "https://example.com/live/a"], "live", true),
        // An alias says nothing unless it is declared.
        ("origin", &["work:shop ->", HOST], "dev", false),
        ("origin", &["work:shop ->", "https://example.com/a"], "ordinary", false),
        ("origin", &["https://git.heroku.com/x.git ->", HOST], "production", true),
        // What turns a rule down needs every end to be declared.
        ("origin", &["https://example.com/lax"], "lax", false),
        ("origin", &["https://example.com/lax", "https://example.com/a"], "ordinary", false),
        ("origin", &["https://example.com/lax", HOST], "dev", false),
        ("lax", &["https://example.com/a"], "lax", false),
    ] {
        let found = of(&policy, remote, urls);
        let said = (found.name.as_str(), found.is_production);
        assert_eq!(said, (name, is_production), "{remote} {urls:?}\n{:#?}", found.reasons);
    }
    let reasons = of(&policy, "development", &["https://git.heroku.com/other.git"]).reasons;
    assert!(reasons[1].contains("a name can be pointed elsewhere"), "{reasons:#?}");
    let reasons = of(&policy, "origin", &[HOST, "https://example.com/live/a"]).reasons;
    assert_eq!(
        reasons,
        [
            "the configured URL git@github.com:acme/shop.git is declared by environment dev on line 4 of the policy \
             (`urls`: github.com/acme/*): not production",
            "the configured URL https://example.com/live/a is declared by environment live on line 3 of the policy \
             (`urls`: example.com/live/**): production",
            "the strictest of them counts: live",
        ]
    );
}

#[test]
fn a_url_is_held_against_a_glob_in_every_spelling() {
    for (glob, url, is_met) in [
        ("https://example.com/a.git", "https://example.com/a.git", true),
        ("https://example.com/a", "https://me:secret@example.com/a.git/", true),
        ("https://me@example.com/a", "https://me:secret@example.com/a", true),
        ("example.com/a", "git@example.com:a.git", true),
        ("git@example.com/a", "git@example.com:a.git", true),
        ("git@example.com:a", "git@example.com:a.git", true),
        ("git@example.com:a", "ssh://git@example.com/a", false),
        ("EXAMPLE.com/A", "https://Example.COM./%61", true),
        ("example.com/*", "https://example.com/a/b", false),
        ("example.com/**", "https://example.com/a/b", true),
        ("example.com:8443/a", "https://example.com:8443/a", true),
        ("*.example.com/**", "https://b.a.example.com/c/d", true),
        ("example.com/{a,b}", "ssh://example.com/b", true),
        ("example.com/a", "https://example.com.evil.org/a", false),
        ("example.com/a", "https://evil.org/example.com/a", false),
        ("/srv/git/*", "/srv/git/a.git", true),
        ("/srv/git/*", "file:///srv/git/x/../a.git", true),
        ("file:///srv/git/*", "file:///srv/git/a.git", true),
        ("../live.git", "../live.git", true),
    ] {
        let policy = declaring(&format!("  - {{name: live, urls: ['{glob}']}}\n"));
        assert_eq!(of(&policy, "origin", &[url]).name == "live", is_met, "{glob} {url}");
    }
}

#[test]
fn a_fault_says_where_and_what_is_wrong() {
    for (entry, said) in [
        ("{}", "3:5: this environment has no `name`"),
        ("{name: ''}", "3:12: `` is no name for an environment"),
        ("{name: a b}", "3:12: `a b` is no name for an environment"),
        ("{name: ordinary}", "3:12: `ordinary` is the name of what no environment is declared for"),
        (
            "{name: production, production: false}",
            "3:12: an environment of the name `production` is production",
        ),
        ("{name: a, production: maybe}", "3:27: `maybe` is not true or false"),
        ("{name: a, production: }", "3:25: there is no value here"),
        ("{name: a, remotes: b}", "3:24: expected a list"),
        ("{name: a, urls: ['']}", "3:22: the glob is empty"),
        ("{name: a, urls: ['a**']}", "3:22: `**` stands for whole parts"),
        ("{name: a, urls: ['a\\b']}", "3:22: a glob has no `\\`"),
        ("{name: a, urls: ['[!a]']}", "3:22: a `[...]` in a glob may hold"),
        ("{name: a, urls: ['{']}", "3:22: not a valid glob"),
        (
            "{name: a, urls: ['https://me:secret@b/']}",
            "3:22: a URL is compared without its password",
        ),
        ("{name: a, rules: {no-such: off}}", "3:23: unknown rule `no-such`"),
        ("{name: a, rules: {database-file: of}}", "3:38: unknown severity `of`"),
        ("{name: a, url: b}", "3:15: unknown key `url`; did you mean `urls`?"),
        ("{name: a}\n  - {name: a}", "4:5: the environment `a` is declared on line 3 as well"),
    ] {
        let refusal = refusal(format!("version: 1\nenvironments:\n  - {entry}\n"));
        assert!(refusal.starts_with(&format!(".dataward.yaml:{said}")), "{entry}\n{refusal}");
        assert!(!refusal.contains("secret") && !refusal.ends_with('.'), "{refusal}");
    }
}

#[test]
fn what_goes_to_an_environment_has_its_severities() {
    let policy = parse(
        "version: 1\nrules: {database-file: warning}\nenvironments:\n  - {name: live, rules: {database-file: error}}\n  - {name: dev, \
         production: false, rules: {database-file: off}}\n",
    )
    .unwrap();
    for (name, is_production, level) in [
        ("live", true, "Severity(Error)"),
        ("dev", false, "Off"),
        ("production", true, "Severity(Warning)"),
        ("ordinary", false, "Severity(Warning)"),
    ] {
        let environment = policy.environment_named(name).unwrap();
        assert_eq!(environment.is_production, is_production, "{name}");
        let towards = policy.clone().towards(&environment);
        let found: &Level = &towards.severities["database-file"];
        assert_eq!(format!("{found:?}"), level, "{name}");
        assert_eq!(towards.is_for_production, is_production);
    }
    let error = policy.environment_named("liv").unwrap_err().to_string();
    assert_eq!(
        error,
        "git config dataward.environment: unknown environment `liv`; did you mean `live`?; declare it in the policy, or name \
         another one"
    );
}

#[test]
fn what_others_chose_is_cleaned_and_cut() {
    let url = format!("https://example.com/\u{1b}[31m\u{202e}{}", "a".repeat(5000));
    let policy = declaring("  - {name: dev, remotes: ['*'], production: false}\n");
    for policy in [policy, Policy::default()] {
        for reason in of(&policy, "\u{1b}[31m", &[&url]).reasons {
            assert!(reason.len() < 500 && !reason.contains(char::is_control), "{reason:?}");
        }
    }
}
