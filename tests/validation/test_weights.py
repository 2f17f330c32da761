"""Weights of samples and of classes: what is accepted, and what follows from it."""

import itertools

import numpy as np
import pytest
from sklearn.utils.class_weight import compute_class_weight

from scratch.validation import weights


def test_weights_of_samples():
    assert weights.as_weights(None, dtype=float, X=2) is None
    assert weights.as_weights(3, dtype=float, X=2).tolist() == [3, 3]
    assert weights.as_weights([1, 0], dtype=float, X=2).tolist() == [1, 0]
    assert weights.as_weights([1, 2], dtype=np.float32, X=2).dtype == np.float32


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        ([[1, 2]], "must be 1D"),
        ([1, 2, 3], r"\[2, 3\] \(X, sample_weight\)"),
        ([1, -1], "Negative values"),
        ([0, 0], "at least one non-zero"),
        ([1, np.nan], "NaN"),
        ([1, np.inf], "infinity"),
        (-1, "Negative values"),
        (0, "at least one non-zero"),
        (np.nan, "NaN"),
    ],
)
def test_weights_that_are_refused(weight, message):
    with pytest.raises(ValueError, match=message):
        weights.as_weights(weight, dtype=float, X=2)


def test_weights_that_float32_does_not_hold():
    ends = [1e-45, 3e38]  # the smallest float32 rounds to 1.4e-45, the largest is 3.4e38
    assert (weights.as_weights(ends, dtype=np.float32, X=2) > 0).all()
    for beyond, message in (([1e-46, 0], "at least one non-zero"), ([1, 1e39], "infinity")):
        assert weights.as_weights(beyond, dtype=float, X=2).tolist() == beyond
        with pytest.raises(ValueError, match=message):
            weights.as_weights(beyond, dtype=np.float32, X=2)


CLASSES, CODES = np.array(["a", "b", "c"]), np.array([0, 1, 1, 1, 2, 2])


@pytest.mark.parametrize(
    ("weight", "sample_weight"),
    list(itertools.product([None, "balanced", {"a": 2.0, "c": 0.5}], [None, np.arange(1.0, 7)])),
)
def test_weights_of_classes_are_scikit_learns(weight, sample_weight):
    ours = weights.class_weights(weight, CLASSES, CODES, sample_weight)
    theirs = compute_class_weight(
        weight, classes=CLASSES, y=CLASSES[CODES], sample_weight=sample_weight
    )
    np.testing.assert_allclose(ours, theirs, rtol=1e-15)


@pytest.mark.parametrize("class_weight", [{0: 2.0, 5: 3.0}, {"0": 2.0, "5": 3.0}])
@pytest.mark.parametrize("classes", [np.array([0, 1, 5]), np.array(["0", "1", "5"])], ids=str)
def test_numbers_and_their_texts_name_the_same_class(classes, class_weight):
    assert weights.class_weights(class_weight, classes, CODES).tolist() == [2, 1, 3]
    with pytest.raises(ValueError, match="are not in class_weight"):
        weights.class_weights({**class_weight, 7: 1.0}, classes, CODES)
    exact = {**class_weight, classes.tolist()[0]: 4.0, classes.tolist()[1]: 1.0}
    assert weights.class_weights(exact, classes, CODES).tolist() == [4, 1, 3]


@pytest.mark.parametrize(
    "class_weight", [{"d": 1}, {"a": 2, "d": 1}, {"a": 1, "b": 2, "c": 3, "d": 4}]
)
def test_weights_of_classes_that_are_not_there(class_weight):
    y = CLASSES[CODES]
    try:
        theirs = compute_class_weight(class_weight, classes=CLASSES, y=y)
    except ValueError:
        with pytest.raises(ValueError, match="are not in class_weight"):
            weights.class_weights(class_weight, CLASSES, CODES)
    else:
        np.testing.assert_array_equal(weights.class_weights(class_weight, CLASSES, CODES), theirs)
