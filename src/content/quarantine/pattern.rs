//! Patterns of names, and which scripts that were put away have a name that one takes.

use bstr::{BStr, ByteSlice};

use super::{END, Mention, START, parts};

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// This byte.
    Byte(u8),
    /// Any byte.
    One,
    /// Any bytes.
    Many,
    /// What is put in while it runs.
    Given,
}

impl Piece {
    fn is_long(&self) -> bool {
        matches!(self, Piece::Many | Piece::Given)
    }

    fn takes(self, byte: u8) -> bool {
        match self {
            Piece::Byte(own) => own == byte,
            Piece::One | Piece::Many | Piece::Given => true,
        }
    }
}

/// How long a group is that a text begins with.
pub(super) fn closed(text: &[u8], open: u8, close: u8) -> Option<usize> {
    (text.first() == Some(&open)).then(|| text.find_byte(close).map(|at| at + 1))?
}

/// What a pattern is made of, as shells, templates and formats write it.
pub(super) fn pieces(word: &[u8]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while let Some((first, after)) = rest.split_first() {
        let named =
            || after.iter().take_while(|it| it.is_ascii_alphanumeric() || **it == b'_').count();
        let (piece, length) = match first {
            b'*' => (Piece::Many, 1),
            b'?' => (Piece::One, 1),
            b'[' => closed(rest, b'[', b']').map_or((Piece::Byte(b'['), 1), |it| (Piece::One, it)),
            b'{' => {
                closed(rest, b'{', b'}').map_or((Piece::Byte(b'{'), 1), |it| (Piece::Given, it))
            }
            b'$' => (Piece::Given, 1 + closed(after, b'{', b'}').unwrap_or_else(named)),
            b'%' => (Piece::Given, 1 + named()),
            other => (Piece::Byte(*other), 1),
        };
        pieces.push(piece);
        rest = &rest[length..];
    }
    pieces
}

/// Whether a pattern may take a name that begins as those of scripts that were put away.
pub(super) fn may_begin(pieces: &[Piece]) -> bool {
    let before = pieces.iter().take_while(|it| !it.is_long());
    before.zip(START).all(|(piece, byte)| piece.takes(*byte))
}

/// Whether a pattern may take a name that ends as those of scripts that were put away.
pub(super) fn may_end(pieces: &[Piece]) -> bool {
    let is_pattern = pieces.iter().any(|it| !matches!(it, Piece::Byte(_)));
    let behind = pieces.iter().rev().take_while(|it| !it.is_long());
    is_pattern && behind.zip(END.iter().rev()).all(|(piece, byte)| piece.takes(*byte))
}

/// Whether a pattern takes this name, by what stands before its first hole of any length, and behind its last one.
fn takes(pieces: &[Piece], name: &[u8]) -> bool {
    let first = pieces.iter().position(Piece::is_long);
    let last = pieces.iter().rposition(Piece::is_long);
    let (start, end) = match (first, last) {
        (Some(first), Some(last)) => (&pieces[..first], &pieces[last + 1..]),
        _ if pieces.len() == name.len() => (pieces, &[][..]),
        _ => return false,
    };
    let same = |(piece, byte): (&Piece, &u8)| piece.takes(*byte);
    name.len() >= start.len() + end.len()
        && start.iter().zip(name).all(same)
        && end.iter().rev().zip(name.iter().rev()).all(same)
}

/// The names of scripts that were put away, so sorted that few of them need be held against a pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    forwards: Vec<Vec<u8>>,
    /// The same, from their last byte to their first.
    backwards: Vec<Vec<u8>>,
}

impl Names {
    /// The names in these paths.
    pub fn of<'a>(paths: impl Iterator<Item = &'a BStr>) -> Names {
        let mut forwards: Vec<Vec<u8>> = paths.map(|it| parts(it).1.to_vec()).collect();
        forwards.sort_unstable();
        forwards.dedup();
        let mut backwards: Vec<Vec<u8>> =
            forwards.iter().map(|it| it.iter().rev().copied().collect()).collect();
        backwards.sort_unstable();
        Names { forwards, backwards }
    }

    /// Whether a pattern takes one of them.
    pub fn has_one_of(&self, mention: &Mention) -> bool {
        let mut pieces = pieces(&mention.name);
        let starts = begun(&self.forwards, &pieces);
        let from_its_end: Vec<Piece> = pieces.iter().rev().copied().collect();
        let ends = begun(&self.backwards, &from_its_end);
        let fewer = if starts.len() <= ends.len() {
            starts
        } else {
            pieces = from_its_end;
            ends
        };
        fewer.iter().any(|it| takes(&pieces, it))
    }
}

/// Those of sorted names that begin as a pattern does, up to its first hole.
fn begun<'a>(names: &'a [Vec<u8>], pieces: &[Piece]) -> &'a [Vec<u8>] {
    let start: Vec<u8> = pieces
        .iter()
        .map_while(|it| if let Piece::Byte(it) = it { Some(*it) } else { None })
        .collect();
    let from = names.partition_point(|it| **it < *start);
    let rest = &names[from..];
    &rest[..rest.partition_point(|it| it.starts_with(&start))]
}

#[cfg(test)]
mod tests {
    use bstr::BString;

    use super::*;

    #[test]
    fn a_pattern_takes_names_by_its_start_and_its_end() {
        let names = |paths: &[&str]| Names::of(paths.iter().map(|it| BStr::new(*it)));
        let one = names(&["a/.DANGEROUS_b.sh.disabled", "c/.DANGEROUS_d.rb.disabled"]);
        let takes = |name: &str| one.has_one_of(&Mention { line: 1, name: name.into() });
        for pattern in [
            "*.disabled",
            "*.sh.disabled",
            ".D*.disabled",
            ".*b*.disabled",
            ".?ANGEROUS_b.sh.disabled",
            ".[D]*.disabled",
            "?DANGEROUS_*b.disabled",
            "$all*.disabled",
        ] {
            assert!(takes(pattern), "{pattern}");
        }
        for pattern in [
            "*.py.disabled",
            "a*.disabled",
            "this*.disabled",
            ".DANGEROUS_b*.rb.disabled",
            "[0].disabled",
            "?.disabled",
            ".DANGEROUS_b.sh.disabled*.disabled",
        ] {
            assert!(!takes(pattern), "{pattern}");
        }
        assert!(!Names::default().has_one_of(&Mention { line: 1, name: "*.disabled".into() }));
    }

    #[test]
    fn few_names_are_held_against_a_pattern() {
        let paths: Vec<BString> =
            (0..8000).map(|n| format!("{n}/.DANGEROUS_{n}.sh.disabled").into()).collect();
        let names = Names::of(paths.iter().map(|it| it.as_bstr()));
        let from_its_end =
            |word: &str| pieces(word.as_bytes()).into_iter().rev().collect::<Vec<_>>();
        assert_eq!(begun(&names.backwards, &from_its_end("*.x7.disabled")).len(), 0);
        assert_eq!(begun(&names.backwards, &from_its_end("*_777.sh.disabled")).len(), 1);
        assert_eq!(begun(&names.forwards, &pieces(b".DANGEROUS_77*.disabled")).len(), 111);
        assert_eq!(begun(&names.forwards, &pieces(b"*.disabled")).len(), 8000);
    }
}
