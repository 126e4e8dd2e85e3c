//! The functions that a file defines, by their names and the classes that they belong to.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::content::script::syntax::{Act, Expression, Form, Function, Parameter, Statement};

/// Classes of which each comes from the next, at most.
const GENERATIONS: usize = 8;

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
    /// The class that a class comes from.
    bases: HashMap<String, String>,
    /// By name: functions that are fields of objects which are written down.
    fields: HashMap<String, Rc<Function>>,
    /// Names that functions set for all of the file.
    outer: HashSet<String>,
    /// Names of methods that are called where they are read.
    properties: HashSet<String>,
}

impl Functions {
    /// Adds one under this name, of a class where it is a method.
    pub(super) fn add(&mut self, name: &str, class: Option<&str>, function: &Rc<Function>) {
        self.outer.extend(function.outer.iter().cloned());
        if function.is_property && class.is_some() {
            self.properties.insert(name.to_owned());
        }
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
        self.bases.extend(more.bases);
        self.fields.extend(more.fields);
        self.outer.extend(more.outer);
        self.properties.extend(more.properties);
    }

    /// The one that is called so: a function of the file, else a method of any class.
    pub(super) fn get(&self, name: &str) -> Option<&Rc<Function>> {
        self.plain.get(name).or_else(|| self.any.get(name))
    }

    /// Adds one that is a field of an object.
    pub(super) fn add_field(&mut self, name: &str, function: &Rc<Function>) {
        put(&mut self.fields, name.to_owned(), function);
    }

    /// The field of an object that is this function.
    pub(super) fn field(&self, name: &str) -> Option<&Rc<Function>> {
        self.fields.get(name)
    }

    /// Says which class one comes from.
    pub(super) fn comes_from(&mut self, class: &str, base: &str) {
        self.bases.insert(class.to_owned(), base.to_owned());
    }

    /// A class and those that it comes from, the nearest first.
    pub(super) fn line_of<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a str> {
        let next = |it: &&'a str| self.bases.get(*it).map(String::as_str);
        std::iter::successors(Some(class), next).take(GENERATIONS)
    }

    /// The class that this one comes from.
    pub(super) fn base_of(&self, class: &str) -> Option<&str> {
        self.bases.get(class).map(String::as_str)
    }

    /// The method of this class, or of one that it comes from.
    pub(super) fn own_method(&self, class: &str, name: &str) -> Option<&Rc<Function>> {
        let mut line = self.line_of(class);
        line.find_map(|it| self.methods.get(&(it.to_owned(), name.to_owned())))
    }

    /// The method of this class, else of one that it may come from.
    pub(super) fn method(&self, class: Option<&str>, name: &str) -> Option<&Rc<Function>> {
        let own = class.and_then(|it| self.own_method(it, name));
        own.or_else(|| self.any.get(name)).or_else(|| self.plain.get(name))
    }

    /// The methods of a class that somebody may name, in the order of their lines.
    pub(super) fn methods_of(&self, class: &str) -> Vec<Rc<Function>> {
        let own = self.methods.iter().filter(|((owner, _), _)| owner == class);
        let mut all: Vec<_> = own.map(|(_, it)| Rc::clone(it)).collect();
        all.retain(|it| !it.name.starts_with('_'));
        all.sort_by_key(|it| it.line);
        all
    }

    /// The methods of a class and of those that it comes from, in the order of their lines.
    pub(super) fn methods_from(&self, class: &str) -> Vec<Rc<Function>> {
        let line: Vec<&str> = self.line_of(class).collect();
        let own = self.methods.iter().filter(|((owner, _), _)| line.contains(&owner.as_str()));
        let mut all: Vec<_> = own.map(|(_, it)| Rc::clone(it)).collect();
        all.sort_by_key(|it| it.line);
        all
    }

    /// The functions outside of classes, in the order of their lines.
    pub(super) fn of_no_class(&self) -> Vec<Rc<Function>> {
        let mut all: Vec<_> = self.plain.values().cloned().collect();
        all.sort_by_key(|it| it.line);
        all
    }

    /// Whether a function sets this name for all of the file.
    pub(super) fn is_outer(&self, name: &str) -> bool {
        self.outer.contains(name)
    }

    /// Whether a method of this name is called where it is read.
    pub(super) fn is_property(&self, name: &str) -> bool {
        self.properties.contains(name)
    }

    /// Whether a class of the file has a method of this name.
    pub(super) fn is_method(&self, name: &str) -> bool {
        self.any.contains_key(name)
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

/// How many functions of one name are looked at together.
const SAME: usize = 8;

/// How many of one name were put together to this function.
fn nested(function: &Function) -> usize {
    let mut n = 0;
    let mut body = &function.body;
    while let [Statement { act: Act::If { test, then, .. }, .. }] = body.as_slice()
        && matches!(&test.form, Form::Other(all) if all.is_empty())
        && n <= SAME
    {
        n += 1;
        body = then;
    }
    n
}

/// A function that does what one of two does; none where they are called in different ways.
fn either(one: &Rc<Function>, other: &Rc<Function>) -> Option<Rc<Function>> {
    let names = |it: &Function| -> Vec<String> {
        it.parameters.iter().map(|it: &Parameter| it.name.clone()).collect()
    };
    let is_bare = one.body.is_empty() || other.body.is_empty();
    // The last of many counts: each one more would be one deeper.
    if is_bare
        || nested(one) > SAME
        || names(one) != names(other)
        || one.yields_last != other.yields_last
    {
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
        is_property: other.is_property,
        outer: other.outer.clone(),
    }))
}
