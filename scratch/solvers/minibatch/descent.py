"""The mini-batch solver: the gradient of a batch, and the update that it makes.

`Descent.update` is the whole algorithm. For a batch X of n samples with targets T, one row a class:

    Z = W Xᵀ + b                     scores
    R = link(Z) − T                  residual: probability − target
    ∂J/∂W = R X / n + ∂penalty/∂W    the gradient, and for the intercepts
    ∂J/∂b = Σ R / n
    θ = (W, b) moves as the optimiser says; momentum: V ← momentum · V − η · gradient, θ ← θ + V

The rest is about doing this without waste: memory is taken once, and a batch is gathered (and
cast, where it holds integers) just before it is used, while the cache still holds it.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import DTypeLike

from scratch.solvers.minibatch.averages import Averaging, Mean
from scratch.solvers.minibatch.buffers import Buffers, rows_at_once
from scratch.solvers.minibatch.coordinates import Coordinates
from scratch.solvers.minibatch.optimisers import Optimiser
from scratch.solvers.minibatch.samples import Batch, Samples, length, parts
from scratch.solvers.penalties import CumulativeL1, Penalty
from scratch.solvers.schedules import Pace
from scratch.typing import Floats


@dataclass(frozen=True)
class Method:
    """How updates are made."""

    #: `losses.sigmoid_residual` or `losses.softmax_residual`
    residual: Callable[[Floats, Floats, Floats, Floats], None]
    penalty: Penalty
    optimiser: Optimiser
    averaging: Averaging | None = None
    fit_intercept: bool = True
    coordinates: Coordinates | None = None  # that steps are taken in; None: the user's
    pace: Pace | None = None  # what the losses tell about the step; None: nothing


@dataclass
class State:
    """All that training changes. A copy of it is a snapshot, from which training can go on."""

    shape: tuple[int, int]  # (n_outputs, n_features)
    theta: Floats  # weights and intercepts in one array, so that a step is one operation
    moments: Floats | None = None  # (n_moments, len(theta)): what the optimiser remembers
    n_updates: int = 0
    n_seen: int = 0  # samples, over all updates
    loss: float | None = None  # mean of the last batches, where there is a pace
    mean: Mean | None = None  # of theta, over the updates that are averaged
    l1: "L1WithMomentum | None" = None

    @classmethod
    def start(cls, coef: Floats, intercept: Floats, dtype: DTypeLike) -> Self:
        """Return the state before the first update, at these weights."""
        return cls(coef.shape, np.concatenate([coef.ravel(), intercept]).astype(dtype))

    def copy(self) -> Self:
        """Return a snapshot."""
        return copy.deepcopy(self)

    def in_float64(self) -> "State":
        """Return a copy whose numbers overflow later."""
        state = self.copy()
        state.theta = state.theta.astype(np.float64)
        if state.moments is not None:
            state.moments = state.moments.astype(np.float64)
        if state.mean is not None:
            state.mean.value = state.mean.value.astype(np.float64)
        return state

    def resumed(self, later: "State") -> "State":
        """Return a copy that goes on from these weights, at rest, when `later` has been undone."""
        state = self.copy()
        state.n_updates, state.n_seen, state.moments = later.n_updates, later.n_seen, None
        return state

    def split(self, theta: Floats) -> tuple[Floats, Floats]:
        """Return views of an array like theta: (n_outputs, n_features) and (n_outputs,)."""
        n_outputs, n_features = self.shape
        return theta[: n_outputs * n_features].reshape(self.shape), theta[n_outputs * n_features :]

    def weights(self) -> tuple[Floats, Floats]:
        """Return copies of weights (n_outputs, n_features) and intercepts (n_outputs,), or means.

        They are means where an average has been asked for and has begun.
        """
        return self.split((self.theta if self.mean is None else self.mean.value).copy())


class Descent:
    """The updates of a `State`, in the way that a `Method` tells.

    Parameters
    ----------
    state : State
        Changed in place.
    method : Method

    Attributes
    ----------
    W, b : ndarrays of shape (n_outputs, n_features) and (n_outputs,)
        The weights and intercepts: views of ``state.theta``.
    gradient : ndarray of the shape of ``state.theta``
        Of the objective on the last batch; the optimiser overwrites it.
    """

    def __init__(self, state: State, method: Method) -> None:
        self.state, self.method = state, method
        self._moments = self._prepared_moments()
        self._prepare_l1_and_mean()
        self._coordinates = method.coordinates and method.coordinates.astype(state.theta.dtype)
        self.W, self.b = state.split(state.theta)
        self.gradient = np.empty_like(state.theta)
        self._gradient_W, self._gradient_b = state.split(self.gradient)
        self._work_W = np.empty_like(self.W)
        self._b_column = self.b[:, np.newaxis]  # (n_outputs, 1)
        self._buffers: dict[int, Buffers] = {}  # by number of samples
        self._rows_at_once = rows_at_once(*state.shape)

    def _prepared_moments(self) -> Floats:
        """Return the state's moments; new ones, at 0, where the optimiser needs others."""
        state = self.state
        shape = self.method.optimiser.n_moments, len(state.theta)
        if state.moments is None or state.moments.shape != shape:
            state.moments = np.zeros(shape, state.theta.dtype)
        return state.moments

    def _prepare_l1_and_mean(self) -> None:
        """Give the state what the method needs, and take from it what the method does not need."""
        state, method = self.state, self.method
        if not method.penalty.has_l1:
            state.l1 = None
        elif state.l1 is None:
            state.l1 = L1WithMomentum(state.split(state.theta)[0], method.optimiser)
        if method.averaging is None:
            state.mean = None

    def update(self, samples: Samples, batch: Batch, eta: float) -> float:
        """Take one step of size `eta` on a batch; return the sum of its losses before the step."""
        state, method = self.state, self.method
        loss = self.gradient_of(samples, batch)
        if method.pace is not None:
            eta *= method.pace.factor(state.loss, length(batch))
            state.loss = method.pace.smoothed(state.loss, loss / length(batch))
        factors = self._to_direction(eta)
        method.optimiser.move(state.theta, self._moments, self.gradient, eta)
        if state.l1 is not None:
            self._take_l1_step(state.l1, eta, factors)
        state.n_updates += 1
        state.n_seen += length(batch)
        if method.averaging is not None and state.n_seen >= method.averaging.start:
            state.mean = Mean(state.theta) if state.mean is None else state.mean
            state.mean.add(state.theta, method.averaging)
        return loss

    def gradient_of(self, samples: Samples, batch: Batch) -> float:
        """Put the gradient of the batch's mean loss into `gradient`; return the sum of its losses.

        Large batches are taken in parts that a cache holds, and the parts in tiles.
        """
        total, first_part = 0.0, True
        for part in parts(batch, self._rows_at_once):
            room = self._room(length(part))
            samples.read(part, room.x, room.target)

            for tile in room.tiles:  # X Wᵀ: sooner than W Xᵀ, transposing included
                if tile.first_features:
                    np.matmul(tile.x, tile.W.T, out=tile.transposed_scores)
                else:
                    tile.transposed_scores[...] += tile.x @ tile.W.T
            np.add(room.transposed_z.T, self._b_column, out=room.z)  # Z = W Xᵀ + b

            self.method.residual(room.z, room.target, room.loss, room.work)  # R, in place of Z
            if samples.weights is not None:
                weight = samples.weights[part].astype(room.z.dtype)
                room.z *= weight
                room.loss *= weight
            room.z *= 1 / length(batch)

            for tile in reversed(room.tiles):  # R X / n: the rows read last are still in the cache
                if first_part and tile.last_rows:
                    np.matmul(tile.residuals, tile.x, out=tile.gradient)
                else:
                    np.matmul(tile.residuals, tile.x, out=tile.partial_gradient)
                    np.add(tile.gradient, tile.partial_gradient, out=tile.gradient)
            if first_part:
                np.add.reduce(room.z, axis=1, out=self._gradient_b)
            else:
                self._gradient_b += np.add.reduce(room.z, axis=1)

            total += float(np.add.reduce(room.loss))
            first_part = False
        return total

    def _to_direction(self, eta: float) -> Floats | float:
        """Turn the gradient of the loss into the direction of the step, the penalty's included.

        Returns the features' factors, (n_features,), 1.0 where there are no coordinates.
        """
        method = self.method
        factors: Floats | float = 1.0
        coordinates = self._coordinates
        strength = method.penalty.l2_strength(eta if coordinates is None else 0.0)
        if strength:
            np.multiply(self.W, strength, out=self._work_W)
            self._gradient_W += self._work_W
        if coordinates is not None:
            factors = coordinates.factors(eta, strength)
            coordinates.turn(self._gradient_W, self._gradient_b, factors, self._work_W)
        if not method.fit_intercept:
            self._gradient_b[...] = 0.0
        return factors

    def _take_l1_step(self, l1: "L1WithMomentum", eta: float, factors: Floats | float) -> None:
        """Pull the weights towards 0."""
        if self._coordinates is None:
            l1.apply(self.W, self.method, eta, factors)
            return
        np.negative(self.W, out=self._work_W)
        l1.apply(self.W, self.method, eta, factors)
        self._work_W += self.W
        if self.method.fit_intercept:
            self._coordinates.keep_scores(self._work_W, self.b)

    def _room(self, n: int) -> Buffers:
        """Return buffers for n samples, the same ones for the same n."""
        if n not in self._buffers:
            self._buffers[n] = Buffers.make(n, self.W, self._gradient_W, self._work_W)
        return self._buffers[n]


class L1WithMomentum:
    """The L1 step, which pulls the weights towards 0 as a constant gradient would: with momentum.

    Without momentum the pull would meet gradients that still have a larger η from the steps before,
    and the weights would come to rest beside the optimum as η falls. So the optimiser itself tells
    how far the gradient r·α of L1 moves a weight in this step. That is right for rules that are
    linear in the gradient, as momentum is; a rule that divides by the gradient's size, as Adam
    does, needs an L1 step of its own.

    Parameters
    ----------
    W : ndarray of shape (n_outputs, n_features)
    optimiser : Optimiser
    """

    def __init__(self, W: Floats, optimiser: Optimiser) -> None:
        self.cumulative = CumulativeL1(W)
        self.moments = np.zeros((optimiser.n_moments, W.shape[1]))

    def apply(self, W: Floats, method: Method, eta: float, factors: Floats | float) -> None:
        """Take the step of size `eta`, times the features' `factors`, in place."""
        pull = np.zeros(W.shape[1])
        gradient = np.full(W.shape[1], -method.penalty.l1_strength) * factors
        method.optimiser.move(pull, self.moments, gradient, eta)
        self.cumulative.apply(W, pull)
