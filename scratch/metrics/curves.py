"""Scores over every threshold: the precision-recall curve and the ROC curve.

A sample is predicted positive where its score reaches a threshold. As the threshold falls the
samples turn positive one by one, in the order of their scores: so one sort, and a running count of
the positive ones among the first k, give the true and false positives at all thresholds at once.
"""

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import UndefinedMetricWarning, warn
from scratch.metrics.targets import positives
from scratch.typing import Array, Bools, Floats, Ints, Label
from scratch.validation.arrays import as_column, as_finite
from scratch.validation.labels import as_labels
from scratch.validation.parameters import boolean, check_parameter, label
from scratch.validation.weights import as_weights


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
    if weight is not None:
        kept = weight != 0
        positive, y_score, weight = positive[kept], y_score[kept], weight[kept]
        order = _by_falling_score(y_score)
    else:
        order = np.argsort(y_score)[::-1]
    y_score, positive = y_score[order], positive[order]
    ends = np.append(np.flatnonzero(y_score[1:] != y_score[:-1]), len(y_score) - 1)
    if weight is None:
        tps = np.cumsum(positive)[ends].astype(np.float64)
        fps = (ends + 1) - tps  # of the first ends + 1 samples, the others
    else:
        weight = weight[order]
        tps = np.cumsum(positive * weight, dtype=np.float64)[ends]
        fps = np.cumsum(~positive * weight, dtype=np.float64)[ends]
    return fps, tps, y_score[ends]


def _by_falling_score(y_score: Array) -> Ints:
    """Return the order of samples by falling score, equal scores in the order of the samples.

    So the weights of equal scores are added in that order, as scikit-learn does. It is the order of
    a stable sort, at a third of the time: the quick sort leaves equal scores in any order, and
    sorting (group of equal scores, sample) as one integer mends that.
    """
    order = np.argsort(y_score)[::-1]
    falling = y_score[order]
    group = np.append(0, np.cumsum(falling[1:] != falling[:-1])) * len(order)
    return np.sort(group + order) - group


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
    if drop_intermediate and len(tps) > 2:
        bend = (tps[1:-1] != tps[:-2]) | (tps[1:-1] != tps[2:])
        kept = np.concatenate([[True], bend, [True]])
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
        # The second difference is zero where steps are equal, so where the line is straight.
        bend = (np.diff(fps, 2) != 0) | (np.diff(tps, 2) != 0)
        kept = np.concatenate([[True], bend, [True]])
        fps, tps, thresholds = fps[kept], tps[kept], thresholds[kept]
    thresholds = np.concatenate([[np.inf], thresholds.astype(np.float64)])
    fpr = _rate(fps, "negative", "false positive rate")
    return fpr, _rate(tps, "positive", "true positive rate"), thresholds


def _rate(counts: Floats, kind: str, name: str) -> Floats:
    """Return running counts, from 0 on, as shares of the last; NaN and a warning if that is 0."""
    counts = np.concatenate([[0.0], counts])
    if counts[-1] <= 0:
        warn(f"no sample of y_true is {kind}: the {name} is NaN", UndefinedMetricWarning)
        return np.full_like(counts, np.nan)
    return counts / counts[-1]
