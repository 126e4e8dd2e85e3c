//! URLs as git takes them.

use super::*;

fn parse(text: &str) -> Url {
    Url::parse(text, Form::Configured)
}

#[test]
fn a_url_is_taken_apart_as_git_does() {
    // As written; the scheme, the user, the host, the port, the path.
    for (text, scheme, user, host, port, path) in [
        ("https://example.com/a/b.git", "https", None, Some("example.com"), None, "a/b.git"),
        ("HTTPS://me@Example.COM.:443/a", "https", Some("me"), Some("example.com"), Some(443), "a"),
        ("ssh://git@h:22/~/a", "ssh", Some("git"), Some("h"), Some(22), "~/a"),
        ("git+ssh://a@b@h/c", "git+ssh", Some("a@b"), Some("h"), None, "c"),
        ("ssh://%67it@ex%61mple.com/%61", "ssh", Some("git"), Some("example.com"), None, "a"),
        ("https://example\u{3002}com/a", "https", None, Some("example.com"), None, "a"),
        ("ssh://[::1]:2222/a", "ssh", None, Some("::1"), Some(2222), "a"),
        ("https://h//a/./b/../c/", "https", None, Some("h"), None, "a/c"),
        ("https://h", "https", None, Some("h"), None, ""),
        ("git@h:a/b", "ssh", Some("git"), Some("h"), None, "a/b"),
        ("h:a", "ssh", None, Some("h"), None, "a"),
        ("h:/a", "ssh", None, Some("h"), None, "a"),
        ("[git@h:2222]:a", "ssh", Some("git"), Some("h"), Some(2222), "a"),
        ("[h:2222]:a", "ssh", None, Some("h"), Some(2222), "a"),
        ("[::1]:a", "ssh", None, Some("::1"), None, "a"),
        ("git@[::1]:a", "ssh", Some("git"), Some("::1"), None, "a"),
        ("./h:a", "file", None, None, None, "h:a"),
        ("/srv/git/a.git", "file", None, None, None, "/srv/git/a.git"),
        ("../a", "file", None, None, None, "../a"),
        ("a", "file", None, None, None, "a"),
        ("", "file", None, None, None, ""),
        (":a", "file", None, None, None, ":a"),
        ("ä:b", "ssh", None, Some("ä"), None, "b"),
        ("file:///srv/%61", "file", None, None, None, "/srv/a"),
        ("persistent-https::https://h/a", "https", None, Some("h"), None, "a"),
    ] {
        let url = parse(text);
        assert_eq!(
            (
                url.scheme.as_str(),
                url.user.as_deref(),
                url.host.as_deref(),
                url.port,
                url.path.as_str()
            ),
            (scheme, user, host, port, path),
            "{text}"
        );
    }
}

#[test]
fn no_password_and_no_token_is_kept() {
    for (text, shown) in [
        ("https://me:secret@h/a", "https://me@h/a"),
        ("https://me:se:cr@et@h/a", "https://me@h/a"),
        ("https://:secret@h/a", "https://h/a"),
        ("https://ghp_secretsecret@h/a", "https://h/a"),
        ("https://ghp_secret:x-oauth-basic@h/a", "https://h/a"),
        ("https://secretsecretsecretsecretsecret@h/a", "https://h/a"),
        ("https://h/a?private_token=secret", "https://h/a"),
        ("https://h/a#secret", "https://h/a"),
        ("ssh://me:secret@h/a", "ssh://me@h/a"),
        ("me:secret@h:a", "me:...@h:a"),
        ("[me:secret@h]:a", "[me@h]:a"),
        ("persistent-https::https://me:secret@h/a", "persistent-https::https://me@h/a"),
        ("https://$shop:secret@h/a", "https://$shop@h/a"),
    ] {
        let url = parse(text);
        assert_eq!(url.text, shown);
        let debug = format!("{url:?} {:?}", url.spellings());
        assert!(!debug.contains("secret"), "{text} {debug}");
    }
}

#[test]
fn every_spelling_is_there() {
    let url = parse("https://me@Example.com:8443/a/b.git/");
    for spelling in [
        "https://me@Example.com:8443/a/b.git/",
        "https://me@Example.com:8443/a/b.git",
        "me@example.com/a/b.git",
        "me@example.com/a/b",
        "example.com/a/b.git",
        "example.com/a/b",
        "https://example.com/a/b",
        "example.com:8443/a/b",
    ] {
        assert!(url.spellings().iter().any(|it| it == spelling), "{spelling}");
    }
    assert!(parse("git@h:a.git").spellings().contains(&"git@h:a".to_owned()));
    assert!(parse("file:///srv/a.git").spellings().contains(&"/srv/a".to_owned()));
}

#[test]
fn what_ssh_resolves_is_a_url_of_its_own() {
    let alias = parse("work:a.git");
    let url = alias.resolved(Some("git"), "heroku.com");
    assert_eq!((url.text.as_str(), url.form), ("git@heroku.com:a.git", Form::Resolved));
    assert_eq!(alias.resolved(None, "::1").text, "[::1]:a.git");
    assert!(alias.is_ssh() && parse("ssh://h/a").is_ssh());
    assert!(!parse("https://h/a").is_ssh() && !parse("/h/a").is_ssh());
}

#[test]
fn nothing_that_is_written_is_too_odd() {
    for text in
        ["[", "]", "[]", "[]:", "[:]:", "@:", ":@", "://", "a://", "a://@", "::", "x::", "\u{85}:"]
    {
        let _ = parse(text).spellings();
    }
}
