"""The areas under curves, against scikit-learn's and by hand."""

import numpy as np
import pytest

from scratch import metrics
from scratch.exceptions import UndefinedMetricWarning
from scratch.metrics import average_precision_score, roc_auc_score
from tests.metrics.against_sklearn import LABELS, assert_alike, run
from tests.metrics.cases import scored, weights


@pytest.mark.parametrize("labels", [kind for kind in LABELS if kind != "dates"])
def test_areas_of_types_of_labels(labels):
    true, score = scored()
    y_true = LABELS[labels](2 * true)
    for pos_label in (0, 1, 2, "two", True):
        assert_alike("average_precision_score", np.asarray(y_true), score, pos_label=pos_label)


def multiclass(kind="ints", n_classes=4):
    rng = np.random.default_rng(0)
    true = np.append(rng.integers(0, n_classes, 90), np.arange(n_classes))
    return LABELS[kind](true), rng.dirichlet(np.ones(n_classes), len(true)).round(2)


MULTICLASS = [
    (name, {"average": average, **options})
    for name, options, averages in (
        ("average_precision_score", {}, ("macro", "micro", "weighted", "samples", None)),
        ("roc_auc_score", {"multi_class": "ovr"}, ("macro", "micro", "weighted", None)),
        ("roc_auc_score", {"multi_class": "ovo"}, ("macro", "weighted")),
    )
    for average in averages
]


@pytest.mark.parametrize(
    ("kind", "weighted"),
    [
        ("ints", "unweighted"),
        ("ints", "floats"),
        ("strings", "floats"),
        ("objects", "unweighted"),
        ("negative", "floats"),
        ("gaps", "unweighted"),
    ],
)
@pytest.mark.parametrize(("name", "parameters"), MULTICLASS, ids=str)
def test_several_classes(name, parameters, kind, weighted):
    true, score = multiclass(kind)
    score /= score.sum(axis=1, keepdims=True)
    assert_alike(name, true, score, sample_weight=weights(weighted, len(true)), **parameters)


@pytest.mark.parametrize(("name", "parameters"), MULTICLASS, ids=str)
def test_weights_that_sum_to_one_or_to_next_to_nothing(name, parameters):
    true, score = multiclass()
    score /= score.sum(axis=1, keepdims=True)
    weight = np.random.RandomState(0).rand(len(true))
    for total in (1.0, 1e-3, 1e-12):
        each = weight * (total / weight.sum())
        assert_alike(name, true, score, sample_weight=each, rtol=1e-12, **parameters)


@pytest.mark.parametrize("average", ["macro", "micro", "weighted", None])
@pytest.mark.parametrize("name", ["roc_auc_score", "average_precision_score"])
def test_labels_that_nobody_has_and_a_single_sample(name, average):
    true, score = np.array([[0, 1, 0], [0, 0, 0], [0, 1, 1]]), np.arange(9).reshape(3, 3) % 4 / 4
    assert_alike(name, true, score, average=average)
    assert_alike(name, true, score, average=average, sample_weight=[1, 2, 0])
    assert_alike(name, true[2:], score[2:], average=average)


def test_the_number_of_columns_is_told():
    with pytest.raises(ValueError, match="3 classes, but 4 score columns"):
        roc_auc_score([0, 1, 2], np.full((3, 4), 0.25), multi_class="ovr")


@pytest.mark.parametrize("max_fpr", [1, 1.0, 0.5, None])
@pytest.mark.parametrize("multi_class", ["ovr", "ovo"])
def test_several_classes_have_whole_areas(multi_class, max_fpr):
    true, score = multiclass()
    score /= score.sum(axis=1, keepdims=True)
    assert_alike("roc_auc_score", true, score, multi_class=multi_class, max_fpr=max_fpr)


@pytest.mark.parametrize("average", ["macro", "micro", "weighted", "samples", None])
@pytest.mark.parametrize(
    "weight", [[1, 2, 1], [0.5, 0, 2], np.array([1, 2, 1], np.longdouble), [1, 2]]
)
def test_average_precision_with_weights_of_every_kind(average, weight):
    how = {"average": average, "sample_weight": np.asarray(weight)}
    if isinstance(weight, np.ndarray):  # scikit-learn casts it in some averages only
        how["sample_weight"] = weight.astype(np.float64)
    assert_alike("average_precision_score", [0, 1, 2], np.eye(3), **how)
    ours = [
        run(average_precision_score, [0, 1, 2], np.eye(3), average=average, sample_weight=each)
        for each in (weight, how["sample_weight"])
    ]
    assert str(ours[0]) == str(ours[1])


@pytest.mark.parametrize("average", ["macro", "micro", "weighted", "samples", None])
def test_weights_that_are_no_numbers(average):
    # scikit-learn looks at them in some averages only
    with pytest.raises(ValueError, match="sample_weight contains NaN"):
        average_precision_score([0, 1, 2], np.eye(3), average=average, sample_weight=[1, np.nan, 1])


def test_no_samples():
    for name in ("average_precision_score", "roc_auc_score", "roc_curve"):
        with pytest.raises(ValueError, match="y_score is empty"):
            getattr(metrics, name)([], [])


@pytest.mark.parametrize(
    ("true", "labels"),
    [
        ([0, 1, 2, 1], [0, 1, 2]),
        ([0, 1, 2, 1], [0, 1, 2, 3]),
        ([0, 1, 0, 1], [0, 1, 2]),
        (["a", "b", "a", "c"], ["a", "b", "c"]),
        ([0, 1, 2, 1], [2, 1, 0]),
        ([0, 1, 2, 1], [0, 1]),
        ([0, 1, 2, 1], [0, 1, 1]),
        ([0, 1, 2, 1], [0, 1, 3]),
    ],
    ids=str,
)
@pytest.mark.parametrize("multi_class", ["ovr", "ovo"])
@pytest.mark.parametrize("average", ["macro", "weighted"])
def test_multiclass_auc_of_given_labels(true, labels, multi_class, average):
    proba = np.random.default_rng(0).dirichlet(np.ones(len(labels)), len(true))
    assert_alike(
        "roc_auc_score", true, proba, labels=labels, multi_class=multi_class, average=average
    )


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([0, 1], [0, 1]),
        ([0, 1], [1, 1]),
        ([0.0, 0.5, 0.5, 1], [0, 0.2, 0.8, 1]),
        ([3, 2, 1], [1.0, 5.0, 2.0]),
        ([1, 0.5, 0.5, 0], [1.0, 5.0, 2.0, 3.0]),
        ([1, 1], [0, 7]),
        (np.array([[0], [2]]), (1, 2)),
        (np.float32([0, 0.1, 1]), np.float32([0.3, 0.2, 0.1])),
        ([0, 2, 1], [0, 1, 1]),
        ([2, 0, 1], [0, 1, 1]),
        ([0], [1]),
        ([0, 1], [1]),
        ([1, 2], [1j, 2]),
        ([1j, 2], [1, 2]),
        ([2, 1, np.nan], [1, 2, 3]),
        ([1, 2, np.nan], [1, 2, 3]),
        ([1, 2, 3], [1, np.nan, 3]),
        (["a", "b"], [1, 2]),
    ],
    ids=str,
)
def test_auc(x, y):
    assert_alike("auc", x, y)


@pytest.mark.parametrize("multi_class", ["raise", "ovr", "ovo"])
def test_two_classes_have_one_score(multi_class):
    assert_alike("roc_auc_score", [0, 1, 0], [[0.4, 0.6]] * 3, multi_class=multi_class)


def test_a_class_without_samples_has_no_area_and_is_told_of_once():
    scores = np.array([[0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.5, 0.4, 0.1]])
    with pytest.warns(UndefinedMetricWarning) as caught:
        areas = roc_auc_score([0, 1, 0], scores, labels=[0, 1, 2], multi_class="ovr", average=None)
    assert np.isnan(areas[2])
    assert ["ROC AUC" in str(warning.message) for warning in caught] == [True]
