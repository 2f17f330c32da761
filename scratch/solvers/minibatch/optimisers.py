"""Optimisers: the rules that turn gradients into steps.

Every rule is a class that fills the protocol `Optimiser`. To add one, write the class and enter it
in the table `OPTIMISERS`, by the name that the estimators' parameters give it.

References
----------
H. Robbins and S. Monro, "A Stochastic Approximation Method", Ann. Math. Statist. 22, 1951.
B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964 (momentum).
I. Sutskever, J. Martens, G. Dahl and G. Hinton, "On the importance of initialization and momentum
in deep learning", ICML 2013 (Nesterov's variant in this form).
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from scratch.typing import Floats


class Optimiser(Protocol):
    """A rule, as `descent.Descent` and "auto" use it. It holds its settings, and no state.

    Its memory from step to step is its moments: rows of the shape of the parameters, which begin
    at 0 and are kept by `descent.State`. "auto" and L1 are derived for rules that are linear in the
    gradient, whose moments are sums of steps. Other rules, such as Adam or AdaGrad, must be refused
    with them.
    """

    n_moments: int
    #: Share of the last step that the next one keeps: in the long run a gradient moves the
    #: parameters by 1 / (1 − momentum) times its own step.
    momentum: float

    def stable_step(self, curvature: float) -> float:
        """Return the step size below which the rule comes to rest on ``curvature · θ² / 2``."""
        ...

    def move(self, theta: Floats, moments: Floats, step: Floats, eta: float) -> None:
        """Take one step: change `theta` and `moments` in place.

        Parameters
        ----------
        theta : ndarray of shape (n_parameters,)
        moments : ndarray of shape (n_moments, n_parameters)
        step : ndarray of shape (n_parameters,)
            ``−η · gradient``: the step of plain gradient descent; may be overwritten.
        eta : float
            η > 0, for rules that need the gradient itself.
        """
        ...


class Momentum:
    """Plain and heavy-ball SGD: ``V ← momentum · V − η · gradient``, then ``θ ← θ + V``.

    Parameters
    ----------
    momentum : float in [0, 1)
        Share of the last step that the next one keeps; 0 is plain SGD.

    Examples
    --------
    >>> theta, velocity = np.array([1.0]), np.zeros((1, 1))
    >>> for _ in range(3):
    ...     Momentum(0.5).move(theta, velocity, np.array([-0.1]), eta=0.1)
    >>> theta.round(12).tolist()  # 1 - 0.1 - 0.15 - 0.175
    [0.575]
    """

    n_moments = 1

    def __init__(self, momentum: float) -> None:
        self.momentum = momentum

    def stable_step(self, curvature: float) -> float:
        """Return ``2 (1 + momentum) / curvature`` (Polyak 1964)."""
        return 2 * (1 + self.momentum) / curvature

    def move(self, theta: Floats, moments: Floats, step: Floats, eta: float) -> None:
        """Take one step; see `Optimiser.move`."""
        (velocity,) = moments
        velocity *= self.momentum
        velocity += step
        theta += velocity


class Nesterov(Momentum):
    """Nesterov's variant: V as in `Momentum`, then ``θ ← θ + momentum · V − η · gradient``.

    Parameters
    ----------
    momentum : float in [0, 1)

    Examples
    --------
    >>> theta, velocity = np.array([1.0]), np.zeros((1, 1))
    >>> for _ in range(2):
    ...     Nesterov(0.5).move(theta, velocity, np.array([-0.1]), eta=0.1)
    >>> theta.round(12).tolist()  # 1 - 0.15 - 0.175
    [0.675]
    """

    def stable_step(self, curvature: float) -> float:
        """Return ``2 (1 + momentum) / ((1 + 2 momentum) curvature)``.

        On a quadratic of curvature L, θ₊₁ = (1 − ηL)((1 + m) θ − m θ₋₁), which shrinks while
        ηL < 2 (1 + m)/(1 + 2m).
        """
        return super().stable_step(curvature) / (1 + 2 * self.momentum)

    def move(self, theta: Floats, moments: Floats, step: Floats, eta: float) -> None:
        """Take one step; see `Optimiser.move`."""
        (velocity,) = moments
        velocity *= self.momentum
        velocity += step
        theta += step
        np.multiply(velocity, self.momentum, out=step)
        theta += step


OPTIMISERS: dict[str, Callable[[float], Optimiser]] = {
    "momentum": Momentum,
    "nesterov": Nesterov,
}
