#!/usr/bin/env python3
"""MB/s of CPU time at which files are recognised and read in full, against `cat`, `file` and `sqlite3 .dump`.

Run after `cargo build --release --examples --bins`: python3 benches/throughput.py
Needs `file` and `sqlite3`; a kind of file is left out, with a line that says so, where a tool for it is missing.
"""

import gzip
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

from measure import clean_environment, in_turn

TOP = pathlib.Path(__file__).resolve().parent.parent
RELEASE = TOP / "target/release"
RUNS = 5
PEOPLE = 60_000


def texts(top):
    """64 MB of this project's own text, in files of the size that source files have."""
    text = b"".join(path.read_bytes() for path in sorted(TOP.glob("src/**/*.rs")))
    for n in range(64_000_000 // 32_000):
        at = n * 7919 % max(1, len(text) - 32_000)
        (top / f"{n}.rs").write_bytes(b"// %d\n" % n + text[at : at + 32_000])


def randoms(top):
    noise = random.Random(1)
    for n in range(32):
        (top / f"{n}.bin").write_bytes(noise.randbytes(2_000_000))


def database(top):
    sql = subprocess.run((RELEASE / "examples/make-people", str(PEOPLE)), check=True, capture_output=True).stdout
    subprocess.run(("sqlite3", top / "app.db"), input=sql, check=True, capture_output=True)


def dump(top):
    database(top)
    with open(top / "app.sql", "wb") as text:
        subprocess.run(("sqlite3", top / "app.db", ".dump"), stdout=text, check=True)
    (top / "app.db").unlink()


def packed(top):
    dump(top)
    (top / "app.sql.gz").write_bytes(gzip.compress((top / "app.sql").read_bytes()))
    (top / "app.sql").unlink()


KINDS = {
    "source text": (texts, "cat {}", "file {}"),
    "random bytes": (randoms, "cat {}", "file {}"),
    "SQLite database": (database, "cat {}", "file {}", "sqlite3 {} .dump"),
    "dump as text": (dump, "cat {}", "file {}"),
    "dump in gzip": (packed, "cat {}", "gzip -dc {}"),
}


def main():
    if not (RELEASE / "examples/make-people").exists():
        sys.exit("there are no release programs: cargo build --release --examples --bins")
    print(f"{'':>16} {'MB':>6}   MB/s of CPU, median of {RUNS}; dataward quick, dataward deep, then the others")
    environment = clean_environment()
    for kind, (make, *others) in KINDS.items():
        missing = [it for it in (*others, "sqlite3 ") if not shutil.which(it.split()[0])]
        if missing:
            print(f"{kind:>16} left out: {missing[0].split()[0]} is not installed")
            continue
        with tempfile.TemporaryDirectory() as directory:
            top = pathlib.Path(directory)
            make(top)
            files = sorted(str(path) for path in top.iterdir())
            size = sum(pathlib.Path(path).stat().st_size for path in files) / 1e6
            subprocess.run(("git", "init", "--quiet"), cwd=top, env=environment, check=True)
            scan = (str(RELEASE / "dataward"), "scan", "--worktree")
            commands = {"quick": (*scan, "--quick"), "deep": scan}
            for other in others:
                words = [[word] if word != "{}" else files for word in other.split()]
                commands[other.replace(" {}", "")] = tuple(word for part in words for word in part)
            seconds = in_turn(commands, top, RUNS, environment)
            shown = ", ".join(f"{name} {size / max(taken, 1e-4):.0f}" for name, taken in seconds.items())
            print(f"{kind:>16} {size:>6.0f}   {shown}")


main()
