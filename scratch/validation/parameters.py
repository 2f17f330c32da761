"""What a parameter may be, and the error for what it may not be."""

import numbers
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from scratch.exceptions import InvalidParameterError


class Constraint(NamedTuple):
    """What a parameter may be: a test, and the words that describe what passes it."""

    accepts: Callable
    description: str


def real(low, high, *, closed="both"):
    """A real number in the interval; `closed` names the ends that belong to it.

    None stands for an end at infinity, which belongs to the interval as any other end may.
    """
    left, right = closed in ("both", "left"), closed in ("both", "right")
    low, high = -np.inf if low is None else low, np.inf if high is None else high

    def accepts(value):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
            return False
        above, below = value > low or (left and value == low), value < high
        return bool(above and (below or (right and value == high)))

    return Constraint(accepts, f"a float in the range {'(['[left]}{low}, {high}{')]'[right]}")


def integer(low, high=None):
    """An integer of at least `low`, and at most `high` where one is given."""

    def accepts(value):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
            return False
        return value >= low and (high is None or value <= high)

    span = f"[{low}, {'inf' if high is None else high}{']' if high is not None else ')'}"
    return Constraint(accepts, f"an int in the range {span}")


def one_of(*options):
    """One of the given strings, or None where that is given."""

    def accepts(value):
        return (value is None or isinstance(value, str)) and value in options

    return Constraint(accepts, f"one of {', '.join(map(repr, options))}")


def any_of(*constraints):
    """What at least one of the constraints accepts."""
    return Constraint(
        lambda value: any(constraint.accepts(value) for constraint in constraints),
        " or ".join(constraint.description for constraint in constraints),
    )


boolean = Constraint(lambda value: isinstance(value, (bool, np.bool_)), "a bool")
mapping = Constraint(lambda value: isinstance(value, dict), "a dict")
random_source = Constraint(
    lambda value: (
        value is None
        or isinstance(value, np.random.RandomState)
        or (isinstance(value, numbers.Integral) and 0 <= value < 2**32)
    ),
    "an int in the range [0, 2**32), a numpy RandomState or None",
)


def check_parameters(estimator, constraints):
    """Check an estimator's parameters; `constraints` maps their names to what they may be.

    Raises
    ------
    InvalidParameterError
        For the first parameter that breaks its constraint, with the range and the value. It is
        both a ValueError and a TypeError, as scikit-learn's is.
    """
    for name, constraint in constraints.items():
        value = getattr(estimator, name)
        if not constraint.accepts(value):
            raise InvalidParameterError(
                f"The {name!r} parameter of {type(estimator).__name__} must be"
                f" {constraint.description}. Got {value!r} instead."
            )


def check_random_state(seed):
    """Turn a seed into a ``numpy.random.RandomState``; None stands for NumPy's global one."""
    if seed is None:
        return np.random.mtrand._rand
    if isinstance(seed, np.random.RandomState):
        return seed
    if isinstance(seed, numbers.Integral):
        return np.random.RandomState(seed)
    raise ValueError(f"{seed!r} cannot be used to seed a numpy.random.RandomState instance")
