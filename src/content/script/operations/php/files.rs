//! Which calls in PHP take away all files of a directory or disk that holds data.

use super::super::Hit;
use super::super::chain::{Chain, name_of};
use super::super::files::{is_data, names_database};
use super::hit;
use crate::content::script::syntax::{Expression, Form, Shared, is_each};
use crate::content::script::words::{is_for_a_while, is_for_show, is_of_tests, parts};

/// Words of directories of a disk whose files are made anew from something else.
const MADE: &[&str] = &[
    "cache",
    "caches",
    "cached",
    "tmp",
    "temp",
    "temporary",
    "livewire",
    "log",
    "logs",
    "framework",
    "thumbs",
    "thumbnails",
    "thumbnail",
    "export",
    "exports",
    "sitemap",
    "sitemaps",
    "preview",
    "previews",
    "chunk",
    "chunks",
    "feed",
    "feeds",
    "build",
    "dist",
    "docs",
    "openapi",
    "generated",
    "compiled",
    "static",
    "conversions",
    "responsive",
    "debugbar",
    "debug",
    "zip",
    "zips",
    "processed",
    "import",
    "imports",
    "pending",
    "trash",
];

/// A directory of data; on a disk of Laravel `public` holds what people upload, and so does whatever else lies there.
pub(super) fn is_tree(chain: &Chain, path: &Shared) -> bool {
    let whole = path.literal().unwrap_or_else(|| "?".to_owned());
    let is_root = matches!(whole.trim_matches('/'), "" | "public");
    let is_below = chain.name() != "remove" && holds_files(&whole) && !is_of_passing_disk(chain);
    let inner = match &path.form {
        Form::Call(call) if name_of(&call.callee).ends_with("_path") => call.arguments.first(),
        _ => None,
    };
    // `storage_path('app/public/photos')`.
    let is_of_app = inner.and_then(|it| it.value.literal()).is_some_and(|it| {
        let below = it.trim_matches('/');
        let below = below.strip_prefix("app/public/").or(below.strip_prefix("app/private/"));
        below.is_some_and(holds_files)
    });
    chain.has(&["Storage"]) && (is_root || is_below)
        || is_of_app
        || is_data(inner.map_or(path, |it| &it.value))
}

/// Whether a directory of a disk holds what is made nowhere else, by its name.
fn holds_files(path: &str) -> bool {
    let path = path.trim_matches(['/', '*']);
    let is_plain = !path.is_empty() && !path.contains(['?', '$', '{', '\u{1}', '.']);
    let passes = |it: &String| MADE.contains(&it.as_str());
    is_plain
        && !is_for_a_while(path)
        && !is_for_show(path)
        && !is_of_tests(path)
        && !path.split('/').flat_map(parts).any(|it| passes(&it))
}

/// `Storage::disk('temp')`.
fn is_of_passing_disk(chain: &Chain) -> bool {
    let disk = chain.links.iter().find(|it| it.name == "disk").and_then(|it| it.call);
    let name = disk.and_then(|it| it.arguments.first()).map(|it| it.value.literal());
    name.is_some_and(|it| it.is_none_or(|it| !holds_files(&it)))
}

/// All files or directories of a disk, or of a directory of it.
pub(super) fn lists_disk(of: &Shared) -> bool {
    match &of.form {
        Form::Index(on, _) if is_each(of) => lists_disk(on),
        Form::Call(call) => {
            let name = name_of(&call.callee);
            let lists =
                matches!(name.as_str(), "allFiles" | "files" | "directories" | "allDirectories");
            let first = call.arguments.first().map(|it| it.value.literal().unwrap_or_default());
            let is_whole = first.is_none_or(|it| it == "/" || it == "public" || holds_files(&it));
            lists && is_whole && !is_of_passing_disk(&Chain::of(call))
        }
        _ => false,
    }
}

/// Every file of a directory that holds data, or a database.
pub(super) fn files(chain: &Chain) -> Hit {
    if !chain.on().is_empty() {
        return Hit::Miss;
    }
    let path = match chain.name() {
        "array_map" => {
            let does = chain.argument(0).and_then(|it| it.literal());
            chain.argument(1).filter(|_| does.as_deref() == Some("unlink"))
        }
        _ => chain.argument(0),
    };
    hit(path.is_some_and(|it| names_database(it) || lists_data(it, 0)))
}

/// Calls that list what is in a directory.
const LISTS: &[&str] =
    &["glob", "scandir", "opendir", "RecursiveDirectoryIterator", "DirectoryIterator"];

/// Whether it is one of the files, or all, that a directory of data holds.
fn lists_data(of: &Expression, depth: usize) -> bool {
    if depth > 8 {
        return false;
    }
    if let Form::Call(call) = &of.form
        && let Form::Name(name) = &call.callee.form
        && LISTS.contains(&name.as_str())
    {
        let path = call.arguments.first().map(|it| &it.value);
        return path.is_some_and(|it| {
            let all = it.literal().map(|it| it.trim_end_matches(".*").to_owned());
            match all {
                Some(path) => {
                    is_data(&Expression::text(of.line, path.clone())) || is_of_uploads(&path)
                }
                None => is_data(it) || is_folder_of_uploads(it),
            }
        });
    }
    of.children().into_iter().any(|it| lists_data(it, depth + 1))
}

/// `images_upload/*`: a directory of what people upload, by its last word.
fn is_of_uploads(path: &str) -> bool {
    let last = path.trim_end_matches(['*', '/']).rsplit('/').next().unwrap_or_default();
    let words = parts(last);
    let of = ["image", "images", "img", "photo", "photos", "video", "videos", "file", "files"];
    matches!(words.as_slice(), [first, last] if last == "upload" && of.contains(&first.as_str()))
}

/// `wp_upload_dir()['basedir']`, and what is said behind it of all that it holds.
fn is_folder_of_uploads(path: &Shared) -> bool {
    let folder = match &path.form {
        Form::Join(parts) => match parts.as_slice() {
            [first, rest]
                if rest.literal().is_some_and(|it| it.trim_matches(['/', '*']).is_empty()) =>
            {
                first
            }
            _ => path,
        },
        _ => path,
    };
    let Form::Member(on, name) = &folder.form else { return false };
    let is_known = match &on.form {
        Form::Call(call) => {
            matches!(name_of(&call.callee).as_str(), "wp_upload_dir" | "wp_get_upload_dir")
        }
        Form::Name(name) => name.contains("upload"),
        _ => false,
    };
    name == "basedir" && is_known
}
