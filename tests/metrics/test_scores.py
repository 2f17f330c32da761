"""Every metric of scores, with each of its options, against scikit-learn's."""

import numpy as np
import pytest

from tests.metrics.against_sklearn import LABELS, NAMES, assert_alike
from tests.metrics.cases import scored, weights
from tests.metrics.registry import OF_SCORES, variations

WEIGHTS = ["unweighted", "floats", "ints", "float32", "list with zeros", "bools"]
TYPES = {
    "float32": lambda score: score.astype(np.float32),
    "ints": lambda score: (10 * score).astype(int),
    "bools": lambda score: score > 0.5,
    "list": lambda score: score.tolist(),
    "column": lambda score: score[:, None],
    "all the same": lambda score: np.full_like(score, 0.3),
    "signed zeros": lambda score: np.where(score > 0, -0.0, 0.0),
    "extremes": lambda score: np.sign(score) * np.finfo(float).max / 2,
}
each_metric = pytest.mark.parametrize("name", OF_SCORES)


@pytest.mark.parametrize("kind", WEIGHTS)
@pytest.mark.parametrize("decimals", [0, 1, 15])
@each_metric
def test_ties_and_weights(name, decimals, kind):
    true, score = scored(80, decimals=decimals)
    share = decimals + WEIGHTS.index(kind)
    everything = decimals == 1 and kind in ("unweighted", "floats")
    for parameters in variations(name, share=None if everything else share):
        assert_alike(name, true, score, sample_weight=weights(kind, len(true)), **parameters)


@pytest.mark.parametrize("kind", ["floats", "list with zeros"])
@pytest.mark.parametrize("name", [name for name in OF_SCORES if not name.startswith("top_k")])
def test_weights_as_a_column(name, kind):
    true, score = scored(80)
    weight = np.array(weights(kind, 80))[:, None]
    assert_alike(name, true, score, sample_weight=weight, **variations(name)[0])


@pytest.mark.parametrize("convert", TYPES)
@each_metric
def test_types_of_scores(name, convert):
    true, score = scored(80)
    for parameters in variations(name):
        assert_alike(name, true, TYPES[convert](score), **parameters)


@pytest.mark.parametrize("labels", LABELS)
@each_metric
def test_types_of_labels(name, labels):
    true, score = scored(60)
    y_true = LABELS[labels](2 * true)
    positive = sorted(set(np.asarray(y_true).ravel().tolist()))[-1]
    options = variations(name)[0]
    assert_alike(name, y_true, score, **options)  # raises where it does not know the positive class
    assert_alike(name, y_true, score, pos_label=positive, **options)


@pytest.mark.parametrize("only", [0, 1])
@each_metric
def test_one_class_only(name, only):
    weight = (scored(20)[0] == only).astype(float)  # the other one has no weight
    for parameters in variations(name):
        assert_alike(name, np.full(5, only), np.arange(5.0), **parameters)
        assert_alike(name, *scored(20), sample_weight=weight, **parameters)


@pytest.mark.parametrize("n_samples", [1, 2, 3])
@each_metric
def test_few_samples(name, n_samples):
    for seed in range(10):  # each with a tenth of the options
        rng = np.random.default_rng(seed)
        true, score = rng.integers(0, 2, n_samples), rng.integers(0, 2, n_samples) / 2
        for parameters in variations(name, share=seed):
            assert_alike(name, true, score, **parameters)


@pytest.mark.parametrize("weight", [[1, -1, 1, 1], [-1, -1, 1, 2], [0.5, -1, -1, 2]])
@each_metric
def test_negative_weights(name, weight):
    # after two samples their weights may cancel: scikit-learn divides by that 0, and drops it then
    with np.errstate(divide="ignore", invalid="ignore"):
        for parameters in variations(name):
            assert_alike(
                name, [1, 0, 1, 0], [0.9, 0.5, 0.2, 0.1], sample_weight=weight, **parameters
            )


@each_metric
def test_a_point_between_two_others(name):
    # by falling score a positive sample and two negative ones: the second adds no corner
    for parameters in variations(name):
        assert_alike(name, [1, 0, 0], [0.9, 0.5, 0.1], **parameters)
        assert_alike(name, [1, 0], [0.9, 0.1], **parameters)


@each_metric
def test_many_samples(name):
    true, score = scored(30_000, decimals=2)
    for labels in (true, NAMES[true] == "one"):
        assert_alike(name, labels, score, **variations(name)[0])


@pytest.mark.parametrize("classes", [[0, 1], [-1, 1], [1, 2], [0, 0], [1, 1], [-1, -1], [2, 2]])
@each_metric
def test_positive_class(name, classes):
    true, score = scored(60)
    for pos_label in (None, 0, 1, -1, 2, 3, "x"):
        how = {**variations(name)[0], "pos_label": pos_label}
        assert_alike(name, np.array(classes)[true], score, **how)
