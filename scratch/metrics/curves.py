"""Scores over every threshold: the precision-recall, ROC and DET curves, and what they count.

A sample is predicted positive where its score reaches a threshold. As the threshold falls the
samples turn positive one by one, in the order of their scores: so one sort, and a running count of
the positive ones among the first k, give the true and false positives at all thresholds at once.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import UndefinedMetricWarning, warn
from scratch.metrics.targets import positives
from scratch.typing import Array, Bools, Floats, Ints, Label
from scratch.validation.arrays import as_array, as_column, as_finite, check_finite
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels
from scratch.validation.parameters import (
    Constraint,
    any_of,
    boolean,
    check_parameter,
    label,
    mapping,
    one_of,
)
from scratch.validation.weights import as_weights

__all__ = [
    "confusion_matrix_at_thresholds",
    "det_curve",
    "metric_at_thresholds",
    "precision_recall_curve",
    "roc_curve",
]


def threshold_counts(
    positive: Bools, y_score: Array, weight: Array | None = None
) -> tuple[Floats, Floats, Array]:
    """Count false and true positives at each distinct score as threshold, from the highest down.

    Parameters
    ----------
    positive : bool ndarray of shape (n_samples,)
        Which samples are positive.
    y_score : ndarray of shape (n_samples,)
        Finite scores.
    weight : ndarray of shape (n_samples,), default=None
        Weight of each sample; 1 by default. Samples of weight zero set no threshold.

    Returns
    -------
    fps, tps, thresholds : ndarray of shape (n_thresholds,)
    """
    if weight is not None and not weight.all():
        kept = weight != 0
        positive, y_score, weight = positive[kept], y_score[kept], weight[kept]
    order, falling = _by_falling_score(y_score)
    positive, ends = positive[order], _ends_of_ties(falling)
    if weight is None:
        tps = np.cumsum(positive)[ends].astype(np.float64)
        fps = (ends + 1) - tps  # of the first ends + 1 samples, the others
    else:
        weight = weight[order]
        tps = np.cumsum(positive * weight, dtype=np.float64)[ends]
        fps = np.cumsum(~positive * weight, dtype=np.float64)[ends]
    return fps, tps, falling[ends]


def _ends_of_ties(falling: Array) -> Ints:
    """Return the index of the last of each run of equal scores, shape (n_thresholds,)."""
    return np.append(np.flatnonzero(falling[1:] != falling[:-1]), len(falling) - 1)


def _by_falling_score(y_score: Array) -> tuple[Ints, Array]:
    """Return the order of samples by falling score, equal ones as they come, and the scores in it.

    The plain form is ``np.argsort(-y_score, kind="stable")``; this takes a third of its time. The
    bits of a positive float, read as an integer, have the order of the floats; those of a negative
    one the reverse. So the highest bits of the score and the index of the sample are made one
    integer, and integers are sorted faster than any order is found. Scores that differ in their
    lowest bits alone are put in order afterwards.
    """
    n_bits = (len(y_score) - 1).bit_length()  # those of an index
    keys = np.add(y_score, 0.0, dtype=np.float64).view(np.int64)  # −0 becomes 0
    # falling: all bits of the positive ones are turned over, of the negative ones the sign
    keys ^= ~(keys >> 63) | np.int64(-(2**63))
    keys >>= n_bits
    keys <<= n_bits
    keys |= np.arange(len(keys))
    keys.sort()
    order = keys & (2**n_bits - 1)
    falling = y_score[order]
    rises = np.flatnonzero(falling[1:] > falling[:-1])
    if len(rises):
        keys >>= n_bits
        alike = np.append(0, np.cumsum(keys[1:] != keys[:-1]))  # runs of equal highest bits
        mixed = np.zeros(alike[-1] + 1, dtype=bool)
        mixed[alike[rises]] = True
        where = np.flatnonzero(mixed[alike])
        samples = np.sort(order[where])[::-1]
        order[where] = samples[np.argsort(y_score[samples], kind="stable")[::-1]]
        falling[where] = y_score[order[where]]
    return order, falling


def _counts_of_labels(
    y_true: ArrayLike, y_score: ArrayLike, pos_label: Label | None, sample_weight: ArrayLike | None
) -> tuple[Floats, Floats, Array]:
    """Check the arguments of a curve, and return its `threshold_counts`."""
    check_parameter("pos_label", pos_label, label)
    y_true = as_labels(y_true, "y_true")
    y_score = as_column(as_finite(y_score, "y_score"), "y_score")
    weight = as_weights(sample_weight, column=True, y_true=y_true, y_score=y_score)
    return threshold_counts(positives(y_true, pos_label), y_score, weight)


def precision_recall_curve(
    y_true: ArrayLike,
    y_score: ArrayLike,
    *,
    pos_label: Label | None = None,
    sample_weight: ArrayLike | None = None,
    drop_intermediate: bool = False,
) -> tuple[Floats, Floats, Array]:
    """Return precision and recall at each distinct score as the threshold.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels of two classes (of more if `pos_label` is given).
    y_score : array-like of shape (n_samples,)
        Finite scores, higher for the positive class: probabilities or decision values.
    pos_label : int, float, bool or str, default=None
        The positive class; by default 1 among the classes 0 and 1 or −1 and 1.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    drop_intermediate : bool, default=False
        Leave out the thresholds between others of the same recall, which draw no other curve.

    Returns
    -------
    precision, recall : ndarray of shape (n_thresholds + 1,)
        By rising threshold: recall falls to 0, the last point, where precision is set to 1.
    thresholds : ndarray of shape (n_thresholds,)
        The scores at which these are reached, rising.

    Raises
    ------
    ValueError
        For inputs of unequal length, scores that are not finite, or labels of which none is the
        positive one by default.

    Warns
    -----
    UserWarning
        Where no sample is positive; recall is then one at each threshold.

    Examples
    --------
    >>> from scratch.metrics import precision_recall_curve
    >>> precision, recall, thresholds = precision_recall_curve([0, 0, 1, 1], [0.1, 0.4, 0.3, 0.8])
    >>> precision.round(2).tolist(), recall.tolist(), thresholds.tolist()
    ([0.5, 0.67, 0.5, 1.0, 1.0], [1.0, 1.0, 0.5, 0.5, 0.0], [0.1, 0.3, 0.4, 0.8])
    """
    check_parameter("drop_intermediate", drop_intermediate, boolean)
    fps, tps, thresholds = _counts_of_labels(y_true, y_score, pos_label, sample_weight)
    if drop_intermediate:
        kept = _where_either_step_counts(tps)
        fps, tps, thresholds = fps[kept], tps[kept], thresholds[kept]
    found = tps + fps
    precision = np.divide(tps, found, out=np.zeros_like(tps), where=found != 0)
    if tps[-1] == 0:
        warn("no sample of y_true is positive: recall is set to one at each threshold")
        recall = np.ones_like(tps)
    else:
        recall = tps / tps[-1]
    return np.append(precision[::-1], 1.0), np.append(recall[::-1], 0.0), thresholds[::-1]


def roc_curve(
    y_true: ArrayLike,
    y_score: ArrayLike,
    *,
    pos_label: Label | None = None,
    sample_weight: ArrayLike | None = None,
    drop_intermediate: bool = True,
) -> tuple[Floats, Floats, Array]:
    """Return false and true positive rate at each distinct score as the threshold.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels of two classes (of more if `pos_label` is given).
    y_score : array-like of shape (n_samples,)
        Finite scores, higher for the positive class: probabilities or decision values.
    pos_label : int, float, bool or str, default=None
        The positive class; by default 1 among the classes 0 and 1 or −1 and 1.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    drop_intermediate : bool, default=True
        Leave out the points on the straight line between their neighbours, which draw no other
        curve.

    Returns
    -------
    fpr, tpr : ndarray of shape (n_thresholds,)
        The shares of the negative and of the positive samples whose score reaches the threshold:
        both rise from 0 to 1.
    thresholds : ndarray of shape (n_thresholds,)
        Falling from infinity, at which no sample is predicted positive.

    Raises
    ------
    ValueError
        For inputs of unequal length, scores that are not finite, or labels of which none is the
        positive one by default.

    Warns
    -----
    UndefinedMetricWarning
        Where there is no negative or no positive sample; the rate of these is then NaN.

    References
    ----------
    .. T. Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27, 2006.

    Examples
    --------
    >>> from scratch.metrics import roc_curve
    >>> fpr, tpr, thresholds = roc_curve([0, 0, 1, 1], [0.1, 0.4, 0.3, 0.8])
    >>> fpr.tolist(), tpr.tolist(), thresholds.tolist()
    ([0.0, 0.0, 0.5, 0.5, 1.0], [0.0, 0.5, 0.5, 1.0, 1.0], [inf, 0.8, 0.4, 0.3, 0.1])
    """
    check_parameter("drop_intermediate", drop_intermediate, boolean)
    counts = _counts_of_labels(y_true, y_score, pos_label, sample_weight)
    return rates(*counts, drop_intermediate=drop_intermediate)


def rates(
    fps: Floats, tps: Floats, thresholds: Array, *, drop_intermediate: bool = True
) -> tuple[Floats, Floats, Array]:
    """Return the ROC curve of the counts that `threshold_counts` returns."""
    if drop_intermediate and len(fps) > 2:
        steps = np.diff(fps), np.diff(tps)  # where they are equal the line is straight
        bend = (steps[0][1:] != steps[0][:-1]) | (steps[1][1:] != steps[1][:-1])
        kept = np.concatenate([[True], bend, [True]])
        fps, tps, thresholds = fps[kept], tps[kept], thresholds[kept]
    thresholds = np.concatenate([[np.inf], thresholds.astype(np.float64)])
    fpr = _rate(fps, "negative", "false positive rate")
    return fpr, _rate(tps, "positive", "true positive rate"), thresholds


def det_curve(
    y_true: ArrayLike,
    y_score: ArrayLike,
    pos_label: Label | None = None,
    sample_weight: ArrayLike | None = None,
    drop_intermediate: bool = False,
) -> tuple[Floats, Floats, Array]:
    """Return both error rates, false positive and false negative, at each distinct score.

    They are the two sides of the detection error tradeoff [1]_: as the threshold rises, one falls
    and the other rises.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels of two classes.
    y_score : array-like of shape (n_samples,)
        Finite scores, higher for the positive class: probabilities or decision values.
    pos_label : int, float, bool or str, default=None
        The positive class; by default 1 among the classes 0 and 1 or −1 and 1.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    drop_intermediate : bool, default=False
        Leave out the thresholds between others of the same false negative rate.

    Returns
    -------
    fpr, fnr : ndarray of shape (n_thresholds,)
        The shares of the negative samples whose score reaches the threshold, and of the positive
        samples whose score does not. The curve begins at the highest threshold where no positive
        sample is missed, and ends at the first where no negative one is found.
    thresholds : ndarray of shape (n_thresholds,)
        Rising; the last is infinity if the highest score belongs to a negative sample.

    Raises
    ------
    ValueError
        For inputs of unequal length, scores that are not finite, other than two classes, or labels
        of which none is the positive one by default.

    References
    ----------
    .. [1] A. Martin, G. Doddington, T. Kamm, M. Ordowski, M. Przybocki, "The DET curve in
       assessment of detection task performance", Eurospeech 1997.

    Examples
    --------
    >>> from scratch.metrics import det_curve
    >>> fpr, fnr, thresholds = det_curve([0, 0, 1, 1], [0.1, 0.4, 0.3, 0.8])
    >>> fpr.tolist(), fnr.tolist(), thresholds.tolist()
    ([0.5, 0.5, 0.0], [0.0, 0.5, 0.5], [0.3, 0.4, 0.8])
    """
    check_parameter("drop_intermediate", drop_intermediate, boolean)
    y_true = as_labels(y_true, "y_true")
    counts = _counts_of_labels(y_true, y_score, pos_label, sample_weight)
    if len(encode_labels(y_true)[0]) != 2:
        raise ValueError("the detection error tradeoff needs samples of two classes in y_true")
    # at the threshold infinity no sample is positive
    fps, tps = (np.append(0.0, count) for count in counts[:2])
    thresholds = np.append(np.inf, counts[2])
    if drop_intermediate:
        kept = _where_either_step_counts(tps)
        fps, tps, thresholds = fps[kept], tps[kept], thresholds[kept]
    first = np.searchsorted(fps, fps[0], side="right") - 1  # the last without a false positive
    stop = np.searchsorted(tps, tps[-1]) + 1  # up to the first without a false negative
    curve = slice(first, stop)
    with np.errstate(invalid="ignore", divide="ignore"):  # a class whose samples weigh nothing
        fpr, fnr = fps[curve] / fps[-1], (tps[-1] - tps[curve]) / tps[-1]
    return fpr[::-1], fnr[::-1], thresholds[curve][::-1]


def _where_either_step_counts(counts: Floats) -> Bools:
    """Return which points of a running count differ from a neighbour; the ends are always in."""
    steps = np.diff(counts) != 0
    return np.concatenate([[True], steps[:-1] | steps[1:], [True]])[: len(counts)]


def confusion_matrix_at_thresholds(
    y_true: ArrayLike,
    y_score: ArrayLike,
    *,
    pos_label: Label | None = None,
    sample_weight: ArrayLike | None = None,
) -> tuple[Floats, Floats, Floats, Floats, Array]:
    """Return the four counts of the binary confusion matrix at each distinct score as threshold.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels of two classes (of more if `pos_label` is given).
    y_score : array-like of shape (n_samples,)
        Finite scores, higher for the positive class: probabilities or decision values.
    pos_label : int, float, bool or str, default=None
        The positive class; by default 1 among the classes 0 and 1 or −1 and 1.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.

    Returns
    -------
    tns, fps, fns, tps : ndarray of shape (n_thresholds,)
        True negatives, false positives, false negatives and true positives, where a sample is
        predicted positive if its score reaches the threshold.
    thresholds : ndarray of shape (n_thresholds,)
        The distinct scores, falling.

    Raises
    ------
    ValueError
        For inputs of unequal length, scores that are not finite, or labels of which none is the
        positive one by default.

    Examples
    --------
    >>> from scratch.metrics import confusion_matrix_at_thresholds
    >>> counts = confusion_matrix_at_thresholds([0, 0, 1, 1], [0.1, 0.4, 0.3, 0.8])
    >>> tns, fps, fns, tps, thresholds = (count.tolist() for count in counts)
    >>> thresholds, tns, fps
    ([0.8, 0.4, 0.3, 0.1], [2.0, 1.0, 1.0, 0.0], [0.0, 1.0, 1.0, 2.0])
    >>> fns, tps
    ([1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 2.0, 2.0])
    """
    fps, tps, thresholds = _counts_of_labels(y_true, y_score, pos_label, sample_weight)
    return fps[-1] - fps, fps, tps[-1] - tps, tps, thresholds


def metric_at_thresholds(
    y_true: ArrayLike,
    y_score: ArrayLike,
    metric_func: Callable[..., Any],
    *,
    sample_weight: ArrayLike | None = None,
    metric_params: dict[str, Any] | None = None,
) -> tuple[Array, Array]:
    """Return a metric of predicted labels at each distinct score as the threshold.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels of two classes, 0 and 1 for most metrics.
    y_score : array-like of shape (n_samples,)
        Finite scores, higher for the positive class: probabilities or decision values.
    metric_func : callable
        Called once for each threshold, as ``metric_func(y_true, y_pred, **metric_params)``, the
        samples in the order of falling scores, `y_pred` 1 where the score reaches the threshold
        and else 0. It returns a number, or several, each time as many.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample, handed over as ``sample_weight``. Samples of weight zero set no
        threshold, and are left out.
    metric_params : dict, default=None
        More for `metric_func`.

    Returns
    -------
    metric_values : ndarray of shape (n_thresholds,) or (n_thresholds, ...)
    thresholds : ndarray of shape (n_thresholds,)
        The distinct scores, falling.

    Raises
    ------
    ValueError
        For inputs of unequal length, or scores that are not finite.

    Examples
    --------
    >>> from scratch.metrics import accuracy_score, metric_at_thresholds
    >>> values, thresholds = metric_at_thresholds(
    ...     [0, 0, 1, 1], [0.1, 0.4, 0.3, 0.8], accuracy_score
    ... )
    >>> values.tolist(), thresholds.tolist()
    ([0.75, 0.5, 0.75, 0.5], [0.8, 0.4, 0.3, 0.1])
    """
    check_parameter("metric_func", metric_func, Constraint(callable, "callable"))
    check_parameter("metric_params", metric_params, any_of(mapping, one_of(None)))
    target = as_column(as_array(y_true, "y_true"), "y_true")
    if target.dtype.kind == "f":
        check_finite(target, "y_true", "A metric")
    score = as_column(as_finite(y_score, "y_score"), "y_score")
    weight = as_weights(sample_weight, column=True, y_true=target, y_score=score)
    params = dict(metric_params or {})
    if weight is not None:
        kept = weight != 0
        target, score, weight = target[kept], score[kept], weight[kept]
    order, score = _by_falling_score(score)
    target = target[order]
    if weight is not None:
        params["sample_weight"] = weight[order].astype(np.result_type(weight, np.float32))
    thresholds = score[_ends_of_ties(score)]
    predictions = ((score >= threshold).astype(np.int32) for threshold in thresholds)
    return np.asarray([metric_func(target, pred, **params) for pred in predictions]), thresholds


def _rate(counts: Floats, kind: str, name: str) -> Floats:
    """Return running counts, from 0 on, as shares of the last; NaN and a warning if that is 0."""
    counts = np.concatenate([[0.0], counts])
    if counts[-1] <= 0:
        warn(f"no sample of y_true is {kind}: the {name} is NaN", UndefinedMetricWarning)
        return np.full_like(counts, np.nan)
    return counts / counts[-1]
