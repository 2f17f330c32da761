"""Other people's code in a process of its own, with a time limit for each exercise.

A process that takes too long is ended, and the exercises that are left go on in a new one. Nothing
that the code does reaches the process that asks: no exit(), no endless loop, no print.
"""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from scratch.exercises.calls import Broken
from scratch.exercises.catalogue import EXERCISES
from scratch.exercises.report import Outcome, Report

TIMEOUT, MEMORY = 10.0, 4096  # seconds, megabytes
LOADING = 30.0  # seconds that NumPy may take to be imported, beside the limit
START = "import sys, json; sys.path[:] = json.loads(sys.argv.pop()); from scratch.exercises.worker "
START += "import main; main()"


class NotLoaded(Exception):
    """The file can't be imported; the message tells why."""


class Sandbox:
    """A learner's file, checked in other processes.

    Parameters
    ----------
    file : str or Path
    names : list of str
        Exercises.
    timeout : float
        Seconds for each exercise.
    allow_imports : bool
        Whether the file may import scratch, scikit-learn and SciPy.
    seed : int
        Of the numbers that are drawn in cases.
    digits : bool
        Train on the digits instead.
    """

    def __init__(self, file, names, *, timeout=TIMEOUT, allow_imports=False, seed=16, digits=False):
        self.file, self.left, self.timeout = str(file), list(names), timeout
        self.printed, self.task = "", {"allow_imports": allow_imports, "seed": seed}
        self.task |= {"file": self.file, "memory": MEMORY, "digits": digits}

    def reports(self):
        """Yield a name and its report for each exercise; None for one that is not in the file.

        Raises
        ------
        NotLoaded
        """
        while self.left or self.task["digits"]:
            yield from self._process()
            if self.task["digits"]:
                return

    def _process(self):
        """What one process tells, until it has told all, or has been ended."""
        with tempfile.TemporaryDirectory() as folder:
            printed = Path(folder, "printed")
            task = json.dumps({**self.task, "names": self.left, "printed": str(printed)})
            here = str(Path.cwd())
            path = json.dumps([os.path.abspath(p) for p in sys.path if p not in ("", here)]
                              + [str(Path(__file__).parents[2])])  # fmt: skip
            process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-c", START, task, path],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
                env={**os.environ, "PYTHONSAFEPATH": "1"},
            )  # fmt: skip
            try:
                yield from self._told(process)
            finally:
                process.kill()
                process.wait()
                process.stdout.close()
                if printed.exists():
                    self.printed += printed.read_text(encoding="utf-8", errors="replace")

    def _told(self, process):
        lines, name, law, known = queue.Queue(), None, "", []
        threading.Thread(target=_read, args=(process.stdout, lines), daemon=True).start()
        deadline = time.monotonic() + self.timeout + LOADING
        while True:
            try:
                event = lines.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                yield self._ended(name, known, law, SLOW.format(seconds=f"{self.timeout:g}"))
                return
            kind = event["event"]
            if kind == "load_error":
                raise NotLoaded(event["text"])
            if kind == "start":
                name, known, law = event["name"], [], ""
                deadline = time.monotonic() + self.timeout
            elif kind == "law":
                known, law = [*known, law] if law else known, event["law"]
            elif kind in ("report", "absent"):
                self.left.remove(name)
                yield name, Report.from_dict(event["report"]) if kind == "report" else None
                name, deadline = None, time.monotonic() + self.timeout
            elif kind == "digits":
                yield "digits", event["text"]
            elif kind == "gone":  # the process has ended by itself
                if self.left:
                    yield self._ended(name, known, law, GONE)
                return

    def _ended(self, name, known, law, reason):
        """A report on the exercise that was running."""
        if name is None:
            raise NotLoaded(f"{Path(self.file).name}: {reason}")
        self.left.remove(name)
        outcomes = [Outcome(each) for each in known]
        broken = Broken([f"{name} was called on small arguments."], reason)
        title = f"{EXERCISES[name].number}  {name}"
        return name, Report(title, (*outcomes, Outcome(law or "it can be called", broken)))


SLOW = (
    "It takes longer than {seconds} s: is there a loop that never ends? (--timeout gives it more.)"
)
GONE = "The process has ended: does the code call os._exit, raise KeyboardInterrupt, or need more "
GONE += "memory than there is?"


def _read(stream, lines):
    try:
        for line in stream:
            lines.put(json.loads(line))
    except ValueError:  # the stream is closed, or the last line was cut off
        pass
    lines.put({"event": "gone"})
