"""Steps in better coordinates against steps on data that are centred and scaled beforehand."""

import numpy as np
import pytest

from scratch.losses import softmax_residual
from scratch.solvers.minibatch.coordinates import Coordinates
from scratch.solvers.minibatch.descent import Descent, Method, State
from scratch.solvers.minibatch.optimisers import Momentum, Nesterov
from scratch.solvers.minibatch.samples import Samples
from scratch.solvers.penalties import Penalty


@pytest.mark.parametrize("optimiser", [Momentum(0.0), Momentum(0.9), Nesterov(0.9)])
def test_steps_are_those_on_standardised_data(optimiser):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(30, 4)) * [1e-3, 1, 30, 1e4] + [0, 5, -100, 1e5], rng.integers(0, 3, 30)
    centre, scale = X.mean(axis=0), X.std(axis=0)
    runs = []
    for rows, coordinates in (
        (X, Coordinates(centre, scale**2)),
        ((X - centre) / scale, None),
    ):
        method = Method(softmax_residual, Penalty(0.0, 0.0), optimiser, coordinates=coordinates)
        descent = Descent(State.start(np.zeros((3, 4)), np.zeros(3), np.float64), method)
        for start in (0, 10, 20) * 5:
            descent.update(Samples(rows, y, range(3)), slice(start, start + 10), 0.3)
        runs.append(rows @ descent.W.T + descent.b)
    np.testing.assert_allclose(runs[0], runs[1], rtol=1e-9, atol=1e-9)


def test_an_implicit_l2_step_ends_where_its_own_gradient_says():
    # w ← w − η (g + α w_after)/s², with g = 0: w / (1 + η α/s²)
    method = Method(
        softmax_residual,
        Penalty(7.0, 0.0),
        Momentum(0.0),
        coordinates=Coordinates(np.zeros(2), np.array([1.0, 1e-6])),
    )
    descent = Descent(State.start(np.ones((2, 2)), np.zeros(2), np.float64), method)
    descent.update(Samples(np.zeros((4, 2)), np.zeros(4, int), range(2)), slice(0, 4), 0.1)
    np.testing.assert_allclose(descent.W, [[1 / 1.7, 1 / (1 + 0.7e6)]] * 2, rtol=1e-9)


def test_an_l1_step_leaves_the_scores_of_the_centre_as_they_are():
    centre = np.array([3.0, -2.0])
    method = Method(
        softmax_residual,
        Penalty(0.5, 1.0),
        Momentum(0.0),
        coordinates=Coordinates(centre, np.array([4.0, 0.25])),
    )
    descent = Descent(State.start(np.ones((1, 2)), np.zeros(1), np.float64), method)
    before = descent.W @ centre + descent.b
    # with one output the residual of the softmax is 0: L1 alone moves
    descent.update(Samples(np.ones((4, 2)), np.zeros(4, int), [0]), slice(0, 4), 0.2)
    np.testing.assert_allclose(descent.W, [[1 - 0.2 * 0.5 / 4, 1 - 0.2 * 0.5 / 0.25]])
    np.testing.assert_allclose(descent.W @ centre + descent.b, before)
