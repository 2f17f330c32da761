"""Errors and warnings, under the names that scikit-learn gives them.

Where scikit-learn is loaded, whatever is raised or warned is also of its own type: see
`scratch.like_sklearn.native`.
"""

import sys
import warnings
from types import FrameType

from scratch.like_sklearn.native import native


class NotFittedError(ValueError, AttributeError):
    """An estimator is used before it is fitted."""


class InvalidParameterError(ValueError, TypeError):
    """A parameter has a type or a value that it cannot have."""


class ConvergenceWarning(UserWarning):
    """Training ended before its stopping rule was met."""


class DataConversionWarning(UserWarning):
    """Input was taken in another shape or type than it came in."""


class UndefinedMetricWarning(UserWarning):
    """A metric has no value on this input (0/0, say); a substitute was returned."""


def warn(message: str, category: type[Warning] = UserWarning) -> None:
    """Warn at the line that called the package, however deep inside the package this is called.

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
