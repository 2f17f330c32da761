"""The samples that steps read, one for each class: `scratch.solvers.sequential` in memory.

- `WholeRows` gives all features. It is the quicker one for one class, and where most features are
  not zero.
- `NonZeros` gives the features that are not zero, and where they belong. It is made for sparse X;
  for several classes on dense X with many zeros it saves time: with the ten classes of MNIST, a
  fifth in float64, two fifths in float32.

Weights have the shape (n_classes, n_columns). For each step both give the same four things:

- `where`: which weights the step meets. None means all of them; otherwise these are places in the
  weights of all classes, read as one row.
- `x`: the values of the features, in the same order. Several whole rows are
  (n_classes, n_features); otherwise x is one row, in which the classes lie end to end.
- `x64`: x again as float64, for the running sum of `scratch.solvers.sequential.steps`. If x is
  float64 itself, x64 lies backwards in memory. None for several classes on non-zeros.
- `bounds`: for several classes on non-zeros, where each class begins in x, and how long it is: two
  arrays (n_classes,). None otherwise.

They live in buffers, which later steps overwrite: fresh memory costs as much as the arithmetic.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise, repeat
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import DTypeLike

from scratch.typing import Array, Floats, Ints

# The share of features that are not zero above which whole rows cost less; measured.
_WHOLE_FROM = 0.3
# Numbers that are gathered in one go: few enough for the cache.
_NUMBERS_AT_ONCE = 2**16

#: `where`, `x`, `x64` and `bounds`.
Step: TypeAlias = tuple[Ints | None, Floats, Any, Any]
#: Values, columns and counts of some samples.
Part: TypeAlias = tuple[Floats, Ints, Ints]


def rows_of(
    X: Any, dtype: DTypeLike, n_classes: int, *, whole: bool = False
) -> "WholeRows | NonZeros":
    """Return the rows of X in the form in which the steps run fastest.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features), or CSR matrix
        A matrix with `data`, `indices` and `indptr` in which no place occurs twice in a row.
    dtype : floating dtype
        What the values are converted to.
    n_classes : int
        How many classes step together, at most.
    whole : bool, default=False
        Whether every step needs all features of a dense X; an L1 penalty does.

    Returns
    -------
    WholeRows or NonZeros
    """
    if hasattr(X, "indptr"):
        return NonZeros.of_csr(X, dtype, n_classes)
    some = X[:: len(X) // 500 + 1]
    if whole or n_classes == 1 or np.count_nonzero(some) > _WHOLE_FROM * some.size:
        return WholeRows(X, dtype)
    return NonZeros.of_dense(X, dtype, n_classes)


class WholeRows:
    """All features of the samples.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    dtype : floating dtype

    Attributes
    ----------
    whole : bool
        True.
    n_features, n_columns, longest : int
        All the number of features: of X, of the weights, and of x in a step.
    squared_norms : ndarray of shape (n_samples,), float64
        Σ x² of each sample that a step has met; else NaN.
    """

    whole = True

    def __init__(self, X: Array, dtype: DTypeLike) -> None:
        self.X = np.ascontiguousarray(X, dtype=dtype)
        self.n_features = self.n_columns = self.longest = X.shape[1]
        self.squared_norms = np.full(len(X), np.nan)

    def steps(self, samples: Ints) -> Iterator[Step]:
        """Yield a `Step` for each row of `samples`, (n_steps, n_classes)."""
        n = _NUMBERS_AT_ONCE // self.length(samples.shape[1]) + 1
        if samples.shape[1] == 1:
            samples = samples[:, 0]
        shape = (min(n, len(samples)), *samples.shape[1:], self.n_features)
        x, x64 = np.empty(shape, self.X.dtype), _as_summed(np.empty(shape), self.X.dtype)
        blocks = (samples[i : i + n] for i in range(0, len(samples), n))
        return chain.from_iterable(self._gather(block, x, x64) for block in blocks)

    def _gather(self, samples: Ints, x: Floats, x64: Floats) -> Iterator[Step]:
        """Return `steps` for as many samples as the buffers hold."""
        n = len(samples)
        np.take(self.X, samples, axis=0, out=x[:n], mode="clip")
        x64[:n] = x[:n]
        # in the cache now: from all of X it would take a tenth of an epoch of MNIST
        if np.isnan(self.squared_norms[samples]).any():
            self.squared_norms[samples] = np.einsum(
                "...j,...j->...", x[:n], x[:n], dtype=np.float64
            )
        return zip(repeat(None), x[:n], x64[:n], repeat(None))

    def measure(self) -> None:
        """Set `squared_norms` of all samples: running sums, with the bits of scikit-learn's."""
        n = _NUMBERS_AT_ONCE // self.n_features + 1
        for first in range(0, len(self.X), n):
            x = self.X[first : first + n].astype(np.float64)
            self.squared_norms[first : first + n] = np.vecdot(x, _backwards(x))

    def numbers(self, samples: Ints) -> Iterator[tuple[float, ...]]:
        """Yield the features of each sample, (n_steps,), as Python's numbers."""
        if np.isnan(self.squared_norms[samples]).any():
            self.measure()
        return in_tuples(self.X[samples].reshape(-1).tolist(), self.n_features)

    def length(self, n_classes: int) -> int:
        """Return the number of entries of x that one step reads, over all classes."""
        return n_classes * self.n_features

    def lengths(self, samples: Ints) -> Ints:
        """Return the number of features that a step meets, for each of `samples`."""
        return np.full(samples.shape, self.n_features)

    def meet_zeros(self, W: Floats, samples: Ints, u: Floats) -> None:
        """Do nothing: the steps have met the features that are zero."""

    def add_multiples(self, A: Floats, samples: Ints, mixes: Floats, factors: Floats) -> None:
        """Add ``(mix · x) · factor`` of each step to A, in place, one step after the other.

        Parameters
        ----------
        A : ndarray of shape (n_classes, n_columns)
        samples : ndarray of shape (n_steps, n_classes)
        mixes : ndarray of shape (n_steps,)
        factors : ndarray of shape (n_steps, n_classes)
        """
        n = _NUMBERS_AT_ONCE // self.length(samples.shape[1]) + 1
        for first in range(0, len(samples), n):
            steps = slice(first, first + n)
            multiples = self.X[samples[steps]].astype(np.float64)  # (n, n_classes, n_features)
            multiples *= mixes[steps, np.newaxis, np.newaxis]
            multiples *= factors[steps, :, np.newaxis]
            for multiple in multiples:
                A += multiple


class NonZeros:
    """The features of samples that are not zero, in their order.

    Samples lie end to end in two arrays, `columns` and `values`. Each begins with at least one
    filler, a zero in a column of its own after the last, and fills a whole number of chunks:
    copying chunks is quick. The memory is in proportion to the non-zeros.

    Parameters
    ----------
    parts : iterable of (values, columns, counts)
        Samples in their order, some at a time: arrays (n_values,), (n_values,) and (n_samples,).
    n_features, n_classes : int
    mean : float
        Non-zeros of a sample, about.

    Attributes
    ----------
    whole : bool
        False.
    n_features : int
    n_columns : int
        Of the weights; one more than features.
    longest : int
        How many values of one sample a step gets at most, fillers included.
    squared_norms : ndarray of shape (n_samples,), float64
        Σ x² of each sample.
    """

    whole = False
    from_dense = False  # whether the zeros left out are features that scikit-learn's steps meet

    def __init__(self, parts: Iterable[Part], n_features: int, n_classes: int, mean: float) -> None:
        self.n_features, self.n_columns = n_features, n_features + 1
        # samples of many numbers get long chunks, short ones are not blown up by fillers
        self.chunk = int(np.clip(mean // 8, 1, 16))
        # the narrowest integers that hold a place in the weights of all classes: less to fetch
        self.narrow = np.min_scalar_type(n_classes * self.n_columns)
        packed = zip(*(self._pack(*part) for part in parts), strict=True)
        self.columns, self.values, self.chunks, self.squared_norms = map(np.concatenate, packed)
        self.starts = self.chunks.cumsum() - self.chunks  # (n_samples,)
        self.longest = int(self.chunks.max()) * self.chunk
        types = self.narrow, np.intp, self.values.dtype, np.float64
        self._buffers = [_Buffer(self.chunk, kind) for kind in types]

    @classmethod
    def of_dense(cls, X: Any, dtype: DTypeLike, n_classes: int) -> Self:
        """Take what is not zero from X, (n_samples, n_features), which is not copied as a whole."""

        def part(X: Any) -> Part:
            X = np.ascontiguousarray(X, dtype=dtype)
            rows, columns = np.nonzero(X)
            return X[rows, columns], columns, np.bincount(rows, minlength=len(X))

        n = 2**18 // X.shape[1] + 1  # rows at once
        parts = (part(X[i : i + n]) for i in range(0, len(X), n))
        some = X[:: len(X) // 500 + 1]
        rows = cls(parts, X.shape[1], n_classes, np.count_nonzero(some) / len(some))
        rows.from_dense = True
        return rows

    @classmethod
    def of_csr(cls, X: Any, dtype: DTypeLike, n_classes: int) -> Self:
        """Take what a CSR matrix stores."""
        counts = np.diff(X.indptr).astype(np.intp)
        part = X.data[: X.indptr[-1]].astype(dtype), X.indices[: X.indptr[-1]], counts
        return cls([part], X.shape[1], n_classes, counts.mean())

    def _pack(
        self, values: Floats, columns: Ints, counts: Ints
    ) -> tuple[Ints, Floats, Ints, Floats]:
        """Return columns and values, (n_chunks, chunk), and chunks and squared norms of rows."""
        chunks = counts // self.chunk + 1  # (n_rows,)
        ends = chunks.cumsum() * self.chunk
        packed_columns = np.full(ends[-1], self.n_features, dtype=self.narrow)
        packed_values = np.zeros(ends[-1], dtype=values.dtype)
        places = np.arange(len(values)) + np.repeat(ends - counts.cumsum(), counts)
        packed_columns[places] = columns
        packed_values[places] = values
        squares = np.square(packed_values, dtype=np.float64)
        # a running sum: subtraction is not associative, and each sample begins with a zero
        squared_norms = -np.subtract.reduceat(squares, ends - chunks * self.chunk)
        shape = (-1, self.chunk)
        return packed_columns.reshape(shape), packed_values.reshape(shape), chunks, squared_norms

    def steps(self, samples: Ints) -> Iterator[Step]:
        """Yield a `Step` for each row of `samples`, (n_steps, n_classes)."""
        n = _NUMBERS_AT_ONCE // self.length(samples.shape[1]) + 1
        blocks = (samples[i : i + n] for i in range(0, len(samples), n))
        return chain.from_iterable(map(self._gather, blocks))

    def measure(self) -> None:
        """Do nothing: `squared_norms` are there."""

    def length(self, n_classes: int) -> int:
        """Return about the number of entries of x that one step reads, over all classes."""
        return n_classes * (self.values.size // len(self.chunks))

    def lengths(self, samples: Ints) -> Ints:
        """Return the number of features that a step meets, for each of `samples`."""
        return self.chunks[samples] * self.chunk

    def meet_zeros(self, W: Floats, samples: Ints, u: Floats) -> None:
        """Do to W what steps would have done, had they met the features that are zero as well.

        Such a step adds u · 0, which changes a weight in one case: −0 becomes 0 if u > 0. A weight
        is −0 where a tiny negative one was rounded; in float32 that happens. If X was a sparse
        matrix, scikit-learn's steps leave the zeros out as well, and nothing is done.

        Parameters
        ----------
        W : ndarray of shape (n_classes, n_columns)
            The weights after the steps; changed in place.
        samples, u : ndarrays of shape (n_steps, n_classes)
            The samples of the steps, and the moves.
        """
        weights = W[:, : self.n_features]
        is_negative_zero = (weights == 0) & np.signbit(weights) & self.from_dense
        for k, column in np.argwhere(is_negative_zero):
            upwards = np.flatnonzero(u[:, k] > 0)
            # a step since the last one upwards may have met the feature, and made the weight −0
            if len(upwards) and not any(
                column in self._columns_of(sample) for sample in samples[upwards[-1] :, k]
            ):
                W[k, column] = 0.0

    def _columns_of(self, sample: int) -> Ints:
        """Return the columns of a sample's numbers."""
        start = self.starts[sample]
        return self.columns[start : start + self.chunks[sample]]

    def add_multiples(self, A: Floats, samples: Ints, mixes: Floats, factors: Floats) -> None:
        """Add ``(mix · x) · factor`` of each step to A; see `WholeRows.add_multiples`."""
        A = A.reshape(-1)
        lengths = self.lengths(samples)  # (n_steps, n_classes)
        steps = zip(self.steps(samples), mixes.tolist(), factors, lengths, strict=True)
        for (where, x, *_), mix, factor, length in steps:
            A[where] += np.multiply(x, mix, dtype=np.float64) * factor.repeat(length)

    def _gather(self, samples: Ints) -> Iterator[Step]:
        """Return `steps` for one block of samples."""
        n_steps, n_classes = samples.shape
        samples = samples.reshape(-1)
        chunks = self.chunks[samples]  # (n_steps * n_classes,)
        ends = chunks.cumsum()
        which = np.arange(ends[-1]) + np.repeat(self.starts[samples] - ends + chunks, chunks)
        narrow, where, x, x64 = (buffer.rows(len(which)) for buffer in self._buffers)
        np.take(self.columns, which, axis=0, out=narrow, mode="clip")
        np.take(self.values, which, axis=0, out=x, mode="clip")
        shifts = np.arange(n_classes, dtype=self.narrow) * self.n_columns
        np.add(narrow, np.tile(shifts, n_steps).repeat(chunks)[:, np.newaxis], out=where)
        ends = (ends * self.chunk).reshape(n_steps, n_classes)
        bounds = [0, *ends[:, -1].tolist()]
        parts = [slice(*bound) for bound in pairwise(bounds)]
        where, x = where.reshape(-1), x.reshape(-1)
        places, values = map(where.__getitem__, parts), map(x.__getitem__, parts)
        if n_classes == 1:
            x64 = _as_summed(x64.reshape(-1), x.dtype)
            x64[:] = x
            return zip(places, values, map(x64.__getitem__, parts), repeat(None))
        lengths = (chunks * self.chunk).reshape(n_steps, n_classes)
        starts = ends - lengths - np.array(bounds[:-1])[:, np.newaxis]
        return zip(places, values, repeat(None), zip(starts, lengths, strict=True))


def in_tuples(numbers: list[Any], n: int) -> Iterator[tuple[Any, ...]]:
    """Yield n numbers after another, each time as a tuple.

    Lists would do the same, but Python's garbage collector counts lists: a thousand of them, again
    and again, have it look through all that is in memory.
    """
    return zip(*[iter(numbers)] * n, strict=True)


def _backwards(x: Floats) -> Floats:
    """Return a copy whose last axis lies backwards in memory."""
    return np.ascontiguousarray(x[..., ::-1])[..., ::-1]


def _as_summed(x64: Floats, dtype: DTypeLike) -> Floats:
    """Return a view for x in float64: in the order of memory that `steps` asks for."""
    return x64[..., ::-1] if dtype == np.float64 else x64


class _Buffer:
    """Memory to use again and again."""

    def __init__(self, width: int, dtype: DTypeLike) -> None:
        self._rows = np.empty((0, width), dtype)

    def rows(self, n: int) -> Array:
        """Return n rows, of any content."""
        if n > len(self._rows):
            self._rows = np.empty((n + n // 4, self._rows.shape[1]), self._rows.dtype)
        return self._rows[:n]
