"""Random containers in the place of random arguments, ours and scikit-learn's.

A few seconds of a long search. Each case is drawn from its seed alone, so a failure can be
repeated. One argument comes in any container, also in such as are refused: then both must raise.
"""

import array
from collections import deque

import numpy as np
import pytest
import scipy.sparse
import sklearn.linear_model

from scratch.linear_model import SGDClassifier
from tests.metrics.against_sklearn import assert_alike, assert_catchable_as, run

CONTAINERS = {
    "array": np.asarray,
    "list": np.ndarray.tolist,
    "tuple": lambda a: tuple(a.tolist()),
    "list of rows": list,
    "deque": lambda a: deque(a.tolist()),
    "columns": np.asfortranarray,
    "strided": lambda a: np.repeat(a, 2, 0)[::2],
    "reversed": lambda a: a[::-1].copy()[::-1],
    "big-endian": lambda a: a.astype(a.dtype.newbyteorder(">")),
    "float16": lambda a: a.astype(np.float16),
    "float32": lambda a: a.astype(np.float32),
    "integers": lambda a: a.round().astype(int),
    "bools": lambda a: a > 0.5,
    "not masked": lambda a: np.ma.array(a, mask=False),
    "column": lambda a: a.reshape(len(a), -1)[:, :1],
    "row": lambda a: a.reshape(1, -1),
    "three axes": lambda a: a.reshape(*a.shape, 1, 1),
    "none": lambda a: None,
    "number": lambda a: 3.5,
    "text": lambda a: "0101",
    "generator": lambda a: (value for value in a),
    "empty": lambda a: a[:0],
    "empty list": lambda a: [],
    "one less": lambda a: a[:-1],
    "complex": lambda a: a + 1j,
    "NaN": lambda a: np.where(np.arange(a.size).reshape(a.shape) == 1, np.nan, a),
    "infinity": lambda a: np.where(np.arange(a.size).reshape(a.shape) == 1, -np.inf, a),
    "ragged": lambda a: [[1], [0, 1], *[[1]] * (len(a) - 2)],
    "sparse": lambda a: scipy.sparse.csr_array(np.atleast_2d(a)),
    "matrix": np.asmatrix,
}
FLAT = {"array.array": lambda a: array.array("d", a.tolist())}
pandas = pytest.importorskip("pandas")
FRAMES = {
    "frame": pandas.DataFrame,
    "frame in another order": lambda a: pandas.DataFrame(a, index=range(3 * len(a), 0, -3)),
    "frame of nullable numbers": lambda a: pandas.DataFrame(a).convert_dtypes(),
}
SERIES = {
    "series": pandas.Series,
    "series in another order": lambda a: pandas.Series(a, index=range(3 * len(a), 0, -3)),
    "nullable": lambda a: pandas.Series(a).convert_dtypes(),
    "index": pandas.Index,
    "categorical": pandas.Categorical,
    "missing": lambda a: pandas.Series(a).convert_dtypes().mask(np.arange(len(a)) == 1),
}
ONE_AXIS = {**CONTAINERS, **FLAT, **SERIES, **FRAMES}
TWO_AXES = {**CONTAINERS, **FRAMES}
HARMLESS = ("array", "list", "tuple", "columns", "strided", "reversed", "big-endian")


def contained(rng, arrays):
    """Return arrays in containers, of which one may be any."""
    odd = rng.integers(len(arrays))
    containers = [TWO_AXES if a.ndim == 2 else ONE_AXIS for a in arrays]
    names = [HARMLESS[rng.integers(len(HARMLESS))] for _ in arrays]
    names[odd] = list(containers[odd])[rng.integers(len(containers[odd]))]
    pairs = zip(containers, names, arrays, strict=True)
    return [each[name](a) for each, name, a in pairs]


def samples(rng):
    """Return X (n, 3), labels 0 and 1, other labels, scores in [0, 1] and weights, all (n,)."""
    n = int(rng.integers(3, 12))
    y = rng.integers(0, 2, n)
    y[:2] = 0, 1
    other = np.where(rng.random(n) < 0.7, y, 1 - y)
    return rng.normal(size=(n, 3)).round(2), y, other, rng.random(n).round(2), rng.integers(1, 4, n)


COUNTING = ["accuracy_score", "f1_score", "confusion_matrix", "matthews_corrcoef", "hamming_loss"]
SCORING = ["log_loss", "brier_score_loss", "roc_auc_score", "average_precision_score", "roc_curve"]


@pytest.mark.parametrize("seed", range(250))
def test_metrics(seed):
    rng = np.random.default_rng(seed)
    _, y, other, score, weight = samples(rng)
    name = [*COUNTING, *SCORING][rng.integers(10)]
    guess = other if name in COUNTING else score
    true, pred, weight = contained(rng, [y, guess, weight.astype(float)])
    assert_alike(name, true, pred, sample_weight=weight, rtol=1e-9)


def test_a_memoryview_is_an_array_like():
    """In scikit-learn for estimators only."""
    X, y, _, _, weight = samples(np.random.default_rng(0))
    ours = SGDClassifier(random_state=0).fit(X, memoryview(y), sample_weight=memoryview(weight))
    np.testing.assert_array_equal(
        ours.coef_, SGDClassifier(random_state=0).fit(X, y, sample_weight=weight).coef_
    )


@pytest.mark.parametrize("seed", range(150))
def test_training(seed):
    rng = np.random.default_rng(seed)
    X, y, _, _, weight = samples(rng)
    X, y, weight = contained(rng, [X, y, weight.astype(float)])
    how = {"loss": "log_loss", "max_iter": 2, "tol": None, "random_state": 0}
    ours, our_error, _ = run(SGDClassifier(**how).fit, X, y, sample_weight=weight)
    theirs, error, _ = run(
        sklearn.linear_model.SGDClassifier(**how).fit, X, y, sample_weight=weight
    )
    if error is not None:
        assert our_error is not None, f"scikit-learn raises {error!r}"
        assert_catchable_as(our_error, error)
    else:
        assert our_error is None, f"{our_error!r}, but scikit-learn takes it"
        np.testing.assert_array_equal(ours.coef_, theirs.coef_)
        assert ours.classes_.tolist() == theirs.classes_.tolist()
