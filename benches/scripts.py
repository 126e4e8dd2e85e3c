"""How well dangerous scripts are told from guarded and benign ones.

    python3 benches/scripts.py ROOT LABELS.jsonl... [--half tune|hold] [--wrong]

Each line of LABELS has `file` (below ROOT), `path`, `label`, `lines`, `guards` and `doubtful`. Needs
`cargo build --release --example read-scripts`.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess

READER = pathlib.Path(__file__).parent.parent / "target/release/examples/read-scripts"


def ratio(part, whole):
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "none"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("labels", nargs="+", type=pathlib.Path)
    parser.add_argument("--half")
    parser.add_argument("--wrong", action="store_true", help="list what was told wrongly")
    parser.add_argument("--firm", action="store_true", help="leave doubtful labels out")
    parser.add_argument("--language")
    arguments = parser.parse_args()
    records = [json.loads(line) for it in arguments.labels for line in it.open() if line.strip()]
    records = [it for it in records if not arguments.half or it.get("half") == arguments.half]
    records = [it for it in records if not (arguments.firm and it.get("doubtful"))]
    records = [it for it in records if not arguments.language or it["lang"] == arguments.language]
    # What tells the version of Rails, where the record names such a file.
    gemfile = lambda it: f"\t{arguments.root / it['gemfile']}" if it.get("gemfile") else ""
    lines = "".join(f"{arguments.root / it['file']}\t{it['path']}{gemfile(it)}\n" for it in records)
    output = subprocess.run([READER], input=lines, capture_output=True, text=True, check=True).stdout
    said = [json.loads(line) for line in output.splitlines()]
    counts = collections.Counter()
    for record, found in zip(records, said):
        is_bad = record["label"] == "dangerous"
        blocks = found["verdict"] in ("dangerous",)
        counts[is_bad, blocks] += 1
        counts["label", record["label"], found["verdict"]] += 1
        if is_bad and "false" in (record.get("guards") or ""):
            counts["false guard", blocks] += 1
        lines_found = {it["line"] for it in found["operations"]}
        if is_bad and blocks and record.get("lines"):
            counts["line", bool(lines_found & set(record["lines"]))] += 1
        unseen = record["label"] == "guarded" and found["verdict"] == "none"
        if arguments.wrong and (is_bad != blocks or unseen):
            print("WRONG", record["lang"], record["label"], "->", found["verdict"], record["file"], record.get("lines"), record.get("guards"), "|", record["why"], "(doubtful)" if record.get("doubtful") else "")
            for it in found["operations"]:
                print("      ", it["line"], it["kind"], it["name"], it["guards"], it["layers"])
    true, false, missed = counts[True, True], counts[False, True], counts[True, False]
    precision = true / (true + false) if true + false else 0
    recall = true / (true + missed) if true + missed else 0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0
    guarded = sum(n for key, n in counts.items() if key[0] == "label" and key[1] == "guarded")
    cleared = sum(n for key, n in counts.items() if key[0] == "label" and key[1] == "guarded" and key[2] not in ("dangerous",))
    seen = counts["label", "guarded", "guarded"]
    print(f"files {len(records)}: precision {ratio(true, true + false)}, recall {ratio(true, true + missed)}, F1 {f1:.3f}")
    print(f"guarded files cleared {ratio(cleared, guarded)}, with their operation and guard seen {ratio(seen, guarded)}")
    print(f"false-guard files flagged {ratio(counts['false guard', True], counts['false guard', True] + counts['false guard', False])}")
    print(f"right line {ratio(counts['line', True], counts['line', True] + counts['line', False])}")


if __name__ == "__main__":
    main()
