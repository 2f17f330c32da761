"""The training set of the mini-batch solver: how batches are drawn and read.

A batch is a slice or an array of indices into the training set.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from scratch.typing import Array, Floats, Ints

#: A slice or an array of indices into the training set.
Batch: TypeAlias = slice | Ints


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
    owner : str
        Who trains on them, for messages.

    Attributes
    ----------
    kept : ndarray of indices, or None
        The samples that count; None for all.
    weights : ndarray of shape (n_samples,), or None
        Scaled to a mean of 1 over the samples that count; None where they all weigh the same.
    """

    def __init__(
        self,
        X: Array,
        targets: Array,
        positive: Ints,
        weights: Floats | None = None,
        *,
        owner: str = "the estimator",
    ) -> None:
        self.X, self.targets, self.owner = np.asarray(X), targets, owner
        self.n_outputs = len(positive)
        codes = np.arange(max(positive) + 1)
        # the targets of each code, (n_outputs, n_classes)
        self._one_hot = (np.asarray(positive)[:, np.newaxis] == codes).astype(np.float32)
        self.kept = self.weights = None
        if weights is not None and np.ptp(weights) > 0:
            if not weights.all():
                self.kept = np.flatnonzero(weights)
            weights = weights / weights.max()  # their sum neither under- nor overflows
            if np.ptp(weights[weights > 0]) > 0:
                self.weights = weights * (len(self) / weights.sum())

    def __len__(self) -> int:
        return len(self.X) if self.kept is None else len(self.kept)

    def n_batches(self, size: int) -> int:
        """Return how many batches of `size` samples make an epoch; the last may be smaller."""
        return -(-len(self) // size)

    def batches(self, size: int, rng: np.random.RandomState | None = None) -> Iterator[Batch]:
        """Yield batches of `size` samples; the last may be smaller.

        With a RandomState `rng` every sample comes once, in a random order; without, in turn.
        """
        order = self.kept
        if rng is not None:
            order = rng.permutation(len(self) if order is None else order)
        for start in range(0, len(self), size):
            stop = min(start + size, len(self))
            yield slice(start, stop) if order is None else order[start:stop]

    def read(self, batch: Batch, x: Floats, target: Floats) -> None:
        """Put a batch into the buffers x (n, n_features) and target (n_outputs, n)."""
        if isinstance(batch, slice):
            x[...] = self.X[batch]
        elif self.X.dtype == x.dtype:
            self.X.take(batch, axis=0, out=x, mode="clip")  # "clip": the mode without a copy
        else:
            x[...] = self.X.take(batch, axis=0)
        if self.targets.ndim == 1:
            one_hot = self._one_hot.astype(target.dtype, copy=False)
            one_hot.take(self.targets[batch], axis=1, out=target, mode="clip")
        else:
            target[...] = self.targets[batch].T


def length(batch: Batch) -> int:
    """Return the number of samples in a batch."""
    return batch.stop - batch.start if isinstance(batch, slice) else len(batch)


def parts(batch: Batch, size: int) -> Sequence[Batch]:
    """Return a batch in parts of at most `size` samples."""
    if length(batch) <= size:
        return (batch,)
    if isinstance(batch, slice):
        starts = range(batch.start, batch.stop, size)
        return [slice(start, min(start + size, batch.stop)) for start in starts]
    return [batch[start : start + size] for start in range(0, len(batch), size)]
