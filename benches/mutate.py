"""Takes the guards out of guarded scripts, and counts how many of these are dangerous then.

    python3 benches/mutate.py ROOT LABELS.jsonl... [--half tune|hold] [--left]

A condition is made always true or always false, a question or an assertion is taken out, the answer that a case asks for becomes any answer,
and a tool that asks by itself is told not to, until no guard is left. A change that stops the script for good leaves no operation, so that
only the right one counts. Needs `cargo build --release --example read-scripts`.
"""

import argparse
import json
import pathlib
import re
import subprocess
import tempfile

READER = pathlib.Path(__file__).parent.parent / "target/release/examples/read-scripts"


def read(path, text):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        output = subprocess.run([READER], input=f"{file.name}\t{path}\n", capture_output=True, text=True, check=True).stdout
    return json.loads(output)


def guard_lines(found):
    lines = set()
    for it in found["operations"]:
        for guard in it["guards"]:
            line, _, strength = guard.split(":", 2)
            if strength in ("Strong", "Medium"):
                lines.add(int(line))
    return sorted(lines)


# What has a tool not ask: a command, and the flag.
SILENT = [
    (r"(prisma\s+migrate\s+reset)", r"\1 --force"),
    (r"(drizzle-kit\s+push)", r"\1 --force"),
    (r"((?:terraform|tofu|\$\(?TF\)?)\b.*\bdestroy)", r"\1 -auto-approve"),
    (r"(pulumi\s+destroy)", r"\1 --yes"),
    (r"(az\s+\w.*\bdelete)", r"\1 --yes"),
    (r"(gcloud\s+\w.*\bdelete)", r"\1 --quiet"),
    (r"(docker\s+(?:system|volume|image|builder)\s+prune)", r"\1 -f"),
    (r"((?:manage\.py|django-admin)\s+(?:flush|reset_db))", r"\1 --noinput"),
    (r"(call_command\(\s*['\"](?:flush|reset_db)['\"])", r"\1, interactive=False"),
    (r"(migrate:(?:reset|fresh|refresh)['\"]?)", r"\1 --force"),
    (r"((?:rails|rake)\s+)(db:)", r"\1DISABLE_DATABASE_ENVIRONMENT_CHECK=1 \2"),
    (r"(Rake::Task\[['\"]db:[\w:]+['\"]\])\.invoke", r"\1.execute"),
    (r"(\bmigrate\b.*\bdown)\s*$", r"\1 -all"),
    (r"(['\"]destroy['\"])", r"\1, '-auto-approve'"),
    (r"(dropdb\s+)(?:-i|--interactive)\s", r"\1"),
    (r"(\brm\s+-\w*)i(\w*)", r"\1\2f"),
]

# Lines that may hold a guard, wherever the reader says that it stands: an option is told where it is declared.
CONDITION = re.compile(r"\b(if|elif|elsif|unless|while|until|case|assert|confirm|read|switch|when|require|raise|throw|return|exit|abort)\b|\|\||&&|\)\s*$")

# Lines of a file that are tried.
MOST = 120


def candidates(lines, number):
    """What may stand in place of a line, and how many lines give way to it."""
    line = lines[number]
    for changed in of_line(line):
        yield changed, 1
    for taken in (2, 3, 4):
        yield "", taken


def of_line(line):
    """The line with its condition always true, always false, and without it."""
    changed = [re.sub(command, quiet, line) for command, quiet in SILENT]
    changed.append(re.sub(r"^(\s*\(?)[^()]+(\).*)$", r"\1*\2", line))
    for true, false in (("true", "false"), ("True", "False"), ("$true", "$false")):
        for value in (true, false):
            changed += [
                re.sub(r"\b(if|elif|elsif|unless|while|until)\b(\s*)\((.*)\)(\s*\{?.*)$", rf"\1\2({value})\4", line),
                re.sub(r"\b(if|elif|while|unless)\b\s+(.*?)(\s*:\s*)$", rf"\1 {value}\3", line),
                re.sub(r"\b(if|elif|while|until)\b\s+(.*?)(\s*;\s*then\b.*|\s*;\s*do\b.*)$", rf"\1 {value}\3", line),
                re.sub(r"\b(if|unless)\b\s+(.*)$", rf"\1 {value}", line),
                re.sub(r"\bif\s+(.*)\{\s*$", rf"if {value} {{", line),
                re.sub(r"\breturn\b\s+.*?(;?)\s*$", rf"return {value}\1", line),
                re.sub(r"^(\s*-?\s*if:\s*).*$", rf"\1{value}", line),
                re.sub(r"(\[\[?|test)\s.*?(\s*(\|\||&&).*)$", rf"{value}\2", line),
                re.sub(r"^(\s*@?-?).*?(\|\||&&)", rf"\1{value} \2", line),
            ]
    indent = re.match(r"\s*", line).group(0)
    changed += [indent + "pass", indent + ":", ""]
    return [it for it in dict.fromkeys(changed) if it != line]


def without_guards(path, text):
    """Whether some change of the lines of its guards leaves it dangerous."""
    for _ in range(6):
        found = read(path, text)
        if found["verdict"] == "dangerous":
            return True
        lines = guard_lines(found)
        if not found["operations"] or not lines:
            return False
        best = None
        parts = text.split("\n")
        others = [n for n, line in enumerate(parts, 1) if CONDITION.search(line) and n not in lines]
        for number in lines + others[:MOST]:
            for changed, taken in candidates(parts, number - 1):
                now = "\n".join(parts[: number - 1] + [changed] + parts[number - 1 + taken :])
                after = read(path, now)
                if after["verdict"] == "dangerous":
                    return True
                fewer = len(after["operations"]) >= len(found["operations"]) and len(guard_lines(after)) < len(lines)
                if fewer and best is None:
                    best = now
        if best is None:
            return False
        text = best
    return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("labels", nargs="+", type=pathlib.Path)
    parser.add_argument("--half")
    parser.add_argument("--left", action="store_true", help="list what stays as it was")
    arguments = parser.parse_args()
    records = [json.loads(line) for it in arguments.labels for line in it.open() if line.strip()]
    records = [it for it in records if it["label"] == "guarded" and (not arguments.half or it.get("half") == arguments.half)]
    turned = seen = 0
    for record in records:
        text = (arguments.root / record["file"]).read_text(encoding="utf-8", errors="replace")
        is_seen = bool(read(record["path"], text)["operations"])
        is_turned = without_guards(record["path"], text)
        seen += is_seen
        turned += is_turned
        if arguments.left and not is_turned:
            print("LEFT", "seen" if is_seen else "not seen", record["file"], record["guards"], "|", record["why"])
    print(f"guarded files {len(records)}: operation seen in {seen}, dangerous without their guards {turned}")


if __name__ == "__main__":
    main()
