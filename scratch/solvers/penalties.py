"""Penalties on the weights: L2, L1 and their mixture, the elastic net.

With strength α and mixing ratio r (0 is pure L2, 1 pure L1) the penalty of weights W is

    α · ( (1 − r)/2 · Σ W² + r · Σ |W| )

The intercept is not penalised. A step of size η takes the two parts in turn. (`SGDClassifier` does
so. In mini-batches L2 is a part of the gradient, `l2_strength`, which momentum remembers too.)

- L2, whose gradient is (1 − r)·α·W, shrinks all weights by one factor:
  W ← max(0, 1 − (1 − r)·η·α) · W;
- L1 has no gradient at 0, where it wants the weights to be: `cumulative_l1_step` moves each
  weight towards 0 and stops it there.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from scratch.typing import Floats


@dataclass(frozen=True)
class Penalty:
    """The elastic net with strength `alpha` and L1 share `l1_ratio`; see `penalty`."""

    alpha: float
    l1_ratio: float

    def value(self, W: Floats) -> float:
        """Return α · ((1 − r)/2 · Σ W² + r · Σ |W|), summed over all of W.

        Parameters
        ----------
        W : ndarray
            Weights, of any shape; (n_classes, n_features) or one class's (n_features,).

        Returns
        -------
        float
            The penalty; W is summed as float64.

        Examples
        --------
        >>> Penalty(alpha=0.1, l1_ratio=0.0).value(np.array([1.0, 3.0]))
        0.5
        """
        squares = np.sum(np.square(W, dtype=np.float64))
        lengths = np.sum(np.abs(W), dtype=np.float64) if self.l1_ratio else 0.0
        return float(self.mixed(squares, lengths))

    def mixed(self, squares: Any, lengths: Any) -> Any:
        """Return the penalty from Σ W² and Σ |W|: floats, or arrays for several W."""
        return self.alpha * ((1.0 - self.l1_ratio) * 0.5 * squares + self.l1_ratio * lengths)

    def shrink(self, etas: Floats) -> Floats:
        """Return the factors that L2 steps of these sizes multiply the weights by, (n_steps,).

        The gradient step 1 − (1 − r)·η·α would change the weights' sign where η·α > 1; it stops
        at 0 instead. Without L2 the factor is exactly 1.
        """
        return np.fmax(0.0, 1.0 - (1.0 - self.l1_ratio) * etas * self.alpha)

    def l1_step(self, eta: Any) -> Any:
        """Return how far L1 steps of size `eta` may move a weight towards 0: r·η·α.

        `eta` is a float or an array, and so is the result.
        """
        return self.l1_ratio * eta * self.alpha

    def l2_strength(self, eta: float) -> float:
        """Return the factor of W in the gradient of the L2 penalty, for a step of size `eta`.

        That is (1 − r)·α, but at most 1/η: a step takes the weights to 0 and not beyond.
        """
        strength = (1.0 - self.l1_ratio) * self.alpha
        return 1.0 / eta if strength * eta > 1.0 else strength

    @property
    def l1_strength(self) -> float:
        """The length of the gradient of the L1 penalty in each weight that is not 0: r·α."""
        return self.l1_ratio * self.alpha

    @property
    def has_l1(self) -> bool:
        """Whether an L1 step changes anything."""
        return self.alpha > 0 and self.l1_ratio > 0


def penalty(name: str | None, *, alpha: float, l1_ratio: float | None) -> Penalty:
    """Return the penalty that an estimator's parameters describe.

    Parameters
    ----------
    name : {"l2", "l1", "elasticnet", None}
    alpha : float
        Strength, ≥ 0; without effect where `name` is None.
    l1_ratio : float or None
        L1 share r, in [0, 1]; used by "elasticnet" alone.

    Returns
    -------
    Penalty

    Raises
    ------
    ValueError
        If `name` is none of the four, or is "elasticnet" without an `l1_ratio`.

    Examples
    --------
    >>> penalty("l1", alpha=0.1, l1_ratio=None)
    Penalty(alpha=0.1, l1_ratio=1.0)
    """
    if name is None:
        return Penalty(0.0, 0.0)
    if name == "l2":
        return Penalty(alpha, 0.0)
    if name == "l1":
        return Penalty(alpha, 1.0)
    if name == "elasticnet":
        if l1_ratio is None:
            raise ValueError("l1_ratio must be set when penalty is 'elasticnet'")
        return Penalty(alpha, l1_ratio)
    raise ValueError(f"unknown penalty {name!r}")


def cumulative_l1_step(W: Floats, q: Floats, u: float | Floats, scale: float = 1.0) -> None:
    """Take the L1 step of stochastic gradient descent, which has a memory; in place.

    A single noisy step moves a weight away from 0 farther than one step of L1 can pull it back. So
    the pull is counted over the whole run: u is how far every weight could have been moved so far,
    q how far it has been moved (signed). A step makes up for the difference, but never carries a
    weight across 0:

        w > 0:  w ← max(0, w − (u + q))
        w < 0:  w ← min(0, w + (u − q))
        q ← q + (how far w was moved)

    Parameters
    ----------
    W : ndarray
        The weights divided by `scale`, of any shape.
    q : ndarray of the shape of `W`
        How far each weight has been moved so far; the step adds to it.
    u : float or ndarray of shape (n_features,)
        How far each weight could have been moved so far, this step included.
    scale : float, default=1.0
        Positive.

    References
    ----------
    Y. Tsuruoka, J. Tsujii and S. Ananiadou, "Stochastic gradient descent training for
    L1-regularized log-linear models with cumulative penalty", ACL 2009.

    Examples
    --------
    >>> W, q = np.array([0.5, -0.1, 0.0]), np.zeros(3)
    >>> cumulative_l1_step(W, q, 0.25)
    >>> W.tolist(), q.tolist()
    ([0.25, 0.0, 0.0], [-0.25, 0.1, 0.0])
    """
    # NumPy handles arrays of no dimension faster than floats
    scale_, zero = np.array(scale), np.zeros(())
    # in float64 for any W: so does scikit-learn, and a long sum needs it
    before = W.astype(np.float64)
    sign = before * scale_
    np.sign(sign, out=sign)
    pull = sign * q
    pull += np.asarray(u)
    pull /= scale_
    size = np.abs(before)
    size -= pull
    np.fmax(size, zero, out=size)  # where q is NaN, after an overflow, 0: so is scikit-learn's
    size *= sign
    np.add(size, zero, out=W)  # −0 becomes 0
    moved = np.subtract(W, before, out=before)
    moved *= scale_
    q += moved
