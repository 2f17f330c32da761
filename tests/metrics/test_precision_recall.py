"""Precision, recall, F-score and support together, against scikit-learn's."""

import numpy as np
import pytest

from tests.metrics.against_sklearn import LABELS, assert_alike, assert_alike_weighted
from tests.metrics.cases import codes, weights
from tests.metrics.counting import TARGETS, each_choice, each_target, each_type, each_weight

SUPPORT = "precision_recall_fscore_support"
CASES = (
    (SUPPORT, {}),
    (SUPPORT, {"average": "micro", "beta": 0.5}),
    (SUPPORT, {"average": "macro", "beta": 0}),
    (
        SUPPORT,
        {"average": "macro", "beta": np.inf, "zero_division": np.nan},
    ),
    (SUPPORT, {"average": "weighted", "zero_division": 1}),
    (
        SUPPORT,
        {"average": "weighted", "warn_for": ["recall"], "pos_label": 0},
    ),
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
