"""Step sizes against hand calculations, and what scikit-learn's steps reveal."""

import math
import pickle

import numpy as np
import pytest
from sklearn.linear_model import SGDClassifier

from scratch.solvers.schedules import (
    Adaptive,
    Constant,
    InverseScaling,
    Optimal,
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
def test_a_plateau_ends_a_schedule_that_knows_no_smaller_steps(eta):
    assert eta.after_plateau(10) is None


def test_adaptive_divides_by_five_until_a_millionth():
    eta, etas = Adaptive(1e-4), []
    while eta is not None:
        etas.append(eta.step_size(1))
        eta = eta.after_plateau(1)
    np.testing.assert_allclose(etas, [1e-4, 2e-5, 4e-6, 8e-7])
    assert Adaptive(1e-6).after_plateau(1) is None
    assert Adaptive(np.nextafter(1e-6, 1)).after_plateau(1) is not None


@pytest.mark.parametrize("name", NAMES)
def test_a_schedule_can_be_pickled(name):
    eta = schedule(name, alpha=1e-3, eta0=0.5, power_t=0.5)
    assert pickle.loads(pickle.dumps(eta)).step_size(7) == eta.step_size(7)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("alpha", [1e-300, 1e-4, 0.37, 1e22])
def test_many_step_sizes_are_those_of_single_steps(name, alpha):
    eta = schedule(name, alpha=alpha, eta0=0.07, power_t=0.3)
    t = np.arange(1.0, 5000.0)
    np.testing.assert_array_equal(eta.step_sizes(t), [eta.step_size(u) for u in t.tolist()])
