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
    """A softmax over the scores (0, z) is a sigmoid of z: the step of w is that of two rows."""
    ours = LogisticClassifier(eta0=0.1, alpha=0, max_iter=5, batch_size=32, **PLAIN)
    ours.fit(X, IS_FIVE)
    w, b, generator = np.zeros(64), 0.0, np.random.RandomState(0)
    for _ in range(5):
        for batch in textbook.minibatches(len(X), 32, generator):
            scores = X[batch] @ w + b
            gradient = textbook.binary_cross_entropy_gradient(scores, IS_FIVE[batch])
            w, b = w - 0.1 * gradient @ X[batch], b - 0.1 * gradient.sum()
    assert_allclose(ours.coef_[0], w, atol=1e-12)
    assert_allclose(ours.intercept_[0], b, atol=1e-12)


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
    ours = SGDClassifier("log_loss", **how, shuffle=False, max_iter=3, tol=None).fit(X, IS_FIVE)
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


def test_log_loss():
    P = textbook.softmax(Z)
    assert_allclose(metrics.log_loss(y, P), textbook.log_loss(y, P), rtol=1e-14)


def test_precision_recall_curve():
    ours, plain = (room.precision_recall_curve(outcome, z) for room in (metrics, textbook))
    for our, textbooks in zip(ours, plain, strict=True):
        assert_allclose(our, textbooks, rtol=1e-15)


def test_roc_auc_score():
    assert_allclose(metrics.roc_auc_score(outcome, z), textbook.roc_auc(outcome, z), rtol=1e-14)
