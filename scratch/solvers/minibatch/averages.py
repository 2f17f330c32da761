"""The mean of the weights over the steps, which smooths the jitter of single steps.

References
----------
B. T. Polyak and A. B. Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.
O. Shamir and T. Zhang, "Stochastic Gradient Descent for Non-smooth Optimization", ICML 2013
(averages that count late steps more: polynomial decay).
"""

import math
from typing import NamedTuple

import numpy as np

from scratch.typing import Floats


class Averaging(NamedTuple):
    """Which steps are averaged, and how much each counts."""

    start: int  # averaging begins with the update after which this many samples have been seen
    recency: int = 0  # the n-th of them counts in proportion to n^recency, roughly; 0: all alike
    memory: float = math.inf  # updates, about: what is older fades


class Mean:
    """A running mean, in which the n-th entry counts as ``n (n + 1) … (n + recency − 1)``.

    An entry's share of the mean falls as the number of entries grows, but not below one part in
    `memory`. From there on the mean is exponential: what came a memory ago counts 1/e as much.

    Parameters
    ----------
    like : ndarray
        The mean gets its shape and type.

    Attributes
    ----------
    value : ndarray
        The mean.
    n_entries : float
        How many entries it stands for; no more are counted than a memory holds.

    Examples
    --------
    >>> mean = Mean(np.zeros(1))
    >>> for number in (1.0, 2.0, 6.0):
    ...     mean.add(np.array([number]), Averaging(start=0))
    >>> mean.value.tolist()
    [3.0]
    """

    def __init__(self, like: Floats) -> None:
        self.value, self.n_entries = np.zeros_like(like), 0.0

    def add(self, entry: Floats, how: Averaging) -> None:
        """Add one more entry, an ndarray of the shape of the mean."""
        most = how.memory * (1 + how.recency) - how.recency  # so that the share is 1 / memory
        self.n_entries = min(self.n_entries + 1, most)
        share = (1 + how.recency) / (self.n_entries + how.recency)
        self.value += (entry - self.value) * share
