//! Texts that are no personal data by themselves, and what they say of the author: placeholder Latin, and what is typed to see
//! whether it works.

use super::generator;
use super::naming::Naming;
use crate::content::confidence::Signs;

/// Letters from which a text is taken for a sentence.
const SENTENCE: usize = 20;

/// Texts seen so far.
#[derive(Default)]
pub(super) struct Texts {
    sentences: u64,
    lorem: u64,
    tests: u64,
}

impl Texts {
    /// Takes in a text, and how it reads as a name.
    pub(super) fn add(&mut self, text: &str, naming: Option<Naming>) {
        if matches!(naming, Some(Naming::Test | Naming::Mash)) {
            self.tests += 1;
        } else if text.len() >= SENTENCE && text.contains(' ') {
            self.sentences += 1;
            self.lorem += u64::from(generator::is_lorem(text));
        }
    }

    pub(super) fn tell(&self, signs: &mut Signs) {
        (signs.texts, signs.lorem_texts, signs.test_texts) =
            (self.sentences, self.lorem, self.tests);
    }
}

/// Where social networks have the pages of people, and of nobody else.
const PAGES: &[&str] =
    &["linkedin.com/in/", "facebook.com/profile.php?id=", "facebook.com/people/", "vk.com/id"];

/// Whether a text is the address of a page that is a person's.
pub(super) fn is_page_of_person(text: &str) -> bool {
    text.starts_with("http") && text.len() <= 300 && PAGES.iter().any(|it| text.contains(it))
}

/// Words of flags and states, which say nothing of anybody.
const FLAGS: &str = "a accepted active approved archived b blocked c cancelled closed completed confirmed deleted \
    disabled done draft enabled error f failed false female high inactive info low m male medium n new \
    no none normal null off on open other paid pending private processing public published queued ready \
    rejected running shipped started success todo true unpaid warning y yes";

/// Digits that a number has at most where it says nothing of anybody.
pub(super) const LONG_NUMBER: usize = 5;

/// Whether a text is a flag or a short number.
pub(super) fn is_flag(text: &str) -> bool {
    let is_number =
        |it: &str| it.len() <= LONG_NUMBER && it.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    is_number(text)
        || (text.len() <= 10 && FLAGS.split(' ').any(|it| it.eq_ignore_ascii_case(text)))
}
