//! Databases of people that look real. Every one of these people is invented.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::Dice;
use crate::draft::{Cell, Draft, Holds, Table};

pub(crate) const GIVEN: &str = "Anna Jonas Maria Lukas Sofia Thomas Elena Martin Julia Peter Carmen David Laura Stefan Nina Paul \
    Teresa Simon Olga Marco Ingrid Felix Claire Hugo Marta Oscar Birgit Andreas Monika Florian Sabine Tobias Katrin Matthias \
    Susanne Philipp Renate Bernd Ursula Dominik Franziska Sebastian Petra Wolfgang Helena Antoine Camille Mathieu Pauline \
    Giulia Matteo Chiara Lorenzo Beatriz Rodrigo Agnieszka Tomasz Ewa Krzysztof Astrid Henrik Emily George Charlotte William \
    Hannah Daniel Rachel Michael Rebecca Andrew Jessica Edward Margaret Kenneth Dorothy Patrick Fatima Yusuf Leila";

pub(crate) const SURNAMES: &str = "Petersen Alvarez Lindqvist Moreau Keller Novak Rinaldi Okafor Brandt Fischer Castelli Duarte \
    Haugen Jansson Kowalczyk Lefevre Marchetti Nakamura Oliveira Pruitt Quintana Rasmussen Schreiber Thornton Ullmann Vasquez \
    Whitaker Yilmaz Zeller Hoffmann Baumann Krause Lehmann Vogel Winkler Seidel Haas Engel Busch Kuhn Arnold Pohl Sauer \
    Ziegler Brunner Leclerc Fontaine Chevalier Garnier Bianchi Ferrara Conti Moretti Navarro Iglesias Herrera Wojcik Kaminski \
    Dvorak Horvath Nyman Sandberg Eriksson Halvorsen Bradshaw Fletcher Holloway Pemberton Ashworth Kendrick Sinclair Mcallister \
    Donovan Gallagher Weaver Carpenter Hendricks Sorensen Vandenberg Demir Kaplan Haddad Mansour Banerjee Krishnan Takahashi \
    Morimoto Oyelaran Mensah Ferreira Carvalho Teixeira Albrecht Dietrich Eichhorn Gerlach Hartwig Jacobsen Kessler Lorenz \
    Mehnert Neumeier Ostermann Pfeiffer Reinhardt Steinbach Trautmann Wegener";

pub(crate) fn words(list: &str) -> Vec<&str> {
    list.split_whitespace().collect()
}

/// Given name and surname, no two people with both the same.
fn names(n: usize, dice: &mut Dice) -> Vec<(String, String)> {
    let (given, surnames) = (words(GIVEN), words(SURNAMES));
    let mut names: Vec<(String, String)> = Vec::new();
    while names.len() < n {
        let name = ((*dice.pick(&given)).to_owned(), (*dice.pick(&surnames)).to_owned());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// As people have them: most with their name, some with anything.
pub(crate) fn mail(given: &str, surname: &str, dice: &mut Dice) -> String {
    let (given, surname) = (given.to_lowercase(), surname.to_lowercase());
    let first = &given[..1];
    let number = 60 + dice.below(39);
    let handles =
        ["bluebird", "mondlicht", "sunnyside", "kletterfan", "rivera", "tangolino", "oldtimer"];
    let local = match dice.below(6) {
        0 => format!("{given}.{surname}"),
        1 => format!("{first}{surname}{number}"),
        2 => format!("{surname}.{given}"),
        3 => format!("{given}{surname}{number}"),
        4 => format!("{first}.{surname}"),
        _ => format!("{}{number}", dice.pick(&handles)),
    };
    let providers =
        ["gmail.com", "web.de", "gmx.de", "outlook.com", "orange.fr", "libero.it", "wp.pl"];
    format!("{local}@{}", dice.pick(&providers))
}

fn digits(n: usize, dice: &mut Dice) -> String {
    (0..n).map(|_| char::from(b'0' + u8::try_from(dice.below(10)).unwrap())).collect()
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn day(dice: &mut Dice) -> String {
    format!("{}-{:02}-{:02}", 2021 + dice.below(4), 1 + dice.below(12), 1 + dice.below(28))
}

/// All of them, each with another name.
pub(crate) fn all() -> Vec<Draft> {
    let mut all = vec![shop(), class_list(), contacts(), chat()];
    all.extend([3, 12, 200].map(members));
    all.extend([PESEL, DNI, CPF].map(patients));
    all.extend(OTHER_SCRIPTS.map(attendance));
    all
}

fn shop() -> Draft {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(&crate::people::sql(40)).unwrap();
    let table = |name: &str, columns: &[(&str, Holds)]| {
        let mut rows = connection.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let cell = |it: Value| match it {
            Value::Integer(number) => Cell::Integer(number),
            Value::Real(number) => text(number.to_string()),
            Value::Text(it) => text(it),
            Value::Null | Value::Blob(_) => Cell::Null,
        };
        let rows = rows
            .query_map([], |row| (0..columns.len()).map(|n| row.get(n).map(cell)).collect())
            .unwrap();
        Table::new(name, columns, rows.map(|row| row.unwrap()).collect())
    };
    let other = |name: &'static str| (name, Holds::Other);
    let users = [
        other("id"),
        ("name", Holds::Name),
        ("email", Holds::Mail),
        ("phone", Holds::Phone),
        other("password"),
        other("created_at"),
    ];
    let orders = [other("id"), other("user_id"), other("total"), other("ordered_at")];
    let tables = vec![table("users", &users), table("orders", &orders)];
    let marks = tables[0].rows.iter().map(|row| row[2].text().unwrap().to_owned()).collect();
    Draft::new("shop", tables, marks)
}

fn members(n: usize) -> Draft {
    let mut dice = Dice::new(n as u64);
    let names = names(n, &mut dice);
    let rows = names.iter().map(|(given, surname)| {
        let mail = mail(given, surname, &mut dice);
        vec![text(format!("{given} {surname}")), text(mail), text(day(&mut dice))]
    });
    let columns = [("full_name", Holds::Name), ("email", Holds::Mail), ("joined", Holds::Other)];
    let base = match n {
        3 => "members of 3",
        12 => "members of 12",
        _ => "members of 200",
    };
    let tables = vec![Table::new("members", &columns, rows.collect())];
    Draft::new(base, tables, names.iter().map(|(_, surname)| surname.to_lowercase()).collect())
}

fn class_list() -> Draft {
    let mut dice = Dice::new(7);
    let names = names(26, &mut dice);
    let rows = names.iter().map(|(given, surname)| {
        vec![
            text(format!("{given} {surname}")),
            Cell::Integer(1 + dice.below(5) as i64),
            text("7b"),
        ]
    });
    let columns = [("name", Holds::Name), ("grade", Holds::Other), ("class", Holds::Other)];
    let tables = vec![Table::new("pupils", &columns, rows.collect())];
    Draft::new("class list", tables, names.iter().map(|(_, it)| it.to_lowercase()).collect())
}

/// German and French numbers as plans of numbers have them, abroad and at home.
fn contacts() -> Draft {
    let mut dice = Dice::new(8);
    let mut rows = Vec::new();
    for n in 0..20_i64 {
        let tail = format!("{}{}", 2 + dice.below(7), digits(6, &mut dice));
        let line = *dice.pick(&["151", "160", "171", "172", "175"]);
        let (abroad, home) = match n % 3 {
            0 => (format!("+49 {line} {tail}"), format!("0{line} {tail}")),
            1 => (format!("+49{line}{tail}"), format!("0{line}/{tail}")),
            _ => {
                let tail = format!("12 {} {} {}", &tail[1..3], &tail[3..5], &tail[5..7]);
                (format!("+33 6 {tail}"), format!("06 {tail}"))
            }
        };
        rows.push(vec![Cell::Integer(n + 1), text(abroad), text(home)]);
    }
    let marks = rows.iter().map(|row| row[1].text().unwrap().to_owned()).collect();
    let columns =
        [("id", Holds::Other), ("mobile", Holds::Phone), ("phone_national", Holds::Phone)];
    Draft::new("contacts", vec![Table::new("contacts", &columns, rows)], marks)
}

type Numbers = (&'static str, &'static str, fn(&mut Dice) -> String);

/// Poland: the day of birth, four digits, and a check digit.
const PESEL: Numbers = ("patients of Poland", "pesel", |dice| {
    let year = 40 + dice.below(55);
    let head =
        format!("{year}{:02}{:02}{}", 1 + dice.below(12), 1 + dice.below(28), digits(4, dice));
    let sum: u32 = head
        .bytes()
        .zip([1, 3, 7, 9].into_iter().cycle())
        .map(|(it, weight)| u32::from(it - b'0') * weight)
        .sum();
    format!("{head}{}", (10 - sum % 10) % 10)
});

/// Spain: eight digits and the letter of their remainder.
const DNI: Numbers = ("patients of Spain", "dni", |dice| {
    let number = 10_000_000 + dice.below(80_000_000);
    format!("{number}{}", char::from(b"TRWAGMYFPDXBNJZSQVHLCKE"[number % 23]))
});

/// Brazil: nine digits and two check digits.
const CPF: Numbers = ("patients of Brazil", "cpf", |dice| {
    let mut all: Vec<usize> = (0..9).map(|_| dice.below(10)).collect();
    for _ in 0..2 {
        let most = all.len() + 1;
        let sum: usize = all.iter().enumerate().map(|(n, it)| it * (most - n)).sum();
        all.push((sum * 10 % 11) % 10);
    }
    let all: String = all.iter().map(usize::to_string).collect();
    format!("{}.{}.{}-{}", &all[..3], &all[3..6], &all[6..9], &all[9..])
});

fn patients((base, column, number): Numbers) -> Draft {
    let mut dice = Dice::new(9);
    let wards = ["A2", "B1", "C4"];
    let rows: Vec<Vec<Cell>> = (0..15)
        .map(|_| vec![text(number(&mut dice)), text(*dice.pick(&wards)), text(day(&mut dice))])
        .collect();
    let marks = rows.iter().map(|row| row[0].text().unwrap().to_lowercase()).collect();
    let columns = [(column, Holds::Number), ("ward", Holds::Other), ("admitted", Holds::Other)];
    Draft::new(base, vec![Table::new("patients", &columns, rows)], marks)
}

type Script = (&'static str, [&'static str; 3], &'static str);

const OTHER_SCRIPTS: [Script; 3] = [
    (
        "attendance in Cyrillic",
        ["посещаемость", "фамилия и имя", "дата"],
        "Орлов Сергей,Кузнецова Анна,Морозов Дмитрий,Волкова Екатерина,Зайцев Павел,Соколова Ольга,Лебедев Максим,Новикова Мария,\
         Егоров Андрей,Макарова Юлия,Белов Игорь,Тарасова Наталья,Комаров Виктор,Фомина Светлана,Жуков Алексей,Рябова Ирина",
    ),
    (
        "attendance in Chinese",
        ["考勤", "姓名", "日期"],
        "王秀英,李建国,张丽华,刘志强,陈晓明,杨桂兰,赵文博,黄雅婷,周俊杰,吴淑芬,徐浩然,孙玉梅,胡海燕,朱国平,高子轩,林佳怡",
    ),
    (
        "attendance in Arabic",
        ["الحضور", "الاسم", "التاريخ"],
        "محمد الحداد,فاطمة الزهراني,أحمد القاسم,خديجة المنصور,يوسف العلي,مريم الخطيب,خالد النجار,عائشة الشامي,عمر الحسن,زينب البكري,\
         إبراهيم السعيد,ليلى الأنصاري,حسن المصري,نور الهاشمي,علي الرشيد,سارة التميمي",
    ),
];

fn attendance((base, [table, name, date], people): Script) -> Draft {
    let mut dice = Dice::new(10);
    let people: Vec<&str> = people.split(',').map(str::trim).collect();
    let mut rows = Vec::new();
    for person in &people {
        for _ in 0..2 {
            rows.push(vec![
                text(*person),
                text(day(&mut dice)),
                Cell::Integer(dice.below(2) as i64),
            ]);
        }
    }
    let columns = [(name, Holds::Name), (date, Holds::Other), ("x", Holds::Other)];
    // A surname, first or last, is left by every change.
    let mark = |it: &&str| match base {
        "attendance in Cyrillic" => it.split(' ').next().unwrap_or(it).to_lowercase(),
        _ => it.split(' ').next_back().unwrap_or(it).to_owned(),
    };
    Draft::new(base, vec![Table::new(table, &columns, rows)], people.iter().map(mark).collect())
}

/// People who go by the names that they sign in with.
fn chat() -> Draft {
    let mut dice = Dice::new(11);
    let names = "mondkind k9walker rivkah tangolino silberfuchs bergziege marlowe nightowl lindgren_s yaraa pixelhase otto_k \
        wellenreiter hummingjay drsnuggles";
    let texts = [
        "see you at eight then",
        "I still have your umbrella",
        "no idea, ask him",
        "the train is late again",
    ];
    let users = words(names).iter().map(|it| vec![text(*it), text(day(&mut dice))]).collect();
    let rows = (0..60)
        .map(|_| {
            vec![text(*dice.pick(&words(names))), text(*dice.pick(&texts)), text(day(&mut dice))]
        })
        .collect();
    let users =
        Table::new("users", &[("username", Holds::Login), ("created", Holds::Other)], users);
    let columns = [("username", Holds::Login), ("body", Holds::Other), ("sent_at", Holds::Other)];
    let marks = words(names).into_iter().map(str::to_owned).collect();
    let mut draft = Draft::new("chat", vec![users, Table::new("messages", &columns, rows)], marks);
    draft.needs_names = true;
    draft
}
