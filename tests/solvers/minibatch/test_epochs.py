"""The loops of training: objective, schedule, stopping, and what is kept."""

from dataclasses import replace

import numpy as np
import pytest

from scratch.losses import softmax_residual
from scratch.solvers.minibatch.descent import Descent
from scratch.solvers.minibatch.epochs import OverflowingSteps, Rules, run_epoch, train
from scratch.solvers.penalties import Penalty
from scratch.solvers.schedules import Adaptive, Constant, Falling, InverseScaling
from tests.solvers.minibatch.problems import LOSSES, K, N, data, descent, method, samples_of, start

RULES = Rules(batch_size=10, max_iter=4, tol=None, patience=5)


def test_the_objective_of_a_full_batch_is_that_of_the_weights_before_the_step():
    X, y = data()
    ours = descent(penalty=Penalty(0.1, 0.0))
    W, b = ours.state.weights()
    objective = run_epoch(ours, samples_of(X, y), Constant(0.5), N)
    loss = LOSSES[softmax_residual](X @ W.T + b, np.eye(K)[y]) / N
    assert objective == pytest.approx(loss + 0.05 * np.sum(W**2), rel=1e-13)


def test_the_objective_of_an_epoch_has_the_penalty_before_its_last_step():
    X, y = data()
    ours, theirs = (descent(penalty=Penalty(0.1, 0.0)) for _ in range(2))
    objective = run_epoch(ours, samples_of(X, y), Constant(0.5), 12)
    loss = theirs.update(samples_of(X, y), slice(0, 12), 0.5)
    squares = np.sum(theirs.W**2)
    loss += theirs.update(samples_of(X, y), slice(12, N), 0.5)
    assert objective == pytest.approx(loss / N + 0.05 * squares, rel=1e-13)


def test_training_takes_the_steps_of_its_schedule_on_shuffled_batches():
    X, y = data()
    ours = train(
        start(), samples_of(X, y), method(), InverseScaling(0.1, 1.0), RULES,
        np.random.RandomState(5),
    )  # fmt: skip
    theirs, t, rng = descent(), 0, np.random.RandomState(5)
    for _ in range(4):
        order = rng.permutation(N)
        for begin in range(0, N, 10):
            t += 1
            theirs.update(samples_of(X, y), order[begin : begin + 10], 0.1 / t)
    np.testing.assert_array_equal(ours.state.theta, theirs.state.theta)
    assert len(ours.objectives) == 4
    assert not ours.finished


def test_training_leaves_its_start_as_it_is_and_goes_on_from_its_state():
    begin, how, samples = start(), method(), samples_of(*data())
    before = begin.theta.copy()
    whole = train(begin, samples, how, Constant(0.1), replace(RULES, shuffle=False), None)
    np.testing.assert_array_equal(begin.theta, before)
    half = replace(RULES, shuffle=False, max_iter=2)
    first = train(begin, samples, how, Constant(0.1), half, None)
    second = train(first.state, samples, how, Constant(0.1), half, None)
    np.testing.assert_array_equal(second.state.theta, whole.state.theta)
    assert first.objectives + second.objectives == whole.objectives


def test_training_keeps_the_weights_that_scored_best():
    scores, seen = iter([0.5, 0.9, 0.9, 0.7]), []

    def score(state):
        seen.append(state.theta.copy())
        return next(scores)

    rules = replace(RULES, tol=1e-3, patience=2, shuffle=False)
    ours = train(start(), samples_of(*data()), method(), Constant(0.1), rules, None, score)
    np.testing.assert_array_equal(ours.state.theta, seen[1])
    assert ours.scores == [0.5, 0.9, 0.9, 0.7]
    assert ours.finished


def test_a_plateau_lowers_an_adaptive_step_until_it_is_small():
    scores = iter([0.0] * 100)
    rules = replace(RULES, tol=0.0001, patience=1, max_iter=100, shuffle=False)
    ours = train(
        start(), samples_of(*data()), method(), Adaptive(1e-4), rules, None, lambda _: next(scores)
    )
    # the first epoch is a gain; then one epoch each with 1e-4, 2e-5, 4e-6, 8e-7
    assert len(ours.scores) == 5
    assert ours.finished


def test_training_ends_when_the_step_has_fallen_to_0():
    rules = replace(RULES, max_iter=100, shuffle=False)
    ours = train(start(), samples_of(*data()), method(), Falling(0.1, 9, 3), rules, None)
    assert len(ours.objectives) == 3  # of 3 updates each
    assert ours.finished


def test_steps_that_are_too_large_end_in_an_error_that_says_what_to_do():
    X, y = data()
    with pytest.raises(OverflowingSteps, match=r"epoch 1.*Lower eta0"):
        train(start(), samples_of(X * 1e200, y), method(), Constant(1e200), RULES, None)


def test_where_the_schedule_knows_smaller_steps_training_starts_over():
    samples = samples_of(*data())
    rules = replace(RULES, shuffle=False)
    ours = train(start(), samples, method(), Falling(1e308, 12, 3), rules, None)
    assert np.isfinite(ours.state.theta).all()
    assert len(ours.objectives) == 4
    assert all("started over" in message for message in ours.messages)
    assert ours.messages


@pytest.mark.parametrize("where", ["update", "score"])
def test_an_interrupt_in_the_first_epoch_is_passed_on(monkeypatch, where):
    def interrupt(*args):
        raise KeyboardInterrupt

    if where == "update":
        monkeypatch.setattr(Descent, "update", interrupt)
    score = interrupt if where == "score" else None
    with pytest.raises(KeyboardInterrupt):
        train(start(), samples_of(*data()), method(), Constant(0.1), RULES, None, score)


@pytest.mark.parametrize("where", ["update", "score"])
def test_an_interrupt_in_a_later_epoch_ends_training_with_whole_epochs(monkeypatch, where):
    samples, rules = samples_of(*data()), replace(RULES, shuffle=False)
    seen, scores = [], [0.5, 0.7]
    update, n_calls = Descent.update, 0

    def interrupted(self, *args):
        nonlocal n_calls
        n_calls += 1
        if n_calls == 8 and where == "update":  # in the third epoch
            raise KeyboardInterrupt
        return update(self, *args)

    def score(state):
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(state.theta.copy())
        return scores[len(seen) - 1]

    monkeypatch.setattr(Descent, "update", interrupted)
    ours = train(start(), samples, method(), Constant(0.1), rules, None, score)
    assert ours.scores == scores
    assert len(ours.objectives) == 2
    np.testing.assert_array_equal(ours.state.theta, seen[1])
    assert ours.finished
    assert "best of 2 epochs" in ours.messages[0]
