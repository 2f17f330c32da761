"""The benchmarks' own arithmetic, against hand calculations; the command, from outside."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from benchmarks import (
    command,
    costs,
    duels,
    floors,
    metric_cases,
    metrics,
    problems,
    race,
    scaling,
    sgd,
    train,
)
from benchmarks.objective import ONE_VS_REST, SOFTMAX, judge, objective
from benchmarks.race import Entrant, Progress, Ratio
from benchmarks.report import Table, write_json

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def digits():
    return problems.load("digits")


def silent(expected=0):
    progress = Progress("test", io.StringIO())
    progress.expected = expected
    return progress


def test_race_is_interleaved_and_warmed_up():
    calls = []
    entrants = [
        Entrant(name, lambda seed, name=name: calls.append((name, seed)), lambda: calls.append("w"))
        for name in "ab"
    ]
    turns = race.race(entrants, 3, silent())
    seen = [(n, e.name) for n, e, taken, _ in turns if taken["seconds"] > 0]
    assert seen == [(0, "a"), (0, "b"), (1, "b"), (1, "a"), (2, "a"), (2, "b")]
    assert calls == ["w", "w", *((name, number) for number, name in seen)]


def test_ratio_is_taken_round_by_round():
    # 2/1, 30/10, 8/2: the ratio of the medians, 8/2, would be another one
    ratio = Ratio.of({0: 2.0, 1: 30.0, 2: 8.0}, {0: 1.0, 1: 10.0, 2: 2.0})
    assert (ratio.least, ratio.median, ratio.most) == (2.0, 3.0, 4.0)
    assert str(ratio) == "3.00 (2.00–4.00)"


def test_repeated_runs_count_as_one():
    entrant = Entrant("sleep", lambda _: time.sleep(0.002), repeat=5)
    taken, _ = race.clocked(entrant, 0)
    assert 0.002 <= taken["seconds"] < 0.01  # not five times that
    assert taken["cpu_seconds"] < taken["seconds"]  # sleeping is no computing


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.00123, "1.23 ms"), (2.0, "2.00 s"), (4.5e-6, "4.50 µs"), (1e-3, "1.00 ms"), (150, "150 s")],
)
def test_seconds(value, text):
    assert race.seconds(value) == text


def test_time_left_counts_each_kind_of_job():
    progress = silent()
    progress.expect(["slow"] * 3 + ["quick"] * 2)
    assert progress.left() is None
    progress.seconds = {"slow": 10.0}
    assert progress.left() == 50.0  # the quick ones are not known yet
    progress.seconds = {"slow": 10.0, "quick": 1.0}
    assert progress.left() == 32.0


def test_ctrl_c_is_not_kept_by_an_estimator():
    progress = silent(1)

    def fit():
        try:
            progress.interrupt()
        except KeyboardInterrupt:
            return "what there is"

    with pytest.raises(KeyboardInterrupt), progress.job("fit", "fit"):
        fit()
    assert progress.done == 0


@pytest.mark.parametrize("family", [SOFTMAX, ONE_VS_REST])
def test_objective_by_scikit_learn(digits, family):
    rng = np.random.default_rng(0)
    W, b = rng.standard_normal((10, 64)), rng.standard_normal(10)
    Z = digits.X.astype(float) @ W.T + b
    if family == SOFTMAX:
        P = np.exp(Z - Z.max(axis=1, keepdims=True))
        loss = log_loss(digits.y, P / P.sum(axis=1, keepdims=True))
    else:
        loss = np.mean([log_loss(digits.y == k, 1 / (1 + np.exp(-Z[:, k]))) for k in range(10)])
    penalty = 0.5 * 0.01 * np.sum(W**2) / (1 if family == SOFTMAX else 10)
    assert objective(W, b, digits, family, 0.01) == pytest.approx(loss + penalty, rel=1e-9)


def test_C_of_alpha(digits):
    """At the optimum of scikit-learn's C no step lowers our objective."""
    fitted = LogisticRegression(C=digits.C(0.01), tol=1e-8, max_iter=2000).fit(digits.X, digits.y)
    W, b = fitted.coef_.astype(float), fitted.intercept_
    at = objective(W, b, digits, SOFTMAX, 0.01)
    assert objective(W * 1.01, b, digits, SOFTMAX, 0.01) > at
    assert objective(W * 0.99, b, digits, SOFTMAX, 0.01) > at
    assert judge(fitted, digits, SOFTMAX)[1] == fitted.score(digits.X_test, digits.y_test)


def test_exponent_of_a_power():
    values = [1, 10, 100, 1000]
    assert scaling.exponent(values, [7.0 * v**1.5 for v in values]) == pytest.approx(1.5)


def test_products_are_those_of_an_epoch(digits):
    """As many multiplications as an epoch needs: the last, smaller batch is not left out."""
    calls = []
    X = digits.X.view(type("Counted", (np.ndarray,), {
        "__array_ufunc__": lambda self, ufunc, method, *inputs, out, **_: calls.append(
            [np.asarray(x).shape for x in inputs]
        ),
    }))  # fmt: skip
    floors.products(X, 10, 128)()
    seen = sum(shape[1][1] for shape in calls if shape[1][0] == 64)  # columns of xᵀ
    again = sum(shape[1][0] for shape in calls if shape[1][1] == 64)  # rows of x
    assert seen == again == len(X)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (1.0, 1.0 + 1e-14, True),
        (1.0, 1.0 + 1e-9, False),
        (np.array([1, 2]), np.array([1, 2]), True),
        (np.array([1, 2]), np.array([1, 2, 3]), False),
        ("report", "report", True),
        ("report", "reports", False),
        ((np.array([0.5]), None), (np.array([0.5]), None), True),
        ((np.array([0.5]), None), (np.array([0.5]), 1), False),
        (float("nan"), float("nan"), True),
    ],
)
def test_equal(ours, theirs, expected):
    assert metrics.equal(ours, theirs) is expected


@pytest.mark.parametrize("labels", [*metric_cases.LABELS, metric_cases.TWO_CLASSES])
def test_metrics_of_each_type_of_label(labels):
    n = 60
    cases = list(metric_cases.cases(labels, n))
    assert len(cases) == metric_cases.n_cases(labels, n)
    records = []
    for case in cases:
        metrics._measure(case, 2, True, records, silent())
    assert metrics.unlike(records) == []
    assert [r["equal"] for r in records if "equal" in r] == [True] * len(cases)
    # every function of the case, in every round, all three
    assert sum("who" in r for r in records) == 2 * 3 * len(cases)
    (table,) = metrics.tables(records)
    assert len(table.rows) == len(cases)


def test_every_metric_is_measured():
    import scratch.metrics

    kinds = ("integers", metric_cases.TWO_CLASSES)
    measured = {case.name for kind in kinds for case in metric_cases.cases(kind, 100)}
    assert measured == {name for name in scratch.metrics.__all__ if not name.endswith("Display")}


def test_same_bits():
    class Fitted:
        coef_, intercept_, n_iter_, t_ = np.array([[0.1]]), np.array([0.0]), 5, 11.0

    other = Fitted()
    assert sgd.same_bits(Fitted(), other)
    other.coef_ = np.nextafter(other.coef_, 1)
    assert not sgd.same_bits(Fitted(), other)
    other.coef_, other.intercept_ = Fitted.coef_, -Fitted.intercept_  # −0.0 has another bit
    assert not sgd.same_bits(Fitted(), other)


def converged(**objectives):
    return [
        {"kind": "converged", "family": SOFTMAX, "solver": solver, "objective": value}
        for solver, value in objectives.items()
    ]


@pytest.mark.parametrize(
    ("benchmark", "records", "told"),
    [
        (train, converged(a=0.5, b=0.50005), []),
        (train, converged(a=0.5, b=0.5002), ["a", "b", "0.500200"]),
        (train, [{"kind": "same steps", "match": "torch", "ours": 1.0, "theirs": 1.1}], ["torch"]),
        (sgd, [{"case": "MNIST", "round": 0, "equal": False}], ["MNIST", "bits"]),
        (sgd, [{"case": "MNIST", "round": 0, "equal": True}], []),
        (
            metrics,
            [{"function": "auc", "labels": "x", "n": 10, "floor": "sum", "equal": False}],
            ["auc"],
        ),
    ],
)
def test_what_is_unlike_is_told_in_one_line(benchmark, records, told):
    lines = benchmark.unlike(records)
    assert len(lines) == bool(told)
    assert all(word in line and "\n" not in line for line in lines for word in told)


def test_unlike_comparison_fails_the_command(tmp_path, monkeypatch, capsys):
    """Spoil one metric: the quick run must end with 1 and say which."""
    monkeypatch.setattr("scratch.metrics.auc", lambda x, y: 0.123)
    monkeypatch.setattr(metrics, "ORDER", (metric_cases.TWO_CLASSES,))
    monkeypatch.setattr(metrics, "sizes", lambda settings, labels: (50,))
    assert command.main(["metrics", "--quick", "--out", str(tmp_path)]) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()[-1:]
    assert "not like for like" in line
    assert "auc" in line


def duel(solver, seconds, accuracies):
    return [
        {
            "kind": "duel",
            "problem": "x",
            "solver": solver,
            "seed": i,
            "accuracy": a,
            "seconds": s,
            "cpu_seconds": s,
        }
        for i, (s, a) in enumerate(zip(seconds, accuracies, strict=True))
    ]


def test_duel_takes_the_fewest_epochs_that_do_as_well():
    opponent = duels.OPPONENTS[0].name
    records = [
        *duel(opponent, [10.0, 20.0, 30.0], [0.90, 0.91, 0.92]),
        *duel(duels.ours(1), [0.1, 0.1, 0.1], [0.90, 0.90, 0.95]),  # median 0.90: not enough
        *duel(duels.ours(2), [0.2, 0.1, 0.3], [0.91, 0.92, 0.90]),
        *duel(duels.ours(3), [0.3, 0.3, 0.3], [0.99, 0.99, 0.99]),
    ]
    (row,) = duels.table(records).rows
    assert row[0] == opponent
    assert row[4] == 2
    assert (row[-1].least, row[-1].median, row[-1].most) == pytest.approx((50, 100, 200))


def test_cost_of_one_more_epoch_is_what_the_longer_fit_takes_more():
    ratios = [("one more", ("long", "short"), "floor"), ("all", ("long",), "floor")]
    records = [
        {
            "kind": "cost",
            "match": "floor",
            "who": who,
            "ratios": ratios,
            "round": turn,
            "seconds": seconds,
            "cpu_seconds": 2 * seconds if who == "floor" else seconds,
        }
        for who, spans in {"long": (9, 11), "short": (5, 5), "floor": (2, 2)}.items()
        for turn, seconds in enumerate(spans)
    ]
    one_more, everything = costs.tables(records)[0].rows
    assert [one_more[3].least, one_more[3].most] == [2.0, 3.0]  # (9 - 5) / 2, (11 - 5) / 2
    assert [one_more[4].least, one_more[4].most] == [1.0, 1.5]  # by CPU time
    assert everything[3].median == 5.0
    assert len(costs.tables(records[:-2])) == 0  # interrupted before the floor


def curve_of(solver, unit, *points):
    return [
        {
            "kind": "curve",
            "family": SOFTMAX,
            "solver": solver,
            "budget": budget,
            "unit": unit,
            "seed": seed,
            "seconds": seconds,
            "objective": 0.3,
            "accuracy": accuracy,
        }
        for budget, seconds, accuracies in points
        for seed, accuracy in enumerate(accuracies)
    ]


def test_time_to_a_target_is_that_of_the_shortest_run_whose_median_reaches_it():
    about = {
        "kind": "optimum",
        "family": SOFTMAX,
        "problem": "x",
        "what": "",
        "alpha": 1.0,
        "C": 1.0,
        "objective": 0.2,
        "targets": [0.9, 0.95],
    }
    runs = curve_of(
        "a", "epochs", (5, 2.0, [0.9, 0.9, 0.9]), (1, 0.5, [0.8, 0.8, 0.99]), (9, 4.0, [0.8] * 3)
    )
    targets = next(t for t in train.tables([about, *runs]) if "time (epochs" in t.title)
    assert targets.rows == [["a", "2.00 s (5 ep)", "–"]]


def test_table_is_aligned():
    text = str(Table("title", ["name", "σ"], [["a", 1], ["long", "22,000"]], ["note"]))
    assert text.splitlines()[2:6] == [
        "name       σ",
        "------------",
        "a          1",
        "long  22,000",
    ]


def test_json_leaves_no_draft(tmp_path):
    table = Table("t", ["a", "b"], [["x", Ratio(1.0, 2.0, 3.0)]])
    write_json(
        tmp_path / "x.json",
        benchmark="x",
        command=[],
        complete=True,
        machine={},
        tables=[table],
        records=[{"seconds": 1.5}],
    )
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
    content = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert content["records"] == [{"seconds": 1.5}]
    assert content["tables"][0]["rows"] == [["x", "2.00 (1.00–3.00)"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["trian"], "trian"),
        (["--datset", "digits"], "--datset"),
        (["--dataset", "iris"], "iris"),
        (["train", "--out", "/dev/null/x"], "/dev/null/x"),
    ],
)
def test_wrong_options_are_told_in_one_line(words, told, capsys):
    try:
        status = command.main(words)
    except SystemExit as stop:
        status = stop.code
    assert status == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert told in lines[0]


def python_m_benchmarks(*words, cwd, **how):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks", *words],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **how,
    )


def test_sgd_quick(tmp_path):
    process = python_m_benchmarks("sgd", "--quick", cwd=tmp_path)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    content = json.loads((tmp_path / "benchmark-sgd" / "sgd.json").read_text("utf-8"))
    assert content["complete"] is True
    machine = content["machine"]
    assert machine["cores"] >= 1
    assert machine["blas"]
    assert machine["versions"]["numpy"] == np.__version__
    (table,) = content["tables"]
    assert len(table["rows"]) == 4
    assert all(row[1] == "yes" and row[0] in out for row in table["rows"])
    picture = (tmp_path / "benchmark-sgd" / "sgd-ratio.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 100_000


def test_ctrl_c_keeps_what_is_done(tmp_path):
    process = python_m_benchmarks("metrics", cwd=tmp_path)
    assert "metrics: 1 of" in process.stderr.readline()
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert err.strip().splitlines()[-1].startswith("python -m benchmarks: interrupted")
    content = json.loads((tmp_path / "benchmark-metrics" / "metrics.json").read_text("utf-8"))
    assert content["complete"] is False
    assert content["records"]
    assert "accuracy_score" in out
