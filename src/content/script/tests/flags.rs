//! Flags that somebody gives to have it done, and options that only say what is meant.

use super::{guarded, open};

#[test]
fn an_option_that_names_what_is_meant_agrees_to_nothing() {
    for (path, text) in [
        ("a.sh", "[ \"$1\" != -d ] && exit 1\ndropdb \"$2\"\n"),
        (
            "a.sh",
            "case \"$1\" in\n  -d|--database) DB=$2 ;;\n  *) exit 2 ;;\nesac\ndropdb \"$DB\"\n",
        ),
        (
            "a.py",
            "import sys, subprocess\nif sys.argv[1] != '--db':\n    sys.exit('usage')\nsubprocess.run(['dropdb', sys.argv[2]])\n",
        ),
        (
            "a.js",
            "if (process.argv[2] !== '--host') process.exit(1);\nrequire('child_process').execSync('dropdb -h ' + process.argv[3] + ' shop');\n",
        ),
        // What ends the flags.
        (
            "a.sh",
            "eval set -- \"$(getopt -o v -l verbose,db: -- \"$@\")\"\nwhile true; do\n  case \"$1\" in\n    -v) V=1; shift ;;\n    --db) DB=$2; shift 2 ;;\n    --) shift; break ;;\n  esac\ndone\ndropdb \"$DB\"\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        ("a.sh", "[ \"$1\" != -f ] && exit 1\ndropdb \"$2\"\n"),
        ("a.sh", "case \"$1\" in\n  -d|--delete) ;;\n  *) exit 2 ;;\nesac\ndropdb shop\n"),
        ("a.sh", "[ \"$1\" = -d ] || [ \"$1\" = --drop-db ] || exit 1\ndropdb shop\n"),
        // To delete, as nothing follows.
        (
            "a.js",
            "if (process.argv[2] !== '-d') process.exit(1);\nrequire('child_process').execSync('dropdb shop');\n",
        ),
        ("a.sh", "[ \"$1\" = -d ] || exit 1\ndropdb shop\n"),
        ("a.sh", "[ \"$1\" = --all-databases ] || exit 1\ndropdb shop\n"),
        ("a.sh", "case \"$1\" in\n  -y|--yes) ;;\n  *) exit 2 ;;\nesac\ndropdb shop\n"),
    ] {
        assert_eq!(guarded(path, text).len(), 1, "{text}");
    }
}

#[test]
fn a_question_that_is_left_out_by_default_is_none() {
    for (path, text) in [
        (
            "a.py",
            "import argparse, sys, os\np = argparse.ArgumentParser()\np.add_argument('--force', action='store_true', default=True)\na = p.parse_args()\nif not a.force:\n    if input('Sure? ') != 'y':\n        sys.exit(1)\nos.system('dropdb shop')\n",
        ),
        (
            "a.py",
            "import argparse, sys, os\np = argparse.ArgumentParser()\np.add_argument('--yes', action='store_false')\na = p.parse_args()\nif not a.yes:\n    if input('Sure? ') != 'y':\n        sys.exit(1)\nos.system('dropdb shop')\n",
        ),
        (
            "a.py",
            "import click, os\n@click.command()\n@click.option('--yes/--no', default=True)\ndef wipe(yes):\n    if not yes:\n        click.confirm('Sure?', abort=True)\n    os.system('dropdb shop')\nwipe()\n",
        ),
        (
            "a.js",
            "const { program } = require('commander');\nconst rls = require('readline-sync');\nprogram.option('-y, --yes', 'do not ask', true).parse();\nif (!program.opts().yes) {\n  if (!rls.keyInYN('Sure?')) process.exit(1);\n}\nrequire('child_process').execSync('dropdb shop');\n",
        ),
        (
            "a.ps1",
            "param([switch]$Force = $true)\nif (-not $Force) {\n  $a = Read-Host 'Sure?'\n  if ($a -ne 'y') { exit 1 }\n}\ndocker compose down -v\n",
        ),
    ] {
        assert_eq!(open(path, text).len(), 1, "{text}");
    }
    for (path, text) in [
        (
            "a.py",
            "import argparse, sys, os\np = argparse.ArgumentParser()\np.add_argument('--force', action='store_true')\na = p.parse_args()\nif not a.force:\n    if input('Sure? ') != 'y':\n        sys.exit(1)\nos.system('dropdb shop')\n",
        ),
        (
            "a.ps1",
            "param([switch]$Force)\nif (-not $Force) {\n  $a = Read-Host 'Sure?'\n  if ($a -ne 'y') { exit 1 }\n}\ndocker compose down -v\n",
        ),
    ] {
        assert_eq!(guarded(path, text).len(), 1, "{text}");
    }
}

#[test]
fn a_parser_refuses() {
    let text = |test: &str, stop: &str| {
        format!(
            "import argparse, os\ndef wipe(args):\n    if {test}:\n        {stop}\n    os.system('dropdb shop')\nap = argparse.ArgumentParser()\nap.add_argument('--force', action='store_true')\nap.set_defaults(func=wipe, parser=ap)\nargs = ap.parse_args()\nargs.func(args)\n"
        )
    };
    for (test, stop) in [
        ("not args.force", "args.parser.error('use --force')"),
        ("not args.force", "ap.exit(2, 'use --force')"),
        ("args.force is False", "ap.error('use --force')"),
    ] {
        assert_eq!(guarded("a.py", &text(test, stop)).len(), 1, "{stop}");
    }
    for (test, stop) in
        [("not args.force", "args.logger.error('no')"), ("args.force is True", "ap.error('no')")]
    {
        assert_eq!(open("a.py", &text(test, stop)).len(), 1, "{stop}");
    }
}

#[test]
fn only_what_reads_arguments_ends_a_program_that_was_called_wrongly() {
    for (path, made) in [
        ("a.py", "p = argparse.ArgumentParser()\np.error('no')"),
        ("a.py", "p = build_parser()\np.error('no')"),
        (
            "a.py",
            "def main(parser):\n    parser.error('no')\n    os.system('dropdb shop')\nmain(x)",
        ),
        ("a.js", "const program = new Command();\nprogram.help();"),
        ("a.js", "const { program } = require('commander');\nprogram.error('no');"),
    ] {
        let text = match path {
            "a.py" => format!("{made}\nos.system('dropdb shop')\n"),
            _ => format!("{made}\nrequire('child_process').execSync('dropdb shop');\n"),
        };
        assert_eq!(open(path, &text), [], "{text}");
    }
    for (path, made) in [
        ("a.py", "p = logging.getLogger()\np.error('no')"),
        ("a.py", "p = logging.getLogger('parser')\np.exit('no')"),
        (
            "a.py",
            "class A:\n    def __init__(self):\n        self.parser = logging.getLogger()\n    def go(self):\n        self.parser.error('no')\n        os.system('dropdb shop')\nA().go()",
        ),
        ("a.js", "const p = require('pino')();\np.error('no');"),
    ] {
        let text = match path {
            "a.py" => format!("{made}\nos.system('dropdb shop')\n"),
            _ => format!("{made}\nrequire('child_process').execSync('dropdb shop');\n"),
        };
        assert!(!open(path, &text).is_empty(), "{text}");
    }
}
