//! The scripts that were put away and their registry, as they stand where a run ends: in the index, or at the tips of what is looked at.
//! Who takes a row out, or the whole registry, changes none of the scripts, so the commits alone do not tell.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::{Result, bail};
use bstr::{BStr, BString, ByteSlice};
use gix::ObjectId;
use gix::index::entry::Mode as IndexMode;

use super::objects::{self, Objects};
use super::reader::Reader;
use super::room::Room;
use super::staged::{holds_blob, mode_of};
use crate::content::{quarantine, registry};
use crate::snapshot::{Bytes, File, Mode, Origin};

/// Trees within trees that are followed: git's own bound, `core.maxTreeDepth`.
const MAX_DEPTH: usize = 2048;

impl Reader {
    /// Those of the index that the snapshot was taken from, and of these tips.
    ///
    /// # Errors
    ///
    /// When a tree cannot be read: then nobody can say what the registry lacks.
    pub(crate) fn put_away(&self, tips: &[Origin]) -> Result<Vec<File>> {
        let mut trees = Trees { known: HashMap::new(), room: Room::new() };
        let mut files = self.put_away_in_index(&mut trees)?;
        let Some(objects) = self.objects.as_deref() else { return Ok(files) };
        for tip in tips {
            let (Origin::Arriving { commit: id, .. } | Origin::Tree { tree: id, .. }) = tip else {
                continue;
            };
            let file = |path: BString, blob: String, mode: Mode| File {
                path,
                bytes: Bytes::Blob(blob),
                mode,
                before: None,
                origins: vec![tip.clone()],
            };
            let name = BStr::new(registry::NAME);
            files.extend(
                objects.blob_at(id, name).map(|blob| file(name.into(), blob, Mode::Regular)),
            );
            let away = trees.below(objects, objects::parse(id)?, 0)?;
            files.extend(away.iter().map(|it| file(it.path.clone(), it.blob.to_string(), it.mode)));
        }
        Ok(files)
    }

    fn put_away_in_index(&self, trees: &mut Trees) -> Result<Vec<File>> {
        let (Some(index), Some(objects)) = (&self.index, self.objects.as_deref()) else {
            return Ok(Vec::new());
        };
        let file = |path: BString, blob: ObjectId, mode: Mode| File {
            path,
            bytes: Bytes::Blob(blob.to_string()),
            mode,
            before: Some(blob.to_string()),
            origins: vec![Origin::Index],
        };
        let mut files = Vec::new();
        for entry in index.entries() {
            let path = entry.path(index);
            if entry.mode == IndexMode::DIR {
                // A sparse index has a directory in one entry.
                let away = trees.below(objects, entry.id, 0)?;
                let path_of = |it: &Away| BString::from([path.as_bytes(), &it.path].concat());
                files.extend(away.iter().map(|it| file(path_of(it), it.blob, it.mode)));
            } else if holds_blob(entry)
                && (path == registry::NAME || quarantine::before(path).is_some())
            {
                files.push(file(path.to_owned(), entry.id, mode_of(entry.mode.bits())));
            }
        }
        Ok(files)
    }
}

/// A script that was put away, with its path from the tree that it is in.
struct Away {
    path: BString,
    blob: ObjectId,
    mode: Mode,
}

/// Trees that were gone through. Most are in many tips as they are, and a few objects can make very many paths.
struct Trees {
    known: HashMap<ObjectId, Rc<Vec<Away>>>,
    room: Room,
}

impl Trees {
    /// What was put away below a tree, or that of a commit.
    fn below(&mut self, objects: &Objects, tree: ObjectId, depth: usize) -> Result<Rc<Vec<Away>>> {
        if let Some(known) = self.known.get(&tree) {
            return Ok(Rc::clone(known));
        }
        if depth > MAX_DEPTH {
            bail!("tree {tree} stands more than {MAX_DEPTH} directories deep");
        }
        self.room.enter(1)?;
        let bytes = objects.directory(tree)?;
        let mut found = Vec::new();
        for entry in objects::entries(&bytes, tree)? {
            let name = entry.filename;
            if entry.mode.is_tree() {
                let inner = self.below(objects, entry.oid.to_owned(), depth + 1)?;
                for it in inner.iter() {
                    let path = BString::from([name.as_bytes(), b"/", &it.path].concat());
                    self.room.take(path.as_bstr())?;
                    found.push(Away { path, ..*it });
                }
            } else if entry.mode.is_blob_or_symlink() && quarantine::before(name).is_some() {
                self.room.take(name)?;
                let (blob, mode) = (entry.oid.to_owned(), mode_of(entry.mode.value().into()));
                found.push(Away { path: name.to_owned(), blob, mode });
            }
        }
        let found = Rc::new(found);
        self.known.insert(tree, Rc::clone(&found));
        Ok(found)
    }
}
