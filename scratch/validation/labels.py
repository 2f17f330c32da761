"""Labels of samples, and their codes 0, 1, …, n_classes - 1."""

import warnings

import numpy as np

from scratch.exceptions import DataConversionWarning, native
from scratch.validation.arrays import check_array, check_finite, refuse_sparse


def check_labels(y, n_samples):
    """Check a column of class labels, of any type, and give it as an array of shape (n_samples,).

    Raises
    ------
    ValueError
        If y is missing, not one-dimensional, of another length than X, holds NaN or None, or
        holds numbers with fractional parts, which are no class labels.
    """
    if y is None:
        raise ValueError("This estimator requires y to be passed, but the target y is None")
    refuse_sparse(y)
    labels = np.asarray(y)
    if labels.ndim == 2 and labels.shape[1] == 1:
        warnings.warn(
            "A column-vector y was passed when a 1d array was expected. Please change the shape of"
            " y to (n_samples,), for example using ravel().",
            native(DataConversionWarning),
            stacklevel=4,
        )
        labels = labels.ravel()
    if labels.ndim != 1:
        raise ValueError(f"y should be a 1d array, got an array of shape {labels.shape} instead.")
    if len(labels) != n_samples:
        raise ValueError(
            "Found input variables with inconsistent numbers of samples:"
            f" [{n_samples}, {len(labels)}]"
        )
    if labels.dtype.kind == "c":
        raise ValueError(f"Complex data not supported\n{y!r}\n")
    if labels.dtype.kind == "f":
        check_finite(labels, "y", "A classifier")
        if (labels != np.floor(labels)).any():
            raise ValueError(
                "Unknown label type: continuous. Maybe you are trying to fit a classifier, which"
                " expects discrete classes, on a regression target with continuous values."
            )
    if labels.dtype.kind == "O" and any(v is None or v != v for v in labels):
        raise ValueError("Input y contains NaN or None, which is no class label.")
    return labels


def check_probabilities(targets, n_samples, n_classes=None):
    """Check rows of class probabilities, and give them as an array (n_samples, n_classes).

    Raises
    ------
    ValueError
        If their number, or that of the classes, is another one; or if a row has an entry outside
        [0, 1] or does not sum to 1 (to 1e-5).
    """
    rows = check_array(targets, name="y")
    if len(rows) != n_samples:
        raise ValueError(
            "Found input variables with inconsistent numbers of samples:"
            f" [{n_samples}, {len(rows)}]"
        )
    if n_classes is not None and rows.shape[1] != n_classes:
        raise ValueError(f"y has {rows.shape[1]} columns, but there are {n_classes} classes")
    if not ((rows >= 0) & (rows <= 1)).all() or (abs(rows.sum(axis=1) - 1) > 1e-5).any():
        raise ValueError("The rows of y must be probabilities, in [0, 1], that sum to 1.")
    return rows


def encode_labels(labels):
    """The distinct labels, sorted, and for each sample the index of its own.

    Returns
    -------
    classes : ndarray of shape (n_classes,)
    codes : ndarray of shape (n_samples,), integers in [0, n_classes)
    """
    try:
        return np.unique(labels, return_inverse=True)
    except TypeError as error:
        kinds = sorted({type(label).__name__ for label in labels})
        raise TypeError(f"class labels must be of one type, got {', '.join(kinds)}") from error


def codes_of(labels, classes):
    """For each label its index among the sorted `classes`; a ValueError for one that is not there.

    Returns
    -------
    ndarray of shape (n_samples,), integers in [0, n_classes)
    """
    found, codes = encode_labels(labels)
    unknown = found[~np.isin(found, classes)]
    if unknown.size:
        raise ValueError(
            f"`classes={classes!r}` is not the same as on last call or does not hold the labels"
            f" {unknown!r} of y"
        )
    return np.searchsorted(classes, found)[codes]
