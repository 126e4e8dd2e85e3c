//! What generators of test data write, and hardly anybody else: Faker and mimesis.

/// Words for streets in the list of the United States Postal Service (Publication 28, appendix C1) that hardly any street has, and of
/// ships and posts abroad. Faker takes each word of that list as often as the next.
const RARE_STREETS: &str = "alley bayou brooks burg burgs bypass camp canyon cape causeway cliffs common corners crescent dale \
    dam divide estate estates expressway extension extensions falls ferry fields flat flats ford fords \
    forest forge forges fork forks fort freeway gateway glen glens greens grove groves harbor harbors \
    haven heights hollow inlet island islands isle junction junctions key keys knoll knolls lakes \
    landing light lights loaf lock locks lodge mall manor manors meadow meadows mews mill mills mission \
    motorway mountain mountains neck orchard overpass passage pike pine pines plain plains plaza points \
    port ports prairie radial ramp ranch rapid rapids rest ridges rue shoal shoals shore shores skyway \
    spring springs spur spurs stravenue stream summit throughway trace trafficway tunnel turnpike \
    underpass union unions valley valleys via viaduct view views villages ville vista walks well wells \
    usns usnv uscgc uss fpo apo psc";

/// Words of the placeholder text `Lorem ipsum`, as generators of test data string them together.
const LOREM: &str = "lorem ipsum dolor amet consectetur adipiscing elit eiusmod tempor incididunt labore dolore magna \
    aliqua quis nostrum ullam laboris nisi aliquip commodo voluptate velit esse cillum fugiat excepteur \
    sint occaecat cupidatat culpa officia deserunt mollit laborum voluptatem quia aut autem rerum \
    temporibus quibusdam necessitatibus reiciendis perferendis doloribus asperiores repellat eveniet \
    voluptatibus repudiandae recusandae itaque earum hic tenetur sapiente delectus maiores iusto odio \
    dignissimos ducimus blanditiis praesentium voluptatum deleniti atque corrupti quos quas molestias \
    excepturi similique mollitia animi harum quidem facilis expedita distinctio nam libero tempore \
    soluta nobis eligendi optio cumque nihil impedit quo minus maxime placeat facere possimus omnis \
    voluptas assumenda repellendus enim minima veniam nostrud exercitationem corporis suscipit \
    laboriosam aliquid ex ea commodi consequatur molestiae illum fugit consequuntur magni dolores eos \
    ratione sequi nesciunt neque porro quisquam numquam eius modi incidunt magnam aliquam quaerat vitae \
    dicta sunt explicabo aspernatur odit accusantium doloremque laudantium totam rem aperiam eaque ipsa \
    quae ab illo inventore veritatis quasi architecto beatae et in ut id est sed do ad non qui cum vel \
    at accusamus iste natus error sit perspiciatis unde nulla pariatur saepe provident alias a officiis \
    debitis eum iure reprehenderit de";

/// Whether an address begins with a number or a ship and has a street word that hardly any street has.
pub(super) fn is_rare_street(text: &str) -> bool {
    let head = text.split([',', '\n']).next().unwrap_or_default();
    let is_rare = |it: &str| RARE_STREETS.split(' ').any(|word| word.eq_ignore_ascii_case(it));
    (head.starts_with(|c: char| c.is_ascii_digit()) && head.split(' ').skip(2).take(6).any(is_rare))
        || text
            .split([' ', ','])
            .next()
            .is_some_and(|it| matches!(it, "USNS" | "USNV" | "USCGC" | "PSC" | "Unit"))
}

/// Whether all of the first words are of the placeholder text, three at least.
pub(super) fn is_lorem(text: &str) -> bool {
    let mut n = 0;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|it| !it.is_empty()).take(6) {
        if !LOREM.split(' ').any(|it| it.eq_ignore_ascii_case(word)) {
            return false;
        }
        n += 1;
    }
    n >= 3
}

/// Whether a handle has the form in which mimesis makes them: a word or two, a separator or none, and a year from 1800 to 2070
/// (`Person.username` of mimesis 11 to 22, its templates `U_d`, `U.d`, `U-d`, `Ud`, `UU-d` and the like). Years by which people sign
/// themselves are left out.
pub(super) fn is_handle(handle: &str) -> bool {
    let Some((head, year)) = handle.len().checked_sub(4).and_then(|it| handle.split_at_checked(it))
    else {
        return false;
    };
    let is_year =
        year.parse().is_ok_and(|it: u32| (1800..1950).contains(&it) || (2031..2100).contains(&it));
    let word = head.strip_suffix(['_', '.', '-']).unwrap_or(head);
    is_year
        && word.len() > 1
        && word.bytes().all(|it| it.is_ascii_alphabetic() || matches!(it, b'_' | b'.' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_generators_write() {
        assert!(is_rare_street("1234 Smith Stravenue Apt. 123, Port John, CA 12345"));
        assert!(is_rare_street("USNV Miller, FPO AA 12345"));
        assert!(is_lorem("Dolor sit amet voluptatem quia."));
        for handle in ["broke_1935", "jaguar1910", "red.fox-2041"] {
            assert!(is_handle(handle), "{handle}");
        }
    }

    #[test]
    fn lets_through_what_people_write() {
        assert!(!is_rare_street("12 Baker Street, London"));
        assert!(!is_rare_street("Hauptstraße 5, Bonn"));
        assert!(!is_lorem("Please ring the side door"));
        for handle in ["anna.keller", "jonas84", "x1899", "jsmith2021", "fox_1984", ""] {
            assert!(!is_handle(handle), "{handle}");
        }
    }
}
