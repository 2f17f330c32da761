"""The process in which a learner's code runs: it tells `sandbox` what happens, a line of JSON each.

What the code prints goes elsewhere, into a file. Memory is limited where the system can.
"""

import contextlib
import json
import os
import sys
from pathlib import Path


def main():
    """Do the task of the first argument, JSON."""
    task = json.loads(sys.argv[1])
    tell = quiet(task["printed"])
    limit_memory(task["memory"])
    from scratch.exercises import record
    from scratch.exercises.catalogue import EXERCISES
    from scratch.exercises.files import LoadError, forbid_imports, load_file
    from scratch.exercises.report import examine

    record.SEED[0] = task["seed"]
    if not task["allow_imports"]:
        forbid_imports(Path(task["file"]).resolve().parent)
    try:
        module = load_file(task["file"])
    except LoadError as error:
        return tell(event="load_error", text=str(error))
    tell(event="loaded")
    if task["digits"]:
        from scratch.exercises.digits import train

        return tell(event="digits", text=train(module))
    for name in task["names"]:
        function = getattr(module, name, None)
        tell(event="start", name=name)
        if function is None:
            tell(event="absent", name=name)
            continue
        try:
            report = examine(function, name, say=lambda law: tell(event="law", law=law))
        except KeyboardInterrupt:  # theirs, or Ctrl-C, which ends the parent too
            return None
        tell(event="report", name=name, report=report.as_dict())
    return tell(event="end", total=len(EXERCISES))


def quiet(printed):
    """Send what is printed into a file; return a function that tells something to the parent."""
    parent = os.fdopen(os.dup(1), "w", encoding="utf-8")
    file = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(file, stream)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115

    def tell(**event):
        parent.write(json.dumps(event) + "\n")
        parent.flush()

    return tell


def limit_memory(megabytes):
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


if __name__ == "__main__":
    main()
