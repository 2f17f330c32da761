"""Tables of numbers: what is accepted, what it becomes, and the errors for what is not."""

import numpy as np
import pytest
import scipy.sparse

from scratch.validation import arrays


class Table:
    """An array-like with a method of sparse matrices, as a grid or a query may have."""

    def toarray(self):
        raise AssertionError("not asked for")

    def __array__(self, dtype=None, copy=None):
        return np.eye(2)


def test_only_sparse_matrices_are_sparse():
    np.testing.assert_array_equal(arrays.check_array(Table()), np.eye(2))


@pytest.mark.parametrize("dtype", ["Int64", "boolean", "Float32"])
def test_nullable_numbers(dtype):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [0, 1], "b": [1, 1]}).astype({"a": dtype})
    np.testing.assert_array_equal(arrays.check_array(frame), [[0, 1], [1, 1]])
    with pytest.raises(ValueError, match="Input X contains NaN"):
        arrays.check_array(frame.convert_dtypes().mask(frame.a == 1))
    mixed = frame.assign(c=["x", "y"])
    with pytest.raises(ValueError, match="could not convert"):
        arrays.check_array(mixed)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_table_that_is_good_is_not_copied(dtype):
    X = np.ones((3, 2), dtype)
    assert arrays.check_array(X) is X
    view = X[:, ::-1]
    assert arrays.check_array(view) is view
    ordered = arrays.check_array(np.asfortranarray(X), order="C")
    assert ordered.flags.c_contiguous
    assert arrays.check_array(X, order="C") is X


@pytest.mark.parametrize(
    ("given", "keep", "expected"),
    [
        ("float16", ("float32", "float64"), "float64"),
        ("longdouble", ("float32", "float64"), "float64"),
        ("uint8", ("float32", "float64"), "float64"),
        ("uint8", ("float32", "float64", "integer"), "uint8"),
        ("int64", ("integer",), "int64"),
        ("bool", ("integer",), "bool"),
        ("float32", ("float64",), "float64"),
        ("object", ("float32", "float64", "integer"), "float64"),
    ],
)
def test_types_of_tables(given, keep, expected):
    X = np.array([[1, 0], [1, 1]]).astype(given)
    checked = arrays.check_array(X, keep=keep)
    assert checked.dtype == expected
    np.testing.assert_array_equal(checked, [[1, 0], [1, 1]])


def test_lists_and_numbers_in_strings_are_tables():
    np.testing.assert_array_equal(arrays.check_array([[1, 2.5]]), [[1, 2.5]])
    np.testing.assert_array_equal(arrays.check_array([["1", "2.5"]]), [[1, 2.5]])


@pytest.mark.parametrize(
    ("X", "error", "message"),
    [
        (5.0, ValueError, "Expected 2D array, got scalar"),
        ([1.0, 2.0], ValueError, r"Expected 2D array, got 1D array instead. Reshape your data"),
        (np.zeros((2, 2, 2)), ValueError, "Expected 2D array, got 3D array"),
        (np.zeros((0, 3)), ValueError, r"Found array with 0 sample\(s\) \(shape=\(0, 3\)\)"),
        (np.zeros((3, 0)), ValueError, r"Found array with 0 feature\(s\) \(shape=\(3, 0\)\)"),
        ([[1.0, np.nan]], ValueError, "Input X contains NaN"),
        ([[1.0, np.inf]], ValueError, "Input X contains infinity"),
        ([[np.inf, -np.inf]], ValueError, "Input X contains infinity"),
        (np.array([[None, 1.0]]), ValueError, "NaN"),
        ([[1j, 0]], ValueError, "Complex data not supported"),
        (np.array([[1j, "a"]], dtype=object), ValueError, "Complex data not supported"),
        ([["a", "b"]], ValueError, "could not convert"),
        (np.array([[{}, 1]], dtype=object), TypeError, "must be a string or a number"),
        (scipy.sparse.eye(3, format="csr"), TypeError, "Sparse data was passed"),
        (scipy.sparse.coo_array(np.eye(3)), TypeError, "Sparse data was passed"),
    ],
)
def test_tables_that_are_refused(X, error, message):
    with pytest.raises(error, match=message):
        arrays.check_array(X)


def test_a_table_may_be_looked_at_later():
    X = np.array([[np.nan, np.inf]])
    assert arrays.check_array(X, finite=False) is X
    with pytest.raises(ValueError, match="Input X contains NaN"):
        arrays.check_array(X)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_finite_is_finite_though_the_sum_overflows(dtype):
    largest = np.finfo(dtype).max
    arrays.check_finite(np.full((3, 3), largest, dtype), "X")
    arrays.check_finite(np.array([[largest, -largest]] * 4, dtype), "X")
    for bad in (np.nan, np.inf, -np.inf):
        with pytest.raises(ValueError, match=r"NaN|infinity"):
            arrays.check_finite(np.array([largest, largest, bad], dtype), "X")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.3, 1.0], True),
        ([-0.0], True),
        ([[0.2, 0.8], [1, 0]], True),
        ([True, False], True),
        ([], True),
        ([np.nextafter(0, -1)], False),
        ([np.nextafter(1, 2)], False),
        ([0.5, np.nan, 0.5], False),
        ([np.inf], False),
        ([0.5, -np.inf], False),
    ],
)
def test_in_unit_interval(values, expected):
    assert arrays.in_unit_interval(np.array(values)) is expected


def test_objects_that_are_numbers_become_floats():
    numbers = arrays.as_numbers(np.array([1, 2.5, True], "O"), "x")
    assert numbers.dtype == np.float64
    assert numbers.tolist() == [1.0, 2.5, 1.0]
