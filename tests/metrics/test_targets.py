"""Which arrays are labels, which indicators, and which class is the positive one."""

import numpy as np
import pytest

from scratch.metrics import targets


@pytest.mark.parametrize(
    ("y", "expected"),
    [
        ([[0, 1], [1, 1]], True),
        ([[1, 1], [1, 1]], True),
        ([[0.0, 1.0], [1.0, 0.0]], True),
        ([[True, False]], True),
        ([[-1, 1], [1, 1]], True),
        ([[0, 1], [2, 1]], False),
        ([[0.5, 1], [1, 1]], False),
        ([[0.0, np.nan]], False),
        ([[0.0, np.inf]], False),
        ([["0", "1"]], False),
        ([[0], [1]], False),
        ([0, 1], False),
        (np.zeros((0, 2), int), False),
        (np.zeros((2, 2, 2), int), False),
    ],
    ids=str,
)
def test_indicators(y, expected):
    from sklearn.utils.multiclass import is_multilabel

    y = np.asarray(y)
    assert targets.is_indicator(y) is expected
    with np.errstate(invalid="ignore"):
        assert is_multilabel(y) == expected or not y.size


@pytest.mark.parametrize("classes", [[0, 1], [-1, 1], [0], [-1], [1]])
def test_one_is_the_positive_class_by_default(classes):
    assert targets.default_pos_label(np.array(classes)) == 1
    assert targets.positives(np.array(classes), None).tolist() == [c == 1 for c in classes]


def test_other_classes_have_no_default():
    for classes in ([1, 2], [0, 1, 2], ["a", "b"], list(range(20))):
        with pytest.raises(ValueError, match="pos_label must say which"):
            targets.default_pos_label(np.array(classes))


def test_what_is_compared():
    true, pred, weight = targets.check_targets([["a"], ["b"]], ["b", "b"], [1, 2])
    assert (true.tolist(), pred.tolist(), weight.tolist()) == (["a", "b"], ["b", "b"], [1, 2])
    with pytest.raises(ValueError, match="multilabel-indicator is not supported"):
        targets.check_targets([[0, 1]], [[0, 1]], multilabel=False)
    with pytest.raises(ValueError, match="strings and numbers"):
        targets.check_targets(["0"], [0])
