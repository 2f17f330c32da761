"""Labels: what is accepted, their codes, and the errors for what is not."""

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
        (np.array(["a", np.nan, "b"], "O"), ValueError, "NaN or None"),
        (scipy.sparse.csr_array([[1, 2, 0]]), TypeError, "Sparse"),
    ],
)
def test_labels_that_are_refused(y, error, message):
    with pytest.raises(error, match=message):
        labels.as_labels(y, n_samples=3)


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
