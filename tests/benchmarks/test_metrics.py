"""The calls of the metrics benchmark, and when two results are equal."""

import numpy as np
import pytest

from benchmarks import metric_cases, metrics
from tests.benchmarks.helpers import silent


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
