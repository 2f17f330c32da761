"""Targets, classes and weights, and the samples that early stopping keeps apart."""

import numpy as np
import pytest

from scratch.linear_model.training_data import is_table, training_data

X = np.arange(12.0).reshape(6, 2)
Y = np.array(["b", "a", "b", "c", "c", "a"])


def made(y=Y, classes=None, sample_weight=None, *, class_weight=None, soft_labels=False):
    return training_data(
        X, y, classes, sample_weight, class_weight, soft_labels=soft_labels, owner="the test"
    )


def test_labels_become_codes():
    data = made()
    assert data.classes.tolist() == ["a", "b", "c"]
    assert data.targets.tolist() == data.codes.tolist() == [1, 0, 1, 2, 2, 0]
    assert data.weights is None
    known = made(classes=np.array(["a", "b", "c", "d"]))
    assert known.codes.tolist() == [1, 0, 1, 2, 2, 0]
    with pytest.raises(ValueError, match="one; got 1 class"):
        made(np.zeros(6, int))


def test_probabilities_have_the_likeliest_class_as_code():
    P = np.array([[0.2, 0.8], [0.9, 0.1]] * 3)
    data = made(P, soft_labels=True)
    np.testing.assert_array_equal(data.targets, P)
    assert data.codes.tolist() == [1, 0] * 3
    assert data.classes.tolist() == [0, 1]
    assert is_table(P)
    assert not is_table(Y[:, None])
    with pytest.raises(ValueError, match="1d array"):
        made(P)


def test_weights_of_samples_and_classes_multiply():
    w = np.arange(6.0)
    np.testing.assert_array_equal(made(sample_weight=w).weights, w)
    np.testing.assert_array_equal(made(class_weight={"a": 3.0}).weights, [1, 3, 1, 1, 1, 3])
    both = made(sample_weight=w, class_weight={"a": 3.0}).weights  # only ratios matter
    np.testing.assert_allclose(both / both.max(), np.array([0, 3, 2, 3, 4, 15]) / 15, rtol=1e-15)


@pytest.mark.parametrize("class_weight", ["balanced", {"a": 3.0}])
def test_the_largest_weights_of_samples_have_weights_of_classes_too(class_weight):
    both = made(sample_weight=np.full(6, 1e308), class_weight=class_weight).weights
    plain = made(class_weight=class_weight).weights
    np.testing.assert_allclose(both / both.max(), plain / plain.max(), rtol=1e-15)


def test_the_score_is_the_weighted_accuracy_on_what_is_held_out():
    data = made(sample_weight=np.array([1, 2, 3, 4, 5, 6.0]))
    held_out = np.array([1, 1, 1, 0, 0, 0], bool)
    weights = np.zeros((3, 2)), np.array([1.0, 0, 0])  # always "a"
    assert data.scorer(held_out)(*weights) == pytest.approx(2 / 6)


def test_no_side_of_the_hold_out_may_be_without_weight():
    y = np.repeat(["a", "b"], 3)
    mask = made(y).hold_out(1 / 3, np.random.RandomState(0))
    assert mask.sum() == 2
    for weights in (np.where(mask, 0.0, 1.0), np.where(mask, 1.0, 0.0)):
        with pytest.raises(ValueError, match="weight 0"):
            made(y, sample_weight=weights).hold_out(1 / 3, np.random.RandomState(0))
