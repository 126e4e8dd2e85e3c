//! Functions and classes of PHP, and which of their methods a framework runs as a command.

use std::rc::Rc;

use tree_sitter::Node;

use super::expressions::{constant, expression};
use super::{Php, block};
use crate::content::script::Reach;
use crate::content::script::syntax::{
    Act, Block, Class, Expression, Form, Function, Parameter, Statement,
};
use crate::content::script::tree::{children, field, has};

/// Words in a file that is of a framework for commands.
const COMMANDS: &[&str] = &[
    "\\Console",
    "Symfony\\Component\\Console",
    "WP_CLI",
    "CConsoleCommand",
    "yii\\console",
    "Drush",
    "Robo\\Tasks",
    "CodeIgniter\\CLI",
    "Cake\\Command",
    "AppShell",
    "$signature",
    "extends Command",
    "AsCommand",
    "Hyperf\\",
    "Phalcon\\C",
    "CommandController",
    "BaseTask",
];

/// The methods of commands that their frameworks run.
const RUN: &[&str] = &["handle", "fire", "execute", "run", "main", "__invoke", "doExecute"];

/// Classes whose public methods are commands, each by its own.
const EACH: &[&str] = &["WP_CLI_Command", "DrushCommands", "Tasks", "Shell", "AppShell"];

/// Whether a text is of a framework for commands.
pub(super) fn has_commands(text: &str) -> bool {
    COMMANDS.iter().any(|it| text.contains(it))
}

/// A function of any kind.
pub(super) fn function(php: &Php, node: Node) -> Function {
    let line = php.line(node);
    let mut body = match field(node, "body") {
        Some(it) if it.kind() == "compound_statement" => block(php, it),
        Some(it) => vec![Statement { line, act: Act::Return(Some(expression(php, it))) }],
        None => Block::new(),
    };
    // `__construct(private PDO $pdo)`.
    for it in field(node, "parameters").map(children).unwrap_or_default() {
        let name = field(it, "name").filter(|_| it.kind() == "property_promotion_parameter");
        if let Some(name) = name.map(|it| php.variable(it)) {
            let value = Expression::new(line, Form::Name(name.clone()));
            body.insert(0, Statement { line, act: Act::Set(format!("this.{name}"), value) });
        }
    }
    Function {
        name: field(node, "name").map(|it| php.text(it).to_owned()).unwrap_or_default(),
        line,
        parameters: parameters(php, node),
        body,
        ..Function::default()
    }
}

fn parameters(php: &Php, node: Node) -> Vec<Parameter> {
    let of = |it: Node| {
        // `string ...$args` takes all that are left.
        let star = if it.kind() == "variadic_parameter" { "*" } else { "" };
        let name = format!("{star}{}", php.variable(field(it, "name")?));
        let default = field(it, "default_value").map(|it| expression(php, it));
        Some(Parameter { name, default })
    };
    field(node, "parameters").map(children).unwrap_or_default().into_iter().filter_map(of).collect()
}

/// The last part of a name in a namespace.
pub(super) fn bare(name: &str) -> &str {
    name.rsplit('\\').next().unwrap_or_default()
}

/// A class: its methods, and what its fields and constants are where nothing sets them.
pub(super) fn class(php: &Php, node: Node) -> Act {
    let name = field(node, "name").map(|it| php.text(it).to_owned()).unwrap_or_default();
    let base = children(node).into_iter().find(|it| it.kind() == "base_clause");
    let base = base.and_then(|it| children(it).first().map(|it| bare(php.text(*it))));
    let runs = Runs::of(php, node, &name, base.unwrap_or_default());
    let mut body = Block::new();
    for it in field(node, "body").map(children).unwrap_or_default() {
        let line = php.line(it);
        match it.kind() {
            "method_declaration" => {
                let mut function = function(php, it);
                if runs.is_run(php, it, &function.name) {
                    function.called_by = Some(Reach::Task);
                }
                body.push(Statement { line, act: Act::Define(Rc::new(function)) });
            }
            "const_declaration" => body.extend(constants(php, it, "self.")),
            "property_declaration" => body.extend(fields_of(php, it)),
            _ => {}
        }
    }
    Act::Class(Rc::new(Class { name, base: base.map(str::to_owned), body }))
}

/// Which methods of a class are run from outside.
enum Runs {
    None,
    /// That of this name for all of it.
    Whole,
    /// Every public one.
    Each,
    /// Those whose names begin with `action`.
    Actions,
    /// The one that says when others are run.
    Schedule,
    /// Those whose names end so: `cleanAction` of Phalcon, `cleanCommand` of TYPO3.
    Ending(&'static str),
}

impl Runs {
    fn of(php: &Php, node: Node, name: &str, base: &str) -> Runs {
        let text = || php.reader.source.text;
        // Seeders of Laravel, Phinx and CakePHP: their commands ask in production alone, or not at all.
        if matches!(base, "Seeder" | "AbstractSeed" | "BaseSeed") {
            return Runs::Whole;
        }
        // What Laravel runs at its times.
        if matches!(base, "ConsoleKernel" | "Kernel") && text().contains("Schedule $schedule") {
            return Runs::Schedule;
        }
        // A script of MediaWiki, which the file runs by its last line.
        if base == "Maintenance" && text().contains("RUN_MAINTENANCE_IF_MAIN") {
            return Runs::Whole;
        }
        if !php.has_commands {
            return Runs::None;
        }
        let is_added = || {
            text().contains("WP_CLI::add_command")
                && [format!("'{name}'"), format!("{name}::class"), format!("\"{name}\"")]
                    .iter()
                    .any(|it| text().contains(it.as_str()))
        };
        if EACH.contains(&base) || is_added() {
            return Runs::Each;
        }
        if base == "CConsoleCommand" || (base == "Controller" && text().contains("yii\\console")) {
            return Runs::Actions;
        }
        if base == "CommandController" {
            return Runs::Ending("Command");
        }
        if base == "Task" && text().contains("Phalcon") {
            return Runs::Ending("Action");
        }
        // `sfBaseTask`, `sfDoctrineBaseTask` of symfony 1.
        if base.starts_with("sf") && base.ends_with("BaseTask") {
            return Runs::Whole;
        }
        let is_marked =
            field(node, "attributes").is_some_and(|it| php.text(it).contains("AsCommand"));
        match is_marked || base.ends_with("Command") || base.ends_with("GeneratorCommand") {
            true => Runs::Whole,
            false => Runs::None,
        }
    }

    fn is_run(&self, php: &Php, method: Node, name: &str) -> bool {
        let hidden = ["private", "protected", "abstract"];
        let is_hidden = children(method).into_iter().any(|it| {
            matches!(it.kind(), "visibility_modifier" | "abstract_modifier")
                && hidden.contains(&php.text(it))
        });
        match self {
            Runs::None => false,
            Runs::Whole => RUN.contains(&name),
            Runs::Each => !is_hidden && (!name.starts_with('_') || name == "__invoke"),
            Runs::Actions => !is_hidden && (name.starts_with("action") || name == "run"),
            Runs::Schedule => name == "schedule",
            Runs::Ending(end) => !is_hidden && name.ends_with(end),
        }
    }
}

/// What constants stand for, under names that begin so.
pub(super) fn constants(php: &Php, node: Node, on: &str) -> Block {
    let set = |it: Node| {
        let [name, .., value] = children(it)[..] else { return None };
        let name = constant(&format!("{on}{}", php.text(name)));
        let act = Act::Set(name, expression(php, value));
        Some(Statement { line: php.line(it), act })
    };
    children(node).into_iter().filter(|it| it.kind() == "const_element").filter_map(set).collect()
}

fn fields_of(php: &Php, node: Node) -> Block {
    let is_static = has(node, "static_modifier")
        || children(node).iter().any(|it| it.kind() == "static_modifier");
    let on = if is_static { "self" } else { "this" };
    let set = |it: Node| {
        let name = php.text(field(it, "name")?).trim_start_matches('$');
        let value = expression(php, field(it, "default_value")?);
        // What nothing is said of is not the text that stands for nothing.
        let is_known = !matches!(value.form, Form::Nothing | Form::Bool(_));
        let act = Act::Set(format!("{on}.{name}"), value);
        is_known.then(|| Statement { line: php.line(it), act })
    };
    children(node).into_iter().filter_map(set).collect()
}
