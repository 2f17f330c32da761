"""The library equals the textbook: one expression in each, then one assert."""

import warnings

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits

from scratch import losses, metrics, textbook
from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier

X, DIGITS = load_digits(return_X_y=True)
X = X / 16  # (1797, 64), in [0, 1]
IS_FIVE = (DIGITS == 5).astype(int)
Z = np.random.default_rng(0).normal(size=(200, 4)) * 3
z, y, y_pred = Z[:, 0].round(1), np.arange(200) % 4, Z.argmax(axis=1)
outcome = y % 2
PLAIN = {"learning_rate": "constant", "momentum": 0, "tol": None, "random_state": 0}


@pytest.fixture(autouse=True)
def _the_textbook_has_no_stopping_rule():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield


def test_softmax_classifier_ends_with_the_textbooks_weights():
    how = {"alpha": 0.01, "batch_size": 32}
    ours = SoftmaxClassifier(eta0=0.1, max_iter=5, **how, **PLAIN).fit(X, DIGITS)
    W, b = textbook.fit_softmax(
        X, DIGITS, 10, eta=0.1, n_epochs=5, rng=np.random.RandomState(0), **how
    )
    assert_allclose(ours.coef_, W, atol=1e-12)
    assert_allclose(ours.intercept_, b, atol=1e-12)


def test_logistic_classifier_ends_with_the_textbooks_weights():
    ours = LogisticClassifier(eta0=0.1, alpha=0, max_iter=5, batch_size=32, **PLAIN)
    ours.fit(X, IS_FIVE)
    w, b = textbook.fit_logistic(
        X, IS_FIVE, eta=0.1, batch_size=32, n_epochs=5, rng=np.random.RandomState(0)
    )
    assert_allclose(ours.coef_[0], w, atol=1e-12)
    assert_allclose(ours.intercept_[0], b, atol=1e-12)


def test_logistic_classifier_with_momentum_and_a_falling_rate_takes_the_textbooks_steps():
    how = PLAIN | {"momentum": 0.9, "learning_rate": "invscaling", "power_t": 0.6}
    ours = LogisticClassifier(eta0=0.1, alpha=0.01, max_iter=3, batch_size=600, **how)
    ours.fit(X, IS_FIVE)
    rng, t = np.random.RandomState(0), 0
    theta = velocity = np.zeros(65)  # w, then b
    for _ in range(3):
        for batch in textbook.minibatches(len(X), 600, rng):
            t, w = t + 1, theta[:-1]
            z = textbook.linear_scores(X[batch], w, theta[-1])
            g = textbook.binary_cross_entropy_gradient(z, IS_FIVE[batch])
            slope = np.append(g @ X[batch] + textbook.penalty_gradient(w, 0.01), g.sum())
            eta = textbook.falling_learning_rate(0.1, t, 0.6)
            theta, velocity = textbook.momentum_step(theta, velocity, slope, eta, 0.9)
    assert_allclose(ours.coef_[0], theta[:-1], atol=1e-12)
    assert_allclose(ours.intercept_[0], theta[-1], atol=1e-12)


def test_logistic_classifier_is_the_textbooks_softmax_of_two_classes():
    """With rows -w/2 and w/2 the softmax has half the curvature: its step is twice as large."""
    ours = LogisticClassifier(eta0=0.1, alpha=0.01, max_iter=5, batch_size=32, **PLAIN)
    ours.fit(X, IS_FIVE)
    W, b = textbook.fit_softmax(
        X, IS_FIVE, 2, eta=0.05, alpha=0.02, batch_size=32, n_epochs=5,
        rng=np.random.RandomState(0),
    )  # fmt: skip
    assert_allclose(ours.coef_[0], W[1] - W[0], atol=1e-12)
    assert_allclose(ours.intercept_[0], b[1] - b[0], atol=1e-12)


def test_sgd_classifier_ends_with_the_textbooks_weights():
    how = {"alpha": 0.001, "learning_rate": "constant", "eta0": 0.01}
    ours = SGDClassifier(**how, shuffle=False, max_iter=3, tol=None).fit(X, IS_FIVE)
    w, b = textbook.fit_one_sample_at_a_time(X, IS_FIVE, alpha=0.001, eta=0.01, n_epochs=3)
    assert_allclose(ours.coef_[0], w, rtol=0, atol=1e-12)
    assert_allclose(ours.intercept_[0], b, rtol=0, atol=1e-12)


def test_sigmoid():
    assert_allclose(losses.sigmoid(z), textbook.sigmoid(z), rtol=1e-15)


def test_softmax():
    assert_allclose(losses.softmax(Z), textbook.softmax(Z), rtol=1e-15)


def test_binary_cross_entropy_and_its_gradient():
    value, residual = losses.binary_cross_entropy(z, outcome)
    assert_allclose(value, textbook.binary_cross_entropy(z, outcome), rtol=1e-14)
    assert_allclose(residual, textbook.binary_cross_entropy_gradient(z, outcome), atol=1e-17)


def test_cross_entropy_and_its_gradient():
    value, residual = losses.cross_entropy(Z, y)
    assert_allclose(value, textbook.cross_entropy(Z, y), rtol=1e-14)
    assert_allclose(residual, textbook.cross_entropy_gradient(Z, y), atol=1e-17)


def test_accuracy_score():
    assert metrics.accuracy_score(y, y_pred) == textbook.accuracy(y, y_pred)


def test_confusion_matrix():
    assert_array_equal(metrics.confusion_matrix(y, y_pred), textbook.confusion_matrix(y, y_pred, 4))


def test_precision_recall_fscore_support():
    *ours, support = metrics.precision_recall_fscore_support(y, y_pred)
    C = textbook.confusion_matrix(y, y_pred, 4)
    assert_allclose(ours, textbook.precision_recall_f1(C), rtol=1e-15)
    assert_array_equal(support, C.sum(axis=1))


@pytest.mark.parametrize(("row", "average"), [*enumerate(["macro", "micro", "weighted"])])
def test_averages(row, average):
    ours = metrics.precision_recall_fscore_support(y, y_pred, average=average)[:3]
    found = textbook.averages(textbook.confusion_matrix(y, y_pred, 4))
    assert_allclose(ours, found[row], rtol=1e-14)


def test_roc_curve():
    ours = metrics.roc_curve(outcome, z, drop_intermediate=False)
    for our, textbooks in zip(ours, textbook.roc_curve(outcome, z), strict=True):
        assert_allclose(our, textbooks, rtol=1e-15)


def test_log_loss():
    P = textbook.softmax(Z)
    assert_allclose(metrics.log_loss(y, P), textbook.log_loss(y, P), rtol=1e-14)


def test_precision_recall_curve():
    ours, plain = (room.precision_recall_curve(outcome, z) for room in (metrics, textbook))
    for our, textbooks in zip(ours, plain, strict=True):
        assert_allclose(our, textbooks, rtol=1e-15)


def test_roc_auc_score():
    assert_allclose(metrics.roc_auc_score(outcome, z), textbook.roc_auc(outcome, z), rtol=1e-14)
