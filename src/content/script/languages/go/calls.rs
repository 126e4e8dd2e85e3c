//! Calls in Go: what they stand for in the common form.

use std::rc::Rc;

use tree_sitter::Node;

use super::File;
use crate::content::script::languages::text::percents;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Shared};
use crate::content::script::tree::{children, field};

/// Functions that fill what they are given with what is typed.
const FILLS: &[&str] = &["Scanln", "Scan", "Scanf", "Fscanln", "Fscan", "Fscanf", "AskOne"];

/// What a function gives back that makes an error.
const FAULTS: &[&str] = &[
    "errors.New",
    "fmt.Errorf",
    "errors.Errorf",
    "errors.Wrap",
    "errors.Wrapf",
    "cli.Exit",
    "cli.NewExitError",
    "xerrors.New",
    "xerrors.Errorf",
];

impl<'a> File<'_, 'a> {
    pub(super) fn call(&self, node: Node) -> Form {
        let line = self.reader.line(node);
        let callee = self.of(node, "function");
        let name = field(node, "function").map(|it| self.text(it)).unwrap_or_default();
        let last = name.rsplit('.').next().unwrap_or_default();
        let nodes = field(node, "arguments").map(children).unwrap_or_default();
        let values: Vec<Shared> = nodes.iter().map(|it| self.expression(*it)).collect();
        let literal = values.first().and_then(|it| it.literal());
        if FAULTS.contains(&name) {
            return Form::Bool(true);
        }
        if let Some(made) = self.made_new(node) {
            return made;
        }
        // `pterm.DefaultInteractiveConfirm.Show("Go on?")`.
        if last == "Show" && name.contains("InteractiveConfirm") {
            return Form::Either(vec![self.confirmed(node)]);
        }
        // `slices.Contains(os.Args, "--force")`.
        if name == "slices.Contains"
            && nodes.first().is_some_and(|it| self.text(*it).starts_with("os.Args"))
            && let Some(flag) = values.get(1).and_then(|it| it.literal())
        {
            return Form::Argument(flag.trim_start_matches('-').to_owned());
        }
        if name == "fmt.Sprintf"
            && let Some((first, rest)) = values.split_first()
            && first.literal().is_some()
        {
            return Form::Text(percents(first, rest));
        }
        if matches!(name, "filepath.Join" | "path.Join") && values.len() > 1 {
            let between = |it: &Shared| vec![Expression::text(line, "/"), Rc::clone(it)];
            return Form::Join(values.iter().flat_map(between).skip(1).collect());
        }
        if let Some(form) = self.said(line, name, last, literal, &values) {
            return form;
        }
        // `rows.Scan(&id, &name)`: each is of one row.
        let fills = nodes.iter().any(|it| is_filled(self.text(*it)));
        if last == "Scan" && !matches!(name, "fmt.Scan" | "Scan") && fills {
            let on = match &callee.form {
                Form::Member(on, _) => Rc::clone(on),
                _ => Rc::clone(&callee),
            };
            let row = || Expression::each(&on);
            let filled = nodes.iter().filter(|it| is_filled(self.text(**it)));
            let sets = filled.map(|it| Form::Set(self.target(*it), row()));
            return Form::Other(sets.map(|it| Expression::new(line, it)).collect());
        }
        if FILLS.contains(&last)
            && let Some(variable) = nodes.iter().rev().find(|it| is_filled(self.text(**it)))
        {
            let confirms = nodes.iter().any(|it| self.is_yes_or_no(self.text(*it)));
            let ask = if confirms { self.confirmed(node) } else { self.asked(node) };
            return Form::Set(self.target(*variable), ask);
        }
        // `huh.NewConfirm().Value(&ok)`.
        if last == "Value"
            && name.contains("NewConfirm")
            && let [variable] = nodes.as_slice()
            && is_filled(self.text(*variable))
        {
            return Form::Set(self.target(*variable), self.confirmed(node));
        }
        let is_typed = self.is_asking && values.is_empty() && last == "Text";
        if is_typed {
            return Form::Either(vec![self.asked(node)]);
        }
        // `log.Fatal()`, and what ends a chain of it.
        if matches!(last, "Fatal" | "Fatalf" | "Fatalln" | "fatal" | "fatalf")
            || (name.contains(".Fatal()") && matches!(last, "Msg" | "Msgf" | "Send"))
        {
            return Form::Call(Call {
                callee: named(line, "log.Fatal"),
                arguments: Vec::new(),
                block: None,
            });
        }
        let mut arguments = self.arguments(&nodes, values);
        let callee = match name {
            // What it waits for is no word of the command.
            "exec.CommandContext" => {
                match arguments.iter().position(|it| it.name.as_deref() == Some("ctx")) {
                    Some(at) => drop(arguments.remove(at)),
                    None => drop(arguments.drain(..arguments.len().min(1))),
                }
                Expression::new(line, Form::Member(named(line, "exec"), "Command".to_owned()))
            }
            _ => callee,
        };
        Form::Call(Call { callee, arguments, block: None })
    }

    /// The arguments; what only carries deadlines comes last, by name.
    fn arguments(&self, nodes: &[Node], values: Vec<Shared>) -> Vec<Argument> {
        let is_context = nodes.first().is_some_and(|it| {
            let text = self.text(*it);
            matches!(text, "ctx" | "c" | "context" | "Ctx" | "dbCtx") && nodes.len() > 1
                || text == "ctx"
                || text.starts_with("context.")
                || text.ends_with(".ctx")
                || text.ends_with(".Context()")
        });
        let mut all: Vec<Argument> =
            values.into_iter().map(|value| Argument { name: None, value }).collect();
        if is_context && !all.is_empty() {
            let mut context = all.remove(0);
            context.name = Some("ctx".to_owned());
            all.push(context);
        }
        all
    }

    /// What the environment, or whoever runs the program, says.
    fn said(
        &self,
        line: u32,
        name: &str,
        last: &str,
        literal: Option<String>,
        values: &[Shared],
    ) -> Option<Form> {
        // The first of them that is not empty.
        if name == "cmp.Or" && values.len() > 1 {
            return Some(Form::Any(values.to_vec()));
        }
        let lower = last.to_lowercase();
        let literal = literal?;
        if lower == "getenv"
            || lower == "lookupenv"
            || lower.contains("getenv")
            || (name.starts_with("viper.Get") && !lower.contains("bool"))
        {
            let default = values.get(1).map(Rc::clone);
            let default = default.or_else(|| self.defaults.borrow().get(&literal).map(Rc::clone));
            return Some(Form::Environment(literal, default));
        }
        let on = name.rsplit_once('.').map_or("", |(on, _)| on);
        let is_flags = on == "flag"
            || on == "pflag"
            || on.ends_with("Flags()")
            || on.to_lowercase().ends_with("flagset")
            || on == "fs";
        match last {
            "Bool" | "BoolP" | "String" | "StringP" | "Int" if is_flags && values.len() > 1 => {
                let default = values.get(if last.ends_with('P') { 2 } else { 1 });
                default.iter().for_each(|it| self.declares(line, &literal, Rc::clone(it)));
                Some(Form::Argument(literal))
            }
            "GetBool" | "GetString" => Some(Form::Argument(literal)),
            "Bool" | "String"
                if matches!(on, "c" | "ctx" | "cCtx" | "cmd" | "cliCtx") && values.len() == 1 =>
            {
                Some(Form::Argument(literal))
            }
            _ => None,
        }
    }

    fn asked(&self, node: Node) -> Shared {
        let line = self.reader.line(node);
        Expression::new(
            line,
            Form::Call(Call {
                callee: named(line, "readline"),
                arguments: Vec::new(),
                block: None,
            }),
        )
    }

    /// Whether a question is one of yes or no: as it stands, or as the file makes it.
    fn is_yes_or_no(&self, text: &str) -> bool {
        text.contains("Confirm") || self.confirms.contains(text)
    }

    /// Whether a call is that of a prompt which fails where it is declined: one that is called so, or that the file makes with `IsConfirm`.
    pub(super) fn asks_by_prompt(&self, call: Node) -> bool {
        let Some(name) = self.text(call).strip_suffix(".Run()") else { return false };
        name.ends_with("rompt") || self.confirms.contains(name)
    }

    /// The name of a question of yes or no that the file makes: `p := promptui.Prompt{IsConfirm: true}`, `sure := &survey.Confirm{}`.
    pub(super) fn made_confirm(&self, node: Node) -> Option<&'a str> {
        let one = |name: &str| field(node, name).map(children).filter(|it| it.len() == 1)?.pop();
        let (name, value) = (one("left")?, one("right")?);
        let is_pointer = value.kind() == "unary_expression";
        let value = field(value, "operand").filter(|_| is_pointer).unwrap_or(value);
        let says = |it: &Node| {
            let pair = children(*it);
            pair.first().is_some_and(|it| self.text(*it) == "IsConfirm")
                && pair.last().is_some_and(|it| self.text(*it) != "false")
        };
        let confirms = match self.text(field(value, "type")?) {
            "survey.Confirm" => true,
            "promptui.Prompt" => field(value, "body").map(children)?.iter().any(says),
            _ => false,
        };
        confirms.then(|| self.text(name))
    }

    /// An answer that is yes or no.
    pub(super) fn confirmed(&self, node: Node) -> Shared {
        let line = self.reader.line(node);
        Expression::new(
            line,
            Form::Call(Call { callee: named(line, "confirm"), arguments: Vec::new(), block: None }),
        )
    }
}

/// `&answer`, but no value that is made up on the spot: `&dynamodb.ScanInput{...}`.
fn is_filled(text: &str) -> bool {
    text.starts_with('&') && !text.contains('{')
}

fn named(line: u32, name: &str) -> Shared {
    Expression::new(line, Form::Name(name.to_owned()))
}
