"""Metrics: every function, by number of samples and type of label, against scikit-learn's.

The floor beside each is the one NumPy pass over the data that nobody can do without: a `bincount`
of ready-made codes for all that counts, a sort for all that goes over thresholds.
"""

import itertools
from dataclasses import dataclass

import numpy as np
import sklearn.metrics

import scratch.metrics
from benchmarks.plots import BLUE, GREY, ORANGE, chart, curve, seconds_axis
from benchmarks.race import Entrant, Ratio, number, race, repeat_for
from benchmarks.report import Table

NAME = "metrics"
OURS, THEIRS, FLOOR = "scratch", "scikit-learn", "floor"
CLOCK = "cpu_seconds"  # which other processes do not lengthen; nothing here uses two threads
N_CLASSES = 10
_MILLION = 1_000_000
_SLOW = ("roc_auc_score ovr", "roc_auc_score ovo")  # seconds each at a million: left out there
# A difference that only another order of summation makes.
_RELATIVE, _ABSOLUTE = 1e-12, 1e-15

COUNTING = {
    "accuracy_score": {},
    "balanced_accuracy_score": {},
    "confusion_matrix": {},
    "precision_recall_fscore_support": {},
    "precision_score": {"average": "macro"},
    "recall_score": {"average": "macro"},
    "f1_score": {"average": "macro"},
    "fbeta_score": {"average": "macro", "beta": 2.0},
    "matthews_corrcoef": {},
    "cohen_kappa_score": {},
    "classification_report": {},
}
THRESHOLDS = ("precision_recall_curve", "average_precision_score", "roc_curve", "roc_auc_score")
WORDS = np.array(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
LABELS = {
    "integers": np.arange(N_CLASSES),
    "wide integers": (np.arange(N_CLASSES) - 3) * 1_234_567_890,
    "characters": np.array(list("0123456789")),
    "words": WORDS,
    "objects": WORDS.astype(object),
}


@dataclass(frozen=True)
class Case:
    """A call to time: ``getattr(library, name)(*arguments, **keywords)``."""

    label: str
    labels: str
    n: int
    arguments: tuple
    keywords: dict
    floor_name: str
    floor: object  # a callable

    @property
    def name(self):
        return self.label.split()[0]


def measure(settings, records, progress):
    """Append the times of all cases, and whether the values are equal."""
    plan = [(labels, n) for labels in [*LABELS, "yes and no"] for n in sizes(settings, labels)]
    kinds = [(*case, who) for case in plan for who in (OURS, THEIRS, FLOOR)]
    rounds = {n: n_rounds(n, settings.quick) for _, n in plan}
    for labels, n, who in kinds:
        progress.expect([((labels, n), who)] * n_cases(labels, n) * rounds[n])
    for labels, n in plan:
        for case in cases(labels, n):
            _measure(case, rounds[n], settings.quick, records, progress)


def sizes(settings, labels):
    """Numbers of samples."""
    if settings.quick:
        return (100, 2_000)
    if settings.dataset == "mnist":
        return (100, 1_000, 60_000, _MILLION)
    return (100, 1_000, 60_000, _MILLION) if labels in ("integers", "yes and no") else (100, 10_000)


def n_rounds(n, quick):
    """Many for what is over in a moment: a burst is too short to be sure of the processor."""
    if quick or n == _MILLION:
        return 3
    return 15 if n <= 10_000 else 7


def n_cases(labels, n):
    """How many `cases` there are."""
    if labels == "yes and no":
        return 2 * len(THRESHOLDS) + 2
    return len(COUNTING) + 1 + (len(_SLOW) if labels == "integers" and n < _MILLION else 0)


def cases(labels, n):
    """The calls to time on n samples with labels of one type."""
    rng = np.random.default_rng(n)
    if labels == "yes and no":
        yield from _two_class_cases(labels, n, rng)
        return
    codes = rng.permutation(np.arange(n) % N_CLASSES)
    guesses = np.where(rng.random(n) < 0.85, codes, rng.integers(0, N_CLASSES, n))
    pairs = codes * N_CLASSES + guesses
    y_true, y_pred = LABELS[labels][codes], LABELS[labels][guesses]
    for name, keywords in COUNTING.items():
        floor = ("bincount", lambda: np.bincount(pairs))
        if name == "accuracy_score":
            floor = ("count_nonzero", lambda: np.count_nonzero(codes == guesses))
        yield Case(name, labels, n, (y_true, y_pred), keywords, *floor)
    # (n, n_classes), more on the true class; columns in the order of the sorted labels
    logits = rng.standard_normal((n, N_CLASSES)) + 3 * (codes[:, None] == np.arange(N_CLASSES))
    probabilities = np.exp(logits)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    probabilities = np.ascontiguousarray(probabilities[:, np.argsort(LABELS[labels])])
    yield Case("log_loss", labels, n, (y_true, probabilities), {}, "sum", probabilities.sum)
    if labels == "integers" and n < _MILLION:
        for label in _SLOW:
            keywords = {"multi_class": label.split()[1]}
            floor = ("argsort of columns", lambda: np.argsort(probabilities, axis=0))
            yield Case(label, labels, n, (y_true, probabilities), keywords, *floor)


def _two_class_cases(labels, n, rng):
    y_true = rng.permutation(np.arange(n) % 5 == 0)
    scores = 1 / (1 + np.exp(-rng.standard_normal(n) - 2.0 * y_true))
    for dtype in (np.float64, np.float32):
        typed = scores.astype(dtype)
        for name in THRESHOLDS:
            floor = ("argsort", lambda typed=typed: np.argsort(typed))
            label = name if dtype == np.float64 else f"{name} float32"
            yield Case(label, labels, n, (y_true, typed), {}, *floor)
    yield Case("brier_score_loss", labels, n, (y_true, scores), {}, "sum", scores.sum)
    steps = np.sort(scores)
    yield Case("auc", labels, n, (steps, scores), {}, "sum", scores.sum)


def _measure(case, rounds, quick, records, progress):
    runs = {FLOOR: case.floor}
    for who, library in ((OURS, scratch.metrics), (THEIRS, sklearn.metrics)):
        function = getattr(library, case.name)
        runs[who] = lambda function=function: function(*case.arguments, **case.keywords)
    entrants = []
    for who, run in runs.items():
        # a run of a millisecond can be trusted when it is repeated; a longer one as it is
        repeat = (
            repeat_for(run, 0.0005 if quick else 0.0015) if case.n < 100_000 or who == FLOOR else 1
        )
        entrants.append(Entrant(who, lambda _, run=run: run(), lambda: None, repeat))
    key = {"function": case.label, "labels": case.labels, "n": case.n, "floor": case.floor_name}
    outcomes = {}
    part = progress.part(f"{case.label}, {case.labels}, n = {case.n:,}", (case.labels, case.n))
    for turn, entrant, taken, outcome in race(entrants, rounds, part):
        outcomes[entrant.name] = outcome
        records.append({**key, "who": entrant.name, "round": turn, **taken})
    records.append({**key, "equal": equal(outcomes[OURS], outcomes[THEIRS])})


def equal(ours, theirs):
    """Whether two results are equal: texts to the character, numbers to the order of a sum."""
    if isinstance(ours, str) or isinstance(theirs, str):
        return ours == theirs
    if isinstance(ours, tuple):
        return len(ours) == len(theirs) and all(map(equal, ours, theirs))
    if ours is None or theirs is None:
        return ours is theirs
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    return ours.shape == theirs.shape and np.allclose(
        ours, theirs, rtol=_RELATIVE, atol=_ABSOLUTE, equal_nan=True
    )


def unlike(records):
    """What is no longer like for like: one line each."""
    return [
        f"metrics: {r['function']} on {r['labels']}, n = {r['n']:,}, differs from scikit-learn's"
        for r in records
        if r.get("equal") is False
    ]


def times(records):
    """CPU seconds by (function, labels, n), who, and round."""
    table = {}
    for r in records:
        if "who" in r:
            cell = table.setdefault((r["function"], r["labels"], r["n"]), {})
            cell.setdefault(r["who"], {})[r["round"]] = r[CLOCK]
    # an interrupted case is not finished
    return {key: cell for key, cell in table.items() if {OURS, THEIRS, FLOOR} <= cell.keys()}


def tables(records):
    """One table for each type of label."""
    cells = times(records)
    floors = {r["function"]: r["floor"] for r in records}
    return [
        _table(labels, {key: cell for key, cell in cells.items() if key[1] == labels}, floors)
        for labels in dict.fromkeys(labels for _, labels, _ in cells)
    ]


def _table(labels, cells, floors):
    steps = sorted({n for _, _, n in cells})
    rows = []
    for function in dict.fromkeys(function for function, _, _ in cells):
        row, last = [function], None
        for n in steps:
            cell = cells.get((function, labels, n))
            row.append(Ratio.of(cell[THEIRS], cell[OURS]) if cell else "–")
            last = cell or last
        row += [number(Ratio.of(last[OURS], last[FLOOR]).median), floors[function]]
        rows.append(row)
    what = "two classes" if labels == "yes and no" else f"{N_CLASSES} classes, labels: {labels}"
    return Table(
        f"Metrics, {what}: how many times faster than scikit-learn, median (min–max)",
        ["function", *(f"n = {n:,}" for n in steps), "our time / floor", "floor"],
        rows,
        [
            "CPU time. The floor is one NumPy call on data laid ready; the ratio to it is for the"
            " largest n."
        ],
    )


def pictures(records):
    """How many times faster, and times by size."""
    cells = times(records)
    if not cells:
        return {}
    return {"metrics-ratio": _ratios(cells), "metrics-time": _times(cells)}


def _ratios(cells):
    functions = [f for f, labels, _ in cells if labels == "integers" or f not in COUNTING]
    functions = [f for f in dict.fromkeys(functions) if not f.endswith("float32")]
    figure, (axis,) = chart(
        "Metrics: how many times faster than scikit-learn", height=0.8 + 0.27 * len(functions)
    )
    steps = sorted({n for _, _, n in cells})
    shades = itertools.cycle(("#9ecae1", "#4c9bd0", "#0b5fa5", "#08244a"))
    for n, colour, lift in zip(steps, shades, np.linspace(-0.24, 0.24, len(steps)), strict=False):
        labelled = False
        for row, function in enumerate(functions):
            ratios = [
                Ratio.of(cell[THEIRS], cell[OURS])
                for (f, labels, size), cell in cells.items()
                if (f, size) == (function, n) and labels in ("integers", "yes and no")
            ]
            for ratio in ratios:
                axis.plot([ratio.least, ratio.most], [row + lift] * 2, color=colour, linewidth=1.2)
                label = None if labelled else f"n = {n:,}"
                axis.plot(ratio.median, row + lift, "o", color=colour, markersize=5, label=label)
                labelled = True
    axis.set_yticks(range(len(functions)), functions, fontsize=8)
    axis.invert_yaxis()
    axis.set_xscale("log")
    axis.axvline(1, color=GREY, linewidth=1)
    axis.set_xlabel("scikit-learn's time / our time (dot: median, line: min to max)", fontsize=9)
    axis.legend(fontsize=8, loc="lower right")
    return figure


def _times(cells):
    chosen = (
        ("classification_report", "integers", "bincount"),
        ("log_loss", "integers", "one sum"),
        ("precision_recall_curve", "yes and no", "argsort"),
    )
    figure, axes = chart("Metrics: time by number of samples", 3, width=9.6, height=3.4)
    for axis, (function, labels, floor) in zip(axes, chosen, strict=True):
        runs = ((THEIRS, ORANGE, THEIRS), (OURS, BLUE, OURS), (FLOOR, GREY, f"floor: {floor}"))
        for i, (who, colour, label) in enumerate(runs):
            points = [
                (n, np.median(list(cell[who].values())))
                for (f, kind, n), cell in sorted(cells.items(), key=lambda item: item[0][2])
                if (f, kind) == (function, labels)
            ]
            if points:
                curve(axis, *zip(*points, strict=True), number=i, label=label, color=colour)
        axis.set(xscale="log", yscale="log", xlabel="samples")
        seconds_axis(axis.yaxis)
        axis.set_title(function, fontsize=9)
        if axis.lines:
            axis.legend(fontsize=8, frameon=False)
    return figure
