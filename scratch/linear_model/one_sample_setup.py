"""From `SGDClassifier`'s parameters and data to what its solver is given.

Each of several classes is trained against the rest; two classes are one problem, the second's.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from scratch.linear_model.holdout import stratified_holdout
from scratch.solvers.plateau import Plateau
from scratch.solvers.schedules import Schedule, schedule
from scratch.solvers.sequential.averaging import RunningAverage
from scratch.solvers.sequential.order import shuffled_order
from scratch.solvers.sequential.passive_aggressive import PassiveAggressive
from scratch.solvers.sequential.state import OneVsRest, TrainingSet, TrainingState
from scratch.typing import Array, Bools, Floats, Ints
from scratch.validation.weights import class_weights


def first_state(X: Any, n_classes: int, coef: Any = None, intercept: Any = None) -> TrainingState:
    """Return the state in which training begins: at the given weights, by default at 0."""
    if n_classes < 2:
        raise ValueError(f"The number of classes has to be greater than one; got {n_classes} class")
    dtype = np.float32 if X.dtype == np.float32 else np.float64
    n_outputs = n_classes if n_classes > 2 else 1
    shape = (n_outputs, X.shape[1])
    coef = np.zeros(shape, dtype) if coef is None else np.array(coef, dtype)
    if coef.shape != shape and (n_outputs > 1 or coef.size != X.shape[1]):
        name = "coef_init" if n_outputs == 1 else "``coef_``"
        raise ValueError(f"Provided {name} does not match dataset. ")
    intercept = np.zeros(n_outputs, dtype) if intercept is None else np.array(intercept, dtype)
    if intercept.shape != (n_outputs,) and (n_outputs > 1 or intercept.shape != ()):
        raise ValueError("Provided intercept_init does not match dataset.")
    return TrainingState(1.0, coef.reshape(shape), intercept.reshape(n_outputs))


def with_average(state: TrainingState, first: int) -> TrainingState:
    """Return a state that averages from update `first` on; if that is 0, not at all."""
    if not first:
        return replace(state, average=None)
    average = state.average
    if average is None:
        average = RunningAverage(first, np.zeros_like(state.W), np.zeros_like(state.b))
    return replace(state, average=replace(average, first=first))


def schedule_of(parameters: Any) -> Schedule:
    """Return the step sizes; those of "pa1" and "pa2" matter to the penalty alone."""
    passive_aggressive = parameters.learning_rate in ("pa1", "pa2")
    return schedule(
        "constant" if passive_aggressive else parameters.learning_rate,
        alpha=parameters.alpha,
        eta0=parameters.eta0,
        power_t=parameters.power_t,
    )


def rule_of(parameters: Any) -> PassiveAggressive | None:
    """Return the rule of the learning rates "pa1" and "pa2", else None."""
    if parameters.learning_rate in ("pa1", "pa2"):
        return PassiveAggressive(parameters.learning_rate, parameters.eta0)
    return None


def hold_out(parameters: Any, codes: Ints, sample_weight: Floats) -> Bools:
    """Return the samples for early stopping, (n_samples,) bool."""
    if not parameters.early_stopping:
        return np.zeros(len(codes), dtype=bool)
    held_out = stratified_holdout(codes, parameters.validation_fraction, parameters.random_state)
    if not sample_weight[held_out].any():
        raise ValueError(
            "The sample weights for validation set are all zero, consider using a different"
            " random state."
        )
    return held_out


def problems_of(
    parameters: Any, classes: Array, codes: Ints, seeds: Sequence[int], dtype: DTypeLike
) -> list[OneVsRest]:
    """Return a `OneVsRest` for each class; two classes are one problem: the second one's."""
    factors = class_weights(parameters.class_weight, classes, codes).astype(dtype)
    binary = len(classes) == 2
    return [
        OneVsRest(
            row=k,
            code=k + binary,
            weights=(factors[0], factors[1]) if binary else (1.0, factors[k]),
            shuffle=shuffled_order(len(codes), seed) if parameters.shuffle else None,
            plateau=Plateau(parameters.tol, parameters.n_iter_no_change),
        )
        for k, seed in enumerate(seeds)
    ]


def held_out_accuracy(X: Any, samples: TrainingSet) -> Callable[..., Floats]:
    """Return the score for early stopping: each class's accuracy against the rest, held out."""
    X, codes = X[samples.held_out], samples.codes[samples.held_out]
    weight = samples.weight[samples.held_out]

    def score(W: Floats, b: Floats, codes_of_classes: Sequence[int]) -> Floats:
        right = (X @ W.T + b > 0) == (codes[:, np.newaxis] == codes_of_classes)
        return np.average(right, axis=0, weights=weight)  # (n_outputs,)

    return score


def total(curves: Sequence[list[float]]) -> list[float]:
    """Return the sum of curves, epoch by epoch; a class that has stopped keeps its last value."""
    n_epochs = max(map(len, curves))
    extended = [curve + curve[-1:] * (n_epochs - len(curve)) for curve in curves]
    return np.sum(extended, axis=0).tolist()
