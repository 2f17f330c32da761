"""Known mistakes with precision, recall and F1: what they give, and what to tell."""

import numpy as np

from scratch.exercises import definitions as true


def _parts(C):
    tp = C.diagonal().astype(float)
    return tp, C.sum(axis=0) - tp, C.sum(axis=1) - tp  # tp, fp, fn


def _ratio(part, whole, zero=0.0):
    part, whole = np.broadcast_arrays(np.asarray(part, float), np.asarray(whole, float))
    return np.divide(part, whole, out=np.full(part.shape, zero), where=whole != 0)


def _precision(C, zero=0.0):
    tp, fp, _ = _parts(C)
    return _ratio(tp, tp + fp, zero)


def _recall(C, zero=0.0):
    tp, _, fn = _parts(C)
    return _ratio(tp, tp + fn, zero)


def _f1(C, zero=0.0):
    tp, fp, fn = _parts(C)
    return _ratio(2 * tp, 2 * tp + fp + fn, zero)


def _macro(C):
    return tuple(float(part.mean()) for part in true.precision_recall_f1(C))


RATIOS = {
    "The mean over the classes: a number for each class is asked for.": _macro,
    "Only class 1: a number for each class is asked for.": lambda C: tuple(
        float(part[1]) for part in true.precision_recall_f1(C)
    ),
    "Everything is of the transposed matrix: rows are the true classes.": lambda C: (
        true.precision_recall_f1(C.T)
    ),
}
EPSILONS = [10.0**-k for k in range(1, 16)] + [1.0, 2.220446049250313e-16, 1.1920928955078125e-07]


def _with_epsilons(ratio):
    text = (
        "An epsilon of {eps:g} in the denominator: it avoids 0/0, and falsifies all the others. "
        "Divide where there is something to divide by; 0/0 is 0."
    )
    return {text.format(eps=eps): ratio(eps) for eps in EPSILONS}


def _share_of_all(C):
    return _ratio(C.diagonal(), C.sum())


def _one_against_rest_accuracy(C):
    _, fp, fn = _parts(C)
    return (C.sum() - fp - fn) / C.sum()


def _specificity(C):
    tp, fp, fn = _parts(C)
    tn = C.sum() - tp - fp - fn
    return _ratio(tn, tn + fp)


COMMON = {
    "The true positives are divided by all samples.": _share_of_all,
    'This is the accuracy of "this class or not".': _one_against_rest_accuracy,
    "This is the specificity, tn / (tn + fp).": _specificity,
    "Rounded down to whole numbers: is it // instead of /?": lambda C: np.floor(_precision(C)),
    "1 minus the precision, the share of false alarms.": lambda C: 1 - _precision(C),
    "1 minus the recall, the share that was missed.": lambda C: 1 - _recall(C),
    "The mean of all classes in each place: every class has its own.": lambda C: np.full(
        len(C), _precision(C).mean()
    ),
    "fp / fn: the wrong answers are compared with each other.": lambda C: _ratio(*_parts(C)[1:]),
    "tp / (fp + fn): the true positives belong in the denominator too.": lambda C: _ratio(
        _parts(C)[0], _parts(C)[1] + _parts(C)[2]
    ),
    "tp / (tp + fp + fn), the Jaccard index: F1 counts the true positives twice.": lambda C: _ratio(
        _parts(C)[0], sum(_parts(C))
    ),
    "The order of the classes is reversed: class 0 is row and column 0.": [
        lambda C: _precision(C)[::-1],
        lambda C: _recall(C)[::-1],
    ],
    "tp / fp: the true positives belong in the denominator too.": lambda C: _ratio(
        _parts(C)[0], _parts(C)[1]
    ),
    "tp / fn: the true positives belong in the denominator too.": lambda C: _ratio(
        _parts(C)[0], _parts(C)[2]
    ),
}


def _f1_with(eps):
    return lambda C: 2 * _precision(C) * _recall(C) / (_precision(C) + _recall(C) + eps)


def _f1_of_counts_with(eps):
    return lambda C: 2 * _parts(C)[0] / (C.sum(axis=0) + C.sum(axis=1) + eps)


EACH_RATIO = (
    {
        "This is the recall: precision divides by what was predicted, the sum of a column.": (
            _recall
        ),
        **_with_epsilons(lambda eps: lambda C: _parts(C)[0] / (C.sum(axis=0) + eps)),
        "This is F1: is the order precision, recall, F1?": _f1,
        **COMMON,
    },
    {
        "This is the precision: recall divides by what is there, the sum of a row.": _precision,
        **_with_epsilons(lambda eps: lambda C: _parts(C)[0] / (C.sum(axis=1) + eps)),
        "This is F1: is the order precision, recall, F1?": _f1,
        **COMMON,
    },
    {
        "The arithmetic mean (p + r) / 2: F1 is the harmonic one, 2 p r / (p + r).": lambda C: (
            (_precision(C) + _recall(C)) / 2
        ),
        "The geometric mean √(p r): F1 is the harmonic one, 2 p r / (p + r).": lambda C: np.sqrt(
            _precision(C) * _recall(C)
        ),
        "p r / (p + r): the factor 2 of the harmonic mean is missing.": lambda C: _f1(C) / 2,
        "2 p r: the harmonic mean divides by p + r.": lambda C: 2 * _precision(C) * _recall(C),
        "p r: the harmonic mean is 2 p r / (p + r).": lambda C: _precision(C) * _recall(C),
        "2 (p + r) / (p r): upside down.": lambda C: (
            2 * (_precision(C) + _recall(C)) / (_precision(C) * _recall(C))
        ),
        "The harmonic mean of other means: every class has its own.": lambda C: np.full(
            len(C), _f1(C).mean()
        ),
        "The smaller of precision and recall: F1 is their harmonic mean.": lambda C: np.minimum(
            _precision(C), _recall(C)
        ),
        **_with_epsilons(lambda eps: [_f1_with(eps), _f1_of_counts_with(eps)]),
        "This is the precision: is the order precision, recall, F1?": _precision,
        "This is the recall: is the order precision, recall, F1?": _recall,
        **COMMON,
    },
)


def _f1_of_parts(C):
    p, r = _precision(C), _recall(C)
    return 2 * p * r / (p + r)


def _f1_of_nan(C):
    p, r = _precision(C, np.nan), _recall(C, np.nan)
    return 2 * p * r / (p + r)


def _with_both_epsilons(eps, axis):
    return lambda C: (_parts(C)[0] + eps) / (C.sum(axis=axis) + eps)


def _zero_by_zero(ratio):
    """What a mistake with 0/0 gives for one of the three ratios."""
    return {
        "0/0 is nan in NumPy; here it is 0. Divide by np.maximum(denominator, 1): where nothing "
        "is counted, tp is 0 as well.": lambda C: ratio(C, np.nan),
        "0/0 is taken as 1; here it is 0.": lambda C: ratio(C, 1.0),
        "A class that is absent is left out: each of the K classes has its number.": lambda C: (
            ratio(C)[C.sum(axis=1) > 0]
        ),
    }


ZERO_BY_ZERO = (
    _zero_by_zero(_precision) | _with_epsilons(lambda eps: _with_both_epsilons(eps, 0)),
    _zero_by_zero(_recall) | _with_epsilons(lambda eps: _with_both_epsilons(eps, 1)),
    {
        "2 p r / (p + r) is 0/0 where precision and recall are 0: nan in NumPy, here 0. Written "
        "as 2 tp / (2 tp + fp + fn) it is 0/0 only for a class that is absent.": _f1_of_parts,
        "Where precision or recall is nan, so is F1: take 0/0 as 0 in all three.": _f1_of_nan,
        **_zero_by_zero(_f1),
    },
)
