"""How well real databases are told apart: `python3 benches/accuracy.py FILES LABELS.jsonl...`

FILES is a directory of databases; a line of LABELS has `file`, `source`, `kind`, `doubtful` and `real_identities` (people in it who may
be real), as a reader gave them who had not seen the score. Every source weighs the same, whatever number of files it has; intervals
are of 95 %, by drawing sources anew. `--half tune|hold` takes the sources of one half, told by a hash of their owner's name.

`python3 benches/accuracy.py --profiles ../shared/data/database-profiles.json` scores what only features are known of.
"""

import argparse
import collections
import hashlib
import json
import os
import random
import subprocess

DATAWARD = os.path.join(os.environ.get("CARGO_TARGET_DIR", "target"), "release", "dataward")
DRAWS = 1000


def half(source):
    owner = source.split("/")[0]
    return "hold" if int(hashlib.sha256(owner.encode()).hexdigest(), 16) % 100 < 40 else "tune"


def classified(paths):
    for start in range(0, len(paths), 200):
        command = [DATAWARD, "classify", "--format", "json", *paths[start : start + 200]]
        output = subprocess.run(command, capture_output=True, check=False).stdout
        for line in output.decode().splitlines():
            profile = json.loads(line)
            if profile["member"] is None:
                yield os.path.basename(profile["path"]), profile["database"]


def auc(rows):
    """The chance that a test database scores higher than a real one."""
    won = total = 0.0
    for test in (row for row in rows if not row["is_real"]):
        for real in (row for row in rows if row["is_real"]):
            weight = test["weight"] * real["weight"]
            total += weight
            won += weight * ((test["value"] > real["value"]) + (test["value"] == real["value"]) / 2)
    return won / total if total else float("nan")


def share(rows, holds):
    total = sum(row["weight"] for row in rows)
    return sum(row["weight"] for row in rows if holds(row)) / total if total else float("nan")


MEASURES = {
    "AUC, test above real": auc,
    "real, allowed at 0.9 and no real-looking identity": lambda rows: share([r for r in rows if r["is_real"]], lambda r: r["is_allowed"]),
    "real, called test data": lambda rows: share([r for r in rows if r["is_real"]], lambda r: r["nature"] == "test data"),
    "test, called real data": lambda rows: share([r for r in rows if not r["is_real"]], lambda r: r["nature"] == "real data"),
    "test without a real identity, called real data": lambda rows: share(
        [r for r in rows if not r["is_real"] and not r["real_identities"]], lambda r: r["nature"] == "real data"
    ),
    "undecided": lambda rows: share(rows, lambda r: r["nature"] == "undecided"),
}


def say(title, rows):
    test = sum(not row["is_real"] for row in rows)
    sources = collections.defaultdict(list)
    for row in rows:
        sources[row["source"]].append(row)
    print(f"{title}: test {test}, real {len(rows) - test}, sources {len(sources)}")
    dice = random.Random(1)
    for name, measure in MEASURES.items():
        drawn = []
        for _ in range(DRAWS if name != "AUC, test above real" else 200):
            draw = [row for source in dice.choices(list(sources), k=len(sources)) for row in sources[source]]
            figure = measure(draw)
            if figure == figure:
                drawn.append(figure)
        drawn.sort()
        low, high = (drawn[int(len(drawn) * 0.025)], drawn[int(len(drawn) * 0.975)]) if drawn else (float("nan"),) * 2
        print(f"  {name}: {measure(rows):.3f} ({low:.3f} to {high:.3f})")


def of_profiles(path):
    scored = subprocess.run([os.path.join(os.path.dirname(DATAWARD), "examples", "score-profiles"), path], capture_output=True, check=True)
    rows = [json.loads(line) for line in scored.stdout.decode().splitlines()]
    number = collections.Counter(row["source"] for row in rows)
    kept = []
    for row in rows:
        row["is_real"] = row["kind"].startswith("real-looking")
        row["weight"] = 1 / number[row["source"]]
        row["is_allowed"] = row["value"] >= 0.9 and row["real_looking"] == 0
        if row["is_real"] or row["kind"].startswith("test-or-dev"):
            kept.append(row)
    has_people = lambda row: row["real_looking"] + row["unknown"] + row["synthetic"] > 0
    say("firm labels", [row for row in kept if not row["doubtful"]])
    say("firm labels, with people", [row for row in kept if not row["doubtful"] and has_people(row)])
    say("doubtful labels", [row for row in kept if row["doubtful"]])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="?")
    parser.add_argument("labels", nargs="*")
    parser.add_argument("--profiles")
    parser.add_argument("--half", choices=["tune", "hold"])
    arguments = parser.parse_args()
    if arguments.profiles:
        return of_profiles(arguments.profiles)
    labels = {}
    for path in arguments.labels:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                label = json.loads(line)
                labels.setdefault(label["file"], label)
    labels = {name: it for name, it in labels.items() if arguments.half in (None, half(it["source"]))}
    number = collections.Counter(it["source"] for it in labels.values())
    paths = [os.path.join(arguments.files, name) for name in labels]
    found, natures = [], collections.defaultdict(collections.Counter)
    for name, database in classified(paths):
        label = labels[name]
        if database is None:
            natures[label["kind"]]["not opened"] += 1
            continue
        natures[label["kind"]][database["nature"]] += 1
        people = [database["identities"], database["remains"]["identities"]]
        real_looking = sum(it["real_looking"] for it in people)
        value = database["test_confidence"]["value"]
        is_real = label["kind"].startswith("real-looking")
        if is_real or label["kind"].startswith("test-or-dev"):
            row = {"value": value, "nature": database["nature"], "is_real": is_real, "weight": 1 / number[label["source"]]}
            row["is_allowed"] = value >= 0.9 and real_looking == 0
            found.append({**label, **row})
    say("firm labels", [row for row in found if not row["doubtful"]])
    say("doubtful labels", [row for row in found if row["doubtful"]])
    for kind, counts in sorted(natures.items()):
        print(f"{kind}: " + ", ".join(f"{nature} {n}" for nature, n in counts.most_common()))


if __name__ == "__main__":
    main()
