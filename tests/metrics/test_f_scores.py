"""Precision, recall, F-score and Jaccard index, each on its own, against scikit-learn's."""

import numpy as np
import pytest

from tests.metrics.against_sklearn import LABELS, assert_alike, assert_alike_weighted
from tests.metrics.cases import codes, weights
from tests.metrics.counting import TARGETS, each_choice, each_target, each_type, each_weight

CASES = (
    ("precision_score", {"average": "macro", "zero_division": np.nan}),
    ("precision_score", {"average": None}),
    ("recall_score", {"average": "weighted", "zero_division": np.nan}),
    ("recall_score", {"average": "micro"}),
    ("f1_score", {"average": None, "zero_division": 1.0}),
    ("f1_score", {"average": "macro", "pos_label": None}),
    ("fbeta_score", {"beta": 2, "average": "weighted"}),
    ("fbeta_score", {"beta": 0.25, "average": "macro", "zero_division": 0}),
    ("jaccard_score", {"average": None}),
    ("jaccard_score", {"average": "macro", "zero_division": 0}),
    ("jaccard_score", {"average": "weighted", "zero_division": 1}),
    ("jaccard_score", {"average": "micro", "pos_label": 0}),
)


@each_target(CASES)
def test_every_kind_of_target(name, parameters, targets):
    assert_alike(name, *TARGETS[targets], **parameters)


@each_type(CASES)
def test_every_type_of_label(name, parameters, labels):
    true, pred = map(LABELS[labels], codes(n_classes=5))
    assert_alike(name, true, pred, **parameters)


@each_weight(CASES)
def test_weights(name, parameters, targets, kind):
    true, pred = TARGETS[targets]
    # The weights of each cell are added in the order of the samples, as theirs are: even sums of
    # floats are equal to the last bit.
    assert_alike_weighted(name, true, pred, kind, parameters)


@each_choice(CASES)
def test_labels_chosen_and_ordered(name, parameters, labels, weighted):
    true, pred = codes()
    weight = weights(weighted, len(true))
    assert_alike(name, true, pred, labels=labels, sample_weight=weight, **parameters)


@pytest.mark.parametrize("seed", range(10))
def test_random_cases(seed):
    rng = np.random.default_rng(seed)
    true, pred = codes(rng.integers(2, 60), rng.integers(2, 7), rng.random(), seed)
    weight = weights(rng.choice(["unweighted", "floats", "ints"]), len(true))
    for name, parameters in CASES:
        assert_alike(name, true, pred, sample_weight=weight, **parameters)


@pytest.mark.parametrize("pos_label", [0, 1, 1.0, True])
@pytest.mark.parametrize("kind", ["ints", "bools", "whole floats", "list"])
@pytest.mark.parametrize("name", ["precision_score", "recall_score", "f1_score", "jaccard_score"])
@pytest.mark.parametrize("targets", ["two classes", "one class", "one class each", "all right"])
def test_binary_average(name, kind, pos_label, targets):
    true, pred = (LABELS[kind](part % 2) for part in TARGETS[targets])
    assert_alike(name, true, pred, pos_label=pos_label)


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
