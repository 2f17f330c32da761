"""The rules that turn gradients into steps, against recurrences, closed forms and eigenvalues."""

import numpy as np
import pytest

from scratch.losses import CrossEntropy
from scratch.solvers.minibatch import auto
from scratch.solvers.minibatch.averages import Averaging
from scratch.solvers.minibatch.descent import Descent
from scratch.solvers.minibatch.epochs import Rules, train
from scratch.solvers.minibatch.optimisers import OPTIMISERS, Momentum, Nesterov, Optimiser
from scratch.solvers.penalties import Penalty
from tests.solvers.minibatch.problems import LOSSES, K, N, data, method, samples_of, start


def run(rule, gradients, etas):
    """Return theta (2,) after each step from 0."""
    theta, moments, path = np.zeros(2), np.zeros((rule.n_moments, 2)), []
    for gradient, eta in zip(gradients, etas, strict=True):
        rule.move(theta, moments, -eta * gradient, eta)
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


class Plain(Optimiser):
    """Gradient descent without a memory, written for the protocol: one class for another rule."""

    n_moments = 0
    momentum = 0.0

    def stable_step(self, curvature):
        return 2 / curvature

    def move(self, theta, moments, step, eta):
        theta += step


LINEAR = Momentum, Nesterov  # in the gradient: those that "auto" knows
RULES = [Plain(), *(rule(m) for rule in LINEAR for m in (0.0, 0.5, 0.9, 0.99))]


def iteration_matrix(rule, curvature, eta):
    """Return the matrix by which a step on ``curvature · θ²/2`` moves (θ, moments)."""
    columns = []
    for unit in np.eye(1 + rule.n_moments):
        theta, moments = unit[:1].copy(), unit[1:, np.newaxis].copy()
        rule.move(theta, moments, -eta * curvature * theta, eta)
        columns.append(np.concatenate([theta, moments.ravel()]))
    return np.column_stack(columns)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("curvature", [1e-3, 1.0, 70.0])
def test_a_stable_step_is_one_whose_iteration_shrinks(rule, curvature):
    most = rule.stable_step(curvature)
    for share, shrinks in ((1e-3, True), (0.5, True), (0.999, True), (1.001, False), (2, False)):
        radius = np.abs(np.linalg.eigvals(iteration_matrix(rule, curvature, share * most))).max()
        assert (radius < 1) == shrinks


@pytest.mark.parametrize("rule", RULES)
def test_in_the_long_run_a_gradient_moves_by_its_own_step_over_1_less_momentum(rule):
    theta, moments = np.zeros(1), np.zeros((rule.n_moments, 1))
    for t in range(4000):
        rule.move(theta, moments, np.array([-1.0 if t == 0 else 0.0]), 1.0)
    assert theta[0] == pytest.approx(-1 / (1 - rule.momentum))


@pytest.mark.parametrize("name", OPTIMISERS)
def test_on_a_quadratic_every_rule_comes_to_the_minimum(name):
    rule, minimum = OPTIMISERS[name](0.9), np.array([3.0, -1.0])
    theta, moments = np.zeros(2), np.zeros((rule.n_moments, 2))
    for _ in range(500):
        rule.move(theta, moments, -0.05 * np.array([1.0, 10.0]) * (theta - minimum), 0.05)
    np.testing.assert_allclose(theta, minimum, rtol=1e-6)


@pytest.mark.parametrize("penalty", [Penalty(0.1, 0.0), Penalty(0.1, 0.5)])
def test_another_rule_is_one_class_to_the_solver(penalty):
    reached = []
    for rule in (Plain(), Momentum(0.0)):
        how = method(penalty=penalty, optimiser=rule, averaging=Averaging(0))
        ours = Descent(start(), samples_of(*data()), how, None, N)
        for batch in (slice(0, 10), slice(10, N)) * 5:
            ours.update(batch, 0.3)
        again = Descent(ours.snapshot(), samples_of(*data()), how, None, N)
        again.update(slice(0, N), 0.3)
        reached.append(again.snapshot())
    np.testing.assert_array_equal(reached[0].theta, reached[1].theta)
    np.testing.assert_array_equal(reached[0].mean, reached[1].mean)
    assert reached[0].moments.shape == (0, len(reached[0].theta))


@pytest.mark.parametrize("rule", [Plain(), Momentum(0.9), Nesterov(0.9)])
def test_auto_asks_the_rule_and_trains_with_it(rule):
    (X, y), alpha = data(), 0.1
    samples, loss = samples_of(X, y), CrossEntropy()
    rules = Rules(N, 500)
    steps = auto.steps_of_fit(samples, loss, rule, rules, centred=True, by_score=False)
    curvature = 1 / steps.first.eta0  # one batch has no noise
    most = 0.75 * rule.stable_step(curvature)
    assert steps.first.most * steps.first.eta0 == pytest.approx(most, rel=1e-12)
    how = method(penalty=Penalty(alpha, 0.0), optimiser=rule)
    ours = train(start(), samples, how, steps, rules, None)
    W, b = ours.state.weights()
    at = 1e-30j
    for j in np.ndindex(W.shape):  # the gradient, by a complex step
        there = W.astype(complex)
        there[j] += at
        slope = LOSSES[CrossEntropy](X @ there.T + b, np.eye(K)[y]).imag / N / 1e-30
        assert slope + alpha * W[j] == pytest.approx(0, abs=1e-4)
