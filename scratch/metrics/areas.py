"""Areas under the curves: one number for all the thresholds.

With more than two classes the number is made of binary ones: each class against the rest (`ovr`),
or each pair of classes (`ovo`), then averaged.
"""

import itertools

import numpy as np

from scratch.exceptions import UndefinedMetricWarning
from scratch.metrics.curves import precision_recall_curve, rates, threshold_counts
from scratch.metrics.inputs import (
    as_array,
    as_column,
    as_finite,
    as_weights,
    label,
    require,
    require_same_length,
    warn,
)
from scratch.metrics.labels import as_labels, encode, recode
from scratch.validation.parameters import any_of, one_of, real

_average = one_of("micro", "macro", "weighted", "samples", None)
_multi_class = one_of("raise", "ovr", "ovo")
_max_fpr = any_of(real(0, 1, closed="right"), one_of(None))


def auc(x, y):
    """The area under the curve through the points (x, y), by the trapezoidal rule.

    Parameters
    ----------
    x : array-like of shape (n,)
        Rising or falling, two points or more.
    y : array-like of shape (n,)
        The heights at these points.

    Returns
    -------
    float
        ``Σ (x_{i+1} − x_i) (y_i + y_{i+1}) / 2``, with the sign of a rising `x`.

    Raises
    ------
    ValueError
        If `x` neither rises nor falls throughout, there are fewer than two points, or the lengths
        differ.
    """
    x, y = (as_column(as_array(values, name), name) for values, name in ((x, "x"), (y, "y")))
    require_same_length(x=x, y=y)
    if len(x) < 2:
        raise ValueError(f"an area needs two points or more, x has {len(x)}")
    steps = np.diff(x)
    falling = (steps < 0).any()
    if falling and (steps > 0).any():
        raise ValueError("x must rise throughout or fall throughout")
    area = np.sum(steps * (y[1:] + y[:-1]) / 2.0)
    return float(-area if falling else area)


def average_precision_score(y_true, y_score, *, average="macro", pos_label=1, sample_weight=None):
    """The mean precision over all recalls: ``Σ (R_n − R_{n−1}) P_n`` over the thresholds.

    It is the area under the precision-recall curve drawn in steps, not in slanted lines, which
    would promise too much [1]_.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels.
    y_score : array-like of shape (n_samples,) or (n_samples, n_classes)
        Finite scores, higher for the positive class; for more than two classes one column each.
    average : {"micro", "macro", "weighted", "samples"}, default="macro"
        For more than two classes: the mean over the classes ("macro"), weighted by their numbers
        of samples ("weighted"), over the samples ("samples"), the value for all pairs of a sample
        and a class taken together ("micro"), or None: an array with one value a class.
    pos_label : int, float, bool or str, default=1
        The positive class of two.
    sample_weight : array-like of shape (n_samples,), default=None
        What each sample counts; by default one.

    Returns
    -------
    float, or ndarray of shape (n_classes,)
        From 0 to 1; a random order gives about the share of the positive samples.

    Raises
    ------
    ValueError
        For inputs of unequal length, scores that are not finite or of the wrong shape, or a
        `pos_label` that does not occur.

    References
    ----------
    .. [1] J. Davis, M. Goadrich, "The relationship between precision-recall and ROC curves", ICML
       2006.
    """
    require(_average, average=average)
    require(label, pos_label=pos_label)
    y_true = as_labels(y_true, "y_true")
    classes, codes = encode(y_true)
    if len(classes) <= 2:
        if len(classes) == 2 and pos_label not in classes.tolist():
            raise ValueError(f"pos_label={pos_label!r} is none of {classes.tolist()!r}")
        return _average_precision(y_true, y_score, sample_weight, pos_label)
    if pos_label != 1:
        raise ValueError("pos_label is for two classes; with more, each is positive in turn")
    scores = as_finite(y_score, "y_score")
    if scores.shape != (len(codes), len(classes)):
        raise ValueError(
            f"y_score must have one column for each class, shape {(len(codes), len(classes))}, "
            f"got {scores.shape}"
        )
    return _one_vs_rest(_average_precision, codes, scores, average, sample_weight)


def _average_precision(y_true, y_score, sample_weight, pos_label=1):
    """Average precision for one positive class."""
    precision, recall, _ = precision_recall_curve(
        y_true, y_score, pos_label=pos_label, sample_weight=sample_weight
    )
    return float(max(0.0, -np.sum(np.diff(recall) * precision[:-1])))


def roc_auc_score(
    y_true,
    y_score,
    *,
    average="macro",
    sample_weight=None,
    max_fpr=None,
    multi_class="raise",
    labels=None,
):
    """The area under the ROC curve.

    For two classes it is the probability that a positive sample scores higher than a negative one,
    both drawn at random, ties counting half: the Mann-Whitney statistic [1]_.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels.
    y_score : array-like of shape (n_samples,) or (n_samples, n_classes)
        For two classes: finite scores, higher for the greater class. For more: probabilities, the
        columns in the sorted order of the classes, the rows summing to one.
    average : {"micro", "macro", "weighted"}, default="macro"
        For more than two classes: the mean ("macro"), the mean weighted by the numbers of samples
        ("weighted"), for "ovr" also the value for all pairs of a sample and a class taken together
        ("micro"), or None: an array with one value a class.
    sample_weight : array-like of shape (n_samples,), default=None
        What each sample counts; by default one. Not for "ovo".
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
    """
    require(_average, average=average)
    require(_max_fpr, max_fpr=max_fpr)
    require(_multi_class, multi_class=multi_class)
    y_true = as_labels(y_true, "y_true")
    scores = as_finite(y_score, "y_score")
    require_same_length(y_true=y_true, y_score=scores)
    weight = as_weights(sample_weight, len(y_true), column=True)
    classes, codes = encode(y_true)
    if len(classes) > 2 or (scores.ndim == 2 and scores.shape[1] > 2):
        _require_multiclass_options(multi_class, average, max_fpr, weight)
        codes = _codes_of_columns(codes, classes, labels, scores)
        if multi_class == "ovo":
            return _one_vs_one(codes, scores, average)
        return _one_vs_rest(_roc_auc, codes, scores, average, weight)
    if len(classes) == 2:
        scores = as_column(scores, "y_score")
    return _roc_auc(codes == 1, scores, weight, max_fpr)


def _roc_auc(positive, y_score, weight, max_fpr=None):
    """The area under the ROC curve for one positive class."""
    if positive.all() or not positive.any():
        warn("y_true holds one class only: ROC AUC is undefined", UndefinedMetricWarning)
        return float("nan")
    fpr, tpr, _ = rates(*threshold_counts(positive, y_score, weight))
    if max_fpr is None or max_fpr == 1:
        return auc(fpr, tpr)
    stop = np.searchsorted(fpr, max_fpr, "right")
    height = np.interp(max_fpr, fpr[stop - 1 : stop + 1], tpr[stop - 1 : stop + 1])
    area = auc(np.append(fpr[:stop], max_fpr), np.append(tpr[:stop], height))
    of_chance, best = 0.5 * max_fpr**2, max_fpr
    return 0.5 * (1 + (area - of_chance) / (best - of_chance))


def _require_multiclass_options(multi_class, average, max_fpr, weight):
    """Raise where the options do not go together with more than two classes."""
    if multi_class == "raise":
        raise ValueError('with more than two classes multi_class must be "ovr" or "ovo"')
    if max_fpr is not None and max_fpr != 1:
        raise ValueError(f"max_fpr={max_fpr} is for two classes only")
    if average == "samples" or (average == "micro" and multi_class == "ovo"):
        raise ValueError(f"average={average!r} is not defined for multi_class={multi_class!r}")
    if average is None and multi_class == "ovo":
        raise NotImplementedError('average=None gives no value a class for multi_class="ovo"')
    if weight is not None and multi_class == "ovo":
        raise ValueError('multi_class="ovo" takes no sample_weight')


def _codes_of_columns(codes, classes, labels, scores):
    """For each sample the column of its class; raise where columns and classes do not match."""
    if scores.ndim != 2:
        raise ValueError(f"y_score must have one column for each class, got shape {scores.shape}")
    if not np.allclose(scores.sum(axis=1), 1):
        raise ValueError("with more than two classes the rows of y_score must sum to one")
    if labels is not None:
        labels = as_labels(labels, "labels")
        if not np.array_equal(encode(labels)[0], labels):
            raise ValueError(f"labels must be sorted, each once: {labels.tolist()!r}")
        codes, classes = recode(codes, classes, labels), labels
        if codes.max() == len(labels):
            raise ValueError(f"y_true holds classes that are not in labels {labels.tolist()!r}")
    if len(classes) != scores.shape[1]:
        raise ValueError(f"there are {len(classes)} classes, but {scores.shape[1]} score columns")
    return codes


def _one_vs_rest(metric, codes, scores, average, weight):
    """Average a binary metric over the classes, each of them positive in turn."""
    n_classes = scores.shape[1]
    indicators = codes[:, None] == np.arange(n_classes)  # (n_samples, n_classes)
    if average == "micro":
        indicators, scores = indicators.reshape(-1, 1), scores.reshape(-1, 1)
        weight = None if weight is None else np.repeat(weight, n_classes)
    share = None
    if average == "weighted":
        each = indicators if weight is None else indicators * weight[:, None]
        share = each.sum(axis=0)
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


def _one_vs_one(codes, scores, average):
    """The mean ROC AUC over the pairs of classes, of each pair that for either as the positive."""
    values, shares = [], []
    for a, b in itertools.combinations(np.unique(codes), 2):
        pair = (codes == a) | (codes == b)
        either = [_roc_auc(codes[pair] == one, scores[pair, one], None) for one in (a, b)]
        values.append(sum(either) / 2)
        shares.append(pair.mean())
    return np.average(values, weights=shares if average == "weighted" else None)
