"""Weights of samples and of classes."""

import numbers

import numpy as np

from scratch.validation.arrays import check_finite


def check_sample_weight(sample_weight, n_samples, dtype=np.float64):
    """Check weights of samples, and give them as an array of shape (n_samples,).

    Parameters
    ----------
    sample_weight : array_like of shape (n_samples,), a number, or None
        None stands for ones.
    n_samples : int
    dtype : floating dtype

    Raises
    ------
    ValueError
        If the shape is another one, or a weight is negative or not finite, or all are zero.
    """
    if sample_weight is None:
        return np.ones(n_samples, dtype=dtype)
    if isinstance(sample_weight, numbers.Real):
        sample_weight = np.full(n_samples, sample_weight)
    weight = np.asarray(sample_weight, dtype=dtype, order="C")
    if weight.ndim != 1:
        raise ValueError(f"Sample weights must be 1D array or scalar, got {weight.ndim}D array.")
    if weight.shape != (n_samples,):
        raise ValueError(
            f"sample_weight.shape == {weight.shape}, expected {(n_samples,)}: one weight a sample"
        )
    check_finite(weight, "sample_weight")
    if (weight < 0).any():
        raise ValueError("Negative values in data passed to `sample_weight`.")
    if not weight.any():
        raise ValueError("Sample weights must contain at least one non-zero number.")
    return weight


def class_weights(class_weight, classes, codes, sample_weight=None):
    """Turn the parameter `class_weight` into one factor a class.

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
