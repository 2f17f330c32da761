"""Metrics: every function, by number of samples and type of label, against scikit-learn's."""

import itertools

import numpy as np
import sklearn.metrics

import scratch.metrics
from benchmarks.metric_cases import (
    COUNTING,
    MILLION,
    N_CLASSES,
    TWO_CLASSES,
    cases,
    n_cases,
)
from benchmarks.plots import BLUE, GREY, ORANGE, chart, curve, plain_axis, seconds_axis
from benchmarks.race import Entrant, Ratio, number, race, repeat_for
from benchmarks.report import Table

NAME = "metrics"
OURS, THEIRS, FLOOR = "scratch", "scikit-learn", "floor"
CLOCK = "cpu_seconds"  # which other processes do not lengthen; nothing here uses two threads
ORDER = ("integers", TWO_CLASSES, "words", "characters", "objects", "wide strings", "wide integers")
# A difference as large as another order of summation makes.
_RELATIVE, _ABSOLUTE = 1e-12, 1e-15


def measure(settings, records, progress):
    """Append the times of all cases, and whether the values are equal."""
    plan = [(labels, n) for labels in ORDER for n in sizes(settings, labels)]
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
        return (100, 1_000, 60_000, MILLION)
    return (100, 1_000, 60_000, MILLION) if labels in ("integers", TWO_CLASSES) else (100, 60_000)


def n_rounds(n, quick):
    """Many rounds for short runs: a burst is too short to be sure of the processor."""
    if quick or n == MILLION:
        return 3
    return 11 if n <= 1_000 else 5


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
    """Return one line for each comparison that is no longer like for like."""
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
            row.append(Ratio.of(cell[THEIRS], cell[OURS]) if cell else "not run")
            last = cell or last
        row += [number(Ratio.of(last[OURS], last[FLOOR]).median), floors[function]]
        rows.append(row)
    what = "two classes" if labels == TWO_CLASSES else f"{N_CLASSES} classes, labels: {labels}"
    return Table(
        f"Metrics, {what}: how many times faster than scikit-learn, median (min–max)",
        ["function", *(f"n = {n:,}" for n in steps), "our time / floor", "floor"],
        rows,
        [
            "CPU time. The floor is one NumPy call on data laid ready; the ratio to it is for the"
            " largest n of the row.",
            "Not run: functions that take scikit-learn minutes; and counts of labels where a few"
            " functions stand for all.",
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
                if (f, size) == (function, n) and labels in ("integers", TWO_CLASSES)
            ]
            for ratio in ratios:
                axis.plot([ratio.least, ratio.most], [row + lift] * 2, color=colour, linewidth=1.2)
                label = None if labelled else f"n = {n:,}"
                axis.plot(ratio.median, row + lift, "o", color=colour, markersize=5, label=label)
                labelled = True
    axis.set_yticks(range(len(functions)), functions, fontsize=8)
    axis.invert_yaxis()
    axis.set_xscale("log")
    plain_axis(axis.xaxis)
    axis.axvline(1, color=GREY, linewidth=1)
    axis.set_xlabel("scikit-learn's time / our time (dot: median, line: min to max)", fontsize=9)
    axis.legend(fontsize=8, loc="lower right")
    return figure


def _times(cells):
    chosen = (
        ("classification_report", "integers", "bincount"),
        ("log_loss", "integers", "one sum"),
        ("precision_recall_curve", TWO_CLASSES, "argsort"),
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
