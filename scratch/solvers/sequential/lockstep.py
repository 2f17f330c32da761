"""Stochastic gradient descent one sample at a time: scikit-learn's arithmetic, in its order.

Each class is trained against the rest. For a sample x with target y in {0, 1} and weight v, a step
of size η on weights w and intercept b is

    z = w·x + b                               the logit
    u = −η · (σ(z) − y) · v                   the move; σ(z) − y is the gradient of the log loss
    w ← max(0, 1 − (1 − r)·η·α)·w + u·x
    b ← b + u

with α, r and the step of L1 as in `scratch.solvers.penalties`. `_Lockstep._walk` takes this step.
To end with scikit-learn's bits after a million of them, each rounding has to happen as it happens
there:

- The weights are ``scale · W``, so that the factor of L2 changes one number instead of all.
- Sums are taken from the first number to the last, and exp is the C library's: see
  `scratch.solvers.sequential.rounding`.
- Features that are zero may be left out; they would change no bit.

The classes don't touch each other, so they go in lockstep: step t of every class at once, each on
a sample of its own order. scikit-learn clips σ(z) − y at ±1e12, where nothing is to clip.
"""

import copy
from dataclasses import dataclass, field

import numpy as np

from scratch.solvers.penalties import CumulativeL1, Penalty
from scratch.solvers.schedules import reduced
from scratch.solvers.sequential.fused_multiply_add import add_multiple
from scratch.solvers.sequential.objective import EpochObjective, both_norms
from scratch.solvers.sequential.rounding import arithmetic
from scratch.solvers.sequential.rows import Dense, NonZeros

# Steps that are prepared and accounted for together.
_STEPS_AT_ONCE = 1024

# Below this scale the weights are multiplied out.
_SMALLEST_SCALE = {"float64": 1e-9, "float32": 1e-6}


@dataclass(frozen=True)
class Training:
    """What the classes have in common: samples, objective, steps, and when to stop."""

    features: NonZeros | Dense
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
        self.arithmetic = arithmetic(training.features, len(problems), dtype)
        self.W = self._weights([problem.weights for problem in problems])
        self.b = self.arithmetic.numbers([float(problem.intercept) for problem in problems])
        self.scale = 1.0
        self.smallest_scale = _SMALLEST_SCALE[dtype.name]
        self.l1 = CumulativeL1(self.W)
        self.norms = both_norms(self.W)
        if training.average:
            self.averaged = self._weights([problem.averaged for problem in problems])
            self.averaged_b = self.arithmetic.numbers(
                [float(problem.averaged_intercept) for problem in problems]
            )
            self.mix, self.stretch = 0.0, 1.0

    def _weights(self, rows):
        """An array, (n_classes, n_columns), of those of each class, (n_features,)."""
        features = self.training.features
        W = np.zeros((len(rows), features.n_columns), rows[0].dtype)
        W[:, : features.n_features] = rows
        return W

    def epoch(self, number):
        """Pass over the samples once; returns the groups of classes that go on after it."""
        training, problems = self.training, self.problems
        order = np.stack([problem.next_order() for problem in problems])
        order = order[~training.held_out[order]].reshape(len(problems), -1)
        self.objective = EpochObjective(self)
        with np.errstate(all="ignore"):  # an overflow is found below
            for first in range(0, order.shape[1], _STEPS_AT_ONCE):
                self._walk(order[:, first : first + _STEPS_AT_ONCE].T)
        if not (np.isfinite(self.W).all() and np.isfinite(self.b).all()):
            raise ValueError(
                f"Floating-point under-/overflow occurred at epoch #{number}. Scaling input data"
                " with StandardScaler or MinMaxScaler might help."
            )
        objectives = self.objective.total / order.shape[1]  # (n_classes,)
        n = training.features.n_features
        w = self.scale * self.W[:, :n].astype(np.float64)
        positive = [problem.positive for problem in problems]
        b = np.atleast_1d(self.b)  # (n_classes,)
        values = training.score(w, b, positive) if training.score else -objectives
        stalled = np.empty(len(problems), dtype=bool)
        for k, problem in enumerate(problems):
            problem.objectives.append(float(objectives[k]))
            stalled[k] = problem.stalls(values[k], training)
            if training.report:
                training.report(number, problem, w[k], b[k])
        return self._split(stalled)

    def _walk(self, samples):
        """Take one step for each row of `samples`, (n_steps, n_classes)."""
        training, arithmetic = self.training, self.arithmetic
        # names of the loop's own: to look an attribute up a million times takes time
        fit_intercept = training.fit_intercept
        more = self._more if training.average or training.penalty.has_l1 else None
        product, residual = arithmetic.product, arithmetic.residual
        quotient, spread, scattered = arithmetic.quotient, arithmetic.spread, arithmetic.scattered
        W, b, scale = arithmetic.view(self.W), self.b, self.scale
        take = W.take if scattered else W.__getitem__
        smallest_scale = self.smallest_scale
        schedule = self._schedule(len(samples))
        targets, weights = self._targets_and_weights(samples)
        self.objective.begin(targets, training.features.squared_norms[samples], schedule[-1])
        note = self.objective.notes.extend
        targets, weights = arithmetic.targets(targets), arithmetic.steps(weights)
        steps = zip(*schedule, targets, weights, training.features.steps(samples), strict=True)
        for t, eta, shrunk, y, v, (where, x, summed, lengths) in steps:
            w = take(where)
            wx = product(scale, w, x, summed)
            z = wx + b
            u = -eta * residual(z, y) * v
            note((z, wx, u))
            scale = shrunk
            if scale < smallest_scale:
                self._multiply_out(scale)
                scale, w = 1.0, take(where)
            w += x * spread(quotient(u, scale), lengths)
            if scattered:
                W[where] = w
            if fit_intercept:
                b = b + u
            if more:
                more(t, eta, where, x, lengths, u, b, scale)
        self.b, self.scale = b, scale
        self.t += len(samples)
        self.objective.end()

    def _schedule(self, n):
        """For each of the next n steps: its number, its size, and the scale after it is shrunk."""
        numbers = (self.t + np.arange(n)).tolist()
        etas = [*map(self.step_size, numbers)]
        factors = np.array([*map(self.training.penalty.shrink, etas)], self.W.dtype)
        scale, scales = self.scale, []
        for factor in factors.tolist():
            # it is 1 again where weights were multiplied out
            scale = scale * factor if scale >= self.smallest_scale else factor
            scales.append(scale)
        return numbers, etas, scales

    def _targets_and_weights(self, samples):
        """For each step: y and v, (n_steps, n_classes) both."""
        training, problems = self.training, self.problems
        y = training.codes[samples] == [problem.positive for problem in problems]
        rest, positive = np.array([p.class_weight for p in problems], self.W.dtype).T
        v = np.where(y, positive, rest) * training.sample_weight[samples]
        return y, v.astype(np.float64)

    def _more(self, t, eta, where, x, lengths, u, b, scale):
        """What averaging and L1 take after a step."""
        training = self.training
        if training.average and training.average <= t:
            self._average(t, where, x, lengths, u, b, scale)
        if training.penalty.has_l1:
            still = np.equal(u, 0)  # then the norms, which scikit-learn takes before L1, are kept
            self.norms = tuple(map(np.where, (still, still), self.norms, both_norms(self.W)))
            self.objective.norms.append(self.norms)
            self.l1.apply(self.W, training.penalty.l1_step(eta), scale)

    def _multiply_out(self, scale):
        """Bring the scale, and the averages, from their lazy form to plain arrays."""
        rounded = self.W.dtype.type
        if self.training.average:
            # not the fillers' column: how BLAS rounds depends on the length of a row
            n = self.training.features.n_features
            add_multiple(rounded(self.mix), self.W[:, :n], self.averaged[:, :n])
            self.averaged *= rounded(1.0 / self.stretch)
            self.mix, self.stretch = 0.0, 1.0
        self.W *= rounded(scale)
        self.norms = self.norms[0] * scale**2, self.norms[1] * scale

    def _average(self, t, where, x, lengths, u, b, scale):
        """Put the weights of this step into the average, without touching the zero features.

        The average is (averaged + mix · W) / stretch: as W moves, `averaged` takes the move back,
        and only the two numbers follow from step to step (Bottou 2012, section 5.1).
        """
        rounded, spread = self.arithmetic.rounded, self.arithmetic.spread
        number = t - self.training.average + 1
        self.averaged_b = self.averaged_b + (b - self.averaged_b) / number
        back = np.multiply(x, -self.mix, dtype=np.float64) * spread(rounded(u) / scale, lengths)
        self.arithmetic.view(self.averaged)[where] += back
        share = 1.0 / self.W.dtype.type(number).item()
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
        group.arithmetic = arithmetic(self.training.features, len(indices), self.W.dtype)
        group.b = group.arithmetic.numbers(np.atleast_1d(self.b)[indices])
        group.W = self.W[indices]
        group.norms = tuple(norm[indices] for norm in self.norms)
        group.l1 = copy.copy(self.l1)
        group.l1.q = self.l1.q[indices]
        if self.training.average:
            group.averaged = self.averaged[indices]
            averaged_b = np.atleast_1d(self.averaged_b)[indices]
            group.averaged_b = group.arithmetic.numbers(averaged_b)
        return group

    def finish(self):
        """Give each problem its weights."""
        self._multiply_out(self.scale)
        n = self.training.features.n_features
        b = np.atleast_1d(self.b).tolist()
        for k, problem in enumerate(self.problems):
            problem.weights, problem.intercept = self.W[k, :n].copy(), b[k]
            if self.training.average:
                problem.averaged = self.averaged[k, :n].copy()
                problem.averaged_intercept = float(np.atleast_1d(self.averaged_b)[k])
