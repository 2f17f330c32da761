"""Log loss and Brier score, against scikit-learn's and by hand."""

import numpy as np
import pytest

from scratch import metrics
from scratch.metrics import brier_score_loss, log_loss
from tests.metrics.against_sklearn import LABELS, NAMES, ArrayLike, assert_alike
from tests.metrics.cases import weights
from tests.metrics.registry import OF_PROBABILITIES, PARAMETERS

# each metric by itself, and with each option of a bool
OPTIONS = {"normalize": [False], "scale_by_half": [True, False]}
LOSSES = [(name, {}) for name in OF_PROBABILITIES] + [
    (name, {parameter.name: value})
    for name in OF_PROBABILITIES
    for parameter in PARAMETERS[name]
    for value in OPTIONS.get(parameter.name, [])
]


def predictions(n_samples=80, n_classes=4, dtype=np.float64, seed=0):
    """Random codes with each class among them, and probabilities (n_samples, n_classes)."""
    rng = np.random.default_rng(seed)
    true = np.append(rng.integers(0, n_classes, n_samples - n_classes), np.arange(n_classes))
    proba = rng.dirichlet(np.ones(n_classes), n_samples)
    proba[:3] = np.eye(n_classes)[0]  # certain, sometimes wrongly so
    return true, proba.astype(dtype)


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize(("name", "parameters"), LOSSES, ids=str)
def test_every_type_of_label(name, parameters, labels):
    true, proba = predictions()
    y_true = LABELS[labels](true)
    n_classes = 2 if labels in ("bools", "int8 extremes", "list of bools") else 4
    proba = predictions(n_classes=n_classes)[1]
    assert_alike(name, y_true, proba, **parameters)


@pytest.mark.parametrize("n_classes", [2, 3, 10])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
@pytest.mark.parametrize("kind", ["unweighted", "floats", "ints", "float32", "list with zeros"])
@pytest.mark.parametrize(("name", "parameters"), LOSSES, ids=str)
def test_weights_and_precisions(name, parameters, kind, dtype, n_classes):
    true, proba = predictions(n_classes=n_classes, dtype=dtype)
    assert_alike(name, true, proba, sample_weight=weights(kind, len(true)), **parameters)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", [(-1,), (-1, 1)])
@pytest.mark.parametrize("y", ["ints", "strings", "bools", "negative", "list"])
@pytest.mark.parametrize(("name", "parameters"), LOSSES, ids=str)
def test_one_column_for_two_classes(name, parameters, y, shape, dtype):
    true, proba = predictions(n_classes=2, dtype=dtype)
    y_true = LABELS[y](true * 2)
    if name == "brier_score_loss" and y == "strings":
        parameters = {**parameters, "pos_label": "two"}
    assert_alike(name, y_true, proba[:, 1].reshape(shape), **parameters)


@pytest.mark.parametrize("pos_label", [None, 0, 1, -1, 7])
@pytest.mark.parametrize("classes", [[0, 1], [-1, 1], [3, 8], [0, 0], [1, 1], [-1, -1], [5, 5]])
def test_positive_class_of_the_brier_score(pos_label, classes):
    true, proba = predictions(n_classes=2)
    assert_alike("brier_score_loss", np.array(classes)[true], proba[:, 1], pos_label=pos_label)


@pytest.mark.parametrize(
    ("y_true", "labels"),
    [
        ([0, 2, 2], [0, 1, 2]),
        ([1, 1, 1], [0, 1, 2]),
        (["b", "b", "a"], ["a", "b", "c"]),
        (["b", "b", "a"], np.array(["a", "b", "c"], dtype=object)),
        ([0, 1, 2], [2, 1, 0]),
        ([0, 1, 2], (0.0, 1.0, 2.0)),
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["log_loss", "brier_score_loss"])
def test_labels_that_do_not_all_occur_or_are_not_sorted(name, y_true, labels):
    assert_alike(name, y_true, predictions(n_classes=3)[1][:3], labels=labels)


@pytest.mark.parametrize("dtype", [int, bool, float, np.float32])
@pytest.mark.parametrize("kind", ["unweighted", "floats"])
@pytest.mark.parametrize("name", ["log_loss", "brier_score_loss"])
def test_one_hot_rows(name, kind, dtype):
    true, proba = predictions()
    one_hot = np.eye(4)[true].astype(dtype)
    weight = weights(kind, len(true))
    assert_alike(name, one_hot, proba, sample_weight=weight)
    assert_alike(name, one_hot.tolist(), proba.tolist(), sample_weight=weight)
    assert_alike(name, one_hot, proba.astype(np.float32), sample_weight=weight)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "rows",
    [
        [[1, 0, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0]],
        [[1, 0, 1], [0, 0, 0], [0, 1, 0], [0, 1, 0]],
        [[2, 0, 0], [0, 2, 0], [0, 0, 2], [0, 2, 0]],
        [[-1, 1, 1], [1, -1, 1], [1, 1, -1], [-1, 1, 1]],
    ],
)
@pytest.mark.parametrize("name", ["log_loss", "brier_score_loss"])
def test_rows_with_several_or_no_classes(name, rows, dtype):
    proba = predictions(n_classes=3, dtype=dtype)[1][:4]
    assert_alike(name, np.array(rows), proba)


@pytest.mark.parametrize("y_proba", [[0, 1, 1], [[1, 0], [0, 1], [0, 1]], [True, False, True]])
def test_probabilities_that_are_no_floats(y_proba):
    assert_alike("log_loss", [0, 1, 0], y_proba)
    assert_alike("log_loss", [0, 1, 0], ArrayLike(y_proba))


def test_rows_that_do_not_sum_to_one():
    assert_alike("log_loss", [0, 1, 2], np.full((3, 3), 0.5))
    assert_alike("brier_score_loss", [0, 1, 2], np.full((3, 3), 0.3))
    assert_alike("log_loss", [0, 1, 2], np.full((3, 3), 1 / 3 + 1e-10))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("excess", [-3e-4, -2.6e-8, -2e-8, 1e-8, 2e-8, 2.4e-8, 2.6e-8, 3e-4, 4e-4])
@pytest.mark.parametrize("name", ["log_loss", "brier_score_loss"])
def test_rows_that_nearly_sum_to_one(name, excess, dtype):
    proba = np.array([[0.25, 0.75 + excess], [0.5, 0.5 + excess]], dtype)
    assert_alike(name, [0, 1], proba)


def test_former_name_of_the_probabilities():
    assert_alike("log_loss", [0, 1], y_pred=[0.2, 0.7])
    assert_alike("log_loss", [0, 1], y_pred=np.array([0.2, 0.7]))
    assert_alike("log_loss", [0, 1], [0.2, 0.7], y_pred=[0.2, 0.7])


def test_one_probability_a_sample_for_three_classes():
    with pytest.raises(ValueError, match="3 classes"):
        brier_score_loss([0, 1, 2], [0.1, 0.2, 0.3])


def test_probabilities_with_three_axes():
    with pytest.raises(ValueError, match="at most two axes"):
        log_loss([0, 1], np.full((2, 2, 1), 0.5))


def test_many_samples():
    true, proba = predictions(n_samples=20_000, n_classes=10)
    for name, parameters in LOSSES:
        assert_alike(name, NAMES[true], proba, **parameters)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_log_loss_by_hand(dtype):
    # Of two wrong certainties and a fair guess: −log eps each, and log 2.
    eps = float(np.finfo(dtype).eps)
    proba = np.array([1, 0, 0.5], dtype=dtype)
    expected = (-2 * np.log(eps) + np.log(2)) / 3
    assert log_loss([0, 1, 1], proba) == pytest.approx(expected, rel=10 * eps)
    # Certain and right in each sample: −log(1 − eps).
    assert log_loss([0, 1], np.array([0, 1], dtype=dtype)) == pytest.approx(eps, rel=1e-6)


def test_brier_score_by_hand():
    assert brier_score_loss([0, 1], [0.25, 0.5]) == (0.25**2 + 0.5**2) / 2
    assert brier_score_loss([0, 1, 2], np.eye(3)) == 0
    assert brier_score_loss([1, 2, 0], np.eye(3)) == 2


def test_certainties_about_indicators():
    # a matrix of indicators that is not one-hot, and one that is: right in each, −log(1 − eps)
    eps = np.finfo(float).eps
    for true, n_right in (([[1, 0], [0, 0]], 1), ([[1, 0], [0, 1]], 2)):
        assert log_loss(true, np.eye(2)) == pytest.approx(n_right / 2 * eps, rel=1e-6)
        assert_alike("log_loss", true, np.eye(2))
        assert_alike("log_loss", true, np.full((2, 2), 0.5))


@pytest.mark.parametrize("name", ["log_loss", "brier_score_loss"])
def test_probabilities_of_which_one_alone_is_out_of_range(name):
    for proba, range_told in (([0.5, -0.1], "from -0.1 to 0.5"), ([0.5, 1.1], "from 0.5 to 1.1")):
        assert_alike(name, [0, 1], proba)
        with pytest.raises(ValueError, match=range_told):
            getattr(metrics, name)([0, 1], proba)
