"""Sparse X: the same bits as scikit-learn's SGDClassifier, in memory for the non-zeros alone."""

import inspect
import re
import subprocess
import sys
import tracemalloc
from functools import cache

import numpy as np
import pytest
import scipy.sparse
import sklearn.cluster
import sklearn.ensemble
import sklearn.linear_model
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer

from scratch.linear_model import SGDClassifier
from tests.linear_model.sgd_pairs import DATA, SETTINGS, SPARSE, pair, quietly, same

FORMATS = ["csr", "csc", "coo", "lil", "dok", "bsr"]


def thinned(data, dtype=np.float64):
    """A training set in which half of the numbers are zero, as a CSR array."""
    X, y = DATA[data]
    return scipy.sparse.csr_array(np.where(np.abs(X) > 0.5, X, 0).astype(dtype)), y


@cache
def sentences(*modules):
    """Lines of the modules' own documentation, and the number of the module of each."""
    lines, owners = [], []
    for number, module in enumerate(modules):
        documented = [getattr(module, name) for name in module.__all__]
        found = [line.strip() for thing in documented for line in inspect.getdoc(thing).split("\n")]
        found = [line for line in dict.fromkeys(found) if len(line) > 40]
        lines += found
        owners += [number] * len(found)
    assert len(lines) > 1000
    return lines, np.array(owners)


@cache
def words(*modules):
    """How much each line holds of each word, as a sparse matrix, and the lines' modules."""
    lines, owners = sentences(*modules)
    return TfidfVectorizer().fit_transform(lines), owners


@pytest.mark.parametrize(("data", "dtype", "settings"), SPARSE)
def test_settings(data, dtype, settings):
    X, y = thinned(data, dtype)
    theirs, ours = pair(**settings)
    same(quietly(theirs.fit, X, y), quietly(ours.fit, X, y), X)
    assert ours.coef_.dtype == dtype


TWO = (sklearn.linear_model, sklearn.ensemble)
THREE = (*TWO, sklearn.cluster)


@pytest.mark.parametrize(
    ("modules", "settings"),
    [
        (TWO, {}),
        (TWO, {"penalty": "l1", "average": True}),
        (THREE, {}),
        (THREE, {"penalty": "l1"}),
        (THREE, {"penalty": "elasticnet"}),
        (THREE, {"average": True}),
    ],
    ids=lambda value: len(value) if isinstance(value, tuple) else str(value),
)
def test_words(modules, settings):
    X, y = words(*modules)
    assert X.nnz < 0.01 * X.shape[0] * X.shape[1]
    theirs, ours = pair(max_iter=2, **settings)
    same(quietly(theirs.fit, X, y), quietly(ours.fit, X, y), X)
    assert ours.score(X, y) == theirs.score(X, y) > 0.8


def test_hashed_words_in_a_stream():
    lines, y = sentences(*THREE)
    theirs, ours = pair()
    for chunk in np.array_split(np.random.default_rng(0).permutation(len(y)), 6):
        X = HashingVectorizer(n_features=2**12).transform([lines[i] for i in chunk])
        for model in (theirs, ours):
            model.partial_fit(X, y[chunk], classes=[0, 1, 2])
        same(theirs, ours, X)


@pytest.mark.parametrize("kind", ["array", "matrix"])
@pytest.mark.parametrize("name", FORMATS)
def test_formats(name, kind):
    X, y = thinned("strokes")
    other = getattr(scipy.sparse, f"{name}_{kind}")(X)
    theirs, ours = pair(max_iter=3, tol=None)
    same(theirs.fit(other, y), ours.fit(other, y), other)


@pytest.mark.parametrize("dtype", [np.int64, np.uint8, np.float16, np.bool_])
def test_types(dtype):
    X, y = DATA["strokes"]
    X = scipy.sparse.csr_array(X.astype(dtype if dtype != np.float16 else np.float32))
    X.data = X.data.astype(dtype)
    theirs, ours = pair(max_iter=3, tol=None)
    same(theirs.fit(X, y), ours.fit(X, y), X.astype(float))


def test_odd_matrices():
    X, y = thinned("wine")
    stored_zeros = X.copy()
    stored_zeros.data[::5] = 0
    empty_rows = X.copy()
    empty_rows.data[empty_rows.indptr[3] : empty_rows.indptr[9]] = 0
    empty_rows.eliminate_zeros()
    disorder = X.copy()
    for start, end in zip(X.indptr[:-1], X.indptr[1:], strict=True):
        disorder.data[start:end] = X.data[start:end][::-1]
        disorder.indices[start:end] = X.indices[start:end][::-1]
    disorder.has_sorted_indices = disorder.has_canonical_format = False
    for odd in (stored_zeros, empty_rows, disorder, scipy.sparse.csr_array(X.shape)):
        for settings in ({}, {"penalty": "l1"}, {"average": True}):
            theirs, ours = pair(**settings)
            same(quietly(theirs.fit, odd, y), quietly(ours.fit, odd, y), odd)


def test_numbers_that_share_a_place_are_added():
    data, indices, indptr = np.array([1.0, 2.0, 4.0]), np.array([0, 0, 1]), np.array([0, 2, 3])
    twice = scipy.sparse.csr_array((data, indices, indptr), shape=(2, 2))
    ours = SGDClassifier(random_state=0, max_iter=3, tol=None)
    found = ours.fit(twice, [0, 1]).coef_
    once = scipy.sparse.csr_array(np.array([[3.0, 0.0], [0.0, 4.0]]))
    np.testing.assert_array_equal(found, ours.fit(once, [0, 1]).coef_)
    assert twice.nnz == 3  # the caller's matrix is left alone


@pytest.mark.parametrize("data", ["cancer", "wine"])
@pytest.mark.parametrize("settings", [{}, {"average": True}, {"penalty": "l1"}], ids=str)
def test_weights_warm_start_and_going_on(data, settings):
    X, y = thinned(data)
    weight = np.random.default_rng(0).integers(0, 4, len(y)) * 0.7
    theirs, ours = pair(warm_start=True, max_iter=6, **settings)
    for _ in range(2):
        quietly(theirs.fit, X, y, sample_weight=weight)
        quietly(ours.fit, X, y, sample_weight=weight)
        same(theirs, ours, X)
    same(theirs.partial_fit(X, y), ours.partial_fit(X, y), X)
    dense = X.toarray()
    same(theirs.partial_fit(dense, y), ours.partial_fit(dense, y), dense)


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_loss_curve_is_what_scikit_learn_prints(settings, capsys):
    X, y = thinned("wine")
    theirs, ours = pair(**{**settings, "max_iter": 4, "tol": None}, verbose=1)
    theirs.fit(X, y)
    printed = re.findall(r"Objective: ([-\d.]+)", capsys.readouterr().out)
    expected = np.array(printed, dtype=float).reshape(-1, 4).sum(axis=0)
    np.testing.assert_allclose(ours.fit(X, y).loss_curve_, expected, rtol=1e-5, atol=2e-6)


def test_memory_is_in_proportion_to_the_non_zeros():
    rng = np.random.default_rng(0)
    n, d, per_row = 2000, 100_000, 10
    shape = {"shape": (n, d)}
    places = rng.integers(0, d, n * per_row), np.arange(0, n * per_row + 1, per_row)
    X = scipy.sparse.csr_array((rng.normal(size=n * per_row), *places), **shape)
    y = rng.integers(0, 2, n)
    tracemalloc.start()
    SGDClassifier(max_iter=1, tol=None).fit(X, y).predict(X)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30e6  # dense, it would take 1.6e9


_WITHOUT_SCIPY = """
import sys
import numpy as np
from scratch.linear_model import SGDClassifier

class Matrix:
    '''A CSR matrix that is not SciPy's.'''

    ndim, has_canonical_format = 2, True

    def __init__(self, X):
        rows, self.indices = np.nonzero(X)
        self.data, self.shape, self.dtype = X[rows, self.indices], X.shape, X.dtype
        self.indptr, self.nnz, self.dense = np.searchsorted(rows, range(len(X) + 1)), len(rows), X

    def tocsr(self):
        return self

    def __matmul__(self, other):
        return self.dense @ other

X, y = np.eye(4)[[0, 1, 2, 3] * 5], np.array([0, 0, 1, 2] * 5)
assert (SGDClassifier(max_iter=5, tol=None).fit(Matrix(X), y).predict(Matrix(X)) == y).all()
assert not {"scipy", "sklearn"} & set(sys.modules)
"""


def test_scipy_is_not_imported():
    subprocess.run([sys.executable, "-c", _WITHOUT_SCIPY], check=True)


BAD = {
    "NaN": lambda X: X * np.nan,
    "infinity": lambda X: X * 1e308 * 1e10,
    "complex": lambda X: X * 1j,
    "no samples": lambda X: X[:0],
    "no features": lambda X: X[:, :0],
    "fewer rows": lambda X: X[:-1],
}


@pytest.mark.filterwarnings("ignore:(overflow|invalid value) encountered")
@pytest.mark.parametrize("change", BAD.values(), ids=BAD)
def test_refused_as_there(change):
    X, y = thinned("wine")
    bad = change(X)
    for model in pair():
        with pytest.raises(ValueError, match=r"NaN|nfinit|omplex|0 sample|0 feature|inconsistent"):
            model.fit(bad, y)


def test_another_width_is_refused_and_the_fit_kept():
    X, y = thinned("wine")
    ours = quietly(SGDClassifier(max_iter=3).fit, X, y)
    with pytest.raises(ValueError, match="X has 4 features, but SGDClassifier is expecting 13"):
        ours.predict(X[:, :4])


def test_a_warning_as_for_dense_data():
    X, y = thinned("wine")
    with pytest.warns(ConvergenceWarning):
        SGDClassifier(max_iter=1).fit(X, y)


def test_one_dimension_is_refused_as_there():
    flat = scipy.sparse.coo_array(np.array([1.0, 0.0, 2.0]))
    for model in pair():
        with pytest.raises(ValueError, match="2D"):
            model.fit(flat, [0, 1, 0])
