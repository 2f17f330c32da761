"""A call that fails or is interrupted leaves everything as if it had not been made."""

import warnings

import numpy as np
import pytest

from scratch.linear_model import SGDClassifier
from scratch.linear_model import one_sample as room
from tests.linear_model.sgd_pairs import DATA, quietly

X, y = DATA["wine"]


def everything(model):
    """All attributes, with arrays and generators as what they hold."""
    found = {}
    for name, value in vars(model).items():
        if isinstance(value, np.random.RandomState):
            found[name] = list(value.get_state(legacy=False)["state"].values())
        else:
            found[name] = value
    return found


def assert_same(after, before):
    assert after.keys() == before.keys()
    for name, value in before.items():
        np.testing.assert_equal(after[name], value, err_msg=name)


FAILURES = {
    "another width": lambda model: model.fit(X[:, :3] * np.nan, y),
    "one class": lambda model: model.fit(X[:, :3], np.zeros(len(X))),
    "weights": lambda model: model.fit(X[:, :3], y, sample_weight=np.ones(3)),
    "overflow": lambda model: model.fit(X[:, :3] * 1e300, y),
    "partial overflow": lambda model: model.partial_fit(X * 1e300, y),
    "partial, label": lambda model: model.partial_fit(X, y + 1),
    "partial, weights": lambda model: model.partial_fit(X, y, sample_weight=np.ones(3)),
}


@pytest.mark.parametrize("average", [False, True])
@pytest.mark.parametrize("fail", FAILURES.values(), ids=FAILURES)
def test_failure(fail, average):
    steps = {"learning_rate": "constant", "eta0": 1e10, "alpha": 1e-12}
    how = {"average": average, "max_iter": 3, **steps}
    model = SGDClassifier("log_loss", random_state=np.random.RandomState(0), **how)
    quietly(model.fit, X, y)
    before, predicted = everything(model), model.predict_proba(X)
    with pytest.raises(ValueError), warnings.catch_warnings():  # noqa: PT011, PT012
        warnings.simplefilter("ignore")
        fail(model)
    assert_same(everything(model), before)
    np.testing.assert_array_equal(model.predict_proba(X), predicted)


@pytest.mark.parametrize("average", [False, True])
@pytest.mark.parametrize("call", ["fit", "partial_fit"])
@pytest.mark.parametrize("step", ["problems_of", "rows_of", "solve", "total"])
def test_interrupt(step, call, average, monkeypatch):
    def model():
        how = {"random_state": np.random.RandomState(0), "average": average, "max_iter": 3}
        return quietly(SGDClassifier(**how).fit, X, y)

    undisturbed, interrupted = model(), model()

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(room, step, interrupt)
        with pytest.raises(KeyboardInterrupt):
            getattr(interrupted, call)(X, y)
    assert_same(everything(interrupted), everything(undisturbed))
    for other in (undisturbed, interrupted):
        quietly(getattr(other, call), X, y)
    np.testing.assert_array_equal(interrupted.coef_, undisturbed.coef_)


def test_a_failed_first_fit_leaves_nothing():
    model = SGDClassifier()
    with pytest.raises(ValueError, match="contains NaN"):
        model.fit(X * np.nan, y)
    assert vars(model) == vars(SGDClassifier())


def test_a_continued_fit_does_not_change_what_was_returned():
    model = SGDClassifier(average=True, max_iter=2, tol=None).fit(X, y)
    first = model.coef_
    kept = first.copy()
    model.partial_fit(X, y)
    np.testing.assert_array_equal(first, kept)


@pytest.mark.parametrize("settings", [{}, {"average": True}, {"average": 10**6}], ids=str)
def test_what_is_kept_is_arrays_numbers_and_strings(settings):
    model = quietly(SGDClassifier(max_iter=3, random_state=0, **settings).fit, X, y)
    for name, value in vars(model).items():
        simple = isinstance(value, np.ndarray | int | float | str | None | bool)
        assert simple or all(isinstance(number, float) for number in value), name
