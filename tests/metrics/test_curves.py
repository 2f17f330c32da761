"""Curves over thresholds, against scikit-learn's and by hand."""

import numpy as np
import pytest

from scratch.metrics import auc, curves, precision_recall_curve, roc_curve
from tests.metrics.against_sklearn import LABELS, NAMES, assert_alike
from tests.metrics.cases import CURVES, scored, weights


@pytest.mark.parametrize(("name", "parameters"), CURVES, ids=str)
def test_a_point_between_two_others(name, parameters):
    # by falling score a positive sample and two negative ones: the second adds no corner
    assert_alike(name, [1, 0, 0], [0.9, 0.5, 0.1], **parameters)
    assert_alike(name, [1, 0], [0.9, 0.1], **parameters)


@pytest.mark.parametrize("weight", [[1, -1, 1, 1], [-1, -1, 1, 2], [0.5, -1, -1, 2]])
@pytest.mark.parametrize(("name", "parameters"), CURVES, ids=str)
def test_negative_weights(name, parameters, weight):
    # after two samples their weights may cancel: scikit-learn divides by that 0, and drops it then
    with np.errstate(divide="ignore"):
        assert_alike(name, [1, 0, 1, 0], [0.9, 0.5, 0.2, 0.1], sample_weight=weight, **parameters)


def test_samples_of_equal_scores_stay_in_their_order():
    rng = np.random.RandomState(0)
    for n_scores in (1, 2, 5, 300):
        score = rng.randint(0, n_scores, 300) / 7
        order = curves._by_falling_score(score)
        np.testing.assert_array_equal(order, np.argsort(-score, kind="stable"))


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize(("name", "parameters"), CURVES, ids=str)
def test_types_of_labels(name, parameters, labels):
    true, score = scored()
    y_true = LABELS[labels](2 * true)
    positive = sorted(set(np.asarray(y_true).ravel().tolist()))[-1]
    assert_alike(name, y_true, score, pos_label=positive, **parameters)
    assert_alike(name, y_true, score, **parameters)  # raises unless they are 0 and 1


@pytest.mark.parametrize("pos_label", [None, 0, 1, -1, 2, 3, "x"])
@pytest.mark.parametrize("classes", [[0, 1], [-1, 1], [1, 2], [0, 0], [1, 1], [-1, -1], [2, 2]])
@pytest.mark.parametrize(("name", "parameters"), CURVES, ids=str)
def test_positive_class(name, parameters, classes, pos_label):
    true, score = scored()
    assert_alike(name, np.array(classes)[true], score, pos_label=pos_label, **parameters)


@pytest.mark.parametrize("pos_label", [None, 0, 3, 7])
def test_curve_of_one_class_among_several(pos_label):
    rng = np.random.default_rng(0)
    for name, parameters in CURVES:
        assert_alike(name, np.arange(40) % 4, rng.random(40), pos_label=pos_label, **parameters)


def test_curves_by_hand():
    # By falling score: positive, negative, positive.
    true, score = [1, 0, 1], [0.9, 0.5, 0.1]
    precision, recall, thresholds = precision_recall_curve(true, score)
    assert precision.tolist() == [2 / 3, 1 / 2, 1, 1]
    assert recall.tolist() == [1, 1 / 2, 1 / 2, 0]
    assert thresholds.tolist() == [0.1, 0.5, 0.9]
    fpr, tpr, thresholds = roc_curve(true, score)
    assert fpr.tolist() == [0, 0, 1, 1]
    assert tpr.tolist() == [0, 1 / 2, 1 / 2, 1]
    assert thresholds.tolist() == [np.inf, 0.9, 0.5, 0.1]
    assert auc(fpr, tpr) == 1 / 2


def test_weights_as_a_column():
    true, score = scored()
    for name, parameters in CURVES:
        assert_alike(name, true, score, sample_weight=weights("floats", 120)[:, None], **parameters)


def test_many_samples():
    true, score = scored(30_000, decimals=4)
    for name, parameters in CURVES:
        assert_alike(name, NAMES[true] == "one", score, **parameters)
