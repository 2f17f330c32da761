"""How the numbers of a step are held, and where each of them is rounded.

To end with scikit-learn's bits after a million steps, every rounding has to happen where its
compiled code has it:

- w·x is a running sum over the features, from the first to the last. NumPy sums in pairs and in
  blocks, or leaves a sum to BLAS. Two of its routines go from number to number: `np.vecdot` if one
  factor lies backwards in memory, and ``np.subtract.reduceat``, as subtraction is not associative.
- exp is the C library's, `math.exp`. NumPy's own exp sometimes rounds to another neighbour.
- For float32 input, products are rounded to float32 while sums are float64. What scikit-learn keeps
  in a C float is rounded to float32, and nothing else is.

A step is written once, in `scratch.solvers.sequential.lockstep`. `Arithmetic` lists what it asks
for, and three classes provide it. They differ in how the logit z, the move u and the intercept b
are held: Python floats for one class, since they are quicker than arrays; arrays of shape
(n_classes,) for several classes.
"""

from collections.abc import Sequence
from math import exp
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import DTypeLike

from scratch.solvers.sequential.rows import NonZeros, WholeRows
from scratch.typing import Array, Floats

#: A float for one class, an array (n_classes,) for several.
Number: TypeAlias = Any


class Arithmetic(Protocol):
    """What a step asks for. A *number* is a float for one class, else an array (n_classes,)."""

    def numbers(self, values: Floats, /) -> Number:
        """Return the number that holds `values`, (n_classes,)."""
        ...

    def per_step(self, table: Array, /) -> Sequence[Number]:
        """Return what each step needs of `table`, (n_steps, n_classes): a sequence of numbers."""
        ...

    def targets(self, table: Array, /) -> Sequence[Any]:
        """Return the same for a table of bools, in the form that `residual` takes."""
        ...

    def tables(self, notes: list[Any], k: int, /) -> Floats:
        """Return the k numbers that each step has noted as k tables: (k, n_steps, n_classes)."""
        ...

    def view(self, W: Floats, /) -> Floats:
        """Return a view of weights (n_classes, n_columns) in the shape that a step changes."""
        ...

    def dot(self, scale: float, w: Floats, x: Floats, layout: Any, /) -> Number:
        """Return the number ``scale · (w·x)``; `layout` is what the rows gave with x."""
        ...

    def residual(self, z: Number, y: Any, /) -> Number:
        """Return the number σ(z) − y, the gradient of the log loss."""
        ...

    def move(self, w: Floats, u: Number, scale: float, x: Floats, layout: Any, /) -> None:
        """Add ``(u / scale) · x`` to w, in place."""
        ...


def arithmetic(rows: WholeRows | NonZeros, n_classes: int, dtype: DTypeLike) -> Arithmetic:
    """Return the `Arithmetic` for so many classes with weights of `dtype`.

    Parameters
    ----------
    rows : WholeRows or NonZeros
        What the steps read; see `scratch.solvers.sequential.rows`.
    n_classes : int
    dtype : dtype of the weights, float32 or float64
    """
    float32 = dtype == np.float32
    if n_classes == 1:
        return OneClass(float32, rows.longest)
    if rows.whole:
        return ClassesOnWholeRows(float32, (n_classes, rows.n_features))
    return ClassesOnNonZeros(float32)


def residual(z: float, y: bool) -> float:
    """Return σ(z) − y, the gradient of the log loss, of a float.

    Below −37, σ(z) is exp(z) to the last bit, and exp(−z) might overflow.

    >>> residual(0.0, True), residual(1000.0, False)
    (-0.5, 1.0)
    """
    if z > -37:
        e = exp(-z)
        return (-e if y else 1.0) / (1.0 + e)
    return exp(z) - y


class OneClass:
    """One class: numbers are Python floats, and x holds the features of one sample."""

    def __init__(self, float32: bool, longest: int) -> None:
        self.float32 = float32
        self.ones = np.ones(longest)
        # memory that is used again in each step
        self.sum, self.factor = np.empty(()), np.empty(())
        self.moved = np.empty(longest)

    def numbers(self, values: Floats) -> Number:
        return float(values[0])

    def per_step(self, table: Array) -> Sequence[Number]:
        return table[:, 0].tolist()

    targets = per_step

    def tables(self, notes: list[Any], k: int) -> Floats:
        return np.array(notes).reshape(-1, k, 1).swapaxes(0, 1)

    def view(self, W: Floats) -> Floats:
        return W[0]

    def dot(self, scale: float, w: Floats, x: Floats, backwards: Floats) -> Number:
        if self.float32:
            backwards[:] = w * x  # rounded to float32
            total = np.vecdot(self.ones[: len(x)], backwards, self.sum).item()
            return float(np.float32(scale * total))
        return scale * np.vecdot(w, backwards, self.sum).item()

    residual = staticmethod(residual)

    def move(self, w: Floats, u: Number, scale: float, x: Floats, backwards: Floats) -> None:
        moved = self.moved if len(x) == len(self.moved) else self.moved[: len(x)]
        if self.float32:
            self.factor[()] = np.float32(u) / np.float32(scale)
            moved[:] = x
            moved *= self.factor
            moved += w.astype(np.float64)
            w[:] = moved
        else:
            self.factor[()] = u / scale
            np.multiply(x, self.factor, moved)
            w += moved


def _residuals(z: Number, y: Any) -> Floats:
    return np.array([*map(residual, z.tolist(), y)])


def _tables(notes: list[Any], k: int) -> Floats:
    return np.concatenate(notes).reshape(-1, k, len(notes[0])).swapaxes(0, 1)


class ClassesOnWholeRows:
    """Several classes: numbers are arrays (n_classes,), w and x are (n_classes, n_features)."""

    def __init__(self, float32: bool, shape: tuple[int, int]) -> None:
        self.float32 = float32
        self.ones = np.ones(shape)

    numbers: Any = staticmethod(np.array)
    per_step: Any = staticmethod(list)
    targets: Any = staticmethod(np.ndarray.tolist)
    tables = staticmethod(_tables)
    residual = staticmethod(_residuals)

    def view(self, W: Floats) -> Floats:
        return W

    def dot(self, scale: float, w: Floats, x: Floats, backwards: Floats) -> Number:
        if self.float32:
            backwards[:] = w * x  # rounded to float32
            total = np.vecdot(self.ones, backwards)
            return np.float32(scale * total).astype(np.float64)
        return scale * np.vecdot(w, backwards)

    def move(self, w: Floats, u: Number, scale: float, x: Floats, backwards: Floats) -> None:
        if self.float32:
            c: Any = np.float32(u) / np.float32(scale)  # (n_classes,)
            moved = x.astype(np.float64)
            moved *= c.astype(np.float64)[:, np.newaxis]
            moved += w.astype(np.float64)
            w[:] = moved
        else:
            w += x * (u / scale)[:, np.newaxis]


class ClassesOnNonZeros:
    """Several classes: numbers are arrays (n_classes,); w and x hold the classes end to end.

    The layout of x is two arrays (n_classes,): where each class begins, and how long it is.
    """

    def __init__(self, float32: bool) -> None:
        self.float32 = float32
        self.sum_type = np.float64 if float32 else None  # to name the type takes time

    numbers: Any = staticmethod(np.array)
    per_step: Any = staticmethod(list)
    targets: Any = staticmethod(np.ndarray.tolist)
    tables = staticmethod(_tables)
    residual = staticmethod(_residuals)

    def view(self, W: Floats) -> Floats:
        return W.reshape(-1)

    def dot(self, scale: float, w: Floats, x: Floats, layout: Any) -> Number:
        # each sample begins with a zero, from which the products are subtracted
        total = -scale * np.subtract.reduceat(w * x, layout[0], 0, self.sum_type)
        return np.float32(total).astype(np.float64) if self.float32 else total

    def move(self, w: Floats, u: Number, scale: float, x: Floats, layout: Any) -> None:
        c = (np.float32(u) / np.float32(scale)).astype(np.float64) if self.float32 else u / scale
        moved = c.repeat(layout[1])
        moved *= x
        w += moved
