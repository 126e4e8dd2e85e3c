//! Objects of the classes of a file: what makes them, what their fields are, and functions with some of their arguments.

use std::rc::Rc;

use crate::content::script::Language;
use crate::content::script::guards::called;
use crate::content::script::state::State;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Function, Shared};
use crate::content::script::value::{OBJECT, way};
use crate::content::script::walk::Walk;

/// Methods that make an object of a class.
const MAKES: &[&str] = &["__init__", "constructor", "__construct", "initialize"];

/// Those that are run where it is the context of a block.
const ENTERS: &[&str] = &["__enter__", "__aenter__"];

/// Functions that hand over what follows another function to that one.
const HAND_ON: &[&str] = &[
    "submit",
    "to_thread",
    "run_in_executor",
    "apply_async",
    "apply",
    "call_soon",
    "call_later",
    "start_new_thread",
    "nextTick",
    "retry_call",
];

/// Values that one name may have stood for, at most.
const MOST: usize = 8;

/// Whether a name is that of the object whose method it stands in.
pub(super) fn is_itself(name: &str) -> bool {
    matches!(name, "self" | "this" | "cls" | "$this" | "static")
}

/// Whether a name is that of the class which another one comes from.
fn is_base(of: &Expression) -> bool {
    match &of.form {
        Form::Name(name) => matches!(name.as_str(), "super" | "parent"),
        Form::Call(call) => matches!(&call.callee.form, Form::Name(name) if name == "super"),
        _ => false,
    }
}

impl Walk {
    /// What stands before the names of fields in the names of a language that has them so.
    fn itself(&self) -> Option<&'static str> {
        match self.language {
            Language::Python => Some("self."),
            Language::JavaScript | Language::TypeScript | Language::Php => Some("this."),
            Language::Ruby => Some("@"),
            _ => None,
        }
    }

    /// Goes through what makes an object of a class of the file: its fields are known then.
    pub(in crate::content::script::walk) fn makes_object(
        &mut self,
        of: &Shared,
        call: &Call,
        state: &mut State,
    ) {
        let Form::Name(class) = &call.callee.form else { return };
        if !self.classes.contains(class) {
            return;
        }
        self.takes_fields_of(class, state);
        let own = |it: &&str| self.functions.own_method(class, it).cloned();
        let only = |it: &&str| {
            let is_one = self.classes.len() == 1;
            self.functions.get(it).filter(|_| is_one).cloned()
        };
        let makes = MAKES.iter().find_map(own).or_else(|| MAKES.iter().find_map(only));
        let enters = ENTERS.iter().find_map(own);
        let plain = Call { callee: Rc::clone(&call.callee), arguments: Vec::new(), block: None };
        for (function, call) in [(makes, call), (enters, &plain)] {
            if let Some(function) = function {
                self.inline(&function, of, call, state);
                // What it gives back is the object.
                self.returned.remove(&Rc::as_ptr(of));
            }
        }
        if let Some(itself) = self.itself() {
            let known = Expression::text(of.line, itself);
            state.set(&format!("{OBJECT}{class}"), known);
        }
        self.keeps_fields(class, state);
    }

    /// The fields that a class, or one that it comes from, sets for all its objects.
    fn takes_fields_of(&self, class: &str, state: &mut State) {
        let Some(itself) = self.itself() else { return };
        let line: Vec<&str> = self.functions.line_of(class).collect();
        let mut found = Vec::new();
        for class in line.into_iter().rev() {
            let start = format!("{class}.");
            let of_it = state.names.iter().filter_map(|(name, value)| {
                let field = name.strip_prefix(&start)?;
                Some((format!("{itself}{field}"), Rc::clone(value)))
            });
            found.extend(of_it.collect::<Vec<_>>());
        }
        for (name, value) in found {
            state.set(&name, value);
        }
    }

    /// Keeps the fields of an object where there are others of other classes.
    fn keeps_fields(&mut self, class: &str, state: &State) {
        let Some(itself) = self.itself().filter(|_| self.classes.len() > 1) else { return };
        let of_it = state.names.iter().filter(|(name, _)| name.starts_with(itself));
        let fields = of_it.map(|(name, value)| (name.clone(), Rc::clone(value))).collect();
        self.objects.insert(class.to_owned(), fields);
    }

    /// The class of the object of which a call, from outside of it, is a method.
    pub(in crate::content::script::walk) fn class_called(
        &self,
        call: &Call,
        state: &State,
    ) -> Option<String> {
        let Form::Member(on, _) = &call.callee.form else { return None };
        if self.classes.len() < 2 || matches!(&on.form, Form::Name(it) if is_itself(it)) {
            return None;
        }
        let value = self.resolve(on, state);
        let class = self.class_of(on, &value)?;
        self.classes.contains(class).then(|| class.to_owned())
    }

    /// Goes by the fields of an object of this class.
    pub(in crate::content::script::walk) fn takes_fields(&self, class: &str, state: &mut State) {
        for (name, value) in self.objects.get(class).into_iter().flatten() {
            state.set(name, Rc::clone(value));
        }
    }

    /// Keeps what a method has done to the fields of its object.
    pub(in crate::content::script::walk) fn leaves_fields(
        &mut self,
        class: Option<String>,
        state: &State,
    ) {
        if let Some(class) = class {
            self.keeps_fields(&class, state);
        }
    }

    /// `super().__init__(url)`, `super(url)`: the method of the class that this one comes from.
    pub(in crate::content::script::walk) fn of_base(&self, call: &Call) -> Option<Rc<Function>> {
        let is_said = match &call.callee.form {
            Form::Member(on, _) => is_base(on),
            _ => is_base(&call.callee),
        };
        let within = self.stack.iter().rev().filter(|_| is_said);
        let class = within.filter_map(|it| self.functions.owner(*it)).next()?;
        let base = self.functions.base_of(class)?;
        match &call.callee.form {
            Form::Member(_, name) => self.functions.own_method(base, name).cloned(),
            _ => MAKES.iter().find_map(|it| self.functions.own_method(base, it)).cloned(),
        }
    }

    /// The call that `partial(wipe, url)()` and `wipe.call(null, url)` stand for.
    pub(in crate::content::script::walk) fn bound(
        &self,
        call: &Call,
        state: &State,
    ) -> Option<Call> {
        let (function, given) = match &call.callee.form {
            // `wipe.call(url)` of Ruby.
            Form::Member(on, name) if self.language == Language::Ruby => {
                if !matches!(name.as_str(), "call" | "()" | "yield") {
                    return None;
                }
                let known = self.resolve(on, state);
                let is_function = match &known.form {
                    Form::Lambda(_) => true,
                    Form::Index(all, _) => matches!(all.form, Form::Map(_)),
                    _ => false,
                };
                let arguments = call.arguments.clone();
                return is_function.then_some(Call { callee: known, arguments, block: None });
            }
            Form::Member(on, name) if matches!(name.as_str(), "call" | "apply") => {
                let function = self.resolve(on, state);
                let rest = call.arguments.get(1..)?.to_vec();
                let rest = match rest.as_slice() {
                    [one] if name == "apply" => listed(&self.resolve(&one.value, state)),
                    _ => rest,
                };
                (function, rest)
            }
            Form::Name(name) if !state.names.contains_key(name) => return None,
            Form::Name(_) | Form::Call(_) => {
                let is_bound = |it: &Call| match &it.callee.form {
                    Form::Name(name) | Form::Member(_, name) => {
                        matches!(name.as_str(), "partial" | "bind")
                    }
                    _ => false,
                };
                if matches!(&call.callee.form, Form::Call(it) if !is_bound(it)) {
                    return None;
                }
                let made = self.resolve(&call.callee, state);
                let Form::Call(made) = &made.form else { return None };
                let name = called(made);
                let (function, rest) = match &made.callee.form {
                    Form::Member(on, it) if it == "bind" => {
                        (Rc::clone(on), made.arguments.get(1..).unwrap_or_default())
                    }
                    _ if matches!(name.as_str(), "partial" | "functools.partial") => {
                        let (first, rest) = made.arguments.split_first()?;
                        (Rc::clone(&first.value), rest)
                    }
                    _ => return None,
                };
                (function, [rest, &call.arguments].concat())
            }
            _ => return None,
        };
        let is_known = match &function.form {
            Form::Name(name) => self.functions.contains(name),
            Form::Lambda(_) => true,
            Form::Member(..) => self.language == Language::Python,
            _ => false,
        };
        is_known.then_some(Call { callee: function, arguments: given, block: None })
    }

    /// Says what a function that is handed over gets of what follows it: `pool.submit(wipe, url)`.
    pub(in crate::content::script::walk) fn handed_on(
        &self,
        call: &Call,
        function: &Function,
        state: &State,
        inside: &mut State,
    ) {
        let name = called(call);
        let last = name.rsplit('.').next().unwrap_or_default();
        let given: Vec<Shared> = if HAND_ON.contains(&last) {
            let is_it = |it: &Argument| match &it.value.form {
                Form::Name(name) | Form::Member(_, name) => *name == function.name,
                _ => false,
            };
            let Some(at) = call.arguments.iter().position(is_it) else { return };
            let (named, rest): (Vec<_>, Vec<_>) =
                call.arguments.iter().skip(at + 1).partition(|it| it.name.is_some());
            for it in named {
                let name = it.name.as_deref().unwrap_or_default();
                if function.parameters.iter().any(|it| it.name == name) {
                    inside.set(name, self.resolve(&it.value, state));
                }
            }
            rest.into_iter().map(|it| self.resolve(&it.value, state)).collect()
        } else if matches!(last, "Thread" | "Process" | "Timer") {
            let args = call.arguments.iter().find(|it| it.name.as_deref() == Some("args"));
            let args = args.map(|it| listed(&self.resolve(&it.value, state)));
            args.unwrap_or_default().into_iter().map(|it| it.value).collect()
        } else if matches!(last, "map" | "starmap" | "imap" | "imap_unordered" | "map_async") {
            let all = call.arguments.get(1).filter(|it| it.name.is_none());
            let one = |it: &Argument| {
                crate::content::script::walk::one_of(&self.resolve(&it.value, state))
            };
            all.map(one).into_iter().collect()
        } else {
            return;
        };
        let own = |name: &str| matches!(name, "self" | "cls");
        let parameters = function.parameters.iter().filter(|it| !own(&it.name));
        for (parameter, value) in parameters.zip(given) {
            inside.set(&parameter.name, value);
        }
    }

    /// Keeps what the parameters of a function stand for, where it gives another function back.
    pub(super) fn captures(&mut self, function: &Function, exits: &[(State, Option<Shared>)]) {
        for (state, value) in exits {
            let Some(Form::Lambda(inner)) = value.as_ref().map(|it| &it.form) else { continue };
            self.kept.insert(Rc::as_ptr(inner), Rc::clone(inner));
            let names = self.captured.entry(Rc::as_ptr(inner)).or_default();
            for parameter in &function.parameters {
                let Some(value) = state.names.get(&parameter.name) else { continue };
                let known = names.get(&parameter.name).map(Rc::clone);
                let value = match known.filter(|it| !Rc::ptr_eq(it, value)) {
                    Some(known) => either(&known, value),
                    None => Rc::clone(value),
                };
                names.insert(parameter.name.clone(), value);
            }
        }
    }

    /// Goes by what names stood for where a function was written down.
    pub(super) fn takes_captured(&self, function: &Function, state: &mut State) {
        let captured = self.captured.get(&std::ptr::from_ref(function));
        for (name, value) in captured.into_iter().flatten() {
            if !function.parameters.iter().any(|it| it.name == *name) {
                state.set(name, Rc::clone(value));
            }
        }
    }

    /// The functions that `fire.Fire(Tool)` makes commands of.
    pub(super) fn made_commands(&self, call: &Call, name: &str) -> Vec<Rc<Function>> {
        if !matches!(name, "fire.Fire" | "Fire" | "fire") {
            return Vec::new();
        }
        let Some(first) = call.arguments.first().map(|it| &it.value) else {
            let mut all: Vec<_> = self.functions.all().map(Rc::clone).collect();
            all.retain(|it| self.functions.owner(Rc::as_ptr(it)).is_none());
            all.sort_by_key(|it| it.line);
            return all;
        };
        match &first.form {
            Form::Name(class) if self.classes.contains(class) => self.functions.methods_of(class),
            Form::Map(pairs) => {
                pairs.iter().filter_map(|(_, it)| self.functions.get(&way(it)?).cloned()).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// One of two values, or of those that the first one may be.
fn either(known: &Shared, more: &Shared) -> Shared {
    let mut all = match &known.form {
        Form::Either(all) => all.clone(),
        _ => vec![Rc::clone(known)],
    };
    all.push(Rc::clone(more));
    all.truncate(MOST);
    Expression::new(known.line, Form::Either(all))
}

/// The elements of a list that is written down, as arguments.
fn listed(of: &Expression) -> Vec<Argument> {
    match &of.form {
        Form::List(all) => {
            all.iter().map(|it| Argument { name: None, value: Rc::clone(it) }).collect()
        }
        _ => Vec::new(),
    }
}
