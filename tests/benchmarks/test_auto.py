"""Where "auto" ends: the figures by hand and by scikit-learn; some data sets at the goal."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold, cross_val_score

from benchmarks import auto, families
from benchmarks.command import Settings
from benchmarks.shares import logistic, objective, optimum, share_left, softmax, start, targets
from tests.benchmarks.helpers import silent


def test_share_left_by_hand():
    assert share_left(0.7, 0.5, 1.0) == pytest.approx(0.4)
    assert share_left(1.5, 0.5, 1.0) == pytest.approx(2.0)


def test_start_is_the_entropy_of_the_classes():
    y = np.array([0, 0, 1, 2])  # one half, a quarter, a quarter: 1.5 bits
    assert start(targets(y, softmax), softmax) == pytest.approx(1.5 * np.log(2))
    binary = log_loss(y == 0, [0.5] * 4) + 2 * log_loss(y == 1, [0.25] * 4)
    assert start(targets(y, logistic), logistic) == pytest.approx(binary)


@pytest.mark.parametrize(("classes", "loss"), [(3, softmax), (2, logistic)])
def test_optimum_is_that_of_logistic_regression(classes, loss):
    X, y = families.clouds(0, 0.2, n=300, d=8, classes=classes, informative=5)
    X = X * np.geomspace(0.1, 10, 8) + 3
    W, b = optimum(X, targets(y, loss), loss)
    C = 1 / (len(X) * auto.ALPHA)
    model = LogisticRegression(C=C, solver="newton-cg", tol=1e-10, max_iter=1000).fit(X, y)
    np.testing.assert_allclose(W - W.mean(axis=0) * (classes > 2), model.coef_, atol=2e-4)
    expected = log_loss(y, model.predict_proba(X)) + auto.ALPHA / 2 * np.sum(model.coef_**2)
    assert objective(W, b, X, targets(y, loss), loss) == pytest.approx(expected, abs=1e-9)
    assert auto.accuracy(W, b, X, y) == model.score(X, y)


def test_one_vs_rest_is_a_sum_of_log_losses():
    X, y = families.clouds(0, 0.2, n=300, d=8, classes=3, informative=5)
    W, b = optimum(X, targets(y, logistic), logistic)
    C = 1 / (len(X) * auto.ALPHA)
    expected = 0
    for k in range(3):
        model = LogisticRegression(C=C, tol=1e-10, solver="newton-cg").fit(X, y == k)
        penalty = auto.ALPHA / 2 * np.sum(model.coef_**2)
        expected += log_loss(y == k, model.predict_proba(X)) + penalty
    found = objective(W, b, X, targets(y, logistic), logistic)
    assert found == pytest.approx(expected, abs=1e-9)


def test_folds_of_the_optimum_are_those_of_logistic_regression():
    X, y = families.REAL["iris"](return_X_y=True)
    parts = StratifiedKFold(5, shuffle=True, random_state=0)
    model = LogisticRegression(C=1 / (120 * auto.ALPHA), tol=1e-8, max_iter=10_000)
    expected = cross_val_score(model, X, y, cv=parts).mean()
    assert dict(auto.folds(X, y))[auto.OPTIMUM] == pytest.approx(expected)


def test_counts_and_what_is_unlike():
    def record(data, left, warned):
        more = {"family": data, "data": data, "accuracy": 0.9, "optimum_accuracy": 0.9}
        return [{"who": w, "left": left, "warned": warned, **more} for w in auto.WHO]

    records = record("a", 0.01, False) + record("b", 0.04, True) + record("c", 1.5, False)
    counts = [row[1:] for row in auto.tables(records)[1].rows]
    assert counts == [[n] * 3 for n in (1, 2, 1, 1)]
    assert auto.unlike(records) == []
    assert len(auto.unlike(record("d", -0.01, False) + record("e", float("nan"), False))) == 6


def test_measure_finds_ours_near_the_optimum(monkeypatch):
    sizes = families.FAMILIES["columns of sizes 10^±3"](21)
    monkeypatch.setattr(families, "load", lambda quick: [("sizes", "sizes", *sizes)])
    monkeypatch.setattr(families, "real", lambda quick: [])
    records = []
    auto.measure(Settings(quick=True), records, silent())
    left = {r["who"]: r["left"] for r in records}
    assert left[auto.OURS] <= 0.05
    assert not auto.unlike(records)
    assert set(auto.pictures(records)) == {"auto"}
