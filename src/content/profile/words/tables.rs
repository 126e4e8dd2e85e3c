//! What the name of a table says about its rows.

use std::sync::LazyLock;

use super::fold::is_cjk;
use super::{TableSays, Words, identifier, set};

/// English words for people, one of them: `users` is looked up as `user`.
static PEOPLE: Words = LazyLock::new(|| {
    set(&[
        "user account customer client member person people contact employee staff student pupil teacher patient guest \
           subscriber profile player author driver doctor applicant candidate attendee participant voter citizen resident \
           tenant lead donor volunteer parent child children guardian buyer seller recipient sender owner admin \
           administrator worker agent instructor lecturer professor partner individual passenger visitor beneficiary \
           nurse physician caregiver coach trainer trainee trainer officer manager supervisor director \
           personnel friend follower learner graduate alumni alumnus alumna faculty \
           consultant freelancer contractor respondent signatory supporter lawyer attorney witness defendant \
           inmate prisoner offender convict shareholder investor borrower debtor creditor payee payer payor policyholder \
           insured claimant relative spouse dependent dependant sibling family families household roster enrollee \
           registrant delegate speaker actor athlete referee reviewer \
           translator collaborator maintainer developer programmer engineer technician salesperson \
           salesman salesrep courier rider  biker chauffeur shopper consumer purchaser prospect \
            moderator userprofile useraccount username addressbook phonebook customuser appuser \
           siteuser crew soldier veteran victim suspect refugee migrant immigrant pilgrim monk priest pastor parishioner \
           congregant godparent  biodata colleague coworker neighbor neighbour intern apprentice scholar \
           headmaster tutor mentor mentee dean candidate jobseeker seeker  caller ",
    ])
});

/// Words for people in other languages, one and many.
static PEOPLE_ELSEWHERE: Words = LazyLock::new(|| {
    set(&[
        "benutzer nutzer kunde kunden kundin mitarbeiter mitarbeiterin mitarbeiterinnen schueler schuler schuelerin \
         student studenten studierende studierender lehrer lehrerin mitglied mitglieder kontakt kontakte person personen \
         patient patienten gast gaeste teilnehmer angestellte angestellter bewerber mieter vermieter eltern kinder \
         anwender ansprechpartner interessenten interessent adressbuch fahrer arzt aerzte personal nutzerkonten",
        "usuario usuarios cliente clientes persona personas empleado empleados alumno alumnos alumna estudiante estudiantes \
         contacto contactos miembro miembros socio socios profesor profesores docente docentes paciente pacientes huesped \
         huespedes trabajador trabajadores proveedor afiliado afiliados beneficiario beneficiarios invitado invitados \
         medico medicos tutor tutores padre padres ciudadano ciudadanos inquilino inquilinos vendedor vendedores \
         postulante postulantes inscrito inscritos jugador jugadores votante votantes",
        "utilisateur utilisateurs client clients personne personnes employe employes salarie salaries eleve eleves \
         etudiant etudiants membre membres contact contacts adherent adherents patient patients enseignant enseignants \
         professeur professeurs abonne abonnes participant participants locataire locataires medecin medecins benevole \
         benevoles invite invites acheteur acheteurs candidat candidats joueur joueurs collaborateur collaborateurs",
        "pessoa pessoas funcionario funcionarios aluno alunos aluna alunas colaborador colaboradores associado associados \
         utilizador utilizadores professor professores fornecedorpessoa morador moradores hospede hospedes contato contatos \
         membro membros inscritos responsavel responsaveis dependente dependentes segurado segurados eleitor eleitores",
        "utente utenti clienti dipendente dipendenti studente studenti alunno alunni persone socio soci paziente pazienti \
         anagrafica anagrafiche contatto contatti docente docenti insegnante insegnanti iscritto iscritti ospite ospiti \
         impiegato impiegati lavoratore lavoratori membri condomino condomini giocatore giocatori ",
        "gebruiker gebruikers klant klanten medewerker medewerkers werknemer werknemers leerling leerlingen persoon \
         personen lid leden contactpersoon contactpersonen patienten docenten leraar leraren deelnemer deelnemers gast \
         gasten huurder huurders bezoeker bezoekers speler spelers cursist cursisten vrijwilliger vrijwilligers",
        "ucznia pracownika pacjenta nauczyciela uzytkownik uzytkownicy uzytkownika klient klienci klienta pracownik pracownicy uczen uczniowie osoba osoby \
         czlonek czlonkowie nauczyciel nauczyciele pacjent pacjenci studenci gosc goscie kontakty kontrahent kontrahenci \
         kandydat kandydaci uczestnik uczestnicy najemca najemcy lekarz lekarze kierowca kierowcy",
        "zakaznika zamestnance zaka uzivatel uzivatele zakaznik zakaznici zamestnanec zamestnanci zak zaci osoby clen clenove ucitel ucitele pacienti \
          hoste  kontakty ucastnik ucastnici pouzivatel pouzivatelia zakaznici klienti ziak ziaci \
         korisnik korisnici kupac kupci zaposleni zaposlenici ucenik ucenici studenti osobe clan clanovi pacijent pacijenti \
         uporabnik uporabniki stranke stranka zaposlen gost gosti",
        "anvandare kund kunder anstalld anstallda elev elever medlem medlemmar personer larare patienter deltagare kontakter \
         gaster bruker brukere  ansatt ansatte medlemmer laerer laerere pasient pasienter deltaker deltakere bruger \
         brugere medarbejder medarbejdere borger borgere deltager deltagere gaester ",
        "asiakkaan kayttajan henkilon kayttaja kayttajat asiakas asiakkaat tyontekija tyontekijat henkilo henkilot jasen jasenet oppilas oppilaat \
         opiskelija opiskelijat opettaja opettajat potilas potilaat yhteyshenkilo yhteyshenkilot osallistuja osallistujat \
         vieras vieraat kasutaja kasutajad klient kliendid tootaja lietotajs lietotaji klients klienti vartotojas \
         vartotojai klientas klientai darbuotojas darbuotojai studentas studentai",
        "felhasznalo felhasznalok ugyfel ugyfelek vevo vevok dolgozo dolgozok alkalmazott alkalmazottak diak diakok tanulo \
         tanulok szemely szemelyek tagok tanar tanarok paciens paciensek beteg betegek kapcsolattarto hallgato hallgatok \
         vendeg vendegek munkatars munkatarsak resztvevo resztvevok",
        "utilizator utilizatori client clienti angajat angajati elev elevi studenti persoana persoane membru membri \
         profesor profesori pacient pacienti contacte abonat abonati participanti oaspeti sofer soferi medici chiriasi",
        "kullanici kullanicilar musteri musteriler calisan calisanlar ogrenci ogrenciler kisi kisiler uye uyeler personel \
         personeller ogretmen ogretmenler hasta hastalar doktor doktorlar rehber misafir misafirler katilimci katilimcilar \
         kiraci kiracilar sofor veli veliler abone aboneler cari yonetici yoneticiler",
        "пользователя клиента сотрудника студента ученика человека контакта участника учителя пациента работника гостя \
         покупателя водителя врача члена абонента преподавателя пользователь пользователи клиент клиенты сотрудник сотрудники студент студенты ученик ученики человек люди \
         персона персоны контакт контакты член члены участник участники учитель учителя преподаватель преподаватели \
         пациент пациенты работник работники гость гости покупатель покупатели абонент абоненты сотрудницы водитель водители \
         врач врачи жилец жильцы polzovatel polzovateli klienty sotrudnik sotrudniki studenty ucheniki pokupateli pacienty \
         kontakty lyudi",
        "користувача клієнта працівника студента учня пацієнта вчителя користувач користувачі клієнт клієнти працівник працівники співробітник співробітники студенти учень учні люди \
         особа особи учасник учасники вчитель вчителі пацієнт пацієнти викладач викладачі покупець покупці гості \
         korystuvach korystuvachi kliyent kliyenty потребител потребители клиенти служител служители ученици корисник корисници",
        "χρηστη πελατη υπαλληλου μαθητη φοιτητη ασθενη χρηστησ χρηστεσ πελατησ πελατεσ υπαλληλοσ υπαλληλοι εργαζομενοσ εργαζομενοι μαθητησ μαθητεσ φοιτητησ φοιτητεσ ατομο \
         ατομα μελοσ μελη καθηγητησ καθηγητεσ ασθενησ ασθενεισ επαφη επαφεσ xristes xristis pelates pelatis ypalliloi \
         foitites mathites astheneis epafes",
        "مستخدم المستخدم العميل الموظف الطالب المريض المعلم العضو الشخص الزبون المستخدمين المستخدمون مستخدمين عميل العملاء عملاء موظف الموظفين موظفين طالب الطلاب طلاب شخص اشخاص الاشخاص \
         عضو الاعضاء اعضاء معلم المعلمين مريض المرضي مرضي زبون الزبائن زبائن المشتركين مشترك almustakhdimin muwazafin tullab \
         کاربر کاربران مشتری مشتریان کارمند کارمندان دانشجو دانشجویان دانش آموزان بیمار بیماران karbar karbaran moshtari karmand",
        "משתמש משתמשים לקוח לקוחות עובד עובדים תלמיד תלמידים סטודנט סטודנטים אדם אנשים חבר חברים מורה מורים מטופל \
         מטופלים איש קשר אנשיקשר אורחים חולים",
        "upyogkarta upbhokta grahak karmchari chhatra chhatr vidyarthi vyakti sadasya sadasy shikshak mareez marij \
         kisan adhyapak talib talba ustad mulazim mulazmeen gahak shagird khatedar",
        "pengguna pemakai pelanggan karyawan siswa mahasiswa murid pegawai anggota guru dosen orang pasien kontak penduduk \
         warga peserta tamu pembeli penjual nasabah peminjam pendaftar santri jamaah jemaat kakitangan ahli pekerja pelajar \
         pensyarah penyewa supir orangtua wali penerima",
        "nguoidung khachhang nhanvien hocsinh sinhvien giaovien nguoi thanhvien lienhe benhnhan giangvien canbo docgia \
         congnhan nguoimua nguoiban hoivien hocvien cudan bacsi",
        "用户 客户 会员 员工 学生 老师 教师 人员 成员 联系人 患者 病人 顾客 职工 职员 家长 管理员 居民 用戶 使用者 客戶 會員 員工 學生 \
         教師 人員 成員 聯絡人 顧客 業主 业主 司机 医生 yonghu kehu huiyuan yuangong xuesheng laoshi jiaoshi renyuan lianxiren guanliyuan huanzhe \
         学员 嘉宾 选手 作者",
        "ユーザー ユーザ 利用者 顧客 会員 社員 従業員 生徒 教員 先生 連絡先 職員 お客様 スタッフ メンバー 保護者 参加者 担当者 申込者 \
         yuza kokyaku kaiin shain jugyoin gakusei seito kyoin kanja renrakusaki sensei",
        "사용자 회원 고객 직원 사원 학생 교사 선생님 환자 연락처 구성원 멤버 유저 교수 학부모 강사 참가자 관리자 임직원 거래처담당자 sayongja \
         hoewon gogaek jigwon haksaeng",
        "mtumiaji watumiaji mteja wateja mfanyakazi wafanyakazi mwanafunzi wanafunzi mwalimu walimu mgonjwa wagonjwa mtu watu \
         mwanachama wanachama gumagamit kostumer empleyado estudyante guro",
    ])
});

/// What happened to people, or what they have.
static EVENTS: Words = LazyLock::new(|| {
    set(&[
        "log event history audit session message activity token order purchase sale payment progress enrollment enrolment \
         attendance result grade score visit view click notification transaction invoice booking reservation appointment \
         post comment like vote rating review task login logon signin attempt answer submission cart basket permission device address \
         emailaddress email phone phonenumber mail sms call chat conversation thread reply mention favorite favourite bookmark \
         wishlist subscription membership registration application request ticket complaint feedback survey response \
         ballot follow friendship connection relation relationship invitation invite referral reward \
         achievement wallet balance statement transfer deposit withdrawal refund receipt bill charge fee fine claim \
         prescription diagnosis diagnose treatment visit admission encounter observation immunization vaccination \
         leave absence shift timesheet payroll payslip salary loan checkout borrow rental delivery shipment trip ride \
         checkin workout measurement note reminder alarm upload pageview impression \
         tracking  accesslog auditlog userlog loginlog contactmessage usermeta customermeta postmeta commentmeta \
         userdata  cookie credential secret password \
         fingerprint preference orderitem orderdetail cartitem lineitem \
         examresult   moment story reaction share repost retweet tweet dm inbox outbox outstanding \
         guestbook entry visitlog consent donation pledge contribution quote quotation \
         interview evaluation assessment appraisal discharge interaction engagement journal diary blog  watchlist \
         playhistory usage consumption reading stay gamescore highscore  queue  resume cv",
    ])
});

/// The same in other languages, most of which put them before the words for people.
static EVENTS_ELSEWHERE: Words = LazyLock::new(|| {
    set(&[
        "bestellung bestellungen rechnung rechnungen nachricht nachrichten termin termine buchung buchungen anmeldung \
         anmeldungen zahlung zahlungen noten note anwesenheit sitzung sitzungen protokoll auftrag auftraege warenkorb \
         bewertung bewertungen kommentar kommentare ergebnis ergebnisse teilnahme urlaub krankmeldung adresse adressen",
        "pedido pedidos venta ventas compra compras factura facturas mensaje mensajes cita citas pago pagos nota notas \
         asistencia asistencias sesion sesiones calificacion calificaciones reserva reservas inscripcion inscripciones \
         matricula matriculas comentario comentarios resultado resultados prestamo prestamos direccion direcciones \
         historial registro registros",
        "commande commandes achat achats facture factures rendezvous paiement paiements presence presences \
         connexion connexions seance seances commentaire commentaires resultat resultats emprunt emprunts adresse adresses \
         historique inscription inscriptions avis panier paniers",
        "venda vendas mensagem mensagens consulta consultas agendamento agendamentos pagamento pagamentos frequencia \
         presenca presencas sessao sessoes avaliacao avaliacoes inscricao inscricoes emprestimo emprestimos endereco enderecos \
         historico ",
        "ordine ordini acquisto acquisti fattura fatture messaggio messaggi appuntamento appuntamenti pagamenti voto voti \
         presenze sessione sessioni prenotazione prenotazioni iscrizione iscrizioni commenti commento risultati indirizzo \
         indirizzi prestito prestiti",
        "bestelling bestellingen factuur facturen bericht berichten afspraak afspraken betaling betalingen aanwezigheid \
         inschrijving inschrijvingen reservering reserveringen sessie sessies cijfers zamowienie zamowienia faktura faktury \
         wiadomosc wiadomosci wizyta wizyty platnosc platnosci ocena oceny obecnosc obecnosci sesja sesje rezerwacja \
         rezerwacje objednavka objednavky zprava zpravy platba platby znamka znamky dochazka rezervace navsteva navstevy \
         narudzba narudzbe porudzbina ocjena ocjene racun racuni",
        "ordrar bestallning bestallningar fakturor meddelande meddelanden betalning betalningar narvaro bokning bokningar betyg \
         ordre bestilling bestillinger melding meldinger betalinger fravaer tilaus tilaukset lasku laskut viesti viestit \
         varaus varaukset lasnaolo rendeles rendelesek szamla szamlak uzenet uzenetek fizetes fizetesek foglalas foglalasok \
         jegyek hianyzas comanda comenzi mesaj mesaje plata plati programare programari  prezenta rezervare rezervari \
         siparis siparisler fatura faturalar mesajlar odeme odemeler yoklama not notlar randevu randevular rezervasyon \
         oturumlar kayit kayitlar satis satislar",
        "заказ заказы платеж платежи сообщение сообщения оценка оценки посещение посещения сессии запись записи продажа продажи \
         бронирование бронирования журнал отзыв отзывы zakaz zakazy platezhi soobshcheniya ocenki замовлення платежі повідомлення \
         оцінки відвідування παραγγελια παραγγελιεσ πληρωμη πληρωμεσ μηνυματα βαθμοι παρουσιεσ paraggelies pliromes \
         طلب الطلبات طلبات المدفوعات الرسائل رسائل الدرجات الحضور مواعيد سفارش سفارشات הזמנה הזמנות תשלומים הודעות ציונים נוכחות",
        "pesanan pembelian penjualan transaksi pembayaran nilai absensi kehadiran presensi pesan riwayat peminjaman pendaftaran \
         rekammedis donhang hoadon diem diemdanh tinnhan thanhtoan dathang lichsu lichhen datphong phieumuon upasthiti hazri",
        "订单 消息 成绩 考勤 日志 记录 支付 评论 登录日志 购物车 預約 預約紀錄 訂單 訊息 成績 出勤 紀錄 预约 地址 收藏 借阅 签到 挂号 发票 dingdan \
         xiaoxi chengji kaoqin rizhi jilu 注文 受注 履歴 予約 出欠 メッセージ 支払 ログ 申込 勤怠 売上 評価 chumon rireki yoyaku 주문 결제 메시지 성적 출석 \
         로그 예약 댓글 기록 출결 주문내역 문의",
    ])
});

/// Kinds of rights and the like: a table of them is of things even if it is of those of people.
static KINDS: Words = LazyLock::new(|| {
    set(&[
        "role group permission type kind status category level right privilege ability setting config tier plan segment method kinds class \
           classification title position department",
    ])
});

/// The same in other languages.
static KINDS_ELSEWHERE: Words = LazyLock::new(|| {
    set(&["rolle rollen gruppe gruppen rol roles grupo grupos permiso permisos \
           tipo tipos categoria estado gruppo gruppi ruolo ruoli permesso permessi papel perfil perfis perfiles rola  uprawnienia grupa grupy \
           роль роли группа группы права тип rolleri yetki yetkiler  peran jabatan loai quyen vaitro 角色 权限 部门 类型 分组 权限组 部署 権限 役割 \
           역할 권한 부서 등급 ポジション"])
});

/// Things.
static THINGS: Words = LazyLock::new(|| {
    set(&[
        "product item city cities country category tag course brand type file place station store shop department song track album \
         movie film book genre region state status unit currency language team lesson topic recipe ingredient plugin \
         option config configuration migration metadata meta feature layer table column field key value word term definition dictionary \
         dict entity content contenttype template theme widget menu page link site server host node service job cron \
         queue  process cache version release build asset media resource \
         folder directory directories icon font color colour style skin map tile building room floor hotel restaurant airport \
         airline flight train vehicle car truck bus bike engine model part component sensor  machine tool equipment \
         weather temperature forecast climate river lake mountain park street zone area district province county town village \
         continent planet star species animal plant breed pokemon monster weapon spell quest card deck stage  champion \
         tournament season league stadium sport club company companies organization organisation \
         warehouse stock inventory price discount coupon tax sku variant attribute collection bundle catalog catalogue manufacturer \
         exam subject quiz question choice chapter section syllabus curriculum semester term holiday calendar schedule slot \
         rule policy policies  law article paper publication  news feed source  favicon \
          url   segments  schema index sequence trigger statistic stat parameter prop property \
         properties constant enum lookup code symbol char character glyph radical kanji kana vocab vocabulary sentence phrase translation \
         verse hymn poem  proverb flag timezone locale  consumer useragent browser platform os software license \
         package library dependency dependencies module framework repo repository commit branch bug sprint project label milestone board \
         form  gallery slide banner slider  taxonomy taxonomies termmeta block shortcode pod container \
          django  jobbatch   medicine drug disease symptom procedure ward bed lab test \
         gene protein compound element isotope material alloy standard formula equation dataset sample experiment trial \
         playlist oauthclient point image photo picture avatar document attachment certificate location badge meal download record line artist performer \
         composer band writer reader useragent offer contract",
    ])
});

/// The same in other languages.
static THINGS_ELSEWHERE: Words = LazyLock::new(|| {
    set(&[
        "produkt produkte artikel kategorie kategorien stadt staedte stadte bucher lander facher land laender buch buecher lager abteilung fach faecher kurs \
         kurse gericht rezept rezepte fahrzeug fahrzeuge ort orte strasse producto productos ciudad ciudades pais paises \
         libro libros curso cursos materia materias tienda tiendas inventario vehiculo vehiculos departamento departamentos \
         municipio municipios provincia provincias produit produits ville villes pays livre livres cours matiere matieres \
         magasin magasins entreprise entreprises departement prodotto prodotti articolo articoli citta paese paesi corso corsi materie negozio \
         negozi comune comuni produto produtos cidade cidades livro livros loja lojas veiculo veiculos disciplina disciplinas \
          producten steden landen boek boeken vak vakken winkel winkels",
        "produkty miasto miasta kraj kraje ksiazka ksiazki kurs kursy przedmiot przedmioty sklep sklepy pojazd mesta zeme kniha knihy \
         predmet predmety vozidla proizvod proizvodi grad gradovi knjiga knjige vara varor stader lander bocker kurser varer byer bok boker \
         tuote tuotteet kaupungit maat kirja kirjat kurssi kurssit termek termekek varosok orszag orszagok konyv konyvek tantargy \
         produs produse orase tari carti cursuri urun urunler sehirler ulke ulkeler kitap kitaplar ders dersler kategoriler araclar \
         товар товары город города страна страны книга книги курс курсы предмет предметы категория категории категории склад продукты tovary \
         goroda strany товари міста країни книги προιον προιοντα πολεισ χωρεσ βιβλια μαθηματα proionta المنتجات منتج منتجات المدن مدن الدول كتب \
         دورات محصولات شهرها מוצר מוצרים ערים מדינות ספרים קורסים",
        "produk barang kota negara buku kelas jurusan matakuliah mapel  kategori gudang obat provinsi kabupaten kecamatan \
         kelurahan sanpham thanhpho quocgia sach monhoc lophoc danhmuc kho thuoc 商品 产品 产品分类 城市 国家 图书 课程 班级 科目 分类 部门 仓库 车辆 药品 產品 \
         圖書 課程 班級 分類 shangpin chanpin chengshi kecheng tushu 製品 都市 国 書籍 科目 店舗 カテゴリ 部門 在庫 都道府県 市区町村 shohin seihin 상품 제품 도시 국가 책 과목 강의 \
         카테고리 매장 부서 utpad vastu shahar kitab bidhaa vitabu",
    ])
});

/// Words that say nothing about what the rows are: `tbl_users`, `customer_data`.
static NEUTRAL: Words = LazyLock::new(|| {
    set(&[
        "tbl tb t tab table tables data info information detail details list lists master mst main base core app apps wp auth \
            db dbo public my all new old current active inactive deleted archived archive backup bak bkp copy temp tmp \
           test demo sample import imported export raw staging stg dim fact ref sys system site web portal online basic general \
           aspnet asp net identity res hr crm erp  django laravel custom abstract abs m x v vw  mv raw rec \
            registry register  extended ext extra personal  common shared \
           tabelle daten liste stamm stammdaten tabla datos lista listado maestro tabela dados cadastro registo donnees fiche \
           tabella dati elenco archivio gegevens lijst tabulka  seznam tabell  adatok tablosu bilgi bilgileri listesi \
           таблица данные список справочник таблиця дані πινακασ στοιχεια جدول بيانات קובץ נתונים tabel daftar danhsach thongtin bang 表 信息 \
           列表 资料 档案 名单 資料 資訊 情報 マスタ マスター テーブル 一覧 台帳 名簿 테이블 정보 목록 마스터 명단 기본정보 xinxi biao",
    ])
});

/// What a word says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// One person: the word after it says what the rows are.
    Person,
    People,
    Event,
    Thing,
    Kind,
    Neutral,
    Nothing,
}

/// Says what a table's rows are, going by its name alone.
pub(in super::super) fn table_says(name: &str) -> TableSays {
    let words = identifier::words(name, is_word);
    let mut said = Vec::with_capacity(words.len() + 1);
    for word in &words {
        match word_says(word) {
            Says::Nothing => match cut(word) {
                Some((before, after)) => said.extend([(word, before), (word, after)]),
                None => said.push((word, Says::Nothing)),
            },
            says => said.push((word, says)),
        }
    }
    let is_neutral = |it: &(&String, Says)| it.1 == Says::Neutral;
    if !said.iter().all(is_neutral) {
        said.retain(|it| !is_neutral(it));
    }
    let is_of_people = said.iter().any(|(_, it)| matches!(it, Says::Person | Says::People));
    // Of `pedidos_cliente` and `nilai_siswa` the first word is the head.
    let first = said.first().filter(|(word, says)| {
        matches!(says, Says::Event | Says::Thing | Says::Kind) && is_head_first(word)
    });
    let Some(n) = said.iter().rposition(|(_, it)| *it != Says::Nothing) else {
        return TableSays::Nothing;
    };
    let is_last = n + 1 == said.len();
    let Some((word, says)) = first.or(said.get(n)) else { return TableSays::Nothing };
    match says {
        Says::People => TableSays::People,
        Says::Person if is_last => TableSays::People,
        Says::Person | Says::Event => TableSays::Events,
        // Of `auth_user_groups` each row is of a person; of `user_group` none is.
        Says::Kind if is_of_people && word.ends_with('s') && first.is_none() => TableSays::Events,
        Says::Thing if is_of_people => TableSays::Events,
        Says::Kind | Says::Thing => TableSays::Things,
        Says::Neutral | Says::Nothing => TableSays::Nothing,
    }
}

fn word_says(word: &str) -> Says {
    let any = |lists: &[&Words]| lists.iter().any(|it| is_in(it, word));
    if NEUTRAL.contains(word) {
        Says::Neutral
    } else if PEOPLE.contains(word) && !COLLECTIVE.contains(word) {
        Says::Person
    } else if any(&[&PEOPLE, &PEOPLE_ELSEWHERE]) {
        Says::People
    } else if any(&[&KINDS, &KINDS_ELSEWHERE]) {
        Says::Kind
    } else if any(&[&EVENTS, &EVENTS_ELSEWHERE]) {
        Says::Event
    } else if any(&[&THINGS, &THINGS_ELSEWHERE]) {
        Says::Thing
    } else {
        Says::Nothing
    }
}

/// Words that look like one person and are many.
static COLLECTIVE: Words = LazyLock::new(|| {
    set(&[
        "people staff personnel children family crew roster alumni faculty addressbook phonebook households",
    ])
});

/// The two words of `tblusers`, `usersessions`.
fn cut(word: &str) -> Option<(Says, Says)> {
    let cuts = word.char_indices().map(|(n, _)| word.split_at(n));
    cuts.filter(|(before, after)| before.len() > 1 && after.len() > 2).find_map(
        |(before, after)| match (word_says(before), word_says(after)) {
            (Says::Nothing, _) | (_, Says::Nothing | Says::Neutral) => None,
            (Says::Neutral, after) => Some((Says::Neutral, after)),
            (says, after) if before.len() > 2 => Some((says, after)),
            _ => None,
        },
    )
}

/// Whether a word is of a language that puts what is said before whom it is said of.
fn is_head_first(word: &str) -> bool {
    let english = [&EVENTS, &THINGS, &KINDS];
    !word.chars().any(is_cjk) && !english.into_iter().any(|it| is_in(it, word))
}

/// Whether a word, or what it is the plural of, is in a list.
fn is_in(words: &Words, word: &str) -> bool {
    words.contains(word)
        || word.strip_suffix('s').is_some_and(|it| words.contains(it))
        || word.strip_suffix("es").is_some_and(|it| words.contains(it))
        || word.strip_suffix("ies").is_some_and(|it| words.contains(format!("{it}y").as_str()))
}

/// Whether a word stands for people.
pub(super) fn is_person(word: &str) -> bool {
    is_in(&PEOPLE, word) || PEOPLE_ELSEWHERE.contains(word)
}

/// Whether a word says anything about a table.
pub(super) fn is_word(word: &str) -> bool {
    word_says(word) != Says::Nothing
}

#[cfg(test)]
mod tests;
