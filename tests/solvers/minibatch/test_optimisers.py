"""The rules that turn gradients into steps, against their recurrences and against a closed form."""

import numpy as np
import pytest

from scratch.solvers.minibatch.epochs import Rules, train
from scratch.solvers.minibatch.optimisers import OPTIMISERS, Momentum, Nesterov
from scratch.solvers.penalties import Penalty
from scratch.solvers.schedules import Falling
from tests.solvers.minibatch.problems import N, data, method, samples_of, start


def run(rule, gradients, etas):
    """Return theta (2,) after each step from 0."""
    theta, moments, path = np.zeros(2), np.zeros((rule.n_moments, 2)), []
    for gradient, eta in zip(gradients, etas, strict=True):
        rule.move(theta, moments, gradient.copy(), eta)
        path.append(theta.copy())
    return np.array(path)


GRADIENTS = np.random.default_rng(0).normal(size=(20, 2))
ETAS = 0.5 / np.arange(1, 21)


@pytest.mark.parametrize("rule", [Momentum(0.0), Nesterov(0.0)])
def test_without_momentum_a_step_is_the_gradient_times_eta(rule):
    expected = -np.cumsum(ETAS[:, None] * GRADIENTS, axis=0)
    np.testing.assert_allclose(run(rule, GRADIENTS, ETAS), expected, rtol=1e-12, atol=1e-15)


def test_momentum_is_a_sum_in_which_old_gradients_fade():
    m, path = 0.7, run(Momentum(0.7), GRADIENTS, ETAS)
    for t in range(20):  # the step is -Σ m^(t-s) η_s g_s
        fading = m ** np.arange(t, -1, -1)[:, None]
        step = -(fading * ETAS[: t + 1, None] * GRADIENTS[: t + 1]).sum(axis=0)
        before = path[t - 1] if t else np.zeros(2)
        np.testing.assert_allclose(path[t] - before, step, rtol=1e-10, atol=1e-14)


def test_nesterov_is_momentum_seen_one_step_ahead():
    # Sutskever et al. 2013: where momentum is at θ, Nesterov's iterate is at θ + m·V
    m, path = 0.7, run(Momentum(0.7), GRADIENTS, ETAS)
    velocity = np.diff(path, axis=0, prepend=np.zeros((1, 2)))
    expected = path + m * velocity
    np.testing.assert_allclose(run(Nesterov(0.7), GRADIENTS, ETAS), expected, rtol=1e-10)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_on_a_quadratic_every_rule_comes_to_the_minimum(name):
    rule, minimum = OPTIMISERS[name](0.9), np.array([3.0, -1.0])
    theta, moments = np.zeros(2), np.zeros((rule.n_moments, 2))
    for _ in range(500):
        rule.move(theta, moments, np.array([1.0, 10.0]) * (theta - minimum), 0.05)
    np.testing.assert_allclose(theta, minimum, rtol=1e-6)


class Adam:
    """Kingma and Ba 2015, written for the protocol: one class for another rule."""

    n_moments = 3  # mean, mean of squares, number of steps

    def move(self, theta, moments, gradient, eta):
        mean, squares, t = moments
        t += 1
        mean += (gradient - mean) * 0.1
        squares += (gradient**2 - squares) * 0.001
        theta -= eta * (mean / (1 - 0.9**t)) / (np.sqrt(squares / (1 - 0.999**t)) + 1e-8)


def test_another_rule_is_one_class():
    # in the paper's notation
    theta, m, v, path = np.zeros(2), 0, 0, []
    for t, (g, alpha) in enumerate(zip(GRADIENTS, ETAS, strict=True), start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        theta = theta - alpha * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        path.append(theta)
    np.testing.assert_allclose(run(Adam(), GRADIENTS, ETAS), path, rtol=1e-9)


def test_another_rule_trains():
    samples = samples_of(*data())
    rules = Rules(batch_size=N, max_iter=2000, tol=None, patience=5, shuffle=False)
    found = []
    for rule in (Momentum(0.9), Adam()):
        how, fall = method(penalty=Penalty(0.1, 0.0), optimiser=rule), Falling(0.02, 2000, 10)
        found.append(train(start(), samples, how, fall, rules, np.random.RandomState(0)))
    np.testing.assert_allclose(found[1].objectives[-1], found[0].objectives[-1], rtol=1e-3)
    assert found[0].objectives[-1] < 0.8 * found[0].objectives[0]
