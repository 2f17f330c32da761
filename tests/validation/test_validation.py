"""What input is accepted, what it becomes, and the errors for what is not."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
import scipy.sparse
from sklearn.utils.class_weight import compute_class_weight

from scratch.validation import arrays, labels, parameters, weights
from scratch.validation.parameters import any_of, integer, one_of, real

# Parameters

validation = SimpleNamespace(**vars(parameters) | vars(weights) | vars(labels) | vars(arrays))


@pytest.mark.parametrize(
    ("constraint", "accepted", "refused"),
    [
        (
            real(0, 1),
            [0, 1, 0.5, np.float32(0.5), np.int64(1)],
            [-1e-9, 1.1, np.nan, np.inf, "0", None, True, np.True_, [0.5], 1j],
        ),
        (real(0, 1, closed="left"), [0, 0.999], [1, -1]),
        (real(0, 1, closed="right"), [1, 0.001], [0, 2]),
        (real(0, 1, closed="neither"), [0.5], [0, 1]),
        (real(0, None, closed="left"), [0, 1e300, 10**400], [np.inf, np.nan, -1]),
        (real(0, None), [0, np.inf], [np.nan, -1]),
        (real(None, None, closed="neither"), [-1e300, 5], [np.inf, -np.inf, np.nan]),
        (integer(1), [1, np.int8(3), 10**30], [0, 1.0, True, np.True_, "1", None]),
        (integer(1, 3), [1, 3], [0, 4]),
        (one_of("a", None), ["a", None], ["b", 0, ["a"]]),
        (one_of("a"), ["a"], [None, np.array(["a"])]),
        (any_of(integer(1), one_of("full")), [3, "full"], [0, "half", 1.5]),
        (validation.boolean, [True, False, np.True_], [0, 1, "yes", None]),
        (validation.mapping, [{}, {1: 2}], [[], None]),
        (
            validation.random_source,
            [None, 0, 2**32 - 1, np.int64(3), np.random.RandomState(0)],
            [-1, 2**32, 1.0, "0", np.random.default_rng(0)],
        ),
    ],
)
def test_constraints(constraint, accepted, refused):
    assert [value for value in accepted if not constraint.accepts(value)] == []
    assert [value for value in refused if constraint.accepts(value)] == []


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        (real(0, 1), "a float in the range [0, 1]"),
        (real(0, None, closed="left"), "a float in the range [0, inf)"),
        (real(None, None, closed="neither"), "a float in the range (-inf, inf)"),
        (real(0, None), "a float in the range [0, inf]"),
        (real(0, 1, closed="neither"), "a float in the range (0, 1)"),
        (integer(1), "an int in the range [1, inf)"),
        (integer(1, 3), "an int in the range [1, 3]"),
        (any_of(one_of("a", None), integer(1)), "one of 'a', None or an int in the range [1, inf)"),
    ],
)
def test_words_of_constraints(constraint, words):
    assert constraint.description == words


def test_the_first_parameter_that_is_out_of_range_is_named():
    class Model:
        alpha, beta = 1, -1

    validation.check_parameters(Model(), {"alpha": real(0, 1)})
    message = r"The 'beta' parameter of Model must be a float in the range \[0, 1\]. Got -1 instead"
    with pytest.raises(ValueError, match=message):
        validation.check_parameters(Model(), {"alpha": real(0, 1), "beta": real(0, 1)})


def test_random_states():
    state = np.random.RandomState(5)
    assert validation.check_random_state(state) is state
    assert validation.check_random_state(None) is np.random.mtrand._rand
    for seed in (5, np.int32(5)):
        ours = validation.check_random_state(seed).randint(1000, size=5)
        np.testing.assert_array_equal(ours, np.random.RandomState(5).randint(1000, size=5))
    with pytest.raises(ValueError, match="cannot be used to seed"):
        validation.check_random_state("5")


# Tables


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_table_that_is_good_is_not_copied(dtype):
    X = np.ones((3, 2), dtype)
    assert validation.check_array(X) is X
    view = X[:, ::-1]
    assert validation.check_array(view) is view
    ordered = validation.check_array(np.asfortranarray(X), order="C")
    assert ordered.flags.c_contiguous
    assert validation.check_array(X, order="C") is X


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
    checked = validation.check_array(X, keep=keep)
    assert checked.dtype == expected
    np.testing.assert_array_equal(checked, [[1, 0], [1, 1]])


def test_lists_and_numbers_in_strings_are_tables():
    np.testing.assert_array_equal(validation.check_array([[1, 2.5]]), [[1, 2.5]])
    np.testing.assert_array_equal(validation.check_array([["1", "2.5"]]), [[1, 2.5]])


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
        validation.check_array(X)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_finite_is_finite_though_the_sum_overflows(dtype):
    largest = np.finfo(dtype).max
    validation.check_finite(np.full((3, 3), largest, dtype), "X")
    validation.check_finite(np.array([[largest, -largest]] * 4, dtype), "X")
    for bad in (np.nan, np.inf, -np.inf):
        with pytest.raises(ValueError, match=r"NaN|infinity"):
            validation.check_finite(np.array([largest, largest, bad], dtype), "X")


# Labels, probabilities, weights


@pytest.mark.parametrize(
    "y",
    [
        [1, 0, 2],
        ["b", "a", "c"],
        [True, False, True],
        [1.0, -2.0, 3.0],
        np.array(["b", 1, "c"], "O"),
    ],
)
def test_labels_of_any_type(y):
    labels = validation.check_labels(y, 3)
    assert labels.tolist() == list(y)


def test_a_column_of_labels_warns():
    from sklearn.exceptions import DataConversionWarning

    with pytest.warns(DataConversionWarning, match="column-vector"):
        assert validation.check_labels([[1], [2]], 2).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("y", "error", "message"),
    [
        (None, ValueError, "requires y"),
        ([1, 2], ValueError, r"inconsistent numbers of samples: \[3, 2\]"),
        ([[1, 2], [1, 2], [1, 2]], ValueError, "should be a 1d array"),
        (5, ValueError, "should be a 1d array"),
        ([1.0, 2.5, 1.0], ValueError, "Unknown label type: continuous"),
        ([1.0, np.nan, 1.0], ValueError, "contains NaN"),
        ([1.0, np.inf, 1.0], ValueError, "contains infinity"),
        ([1j, 0, 0], ValueError, "Complex data"),
        (np.array(["a", None, "b"], "O"), ValueError, "NaN or None"),
        (np.array(["a", np.nan, "b"], "O"), ValueError, "NaN or None"),
        (scipy.sparse.csr_array([[1, 2, 0]]), TypeError, "Sparse"),
    ],
)
def test_labels_that_are_refused(y, error, message):
    with pytest.raises(error, match=message):
        validation.check_labels(y, 3)


def test_codes_of_labels():
    classes, codes = validation.encode_labels(np.array(["b", "a", "c", "a"]))
    assert classes.tolist() == ["a", "b", "c"]
    assert codes.tolist() == [1, 0, 2, 0]
    assert validation.codes_of(np.array(["c", "a"]), classes).tolist() == [2, 0]
    with pytest.raises(ValueError, match="does not hold the labels"):
        validation.codes_of(np.array(["a", "d"]), classes)
    with pytest.raises(TypeError, match="of one type, got int, str"):
        validation.encode_labels(np.array([1, "a"], dtype=object))


@pytest.mark.parametrize(
    ("rows", "n_classes", "message"),
    [
        ([[0.5, 0.5]], 2, "inconsistent numbers"),
        ([[0.5, 0.5]] * 2, 3, "2 columns, but there are 3"),
        ([[0.5, 0.6]] * 2, 2, "sum to 1"),
        ([[1.5, -0.5]] * 2, 2, r"in \[0, 1\]"),
        ([[np.nan, 1]] * 2, 2, "NaN"),
    ],
)
def test_probabilities_that_are_refused(rows, n_classes, message):
    good = [[0.25, 0.75], [1, 0]]
    np.testing.assert_array_equal(validation.check_probabilities(good, 2, 2), good)
    with pytest.raises(ValueError, match=message):
        validation.check_probabilities(rows, 2, n_classes)


def test_weights_of_samples():
    assert validation.check_sample_weight(None, 2).tolist() == [1, 1]
    assert validation.check_sample_weight(3, 2).tolist() == [3, 3]
    assert validation.check_sample_weight([1, 0], 2).tolist() == [1, 0]
    assert validation.check_sample_weight([1, 2], 2, np.float32).dtype == np.float32


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        ([[1, 2]], "must be 1D"),
        ([1, 2, 3], r"expected \(2,\)"),
        ([1, -1], "Negative values"),
        ([0, 0], "at least one non-zero"),
        ([1, np.nan], "NaN"),
        ([1, np.inf], "infinity"),
        (-1, "Negative values"),
        (0, "at least one non-zero"),
        (np.nan, "NaN"),
    ],
)
def test_weights_that_are_refused(weight, message):
    with pytest.raises(ValueError, match=message):
        validation.check_sample_weight(weight, 2)


CLASSES, CODES = np.array(["a", "b", "c"]), np.array([0, 1, 1, 1, 2, 2])


@pytest.mark.parametrize(
    ("weight", "sample_weight"),
    list(itertools.product([None, "balanced", {"a": 2.0, "c": 0.5}], [None, np.arange(1.0, 7)])),
)
def test_weights_of_classes_are_scikit_learns(weight, sample_weight):
    ours = validation.class_weights(weight, CLASSES, CODES, sample_weight)
    theirs = compute_class_weight(
        weight, classes=CLASSES, y=CLASSES[CODES], sample_weight=sample_weight
    )
    np.testing.assert_allclose(ours, theirs, rtol=1e-15)


@pytest.mark.parametrize("weights", [{"d": 1}, {"a": 2, "d": 1}, {"a": 1, "b": 2, "c": 3, "d": 4}])
def test_weights_of_classes_that_are_not_there(weights):
    y = CLASSES[CODES]
    try:
        theirs = compute_class_weight(weights, classes=CLASSES, y=y)
    except ValueError:
        with pytest.raises(ValueError, match="are not in class_weight"):
            validation.class_weights(weights, CLASSES, CODES)
    else:
        np.testing.assert_array_equal(validation.class_weights(weights, CLASSES, CODES), theirs)
