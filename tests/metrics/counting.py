"""What the metrics that count are tried on: kinds of targets, types of labels, weights."""

import numpy as np
import pytest

from tests.metrics.against_sklearn import LABELS
from tests.metrics.cases import codes

# True and predicted codes, as people meet them and as nobody would wish them.
TARGETS = {
    "four classes": codes(),
    "two classes": codes(n_classes=2),
    "more samples than are looked at first": codes(n_samples=5000, n_classes=10),
    "a class that comes late": tuple(np.append(part, [9]) for part in codes(n_samples=5000)),
    "a class only predicted": (codes()[0], np.append(codes()[1][:-1], 7)),
    "a class only true": (np.append(codes()[0][:-1], 8), codes()[1]),
    "disjoint": (codes()[0], codes()[1] + 5),
    "all right": codes(right=1),
    "all wrong": (codes()[0], (codes()[0] + 1) % 4),
    "one class": (np.zeros(6, int), np.zeros(6, int)),
    "one class each": (np.zeros(6, int), np.ones(6, int)),
    "one true class": (np.full(5, 3), np.array([3, 1, 3, 2, 3])),
    "one sample right": (np.array([1]), np.array([1])),
    "one sample wrong": (np.array([1]), np.array([0])),
}
LABELS_CHOSEN = (
    [0, 1, 2, 3],
    [2, 0],
    [3, 1, 0, 2],
    (1, 9),
    np.array([3]),
    [0, 0, 1],
    [7, 1, -4],
    [7, 8],
    [0.0, 2.0],
    [True, False],
)


def each_case(cases, **options):
    """Run a test on each metric with each of its options; `options` are further parameters."""

    def decorate(test):
        for name, values in options.items():
            test = pytest.mark.parametrize(name, values, ids=str)(test)
        return pytest.mark.parametrize(("name", "parameters"), cases, ids=str)(test)

    return decorate


def each_target(cases):
    """Run a test on each metric and each kind of target."""
    return each_case(cases, targets=list(TARGETS))


def each_type(cases):
    """Run a test on each metric and each type of label."""
    return each_case(cases, labels=list(LABELS))


def each_weight(cases):
    """Run a test on each metric, each kind of weights, and some kinds of targets."""
    return each_case(
        cases,
        targets=["four classes", "all wrong", "one class", "disjoint"],
        kind=["floats", "ints", "float32", "list with zeros", "bools", "longdouble"],
    )


def each_choice(cases):
    """Run a test on each metric and each choice of labels to count, weighted or not."""
    return each_case(cases, labels=list(LABELS_CHOSEN), weighted=["unweighted", "floats"])
