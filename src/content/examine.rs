//! Looks at the bytes of one file for everything that it may be.

use std::borrow::Cow;
use std::rc::Rc;

use bstr::{BStr, ByteSlice};

use super::archive::{self, Budget, Kind, NotHad};
use super::encoded::{self, Encoded};
use super::format::{self, Family, Format, Reading, Sight};
use super::{
    Answer, Cause, Content, Database, Depth, Layer, Limits, Member, Unreadable, dump, pointer,
    sqlite,
};

/// A file to be looked at, and how its bytes are had.
pub struct Given<'a> {
    /// Its path: a hint.
    pub path: &'a BStr,
    /// Its bytes, in number.
    pub size: u64,
    /// The first [`PREFIX`](super::PREFIX) of them or more, or all of a shorter file.
    pub prefix: &'a [u8],
    /// Reads all of them.
    pub read: &'a dyn Fn() -> Result<Vec<u8>, Unreadable>,
    /// Reads the write-ahead log beside it; none where there is no such file.
    pub log: &'a Log<'a>,
}

/// Reads the write-ahead log beside a file.
type Log<'a> = dyn Fn() -> Option<Result<Vec<u8>, Unreadable>> + 'a;

/// What a file is and holds.
pub fn examine(given: &Given, depth: Depth, limits: &Limits) -> Content {
    let Given { path, size, prefix, .. } = *given;
    let format = format::recognise(&Sight { size, bytes: prefix, path });
    if let Some(format) = format.filter(|it| it.reading == Reading::Nothing && !is_harmless(it)) {
        return recognised(format, size);
    }
    if depth == Depth::Quick && format.is_none_or(is_harmless) {
        let seen = || format.map_or(Content::nothing(None), |it| recognised(it, size));
        return of_pointer(prefix).unwrap_or_else(seen);
    }
    if size > limits.file_size {
        return Content::unreadable(format, Unreadable::too_large(size, limits.file_size));
    }
    if prefix.len() as u64 == size {
        return whole(path, prefix.into(), given.log, limits, &Budget::new(limits, size));
    }
    match (given.read)() {
        Ok(bytes) => whole(path, bytes.into(), given.log, limits, &Budget::new(limits, size)),
        Err(why) => Content::unreadable(format, why),
    }
}

/// Whether nothing keeps such a file out of git: then its first bytes are no reason not to look at the rest.
fn is_harmless(format: &'static Format) -> bool {
    format.family == Family::Data
}

fn of_pointer(bytes: &[u8]) -> Option<Content> {
    Some(Content { pointer: Some(pointer::find(bytes)?), ..Content::nothing(None) })
}

fn recognised(format: &'static Format, size: u64) -> Content {
    let database = Answer::Yes(Rc::new(Database::recognised(format, size)));
    Content { database, ..Content::nothing(Some(format)) }
}

/// What these bytes, all of a file or of a member, are and hold.
fn whole(
    path: &BStr,
    bytes: Cow<'_, [u8]>,
    log: &Log,
    limits: &Limits,
    budget: &Budget,
) -> Content {
    let format = format::recognise(&Sight { size: bytes.len() as u64, bytes: &bytes, path });
    // A program that unpacks itself has no mark of a container at its start.
    if format.is_none_or(|it| it.reading == Reading::Members)
        && let Some(kind) = archive::kind(&bytes)
    {
        let content = container(kind, path, &bytes, limits, budget);
        let is_damaged =
            matches!(&content.database, Answer::Unreadable(it) if it.cause == Cause::Corrupt);
        let has_found = !content.members.is_empty() || !(content.is_plain() || is_damaged);
        if has_found || matches!(kind, Kind::Stream(_)) {
            return content;
        }
        // Behind an archive there is room for more; and what only looks like one further on is first of all what it is: an
        // old Word file with a picture in a zip.
        let otherwise = if format.is_some() { content } else { Content::nothing(None) };
        return unmarked(path, bytes, None, limits).unwrap_or(otherwise);
    }
    let size = bytes.len() as u64;
    let (seen, otherwise) = match format.map(|it| (it, it.reading)) {
        Some((format, Reading::Everything)) => {
            return found(Some(format), sqlite::read(format, bytes.into_owned(), log, limits));
        }
        Some((format, Reading::Nothing)) if !is_harmless(format) => {
            return recognised(format, size);
        }
        Some((format, Reading::Nothing)) => (None, recognised(format, size)),
        Some((_, Reading::Members)) => (None, Content::nothing(format)),
        Some((_, Reading::Rows)) | None => (format, Content::nothing(format)),
    };
    // The mark of a dump, an archive or data in columns may stand before anything.
    unmarked(path, bytes, seen, limits).unwrap_or(otherwise)
}

/// What bytes are that their signature, if they have one, does not settle; none where there is nothing to say of them. `seen` is the
/// format of a dump by its head.
fn unmarked(
    path: &BStr,
    bytes: Cow<'_, [u8]>,
    seen: Option<&'static Format>,
    limits: &Limits,
) -> Option<Content> {
    if let Some(dump) = dump::read(&bytes, limits) {
        return Some(found(seen, dump));
    }
    let most = usize::try_from(limits.file_size).unwrap_or(usize::MAX);
    match encoded::find(&bytes, most) {
        Ok(Some(encoded)) => return Some(written(encoded, limits)),
        Ok(None) => {}
        Err(why) => return Some(Content::unreadable(Some(&format::SQLITE), why)),
    }
    let is_cipher = format::names_database(path) && sqlite::looks_encrypted(&bytes);
    // What begins like a pointer may go on as something else.
    let pointer = of_pointer(&bytes);
    match sqlite::hidden(bytes, limits) {
        Answer::Yes(database) => Some(found(None, Ok(database))),
        Answer::Unreadable(why) => Some(Content::unreadable(Some(&format::SQLITE), why)),
        Answer::No if is_cipher => {
            let detail = "it has the name of a database, and bytes that look random".to_owned();
            let why = Unreadable { cause: Cause::Encrypted, detail };
            Some(Content::unreadable(Some(&format::ENCRYPTED_SQLITE), why))
        }
        Answer::No => pointer,
    }
}

/// A database that is written as text.
fn written(encoded: Encoded, limits: &Limits) -> Content {
    let Encoded { by, at, bytes, has_more } = encoded;
    let mut database = sqlite::read(&format::SQLITE, bytes, || None, limits);
    if let Ok(database) = &mut database
        && has_more
    {
        let detail = "another database is written in the same file, and was not read";
        database.damage.get_or_insert(Unreadable::corrupt(detail));
    }
    let mut content = found(Some(&format::SQLITE), database);
    content.layers.push(Layer::Encoded { by, at });
    content
}

/// What a container holds. A compressed stream is no step of its own: what it holds is what the file holds.
fn container(kind: Kind, path: &BStr, bytes: &[u8], limits: &Limits, budget: &Budget) -> Content {
    let format = Some(kind.format());
    let mut content = Content::nothing(format);
    // A stream has one content, unless it holds a tar; what follows it is a member without a name.
    let mut is_due = matches!(kind, Kind::Stream(_));
    let mut unread = Unread::default();
    let inner = without_ending(path, kind.format());
    let walked = archive::walk(kind, bytes, budget, &mut |member, bytes| {
        let name = if member.is_empty() { inner } else { member };
        let inside = match bytes {
            Ok(bytes) => whole(name, bytes.into(), &|| None, limits, budget),
            Err(NotHad { why, size, prefix }) => {
                let seen = format::recognise(&Sight { size, bytes: &prefix, path: name });
                match why.cause {
                    // A database that is too large is so in an archive as well.
                    Cause::TooLarge if seen.is_some_and(|it| it.family != Family::Container) => {
                        Content::unreadable(seen, why)
                    }
                    // Damage to a file of this name weighs more than to another.
                    Cause::Corrupt if format::names_database(name) => {
                        Content::unreadable(None, why)
                    }
                    _ => return unread.add(why),
                }
            }
        };
        // What a container inside could not be read for is said of this one, once.
        if let (Answer::Unreadable(why), Some(Family::Container), true) =
            (&inside.database, inside.format.map(|it| it.family), inside.members.is_empty())
        {
            return unread.add(why.clone());
        }
        if std::mem::take(&mut is_due) && member.is_empty() {
            content = inside;
            content.layers.insert(0, Layer::Compressed(kind.format().name));
        } else if !inside.is_plain() {
            content.members.push(Member { path: member.to_owned(), content: inside });
        }
    });
    // A bound that ends everything is said once, of the file itself.
    let walked = walked.err().filter(|_| !budget.is_inner_end());
    if let Some(why) = unread.most(walked) {
        match &mut content.database {
            Answer::No => {
                content.format = format;
                content.database = Answer::Unreadable(why);
            }
            // It was had as far as it goes.
            Answer::Yes(database) => {
                Rc::make_mut(database).damage.get_or_insert(why);
            }
            Answer::Unreadable(_) => {}
        }
    }
    content
}

/// The name of what a stream holds: `app.db` for `app.db.gz`.
fn without_ending<'a>(path: &'a BStr, format: &Format) -> &'a BStr {
    match path.rsplit_once_str(".") {
        Some((name, ending)) if format.has_ending(ending) => name.as_bstr(),
        _ => path,
    }
}

/// The members of a container that could not be read.
#[derive(Default)]
struct Unread {
    members: usize,
    first: Option<Unreadable>,
}

impl Unread {
    /// Takes in one more. That one is encrypted says more than that another is damaged.
    fn add(&mut self, why: Unreadable) {
        self.members += 1;
        let is_more = why.cause == Cause::Encrypted
            && self.first.as_ref().is_some_and(|it| it.cause != Cause::Encrypted);
        if self.first.is_none() || is_more {
            self.first = Some(why);
        }
    }

    /// Why the container was not read in full: by what its walk ended with, or by its members.
    fn most(self, walked: Option<Unreadable>) -> Option<Unreadable> {
        let first = self.first.map(|mut it| {
            if self.members > 1 {
                it.detail = format!("{} (members not read: {})", it.detail, self.members);
            }
            it
        });
        match (walked, first) {
            (Some(walked), Some(first)) if first.cause == Cause::Encrypted => {
                Some(if walked.cause == Cause::Corrupt { first } else { walked })
            }
            (Some(walked), _) => Some(walked),
            (None, first) => first,
        }
    }
}

fn found(format: Option<&'static Format>, database: Result<Database, Unreadable>) -> Content {
    match database {
        Ok(database) => {
            let format = Some(database.format);
            Content { database: Answer::Yes(Rc::new(database)), ..Content::nothing(format) }
        }
        Err(why) => Content::unreadable(format, why),
    }
}
