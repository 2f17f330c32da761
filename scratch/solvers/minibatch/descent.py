"""The mini-batch solver: the gradient of a batch, and the update that it makes.

`Descent.update` is the whole algorithm. For a batch x of n samples with targets T, one row per
output:

    Z = W xᵀ + b                     scores
    R = link(Z) − T                  residual: probability − target
    ∂J/∂W = R x / n + ∂L2/∂W         the gradient, and for the intercepts
    ∂J/∂b = Σ R / n
    θ = (W, b) moves as the optimiser says; momentum: V ← momentum · V − η · gradient, θ ← θ + V
    L1 has no gradient at 0; it pulls the weights towards 0 afterwards

`scratch.solvers.minibatch.products` takes the two matrix products. A batch is gathered (and cast,
where it holds integers) just before it is used, while the cache still holds it.

**Coordinates.** Columns of different sizes, and columns far from 0, make gradient descent slow: a
step that suits one column is too large or too small for another, and the intercept has to undo the
effect of the weights of a shifted column. So "auto" takes its steps in the coordinates

    x̃ⱼ = (xⱼ − μⱼ) / sⱼ,    w̃ⱼ = sⱼ wⱼ,    b̃ = b + Σ μⱼ wⱼ

The scores are the same, ``w·x + b = w̃·x̃ + b̃``, so loss, penalty and their minimum stay the same.
Only the step changes: with the gradient G of the weights *of centred rows*, a step of size η in w̃
and b̃ is

    Δwⱼ = −η Gⱼ / sⱼ²,    Δb̃ = −η Σ R / n

No column is rewritten. During training the intercepts are b̃; `Descent.snapshot` turns them into b.

The L2 penalty ``α/2 · w²`` has a curvature of its own, which is large where sⱼ is small. In these
coordinates its step is taken implicitly: with the gradient at the end of the step instead of at its
start, sⱼ² becomes sⱼ² + η α. So no α makes the step too large. (In the user's own coordinates the
factor of W is at most 1/η instead.)

References
----------
Y. LeCun, L. Bottou, G. Orr and K.-R. Müller, "Efficient BackProp", 1998, section 4.3 (centre and
scale the inputs).
N. Parikh and S. Boyd, "Proximal Algorithms", 2014, section 4.2 (implicit gradient steps).
"""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import DTypeLike

from scratch.losses import Loss
from scratch.solvers.minibatch.averages import Averaging
from scratch.solvers.minibatch.optimisers import Optimiser
from scratch.solvers.minibatch.products import Products, split
from scratch.solvers.minibatch.samples import Batch, Samples, length, parts
from scratch.solvers.minibatch.sparse import SparseProducts
from scratch.solvers.penalties import Penalty, cumulative_l1_step
from scratch.typing import Floats

# Squares of features within which float32 neither under- nor overflows.
_FLOAT32 = 1e-20, 1e20


class Coordinates(NamedTuple):
    """The coordinates that steps are taken in: centre and squared scale of each feature."""

    centre: Floats  # (n_features,), μ; 0 where there is no intercept that could make up for it
    squares: Floats  # (n_features,), s²


@dataclass(frozen=True)
class Method:
    """How updates are made."""

    loss: Loss
    penalty: Penalty
    optimiser: Optimiser
    averaging: Averaging | None = None
    fit_intercept: bool = True


@dataclass
class State:
    """All that training changes: arrays and numbers. A copy of it is a snapshot to go on from."""

    shape: tuple[int, int]  # (n_outputs, n_features)
    theta: Floats  # (n_parameters,): weights and intercepts, so that a step is one operation
    moments: Floats | None = None  # (n_moments, n_parameters): the optimiser's memory
    n_updates: int = 0
    n_seen: int = 0  # samples, over all updates
    mean: Floats | None = None  # of theta, over the updates that are averaged
    n_averaged: float = 0.0
    l1_pulls: Floats | None = None  # (1 + n_moments, n_features): how far the steps of L1 could
    # have moved a weight so far, and the optimiser's memory of them
    l1_moved: Floats | None = None  # (n_outputs, n_features): how far they have

    @classmethod
    def start(cls, coef: Floats, intercept: Floats, dtype: DTypeLike) -> Self:
        """Return the state before the first update, at these weights."""
        return cls(coef.shape, np.concatenate([coef.ravel(), intercept]).astype(dtype))

    def wide_enough(self, at: Coordinates | None, alpha: float) -> "State":
        """Return the state in float64, if float32 is too narrow for the coordinates and α."""
        low, high = _FLOAT32
        if at is None or (low < at.squares.min() and max(at.squares.max(), alpha) < high):
            return self
        return self.each_array(lambda numbers: numbers.astype(np.float64))

    def each_array(self, change: Any) -> "State":
        """Return a copy with the function `change` applied to each of its arrays."""
        arrays = {k: change(v) for k, v in vars(self).items() if isinstance(v, np.ndarray)}
        return replace(self, **arrays)

    def weights(self) -> tuple[Floats, Floats]:
        """Return copies of weights (n_outputs, n_features) and intercepts (n_outputs,), or means.

        They are means where an average has been asked for and has begun.
        """
        return split((self.theta if self.mean is None else self.mean).copy(), self.shape)


class Descent:
    """The updates of a `State`, made by a `Method`.

    Parameters
    ----------
    start : State
        Where to begin; it is left as it is.
    samples : Samples
    method : Method
    at : Coordinates, or None
        The coordinates that steps are taken in; None for the user's.
    batch_size : int
        The largest number of samples in a batch.

    Attributes
    ----------
    state : State
        The present state, with the intercepts b̃: see `snapshot`.
    W : ndarray of shape (n_outputs, n_features)
        The weights.
    """

    def __init__(
        self,
        start: State,
        samples: Samples,
        method: Method,
        at: Coordinates | None,
        batch_size: int,
    ) -> None:
        self.samples, self.method, dtype = samples, method, start.theta.dtype
        self._centre = None if at is None or samples.sparse else at.centre.astype(dtype)
        self._squares = None if at is None else at.squares.astype(dtype)
        products: Any = SparseProducts if samples.sparse else Products
        self._products = products(start.shape, dtype, batch_size, self._centre)
        self._of_code = samples.of_code.astype(dtype)
        self.state = state = self._centred(start, +1)
        self._products.theta[:] = state.theta
        state.theta, self.W = self._products.theta, self._products.W
        moments = method.optimiser.n_moments, len(state.theta)
        if state.moments is None or state.moments.shape != moments:
            state.moments = np.zeros(moments, dtype)
        self._moments = state.moments
        if method.averaging is None:
            state.mean, state.n_averaged = None, 0.0
        if not method.penalty.has_l1:
            state.l1_pulls = state.l1_moved = None
        elif state.l1_moved is None:
            state.l1_pulls = np.zeros((1 + method.optimiser.n_moments, state.shape[1]))
            state.l1_moved = np.zeros_like(self.W)

    def snapshot(self) -> State:
        """Return a copy of the state, with the user's intercepts."""
        return self._centred(self.state, -1)

    def _centred(self, state: State, sign: int) -> State:
        """Return a copy of a state in which b is b̃ = b + W μ, or with sign −1 the other way.

        Moments and mean are changed alike: they are sums of steps and of weights, linear in b.
        """
        state = state.each_array(np.copy)
        if self._centre is None:
            return state
        for rows in (state.theta[np.newaxis], state.moments, state.mean):
            for row in () if rows is None else np.atleast_2d(rows):
                W, b = split(row, state.shape)
                b += sign * np.einsum("kj,j->k", W, self._centre)  # not @, which wakes threads
        return state

    def update(self, batch: Batch, eta: float) -> float:
        """Take one step of size `eta` on a batch; return the sum of its losses before the step."""
        state, method = self.state, self.method
        loss = self._put_step(batch, eta)
        factors = self._to_coordinates(eta)
        if not method.fit_intercept:
            self._products.step_b[...] = 0
        method.optimiser.move(state.theta, self._moments, self._products.step, eta)
        if state.l1_pulls is not None and state.l1_moved is not None:
            self._take_l1_step(state.l1_pulls, state.l1_moved, eta, factors)
        state.n_updates += 1
        state.n_seen += length(batch)
        if method.averaging is not None and method.averaging.counts(state.n_updates, state.n_seen):
            self._take_into_mean(method.averaging)
        return loss

    def _put_step(self, batch: Batch, eta: float) -> float:
        """Put −η times the gradient into the step; return the sum of the batch's losses.

        Large batches are taken in parts that a cache holds.
        """
        samples, products, total, first = self.samples, self._products, 0.0, True
        # at most 1/η; the implicit step, of "auto", needs no such limit, for which η = 0 asks
        l2 = -eta * self.method.penalty.l2_strength(eta if self._squares is None else 0.0)
        for part in parts(batch, products.most_rows):
            room = products.room(length(part))
            samples.read_rows(part, room.x)
            samples.read_targets(part, room.targets, self._of_code)
            products.put_scores(room)
            if samples.weights is not None:
                room.weights[...] = samples.weights[part]
                np.multiply(room.targets, room.weights, out=room.targets)
            total += self.method.loss.residual_in_place(
                room.scores, room.targets, room.weights, room.work
            )
            products.add_step(room, -eta / length(batch), l2 if first else 0.0, first=first)
            first = False
        return total

    def _to_coordinates(self, eta: float) -> Floats | float:
        """Divide the step of each feature by s² + ηα; return the factor 1/(s² + ηα)."""
        if self._squares is None:
            return 1.0
        factors = self._squares + eta * self.method.penalty.l2_strength(0.0)  # (n_features,)
        np.reciprocal(factors, out=factors)
        np.multiply(self._products.step_W, factors, out=self._products.step_W)
        return factors

    def _take_l1_step(
        self, pulls: Floats, moved: Floats, eta: float, factors: Floats | float
    ) -> None:
        """Pull the weights towards 0.

        The gradient of L1 is constant, r·α. So the whole pull so far is one number per feature,
        which the optimiser moves like a weight: with momentum. Without momentum the pull would meet
        gradients that still have a larger η from the steps before, and the weights would come to
        rest beside the optimum as η falls.
        """
        step = np.full(self.state.shape[1], eta * self.method.penalty.l1_strength) * factors
        self.method.optimiser.move(pulls[0], pulls[1:], step, eta)
        cumulative_l1_step(self.W, moved, pulls[0])

    def _take_into_mean(self, averaging: Averaging) -> None:
        """Take the present weights into the mean."""
        state = self.state
        if state.mean is None:
            state.mean = np.zeros_like(state.theta)
        state.n_averaged = averaging.take_in(
            state.theta, state.mean, state.n_averaged, self._products.work
        )


def zeros(shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return weights (n_outputs, n_features) and intercepts (n_outputs,) of 0."""
    return np.zeros(shape), np.zeros(shape[0])
