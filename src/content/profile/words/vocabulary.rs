//! The words of columns, by what they say, in the languages of the people who name them. Words that are written apart stand
//! together here; accents do not count.

use super::super::super::database::NationalId;
use super::ColumnSays;

/// What words say at the end of a name, whatever stands before.
pub(super) const STRONG: &[(ColumnSays, &str)] = &[
    (
        ColumnSays::PersonName,
        "fullname firstname lastname surname givenname familyname middlename maidenname realname forename fname \
         lname mname fullnames namefirst namelast firstnames lastnames personname contactname nameofperson \
         fathername mothername fathersname mothersname spousename nameonaccount cardholder cardholdername \
         accountholder holdername preferredname birthname namesuffix patronymic kinname \
         vorname vornamen nachname familienname zuname rufname geburtsname vorundnachname ansprechpartner kundenname \
         apellido apellidos nombrecompleto primernombre segundonombre primerapellido segundoapellido nombreyapellido \
         nombres nombresyapellidos apellidopaterno apellidomaterno apenom \
         prenom prenoms nomcomplet nomdefamille nomprenom nometprenom nomdenaissance nomusage \
         cognome nomecompleto nomeecognome nomecognome nominativo ragionesocialenome \
         sobrenome apelido nomesobrenome nomedamae nomemae nomedopai nomepai ultimonome primeironome \
         voornaam achternaam tussenvoegsel roepnaam volledigenaam familienaam \
         fornavn etternavn efternavn mellomnavn fuldenavn fulltnavn fornamn efternamn tilltalsnamn \
         etunimi sukunimi etunimet kokonimi kutsumanimi eesnimi perekonnanimi \
         imie imiona nazwisko imieinazwisko nazwiskorodowe \
         jmeno prijmeni krestnijmeno celejmeno priezvisko imeinpriimek priimek prezime imeprezime imeiprezime \
         keresztnev vezeteknev csaladnev utonev teljesnev anyjaneve szuletesinev \
         prenume numedefamilie numecomplet numeprenume numesiprenume \
         adsoyad adsoyadi soyad soyadi soyisim adisoyadi isimsoyisim anneadi babaadi \
         фамилия отчество фио полноеимя имяотчество familiya otchestvo imyaotchestvo \
         прiзвище прізвище пiб піб поба побатькові prizvyshche pobatkovi презиме фамилно \
         ονοματεπωνυμο επωνυμο επιθετο πατρωνυμο onomateponymo eponymo epitheto \
         الاسمالكامل اسمالعائلة الاسمالاول اللقب الاسمالأول اسمالاب النام نامخانوادگی namkhanevadegi \
         שםפרטי שםמשפחה שםמלא \
         namalengkap namadepan namabelakang namasiswa namapenuh namaibu namaayah namaortu namaanggota namapelanggan \
         hoten hovaten tendem tenhocsinh tensinhvien tennhanvien tenkhachhang \
         姓名 姓氏 名前漢字 全名 真实姓名 真實姓名 联系人 聯絡人 联系人姓名 收货人 持卡人 学生姓名 法人代表 xingming zhenshixingming \
         lianxiren 氏名 お名前 姓 苗字 名字漢字 フルネーム 氏名カナ フリガナ ふりがな furigana shimei namae myoji \
         担当者名 会員名 成명 성명 성함 이름성 seongmyeong pitakanam pitajikanaam upnaam poornanaam pooranaam \
         namabapa naamkhata pitanaam naama jina jinalakwanza jinalafamilia waliduhname",
    ),
    (
        ColumnSays::Login,
        "username login loginname nick nickname screenname loginid signinname accountname samaccountname \
         uname usernm loginuser userlogin benutzername nutzername anmeldename nombredeusuario nombreusuario \
         nomutilisateur nomdutilisateur identifiantconnexion nomeutente nomeusuario nomedeusuario nomedoutilizador \
         gebruikersnaam inlognaam brukernavn brugernavn anvandarnamn kayttajatunnus kayttajanimi nazwauzytkownika \
         uzivatelskejmeno prihlasovacijmeno felhasznalonev numeutilizator kullaniciadi kullaniciad логин \
         имяпользователя ник никнейм логін імякористувача ονομαχρηστη onomaxristi اسمالمستخدم שםמשתמש namapengguna \
         namapemakai namauser tendangnhap tentaikhoan taikhoan 用户名 帐号 账号 登录名 昵称 用戶名 帳號 暱稱 yonghuming \
         zhanghao nicheng ユーザー名 ユーザ名 ログインid ログイン名 ニックネーム 아이디 사용자명 사용자이름 닉네임 korisnickoime",
    ),
    (
        ColumnSays::Mail,
        "email emailaddress mailaddress emailaddr emailid mailid useremail usermail contactemail eaddress \
         emailadress emailadres emailadresse mailadresse mailadress correo correoelectronico correoe emailcliente \
         courriel adressemail adressemel adresseelectronique postaelettronica indirizzoemail enderecoemail \
         correioeletronico sahkoposti sahkopostiosoite epost epostadress epostadresse adresemail adresmail \
         emailova emailcim eletronskaposta eposta epostaadresi adresaemail почта емейл емайл имейл мейл электроннаяпочта \
         elektronnayapochta pochta електроннапошта пошта ηλεκτρονικοταχυδρομειο ιμειλ البريدالالكتروني البريد ايميل \
         الايميل ایمیل מייל אימייל דואל דואראלקטרוני alamatemail surel emel thudientu 邮箱 电子邮件 邮件 电子邮箱 邮箱地址 \
         電子郵件 信箱 youxiang dianziyoujian メール メールアドレス 電子メール 이메일 메일 메일주소 이메일주소 contactmail",
    ),
    (
        ColumnSays::Phone,
        "phone phones telephone phonenumber phoneno mobilenumber mobileno mobilephone cellphone cellular \
         whatsapp whatsappnumber msisdn contactnumber contactno contactphone telephonenumber telno telnr phonenum cellno \
         cellnumber faxnumber faxno phonework phonehome homephone workphone landline viber mobilenum \
         telefon telefonnummer handynummer rufnummer mobilnummer telefonnr mobiltelefon faxnummer festnetz \
         telefono telefonos celular movil numerotelefono numerodetelefono telefonofijo telefonomovil \
         numtel numerotel numerodetelephone numerotelephone telmobile telportable telfixe telephonemobile gsm \
         cellulare numerocellulare recapito telefone telemovel numerotelefone fone telefoon telefoonnummer \
         mobielnummer mobiel telefoonnr mobilnr tlf tlfnr telefonnumer mobiltelefonnummer puhelin puhelinnumero \
         matkapuhelin numertelefonu telefonkomorkowy nrtelefonu komorka telefonnicislo telefoncislo mobilnitelefon \
         telefonszam mobilszam numardetelefon numartelefon ceptelefonu telefonno cepno ceptel telefonnumarasi \
         телефон мобильный номертелефона тел мобтелефон телефонныйномер nomertelefona мобільний номертелефону τηλεφωνο \
         κινητο tilefono kinito الهاتف هاتف رقمالهاتف جوال الجوال موبايل تلفن شمارهتلفن טלפון נייד מספרטלפון פלאפון \
         nomortelepon telepon notelp notelepon nohp nomorhp notel nowa nohandphone handphone hape dienthoai sodienthoai \
         didong 电话 手机 手机号 电话号码 手机号码 联系电话 联系方式 電話 手機 電話號碼 手機號碼 shouji shoujihao dianhua lianxidianhua \
         lianxifangshi 電話番号 携帯 携帯番号 携帯電話 denwa denwabango keitai 전화 전화번호 휴대폰 핸드폰 연락처 휴대전화 휴대폰번호 \
         jeonhwa phonnambar doorbhash mobailnambar yasimu nambayasimu",
    ),
    (
        ColumnSays::Password,
        "password passwords passwd pwd passhash passwordhash userpass userpassword userpwd loginpassword \
         hashedpassword encryptedpassword passworddigest pswd passphrase pword credentialhash \
         passwort kennwort passwortgehasht contrasena contrasenia clavedeacceso motdepasse mdp motpasse senha \
         senhahash palavrapasse wachtwoord passord adgangskode losenord salasana haslo heslo jelszo sifre parola \
         пароль парольхеш κωδικοςπροσβασης kodikosprosvasis كلمهالمرور كلمهالسر كلمةالمرور رمزعبور סיסמה סיסמא \
         katasandi sandi matkhau 密码 密碼 口令 mima パスワード 暗証番号 비밀번호 패스워드 암호 lozinka nywila parool slaptazodis",
    ),
    (
        ColumnSays::BirthDate,
        "birthday birthdate dateofbirth dob birthdt bday bdate datebirth dateofbirthday birthyear \
         yearofbirth yob geburtsdatum geburtstag gebdatum gebdat geburtsjahr fechanacimiento \
         fechadenacimiento fechanac fecnac nacimiento cumpleanos datenaissance datedenaissance datenais ddn \
         naissance datadinascita datanascita nascita datadenascimento datanascimento dtnascimento dtnasc nascimento \
         geboortedatum geboortejaar fodselsdato fodselsdag fodelsedatum fodelsedag fodd syntymaaika syntymapaiva \
         dataurodzenia urodziny rokurodzenia datumnarozeni narozeni datumnarodenia datumrodjenja datumrodenja \
         szuletesidatum szuletesnap szulido szuldatum datanasterii datanastere nastere dogumtarihi dogumgunu \
         датарождения деньрождения рождение dataroghdeniya datarozhdeniya denrozhdeniya датанародження народження \
         датанараждане ημερομηνιαγεννησης γεννηση imerominiagennisis تاريخالميلاد الميلاد تاریختولد תאריךלידה \
         tanggallahir tgllahir tarikhlahir lahir ngaysinh ngaythangnamsinh namsinh 生日 出生日期 出生年月 出生 shengri \
         chushengriqi 生年月日 誕生日 seinengappi tanjobi 생년월일 생일 saengnyeonworil janmtithi janmdin janamdin \
         tareekhpaidaish tarehekuzaliwa",
    ),
    (
        ColumnSays::Gender,
        "gender sexe sexo geschlecht genere sesso geslacht kjonn sukupuoli plec pohlavi pohlavie \
         cinsiyet пол гендер φυλο fylo الجنس جنس جنسيت מין מגדר jeniskelamin jantina kelamin gioitinh \
         性别 性別 xingbie seibetsu 성별 seongbyeol jinsia",
    ),
    (
        ColumnSays::Address,
        "homeaddress postaladdress streetaddress mailingaddress billingaddress shippingaddress deliveryaddress \
         addressline streetname residentialaddress permanentaddress presentaddress currentaddress \
         houseno housenumber streetnumber strasse strassenname hausnummer anschrift wohnort adresse adresszeile \
         direccion domicilio calle numerorue adressepostale adressedomicile indirizzo viaresidenza \
         endereco logradouro morada bairro numeroendereco straat straatnaam huisnummer woonadres gateadresse \
         gatuadress gatuadresse adress postadress katuosoite lahiosoite osoite ulica numerdomu nrdomu adres \
         adreszamieszkania ulice adresa trvalebydliste bydliste cislopopisne utca lakcim hazszam lakhely \
         domiciliu adresi evadresi acikadres sokak mahalle адрес адреса улица адреспроживания прописка вулиця \
         дом адресрегистрации διευθυνση οδος dieythynsi diefthinsi odos العنوان عنوان الشارع آدرس ادرس כתובת רחוב \
         alamat alamatrumah kelurahan kecamatan diachi diachinha 地址 住址 家庭住址 家庭地址 收货地址 详细地址 通讯地址 居住地 \
         dizhi zhuzhi jiatingzhuzhi 住所 番地 現住所 jusho 주소 상세주소 도로명주소 juso pata pataa pataghar ",
    ),
    (
        ColumnSays::PostalCode,
        "zip zipcode postalcode postcode pincode zippostal zippostalcode plz postleitzahl codigopostal codpostal \
         codepostal codepost codicepostale codpost codigocep postnummer postnr postinumero kodpocztowy \
         postovnismerovacicislo psc smerovacicislo postanskibroj iranyitoszam irsz codpostale postakodu индекс \
         почтовыйиндекс pochtovyyindeks поштовийіндекс поштовийкод ταχυδρομικοσκωδικας الرمزالبريدي کدپستی מיקוד kodepos \
         poskod mabuudien mabuuchinh 邮编 邮政编码 郵遞區號 youbian youzhengbianma 郵便番号 yubinbango 우편번호 upyeonbeonho",
    ),
    (
        ColumnSays::City,
        "cityname townname municipality hometown birthplace placeofbirth cityofbirth geburtsort wohnort \
         wohnstadt ciudad localidad municipio poblacion lugarnacimiento ville nomville lieudenaissance lieunaissance \
         citta luogodinascita luogonascita comunediresidenza cidade localidade naturalidade woonplaats \
         geboorteplaats poststed kaupunki paikkakunta postitoimipaikka miasto miejscowosc miejsceurodzenia \
         mestonarozeni varos szuletesihely telepules localitate loculnasterii sehir dogumyeri \
         местожительства месторождения населенныйпункт місто населенийпункт град πολη المدينه مدينه شهر \
         עיר ישוב kota tempatlahir thanhpho noisinh 城市 所在城市 出生地 籍贯 chengshi jiguan 市区町村 出身地 shikuchoson 도시 \
         시군구 출생지 shahar sheher ",
    ),
    (
        ColumnSays::NationalId(None),
        "nationalid nationalidentifier nationalidnumber nationalidno nidno nidnumber citizenid citizenshipno \
         identitynumber identitycard identityno idnumber idno idcard idcardno idcardnumber personalid personalidnumber \
         personalcode personalnumber governmentid govtid passport passportno passportnumber passportnum \
         driverlicense driverslicense drivinglicense driverlicence drivinglicence licenceno licenseno taxid taxnumber \
         taxidnumber taxpayerid tinnumber nino ninumber nationalinsurance nationalinsurancenumber nhsnumber nhsno \
         medicareno medicarenumber socialinsurancenumber nric voterid voteridno panno pannumber pancard \
         ausweisnummer personalausweis personalausweisnr reisepass reisepassnummer steuerid steuernummer steueridnr \
         sozialversicherungsnummer svnr svnummer rentenversicherungsnummer krankenversichertennummer ahvnummer ahvnr \
         cedula cedulaidentidad curp rutcliente documentoidentidad numerodocumento nrodocumento numdocumento \
         nif carnetidentidad pasaporte cuil cuit numerocni passeport carteidentite niss numeronational \
         partitaiva cartaidentita passaporto numerorg cnh passaporte pispasep cartaocidadao tituloeleitor \
         rijksregisternummer paspoort paspoortnummer personnummer personnr fodselsnummer fodselsnr cprnummer cprnr cpr \
         samordningsnummer henkilotunnus isikukood asmenskodas nrdowodu numerdowodu dowodosobisty regon \
         paszport rodnecislo cisloop obcanskyprukaz cislopasu oib jmbg emso szemelyiszam szemelyiigazolvany tajszam \
         adoazonosito cnp codnumericpersonal buletin serieci tckimlik tckimlikno tcno tckn kimlikno pasaportno vergino \
         паспорт номерпаспорта серияпаспорта серияиномер инн снилс snils іпн рнокпп егн лнч полис α.φ.μ αφμ αμκα \
         ταυτοτητα αριθμοσταυτοτητας afm amka رقمالهويه الهويه رقمالجواز جوازالسفر كدملی کدملی الرقمالقومي iqama \
         emiratesid תעודתזהות תז מספרזהות דרכון teudatzehut nik noktp ktp nomorktp nokk npwp nisn nokp mykad \
         cccd cmnd socccd socmnd chungminhnhandan cancuoc sohochieu 护照 护照号 护照号码 台胞证 身分證字號 居留证 huzhao hkid \
         マイナンバー 個人番号 旅券番号 免許証番号 基礎年金番号 kojinbango 주민등록번호 주민번호 여권번호 외국인등록번호 jumin cnic cnicno nicnumber nicno \
         bvn ghanacard kitambulisho idnumberza",
    ),
    (
        ColumnSays::NationalId(Some(NationalId::UsSsn)),
        "ssn socialsecuritynumber socialsecurity socialsecurityno ssnnumber socialsec ssno",
    ),
    (
        ColumnSays::NationalId(Some(NationalId::Cpf)),
        "cpf cpfnumero numerocpf nrcpf cpfcnpj cpfcliente",
    ),
    (ColumnSays::NationalId(Some(NationalId::Cnpj)), "cnpj numerocnpj nrcnpj"),
    (
        ColumnSays::NationalId(Some(NationalId::Aadhaar)),
        "aadhaar aadhar adhaar adhar aadhaarno aadhaarnumber aadharno aadharnumber adharno aadharcard adharcard uidai \
         aadhaarcard aadhaarid",
    ),
    (
        ColumnSays::NationalId(Some(NationalId::Nir)),
        "numsecu numsecuritesociale numerosecuritesociale securitesociale nosecu numss nosecuritesociale numerosecu",
    ),
    (
        ColumnSays::NationalId(Some(NationalId::Dni)),
        "dni dninie dnicliente numerodni nrodni documentonacionaldeidentidad",
    ),
    (ColumnSays::NationalId(Some(NationalId::Pesel)), "pesel numerpesel nrpesel"),
    (
        ColumnSays::NationalId(Some(NationalId::CodiceFiscale)),
        "codicefiscale codfiscale codfisc codicefisc cfiscale",
    ),
    (
        ColumnSays::NationalId(Some(NationalId::Bsn)),
        "bsn burgerservicenummer bsnnummer sofinummer sofinr bsnnr",
    ),
    (
        ColumnSays::NationalId(Some(NationalId::ChineseId)),
        "身份证 身份证号 身份证号码 身份證 身份證號 身份證號碼 证件号码 证件号 公民身份号码 shenfenzheng shenfenzhenghao sfz sfzh sfzhm ",
    ),
    (
        ColumnSays::Card,
        "cardnumber cardno cardnum creditcard creditcardnumber creditcardno ccnumber ccnum ccno debitcard \
         debitcardnumber primaryaccountnumber kreditkarte kreditkartennummer kartennummer tarjeta numerotarjeta \
         tarjetacredito numerodetarjeta cartecredit cartebancaire numerocarte cartacredito numerocarta cartaodecredito \
         numerocartao creditcardnummer kaartnummer kortnummer luottokortti numerkarty cislokarty kartyaszam bankkartya \
         numarcard kartno kartnumarasi kredikarti номеркарты кредитнаякарта nomerkarty номеркартки κάρτα αριθμοσκαρτας \
         رقمالبطاقه כרטיסאשראי nomorkartu kartukredit sothe thetindung 信用卡 信用卡号 信用卡號 卡号 xinyongka kahao カード番号 \
         クレジットカード クレジットカード番号 카드번호 신용카드 신용카드번호",
    ),
    (
        ColumnSays::BankAccount,
        "iban ibannumber bankaccount bankaccountnumber bankaccountno accountnumber accountno acctnumber acctno \
         accountnum routingnumber sortcode kontonummer kontonr bankverbindung cuentabancaria numerocuenta nrocuenta \
         cuentacorriente comptebancaire numerocompte contocorrente numeroconto contabancaria \
         numeroconta contacorrente rekeningnummer bankrekening bankgiro plusgiro kontonumero tilinumero numerkonta \
         nrkonta kontobankowe cislouctu bankovniucet bankszamlaszam szamlaszam contbancar hesapno hesapnumarasi \
         номерсчета расчетныйсчет лицевойсчет nomerscheta рахунок номеррахунку λογαριασμος رقمالحساب \
         شبا חשבוןבנק מספרחשבון norekening nomorrekening norek rekening noakaun sotaikhoan sotknganhang 银行账号 \
         银行卡号 银行卡 銀行帳號 开户账号 yinhangkahao yinhangzhanghao 口座番号 銀行口座 kozabango 계좌번호 은행계좌 khatasankhya",
    ),
    (
        ColumnSays::IpAddress,
        "ip ipaddress ipaddr ipv clientip remoteip remoteaddr remoteaddress userip loginip lastip registerip signinip \
         currentsigninip lastsigninip ipadresse ipadress ipadres adresseip direccionip enderecoip indirizzoip adresip \
         ipadresa ipcim ipадрес алипи айпи عنوانip alamatip diachiip ip地址 登录ip ipアドレス 아이피 ip주소 srcip dstip hostip",
    ),
    (
        ColumnSays::MacAddress,
        "macaddress macaddr macadresse hwaddr hwaddress bssid ethernetaddress adressemac direccionmac mac地址 macアドレス bluetoothaddress wifimac",
    ),
    (
        ColumnSays::Latitude,
        "latitude lat breitengrad geolat gpslat latitud latitudine latitudes szerokosc zemepisnasirka enlem \
         szelesseg широта γεωγραφικοπλατος خطالعرض קורוחב 纬度 緯度 weidu 위도 leveysaste",
    ),
    (
        ColumnSays::Longitude,
        "longitude lng lon laengengrad langengrad geolng geolon gpslng gpslon longitud longitudine dlugosc \
         zemepisnadelka boylam hosszusag долгота довгота γεωγραφικομηκος خطالطول קואורך bujur kinhdo 经度 經度 jingdu \
         経度 keido 경도 pituusaste",
    ),
    (
        ColumnSays::Health,
        "diagnosis diagnoses disease illness symptoms symptom medication medications allergy allergies bloodtype bloodgroup \
         medicalhistory medicalcondition healthstatus healthcondition prescription disability icdcode \
         medicalrecord medicalrecordnumber vaccinated vaccination vaccine pregnant bloodpressure heartrate \
         glucose cholesterol insuranceno healthinsurance anamnesis diagnose krankheit blutgruppe allergien \
         medikamente behandlung krankenkasse behinderung befund diagnostico enfermedad alergias tiposangre \
         gruposanguineo tratamiento antecedentesmedicos maladie groupesanguin traitement antecedents handicap \
         diagnosi malattia grupposanguigno allergie terapia doenca tiposanguineo alergia tratamento deficiencia ziekte \
         bloedgroep behandeling medicatie sykdom blodtype blodgrupp sjukdom sairaus veriryhma choroba grupakrwi rozpoznanie \
         nemoc krevniskupina diagnoza betegseg vercsoport boala grupasanguina hastalik kangrubu teshis tani alerji \
         диагноз болезнь группакрови аллергия лечение анамнез diagnoz діагноз хвороба групакрові διαγνωση ασθενεια \
         omadaaimatos التشخيص المرض فصيلهالدم الحساسيه אבחנה מחלה סוגדם penyakit golongandarah goldarah alergi riwayatpenyakit \
         chandoan benhly benh nhommau tiensubenh 诊断 疾病 血型 病史 过敏史 診斷 病歷 xuexing zhenduan 血液型 病名 診断 既往歴 ketsuekigata \
         진단 진단명 혈액형 질병 병력 알레르기 bimari raktsamooh khoonkagroup",
    ),
    (
        ColumnSays::Religion,
        "religion religiousaffiliation religiousbelief konfession religionszugehoerigkeit \
         creencia religione religiao crenca godsdienst geloof religioen trossamfund uskonto wyznanie nabozenstvi \
         vallas felekezet religie mezhep религия вероисповедание релігія віросповідання θρησκεια thriskeia الديانه \
         ديانه الدين مذهب דת agama tongiao 宗教 宗教信仰 信仰 zongjiao shukyo 종교 jonggyo dharm dharma mazhab ",
    ),
    (
        ColumnSays::Session,
        "sessionid sessionkey sessiontoken sessiondata sessid phpsessid jsessionid sessionhash sessiontext \
         cookievalue sesion idsesion sitzung sitzungsid sessione sessao sessie oturum oturumid сессия сеанс \
         会话 会话id huihua セッション セッションid 세션 세션id",
    ),
    (
        ColumnSays::Token,
        "accesstoken refreshtoken authtoken apitoken apikey apisecret secretkey clientsecret secrettoken bearertoken \
         remembertoken resettoken resetpasswordtoken passwordresettoken confirmationtoken activationkey \
         activationtoken verificationtoken invitetoken invitationtoken emailtoken devicetoken pushtoken fcmtoken \
         csrftoken oauthtoken idtoken jwt jwttoken otp otpsecret otpcode totpsecret totp twofactorsecret mfasecret \
         privatekey authkey authsecret consumersecret consumerkey accesskey secretaccesskey licensekey webhooksecret \
         signingsecret signingkey encryptionkey recoverycodes backupcodes recoverytoken verificationcode \
         zugriffstoken geheimnis apischluessel jetondacces cleapi clavesecreta claveapi chiaveapi chavesecreta \
         chaveapi токен ключapi секрет جلسهtoken 令牌 密钥 访问令牌 秘钥 miyao トークン アクセストークン 토큰 인증토큰 ",
    ),
    (
        ColumnSays::PersonTrait,
        "maritalstatus civilstatus nationality citizenship ethnicity ethnicgroup ethnic salutation ageyears \
         jobtitle educationlevel qualification sexualorientation \
         politicalview politicalparty politicalaffiliation unionmembership criminalrecord caste numberofchildren noofchildren \
         motherstongue mothertongue fathersoccupation spouse nextofkin emergencycontact pronouns \
         familienstand staatsangehoerigkeit staatsangehorigkeit nationalitat staatsburgerschaft nationalitaet staatsbuergerschaft anrede gehalt \
         estadocivil nacionalidad ocupacion profesion salario sueldo etniya \
         etatcivil situationfamiliale nationalite civilite metier salaire statocivile cittadinanza nazionalita \
         professione stipendio nacionalidade profissao escolaridade burgerlijkestaat nationaliteit leeftijd beroep \
         salaris aanhef sivilstand statsborgerskap civilstand medborgarskap alder yrke siviilisaaty kansalaisuus ammatti \
         stancywilny obywatelstwo narodowosc zawod rodinnystav statniprislusnost povolani csaladiallapot \
         allampolgarsag eletkor foglalkozas fizetes starecivila cetatenie varsta profesie salariu medenihal medenihali \
         uyruk yas meslek maas возраст гражданство национальность семейноеположение профессия зарплата образование \
         vozrast grazhdanstvo вік громадянство сімейнийстан професія οικογενειακηκατασταση εθνικοτητα υπηκοοτητα ηλικια επαγγελμα \
         ilikia الجنسيه العمر الحالهالاجتماعيه المهنه سن تحصیلات מצבמשפחתי אזרחות גיל מקצוע statusperkawinan kewarganegaraan umur usia \
         pekerjaan pendidikan gaji warganegara honnhan quoctich nghenghiep dantoc 国籍 年龄 民族 婚姻状况 职业 学历 政治面貌 \
         籍貫 年齡 職業 婚姻狀況 nianling minzu zhiye xueli 年齢 婚姻 配偶者 nenrei kokuseki shokugyo 나이 연령 국적 직업 결혼여부 \
         vaivahiksthiti jati rashtriyata ",
    ),
];

/// What words say that have another meaning elsewhere: they count alone, or beside a word for people.
pub(super) const WEAK: &[(ColumnSays, &str)] = &[
    (
        ColumnSays::Name,
        "name names nombre nom nome naam navn namn nimi nazwa nazev nazov nev nume isim ad adi nama ten naziv ime imya \
         имя имена название імя імʼя назва име название ονομα onoma الاسم اسم نام שם 名前 名称 名字 名稱 名 이름 성명 명 ireum \
         mingzi mingcheng namae meisho naamu jina namn nafn emri nimetus pavarde vardas vards displayname dispname bezeichnung",
    ),
    (
        ColumnSays::Login,
        "user handle pseudo benutzer usuario utilisateur identifiant utente gebruiker bruker anvandar kullanici пользователь usr utilizador pengguna uzytkownik felhasznalo utilizator kayttaja uzivatel",
    ),
    (ColumnSays::Phone, "mobile mobil cell portable handy mobilni telp mobail simu"),
    (ColumnSays::Password, "pass clave pasword kodikos şifre"),
    (ColumnSays::Address, "address addr gata vej diachi"),
    (ColumnSays::City, "ort stadt stad sted miejsce lugar cidadenatal kommune"),
    (ColumnSays::PostalCode, "cap cep cp pin kodpos"),
    (ColumnSays::Gender, "kon nem ling"),
    (ColumnSays::Longitude, "long"),
    (ColumnSays::Card, "karta"),
    (ColumnSays::NationalId(None), "identification license licence"),
    (ColumnSays::Mail, "mail emails"),
    (ColumnSays::Phone, "tel fax phn mob mobno sdt namba"),
    (ColumnSays::Gender, "sex pol стать genero jk neme spol"),
    (ColumnSays::Session, "session cookie cookies"),
    (ColumnSays::Token, "token secret"),
    (ColumnSays::Latitude, "breite lintang vido ido"),
    (ColumnSays::Longitude, "laenge"),
    (ColumnSays::MacAddress, "mac"),
    (ColumnSays::PersonName, "fio sei mei meno"),
    (
        ColumnSays::Address,
        "street rue rua strada cim jalan vul вул anwani makani residenza residence",
    ),
    (ColumnSays::City, "city town mesto obec oras город gorod poli nagar mji commune"),
    (ColumnSays::Card, "pan"),
    (ColumnSays::BankAccount, "rib clabe cbu"),
    (ColumnSays::NationalId(None), "tin nin nid nis nip nie nss rut rfc rg cni inn kk kitas hetu"),
    (ColumnSays::NationalId(Some(NationalId::Nir)), "nir"),
    (ColumnSays::Health, "treatment smoker bmi mrn icd"),
    (ColumnSays::Religion, "faith din dini credo confession"),
    (
        ColumnSays::PersonTrait,
        "age education occupation profession income salary edad idade vek wiek alter ika nai umr umri beruf luong tuoi",
    ),
];
