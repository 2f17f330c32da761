"""Defaults on data that aren't MNIST: how much of the way to the optimum is left after `fit`."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import (
    load_breast_cancer,
    load_iris,
    load_wine,
    make_classification,
)
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

ALPHA = 1e-4


def overlapping(seed, n=1500, d=20, informative=10, classes=3, noise=0.3):
    X, y = make_classification(
        n, d, n_informative=informative, n_classes=classes, flip_y=noise, random_state=seed
    )
    return StandardScaler().fit_transform(X), y


def sizes(seed):
    X, y = overlapping(seed, noise=0.05)
    return X * 10 ** np.random.default_rng(seed).uniform(-3, 3, X.shape[1]), y


def shifted(seed):
    X, y = overlapping(seed, noise=0.05)
    return X + 30, y


def correlated(seed):
    X, y = overlapping(seed, noise=0.05)
    return np.hstack([X, X + 0.01 * np.random.default_rng(seed).normal(size=X.shape)]), y


def outliers(seed):
    X, y = overlapping(seed, noise=0.01)
    X[np.random.default_rng(seed).choice(len(X), 5, replace=False)] *= 100
    return X, y


FAMILIES = {
    "noisy labels": (overlapping, 0.02),
    "twelve classes": (
        lambda seed: overlapping(seed, n=4000, d=30, informative=15, classes=12, noise=0.05),
        0.02,
    ),
    "correlated": (correlated, 0.02),
    "sizes": (sizes, 0.05),
    "shifted": (shifted, 0.05),
    "outliers": (outliers, 0.05),
    "wine": (lambda seed: load_wine(return_X_y=True), 0.05),
    "breast cancer": (lambda seed: load_breast_cancer(return_X_y=True), 0.05),
    "iris": (lambda seed: load_iris(return_X_y=True), 0.05),
}


def objective(W, b, X, y, loss):
    Z = X @ W.T + b
    if loss == "softmax":
        Z = Z - Z.max(axis=1, keepdims=True)
        value = (np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(y)), y]).mean()
    else:
        value = (np.logaddexp(0, Z) - y[:, np.newaxis] * Z).mean()
    return value + ALPHA / 2 * np.sum(W**2)


def optimum(X, y, loss):
    """The least objective, of scikit-learn's Newton method on scaled features' penalty: exact."""
    theirs = LogisticRegression(C=1 / (ALPHA * len(X)), solver="newton-cholesky", max_iter=500)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        W, b = theirs.set_params(tol=1e-10).fit(X, y).coef_, theirs.intercept_
    if loss == "softmax" and len(W) == 1:  # scores shared by two rows; the penalty is half
        theirs.set_params(C=2 / (ALPHA * len(X)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs.fit(X, y)
        W, b = theirs.coef_, theirs.intercept_
        W, b = np.vstack([-W, W]) / 2, np.append(-b, b) / 2
    return objective(W, b, X, y, loss)


def share_left(model, X, y, loss):
    p = np.bincount(y) / len(y)
    start, least = -float(p @ np.log(p)), optimum(X, y, loss)
    return (objective(model.coef_, model.intercept_, X, y, loss) - least) / (start - least)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("family", FAMILIES)
def test_the_defaults_leave_next_to_nothing_of_the_way_to_the_optimum(family, seed):
    make, most = FAMILIES[family]
    X, y = make(seed)
    model = SoftmaxClassifier(random_state=seed).fit(X, y)
    assert -1e-6 < share_left(model, X, y, "softmax") < most


@pytest.mark.parametrize("family", ["noisy labels", "sizes", "shifted", "breast cancer"])
def test_two_classes_by_their_log_loss(family):
    make, most = FAMILIES[family]
    X, y = make(3)
    y = (y == 0).astype(int)
    model = LogisticClassifier(random_state=0).fit(X, y)
    assert -1e-6 < share_left(model, X, y, "binary") < most


@pytest.mark.parametrize("Classifier", [LogisticClassifier, SoftmaxClassifier])
def test_the_order_of_columns_and_classes_and_the_unit_change_nothing(Classifier):
    X, y = overlapping(5, noise=0.1)
    order = np.random.default_rng(0).permutation(X.shape[1])
    options = {"penalty": None, "random_state": 0, "max_iter": 20}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scores = Classifier(**options).fit(X, y).decision_function(X)
        turned = Classifier(**options).fit(X[:, order], y).decision_function(X[:, order])
        renamed = Classifier(**options).fit(X, 2 - y).decision_function(X)[:, ::-1]
        larger = Classifier(**options).fit(X * 1000, y).decision_function(X * 1000)
    for other in (turned, renamed, larger):
        np.testing.assert_allclose(other, scores, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("make", [overlapping, sizes, shifted, correlated])
def test_a_stream_of_chunks_comes_near_the_optimum(make):
    X, y = make(4)
    model = SoftmaxClassifier(random_state=0)
    for _ in range(20):
        for chunk in (slice(0, 1000), slice(1000, None)):
            model.partial_fit(X[chunk], y[chunk], classes=[0, 1, 2])
    assert share_left(model, X, y, "softmax") < 0.05
