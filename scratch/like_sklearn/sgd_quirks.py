"""Behaviour of `SGDClassifier` whose only reason is that scikit-learn's behaves so.

Equal bits need equal quirks. Each quirk has a function here, with one paragraph that describes it.
None of this is part of the algorithm.
"""

from collections.abc import Callable

import numpy as np

from scratch.typing import Bools, Floats

_MAX_INT = 2**31 - 1


def intercepts_with_average(
    before: Floats, plain: Floats, averaged: Floats, *, shown_before: bool, shown: bool
) -> tuple[Floats, Floats]:
    """Return the plain and the averaged intercepts that `partial_fit` goes on with.

    scikit-learn 1.9 keeps four arrays for ``average``: plain and averaged weights, plain and
    averaged intercepts. Once a call has shown the averages, `intercept_` *is* the array of the
    averaged intercepts. A later call with several classes writes the plain intercepts into
    `intercept_`, and so over the averages. Every later call loses its plain intercepts: the next
    one begins with those of an earlier call. With two classes, the call that first shows the
    averages loses its own too.

    Parameters
    ----------
    before, plain, averaged : ndarrays of shape (n_outputs,)
        The plain intercepts before the call, and both kinds after it.
    shown_before, shown : bool
        Whether `coef_` and `intercept_` were averages before this call, and are after it.

    Examples
    --------
    >>> before, plain, averaged = np.zeros(1), np.ones(1), np.array([0.5])
    >>> intercepts_with_average(before, plain, averaged, shown_before=False, shown=True)
    (array([0.]), array([0.5]))
    """
    if shown_before and len(plain) > 1:
        averaged = plain
    if shown and (shown_before or len(plain) == 1):
        plain = before
    return plain, averaged


def draw(
    rng: np.random.RandomState, hold_out: Callable[[], Bools], n_outputs: int
) -> tuple[Bools, list[int]]:
    """Return the samples held out, (n_samples,) bool, and a seed for the order of each class.

    scikit-learn draws from `random_state` in an unexpected order. With several classes, the
    hold-out comes first; then each class gets a generator of its own, seeded by one draw. The first
    number that each generator gives is used for nothing (it seeds a data set, which is shuffled by
    the second). With two classes that first number is drawn before the hold-out.

    Parameters
    ----------
    rng : RandomState
    hold_out : callable
        Draws the hold-out from the parameter `random_state`.
    n_outputs : int
        1 for two classes, else the number of classes.
    """
    if n_outputs == 1:
        rng.randint(1, _MAX_INT)
        return hold_out(), [rng.randint(_MAX_INT)]
    held_out = hold_out()
    generators = [np.random.RandomState(seed) for seed in rng.randint(_MAX_INT, size=n_outputs)]
    for generator in generators:
        generator.randint(1, _MAX_INT)
    return held_out, [generator.randint(_MAX_INT) for generator in generators]
