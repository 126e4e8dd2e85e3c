#!/usr/bin/env python3
"""CPU time of a clean release build, and the sizes of the programs: python3 benches/build.py"""

import pathlib
import sys
import tempfile

from measure import clean_environment, cpu

TOP = pathlib.Path(__file__).resolve().parent.parent


def main():
    with tempfile.TemporaryDirectory() as target:
        environment = {**clean_environment(), "CARGO_TARGET_DIR": target}
        cpu(("cargo", "fetch", "--locked"), TOP, environment)
        seconds, code, printed = cpu(("cargo", "build", "--release", "--locked", "--bins"), TOP, environment)
        if code != 0:
            sys.exit(printed.decode(errors="replace"))
        print(f"clean release build: {seconds:.0f} s of CPU")
        for program in sorted((TOP / "hooks").glob("*.rs")):
            size = (pathlib.Path(target) / "release" / program.stem).stat().st_size
            print(f"{program.stem}: {size / (1 << 20):.1f} MiB")


main()
