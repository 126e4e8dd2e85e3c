//! Writes what fuzzing starts from: `make-seeds DIRECTORY` makes `DIRECTORY/database/000` and so on.

use std::path::Path;
use std::{env, fs, io};

#[path = "../tests/support/seeds.rs"]
mod seeds;

fn main() -> io::Result<()> {
    let Some(place) = env::args_os().nth(1) else {
        return Err(io::Error::other("which directory?"));
    };
    for (target, seeds) in seeds::all() {
        let place = Path::new(&place).join(target);
        fs::create_dir_all(&place)?;
        for (n, seed) in seeds.iter().enumerate() {
            fs::write(place.join(format!("{n:03}")), seed)?;
        }
    }
    Ok(())
}
