//! How many paths a commit changes, told from its trees without a list of them: git holds that list in memory before it prints it, and
//! a few objects can make it as long as they like.

use std::collections::HashMap;

use gix::ObjectId;
use gix::objs::TreeRefIter;

use super::objects::Objects;

/// Trees within trees that are followed: git's own bound, `core.maxTreeDepth`.
const MAX_DEPTH: usize = 2048;

/// Comparisons that are remembered from one commit to the next, each some 100 bytes.
const MAX_KNOWN: usize = 100_000;

/// Counts the paths in which trees differ. Each pair of trees is compared once, at however many paths it is.
pub(super) struct Extent<'a> {
    objects: &'a Objects,
    known: HashMap<(ObjectId, Option<ObjectId>), u64>,
}

impl Extent<'_> {
    pub(super) fn of(objects: &Objects) -> Extent<'_> {
        Extent { objects, known: HashMap::new() }
    }

    /// Paths in which a commit and its parent differ, or all of a commit. A tree that is not here counts as empty: git says so itself.
    pub(super) fn paths(&mut self, commit: &str, parent: Option<&str>) -> u64 {
        if self.known.len() > MAX_KNOWN {
            self.known.clear();
        }
        let id = |id: &str| ObjectId::from_hex(id.as_bytes()).ok();
        id(commit).map_or(0, |commit| self.differing(commit, parent.and_then(id), 0))
    }

    fn differing(&mut self, one: ObjectId, other: Option<ObjectId>, depth: usize) -> u64 {
        if other == Some(one) {
            return 0;
        }
        if let Some(known) = self.known.get(&(one, other)) {
            return *known;
        }
        if depth > MAX_DEPTH {
            return u64::MAX;
        }
        let mut others = self.entries(other);
        let mut paths = 0_u64;
        for (name, (id, is_tree)) in self.entries(Some(one)) {
            // What is a directory on one side alone is another path there.
            let same = others.get(&name).filter(|(_, it)| *it == is_tree).map(|(id, _)| *id);
            if same.is_some() {
                others.remove(&name);
            }
            paths = paths.saturating_add(match is_tree {
                true => self.differing(id, same, depth + 1),
                false => u64::from(same != Some(id)),
            });
        }
        for (id, is_tree) in others.into_values() {
            paths = paths.saturating_add(match is_tree {
                true => self.differing(id, None, depth + 1),
                false => 1,
            });
        }
        self.known.insert((one, other), paths);
        paths
    }

    /// The entries of a tree, or of that of a commit: the id of each, and whether it is a tree itself.
    fn entries(&self, id: Option<ObjectId>) -> HashMap<Vec<u8>, (ObjectId, bool)> {
        let data = id.and_then(|id| Some((self.objects.directory(id)?, id.kind())));
        let Some((data, hash)) = data else { return HashMap::new() };
        TreeRefIter::from_bytes(&data, hash)
            .filter_map(Result::ok)
            .map(|it| (it.filename.to_vec(), (it.oid.to_owned(), it.mode.is_tree())))
            .collect()
    }
}
