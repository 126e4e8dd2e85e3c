//! Methods that PowerShell calls, on objects and on classes.

use tree_sitter::Node;

use super::File;
use super::commands::called;
use super::listings::handed_on;
use super::made::of_class;
use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::syntax::{Argument, Call, Command, Expression, Form, Shared};
use crate::content::script::tree::{children, field};

impl File<'_, '_> {
    /// `$server.KillDatabase("shop")`, `[Console]::ReadLine()`.
    pub(super) fn invocation(&self, node: Node) -> Form {
        let line = self.reader.line(node);
        let parts = children(node);
        let (Some(on), Some(name)) = (parts.first(), parts.get(1)) else {
            return Form::Other(self.all(node));
        };
        let on = self.expression(*on);
        let list = parts
            .iter()
            .find(|it| it.kind() == "argument_list")
            .and_then(|it| field(*it, "argument_expression_list"));
        let values = list.map(|it| self.all(it)).unwrap_or_default();
        let name = self.text(*name);
        let first = values.first().cloned();
        let owner = match &on.form {
            Form::Name(owner) => owner.as_str(),
            _ => "",
        };
        let last_of_owner = owner.trim_matches(['[', ']']).rsplit('.').next().unwrap_or_default();
        if let Some(form) = of_class(owner, &values, line).filter(|_| name.to_lowercase() == "new")
        {
            return form;
        }
        let arguments = |values: Vec<Shared>| {
            values.into_iter().map(|value| Argument { name: None, value }).collect()
        };
        match (last_of_owner, name.to_lowercase().as_str(), first) {
            ("environment", "getenvironmentvariable", Some(first)) => {
                Form::Environment(first.literal().unwrap_or_default(), None)
            }
            ("console", "readline" | "readkey", _) => called(line, "Read-Host", arguments(values)),
            ("messagebox", "show", _) => called(line, "prompt", arguments(values)),
            ("psboundparameters", "containskey", Some(first)) => {
                Form::Argument(first.literal().unwrap_or_default())
            }
            ("pscmdlet", "shouldprocess", _) => self.should_process(line),
            ("directory", "delete", Some(first)) => {
                let words = vec![
                    Expression::text(line, "Remove-Item"),
                    Expression::text(line, "-Recurse"),
                    first,
                ];
                Form::Command(Command { words, ..Command::default() })
            }
            ("string", "isnullorempty" | "isnullorwhitespace", _) => {
                Form::Not(Expression::new(line, called(line, "present", arguments(values))))
            }
            // `(Get-VM).ForEach({ ... })`.
            (_, "foreach", Some(first)) if matches!(first.form, Form::Lambda(_)) => {
                let each = called(line, "ForEach-Object", arguments(values));
                let mut parts = vec![on, Expression::new(line, each)];
                handed_on(&mut parts);
                Form::Pipe(parts)
            }
            (_, "readline" | "readkey", _) => called(line, "Read-Host", arguments(values)),
            _ => {
                let callee = Expression::new(line, Form::Member(on, name.to_owned()));
                Form::Call(Call { callee, arguments: arguments(values), block: None })
            }
        }
    }

    /// It asks where what is done is said to have a high impact; else it is there for `-WhatIf`.
    fn should_process(&self, line: u32) -> Form {
        if !self.asks.get() {
            let what_if = Expression::new(line, Form::Argument("WhatIf".to_owned()));
            return Form::Not(what_if);
        }
        let guard =
            Guard { kind: GuardKind::Framework, strength: Strength::Strong, line, defect: None };
        let value = Expression::new(line, Form::Argument("Confirm".to_owned()));
        let (if_false, unless_dry) = (Vec::new(), Vec::new());
        Form::Outcome { value, if_true: vec![guard], if_false, unless_dry }
    }
}
