"""The judge, by scikit-learn's log loss and its optimum."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from benchmarks.objective import ONE_VS_REST, SOFTMAX, accuracy, judge, objective
from benchmarks.objective import test_loss as loss_of_probabilities


@pytest.mark.parametrize("family", [SOFTMAX, ONE_VS_REST])
def test_objective_by_scikit_learn(digits, family):
    rng = np.random.default_rng(0)
    W, b = rng.standard_normal((10, 64)), rng.standard_normal(10)
    Z = digits.X.astype(float) @ W.T + b
    if family == SOFTMAX:
        P = np.exp(Z - Z.max(axis=1, keepdims=True))
        loss = log_loss(digits.y, P / P.sum(axis=1, keepdims=True))
    else:
        loss = np.mean([log_loss(digits.y == k, 1 / (1 + np.exp(-Z[:, k]))) for k in range(10)])
    penalty = 0.5 * 0.01 * np.sum(W**2) / (1 if family == SOFTMAX else 10)
    assert objective(W, b, digits, family, 0.01) == pytest.approx(loss + penalty, rel=1e-9)


def test_C_of_alpha(digits):
    """At the optimum of scikit-learn's C no step lowers our objective."""
    fitted = LogisticRegression(C=digits.C(0.01), tol=1e-8, max_iter=2000).fit(digits.X, digits.y)
    W, b = fitted.coef_.astype(float), fitted.intercept_
    at = objective(W, b, digits, SOFTMAX, 0.01)
    assert objective(W * 1.01, b, digits, SOFTMAX, 0.01) > at
    assert objective(W * 0.99, b, digits, SOFTMAX, 0.01) > at
    assert judge(fitted, digits, SOFTMAX)[1] == fitted.score(digits.X_test, digits.y_test)


@pytest.mark.parametrize("two", [False, True])
def test_accuracy_and_test_loss_by_scikit_learn(digits, two):
    problem = digits.five_or_not() if two else digits
    fitted = LogisticRegression(max_iter=300).fit(problem.X, problem.y)
    expected = log_loss(problem.y_test, fitted.predict_proba(problem.X_test))
    assert loss_of_probabilities(fitted, problem) == pytest.approx(expected, rel=1e-5)
    W, b = np.float64(fitted.coef_), np.float64(fitted.intercept_)
    assert accuracy(W, b, problem) == fitted.score(problem.X_test, problem.y_test)
