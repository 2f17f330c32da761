"""Curves over thresholds, against scikit-learn's and by hand."""

import numpy as np
import pytest

from scratch.metrics import auc, curves, precision_recall_curve, roc_curve
from tests.metrics.against_sklearn import LABELS, NAMES, assert_alike
from tests.metrics.cases import scored, weights

CURVES = (
    ("precision_recall_curve", {}),
    ("precision_recall_curve", {"drop_intermediate": True}),
    ("roc_curve", {}),
    ("roc_curve", {"drop_intermediate": False}),
)
WEIGHTS = ["unweighted", "floats", "ints", "float32", "list with zeros", "bools"]


@pytest.mark.parametrize("kind", WEIGHTS)
@pytest.mark.parametrize("decimals", [0, 1, 15])
@pytest.mark.parametrize(("name", "parameters"), CURVES, ids=str)
def test_ties_and_weights(name, parameters, decimals, kind):
    true, score = scored(decimals=decimals)
    assert_alike(name, true, score, sample_weight=weights(kind, len(true)), **parameters)


@pytest.mark.parametrize(
    "convert",
    {
        "float32": lambda score: score.astype(np.float32),
        "ints": lambda score: (10 * score).astype(int),
        "bools": lambda score: score > 0.5,
        "list": lambda score: score.tolist(),
        "column": lambda score: score[:, None],
        "all the same": lambda score: np.full_like(score, 0.3),
        "signed zeros": lambda score: np.where(score > 0, -0.0, 0.0),
        "extremes": lambda score: np.sign(score) * np.finfo(float).max / 2,
    }.items(),
    ids=lambda item: item[0],
)
@pytest.mark.parametrize(("name", "parameters"), CURVES, ids=str)
def test_types_of_scores(name, parameters, convert):
    true, score = scored()
    assert_alike(name, true, convert[1](score), **parameters)


@pytest.mark.parametrize("only", [0, 1])
@pytest.mark.parametrize(("name", "parameters"), CURVES, ids=str)
def test_one_class_only(name, parameters, only):
    assert_alike(name, np.full(5, only), np.arange(5.0), **parameters)
    weight = (scored(20)[0] == only).astype(float)  # the other one has no weight
    assert_alike(name, *scored(20), sample_weight=weight, **parameters)


@pytest.mark.parametrize("n_samples", [1, 2, 3])
@pytest.mark.parametrize(("name", "parameters"), CURVES, ids=str)
def test_few_samples(name, parameters, n_samples):
    for seed in range(4):
        rng = np.random.default_rng(seed)
        true, score = rng.integers(0, 2, n_samples), rng.integers(0, 2, n_samples) / 2
        assert_alike(name, true, score, **parameters)


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
