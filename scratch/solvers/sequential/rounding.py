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
for, and three classes provide it. What is one number for each class is a list of Python floats:
they are quicker than small arrays.
"""

from math import exp
from typing import Any, Protocol

import numpy as np
from numpy.typing import DTypeLike

from scratch.solvers.sequential.rows import NonZeros, WholeRows
from scratch.typing import Floats


class Arithmetic(Protocol):
    """What a step asks for. Lists have a float for each class."""

    def view(self, W: Floats, /) -> Floats:
        """Return a view of weights (n_classes, n_columns) in the shape that a step changes."""
        ...

    def dot(self, scale: float, w: Floats, x: Floats, layout: Any, /) -> list[float]:
        """Return ``scale · (w·x)`` of each class; `layout` is what the rows gave with x."""
        ...

    def move(self, w: Floats, u: list[float], scale: float, x: Floats, layout: Any, /) -> None:
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
    """One class: x holds the features of one sample, and so does x64."""

    def __init__(self, float32: bool, longest: int) -> None:
        self.float32 = float32
        # memory that is used again in each step
        self.factor = np.empty(())  # an array of no dimension is quicker than a float
        self.ones, self.products = np.ones(longest), np.empty(longest)[::-1]

    def view(self, W: Floats) -> Floats:
        return W[0]

    def dot(self, scale: float, w: Floats, x: Floats, x64: Floats) -> list[float]:
        if self.float32:
            products = self.products[: len(x)]
            products[:] = w * x  # rounded to float32
            total = float(np.vecdot(self.ones[: len(x)], products))
            return [float(np.float32(scale * total))]
        return [scale * float(np.vecdot(w, x64))]

    def move(self, w: Floats, u: list[float], scale: float, x: Floats, x64: Floats) -> None:
        factor = self.factor
        if self.float32:
            factor[()] = np.float32(u[0]) / np.float32(scale)
            w[:] = x64 * factor + w
        else:
            factor[()] = u[0] / scale
            w += x * factor


class ClassesOnWholeRows:
    """Several classes: w, x and x64 are (n_classes, n_features)."""

    def __init__(self, float32: bool, shape: tuple[int, int]) -> None:
        self.float32 = float32
        # memory that is used again in each step
        self.factors = np.empty((shape[0], 1))
        self.ones, self.products = np.ones(shape), np.empty(shape)[:, ::-1]

    def view(self, W: Floats) -> Floats:
        return W

    def dot(self, scale: float, w: Floats, x: Floats, x64: Floats) -> list[float]:
        if self.float32:
            self.products[:] = w * x  # rounded to float32
            return _rounded(scale * np.vecdot(self.ones, self.products))
        return [scale * total for total in np.vecdot(w, x64).tolist()]

    def move(self, w: Floats, u: list[float], scale: float, x: Floats, x64: Floats) -> None:
        factors = self.factors
        factors[:, 0] = _factors(u, scale, self.float32)
        if self.float32:
            w[:] = x64 * factors + w
        else:
            w += x * factors


class ClassesOnNonZeros:
    """Several classes: w and x hold the classes end to end.

    The layout of x is two arrays (n_classes,): where each class begins, and how long it is.
    """

    def __init__(self, float32: bool) -> None:
        self.float32 = float32
        self.sum_type = np.float64 if float32 else None  # to name the type takes time

    def view(self, W: Floats) -> Floats:
        return W.reshape(-1)

    def dot(self, scale: float, w: Floats, x: Floats, layout: Any) -> list[float]:
        # each sample begins with a zero, from which the products are subtracted
        totals = np.subtract.reduceat(w * x, layout[0], 0, self.sum_type)
        if self.float32:
            return _rounded(-scale * totals)
        return [-scale * total for total in totals.tolist()]

    def move(self, w: Floats, u: list[float], scale: float, x: Floats, layout: Any) -> None:
        moved = np.array(_factors(u, scale, self.float32)).repeat(layout[1])
        moved *= x
        w += moved


def _rounded(numbers: Floats) -> list[float]:
    """Return numbers rounded to float32."""
    return numbers.astype(np.float32).tolist()


def _factors(u: list[float], scale: float, float32: bool) -> list[float]:
    """Return ``u / scale`` of each class, in float32 or float64."""
    if float32:
        return (np.array(u, np.float32) / np.float32(scale)).tolist()
    return [u_k / scale for u_k in u]
