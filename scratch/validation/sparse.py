"""Sparse matrices, checked without importing SciPy and without making them dense.

A sparse matrix is recognised by its attributes, and converted by its own methods.
"""

from typing import Any

import numpy as np

from scratch.validation.arrays import check_finite, refuse_complex


def is_sparse(X: Any) -> bool:
    """Tell whether X is a SciPy sparse matrix or array.

    >>> is_sparse(np.eye(2))
    False
    """
    return hasattr(X, "tocsr") and hasattr(X, "nnz")


def check_csr(X: Any, *, name: str = "X", owner: str = "the estimator") -> Any:
    """Check that X is a finite numeric sparse table, and return it in CSR format.

    Parameters
    ----------
    X : sparse matrix or array of shape (n_samples, n_features), of any format
    name, owner : str
        The names of the matrix and of the estimator in messages.

    Returns
    -------
    CSR matrix of float32 or float64
        Its numbers in their order; numbers that share a place are added up. X itself where nothing
        had to be changed.

    Raises
    ------
    ValueError
        If X is not two-dimensional, is empty, or is not finite and real.
    """
    if X.ndim != 2:
        raise ValueError(f"Expected 2D input, got a sparse array with shape {X.shape} instead.")
    for size, what in zip(X.shape, ("sample(s)", "feature(s)"), strict=True):
        if size == 0:
            raise ValueError(
                f"Found array with 0 {what} (shape={X.shape}) while a minimum of 1 is required"
                f" by {owner}."
            )
    X = X.tocsr()
    refuse_complex(X.data, name)
    if X.dtype not in (np.float32, np.float64):
        X = X.astype(np.float64)
    check_finite(X.data, name, owner)
    return _without_duplicates(X)


def _without_duplicates(X: Any) -> Any:
    """Return a CSR matrix in which no place occurs twice; the order of the others is kept."""
    if X.has_canonical_format:
        return X
    places = np.repeat(np.arange(X.shape[0]), np.diff(X.indptr)) * X.shape[1] + X.indices
    if len(np.unique(places)) == len(places):
        return X
    X = X.copy()
    X.sum_duplicates()
    return X
