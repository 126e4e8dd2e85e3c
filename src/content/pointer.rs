//! Files that stand for content kept elsewhere (Git LFS, git-annex) or in another form (git-crypt): what is in git is not what
//! is on disk.

use bstr::ByteSlice;

/// What keeps the content that a file stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Git LFS.
    Lfs,
    /// git-annex.
    Annex,
    /// git-crypt: the blob is the content, encrypted.
    GitCrypt,
}

impl Holder {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Holder::Lfs => "Git LFS",
            Holder::Annex => "git-annex",
            Holder::GitCrypt => "git-crypt",
        }
    }
}

/// A file that stands for content kept elsewhere, or in another form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    /// What keeps it.
    pub holder: Holder,
    /// The id of the content: the SHA-256 of an object of Git LFS, in lower-case hex.
    pub id: Option<String>,
    /// Bytes of the content, where the pointer says so.
    pub size: Option<u64>,
}

/// Bytes that a pointer has at most. The specification of Git LFS says under 1024; git-annex reads 32 KiB of an unlocked file, of
/// which only the first line is its.
const LONGEST: usize = 1024;

/// How an encrypted blob of git-crypt begins (its `commands.cpp`, and file(1)).
const GIT_CRYPT: &[u8] = b"\0GITCRYPT\0";

/// The pointer that these bytes are.
pub(crate) fn find(bytes: &[u8]) -> Option<Pointer> {
    if bytes.starts_with(GIT_CRYPT) {
        return Some(Pointer { holder: Holder::GitCrypt, id: None, size: None });
    }
    if bytes.len() > LONGEST {
        return None;
    }
    lfs(bytes).or_else(|| annex(bytes))
}

/// <https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>: lines of a key, a blank and a value; `version` comes first. The
/// older address is that of its first releases.
fn lfs(bytes: &[u8]) -> Option<Pointer> {
    let version = ["https://git-lfs.github.com/spec/", "https://hawser.github.com/spec/"];
    let mut lines = bytes.lines();
    let first = lines.next()?.strip_prefix(b"version ")?;
    if !version.iter().any(|it| first.starts_with(it.as_bytes())) {
        return None;
    }
    let mut pointer = Pointer { holder: Holder::Lfs, id: None, size: None };
    for line in lines {
        if let Some(id) = line.strip_prefix(b"oid sha256:") {
            let is_id = id.len() == 64 && id.iter().all(u8::is_ascii_hexdigit);
            pointer.id = is_id.then(|| id.to_str_lossy().to_ascii_lowercase());
        } else if let Some(size) = line.strip_prefix(b"size ") {
            pointer.size = size.to_str().ok()?.parse().ok();
        }
    }
    Some(pointer)
}

/// <https://git-annex.branchable.com/internals/pointer_file/>: `/annex/objects/KEY`; and the target of a symbolic link into
/// `.git/annex/objects/`. A key is `BACKEND-sSIZE--HASH` (internals/key_format).
fn annex(bytes: &[u8]) -> Option<Pointer> {
    let line = bytes.lines().next()?;
    let is_unlocked = line.starts_with(b"/annex/objects/");
    if !is_unlocked && !line.contains_str(".git/annex/objects/") {
        return None;
    }
    let key = line.rsplit_str("/").next()?.to_str().ok()?;
    let (fields, _) = key.split_once("--")?;
    let size = fields.split('-').skip(1).find_map(|it| it.strip_prefix('s')?.parse().ok());
    Some(Pointer { holder: Holder::Annex, id: None, size })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393";

    #[test]
    fn finds() {
        let lfs = |text: &str| find(text.as_bytes()).map(|it| (it.holder, it.id, it.size));
        let id = Some(ID.to_owned());
        for address in ["git-lfs", "hawser"] {
            let text = format!(
                "version https://{address}.github.com/spec/v1\noid sha256:{ID}\nsize 12345\n"
            );
            assert_eq!(lfs(&text), Some((Holder::Lfs, id.clone(), Some(12_345))));
            let text = text.replace('\n', "\r\n");
            assert_eq!(lfs(&text), Some((Holder::Lfs, id.clone(), Some(12_345))));
        }
        let broken = "version https://git-lfs.github.com/spec/v1\noid sha256:../../x\nsize -1\n";
        assert_eq!(lfs(broken), Some((Holder::Lfs, None, None)));
        for (text, size) in [
            ("/annex/objects/SHA256E-s31390--f50d7ac4.db\n", Some(31_390)),
            (
                "../.git/annex/objects/2M/Xq/WORM-s3-m1289672605--app.db/WORM-s3-m1289672605--app.db",
                Some(3),
            ),
            (".git/annex/objects/ab/cd/URL--http&c%%x/URL--http&c%%x", None),
        ] {
            assert_eq!(lfs(text), Some((Holder::Annex, None, size)), "{text}");
        }
        assert_eq!(lfs("\0GITCRYPT\0rest"), Some((Holder::GitCrypt, None, None)));
    }

    #[test]
    fn lets_through() {
        let long = format!("version https://git-lfs.github.com/spec/v1\n{}", " ".repeat(2000));
        for text in [
            "",
            "version 1\n",
            "see https://git-lfs.github.com/spec/v1",
            "annex/objects/x",
            "/annex/objects/README",
            "GITCRYPT",
            &long,
        ] {
            assert_eq!(find(text.as_bytes()), None, "{text}");
        }
    }
}
