//! How sure it is that a database holds test data: points added up, each with its reason, under a cap set by real-looking people.

use crate::content::confidence::{Confidence, Nature, Reason, Signs};

/// Upper bounds of the confidence by the number of real-looking people. It is a number and not a share, so that fake rows
/// mixed into real ones change nothing: of real tables with three fake users for each real one, a mean called 68 % test.
const CAPS: &[(u64, f64)] = &[(100, 0.15), (30, 0.3), (8, 0.5), (5, 0.7), (2, 0.8), (1, 0.88)];

/// The same by people of whom nothing is known.
const UNKNOWN_CAPS: &[(u64, f64)] = &[(100, 0.5), (30, 0.7), (10, 0.85)];

/// The same by keys, tokens, cards and numbers of accounts and people that are none of those for tests: they open or name
/// something, whoever is made up beside them.
const VALID_CAPS: &[(u64, f64)] = &[(30, 0.5), (1, 0.85)];

/// The bound for a database that was not read in full: what is missing may be people.
const DAMAGED: f64 = 0.5;

/// The bound for a database of which a part of the rows was read: the other rows may be people, and where a sample looks can
/// be foretold.
const SAMPLED: f64 = 0.8;

/// The bound for a database in which nobody was recognised: people may be written in a way that is not known here.
const NOBODY: f64 = 0.85;

/// Bytes of deleted text from which on it may be somebody's name.
const DELETED_TEXT: u64 = 8;

/// What is made up by proof.
const PROVEN: f64 = 0.999;

/// From here on it is test data, and up to there real data; between them it is undecided.
const TEST: f64 = 0.6;
const REAL: f64 = 0.3;

/// The least where fewer than so many people look real: unknown ones alone show nobody's data to be real.
const SOME: u64 = 3;
const NOT_REAL: f64 = 0.31;

/// Points that move the odds by a factor of e.
const SCALE: f64 = 6.0;

/// What a number says: points for each threshold that it reaches, and what is counted.
struct Steps {
    steps: &'static [(u64, i32)],
    what: &'static str,
}

const PEOPLE: Steps = Steps {
    steps: &[(1, -1), (3, -3), (8, -4), (16, -5), (32, -4), (64, -3), (150, -3)],
    what: "people whom nothing shows to be made up",
};
const REAL_LOOKING: Steps =
    Steps { steps: &[(3, -2), (10, -1), (30, -1)], what: "real-looking people" };
const ROWS: Steps =
    Steps { steps: &[(30, -1), (100, -3), (300, -4), (1_000, -3), (3_000, -1)], what: "rows" };
/// Where nobody is recognised, people may be written in a way that is not known here.
const ROWS_OF_NOBODY: Steps = Steps { steps: &[(30, -2), (1_000, -2)], what: "rows" };
const HOURS: Steps = Steps { steps: &[(14, -2)], what: "hours of the day with activity" };
const MADE_UP: Steps = Steps { steps: &[(1, 5)], what: "made-up people" };
const TEST_TEXTS: Steps = Steps { steps: &[(5, 2)], what: "texts typed as a test" };
const LISTED: Steps = Steps { steps: &[(1, 2)], what: "people with names from short lists" };
const LETTERED: Steps =
    Steps { steps: &[(1, 2)], what: "people with names of A, B, C, D in order" };
const REPEATED: Steps = Steps { steps: &[(3, 1)], what: "accounts with the same salted hash" };
const OTHER: Steps = Steps { steps: &[(10, -3)], what: "other personal values" };

/// People whom nothing shows to be made up, from which on made-up ones beside them say nothing for a developer.
const MANY: u64 = 8;

/// The share of texts that are placeholder Latin from which on somebody filled in the rest as well, in percent, and how many.
const PLACEHOLDER: (u64, u64) = (30, 5);

impl Steps {
    fn reason(&self, n: u64) -> Option<Reason> {
        let points: i32 = self.steps.iter().filter(|(it, _)| n >= *it).map(|(_, it)| it).sum();
        (points != 0).then(|| Reason { points, text: format!("{}: {n}", self.what) })
    }
}

/// The confidence that a database with these signs is test data.
pub fn confidence(signs: Signs) -> Confidence {
    let mut reasons = reasons(signs);
    let points: i32 = reasons.iter().map(|it| it.points).sum();
    let mut value = 1.0 / (1.0 + (-f64::from(points) / SCALE).exp());
    reasons.sort_by_key(|it| std::cmp::Reverse(it.points.abs()));
    if signs.people.total() > 0 && real(signs) < SOME && value < NOT_REAL {
        value = NOT_REAL;
        let text = format!("at least {NOT_REAL} where hardly anybody looks real");
        reasons.insert(0, Reason { points: 0, text });
    }
    // A bound that was met says more than any points, and only the first reasons may be shown.
    let mut caps = caps(signs);
    caps.retain(|(cap, _)| *cap < value);
    caps.sort_by(|one, other| one.0.total_cmp(&other.0));
    value = caps.first().map_or(value, |(cap, _)| *cap);
    let caps = caps.into_iter().map(|(_, text)| Reason { points: 0, text });
    let mut reasons: Vec<Reason> = caps.chain(reasons).collect();
    if signs.deleted_people > 0 {
        let text = format!("people only in deleted rows: {}", signs.deleted_people);
        reasons.push(Reason { points: 0, text });
    }
    let value = (value * 1000.0).round() / 1000.0;
    Confidence { value, reasons, is_proven: false, signs }
}

/// Real-looking people, and addresses of such in longer texts.
fn real(signs: Signs) -> u64 {
    signs.people.real_looking.saturating_add(signs.loose_mails)
}

/// What speaks for and against test data, each with its points.
fn reasons(signs: Signs) -> Vec<Reason> {
    let people = signs.people;
    let (total, others) = (people.total(), real(signs).saturating_add(people.unknown));
    let mut base = if signs.rows == 0 {
        Reason { points: 40, text: "no rows".to_owned() }
    } else if total == 0 {
        Reason { points: 8, text: "no row stands for a person".to_owned() }
    } else if others == 0 {
        Reason { points: 20, text: format!("made-up people: {total} of {total}") }
    } else {
        Reason { points: 17, text: format!("people: {total}") }
    };
    if signs.is_sampled() {
        let Signs { rows, rows_read, .. } = signs;
        base.text.push_str(&format!(", going by {rows_read} of {rows} rows"));
    }
    let mut reasons = vec![base];
    // Generated data is as large and as busy as its author liked, and reference data has many rows and no people.
    if others > 0 {
        reasons.extend(PEOPLE.reason(others));
        reasons.extend(REAL_LOOKING.reason(real(signs)));
        reasons.extend(ROWS.reason(signs.rows));
        if others < MANY {
            reasons.extend(MADE_UP.reason(people.synthetic));
        }
        reasons.extend(LISTED.reason(signs.listed_people));
        reasons.extend(LETTERED.reason(signs.lettered_people));
        reasons.extend(REPEATED.reason(signs.repeated_hashes));
        reasons.extend(TEST_TEXTS.reason(signs.test_texts));
        let (percent, least) = PLACEHOLDER;
        if signs.lorem_texts >= least && signs.lorem_texts * 100 >= signs.texts * percent {
            let text =
                format!("texts of placeholder Latin: {} of {}", signs.lorem_texts, signs.texts);
            reasons.push(Reason { points: 4, text });
        }
    }
    if total == 0 {
        reasons.extend(ROWS_OF_NOBODY.reason(signs.rows));
        reasons.extend(OTHER.reason(signs.other_personal));
    }
    if others > 0 || total == 0 {
        reasons.extend(HOURS.reason(signs.active_hours));
    }
    reasons
}

/// Says that all of it is made up by proof.
pub(super) fn prove(confidence: &mut Confidence) {
    confidence.is_proven = true;
    if confidence.signs.rows > 0 {
        let text = "each value is reserved for examples, a number, a day or a flag".to_owned();
        confidence.reasons.insert(0, Reason { points: 0, text });
        confidence.value = PROVEN;
    }
}

/// The upper bounds, each with its reason.
fn caps(signs: Signs) -> Vec<(f64, String)> {
    let real = signs.people.real_looking.saturating_add(signs.loose_mails);
    let unknown = signs.people.unknown;
    let mut caps = Vec::new();
    if let Some((_, cap)) = CAPS.iter().find(|(n, _)| real >= *n) {
        caps.push((*cap, format!("at most {cap} with {real} real-looking people")));
    }
    if let Some((_, cap)) = UNKNOWN_CAPS.iter().find(|(n, _)| unknown >= *n) {
        caps.push((*cap, format!("at most {cap} with {unknown} people of unknown kind")));
    }
    if let Some((_, cap)) = VALID_CAPS.iter().find(|(n, _)| signs.valid_numbers >= *n) {
        let n = signs.valid_numbers;
        caps.push((*cap, format!("at most {cap} with {n} valid keys, cards or numbers of people")));
    }
    if signs.people.total() == 0 && signs.rows > 0 {
        caps.push((NOBODY, format!("at most {NOBODY} where nobody is recognised")));
    }
    if signs.name_like_columns > 0 && real + unknown == 0 {
        let n = signs.name_like_columns;
        caps.push((NOBODY, format!("at most {NOBODY} with columns that may hold names: {n}")));
    }
    if signs.deleted_text >= DELETED_TEXT {
        let n = signs.deleted_text;
        let text = format!(
            "at most {NOBODY} with {n} bytes of deleted text in its pages (VACUUM takes it out)"
        );
        caps.push((NOBODY, text));
    }
    if signs.is_damaged {
        caps.push((DAMAGED, format!("at most {DAMAGED} since not all of it was read")));
    }
    if signs.is_sampled() {
        let Signs { rows, rows_read, .. } = signs;
        caps.push((SAMPLED, format!("at most {SAMPLED} with {rows_read} of {rows} rows read")));
    }
    caps
}

/// What a database is, by its confidence and the signs that made it.
pub fn nature(confidence: &Confidence, sample: Option<&'static str>) -> Nature {
    let signs = confidence.signs;
    if let Some(sample) = sample {
        return Nature::SampleDatabase(sample);
    }
    if signs.people.total() == 0 && signs.loose_mails == 0 {
        return match signs {
            Signs { is_damaged: true, .. } => Nature::Unreadable,
            Signs { rows: 0, .. } => Nature::EmptySchema,
            _ if confidence.value < TEST => Nature::Undecided,
            _ if signs.state_tables > signs.thing_tables => Nature::ApplicationState,
            _ => Nature::ReferenceData,
        };
    }
    match confidence.value {
        it if it <= REAL => Nature::RealData,
        _ if signs.is_damaged => Nature::Unreadable,
        it if it >= TEST => Nature::TestData,
        _ => Nature::Undecided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::people::Identities;

    fn signs(people: Identities, rows: u64) -> Signs {
        Signs { people, rows, rows_read: rows, ..Signs::default() }
    }

    fn value(synthetic: u64, real_looking: u64, unknown: u64, rows: u64) -> f64 {
        let people = Identities { synthetic, real_looking, unknown };
        confidence(signs(people, rows)).value
    }

    #[test]
    fn made_up_people_are_test_data() {
        for n in [1, 2, 800] {
            assert!(value(n, 0, 0, n * 4) >= 0.9);
        }
    }

    #[test]
    fn many_real_looking_people_are_not() {
        assert!(value(0, 500, 0, 2_000) < 0.1);
        assert!(value(0, 100, 0, 100) <= 0.25);
    }

    #[test]
    fn fake_rows_mixed_in_do_not_raise_it() {
        for real in [1, 2, 5, 20, 50, 500] {
            for fake in [1, 10, 100, 10_000] {
                assert!(
                    value(fake, real, 0, real + fake) <= value(0, real, 0, real),
                    "{real} {fake}"
                );
            }
        }
    }

    #[test]
    fn what_was_not_read_in_full_is_never_sure() {
        let people = Identities { synthetic: 2, ..Identities::default() };
        let value = |signs| confidence(signs).value;
        let whole = signs(people, 4);
        assert!(value(whole) > SAMPLED);
        assert_eq!(value(Signs { rows_read: 3, ..whole }), SAMPLED);
        assert_eq!(value(Signs { is_damaged: true, ..whole }), DAMAGED);
        assert_eq!(value(Signs { rows_read: 3, is_damaged: true, ..whole }), DAMAGED);
    }

    #[test]
    fn no_people_and_no_rows_have_a_value_by_rule() {
        assert_eq!(value(0, 0, 0, 0), 0.999);
        assert_eq!(value(0, 0, 0, 10), 0.791);
        assert!(value(0, 0, 0, 10_000) >= TEST);
    }

    #[test]
    fn reasons_come_with_the_weightiest_first() {
        let people = Identities { synthetic: 0, real_looking: 4, unknown: 3 };
        let reasons = confidence(Signs { active_hours: 20, ..signs(people, 50) }).reasons;
        let reasons = reasons.get(1..).unwrap_or_default();
        assert!(reasons.is_sorted_by_key(|it| -it.points.abs()));
        assert!(reasons.len() > 1);
    }

    #[test]
    fn bounds_come_before_all_reasons_with_the_tightest_first() {
        let people = Identities { synthetic: 20, ..Identities::default() };
        let signs = Signs { rows_read: 80, loose_mails: 1, is_damaged: true, ..signs(people, 90) };
        let reasons = confidence(signs).reasons;
        let caps: Vec<_> = reasons.iter().map(|it| it.text.get(..11)).collect();
        assert_eq!(caps[..3], [Some("at most 0.5"), Some("at most 0.8"), Some("at most 0.8")]);
    }
}
