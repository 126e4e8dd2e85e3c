//! Lists and texts that a program makes longer, one element after the other.

use std::rc::Rc;

use super::Walk;
use crate::content::script::Language;
use crate::content::script::elements::elements;
use crate::content::script::parts::all_of;
use crate::content::script::state::{Chosen, State};
use crate::content::script::syntax::{
    Argument, Call, Expression, Form, Part, Shared, has_one, is_each, is_same_one,
};
use crate::content::script::value::{LONGEST, texts_in, way};

/// The depth of a text that is written piece by piece, in expressions within each other.
const DEEPEST: u32 = 60;

/// Lists that a name may stand for which are made longer.
const WAYS: usize = 4;

/// Fields within each other on the way to a list.
const FIELDS: usize = 4;

/// Expressions that are gone through for what conditions have chosen.
const STEPS: usize = 2_000;

impl Walk {
    /// `statements.append(text)`: the name stands for a longer list from here on.
    pub(super) fn lengthen(&mut self, call: &Call, state: &mut State) {
        self.write_on(call, state);
        let Form::Member(on, method) = &call.callee.form else { return };
        let one = matches!(method.as_str(), "append" | "push" | "push_back" | "add" | "Add" | "<<");
        if !one && !matches!(method.as_str(), "extend" | "addAll") {
            return;
        }
        let Some(way) = way(on) else { return };
        let Some((name, list)) = state.names.get(&way).map(|it| (way.clone(), it)) else {
            return self.lengthen_field(&way, call, state);
        };
        let Some(ways) = lists_of(list) else { return };
        let more = |it: &Shared| match one {
            true => self.longer(it, call, 0, state),
            false => self.extended(it, call, state),
        };
        let longer: Vec<Shared> = ways.iter().filter_map(more).collect();
        match longer.as_slice() {
            [] => {}
            [one] => state.set(&name, Rc::clone(one)),
            _ => state.set(&name, Expression::new(longer[0].line, Form::Either(longer))),
        }
    }

    /// `options.Delete.Objects.push({ Key })`: a list in a map that is written down is longer from here on.
    fn lengthen_field(&self, way: &str, call: &Call, state: &mut State) {
        let Some((name, fields)) = way.split_once('.') else { return };
        let Some(map) = state.names.get(name) else { return };
        let fields: Vec<&str> = fields.split('.').take(FIELDS).collect();
        if let Some(longer) = self.with_longer(map, &fields, call, state) {
            state.set(name, longer);
        }
    }

    /// A map in which the list at the end of a way is longer by what a call gives.
    fn with_longer(
        &self,
        of: &Shared,
        fields: &[&str],
        call: &Call,
        state: &State,
    ) -> Option<Shared> {
        let Some((field, rest)) = fields.split_first() else {
            return self.longer(of, call, 0, state);
        };
        let form = match &of.form {
            Form::Map(pairs) => {
                let is_it = |key: &Shared| key.literal().as_deref() == Some(*field);
                let at = pairs.iter().position(|(key, _)| is_it(key))?;
                let mut pairs = pairs.clone();
                let (_, value) = pairs.get_mut(at)?;
                *value = self.with_longer(value, rest, call, state)?;
                Form::Map(pairs)
            }
            // As it was before a loop, and behind one of its turns.
            Form::Either(ways) if ways.len() <= WAYS => {
                let longer = |it: &Shared| self.with_longer(it, fields, call, state);
                Form::Either(ways.iter().map(longer).collect::<Option<_>>()?)
            }
            _ => return None,
        };
        Some(Expression::new(of.line, form))
    }

    /// `builder.WriteString(text)`, `builder.append(text).append(more)`: the name stands for a longer text.
    fn write_on(&self, call: &Call, state: &mut State) {
        let (Form::Member(on, method), [one]) = (&call.callee.form, call.arguments.as_slice())
        else {
            return;
        };
        let writes = match self.language {
            Language::Go => method == "WriteString",
            Language::Java => method == "append",
            Language::Ruby => method == "<<" || method == "concat",
            _ => false,
        };
        let Some(name) = writes.then(|| builder(on, method)).flatten() else { return };
        let more = self.resolve(&one.value, state);
        let text = match state.names.get(&name) {
            Some(it) if lists_of(it).is_some() => return,
            Some(it) if !texts_in(it).is_empty() => {
                Expression::new(more.line, Form::Join(vec![Rc::clone(it), more]))
            }
            // What it is told to be, and no text yet: `var b strings.Builder`, `new StringBuilder()`.
            known if known.is_none_or(is_builder) => more,
            _ => return,
        };
        if text.depth < DEEPEST {
            state.set(&name, text);
        }
    }

    /// What `append(statements, text)` of Go gives back.
    pub(super) fn appended(&self, of: &Shared, state: &State) -> Option<Shared> {
        let Form::Call(call) = &of.form else { return None };
        let (Form::Name(name), [list, _, ..]) = (&call.callee.form, call.arguments.as_slice())
        else {
            return None;
        };
        let list = self.resolve(&list.value, state);
        let list = match &list.form {
            Form::List(_) => list,
            // `make([]string, 0)`, or a variable without a value.
            _ => Expression::new(list.line, Form::List(Vec::new())),
        };
        if name == "append" { self.longer(&list, call, 1, state) } else { None }
    }

    /// A value of a language whose rows do not ask by themselves what a condition has chosen.
    pub(super) fn without_chosen(&self, of: &Shared, state: &State) -> Shared {
        let asks = !matches!(self.language, Language::JavaScript | Language::TypeScript);
        match state.chosen.is_empty() || asks {
            true => Rc::clone(of),
            false => unknown(of, &state.chosen, &mut { STEPS }),
        }
    }

    /// `all.extend(page["Items"])`: a list with all of another one.
    fn extended(&self, list: &Shared, call: &Call, state: &State) -> Option<Shared> {
        let (Form::List(elements), [more]) = (&list.form, call.arguments.as_slice()) else {
            return None;
        };
        let more = self.resolve(&more.value, state);
        let more = match &more.form {
            Form::List(all) => all.iter().map(|it| pick(it, state)).collect(),
            _ if is_of_chosen(&more, state) => vec![picked(Expression::each(&more))],
            _ => vec![Expression::each(&more)],
        };
        let elements: Vec<Shared> = elements.iter().cloned().chain(more).collect();
        (elements.len() <= LONGEST).then(|| Expression::new(list.line, Form::List(elements)))
    }

    /// A list with the arguments of a call from one on.
    fn longer(&self, list: &Shared, call: &Call, from: usize, state: &State) -> Option<Shared> {
        let Form::List(elements) = &list.form else { return None };
        let more = call.arguments.iter().skip(from);
        let more = more.map(|it| pick(&self.resolve(&it.value, state), state));
        let elements: Vec<Shared> = elements.iter().cloned().chain(more).collect();
        (elements.len() <= LONGEST).then(|| Expression::new(list.line, Form::List(elements)))
    }
}

/// The lists that a value may be: one, several put together by `+=`, or one of several.
fn lists_of(of: &Shared) -> Option<Vec<Shared>> {
    let elements = |it: &Shared| match &it.form {
        Form::List(all) => Some(all.clone()),
        _ => None,
    };
    match &of.form {
        Form::List(_) => Some(vec![Rc::clone(of)]),
        Form::Call(call) if makes_list(call) => {
            Some(vec![Expression::new(of.line, Form::List(Vec::new()))])
        }
        Form::Join(parts) => {
            let all: Option<Vec<Vec<Shared>>> = parts.iter().map(elements).collect();
            let all = all?.concat();
            (all.len() <= LONGEST).then(|| vec![Expression::new(of.line, Form::List(all))])
        }
        Form::Either(ways) if ways.len() <= WAYS => {
            let all: Option<Vec<Vec<Shared>>> = ways.iter().map(one_list).collect();
            Some(all?.concat())
        }
        _ => None,
    }
}

/// The same of one way that a value may be.
fn one_list(of: &Shared) -> Option<Vec<Shared>> {
    if matches!(of.form, Form::Either(_)) { None } else { lists_of(of) }
}

/// Whether a call makes a list in which there is nothing as yet: `new ArrayList<>()`.
fn makes_list(call: &Call) -> bool {
    let lists = ["ArrayList", "LinkedList", "Vector", "ArrayDeque"];
    call.arguments.is_empty()
        && matches!(&call.callee.form, Form::Name(name) if lists.contains(&name.as_str()))
}

/// Whether a value is a text that is empty as yet.
fn is_builder(of: &Shared) -> bool {
    let is_named = |name: &str| name.contains("Builder") || name.contains("Buffer");
    match &of.form {
        Form::Nothing => true,
        Form::Call(call) => {
            matches!(&call.callee.form, Form::Name(it) | Form::Member(_, it) if is_named(it))
        }
        Form::Name(name) | Form::Member(_, name) => is_named(name),
        Form::Map(all) => all.is_empty(),
        _ => of.literal().is_some_and(|it| it.is_empty()),
    }
}

/// The name of what a chain of calls of one method is called on.
fn builder(of: &Shared, method: &str) -> Option<String> {
    match &of.form {
        Form::Call(call) => match &call.callee.form {
            Form::Member(on, name) if name == method => builder(on, method),
            _ => None,
        },
        _ => way(of),
    }
}

/// Whether a value is, or is made of, what a condition has chosen among what a loop goes through.
fn is_of_chosen(of: &Shared, state: &State) -> bool {
    if state.chosen.is_empty() || matches!(of.form, Form::Text(_) | Form::Join(_) | Form::List(_)) {
        return false;
    }
    let is_same = |one: &Expression, it: &Expression| {
        std::ptr::eq(one, it) || is_each(it) && is_same_one(one, it)
    };
    has_one(vec![of], 100, |it| state.chosen.iter().any(|chosen| is_same(&chosen.one, it)))
}

/// A value of which it is known where a condition has chosen it.
fn pick(it: &Shared, state: &State) -> Shared {
    match is_of_chosen(it, state) {
        true => picked(Rc::clone(it)),
        false => Rc::clone(it),
    }
}

/// Whether what a name is set to makes a list longer that it stood for: `old.push(it)`, `old = [...old, it]`, `old = old.concat(it)`,
/// `old += [it]`.
pub(super) fn lengthens(name: &str, value: &Expression) -> bool {
    let is_own = |it: &Expression| matches!(&it.form, Form::Name(it) if it == name);
    match &value.form {
        Form::List(all) => all.first().is_some_and(|it| match &it.form {
            Form::Other(inner) => matches!(inner.as_slice(), [only] if is_own(only)),
            _ => is_own(it),
        }),
        Form::Call(call) => {
            matches!(&call.callee.form, Form::Member(on, method) if method == "concat" && is_own(on))
        }
        Form::Join(parts) => {
            matches!(parts.as_slice(), [first, more] if is_own(first) && matches!(more.form, Form::List(_)))
        }
        _ => false,
    }
}

/// A longer list, in which it is known of what was added that a condition has chosen it.
pub(super) fn with_picked(value: Shared, state: &State) -> Shared {
    let pick = |it: &Shared| pick(it, state);
    let pick_within = |it: &Shared| match &it.form {
        Form::List(all) => Expression::new(it.line, Form::List(all.iter().map(pick).collect())),
        _ => Rc::clone(it),
    };
    let form = match &value.form {
        Form::List(all) => {
            let before = all.iter().take(1).map(Rc::clone);
            Form::List(before.chain(all.iter().skip(1).map(pick)).collect())
        }
        Form::Join(parts) => {
            let before = parts.iter().take(1).map(Rc::clone);
            Form::Join(before.chain(parts.iter().skip(1).map(pick_within)).collect())
        }
        Form::Call(call) => Form::Call(Call {
            callee: Rc::clone(&call.callee),
            arguments: (call.arguments.iter())
                .map(|it| Argument { name: it.name.clone(), value: pick(&it.value) })
                .collect(),
            block: call.block.clone(),
        }),
        _ => return value,
    };
    Expression::new(value.line, form)
}

/// A value in which nothing is known of what conditions have chosen.
fn unknown(of: &Shared, chosen: &[Chosen], left: &mut usize) -> Shared {
    let Some(rest) = left.checked_sub(1) else { return Rc::clone(of) };
    *left = rest;
    let mut all = |these: &[Shared]| -> Vec<Shared> {
        these.iter().map(|it| unknown(it, chosen, left)).collect()
    };
    let form = match &of.form {
        Form::Index(..)
            if is_each(of)
                && (chosen.iter().filter(|it| !it.is_database))
                    .any(|it| is_same_one(&it.one, of)) =>
        {
            Form::Other(Vec::new())
        }
        Form::Call(call) => Form::Call(Call {
            callee: unknown(&call.callee, chosen, left),
            arguments: (call.arguments.iter())
                .map(|it| Argument {
                    name: it.name.clone(),
                    value: unknown(&it.value, chosen, left),
                })
                .collect(),
            block: call.block.clone(),
        }),
        Form::Member(on, name) => Form::Member(unknown(on, chosen, left), name.clone()),
        Form::Index(on, by) => Form::Index(unknown(on, chosen, left), unknown(by, chosen, left)),
        Form::Map(pairs) => Form::Map(
            (pairs.iter())
                .map(|(key, value)| (Rc::clone(key), unknown(value, chosen, left)))
                .collect(),
        ),
        Form::Text(parts) => Form::Text(
            (parts.iter())
                .map(|part| match part {
                    Part::Hole(hole) => Part::Hole(unknown(hole, chosen, left)),
                    Part::Plain { .. } => part.clone(),
                })
                .collect(),
        ),
        Form::Join(these) => Form::Join(all(these)),
        Form::List(these) => Form::List(all(these)),
        Form::Other(these) => Form::Other(all(these)),
        Form::Either(these) => Form::Either(all(these)),
        _ => return Rc::clone(of),
    };
    Expression::new(of.line, form)
}

/// One of those that a filter gives.
fn picked(one: Shared) -> Shared {
    let line = one.line;
    let callee = Expression::new(line, Form::Name("filter".to_owned()));
    let arguments = vec![Argument { name: None, value: one }];
    Expression::new(line, Form::Call(Call { callee, arguments, block: None }))
}

/// What stands for each of some values, one after the other.
pub(super) fn one_of(all: &Shared) -> Shared {
    let form = match &all.form {
        // A list that was made up step by step.
        Form::Either(lists) if lists.iter().any(|it| matches!(it.form, Form::List(_))) => {
            let inner = lists.iter().flat_map(|it| match &it.form {
                Form::List(all) => all.clone(),
                // `found.Items ?? []`, `all.concat(found.Items)`.
                _ => elements(it).unwrap_or_else(|| vec![Expression::each(it)]),
            });
            Form::Either(inner.take(8).collect())
        }
        Form::Call(call) if !all_of(call).is_empty() => Form::Either(all_of(call)),
        _ => match elements(all).as_deref() {
            Some([piece]) if is_each(piece) => return Rc::clone(piece),
            Some(all) => Form::Either(all.to_vec()),
            None => return Expression::each(all),
        },
    };
    Expression::new(all.line, form)
}
