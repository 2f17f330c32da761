"""The textbook against scikit-learn, SciPy and closed forms: ours, theirs, one assert."""

import numpy as np
import pytest
import scipy.special
import sklearn.linear_model
import sklearn.metrics
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.preprocessing import scale

from scratch import textbook

LOGITS = np.array([-1000.0, -40.0, -1.0, 0.0, 0.5, 40.0, 1000.0])
rng = np.random.default_rng(0)
Z, CLASSES = rng.normal(size=(50, 4)) * 5, rng.integers(0, 4, 50)
z, OUTCOMES = Z[:, 0], CLASSES % 2


def test_sigmoid_is_scipys_expit():
    assert_allclose(textbook.sigmoid(LOGITS), scipy.special.expit(LOGITS), rtol=1e-15)


def test_softmax_is_scipys():
    assert_allclose(textbook.softmax(Z), scipy.special.softmax(Z, axis=1), rtol=1e-14)


def test_binary_cross_entropy_is_sklearns_log_loss_of_the_probabilities():
    theirs = sklearn.metrics.log_loss(OUTCOMES, scipy.special.expit(z))
    assert_allclose(textbook.binary_cross_entropy(z, OUTCOMES), theirs, rtol=1e-12)


def test_cross_entropy_is_sklearns_log_loss_of_the_probabilities():
    theirs = sklearn.metrics.log_loss(CLASSES, scipy.special.softmax(Z, axis=1))
    assert_allclose(textbook.cross_entropy(Z, CLASSES), theirs, rtol=1e-12)


@pytest.mark.parametrize(
    ("logit", "loss"), [(1000.0, 0.0), (-1000.0, 1000.0), (40.0, np.exp(-40.0)), (0.0, np.log(2))]
)
def test_losses_are_exact_where_probabilities_have_rounded(logit, loss):
    """log(1 + e^-z) is e^-z for z = 40 and -z for z = -1000, to the last digit."""
    assert_allclose(textbook.binary_cross_entropy(np.array([logit]), np.array([1])), loss)
    assert_allclose(textbook.binary_cross_entropy(np.array([-logit]), np.array([0])), loss)
    assert_allclose(textbook.cross_entropy(np.array([[logit, 0.0]]), np.array([0])), loss)


@pytest.mark.parametrize(
    ("loss", "gradient", "logits", "y"),
    [
        (textbook.binary_cross_entropy, textbook.binary_cross_entropy_gradient, z, OUTCOMES),
        (textbook.cross_entropy, textbook.cross_entropy_gradient, Z, CLASSES),
    ],
)
def test_gradients_are_central_differences_of_the_losses(loss, gradient, logits, y):
    h = 1e-5
    differences = np.empty(logits.shape)
    for i in np.ndindex(logits.shape):
        step = np.zeros(logits.shape)
        step[i] = h
        differences[i] = (loss(logits + step, y) - loss(logits - step, y)) / (2 * h)
    assert_allclose(gradient(logits, y), differences, atol=1e-10)


def test_minibatches_bring_every_sample_once_in_a_new_order():
    generator = np.random.default_rng(0)
    first, second = (list(textbook.minibatches(10, 4, generator)) for _ in range(2))
    assert [len(batch) for batch in first] == [4, 4, 2]
    assert_array_equal(np.sort(np.concatenate(first)), np.arange(10))
    assert not np.array_equal(np.concatenate(first), np.concatenate(second))


def test_sgd_step_follows_the_difference_quotient_of_the_objective():
    X, alpha, eta, h = rng.normal(size=(50, 3)), 0.1, 0.01, 1e-5
    W, b = rng.normal(size=(4, 3)), rng.normal(size=4)

    def objective(W, b):
        return textbook.cross_entropy(X @ W.T + b, CLASSES) + alpha / 2 * np.sum(W**2)

    new_W, new_b = textbook.sgd_step(W, b, X, CLASSES, eta, alpha)
    for i in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[i] = h
        slope = (objective(W + step, b) - objective(W - step, b)) / (2 * h)
        assert_allclose(new_W[i], W[i] - eta * slope, atol=1e-10)
    for k, step in enumerate(np.eye(4) * h):
        slope = (objective(W, b + step) - objective(W, b - step)) / (2 * h)
        assert_allclose(new_b[k], b[k] - eta * slope, atol=1e-10)


def test_fit_softmax_reaches_the_optimum_of_sklearns_logistic_regression():
    X, y = load_iris(return_X_y=True)
    X, alpha = scale(X), 0.01
    W, b = textbook.fit_softmax(  # full batches: gradient descent
        X, y, 3, eta=1.0, alpha=alpha, batch_size=150, n_epochs=2000, rng=np.random.default_rng(0)
    )
    theirs = sklearn.linear_model.LogisticRegression(C=1 / (150 * alpha), tol=1e-10).fit(X, y)
    assert_allclose(W, theirs.coef_, atol=1e-5)
    assert_allclose(b - b.mean(), theirs.intercept_ - theirs.intercept_.mean(), atol=1e-5)


def test_one_sample_at_a_time_is_sklearns_sgd_classifier():
    X, y = load_breast_cancer(return_X_y=True)
    X, how = scale(X), {"alpha": 1e-3, "learning_rate": "constant", "eta0": 0.01}
    w, b = textbook.fit_one_sample_at_a_time(X, y, alpha=1e-3, eta=0.01, n_epochs=3)
    theirs = sklearn.linear_model.SGDClassifier(
        loss="log_loss", **how, shuffle=False, max_iter=3, tol=None
    ).fit(X, y)
    assert_allclose(w, theirs.coef_[0], rtol=1e-12)
    assert_allclose(b, theirs.intercept_[0], rtol=1e-12)


def test_one_sample_at_a_time_stops_the_penalty_at_zero():
    """Where ηα > 1 the penalty alone would turn the weights' signs."""
    X, y = np.array([[1.0], [2.0], [-1.0]]), np.array([1, 0, 0])
    w, b = textbook.fit_one_sample_at_a_time(X, y, alpha=3.0, eta=0.5, n_epochs=2)
    theirs = sklearn.linear_model.SGDClassifier(
        loss="log_loss", alpha=3.0, learning_rate="constant", eta0=0.5, shuffle=False, max_iter=2,
        tol=None,
    ).fit(X, y)  # fmt: skip
    assert_allclose([*w, b], [*theirs.coef_[0], *theirs.intercept_], rtol=1e-12)


def test_accuracy_is_sklearns():
    theirs = sklearn.metrics.accuracy_score(CLASSES, Z.argmax(axis=1))
    assert textbook.accuracy(CLASSES, Z.argmax(axis=1)) == theirs


def test_confusion_matrix_is_sklearns_absent_classes_included():
    ours = textbook.confusion_matrix(CLASSES, Z.argmax(axis=1), 6)
    theirs = sklearn.metrics.confusion_matrix(CLASSES, Z.argmax(axis=1), labels=range(6))
    assert_array_equal(ours, theirs)


def test_precision_recall_f1_are_sklearns_and_0_for_an_absent_class():
    ours = textbook.precision_recall_f1(textbook.confusion_matrix(CLASSES, Z.argmax(axis=1), 6))
    *theirs, _ = sklearn.metrics.precision_recall_fscore_support(
        CLASSES, Z.argmax(axis=1), labels=range(6), zero_division=0
    )
    assert_allclose(ours, theirs, rtol=1e-15)


def test_a_class_that_occurs_once_is_found_once_or_not():
    ratios = textbook.precision_recall_f1(np.array([[1, 0, 0], [0, 0, 1], [0, 0, 0]]))
    assert_array_equal(ratios, [[1, 0, 0], [1, 0, 0], [1, 0, 0]])


def test_log_loss_of_a_sure_and_right_answer_is_the_clipped_one():
    assert_allclose(textbook.log_loss(np.array([0]), np.array([[1.0, 0.0]])), 2.0**-52, rtol=1e-9)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_log_loss_is_sklearns_clipping_included(dtype):
    P = textbook.softmax(Z).astype(dtype)
    P[:2] = [[1, 0, 0, 0], [0, 0, 0, 1]]
    tolerance = 1e-14 if dtype == np.float64 else 1e-6
    theirs = sklearn.metrics.log_loss(CLASSES, P)
    assert_allclose(textbook.log_loss(CLASSES, P), theirs, rtol=tolerance)


def test_precision_recall_curve_is_sklearns_ties_included():
    scores = z.round()
    ours = textbook.precision_recall_curve(OUTCOMES, scores)
    theirs = sklearn.metrics.precision_recall_curve(OUTCOMES, scores)
    for our, their in zip(ours, theirs, strict=True):
        assert_allclose(our, their, rtol=1e-15)


def test_roc_auc_is_sklearns_ties_included():
    scores = z.round()
    theirs = sklearn.metrics.roc_auc_score(OUTCOMES, scores)
    assert_allclose(textbook.roc_auc(OUTCOMES, scores), theirs, rtol=1e-14)
