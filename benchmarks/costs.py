"""What an epoch costs: against its floor, beside a busy process, and in other libraries."""

from dataclasses import dataclass

import numpy as np

from benchmarks import floors, neighbour, peers
from benchmarks.objective import SOFTMAX, objective
from benchmarks.race import Entrant, Ratio, race
from benchmarks.race import seconds as show
from benchmarks.report import Table
from scratch.linear_model import SoftmaxClassifier

_DEFAULT_BATCH = SoftmaxClassifier().batch_size
_TOLERANCE = 1e-4  # between the objectives of two libraries after the same steps


@dataclass(frozen=True)
class Match:
    """A race, and the ratios to take from it: (what, above, below)."""

    name: str
    entrants: list
    ratios: list


def plan(problem, settings, progress):
    """The matches to come; `progress` is told to expect them."""
    epochs = 5 if problem.name == "MNIST" else 50
    matches = [_floor(problem, epochs), _neighbour(settings, epochs)]
    short = 2 if problem.name == "MNIST" else 10
    matches.append(_textbook(problem, short))
    if peers.installed("torch"):
        matches.append(_torch(problem, short))
    if peers.installed("mlxtend"):
        matches.append(_mlxtend(problem, short))
    for match in matches:
        progress.expect_race(match.entrants, _rounds(match, settings.quick))
    return problem, matches, settings.quick


def _rounds(match, quick):
    if match.name == "neighbour":  # a process for each run takes its time
        return 1 if quick else 3
    return 2 if quick else 5


def _floor(problem, epochs):
    def fit(epochs):
        return lambda seed: SoftmaxClassifier(max_iter=epochs, tol=None, random_state=seed).fit(
            problem.X, problem.y
        )

    products = floors.products(problem.X, problem.n_classes, _DEFAULT_BATCH, epochs)
    fit_name, floor_name = f"fit, {epochs} epochs", f"two products, {epochs} epochs"
    twice = f"fit, {2 * epochs} epochs"
    return Match(
        "floor",
        [
            Entrant(fit_name, fit(epochs)),
            Entrant(twice, fit(2 * epochs)),
            Entrant(floor_name, lambda _: products()),
        ],
        [
            ("a fit / the two matrix products of its epochs", (fit_name,), floor_name),
            ("one more epoch / its two matrix products", (twice, fit_name), floor_name),
        ],
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
    )


def _textbook(problem, epochs):
    mine = peers.ours(problem, epochs, momentum=0.0, alpha=problem.alpha)
    names = f"textbook.fit_softmax, {epochs} epochs", f"SoftmaxClassifier, {epochs} epochs, plain"
    return Match(
        "textbook",
        [Entrant(names[0], peers.textbook_fit(problem, epochs)), Entrant(names[1], mine)],
        [("the textbook's plain loop, same steps / SoftmaxClassifier", names[:1], names[1])],
    )


def _torch(problem, epochs):
    mine = peers.ours(problem, epochs, momentum=peers.MOMENTUM, alpha=problem.alpha)
    loop = peers.torch_loop(problem, epochs, alpha=problem.alpha)
    names = f"torch, {epochs} epochs", f"SoftmaxClassifier, {epochs} epochs with momentum"
    return Match(
        "torch",
        [Entrant(names[0], loop), Entrant(names[1], mine)],
        [("PyTorch's loop, same steps / SoftmaxClassifier", names[:1], names[1])],
    )


def _mlxtend(problem, epochs):
    mine = peers.ours(problem, epochs, momentum=0.0, alpha=0.0)
    names = f"mlxtend, {epochs} epochs", f"SoftmaxClassifier, {epochs} epochs"
    return Match(
        "mlxtend",
        [Entrant(names[0], peers.mlxtend_fit(problem, epochs)), Entrant(names[1], mine)],
        [("mlxtend's SoftmaxRegression / SoftmaxClassifier", names[:1], names[1])],
    )


def measure(planned, records, progress):
    """Append what each run took, and whether PyTorch's loop takes our steps."""
    problem, matches, quick = planned
    for match in matches:
        if match.name == "torch":
            records.append(_same_steps(problem))
        for turn, entrant, taken, outcome in race(match.entrants, _rounds(match, quick), progress):
            if isinstance(outcome, float):  # a process's own clock, without its start
                taken = {"seconds": outcome, "cpu_seconds": None}
            records.append(
                {
                    "kind": "cost",
                    "match": match.name,
                    "who": entrant.name,
                    "ratios": match.ratios,
                    "round": turn,
                    **taken,
                }
            )


def _same_steps(problem):
    """The objectives after an epoch in the data's order, ours and PyTorch's."""
    how = {"alpha": problem.alpha, "shuffle": False}
    fitted = peers.ours(problem, 1, momentum=peers.MOMENTUM, **how)(0)
    ours = objective(np.float64(fitted.coef_), np.float64(fitted.intercept_), problem, SOFTMAX)
    W, b = peers.torch_loop(problem, 1, **how)(0)
    theirs = objective(np.float64(W), np.float64(b), problem, SOFTMAX)
    return {"kind": "same steps", "match": "torch", "ours": ours, "theirs": theirs}


def unlike(records):
    """What is no longer like for like: one line each."""
    return [
        f"train: after the same steps the objective is {r['ours']:.6f} here and {r['theirs']:.6f}"
        f" in {r['match']}"
        for r in records
        if r["kind"] == "same steps" and abs(r["ours"] - r["theirs"]) > _TOLERANCE
    ]


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
    notes = [
        "Each pair at equal batch size, schedule and epochs. Times: medians; ratio: median of the",
        "rounds (min–max), by the wall clock and by CPU time, which other processes leave alone.",
        f"The products' floor: batches of {_DEFAULT_BATCH} in the data's order, nothing else.",
    ]
    columns = ["above / below", "above", "below", "ratio", "ratio, CPU"]
    return [Table("What an epoch costs", columns, rows, notes)]


def _compare(above, below, runs):
    """Median times, and the ratios by the wall clock and by CPU time."""
    over, under = _spans(above, "seconds", runs), _spans((below,), "seconds", runs)
    cells = [show(np.median(list(spans.values()))) for spans in (over, under)]
    cells.append(Ratio.of(over, under) or "–")
    if any(r["cpu_seconds"] is None for name in above for r in runs[name].values()):
        return [*cells, "–"]
    over, under = _spans(above, "cpu_seconds", runs), _spans((below,), "cpu_seconds", runs)
    return [*cells, Ratio.of(over, under) or "–"]


def _spans(names, clock, runs):
    """Seconds by round; of two names, what the first takes more than the second."""
    spans = {turn: r[clock] for turn, r in runs[names[0]].items()}
    if len(names) == 1:
        return spans
    less = {turn: r[clock] for turn, r in runs[names[1]].items()}
    return {turn: spans[turn] - less[turn] for turn in spans if turn in less}
