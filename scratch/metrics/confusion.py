"""The confusion count, and the scores that are a few lines on it.

``C[i, j]`` is the number (or the weight) of the samples of class `i` that were predicted to be of
class `j`. With the classes as codes 0 … K−1 the pair (i, j) is the one number ``i·K + j``, so one
`bincount` makes the whole matrix. Its diagonal holds the hits, its row sums the true samples of
each class, its column sums the predicted ones; every score below is a formula on these.
"""

import numpy as np

from scratch.exceptions import UndefinedMetricWarning
from scratch.metrics.inputs import require, warn
from scratch.metrics.labels import as_choice, check_targets, encode_pair, places
from scratch.validation.parameters import Constraint, boolean, one_of, real

_normalize = one_of("true", "pred", "all", None)
_weights = one_of("linear", "quadratic", None)
_kappa = Constraint(
    lambda value: value != value or real(-1, 1).accepts(value), "a float in [-1, 1], or NaN"
)


def count(true, pred, n_classes, weight=None):
    """The confusion count of two arrays of codes: shape (n_classes, n_classes).

    int64 if there are no weights or they are integers, else float64.
    """
    cells = np.bincount(true * n_classes + pred, weights=weight, minlength=n_classes**2)
    if weight is not None and weight.dtype.kind in "biu":
        cells = cells.astype(np.int64)
    return cells.reshape(n_classes, n_classes)


def confusion_matrix(y_true, y_pred, *, labels=None, sample_weight=None, normalize=None):
    """Count the samples of each true class (rows) that are predicted as each class (columns).

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        True and predicted labels: ints, bools, whole floats or strings.
    labels : array-like of shape (n_classes,), default=None
        The classes to count and their order; samples of other classes are left out. By default
        all that occur in `y_true` or `y_pred`, sorted.
    sample_weight : array-like of shape (n_samples,), default=None
        What each sample counts; by default one.
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
        For inputs of unequal length, labels that are no classes, or `labels` of which none occurs
        in `y_true`.
    """
    require(_normalize, normalize=normalize)
    labels = as_choice(labels)
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight)
    classes, true, pred = encode_pair(y_true, y_pred)
    matrix = count(true, pred, len(classes), weight)
    if labels is not None:
        matrix = _select(matrix, classes, labels, np.bincount(true, minlength=len(classes)))
    if normalize is not None:
        axis = {"true": 1, "pred": 0, "all": None}[normalize]
        with np.errstate(all="ignore"):
            matrix = np.nan_to_num(matrix / matrix.sum(axis=axis, keepdims=True))
    if matrix.shape == (1, 1):
        warn("y_true and y_pred hold one class only; `labels` can name the others")
    return matrix


def _select(matrix, classes, labels, support):
    """The confusion matrix of `labels`, from that of all the classes."""
    if not labels.size:
        raise ValueError("labels must name at least one class, got none")
    kept = places(classes, labels)  # the row of each class in the result, or len(labels)
    found = np.flatnonzero(kept < len(labels))
    if not support[found].any():
        raise ValueError(f"none of the labels {labels.tolist()!r} occurs in y_true")
    selected = np.zeros((len(labels), len(labels)), dtype=matrix.dtype)
    selected[np.ix_(kept[found], kept[found])] = matrix[np.ix_(found, found)]
    return selected


def accuracy_score(y_true, y_pred, *, normalize=True, sample_weight=None):
    """The share of samples whose predicted label is the true one.

    It is the sum of the confusion matrix's diagonal over the sum of the matrix; to know it, the
    labels need only be compared, not counted.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        True and predicted labels.
    normalize : bool, default=True
        If False, return the number (or the weight) of these samples instead of their share.
    sample_weight : array-like of shape (n_samples,), default=None
        What each sample counts; by default one.

    Returns
    -------
    float
        From 0, none right, to 1, all right; or the number of those that are right.

    Raises
    ------
    ValueError
        For inputs of unequal length, or labels that are no classes.
    """
    require(boolean, normalize=normalize)
    y_true, y_pred, weight = check_targets(y_true, y_pred, sample_weight)
    hits = y_true == y_pred  # (n_samples,)
    if weight is None:
        right = float(np.count_nonzero(hits))
        return right / len(hits) if normalize else right
    return float(np.average(hits, weights=weight) if normalize else np.dot(hits, weight))


def balanced_accuracy_score(y_true, y_pred, *, sample_weight=None, adjusted=False):
    """The mean over the true classes of the share that is predicted right (of the recall).

    Every class counts the same, however rare it is [1]_.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        True and predicted labels.
    sample_weight : array-like of shape (n_samples,), default=None
        What each sample counts; by default one.
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
    """
    require(boolean, adjusted=adjusted)
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


def matthews_corrcoef(y_true, y_pred, *, sample_weight=None):
    """The correlation of true and predicted classes, as Matthews defined it for two classes [1]_.

    With the confusion matrix `C`, its row sums `t`, column sums `p`, trace `c` and sum `s`::

        (c·s − t·p) / √((s² − p·p) (s² − t·t))

    which is Gorodkin's correlation for `K` classes [2]_, and for two classes the correlation
    coefficient of the two 0/1 variables.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n_samples,)
        True and predicted labels.
    sample_weight : array-like of shape (n_samples,), default=None
        What each sample counts; by default one.

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
    """
    matrix = confusion_matrix(y_true, y_pred, sample_weight=sample_weight)
    t = matrix.sum(axis=1, dtype=np.float64)  # true samples a class
    p = matrix.sum(axis=0, dtype=np.float64)  # predicted samples a class
    hits, total = np.trace(matrix, dtype=np.float64), p.sum()
    covariance = hits * total - np.dot(t, p)
    variances = (total**2 - np.dot(p, p)) * (total**2 - np.dot(t, t))
    return 0.0 if variances == 0 else float(covariance / np.sqrt(variances))


def cohen_kappa_score(
    y1, y2, *, labels=None, weights=None, sample_weight=None, replace_undefined_by=np.nan
):
    """The agreement of two annotators beyond what chance would give: Cohen's kappa [1]_.

    ``κ = 1 − Σ W∘C / Σ W∘E`` with `C` the confusion matrix, `E` the one expected of independent
    annotators with the same row and column sums, and `W` what a disagreement costs.

    Parameters
    ----------
    y1, y2 : array-like of shape (n_samples,)
        The labels that each of the two gave.
    labels : array-like of shape (n_classes,), default=None
        The classes to count; by default all that occur.
    weights : {"linear", "quadratic"}, default=None
        What it costs to say class `j` for class `i`: 1 (None), ``|i − j|`` or ``(i − j)²``.
    sample_weight : array-like of shape (n_samples,), default=None
        What each sample counts; by default one.
    replace_undefined_by : float from -1 to 1, or NaN, default=np.nan
        What to return where kappa is 0/0; an `UndefinedMetricWarning` tells.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance gives, below 0 for less.

    References
    ----------
    .. [1] J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
       Measurement 20, 1960; with weights: "Weighted kappa", Psychological Bulletin 70, 1968.
    """
    require(_weights, weights=weights)
    require(_kappa, replace_undefined_by=replace_undefined_by)
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


def _undefined_kappa(reason, substitute):
    """Warn, and return what the caller wants instead of 0/0."""
    warn(f"kappa is undefined, since {reason}: {substitute} is returned", UndefinedMetricWarning)
    return substitute
