//! Names of a file that are looked up before it is read: functions that are waited for, and flags that functions set for others.

use std::collections::{HashMap, HashSet};

use tree_sitter::Node;

use super::super::Reader;
use super::{is_async, tasks};
use crate::content::script::tree::{children, field};

/// What holds the flags that functions set for others to read.
pub(super) const OUTER: &str = "module";

/// Modules whose functions ask, and promise an answer.
const PROMPTS: &[&str] = &[
    "@inquirer/prompts",
    "@inquirer/confirm",
    "@inquirer/input",
    "@clack/prompts",
    "inquirer",
    "enquirer",
    "prompts",
];

/// Flags that are looked at.
const FLAGS: usize = 40;

/// Nodes of one function that are gone through for a name that it declares.
const NODES: usize = 20_000;

/// What is known of the names in a file.
#[derive(Default)]
pub(super) struct Known<'a> {
    /// Functions that others have to wait for.
    pub(super) asyncs: HashSet<&'a str>,
    /// Names from modules whose questions are answered by a promise.
    pub(super) asking: HashSet<&'a str>,
    /// Names that a function sets to true or false, or fills as lists, and that it did not declare.
    pub(super) shared: HashSet<&'a str>,
    /// Names that are declared for all of the file, and that functions may set; what each function sets of them, by its place.
    tops: HashSet<&'a str>,
    pub(super) outer: HashMap<usize, Vec<&'a str>>,
    /// Lists that begin without elements.
    pub(super) lists: HashSet<&'a str>,
    /// Functions that answer requests and events.
    pub(super) handlers: HashSet<&'a str>,
    /// Names that are called.
    pub(super) called: HashSet<&'a str>,
    /// Its functions are tasks of gulp where it exports them.
    pub(super) has_gulp: bool,
    /// It is a command of yargs.
    pub(super) has_command: bool,
    /// What it exports is called from pages of Next.
    pub(super) has_actions: bool,
    /// It has commands of oclif.
    pub(super) has_commands: bool,
}

impl<'a> Known<'a> {
    fn function(&mut self, reader: &Reader<'a>, name: &'a str, function: Node) {
        if gives_promise(reader, function) {
            self.asyncs.insert(name);
        }
        if tasks::first_parameter(function)
            .is_some_and(|it| tasks::REQUESTS.contains(&reader.text(it)))
        {
            self.handlers.insert(name);
        }
    }
}

/// The name of a value that has none in the text.
pub(super) fn passing(node: Node) -> String {
    format!("%{}", node.start_byte())
}

/// Looks the names of a file up.
pub(super) fn known<'a>(reader: &Reader<'a>, root: Node) -> Known<'a> {
    let mut known = Known::default();
    let text = reader.text(root);
    known.has_gulp = ["'gulp'", "\"gulp\""].iter().any(|it| text.contains(it));
    known.has_commands = text.contains("@oclif");
    let begins = text.trim_start();
    known.has_actions = ["'use server'", "\"use server\""].iter().any(|it| begins.starts_with(it));
    known.has_command = text.contains("exports.command");
    let mut flags = 0;
    each(root, usize::MAX, |node| {
        if brings(reader, node)
            && first_text(reader, node)
                .is_some_and(|it| PROMPTS.contains(&it.trim_matches(['\'', '"'])))
        {
            known.asking.extend(declared(reader, node));
        }
        match node.kind() {
            "call_expression" => {
                if let Some(list) = pushed(reader, node)
                    && known.lists.contains(list)
                    && flags < FLAGS
                {
                    flags += 1;
                    if is_of_others(reader, node, list) {
                        known.shared.insert(list);
                    }
                }
                let name = field(node, "function").filter(|it| it.kind() == "identifier");
                known.called.extend(name.map(|it| reader.text(it)));
            }
            "function_declaration" | "generator_function_declaration" | "method_definition" => {
                if let Some(name) = field(node, "name") {
                    known.function(reader, reader.text(name), node);
                }
            }
            "variable_declarator"
            | "pair"
            | "public_field_definition"
            | "assignment_expression" => {
                let name = field(node, "name").or(field(node, "key")).or(field(node, "left"));
                let value = field(node, "value").or(field(node, "right"));
                if let (Some(name), Some(value)) = (name, value)
                    && matches!(value.kind(), "arrow_function" | "function_expression")
                {
                    known.function(reader, reader.text(name), value);
                }
                if let Some(name) = name.filter(|_| is_top(node)) {
                    known.tops.insert(reader.text(name));
                }
                if let Some(name) = name.filter(|it| it.kind() == "identifier")
                    && node.kind() == "assignment_expression"
                    && known.tops.contains(reader.text(name))
                    && flags < FLAGS
                    && let Some(function) = sets_for_others(reader, node, reader.text(name))
                {
                    flags += 1;
                    known.outer.entry(function.start_byte()).or_default().push(reader.text(name));
                }
                if let (Some(name), Some(value)) = (name, value)
                    && node.kind() == "variable_declarator"
                    && value.kind() == "array"
                    && value.named_child_count() == 0
                {
                    known.lists.insert(reader.text(name));
                }
                if node.kind() == "assignment_expression"
                    && let (Some(name), Some(value)) = (name, value)
                    && name.kind() == "identifier"
                    && (matches!(value.kind(), "true" | "false")
                        || known.lists.contains(reader.text(name)))
                    && flags < FLAGS
                {
                    flags += 1;
                    if is_of_others(reader, node, reader.text(name)) {
                        known.shared.insert(reader.text(name));
                    }
                }
            }
            _ => {}
        }
        true
    });
    known
}

/// Whether a node brings names of a module.
fn brings(reader: &Reader, node: Node) -> bool {
    let value = field(node, "value").filter(|_| node.kind() == "variable_declarator");
    let is_import = |it: &str| it.starts_with("require(") || it.starts_with("await import(");
    node.kind() == "import_statement" || value.is_some_and(|it| is_import(reader.text(it)))
}

/// The names that an import or a pattern declares.
pub(super) fn declared<'a>(reader: &Reader<'a>, node: Node) -> Vec<&'a str> {
    let mut all = Vec::new();
    each(node, 400, |it| {
        let is_name = match it.kind() {
            "identifier" => !it.parent().is_some_and(|up| {
                up.kind() == "import_specifier"
                    && field(up, "alias").is_some_and(|alias| alias != it)
            }),
            kind => kind == "shorthand_property_identifier_pattern",
        };
        all.extend(is_name.then(|| reader.text(it)));
        true
    });
    all
}

/// The names that an import or a pattern gives to what is called otherwise where it comes from, and that: `{ rm as remove }`,
/// `{ rm: remove }`.
pub(super) fn renamed<'a>(reader: &Reader<'a>, node: Node) -> Vec<(&'a str, &'a str)> {
    let mut all = Vec::new();
    each(node, 400, |it| {
        let (name, alias) = match it.kind() {
            "import_specifier" => (field(it, "name"), field(it, "alias")),
            "pair_pattern" => (field(it, "key"), field(it, "value")),
            _ => (None, None),
        };
        let alias = alias.filter(|it| it.kind() == "identifier");
        all.extend(alias.zip(name).map(|(alias, name)| (reader.text(alias), reader.text(name))));
        true
    });
    all
}

/// The first text that stands in a node, with its quotes.
pub(super) fn first_text<'a>(reader: &Reader<'a>, node: Node) -> Option<&'a str> {
    let mut found = None;
    each(node, 400, |it| {
        if it.kind() == "string" {
            found = Some(reader.text(it));
        }
        found.is_none()
    });
    found
}

/// The name of the list that a call pushes to.
pub(super) fn pushed<'a>(reader: &Reader<'a>, call: Node) -> Option<&'a str> {
    let callee = field(call, "function").filter(|it| it.kind() == "member_expression")?;
    let list = field(callee, "object").filter(|it| it.kind() == "identifier")?;
    let is_push = field(callee, "property").is_some_and(|it| reader.text(it) == "push");
    is_push.then(|| reader.text(list))
}

/// Whether a function is asynchronous, by its mark or by what it gives back at once.
fn gives_promise(reader: &Reader, node: Node) -> bool {
    let is_made = |it: Node| {
        let class = field(it, "constructor").filter(|_| it.kind() == "new_expression");
        class.is_some_and(|it| reader.text(it) == "Promise")
    };
    let body = field(node, "body");
    let given = body.map(children).unwrap_or_default().into_iter();
    let mut given = given.filter(|it| it.kind() == "return_statement");
    is_async(node)
        || field(node, "return_type").is_some_and(|it| reader.text(it).contains("Promise<"))
        || body.is_some_and(is_made)
        || given.any(|it| children(it).first().is_some_and(|it| is_made(*it)))
}

/// Whether a variable is declared for all of the file, and may be set.
fn is_top(node: Node) -> bool {
    let list = node.parent().filter(|_| node.kind() == "variable_declarator");
    let is_constant = |it: Node| field(it, "kind").is_some_and(|it| it.kind() == "const");
    list.is_some_and(|it| !is_constant(it) && it.parent().is_some_and(|up| up.kind() == "program"))
}

/// Whether a name that is set at this place is declared outside of the function around it.
fn is_of_others(reader: &Reader, node: Node, name: &str) -> bool {
    sets_for_others(reader, node, name).is_some()
}

/// The function around this place, where a name that it sets there is declared outside of it.
fn sets_for_others<'a>(reader: &Reader, node: Node<'a>, name: &str) -> Option<Node<'a>> {
    let mut function = node.parent();
    while let Some(it) = function {
        let is_function = matches!(
            it.kind(),
            "function_declaration"
                | "generator_function_declaration"
                | "arrow_function"
                | "function_expression"
                | "method_definition"
        );
        if is_function {
            break;
        }
        function = it.parent();
    }
    let function = function?;
    let mut is_own = false;
    each(function, NODES, |it| {
        let declared = match it.kind() {
            "variable_declarator" => field(it, "name"),
            "required_parameter" | "optional_parameter" => field(it, "pattern"),
            "arrow_function" => field(it, "parameter"),
            "shorthand_property_identifier_pattern" => Some(it),
            _ => None,
        };
        is_own |= declared.is_some_and(|it| reader.text(it) == name);
        !is_own
    });
    (!is_own).then_some(function)
}

/// Goes through a node and all below it, until `see` has seen enough.
fn each(root: Node, most: usize, mut see: impl FnMut(Node) -> bool) {
    let mut cursor = root.walk();
    let mut left = most;
    loop {
        if left == 0 || !see(cursor.node()) {
            return;
        }
        left -= 1;
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}
