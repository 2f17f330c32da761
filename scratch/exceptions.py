"""Errors and warnings, under the names that scikit-learn gives them.

The maths does not import scikit-learn, yet scikit-learn's tools and its users' filters expect its
own types: ``warnings.simplefilter("ignore", sklearn.exceptions.ConvergenceWarning)``, say. So where
scikit-learn is already loaded, `native` joins our type with its namesake there: whoever catches
either of the two catches what we raise. This is the one place that looks scikit-learn's types up.
"""

import functools
import sys
import warnings
from types import FrameType
from typing import Any, TypeVar, cast


class NotFittedError(ValueError, AttributeError):
    """An estimator is asked for what only `fit` gives."""


class InvalidParameterError(ValueError, TypeError):
    """A parameter has a type or a value that it cannot have."""


class ConvergenceWarning(UserWarning):
    """Training ended before its stopping rule was met."""


class DataConversionWarning(UserWarning):
    """Input was taken in another shape or type than it came in."""


class UndefinedMetricWarning(UserWarning):
    """A metric has no value on this input (0/0, say); a substitute was returned."""


def warn(message: str, category: type[Warning] = UserWarning) -> None:
    """Warn at the line that called the package, however deep inside the package this is said.

    Parameters
    ----------
    message : str
    category : type, default=UserWarning
        A built-in type of warning, or one of this module.
    """
    level = 1
    frame: FrameType = sys._getframe(0)
    while frame.f_back and frame.f_globals.get("__name__", "").startswith("scratch."):
        level, frame = level + 1, frame.f_back
    warnings.warn(message, native(category), stacklevel=level)


#: A type of this module.
_Raised = TypeVar("_Raised", bound=Exception)


def native(kind: type[_Raised]) -> type[_Raised]:
    """Return the type to raise or to warn with for `kind`: itself, or joined with scikit-learn's.

    Parameters
    ----------
    kind : type
        One of the types of this module.

    Returns
    -------
    type
        `kind` where scikit-learn is not loaded or has no type of that name; else a subclass of
        `kind` and of scikit-learn's type of the same name.

    Examples
    --------
    >>> issubclass(native(NotFittedError), NotFittedError)
    True
    """
    theirs = getattr(sys.modules.get("sklearn.exceptions"), kind.__name__, None)
    return kind if theirs is None else _joined(cast("Any", kind), theirs)


@functools.cache
def _joined(ours: type[Exception], theirs: type[Exception]) -> type[Any]:
    """Return a subclass of both types, the same one in every call."""
    return type(
        ours.__name__, (ours, theirs), {"__module__": ours.__module__, "__doc__": ours.__doc__}
    )
