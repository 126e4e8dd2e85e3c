//! The files that a run looks at: paths, modes, bytes and neighbours, with how each came to be looked at.

mod file;
mod mode;
mod notes;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use bstr::{BStr, BString, ByteSlice};

use crate::content::quarantine;
use crate::content::registry::Registry;
use crate::content::script::{Language, ReadScript, Script, framework};
use crate::content::{self, Answer, Content, Depth, Given, Layer, Limits, Unreadable, format};
use crate::source::Reader;

pub use file::{BlobId, Bytes, File, Loosened, Origin, Pending, Place, Removed};
pub use mode::Mode;
use notes::Notes;

/// Bytes of the largest Gemfile or lock that is looked at.
const MAX_GEMFILE: u64 = 1 << 20;

/// What SQLite calls the write-ahead log of a database: the database's name with this at its end.
const WRITE_AHEAD_LOG: &str = "-wal";

/// What a rule looks at: a file, or a member of a container.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The file in git or on disk.
    pub file: &'a File,
    /// The way to the member inside of the file, its steps parted by `!/`; none for the file itself.
    pub member: Option<BString>,
    /// What it is and holds.
    pub content: &'a Content,
}

impl<'a> Subject<'a> {
    /// A file and, one by one, the members in it that there is something to say about.
    pub fn all(file: &'a File, content: &'a Content) -> Vec<Subject<'a>> {
        let mut all = vec![Subject { file, member: None, content }];
        let mut next = 0;
        while let Some(Subject { member, content, .. }) = all.get(next).cloned() {
            all.extend(content.members.iter().map(|inner| {
                let path = inner.path.as_slice();
                let way =
                    member.as_ref().map_or(path.to_vec(), |it| [it, &b"!/"[..], path].concat());
                Subject { file, member: Some(way.into()), content: &inner.content }
            }));
            next += 1;
        }
        all
    }

    /// The path of the file with the way to the member: `backup.zip!/data/app.db`.
    pub fn path(&self) -> BString {
        with_member(&self.file.path, self.member.as_ref())
    }
}

/// A path with the way to a member behind it.
pub fn with_member(path: &BString, member: Option<&BString>) -> BString {
    member.map_or_else(|| path.clone(), |it| [path.as_slice(), b"!/", it].concat().into())
}

/// The files of a run, and how to read them. Each blob is read once, however many files have it.
pub struct Snapshot {
    /// The files, sorted by path.
    pub files: Vec<File>,
    /// Files that are there where a push goes, and that it takes away or replaces.
    pub removed: Vec<Removed>,
    /// The refs that a push makes or moves, by their names where it arrives. Untrusted bytes.
    pub refs: Vec<BString>,
    /// The trees that the commits of a range or a push end in.
    pub tips: Vec<Origin>,
    /// What the registry is held against beside the files: see [`look_at_registry`](Self::look_at_registry).
    pub(crate) ends: Vec<File>,
    /// What the policy that a push brings lets through which the one before does not.
    pub loosened: Vec<Loosened>,
    /// How much of each file is read.
    pub depth: Depth,
    /// The bounds on reading.
    pub limits: Limits,
    /// Where a person stands below the top of the work tree, with a `/` at its end; empty at the top. None where there is no work tree.
    pub prefix: Option<BString>,
    reader: Reader,
    contents: RefCell<HashMap<Looked, Rc<Content>>>,
    /// Those whose own first bytes are SQLite's: for these a log is looked for at each path.
    databases: RefCell<HashSet<Bytes>>,
    filters: RefCell<HashMap<BString, Vec<String>>>,
    scripts: RefCell<Scripts>,
    /// Paths of files whose digest is asked for.
    digested: HashSet<BString>,
    digests: RefCell<HashMap<Bytes, Option<String>>>,
    /// The day of the run, as `2026-11-21`; none where nothing expires.
    today: Option<String>,
    notes: RefCell<HashMap<Bytes, Option<Rc<Notes>>>>,
    registries: RefCell<HashMap<Bytes, Rc<Registry>>>,
    /// What the registry would know files by.
    put_away: RefCell<HashMap<Bytes, Option<String>>>,
}

/// Files of which the attributes are asked for: each costs a run of git, and further ones say nothing new.
const FILTERS: usize = 50;

/// Bytes of a file that is read at once where all of it will be.
const SMALL: u64 = 1 << 20;

/// The size of a file and its first bytes, or all.
type Start = Result<(u64, Vec<u8>), Unreadable>;

/// What an answer depends on: the bytes, those of a write-ahead log beside them, and the name where names count.
type Looked = (Bytes, Option<Bytes>, BString);

/// What files do when they are run, by their bytes and path.
type Scripts = HashMap<(Bytes, BString), Answer<Rc<Script>>>;

impl Snapshot {
    pub(crate) fn new(
        files: Vec<File>,
        depth: Depth,
        limits: Limits,
        prefix: Option<BString>,
        reader: Reader,
    ) -> Snapshot {
        Snapshot {
            files,
            removed: Vec::new(),
            refs: Vec::new(),
            tips: Vec::new(),
            ends: Vec::new(),
            loosened: Vec::new(),
            depth,
            limits,
            prefix,
            reader,
            contents: RefCell::default(),
            databases: RefCell::default(),
            filters: RefCell::default(),
            scripts: RefCell::default(),
            digested: HashSet::new(),
            digests: RefCell::default(),
            today: None,
            notes: RefCell::default(),
            registries: RefCell::default(),
            put_away: RefCell::default(),
        }
    }

    /// Has the findings about these paths say the digest of the file.
    pub fn digest(&mut self, paths: impl Iterator<Item = BString>) {
        self.digested = paths.collect();
    }

    /// The SHA-256 of a file whose digest is asked for; none where its bytes cannot be had.
    pub fn sha256(&self, file: &File) -> Option<String> {
        if !self.digested.contains(&file.path) {
            return None;
        }
        // Each member of an archive asks anew.
        if let Some(known) = self.digests.borrow().get(&file.bytes) {
            return known.clone();
        }
        let digest = self.bytes(file).ok().map(|it| content::sha256(&it));
        self.digests.borrow_mut().insert(file.bytes.clone(), digest.clone());
        digest
    }

    /// All bytes of a file as they are looked at: for a pointer those that it stands for, where they are here.
    ///
    /// # Errors
    ///
    /// When they cannot be had, or are over the limit.
    pub fn bytes(&self, file: &File) -> Result<Vec<u8>, Unreadable> {
        let bytes = self.reader.read(&file.bytes, self.limits.file_size)?;
        match content::pointer(&bytes).and_then(|it| self.reader.held(&it)) {
            Some(held) => self.reader.read(&held, self.limits.file_size),
            None => Ok(bytes),
        }
    }

    /// What a file is and holds; for a database with what the write-ahead log beside it adds.
    pub fn content(&self, file: &File) -> Rc<Content> {
        let name = format::telling_name(file.path.as_bstr()).to_owned();
        let mut key = (file.bytes.clone(), None, name);
        let mut start = None;
        // A blob may be at a great many paths: what is known of it is not asked for again.
        if !self.is_database(&file.bytes) {
            if let Some(known) = self.known(&key) {
                return known;
            }
            let found = self.start(&file.bytes);
            if found.as_ref().is_ok_and(|(_, prefix)| prefix.starts_with(format::SQLITE_MAGIC)) {
                self.databases.borrow_mut().insert(file.bytes.clone());
            }
            start = Some(found);
        }
        if self.is_database(&file.bytes) {
            key.1 = self.reader.beside(file, WRITE_AHEAD_LOG);
            if let Some(known) = self.known(&key) {
                return known;
            }
        }
        let start = start.unwrap_or_else(|| self.start(&file.bytes));
        let content = Rc::new(self.looked(file, start, key.1.as_ref()));
        self.contents.borrow_mut().insert(key, Rc::clone(&content));
        content
    }

    /// The order in which the files are best read, as places in [`files`](Self::files): by path, since git keeps one version of a file
    /// as what differs from another. Where time is short those come first that are most likely to do harm: what is called a database,
    /// then scripts, then the rest.
    pub fn in_reading_order(&self, time_is_short: bool) -> Vec<usize> {
        let danger = |file: &File| match () {
            () if !time_is_short || format::names_database(file.path.as_bstr()) => 0,
            () if Language::of(file.path.as_bstr(), b"").is_some() => 1,
            () => 2,
        };
        let mut order: Vec<(u8, &BString, usize)> = self
            .files
            .iter()
            .enumerate()
            .map(|(at, file)| (danger(file), &file.path, at))
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(_, _, at)| at).collect()
    }

    /// What a file does when it is run as a script: nothing, where it was put away. Its name and its directories count, so each path is
    /// looked at.
    pub fn script(&self, file: &File, read: ReadScript) -> Answer<Rc<Script>> {
        if self.is_put_away(file) {
            return Answer::No;
        }
        // The name that it had before says what it is written in.
        let before = quarantine::before(file.path.as_bstr());
        let path = before.as_ref().unwrap_or(&file.path);
        self.under_framework(file, self.script_in(&file.bytes, path.as_bstr(), read))
    }

    /// The script under the versions of frameworks that the files beside it name.
    fn under_framework(&self, file: &File, script: Answer<Rc<Script>>) -> Answer<Rc<Script>> {
        match script {
            Answer::Yes(script) if framework::relies_on_rails(&script) => {
                Answer::Yes(match self.rails_version(file) {
                    Some(version) => framework::under_rails(&script, version),
                    None => script,
                })
            }
            other => other,
        }
    }

    /// The version of Rails that the files in the directories around a script name, the nearest first.
    fn rails_version(&self, file: &File) -> Option<u32> {
        let mut directory = file.path.as_bstr();
        loop {
            directory =
                directory.rfind_byte(b'/').map_or(BStr::new(""), |at| directory[..at].as_bstr());
            for name in framework::FILES {
                let place = if directory.is_empty() { "" } else { "/" };
                let path = BString::from(format!("{directory}{place}{name}"));
                let bytes = self.neighbour(file, path.as_bstr());
                let read = bytes.and_then(|it| self.reader.read(&it, MAX_GEMFILE).ok());
                if let Some(version) = read.and_then(|it| framework::rails_version(&it)) {
                    return Some(version);
                }
            }
            if directory.is_empty() {
                return None;
            }
        }
    }

    /// What the file did that was at this path before; no where there was none.
    pub fn script_before(&self, file: &File, read: ReadScript) -> Answer<Rc<Script>> {
        match &file.before {
            Some(blob) => {
                let bytes = Bytes::Blob(blob.clone());
                self.under_framework(file, self.script_in(&bytes, file.path.as_bstr(), read))
            }
            None => Answer::No,
        }
    }

    fn script_in(&self, bytes: &Bytes, path: &BStr, read: ReadScript) -> Answer<Rc<Script>> {
        let key = (bytes.clone(), path.to_owned());
        if let Some(known) = self.scripts.borrow().get(&key) {
            return known.clone();
        }
        let script = match self.script_text(bytes, path) {
            Ok(Some(text)) => read(path, &text),
            Ok(None) => Answer::No,
            Err(why) => Answer::Unreadable(why),
        };
        self.scripts.borrow_mut().insert(key, script.clone());
        script
    }

    /// All bytes of what its path or its beginning says is a script: nothing else need be read.
    fn script_text(&self, bytes: &Bytes, path: &BStr) -> Result<Option<Vec<u8>>, Unreadable> {
        let (size, start) = self.start(bytes)?;
        match Language::of(path, &start[..start.len().min(content::PREFIX)]) {
            None => Ok(None),
            Some(_) if size == start.len() as u64 => Ok(Some(start)),
            Some(_) => self.reader.read(bytes, self.limits.file_size).map(Some),
        }
    }

    fn is_database(&self, bytes: &Bytes) -> bool {
        self.databases.borrow().contains(bytes)
    }

    fn known(&self, key: &Looked) -> Option<Rc<Content>> {
        self.contents.borrow().get(key).map(Rc::clone)
    }

    fn start(&self, bytes: &Bytes) -> Start {
        match self.depth {
            Depth::Quick => self.reader.start(bytes, content::PREFIX, 0),
            Depth::Deep => self.reader.start(bytes, content::PREFIX, SMALL),
        }
    }

    /// What `.gitattributes` says that changes a file on its way into git, such as `filter=lfs`. What git stores is what was read.
    pub fn filters(&self, file: &File) -> Vec<String> {
        let mut known = self.filters.borrow_mut();
        if let Some(filters) = known.get(&file.path) {
            return filters.clone();
        }
        if known.len() == FILTERS || file.origins.iter().all(|it| *it == Origin::Disk) {
            return Vec::new();
        }
        let filters = self.reader.filters(file.path.as_bstr());
        known.insert(file.path.clone(), filters.clone());
        filters
    }

    fn looked(&self, file: &File, start: Start, log: Option<&Bytes>) -> Content {
        let content = self.examine(file, start, log);
        if let Some(pointer) = &content.pointer
            && let Some(held) = self.reader.held(pointer)
        {
            // What stands in the store of another file is not followed again.
            let start = self.start(&held);
            let mut inside = self.examine(&File { bytes: held, ..file.clone() }, start, None);
            inside.layers.insert(0, Layer::Held(pointer.holder));
            return inside;
        }
        content
    }

    fn examine(&self, file: &File, start: Start, log: Option<&Bytes>) -> Content {
        let (size, prefix) = match start {
            Ok(found) => found,
            Err(why) => return Content::unreadable(None, why),
        };
        let bound = self.limits.file_size;
        let given = Given {
            path: file.path.as_bstr(),
            size,
            prefix: &prefix,
            read: &|| self.reader.read(&file.bytes, bound),
            log: &|| Some(self.reader.read(log?, bound).map_err(of_log)),
        };
        content::examine(&given, self.depth, &self.limits)
    }
}

/// Why the write-ahead log of a database was not read with it.
fn of_log(why: Unreadable) -> Unreadable {
    Unreadable { detail: format!("its write-ahead log: {}", why.detail), ..why }
}

#[cfg(test)]
mod tests;
