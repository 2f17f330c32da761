"""The features of samples, step by step, for `scratch.solvers.sequential`.

- `Dense` gives whole rows of X: for one class, and for several where most features are not zero.
- `NonZeros` gives the features that are not zero, and where they belong: for several classes.

Weights have the shape (n_classes, n_columns); what a step gets, and adds to, is `weights[where]`.
"""

from itertools import chain, pairwise

import numpy as np

# The share of features that are not zero above which whole rows cost less; measured.
_DENSE_FROM = 0.3


def features(X, dtype, n_classes):
    """What to take the samples of X from; the choice changes the speed and nothing else.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    dtype : floating dtype
        What the values are converted to.
    n_classes : int
        How many classes step together, at most.

    Returns
    -------
    Dense or NonZeros
    """
    some = X[:: len(X) // 500 + 1]
    if n_classes == 1 or np.count_nonzero(some) > _DENSE_FROM * some.size:
        return Dense(X, dtype)
    return NonZeros(X, dtype, n_classes)


class Dense:
    """All features of the samples.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    dtype : floating dtype

    Attributes
    ----------
    n_features : int
    n_columns : int
        Of the weights; here as many as features.
    squared_norms : ndarray of shape (n_samples,), float64
        Σ x² of each sample.
    """

    _ROWS_AT_ONCE = 32  # gathered in one go; few enough for the cache

    def __init__(self, X, dtype):
        self.X = np.ascontiguousarray(X, dtype=dtype)
        self.n_features = self.n_columns = X.shape[1]
        self.squared_norms = np.einsum("ij,ij->i", self.X, self.X, dtype=np.float64)

    def steps(self, samples):
        """For each row of `samples`, (n_steps, n_classes), intp, what its step needs.

        What it yields lives in buffers, and a later step may overwrite it.

        Yields
        ------
        where : Ellipsis
            All weights are met.
        x : ndarray of shape (n_features,) for one class, else (n_classes, n_features)
        backwards : ndarray of the shape of `x`, float64
            The same, but its last number comes first in memory.
        lengths : None
        """
        n_classes = samples.shape[1]
        if n_classes == 1:
            samples = samples[:, 0]
        n = self._ROWS_AT_ONCE // n_classes + 1
        shape = (n, *samples.shape[1:], self.n_features)
        x, backwards = np.empty(shape, self.X.dtype), np.empty(shape)[..., ::-1]
        blocks = (samples[i : i + n] for i in range(0, len(samples), n))
        return chain.from_iterable(self._gather(block, x, backwards) for block in blocks)

    def _gather(self, samples, x, backwards):
        """`steps`, for as many as the buffers hold."""
        n = len(samples)
        np.take(self.X, samples, axis=0, out=x[:n], mode="clip")
        backwards[:n] = x[:n]
        return zip([...] * n, x[:n], backwards[:n], [None] * n, strict=True)


class NonZeros:
    """The features of samples that are not zero, in their order.

    Samples lie end to end in two arrays, `columns` and `values`. Each begins with at least one
    filler, a zero in a column of its own after the last, and fills a whole number of chunks:
    copying chunks is quick.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        Never converted as a whole.
    dtype : floating dtype
    n_classes : int

    Attributes
    ----------
    n_features : int
    n_columns : int
        Of the weights; one more than features.
    squared_norms : ndarray of shape (n_samples,), float64
        Σ x² of each sample.
    """

    _SAMPLES_AT_ONCE = 1280  # gathered in one go; few enough for the cache
    _NUMBERS_AT_ONCE = 2**18  # of X that are looked at in one go

    def __init__(self, X, dtype, n_classes):
        self.n_features = X.shape[1]
        self.n_columns = self.n_features + 1
        # wide rows get long chunks, narrow ones are not blown up by fillers
        self.chunk = int(np.clip(2 ** (self.n_features.bit_length() - 4), 1, 16))
        # the narrowest integers that hold a place in the weights of all classes: less to fetch
        self.narrow = np.min_scalar_type(n_classes * self.n_columns)
        n_rows = self._NUMBERS_AT_ONCE // self.n_features + 1
        starts = range(0, len(X), n_rows)
        parts = (np.ascontiguousarray(X[i : i + n_rows], dtype=dtype) for i in starts)
        packed = zip(*map(self._pack, parts), strict=True)
        self.columns, self.values, self.chunks, self.squared_norms = map(np.concatenate, packed)
        self.starts = self.chunks.cumsum() - self.chunks  # (n_samples,)
        self._buffers = [_Buffer(self.chunk, kind) for kind in (self.narrow, np.intp, dtype)]

    def _pack(self, X):
        """Columns and values, (n_chunks, chunk), of some rows; their chunks and squared norms."""
        (found,) = np.nonzero(X.reshape(-1) != 0)
        rows = np.arange(0, X.size + 1, self.n_features)  # where they begin, and the end
        filled = np.diff(np.searchsorted(found, rows))  # (len(X),)
        chunks = filled // self.chunk + 1
        ends = chunks.cumsum() * self.chunk
        columns = np.full(ends[-1], self.n_features, dtype=self.narrow)
        values = np.zeros(ends[-1], dtype=X.dtype)
        places = np.arange(len(found)) + np.repeat(ends - filled.cumsum(), filled)
        columns[places] = found - np.repeat(rows[:-1], filled)
        values[places] = X.reshape(-1)[found]
        squares = np.square(values, dtype=np.float64)
        squared_norms = np.add.reduceat(squares, ends - chunks * self.chunk)
        shape = (-1, self.chunk)
        return columns.reshape(shape), values.reshape(shape), chunks, squared_norms

    def steps(self, samples):
        """For each row of `samples`, (n_steps, n_classes), intp, what its step needs.

        What it yields lives in buffers, and a later step may overwrite it: fresh memory would cost
        as much as the arithmetic.

        Yields
        ------
        where : ndarray of shape (length,), intp
            The places of the features in the weights of all classes, read as one row.
        x : ndarray of shape (length,)
            The values of the classes' samples, end to end.
        starts, lengths : ndarrays of shape (n_classes,)
            Where in `x` each sample begins, and how long it is, fillers included.
        """
        n = self._SAMPLES_AT_ONCE // samples.shape[1] + 1
        blocks = (samples[i : i + n] for i in range(0, len(samples), n))
        return chain.from_iterable(map(self._gather, blocks))

    def _gather(self, samples):
        """`steps`, for few of them."""
        n_steps, n_classes = samples.shape
        samples = samples.reshape(-1)
        chunks = self.chunks[samples]  # (n_steps * n_classes,)
        ends = chunks.cumsum()
        which = np.arange(ends[-1]) + np.repeat(self.starts[samples] - ends + chunks, chunks)
        narrow, where, x = (buffer.rows(len(which)) for buffer in self._buffers)
        np.take(self.columns, which, axis=0, out=narrow, mode="clip")
        np.take(self.values, which, axis=0, out=x, mode="clip")
        shifts = np.arange(n_classes, dtype=self.narrow) * self.n_columns
        np.add(narrow, np.tile(shifts, n_steps).repeat(chunks)[:, np.newaxis], out=where)
        ends = (ends * self.chunk).reshape(n_steps, n_classes)
        lengths = (chunks * self.chunk).reshape(n_steps, n_classes)
        bounds = [0, *ends[:, -1].tolist()]
        starts = ends - lengths - np.array(bounds[:-1])[:, np.newaxis]
        parts = [slice(*bound) for bound in pairwise(bounds)]
        where, x = where.reshape(-1), x.reshape(-1)
        in_turn = map(where.__getitem__, parts), map(x.__getitem__, parts), starts, lengths
        return zip(*in_turn, strict=True)


class _Buffer:
    """Memory to use again and again."""

    def __init__(self, width, dtype):
        self._rows = np.empty((0, width), dtype)

    def rows(self, n):
        """n rows, of any content."""
        if n > len(self._rows):
            self._rows = np.empty((n + n // 4, self._rows.shape[1]), self._rows.dtype)
        return self._rows[:n]
