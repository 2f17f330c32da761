"""Learning rates: the step size η of update number t = 1, 2, …

Every schedule is a function of t alone, made of plain Python floats, so that the solver that works
in scikit-learn's order gets scikit-learn's bits: no sum or power is taken by a vectorised routine
that rounds in its own way.

``adaptive`` is a constant that falls only when training stalls. When it stalls is the solver's
business; what follows from it is `reduced`.
"""

import math

#: What ``adaptive`` divides its step size by at a plateau, and the step size that is small enough.
PLATEAU_DIVISOR = 5
SMALLEST_REDUCED = 1e-6


def step_size(learning_rate, *, alpha, eta0, power_t):
    """The step size as a function of the number of the update.

    ========================  ==========================================================
    ``constant``              η(t) = eta0
    ``adaptive``              η(t) = eta0, until the solver calls `reduced`
    ``invscaling``            η(t) = eta0 / t^power_t
    ``optimal``               η(t) = 1 / (alpha · (t₀ + t − 1)), t₀ = 1 / (η₀ · alpha)
    ========================  ==========================================================

    For ``optimal``, η₀ = alpha^(−1/4) is the first step: the length √(1/√alpha) of typical weights
    under an L2 penalty, divided by the steepest slope of the log loss, 1. With the default
    ``alpha=1e-4`` that is a step of 10.

    Parameters
    ----------
    learning_rate : {"constant", "adaptive", "invscaling", "optimal"}
    alpha : float
        Strength of the penalty, > 0 for ``optimal``; the others do not use it.
    eta0 : float
        Initial step size, > 0; ``optimal`` does not use it.
    power_t : float
        Exponent of ``invscaling``; the others do not use it.

    Returns
    -------
    callable
        t ↦ η, float to float, for t ≥ 1.

    Raises
    ------
    ValueError
        If `learning_rate` is none of the four, or is ``optimal`` with ``alpha = 0``.

    References
    ----------
    ``optimal``: L. Bottou, "Stochastic Gradient Descent Tricks", 2012, section 5.2.
    ``invscaling``: L. Xu, "Towards optimal one pass large scale learning with averaged stochastic
    gradient descent", 2011.
    """
    if learning_rate in ("constant", "adaptive"):
        return lambda t: eta0
    if learning_rate == "invscaling":
        return lambda t: eta0 / math.pow(t, power_t)
    if learning_rate == "optimal":
        if alpha == 0:
            raise ValueError("alpha must be > 0 since learning_rate is 'optimal'.")
        first = math.sqrt(1.0 / math.sqrt(alpha))
        t0 = 1.0 / (first * alpha)
        return lambda t: 1.0 / (alpha * (t0 + t - 1))
    raise ValueError(f"unknown learning rate {learning_rate!r}")


def reduced(eta):
    """The step size that follows `eta` when an ``adaptive`` schedule has stalled.

    Parameters
    ----------
    eta : float
        The present step size.

    Returns
    -------
    float or None
        `eta` / 5, or None when `eta` is at most 1e-6: then training is over.
    """
    return eta / PLATEAU_DIVISOR if eta > SMALLEST_REDUCED else None
