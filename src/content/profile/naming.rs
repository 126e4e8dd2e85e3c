//! How a text reads as the name of a person, and whether a column of such texts holds people.

use super::layout::Layout;
use super::words::{self, ColumnSays, TableSays};

/// How a name reads, from what says least for a person to what says most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Naming {
    /// It may be anything.
    Unknown,
    Mash,
    Test,
    /// A frequent given name or surname.
    Known,
    /// A frequent given name, and one or two words behind it that nothing is known of.
    Likely,
    /// Several parts, of which enough are frequent names.
    Full,
}

/// How a text reads as the name of a person; none where it cannot be one.
pub(super) fn naming(text: &str) -> Option<Naming> {
    if !(2..=80).contains(&text.len()) {
        return None;
    }
    if words::is_test_identity(text) {
        return Some(Naming::Test);
    }
    let Some(likeness) = words::name_likeness(text) else {
        // `Anna Keller, 3`: something else stands behind the name.
        let ends =
            |c: char| matches!(c, ',' | ';' | '/' | '|' | '<' | '(' | ':') || c.is_ascii_digit();
        let (first, _) = text.split_once(ends)?;
        let likeness = words::name_likeness(first)?;
        return likeness.is_full_name().then_some(Naming::Full);
    };
    Some(match likeness.known {
        0 if words::keyboard_mash(text) => Naming::Mash,
        0 => Naming::Unknown,
        _ if likeness.is_full_name() => Naming::Full,
        known
            if known > likeness.weak
                && likeness.begins_with_given
                && (2..=3).contains(&likeness.parts) =>
        {
            Naming::Likely
        }
        known if known > likeness.weak => Naming::Known,
        _ => Naming::Unknown,
    })
}

/// A column whose values may be names of people or of things.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Doubtful {
    /// Its values that are written as a name may be.
    pub(super) values: u64,
    /// Those that have a frequent given name or surname.
    known: u64,
    /// Those that read as a full name, and those that are a given name or surname alone or with a word that is no known one.
    full: u64,
    likely: u64,
    /// Its texts, of any kind. Words by which people are made up count nowhere: many of them must not hide a few people.
    texts: u64,
}

impl Doubtful {
    pub(super) fn add(&mut self, naming: Option<Naming>, text: &str) {
        self.texts += u64::from(!matches!(naming, Some(Naming::Test | Naming::Mash)));
        self.values += u64::from(naming == Some(Naming::Unknown) || naming >= Some(Naming::Known));
        self.known += u64::from(naming >= Some(Naming::Known));
        self.full += u64::from(naming == Some(Naming::Full));
        self.likely += u64::from(match naming {
            Some(Naming::Known) => !text.contains(' '),
            naming => naming == Some(Naming::Likely),
        });
    }

    /// Whether they are people's. Of a column of names two of five have to be frequent ones: of products and cities one of
    /// twenty is. Where nothing says that they are names, or things have them, three of five have to be a full name, or a
    /// given name and no more. Some tens of full names are people's, whatever stands between them.
    pub(super) fn is_of_people(self, says: ColumnSays, layout: &Layout) -> bool {
        let Doubtful { values, known, full, likely, texts } = self;
        if texts == 0 {
            return false;
        }
        let is_strict = says != ColumnSays::Name || layout.table == TableSays::Things;
        full == texts
            || (full >= 20
                && full * 20 >= texts
                && !(is_strict && layout.has(ColumnSays::PersonId)))
            || (values >= 3
                && match is_strict {
                    true => (full + likely) * 10 >= texts * 6,
                    false => known * 5 >= values * 2 && values * 2 >= texts,
                })
    }

    /// Whether they may well be, though few of the names are known ones: all are written as names are.
    pub(super) fn may_be_of_people(self, table: TableSays) -> bool {
        matches!(table, TableSays::Nothing | TableSays::People)
            && self.values >= 3
            && self.values * 10 >= self.texts * 9
            && self.known * 5 >= self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_how_a_text_reads() {
        for (text, expected) in [
            ("Anna Keller", Some(Naming::Full)),
            ("Anna Keller, 3", Some(Naming::Full)),
            ("anna keller", Some(Naming::Full)),
            ("Anna Qwertz", Some(Naming::Likely)),
            ("Anna", Some(Naming::Known)),
            ("Xkcdville", Some(Naming::Unknown)),
            ("Test User", Some(Naming::Test)),
            ("asdfgh", Some(Naming::Mash)),
            ("42", None),
            ("https://example.com/", None),
        ] {
            assert_eq!(naming(text), expected, "{text}");
        }
    }

    fn is_of_people(texts: &[&str], says: ColumnSays, table: &str) -> bool {
        let mut doubtful = Doubtful::default();
        texts.iter().for_each(|it| doubtful.add(naming(it), it));
        doubtful.is_of_people(says, &Layout::new(table, &[]))
    }

    #[test]
    fn finds_columns_of_people() {
        for (texts, says) in [
            (&["Anna Keller", "Jonas Brandt", "Maria Novak"][..], ColumnSays::Nothing),
            (&["Anna Keller"], ColumnSays::Nothing),
            (&["Anna", "Jonas", "Maria", "Xkcdville"], ColumnSays::Nothing),
            (&["Anna", "Jonas", "Xkcdville", "Ywot"], ColumnSays::Name),
            (&["Anna Keller", "Test User", "admin", "asdfgh"], ColumnSays::Nothing),
        ] {
            assert!(is_of_people(texts, says, "t"), "{texts:?}");
        }
        assert!(is_of_people(
            &["Anna Keller", "Jonas Brandt", "Maria Novak"],
            ColumnSays::Nothing,
            "products"
        ));
    }

    #[test]
    fn lets_through_columns_of_things() {
        for texts in [
            &["Blue Chair", "Green Lamp", "Table"][..],
            &["open", "closed", "new"],
            &["Anna", "lamp", "chair", "table"],
            &["Test User", "admin"],
        ] {
            assert!(!is_of_people(texts, ColumnSays::Nothing, "t"), "{texts:?}");
        }
    }
}
