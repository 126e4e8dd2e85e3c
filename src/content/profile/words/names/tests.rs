//! Which names are known, and which texts read as people.

use super::super::fold::folded;
use super::*;
use proptest::prelude::*;

#[test]
fn names_are_listed_as_they_are_looked_up() {
    for list in [GIVEN, FAMILY] {
        let bad: Vec<_> = names_in(list).filter(|it| folded(it) != *it).collect();
        assert!(bad.is_empty(), "{bad:?}");
        assert!(names_in(list).count() > 4000);
    }
}

#[test]
fn names_of_many_countries_are_known() {
    for name in [
        "Anna",
        "José",
        "Jörg",
        "Joerg",
        "Zoë",
        "Łukasz",
        "Сергей",
        "Олена",
        "Γιώργος",
        "محمد",
        "Thị",
        "Priya",
        "राहुल",
        "Yuki",
        "花子",
        "민준",
        "Chinedu",
        "Wanjiku",
        "Kwame",
        "Siti",
        "Ayşe",
        "Zsófia",
        "Aisha",
        "משה",
        "Tendai",
        "さくら",
        "ハナコ",
    ] {
        assert!(is_given_name(name), "{name}");
    }
    for name in [
        "Smith",
        "García",
        "Müller",
        "Mueller",
        "Kowalski",
        "Иванова",
        "Παπαδόπουλος",
        "Nguyễn",
        "Sharma",
        "佐藤",
        "王",
        "김",
        "Kim",
        "Wang",
        "Okafor",
        "Yılmaz",
        "Nagy",
        "Popescu",
        "Haddad",
        "Cohen",
        "Santos",
        "Silva",
        "Jansen",
        "Wijaya",
        "Hossain",
        "Mensah",
        "Kamau",
    ] {
        assert!(is_family_name(name), "{name}");
    }
}

#[test]
fn full_names_read_as_people() {
    for text in [
        "Anna Keller",
        "KELLER, Anna",
        "María José García López",
        "Dr. Hans-Peter von der Lippe",
        "Nguyễn Thị Hương",
        "Сергей Иванов",
        "Иванова Мария Петровна",
        "王小明",
        "李娜",
        "佐藤花子",
        "佐藤 花子",
        "김민준",
        "محمد احمد",
        "Priya Sharma",
        "Siti Rahayu",
        "Ayşe Yılmaz",
        "Anna K. Keller",
        "Tanaka Hiroshi",
        "Kwame Mensah",
        "Γιώργος Παπαδόπουλος",
        "Grace Miller",
        "Mark Smith",
    ] {
        assert!(
            name_likeness(text).is_some_and(Likeness::is_full_name),
            "{text}: {:?}",
            name_likeness(text)
        );
    }
}

#[test]
fn things_read_as_no_person() {
    for text in [
        "Widget 3000",
        "Blue Chair",
        "New York",
        "Rose Garden",
        "Hope Street",
        "",
        "x",
        "a/b",
        "San Francisco",
        "石家庄",
        "商品名称",
        "Summer",
        "May",
        "one two three four five six seven",
        "anna@web.de",
    ] {
        assert!(!name_likeness(text).is_some_and(|it| it.is_full_name()), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in ".{0,120}") {
        let _ = (is_given_name(&text), is_family_name(&text), name_likeness(&text));
    }
}
