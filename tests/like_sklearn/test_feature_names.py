"""Names of columns, of whatever kind of table."""

import numpy as np
import pytest
from sklearn.datasets import load_iris

from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier

every = pytest.mark.parametrize(
    "Classifier", [LogisticClassifier, SoftmaxClassifier, SGDClassifier]
)
FEW_EPOCHS = {"random_state": 0, "max_iter": 3, "tol": None}


class Frame:
    """As much of a data frame as column names need."""

    def __init__(self, X, columns):
        self.values, self.columns = X, list(columns)

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype=dtype)

    @property
    def shape(self):
        return self.values.shape

    def __len__(self):
        return len(self.values)


def pandas_frame(X, columns):
    return pytest.importorskip("pandas").DataFrame(X, columns=list(columns))


def polars_frame(X, columns):
    return pytest.importorskip("polars").DataFrame(X, schema=list(columns))


def arrow_table(X, columns):
    return pytest.importorskip("pyarrow").table(dict(zip(columns, X.T, strict=True)))


@every
@pytest.mark.parametrize("frame", [Frame, pandas_frame, polars_frame, arrow_table])
def test_names_of_features(Classifier, frame):
    X, y = load_iris(return_X_y=True)
    model = Classifier(**FEW_EPOCHS).fit(frame(X, "abcd"), y)
    assert model.feature_names_in_.tolist() == list("abcd")
    assert model.feature_names_in_.dtype == object
    np.testing.assert_array_equal(model.coef_, Classifier(**FEW_EPOCHS).fit(X, y).coef_)
    with pytest.warns(UserWarning, match="X does not have valid feature names, but"):
        predicted = model.predict(X)
    np.testing.assert_array_equal(model.predict(frame(X, "abcd")), predicted)
    for names, message in (("abdc", "same order"), ("abcx", r"unseen at fit time:\n- x")):
        with pytest.raises(ValueError, match=message):
            model.predict(frame(X, names))
        with pytest.raises(ValueError, match=message):
            model.partial_fit(frame(X, names), y)
    model.fit(X, y)
    assert not hasattr(model, "feature_names_in_")
    with pytest.warns(UserWarning, match="X has feature names, but .* fitted without"):
        model.predict(frame(X, "abcd"))


@every
@pytest.mark.parametrize("frame", [Frame, pandas_frame])
def test_names_that_are_no_strings_are_none(Classifier, frame):
    X, y = load_iris(return_X_y=True)
    model = Classifier(**FEW_EPOCHS).fit(frame(X, "abcd"), y)
    assert not hasattr(model.fit(frame(X, range(4)), y), "feature_names_in_")


@every
def test_names_of_which_some_are_no_strings(Classifier):
    X, y = load_iris(return_X_y=True)
    with pytest.raises(TypeError, match="all input features have string names"):
        Classifier().fit(Frame(X, ["a", "b", "c", 3]), y)


@every
def test_a_column_may_have_any_name(Classifier):
    """A data frame of pandas has its columns as attributes."""
    X, y = load_iris(return_X_y=True)
    columns = ["column_names", "columns", "schema", "shape"]
    model = Classifier(max_iter=1, tol=None).fit(pandas_frame(X, columns), y)
    assert model.feature_names_in_.tolist() == columns
