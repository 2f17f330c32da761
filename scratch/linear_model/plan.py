"""The plan of a training: what the parameters of a mini-batch classifier make of the solver.

Each function reads the parameters, `p`, as Python objects by name.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from scratch.exceptions import ConvergenceWarning, warn
from scratch.solvers import schedules
from scratch.solvers.minibatch import epochs, first_step
from scratch.solvers.minibatch.averages import Averaging
from scratch.solvers.minibatch.descent import Method, State
from scratch.solvers.minibatch.optimisers import OPTIMISERS
from scratch.solvers.minibatch.samples import Samples
from scratch.solvers.penalties import Penalty, penalty
from scratch.typing import Array
from scratch.validation.arrays import check_finite

# Squares of features within which float32 neither under- nor overflows.
_FLOAT32 = 1e-20, 1e20


def rules_of(p: Any, n_samples: int, first: first_step.FirstStep, *, cold: bool) -> epochs.Rules:
    """Return how long `fit` trains; `cold`: from weights of 0."""
    size, patience, tol = batch_size_of(p, n_samples), p.n_iter_no_change, p.tol
    if p.learning_rate == "auto":
        patience = max(patience, -(-schedules.LEAST_PATIENCE * size // n_samples))
        if tol is not None and not p.early_stopping:
            tol += schedules.CHANCE * first.jitter
    return epochs.Rules(
        batch_size=size,
        max_iter=p.max_iter,
        tol=tol,
        patience=patience,
        # one batch of all samples is the same in any order
        shuffle=p.shuffle and size < n_samples,
        verbose=bool(p.verbose),
        at_start=first.at_start if cold else np.inf,
        largest_rise=first.largest_rise,
    )


def first_step_of(
    p: Any, samples: Samples, loss: first_step.Loss, batch_size: int, noise: float
) -> first_step.FirstStep:
    """Return how to begin, a `first_step.FirstStep`.

    `noise` is the variance of a batch's mean, relative to that of one sample.
    """
    if p.learning_rate != "auto":
        return first_step.FirstStep(p.eta0, basis=basis_of(p))
    subset = first_step.representatives(samples, _working_dtype(samples.X))
    check_finite(subset.rows, "X", samples.owner)
    first = first_step.first_step(
        subset,
        loss,
        momentum=p.momentum,
        noise=noise,
        batch_size=batch_size,
        fit_intercept=p.fit_intercept,
    )
    if first.coordinates is not None and not np.isfinite(first.coordinates.squares).all():
        warn("The features are too large to learn from: scale them.", ConvergenceWarning)
    return first._replace(basis=basis_of(p))


def basis_of(p: Any) -> tuple[object, ...]:
    """Return the parameters that a first step rests on: where they change, so does the step."""
    return p.learning_rate, p.eta0, p.momentum, p.batch_size, p.fit_intercept


def schedule_of(
    p: Any, first: first_step.FirstStep, n_batches: int, rules: epochs.Rules
) -> schedules.Schedule:
    """Return the schedule of `fit`, in which so many batches make an epoch."""
    if p.learning_rate != "auto":
        return _named_schedule(p)
    return schedules.Falling(first.eta0, rules.max_iter * n_batches, rules.patience * n_batches)


def endless_schedule_of(p: Any, first: first_step.FirstStep) -> schedules.Schedule:
    """Return the schedule of `partial_fit`."""
    if p.learning_rate != "auto":
        return _named_schedule(p)
    return schedules.Endless(first.eta0)


def _named_schedule(p: Any) -> schedules.Schedule:
    return schedules.schedule(p.learning_rate, alpha=p.alpha, eta0=p.eta0, power_t=p.power_t)


def start_of(samples: Samples, first: first_step.FirstStep, fitted: Any = None) -> State:
    """Return the state to begin at: the weights of a fitted estimator, or zeros."""
    dtype = _working_dtype(samples.X)
    if first.coordinates is not None:
        squares = first.coordinates.squares
        if not (_FLOAT32[0] < squares.min() and squares.max() < _FLOAT32[1]):
            dtype = np.dtype(np.float64)
    if fitted is not None:
        return State.start(fitted._dense_coef(), fitted.intercept_, dtype)
    shape = samples.n_outputs, samples.X.shape[1]
    return State.start(np.zeros(shape), np.zeros(shape[0]), dtype)


def method_of(
    p: Any,
    first: first_step.FirstStep,
    residual: Callable[..., None],
    n_batches: float = math.inf,
) -> Method:
    """Return how updates are made; `n_batches`: of an epoch, infinity in `partial_fit`."""
    return Method(
        residual=residual,
        penalty=_penalty(p),
        optimiser=OPTIMISERS["nesterov" if p.nesterov else "momentum"](p.momentum),
        averaging=_averaging(p, n_batches),
        fit_intercept=p.fit_intercept,
        coordinates=first.coordinates,
        pace=first.pace,
    )


def _averaging(p: Any, n_batches: float) -> Averaging | None:
    """Return which weights are averaged, None where the last ones are wanted."""
    if p.average:
        return Averaging(int(p.average))
    if p.learning_rate != "auto" or _penalty(p).has_l1:  # a mean would lose the zeros of L1
        return None
    return Averaging(0, schedules.RECENCY, memory=schedules.EPOCHS_REMEMBERED * n_batches)


def _penalty(p: Any) -> Penalty:
    """Return the penalty of the parameters."""
    return penalty(p.penalty, alpha=p.alpha, l1_ratio=p.l1_ratio)


def _working_dtype(X: Array) -> np.dtype[Any]:
    """Return the type to compute in: 32 bits hold a pixel exactly, wider numbers get 64."""
    return np.dtype(np.float64) if X.dtype.itemsize > 4 else np.result_type(X.dtype, np.float32)


def noise_of(batch_size: int, n_samples: int) -> float:
    """Return the variance of the mean of a batch that is drawn without replacement.

    That of one sample is 1.
    """
    return (n_samples - batch_size) / max(n_samples - 1, 1) / batch_size


def batch_size_of(p: Any, n_samples: int) -> int:
    """Return the number of samples in a batch."""
    return n_samples if p.batch_size == "full" else min(p.batch_size, n_samples)


def falls_still(p: Any, training: epochs.Training, tol: float | None) -> bool:
    """Return whether a run of "auto" that was long enough for a plateau shows no sign of one."""
    last, objectives = p.n_iter_no_change, training.objectives
    if p.learning_rate != "auto" or tol is None or training.stalled:
        return False
    if len(objectives) < max(4 * last, p.max_iter):
        return False
    return min(objectives[-last:]) < min(objectives[:-last]) - last * tol
