//! Java.

mod calls;
mod classes;
mod entries;
mod expressions;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use tree_sitter::Node;

use super::Reader;
use crate::content::script::syntax::{
    Act, Arm, Block, Expression, Form, Loop, Parameter, Shared, Statement,
};
use crate::content::script::tree::{children, field, fields};

pub(in crate::content::script) use calls::CALLED_ON;

/// A file as it is read.
struct File<'r, 'a> {
    reader: &'r Reader<'a>,
    /// The types that fields, parameters and variables are declared with, by their names.
    types: HashMap<String, String>,
    classes: HashSet<String>,
    /// Classes of the file that have a constructor.
    made: HashSet<String>,
    /// Methods of which there are several that take another number of arguments.
    overloads: HashSet<String>,
    /// Methods that remove a directory that they are given, and call themselves with all below it.
    removers: HashSet<String>,
    /// Constructors that run before the statement at hand.
    before: RefCell<Block>,
    /// It reads what is typed.
    is_asking: bool,
}

/// Words of files that are tests.
const OF_TESTS: &[&str] = &[
    "import org.junit.",
    "import static org.junit.",
    "import org.testng.",
    "import org.testcontainers.",
    "import io.cucumber.",
    "import org.springframework.boot.test.",
    "import org.springframework.test.",
];

/// The statements of a file.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    let text = reader.source.text;
    if OF_TESTS.iter().any(|it| text.contains(it)) {
        return Block::new();
    }
    let file = File {
        reader,
        types: HashMap::new(),
        classes: HashSet::new(),
        made: HashSet::new(),
        overloads: HashSet::new(),
        removers: HashSet::new(),
        before: RefCell::default(),
        is_asking: ["System.in", "System.console()", "IO.readln"]
            .iter()
            .any(|it| text.contains(it)),
    };
    let file = file.surveyed(root);
    file.block(root)
}

impl<'a> File<'_, 'a> {
    fn text(&self, node: Node) -> &'a str {
        self.reader.text(node)
    }

    /// The text of the child of this field; empty where there is none.
    fn word(&self, node: Node, name: &str) -> &'a str {
        field(node, name).map_or("", |it| self.text(it))
    }

    /// Looks up what the file declares before it is read.
    fn surveyed(mut self, root: Node) -> Self {
        let mut arities: HashMap<String, usize> = HashMap::new();
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let kind = field(node, "type").map(|it| self.text(it)).unwrap_or_default();
            match node.kind() {
                "field_declaration" | "local_variable_declaration" => {
                    for it in fields(node, "declarator") {
                        let made = field(it, "value").map(|it| self.word(it, "type"));
                        let kind = if kind == "var" { made.unwrap_or(kind) } else { kind };
                        self.types.insert(self.word(it, "name").to_owned(), kind.to_owned());
                    }
                }
                "formal_parameter" | "resource" => {
                    self.types.insert(self.word(node, "name").to_owned(), kind.to_owned());
                }
                "class_declaration" | "enum_declaration" | "record_declaration" => {
                    self.classes.insert(self.word(node, "name").to_owned());
                }
                "constructor_declaration" => {
                    self.made.insert(self.word(node, "name").to_owned());
                }
                "method_declaration" => {
                    let name = self.word(node, "name").to_owned();
                    let n = field(node, "parameters").map_or(0, |it| children(it).len());
                    if *arities.entry(name.clone()).or_insert(n) != n {
                        self.overloads.insert(name.clone());
                    }
                    if n == 1 && removes_all_below(self.word(node, "body"), &name) {
                        self.removers.insert(name);
                    }
                }
                _ => {}
            }
            open.extend(children(node));
        }
        self
    }

    /// The name of a method of the file that takes this many arguments.
    fn method(&self, name: &str, arguments: usize) -> String {
        match self.overloads.contains(name) {
            true => format!("{name}/{arguments}"),
            false => name.to_owned(),
        }
    }

    fn block(&self, node: Node) -> Block {
        self.reader
            .deeper(|| children(node).into_iter().flat_map(|it| self.statement(it)).collect())
            .unwrap_or_default()
    }

    /// What stands under this name, as a block.
    fn body(&self, node: Node, name: &str) -> Block {
        match field(node, name) {
            Some(it) => self.reader.deeper(|| self.statement(it)).unwrap_or_default(),
            None => Block::new(),
        }
    }

    /// A statement, behind the constructors that run before it.
    fn statement(&self, node: Node) -> Block {
        let outer = self.before.take();
        let read = self.act(node);
        let mut all = self.before.replace(outer);
        all.extend(read);
        all
    }

    fn act(&self, node: Node) -> Block {
        let line = self.reader.line(node);
        let one = |act| vec![Statement { line, act }];
        let first = || children(node).first().map(|it| self.expression(*it));
        match node.kind() {
            "block" | "constructor_body" | "ERROR" => one(Act::Block(self.block(node))),
            "expression_statement" => {
                children(node).first().map(|it| self.run(*it)).unwrap_or_default()
            }
            "local_variable_declaration" | "field_declaration" => self.variables(node),
            "if_statement" => one(Act::If {
                test: self.of(node, "condition"),
                then: self.body(node, "consequence"),
                otherwise: self.body(node, "alternative"),
            }),
            "switch_expression" => one(self.switch(node)),
            "for_statement" | "while_statement" | "do_statement" | "enhanced_for_statement" => {
                self.repeat(node)
            }
            "try_statement" | "try_with_resources_statement" => self.attempt(node),
            "return_statement" => one(Act::Return(first())),
            "throw_statement" => one(Act::Throw(first())),
            "break_statement" => one(Act::Break),
            "continue_statement" => one(Act::Continue),
            "labeled_statement" => {
                children(node).last().map(|it| self.statement(*it)).unwrap_or_default()
            }
            "synchronized_statement" => self.body(node, "body"),
            "class_declaration"
            | "enum_declaration"
            | "record_declaration"
            | "interface_declaration" => one(self.class(node)),
            // A file of one class that is not written down.
            "method_declaration" => self.method_of(node, &entries::Owner::default()),
            _ => Vec::new(),
        }
    }

    /// An expression that stands alone.
    fn run(&self, node: Node) -> Block {
        let line = self.reader.line(node);
        let value = self.expression(node);
        let act = match &value.form {
            Form::Set(name, value) => Act::Set(name.clone(), value.clone()),
            _ => Act::Run(value),
        };
        vec![Statement { line, act }]
    }

    fn variables(&self, node: Node) -> Block {
        let mut all = Block::new();
        for it in fields(node, "declarator") {
            let Some(value) = field(it, "value") else { continue };
            let name = self.word(it, "name").to_owned();
            let line = self.reader.line(it);
            all.push(Statement { line, act: Act::Set(name, self.expression(value)) });
        }
        all
    }

    fn switch(&self, node: Node) -> Act {
        let mut arms = Vec::new();
        for it in field(node, "body").map(children).unwrap_or_default() {
            let parts = children(it);
            let labels = parts.iter().filter(|it| it.kind() == "switch_label");
            let patterns = labels.flat_map(|it| children(*it)).map(|it| self.expression(it));
            let patterns: Vec<Shared> = patterns.collect();
            let body = parts.iter().filter(|it| it.kind() != "switch_label");
            let body = self
                .reader
                .deeper(|| body.flat_map(|it| self.statement(*it)).collect())
                .unwrap_or_default();
            let falls_through = it.kind() == "switch_block_statement_group";
            arms.push(Arm { patterns, body, falls_through });
        }
        Act::Switch { subject: self.of(node, "condition"), arms }
    }

    fn repeat(&self, node: Node) -> Block {
        let line = self.reader.line(node);
        let body = self.body(node, "body");
        let mut all = Block::new();
        let mut it = Loop { variable: None, over: None, test: None, body, runs_first: false };
        match node.kind() {
            "enhanced_for_statement" => {
                it.variable = Some(self.word(node, "name").to_owned());
                it.over = Some(self.of(node, "value"));
            }
            "for_statement" => {
                for init in fields(node, "init") {
                    match init.kind() {
                        "local_variable_declaration" => all.extend(self.variables(init)),
                        _ => all.extend(self.run(init)),
                    }
                }
                it.over = Some(Expression::new(line, Form::Other(Vec::new())));
            }
            _ => {
                it.test = Some(self.of(node, "condition"));
                it.runs_first = node.kind() == "do_statement";
            }
        }
        all.push(Statement { line, act: Act::Loop(it) });
        all
    }

    fn attempt(&self, node: Node) -> Block {
        let line = self.reader.line(node);
        let mut all = Block::new();
        for it in field(node, "resources").map(children).unwrap_or_default() {
            let line = self.reader.line(it);
            if field(it, "value").is_some() {
                let name = self.word(it, "name").to_owned();
                all.push(Statement { line, act: Act::Set(name, self.of(it, "value")) });
            }
        }
        let clauses = children(node);
        let finally = clauses.iter().filter(|it| it.kind() == "finally_clause");
        let finally = finally.flat_map(|it| self.block(*it)).collect();
        let handlers = clauses.iter().filter(|it| it.kind() == "catch_clause");
        let handlers = handlers.map(|it| self.body(*it, "body")).collect();
        let body = self.body(node, "body");
        all.push(Statement {
            line,
            act: Act::Try { body, handlers, otherwise: Block::new(), finally },
        });
        all
    }

    fn parameters(&self, node: Node) -> Vec<Parameter> {
        let name = |it: Node| match it.kind() {
            "identifier" => Some(self.text(it).to_owned()),
            "spread_parameter" => {
                let declarator = children(it).into_iter().last()?;
                Some(self.word(declarator, "name").to_owned())
            }
            _ => field(it, "name").map(|it| self.text(it).to_owned()),
        };
        let all = if node.kind() == "identifier" { vec![node] } else { children(node) };
        all.into_iter().filter_map(name).map(|name| Parameter { name, default: None }).collect()
    }
}

/// Whether the body of a method lists a directory, calls itself and deletes, and looks at no name or age.
fn removes_all_below(body: &str, name: &str) -> bool {
    let has = |all: &[&str]| all.iter().any(|it| body.contains(it));
    has(&[".listFiles()", ".list()", "newDirectoryStream("])
        && has(&[".delete()", "Files.delete(", "Files.deleteIfExists("])
        && body.contains(&format!("{name}("))
        && !has(&["endsWith", "startsWith", "matches(", "equals(", "lastModified", "contains("])
}
