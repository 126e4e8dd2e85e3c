"""Where the files are put that real tools make, and the index of them."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

# Invented, all of them; the domain is reserved.
PEOPLE = [
    ("Zelda Quaintfoot", "zelda@example.org"),
    ("Ambrose Tillycott", "ambrose@example.org"),
    ("Ottoline Brackwhistle", "ottoline@example.org"),
]

TABLE = "CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR(80), mail VARCHAR(80))"


def inserts(table="people"):
    rows = enumerate(PEOPLE, 1)
    return [f"INSERT INTO {table} VALUES ({n}, '{name}', '{mail}')" for n, (name, mail) in rows]


def script(*more):
    """Statements as one text: the table, its rows, and others."""
    return "".join(f"{it};\n" for it in [TABLE, *inserts(), *more])


class Shelf:
    def __init__(self, place):
        self.place = Path(place)
        self.rows = []
        self.missing = []

    def put(self, format, file, tool, under=None):
        """Keeps a file that this tool made, under its own name: names are hints."""
        file = Path(file)
        if not file.is_file():
            raise RuntimeError(f"{tool} made no {file.name}")
        directory = self.place / f"{len(self.rows):03}"
        directory.mkdir(parents=True)
        shutil.copyfile(file, directory / (under or file.name))
        self.rows.append((format, f"{directory.name}/{under or file.name}", tool))

    def write(self, format, name, data, tool):
        with scratch() as work:
            file = work / name
            file.write_bytes(data if isinstance(data, bytes) else data.encode())
            self.put(format, file, tool)

    def attempt(self, maker):
        """Runs what makes some files. A tool that is not to be had is left out, aloud."""
        begun = time.monotonic()
        try:
            maker(self)
        except Exception as error:  # noqa: BLE001: whatever it is, the others go on
            self.missing.append(maker.__name__)
            print(f"LEFT OUT: {maker.__name__}: {type(error).__name__}: {error}", flush=True)
        print(f"{maker.__name__}: {time.monotonic() - begun:.1f} s", flush=True)

    def index(self):
        lines = ("\t".join(row) + "\n" for row in sorted(self.rows))
        (self.place / "index.tsv").write_text("".join(lines))


@contextlib.contextmanager
def scratch(mode=0o755):
    """An empty directory that servers under another user can enter."""
    with tempfile.TemporaryDirectory(prefix="formats-") as work:
        os.chmod(work, mode)
        yield Path(work)


def run(*command, text=None, cwd=None, env=None):
    """What a command says; an error where it fails."""
    done = subprocess.run(
        [str(it) for it in command],
        input=text,
        stdin=None if text is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env=env,
        text=True,
        timeout=60,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip()[-300:] or done.stdout[-300:]}")
    return done.stdout


@contextlib.contextmanager
def serving(*command, ready, **options):
    """A server that runs until the block ends, from when `ready` yields no error."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    server = subprocess.Popen([str(it) for it in command], **quiet, **options)
    try:
        for _ in range(150):
            try:
                ready()
                break
            except Exception:  # noqa: BLE001: not yet
                if server.poll() is not None:
                    raise RuntimeError(f"{command[0]} ended by itself") from None
                time.sleep(0.2)
        else:
            raise RuntimeError(f"{command[0]} does not answer")
        yield server
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
