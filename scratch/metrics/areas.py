"""Areas under the curves: one number for all the thresholds.

With more than two classes it is the mean of binary ones: of each class against the rest (`ovr`),
or of each pair of classes (`ovo`).
"""

import functools
import itertools
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import UndefinedMetricWarning, warn
from scratch.metrics.targets import as_choice, as_targets, positives
from scratch.metrics.threshold_curves import precision_recall_curve, rates
from scratch.metrics.thresholds import threshold_counts
from scratch.typing import Array, Bools, Floats, Ints, Label
from scratch.validation.arrays import (
    as_column,
    as_finite,
    as_numbers,
    check_same_length,
    rows_sum_to_one,
)
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels, places
from scratch.validation.parameters import (
    Constraint,
    any_of,
    check_parameter,
    label,
    one_of,
    real,
)
from scratch.validation.weights import as_weights

__all__ = ["auc", "average_precision_score", "roc_auc_score"]

_positive = Constraint(lambda value: value is not None and label.accepts(value), "a label")
_average = one_of("micro", "macro", "weighted", "samples", None)
_multi_class = one_of("raise", "ovr", "ovo")
_max_fpr = any_of(real(0, 1, closed="right"), one_of(None))


def auc(x: ArrayLike, y: ArrayLike) -> float:
    """Return the area under the curve through the points (x, y), by the trapezoidal rule.

    Parameters
    ----------
    x : array-like of shape (n,)
        Rising or falling, two points or more.
    y : array-like of shape (n,)
        The heights at these points.

    Returns
    -------
    float
        ``Σ (x_{i+1} − x_i) (y_i + y_{i+1}) / 2``; the negative of that if `x` falls.

    Raises
    ------
    ValueError
        If `x` neither rises nor falls throughout, there are fewer than two points, the lengths
        differ, or a number is complex.

    Examples
    --------
    >>> from scratch.metrics import auc
    >>> auc([0, 0.5, 1], [0, 1, 1])
    0.75
    """
    x, y = (as_column(as_numbers(values, name), name) for values, name in ((x, "x"), (y, "y")))
    check_same_length(x=x, y=y)
    if len(x) < 2:
        raise ValueError(f"an area needs two points or more, x has {len(x)}")
    steps = np.diff(x)
    falling = np.fmin.reduce(steps) < 0  # NaN aside
    if falling and not steps.max() <= 0:  # NaN neither rises nor falls
        raise ValueError("x must rise throughout or fall throughout")
    area = np.sum(steps * (y[1:] + y[:-1])) / 2.0
    return float(-area if falling else area)


def average_precision_score(
    y_true: ArrayLike,
    y_score: ArrayLike,
    *,
    average: str | None = "macro",
    pos_label: Label = 1,
    sample_weight: ArrayLike | None = None,
) -> float | Floats:
    """Return the mean precision over all recalls: ``Σ (R_n − R_{n−1}) P_n`` over the thresholds.

    It is the area under the precision-recall curve drawn in steps, not in slanted lines, which
    would promise too much [1]_.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) or (n_samples, n_classes)
        True labels, or an indicator matrix of them.
    y_score : array-like of shape (n_samples,) or (n_samples, n_classes)
        Finite scores, higher for the positive class; for more than two classes one column each.
    average : {"micro", "macro", "weighted", "samples"}, default="macro"
        For more than two classes or an indicator matrix: the mean over the classes ("macro"), the
        mean weighted by the numbers of samples ("weighted"), the mean over the samples ("samples"),
        the value for all pairs of a sample and a class taken together ("micro"), or None: an array
        with one value per class.
    pos_label : int, float, bool or str, default=1
        The positive class, if there are two.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.

    Returns
    -------
    float, or ndarray of shape (n_classes,)
        From 0 to 1. Random scores give about the share of the positive samples.

    Raises
    ------
    ValueError
        For inputs of unequal length, scores that are not finite or of the wrong shape, or a
        `pos_label` that does not occur.

    References
    ----------
    .. [1] J. Davis, M. Goadrich, "The relationship between precision-recall and ROC curves", ICML
       2006.

    Examples
    --------
    >>> from scratch.metrics import average_precision_score
    >>> average_precision_score([0, 0, 1, 1], [0.1, 0.4, 0.3, 0.8])
    0.8333333333333333
    """
    average = check_parameter("average", average, _average)
    check_parameter("pos_label", pos_label, _positive)
    y_true, scores = as_targets(y_true, "y_true"), as_finite(y_score, "y_score")
    weight = as_weights(sample_weight, column=True, y_true=y_true, y_score=scores)
    if y_true.ndim == 2:
        indicators = y_true
    else:
        classes, codes = encode_labels(y_true)
        if len(classes) <= 2:
            if len(classes) == 2 and pos_label not in classes.tolist():
                raise ValueError(f"pos_label={pos_label!r} is none of {classes.tolist()!r}")
            return _average_precision(y_true, scores, weight, pos_label)
        indicators = codes[:, None] == np.arange(len(classes))  # (n_samples, n_classes)
    if pos_label != 1:
        raise ValueError("pos_label is for two classes; with more, each is positive in turn")
    return _one_vs_rest(_average_precision, indicators, scores, average, weight)


def _average_precision(
    y_true: ArrayLike, y_score: ArrayLike, sample_weight: ArrayLike | None, pos_label: Label = 1
) -> float:
    """Return the average precision for one positive class."""
    precision, recall, _ = precision_recall_curve(
        y_true, y_score, pos_label=pos_label, sample_weight=sample_weight
    )
    return float(max(0.0, -np.sum(np.diff(recall) * precision[:-1])))


def roc_auc_score(
    y_true: ArrayLike,
    y_score: ArrayLike,
    *,
    average: str | None = "macro",
    sample_weight: ArrayLike | None = None,
    max_fpr: float | None = None,
    multi_class: str = "raise",
    labels: ArrayLike | None = None,
) -> float | Floats:
    """Return the area under the ROC curve.

    For two classes it is the probability that a positive sample scores higher than a negative one,
    both drawn at random, ties counting half: the Mann-Whitney statistic [1]_.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) or (n_samples, n_classes)
        True labels, or an indicator matrix of them.
    y_score : array-like of shape (n_samples,) or (n_samples, n_classes)
        For two classes: finite scores, higher for the greater class. For more: probabilities, the
        columns in the sorted order of the classes, the rows summing to one. For an indicator
        matrix: finite scores, a column for each of its columns.
    average : {"micro", "macro", "weighted", "samples"}, default="macro"
        For more than two classes or an indicator matrix: the mean over the classes ("macro"), the
        mean weighted by the numbers of samples ("weighted"), or None: an array with one value per
        class. Not for "ovo": the value for all pairs of a sample and a class taken together
        ("micro"). Only for an indicator matrix: the mean over the samples ("samples").
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default. Not for "ovo".
    max_fpr : float in (0, 1], default=None
        For two classes: the area over false positive rates up to this one only, rescaled to 0.5
        for chance and 1 for the best [2]_.
    multi_class : {"raise", "ovr", "ovo"}, default="raise"
        For more than two classes: each against the rest, or the mean over all pairs of classes
        [3]_; "raise" asks for the choice.
    labels : array-like of shape (n_classes,), default=None
        For more than two classes: all of them, sorted; by default those of `y_true`.

    Returns
    -------
    float, or ndarray of shape (n_classes,)
        From 0 to 1; 0.5 for a random order. NaN where only one class is there.

    Raises
    ------
    ValueError
        For inputs of unequal length, scores that are not finite or of the wrong shape or (for more
        than two classes) do not sum to one, or options that do not go together.

    Warns
    -----
    UndefinedMetricWarning
        Where only one class is there.

    References
    ----------
    .. [1] J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a receiver operating
       characteristic (ROC) curve", Radiology 143, 1982.
    .. [2] D. K. McClish, "Analyzing a portion of the ROC curve", Medical Decision Making 9, 1989.
    .. [3] D. J. Hand, R. J. Till, "A simple generalisation of the area under the ROC curve for
       multiple class classification problems", Machine Learning 45, 2001.

    Examples
    --------
    >>> from scratch.metrics import roc_auc_score
    >>> roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.3, 0.8])
    0.75
    """
    average = check_parameter("average", average, _average)
    max_fpr = check_parameter("max_fpr", max_fpr, _max_fpr)
    multi_class = check_parameter("multi_class", multi_class, _multi_class)
    labels = as_choice(labels)
    y_true, scores = as_targets(y_true, "y_true"), as_finite(y_score, "y_score")
    weight = as_weights(sample_weight, column=True, y_true=y_true, y_score=scores)
    if y_true.ndim == 2:
        metric = functools.partial(_roc_auc_of_labels, max_fpr=max_fpr)
        return _one_vs_rest(metric, y_true, scores, average, weight)
    classes, codes = encode_labels(y_true)
    if len(classes) > 2 or (scores.ndim == 2 and scores.shape[1] > 2):
        _require_multiclass_options(multi_class, average, max_fpr, weight)
        codes = _codes_of_columns(codes, classes, labels, scores)
        if multi_class == "ovo":
            return _one_vs_one(codes, scores, average)
        indicators = codes[:, None] == np.arange(scores.shape[1])  # (n_samples, n_classes)
        return _one_vs_rest(_roc_auc, indicators, scores, average, weight)
    if len(classes) == 2:
        scores = as_column(scores, "y_score")
    return _roc_auc(codes == 1, scores, weight, max_fpr)


def _roc_auc_of_labels(
    labels: Array, y_score: Floats, weight: Array | None, max_fpr: float | None
) -> float:
    """Return the area under the ROC curve for labels, with their default positive class."""
    if np.all(labels == labels[0]):
        return _undefined_roc_auc()
    return _roc_auc(positives(labels, None), y_score, weight, max_fpr)


def _undefined_roc_auc() -> float:
    """Warn that only one class is there, and return NaN."""
    warn("y_true holds one class only: ROC AUC is undefined", UndefinedMetricWarning)
    return float("nan")


def _roc_auc(
    positive: Bools, y_score: Floats, weight: Array | None, max_fpr: float | None = None
) -> float:
    """Return the area under the ROC curve for one positive class."""
    if positive.all() or not positive.any():
        return _undefined_roc_auc()
    fpr, tpr, _ = rates(*threshold_counts(positive, y_score, weight))
    if max_fpr is None or max_fpr == 1:
        return auc(fpr, tpr)
    stop = np.searchsorted(fpr, max_fpr, "right")
    height = np.interp(max_fpr, fpr[stop - 1 : stop + 1], tpr[stop - 1 : stop + 1])
    area = auc(np.append(fpr[:stop], max_fpr), np.append(tpr[:stop], height))
    of_chance, best = 0.5 * max_fpr**2, max_fpr
    return 0.5 * (1 + (area - of_chance) / (best - of_chance))


def _require_multiclass_options(
    multi_class: str, average: str | None, max_fpr: float | None, weight: Array | None
) -> None:
    """Raise where the options do not go together with more than two classes."""
    if multi_class == "raise":
        raise ValueError('with more than two classes multi_class must be "ovr" or "ovo"')
    if max_fpr is not None and max_fpr != 1:
        raise ValueError(f"max_fpr={max_fpr} is for two classes only")
    if average == "samples" or (average == "micro" and multi_class == "ovo"):
        raise ValueError(f"average={average!r} is not defined for multi_class={multi_class!r}")
    if average is None and multi_class == "ovo":
        raise NotImplementedError('average=None is not implemented for multi_class="ovo"')
    if weight is not None and multi_class == "ovo":
        raise ValueError('multi_class="ovo" takes no sample_weight')


def _codes_of_columns(
    codes: Ints, classes: Array, labels: ArrayLike | None, scores: Floats
) -> Ints:
    """Return for each sample the column of its class; raise where columns and classes differ."""
    if scores.ndim != 2:
        raise ValueError(f"y_score must have one column for each class, got shape {scores.shape}")
    if not rows_sum_to_one(scores):
        raise ValueError("with more than two classes the rows of y_score must sum to one")
    if labels is not None:
        labels = as_labels(labels, "labels")
        if not np.array_equal(encode_labels(labels)[0], labels):
            raise ValueError(f"labels must be sorted, each once: {labels.tolist()!r}")
        codes, classes = places(classes, labels)[codes], labels
        if codes.max() == len(labels):
            raise ValueError(f"y_true holds classes that are not in labels {labels.tolist()!r}")
    if len(classes) != scores.shape[1]:
        raise ValueError(f"there are {len(classes)} classes, but {scores.shape[1]} score columns")
    return codes


def _one_vs_rest(
    metric: Callable[..., float],
    indicators: Bools,
    scores: Floats,
    average: str | None,
    weight: Array | None,
) -> float | Floats:
    """Return a binary metric averaged over the classes, each of them positive in turn.

    `indicators` and `scores` are (n_samples, n_classes): whether a sample is of a class, and its
    score for that class.
    """
    if scores.shape != indicators.shape:
        raise ValueError(
            f"y_score must have one column for each class, shape {indicators.shape}, got"
            f" {scores.shape}"
        )
    share = None
    if average == "micro":
        weight = None if weight is None else np.repeat(weight, scores.shape[1])
        indicators, scores = indicators.reshape(-1, 1), scores.reshape(-1, 1)
    elif average == "weighted":
        each = indicators if weight is None else indicators * weight[:, None]
        share = each.sum(axis=0)  # (n_classes,)
        if np.isclose(share.sum(), 0):
            return 0
    elif average == "samples":
        share, weight = weight, None
        indicators, scores = indicators.T, scores.T
    columns = zip(indicators.T, scores.T, strict=True)
    values = np.array([metric(positive, score, weight) for positive, score in columns])
    if average is None:
        return values
    if share is not None:
        values[share == 0] = 0
    return float(np.average(values, weights=share))


def _one_vs_one(codes: Ints, scores: Floats, average: str | None) -> float:
    """Return the mean ROC AUC over the pairs of classes.

    The value of a pair is the mean of two: one class is the positive one, then the other.
    """
    values, shares = [], []
    for a, b in itertools.combinations(np.unique(codes), 2):
        pair = (codes == a) | (codes == b)
        either = [_roc_auc(codes[pair] == one, scores[pair, one], None) for one in (a, b)]
        values.append(sum(either) / 2)
        shares.append(pair.mean())
    return float(np.average(values, weights=shares if average == "weighted" else None))
