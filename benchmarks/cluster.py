"""A cluster of processes on this machine: rows per second, memory, and the price of a round.

Loaded by `benchmarks.scale` where Dask is installed.
"""

import time
from contextlib import contextmanager
from pathlib import Path

import dask
import dask.array
import numpy as np
from dask_ml.wrappers import Incremental
from distributed import Client, LocalCluster
from sklearn.linear_model import SGDClassifier as SklearnSGD

from benchmarks.rounds import labels_of, rows_of, weights
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier
from scratch.scale import fit_in_rounds

ROUNDS_OF_OURS = 1
WORKERS = 1, 2
PARTS = 8
BLOCKS = 16
_MIB = 2**20


@contextmanager
def cluster(n_workers):
    """A client of so many processes of one thread each."""
    how = {"n_workers": n_workers, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**how, memory_limit=0, silence_logs=50) as here, Client(here) as client:
        yield client


def on_the_workers(n, d):
    """Made-up rows and labels, made by the workers and kept there; and as many for a test."""
    w = weights(d)
    made = []
    for first, count in ((0, BLOCKS), (BLOCKS, 1)):
        rows = [dask.delayed(rows_of)(i, n // BLOCKS, d) for i in range(first, first + count)]
        labels = [dask.delayed(labels_of)(X, w, i) for i, X in enumerate(rows, start=first)]
        for delayed, shape, dtype in (
            (rows, (n // BLOCKS, d), np.float32),
            (labels, (n // BLOCKS,), np.int64),
        ):
            blocks = [dask.array.from_delayed(each, shape, dtype) for each in delayed]
            made.append(dask.array.concatenate(blocks))
    return dask.persist(*made)


def in_rounds(X, y):
    model = LogisticClassifier(random_state=0)
    return fit_in_rounds(model, X, y, classes=[0, 1], n_rounds=ROUNDS_OF_OURS, n_parts=PARTS)


def incremental(model):
    """A function that fits it block by block."""

    def fit(X, y):
        how = {"shuffle_blocks": False, "assume_equal_chunks": True}
        return Incremental(model, **how).fit(X, y, classes=[0, 1]).estimator_

    return fit


CONTENDERS = {
    f"fit_in_rounds, {PARTS} parts, {ROUNDS_OF_OURS} round": in_rounds,
    "Incremental(LogisticClassifier())": incremental(LogisticClassifier(random_state=0)),
    "Incremental(scikit-learn's SGDClassifier('log_loss'))": incremental(
        SklearnSGD("log_loss", random_state=0)
    ),
}


def reset_peak():
    """Let this process's peak of memory begin at its present memory; return that, in bytes."""
    Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def peak():
    """The largest memory that this process has held since, in bytes."""
    return _memory("VmHWM")


def _memory(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def measure_speed(n, d, rounds, records, progress):
    """Append seconds, peak memory and accuracy of each contender, with one worker and with two."""
    for n_workers in WORKERS:
        with cluster(n_workers) as client:
            X, y, X_test, y_test = on_the_workers(n, d)
            rows, labels = dask.compute(X_test, y_test)
            for turn in range(-1, rounds):  # the first is the warm-up
                for who, fit in list(CONTENDERS.items())[:: -1 if turn % 2 else 1]:
                    with progress.job(f"{n_workers} workers: {who}", who):
                        before = _on_each(client, reset_peak)
                        start = time.perf_counter()
                        model = fit(X, y)
                        taken = time.perf_counter() - start
                        peaks = _on_each(client, peak)
                    if turn < 0:
                        continue
                    record = {"kind": "speed", "who": who, "workers": n_workers, "round": turn}
                    record |= {"rows": n, "features": d, "seconds": taken, "held": max(before)}
                    record["more"] = max(p - b for p, b in zip(peaks, before, strict=True))
                    record["accuracy"] = float(np.mean(model.predict(rows) == labels))
                    records.append(record)


def _on_each(client, function):
    """Return the function's value on each worker; 0 where there is no /proc."""
    try:
        return list(client.run(function).values())
    except OSError:
        return [0]


def measure_round(turns, records, progress):
    """Append the time of a round in which each part trains on one batch, by size of the weights."""
    for n_workers in WORKERS:
        with cluster(n_workers):
            for classes, d, parts in ((2, 50, 8), (2, 50, 64), (10, 784, 8), (10, 784, 64)):
                key = {"workers": n_workers, "classes": classes, "features": d, "parts": parts}
                with progress.job(f"a round of {parts} parts", "a round"):
                    fit = rounds_of_one_batch(classes, d, parts)
                    fit(1)
                    for turn in range(turns):
                        few, many = (seconds_of(fit, n_rounds) for n_rounds in (1, 6))
                        taken = {"round": turn, "seconds": (many - few) / 5}
                        records.append({"kind": "round"} | key | taken)


def rounds_of_one_batch(classes, d, parts):
    """A function that fits so many rounds, in which a part has one batch."""
    X = dask.array.ones((128 * parts, d), dtype=np.float32, chunks=(128, -1))
    X, y = dask.persist(X, dask.array.arange(128 * parts, chunks=128) % classes)
    model = SoftmaxClassifier(learning_rate="constant", random_state=0)
    how = {"classes": np.arange(classes), "n_parts": parts}
    return lambda n_rounds: fit_in_rounds(model, X, y, n_rounds=n_rounds, **how)


def seconds_of(call, *arguments):
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start
