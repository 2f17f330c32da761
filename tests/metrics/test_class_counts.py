"""The one count: pairs of codes, and true and false positives and negatives of each class."""

import numpy as np
import pytest

from scratch.metrics import class_counts
from tests.metrics.cases import codes, weights


@pytest.mark.parametrize("kind", ["unweighted", "ints", "bools", "floats"])
@pytest.mark.parametrize("largest", [0, 2**20])
def test_each_class_against_the_rest(kind, largest, monkeypatch):
    monkeypatch.setattr(class_counts, "LARGEST_MATRIX", largest)  # 0: counted without the matrix
    true, pred = codes()
    weight = weights(kind, len(true))
    each = np.ones(len(true)) if weight is None else np.asarray(weight, float)
    found = class_counts.count_classes(true, pred, 4, weight)
    for k in range(4):
        assert found.tp[k] == pytest.approx(each[(true == k) & (pred == k)].sum(), rel=1e-14)
        assert found.fp[k] == pytest.approx(each[(true != k) & (pred == k)].sum(), rel=1e-13)
        assert found.fn[k] == pytest.approx(each[(true == k) & (pred != k)].sum(), rel=1e-13)
    assert found.total == pytest.approx(each.sum(), rel=1e-14)


@pytest.mark.parametrize(
    "weight", [[2**52, 1, 1], [2**52 + 1, 2**52, 1], [2**53, 1, 1], [-(2**53), -1, 3]]
)
def test_integers_are_summed_as_integers(weight):
    matrix = class_counts.count_pairs(np.array([0, 0, 1]), np.array([1, 1, 0]), 2, np.array(weight))
    assert matrix.tolist() == [[0, sum(weight[:2])], [weight[2], 0]]
    assert matrix.dtype == np.int64


def test_labels_chosen():
    found = class_counts.Counts(np.array([5, 6]), np.array([1, 2]), np.array([3, 4]), 20)
    chosen = found.of(np.array([7, 9, 8]), np.array([7, 8]))
    assert [part.tolist() for part in chosen[:3]] == [[5, 0, 6], [1, 0, 2], [3, 0, 4]]
    assert chosen.total == 20
    assert found.of(np.array([8]), np.array(["7", "8"])).tp.tolist() == [6]
    with pytest.raises(TypeError, match=r"mix.* is 8, .* '7'"):
        found.of(np.array([8, 9], object), np.array(["7", "8"]))
