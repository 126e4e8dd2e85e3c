#!/usr/bin/env python3
"""CPU time and memory of `check-receive` on a push of many commits, against git listing and looking up the same objects.

Run after `cargo build --release`: python3 benches/receive.py REPOSITORY [COMMITS]

REPOSITORY is a clone with a long history. Its last COMMITS commits wait in a quarantine as git makes one: a pack of their own beside
the objects of the server. The floor is `git rev-list --objects NEW --not --all | git cat-file --batch-check`.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

from measure import clean_environment

RUNS = 5
PROGRAM = pathlib.Path(__file__).resolve().parent.parent / "target/release/check-receive"


def git(top, *arguments, stdin=None):
    done = subprocess.run(("git", "-C", str(top), *arguments), input=stdin, check=True, capture_output=True)
    return done.stdout


def run(command, top, environment, stdin):
    """CPU seconds and the most memory in MiB of a command with all that it starts, what it wrote to standard error, and its answer."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(stdin)
        given.seek(0)
        process = subprocess.Popen(command, cwd=top, env=environment, stdin=given, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said.read().decode(), process.returncode


def main():
    if not PROGRAM.exists():
        sys.exit(f"there is no {PROGRAM}: cargo build --release")
    source = pathlib.Path(sys.argv[1]).resolve()
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    with tempfile.TemporaryDirectory() as directory:
        server = pathlib.Path(directory) / "server.git"
        new = git(source, "rev-parse", "HEAD").decode().strip()
        commits = git(source, "rev-list", "--topo-order", new).decode().split()
        old = commits[min(wanted, len(commits) - 1)]
        subprocess.run(("git", "init", "--quiet", "--bare", str(server)), check=True)
        objects = git(source, "rev-list", "--objects", old)
        pack = server / "objects/pack/pack"
        git(source, "pack-objects", "--quiet", "--delta-base-offset", str(pack), stdin=objects)
        git(server, "update-ref", "refs/heads/main", old)
        git(server, "symbolic-ref", "HEAD", "refs/heads/main")
        quarantine = server / "objects/tmp_objdir-incoming"
        (quarantine / "pack").mkdir(parents=True)
        thin = git(source, "pack-objects", "--quiet", "--revs", "--stdout", "--delta-base-offset",
                   stdin=f"{new}\n^{old}\n".encode())
        environment = clean_environment() | {
            "GIT_DIR": ".",
            "GIT_QUARANTINE_PATH": str(quarantine),
            "GIT_OBJECT_DIRECTORY": str(quarantine),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(server / "objects"),
        }
        subprocess.run(("git", "index-pack", "--stdin", "--fix-thin"), cwd=server, env=environment, input=thin,
                       check=True, capture_output=True)
        count = git(source, "rev-list", "--count", new, f"^{old}").decode().strip()
        floor = f"git rev-list --objects {new} --not --all | git cat-file --batch-check >/dev/null"
        updates = f"{old} {new} refs/heads/main\n".encode()
        floors, own, most = [], [], 0
        for _ in range(RUNS):
            floors.append(run(("sh", "-c", floor), server, environment, b"")[0])
            spent, memory, said, answer = run((str(PROGRAM),), server, environment, updates)
            own.append(spent)
            most = max(most, memory)
        print(said[-600:])
        floor, own = statistics.median(floors), statistics.median(own)
        print(f"commits {count}: git {floor:.2f} s, check-receive {own:.2f} s (CPU, medians of {RUNS}), ratio {own / floor:.2f}")
        print(f"most memory of check-receive and what it starts: {most:.0f} MiB; answer {answer}")


main()
