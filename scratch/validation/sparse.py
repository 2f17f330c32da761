"""Sparse matrices, checked without importing SciPy and without making them dense.

A sparse matrix is recognised by its attributes, and converted by its own methods.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from scratch.validation.arrays import check_finite, is_among, refuse_complex


def is_sparse(X: Any) -> bool:
    """Tell whether X is a SciPy sparse matrix or array.

    >>> is_sparse(np.eye(2))
    False
    """
    return hasattr(X, "tocsr") and hasattr(X, "nnz")


def check_csr(
    X: Any,
    *,
    keep: Sequence[str] = ("float32", "float64"),
    name: str = "X",
    owner: str = "the estimator",
) -> Any:
    """Check that X is a finite numeric sparse table, and return it in CSR format.

    Parameters
    ----------
    X : sparse matrix or array of shape (n_samples, n_features), of any format
    keep : tuple of str, default=("float32", "float64")
        The dtypes that are left as they are: see `check_array`.
    name, owner : str
        The names of the matrix and of the estimator in messages.

    Returns
    -------
    CSR matrix of one of these dtypes
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
    if not is_among(X.dtype, keep):
        X = X.astype(np.float64)
    if X.dtype.kind == "f":
        check_finite(X, name, owner)
    return _without_duplicates(X)


def _without_duplicates(X: Any) -> Any:
    """Return a CSR matrix in which no place occurs twice; the order of the others is kept."""
    if X.has_canonical_format:
        return X
    ordered = X.sorted_indices()  # a copy: steps of SGD read the numbers in the user's order
    if ordered.has_canonical_format:
        return X
    ordered.sum_duplicates()
    return ordered
