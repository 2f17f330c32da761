"""Learning rates: the step size η of update t = 1, 2, …, and what a plateau changes about it.

Every learning rate is a class that fills the protocol `Schedule`; `schedule` looks the class up by
its name. To add one, write the class and enter it in the table `_BY_NAME`.

A schedule never changes. Where later steps are to be smaller, its methods return another schedule.
So several runs may share one, and each goes on with its own.

Step sizes are Python floats, calculated by Python's operators and `math`: so the solver that steps
in scikit-learn's order gets scikit-learn's bits.

References
----------
``optimal``: L. Bottou, "Stochastic Gradient Descent Tricks", 2012, section 5.2.
``invscaling``: L. Xu, "Towards optimal one pass large scale learning with averaged stochastic
gradient descent", 2011.
``auto``: L. Bottou, F. Curtis and J. Nocedal, "Optimization Methods for Large-Scale Machine
Learning", SIAM Review 60, 2018, section 4 (the noise floor of a constant step, and its decay).
O. Shamir and T. Zhang, "Stochastic Gradient Descent for Non-smooth Optimization: Convergence
Results and Optimal Averaging Schemes", ICML 2013 (averages that favour the late weights).
"""

import math
from collections.abc import Callable
from typing import Protocol

import numpy as np

from scratch.typing import Floats

#: What "adaptive" divides its step by at a plateau, and the step at or below which it is over.
PLATEAU_DIVISOR = 5
SMALLEST_REDUCED = 1e-6
#: The least number of updates that a plateau of "auto" lasts, and the fall after it. Where steps
#: have much noise, a few epochs of a few updates each say nothing.
LEAST_PATIENCE = 500
#: What epochs gain and lose by chance, as a share of what jitter costs: "auto" adds it to `tol`.
CHANCE = 1 / 24
#: How much the mean that "auto" takes favours late weights: the weights after update t count in
#: proportion to t². The last third of the way makes seven tenths of that mean, so it leaves the
#: start behind and smooths the jitter, wherever training ends.
RECENCY = 2
#: How many epochs that mean remembers in `fit`: after six epochs, when t² would favour late weights
#: less than that, it becomes exponential. It is there to smooth what single batches do; in long
#: runs the weights of earlier epochs are still on their way.
EPOCHS_REMEMBERED = 2
# Updates after which the steps of `Endless` begin to fall.
_CONSTANT_UPDATES = 300
# The running mean of the losses remembers 5120 samples, and no fewer than 20 batches. A few single
# samples may all have next to no loss by chance, and steps that followed them would be wild.
_SAMPLES_REMEMBERED = 5120
_LEAST_BATCHES = 20
# What an overflow divides the steps of "auto" by.
_RETREAT = 1e30


class Schedule(Protocol):
    """What the training loops ask of a learning rate."""

    def step_size(self, t: float) -> float:
        """Return the step size of update t = 1, 2, …, a float; 0 says that training is over."""
        ...

    def step_sizes(self, t: Floats) -> Floats:
        """Return `step_size` of each of some updates, (n_updates,), to the same bit."""
        return np.array([*map(self.step_size, t.tolist())])

    def after_plateau(self, t: float) -> "Schedule | None":
        """Return the schedule to go on with after a plateau that update t ended, None to stop."""
        return None

    def after_rise(self) -> "Schedule":
        """Return the schedule to go back with after an epoch that made things worse."""
        return self

    def after_overflow(self) -> "Schedule | None":
        """Return a schedule of far smaller steps to start over with, None if there is none."""
        return None


class Constant(Schedule):
    """η(t) = eta0.

    Examples
    --------
    >>> Constant(0.1).step_size(1000)
    0.1
    """

    def __init__(self, eta0: float) -> None:
        self.eta0 = eta0

    def step_size(self, t: float) -> float:
        """Return eta0."""
        return self.eta0


class Adaptive(Constant):
    """η(t) = eta0, divided by 5 at each plateau until it is at most 1e-6.

    Examples
    --------
    >>> Adaptive(0.5).after_plateau(t=100).step_size(101)
    0.1
    >>> Adaptive(1e-6).after_plateau(t=100) is None
    True
    """

    def after_plateau(self, t: float) -> "Schedule | None":
        """Return the schedule with a fifth of the step; None if the step is small already."""
        if self.eta0 <= SMALLEST_REDUCED:
            return None
        return Adaptive(self.eta0 / PLATEAU_DIVISOR)


class InverseScaling(Schedule):
    """η(t) = eta0 / t^power_t.

    Examples
    --------
    >>> InverseScaling(0.5, power_t=0.75).step_size(16)
    0.0625
    """

    def __init__(self, eta0: float, power_t: float) -> None:
        self.eta0, self.power_t = eta0, power_t

    def step_size(self, t: float) -> float:
        """Return eta0 / t^power_t; infinity and 0 where the power under- or overflows."""
        try:
            return self.eta0 / math.pow(t, self.power_t)
        except OverflowError:  # the power is too large for a float
            return 0.0
        except ZeroDivisionError:  # it has rounded to 0
            return math.inf


class Optimal(Schedule):
    """η(t) = 1 / (alpha · (t₀ + t − 1)), with t₀ = 1 / (η₀ · alpha) and η₀ = alpha^(−1/4).

    So the first step is η₀: the length √(1/√alpha) of typical weights under an L2 penalty, divided
    by the steepest slope of the log loss, 1. With the default ``alpha=1e-4`` it is 10.

    Parameters
    ----------
    alpha : float > 0
        Strength of the penalty.

    Raises
    ------
    ValueError
        If `alpha` is 0.

    Examples
    --------
    >>> Optimal(alpha=1e-4).step_size(1), Optimal(alpha=1e-4).step_size(1001)
    (10.0, 5.0)
    """

    def __init__(self, alpha: float) -> None:
        if alpha == 0:
            raise ValueError("alpha must be > 0 since learning_rate is 'optimal'.")
        first = math.sqrt(1.0 / math.sqrt(alpha))
        self.alpha, self.t0 = alpha, 1.0 / (first * alpha)

    def step_size(self, t: float) -> float:
        """Return 1 / (alpha · (t₀ + t − 1)); infinity where t₀ is lost in rounding."""
        try:
            return 1.0 / (self.alpha * (self.t0 + t - 1))
        except ZeroDivisionError:  # alpha is so large that 0 < t₀ < 1e-16, and t = 1
            return math.inf

    def step_sizes(self, t: Floats) -> Floats:
        """Return `step_size` of each of some updates; these operations round alike in arrays."""
        with np.errstate(divide="ignore"):
            return 1.0 / (self.alpha * (self.t0 + t - 1))


class Falling(Schedule):
    """The "auto" schedule of `fit`: a step that falls linearly to 0.

    A constant step leaves the weights jittering around the optimum, the farther from it the larger
    η is; they come to rest as η goes to 0. The fall takes the whole run. After a plateau before its
    last stretch, what is left of the fall is shortened to that stretch.

    Parameters
    ----------
    eta0 : float
        The step size that the fall begins with.
    end : int
        The update after which the step is 0.
    n_last : int
        How many updates are left after a plateau.
    start : int, default=0
        The update after which the fall begins.

    Examples
    --------
    >>> eta = Falling(0.8, end=100, n_last=10)
    >>> eta.step_size(1), eta.step_size(76), eta.step_size(101)
    (0.8, 0.2, 0.0)
    >>> hastened = eta.after_plateau(t=75)
    >>> hastened.step_size(76), hastened.step_size(81), hastened.step_size(86)
    (0.2, 0.1, 0.0)
    """

    def __init__(self, eta0: float, end: float, n_last: int, start: float = 0) -> None:
        self.eta0, self.start, self.end, self.n_last = eta0, start, end, n_last

    def step_size(self, t: float) -> float:
        """Return the step size of update t = 1, 2, …; 0 after the end."""
        return self.eta0 * max(0.0, (self.end - t + 1) / (self.end - self.start))

    def after_plateau(self, t: float) -> "Schedule | None":
        """Return a schedule that falls to 0 within the next `n_last` updates."""
        if self.end <= t + self.n_last:
            return self
        return Falling(self.step_size(t + 1), t + self.n_last, self.n_last, start=t)

    def after_rise(self) -> "Falling":
        """Return the same fall with half the steps."""
        return Falling(self.eta0 / 2, self.end, self.n_last, self.start)

    def after_overflow(self) -> "Schedule | None":
        """Return the same fall with far smaller steps; None when they have become 0."""
        if self.eta0 == 0:
            return None
        return Falling(self.eta0 / _RETREAT, self.end, self.n_last, self.start)


class Endless(Schedule):
    """The "auto" schedule of `partial_fit`, which knows no end: η(t) = eta0 / √(1 + t/300).

    Examples
    --------
    >>> Endless(0.1).step_size(900)
    0.05
    """

    def __init__(self, eta0: float) -> None:
        self.eta0 = eta0

    def step_size(self, t: float) -> float:
        """Return eta0 / √(1 + t/300)."""
        return self.eta0 / math.sqrt(1 + t / _CONSTANT_UPDATES)

    def after_plateau(self, t: float) -> "Schedule | None":
        """Return this schedule: the next chunk may bring what this one did not."""
        return self

    def after_overflow(self) -> "Schedule | None":
        """Return the same schedule with far smaller steps; None when they have become 0."""
        return Endless(self.eta0 / _RETREAT) if self.eta0 > 0 else None


class Pace:
    """What the losses of the last batches tell "auto" about the size of a step.

    The bound L that η₀ follows from has two terms: the curvature, and the noise of the batches. The
    noise is that of the residuals, which shrink as the loss ℓ does, from ℓ₀ where training starts.
    With a share q of noise in L,

        η = η(t) / (1 − q + q · ℓ/ℓ₀)

    So the step grows where the labels become predictable, stays small where they don't, and shrinks
    when the loss rises. ℓ is a running mean over 5120 samples, or 20 batches if more.

    Parameters
    ----------
    noise_share : float in [0, 1)
        q.
    start_loss : float > 0
        ℓ₀.
    batch_size : int
        What the noise was calculated for. A smaller batch, the last of an epoch, has more noise: it
        takes a step that is smaller in proportion.

    Examples
    --------
    >>> pace = Pace(noise_share=0.75, start_loss=2.0, batch_size=128)
    >>> pace.factor(None, 128), pace.factor(2.0, 32), pace.factor(0.0, 128)
    (1.0, 0.25, 4.0)
    >>> pace.smoothed(2.0, 0.0)  # 1 of 40 batches
    1.95
    """

    def __init__(self, noise_share: float, start_loss: float, batch_size: int) -> None:
        self.noise_share, self.start_loss, self.batch_size = noise_share, start_loss, batch_size
        self._latest = 1 / max(_LEAST_BATCHES, _SAMPLES_REMEMBERED / batch_size)

    def factor(self, loss: float | None, n: int) -> float:
        """Return the factor on η(t) for a batch of n samples; `loss` is ℓ, None at the start."""
        relative = 1.0 if loss is None else loss / self.start_loss
        whole = min(1.0, n / self.batch_size)
        return whole / (1.0 - self.noise_share + self.noise_share * relative)

    def smoothed(self, loss: float | None, latest: float) -> float:
        """Return ℓ after a batch with the mean loss `latest`; `loss` is ℓ before it, or None."""
        loss = self.start_loss if loss is None else loss
        return loss + (latest - loss) * self._latest


_BY_NAME: dict[str, Callable[[float, float, float], Schedule]] = {
    "constant": lambda alpha, eta0, power_t: Constant(eta0),
    "adaptive": lambda alpha, eta0, power_t: Adaptive(eta0),
    "invscaling": lambda alpha, eta0, power_t: InverseScaling(eta0, power_t),
    "optimal": lambda alpha, eta0, power_t: Optimal(alpha),
}


def schedule(learning_rate: str, *, alpha: float, eta0: float, power_t: float) -> Schedule:
    """Return the schedule that an estimator's parameters describe.

    Parameters
    ----------
    learning_rate : {"constant", "adaptive", "invscaling", "optimal"}
        scikit-learn's learning rates. For "auto", which follows from the data, make a `Falling` or
        an `Endless` of the η₀ that `scratch.solvers.minibatch.first_step` finds.
    alpha : float
        Strength of the penalty, used by "optimal" alone.
    eta0 : float
        Initial step size; "optimal" does not use it.
    power_t : float
        Exponent, used by "invscaling" alone.

    Returns
    -------
    Schedule

    Raises
    ------
    ValueError
        If `learning_rate` is none of the four, or is "optimal" with ``alpha = 0``.

    Examples
    --------
    >>> eta = schedule("invscaling", alpha=1e-4, eta0=0.5, power_t=0.5)
    >>> [eta.step_size(t) for t in (1, 4, 25)]
    [0.5, 0.25, 0.1]
    """
    if learning_rate not in _BY_NAME:
        raise ValueError(f"unknown learning rate {learning_rate!r}")
    return _BY_NAME[learning_rate](alpha, eta0, power_t)


class Plateau:
    """The rule by which training has stalled: a value has not fallen for too many epochs in a row.

    Parameters
    ----------
    tol : float or None
        An epoch counts as a gain if its value is at most the least one so far minus `tol`. With
        None every epoch counts as a gain.
    patience : int
        How many epochs in a row without a gain make a plateau.

    Attributes
    ----------
    best : float
        The least value so far; infinity before the first one.

    Examples
    --------
    >>> plateau = Plateau(tol=0.1, patience=2)
    >>> [plateau.reached(value) for value in (1.0, 0.95, 1.2, 0.7)]
    [False, False, True, False]
    """

    def __init__(self, tol: float | None, patience: int) -> None:
        self.tol, self.patience = -math.inf if tol is None else tol, patience
        self.best, self.n_without_gain = math.inf, 0

    def reached(self, value: float) -> bool:
        """Note the value of one more epoch; return whether a plateau is reached with it.

        Then the patience begins anew. A score, which ought to rise, is passed with a minus sign;
        NaN counts as a gain, as in scikit-learn.
        """
        gain = not value > self.best - self.tol
        self.n_without_gain = 0 if gain else self.n_without_gain + 1
        self.best = min(self.best, value)
        if self.n_without_gain < self.patience:
            return False
        self.n_without_gain = 0
        return True
