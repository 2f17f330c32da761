"""One sample at a time: our `SGDClassifier` in Python against scikit-learn's compiled one.

Both take the same updates in the same order. So there are two questions: are the weights equal to
the bit, and what does the interpreter cost? Its share is the largest where a sample is a few
numbers, and where averaging or an L1 penalty adds operations to each step.
"""

import inspect
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import sklearn.cluster
import sklearn.ensemble
import sklearn.linear_model
from sklearn.datasets import load_iris
from sklearn.feature_extraction.text import TfidfVectorizer

import scratch.linear_model
from benchmarks.plots import BLUE, GREY, chart, plain_axis
from benchmarks.problems import few_dense_features, load
from benchmarks.race import Entrant, Ratio, race, seconds
from benchmarks.report import Table

NAME = "sgd"
OURS, THEIRS = "scratch", "scikit-learn"
LIBRARIES = {OURS: scratch.linear_model, THEIRS: sklearn.linear_model}
CLOCK = "cpu_seconds"  # which other processes do not lengthen; nothing here uses two threads
LOG_LOSS = "log_loss"
_FITTED = ("coef_", "intercept_", "n_iter_", "t_")


@dataclass(frozen=True)
class Case:
    """A training set, and the number of epochs to train on it."""

    name: str
    X: np.ndarray  # (n_samples, n_features)
    y: np.ndarray  # (n_samples,)
    epochs: int
    settings: dict = field(default_factory=dict)  # parameters that are not at their default
    loss: str = LOG_LOSS


# Losses other than the log loss, and their names in the table.
LOSSES = {
    "hinge": "hinge loss",
    "squared_hinge": "squared hinge loss",
    "modified_huber": "modified Huber loss",
    "perceptron": "perceptron's loss",
}
# Parameters that add operations to each step.
EXTRAS = {
    "L1": {"penalty": "l1"},
    "elastic net": {"penalty": "elasticnet"},
    "averaged": {"average": True},
}


def cases(settings):
    """The cases; made one by one, since MNIST takes 0.4 GB in float64."""
    if settings.dataset == "mnist":
        yield from _digit_cases("MNIST", load("mnist", settings.quick), 2)
    n = 5_000 if settings.quick else 100_000
    yield from _with_hinge(
        Case(f"few dense features, {n:,} × 20, two classes", *few_dense_features(n), 1)
    )
    if settings.dataset == "synthetic":
        return
    digits = load("digits")
    yield from _digit_cases("digits", digits, 5)
    yield Case("digits, ten classes, float32", digits.X, digits.y, 5)
    yield from _with_hinge(
        Case("lines of documentation, TF-IDF, three classes", *documentation(), 2)
    )
    iris = load_iris(return_X_y=True)
    yield from _with_hinge(Case("iris, three classes", *iris, 20))
    X = digits.X.astype(np.float64)
    for name, extra in EXTRAS.items():
        yield Case(f"digits, ten classes, {name}", X, digits.y, 2, extra)
        yield Case(f"iris, three classes, {name}", *iris, 20, extra)
    for loss, name in LOSSES.items():
        if loss != "hinge" and accepts(loss):
            yield Case(f"digits, ten classes, {name}", X, digits.y, 2, loss=loss)


def _digit_cases(name, problem, epochs):
    X = problem.X.astype(np.float64)
    yield from _with_hinge(Case(f"{name}, ten classes", X, problem.y, epochs))
    two = (problem.y == 5).astype(np.int64)
    yield from _with_hinge(Case(f"{name}, 5 or not 5", X, two, epochs))


def _with_hinge(case):
    """The log loss, and scikit-learn's default where our estimator has it."""
    yield case
    if accepts("hinge"):
        yield replace(case, name=f"{case.name}, {LOSSES['hinge']}", loss="hinge")


@cache
def accepts(loss):
    """Whether our `SGDClassifier` has a loss."""
    try:
        scratch.linear_model.SGDClassifier(loss=loss).fit([[0.0], [1.0]], [0, 1])
    except ValueError:
        return False
    return True


def _n_cases(settings):
    """How many `cases` there are, without making their data."""
    with_hinge = {"mnist": 7, "digits": 5, "synthetic": 1}[settings.dataset]
    others = {"mnist": 7, "digits": 7, "synthetic": 0}[settings.dataset]
    more = sum(map(accepts, LOSSES)) - accepts("hinge") if others else 0
    return with_hinge * (2 if accepts("hinge") else 1) + others + more


def documentation():
    """Sparse X, the words of scikit-learn's own documentation, and y, the module of each line."""
    lines = {}
    for module in (sklearn.linear_model, sklearn.ensemble, sklearn.cluster):
        for name in module.__all__:
            for line in inspect.getdoc(getattr(module, name)).split("\n"):
                if len(line) > 40:
                    lines.setdefault(line.strip(), module.__name__)
    return TfidfVectorizer().fit_transform(lines), np.array([*lines.values()])


def measure(settings, records, progress):
    """Append the times, and whether the bits are equal."""
    rounds = 3 if settings.quick else 5
    for number in range(_n_cases(settings)):
        progress.expect([(number, who) for who in LIBRARIES] * rounds)
    for number, case in enumerate(cases(settings)):
        entrants = [Entrant(who, _fit(who, case), _warm_up(who, case)) for who in LIBRARIES]
        fitted = {}
        for seed, entrant, taken, estimator in race(
            entrants, rounds, progress.part(case.name, number)
        ):
            key = {"case": case.name, "round": seed}
            updates = case.epochs * len(case.y) * len(estimator.coef_)
            records.append({**key, "who": entrant.name, **taken, "updates": updates})
            fitted.setdefault(seed, {})[entrant.name] = estimator
            if len(fitted[seed]) == len(LIBRARIES):
                records.append({**key, "equal": same_bits(**_named(fitted.pop(seed)))})


def _named(pair):
    return {"ours": pair[OURS], "theirs": pair[THEIRS]}


def _fit(who, case):
    def run(seed):
        estimator = LIBRARIES[who].SGDClassifier(
            loss=case.loss, max_iter=case.epochs, tol=None, random_state=seed, **case.settings
        )
        return estimator.fit(case.X, case.y)

    return run


def _warm_up(who, case):
    few = replace(case, X=case.X[::10], y=case.y[::10], epochs=1)
    return lambda: _fit(who, few)(0)


def same_bits(ours, theirs):
    """Whether two fitted estimators are equal to the bit."""
    pairs = [(np.asarray(getattr(ours, a)), np.asarray(getattr(theirs, a))) for a in _FITTED]
    return all(
        a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes() for a, b in pairs
    )


def unlike(records):
    """Return one line for each comparison that is no longer like for like."""
    cases = dict.fromkeys(r["case"] for r in records if r.get("equal") is False)
    return [f"sgd: the bits of the two SGDClassifiers differ on {case}" for case in cases]


def _results(records):
    """By case: seconds and seconds per update by who and round, and whether all bits are equal."""
    found = {}
    for r in records:
        case = found.setdefault(r["case"], {"seconds": {}, "update": {}, "equal": []})
        if "who" in r:
            case["seconds"].setdefault(r["who"], {})[r["round"]] = r[CLOCK]
            case["update"].setdefault(r["who"], []).append(r[CLOCK] / r["updates"])
        else:
            case["equal"].append(r["equal"])
    return {name: case for name, case in found.items() if case["equal"]}


def tables(records):
    """Equal bits, times per update, and their ratio."""
    rows = [
        [
            name,
            "yes" if all(case["equal"]) else "NO",
            *(seconds(np.median(case["update"][who])) for who in (OURS, THEIRS)),
            Ratio.of(case["seconds"][OURS], case["seconds"][THEIRS]),
        ]
        for name, case in _results(records).items()
    ]
    columns = ["training set", "equal bits", "ours", "compiled", "ours / compiled"]
    title = "SGDClassifier, one sample per update: time per update"
    notes = [
        "The log loss where no other is named. A class's update counts as one. Ratio of whole fits,"
        " CPU time: median (min–max)."
    ]
    return [Table(title, columns, rows, notes)] if rows else []


def pictures(records):
    """The ratio of the times, case by case."""
    results = _results(records)
    if not results:
        return {}
    figure, (axis,) = chart(
        "SGDClassifier: Python against compiled code", width=7.6, height=1.4 + 0.4 * len(results)
    )
    labels = []
    for row, (name, case) in enumerate(results.items()):
        ratio = Ratio.of(case["seconds"][OURS], case["seconds"][THEIRS])
        axis.plot([ratio.least, ratio.most], [row, row], color=BLUE, linewidth=1.4)
        axis.plot(ratio.median, row, "o", color=BLUE, markersize=6)
        bits = "equal bits" if all(case["equal"]) else "BITS DIFFER"
        axis.annotate(f"{ratio.median:.2g} ×, {bits}", (ratio.median, row), (0, 7), fontsize=8,
                      textcoords="offset points", ha="center")  # fmt: skip
        labels.append(name)
    axis.set_yticks(range(len(labels)), labels, fontsize=8)
    axis.set_ylim(len(labels) - 0.5, -0.7)
    axis.set_xscale("log")
    plain_axis(axis.xaxis)
    axis.axvline(1, color=GREY, linewidth=1)
    axis.margins(x=0.2)
    axis.set_xlabel("our time / scikit-learn's time (dot: median, line: min to max)", fontsize=9)
    return {"sgd-ratio": figure}
