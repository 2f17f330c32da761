"""The classification report, against scikit-learn's, to the letter."""

import numpy as np
import pytest

from tests.metrics.against_sklearn import LABELS, NAMES, assert_alike, assert_alike_weighted
from tests.metrics.cases import codes, weights
from tests.metrics.counting import TARGETS, each_choice, each_target, each_type, each_weight

SUPPORT = "precision_recall_fscore_support"
CASES = (
    ("classification_report", {}),
    ("classification_report", {"digits": 5, "zero_division": np.nan}),
    ("classification_report", {"digits": 0}),
    ("classification_report", {"output_dict": True}),
    ("classification_report", {"output_dict": True, "zero_division": 1}),
)


@each_target(CASES)
def test_every_kind_of_target(name, parameters, targets):
    assert_alike(name, *TARGETS[targets], **parameters)


@each_type(CASES)
def test_every_type_of_label(name, parameters, labels):
    true, pred = map(LABELS[labels], codes(n_classes=5))
    assert_alike(name, true, pred, **parameters)


@each_weight(CASES)
def test_weights(name, parameters, targets, kind):
    true, pred = TARGETS[targets]
    # The weights of each cell are added in the order of the samples, as theirs are: even sums of
    # floats are equal to the last bit.
    assert_alike_weighted(name, true, pred, kind, parameters)


@each_choice(CASES)
def test_labels_chosen_and_ordered(name, parameters, labels, weighted):
    true, pred = codes()
    weight = weights(weighted, len(true))
    assert_alike(name, true, pred, labels=labels, sample_weight=weight, **parameters)


@pytest.mark.parametrize("seed", range(10))
def test_random_cases(seed):
    rng = np.random.default_rng(seed)
    true, pred = codes(rng.integers(2, 60), rng.integers(2, 7), rng.random(), seed)
    weight = weights(rng.choice(["unweighted", "floats", "ints"]), len(true))
    for name, parameters in CASES:
        assert_alike(name, true, pred, sample_weight=weight, **parameters)


@pytest.mark.parametrize(
    "parameters",
    [
        {"target_names": list("abcd")},
        {"target_names": tuple("abcd"), "output_dict": True},
        {"target_names": np.array(["a very long name of a class", "b", "c", "d"])},
        {"target_names": list("abcd"), "labels": [3, 2, 1, 0], "digits": 3},
        {"target_names": list("ab"), "labels": [0, 1, 2]},
        {"target_names": ["a", "b", "one more, and a long one"], "labels": [0, 1]},
        {"target_names": dict.fromkeys("abcd", 1)},
        {"target_names": dict.fromkeys("abcd", 1).keys()},
        {"target_names": dict(enumerate("abcd")).values()},
        {"target_names": dict(enumerate("abc")).values()},
        {"target_names": set("abcd"), "output_dict": True},
        {"target_names": dict(enumerate("abcd")).values(), "output_dict": True},
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


@pytest.mark.parametrize("name", ["confusion_matrix", "classification_report", SUPPORT])
@pytest.mark.parametrize("labels", [["two", "zero"], NAMES[:4], np.array(["one", "x"], object)])
@pytest.mark.parametrize("kind", ["strings", "objects", "list of strings"])
def test_strings_as_labels_chosen(name, labels, kind):
    true, pred = map(LABELS[kind], codes())
    assert_alike(name, true, pred, labels=labels)


@pytest.mark.parametrize("unit", ["h", "D", "ns"])
def test_spans_of_time(unit):
    assert_alike("classification_report", *(part.astype(f"m8[{unit}]") for part in codes()))


def test_strings_chosen_among_dates():
    true, pred = map(LABELS["dates"], codes())
    assert_alike("classification_report", true, pred, labels=["0", "2"])


@pytest.mark.parametrize("labels", [["0", "2"], [2, 0, 7], [1.0, 3.0], [0, "a"]], ids=str)
@pytest.mark.parametrize("kind", ["ints", "characters", "whole floats", "bools"])
def test_numbers_chosen_among_strings_and_strings_among_numbers(kind, labels):
    true, pred = map(LABELS[kind], codes())
    assert_alike("classification_report", true, pred, labels=labels)
    assert_alike(SUPPORT, true, pred, labels=labels, average="macro")
