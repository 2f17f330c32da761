"""The arithmetic of a step of the one-sample solver: one class, several, and float32.

A step reads the same in all cases. But its numbers (logit, residual, move, intercept) are Python
floats for one class, which are quicker than arrays, and arrays of shape (n_classes,) for several.
And each rounding happens where scikit-learn's compiled code has it:

- w·x is a running sum over the features. NumPy adds in pairs and blocks or leaves a sum to BLAS,
  except where it can't: `np.vecdot` goes from number to number if one factor lies backwards in
  memory, ``np.subtract.reduceat`` since subtraction is not associative.
- exp is the C library's, `math.exp`; NumPy's own rounds otherwise now and then.
- For float32 input a product is rounded to float32, the sum is a float64, and what scikit-learn
  keeps as a float is rounded to float32; nothing else is.
"""

from math import exp

import numpy as np

from scratch.solvers.sequential.rows import NonZeros


def arithmetic(features, n_classes, dtype):
    """The arithmetic for `n_classes` classes with weights of `dtype` over `features`."""
    if isinstance(features, NonZeros):
        return SparseClasses(dtype)
    return OneClass(dtype) if n_classes == 1 else DenseClasses(dtype)


def residual(z, y):
    """σ(z) − y, the gradient of the log loss, of a float."""
    if z > -37:
        e = exp(-z)
        return (-e if y else 1.0) / (1.0 + e)
    return exp(z) - y  # σ(z) is exp(z) to the last bit, and exp(−z) might overflow


class _Arithmetic:
    def __init__(self, dtype):
        self.single = dtype == np.float32

    def quotient(self, u, scale):
        """u / scale."""
        return self.rounded(self.rounded(u) / self.rounded(scale)) if self.single else u / scale


class _Dense(_Arithmetic):
    """Where x holds all features, in the shape of w."""

    def dot(self, w, x, backwards):
        """w·x."""
        if self.single:
            np.multiply(w, x, out=backwards)
            return np.vecdot(np.broadcast_to(1.0, w.shape), backwards)
        return np.vecdot(w, backwards)


class OneClass(_Dense):
    """Numbers are floats."""

    residual = staticmethod(residual)
    scattered = False

    def product(self, scale, w, x, backwards):
        """scale · (w·x)."""
        if self.single:
            return self.rounded(scale * float(self.dot(w, x, backwards)))
        return scale * float(np.vecdot(w, backwards))  # `dot`, without the time of two calls

    @staticmethod
    def spread(c, lengths):
        """A number, to multiply x by."""
        return np.array(c)

    def rounded(self, number):
        """To the precision of the weights."""
        return float(np.float32(number)) if self.single else number

    @staticmethod
    def numbers(values):
        """Numbers from a sequence, (n_classes,)."""
        return float(values[0])

    @staticmethod
    def steps(table):
        """What each step needs of a table, (n_steps, n_classes)."""
        return table[:, 0].tolist()

    targets = steps

    @staticmethod
    def view(W):
        """The weights, (n_classes, n_columns), as steps take from them."""
        return W[0]

    @staticmethod
    def tables(notes, k):
        """The k tables of the k numbers that each step has noted, (k, n_steps, n_classes)."""
        return np.array(notes).reshape(-1, k, 1).swapaxes(0, 1)


class _Arrays:
    """Numbers are arrays, (n_classes,)."""

    numbers = staticmethod(np.array)
    steps = staticmethod(list)

    @staticmethod
    def residual(z, y):
        return np.array([*map(residual, z.tolist(), y)])

    def rounded(self, numbers):
        return np.float32(numbers).astype(np.float64) if self.single else numbers

    @staticmethod
    def targets(table):
        return table.tolist()

    @staticmethod
    def tables(notes, k):
        return np.concatenate(notes).reshape(-1, k, len(notes[0])).swapaxes(0, 1)


class DenseClasses(_Arrays, _Dense):
    """Several classes; w and x have the shape (n_classes, n_features)."""

    scattered = False

    def product(self, scale, w, x, backwards):
        return self.rounded(scale * self.dot(w, x, backwards))

    @staticmethod
    def spread(c, lengths):
        return c[:, np.newaxis]

    @staticmethod
    def view(W):
        return W


class SparseClasses(_Arrays, _Arithmetic):
    """Several classes; w and x hold the features that are not zero, class after class."""

    scattered = True

    def __init__(self, dtype):
        super().__init__(dtype)
        self._dtype = np.float64 if self.single else None  # naming the type costs time

    def product(self, scale, w, x, starts):
        # each sample begins with a zero, from which the others are taken off
        return self.rounded(-scale * np.subtract.reduceat(w * x, starts, 0, self._dtype))

    @staticmethod
    def spread(c, lengths):
        return c.repeat(lengths)

    @staticmethod
    def view(W):
        return W.reshape(-1)
