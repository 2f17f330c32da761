"""Precision, recall and F-score: three ratios of the counts of each class.

For one class, each sample is a true positive (of the class and predicted so), a false positive
(predicted so, but not of the class), a false negative (of the class, but not predicted so), or a
true negative. ::

    precision = tp / (tp + fp)                            the share of the predicted that is right
    recall    = tp / (tp + fn)                            the share of the class that is found
    F_β       = (1 + β²) tp / (β² (tp + fn) + (tp + fp))  their weighted harmonic mean
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import UndefinedMetricWarning, warn
from scratch.metrics.class_counts import Counts
from scratch.metrics.counting import counts_of, encode_targets
from scratch.metrics.targets import as_choice, check_targets
from scratch.typing import Array, Floats, Label
from scratch.validation.parameters import (
    Constraint,
    any_of,
    check_parameter,
    label,
    one_of,
    real,
    zero_or_one,
)

__all__ = ["precision_recall_fscore_support"]

zero_division_rule = any_of(one_of("warn"), zero_or_one)
average_rule = one_of("binary", "micro", "macro", "weighted", "samples", None)
_beta = real(0, np.inf)
_collection = Constraint(lambda value: isinstance(value, (list, tuple, set)), "a list or tuple")


def ratios(
    counts: Counts,
    average: str | None,
    *,
    weight: Array | None = None,
    beta: float = 1.0,
    warn_for: Sequence[str] = ("precision", "recall", "f-score"),
    zero_division: float | str = "warn",
) -> tuple[Any, ...]:
    """Return precision, recall, F-score and support from `Counts`, averaged as `average` says.

    They are arrays of shape (n_classes,), or three floats and None where there is an average.
    `weight` is that of the samples, for ``average="samples"``.
    """
    tp, predicted, actual = counts.tp, counts.tp + counts.fp, counts.tp + counts.fn
    if average == "micro":
        tp, predicted, actual = (part.sum(keepdims=True) for part in (tp, predicted, actual))
    things = "labels" if average == "samples" else "samples"

    def ratio(name: str, numerator: Floats, denominator: Floats, missing: str) -> Floats:
        rule = zero_division if zero_division != "warn" or name in warn_for else 0.0
        return divide(name, numerator, denominator, f"{missing} {things}", rule)

    precision = ratio("precision", tp, predicted, "predicted")
    recall = ratio("recall", tp, actual, "true")
    if beta == 0 or np.isposinf(beta):  # the limits of the F-score
        f_score = precision if beta == 0 else recall
    else:
        weighted = beta**2 * actual.astype(np.float64) + predicted
        numerator = (1 + beta**2) * tp.astype(np.float64)
        f_score = ratio("f-score", numerator, weighted, "true or predicted")
    values = (precision, recall, f_score)
    if average is None:
        return *values, actual
    weights = {"weighted": actual, "samples": weight}.get(average)
    return *(_mean(value, weights) for value in values), None


def divide(
    name: str, numerator: Floats, denominator: Floats, missing: str, zero_division: float | str
) -> Floats:
    """Return ``numerator / denominator``, and the value that `zero_division` gives to 0/0.

    `name` is the name of the ratio, and `missing` says which counts are zero where it is 0/0, for
    the warning that comes with ``zero_division="warn"``.
    """
    empty = denominator == 0
    if not empty.any():
        return numerator / denominator
    substitute = 0.0 if zero_division == "warn" else float(zero_division)
    if zero_division == "warn":
        where = "" if len(empty) == 1 else " in some of them"
        warn(
            f"{name.capitalize()} is ill-defined{where}, 0/0: no {missing}. It is set to"
            f" {substitute}; `zero_division` controls this.",
            UndefinedMetricWarning,
        )
    return np.where(empty, substitute, numerator / np.where(empty, 1, denominator))


def _mean(values: Floats, weights: Floats | None) -> float:
    """Return the mean of the values that are not NaN, as a float; NaN if there is none."""
    known = ~np.isnan(values)
    n_known = np.count_nonzero(known)
    if not n_known:
        return float("nan")
    if weights is None:
        return float(np.where(known, values, 0).sum() / n_known)
    values, weights = values[known], weights[known]
    total = weights.sum(dtype=np.float64)  # integers could wrap around
    return float((values * weights).sum() / total if total else values.mean())


def precision_recall_fscore_support(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    beta: float = 1.0,
    labels: ArrayLike | None = None,
    pos_label: Label | None = 1,
    average: str | None = None,
    warn_for: Sequence[str] = ("precision", "recall", "f-score"),
    sample_weight: ArrayLike | None = None,
    zero_division: float | str = "warn",
) -> tuple[Any, Any, Any, Any]:
    """Return precision, recall, F-score and the number of true samples, of each class or averaged.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels: ints, bools, whole floats or strings; or indicator matrices,
        sparse or not, with a column for each class.
    beta : float from 0 to infinity, default=1.0
        How much more recall counts than precision in the F-score; 0 is precision, infinity recall.
    labels : array-like of shape (n_classes,), default=None
        The classes to report, or to average over, and their order; by default all, sorted. With
        ``average="binary"`` it is not used.
    pos_label : int, float, bool or str, default=1
        The class to report if ``average="binary"``.
    average : {"binary", "micro", "macro", "weighted", "samples"}, default=None
        - None: no average, arrays with one value per class.
        - "binary": the values of `pos_label` alone, for two classes.
        - "macro": the mean over the classes.
        - "weighted": their mean weighted by support.
        - "micro": the ratios of the summed counts. With one label per sample, and over all
          classes, all three equal the accuracy.
        - "samples": the mean over the samples, of the ratios of their labels; for indicator
          matrices only.
    warn_for : tuple, list or set, default=("precision", "recall", "f-score")
        Which of the three may warn about 0/0.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    zero_division : {"warn", 0.0, 1.0, np.nan}, default="warn"
        The value of 0/0; NaN also keeps the class out of an average. "warn" means 0 with a warning.

    Returns
    -------
    precision, recall, fbeta : float, or ndarray of shape (n_classes,)
        From 0 to 1.
    support : None, or ndarray of shape (n_classes,)
        The number (or weight) of each class's true samples; None where there is an average.

    Raises
    ------
    ValueError
        For inputs of unequal shape, labels that are no classes, ``average="binary"`` with more
        than two classes, ``average="samples"`` with one label per sample, or a `pos_label` that
        does not occur.

    Warns
    -----
    UndefinedMetricWarning
        Where a ratio is 0/0 and ``zero_division="warn"``.

    References
    ----------
    .. C. J. van Rijsbergen, "Information Retrieval", 2nd edition, chapter 7, Butterworths, 1979.

    Examples
    --------
    >>> from scratch.metrics import precision_recall_fscore_support
    >>> y_true, y_pred = ["cat", "dog", "dog", "cat"], ["cat", "dog", "cat", "cat"]
    >>> precision, recall, f1, support = precision_recall_fscore_support(y_true, y_pred)
    >>> precision.round(2).tolist(), recall.tolist(), f1.round(2).tolist(), support.tolist()
    ([0.67, 1.0], [1.0, 0.5], [0.8, 0.67], [2, 2])
    >>> precision_recall_fscore_support(y_true, y_pred, average="macro")[1]
    0.75
    """
    beta = check_parameter("beta", beta, _beta)
    pos_label = check_parameter("pos_label", pos_label, label)
    average = check_parameter("average", average, average_rule)
    check_parameter("warn_for", warn_for, _collection)
    zero_division = check_parameter("zero_division", zero_division, zero_division_rule)
    labels = as_choice(labels)
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight)
    classes, true, pred = encode_targets(y_true, y_pred)
    labels = classes_to_count(classes, true.ndim == 2, labels, pos_label, average)
    by_sample = average == "samples"
    counts = counts_of(classes, true, pred, weight, labels=labels, by_sample=by_sample)
    return ratios(
        counts, average, weight=weight, beta=beta, warn_for=warn_for, zero_division=zero_division
    )


def classes_to_count(
    classes: Array,
    multilabel: bool,
    labels: Array | None,
    pos_label: Label | None,
    average: str | None,
) -> Array | None:
    """Return which classes an average is over: `pos_label` alone if it is "binary", else `labels`.

    Raises
    ------
    ValueError
        If it is "binary" and there are more than two classes, or `pos_label` is none of them.
    """
    if average == "binary":
        return np.array([_positive_class(classes, multilabel, pos_label)])
    if pos_label not in (None, 1):
        warn(
            f"pos_label={pos_label!r} has no effect with average={average!r}; "
            "labels=[pos_label] would report one class"
        )
    return labels


def _positive_class(classes: Array, multilabel: bool, pos_label: Label | None) -> Any:
    """Return `pos_label`, if there are two classes at most and it can be one of them."""
    if multilabel:
        raise ValueError(
            'average="binary" takes labels of two classes, the targets are multilabel indicators; '
            "choose one of None, 'micro', 'macro', 'weighted', 'samples'"
        )
    if len(classes) > 2:
        raise ValueError(
            f'average="binary" takes two classes, the targets have {len(classes)}; '
            "choose one of None, 'micro', 'macro', 'weighted'"
        )
    if pos_label is None or (len(classes) == 2 and pos_label not in classes.tolist()):
        raise ValueError(f"pos_label={pos_label!r} is none of the classes {classes.tolist()!r}")
    return pos_label
