"""Optimisers: the rules that turn gradients into steps.

Every rule is a class that fills the protocol `Optimiser`. To add one, Adam say, write the class and
enter it in the table `OPTIMISERS`.

References
----------
H. Robbins and S. Monro, "A Stochastic Approximation Method", Ann. Math. Statist. 22, 1951.
B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964 (momentum).
I. Sutskever, J. Martens, G. Dahl and G. Hinton, "On the importance of initialization and momentum
in deep learning", ICML 2013 (Nesterov's variant in this form).
"""

from typing import Protocol

import numpy as np

from scratch.typing import Floats


class Optimiser(Protocol):
    """What `descent.Descent` asks of a rule. The rule holds its settings, and no state.

    What it remembers from step to step are its moments: rows of the shape of the parameters. They
    begin at 0 and are kept by `descent.State`. A rule that needs the number of the step, as Adam
    does, counts it in a row of its own.
    """

    n_moments: int

    def move(self, theta: Floats, moments: Floats, gradient: Floats, eta: float) -> None:
        """Take one step of size `eta`: change `theta` and `moments` in place.

        Parameters
        ----------
        theta : ndarray of shape (n_parameters,)
        moments : ndarray of shape (n_moments, n_parameters)
        gradient : ndarray of shape (n_parameters,)
            Of the objective, with respect to `theta`; may be overwritten.
        eta : float
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
    ...     Momentum(0.5).move(theta, velocity, np.array([1.0]), eta=0.1)
    >>> theta.round(12).tolist()  # 1 - 0.1 - 0.15 - 0.175
    [0.575]
    """

    n_moments = 1

    def __init__(self, momentum: float) -> None:
        self.momentum = momentum

    def move(self, theta: Floats, moments: Floats, gradient: Floats, eta: float) -> None:
        """Take one step of size `eta`; see `Optimiser.move`."""
        (velocity,) = moments
        gradient *= eta
        velocity *= self.momentum
        velocity -= gradient
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
    ...     Nesterov(0.5).move(theta, velocity, np.array([1.0]), eta=0.1)
    >>> theta.round(12).tolist()  # 1 - 0.15 - 0.175
    [0.675]
    """

    def move(self, theta: Floats, moments: Floats, gradient: Floats, eta: float) -> None:
        """Take one step of size `eta`; see `Optimiser.move`."""
        (velocity,) = moments
        gradient *= eta
        velocity *= self.momentum
        velocity -= gradient
        theta -= gradient
        np.multiply(velocity, self.momentum, out=gradient)
        theta += gradient


OPTIMISERS = {"momentum": Momentum, "nesterov": Nesterov}
