r"""``learning_rate="auto"``: all that it decides, from top to bottom.

    steps of fit(samples, loss):
        seen   = what the columns look like: mean, variance v, farthest value f; class frequencies p
        x̃      = (x − μ) / s,    s² = v + ν f²                                   1. coordinates
        η₀     = 1 / (h λ + N),  N = 2 ν T / ((1 − m) H)                         2. the first step
        each update t, of n ≤ B samples:
            η  = η(t) · min(H/ℓ, most) · n/B                                     3. the later ones
        each epoch:
            η(t) falls from η₀ to 0, again and again, until a fall wins little   4. the end
        weights = a mean of those of late updates                                5. the mean

(h λ: the steepest curvature. T: the mean square of a sample's gradient. H: the loss of guessing p.
ℓ: the running loss. m: momentum. B: the batch size.)

A batch of B samples gives the gradient plus noise. ν is the variance of the mean of a batch, where
that of one sample is 1. In a stream it is 1/B. `fit` draws batches from n samples without
replacement: there it is (n − B)/(n − 1)/B, and 0 where one batch holds all.

**1. Coordinates.** Steps are taken as if the features had been centred and scaled: see
`scratch.solvers.minibatch.descent`. The mean μ and the variance v are those of 512 samples, f is
the distance from μ to the farthest value of *all* samples. A batch in which the farthest sample
occurs has a mean square of f²/B: with s² = v + ν f² no batch has one much above 1, so none comes as
a surprise, however rare the value is. A column of bell-shaped numbers gets a tenth more than v.

Sparse features are scaled and not centred: μ is 0, and v is the mean square of all samples.

**2. The first step.** The mean loss is convex. With scores z = w̃·x̃ + b̃ and residuals p − t, its
Hessian is the mean of (∂p/∂z) ⊗ x̃ x̃ᵀ. If h bounds ∂p/∂z and λ is the largest eigenvalue of the
mean of x̃ x̃ᵀ, no direction curves more than h λ. (`Loss.curvature` gives h, for several classes a
value that few samples exceed. λ is estimated from 512 samples. It is at least 1, the eigenvalue of
the intercept.) From rest, heavy balls with steps of at most 1/(h λ) never rise above the height at
which they start, if the loss is quadratic, whatever the momentum m is. (Losses are no quadratics:
full batches were seen to rise 4 % above their start with m = 0.99, none with m up to 0.95.) N keeps
noise small. A constant step η leaves the weights jittering about the optimum, where the loss is η ν
T/(4 (1 − m)) above its minimum on average (Mandt et al. 2017). T is the mean square of one sample's
gradient. Within a few updates the intercepts find the frequencies p of the classes. Then T = Σ p (1
− p) · (1 + Σ v/s²); the 1 is that of the intercept. (With sample weights w, whose mean is 1, it is
that times the mean of w².) The loss is H then, the loss of guessing p. N is such that jitter costs
at most H/8.

**3. Later steps.** The residuals shrink as the loss does, and with them noise and curvature. ℓ is a
running mean of the losses of batches. So the step grows by H/ℓ, but never beyond three quarters of
the size that is stable whatever the residuals are: `Optimiser.stable_step`.

**4. The end.** The step falls linearly to 0, and the weights come to rest: at the end of a fall the
objective has next to no noise. (Where one batch holds all samples there is no noise, and no need to
fall: η(t) stays η₀.) One fall takes `n_iter_no_change` epochs and at least 500 updates, and the
last fall takes all updates that `max_iter` leaves. Training is over when a whole fall has won less
than `tol`, or less than a four-hundredth of all that was won since the guess. It is not over before
the objective is below 9/8 H. With early stopping it is the accuracy on held-out samples that has to
win `tol`. Without `tol` one fall takes it all.

**5. The mean.** Weights after update t count in proportion to t²: the last third of the way makes
seven tenths of that mean. After some six epochs the mean becomes exponential, with a memory of two.
It smooths what single batches do, and it forgets the start.

**A stream** (`partial_fit`) has neither an end nor a plan. η(t) falls as 1/√(1 + t/300), and the
mean forgets nothing. μ, v, f and p are those of all chunks so far; λ is measured anew whenever the
number of samples has doubled. Chunks that differ in their classes by more than chance are noise as
well: ν in N is at least the share of p (1 − p) that lies between chunks. A chunk of one class is no
more than one sample.

References
----------
L. Bottou, F. Curtis and J. Nocedal, "Optimization Methods for Large-Scale Machine Learning", SIAM
Review 60, 2018, section 4 (the noise floor of a constant step, and its decay).
S. Mandt, M. Hoffman and D. Blei, "Stochastic Gradient Descent as Approximate Bayesian Inference",
JMLR 18, 2017 (the jitter of a constant step, with momentum).
O. Shamir and T. Zhang, "Stochastic Gradient Descent for Non-smooth Optimization", ICML 2013.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from scratch.losses import Loss
from scratch.solvers.minibatch.averages import Averaging
from scratch.solvers.minibatch.columns import LARGEST, SUBSET, Seen, look_at
from scratch.solvers.minibatch.descent import Coordinates
from scratch.solvers.minibatch.epochs import Rules, Steps
from scratch.solvers.minibatch.optimisers import Optimiser
from scratch.solvers.minibatch.samples import Samples
from scratch.typing import Floats

# The share of H that jitter may cost. Found by trying, on made-up tables: 1/4 and 1/16 end higher.
_JITTER = 1 / 8
# The share of the largest stable step that is taken: losses are no quadratics.
_OF_STABLE = 3 / 4
# The running loss remembers so many samples, and no fewer than 20 batches: a few single samples may
# all have next to no loss by chance, and steps that followed them would be wild. Found by trying.
_SAMPLES_REMEMBERED, _BATCHES_REMEMBERED = 5120, 20
# Updates that a fall takes at least: where steps have much noise, fewer say nothing.
_LEAST_FALL = 500
# A fall that wins a smaller share of all that was won is the last: it would take 400 such falls to
# win as much again.
_LEAST_GAIN = 1 / 400
# Updates after which the steps of a stream begin to fall. Found by trying, on made-up streams.
_CONSTANT_UPDATES = 300
# The mean favours late weights by t²; it remembers so many epochs. `fit` takes in every fourth
# update: with momentum 0.9 weights stay near each other for ten, so four tell little more than one.
_RECENCY, _EPOCHS_REMEMBERED, _AVERAGED = 2, 2, 4
# The least ν in s²: where a sample has next to no weight, v may be next to no part of f².
_LEAST_NOISE = 1e-32


@np.errstate(over="ignore", invalid="ignore")
def coordinates(seen: Seen, noise: float, centred: bool) -> tuple[Coordinates, Floats]:
    """Return μ and s², and the mean square of each feature about μ.

    Without an intercept, which could make up for a centre, μ is 0. A feature that has never
    varied is no part of any step: its scale may be anything, and is its own size. The scale of
    a feature whose square is no float is infinite: its weights stay 0.
    """
    centre = seen.mean if centred else np.zeros_like(seen.mean)
    square = seen.variance if centred else seen.variance + seen.mean**2
    far = np.maximum(seen.high - centre, centre - seen.low)
    beyond, still = far > LARGEST, seen.high == seen.low if centred else far == 0
    far[beyond] = 0
    squares = square + max(noise, _LEAST_NOISE) * far**2
    squares = np.maximum(squares, np.finfo(float).tiny)
    squares[still] = np.square(np.maximum(np.abs(centre[still]), 1.0))
    squares[beyond] = np.inf
    return Coordinates(centre, squares), square


def look(samples: Samples, loss: Loss, noise: float, centred: bool, before: Seen | None) -> Seen:
    """Look at samples, and return all that is known with them; `before` is what was known."""
    if before is not None and before.final:
        return before
    new, subset = look_at(samples)
    seen = new if before is None else before.merged(new)
    centred = centred and not samples.sparse  # centred rows would have no zeros
    if seen.n < 2 * seen.n_measured and seen.centred == centred:
        return seen
    at, _ = coordinates(seen, noise, centred)
    eigenvalue = max(subset.largest_eigenvalue(*at), 1.0)
    curvature = loss.curvature(len(seen.frequencies)) * eigenvalue  # h λ
    return seen._replace(curvature=curvature, n_measured=seen.n, centred=centred)


class FirstStep(NamedTuple):
    """How to begin, and what later steps are measured by."""

    eta0: float  # η₀
    most: float  # η over η₀, at most
    coordinates: Coordinates
    guess: float  # H
    noise: float  # ν
    batch_size: int


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def first_step(
    seen: Seen, loss: Loss, optimiser: Optimiser, noise: float, batch_size: int, centred: bool
) -> FirstStep:
    """Return 1. to 3. of the module's docstring; `noise` is ν.

    Examples
    --------
    One feature, ±1, and labels that are half 0 and half 1: h = 1/4, λ = 1, H = log 2. One batch
    holds all samples. So η₀ = 4, and without momentum no later step is above 3/4 · 2 · 4 = 6.

    >>> from scratch.losses import BinaryCrossEntropy
    >>> from scratch.solvers.minibatch.optimisers import Momentum
    >>> zero, one, half = np.zeros(1), np.ones(1), np.full(1, 0.5)
    >>> seen = Seen(4, mean=zero, variance=one, low=-one, high=one, frequencies=half)
    >>> seen = seen._replace(curvature=1 / 4)
    >>> step = first_step(seen, BinaryCrossEntropy(), Momentum(0.0), 0.0, 4, centred=True)
    >>> step.eta0, step.most * step.eta0, round(step.guess, 4)
    (4.0, 6.0, 0.6931)
    """
    at, square = coordinates(seen, noise, seen.centred)
    # one sample more, of which nothing is known: no class is impossible
    p = (SUBSET * seen.frequencies + loss.blind(len(seen.frequencies))) / (SUBSET + 1)
    H, mixed = float(loss.guess(p)), float(p @ (1 - p))
    T = seen.unevenness * mixed * (float(centred) + float(np.sum(square / at.squares)))
    N = max(noise, seen.between / mixed) * T / (4 * (1 - optimiser.momentum) * _JITTER * H)
    eta0 = 1 / (seen.curvature + N)
    most = _OF_STABLE * optimiser.stable_step(seen.curvature) / eta0
    return FirstStep(eta0, most, at, H, noise, batch_size)


class Paced(Steps):
    """Steps that follow the running loss ℓ; a subclass gives η(t) as a share of η₀."""

    planned: Callable[[int], float]

    def __init__(self, seen: Seen, first: FirstStep) -> None:
        self._seen, self.first, self.coordinates = seen, first, first.coordinates
        self.running_loss = first.guess * seen.relative_loss

    @property
    def seen(self) -> Seen:
        """All that is known, to go on from."""
        return self._seen._replace(relative_loss=self.running_loss / self.first.guess)

    def size(self, t: int, n: int) -> float:
        """Return η of update t; a smaller batch, which has more noise, takes a smaller step."""
        first = self.first
        growth = min(first.most, first.guess / max(self.running_loss, 1e-9 * first.guess))
        return first.eta0 * self.planned(t) * growth * min(1.0, n / first.batch_size)

    def see(self, loss: float) -> None:
        """Take the mean loss of a batch into ℓ."""
        memory = float(_BATCHES_REMEMBERED)
        if self.first.noise:
            memory = max(memory, _SAMPLES_REMEMBERED / self.first.batch_size)
        self.running_loss += (loss - self.running_loss) / memory


class Falling(Paced):
    """The steps of `fit`: one fall after another, the last of which takes all that is left.

    Parameters
    ----------
    seen : Seen
    first : FirstStep
    length : int
        Updates of a fall.
    end : int
        The last update that there may be.
    tol : float or None
        A fall that wins less is the last; None: only `end` ends training.
    by_score : bool
        Whether training goes by a score on held-out samples. Then `tol` alone says what is little.

    Examples
    --------
    >>> first = FirstStep(0.8, most=1.0, coordinates=None, guess=1.0, noise=1.0, batch_size=1)
    >>> seen = Seen(1, *np.zeros((5, 1)))
    >>> steps = Falling(seen, first, length=4, end=10, tol=0.01, by_score=False)
    >>> [round(steps.size(t, 1), 9) for t in (1, 2, 3, 4)]
    [0.8, 0.6, 0.4, 0.2]
    >>> steps.over(4, value=0.5), steps.stop  # 6 are left, too few for two falls
    (False, 10)
    """

    def __init__(
        self, seen: Seen, first: FirstStep, length: int, end: int, tol: float | None, by_score: bool
    ) -> None:
        super().__init__(seen, first)
        self.length, self.end, self.tol, self.by_score = length, end, tol, by_score
        self._begin(0)
        self.before = 0.0 if by_score else first.guess  # the value that the last fall ended at

    def _begin(self, start: int) -> None:
        """Let a fall begin after this update."""
        self.start = start
        self.stop = start + self.length if self.end - start >= 2 * self.length else self.end

    def planned(self, t: int) -> float:
        """Return the share of η₀ that is left of the fall before update t; 1 without noise."""
        if not self.first.noise:
            return 1.0
        return (self.stop - t + 1) / (self.stop - self.start)

    def over(self, t: int, value: float) -> bool:
        """Return whether a fall has ended that has won too little to go on."""
        if t < self.stop:
            return False
        won, self.before = self.before - value, value
        H = self.first.guess
        ahead = 0.0 if self.by_score else H - value
        if (
            self.tol is not None
            and ahead >= -_JITTER * H
            and won < max(self.tol, _LEAST_GAIN * ahead)
        ):
            return True
        if t < self.end:
            self._begin(t)
        return False


class Endless(Paced):
    """The steps of a stream, `partial_fit`: η(t) = η₀ / √(1 + t/300)."""

    def planned(self, t: int) -> float:
        """Return the share of η₀ of update t."""
        return 1 / math.sqrt(1 + t / _CONSTANT_UPDATES)

    def over(self, t: int, value: float) -> bool:
        """Return False: the next chunk may bring what this one did not."""
        return False


def steps_of_fit(
    samples: Samples, loss: Loss, optimiser: Optimiser, rules: Rules, centred: bool, by_score: bool
) -> Falling:
    """Return the steps of `fit`: the module's docstring, from top to bottom."""
    n, B, n_batches = len(samples), rules.batch_size, samples.n_batches(rules.batch_size)
    noise = (n - B) / max(n - 1, 1) / B  # drawn without replacement
    seen = look(samples, loss, noise, centred, before=None)
    first = first_step(seen, loss, optimiser, noise, B, centred)
    length, end = max(rules.n_iter_no_change, -(-_LEAST_FALL // n_batches)), rules.max_iter
    if rules.tol is None:
        length = end  # there is nothing to judge
    return Falling(seen, first, length * n_batches, end * n_batches, rules.tol, by_score)


def steps_of_chunk(
    samples: Samples,
    loss: Loss,
    optimiser: Optimiser,
    rules: Rules,
    centred: bool,
    before: Seen | None,
) -> Endless:
    """Return the steps of one chunk of a stream; `before` is what was known without it."""
    noise = 1 / rules.batch_size
    seen = look(samples, loss, noise, centred, before)
    return Endless(seen, first_step(seen, loss, optimiser, noise, rules.batch_size, centred))


def averaging(n_batches: float) -> Averaging:
    """Return which weights are averaged; `n_batches`: of an epoch, infinity in a stream."""
    if n_batches == math.inf:
        return Averaging(0, _RECENCY)
    memory = max(1.0, _EPOCHS_REMEMBERED * n_batches / _AVERAGED)
    return Averaging(0, _RECENCY, memory, every=_AVERAGED)
