"""Known mistakes with accuracy and confusion counts: what they give, and what to tell."""

import numpy as np

from scratch.exercises import definitions as true


def _share(hits):
    return float(np.mean(hits))


def _of_class_one(ratio):
    """Precision or recall of class 1, from labels."""

    def of_labels(y_true, y_pred):
        K = int(max(y_true.max(), y_pred.max())) + 1
        return float(true.precision_recall_f1(true.confusion_matrix(y_true, y_pred, K))[ratio][1])

    return of_labels


def _balanced(y_true, y_pred):
    return float(np.mean([np.mean(y_pred[y_true == k] == k) for k in np.unique(y_true)]))


ACCURACY = {
    "The number of right answers: divide by the {n} samples.": lambda t, p: int((t == p).sum()),
    "The share of wrong answers: 1 minus the accuracy.": lambda t, p: _share(t != p),
    "A percentage: the accuracy is a share, from 0 to 1.": lambda t, p: 100 * _share(t == p),
    "1 only if every answer is right: is it all(), or // for /? The mean of (y_true == y_pred) is "
    "asked for.": lambda t, p: float((t == p).all()),
    "1 as soon as one answer is right: the mean of (y_true == y_pred) is asked for.": (
        lambda t, p: float((t == p).any())
    ),
    "The answers one by one: their mean is asked for.": lambda t, p: t == p,
    "The product counts answers 1 that are right: a right 0 is a right answer too.": (
        lambda t, p: _share(t * p)
    ),
    "Only right answers 1 count: a right 0 is a right answer too.": lambda t, p: _share(
        (t == 1) & (p == 1)
    ),
    "Only right answers other than 0 count: a right 0 is a right answer too.": lambda t, p: _share(
        (t == p) & (t > 0)
    ),
    "Both are taken for yes or no (not 0): with several classes compare the labels themselves.": (
        lambda t, p: _share((t > 0) == (p > 0))
    ),
    "1 minus the mean difference of the labels: labels are names, their distance says nothing.": (
        lambda t, p: float(1 - np.mean(np.abs(t - p)))
    ),
    "This is the precision of class 1.": _of_class_one(0),
    "This is the recall of class 1.": _of_class_one(1),
    "This is the F1-score of class 1.": _of_class_one(2),
    "The mean of the classes' recalls, the balanced accuracy: every sample counts alike.": (
        _balanced
    ),
    "The labels are sorted, or only counted: answer i belongs to sample i.": lambda t, p: _share(
        np.sort(t) == np.sort(p)
    ),
    "Divided by n - 1.": lambda t, p: float((t == p).sum() / (len(t) - 1)),
    "Divided by the number of classes, not of samples.": lambda t, p: float(
        (t == p).sum() / len(np.unique(t))
    ),
    "Right answers divided by wrong ones: divide by all.": lambda t, p: float(
        (t == p).sum() / (t != p).sum()
    ),
    "Rounded to two decimals.": lambda t, p: round(_share(t == p), 2),
    "Rounded to three decimals.": lambda t, p: round(_share(t == p), 3),
    "Rounded to four decimals.": lambda t, p: round(_share(t == p), 4),
}


def _buffered(t, p, K):
    C = np.zeros((K, K), dtype=int)
    C[t, p] += 1
    return C


def _only_present(t, p, K):
    present = np.unique(np.concatenate([t, p]))
    return true.confusion_matrix(t, p, K)[np.ix_(present, present)]


def _up_to_largest(t, p, K):
    top = int(max(t.max(), p.max())) + 1
    return true.confusion_matrix(t, p, K)[:top, :top]


def _normalised(axis):
    def shares(t, p, K):
        C = true.confusion_matrix(t, p, K)
        return C / np.maximum(C.sum(axis=axis, keepdims=axis is not None), 1)

    return shares


def _diagonal(t, p, K):
    return np.diag(true.confusion_matrix(t, p, K).diagonal())


_C = true.confusion_matrix
CONFUSION = {
    "C[y_true, y_pred] += 1 counts a pair that comes several times only once: NumPy reads all "
    "entries, adds 1 and writes them back. np.add.at, np.bincount or a loop counts each.": (
        _buffered
    ),
    "Rows and columns are exchanged: row i is the true class, column j the predicted one.": (
        lambda t, p, K: _C(p, t, K)
    ),
    "Classes that never occur are left out: the matrix is n_classes × n_classes.": _only_present,
    "Classes beyond the largest label are left out: the matrix is n_classes × n_classes.": (
        _up_to_largest
    ),
    "Shares of each true class instead of counts.": _normalised(1),
    "Shares of each predicted class instead of counts.": _normalised(0),
    "Shares of all samples instead of counts.": _normalised(None),
    "The counts are right, but floating-point numbers: np.zeros((K, K), dtype=int).": (
        lambda t, p, K: _C(t, p, K).astype(float)
    ),
    "Only right answers are counted: a wrong one belongs in row y_true, column y_pred.": _diagonal,
    "Only wrong answers are counted: a right one belongs on the diagonal.": lambda t, p, K: (
        _C(t, p, K) - _diagonal(t, p, K)
    ),
    "The first class is the last row: row 0, column 0 is class 0.": lambda t, p, K: _C(t, p, K)[
        ::-1, ::-1
    ],
    "Only the first row and column of the positives: [[tp, fn], [fp, tn]] is class 1 first.": (
        lambda t, p, K: _C(t, p, K)[::-1, ::-1]
    ),
    "A wrong answer is counted twice, in both directions.": lambda t, p, K: (
        _C(t, p, K) + _C(p, t, K) - _diagonal(t, p, K)
    ),
    "One class too many: a row and a column of zeros at the end.": lambda t, p, K: _C(t, p, K + 1),
    "Classes count from 0: there is a row and a column too many in front.": lambda t, p, K: np.pad(
        _C(t, p, K), ((1, 0), (1, 0))
    ),
    "The last sample is left out.": lambda t, p, K: _C(t[:-1], p[:-1], K),
    "The first sample is left out.": lambda t, p, K: _C(t[1:], p[1:], K),
    "The counts are put in one row: reshape them to (K, K).": lambda t, p, K: _C(t, p, K).ravel(),
    "The matrix begins at 1 instead of 0.": lambda t, p, K: _C(t, p, K) + 1,
}
