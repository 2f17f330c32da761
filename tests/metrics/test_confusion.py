"""The metrics that count, against scikit-learn's: functions × parameters × labels × weights."""

import numpy as np
import pytest

from tests.metrics.against_sklearn import LABELS, NAMES, assert_alike
from tests.metrics.cases import codes, weights

SUPPORT = "precision_recall_fscore_support"
COUNTING = (
    ("accuracy_score", {}),
    ("accuracy_score", {"normalize": False}),
    ("balanced_accuracy_score", {}),
    ("balanced_accuracy_score", {"adjusted": True}),
    ("matthews_corrcoef", {}),
    ("cohen_kappa_score", {}),
    ("cohen_kappa_score", {"weights": "linear"}),
    ("cohen_kappa_score", {"weights": "quadratic", "replace_undefined_by": 0.5}),
    ("confusion_matrix", {}),
    ("confusion_matrix", {"normalize": "true"}),
    ("confusion_matrix", {"normalize": "pred"}),
    ("confusion_matrix", {"normalize": "all"}),
    (SUPPORT, {}),
    (SUPPORT, {"average": "micro", "beta": 0.5}),
    (SUPPORT, {"average": "macro", "beta": 0}),
    (SUPPORT, {"average": "macro", "beta": np.inf, "zero_division": np.nan}),
    (SUPPORT, {"average": "weighted", "zero_division": 1}),
    (SUPPORT, {"average": "weighted", "warn_for": ["recall"], "pos_label": 0}),
    ("precision_score", {"average": "macro", "zero_division": np.nan}),
    ("precision_score", {"average": None}),
    ("recall_score", {"average": "weighted", "zero_division": np.nan}),
    ("recall_score", {"average": "micro"}),
    ("f1_score", {"average": None, "zero_division": 1.0}),
    ("f1_score", {"average": "macro", "pos_label": None}),
    ("fbeta_score", {"beta": 2, "average": "weighted"}),
    ("fbeta_score", {"beta": 0.25, "average": "macro", "zero_division": 0}),
    ("classification_report", {}),
    ("classification_report", {"digits": 5, "zero_division": np.nan}),
    ("classification_report", {"digits": 0}),
    ("classification_report", {"output_dict": True}),
    ("classification_report", {"output_dict": True, "zero_division": 1}),
)


# True and predicted codes, as people meet them and as nobody would wish them.
TARGETS = {
    "four classes": codes(),
    "two classes": codes(n_classes=2),
    "more samples than are looked at first": codes(n_samples=5000, n_classes=10),
    "a class that comes late": tuple(np.append(part, [9]) for part in codes(n_samples=5000)),
    "a class only predicted": (codes()[0], np.append(codes()[1][:-1], 7)),
    "a class only true": (np.append(codes()[0][:-1], 8), codes()[1]),
    "disjoint": (codes()[0], codes()[1] + 5),
    "all right": codes(right=1),
    "all wrong": (codes()[0], (codes()[0] + 1) % 4),
    "one class": (np.zeros(6, int), np.zeros(6, int)),
    "one class each": (np.zeros(6, int), np.ones(6, int)),
    "one true class": (np.full(5, 3), np.array([3, 1, 3, 2, 3])),
    "one sample right": (np.array([1]), np.array([1])),
    "one sample wrong": (np.array([1]), np.array([0])),
}


@pytest.mark.parametrize("targets", TARGETS)
@pytest.mark.parametrize(("name", "parameters"), COUNTING, ids=str)
def test_every_function_on_every_kind_of_target(name, parameters, targets):
    assert_alike(name, *TARGETS[targets], **parameters)


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize(("name", "parameters"), COUNTING, ids=str)
def test_every_function_on_every_type_of_label(name, parameters, labels):
    true, pred = map(LABELS[labels], codes(n_classes=5))
    assert_alike(name, true, pred, **parameters)


@pytest.mark.parametrize("targets", ["four classes", "all wrong", "one class", "disjoint"])
@pytest.mark.parametrize("kind", ["floats", "ints", "float32", "list with zeros", "bools"])
@pytest.mark.parametrize(("name", "parameters"), COUNTING, ids=str)
def test_every_function_with_weights(name, parameters, kind, targets):
    true, pred = TARGETS[targets]
    # The confusion matrix adds each cell's weights in the order of the samples, as theirs does:
    # even sums of floats are equal to the last bit.
    assert_alike(name, true, pred, sample_weight=weights(kind, len(true)), **parameters)


@pytest.mark.parametrize(
    "labels",
    [
        [0, 1, 2, 3],
        [2, 0],
        [3, 1, 0, 2],
        (1, 9),
        np.array([3]),
        [0, 0, 1],
        [7, 1, -4],
        [7, 8],
        [0.0, 2.0],
        [True, False],
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("name", "parameters"),
    [case for case in COUNTING if case[0][:3] in ("pre", "rec", "f1_", "fbe", "con", "coh", "cla")],
    ids=str,
)
@pytest.mark.parametrize("weighted", [None, "floats"])
def test_labels_chosen_and_ordered(name, parameters, labels, weighted):
    true, pred = codes()
    assert_alike(
        name, true, pred, labels=labels, sample_weight=weights(weighted or "unweighted", 150),
        **parameters,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["confusion_matrix", "classification_report", SUPPORT])
@pytest.mark.parametrize("labels", [["two", "zero"], NAMES[:4], np.array(["one", "x"], object)])
@pytest.mark.parametrize("kind", ["strings", "objects", "list of strings"])
def test_strings_as_labels_chosen(name, labels, kind):
    true, pred = map(LABELS[kind], codes())
    assert_alike(name, true, pred, labels=labels)


@pytest.mark.parametrize("labels", [["0", "2"], [2, 0, 7], [1.0, 3.0], [0, "a"]], ids=str)
@pytest.mark.parametrize("kind", ["ints", "characters", "whole floats", "bools"])
def test_numbers_chosen_among_strings_and_strings_among_numbers(kind, labels):
    true, pred = map(LABELS[kind], codes())
    assert_alike("classification_report", true, pred, labels=labels)
    assert_alike(SUPPORT, true, pred, labels=labels, average="macro")


@pytest.mark.parametrize(
    ("true", "pred"),
    [
        ([0, 1, 2, 1], [0.0, 1.0, 2.0, 2.0]),
        ([0.0, 1.0, 2.0, 1.0], [0, 1, 2, 3]),
        ([True, False, True], [1, 0, 2]),
        ([1, 0, 2], np.array([True, False, True])),
        (np.array([0, 1, 1], np.int8), np.array([0, 1, 300])),
        (np.array([0, 1, 1], np.uint8), np.array([-1, 1, 1])),
        (np.array(["a", "bb"]), np.array(["a", "ccc"])),
        (np.array(["a", "b"]), np.array(["a", "bb"], dtype=object)),
        (["a", ""], ["", ""]),
        ([[1], [2]], [1, 1]),
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["classification_report", "confusion_matrix", "accuracy_score"])
def test_types_mixed_between_true_and_predicted(name, true, pred):
    assert_alike(name, true, pred)


@pytest.mark.parametrize("pos_label", [0, 1, 1.0, True])
@pytest.mark.parametrize("kind", ["ints", "bools", "whole floats", "list"])
@pytest.mark.parametrize("name", ["precision_score", "recall_score", "f1_score"])
@pytest.mark.parametrize("targets", ["two classes", "one class", "one class each", "all right"])
def test_binary_average(name, kind, pos_label, targets):
    true, pred = (LABELS[kind](part % 2) for part in TARGETS[targets])
    assert_alike(name, true, pred, pos_label=pos_label)


@pytest.mark.parametrize("pos_label", ["zero", "one"])
def test_binary_average_of_strings(pos_label):
    true, pred = map(LABELS["strings"], codes(n_classes=2))
    assert_alike("fbeta_score", true, pred, pos_label=pos_label, beta=0.5)
    assert_alike("precision_score", true, pred, pos_label=pos_label, zero_division=np.nan)


@pytest.mark.parametrize(
    "parameters",
    [
        {"target_names": list("abcd")},
        {"target_names": tuple("abcd"), "output_dict": True},
        {"target_names": np.array(["a very long name of a class", "b", "c", "d"])},
        {"target_names": list("abcd"), "labels": [3, 2, 1, 0], "digits": 3},
        {"target_names": list("ab"), "labels": [0, 1, 2]},
        {"target_names": ["a", "b", "one more, and a long one"], "labels": [0, 1]},
        {"target_names": ["accuracy", "b", "c", "d"]},
        {"target_names": ["accuracy", "b", "c", "d"], "output_dict": True},
        {"target_names": list("aabb"), "output_dict": True},
        {"labels": [0, 1, 2, 3, 4], "output_dict": True},
        {"digits": 20},
    ],
    ids=str,
)
def test_report_layout(parameters):
    assert_alike("classification_report", *codes(), **parameters)


@pytest.mark.parametrize("kind", ["ints", "far apart", "strings of numbers"])
def test_many_classes(kind):
    labels = {**LABELS, "strings of numbers": lambda part: part.astype(str)}[kind]
    true, pred = map(labels, codes(n_samples=6000, n_classes=1500))
    assert_alike(SUPPORT, true, pred, average="weighted")
    assert_alike("accuracy_score", true, pred)
    assert_alike("confusion_matrix", true, pred)


@pytest.mark.parametrize("seed", range(10))
def test_random_cases(seed):
    rng = np.random.default_rng(seed)
    true, pred = codes(rng.integers(2, 60), rng.integers(2, 7), rng.random(), seed)
    weight = weights(rng.choice(["unweighted", "floats", "ints"]), len(true))
    for name, parameters in COUNTING:
        assert_alike(name, true, pred, sample_weight=weight, **parameters)


def test_tumours_by_hand():
    # 100 tumours, 9 of them malignant (1), of which the classifier finds one; one false alarm.
    true = np.repeat([1, 0], [9, 91])
    pred = np.zeros(100, int)
    pred[[0, 50]] = 1
    from scratch.metrics import accuracy_score, confusion_matrix, precision_score, recall_score

    assert confusion_matrix(true, pred).tolist() == [[90, 1], [8, 1]]
    assert accuracy_score(true, pred) == 0.91
    assert precision_score(true, pred) == 0.5
    assert recall_score(true, pred) == 1 / 9


def test_arguments_are_left_as_they_are():
    true, pred = codes()
    weight = weights("floats", len(true))
    before = true.copy(), pred.copy(), weight.copy()
    from scratch.metrics import classification_report

    classification_report(true, pred, sample_weight=weight, labels=[2, 1])
    for array, copy in zip((true, pred, weight), before, strict=True):
        np.testing.assert_array_equal(array, copy)
