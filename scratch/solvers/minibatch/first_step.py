r"""``learning_rate="auto"``: a step size that needs no tuning, and when to let it fall.

**How large a step may be.** The mean loss of a linear classifier is convex, and its curvature is
bounded: with data rows x̃ = (x/s, 1), scores z = W̃ x̃ and residual p - t, the Hessian is the mean of
(∂p/∂z) ⊗ x̃ x̃ᵀ, so no direction curves more than

    L = h · λ,    λ: largest eigenvalue of the mean of x̃ x̃ᵀ,    h: bound on those of ∂p/∂z.

For the sigmoid ∂p/∂z = p(1 - p) ≤ 1/4 = h. For the softmax ∂p/∂z = diag(p) - p pᵀ; its largest
eigenvalue is 1/K where training starts (all p = 1/K) and at most 1/2 (Böhning 1992; two classes at
1/2 each). With many classes few samples ever come near that bound, so h is the geometric mean of
the two, 1/√(2K): equal to the bound for K = 2, 0.22 for ten classes.

Gradient descent with momentum m is stable on a quadratic for steps below 2 (1 + m) / L (Polyak
1964); η₀ is three quarters of it: **η₀ = 1.5 (1 + m) / L**. λ takes a few power iterations on at
most 512 samples.

**Noise.** In a mini-batch of B samples the curvature is another one, up to λ + R/B along its long
rows, R = E|x̃|⁴ / E|x̃|² (after Gower et al. 2019); and with momentum, what a batch does to the
weights goes on for 1/(1 - m) steps. So λ is taken larger, by R/B · (1 + m)/(1 - m)/4. The quarter
comes from experiments: without this term batches of one sample, or standardised features that are
seldom far from 0, throw the weights about. For MNIST and B = 128 it adds 33 to λ = 338. A batch of
all n samples has no noise: 1/B stands for (1 - B/n) / (B - B/n).

**Scale.** s is the root mean square of the features. In (x/s, 1) the features and the constant that
carries the intercept are alike in size, whatever unit the data come in: pixels in [0, 255] train
like pixels in [0, 1]. Nothing is rescaled for that: a step of η₀ in W̃ = s W is one of η₀/s² in W.
The L2 penalty α adds its own curvature, on the weights alone:

    η₀ = 1.5 (1 + m) / (s² L + α) for W,    1.5 (1 + m) / L for the intercept.

**When it falls.** A constant step leaves the weights jittering around the optimum, the farther
from it the larger η is; they come to rest as η goes to 0. It falls linearly over the run, to 0 at
the end of ``max_iter`` epochs. When the objective has stalled before that, the fall is shortened to
the next ``n_iter_no_change`` epochs, and training ends with it.

`partial_fit` knows no end towards which a step could fall. There it is η₀ / √(1 + t/1000) in update
t, and what brings the weights to rest is an average: the mean of the weights over all updates, in
which update t counts in proportion to t⁴. The last fifth of the way makes two thirds of that mean,
so it leaves the start behind, and smooths the jitter, wherever the stream ends.

**Overflow.** Should an outlier that was not among the 512 samples throw the weights out of the
range of floating point numbers, training starts over with η₀ divided by 10³⁰.

References
----------
D. Böhning, "Multinomial logistic regression algorithm", Ann. Inst. Statist. Math. 44, 1992.
M. Schmidt, N. Le Roux and F. Bach, "Minimizing finite sums with the stochastic average gradient",
Math. Program. 162, 2017 (steps from the smoothness constant, as SAG solvers take them).
R. Gower et al., "SGD: General Analysis and Improved Rates", ICML 2019 (expected smoothness).
O. Shamir and T. Zhang, "Stochastic Gradient Descent for Non-smooth Optimization: Convergence
Results and Optimal Averaging Schemes", ICML 2013 (averages that favour the late weights).
L. Bottou, F. Curtis and J. Nocedal, "Optimization Methods for Large-Scale Machine Learning", SIAM
Review 60, 2018, section 4 (noise floor of a constant step, and decay).
"""

import math

import numpy as np

_SAMPLES = 512
_ITERATIONS = 6
#: Updates that a plateau lasts at least. Momentum overshoots at first and takes its time to turn
#: round; where an epoch has few updates, a few epochs worse than the first one say nothing.
PATIENCE = 50
# Far from overflow, however many features and updates there are.
_LARGEST = 1e200
# Updates after which the steps of `Endless` begin to fall.
_CONSTANT = 1000
# What an overflow divides the step by.
_RETREAT = 1e30


def feature_scale(rows, weights):
    """Root mean square of the features, the unit that steps are taken in; 1 where all are 0.

    Parameters
    ----------
    rows : ndarray of shape (n_samples, n_features), float64
    weights : ndarray of shape (n_samples,)
        Non-negative, summing to 1.

    Returns
    -------
    float > 0
    """
    largest = np.abs(rows).max()
    if largest == 0:
        return 1.0
    return float(largest * np.sqrt(weights @ np.mean(np.square(rows / largest), axis=1)))


def largest_eigenvalue(rows, weights):
    """Largest eigenvalue of the mean of x̃ x̃ᵀ, x̃ = (x, 1), by power iteration.

    Parameters
    ----------
    rows : ndarray of shape (n_samples, n_features)
    weights : ndarray of shape (n_samples,)
        Non-negative, summing to 1.

    Returns
    -------
    float
        At least 1, the share of the constant. Never above the true value, and seldom much below.
    """
    direction = np.random.RandomState(0).standard_normal(rows.shape[1])  # the same for all data
    constant, value = 1.0, 1.0
    for _ in range(_ITERATIONS):
        norm = np.hypot(np.linalg.norm(direction), constant)
        direction, constant = direction / norm, constant / norm
        # einsum, not @: here BLAS would wake its threads, see `scratch.solvers.minibatch.buffers`
        scores = weights * (np.einsum("ij,j->i", rows, direction) + constant)  # (n_samples,)
        following, total = np.einsum("i,ij->j", scores, rows), scores.sum()
        value = following @ direction + total * constant  # Rayleigh's quotient
        direction, constant = following, total
    return max(float(value), 1.0)


def noise_bound(rows, weights):
    """Mean of |x̃|⁴ over the mean of |x̃|², x̃ = (x, 1): R of the module's docstring.

    Parameters
    ----------
    rows : ndarray of shape (n_samples, n_features)
    weights : ndarray of shape (n_samples,)
        Non-negative, summing to 1.

    Returns
    -------
    float
    """
    squares = np.square(rows).sum(axis=1) + 1  # (n_samples,)
    return float(weights @ np.square(squares) / (weights @ squares))


@np.errstate(over="ignore", invalid="ignore")  # training tells of what is not finite
def first_step(rows, weights, curvature, alpha, momentum, noise):
    """η₀ and the scale of the features.

    Parameters
    ----------
    rows : ndarray of shape (n_samples, n_features), float64
        Some samples, that stand for all.
    weights : ndarray of shape (n_samples,)
        Non-negative, summing to 1.
    curvature : float
        h above: 1/4 for the sigmoid, 1/√(2 n_classes) for the softmax.
    alpha : float
        Strength of the L2 penalty.
    momentum : float in [0, 1)
    noise : float in [0, 1]
        Variance of the mean of a batch, relative to that of one sample.

    Returns
    -------
    eta : float
        Step size of the weights.
    intercept_gain : float
        The intercept's step, as a multiple of it.
    """
    scale = feature_scale(rows, weights)
    rows = rows / scale
    swing = noise * (1 + momentum) / (1 - momentum) / 4
    smoothness = largest_eigenvalue(rows, weights) + swing * noise_bound(rows, weights)
    smoothness *= float(curvature)
    eta = 1.5 * (1 + momentum) / max(smoothness * scale * scale + alpha, 1 / _LARGEST)
    return eta, min(scale * scale + alpha / smoothness, _LARGEST)


def representatives(samples):
    """At most 512 of the `minibatch.Samples`, and their weights, for `first_step`."""
    index = np.arange(len(samples.X)) if samples.kept is None else samples.kept
    if len(index) > _SAMPLES:
        index = np.sort(np.random.RandomState(0).choice(index, _SAMPLES, replace=False))
    weights = np.ones(len(index)) if samples.weights is None else samples.weights[index]
    weights = weights.astype(np.float64)
    return samples.X[index].astype(np.float64), weights / weights.sum()


class Falling:
    """The "auto" schedule: a step that falls linearly to 0 at the end of the run.

    Parameters
    ----------
    eta0 : float
    n_updates : int
        The length of the run.
    n_last : int
        How many updates are left when training has stalled.
    """

    def __init__(self, eta0, n_updates, n_last):
        self._arguments = eta0, n_updates, n_last
        self._eta, self._from, self._end = eta0, 0, n_updates
        self._n_last, self._stalled = n_last, False

    def __call__(self, t):
        """Step size of update t = 1, 2, …; 0 after the end."""
        return self._eta * max(0.0, (self._end - t + 1) / (self._end - self._from))

    def stalled(self, t):
        """Hasten the fall after a plateau at update t; training goes on until the step is 0."""
        if not self._stalled and t + self._n_last < self._end:
            self._eta, self._from, self._end = self(t + 1), t, t + self._n_last
        self._stalled = True
        return True

    def smaller(self):
        """A schedule to start anew with after an overflow; None when steps have become 0."""
        eta0, *others = self._arguments
        return Falling(eta0 / _RETREAT, *others) if eta0 > 0 else None


#: What "auto" averages with in `partial_fit`: see `minibatch.Descent`.
RECENCY = 4


class Endless:
    """The "auto" schedule of `partial_fit`, which knows no end: η₀ / √(1 + t/1000).

    Parameters
    ----------
    eta0 : float
    """

    def __init__(self, eta0):
        self.eta = eta0

    def __call__(self, t):
        """Step size of update t = 1, 2, …"""
        return self.eta / math.sqrt(1 + t / _CONSTANT)

    def stalled(self, t):
        """One epoch a call: there is nothing to end."""
        return True

    def smaller(self):
        """A schedule to repeat the chunk with after an overflow; None when steps are 0."""
        return Endless(self.eta / _RETREAT) if self.eta > 0 else None
