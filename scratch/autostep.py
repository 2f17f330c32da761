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
most 512 samples. The L2 penalty adds its own curvature α to L.

**Scale.** s is the root mean square of the features. In (x/s, 1) the features and the constant that
carries the intercept are alike in size, whatever unit the data come in: pixels in [0, 255] train
like pixels in [0, 1]. Nothing is rescaled for that: a step of η₀ in W̃ = s W is one of η₀/s² in W.

**When it falls.** A constant step leaves the weights jittering around the optimum, the farther
from it the larger η is; they come to rest as η goes to 0. It falls linearly over the run, to 0 at
the end of ``max_iter`` epochs. When the objective has stalled before that, the fall is shortened to
the next ``n_iter_no_change`` epochs, and training ends with it.

References
----------
D. Böhning, "Multinomial logistic regression algorithm", Ann. Inst. Statist. Math. 44, 1992.
M. Schmidt, N. Le Roux and F. Bach, "Minimizing finite sums with the stochastic average gradient",
Math. Program. 162, 2017 (steps from the smoothness constant, as SAG solvers take them).
L. Bottou, F. Curtis and J. Nocedal, "Optimization Methods for Large-Scale Machine Learning", SIAM
Review 60, 2018, section 4 (noise floor of a constant step, and decay).
"""

import numpy as np

_SAMPLES = 512
_ITERATIONS = 6
# Beyond these the squares of features leave the range of floating point numbers.
_SMALLEST_SCALE, _LARGEST_SCALE = 1e-100, 1e100


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
    scale = largest * np.sqrt(weights @ np.mean(np.square(rows / largest), axis=1))
    return float(np.clip(scale, _SMALLEST_SCALE, _LARGEST_SCALE))


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
        scores = weights * (rows @ direction + constant)  # (n_samples,)
        following, total = scores @ rows, scores.sum()
        value = following @ direction + total * constant  # Rayleigh's quotient
        direction, constant = following, total
    return max(float(value), 1.0)


@np.errstate(over="ignore", invalid="ignore")  # training tells of what is not finite
def first_step(rows, weights, curvature, alpha, momentum):
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

    Returns
    -------
    eta : float
        Step size of the weights.
    intercept_gain : float
        The intercept's step, as a multiple of it: s².
    """
    scale = feature_scale(rows, weights)
    smoothness = curvature * largest_eigenvalue(rows / scale, weights) + alpha / scale**2
    return 1.5 * (1 + momentum) / smoothness / scale**2, scale**2


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
