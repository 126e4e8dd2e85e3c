//! Words by which developers sign themselves up, and those of mailboxes that are nobody's own.

use std::sync::LazyLock;

use super::fold::{Folded, is_cjk, is_letter};
use super::{Words, set};

/// Words by which developers sign themselves up.
static TEST: Words = LazyLock::new(|| {
    set(&[
        "aaa abc abcd account accounts acme adm admin admins administrator anon anonymous anybody api app asd asdf asdfg author bar bbb baz \
         blah bot buyer client company customer default demo demos demouser dev developer devs dummy employee example examples fake first \
         foo foobar fullname guest last lastname firstname surname localhost lorem ipsum login manager mctest mctestface member mock mocked moderator name new \
         nobody null none noname operator owner person placeholder playwright cypress selenium postman qa quux qux qwe qwerty random \
         root sample seed seller some somebody someone staff staging student stub subscriber sudo super superadmin superuser sysadmin system teacher \
         temp temporary test tested tester testers testing testman tests testuser tmp undefined unknown user username users vendor \
         visitor xxx xyz yyy zxc zzz your yourname my myname email mail moderateur webadmin siteadmin editor contributor vip",
        "benutzer nutzer kunde kundin muster musterkunde mustermann musterfrau mustermensch beispiel probe versuch gast mitarbeiter \
         mitglied schueler lehrer niemand unbekannt vorname nachname anwender verwalter testperson testkunde",
        "prueba pruebas ejemplo usuario cliente clientes invitado administrador alumno profesor empleado nadie ninguno fulano fulana \
         mengano mengana zutano perengano perico nombre apellido anonimo ficticio demostracion",
        "essai essais exemple utilisateur utilisatrice invite administrateur eleve professeur employe personne inconnu \
         anonyme prenom nom tartempion machin testeur compte membre",
        "teste testes testador usuario exemplo convidado beltrano sicrano ciclano aluno funcionario ninguem desconhecido \
         utilizador nome sobrenome anonimo fulana",
        "prova prove utente esempio amministratore ospite studente insegnante dipendente nessuno sconosciuto cognome tizio sempronio \
         collaudo",
        "proef gebruiker voorbeeld beheerder klant medewerker leerling docent niemand onbekend voornaam achternaam tester jansentest",
        "prove bruker bruger anvandare kayttaja testi kokeilu testare testbruker testbruger testanvandare provanvandare kunde kund elev larare laerer gjest gast \
         eksempel exempel esimerkki yllapitaja asiakas vieras administrator okand ukjent ukendt",
        "proba test testowy testowa testowe uzytkownik przyklad przykladowy klient pracownik uczen nauczyciel gosc nikt anonim \
         zkouska zkusebni uzivatel zakaznik priklad spravce host nikdo testovaci pokus pouzivatel skuska korisnik primjer primer gost kupac",
        "proba teszt teszteles tesztelo felhasznalo vendeg pelda ugyfel diak tanar senki rendszergazda kiprobalas incercare utilizator exemplu oaspete nimeni \
         administratorul",
        "deneme test kullanici musteri yonetici ornek misafir ogrenci ogretmen personel uye hesap bilinmeyen kimse testci denemeler",
        "тест тестовый тестовая тестов тестова тестовна тестович тестер тестирование проба пробный админ администратор пользователь \
         юзер гость клиент студент ученик учитель сотрудник пример никто неизвестный аноним имя фамилия отчество демо тестовий користувач \
         адміністратор гість приклад спроба тестовий клієнт аноним proverka proba polzovatel gost testov testova testovich testovy",
        "δοκιμη τεστ δοκιμαστικοσ χρηστησ διαχειριστησ πελατησ επισκεπτησ παραδειγμα dokimi xristis diaxeiristis paradeigma",
        "تجربه تجربة اختبار تجريبي مستخدم المستخدم مدير المدير مشرف عميل زائر ضيف مثال طالب تست کاربر ازمایش ادمین نمونه مهمان tajriba mustakhdim tajribi \
         karbar azmayesh",
        "בדיקה בדיקות טסט משתמש מנהל אורח לקוח דוגמה דוגמא ניסיון נסיון פלוני אלמוני ישראלי bdika mishtamesh",
        "परीक्षण टेस्ट उपयोगकर्ता pariksha parikshan upyogkarta udaharan namuna",
        "tes coba cobacoba percobaan ujicoba pengguna pelanggan siswa karyawan contoh tamu anggota pemakai dicoba percubaan cubaan",
        "thunghiem nguoidung khachhang quantri quantrivien vidu hocsinh giaovien kiemthu",
        "测试 測試 测试员 測試員 试用 试验 用户 用戶 管理员 管理員 超级管理员 超级 系统 账号 帐号 客户 客戶 会员 会员名 学生 老师 员工 游客 访客 示例 样例 演示 匿名 某某 某人 无名 张三 李四 \
         王五 赵六 小明 小红 ceshi ceshiyonghu yonghu guanliyuan yanshi shili",
        "テスト てすと 試験 検証 確認 確認用 ユーザ ユーザー 利用者 管理者 管理人 ゲスト サンプル ダミー デモ 名無し 顧客 会員 社員 生徒 太郎テスト 見本 さん 用 tesuto yuza kanrisha",
        "테스트 테스터 시험 사용자 유저 관리자 회원 고객 직원 학생 게스트 샘플 더미 데모 익명 운영자 아무개 홍길동 teseuteu sayongja gwanrija",
        "mtihani jaribio mtumiaji mgeni",
    ])
});

/// Words of shared mailboxes. In a domain of its own, such an address is nobody's and yet real.
static ROLE: Words = LazyLock::new(|| {
    set(&[
        "abuse accounting billing careers contact contacts enquiries feedback hello help hr info information inquiries jobs \
           legal mail marketing media newsletter no noreply donotreply notifications office orders postmaster press privacy \
           recruiting reception reply sales security service shop support team webmaster hostmaster welcome finance",
        "kontakt buero buchhaltung vertrieb verwaltung rechnung bestellung empfang praxis verein redaktion datenschutz \
           contacto ventas administracion atencion soporte facturacion recepcion secretaria comercial oficina contato vendas suporte atendimento \
           financeiro accueil secretariat comptabilite commercial rh contabilita amministrazione segreteria informazioni vendite ufficio \
           administratie verkoop klantenservice biuro sekretariat sprzedaz obchod podpora objednavky post kundservice ordre faktura \
           toimisto asiakaspalvelu iroda ugyfelszolgalat rendeles birou comenzi bilgi iletisim satis destek muhasebe",
    ])
});

/// Names that a country uses for nobody, as words apart. The commonest name of a country is not one of them, where people
/// have it more often than forms do.
const NOBODY: &str = "john doe, jane doe, johnny doe, jon doe, joe doe, richard roe, jane roe, john roe, joe bloggs, fred bloggs, joe public, john public, \
     john q public, joe schmoe, john smith doe, jane smith doe, mary major, foo bar, first last, firstname lastname, john example, alice example, bob example, \
     max mustermann, maxi mustermann, erika mustermann, erika musterfrau, martina musterfrau, hans mustermann, lieschen mueller, otto normalverbraucher, lieschen muller, \
     mario rossi, maria rossi, luigi bianchi, pinco pallino, jean dupont, jeanne dupont, pierre dupont, monsieur dupont, madame michu, juan perez, \
     juan pueblo, juana perez, fulano de tal, fulana de tal, joao ninguem, ze ninguem, joao da silva sauro, jan kowalski, anna kowalska, jan nowak, \
     jan jansen, jan modaal, jan novak, josef novak, joe blow, jozko mrkvicka, ola nordmann, kari nordmann, medel svensson, \
     anders andersson andersson, matti meikalainen, maija meikalainen, teppo testaaja, kovacs janos, gipsz jakab, minta janos, \
     vasya pupkin, вася пупкин, василий пупкин, vasiliy pupkin, popescu ion, ali veli, sade vatandas, ahmet mehmet, ivan horvat horvat, pera peric, petar petrovic peric, \
     juan dela cruz, nguyen van a, nguyen thi b, tran van b, nguyen van b, le van c, yamada taro, taro yamada, yamada hanako, hanako yamada, \
     tanaka taro, taro tanaka, hong gildong, gildong hong, hong gil dong, gil dong hong, zhang san, san zhang, li si, wang wu, zhao liu, \
     israel israeli, israela israeli, ישראל ישראלי, ישראלה ישראלי, فلان الفلاني, joe average, john q citizen, john citizen, mary citizen, \
     mickey mouse, minnie mouse, donald duck, daffy duck, bugs bunny, homer simpson, bart simpson, lisa simpson, marge simpson, harry potter, \
     hermione granger, luke skywalker, darth vader, han solo, leia organa, bruce wayne, clark kent, peter parker, tony stark, steve rogers, \
     james bond, sherlock holmes, frodo baggins, bilbo baggins, jon snow, walter white, arya stark, ned stark, super mario, spongebob squarepants, \
     ada lovelace, alan turing, grace hopper, santa claus, papa smurf, peter griffin, rick sanchez, morty smith, bob builder";

/// The same in writings without blanks.
static NOBODY_UNBROKEN: Words = LazyLock::new(|| {
    set(&[
        "山田太郎 山田花子 田中太郎 名無しの権兵衛 张三 李四 王五 赵六 張三 某某某 陳小明 홍길동 김철수 김아무개 やまだたろう やまだはなこ johndoe janedoe janeroe \
           joebloggs foobar maxmustermann erikamustermann mariorossi jeandupont jankowalski olanordmann karinordmann jdoe jandoe \
           fulanodetal juanperez mickeymouse harrypotter homersimpson lukeskywalker brucewayne clarkkent hongkildong honggildong \
           yamadataro zhangsan wangwu vasyapupkin jamesbond sherlockholmes batman superman spiderman",
    ])
});

/// The names of nobody, with their words in either order.
static NOBODY_NAMES: Words = LazyLock::new(|| {
    let names = NOBODY.split(',').map(str::trim);
    let turned = names.clone().filter_map(|it| it.split_once(' ')).map(|(a, b)| format!("{b} {a}"));
    names.map(str::to_owned).chain(turned).map(|it| super::fold::folded(&it).into()).collect()
});

/// Whether every word of `text` is one by which developers sign themselves up, or all are a name that stands for nobody; digits
/// do not matter.
pub(in super::super) fn is_test_identity(text: &str) -> bool {
    all_words_in(text, is_test_word) || is_nobody(text)
}

/// Whether every word of `text` belongs to a shared mailbox.
pub(in super::super) fn is_role(text: &str) -> bool {
    all_words_in(text, |it| ROLE.contains(it))
}

fn all_words_in(text: &str, is_in: impl Fn(&str) -> bool) -> bool {
    if text.len() > 64 {
        return false;
    }
    let mut found = false;
    for word in text.split(|c| !is_letter(c)).filter(|it| !it.is_empty()) {
        // A single letter says nothing: `User A`, `test.b`.
        if word.len() > 1 && !Folded::new(word).is_some_and(|it| is_in(it.as_str())) {
            return false;
        }
        found |= word.len() > 1;
    }
    found
}

fn is_test_word(word: &str) -> bool {
    TEST.contains(word) || is_of_two(word)
}

/// Whether two words by which developers sign up stand together: `testuser`, `测试用户`.
fn is_of_two(word: &str) -> bool {
    const ENDS: [&str; 11] = [
        "test", "demo", "user", "admin", "dummy", "fake", "sample", "guest", "тест", "deneme",
        "prueba",
    ];
    let is_test = |it: &str| TEST.contains(it) && it.chars().nth(1).is_some();
    if word.chars().next().is_some_and(is_cjk) {
        let mut ends = word.char_indices().map(|(n, _)| n).skip(1).take(7);
        return ends.any(|n| {
            word.split_at_checked(n)
                .is_some_and(|(a, b)| TEST.contains(a) && (TEST.contains(b) || is_of_two(b)))
        });
    }
    if word.len() < 6 {
        return false;
    }
    let rests = |end: &&str| [word.strip_prefix(*end), word.strip_suffix(*end)];
    ENDS.iter().any(|end| rests(end).into_iter().flatten().any(is_test))
}

/// Whether a text is the name of nobody.
fn is_nobody(text: &str) -> bool {
    if text.len() > 64 {
        return false;
    }
    let mut words = Folded::empty();
    let mut n = 0;
    for word in text.split(|c| !is_letter(c)).filter(|it| !it.is_empty()) {
        if n > 0 && words.push(' ').is_none() {
            return false;
        }
        if word.chars().any(|it| words.push(it).is_none()) {
            return false;
        }
        n += 1;
        // Nearly all texts end here.
        if n == 1 && !NOBODY_FIRST.contains(words.as_str()) {
            return false;
        }
    }
    let words = words.as_str();
    let is_cut_name = |(a, b): (&str, &str)| NOBODY_CJK.contains(a) && NOBODY_CJK.contains(b);
    match n {
        0 => false,
        1 => NOBODY_UNBROKEN.contains(words),
        _ => NOBODY_NAMES.contains(words) || words.split_once(' ').is_some_and(is_cut_name),
    }
}

/// The words with which the names of nobody begin.
static NOBODY_FIRST: Words = LazyLock::new(|| {
    let names = NOBODY_NAMES.iter().filter_map(|it| it.split(' ').next());
    let others = NOBODY_UNBROKEN.iter().chain(NOBODY_CJK.iter()).map(|it| &**it);
    names.chain(others).map(Into::into).collect()
});

/// The parts of such names, where somebody put a blank between them.
static NOBODY_CJK: Words = LazyLock::new(|| {
    set(&["山田 太郎 花子 홍 길동 やまだ たろう はなこ 张 三 李 四 テスト てすと"])
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_test_identities() {
        for text in [
            "admin",
            "Test User",
            "user12",
            "demo_user",
            "test.user+1",
            "John Doe",
            "User A",
            "testuser",
            "Doe, Jane",
            "jane roe",
            "foo bar",
            "prueba",
            "Usuario Prueba",
            "Utilisateur 3",
            "essai",
            "Kunde 12",
            "Max Mustermann",
            "Musterfrau, Erika",
            "Fulano de Tal",
            "Mario Rossi",
            "Jan Kowalski",
            "Ola Nordmann",
            "deneme",
            "Deneme Kullanıcı",
            "проба",
            "Тестовый Пользователь",
            "Тест Тестов",
            "админ",
            "Вася Пупкин",
            "测试",
            "测试用户1",
            "管理员",
            "张三",
            "李四",
            "テスト",
            "テスト太郎テスト",
            "テストユーザー",
            "山田太郎",
            "山田 太郎",
            "홍길동",
            "테스트",
            "테스트유저",
            "관리자",
            "مستخدم",
            "בדיקה",
            "ישראל ישראלי",
            "δοκιμή",
            "teszt",
            "tes",
            "coba",
            "zkouška",
            "użytkownik testowy",
            "Teste",
            "użytkownik",
            "uživatel",
            "Bruker 1",
            "käyttäjä",
            "pengguna",
            "Nguyễn Văn A",
            "ceshi",
            "TESTADMIN",
            "johndoe",
            "john.doe",
            "test_customer",
            "Testdemo",
            "Matti Meikäläinen",
            "Homer Simpson",
            "taro yamada",
            "mctestface test",
        ] {
            assert!(is_test_identity(text), "{text}");
        }
    }

    #[test]
    fn lets_through_people() {
        for text in [
            "Anna Petersen",
            "admin.lopez",
            "a",
            "",
            "testa rossa",
            "j.doe",
            "Иван Иванов",
            "Ivan Ivanov",
            "王芳",
            "李娜",
            "田中花子",
            "김민수",
            "Anna Kunde",
            "Maria Rossini",
            "Jan Kowalczyk",
            "محمد احمد",
            "Testino",
            "Admira",
            "Guru Dutt",
            "Userin",
            "John Smith",
            "Juan Perea",
            "Useruk Demott",
            "12",
            "@",
            "Otto",
            "Lieschen",
            "鈴木一郎",
            "박지성",
            "Demosthenes",
        ] {
            assert!(!is_test_identity(text), "{text}");
        }
    }

    #[test]
    fn finds_shared_mailboxes() {
        for text in [
            "info",
            "no-reply",
            "Sales2",
            "kontakt",
            "ventas",
            "support.team",
            "secrétariat",
            "iletişim",
            "bilgi",
        ] {
            assert!(is_role(text), "{text}");
        }
        for text in ["anna", "info.anna", "", "1", "salesman"] {
            assert!(!is_role(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in ".{0,120}") {
            let _ = (is_test_identity(&text), is_role(&text));
        }
    }
}
