//! Names of people: frequent given names and surnames of many countries, and how a text reads that may hold some.

use std::sync::LazyLock;

use super::fold::{Folded, is_cjk, is_letter};
use super::{Map, Words};

/// Frequent given names, folded, those of one origin a line. Written down from memory, in the order of what national statistics
/// publish where that is well known; nothing is taken from a package of names.
const GIVEN: &str = include_str!("given.txt");

/// The same for names of families.
const FAMILY: &str = include_str!("family.txt");

/// What a word is known as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Known {
    is_given: bool,
    is_family: bool,
    /// A word of every day as well: it speaks for a person only beside another part that is known.
    is_weak: bool,
    /// It stands in names of things and not of people.
    is_thing: bool,
    /// It stands between or before the parts of a name: `van der`, `bin`, `Dr`.
    is_particle: bool,
    /// Places begin with it.
    is_place: bool,
}

impl Known {
    fn is_name(self) -> bool {
        self.is_given || self.is_family
    }
}

/// All words that are known, so that a word is looked up once.
static NAMES: LazyLock<Map<&'static str, Known>> = LazyLock::new(|| {
    let mut names: Map<&'static str, Known> =
        Map::with_capacity_and_hasher(32_768, Default::default());
    let mut add = |words: &mut dyn Iterator<Item = &'static str>, mark: fn(&mut Known)| {
        words.for_each(|it| mark(names.entry(it).or_default()));
    };
    add(&mut names_in(GIVEN), |it| it.is_given = true);
    add(&mut names_in(FAMILY), |it| it.is_family = true);
    add(&mut include_str!("weak.txt").split_whitespace(), |it| it.is_weak = true);
    add(&mut include_str!("things.txt").split_whitespace(), |it| it.is_thing = true);
    add(&mut PARTICLES.split_whitespace(), |it| it.is_particle = true);
    add(&mut PLACES.split_whitespace(), |it| it.is_place = true);
    names
});

/// The names of a list: a line begins with its origin and a colon.
fn names_in(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter_map(|it| it.split_once(':')).flat_map(|(_, names)| names.split_whitespace())
}

/// Words that stand between or before the parts of a name: `van der`, `bin`, `Dr`.
const PARTICLES: &str = "van der den de del della di da das do dos du des la le las los von zu zum zur af av ter ten te el al \
     ul ibn bin binti bint ben bat abu bte e y i san st saint mac mc o d vom dem und dela delos t jr sr ii iii iv dr prof mr \
     mrs ms miss mme mlle herr frau sra srta don dona dna ing mgr dipl phd md ir hj haji hajji drs sir lady ny tn bpk ibu \
     pak ustad sheikh";

/// Words with which places begin.
const PLACES: &str =
    "san santa sankt saint st los las fort port new mount puerto rio ciudad cape lake villa sao";

/// Brands and places that are written as people are.
static NO_PEOPLE: Words = LazyLock::new(|| {
    let names = "hong kong, calvin klein, ralph lauren, tommy hilfiger, hugo boss, jack daniels, jim beam, johnnie walker, \
         betty crocker, morgan stanley, levi strauss, louis vuitton, christian dior, giorgio armani, coco chanel, \
         yves saint laurent, ernst young, simon schuster, marks spencer, harley davidson, mercedes benz, alfa romeo, \
         jack russell, german shepherd, tim hortons, estee lauder, helena rubinstein, michael kors, stella mccartney, \
         jimmy choo, john deere, nina ricci, pierre cardin, oscar mayer, orville redenbacher, marie callender, \
         charles schwab, prince george, prince albert, king george, port elizabeth";
    names.split(',').map(|it| it.trim().into()).collect()
});

/// How surnames end that a language makes of other names. Latin letters first, then Cyrillic and Greek.
const FAMILY_ENDINGS: [&str; 49] = [
    "enko",
    "ovich",
    "evich",
    "ovna",
    "evna",
    "shvili",
    "adze",
    "idze",
    "poulos",
    "poulou",
    "akis",
    "iadis",
    "oglu",
    "owski",
    "owska",
    "ewski",
    "ewska",
    "inski",
    "inska",
    "owicz",
    "ewicz",
    "czyk",
    "sson",
    "sdottir",
    "ovic",
    "evic",
    "escu",
    "eanu",
    "inen",
    "anen",
    "ovski",
    "ovska",
    "ovskiy",
    "evskiy",
    "ova",
    "eva",
    "syan",
    "nyan",
    "енко",
    "ович",
    "евич",
    "овна",
    "евна",
    "швили",
    "ова",
    "ева",
    "ов",
    "ев",
    "οπουλοσ",
];

/// Whether a word, folded, ends as surnames do in its language, after enough letters to be one.
fn has_family_ending(word: &str) -> bool {
    let last = word.as_bytes().last();
    word.chars().nth(5).is_some()
        && FAMILY_ENDINGS.iter().any(|it| it.as_bytes().last() == last && word.ends_with(it))
}

/// How a text reads as the name of a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Likeness {
    /// Its words, without titles and the like.
    pub(in super::super) parts: usize,
    /// Those that are known as given names.
    pub(in super::super) given: usize,
    /// Those that are known as names of families; one part may be both.
    pub(in super::super) family: usize,
    /// Those that are known as either.
    pub(in super::super) known: usize,
    /// Those of the known that are words of every day as well.
    pub(in super::super) weak: usize,
    /// Its first part is known as a given name.
    pub(in super::super) begins_with_given: bool,
}

impl Likeness {
    /// Whether it reads as a person's full name, going by itself alone: two parts or more, a given name, and no words of every
    /// day but behind a given name.
    pub(in super::super) fn is_full_name(self) -> bool {
        let certain = self.known - self.weak;
        let is_whole = self.known == self.parts || certain > 1;
        (2..=6).contains(&self.parts)
            && self.given > 0
            && self.known > 1
            && certain > 0
            && (self.family > 0 || self.given > 1)
            && self.known * 2 >= self.parts
            && is_whole
            && (self.weak == 0 || self.begins_with_given)
    }
}

/// Whether a word is a frequent given name.
pub(in super::super) fn is_given_name(word: &str) -> bool {
    known(word).is_given
}

/// Whether a word is a frequent name of families.
pub(in super::super) fn is_family_name(word: &str) -> bool {
    known(word).is_family
}

fn known(word: &str) -> Known {
    if word.len() > 48 {
        return Known::default();
    }
    let Some(folded) = Folded::new(word) else { return Known::default() };
    look_up(folded.as_str())
}

fn look_up(word: &str) -> Known {
    if let Some(known) = NAMES.get(word) {
        return *known;
    }
    // Of `Иванова` the husband is listed.
    let is_of_woman =
        |it: &str| ["ova", "eva", "ina", "ова", "ева", "ина"].iter().any(|end| it.ends_with(end));
    if let Some(man) = word.strip_suffix(['a', 'а']).filter(|_| is_of_woman(word)) {
        let is_family = NAMES.get(man).is_some_and(|it| it.is_family);
        return Known { is_family, ..Known::default() };
    }
    // `Jörg` is listed as `jorg`, and some write `Joerg`.
    let mut pairs = word.as_bytes().windows(2);
    let Some(n) = pairs.position(|it| matches!(it, [b'a' | b'o' | b'u', b'e'])) else {
        return Known::default();
    };
    let mut one = Folded::empty();
    let letters = word.char_indices().filter(|(at, _)| *at != n + 1);
    let known = letters.map(|(_, c)| one.push(c)).all(|it| it.is_some());
    NAMES.get(one.as_str()).filter(|_| known).copied().unwrap_or_default()
}

/// How a text reads as a person's name; none where nobody is called so: digits, signs, words for things, too many of them.
pub(in super::super) fn name_likeness(text: &str) -> Option<Likeness> {
    let text = text.trim();
    if text.len() < 2 || text.len() > 96 {
        return None;
    }
    let mut likeness = Likeness::default();
    let is_between = |c: char| {
        matches!(c, ' ' | ',' | '-' | '.' | '·' | '・' | '\'' | '’' | '\u{a0}' | '\u{3000}')
    };
    let mut has_cjk = false;
    for word in text.split(is_between).filter(|it| !it.is_empty()) {
        if !word.chars().all(is_letter) {
            return None;
        }
        let folded = Folded::new(word)?;
        let folded = folded.as_str();
        if word.starts_with(is_cjk) {
            has_cjk = true;
            likeness.add_unbroken(folded)?;
            continue;
        }
        // An initial.
        if likeness.parts > 0 && folded.len() == 1 {
            continue;
        }
        let mut known = look_up(folded);
        if known.is_thing || (known.is_place && likeness.parts == 0) {
            return None;
        }
        if !known.is_given && has_family_ending(folded) {
            known.is_family = true;
        }
        if known.is_name() || !known.is_particle {
            likeness.add(known);
        }
    }
    let most = if has_cjk { 4 } else { 6 };
    if !(1..=most).contains(&likeness.parts) {
        return None;
    }
    let is_brand = || Folded::new(text).is_some_and(|it| NO_PEOPLE.contains(it.as_str()));
    (likeness.known < 2 || !is_brand()).then_some(likeness)
}

impl Likeness {
    fn add(&mut self, known: Known) {
        self.begins_with_given |= self.parts == 0 && known.is_given;
        self.parts += 1;
        self.given += usize::from(known.is_given);
        self.family += usize::from(known.is_family);
        self.known += usize::from(known.is_name());
        self.weak += usize::from(known.is_name() && known.is_weak);
    }

    /// Adds a word of Han, kana or hangul, which may hold a surname and a given name without a blank between them. None if it is
    /// a thing.
    fn add_unbroken(&mut self, word: &str) -> Option<()> {
        let known = look_up(word);
        if known.is_thing {
            return None;
        }
        if known.is_name() {
            self.add(known);
            return Some(());
        }
        let letters = word.chars().count();
        let mut ends = word.char_indices().map(|(n, _)| n).skip(1).take(4).filter(|_| letters <= 8);
        let is_cut = ends.any(|n| {
            word.split_at_checked(n).is_some_and(|(family, given)| {
                look_up(family).is_family && is_unbroken_given(given, n > 3)
            })
        });
        let family = Known { is_family: is_cut, ..Known::default() };
        self.add(family);
        if is_cut {
            self.add(Known { is_given: true, ..Known::default() });
        }
        Some(())
    }
}

/// Whether what stands after a surname is a given name: known as one, or of letters that such names are made of.
fn is_unbroken_given(given: &str, is_after_long: bool) -> bool {
    if look_up(given).is_given {
        return true;
    }
    let letters = given.chars().count();
    let is_hangul = given.chars().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    let (made_of, most) = if is_hangul {
        (HANGUL, 2)
    } else if is_after_long {
        (KANJI, 3)
    } else {
        (HANZI, 2)
    };
    (1..=most).contains(&letters) && given.chars().all(|c| made_of.contains(c))
}

/// Syllables that given names in Korean are made of.
const HANGUL: &str = "가강건겸경고관광교구국규균그근금기길나남노늘다단달담대덕도동두라람래려련령로록루류린림마만명모무문미민바방배백범별병보복봄봉비빈사산상새서석선설섭성세소솔송수숙순슬승시식신실심아안애양언여연열영예오옥온완용우욱운웅원월위유윤율은음의이익인일자잔재전정제조종주준중지진찬창채천철초추춘충치태택하학한해향헌혁현형혜호홍화환회효훈휘흥희";

/// Characters that given names in Chinese are made of.
const HANZI: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红玉华建国文辉力鹏飞志宇浩欣怡梓涵子轩雨泽浩然诗佳俊凯婷雪梅琳晶莹洁慧颖倩晓璐媛萍燕玲云莉春秋冬夏生林森海波江河鑫淼龙虎凤鸣雷震东南西北中正义仁礼智信忠孝廉德福禄寿喜康健安宁永长久远大小天地星辰月阳光晨曦思梦琪瑶瑾瑜琴瑟珊珍珠宝贝金银铁锋利成功业兴旺盛世民族振荣耀祖宗光启明达通顺学才博士毅坚定帅诚嘉恒宏伯仲叔季良善美好爱情意心怀柔淑贤惠贞香芬芝兰菊竹松柏翠青碧莲荷蓉薇萱若楠榕桐树彬斌武威胜利维新培绍继承先进步升翔鹤雁冰清润泉源溪涵清雅歌舞画书墨诗词语言宣哲睿聪勤奋勉励越凌霄云昊昕昱旭晟暄晖煜炎焕灿炜烨熙煊珏玮琦璇瑞璟祺祥禹舜尧舒展颜馨怡悦欢乐笑彤丹紫玄素白黎可依伊一二三四五六七八九十百千万少卿君侯彦昌友邦朝廷玺麟骏驰骥奇琛谦逸凡尘世景亮庆彪麒巧妹姐娇妮姗婉婕嫣嫦姝娥媚菲菁萌蕾蕊蓓薏茜苗莎露霜霏雯霖露偉麗強軍豔傑濤蘭剛紅華國輝鵬飛詩俊凱瑩潔慧穎曉雲龍鳳東義禮長遠陽晨夢寶貝鐵鋒業興榮學達順誠嘉賢貞樹維紹繼進鶴潤書畫語聰勵淩";

/// Characters that given names in Japanese are made of.
const KANJI: &str = "一二三四五六七八九十太郎次子美恵香奈菜由紀真理佳代幸和洋明弘博裕健誠直樹翔大輔介助亮平隆司志之也哉史雄夫男人彦秀俊勇剛浩光宏正清茂実豊進勝修学智哲浩久昭治良義信忠孝仁礼徳文武成敏貴和雅優裕友結衣陽葵凛莉央花愛心咲桜彩沙織里絵恵梨瑠璃麻衣未来千尋春夏秋冬美穂早苗菊江枝節静乃那々奈緒音羽海空颯蓮悠真湊樹朝陽律蒼斗汰希望遥斎昌典憲行広晴郁伸康安寛篤淳潤純駿拓匠翼聡慎吾賢剣拳龍虎駆俊栄喜寿保則孝規範朋知世紗耶弥乙亜伊宇恵於加伎久圭慶桂敬啓元玄吾航功耕孔恒高綱三四士資七実若守周修十俊順純昇章丈譲伸深仁尋澄青石節千泉倫琉涼令玲路和";

#[cfg(test)]
mod tests;
