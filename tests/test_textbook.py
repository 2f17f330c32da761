"""The textbook against scikit-learn, SciPy and closed forms: ours, theirs, one assert."""

import numpy as np
import pytest
import scipy.special
import sklearn.linear_model
import sklearn.metrics
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.calibration import calibration_curve
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.preprocessing import MinMaxScaler, StandardScaler, scale

from scratch import textbook

LOGITS = np.array([-1000.0, -40.0, -1.0, 0.0, 0.5, 40.0, 1000.0])
Z = np.random.default_rng(0).normal(size=(50, 4)) * 5
CLASSES = np.random.default_rng(1).integers(0, 4, 50)
z, OUTCOMES = Z[:, 0], CLASSES % 2
PREDICTED = Z.argmax(axis=1)
X = np.random.default_rng(2).normal(size=(50, 3))


def same_curves(ours, theirs, rtol=1e-15):
    for our, their in zip(ours, theirs, strict=True):
        assert_allclose(our, their, rtol=rtol)


# --- The data -------------------------------------------------------------------------------------


def test_split_parts_the_samples_at_random():
    parts = textbook.split(10, 2, 3, np.random.default_rng(0))
    assert [len(part) for part in parts] == [5, 2, 3]
    assert_array_equal(np.sort(np.concatenate(parts)), np.arange(10))
    assert not np.array_equal(np.concatenate(parts), np.arange(10))
    assert [len(part) for part in textbook.split(3, 0, 0, np.random.default_rng(0))] == [3, 0, 0]


CONSTANT = np.column_stack([X * [1, 5, 100] + 3, np.full(50, 7.0)])  # its last column


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(textbook.standardise, StandardScaler()), (textbook.rescale, MinMaxScaler())],
)
def test_columns_are_scaled_as_by_sklearn_constant_ones_included(ours, theirs):
    other = CONSTANT[:7] + 1
    assert_allclose(ours(CONSTANT, other), theirs.fit(CONSTANT).transform(other), rtol=1e-12)


# --- Scores, losses and their slopes --------------------------------------------------------------


def test_linear_scores_are_a_sum_of_products_for_one_row_of_weights_and_for_several():
    W, b = np.arange(6.0).reshape(2, 3), np.array([1.0, -1.0])
    by_hand = [[sum(w * x for w, x in zip(W[k], row, strict=True)) + b[k] for k in (0, 1)]
               for row in X]  # fmt: skip
    assert_allclose(textbook.linear_scores(X, W, b), by_hand)
    assert_allclose(textbook.linear_scores(X, W[1], b[1]), np.array(by_hand)[:, 1])


def test_predict_takes_the_most_probable_class():
    assert_array_equal(textbook.predict(LOGITS), scipy.special.expit(LOGITS) > 0.5)
    assert_array_equal(textbook.predict(Z), scipy.special.softmax(Z, axis=1).argmax(axis=1))
    assert textbook.predict(np.array([0.0])).dtype == int


def test_numerical_gradient_is_that_of_a_known_function():
    x = np.array([[0.5, -1.0], [2.0, 0.1]])
    found = textbook.numerical_gradient(lambda x: np.sum(np.sin(x) * x[0, 0]), x)
    by_rule = np.cos(x) * x[0, 0]
    by_rule[0, 0] += np.sum(np.sin(x))
    assert_allclose(found, by_rule, atol=1e-9)


def test_numerical_gradient_has_an_error_of_second_order():
    """Of x³ at 1 the central difference is 3 + h²; a one-sided one is 3 + 3h + h²."""
    found = textbook.numerical_gradient(lambda x: (x**3).sum(), np.array([1.0]), h=0.1)
    assert_allclose(found, [3.01], rtol=1e-12)


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
    differences = textbook.numerical_gradient(lambda logits: loss(logits, y), logits)
    assert_allclose(gradient(logits, y), differences, atol=1e-10)


def test_one_hot_rows_are_those_of_the_identity():
    assert_array_equal(textbook.one_hot(CLASSES, 5), CLASSES[:, None] == np.arange(5))


def test_boolean_targets_are_the_classes_0_and_1():
    """``labels == "5"`` is a target too: with it, an index would be a mask."""
    is_class_1, guess = OUTCOMES == 1, z > 0
    two = Z[:, :2]
    assert textbook.cross_entropy(two, is_class_1) == textbook.cross_entropy(two, OUTCOMES)
    P = textbook.softmax(two)
    assert textbook.log_loss(is_class_1, P) == textbook.log_loss(OUTCOMES, P)
    for function in (textbook.binary_cross_entropy, textbook.binary_cross_entropy_gradient):
        assert_array_equal(function(z, is_class_1), function(z, OUTCOMES))
    gradient = textbook.cross_entropy_gradient
    assert_array_equal(gradient(two, is_class_1), gradient(two, OUTCOMES))
    assert_array_equal(gradient(two[:2], is_class_1[:2]), gradient(two[:2], OUTCOMES[:2]))
    assert_array_equal(
        textbook.confusion_matrix(is_class_1, guess, 2),
        sklearn.metrics.confusion_matrix(is_class_1, guess),
    )
    for curve in (textbook.precision_recall_curve, textbook.roc_curve):
        same_curves(curve(is_class_1, z), curve(OUTCOMES, z), rtol=0)
    assert textbook.roc_auc(is_class_1, z) == textbook.roc_auc(OUTCOMES, z)
    how = {"alpha": 0.1, "eta": 0.1, "n_epochs": 1}
    ours, numbers = (textbook.fit_one_sample_at_a_time(X, y, **how) for y in (is_class_1, OUTCOMES))
    assert_array_equal(ours[0], numbers[0])
    p = textbook.sigmoid(z)
    same_curves(textbook.reliability(is_class_1, p), textbook.reliability(OUTCOMES, p), rtol=0)


# --- Training -------------------------------------------------------------------------------------


def test_minibatches_bring_every_sample_once_in_a_new_order():
    generator = np.random.default_rng(0)
    first, second = (list(textbook.minibatches(10, 4, generator)) for _ in range(2))
    assert [len(batch) for batch in first] == [4, 4, 2]
    assert_array_equal(np.sort(np.concatenate(first)), np.arange(10))
    assert not np.array_equal(np.concatenate(first), np.concatenate(second))


def test_logistic_step_follows_the_slope_of_the_loss():
    w, b, eta = np.array([0.5, -1.0, 0.2]), 0.3, 0.01
    new_w, new_b = textbook.logistic_step(w, b, X, OUTCOMES, eta)
    slope_w = textbook.numerical_gradient(
        lambda w: textbook.binary_cross_entropy(X @ w + b, OUTCOMES), w
    )
    slope_b = textbook.numerical_gradient(
        lambda b: textbook.binary_cross_entropy(X @ w + b, OUTCOMES), np.array(b)
    )
    assert_allclose(new_w, w - eta * slope_w, atol=1e-10)
    assert_allclose(new_b, b - eta * slope_b, atol=1e-10)


def test_sgd_step_follows_the_slope_of_the_objective():
    alpha, eta, generator = 0.1, 0.01, np.random.default_rng(0)
    W, b = generator.normal(size=(4, 3)), generator.normal(size=4)

    def objective(W, b):
        return textbook.cross_entropy(X @ W.T + b, CLASSES) + alpha / 2 * np.sum(W**2)

    new_W, new_b = textbook.sgd_step(W, b, X, CLASSES, eta, alpha)
    slope_W = textbook.numerical_gradient(lambda W: objective(W, b), W)
    slope_b = textbook.numerical_gradient(lambda b: objective(W, b), b)
    assert_allclose(new_W, W - eta * slope_W, atol=1e-10)
    assert_allclose(new_b, b - eta * slope_b, atol=1e-10)


def test_the_penalty_and_its_gradient():
    W = Z[:3]
    assert_allclose(textbook.penalty(W, 0.3), 0.15 * np.linalg.norm(W) ** 2)
    slope = textbook.numerical_gradient(lambda W: textbook.penalty(W, 0.3), W)
    assert_allclose(textbook.penalty_gradient(W, 0.3), slope, atol=1e-8)


def test_momentum_on_a_constant_slope_ends_with_steps_1_over_1_minus_momentum_times_as_large():
    w, v = np.array([0.0]), np.array([0.0])
    for _ in range(200):
        before = w
        w, v = textbook.momentum_step(w, v, np.array([2.0]), 0.1, 0.9)
    assert_allclose(w - before, -0.1 * 2.0 / (1 - 0.9))


def test_falling_learning_rate_is_sklearns_invscaling():
    """One pass over three samples, a step each, by hand and by SGDClassifier."""
    x, y = np.array([[1.0], [2.0], [-1.0]]), np.array([1, 0, 0])
    theirs = sklearn.linear_model.SGDClassifier(
        loss="log_loss", alpha=0, learning_rate="invscaling", eta0=0.5, power_t=0.25,
        shuffle=False, max_iter=1, tol=None,
    ).fit(x, y)  # fmt: skip
    w, b = np.zeros(1), 0.0
    for t in (1, 2, 3):
        eta = textbook.falling_learning_rate(0.5, t, 0.25)
        w, b = textbook.logistic_step(w, b, x[t - 1 : t], y[t - 1 : t], eta)
    assert_allclose([*w, b], [*theirs.coef_[0], *theirs.intercept_], rtol=1e-12)


def test_fit_logistic_reaches_the_optimum_of_sklearns_logistic_regression():
    w, b = textbook.fit_logistic(
        X, OUTCOMES, eta=1.0, batch_size=50, n_epochs=500, rng=np.random.default_rng(0)
    )
    theirs = sklearn.linear_model.LogisticRegression(C=np.inf, tol=1e-10).fit(X, OUTCOMES)
    assert_allclose(w, theirs.coef_[0], atol=1e-5)
    assert_allclose(b, theirs.intercept_[0], atol=1e-5)


def test_one_vs_rest_reaches_the_optima_of_the_classes_against_the_others():
    W, b = textbook.fit_one_vs_rest(
        X, CLASSES, 4, eta=2.0, batch_size=50, n_epochs=700, rng=np.random.default_rng(0)
    )
    for k in range(4):
        theirs = sklearn.linear_model.LogisticRegression(C=np.inf, tol=1e-10).fit(X, k == CLASSES)
        assert_allclose(W[k], theirs.coef_[0], atol=1e-5)
        assert_allclose(b[k], theirs.intercept_[0], atol=1e-5)


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


# --- Judging --------------------------------------------------------------------------------------


def test_accuracy_is_sklearns():
    theirs = sklearn.metrics.accuracy_score(CLASSES, PREDICTED)
    assert textbook.accuracy(CLASSES, PREDICTED) == theirs


def test_confusion_matrix_is_sklearns_absent_classes_included():
    ours = textbook.confusion_matrix(CLASSES, PREDICTED, 6)
    theirs = sklearn.metrics.confusion_matrix(CLASSES, PREDICTED, labels=range(6))
    assert_array_equal(ours, theirs)


def test_precision_recall_f1_are_sklearns_and_0_for_an_absent_class():
    ours = textbook.precision_recall_f1(textbook.confusion_matrix(CLASSES, PREDICTED, 6))
    *theirs, _ = sklearn.metrics.precision_recall_fscore_support(
        CLASSES, PREDICTED, labels=range(6), zero_division=0
    )
    assert_allclose(ours, theirs, rtol=1e-15)


def test_a_class_that_occurs_once_is_found_once_or_not():
    ratios = textbook.precision_recall_f1(np.array([[1, 0, 0], [0, 0, 1], [0, 0, 0]]))
    assert_array_equal(ratios, [[1, 0, 0], [1, 0, 0], [1, 0, 0]])


def test_averages_are_the_last_rows_of_sklearns_report():
    theirs = sklearn.metrics.classification_report(
        CLASSES, PREDICTED, labels=range(6), output_dict=True, zero_division=0
    )
    accuracy = sklearn.metrics.accuracy_score(CLASSES, PREDICTED)
    macro, micro, weighted = textbook.averages(textbook.confusion_matrix(CLASSES, PREDICTED, 6))
    assert_allclose(macro, [*theirs["macro avg"].values()][:3], rtol=1e-14)
    assert_allclose(micro, [accuracy] * 3, rtol=1e-14)
    assert_allclose(weighted, [*theirs["weighted avg"].values()][:3], rtol=1e-14)


def test_log_loss_of_a_sure_and_right_answer_is_the_clipped_one():
    assert_allclose(textbook.log_loss(np.array([0]), np.array([[1.0, 0.0]])), 2.0**-52, rtol=1e-9)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_log_loss_is_sklearns_clipping_included(dtype):
    P = textbook.softmax(Z).astype(dtype)
    P[:2] = [[1, 0, 0, 0], [0, 0, 0, 1]]
    tolerance = 1e-14 if dtype == np.float64 else 1e-6
    theirs = sklearn.metrics.log_loss(CLASSES, P)
    assert_allclose(textbook.log_loss(CLASSES, P), theirs, rtol=tolerance)


TIED = z.round()
THRESHOLDS = np.unique(TIED)[::-1]


def test_counts_at_thresholds_are_counted_one_threshold_after_another():
    reached = THRESHOLDS[:, None] <= TIED  # (m, n)
    by_hand = (reached & (OUTCOMES == 1)).sum(axis=1), (reached & (OUTCOMES == 0)).sum(axis=1)
    same_curves(textbook.counts_at_thresholds(OUTCOMES, TIED), (*by_hand, THRESHOLDS), rtol=0)


def test_precision_recall_curve_is_sklearns_ties_included():
    theirs = sklearn.metrics.precision_recall_curve(OUTCOMES, TIED)
    same_curves(textbook.precision_recall_curve(OUTCOMES, TIED), theirs)


def test_roc_curve_is_sklearns_ties_included():
    theirs = sklearn.metrics.roc_curve(OUTCOMES, TIED, drop_intermediate=False)
    same_curves(textbook.roc_curve(OUTCOMES, TIED), theirs)


def test_the_cost_at_a_threshold_is_that_of_its_misses_and_false_alarms():
    cost, thresholds = textbook.cost_curve(OUTCOMES, TIED, 7, 2)
    assert_array_equal(thresholds, [np.inf, *THRESHOLDS])
    for found, threshold in zip(cost, thresholds, strict=True):
        (_, fp), (fn, _) = sklearn.metrics.confusion_matrix(OUTCOMES, threshold <= TIED)
        assert_allclose(found, (7 * fn + 2 * fp) / 50)


@pytest.mark.parametrize(("miss", "alarm"), [(1, 1), (10, 1), (1, 10), (1, 1000)])
def test_the_threshold_of_least_cost_is_found_by_trying_all(miss, alarm):
    def cost(threshold):
        called = threshold <= TIED
        return miss * np.sum(~called & (OUTCOMES == 1)) + alarm * np.sum(called & (OUTCOMES == 0))

    best = min([np.inf, *THRESHOLDS], key=cost)  # the first of equal ones
    assert textbook.threshold_of_least_cost(OUTCOMES, TIED, miss, alarm) == best


def test_the_threshold_of_best_f1_is_found_by_trying_all():
    best = max(THRESHOLDS, key=lambda t: sklearn.metrics.f1_score(OUTCOMES, t <= TIED))
    assert textbook.threshold_of_best_f1(OUTCOMES, TIED) == best


def test_reliability_is_sklearns_calibration_curve_where_there_are_samples():
    p = scipy.special.expit(z)
    mean_p, share, n_in_bin = textbook.reliability(OUTCOMES, p)
    theirs = calibration_curve(OUTCOMES, p, n_bins=10)
    filled = n_in_bin > 0
    assert not filled.all()  # there is an empty bin
    same_curves((share[filled], mean_p[filled]), theirs, rtol=1e-14)
    assert_array_equal(n_in_bin, np.histogram(p, np.linspace(0, 1, 11))[0])
    assert_array_equal([mean_p[~filled], share[~filled]], 0)


def test_reliability_at_the_edges_of_its_bins():
    _, _, n_in_bin = textbook.reliability(np.array([0, 1, 1, 1]), np.array([0, 0.5, 0.75, 1]), 4)
    assert_array_equal(n_in_bin, [1, 0, 1, 2])


@pytest.mark.parametrize(
    ("losses", "patience", "kept", "ended"),
    [
        ([3, 2, 1], 1, 2, 2),  # it falls to the end
        ([1, 2, 0], 1, 0, 1),
        ([1, 2, 0], 2, 2, 2),
        ([1, 1, 1, 0], 2, 0, 2),  # equal is no better
        ([3, 1, 2, 0.5, 2, 2, 0], 2, 3, 5),
        ([1], 1, 0, 0),
    ],
)
def test_early_stopping(losses, patience, kept, ended):
    assert textbook.early_stopping(np.array(losses), patience) == (kept, ended)


def test_roc_auc_is_sklearns_ties_included():
    theirs = sklearn.metrics.roc_auc_score(OUTCOMES, TIED)
    assert_allclose(textbook.roc_auc(OUTCOMES, TIED), theirs, rtol=1e-14)
