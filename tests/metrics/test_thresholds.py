"""The order of the scores, and what is counted at each of them as threshold."""

import numpy as np
import pytest
import sklearn.metrics

from scratch.metrics import (
    confusion_matrix,
    confusion_matrix_at_thresholds,
    metric_at_thresholds,
    thresholds,
)


def test_the_order_is_that_of_a_stable_sort():
    rng = np.random.default_rng(0)
    halves = np.repeat(rng.normal(size=40), 20)
    for score in (
        *(rng.integers(0, n, 300) / 7 - 1 for n in (1, 2, 5, 300)),
        rng.normal(size=3000) * 10.0 ** rng.integers(-300, 300, 3000),
        rng.normal(size=3000).astype(np.float32),
        np.nextafter(halves, rng.choice([-np.inf, np.inf], 800)),  # alike but for the last bits
        halves * (1 + rng.integers(-9, 9, 800) * 2.0**-52),
        rng.integers(-(2**63), 2**63 - 1, 500),
        2**62 + rng.integers(0, 9, 500),  # integers that floats don't tell apart
        np.array([0.0, -0.0, 1e-320, -1e-320, 0.0, -0.0, 1e308, -1e308]),
        np.array([True, False, True, True]),
        np.array([0.5]),
    ):
        order, falling = thresholds._by_falling_score(score)
        samples = range(len(score))
        expected = sorted(samples, key=lambda i, score=score: (-score[i].item(), i))
        assert order.tolist() == expected
        assert falling.tolist() == score[expected].tolist()


def test_counts_at_each_threshold_are_those_of_the_confusion_matrix():
    rng = np.random.default_rng(0)
    true, score = rng.integers(0, 2, 60), rng.random(60).round(1)
    weight = rng.integers(0, 3, 60)
    tns, fps, fns, tps, scores = confusion_matrix_at_thresholds(true, score, sample_weight=weight)
    assert scores.tolist() == sorted(set(score[weight > 0]), reverse=True)
    for k, threshold in enumerate(scores):
        matrix = confusion_matrix(true, score >= threshold, sample_weight=weight)
        assert matrix.tolist() == [[tns[k], fps[k]], [fns[k], tps[k]]]


def test_the_positive_label_by_position_as_scikit_learn_still_takes_it():
    true, scores, weight = [0, 1, 1, 2], [0.2, 0.1, 0.7, 0.7], [1, 2, 3, 4]
    by_name = {"pos_label": 2, "sample_weight": weight}
    for function in (
        confusion_matrix_at_thresholds,
        sklearn.metrics.confusion_matrix_at_thresholds,
    ):
        with pytest.warns(FutureWarning, match="Pass pos_label=2, sample_weight=.* as keyword arg"):
            by_position = function(true, scores, 2, weight)
        for ours, theirs in zip(by_position, function(true, scores, **by_name), strict=True):
            np.testing.assert_array_equal(ours, theirs)
    with pytest.raises(TypeError, match="positional argument"):
        confusion_matrix_at_thresholds(true, scores, 2, weight, None)
    with pytest.warns(FutureWarning), pytest.raises(TypeError, match="pos_label"):
        confusion_matrix_at_thresholds(true, scores, 2, pos_label=2)


def test_what_a_metric_is_called_with_at_each_threshold():
    calls = []

    def metric(y_true, y_pred, **kwargs):
        calls.append((y_true.tolist(), y_pred.tolist(), y_pred.dtype, kwargs))
        return len(calls), 0

    values, scores = metric_at_thresholds(
        ["a", "b", "c"], [0.2, 0.7, 0.2], metric, metric_params={"option": 5}
    )
    assert scores.tolist() == [0.7, 0.2]
    assert values.tolist() == [[1, 0], [2, 0]]
    assert calls == [
        (["b", "a", "c"], [1, 0, 0], np.int32, {"option": 5}),
        (["b", "a", "c"], [1, 1, 1], np.int32, {"option": 5}),
    ]
    calls.clear()
    metric_at_thresholds([0, 1, 1], [0.2, 0.7, 0.4], metric, sample_weight=[1, 2, 0])
    assert [call[0] for call in calls] == [[1, 0]] * 2  # a weight of 0 leaves its sample out
    assert [call[3]["sample_weight"].tolist() for call in calls] == [[2, 1]] * 2
    with pytest.raises(ValueError, match="y_true contains NaN"):
        metric_at_thresholds([0.0, np.nan], [0.2, 0.7], metric)
