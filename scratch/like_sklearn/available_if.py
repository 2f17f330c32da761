"""Methods that an estimator has with some of its parameters only, as scikit-learn's has."""

from collections.abc import Callable
from typing import Any


class available_if:
    """Decorate a method: where a check raises an `AttributeError`, there is no such method.

    `hasattr` is False then, and the error of `getattr` has the cause that the check raised.

    Parameters
    ----------
    check : callable
        Takes the estimator; raises an `AttributeError`, or does nothing.
    """

    def __init__(self, check: Callable[[Any], object]) -> None:
        self.check = check

    def __call__(self, method: Callable[..., Any]) -> Any:
        """Return the method, which looks at the estimator first."""
        return _Checked(method, self.check)


class _Checked:
    def __init__(self, method: Callable[..., Any], check: Callable[[Any], object]) -> None:
        self.method, self.check = method, check
        self.__doc__ = method.__doc__

    def __get__(self, estimator: Any, owner: type) -> Any:
        if estimator is None:
            return self.method
        try:
            self.check(estimator)
        except AttributeError as error:
            raise AttributeError(
                f"This {owner.__name__!r} has no attribute {self.method.__name__!r}"
            ) from error
        return self.method.__get__(estimator, owner)
