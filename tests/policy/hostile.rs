//! Policies made to be slow, large or misread end at once, with a message. `--nocapture` shows the figures.

use std::fmt::Write;
use std::time::{Duration, Instant};

use dataward::policy::{Allowance, MAX_SIZE};
use dataward::target::{Form, Target, Url};
use proptest::prelude::{Strategy, prop, prop_oneof, proptest};

use crate::{allowing, parse, refusal};

/// The longest that a policy may take; a debug build is an order of magnitude slower than what people run.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 3 } else { 1 });

/// Runs it, again where a busy machine may have been why it took too long.
fn timed<T>(name: &str, run: impl Fn() -> T) -> (T, Duration) {
    for _ in 0..5 {
        let begun = Instant::now();
        let result = run();
        let elapsed = begun.elapsed();
        if elapsed < LIMIT {
            return (result, elapsed);
        }
    }
    panic!("{name} took over {LIMIT:?}, five times");
}

/// Policies made to be slow, large or misread.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let full = |pattern: &str| pattern.repeat((MAX_SIZE - 100) / pattern.len());
    let mut laughs = String::from("version: 1\na: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, before) in ('b'..='i').zip('a'..) {
        let _ = writeln!(laughs, "{name}: &{name} [{}]", vec![format!("*{before}"); 9].join(", "));
    }
    let entry = "  - {rule: database-file, path: a, reason: b}\n";
    let with = |text: String| format!("version: 1\n{text}\n").into_bytes();
    vec![
        (
            "1 MB string-alias bomb",
            with(format!("a: &a {}\nb: [{}]", "x".repeat(500_000), "*a,".repeat(170_000))),
        ),
        ("aliases without anchors", with(format!("b: [{}]", full("*a,")))),
        ("anchors", with(format!("b: [{}]", full("&a x,")))),
        ("billion laughs", laughs.into_bytes()),
        ("1 MB of [", full("[").into_bytes()),
        ("1 MB of {", full("{").into_bytes()),
        ("1 MB of - ", full("- ").into_bytes()),
        ("1 MB of ? ", full("? ").into_bytes()),
        ("1 MB of !", full("!").into_bytes()),
        ("1 MB of \"", full("\"").into_bytes()),
        ("1 MB of #", full("#").into_bytes()),
        ("1 MB of newlines", full("\n").into_bytes()),
        ("1 MB of comments", full("# a\n").into_bytes()),
        ("1 MB of documents", full("---\n").into_bytes()),
        (
            "deep blocks",
            with((0..1000).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "a:\n")),
        ),
        ("deep allowances", with(format!("allow: {}", "[".repeat(200)))),
        ("huge key", with(full("k") + ": 1")),
        ("huge quoted key", with(format!("\"{}\": 1", full("k")))),
        ("huge explicit key", with(format!("? {}\n: 1", full("k")))),
        ("huge value", with(format!("requires: {}", full("9")))),
        (
            "many keys",
            with((0..100_000).fold(String::new(), |text, it| text + &format!("k{it}: 1\n"))),
        ),
        (
            "many rules",
            with((0..9000).fold("rules:\n".into(), |text, it| text + &format!("  k{it}: off\n"))),
        ),
        ("NUL", b"version: 1\0\n".to_vec()),
        ("NUL escaped", with("\"\\0\": 1".into())),
        ("invalid UTF-8", b"version: 1\n# \xff\xfe\n".to_vec()),
        ("UTF-16", b"\xff\xfev\0e\0r\0".to_vec()),
        ("over 1 MiB", vec![b'#'; MAX_SIZE + 1]),
        ("501 allowances", with(format!("allow:\n{}", entry.repeat(501)))),
        ("10,000 allowances", with(format!("allow:\n{}", entry.repeat(10_000)))),
        ("brace bomb", allowing(&format!("\"{}\"", "{a,b}".repeat(90)), "").into_bytes()),
        (
            "nested braces",
            allowing(&format!("\"{}a{}\"", "{a,".repeat(100), "}".repeat(100)), "").into_bytes(),
        ),
        ("long run of *", allowing(&format!("\"{}\"", "*".repeat(500)), "").into_bytes()),
        ("many **/", allowing(&format!("\"{}a\"", "**/".repeat(150)), "").into_bytes()),
        ("huge glob", allowing(&format!("\"{}\"", full("[a-z]")), "").into_bytes()),
        ("tag", with("rules: !!python/object:os.system {}".into())),
        ("tag on a key", with("!x rules: {}".into())),
        ("tag on a value", b"version: !!int 1\n".to_vec()),
        ("merge key", with("limits: {<<: {tables: 3}}".into())),
        ("merge key at the top", b"<<: {version: 1}\n".to_vec()),
        ("two documents", b"version: 1\n---\nversion: 1\n".to_vec()),
        ("second document after an end", b"version: 1\n...\nallow: []\n".to_vec()),
        ("boolean for a severity", with("rules: {database-file: yes}".into())),
        ("boolean for a version", b"version: on\n".to_vec()),
        ("cut off", b"version: 1\nallow: [{rule: \"".to_vec()),
    ]
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are worth reading")]
fn a_hostile_policy_is_refused_at_once() {
    for (name, text) in hostile() {
        let (refusal, elapsed) = timed(name, || refusal(&text));
        println!("{name:30} {:>8.2} ms  {refusal}", elapsed.as_secs_f64() * 1e3);
        assert!(
            refusal.starts_with(".dataward.yaml:") && refusal.chars().count() < 250,
            "{name}: {refusal}"
        );
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are worth reading")]
fn the_most_that_a_policy_may_hold_is_applied_in_time() {
    let globs: [String; 4] =
        ["{a,b}".repeat(16), "*a".repeat(16), "[a-z]".repeat(16), ["**/*a"; 5].join("/")];
    for glob in globs {
        let mut text = String::from("version: 1\nallow:\n");
        for it in 0..500 {
            let _ = writeln!(text, "  - {{rule: database-file, path: \"{glob}{it}\", reason: a}}");
        }
        let (policy, read) = timed(&glob, || parse(&text).expect("a policy"));
        let path = "a/".repeat(2000);
        let names = |it: &Allowance| it.names(path.as_bytes().into());
        let (any, matched) = timed(&glob, || policy.allowances.iter().any(names));
        assert!(!any);
        println!("read {read:>10.2?}, matched {matched:>10.2?}  {glob}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are worth reading")]
fn the_most_environments_are_held_against_a_long_url_in_time() {
    for glob in ["{a,b}".repeat(16), "*a".repeat(16), ["**/*a"; 5].join("/")] {
        let mut text = String::from("version: 1\nenvironments:\n");
        for it in 0..100 {
            let globs: Vec<String> = (0..5).map(|n| format!("\"{glob}{it}-{n}\"")).collect();
            let _ = writeln!(text, "  - {{name: e{it}, urls: [{}]}}", globs.join(", "));
        }
        let (policy, read) = timed(&glob, || parse(&text).expect("a policy"));
        let mut target = Target::default();
        for it in 0..3 {
            let url = format!("https://h{it}/{}", "a/".repeat(1000));
            target.add(Url::parse(&url, Form::Configured));
        }
        let (found, asked) = timed(&glob, || policy.environment(&target));
        assert_eq!(found.name, "ordinary");
        println!("read {read:>10.2?}, asked {asked:>10.2?}  {glob}");
    }
    let entry = |globs: usize| {
        format!("version: 1\nenvironments:\n  - {{name: a, urls: [{}]}}\n", "a,".repeat(globs))
    };
    assert!(parse(entry(500)).is_ok());
    assert!(refusal(entry(501)).contains("more than 500 globs in all"));
}

/// Pieces of policies, in any order.
fn pieces() -> impl Strategy<Value = Vec<String>> {
    let known = prop::sample::select(vec![
        "version: 1\n",
        "requires: ",
        "rules:\n",
        "allow:\n",
        "limits:\n",
        "environments:\n",
        "name: a\n",
        "urls: ['*']\n",
        "production: false\n",
        "  - ",
        "    ",
        "rule: database-file\n",
        "path: ",
        "reason: a\n",
        "until: ",
        "2027-01-31\n",
        "when: ",
        "rows: ",
        "test_confidence: ",
        "file_size: ",
        "7 KiB\n",
        "{",
        "}",
        "[",
        "]",
        ",",
        "*",
        "&a ",
        "!x ",
        "|\n",
        ">\n",
        "'",
        "\"",
        "\\",
        "\n",
        "# ",
        "? ",
        "<<: ",
        "---\n",
    ]);
    prop::collection::vec(prop_oneof![9 => known.prop_map(String::from), 1 => ".{0,4}"], 0..40)
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(pieces in pieces()) {
        let _ = parse(format!("version: 1\n{}", pieces.concat()));
        let _ = parse(pieces.concat());
        let _ = parse(allowing(&pieces.concat(), ""));
        let _ = parse(allowing("a", &format!("    when: {{rows: {}}}\n", pieces.concat())));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let _ = parse(&bytes);
    }
}
