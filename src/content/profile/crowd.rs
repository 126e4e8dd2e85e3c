//! The rows of one table that stand for people, held against each other: runs of numbers, variants of one name, and what only a
//! generator of test data writes.

use super::author;
use super::keys::{Keyed, Keys};
use crate::content::people::{Class, Why};

/// A row that stands for somebody: what is left of it once it was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    pub(super) why: Why,
    signals: u16,
    /// The hash of a handle without the number at its end, and that number.
    pub(super) stem: u64,
    pub(super) number: u32,
    /// The hash of a salted password hash, or 0.
    pub(super) hash: u64,
    /// When the row was made in seconds since 1970, or 0.
    pub(super) second: i64,
    /// The hashes of the first and the last part of a full name, or 0.
    pub(super) ends: [u64; 2],
    /// The first letter of a name, or 0.
    pub(super) initial: u8,
    /// The sample database that has somebody of this name.
    pub(super) sample: Option<&'static str>,
}

impl Default for Row {
    fn default() -> Row {
        Row {
            why: Why::AccountOnly,
            signals: 0,
            stem: 0,
            number: NO_NUMBER,
            hash: 0,
            second: 0,
            ends: [0; 2],
            initial: 0,
            sample: None,
        }
    }
}

/// There is no number at the end of a handle.
const NO_NUMBER: u32 = u32::MAX;

/// What is noted of a row, for what many of them say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Signal {
    /// It has a mail address.
    Mail = 1,
    /// The mail address has the name of the row in it.
    Agrees = 2,
    /// The mail address has a name in it that is not of the row.
    NamesAnother = 4,
    /// A handle in the form of a generator.
    GeneratedHandle = 8,
    /// It has a phone number.
    Phone = 16,
    /// A phone number in international form that no country has.
    UnassignedPhone = 32,
    /// A phone number with an extension.
    Extension = 64,
    /// It has a day of birth.
    Age = 128,
    /// A day of birth before 1930.
    Old = 256,
    /// A day of birth after 2019.
    Young = 8192,
    /// A name to sign in that has somebody's name in it, and neither that of the row nor that of the address.
    LoginNamesAnother = 16_384,
    /// It has a postal address.
    Address = 512,
    /// An address with a word for streets that hardly any street has.
    RareStreet = 1024,
    /// The mail address and the name are both in letters that can be compared.
    Compared = 2048,
    /// The domain of the mail address is a surname or given name and no more.
    NamedDomain = 4096,
}

impl Row {
    pub(super) fn set(&mut self, signal: Signal) {
        self.signals |= signal as u16;
    }

    pub(super) fn has(&self, signal: Signal) -> bool {
        self.signals & signal as u16 != 0
    }

    /// The hash of its name, or 0.
    pub(super) fn name(&self) -> u64 {
        self.ends[0] ^ self.ends[1].rotate_left(1)
    }
}

/// Numbers of a run, at least: two may be chance.
const RUN: usize = 3;

/// Numbers of a run that is none by chance, even where names agree with addresses: `Player 2`, `player2`.
const LONG_RUN: usize = 5;

/// Rows of which at least so many are needed to tell a generator.
pub(super) const CROWD: u64 = 4;

/// What the rows of a table say together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Together {
    pub(super) salted_hashes: u64,
    pub(super) repeated_hashes: u64,
    pub(super) sign_ups: u64,
    pub(super) sign_ups_at_once: u64,
    /// People whose names were put together from short lists.
    pub(super) listed: u64,
    /// People of a table whose names begin with A, B, C, D, in this order.
    pub(super) lettered: u64,
}

/// Full names from which on it is asked whether they come from short lists.
const LISTED: usize = 12;

/// Names in the order of the alphabet, a letter each, at the start of a table.
const LETTERED: usize = 4;

/// Settles for each row what it is, and says what they are together.
pub(super) fn settle(rows: &mut [Row]) -> Together {
    find_samples(rows);
    find_runs(rows);
    let left: Vec<Row> =
        rows.iter().filter(|it| it.why.class() != Class::Synthetic).copied().collect();
    if author::is_generator(&left) {
        // A phone, a card or a page that is somebody's is nobody's invention.
        let can_be = |it: &Row| {
            it.why.class() != Class::Synthetic
                && !matches!(it.why, Why::Phone | Why::Number | Why::Page)
        };
        rows.iter_mut().filter(|it| can_be(it)).for_each(|it| it.why = Why::Generated);
    }
    find_variants(rows);
    together(rows)
}

/// Marks the people of a known sample database where most rows are, each another one: those samples have many a usual name.
fn find_samples(rows: &mut [Row]) {
    let of_sample = || rows.iter().filter(|it| it.sample.is_some());
    let n = of_sample().count();
    let different: Keys = of_sample().map(Row::name).collect();
    if n >= CROWD as usize && n * 5 >= rows.len() * 4 && different.len() * 5 >= n * 4 {
        for row in rows.iter_mut().filter(|it| it.sample.is_some()) {
            row.why = Why::SamplePerson;
        }
    }
}

/// Marks `user1`, `user2`, `user3`: numbers that lie close, begin low, and follow the same stem.
fn find_runs(rows: &mut [Row]) {
    let mut runs: Keyed<Vec<u32>> = Keyed::default();
    for row in rows.iter().filter(|it| it.number != NO_NUMBER) {
        runs.entry(row.stem).or_default().push(row.number);
    }
    runs.retain(|_, numbers| {
        numbers.sort_unstable();
        numbers.dedup();
        let (first, last) = (numbers.first().copied(), numbers.last().copied());
        let is_dense = last.is_some_and(|it| it as usize <= 2 * numbers.len() + 8);
        numbers.len() >= RUN && is_dense && first.is_some_and(|it| it <= 10)
    });
    for row in rows.iter_mut() {
        // Whoever's name agrees with the address has it for a name, unless very many have; a phone is no part of a run.
        let run = runs.get(&row.stem).map_or(0, Vec::len);
        let can_be = match row.why {
            Why::Mail | Why::RoleWord | Why::BareName | Why::NameOnly | Why::AccountOnly => true,
            Why::MailAndName => run >= LONG_RUN,
            _ => false,
        };
        if can_be && run > 0 && row.number != NO_NUMBER {
            row.why = Why::NumberedRun;
        }
    }
}

/// Of several real-looking rows with the same handle but for digits at its end, one counts: somebody who tries out signing up.
fn find_variants(rows: &mut [Row]) {
    let mut seen: Keyed<u64> = Keyed::default();
    for row in rows.iter_mut().filter(|it| it.stem != 0 && it.has(Signal::Mail)) {
        if !matches!(row.why, Why::Mail | Why::MailAndName) {
            continue;
        }
        let n = seen.entry(row.stem).or_default();
        *n += 1;
        if *n > 1 {
            row.why = Why::Variant;
        }
    }
}

pub(super) fn together(rows: &[Row]) -> Together {
    let mut together = Together::default();
    let mut hashes: Keyed<u64> = Keyed::default();
    for row in rows.iter().filter(|it| it.hash != 0) {
        together.salted_hashes += 1;
        *hashes.entry(row.hash).or_default() += 1;
    }
    together.repeated_hashes = hashes.values().filter(|n| **n > 1).sum();
    let mut seconds: Vec<i64> = rows.iter().map(|it| it.second).filter(|it| *it != 0).collect();
    seconds.sort_unstable();
    together.sign_ups = seconds.len() as u64;
    together.listed = listed(rows);
    together.lettered = lettered(rows);
    let is_near = |one: Option<&i64>, other: Option<&i64>| {
        one.zip(other).is_some_and(|(one, other)| other - one <= 1)
    };
    for n in 0..seconds.len() {
        let before = n.checked_sub(1).and_then(|it| seconds.get(it));
        let (here, after) = (seconds.get(n), seconds.get(n + 1));
        together.sign_ups_at_once += u64::from(is_near(before, here) || is_near(here, after));
    }
    together
}

/// How many people have a name put together from lists of a third as many given names and surnames, or all none. In lists of real
/// people either the given names or the surnames are nearly as many as the people, up to some hundreds.
pub(super) fn listed(rows: &[Row]) -> u64 {
    let full = || rows.iter().filter(|it| it.ends[0] != it.ends[1]);
    let n = full().count();
    let few = |end: usize| {
        let distinct: Keys = full().filter_map(|it| it.ends.get(end).copied()).collect();
        distinct.len() * 3 <= n && distinct.len() <= 60
    };
    if n >= LISTED && few(0) && few(1) { n as u64 } else { 0 }
}

/// How many people a table has that begins with Alice, Bob, Charlie, Diana: a letter each, in order. Or none.
fn lettered(rows: &[Row]) -> u64 {
    let initials: Vec<u8> = rows.iter().map(|it| it.initial).filter(|it| *it != 0).collect();
    let mut starts = initials.windows(LETTERED).take(4);
    let is_run = starts.any(|it| it.first() == Some(&b'a') && it.is_sorted_by(|a, b| a + 1 == *b));
    if is_run { initials.len() as u64 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(whys: &[Why]) -> Vec<Row> {
        whys.iter().map(|why| Row { why: *why, ..Row::default() }).collect()
    }

    fn whys(rows: &[Row]) -> Vec<Why> {
        rows.iter().map(|it| it.why).collect()
    }

    #[test]
    fn finds_runs_of_numbers() {
        for (numbers, is_run) in [
            (&[1, 2, 3][..], true),
            (&[0, 2, 5, 7], true),
            (&[1, 2], false),
            (&[1984, 1985, 1986], false),
            (&[1, 40, 900], false),
        ] {
            let mut all = rows(&vec![Why::Mail; numbers.len()]);
            for (row, number) in all.iter_mut().zip(numbers) {
                (row.stem, row.number) = (7, *number);
            }
            find_runs(&mut all);
            assert_eq!(all[0].why == Why::NumberedRun, is_run, "{numbers:?}");
        }
    }

    #[test]
    fn a_valid_number_is_no_part_of_a_run() {
        let mut all = rows(&[Why::Phone, Why::Number, Why::Mail, Why::Mail]);
        for (n, row) in all.iter_mut().enumerate() {
            (row.stem, row.number) = (7, n as u32);
        }
        find_runs(&mut all);
        assert_eq!(whys(&all), [Why::Phone, Why::Number, Why::NumberedRun, Why::NumberedRun]);
    }

    #[test]
    fn one_of_several_variants_counts() {
        let mut all = rows(&[Why::Mail, Why::MailAndName, Why::Mail, Why::FullName]);
        for (row, stem) in all.iter_mut().zip([7, 7, 8, 7]) {
            row.stem = stem;
            row.set(Signal::Mail);
        }
        find_variants(&mut all);
        assert_eq!(whys(&all), [Why::Mail, Why::Variant, Why::Mail, Why::FullName]);
    }

    /// So many rows with an address, some of which agrees with the name, and some of which names somebody else.
    fn table(agree: usize, another: usize) -> Vec<Row> {
        let mut all = rows(&vec![Why::Mail; agree + another]);
        for (n, row) in all.iter_mut().enumerate() {
            (row.stem, row.ends, row.hash) = (n as u64 + 1, [n as u64 + 1; 2], 5);
            for signal in [Signal::Mail, Signal::Compared] {
                row.set(signal);
            }
            row.set(if n < agree { Signal::Agrees } else { Signal::NamesAnother });
        }
        all
    }

    #[test]
    fn finds_generated_tables() {
        for (agree, another) in [(0, 20), (1, 60), (3, 200)] {
            let mut all = table(agree, another);
            settle(&mut all);
            assert!(all.iter().all(|it| it.why == Why::Generated), "{agree} {another}");
        }
    }

    #[test]
    fn lets_no_table_with_people_through_as_generated() {
        for (agree, another) in [(20, 0), (20, 20), (4, 40), (12, 200), (0, 3)] {
            let mut all = table(agree, another);
            settle(&mut all);
            assert!(all.iter().all(|it| it.why == Why::Mail), "{agree} {another}");
        }
    }

    #[test]
    fn no_sign_alone_shows_a_generator() {
        for signals in [
            &[Signal::Age, Signal::Old][..],
            &[Signal::Age, Signal::Young],
            &[Signal::Address, Signal::RareStreet],
            &[Signal::Phone, Signal::UnassignedPhone, Signal::Extension],
            &[Signal::Mail, Signal::NamedDomain],
        ] {
            let mut all = rows(&[Why::Mail; 60]);
            for (n, row) in all.iter_mut().enumerate() {
                (row.stem, row.hash, row.second) = (n as u64 + 1, 5, 9);
                signals.iter().for_each(|it| row.set(*it));
            }
            settle(&mut all);
            assert!(all.iter().all(|it| it.why == Why::Mail), "{signals:?}");
        }
    }

    #[test]
    fn a_valid_phone_is_nobodys_invention() {
        let mut all = table(0, 40);
        all[0].why = Why::Phone;
        settle(&mut all);
        assert_eq!((all[0].why, all[1].why), (Why::Phone, Why::Generated));
    }

    #[test]
    fn one_name_beside_all_addresses_shows_no_generator() {
        let mut all = table(0, 60);
        all.iter_mut().for_each(|it| it.ends = [7, 8]);
        settle(&mut all);
        assert!(all.iter().all(|it| it.why == Why::Mail));
    }

    #[test]
    fn the_same_hash_and_the_same_second_show_no_generator() {
        let mut all = rows(&[Why::FullName; 60]);
        all.iter_mut().for_each(|it| (it.hash, it.second) = (5, 1_700_000_000));
        let together = settle(&mut all);
        assert_eq!((together.repeated_hashes, together.sign_ups_at_once), (60, 60));
        assert!(all.iter().all(|it| it.why == Why::FullName));
    }

    #[test]
    fn made_up_rows_do_not_vouch_for_others() {
        let mut all = table(12, 0);
        let fake = Row { why: Why::ReservedDomain, hash: 5, second: 9, ..Row::default() };
        all.resize(500, fake);
        settle(&mut all);
        assert_eq!(all.iter().filter(|it| it.why == Why::Mail).count(), 12);
    }

    #[test]
    fn people_of_samples_are_told_where_most_are() {
        let sample = Row { sample: Some("Chinook"), why: Why::Mail, ..Row::default() };
        let person = |n| Row { ends: [n, 0], ..sample };
        let mut all: Vec<Row> = (1..=8).map(person).collect();
        all.push(Row { why: Why::Mail, ..Row::default() });
        find_samples(&mut all);
        assert_eq!(all.iter().filter(|it| it.why == Why::SamplePerson).count(), 8);
        let mut all = vec![Row { why: Why::Mail, ..Row::default() }; 8];
        all.push(sample);
        find_samples(&mut all);
        assert!(all.iter().all(|it| it.why == Why::Mail));
        // Somebody who is in every row is nobody of a sample.
        let mut all = vec![sample; 60];
        find_samples(&mut all);
        assert!(all.iter().all(|it| it.why == Why::Mail));
    }
}
