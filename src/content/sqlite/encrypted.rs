//! Whether a file without a mark of its own can be an encrypted SQLite database, as SQLCipher and SEE write them: nothing in it but bytes
//! that look random, in whole pages.

/// Bytes of the smallest page.
const PAGE: usize = 512;

/// Bytes looked at in one place.
const SAMPLE: usize = 4096;

/// Places looked at, spread over the file.
const PLACES: usize = 8;

/// Whether the bytes are in whole pages and random throughout. That is true of any encrypted or well compressed file as well, so it
/// says something only of one that has no known format and is named as a database.
pub(in crate::content) fn looks_encrypted(bytes: &[u8]) -> bool {
    if bytes.len() < 2 * PAGE || !bytes.len().is_multiple_of(PAGE) {
        return false;
    }
    let last = bytes.len().saturating_sub(SAMPLE);
    (0..PLACES)
        .filter_map(|n| bytes.get(last * n / (PLACES - 1)..)?.get(..SAMPLE.min(bytes.len())))
        .all(is_random)
}

/// Whether the 256 values of a byte are spread as by chance.
///
/// Entropy: of n random bytes it falls short of 8 bits by 255 / (2 n ln 2) bits on average (Miller 1955), which is 0.045 at 4 KiB and 0.18 at
/// 1 KiB; four times that is out of reach of chance. Chi-square with 255 degrees of freedom has a mean of 255 and a standard deviation of
/// 22.6: 150 to 420 is what chance yields but for less than once in a million, while text is in the tens of thousands and counters are
/// near 0.
fn is_random(bytes: &[u8]) -> bool {
    let (counts, total) = (counts(bytes), bytes.len() as f64);
    let expected = total / 256.0;
    let chi_square: f64 =
        counts.iter().map(|it| (f64::from(*it) - expected).powi(2) / expected).sum();
    let short = 255.0 / (2.0 * total * std::f64::consts::LN_2);
    entropy(&counts) > 8.0 - 4.0 * short && (150.0..420.0).contains(&chi_square)
}

/// How often each byte occurs.
pub(super) fn counts(bytes: &[u8]) -> [u32; 256] {
    let mut counts = [0; 256];
    for byte in bytes {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    counts
}

/// Bits of entropy a byte, 0.0 to 8.0 (Shannon 1948).
pub(super) fn entropy(counts: &[u32; 256]) -> f64 {
    let total: f64 = counts.iter().map(|it| f64::from(*it)).sum();
    let shares = counts.iter().filter(|it| **it > 0).map(|it| f64::from(*it) / total);
    shares.map(|share| -share * share.log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random bytes, the same ones every time (splitmix64).
    fn random(length: usize, seed: u64) -> Vec<u8> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let one = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let two = (one ^ one >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            (two ^ two >> 31) as u8
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn finds_random_pages() {
        for length in [1024, 1536, 4096, 8192, 1 << 20] {
            for seed in 0..100 {
                assert!(looks_encrypted(&random(length, seed)), "{length} {seed}");
            }
        }
    }

    #[test]
    fn lets_through_other_bytes() {
        let text = "The quick brown fox jumps over the lazy dog. ".repeat(400);
        let counter: Vec<u8> = (0..16_384_u32).map(|it| it as u8).collect();
        let base64: Vec<u8> = random(16_384, 1).iter().map(|it| it % 64 + 48).collect();
        let mut half = random(16_384, 1);
        half[8192..].fill(0);
        for bytes in [
            &random(512, 1)[..],
            &random(1025, 1),
            &text.as_bytes()[..16_384],
            &counter,
            &base64,
            &half,
            &[],
            &[0; 4096],
        ] {
            assert!(!looks_encrypted(bytes), "{}", bytes.len());
        }
    }
}
