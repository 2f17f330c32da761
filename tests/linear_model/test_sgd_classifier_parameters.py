"""What every parameter accepts: the same as scikit-learn's, with the same bits."""

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from scratch.linear_model import SGDClassifier
from tests.linear_model.sgd_pairs import DATA, pair, same

ACCEPTED = {
    "penalty": ["l1", "elasticnet", None, np.str_("l2")],
    "alpha": [1, 1e-300, 5e-324, np.float32(1e-4), np.float16(0.01), np.int8(2), 1e16],
    "l1_ratio": [0, 1, np.float32(0.3)],
    "fit_intercept": [False, np.bool_(True)],
    "max_iter": [1, np.int8(100), np.uint64(7)],
    "tol": [None, 0, 1, np.float32(1e-3)],
    "shuffle": [False, np.bool_(False)],
    "verbose": [False],
    "epsilon": [0, 3.5],
    "n_jobs": [None, 1, 2, -1, -2, 0, np.int64(2)],
    "random_state": [0, np.int64(7), 2**32 - 1],
    "learning_rate": ["constant", "invscaling", "adaptive", "optimal"],
    "eta0": [1, np.float32(0.1), 1e-300],
    "power_t": [0, 1, 2.5, 100, 500, np.float32(0.25)],
    "early_stopping": [False, np.bool_(False)],
    "validation_fraction": [0.2, np.float32(0.2)],
    "n_iter_no_change": [1, np.int8(2), 10**6],
    "class_weight": [{}, {0: 2}, {0: np.float32(0.3)}, "balanced"],
    "warm_start": [True],
    "average": [True, 7, np.int8(100), 10**9],
}
# what another parameter has to be for this one to matter
WITH = {
    "l1_ratio": {"penalty": "elasticnet"},
    "eta0": {"learning_rate": "constant"},
    "power_t": {"learning_rate": "invscaling"},
    "validation_fraction": {"early_stopping": True, "tol": None},
}
CASES = [(name, value) for name, values in ACCEPTED.items() for value in values]


def test_every_parameter_is_here():
    assert set(ACCEPTED) == set(SGDClassifier().get_params()) - {"loss"}


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize(("name", "value"), CASES, ids=[f"{n}={v!r}" for n, v in CASES])
def test_accepted(name, value):
    X, y = DATA["cancer"]
    theirs, ours = pair(**{"max_iter": 10, "eta0": 0.1, **WITH.get(name, {}), name: value})
    same(theirs.fit(X[:100], y[:100]), ours.fit(X[:100], y[:100]), X)
    assert ours.get_params()[name] is value  # as it was set


@pytest.mark.parametrize(
    "settings",
    [
        {"alpha": 1e22},
        {"alpha": 1e308},
        {"alpha": 1e22, "penalty": "l1"},
        {"learning_rate": "invscaling", "power_t": -300.0, "eta0": 0.1},
    ],
    ids=str,
)
def test_steps_that_overflow(settings):
    X, y = DATA["cancer"]
    for model in pair(**settings):
        with pytest.raises(ValueError, match="Floating-point under-/overflow occurred at epoch #1"):
            model.fit(X, y)


@pytest.mark.parametrize(
    "labels",
    [
        np.array(["a", "b"], "<U20"),
        np.array(["a", "bb"], object),
        np.array([1.0, 2.0], np.float32),
        np.array([1, 2], np.uint8),
        np.array([False, True]),
    ],
    ids=lambda labels: str(labels.dtype),
)
def test_the_type_of_the_classes(labels):
    X, y = DATA["cancer"]
    y = labels[y]
    for how in ("fit", "partial_fit"):
        theirs, ours = pair(max_iter=2, tol=None)
        for model in (theirs, ours):
            model.fit(X, y) if how == "fit" else model.partial_fit(X, y, classes=labels)
        assert ours.classes_.dtype == theirs.classes_.dtype
        assert ours.predict(X).dtype == theirs.predict(X).dtype


def test_jobs_change_nothing():
    # the idea of scikit-learn's test_sgd_multiclass_njobs
    X, y = DATA["wine"]
    expected = SGDClassifier(alpha=0.01, max_iter=20, tol=None, random_state=0).fit(X, y)
    several = SGDClassifier(alpha=0.01, max_iter=20, tol=None, random_state=0, n_jobs=2).fit(X, y)
    np.testing.assert_array_equal(several.coef_, expected.coef_)
    assert np.mean(several.predict(X) == y) > 0.95


def test_a_warning_with_tol_but_not_without():
    X, y = DATA["wine"]
    with pytest.warns(ConvergenceWarning):
        SGDClassifier(max_iter=np.int8(1)).fit(X, y)
