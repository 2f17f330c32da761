"""Labels: what is accepted, their codes, and the errors for what is not."""

from enum import Enum

import numpy as np
import pytest
import scipy.sparse

from scratch.validation import labels


@pytest.mark.parametrize(
    "y",
    [
        [1, 0, 2],
        ["b", "a", "c"],
        [True, False, True],
        [1.0, -2.0, 3.0],
        np.array(["b", "a", "c"], "O"),
    ],
)
def test_labels_of_any_type(y):
    assert labels.as_labels(y, n_samples=3).tolist() == list(y)


def test_a_column_of_labels_warns():
    from sklearn.exceptions import DataConversionWarning

    with pytest.warns(DataConversionWarning, match="column-vector"):
        assert labels.as_labels([[1], [2]], warn_of_column=True).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("y", "error", "message"),
    [
        (None, ValueError, "y should be a 1d array.* got None"),
        ([1, 2], ValueError, r"inconsistent numbers of samples: \[3, 2\]"),
        ([[1, 2], [1, 2], [1, 2]], ValueError, "should be a 1d array"),
        (5, ValueError, "must be an array-like"),
        ({1, 2, 3}, ValueError, "should be a 1d array"),
        (np.array(5), TypeError, "should be a 1d array"),
        (np.array(["b", 1, "c"], "O"), ValueError, "Unknown label type.* such as 1"),
        (np.array([1, "b", "c"], "O"), TypeError, "Unknown label type.* such as 1"),
        (np.array([0, 1, 1], "O"), ValueError, "Unknown label type"),
        (np.array(["a", {}, "b"], "O"), ValueError, r"Unknown label type.* such as \{\}"),
        (np.array([b"a", b"b", b"b"]), TypeError, "bytes"),
        (np.zeros(3, "V4"), TypeError, "bytes"),
        (np.array(["2020-01-01", "NaT", "NaT"], "M8[D]"), ValueError, "NaT"),
        (np.array([[0], [1], [1]]).view(np.matrix), TypeError, "np.matrix"),
        (np.ma.array([0, 1, 1], mask=[0, 1, 0]), TypeError, "masked"),
        ([1e300, 2e300, 1e300], ValueError, "Unknown label type: continuous"),
        ([1.0, 2.5, 1.0], ValueError, "Unknown label type: continuous"),
        ([1.0, np.nan, 1.0], ValueError, "contains NaN"),
        ([1.0, np.inf, 1.0], ValueError, "contains infinity"),
        ([1j, 0, 0], ValueError, "Complex data"),
        (np.array(["a", None, "b"], "O"), ValueError, "NaN or None"),
        (np.array([1, None, 2], "O"), ValueError, "NaN or None"),
        (np.array([2.0**63, 0, 0]), ValueError, r"below 2\*\*63"),
        (np.array(["a", np.nan, "b"], "O"), ValueError, "NaN or None"),
        (scipy.sparse.csr_array([[1, 2, 0]]), TypeError, "Sparse"),
    ],
)
def test_labels_that_are_refused(y, error, message):
    with pytest.raises(error, match=message):
        labels.as_labels(y, n_samples=3)


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "boolean", "string"])
def test_missing_labels_of_pandas_are_refused(dtype):
    pandas = pytest.importorskip("pandas")
    y = pandas.Series([1, None, 0]).astype("Int64").astype(dtype)
    for missing in (y, y.astype(object), np.array(["a", pandas.NaT], object)):
        with pytest.raises(ValueError, match="NaN"):
            labels.as_labels(missing)


def test_strings_of_any_width():
    dtype = np.dtypes.StringDType(na_object=None)
    classes, codes = labels.encode_labels(labels.as_labels(np.array(["b", "a", "b"], dtype)))
    assert (classes.tolist(), codes.tolist()) == (["a", "b"], [1, 0, 1])
    with pytest.raises(ValueError, match="NaN or None"):
        labels.as_labels(np.array(["b", None, "a"], dtype))


def test_nullable_integers_stay_integers():
    pandas = pytest.importorskip("pandas")
    for y in (pandas.Series([3, 1, 3], dtype="Int64"), pandas.array([3, 1, 3], "Int8")):
        assert labels.as_labels(y).dtype.kind == "i"


class Animal(str, Enum):  # noqa: UP042 (StrEnum is not the same: its str() is the string)
    DOG = "dog"
    CAT = "a cat"


class Loud(str):
    """A string that says something else, and has a hash of its own."""

    def __str__(self):
        return self.upper()

    def __hash__(self):
        return id(self)

    __eq__ = str.__eq__


@pytest.mark.parametrize("container", [list, tuple, lambda y: np.array(y, object)])
@pytest.mark.parametrize("kind", [Animal, Loud])
def test_strings_of_a_subclass_are_the_strings_that_they_are(container, kind):
    y = labels.as_labels(container([kind("dog"), kind("a cat"), "dog", kind("dog")]))
    classes, codes = labels.encode_labels(y)
    assert classes.tolist() == ["a cat", "dog"]
    assert {type(label) for label in classes.tolist()} == {str}
    assert codes.tolist() == [1, 0, 1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (np.array([1, 2]), np.array([2**63, 2**63 + 1], "u8")),
        (np.array([2**63 + 1, 2**63, 2], "u8"), np.array([-1, 2**53, 2])),
        (np.array([2**53 + 1, 2]), np.array([2.0**53, 2.0])),
        (np.array([0.0, -(2.0**62)]), np.array([2**63 + 1], "u8")),
        (np.array([True, False]), np.array([3, 1], "i1")),
        (np.array(["2020-01-02"], "M8[D]"), np.array(["2020-01-02", "2020-01-01"], "M8[s]")),
        (np.array(["b", "a"]), np.array(["cc", "b"], object)),
    ],
)
def test_labels_of_two_types_are_told_apart(one, other):
    """Python compares integers with floats exactly."""
    classes, true, pred = labels.encode_pair(one, other)
    if one.dtype.kind == "M":
        one, other = one.astype("M8[s]"), other
    values = sorted({*one.tolist(), *other.tolist()})
    assert classes.tolist() == values
    assert true.tolist() == [values.index(label) for label in one.tolist()]
    assert pred.tolist() == [values.index(label) for label in other.tolist()]


@pytest.mark.parametrize("y", [np.array(["0"]), np.array([0], "M8[D]"), np.array([0], "m8[D]")])
def test_codes_of_labels_of_another_kind(y):
    with pytest.raises(ValueError, match="y and classes mix label types"):
        labels.codes_of(y, np.array([0, 1]))


def test_codes_of_labels():
    classes, codes = labels.encode_labels(np.array(["b", "a", "c", "a"]))
    assert classes.tolist() == ["a", "b", "c"]
    assert codes.tolist() == [1, 0, 2, 0]
    assert labels.codes_of(np.array(["c", "a"]), classes).tolist() == [2, 0]
    with pytest.raises(ValueError, match="does not hold the labels"):
        labels.codes_of(np.array(["a", "d"]), classes)


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
    np.testing.assert_array_equal(labels.check_probabilities(good, 2, 2), good)
    with pytest.raises(ValueError, match=message):
        labels.check_probabilities(rows, 2, n_classes)
