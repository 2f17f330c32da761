"""Everybody's loop makes our steps, where it is installed; and a loop that doesn't is found."""

import numpy as np
import pytest

from benchmarks import same_steps
from benchmarks.peers import numpy_loop, step_sizes, targets
from tests.benchmarks.helpers import silent


def test_steps_on_the_digits(digits):
    records = []
    same_steps.measure(digits, None, records, silent())
    assert same_steps.unlike(records) == []
    compared = [r["contender"] for r in records if "difference" in r]
    assert compared.count("plain NumPy loop") == compared.count("the textbook's loop") == 2


def test_a_wrong_step_is_found(digits, monkeypatch):
    monkeypatch.setattr(numpy_loop, "MOMENTUM", 0.89)
    records = []
    same_steps.measure(digits, None, records, silent())
    assert len(same_steps.unlike(records)) == 2  # both problems


def test_difference_is_relative():
    ours = np.array([[3.0]]), np.array([4.0])  # of length 5
    theirs = np.array([[3.0]]), np.array([4.5])
    assert same_steps.difference(ours, theirs) == pytest.approx(0.1)


def test_falling_steps():
    assert step_sizes(1.0, 4, falling=True) == [1.0, 0.75, 0.5, 0.25]
    assert step_sizes(1.0, 2, falling=False) == [1.0, 1.0]


def test_targets_of_two_classes_are_the_class(digits):
    two = digits.five_or_not()
    assert targets(two)[:, 0].tolist() == (digits.y == 5).tolist()
    assert targets(digits).argmax(axis=1).tolist() == digits.y.tolist()
