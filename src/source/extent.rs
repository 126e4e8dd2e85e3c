//! How many paths a commit changes, told from its trees without a list of them: git holds that list in memory before it prints it, and
//! a few objects can make it as long as they like.

use std::collections::HashMap;

use gix::ObjectId;
use gix::objs::TreeRefIter;

use super::objects::Objects;

/// Trees within trees that are followed: git's own bound, `core.maxTreeDepth`.
const MAX_DEPTH: usize = 2048;

/// Comparisons that are remembered, each some 100 bytes.
const MAX_KNOWN: usize = 100_000;

/// What stands under a name of a tree: its id, and whether it is a tree itself.
type Entry = (ObjectId, bool);

/// Counts the paths in which trees differ, directories among them: git goes through each. A pair of trees that is met again is
/// looked up, at however many paths it is.
pub(super) struct Extent<'a> {
    objects: &'a Objects,
    known: HashMap<(ObjectId, Option<ObjectId>), u64>,
}

impl Extent<'_> {
    pub(super) fn of(objects: &Objects) -> Extent<'_> {
        Extent { objects, known: HashMap::new() }
    }

    /// Paths in which a commit and its parent differ, or all of a commit; once they are over `room`, no more are counted. A tree
    /// that is not here counts as empty: git says so itself.
    pub(super) fn paths(&mut self, commit: &str, parent: Option<&str>, room: u64) -> u64 {
        let id = |id: &str| ObjectId::from_hex(id.as_bytes()).ok();
        id(commit).map_or(0, |commit| self.differing(commit, parent.and_then(id), 0, room))
    }

    fn differing(
        &mut self,
        one: ObjectId,
        other: Option<ObjectId>,
        depth: usize,
        room: u64,
    ) -> u64 {
        if other == Some(one) {
            return 0;
        }
        if let Some(known) = self.known.get(&(one, other)) {
            return *known;
        }
        if depth > MAX_DEPTH {
            return u64::MAX;
        }
        // All of a tree is counted before any tree in it is: what waits is never more than the room.
        let (mut paths, trees) = self.compared(one, other);
        for (one, other) in trees {
            let Some(room) = room.checked_sub(paths) else { return paths };
            paths = paths.saturating_add(self.differing(one, other, depth + 1, room));
        }
        // What is over the room may be a part only. The known may be forgotten at any time, as each comparison takes room.
        if paths <= room {
            if self.known.len() >= MAX_KNOWN {
                self.known.clear();
            }
            self.known.insert((one, other), paths);
        }
        paths
    }

    /// How many entries differ, and the trees among them with what to compare them with.
    fn compared(
        &self,
        one: ObjectId,
        other: Option<ObjectId>,
    ) -> (u64, Vec<(ObjectId, Option<ObjectId>)>) {
        let mut others: HashMap<Vec<u8>, Entry> = self.entries(other).into_iter().collect();
        let (mut paths, mut trees) = (0_u64, Vec::new());
        for (name, (id, is_tree)) in self.entries(Some(one)) {
            // What is a directory on one side alone is another path there.
            let same = others.get(&name).filter(|(_, it)| *it == is_tree).map(|(id, _)| *id);
            if same.is_some() {
                others.remove(&name);
            }
            if same != Some(id) {
                paths = paths.saturating_add(1);
                trees.extend(is_tree.then_some((id, same)));
            }
        }
        paths = paths.saturating_add(others.len() as u64);
        trees
            .extend(others.into_values().filter(|(_, is_tree)| *is_tree).map(|(id, _)| (id, None)));
        (paths, trees)
    }

    /// The entries of a tree, or of that of a commit.
    fn entries(&self, id: Option<ObjectId>) -> Vec<(Vec<u8>, Entry)> {
        let data = id.and_then(|id| Some((self.objects.directory(id)?, id.kind())));
        let Some((data, hash)) = data else { return Vec::new() };
        TreeRefIter::from_bytes(&data, hash)
            .filter_map(Result::ok)
            .map(|it| (it.filename.to_vec(), (it.oid.to_owned(), it.mode.is_tree())))
            .collect()
    }
}

#[cfg(test)]
mod tests;
