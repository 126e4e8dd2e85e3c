//! Conditions on a field that hold for every row.

use super::{few, may_be_empty, name_of};
use crate::content::script::syntax::{Expression, Form, Shared};

/// Conditions that hold for every row: `id__gt=0`, `{"$exists": true}`, `{ gt: 0 }`, `{ not: null }`.
pub(super) fn is_always(name: &str, value: &Shared) -> bool {
    let is_zero = value.literal().is_some_and(|it| matches!(it.trim(), "0" | "-1" | ""));
    // `pk__gte=1`.
    let is_first = value.literal().is_some_and(|it| it.trim() == "1");
    let is_from_first = ["id__gte", "pk__gte", "id__gt", "pk__gt"].contains(&name);
    if is_first && is_from_first {
        return true;
    }
    // Whatever was made before now.
    let is_now = |it: &Expression| match &it.form {
        Form::Call(call) => {
            matches!(name_of(&call.callee).as_str(), "now" | "utcnow" | "Date")
                && call.arguments.is_empty()
        }
        _ => false,
    };
    let ends = |all: &[&str]| all.iter().any(|it| name.ends_with(it));
    let is_made = ["creat", "insert", "regist", "joined", "added"]
        .iter()
        .any(|it| name.to_lowercase().contains(it));
    if is_made && ends(&["__lt", "__lte"]) && is_now(value) {
        return true;
    }
    // `{ id: { [Op.gte]: 1 } }`.
    if is_first && matches!(name, "gte" | "$gte") {
        return true;
    }
    if is_zero
        && ["__gt", "__gte", "gt", "gte", "$gt", "$gte", "$ne", "not"]
            .iter()
            .any(|it| name.ends_with(it))
    {
        return true;
    }
    if few::leaves_few(name, value) || few::are_all_found(value) || may_be_empty(value) {
        return true;
    }
    if matches!(name, "pk__in" | "id__in" | "id") && few::are_all_of_model(value) {
        return true;
    }
    if name.ends_with("__isnull") {
        return matches!(value.form, Form::Bool(false))
            && (name.starts_with("id") || name.starts_with("pk"));
    }
    let is_any = |it: String| matches!(it.as_str(), ".*" | "" | "^" | "/.*/");
    if name == "$regex" && value.literal().is_some_and(is_any) {
        return true;
    }
    if matches!(name, "$exists" | "exists") && matches!(value.form, Form::Bool(true)) {
        return true;
    }
    let holds = |key: &Shared, value: &Shared| {
        key.literal().as_deref() == Some("$regex") && value.literal().is_some_and(is_any)
    };
    if let Form::Map(pairs) = &value.form
        && let [(key, value)] = pairs.as_slice()
        && holds(key, value)
    {
        return true;
    }
    let is_key = matches!(name, "id" | "_id" | "pk");
    match &value.form {
        Form::Map(pairs) if pairs.is_empty() => true,
        // `{ createdAt: { $lte: Date.now() } }`.
        Form::Map(pairs) if is_made && pairs.len() == 1 => pairs.iter().all(|(key, value)| {
            let key = key.literal().unwrap_or_else(|| name_of(key));
            matches!(key.as_str(), "$lt" | "$lte" | "lt" | "lte") && is_now(value)
        }),
        Form::Map(pairs) if is_key => pairs.iter().all(|(key, value)| {
            let key = few::spelled(key);
            is_always(&key, value)
                || (matches!(key.as_str(), "not" | "$ne" | "ne")
                    && matches!(value.form, Form::Nothing))
        }),
        _ => false,
    }
}
