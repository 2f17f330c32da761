"""What is said of real tables: records made by hand, and iris."""

import pytest

from benchmarks import auto, real
from benchmarks.command import Settings
from tests.benchmarks.helpers import silent


def record(who, seed, objective, **more):
    return {
        "table": "t", "scaling": real.RAW, "who": who, "seed": seed, "n": 100, "d": 3,
        "classes": 2, "loss": "logistic", "start": 1.0, "least": 0.5, "objective": objective,
        "seconds": 1.0 + seed, "zero": False, "warned": False, "epochs": 10, "highest": None,
        **more,
    }  # fmt: skip


def test_worst_of_the_seeds_counts_and_the_best_end_is_the_optimum():
    runs = [record("a", seed, end) for seed, end in enumerate([0.6, 0.7, 0.55])]
    runs += [record("b", 0, 0.4, warned=True)]
    ends = real.worst(runs)
    assert ends["a", "t", real.RAW]["left"] == pytest.approx((0.7 - 0.4) / (1 - 0.4))
    assert ends["a", "t", real.RAW]["seconds"] == 2.0
    assert ends["b", "t", real.RAW]["left"] == pytest.approx(0)
    assert ends["b", "t", real.RAW]["warned"]


def test_counts():
    runs = [record("a", 0, 0.5 + 0.5 * left, table=str(left)) for left in (0.01, 0.03, 0.5, 1.5)]
    runs[2]["warned"] = True
    runs.append(record("a", 0, 0.985, table="says nothing", least=0.985))  # saves 1.5 %
    (table,) = real.summary(runs)
    assert "4 learnable" in table.title
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert row["tables"] == 4
    assert [row["≤ 0.02"], row["≤ 0.05"]] == ["1 (25.0%)", "2 (50.0%)"]
    assert [row["above the start"], row["warned"], row["> 0.05 unwarned"]] == [1, 1, 1]


def test_iris_ends_where_the_other_judge_says(tmp_path):
    """`real` in a process of its own, and `auto` here, tell the same."""
    runs = [
        r
        for *_, found in real.evaluate(only=["sklearn/iris"], jobs=1, folder=tmp_path)
        for r in found
    ]
    assert {(r["who"], r["scaling"], r["seed"]) for r in runs} == {
        (who, scaling, seed)
        for who in real.OURS
        for scaling in (real.RAW, real.STANDARDISED)
        for seed in range(real.SEEDS)
    }
    X, y, _ = real.data("sklearn/iris", real.RAW)
    expected = auto._record(auto.OURS, X, y, {})["left"]
    (first,) = (r for r in runs if (r["who"], r["scaling"], r["seed"]) == (auto.OURS, real.RAW, 0))
    left = auto.share_left(first["objective"], first["least"], first["start"])
    assert left == pytest.approx(expected, abs=1e-9)
    assert len((tmp_path / "optima.json").read_text("utf-8").splitlines()) > 4


def test_everybody_on_one_table(tmp_path, monkeypatch):
    monkeypatch.setattr(real, "SEEDS", 1)
    settings = Settings(real=True, only=["sklearn/iris"], jobs=1, folder=tmp_path)
    records = []
    auto.measure(settings, records, silent())
    assert {r["who"] for r in records} == {*real.OURS, *real.THEIRS}
    shown = [str(table) for table in auto.tables(records)]
    assert any("Five folds" in table for table in shown)
    exact = [r["left"] for (who, *_), r in real.worst(records).items() if who == "newton-cholesky"]
    assert max(exact) < 1e-6
