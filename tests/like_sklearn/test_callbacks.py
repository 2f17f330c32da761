"""scikit-learn's callbacks, where scikit-learn has them (1.9)."""

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_iris
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scratch.linear_model import LogisticClassifier, SGDClassifier, SoftmaxClassifier

callback = pytest.importorskip("sklearn.callback")
both = pytest.mark.parametrize("Classifier", [LogisticClassifier, SoftmaxClassifier])
every = pytest.mark.parametrize(
    "Classifier", [LogisticClassifier, SoftmaxClassifier, SGDClassifier]
)
X, Y = load_iris(return_X_y=True)


class Recorder:
    """A callback that writes down what it is told, and may ask to stop."""

    def __init__(self, stop_after=None):
        self.events, self.coefs, self.curves, self.stop_after = [], [], [], stop_after

    def setup(self, estimator, context):
        self.events.append("setup")

    def teardown(self, estimator, context):
        self.events.append("teardown")

    def on_fit_task_begin(self, estimator, context, *, X=None, y=None):
        assert X is not None
        self.events.append(("begin", context.task_name, context.task_id))

    def on_fit_task_end(self, estimator, context, *, metadata=None, fitted_estimator=None):
        self.events.append(("end", context.task_name, context.task_id))
        self.coefs.append(fitted_estimator.coef_)
        self.curves.append(fitted_estimator.loss_curve_)
        self.metadata = metadata
        return context.task_name == "epoch" and context.task_id + 1 == self.stop_after


def epoch(k):
    return [("begin", "epoch", k), ("end", "epoch", k)]


@every
def test_a_fit_is_a_task_and_an_epoch_its_subtask(Classifier):
    seen = Recorder()
    model = Classifier(max_iter=3, tol=None, random_state=0).set_callbacks(seen).fit(X, Y)
    fit = ("begin", "fit", 0), ("end", "fit", 0)
    assert seen.events == ["setup", fit[0], *epoch(0), *epoch(1), *epoch(2), fit[1], "teardown"]
    assert [len(curve) for curve in seen.curves] == [1, 2, 3, 3]
    np.testing.assert_array_equal(seen.coefs[-1], model.coef_)


@every
@pytest.mark.parametrize("options", [{}, {"early_stopping": True}, {"average": True}])
def test_a_callback_sees_the_estimator_as_it_stands_after_the_epoch(Classifier, options):
    settings = {"learning_rate": "constant", "tol": None, "random_state": 0} | options
    seen = Recorder()
    Classifier(max_iter=3, **settings).set_callbacks(seen).fit(X, Y)
    for n_epochs, coef in zip((1, 2, 3), seen.coefs, strict=False):
        expected = Classifier(max_iter=n_epochs, **settings).fit(X, Y)
        np.testing.assert_array_equal(coef, expected.coef_)


class Keeper(Recorder):
    """A callback that keeps the estimators that it is given."""

    def __init__(self):
        super().__init__()
        self.estimators, self.fitted = [], []

    def setup(self, estimator, context):
        self.estimators.append(estimator)

    teardown = setup

    def on_fit_task_begin(self, estimator, context):
        self.estimators.append(estimator)

    def on_fit_task_end(self, estimator, context, *, fitted_estimator=None):
        self.estimators.append(estimator)
        self.fitted.append(fitted_estimator)


@every
def test_a_callback_is_given_one_estimator_and_copies_of_the_users_own_class(Classifier):
    kept = Keeper()
    model = Classifier(max_iter=2, tol=None).set_callbacks(kept).fit(X, Y)
    assert len(kept.estimators) == 2 + 2 * 3
    assert len({id(estimator) for estimator in kept.estimators}) == 1
    assert isinstance(kept.estimators[0], Classifier)
    assert repr(kept.estimators[0]) == repr(model)
    model.set_callbacks()  # so that a pickle has no callback in it
    for copied in (*kept.fitted, pickle.loads(pickle.dumps(kept.estimators[0]))):
        assert type(copied) is Classifier
    np.testing.assert_array_equal(copied.decision_function(X), model.decision_function(X))


@every
def test_callbacks_change_nothing_and_may_stop_training(Classifier):
    plain = Classifier(max_iter=5, tol=None, random_state=0, learning_rate="constant").fit(X, Y)
    model = clone(plain).set_callbacks(Recorder()).fit(X, Y)
    np.testing.assert_array_equal(model.coef_, plain.coef_)
    stopped = clone(plain).set_callbacks(Recorder(stop_after=2)).fit(X, Y)
    assert stopped.n_iter_ == 2
    assert list(stopped.loss_curve_) == list(plain.loss_curve_[:2])


@every
def test_metadata_are_passed_on(Classifier):
    seen, weights = Recorder(), np.ones(len(X))
    Classifier(max_iter=1, tol=None).set_callbacks(seen).fit(X, Y, sample_weight=weights)
    assert seen.metadata["sample_weight"] is weights


@both
def test_a_fit_that_fails_is_torn_down_and_leaves_nothing_behind(Classifier):
    seen = Recorder()
    model = Classifier(learning_rate="constant", eta0=1e300).set_callbacks(seen)
    before = set(vars(model))
    with pytest.raises(ValueError, match="Lower eta0"):
        model.fit(X * 1e10, Y)
    assert seen.events[-1] == "teardown"
    assert set(vars(model)) == before


@every
def test_scikit_learns_monitor_scores_every_epoch_in_a_search_and_a_pipeline(Classifier):
    monitor = callback.ScoringMonitor(scoring="accuracy")
    model = Classifier(max_iter=4, tol=None, random_state=0).set_callbacks(monitor).fit(X, Y)
    scores = [row["accuracy"] for row in monitor.get_logs().data if row["task_name"] == "epoch"]
    assert len(scores) == 4
    assert scores[-1] == model.score(X, Y)
    monitor = callback.ScoringMonitor(scoring="accuracy")
    inner = Classifier(max_iter=2, tol=None, random_state=0).set_callbacks(monitor)
    search = GridSearchCV(
        make_pipeline(StandardScaler(), inner),
        {f"{Classifier.__name__.lower()}__alpha": [1e-4, 1e-2]},
        cv=3,
    )
    search.fit(X, Y)
    rows = [row for log in monitor.get_logs(select="all") for row in log.data]
    assert sum(row["task_name"] == "epoch" for row in rows) == 2 * (2 * 3 + 1)


@every
def test_a_progress_bar_on_the_outside_reaches_in(Classifier):
    seen = Propagated()
    search = GridSearchCV(Classifier(max_iter=2, tol=None), {"alpha": [1e-4]}, cv=2, refit=False)
    search.set_callbacks(seen).fit(X, Y)
    assert [event for event in seen.events if event[1] == "epoch"] == [*epoch(0), *epoch(1)] * 2


class Propagated(Recorder):
    """A callback that meta-estimators hand on."""

    max_propagation_depth = None

    def on_fit_task_begin(self, estimator, context):
        self.events.append(("begin", context.task_name, context.task_id))

    def on_fit_task_end(self, estimator, context):
        self.events.append(("end", context.task_name, context.task_id))


@every
def test_what_is_no_callback_is_refused(Classifier):
    with pytest.raises(TypeError, match="FitCallback"):
        Classifier().set_callbacks(print)


@every
def test_callbacks_can_be_forgotten(Classifier):
    seen = Recorder()
    Classifier(max_iter=1, tol=None).set_callbacks(seen).set_callbacks().fit(X, Y)
    assert seen.events == []
