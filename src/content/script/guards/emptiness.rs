//! Conditions that hold only where a table has no rows, so that nothing is lost: `User::query()->doesntExist()`, `User.count() == 0`.

use super::origins::called;
use crate::content::script::syntax::{Call, Comparison, Expression, Form, Shared, find_in};

/// Methods that tell whether a query gives any row at all.
const ANY: &[&str] = &["exists", "exists?", "any?", "isNotEmpty"];

/// Methods that tell whether it gives none.
const NONE: &[&str] = &["doesntExist", "none?"];

/// Methods that tell how many it gives.
const COUNTS: &[&str] = &["count", "countDocuments", "count_documents", "estimatedDocumentCount"];

/// What a query begins with: `Order.objects`, `DB::table('orders')`.
const QUERIES: &[&str] =
    &["objects", "query", "newQuery", "table", "all", "session", "createQueryBuilder"];

/// Names of clients, on which a table is a field: `prisma.order.count()`.
const CLIENTS: &[&str] = &["prisma", "db", "database"];

/// Calls within each other that are looked at.
const LOOKED_AT: usize = 50;

/// Whether a table has no rows where this holds (`truth`), or where it does not.
pub(super) fn tells_empty(test: &Expression, truth: bool) -> bool {
    match &test.form {
        Form::Call(call) if is_of_rows(call) => {
            let name = called(call);
            let last = name.rsplit('.').next().unwrap_or_default();
            match truth {
                true => NONE.contains(&last),
                false => ANY.contains(&last) || COUNTS.contains(&last),
            }
        }
        // `count > 0`; nothing is less than none.
        Form::Compare(Comparison::Order, left, right) => {
            !truth && (counts(left) && is_zero(right) || is_zero(left) && counts(right))
        }
        Form::Compare(Comparison::Equal | Comparison::EqualNumbers, left, right) => {
            truth && (counts(left) && is_zero(right) || is_zero(left) && counts(right))
        }
        _ => false,
    }
}

fn is_zero(of: &Shared) -> bool {
    of.literal().as_deref() == Some("0")
}

/// Whether a value is the number of rows of a query.
fn counts(of: &Shared) -> bool {
    match &of.form {
        Form::Call(call) => {
            let name = called(call);
            COUNTS.contains(&name.rsplit('.').next().unwrap_or_default()) && is_of_rows(call)
        }
        _ => false,
    }
}

/// Whether a call asks all rows of a table: nothing is said of which, and it is no list or file of the program.
fn is_of_rows(call: &Call) -> bool {
    let Form::Member(on, _) = &call.callee.form else { return false };
    let is_plain = call.arguments.iter().all(|it| match &it.value.form {
        Form::Map(pairs) => pairs.is_empty(),
        _ => false,
    });
    let is_model = |it: &Expression| {
        matches!(&it.form, Form::Name(name) if name.starts_with(|it: char| it.is_ascii_uppercase())
            && !matches!(name.as_str(), "Path" | "File" | "Storage" | "Dir"))
    };
    let is_query = |it: &Expression| match &it.form {
        Form::Member(_, name) if QUERIES.contains(&name.as_str()) => Some(()),
        Form::Name(name) | Form::Member(_, name) => CLIENTS.contains(&name.as_str()).then_some(()),
        _ => None,
    };
    is_plain && (is_model(on) || find_in(vec![on], LOOKED_AT, is_query).is_some())
}
