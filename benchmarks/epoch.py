"""An epoch of ours against an epoch of the expert's NumPy loop, by size of the batch.

There are two figures: a fit of one epoch, with all the work that a fit does once; and each further
epoch. Ours is at its defaults, with a penalty and a step that it finds by itself; the loop has
neither.

For other kernels: ``OPENBLAS_CORETYPE=Haswell python -m benchmarks epoch``. ``--only 128`` takes
some of the cases.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.peers import numpy_loop
from benchmarks.problems import load
from benchmarks.race import Entrant, Ratio, race
from benchmarks.race import seconds as show
from benchmarks.report import Table
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

NAME = "epoch"
BATCHES = 64, 128, 256, 512
_ROUNDS = 9
_ETA = 0.2
_OURS, _LOOP = "ours", "the loop"


@dataclass(frozen=True)
class Case:
    """A problem, our classifier for it, and a size of the batch."""

    problem: object
    make: type
    batch_size: int

    @property
    def name(self):
        return f"{self.problem.name}, batches of {self.batch_size}"

    def fit(self, epochs):
        model = self.make(batch_size=self.batch_size, max_iter=epochs, tol=None)
        X, y = self.problem.X, self.problem.y
        return lambda seed: model.set_params(random_state=seed).fit(X, y)

    def loop(self, epochs):
        how = {"batch_size": self.batch_size, "eta0": _ETA, "epochs": epochs}
        return numpy_loop.prepare(self.problem, **how)


def cases(problem, only=()):
    """All classes, then two; only those whose name holds one of some words."""
    everything = [
        Case(data, make, batch_size)
        for data, make in (
            (problem, SoftmaxClassifier),
            (problem.five_or_not(), LogisticClassifier),
        )
        for batch_size in BATCHES
    ]
    return [case for case in everything if not only or any(word in case.name for word in only)]


def measure(settings, records, progress):
    """Append the time of each run."""
    problem = load(settings.dataset, settings.quick)
    more = 5 if problem.name.startswith("MNIST") else 50
    rounds = 2 if settings.quick else _ROUNDS
    chosen = cases(problem, settings.only)
    races = {case.name: _entrants(case, more) for case in chosen}
    for name, entrants in races.items():
        progress.expect([(name, entrant.name) for entrant in entrants] * rounds)
    for name, entrants in races.items():
        for turn, entrant, taken, _ in race(entrants, rounds, progress.part(name, name)):
            who, epochs = entrant.name.split(", ")
            key = {"case": name, "who": who, "epochs": int(epochs), "round": turn}
            records.append({**key, **taken, "clock": settings.clock})


def _entrants(case, more):
    warm = {_OURS: case.fit(1), _LOOP: case.loop(1)}
    return [
        Entrant(f"{who}, {epochs}", run(epochs), lambda who=who: warm[who](0))
        for epochs in (1, more)
        for who, run in ((_OURS, case.fit), (_LOOP, case.loop))
    ]


def unlike(records):
    """Return nothing: `same_steps` checks that both make the same steps."""
    return []


def ratios(records):
    """By case: (ours, the loop's) seconds of a further epoch; ratios of the first, and of further.

    Returns
    -------
    dict of tuple
        ``ours``, ``loop`` (float), ``first``, ``further`` (Ratio).
    """
    times = {}
    for r in records:
        key = r["who"], r["epochs"]
        times.setdefault(r["case"], {}).setdefault(key, {})[r["round"]] = r[r["clock"]]
    found = {}
    for name, by in times.items():
        more = max(epochs for _, epochs in by)
        further = {who: _further(by, who, more) for who in (_OURS, _LOOP)}
        if further[_OURS] and further[_LOOP]:
            found[name] = (
                *(float(np.median([*further[who].values()])) for who in (_OURS, _LOOP)),
                Ratio.of(by[_OURS, 1], by[_LOOP, 1]),
                Ratio.of(further[_OURS], further[_LOOP]),
            )
    return found


def _further(by, who, more):
    """Seconds of a further epoch, by round."""
    short, long = by.get((who, 1), {}), by.get((who, more), {})
    return {turn: (long[turn] - short[turn]) / (more - 1) for turn in long if turn in short}


def tables(records):
    """One line per case."""
    rows = [
        [name, show(ours), show(loop), first, further]
        for name, (ours, loop, first, further) in ratios(records).items()
    ]
    columns = [
        "",
        "ours",
        "the loop",
        "a fit of one epoch / the loop's",
        "each further / the loop's",
    ]
    title = "An epoch: ours at its defaults against the expert's NumPy loop"
    notes = [
        "Times: medians, of further epochs. Ratios: median of the rounds (min–max); the first is"
        " that of a fit of one epoch."
    ]
    return [Table(title, columns, rows, notes)] if rows else []


def pictures(records):
    """None: the table says it."""
    return {}
