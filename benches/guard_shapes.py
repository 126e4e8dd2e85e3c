"""Whether guards are told from what only looks like one, in the ways that people write them.

    python3 benches/guard_shapes.py [LANGUAGE...] [--reader FILE]

Needs `cargo build --release --example read-scripts`. `benches/guards/LANGUAGE.holds*.txt` have shapes behind which nothing is
open, `LANGUAGE.fails*.txt` such that stop nobody. In a shape, `OP` stands for what destroys.
"""

import argparse
import pathlib
import re

import reader

SHAPES = pathlib.Path(__file__).resolve().parent / "guards"


def shapes(file):
    """The path, the name and the text of each shape of a file."""
    head, *all_of_them = ("\n" + file.read_text()).split("\n== ")
    settings = dict(line.split(" ", 1) for line in head.strip().splitlines())
    for shape in all_of_them:
        name, text = shape.split("\n", 1)
        path = settings["file"]
        # Another file for this one: `== in a workflow @.github/workflows/reset.yml`.
        if " @" in name:
            name, path = name.rsplit(" @", 1)
        before = settings.get("before", "").replace("\\n", "\n")
        yield path, name, before + re.sub(r"\bOP\b", lambda _: settings["does"], text) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--reader", type=pathlib.Path, default=reader.READER)
    parser.add_argument("--show", action="store_true", help="print the text of what is told wrongly")
    arguments = parser.parse_args()
    for language, side in sorted({tuple(it.name.split(".")[:2]) for it in SHAPES.glob("*.txt")}):
        if arguments.languages and language not in arguments.languages:
            continue
        known = [it for file in sorted(SHAPES.glob(f"{language}.{side}.*txt")) for it in shapes(file)]
        said = reader.read([(path, text) for path, _, text in known], arguments.reader)
        wrong = [(name, text, it) for (_, name, text), it in zip(known, said) if (it["verdict"] == "guarded") != (side == "holds")]
        print(f"{language:12} {side}: {len(known) - len(wrong)} of {len(known)}")
        for name, text, it in wrong:
            print(f"    {it['verdict']:10} {name}", *[guard for op in it["operations"] for guard in op["guards"]])
            if arguments.show:
                print("        " + text.replace("\n", "\n        "))


if __name__ == "__main__":
    main()
