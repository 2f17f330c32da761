"""The mini-batch classifiers on sparse X: what the same rows give as an array."""

import copy
import re
import tracemalloc

import numpy as np
import pytest
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import make_pipeline

from benchmarks.sgd import documentation
from scratch.linear_model import LogisticClassifier, SoftmaxClassifier
from scratch.solvers.minibatch import auto

BOTH = LogisticClassifier, SoftmaxClassifier
both = pytest.mark.parametrize("Classifier", BOTH)
TOLERANCE = {"float64": 1e-12, "float32": 1e-5}
pytestmark = pytest.mark.filterwarnings("ignore:Training ended after max_iter")


def data(dtype="float64", n=250, d=40):
    """Return an array with one number in seven, and labels of three classes."""
    rng = np.random.default_rng(0)
    X = np.where(rng.random((n, d)) < 1 / 7, rng.normal(1, 1, size=(n, d)), 0)
    y = np.argmax(X[:, :3] + rng.normal(0, 0.3, size=(n, 3)), axis=1)
    X[7], X[:, 5] = 0, 0
    return X.astype(dtype), y


@pytest.fixture
def as_if_sparse(monkeypatch):
    """Let "auto" take the coordinates of sparse columns for arrays as well."""
    look = auto.look

    def look_at_sparse(samples, *args, **options):
        samples = copy.copy(samples)
        samples.X, samples.sparse = scipy.sparse.csr_array(samples.X), True
        return look(samples, *args, **options)

    monkeypatch.setattr(auto, "look", look_at_sparse)


def assert_alike(sparse, dense, X):
    """Compare two classifiers that were trained on the same rows."""
    assert sparse.coef_.dtype == dense.coef_.dtype
    tolerance = TOLERANCE[dense.coef_.dtype.name]
    close = {"rtol": 0, "atol": tolerance * max(1, np.abs(dense.coef_).max())}
    np.testing.assert_allclose(sparse.coef_, dense.coef_, **close)
    np.testing.assert_allclose(sparse.intercept_, dense.intercept_, **close)
    np.testing.assert_allclose(sparse.loss_curve_, dense.loss_curve_, rtol=10 * tolerance)
    assert sparse.validation_scores_ == dense.validation_scores_
    rows = scipy.sparse.csr_array(X)
    for method in ("predict_proba", "predict_log_proba", "decision_function"):
        found, truth = getattr(sparse, method)(rows), getattr(dense, method)(X)
        np.testing.assert_allclose(found, truth, rtol=0, atol=100 * tolerance)
    np.testing.assert_array_equal(sparse.predict(rows), dense.predict(X))


def fitted(Classifier, X, y, sample_weight=None, **settings):
    settings = {"max_iter": 6, "batch_size": 64, "random_state": 0, **settings}
    return Classifier(**settings).fit(X, y, sample_weight)


@both
@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("penalty", ["l2", "l1", "elasticnet", None])
@pytest.mark.parametrize("learning_rate", ["auto", "constant", "invscaling"])
def test_weights_are_those_of_the_same_rows_as_an_array(
    Classifier, dtype, penalty, learning_rate, as_if_sparse
):
    X, y = data(dtype)
    settings = {"penalty": penalty, "learning_rate": learning_rate}
    sparse = fitted(Classifier, scipy.sparse.csr_array(X), y, **settings)
    assert_alike(sparse, fitted(Classifier, X, y, **settings), X)


OPTIONS = [
    {"nesterov": True},
    {"momentum": 0.0},
    {"average": True},
    {"average": 300},
    {"early_stopping": True},
    {"class_weight": "balanced"},
    {"batch_size": "full"},
    {"batch_size": 1, "max_iter": 2},
    {"fit_intercept": False},
    {"shuffle": False},
    {"alpha": 1.0},
]


@both
@pytest.mark.parametrize("learning_rate", ["auto", "constant"])
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_so_they_are_with_all_options(Classifier, learning_rate, options, as_if_sparse):
    X, y = data()
    weights = np.random.default_rng(1).integers(0, 3, len(y)) * 0.7
    options = options | {"learning_rate": learning_rate}
    for w in (None, weights):
        sparse = fitted(Classifier, scipy.sparse.csr_array(X), y, w, **options)
        assert_alike(sparse, fitted(Classifier, X, y, w, **options), X)


def test_large_batches_are_taken_in_parts(monkeypatch):
    monkeypatch.setattr("scratch.solvers.minibatch.sparse._SCORES", 100)
    X, y = data()
    how = {"batch_size": "full", "learning_rate": "constant"}
    sparse = fitted(SoftmaxClassifier, scipy.sparse.csr_array(X), y, **how)
    assert_alike(sparse, fitted(SoftmaxClassifier, X, y, **how), X)


@both
@pytest.mark.parametrize("learning_rate", ["auto", "constant"])
def test_streams_and_warm_starts(Classifier, learning_rate, as_if_sparse):
    X, y = data()
    pair = [
        Classifier(learning_rate=learning_rate, warm_start=True, max_iter=2, random_state=0)
        for _ in range(2)
    ]
    for model, rows in zip(pair, (scipy.sparse.csr_array(X), X), strict=True):
        model.fit(rows, y).fit(rows, y)
    assert_alike(*pair, X)
    for chunk in np.array_split(np.arange(len(X)), 4):
        for model, rows in zip(pair, (scipy.sparse.csr_array(X), X), strict=True):
            model.partial_fit(rows[chunk], y[chunk])
    assert_alike(*pair, X)


@both
@pytest.mark.parametrize("learning_rate", ["auto", "constant"])
def test_chunks_may_be_sparse_and_dense_by_turns(Classifier, learning_rate):
    X, y = data(n=2000)
    mixed, dense = (Classifier(learning_rate=learning_rate, random_state=0) for _ in range(2))
    for number, chunk in enumerate(np.array_split(np.arange(2000), 10)):
        rows = scipy.sparse.csr_array(X[chunk]) if number % 2 else X[chunk]
        mixed.partial_fit(rows, y[chunk], [0, 1, 2])
        dense.partial_fit(X[chunk], y[chunk], [0, 1, 2])
    if learning_rate == "constant":
        assert_alike(mixed, dense, X)
    else:  # the coordinates change with the kind
        assert mixed.score(X, y) > dense.score(X, y) - 0.02


def test_probabilities_may_be_targets():
    X, y = data()
    P = 0.8 * np.eye(3)[y] + 0.2 / 3
    how = {"learning_rate": "constant"}
    sparse = fitted(SoftmaxClassifier, scipy.sparse.csr_array(X), P, **how)
    assert_alike(sparse, fitted(SoftmaxClassifier, X, P, **how), X)


@pytest.mark.parametrize("kind", ["array", "matrix"])
@pytest.mark.parametrize("name", ["csr", "csc", "coo", "lil", "dok", "bsr", "dia"])
def test_every_format_is_taken(name, kind):
    X, y = data(n=60)
    rows = getattr(scipy.sparse, f"{name}_{kind}")(X)
    expected = fitted(SoftmaxClassifier, scipy.sparse.csr_array(X), y)
    found = fitted(SoftmaxClassifier, rows, y)
    np.testing.assert_array_equal(found.coef_, expected.coef_)
    np.testing.assert_allclose(found.predict_proba(rows), expected.predict_proba(X), rtol=1e-12)


@pytest.mark.parametrize("kind", ["?", "u1", "i2", "i4", "i8", "f4", "f8"])
def test_every_type_of_number_is_computed_as_in_an_array(kind, as_if_sparse):
    X, y = data()
    X = (X * 3).astype(kind)
    rows = scipy.sparse.csr_array(X)
    assert_alike(fitted(SoftmaxClassifier, rows, y), fitted(SoftmaxClassifier, X, y), X)
    assert rows.dtype == kind


def odd():
    """Return matrices of the same numbers, stored in other ways, by name."""
    X = scipy.sparse.csr_array(data()[0])
    wide, disorder = X.copy(), X.copy()
    zeros = scipy.sparse.csr_array(np.where(X.toarray() == 0, 7.0, X.toarray()))
    zeros.data[zeros.data == 7] = 0
    wide.indices, wide.indptr = wide.indices.astype(np.int64), wide.indptr.astype(np.int64)
    for start, end in zip(X.indptr[:-1], X.indptr[1:], strict=True):
        part = slice(start, end)
        disorder.data[part], disorder.indices[part] = X.data[part][::-1], X.indices[part][::-1]
    disorder.has_sorted_indices = disorder.has_canonical_format = False
    halves = np.repeat(X.data / 2, 2), np.repeat(X.indices, 2), X.indptr * 2
    double = scipy.sparse.csr_array(halves, shape=X.shape)
    return {"stored zeros": zeros, "int64": wide, "not in order": disorder, "twice": double}


@pytest.mark.parametrize("name", odd())
def test_how_numbers_are_stored_makes_no_difference(name):
    X, y = data()
    rows = odd()[name]
    before = rows.copy()
    found = fitted(SoftmaxClassifier, rows, y)
    expected = fitted(SoftmaxClassifier, scipy.sparse.csr_array(X), y)
    np.testing.assert_allclose(found.coef_, expected.coef_, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.decision_function(rows), expected.decision_function(X))
    for part in ("data", "indices", "indptr"):  # the caller's matrix is left alone
        np.testing.assert_array_equal(getattr(rows, part), getattr(before, part))
    assert found.coef_[:, 5].tolist() == [0, 0, 0]  # the empty column


def test_a_matrix_of_zeros_teaches_the_frequencies():
    y = np.repeat([0, 1], [30, 10])
    model = fitted(LogisticClassifier, scipy.sparse.csr_array((40, 3)), y, max_iter=200)
    np.testing.assert_array_equal(model.coef_, 0)
    assert model.intercept_[0] == pytest.approx(np.log(1 / 3), abs=0.01)


@both
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_the_error_for_nan_and_infinity_is_that_of_an_array(Classifier, bad):
    X, y = data()
    good = fitted(Classifier, X, y)
    broken = X.copy()
    broken[3, np.flatnonzero(X[3])[0]] = bad
    rows = scipy.sparse.csr_array(broken)
    for call in (
        lambda rows: Classifier().fit(rows, y),
        lambda rows: Classifier().partial_fit(rows, y, [0, 1, 2]),
        good.predict,
        good.predict_proba,
    ):
        with pytest.raises(ValueError, match="Input X contains") as of_array:
            call(broken)
        with pytest.raises(ValueError, match=f"^{re.escape(str(of_array.value))}$"):
            call(rows)


@both
def test_huge_numbers_are_scaled_down_as_in_an_array(Classifier, as_if_sparse):
    X, y = data()
    X[:, 0] *= 1e307
    rows = scipy.sparse.csr_array(X)
    with pytest.warns(UserWarning, match="too large to learn from"):
        sparse, dense = fitted(Classifier, rows, y), fitted(Classifier, X, y)
    np.testing.assert_array_equal(sparse.coef_[:, 0], 0)
    assert_alike(sparse, dense, X)
    for model in (sparse, dense):
        model.coef_ = np.full(dense.coef_.shape, 1e5) * [[1], [2], [3]]
    scores = sparse.decision_function(rows)
    assert np.isfinite(scores).all()
    np.testing.assert_allclose(scores, dense.decision_function(X), rtol=1e-12)
    assert np.abs(scores).max() > 1e300
    np.testing.assert_allclose(sparse.sparsify().decision_function(rows), scores, rtol=1e-12)


def test_memory_is_in_proportion_to_weights_and_non_zeros():
    rng = np.random.default_rng(0)
    n, d, per_row = 2000, 100_000, 10
    places = rng.integers(0, d, n * per_row), np.arange(0, n * per_row + 1, per_row)
    X = scipy.sparse.csr_array((rng.normal(size=n * per_row), *places), shape=(n, d))
    y = rng.integers(0, 2, n)
    tracemalloc.start()
    model = LogisticClassifier(max_iter=2, early_stopping=True).fit(X, y)
    model.predict_proba(X)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40e6  # 50 numbers a weight; dense, the rows would take 1.6e9


@pytest.mark.parametrize("alpha", [1e-4, 1e-6])
def test_text_comes_near_the_optimum_without_tuning(alpha):
    X, y = documentation()
    ours = SoftmaxClassifier(alpha=alpha, random_state=0).fit(X, y)
    exact = LogisticRegression(C=1 / (len(y) * alpha), tol=1e-6, max_iter=2000).fit(X, y)
    found, least = (
        log_loss(y, model.predict_proba(X)) + alpha / 2 * np.sum(model.coef_**2)
        for model in (ours, exact)
    )
    assert (found - least) / (np.log(3) - least) < 0.02


def test_a_pipeline_from_raw_text():
    texts = ["the ball is in the net", "a goal, and the ball is lost", "the net holds the ball"]
    texts += ["bake the bread and the cake", "bread with butter", "the cake is in the oven"]
    model = make_pipeline(TfidfVectorizer(), SoftmaxClassifier(random_state=0))
    model.fit(texts, ["sport"] * 3 + ["kitchen"] * 3)
    assert model.predict(["a ball", "some bread"]).tolist() == ["sport", "kitchen"]
