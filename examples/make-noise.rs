//! Writes N bytes that look random, the same ones each time: what an encrypted page looks like. `make-noise 4096 > FILE`.

use std::io::Write;

fn main() -> anyhow::Result<()> {
    let number: usize = std::env::args()
        .nth(1)
        .unwrap_or_default()
        .parse()
        .map_err(|_| anyhow::anyhow!("usage: make-noise NUMBER"))?;
    // SplitMix64: small, and the same on every machine.
    let mut state = 1_u64;
    let mut bytes = Vec::new();
    while bytes.len() < number {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bytes.extend((z ^ (z >> 31)).to_le_bytes());
    }
    bytes.truncate(number);
    std::io::stdout().write_all(&bytes)?;
    Ok(())
}
