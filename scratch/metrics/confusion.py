"""The confusion matrix, and the scores that follow from it in a few lines.

``C[i, j]`` is the number (or the weight) of the samples of class `i` that were predicted to be of
class `j`. Its diagonal holds the samples predicted right, its row sums the samples of each class,
its column sums the samples predicted as each class. Every score below is a formula on these.
"""

import numpy as np
from numpy.typing import ArrayLike

from scratch.exceptions import UndefinedMetricWarning, warn
from scratch.metrics.class_counts import count_pairs
from scratch.metrics.targets import as_choice, check_targets, n_wrong, weighted_sum
from scratch.typing import Array, Bools
from scratch.validation.labels import check_same_kind, encode_pair, places
from scratch.validation.parameters import Constraint, boolean, check_parameter, one_of, real

__all__ = [
    "accuracy_score",
    "balanced_accuracy_score",
    "cohen_kappa_score",
    "confusion_matrix",
    "hamming_loss",
    "matthews_corrcoef",
    "zero_one_loss",
]

_normalize = one_of("true", "pred", "all", None)
_weights = one_of("linear", "quadratic", None)
_kappa = Constraint(
    lambda value: value != value or real(-1, 1).accepts(value), "a float in [-1, 1], or NaN"
)


def confusion_matrix(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    normalize: str | None = None,
) -> Array:
    """Count the samples of each true class (rows) that are predicted as each class (columns).

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        True and predicted labels: ints, bools, whole floats or strings.
    labels : array-like of shape (n_classes,), default=None
        The classes to count and their order; samples of other classes are left out. By default
        all that occur in `y_true` or `y_pred`, sorted.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default. Integers are summed as integers.
    normalize : {"true", "pred", "all"}, default=None
        Divide each row ("true"), each column ("pred") or the whole matrix ("all") by its sum; a
        sum of zero gives zeros.

    Returns
    -------
    ndarray of shape (n_classes, n_classes)
        int64; float64 if the weights are floats or `normalize` is given.

    Raises
    ------
    ValueError
        For inputs of unequal length, labels that are no classes, or if none of `labels` occurs in
        `y_true`.

    Examples
    --------
    >>> from scratch.metrics import confusion_matrix
    >>> confusion_matrix(["cat", "dog", "dog", "cat"], ["cat", "dog", "cat", "cat"])
    array([[2, 0],
           [1, 1]])
    """
    normalize = check_parameter("normalize", normalize, _normalize)
    labels = as_choice(labels)
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight, multilabel=False)
    classes, true, pred = encode_pair(y_true, y_pred)
    matrix = count_pairs(true, pred, len(classes), weight)
    if labels is not None:
        matrix = _select(matrix, classes, labels, np.bincount(true, minlength=len(classes)))
    if normalize is not None:
        axis = {"true": 1, "pred": 0, "all": None}[normalize]
        with np.errstate(all="ignore"):
            matrix = np.nan_to_num(matrix / matrix.sum(axis=axis, keepdims=True))
    if matrix.shape == (1, 1):
        warn("y_true and y_pred hold one class only; `labels` can name the others")
    return matrix


def _select(matrix: Array, classes: Array, labels: Array, support: Array) -> Array:
    """Return the confusion matrix of `labels`, from that of all the classes."""
    if not labels.size:
        raise ValueError("labels must name at least one class, got none")
    check_same_kind(labels=labels, targets=classes)
    kept = places(classes, labels)  # the row of each class in the result, or len(labels)
    found = np.flatnonzero(kept < len(labels))
    if not support[found].any():
        raise ValueError(f"none of the labels {labels.tolist()!r} occurs in y_true")
    selected = np.zeros((len(labels), len(labels)), dtype=matrix.dtype)
    selected[np.ix_(kept[found], kept[found])] = matrix[np.ix_(found, found)]
    return selected


def accuracy_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    normalize: bool = True,
    sample_weight: ArrayLike | None = None,
) -> float:
    """Return the share of samples whose predicted label is the true one.

    It is the sum of the confusion matrix's diagonal over the sum of the matrix. Comparing
    the labels is enough to find it: nothing is counted.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels; or indicator matrices, sparse or not: a sample is right if its
        whole row is.
    normalize : bool, default=True
        If False, return the number (or the weight) of these samples instead of their share.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.

    Returns
    -------
    float
        From 0, none right, to 1, all right; or the number of those that are right.

    Raises
    ------
    ValueError
        For inputs of unequal length, or labels that are no classes.

    Examples
    --------
    >>> from scratch.metrics import accuracy_score
    >>> accuracy_score([5, 0, 4, 1], [5, 0, 9, 1])
    0.75
    """
    normalize = check_parameter("normalize", normalize, boolean)
    return _right(*_hits(y_true, y_pred, sample_weight), normalize)


def _hits(
    y_true: ArrayLike, y_pred: ArrayLike, sample_weight: ArrayLike | None
) -> tuple[Bools, Array | None]:
    """Return whether all labels of each sample are right, (n_samples,), and the weights."""
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight)
    return n_wrong(y_true, y_pred) == 0, weight


def _right(hits: Bools, weight: Array | None, normalize: bool) -> float:
    """Return the share of hits, or their number or weight."""
    if weight is None:
        right = float(np.count_nonzero(hits))
        return right / len(hits) if normalize else right
    return float(np.average(hits, weights=weight)) if normalize else weighted_sum(hits, weight)


def zero_one_loss(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    normalize: bool = True,
    sample_weight: ArrayLike | None = None,
) -> float:
    """Return the share of samples whose predicted label is not the true one: 1 − accuracy.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels; or indicator matrices: a sample is right if its row is.
    normalize : bool, default=True
        If False, return the number (or the weight) of these samples instead of their share.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.

    Returns
    -------
    float
        From 0, all right, to 1, all wrong; or the number of those that are wrong.

    Raises
    ------
    ValueError
        For inputs of unequal length, or labels that are no classes.

    Examples
    --------
    >>> from scratch.metrics import zero_one_loss
    >>> zero_one_loss([5, 0, 4, 1], [5, 0, 9, 1])
    0.25
    """
    normalize = check_parameter("normalize", normalize, boolean)
    hits, weight = _hits(y_true, y_pred, sample_weight)
    total = 1 if normalize else len(hits) if weight is None else weight.sum()
    return float(total - _right(hits, weight, normalize))


def hamming_loss(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: ArrayLike | None = None
) -> float:
    """Return the share of labels that are predicted wrong: 1 − accuracy with one label per sample.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,) or (n_samples, n_labels)
        True and predicted labels; or indicator matrices, sparse or not: every entry counts.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.

    Returns
    -------
    float
        From 0, all right, to 1, all wrong.

    Raises
    ------
    ValueError
        For inputs of unequal length, or labels that are no classes.

    References
    ----------
    .. R. W. Hamming, "Error Detecting and Error Correcting Codes", Bell System Technical Journal
       29, 1950.

    Examples
    --------
    >>> from scratch.metrics import hamming_loss
    >>> hamming_loss([[0, 1], [1, 1]], [[0, 0], [1, 1]])
    0.25
    """
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight)
    wrong = n_wrong(y_true, y_pred)  # (n_samples,)
    if y_true.ndim == 1:
        return float(np.average(wrong, weights=weight))
    mean_weight = 1.0 if weight is None else np.average(weight)
    total = float(wrong.sum()) if weight is None else weighted_sum(wrong, weight)
    return float(total / (y_true.shape[0] * y_true.shape[1] * mean_weight))


def balanced_accuracy_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    adjusted: bool = False,
) -> float:
    """Return the mean of the recall over the true classes.

    The recall of a class is the share of its samples that is predicted right. In the mean every
    class counts the same, however rare it is [1]_.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        True and predicted labels.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    adjusted : bool, default=False
        Rescale, so that a random guess scores 0 and a perfect prediction 1:
        ``(score − 1/K) / (1 − 1/K)`` with `K` the number of true classes.

    Returns
    -------
    float
        At most 1.

    References
    ----------
    .. [1] K. H. Brodersen, C. S. Ong, K. E. Stephan, J. M. Buhmann, "The balanced accuracy and its
       posterior distribution", ICPR 2010.

    Examples
    --------
    >>> from scratch.metrics import balanced_accuracy_score
    >>> balanced_accuracy_score([0, 0, 0, 1], [0, 0, 0, 0], adjusted=True)
    0.0
    """
    adjusted = check_parameter("adjusted", adjusted, boolean)
    matrix = confusion_matrix(y_true, y_pred, sample_weight=sample_weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        recall = matrix.diagonal() / matrix.sum(axis=1)  # (n_classes,)
    if np.isnan(recall).any():
        warn("y_pred contains classes that are not in y_true; they are left out of the mean")
        recall = recall[~np.isnan(recall)]
    score = np.mean(recall)
    if adjusted:
        chance = 1 / len(recall)
        score = (score - chance) / (1 - chance)
    return float(score)


def matthews_corrcoef(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: ArrayLike | None = None
) -> float:
    """Return the correlation of true and predicted classes: Matthews's coefficient [1]_.

    With the confusion matrix `C`, its row sums `t`, column sums `p`, trace `c` and sum `s`::

        (c·s − t·p) / √((s² − p·p) (s² − t·t))

    which is Gorodkin's correlation for `K` classes [2]_, and for two classes the correlation
    coefficient of the two 0/1 variables.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        True and predicted labels.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.

    Returns
    -------
    float
        1 for a perfect prediction, 0 for one no better than chance or where either side holds one
        class only; −1 is reached with two classes only.

    References
    ----------
    .. [1] B. W. Matthews, "Comparison of the predicted and observed secondary structure of T4
       phage lysozyme", Biochimica et Biophysica Acta 405, 1975.
    .. [2] J. Gorodkin, "Comparing two K-category assignments by a K-category correlation
       coefficient", Computational Biology and Chemistry 28, 2004.

    Examples
    --------
    >>> from scratch.metrics import matthews_corrcoef
    >>> round(matthews_corrcoef([1, 1, 1, 0], [1, 0, 1, 0]), 4)
    0.5774
    """
    matrix = confusion_matrix(y_true, y_pred, sample_weight=sample_weight)
    t = matrix.sum(axis=1, dtype=np.float64)  # true samples of each class
    p = matrix.sum(axis=0, dtype=np.float64)  # predicted samples of each class
    hits, total = np.trace(matrix, dtype=np.float64), p.sum()
    covariance = hits * total - np.dot(t, p)
    variances = (total**2 - np.dot(p, p)) * (total**2 - np.dot(t, t))
    return 0.0 if variances == 0 else float(covariance / np.sqrt(variances))


def cohen_kappa_score(
    y1: ArrayLike,
    y2: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    weights: str | None = None,
    sample_weight: ArrayLike | None = None,
    replace_undefined_by: float = np.nan,
) -> float:
    """Return the agreement of two annotators beyond chance: Cohen's kappa [1]_.

    ``κ = 1 − Σ W∘C / Σ W∘E`` with `C` the confusion matrix, `E` the one expected of independent
    annotators with the same row and column sums, and `W` the costs of the disagreements.

    Parameters
    ----------
    y1, y2 : array-like of shape (n_samples,)
        The labels that each of the two gave.
    labels : array-like of shape (n_classes,), default=None
        The classes to count; by default all that occur.
    weights : {"linear", "quadratic"}, default=None
        The cost of the answers `i` and `j`: 1 if they differ (None), ``|i − j|`` or ``(i − j)²``.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each sample; 1 by default.
    replace_undefined_by : float from -1 to 1, or NaN, default=np.nan
        The value to return where kappa is 0/0, with an `UndefinedMetricWarning`.

    Returns
    -------
    float
        1 for full agreement, 0 for as much as chance gives, below 0 for less.

    References
    ----------
    .. [1] J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
       Measurement 20, 1960; with weights: "Weighted kappa", Psychological Bulletin 70, 1968.

    Examples
    --------
    >>> from scratch.metrics import cohen_kappa_score
    >>> cohen_kappa_score(["a", "a", "b", "b"], ["a", "b", "b", "b"])
    0.5
    """
    weights = check_parameter("weights", weights, _weights)
    check_parameter("replace_undefined_by", replace_undefined_by, _kappa)
    matrix = confusion_matrix(y1, y2, labels=labels, sample_weight=sample_weight)
    matrix = matrix.astype(np.float64, copy=False)
    columns, rows = matrix.sum(axis=0), matrix.sum(axis=1)
    total = columns.sum()
    if total == 0:
        return _undefined_kappa("no class of `labels` is in both y1 and y2", replace_undefined_by)
    expected = np.outer(columns, rows) / total
    place = np.arange(len(matrix), dtype=np.float64)
    distance = np.abs(place[:, None] - place)
    cost = {None: (distance > 0).astype(np.float64), "linear": distance, "quadratic": distance**2}
    chance = np.sum(cost[weights] * expected)
    if chance == 0:
        return _undefined_kappa("y1 and y2 hold one class only", replace_undefined_by)
    return float(1 - np.sum(cost[weights] * matrix) / chance)


def _undefined_kappa(reason: str, substitute: float) -> float:
    """Warn, and return the substitute for 0/0."""
    warn(f"kappa is undefined, since {reason}: {substitute} is returned", UndefinedMetricWarning)
    return substitute
