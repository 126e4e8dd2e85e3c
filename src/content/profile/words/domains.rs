//! Mail domains: those that stand for none, and those where anybody can have an address.

use std::sync::LazyLock;

use super::fold::Folded;
use super::{Words, set};

/// Labels that stand for no domain or for mailboxes that are thrown away, under whatever top-level domain.
static PLACEHOLDER_LABELS: Words = LazyLock::new(|| {
    set(&[
        "example example1 example2 examples test test1 test2 test123 testing tester testers tests testmail mailtest testemail \
         testdomain testdomain1 testcompany demo demomail sample sampleemail fake fakemail fakeemail dummy dummymail foo bar \
         foobar foobarbaz baz qux localhost placeholder invalid domain mydomain yourdomain thedomain anydomain domainname \
         mycompany yourcompany yourcompanyname mysite yoursite yourwebsite myapp yourapp yourorg myorg somewhere \
         someone somedomain nowhere nodomain noemail nomail noreply nobody none null undefined unknown asdf asdfasdf \
         asdasd asd qwe qwerty qweqwe aaa aaaa bbb ccc xxx zzz abcd abcde abcdef abc123 xyz123 lorem loremipsum \
         ejemplo exemplo exemple beispiel esempio voorbeeld przyklad priklad pelda exempel eksempel esimerkki ornek contoh \
         musterfirma mustermann muster prueba teste prova deneme devmail changeme acmeinc acmecorp",
        // Mailers whose addresses are thrown away.
        "mailinator mailinator2 yopmail guerrillamail guerrillamailblock grr sharklasers pokemail spam4 10minutemail \
         10minutesmail 20minutemail tempmail temp-mail tempail tempr tempinbox tempmailo tempemail tmpmail tmpeml trashmail trash-mail \
         maildrop getnada nada dispostable disposable throwaway throwawaymail throwam ethereal mailtrap fakeinbox fakemailgenerator \
         emailfake mailnesia mailcatch mailexpire mailnull spamgourmet spambox spamex spam mytrashmail mintemail mohmal \
         moakt discard discardmail emailondeck inboxkitten burnermail guerillamail incognitomail jetable mail-temporaire \
         minutemail mailsac mailsucker moncourrier getairmail harakirimail wegwerfmail wegwerfemail trbvm 33mail anonbox \
         crazymailing dropmail emltmp linshiyouxiang mailpoof mail7 nwytg fexbox fexpost mailto10 1secmail 1secmail esiix wwjmp \
         vddaz kzccv smailpro luxusmail byom cock inboxbear bugmenot deadaddress haltospam no-spam nospam bccto chacuo",
        // Those of fakenamegenerator.com.
        "fakenamegenerator teleworm armyspy cuvox dayrep einrot fleckens gustr jourrapide rhyta superrito",
    ])
});

/// Labels that stand for no domain under a general top-level domain; under that of a country they are somebody's.
static GENERAL_LABELS: Words = LazyLock::new(|| {
    set(&[
        "abc abcxyz xyz xyzzy acme company companyname corp mycorp business website site email1 user users admin \
           customer client school university college hospital clinic organization org firm employee student \
           something anything blah blabla",
    ])
});

/// Top-level domains that nobody can register in: RFC 2606 and RFC 6761, RFC 6762 (`local`), RFC 8375 (`home.arpa`), and
/// what ICANN keeps out of the root (`internal`, `corp`, `home`, `mail`, `lan`).
fn is_reserved_top(top: &str, second: &str) -> bool {
    match top {
        "test" | "invalid" | "localhost" | "example" | "local" | "localdomain" | "internal"
        | "corp" | "home" | "lan" | "intranet" => true,
        "arpa" => second == "home",
        _ => false,
    }
}

/// A domain in small letters.
struct Domain(Folded);

impl Domain {
    fn new(domain: &str) -> Option<Domain> {
        Folded::new(domain.trim_end_matches('.')).map(Domain)
    }

    /// The top-level domain, and the label that somebody registered under it or under a registry such as `co.uk`.
    fn labels(&self) -> (&str, &str) {
        let mut labels = self.0.as_str().rsplit('.');
        let top = labels.next().unwrap_or_default();
        let second = labels.next().unwrap_or_default();
        let is_registry =
            matches!(second, "co" | "com" | "org" | "net" | "ac" | "gov" | "edu" | "or" | "ne")
                && top.len() == 2;
        let name = if is_registry { labels.next().unwrap_or(second) } else { second };
        (top, name)
    }
}

/// Whether a mail domain is one that the standards keep for examples and for networks of their own: nobody has it.
pub(in super::super) fn is_reserved_domain(domain: &str) -> bool {
    let Some(domain) = Domain::new(domain) else { return false };
    let (top, _) = domain.labels();
    let second = domain.0.as_str().rsplit('.').nth(1).unwrap_or_default();
    is_reserved_top(top, second)
        || (second == "example" && matches!(top, "com" | "net" | "org" | "edu"))
}

/// Whether a mail domain stands for none, reserved ones among them, or belongs to a mailer whose addresses are thrown away.
pub(in super::super) fn is_placeholder_domain(domain: &str) -> bool {
    let Some(small) = Domain::new(domain) else { return false };
    let (top, name) = small.labels();
    let is_general = matches!(top, "com" | "net" | "org" | "io" | "dev" | "app" | "xyz");
    is_reserved_domain(domain)
        || PLACEHOLDER_LABELS.contains(name)
        || (name.len() == 1 && name.bytes().all(|it| it.is_ascii_lowercase()))
        || (is_general && GENERAL_LABELS.contains(name))
        // `a@a.a`, `x@xx.xx`, `test@test.test`.
        || (name == top && !top.is_empty())
}

/// Providers that are the same under many top-level domains.
static PROVIDERS: Words = LazyLock::new(|| {
    set(&[
        "yahoo ymail rocketmail hotmail outlook live msn gmx yandex aol googlemail gmail protonmail",
    ])
});

/// The large providers of mail for everybody, of the world: each by its whole domain.
static FREEMAIL: Words = LazyLock::new(|| {
    set(&[
        "gmail.com googlemail.com icloud.com me.com mac.com aol.com aim.com proton.me pm.me protonmail.com protonmail.ch \
         mail.com email.com usa.com post.com europe.com asia.com consultant.com engineer.com zoho.com zohomail.com zohomail.eu fastmail.com fastmail.fm hey.com \
         tutanota.com tutanota.de tutamail.com tuta.io tuta.com keemail.me duck.com hushmail.com inbox.com lycos.com excite.com juno.com netzero.net earthlink.net passport.com \
         windowslive.com rediffmail.com rocketmail.com ymail.com myyahoo.com",
        "comcast.net xfinity.com verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net optonline.net \
         frontier.com centurylink.net roadrunner.com rr.com windstream.net shaw.ca rogers.com sympatico.ca bell.net telus.net \
         videotron.ca",
        "web.de gmx.de gmx.net gmx.at gmx.ch t-online.de freenet.de arcor.de online.de 1und1.de mail.de email.de posteo.de \
         posteo.net mailbox.org vodafone.de kabelmail.de unity-mail.de magenta.de bluewin.ch hispeed.ch sunrise.ch swissonline.ch \
         aon.at chello.at kabsi.at a1.net",
        "orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr aliceadsl.fr club-internet.fr \
         cegetel.net voila.fr skynet.be telenet.be proximus.be scarlet.be voo.be pt.lu",
        "btinternet.com talktalk.net virginmedia.com sky.com ntlworld.com blueyonder.co.uk tiscali.co.uk plusnet.com o2.co.uk \
         eircom.net bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au xtra.co.nz slingshot.co.nz",
        "libero.it virgilio.it tin.it alice.it tim.it tiscali.it inwind.it iol.it fastwebnet.it vodafone.it aruba.it pec.it email.it \
         teletu.it telefonica.net terra.es ono.com movistar.es sapo.pt iol.pt clix.pt mail.telepac.pt netcabo.pt",
        "uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com r7.com oi.com.br zipmail.com.br prodigy.net.mx \
         terra.com speedy.com.ar fibertel.com.ar ciudad.com.ar arnet.com.ar vtr.net cantv.net une.net.co",
        "ziggo.nl kpnmail.nl kpnplanet.nl planet.nl home.nl hetnet.nl upcmail.nl xs4all.nl casema.nl chello.nl quicknet.nl \
         telfort.nl telia.com bredband.net comhem.se spray.se passagen.se tele2.se online.no broadpark.no frisurf.no getmail.no \
         stofanet.dk jubii.dk mail.dk ofir.dk tdcadsl.dk kolumbus.fi elisanet.fi suomi24.fi luukku.com pp.inet.fi saunalahti.fi \
         netti.fi simnet.is",
        "wp.pl o2.pl onet.pl onet.eu op.pl interia.pl interia.eu poczta.fm poczta.onet.pl gazeta.pl tlen.pl vp.pl autograf.pl \
         buziaczek.pl go2.pl seznam.cz email.cz post.cz centrum.cz volny.cz atlas.cz azet.sk centrum.sk zoznam.sk post.sk \
         freemail.hu citromail.hu indamail.hu t-online.hu vipmail.hu upcmail.hu chello.hu inbox.lv apollo.lv mail.ee hot.ee \
         online.ee one.lt takas.lt abv.bg mail.bg dir.bg net.hr inet.hr siol.net t-2.net eunet.rs sbb.rs ptt.rs bih.net.ba t.ht.hr \
         otenet.gr forthnet.gr in.gr mailbox.gr pathfinder.gr",
        "mail.ru inbox.ru list.ru bk.ru internet.ru rambler.ru lenta.ru ro.ru autorambler.ru myrambler.ru ya.ru yandex.ru narod.ru ukr.net \
         i.ua meta.ua bigmir.net online.ua mail.ua tut.by mail.kz xmail.ru pochta.ru qip.ru",
        "mynet.com superonline.com ttmail.com walla.co.il walla.com bezeqint.net netvision.net.il 012.net.il maktoob.com \
         chmail.ir mihanmail.ir",
        "qq.com foxmail.com vip.qq.com 163.com 126.com yeah.net vip.163.com sina.com sina.cn vip.sina.com sohu.com aliyun.com 139.com 189.cn 21cn.com \
         tom.com wo.cn netvigator.com hinet.net pchome.com.tw seed.net.tw",
        "docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp ybb.ne.jp nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp \
         excite.co.jp goo.jp infoseek.jp plala.or.jp dion.ne.jp naver.com hanmail.net daum.net nate.com korea.com kakao.com \
         dreamwiz.com empas.com lycos.co.kr paran.com",
        "rediff.com sify.com indiatimes.com vsnl.com bsnl.in in.com telkom.net plasa.com singnet.com.sg starhub.net.sg streamyx.com \
         pldtdsl.net webmail.co.za mweb.co.za telkomsa.net vodamail.co.za iafrica.com lantic.net",
    ])
});

/// Whether anybody can have an address at a mail domain.
pub(in super::super) fn is_freemail(domain: &str) -> bool {
    let Some(small) = Domain::new(domain) else { return false };
    if FREEMAIL.contains(small.0.as_str()) {
        return true;
    }
    let (top, name) = small.labels();
    // `yahoo.co.uk`, `hotmail.fr`, and not `mail.yahoo.corp.example.com`.
    let labels = small.0.as_str().split('.').count();
    let is_short = labels == 2 || (labels == 3 && !small.0.as_str().ends_with(".com"));
    is_short
        && small.0.as_str().starts_with(name)
        && (top.len() == 2 || top == "com")
        && PROVIDERS.contains(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_reserved_domains() {
        for domain in [
            "example.com",
            "mail.example.org",
            "EXAMPLE.NET",
            "app.test",
            "localhost",
            "x.invalid",
            "host.local",
            "db.internal",
            "printer.home.arpa",
            "example",
            "test.test",
            "example.com.",
        ] {
            assert!(is_reserved_domain(domain) && is_placeholder_domain(domain), "{domain}");
        }
    }

    #[test]
    fn finds_placeholder_domains() {
        for domain in [
            "TEST.com",
            "example.co.uk",
            "example.de",
            "yopmail.fr",
            "a.com",
            "abc.com",
            "domain.com",
            "company.com",
            "acme.com",
            "acme.org",
            "foo.bar",
            "mailinator.com",
            "einrot.com",
            "fleckens.hu",
            "ejemplo.com",
            "beispiel.de",
            "asdf.com",
            "yourdomain.com",
            "x.y",
            "aa.aa",
            "temp-mail.org",
            "örnek.com",
        ] {
            assert!(is_placeholder_domain(domain) && !is_reserved_domain(domain), "{domain}");
        }
    }

    #[test]
    fn lets_through_domains_of_people() {
        for domain in [
            "gmail.com",
            "exampleton.com",
            "web.de",
            "uni-test.de",
            "co.uk",
            "",
            "mail.com",
            "email.com",
            "abc.es",
            "abc.net.au",
            "school.nz",
            "acme.fr",
            "uni-bonn.de",
            "qq.com",
            "163.com",
            ".",
            "..",
            "dai.ly",
            "mail.example-bakery.com",
            "gov.uk",
        ] {
            assert!(!is_placeholder_domain(domain) && !is_reserved_domain(domain), "{domain}");
        }
    }

    #[test]
    fn finds_providers_for_everybody() {
        for domain in [
            "gmail.com",
            "Hotmail.FR",
            "yahoo.co.uk",
            "yahoo.com.br",
            "outlook.es",
            "live.com.mx",
            "gmx.de",
            "web.de",
            "qq.com",
            "mail.ru",
            "wp.pl",
            "naver.com",
            "libero.it",
            "orange.fr",
            "mail.com",
            "docomo.ne.jp",
            "yandex.ru",
            "icloud.com",
        ] {
            assert!(is_freemail(domain), "{domain}");
        }
    }

    #[test]
    fn lets_through_domains_with_an_owner() {
        for domain in [
            "uni-bonn.de",
            "example.com",
            "yahoo-inc.com",
            "gmail.evil.com",
            "outlook.bakery.fr",
            "",
            "live",
            "ge.com",
        ] {
            assert!(!is_freemail(domain), "{domain}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in ".{0,120}") {
            let _ = (is_reserved_domain(&text), is_placeholder_domain(&text), is_freemail(&text));
        }
    }
}
