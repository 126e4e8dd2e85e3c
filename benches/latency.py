#!/usr/bin/env python3
"""CPU time of `check-database-files` on ten staged files of 27 KB, against the floor: `git diff --cached --raw`.

Run after `cargo build --release`: python3 benches/latency.py
"""

import pathlib
import random
import subprocess
import sys
import tempfile

from measure import clean_environment, in_turn

ENTRIES = (2_000, 10_000, 100_000)
RUNS = 41
PROGRAM = pathlib.Path(__file__).resolve().parent.parent / "target/release/check-database-files"


def repository(top, entries, environment):
    """A repository of this many tracked files, a hundred to a directory, with ten files of 27 KB staged."""

    def git(*arguments, stdin=None):
        return subprocess.run(
            ("git", *arguments), cwd=top, env=environment, input=stdin, check=True, capture_output=True
        ).stdout

    git("init", "--quiet")
    blob = git("hash-object", "-w", "--stdin", stdin=b"tracked\n").decode().strip()
    lines = (f"100644 {blob}\tsrc/d{n // 10_000:03}/e{n // 100:05}/file{n:06}.txt\n" for n in range(entries))
    git("update-index", "--index-info", stdin="".join(lines).encode())
    git("commit", "--quiet", "--message", "Start")
    letters = random.Random(1)
    for n in range(10):
        path = top / f"src/d000/e{n:05}/staged{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(letters.choices("abcdefghij \n", k=27 * 1024)))
        git("add", "--", str(path))


def main():
    if not PROGRAM.exists():
        sys.exit(f"there is no {PROGRAM}: cargo build --release")
    environment = clean_environment()
    print(f"{'index entries':>14} {'git diff ms':>12} {'dataward ms':>12} {'ratio':>6}   (CPU, median of {RUNS})")
    for entries in ENTRIES:
        with tempfile.TemporaryDirectory() as directory:
            top = pathlib.Path(directory)
            repository(top, entries, environment)
            commands = {
                "git": ("git", "diff", "--cached", "--raw"),
                "dataward": (str(PROGRAM), "--staged"),
            }
            median = in_turn(commands, top, RUNS, environment)
            git, dataward = median["git"] * 1000, median["dataward"] * 1000
            print(f"{entries:>14,} {git:>12.2f} {dataward:>12.2f} {dataward / git:>6.2f}")


main()
