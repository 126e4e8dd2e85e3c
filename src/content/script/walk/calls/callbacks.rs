//! What functions that are handed over are called with: what was asked for, or one after the other of what is found.

use std::rc::Rc;

use crate::content::script::Language;
use crate::content::script::state::State;
use crate::content::script::syntax::{Call, Expression, Form, Function, Shared};
use crate::content::script::walk::Walk;

/// Names of a first parameter that says what went wrong.
const FAULTS: &[&str] = &["err", "error", "e", "er", "_", "_err", "erro", "ex"];

/// Functions that go through a directory and all below it.
const WALKS: &[&str] = &["Walk", "WalkDir"];

impl Walk {
    /// Says what a function that is handed over gets.
    pub(in crate::content::script::walk) fn called_back(
        &mut self,
        call: &Call,
        function: &Function,
        state: &State,
        inside: &mut State,
    ) {
        let Form::Member(on, method) = &call.callee.form else { return };
        let [first, rest @ ..] = function.parameters.as_slice() else { return };
        let is_script = matches!(self.language, Language::JavaScript | Language::TypeScript);
        let one_of = |all: Shared| Expression::each(&all);
        // `filepath.WalkDir(root, func(path string, ...) error { ... })`.
        if WALKS.contains(&method.as_str())
            && let Some(root) = call.arguments.first()
        {
            inside.set(&first.name, one_of(self.resolve(&root.value, state)));
        }
        // `keys.on('data', (some) => ...)`.
        let event = call.arguments.first().and_then(|it| it.value.literal());
        if is_script && method == "on" && event.as_deref() == Some("data") {
            inside.set(&first.name, one_of(self.resolve(on, state)));
        }
        // `files.list(options, (error, found) => ...)`.
        if let Some(second) = rest.first().filter(|_| is_script)
            && FAULTS.contains(&first.name.as_str())
        {
            let callee = self.resolve(&call.callee, state);
            let given = call.arguments.iter().filter(|it| !is_function(&it.value)).cloned();
            let mut arguments: Vec<_> = given.collect();
            for it in &mut arguments {
                it.value = self.resolve(&it.value, state);
            }
            let value = Form::Call(Call { callee, arguments, block: None });
            inside.set(&second.name, Expression::new(function.line, value));
        }
    }
}

fn is_function(of: &Rc<Expression>) -> bool {
    matches!(of.form, Form::Lambda(_))
}
