"""The page's own random order in Python: a run that the text tells is the run that it shows."""

import numpy as np


class PageOrder:
    """What `textbook.minibatches` asks of a generator, as ``seeded`` in ``web/textbook.js`` has it.

    Mulberry32, by T. Ettinger, and the shuffle of R. Durstenfeld (1964).
    """

    def __init__(self, seed=0):
        self.state = seed

    def random(self):
        """Return the next number in [0, 1)."""
        self.state = (self.state + 0x6D2B79F5) & 0xFFFFFFFF
        t = self.state
        t = (t ^ (t >> 15)) * (1 | t) & 0xFFFFFFFF
        t = ((t + ((t ^ (t >> 7)) * (61 | t) & 0xFFFFFFFF)) & 0xFFFFFFFF) ^ t
        return (t ^ (t >> 14)) / 2**32

    def permutation(self, n):
        """Return 0, ..., n - 1 in random order."""
        order = list(range(n))
        for i in range(n - 1, 0, -1):
            j = int(self.random() * (i + 1))
            order[i], order[j] = order[j], order[i]
        return np.array(order)
