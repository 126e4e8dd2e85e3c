"""CPU time of `dataward classify` per MB of database, the start of the program left out: `python3 benches/classify.py [FILE...]`.

Without files it makes databases of its own: people, a shop of them, texts, numbers. Two runs have to give the same bytes.
"""

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile

import measure

RELEASE = os.path.join(os.environ.get("CARGO_TARGET_DIR", "target"), "release")
DATAWARD = os.path.abspath(os.path.join(RELEASE, "dataward"))
RUNS = 11


def made(directory):
    """Databases with as many rows as are looked at, since further ones are only counted."""
    for people in (2000, 2300):
        path = os.path.join(directory, f"people-{people}.db")
        sql = subprocess.run([os.path.join(RELEASE, "examples", "make-people"), str(people)], capture_output=True, check=True).stdout
        with sqlite3.connect(path) as database:
            database.executescript(sql.decode())
        yield path
    path = os.path.join(directory, "texts.db")
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE notes(id INTEGER PRIMARY KEY, title TEXT, body TEXT, at TEXT)")
        rows = ((n, f"Note {n} on the harbour", "The boats come in at night and leave before it is light. " * (1 + n % 5), "2024-05-17 10:00:00") for n in range(10_000))
        database.executemany("INSERT INTO notes VALUES(?, ?, ?, ?)", rows)
    yield path
    path = os.path.join(directory, "numbers.db")
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE points(id INTEGER PRIMARY KEY, x REAL, y REAL, z INTEGER)")
        database.executemany("INSERT INTO points VALUES(?, ?, ?, ?)", ((n, n / 7, n / 11, n * 31) for n in range(10_000)))
    yield path


def main():
    with tempfile.TemporaryDirectory() as directory:
        empty = os.path.join(directory, "empty.db")
        with sqlite3.connect(empty) as database:
            database.execute("CREATE TABLE t(x)")
        command = lambda path: [DATAWARD, "classify", "--format", "json", path]
        figures = []
        for path in [os.path.abspath(it) for it in sys.argv[1:]] or made(directory):
            taken = measure.in_turn({"start": command(empty), "all": command(path)}, directory, RUNS)
            size = os.path.getsize(path) / 1e6
            per_mb = (taken["all"] - taken["start"]) * 1000 / size
            outputs = {subprocess.run(command(path), capture_output=True, check=False).stdout for _ in range(2)}
            same = "the same bytes twice" if len(outputs) == 1 else "OTHER BYTES"
            print(f"{os.path.basename(path)}: {size:.2f} MB, {taken['all'] * 1000:.1f} ms, {per_mb:.1f} ms/MB, {same}")
            figures.append(per_mb)
        print(f"median {statistics.median(figures):.1f} ms/MB")


if __name__ == "__main__":
    main()
