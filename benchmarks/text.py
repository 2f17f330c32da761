"""Sparse text: all contenders at the defaults, and at the best of a small grid.

Which setting of `benchmarks.grids` is the best: the one with the least log loss on files that are
held out of the training set. The test set, of other files, judges. ``--only docstrings`` takes the
rows whose names hold the word.
"""

import tracemalloc
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import log_loss

from benchmarks import contenders, corpora
from benchmarks.grids import text
from benchmarks.race import Entrant, clocked, seconds
from benchmarks.report import Table

NAME = "text"
DEFAULTS, CHOSEN = "defaults", "the best of a small grid"
_OURS, _THEIRS = "scratch SGDClassifier", "scikit-learn SGDClassifier"
_MIB = 2**20
# Seconds above which one run will do; of others it is the median of three.
_LONG = 5.0


def cases(settings):
    """By corpus the pairs of contenders that race on it: see `grids.text`."""
    words, chosen = settings.only, {}
    for corpus in corpora.RECIPES:
        found = [
            pair
            for pair in text()
            if not words or any(word in f"{corpus}: {pair[0].name}" for word in words)
        ]
        if found:
            chosen[corpus] = found
    return chosen


def measure(settings, records, progress):
    """Append time, memory and quality of all contenders on each corpus."""
    chosen = cases(settings)
    progress.expect([(name, pair[0].name) for name, pairs in chosen.items() for pair in pairs])
    for name, pairs in chosen.items():
        corpus, choices, fitted = corpora.make(name, settings.quick), {}, {}
        for plain, tuned in pairs:
            who = plain.name
            with progress.job(f"{name}: {who}", (name, who)), warnings.catch_warnings():
                warnings.filterwarnings("ignore", category=ConvergenceWarning)
                # equal bits: the setting that suits theirs suits ours
                choices[who] = (who == _OURS and choices.get(_THEIRS)) or best(
                    tuned, corpus.choosing(), contenders.settings(tuned, settings.quick)
                )
                for kind, contender, setting in (
                    (DEFAULTS, plain, contenders.settings(plain)[0]),
                    (CHOSEN, tuned, choices[who]),
                ):
                    found, fitted[who, kind] = run(contender, corpus, setting, settings.clock)
                    what = contenders.chosen_part(contender, setting)
                    key = {"corpus": corpus.what, "who": who, "kind": kind, "setting": what}
                    records.append(key | found | _equal(fitted, kind, who))


def best(contender, problem, grid):
    """The setting of a grid that has the least log loss."""
    losses = [
        quality(contenders.prepare(contender, problem, setting)(0), problem)["log_loss"]
        for setting in grid
    ]
    return grid[int(np.argmin(losses))]


def quality(model, problem):
    """Accuracy and log loss on the test set."""
    P = model.predict_proba(problem.X_test).astype(np.float64)
    P /= P.sum(axis=1, keepdims=True)  # which float32 rounds
    return {
        "accuracy": float(np.mean(P.argmax(axis=1) == problem.y_test)),
        "log_loss": float(log_loss(problem.y_test, P, labels=model.classes_)),
    }


def run(contender, corpus, setting, clock):
    """Times, memory and quality with one setting, and the fitted model."""
    fit = contenders.prepare(contender, corpus, setting)
    times = []
    while len(times) < (3 if max(times, default=0) < _LONG else 1):
        taken, model = clocked(Entrant(contender.name, fit), 0)
        times.append(taken[clock])
    memory = _memory(contender, corpus, setting)
    return {"seconds": float(np.median(times)), "mib": memory, **quality(model, corpus)}, model


def _memory(contender, corpus, setting):
    """The most memory of a fit beyond the data, MiB: of a short one, in which all arrays are made.

    L-BFGS keeps ten steps.
    """
    short = contenders.prepare(
        contender, corpus, setting | {"max_iter": 11 if "lbfgs" in contender.name else 2}
    )
    tracemalloc.start()
    try:
        short(0)
        return tracemalloc.get_traced_memory()[1] / _MIB
    finally:
        tracemalloc.stop()


def _equal(fitted, kind, who):
    """Of our `SGDClassifier`: whether its weights are the bits of scikit-learn's."""
    if who != _OURS or (_THEIRS, kind) not in fitted:
        return {}
    ours, theirs = fitted[_OURS, kind], fitted[_THEIRS, kind]
    return {"equal": bool(np.array_equal(ours.coef_, theirs.coef_))}


def unlike(records):
    """What is no longer like for like: one line each."""
    return [
        f"text: the bits of the two SGDClassifiers differ on {r['corpus']}, {r['kind']}"
        for r in records
        if r.get("equal") is False
    ]


def tables(records):
    """One table for each corpus, and for defaults and chosen settings."""
    columns = ["", "time", "test accuracy", "log loss", "peak memory"]
    found = {}
    for r in records:
        setting = "" if r["kind"] == DEFAULTS else f", {r['setting']}"
        memory = f"{r['mib']:,.0f} MiB"
        quality = f"{r['accuracy']:.3f}", f"{r['log_loss']:.3f}"
        row = [f"{r['who']}{setting}", seconds(r["seconds"]), *quality, memory]
        found.setdefault((r["corpus"], r["kind"]), []).append(row)
    return [
        Table(f"{corpus}; {kind}", columns, rows, _notes(kind))
        for (corpus, kind), rows in found.items()
    ]


def _notes(kind):
    notes = ["Time of `fit`. Memory: beyond the data."]
    if kind == CHOSEN:
        notes.append("Chosen: the setting with the least log loss on files held out.")
    return notes


def pictures(records):
    """None: the table says it."""
    return {}
