"""Precision, recall, F-score and Jaccard index, each on its own."""

import numpy as np
from numpy.typing import ArrayLike

from scratch.metrics.counting import counts_of, encode_targets
from scratch.metrics.precision_recall import (
    average_rule,
    classes_to_count,
    divide,
    precision_recall_fscore_support,
)
from scratch.metrics.targets import as_choice, check_targets
from scratch.typing import Floats, Label
from scratch.validation.parameters import any_of, check_parameter, label, one_of, real

__all__ = ["f1_score", "fbeta_score", "jaccard_score", "precision_score", "recall_score"]

_jaccard_zero_division = any_of(real(0, 0), real(1, 1), one_of("warn"))


def precision_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Label | None = 1,
    average: str | None = "binary",
    sample_weight: ArrayLike | None = None,
    zero_division: float | str = "warn",
) -> float | Floats:
    """Return the precision, ``tp / (tp + fp)``: the share of the predicted positives that is right.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels, or indicator matrices of them, sparse or not.
    labels, pos_label, average, sample_weight, zero_division
        As for `precision_recall_fscore_support`, whose errors and warnings are raised here too.

    Returns
    -------
    float, or ndarray of shape (n_classes,) if `average` is None
        From 0 to 1.

    Examples
    --------
    >>> from scratch.metrics import precision_score
    >>> precision_score([0, 0, 1, 1], [0, 1, 1, 1])
    0.6666666666666666
    """
    return precision_recall_fscore_support(
        y_true,
        y_pred,
        labels=labels,
        pos_label=pos_label,
        average=average,
        warn_for=("precision",),
        sample_weight=sample_weight,
        zero_division=zero_division,
    )[0]


def recall_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Label | None = 1,
    average: str | None = "binary",
    sample_weight: ArrayLike | None = None,
    zero_division: float | str = "warn",
) -> float | Floats:
    """Return the recall, ``tp / (tp + fn)``: the share of the positive samples that is found.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels, or indicator matrices of them, sparse or not.
    labels, pos_label, average, sample_weight, zero_division
        As for `precision_recall_fscore_support`, whose errors and warnings are raised here too.

    Returns
    -------
    float, or ndarray of shape (n_classes,) if `average` is None
        From 0 to 1.

    Examples
    --------
    >>> from scratch.metrics import recall_score
    >>> recall_score(["5", "5", "8", "8"], ["5", "8", "8", "8"], average=None)
    array([0.5, 1. ])
    """
    return precision_recall_fscore_support(
        y_true,
        y_pred,
        labels=labels,
        pos_label=pos_label,
        average=average,
        warn_for=("recall",),
        sample_weight=sample_weight,
        zero_division=zero_division,
    )[1]


def fbeta_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    beta: float,
    labels: ArrayLike | None = None,
    pos_label: Label | None = 1,
    average: str | None = "binary",
    sample_weight: ArrayLike | None = None,
    zero_division: float | str = "warn",
) -> float | Floats:
    """Return the F-score: the mean of precision and recall, recall `beta` times as important.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels, or indicator matrices of them, sparse or not.
    beta : float from 0 to infinity
        0 gives precision, 1 the F1-score, infinity recall.
    labels, pos_label, average, sample_weight, zero_division
        As for `precision_recall_fscore_support`, whose errors and warnings are raised here too.

    Returns
    -------
    float, or ndarray of shape (n_classes,) if `average` is None
        From 0 to 1.

    Examples
    --------
    >>> from scratch.metrics import fbeta_score
    >>> fbeta_score([0, 0, 1, 1], [0, 1, 1, 1], beta=2)
    0.9090909090909091
    """
    return precision_recall_fscore_support(
        y_true,
        y_pred,
        beta=beta,
        labels=labels,
        pos_label=pos_label,
        average=average,
        warn_for=("f-score",),
        sample_weight=sample_weight,
        zero_division=zero_division,
    )[2]


def f1_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Label | None = 1,
    average: str | None = "binary",
    sample_weight: ArrayLike | None = None,
    zero_division: float | str = "warn",
) -> float | Floats:
    """Return the F1-score, ``2·precision·recall / (precision + recall)``: their harmonic mean.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels, or indicator matrices of them, sparse or not.
    labels, pos_label, average, sample_weight, zero_division
        As for `precision_recall_fscore_support`, whose errors and warnings are raised here too.

    Returns
    -------
    float, or ndarray of shape (n_classes,) if `average` is None
        From 0 to 1.

    Examples
    --------
    >>> from scratch.metrics import f1_score
    >>> f1_score([0, 0, 1, 1], [0, 1, 1, 1])
    0.8
    """
    return fbeta_score(
        y_true,
        y_pred,
        beta=1,
        labels=labels,
        pos_label=pos_label,
        average=average,
        sample_weight=sample_weight,
        zero_division=zero_division,
    )


def jaccard_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Label | None = 1,
    average: str | None = "binary",
    sample_weight: ArrayLike | None = None,
    zero_division: float | str = "warn",
) -> float | Floats:
    """Return the Jaccard index, ``tp / (tp + fp + fn)``: overlap over union of two sets [1]_.

    The sets are the samples that are positive and those that are predicted so.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels, or indicator matrices of them, sparse or not.
    labels, pos_label, average, sample_weight
        As for `precision_recall_fscore_support`, whose errors and warnings are raised here too.
    zero_division : {"warn", 0, 1}, default="warn"
        The value of 0/0; "warn" means 0 with a warning.

    Returns
    -------
    float, or ndarray of shape (n_classes,) if `average` is None
        From 0, no overlap, to 1, the same sets.

    References
    ----------
    .. [1] P. Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11, 1912.

    Examples
    --------
    >>> from scratch.metrics import jaccard_score
    >>> jaccard_score([0, 1, 1, 1], [1, 1, 1, 0])
    0.5
    """
    pos_label = check_parameter("pos_label", pos_label, label)
    average = check_parameter("average", average, average_rule)
    zero_division = check_parameter("zero_division", zero_division, _jaccard_zero_division)
    labels = as_choice(labels)
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight)
    classes, true, pred = encode_targets(y_true, y_pred)
    labels = classes_to_count(classes, true.ndim == 2, labels, pos_label, average)
    by_sample = average == "samples"
    counts = counts_of(classes, true, pred, weight, labels=labels, by_sample=by_sample)
    tp, actual, union = counts.tp, counts.tp + counts.fn, counts.tp + counts.fp + counts.fn
    if average == "micro":
        tp, union = tp.sum(keepdims=True), union.sum(keepdims=True)
    missing = "true or predicted labels" if by_sample else "true or predicted samples"
    jaccard = divide("jaccard", tp, union, missing, zero_division)
    if average is None:
        return jaccard
    weights = {"weighted": actual if actual.any() else None, "samples": weight}.get(average)
    return float(np.average(jaccard, weights=weights))
