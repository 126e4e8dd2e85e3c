//! The steps that take a file out again, as commands that work where they are printed and lose no data.

use bstr::{BStr, BString, ByteSlice};

use crate::snapshot::{File, Origin, Pending, Place};
use crate::text::{pathspec, quoted};

/// Digits of a commit's id in a command: enough for the largest repositories known.
const SHORT: usize = 12;

/// What to do about this file for somebody who stands at `prefix` below the top of the work tree; none where there is no work tree.
pub(super) fn hints(file: &File, prefix: Option<&BStr>) -> Vec<String> {
    let Some(origin) = file.origins.first() else { return Vec::new() };
    let is_bare = prefix.is_none();
    let prefix = prefix.unwrap_or_default();
    let path = relative(file.path.as_bstr(), prefix);
    let path = path.as_bstr();
    match origin {
        Origin::Staged(pending) => staged(*pending, path, file.before.is_some()),
        Origin::Index | Origin::Tracked => untrack(path),
        Origin::Untracked => vec![ignore(file.path.as_bstr(), prefix)],
        Origin::Disk => Vec::new(),
        Origin::Commit { id, place, parents, reference, .. } => {
            let id = id.get(..SHORT).unwrap_or(id);
            match reference {
                None => committed(id, *place, *parents, path),
                Some(_) => pushed(file, id, *place, *parents, path),
            }
        }
        Origin::Arriving { .. } => {
            let live = "the live file there is overwritten by this one: copy that here first";
            [vec![live.to_owned()], untrack(path)].concat()
        }
        Origin::Tree { revision, .. } if revision == "HEAD" && !is_bare => untrack(path),
        Origin::Tree { revision, .. } => {
            vec![format!(
                "see what git knows of it: git log {} -- {}",
                quoted(revision.as_str().into()),
                pathspec(path)
            )]
        }
        Origin::Named { revision } => {
            let blob = file.blob().map_or(revision.as_str(), String::as_str);
            vec![
                format!("see which commits hold it: git log --all --find-object={blob}"),
                "a ref or tag that names it keeps it in git; delete that where it was pushed, too"
                    .to_owned(),
            ]
        }
    }
}

fn staged(pending: Pending, path: &BStr, tracked: bool) -> Vec<String> {
    let spec = pathspec(path);
    let out = match (pending, tracked) {
        (Pending::First, _) => format!("keep it out of this commit: git reset -- {spec}"),
        (Pending::Commit, _) => {
            format!("keep it out of this commit: git restore --staged -- {spec}")
        }
        (Pending::Merge, false) => {
            format!("leave it out of the merge: git rm --cached -- {spec} && git commit --no-edit")
        }
        (Pending::Merge, true) => {
            format!(
                "keep it as it is on this branch: git restore --staged -- {spec} && git commit --no-edit"
            )
        }
        (Pending::Patch, _) => {
            format!("leave it out of the patch: git reset -- {spec} && git am --continue")
        }
    };
    match tracked {
        false => {
            vec![out, "then see that .gitignore names it, so that it is not added again".to_owned()]
        }
        true => [vec![out], untrack(path)].concat(),
    }
}

/// Takes a tracked file out of git. The commit that does so deletes it wherever it is pulled, so its live copies come first.
fn untrack(path: &BStr) -> Vec<String> {
    vec![
        "its removal deletes it in every checkout that pulls, so copy the live file there first"
            .to_owned(),
        format!("copy it: {}", copy(path)),
        format!("take it out of git and keep it on disk: git rm --cached -- {}", pathspec(path)),
    ]
}

/// Copies a file beside itself, over nothing that is there.
fn copy(path: &BStr) -> String {
    let beside = [path.as_bytes(), b".keep"].concat();
    format!("cp -pn {} {}", quoted(path), quoted(beside.as_bstr()))
}

/// Takes a file out of the commit that brought it.
fn committed(id: &str, place: Place, parents: usize, path: &BStr) -> Vec<String> {
    match place {
        Place::Elsewhere => vec![format!(
            "commit {id} is not on the branch that is checked out; switch to its branch, and look at the range again for the steps"
        )],
        Place::Head => {
            vec![first_copy(path), format!("take it out of the last commit: {}", amend(path))]
        }
        Place::Below => rebased(id, parents, path),
    }
}

/// The same for one that is pushed. A server cannot know what is checked out where the push comes from, and git has what a later
/// commit deletes all the same.
fn pushed(file: &File, id: &str, place: Place, parents: usize, path: &BStr) -> Vec<String> {
    let mut steps = match place {
        Place::Elsewhere => {
            let switch = format!("where you push from, switch to the branch that has commit {id}");
            [vec![switch], rebased(id, parents, path)].concat()
        }
        Place::Head | Place::Below => committed(id, place, parents, path),
    };
    // That of a later commit would leave what the one brought that added it.
    if place != Place::Head && file.before.is_none() {
        steps.push(filtered(id, parents, file.path.as_bstr()));
    }
    steps.push(
        "a commit on top that deletes it does not help: the push still brings the one that has it"
            .to_owned(),
    );
    steps.push(
        "if it was ever pushed before: change each secret in it, and tell the people it is about"
            .to_owned(),
    );
    steps
}

/// Stops at the commit that brought a file, and takes it out there.
fn rebased(id: &str, parents: usize, path: &BStr) -> Vec<String> {
    let (options, mark) = match parents {
        0 => ("--root".to_owned(), "marked `edit`"),
        1 => (format!("{id}~1"), "marked `edit`"),
        _ => (format!("--rebase-merges {id}~1"), "with a line `break` after its `merge`"),
    };
    vec![
        first_copy(path),
        format!("stop at the commit that brought it, {mark}: git rebase -i {options}"),
        format!("take it out there, then go on: {} && git rebase --continue", amend(path)),
    ]
}

/// Takes a file, which stands at `path` below the top, out of all commits from this one on that no remote has. git-filter-repo resets the
/// work tree at its end, so nothing in it may wait for a commit. A path, unlike an expression, would stand for a directory as well that has
/// its name at another time.
fn filtered(id: &str, parents: usize, path: &BStr) -> String {
    let range = match parents {
        0 => "HEAD".to_owned(),
        1 => format!("{id}~1..HEAD"),
        _ => (1..=parents).fold("HEAD".to_owned(), |range, n| format!("{range} ^{id}^{n}")),
    };
    let mut whole = BString::from("^");
    for byte in path.bytes() {
        if byte.is_ascii_punctuation() && !b"/_-".contains(&byte) {
            whole.push(b'\\');
        }
        whole.push(byte);
    }
    whole.extend_from_slice(b"\\Z");
    format!(
        "or out of all commits that have it, with git-filter-repo: test -z \"$(git status --porcelain -uno --ignore-submodules=none)\" && git filter-repo --force --invert-paths --path-regex {} --refs {range} $(git rev-parse --not --remotes)",
        quoted(whole.as_bstr())
    )
}

fn first_copy(path: &BStr) -> String {
    format!("copy it first, where it is on disk: {}", copy(path))
}

fn amend(path: &BStr) -> String {
    format!("git rm --cached -- {} && git commit --amend --no-edit --allow-empty", pathspec(path))
}

fn ignore(path: &BStr, prefix: &BStr) -> String {
    let list = relative(b".gitignore".as_bstr(), prefix);
    let mut pattern = BString::from("/");
    for byte in path.bytes() {
        if b"*?[\\ ".contains(&byte) {
            pattern.push(b'\\');
        }
        pattern.push(byte);
    }
    if path.contains(&b'\n') {
        return "keep it out of git: .gitignore cannot name a path with a line feed, so rename it"
            .to_owned();
    }
    // The last line of the list may lack its line feed, and some shells' echo reads backslashes.
    let (pattern, list) = (quoted(pattern.as_bstr()), quoted(list.as_bstr()));
    format!("keep it out of git: (echo; printf %s {pattern}; echo) >> {list}")
}

/// The way from `prefix` to a path, both below the top of the repository.
pub(super) fn relative(path: &BStr, prefix: &BStr) -> BString {
    let mut parts: Vec<&[u8]> = path.split_str(b"/").collect();
    let mut below: Vec<&[u8]> = prefix.split_str(b"/").filter(|part| !part.is_empty()).collect();
    while parts.len() > 1 && parts.first() == below.first() {
        parts.remove(0);
        below.remove(0);
    }
    let mut way = vec![b"..".as_slice(); below.len()];
    way.extend(parts);
    bstr::join(b"/", way).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_named_from_where_a_person_stands() {
        for (path, prefix, expected) in [
            ("app.db", "", "app.db"),
            ("instance/app.db", "", "instance/app.db"),
            ("instance/app.db", "instance/", "app.db"),
            ("instance/app.db", "src/", "../instance/app.db"),
            ("a/b/c.db", "a/x/y/", "../../b/c.db"),
            ("app.db", "app.db/", "../app.db"),
        ] {
            assert_eq!(relative(path.into(), prefix.into()), expected, "{path} from {prefix}");
        }
    }
}
