"""Where everybody ends: the judge by scikit-learn, the views on records made by hand."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import StratifiedKFold, cross_val_score

from benchmarks import auto, defaults, families
from benchmarks.command import Settings
from benchmarks.shares import (
    ALPHA,
    logistic,
    objective,
    optimum,
    share_left,
    softmax,
    start,
    targets,
)
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
    C = 1 / (len(X) * ALPHA)
    model = LogisticRegression(C=C, solver="newton-cg", tol=1e-10, max_iter=1000).fit(X, y)
    np.testing.assert_allclose(W - W.mean(axis=0) * (classes > 2), model.coef_, atol=2e-4)
    expected = log_loss(y, model.predict_proba(X)) + ALPHA / 2 * np.sum(model.coef_**2)
    assert objective(W, b, X, targets(y, loss), loss) == pytest.approx(expected, abs=1e-9)


def test_one_vs_rest_is_a_sum_of_log_losses():
    X, y = families.clouds(0, 0.2, n=300, d=8, classes=3, informative=5)
    W, b = optimum(X, targets(y, logistic), logistic)
    C = 1 / (len(X) * ALPHA)
    expected = 0
    for k in range(3):
        model = LogisticRegression(C=C, tol=1e-10, solver="newton-cg").fit(X, y == k)
        expected += log_loss(y == k, model.predict_proba(X)) + ALPHA / 2 * np.sum(model.coef_**2)
    found = objective(W, b, X, targets(y, logistic), logistic)
    assert found == pytest.approx(expected, abs=1e-9)


def record(who, seed, end, **more):
    return {
        "table": "t", "scaling": auto.RAW, "made_up": False, "held_out": False, "who": who,
        "seed": seed, "n": 100, "d": 3, "classes": 2, "loss": "logistic", "start": 1.0,
        "least": 0.5, "objective": end, "seconds": 1.0 + seed,
        "zero": False, "warned": False, "epochs": 10, "highest": None,
        **more,
    }  # fmt: skip


def test_worst_of_the_seeds_counts_and_the_best_end_is_the_optimum():
    runs = [record("a", seed, end) for seed, end in enumerate([0.6, 0.7, 0.55])]
    runs += [record("b", 0, 0.4, warned=True)]
    ends = auto.worst(runs)
    assert ends["a", "t", auto.RAW]["left"] == pytest.approx((0.7 - 0.4) / (1 - 0.4))
    assert ends["a", "t", auto.RAW]["seconds"] == 2.0
    assert ends["b", "t", auto.RAW]["left"] == pytest.approx(0)
    assert ends["b", "t", auto.RAW]["warned"]


def test_counts():
    runs = [record("a", 0, 0.5 + 0.5 * left, table=str(left)) for left in (0.01, 0.03, 0.5, 1.5)]
    runs[2]["warned"] = True
    runs.append(record("a", 0, 0.985, table="says nothing", least=0.985))  # saves 1.5 %
    (table,) = auto.summary(runs)
    assert "4 learnable" in table.title
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert row["tables"] == 4
    assert [row["≤ 0.02"], row["≤ 0.05"]] == ["1 (25.0%)", "2 (50.0%)"]
    assert [row["above the start"], row["warned"], row["> 0.05 unwarned"]] == [1, 1, 1]


def test_tables_held_out_are_counted_apart():
    here, there = auto.summary([record("a", 0, 0.5), record("a", 0, 0.5, table="u", held_out=True)])
    assert "held out" not in here.title
    assert "1 learnable tables held out, raw" in there.title


def test_who_is_below_the_optimum_is_told():
    fine = [record("a", 0, 0.5), record("a", 1, 0.9)]
    assert auto.unlike(fine) == []
    wrong = [record("below", 0, 0.49), record("nan", 0, float("nan"))]
    assert [line.split()[1] for line in auto.unlike(fine + wrong)] == ["below", "nan"]


def iris(tmp_path, **how):
    chosen = defaults.names(only=["sklearn/iris"])
    runs = defaults.evaluate(chosen=chosen, jobs=1, folder=tmp_path, **how)
    return [r for new in runs for r in new]


def test_ours_on_iris(tmp_path, monkeypatch):
    """The weights that it judges are those of a fit by hand; the optimum is kept in a file."""
    monkeypatch.setattr(defaults, "SEEDS", 2)
    runs = iris(tmp_path)
    assert {(r["who"], r["scaling"], r["seed"]) for r in runs} == {
        (who, scaling, seed)
        for who in defaults.OURS
        for scaling in (auto.RAW, auto.STANDARDISED)
        for seed in range(defaults.SEEDS)
    }
    X, y, _ = defaults.data("sklearn/iris", auto.RAW)
    model = defaults.OURS["SoftmaxClassifier"](len(X), 1).fit(X, y)
    expected = log_loss(y, model.predict_proba(X)) + ALPHA / 2 * np.sum(model.coef_**2)
    first = runs[[(r["who"], r["seed"]) for r in runs].index(("SoftmaxClassifier", 1))]
    assert first["objective"] == pytest.approx(expected)
    known = (tmp_path / "optima.json").read_text("utf-8")
    again = iris(tmp_path, makers={"lbfgs": defaults.THEIRS["lbfgs"]})
    assert again[0]["least"] == runs[0]["least"]
    assert (tmp_path / "optima.json").read_text("utf-8") == known


def test_everybody_on_iris(tmp_path, monkeypatch):
    monkeypatch.setattr(defaults, "SEEDS", 1)
    monkeypatch.setattr(defaults, "_FOLDS", 3)
    settings = Settings(only=["sklearn/iris"], jobs=1, folder=tmp_path)
    records = []
    auto.measure(settings, records, silent())
    assert {r["who"] for r in records} == {*defaults.OURS, *defaults.THEIRS}
    assert auto.unlike(records) == []
    assert any("Five folds" in table.title for table in auto.tables(records))
    assert set(auto.pictures(records)) == {"auto"}
    exact = auto.worst(records)["newton-cholesky", "sklearn/iris", auto.RAW]
    assert exact["left"] < 1e-6
    X, y, _ = defaults.data("sklearn/iris", auto.RAW)
    folds = next(r for r in records if r["who"] == "lbfgs" and "log_loss" in r)
    cv = StratifiedKFold(3, shuffle=True, random_state=0)
    model = LogisticRegression(C=1 / (100 * ALPHA), max_iter=1000)
    for what, scoring in (("log_loss", "neg_log_loss"), ("accuracy", "accuracy")):
        expected = abs(cross_val_score(model, X, y, cv=cv, scoring=scoring).mean())
        assert folds[what] == pytest.approx(expected, rel=1e-6)


def test_processes_give_what_this_one_gives():
    chosen = defaults.names(real=True, only=["100 samples, seed 0"])
    makers = {"lbfgs": defaults.THEIRS["lbfgs"]}
    here, there = (next(iter(defaults.evaluate(makers, chosen, jobs=jobs))) for jobs in (1, 2))
    assert len(here) == len(there) > 0
    assert [r["objective"] for r in here] == [r["objective"] for r in there]


def test_hard_cases_are_what_their_names_say():
    X, y, how = families.make("made-up/rare columns, standardised, seed 0")
    assert X.shape == (20_000, 60)
    assert not how
    np.testing.assert_allclose(X.std(axis=0)[X.std(axis=0) > 0], 1)
    X, y, how = families.make("made-up/one feature, full batch, Nesterov, seed 1")
    assert X.shape == (1000, 1)
    assert how == {"batch_size": "full", "nesterov": True}
    assert accuracy_score(y, X[:, 0] > 0) > 0.75
