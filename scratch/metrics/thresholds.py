"""The counts at every threshold, by one sort.

A sample is predicted positive where its score reaches a threshold. As the threshold falls the
samples turn positive one by one, in the order of their scores. So one sort, and a running count of
the positive ones among the first k, give the true and false positives at all thresholds at once.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scratch.like_sklearn.positional import once_positional
from scratch.metrics.targets import positives
from scratch.typing import Array, Bools, Floats, Ints, Label
from scratch.validation.arrays import as_array, as_column, as_finite, check_finite
from scratch.validation.labels import as_labels
from scratch.validation.parameters import (
    Constraint,
    any_of,
    check_parameter,
    label,
    mapping,
    one_of,
)
from scratch.validation.weights import as_weights

__all__ = ["confusion_matrix_at_thresholds", "metric_at_thresholds"]


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
        fps = (ends + 1) - tps  # the others among the first ends + 1 samples
    else:
        weight = weight[order]
        tps = np.cumsum(positive * weight, dtype=np.float64)[ends]
        fps = np.cumsum(~positive * weight, dtype=np.float64)[ends]
    return fps, tps, falling[ends]


def _by_falling_score(y_score: Array) -> tuple[Ints, Array]:
    """Return the order of samples by falling score, ties as they come, and the scores in it.

    The plain form is ``np.argsort(-y_score, kind="stable")``; this takes a third of its time. The
    bits of a positive float, read as an integer, have the order of the floats; those of a negative
    float have the reverse order. So the highest bits of the score and the index of the sample are
    joined into one integer, and NumPy sorts integers faster than it finds the order of anything.
    Scores that differ in their lowest bits alone are put in order afterwards.
    """
    n_bits = (len(y_score) - 1).bit_length()  # those of an index
    keys = np.add(y_score, 0.0, dtype=np.float64).view(np.int64)  # −0 becomes 0
    # falling order: flip all bits of the positive ones, and the sign of the negative ones
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


def _ends_of_ties(falling: Array) -> Ints:
    """Return the index of the last of each run of equal scores, shape (n_thresholds,)."""
    return np.append(np.flatnonzero(falling[1:] != falling[:-1]), len(falling) - 1)


def counts_of_scores(
    y_true: ArrayLike, y_score: ArrayLike, pos_label: Label | None, sample_weight: ArrayLike | None
) -> tuple[Floats, Floats, Array]:
    """Check the arguments of a curve, and return its `threshold_counts`."""
    check_parameter("pos_label", pos_label, label)
    y_true = as_labels(y_true, "y_true")
    y_score = as_column(as_finite(y_score, "y_score"), "y_score")
    weight = as_weights(sample_weight, column=True, y_true=y_true, y_score=y_score)
    return threshold_counts(positives(y_true, pos_label), y_score, weight)


@once_positional
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
        For inputs of unequal length, scores that are not finite, or labels without a default
        positive class.

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
    fps, tps, thresholds = counts_of_scores(y_true, y_score, pos_label, sample_weight)
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
        Called once for each threshold, as ``metric_func(y_true, y_pred, **metric_params)``. The
        samples are in the order of falling scores; `y_pred` is 1 where the score reaches the
        threshold, else 0. It returns a number, or always the same number of them.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample, handed over as ``sample_weight``. Samples of weight zero set no
        threshold, and are left out.
    metric_params : dict, default=None
        Further arguments of `metric_func`.

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
