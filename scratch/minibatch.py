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

from scratch.penalties import CumulativeL1, Penalty
from scratch.tiles import Buffers, tile_sizes

# Numbers in a chunk, the rows that are gathered at a time: 1 MB in float32, which a cache holds.
_CHUNK_NUMBERS = 2**18


class Samples:
    """The training set, from which batches are read.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        Rows of real numbers of any type, one after another in memory or in a mapped file. Never
        copied as a whole.
    targets : ndarray
        Class codes, (n_samples,), or probabilities, (n_samples, n_outputs).
    positive : ndarray of shape (n_outputs,)
        The code that each output stands for; targets that are probabilities do not use it.
    weights : ndarray of shape (n_samples,), default=None
        Non-negative; only their ratios matter. A sample of weight 0 is left out.
    dtype : floating dtype, default=float64
        What to compute in.
    """

    def __init__(self, X, targets, positive, weights=None, dtype=np.float64):
        self.X, self.targets, self.weights = np.asarray(X), targets, None
        self.dtype, self.n_outputs = np.dtype(dtype), len(positive)
        # the target row of each code, (n_classes, n_outputs)
        self._one_hot = (np.arange(max(positive) + 1)[:, None] == positive).astype(dtype)
        self.kept = None  # indices of the samples that count, None for all
        if weights is not None and np.ptp(weights) > 0:
            if not weights.all():
                self.kept = np.flatnonzero(weights)
            weights = weights / weights.max()  # their sum neither under- nor overflows
            if np.ptp(weights[weights > 0]) > 0:
                self.weights = (weights * (len(self) / weights.sum())).astype(dtype)  # mean 1

    def __len__(self):
        return len(self.X) if self.kept is None else len(self.kept)

    def batches(self, size, rng=None):
        """Yield batches of `size` samples, the last perhaps smaller, as slices or index arrays.

        With a RandomState `rng` every sample comes once, in a random order; without, in turn.
        """
        order = self.kept
        if rng is not None:
            order = rng.permutation(len(self) if order is None else order)
        for start in range(0, len(self), size):
            stop = min(start + size, len(self))
            yield slice(start, stop) if order is None else order[start:stop]

    def read(self, part, x, target):
        """Put the samples `part` into the buffers x (n, n_features) and target (n_outputs, n)."""
        rows = self.targets[part]
        if isinstance(part, slice):
            x[...] = self.X[part]
        elif self.X.dtype == x.dtype:
            self.X.take(part, axis=0, out=x, mode="clip")  # "clip": the mode without a copy
        else:
            x[...] = self.X.take(part, axis=0)
        target[...] = (rows if self.targets.ndim == 2 else self._one_hot[rows]).T


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
