//! Errors that a block passes over.

use tree_sitter::Node;

use crate::content::script::languages::Reader;

/// Classes of errors that scripts refuse by, and those that they are made of, each but for `Exception`.
const BASES: &[(&str, &[&str])] = &[
    ("NotImplementedError", &["RuntimeError"]),
    ("RecursionError", &["RuntimeError"]),
    // Those of click and typer.
    ("Abort", &["RuntimeError"]),
    ("Exit", &["RuntimeError"]),
    ("FileNotFoundError", &["OSError", "IOError"]),
    ("FileExistsError", &["OSError", "IOError"]),
    ("PermissionError", &["OSError", "IOError"]),
    ("ConnectionError", &["OSError", "IOError"]),
    ("TimeoutError", &["OSError", "IOError"]),
    ("EnvironmentError", &["OSError", "IOError"]),
    ("KeyError", &["LookupError"]),
    ("IndexError", &["LookupError"]),
    ("ZeroDivisionError", &["ArithmeticError"]),
    ("UnicodeError", &["ValueError"]),
];

/// Classes of one clause, and places in its block that raise, that are looked at.
const CLASSES: usize = 100;
const RAISED: usize = 1_000;

/// Classes that `Exception` does not take.
const APART: &[&str] = &["SystemExit", "KeyboardInterrupt", "GeneratorExit"];

/// `with suppress(RuntimeError):`, where such an error is raised within: it goes on behind, as `except` does.
pub(super) fn are_passed(reader: &Reader, clause: Node) -> bool {
    let text = reader.text(clause);
    let Some((_, given)) = text.split_once("suppress(").filter(|_| clause.kind() == "with_clause")
    else {
        return false;
    };
    let passed: Vec<&str> = given.split([',', ')', '(']).map(last).take(CLASSES).collect();
    // A call that ends the program raises that one, whatever it is called.
    if ["SystemExit", "BaseException"].iter().any(|it| passed.contains(it)) {
        return true;
    }
    let within = clause.parent().map(|it| reader.text(it)).unwrap_or_default();
    let lines = within.lines().map(str::trim_start).filter(|it| !it.starts_with('#'));
    let raised = lines.filter_map(|it| it.split_once("raise ")).map(|(_, rest)| {
        let is_name = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.');
        last(rest.split(|it| !is_name(it)).next().unwrap_or_default())
    });
    raised.take(RAISED).any(|it| passed.iter().any(|by| takes(by, it)))
}

/// The last name of a way: `errors.Refused`.
fn last(way: &str) -> &str {
    way.trim().rsplit('.').next().unwrap_or_default()
}

/// Whether what takes errors of one class takes those of another.
fn takes(class: &str, raised: &str) -> bool {
    let is_base = || BASES.iter().any(|(it, bases)| *it == raised && bases.contains(&class));
    match class {
        "" => false,
        "Exception" => !APART.contains(&raised),
        _ => class == raised || is_base(),
    }
}
