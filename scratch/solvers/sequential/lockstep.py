"""Stochastic gradient descent one sample at a time: scikit-learn's arithmetic, in its order.

Each class is trained against the rest. For a sample x with target y in {0, 1} and weight v, a step
of size η on weights w and intercept b is

    z = w·x + b                               the score
    u = −η · ℓ′(z, y) · v                     the move; ℓ′ is the residual, the slope of the loss
    w ← max(0, 1 − (1 − r)·η·α)·w + u·x
    b ← b + u

with α and r as in `scratch.solvers.penalties`. With the log loss ℓ′ is σ(z) − y. With v = 1 and
r = 0 these are the lines of `scratch.textbook.fit_one_sample_at_a_time`.
`scratch.solvers.sequential.steps` takes the step. There the weights are kept as ``scale · W``, so
that the factor of w changes one number instead of all. Features that are zero may be left out; they
would change no bit but the sign of a weight −0, and that is made up for.

The classes don't touch each other, so they may go in lockstep: step t of every class at once, each
on a sample of its own order. On sparse X, b moves by a hundredth of u, as in scikit-learn: there
the intercept is met in every step, but each feature only now and then.
"""

from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from scratch.solvers.schedules import Schedule
from scratch.solvers.sequential.averaging import RunningAverage
from scratch.solvers.sequential.objective import (
    measured_before_steps,
    norms,
    squares_before_steps,
)
from scratch.solvers.sequential.state import (
    OneVsRest,
    Report,
    Settings,
    TrainingSet,
    TrainingState,
    only,
)
from scratch.solvers.sequential.steps import SMALLEST_SCALE, Steps, steps_of
from scratch.typing import Bools, Floats, Ints

# What scikit-learn multiplies the intercept's steps by where X is sparse.
_SPARSE_INTERCEPT_DECAY = 0.01

# Steps that are prepared and accounted for together, and the weights of which are kept till then.
_STEPS_AT_ONCE = 1024
_NUMBERS_MET_AT_ONCE = 2**17

#: Groups that go on, and groups that have ended.
Outcome: TypeAlias = tuple[list["Lockstep"], list["Lockstep"]]


def solve(
    samples: TrainingSet,
    settings: Settings,
    schedule: Schedule,
    classes: list[OneVsRest],
    state: TrainingState,
) -> TrainingState:
    """Train classes against the rest.

    Parameters
    ----------
    samples : TrainingSet
    settings : Settings
    schedule : Schedule
        The step sizes to begin with.
    classes : list of OneVsRest
        Their plateaus and curves go on; the rest is left alone.
    state : TrainingState
        Where training begins. The weights and their average have the columns of `samples.rows`;
        `TrainingState.order` and all after it need not be given.

    Returns
    -------
    TrainingState
        Where training ends, with the scale 1.

    Raises
    ------
    ValueError
        If weights become infinite or NaN.
    """
    groups, ended = [Lockstep(samples, settings, schedule, classes, _begun(state, samples))], []
    for number in range(1, settings.max_iter + 1):
        settings.watch.begin_epoch()
        outcomes = [group.epoch(number) for group in groups]
        groups = [group for going, _ in outcomes for group in going]
        ended += [group for _, finished in outcomes for group in finished]
        stop = settings.watch.end_epoch(partial(_joined, groups + ended))
        if stop or not groups:
            break
    return _joined(groups + ended)


def _begun(state: TrainingState, samples: TrainingSet) -> TrainingState:
    """Return a state to train from: with the fillers' column, and all that is empty filled in."""
    rows, n_classes = samples.rows, len(state.W)

    def with_columns(W: Floats) -> Floats:
        wide = np.zeros((n_classes, rows.n_columns), W.dtype)
        wide[:, : rows.n_features] = W
        return wide

    W, average = with_columns(state.W), state.average
    squares, lengths = norms(W, 1.0)
    return TrainingState(
        t=state.t,
        W=W,
        b=state.b.astype(np.float64),
        average=average
        and replace(average, A=with_columns(average.A), b=average.b.astype(np.float64)),
        l1_moved=np.zeros_like(W),
        squares=squares,
        lengths=lengths,
        order=np.tile(np.arange(len(samples.codes)), (n_classes, 1)),
    )


def _joined(groups: list["Lockstep"]) -> TrainingState:
    """Return one state of the classes of all groups, row by row; the groups stay as they are."""
    n_features = groups[0].samples.rows.n_features
    states = [only(group.state, np.arange(len(group.classes))) for group in groups]
    for state in states:
        state.multiply_out(n_features)
    rows = np.argsort([one.row for group in groups for one in group.classes])
    W = np.concatenate([state.W for state in states])[rows, :n_features]
    b = np.concatenate([state.b for state in states])[rows]
    joined = TrainingState(max(state.t for state in states), W, b)
    averages = [state.average for state in states if state.average]
    if averages:
        A = np.concatenate([average.A for average in averages])[rows, :n_features]
        b = np.concatenate([average.b for average in averages])[rows]
        joined.average = RunningAverage(averages[0].first, A, b)
    return joined


class _Taken(NamedTuple):
    """Steps that have been taken, from which the average and the objective follow."""

    chosen: Ints  # (n_steps, n_classes), the samples
    wx: Floats  # (n_steps, n_classes)
    u: Floats  # (n_steps, n_classes)
    factors: Floats  # (n_steps, 1), of w
    scales: Floats  # (n_steps, 1), after the step
    norms: Any  # Σ w² and Σ |w| of the weights that each has met, where they are measured


class Lockstep:
    """Classes that step together: they share the number of the update and its size."""

    def __init__(
        self,
        samples: TrainingSet,
        settings: Settings,
        schedule: Schedule,
        classes: list[OneVsRest],
        state: TrainingState,
    ) -> None:
        self.samples, self.settings, self.schedule = samples, settings, schedule
        self.classes, self.state = classes, state
        self.smallest_scale = SMALLEST_SCALE[state.W.dtype.name]
        self.take = steps_of(samples.rows, state.W.dtype, len(classes))
        rule = settings.passive_aggressive
        self.residual = rule.residual if rule else settings.loss.residual_of_number
        self.decay = float(settings.fit_intercept)  # factor of the moves of b
        if samples.sparse:
            self.decay *= _SPARSE_INTERCEPT_DECAY
        # where Σ W² and Σ |W| of what a step has met are needed, and can't be known otherwise
        self.measures_norms = (settings.penalty.has_l1 or samples.sparse) and (
            settings.penalizes_objective or settings.report is not None
        )

    def epoch(self, number: int) -> Outcome:
        """Pass over the samples once; return the groups that go on, and those that have ended."""
        losses, penalties, n_steps = self._pass()
        if not (np.isfinite(self.state.W).all() and np.isfinite(self.state.b).all()):
            raise ValueError(
                f"Floating-point under-/overflow occurred at epoch #{number}. Scaling input data"
                " with StandardScaler or MinMaxScaler might help."
            )
        watched = losses + penalties
        for one, objective in zip(self.classes, watched.tolist(), strict=True):
            one.curve.append(objective)
            one.n_steps += n_steps
        scores: Any = None
        if self.settings.score:
            w = self.state.scale * self.state.W[:, : self.samples.rows.n_features].astype(float)
            scores = self.settings.score(w, self.state.b, [one.code for one in self.classes])
            watched = -scores
        if self.settings.report:
            self._tell(self.settings.report, losses, scores)
        values = zip(self.classes, watched.tolist(), strict=True)
        stalled = np.array([one.plateau.reached(value) for one, value in values])
        return self._after_plateau(stalled)

    def _tell(self, report: Report, losses: Floats, scores: Floats | None) -> None:
        """Report the epoch of each class; `losses` and `scores` are (n_classes,)."""
        state, n_features = self.state, self.samples.rows.n_features
        squares, _ = norms(state.W, state.scale)
        if self.measures_norms:
            squares = state.squares
        for k, one in enumerate(self.classes):
            report.epoch(
                one,
                norm=float(np.sqrt(squares[k])),
                n_nonzero=int(np.count_nonzero(state.W[k, :n_features])),
                intercept=float(state.b[k]),
                n_steps=one.n_steps,
                loss=float(losses[k]),
                score=None if scores is None else float(scores[k]),
            )

    def _pass(self) -> tuple[Floats, Floats, int]:
        """Take a step for each sample; return losses, penalties, and the number of steps.

        Returns
        -------
        losses, penalties : ndarrays of shape (n_classes,)
            The means over the samples.
        n_steps : int
        """
        samples, state = self.samples, self.state
        shuffled = [
            order if one.shuffle is None else order[one.shuffle]
            for one, order in zip(self.classes, state.order, strict=True)
        ]
        state.order = np.stack(shuffled)  # (n_classes, n_samples)
        taken, n_classes = ~samples.held_out[state.order], len(self.classes)
        n_samples = int(taken[0].sum())
        rule = self.settings.passive_aggressive
        if rule and rule.passes_over_zeros:
            taken &= samples.rows.squared_norms[state.order] > 0
        order = state.order[taken].reshape(n_classes, -1)
        self.intercepts = [state.b[np.newaxis]]
        totals = np.zeros((2, n_classes))
        with np.errstate(all="ignore"):  # an overflow is found after the epoch
            done, n_steps = 0, order.shape[1]
            while done < n_steps:
                n = self._steps_at_once(n_steps - done)
                totals += self._take_steps(order[:, done : done + n].T)
                done += n
            if n_steps < n_samples:
                totals[0] += self._losses_passed_over(taken)
        losses, penalties = totals / n_samples
        return losses, penalties, n_steps

    def _losses_passed_over(self, taken: Bools) -> Floats:
        """Return the sums of the losses of samples that no step is taken on, (n_classes,).

        `taken` tells the steps, in the epoch's order: (n_classes, n_samples). The features of the
        other samples are 0, or they are held out. So their score is the intercept.
        """
        state, samples = self.state, self.samples
        b = np.concatenate(self.intercepts)  # (n_steps + 1, n_classes), before each step
        sums = np.zeros(len(self.classes))
        for k, one in enumerate(self.classes):
            order = state.order[k]
            missing = ~taken[k] & ~samples.held_out[order]
            scores, y = b[taken[k].cumsum()[missing], k], samples.codes[order[missing]] == one.code
            sums[k] = self._losses(scores, y).sum()
        return sums

    def _steps_at_once(self, n: int) -> int:
        """Return how many of n steps to take before they are accounted for.

        The average has to be complete when the weights are multiplied out: so there a new lot of
        steps begins.
        """
        n = min(n, _STEPS_AT_ONCE)
        if self.measures_norms:
            n = min(n, 1 + _NUMBERS_MET_AT_ONCE // self.samples.rows.length(len(self.classes)))
        if self.state.average:
            small = self._shared_by_classes(n)[2][1:] < self.smallest_scale
            n = int(small.argmax()) + 1 if small.any() else n
        return n

    def _take_steps(self, chosen: Ints) -> tuple[Floats, Floats]:
        """Take one step for each row of samples `chosen`, (n_steps, n_classes).

        Returns the sums of their losses and of their penalties, (n_classes,) both.
        """
        state, settings = self.state, self.settings
        first_squares, _ = norms(state.W, state.scale)
        y, v = self._targets_and_weights(chosen)
        etas, factors, scales, pulls = self._shared_by_classes(len(chosen))
        steps = Steps(
            state=state,
            rows=self.samples.rows,
            chosen=chosen,
            targets=y.reshape(-1).tolist(),
            weights=v.reshape(-1).tolist(),
            etas=etas.tolist(),
            scales=scales.tolist(),
            pulls=pulls.tolist(),
            residual=self.residual,
            decay=self.decay,
            has_l1=settings.penalty.has_l1,
            measures_norms=self.measures_norms,
        )
        if settings.passive_aggressive:
            squared_norms = self.samples.rows.squared_norms[chosen].reshape(-1).tolist()
            steps.targets = [*zip(steps.targets, squared_norms, strict=True)]
            steps.etas = [1.0] * len(chosen)
        self.take(steps)
        state.l1_pull = steps.pulls[-1]
        scales = np.where(scales < self.smallest_scale, 1.0, scales)
        wx, u = (
            np.array(of_pairs).reshape(chosen.shape) for of_pairs in (steps.products, steps.moves)
        )
        self.samples.rows.meet_zeros(state.W, chosen, u)
        taken = _Taken(chosen, wx, u, factors[:, np.newaxis], scales[:, np.newaxis], steps.norms)
        scores = wx + self._account_for_intercepts(taken)
        losses = self._losses(scores, y)
        penalties = self._penalties(taken, first_squares)
        return losses.sum(axis=0), np.broadcast_to(penalties, losses.shape).sum(axis=0)

    def _losses(self, scores: Floats, y: Bools) -> Floats:
        """Return the losses of scores of any shape; they have the shape of the scores."""
        targets = y.reshape(1, -1).astype(np.float64)
        return self.settings.loss.values(scores.reshape(1, -1), targets).reshape(scores.shape)

    def _account_for_intercepts(self, taken: "_Taken") -> Floats:
        """Bring b and the average up to date; return b before each step, (n_steps, n_classes)."""
        state, moves = self.state, taken.u * self.decay
        b = np.add.accumulate(np.vstack([state.b, moves]), axis=0)  # (n_steps + 1, n_classes)
        if state.average:
            state.average.add(
                state.t, self.samples.rows, taken.chosen, taken.u, b[1:], taken.scales
            )
        state.b, state.t = b[-1], state.t + len(moves)
        if self.settings.passive_aggressive:
            self.intercepts.append(b[1:])
        return b[:-1]

    def _penalties(self, taken: "_Taken", first_squares: Floats) -> Any:
        """Return the penalty before each step, (n_steps, n_classes), or 0 where there is none.

        `first_squares` is Σ w² before the first step, (n_classes,).
        """
        state, penalty, rows = self.state, self.settings.penalty, self.samples.rows
        chosen, wx, u, factors, scales, norms_of_steps = taken
        if not (self.settings.penalizes_objective or self.measures_norms):
            return 0.0
        if not self.measures_norms:
            x_squares = rows.squared_norms[chosen]
            squares = squares_before_steps(first_squares, factors, wx, u, x_squares)
            return penalty.mixed(squares[:-1], 0.0)
        squares, lengths = norms_of_steps
        squares = measured_before_steps(state.squares, scales**2 * squares, factors**2, u)
        lengths = measured_before_steps(state.lengths, scales * lengths, factors, u)
        state.squares, state.lengths = squares[-1], lengths[-1]
        mixed = penalty.mixed(squares[:-1], lengths[:-1])
        return mixed if self.settings.penalizes_objective else 0.0

    def _shared_by_classes(self, n: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Return what n steps have in common for all classes, (n,) each.

        That is η, the factor of w, the scale after the step, and how far L1 could have moved each
        weight by then.
        """
        state, penalty = self.state, self.settings.penalty
        etas = self.schedule.step_sizes(state.t + np.arange(n))
        factors = penalty.shrink(etas).astype(state.W.dtype).astype(float)
        pulls = np.add.accumulate(np.append(state.l1_pull, penalty.l1_step(etas)))[1:]
        return etas, factors, self._scales(factors), pulls

    def _scales(self, factors: Floats) -> Floats:
        """Return the scale after each step, (n_steps,); after one that is too small, 1 goes on."""
        scales, scale, done = np.empty(len(factors)), self.state.scale, 0
        while done < len(scales):
            part = np.multiply.accumulate(np.append(scale, factors[done:]))[1:]
            small = part < self.smallest_scale
            n = int(small.argmax()) + 1 if small.any() else len(part)
            scales[done : done + n] = part[:n]
            scale, done = 1.0, done + n
        return scales

    def _targets_and_weights(self, chosen: Ints) -> tuple[Bools, Floats]:
        """Return y, bool, and v, float64, of each step, (n_steps, n_classes) both."""
        y = self.samples.codes[chosen] == [one.code for one in self.classes]
        of_rest, of_class = np.array([one.weights for one in self.classes], self.state.W.dtype).T
        v = np.where(y, of_class, of_rest) * self.samples.weight[chosen]
        return y, v.astype(np.float64)

    def _after_plateau(self, stalled: Bools) -> Outcome:
        """Return two lists of groups: those that go on, with which schedule, and the others."""
        if not stalled.any():
            return [self], []
        going = [] if stalled.all() else [self._group(~stalled, self.schedule)]
        schedule = self.schedule.after_plateau(self.state.t - 1)
        if schedule is None:
            if self.settings.report:
                for one in np.array(self.classes)[stalled]:
                    self.settings.report.converged(one)
            return going, [self._group(stalled, self.schedule)]
        return [*going, self._group(stalled, schedule)], []

    def _group(self, chosen: Bools, schedule: Schedule) -> "Lockstep":
        """Return a group of the chosen classes, (n_classes,) bool."""
        classes = [one for one, is_chosen in zip(self.classes, chosen, strict=True) if is_chosen]
        return Lockstep(self.samples, self.settings, schedule, classes, only(self.state, chosen))
