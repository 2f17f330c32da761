"""What an epoch costs: against its floor, and beside a busy process."""

from dataclasses import dataclass

import numpy as np

from benchmarks import floors, neighbour
from benchmarks.race import Entrant, Ratio, race
from benchmarks.race import seconds as show
from benchmarks.report import Table
from scratch.linear_model import SoftmaxClassifier


@dataclass(frozen=True)
class Match:
    """A race, and the ratios to take from it: (what, above, below)."""

    name: str
    entrants: list
    ratios: list
    rounds: int


def measure(problem, settings, records, progress):
    """Append the best tiling of the products, and the time of each run."""
    epochs = 5 if problem.name.startswith("MNIST") else 50
    with progress.job("the products' best tiling", "floor", counts=False):
        way = floors.best_way(problem.X, problem.n_classes)
    records.append({"kind": "floor", **way})
    for match in _floor(problem, epochs, way, settings), _neighbour(settings, epochs):
        progress.expect_race(match.entrants, match.rounds)
        key = {"kind": "cost", "match": match.name, "ratios": match.ratios}
        for turn, entrant, taken, outcome in race(match.entrants, match.rounds, progress):
            if isinstance(outcome, float):  # a process's own clock, without its start
                taken = {"seconds": outcome, "cpu_seconds": None}
            records.append({**key, "who": entrant.name, "round": turn, **taken})


def _floor(problem, epochs, way, settings):
    def fit(epochs):
        model = SoftmaxClassifier(max_iter=epochs, tol=None)
        return lambda seed: model.set_params(random_state=seed).fit(problem.X, problem.y)

    def products(epochs):
        run = floors.products(problem.X, problem.n_classes, **way, epochs=epochs)
        return lambda _: run()

    short, long = "fit, 1 epoch", f"fit, {epochs + 1} epochs"
    floor, floors_ = "products, 1 epoch", f"products, {epochs} epochs"
    return Match(
        "floor",
        [
            Entrant(short, fit(1)),
            Entrant(long, fit(epochs + 1)),
            Entrant(floor, products(1)),
            Entrant(floors_, products(epochs)),
        ],
        [
            ("a whole fit of one epoch / its two products", (short,), floor),
            (f"{epochs} more epochs / their products", (long, short), floors_),
        ],
        2 if settings.quick else 9,
    )


def _neighbour(settings, epochs):
    def fit(**how):
        return lambda _: neighbour.seconds(settings.dataset, epochs, settings.quick, **how)

    calm, one, default = "one thread, alone", "one thread, beside", "default threads, beside"
    return Match(
        "neighbour",
        [
            Entrant(calm, fit(threads=1), lambda: None),
            Entrant(one, fit(threads=1, busy=True), lambda: None),
            Entrant(default, fit(busy=True), lambda: None),
        ],
        [
            ("default threads beside a busy process / one thread alone", (default,), calm),
            ("default threads / one thread, both beside a busy process", (default,), one),
        ],
        1 if settings.quick else 3,
    )


def unlike(records):
    """Nothing is compared with another library here."""
    return []


def tables(records):
    """One table of ratios."""
    runs, wanted = {}, []
    for r in records:
        if r["kind"] == "cost":
            runs.setdefault(r["who"], {})[r["round"]] = r
            wanted += [ratio for ratio in r["ratios"] if ratio not in wanted]
    rows = [
        [what, *_compare(above, below, runs)]
        for what, above, below in wanted
        if {*above, below} <= runs.keys()  # else interrupted
    ]
    if not rows:
        return []
    way = next(r for r in records if r["kind"] == "floor")
    notes = [
        "Times: medians; ratio: median of the rounds (min–max). SoftmaxClassifier at its defaults.",
        f"Products: {way['scores']} and {way['gradient']} of {way['rows']} rows at a time in the"
        " data's order, the quickest way that was found.",
        "CPU time; beside a busy process, where waiting is the point, by the wall clock.",
    ]
    return [Table("What an epoch costs", ["above / below", "above", "below", "ratio"], rows, notes)]


def _compare(above, below, runs):
    """Median times, and their ratio."""
    cpu = all(r["cpu_seconds"] is not None for name in (*above, below) for r in runs[name].values())
    clock = "cpu_seconds" if cpu else "seconds"
    over, under = _spans(above, clock, runs), _spans((below,), clock, runs)
    medians = [show(np.median(list(spans.values()))) for spans in (over, under)]
    return [*medians, Ratio.of(over, under) or "interrupted"]


def _spans(names, clock, runs):
    """Seconds by round; for two names, the first's minus the second's."""
    spans = {turn: r[clock] for turn, r in runs[names[0]].items()}
    if len(names) == 1:
        return spans
    less = {turn: r[clock] for turn, r in runs[names[1]].items()}
    return {turn: spans[turn] - less[turn] for turn in spans if turn in less}
