"""Our SGDClassifier and scikit-learn's: the same parameters, the same data, the same bits.

Where scikit-learn's own build rounds in another way than x86-64 without fused multiply-add does,
`same` compares with a tolerance instead; the settings here are such that rounding does not grow
much. Whether it does is found out by a small fit, not by the name of the processor.
"""

import itertools
import pickle
import re

import numpy as np
import pytest
import scipy.sparse
import sklearn.linear_model

from scratch.linear_model import SGDClassifier
from tests.linear_model.sgd_pairs import (
    DATA,
    DENSE,
    builds_round_alike,
    pair,
    quietly,
    same,
)


@pytest.mark.parametrize(("data", "dtype", "settings"), DENSE)
def test_settings(data, dtype, settings):
    X, y = DATA[data]
    X = X.astype(dtype)
    theirs, ours = pair(**settings)
    same(quietly(theirs.fit, X, y), quietly(ours.fit, X, y), X)
    assert ours.coef_.dtype == dtype


@pytest.mark.parametrize(
    ("data", "dtype"), [*zip(DATA, itertools.cycle([np.float64, np.float32]), strict=False)]
)
def test_defaults_until_they_converge(data, dtype):
    X, y = DATA[data]
    X = X.astype(dtype)
    theirs, ours = pair(max_iter=1000)
    same(theirs.fit(X, y), ours.fit(X, y), X)


@pytest.mark.parametrize("data", ["cancer", "wine", "strokes"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sample_weight(data, dtype):
    X, y = DATA[data]
    weight = np.random.default_rng(0).integers(0, 4, len(y)) * 0.7
    for settings in ({}, {"penalty": "l1"}, {"class_weight": {1: 0.3}}, {"average": True}):
        theirs, ours = pair(max_iter=8, **settings)
        quietly(theirs.fit, X.astype(dtype), y, sample_weight=weight)
        quietly(ours.fit, X.astype(dtype), y, sample_weight=weight)
        same(theirs, ours, X)


@pytest.mark.parametrize("data", ["cancer", "wine", "strokes"])
@pytest.mark.parametrize("settings", [{}, {"penalty": "elasticnet"}, {"average": 100}], ids=str)
def test_partial_fit_in_chunks(data, settings):
    X, y = DATA[data]
    theirs, ours = pair(**settings)
    for chunk in np.array_split(np.random.default_rng(0).permutation(len(y)), 5) * 2:
        for model in (theirs, ours):
            model.partial_fit(X[chunk], y[chunk], classes=np.unique(y))
        same(theirs, ours, X)


@pytest.mark.parametrize("data", ["cancer", "wine", "strokes"])
@pytest.mark.parametrize("settings", [{}, {"average": True}, {"penalty": "l1"}], ids=str)
def test_fit_again_and_partial_fit_after_it(data, settings):
    X, y = DATA[data]
    for warm_start in (False, True):
        theirs, ours = pair(warm_start=warm_start, max_iter=6, **settings)
        for _ in range(3):
            same(quietly(theirs.fit, X, y), quietly(ours.fit, X, y), X)
        same(theirs.partial_fit(X, y), ours.partial_fit(X, y), X)


@pytest.mark.parametrize("data", ["cancer", "wine", "strokes"])
def test_initial_weights(data):
    X, y = DATA[data]
    n_outputs = 1 if data == "cancer" else len(np.unique(y))
    coef = np.random.default_rng(0).normal(size=(n_outputs, X.shape[1]))
    start = {"coef_init": coef.copy(), "intercept_init": np.linspace(-1, 1, n_outputs)}
    theirs, ours = pair()
    quietly(ours.fit, X, y, **start)
    np.testing.assert_array_equal(start["coef_init"], coef)  # ours leaves it alone
    same(quietly(theirs.fit, X, y, **start), ours, X)


@pytest.mark.parametrize("average", [False, True])
def test_a_shared_random_state_is_drawn_from_alike(average):
    X, y = DATA["wine"]
    for early_stopping in (False, True):
        settings = {"early_stopping": early_stopping, "tol": None, "max_iter": 3}
        theirs, ours = pair(average=average, **settings)
        theirs.set_params(random_state=np.random.RandomState(5))
        ours.set_params(random_state=np.random.RandomState(5))
        for _ in range(2):
            same(theirs.fit(X, y), ours.fit(X, y), X)
            same(theirs.fit(X, y == 1), ours.fit(X, y == 1), X)


def input_kinds(X, tmp_path):
    """The same table, in other forms."""
    np.save(tmp_path / "X.npy", X)
    wide = np.zeros((len(X), 3 * X.shape[1]))
    wide[:, ::3] = X
    return {
        "integers": X.astype(np.int64),
        "bytes": X.astype(np.uint8),
        "lists": X.tolist(),
        "Fortran order": np.asfortranarray(X),
        "strided": wide[:, ::3],
        "reversed": X[::-1][::-1],
        "memory-mapped": np.load(tmp_path / "X.npy", mmap_mode="r"),
        "float16": X.astype(np.float16),
        "read-only": np.frombuffer(X.tobytes()).reshape(X.shape),
        "objects": X.astype(object),
    }


def test_input_kinds(tmp_path):
    X, y = DATA["strokes"]
    for name, table in input_kinds(X, tmp_path).items():
        theirs, ours = pair(max_iter=3, tol=None)
        assert name
        same(theirs.fit(table, y), ours.fit(table, y), table)


@pytest.mark.parametrize(
    "labels",
    [
        np.array(["no", "yes"]),
        np.array(["no", "yes"], dtype=object),
        np.array([False, True]),
        np.array([-7.0, 3.0]),
        np.array(["a", "b", "c"]),
        np.array(["a", "b", "c"], dtype=object),
    ],
    ids=str,
)
def test_label_types(labels):
    X, y = DATA["wine"]
    y = labels[np.minimum(y, len(labels) - 1)]
    theirs, ours = pair()
    same(quietly(theirs.fit, X, y), quietly(ours.fit, X, y.tolist()), X)
    assert ours.score(X, y) == theirs.score(X, y)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_probabilities_of_extreme_scores(dtype):
    X = np.concatenate([np.linspace(-800, 800, 4001), np.linspace(-90, -86, 999), [1e30, -1e30]])
    X = np.stack([X, -X, np.zeros_like(X)], axis=1).astype(dtype)
    for codes in (np.arange(3), np.array([0, 1, 1])):
        theirs, ours = (model.fit(np.eye(3, dtype=dtype), codes) for model in pair(tol=None))
        for model in (theirs, ours):
            model.coef_ = np.eye(len(model.coef_), 3, dtype=dtype)
            model.intercept_ = np.zeros_like(model.intercept_)
        a, b = theirs.predict_proba(X), ours.predict_proba(X)
        if builds_round_alike() and dtype == np.float64:
            np.testing.assert_array_equal(b, a)
        np.testing.assert_allclose(b, a, rtol=4 * np.finfo(dtype).eps, atol=np.finfo(dtype).tiny)


@pytest.mark.parametrize(("data", "dtype", "settings"), DENSE)
def test_loss_curve_is_what_scikit_learn_prints(data, dtype, settings, capsys):
    X, y = DATA[data]
    X = X.astype(dtype)
    theirs, ours = pair(**{**settings, "max_iter": 4, "tol": None}, verbose=1)
    theirs.fit(X, y)
    printed = re.findall(r"Objective: ([-\d.]+)", capsys.readouterr().out)
    curves = np.array(printed, dtype=float).reshape(-1, 4)  # (n_outputs, n_epochs)
    expected = curves.sum(axis=0)
    np.testing.assert_allclose(ours.fit(X, y).loss_curve_, expected, rtol=1e-5, atol=2e-6)


def test_early_stopping_scores_the_held_out_samples_rightly():
    X, y = DATA["cancer"]
    theirs, ours = pair(early_stopping=True, max_iter=100, validation_fraction=0.3)
    quietly(theirs.fit, X, y), quietly(ours.fit, X, y)
    # train on epoch after epoch; the rule, from the outside: the accuracy on the hold-out
    from sklearn.model_selection import StratifiedShuffleSplit

    split = StratifiedShuffleSplit(test_size=0.3, random_state=3).split(X, y)
    _, held_out = next(split)
    best, stalled, n_epochs = -np.inf, 0, 0
    while stalled < 5:
        n_epochs += 1
        _, after = pair(early_stopping=True, max_iter=n_epochs, tol=None, validation_fraction=0.3)
        score = after.fit(X, y).score(X[held_out], y[held_out])
        stalled = stalled + 1 if score < best + 1e-3 else 0
        best = max(best, score)
    assert ours.n_iter_ == n_epochs
    assert ours.score(X[held_out], y[held_out]) > 0.9


def test_pickle_and_clone():
    X, y = DATA["wine"]
    ours = quietly(SGDClassifier(random_state=0, average=True, max_iter=3).fit, X, y)
    copy = pickle.loads(pickle.dumps(ours))
    np.testing.assert_array_equal(
        copy.partial_fit(X, y).decision_function(X), ours.partial_fit(X, y).decision_function(X)
    )
    assert sklearn.base.clone(ours).get_params() == ours.get_params()


def test_parameters_and_defaults_are_scikit_learns():
    theirs, ours = sklearn.linear_model.SGDClassifier().get_params(), SGDClassifier().get_params()
    assert ours == theirs


@pytest.mark.parametrize("average", [1, 5, 45])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("data", ["iris", "cancer"])
def test_an_average_of_weights_that_shrink_fast(data, dtype, average):
    # halved in each step, the scale of the weights is multiplied out every 30 or 20 steps
    X, y = DATA[data]
    settings = {"learning_rate": "constant", "eta0": 0.1, "alpha": 5.0, "max_iter": 2, "tol": None}
    theirs, ours = pair(**settings, average=average)
    same(quietly(theirs.fit, X.astype(dtype), y), quietly(ours.fit, X.astype(dtype), y), X)


@pytest.mark.parametrize("average", [False, True])
@pytest.mark.parametrize("sparse", [False, True])
def test_zeros_have_the_same_sign(sparse, average):
    # in float32 a step on 1e-44 is rounded to 0 or −0, and a later step on 0 may make it 0 again
    rng = np.random.default_rng(0)
    n_negative = 0
    for seed in range(12):
        values = rng.choice([1.0, -1.0, 1e-44, -1e-44], size=(40, 12))
        X = (np.where(rng.random((40, 12)) < 0.2, values, 0.0)).astype(np.float32)
        X = scipy.sparse.csr_array(X) if sparse else X
        y = np.append([0, 1, 2], rng.integers(0, 3, 37))
        settings = {"learning_rate": "constant", "eta0": 0.1, "max_iter": 1 + seed % 3, "tol": None}
        theirs, ours = pair(**{**settings, "random_state": seed, "average": average})
        same(quietly(theirs.fit, X, y), quietly(ours.fit, X, y), X)
        np.testing.assert_array_equal(np.signbit(ours.coef_), np.signbit(theirs.coef_))
        n_negative += np.sum((ours.coef_ == 0) & np.signbit(ours.coef_))
    assert n_negative > 0
