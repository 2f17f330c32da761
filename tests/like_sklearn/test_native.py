"""Errors and warnings that are of our type and of scikit-learn's."""

import pickle
import subprocess
import sys

import pytest
import sklearn.exceptions

from scratch import exceptions
from scratch.like_sklearn.native import native

shared = pytest.mark.parametrize(
    "name",
    ["NotFittedError", "ConvergenceWarning", "DataConversionWarning", "UndefinedMetricWarning"],
)


@shared
def test_whoever_catches_either_type_catches_it(name):
    ours, theirs = getattr(exceptions, name), getattr(sklearn.exceptions, name)
    assert issubclass(native(ours), ours)
    assert issubclass(native(ours), theirs)
    assert native(ours) is native(ours)
    assert (native(ours).__name__, native(ours).__module__) == (name, "scratch.exceptions")


@shared
def test_a_process_may_hand_it_to_another_one(name):
    ours = getattr(exceptions, name)
    copy = pickle.loads(pickle.dumps(native(ours)("a message", 7)))
    assert type(copy) is native(ours)
    assert copy.args == ("a message", 7)


def test_what_scikit_learn_does_not_have_stays_ours():
    kind = exceptions.InvalidParameterError
    assert native(kind) is kind


def test_before_scikit_learn_is_loaded_and_after():
    """The types are ours alone, then both; an estimator is printed the same."""
    program = """
import sys
from scratch.exceptions import NotFittedError
from scratch.like_sklearn.native import native
from scratch.linear_model import SoftmaxClassifier
model = SoftmaxClassifier(penalty=None, alpha=1e-3, class_weight={"a": 2}, tol=float("nan"))
before = native(NotFittedError) is NotFittedError, repr(model)
assert "sklearn" not in sys.modules
import sklearn.base
print(before[0], issubclass(native(NotFittedError), sklearn.exceptions.NotFittedError))
print(before[1], repr(model), sep="\\n")
"""
    command = [sys.executable, "-c", program]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert lines[0] == "True True"
    expected = "SoftmaxClassifier(alpha=0.001, class_weight={'a': 2}, penalty=None, tol=nan)"
    assert lines[1] == expected
    assert " ".join(map(str.strip, lines[2:])) == expected
