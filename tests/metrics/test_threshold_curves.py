"""Curves over thresholds, against scikit-learn's and by hand."""

import numpy as np
import pytest

from scratch.metrics import (
    auc,
    det_curve,
    precision_recall_curve,
    roc_curve,
)
from tests.metrics.against_sklearn import assert_alike
from tests.metrics.registry import OF_SCORES, variations


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


def test_detection_error_tradeoff_by_hand():
    # By falling score: negative, positive, negative, positive, negative.
    true, score = [0, 1, 0, 1, 0], [0.9, 0.8, 0.5, 0.3, 0.1]
    fpr, fnr, thresholds = det_curve(true, score)
    assert fpr.tolist() == [2 / 3, 2 / 3, 1 / 3, 1 / 3, 0]
    assert fnr.tolist() == [0, 1 / 2, 1 / 2, 1, 1]
    assert thresholds.tolist() == [0.3, 0.5, 0.8, 0.9, np.inf]
    kept = det_curve(true, score, drop_intermediate=True)
    assert kept[2].tolist() == [0.3, 0.5, 0.8, 0.9, np.inf]


@pytest.mark.parametrize("drop_intermediate", [False, True])
@pytest.mark.parametrize("name", ["det_curve", "roc_curve", "precision_recall_curve"])
def test_curves_of_all_small_cases(name, drop_intermediate):
    for n in (2, 3, 4):
        for bits in range(2**n):
            true = [bits >> i & 1 for i in range(n)]
            how = {"drop_intermediate": drop_intermediate}
            assert_alike(name, true, np.arange(n) // 2 / 4, **how)
            assert_alike(name, true, np.arange(n) / 4, **how)
