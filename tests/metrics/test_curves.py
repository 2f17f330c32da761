"""Curves over thresholds, against scikit-learn's and by hand."""

import numpy as np
import pytest

from scratch.metrics import auc, curves, precision_recall_curve, roc_curve
from tests.metrics.against_sklearn import assert_alike
from tests.metrics.registry import OF_SCORES, variations


def test_samples_of_equal_scores_stay_in_their_order():
    rng = np.random.RandomState(0)
    for n_scores in (1, 2, 5, 300):
        score = rng.randint(0, n_scores, 300) / 7
        order = curves._by_falling_score(score)
        np.testing.assert_array_equal(order, np.argsort(-score, kind="stable"))


@pytest.mark.parametrize("pos_label", [None, 0, 3, 7])
def test_curve_of_one_class_among_several(pos_label):
    rng = np.random.default_rng(0)
    for name in OF_SCORES:
        how = {**variations(name)[0], "pos_label": pos_label}
        assert_alike(name, np.arange(40) % 4, rng.random(40), **how)


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
