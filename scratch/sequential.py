"""Stochastic gradient descent one sample at a time: scikit-learn's arithmetic, in its order.

Each class is trained against the rest. For a sample x with target y in {0, 1} and weight v, a step
of size η on weights w and intercept b is

    g = σ(w·x + b) − y                        the residual, gradient of the log loss
    w ← max(0, 1 − (1 − r)·η·α)·w − η·g·v·x
    b ← b − η·g·v

with α, r and the step of L1 as in `scratch.penalties`. `_Lockstep._walk` takes this step. To end
with scikit-learn's bits after a million of them, each rounding has to happen as it happens there:

- The weights are ``scale · W``, so that the factor of L2 changes one number instead of all.
- w·x is a running sum over the features. NumPy adds in pairs and blocks, except where it must not:
  subtraction is not associative, so ``subtract.reduceat`` goes from number to number. It begins
  with a zero and takes off the products with −x.
- Features that are zero are left out; they would change no bit.
- exp is the C library's, `math.exp`; NumPy's own rounds otherwise now and then.
- For float32 input, what scikit-learn keeps as a float is rounded to float32, and nothing else.

The classes don't touch each other, so they go in lockstep: step t of every class at once, each on
a sample of its own order. scikit-learn clips g at ±1e12; here |g| ≤ 1, and nothing is to clip.
"""

import copy
from dataclasses import dataclass, field
from itertools import accumulate
from math import exp

import numpy as np

from scratch.batches import NonZeros
from scratch.fused import add_multiple
from scratch.objective import EpochObjective, both_norms
from scratch.penalties import CumulativeL1, Penalty
from scratch.schedules import reduced

# Samples that are gathered and accounted for together: many for speed, few for the cache.
_SAMPLES_AT_ONCE = 1280

# Below this scale the weights are multiplied out.
_SMALLEST_SCALE = {"float64": 1e-9, "float32": 1e-6}


@dataclass(frozen=True)
class Training:
    """What the classes have in common: samples, objective, steps, and when to stop."""

    features: NonZeros
    codes: np.ndarray  # (n_samples,), the class of each sample
    sample_weight: np.ndarray  # (n_samples,), of the weights' dtype
    held_out: np.ndarray  # (n_samples,), bool: not trained on
    penalty: Penalty
    step_size: object  # t ↦ η
    adaptive: bool  # whether η is reduced where training would end
    fit_intercept: bool
    average: int  # the update from which on weights are averaged; 0 for never
    max_iter: int
    tol: float | None
    n_iter_no_change: int
    score: object = None  # (W, b, codes of the classes) ↦ (n_classes,): what to stop on
    report: object = None  # called after each epoch: (epoch, problem, w, b)


@dataclass
class Problem:
    """One class against the rest: where its weights begin and, after `solve`, end."""

    positive: int  # the code of the class
    class_weight: tuple  # factors for the rest and for the class
    order: np.ndarray  # (n_samples,)
    shuffle: np.ndarray | None  # (n_samples,), the permutation before each epoch
    weights: np.ndarray  # (n_features,)
    intercept: float
    averaged: np.ndarray | None = None  # (n_features,)
    averaged_intercept: float = 0.0
    objectives: list = field(default_factory=list)  # one an epoch
    best: float = -np.inf
    stalled: int = 0  # epochs in a row without a gain

    def next_order(self):
        """The order of the samples in the next epoch."""
        if self.shuffle is not None:
            self.order = self.order[self.shuffle]
        return self.order

    def stalls(self, value, training):
        """Whether `value`, which should rise by `tol` an epoch, hasn't for too long."""
        gained = training.tol is None or value >= self.best + training.tol or np.isnan(value)
        self.stalled = 0 if gained else self.stalled + 1
        self.best = max(self.best, value)
        return self.stalled >= training.n_iter_no_change


def solve(training, problems, t):
    """Train classes against the rest, in place.

    Parameters
    ----------
    training : Training
    problems : list of Problem
    t : float
        The number of the first update.

    Raises
    ------
    ValueError
        If weights become infinite or NaN.
    """
    running = [_Lockstep(training, problems, t)]
    for number in range(1, training.max_iter + 1):
        running = [rest for group in running for rest in group.epoch(number)]
    for group in running:
        group.finish()


class _Lockstep:
    """Classes that step together: they share t and η, hence the scale."""

    def __init__(self, training, problems, t):
        self.training, self.problems, self.t = training, problems, t
        self.step_size = training.step_size
        dtype = problems[0].weights.dtype
        # One column more, for the fillers of `NonZeros`: it is always zero.
        self.W = np.zeros((len(problems), training.features.n_features + 1), dtype)
        self.W[:, :-1] = [problem.weights for problem in problems]
        self.b = [float(problem.intercept) for problem in problems]
        self.scale = 1.0
        self.smallest_scale = _SMALLEST_SCALE[dtype.name]
        self.rounded = _to_float32 if dtype == np.float32 else _as_is
        self.l1 = CumulativeL1(self.W)
        self.norms = both_norms(self.W)
        if training.average:
            self.averaged = np.zeros_like(self.W)
            self.averaged[:, :-1] = [problem.averaged for problem in problems]
            self.averaged_b = [float(problem.averaged_intercept) for problem in problems]
            self.mix, self.stretch = 0.0, 1.0

    def epoch(self, number):
        """Pass over the samples once; returns the groups of classes that go on after it."""
        training, problems = self.training, self.problems
        order = np.stack([problem.next_order() for problem in problems])
        order = order[~training.held_out[order]].reshape(len(problems), -1)
        size = max(1, _SAMPLES_AT_ONCE // len(problems))
        self.objective = EpochObjective(self)
        with np.errstate(all="ignore"):  # an overflow is found below
            for first in range(0, order.shape[1], size):
                self._walk(order[:, first : first + size].T)
        if not (np.isfinite(self.W).all() and np.isfinite(self.b).all()):
            raise ValueError(
                f"Floating-point under-/overflow occurred at epoch #{number}. Scaling input data"
                " with StandardScaler or MinMaxScaler might help."
            )
        objectives = self.objective.total / order.shape[1]  # (n_classes,)
        w = self.scale * self.W[:, :-1].astype(np.float64)
        positive = [problem.positive for problem in problems]
        values = training.score(w, self.b, positive) if training.score else -objectives
        stalled = np.empty(len(problems), dtype=bool)
        for k, problem in enumerate(problems):
            problem.objectives.append(float(objectives[k]))
            stalled[k] = problem.stalls(values[k], training)
            if training.report:
                training.report(number, problem, w[k], self.b[k])
        return self._split(stalled)

    def _walk(self, samples):
        """Take one step for each row of `samples`, (n_steps, n_classes)."""
        training, penalty, rounded = self.training, self.training.penalty, self.rounded
        fit_intercept, average, has_l1 = training.fit_intercept, training.average, penalty.has_l1
        W, b, t = self.W.reshape(-1), self.b, self.t  # W a view, to which `nz` are the indices
        scale, smallest_scale = self.scale, self.smallest_scale
        running_difference, multiply = np.subtract.reduceat, np.multiply
        array = np.array
        # float32 is multiplied and summed in float64; naming the type of what is float64 costs time
        double = np.float64 if W.dtype != np.float64 else None
        several = len(b) > 1
        steps = zip(*self._prepared(samples), *self._schedule(len(samples)), strict=True)
        note = self.objective.notes.append
        for nz, minus_x, starts, lengths, y, v, eta, shrunk in steps:
            w = W[nz]
            dots = running_difference(w * minus_x, starts, 0, double).tolist()
            z, u = [], []
            wx = rounded([scale * dot for dot in dots])
            for wx_k, b_k, y_k, v_k in zip(wx, b, y, v):  # noqa: B905 (strict takes time)
                z_k = wx_k + b_k
                z.append(z_k)
                u.append(-eta * _residual(y_k, z_k) * v_k)
            before, scale = scale, shrunk
            multiplied_out = scale < smallest_scale
            if multiplied_out:
                self.objective.settle((before, dots, z, self.norms))
                self._multiply_out(scale)
                scale, w = 1.0, W[nz]
            divisor = rounded(scale)
            c = rounded([u_k / divisor for u_k in rounded(u)])
            factors = array(c).repeat(lengths) if several else array(c[0])  # of the samples
            w -= multiply(minus_x, factors, dtype=double)
            W[nz] = w
            if fit_intercept:
                b = [b_k + u_k for b_k, u_k in zip(b, u)]  # noqa: B905
            if multiplied_out:
                self.objective.open()
            else:
                note((before, dots, z, self.norms, c))
            if average and average <= t:
                self._average(nz, minus_x, lengths, u, b, t, scale)
            if has_l1:
                self._note_norms(c)
                self.l1.apply(self.W, penalty.l1_step(eta), scale)
            t += 1
        self.b, self.t, self.scale = b, t, scale
        self.objective.settle()

    def _schedule(self, n):
        """For each of the next n steps: its size, and the scale after it is shrunk."""
        etas = [self.step_size(self.t + i) for i in range(n)]
        factors = self.rounded([self.training.penalty.shrink(eta) for eta in etas])
        scales = accumulate([self.scale, *factors], self._shrunk)
        return etas, list(scales)[1:]

    def _shrunk(self, scale, factor):
        """The scale after a step; it is 1 again where weights were multiplied out."""
        return scale * factor if scale >= self.smallest_scale else factor

    def _prepared(self, samples):
        """For each step: the non-zero features of its samples end to end, targets and weights."""
        training, problems = self.training, self.problems
        rows = np.tile(np.arange(0, self.W.size, self.W.shape[1]), len(samples))
        nz, minus_x, lengths = training.features.gather(samples.reshape(-1), rows)
        lengths = lengths.reshape(samples.shape)
        ends = lengths.cumsum().reshape(samples.shape)
        stops = ends[:, -1]
        begins = np.append(0, stops[:-1])
        y = training.codes[samples] == [problem.positive for problem in problems]
        rest, positive = np.array([p.class_weight for p in problems], self.W.dtype).T
        v = np.where(y, positive, rest) * training.sample_weight[samples]
        self.objective.begin(y, training.features.squared_norms[samples])
        bounds = list(zip(begins.tolist(), stops.tolist(), strict=True))
        return (
            [nz[i:j] for i, j in bounds],
            [minus_x[i:j] for i, j in bounds],
            ends - lengths - begins[:, np.newaxis],
            lengths,
            y.tolist(),
            v.tolist(),
        )

    def _note_norms(self, c):
        """With L1: norms for the objective of the next step, which scikit-learn takes before L1."""
        still = np.array(c) == 0  # then it keeps the norms that it has
        self.norms = tuple(map(np.where, (still, still), self.norms, both_norms(self.W)))

    def _multiply_out(self, scale):
        """Bring the scale, and the averages, from their lazy form to plain arrays."""
        rounded = self.rounded
        if self.training.average:
            # not the fillers' column: how BLAS rounds depends on the length of a row
            add_multiple(rounded(self.mix), self.W[:, :-1], self.averaged[:, :-1])
            self.averaged *= rounded(1.0 / self.stretch)
            self.mix, self.stretch = 0.0, 1.0
        self.W *= rounded(scale)
        self.norms = self.norms[0] * scale**2, self.norms[1] * scale

    def _average(self, nz, minus_x, lengths, u, b, t, scale):
        """Put the weights of this step into the average, without touching the zero features.

        The average is (averaged + mix · W) / stretch: as W moves, `averaged` takes the move back,
        and only the two numbers follow from step to step (Bottou 2012, section 5.1).
        """
        number = t - self.training.average + 1
        self.averaged_b = [
            a + (b_k - a) / number for a, b_k in zip(self.averaged_b, b, strict=True)
        ]
        number = self.rounded(number)
        c = np.array([u_k / scale for u_k in self.rounded(u)])
        back = np.multiply(minus_x, self.mix, dtype=np.float64) * c.repeat(lengths)
        self.averaged.reshape(-1)[nz] += back
        share = 1.0 / number
        if number > 1:
            self.stretch /= 1.0 - share
        self.mix += share * self.stretch * scale

    def _split(self, stalled):
        """After an epoch: those who go on, those with a smaller step; the others are finished."""
        if not stalled.any():
            return [self]
        going = [] if stalled.all() else [self._only(~stalled)]
        rest = self._only(stalled)
        eta = reduced(self.step_size(self.t)) if self.training.adaptive else None
        if eta is None:
            rest.finish()
            return going
        rest.step_size = lambda t: eta
        for problem in rest.problems:
            problem.stalled = 0
        return [*going, rest]

    def _only(self, chosen):
        """A group of the chosen classes, (n_classes,) bool."""
        indices = np.flatnonzero(chosen)
        group = copy.copy(self)
        group.problems = [self.problems[k] for k in indices]
        group.b = [self.b[k] for k in indices]
        group.W = self.W[indices]
        group.norms = tuple(norm[indices] for norm in self.norms)
        group.l1 = copy.copy(self.l1)
        group.l1.q = self.l1.q[indices]
        if self.training.average:
            group.averaged = self.averaged[indices]
            group.averaged_b = [self.averaged_b[k] for k in indices]
        return group

    def finish(self):
        """Give each problem its weights."""
        self._multiply_out(self.scale)
        for k, problem in enumerate(self.problems):
            problem.weights, problem.intercept = self.W[k, :-1].copy(), self.b[k]
            if self.training.average:
                problem.averaged = self.averaged[k, :-1].copy()
                problem.averaged_intercept = self.averaged_b[k]


def _residual(y, z):
    """σ(z) − y, the gradient of the log loss."""
    if z > -37:
        e = exp(-z)
        return (-e if y else 1.0) / (1.0 + e)
    return exp(z) - y  # σ(z) is exp(z) to the last bit, and exp(−z) might overflow


def _as_is(numbers):
    return numbers


def _to_float32(numbers):
    """The nearest float32, as Python floats: of a number or a list of them."""
    return np.float32(numbers).tolist()
