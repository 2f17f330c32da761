"""The solver by itself: the textbook's weights, and classes that part and stay independent."""

import numpy as np
import pytest

from scratch.solvers.penalties import penalty
from scratch.solvers.plateau import Plateau
from scratch.solvers.schedules import Adaptive, Constant
from scratch.solvers.sequential.averaging import RunningAverage
from scratch.solvers.sequential.lockstep import solve
from scratch.solvers.sequential.order import shuffled_order
from scratch.solvers.sequential.rows import rows_of
from scratch.solvers.sequential.state import OneVsRest, Settings, TrainingSet, TrainingState, only
from scratch.textbook import fit_one_sample_at_a_time

rng = np.random.default_rng(0)
X, codes = rng.normal(size=(60, 4)), rng.integers(0, 3, 60)
X[np.arange(60), codes] += 2


def trained(chosen, *, schedule, max_iter, tol=None, patience=1, average=False, shuffle=False):
    """Return the state and the classes after training some classes together."""
    samples = TrainingSet(rows_of(X, float, len(chosen)), codes, np.ones(60), np.zeros(60, bool))
    classes = [
        OneVsRest(row, code, (1.0, 1.0), shuffled_order(60, code + 1) if shuffle else None,
                  Plateau(tol, patience))
        for row, code in enumerate(chosen)
    ]  # fmt: skip
    W, b = np.zeros((len(chosen), 4)), np.zeros(len(chosen))
    state = TrainingState(1.0, W, b, RunningAverage(1, W.copy(), b.copy()) if average else None)
    settings = Settings(penalty("l2", alpha=0.01, l1_ratio=None), max_iter)
    return solve(samples, settings, schedule, classes, state), classes


def test_the_textbooks_weights():
    state, _ = trained([1], schedule=Constant(0.1), max_iter=3)
    w, b = fit_one_sample_at_a_time(X, codes == 1, alpha=0.01, eta=0.1, n_epochs=3)
    np.testing.assert_allclose(state.W, [w], rtol=1e-12)
    np.testing.assert_allclose(state.b, [b], rtol=1e-12)


@pytest.mark.parametrize("average", [False, True])
@pytest.mark.parametrize("schedule", [Constant(0.3), Adaptive(0.3)])
def test_classes_that_stop_in_different_epochs_end_as_if_alone(schedule, average):
    how = {"schedule": schedule, "max_iter": 60, "tol": 1e-3, "average": average, "shuffle": True}
    together, classes = trained([2, 0, 1], **how)
    lengths = set()
    for row, code in enumerate([2, 0, 1]):
        alone, (one,) = trained([code], **how)
        np.testing.assert_array_equal(together.W[row], alone.W[0])
        np.testing.assert_array_equal(together.b[row], alone.b[0])
        assert classes[row].curve == pytest.approx(one.curve, rel=1e-12)
        if average:
            np.testing.assert_array_equal(together.average.A[row], alone.average.A[0])
            np.testing.assert_array_equal(together.average.b[row], alone.average.b[0])
        lengths.add(len(one.curve))
    assert len(lengths) > 1  # they do stop in different epochs


def test_every_array_of_a_state_goes_with_its_class():
    arrays = {
        name: np.arange(3.0) for name in ("W", "b", "l1_moved", "squares", "lengths", "order")
    }
    average = RunningAverage(2, np.arange(3.0), np.arange(3.0))
    state = TrainingState(t=7.0, scale=0.5, average=average, **arrays)
    assert set(vars(state)) == {*arrays, "t", "scale", "average", "l1_pull"}
    part = only(state, np.array([True, False, True]))
    for name in arrays:
        assert getattr(part, name).tolist() == [0.0, 2.0]
    assert part.average.A.tolist() == part.average.b.tolist() == [0.0, 2.0]
    assert (part.t, part.scale, part.average.first) == (7.0, 0.5, 2)
    part.W[:] = -1
    assert state.W.tolist() == [0.0, 1.0, 2.0]
