"""Scores of predicted probabilities. Both are lowest, on average, for the true probabilities."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import warn
from scratch.metrics.targets import as_choice, default_pos_label
from scratch.typing import Array, Bools, Floats, Ints, Label
from scratch.validation.arrays import (
    as_array,
    as_column,
    as_numbers,
    check_finite,
    in_unit_interval,
    rows_sum_to_one,
)
from scratch.validation.encoding import encode_labels
from scratch.validation.labels import as_labels, is_text, places
from scratch.validation.parameters import any_of, boolean, check_parameter, label, one_of
from scratch.validation.weights import as_weights

__all__ = ["brier_score_loss", "log_loss"]

FLOATS = (np.float64, np.float32, np.float16)  # kept as they are; other numbers become the first
_scale_by_half = any_of(boolean, one_of("auto"))


def log_loss(
    y_true: ArrayLike,
    y_proba: ArrayLike | None = None,
    *,
    normalize: bool = True,
    sample_weight: ArrayLike | None = None,
    labels: ArrayLike | None = None,
    y_pred: Any = "deprecated",
) -> float:
    """Return the mean of ``−log p``, with `p` the probability that was given to the true class.

    With the class of a sample as a one-hot row `y` this is the cross-entropy ``−Σ y_k log p_k``;
    with two classes, ``−(y log p + (1 − y) log(1 − p))``. Probabilities are clipped to
    ``[eps, 1 − eps]``, `eps` being the machine epsilon of their dtype, so that one wrong certainty
    does not make the loss infinite.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) or (n_samples, n_classes)
        True labels, or an indicator matrix of them (one-hot rows).
    y_proba : array-like of shape (n_samples, n_classes) or (n_samples,)
        Predicted probabilities in [0, 1], the columns in the sorted order of the classes, the rows
        summing to one; or, for two classes, that of the second class alone. Required, unless it is
        passed by its former name.
    normalize : bool, default=True
        Return the mean over the samples; if False their sum.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    labels : array-like of shape (n_classes,), default=None
        All the classes, sorted; by default those of `y_true`.
    y_pred : array-like, default="deprecated"
        The former name of `y_proba`.

    Returns
    -------
    float
        0 or more, in nats.

    Raises
    ------
    ValueError
        For probabilities outside [0, 1] or not finite, inputs of unequal length, labels that are
        no classes or not among `labels`, one class only, or another number of columns than of
        classes.

    Warns
    -----
    UserWarning
        Where rows do not sum to one, or `labels` is not sorted.
    FutureWarning
        Where `y_pred` is passed.

    Examples
    --------
    >>> from scratch.metrics import log_loss
    >>> round(log_loss(["cat", "dog"], [[0.9, 0.1], [0.2, 0.8]]), 4)
    0.1643
    """
    normalize = check_parameter("normalize", normalize, boolean)
    if not (isinstance(y_pred, str) and y_pred == "deprecated"):
        if y_proba is not None:
            raise ValueError("y_pred is the former name of y_proba: pass y_proba only")
        warn("y_pred is now called y_proba; scikit-learn 1.11 drops the former name", FutureWarning)
        y_proba = y_pred
    proba = as_numbers(y_proba, "y_proba", FLOATS)
    target, proba, weight = _check_multiclass(y_true, proba, sample_weight, labels)
    eps = np.finfo(proba.dtype).eps
    if target.ndim == 1:
        of_true_class = proba[np.arange(len(target)), target]  # (n_samples,)
        loss = -np.log(np.clip(of_true_class, eps, 1 - eps))
    else:
        log_proba = np.log(np.clip(proba, eps, 1 - eps))  # (n_samples, n_classes)
        loss = -np.sum(target * log_proba, axis=1)
    return _aggregate(loss, weight, normalize)


def brier_score_loss(
    y_true: ArrayLike,
    y_proba: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    pos_label: Label | None = None,
    labels: ArrayLike | None = None,
    scale_by_half: bool | str = "auto",
) -> float:
    """Return the mean squared difference of probabilities and outcomes: Brier's score [1]_.

    For a sample with the one-hot row `y` of its class it is ``Σ (y_k − p_k)²``, from 0 to 2. Half
    of it goes from 0 to 1; for two classes that half is ``(y − p)²``.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) or (n_samples, n_classes)
        True labels, or an indicator matrix of them (one-hot rows).
    y_proba : array-like of shape (n_samples,) or (n_samples, n_classes)
        Predicted probabilities in [0, 1]: of `pos_label`, or of every class, the columns in the
        sorted order of the classes.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    pos_label : int, float, bool or str, default=None
        With one column: the class that it is about. By default 1 for the classes 0 and 1 or −1 and
        1, else the greater one; strings have no default.
    labels : array-like of shape (n_classes,), default=None
        With several columns: all the classes, sorted; by default those of `y_true`.
    scale_by_half : bool or "auto", default="auto"
        Whether to take half of the sum; "auto" does so for two classes.

    Returns
    -------
    float
        0 if every prediction is certain and right.

    Raises
    ------
    ValueError
        For probabilities outside [0, 1] or not finite, inputs of unequal length, labels that are
        no classes or not among `labels`, or another number of columns than of classes.

    References
    ----------
    .. [1] G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly
       Weather Review 78, 1950.

    Examples
    --------
    >>> from scratch.metrics import brier_score_loss
    >>> brier_score_loss([0, 1], [0.5, 0.5])
    0.25
    """
    check_parameter("pos_label", pos_label, label)
    scale_by_half = check_parameter("scale_by_half", scale_by_half, _scale_by_half)
    labels = as_choice(labels)
    proba = as_numbers(y_proba, "y_proba", FLOATS)
    if proba.ndim == 1 or proba.shape[1] == 1:
        positive, proba, weight = _check_binary(y_true, proba, sample_weight, pos_label)
        # half of Σ_k (y_k − p_k)²: the columns of both classes have the same error but for the sign
        half = _aggregate((proba - positive) ** 2, weight, normalize=True)
        return 2 * half if scale_by_half is False else half
    target, proba, weight = _check_multiclass(y_true, proba, sample_weight, labels)
    if target.ndim == 1:
        error = proba.copy()
        error[np.arange(len(target)), target] -= 1
    else:
        error = proba - target
    score = _aggregate(np.sum(error**2, axis=1), weight, normalize=True)
    if scale_by_half == "auto":
        scale_by_half = proba.shape[1] < 3
    return score * 0.5 if scale_by_half else score


def _aggregate(loss: Floats, weight: Array | None, normalize: bool) -> float:
    """Return the (weighted) mean or sum of the losses of the samples, as a float."""
    if normalize:
        return float(np.average(loss, weights=weight))
    return float(np.sum(loss) if weight is None else np.dot(loss, weight))


def _require_probabilities(proba: Floats) -> None:
    """Raise where a value is outside [0, 1], or NaN."""
    if not in_unit_interval(proba):
        check_finite(proba, "y_proba", "A metric")
        low, high = proba.min(), proba.max()
        raise ValueError(f"y_proba must lie in [0, 1], got values from {low} to {high}")


def _two_columns(proba: Floats) -> Floats:
    """Return probabilities of the second of two classes as those of both, (n_samples, 2)."""
    proba = as_column(proba, "y_proba")
    return np.stack([1 - proba, proba], axis=1)


def _check_binary(
    y_true: ArrayLike, proba: Floats, sample_weight: ArrayLike | None, pos_label: Label | None
) -> tuple[Bools, Floats, Array | None]:
    """Return which samples are of the class `pos_label`, its probabilities, and the weights."""
    y_true = as_labels(y_true, "y_true")
    _require_probabilities(proba)
    weight = as_weights(sample_weight, y_true=y_true, y_proba=proba)
    classes, codes = encode_labels(y_true)
    if len(classes) > 2:
        raise ValueError(
            f"y_true has {len(classes)} classes, y_proba the probability of one of two classes"
        )
    if pos_label is None:
        try:
            pos_label = default_pos_label(classes)
        except ValueError:
            if is_text(classes):
                raise
            pos_label = classes[-1]
    positive = codes == places([pos_label], classes)[0]
    return positive, as_column(proba, "y_proba"), weight


def _check_multiclass(
    y_true: ArrayLike, proba: Floats, sample_weight: ArrayLike | None, labels: ArrayLike | None
) -> tuple[Array, Floats, Array | None]:
    """Return the codes of the true classes (or their indicators), probabilities and weights."""
    if proba.ndim > 2:
        raise ValueError(f"y_proba must have at most two axes, got the shape {proba.shape}")
    _require_probabilities(proba)
    y_true = as_array(y_true, "y_true")
    weight = as_weights(sample_weight, y_true=y_true, y_proba=proba)
    if y_true.ndim == 2 and y_true.shape[1] > 1:
        if labels is not None:
            raise ValueError("y_true has a column for each class: `labels` cannot name others")
        target, n_classes = _of_indicators(y_true, proba.dtype), y_true.shape[1]
    else:
        target, n_classes = _codes_among(y_true, labels)
    if proba.ndim == 1 or proba.shape[1] == 1:
        proba = _two_columns(proba)
    if not rows_sum_to_one(proba, np.sqrt(np.finfo(proba.dtype).eps)):
        warn("the rows of y_proba do not sum to one: they are no probabilities")
    if n_classes != proba.shape[1]:
        raise ValueError(
            f"there are {n_classes} classes, and y_proba has {proba.shape[1]} columns; "
            "`labels` can name classes that y_true does not hold"
        )
    return target, proba, weight


def _of_indicators(y: Array, dtype: np.dtype[Any]) -> Array:
    """Return the codes of one-hot rows, (n_samples,); other indicators as they are, as floats."""
    if y.dtype.kind in "biuf":
        n_samples, n_classes = y.shape
        ones = np.flatnonzero(y)
        if len(ones) == n_samples and (y.reshape(-1)[ones] == 1).all():
            columns = ones - np.arange(n_samples) * n_classes
            if columns.min() >= 0 and columns.max() < n_classes:  # each one is in its own row
                return columns
        with np.errstate(invalid="ignore"):
            whole = y.astype(np.int64)
        if (whole == y).all() and np.isin(whole, (whole.min(), whole.max())).all():
            return whole.astype(dtype)
    raise ValueError(
        "y_true has several columns, but is no indicator matrix of the classes (one-hot rows)"
    )


def _codes_among(y_true: ArrayLike, labels: ArrayLike | None) -> tuple[Ints, int]:
    """Return the codes of `y_true`, and the number of classes (those of `labels`, if given)."""
    y_true = as_labels(y_true, "y_true")
    classes, codes = encode_labels(y_true)
    if labels is None:
        if len(classes) == 1:
            raise ValueError(
                f"y_true holds one class only, {classes.tolist()!r}; `labels` must name them all"
            )
        return codes, len(classes)
    labels = as_labels(labels, "labels")
    wanted, _ = encode_labels(labels)
    if len(wanted) < max(2, len(labels)):
        raise ValueError(f"labels must name two classes or more, each once: {labels.tolist()!r}")
    if not np.array_equal(wanted, labels):
        warn(
            f"labels {labels.tolist()!r} are not sorted; the columns of y_proba are taken to be "
            f"in the sorted order {wanted.tolist()!r}"
        )
    codes = places(classes, wanted)[codes]
    if codes.max() == len(wanted):
        unknown = [label for label in classes.tolist() if label not in set(wanted.tolist())]
        raise ValueError(f"y_true holds {unknown!r}, not among the labels {labels.tolist()!r}")
    return codes, len(wanted)
