"""The mini-batch classifiers inside scikit-learn's tools, with data frames, and with Dask."""

import inspect
import pickle
import pydoc
import warnings
from typing import get_type_hints

import numpy as np
import pytest
from sklearn.base import clone, is_classifier
from sklearn.calibration import CalibratedClassifierCV
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.utils.estimator_checks import check_estimator

from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier

both = pytest.mark.parametrize("Classifier", [LogisticClassifier, SoftmaxClassifier])
every = pytest.mark.parametrize(
    "Classifier", [LogisticClassifier, SoftmaxClassifier, SGDClassifier]
)
# What pandas and SCIPY_ARRAY_API, where they are not there, keep scikit-learn from checking.
OPTIONAL = {
    "check_sample_weights_pandas_series",
    "check_classifier_data_not_an_array",
    "check_array_api_input",
}


@pytest.mark.filterwarnings("ignore:Training ended after max_iter")
@pytest.mark.filterwarnings("ignore:.*does not inherit from.*BaseEstimator")
@pytest.mark.parametrize(
    ("Classifier", "options"),
    [
        (LogisticClassifier, {"max_iter": 100}),
        (SoftmaxClassifier, {"learning_rate": "constant", "penalty": "l1", "average": True,
                             "batch_size": "full", "warm_start": True}),
    ],
)  # fmt: skip
def test_check_estimator_passes_all_checks(Classifier, options):
    results = check_estimator(Classifier(**options), on_skip=None)
    assert len(results) > 50
    others = {r["check_name"]: r["status"] for r in results if r["status"] != "passed"}
    assert set(others.values()) <= {"skipped"}
    assert set(others) <= OPTIONAL


@both
def test_parameters(Classifier):
    model = Classifier(alpha=0.5, penalty="l1")
    assert "alpha=0.5" in repr(model)
    assert "momentum" not in repr(model)
    copy = clone(model)
    assert copy is not model
    assert copy.get_params() == model.get_params()
    assert copy.set_params(alpha=0.25) is copy
    assert (copy.alpha, model.alpha) == (0.25, 0.5)
    with pytest.raises(ValueError, match="Invalid parameter 'C'"):
        model.set_params(C=1)
    assert is_classifier(model)
    X, y = load_iris(return_X_y=True)
    before = model.get_params()
    model.fit(X, y)
    assert model.get_params() == before
    signature = inspect.signature(Classifier).parameters
    assert set(signature) == set(before)
    shown = pydoc.render_doc(Classifier, renderer=pydoc.plaintext)  # what `help` shows
    assert all(f" {name} : " in shown for name in signature)
    assert set(signature) < set(get_type_hints(Classifier.__init__))


@both
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("penalty", "L2"), ("alpha", -1.0), ("alpha", np.nan), ("alpha", np.inf), ("l1_ratio", 1.5),
        ("l1_ratio", None), ("power_t", np.nan), ("power_t", "1"),
        ("fit_intercept", 1), ("batch_size", 0), ("batch_size", 1.5), ("batch_size", "all"),
        ("batch_size", True), ("momentum", 1.0), ("momentum", -0.1), ("nesterov", "yes"),
        ("average", -1), ("average", 0.5), ("learning_rate", "fast"), ("eta0", 0), ("eta0", np.inf),
        ("power_t", np.inf), ("max_iter", 0), ("max_iter", 10.0), ("tol", -1e-3), ("tol", "auto"),
        ("n_iter_no_change", 0), ("early_stopping", None), ("validation_fraction", 1.0),
        ("validation_fraction", 0), ("class_weight", "even"), ("class_weight", [1, 2]),
        ("shuffle", 0), ("warm_start", 0), ("random_state", -1), ("random_state", "a"),
        ("verbose", -1),
    ],
)  # fmt: skip
def test_parameters_out_of_range_are_refused_by_name(Classifier, name, value):
    X, y = load_iris(return_X_y=True)
    model = Classifier(**{name: value})
    for method in (model.fit, lambda X, y: model.partial_fit(X, y, classes=[0, 1, 2])):
        with pytest.raises(ValueError, match=rf"'{name}' parameter of {Classifier.__name__}"):
            method(X, y)


@both
def test_optimal_needs_a_penalty(Classifier):
    X, y = load_iris(return_X_y=True)
    with pytest.raises(ValueError, match="alpha must be > 0"):
        Classifier(learning_rate="optimal", alpha=0).fit(X, y)


@both
def test_asked_before_fit(Classifier):
    for method in ("predict", "predict_proba", "predict_log_proba", "decision_function"):
        with pytest.raises(NotFittedError, match="not fitted yet"):
            getattr(Classifier(), method)([[0.0]])


@both
def test_score_before_fit_and_on_nothing(Classifier):
    X, y = load_iris(return_X_y=True)
    for method in ("sparsify", "densify"):
        with pytest.raises(NotFittedError, match="not fitted yet"):
            getattr(Classifier(), method)()
    with pytest.raises(NotFittedError, match="not fitted yet"):
        Classifier().score(X, y)
    with pytest.raises(ValueError, match=r"0 sample\(s\)"):
        Classifier().fit(X, y).score(X[:0], y[:0])


@both
def test_labels_in_a_column_have_a_score_and_no_warning(Classifier):
    X, y = load_iris(return_X_y=True)
    model = Classifier(random_state=0).fit(X, y)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert model.score(X, y[:, None]) == model.score(X, y)


@both
def test_an_unknown_parameter_is_refused(Classifier):
    with pytest.raises(TypeError, match="tpyo"):
        Classifier(tpyo=1)


@both
@pytest.mark.parametrize("n_classes", [2, 3])
def test_sparse_weights_predict_the_same(Classifier, n_classes):
    X, y = load_iris(return_X_y=True)
    X, y = X[: 50 * n_classes], y[: 50 * n_classes]
    model = Classifier(penalty="l1", alpha=0.03, random_state=0).fit(X, y)
    coef, P = model.coef_, model.predict_proba(X)
    assert model.sparsify() is model
    assert model.coef_.nnz == np.count_nonzero(coef)
    np.testing.assert_allclose(model.predict_proba(X), P, rtol=1e-12)
    with pytest.raises(ValueError, match="infin"):
        model.predict(np.where(X > 5, np.inf, X))
    copy = pickle.loads(pickle.dumps(model)).set_params(warm_start=True, max_iter=1, tol=None)
    assert isinstance(copy.fit(X, y).coef_, np.ndarray)
    np.testing.assert_array_equal(model.densify().coef_, coef)


@both
def test_in_a_pipeline_a_grid_search_and_cross_validation(Classifier):
    X, y = load_breast_cancer(return_X_y=True)
    X, y = X[::2], y[::2]
    model = make_pipeline(StandardScaler(), Classifier(random_state=0, max_iter=30, tol=None))
    assert cross_val_score(model, X, y, cv=3).mean() > 0.96
    P = cross_val_predict(model, X, y, cv=3, method="predict_proba")
    assert np.mean(P.argmax(axis=1) == y) > 0.96
    name = f"{Classifier.__name__.lower()}__alpha"
    search = GridSearchCV(model, {name: [1e-3, 10.0]}, n_jobs=2, cv=3).fit(X, y)
    assert search.best_params_ == {name: 1e-3}
    again = GridSearchCV(model, {name: [1e-3, 10.0]}, cv=3).fit(X, y)
    np.testing.assert_array_equal(
        search.cv_results_["mean_test_score"], again.cv_results_["mean_test_score"]
    )


@both
def test_calibrated(Classifier):
    X, y = load_iris(return_X_y=True)
    X = MinMaxScaler().fit_transform(X)
    model = CalibratedClassifierCV(Classifier(random_state=0, max_iter=30, tol=None), cv=3).fit(
        X, y
    )
    assert model.score(X, y) > 0.9
    np.testing.assert_allclose(model.predict_proba(X).sum(axis=1), 1)


def test_pandas_labels_and_weights():
    pandas = pytest.importorskip("pandas")
    X, y = load_iris(return_X_y=True)
    names = pandas.Series(np.array(["a", "b", "c"])[y], dtype="category", index=range(500, 650))
    w = pandas.Series(np.linspace(0, 1, 150))
    ours = SoftmaxClassifier(random_state=0).fit(pandas.DataFrame(X), names, sample_weight=w)
    theirs = SoftmaxClassifier(random_state=0).fit(X, y, sample_weight=np.linspace(0, 1, 150))
    np.testing.assert_array_equal(ours.coef_, theirs.coef_)
    assert ours.classes_.tolist() == ["a", "b", "c"]
    soft = SoftmaxClassifier(random_state=0).fit(X, pandas.get_dummies(names).astype(float))
    np.testing.assert_allclose(
        soft.coef_, SoftmaxClassifier(random_state=0).fit(X, y).coef_, rtol=1e-12
    )


# Many machines


@both
def test_with_dask(Classifier):
    wrappers = pytest.importorskip(
        "dask_ml.wrappers", reason="dask-ml is not installed (extra: scale)"
    )
    import dask.array
    from dask.distributed import Client
    from joblib import parallel_config

    X, y = load_breast_cancer(return_X_y=True)
    X = StandardScaler().fit_transform(X)
    with Client(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None):
        parts = dask.array.from_array(X, chunks=(100, -1)), dask.array.from_array(y, chunks=100)
        model = wrappers.Incremental(
            Classifier(random_state=0, shuffle=False), shuffle_blocks=False
        )
        model.fit(*parts, classes=[0, 1])
        ours = Classifier(random_state=0, shuffle=False)
        for start in range(0, len(X), 100):
            chunk = slice(start, start + 100)
            ours.partial_fit(X[chunk], y[chunk], classes=[0, 1])
        np.testing.assert_allclose(model.estimator_.coef_, ours.coef_, rtol=1e-12)
        np.testing.assert_array_equal(model.predict(parts[0]), ours.predict(X))
        with parallel_config(backend="dask"):
            search = GridSearchCV(Classifier(random_state=0), {"alpha": [1e-3, 10.0]}, cv=3)
            assert search.fit(X, y).best_params_ == {"alpha": 1e-3}


# Classes of one's own


@both
def test_a_class_of_ones_own_with_a_constructor_of_its_own(Classifier):
    class Strict(Classifier):
        def __init__(self, alpha=0.5, random_state=None):
            super().__init__(alpha=alpha, random_state=random_state)

    X, y = load_iris(return_X_y=True)
    model = clone(Strict(random_state=0)).set_params(alpha=0.25).fit(X, y)
    np.testing.assert_array_equal(
        model.coef_, Classifier(alpha=0.25, random_state=0).fit(X, y).coef_
    )


# A call that fails


def failing_calls(Classifier, seed):
    """Yield calls that fail after they have drawn from a generator."""
    X, y = load_iris(return_X_y=True)
    settings = {"learning_rate": "constant", "eta0": 1e300, "tol": None, "random_state": seed}
    yield lambda: Classifier(early_stopping=True, **settings).fit(X * 1e10, y)
    yield lambda: Classifier(**settings).partial_fit(X * 1e10, y, [0, 1, 2])


@every
def test_a_failed_call_sets_back_the_generator_that_was_given(Classifier):
    generator = np.random.RandomState(7)
    for call in failing_calls(Classifier, generator):
        with pytest.raises(ValueError, match=r"(?i)lower|overflow|scal"):
            call()
        assert generator.randint(2**31) == np.random.RandomState(7).randint(2**31)
        generator.seed(7)


@every
@pytest.mark.parametrize("seed", [None, np.random.mtrand._rand])
def test_a_failed_call_does_not_set_back_numpys_global_generator(Classifier, seed):
    """Another thread may have drawn from it since."""
    first = np.random.RandomState(7).randint(2**31)
    for call in failing_calls(Classifier, seed):
        np.random.seed(7)  # noqa: NPY002
        with pytest.raises(ValueError, match=r"(?i)lower|overflow|scal"):
            call()
        assert np.random.randint(2**31) != first  # noqa: NPY002
