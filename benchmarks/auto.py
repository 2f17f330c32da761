"""Defaults alone, on data that differ: how near to the optimum does `fit` end?

`shares` says how near is near. With ``--real`` on real tables: see `real`.
"""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import StratifiedKFold
from sklearn.neural_network import MLPClassifier

from benchmarks import families, real
from benchmarks.plots import BLUE, GREY, ORANGE, PINK, chart, plain_axis
from benchmarks.report import Table
from benchmarks.shares import (
    ALPHA,
    accuracy,
    logistic,
    objective,
    optimum,
    share_left,
    softmax,
    start,
    targets,
)
from scratch.linear_model import SoftmaxClassifier

NAME = "auto"
OURS, NETWORK, ONE_BY_ONE = "SoftmaxClassifier", "MLPClassifier(())", "SGDClassifier, averaged"
WHO = (OURS, NETWORK, ONE_BY_ONE)
OPTIMUM = "the optimum"
_GOALS = (0.02, 0.05)
_LEAST, _MOST = 1e-4, 10.0  # of the picture's axis
_NOTE = (
    f"All defaults, alpha = {ALPHA:g}, random_state = 0. MLPClassifier divides its alpha by the"
    " size of the batch, so it is given that many times more."
)


def estimator(who, n):
    """Everybody at the defaults, for n samples."""
    if who == OURS:
        return SoftmaxClassifier(random_state=0)
    if who == NETWORK:
        return MLPClassifier((), alpha=ALPHA * min(200, n), random_state=0)
    return SGDClassifier(loss="log_loss", average=True, random_state=0)


def fitted(who, X, y):
    """Weights, intercepts, and whether a ConvergenceWarning came."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = estimator(who, len(X)).fit(X, y)
    warned = any(issubclass(each.category, ConvergenceWarning) for each in caught)
    if who == NETWORK:
        return model.coefs_[0].T, model.intercepts_[0], warned
    return np.float64(model.coef_), np.float64(model.intercept_), warned


def measure(settings, records, progress):
    """Append where everybody ends on every data set, and the accuracies by cross-validation."""
    if settings.real:
        real.measure(settings, records, progress)
        return
    data, few = list(families.load(settings.quick)), list(families.real(settings.quick))
    progress.expect([who for _ in data for who in WHO] + ["folds" for _ in few])
    for family, name, X, y in data:
        best = {}  # of each loss
        for who in WHO:
            with progress.job(f"{name}: {who}", who):
                record = _record(who, X, y, best)
            records.append({"family": family, "data": name, "who": who, **record})
    for name, X, y in few:
        with progress.job(f"{name}: five folds", "folds"):
            records += [{"folds_of": name, "who": who, "accuracy": a} for who, a in folds(X, y)]


def _record(who, X, y, best):
    W, b, warned = fitted(who, X, y)
    loss = softmax if len(W) > 1 and who != ONE_BY_ONE else logistic
    T = targets(y, loss)
    if loss not in best:
        best[loss] = optimum(X, T, loss)
    least = objective(*best[loss], X, T, loss)
    return {
        "left": share_left(objective(W, b, X, T, loss), least, start(T, loss)),
        "accuracy": accuracy(W, b, X, y),
        "optimum_accuracy": accuracy(*best[loss], X, y),
        "warned": warned,
    }


def folds(X, y):
    """Mean accuracy on five folds: of everybody, and of the optimum (LogisticRegression's)."""
    parts = list(StratifiedKFold(5, shuffle=True, random_state=0).split(X, y))

    def mean(fit):
        return float(np.mean([accuracy(*fit(X[a], y[a]), X[b], y[b]) for a, b in parts]))

    for who in WHO:
        yield who, mean(lambda X, y, who=who: fitted(who, X, y)[:2])
    yield OPTIMUM, mean(lambda X, y: optimum(X, targets(y, softmax), softmax))


def unlike(records):
    """Nobody can be below the optimum: one line for each that is."""
    return [
        f"auto: {r['who']} on {r['data']} ends below the optimum: share left {r['left']:.1e}"
        for r in records
        if not r.get("left", 0) > -1e-5
    ]


def _by(records, key, value):
    """Of complete rows alone: {row: {who: value}}."""
    rows = {}
    for r in records:
        if key in r:
            rows.setdefault(r[key], {})[r["who"]] = value(r)
    everybody = {*WHO, OPTIMUM} if key == "folds_of" else set(WHO)
    return {name: row for name, row in rows.items() if everybody <= row.keys()}


def tables(records):
    """Every data set, then how many are near, then the accuracies on five folds."""
    if records and "table" in records[0]:
        return real.tables_of(records)
    rows = _by(records, "data", lambda r: r)
    five = _by(records, "folds_of", lambda r: r["accuracy"])
    each = [[name, *(_cell(row[who]) for who in WHO)] for name, row in rows.items()]
    counted = {
        **{f"within {goal:g}": lambda r, goal=goal: r["left"] <= goal for goal in _GOALS},
        "above the start": lambda r: r["left"] > 1,
        f"not within {_GOALS[1]:g}, no warning": lambda r: (
            r["left"] > _GOALS[1] and not r["warned"]
        ),
    }
    counts = [
        [what, *(sum(test(row[who]) for row in rows.values()) for who in WHO)]
        for what, test in counted.items()
    ]
    means = [[name, *(f"{row[w]:.3f}" for w in (*WHO, OPTIMUM))] for name, row in five.items()]
    title = "Share of the way to the optimum that is left"
    return [
        Table(f"{title} (accuracy − the optimum's, in training)", ["", *WHO], each, [_NOTE]),
        Table(f"{title}: how many of {len(rows)} data sets", ["", *WHO], counts, [_NOTE]),
        Table("Accuracy, five folds, raw units", ["", *WHO, OPTIMUM], means, [_NOTE]),
    ]


def _cell(r):
    return f"{r['left']:.3g} ({r['accuracy'] - r['optimum_accuracy']:+.3f})"


def pictures(records):
    """One dot for each data set and classifier."""
    names = list(dict.fromkeys(r["family"] for r in records if "left" in r))
    if not names:
        return {}
    title = "All defaults: share of the way to the optimum that is left after fit"
    figure, (axis,) = chart(title, width=8.4, height=1.3 + 0.36 * len(names))
    looks = {OURS: (BLUE, "o", -0.2), NETWORK: (ORANGE, "s", 0.0), ONE_BY_ONE: (PINK, "^", 0.2)}
    for who, (colour, marker, lift) in looks.items():
        dots = [(r["left"], r["family"]) for r in records if r["who"] == who and "left" in r]
        x = np.clip([left for left, _ in dots], _LEAST, _MOST)
        y = [names.index(family) + lift for _, family in dots]
        axis.plot(x, y, marker, color=colour, markersize=5, alpha=0.8, label=who)
    for goal in (*_GOALS, 1):
        axis.axvline(goal, color=GREY, linewidth=1, linestyle="-" if goal == 1 else "--")
    axis.set(xscale="log", xlim=(_LEAST / 1.3, _MOST * 1.3))
    plain_axis(axis.xaxis)
    axis.set_xlabel(
        f"share left: dashed {_GOALS[0]:g} and {_GOALS[1]:g}, line 1 (nothing learnt);"
        f" what is beyond {_LEAST:g} or {_MOST:g} stands at the edge",
        fontsize=8.5,
    )
    axis.set_yticks(range(len(names)), names, fontsize=8.5)
    axis.invert_yaxis()
    figure.legend(loc="outside lower center", ncols=3, fontsize=8, frameon=False)
    return {"auto": figure}
