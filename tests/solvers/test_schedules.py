"""Step sizes and the plateau against hand calculations, and what scikit-learn's steps reveal."""

import math
import pickle

import numpy as np
import pytest
from sklearn.linear_model import SGDClassifier

from scratch.solvers.schedules import (
    Adaptive,
    Constant,
    Endless,
    Falling,
    InverseScaling,
    Optimal,
    Pace,
    Plateau,
    schedule,
)

NAMES = ["constant", "adaptive", "invscaling", "optimal"]


@pytest.mark.parametrize(
    ("name", "t", "expected"),
    [
        ("constant", 1, 0.5),
        ("constant", 1000, 0.5),
        ("adaptive", 1000, 0.5),
        ("invscaling", 1, 0.5),
        ("invscaling", 16, 0.5 / 8),
        ("optimal", 1, 10.0),  # alpha ** -0.25
        ("optimal", 1001, 5.0),  # 1 / (1e-4 * (1000 + 1000))
    ],
)
def test_hand_calculation(name, t, expected):
    eta = schedule(name, alpha=1e-4, eta0=0.5, power_t=0.75).step_size(t)
    assert type(eta) is float
    assert eta == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("alpha", [1e-4, 0.003, 1.0])
def test_the_step_that_scikit_learn_takes(name, alpha):
    # where every feature is 0, only the intercept moves
    params = {"alpha": alpha, "eta0": 0.07, "power_t": 0.3}
    theirs = SGDClassifier(
        loss="log_loss", learning_rate=name, penalty=None, shuffle=False, max_iter=1, **params
    )
    X, y = np.zeros((3, 1)), np.array([1, 0, 1])
    theirs.partial_fit(X, y, classes=[0, 1])
    eta, intercept = schedule(name, **params), 0.0
    for t, target in enumerate(y, start=1):
        intercept += eta.step_size(t) * (target - 1 / (1 + math.exp(-intercept)))
    assert intercept == pytest.approx(theirs.intercept_[0], rel=1e-12)


@pytest.mark.parametrize(
    ("eta", "t", "expected"),
    [
        (InverseScaling(0.5, 100), 10_000, 0.0),  # 10^400 is no float
        (InverseScaling(0.5, -100), 10_000, math.inf),
        (Optimal(1e22), 1, math.inf),  # t0 = 3e-17 is lost in t0 + 1 - 1
        (Optimal(1e22), 2, 1e-22),
    ],
)
def test_what_no_float_holds_is_0_or_infinite_as_in_c(eta, t, expected):
    assert eta.step_size(t) == expected


@pytest.mark.parametrize(("name", "alpha"), [("optimal", 0), ("fast", 1e-4)])
def test_refused(name, alpha):
    with pytest.raises(ValueError, match=r"alpha|fast"):
        schedule(name, alpha=alpha, eta0=1.0, power_t=0.5)


@pytest.mark.parametrize("eta", [Constant(0.1), InverseScaling(0.1, 0.5), Optimal(1e-4)])
def test_a_plateau_or_an_overflow_ends_a_schedule_that_knows_no_smaller_steps(eta):
    assert eta.after_plateau(10) is None
    assert eta.after_overflow() is None


def test_adaptive_divides_by_five_until_a_millionth():
    eta, etas = Adaptive(1e-4), []
    while eta is not None:
        etas.append(eta.step_size(1))
        eta = eta.after_plateau(1)
    np.testing.assert_allclose(etas, [1e-4, 2e-5, 4e-6, 8e-7])
    assert Adaptive(1e-6).after_plateau(1) is None
    assert Adaptive(np.nextafter(1e-6, 1)).after_plateau(1) is not None


def test_the_fall_is_linear_and_ends_at_0():
    eta = Falling(0.3, end=6, n_last=2)
    steps = [eta.step_size(t) for t in range(1, 9)]
    np.testing.assert_allclose(steps, [0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0, 0], atol=1e-16)


def test_a_plateau_shortens_the_fall_once():
    eta = Falling(1.0, end=100, n_last=4)
    hastened = eta.after_plateau(20)  # goes on from 0.8, the step of update 21
    steps = [hastened.step_size(t) for t in range(21, 27)]
    np.testing.assert_allclose(steps, [0.8, 0.6, 0.4, 0.2, 0, 0])
    assert hastened.after_plateau(22) is hastened
    assert eta.after_plateau(97) is eta  # it ends sooner by itself
    assert eta.step_size(100) == 0.01  # a schedule never changes


def test_the_endless_fall():
    eta = Endless(2.0)
    steps = [eta.step_size(t) for t in (1, 900, 2400)]
    np.testing.assert_allclose(steps, [2 / math.sqrt(1 + 1 / 300), 1.0, 2 / 3])
    assert eta.after_plateau(5) is eta


def test_a_rise_halves_the_steps_of_the_fall():
    eta = Falling(0.8, end=10, n_last=2, start=4)
    assert [eta.after_rise().step_size(t) for t in (5, 8)] == [0.4, 0.2]


def test_the_pace_follows_the_loss():
    pace = Pace(noise_share=0.9, start_loss=1.0, batch_size=128)
    # L = 0.1 + 0.9 ℓ/ℓ₀
    assert pace.factor(0.5, 128) == pytest.approx(1 / 0.55)
    assert pace.factor(10.0, 128) == pytest.approx(1 / 9.1)
    assert pace.factor(1.0, 1) == pytest.approx(1 / 128)
    assert pace.factor(1.0, 1000) == 1.0  # no batch is larger, and none takes a larger step
    elsewhere = Pace(noise_share=0.9, start_loss=2.0, batch_size=128)
    assert elsewhere.factor(0.5, 128) == pytest.approx(1 / 0.325)
    assert elsewhere.factor(None, 128) == 1.0  # as if ℓ were ℓ₀


# 5120 samples, at least 20 batches
@pytest.mark.parametrize(("batch_size", "n_batches"), [(1, 5120), (128, 40), (256, 20), (1000, 20)])
def test_the_loss_that_the_pace_follows_is_a_mean_over_many_samples(batch_size, n_batches):
    pace, loss = Pace(noise_share=0.9, start_loss=1.0, batch_size=batch_size), None
    for _ in range(100):
        loss = pace.smoothed(loss, 3.0)
    assert loss == pytest.approx(3 - 2 * (1 - 1 / n_batches) ** 100)


@pytest.mark.parametrize("eta", [Falling(1e30, end=10, n_last=5), Falling(1, 9, 2), Endless(1)])
def test_an_overflow_leads_to_far_smaller_steps_and_at_last_to_none(eta):
    first = eta.step_size(1)
    smaller = eta.after_overflow()
    assert smaller.step_size(1) == pytest.approx(first / 1e30)
    n = 1
    while smaller is not None:
        n, smaller = n + 1, smaller.after_overflow()
        assert n < 20


@pytest.mark.parametrize("name", NAMES)
def test_a_schedule_can_be_pickled(name):
    eta = schedule(name, alpha=1e-3, eta0=0.5, power_t=0.5)
    assert pickle.loads(pickle.dumps(eta)).step_size(7) == eta.step_size(7)


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


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("alpha", [1e-300, 1e-4, 0.37, 1e22])
def test_many_step_sizes_are_those_of_single_steps(name, alpha):
    eta = schedule(name, alpha=alpha, eta0=0.07, power_t=0.3)
    t = np.arange(1.0, 5000.0)
    np.testing.assert_array_equal(eta.step_sizes(t), [eta.step_size(u) for u in t.tolist()])
