"""Accuracy with k guesses, against scikit-learn's."""

import numpy as np
import pytest

import scratch.metrics
from tests.metrics.against_sklearn import LABELS, assert_alike
from tests.metrics.cases import codes, weights

NAME = "top_k_accuracy_score"


def scores(n_classes, decimals, seed=0):
    """Random scores; few decimals make ties."""
    return np.random.default_rng(seed).random((150, n_classes)).round(decimals)


@pytest.mark.parametrize("normalize", [True, False])
@pytest.mark.parametrize("kind", ["unweighted", "floats", "ints", "bools"])
@pytest.mark.parametrize("decimals", [0, 1, 8])
@pytest.mark.parametrize("k", [1, 2, 3, 5, 6])
def test_several_classes(k, decimals, kind, normalize):
    true, _ = codes(n_classes=5)
    weight = weights(kind, len(true))
    assert_alike(
        NAME, true, scores(5, decimals), k=k, sample_weight=weight, normalize=normalize, rtol=1e-15
    )


@pytest.mark.parametrize("scale", [1, 3])
@pytest.mark.parametrize("k", [1, 2])
@pytest.mark.parametrize("column", [False, True])
def test_two_classes(column, k, scale):
    true, _ = codes(n_classes=2)
    score = scores(1, 1) * scale - (scale > 1)
    assert_alike(NAME, true, score if column else score.ravel(), k=k)


@pytest.mark.parametrize("labels", LABELS)
def test_every_type_of_label(labels):
    true = LABELS[labels](codes(n_classes=4)[0])
    assert_alike(NAME, true, scores(4, 1), k=2)


@pytest.mark.parametrize(
    ("true", "labels"),
    [
        ([0, 2, 2], [0, 1, 2]),
        ([0, 2, 2], [2, 1, 0]),
        ([0, 2, 2], [0, 1, 1]),
        ([0, 3, 3], [0, 1, 2]),
        (["a", "c", "a"], ["a", "b", "c"]),
        ([0, 1, 1], [0, 1]),
        ([0, 2, 2], None),
    ],
)
def test_given_labels(true, labels):
    assert_alike(NAME, true, scores(3, 1)[:3], k=1, labels=labels)


@pytest.mark.parametrize("k", [0, -1, 1.5, "1", None])
def test_k_is_a_number_of_guesses(k):
    assert_alike(NAME, codes()[0], scores(4, 1), k=k)


@pytest.mark.parametrize("score", [scores(4, 1)[:9], scores(3, 1), scores(4, 1) * np.nan])
def test_scores_that_do_not_fit(score):
    assert_alike(NAME, codes()[0], score)


def test_by_hand():
    score = [[3, 2, 1], [3, 2, 1], [1, 3, 2]]
    values = [
        scratch.metrics.top_k_accuracy_score([0, 1, 0], score, k=k, labels=range(3)) for k in (1, 2)
    ]
    assert values == [1 / 3, 2 / 3]
