"""The confusion matrix and the scores on it, against scikit-learn's and by hand."""

import numpy as np
import pytest

from scratch import metrics
from tests.metrics.against_sklearn import LABELS, assert_alike
from tests.metrics.cases import codes, weights


@pytest.mark.parametrize(
    ("true", "pred"),
    [
        ([0, 1, 2, 1], [0.0, 1.0, 2.0, 2.0]),
        ([0.0, 1.0, 2.0, 1.0], [0, 1, 2, 3]),
        ([True, False, True], [1, 0, 2]),
        ([1, 0, 2], np.array([True, False, True])),
        (np.array([0, 1, 1], np.int8), np.array([0, 1, 300])),
        (np.array([0, 1, 1], np.uint8), np.array([-1, 1, 1])),
        (np.array(["a", "bb"]), np.array(["a", "ccc"])),
        (np.array(["a", "b"]), np.array(["a", "bb"], dtype=object)),
        (["a", ""], ["", ""]),
        ([[1], [2]], [1, 1]),
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["classification_report", "confusion_matrix", "accuracy_score"])
def test_types_mixed_between_true_and_predicted(name, true, pred):
    assert_alike(name, true, pred)


@pytest.mark.parametrize("kind", ["ints", "far apart", "strings of numbers"])
def test_many_classes(kind):
    labels = {**LABELS, "strings of numbers": lambda part: part.astype(str)}[kind]
    true, pred = map(labels, codes(n_samples=6000, n_classes=1500))
    assert_alike("precision_score", true, pred, average="weighted")
    assert_alike("accuracy_score", true, pred)
    assert_alike("confusion_matrix", true, pred)


def test_tumours_by_hand():
    # 100 tumours, 9 of them malignant (1), of which the classifier finds one; one false alarm.
    true = np.repeat([1, 0], [9, 91])
    pred = np.zeros(100, int)
    pred[[0, 50]] = 1

    assert metrics.confusion_matrix(true, pred).tolist() == [[90, 1], [8, 1]]
    assert metrics.accuracy_score(true, pred) == 0.91
    assert metrics.precision_score(true, pred) == 0.5
    assert metrics.recall_score(true, pred) == 1 / 9


def test_likelihood_ratios_by_hand():
    # 4 of 5 sick found, 2 of 10 healthy ones alarmed: LR+ = .8 / .2, LR- = .2 / .8
    true, pred = np.repeat([1, 0], [5, 10]), np.repeat([1, 0, 1, 0], [4, 1, 2, 8])
    assert metrics.class_likelihood_ratios(true, pred) == (4, 0.25)
    names = np.array(["well", "ill"])
    how = {"labels": ["well", "ill"]}
    assert metrics.class_likelihood_ratios(names[true], names[pred], **how) == (4, 0.25)
    # the odds after a positive prediction are those before, 5 to 10, times the ratio
    precision = metrics.precision_score(true, pred)
    assert precision / (1 - precision) == pytest.approx(4 * 5 / 10, rel=1e-15)


@pytest.mark.parametrize(
    "ratios",
    [
        {"LR+": 1.0, "LR-": 1.0},
        {"LR+": np.inf, "LR-": np.nan},
        {"LR+": 0.5, "LR-": 1.0},
        {"LR+": 1.0, "LR-": 1.5},
        {"LR+": "1", "LR-": 1.0},
        {"LR+": 1.0},
        {},
        np.nan,
        1,
    ],
    ids=str,
)
def test_undefined_likelihood_ratios(ratios):
    name = "class_likelihood_ratios"
    for true, pred in (([0, 1], [0, 1]), ([1, 0, 1], [1, 1, 0]), ([0, 0], [0, 1]), ([1], [1])):
        assert_alike(name, true, pred, replace_undefined_by=ratios)
        assert_alike(name, true, pred, labels=[1, 0], replace_undefined_by=ratios)
    assert_alike(name, [0, 1, 2], [0, 1, 2], labels=[0, 1], replace_undefined_by=ratios)


def test_integer_weights_are_summed_as_integers():
    weight = [2**53, 1]
    matrix = metrics.confusion_matrix([0, 0], [0, 0], labels=[0, 1], sample_weight=weight)
    assert matrix.tolist() == [[2**53 + 1, 0], [0, 0]]
    largest = np.iinfo(np.int64).max
    # beyond 64 bits they wrap around, as NumPy's integers do, and so scikit-learn's matrix
    for weight in ([largest] * 3, np.array([2**32 - 1] * 3, np.uint32), [-(2**60), 1, 2**53 + 1]):
        assert_alike("confusion_matrix", [0, 1, 1], [0, 1, 1], sample_weight=weight)


def test_kappa_where_it_is_undefined():
    assert_alike("cohen_kappa_score", [0, 0], [0, 0], labels=[0, 1], replace_undefined_by=0.25)
    assert_alike("cohen_kappa_score", [0, 1], [1, 2], labels=[0, 2])


def test_arguments_are_left_as_they_are():
    true, pred = codes()
    weight = weights("floats", len(true))
    before = true.copy(), pred.copy(), weight.copy()
    metrics.classification_report(true, pred, sample_weight=weight, labels=[2, 1])
    metrics.hamming_loss(true, pred, sample_weight=weight)
    for array, copy in zip((true, pred, weight), before, strict=True):
        np.testing.assert_array_equal(array, copy)
