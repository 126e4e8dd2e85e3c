//! The words of names: what a table's or column's name says it holds, in many languages, and what a value says by itself.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::content::database::NationalId;

/// Words to look up.
type Words = LazyLock<HashSet<&'static str>>;

/// The words of a list with commas.
fn set(words: &'static str) -> HashSet<&'static str> {
    words.split(',').map(str::trim).collect()
}

/// What the name of a column says about its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ColumnSays {
    /// Names of people, whatever the table.
    PersonName,
    /// Names: of people only if the table or its other columns say so.
    Name,
    /// What a person signs in with.
    Login,
    /// Mail addresses.
    Mail,
    /// Phone numbers.
    Phone,
    /// Passwords or their hashes.
    Password,
    /// When something happened.
    Time,
    /// Which person this row belongs to.
    PersonId,
    /// Days on which people were born.
    BirthDate,
    /// Sexes of people.
    Gender,
    /// Postal addresses.
    Address,
    /// Towns.
    City,
    /// Postal codes.
    PostalCode,
    /// Numbers that a state gives to people; which one, where the name says so.
    NationalId(Option<NationalId>),
    /// Numbers of payment cards.
    Card,
    /// Numbers of bank accounts.
    BankAccount,
    /// IP addresses.
    IpAddress,
    /// MAC addresses.
    MacAddress,
    /// Degrees of latitude.
    Latitude,
    /// Degrees of longitude.
    Longitude,
    /// Something of people's health.
    Health,
    /// What people believe.
    Religion,
    /// What proves sessions.
    Session,
    /// Keys and tokens.
    Token,
    /// Something else that only people have.
    PersonTrait,
    /// Nothing of these.
    Nothing,
}

/// What the name of a table says about its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableSays {
    /// They are people.
    People,
    /// They are things that happened to or belong to people.
    Events,
    /// They are things: products, places, kinds.
    Things,
    /// Nothing of these.
    Nothing,
}

static PERSON_NAME: Words = LazyLock::new(|| {
    set("fullname, firstname, lastname, surname, givenname, familyname, middlename, maidenname, \
     displayname, realname, forename, contactname, fname, lname, vorname, nachname, \
     familienname, apellido, apellidos, nombrecompleto, prenom, prénom, nomcomplet, \
     nomdefamille, cognome, nomecompleto, sobrenome, apelido, voornaam, achternaam, fornavn, \
     etternavn, efternavn, fornamn, förnamn, efternamn, etunimi, sukunimi, imie, imię, \
     nazwisko, jmeno, jméno, prijmeni, příjmení, keresztnev, vezeteknev, prenume, adsoyad, \
     soyad, soyadi, soyadı, фамилия, отчество, фио, імя, прізвище, 姓名, 氏名, お名前, 姓, 성명, الاسم, \
     اسم, họtên, hoten, namalengkap")
});

static NAME: Words = LazyLock::new(|| {
    set("name, names, title, nombre, nom, nome, naam, navn, namn, nimi, nazwa, nazev, název, nev, \
     név, nume, isim, ad, adi, adı, nama, имя, название, 名前, 名称, 名字, 이름, ten, tên, naziv, ime")
});

static LOGIN: Words = LazyLock::new(|| {
    set("username, userid, login, loginname, nick, nickname, handle, screenname, benutzername, \
     benutzer, usuario, usuário, utilisateur, pseudo, utente, gebruikersnaam, логин, \
     kullaniciadi, 用户名, 帐号")
});

static PHONE: Words = LazyLock::new(|| {
    set("phone, phones, telephone, tel, mobile, mobil, cell, cellphone, cellular, fax, whatsapp, \
     msisdn, telefon, telefono, teléfono, telefone, telefoon, handy, handynummer, rufnummer, \
     portable, celular, cellulare, movil, móvil, puhelin, телефон, telefonnummer, 电话, 手机, 電話, \
     전화, phonenumber, mobilenumber, phoneno, mobileno, contactnumber, numtel")
});

static PASSWORD: Words = LazyLock::new(|| {
    set("password, passwd, pwd, pass, passhash, passwordhash, pw, passwort, kennwort, contrasena, \
     contraseña, clave, senha, motdepasse, mdp, wachtwoord, parola, haslo, hasło, heslo, \
     jelszo, sifre, şifre, пароль, 密码, 密碼, パスワード, 비밀번호, losenord, lösenord, passord, \
     adgangskode, salasana")
});

static PERSON_TRAIT: Words = LazyLock::new(|| {
    set("email, mail, emailaddress, correo, courriel, birthday, birthdate, dob, dateofbirth, \
     birth, born, gender, sex, salutation, geburtsdatum, geburtstag, geschlecht, anrede, \
     fechanacimiento, nacimiento, sexo, genero, datenaissance, naissance, sexe, civilite, \
     nascita, nascimento, maritalstatus, ssn, nationality, age, passport, дата_рождения, пол, \
     生年月日, 性別, 性别, 生日")
});

static TIME: Words = LazyLock::new(|| {
    set("date, time, timestamp, datetime, created, updated, modified, joined, at, on, ts, when, \
     seen, datum, zeit, erstellt, fecha, hora, creado, heure, data, criado, дата, время, 日期, \
     時間, login")
});

static PERSON: Words = LazyLock::new(|| {
    set("user, account, customer, client, member, person, people, contact, employee, staff, \
     student, pupil, teacher, patient, guest, subscriber, profile, player, author, driver, \
     doctor, applicant, candidate, attendee, participant, voter, citizen, resident, tenant, \
     lead, donor, volunteer, parent, child, children, guardian, buyer, seller, recipient, \
     sender, owner, admin, worker, agent, instructor, usuario, usuário, cliente, persona, \
     pessoa, empleado, alumno, contacto, funcionario, aluno, utilisateur, personne, employe, \
     eleve, etudiant, membre, benutzer, nutzer, kunde, kunden, mitarbeiter, schueler, \
     schüler, mitglied, mitglieder, kontakt, kontakte, personen, utente, utenti, clienti, \
     persone, dipendenti, dipendente, studenti, gebruiker, klant, klanten, medewerker, \
     uzytkownik, uzytkownicy, klient, klienci, пользователи, пользователь, клиенты, клиент, \
     сотрудники, студенты, kullanici, kullanıcı, kullanicilar, musteri, müşteri, 用户, 客户, 会員, \
     顧客, ユーザー, 학생, 사용자, 회원, anvandare, bruker, brukere")
});

static EVENTS: Words = LazyLock::new(|| {
    set("log, logs, event, history, audit, session, message, activity, activities, token, order, \
     payment, progress, enrollment, enrolment, attendance, result, grade, score, visit, view, \
     click, notification, transaction, invoice, booking, appointment, post, comment, like, \
     vote, rating, review, task, login, attempt, answer, submission, cart, item, permission, \
     group, role, setting, preference, device")
});

static THINGS: Words = LazyLock::new(|| {
    set("product, item, city, cities, country, countries, category, categories, tag, course, \
     brand, type, role, group, permission, setting, file, place, station, store, department, \
     song, track, album, movie, book, genre, region, state, status, unit, currency, \
     currencies, language, team, lesson, topic, recipe, ingredient, plugin, option, config, \
     migration, metadata, feature, layer, table, column, field, key, producto, ciudad, pais, \
     categoria, produit, ville, pays, produkt, produkte, stadt, land, prodotto, citta, \
     produto, cidade, товары, города, страны")
});

/// Says what a column holds, going by its name alone.
pub(super) fn column_says(name: &str) -> ColumnSays {
    let tokens = tokens(name);
    let joined = tokens.concat();
    let any = |words: &Words| {
        words.contains(joined.as_str()) || tokens.iter().any(|it| words.contains(it.as_str()))
    };
    let last = tokens.last().map_or("", String::as_str);
    if let Some(says) = says_in_one_word(&joined) {
        says
    } else if any(&PASSWORD) {
        ColumnSays::Password
    } else if any(&PHONE) {
        ColumnSays::Phone
    } else if any(&PERSON_NAME) || ends_with_pair(&tokens, &PERSON_NAME) {
        ColumnSays::PersonName
    } else if tokens.len() > 1
        && matches!(last, "id" | "uid" | "fk")
        && tokens.iter().any(|it| is_person(it))
    {
        ColumnSays::PersonId
    } else if LOGIN.contains(joined.as_str()) || ends_with_pair(&tokens, &LOGIN) {
        ColumnSays::Login
    } else if NAME.contains(last) {
        match tokens.len() {
            1 => ColumnSays::Name,
            _ if tokens.iter().any(|it| is_person(it)) => ColumnSays::PersonName,
            _ => ColumnSays::Nothing,
        }
    } else if any(&PERSON_TRAIT) {
        ColumnSays::PersonTrait
    } else if any(&TIME) {
        ColumnSays::Time
    } else {
        ColumnSays::Nothing
    }
}

/// Names that say one thing.
fn says_in_one_word(joined: &str) -> Option<ColumnSays> {
    Some(match joined {
        "email" | "mail" | "emailaddress" => ColumnSays::Mail,
        "birthday" | "birthdate" | "dob" | "dateofbirth" => ColumnSays::BirthDate,
        "gender" | "sex" => ColumnSays::Gender,
        "address" | "streetaddress" => ColumnSays::Address,
        "city" => ColumnSays::City,
        "zip" | "postalcode" => ColumnSays::PostalCode,
        "nationalid" => ColumnSays::NationalId(None),
        "ssn" => ColumnSays::NationalId(Some(NationalId::UsSsn)),
        "cpf" => ColumnSays::NationalId(Some(NationalId::Cpf)),
        "creditcard" | "cardnumber" => ColumnSays::Card,
        "iban" => ColumnSays::BankAccount,
        "ip" | "ipaddress" => ColumnSays::IpAddress,
        "mac" | "macaddress" => ColumnSays::MacAddress,
        "lat" | "latitude" => ColumnSays::Latitude,
        "lon" | "lng" | "longitude" => ColumnSays::Longitude,
        "diagnosis" | "allergies" => ColumnSays::Health,
        "religion" => ColumnSays::Religion,
        "sessionkey" | "sessionid" => ColumnSays::Session,
        "token" | "apikey" | "secret" => ColumnSays::Token,
        _ => return None,
    })
}

/// Says what a table's rows are, going by its name alone.
pub(super) fn table_says(name: &str) -> TableSays {
    let tokens = tokens(name);
    let any = |words: &Words| {
        tokens.iter().any(|it| words.contains(singular(it)) || words.contains(it.as_str()))
    };
    let last = tokens.last().map_or("", |it| singular(it));
    if tokens.iter().any(|it| is_person(it)) {
        if any(&EVENTS) || any(&THINGS) { TableSays::Events } else { TableSays::People }
    } else if any(&THINGS) && !EVENTS.contains(last) {
        TableSays::Things
    } else if any(&EVENTS) {
        TableSays::Events
    } else {
        TableSays::Nothing
    }
}

fn is_person(token: &str) -> bool {
    PERSON.contains(token) || PERSON.contains(singular(token))
}

fn singular(token: &str) -> &str {
    token.strip_suffix('s').unwrap_or(token)
}

/// Whether the last two tokens together are one of `words`: `customer_first_name`.
fn ends_with_pair(tokens: &[String], words: &Words) -> bool {
    match tokens {
        [.., one, two] => words.contains(format!("{one}{two}").as_str()),
        _ => false,
    }
}

/// The words of an identifier in lower case: `userName`, `user_name` and `USER NAME` are the same two.
fn tokens(name: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    let mut before_is_lower = false;
    for c in name.chars().take(200) {
        let starts = !c.is_alphanumeric() || (c.is_uppercase() && before_is_lower);
        if starts {
            tokens.push(String::new());
        }
        before_is_lower = c.is_lowercase();
        if let (true, Some(token)) = (c.is_alphabetic(), tokens.last_mut()) {
            token.extend(c.to_lowercase());
        }
    }
    tokens.retain(|it| !it.is_empty());
    tokens
}

/// Words by which developers sign themselves up.
static TEST: Words = LazyLock::new(|| {
    set("aaa, abc, account, admin, administrator, asd, asdf, asdfg, bar, bbb, blah, bot, client, \
     customer, demo, demouser, dev, developer, dummy, employee, example, fake, foo, foobar, \
     guest, lorem, member, moderator, mustermann, name, nobody, person, placeholder, qa, qux, \
     qwe, qwerty, root, sample, staff, student, superadmin, superuser, sysadmin, teacher, \
     temp, test, tester, testing, testuser, tmp, user, xxx, xyz, zxc")
});

/// Words of shared mailboxes. In a domain of its own, such an address is nobody's and yet real.
static ROLE: Words = LazyLock::new(|| {
    set("abuse, billing, contact, hello, help, hr, info, kontakt, mail, marketing, no, noreply, \
     office, postmaster, reply, sales, security, service, support, team, webmaster")
});

/// Whether every word of `text` is one by which developers sign themselves up; digits at the end do not matter.
pub(super) fn is_test_identity(text: &str) -> bool {
    all_words_in(text, &TEST) || PLACEHOLDER_NAMES.contains(text.trim().to_lowercase().as_str())
}

/// Whether every word of `text` belongs to a shared mailbox.
pub(super) fn is_role(text: &str) -> bool {
    all_words_in(text, &ROLE)
}

fn all_words_in(text: &str, words: &Words) -> bool {
    if text.len() > 64 {
        return false;
    }
    let mut found = false;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|it| !it.is_empty()) {
        // A single letter says nothing: `User A`, `test.b`.
        if word.len() > 1 && !words.contains(word.to_lowercase().as_str()) {
            return false;
        }
        found |= word.len() > 1;
    }
    found
}

/// Names that every country uses for nobody.
static PLACEHOLDER_NAMES: Words = LazyLock::new(|| {
    set("john doe, jane doe, johndoe, janedoe, john.doe, jane.doe, joe bloggs, max mustermann, \
     erika mustermann, mario rossi, jean dupont, juan pérez, juan perez, fulano de tal, jan \
     kowalski, jan jansen, иван иванов, иванов иван, 山田太郎, 山田 太郎, 张三, 李四, 홍길동, ivan ivanov, \
     ola nordmann, kari nordmann, medel svensson")
});

/// Labels of domains that stand for none, or for mailboxes that are thrown away.
static PLACEHOLDER_LABELS: Words = LazyLock::new(|| {
    set("example, test, testing, tests, testmail, demo, sample, fake, fakemail, dummy, foo, bar, \
     foobar, baz, localhost, placeholder, invalid, domain, mydomain, yourdomain, somewhere, \
     acme, asdf, asd, abc, xyz, aaa, a, b, x, mailinator, yopmail, guerrillamail, \
     sharklasers, 10minutemail, tempmail, temp-mail, trashmail, maildrop, getnada, \
     dispostable, throwaway, ethereal, mailtrap, fakeinbox, fakenamegenerator, teleworm, \
     armyspy, cuvox, dayrep, einrot, fleckens, gustr, jourrapide, rhyta, superrito, noemail")
});

/// Whether a mail domain is reserved for examples or stands for none.
///
/// Reserved: RFC 2606 and RFC 6761; `.local` is RFC 6762.
pub(super) fn is_placeholder_domain(domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    let mut labels = domain.rsplit('.');
    let top = labels.next().unwrap_or_default();
    if matches!(top, "test" | "invalid" | "localhost" | "example" | "local" | "localdomain") {
        return true;
    }
    let second = labels.next().unwrap_or_default();
    // Under a second-level registry such as `co.uk` the name is one label further left.
    let name = match second {
        "co" | "com" | "org" | "net" | "ac" | "gov" | "edu" if top.len() == 2 => {
            labels.next().unwrap_or(second)
        }
        _ => second,
    };
    PLACEHOLDER_LABELS.contains(name)
}

/// Frequent given names of many countries, in lower case. The list need only be long enough to tell a column of people from
/// a column of things.
const GIVEN_NAMES: &str = "aaron adam adrian agnieszka ahmed aisha alan albert alejandro alex alexander alexandra \
    alexis ali alice alicia alina aline alvaro amanda amelia amina amir amy ana anastasia \
    anders andre andrea andreas andrei andrew andrzej angela anita anja ann anna anne annika \
    anthony antoine anton antonio arjun arthur artur astrid barbara beatriz ben benjamin \
    bernd bianca birgit björn boris brandon brian bruno camila carla carlos carmen carol \
    carolina caroline catherine cécile celine charles charlotte chen chiara chloe christian \
    christina christine christoph christopher claire clara claudia craig cristina dan daniel \
    daniela daniele david deborah denis dennis diana diego dimitri dmitry dominik donald \
    donna dorothy eduardo edward elena eleni elif elisa elizabeth ella emil emilia emily \
    emma eric erik erika ernst eva evelyn ewa fabian fatima federico felipe felix fernanda \
    fernando finn florian francesca francesco francisco francois frank franz frederic frida \
    friedrich fritz gabriel gabriela gary george georg gerhard giorgio giovanni giulia \
    giuseppe grace greta gregory grzegorz guillaume gustav hana hannah hans harald harry \
    hassan heather heidi heike helen helena henri henrik henry hiroshi hugo ibrahim ida igor \
    ines ingrid irene irina isabel isabella isla ivan jack jacob jacques jakob jakub james \
    jamie jan jana jane janet jasmine jason javier jean jeff jeffrey jennifer jens jeremy \
    jessica jill joana joanna joao johan johann johannes john jonas jonathan jorge jose \
    josef joseph joshua juan judith julia julian julie julien jürgen justin kai karen karin \
    karl karol katarzyna kate katharina katherine kathleen katrin kazuki keiko keith kelly \
    kenji kenneth kevin kim klara klaus krzysztof kumar kyle lara larry lars laura lauren \
    laurent lea leila lena leo leon leonardo leonie lina linda lisa liu liv lorenzo louis \
    louise lucas lucia lucy luis luisa luca lukas luke magdalena maja manuel marc marcel \
    marcin marco marcos margaret maria marie marina mario marion mark markus marta martha \
    martin martina mary mateo mathias mathieu matteo matthew matthias maurice max maximilian \
    maya mehmet mei melanie melissa mia michael michal michelle miguel mikhail milan mohamed \
    mohammed monica monika muhammad mustafa nadia nancy natalia natalie nathalie nathan \
    nicholas nicolas nicole niklas nina noah noemi nora olga oliver olivia omar oscar otto \
    pablo pamela paola paolo patricia patrick paul paula pavel pedro peter petra philip \
    philipp pierre piotr priya rachel rafael rahul raj ralf raphael rebecca renate ricardo \
    richard rita robert roberto robin roger roland romain roman ronald rosa ruth ryan sabine \
    sabrina sakura salma sam samantha samuel sandra sanjay sara sarah scott sean sebastian \
    sergei sergey sergio silvia simon simone sofia sonia sophia sophie stefan stefanie \
    stephanie stephen steven sunil susan susanne svetlana sven sylvie takashi tamara tanja \
    tatiana teresa theo theresa thomas tim timothy tina tobias tom tomas tomasz uwe \
    valentina valeria vanessa vera veronica victor victoria viktor vincent vladimir walter \
    wang wei werner wilhelm william wolfgang xavier yasmin yuki yusuf yvonne zhang zoe zofia \
    александр алексей анастасия анна андрей виктор виктория владимир дарья дмитрий евгений \
    екатерина елена иван игорь ирина максим мария михаил надежда наталья николай ольга павел \
    светлана сергей татьяна юлия юрий";

/// Whether a word is a frequent given name.
pub(super) fn is_given_name(word: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| GIVEN_NAMES.split_whitespace().collect());
    NAMES.contains(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_says_what_it_holds_in_many_languages() {
        for (name, says) in [
            ("first_name", ColumnSays::PersonName),
            ("customerName", ColumnSays::PersonName),
            ("Vorname", ColumnSays::PersonName),
            ("имя", ColumnSays::Name),
            ("name", ColumnSays::Name),
            ("nombre", ColumnSays::Name),
            ("product_name", ColumnSays::Nothing),
            ("hostname", ColumnSays::Nothing),
            ("username", ColumnSays::Login),
            ("phone_number", ColumnSays::Phone),
            ("password_hash", ColumnSays::Password),
            ("senha", ColumnSays::Password),
            ("user_id", ColumnSays::PersonId),
            ("authorId", ColumnSays::PersonId),
            ("product_id", ColumnSays::Nothing),
            ("created_at", ColumnSays::Time),
            ("birth_date", ColumnSays::BirthDate),
            ("", ColumnSays::Nothing),
        ] {
            assert_eq!(column_says(name), says, "{name}");
        }
    }

    #[test]
    fn a_table_says_what_its_rows_are() {
        for (name, says) in [
            ("users", TableSays::People),
            ("auth_user", TableSays::People),
            ("Kunden", TableSays::People),
            ("user_sessions", TableSays::Events),
            ("auth_user_groups", TableSays::Events),
            ("orders", TableSays::Events),
            ("products", TableSays::Things),
            ("cities", TableSays::Things),
            ("t1", TableSays::Nothing),
        ] {
            assert_eq!(table_says(name), says, "{name}");
        }
    }

    #[test]
    fn finds_test_identities() {
        for text in
            ["admin", "Test User", "user12", "demo_user", "test.user+1", "John Doe", "User A"]
        {
            assert!(is_test_identity(text), "{text}");
        }
    }

    #[test]
    fn lets_through_people() {
        for text in ["Anna Petersen", "admin.lopez", "a", "", "testa rossa", "j.doe"] {
            assert!(!is_test_identity(text), "{text}");
        }
    }

    #[test]
    fn finds_placeholder_domains() {
        for domain in [
            "example.com",
            "mail.example.org",
            "app.test",
            "localhost",
            "TEST.com",
            "example.co.uk",
            "yopmail.fr",
        ] {
            assert!(is_placeholder_domain(domain), "{domain}");
        }
    }

    #[test]
    fn lets_through_domains_of_people() {
        for domain in ["gmail.com", "exampleton.com", "web.de", "uni-test.de", "co.uk", ""] {
            assert!(!is_placeholder_domain(domain), "{domain}");
        }
    }
}
