"""Well-known ways to train on these data, against the fewest epochs that do as well.

They minimise objectives of their own (each has its own α), so only the test accuracy counts. Ours
is `SoftmaxClassifier` with everything at its default but the number of epochs.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression, SGDClassifier

from benchmarks.race import Ratio
from benchmarks.race import seconds as show
from benchmarks.report import Table
from scratch.linear_model import SoftmaxClassifier

EPOCHS = (1, 2, 3, 5, 8, 12, 20)
DEFAULTS = "SoftmaxClassifier()"


@dataclass(frozen=True)
class Opponent:
    """Another way to train. `goal` is the accuracy to reach on MNIST, None: the opponent's own."""

    name: str
    make: object  # seed → estimator
    goal: float | None = None


OPPONENTS = (
    Opponent(
        'SGDClassifier(loss="log_loss")',
        lambda seed: SGDClassifier(loss="log_loss", random_state=seed),
    ),
    Opponent(
        'LogisticRegression(solver="saga", tol=0.1, C=1e4)',
        lambda seed: LogisticRegression(solver="saga", tol=0.1, C=1e4, random_state=seed),
        0.9235,
    ),
    Opponent(
        "LogisticRegression(C=0.1, max_iter=100)",
        lambda seed: LogisticRegression(C=0.1, max_iter=100, random_state=seed),
        0.926,
    ),
)


def ours(epochs):
    """The name of our entrant."""
    return f"SoftmaxClassifier(max_iter={epochs})"


def makers():
    """Estimators by name: each a function of the seed."""
    mine = {
        ours(epochs): lambda seed, epochs=epochs: SoftmaxClassifier(
            max_iter=epochs, random_state=seed
        )
        for epochs in EPOCHS
    }
    everything = {DEFAULTS: lambda seed: SoftmaxClassifier(random_state=seed)}
    return {opponent.name: opponent.make for opponent in OPPONENTS} | mine | everything


def table(records):
    """Each opponent, and the fewest of our epochs that reach its accuracy."""
    runs, mnist = {}, False
    for r in records:
        if r["kind"] == "duel":
            runs.setdefault(r["solver"], {})[r["seed"]] = r
            mnist = r["problem"] == "MNIST"
    rows = []
    for opponent in OPPONENTS:
        theirs = runs.get(opponent.name)
        if not theirs:
            continue
        reached = _median(theirs, "accuracy")
        goal = opponent.goal if mnist and opponent.goal else reached
        winner = next(
            (e for e in EPOCHS if ours(e) in runs and _median(runs[ours(e)], "accuracy") >= goal),
            None,
        )
        row = [opponent.name, show(_median(theirs, "seconds")), f"{reached:.4f}"]
        if winner is None:
            rows.append([*row, f"{goal:.4f}", "not reached", "–", "–", "–", "–"])
            continue
        mine = runs[ours(winner)]
        ratios = [
            Ratio.of(_by_seed(theirs, what), _by_seed(mine, what))
            for what in ("seconds", "cpu_seconds")
        ]
        row += [f"{goal:.4f}", winner, show(_median(mine, "seconds"))]
        rows.append([*row, f"{_median(mine, 'accuracy'):.4f}", *ratios])
    notes = []
    if DEFAULTS in runs:
        default = runs[DEFAULTS]
        notes.append(
            f"{DEFAULTS}, all defaults: accuracy {_median(default, 'accuracy'):.4f} in"
            f" {show(_median(default, 'seconds'))}, {_median(default, 'epochs'):.0f} epochs."
        )
    if not rows:
        return None
    return Table(
        "Time to the same test accuracy: SoftmaxClassifier(max_iter=epochs), else all defaults",
        [
            "opponent",
            "its time",
            "accuracy",
            "goal",
            "our epochs",
            "our time",
            "accuracy",
            "ratio",
            "ratio, CPU",
        ],
        rows,
        [
            *notes,
            "Medians of the seeds; ratio: its time / ours in the same round (min–max), by the wall"
            " clock and by CPU time, which other processes on the machine leave alone.",
        ],
    )


def _by_seed(runs, what):
    return {seed: r[what] for seed, r in runs.items()}


def _median(runs, what):
    return float(np.median([r[what] for r in runs.values()]))
