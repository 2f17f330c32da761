"""Training with mini-batches, epoch by epoch: how large the steps are, and when to stop."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from scratch.solvers.minibatch.descent import Coordinates, Descent, Method, State
from scratch.solvers.minibatch.samples import Samples, length
from scratch.solvers.plateau import Plateau
from scratch.solvers.schedules import Schedule
from scratch.solvers.watch import Watch
from scratch.typing import Floats
from scratch.validation.arrays import check_finite


class Steps(Protocol):
    """The steps of a training, as the loop uses them: `ByName`, `auto.Falling`, `auto.Endless`."""

    coordinates: Coordinates | None = None  # that steps are taken in; None: the user's

    def size(self, t: int, n: int) -> float:
        """Return η of update t = 1, 2, …, for a batch of n samples."""
        ...

    def see(self, loss: float) -> None:
        """Take note of the mean loss of a batch, before the step that it made."""
        ...

    def over(self, t: int, value: float) -> bool:
        """Take note of an epoch, which ends with update t; return whether training is over.

        `value` is its objective, or minus its score on held-out samples: lower is better.
        """
        ...


class ByName(Steps):
    """The steps of a named learning rate, and the plateau that lowers them or ends training."""

    def __init__(self, schedule: Schedule, plateau: Plateau) -> None:
        self.schedule, self.plateau = schedule, plateau

    def size(self, t: int, n: int) -> float:
        """Return η(t) of the schedule."""
        return self.schedule.step_size(t)

    def see(self, loss: float) -> None:
        """Take no note."""

    def over(self, t: int, value: float) -> bool:
        """Return whether there is a plateau, and no lower step after it."""
        if not self.plateau.reached(value):
            return False
        following = self.schedule.after_plateau(t)
        self.schedule = following or self.schedule
        return following is None


@dataclass(frozen=True)
class Rules:
    """How long to train, and on which batches."""

    batch_size: int
    max_iter: int
    tol: float | None = None  # a gain below this is too small; None: no gain is
    n_iter_no_change: int = 5  # so many epochs in a row without a larger gain end it
    verbose: bool = False


@dataclass(frozen=True)
class Training:
    """The result of a training."""

    state: State  # of the last epoch; with a score, of the epoch that scored best, the last of ties
    objectives: list[float] = field(default_factory=list)  # one per epoch
    scores: list[float] = field(default_factory=list)  # one per epoch, where there is a score
    finished: bool = False  # by the stopping rule or by Ctrl-C, not by max_iter
    messages: list[str] = field(default_factory=list)  # warnings for the user


def train(
    start: State,
    samples: Samples,
    method: Method,
    steps: Steps,
    rules: Rules,
    rng: np.random.RandomState | None,
    score: Callable[[Floats, Floats], float] | None = None,
    watch: Watch | None = None,
) -> Training:
    """Run epochs until the stopping rule is met.

    The result holds the state after the last epoch. With a score, it holds the state after the
    epoch that scored best, the last one of those that tie.

    Parameters
    ----------
    start : descent.State
        Where to begin; it is left as it is.
    samples : samples.Samples
    method : descent.Method
    steps : Steps
    rules : Rules
    rng : RandomState or None
        Shuffles the samples before each epoch; None takes them in turn.
    score : callable, default=None
        Takes weights and intercepts, returns their score on held-out samples: higher is better.
        The stopping rule then goes by it.
    watch : watch.Watch, default=None
        Is told when epochs begin and, with the training so far, when they end.

    Returns
    -------
    Training

    Raises
    ------
    ValueError
        If the weights are no longer finite.
    KeyboardInterrupt
        If it comes before the end of the first epoch; a later one only ends training.
    """
    watch = watch or Watch()
    start = start.wide_enough(steps.coordinates, method.penalty.alpha)
    descent = Descent(start, samples, method, steps.coordinates, rules.batch_size)
    training = Training(start, messages=_about_scales(steps.coordinates))
    try:
        for epoch in range(1, rules.max_iter + 1):
            begun = time.perf_counter()
            watch.begin_epoch()
            objective = run_epoch(descent, steps, rules.batch_size, rng)
            check_progress(descent, objective, epoch)
            training = _with_epoch(training, descent.snapshot(), objective, score)
            value = objective if score is None else -training.scores[-1]
            over = steps.over(descent.state.n_updates, value)
            if rules.verbose:
                seconds = time.perf_counter() - begun
                print(f"epoch {epoch:4d}  objective {objective:.6f}  {seconds:.3f} s")
            if watch.end_epoch(training) or over:
                return replace(training, finished=True)
        return training
    except KeyboardInterrupt:
        if not training.objectives:
            raise
        return _interrupted(training, best=score is not None)


def run_epoch(
    descent: Descent, steps: Steps, batch_size: int, rng: np.random.RandomState | None = None
) -> float:
    """Train on every sample once; return the objective.

    Returns
    -------
    float
        The mean of the samples' losses, each before the step that its batch made, plus the penalty
        before the last of these steps. Where one batch holds all samples, this is the objective of
        the weights before the step.
    """
    loss, penalty, samples = 0.0, 0.0, descent.samples
    last = samples.n_batches(batch_size)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # see `check_progress`
        for number, batch in enumerate(samples.batches(batch_size, rng), start=1):
            if number == last:
                penalty = descent.method.penalty.value(descent.W)
            n = length(batch)
            of_batch = descent.update(batch, steps.size(descent.state.n_updates + 1, n))
            steps.see(of_batch / n)
            loss += of_batch
    return loss / len(samples) + penalty


def check_progress(descent: Descent, objective: float, epoch: int) -> None:
    """Check that weights and objective are finite.

    A NaN or an infinity among the features makes the objective of their sample NaN or infinite,
    whatever the weights are. So training need not search the features first, which would take a
    quarter of the time of an epoch.

    Raises
    ------
    ValueError
        If they are not; it says whether the features or the steps are to blame.
    """
    if np.isfinite(objective) and np.isfinite(descent.state.theta).all():
        return
    samples = descent.samples
    if samples.X.dtype.kind == "f":
        check_finite(samples.X, "X", samples.owner)
    raise ValueError(
        f"The weights became infinite or NaN in epoch {epoch}: the steps are too large for"
        ' these data. Lower eta0, use learning_rate="auto", or scale the features (scikit-'
        "learn's StandardScaler or MinMaxScaler)."
    )


def _about_scales(at: Coordinates | None) -> list[str]:
    """Return the warnings that are due before training."""
    if at is None or np.isfinite(at.squares).all():
        return []
    return ["Some features are too large to learn from: scale them."]


# A training is a new record after each epoch, so that Ctrl-C never finds half of one.


def _with_epoch(
    training: Training,
    state: State,
    objective: float,
    score: Callable[[Floats, Floats], float] | None,
) -> Training:
    """Return the training with one more epoch."""
    objectives = [*training.objectives, objective]
    if score is None:
        return replace(training, state=state, objectives=objectives)
    scores = [*training.scores, score(*state.weights())]
    best = state if scores[-1] >= max(scores) else training.state
    return replace(training, state=best, objectives=objectives, scores=scores)


def _interrupted(training: Training, *, best: bool) -> Training:
    """Return a training that Ctrl-C has ended."""
    done = len(training.objectives)
    which = f"the best of {done} epochs" if best else f"those after {done} epochs"
    message = f"Training was interrupted: the weights are {which}."
    return replace(training, finished=True, messages=[*training.messages, message])
