"""The mini-batch solver: stochastic gradient descent with momentum, for both losses.

`Descent.update` is the whole algorithm. For a batch X with targets T, one row a class:

    Z = W Xᵀ + b                              scores
    R = link(Z) - T                           residual: probability - target
    V ← momentum · V - η · (R X / size + ∇penalty)
    W ← W + V

The rest is about doing this without waste: buffers are made once, and a batch is gathered (and
cast, where it holds integers) just before it is used, while the cache still holds it.

References
----------
H. Robbins and S. Monro, "A Stochastic Approximation Method", Ann. Math. Statist. 22, 1951.
B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964 (momentum).
I. Sutskever, J. Martens, G. Dahl and G. Hinton, "On the importance of initialization and momentum
in deep learning", ICML 2013 (Nesterov's variant in this form).
B. T. Polyak and A. B. Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.
O. Shamir and T. Zhang, "Stochastic Gradient Descent for Non-smooth Optimization", ICML 2013
(averages that count late steps more: polynomial decay).
"""

import copy

import numpy as np

from scratch.solvers.minibatch.buffers import Buffers, tile_sizes
from scratch.solvers.penalties import CumulativeL1, Penalty

# Numbers in a chunk, the rows that are gathered at a time: 1 MB in float32, which a cache holds.
_CHUNK_NUMBERS = 2**18


class Descent:
    """The weights, and the step that moves them.

    Parameters
    ----------
    coef : ndarray of shape (n_outputs, n_features)
    intercept : ndarray of shape (n_outputs,)
        Where to start.
    residual : callable
        `losses.sigmoid_residual` or `losses.softmax_residual`.
    penalty : penalties.Penalty, default=none
    momentum : float in [0, 1), default=0.0
    nesterov : bool, default=False
        Move by ``momentum · V - η · gradient``, with the V that this step has just made.
    average_from : int or None, default=None
        Take the mean of the weights over all steps from this number of samples on.
    recency : int >= 0, default=0
        The n-th of these steps counts in proportion to n^recency, roughly: 0 is the plain mean.
    fit_intercept : bool, default=True
        Whether to move the intercept.
    intercept_gain : float, default=1.0
        The intercept's step, as a multiple of η.
    """

    def __init__(
        self,
        coef,
        intercept,
        residual,
        penalty=None,
        *,
        momentum=0.0,
        nesterov=False,
        average_from=None,
        recency=0,
        fit_intercept=True,
        intercept_gain=1.0,
    ):
        self.shape, self.residual, self.intercept_gain = coef.shape, residual, intercept_gain
        self.n_updates = self.n_seen = self._n_averaged = 0
        # Weights and intercepts share one array, so that a step is one operation on all of them.
        self.theta = np.concatenate([coef.ravel(), intercept])
        self.velocity = np.zeros_like(self.theta)
        self._mean = np.zeros_like(self.theta)
        self._l1, self._pulling = None, 0.0
        self._prepare()
        self.set_rules(penalty, momentum, nesterov, average_from, recency, fit_intercept)

    def set_rules(self, penalty, momentum, nesterov, average_from, recency, fit_intercept):
        """Set how the next steps are made; the parameters are those of the class."""
        self.penalty = Penalty(0.0, 0.0) if penalty is None else penalty
        self.momentum, self.nesterov = momentum, nesterov
        self.average_from, self.recency = average_from, recency
        self.fit_intercept = fit_intercept
        if not self.penalty.has_l1:
            self._l1, self._pulling = None, 0.0
        elif self._l1 is None:
            self._l1 = CumulativeL1(self.W)

    def _prepare(self):
        """Make what a pickle leaves out: views and buffers."""
        self.W, self.b = self._split(self.theta)
        self._V, self._v = self._split(self.velocity)
        self._product = np.empty_like(self.W)
        self._drift = np.empty_like(self.theta)
        self._buffers = {}
        self._chunk = max(tile_sizes(*self.shape)[0], _CHUNK_NUMBERS // self.shape[1])

    def _split(self, theta):
        n_outputs, n_features = self.shape
        return theta[: n_outputs * n_features].reshape(self.shape), theta[n_outputs * n_features :]

    def __getstate__(self):
        made = ("W", "b", "_V", "_v", "_product", "_drift", "_buffers", "_chunk")
        return {name: value for name, value in vars(self).items() if name not in made}

    def __setstate__(self, state):
        vars(self).update(state)
        self._prepare()

    def update(self, samples, batch, eta):
        """Take one step of size `eta` on a batch; return the sum of its losses before the step."""
        size = _length(batch)
        self.velocity *= self.momentum
        if self.nesterov:
            self._drift[...] = self.velocity
        loss = 0.0
        for part in _parts(batch, self._chunk):
            loss += self._descend(samples, part, eta / size)
        decay = 1.0 - self.penalty.shrink(eta)
        if decay:
            np.multiply(self.W, decay, out=self._product)
            self._V -= self._product
        self._move()
        if self._l1 is not None:
            self._l1.apply(self.W, self._pull(eta))
        self.n_updates += 1
        self.n_seen += size
        if self.average_from is not None and self.n_seen >= self.average_from:
            self._n_averaged += 1
            share = (1 + self.recency) / (self._n_averaged + self.recency)
            self._mean += (self.theta - self._mean) * share
        return loss

    def _descend(self, samples, part, factor):
        """Subtract `factor` times the gradient of the loss from V; return the sum of the losses."""
        buffers = self._room(_length(part))
        z, loss = buffers.z, buffers.loss
        samples.read(part, buffers.x, buffers.target)
        self._score(buffers)  # Z = W Xᵀ + b
        self.residual(z, buffers.target, loss, buffers.work)  # R = link(Z) - T, in place of Z
        if samples.weights is not None:
            z *= samples.weights[part]
            loss *= samples.weights[part]
        z *= factor
        self._subtract_gradient(buffers)  # V ← V - R X
        return float(np.add.reduce(loss))

    def _score(self, buffers):
        """Z = W Xᵀ + b, tile by tile."""
        for x, products, scores, W, _, _, first in buffers.tiles:
            np.matmul(x, W.T, out=products)  # sooner than W Xᵀ, copying included
            if first:
                scores[...] = products.T
            else:
                scores += products.T
        buffers.z += self.b[:, None]

    def _subtract_gradient(self, buffers):
        """V ← V - R X, tile by tile, and the intercept's share of it."""
        for x, _, residuals, _, gradient, V, _ in reversed(buffers.tiles):  # the last is cached yet
            np.matmul(residuals, x, out=gradient)
            V -= gradient
        if self.fit_intercept:
            self._v -= np.add.reduce(buffers.z, axis=1) * self.intercept_gain

    def _move(self):
        if self.nesterov:  # momentum · V - η · gradient, where η · gradient = drift - V
            self.theta -= self._drift
            self.theta += self.velocity
            np.multiply(self.velocity, self.momentum, out=self._drift)
            self.theta += self._drift
        else:
            self.theta += self.velocity

    def _pull(self, eta):
        """How far L1 may move the weights in this step: a pull with momentum, like the gradient's.

        Without it the pull would meet gradients that still have a larger η from the steps before,
        and the weights would come to rest beside the optimum as η falls.
        """
        step = self.penalty.l1_step(eta)
        self._pulling = self.momentum * self._pulling + step
        return self.momentum * self._pulling + step if self.nesterov else self._pulling

    def _room(self, n):
        if n not in self._buffers:
            if len(self._buffers) > 2:  # a stream of chunks of ever other lengths
                self._buffers.clear()
            self._buffers[n] = Buffers.make(n, self.W, self._product, self._V)
        return self._buffers[n]

    def weights(self):
        """Copies of the weights (n_outputs, n_features) and intercepts (n_outputs,), or means."""
        return self._split((self._mean if self._n_averaged else self.theta).copy())

    def snapshot(self):
        """A copy of all that training changes, for `restore`."""
        return copy.deepcopy(self.__getstate__())

    def restore(self, snapshot):
        """Come back to a snapshot, as if no update had been made since."""
        self.__setstate__(copy.deepcopy(snapshot))


def _length(part):
    return part.stop - part.start if isinstance(part, slice) else len(part)


def _parts(batch, size):
    """A batch in parts of at most `size` samples."""
    if _length(batch) <= size:
        return (batch,)
    if isinstance(batch, slice):
        starts = range(batch.start, batch.stop, size)
        return [slice(start, min(start + size, batch.stop)) for start in starts]
    return [batch[start : start + size] for start in range(0, len(batch), size)]
