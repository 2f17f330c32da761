"""Curves over thresholds: precision and recall, ROC, and the detection error tradeoff.

Each curve is two ratios of the counts that `thresholds` gives for all thresholds at once.
"""

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import UndefinedMetricWarning, warn
from scratch.metrics.thresholds import counts_of_scores
from scratch.typing import Array, Bools, Floats, Label
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels
from scratch.validation.parameters import boolean, check_parameter

__all__ = ["det_curve", "precision_recall_curve", "roc_curve"]


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
        Leave out the thresholds between others of the same recall: the curve looks the same.

    Returns
    -------
    precision, recall : ndarray of shape (n_thresholds + 1,)
        By rising threshold. At the last point recall is 0, and precision is set to 1.
    thresholds : ndarray of shape (n_thresholds,)
        The scores at which these are reached, rising.

    Raises
    ------
    ValueError
        For inputs of unequal length, scores that are not finite, or labels without a default
        positive class.

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
    fps, tps, thresholds = counts_of_scores(y_true, y_score, pos_label, sample_weight)
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
        Leave out the points on the straight line between their neighbours: the curve looks the
        same.

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
        For inputs of unequal length, scores that are not finite, or labels without a default
        positive class.

    Warns
    -----
    UndefinedMetricWarning
        Where no sample is negative, or none is positive; their rate is then NaN.

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
    counts = counts_of_scores(y_true, y_score, pos_label, sample_weight)
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
        without a default positive class.

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
    counts = counts_of_scores(y_true, y_score, pos_label, sample_weight)
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


def _rate(counts: Floats, kind: str, name: str) -> Floats:
    """Return running counts, from 0 on, as shares of the last; NaN and a warning if that is 0."""
    counts = np.concatenate([[0.0], counts])
    if counts[-1] <= 0:
        warn(f"no sample of y_true is {kind}: the {name} is NaN", UndefinedMetricWarning)
        return np.full_like(counts, np.nan)
    return counts / counts[-1]
