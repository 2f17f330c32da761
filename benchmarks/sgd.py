"""One sample at a time: our `SGDClassifier` in Python against scikit-learn's compiled one.

Both take the same updates in the same order. So the question is twofold: are the weights equal to
the bit, and what does the interpreter cost? It costs the most where a sample is a few numbers, and
where averaging or an L1 penalty adds operations to each step: small data in a search, say.
"""

import inspect
from dataclasses import dataclass, field, replace

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
_FITTED = ("coef_", "intercept_", "n_iter_", "t_")


@dataclass(frozen=True)
class Case:
    """A training set, and the number of epochs to train on it."""

    name: str
    X: np.ndarray  # (n_samples, n_features)
    y: np.ndarray  # (n_samples,)
    epochs: int
    settings: dict = field(default_factory=dict)  # parameters that are not at their default


# What adds operations to each step.
EXTRAS = {
    "L1": {"penalty": "l1"},
    "elastic net": {"penalty": "elasticnet"},
    "averaged": {"average": True},
}


def cases(settings):
    """What to train on; made one by one, for MNIST takes 0.4 GB in float64."""
    if settings.dataset == "mnist":
        yield from _digit_cases("MNIST", load("mnist", settings.quick), 2)
    n = 5_000 if settings.quick else 100_000
    yield Case(f"few dense features, {n:,} × 20, two classes", *few_dense_features(n), 1)
    if settings.dataset == "synthetic":
        return
    digits = load("digits")
    yield from _digit_cases("digits", digits, 5)
    yield Case("digits, ten classes, float32", digits.X, digits.y, 5)
    yield Case("lines of documentation, TF-IDF, three classes", *documentation(), 2)
    iris = load_iris(return_X_y=True)
    yield Case("iris, three classes", *iris, 20)
    for name, extra in EXTRAS.items():
        yield Case(f"digits, ten classes, {name}", digits.X.astype(np.float64), digits.y, 2, extra)
        yield Case(f"iris, three classes, {name}", *iris, 20, extra)


def _digit_cases(name, problem, epochs):
    X = problem.X.astype(np.float64)
    yield Case(f"{name}, ten classes", X, problem.y, epochs)
    is_five = (problem.y == 5).astype(np.int64)
    yield Case(f"{name}, 5 or not 5", X, is_five, epochs)
    yield Case(f"{name}, ten classes, hinge", X, problem.y, epochs, {"loss": "hinge"})
    yield Case(f"{name}, 5 or not 5, hinge", X, is_five, epochs, {"loss": "hinge"})


def _n_cases(settings):
    return {"mnist": 18, "digits": 14, "synthetic": 1}[settings.dataset]


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
        how = {"loss": "log_loss", "tol": None, **case.settings}
        estimator = LIBRARIES[who].SGDClassifier(max_iter=case.epochs, random_state=seed, **how)
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
    """What is no longer like for like: one line each."""
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
    title = "SGDClassifier, one sample an update: time per update"
    notes = [
        "The log loss, where no other is named. A class's update counts as one.",
        "Ratio of whole fits, CPU time: median (min–max).",
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
