//! What a script does to data, told from its text. The only part that names a grammar.

mod language;
mod model;

use std::rc::Rc;

use bstr::BStr;

pub use language::Language;
pub use model::{
    Defect, Guard, GuardKind, Kind, Operation, Reach, ReadScript, Scope, Script, Strength, Taken,
    Target, Weight,
};

use super::Answer;

/// Bytes of the largest file that is read as a script.
pub const MAX_SIZE: u64 = 4 << 20;

/// What the file at this path does, were it run; no where it is no script, or none that can destroy anything.
pub fn read(path: &BStr, bytes: &[u8]) -> Answer<Rc<Script>> {
    let Some(language) = Language::of(path, bytes) else { return Answer::No };
    let _ = language;
    Answer::No
}

/// The table of operations, as documents list it.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    [].into_iter()
}
