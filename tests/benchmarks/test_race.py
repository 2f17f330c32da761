"""Interleaved timing, ratios and progress."""

from types import SimpleNamespace

import pytest

from benchmarks import race
from benchmarks.race import Entrant, Ratio
from tests.benchmarks.helpers import silent


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


def test_repeated_runs_count_as_one(monkeypatch):
    """Each of five runs takes two seconds by a clock of our own, one of them computing."""
    runs = []
    clock = SimpleNamespace(
        perf_counter=lambda: 2.0 * len(runs), process_time=lambda: 1.0 * len(runs)
    )
    monkeypatch.setattr(race, "time", clock)
    taken, _ = race.clocked(Entrant("counts", runs.append, repeat=5), 0)
    assert len(runs) == 5
    assert taken == {"seconds": 2.0, "cpu_seconds": 1.0}


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
