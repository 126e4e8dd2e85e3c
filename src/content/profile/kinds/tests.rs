//! What holds for all kinds: the order in which they are asked, that nothing is looked for twice, that no input ends a run.

use proptest::prelude::*;

use super::*;
use crate::content::database::NationalId;

const ALL: &[ColumnSays] = &[
    ColumnSays::PersonName,
    ColumnSays::Name,
    ColumnSays::Login,
    ColumnSays::Mail,
    ColumnSays::Phone,
    ColumnSays::Password,
    ColumnSays::Time,
    ColumnSays::PersonId,
    ColumnSays::BirthDate,
    ColumnSays::Gender,
    ColumnSays::Address,
    ColumnSays::City,
    ColumnSays::PostalCode,
    ColumnSays::NationalId(None),
    ColumnSays::NationalId(Some(NationalId::UsSsn)),
    ColumnSays::NationalId(Some(NationalId::Cpf)),
    ColumnSays::NationalId(Some(NationalId::Cnpj)),
    ColumnSays::NationalId(Some(NationalId::Aadhaar)),
    ColumnSays::NationalId(Some(NationalId::Nir)),
    ColumnSays::NationalId(Some(NationalId::Dni)),
    ColumnSays::NationalId(Some(NationalId::Pesel)),
    ColumnSays::NationalId(Some(NationalId::CodiceFiscale)),
    ColumnSays::NationalId(Some(NationalId::Bsn)),
    ColumnSays::NationalId(Some(NationalId::ChineseId)),
    ColumnSays::Card,
    ColumnSays::BankAccount,
    ColumnSays::IpAddress,
    ColumnSays::MacAddress,
    ColumnSays::Latitude,
    ColumnSays::Longitude,
    ColumnSays::Health,
    ColumnSays::Religion,
    ColumnSays::Session,
    ColumnSays::Token,
    ColumnSays::PersonTrait,
    ColumnSays::Nothing,
];

fn kind(text: &str, says: ColumnSays) -> Option<Kind> {
    of_text(text, says).map(|it| it.kind)
}

#[test]
fn finds_without_a_column() {
    for (text, is) in [
        ("anna@web.de", Kind::Email),
        ("Anna Keller <anna@web.de>", Kind::Email),
        ("+49 30 901820", Kind::Phone),
        ("(212) 736-5000", Kind::Phone),
        ("212.736.5000", Kind::Phone),
        ("+1 212 736 5000 ext. 12", Kind::Phone),
        ("4539 5787 6362 1486", Kind::PaymentCard),
        ("DE02 1203 0000 0000 2020 51", Kind::Iban),
        ("NL02ABNA0123456789", Kind::Iban),
        ("390.533.447-05", Kind::NationalId(NationalId::Cpf)),
        ("45.723.174/0001-10", Kind::NationalId(NationalId::Cnpj)),
        ("9999 4105 7058", Kind::NationalId(NationalId::Aadhaar)),
        ("2 55 08 14 168 025 38", Kind::NationalId(NationalId::Nir)),
        ("RSSMRA85T10A562S", Kind::NationalId(NationalId::CodiceFiscale)),
        ("11010519491231002X", Kind::NationalId(NationalId::ChineseId)),
        ("84.117.52.9", Kind::IpAddress),
        ("2a02:810d:1234::5", Kind::IpAddress),
        ("3c:22:fb:1a:2b:3c", Kind::MacAddress),
        ("10:22:33:14:25:36", Kind::MacAddress),
        ("42 Willow Street, Springfield", Kind::PostalAddress),
        ("Hauptstraße 5", Kind::PostalAddress),
        ("{SSHA}abcdefghijklmnop", Kind::PasswordHash),
        ("pbkdf2_sha256$870000$salt$aGFzaGhhc2g=", Kind::PasswordHash),
        ("AKIAIOSFODNN7EXAMPLE", Kind::ApiToken),
        ("-----BEGIN PRIVATE KEY-----", Kind::PrivateKey),
    ] {
        assert_eq!(kind(text, ColumnSays::Nothing), Some(is), "{text}");
        assert_eq!(
            kind(&format!(" {text}\n"), ColumnSays::PersonTrait).is_some(),
            is != Kind::PostalAddress,
            "{text}"
        );
    }
    assert!(of_integer(110105199003078515, ColumnSays::Nothing).is_none());
}

#[test]
fn lets_through_without_a_column() {
    for text in [
        "",
        " ",
        "hello",
        "42",
        "12.50",
        "2024-01-02",
        "2024-01-02 10:00:00",
        "2024-01-02T10:00:00.123Z",
        "10:00:00",
        "1.2.3",
        "1.2.3.4",
        "v1.2.3-beta.4",
        "#a1b2c3",
        "550e8400-e29b-41d4-a716-446655440000",
        "5f4dcc3b5aa765d61d8327deb882cf98",
        "123-45-6789",
        "30901820",
        "1715904000",
        "1715904000000",
        "978-3-16-148410-0",
        "4006381333931",
        "The quick brown fox jumps over 13 lazy dogs",
        "https://a.de/b?c=1&d=2",
        "image/png; charset=utf-8",
        "/usr/lib/python3.11/site-packages",
        "SELECT * FROM t WHERE a = 1",
        "true",
        "日本語",
    ] {
        assert_eq!(of_text(text, ColumnSays::Nothing), None, "{text}");
    }
}

#[test]
fn a_column_says_more() {
    for (text, says, is) in [
        ("0171-1234568", ColumnSays::Phone, Kind::Phone),
        ("anna@web.de", ColumnSays::Login, Kind::Email),
        ("1980-05-17", ColumnSays::BirthDate, Kind::BirthDate),
        ("Sommer!Regen42", ColumnSays::Password, Kind::Password),
        ("5f4dcc3b5aa765d61d8327deb882cf98", ColumnSays::Password, Kind::PasswordHash),
        ("k9s8d7f6g5h4j3k2l1qpwoei", ColumnSays::Session, Kind::SessionKey),
        ("9f8a6b1c2d4e7f03", ColumnSays::Token, Kind::ApiToken),
        ("penicillin", ColumnSays::Health, Kind::Health),
        ("Buddhist", ColumnSays::Religion, Kind::Religion),
        ("536-22-8726", ColumnSays::NationalId(None), Kind::NationalId(NationalId::UsSsn)),
        ("52.51704", ColumnSays::Latitude, Kind::Coordinates),
        ("1.2.3.4", ColumnSays::IpAddress, Kind::IpAddress),
        ("4539578763621486", ColumnSays::Card, Kind::PaymentCard),
    ] {
        assert_eq!(kind(text, says), Some(is), "{text}");
    }
    for (text, says) in [
        ("none", ColumnSays::Health),
        ("NULL", ColumnSays::Religion),
        ("2024-01-02", ColumnSays::Phone),
        ("2024-01-02 10:00:00.123", ColumnSays::Time),
        ("1715904000000", ColumnSays::Time),
    ] {
        assert_eq!(kind(text, says), None, "{text}");
    }
    assert!(of_real(491711234568.0, ColumnSays::Phone).is_some());
    assert!(of_real(52.51704, ColumnSays::Latitude).is_some());
    assert!(of_real(f64::NAN, ColumnSays::Phone).is_none());
}

#[test]
fn finds_inside_of_long_text() {
    let token = "ghp_Zk3vQ9xR2mT7bW5nY8cL4pD6fG1hJ0sAqEuV";
    let text = format!("{} anna@web.de {token} {token}", "x ".repeat(100));
    assert_eq!(of_text(&text, ColumnSays::Nothing), None);
    let mut found = Vec::new();
    inside(text.as_bytes(), |it| found.push(it.kind));
    assert_eq!(found, [Kind::Email, Kind::ApiToken, Kind::ApiToken]);
    let far = format!("{} {token}", "x ".repeat(SEARCHED));
    inside(far.as_bytes(), |it| found.push(it.kind));
    assert_eq!(found.len(), 3);
}

/// Text of digits, letters and what is written between them, which comes further than any text does.
fn written() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("+".to_owned()),
        Just("@".to_owned()),
        Just("eyJ".to_owned()),
        Just("$2b$".to_owned()),
        Just("ghp_".to_owned()),
        Just("-----BEGIN ".to_owned()),
        Just("2A".to_owned()),
        Just("é".to_owned()),
        proptest::string::string_regex("[0-9]{1,6}").expect("a pattern"),
        proptest::string::string_regex("[A-Za-z]{1,4}").expect("a pattern"),
        proptest::string::string_regex("[-. /:()_,;=]").expect("a pattern"),
    ];
    proptest::collection::vec(pieces, 0..12).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn no_text_ends_a_run(text in any::<String>(), near in written()) {
        for says in ALL {
            let _ = of_text(&text, *says);
            let _ = of_text(&near, *says);
        }
        let _ = is_mail_domain(&near);
    }

    #[test]
    fn no_number_ends_a_run(integer in any::<i64>(), real in any::<f64>()) {
        for says in ALL {
            let _ = of_integer(integer, *says);
            let _ = of_real(real, *says);
        }
    }

    #[test]
    fn no_bytes_end_a_run(bytes in proptest::collection::vec(any::<u8>(), 0..300), near in written()) {
        inside(&bytes, |_| {});
        inside(near.repeat(8).as_bytes(), |_| {});
    }
}
