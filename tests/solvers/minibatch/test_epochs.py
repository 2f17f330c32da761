"""The loops of training: objective, steps, stopping, and what is kept."""

from dataclasses import replace

import numpy as np
import pytest

from scratch.losses import CrossEntropy
from scratch.solvers.minibatch.descent import Coordinates, Descent
from scratch.solvers.minibatch.epochs import (
    ByName,
    Rules,
    Steps,
    run_epoch,
    train,
)
from scratch.solvers.penalties import Penalty
from scratch.solvers.plateau import Plateau
from scratch.solvers.schedules import Adaptive, Constant, InverseScaling
from tests.solvers.minibatch.problems import (
    LOSSES,
    K,
    N,
    data,
    descent,
    method,
    samples_of,
    start,
    weights,
)

RULES = Rules(batch_size=10, max_iter=4)


def by_name(schedule, tol=None, patience=5):
    return ByName(schedule, Plateau(tol, patience))


def run(steps, rules=RULES, rng=None, score=None, begin=None, X=None, **others):
    """Train on the problem from its start, or from a state."""
    X, y = (X, data()[1]) if X is not None else data()
    begin = start() if begin is None else begin
    return train(begin, samples_of(X, y), method(**others), steps, rules, rng, score)


def test_the_objective_of_a_full_batch_is_that_of_the_weights_before_the_step():
    X, y = data()
    ours = descent(samples_of(X, y), penalty=Penalty(0.1, 0.0))
    W, b = weights(ours)
    objective = run_epoch(ours, by_name(Constant(0.5)), N)
    loss = LOSSES[CrossEntropy](X @ W.T + b, np.eye(K)[y]) / N
    assert objective == pytest.approx(loss + 0.05 * np.sum(W**2), rel=1e-13)


def test_the_objective_of_an_epoch_has_the_penalty_before_its_last_step():
    samples = samples_of(*data())
    ours, theirs = (descent(samples, penalty=Penalty(0.1, 0.0)) for _ in range(2))
    objective = run_epoch(ours, by_name(Constant(0.5)), 12)
    loss = theirs.update(slice(0, 12), 0.5)
    squares = np.sum(theirs.W**2)
    loss += theirs.update(slice(12, N), 0.5)
    assert objective == pytest.approx(loss / N + 0.05 * squares, rel=1e-13)


def test_training_takes_the_steps_of_its_schedule_on_shuffled_batches():
    rng = np.random.RandomState(5)
    ours = run(by_name(InverseScaling(0.1, 1.0)), rng=np.random.RandomState(5))
    theirs, t = descent(samples_of(*data())), 0
    for _ in range(4):
        order = rng.permutation(N)
        for begin in range(0, N, 10):
            t += 1
            theirs.update(order[begin : begin + 10], 0.1 / t)
    np.testing.assert_array_equal(ours.state.theta, theirs.state.theta)
    assert len(ours.objectives) == 4
    assert not ours.finished


class Noted(Steps):
    """Constant steps that write down all that they are asked and told."""

    def __init__(self, last=100):
        self.sizes, self.losses, self.values, self.last = [], [], [], last

    def size(self, t, n):
        self.sizes.append((t, n))
        return 0.1

    def see(self, loss):
        self.losses.append(loss)

    def over(self, t, value):
        self.values.append((t, value))
        return len(self.values) == self.last


def test_steps_are_told_of_every_batch_and_every_epoch():
    steps = Noted(last=2)
    ours = run(steps)
    assert steps.sizes == [(1, 10), (2, 10), (3, 3), (4, 10), (5, 10), (6, 3)]
    assert steps.values == list(zip([3, 6], ours.objectives, strict=True))
    assert ours.finished
    X, y = data()
    W, b = start().weights()
    first = LOSSES[CrossEntropy](X[:10] @ W.T + b, np.eye(K)[y[:10]]) / 10
    assert steps.losses[0] == pytest.approx(first, rel=1e-13)
    mean = np.average(steps.losses[:3], weights=[10, 10, 3])
    assert mean == pytest.approx(ours.objectives[0], rel=1e-13)


def test_steps_hear_of_a_score_with_a_minus_sign():
    steps, scores = Noted(), iter([0.5, 0.75, 0.25, 1.0])
    run(steps, score=lambda W, b: next(scores))
    assert [value for _, value in steps.values] == [-0.5, -0.75, -0.25, -1.0]


def test_training_leaves_its_start_as_it_is_and_goes_on_from_its_state():
    begin = start()
    before = begin.theta.copy()
    whole = run(by_name(Constant(0.1)), begin=begin)
    np.testing.assert_array_equal(begin.theta, before)
    half = replace(RULES, max_iter=2)
    first = run(by_name(Constant(0.1)), half, begin=begin)
    second = run(by_name(Constant(0.1)), half, begin=first.state)
    np.testing.assert_array_equal(second.state.theta, whole.state.theta)
    assert first.objectives + second.objectives == whole.objectives


@pytest.mark.parametrize(
    ("scores", "best"),
    [([0.5, 0.9, 0.9, 0.7], 2), ([0.9, 0.9, 0.9, 0.9], 3), ([0.9, 0.1, 0.2, 0.3], 0)],
)
def test_training_keeps_the_weights_that_scored_best_and_of_ties_the_later(scores, best):
    left, seen = iter(scores), []

    def score(W, b):
        seen.append(np.concatenate([W.ravel(), b]))
        return next(left)

    ours = run(by_name(Constant(0.1)), score=score)
    np.testing.assert_array_equal(ours.state.theta, seen[best])
    assert ours.scores == scores


def test_a_plateau_of_the_score_ends_training():
    scores = iter([0.5, 0.9, 0.9, 0.7, 0.9])
    ours = run(by_name(Constant(0.1), 1e-3, 2), score=lambda W, b: next(scores))
    assert ours.scores == [0.5, 0.9, 0.9, 0.7]
    assert ours.finished


def test_a_plateau_lowers_an_adaptive_step_until_it_is_small():
    rules = replace(RULES, max_iter=100)
    ours = run(by_name(Adaptive(1e-4), 0.0001, 1), rules, score=lambda W, b: 0.0)
    # the first epoch is a gain; then one epoch each with 1e-4, 2e-5, 4e-6, 8e-7
    assert len(ours.scores) == 5
    assert ours.finished


def test_steps_that_are_too_large_end_in_an_error_that_says_what_to_do():
    with pytest.raises(ValueError, match=r"epoch 1.*Lower eta0"):
        run(by_name(Constant(1e200)), X=data()[0] * 1e200)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_features_that_are_not_finite_are_to_blame_themselves(bad):
    X, _ = data()
    X[-1, -1] = bad
    with pytest.raises(ValueError, match=r"NaN|infinity"):
        run(by_name(Constant(0.1)), X=X)


def test_scales_that_no_float_holds_are_told_of():
    steps = by_name(Constant(0.1))
    steps.coordinates = Coordinates(np.zeros(6), np.array([1, 1, 1, 1, 1, np.inf]))
    ours = run(steps)
    assert "too large to learn from" in ours.messages[0]
    W, _ = ours.state.weights()
    before, _ = start().weights()
    np.testing.assert_array_equal(W[:, 5], before[:, 5])
    assert (W[:, :5] != before[:, :5]).all()


def interrupt(*args):
    raise KeyboardInterrupt


@pytest.mark.parametrize("where", ["update", "score"])
def test_an_interrupt_in_the_first_epoch_is_passed_on(monkeypatch, where):
    if where == "update":
        monkeypatch.setattr(Descent, "update", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run(by_name(Constant(0.1)), score=interrupt if where == "score" else None)


@pytest.mark.parametrize("where", ["update", "score"])
def test_an_interrupt_in_a_later_epoch_ends_training_with_whole_epochs(monkeypatch, where):
    seen, scores = [], [0.5, 0.7]
    update, n_calls = Descent.update, 0

    def interrupted(self, *args):
        nonlocal n_calls
        n_calls += 1
        if n_calls == 8 and where == "update":  # in the third epoch
            raise KeyboardInterrupt
        return update(self, *args)

    def score(W, b):
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(np.concatenate([W.ravel(), b]))
        return scores[len(seen) - 1]

    monkeypatch.setattr(Descent, "update", interrupted)
    ours = run(by_name(Constant(0.1)), score=score)
    assert ours.scores == scores
    assert len(ours.objectives) == 2
    np.testing.assert_array_equal(ours.state.theta, seen[1])
    assert ours.finished
    assert "best of 2 epochs" in ours.messages[0]
