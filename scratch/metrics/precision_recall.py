"""Precision, recall and F-score: three ratios on what the confusion count says of each class.

To one class every sample is one of four: a true positive (of the class and predicted so), a false
positive (predicted so only), a false negative (of the class only), or a true negative. ::

    precision = tp / (tp + fp)                            of those found, how many are right
    recall    = tp / (tp + fn)                            of those there, how many are found
    F_β       = (1 + β²) tp / (β² (tp + fn) + (tp + fp))  their weighted harmonic mean
"""

from typing import NamedTuple

import numpy as np

from scratch.exceptions import UndefinedMetricWarning
from scratch.metrics.confusion import count
from scratch.metrics.inputs import label, require, warn, zero_or_one
from scratch.metrics.labels import as_choice, check_targets, encode_pair, is_text, places
from scratch.validation.parameters import Constraint, any_of, one_of, real

zero_division_rule = any_of(one_of("warn"), zero_or_one)
_average = one_of("binary", "micro", "macro", "weighted", "samples", None)
_beta = real(0, np.inf)
_collection = Constraint(lambda value: isinstance(value, (list, tuple, set)), "a list or tuple")

LARGEST_MATRIX = 2**20  # a confusion count of more cells is not made only to be summed


class Tally(NamedTuple):
    """True positives, false positives and false negatives of each class, each (n_classes,)."""

    tp: np.ndarray
    fp: np.ndarray
    fn: np.ndarray

    def of(self, labels, classes):
        """The tally of `labels`, in this order; of a label that is no class it is zero.

        Numbers and strings are compared as strings: 7 finds the class "7", as in scikit-learn.
        """
        if is_text(labels) != is_text(classes):
            labels, classes = labels.astype(str), classes.astype(str)
        rows = places(labels, classes)
        return Tally(*(np.append(counts, 0)[rows] for counts in self))


def tally(true, pred, n_classes, weight=None):
    """The `Tally` of two arrays of codes: diagonal, columns and rows of the confusion count.

    Weights are added in the order of the samples rather than cell by cell, which gives the sums
    that scikit-learn gives, to the last bit. As there, counts are floats where no sample is right.
    """
    if weight is None and n_classes**2 <= LARGEST_MATRIX:
        matrix = count(true, pred, n_classes)
        tp, of_class, found = matrix.diagonal(), matrix.sum(axis=1), matrix.sum(axis=0)
    else:
        hit = true == pred
        tp = np.bincount(true[hit], None if weight is None else weight[hit], minlength=n_classes)
        of_class = np.bincount(true, weight, minlength=n_classes)
        found = np.bincount(pred, weight, minlength=n_classes)
    if not tp.any():
        tp = tp.astype(np.float64)
    return Tally(tp, found - tp, of_class - tp)


def ratios(
    counts,
    average,
    *,
    beta=1.0,
    warn_for=("precision", "recall", "f-score"),
    zero_division="warn",
):
    """Precision, recall, F-score and support from a `Tally`, averaged as `average` says.

    Returns arrays of shape (n_classes,), or three floats and None where there is an average.
    """
    tp, found, of_class = counts.tp, counts.tp + counts.fp, counts.tp + counts.fn
    if average == "micro":
        tp, found, of_class = (part.sum(keepdims=True) for part in (tp, found, of_class))

    def ratio(name, numerator, denominator, missing):
        loud = zero_division == "warn" and name in warn_for
        substitute = 0.0 if zero_division == "warn" else float(zero_division)
        why = f"{name.capitalize()} is undefined (0/0): no {missing} samples"
        return _divide(numerator, denominator, substitute, why if loud else None)

    precision = ratio("precision", tp, found, "predicted")
    recall = ratio("recall", tp, of_class, "true")
    if beta == 0 or np.isposinf(beta):  # the limits of the F-score
        f_score = precision if beta == 0 else recall
    else:
        weighted = beta**2 * of_class.astype(np.float64) + found
        numerator = (1 + beta**2) * tp.astype(np.float64)
        f_score = ratio("f-score", numerator, weighted, "true or predicted")
    values = (precision, recall, f_score)
    if average is None:
        return *values, of_class
    weights = of_class if average == "weighted" else None
    return *(_mean(value, weights) for value in values), None


def _divide(numerator, denominator, substitute, why):
    """``numerator / denominator``, `substitute` where it is 0/0; warns there if `why` is given."""
    empty = denominator == 0
    if not empty.any():
        return numerator / denominator
    if why is not None:
        where = "" if len(empty) == 1 else " in some classes"
        warn(
            f"{why}{where}. It is set to {substitute}; `zero_division` controls this.",
            UndefinedMetricWarning,
        )
    return np.where(empty, substitute, numerator / np.where(empty, 1, denominator))


def _mean(values, weights):
    """The mean of the values that are not NaN, as a float; NaN if there is none."""
    known = ~np.isnan(values)
    n_known = np.count_nonzero(known)
    if not n_known:
        return float("nan")
    if weights is None:
        return float(np.where(known, values, 0).sum() / n_known)
    values, weights = values[known], weights[known]
    total = weights.sum()
    return float((values * weights).sum() / total if total else values.mean())


def precision_recall_fscore_support(
    y_true,
    y_pred,
    *,
    beta=1.0,
    labels=None,
    pos_label=1,
    average=None,
    warn_for=("precision", "recall", "f-score"),
    sample_weight=None,
    zero_division="warn",
):
    """Precision, recall and F-score, and the number of true samples, of each class.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        True and predicted labels: ints, bools, whole floats or strings.
    beta : float from 0 to infinity, default=1.0
        How much more recall counts than precision in the F-score; 0 is precision, infinity recall.
    labels : array-like of shape (n_classes,), default=None
        The classes to report, or to average over, and their order; by default all, sorted. With
        ``average="binary"`` it is not used.
    pos_label : int, float, bool or str, default=1
        The class to report if ``average="binary"``.
    average : {"binary", "micro", "macro", "weighted"}, default=None
        None: no average, arrays with one value a class. "binary": the values of `pos_label` alone,
        for two classes. "macro": the mean over the classes. "weighted": their mean weighted by
        support. "micro": the ratios of the summed counts; over all classes all three of them equal
        the accuracy. "samples" is for multilabel targets and raises.
    warn_for : tuple, list or set, default=("precision", "recall", "f-score")
        Which of the three may warn about 0/0.
    sample_weight : array-like of shape (n_samples,), default=None
        What each sample counts; by default one.
    zero_division : {"warn", 0.0, 1.0, np.nan}, default="warn"
        What 0/0 is; NaN also keeps the class out of an average. "warn" is 0 with a warning.

    Returns
    -------
    precision, recall, fbeta : float, or ndarray of shape (n_classes,)
        From 0 to 1.
    support : None, or ndarray of shape (n_classes,)
        The true samples of each class (their weight); None where there is an average.

    Raises
    ------
    ValueError
        For inputs of unequal length, labels that are no classes, ``average="binary"`` with more
        than two classes, or a `pos_label` that does not occur.

    Warns
    -----
    UndefinedMetricWarning
        Where a ratio is 0/0 and ``zero_division="warn"``.

    References
    ----------
    .. C. J. van Rijsbergen, "Information Retrieval", 2nd edition, chapter 7, Butterworths, 1979.
    """
    require(_beta, beta=beta)
    require(label, pos_label=pos_label)
    require(_average, average=average)
    require(_collection, warn_for=warn_for)
    require(zero_division_rule, zero_division=zero_division)
    labels = as_choice(labels)
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight)
    classes, true, pred = encode_pair(y_true, y_pred)
    if average == "samples":
        raise ValueError('average="samples" is for multilabel targets, which are not supported')
    if average == "binary":
        labels = np.array([_positive_class(pos_label, classes)])
    elif pos_label not in (None, 1):
        warn(
            f"pos_label={pos_label!r} has no effect with average={average!r}; "
            "labels=[pos_label] would report one class"
        )
    counts = tally(true, pred, len(classes), weight)
    if labels is not None:
        counts = counts.of(labels, classes)
    return ratios(counts, average, beta=beta, warn_for=warn_for, zero_division=zero_division)


def _positive_class(pos_label, classes):
    """`pos_label`, if there are two classes and it can be one of them."""
    if len(classes) > 2:
        raise ValueError(
            f'average="binary" takes two classes, the targets have {len(classes)}; '
            "choose one of None, 'micro', 'macro', 'weighted'"
        )
    if len(classes) == 2 and pos_label not in classes.tolist():
        raise ValueError(f"pos_label={pos_label!r} is none of the classes {classes.tolist()!r}")
    return pos_label
