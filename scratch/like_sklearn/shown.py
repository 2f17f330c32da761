"""How an estimator is printed, and drawn in a notebook: as scikit-learn does it."""

import inspect
import sys
from typing import Any

from scratch.like_sklearn.get_params import Parameters


class Shown(Parameters):
    """An estimator that scikit-learn prints and draws, as set by its `set_config`."""

    def __repr__(self) -> str:
        if sys.modules.get("sklearn"):
            return repr(_twin(self))
        defaults = inspect.signature(type(self).__init__).parameters
        changed = (
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if repr(value) != repr(defaults[name].default)
        )
        return f"{type(self).__name__}({', '.join(changed)})"

    @property
    def _repr_html_(self) -> Any:
        """The method that a notebook calls; not there if `set_config` asks for text."""
        return _twin(self)._repr_html_

    # A pipeline asks its steps for their tables by these two names; there are no public ones.

    def _get_params_html(self, *args: Any, **options: Any) -> Any:
        return _twin(self)._get_params_html(*args, **options)

    def _get_fitted_attr_html(self, *args: Any, **options: Any) -> Any:
        return _twin(self)._get_fitted_attr_html(*args, **options)


def _twin(estimator: Any) -> Any:
    """Return an estimator of scikit-learn's with the name, parameters and attributes of ours."""
    from sklearn.base import BaseEstimator

    ours = type(estimator)
    members = {name: getattr(ours, name) for name in ("__init__", "__doc__", "__module__", "fit")}
    theirs: Any = object.__new__(type(ours.__name__, (BaseEstimator,), members))
    vars(theirs).update(vars(estimator))
    return theirs
