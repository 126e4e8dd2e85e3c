"""How many commands of the table of operations are found in each of many spellings: behind a condition, in a variable, in
other languages.

    python3 benches/spellings.py [--missed]

Needs `cargo build --release --example read-scripts`. What is only found in some spellings is a gap that no example shows.
"""

import argparse
import json
import pathlib
import re
import shlex

import reader

TOP = pathlib.Path(__file__).resolve().parent.parent


def commands():
    """The commands of the table in docs/dangerous-scripts.md that can be written as they stand."""
    for line in (TOP / "docs/dangerous-scripts.md").open():
        row = re.match(r"\| (sh\.[a-z_.0-9]+) \| `([^`]+)` \|", line)
        for it in re.split(r", (?=[a-z./$])", row[2])[:3] if row else []:
            it = it.replace("...", "").strip()
            if it and not set(it) & set("|'<\""):
                yield it


SPELLINGS = {
    "plain": lambda c: ('a.sh',c+'\n'),
    "argcheck": lambda c: ('a.sh','if [ -z "$1" ]; then\n  echo usage\n  exit 1\nfi\n'+c+'\n'),
    "func": lambda c: ('a.sh','main() {\n  echo start\n  '+c+'\n  echo end\n}\nmain "$@"\n'),
    "cmdvar": lambda c: ('a.sh','TOOL="'+c.split()[0]+'"\n$TOOL '+' '.join(c.split()[1:])+'\n'),
    "guardvar": lambda c: ('a.sh','if [ -z "$1" ]; then\n  exit 1\nfi\nTOOL="'+c.split()[0]+'"\n"$TOOL" '+' '.join(c.split()[1:])+'\n'),
    "and": lambda c: ('a.sh','cd /srv/app && '+c+' && echo done\n'),
    "ortrue": lambda c: ('a.sh',c+' || true\n'),
    "quiet": lambda c: ('a.sh',c+' >/dev/null 2>&1\n'),
    "if": lambda c: ('a.sh','if '+c+'; then\n  echo ok\nelse\n  echo failed\nfi\n'),
    "ifnot": lambda c: ('a.sh','if ! '+c+'; then\n  echo failed\n  exit 1\nfi\n'),
    "sudo": lambda c: ('a.sh','sudo -E '+c+'\n'),
    "timeout": lambda c: ('a.sh','timeout 60 '+c+'\n'),
    "sub": lambda c: ('a.sh','(\n  cd /x\n  '+c+'\n)\n'),
    "case": lambda c: ('a.sh','case "$1" in\n  up) echo up ;;\n  reset) '+c+' ;;\nesac\n'),
    "bashc": lambda c: ('a.sh','bash -c '+shlex.quote(c)+'\n'),
    "ssh": lambda c: ('a.sh','ssh deploy@host '+shlex.quote(c)+'\n'),
    "sshhere": lambda c: ('a.sh','ssh deploy@host <<EOF\n'+c+'\nEOF\n'),
    "eval": lambda c: ('a.sh','CMD='+shlex.quote(c)+'\neval "$CMD"\n'),
    "cmdstr": lambda c: ('a.sh','CMD='+shlex.quote(c)+'\n$CMD\n'),
    "array": lambda c: ('a.sh','cmd=('+c+')\n"${cmd[@]}"\n'),
    "run": lambda c: ('a.sh','run() { echo "+ $*"; "$@"; }\nrun '+c+'\n'),
    "dexec": lambda c: ('a.sh','docker exec app sh -c '+shlex.quote(c)+'\n'),
    "cont": lambda c: ('a.sh',c.split()[0]+' \\\n  '+' \\\n  '.join(c.split()[1:])+'\n' if len(c.split())>1 else c+'\n'),
    "for": lambda c: ('a.sh','for i in 1 2 3; do\n  '+c+'\ndone\n'),
    "subst": lambda c: ('a.sh','OUT=$('+c+' 2>&1)\necho "$OUT"\n'),
    "time": lambda c: ('a.sh','time '+c+'\n'),
    "env": lambda c: ('a.sh','FOO=bar '+c+'\n'),
    "make": lambda c: ('Makefile','wipe:\n\t@'+c.replace('$','$$')+'\n'),
    "makedash": lambda c: ('Makefile','wipe:\n\t-'+c.replace('$','$$')+'\n'),
    "npm": lambda c: ('package.json',json.dumps({"scripts":{"x":c}},indent=1)),
    "gha": lambda c: ('.github/workflows/x.yml','on: workflow_dispatch\njobs:\n  x:\n    runs-on: ubuntu-latest\n    env:\n      DATABASE_URL: ${{ secrets.PROD_DATABASE_URL }}\n    steps:\n      - name: x\n        run: |\n          echo hi\n          '+c+'\n'),
    "ossystem": lambda c: ('a.py','import os\nos.system('+json.dumps(c)+')\n'),
    "pyshell": lambda c: ('a.py','import subprocess\ndef main():\n    subprocess.run('+json.dumps(c)+', shell=True, check=True)\nif __name__ == "__main__":\n    main()\n'),
    "pylist": lambda c: ('a.py','import subprocess\ncmd = '+json.dumps(c.split())+'\nsubprocess.check_call(cmd)\n'),
    "pyhelper": lambda c: ('a.py','import subprocess\ndef run(cmd):\n    print(cmd)\n    return subprocess.call(cmd, shell=True)\nrun(f'+json.dumps(c)+')\n'),
    "pysplit": lambda c: ('a.py','import subprocess, shlex\nsubprocess.run(shlex.split('+json.dumps(c)+'))\n'),
    "nodeexec": lambda c: ('a.js','const { execSync } = require("child_process");\nexecSync('+json.dumps(c)+', { stdio: "inherit" });\n'),
    "nodespawn": lambda c: ('a.js','const { spawnSync } = require("child_process");\nspawnSync('+json.dumps(c.split()[0])+', '+json.dumps(c.split()[1:])+');\n'),
    "nodehelp": lambda c: ('a.ts','import { execSync } from "node:child_process";\nconst run = (cmd: string) => execSync(cmd, { stdio: "inherit" });\nasync function main() { run(`'+c+'`); }\nmain();\n'),
    "zx": lambda c: ('a.mjs','#!/usr/bin/env zx\nawait $`'+c+'`;\n'),
    "ruby": lambda c: ('a.rb','system('+json.dumps(c)+')\n'),
    "rubybt": lambda c: ('a.rb','puts `'+c+'`\n'),
    "rake": lambda c: ('Rakefile','task :wipe do\n  sh '+json.dumps(c)+'\nend\n'),
    "php": lambda c: ('a.php','<?php\nshell_exec('+json.dumps(c)+');\n'),
    "go": lambda c: ('cmd/x/main.go','package main\nimport ("os/exec")\nfunc main() {\n\tcmd := exec.Command('+', '.join(json.dumps(w) for w in c.split())+')\n\tcmd.Run()\n}\n'),
    "gosh": lambda c: ('cmd/x/main.go','package main\nimport ("os/exec")\nfunc main() {\n\tif err := exec.Command("sh", "-c", '+json.dumps(c)+').Run(); err != nil {\n\t\tpanic(err)\n\t}\n}\n'),
    "ps1": lambda c: ('a.ps1',c+'\n'),
    "ps1call": lambda c: ('a.ps1','& '+c+'\nif ($LASTEXITCODE -ne 0) { exit 1 }\n'),
    "dockercmd": lambda c: ('Dockerfile','FROM x\nCMD '+c+' && node app\n'),
    "compose": lambda c: ('docker-compose.yml','services:\n  a:\n    image: x\n    command: sh -c '+json.dumps(c+' && node app')+'\n'),
    "cron": lambda c: ('crontab','0 3 * * * '+c+'\n'),
    "just": lambda c: ('justfile','wipe:\n  '+c+'\n'),
    "java": lambda c: ('src/main/java/A.java','public class A {\n  public static void main(String[] a) throws Exception {\n    Runtime.getRuntime().exec('+json.dumps(c)+');\n  }\n}\n'),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--missed", action="store_true", help="list what is not found")
    arguments = parser.parse_args()
    known = list(commands())
    pairs = [(it, name) for it in known for name in SPELLINGS]
    said = reader.read([SPELLINGS[name](command) for command, name in pairs])
    found = {pair for pair, it in zip(pairs, said) if it["verdict"] == "dangerous"}
    plain = [it for it in known if (it, "plain") in found]
    print(f"{len(known)} commands, {len(plain)} found as they stand")
    for name in SPELLINGS:
        missed = [it for it in plain if (it, name) not in found]
        print(f"{name:10} {len(missed):4} missed", *(missed if arguments.missed else []), sep="  ")


if __name__ == "__main__":
    main()
