"""Weights of samples and of classes: what is accepted, and what follows from it."""

import numbers
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from scratch.typing import Array, Floats, Ints
from scratch.validation.arrays import as_column, as_finite, check_same_length


def as_weights(
    sample_weight: ArrayLike | None, *, column: bool = False, owner: str = "A metric", **others: Any
) -> Array | None:
    """Return weights of samples as an array, or None where there are none. Metrics take these.

    Parameters
    ----------
    sample_weight : array_like of shape (n_samples,), or None
        Finite numbers, not all zero. Negative ones are allowed, as in scikit-learn's metrics.
    column : bool, default=False
        Whether they may come as a column, of shape (n_samples, 1).
    owner : str
        Who asks for them, for the message.
    **others : ndarray
        The other arrays, by their names, which must have as many rows.

    Returns
    -------
    ndarray of shape (n_samples,), or None
        Of their own dtype, but that numbers of more than 64 bits become float64.

    Raises
    ------
    ValueError
        If the numbers of rows differ, a weight is not finite, or all are zero.

    Examples
    --------
    >>> as_weights([1, 2], y=np.array([0, 1]))
    array([1, 2])
    """
    if sample_weight is None:
        check_same_length(**others)
        return None
    weight = as_finite(sample_weight, "sample_weight", owner)
    if column:
        weight = as_column(weight, "sample_weight")
    if weight.ndim != 1:
        raise ValueError(f"Sample weights must be 1D array or scalar, got {weight.ndim}D array.")
    check_same_length(**others, sample_weight=weight)
    if not weight.any():
        raise ValueError("Sample weights must contain at least one non-zero number.")
    return weight if weight.dtype.itemsize <= 8 else weight.astype(np.float64)


def check_sample_weight(
    sample_weight: ArrayLike | None, n_samples: int, dtype: DTypeLike = np.float64
) -> Floats:
    """Return weights of samples as an array of floats. Estimators and losses take these.

    Parameters
    ----------
    sample_weight : array_like of shape (n_samples,), a number, or None
        Non-negative finite numbers, not all zero. None stands for ones.
    n_samples : int
    dtype : floating dtype, default=np.float64

    Returns
    -------
    ndarray of shape (n_samples,)

    Raises
    ------
    ValueError
        If the shape is another one, or a weight is negative, or, as a number of `dtype`, one is not
        finite or all are zero.

    Examples
    --------
    >>> check_sample_weight(None, 2)
    array([1., 1.])
    """
    if sample_weight is None:
        return np.ones(n_samples, dtype=dtype)
    if isinstance(sample_weight, numbers.Real):
        sample_weight = np.full(n_samples, sample_weight)
    weight = np.asarray(as_weights(sample_weight, owner="The estimator", X=n_samples))
    if np.less(weight, 0).any():
        raise ValueError("Negative values in data passed to `sample_weight`.")
    with np.errstate(over="ignore"):
        narrow = np.asarray(weight, dtype=dtype, order="C")
    # the type may be too narrow: then a weight is infinite, or all are 0
    return np.asarray(as_weights(narrow, owner="The estimator", X=n_samples))


def class_weights(
    class_weight: Mapping[Any, float] | str | None,
    classes: Array,
    codes: Ints,
    sample_weight: Floats | None = None,
) -> Floats:
    """Return one factor a class, as the parameter `class_weight` says.

    "balanced" gives class k the factor ``n_samples / (n_classes · n_k)``, in which every class has
    the same total weight (King and Zeng, *Logistic Regression in Rare Events Data*, Political
    Analysis 9, 2001); with weighted samples, n counts weight.

    Parameters
    ----------
    class_weight : dict {label: factor}, "balanced", or None
        Classes that a dict doesn't name have the factor 1.
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
        return np.divide(count.sum(), len(classes) * count, out=balanced, where=count > 0)
    missing = [label for label in classes.tolist() if label not in class_weight]
    if missing and len(class_weight) > len(classes) - len(missing):
        raise ValueError(
            f"The classes, {missing}, are not in class_weight, which names others:"
            f" {list(class_weight)}"
        )
    return np.array([class_weight.get(label, 1.0) for label in classes.tolist()], dtype=np.float64)
