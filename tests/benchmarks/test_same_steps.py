"""Everybody's loop makes our steps, where it is installed; and a loop that doesn't is found."""

import numpy as np
import pytest

from benchmarks import same_steps
from benchmarks.peers import numpy_loop, step_sizes, targets
from tests.benchmarks.helpers import silent


def test_steps_on_the_digits(digits):
    records = []
    same_steps.measure(digits.first(640), None, records, silent())
    assert same_steps.unlike(records) == []
    compared = [r["contender"] for r in records if "difference" in r]
    for loop in ("plain NumPy loop", "naive NumPy loop", "the textbook's loop"):
        assert compared.count(loop) == 2


def test_a_wrong_step_is_found(digits, monkeypatch):
    monkeypatch.setattr(numpy_loop, "MOMENTUM", 0.89)
    records = []
    same_steps.measure(digits.first(640), None, records, silent())
    assert len(same_steps.unlike(records)) == 4  # two loops, both problems


def test_tail_is_the_mean_of_every_fourth_weights(digits):
    """One batch holds all, so a naive run of t epochs gives the weights after t updates."""
    few = digits.first(200)
    how = {"batch_size": 200, "eta0": 0.1, "falling": False, "shuffle": False}

    def after(t):
        return numpy_loop.prepare_naive(few, epochs=t, **how)(0)

    W, b = numpy_loop.prepare(few, epochs=16, tail=0.5, **how)(0)
    (W12, b12), (W16, b16) = after(12), after(16)
    np.testing.assert_allclose(W, (W12 + W16) / 2, atol=1e-6)
    np.testing.assert_allclose(b, (b12 + b16) / 2, atol=1e-6)


@pytest.mark.parametrize("loop", [numpy_loop.prepare, numpy_loop.prepare_naive])
def test_huge_steps_do_not_warn(digits, loop):
    run = loop(digits.five_or_not(), batch_size=100, eta0=1e4, epochs=1)
    assert np.isfinite(run(0)[0]).all()


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
