//! Functions that change nothing, or little, of a text.

use crate::content::script::syntax::{Call, Form, Shared};

/// Functions that give back the text that they are given, or one like it.
const SAME_TEXT: &[&str] = &[
    "text",
    "sql",
    "SQL",
    "raw",
    "RawSQL",
    "dedent",
    "strip",
    "lstrip",
    "rstrip",
    "trim",
    "encode",
    "decode",
    "join",
    "implode",
    "str",
    "String",
    "format",
    "lower",
    "upper",
    "squish",
    "strip_heredoc",
    "split",
    "literal_column",
    "TextClause",
    "DDL",
    "quote",
    "replace",
    "replaceAll",
    "gsub",
    "substitute",
    "safe_substitute",
    "Template",
    "downcase",
    "upcase",
    "toLowerCase",
    "toUpperCase",
    "TrimSpace",
    "Split",
    "ReplaceAll",
    "StringBuilder",
    "StringBuffer",
    "Sprintf",
    "sprintf",
    "literal",
    "Literal",
    "concat",
    "valueOf",
    "toString",
    "unprepared",
    "to_s",
    "freeze",
    // Of paths.
    "Path",
    "resolve",
    "absolute",
    "abspath",
    "expanduser",
    "normpath",
    "realpath",
    "normalize",
];

/// Whether a function of this name gives back the text that it is given, or one like it.
pub(super) fn gives_back(name: &str) -> bool {
    SAME_TEXT.contains(&name)
}

/// What a function is given that gives back the same text, or one like it.
pub(in crate::content::script) fn same_text(call: &Call) -> Option<&Shared> {
    let (on, name) = match &call.callee.form {
        Form::Name(name) => (None, name.as_str()),
        Form::Member(on, name) => (Some(on), name.as_str()),
        _ => return None,
    };
    let given = call.arguments.first().map(|it| &it.value).or(on);
    given.filter(|_| gives_back(name))
}
