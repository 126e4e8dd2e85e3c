//! Whether the rows of a table were written by a generator of test data, going by all of them.

use super::crowd::{CROWD, Row, Signal, listed, together};
use super::keys::Keys;

/// Points from which on a generator is taken for the author of a table.
const GENERATED: u32 = 6;

/// The share of rows whose mail address and name agree, in percent, that is chance. Faker picks both from the same lists: of 40
/// tables of 60 and 800 rows none had 3 in 100. Of tables of real people the lowest had 4, the usual ones 55 and more. Ten
/// generated rows for each real one leave at least 5.
const CHANCE: u64 = 3;

/// Whether the rows that are left were written by a generator of test data: by two signs that have nothing to do with each other, or
/// by addresses and a sign that rows came all at once. Hashes and times alone do not say so: they look the same where a list of
/// real people was read in; nor does any other sign alone.
pub(super) fn is_generator(left: &[Row]) -> bool {
    let n = |signal: Signal| left.iter().filter(|it| it.has(signal)).count() as u64;
    let (agree, another, compared) =
        (n(Signal::Agrees), n(Signal::NamesAnother), n(Signal::Compared));
    // One may always agree by chance.
    if (left.len() as u64) < CROWD || agree * 100 > compared.max(agree + another) * CHANCE + 100 {
        return false;
    }
    let of = |part: u64, whole: u64, percent: u64| part * 100 >= whole * percent && whole > 0;
    let (mails, phones) = (n(Signal::Mail), n(Signal::Phone));
    // A name that stands beside many addresses is that of somebody who looks after them.
    let is_of_rows = distinct(left, Row::name) * 2 >= left.len();
    let names = if another >= CROWD && of(another, mails, 25) {
        4
    } else if (another >= 2 && of(another, mails, 40)) || compared >= 20 {
        3
    } else {
        0
    };
    let names = if is_of_rows { names } else { 0 };
    let when = |holds: bool, points: u32| if holds { points } else { 0 };
    let handles = n(Signal::GeneratedHandle);
    let (streets, domains) = (n(Signal::RareStreet), n(Signal::NamedDomain));
    let signs = [
        names,
        when(handles >= CROWD && of(handles, left.len() as u64, 45), 4),
        when(domains >= 3 && of(domains, mails, 40), 3),
        when(streets >= 3 && of(streets, n(Signal::Address), 25), 3),
        when(n(Signal::UnassignedPhone) >= 3 && of(n(Signal::UnassignedPhone), phones, 30), 2)
            + when(n(Signal::Extension) >= 2 && of(n(Signal::Extension), phones, 15), 2),
        when(
            n(Signal::Old) >= 3 && n(Signal::Young) >= 1 && of(n(Signal::Old), n(Signal::Age), 8),
            3,
        ),
        when(listed(left) >= 24, 3),
        when(
            n(Signal::LoginNamesAnother) >= CROWD && of(n(Signal::LoginNamesAnother), mails, 25),
            3,
        ),
    ];
    let of_addresses = names.max(signs[1]);
    let kinds = signs.iter().filter(|it| **it > 0).count();
    if kinds == 0 || (kinds == 1 && of_addresses < 3) {
        return false;
    }
    let together = together(left);
    let same =
        together.repeated_hashes >= 3 && of(together.repeated_hashes, together.salted_hashes, 80);
    let at_once =
        together.sign_ups_at_once >= CROWD && of(together.sign_ups_at_once, together.sign_ups, 90);
    let support = when(same, 3).max(when(at_once, 2));
    let points: u32 = signs.iter().sum::<u32>() + support;
    points >= GENERATED
}

/// How many values there are.
pub(super) fn distinct(rows: &[Row], value: impl Fn(&Row) -> u64) -> usize {
    rows.iter().map(value).filter(|it| *it != 0).collect::<Keys>().len()
}
