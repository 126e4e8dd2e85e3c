"""Whether a guard, or what only looks like one, is told the same whatever stands around it.

    python3 benches/surroundings.py [LANGUAGE...] [--reader FILE]

Needs `cargo build --release --example read-scripts`. Each shape of `benches/guards/` is put in the place of BODY in each text of
`benches/surroundings/LANGUAGE.txt`: behind helpers, in a function, in a class. What is told of it must stay; where `set -e`, or
what stops at an error, changes what the shape does, it is not.
"""

import argparse
import pathlib
import re

import guard_shapes
import reader

AROUND = pathlib.Path(__file__).resolve().parent / "surroundings"
# What a strict shell stops at, and what must stand first.
STRICT = {"stop in a subshell", "stop in a subshell, if", "return code ignored", "exit in a pipe"}
FIRST = re.compile(r"\s*(\[CmdletBinding|param\b)", re.IGNORECASE)


def around(language):
    """The name of each surrounding of a language, and its text."""
    for part in ("\n" + (AROUND / f"{language}.txt").read_text()).split("\n== ")[1:]:
        yield part.split("\n", 1)


def put(text, within):
    """A shape in the place of BODY, as far in as that stands."""
    text = text.removeprefix("<?php\n")
    before, blanks, after = re.split(r"^( *)BODY$", within, maxsplit=1, flags=re.MULTILINE)
    lines = [blanks + line if line.strip() else line for line in text.splitlines()]
    return before + "\n".join(lines) + after + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--reader", type=pathlib.Path, default=reader.READER)
    arguments = parser.parse_args()
    for language in sorted(it.stem for it in AROUND.glob("*.txt")):
        if arguments.languages and language not in arguments.languages:
            continue
        shapes = [it for file in sorted(guard_shapes.SHAPES.glob(f"{language}.*.txt")) for it in guard_shapes.shapes(file)]
        shapes = [it for it in shapes if it[1] not in STRICT and not FIRST.match(it[2])]
        bare = reader.read([(path, text) for path, _, text in shapes], arguments.reader)
        for name, within in around(language):
            said = reader.read([(path, put(text, within)) for path, _, text in shapes], arguments.reader)
            changed = [(it[1], one, other) for it, one, other in zip(shapes, bare, said) if one["verdict"] != other["verdict"]]
            print(f"{language:12} {name}: {len(shapes) - len(changed)} of {len(shapes)}")
            for shape, one, other in changed:
                print(f"    {one['verdict']} -> {other['verdict']}: {shape}")


if __name__ == "__main__":
    main()
