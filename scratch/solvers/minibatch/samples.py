"""The training set of the mini-batch solver: how batches are drawn and read.

A batch is a slice or an array of indices into the training set.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from scratch.typing import Array, Floats, Ints
from scratch.validation.sparse import is_sparse

#: A slice or an array of indices into the training set.
Batch: TypeAlias = slice | Ints


class Samples:
    """The training set, from which batches are read.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features), or CSR matrix
        Rows of real numbers of any type, one after another in memory or in a mapped file. Never
        copied as a whole.
    targets : ndarray
        Class codes, (n_samples,), or probabilities, (n_samples, n_outputs).
    of_code : ndarray of shape (n_outputs, n_classes)
        The targets of each class code: `losses.Loss.targets`.
    weights : ndarray of shape (n_samples,), default=None
        Non-negative; only their ratios matter. A sample of weight 0 is left out.
    owner : str
        The estimator that trains on them, for messages.

    Attributes
    ----------
    sparse : bool
        Whether X is a CSR matrix.
    kept : ndarray of indices, or None
        The samples that count; None for all.
    weights : ndarray of shape (n_samples,), or None
        Scaled to a mean of 1 over the samples that count; None where they all weigh the same.
    """

    def __init__(
        self,
        X: Any,
        targets: Array,
        of_code: Floats,
        weights: Floats | None = None,
        *,
        owner: str = "the estimator",
    ) -> None:
        self.X, self.targets, self.of_code, self.owner = X, targets, of_code, owner
        self.sparse = is_sparse(X)
        self.kept = self.weights = None
        if weights is not None and np.ptp(weights) > 0:
            if not weights.all():
                self.kept = np.flatnonzero(weights)
            weights = weights / weights.max()  # their sum neither under- nor overflows
            if np.ptp(weights[weights > 0]) > 0:
                self.weights = weights * (len(self) / weights.sum())

    def __len__(self) -> int:
        return int(self.X.shape[0]) if self.kept is None else len(self.kept)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type to compute in: 32 bits hold a pixel exactly, wider numbers get 64."""
        wide = self.X.dtype.itemsize > 4
        return np.dtype(np.float64) if wide else np.result_type(self.X.dtype, np.float32)

    @property
    def shape(self) -> tuple[int, int]:
        """The shape of the weights that they train: (n_outputs, n_features)."""
        return len(self.of_code), self.X.shape[1]

    @property
    def unevenness(self) -> float:
        """The mean of w² for weights w of mean 1: how much more a weighted mean varies."""
        w = self.weights
        return 1.0 if w is None else float(w @ w) / len(self)

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

    def some(self, n: int) -> Batch:
        """Return at most n samples of those that count, the same ones each time."""
        if len(self) <= n:
            return slice(0, self.X.shape[0]) if self.kept is None else self.kept
        chosen = np.sort(np.random.default_rng(0).choice(len(self), n, replace=False))
        return chosen if self.kept is None else self.kept[chosen]

    def read_rows(self, batch: Batch, rows: Any) -> None:
        """Put the rows of a batch into a buffer, (n, n_features), or into `sparse.Rows`."""
        if self.sparse:
            rows.put(self.X[batch])
        elif isinstance(batch, slice):
            rows[...] = self.X[batch]
        elif self.X.dtype == rows.dtype:
            self.X.take(batch, axis=0, out=rows, mode="clip")  # "clip": the mode without a copy
        else:
            rows[...] = self.X.take(batch, axis=0)

    def read_targets(self, batch: Batch, targets: Floats, of_code: Floats) -> None:
        """Put the targets of a batch into a buffer, (n_outputs, n).

        `of_code` is the attribute of that name, in the type of the buffer.
        """
        if self.targets.ndim == 1:
            of_code.take(self.targets[batch], axis=1, out=targets, mode="clip")
        else:
            targets[...] = self.targets[batch].T


def length(batch: Batch) -> int:
    """Return the number of samples in a batch."""
    return batch.stop - batch.start if isinstance(batch, slice) else len(batch)


def parts(batch: Batch, size: int) -> Sequence[Batch]:
    """Return a batch in the fewest parts of at most `size` samples, of nearly equal sizes."""
    n = length(batch)
    if n <= size:
        return (batch,)
    n_parts = -(-n // size)
    bounds = [n * k // n_parts for k in range(n_parts + 1)]
    spans = pairwise(bounds)
    if isinstance(batch, slice):
        return [slice(batch.start + start, batch.start + stop) for start, stop in spans]
    return [batch[start:stop] for start, stop in spans]
