"""The step of `scratch.solvers.sequential.lockstep`, with scikit-learn's bits.

To end with the same bits after a million steps, every rounding has to happen where scikit-learn's
compiled code has it:

- w·x is a running sum over the features, from the first to the last. NumPy sums in pairs and in
  blocks, or leaves a sum to BLAS. Three of its routines go from number to number: `np.vecdot` if
  one factor lies backwards in memory; so does `np.dot` if the other has three axes, which is
  cheaper to call; and ``np.subtract.reduceat``, as subtraction is not associative.
- exp is the C library's, `math.exp`. NumPy's own exp sometimes rounds to another neighbour.
- For float32 input, products are rounded to float32 while sums are float64. What scikit-learn keeps
  in a C float is rounded to float32, and nothing else is.
- A step with u = 0 leaves the weights alone. To add 0 would turn a weight −0 into 0.

The step is written three times. `on_numbers` is the plain form, with a loop over the features. It
is also the fastest where features are few, since a NumPy call costs as much as some ten turns of a
loop. `of_one_class` does the same with arrays, and `of_classes` for
several classes at once, each on its own sample, which shares the cost of a call among them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scratch.solvers.penalties import cumulative_l1_step
from scratch.solvers.sequential.objective import norms_met
from scratch.solvers.sequential.rows import NonZeros, WholeRows, in_tuples
from scratch.solvers.sequential.state import TrainingState
from scratch.typing import Floats, Ints

# Below this scale the weights are multiplied out.
SMALLEST_SCALE = {"float64": 1e-9, "float32": 1e-6}
# Up to so many weights of all classes, plain numbers are faster than arrays; measured.
_FEW_WEIGHTS = 16


@dataclass
class Steps:
    """Some steps to take together, and what follows from them; "pairs" are (n_steps, n_classes)."""

    state: TrainingState  # which they change: W, l1_moved and scale
    rows: WholeRows | NonZeros
    chosen: Ints  # pairs: the samples
    targets: list[Any]  # of the pairs, one after another: what `residual` takes
    weights: list[float]  # of the pairs: v
    etas: list[float]  # (n_steps,)
    scales: list[float]  # (n_steps,): after the step
    pulls: list[float]  # (n_steps,): how far L1 could have moved each weight by then
    residual: Callable[[float, Any], float]
    decay: float  # factor of the intercept's moves
    has_l1: bool
    measures_norms: bool  # whether `norms` are needed
    products: Any = field(default_factory=list)  # of the pairs: w·x before the step
    moves: Any = field(default_factory=list)  # of the pairs: u
    # Σ w² and Σ |w| of the weights that each has met, before L1: (n_steps, n_classes) both
    norms: Any = None

    def multiply_out(self, scale: float) -> float:
        """Multiply the weights by a scale that has become too small; return the new one, 1."""
        self.state.scale = scale
        self.state.multiply_out(self.rows.n_features)
        return 1.0

    def measure(self, met: list[Floats]) -> None:
        """Set `norms` from the weights that the steps have met, if they are needed."""
        if self.measures_norms:
            self.norms = norms_met(met, self.rows.lengths(self.chosen))


def steps_of(
    rows: WholeRows | NonZeros, dtype: np.dtype[Any], n_classes: int
) -> Callable[[Steps], None]:
    """Return the fastest function that takes such steps."""
    few = n_classes * rows.n_features <= _FEW_WEIGHTS
    if few and isinstance(rows, WholeRows) and dtype == np.float64:
        return on_numbers
    return of_arrays(n_classes)


def of_arrays(n_classes: int) -> Callable[[Steps], None]:
    """Return the function that takes steps of so many classes on arrays."""
    return of_one_class if n_classes == 1 else of_classes


def on_numbers(steps: Steps) -> None:
    """Take steps on whole rows of float64, class after class and number by number."""
    state, n_classes = steps.state, len(steps.state.W)
    if state.average and min(steps.scales) < SMALLEST_SCALE["float64"]:
        of_arrays(n_classes)(steps)  # the average has to be multiplied out between the classes
        return
    taken = [_of_class_on_numbers(steps, k) for k in range(n_classes)]
    products, moves, met = zip(*taken, strict=True)
    steps.products, steps.moves = np.array(products).T, np.array(moves).T
    if steps.measures_norms:
        lengths = steps.rows.lengths(steps.chosen).T  # (n_classes, n_steps)
        squares, sums = norms_met([np.array(of_class) for of_class in met], lengths)
        steps.norms = squares.T, sums.T
    last = steps.scales[-1]
    state.scale = last if last >= SMALLEST_SCALE["float64"] else 1.0


def _of_class_on_numbers(steps: Steps, k: int) -> tuple[list[float], list[float], list[float]]:
    """Take the steps of class k; return w·x and u of each, and the weights that each has met."""
    state, residual, decay, has_l1 = steps.state, steps.residual, steps.decay, steps.has_l1
    n_classes, smallest_scale = len(state.W), SMALLEST_SCALE["float64"]
    assert isinstance(steps.rows, WholeRows)
    w, L1_moved = state.W[k].tolist(), state.l1_moved[k].tolist()
    b, scale = float(state.b[k]), state.scale
    products: list[float] = []
    moves: list[float] = []
    met: list[float] = []
    for x, y, v, eta, next_scale, pull in zip(
        steps.rows.numbers(steps.chosen[:, k]), steps.targets[k::n_classes],
        steps.weights[k::n_classes], steps.etas, steps.scales, steps.pulls, strict=True,
    ):  # fmt: skip
        wx = 0.0
        for w_j, x_j in zip(w, x):  # noqa: B905 strict takes time
            wx += w_j * x_j
        wx *= scale
        u = -eta * residual(wx + b, y) * v
        products.append(wx)
        moves.append(u)
        scale = next_scale
        if scale < smallest_scale:  # multiply out
            w, scale = [w_j * scale for w_j in w], 1.0
        if u:
            b += u * decay
            c = u / scale
            w = [w_j + x_j * c for w_j, x_j in zip(w, x)]  # noqa: B905
        if steps.measures_norms:
            met += w
        if has_l1:
            w, L1_moved = _l1_step(w, L1_moved, pull, scale)
    state.W[k], state.l1_moved[k] = w, L1_moved
    return products, moves, met


def _l1_step(
    w: list[float], q: list[float], pull: float, scale: float
) -> tuple[list[float], list[float]]:
    """Return w and q after the step of `scratch.solvers.penalties.cumulative_l1_step`."""
    after = []
    for w_j, q_j in zip(w, q, strict=True):
        if scale * w_j > 0.0:
            after.append(max(0.0, w_j - (pull + q_j) / scale))
        elif scale * w_j < 0.0:
            after.append(min(0.0, w_j + (pull - q_j) / scale))
        else:
            after.append(w_j)
    return after, [q_j + scale * (a - w_j) for q_j, a, w_j in zip(q, after, w, strict=True)]


def of_one_class(steps: Steps) -> None:
    """Take steps of one class on arrays."""
    state, residual, decay, has_l1 = steps.state, steps.residual, steps.decay, steps.has_l1
    W, L1_moved, b, scale = state.W[0], state.l1_moved[0], float(state.b[0]), state.scale
    float32, smallest_scale = W.dtype == np.float32, SMALLEST_SCALE[W.dtype.name]
    met: list[Floats] = []
    # memory that is used again in each step
    factor = np.empty(())  # an array of no dimension is quicker than a float
    ones, rounded = np.ones(steps.rows.longest), np.empty(steps.rows.longest)[::-1]
    moved = np.empty(steps.rows.longest, W.dtype)
    whole, dot_all = isinstance(steps.rows, WholeRows), W.reshape(1, 1, -1).dot
    vecdot, multiply, add = np.vecdot, np.multiply, np.add
    products, moves = steps.products, steps.moves
    for (where, x, x64, _), y, v, eta, next_scale, pull in zip(
        steps.rows.steps(steps.chosen), steps.targets, steps.weights,
        steps.etas, steps.scales, steps.pulls, strict=True,
    ):  # fmt: skip
        w = W if where is None else W.take(where)
        if float32:
            terms = rounded[: len(x)]
            terms[:] = w * x  # rounded to float32
            wx = float(np.float32(scale * float(vecdot(ones[: len(x)], terms))))
        elif whole:
            wx = scale * dot_all(x64).item()
        else:
            wx = scale * float(vecdot(w, x64))
        u = -eta * residual(wx + b, y) * v
        products.append(wx)
        moves.append(u)
        scale = next_scale
        if scale < smallest_scale:
            scale = steps.multiply_out(scale)
            w = W if where is None else W.take(where)
        if u:
            b += u * decay
            if float32:
                factor[()] = np.float32(u) / np.float32(scale)
                w[:] = x64 * factor + w
            else:
                factor[()] = u / scale
                add(w, multiply(x, factor, moved if whole else moved[: len(x)]), w)
        if steps.measures_norms:
            met.append(w.copy())
        if has_l1:
            _penalize(w, L1_moved, where, pull, scale)
        if where is not None:
            W[where] = w
    state.scale = scale
    steps.measure(met)


def of_classes(steps: Steps) -> None:
    """Take steps of several classes on arrays; w and x have those of all classes."""
    state, residual, decay, has_l1 = steps.state, steps.residual, steps.decay, steps.has_l1
    dtype, n_classes, whole = state.W.dtype, len(state.W), isinstance(steps.rows, WholeRows)
    float32, smallest_scale = dtype == np.float32, SMALLEST_SCALE[dtype.name]
    W, L1_moved = (A if whole else A.reshape(-1) for A in (state.W, state.l1_moved))
    b, scale = state.b.tolist(), state.scale
    classes, u = range(n_classes), [0.0] * n_classes
    met: list[Floats] = []
    # memory that is used again in each step
    ones, rounded = np.ones(state.W.shape), np.empty(state.W.shape)[:, ::-1]
    factors = np.empty((n_classes, 1))
    sum_type = np.float64 if float32 else None  # to name the type takes time
    for (where, x, x64, bounds), ys, vs, eta, next_scale, pull in zip(
        steps.rows.steps(steps.chosen), in_tuples(steps.targets, n_classes),
        in_tuples(steps.weights, n_classes), steps.etas, steps.scales, steps.pulls, strict=True,
    ):  # fmt: skip
        w = W if whole else W.take(where)
        if not whole:
            starts, lengths = bounds
            # each sample begins with a zero, from which the products are subtracted
            totals = np.subtract.reduceat(w * x, starts, 0, sum_type)
        elif float32:
            rounded[:] = w * x  # rounded to float32
            totals = np.vecdot(ones, rounded)
        else:
            totals = np.vecdot(w, x64)
        signed_scale = scale if whole else -scale
        if float32:
            wx = (signed_scale * totals).astype(np.float32).tolist()
        else:
            wx = [signed_scale * total for total in totals.tolist()]
        for k in classes:
            u[k] = -eta * residual(wx[k] + b[k], ys[k]) * vs[k]
            b[k] += u[k] * decay
        steps.products += wx
        steps.moves += u
        scale = next_scale
        if scale < smallest_scale:
            scale = steps.multiply_out(scale)
            w = W if whole else W.take(where)
        zeros = 0.0 in u
        if not zeros or any(u):
            quotients = [u_k / scale for u_k in u]
            if float32:
                quotients = (np.array(u, dtype) / dtype.type(scale)).tolist()
            if whole:
                factors[:, 0] = quotients
                moved = (x64 if float32 else x) * factors
            else:
                moved = np.array(quotients).repeat(lengths)
                moved *= x
            if zeros:
                still = np.array(u) == 0
                moved[still if whole else still.repeat(lengths)] = -0.0
            w += moved  # rounded to the type of w once
        if steps.measures_norms:
            met.append(w.copy())
        if has_l1:
            _penalize(w, L1_moved, where, pull, scale)
        if where is not None:
            W[where] = w
    state.scale = scale
    steps.measure(met)


def _penalize(w: Floats, L1_moved: Floats, where: Ints | None, pull: float, scale: float) -> None:
    """Take the step of L1 on the weights w, which are at the places `where`; None are all."""
    moved = L1_moved if where is None else L1_moved.take(where)
    cumulative_l1_step(w, moved, pull, scale)
    if where is not None:
        L1_moved[where] = moved
