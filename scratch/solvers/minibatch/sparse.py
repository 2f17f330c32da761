r"""Batches of sparse rows: their two products, and the moments of their columns.

A batch answers two questions: its scores, and the step that its residuals ask for. `products` has
the answers for rows in which most features count. This file has them for a CSR matrix, as text
gives it, in which a row has some hundred features of 100,000. Only the columns C that occur in the
batch take part in the products:

    Z = W[:, C] xᵀ + b                      scores, (K, n)
    step = −η α W;  step[:, C] −= η R x / n     minus η times the gradient of loss and L2 penalty

where x (n, c) are these columns of the rows. Nothing is ever made dense. There is no centre:
centred rows would have no zeros. All other parts of the solver know nothing of sparse rows.

**What stays dense is the step:** L2 penalty, momentum and mean touch all K d weights in every
update, in 4 ms with 20 classes and 100,000 features, in 80 ms with a million. (A weight whose
column does not occur moves linearly, so that such steps could be made up for later, exactly. That
is faster by 1.4 to 4.5 times with small batches, slower with batches of 1024; it takes twice as
much code as all of this, and knows no L1.) Few updates make the step cheap: large batches.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from scratch.solvers.minibatch.products import aligned, split
from scratch.solvers.minibatch.samples import Samples
from scratch.typing import Floats, Ints
from scratch.validation.sparse import is_sparse

# Numbers in the scores that are computed at a time.
_SCORES = 2**18
# Rows whose moments are taken at a time: enough for a pass over all columns not to count.
_ROWS = 2**14


class Rows:
    """The rows of a batch: a matrix of those columns alone that occur in them.

    Parameters
    ----------
    dtype : dtype
        The type to compute in.

    Attributes
    ----------
    matrix : CSR matrix of shape (n, c)
    columns : ndarray of shape (c,)
        Where its columns are in the training set, in ascending order.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> rows = Rows(np.float32)
    >>> rows.put(csr_array([[0, 3, 0, 0, 2], [0, 0, 0, 0, 1]]))
    >>> rows.columns, rows.matrix.toarray()
    (array([1, 4]), array([[3., 2.],
           [0., 1.]], dtype=float32))
    """

    def __init__(self, dtype: DTypeLike) -> None:
        self._dtype = dtype

    def put(self, X: Any) -> None:
        """Take the rows of a CSR matrix of any type."""
        n, d = X.shape
        occurs, places = np.zeros(d, np.bool_), np.empty(d, X.indices.dtype)
        occurs[X.indices] = True
        self.columns: Ints = np.flatnonzero(occurs)  # np.unique of the indices, which would sort
        places[self.columns] = np.arange(len(self.columns))
        values = X.data.astype(self._dtype, copy=False)
        parts = values, places[X.indices], X.indptr
        self.matrix = type(X)(parts, shape=(n, len(self.columns)))


class SparseRoom(NamedTuple):
    """The memory for n samples."""

    x: Rows
    targets: Floats  # (K, n)
    scores: Floats  # (K, n): scores, then residuals
    work: Floats  # (2, K, n)
    weights: Floats  # (n,): of the samples


class SparseProducts:
    """`products.Products` for batches of sparse rows, which have no centre: μ is 0 or None.

    The attributes are the same: `theta`, which the solver writes, and `step`, the result.
    """

    def __init__(
        self, shape: tuple[int, int], dtype: DTypeLike, n_samples: int, centre: Floats | None = None
    ) -> None:
        K, d = self.shape = shape
        self.most_rows = min(n_samples, max(1, _SCORES // K))
        self.theta, self.step, self.work = (aligned(K * d + K, dtype) for _ in range(3))
        self.W, self.b = split(self.theta, shape)
        self.step_W, self.step_b = split(self.step, shape)
        self._rooms: dict[int, SparseRoom] = {}

    def room(self, n: int) -> SparseRoom:
        """Return the memory for n samples, at most `most_rows`; the same for the same n."""
        if n not in self._rooms:
            dtype = self.theta.dtype
            targets, scores, *work = np.empty((4, self.shape[0], n), dtype)
            weights = np.ones(n, dtype)
            self._rooms[n] = SparseRoom(Rows(dtype), targets, scores, np.array(work), weights)
        return self._rooms[n]

    def put_scores(self, room: SparseRoom) -> None:
        """Put the scores of ``room.x`` into ``room.scores``: Z of the module's docstring."""
        products = room.x.matrix @ self.W.T[room.x.columns]  # (n, K)
        np.add(products.T, self.b[:, np.newaxis], out=room.scores)

    def add_step(self, room: SparseRoom, scale: float, l2: float, *, first: bool) -> None:
        """Add the part of the step that the residuals ask for: see `Products.add_step`."""
        if first:
            np.multiply(self.W, l2, out=self.step_W)
            self.step_b[...] = 0
        P = np.multiply(room.scores, scale, out=room.scores)  # (K, n)
        self.step_W.T[room.x.columns] += room.x.matrix.T @ P.T  # (c, K)
        self.step_b += P.sum(axis=1)


def moments_of_all(samples: Samples, largest: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Return mean, variance, least and largest value of each column: (n_features,), float64.

    They are those of all samples that count, in one pass over the numbers that are not 0.

    Parameters
    ----------
    samples : Samples
        Sparse.
    largest : float
        Numbers beyond it, whose squares may overflow, are 0 for mean and variance.
    """
    d = samples.shape[1]
    mean, squares, low, high = np.zeros((4, d))
    for batch in samples.batches(_ROWS):
        x = samples.X[batch]
        values, columns = x.data.astype(np.float64), x.indices
        np.minimum.at(low, columns, values)
        np.maximum.at(high, columns, values)
        values[np.abs(values) > largest] = 0
        shares = np.ones(x.shape[0]) if samples.weights is None else samples.weights[batch]
        shares = (shares / len(samples)).repeat(np.diff(x.indptr))
        mean += np.bincount(columns, shares * values, d)
        squares += np.bincount(columns, shares * values**2, d)
    return mean, np.maximum(squares - mean**2, 0), low, high


def scaled(X: Any, centre: Floats, scales: Floats) -> Any:
    """Return ``(X - centre) / scales`` of an array, in place; of a CSR matrix without the centre.

    `centre` and `scales` are (n_features,).
    """
    if is_sparse(X):
        return type(X)((X.data / scales[X.indices], X.indices, X.indptr), shape=X.shape)
    X -= centre.astype(X.dtype)
    X /= scales.astype(X.dtype)
    return X


def times(X: Any, vector: Floats) -> Floats:
    """Return X times a vector; X is an array or a CSR matrix."""
    if is_sparse(X):
        return X @ vector
    return np.einsum("ij,j->i", X, vector)  # not @: BLAS would wake its threads, see `products`


def squared_lengths(X: Any) -> Floats:
    """Return the sums of squares of the rows of an array or a CSR matrix, (n,)."""
    if is_sparse(X):
        return np.asarray(X.multiply(X).sum(axis=1)).ravel()
    return np.einsum("ij,ij->i", X, X)
