r"""``learning_rate="auto"``: coordinates and an η₀ that need no tuning, found from 512 samples.

**Coordinates.** Steps are taken as if every feature had been centred and scaled: x̃ = (x − μ)/s.
`coordinates` says how, and why the objective stays the user's. μ is the mean of the 512 samples (of
all, where there are fewer), and s² the variance v about it, enlarged. For 512 samples say little
about a pixel that is rarely on, and a step that is too large for it would throw its weight about
when it is. So four samples are added to those of each feature, as far from the mean as the feature
may reach. (One, where it never varied; none, where one batch holds all samples.) Four was found by
trying: with fewer, rare pixels learn too fast and MNIST's objective ends higher; with more,
outliers hold their columns back.

How far may a feature reach? At least as far as its farthest sample, f. Its variance is that of
k = 512 v/f² samples at the distance f, and the rest at the mean. The smaller k, the less is known
of the feature, and the more F counts, the median of f over the features that vary:

    s² = v + 4 f²/512 · (F/f)^(2/k),    k and F/f at least 1

With 512 samples of a bell curve k is some 50, and a thirteenth of v is added, or little more where
other features are a million times as large. A feature that only one sample shows reaches F.

**Curvature.** The mean loss of a linear classifier is convex, and its curvature is bounded: with
scores z = w̃·x̃ + b̃ and the residual p − t, the Hessian is the mean of (∂p/∂z) ⊗ x̃ x̃ᵀ, so no
direction curves more than

    h λ,    λ: largest eigenvalue of the mean of x̃ x̃ᵀ,    h: bound on those of ∂p/∂z.

λ is taken as 1 at least, for the intercept is the weight of a feature that is always 1. For the
sigmoid ∂p/∂z = p(1 − p) ≤ 1/4 = h. For the softmax ∂p/∂z = diag(p) − p pᵀ; its largest eigenvalue
is 1/K where training starts (all p = 1/K) and at most 1/2 (Böhning 1992; two classes at 1/2 each).
With many classes few samples ever come near that bound. So here h is no bound but a choice, the
geometric mean of the two, 1/√(2K): equal to the bound for K = 2, 0.22 for ten classes.

Gradient descent with momentum m is stable on a quadratic of curvature L for steps below
2 (1 + m)/L (Polyak 1964); η₀ is three quarters of it: **η₀ = 1.5 (1 + m)/L**.

**Noise.** A batch of B samples gives the gradient plus noise. The noise has the variance ν T:
ν = 1/B, or (1 − B/n)/(B − B/n) where batches are drawn without replacement from n samples; and T is
the mean square of one sample's gradient, (p − t) ⊗ (x̃, 1). Within a few updates the intercepts
find the frequencies p̄ of the classes, which is the guess that learning begins with in effect. So

    T = mean of |p̄ − t|² (|x̃|² + 1)

A constant step η leaves the weights jittering about the optimum, and momentum makes each gradient
count 1/(1 − m) times. On average the loss is then η ν T/(4 (1 − m)) above its minimum (Mandt et al.
2017). That may cost an eighth of H, the entropy of the classes, which is the loss of the guess. (An
eighth was found by trying.)

    η ≤ 4 (1 − m)/(ν T) · H/8

1/η₀ is the sum of what the two bounds ask for: **L = h λ + 1.5 (1 + m)/(1 − m) · 2 ν T/H**. The
residuals p − t shrink as the loss does, and T with them: `schedules.Pace` lets the step grow.

The jitter that remains dies out as η falls, `schedules.Falling` and `schedules.Endless`, and in the
mean of the last weights, which smooths it: `averages`. So it may be large at first. And an epoch
whose objective is above the least so far by half of H, four times what jitter may cost, is undone,
and training goes on with half the steps: `epochs.train`.

References
----------
D. Böhning, "Multinomial logistic regression algorithm", Ann. Inst. Statist. Math. 44, 1992.
M. Schmidt, N. Le Roux and F. Bach, "Minimizing finite sums with the stochastic average gradient",
Math. Program. 162, 2017 (steps from the smoothness constant, as SAG solvers take them).
S. Mandt, M. Hoffman and D. Blei, "Stochastic Gradient Descent as Approximate Bayesian Inference",
JMLR 18, 2017 (the jitter of a constant step, with momentum).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from scratch.solvers.minibatch.coordinates import Coordinates
from scratch.solvers.minibatch.samples import Samples
from scratch.solvers.schedules import Pace
from scratch.typing import Floats

_SAMPLES = 512
_ITERATIONS = 8
# The samples that are added to those of a feature, as far from its mean as it may come.
_DAMPING_SAMPLES = 4
# What is smaller has no reciprocal.
_LEAST = 1e-300
# The share of the entropy of the classes that the jitter of a constant step may cost.
_JITTER = 1 / 8
# The rise of the objective that is undone, as a share of the same entropy.
_RISE = 1 / 2


class Loss(NamedTuple):
    """What the search for a step asks of a loss."""

    curvature: float  # h of the module's docstring
    blind: float  # the probability that scores of 0 give every output
    entropy: Callable[[Floats], float]  # of probabilities (n_outputs,): the loss of guessing them


class FirstStep(NamedTuple):
    """How to begin."""

    eta0: float
    coordinates: Coordinates | None = None  # None: the user's
    pace: Pace | None = None  # None: steps don't follow the loss
    at_start: float = np.inf  # the objective of weights that are 0
    largest_rise: float = np.inf  # over the least objective so far; more is undone
    jitter: float = 0.0  # how far above its minimum steps of η₀ keep the loss, at most
    basis: tuple[object, ...] = ()  # the parameters that it was found for


class Subset(NamedTuple):
    """Some samples that stand for all."""

    rows: Floats  # (n, n_features), floating
    targets: Floats  # (n_outputs, n), probabilities
    weights: Floats  # (n,), non-negative, summing to 1


def coordinates_of(
    rows: Floats, weights: Floats, *, centred: bool = True, damping: float = 1.0
) -> tuple[Coordinates, Floats]:
    """Return the coordinates in which features have mean 0 and mean square 1, or less.

    Parameters
    ----------
    rows : ndarray of shape (n_samples, n_features), floating
    weights : ndarray of shape (n_samples,)
        Non-negative, summing to 1.
    centred : bool, default=True
        Whether an intercept can make up for a centre; else the centre is 0.
    damping : float in [0, 1], default=1.0
        How much the samples count that are added to those of each feature that varies.

    Returns
    -------
    coordinates : Coordinates
        float64.
    scaled : ndarray of shape (n_samples, n_features)
        The rows in these coordinates.

    Examples
    --------
    >>> rows, weights = np.array([[1.0], [5.0]]), np.array([0.5, 0.5])
    >>> coordinates, scaled = coordinates_of(rows, weights)
    >>> coordinates.centre.tolist(), coordinates.squares.tolist()  # 2² + 4 · 2² / 512
    ([3.0], [4.03125])
    """
    scaled = rows - rows[0] if centred else rows.copy()  # exactly 0 where nothing varies
    centre = np.zeros(rows.shape[1])
    if centred:
        offset = np.einsum("i,ij->j", weights.astype(rows.dtype), scaled)
        scaled -= offset
        centre = rows[0].astype(np.float64) + offset
    farthest = np.maximum(scaled.max(axis=0), -scaled.min(axis=0)).astype(np.float64)
    varies = farthest > 0
    scaled /= np.where(varies, farthest, 1).astype(rows.dtype)
    variance = np.einsum("i,ij,ij->j", weights.astype(rows.dtype), scaled, scaled)
    variance = variance.astype(np.float64)  # in units of the farthest
    usual = float(np.median(farthest[varies])) if varies.any() else 0.0
    # what has never varied may yet go as far as other features, or as far as 0
    farthest = np.where(varies, farthest, np.maximum(usual, np.abs(centre)))
    farthest[farthest == 0] = 1.0
    times_seen = np.maximum(1, _SAMPLES * variance)
    reach = np.maximum(1.0, usual / farthest) ** (2 / times_seen)
    variance += np.where(varies, _DAMPING_SAMPLES * damping, 1.0) * reach / _SAMPLES
    scaled /= np.sqrt(variance).astype(rows.dtype)
    squares = np.maximum(np.square(farthest) * variance, _LEAST)
    return Coordinates(centre, squares), scaled


def largest_eigenvalue(rows: Floats, weights: Floats) -> float:
    """Return the largest eigenvalue of the mean of x xᵀ, by power iteration.

    It begins with a sum of the rows that only lengths and sums of rows enter. So the order of
    features is nothing to it, nor whether samples are repeated or weighted.

    Parameters
    ----------
    rows : ndarray of shape (n_samples, n_features)
    weights : ndarray of shape (n_samples,)
        Non-negative, summing to 1.

    Returns
    -------
    float
        Never above the true value, and seldom much below.
    """
    weights = weights.astype(rows.dtype)
    lengths = np.einsum("ij,ij->i", rows, rows)
    sums = rows.sum(axis=1)
    scores = sums + lengths + sums * np.sqrt(lengths)
    value = 0.0
    for _ in range(_ITERATIONS):
        # einsum, not @: here BLAS would wake its threads, see `scratch.solvers.minibatch.buffers`
        direction = np.einsum("i,ij->j", weights * scores, rows)
        length = float(np.linalg.norm(direction))
        if length == 0:
            return 0.0
        scores = np.einsum("ij,j->i", rows, direction / rows.dtype.type(length))
        value = float(weights @ np.square(scores))  # Rayleigh's quotient
    return value


def gradient_variance(
    scaled: Floats, targets: Floats, weights: Floats, frequencies: Floats, *, constant: bool = True
) -> float:
    """Return T of the module's docstring, the variance of one sample's gradient at the first guess.

    Parameters
    ----------
    scaled : ndarray of shape (n_samples, n_features)
        The rows in the coordinates of the steps.
    targets : ndarray of shape (n_outputs, n_samples)
    weights : ndarray of shape (n_samples,)
        Non-negative, summing to 1.
    frequencies : ndarray of shape (n_outputs,)
        Mean of the targets.
    constant : bool, default=True
        Whether there is an intercept, the weight of a constant feature.

    Returns
    -------
    float
    """
    lengths = np.einsum("ij,ij->i", scaled, scaled) + float(constant)  # |x̃|²
    residuals = np.square(frequencies[:, np.newaxis] - targets).sum(axis=0)  # |p̄ − t|²
    return float(weights @ (lengths * residuals))


@np.errstate(over="ignore", invalid="ignore", divide="ignore")  # training tells of what overflows
def first_step(
    subset: Subset,
    loss: Loss,
    *,
    momentum: float,
    noise: float,
    batch_size: int,
    fit_intercept: bool = True,
) -> FirstStep:
    """Return coordinates, η₀, and what the steps after it go by.

    Parameters
    ----------
    subset : Subset
    loss : Loss
    momentum : float in [0, 1)
    noise : float in [0, 1]
        ν of the module's docstring.
    batch_size : int
    fit_intercept : bool, default=True

    Returns
    -------
    FirstStep

    Examples
    --------
    One feature, ±1, and labels that are half 0 and half 1. Without noise nothing is damped, λ = 1,
    L = 1/4 and η₀ = 1.5/L.

    >>> rows, targets = np.array([[1.0], [-1], [1], [-1]]), np.array([[0.0, 0, 1, 1]])
    >>> loss = Loss(curvature=1 / 4, blind=1 / 2, entropy=lambda p: np.log(2))
    >>> step = first_step(
    ...     Subset(rows, targets, np.full(4, 1 / 4)), loss, momentum=0.0, noise=0.0, batch_size=4
    ... )
    >>> step.eta0, step.coordinates.squares.tolist()
    (6.0, [1.0])
    """
    rows, targets, weights = subset
    coordinates, scaled = coordinates_of(
        rows, weights, centred=fit_intercept, damping=noise * batch_size
    )
    # one sample more, of which nothing is known: no class is impossible because it has not come yet
    frequencies = (_SAMPLES * (targets @ weights) + loss.blind) / (_SAMPLES + 1)  # (n_outputs,)
    start_loss = float(loss.entropy(frequencies))

    bound = loss.curvature * max(largest_eigenvalue(scaled, weights), 1.0)
    variance = gradient_variance(scaled, targets, weights, frequencies, constant=fit_intercept)
    most = _JITTER * start_loss
    swing = 1.5 * (1 + momentum) / (1 - momentum) * noise * variance / (4 * most)
    share = swing / (bound + swing)
    return FirstStep(
        eta0=1.5 * (1 + momentum) / (bound + swing),
        coordinates=coordinates,
        pace=Pace(share, start_loss, batch_size),
        at_start=float(loss.entropy(np.full(len(targets), loss.blind))),
        largest_rise=_RISE * start_loss,
        jitter=share * most,
    )


def representatives(samples: Samples, dtype: DTypeLike) -> Subset:
    """Return at most 512 of the `samples.Samples`, of this type of number, for `first_step`."""
    index = np.arange(len(samples.X)) if samples.kept is None else samples.kept
    if len(index) > _SAMPLES:
        index = np.sort(np.random.RandomState(0).choice(index, _SAMPLES, replace=False))
    weights = np.ones(len(index)) if samples.weights is None else samples.weights[index]
    rows = np.empty((len(index), samples.X.shape[1]), dtype)
    targets = np.empty((samples.n_outputs, len(index)))
    samples.read(index, rows, targets)
    return Subset(rows, targets, weights / weights.sum())
