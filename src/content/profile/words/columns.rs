//! What the name of a column says about its values.

use std::sync::LazyLock;

use super::fold::folded;
use super::vocabulary::{STRONG, WEAK};
use super::{ColumnSays, Map, Words, identifier, set, tables};

/// What each word says, and whether it does so whatever stands before it.
static SAYS: LazyLock<Map<Box<str>, (ColumnSays, bool)>> = LazyLock::new(|| {
    let mut says = Map::default();
    for (lists, is_strong) in [(STRONG, true), (WEAK, false)] {
        for (column, list) in lists {
            for word in list.split_whitespace() {
                says.entry(folded(word).into()).or_insert((*column, is_strong));
            }
        }
    }
    says
});

/// Short forms of words for people, as prefixes of columns: `cust_name`, `stu_id`.
static SHORT_PEOPLE: Words = LazyLock::new(|| {
    set(&[
        "usr cust emp stu stud std pat pt mem mbr cli clt usu pers prs teach tchr lect subscr acct own auth sup stf \
           fac par recip sndr kd ku ktr mhs sv nv kh gv hs bn",
    ])
});

/// Words that say which of several, or only that it is a value: `home_phone`, `email_work`, `txtName`, `nombre_del_cliente`.
static WHICH: Words = LazyLock::new(|| {
    set(&[
        "home work office mobile primary secondary main alt alternate alternative other second first last new old \
         current previous original default preferred personal private business billing shipping delivery mailing \
         postal permanent present temporary registered emergency contact display full legal number no num nr value \
         text txt str fld col field my your the of for raw plain hashed hash encrypted canonical normalized \
         normalised lower clean masked line street street2 total org u p c v x s n t a b tb tbl db f m i vch nvc lbl \
         public",
        "privat geschaeftlich dienstlich mobil haupt neu alt rechnung liefer",
        "de del la el los las do da dos das di du des le les l d principal secundario trabajo casa particular nuevo \
         anterior comercial perso personnel professionnel pro fixe residencial recado fattura consegna prive werk thuis",
        "nambar ka ki ke ya wa prywatny sluzbowy domowy domaci pracovni jobb hem arbejde tyo koti otthoni munkahelyi is ev cep lengkap ibu ayah",
        "мобильный домашний рабочий основной личный 联系 紧急 家庭 工作 常用 自宅 携帯 勤務先 緊急 집 회사 비상",
    ])
});

/// A first word by which a column holds yes or no, or a number.
static YES_OR_NO: Words = LazyLock::new(|| {
    set(&[
        "is has can may should must allow allows allowed enable enabled show hide require requires required needs \
           use uses num number n count total max min avg sum no missing without skip send sends notify receive \
           receives opt wants accept accepts verify verified confirm confirmed valid invalid ist hat es tiene est \
           ha jest czy 是否 是",
    ])
});

/// A last word by which a column holds something about what the words before name.
static ABOUT: Words = LazyLock::new(|| {
    set(&[
        "hash hashes digest md sha salt verified confirmed validated valid invalid count counts length len size type \
           types status state enabled disabled flag format template subject body html id ids idx index order position \
           limit quota expires expiry valid required optional visible hidden public private prefix suffix code codes \
           category level rank score rating version visibility notification notifications notify setting settings \
           preference preferences opt opted optin optout subscribed domain host server port provider method mode source \
           url uri link path file image icon color colour label description desc comment note notes data json xml meta \
           attempts failures errors error available used encoding language lang locale zone timezone offset factor rate \
           name_length sent bounced sequence seq brand model class group role table column field pattern regex mask hint \
           question answer answers option options policy rule rules agent family four digits mapping action event view \
           page pages text content width height x y scope scopes ttl iv nonce algo algorithm",
    ])
});

/// Words that say when, at the end or the start of a name, or alone.
static TIME: Words = LazyLock::new(|| {
    set(&[
        "date time timestamp datetime created updated modified joined ts when seen createdat updatedat lastlogin \
         lastseen lastactive lastactivity lastmodified lastupdated lastaccess lastvisit datecreated dateadded \
         datejoined datemodified dateupdated createdon createddate creationdate createdate createtime updatetime \
         createtimestamp gmtcreate gmtmodified utc epoch ctime mtime atime logintime logindate lastlogindate \
         lastlogintime registered regdate regtime registrationdate registerdate signupdate deletedat expiresat expiredate \
         starttime endtime startdate enddate orderdate datetimestamp adddate addtime entrydate",
        "datum zeit zeitpunkt zeitstempel erstellt erstelltam geaendert geaendertam geandert geandertam angelegt uhrzeit anmeldedatum \
         fecha hora fechahora creado creadoen actualizado fechacreacion fechaalta fecharegistro fechamodificacion \
         fechaactualizacion ultimoacceso heure creele dateheure datecreation datemodification dateinscription datemaj \
         modifiele datacriacao datacadastro dataregistro dataalteracao datahora criado criadoem atualizado atualizadoem \
         dtcadastro dtcriacao dataora datacreazione datamodifica dataregistrazione ultimoaccesso orario tijd \
         tijdstip aangemaakt aangemaaktop gewijzigd",
        "tid tidspunkt oprettet opprettet skapad andrad dato aika aikaleima luotu muokattu paivays pvm datautworzenia \
         datarejestracji datamodyfikacji datadodania czas utworzono vytvoreno upraveno datumvytvoreni datumregistrace cas \
         datumido datum_ido idopont letrehozva modositva keltezve dataadaugarii datacrearii datainregistrarii tarih zaman \
         kayittarihi olusturmatarihi eklenmetarihi guncellemetarihi songiris saat",
        "дата время датасоздания датарегистрации датаизменения создано создан изменено обновлено vremya \
         datasozdaniya dataregistracii час датастворення створено ημερομηνια ωρα ημερομηνιαδημιουργιας imerominia \
         التاريخ تاريخ الوقت تاريخالانشاء وقت زمان تاریخ תאריך שעה תאריךיצירה tanggal tgl tgldaftar tanggaldaftar waktu jam dibuat \
         dibuatpada tarikh ngaytao ngaycapnhat thoigian ngay ngaydangky gio",
        "日期 时间 创建时间 更新时间 注册时间 登录时间 最后登录时间 時間 建立時間 riqi shijian chuangjianshijian 日時 日付 登録日 登録日時 更新日 更新日時 \
         作成日 作成日時 時刻 nichiji hizuke 날짜 시간 일시 등록일 등록일시 가입일 수정일 생성일 tareekh tarikh samay tarehe wakati",
    ])
});

/// A last word that says when, if another stands before it: `verified_at`.
static WHEN: Words = LazyLock::new(|| set(&["at on since until from dt am le em op il am"]));

/// A number that stands for a row: `customer_no`.
static ID: Words = LazyLock::new(|| {
    set(&[
        "id ids uid fk guid uuid pk ref no nr code number num key sno roll idx kod codigo",
        "编号 号 番号 コード 번호 ид код",
    ])
});

/// Who did it: `created_by`.
static BY: Words = LazyLock::new(|| set(&["by to"]));

/// Words for people that stand for rows of a tree or for programs as well.
static OTHERS: Words =
    LazyLock::new(|| set(&["parent parents child children agent driver lead host"]));

/// Says what a column holds, going by its name alone.
pub(in super::super) fn column_says(name: &str) -> ColumnSays {
    let words = identifier::words(name, is_known);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => ColumnSays::Nothing,
        [word] => word_says(word),
        words => words_say(words),
    }
}

fn is_known(word: &str) -> bool {
    SAYS.contains_key(word) || TIME.contains(word) || tables::is_word(word) || is_cjk_word(word)
}

/// Words by which names without blanks are cut.
fn is_cjk_word(word: &str) -> bool {
    word.len() > 1
        && !word.is_ascii()
        && [&WHICH, &YES_OR_NO, &ID, &CJK_ABOUT].into_iter().any(|it| it.contains(word))
}

/// As `ABOUT`, where it is cut off.
static CJK_ABOUT: Words = LazyLock::new(|| {
    set(&[
        "状态 类型 数量 数 种类 類型 狀態 验证 图片 描述 备注 地区 区分 件数 状態 種別 備考 상태 유형 종류 개수 여부 순서",
    ])
});

fn word_says(word: &str) -> ColumnSays {
    if let Some((says, _)) = SAYS.get(word) {
        return *says;
    }
    if TIME.contains(word) || word == "at" {
        return ColumnSays::Time;
    }
    if tables::is_person(word) {
        return ColumnSays::Name;
    }
    // `custname`, `studentid`, `homephone`.
    let cuts = word.char_indices().map(|(n, _)| word.split_at(n));
    for (before, after) in cuts.filter(|(before, after)| before.len() > 2 && after.len() > 1) {
        let is_person = is_person(before);
        match SAYS.get(after) {
            Some((ColumnSays::Name, _)) if is_person => return ColumnSays::PersonName,
            Some((ColumnSays::Name, _)) | None => {}
            Some((says, _)) if is_person || (before.len() > 3 && WHICH.contains(before)) => {
                return *says;
            }
            Some(_) => {}
        }
        if is_person && matches!(after, "id" | "uid" | "guid") && !OTHERS.contains(before) {
            return ColumnSays::PersonId;
        }
    }
    ColumnSays::Nothing
}

fn words_say(words: &[&str]) -> ColumnSays {
    let (Some((first, after)), Some((last, before))) = (words.split_first(), words.split_last())
    else {
        return ColumnSays::Nothing;
    };
    let says = |word: &str| SAYS.get(word).map(|(says, _)| *says);
    if YES_OR_NO.contains(*first) && !tables::is_person(first) {
        return ColumnSays::Nothing;
    }
    let is_hash = matches!(*last, "hash" | "digest" | "encrypted" | "hashed" | "crypt" | "md");
    if is_hash && before.iter().any(|it| says(it) == Some(ColumnSays::Password)) {
        return ColumnSays::Password;
    }
    match SAYS.get(*last) {
        Some((ColumnSays::Name, _)) => return name_of(before, words),
        // `usuario_email` has its head first and last alike.
        Some((says, true)) => return *says,
        Some((says, false)) if before.iter().all(|it| is_beside(it)) => return *says,
        _ => {}
    }
    if ID.contains(*last) {
        let is_of_person = |it: &&&str| is_person(it) && !OTHERS.contains(**it);
        if before.iter().rev().find(|it| !WHICH.contains(**it)).filter(is_of_person).is_some() {
            return ColumnSays::PersonId;
        }
        if before.iter().any(|it| says(it) == Some(ColumnSays::Session)) {
            return ColumnSays::Session;
        }
    }
    if BY.contains(*last) {
        return match *last {
            "by" => ColumnSays::PersonId,
            _ if before.last().is_some_and(|it| *it == "assigned") => ColumnSays::PersonId,
            _ => ColumnSays::Nothing,
        };
    }
    if TIME.contains(*last) || WHEN.contains(*last) {
        return ColumnSays::Time;
    }
    if matches!(*first, "id" | "kode" | "codigo" | "cod" | "code" | "ma" | "ид")
        && after.iter().all(|it| is_person(it))
    {
        return ColumnSays::PersonId;
    }
    if !ABOUT.contains(*last) && !CJK_ABOUT.contains(*last) {
        match says(first) {
            Some(ColumnSays::Name) if after.iter().any(|it| is_person(it)) => {
                return if after.iter().all(|it| is_beside(it)) {
                    ColumnSays::PersonName
                } else {
                    ColumnSays::Nothing
                };
            }
            Some(says) if after.iter().all(|it| is_beside(it)) => return says,
            _ => {}
        }
        if TIME.contains(*first) {
            return ColumnSays::Time;
        }
    }
    ColumnSays::Nothing
}

/// What a name says that ends in a word for a name: whose it is stands before it.
fn name_of(before: &[&str], words: &[&str]) -> ColumnSays {
    match before.iter().rev().find(|it| !WHICH.contains(**it)) {
        Some(it) if is_person(it) => ColumnSays::PersonName,
        Some(_) => ColumnSays::Nothing,
        None if words.len() > 1 => ColumnSays::Name,
        None => ColumnSays::Name,
    }
}

fn is_person(word: &str) -> bool {
    tables::is_person(word) || SHORT_PEOPLE.contains(word)
}

/// Whether a word leaves the meaning of the one beside it as it is.
fn is_beside(word: &str) -> bool {
    WHICH.contains(word) || is_person(word)
}

#[cfg(test)]
mod languages;
#[cfg(test)]
mod tests;
