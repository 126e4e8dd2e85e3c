//! The functions that a file defines, by their names and the classes that they belong to.

use std::collections::HashMap;
use std::rc::Rc;

use crate::content::script::syntax::{Act, Expression, Form, Function, Parameter, Statement};

/// The functions of a file. Methods are found by class, and by name alone where nobody knows the class.
#[derive(Default, Clone)]
pub(super) struct Functions {
    /// By name: functions outside of classes.
    plain: HashMap<String, Rc<Function>>,
    /// By class and name.
    methods: HashMap<(String, String), Rc<Function>>,
    /// By name: methods of any class.
    any: HashMap<String, Rc<Function>>,
    /// The class of each method.
    owners: HashMap<*const Function, String>,
}

impl Functions {
    /// Adds one under this name, of a class where it is a method.
    pub(super) fn add(&mut self, name: &str, class: Option<&str>, function: &Rc<Function>) {
        let Some(class) = class else { return put(&mut self.plain, name.to_owned(), function) };
        let key = (class.to_owned(), name.to_owned());
        put(&mut self.methods, key.clone(), function);
        put(&mut self.any, name.to_owned(), function);
        for it in self.methods.get(&key).into_iter().chain([function]) {
            self.owners.insert(Rc::as_ptr(it), class.to_owned());
        }
    }

    /// Adds those of a text within the file; they stand in the place of others of the same name.
    pub(super) fn extend(&mut self, more: Functions) {
        self.plain.extend(more.plain);
        self.methods.extend(more.methods);
        self.any.extend(more.any);
        self.owners.extend(more.owners);
    }

    /// The one that is called so: a function of the file, else a method of any class.
    pub(super) fn get(&self, name: &str) -> Option<&Rc<Function>> {
        self.plain.get(name).or_else(|| self.any.get(name))
    }

    /// The method of this class, else of one that it may come from.
    pub(super) fn method(&self, class: Option<&str>, name: &str) -> Option<&Rc<Function>> {
        let own = class.and_then(|it| self.methods.get(&(it.to_owned(), name.to_owned())));
        own.or_else(|| self.any.get(name)).or_else(|| self.plain.get(name))
    }

    /// The class that a method belongs to.
    pub(super) fn owner(&self, function: *const Function) -> Option<&str> {
        self.owners.get(&function).map(String::as_str)
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// All of them, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = &Rc<Function>> {
        self.plain.values().chain(self.methods.values())
    }
}

/// Where two are called the same, either of them may be meant.
fn put<K: std::hash::Hash + Eq>(
    all: &mut HashMap<K, Rc<Function>>,
    key: K,
    function: &Rc<Function>,
) {
    let known = all.get(&key).filter(|it| !Rc::ptr_eq(it, function));
    let both = known.and_then(|known| either(known, function));
    all.insert(key, both.unwrap_or_else(|| Rc::clone(function)));
}

/// A function that does what one of two does; none where they are called in different ways.
fn either(one: &Rc<Function>, other: &Rc<Function>) -> Option<Rc<Function>> {
    let names = |it: &Function| -> Vec<String> {
        it.parameters.iter().map(|it: &Parameter| it.name.clone()).collect()
    };
    let is_bare = one.body.is_empty() || other.body.is_empty();
    if is_bare || names(one) != names(other) || one.yields_last != other.yields_last {
        return None;
    }
    let unknown = Expression::new(other.line, Form::Other(Vec::new()));
    let test = Act::If { test: unknown, then: one.body.clone(), otherwise: other.body.clone() };
    Some(Rc::new(Function {
        name: other.name.clone(),
        line: other.line,
        parameters: other.parameters.clone(),
        body: vec![Statement { line: other.line, act: test }],
        called_by: other.called_by.or(one.called_by),
        needs: [one.needs.clone(), other.needs.clone()].concat(),
        yields_last: other.yields_last,
    }))
}
