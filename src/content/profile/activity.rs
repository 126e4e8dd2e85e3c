//! When things happened, by the columns of time of all tables: days, hours, and how long it went on.

use std::collections::BTreeMap;

use super::time::Moment;

/// What is known of when things happened.
#[derive(Default)]
pub(super) struct Activity {
    /// How often each day occurs, by its number since 1970.
    days: BTreeMap<i32, u64>,
    /// How often each hour of a day occurs, of the moments that tell one.
    hours: [u64; 24],
}

/// The share of all moments, in percent, from which on an hour counts: a few stray ones make nobody sleepless.
const HOUR_SHARE: u64 = 1;

impl Activity {
    pub(super) fn add(&mut self, moment: Moment) {
        *self.days.entry(moment.day).or_default() += 1;
        if let Some(n) = moment.hour().and_then(|it| self.hours.get_mut(it)) {
            *n += 1;
        }
    }

    /// Days on which anything happened.
    pub(super) fn days(&self) -> u64 {
        self.days.len() as u64
    }

    /// Hours of the day in which at least one of a hundred moments lies.
    pub(super) fn hours(&self) -> u64 {
        let all: u64 = self.hours.iter().sum();
        self.hours.iter().filter(|n| **n > 0 && **n * 100 >= all * HOUR_SHARE).count() as u64
    }

    /// Days between the 5th and the 95th percentile of activity: one old row makes no history.
    pub(super) fn span(&self) -> u64 {
        let total: u64 = self.days.values().sum();
        let at = |share: u64| {
            let mut sum = 0;
            self.days.iter().find_map(|(day, n)| {
                sum += n;
                (sum * 100 >= total * share).then_some(*day)
            })
        };
        match (at(5), at(95)) {
            (Some(first), Some(last)) => u64::from(last.abs_diff(first)),
            _ => 0,
        }
    }
}
