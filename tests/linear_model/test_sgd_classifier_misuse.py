"""Bad parameters and bad data: the same errors and warnings as scikit-learn's SGDClassifier."""

import warnings

import numpy as np
import pytest
import sklearn.linear_model
from sklearn.datasets import load_iris
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.utils import estimator_checks

from scratch.linear_model import SGDClassifier

X, y = load_iris(return_X_y=True)
NAN, INFINITE = X.copy(), X.copy()
NAN[3, 1], INFINITE[3, 1] = np.nan, np.inf

PARAMETERS = [
    {"penalty": "l3"},
    {"alpha": -0.1},
    {"alpha": "strong"},
    {"alpha": 0.0},  # with learning_rate="optimal"
    {"l1_ratio": 1.1},
    {"l1_ratio": None, "penalty": "elasticnet"},
    {"fit_intercept": "yes"},
    {"max_iter": 0},
    {"max_iter": 1.5},
    {"tol": -1e-3},
    {"shuffle": 2},
    {"verbose": -1},
    {"epsilon": -1.0},
    {"n_jobs": 0.5},
    {"random_state": "seed"},
    {"learning_rate": "fast"},
    {"learning_rate": "pa1"},
    {"learning_rate": "constant", "eta0": 0.0},
    {"power_t": "half"},
    {"early_stopping": 1.0},
    {"early_stopping": True, "validation_fraction": 0.0},
    {"early_stopping": True, "validation_fraction": 1e-3},  # fewer held out than classes
    {"early_stopping": True, "validation_fraction": 0.999},
    {"n_iter_no_change": 0},
    {"class_weight": "even"},
    {"class_weight": {7: 2.0}},
    {"average": -1},
    {"average": 1.5},
]

CALLS = {
    "NaN": lambda model: model.fit(NAN, y),
    "infinity": lambda model: model.fit(INFINITE, y),
    "one class": lambda model: model.fit(X, np.zeros(len(y))),
    "lengths": lambda model: model.fit(X, y[:-1]),
    "one-dimensional X": lambda model: model.fit(X[0], y),
    "no samples": lambda model: model.fit(X[:0], y[:0]),
    "no features": lambda model: model.fit(X[:, :0], y),
    "no y": lambda model: model.fit(X, None),
    "continuous y": lambda model: model.fit(X, y + 0.3),
    "complex": lambda model: model.fit(X + 1j, y),
    "words in X": lambda model: model.fit(X.astype(str).astype(object) + "?", y),
    "zero weights": lambda model: model.fit(X, y, sample_weight=np.zeros(len(y))),
    "weights' shape": lambda model: model.fit(X, y, sample_weight=np.ones((len(y), 2))),
    "weights' length": lambda model: model.fit(X, y, sample_weight=np.ones(3)),
    "coef_init": lambda model: model.fit(X, y, coef_init=np.zeros((3, 3))),
    "coef_init, binary": lambda model: model.fit(X, y == 1, coef_init=np.zeros((2, 4))),
    "intercept_init": lambda model: model.fit(X, y, intercept_init=np.zeros(2)),
    "overflow": lambda model: model.set_params(learning_rate="constant", eta0=1e300).fit(
        X * 1e300, y
    ),
    "partial_fit without classes": lambda model: model.partial_fit(X, y),
    "partial_fit, early stopping": lambda model: model.set_params(early_stopping=True).partial_fit(
        X, y, classes=[0, 1, 2]
    ),
    "partial_fit, balanced": lambda model: model.set_params(class_weight="balanced").partial_fit(
        X, y, classes=[0, 1, 2]
    ),
    "partial_fit, unknown label": lambda model: model.partial_fit(X, y, classes=[0, 1]),
    "partial_fit, other classes": lambda model: model.partial_fit(
        X, y, classes=[0, 1, 2]
    ).partial_fit(X, y, classes=[0, 1, 2, 3]),
    "partial_fit, other width": lambda model: model.fit(X, y).partial_fit(X[:, :2], y),
    "not fitted": lambda model: model.predict(X),
    "other width": lambda model: model.fit(X, y).predict(X[:, :2]),
    "held-out weights": lambda model: model.set_params(early_stopping=True, random_state=0).fit(
        X, y, sample_weight=np.arange(150) == 1
    ),
    "too few to hold out": lambda model: model.set_params(early_stopping=True).fit(X[49:], y[49:]),
}


def error_of(model, call):
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            call(model)
        except Exception as error:
            return error
    return None


def pair(**settings):
    settings = {"loss": "log_loss", "max_iter": 20, "random_state": 0, **settings}
    return sklearn.linear_model.SGDClassifier(**settings), SGDClassifier(**settings)


@pytest.mark.parametrize("settings", PARAMETERS, ids=str)
def test_parameters(settings):
    theirs, ours = (error_of(model, lambda model: model.fit(X, y)) for model in pair(**settings))
    assert theirs is not None
    assert isinstance(ours, ValueError)
    name = next(reversed(settings)) if len(settings) > 1 else next(iter(settings))
    if f"'{name}' parameter" in str(theirs):
        assert f"'{name}' parameter of SGDClassifier must be" in str(ours)
        assert f"Got {settings[name]!r} instead." in str(ours)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_data(call):
    theirs, ours = (error_of(model, call) for model in pair())
    assert theirs is not None
    assert ours is not None
    kind = next(k for k in (NotFittedError, TypeError, ValueError) if isinstance(theirs, k))
    assert isinstance(ours, kind)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("overflow", "Floating-point under-/overflow occurred at epoch #1"),
        ("one class", "The number of classes has to be greater than one; got 1 class"),
        ("NaN", "Input X contains NaN"),
        ("infinity", "Input X contains infinity or a value too large for"),
        ("partial_fit without classes", "classes must be passed on the first call to partial_fit."),
        ("held-out weights", "The sample weights for validation set are all zero"),
    ],
)
def test_messages(call, words):
    for model in pair():
        assert words in str(error_of(model, CALLS[call]))


@pytest.mark.parametrize("loss", ["log", "squared_loss", None])
def test_unknown_losses(loss):
    for model in pair(loss=loss):
        with pytest.raises(ValueError, match="'loss' parameter of SGDClassifier must be"):
            model.fit(X, y)


@pytest.mark.parametrize("classes", [3, "ab", (k for k in (0, 1, 2)), {0, 1, 2}, np.array(3)])
def test_classes_that_are_no_sequence(classes):
    for model in pair():
        with pytest.raises(ValueError, match=r"class|label|array"):
            model.partial_fit(X, y, classes=classes)


@pytest.mark.parametrize(
    ("early_stopping", "words"),
    [
        (True, "The sample weights for validation set are all zero"),
        (False, "at least one non-zero"),
    ],
)
def test_weights_that_are_all_zero(early_stopping, words):
    for model in pair(early_stopping=early_stopping):
        with pytest.raises(ValueError, match=words):
            model.fit(X, y, sample_weight=np.zeros(len(y)))


def test_negative_weights_are_refused():
    # scikit-learn takes them, and climbs the loss of those samples
    assert "Negative values" in str(
        error_of(SGDClassifier(), lambda model: model.fit(X, y, sample_weight=-np.ones(len(y))))
    )


def test_warnings():
    for model in pair(max_iter=2):
        with pytest.warns(ConvergenceWarning, match="Maximum number of iteration reached before"):
            model.fit(X, y)
    for model in pair(tol=None, power_t=-0.5, learning_rate="invscaling"):
        with pytest.warns(FutureWarning, match="Negative values for `power_t` are deprecated"):
            model.fit(X, y)
    for model in pair(tol=None):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            model.fit(X, y)


def test_a_failed_fit_leaves_the_last_one():
    model = SGDClassifier(max_iter=5, tol=None, warm_start=True).fit(X, y)
    before = model.coef_.copy()
    error_of(model, CALLS["overflow"])
    np.testing.assert_array_equal(model.coef_, before)


@pytest.mark.filterwarnings("ignore")
def test_check_estimator():
    # two checks can't pass: that a sample of weight 2 is two samples. It is two steps, and
    # scikit-learn's own SGDClassifier, whose steps these are, fails them too
    impossible = {
        f"check_sample_weight_equivalence_on_{kind}_data": "one step of twice the size"
        for kind in ("dense", "sparse")
    }
    ours = SGDClassifier(max_iter=100)
    results = estimator_checks.check_estimator(ours, expected_failed_checks=impossible)
    failed = {r["check_name"] for r in results if r["status"] in ("failed", "xfail")}
    assert failed == set(impossible)
    theirs = sklearn.linear_model.SGDClassifier()
    for check in impossible:
        with pytest.raises(AssertionError):
            getattr(estimator_checks, check)("SGDClassifier", theirs)
