"""Ctrl-C at any line of `fit` and `partial_fit`: all is as before, or training has ended well."""

import copy
import sys
import warnings

import numpy as np
import pytest

from scratch.linear_model import LogisticClassifier, SoftmaxClassifier

# where `max_iter` is small on purpose
pytestmark = pytest.mark.filterwarnings("ignore:Training ended after max_iter")

both = pytest.mark.parametrize("Classifier", [LogisticClassifier, SoftmaxClassifier])
RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(40, 3)), RNG.integers(0, 3, 40)


def run(call, interrupt_at=None):
    """Make a call; return the number of lines of the package that it ran, or None if interrupted.

    At line number `interrupt_at` it is interrupted.
    """
    n_lines = 0

    def trace(frame, event, argument):
        nonlocal n_lines
        if not frame.f_globals.get("__name__", "").startswith("scratch."):
            return None
        if event == "line":
            n_lines += 1
            if n_lines == interrupt_at:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    except KeyboardInterrupt:
        return None
    finally:
        sys.settrace(before)
    return n_lines


def learnt(model):
    """Return all that a call may change, comparable by ==."""
    state = model._state
    arrays = (model.coef_, model.intercept_, state["theta"], state["moments"])
    return [a.tobytes() for a in arrays] + [model.loss_curve_, model.validation_scores_]


@both
@pytest.mark.parametrize("options", [{}, {"penalty": "l1", "average": True}])
def test_a_chunk_that_is_interrupted_is_as_if_it_had_not_been(Classifier, options):
    begun = Classifier(random_state=0, batch_size=16, **options).partial_fit(X, Y, [0, 1, 2])
    before, after = learnt(begun), learnt(copy.deepcopy(begun).partial_fit(X, Y))
    n_lines = run(lambda: copy.deepcopy(begun).partial_fit(X, Y))
    n_undone = 0
    for line in np.random.default_rng(1).integers(1, n_lines, 40):
        model = copy.deepcopy(begun)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            interrupted = run(lambda model=model: model.partial_fit(X, Y), line) is None
        assert learnt(model) == (before if interrupted else after)
        if interrupted:
            n_undone += 1
            assert learnt(model.partial_fit(X, Y)) == after
    assert n_undone > 20


@both
@pytest.mark.parametrize("options", [{}, {"early_stopping": True, "validation_fraction": 0.3}])
def test_a_fit_that_is_interrupted_ends_cleanly_or_changes_nothing(Classifier, options):
    settings = {"batch_size": 16, "max_iter": 4, "tol": None, "random_state": 0, **options}
    fitted = Classifier(**settings).fit(X[::-1], Y[::-1])
    before, generator = learnt(fitted), np.random.RandomState(3)
    n_lines = run(lambda: copy.deepcopy(fitted).fit(X, Y))
    raised = ended = 0
    for line in np.random.default_rng(2).integers(1, n_lines, 40):
        model = copy.deepcopy(fitted).set_params(random_state=generator)
        place = generator.get_state()[2]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            done = run(lambda model=model: model.fit(X, Y), line)
        if done is None:
            raised += 1
            assert learnt(model) == before
            assert generator.get_state()[2] == place
        else:
            ended += 1
            assert len(model.loss_curve_) == model.n_iter_ <= 4
            assert len(model.validation_scores_ or model.loss_curve_) == model.n_iter_
            assert np.isfinite(model.coef_).all()
    assert raised > 5
    assert ended > 5
