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
    """A running mean: with recency 0 all entries weigh the same, with 2 the n-th weighs n (n + 1).

    The share of the latest entry falls as the number of entries grows, but not below 1/memory.
    After that the mean is exponential: the weight of an entry falls to 1/e in `memory` entries.
    """

    start: int  # averaging begins with the update after which this many samples have been seen
    recency: int = 0  # 0: all entries weigh the same
    memory: float = math.inf  # entries
    every: int = 1  # how many updates make an entry

    def counts(self, n_updates: int, n_seen: int) -> bool:
        """Return whether the weights after so many updates and samples are an entry."""
        return n_seen >= self.start and n_updates % self.every == 0

    def take_in(self, entry: Floats, mean: Floats, n_entries: float, work: Floats) -> float:
        """Take one more entry into the mean, in place.

        Parameters
        ----------
        entry, mean : ndarrays of the same shape
        n_entries : float
            How many entries the mean stands for; 0 for none.
        work : ndarray of the same shape
            Overwritten.

        Returns
        -------
        float
            How many entries the mean stands for now; no more are counted than a memory holds.

        Examples
        --------
        >>> mean, n = np.zeros(1), 0.0
        >>> for number in (1.0, 2.0, 6.0):
        ...     n = Averaging(start=0).take_in(np.array([number]), mean, n, np.empty(1))
        >>> mean.tolist(), n
        ([3.0], 3.0)
        """
        most = self.memory * (1 + self.recency) - self.recency  # so that the share is 1 / memory
        n_entries = min(n_entries + 1, most)
        np.subtract(entry, mean, out=work)
        work *= (1 + self.recency) / (n_entries + self.recency)
        mean += work
        return n_entries
