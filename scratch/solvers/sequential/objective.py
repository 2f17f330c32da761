"""The objective of an epoch of `scratch.solvers.sequential`, which its stopping rule watches."""

import numpy as np


class EpochObjective:
    """Log loss plus penalty, summed over an epoch; each step's is what it was before the step.

    It is summed for many steps at once. Σ W² need not be taken in each of them: a move of W by c·x
    adds 2c·(W·x) + c²·Σx². (L1 moves all weights; with it there is no such shortcut.) So the last
    digits may differ from scikit-learn's, and `tol` should not depend on them.
    """

    def __init__(self, group):
        self.group, self.penalty = group, group.training.penalty
        self.total = np.zeros(len(group.problems))

    def begin(self, targets, squared_norms, scales):
        """What is known of the steps to come.

        Parameters
        ----------
        targets, squared_norms : ndarrays of shape (n_steps, n_classes)
            y, as bool, and Σx².
        scales : list of n_steps floats
            The scale of the weights after each step; where it is too small, it is multiplied out.
        """
        self.targets, self.squared_norms = targets, squared_norms
        self.scales = np.array(scales)[:, np.newaxis]
        self.first_scale = self.group.scale
        self.notes = []  # of each step, one after the other: the logit, w·x, and the move u
        self.norms = [self.group.norms]  # with L1, of each step and the next: Σ W² and Σ |W|
        self.squares = both_norms(self.group.W)[0]  # (n_classes,)

    def end(self):
        """Add the objective of the steps that were noted."""
        z, wx, u = self.group.arithmetic.tables(self.notes, 3)  # (n_steps, n_classes)
        self.total += (np.logaddexp(0.0, z) - self.targets * z).sum(axis=0)
        shrunk = self.scales
        multiplied_out = shrunk < self.group.smallest_scale
        after = np.where(multiplied_out, 1.0, shrunk)
        before = np.vstack([[[self.first_scale]], after[:-1]])
        if self.penalty.has_l1:
            squares, lengths = np.array(self.norms[:-1]).transpose(1, 0, 2)  # (n_steps, n_classes)
            self.total += self.penalty.mixed(before**2 * squares, before * lengths).sum(axis=0)
        elif self.penalty.alpha:
            dots = wx / before * np.where(multiplied_out, shrunk, 1.0)
            c = u / after
            growth = c * (2 * dots + c * self.squared_norms)  # of Σ W², (n_steps, n_classes)
            squares = self._squares(growth, np.flatnonzero(multiplied_out[:-1]))
            self.total += self.penalty.mixed(before**2 * squares, 0.0).sum(axis=0)

    def _squares(self, growth, multiplied_out):
        """Σ W² before each step, (n_steps, n_classes), from its growth and where W changes unit."""
        rows, squares, first = [], self.squares, 0
        for end in [*multiplied_out, len(growth) - 1]:
            rows.append(np.vstack([squares, growth[first:end]]).cumsum(axis=0))
            squares = rows[-1][-1] * self.scales[end] ** 2 + growth[end]
            first = end + 1
        return np.concatenate(rows)


def both_norms(W):
    """Σ W² and Σ |W| of each class, (n_classes,) both."""
    return np.einsum("kj,kj->k", W, W, dtype=np.float64), np.abs(W).sum(axis=1, dtype=np.float64)
