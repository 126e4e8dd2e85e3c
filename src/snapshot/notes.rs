//! What stands in the text of a file beside what it does, and the registry of scripts that were put away.

use std::rc::Rc;

use anyhow::Result;
use bstr::{BStr, ByteSlice};

use super::{Bytes, File, Mode, Snapshot};
use crate::content::plain::{is_utf_16, plain};
use crate::content::quarantine::{
    self, Mention, is_called_document, is_written_for_programs, may_call, mentions,
};
use crate::content::registry::{self, Registry};
use crate::content::script::Language;
use crate::content::{self, Waiver, waivers};
use crate::finding::Location;

/// Bytes of the longest text in which something is noted: a longer one was written by no person.
const LONGEST: u64 = 4 << 20;

/// What was found in the text of a file.
#[derive(Debug, Default)]
pub(super) struct Notes {
    waivers: Vec<Waiver>,
    mentions: Vec<Mention>,
}

impl Snapshot {
    /// Has waivers be judged by this day, as `2026-11-21`.
    pub fn judged_on(&mut self, today: String) {
        self.today = Some(today);
    }

    /// The day by which waivers are judged; none where they do not expire.
    pub fn today(&self) -> Option<&str> {
        self.today.as_deref()
    }

    /// The waivers in a file, as far as they are of use there: a document shows how one is written, and a script that was put away needs
    /// none.
    pub fn waivers(&self, file: &File) -> Vec<Waiver> {
        if self.is_put_away(file) {
            return Vec::new();
        }
        self.waivers_in(file.path.as_bstr(), &file.bytes)
    }

    /// The waivers in the file of a finding.
    pub fn waivers_at(&self, at: &Location) -> Vec<Waiver> {
        let path = at.path.as_bstr();
        match &at.blob {
            Some(id) => self.waivers_in(path, &Bytes::Blob(id.clone())),
            None => self
                .files
                .binary_search_by(|it| it.path.cmp(&at.path))
                .map_or_else(|_| Vec::new(), |it| self.waivers_in(path, &self.files[it].bytes)),
        }
    }

    fn waivers_in(&self, path: &BStr, bytes: &Bytes) -> Vec<Waiver> {
        if !is_written_for_programs(path, self.is_script(path, bytes)) {
            return Vec::new();
        }
        self.notes_of(bytes).map_or_else(Vec::new, |it| it.waivers.clone())
    }

    /// Where a file names a script that was put away, and may call it.
    pub fn mentions(&self, file: &File) -> Vec<Mention> {
        let path = file.path.as_bstr();
        if !may_call(path, self.is_script(path, &file.bytes)) {
            return Vec::new();
        }
        self.notes_of(&file.bytes).map_or_else(Vec::new, |it| it.mentions.clone())
    }

    /// Whether a file that may be a document is read as a script.
    fn is_script(&self, path: &BStr, bytes: &Bytes) -> bool {
        if !is_called_document(path) {
            return false;
        }
        let before = quarantine::before(path);
        let path = before.as_ref().map_or(path, |it| it.as_bstr());
        let start = self.reader.start(bytes, content::PREFIX, 0);
        start.is_ok_and(|(_, start)| Language::of(path, &start).is_some())
    }

    /// Has the registry and all scripts that were put away be looked at as well, as they are in the index or where commits end, whether or
    /// not these change them: a script that is deleted leaves its row behind, and a row that is deleted its script.
    ///
    /// # Errors
    ///
    /// When a tree cannot be read.
    pub fn look_at_registry(&mut self) -> Result<()> {
        self.ends = self.reader.put_away(&self.tips)?;
        Ok(())
    }

    /// Whether this file is looked at, with these bytes.
    pub fn looks_at(&self, path: &BStr, bytes: &Bytes) -> bool {
        let start = self.files.partition_point(|it| it.path.as_bstr() < path);
        let same = self.files[start..].iter().take_while(|it| it.path == path);
        same.chain(&self.ends).any(|it| it.path == path && it.bytes == *bytes)
    }

    /// Whether git ignores what is at a path of the work tree.
    pub fn is_ignored(&self, path: &BStr) -> bool {
        self.reader.is_ignored(path)
    }

    /// The digest by which the registry knows a file; none where it cannot be read.
    pub fn digest_in_registry(&self, bytes: &Bytes) -> Option<String> {
        // A blob may be at a great many paths.
        if let Some(known) = self.put_away.borrow().get(bytes) {
            return known.clone();
        }
        let read = self.reader.read(bytes, self.limits.file_size);
        let digest = read.ok().map(|it| registry::digest(&it));
        self.put_away.borrow_mut().insert(bytes.clone(), digest.clone());
        digest
    }

    /// The bytes of the file at a path from the top of the repository, as the commit, tree, index or work tree of this file has it; none
    /// where it has none.
    pub fn neighbour(&self, file: &File, path: &BStr) -> Option<Bytes> {
        self.reader.neighbour(file, path)
    }

    /// The registry beside a file; none where there is none that can be read.
    pub fn registry(&self, file: &File) -> Option<Rc<Registry>> {
        let bytes = self.reader.neighbour(file, registry::NAME.into())?;
        if let Some(known) = self.registries.borrow().get(&bytes) {
            return Some(Rc::clone(known));
        }
        let text = self.reader.read(&bytes, registry::MAX_SIZE).ok()?;
        let registry = Rc::new(Registry::read(&text));
        // What is on disk may be another one the next time, but not within a run.
        self.registries.borrow_mut().insert(bytes, Rc::clone(&registry));
        Some(registry)
    }

    /// Whether a script was put away: its name says so, nobody can run it by that name, and the registry has it as it is.
    pub(super) fn is_put_away(&self, file: &File) -> bool {
        if quarantine::before(file.path.as_bstr()).is_none()
            || matches!(file.mode, Mode::Executable | Mode::Link)
        {
            return false;
        }
        let registry = self.registry(file);
        let row = registry.as_ref().and_then(|it| it.row(file.path.as_bstr()));
        row.is_some_and(|it| Some(&it.sha256) == self.digest_in_registry(&file.bytes).as_ref())
    }

    /// What is in a text of some size; none where nothing is.
    fn notes_of(&self, bytes: &Bytes) -> Option<Rc<Notes>> {
        if let Some(known) = self.notes.borrow().get(bytes) {
            return known.clone();
        }
        let notes = self.text(bytes).map_or_else(Notes::default, |it| {
            let text = plain(&it);
            Notes { waivers: waivers(&text), mentions: mentions(&text) }
        });
        let is_empty = notes.waivers.is_empty() && notes.mentions.is_empty();
        let notes = (!is_empty).then(|| Rc::new(notes));
        self.notes.borrow_mut().insert(bytes.clone(), notes.clone());
        notes
    }

    fn text(&self, bytes: &Bytes) -> Option<Vec<u8>> {
        let (size, start) = self.start(bytes).ok()?;
        match size {
            _ if size > LONGEST || (start.contains(&0) && !is_utf_16(&start)) => None,
            _ if size == start.len() as u64 => Some(start),
            _ => self.reader.read(bytes, LONGEST).ok(),
        }
    }
}
