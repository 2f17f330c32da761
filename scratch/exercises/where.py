"""Where nothing is known of a mistake: where is the result right, and where is it wrong?"""

import numpy as np

from scratch.exercises.calls import Raised
from scratch.exercises.compare import numbers, same

RESULTS = ("first", "second", "third")


def where(exercise, function, case, margin):
    """Return a sentence that is true of the failed case, or of all cases, or ""."""
    got, want = exercise.outcome(function, case), exercise.truth(case)
    found = "" if isinstance(got, Raised) else entries(exercise, case, got, want, margin)
    return found or conditions(exercise, function, margin)


def entries(exercise, case, got, want, margin):
    """Which of several results, or which entries of one, are wrong."""
    if isinstance(want, tuple):
        if not isinstance(got, tuple) or len(got) != len(want):
            return ""
        right = [same(g, w, margin) for g, w in zip(got, want, strict=True)]
        if any(right):
            wrong = " and ".join(RESULTS[i] for i, fits in enumerate(right) if not fits)
            good = " and ".join(RESULTS[i] for i, fits in enumerate(right) if fits)
            return f"The {good} result is right here, the {wrong} is not."
        return ""
    got, want = numbers(got), numbers(want)
    if got is None or got.shape != want.shape or want.ndim == 0:
        return ""
    wrong = ~np.isclose(got, want, rtol=0, atol=margin * max(1, np.abs(want).max()))
    if wrong.all():
        return ""
    arguments = exercise.call(None, case).arguments
    for name, value in arguments.items():
        if np.shape(value) != wrong.shape or np.asarray(value).dtype.kind not in "fi":
            continue
        if set(np.unique(value)) == {0, 1}:
            at = int(value[wrong].flat[0])
            if np.array_equal(wrong, value == at):
                return f"It is right where {name} is {1 - at}, wrong where it is {at}."
        for sign, words in ((wrong, "above"), (~wrong, "below")):
            if np.array_equal(sign, value > 0):
                return f"It is wrong where {name} is {words} 0, right elsewhere."
    places = [tuple(map(int, at)) if wrong.ndim > 1 else int(at[0]) for at in np.argwhere(wrong)]
    listed = ", ".join(map(str, places[:6])) + (", …" if len(places) > 6 else "")
    return f"It is wrong at {listed}; the other {wrong.size - len(places)} entries are right."


def conditions(exercise, function, margin):
    """A condition under which it is right in every case, and without which wrong, or ""."""
    rows = []
    for case in exercise.all_cases():
        arguments, want = exercise.call(None, case).arguments, exercise.truth(case)
        got = exercise.outcome(function, case)
        rows.append((arguments, not isinstance(got, Raised) and same(got, want, margin)))
    if len({right for _, right in rows}) < 2:
        return ""
    for words, holds in CONDITIONS.items():
        answers = [holds(arguments) for arguments, _ in rows]
        if None not in answers and answers == [right for _, right in rows]:
            return f"It is right in all cases in which {words}, and wrong in all others."
    return ""


def _sized(test):
    """A condition on the first array."""

    def holds(arguments):
        arrays = [a for a in arguments.values() if isinstance(a, np.ndarray) and a.ndim]
        return bool(test(arrays[0])) if arrays else None

    return holds


def _named(name, test):
    return lambda arguments: bool(test(arguments[name], arguments)) if name in arguments else None


CONDITIONS = {
    "there is one sample only": _sized(lambda a: len(a) == 1),
    "there are as many rows as columns": _sized(lambda a: a.ndim > 1 and a.shape[0] == a.shape[1]),
    "there are two columns": _sized(lambda a: a.ndim > 1 and a.shape[1] == 2),
    "no number occurs twice": _sized(lambda a: len(np.unique(a)) == a.size),
    "all numbers are between -30 and 30": _sized(lambda a: np.abs(a).max() < 30),
    "the array has one dimension": _sized(lambda a: a.ndim == 1),
    "all targets are 1": _named("y", lambda y, _: (y == 1).all()),
    "all targets are 0": _named("y", lambda y, _: (y == 0).all()),
    "no score occurs twice": _named("scores", lambda s, _: len(np.unique(s)) == s.size),
    "alpha is 0": _named("alpha", lambda alpha, _: alpha == 0),
    "n_epochs is 1": _named("n_epochs", lambda n, _: n == 1),
    "one batch holds all samples": _named("batch_size", lambda size, a: size >= len(a["y"])),
}
