"""Measures commands by the CPU time that the operating system books for them, in turn and as medians."""

import os
import resource
import statistics
import subprocess


def cpu(command, directory, environment=None, stdin=None):
    """Seconds of CPU (user and system, with all children) of one run, its exit code, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=directory, env=environment, input=stdin, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, done.returncode, done.stdout + done.stderr


def in_turn(commands, directory, runs, environment=None):
    """The median of each command's CPU seconds over this many runs, A B C A B C ..., after one run that does not count."""
    seconds = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, command in commands.items():
            taken, _, _ = cpu(command, directory, environment)
            if run > 0:
                seconds[name].append(taken)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def clean_environment():
    """This environment without what git, pre-commit or a CI would set, and with a git configuration of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    author = {"GIT_AUTHOR_NAME": "bench", "GIT_AUTHOR_EMAIL": "bench@example.com"}
    committer = {"GIT_COMMITTER_NAME": "bench", "GIT_COMMITTER_EMAIL": "bench@example.com"}
    return {**kept, **author, **committer, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
