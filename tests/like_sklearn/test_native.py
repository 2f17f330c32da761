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


def test_without_scikit_learn_it_is_ours_alone():
    program = """
from scratch.exceptions import NotFittedError
from scratch.like_sklearn.native import native
print(native(NotFittedError) is NotFittedError)
import sklearn.exceptions
print(issubclass(native(NotFittedError), sklearn.exceptions.NotFittedError))
"""
    command = [sys.executable, "-c", program]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert found.split() == ["True", "True"]
