"""The counts of each class or label: true and false positives, true and false negatives.

With one label per sample the classes are counted, by one `bincount` (``class_counts``). With
several labels per sample an indicator matrix has a row for each sample and a column for each label,
not zero where the sample has the label. Each label is a question of its own, so its counts are
those of its column. An average over the samples takes the counts of each row instead.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import InvalidParameterError
from scratch.metrics.class_counts import Counts, count_classes
from scratch.metrics.targets import as_choice, check_targets
from scratch.typing import Array
from scratch.validation.labels import encode_pair
from scratch.validation.parameters import boolean, check_parameter

__all__ = ["multilabel_confusion_matrix"]


def multilabel_confusion_matrix(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    labels: ArrayLike | None = None,
    samplewise: bool = False,
) -> Array:
    """Count true and false positives and negatives of each class against the rest.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels, or indicator matrices of them, sparse or not.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    labels : array-like of shape (n_classes,), default=None
        The classes to count and their order; for indicator matrices the columns. By default all,
        sorted.
    samplewise : bool, default=False
        Count the labels of each sample, instead of the samples of each label; for indicator
        matrices only.

    Returns
    -------
    ndarray of shape (n_classes, 2, 2), or (n_samples, 2, 2) if `samplewise`
        For each class ``[[tn, fp], [fn, tp]]``.

    Raises
    ------
    ValueError
        For inputs of unequal shape, labels that are no classes, `labels` that are no columns, or
        `samplewise` where a sample has one label.

    References
    ----------
    .. G. Tsoumakas, I. Katakis, "Multi-Label Classification: An Overview", International Journal
       of Data Warehousing and Mining 3, 2007.

    Examples
    --------
    >>> from scratch.metrics import multilabel_confusion_matrix
    >>> multilabel_confusion_matrix([[1, 0], [0, 1]], [[1, 0], [1, 1]]).tolist()
    [[[0, 1], [0, 1]], [[1, 0], [0, 1]]]
    """
    samplewise = check_parameter("samplewise", samplewise, boolean)
    labels = as_choice(labels)
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight)
    classes, true, pred = encode_targets(y_true, y_pred)
    counts = counts_of(classes, true, pred, weight, labels=labels, by_sample=samplewise)
    tp, fp, fn, total = counts
    return np.stack([total - tp - fp - fn, fp, fn, tp], axis=1).reshape(-1, 2, 2)


def encode_targets(y_true: Array, y_pred: Array) -> tuple[Array, Array, Array]:
    """Return the classes, and true and predicted targets in the form that is counted.

    Returns
    -------
    classes : ndarray of shape (n_classes,)
        The labels, sorted; for indicator matrices the indices of the columns.
    true, pred : ndarray of shape (n_samples,) or (n_samples, n_classes)
        Codes of the labels. For indicators, bools: whether each sample has each label; a CSR matrix
        of bools if the indicators are one.
    """
    if y_true.ndim == 1:
        return encode_pair(y_true, y_pred)
    return np.arange(y_true.shape[1]), y_true != 0, y_pred != 0  # sparse if they are


def counts_of(
    classes: Array,
    true: Array,
    pred: Array,
    weight: Array | None = None,
    *,
    labels: Array | None = None,
    by_sample: bool = False,
) -> Counts:
    """Count true positives, false positives and false negatives of each class.

    Parameters
    ----------
    classes, true, pred : ndarray
        As `encode_targets` returns them.
    weight : ndarray of shape (n_samples,), default=None
    labels : ndarray of shape (n_labels,), default=None
        The classes to count and their order. None stands for all.
    by_sample : bool, default=False
        Count the labels of each sample, instead of the samples of each label.

    Returns
    -------
    Counts

    Raises
    ------
    ValueError
        If `by_sample` is given with one label per sample, or one of `labels` is no column.
    """
    if true.ndim == 2:
        if labels is not None:
            columns = _columns(labels, len(classes))
            true, pred = true[:, columns], pred[:, columns]
        return _count_rows(true, pred, weight) if by_sample else _count_columns(true, pred, weight)
    if by_sample:
        raise ValueError(
            'average="samples" (or samplewise) is for multilabel targets: here each sample has one'
            " label only"
        )
    counts = count_classes(true, pred, len(classes), weight)
    return counts if labels is None else counts.of(labels, classes)


def _columns(labels: Array, n_labels: int) -> Array:
    """Return `labels` as indices of columns; raise where they are none."""
    labels = np.asarray(labels.tolist())  # integers, also of an array of objects
    if labels.dtype.kind != "i" or labels.min() < 0 or labels.max() >= n_labels:
        raise InvalidParameterError(
            f"All labels must be in [0, n labels) for multilabel targets: {labels.tolist()!r} are"
            f" no columns of {n_labels}"
        )
    return labels


def _count_columns(true: Array, pred: Array, weight: Array | None) -> Counts:
    """Return the `Counts` of each label, from bools of shape (n_samples, n_labels)."""
    both = _both(true, pred)
    tp, predicted, actual = (_column_sums(part, weight) for part in (both, pred, true))
    total = true.shape[0] if weight is None else weight.sum()
    return Counts(tp, predicted - tp, actual - tp, total)


def _count_rows(true: Array, pred: Array, weight: Array | None) -> Counts:
    """Return the `Counts` of each sample, from bools of shape (n_samples, n_labels)."""
    factor = 1 if weight is None else weight  # (n_samples,)
    both = _both(true, pred)
    tp, predicted, actual = (_row_sums(part) * factor for part in (both, pred, true))
    return Counts(tp, predicted - tp, actual - tp, true.shape[1] * factor)


def _both(true: Any, pred: Any) -> Any:
    """Return which labels are true and predicted."""
    return true & pred if isinstance(true, np.ndarray) else true.multiply(pred).tocsr()


def _row_sums(indicators: Any) -> Array:
    """Return how many labels each sample has, shape (n_samples,)."""
    if isinstance(indicators, np.ndarray):
        return np.count_nonzero(indicators, axis=1)
    return np.diff(indicators.indptr).astype(np.intp)


def _column_sums(indicators: Any, weight: Array | None) -> Array:
    """Return the number (or weight) of the samples that have each label, shape (n_labels,)."""
    if weight is None and isinstance(indicators, np.ndarray):
        return np.count_nonzero(indicators, axis=0)
    rows, columns = indicators.nonzero()
    if weight is None:
        return np.bincount(columns, minlength=indicators.shape[1])
    sums = np.bincount(columns, weight[rows], indicators.shape[1])
    return sums.astype(np.float64, copy=False)  # they are integers only where nothing is summed
