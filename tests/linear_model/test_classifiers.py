"""`LogisticClassifier` and `SoftmaxClassifier` against scikit-learn: its steps, its optima."""

import warnings
from functools import cache

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import StandardScaler

from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

# where `max_iter` is small on purpose
pytestmark = pytest.mark.filterwarnings("ignore:Training ended after max_iter")

LOADERS = {
    "iris": load_iris,
    "wine": load_wine,
    "breast cancer": load_breast_cancer,
    "digits": load_digits,
}
both = pytest.mark.parametrize("Classifier", [LogisticClassifier, SoftmaxClassifier])


@cache
def data(name, n=300):
    """A standardised data set in random order, n samples at most: (n, d), (n,)."""
    X, y = LOADERS[name](return_X_y=True)
    order = np.random.default_rng(0).permutation(len(X))[:n]
    return StandardScaler().fit_transform(X)[order], y[order]


def assert_equal(ours, theirs, tolerance=1e-10):
    for name in ("coef_", "intercept_"):
        expected = getattr(theirs, name)
        error = np.abs(getattr(ours, name) - expected).max()
        assert error <= tolerance * np.abs(expected).max(), name


def quiet(fit, *args, **kwargs):
    """scikit-learn's fit, without its warning that it has made all epochs it was asked for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fit(*args, **kwargs)


# The steps of SGDClassifier

SCHEDULES = ["constant", "optimal", "invscaling", "adaptive"]
# scikit-learn's average goes wrong with L1: see the second test
PENALTIES_AND_AVERAGES = [
    *((penalty, False) for penalty in ("l2", "l1", "elasticnet", None)),
    *((penalty, average) for penalty in ("l2", None) for average in (True, 60)),
]
ONE_BY_ONE = {"batch_size": 1, "momentum": 0}


@pytest.mark.parametrize("name", ["breast cancer", "iris"])
@pytest.mark.parametrize("learning_rate", SCHEDULES)
@pytest.mark.parametrize(("penalty", "average"), PENALTIES_AND_AVERAGES)
def test_the_steps_of_sgd_classifier(name, learning_rate, penalty, average):
    X, y = data(name, 75)
    options = {
        "learning_rate": learning_rate, "penalty": penalty, "average": average, "alpha": 0.01,
        "l1_ratio": 0.3, "eta0": 0.01, "shuffle": False, "max_iter": 3, "tol": None,
    }  # fmt: skip
    ours = LogisticClassifier(**ONE_BY_ONE, **options).fit(X, y)
    theirs = quiet(SGDClassifier(loss="log_loss", **options).fit, X, y)
    assert_equal(ours, theirs)


@pytest.mark.parametrize("penalty", ["l1", "elasticnet"])
@pytest.mark.parametrize("learning_rate", SCHEDULES)
@pytest.mark.parametrize("average", [True, 20])
def test_with_l1_the_average_is_that_of_the_weights_that_sgd_classifier_takes(
    penalty, learning_rate, average
):
    # scikit-learn adds every L1 step in full to its running mean too, which so drifts away; the
    # weights that it steps through, asked for after each sample, are right
    X, y = data("breast cancer")
    X, y = X[:40], y[:40]
    options = {
        "learning_rate": learning_rate, "penalty": penalty, "alpha": 0.05, "l1_ratio": 0.3,
        "eta0": 0.05, "shuffle": False, "tol": None,
    }  # fmt: skip
    ours = LogisticClassifier(max_iter=1, average=average, **ONE_BY_ONE, **options).fit(X, y)
    weights = [
        quiet(
            SGDClassifier(loss="log_loss", max_iter=1, **options).partial_fit, X[:n], y[:n], [0, 1]
        )
        for n in range(int(average), len(X) + 1)
    ]
    mean = np.mean([each.coef_ for each in weights], axis=0)
    np.testing.assert_allclose(ours.coef_, mean, rtol=1e-10, atol=1e-12)
    mean = np.mean([each.intercept_ for each in weights])
    assert ours.intercept_[0] == pytest.approx(mean, rel=1e-10)


@pytest.mark.parametrize(
    "options",
    [
        {"fit_intercept": False},
        {"class_weight": {0: 0.5, 1: 2.0}},
        {"class_weight": "balanced"},
        {"penalty": "elasticnet", "l1_ratio": 0.0},
        {"power_t": 0.25, "learning_rate": "invscaling"},
        {"alpha": 20.0},  # eta * alpha = 2: the shrinking stops at 0
    ],
)
@pytest.mark.parametrize("name", ["breast cancer", "iris"])
def test_the_options_of_sgd_classifier(name, options):
    X, y = data(name)
    options = {
        "learning_rate": "constant", "eta0": 0.1, "alpha": 0.01, "shuffle": False, "max_iter": 3,
        "tol": None, **options,
    }  # fmt: skip
    ours = LogisticClassifier(**ONE_BY_ONE, **options).fit(X, y)
    if isinstance(options.get("class_weight"), dict):
        # scikit-learn multiplies steps by them, and has other ones for several classes; ours are
        # weights of the samples, of mean 1
        factors = np.array([0.5, 2.0, 1.0])[y]
        del options["class_weight"]
        theirs = SGDClassifier(loss="log_loss", **options)
        theirs = quiet(theirs.fit, X, y, sample_weight=factors / factors.mean())
    else:
        theirs = quiet(SGDClassifier(loss="log_loss", **options).fit, X, y)
    assert_equal(ours, theirs)


def test_the_steps_of_weighted_samples():
    # scikit-learn multiplies steps by the weights; ours have mean 1
    X, y = data("breast cancer")
    w = np.random.default_rng(0).uniform(0.5, 2, len(X))
    options = {
        "learning_rate": "constant",
        "eta0": 0.01,
        "shuffle": False,
        "max_iter": 3,
        "tol": None,
    }
    ours = LogisticClassifier(**ONE_BY_ONE, **options).fit(X, y, w)
    theirs = SGDClassifier(loss="log_loss", **options)
    assert_equal(ours, quiet(theirs.fit, X, y, sample_weight=w / w.mean()))


@both
def test_partial_fit_takes_the_steps_of_sgd_classifier(Classifier):
    X, y = data("breast cancer")
    options = {"learning_rate": "invscaling", "eta0": 0.1, "shuffle": False}
    if Classifier is SoftmaxClassifier:  # the same steps on the difference of the two rows
        ours = SoftmaxClassifier(**ONE_BY_ONE, **{**options, "eta0": 0.05})
    else:
        ours = LogisticClassifier(**ONE_BY_ONE, **options)
    theirs = SGDClassifier(loss="log_loss", **options)
    ours.set_params(penalty=None)
    theirs.set_params(penalty=None)
    for start in range(0, len(X), 100):
        chunk = slice(start, start + 100)
        ours.partial_fit(X[chunk], y[chunk], classes=[0, 1])
        theirs.partial_fit(X[chunk], y[chunk], classes=[0, 1])
    scores = theirs.decision_function(X)
    np.testing.assert_allclose(ours.decision_function(X), scores, rtol=1e-9, atol=1e-9)


# The optima of LogisticRegression

PROBLEMS = [("iris", 1.0), ("iris", 0.1), ("wine", 1.0), ("breast cancer", 1.0), ("digits", 1.0)]
SOLVED = {"batch_size": "full", "momentum": 0.98, "nesterov": True, "max_iter": 1500, "tol": None}


def softmax_objective(W, b, X, y, alpha):
    Z = X @ W.T + b
    Z = Z - Z.max(axis=1, keepdims=True)
    losses = np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]
    return losses.mean() + alpha / 2 * np.sum(W**2)


def logistic_objective(W, b, X, y, alpha):
    T = np.eye(y.max() + 1)[y][:, -len(W) :]
    Z = X @ W.T + b
    return (np.logaddexp(0, Z) - T * Z).sum(axis=1).mean() + alpha / 2 * np.sum(W**2)


@pytest.mark.parametrize(("name", "C"), PROBLEMS)
def test_the_softmax_optimum_is_that_of_logistic_regression(name, C):
    X, y = data(name)
    theirs = LogisticRegression(C=C, tol=1e-10, max_iter=10_000, solver="newton-cg").fit(X, y)
    W, b, alpha = theirs.coef_, theirs.intercept_, 1 / (len(X) * C)
    if len(W) == 1:  # two classes: the same scores, shared by two rows, at twice the penalty
        W, b, alpha = np.vstack([-W, W]) / 2, np.append(-b, b) / 2, 2 * alpha
    ours = SoftmaxClassifier(alpha=alpha, **SOLVED).fit(X, y)
    reached = softmax_objective(ours.coef_, ours.intercept_, X, y, alpha)
    assert reached == pytest.approx(softmax_objective(W, b, X, y, alpha), rel=1e-6)
    np.testing.assert_allclose(ours.coef_, W, atol=1e-3)
    np.testing.assert_allclose(ours.intercept_, b, atol=1e-3)


@pytest.mark.parametrize(("name", "C"), PROBLEMS)
def test_the_logistic_optimum_is_that_of_logistic_regression(name, C):
    X, y = data(name)
    theirs = LogisticRegression(C=C, tol=1e-10, max_iter=10_000, solver="newton-cg")
    parts = OneVsRestClassifier(theirs).fit(X, y).estimators_
    W = np.vstack([each.coef_ for each in parts])
    b = np.concatenate([each.intercept_ for each in parts])
    alpha = 1 / (len(X) * C)
    ours = LogisticClassifier(alpha=alpha, **SOLVED).fit(X, y)
    reached = logistic_objective(ours.coef_, ours.intercept_, X, y, alpha)
    assert reached == pytest.approx(logistic_objective(W, b, X, y, alpha), rel=1e-6)
    np.testing.assert_allclose(ours.coef_, W, atol=1e-3)
    np.testing.assert_allclose(ours.intercept_, b, atol=1e-3)


@cache
def fitted_by_saga(l1_ratio, alpha):
    """LogisticRegression at its optimum with an elastic net, on the breast cancer data."""
    X, y = data("breast cancer", 600)
    C = 1 / (len(X) * alpha)
    model = LogisticRegression(
        solver="saga", l1_ratio=l1_ratio, C=C, tol=1e-8, max_iter=10_000, random_state=0
    )
    return model.fit(X, y)


@pytest.mark.parametrize(
    ("l1_ratio", "alpha", "momentum", "nesterov"),
    [
        (1.0, 0.1, 0.9, False),
        (1.0, 0.1, 0.98, True),
        (0.5, 0.1, 0.9, False),
        (0.5, 0.01, 0.98, True),
    ],
)
def test_the_sparse_optimum_is_that_of_saga(l1_ratio, alpha, momentum, nesterov):
    X, y = data("breast cancer", 600)
    theirs = fitted_by_saga(l1_ratio, alpha)
    options = {**SOLVED, "nesterov": nesterov, "momentum": momentum, "alpha": alpha}
    options["max_iter"] = 2000
    ours = LogisticClassifier(penalty="elasticnet", l1_ratio=l1_ratio, **options).fit(X, y)

    def objective(model):
        W = model.coef_
        l1 = alpha * l1_ratio * np.abs(W).sum()
        return l1 + logistic_objective(W, model.intercept_, X, y, alpha * (1 - l1_ratio))

    assert objective(ours) == pytest.approx(objective(theirs), rel=1e-6)
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=1e-3)
    np.testing.assert_array_equal(ours.coef_ == 0, theirs.coef_ == 0)


@pytest.mark.parametrize("name", LOADERS)
def test_the_defaults_come_near_the_optimum(name):
    """Those of the softmax: see `test_auto`."""
    X, y = data(name)
    model = LogisticClassifier(random_state=0).fit(X, y)
    theirs = OneVsRestClassifier(LogisticRegression(C=1e4 / len(X), max_iter=5000))
    assert model.score(X, y) > theirs.fit(X, y).score(X, y) - 0.01
