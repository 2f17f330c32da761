"""An estimator of scikit-learn's that stands for ours where one is to be printed or drawn."""

from typing import Any


def twin(estimator: Any) -> Any:
    """Return a `BaseEstimator` with the name, the parameters and the attributes of ours."""
    from sklearn.base import BaseEstimator

    ours = type(estimator)
    members = {name: getattr(ours, name) for name in ("__init__", "__doc__", "__module__", "fit")}
    theirs: Any = object.__new__(type(ours.__name__, (BaseEstimator,), members))
    vars(theirs).update(vars(estimator))
    return theirs
