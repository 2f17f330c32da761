"""Errors and warnings that are of scikit-learn's type too.

scikit-learn's tools and its users' filters expect its own types, as
``warnings.simplefilter("ignore", sklearn.exceptions.ConvergenceWarning)`` does. So where
scikit-learn is already loaded, `native` joins our type with its namesake there: code that catches
either of the two catches our error.
"""

import functools
import sys
from typing import Any, TypeVar, cast

_Raised = TypeVar("_Raised", bound=Exception)


def native(kind: type[_Raised]) -> type[_Raised]:
    """Return the type to raise or to warn with for `kind`: itself, or joined with scikit-learn's.

    Parameters
    ----------
    kind : type
        One of the types of `scratch.exceptions`.

    Returns
    -------
    type
        `kind` where scikit-learn is not loaded or has no type of that name; else a subclass of
        `kind` and of scikit-learn's type of the same name.

    Examples
    --------
    >>> from scratch.exceptions import NotFittedError
    >>> issubclass(native(NotFittedError), NotFittedError)
    True
    """
    theirs = getattr(sys.modules.get("sklearn.exceptions"), kind.__name__, None)
    return kind if theirs is None else _joined(cast("Any", kind), theirs)


@functools.cache
def _joined(ours: type[Exception], theirs: type[Exception]) -> type[Any]:
    """Return a subclass of both types, the same one in every call."""
    members = {
        "__module__": ours.__module__,
        "__doc__": ours.__doc__,
        # a pickle finds our type by its name, and joins it anew
        "__reduce__": lambda self: (_raised, (ours, self.args)),
    }
    return type(ours.__name__, (ours, theirs), members)


def _raised(kind: type[Exception], args: tuple[Any, ...]) -> Exception:
    return native(kind)(*args)
