"""The objective of an epoch of `scratch.sequential`, which its stopping rule watches."""

from itertools import chain

import numpy as np


class EpochObjective:
    """Log loss plus penalty, summed over an epoch; each step's is what it was before the step.

    Many steps are settled at once. Σ W² need not be summed in each of them: a move of W by c·x adds
    2c·(W·x) + c²·Σx². (L1 moves all weights; with it there is no such shortcut.) So the last digits
    may differ from scikit-learn's, and `tol` should not depend on them.
    """

    def __init__(self, group):
        self.group, self.penalty = group, group.training.penalty
        self.total = np.zeros(len(group.problems))

    def begin(self, targets, squared_norms):
        """Targets and Σx² of the steps to come, (n_steps, n_classes) both."""
        self.targets, self.squared_norms = targets, squared_norms
        self.notes = []  # of each step: scale, W·x, logit and norms before it, and c
        self.open()

    def open(self):
        """Take Σ W² anew."""
        self.squares = both_norms(self.group.W)[0]

    def settle(self, last=None):
        """Add what is noted, and a last step that has not moved W yet."""
        if last:
            self.notes.append((*last, [0.0] * len(self.total)))
        n = len(self.notes)
        if n == 0:
            return
        scale, dots, z, norms, c = zip(*self.notes, strict=True)
        self.notes.clear()
        y, self.targets = self.targets[:n], self.targets[n:]
        squared_norms, self.squared_norms = self.squared_norms[:n], self.squared_norms[n:]
        z, c, dots = (_table(rows) for rows in (z, c, dots))
        scale = np.array(scale)[:, np.newaxis]
        self.total += (np.logaddexp(0.0, z) - y * z).sum(axis=0)
        if self.penalty.has_l1:
            squares, lengths = np.array(norms).transpose(1, 0, 2)  # (n, n_classes)
            self.total += self.penalty.mixed(scale**2 * squares, scale * lengths).sum(axis=0)
        elif self.penalty.alpha:
            growth = c * (2 * dots + c * squared_norms)  # of Σ W², (n, n_classes)
            squares = np.vstack([self.squares, growth[:-1]]).cumsum(axis=0)
            self.total += self.penalty.mixed(scale**2 * squares, 0.0).sum(axis=0)


def _table(rows):
    """A list of lists as an array; faster than `np.array` where the lists are short."""
    return np.fromiter(chain.from_iterable(rows), float).reshape(len(rows), -1)


def both_norms(W):
    """Σ W² and Σ |W| of each class, (n_classes,) both."""
    return np.einsum("kj,kj->k", W, W, dtype=np.float64), np.abs(W).sum(axis=1, dtype=np.float64)
