"""The plateau against hand calculations."""

import math

import numpy as np
import pytest

from scratch.solvers.plateau import Plateau


@pytest.mark.parametrize(
    ("values", "over"),
    [
        ([1.0, 0.9, 0.8, 0.7], [False] * 4),  # each better by tol
        ([1.0, 1.0, 1.0], [False, False, True]),
        ([1.0] * 7, [False, False, True, False, True, False, True]),  # anew from nought
        # better, a little better, worse: over; then the patience begins anew
        ([1.0, 0.95, 1.2, 0.9, 0.7], [False, False, True, False, False]),
        # compared with the best, not with the last
        ([1.0, 2.0, 1.5, 0.5], [False, False, True, False]),
        ([1.0, math.nan, math.nan, math.nan], [False] * 4),
    ],
)
def test_plateau_by_hand(values, over):
    plateau = Plateau(tol=0.1, patience=2)
    assert [plateau.reached(value) for value in values] == over
    assert plateau.best == np.nanmin(values)


def test_without_a_tolerance_there_is_no_plateau():
    plateau = Plateau(tol=None, patience=1)
    assert not any(plateau.reached(value) for value in (1.0, 1.0, 2.0, math.inf))


def test_a_tolerance_of_0_asks_for_no_gain_but_forbids_a_loss():
    plateau = Plateau(tol=0.0, patience=1)
    assert [plateau.reached(value) for value in (1.0, 1.0, 1.1)] == [False, False, True]
