"""Our SGDClassifier beside scikit-learn's: data, settings, and what has to be equal."""

import platform
import warnings
from functools import cache

import numpy as np
import sklearn.linear_model
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.preprocessing import StandardScaler

from scratch.linear_model import SGDClassifier
from scratch.margin_losses import NAMES

#: the losses that scikit-learn has as well
SHARED_LOSSES = [
    name for name in NAMES if name in sklearn.linear_model.SGDClassifier.loss_functions
]

DATA = {
    "digits": load_digits(return_X_y=True),
    "iris": load_iris(return_X_y=True),
    "cancer": load_breast_cancer(return_X_y=True),
    "wine": load_wine(return_X_y=True),
}
# samples from all of it, about a hundred: classes come one after another there
DATA = {
    name: (StandardScaler().fit_transform(X)[:: len(X) // 75], y[:: len(X) // 75])
    for name, (X, y) in DATA.items()
}
# ten classes, three quarters of the features zero: where only the others are kept
pixels, digits = (part[:100] for part in load_digits(return_X_y=True))
DATA["strokes"] = np.where(pixels > 10, pixels, 0.0), digits

SETTINGS = [
    {},
    {"shuffle": False},
    {"fit_intercept": False},
    {"penalty": "l1"},
    {"penalty": "l1", "alpha": 0.01},
    {"penalty": "elasticnet"},
    {"penalty": "elasticnet", "l1_ratio": 0.9, "alpha": 0.003},
    {"penalty": "elasticnet", "l1_ratio": 0.0},
    {"penalty": None},
    {"penalty": "l2", "l1_ratio": None},
    {"alpha": 0.1},
    {"alpha": 10.0},  # η·α > 1: the weights are set to zero
    {"learning_rate": "constant", "eta0": 0.1},
    {"learning_rate": "constant", "eta0": 0.1, "alpha": 5.0, "penalty": "l2"},
    {"learning_rate": "invscaling", "eta0": 0.5},
    {"learning_rate": "invscaling", "eta0": 0.5, "power_t": 0.13},
    {"learning_rate": "adaptive", "eta0": 0.1, "n_iter_no_change": 2, "max_iter": 100},
    {"learning_rate": "adaptive", "eta0": 1.0, "n_iter_no_change": 1, "penalty": "l1"},
    {"average": True},
    {"average": 500},
    {"average": 10**6},
    {"average": True, "alpha": 0.1},
    {"average": True, "penalty": "elasticnet"},
    {"average": True, "learning_rate": "adaptive", "eta0": 0.5, "n_iter_no_change": 2},
    {"tol": None},
    {"tol": 0.0},
    {"tol": 0.1, "n_iter_no_change": 2},
    {"early_stopping": True, "tol": None},
    {"early_stopping": True, "tol": None, "validation_fraction": 0.37, "penalty": "l1"},
    {"class_weight": "balanced"},
    {"class_weight": {0: 0.3, 1: 2.5}},
]

# Each setting on two classes and on several, in one type each: on dense data by one list, on sparse
# data by the other, where the types are exchanged and the several classes are those of other data.
SEVERAL = ["strokes", "iris", "wine"]
DENSE, SPARSE = (
    [
        (data, (np.float64, np.float32)[(i + j + other) % 2], settings)
        for j, settings in enumerate(SETTINGS)
        for i, data in enumerate(("cancer", SEVERAL[(j + other) % 3]))
    ]
    for other in (0, 1)
)


def pair(**settings):
    """Theirs and ours, with the same settings."""
    settings = {"loss": "log_loss", "random_state": 3, "max_iter": 12, **settings}
    return sklearn.linear_model.SGDClassifier(**settings), SGDClassifier(**settings)


def quietly(call, *args, **kwargs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return call(*args, **kwargs)


@cache
def builds_round_alike():
    """Whether this build of scikit-learn rounds after every operation, as NumPy does."""
    X, y = DATA["cancer"]
    theirs, ours = pair(max_iter=2, tol=None, learning_rate="constant", alpha=1e-3)
    equal = np.array_equal(theirs.fit(X, y).coef_, ours.fit(X, y).coef_)
    if platform.machine() in ("x86_64", "AMD64") and platform.libc_ver()[0] == "glibc":
        assert equal, "x86-64 builds neither fuse nor take another exp"
    return equal


def same(theirs, ours, X):
    """Assert that all that was fitted is equal."""
    bits = builds_round_alike()
    exact = ("classes_", "n_iter_", "t_", "n_features_in_")
    for name in (*exact, "coef_", "intercept_"):
        a, b = np.asarray(getattr(theirs, name)), np.asarray(getattr(ours, name))
        assert (a.dtype, a.shape) == (b.dtype, b.shape), name
        if bits or name in exact:
            np.testing.assert_array_equal(b, a, err_msg=name)
        else:
            np.testing.assert_allclose(b, a, rtol=1e-3, atol=1e-3 * np.abs(a).max())
    for method in ("decision_function", "predict", "predict_proba", "predict_log_proba"):
        assert hasattr(ours, method) == hasattr(theirs, method)
        if not hasattr(theirs, method):
            continue
        with np.errstate(divide="ignore"):
            a, b = getattr(theirs, method)(X), getattr(ours, method)(X)
        assert a.dtype == b.dtype, method
        if bits:
            np.testing.assert_array_equal(b, a, err_msg=method)
