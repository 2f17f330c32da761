"""Former ways to call a display, which scikit-learn 1.9 still takes with a FutureWarning.

This is imitation: programs that pass matplotlib's options one by one, or scores as `y_pred`, go on
working. It goes when scikit-learn drops them (1.10 and 1.11).
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from scratch.exceptions import warn

_Method = TypeVar("_Method", bound=Callable[..., Any])


def former_ways(current: Callable[..., Any], **defaults: Any) -> Callable[[_Method], _Method]:
    """Let a method that hands over to `current` take matplotlib's options one by one too.

    Parameters
    ----------
    current : method
        The method whose documentation and parameters the decorated one has.
    **defaults
        Further parameters, and other defaults than those of `current`.

    Returns
    -------
    decorator
        It adds ``**kwargs`` to the signature, and passes them on in `curve_kwargs`.
    """
    parameters = dict(inspect.signature(getattr(current, "__func__", current)).parameters)
    for name, default in defaults.items():
        parameters[name] = inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default)
    rest = inspect.Parameter("kwargs", inspect.Parameter.VAR_KEYWORD)
    signature = inspect.Signature([*parameters.values(), rest])

    def decorate(method: _Method) -> _Method:
        @functools.wraps(method)
        def with_former_ways(*args: Any, **options: Any) -> Any:
            given = signature.bind(*args, **options).arguments
            former = given.pop("kwargs", None)
            if former:
                given["curve_kwargs"] = _moved(former, given.get("curve_kwargs"))
            return method(**{**defaults, **given})

        with_former_ways.__doc__ = current.__doc__
        with_former_ways.__signature__ = signature  # type: ignore[attr-defined]
        return with_former_ways  # type: ignore[return-value]

    return decorate


def renamed(former: Any, current: Any, former_name: str, name: str) -> Any:
    """Return the value of a parameter that has changed its name."""
    if isinstance(former, str) and former == "deprecated":
        return current
    if current is not None:
        raise ValueError(f"{former_name} is the former name of {name}: pass {name} only")
    warn(f"{former_name} is now called {name}", FutureWarning)
    return former


def _moved(kwargs: dict[str, Any], curve_kwargs: Any) -> Any:
    """Return `kwargs` as the value of `curve_kwargs`, which must not be given too."""
    if curve_kwargs:
        raise ValueError(f"pass {sorted(kwargs)} in curve_kwargs")
    warn(f"pass {sorted(kwargs)} in the dict curve_kwargs", FutureWarning)
    return kwargs
