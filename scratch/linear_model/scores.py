"""Scores of many samples, ``X Wᵀ + b``: in tiles, and where they are too large for a float."""

from typing import Any

import numpy as np

from scratch.solvers.minibatch.products import tile_sizes
from scratch.typing import Floats
from scratch.validation.sparse import is_sparse


def scores_in_tiles(X: Any, W: Any, b: Floats) -> Floats:
    """Return ``X Wᵀ + b``, (n_samples, n_outputs), some rows at a time.

    Why in tiles: see `scratch.solvers.minibatch.products`. A table of integers is never converted
    as a whole.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features), or CSR matrix
    W : ndarray or sparse matrix of shape (n_outputs, n_features)
    b : ndarray of shape (n_outputs,)

    Examples
    --------
    >>> X, W, b = np.array([[1, 2], [3, 4]]), np.array([[1.0, 1.0]]), np.array([0.5])
    >>> scores_in_tiles(X, W, b).tolist()
    [[3.5], [7.5]]
    """
    dtype = np.result_type(X.dtype, W.dtype) if X.dtype.kind == "f" else W.dtype
    if is_sparse(X) or is_sparse(W):
        products = X.astype(dtype, copy=False) @ W.T
        return (products.toarray() if is_sparse(products) else products) + b
    W = W.astype(dtype, copy=False)
    scores = np.empty((len(X), len(W)), dtype)
    n_rows = tile_sizes(*W.shape)[0]
    for start in range(0, len(X), n_rows):
        rows = slice(start, start + n_rows)
        np.matmul(X[rows].astype(dtype, copy=False), W.T, out=scores[rows])
    scores += b
    return scores


def scaled_down(scores: Floats, X: Any, W: Any, b: Floats) -> Floats:
    """Scale the rows of scores that have overflowed: signs and order stay true, in place.

    The largest score of such a row becomes a quarter of the largest float, in absolute value.

    Parameters
    ----------
    scores : ndarray of shape (n_samples, n_outputs)
    X, W, b : ndarrays, or X a CSR matrix
        As for `scores_in_tiles`; finite.

    Examples
    --------
    >>> X, W = np.array([[1e308, 1e308]]), np.array([[9.0, -4.5], [9.0, 9.0]])
    >>> with np.errstate(over="ignore", invalid="ignore"):
    ...     scores = X @ W.T
    >>> bool(np.isfinite(scores).any())
    False
    >>> (scaled_down(scores, X, W, np.zeros(2)) / np.finfo(float).max).tolist()
    [[0.0625, 0.25]]
    """
    wrong = ~np.isfinite(scores).all(axis=1)
    rows, W = X[wrong].astype(np.float64), W.astype(np.float64)
    sizes, size = _largest_of_rows(rows), abs(W).max()
    if is_sparse(rows):
        rows.data /= sizes.repeat(np.diff(rows.indptr))
    else:
        rows /= sizes
    with np.errstate(over="ignore"):
        unit_scores = rows @ (W / size).T + b / (sizes * size)
    unit_scores /= abs(unit_scores).max(axis=1, keepdims=True)
    scores[wrong] = unit_scores * (np.finfo(scores.dtype).max / 4)
    return scores


def _largest_of_rows(X: Any) -> Floats:
    """Return the largest absolute value of each row, (n, 1)."""
    if is_sparse(X):
        return abs(X).max(axis=1).toarray().reshape(-1, 1)
    return abs(X).max(axis=1, keepdims=True, initial=0)
