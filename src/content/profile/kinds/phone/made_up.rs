//! Phone numbers that nobody has.

/// Numbers that are kept free for films and books, by their first digits.
const FICTIONAL: &[&[u8]] = &[
    // Ofcom, "Telephone numbers for use in TV and radio drama programmes".
    b"441134960",
    b"441144960",
    b"441154960",
    b"441164960",
    b"441174960",
    b"441184960",
    b"441214960",
    b"441314960",
    b"441414960",
    b"441514960",
    b"441614960",
    b"442079460",
    b"441914980",
    b"442896496",
    b"442920180",
    b"441632960",
    b"447700900",
    b"448081570",
    b"449098790",
    b"443069990",
    // ACMA, "Phone numbers for use in TV shows, films and creative works"; its mobile numbers are all in 0491 57.
    b"6125550",
    b"6127010",
    b"6135550",
    b"6137010",
    b"6175550",
    b"6177010",
    b"6185550",
    b"6187010",
    b"6149157",
    b"611800160401",
    b"6118009757",
    // Bundesnetzagentur, Mitteilung 148/2021, "Rufnummern für Medienproduktionen".
    b"493023125",
    b"496990009",
    b"494066969",
    b"49221471",
    b"498999998",
    b"4917139200",
    b"49176040690",
    // Arcep, décision 2018-0881, for audiovisual works.
    b"3319900",
    b"3326191",
    b"3335301",
    b"3346571",
    b"3353649",
    b"3363998",
    // PTS, "Telefonnummer för användning i böcker och filmer".
    b"463139006",
    b"464062804",
    b"468465004",
    b"4698031920",
    b"467017406",
];

/// Numbers nobody has: one digit over and over, a run up or down, those kept for films.
pub(super) fn is_made_up(digits: &[u8]) -> bool {
    let last = digits.get(digits.len().saturating_sub(7)..).unwrap_or_default();
    let runs = |step: i16| {
        last.windows(2).all(|pair| match pair {
            [a, b] => (i16::from(*b) - i16::from(*a)).rem_euclid(10) == step,
            _ => false,
        })
    };
    runs(0) || runs(1) || runs(9) || is_fictional(digits)
}

fn is_fictional(digits: &[u8]) -> bool {
    let national = digits.strip_prefix(&[0]);
    let begins = |with: &[u8], digits: &[u8]| {
        digits.len() >= with.len() && with.iter().zip(digits).all(|(a, b)| a - b'0' == *b)
    };
    FICTIONAL.iter().any(|it| match national {
        // All of these countries have codes of two digits, and a zero before national numbers.
        Some(national) => it.get(2..).is_some_and(|it| begins(it, national)),
        None => digits.len() >= 10 && begins(it, digits),
    })
}

/// The exchange 555 and the area 555 of North America, which has 555-0100 to 555-0199 for fiction (NANPA, "555 line numbers") and hardly any
/// other number.
pub(super) fn is_555(digits: &[u8]) -> bool {
    let national = match digits {
        [1, rest @ ..] if rest.len() == 10 => rest,
        _ => digits,
    };
    match national.len() {
        7 => national.starts_with(&[5, 5, 5]),
        10 => {
            national.starts_with(&[5, 5, 5])
                || national.get(3..).is_some_and(|it| it.starts_with(&[5, 5, 5]))
        }
        _ => false,
    }
}
