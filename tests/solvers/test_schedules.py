"""Step sizes against a hand calculation, and against what scikit-learn's own steps reveal."""

import math

import numpy as np
import pytest
from sklearn.linear_model import SGDClassifier

from scratch.solvers.schedules import reduced, step_size


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
    eta = step_size(name, alpha=1e-4, eta0=0.5, power_t=0.75)(t)
    assert type(eta) is float
    assert eta == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", ["constant", "adaptive", "invscaling", "optimal"])
@pytest.mark.parametrize("alpha", [1e-4, 0.003, 1.0])
def test_the_step_that_scikit_learn_takes(name, alpha):
    # where every feature is 0, only the intercept moves
    params = {"alpha": alpha, "eta0": 0.07, "power_t": 0.3}
    theirs = SGDClassifier(
        loss="log_loss", learning_rate=name, penalty=None, shuffle=False, max_iter=1, **params
    )
    X, y = np.zeros((3, 1)), np.array([1, 0, 1])
    theirs.partial_fit(X, y, classes=[0, 1])
    eta, intercept = step_size(name, **params), 0.0
    for t, target in enumerate(y, start=1):
        intercept += eta(t) * (target - 1 / (1 + math.exp(-intercept)))
    assert intercept == pytest.approx(theirs.intercept_[0], rel=1e-12)


def test_reduced():
    assert reduced(0.5) == 0.1
    assert reduced(1e-6) is None


@pytest.mark.parametrize(("name", "alpha"), [("optimal", 0), ("fast", 1e-4)])
def test_refused(name, alpha):
    with pytest.raises(ValueError, match=r"alpha|fast"):
        step_size(name, alpha=alpha, eta0=1.0, power_t=0.5)
