"""Misuse: where scikit-learn raises, we raise what its users catch, and say what is wrong."""

import re

import numpy as np
import pytest
import scipy.sparse

import scratch.metrics
from tests.metrics.against_sklearn import assert_catchable_as, run
from tests.metrics.registry import (
    OF_LABELS,
    OF_PROBABILITIES,
    OF_SCORES,
    REFUSED,
    options_of,
    required_of,
)

RAGGED = [[1], [0, 1], []]
DATES = np.array(["2020-01-01", "2020-01-02"], "M8[D]")

BAD_LABELS = {
    "unequal lengths": ([0, 1], [0, 1, 1]),
    "empty": ([], []),
    "empty arrays": (np.array([], int), np.array([], int)),
    "scalars": (1, 1),
    "None": (None, [0, 1]),
    "text": ("abc", "abd"),
    "a mapping of no length": (iter([0, 1]), [0, 1]),
    "continuous": ([0.5, 1.5], [0, 1]),
    "continuous predictions": ([0, 1], [0.2, 0.7]),
    "NaN": ([0.0, np.nan], [0, 1]),
    "infinity": ([0, 1], [0.0, np.inf]),
    "complex": (np.array([1j, 2]), [0, 1]),
    "bytes": (np.array([b"a", b"b"]), np.array([b"a", b"b"])),
    "bytes objects": (np.array([b"a", "b"], object), ["a", "b"]),
    "strings and numbers": (["0", "1"], [0, 1]),
    "numbers and strings": ([0, 1], ["0", "1"]),
    "mixed objects": (np.array(["a", 1, "b"], object), ["a", "b", "b"]),
    "None among strings": (np.array(["a", None, "b"], object), ["a", "b", "b"]),
    "NaN among strings": (["a", "b", "b"], np.array(["a", np.nan, "b"], object)),
    "number objects": (np.array([0, 1], object), np.array([0, 1], object)),
    "ragged": (RAGGED, RAGGED),
    "several columns": ([[0, 1, 2], [2, 1, 0]], [[0, 1, 2], [2, 1, 0]]),
    "several continuous columns": ([[0.1, 0.9], [0.5, 0.5]], [[0.1, 0.9], [0.5, 0.5]]),
    "three axes": (np.zeros((2, 2, 2), int), np.zeros((2, 2, 2), int)),
    "multilabel against labels": ([[0, 1], [1, 0]], [1, 0]),
    "dates and numbers": (DATES, [0, 1]),
    "numbers and dates": ([0, 1], DATES.astype("M8[ns]")),
    "dates and times": (DATES, DATES - DATES[0]),
    "dates and strings": (DATES, ["a", "b"]),
}
BAD_WEIGHTS = {
    "scalar": 2.0,
    "too short": [1.0],
    "too long": [1.0, 1.0, 1.0, 1.0],
    "empty": [],
    "NaN": [1.0, np.nan, 1.0],
    "infinity": [1.0, np.inf, 1.0],
    "all zero": [0.0, 0.0, 0.0],
    "two axes": [[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]],
    "text": ["a", "b", "c"],
    "complex": [1j, 1j, 1j],
}
BAD_PARAMETERS = (
    ("cohen_kappa_score", {"labels": [7, 8]}),
    ("confusion_matrix", {"labels": []}),
    ("confusion_matrix", {"labels": [7, 8]}),
    ("precision_recall_fscore_support", {"average": "samples"}),
    ("multilabel_confusion_matrix", {"samplewise": True}),
    ("jaccard_score", {"average": "samples"}),
    ("jaccard_score", {"zero_division": np.nan}),
    ("jaccard_score", {"pos_label": 7}),
    ("precision_recall_fscore_support", {"average": "binary", "pos_label": 7}),
    ("precision_recall_fscore_support", {"average": "binary", "pos_label": None}),
    ("fbeta_score", {}),
    ("precision_score", {"pos_label": "x"}),
    ("precision_score", {"labels": [[0, 1]], "average": "macro"}),
    ("classification_report", {"target_names": ["one"]}),
)
BAD_PROBABILITIES = {
    "above one": ([0, 1], [0.5, 1.5]),
    "below zero": ([0, 1], [[1.0, 0.0], [1.5, -0.5]]),
    "NaN": ([0, 1], [0.5, np.nan]),
    "infinity": ([0, 1], [0.5, np.inf]),
    "text": ([0, 1], ["a", "b"]),
    "complex": ([0, 1], [0.5j, 0.5]),
    "None": ([0, 1], None),
    "scalar": ([0, 1], 0.5),
    "empty": ([], []),
    "three axes": ([0, 1], np.full((2, 2, 2), 0.5)),
    "unequal lengths": ([0, 1, 1], [0.5, 0.5]),
    "too few columns": ([0, 1, 2], [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]),
    "too many columns": ([0, 1, 0], np.full((3, 3), 1 / 3)),
    "three classes, one column": ([0, 1, 2], [0.5, 0.5, 0.5]),
    "one class": ([1, 1], [[0.5, 0.5], [0.5, 0.5]]),
    "continuous": ([0.5, 1], [0.5, 0.5]),
    "soft labels": ([[0.3, 0.7], [0.5, 0.5]], [[0.5, 0.5], [0.5, 0.5]]),
    "infinite indicators": ([[0, np.inf], [np.inf, 0]], [[0.5, 0.5], [0.5, 0.5]]),
    "three values in indicators": ([[0, 1, 2], [2, 1, 0]], np.full((2, 3), 1 / 3)),
    "bytes": ([b"a", b"b"], [0.5, 0.5]),
    "columns unlike the indicators": ([[1, 0, 0], [0, 1, 0]], [[0.5, 0.5], [0.5, 0.5]]),
}
BAD_LOSS_PARAMETERS = (
    ("log_loss", {"labels": [0]}),
    ("log_loss", {"labels": [1, 2]}),
    ("log_loss", {"labels": [0, 1, 2]}),
    ("log_loss", {"labels": [0, 1, 1]}),
    ("log_loss", {"labels": ["a", "b"]}),
    ("log_loss", {"labels": [0.5, 1]}),
    ("log_loss", {"y_pred": [0.5, 0.5, 0.5]}),
    ("average_precision_score", {"pos_label": 7}),
)
BAD_SCORES = {
    "unequal lengths": ([0, 1, 1], [0.5, 0.5]),
    "NaN": ([0, 1], [0.5, np.nan]),
    "infinity": ([0, 1], [0.5, np.inf]),
    "text": ([0, 1], ["a", "b"]),
    "scalar": ([0, 1], 0.5),
    "None": ([0, 1], None),
    "three classes": ([0, 1, 2], np.array([0.5, 0.5, 0.5])),
    "continuous": ([0.1, 0.7], [0.5, 0.5]),
    "two columns": ([0, 1], [[0.5, 0.5], [0.5, 0.5]]),
    "several columns of labels": ([[0, 1, 2], [2, 1, 0]], [0.5, 0.5]),
    "mixed objects": (np.array(["a", 1], object), [0.5, 0.5]),
}
THREE = np.array([0, 1, 2]), np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])
BAD_MULTICLASS = (
    ("roc_auc_score", {}),
    ("roc_auc_score", {"multi_class": "ovr", "max_fpr": 0.5}),
    ("roc_auc_score", {"multi_class": "ovr", "average": "samples"}),
    ("roc_auc_score", {"multi_class": "ovo", "average": "micro"}),
    ("roc_auc_score", {"multi_class": "ovo", "average": None}),
    ("roc_auc_score", {"multi_class": "ovo", "sample_weight": [1, 1, 1]}),
    ("roc_auc_score", {"multi_class": "ovr", "labels": [0, 1]}),
    ("roc_auc_score", {"multi_class": "ovr", "labels": [0, 2, 1]}),
    ("roc_auc_score", {"multi_class": "ovr", "labels": [0, 1, 1]}),
    ("roc_auc_score", {"multi_class": "ovr", "labels": [1, 2, 3]}),
    ("average_precision_score", {"pos_label": 0}),
)


# scikit-learn's top_k_accuracy_score doesn't look at the weights
CHECKING_WEIGHTS = [name for name in OF_SCORES if name != "top_k_accuracy_score"]


def assert_raises_alike(name, *args, **kwargs):
    import sklearn.metrics

    _, theirs, _ = run(getattr(sklearn.metrics, name), *args, **kwargs)
    _, ours, _ = run(getattr(scratch.metrics, name), *args, **kwargs)
    assert theirs is not None, "scikit-learn takes it: not a case for this table"
    assert ours is not None, f"scikit-learn raises {theirs!r}"
    assert_catchable_as(ours, theirs)


@pytest.mark.parametrize("case", BAD_LABELS)
@pytest.mark.parametrize("name", OF_LABELS)
def test_labels(name, case):
    assert_raises_alike(name, *BAD_LABELS[case], **required_of(name))


@pytest.mark.parametrize("name", OF_LABELS)
def test_times_and_numbers(name):
    with pytest.raises(ValueError, match="times and numbers"):  # scikit-learn counts something
        getattr(scratch.metrics, name)(DATES - DATES[0], [0, 1], **required_of(name))
    with pytest.raises(TypeError, match="numbers and times"):
        getattr(scratch.metrics, name)([0, 1], DATES - DATES[0], **required_of(name))


@pytest.mark.parametrize("case", BAD_WEIGHTS)
@pytest.mark.parametrize("name", OF_LABELS)
def test_weights_of_labels(name, case):
    assert_raises_alike(
        name, [0, 1, 1], [0, 1, 0], sample_weight=BAD_WEIGHTS[case], **required_of(name)
    )


@pytest.mark.parametrize("case", BAD_WEIGHTS)
@pytest.mark.parametrize("name", [*CHECKING_WEIGHTS, *OF_PROBABILITIES])
def test_weights_of_scores(name, case):
    assert_raises_alike(
        name, [0, 1, 1], [0.2, 0.7, 0.4], sample_weight=BAD_WEIGHTS[case], **required_of(name)
    )


@pytest.mark.parametrize("name", OF_LABELS + OF_PROBABILITIES)
def test_weights_as_a_column(name):
    assert_raises_alike(
        name, [0, 1, 1], [0, 1, 0], sample_weight=[[1.0], [2.0], [3.0]], **required_of(name)
    )


@pytest.mark.parametrize("name", OF_LABELS + OF_SCORES + OF_PROBABILITIES)
def test_values_that_an_option_refuses(name):
    guesses = [0, 1, 0] if name in OF_LABELS else [0.2, 0.7, 0.4]
    for option, values in options_of(name).items():
        for value in ("yes", 1) if values == [True, False] else REFUSED[option]:
            how = {**required_of(name), option: value}
            assert_raises_alike(name, [0, 1, 1], guesses, **how)


@pytest.mark.parametrize(("name", "parameters"), BAD_PARAMETERS, ids=str)
def test_parameters(name, parameters):
    assert_raises_alike(name, [0, 1, 1], [0, 1, 0], **parameters)


def test_binary_average_of_three_classes():
    assert_raises_alike("precision_score", [0, 1, 2], [0, 1, 1])


@pytest.mark.parametrize("case", BAD_PROBABILITIES)
@pytest.mark.parametrize("name", OF_PROBABILITIES)
def test_probabilities(name, case):
    assert_raises_alike(name, *BAD_PROBABILITIES[case])


@pytest.mark.parametrize(("name", "parameters"), BAD_LOSS_PARAMETERS, ids=str)
def test_parameters_of_losses(name, parameters):
    assert_raises_alike(name, [0, 1, 1], [0.2, 0.7, 0.4], **parameters)


def test_indicators_and_labels_together():
    assert_raises_alike("log_loss", np.eye(2, dtype=int), np.eye(2), labels=[0, 1])


def test_strings_without_a_positive_class():
    assert_raises_alike("brier_score_loss", ["a", "b"], [0.2, 0.7])
    for name in ("precision_recall_curve", "roc_curve", "average_precision_score"):
        assert_raises_alike(name, ["a", "b"], [0.2, 0.7])


@pytest.mark.parametrize("case", BAD_SCORES)
@pytest.mark.parametrize("name", OF_SCORES)
def test_scores(name, case):
    if name == "metric_at_thresholds" and case in ("three classes", "continuous", "mixed objects"):
        return  # which labels are right is for the metric to say
    assert_raises_alike(name, *BAD_SCORES[case], **required_of(name))


@pytest.mark.parametrize(("name", "parameters"), BAD_MULTICLASS, ids=str)
def test_parameters_of_multiclass_areas(name, parameters):
    assert_raises_alike(name, *THREE, **parameters)


def test_multiclass_scores_that_do_not_sum_to_one():
    assert_raises_alike("roc_auc_score", THREE[0], THREE[1] + 0.1, multi_class="ovr")


INDICATORS = np.eye(3, dtype=int)


@pytest.mark.parametrize(
    "name",
    [
        *("confusion_matrix", "balanced_accuracy_score", "matthews_corrcoef", "cohen_kappa_score"),
        *("precision_recall_curve", "roc_curve"),
    ],
)
@pytest.mark.parametrize("y", [INDICATORS, INDICATORS.tolist()], ids=["array", "list"])
def test_indicators_where_one_label_a_sample_is_meant(name, y):
    assert_raises_alike(name, y, y)


ONE_LABEL = [
    *("confusion_matrix", "balanced_accuracy_score", "matthews_corrcoef", "cohen_kappa_score"),
    *OF_SCORES,
    *OF_PROBABILITIES,
]
COUNTING = [name for name in OF_LABELS if name not in ONE_LABEL]


@pytest.mark.parametrize("name", ONE_LABEL)
@pytest.mark.parametrize("kind", [scipy.sparse.csr_array, scipy.sparse.coo_matrix])
def test_sparse_targets_where_labels_are_not_counted(name, kind):
    y = kind(INDICATORS)
    assert_raises_alike(name, y, INDICATORS, **required_of(name))
    with pytest.raises(TypeError, match="Sparse"):
        getattr(scratch.metrics, name)(y, INDICATORS, **required_of(name))


@pytest.mark.parametrize("name", COUNTING)
@pytest.mark.parametrize(
    "y",
    [
        scipy.sparse.csr_array([[0.5, 0], [0, 1]]),
        scipy.sparse.csr_array([[0, 1], [2, 1]]),
        scipy.sparse.csr_array([[0.0, np.nan], [0, 1]]),
        scipy.sparse.csr_array([[0, 1j], [1j, 0]]),
        scipy.sparse.csr_array([[0], [1]]),
        scipy.sparse.csr_array((0, 2), dtype=int),
    ],
    ids=["fraction", "three values", "NaN", "complex", "one column", "no sample"],
)
def test_sparse_targets_that_are_no_indicators(name, y):
    assert_raises_alike(name, y, y)


@pytest.mark.parametrize("name", COUNTING)
def test_sparse_indicators_beside_others(name):
    y = scipy.sparse.csr_array(INDICATORS)
    for other in ([0, 1, 1], y[:, :2], INDICATORS[:, :2], y[:2]):
        assert_raises_alike(name, y, other)
        assert_raises_alike(name, other, y)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("accuracy_score", [0, 1], [0, 1, 1]), r"\[2, 3\] \(y_true, y_pred\)"),
        (("accuracy_score", [0.5, 1], [0, 1]), "continuous. y_true holds"),
        (("accuracy_score", ["a"], [0]), "strings and numbers"),
        (("confusion_matrix", [0, 1], [0, 1], {"labels": [7]}), r"\[7\].*y_true"),
        (("precision_score", [0, 1, 2], [0, 1, 2]), "have 3.*'macro'"),
        (("precision_score", [0, 2], [0, 2]), r"pos_label=1 .* \[0, 2\]"),
        (("log_loss", [0, 1], [0.5, 1.5]), r"\[0, 1\].*1\.5"),
        (("log_loss", [0, 1], [[0.5, 0.25, 0.25]] * 2), "2 classes.*3 columns"),
        (("log_loss", [0, 2], [0.5, 0.5], {"labels": [0, 1]}), r"\[2\].*\[0, 1\]"),
        (("log_loss", [1, 1], [0.5, 0.5]), "one class only"),
        (("roc_curve", ["a", "b"], [0.5, 0.5]), "pos_label.*'a', 'b'"),
        (("roc_curve", [0, 1], [0.5, np.nan]), "y_score contains NaN"),
        (("roc_auc_score", *THREE), '"ovr" or "ovo"'),
        (("classification_report", [0], [0], {"digits": -1}), r"'digits'.*-1"),
        (("f1_score", [0], [0], {"average": "mean"}), "'average'.*'macro'.*'mean'"),
    ],
    ids=str,
)
def test_messages_name_the_argument_and_what_it_holds(call, words):
    name, *args = call
    parameters = args.pop() if isinstance(args[-1], dict) else {}
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (matched below)
        getattr(scratch.metrics, name)(*args, **parameters)
    assert re.search(words, str(caught.value), re.DOTALL)


@pytest.mark.parametrize(
    "scores", [[0.1, 0.4, 0.5], [[0.5, 0.5]] * 3, [[0.25] * 4] * 3], ids=["flat", "2", "4"]
)
def test_scores_of_three_classes_without_three_columns(scores):
    assert_raises_alike("roc_auc_score", [0, 1, 2], scores, multi_class="ovr")


@pytest.mark.parametrize("name", OF_PROBABILITIES)
def test_columns_of_strings_are_no_indicators(name):
    assert_raises_alike(name, [["a", "b"], ["b", "a"]], np.eye(2))
