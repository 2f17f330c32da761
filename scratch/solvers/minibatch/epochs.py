"""Training with mini-batches, epoch by epoch: when to lower the step, and when to stop."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from scratch.solvers.minibatch.descent import Descent, Method, State
from scratch.solvers.minibatch.samples import Samples
from scratch.solvers.schedules import Plateau, Schedule
from scratch.solvers.watch import Watch
from scratch.validation.arrays import check_finite


@dataclass(frozen=True)
class Rules:
    """How long to train, and on what batches."""

    batch_size: int
    max_iter: int
    tol: float | None  # with `patience`: see `schedules.Plateau`
    patience: int
    shuffle: bool = True
    verbose: bool = False
    at_start: float = math.inf  # the objective of the first weights, where it is known
    largest_rise: float = math.inf  # over the least objective; an epoch that rises more is undone


@dataclass
class Training:
    """What came of a training."""

    state: State  # of the last epoch; or of the one that scored best; or, where training ended
    # above its start, of that before the best epoch
    objectives: list[float] = field(default_factory=list)  # one an epoch
    scores: list[float] = field(default_factory=list)  # one an epoch, where there is a score
    finished: bool = False  # by the stopping rule or by Ctrl-C, not for want of epochs
    stalled: bool = False  # whether there was a plateau
    messages: list[str] = field(default_factory=list)  # what the user should be warned of


class Least(NamedTuple):
    """The least objective of an epoch so far."""

    objective: float
    before: State  # the epoch: from here the objective is known to fall


class OverflowingSteps(ValueError):
    """Training has led to weights that are not finite."""


def train(
    start: State,
    samples: Samples,
    method: Method,
    schedule: Schedule,
    rules: Rules,
    rng: np.random.RandomState,
    score: Callable[[State], float] | None = None,
    watch: Watch | None = None,
) -> Training:
    """Run epochs until the stopping rule is met.

    An epoch whose objective is above the least one by more than ``rules.largest_rise`` is undone:
    training goes back to where the epoch with the least objective began, and on with the steps that
    the schedule has for this case.

    Parameters
    ----------
    start : descent.State
        Where to begin; it is left as it is.
    samples : samples.Samples
    method : descent.Method
    schedule : schedules.Schedule
        A step size of 0, or a plateau after which there is no schedule, ends training.
    rules : Rules
    rng : RandomState
        Shuffles the samples before each epoch, where the rules say so.
    score : callable, default=None
        Takes a state, returns its score on samples held out: higher is better. With it, the
        plateau is one of the score, and the state that scored best is kept.
    watch : watch.Watch, default=None
        Who is told when epochs begin and, with the training so far, when they end.

    Returns
    -------
    Training

    Raises
    ------
    OverflowingSteps
        If the weights are no longer finite, and the schedule has no smaller steps.
    KeyboardInterrupt
        If it comes before the end of the first epoch; a later one only ends training.
    """
    descent, plateau = Descent(start.copy(), method), Plateau(rules.tol, rules.patience)
    training, eta, watch = Training(start), schedule, watch or Watch()
    least, before = Least(rules.at_start, start), start  # before the epoch
    try:
        for epoch in range(1, rules.max_iter + 1):
            begun = time.perf_counter()
            watch.begin_epoch()
            objective = run_epoch(
                descent, samples, eta, rules.batch_size, rng if rules.shuffle else None
            )
            check_progress(descent.state, samples, objective, epoch)
            if objective > least.objective + rules.largest_rise:
                descent = Descent(least.before.resumed(descent.state), method)
                eta = eta.after_rise()
            elif objective < least.objective:
                least = Least(objective, before)
            before = descent.state.copy()
            scored = None if score is None else score(before)
            value = objective if scored is None else -scored  # what ought to fall
            better = scored is None or value < plateau.best
            kept = before if better else training.state
            training = _with_epoch(training, kept, objective, scored)
            if rules.verbose:
                seconds = time.perf_counter() - begun
                print(f"epoch {epoch:4d}  objective {objective:.6f}  {seconds:.3f} s")
            t = descent.state.n_updates
            reached = plateau.reached(value)
            training.stalled = training.stalled or reached
            following = eta.after_plateau(t) if reached else eta
            stop = watch.end_epoch(training)
            if stop or following is None or following.step_size(t + 1) == 0:
                training.finished = True
                break
            eta = following
        if score is None and objective > rules.at_start:
            training.state = least.before
            if objective > rules.at_start + rules.largest_rise:
                training.messages.append(
                    "Training started over, and has still not come below the objective that it"
                    " began with: some features are too large to learn from. Scale them."
                )
        return training
    except KeyboardInterrupt:
        done = len(training.objectives)
        if done == 0:
            raise
        which = f"those after {done} epochs" if score is None else f"the best of {done} epochs"
        training.messages.append(f"Training was interrupted: the weights are {which}.")
        training.finished = True
        return training
    except OverflowingSteps:
        smaller = schedule.after_overflow()
        if smaller is None:
            raise
    training = train(start.in_float64(), samples, method, smaller, rules, rng, score, watch)
    training.messages.insert(
        0,
        "Training started over with far smaller steps, since the weights became infinite or"
        " NaN: some features are too large to learn from. Scale them.",
    )
    return training


def _with_epoch(
    training: Training, state: State, objective: float, score: float | None
) -> Training:
    """Return the training with one more epoch; a new record, so that Ctrl-C never finds half of it.

    Without a score, `score` is None.
    """
    scores = training.scores if score is None else [*training.scores, score]
    return Training(state, [*training.objectives, objective], scores, stalled=training.stalled)


def run_epoch(
    descent: Descent,
    samples: Samples,
    schedule: Schedule,
    batch_size: int,
    rng: np.random.RandomState | None = None,
) -> float:
    """Train on every sample once; return the objective.

    Returns
    -------
    float
        The mean of the samples' losses, each before the step that its batch made, plus the penalty
        before the last of these steps. Where one batch holds all samples, this is the objective of
        the weights before the step.
    """
    loss = penalty = 0.0
    last = samples.n_batches(batch_size)
    with np.errstate(over="ignore", invalid="ignore"):  # `check_progress` finds what this leads to
        for number, batch in enumerate(samples.batches(batch_size, rng), start=1):
            if number == last:
                penalty = descent.method.penalty.value(descent.W)
            loss += descent.update(samples, batch, schedule.step_size(descent.state.n_updates + 1))
    return loss / len(samples) + penalty


def check_progress(state: State, samples: Samples, objective: float, epoch: int) -> None:
    """Raise a ValueError if weights or objective are not finite.

    A NaN or an infinity among the features makes the objective of their sample NaN or infinite,
    whatever the weights are. So features need not be looked through before training, which would
    take a quarter of the time of an epoch.

    Raises
    ------
    OverflowingSteps
        If the steps are to blame.
    ValueError
        If the features are.
    """
    if np.isfinite(objective) and np.isfinite(state.theta).all():
        return
    if samples.X.dtype.kind == "f":
        check_finite(samples.X, "X", samples.owner)
    raise OverflowingSteps(
        f"The weights became infinite or NaN in epoch {epoch}: the steps are too large for"
        ' these data. Lower eta0, use learning_rate="auto", or scale the features (scikit-'
        "learn's StandardScaler or MinMaxScaler)."
    )
