"""The count from which all metrics of predicted labels follow.

With the classes as codes 0 … K−1, the pair (true i, predicted j) is the one number ``i·K + j``: one
`bincount` makes the whole confusion matrix ``C``. For class k, the diagonal of ``C`` holds the true
positives, the column sums to the samples predicted as k, the row to the samples of class k.
"""

from typing import NamedTuple

import numpy as np

from scratch.exceptions import InvalidParameterError
from scratch.typing import Array, Ints
from scratch.validation.labels import check_same_kind, is_text, places

LARGEST_MATRIX = 2**20  # a confusion matrix of more cells is not made only to be summed


class Counts(NamedTuple):
    """The counts of each class (or label, or sample), each of shape (n_classes,).

    Attributes
    ----------
    tp : ndarray
        True positives: of the class, and predicted so.
    fp : ndarray
        False positives: predicted so, but not of the class.
    fn : ndarray
        False negatives: of the class, but not predicted so.
    total : int, float or ndarray
        The number (or weight) of all; the true negatives are the rest of it.
    """

    tp: Array
    fp: Array
    fn: Array
    total: float | Array

    def of(self, labels: Array, classes: Array) -> "Counts":
        """Return the counts of `labels`, in this order; they are 0 for a label that is no class.

        Numbers and strings are compared as strings: 7 finds the class "7", as in scikit-learn.
        """
        dates = {labels.dtype.kind, classes.dtype.kind} & {"m", "M"}
        if is_text(labels) != is_text(classes) and not dates:
            if labels.dtype.kind == "O":
                raise InvalidParameterError(
                    "labels and targets mix strings and numbers: one of the labels is"
                    f" {labels[0]!r}, one of the classes {classes.tolist()[0]!r}"
                )
            labels, classes = labels.astype(str), classes.astype(str)
        check_same_kind(labels=labels, targets=classes)
        rows = places(labels, classes)
        tp, fp, fn = (np.append(part, 0)[rows] for part in self[:3])
        return Counts(tp, fp, fn, self.total)


def count_pairs(true: Ints, pred: Ints, n_classes: int, weight: Array | None = None) -> Array:
    """Return the confusion matrix of two arrays of codes, (n_classes, n_classes).

    It is int64 if there are no weights or they are integers, else float64. Integers are summed as
    integers: exact, and beyond 64 bits they wrap around, as in scikit-learn.
    """
    return _sums(true * n_classes + pred, weight, n_classes**2).reshape(n_classes, n_classes)


def _sums(cells: Ints, weight: Array | None, n_cells: int) -> Array:
    """Return the sum of the weights of the samples in each cell, shape (n_cells,)."""
    if weight is None or weight.dtype.kind == "f":
        return np.bincount(cells, weight, n_cells)
    largest = max(abs(int(weight.max())), abs(int(weight.min())))
    if largest * len(weight) < 2**53:  # floats hold every such sum exactly
        return np.bincount(cells, weight, n_cells).astype(np.int64)
    sums = np.zeros(n_cells, np.int64)
    np.add.at(sums, cells, weight.astype(np.int64))
    return sums


def count_classes(true: Ints, pred: Ints, n_classes: int, weight: Array | None = None) -> Counts:
    """Return the `Counts` of two arrays of codes.

    Weights are added in the order of the samples, not cell by cell, so the sums equal
    scikit-learn's to the last bit. As there, counts are floats if no sample is right.
    """
    if weight is None and n_classes**2 <= LARGEST_MATRIX:
        matrix = count_pairs(true, pred, n_classes)
        tp, actual, predicted = matrix.diagonal(), matrix.sum(axis=1), matrix.sum(axis=0)
    else:
        hit = true == pred
        tp = np.bincount(true[hit], None if weight is None else weight[hit], minlength=n_classes)
        actual = np.bincount(true, weight, minlength=n_classes)
        predicted = np.bincount(pred, weight, minlength=n_classes)
    if not tp.any():
        tp = tp.astype(np.float64)
    total = len(true) if weight is None else weight.sum()
    return Counts(tp, predicted - tp, actual - tp, total)
