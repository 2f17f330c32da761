"""Which arrays are labels, which indicators, and which class is the positive one."""

from enum import Enum

import numpy as np
import pytest

from scratch import metrics
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


class Animal(str, Enum):  # noqa: UP042 (StrEnum is not the same: its str() is the string)
    CAT = "a cat"
    DOG = "dog"


@pytest.mark.parametrize("container", [list, tuple, lambda y: np.array(y, object)])
def test_strings_of_an_enum(container):
    codes = [0, 1, 1, 0], [0, 1, 0, 0]
    plain = [[list(Animal)[k].value for k in part] for part in codes]
    enums = [container([list(Animal)[k] for k in part]) for part in codes]
    for labels in (None, ["dog", "a cat"]):
        as_enums = None if labels is None else container([Animal.DOG, Animal.CAT])
        for name in ("classification_report", "confusion_matrix"):
            metric = getattr(metrics, name)
            assert str(metric(*enums, labels=as_enums)) == str(metric(*plain, labels=labels))
    assert metrics.accuracy_score(enums[0], plain[1]) == 0.75
    assert metrics.recall_score(*enums, pos_label=Animal.DOG) == 0.5
    assert metrics.jaccard_score(*enums, pos_label=Animal.DOG) == 0.5


def test_numbers_that_another_type_does_not_hold():
    for one, other in (
        (np.array([2**53 + 1]), np.array([2.0**53])),
        (np.array([2**63], "u8"), np.array([-(2**63)])),
    ):
        assert metrics.accuracy_score(one, other) == 0
        assert metrics.hamming_loss(other, one) == 1
        assert metrics.confusion_matrix(one, other).shape == (2, 2)


def test_what_is_compared():
    true, pred, weight = targets.check_targets([["a"], ["b"]], ["b", "b"], [1, 2])
    assert (true.tolist(), pred.tolist(), weight.tolist()) == (["a", "b"], ["b", "b"], [1, 2])
    with pytest.raises(ValueError, match="multilabel-indicator is not supported"):
        targets.check_targets([[0, 1]], [[0, 1]], multilabel=False)
    with pytest.raises(ValueError, match="strings and numbers"):
        targets.check_targets(["0"], [0])
