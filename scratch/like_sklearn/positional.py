"""Arguments by position that scikit-learn 1.9 still takes, with a FutureWarning, and 1.11 won't."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from scratch.exceptions import warn

_Function = TypeVar("_Function", bound=Callable[..., Any])


def once_positional(function: _Function) -> _Function:
    """Let a function take its keyword-only arguments by position too, with a warning.

    Examples
    --------
    >>> import warnings
    >>> @once_positional
    ... def power(base, *, exponent=2):
    ...     return base**exponent
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     power(2, 3)
    8
    >>> str(caught[0].message)
    'Pass exponent=3 as keyword arg: by position it will be an error'
    """
    parameters = inspect.signature(function).parameters.values()
    by_name = [p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY]
    n_positional = len(parameters) - len(by_name)

    @functools.wraps(function)
    def with_former_order(*args: Any, **options: Any) -> Any:
        extra = dict(zip(by_name, args[n_positional:], strict=False))
        if extra and len(args) <= len(parameters):
            given = ", ".join(f"{name}={value!r}" for name, value in extra.items())
            warn(f"Pass {given} as keyword arg: by position it will be an error", FutureWarning)
            return function(*args[:n_positional], **extra, **options)
        return function(*args, **options)

    return with_former_order  # type: ignore[return-value]
