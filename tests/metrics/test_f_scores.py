"""Precision, recall, F-score and Jaccard index, each on its own, against scikit-learn's."""

import numpy as np
import pytest

from tests.metrics.against_sklearn import LABELS, assert_alike
from tests.metrics.cases import codes


@pytest.mark.parametrize("pos_label", ["zero", "one"])
def test_binary_average_of_strings(pos_label):
    true, pred = map(LABELS["strings"], codes(n_classes=2))
    assert_alike("fbeta_score", true, pred, pos_label=pos_label, beta=0.5)
    assert_alike("precision_score", true, pred, pos_label=pos_label, zero_division=np.nan)
    assert_alike("jaccard_score", true, pred, pos_label=pos_label)


@pytest.mark.parametrize("average", [None, "macro", "micro", "weighted"])
@pytest.mark.parametrize("labels", [np.array([0, 1], object), np.array([1], object)], ids=str)
def test_labels_to_count_that_are_objects(labels, average):
    assert_alike("recall_score", [0.0, 1.0], [0.0, 1.0], labels=labels, average=average)
    assert_alike("jaccard_score", [0, 1, 1], [0, 1, 0], labels=labels, average=average)
    assert_alike("recall_score", ["a", "1"], ["a", "1"], labels=labels, average=average)
