"""The classification report, against scikit-learn's, to the letter."""

import numpy as np
import pytest

from tests.metrics.against_sklearn import LABELS, NAMES, assert_alike
from tests.metrics.cases import codes

SUPPORT = "precision_recall_fscore_support"


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
