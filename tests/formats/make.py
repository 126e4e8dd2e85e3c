"""Makes real files of every format whose tool can be had: `make.py DIRECTORY`, as .ci/formats calls it.

The names and addresses in them are invented. The directory gets an index.tsv: format, file, tool.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import libraries
import servers
from shelf import PEOPLE, Shelf, run, scratch, script


def sqlite(shelf):
    tool = "sqlite3 3"
    with scratch() as work:
        file = work / "people.db"
        run("sqlite3", file, text=script())
        shelf.put("SQLite", file, tool)
        shelf.write("SQLite dump", "people.sql", run("sqlite3", file, ".dump"), tool)
        # No tool at hand writes tiles and sets the id, GDAL's driver does not either: the id alone.
        run("sqlite3", file, "PRAGMA application_id = 0x4d504258")
        shelf.put("MBTiles", file, f"{tool} (application id set by hand)", under="people.mbtiles")
        run("sqlite3", file, "PRAGMA journal_mode = PERSIST; DELETE FROM people WHERE id = 1")
        shelf.put("SQLite rollback journal", work / "people.db-journal", tool)


def left_behind(shelf):
    """What a writer leaves that is killed in the middle of its work."""
    tool = "sqlite3 3"
    spill = "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; UPDATE people SET name = name || hex(zeroblob(90000));"
    for name, text, parts in (
        ("wal.db", "PRAGMA journal_mode = WAL;\n" + script(),
         {"-wal": "SQLite write-ahead log", "-shm": "SQLite shared memory"}),
        ("old.db", script() + spill, {"-journal": "SQLite rollback journal"}),
    ):
        with scratch() as work:
            file = work / name
            writer = subprocess.Popen(["sqlite3", file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            writer.stdin.write(text + "\n.print done\n")
            writer.stdin.flush()
            while "done" not in writer.stdout.readline():
                pass
            writer.kill()
            writer.wait()
            for ending, format in parts.items():
                shelf.put(format, f"{file}{ending}", tool)


def sqlcipher(shelf):
    with scratch() as work:
        run("sqlcipher", work / "vault.db", text="PRAGMA key = 'invented';\n" + script())
        shelf.put("encrypted SQLite", work / "vault.db", "SQLCipher 3")


def berkeley_db(shelf):
    text = "".join(f"{name}\n{mail}\n" for name, mail in PEOPLE)
    numbered = "".join(f"{n}\n{mail}\n" for n, (_, mail) in enumerate(PEOPLE, 1))
    with scratch() as work:
        for order in ("1234", "4321"):
            for kind, lines, more in (
                ("btree", text, []), ("hash", text, []), ("queue", numbered, ["-c", "re_len=40"]),
            ):
                file = work / f"{kind}{order}.db"
                run("db5.3_load", "-T", "-t", kind, "-c", f"db_lorder={order}", *more, file, text=lines)
                shelf.put("Berkeley DB", file, "Berkeley DB 5.3")


def gdbm(shelf):
    with scratch() as work:
        for name, how in (("people.gdbm", "standard"), ("numsync.gdbm", "numsync")):
            stores = "".join(f'store "{name}" "{mail}"\n' for name, mail in PEOPLE)
            run("gdbmtool", "-q", text=f"set format={how}\nopen {work / name}\n{stores}close\nquit\n")
            shelf.put("GDBM", work / name, "GDBM 1")


def tdb(shelf):
    with scratch() as work:
        stores = "".join(f"insert {mail} {len(name)}\n" for name, mail in PEOPLE)
        run("tdbtool", text=f"create {work}/people.tdb\n{stores}quit\n")
        shelf.put("TDB", work / "people.tdb", "tdbtool 1")


def cabinets(shelf):
    with scratch() as work:
        for tool, name in (("kchashmgr", "people.kch"), ("kctreemgr", "people.kct")):
            run(tool, "create", work / name)
            for person, mail in PEOPLE:
                run(tool, "set", work / name, person, mail)
            shelf.put("Kyoto Cabinet", work / name, "Kyoto Cabinet 1")
        for tool, name in (("tchmgr", "people.tch"), ("tcbmgr", "people.tcb"), ("tctmgr", "people.tct"),
                           ("tcfmgr", "people.tcf")):
            run(tool, "create", work / name)
            for n, (person, mail) in enumerate(PEOPLE, 1):
                value = ["mail", mail] if tool == "tctmgr" else [mail]
                run(tool, "put", work / name, str(n) if tool == "tcfmgr" else person, *value)
            shelf.put("Tokyo Cabinet", work / name, "Tokyo Cabinet 1")


def rrdtool(shelf):
    with scratch() as work:
        run("rrdtool", "create", work / "visits.rrd", "DS:visits:GAUGE:600:0:U", "RRA:AVERAGE:0.5:1:10")
        shelf.put("RRDtool", work / "visits.rrd", "RRDtool 1")


def containers(shelf):
    # Debian's package has had either name, and both.
    seven_zip = "7zz" if shutil.which("7zz") else "7z"
    with scratch() as work:
        run("sqlite3", work / "people.db", text=script())
        (work / "people.sql").write_text(run("sqlite3", work / "people.db", ".dump"))
        for format, name, tool, *command in (
            ("ZIP", "people.zip", "7-Zip", seven_zip, "a", "people.zip", "people.sql"),
            ("7-Zip", "people.7z", "7-Zip", seven_zip, "a", "people.7z", "people.sql"),
            ("tar", "people.tar", "GNU tar 1", "tar", "-cf", "people.tar", "people.sql"),
            ("tar", "pax.tar", "GNU tar 1", "tar", "--format=pax", "-cf", "pax.tar", "people.sql"),
            ("gzip", "people.sql.gz", "gzip 1", "gzip", "-k", "people.sql"),
            ("xz", "people.sql.xz", "xz 5", "xz", "-k", "people.sql"),
            ("bzip2", "people.sql.bz2", "bzip2 1", "bzip2", "-k", "people.sql"),
            ("Zstandard", "people.sql.zst", "zstd 1", "zstd", "-q", "people.sql"),
        ):
            run(*command, cwd=work)
            shelf.put(format, work / name, tool)


def git_lfs(shelf):
    with scratch() as work:
        (work / "people.db").write_text(script())
        pointer = run("git", "lfs", "pointer", f"--file={work / 'people.db'}")
        shelf.write("Git LFS pointer", "people.db", pointer, "git-lfs 3")


HERE = [sqlite, left_behind, sqlcipher, berkeley_db, gdbm, tdb, cabinets, rrdtool, containers, git_lfs]


def main():
    begun = time.monotonic()
    place = Path(sys.argv[1])
    shutil.rmtree(place, ignore_errors=True)
    shelf = Shelf(place)
    for maker in HERE + servers.ALL + libraries.ALL:
        shelf.attempt(maker)
    shelf.index()
    formats = len({format for format, _, _ in shelf.rows})
    took = time.monotonic() - begun
    print(f"{len(shelf.rows)} files of {formats} formats, {took:.0f} s, left out: {shelf.missing or 'nothing'}")
    return 1 if shelf.missing else 0


sys.exit(main())
