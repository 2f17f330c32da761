"""A fit beside a busy process: with the default number of BLAS threads, and with one.

BLAS threads wait for each other. Where another process holds a core, the one that runs there comes
late to every product, and all the others wait for it.

The number of threads is fixed when a process starts, so each measurement is a process of its own:
``python -m benchmarks.neighbour DATASET EPOCHS [quick]`` prints the seconds of a fit.
"""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
# It leaves with its parent, and after two minutes in any case.
_SPIN = (
    "import os, time\n"
    "parent, end = os.getppid(), time.monotonic() + 120\n"
    "while os.getppid() == parent and time.monotonic() < end:\n"
    "    sum(range(100_000))\n"
)


def seconds(dataset, epochs, quick, *, threads=None, busy=False):
    """Seconds of a fit in a new process.

    Parameters
    ----------
    dataset : str
    epochs : int
    quick : bool
    threads : int, default=None
        BLAS threads; None leaves the default.
    busy : bool, default=False
        Whether another process computes at the same time.
    """
    environment = {k: v for k, v in os.environ.items() if k not in _VARIABLES}
    environment["PYTHONPATH"] = os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])
    if threads is not None:
        environment.update(dict.fromkeys(_VARIABLES, str(threads)))
    words = [sys.executable, "-m", "benchmarks.neighbour", dataset, str(epochs)]
    with spinning() if busy else contextlib.nullcontext():
        done = subprocess.run(
            [*words, *(["quick"] if quick else [])],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
    return float(done.stdout)


@contextlib.contextmanager
def spinning():
    """A process that keeps one core busy."""
    process = subprocess.Popen([sys.executable, "-c", _SPIN])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def main(dataset, epochs, quick=None):
    from benchmarks.problems import load
    from scratch.linear_model import SoftmaxClassifier

    problem = load(dataset, quick == "quick")
    SoftmaxClassifier(max_iter=1).fit(problem.X, problem.y)
    start = time.perf_counter()
    SoftmaxClassifier(max_iter=int(epochs), tol=None, random_state=0).fit(problem.X, problem.y)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
