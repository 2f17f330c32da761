"""The checks accept what is right and refuse what is wrong, at the law meant for it."""

import importlib
import pkgutil

import numpy as np
import pytest

from scratch.exercises.report import examine
from tests.exercises import catalogue

for module in pkgutil.iter_modules(catalogue.__path__):
    importlib.import_module(f"tests.exercises.catalogue.{module.name}")


def name_of(value):
    return getattr(value, "__name__", None)


@pytest.mark.parametrize(("exercise", "function"), catalogue.RIGHT, ids=name_of)
def test_what_is_right_is_accepted(exercise, function):
    report = examine(function, exercise)
    assert report, str(report)


@pytest.mark.parametrize(("exercise", "function", "law", "reason"), catalogue.WRONG, ids=name_of)
def test_what_is_wrong_is_refused_at_its_law_with_its_reason(exercise, function, law, reason):
    old = np.lib.NumpyVersion(np.__version__) < "2.4.0"
    if old and function.__name__ == "python_math_on_arrays":
        pytest.skip("NumPy 2.3 and older turn an array of one number into a number for `math.exp`")
    report = examine(function, exercise)
    assert not report
    refused = report.outcomes[-1]
    assert refused.name.startswith(law), str(report)
    assert reason in refused.broken.reason, str(report)
