"""Training with mini-batches, epoch by epoch: when to lower the step, and when to stop."""

import time
import warnings
from dataclasses import dataclass, field

import numpy as np

from scratch.exceptions import ConvergenceWarning, native
from scratch.solvers.schedules import reduced
from scratch.validation.arrays import check_finite


class Plateau:
    """Notices that a value, which ought to fall, has not fallen by `tol` for `patience` epochs."""

    def __init__(self, tol, patience):
        self.tol, self.patience = -np.inf if tol is None else tol, patience
        self.best, self.count = np.inf, 0

    def __call__(self, value):
        """Note one more epoch's value; True if the patience is over, which then begins anew."""
        stalled = self.tol > -np.inf and value > self.best - self.tol
        self.count = self.count + 1 if stalled else 0
        self.best = min(self.best, value)
        if self.count < self.patience:
            return False
        self.count = 0
        return True


class Fixed:
    """A schedule that is a function of the update alone: a plateau ends training."""

    def __init__(self, step_size):
        self.step_size = step_size

    def __call__(self, t):
        """Step size of update t = 1, 2, …"""
        return self.step_size(t)

    def stalled(self, t):
        """Whether to go on after a plateau at update t."""
        return False

    def smaller(self):
        """A schedule to start anew with after an overflow: None, there is no other."""


class Adaptive(Fixed):
    """A constant step that a plateau divides by 5, until it is at most 1e-6."""

    def __init__(self, eta0):
        super().__init__(lambda t: self.eta)
        self.eta = eta0

    def stalled(self, t):
        """Lower the step; whether to go on."""
        eta = reduced(self.eta)
        self.eta = self.eta if eta is None else eta
        return eta is not None


@dataclass
class History:
    """What happened in training, one entry an epoch."""

    objective: list = field(default_factory=list)
    scores: list = field(default_factory=list)
    finished: bool = False  # by the stopping rule, not for want of epochs


@dataclass
class Rules:
    """How long to train; see the parameters of the same names of `SoftmaxClassifier`."""

    batch_size: int
    max_iter: int
    tol: float | None
    n_iter_no_change: int
    shuffle: bool = True
    verbose: bool = False


def train(descent, samples, step_size, rules, rng, score=None):
    """Run epochs until the stopping rule is met, on the weights in `descent`.

    Parameters
    ----------
    descent : minibatch.Descent
        Left with the weights that were reached, or with the best ones where `score` is given.
    samples : minibatch.Samples
    step_size : Fixed, Adaptive, autostep.Falling or autostep.Endless
    rules : Rules
    rng : RandomState
        Shuffles the samples before each epoch, where the rules say so.
    score : callable, default=None
        Takes `descent`, gives its score on samples held out: higher is better.

    Returns
    -------
    History

    Raises
    ------
    OverflowingSteps
        If the weights are no longer finite, and the schedule has no smaller steps.
    """
    start = descent.snapshot()
    while True:
        try:
            return _train(descent, samples, step_size, rules, rng, score, start)
        except OverflowingSteps:
            step_size = step_size.smaller()
            if step_size is None:
                raise
            descent.restore(start)
            warnings.warn(
                "Training started over with far smaller steps, since the weights became infinite or"
                " NaN: some features are too large to learn from. Scale them.",
                native(ConvergenceWarning),
                stacklevel=3,
            )


def _train(descent, samples, step_size, rules, rng, score, start):
    """`train` with this schedule and no other, from the snapshot `start`."""
    history, plateau = History(), Plateau(rules.tol, rules.n_iter_no_change)
    rng = rng if rules.shuffle else None
    finished = best = start
    try:
        for epoch in range(1, rules.max_iter + 1):
            begun = time.perf_counter()
            objective = run_epoch(descent, samples, step_size, rules.batch_size, rng)
            check_progress(descent, samples, objective, epoch)
            finished = descent.snapshot()
            history.objective.append(objective)
            value = objective
            if score is not None:
                history.scores.append(score(descent))
                value = -history.scores[-1]
                if value < plateau.best:
                    best = finished
            if rules.verbose:
                seconds = time.perf_counter() - begun
                print(f"epoch {epoch:4d}  objective {objective:.6f}  {seconds:.3f} s")
            t = descent.n_updates
            history.finished = step_size(t + 1) == 0 or (
                plateau(value) and not step_size.stalled(t)
            )
            if history.finished:
                break
    except KeyboardInterrupt:
        if not history.objective:
            raise
        descent.restore(finished)
        done = len(history.objective)
        which = f"those after {done} epochs" if score is None else f"the best of {done} epochs"
        warnings.warn(
            f"Training was interrupted: the weights are {which}.",
            native(ConvergenceWarning),
            stacklevel=4,
        )
        history.finished = True
    if score is not None:
        descent.restore(best)
    return history


def run_epoch(descent, samples, step_size, batch_size, rng=None):
    """Train on every sample once; return the objective.

    Returns
    -------
    float
        The mean of the samples' losses, each before the step that its batch made, plus the penalty
        before the last of these steps. Where one batch holds all samples, this is the objective of
        the weights before the step.
    """
    loss = penalty = 0.0
    last = -(-len(samples) // batch_size)
    with np.errstate(over="ignore", invalid="ignore"):  # `train` finds what this leads to
        for number, batch in enumerate(samples.batches(batch_size, rng), start=1):
            if number == last:
                penalty = descent.penalty.value(descent.W)
            loss += descent.update(samples, batch, step_size(descent.n_updates + 1))
    return loss / len(samples) + penalty


class OverflowingSteps(ValueError):
    """Training has led to weights that are not finite."""


def check_progress(descent, samples, objective, epoch):
    """Raise a ValueError if weights or objective are not finite.

    A NaN or an infinity among the features makes the objective of their sample NaN or infinite,
    whatever the weights are. So features need not be looked through before training, which would
    take a quarter of the time of an epoch.
    """
    if not (np.isfinite(objective) and np.isfinite(descent.theta).all()):
        if samples.X.dtype.kind == "f":
            check_finite(samples.X, "X", "A classifier")
        raise OverflowingSteps(
            f"The weights became infinite or NaN in epoch {epoch}: the steps are too large for"
            ' these data. Lower eta0, use learning_rate="auto", or scale the features (scikit-'
            "learn's StandardScaler or MinMaxScaler)."
        )
