"""What a parameter may be, and the error for what it may not be."""

import numbers
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from scratch.exceptions import InvalidParameterError


class Constraint(NamedTuple):
    """What a parameter may be: a test, and the words that describe what passes it."""

    accepts: Callable[[Any], bool]
    description: str


def _is_number(value: Any, kind: type) -> bool:
    """Tell whether a value is a number of a kind; a bool is none, nor is a span of time."""
    if type(value) in (int, float):  # most are; an abstract class takes ten times as long
        return kind is numbers.Real or type(value) is int
    return isinstance(value, kind) and not isinstance(value, (bool, np.bool_, np.timedelta64))


def real(low: float | None, high: float | None, *, closed: str = "both") -> Constraint:
    """Accept real numbers in an interval; `closed` names the ends that belong to it.

    None stands for an end at infinity, which belongs to the interval as any other end may. A number
    that no float holds, 10**400 say, is in no interval.

    >>> real(0, 1, closed="left").description
    'a float in the range [0, 1)'
    """
    left, right = closed in ("both", "left"), closed in ("both", "right")
    low, high = -np.inf if low is None else low, np.inf if high is None else high

    def accepts(value: Any) -> bool:
        if not _is_number(value, numbers.Real):
            return False
        try:
            value = float(value)
        except OverflowError:
            return False
        above, below = value > low or (left and value == low), value < high
        return bool(above and (below or (right and value == high)))

    return Constraint(accepts, f"a float in the range {'(['[left]}{low}, {high}{')]'[right]}")


def integer(low: int | None = None, high: int | None = None) -> Constraint:
    """Accept integers from `low` to `high`, both included; None stands for no bound.

    >>> integer(1).description
    'an int in the range [1, inf)'
    """

    def accepts(value: Any) -> bool:
        if not _is_number(value, numbers.Integral):
            return False
        return (low is None or value >= low) and (high is None or value <= high)

    left = "(-inf" if low is None else f"[{low}"
    right = "inf)" if high is None else f"{high}]"
    return Constraint(accepts, f"an int in the range {left}, {right}")


def one_of(*options: str | None) -> Constraint:
    """Accept the given strings, and None where it is among them."""

    def accepts(value: Any) -> bool:
        return (value is None or isinstance(value, str)) and value in options

    return Constraint(accepts, f"one of {', '.join(map(repr, options))}")


def any_of(*constraints: Constraint) -> Constraint:
    """Accept what at least one of the constraints accepts."""
    return Constraint(
        lambda value: any(constraint.accepts(value) for constraint in constraints),
        " or ".join(constraint.description for constraint in constraints),
    )


boolean = Constraint(lambda value: isinstance(value, (bool, np.bool_)), "a bool")
mapping = Constraint(lambda value: isinstance(value, dict), "a dict")
label = Constraint(
    lambda value: value is None or isinstance(value, (numbers.Real, str, np.bool_)),
    "a number, a string, a bool or None",
)
zero_or_one = Constraint(
    lambda value: isinstance(value, numbers.Real) and (value in (0, 1) or value != value),
    "0, 1 or NaN",
)
random_source = Constraint(
    lambda value: (
        value is None
        or isinstance(value, np.random.RandomState)
        or (isinstance(value, numbers.Integral) and 0 <= int(value) < 2**32)
    ),
    "an int in the range [0, 2**32), a numpy RandomState or None",
)


def check_parameter(name: str, value: Any, constraint: Constraint, owner: str | None = None) -> Any:
    """Return a parameter's value as a Python object, or raise where its constraint refuses it.

    This is the one check of parameters. Functions call it for each of theirs; estimators call
    `check_parameters`, which calls it for all of them.

    Parameters
    ----------
    name : str
        The parameter's name, for the message.
    value : object
        What was given.
    constraint : Constraint
        What the parameter may be.
    owner : str, default=None
        The class or function that takes the parameter, for the message.

    Returns
    -------
    object
        The value; numbers, bools and strings of NumPy's types as Python's, see `as_python`.

    Raises
    ------
    InvalidParameterError
        With the parameter's name, what it may be, and the value. It is both a ValueError and a
        TypeError, as scikit-learn's is.

    Examples
    --------
    >>> check_parameter("batch_size", np.uint64(128), integer(1))
    128
    """
    if not constraint.accepts(value):
        of_owner = f" of {owner}" if owner else ""
        raise InvalidParameterError(
            f"The {name!r} parameter{of_owner} must be {constraint.description}."
            f" Got {value!r} instead."
        )
    return as_python(value)


def check_parameters(estimator: object, constraints: Mapping[str, Constraint]) -> SimpleNamespace:
    """Check all parameters of an estimator, and return their values as Python objects.

    An estimator calls this once, at the top of `fit`, and from there on reads its parameters from
    what is returned, never from itself. So a parameter may be any number that passes its
    constraint: computations see Python numbers, which neither overflow at 8 bits nor round to 32,
    while ``get_params`` still gives back what was set.

    Parameters
    ----------
    estimator : object
        It has an attribute for each name in `constraints`; none is changed.
    constraints : dict {str: Constraint}
        What each parameter may be.

    Returns
    -------
    types.SimpleNamespace
        The value of each parameter, by its name: ``parameters.alpha``.

    Raises
    ------
    InvalidParameterError
        For the first parameter that breaks its constraint.

    Examples
    --------
    >>> from types import SimpleNamespace as Model
    >>> model = Model(alpha=np.float32(0.5), max_iter=np.int8(100))
    >>> check_parameters(model, {"alpha": real(0, 1), "max_iter": integer(1)})
    namespace(alpha=0.5, max_iter=100)
    """
    owner = type(estimator).__name__
    values = {
        name: check_parameter(name, getattr(estimator, name), constraint, owner)
        for name, constraint in constraints.items()
    }
    return SimpleNamespace(**values)


def as_python(value: Any) -> Any:
    """Return a number, bool or string as Python's own type of it; anything else as it is.

    >>> [as_python(value) for value in (np.int8(100), np.float32(0.5), np.True_, np.str_("l2"))]
    [100, 0.5, True, 'l2']
    """
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if _is_number(value, numbers.Integral):
        return int(value)
    if _is_number(value, numbers.Real):
        return float(value)
    if isinstance(value, str):
        return str.__str__(value)
    return value


def check_random_state(seed: Any) -> np.random.RandomState:
    """Return the ``numpy.random.RandomState`` of a seed; None stands for NumPy's global one.

    Raises
    ------
    ValueError
        If `seed` is no integer, RandomState or None.
    """
    if seed is None:
        return np.random.mtrand._rand
    if isinstance(seed, np.random.RandomState):
        return seed
    if isinstance(seed, numbers.Integral):
        return np.random.RandomState(int(seed))
    raise ValueError(f"{seed!r} cannot be used to seed a numpy.random.RandomState instance")
