"""Weights of samples and of classes: which are accepted, and how they are computed."""

import numbers
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from scratch.typing import Array, Floats, Ints
from scratch.validation.arrays import (
    as_column,
    as_numbers,
    check_finite,
    check_same_length,
    n_rows,
)


def as_weights(
    sample_weight: ArrayLike | None,
    *,
    dtype: DTypeLike | None = None,
    column: bool = False,
    may_be_zero: bool = False,
    **others: Any,
) -> Array | None:
    """Return weights of samples as an array, or None where there are none.

    Metrics take them as they are. Training names a `dtype`: there they are factors of the loss.

    Parameters
    ----------
    sample_weight : array_like of shape (n_samples,), or None
        Finite numbers, not all zero. Negative ones are allowed without `dtype`, as in
        scikit-learn's metrics. With it, one number stands for all samples.
    dtype : floating dtype, default=None
        The type of the result. It may be too narrow: then a weight is infinite, or all are 0.
    column : bool, default=False
        Whether they may come as a column, of shape (n_samples, 1).
    may_be_zero : bool, default=False
        Whether all may be zero, since the caller finds it out by itself.
    **others : ndarray, or int
        The other arrays, by name, which must have as many rows; or the number of rows.

    Returns
    -------
    ndarray of shape (n_samples,), or None
        Without `dtype` they keep their type; only numbers of more than 64 bits become float64.

    Raises
    ------
    ValueError
        If the numbers of rows differ, a weight is not finite, or all are zero without
        `may_be_zero`; with `dtype` also if one is negative.

    Examples
    --------
    >>> as_weights([1, 2], y=np.array([0, 1]))
    array([1, 2])
    >>> as_weights([1, 2], dtype=np.float32, X=2)
    array([1., 2.], dtype=float32)
    """
    check_same_length(**others)
    if sample_weight is None:
        return None
    if dtype is not None and isinstance(sample_weight, numbers.Real):
        sample_weight = np.full(n_rows(next(iter(others.values()))), sample_weight)
    weight = as_numbers(sample_weight, "sample_weight")
    if dtype is not None:
        if np.less(weight, 0).any():
            raise ValueError("Negative values in data passed to `sample_weight`.")
        with np.errstate(over="ignore"):
            weight = np.asarray(weight, dtype, order="C")
    elif weight.dtype.itemsize > 8:
        weight = weight.astype(np.float64)
    if weight.dtype.kind == "f":
        check_finite(weight, "sample_weight", "A metric" if dtype is None else "The estimator")
    if column:
        weight = as_column(weight, "sample_weight")
    if weight.ndim != 1:
        raise ValueError(f"Sample weights must be 1D array or scalar, got {weight.ndim}D array.")
    check_same_length(**others, sample_weight=weight)
    if not (may_be_zero or weight.any()):
        raise ValueError("Sample weights must contain at least one non-zero number.")
    return weight


def class_weights(
    class_weight: Mapping[Any, float] | str | None,
    classes: Array,
    codes: Ints,
    sample_weight: Floats | None = None,
) -> Floats:
    """Return one factor per class, as the parameter `class_weight` says.

    "balanced" gives class k the factor ``n_samples / (n_classes · n_k)``, with which every class
    has the same total weight (King and Zeng, *Logistic Regression in Rare Events Data*, Political
    Analysis 9, 2001); with weighted samples, n counts weight.

    Parameters
    ----------
    class_weight : dict {label: factor}, "balanced", or None
        Classes that a dict doesn't name have the factor 1. 0 also names the class "0", and "0" the
        class 0.
    classes : ndarray of shape (n_classes,)
    codes : ndarray of shape (n_samples,)
    sample_weight : ndarray of shape (n_samples,), default=None

    Returns
    -------
    ndarray of shape (n_classes,)

    Raises
    ------
    ValueError
        If a dict leaves classes out and names labels that are no classes.

    Examples
    --------
    >>> class_weights("balanced", np.array(["a", "b"]), np.array([0, 1, 1, 1])).round(3)
    array([2.   , 0.667])
    """
    if class_weight is None:
        return np.ones(len(classes))
    if isinstance(class_weight, str):
        count = np.bincount(codes, weights=sample_weight, minlength=len(classes))
        balanced = np.ones(len(classes))  # also for a class that soft labels never favour
        with np.errstate(over="ignore"):  # of a class that weighs next to nothing
            np.divide(count.sum(), len(classes) * count, out=balanced, where=count > 0)
        return np.minimum(balanced, np.finfo(float).max)
    factors = {str(label): factor for label, factor in class_weight.items()} | dict(class_weight)
    labels = classes.tolist()
    keys = [label if label in factors else str(label) for label in labels]
    missing = [label for label, key in zip(labels, keys, strict=True) if key not in factors]
    if missing and len(class_weight) > len(classes) - len(missing):
        raise ValueError(
            f"The classes, {missing}, are not in class_weight, which names others:"
            f" {list(class_weight)}"
        )
    return np.array([factors.get(key, 1.0) for key in keys], dtype=np.float64)
