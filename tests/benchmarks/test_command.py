"""The command, from outside; and what is no longer like for like."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import command, metric_cases, metrics, sgd, train
from benchmarks.objective import SOFTMAX

ROOT = Path(__file__).parents[2]


def converged(**objectives):
    return [
        {"kind": "converged", "family": SOFTMAX, "solver": solver, "objective": value}
        for solver, value in objectives.items()
    ]


def steps(contender, difference):
    who = {"contender": contender, "problem": "x"}
    return {"kind": "steps", **who, "difference": difference}


@pytest.mark.parametrize(
    ("benchmark", "records", "told"),
    [
        (train, converged(a=0.5, b=0.50005), []),
        (train, converged(a=0.5, b=0.5002), ["a", "b", "0.500200"]),
        (train, [steps("torch", 1e-7)], []),
        (train, [steps("torch", 0.1)], ["torch", "1.0e-01"]),
        (train, [steps("torch", float("nan"))], ["torch"]),
        (train, [{"kind": "answers", "method": "predict", "furthest": 3.0}], ["predict", "3.0"]),
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


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["trian"], "trian"),
        (["--datset", "digits"], "--datset"),
        (["--dataset", "iris"], "iris"),
        (["train", "--out", "/dev/null/x"], "/dev/null/x"),
        (["auto", "--held-out"], "--real"),
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


def test_without_arguments_the_choices_are_told(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command.main([]) == 0
    told = capsys.readouterr().out
    for name in (*command.NAMES, "all"):
        assert re.search(rf"^ +{name} +\d+ min ", told, re.MULTILINE)
    assert not list(tmp_path.iterdir())


def python(*words, cwd):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_sgd_quick(tmp_path, monkeypatch, capsys):
    """All cases, of few samples each."""
    load, documentation, few = sgd.load, sgd.documentation(), sgd.few_dense_features(500)
    monkeypatch.setattr(sgd, "load", lambda *args: load(*args).first(300))
    monkeypatch.setattr(sgd, "documentation", lambda: tuple(part[::20] for part in documentation))
    monkeypatch.setattr(sgd, "few_dense_features", lambda n: few)
    monkeypatch.chdir(tmp_path)
    assert command.main(["sgd", "--quick"]) == 0
    out = capsys.readouterr().out
    content = json.loads((tmp_path / "benchmark-sgd" / "sgd.json").read_text("utf-8"))
    assert content["complete"] is True
    machine = content["machine"]
    assert machine["cores"] >= 1
    assert machine["blas"]
    assert machine["versions"]["numpy"] == np.__version__
    (table,) = content["tables"]
    # dense, text; digits 3, iris; each of these two by 3 penalties; with the hinge loss 8 more
    assert len(table["rows"]) == (20 if sgd.accepts("hinge") else 12)
    assert all(row[1] == "yes" and row[0] in out for row in table["rows"])
    picture = (tmp_path / "benchmark-sgd" / "sgd-ratio.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 150_000


_TALKATIVE = """
from benchmarks import command, race

race._SILENCE = 0  # a line a job, so that the test need not wait for the next
raise SystemExit(command.main(["metrics"]))
"""


def test_ctrl_c_keeps_what_is_done(tmp_path):
    process = python("-c", _TALKATIVE, cwd=tmp_path)
    jobs = (re.search(r"metrics: (\d+) of", line) for line in process.stderr)
    assert any(job is not None and int(job[1]) > 20 for job in jobs)  # a case is done
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert err.strip().splitlines()[-1].startswith("python -m benchmarks: interrupted")
    content = json.loads((tmp_path / "benchmark-metrics" / "metrics.json").read_text("utf-8"))
    assert content["complete"] is False
    assert content["records"]
    assert "accuracy_score" in out
