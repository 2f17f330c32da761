"""The training set of the mini-batch solver, from which batches are read."""

import numpy as np


class Samples:
    """The training set, from which batches are read.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        Rows of real numbers of any type, one after another in memory or in a mapped file. Never
        copied as a whole.
    targets : ndarray
        Class codes, (n_samples,), or probabilities, (n_samples, n_outputs).
    positive : ndarray of shape (n_outputs,)
        The code that each output stands for; targets that are probabilities do not use it.
    weights : ndarray of shape (n_samples,), default=None
        Non-negative; only their ratios matter. A sample of weight 0 is left out.
    dtype : floating dtype, default=float64
        What to compute in.
    """

    def __init__(self, X, targets, positive, weights=None, dtype=np.float64):
        self.X, self.targets, self.weights = np.asarray(X), targets, None
        self.dtype, self.n_outputs = np.dtype(dtype), len(positive)
        # the target row of each code, (n_classes, n_outputs)
        self._one_hot = (np.arange(max(positive) + 1)[:, None] == positive).astype(dtype)
        self.kept = None  # indices of the samples that count, None for all
        if weights is not None and np.ptp(weights) > 0:
            if not weights.all():
                self.kept = np.flatnonzero(weights)
            weights = weights / weights.max()  # their sum neither under- nor overflows
            if np.ptp(weights[weights > 0]) > 0:
                self.weights = (weights * (len(self) / weights.sum())).astype(dtype)  # mean 1

    def __len__(self):
        return len(self.X) if self.kept is None else len(self.kept)

    def batches(self, size, rng=None):
        """Yield batches of `size` samples, the last perhaps smaller, as slices or index arrays.

        With a RandomState `rng` every sample comes once, in a random order; without, in turn.
        """
        order = self.kept
        if rng is not None:
            order = rng.permutation(len(self) if order is None else order)
        for start in range(0, len(self), size):
            stop = min(start + size, len(self))
            yield slice(start, stop) if order is None else order[start:stop]

    def read(self, part, x, target):
        """Put the samples `part` into the buffers x (n, n_features) and target (n_outputs, n)."""
        rows = self.targets[part]
        if isinstance(part, slice):
            x[...] = self.X[part]
        elif self.X.dtype == x.dtype:
            self.X.take(part, axis=0, out=x, mode="clip")  # "clip": the mode without a copy
        else:
            x[...] = self.X.take(part, axis=0)
        target[...] = (rows if self.targets.ndim == 2 else self._one_hot[rows]).T
