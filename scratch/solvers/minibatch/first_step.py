r"""The first step of ``learning_rate="auto"``: an η₀ that needs no tuning.

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

How the step falls from there is in `scratch.solvers.schedules`: `Falling` and `Endless`.

References
----------
D. Böhning, "Multinomial logistic regression algorithm", Ann. Inst. Statist. Math. 44, 1992.
M. Schmidt, N. Le Roux and F. Bach, "Minimizing finite sums with the stochastic average gradient",
Math. Program. 162, 2017 (steps from the smoothness constant, as SAG solvers take them).
R. Gower et al., "SGD: General Analysis and Improved Rates", ICML 2019 (expected smoothness).
"""

from typing import NamedTuple

import numpy as np

from scratch.solvers.minibatch.samples import Samples
from scratch.typing import Floats

_SAMPLES = 512
_ITERATIONS = 6
# Far from overflow, however many features and updates there are.
_LARGEST = 1e200


class FirstStep(NamedTuple):
    """Step sizes to begin with."""

    eta0: float  # of the weights
    intercept_gain: float = 1.0  # the intercept's step, as a multiple of it


def feature_scale(rows: Floats, weights: Floats) -> float:
    """Return the root mean square of the features, the unit of the steps; 1 where all are 0.

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


def largest_eigenvalue(rows: Floats, weights: Floats) -> float:
    """Return the largest eigenvalue of the mean of x̃ x̃ᵀ, x̃ = (x, 1), by power iteration.

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


def noise_bound(rows: Floats, weights: Floats) -> float:
    """Return the mean of |x̃|⁴ over the mean of |x̃|², x̃ = (x, 1): R of the module's docstring.

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
def first_step(
    rows: Floats, weights: Floats, curvature: float, alpha: float, momentum: float, noise: float
) -> FirstStep:
    """Return η₀ for the weights, and how many times larger the intercept's first step is.

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
    FirstStep

    Examples
    --------
    One feature that is always 1 and a constant: λ = 2, so L = 2/4 and η₀ = 1.5 / L.

    >>> rows, weights = np.ones((4, 1)), np.full(4, 1 / 4)
    >>> step = first_step(rows, weights, 1 / 4, alpha=0.0, momentum=0.0, noise=0.0)
    >>> round(step.eta0, 12), step.intercept_gain
    (3.0, 1.0)
    """
    scale = feature_scale(rows, weights)
    rows = rows / scale
    swing = noise * (1 + momentum) / (1 - momentum) / 4
    smoothness = largest_eigenvalue(rows, weights) + swing * noise_bound(rows, weights)
    smoothness *= float(curvature)
    eta = 1.5 * (1 + momentum) / max(smoothness * scale * scale + alpha, 1 / _LARGEST)
    return FirstStep(eta, min(scale * scale + alpha / smoothness, _LARGEST))


def representatives(samples: Samples) -> tuple[Floats, Floats]:
    """Return at most 512 of the `samples.Samples`, float64, and their weights, for `first_step`."""
    index = np.arange(len(samples.X)) if samples.kept is None else samples.kept
    if len(index) > _SAMPLES:
        index = np.sort(np.random.RandomState(0).choice(index, _SAMPLES, replace=False))
    weights = np.ones(len(index)) if samples.weights is None else samples.weights[index]
    weights = weights.astype(np.float64)
    return samples.X[index].astype(np.float64), weights / weights.sum()
