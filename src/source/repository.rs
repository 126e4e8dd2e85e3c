//! A repository as found from where a program stands, with what git sets for its hooks.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};
use bstr::{BStr, BString, ByteSlice, ByteVec};
use gix::ObjectId;
use gix::objs::{CommitRefIter, Kind};

use super::git::Git;
use super::objects::Objects;
use crate::snapshot::Pending;
use crate::text::clean;

/// A git repository. Replace refs and grafts are ignored.
pub struct Repository {
    pub(super) gix: gix::Repository,
    objects: OnceCell<Rc<Objects>>,
    /// Where this program runs.
    here: PathBuf,
    /// Where this program runs below the top of the work tree, with a `/` at its end; empty at the top or outside of it.
    pub(super) below: BString,
    /// Where a person stands: git runs a hook at the top, and tells where it was called itself.
    prefix: BString,
}

impl Repository {
    /// The repository of this directory, or the one that `GIT_DIR` names; none where there is none.
    ///
    /// # Errors
    ///
    /// When there is one that cannot be opened.
    pub fn find(directory: &Path) -> Result<Option<Repository>> {
        if std::env::var_os("GIT_DIR").is_none() && !has_repository(directory) {
            return Ok(None);
        }
        let options =
            || gix::open::Options::default().config_overrides(["core.useReplaceRefs=false"]);
        let trust = gix::sec::trust::Mapping { full: options(), reduced: options() };
        let opened = gix::ThreadSafeRepository::discover_with_environment_overrides_opts(
            directory,
            gix::discover::upwards::Options {
                match_ceiling_dir_or_error: false,
                ..Default::default()
            },
            trust,
        );
        let mut gix =
            opened.map_err(explain).context("cannot open the git repository")?.to_thread_local();
        if starts_where_it_runs(&gix) {
            gix.set_workdir(directory.to_owned())
                .map_err(explain)
                .context("cannot read the current directory")?;
        }
        let below = below_top(&gix, directory);
        let prefix = match std::env::var_os("GIT_PREFIX") {
            Some(prefix) => Vec::from_os_string(prefix).unwrap_or_default().into(),
            None => below.clone(),
        };
        Ok(Some(Repository {
            gix,
            objects: OnceCell::new(),
            here: directory.to_owned(),
            below,
            prefix,
        }))
    }

    /// The top of its work tree; none for a bare repository.
    pub fn top(&self) -> Option<&Path> {
        self.gix.workdir()
    }

    /// The same, or an error that says that a bare repository has none, and these words.
    pub fn work_tree(&self, instead: &str) -> Result<&Path> {
        self.top().with_context(|| {
            format!("{} is a bare repository: {instead}", self.directory().display())
        })
    }

    /// Its own directory: `.git`, or that of the linked work tree.
    pub fn directory(&self) -> &Path {
        self.gix.git_dir()
    }

    /// Where Git LFS keeps the objects of this repository: `lfs.storage`, else `lfs` in the directory that its work trees share.
    pub(super) fn lfs(&self) -> PathBuf {
        let configured = self.gix.config_snapshot().trusted_path("lfs.storage");
        let shared = self.gix.common_dir();
        match configured {
            Ok(Some(path)) => shared.join(path),
            Ok(None) | Err(_) => shared.join("lfs"),
        }
    }

    /// The file of its audit trail: `dataward.audit` in git's configuration, else `dataward/audit.jsonl`, in the directory that its work
    /// trees share.
    ///
    /// # Errors
    ///
    /// When git's configuration cannot be read, or names nothing.
    pub fn audit_trail(&self) -> Result<PathBuf> {
        let output = self.git()?.output(["config", "--type=path", "--get", "dataward.audit"])?;
        let shared = self.here.join(self.gix.common_dir());
        if output.status.code() == Some(1) && output.stderr.is_empty() {
            return Ok(shared.join("dataward/audit.jsonl"));
        }
        let named = output.stdout.strip_suffix(b"\n").unwrap_or(&output.stdout);
        if !output.status.success() || named.is_empty() {
            bail!(
                "git config dataward.audit names no file: name one, or take it out (git config --unset-all dataward.audit)"
            );
        }
        Ok(shared.join(named.to_path_lossy()))
    }

    /// Where a person stands below its top, with a `/` at its end; empty at the top.
    pub fn prefix(&self) -> &BStr {
        self.prefix.as_bstr()
    }

    /// Whether HEAD names a commit.
    pub fn has_head(&self) -> Result<bool> {
        Ok(self.head_tree()?.is_some())
    }

    /// The bytes of a regular file in the tree of a revision; none where the tree has nothing at this path.
    ///
    /// # Errors
    ///
    /// When there is no such revision, or the path is no regular file there or larger than `bound` bytes.
    pub fn file_at(&self, revision: &str, path: &str, bound: u64) -> Result<Option<Vec<u8>>> {
        let git = self.git()?;
        let tree = git.tree(revision)?;
        let entry = git.text(["ls-tree", "--long", "--full-tree", &tree, "--", path])?;
        let mut words = entry.split_whitespace();
        let Some(mode) = words.next() else { return Ok(None) };
        if !matches!(mode, "100644" | "100755") {
            bail!("it is no regular file there");
        }
        let id = words.nth(1).context("git lists a tree in an unknown way")?;
        match words.next().and_then(|size| size.parse::<u64>().ok()) {
            Some(size) if size <= bound => self.objects()?.read(id),
            _ => bail!("it is larger than {bound} bytes"),
        }
    }

    /// Hands over the name and the bytes of each regular file in a directory of the tree of a revision, but for names that begin with a
    /// dot; nothing where the tree has nothing at this path. `bounds` are how many there may be, and the bytes of each.
    ///
    /// # Errors
    ///
    /// When there is no such revision, the path is no directory there, or something in it is no regular file or over a bound.
    pub fn each_at(
        &self,
        revision: &str,
        path: &str,
        (most, bound): (usize, u64),
        mut take: impl FnMut(&BStr, &[u8]) -> Result<()>,
    ) -> Result<()> {
        const UNKNOWN: &str = "git lists a tree in an unknown way";
        let git = self.git()?;
        let tree = git.tree(revision)?;
        let entry = git.text(["ls-tree", "--full-tree", &tree, "--", path])?;
        if entry.is_empty() {
            return Ok(());
        }
        if !entry.starts_with("040000 ") {
            bail!("it is no directory there");
        }
        let (mut listed, below) = (Vec::new(), format!("{path}/"));
        git.each(
            ["ls-tree", "--long", "-z", "--full-tree", &tree, "--", &below],
            Vec::new(),
            |entry| {
                let (about, path) = entry.split_once_str(b"\t").context(UNKNOWN)?;
                let name = path.strip_prefix(below.as_bytes()).context(UNKNOWN)?;
                if !name.starts_with(b".") {
                    if listed.len() == most {
                        bail!("it has more than {most} files");
                    }
                    listed.push((about.to_str_lossy().into_owned(), BString::from(name)));
                }
                Ok(())
            },
        )?;
        for (about, name) in listed {
            let words: Vec<&str> = about.split_whitespace().collect();
            let [mode, "blob", id, size] = words[..] else {
                bail!("{} in it is no regular file", clean(&name));
            };
            let is_small = size.parse().is_ok_and(|it: u64| it <= bound);
            if !matches!(mode, "100644" | "100755") || !is_small {
                bail!("{} in it is no regular file, or larger than {bound} bytes", clean(&name));
            }
            let bytes = self.objects()?.read(id)?;
            let bytes = bytes.context("an object of it is not in this clone: fetch it first")?;
            take(name.as_bstr(), &bytes)?;
        }
        Ok(())
    }

    /// The directory that git runs hooks from, and whether it is this repository's own rather than one that others share.
    pub fn hooks(&self) -> Result<(PathBuf, bool)> {
        let git = self.git()?;
        let hooks = git.path(["rev-parse", "--git-path", "hooks"])?;
        let own = [Some(self.gix.common_dir()), Some(self.directory()), self.top()];
        // Of one that is not there yet, the part that is decides.
        let there = hooks.ancestors().find(|above| above.exists()).unwrap_or(&hooks);
        let is_own = own.into_iter().flatten().any(|own| is_below(there, own));
        Ok((hooks, is_own))
    }

    /// The git program, run where it finds this repository: a relative `GIT_DIR` starts where this program runs.
    pub(crate) fn git(&self) -> Result<Git> {
        Git::at(self.place())
    }

    /// Where git finds this repository.
    pub(super) fn place(&self) -> &Path {
        let is_named = ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"]
            .iter()
            .any(|name| std::env::var_os(name).is_some());
        if is_named { &self.here } else { self.top().unwrap_or(self.directory()) }
    }

    /// The way up from where git is run to the top of the work tree: for paths that git takes as relative to there.
    pub(super) fn up(&self) -> String {
        match self.top() {
            Some(top) if self.place() != top => "../".repeat(self.below.find_iter(b"/").count()),
            _ => String::new(),
        }
    }

    pub(crate) fn objects(&self) -> Result<Rc<Objects>> {
        if let Some(objects) = self.objects.get() {
            return Ok(Rc::clone(objects));
        }
        let objects = Rc::new(Objects::of(&self.gix, &self.other_stores())?);
        Ok(Rc::clone(self.objects.get_or_init(|| objects)))
    }

    /// The object directories that the environment names. Like git, one that is not there is left out: what it lacks is said.
    fn other_stores(&self) -> Vec<PathBuf> {
        let own = std::env::var_os("GIT_OBJECT_DIRECTORY").map(PathBuf::from);
        let alternates = std::env::var_os("GIT_ALTERNATE_OBJECT_DIRECTORIES").unwrap_or_default();
        own.into_iter()
            .chain(std::env::split_paths(&alternates))
            .filter(|path| !path.as_os_str().is_empty())
            .map(|path| self.named(&path))
            .filter(|path| path.is_dir())
            .collect()
    }

    /// A path that the environment names: git goes to the top of the work tree before it reads one, unless it runs outside of that.
    fn named(&self, path: &Path) -> PathBuf {
        match self.top() {
            Some(top) if is_below(&self.here, top) => top.join(path),
            _ => self.here.join(path),
        }
    }

    /// The tree of HEAD; none before the first commit of a branch.
    pub(super) fn head_tree(&self) -> Result<Option<ObjectId>> {
        let Some(id) = self.head().context("cannot read HEAD")? else { return Ok(None) };
        let read = || match self.objects()?.find(&id)? {
            Some((Kind::Commit, bytes)) => {
                CommitRefIter::from_bytes(&bytes, id.kind()).tree_id().map_err(explain)
            }
            Some((kind, _)) => bail!("{id} is a {kind}"),
            None => bail!("{id} is not in this clone: fetch it first"),
        };
        read().map(Some).context("cannot read the commit that HEAD names")
    }

    /// The commit of HEAD; none before the first one of a branch.
    fn head(&self) -> Result<Option<ObjectId>> {
        let config = self.gix.config_snapshot();
        // What gix answers of HEAD in a reftable repository is wrong, so git is asked.
        let format = config.string("extensions.refStorage");
        let is_reftable = format.is_some_and(|format| format.as_bstr() != "files");
        // HEAD is in no namespace, which is where gix looks for it.
        if is_reftable || std::env::var_os("GIT_NAMESPACE").is_some() {
            let id = self.git()?.id("HEAD")?;
            let id = id.map(|id| ObjectId::from_hex(id.as_bytes())).transpose();
            return id.map_err(|error| anyhow!("{error}"));
        }
        let head = self.gix.head().map_err(explain)?;
        match head.id() {
            Some(id) => Ok(Some(id.detach())),
            None if head.is_unborn() => Ok(None),
            // A branch that stands for another one.
            None => Ok(Some(self.gix.head_id().map_err(explain)?.detach())),
        }
    }

    /// Its index; empty where there is none yet.
    pub(super) fn index(&self) -> Result<gix::index::File> {
        let options = gix::index::decode::Options { thread_limit: Some(1), ..Default::default() };
        let path = self.index_path();
        // Like git, which does not compute the checksum over the whole index when it reads one.
        gix::index::File::at_or_default(&path, self.gix.object_hash(), true, options)
            .map_err(explain)
            .with_context(|| format!("cannot read the index {}", path.display()))
    }

    fn index_path(&self) -> PathBuf {
        match std::env::var_os("GIT_INDEX_FILE").filter(|file| !file.is_empty()) {
            Some(file) => self.named(Path::new(&file)),
            None => self.gix.index_path(),
        }
    }

    /// What is under way as its index is about to be committed.
    pub(super) fn pending(&self, head: Option<&ObjectId>) -> Pending {
        // `git merge` names the merged heads to its hook in the environment, before it writes MERGE_HEAD.
        let merging = || {
            std::env::vars_os().any(|(name, _)| name.as_encoded_bytes().starts_with(b"GITHEAD_"))
        };
        let directory = self.directory();
        if directory.join("rebase-apply/applying").exists() {
            Pending::Patch
        } else if directory.join("MERGE_HEAD").exists() || merging() {
            Pending::Merge
        } else if head.is_none() {
            Pending::First
        } else {
            Pending::Commit
        }
    }

    /// Fails where there is no work tree, with what to do instead.
    pub(super) fn needs_index(&self) -> Result<()> {
        let instead =
            "it has no index and nothing staged; look at a revision instead: dataward scan REV";
        self.work_tree(instead).map(drop)
    }
}

/// Whether something in this directory or above it looks like a repository: told apart from one that cannot be opened.
fn has_repository(directory: &Path) -> bool {
    let bare = |above: &Path| above.join("HEAD").is_file() && above.join("objects").is_dir();
    directory.ancestors().any(|above| above.join(".git").symlink_metadata().is_ok() || bare(above))
}

/// The whole chain of an error of gix in one line.
fn explain(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("{}", error.to_string().lines().map(str::trim).collect::<Vec<_>>().join(": "))
}

/// Whether the work tree is the directory that a program runs in: so git takes it where `GIT_DIR` alone is set, as it does
/// itself for hooks, and the configuration names none.
fn starts_where_it_runs(repository: &gix::Repository) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some();
    let config = repository.config_snapshot();
    is_set("GIT_DIR")
        && !is_set("GIT_WORK_TREE")
        && !is_set("GIT_IMPLICIT_WORK_TREE")
        && repository.git_dir() == repository.common_dir()
        && config.string("core.worktree").is_none()
        && config.boolean("core.bare") != Some(true)
}

fn is_below(path: &Path, top: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole(path).starts_with(whole(top))
}

fn below_top(repository: &gix::Repository, directory: &Path) -> BString {
    let below = || {
        let top = repository.workdir()?.canonicalize().ok()?;
        let here = directory.canonicalize().ok()?;
        Some(here.strip_prefix(top).ok()?.to_owned())
    };
    match below() {
        Some(below) if !below.as_os_str().is_empty() => {
            let mut prefix = slashed(&below);
            prefix.push(b'/');
            prefix
        }
        _ => BString::default(),
    }
}

/// A path with `/` between its parts, as git writes it.
pub(crate) fn slashed(path: &Path) -> BString {
    let bytes = <[u8]>::from_path(path).map(BString::from);
    let bytes = bytes.unwrap_or_else(|| path.to_string_lossy().into_owned().into());
    if cfg!(windows) { bytes.replace(b"\\", b"/").into() } else { bytes }
}

/// A path of this system.
pub(super) fn native(path: &BStr) -> PathBuf {
    path.to_path().map(Path::to_owned).unwrap_or_else(|_| path.to_path_lossy().into_owned())
}
