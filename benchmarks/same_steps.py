"""Whether each contender's loop makes the steps that ours makes.

An epoch in the data's order, at a constant step, must lead to the same weights, up to rounding.
"""

import numpy as np

from benchmarks import contenders
from benchmarks.grids import five_or_not, ten_classes
from benchmarks.peers import MOMENTUM
from benchmarks.report import Table
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

_BATCH, _ETA = 128, 0.05
_TOLERANCE = 1e-4  # relative: float32, some hundred steps
_NO_MOMENTUM = ("the textbook's loop",)
_NO_ORDER = ("mlxtend SoftmaxRegression",)  # it shuffles by itself, and can't be checked


def measure(problem, settings, records, progress):
    """Append how far each loop's weights are from ours."""
    problem = problem.first(len(problem.X) // _BATCH * _BATCH)  # JAX's loop leaves the rest out
    two = problem.five_or_not()
    for data, everybody, ours in (
        (problem, ten_classes(problem.name), SoftmaxClassifier),
        (two, five_or_not(problem.name), LogisticClassifier),
    ):
        for contender in everybody:
            if contender.address.startswith("benchmarks.peers") and contender.name not in _NO_ORDER:
                record = _compare(data, contender, ours, progress)
                records.append({"kind": "steps", "problem": data.name, **record})


def _compare(problem, contender, ours, progress):
    who = {"contender": contender.name}
    if not contenders.installed(contender):
        return {**who, "missing": contender.needs}
    momentum = 0.0 if contender.name in _NO_MOMENTUM else MOMENTUM
    with progress.job(f"same steps: {contender.name}", "steps", counts=False):
        mine = _ours(ours, momentum).fit(problem.X, problem.y)
        theirs = contenders.prepare(contender, problem, _setting(momentum))(0)
    return {**who, "difference": difference(contenders.weights(mine), contenders.weights(theirs))}


def _ours(make, momentum):
    how = {"penalty": None, "momentum": momentum, "learning_rate": "constant", "eta0": _ETA}
    return make(batch_size=_BATCH, max_iter=1, tol=None, shuffle=False, **how)


def _setting(momentum):
    setting = {"batch_size": _BATCH, "eta0": _ETA, "epochs": 1, "shuffle": False}
    return {**setting, "falling": False} if momentum else setting


def difference(ours, theirs):
    """How far weights and intercepts are apart, as a share of ours."""
    ours, theirs = (np.concatenate([W.ravel(), b]) for W, b in (ours, theirs))
    return float(np.linalg.norm(ours - theirs) / np.linalg.norm(ours))


def unlike(records):
    """Return one line for each comparison that is no longer like for like."""
    return [
        f"train: after the same steps on {r['problem']} the weights of {r['contender']} are"
        f" {r['difference']:.1e} from ours"
        for r in records
        if r["kind"] == "steps" and not r.get("difference", 0.0) <= _TOLERANCE
    ]


def tables(records):
    """How far apart the weights are."""
    rows = [
        [
            r["contender"],
            r["problem"],
            f"{r['difference']:.1e}" if "difference" in r else f"not installed: {r['missing']}",
        ]
        for r in records
        if r["kind"] == "steps"
    ]
    title = f"Like for like: an epoch in order, batches of {_BATCH}, a constant step of {_ETA}"
    columns = ["loop", "problem", "its weights from ours, relative"]
    return [Table(title, columns, rows)] if rows else []
