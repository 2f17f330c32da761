"""Better coordinates for the steps; the objective stays the user's.

Columns of different sizes, and columns far from 0, make gradient descent slow: a step that suits
one column is too large or too small for another, and the intercept has to undo what the weights of
a shifted column do. In the coordinates

    x̃ⱼ = (xⱼ − μⱼ) / sⱼ,    w̃ⱼ = sⱼ wⱼ,    b̃ = b + Σ μⱼ wⱼ

the scores are the same, ``w·x + b = w̃·x̃ + b̃``, so loss and penalty are what they were, and so is
their minimum. Only the step is another one. With the gradients G of the weights and g of the
intercept, a step of size η in w̃ and b̃ is, in w and b,

    Δwⱼ = −η (Gⱼ − μⱼ g) / sⱼ²
    Δb  = −η g − Σ μⱼ Δwⱼ

No column is rewritten: it is one more factor a feature, and two products with μ an update.

The L2 penalty ``α/2 · w²`` has a curvature of its own, which is large where sⱼ is small. Its step
is taken implicitly: with the gradient at the end of the step instead of at its start, sⱼ² becomes
sⱼ² + η α, and no α is too large.

References
----------
Y. LeCun, L. Bottou, G. Orr and K.-R. Müller, "Efficient BackProp", 1998, section 4.3 (centre and
scale the inputs).
N. Parikh and S. Boyd, "Proximal Algorithms", 2014, section 4.2 (implicit gradient steps).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from scratch.typing import Floats


class Coordinates(NamedTuple):
    """The coordinates that steps are taken in: centre and squared scale of each feature."""

    centre: Floats  # (n_features,), μ; 0 where there is no intercept that could make up for it
    squares: Floats  # (n_features,), s²

    def astype(self, dtype: DTypeLike) -> "Coordinates":
        """Return the coordinates in another type of number."""
        return Coordinates(self.centre.astype(dtype), self.squares.astype(dtype))

    def factors(self, eta: float, l2: float) -> Floats:
        """Return 1 / (s² + η α), the step of each feature relative to η: (n_features,).

        Parameters
        ----------
        eta : float
            The size of the step.
        l2 : float
            Strength of the L2 penalty, α.
        """
        factors: Floats = 1 / (self.squares + self.squares.dtype.type(eta * l2))
        return factors

    def turn(self, gradient_W: Floats, gradient_b: Floats, factors: Floats, work: Floats) -> None:
        """Turn a gradient in w and b, in place, into the direction of a step in w̃ and b̃.

        Parameters
        ----------
        gradient_W : ndarray of shape (n_outputs, n_features)
        gradient_b : ndarray of shape (n_outputs,)
        factors : ndarray of shape (n_features,)
            What `factors` returns.
        work : ndarray of shape (n_outputs, n_features)
            Overwritten.

        Examples
        --------
        >>> at = Coordinates(centre=np.array([3.0]), squares=np.array([4.0]))
        >>> G, g = np.array([[8.0]]), np.array([1.0])
        >>> at.turn(G, g, at.factors(eta=0.1, l2=0.0), np.empty((1, 1)))
        >>> G.tolist(), g.tolist()  # (8 - 3 · 1) / 4, 1 - 3 · 1.25
        ([[1.25]], [-2.75])
        """
        np.multiply(gradient_b[:, np.newaxis], self.centre, out=work)
        gradient_W -= work
        gradient_W *= factors
        self.keep_scores(gradient_W, gradient_b)

    def keep_scores(self, change_W: Floats, change_b: Floats) -> None:
        """Give the intercepts the change that keeps b̃ as it is when W changes by `change_W`."""
        change_b -= change_W @ self.centre
