"""Labels as estimators get them: in `y`, in `classes`, as keys of `class_weight`."""

from enum import Enum

import numpy as np
import pytest
import sklearn.linear_model

from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier
from tests.metrics.against_sklearn import assert_catchable_as, run

# where `max_iter` is small on purpose
pytestmark = pytest.mark.filterwarnings("ignore:Training ended after max_iter")

rng = np.random.RandomState(0)
X = rng.normal(size=(60, 3))
Y = (X[:, 0] + 0.3 * rng.normal(size=60) > 0).astype(int)
FEW_EPOCHS = {"random_state": 0, "max_iter": 10}
MODELS = {
    "SGDClassifier": lambda **how: SGDClassifier(loss="log_loss", random_state=0, **how),
    "LogisticClassifier": lambda **how: LogisticClassifier(**FEW_EPOCHS, **how),
    "SoftmaxClassifier": lambda **how: SoftmaxClassifier(**FEW_EPOCHS, **how),
}
each = pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))


class Animal(str, Enum):  # noqa: UP042 (StrEnum is not the same: its str() is the string)
    CAT = "cat"
    DOG = "a dog"


BAD_CLASSES = {
    "NaN": [0, 1, np.nan],
    "infinity": [0, 1, np.inf],
    "fraction": [0, 0.5, 1],
    "complex": [0, 1, 1j],
    "None": [0, 1, None],
    "set": {0, 1},
    "generator": (k for k in range(2)),
    "number": 1,
    "text": "01",
    "table": [[0, 1], [1, 0]],
    "bytes": [b"0", b"1"],
    "strings": ["0", "1"],
    "dates": np.array([0, 1], "M8[D]"),
    "empty": [],
}


@each
@pytest.mark.parametrize("case", BAD_CLASSES)
def test_classes_that_are_none(model, case):
    theirs = sklearn.linear_model.SGDClassifier(loss="log_loss")
    _, ours, _ = run(model().partial_fit, X, Y, classes=BAD_CLASSES[case])
    _, error, _ = run(theirs.partial_fit, X, Y, classes=BAD_CLASSES[case])
    if error is None:  # scikit-learn takes dates as classes of numbers
        assert isinstance(ours, ValueError)
    else:
        assert_catchable_as(ours, error)
    later = model().partial_fit(X, Y, classes=[0, 1])
    with pytest.raises(ValueError, match=r"classes|y"):
        later.partial_fit(X, Y, classes=BAD_CLASSES[case])


@each
def test_missing_classes_of_pandas(model):
    pandas = pytest.importorskip("pandas")
    with pytest.raises(ValueError, match="classes contains NaN"):
        model().partial_fit(X, Y, classes=pandas.array([0, 1, None], "Int64"))


@each
@pytest.mark.parametrize("container", [list, tuple, lambda y: np.array(y, object)])
def test_strings_of_an_enum(model, container):
    y = container([Animal.DOG if k else Animal.CAT for k in Y])
    plain = ["a dog" if k else "cat" for k in Y]
    how = {"class_weight": {Animal.DOG: 2.0}}
    for fitted in (
        model(**how).fit(X, y),
        model(**how).partial_fit(X, y, classes=[Animal.CAT, Animal.DOG]).partial_fit(
            X, y, classes=[Animal.DOG, Animal.CAT]
        ),
    ):  # fmt: skip
        assert fitted.classes_.tolist() == ["a dog", "cat"]
        assert {type(label) for label in fitted.classes_.tolist()} == {str}
        assert fitted.score(X, y) == np.mean(fitted.predict(X) == plain) > 0.7
    expected = model(class_weight={"a dog": 2.0}).fit(X, plain).coef_
    np.testing.assert_array_equal(model(**how).fit(X, y).coef_, expected)


@each
@pytest.mark.parametrize("kind", [int, str])
def test_numbers_and_their_texts_as_keys_of_class_weight(model, kind):
    expected = model(class_weight={0: 2, 1: 0.5}).fit(X, Y).coef_
    for weight in ({0: 2, 1: 0.5}, {"0": 2, "1": 0.5}):
        found = model(class_weight=weight).fit(X, Y.astype(kind)).coef_
        np.testing.assert_array_equal(found, expected)
        theirs = sklearn.linear_model.SGDClassifier(
            loss="log_loss", class_weight=weight, random_state=0
        )
        coef, error, _ = run(lambda theirs=theirs: theirs.fit(X, Y.astype(kind)).coef_)
        if error is None and isinstance(model(), SGDClassifier):
            np.testing.assert_array_equal(found, coef)


@each
def test_nullable_integers_stay_integers(model):
    pandas = pytest.importorskip("pandas")
    for y in (pandas.Series(Y, dtype="Int64"), pandas.array(Y, "Int8")):
        fitted = model().fit(X, y)
        assert fitted.classes_.dtype.kind == "i"  # float64 in scikit-learn
        np.testing.assert_array_equal(fitted.coef_, model().fit(X, Y).coef_)


@each
@pytest.mark.parametrize("y", [Y.astype(str), Y.astype("M8[D]"), Y.astype("m8[s]")], ids=str)
def test_labels_of_another_kind_than_the_classes(model, y):
    fitted = model().fit(X, Y)
    for method in (fitted.score, fitted.partial_fit):
        with pytest.raises(ValueError, match="mix label types"):
            method(X, y)


@each
@pytest.mark.parametrize("name", ["alpha", "tol", "eta0"])
@pytest.mark.parametrize("value", [10**400, -(10**400)])
def test_numbers_that_no_float_holds(model, name, value):
    with pytest.raises(ValueError, match=f"'{name}' parameter"):
        model(learning_rate="constant", **{name: value}).fit(X, Y)
