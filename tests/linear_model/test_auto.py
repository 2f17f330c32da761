"""Defaults on data that aren't MNIST: how much of the way to the optimum is left after `fit`."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import (
    load_breast_cancer,
    load_digits,
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


@pytest.mark.parametrize("family", FAMILIES)
def test_the_defaults_leave_next_to_nothing_of_the_way_to_the_optimum(family):
    make, most = FAMILIES[family]
    X, y = make(1)
    model = SoftmaxClassifier(random_state=1).fit(X, y)
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


# Silent failures of earlier rules


@pytest.mark.parametrize("Classifier", [LogisticClassifier, SoftmaxClassifier])
def test_a_weak_signal_in_many_samples_is_learnt(Classifier):
    r = np.random.default_rng(0)
    X = r.normal(size=(20_000, 20))
    y = (X[:, 0] * 0.2 + r.logistic(size=20_000) > 0).astype(int)
    model = Classifier(random_state=0).fit(X, y)
    loss = "softmax" if Classifier is SoftmaxClassifier else "binary"
    assert -1e-6 < share_left(model, X, y, loss) < 0.05


@pytest.mark.parametrize("Classifier", [LogisticClassifier, SoftmaxClassifier])
@pytest.mark.parametrize("batch_size", ["full", 1797, 128])
def test_one_step_is_kept(Classifier, batch_size):
    X, y = load_digits(return_X_y=True)
    if batch_size == 128:
        X, y = X[:128], y[:128]
    settings = {"batch_size": batch_size, "random_state": 0}
    model = Classifier(max_iter=1, tol=None, **settings).fit(X, y)
    assert model.score(X, y) > 0.8
    streamed = Classifier(**settings).partial_fit(X, y, classes=range(10))
    assert model.score(X, y) == pytest.approx(streamed.score(X, y), abs=0.05)


def test_rare_columns_are_learnt():
    r = np.random.default_rng(0)
    X = (r.random((20_000, 60)) < 10 ** r.uniform(-4, -0.5, 60)).astype(float)
    y = (X @ r.normal(size=60) * 2 + r.logistic(size=20_000) > 0).astype(int)
    X = StandardScaler().fit_transform(X)
    model = SoftmaxClassifier(random_state=0).fit(X, y)
    assert -1e-6 < share_left(model, X, y, "softmax") < 0.05


@pytest.mark.parametrize("Classifier", [LogisticClassifier, SoftmaxClassifier])
@pytest.mark.parametrize(
    ("load", "size"),
    [(load_digits, 100), (load_iris, 50), (load_wine, 30), (load_breast_cancer, 100)],
)
def test_a_stream_that_is_sorted_by_class_stays_near_chance_at_worst(Classifier, load, size):
    X, y = load(return_X_y=True)
    order = np.argsort(y, kind="stable")
    X, y = X[order], y[order]
    model, classes = Classifier(random_state=0), np.unique(y)
    for start in range(0, len(X), size):
        chunk = slice(start, start + size)
        model.partial_fit(X[chunk], y[chunk], classes=classes)
    loss = -np.mean(model.predict_log_proba(X)[np.arange(len(y)), y])
    p = np.bincount(y) / len(y)
    assert loss < 1.5 * -(p @ np.log(p))


@pytest.mark.parametrize("n", [60, 150, 300, 600])
def test_few_rows_take_the_updates_that_they_need(n):
    X, y = overlapping(n, n=n, d=8, informative=6, noise=0.02)
    model = SoftmaxClassifier(random_state=0).fit(X, y)
    assert -1e-6 < share_left(model, X, y, "softmax") < 0.05


@pytest.mark.filterwarnings("ignore:Training ended after max_iter")
@pytest.mark.parametrize(("n", "seed"), [(100, 0), (100, 2), (150, 1), (150, 2)])
def test_few_rows_of_features_that_go_together_come_near_the_optimum(n, seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 20)) + 3 * rng.normal(size=(n, 1))
    y = (X @ rng.normal(size=20) / 2 + rng.logistic(size=n) > 0).astype(int)
    model = SoftmaxClassifier(random_state=0).fit(X, y)
    assert -1e-6 < share_left(model, X, y, "softmax") < 0.05


def test_early_stopping_keeps_the_later_of_epochs_that_tie():
    X, y = load_iris(return_X_y=True)
    settings = {"early_stopping": True, "validation_fraction": 0.2, "random_state": 0, "tol": None}
    model = SoftmaxClassifier(max_iter=30, **settings).fit(X, y)
    best = np.flatnonzero(np.equal(model.validation_scores_, max(model.validation_scores_)))
    assert len(best) > 1
    # of plain steps, which do not depend on how many there are to be
    plain = {"learning_rate": "constant", "eta0": 0.1, **settings}
    model = SoftmaxClassifier(max_iter=30, **plain).fit(X, y)
    best = np.flatnonzero(np.equal(model.validation_scores_, max(model.validation_scores_)))
    assert len(best) > 1
    first, last = (SoftmaxClassifier(max_iter=int(n) + 1, **plain).fit(X, y) for n in best[[0, -1]])
    np.testing.assert_array_equal(model.coef_, last.coef_)
    assert (model.coef_ != first.coef_).any()


def full_batch(X, y, options):
    """Return the objectives of both classifiers, trained by full batches."""
    settings = {"batch_size": "full", "max_iter": 200, "tol": None, **options}
    return [
        Make(**settings).fit(X, y).loss_curve_ for Make in (LogisticClassifier, SoftmaxClassifier)
    ]


@pytest.mark.parametrize("options", [{}, {"nesterov": True}, {"momentum": 0.0}, {"momentum": 0.99}])
@pytest.mark.parametrize("n_informative", [1, 3])
def test_a_full_batch_never_goes_above_its_start(options, n_informative):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 3)) * [1, 10, 0.1]
    y = (X[:, 0] > 0) if n_informative == 1 else (X @ [1, 0.1, 10] > 0)
    for curve in full_batch(X, y.astype(int), options):
        assert max(curve) <= curve[0] * (1 + 1e-12)
        assert curve[-1] < 0.3 * curve[0]


@pytest.mark.parametrize("options", [{}, {"nesterov": True}, {"momentum": 0.0}, {"momentum": 0.95}])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_full_batch_of_noisy_labels_never_goes_above_its_start(options, seed):
    """One feature says nearly all, or one of three of other sizes; see `auto` on momentum 0.99."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(1000, 1))
    y = (x[:, 0] / 2 + 0.3 * rng.logistic(size=1000) > 0).astype(int)
    for X in (x, np.hstack([x, rng.normal(size=(1000, 2)) * [10, 0.1]])):
        for curve in full_batch(X, y, options):
            assert max(curve) <= curve[0] * (1 + 1e-12)
            assert curve[-1] < 0.85 * curve[0]
