"""All losses of SGDClassifier: scikit-learn's bits over every pair of settings."""

import itertools
import re

import numpy as np
import pytest
import scipy.sparse
import sklearn.linear_model

from scratch.linear_model import Perceptron
from tests.linear_model.sgd_pairs import (
    DATA,
    SHARED_LOSSES,
    builds_round_alike,
    pair,
    quietly,
    same,
)

FACTORS = {
    "loss": [{"loss": name} for name in SHARED_LOSSES],
    "rate": [
        {},
        {"learning_rate": "constant", "eta0": 0.1},
        {"learning_rate": "invscaling", "eta0": 0.5},
        {"learning_rate": "adaptive", "eta0": 0.1, "n_iter_no_change": 1},
        {"learning_rate": "pa1", "eta0": 0.3},
        {"learning_rate": "pa2", "eta0": 0.3},
    ],
    "penalty": [{"penalty": name} for name in ("l2", "l1", "elasticnet", None)],
    "average": [{}, {"average": True}, {"average": 70}],
    "stopping": [{}, {"early_stopping": True, "tol": None}, {"tol": None}],
    "class weight": [{}, {"class_weight": "balanced"}],
    "epsilon": [{}, {"epsilon": 0.6}],
    "warm": [{"warm_start": False}, {"warm_start": True}],
    "form": ["dense", "csr"],
    "dtype": [np.float64, np.float32],
    "weights": [False, True],
    "data": ["cancer", "strokes"],  # two classes and ten
    "calls": ["fit", "fit twice", "go on"],
}


def every_pair(factors):
    """Yield choices, one of each factor, until every two choices have met; greedily."""
    sizes = [len(values) for values in factors.values()]
    missing = {
        ((i, a), (j, b))
        for i, j in itertools.combinations(range(len(sizes)), 2)
        for a in range(sizes[i])
        for b in range(sizes[j])
    }
    rng = np.random.RandomState(0)
    while missing:
        tries = [tuple(rng.randint(size) for size in sizes) for _ in range(50)]
        found = [set(itertools.combinations(enumerate(choice), 2)) & missing for choice in tries]
        best = max(range(50), key=lambda t: len(found[t]))
        if not found[best]:  # begin with a pair that is missing
            start = dict(min(missing))
            choice = tuple(start.get(i, a) for i, a in enumerate(tries[0]))
        else:
            choice = tries[best]
        missing -= set(itertools.combinations(enumerate(choice), 2))
        yield {name: factors[name][a] for name, a in zip(factors, choice, strict=True)}


@pytest.mark.parametrize("choice", [*every_pair(FACTORS)], ids=str)
def test_every_pair_of_settings(choice):
    if not builds_round_alike():
        pytest.skip("this build of scikit-learn rounds otherwise, and steps amplify that")
    X, y = DATA[choice["data"]]
    X = X.astype(choice["dtype"])
    X = scipy.sparse.csr_array(np.where(np.abs(X) > 0.5, X, 0)) if choice["form"] == "csr" else X
    weight = np.random.RandomState(0).choice([0.0, 0.3, 1.0], len(y)) if choice["weights"] else None
    parts = ("loss", "rate", "penalty", "average", "stopping", "class weight", "epsilon", "warm")
    settings = {name: value for part in parts for name, value in choice[part].items()}
    models = pair(**{"max_iter": 5, **settings})
    passive_aggressive = settings.get("learning_rate") in ("pa1", "pa2")
    if passive_aggressive and settings["loss"] != "hinge":
        for model in models:
            with pytest.raises(ValueError, match=r"Learning rate 'pa.' only works with loss"):
                model.fit(X, y)
        return
    for call in {"fit": ["fit"], "fit twice": ["fit"] * 2, "go on": ["fit", "partial_fit"]}[
        choice["calls"]
    ]:
        for model in models:
            with np.errstate(divide="ignore"):
                quietly(getattr(model, call), X, y, sample_weight=weight)
        same(*models, X)


@pytest.mark.parametrize("rate", ["pa1", "pa2"])
@pytest.mark.parametrize("settings", [{}, {"penalty": "l1"}, {"average": True}], ids=str)
@pytest.mark.parametrize("sparse", [False, True])
def test_samples_without_features(sparse, settings, rate, capsys):
    """The first rate passes them over; their losses count in the objective all the same."""
    X, y = DATA["iris"]
    X = X.copy()
    X[::4] = 0
    X = scipy.sparse.csr_array(X) if sparse else X
    theirs, ours = pair(
        loss="hinge", learning_rate=rate, eta0=0.3, max_iter=3, tol=None, verbose=1, **settings
    )
    theirs.fit(X, y)
    expected = capsys.readouterr().out
    ours.fit(X, y)
    assert without_times(capsys.readouterr().out) == without_times(expected)
    if builds_round_alike():
        same(theirs, ours, X)


def without_times(printed):
    """The lines of the classes, without seconds."""
    return re.sub(r"[\d.]+ seconds", "", printed).split("\n")


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"loss": "hinge", "tol": 0.01, "n_iter_no_change": 2},
        {"penalty": "l1", "alpha": 0.01},
        {"penalty": None, "loss": "modified_huber"},
        {"average": True, "fit_intercept": False},
    ],
    ids=str,
)
@pytest.mark.parametrize("data", ["cancer", "wine"])
def test_verbose_prints_scikit_learns_lines(data, settings, sparse, capsys):
    X, y = DATA[data]
    X = scipy.sparse.csr_array(np.where(np.abs(X) > 0.5, X, 0)) if sparse else X
    theirs, ours = pair(verbose=1, **{"learning_rate": "constant", **settings})
    quietly(theirs.fit, X, y)
    expected = capsys.readouterr().out
    quietly(ours.fit, X, y)
    found = capsys.readouterr().out
    assert without_times(found) == without_times(expected)
    assert found.count("-- Epoch 1\n") == len(ours.coef_)


def test_verbose_prints_the_score(capsys):
    X, y = DATA["cancer"]
    theirs, ours = pair(verbose=1, early_stopping=True, tol=None, max_iter=4, loss="hinge")
    theirs.fit(X, y)
    names = [line.split(": ")[0] for line in capsys.readouterr().out.split("\n")]
    ours.fit(X, y)
    found = capsys.readouterr().out
    assert [line.split(": ")[0] for line in found.split("\n")] == names
    scores = [float(score) for score in re.findall(r"Validation score: ([\d.]+)", found)]
    assert scores[-1] > 0.8
    assert len(scores) == 4


@pytest.mark.parametrize("data", ["cancer", "strokes"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"penalty": "l2", "max_iter": 10},
        {"penalty": "elasticnet", "alpha": 0.001, "l1_ratio": 0.5, "max_iter": 10},
        {"early_stopping": True, "tol": None, "max_iter": 4},
        {"class_weight": "balanced", "eta0": 0.2, "fit_intercept": False},
    ],
    ids=str,
)
def test_perceptron(settings, dtype, data):
    X, y = DATA[data]
    X = X.astype(dtype)
    models = sklearn.linear_model.Perceptron(**settings), Perceptron(**settings)
    for model in models:
        quietly(model.fit, X, y)
    same(*models, X)
    assert not hasattr(models[1], "predict_proba")
    assert not hasattr(models[1], "predict_log_proba")
    for model in models:
        model.partial_fit(X, y)
    same(*models, X)


def test_perceptrons_parameters_are_scikit_learns():
    assert Perceptron().get_params() == sklearn.linear_model.Perceptron().get_params()


@pytest.mark.parametrize("loss", SHARED_LOSSES)
@pytest.mark.parametrize("method", ["predict_proba", "predict_log_proba"])
def test_probabilities_are_there_for_two_losses(method, loss):
    theirs, ours = pair(loss=loss)
    assert (
        hasattr(ours, method) == hasattr(theirs, method) == (loss in ("log_loss", "modified_huber"))
    )
    if not hasattr(theirs, method):
        with pytest.raises(AttributeError) as expected:
            getattr(theirs, method)
        with pytest.raises(AttributeError) as found:
            getattr(ours, method)
        assert str(found.value) == str(expected.value)
        assert str(found.value.__cause__) == str(expected.value.__cause__)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_probabilities_of_modified_huber(n_classes, dtype):
    """Where every score is below −1 all are equal, and zeros stay zeros."""
    X, y = DATA["iris"]
    y = np.minimum(y, n_classes - 1)
    theirs, ours = pair(loss="modified_huber", max_iter=5, tol=None)
    X = X.astype(dtype)
    theirs.fit(X, y), ours.fit(X, y)
    grid = np.concatenate([X * 3, 0 * X, -X * 3])
    a, b = theirs.predict_proba(grid), ours.predict_proba(grid)
    assert a.dtype == b.dtype
    if builds_round_alike():
        np.testing.assert_array_equal(b, a)
    assert (b == 0).any()
    np.testing.assert_allclose(b.sum(axis=1), 1, rtol=1e-6)
