//! How an operation is worded, as a hash: another one stands there where that changes, even if it is called the same.

use sha2::{Digest, Sha256};

use super::model::Operation;
use crate::text::hex;

/// Lines that belong to one statement, at most.
const LINES: usize = 20;

/// Says of each operation how it is worded: the line that it stands on and those it goes on over, without blanks.
pub(super) fn tell(text: &str, met: &mut [Operation]) {
    let lines: Vec<&str> = text.lines().collect();
    let mut told: Option<(u32, String)> = None;
    for it in met {
        if let Some((_, wording)) = told.as_ref().filter(|(line, _)| *line == it.line) {
            it.wording.clone_from(wording);
            continue;
        }
        let first = (it.line as usize).saturating_sub(1);
        let mut hash = Sha256::new();
        for line in lines.iter().skip(first).take(LINES) {
            let line = line.trim_end();
            line.split_whitespace().for_each(|word| hash.update(word));
            if !goes_on(line) {
                break;
            }
        }
        it.wording = hex(&hash.finalize()[..8]);
        told = Some((it.line, it.wording.clone()));
    }
}

/// Whether a statement does not end with this line.
fn goes_on(line: &str) -> bool {
    line.ends_with(['\\', '`', '(', '[', '{', ',', '|'])
}
