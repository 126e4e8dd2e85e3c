//! What names of columns say, language by language.

use super::super::super::super::database::NationalId;
use super::super::ColumnSays::*;
use super::tests::say;

#[test]
fn columns_in_germanic_languages() {
    say(&[
        // German.
        (
            PersonName,
            "vorname, Nachname, Familienname, kundenname, Kunde_Name, geburtsname, Ansprechpartner",
        ),
        (Login, "benutzername, Benutzer"),
        (Mail, "E-Mail, E-Mail-Adresse, emailadresse"),
        (Phone, "telefon, Telefonnummer, handynummer, mobil, Telefon_privat"),
        (Password, "passwort, Kennwort, passwort_hash"),
        (BirthDate, "geburtsdatum, Geburtstag"),
        (Gender, "geschlecht"),
        (Address, "strasse, Straße, adresse, anschrift, hausnummer"),
        (PostalCode, "plz, Postleitzahl"),
        (City, "ort, stadt, geburtsort"),
        (PersonTrait, "familienstand, staatsangehörigkeit, anrede, beruf"),
        (Time, "erstellt_am, geaendert_am, datum, anmeldedatum"),
        (PersonId, "kunden_id, benutzer_id, mitarbeiter_nr"),
        (Health, "diagnose, blutgruppe, krankenkasse"),
        // Dutch.
        (PersonName, "voornaam, achternaam, tussenvoegsel, klant_naam"),
        (Login, "gebruikersnaam"),
        (Mail, "emailadres"),
        (Phone, "telefoonnummer, mobiel"),
        (Password, "wachtwoord"),
        (BirthDate, "geboortedatum"),
        (Address, "straatnaam, huisnummer, woonadres"),
        (City, "woonplaats"),
        (NationalId(Some(NationalId::Bsn)), "bsn, burgerservicenummer, BSN_nummer"),
        (Gender, "geslacht"),
        // Swedish, Norwegian, Danish.
        (PersonName, "förnamn, efternamn, fornavn, etternavn, kunde_navn, fornamn"),
        (Login, "användarnamn, brukernavn, brugernavn"),
        (Mail, "epost, e-post, epostadresse"),
        (Phone, "telefonnummer, mobilnummer, tlf"),
        (Password, "lösenord, passord, adgangskode"),
        (BirthDate, "fødselsdato, fodselsdag, födelsedatum"),
        (NationalId(None), "personnummer, fødselsnummer, cpr_nummer"),
        (Address, "gatuadress, adress, gateadresse, vej"),
        (PostalCode, "postnummer, postnr"),
        (City, "poststed"),
        (Gender, "kön, kjønn"),
    ]);
}

#[test]
fn columns_in_romance_languages() {
    say(&[
        // French.
        (
            PersonName,
            "prénom, prenom, nom_complet, nom_de_famille, nom_client, nomDuClient, nom_prenom",
        ),
        (Name, "nom"),
        (Login, "nom_utilisateur, pseudo, identifiant"),
        (Mail, "courriel, adresse_mail, adresse-email"),
        (Phone, "téléphone, telephone, num_tel, numero_telephone, portable, telephone_fixe"),
        (Password, "mot_de_passe, mdp, motdepasse"),
        (BirthDate, "date_naissance, dateNaissance, date_de_naissance"),
        (Gender, "sexe"),
        (Address, "adresse, rue"),
        (PostalCode, "code_postal, codePostal"),
        (City, "ville, lieu_de_naissance"),
        (NationalId(Some(NationalId::Nir)), "nir, num_secu, numero_securite_sociale"),
        (PersonTrait, "civilité, situation_familiale, nationalité"),
        (PersonId, "id_utilisateur, id_client, utilisateur_id"),
        (Time, "date_creation, date_inscription, heure"),
        // Spanish.
        (
            PersonName,
            "apellido, apellidos, nombre_completo, nombre_cliente, nombre_del_alumno, primer_apellido",
        ),
        (Name, "nombre"),
        (Login, "usuario, nombre_usuario, nombre_de_usuario"),
        (Mail, "correo, correo_electronico, correo_electrónico, email_cliente"),
        (Phone, "teléfono, telefono, celular, movil, telefono_cliente, numero_telefono"),
        (Password, "contraseña, contrasena, clave"),
        (BirthDate, "fecha_nacimiento, fecha_de_nacimiento, fechaNacimiento"),
        (Gender, "sexo, genero, género"),
        (Address, "direccion, dirección, domicilio, calle"),
        (City, "ciudad, localidad, municipio"),
        (PostalCode, "codigo_postal, código_postal"),
        (NationalId(Some(NationalId::Dni)), "dni, numero_dni"),
        (NationalId(None), "cedula, curp, numero_documento, pasaporte"),
        (PersonTrait, "estado_civil, nacionalidad, edad"),
        (PersonId, "id_usuario, id_cliente, alumno_id"),
        (Time, "fecha_creacion, fecha_registro, fecha, hora"),
        // Portuguese.
        (PersonName, "sobrenome, nome_completo, nome_cliente, nome_do_aluno, nome_mae"),
        (Name, "nome"),
        (Login, "nome_usuario, usuário"),
        (Mail, "endereco_email"),
        (Phone, "telefone, telemovel"),
        (Password, "senha, senha_hash, palavra_passe"),
        (BirthDate, "data_nascimento, dt_nasc, data_de_nascimento"),
        (Address, "endereço, logradouro, bairro"),
        (City, "cidade, naturalidade"),
        (PostalCode, "cep"),
        (NationalId(Some(NationalId::Cpf)), "cpf, CPF, cliente_cpf"),
        (NationalId(Some(NationalId::Cnpj)), "cnpj"),
        (NationalId(None), "rg, cnh, titulo_eleitor"),
        (Time, "data_cadastro, criado_em, data_criacao"),
        // Italian.
        (PersonName, "cognome, nome_completo, nome_cliente, nome_e_cognome"),
        (Login, "nome_utente, utente"),
        (Phone, "cellulare, numero_cellulare"),
        (BirthDate, "data_di_nascita, data_nascita"),
        (Address, "indirizzo, residenza"),
        (City, "città, comune_di_residenza, luogo_di_nascita"),
        (NationalId(Some(NationalId::CodiceFiscale)), "codice_fiscale, cod_fiscale, codiceFiscale"),
        (Gender, "sesso"),
        (Time, "data_ora, data_creazione"),
        // Romanian.
        (PersonName, "prenume, nume_complet, nume_de_familie, nume_client"),
        (Name, "nume"),
        (Password, "parola"),
        (NationalId(None), "cnp"),
        (BirthDate, "data_nasterii, data_nașterii"),
        (City, "localitate, oras"),
        (Login, "nume_utilizator"),
    ]);
}

#[test]
fn columns_in_slavic_languages() {
    say(&[
        // Polish.
        (PersonName, "imię, imie, nazwisko, imie_i_nazwisko"),
        (Name, "nazwa"),
        (Mail, "adres_email"),
        (Phone, "numer_telefonu, telefon_komorkowy"),
        (Password, "hasło, haslo"),
        (BirthDate, "data_urodzenia"),
        (Gender, "płeć, plec"),
        (Address, "ulica, adres, adres_zamieszkania"),
        (PostalCode, "kod_pocztowy"),
        (City, "miasto, miejscowość"),
        (NationalId(Some(NationalId::Pesel)), "pesel, PESEL, numer_pesel"),
        (Time, "data_utworzenia, data_rejestracji"),
        // Czech.
        (PersonName, "jméno, jmeno, příjmení, prijmeni"),
        (Password, "heslo"),
        (BirthDate, "datum_narození, datum_narozeni"),
        (NationalId(None), "rodné_číslo, rodne_cislo"),
        (Gender, "pohlaví"),
        (Address, "ulice, bydliště"),
        (PostalCode, "psč"),
        (Login, "uživatelské_jméno"),
        // Russian.
        (PersonName, "фамилия, отчество, ФИО, Полное имя, имя_клиента, familiya"),
        (Name, "имя, название, imya"),
        (Mail, "почта, электронная почта, эл_почта"),
        (Phone, "телефон, номер_телефона, мобильный телефон"),
        (Password, "пароль"),
        (BirthDate, "дата_рождения, Дата рождения, data_rozhdeniya"),
        (Gender, "пол"),
        (Address, "адрес, улица, адрес_проживания"),
        (City, "город"),
        (PostalCode, "индекс, почтовый_индекс"),
        (NationalId(None), "паспорт, инн, снилс, серия_паспорта"),
        (Health, "диагноз, группа_крови"),
        (Time, "дата_создания, дата, дата_регистрации"),
        (Login, "логин, имя_пользователя"),
        // Ukrainian.
        (PersonName, "прізвище, по_батькові, ПІБ"),
        (Name, "ім'я"),
        (Mail, "пошта"),
        (Phone, "номер_телефону"),
        (BirthDate, "дата_народження"),
        (Gender, "стать"),
        (Address, "адреса, вулиця"),
        (City, "місто"),
        (Time, "створено"),
    ]);
}

#[test]
fn columns_in_other_languages_of_europe() {
    say(&[
        // Finnish.
        (PersonName, "etunimi, sukunimi, asiakas_nimi"),
        (Mail, "sähköposti, sahkoposti"),
        (Phone, "puhelin, puhelinnumero, matkapuhelin"),
        (Password, "salasana"),
        (BirthDate, "syntymäaika"),
        (NationalId(None), "henkilötunnus, hetu"),
        (Address, "katuosoite, osoite"),
        (City, "kaupunki, postitoimipaikka"),
        (PostalCode, "postinumero"),
        // Hungarian.
        (PersonName, "vezetéknév, keresztnév, teljes_nev"),
        (Name, "név, nev"),
        (Phone, "telefonszám, telefonszam"),
        (Password, "jelszó, jelszo"),
        (BirthDate, "születési_dátum, szuletesi_datum"),
        (Address, "cím, lakcim, utca"),
        (PostalCode, "irányítószám"),
        (Mail, "email_cím"),
        // Turkish.
        (PersonName, "ad_soyad, soyad, soyadı, soyisim, musteri_adi, ogrenci_adi"),
        (Name, "ad, isim, adı"),
        (Login, "kullanici_adi, kullanıcı_adı"),
        (Mail, "eposta, e-posta"),
        (Phone, "telefon_no, cep_telefonu"),
        (Password, "sifre, şifre, parola"),
        (BirthDate, "dogum_tarihi, doğum_tarihi"),
        (Gender, "cinsiyet"),
        (NationalId(None), "tc_kimlik_no, tckn"),
        (City, "sehir, şehir"),
        (Time, "kayit_tarihi, tarih"),
        // Greek.
        (PersonName, "ονοματεπώνυμο, επώνυμο, onomateponymo"),
        (Name, "όνομα"),
        (Phone, "τηλέφωνο, κινητό"),
        (Password, "κωδικός_πρόσβασης"),
        (BirthDate, "ημερομηνία_γέννησης"),
        (Address, "διεύθυνση, οδός"),
        (City, "πόλη"),
        (NationalId(None), "αφμ, ΑΜΚΑ"),
        (Gender, "φύλο"),
    ]);
}

#[test]
fn columns_in_languages_of_asia_and_africa() {
    say(&[
        // Arabic and Persian.
        (PersonName, "الاسم_الكامل, اللقب, نام_خانوادگی, اسم_العميل"),
        (Name, "الاسم, اسم, نام"),
        (Mail, "البريد_الالكتروني, البريد الإلكتروني, ایمیل"),
        (Phone, "رقم_الهاتف, الهاتف, الجوال, تلفن"),
        (Password, "كلمة_المرور, رمز_عبور"),
        (BirthDate, "تاريخ_الميلاد"),
        (Gender, "الجنس, جنسیت"),
        (Address, "العنوان, آدرس"),
        (City, "المدينة"),
        (NationalId(None), "رقم_الهوية, کدملی"),
        // Hebrew.
        (PersonName, "שם_פרטי, שם_משפחה, שם_מלא"),
        (Mail, "אימייל, דואל"),
        (Phone, "טלפון, נייד"),
        (Password, "סיסמה"),
        (BirthDate, "תאריך_לידה"),
        (Address, "כתובת, רחוב"),
        (NationalId(None), "תעודת_זהות"),
        // Hindi and Urdu in Latin letters.
        (PersonName, "pita_naam, upnaam, grahak_naam, grahak_ka_naam"),
        (Phone, "phone_nambar, mobail_nambar"),
        (BirthDate, "janm_tithi"),
        (Gender, "ling"),
        (Address, "pata"),
        (City, "shahar"),
        (Religion, "dharm, mazhab"),
        // Indonesian and Malay.
        (PersonName, "nama_lengkap, nama_siswa, nama_pelanggan, nama_ibu, namalengkap"),
        (Name, "nama"),
        (Login, "nama_pengguna"),
        (Phone, "no_hp, no_telp, nomor_telepon, telepon"),
        (Password, "kata_sandi, sandi"),
        (BirthDate, "tanggal_lahir, tgl_lahir"),
        (Gender, "jenis_kelamin, jantina"),
        (Address, "alamat, alamat_rumah"),
        (City, "kota, tempat_lahir"),
        (PostalCode, "kode_pos"),
        (NationalId(None), "nik, no_ktp, npwp"),
        (Religion, "agama"),
        (PersonId, "id_siswa, id_pelanggan"),
        // Vietnamese.
        (PersonName, "họ_tên, ho_ten, ho_va_ten, ten_khach_hang, tên khách hàng, ten_nhan_vien"),
        (Mail, "thư_điện_tử"),
        (Phone, "số_điện_thoại, so_dien_thoai, sdt"),
        (Password, "mật_khẩu, mat_khau"),
        (BirthDate, "ngày_sinh, ngay_sinh"),
        (Gender, "giới_tính, gioi_tinh"),
        (Address, "địa_chỉ, dia_chi"),
        (NationalId(None), "cccd, số_cmnd"),
        (PersonId, "ma_khach_hang"),
        // Swahili.
        (PersonName, "jina_la_mteja, jina_la_kwanza"),
        (Password, "nywila"),
    ]);
}

#[test]
fn columns_in_chinese_japanese_and_korean() {
    say(&[
        (
            PersonName,
            "姓名, 客户姓名, 联系人, 真实姓名, 学生姓名, xingming, 收货人, 客户名称, 姓氏, 學生姓名",
        ),
        (Name, "名称, 名字"),
        (Login, "用户名, 登录名, 昵称, 用戶名, yonghuming"),
        (Mail, "邮箱, 电子邮件, 客户邮箱, 電子郵件"),
        (Phone, "手机号, 电话, 联系电话, 客户手机号码, 電話, shoujihao, 手機號碼"),
        (Password, "密码, 密碼, mima, 登录密码"),
        (BirthDate, "出生日期, 生日"),
        (Gender, "性别, 性別"),
        (Address, "地址, 家庭住址, 收货地址, 客户地址"),
        (City, "城市"),
        (PostalCode, "邮编, 邮政编码"),
        (
            NationalId(Some(NationalId::ChineseId)),
            "身份证, 身份证号, 身份证号码, 身份證號, sfzh, 客户身份证号",
        ),
        (BankAccount, "银行账号, 银行卡号"),
        (Time, "创建时间, 注册时间, 日期, 更新时间"),
        (PersonId, "用户编号, 客户id, 会员编号"),
        (Nothing, "商品名称, 是否管理员, 商品数量, 订单状态, 产品图片, 邮箱验证状态"),
        (PersonName, "氏名, お名前, 顧客名, 会員名, フリガナ, 担当者名, お客様名"),
        (Mail, "メールアドレス, メール"),
        (Phone, "電話番号, 携帯番号, 携帯電話"),
        (Password, "パスワード"),
        (BirthDate, "生年月日, 誕生日"),
        (Address, "住所, 番地"),
        (PostalCode, "郵便番号"),
        (NationalId(None), "マイナンバー"),
        (Time, "登録日時, 作成日, 更新日時"),
        (Health, "血液型, 病名"),
        (Nothing, "商品名, 会員種別"),
        (PersonName, "성명, 회원이름, 고객명, 학생이름"),
        (Name, "이름"),
        (Login, "아이디, 닉네임, 사용자명"),
        (Mail, "이메일, 이메일주소"),
        (Phone, "전화번호, 휴대폰, 휴대폰번호, 연락처"),
        (Password, "비밀번호"),
        (BirthDate, "생년월일"),
        (Gender, "성별"),
        (Address, "주소, 상세주소"),
        (PostalCode, "우편번호"),
        (NationalId(None), "주민등록번호"),
        (Time, "등록일, 가입일"),
        (Nothing, "상품명, 회원유형"),
    ]);
}
