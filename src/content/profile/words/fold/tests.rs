//! How letters fold, and which names are heard in which logins.

use super::*;
use proptest::prelude::*;

#[test]
fn letters_lose_their_accents() {
    for (text, plain) in [
        ("Prénom", "prenom"),
        ("ŁUKASZ", "lukasz"),
        ("Strauß", "strauss"),
        ("Nguyễn Thị Hương", "nguyen thi huong"),
        ("Şükrü Yıldız", "sukru yildiz"),
        ("İbrahim", "ibrahim"),
        ("Ångström", "angstrom"),
        ("Søren Æbelø", "soren aebelo"),
        ("e\u{301}", "e"),
        ("Γιώργος", "γιωργοσ"),
        ("Алёна", "алена"),
        ("أحمد", "احمد"),
        ("علی", "علي"),
        ("サトウ", "さとう"),
        ("ＡＢＣ１", "abc1"),
        ("Đặng", "dang"),
        ("ștefan", "stefan"),
    ] {
        assert_eq!(folded(text), plain, "{text}");
        assert_eq!(Folded::new(text).map(|it| it.as_str().to_owned()).as_deref(), Some(plain));
    }
}

#[test]
fn cyrillic_and_greek_are_written_in_latin_letters() {
    for (text, written) in [
        ("Сергей", "sergey"),
        ("Щукин", "shchukin"),
        ("Юлия", "yuliya"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("Müller", "muller"),
        ("anna", "anna"),
        ("王", "王"),
    ] {
        assert_eq!(latin(text), written, "{text}");
    }
}

#[test]
fn a_name_is_heard_in_its_usual_writings() {
    for (part, local) in [
        ("Сергей", "sergei"),
        ("Сергей", "sergey.ivanov"),
        ("Иванов", "sivanov"),
        ("Дмитрий", "dmitry"),
        ("Дмитрий", "dmitri_k"),
        ("Юлия", "julia"),
        ("Юлия", "yulia"),
        ("Юлия", "iuliia"),
        ("Евгений", "yevgeny"),
        ("Евгений", "evgenii"),
        ("Алексей", "alexey"),
        ("Алексей", "aleksei"),
        ("Ксения", "xenia"),
        ("Михаил", "mihail"),
        ("Михаил", "mikhail77"),
        ("Цветков", "cvetkov"),
        ("Цветков", "tsvetkov"),
        ("Чайковский", "tchaikovsky"),
        ("Чехов", "čehov"),
        ("Müller", "tmueller"),
        ("Müller", "muller"),
        ("Jörg", "joerg"),
        ("Weiß", "weiss"),
        ("Åse", "aase"),
        ("Søren", "soren"),
        ("Söder", "soeder"),
        ("Karl", "carl"),
        ("Philip", "filip"),
        ("Γιάννης", "yiannis"),
        ("Γιάννης", "giannis"),
        ("Nguyễn", "nguyen.van"),
        ("Li", "wei.li"),
        ("Anna", "annakeller"),
    ] {
        assert!(sounds_like(part, local), "{part} {local}");
    }
}

#[test]
fn other_names_are_not_heard() {
    for (part, local) in [
        ("Anna", "peter"),
        ("Li", "oliver"),
        ("Сергей", "ivan"),
        ("", ""),
        ("A", "a"),
        ("王", "wang"),
        ("Ann", "joanne"),
    ] {
        assert!(!sounds_like(part, local), "{part} {local}");
    }
}

proptest! {
    #[test]
    fn any_text_is_folded(text in ".{0,120}", other in ".{0,120}") {
        let plain = folded(&text);
        prop_assert_eq!(Folded::new(&text).map_or(plain.clone(), |it| it.as_str().to_owned()), plain);
        let _ = latin(&text);
        let _ = sounds_like(&text, &other);
    }
}
