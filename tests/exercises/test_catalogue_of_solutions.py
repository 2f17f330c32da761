"""The checks accept what is right and refuse what is wrong."""

import importlib
import pkgutil

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


@pytest.mark.parametrize(("exercise", "function"), catalogue.WRONG, ids=name_of)
def test_what_is_wrong_is_refused(exercise, function):
    """Of these, thirteen get no reason: mistakes that no slip of the records is."""
    assert not examine(function, exercise)
