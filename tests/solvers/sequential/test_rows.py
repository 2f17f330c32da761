"""What the steps get is what X holds, whichever way it is stored."""

import numpy as np
import pytest
import scipy.sparse

from scratch.solvers.sequential.rows import NonZeros, WholeRows, rows_of


def table(n_features, dtype):
    """Mostly zeros, with a row of nothing else and a row without; in columns."""
    rng = np.random.default_rng(0)
    X = (rng.random((2500, n_features)) < 0.3) * rng.normal(size=(2500, n_features)) * 9
    X[7] = 0
    X[8] = 5
    return np.asfortranarray(X.astype(dtype))


def some_samples(n_steps, n_classes):
    samples = np.random.default_rng(1).integers(0, 2500, (n_steps, n_classes))
    samples[0], samples[-1] = 7, 8
    return samples


@pytest.mark.parametrize("n_features", [1, 4, 20, 100, 300])
@pytest.mark.parametrize(
    ("dtype", "n_classes", "source"),
    [
        (np.float64, 1, "dense"),
        (np.float64, 3, "csr"),
        (np.float32, 1, "csr"),
        (np.float32, 3, "dense"),
        (np.uint8, 3, "dense"),
        (np.int64, 1, "csr"),
    ],
)
def test_non_zeros(n_features, dtype, n_classes, source):
    X = table(n_features, dtype)
    samples = some_samples(300, n_classes)
    if source == "dense":
        kept = NonZeros.of_dense(X, np.float64, n_classes)
    else:
        kept = NonZeros.of_csr(scipy.sparse.csr_array(X), np.float64, n_classes)
    n_steps = 0
    for rows, (where, x, x64, bounds) in zip(samples, kept.steps(samples), strict=True):
        n_steps += 1
        assert x.dtype == np.float64
        if n_classes == 1:
            starts, lengths = np.array([0]), np.array([len(x)])
            assert np.array_equal(x64, x)
            assert len(x) == 1 or x64.strides[0] < 0
            assert bounds is None
        else:
            starts, lengths = bounds
            assert x64 is None
        assert not x[starts].any()  # each sample begins with a zero
        assert lengths.max() <= kept.longest
        assert np.append(starts, len(x)).tolist() == [0, *lengths.cumsum()]
        back = np.zeros((n_classes, kept.n_columns))
        np.add.at(back.reshape(-1), where, x)
        assert np.array_equal(back[:, :-1], X[rows])
        owners, columns = np.divmod(where, kept.n_columns)
        assert np.array_equal(owners, np.repeat(np.arange(n_classes), lengths))
        real = columns < n_features
        same = owners[1:] == owners[:-1]
        assert (np.diff(columns)[same & real[:-1]] > 0).all()  # in order, no filler after them
    assert n_steps == len(samples)
    np.testing.assert_allclose(kept.squared_norms, (X.astype(float) ** 2).sum(axis=1))


@pytest.mark.parametrize("dtype", [np.float64, np.uint8])
@pytest.mark.parametrize("kept_as", [np.float64, np.float32])
@pytest.mark.parametrize("n_classes", [1, 3])
def test_whole_rows(dtype, kept_as, n_classes):
    X = table(20, dtype)
    samples = some_samples(3000, n_classes)
    kept = WholeRows(X, kept_as)
    for rows, (where, x, x64, bounds) in zip(samples, kept.steps(samples), strict=True):
        assert where is None
        assert bounds is None
        expected = X[rows].astype(kept_as)
        assert np.array_equal(x, expected if n_classes > 1 else expected[0])
        assert np.array_equal(x64, x)
        assert (x.dtype, x64.dtype) == (kept_as, np.float64)
        assert x.strides[-1] > 0
        assert (x64.strides[-1] < 0) == (kept_as == np.float64)
    expected = (X.astype(kept_as).astype(float) ** 2).sum(axis=1)
    met = np.isin(np.arange(len(X)), samples)
    np.testing.assert_allclose(kept.squared_norms[met], expected[met], rtol=1e-6)
    assert np.isnan(kept.squared_norms[~met]).all()


def test_a_csr_matrix_may_hold_more_than_its_rows_use():
    # memory after indptr[-1] is not part of the matrix
    X = scipy.sparse.csr_array(table(20, np.float64))
    X.data, X.indices = np.append(X.data, [np.nan, 1.0]), np.append(X.indices, [3, 4])
    kept = NonZeros.of_csr(X, np.float64, 1)
    assert np.isfinite(kept.values).all()


def test_which_rows_are_taken():
    sparse, dense = table(20, np.float64), np.ones((100, 20))
    assert isinstance(rows_of(sparse, np.float64, 1), WholeRows)  # one class
    assert isinstance(rows_of(dense, np.float64, 3), WholeRows)  # little is zero
    assert isinstance(rows_of(sparse, np.float64, 3), NonZeros)
    assert isinstance(rows_of(sparse, np.float64, 3, whole=True), WholeRows)
    assert isinstance(rows_of(scipy.sparse.csr_array(sparse), np.float64, 1), NonZeros)


def test_zeros_that_steps_have_left_out():
    X = np.eye(4)  # a feature a sample
    kept = NonZeros.of_dense(X, np.float64, 2)
    W = np.full((2, kept.n_columns), -0.0)
    # class 0 moves up on samples 0 and 2, down on 1 and 3; class 1 moves down alone
    u = np.array([[1.0, -1.0], [-1.0, -1.0], [1.0, -1.0], [-1.0, -1.0]])
    kept.meet_zeros(W, np.arange(4).repeat(2).reshape(4, 2), u)
    assert np.signbit(W[:, :4]).tolist() == [[False, False, True, True], [True] * 4]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("source", ["dense", "csr"])
def test_squared_norms_are_running_sums(source, dtype):
    X = table(20, dtype)
    kept = WholeRows(X, dtype)
    if source == "csr":
        kept = NonZeros.of_csr(scipy.sparse.csr_array(X), dtype, 1)
    kept.measure()
    expected = np.zeros(len(X))
    for x in X.T.astype(float):
        expected += x * x
    np.testing.assert_array_equal(kept.squared_norms, expected)
