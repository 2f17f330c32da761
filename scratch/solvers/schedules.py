"""Learning rates: the step size η of update t = 1, 2, …, and how it changes at a plateau.

Every learning rate is a class that fills the protocol `Schedule`. `schedule` makes the one that has
a given name. To add one, write the class and its case in `schedule`.

A schedule never changes. To make later steps smaller, `after_plateau` returns another schedule. So
several runs may share one, and each goes on with its own.

Step sizes are Python floats, calculated by Python's operators and `math`. So the solver that steps
in scikit-learn's order gets scikit-learn's bits.

References
----------
``optimal``: L. Bottou, "Stochastic Gradient Descent Tricks", 2012, section 5.2.
``invscaling``: L. Xu, "Towards optimal one pass large scale learning with averaged stochastic
gradient descent", 2011.
"""

import math
from typing import Protocol

import numpy as np

from scratch.typing import Floats

#: "adaptive" divides its step by this at a plateau.
PLATEAU_DIVISOR = 5
#: "adaptive" stops at a plateau if its step is at most this.
SMALLEST_REDUCED = 1e-6


class Schedule(Protocol):
    """The methods of a learning rate that the training loops call."""

    def step_size(self, t: float) -> float:
        """Return the step size of update t = 1, 2, …, a float."""
        ...

    def step_sizes(self, t: Floats) -> Floats:
        """Return the `step_size` of several updates, (n_updates,), with the same bits."""
        return np.array([*map(self.step_size, t.tolist())])

    def after_plateau(self, t: float) -> "Schedule | None":
        """Return the schedule to go on with after a plateau at update t; None to stop."""
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
        """Return the `step_size` of several updates; these operations round alike in arrays."""
        with np.errstate(divide="ignore"):
            return 1.0 / (self.alpha * (self.t0 + t - 1))


def schedule(learning_rate: str, *, alpha: float, eta0: float, power_t: float) -> Schedule:
    """Return the schedule that an estimator's parameters describe.

    Parameters
    ----------
    learning_rate : {"constant", "adaptive", "invscaling", "optimal"}
        scikit-learn's. "auto" follows from the data: `scratch.solvers.minibatch.auto`.
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
    match learning_rate:
        case "constant":
            return Constant(eta0)
        case "adaptive":
            return Adaptive(eta0)
        case "invscaling":
            return InverseScaling(eta0, power_t)
        case "optimal":
            return Optimal(alpha)
    raise ValueError(f"unknown learning rate {learning_rate!r}")
