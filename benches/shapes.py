"""How many operations are found in each of many shapes of a program: in functions, classes, loops, lists of texts, for each
language that has files in shapes/.

    python3 benches/shapes.py [LANGUAGE...] [--missed] [--show CALL SHAPE]

Needs `cargo build --release --example read-scripts`, or READER with its path. The files hold calls and shapes. USE, MAKE and STEPS
of a shape stand for what a call needs, for what its client is made of, and for what it does with it; NAME for the client. Where
TEXT is in a call, it is written in each of the texts as well. What is only found in some shapes is a gap that no example shows;
a shape that begins with `no` must not be found.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LANGUAGES = ["python", "javascript", "php", "go", "ruby", "powershell"]
READER = os.environ.get("READER", HERE.parent / "target/release/examples/read-scripts")


def sections(language):
    """The parts of its files: what each is, its name, and its lines."""
    whole = "".join(it.read_text() for it in sorted((HERE / "shapes").glob(f"{language}*.txt")))
    parts = re.split(r"^\[(call|shape|text) (.+)\]\n", whole, flags=re.M)
    for what, name, body in zip(parts[1::3], parts[2::3], parts[3::3]):
        yield what, name, body.strip("\n").split("\n")


def call_of(lines):
    call = {"use": [], "steps": [], "text": "", "name": "it", "make": "None"}
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "use":
            call["use"].append(rest)
        elif word == "make":
            call["name"], _, call["make"] = rest.partition(" = ")
        elif word == "text":
            call["text"] = rest
        else:
            call["steps"].append(line)
    return call


def written(call, shape, text=None):
    """The path and the text of a program that has this shape."""
    path, *shape = shape
    text = text or [json.dumps(call["text"])]
    at = text.index("=>") if "=>" in text else len(text) - 1
    top, value = text[:at], "\n".join(it for it in text[at:] if it != "=>")
    lines = []
    for line in shape:
        start = line[: len(line) - len(line.lstrip())]
        word, _, rest = line.strip().partition(" ")
        if word == "USE":
            more = call["use"]
        elif word == "TOP":
            more = [it.replace("RAW", call["text"]) for it in top]
        elif word in ("STEPS", "STEPS;"):
            more = [it.replace("NAME", rest or call["name"]) for it in call["steps"]]
        else:
            more = [line.strip().replace("MAKE", call["make"]).replace("NAME", call["name"])]
        lines += [start + it for it in more]
    return path, "\n".join(it.replace("TEXT", value.replace("RAW", call["text"])) for it in lines) + "\n"


def programs(language):
    """Each program: its call, its shape, its path, its text."""
    known = collections.defaultdict(dict)
    for what, name, lines in sections(language):
        known[what][name] = lines
    main = known["shape"]["main"]
    for name, lines in known["call"].items():
        call = call_of(lines)
        for shape, body in known["shape"].items():
            yield name, shape, *written(call, body)
        for text, body in known["text"].items() if call["text"] else []:
            yield name, f"text: {text}", *written(call, main, body)


def verdicts(all):
    """What is said of each program."""
    with tempfile.TemporaryDirectory() as directory:
        lines = []
        for n, (_, _, path, text) in enumerate(all):
            file = pathlib.Path(directory) / str(n)
            file.write_text(text)
            lines.append(f"{file}\t{path}\n")
        printed = subprocess.run([READER], input="".join(lines), capture_output=True, text=True, check=True).stdout
    return [json.loads(it)["verdict"] for it in printed.splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("language", nargs="*", default=LANGUAGES)
    parser.add_argument("--missed", action="store_true", help="list the calls that are told wrongly")
    parser.add_argument("--show", nargs=2, metavar=("CALL", "SHAPE"), help="print a program, and what is said of it")
    arguments = parser.parse_args()
    for language in arguments.language:
        all = list(programs(language))
        if arguments.show:
            all = [it for it in all if list(it[:2]) == arguments.show]
            print(*(f"{text}{said}" for (*_, text), said in zip(all, verdicts(all))))
            continue
        wrong, right = collections.defaultdict(list), 0
        for (call, shape, *_), said in zip(all, verdicts(all)):
            if (said == "dangerous") == (shape.split()[0] != "no"):
                right += 1
            else:
                wrong[shape].append(call)
        print(f"{language}: {right} of {len(all)} programs told rightly")
        for shape, calls in sorted(wrong.items(), key=lambda it: -len(it[1])):
            print(f"  {len(calls):4}  {shape}", *(calls if arguments.missed else []), sep="  ")


if __name__ == "__main__":
    main()
