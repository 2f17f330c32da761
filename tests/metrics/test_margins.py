"""The hinge loss, against scikit-learn's and by hand."""

import numpy as np
import pytest

from scratch.metrics import hinge_loss
from tests.metrics.against_sklearn import LABELS, assert_alike
from tests.metrics.cases import codes, weights

NAME = "hinge_loss"


def decisions(n_columns, dtype=np.float64):
    return (3 * np.random.default_rng(0).normal(size=(150, n_columns))).astype(dtype)


@pytest.mark.parametrize("kind", ["unweighted", "floats", "ints", "bools", "list with zeros"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
def test_types_and_weights(dtype, kind):
    for n_classes in (2, 3, 5):
        true, _ = codes(n_classes=n_classes)
        score = decisions(n_classes if n_classes > 2 else 1, dtype)
        assert_alike(NAME, true, score, sample_weight=weights(kind, 150), rtol=1e-6)
        assert_alike(NAME, true, score.tolist(), sample_weight=weights(kind, 150))


@pytest.mark.parametrize("labels", [kind for kind in LABELS if kind != "dates"])
def test_types_of_labels(labels):
    assert_alike(NAME, LABELS[labels](codes(n_classes=2)[0] * 3), decisions(1)[:, 0])
    assert_alike(NAME, LABELS[labels](codes(n_classes=3)[0]), decisions(3))


@pytest.mark.parametrize(
    ("true", "score", "labels"),
    [
        ([0, 2, 2], decisions(3)[:3], [0, 1, 2]),
        ([0, 2, 2], decisions(3)[:3], [2, 1, 0]),
        (["a", "c", "a"], decisions(3)[:3], ["a", "b", "c"]),
        ([1, 1, 1], [2.0, 3.0, -1.0], None),
        ([1, 1, 1], [2.0, 3.0, -1.0], [0, 1]),
        ([0, 1, 1], [2.0, 3.0, -1.0], [0, 1]),
        ([0, 3, 3], decisions(3)[:3], [0, 1, 2]),  # a class that `labels` does not hold
        ([0, 1, 2], [2.0, 3.0, -1.0], None),
        ([0, 1, 2], decisions(4)[:3], None),
        ([0, 1, 2], decisions(4)[:3], [0, 1, 2]),
        ([0, 1, 1], decisions(2)[:3], None),
        ([0, 1], [2.0, 3.0, -1.0], None),
        ([0, 1], [2.0, np.nan], None),
        ([0, 1], ["a", "b"], None),
        ([0, 1], None, None),
        ([0, 1], [2.0, 3.0], 1),
        ([[0, 1], [1, 1]], [2.0, 3.0], None),
        ([], [], None),
    ],
    ids=str,
)
def test_given_labels_and_misuse(true, score, labels):
    assert_alike(NAME, true, score, labels=labels)


@pytest.mark.parametrize("weight", [[1.0], [1.0, np.nan], [0.0, 0.0], [[1.0], [1.0]], 2.0])
def test_weights_that_are_refused(weight):
    with pytest.raises((ValueError, TypeError)):
        hinge_loss([0, 1], [0.5, 0.5], sample_weight=weight)


def test_by_hand():
    assert hinge_loss([-1, 1, 1], [-2, 0.5, -1]) == (0 + 0.5 + 2) / 3
    # leads of 1 − 0.5, 0 − 3 and 3 − 1
    assert hinge_loss([0, 1, 2], [[1, 0.5, 0], [3, 0, 0], [0, 1, 3]]) == (0.5 + 4 + 0) / 3
    assert hinge_loss(["no", "yes"], [-1, 1]) == 0


def test_two_classes_of_which_labels_names_too_few():
    with pytest.raises(ValueError, match="3 classes, `labels` names 2"):
        hinge_loss([0, 1, 2], [0.1, 0.2, 0.3], labels=[0, 1])
