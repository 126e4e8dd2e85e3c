"""Hands scripts that a bench made up to the example `read-scripts`."""

import json
import pathlib
import subprocess
import tempfile

READER = pathlib.Path(__file__).resolve().parent.parent / "target/release/examples/read-scripts"


def read(scripts, reader=READER):
    """What the example says of each of these pairs of a path and a text."""
    with tempfile.TemporaryDirectory() as directory:
        lines = []
        for n, (path, text) in enumerate(scripts):
            file = pathlib.Path(directory) / str(n)
            file.write_text(text)
            lines.append(f"{file}\t{path}\n")
        printed = subprocess.run([reader], input="".join(lines), capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in printed.splitlines()]
