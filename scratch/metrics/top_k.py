"""Accuracy with k guesses: whether the true class is among those with the k highest scores."""

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import UndefinedMetricWarning, warn
from scratch.metrics.targets import as_choice
from scratch.typing import Array, Bools, Floats, Ints
from scratch.validation.arrays import as_column, as_finite, check_same_length, in_unit_interval
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels, places
from scratch.validation.parameters import boolean, check_parameter, integer
from scratch.validation.weights import as_weights

__all__ = ["top_k_accuracy_score"]

_k = integer(1)


def top_k_accuracy_score(
    y_true: ArrayLike,
    y_score: ArrayLike,
    *,
    k: int = 2,
    normalize: bool = True,
    sample_weight: ArrayLike | None = None,
    labels: ArrayLike | None = None,
) -> float:
    """Return the share of samples whose true class is among the k with the highest scores.

    Among classes with equal scores, the later ones in the order of the labels go first.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels.
    y_score : array-like of shape (n_samples,) or (n_samples, n_classes)
        Finite scores. For two classes: higher for the greater class, which is predicted above 0.5
        if all scores are in [0, 1], else above 0. For more: one column for each class, in the
        sorted order of the classes.
    k : int, default=2
        The number of guesses. With as many guesses as classes, every sample is right.
    normalize : bool, default=True
        If False, return the number (or the weight) of these samples instead of their share.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    labels : array-like of shape (n_classes,), default=None
        All the classes, sorted; by default those of `y_true`.

    Returns
    -------
    float
        From 0, none right, to 1, all right; or the number of those that are right.

    Raises
    ------
    ValueError
        For inputs of unequal length, scores that are not finite or of the wrong shape, or labels
        that are not sorted, each once, or do not hold those of `y_true`.

    Warns
    -----
    UndefinedMetricWarning
        Where k is not below the number of classes.

    Examples
    --------
    >>> from scratch.metrics import top_k_accuracy_score
    >>> scores = [[0.5, 0.2, 0.3], [0.3, 0.4, 0.3], [0.2, 0.3, 0.5], [0.7, 0.2, 0.1]]
    >>> top_k_accuracy_score([0, 1, 1, 2], scores, k=2)
    0.75
    """
    k = check_parameter("k", k, _k)
    normalize = check_parameter("normalize", normalize, boolean)
    y_true, scores = as_labels(y_true, "y_true"), as_finite(y_score, "y_score")
    classes, codes = _codes(y_true, as_choice(labels))
    if len(classes) == 1:
        raise ValueError("y_true holds one class only; `labels` must name them all")
    if len(classes) == 2:
        scores = as_column(scores, "y_score")
    elif scores.ndim != 2 or scores.shape[1] != len(classes):
        raise ValueError(
            f"y_score must have one column for each of {len(classes)} classes, got the shape"
            f" {scores.shape}; `labels` can name classes that y_true does not hold"
        )
    weight = as_weights(sample_weight, y_true=y_true, y_score=scores)
    check_same_length(y_true=y_true, y_score=scores)
    if k >= len(classes):
        warn(f"with k={k} guesses and {len(classes)} classes all are right", UndefinedMetricWarning)
    hits = _hits(codes, scores, k)
    if normalize:
        return float(np.average(hits, weights=weight))
    return float(np.sum(hits) if weight is None else np.dot(hits, weight))


def _codes(y_true: Array, labels: Array | None) -> tuple[Array, Ints]:
    """Return the classes, sorted, and the code of each label among them."""
    classes, codes = encode_labels(y_true)
    if labels is None:
        return classes, codes
    wanted = as_labels(labels.tolist(), "labels")  # also integers in an array of objects
    if not np.array_equal(encode_labels(wanted)[0], wanted):
        raise ValueError(f"labels must be sorted, each once: {wanted.tolist()!r}")
    place = places(classes, wanted)
    if (place == len(wanted)).any():
        raise ValueError(f"y_true holds classes that are not in labels {wanted.tolist()!r}")
    return wanted, place[codes]


def _hits(codes: Ints, scores: Floats, k: int) -> Bools:
    """Return which samples are right, (n_samples,)."""
    if scores.ndim == 1:
        threshold = 0.5 if in_unit_interval(scores) else 0.0
        return (scores > threshold) == (codes == 1) if k == 1 else np.ones(len(codes), bool)
    of_true = scores[np.arange(len(codes)), codes][:, None]  # (n_samples, 1)
    later = np.arange(scores.shape[1]) > codes[:, None]  # (n_samples, n_classes)
    before = (scores > of_true) | ((scores == of_true) & later)
    return np.count_nonzero(before, axis=1) < k
