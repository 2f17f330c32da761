"""What holds for curves and for the areas under them alike, against scikit-learn's."""

import numpy as np
import pytest

from tests.metrics.against_sklearn import assert_alike
from tests.metrics.cases import AREAS, CURVES, scored, weights

WEIGHTS = ["unweighted", "floats", "ints", "float32", "list with zeros", "bools"]
RANKED = CURVES + AREAS


@pytest.mark.parametrize("kind", WEIGHTS)
@pytest.mark.parametrize("decimals", [0, 1, 15])
@pytest.mark.parametrize(("name", "parameters"), RANKED, ids=str)
def test_ties_and_weights(name, parameters, decimals, kind):
    true, score = scored(decimals=decimals)
    assert_alike(name, true, score, sample_weight=weights(kind, len(true)), **parameters)


@pytest.mark.parametrize(
    "convert",
    {
        "float32": lambda score: score.astype(np.float32),
        "ints": lambda score: (10 * score).astype(int),
        "bools": lambda score: score > 0.5,
        "list": lambda score: score.tolist(),
        "column": lambda score: score[:, None],
        "all the same": lambda score: np.full_like(score, 0.3),
        "signed zeros": lambda score: np.where(score > 0, -0.0, 0.0),
        "extremes": lambda score: np.sign(score) * np.finfo(float).max / 2,
    }.items(),
    ids=lambda item: item[0],
)
@pytest.mark.parametrize(("name", "parameters"), RANKED, ids=str)
def test_types_of_scores(name, parameters, convert):
    true, score = scored()
    assert_alike(name, true, convert[1](score), **parameters)


@pytest.mark.parametrize("only", [0, 1])
@pytest.mark.parametrize(("name", "parameters"), RANKED, ids=str)
def test_one_class_only(name, parameters, only):
    assert_alike(name, np.full(5, only), np.arange(5.0), **parameters)
    weight = (scored(20)[0] == only).astype(float)  # the other one has no weight
    assert_alike(name, *scored(20), sample_weight=weight, **parameters)


@pytest.mark.parametrize("n_samples", [1, 2, 3])
@pytest.mark.parametrize(("name", "parameters"), RANKED, ids=str)
def test_few_samples(name, parameters, n_samples):
    for seed in range(4):
        rng = np.random.default_rng(seed)
        true, score = rng.integers(0, 2, n_samples), rng.integers(0, 2, n_samples) / 2
        assert_alike(name, true, score, **parameters)
